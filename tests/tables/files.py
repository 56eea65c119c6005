"""Spreadsheet files for tests, made in memory."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]

SHARED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
"""A document type whose entity ``&a9;`` would be a billion times ``ha``."""

QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 10_000}">]>'
"""A document type with one long entity ``&a;``."""

EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
"""A document type whose entity ``&a;`` would be a file of the machine."""

DEFAULTS = f'<!DOCTYPE x [<!ATTLIST c d CDATA "{"ha" * 10_000}">]>'
"""A document type without entities, that makes each element ``c`` a long one."""

_NAMESPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style")
) + (' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"')


def xlsx(
    sheets: Mapping[str, Rows] | Rows, change: Callable[[Worksheet], object] | None = None
) -> bytes:
    """An XLSX file; rows alone become a sheet ``Plan``; *change* is applied to the first sheet.

    Texts that begin with ``=`` are formulas.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _named(sheets):
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                sheet.cell(row, column, value)
    if change:
        change(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xlsx_cells(*rows: str, after: str = "", strings: Iterable[str] = ()) -> bytes:
    """An XLSX file whose only sheet has these *rows*, each the XML of its cells."""
    data = "".join(f"<row>{cells}</row>" for cells in rows)
    return xlsx_sheet(f"<sheetData>{data}</sheetData>{after}", strings=strings)


def xlsx_sheet(content: str, *, before: str = "", strings: Iterable[str] = ()) -> bytes:
    """An XLSX file whose only sheet has this XML in it, and *before* it a document type."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    shared = "".join(f"<si>{each}</si>" for each in strings)
    return repacked(
        replaced(
            xlsx([["x"]]),
            "xl/_rels/workbook.xml.rels",
            "</Relationships>",
            f'<Relationship Id="s" Type="{SHARED}" Target="sharedStrings.xml"/></Relationships>',
        ),
        {
            "xl/worksheets/sheet1.xml": f"{before}<worksheet {main}>{content}</worksheet>",
            "xl/sharedStrings.xml": f"<sst {main}>{shared}</sst>",
        },
    )


def ods(sheets: Mapping[str, Rows] | Rows) -> bytes:
    """An ODS file; rows alone become a sheet ``Plan``; a cell is a value or the XML of a cell."""
    return ods_tables(
        "".join(
            f'<table:table table:name="{escape(name)}">{"".join(map(ods_row, rows))}</table:table>'
            for name, rows in _named(sheets)
        )
    )


def ods_row(cells: Sequence[Any], attributes: str = "") -> str:
    """The XML of a row of an ODS file."""
    return f"<table:table-row {attributes}>{''.join(map(ods_cell, cells))}</table:table-row>"


def ods_cell(value: Any, attributes: str = "") -> str:
    """The XML of a cell of an ODS file; what is XML already stays as it is."""
    match value:
        case None:
            return f"<table:table-cell {attributes}/>"
        case str() if value.startswith("<table:"):
            return value
        case str():
            kind, shown = 'office:value-type="string"', value
        case _:
            kind, shown = f'office:value-type="float" office:value="{value}"', str(value)
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.split("\n"))
    return f"<table:table-cell {kind} {attributes}>{paragraphs}</table:table-cell>"


def ods_tables(tables: str, *, before: str = "", styles: str = "") -> bytes:
    """An ODS file with this XML of its tables, and *before* all of it a document type."""
    content = (
        f"{before}<office:document-content{_NAMESPACES}>"
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped({"mimetype": ODS_TYPE, "content.xml": content})


def delimited(rows: Rows, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV file, quoted only where it must be."""
    import csv

    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """The parts of a zip file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(
    content: bytes, parts: Mapping[str, str | bytes] | None = None, without: Sequence[str] = ()
) -> bytes:
    """A zip file with some *parts* put in place of those it has, and *without* some."""
    kept = {name: part for name, part in unzipped(content).items() if name not in without}
    return zipped({**kept, **(parts or {})})


def replaced(content: bytes, part: str, old: str, new: str) -> bytes:
    """A zip file with a text in one of its parts replaced by another."""
    before = unzipped(content)[part].decode()
    assert old in before
    return repacked(content, {part: before.replace(old, new)})


def _named(sheets: Mapping[str, Rows] | Rows) -> Iterable[tuple[str, Rows]]:
    return sheets.items() if isinstance(sheets, Mapping) else [("Plan", sheets)]
