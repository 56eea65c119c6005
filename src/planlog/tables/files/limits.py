"""How much of a file is read at most, and what is left of that while one is being read.

A plan has some hundred rows. Every limit is far beyond that, and low enough that whatever a file
claims to be, it is read or refused within seconds and within some hundred megabytes.
"""

from typing import Final

from planlog.errors import MOST_TOLD, Flaw, TableError
from planlog.tables.places import refused

MOST_BYTES: Final = 32 * 2**20
"""The size of a file: tables are small, but municipal ones carry photographs."""

MOST_PARTS: Final = 5_000
"""The files packed into one: pictures and sheets; each costs time before any is read."""

MOST_CLAIMED: Final = 256 * 2**20
"""What all packed files say that they unpack to, those too that are never unpacked."""

MOST_UNPACKED: Final = 64 * 2**20
"""What is really unpacked of one file: as much XML as `MOST_CELLS` take with all their styles."""

MOST_TIMES: Final = 200
"""How many times its packed size a part unpacks to: the most monotonous tables reach a hundred."""

FEW_BYTES: Final = 2**20
"""A part that unpacks to no more than this may be as monotonous as it likes."""

MOST_ELEMENTS: Final = 1_200_000
"""The elements of XML: a cell has up to four of them."""

MOST_ATTRIBUTES: Final = 100
"""The attributes of an element: a cell has up to ten."""

MOST_DEPTH: Final = 100
"""Elements within one another: a text in a cell is about ten deep."""

LONGEST_NAMESPACE: Final = 200
"""Names carry their namespace, so a long one would be copied for each element."""

LONGEST_ROW: Final = 2 * 2**20
"""The characters of a row or of anything else that is taken as a whole, and the bytes of a tag."""

MOST_SHEETS: Final = 200
"""The sheets of a file."""

MOST_ROWS: Final = 20_000
"""The rows of a sheet: a hundred plans would fit."""

MOST_COLUMNS: Final = 500
"""The columns of a sheet."""

MOST_CELLS: Final = 200_000
"""The cells of all sheets together, the empty ones in front of filled ones counted."""

MOST_MERGED: Final = 20_000
"""The merged ranges of a file."""

LONGEST_TEXT: Final = 32_767
"""The characters of a cell, as many as Excel allows."""


class Room:
    """What is left of the limits while one *file* is read, and what was found wrong with it."""

    def __init__(self, file: str) -> None:
        """Begin with nothing used up."""
        self.file = file
        self._unpacked = self._elements = self._sheets = self._cells = self._merged = 0
        self._flaws: list[Flaw] = []

    def unpack(self, part: str, size: int, taken: int, packed: int) -> None:
        """Take *size* more bytes of a *part*, of which *taken* came out of *packed* so far."""
        self._unpacked += size
        if self._unpacked > MOST_UNPACKED:
            raise refused(
                Flaw(
                    "table-bomb",
                    "the tables unpack to more than {limit} bytes; copy the rows of the plan into "
                    "a new file",
                    {"limit": MOST_UNPACKED},
                    place=self.file,
                )
            )
        if taken > max(FEW_BYTES, MOST_TIMES * packed):
            raise refused(
                Flaw(
                    "table-bomb",
                    "{part!r} unpacks to more than {limit} times its size; copy the rows of the "
                    "plan into a new file",
                    {"part": part, "limit": MOST_TIMES},
                    place=self.file,
                )
            )

    def element(self, part: str, depth: int) -> None:
        """Take one more element of a *part*, which stands *depth* deep."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS or depth > MOST_DEPTH:
            raise refused(
                Flaw(
                    "table-bomb",
                    "{part!r} has more than {limit} elements, or more than {depth} within one "
                    "another; copy the rows of the plan into a new file",
                    {"part": part, "limit": MOST_ELEMENTS, "depth": MOST_DEPTH},
                    place=self.file,
                )
            )

    def sheet(self) -> None:
        """Take one more sheet."""
        self._sheets += 1
        if self._sheets > MOST_SHEETS:
            raise refused(
                Flaw(
                    "many-sheets",
                    "expected at most {limit} sheets; save the plan as a file of its own",
                    {"limit": MOST_SHEETS},
                    place=self.file,
                )
            )

    def cells(self, count: int) -> bool:
        """Take *count* more cells; tell whether there was room for them."""
        self._cells += count
        return self._cells <= MOST_CELLS

    def merged(self) -> bool:
        """Take one more merged range; tell whether there was room for it."""
        self._merged += 1
        return self._merged <= MOST_MERGED

    def note(self, flaw: Flaw) -> None:
        """Keep a *flaw* that does not keep the rest from being read."""
        self._flaws.append(flaw)
        if len(self._flaws) == MOST_TOLD:
            self.raise_any()

    def raise_any(self) -> None:
        """Raise `TableError` if there are flaws."""
        if self._flaws:
            raise TableError(tuple(self._flaws))
