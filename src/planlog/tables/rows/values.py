"""What a cell states, for each column: texts, labels, lists, dates and ranks, never coerced."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from planlog.codec.flaws import shown
from planlog.codec.values import subject_id
from planlog.codec.values import text as sound_text
from planlog.dates import InexactDate
from planlog.errors import DateError, Flaw
from planlog.tables.map import KEY, Map
from planlog.tables.places import refused
from planlog.tables.rows.days import read_day
from planlog.tables.rows.lists import joined, separated
from planlog.tables.rows.plain import is_empty, plain
from planlog.tables.rows.words import compared
from planlog.tables.sheets import Cell, Fault, Formula, Number

__all__ = ["joined", "separated", "value"]

_RANK: Final = re.compile(r"([0-9]{1,9})\.?", re.ASCII)
_LIKE_A_DATE: Final = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}", re.ASCII)

Known = str | Number | bool | date | datetime
"""What a cell can hold that is neither empty nor broken."""


def value(name: str, cell: Cell, map: Map) -> Any:
    """Return what *cell* states in the column *name*; nothing where it is empty.

    Raises an error with flaws that have no place yet.
    """
    known = _known(cell, map)
    if known is None or is_empty(known) or _stands_for_nothing(known, map):
        return None
    return _TAKERS.get(name, _text)(known, map)


def _stands_for_nothing(known: Known, map: Map) -> bool:
    return bool(map.empty) and isinstance(known, str) and compared(known) in map.empty


def _known(cell: Cell, map: Map) -> Known | None:
    match cell:
        case Formula(text):
            return _result(text, cell.result, map)
        case Fault(text):
            raise refused(
                Flaw(
                    "error-cell",
                    "expected a value, got the error {value!r}; mend it in the table",
                    {"value": text},
                )
            )
        case _:
            return cell


def _result(text: str, result: Cell, map: Map) -> Known | None:
    if not map.formulas:
        raise refused(
            Flaw(
                "formula",
                "expected a value, got the formula {value!r}; write its result there, or say in "
                'the map under [table]: formulas = "values"',
                {"value": shown(text)},
            )
        )
    if result is None:
        raise refused(
            Flaw(
                "formula-without-result",
                "the formula {value!r} has no result in the file; open it in a spreadsheet program "
                "and save it again",
                {"value": shown(text)},
            )
        )
    return _known(result, map)


# Texts


def _text(known: Known, map: Map) -> str:
    if isinstance(known, bool):
        raise _unlike_a_text(known)
    text = plain(known, decimal=map.decimal, dates=map.dates)
    return sound_text(text if map.exact else text.strip())


def _label(known: Known, map: Map) -> str:
    """A text that names something: a number may be one only if nobody can see it otherwise."""
    if isinstance(known, Number):
        text = plain(known)
        if not text.isdecimal() or known.shown not in (None, text):
            raise _unlike_a_label(known.shown or text)
        return text
    if not isinstance(known, str):
        raise _unlike_a_text(known)
    return _text(known, map)


def _id(known: Known, map: Map) -> str:
    return subject_id(_label(known, map).strip())


def _list(known: Known, map: Map) -> tuple[str, ...] | None:
    return separated(_text(known, map)) or None


def _unlike_a_label(seen: str) -> Exception:
    return refused(
        Flaw(
            "number-as-label",
            "expected a text, got a number that is shown as {value!r}; format the column as text "
            "and type it again, as 1.10 is not 1.1 and 007 not 7",
            {"value": seen},
        )
    )


def _unlike_a_text(known: Known) -> Exception:
    if isinstance(known, bool):
        return refused(
            Flaw(
                "truth-as-text",
                "expected a text, got the truth value {value!r}; format the column as text",
                {"value": plain(known)},
            )
        )
    return refused(
        Flaw(
            "date-as-label",
            "expected a text, got the date {value!r}; a spreadsheet program takes 1.10 for a "
            "date: format the column as text and type it again",
            {"value": plain(known)},
        )
    )


# Dates and ranks


def _date(known: Known, map: Map) -> InexactDate:
    match known:
        case datetime():
            raise _unlike_a_date(plain(known), map)
        case date():
            return InexactDate.of(known)
        case str():
            return _written_date(known.strip(), map)
        case Number():
            raise refused(
                Flaw(
                    "number-as-date",
                    "expected a date, got the number {value!r}; format the column as date or as "
                    "text",
                    {"value": known.shown or plain(known)},
                )
            )
        case _:
            raise _unlike_a_text(known)


def _written_date(text: str, map: Map) -> InexactDate:
    day = read_day(text, map.dates) if map.dates else None
    if day is not None:
        return InexactDate.of(day)
    try:
        return InexactDate.parse(text)
    except DateError:
        raise _unlike_a_date(text, map) from None


def _unlike_a_date(text: str, map: Map) -> Exception:
    if map.dates is None and _LIKE_A_DATE.fullmatch(text):
        return refused(
            Flaw(
                "undeclared-date",
                "expected a date in planlog's form, got {value!r}; say in the map under [table] "
                'how dates are written, such as dates = "DD.MM.YYYY"',
                {"value": text},
            )
        )
    details = {"value": shown(text), "form": map.dates}
    if map.dates is None:
        return refused(Flaw(DateError.code, DateError.template, details))
    return refused(
        Flaw(
            "malformed-date",
            "expected a date as {form} or in planlog's form (2023-03-16, 2023-03, 2023 or an "
            "interval), got {value!r}",
            details,
        )
    )


def _rank(known: Known, _: Map) -> int:
    text = known if isinstance(known, str) else _whole(known)
    found = _RANK.fullmatch(text.strip())
    if found is not None and int(found[1]) >= 1:
        return int(found[1])
    raise refused(
        Flaw(
            "malformed-rank",
            "expected a rank, a whole number from 1, got {value!r}",
            {"value": shown(plain(known))},
        )
    )


def _whole(known: Known) -> str:
    return plain(known) if isinstance(known, Number) else ""


_TAKERS: Final[Mapping[str, Callable[[Known, Map], Any]]] = {
    KEY: _id,
    "number": _label,
    "responsible": _list,
    "partners": _list,
    "due": _date,
    "rank": _rank,
}
"""What takes the cells of a column; all others hold texts."""
