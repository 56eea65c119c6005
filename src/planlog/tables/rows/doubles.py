"""What may stand in a table only once: keys, numbers in a field, and ranks in its list."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import attrs

from planlog.errors import Flaw
from planlog.tables.map import KEY, Map
from planlog.tables.places import Flaws, Spot
from planlog.values import Value
from planlog.versions.statement import StatedMeasure


@attrs.frozen(repr=False)
class Row(Value):
    """A row that states a measure: its first cell, its cells by name, and which are *broken*."""

    start: Spot
    spots: Mapping[str, Spot]
    stated: StatedMeasure
    broken: frozenset[str] = frozenset()

    def spot(self, name: str) -> Spot:
        """The cell of the column *name*, or the first of the row where it has none."""
        return self.spots.get(name, self.start)

    @property
    def identity_spot(self) -> Spot:
        """The cell by which the row is known."""
        names = (KEY, "number", "title")
        return next(self.spots[name] for name in names if name in self.spots)


def tell_doubles(rows: Iterable[Row], map: Map, flaws: Flaws) -> None:
    """Add what stands in *rows* more than once to *flaws*, at each of its cells."""
    known: dict[tuple[str, ...], list[Row]] = {}
    ranked: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        cells = row.stated.cells
        identity = _identity(row, map)
        if identity:
            known.setdefault(identity, []).append(row)
        if cells.get("rank") and cells.get("field"):
            ranked.setdefault((cells["field"], cells["rank"]), []).append(row)
    for identity, same in known.items():
        _tell(same, identity[0], _TOLD[identity[0]], flaws)
    for same in ranked.values():
        _tell(same, "rank", _doubled_rank, flaws)


def _identity(row: Row, map: Map) -> tuple[str, ...]:
    """By what a measure is known: the name of the column, and what makes it unlike others."""
    if row.stated.key is not None:
        return (KEY, row.stated.key)
    if row.broken & {KEY, "field", "number", "title"}:
        return ()
    cells = row.stated.cells
    field, number, title = (cells.get(name) or "" for name in ("field", "number", "title"))
    if number and "field" in map.stated:
        return ("number", field, number)
    # In a table without fields a number may well occur twice: numbers begin anew in each field.
    return ("title", field, number, title) if number or title else ()


def _tell(same: list[Row], name: str, told: Callable[[str], Flaw], flaws: Flaws) -> None:
    if len(same) > 1:
        for row in same:
            other = same[1] if row is same[0] else same[0]
            flaws.add(row.spot(name), told(other.spot(name).place))


def _doubled_key(other: str) -> Flaw:
    return Flaw(
        "doubled-measure",
        "expected each key once, this one stands at {other} as well",
        {"other": other},
    )


def _doubled_number(other: str) -> Flaw:
    return Flaw(
        "doubled-number",
        "expected each number once in a field, this one stands at {other} as well",
        {"other": other},
    )


def _doubled_title(other: str) -> Flaw:
    return Flaw(
        "doubled-title",
        "expected each title once where nothing else tells measures apart, this one stands at "
        "{other} as well",
        {"other": other},
    )


def _doubled_rank(other: str) -> Flaw:
    return Flaw(
        "doubled-rank",
        "expected each rank once in a field, this one stands at {other} as well",
        {"other": other},
    )


_TOLD: Final = {KEY: _doubled_key, "number": _doubled_number, "title": _doubled_title}
