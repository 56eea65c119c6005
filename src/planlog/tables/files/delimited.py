"""Delimited text (CSV) to a sheet: which encoding and which delimiter a file has, and its cells."""

import codecs
import io
import re
from collections import Counter
from itertools import islice
from typing import Final

from planlog.codec.flaws import shown
from planlog.errors import Flaw, TableError
from planlog.formulas import unguarded
from planlog.tables.columns import are_worded
from planlog.tables.files.gathering import Gathering
from planlog.tables.files.limits import LONGEST_TEXT, Room
from planlog.tables.places import refused
from planlog.tables.sheets import Sheet

DELIMITERS: Final = (";", "\t", "|", ",")
"""What may separate cells where nobody says; where several fit alike, the first."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED_DELIMITER: Final = re.compile(r'"?sep=([^\r\n])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)

_SAMPLE: Final = 2**16
_SAMPLE_ROWS: Final = 100


def read_delimited(
    content: bytes, room: Room, *, encoding: str | None = None, delimiter: str | None = None
) -> Sheet:
    """Read the only sheet of a delimited text.

    A first line such as ``sep=;`` declares the delimiter, as Excel writes and reads it; it is no
    row, neither here nor in a spreadsheet program. Blanks around a text are kept.
    """
    text = _decoded(content, room.file, encoding)
    declared = _DECLARED_DELIMITER.match(text)
    first_line = 1
    if declared:
        text, first_line = text[declared.end() :], 2
    mark = delimiter or (declared.group(1) if declared else _found_out(text))
    gathering = Gathering(room)
    _fill(gathering, text, _usable(mark, room.file), first_line, room.file)
    return gathering.sheet()


# Encodings


def _decoded(content: bytes, file: str, encoding: str | None) -> str:
    """The text in its declared encoding, or in the one that is found out."""
    text = _in_declared(content, file, encoding) if encoding else _in_found_out(content, file)
    if "\0" in text:
        raise _binary(file)
    return text.removeprefix("\ufeff")


def _in_declared(content: bytes, file: str, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _misfit(content, file, encoding, error) from None
    except (LookupError, ValueError):
        raise refused(
            Flaw(
                "unknown-encoding",
                "expected an encoding such as utf-8 or cp1252, got {encoding!r}",
                {"encoding": shown(encoding)},
                place=file,
            )
        ) from None


def _in_found_out(content: bytes, file: str) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _in_declared(content, file, encoding)
    if b"\0" in content:
        raise _binary(file)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if not content[: error.start].isascii():
            # By chance no text in another encoding begins with letters that UTF-8 has, too.
            raise _misfit(content, file, "utf-8", error) from None
    return _in_declared(content, file, "cp1252")


def _misfit(content: bytes, file: str, encoding: str, error: UnicodeDecodeError) -> TableError:
    before = content[: error.start].decode(encoding, "replace")
    return refused(
        Flaw(
            "wrong-encoding",
            "the byte {byte} at offset {offset}, in line {line}, is none of a text in {encoding}; "
            "declare the encoding in the map, or save the table as UTF-8",
            {
                "byte": f"0x{content[error.start]:02x}",
                "offset": error.start,
                "line": len(re.findall(r"\r\n|\r|\n", before)) + 1,
                "encoding": encoding,
            },
            place=file,
        )
    )


def _binary(file: str) -> TableError:
    return refused(
        Flaw(
            "binary-table",
            "expected XLSX, ODS or CSV, got something that is no text; save the table as one of "
            "these, or declare the encoding in the map",
            place=file,
        )
    )


# Delimiters and rows


def _usable(delimiter: str, file: str) -> str:
    if len(delimiter) == 1 and delimiter not in '"\r\n':
        return delimiter
    raise refused(
        Flaw(
            "unusable-delimiter",
            "expected one character as the delimiter, got {delimiter!r}",
            {"delimiter": shown(delimiter)},
            place=file,
        )
    )


def _found_out(text: str) -> str:
    """The delimiter that divides the first rows most evenly."""
    return max(DELIMITERS, key=lambda mark: _evenness(text[:_SAMPLE], mark))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    """Which share of the rows has as many cells as most, and how many these are."""
    import csv

    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths = [len(cells) for cells in islice(rows, _SAMPLE_ROWS) if cells]
    divided = Counter(width for width in widths if width > 1)
    if not divided:
        return (0, 0)
    width, count = divided.most_common(1)[0]
    return (count / len(widths), width)


def _fill(gathering: Gathering, text: str, delimiter: str, first_line: int, file: str) -> None:
    import csv

    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = line = 0
    guarding = True
    try:
        for row, cells in enumerate(rows, start=1):
            line = rows.line_num
            if row == 1:
                # Our own has words only in a workbook: somebody saved that one as text, as it was.
                guarding = not are_worded(cells)
            for column, cell in enumerate(cells, start=1):
                gathering.put(row, column, unguarded(cell) if guarding else cell)
    except csv.Error:
        raise refused(
            Flaw(
                "torn-row",
                "the row from line {line} on falls into no cells: a quotation mark in it is "
                "neither closed nor doubled, or a cell has far more than {limit} characters",
                {"line": line + first_line, "limit": LONGEST_TEXT},
                place=file,
            )
        ) from None
