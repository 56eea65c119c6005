"""What an unknown table seems to be: its sheet, its headings, and what its columns hold."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import attrs

from planlog.errors import Flaw, TableError
from planlog.tables.maps.vocabulary import TOTALS, folded, name_for, near_name, precedence
from planlog.tables.places import Standing
from planlog.tables.rows.days import forms_of
from planlog.tables.rows.headings import compared_row, heading_rows, headings
from planlog.tables.rows.plain import is_empty, plain
from planlog.tables.rows.words import compared
from planlog.tables.sheets import Cell, Sheet
from planlog.values import Value

_SEARCHED: Final = 30
"""In how many of the first rows headings are looked for."""

_TELLING: Final = frozenset({"measure", "number", "title"})
"""The columns that tell measures apart."""

_SHOWN: Final = 200
"""How much of the headings a message shows."""

_LONG: Final = 40
"""From this length on, on average, the cells of a column are sentences and no status words."""


@attrs.frozen(repr=False)
class Header(Value):
    """A *sheet*, the *rows* of its headings, and the *headings*."""

    sheet: Sheet
    rows: tuple[int, ...]
    headings: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many different headings are known."""
        return len({name for heading in self.headings if (name := name_for(heading))})

    @property
    def texts(self) -> int:
        """How many different headings there are."""
        return len(set(filter(None, self.headings)))


@attrs.frozen(repr=False)
class Table(Value):
    """What stands below the headings of a sheet, the *header*: each row with its number.

    *measures* are the rows that seem to be some, *sections* those with one text only, if the first
    is one, *others* those that add up rows or are notes.
    """

    header: Header
    measures: tuple[tuple[int, tuple[Cell, ...]], ...]
    others: tuple[int, ...]
    sections: tuple[int, ...]

    def cells(self, column: int) -> list[Cell]:
        """What stands below the heading of a *column*, counted from 1, but for empty cells."""
        cells = (row[column - 1] for _, row in self.measures if column <= len(row))
        return [cell for cell in cells if not is_empty(cell)]

    def texts(self, column: int) -> list[str]:
        """The texts below the heading of a *column*."""
        return [plain(cell).strip() for cell in self.cells(column)]


def _table(header: Header) -> Table:
    filled = [
        (number, row)
        for number, row in enumerate(header.sheet.rows, start=1)
        if number > header.rows[-1] and not all(map(is_empty, row))
    ]
    repeated = heading_rows(header.sheet, header.rows)
    filled = [(number, row) for number, row in filled if compared_row(row) not in repeated]
    totals = {number for number, row in filled if _is_total(row)}
    alone = [number for number, row in filled if len(_seen(row)) == 1 and number not in totals]
    sections = alone if alone and alone[0] == filled[0][0] else []
    left_out = totals.union(sections)
    return Table(
        header,
        tuple((number, row) for number, row in filled if number not in left_out),
        tuple(sorted(totals)),
        tuple(sections),
    )


def _without_notes(table: Table) -> Table:
    """Take out the last rows, as far as there is one text only where it tells no measures apart."""
    names = recognised(table).names
    telling = {column for column, name in names.items() if name in _TELLING}
    across = _rows_across(table.header.sheet)
    notes: list[int] = []
    for number, row in reversed(table.measures):
        if len(_seen(row)) > 1 or (number not in across and _stands_in(row, telling)):
            break
        notes.append(number)
    return attrs.evolve(
        table,
        measures=table.measures[: len(table.measures) - len(notes)],
        others=tuple(sorted([*table.others, *notes])),
    )


def _rows_across(sheet: Sheet) -> set[int]:
    """The rows in which cells are merged over several columns."""
    ranges = (one for one in sheet.merged if one.first_column < one.last_column)
    return {row for one in ranges for row in range(one.first_row, one.last_row + 1)}


def _stands_in(row: Sequence[Cell], columns: Collection[int]) -> bool:
    return any(column <= len(row) and not is_empty(row[column - 1]) for column in columns)


def _is_total(row: Sequence[Cell]) -> bool:
    first = next(folded(plain(cell)) for cell in row if not is_empty(cell))
    return first.partition(" ")[0] in TOTALS


def _seen(row: Sequence[Cell]) -> set[str]:
    return {compared(plain(cell)) for cell in row if not is_empty(cell)}


@attrs.frozen(repr=False)
class Recognised(Value):
    """What the columns of a table seem to be: names by column, those to be checked, the others."""

    names: Mapping[int, str]
    unsure: frozenset[int]
    others: tuple[int, ...]

    def column(self, name: str) -> int | None:
        """The column that seems to be *name*."""
        return next((column for column, one in self.names.items() if one == name), None)


def find_table(sheets: Sequence[Sheet], file: str) -> Table:
    """Find the sheet and the rows with most of the headings that are known.

    Raises `TableError` where there is not one.
    """
    filled = [sheet for sheet in sheets if sheet.visible and sheet.rows]
    if not filled:
        raise TableError((_nothing().at(file),))
    headers = [header for sheet in filled for header in _headers(sheet)]
    # Of equal ones the first is taken: rows alone stand before pairs of rows.
    best = max(headers, key=lambda header: header.known)
    table = _without_notes(_table(best))
    if not is_identified(recognised(table)):
        shown = best if best.known else max(headers, key=lambda header: header.texts)
        spot = Standing(file, shown.sheet).spot(shown.rows[-1], 1)
        raise TableError((_unknown(shown).at(spot.place),))
    return table


def _headers(sheet: Sheet) -> list[Header]:
    rows = range(1, min(len(sheet.rows), _SEARCHED) + 1)
    candidates = [(row,) for row in rows] + [(row, row + 1) for row in rows[:-1]]
    return [Header(sheet, one, headings(sheet, one)) for one in candidates]


def _nothing() -> Flaw:
    return Flaw("empty-file", "expected a table, there is nothing in this file")


def _unknown(header: Header) -> Flaw:
    return Flaw(
        "no-known-heading",
        "no column here is known as one that tells measures apart, and no other row has more "
        "headings that are known; found were {found}; write the map by hand: which row holds the "
        "headings (header) and which of them are title, field and number",
        {"found": ", ".join(repr(text) for text in header.headings if text)[:_SHOWN] or "-"},
    )


# What the columns are


def recognised(table: Table) -> Recognised:
    """Say what the columns of *table* seem to be, by their headings and by what stands below."""
    names, unsure = _by_heading(table)
    _look_at_key(table, names, unsure)
    _look_at_priority(table, names, unsure)
    _look_at_status(table, names)
    _look_at_due(table, names)
    others = [
        column
        for column, heading in enumerate(table.header.headings, start=1)
        if heading and column not in names
    ]
    return Recognised(names, frozenset(unsure & names.keys()), tuple(others))


def _by_heading(table: Table) -> tuple[dict[int, str], set[int]]:
    sure: dict[str, tuple[int, int]] = {}
    near: dict[str, int] = {}
    doubled = _doubled(table.header.headings)
    for column, heading in enumerate(table.header.headings, start=1):
        if not heading or compared(heading) in doubled:
            continue
        name = name_for(heading)
        if name is not None:
            sure[name] = min(sure.get(name, (precedence(heading), column)), _rated(heading, column))
        elif (name := near_name(heading)) is not None:
            near.setdefault(name, column)
    names = {column: name for name, (_, column) in sure.items()}
    guessed = {column: name for name, column in near.items() if name not in sure}
    return dict(sorted({**names, **guessed}.items())), set(guessed)


def _rated(heading: str, column: int) -> tuple[int, int]:
    return precedence(heading), column


def _doubled(found: Sequence[str]) -> set[str]:
    seen = [compared(heading) for heading in found]
    return {heading for heading in seen if seen.count(heading) > 1}


def _column(names: Mapping[int, str], name: str) -> int | None:
    return next((column for column, one in names.items() if one == name), None)


def _look_at_key(table: Table, names: dict[int, str], unsure: set[int]) -> None:
    """A key that is missing or doubled is none, if measures are known by anything else."""
    column = _column(names, "measure")
    if column is None or len(set(table.texts(column))) == len(table.measures):
        return
    if "title" in names.values():
        del names[column]
        if "number" not in names.values():
            names[column] = "number"
    else:
        unsure.add(column)


def _look_at_priority(table: Table, names: dict[int, str], unsure: set[int]) -> None:
    """A priority may be a place in the list of a field if it is a number that none else there has.

    Classes can be numbers, too, and in short lists each may stand once.
    """
    rank, level, field = (_column(names, name) for name in ("rank", "level", "field"))
    if rank is not None and not _are_places(table, rank, field):
        del names[rank]
        if level is None:
            names[rank] = "level"
    elif rank is None and level is not None and _are_places(table, level, field):
        names[level] = "rank"
        unsure.add(level)


def _are_places(table: Table, column: int, field: int | None) -> bool:
    sections, seen, section = table.sections, set(), 0
    if field is None and not sections:
        return False
    for number, row in table.measures:
        section = max((one for one in sections if one < number), default=0)
        text = _text(row, column).rstrip(".")
        if not text:
            continue
        there = (section, "" if field is None else _text(row, field), text)
        if not there[-1].isdecimal() or int(there[-1]) < 1 or there in seen:
            return False
        seen.add(there)
    return bool(seen)


def _text(row: Sequence[Cell], column: int) -> str:
    return plain(row[column - 1]).strip() if column <= len(row) else ""


def _look_at_status(table: Table, names: dict[int, str]) -> None:
    """Sentences about where a measure stands are notes."""
    column = _column(names, "stage")
    texts = table.texts(column) if column is not None else []
    if column is not None and texts and sum(map(len, texts)) > _LONG * len(texts):
        del names[column]
        if "note" not in names.values():
            names[column] = "note"


def _look_at_due(table: Table, names: dict[int, str]) -> None:
    """What planlog cannot read as a date is no column of dates."""
    column = _column(names, "due")
    if column is not None and not _are_dates(table.cells(column)):
        del names[column]


def _are_dates(cells: Sequence[Cell]) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str)]
    days = [cell for cell in cells if isinstance(cell, date) and not isinstance(cell, datetime)]
    return len(texts) + len(days) == len(cells) and forms_of(texts) != ()


def is_identified(columns: Recognised) -> bool:
    """Whether a map of these columns would tell measures apart."""
    names = {*columns.names.values()}
    return bool(names & {"measure", "title"}) or names >= {"field", "number"}
