"""Lines that stand twice behind the last checkpoint, where no root would show it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

from planlog.errors import Flaw
from planlog.stores.eventfiles import place_of
from planlog.trust.leaves import leaf_of
from planlog.verification import damage
from planlog.verification.damage import Damage
from planlog.verification.parts import View, part_in
from planlog.verification.passing import Passed

MOST_LINES: Final = 50_000
"""How long a log may be for its lines to be compared with those behind the last checkpoint."""

MOST_BYTES: Final = 2**22
"""How long a file may be that is compared with the log because its name is none."""

MOST_STRANGERS: Final = 20
"""How many such files are compared."""


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
    copies = dict(_copies(passed, again))
    for name, (start, stop) in zip(passed.names, _bounds(passed), strict=True):
        if name in copies:
            yield Damage(damage.copied_file(place_of(passed.folder, name), copies[name]))
            continue
        for position in sorted(again.keys() & range(start, stop)):
            flaw = damage.doubled_line(passed.place(position), passed.place(again[position]))
            yield Damage(flaw, position=position)


def _copies(passed: Passed, again: Mapping[int, int]) -> Iterator[tuple[str, str]]:
    """Name the files all lines of which stand in another one, and that one."""
    for name, (start, stop) in zip(passed.names, _bounds(passed), strict=True):
        files = {
            passed.files(again[at], again[at] + 1)[0] for at in range(start, stop) if at in again
        }
        if len(files) == 1 and all(at in again for at in range(start, stop)):
            yield name, place_of(passed.folder, files.pop())


def _bounds(passed: Passed) -> Iterator[tuple[int, int]]:
    return pairwise((*passed.starts, passed.size))


def copied_strangers(passed: Passed, strangers: Sequence[str]) -> dict[str, Flaw]:
    """Find the files without a name of their own all lines of which stand in the log, by place."""
    parts = [part_in(passed.folder, name, MOST_BYTES) for name in strangers[:MOST_STRANGERS]]
    wanted = {leaf for part in parts for leaf in part.leaves}
    if not wanted:
        return {}
    leaves = enumerate(map(leaf_of, passed.lines()))
    found = {leaf: position for position, leaf in leaves if leaf in wanted}
    return {
        part.place: damage.copied_file(part.place, _file_at(passed, found[part.leaves[0]]))
        for part in parts
        if part.leaves and all(leaf in found for leaf in part.leaves)
    }


def _file_at(passed: Passed, position: int) -> str:
    return place_of(passed.folder, passed.files(position, position + 1)[0])


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
