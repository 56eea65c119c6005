"""ODS to sheets: streamed by `Archive`, since a few bytes of it can stand for millions of cells.

No library reads it for us: those there are build all of a document, and every repetition in it.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from planlog.errors import Flaw
from planlog.tables.files.archive import Archive, local
from planlog.tables.files.formats import number, unmarked
from planlog.tables.files.gathering import Gathering
from planlog.tables.files.limits import LONGEST_TEXT
from planlog.tables.places import refused
from planlog.tables.sheets import Cell, Fault, Formula, Merged, Number, Sheet
from planlog.values import Value

_SPREADSHEET: Final = "application/vnd.oasis.opendocument.spreadsheet"
_CONTENT: Final = "content.xml"
_MANIFEST: Final = "META-INF/manifest.xml"

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ASIDES: Final = (f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text")
_IGNORED: Final = ("dde-links", "tracked-changes", "shapes")

_COUNT: Final = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_PREFIX: Final = re.compile(r"\w+:(?==)")
_ERROR: Final = re.compile(r"#[A-Z/0]+[!?]?|Err:\d{3}")
_DURATION: Final = re.compile(
    r"(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?)?",
    re.ASCII,
)

Result = str | Number | bool | date | datetime | Fault | None
"""What a cell shows, formula or not."""


def is_document(archive: Archive) -> bool:
    """Whether a zip file is an ODS file, by its type or its manifest."""
    if archive.has("mimetype"):
        return archive.beginning("mimetype").startswith(_SPREADSHEET.encode())
    return any(
        value.startswith(_SPREADSHEET)
        for entry in _entries(archive)
        for value in entry.attrib.values()
    )


def read_document(archive: Archive) -> tuple[Sheet, ...]:
    """Read the sheets of an ODS file; copies of other files' sheets in it are left out.

    What a comment says is no part of a cell. A time is a number of days. Rows that are hidden or
    filtered away are rows.
    """
    if any(local(child.tag) == "encryption-data" for each in _entries(archive) for child in each):
        raise refused(
            Flaw(
                "no-table",
                "the file is protected by a password; save it without one",
                place=archive.room.file,
            )
        )
    hidden: set[str] = set()
    tables: list[_Table] = []
    current: _Table | None = None
    for element in archive.elements(
        _CONTENT, ("style", "table-row"), ("table", "table-source"), _IGNORED
    ):
        match local(element.tag):
            case "style":
                hidden |= _hidden(element)
            case "table":
                current = _Table(archive, element, hidden)
                tables.append(current)
            case "table-source":
                tables = [table for table in tables if table is not current]
                current = None
            case _ if current:
                current.read_row(element)
    return tuple(table.sheet() for table in tables)


def _entries(archive: Archive) -> Iterator[Element]:
    """What the manifest lists."""
    if archive.has(_MANIFEST):
        yield from archive.elements(_MANIFEST, ("file-entry",))


def _hidden(style: Element) -> set[str]:
    """The name of a style that hides the sheets which have it."""
    properties = style.find(f"{_STYLE}table-properties")
    is_hiding = properties is not None and properties.get(f"{_TABLE}display") == "false"
    return {style.get(f"{_STYLE}name", "")} if is_hiding else set()


@attrs.frozen(repr=False)
class _Placed(Value):
    """A cell of a row: in which *column*, *count* times, over how many *rows* and *columns*."""

    column: int
    count: int
    cell: Cell
    rows: int
    columns: int


class _Table:
    """Reads the rows of one sheet."""

    def __init__(self, archive: Archive, table: Element, hidden: set[str]) -> None:
        self._archive = archive
        self._gathering = Gathering(
            archive.room,
            table.get(f"{_TABLE}name", ""),
            visible=table.get(f"{_TABLE}style-name") not in hidden,
        )
        self._row = 1

    def sheet(self) -> Sheet:
        """The sheet that was read."""
        return self._gathering.sheet()

    def read_row(self, row: Element) -> None:
        """Read a row, which may stand for many."""
        count = self._count(row, "number-rows-repeated")
        placed = list(self._cells(row))
        if placed:
            for number_of_row in range(self._row, self._row + count):
                for each in placed:
                    self._put(number_of_row, each)
        self._row += count

    def _put(self, row: int, placed: _Placed) -> None:
        for column in range(placed.column, placed.column + placed.count):
            self._gathering.put(row, column, placed.cell)
            if placed.rows > 1 or placed.columns > 1:
                self._gathering.merge(
                    Merged(row, column, row + placed.rows - 1, column + placed.columns - 1)
                )

    def _cells(self, row: Element) -> Iterator[_Placed]:
        """The cells of a row that hold something."""
        column = 1
        for element in row:
            if element.tag in _CELLS:
                count = self._count(element, "number-columns-repeated")
                rows = self._count(element, "number-rows-spanned")
                columns = self._count(element, "number-columns-spanned")
                cell = self._cell(element, column)
                if cell is not None:
                    yield _Placed(column, count, cell, rows, columns)
                column += count

    def _cell(self, element: Element, column: int) -> Cell:
        formula = element.get(f"{_TABLE}formula")
        try:
            result = _result(element, is_formula=formula is not None)
        except ValueError as error:
            self._gathering.malformed(self._row, column, str(error))
            return None
        return result if formula is None else Formula(_PREFIX.sub("", formula, count=1), result)

    def _count(self, element: Element, name: str) -> int:
        text = element.get(f"{_TABLE}{name}", "1")
        if not _COUNT.fullmatch(text):
            raise self._archive.damaged(_CONTENT, f"{name} {text[:20]!r}")
        return int(text)


# Values


def _result(cell: Element, *, is_formula: bool) -> Result:
    """What a cell shows; raises `ValueError` where that makes no sense."""
    text = "\n".join(_paragraph(each) for each in cell if each.tag == f"{_TEXT}p")
    kind = cell.get(f"{_OFFICE}value-type")
    if cell.get(f"{_CALC}value-type") == "error" or (is_formula and _ERROR.fullmatch(text)):
        return Fault(text)
    match kind:
        case "float" | "percentage" | "currency":
            value = number(cell.get(f"{_OFFICE}value", ""))
            return Number(value, unmarked(text, value) if text else None)
        case "date":
            return _day(cell.get(f"{_OFFICE}date-value", ""))
        case "time":
            stored = cell.get(f"{_OFFICE}time-value", "")
            return Number(_days(stored), text or stored)
        case "boolean":
            return _truth(cell.get(f"{_OFFICE}boolean-value", ""))
        case "string" | "void" | None:
            return cell.get(f"{_OFFICE}string-value", text) or None
        case _:
            raise ValueError(kind)


_TRUTHS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def _truth(text: str) -> bool:
    if text not in _TRUTHS:
        raise ValueError(text)
    return _TRUTHS[text]


def _day(text: str) -> date | datetime:
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return moment if "T" in text and moment.time() != datetime.min.time() else moment.date()


def _days(text: str) -> int | float:
    """A duration in days."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(text)
    days, hours, minutes = (int(part or 0) for part in found.groups()[1:4])
    seconds = float((found.group(5) or "0").replace(",", "."))
    total = days + (hours * 3600 + minutes * 60 + seconds) / 86400
    return number(f"{found.group(1)}{total:.15g}")


def _paragraph(element: Element) -> str:
    """The text of a paragraph: white space counts once, unless an element stands for it."""
    pieces: list[str] = []
    _gather(element, pieces)
    return "".join(pieces)


def _gather(element: Element, pieces: list[str]) -> None:
    _add(element.text, pieces)
    for child in element:
        match child.tag.removeprefix(_TEXT):
            case "s":
                count = child.get(f"{_TEXT}c", "1")
                pieces.append(" " * min(int(count[:9]), LONGEST_TEXT + 1))
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case _ if child.tag not in _ASIDES:
                _gather(child, pieces)
        _add(child.tail, pieces)


def _add(text: str | None, pieces: list[str]) -> None:
    if text:
        text = _BLANKS.sub(" ", text)
        pieces.append(text if pieces else text.removeprefix(" "))
