"""XLSX to sheets."""

import datetime
import sys
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from planlog.errors import TableError
from planlog.tables.files.reading import read
from planlog.tables.sheets import Cell, Fault, Formula, Merged, Number, Sheet
from tests.tables.files import repacked, replaced, xlsx, xlsx_cells, xlsx_sheet

Places = list[tuple[str, str]]


MORNING = datetime.datetime.fromisoformat("2023-03-16T08:15")


def rows(content: bytes) -> tuple[tuple[Cell, ...], ...]:
    """The rows of the first sheet of ``plan.xlsx``."""
    return read(content, "plan.xlsx")[0].rows


def formatted(value: Any, code: str) -> Cell:
    """What a cell holds that has a number format."""

    def change(sheet: Worksheet) -> None:
        sheet["A1"].number_format = code

    return rows(xlsx([[value]], change))[0][0]


def only(*cells: str, strings: tuple[str, ...] = ()) -> tuple[Cell, ...]:
    """What the cells of a row hold, given their XML."""
    return rows(xlsx_cells("".join(cells), strings=strings))[0]


def flaws(content: bytes) -> Places:
    """Where something is wrong, and the codes."""
    with pytest.raises(TableError) as caught:
        read(content, "plan.xlsx")
    return [(flaw.place, flaw.code) for flaw in caught.value.flaws]


class TestCells:
    def test_kinds(self) -> None:
        """Texts, numbers and truths are told apart; empty cells are nothing."""
        assert ("Bänke", Number(16), Number(1.5), True, False, None, "16") == rows(
            xlsx([["Bänke", 16, 1.5, True, False, "", "16"]])
        )[0]

    def test_text_that_looks_like_a_formula(self) -> None:
        """A text is a text, whatever it begins with."""

        def change(sheet: Worksheet) -> None:
            sheet["A1"].data_type = "s"

        assert ("=1+1", "+1", "-1", "@x") == rows(xlsx([["=1+1", "+1", "-1", "@x"]], change))[0]

    def test_rich_text(self) -> None:
        """A text keeps its words and loses its looks and readings."""
        string = "<r><t>Ver</t></r><r><rPr><b/></rPr><t>lag</t></r><rPh><t>x</t></rPh>"
        assert ("Verlag", "Verlag", None, "x") == only(
            '<c t="s"><v>0</v></c>',
            f'<c t="inlineStr"><is>{string}</is></c>',
            '<c t="inlineStr"/>',
            '<c t="inlineStr"><is><t>x</t></is></c>',
            strings=(string,),
        )

    def test_line_breaks_and_escapes(self) -> None:
        """Characters that XML cannot hold are escaped in the file and whole in the cell."""
        escaped = "a_x000D_\nb_x005F_x0041__x000B__x0000__xD83D_"
        assert ("a\nb_x0041_\x0b_x0000__xD83D_",) * 2 == only(
            '<c t="s"><v>0</v></c>',
            f'<c t="str"><v>{escaped}</v></c>',
            strings=(f"<t>{escaped}</t>",),
        )

    def test_formulas(self) -> None:
        """A formula is told with the result that was stored last, if any."""
        assert (
            Formula("=A2+1", Number(3)),
            Formula('="a"', "a"),
            Formula("=A1>1", result=True),
            Formula("=1/0", Fault("#DIV/0!")),
            Formula("=B1"),
        ) == only(
            "<c><f>A2+1</f><v>3</v></c>",
            '<c t="str"><f>"a"</f><v>a</v></c>',
            '<c t="b"><f>A1&gt;1</f><v>1</v></c>',
            '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            "<c><f>B1</f></c>",
        )

    def test_shared_formulas(self) -> None:
        """A formula that cells share is told in each as in the first."""
        assert (Formula("=A1+1", Number(1)), Formula("=A1+1", Number(2))) == only(
            '<c><f t="shared" si="0" ref="A1:B1">A1+1</f><v>1</v></c>',
            '<c><f t="shared" si="0"/><v>2</v></c>',
        )

    def test_faults(self) -> None:
        """An error in a cell is one, formula or not."""
        assert (Fault("#REF!"),) == only('<c t="e"><v>#REF!</v></c>')

    @pytest.mark.parametrize(
        ("value", "code", "cell"),
        [
            (7, "000", Number(7, "007")),
            (1.1, "0.00", Number(1.1, "1.10")),
            (7, '"Nr. "0', Number(7, "Nr. 7")),
            (7, "General", Number(7)),
            (45001, "dd.mm.yyyy", datetime.date(2023, 3, 16)),
            (45001.34375, "dd.mm.yyyy hh:mm", MORNING),
            (61, "dd.mm.yyyy", datetime.date(1900, 3, 1)),
            (3, "dd.mm.yyyy", Number(3, "1900-01-03")),
            (60, "dd.mm.yyyy", Number(60, "1900-02-28")),
            (0, "dd.mm.yyyy", Number(0, "00:00:00")),
            (0.34375, "hh:mm", Number(0.34375, "08:15:00")),
            (1.25, "[h]:mm:ss", Number(1.25, "30:00:00")),
            (-1, "dd.mm.yyyy", Fault("########")),
            (10**9, "dd.mm.yyyy", Fault("########")),
        ],
    )
    def test_formats(self, value: float, code: str, cell: Cell) -> None:
        """A number is told as it is shown; what is surely a day is one."""
        assert cell == formatted(value, code)

    def test_formats_of_conditions(self) -> None:
        """A format that a cell has only under a condition does not count."""

        def change(sheet: Worksheet) -> None:
            sheet["A1"].number_format = "0000"

        content = xlsx([[7]], change)
        conditional = '<dxfs><dxf><numFmt numFmtId="164" formatCode="0.00"/></dxf></dxfs></'
        assert (Number(7, "0007"),) == rows(
            replaced(content, "xl/styles.xml", "</styleSheet", conditional + "styleSheet")
        )[0]

    def test_other_epoch(self) -> None:
        """In files of old Macintosh programs days count from 1904."""
        content = xlsx([[datetime.date(2023, 3, 16)]])
        later = replaced(content, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
        assert datetime.date(2027, 3, 17) == rows(later)[0][0]

    def test_days_as_texts(self) -> None:
        """Strict files write days out."""
        assert (datetime.date(2023, 3, 16), MORNING) == only(
            '<c t="d"><v>2023-03-16</v></c>', '<c t="d"><v>2023-03-16T08:15:00Z</v></c>'
        )

    def test_unknown_style(self) -> None:
        """A style that the file lacks says nothing of a number."""
        assert (Number(7),) == only('<c s="99"><v>7</v></c>')

    @pytest.mark.parametrize(
        "cell",
        [
            '<c r="B3" t="s"><v>9</v></c>',
            '<c r="B3" t="s"><v>-1</v></c>',
            '<c r="B3" t="s"><v>x</v></c>',
            '<c r="B3"><v>1,5</v></c>',
            '<c r="B3" s="-1"><v>1</v></c>',
            '<c r="B3" t="b"><v>2</v></c>',
            '<c r="B3" t="d"><v>16.03.2023</v></c>',
            '<c r="B3" t="x"><v>1</v></c>',
        ],
    )
    def test_malformed(self, cell: str) -> None:
        """Every cell that makes no sense is told, with its place."""
        content = xlsx_sheet(
            f'<sheetData><row r="3">{cell}</row><row><c><v>x</v></c></row></sheetData>',
            strings=("<t>a</t>",),
        )
        assert [
            ("plan.xlsx: Plan!B3", "malformed-cell"),
            ("plan.xlsx: Plan!A4", "malformed-cell"),
        ] == flaws(content)


class TestPlaces:
    def test_named(self) -> None:
        """Cells stand where they say, in any order, and the ends are cut."""
        content = xlsx_sheet(
            '<sheetData><row r="3"><c r="C3" t="str"><v>c</v></c><c r="A3" t="str"><v>a</v></c>'
            '</row><row r="1"><c r="B1"><v>1</v></c><extLst/></row><row r="9"><c r="XFD9" s="0"/>'
            "</row></sheetData>"
        )
        assert ((None, Number(1)), (), ("a", None, "c")) == rows(content)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            ('<sheetData><row r="1048576"><c><v>1</v></c></row></sheetData>', "many-rows"),
            ('<sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData>', "many-columns"),
            ('<sheetData><row r="x"/></sheetData>', "damaged-table"),
            ('<sheetData><row r="0"/></sheetData>', "damaged-table"),
            ('<sheetData><row><c r="1A"/></row></sheetData>', "damaged-table"),
            ('<mergeCells><mergeCell ref="A1"/></mergeCells>', "damaged-table"),
        ],
    )
    def test_impossible(self, content: str, code: str) -> None:
        """A place beyond the limits, or none at all, is refused."""
        assert [code] == [found for _, found in flaws(xlsx_sheet(content))]


class TestMerged:
    def read(self, content: bytes) -> Sheet:
        """The first sheet."""
        return read(content, "plan.xlsx")[0]

    def test_spread(self) -> None:
        """Each cell of a merged range holds what is shown in it."""
        sheet = self.read(
            xlsx([["a", "b", "c"], ["d", "e", "f"]], lambda sheet: sheet.merge_cells("A1:B2"))
        )
        assert (("a", "a", "c"), ("a", "a", "f")) == sheet.rows
        assert (Merged(1, 1, 2, 2),) == sheet.merged

    def test_what_is_hidden_under_it(self) -> None:
        """What a range hides does not count, even where it shows nothing."""
        sheet = self.read(
            xlsx_cells(
                '<c r="B1" t="str"><v>hidden</v></c>',
                after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
            )
        )
        assert Sheet("Plan", (), (Merged(1, 1, 2, 2),)) == sheet

    @pytest.mark.parametrize("ref", ["A1:XFD1", "XFD1:A1"])
    def test_whole_row(self, ref: str) -> None:
        """A range over a whole row ends with the contents."""
        sheet = self.read(
            xlsx_cells(
                '<c t="str"><v>Plan</v></c>',
                '<c t="str"><v>Nr.</v></c><c t="str"><v>Titel</v></c>',
                after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>',
            )
        )
        assert (("Plan", "Plan"), ("Nr.", "Titel")) == sheet.rows
        assert (Merged(1, 1, 1, 2),) == sheet.merged

    def test_whole_column(self) -> None:
        """A range over a whole column ends with the contents, even where there are none."""
        full, empty = (
            self.read(
                xlsx_cells(*cells, after='<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')
            )
            for cells in (('<c t="str"><v>x</v></c>', '<c r="B2"><v>2</v></c>'), ())
        )
        assert (("x",), ("x", Number(2))) == full.rows
        assert (Merged(1, 1, 1, 1),) == empty.merged


class TestSheets:
    def test_several(self) -> None:
        """All sheets come in their order, and it is known which are hidden."""

        def hide(sheet: Worksheet) -> None:
            sheet.sheet_state = "veryHidden"

        sheets = read(xlsx({"Alt": [["a"]], "Neu": [["b"]], "Leer": []}, hide), "plan.xlsx")
        assert (
            Sheet("Alt", (("a",),), visible=False),
            Sheet("Neu", (("b",),)),
            Sheet("Leer", ()),
        ) == sheets

    def test_asides(self) -> None:
        """Comments, links, hidden rows, filters and colours change nothing."""

        def change(sheet: Worksheet) -> None:
            sheet["A1"].comment = Comment("Wer?", "jemand")
            sheet["A2"].hyperlink = "https://example.org"
            sheet.row_dimensions[2].hidden = True
            sheet.auto_filter.ref = "A1:A2"

        assert (("a",), ("b",)) == rows(xlsx([["a"], ["b"]], change))

    def test_charts(self) -> None:
        """A sheet that is a chart is no table."""

        def change(sheet: Worksheet) -> None:
            assert sheet.parent is not None
            sheet.parent.create_chartsheet("Bild").add_chart(BarChart())

        assert ["Plan"] == [sheet.name for sheet in read(xlsx([["a"]], change), "plan.xlsx")]

    def test_absolute_and_external_targets(self) -> None:
        """Parts are found from the top of the file, too; what lies outside is never opened."""
        content = xlsx([["a"]])
        part = "xl/_rels/workbook.xml.rels"
        external = replaced(content, part, "<Relationship ", '<Relationship TargetMode="External" ')
        assert (("a",),) == rows(content)
        assert () == read(external, "plan.xlsx")


class TestDamage:
    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (
                lambda content: repacked(content, without=["xl/worksheets/sheet1.xml"]),
                "missing-part",
            ),
            (lambda content: repacked(content, without=["xl/sharedStrings.xml"]), "damaged-table"),
            (
                lambda content: repacked(content, without=["xl/_rels/workbook.xml.rels"]),
                "damaged-table",
            ),
            (lambda content: repacked(content, {"xl/styles.xml": "<a>"}), "damaged-table"),
            (lambda content: content[: len(content) // 2], "damaged-table"),
        ],
    )
    def test_is_told(self, change: Callable[[bytes], bytes], code: str) -> None:
        """A part that is missing or cut off is named."""
        assert [("plan.xlsx", code)] == flaws(change(xlsx_cells("<c><v>1</v></c>")))

    @pytest.mark.parametrize("module", ["openpyxl", "defusedxml"])
    def test_what_is_not_installed(self, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without the extra nothing is read, and it is said how to install it."""
        for name in [name for name in sys.modules if name.partition(".")[0] == module]:
            monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(TableError, match=r"pip install 'planlog\[tables\]'"):
            rows(xlsx_bytes())


def xlsx_bytes() -> bytes:
    """A file that was made while everything was installed."""
    return _MADE


_MADE = xlsx([["a"]])
