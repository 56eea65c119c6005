"""Is this line in the log, and has the log only grown? The Merkle tree over its raw lines.

The tree is that of RFC 6962 and RFC 9162, section 2.1, with SHA-256. A *leaf* is always the hash
of a line, not the line: of an erased line nothing else is left. Sizes and positions are believed;
they come with a root from where the root comes from.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

HASH_LENGTH: Final = 32
"""How many bytes a leaf, a node and a root have."""

MAX_SIZE: Final = 2**63 - 1
"""The largest size that is looked at: a claim of more could only keep a verifier busy."""

EMPTY_ROOT: Final = sha256().digest()
"""The root of a log without lines."""

# Different first bytes, so that no line can pass for two nodes.
_LEAF: Final = b"\0"
_NODE: Final = b"\1"


def leaf_hash(line: bytes) -> bytes:
    r"""Hash a raw *line* without its line feed, as ``printf '\0' | cat - LINE | sha256sum`` does.

    >>> leaf_hash(b"planlog").hex()
    'b9d833122096b637f39fbb18e55d32555578bd14ba4fc47e8b274825cfac5195'
    """
    return sha256(_LEAF + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring subtrees into the one that holds both."""
    return sha256(_NODE + left + right).digest()


class Frontier:
    """A tree that grows leaf by leaf and keeps no more than its right edge.

    >>> frontier = Frontier()
    >>> frontier.add(b"one line")
    >>> frontier.add_leaf(leaf_hash(b"one that was erased later"))
    >>> frontier.size
    2
    >>> frontier.root.hex()
    '19ac3e98bf85ce722105776d4311323aa6e7b59dba0fad3f015d658f9d5c39e4'
    """

    __slots__ = ("_subtrees", "size")

    def __init__(self) -> None:
        self.size = 0
        # Full subtrees from left to right, one for each bit that is set in the size.
        self._subtrees: list[bytes] = []

    def add(self, line: bytes) -> None:
        """Take in the next raw *line*."""
        self.add_leaves((leaf_hash(line),))

    def add_leaf(self, leaf: bytes) -> None:
        """Take in the next line by its hash; `ValueError` if *leaf* cannot be one."""
        self.add_leaves((leaf,))

    def add_leaves(self, leaves: Iterable[bytes]) -> None:
        """Take in lines by their hashes, one after another; the fastest way to take in many."""
        # Nothing is called here but the hash: a pass over a log is to cost little more than that.
        pop, push = self._subtrees.pop, self._subtrees.append
        for subtree in leaves:
            if len(subtree) != HASH_LENGTH:
                raise ValueError(f"expected a hash of {HASH_LENGTH} bytes, got {subtree!r}")
            full = self.size
            while full & 1:
                subtree = sha256(_NODE + pop() + subtree).digest()
                full >>= 1
            push(subtree)
            self.size += 1

    @property
    def root(self) -> bytes:
        """The root of what was taken in so far."""
        if not self._subtrees:
            return EMPTY_ROOT
        *others, root = self._subtrees
        for left in reversed(others):
            root = node_hash(left, root)
        return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree with these *leaves*."""
    frontier = Frontier()
    frontier.add_leaves(leaves)
    return frontier.root


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> tuple[bytes, ...]:
    """Prove that the leaf at *index* is in the tree of the first *size* leaves.

    The proof has the hashes from the leaf upward. `ValueError` if there are not so many leaves.
    """
    if not 0 <= index < size <= len(leaves):
        raise ValueError(f"expected 0 <= index < size <= {len(leaves)}, got {index} and {size}")
    return _roots(leaves, _siblings(range(index, index + 1), size))


def consistency_proof(leaves: Sequence[bytes], first: int, second: int) -> tuple[bytes, ...]:
    """Prove that the tree of the *first* leaves is the beginning of that of the *second*.

    Nothing needs to be shown where the two are the same, or the first is empty. `ValueError` if
    there are not so many leaves.
    """
    if not 0 <= first <= second <= len(leaves):
        raise ValueError(f"expected 0 <= first <= second <= {len(leaves)}, got {first}, {second}")
    if first in (0, second):
        return ()
    last = _last_subtree(first)
    # Where the older tree is one full subtree, its root is known to whoever asks.
    seed = [last] if last.start else []
    return _roots(leaves, [*seed, *_siblings(last, second)])


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether *proof* shows that *leaf* is at *index* of the tree of that *size* and *root*.

    Whoever has the line makes the leaf of it with `leaf_hash`: a leaf somebody names says nothing
    about a line.
    """
    if not 0 <= index < size <= MAX_SIZE or not _are_hashes(leaf, root, *proof):
        return False
    siblings = _siblings(range(index, index + 1), size)
    if len(proof) != len(siblings):
        return False
    found = leaf
    for sibling, other in zip(siblings, proof, strict=True):
        found = node_hash(other, found) if sibling.start < index else node_hash(found, other)
    return found == root


def verify_consistency(
    first: int, second: int, proof: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Tell whether *proof* shows that a log grew from one size and root to another.

    Every log grew from nothing, and a log did not grow at all if size and root are the same: both
    are true with an empty proof only.
    """
    if not 0 <= first <= second <= MAX_SIZE or not _are_hashes(first_root, second_root, *proof):
        return False
    if first in (0, second):
        return not proof and _is_plain(first, second, first_root, second_root)
    last = _last_subtree(first)
    siblings = _siblings(last, second)
    hashes = list(proof) if last.start else [first_root, *proof]
    if len(hashes) != len(siblings) + 1:
        return False
    older = newer = hashes[0]
    for sibling, other in zip(siblings, hashes[1:], strict=True):
        if sibling.start < last.start:
            older, newer = node_hash(other, older), node_hash(other, newer)
        else:
            newer = node_hash(newer, other)
    return older == first_root and newer == second_root


def _is_plain(first: int, second: int, first_root: bytes, second_root: bytes) -> bool:
    """Whether one root follows from the other without a proof, as far as it can."""
    unchanged = first < second or first_root == second_root
    return unchanged and (first > 0 or first_root == EMPTY_ROOT)


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_LENGTH for value in values)


def _last_subtree(size: int) -> range:
    """The leaves of the last full subtree of a tree: it stays one whatever follows."""
    return range(size - (size & -size), size)


def _siblings(subtree: range, size: int) -> list[range]:
    """The leaves of each subtree that is passed on the way from *subtree* up to the root."""
    passed = []
    around = range(size)
    while around != subtree:
        # On the left is the largest full subtree that leaves something for the right.
        width = 1 << (around.stop - around.start - 1).bit_length() - 1
        middle = around.start + width
        left, right = range(around.start, middle), range(middle, around.stop)
        around, other = (left, right) if subtree.start in left else (right, left)
        passed.append(other)
    return passed[::-1]


def _roots(leaves: Sequence[bytes], subtrees: Iterable[range]) -> tuple[bytes, ...]:
    return tuple(root_of(leaves[position] for position in subtree) for subtree in subtrees)
