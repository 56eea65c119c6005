"""ODS to sheets."""

import datetime

import pytest

from planlog.errors import TableError
from planlog.tables.files.reading import read
from planlog.tables.sheets import Cell, Fault, Formula, Merged, Number, Sheet
from tests.tables.files import (
    ODS_TYPE,
    ods,
    ods_cell,
    ods_row,
    ods_tables,
    repacked,
    unzipped,
    zipped,
)

MORNING = datetime.datetime.fromisoformat("2023-03-16T08:15")


def rows(content: bytes) -> tuple[tuple[Cell, ...], ...]:
    """The rows of the first sheet of ``plan.ods``."""
    return read(content, "plan.ods")[0].rows


def cell(attributes: str, text: str = "") -> Cell:
    """What a cell with these attributes holds, if anything."""
    found = rows(ods([[f"<table:table-cell {attributes}>{text}</table:table-cell>"]]))
    return found[0][0] if found else None


def text(content: str) -> Cell:
    """What a cell of text with this XML holds."""
    return cell('office:value-type="string"', content)


def one_table(content: str) -> bytes:
    """A file with one sheet."""
    return ods_tables(f'<table:table table:name="Plan">{content}</table:table>')


def flaws(content: bytes) -> list[tuple[str, str]]:
    """Where something is wrong, and the codes."""
    with pytest.raises(TableError) as caught:
        read(content, "plan.ods")
    return [(flaw.place, flaw.code) for flaw in caught.value.flaws]


class TestTexts:
    @pytest.mark.parametrize(
        ("content", "shown"),
        [
            ("<text:p>Bänke</text:p>", "Bänke"),
            ("<text:p>a</text:p><text:p/><text:p>b</text:p>", "a\n\nb"),
            ('<text:p>a <text:s text:c="2"/>b<text:s/></text:p>', "a   b "),
            ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
            ("<text:p>\n  a\n  b</text:p>", "a b"),
            ("<text:p>Ver<text:span>lag<text:a> x</text:a></text:span> y</text:p>", "Verlag x y"),
            (
                (
                    "<office:annotation><text:p>Wer?</text:p></office:annotation>"
                    "<text:p>a<text:note><text:p>1</text:p></text:note>b</text:p>"
                ),
                "ab",
            ),
            ("<text:p/>", None),
        ],
    )
    def test_paragraphs(self, content: str, shown: str | None) -> None:
        """A text is what its paragraphs show, without looks, comments and notes."""
        assert shown == text(content)

    def test_stored_apart(self) -> None:
        """A text that is stored beside its paragraphs counts."""
        assert "a\nb" == cell(
            'office:value-type="string" office:string-value="a&#10;b"', "<text:p>a b</text:p>"
        )

    def test_without_a_kind(self) -> None:
        """A text is one even where nothing says so."""
        assert "a" == cell("", "<text:p>a</text:p>")

    def test_blanks_without_end(self) -> None:
        """A few bytes that stand for a billion blanks are too long a text."""
        content = ods(
            [['<table:table-cell><text:p><text:s text:c="999999999"/></text:p></table:table-cell>']]
        )
        with pytest.raises(TableError, match=r"Plan!A1: .* 32767 characters, got 32768;"):
            read(content, "plan.ods")


class TestValues:
    @pytest.mark.parametrize(
        ("attributes", "shown", "value"),
        [
            ('office:value-type="float" office:value="7"', "7", Number(7)),
            ('office:value-type="float" office:value="7"', "007", Number(7, "007")),
            ('office:value-type="float" office:value="1.1"', "1,10", Number(1.1, "1.10")),
            ('office:value-type="float" office:value="1.1"', "", Number(1.1)),
            ('office:value-type="percentage" office:value="0.5"', "50%", Number(0.5, "50%")),
            ('office:value-type="currency" office:value="5"', "5,00 €", Number(5, "5.00 €")),
            ('office:value-type="boolean" office:boolean-value="true"', "WAHR", True),
            ('office:value-type="boolean" office:boolean-value="false"', "FALSCH", False),
            (
                'office:value-type="date" office:date-value="2023-03-16"',
                "16.03.23",
                datetime.date(2023, 3, 16),
            ),
            (
                'office:value-type="date" office:date-value="2023-03-16T08:15:00"',
                "16.03.23 08:15",
                MORNING,
            ),
            (
                'office:value-type="date" office:date-value="2023-03-16T00:00:00"',
                "16.03.23",
                datetime.date(2023, 3, 16),
            ),
            (
                'office:value-type="time" office:time-value="PT30H00M00S"',
                "30:00",
                Number(1.25, "30:00"),
            ),
            (
                'office:value-type="time" office:time-value="-P1DT06H00M00,5S"',
                "",
                Number(-1.25000578703704, "-P1DT06H00M00,5S"),
            ),
            ('office:value-type="void"', "", None),
        ],
    )
    def test_kinds(self, attributes: str, shown: str, value: Cell) -> None:
        """Each kind of value is itself, and a number as it is shown."""
        assert value == cell(attributes, f"<text:p>{shown}</text:p>" if shown else "")

    def test_formulas(self) -> None:
        """A formula is told with its result, an error among them."""
        assert Formula("=[.A1]+1", Number(3)) == cell(
            'table:formula="of:=[.A1]+1" office:value-type="float" office:value="3"',
            "<text:p>3</text:p>",
        )
        assert Formula("=1/0", Fault("#DIV/0!")) == cell(
            'table:formula="of:=1/0" office:value-type="string" office:string-value="" '
            'calcext:value-type="error"',
            "<text:p>#DIV/0!</text:p>",
        )
        assert Formula("=a", Fault("Err:502")) == cell(
            'table:formula="=a" office:value-type="float" office:value="0"',
            "<text:p>Err:502</text:p>",
        )
        assert Formula("=b") == cell('table:formula="=b"')

    def test_text_that_looks_like_an_error(self) -> None:
        """What somebody typed is a text."""
        assert "#REF!" == text("<text:p>#REF!</text:p>")

    @pytest.mark.parametrize(
        "attributes",
        [
            'office:value-type="float"',
            'office:value-type="float" office:value="1,5"',
            'office:value-type="date" office:date-value="16.03.2023"',
            'office:value-type="time" office:time-value="8:15"',
            'office:value-type="boolean" office:boolean-value="1"',
            'office:value-type="colour"',
        ],
    )
    def test_malformed(self, attributes: str) -> None:
        """Every cell that makes no sense is told, with its place."""
        broken = f"<table:table-cell {attributes}/>"
        assert [
            ("plan.ods: Plan!B2", "malformed-cell"),
            ("plan.ods: Plan!A3", "malformed-cell"),
        ] == flaws(ods([["a"], [None, broken], [broken]]))


class TestPlaces:
    def test_repeated(self) -> None:
        """A cell or a row that stands for several is several."""
        content = one_table(
            ods_row([None, "<table:other/>", ods_cell("a", 'table:number-columns-repeated="2"')])
            + ods_row(["b"], 'table:number-rows-repeated="2"')
            + ods_row([None], 'table:number-rows-repeated="2"')
            + ods_row([ods_cell(None, 'table:number-columns-repeated="16383"'), None])
            + f"<table:table-row-group>{ods_row(['c'])}</table:table-row-group>"
            + ods_row([None], 'table:number-rows-repeated="1048569"')
        )
        assert ((None, "a", "a"), ("b",), ("b",), (), (), (), ("c",)) == rows(content)

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            (ods_row(["a"], 'table:number-rows-repeated="1048576"'), "many-rows"),
            (ods_row([ods_cell("a", 'table:number-columns-repeated="16384"')]), "many-columns"),
            (ods_row(["a"], 'table:number-rows-repeated="0"'), "damaged-table"),
            (ods_row(["a"], f'table:number-rows-repeated="{"9" * 5000}"'), "damaged-table"),
            (ods_row([ods_cell("a", 'table:number-columns-repeated="x"')]), "damaged-table"),
        ],
    )
    def test_repeated_without_end(self, row: str, code: str) -> None:
        """A few bytes that stand for a million cells are refused."""
        assert [code] == [found for _, found in flaws(one_table(row))]

    def test_merged(self) -> None:
        """Each cell of a merged range holds what is shown in it."""
        spans = 'table:number-columns-spanned="2" table:number-rows-spanned="2"'
        covered = "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>"
        sheet = read(ods([[ods_cell("a", spans), covered, "b"], [covered, covered, "c"]]), "x")[0]
        assert (("a", "a", "b"), ("a", "a", "c")) == sheet.rows
        assert (Merged(1, 1, 2, 2),) == sheet.merged


class TestSheets:
    def test_several(self) -> None:
        """All sheets come in their order, and it is known which are hidden."""
        styles = "".join(
            f'<style:style style:name="{name}" style:family="table">{properties}</style:style>'
            for name, properties in [
                ("ta1", '<style:table-properties table:display="true"/>'),
                ("ta2", '<style:table-properties table:display="false"/>'),
                ("co1", ""),
            ]
        )
        tables = "".join(
            f'<table:table table:name="{name}" table:style-name="{style}">{ods_row([name])}'
            "</table:table>"
            for name, style in [("Neu", "ta1"), ("Alt", "ta2")]
        )
        assert (
            Sheet("Neu", (("Neu",),)),
            Sheet("Alt", (("Alt",),), visible=False),
        ) == read(ods_tables(tables, styles=styles), "plan.ods")

    def test_copies_of_others(self) -> None:
        """A kept copy of another file's sheet is none of this file."""
        copied = (
            "<table:table table:name=\"'file:///x.ods'#A\"><table:table-source/>"
            f"{ods_row(['x'])}</table:table>"
        )
        linked = f"<table:dde-links><table:table>{ods_row(['x'])}</table:table></table:dde-links>"
        own = f'<table:table table:name="Plan">{ods_row(["a"])}</table:table>'
        assert (Sheet("Plan", (("a",),)),) == read(
            ods_tables(own + linked + copied + ods_row(["y"])), "plan.ods"
        )

    def test_known_by_its_manifest(self) -> None:
        """A file that lacks its type is known by its manifest."""
        manifest = (
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<m:file-entry m:full-path="/" m:media-type="{ODS_TYPE}"/></m:manifest>'
        )
        parts = unzipped(ods([["a"]]))
        content = zipped({"META-INF/manifest.xml": manifest, "content.xml": parts["content.xml"]})
        assert (("a",),) == rows(content)

    def test_encrypted(self) -> None:
        """A file with a password is refused as one."""
        manifest = (
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
            "</m:manifest>"
        )
        content = repacked(ods([["a"]]), {"META-INF/manifest.xml": manifest, "content.xml": b"\1"})
        with pytest.raises(TableError, match="protected by a password; save it without one"):
            read(content, "plan.ods")
