"""What the command line answers about Nordhang, compared with what somebody read and kept.

``GOLDEN=write`` in the environment writes the files anew; read the difference like code. What
goes to standard error stands in a file of its own, with ``words`` in its name.
"""

import os
from pathlib import Path
from typing import Final, get_args

import attrs
import pytest

from planlog.cli.commands import COMMANDS, READ
from planlog.config import Language
from planlog.render.diff import DiffFormat as Format
from planlog.render.text import width_of
from tests.cli.running import Folder, Outcome

FOLDER: Final = Path(__file__).parent
GOLDEN: Final = FOLDER.parent / "golden" / "nordhang"

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
PAGES: Final[tuple[Format, ...]] = ("table", "markdown")
DATA: Final[tuple[Format, ...]] = ("csv", "json", "jsonl")
WORDS: Final[tuple[Format, ...]] = ("words", "markdown")
"""The pages of what is told in words instead of a table."""
_ENDINGS: Final = {"table": "txt", "words": "txt", "markdown": "md"}

END: Final = ("--at", "2025-12-31")
"""A day that does not come nearer: what is asked about today would change by itself."""


@attrs.frozen
class Question:
    """A command line, the formats in which its answer is kept, and the exit *code*.

    *speaks*: it says something on standard error, beside pages too. *worded*: its data hold
    sentences, which are in the language asked for.
    """

    arguments: tuple[str, ...]
    formats: tuple[Format, ...] = (*PAGES, *DATA)
    speaks: bool = attrs.field(default=False, kw_only=True)
    worded: bool = attrs.field(default=False, kw_only=True)
    code: int = attrs.field(default=0, kw_only=True)


QUESTIONS: Final = {
    "show": Question(("show", *END)),
    "show-all": Question(("show", "--all", *END), PAGES),
    "show-start": Question(("show", "--at", "start")),
    "show-ag-2020": Question(("show", "--at", "ag-2020"), PAGES),
    "show-qk-1-as-first-known": Question(("show", "--at", "qk-1@2022-01-31"), PAGES),
    "show-before-qk-3": Question(("show", "--at", "before:qk-3"), ("table", "csv")),
    "show-qk-3": Question(("show", "--at", "qk-3"), ("table", "csv")),
    "show-qk-3-as-known-then": Question(("show", "--at", "qk-3@qk-4"), ("table", "csv")),
    "show-wohnen-12": Question(("show", "wohnen-12", *END)),
    "show-wohnen-14": Question(("show", "wohnen-14", *END), PAGES),
    "show-gesundheit-5": Question(("show", "gesundheit/5", *END)),
    "history-wohnen-3": Question(("history", "wohnen-3", *END), PAGES),
    "history-wohnen-4": Question(("history", "wohnen/4", *END)),
    "history-wohnen-7": Question(("history", "wohnen-7", *END), PAGES),
    "history-wohnen-12": Question(("history", "wohnen-12", *END)),
    "history-wohnen-14": Question(("history", "wohnen-14", *END), PAGES),
    "history-soziales-1": Question(("history", "soziales-1", *END), PAGES),
    "history-soziales-10": Question(("history", "soziales-10", *END), PAGES),
    "history-ambiguous": Question(("history", "soziales/5"), ("table",), speaks=True, code=2),
    "history-bildung-3-8": Question(("history", "bildung/3.8", *END)),
    "history-gesundheit-3-in-spring": Question(
        ("history", "gesundheit-3", "--at", "2025-06-30@#288"), PAGES
    ),
    "log": Question(("log", "-n", "40")),
    "log-wohnen-12": Question(("log", "--measure", "wohnen-12"), PAGES),
    "log-auftakt": Question(
        ("log", "-n", "5", "--at", "auftakt-2019"), ("table", "jsonl"), speaks=True
    ),
    "by-attribute-wohnen-12": Question(("history", "wohnen-12", "--by-attribute", *END)),
    "by-attribute-klima-1": Question(("history", "soziales-9", "--by-attribute", *END), PAGES),
    "priorities-wohnen": Question(("priorities", "--field", "wohnen", *END)),
    "priorities-gesundheit-10": Question(("priorities", "gesundheit-10", *END), PAGES),
    "priorities-soziales-every-change": Question(
        ("priorities", "--field", "soziales", "--every-change", *END)
    ),
    "decisions": Question(("decisions", *END)),
    "decisions-qk-4": Question(("decisions", "--conference", "qk-4", *END), PAGES),
    "stats": Question(("stats", "start", "2025-12-31")),
    "stats-qk-4-to-qk-5": Question(("stats", "qk-4", "qk-5"), PAGES),
    "stats-qk-3-as-known-then": Question(("stats", "qk-3@qk-3", "qk-3"), PAGES),
    "matrix": Question(("show", "--matrix", *END)),
    "matrix-klima": Question(("show", "--matrix", "--field", "klima", *END), PAGES),
    "diff-qk-3-to-qk-4": Question(("diff", "qk-3", "qk-4"), (*WORDS, *DATA)),
    "diff-qk-3-to-qk-4-as-table": Question(("diff", "qk-3", "qk-4"), ("table",)),
    "diff-qk-4-to-qk-5": Question(("diff", "qk-4", "qk-5"), WORDS),
    "diff-qk-4-to-qk-5-gross": Question(("diff", "qk-4", "qk-5", "--gross"), (*WORDS, *DATA)),
    "diff-qk-4-as-known-then": Question(("diff", "qk-4@qk-4", "qk-4"), (*WORDS, *DATA)),
    "diff-qk-4-back-to-qk-3": Question(("diff", "qk-4", "qk-3"), (*WORDS, "jsonl")),
    "diff-from-the-start": Question(("diff", "start", "2025-12-31"), WORDS),
    "diff-stat": Question(("diff", "qk-4", "qk-5", "--stat")),
    "diff-names": Question(("diff", "qk-4", "qk-5", "--name-only"), (*WORDS, *DATA), speaks=True),
    "check": Question(("check", *END), speaks=True, worded=True),
    "check-at-the-opening": Question(("check", "--at", "qk-2@2022-01-31"), ("table",), speaks=True),
}

ASKED_FOR_PAGES: Final = [
    (name, format)
    for name, question in QUESTIONS.items()
    for format in question.formats
    if format not in DATA
]
ASKED_FOR_DATA: Final = [
    (name, format)
    for name, question in QUESTIONS.items()
    for format in question.formats
    if format in DATA
]


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns, and no language that was spoken by another test."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LANGUAGE", "")


def ask(name: str, format: Format, language: Language) -> Outcome:
    """Ask a question of the table."""
    outcome = Folder(FOLDER).run(
        *("--log", str(FOLDER), "--lang", language),
        *QUESTIONS[name].arguments,
        *("--format", format),
    )
    assert QUESTIONS[name].code == outcome.code, outcome.words
    return outcome


def assert_golden(name: str, text: str) -> None:
    """Compare *text* with a golden file, which is there where there is any text."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write" and text:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    assert (path.read_text("utf-8") if path.exists() else "") == text


class TestQuestions:
    def test_every_command_that_reads_is_asked(self) -> None:
        """No command that reads the log is without an answer that somebody read."""
        reading = {name for name, entry in COMMANDS.items() if entry.heading == READ} | {"check"}
        assert reading == {question.arguments[0] for question in QUESTIONS.values()}


class TestPages:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("name", "format"), ASKED_FOR_PAGES)
    def test_each_is_as_it_was_kept(self, name: str, format: Format, language: Language) -> None:
        """Tables and Markdown read well in both languages, and stay so."""
        outcome = ask(name, format, language)
        assert_golden(f"{name}.{language}.{_ENDINGS[format]}", outcome.data)
        if QUESTIONS[name].speaks:
            assert_golden(f"{name}.words.{language}.txt", outcome.words)
        else:
            assert "" == outcome.words

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("name", "format"), [one for one in ASKED_FOR_PAGES if one[1] != "markdown"]
    )
    def test_tables_fit(self, name: str, format: Format, language: Language) -> None:
        """No line of a table or in words is wider than the terminal."""
        lines = ask(name, format, language).data.splitlines()
        assert [] == [line for line in lines if width_of(line) > 80]


class TestData:
    @pytest.mark.parametrize(("name", "format"), ASKED_FOR_DATA)
    def test_each_is_as_it_was_kept(self, name: str, format: Format) -> None:
        """The language changes words and never data, which has one form for good."""
        outcomes = {language: ask(name, format, language) for language in LANGUAGES}
        worded = QUESTIONS[name].worded
        assert worded or 1 == len({outcome.data for outcome in outcomes.values()})
        for language, outcome in outcomes.items():
            assert_golden(
                f"{name}.{language}.{format}" if worded else f"{name}.{format}", outcome.data
            )
            assert_golden(f"{name}.words.{language}.txt", outcome.words)


class TestFiles:
    def test_none_is_left_over(self) -> None:
        """Every file that is kept answers a question that is asked."""
        stems = {path.name.partition(".")[0] for path in GOLDEN.iterdir()}
        assert set(QUESTIONS) == stems
