"""Spreadsheet files to sheets, whatever form they have, and files that are none."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import MOST_TOLD, TableError
from planlog.tables.files import limits
from planlog.tables.files.limits import MOST_BYTES, MOST_PARTS, MOST_SHEETS
from planlog.tables.files.reading import read
from planlog.tables.sheets import Number, Sheet
from tests.tables.files import (
    BILLION_LAUGHS,
    DEFAULTS,
    EXTERNAL,
    QUADRATIC,
    Rows,
    delimited,
    ods,
    ods_cell,
    ods_row,
    ods_tables,
    repacked,
    unzipped,
    xlsx,
    xlsx_cells,
    xlsx_sheet,
    zipped,
)

ROWS = [["Nr.", "Maßnahme"], ["16", "Bänke"]]
SHEET = Sheet("Plan", tuple(map(tuple, ROWS)))
_CELL = '<c t="s"><v>{}</v></c>'
SMALL = {
    "csv": delimited(ROWS, encoding="cp1252"),
    "xlsx": xlsx_cells(
        _CELL.format(0) + _CELL.format(1),
        _CELL.format(2) + _CELL.format(3),
        strings=[f"<t>{text}</t>" for row in ROWS for text in row],
    ),
    "ods": ods(ROWS),
}


def told(content: bytes) -> str:
    """What is wrong with a file called ``plan``."""
    with pytest.raises(TableError) as caught:
        read(content, "plan")
    return str(caught.value)


class TestRead:
    def test_every_form(self) -> None:
        """The same table is read from each form, whatever the name of the file."""
        assert (SHEET,) == read(SMALL["xlsx"], "plan.csv")
        assert (SHEET,) == read(SMALL["ods"], "plan.xlsx")
        assert (Sheet("", SHEET.rows),) == read(SMALL["csv"], "plan.ods")

    @pytest.mark.parametrize("form", [xlsx, ods])
    def test_guarded(self, form: Callable[[Rows], bytes]) -> None:
        """What planlog guarded in a text file is as it was, when somebody saved that as another."""
        rows: Rows = [["measure", "title", "phase", 7], ["'=1+1", "'s Lädchen", "''-", 7]]
        (sheet,) = read(form(rows), "plan")
        assert ("=1+1", "'s Lädchen", "'-", Number(7)) == sheet.rows[1]
        (sheet,) = read(form([["Maßnahme", "title", "phase"], ["'=1+1"]]), "plan")
        assert ("'=1+1",) == sheet.rows[1]

    def test_what_csv_needs(self) -> None:
        """Encoding and delimiter are handed on."""
        content = "ä~b;c".encode("cp850")
        assert (Sheet("", (("ä", "b;c"),)),) == read(
            content, "plan.csv", encoding="cp850", delimiter="~"
        )

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "got the binary form of old Excel; save it as"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "protected by a password; save it without one",
            ),
            (b"%PDF-1.7", "got a PDF; save the table it was made from as one of these"),
            (b"\r\n<HTML><table>", "got HTML or XML, whatever the name says"),
            ("<?xml version='1.0'?><Workbook>".encode("utf-16"), "got HTML or XML, whatever"),
            (zipped({"word/document.xml": "x"}), "got a zip file with something else in it"),
            (zipped({"mimetype": "application/epub+zip"}), "got a zip file with something else"),
            (zipped({"a.zip": zipped({"b": "x"})}), "got a zip file with something else in it"),
            (b"PK\x03\x04", "cannot read 'zip' in the file: File is not a zip file"),
            (b"\x89PNG\0", "got something that is no text"),
        ],
    )
    def test_something_else(self, content: bytes, reason: str) -> None:
        """What is no table is refused with what it is and how to make it one."""
        assert told(content).startswith("plan: ")
        assert reason in told(content)


def bombs() -> dict[str, tuple[bytes, str]]:
    """Files that are small and would be huge, or would take for ever, and what is said of them."""
    text = '<c t="inlineStr"><is><t>&{};</t></is></c>'
    row = f"<sheetData><row>{text}</row></sheetData>"
    cell = "<table:table-cell><text:p>&a;</text:p></table:table-cell>"
    declared = "declares a document type"
    string = "<sst><si><t>&a9;</t></si></sst>"
    return {
        "laughs in a sheet": (xlsx_sheet(row.format("a9"), before=BILLION_LAUGHS), declared),
        "laughs in strings": (
            repacked(SMALL["xlsx"], {"xl/sharedStrings.xml": BILLION_LAUGHS + string}),
            declared,
        ),
        "laughs in ODS": (ods_tables("&a9;", before=BILLION_LAUGHS), declared),
        "quadratic": (xlsx_sheet(row.format("a") * 9, before=QUADRATIC), declared),
        "external": (ods_tables(ods_row([cell]), before=EXTERNAL), declared),
        "defaults": (xlsx_sheet("<c/>" * 9, before=DEFAULTS), declared),
        "monotony": (ods_tables("<!-- -->" * 2**21), "unpacks to more than 200 times its size"),
        "claims": (ods_tables(" " * 2**28), "unpack to 2684"),
        "deep": (ods_tables("<a>" * 1000), "or more than 100 within one another"),
        "giant tag": (ods_tables(f"<a b='{noise(4)}'/>"), "a tag or text of more than"),
        "attributes": (
            ods_tables("<a " + " ".join(f"b{n}=''" for n in range(1000)) + "/>"),
            "an element of 1000 attributes",
        ),
        "namespace": (
            ods_tables(f"<a xmlns:n='{'n' * 9999}'>{'<n:b/>' * 9999}</a>"),
            "a namespace of 9999 characters",
        ),
        "giant row": (
            xlsx_sheet(f"<sheetData><row>{f'<c><v>{noise(0.1)}</v></c>' * 30}</row></sheetData>"),
            "a row of more than",
        ),
        "sheets": (ods({str(n): [] for n in range(MOST_SHEETS + 1)}), "at most 200 sheets"),
        "rows": (
            xlsx_cells(*(f"<c><v>{n}</v></c>" for n in range(100_000))),
            "Plan!A20001: expected at most 20000 rows",
        ),
        "parts": (
            zipped({str(n): "" for n in range(MOST_PARTS + 1)}),
            "the file packs 5001 parts",
        ),
    }


def merged(range: str, times: int) -> str:
    """The XML of a *range* that is merged many times over."""
    return "<mergeCells>" + f'<mergeCell ref="{range}"/>' * times + "</mergeCells>"


def noise(mebibytes: float) -> str:
    """A text that does not become much smaller by packing."""
    import random

    return random.Random(1).randbytes(int(mebibytes * 2**19) + 1).hex()


class TestBombs:
    BOMBS = bombs()

    @pytest.mark.parametrize("name", BOMBS)
    def test_are_refused(self, name: str) -> None:
        """A bomb is refused for what it is, in a few seconds."""
        content, reason = self.BOMBS[name]
        began = time.process_time()
        assert reason in told(content)
        assert 10 > time.process_time() - began

    @pytest.mark.parametrize(
        "content",
        [
            xlsx_cells('<c t="str"><v>x</v></c>', after=merged("A1:SF10", 9)),
            xlsx_cells('<c r="SF40" t="str"><v>x</v></c>', after=merged("A40:SE40", 9)),
            xlsx_cells('<c t="str"><v>x</v></c>', after=merged("B2:B19999", 99)),
            ods_tables(
                '<table:table table:name="Plan">'
                + ods_row(
                    [ods_cell("a", 'table:number-columns-repeated="500"')],
                    'table:number-rows-repeated="20000"',
                )
                + "</table:table>"
            ),
        ],
    )
    def test_cells(self, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        """Ranges and repetitions that stand for many cells, or hide many, are counted in cells."""
        monkeypatch.setattr(limits, "MOST_CELLS", 2000)
        assert "cells up to here; save the plan as a file of its own" in told(content)

    def test_merged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Merged ranges are counted over all sheets."""
        monkeypatch.setattr(limits, "MOST_MERGED", 2)
        content = xlsx_cells(after=merged("A1:B2", 3))
        assert "Plan!A1: expected at most 20000 merged ranges up to here" in told(content)

    def test_elements(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Elements are counted over all parts of a file."""
        monkeypatch.setattr(limits, "MOST_ELEMENTS", 300)
        assert "'xl/worksheets/sheet1.xml' has more than 300 elements" in told(
            xlsx_cells("<c><v>1</v></c>" * 130)
        )

    def test_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is unpacked is counted over all parts of a file."""
        monkeypatch.setattr(limits, "MOST_UNPACKED", 1000)
        assert "the tables unpack to more than 1000 bytes" in told(SMALL["xlsx"])

    def test_take_little_memory(self) -> None:
        """Nothing of what a file stands for is made before it is refused."""
        content = self.BOMBS["monotony"][0]
        tracemalloc.start()
        told(content)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert 10 * 2**20 > peak

    def test_huge(self) -> None:
        """A file that is too big is refused before anything in it is looked at."""
        assert f"at most {MOST_BYTES} bytes, got {MOST_BYTES + 1}" in told(b"x" * (MOST_BYTES + 1))

    def test_many_flaws(self) -> None:
        """As many flaws as anybody reads are told, and the rest is not even looked for."""
        content = xlsx_cells("<c><v>x</v></c>" * 500)
        assert MOST_TOLD == len(told(content).splitlines())


def read_or_refuse(content: bytes) -> None:
    """Read a file, which gives sheets or `TableError` and nothing else."""
    with suppress(TableError):
        assert all(isinstance(sheet, Sheet) for sheet in read(content, "plan"))


PARTS = [
    ("xlsx", "xl/workbook.xml"),
    ("xlsx", "xl/_rels/workbook.xml.rels"),
    ("xlsx", "xl/styles.xml"),
    ("xlsx", "xl/sharedStrings.xml"),
    ("xlsx", "xl/worksheets/sheet1.xml"),
    ("ods", "content.xml"),
]
SURPRISES = [b"", b"9", b"-1", b"x", b"<", b">", b'"', b"&", b"\xff", b"A1"]


class TestDamage:
    def test_lying_directory(self) -> None:
        """A part that unpacks to more than the directory says is damage."""
        content = SMALL["ods"]
        size = len(unzipped(content)["content.xml"])
        lie = content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
        assert "cannot read 'content.xml' in the file" in told(lie)

    def test_other_packing(self) -> None:
        """A way to pack that no spreadsheet program uses is refused."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
            for name, part in unzipped(SMALL["ods"]).items():
                archive.writestr(name, part)
        assert "cannot read 'mimetype' in the file: compression 12" in told(file.getvalue())

    @pytest.mark.parametrize("encoding", ["klingon", "utf-7"])
    def test_other_encoding(self, encoding: str) -> None:
        """XML in an encoding that no parser knows is damage."""
        declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
        assert "cannot read 'content.xml'" in told(ods_tables("", before=declaration))

    @given(st.data(), st.sampled_from(sorted(SMALL)))
    def test_any(self, data: st.DataObject, form: str) -> None:
        """Whatever happens to a file, it is read or refused."""
        mutated = bytearray(SMALL[form])
        for _ in range(data.draw(st.integers(1, 4))):
            mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
        read_or_refuse(bytes(mutated))
        read_or_refuse(bytes(mutated[: data.draw(st.integers(0, len(mutated)))]))

    @given(st.data(), st.sampled_from(PARTS))
    def test_any_within(self, data: st.DataObject, place: tuple[str, str]) -> None:
        """Whatever happens to a part before it is packed, the file is read or refused."""
        form, part = place
        mutated = bytearray(unzipped(SMALL[form])[part])
        for _ in range(data.draw(st.integers(1, 3))):
            index = data.draw(st.integers(0, len(mutated) - 1))
            mutated[index : index + 1] = data.draw(st.sampled_from(SURPRISES))
        read_or_refuse(repacked(SMALL[form], {part: bytes(mutated)}))
