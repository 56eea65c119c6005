"""The root of a log some lines of which are thought to be others, without hashing it all again."""

from collections.abc import Mapping, Sequence

from planlog.trust.merkle import EMPTY_ROOT, node_hash


class Tree:
    """All nodes over *leaves*, level by level; a node without a neighbour is the one above it."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)
            above = [node_hash(left, right) for left, right in pairs]
            self._levels.append(above + below[len(above) * 2 :])

    def root_with(self, changed: Mapping[int, bytes]) -> bytes:
        """Return the root if the leaves at some positions were those in *changed*."""
        nodes = dict(changed)
        for level in self._levels[:-1]:
            nodes = {at >> 1: _parent(level, nodes, at) for at in nodes}
        top = self._levels[-1]
        return nodes.get(0, top[0] if top else EMPTY_ROOT)


def _parent(level: Sequence[bytes], nodes: Mapping[int, bytes], at: int) -> bytes:
    left = at & ~1
    right = left + 1
    if right == len(level):
        return nodes[left]
    return node_hash(nodes.get(left, level[left]), nodes.get(right, level[right]))
