"""The root of a log some lines of which are thought to be others."""

import pytest

from planlog.trust.merkle import EMPTY_ROOT, leaf_hash, root_of
from planlog.verification.trees import Tree

LEAVES = [leaf_hash(b"%d" % number) for number in range(40)]


class TestTree:
    @pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 32, 33, 40])
    def test_root(self, size: int) -> None:
        """With one or two other leaves the root is that of the whole log with these."""
        tree = Tree(LEAVES[:size])
        for one in range(size):
            for other in (one, size - 1, 0):
                changed = {one: LEAVES[-1], other: LEAVES[0]}
                leaves = [changed.get(at, leaf) for at, leaf in enumerate(LEAVES[:size])]
                assert root_of(leaves) == tree.root_with(changed)

    def test_unchanged(self) -> None:
        """Without another leaf it is the root, also where there is none."""
        assert root_of(LEAVES) == Tree(LEAVES).root_with({})
        assert EMPTY_ROOT == Tree(()).root_with({})
