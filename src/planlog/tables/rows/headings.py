"""Where the columns that a map names stand in a sheet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from planlog.codec.flaws import nearest, shown
from planlog.errors import Flaw
from planlog.mappings import FrozenMapping
from planlog.tables.map import Map
from planlog.tables.places import Flaws, Standing
from planlog.tables.rows.plain import is_empty, plain
from planlog.tables.rows.words import compared, tidy
from planlog.tables.sheets import Cell, Sheet
from planlog.values import Value

_SEARCHED: Final = 30
"""In how many of the first rows headings are looked for that do not stand where they should."""

_LISTED: Final = 20
"""How many headings a message lists."""


@attrs.frozen(repr=False)
class Columns(Value):
    """The columns of a sheet, counted from 1: those that state something by name, and others.

    *where* are those by whose text rows are kept, with that text. *headings* are all, from the
    first column on.
    """

    stated: FrozenMapping[int]
    where: tuple[tuple[int, str], ...]
    headings: tuple[str, ...]


def headings(sheet: Sheet, header: Sequence[int]) -> tuple[str, ...]:
    """Return the heading of each column: the texts of all its *header* rows, each once.

    A word that is broken over two rows is put together.
    """
    rows = [sheet.rows[row - 1] for row in header if row <= len(sheet.rows)]
    return tuple(
        tidy("\n".join(dict.fromkeys(text for row in rows if (text := tidy(_label(row, index))))))
        for index in range(max(map(len, rows), default=0))
    )


def heading_rows(sheet: Sheet, header: Sequence[int]) -> set[tuple[str, ...]]:
    """Return each row of the headings as it looks where a page break repeats it.

    Rows above the *header* belong to them as far as headings are merged from there.
    """
    reaching = (one.first_row for one in sheet.merged if one.last_row >= header[0])
    rows = {*range(min(reaching, default=header[0]), header[0]), *header}
    return {compared_row(sheet.rows[row - 1]) for row in rows if row <= len(sheet.rows)}


def compared_row(row: Sequence[Cell]) -> tuple[str, ...]:
    """Return what is compared of a whole row."""
    return tuple(compared(_label(row, index)) for index in range(len(row)))


def located(standing: Standing, map: Map, flaws: Flaws) -> Columns | None:
    """Find the columns of *map* in a sheet; nothing, and the reasons in *flaws*, if one is not."""
    found = _exact(standing.sheet, map) if map.exact else headings(standing.sheet, map.header)
    known = _places(found, map.exact)
    same = _comparison(map.exact)
    # One heading may be wanted for two things.
    wanted = list({same(one): one for one in (*map.headings.values(), *map.where)}.values())
    missing = [heading for heading in wanted if same(heading) not in known]
    if missing:
        _tell_missing(standing, map, missing, found, flaws)
        return None
    if _tell_doubled(standing, map, wanted, known, flaws):
        return None
    return Columns(
        FrozenMapping({name: known[same(text)][0] for name, text in map.headings.items()}),
        tuple((known[same(text)][0], kept) for text, kept in map.where.items()),
        found,
    )


def _comparison(exact: bool) -> Callable[[str], str]:
    return str if exact else compared


def _exact(sheet: Sheet, map: Map) -> tuple[str, ...]:
    """Headings that planlog wrote, which differ where anything in them does."""
    row = sheet.rows[map.header[0] - 1] if len(sheet.rows) >= map.header[0] else ()
    return tuple(plain(cell) for cell in row)


def _label(row: Sequence[Cell], index: int) -> str:
    return plain(row[index]) if index < len(row) else ""


def _places(found: Sequence[str], exact: bool) -> dict[str, list[int]]:
    """The columns of each heading, counted from 1."""
    same = _comparison(exact)
    known: dict[str, list[int]] = {}
    for column, heading in enumerate(found, start=1):
        if heading:
            known.setdefault(same(heading), []).append(column)
    return known


# Headings that are not there


def _tell_missing(
    standing: Standing, map: Map, missing: Sequence[str], found: Sequence[str], flaws: Flaws
) -> None:
    spot = standing.spot(map.header[-1], 1)
    elsewhere = _elsewhere(standing.sheet, map, len(missing))
    if elsewhere:
        told = ", ".join(str(row) for row in elsewhere)
        flaws.add(
            spot,
            Flaw(
                "headings-elsewhere",
                "expected the headings here, they seem to stand in row {rows}; say so in the map "
                "under [table]: header = {header}",
                {
                    "rows": told,
                    "header": told if len(elsewhere) == 1 else f"[{told}]",
                },
            ),
        )
        return
    by_comparison = {compared(heading): heading for heading in found if heading}
    for heading in missing:
        near = nearest(compared(heading), by_comparison)
        flaws.add(
            attrs.evolve(spot, heading=heading),
            Flaw(
                "no-heading",
                "expected a column with this heading; did you mean {near!r}?"
                if near
                else "expected a column with this heading; there are {known}",
                {"near": by_comparison.get(near or ""), "known": _listing(by_comparison)},
            ),
        )


def _listing(known: Mapping[str, str]) -> str:
    told = [repr(shown(heading)) for heading in list(known.values())[:_LISTED]]
    return ", ".join(told + ["…"] * (len(known) > _LISTED)) or "-"


def _elsewhere(sheet: Sheet, map: Map, missing: int) -> tuple[int, ...]:
    """The rows in which fewer headings are missing than in the declared ones, if there are any."""
    wanted = {compared(heading) for heading in (*map.headings.values(), *map.where)}
    best: tuple[int, ...] = ()
    fewest = missing
    for rows in _candidates(min(len(sheet.rows), _SEARCHED)):
        there = {compared(heading) for heading in headings(sheet, rows)}
        if len(wanted - there) < fewest and (wanted & there):
            best, fewest = rows, len(wanted - there)
    return best


def _candidates(rows: int) -> Iterator[tuple[int, ...]]:
    yield from ((row,) for row in range(1, rows + 1))
    yield from ((row, row + 1) for row in range(1, rows))


# Headings that are there more than once


def _tell_doubled(
    standing: Standing,
    map: Map,
    wanted: Sequence[str],
    known: Mapping[str, list[int]],
    flaws: Flaws,
) -> bool:
    same = _comparison(map.exact)
    doubled = False
    for heading in wanted:
        columns = known[same(heading)]
        if len(columns) > 1 and not _are_one(standing.sheet, map, columns):
            doubled = True
            for column in columns:
                flaws.add(
                    standing.spot(map.header[-1], column, heading),
                    Flaw(
                        "doubled-heading",
                        "expected this heading once, {count} columns have it; give each a heading "
                        "of its own",
                        {"count": len(columns)},
                    ),
                )
    return doubled


def _are_one(sheet: Sheet, map: Map, columns: Sequence[int]) -> bool:
    """Whether a merged heading stands over *columns*, of which the first alone says something."""
    heading = map.header[-1]
    if not any(
        one.first_row <= heading <= one.last_row
        and one.first_column <= columns[0]
        and columns[-1] <= one.last_column
        for one in sheet.merged
    ):
        return False
    first, others = columns[0] - 1, [column - 1 for column in columns[1:]]
    return all(
        index >= len(row) or is_empty(row[index]) or row[index] == row[first]
        for row in sheet.rows[heading:]
        for index in others
    )
