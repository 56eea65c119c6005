"""What a cell holds as a plain text."""

from datetime import date, datetime
from decimal import Decimal
from typing import assert_never

from planlog.tables.rows.days import written_day
from planlog.tables.sheets import Cell, Fault, Formula, Number


def is_empty(cell: Cell) -> bool:
    """Whether nothing is to be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def plain(cell: Cell, *, decimal: str = ".", dates: str | None = None) -> str:
    """Return what a *cell* holds as a text, whatever it is; a number without its format.

    >>> plain(Number(4.5), decimal=","), plain(date(2023, 3, 16))
    ('4,5', '2023-03-16')
    """
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return str(cell).upper()
        case Number(value):
            return written_number(value, decimal)
        case datetime():
            return f"{written_day(cell.date(), dates)} {_time(cell)}"
        case date():
            return written_day(cell, dates)
        case Formula(_, result):
            return plain(result, decimal=decimal, dates=dates)
        case Fault(text):
            return text
        case _:
            assert_never(cell)


def written_number(value: int | float, decimal: str = ".") -> str:
    """Write a number in the shortest form that reads back as the same, without an exponent.

    >>> written_number(16.0), written_number(0.1), written_number(1e21)
    ('16', '0.1', '1000000000000000000000')
    """
    if isinstance(value, int):
        return str(value)
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    text = f"{exact:f}"
    return text.removesuffix(".0").replace(".", decimal)


def _time(moment: datetime) -> str:
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
