"""The pages of the documentation say what is so."""

import re
from pathlib import Path

import pytest

import planlog
from planlog import codec, config, toml
from planlog.cli import handing_in, signing
from planlog.cli import receipts as answers
from planlog.codec.json import MAX_DEPTH, MAX_LINE
from planlog.events import EVENT_CLASSES
from planlog.keys import keys_of
from planlog.render import (
    decisions,
    diff,
    findings,
    history,
    matrix,
    origins,
    plan,
    priorities,
)
from planlog.render.stats.rows import COLUMNS as COLUMNS_OF_STATS
from planlog.stores import eventfiles, joinedfiles
from planlog.tables.files import limits
from planlog.traces import commits, files, git, packed
from planlog.trust import notes, receipts, texts

DOCS = Path(__file__).parent.parent / "docs"
FORMAT = DOCS / "reference" / "format.md"
OUTPUT = DOCS / "reference" / "output.md"

pytestmark = pytest.mark.docs


def table_of_types() -> str:
    """The table of types as the classes tell it."""
    rows = ["| type | what happened | `data` |", "| --- | --- | --- |"]
    for cls in EVENT_CLASSES:
        keys = ", ".join(
            f"`{key.name}`" + ("" if key.required else "?") + ("!" if key.nullable else "")
            for key in keys_of(cls)
        )
        said = (cls.__doc__ or "").partition("\n")[0]
        rows.append(f"| `{cls.TYPE}` | {said} | {keys} |")
    return "\n".join(rows)


class TestFormat:
    """Tests for the page on the format."""

    def test_types(self) -> None:
        """The table of types is the one that the classes tell."""
        page = FORMAT.read_text(encoding="utf-8")
        found = re.search(r"<!-- generated: types -->\n(.*?)\n<!-- end -->", page, re.DOTALL)
        assert found is not None
        assert table_of_types() == found[1]

    def test_example_line(self) -> None:
        """The example line is one that planlog reads, and writes the same."""
        page = FORMAT.read_text(encoding="utf-8")
        found = re.search(r"<!-- example: line -->\n```json\n(.*?)\n```", page, re.DOTALL)
        assert found is not None
        line = found[1].encode()
        assert line == codec.encode(codec.decode(line, 0))


COLUMNS = {
    "show": plan.COLUMNS,
    "show --matrix": (*matrix.COLUMNS, "…"),
    "diff": diff.COLUMNS,
    "diff --name-only": ("subject", "id"),
    "diff --stat": diff.STAT_COLUMNS,
    "log": codec.EVENT_COLUMNS,
    "history": history.COLUMNS,
    "history --by-attribute": origins.COLUMNS,
    "priorities": priorities.COLUMNS,
    "decisions": decisions.COLUMNS,
    "stats": COLUMNS_OF_STATS,
    "check": findings.COLUMNS,
}


def table_of_columns() -> str:
    """The columns of each command's CSV as the renderers have them."""
    rows = ["| command | columns |", "| --- | --- |"]
    rows += [
        f"| `{name}` | {', '.join(f'`{one}`' for one in all)} |" for name, all in COLUMNS.items()
    ]
    return "\n".join(rows)


LIMITS = {
    "a line of the log": (MAX_LINE, MAX_DEPTH),
    "a file of events": (eventfiles.MAX_FILE,),
    "`planlog.toml`": (config.MOST_BYTES,),
    "a map, or answers of an import": (toml.MOST_BYTES, toml.MOST_DOTS),
    "a checkpoint, signed note, proof or policy": (texts.MOST_BYTES, notes.MOST_SIGNATURES),
    "a secret key's file": (signing.MOST_BYTES,),
    "a receipt": (receipts.MOST_BYTES, answers.MOST_BYTES),
    "the order of a log that was joined": (joinedfiles.MAX_SIDE_FILE,),
    "a file for `planlog record`": (handing_in.MOST_BYTES,),
    "a spreadsheet": (
        *(limits.MOST_BYTES, limits.MOST_UNPACKED),
        *(limits.MOST_ROWS, limits.MOST_COLUMNS, limits.MOST_CELLS),
    ),
    "a file that is searched for an erased text": (packed.MOST_BYTES, files.MOST_FILES),
    "what git stores of a file": (
        *(commits.MOST_BYTES, commits.MOST_BYTES_TOGETHER),
        int(git.PATIENCE),
    ),
}


class TestSecurity:
    """Tests for the page on what can be believed and what is kept out."""

    def test_limits(self) -> None:
        """The table of limits has those that are held, and no other."""
        page = (DOCS / "security.md").read_text(encoding="utf-8")
        table = re.search(r"\| what \| at most \|\n\| --- \| --- \|\n((?:\|.*\n)+)", page)
        assert table is not None
        rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in table[1].splitlines()]
        told = {
            what: tuple(int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", most))
            for what, most in rows
        }
        assert told == LIMITS


class TestOutput:
    """Tests for the page on what comes out as data."""

    def test_columns(self) -> None:
        """The table of columns is the one that the renderers write."""
        page = OUTPUT.read_text(encoding="utf-8")
        found = re.search(r"<!-- generated: columns -->\n(.*?)\n<!-- end -->", page, re.DOTALL)
        assert found is not None
        assert table_of_columns() == found[1]

    def test_schemas(self) -> None:
        """Every name of a form of JSON that planlog writes is on the page, and no other."""
        source = Path(planlog.__file__).parent / "render"
        written = {
            name
            for path in source.rglob("*.py")
            for name in re.findall(r'"(planlog\.[a-z-]+/[0-9]+)"', path.read_text("utf-8"))
        }
        shown = re.findall(r"`(planlog\.[a-z-]+/[0-9]+)`", OUTPUT.read_text("utf-8"))
        assert written == set(shown)
