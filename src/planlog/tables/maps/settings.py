"""What can stand under ``[table]`` in a map: which part of the file is read, and how."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from planlog.codec.flaws import flaw, shown
from planlog.errors import Flaw
from planlog.mappings import FrozenMapping
from planlog.tables.map import ALL_SHEETS
from planlog.tables.places import refused
from planlog.tables.rows.days import is_form
from planlog.tables.rows.words import compared

_RANGE: Final = re.compile(r"\s*([1-9][0-9]{0,6})\s*[-–]\s*([1-9][0-9]{0,6})\s*", re.ASCII)


def _listed(value: object) -> list[Any]:
    return value if type(value) is list else [value]


def _is_row(value: object) -> bool:
    return type(value) is int and value >= 1


def _sheets(value: object) -> tuple[str | int, ...]:
    sheets = _listed(value)
    if sheets and all(_is_row(one) or (type(one) is str and one) for one in sheets):
        return tuple(sheets)
    raise refused(
        Flaw(
            "map-sheet",
            "expected the name of a sheet, its number from 1, a list of these or '{all}' for all "
            "sheets, got {value!r}",
            {"all": ALL_SHEETS, "value": shown(value)},
        )
    )


def _header(value: object) -> tuple[int, ...]:
    rows = _listed(value)
    if rows and all(map(_is_row, rows)):
        return tuple(sorted(set(rows)))
    raise refused(
        Flaw(
            "map-header",
            "expected the row of the headings from 1, or several such as [3, 4], got {value!r}",
            {"value": shown(value)},
        )
    )


def _skip(value: object) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(_rows(one) for one in _listed(value)))


def _rows(value: Any) -> tuple[int, int]:
    if _is_row(value):
        return value, value
    found = _RANGE.fullmatch(value) if type(value) is str else None
    if found is not None and int(found[1]) <= int(found[2]):
        return int(found[1]), int(found[2])
    raise refused(
        Flaw(
            "map-skip",
            'expected rows such as [7, "12-14"], got {value!r}',
            {"value": shown(value)},
        )
    )


def _sections(value: object) -> str:
    if value == "field":
        return "field"
    raise refused(
        Flaw(
            "map-sections",
            "expected 'field', as rows of their own can name action fields only, got {value!r}",
            {"value": shown(value)},
        )
    )


def _where(value: object) -> FrozenMapping[str]:
    if type(value) is dict and all(type(text) is str for text in value.values()):
        return FrozenMapping(value)
    raise refused(
        Flaw(
            "map-where",
            'expected headings and texts such as {{ Bericht = "2023" }}, got {value!r}',
            {"value": shown(value)},
        )
    )


def _encoding(value: object) -> str:
    try:
        "".encode(value)  # type: ignore[arg-type]  # anything else is refused as it should be
    except (LookupError, TypeError, ValueError):
        raise refused(
            Flaw(
                "map-encoding",
                "expected an encoding such as 'cp1252' or 'utf-8', got {value!r}",
                {"value": shown(value)},
            )
        ) from None
    return str(value)


def _delimiter(value: object) -> str:
    if type(value) is str and len(value) == 1 and value not in '"\r\n\0':
        return value
    raise refused(
        Flaw(
            "map-delimiter",
            "expected the one character between the cells, such as ';', got {value!r}",
            {"value": shown(value)},
        )
    )


def _decimal(value: object) -> str:
    if value in (".", ","):
        return str(value)
    raise refused(flaw("expected-choice", value=shown(value), choices="'.', ','"))


def _empty(value: object) -> tuple[str, ...]:
    texts = _listed(value)
    if texts and all(type(text) is str and compared(text) for text in texts):
        return tuple(dict.fromkeys(map(compared, texts)))
    raise refused(
        Flaw(
            "map-empty",
            'expected texts that stand for an empty cell, such as ["-", "k. A."], got {value!r}',
            {"value": shown(value)},
        )
    )


def _dates(value: object) -> str:
    if type(value) is str and is_form(value):
        return value
    raise refused(
        Flaw(
            "map-dates",
            "expected how dates are written, with YYYY, MM and DD once each, such as "
            "'DD.MM.YYYY', got {value!r}",
            {"value": shown(value)},
        )
    )


def _formulas(value: object) -> bool:
    if value in ("values", "refuse"):
        return value == "values"
    raise refused(flaw("expected-choice", value=shown(value), choices="values, refuse"))


SETTINGS: Final[Mapping[str, tuple[str, Callable[[object], Any]]]] = {
    "sheet": ("sheets", _sheets),
    "header": ("header", _header),
    "skip": ("skip", _skip),
    "sections": ("sections", _sections),
    "where": ("where", _where),
    "encoding": ("encoding", _encoding),
    "delimiter": ("delimiter", _delimiter),
    "decimal": ("decimal", _decimal),
    "empty": ("empty", _empty),
    "dates": ("dates", _dates),
    "formulas": ("formulas", _formulas),
}
"""What can stand under ``[table]``: what the map calls it, and what takes it."""
