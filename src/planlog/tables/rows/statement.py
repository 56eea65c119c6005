"""The rows of a table to what a document states."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from planlog.errors import Flaw, FlawsError, TableError
from planlog.mappings import FrozenMapping
from planlog.tables.map import KEY, Map
from planlog.tables.places import Flaws, Spot, Standing
from planlog.tables.rows.chosen import chosen
from planlog.tables.rows.doubles import Row, tell_doubles
from planlog.tables.rows.headings import Columns, compared_row, heading_rows, located
from planlog.tables.rows.phases import Meaning, StatusWords, meaning
from planlog.tables.rows.plain import is_empty, plain
from planlog.tables.rows.values import value
from planlog.tables.rows.words import compared
from planlog.tables.sheets import Cell, Merged, Sheet
from planlog.versions.statement import StatedMeasure, Statement

MOST_BYTES: Final = 60_000
"""What all texts of a row may take: an event that proposes a measure has to hold them."""

_BROKEN: Final = ""
"""The name of a field that could not be read; what stands below it is not told as well."""


def statement(sheets: Sequence[Sheet], map: Map, file: str) -> Statement:
    """Return what *sheets* state if they are read as *map* says; *file* is what they came from.

    Raises `TableError` with every flaw.
    """
    flaws = Flaws()
    rows: list[Row] = []
    for index, sheet in enumerate(chosen(sheets, map, file)):
        standing = Standing(file, sheet, index)
        columns = located(standing, map, flaws)
        if columns is not None:
            rows += _Rows(standing, columns, map, flaws).read()
    tell_doubles(rows, map, flaws)
    flaws.raise_any()
    if not rows and map.coverage == "complete":
        raise TableError((_no_rows().at(file),))
    return Statement(
        coverage=map.coverage,
        attributes=map.stated,
        measures=tuple(row.stated for row in rows),
    )


def _no_rows() -> Flaw:
    return Flaw(
        "no-rows",
        "expected measures below the headings, there are none; a complete table without any would "
        "drop the whole plan",
    )


class _Rows:
    """Reads the rows of one sheet."""

    def __init__(self, standing: Standing, columns: Columns, map: Map, flaws: Flaws) -> None:
        self._standing = standing
        self._columns = columns
        self._map = map
        self._flaws = flaws
        self._merged = _merged_in_rows(standing.sheet)
        self._headings = heading_rows(standing.sheet, map.header)
        self._mean = _status_words(map)
        self._section: str | None = None
        self._indexes = [column - 1 for column in columns.stated.values()]
        self._beginnings = {_at(row, self._indexes[0]) for row in self._headings}

    def read(self) -> Iterator[Row]:
        for number, cells in enumerate(self._standing.sheet.rows, start=1):
            if number <= self._map.header[-1] or self._is_skipped(number):
                continue
            if self._map.sections is not None and self._takes_section(number, cells):
                continue
            if self._says_nothing(number, cells) or self._repeats_headings(cells):
                continue
            if self._is_kept(number, cells):
                yield self._row(number, cells)

    def _is_skipped(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self._map.skip)

    def _says_nothing(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether the mapped cells are empty, or go on with what the row above says."""
        return all(
            index >= len(cells) or is_empty(cells[index]) or self._goes_on(number, index + 1)
            for index in self._indexes
        )

    def _repeats_headings(self, cells: Sequence[Cell]) -> bool:
        """Whether it is a row of the headings again, as they stand on every printed page."""
        index = self._indexes[0]
        first = compared(plain(cells[index])) if index < len(cells) else ""
        # Few rows begin like the headings, so that few have to be compared as a whole.
        return first in self._beginnings and compared_row(cells) in self._headings

    def _goes_on(self, number: int, column: int) -> bool:
        return any(
            one.first_row < number and one.first_column <= column <= one.last_column
            for one in self._merged.get(number, ())
        )

    def _takes_section(self, number: int, cells: Sequence[Cell]) -> bool:
        filled = [column for column, cell in enumerate(cells, start=1) if not is_empty(cell)]
        if not filled or self._goes_on(number, filled[0]):
            return False
        if filled[0] != filled[-1] and not any(
            one.first_column <= filled[0] and filled[-1] <= one.last_column
            for one in self._merged.get(number, ())
        ):
            return False
        spot = self._standing.spot(number, filled[0])
        self._section = self._value("field", cells[filled[0] - 1], spot) or _BROKEN
        return True

    def _is_kept(self, number: int, cells: Sequence[Cell]) -> bool:
        return all(
            compared(self._kept_text(number, column, cells)) == compared(text)
            for column, text in self._columns.where
        )

    def _kept_text(self, number: int, column: int, cells: Sequence[Cell]) -> str:
        spot = self._standing.spot(number, column, self._columns.headings[column - 1])
        cell = cells[column - 1] if column <= len(cells) else None
        if isinstance(cell, bool):
            return plain(cell)
        return self._value("", cell, spot) or ""

    def _value(self, name: str, cell: Cell, spot: Spot) -> Any:
        try:
            return value(name, cell, self._map)
        except FlawsError as error:
            self._flaws.add(spot, *error.flaws)
            return None

    def _row(self, number: int, cells: Sequence[Cell]) -> Row:
        found: dict[str, Any] = {}
        spots: dict[str, Spot] = {}
        broken: set[str] = set()
        for name, column in self._columns.stated.items():
            cell = cells[column - 1] if column <= len(cells) else None
            spots[name] = self._standing.spot(number, column, self._columns.headings[column - 1])
            before = self._flaws.count
            found[name] = self._value(name, cell, spots[name])
            if self._flaws.count > before:
                broken.add(name)
        if self._map.sections is not None:
            found["field"] = self._section
            if self._section == _BROKEN:
                broken.add("field")
        self._add_phase(found, spots)
        start = self._standing.spot(number, 1)
        stated = self._stated(start, found.pop(KEY, None), found)
        row = Row(start, spots, stated, frozenset(broken))
        self._check(row)
        return row

    def _add_phase(self, found: dict[str, Any], spots: Mapping[str, Spot]) -> None:
        name = "phase" if "phase" in found else "stage"
        if self._mean is None:
            return
        word = found[name]
        if word is not None:
            try:
                found["phase"], cause = self._mean(word)
            except FlawsError as error:
                self._flaws.add(spots[name], *error.flaws)
            else:
                found.update({"cause": cause} if cause is not None else {})
        else:
            found["phase"] = "proposed" if self._map.coverage == "complete" else None

    def _stated(self, start: Spot, key: str | None, found: Mapping[str, Any]) -> StatedMeasure:
        kept = {
            name: what
            for name, what in found.items()
            if what is not None or self._map.coverage == "complete"
        }
        return StatedMeasure(place=start.place, key=key, cells=FrozenMapping(kept))

    def _check(self, row: Row) -> None:
        cells = row.stated.cells
        if not (row.stated.key or cells.get("number") or cells.get("title")) and not (
            row.broken & {KEY, "number", "title"}
        ):
            self._flaws.add(row.identity_spot, _unidentified())
        if self._map.sections is not None and self._section is None:
            self._flaws.add(row.start, _without_section())
        elif cells.get("rank") is not None and not cells.get("field") and "field" not in row.broken:
            self._flaws.add(row.spots["rank"], _rank_without_field())
        self._check_length(row)

    def _check_length(self, row: Row) -> None:
        sizes = {name: len(str(what).encode()) for name, what in row.stated.cells.items()}
        if sum(sizes.values()) > MOST_BYTES:
            longest = max(sizes, key=lambda name: sizes[name])
            self._flaws.add(row.spot(longest), _too_long(sum(sizes.values())))


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def _status_words(map: Map) -> Callable[[str], Meaning] | None:
    """What tells the phase that a word means; nothing where the table states no phase."""
    if "phase" in map.columns:
        return StatusWords(map.phases, "phases").meaning if map.phases else _own_meaning
    return None if map.stages is None else StatusWords(map.stages, "stages").meaning


def _own_meaning(word: str) -> Meaning:
    return meaning(compared(word))


def _merged_in_rows(sheet: Sheet) -> dict[int, list[Merged]]:
    found: dict[int, list[Merged]] = {}
    for one in sheet.merged:
        for row in range(one.first_row, one.last_row + 1):
            found.setdefault(row, []).append(one)
    return found


def _unidentified() -> Flaw:
    return Flaw(
        "unidentified",
        "expected a key, a number or a title in this row; if it is no measure, name the row in the "
        "map under [table]: skip = [...]",
    )


def _without_section() -> Flaw:
    return Flaw(
        "no-section",
        "expected a row with the name of an action field alone above this one, as the map says "
        "sections",
    )


def _rank_without_field() -> Flaw:
    return Flaw(
        "ranked-without-field",
        "expected an action field in this row, since a rank is a place in its list",
    )


def _too_long(size: int) -> Flaw:
    return Flaw(
        "row-too-long",
        "expected at most {limit} bytes of text in a row, got {size}; shorten this text",
        {"limit": MOST_BYTES, "size": size},
    )
