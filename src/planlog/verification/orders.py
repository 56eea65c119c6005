"""The root of the lines of a log in another order: that in which a joined clone had them."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain, islice

from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import Frontier
from planlog.trust.orders import Order
from planlog.verification.files import Reader
from planlog.verification.passing import Passed


def root_in_order(passed: Passed, order: Order, size: int) -> bytes | None:
    """Return the root of the first *size* lines in that *order*, or None if some are missing."""
    frontier = Frontier()
    for piece in order.pieces:
        left = size - frontier.size
        if isinstance(piece, bytes):
            frontier.add_leaves((piece,)[:left])
        elif piece.stop <= passed.size:
            lines = islice(_lines_from(passed, piece.start), min(len(piece), left))
            frontier.add_leaves(map(leaf_of, lines))
        else:
            return None
    return frontier.root if frontier.size == size else None


def _lines_from(passed: Passed, position: int) -> Iterator[bytes]:
    """Read the lines of the log from a *position* on."""
    first = bisect_right(passed.starts, position) - 1
    lines = (Reader(passed.folder, name).lines() for name in passed.names[first:])
    return islice(chain.from_iterable(lines), position - passed.starts[first], None)
