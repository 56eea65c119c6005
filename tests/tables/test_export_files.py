"""Exported tables as text and as workbooks: whatever stands in a cell comes out as a text."""

import html
import io
import re
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog import TableError
from planlog.plan import PHASES
from planlog.tables.exports.delimited import delimited, harmless
from planlog.tables.exports.grid import Content, Grid
from planlog.tables.exports.workbook import (
    LONGEST,
    escaped,
    sheet_names,
    workbook,
)
from planlog.tables.files.reading import read
from planlog.tables.sheets import Number
from planlog.wording import words_for
from tests.tables.files import unzipped as parts

DE = words_for("de")
RECORDED = datetime(2026, 11, 22, 8, 15, tzinfo=UTC)

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)", "'=1", "''-", "007", "1.10")

TEXTS = st.text(st.sampled_from("=+-@\t\r\n';\",|x_0041Ba ä\x0b\x85\u2028\ufffe€😀"), max_size=7)


def grid(*rows: tuple[Content, ...], name: str = "Plan") -> Grid:
    """A table of two columns."""
    return Grid(name=name, headings=("Nr.", "Titel"), rows=rows)


def book(*grids: Grid, title: str = "Plan") -> bytes:
    """A workbook, in German."""
    return workbook(grids, "plan.xlsx", words=DE, title=title, recorded=RECORDED)


def margins(content: bytes, name: str) -> list[str]:
    """What stands above or below each page of a sheet, as the file has it."""
    sheet = parts(content)["xl/worksheets/sheet1.xml"].decode()
    return [html.unescape(text) for text in re.findall(f"<{name}>(.*)</{name}>", sheet)]


def opened(content: bytes) -> openpyxl.Workbook:
    """A workbook as another program reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def read_again(content: bytes, rows: int, columns: int = 2) -> Sequence[tuple[object, ...]]:
    """The cells under the headings, as planlog reads them."""
    (sheet,) = read(content, "plan")
    found: list[tuple[object, ...]] = [
        (*row, *[None] * (columns - len(row))) for row in sheet.rows[1:]
    ]
    return found + [(None,) * columns] * (rows - len(found))


class TestDelimited:
    def test_whole(self) -> None:
        """Lines of cells between semicolons, in UTF-8 with the mark by which Excel knows it."""
        expected = "\ufeffNr.;Titel\n16;Nachbarschaften\n;\n2;\n"
        content = delimited(grid(("16", "Nachbarschaften"), (None, None), (2, "")), "plan.csv")
        assert expected == content.decode()

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("a;b", '"a;b"'),
            ("a,b", "a,b"),
            ('sagt "ja"', '"sagt ""ja"""'),
            ("a\nb", '"a\nb"'),
            ("a\rb", '"a\rb"'),
            (" a", '" a"'),
            ("a\t", '"a\t"'),
            ("=1+1", "'=1+1"),
            ("-1", "'-1"),
            ("'=1", "''=1"),
            ("'s Lädchen", "'s Lädchen"),
        ],
    )
    def test_cells(self, text: str, written: str) -> None:
        """What would end a cell is quoted, and what would be a formula has an apostrophe."""
        assert f"Nr.;Titel\n{written};x\n" == (
            delimited(grid((text, "x")), "plan.csv", encoding="utf-8").decode()
        )

    def test_declared(self) -> None:
        """Encoding and delimiter may be what another program wants."""
        content = delimited(grid(("1", "Größe, 3 €")), "p.csv", encoding="cp1252", delimiter=",")
        assert b'Nr.,Titel\n1,"Gr\xf6\xdfe, 3 \x80"\n' == content

    def test_what_an_encoding_lacks(self) -> None:
        """Each cell with a character that the encoding lacks is named, all of them at once."""
        with pytest.raises(TableError) as caught:
            delimited(grid(("1", "ő"), ("☕", "a"), ("é", "€")), "plan.csv", encoding="cp1252")
        assert [
            "plan.csv: B2: Titel: cp1252 has no character 'ő'; write it with --encoding utf-8-sig",
            "plan.csv: A3: Nr.: cp1252 has no character '☕'; write it with --encoding utf-8-sig",
        ] == str(caught.value).splitlines()

    def test_harmless(self) -> None:
        """For a terminal everything is spelt out that would steer it, but for line breaks."""
        shown = harmless(
            Grid(name="", headings=("a\x1b",), rows=(("x\u202e\r\ny\rz",), (1,), (None,)))
        )
        assert ("a\\x1b",) == shown.headings
        assert (("x\\u202e\ny\nz",), (1,), (None,)) == shown.rows

    @given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
    def test_way_back(self, rows: list[tuple[str, str]]) -> None:
        """What is not empty is read again exactly as it was."""
        content = delimited(grid(*rows), "plan.csv")
        assert [tuple(text or None for text in row) for row in rows] == (
            read_again(content, len(rows))
        )


class TestSheetNames:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Wohnen", "Wohnen"),
            ("Kultur/Sport: [neu]*?\\", "Kultur Sport   neu"),
            ("'Wohnen'", "Wohnen"),
            ("x" * 40, "x" * 31),
            ("y" * 30 + " z", "y" * 30),
            ("", "-"),
            ("[]", "-"),
            ("History", "History 1"),
        ],
    )
    def test_allowed(self, name: str, expected: str) -> None:
        """A name is what spreadsheet programs allow, as close to the title as may be."""
        assert (expected,) == sheet_names([name])

    def test_distinct(self) -> None:
        """No name is another's, whatever the case, also where only the end differed."""
        names = sheet_names(["A", "a", "x" * 31, "x" * 32, "a (2)", "A"])
        assert ("A", "a (2)", "x" * 31, "x" * 27 + " (2)", "a (2) (2)", "A (3)") == names

    @given(st.lists(TEXTS | st.text(max_size=40), min_size=1, max_size=5))
    def test_taken_by_others(self, names: list[str]) -> None:
        """Whatever fields are called, there is a sheet for each."""
        found = sheet_names(names)
        assert len(names) == len({one.casefold() for one in found})
        assert all(0 < len(one) <= 31 and not set("[]:*?/\\") & set(one) for one in found)


class TestEscaped:
    @given(TEXTS)
    def test_holdable(self, text: str) -> None:
        """Nothing is left that XML cannot hold."""
        assert not set("\x0b\r\ufffe") & set(escaped(text))

    def test_what_looks_escaped(self) -> None:
        """What looks as if it had been escaped is, so that it is read as it was."""
        assert "_x005F_x0041_ _x" == escaped("_x0041_ _x")


class TestWorkbook:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_texts_stay_texts(self, text: str) -> None:
        """What looks like a formula, a number or a date is a text to every program."""
        cell = opened(book(grid((text, "x")))).worksheets[0]["A2"]
        assert (text, "s", "@", True) == (
            *(cell.value, cell.data_type, cell.number_format),
            cell.quotePrefix,
        )
        assert [(text, "x")] == read_again(book(grid((text, "x"))), 1)

    def test_numbers_are_numbers(self) -> None:
        """A column that holds only numbers has cells that can be sorted as such."""
        content = book(grid((None, "a"), (0, "b")))
        sheet = opened(content).worksheets[0]
        assert [(None, "General"), (0, "General")] == [
            (sheet[name].value, sheet[name].number_format) for name in ("A2", "A3")
        ]
        assert [(None, "a"), (Number(0), "b")] == read_again(content, 2)

    def test_empty_texts_are_empty(self) -> None:
        """An empty text leaves its cell empty, as no program writes one without anything in it."""
        sheet = parts(book(grid(("", ""))))["xl/worksheets/sheet1.xml"]
        assert 2 == sheet.count(b"<is>")  # the headings
        assert 2 == sheet.count(b'"inlineStr"')

    def test_empty_cells_are_for_texts(self) -> None:
        """What people write into empty cells, and into rows they add, stays a text as well."""
        sheet = opened(book(grid((None, "a")))).worksheets[0]
        assert ("@", False) == (sheet["A2"].number_format, sheet["A2"].quotePrefix)
        assert {"@"} == {sheet.column_dimensions[one].number_format for one in "AB"}

    def test_layout(self) -> None:
        """Headings stay in sight and can be filtered; everything is on the width of one page."""
        sheet = opened(book(grid(("1", "x" * 100), ("2", "kurz\nund gut")))).worksheets[0]
        assert ("A2", "A1:B3") == (sheet.freeze_panes, sheet.auto_filter.ref)
        assert ("$1:$1", "landscape") == (sheet.print_title_rows, sheet.page_setup.orientation)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert 0 == sheet.page_setup.fitToHeight
        assert [10, 43] == [sheet.column_dimensions[one].width for one in "AB"]
        assert [15, 45, 30] == [sheet.row_dimensions[number].height for number in (1, 2, 3)]
        assert sheet["A1"].font.b
        assert sheet["B2"].alignment.wrap_text

    def test_printed_pages(self) -> None:
        """Each printed page says which plan it shows, as of when, and which page it is."""
        content = workbook(
            [grid(("1", "a"))],
            "plan.xlsx",
            words=DE,
            title="Haus & Hof\n2023",
            state="Stand",
            recorded=RECORDED,
        )
        assert ["&LHaus && Hof ⏎ 2023&RStand"] == margins(content, "oddHeader")
        assert ["&L&A&R&P / &N"] == margins(content, "oddFooter")

    @pytest.mark.parametrize(
        ("title", "shown"),
        [("x" * 78 + "&" * 9, "x" * 78), ("&" * 300, ""), ("&" * 40, "&" * 80)],
    )
    def test_long_titles_of_pages(self, title: str, shown: str) -> None:
        """Above a page there is room for so much only, and no command is made by cutting."""
        (head,) = margins(book(grid(("1", "a")), title=title), "oddHeader")
        assert shown == head.removeprefix("&L").removesuffix("…")

    def test_high_rows_end(self) -> None:
        """No row is higher than programs let it be."""
        sheet = opened(book(grid(("1", "x\n" * 100)))).worksheets[0]
        assert 405 == sheet.row_dimensions[2].height

    def test_phases_are_coloured_by_their_words(self) -> None:
        """A cell has the colour of the word in it, which is always there."""
        table = Grid(name="P", headings=("Phase",), rows=(("begonnen",),), phases=(0,))
        sheet = opened(book(table)).worksheets[0]
        (ranged,) = sheet.conditional_formatting
        words = [DE.phase(phase) for phase in PHASES]
        assert "A2" == str(ranged.sqref)
        assert words == [rule.text for rule in ranged.rules]
        assert 'LEFT(A2,8)="begonnen"' == ranged.rules[1].formula[0]
        assert len(PHASES) == len({rule.dxf.fill.bgColor.rgb for rule in ranged.rules})

    def test_no_rows(self) -> None:
        """A table without rows has its headings."""
        table = Grid(name="P", headings=("Phase",), rows=(), phases=(0,))
        assert [("Phase",)] == list(opened(book(table)).worksheets[0].values)

    def test_nobody_is_named(self) -> None:
        """The file says which plan it has and when the last event was recorded, and no person."""
        content = book(grid(), title="Plan \x0b")
        told = parts(content)["docProps/core.xml"].decode()
        assert not any(word in told for word in ("creator", "lastModifiedBy", "openpyxl"))
        properties = opened(content).properties
        assert "Plan _x000B_" == properties.title
        moment = RECORDED.replace(tzinfo=None)
        assert (moment, moment) == (properties.created, properties.modified)

    def test_same_bytes(self) -> None:
        """The same tables give the same bytes, whenever they are written; no clock is in them."""
        content = book(grid(("1", "a")), grid(("2", "b")))
        assert content == book(grid(("1", "a")), grid(("2", "b")))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {(1980, 1, 1, 0, 0, 0)} == {one.date_time for one in archive.infolist()}

    def test_nothing_recorded(self) -> None:
        """A workbook can be made of a log without events."""
        content = workbook([grid()], "p.xlsx", words=DE, title="P", recorded=None)
        assert datetime(1980, 1, 1) == opened(content).properties.created  # noqa: DTZ001  # as stored

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing can write workbooks it says what to install, and what goes without."""
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        remedy = r"plan\.xlsx: .*pip install 'planlog\[tables\]', or export to \.csv"
        with pytest.raises(TableError, match=remedy):
            book(grid())

    def test_what_is_too_long(self) -> None:
        """Each text that no cell can hold is named with sheet and cell, all at once."""
        fits, long, wide = "x" * LONGEST, "x" * (LONGEST + 1), "😀" * (LONGEST // 2 + 1)
        book(grid((fits, "")))
        with pytest.raises(TableError) as caught:
            book(grid((fits, long)), grid((wide, "a"), name="Zwei"))
        remedy = "export to .csv or .sqlite"
        told = "a cell of a spreadsheet holds 32767 characters, this has 32768"
        assert [
            f"plan.xlsx: Plan!B2: Titel: {told}; {remedy}",
            f"plan.xlsx: Zwei!A2: Nr.: {told}; {remedy}",
        ] == str(caught.value).splitlines()

    @given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
    def test_way_back(self, rows: list[tuple[str, str]]) -> None:
        """What is not empty is read again as it was, but for the line breaks of Windows."""
        expected = [tuple(text.replace("\r\n", "\n") or None for text in row) for row in rows]
        assert expected == read_again(book(grid(*rows)), len(rows))
