"""Which sheets of a file hold the plan."""

from collections.abc import Iterator, Sequence

from planlog.codec.flaws import nearest, shown
from planlog.errors import Flaw, TableError
from planlog.tables.map import ALL_SHEETS, Map
from planlog.tables.rows.words import compared
from planlog.tables.sheets import Sheet


def chosen(sheets: Sequence[Sheet], map: Map, file: str) -> tuple[Sheet, ...]:
    """Return the sheets that *map* means; without a word in it, the only one that holds something.

    Raises `TableError` where there is no such sheet, or more than one.
    """
    found = list(_declared(sheets, map)) if map.sheets else [_only(sheets)]
    flaws = tuple(one.at(file) for one in found if isinstance(one, Flaw))
    if flaws:
        raise TableError(flaws)
    kept = dict.fromkeys(one for one in found if isinstance(one, Sheet))
    return tuple(kept)


def _only(sheets: Sequence[Sheet]) -> Sheet | Flaw:
    seen = _visible(sheets)
    match [sheet for sheet in seen if sheet.rows] or seen[:1]:
        case [sheet]:
            return sheet
        case []:
            return Flaw("no-sheet", "expected a sheet that is not hidden, there is none")
        case several:
            return Flaw(
                "several-sheets",
                "expected one sheet, there are {known}; name the one that is meant in the map "
                'under [table], such as sheet = "{first}"',
                {"known": _named(several), "first": several[0].name},
            )


def _declared(sheets: Sequence[Sheet], map: Map) -> Iterator[Sheet | Flaw]:
    for asked in map.sheets:
        if asked == ALL_SHEETS:
            yield from [sheet for sheet in _visible(sheets) if sheet.rows]
        elif isinstance(asked, int):
            yield _numbered(asked, sheets)
        elif len(sheets) == len(map.sheets) == 1 and not sheets[0].name:
            # The same map reads the table when it was saved as CSV, which has no names.
            yield sheets[0]
        else:
            yield _called(asked, sheets)


def _numbered(number: int, sheets: Sequence[Sheet]) -> Sheet | Flaw:
    seen = _visible(sheets)
    if number <= len(seen):
        return seen[number - 1]
    return Flaw(
        "unknown-sheet-number",
        "no sheet {number} in this file; there are {count} that are not hidden",
        {"number": number, "count": len(seen)},
    )


def _called(name: str, sheets: Sequence[Sheet]) -> Sheet | Flaw:
    for same in (str, compared):
        for sheet in sheets:
            if same(sheet.name) == same(name):
                return sheet
    known = {compared(sheet.name): sheet for sheet in sheets}
    near = nearest(compared(name), known)
    return Flaw(
        "unknown-sheet",
        "no sheet {value!r} in this file; did you mean {near!r}?"
        if near
        else "no sheet {value!r} in this file; there are {known}",
        {
            "value": shown(name),
            "near": known[near].name if near else None,
            "known": _named(sheets),
        },
    )


def _visible(sheets: Sequence[Sheet]) -> list[Sheet]:
    return [sheet for sheet in sheets if sheet.visible]


def _named(sheets: Sequence[Sheet]) -> str:
    return ", ".join(repr(sheet.name) for sheet in sheets)
