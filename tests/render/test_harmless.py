"""Whatever people wrote into an event, an answer stays what it is."""

import csv
import io
import json
import re
import unicodedata
from functools import cache
from typing import Any

import attrs
import pytest

from planlog.config import Format
from planlog.events import RecordedEvent
from planlog.findings import Finding
from planlog.keys import keys_of
from planlog.mappings import FrozenMapping
from planlog.render.style import Style
from tests.render.examples import DATA, FORMATS, LOG, PAGES, answers, standard

ATTACK = (
    "=HYPERLINK(1)\x1b[31mrot\x1b[0m\x9b2J\u202egnp.exe\u2028\r\n| 9 | 9 | gefälscht | umgesetzt |"
    "\n## Gefälscht\n- [Klick](javascript:alert(1)) <script>x</script> `x` &lt; **laut**\x07\x7f"
)
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
ANSWERS = (
    *("plan", "measure", "history", "events", "findings"),
    *("origins", "priorities", "changes", "decisions"),
    *("matrix", "stats"),
    *("diff", "steps"),
)

ATTACKED = {"title", "stage", "note", "text", "place", "level", "reference", "description"}


def attacked(event: RecordedEvent) -> RecordedEvent:
    """The same event, with everything that is free text replaced by an attack."""
    said: dict[str, Any] = {
        key.name: ATTACK
        for key in keys_of(type(event.event))
        if key.name in ATTACKED and isinstance(getattr(event.event, key.name), str)
    }
    if isinstance(getattr(event.event, "attributes", None), FrozenMapping):
        said["attributes"] = FrozenMapping({ATTACK: ATTACK})
    return attrs.evolve(
        event, event=attrs.evolve(event.event, **said), by=ATTACK, source=ATTACK, reason=ATTACK
    )


ATTACKED_LOG = tuple(map(attacked, LOG))
ATTACKED_FINDINGS = (
    Finding(code="odd", severity="warning", template="{text} is odd", details={"text": ATTACK}),
)


@cache
def shown(format: Format) -> dict[str, str]:
    """Every answer about the attacked log."""
    return answers(format, "de", events=ATTACKED_LOG, findings=ATTACKED_FINDINGS)


class TestTerminals:
    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_get_no_hidden_character(self, answer: str, format: Format) -> None:
        """Nothing in any answer steers a terminal or turns the reading direction."""
        text = shown(format)[answer]
        found = {character for character in text if unicodedata.category(character) in HIDDEN}
        assert found <= {"\n"}

    @pytest.mark.parametrize("answer", ANSWERS)
    def test_show_what_was_hidden(self, answer: str) -> None:
        """An escape says what stood there, and a mark where a line ended."""
        text = shown("table")[answer]
        assert r"\x1b[31mrot" in text
        assert "⏎" in text

    def test_get_no_line_that_begins_like_another(self) -> None:
        """What goes on in a new line is indented or stands in its own column."""
        text = shown("table")["plan"]
        begun = [line for line in text.splitlines() if re.match(r"\| 9|##|- \[", line)]
        assert [] == begun


class TestPages:
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_have_no_markup_but_ours(self, answer: str) -> None:
        """No heading, link, code, emphasis or tag comes out of a text."""
        text = shown("markdown")[answer]
        assert "<script" not in text
        assert not re.search(r"(?<!\\)\]\(", text)
        assert not re.search(r"(?<!\\)`", text)
        assert not re.search(r"^#+ Gefälscht", text, re.MULTILINE)
        assert "\\*\\*laut" in text

    @pytest.mark.parametrize("answer", ["plan", "events"])
    def test_have_as_many_cells_as_columns(self, answer: str) -> None:
        """A pipe in a text begins no cell, a line break no row."""
        text = shown("markdown")[answer]
        rows = [line for line in text.splitlines() if line.startswith("|")]
        counts = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
        assert counts <= {5, 6}
        assert len(rows) == len(
            [line for line in standard("markdown", "de")[answer].splitlines() if line[:1] == "|"]
        )


class TestSpreadsheets:
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_get_no_formula(self, answer: str) -> None:
        """No cell begins like a formula."""
        rows = list(csv.reader(io.StringIO(shown("csv")[answer])))
        formulas = [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
        assert [] == formulas
        assert any("'=HYPERLINK" in cell for row in rows for cell in row)

    @pytest.mark.parametrize("answer", ["plan", "history", "events"])
    def test_get_as_many_rows_as_there_are(self, answer: str) -> None:
        """A line break in a text begins no row, a comma no cell."""
        rows = list(csv.reader(io.StringIO(shown("csv")[answer])))
        expected = list(csv.reader(io.StringIO(standard("csv", "de")[answer])))
        assert [len(row) for row in expected] == [len(row) for row in rows]


class TestPrograms:
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_get_the_text_as_it_is(self, answer: str) -> None:
        """JSON keeps every character of a text."""
        if answer == "findings":
            assert ATTACK in str(
                json.loads(shown("json")[answer])["findings"][0]["details"]["text"]
            )
        else:
            assert json.dumps(ATTACK) in json.dumps(json.loads(shown("json")[answer]))

    @pytest.mark.parametrize("answer", ANSWERS)
    def test_get_one_object_a_line(self, answer: str) -> None:
        """A line break in a text ends no line."""
        assert all(json.loads(line) for line in shown("jsonl")[answer].splitlines())


class TestWidth:
    @pytest.mark.parametrize("width", [60, 80, 132])
    @pytest.mark.parametrize("language", ["de", "en"])
    def test_no_line_is_wider(self, language: str, width: int) -> None:
        """What is shown fits into the terminal."""
        found = answers("table", language, style=Style(width=width))
        self.assert_fits(found, width)

    @pytest.mark.parametrize("width", [60, 80])
    def test_no_line_is_wider_whatever_it_says(self, width: int) -> None:
        """No text is so long that it would not fit."""
        found = answers("table", "de", events=ATTACKED_LOG, style=Style(width=width))
        self.assert_fits(found, width)

    @staticmethod
    def assert_fits(found: dict[str, str], width: int) -> None:
        """Find lines that are too wide."""
        wide = [line for text in found.values() for line in text.splitlines() if len(line) > width]
        assert [] == wide

    @pytest.mark.parametrize("format", [*PAGES, *DATA])
    def test_each_answer_ends_with_a_line_break(self, format: Format) -> None:
        """An answer is a text of whole lines."""
        assert all(text.endswith("\n") for text in standard(format, "de").values())


@cache
def coloured() -> dict[str, str]:
    """Every answer with colour."""
    return answers("table", "de", style=Style(color=True))


class TestColour:
    @pytest.mark.parametrize("answer", ANSWERS)
    def test_says_nothing_alone(self, answer: str) -> None:
        """Without its colours an answer is the same as one that never had any."""
        painted = coloured()[answer]
        assert "\x1b[" in painted
        assert standard("table", "de")[answer] == re.sub(r"\x1b\[[0-9]*m", "", painted)

    @pytest.mark.parametrize("format", ["markdown", *DATA])
    def test_is_for_tables_only(self, format: Format) -> None:
        """What is read by programs has none."""
        assert standard(format, "de") == answers(format, "de", style=Style(color=True))
