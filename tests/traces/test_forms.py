"""Every form in which a text may stand in a file."""

import html
import json
import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest

from planlog.render.style import Style
from planlog.render.tables import Column, Table, cell, drawn
from planlog.render.text import csv_text, markdown_inline, shortened
from planlog.traces import forms
from planlog.traces.forms import Sought, folded
from tests.traces.events import NOTE

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
LINE = b'{"v":1,"id":"0000000000000001"}'


def count(text: str, content: bytes) -> int:
    """How often *text* was found in *content*."""
    return Sought(LINE, [text]).counts(content)[text]


class TestCounts:
    @pytest.mark.parametrize(
        ("encoding", "way"),
        [
            *((unicode, way) for unicode in UNICODE for way in ("NFC", "NFD")),
            *((other, "NFC") for other in ("cp1252", "latin-1", "cp850")),
        ],
    )
    def test_knows_encodings(self, encoding: str, way: Literal["NFC", "NFD"]) -> None:
        """A text is found in every encoding it may be saved in, its letters composed or not."""
        text = "Frau Müßig"
        content = unicodedata.normalize(way, f"x {text} y {text} z").encode(encoding)
        assert 2 == count(text, content)
        assert 2 == count(unicodedata.normalize("NFD", text), content)
        assert 2 == count(text, content + b"\0" * 9)
        assert 0 == count("Frau Müßigg", content)

    @pytest.mark.parametrize(
        "written",
        [
            lambda text: json.dumps([text]),
            lambda text: json.dumps([text], ensure_ascii=False),
            lambda text: f"<p>{html.escape(text)}</p>",
            lambda text: f"<td>{text.encode('ascii', 'xmlcharrefreplace').decode()}</td>",
            lambda text: f'<a title="{html.escape(text)}">x</a>',
            lambda text: f"<!-- {text} -->",
            lambda text: csv_text(["a"], [[text], ["b"]]),
            lambda text: f"| {markdown_inline(text)} |",
            lambda text: f"{text}\r\n",
            lambda text: text.replace(" ", "\n   "),
            lambda text: text.replace(" ", "\u00a0"),
            lambda text: text.replace(" ", " ⏎ "),
            lambda text: text.replace("ß", "ß\u00ad"),
            lambda text: f"<t>{html.escape(text[:9])}</t></r><r><t>{html.escape(text[9:])}</t>",
            lambda text: "<br/>".join(map(html.escape, text.split(" "))),
            lambda text: "</text:p><text:p>".join(map(html.escape, text.split(" "))),
        ],
    )
    def test_knows_escapes(self, written: Callable[[str], str]) -> None:
        """A text is found however JSON, CSV, Markdown, HTML and the XML of a table write it."""
        assert 1 == count(NOTE, written(NOTE).encode())
        assert 0 == count(f"{NOTE}!", written(NOTE).encode())

    def test_knows_entities_by_name(self) -> None:
        """Old programs write umlauts as entities; several may be mixed with markup."""
        content = b"<p>Frau&nbsp;M&uuml;<b>&szlig;</b>ig &amp; S&#246;hne</p>"
        assert 1 == count("Frau Müßig & Söhne", content)

    def test_knows_characters_of_two_escapes(self) -> None:
        """JSON writes a character beyond the first plane as two, and half of one means nothing."""
        assert 1 == count("Haus 🏠 3", json.dumps("Haus 🏠 3").encode())
        assert 1 == count("Haus Nr. 3", b'"\\ud83c Haus Nr. 3"')

    def test_survives_a_number_without_end(self) -> None:
        """An entity of thousands of digits keeps nobody from reading the rest."""
        content = b"&#" + b"9" * 5000 + b"; Frau Muster"
        assert 1 == count("Frau Muster", content)

    def test_knows_a_text_with_line_breaks(self) -> None:
        """What has line breaks is found where they became blanks, and as it is."""
        text = "Frau Muster\r\n  ruft an"
        assert 1 == count(text, b"x Frau Muster ruft an y")
        assert 1 == count(text, f"\0{text}".encode())

    def test_counts_the_line_apart(self) -> None:
        """The raw line is one of the things looked for, and texts are found within it."""
        sought = Sought(b'{"text":"Frau Muster"}', ["Frau Muster"])
        counts = sought.counts(b'{"text":"Frau Muster"}\n{"text":"Frau Muster!"}\n')
        assert {sought.line: 1, "Frau Muster": 2} == counts

    def test_knows_a_line_that_is_no_text(self) -> None:
        """A line with bytes that are no UTF-8 is found as it is."""
        sought = Sought(b'{"text":"\xff\xfe"}')
        assert {sought.line: 1} == sought.counts(b'x{"text":"\xff\xfe"}\n')

    def test_tells_only_what_it_found(self) -> None:
        """What stands nowhere has no count."""
        assert {} == Sought(LINE, ["Frau Muster", "Herr Beispiel"]).counts(b"Herr und Frau")

    def test_searches_large_files_for_bytes_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond a size no file is read as a person would, but its bytes are searched."""
        monkeypatch.setattr(forms, "MOST_READ", 20)
        assert 1 == count("Müller", b"M\\u00fcller         ")
        assert 0 == count("Müller", b"M\\u00fcller           ")
        assert 1 == count("Müller", "Müller                   ".encode())

    def test_puts_columns_together_in_small_files(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Columns cost time, so in a large file nobody looks for what they broke up."""
        content = b"1  Frau     x\n   Muster   y\n"
        assert 1 == count("Frau Muster", content)
        monkeypatch.setattr(forms, "_MOST_WRAPPED", 20)
        assert 0 == count("Frau Muster", content)

    def test_does_not_take_bytes_for_text(self) -> None:
        """In a file that is no text only bytes are compared."""
        assert 0 == count("Frau Muster", b"\0Frau\nMuster")


class TestCutOff:
    def test_is_found_by_what_was_left(self) -> None:
        """Planlog shortens long texts in lists; what is left of one may tell as much."""
        text = "Frau Müßig-Çelik ruft an und fragt nach dem Saal"
        for length in (20, 21, 30, len(text) - 1):
            assert 1 == count(text, f"x: {shortened(text, length)}; … y".encode())
        twice = f"{shortened(text, 25)} {shortened(text, 30)}"
        assert 2 == count(text, twice.encode())

    @pytest.mark.parametrize(
        "content",
        [
            "Frau Müßig-Çelik ruft an",
            "Frau Müßig-Çelik ruft zurück…",
            "Frau Müßig-Ç…",
            "Müßig-Çelik ruft an und fragt …",
            "…",
        ],
    )
    def test_is_not_found_in_something_else(self, content: str) -> None:
        """Another text that was cut off is none, and too short a beginning says too little."""
        assert 0 == count("Frau Müßig-Çelik ruft an und fragt nach dem Saal", content.encode())


class TestNamed:
    def test_finds_a_text_in_a_name(self) -> None:
        """Files are called after people, with their letters composed or not."""
        sought = Sought(LINE, ["Müller", "Muster"])
        assert ("Müller",) == sought.named(unicodedata.normalize("NFD", "Brief an Müller.pdf"))
        assert () == sought.named("Brief.pdf")


class TestFolded:
    def test_is_the_same_for_what_reads_the_same(self) -> None:
        """Blanks of any kind are one, letters are composed, and what has no shape is gone."""
        assert "a ü b" == folded(" a\t\r\n\u00a0u\u0308\u200b  b\u2028")


class TestWrapped:
    TEXT = (
        "Kontakt zum deutschen Mieterschutzbund aufgenommen, Frau Müßig-Lüdenscheidt ist im "
        "Gespräch dazu; 2022-05-25/2023-03-16"
    )

    @pytest.mark.parametrize("width", [40, 60, 80, 100])
    @pytest.mark.parametrize("place", [0, 1, 2])
    def test_is_found_in_every_column(self, width: int, place: int) -> None:
        """A text in a table of planlog is found whichever column breaks it into lines."""
        others = ["Ein Text, der die Nachbarzelle füllt und selbst umbrochen wird", "begonnen"]
        texts = [*others[:place], self.TEXT, *others[place:]]
        rows = tuple(
            tuple(cell(text, f"{text} noch einmal") for text in row) for row in (texts, others * 2)
        )
        table = Table(tuple(map(Column, ("Maßnahme", "Stand", "Wer"))), (rows[0], rows[1][:3]))
        content = drawn(table, Style(width=width)).encode()
        assert self.TEXT.encode() not in content
        assert 2 == count(self.TEXT, content)
        assert 0 == count(f"{self.TEXT} nie", content)
        assert 0 == count(self.TEXT.replace("Frau", "Herr"), content)

    def test_is_found_with_borders(self) -> None:
        """Lines between the cells do not keep a text from being found."""
        content = "│ 1 │ Frau Müßig ruft │ ja │\n│   │ nächste Woche   │    │\n│   │ an │ │\n"
        assert 1 == count("Frau Müßig ruft nächste Woche an", content.encode())

    def test_is_found_in_a_quoted_paragraph(self) -> None:
        """A paragraph goes on at the beginning of the next line, behind a mark."""
        content = "> Gestern hat Frau Müßig\n> angerufen und\n> gefragt.\n"
        assert 1 == count("Frau Müßig angerufen und gefragt.", content.encode())

    def test_is_not_found_where_it_ends_early(self) -> None:
        """A beginning alone is no text, at the end of a file as before other words."""
        assert 0 == count("Frau Muster", b"1  Frau     x\n")
        assert 0 == count("Frau Muster", b"1  Frau     x\n            Muster\n")

    def test_gives_up_on_what_begins_everywhere(self) -> None:
        """A file made of beginnings takes no time to speak of."""
        content = b"a" * 700_000 + b"\n b\n" + b"1 Frau | x\n  Muster\n"
        assert 0 == count("a" * 50_000 + " c", content)
        assert 1 == count("Frau Muster", content)
