"""Find the files that were the log of another clone, where nothing tells in which order.

Joining puts the files that a clone lacks behind others and changes none of them. So a clone's log
began as this one does, up to where some file ends, and went on with some of the later files.
"""

import copy
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, pairwise
from typing import Final

import attrs

from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import Frontier
from planlog.trust.orders import Order
from planlog.verification.claims import Claim
from planlog.verification.passing import Passed

MOST_LINES: Final = 50_000
"""How long a log may be for this to be tried: the hashes of all its lines are in memory then."""

MOST_TRIED: Final = 2**15
"""How many combinations of files are tried."""

MOST_FILES: Final = 200
"""Among how many of the last files any are chosen."""

MOST_STEPS: Final = 600_000
"""How many hashes are made, and files looked at, before no further combination is tried."""


class _Spent(Exception):  # noqa: N818 - it is no error, and never seen outside
    """The search took as long as it may."""


def clone_order(passed: Passed, claim: Claim) -> Order | None:
    """Find an order of files in which *claim* fits, or return None."""
    if not claim.size or max(claim.size, passed.size) > MOST_LINES:
        return None
    return _Search(passed, claim).found()


@attrs.define
class _Search:
    passed: Passed
    claim: Claim
    starts: list[int] = attrs.field(init=False)
    leaves: list[bytes] = attrs.field(init=False)
    before: list[Frontier] = attrs.field(init=False)
    tried: int = 0
    steps: int = 0

    def __attrs_post_init__(self) -> None:
        """Keep the tree of the files before each file."""
        self.starts = [*self.passed.starts, self.passed.size]
        self.leaves = list(map(leaf_of, self.passed.lines()))
        frontier, self.before = Frontier(), []
        for start, stop in pairwise(self.starts):
            self.before.append(copy.deepcopy(frontier))
            frontier.add_leaves(self.leaves[start:stop])

    def found(self) -> Order | None:
        """Return the first order that fits; what needs the fewest leaps is tried first."""
        for attempt in (self._in_a_row, self._in_parts):
            self.tried = self.steps = 0
            with suppress(_Spent):
                for fork, files in attempt():
                    if self._fits(fork, files):
                        return self._order(fork, files)
        return None

    def _order(self, fork: int, files: Sequence[int]) -> Order:
        lines = (range(self.starts[fork]), *map(self._lines, files))
        places = chain.from_iterable(lines)
        return Order.of(places, self.passed.size, self.passed.frontier.root)

    def _in_a_row(self) -> Iterator[tuple[int, Sequence[int]]]:
        """The first files, and then some that follow each other: the last ones first."""
        at = {start: index for index, start in enumerate(self.starts)}
        for stop in range(len(self.starts) - 1, 0, -1):
            for fork in range(stop - 1, -1, -1):
                self._step(1)
                left = self.claim.size - self.starts[fork]
                first = at.get(self.starts[stop] - left, 0)
                if fork < first < stop:
                    yield fork, range(first, stop)

    def _in_parts(self) -> Iterator[tuple[int, Sequence[int]]]:
        """The first files, and then any of the later ones: those that parted last come first."""
        last = len(self.starts) - 2
        for fork in range(last, max(last - MOST_FILES, -1), -1):
            left = self.claim.size - self.starts[fork]
            if left > 0:
                yield from ((fork, files) for files in self._chosen(fork + 1, left))

    def _chosen(self, first: int, left: int) -> Iterator[tuple[int, ...]]:
        """Choose from the *first* file on, so that there are as many lines as are *left*."""
        self._step(1)
        if not left:
            yield ()
        elif self.starts[-1] - self.starts[first] >= left:
            count = len(self._lines(first))
            if count <= left:
                yield from ((first, *rest) for rest in self._chosen(first + 1, left - count))
            yield from self._chosen(first + 1, left)

    def _fits(self, fork: int, files: Sequence[int]) -> bool:
        frontier = copy.deepcopy(self.before[fork])
        self.tried += 1
        if self.tried > MOST_TRIED:
            raise _Spent
        self._step(self.claim.size - self.starts[fork])
        for file in files:
            lines = self._lines(file)
            frontier.add_leaves(self.leaves[lines.start : lines.stop])
        return self.claim.fits(frontier.root)

    def _lines(self, file: int) -> range:
        return range(self.starts[file], self.starts[file + 1])

    def _step(self, hashes: int) -> None:
        self.steps += hashes
        if self.steps > MOST_STEPS:
            raise _Spent
