"""A sheet while it is being read: each cell is put where it stands, within the limits."""

from typing import TypeVar

from planlog.codec.flaws import shown
from planlog.errors import Flaw
from planlog.tables.files.limits import (
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_ROWS,
    Room,
)
from planlog.tables.places import refused
from planlog.tables.sheets import Cell, Formula, Merged, Sheet, cell_name

Item = TypeVar("Item")


class Gathering:
    """The cells of one sheet, in whatever order they come."""

    def __init__(self, room: Room, name: str = "", *, visible: bool = True) -> None:
        """Begin with an empty sheet that takes of the *room* of its file."""
        room.sheet()
        self._room = room
        self._name = name
        self._visible = visible
        self._rows: list[list[Cell]] = []
        self._merged: list[Merged] = []

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put a *cell* into a *row* and *column*, both counted from 1."""
        if not cell and (cell is None or cell == ""):
            return
        self._check(row, column)
        self._check_length(row, column, cell)
        while len(self._rows) < row:
            self._rows.append([])
        cells = self._rows[row - 1]
        missing = max(0, column - len(cells))
        self._take(max(1, missing), row, column)
        cells += [None] * missing
        cells[column - 1] = cell

    def merge(self, merged: Merged) -> None:
        """Let a range hold what its first cell holds."""
        if not self._room.merged():
            raise refused(
                Flaw(
                    "many-merged",
                    "expected at most {limit} merged ranges up to here; save the plan as a file of "
                    "its own",
                    {"limit": MOST_MERGED},
                    place=self._place(merged.first_row, merged.first_column),
                )
            )
        self._merged.append(merged)

    def malformed(self, row: int, column: int, value: str | None) -> None:
        """Note that a cell holds a *value* which is none of its kind."""
        self._room.note(
            Flaw(
                "malformed-cell",
                "cannot make out the value {value!r}; type it anew and save the file",
                {"value": shown(value or "")},
                place=self._place(row, column),
            )
        )

    def sheet(self) -> Sheet:
        """The sheet, without what is empty at its ends."""
        width = max(map(len, self._rows), default=0)
        merged = tuple(self._spread(each, width) for each in self._merged)
        rows = _trimmed([_trimmed(cells, None) for cells in self._rows], ())
        return Sheet(self._name, rows, merged, self._visible)

    def _spread(self, merged: Merged, width: int) -> Merged:
        """Fill a range; one that goes beyond the limits ends where the contents do."""
        row, column = merged.first_row, merged.first_column
        last_row, last_column = merged.last_row, merged.last_column
        if last_row > MOST_ROWS:
            last_row = max(row, len(self._rows))
        if last_column > MOST_COLUMNS:
            last_column = max(column, width)
        self._take(last_row - row + 1, row, column)
        held = self._at(row, column)
        for each_row in range(row, last_row + 1):
            if held is None:
                self._empty(each_row, column, last_column)
            else:
                for each_column in range(column, last_column + 1):
                    self.put(each_row, each_column, held)
        return Merged(row, column, last_row, last_column)

    def _empty(self, row: int, first: int, last: int) -> None:
        """Take away what a range hides that shows nothing."""
        if row <= len(self._rows):
            cells = self._rows[row - 1]
            for index in range(first - 1, min(last, len(cells))):
                self._take(1, row, first)
                cells[index] = None

    def _take(self, count: int, row: int, column: int) -> None:
        if not self._room.cells(count):
            raise refused(
                Flaw(
                    "many-cells",
                    "expected at most {limit} cells up to here; save the plan as a file of its own",
                    {"limit": MOST_CELLS},
                    place=self._place(row, column),
                )
            )

    def _at(self, row: int, column: int) -> Cell:
        cells = self._rows[row - 1] if row <= len(self._rows) else []
        return cells[column - 1] if column <= len(cells) else None

    def _check(self, row: int, column: int) -> None:
        if row > MOST_ROWS:
            raise refused(
                Flaw(
                    "many-rows",
                    "expected at most {limit} rows, and here something stands below; delete it, "
                    "or save the plan as a file of its own",
                    {"limit": MOST_ROWS},
                    place=self._place(row, column),
                )
            )
        if column > MOST_COLUMNS:
            raise refused(
                Flaw(
                    "many-columns",
                    "expected at most {limit} columns, and here something stands beyond; delete "
                    "it, or save the plan as a file of its own",
                    {"limit": MOST_COLUMNS},
                    place=self._place(row, column),
                )
            )

    def _check_length(self, row: int, column: int, cell: Cell) -> None:
        text = cell.result if isinstance(cell, Formula) else cell
        if isinstance(text, str) and len(text) > LONGEST_TEXT:
            self._room.note(
                Flaw(
                    "long-cell",
                    "expected at most {limit} characters, got {length}; shorten the text",
                    {"limit": LONGEST_TEXT, "length": len(text)},
                    place=self._place(row, column),
                )
            )

    def _place(self, row: int, column: int) -> str:
        cell = cell_name(row, column)
        return (
            f"{self._room.file}: {self._name}!{cell}"
            if self._name
            else f"{self._room.file}: {cell}"
        )


def _trimmed(items: list[Item], empty: object) -> tuple[Item, ...]:
    """*items* without those at the end that are *empty*."""
    end = len(items)
    while end and items[end - 1] == empty:
        end -= 1
    return tuple(items[:end])
