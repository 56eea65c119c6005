"""What a spreadsheet file holds: sheets of cells, as they stand there."""

from datetime import date, datetime

import attrs

from planlog.values import Value


@attrs.frozen(repr=False)
class Number(Value):
    """A number; *shown* is how the sheet shows it where that is not its plain value (``1.10``)."""

    value: int | float
    shown: str | None = None


@attrs.frozen(repr=False)
class Formula(Value):
    """A formula, and the *result* that the spreadsheet program stored last, if it did."""

    text: str
    result: "str | Number | bool | date | datetime | Fault | None" = None


@attrs.frozen(repr=False)
class Fault(Value):
    """An error that stands in a cell instead of a value, such as ``#REF!``."""

    text: str


Cell = str | Number | bool | date | datetime | Formula | Fault | None
"""What one cell holds; nothing where it is empty."""


@attrs.frozen(repr=False)
class Merged(Value):
    """A range of merged cells: the first and last row and column, counted from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@attrs.frozen(repr=False)
class Sheet(Value):
    """One sheet: its *name* (empty for a file that has only one) and its *rows*.

    Rows and columns begin at 1 in what people are told; ``rows[0][0]`` is ``A1``. Trailing empty
    cells and rows are left out. Each cell of a *merged* range holds what the range holds.
    *visible* is false for a sheet that the file hides.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Merged, ...] = ()
    visible: bool = True


def cell_name(row: int, column: int) -> str:
    """Name a cell the way spreadsheets do, both counted from 1.

    >>> cell_name(7, 28)
    'AB7'
    """
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row}"
