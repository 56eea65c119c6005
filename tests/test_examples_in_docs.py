"""Every example in the README and the documentation is run, and prints what the page says.

In a fenced block marked ``python`` stands a program that is run beside the example. In one
marked ``console``, each line that begins with ``$`` is run by a shell in one
folder a page; what follows is what it prints. Ids differ each time: they are matched in their
order, and put into the commands that name them later. So are the days of recording: the one on
which the pages were written stands for the one on which the test runs.
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = "2026-11-22"
RECORDED = "2026-11-23"
"""When the example was recorded."""

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ID = re.compile(r"\b[0-9a-f]{16}\b|\b[0-9a-f]{8}\b|(?<=-)[0-9a-f]{4}(?=\.jsonl)")

pytestmark = pytest.mark.docs


def examples(page: Path, blocks: re.Pattern[str] = BLOCK) -> list[tuple[str, str]]:
    """Each command in the blocks of a page, and what it is said to print."""
    found = []
    for block in blocks.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = f"{command[:-1]}{more.strip()}"
            found.append((command, output.strip()))
    return found


def run(command: str, folder: Path) -> str:
    """What a shell prints for *command*."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "COLUMNS": "80", "LANG": "C.UTF-8", "TZ": "UTC"}
    done = subprocess.run(
        ["sh", "-c", command],
        check=False,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
    )
    return done.stdout.strip()


def with_real_ids(command: str, ids: dict[str, str]) -> str:
    """The command with the ids that the page names replaced by the real ones."""
    return ID.sub(lambda found: ids.get(found[0], found[0]), command)


def without_what_differs(text: str) -> str:
    """The text without ids and days of recording; spaces at the ends of lines do not count."""
    today = datetime.now(UTC).date().isoformat()
    days = re.compile(f"{WRITTEN}|{RECORDED}|{today}")
    lines = days.sub("(recorded)", ID.sub("(id)", text)).splitlines()
    return "\n".join(line.rstrip() for line in lines)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if examples(page)], ids=lambda page: str(page.relative_to(ROOT))
)
def test_examples(page: Path, tmp_path: Path) -> None:
    """What a page says a command prints is what it prints.

    The README begins in the repository and makes the example, the other pages find it made.
    """
    folder = tmp_path / "planlog" if page.name == "README.md" else tmp_path
    place = folder if page.name == "README.md" else folder / "example"
    shutil.copytree(ROOT / "events", place / "events")
    try_examples(examples(page), folder)


def try_examples(pairs: list[tuple[str, str]], folder: Path) -> None:
    """Run each command in *folder*, and fail where it prints anything else than it should.

    A command that ends with ``cd`` moves those behind it to another folder.
    """
    ids: dict[str, str] = {}
    for command, expected in pairs:
        printed = run(with_real_ids(command, ids), folder)
        assert without_what_differs(expected) == without_what_differs(printed), command
        if moved := re.search(r"&& cd (\S+)$", command):
            folder /= moved[1]
        ids |= dict(zip(ID.findall(expected), ID.findall(printed), strict=True))
        ids |= {said[:8]: real[:8] for said, real in ids.items()}


PROGRAM = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if PROGRAM.search(page.read_text("utf-8"))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_programs(page: Path, tmp_path: Path) -> None:
    """What a page shows of the library runs as it stands there."""
    shutil.copytree(ROOT / "events", tmp_path / "example" / "events")
    for program in PROGRAM.findall(page.read_text("utf-8")):
        subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, cwd=tmp_path)
