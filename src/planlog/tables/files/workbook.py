"""XLSX to sheets.

What number formats mean and which day a number is comes from openpyxl. The cells are streamed by
`Archive` all the same: openpyxl would go through each sheet three times, for formulas, their
results and merged ranges, would translate every shared formula at a cost that a file can drive to
hours, and gives up where a style that says nothing about cells is not to its liking.
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from xml.etree.ElementTree import Element

import attrs

from planlog.errors import Flaw
from planlog.tables.files.archive import Archive, local, missing_extra
from planlog.tables.files.formats import number, shown
from planlog.tables.files.gathering import Gathering
from planlog.tables.places import refused
from planlog.tables.sheets import Cell, Fault, Formula, Merged, Number, Sheet
from planlog.values import Value

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"

_NAME: Final = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)
_RANGE: Final = re.compile(rf"{_NAME.pattern}:{_NAME.pattern}", re.ASCII)
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNKNOWN_DAY: Final = Fault("########")
_NO_CODE: Final = "General"

# Excel takes 1900 for a leap year, other programs do not: the days before are not told alike.
_FIRST_SURE_DAY: Final = datetime(1900, 3, 1)  # noqa: DTZ001  # days in a sheet have no zone

Result = str | Number | bool | date | datetime | Fault | None
"""What a cell shows, formula or not."""


def is_workbook(archive: Archive) -> bool:
    """Whether a zip file is an XLSX file."""
    return archive.has(_WORKBOOK)


def read_workbook(archive: Archive) -> tuple[Sheet, ...]:
    """Read the sheets of an XLSX file; those that hold a chart only are left out.

    A formula that several cells share is told in each as it stands in the first of them. What is
    shown as a time of day or a duration is a number of days; so is what reads as a day before
    March 1900, as a number in a column of dates does.
    """
    try:
        import openpyxl  # noqa: F401  # without it nothing is read
    except ImportError:
        raise missing_extra(archive.room.file) from None
    targets = _targets(archive)
    book = list(archive.elements(_WORKBOOK, ("sheet", "workbookPr")))
    strings = _strings(archive, targets)
    codes = _codes(archive, targets)
    formats = _formats(codes, is_1904=any(map(_is_1904, book)))
    by_id = {id: path for kind, id, path in targets if kind == "worksheet"}
    sheets = []
    for element in book:
        path = by_id.get(_get(element, "id"))
        if local(element.tag) == "sheet" and path is not None:
            gathering = Gathering(
                archive.room,
                _get(element, "name"),
                visible=_get(element, "state") not in ("hidden", "veryHidden"),
            )
            sheets.append(_SheetReader(gathering, strings, formats).read(archive, path))
    return tuple(sheets)


def _get(element: Element, name: str) -> str:
    """An attribute of *element*, whatever its namespace: strict files have other ones."""
    for key, value in element.attrib.items():
        if local(key) == name:
            return value
    return ""


# The parts beside the sheets


def _targets(archive: Archive) -> list[tuple[str, str, str]]:
    """What the workbook consists of: kind, id and part."""
    return [
        (
            _get(each, "Type").rpartition("/")[2],
            _get(each, "Id"),
            posixpath.normpath(posixpath.join("/xl", _get(each, "Target"))).lstrip("/"),
        )
        for each in archive.elements(_RELATIONS, ("Relationship",))
        if _get(each, "TargetMode") != "External"
    ]


def _is_1904(element: Element) -> bool:
    return _get(element, "date1904") in ("1", "true")


def _strings(archive: Archive, targets: list[tuple[str, str, str]]) -> list[str]:
    """The texts that cells refer to by number."""
    parts = [part for kind, _, part in targets if kind == "sharedStrings"]
    return [_text(each) for part in parts for each in archive.elements(part, ("si",))]


def _text(element: Element) -> str:
    """The text of an entry or an inline string, without its looks and its phonetic readings."""
    runs = [
        each
        for child in element
        for each in ([child] if local(child.tag) == "t" else child)
        if local(child.tag) in ("t", "r") and local(each.tag) == "t"
    ]
    text = "".join(run.text or "" for run in runs)
    return _ESCAPE.sub(_unescaped, text).replace("\r\n", "\n")


def _unescaped(found: re.Match[str]) -> str:
    """The character that XML could not hold, or could be taken for one; NUL stays escaped."""
    code = int(found.group(1), 16)
    is_half = 0xD800 <= code < 0xE000
    return found.group() if is_half or not code else chr(code)


def _codes(archive: Archive, targets: list[tuple[str, str, str]]) -> list[str]:
    """The code of the number format of each style."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    own: dict[str, str] = {}
    codes: list[str] = []
    parts = [part for kind, _, part in targets if kind == "styles"]
    for part in parts:
        for each in archive.elements(part, ("numFmt", "cellXfs"), ignored=("dxfs",)):
            if local(each.tag) == "numFmt":
                own[_get(each, "numFmtId")] = _get(each, "formatCode")
            else:
                codes += [_get(style, "numFmtId") for style in each]
    known = {**{str(id): code for id, code in BUILTIN_FORMATS.items()}, **own}
    return [known.get(id, _NO_CODE) for id in codes]


# Numbers


@attrs.frozen(repr=False)
class _Formats(Value):
    """How the numbers of a file are to be understood."""

    codes: list[str]
    dated: Callable[[int | float, str], Result]

    def result(self, value: int | float, style: int) -> Result:
        """What a number is in the *style* of its cell."""
        code = self.codes[style] if style < len(self.codes) else _NO_CODE
        if code == _NO_CODE:
            return Number(value, shown(value, code))
        return self.dated(value, code)


def _formats(codes: list[str], *, is_1904: bool) -> _Formats:
    from openpyxl.styles.numbers import is_date_format, is_timedelta_format
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    epoch = MAC_EPOCH if is_1904 else WINDOWS_EPOCH
    kinds: Mapping[str, tuple[bool, bool]] = {
        code: (is_date_format(code), is_timedelta_format(code)) for code in set(codes)
    }

    def dated(value: int | float, code: str) -> Result:
        is_date, is_duration = kinds[code]
        if not is_date:
            return Number(value, shown(value, code))
        if value < 0:
            return _UNKNOWN_DAY
        try:
            return _moment(value, from_excel(value, epoch, timedelta=is_duration))
        except (OverflowError, ValueError):
            return _UNKNOWN_DAY

    return _Formats(codes, dated)


def _moment(value: int | float, moment: datetime | time | timedelta | None) -> Result:
    match moment:
        case datetime() if moment >= _FIRST_SURE_DAY:
            return moment if moment.time() != time() else moment.date()
        case datetime():
            return Number(value, moment.date().isoformat())
        case timedelta():
            minutes, seconds = divmod(round(moment.total_seconds()), 60)
            hours, minutes = divmod(minutes, 60)
            return Number(value, f"{hours}:{minutes:02}:{seconds:02}")
        case _:
            return Number(value, str(moment))


# Cells


class _SheetReader:
    """Reads the cells of one sheet."""

    def __init__(self, gathering: Gathering, strings: list[str], formats: _Formats) -> None:
        self._gathering = gathering
        self._strings = strings
        self._formats = formats
        self._shared: dict[str, str] = {}
        self._row = self._column = 0

    def read(self, archive: Archive, part: str) -> Sheet:
        """Read all rows and merged ranges of the *part*."""
        if not archive.has(part):
            raise refused(
                Flaw(
                    "missing-part",
                    "{part!r} is missing in the file; open it in a spreadsheet program and save "
                    "it anew",
                    {"part": part},
                    place=archive.room.file,
                )
            )
        for element in archive.elements(part, ("row", "mergeCell")):
            if local(element.tag) == "row":
                self._read_row(archive, part, element)
            else:
                self._merge(archive, part, _get(element, "ref"))
        return self._gathering.sheet()

    def _read_row(self, archive: Archive, part: str, row: Element) -> None:
        name = row.get("r", str(self._row + 1))
        if not _NAME.fullmatch(f"A{name}"):
            raise archive.damaged(part, f"row {name[:20]!r}")
        self._row, self._column = int(name), 0
        for cell in row:
            if local(cell.tag) == "c":
                self._read_cell(archive, part, cell)

    def _read_cell(self, archive: Archive, part: str, cell: Element) -> None:
        name = cell.get("r")
        if name is None:
            self._column += 1
        elif found := _NAME.fullmatch(name):
            self._column, self._row = _column(found.group(1)), int(found.group(2))
        else:
            raise archive.damaged(part, f"cell {name[:20]!r}")
        parts = {local(child.tag): child for child in cell}
        stored = parts["v"].text if "v" in parts else None
        try:
            result = self._result(cell, parts, stored)
        except (ValueError, IndexError):
            self._gathering.malformed(self._row, self._column, stored)
            return
        held: Cell = result
        if "f" in parts:
            held = Formula(self._formula(parts["f"]), result)
        self._gathering.put(self._row, self._column, held)

    def _result(self, cell: Element, parts: Mapping[str, Element], stored: str | None) -> Result:
        """What the cell shows; raises `ValueError` or `IndexError` where that makes no sense."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(parts["is"]) if "is" in parts else None
        if stored is None or (not stored and kind != "str"):
            return None
        match kind:
            case "s":
                return self._strings[_index(stored)]
            case "str":
                return _ESCAPE.sub(_unescaped, stored).replace("\r\n", "\n")
            case "b":
                return _truth(stored)
            case "e":
                return Fault(stored)
            case "d":
                return _iso_day(stored)
            case "n":
                return self._formats.result(number(stored), _index(cell.get("s", "0")))
            case _:
                raise ValueError(kind)

    def _formula(self, element: Element) -> str:
        """The text of a formula; of one that cells share, what stands in the first of them."""
        text = element.text or ""
        index = element.get("si")
        if index is not None:
            text = self._shared.setdefault(index, text)
        return f"={text}"

    def _merge(self, archive: Archive, part: str, name: str) -> None:
        found = _RANGE.fullmatch(name)
        if found is None:
            raise archive.damaged(part, f"range {name[:20]!r}")
        columns = sorted((_column(found.group(1)), _column(found.group(3))))
        rows = sorted((int(found.group(2)), int(found.group(4))))
        self._gathering.merge(Merged(rows[0], columns[0], rows[1], columns[1]))


def _column(letters: str) -> int:
    """The number of a column, from 1."""
    place = 0
    for letter in letters.upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def _index(text: str) -> int:
    """A number that counts from 0; Python would count a negative one from the end."""
    index = int(text[:9])
    if index < 0 or text != str(index):
        raise ValueError(text)
    return index


def _truth(text: str) -> bool:
    if text in ("1", "true"):
        return True
    if text in ("0", "false"):
        return False
    raise ValueError(text)


def _iso_day(text: str) -> date | datetime:
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return moment if moment.time() != time() else moment.date()
