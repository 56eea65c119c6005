"""What is exported of Nordhang as text, compared with what somebody read and kept.

``GOLDEN=write`` in the environment writes the files anew; read the difference like code.
"""

import os
from pathlib import Path
from typing import Final

import pytest

from planlog.config import LANGUAGES, Language
from tests.cli.running import Folder

FOLDER: Final = Path(__file__).parent
GOLDEN: Final = FOLDER.parent / "golden" / "exports"

END: Final = ("--at", "2025-12-31")

EXPORTS: Final[dict[str, tuple[str, ...]]] = {
    "plan": END,
    "fields": (*END, "--by-field", "--all"),
    "diff": ("--diff", "qk-4", "qk-5"),
    "matrix": ("--matrix", *END),
    "events": ("--events", "--at", "auftakt-2019"),
}


def exported(name: str, form: str, language: Language) -> str:
    """What is exported to standard output."""
    log = ("--log", str(FOLDER), "--lang", language)
    return Folder(FOLDER).do(*log, "export", "-", "--to", form, *EXPORTS[name])


def assert_golden(name: str, text: str) -> None:
    """Compare *text* with a golden file."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language that was spoken by another test."""
    monkeypatch.setenv("LANGUAGE", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXPORTS)
def test_markdown(name: str, language: Language) -> None:
    """Markdown reads well in both languages, and stays so."""
    assert_golden(f"{name}.{language}.md", exported(name, "markdown", language))


@pytest.mark.parametrize("name", [name for name in EXPORTS if name != "fields"])
def test_csv(name: str) -> None:
    """The language changes words and never data, which has one form for good."""
    texts = {exported(name, "csv", language) for language in LANGUAGES}
    assert 1 == len(texts)
    assert_golden(f"{name}.csv", texts.pop())


def test_none_is_left_over() -> None:
    """Every file that is kept is one that is exported."""
    assert set(EXPORTS) == {path.name.partition(".")[0] for path in GOLDEN.iterdir()}
