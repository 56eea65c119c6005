"""The root of the lines of a log in another order: that in which a joined clone had them."""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import chain, islice

from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import Frontier
from planlog.trust.orders import Order
from planlog.verification.files import Reader
from planlog.verification.passing import Passed


def roots_in_order(passed: Passed, order: Order, sizes: Collection[int]) -> dict[int, bytes]:
    """Return the root of the first lines in that *order* at each of *sizes* that they reach."""
    found: dict[int, bytes] = {}
    leaves, frontier = _leaves(passed, order), Frontier()
    for size in sorted(sizes):
        frontier.add_leaves(islice(leaves, size - frontier.size))
        if frontier.size == size:
            found[size] = frontier.root
    return found


def _leaves(passed: Passed, order: Order) -> Iterator[bytes]:
    """The leaves in that *order*, up to the first lines that are not all there."""
    for piece in order.pieces:
        if isinstance(piece, bytes):
            yield piece
        elif piece.stop > passed.size:
            return
        else:
            yield from map(leaf_of, islice(_lines_from(passed, piece.start), len(piece)))


def _lines_from(passed: Passed, position: int) -> Iterator[bytes]:
    """Read the lines of the log from a *position* on."""
    first = bisect_right(passed.starts, position) - 1
    lines = (Reader(passed.folder, name).lines() for name in passed.names[first:])
    return islice(chain.from_iterable(lines), position - passed.starts[first], None)
