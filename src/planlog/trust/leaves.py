"""The leaf of a raw line, whether its text is still there or was erased."""

from planlog.codec import read_tombstone
from planlog.trust.merkle import leaf_hash


def leaf_of(line: bytes) -> bytes:
    """Return the leaf of a raw *line* of a log: its hash, or the one that its mark states.

    That nobody invented the mark is shown by the root, and by the event that tells of the erasure.

    >>> leaf_of(b'{"erased":"%s","position":3}' % (b"ab" * 32)).hex() == "ab" * 32
    True
    """
    mark = read_tombstone(line)
    return leaf_hash(line) if mark is None else bytes.fromhex(mark.leaf)
