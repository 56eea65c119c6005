"""Lines that stand twice behind the last checkpoint, where no root would show it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from planlog.trust.leaves import leaf_of
from planlog.verification import damage
from planlog.verification.damage import Damage
from planlog.verification.parts import View
from planlog.verification.passing import Passed

MOST_LINES: Final = 50_000
"""How long a log may be for its lines to be compared with those behind the last checkpoint."""


def repeated_lines(passed: Passed) -> Iterator[Damage]:
    """Tell every line behind the last checkpoint that stands somewhere before as well.

    Each line has a salt of its own, so no two that were recorded are alike.
    """
    begin = passed.tail_start
    seen: dict[bytes, int] = {}
    again: dict[int, int] = {}
    for position, leaf in enumerate(passed.tail, begin):
        if (first := seen.setdefault(leaf, position)) != position:
            again[position] = first
    if seen and passed.size <= MOST_LINES:
        for position, leaf in enumerate(map(leaf_of, islice(passed.lines(), begin))):
            if leaf in seen:
                again[seen[leaf]] = position
    for position, first in sorted(again.items()):
        flaw = damage.doubled_line(passed.place(position), passed.place(first))
        yield Damage(flaw, position=position)


def repeated_in(view: View, right: int) -> Iterator[Damage]:
    """Tell the same of a log that is in memory, whose first *right* lines need not be looked at."""
    seen: dict[bytes, str] = {}
    position = 0
    for part in view:
        for index, leaf in enumerate(part.leaves):
            place = part.line_place(index)
            if (first := seen.setdefault(leaf, place)) != place and position >= right:
                yield Damage(damage.doubled_line(place, first), position=position)
            position += 1
