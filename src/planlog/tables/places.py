"""Where something stands in a file, and every flaw that was found there."""

import attrs

from planlog.errors import Flaw, TableError, shortened
from planlog.tables.sheets import Sheet, cell_name
from planlog.values import Value


@attrs.frozen(repr=False)
class Spot(Value):
    """A cell: its *order* among all cells of the file, its *place* in words, its *heading*."""

    order: tuple[int, int, int]
    place: str
    heading: str = ""


@attrs.frozen(repr=False)
class Standing(Value):
    """A *sheet* of the *file*, and at which place among those that are read it stands."""

    file: str
    sheet: Sheet
    index: int = 0

    def spot(self, row: int, column: int, heading: str = "") -> Spot:
        """The cell in a *row* and *column*, both counted from 1."""
        cell = cell_name(row, column)
        place = f"{self.sheet.name}!{cell}" if self.sheet.name else cell
        return Spot((self.index, row, column), f"{self.file}: {place}", heading)


class Flaws:
    """Gathers what is wrong with a table, to tell all of it at once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[tuple[Spot, Flaw]] = []

    @property
    def count(self) -> int:
        """How many there are by now."""
        return len(self._found)

    def add(self, spot: Spot, *flaws: Flaw) -> None:
        """Take in what is wrong at *spot*."""
        self._found += [(spot, flaw) for flaw in flaws]

    def raise_any(self) -> None:
        """Raise `TableError` if there are flaws: in the order of the cells, and not without end."""
        if not self._found:
            return
        # A cell that is read twice, as the key and as the number, is told of once.
        once = {(spot, flaw.code, flaw.template): (spot, flaw) for spot, flaw in self._found}
        ordered = sorted(once.values(), key=lambda found: found[0].order)
        placed = [attrs.evolve(flaw, place=spot.place, key=spot.heading) for spot, flaw in ordered]
        raise TableError(shortened(placed))


def refused(flaw: Flaw) -> TableError:
    """Return the error that tells a single flaw."""
    return TableError((flaw,))
