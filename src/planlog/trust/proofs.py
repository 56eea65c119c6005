"""Proofs that one event is in a log, for those who see nothing else of it: C2SP tlog-proof."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from planlog.errors import Flaw, NoteError, shortened
from planlog.trust.checkpoints import LARGEST, Checkpoint
from planlog.trust.merkle import HASH_LENGTH, inclusion_proof, verify_inclusion
from planlog.trust.notes import SignedNote
from planlog.trust.texts import checked, decoded, from_base64, refused, to_base64
from planlog.values import Value

HEADER: Final = "c2sp.org/tlog-proof@v1"
"""The first line of every proof."""

ENDING: Final = ".tlog-proof"
"""How the names of files with proofs end."""

_EXTRA: Final = "extra "
_INDEX: Final = "index "
_NUMBER: Final = re.compile("0|[1-9][0-9]{0,18}")


@attrs.frozen(repr=False)
class TlogProof(Value):
    """What shows that an event is at position *index* of the log that a checkpoint tells of.

    *hashes* lead from its leaf up to the root. *issued* is the checkpoint as it was issued, byte
    for byte: a signed note, or where nobody signed it, only the text of it. The specification
    knows signed ones alone; a reader that wants signatures refuses the other kind, as it should.
    *extra* is what others put there: nothing vouches for it, and planlog does not look at it.
    """

    index: int
    hashes: tuple[bytes, ...]
    issued: str
    extra: bytes | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read again, or can prove nothing."""
        flaws = (
            *_extra_flaws(None if self.extra is None else to_base64(self.extra)),
            *_index_flaws(str(self.index)),
            *_hash_flaws(map(to_base64, self.hashes)),
        )
        if flaws:
            raise NoteError(flaws)
        if flaw := _misfit(self.index, len(self.hashes), self.checkpoint.size):
            raise refused(flaw)
        checked(self.text)

    @classmethod
    def of(cls, leaves: Sequence[bytes], index: int, issued: str) -> "TlogProof":
        """Prove that the leaf at *index* is among the *leaves* that the checkpoint *issued* covers.

        Whether the checkpoint tells of these leaves is for `proves` to say. `ValueError` if it
        covers more than there are.
        """
        size = checkpoint_in(issued)[1].size
        return cls(index, inclusion_proof(leaves, index, size), issued)

    @classmethod
    def parse(cls, raw: bytes | str) -> "TlogProof":
        """Read a proof; raise `NoteError`, with everything that is wrong in its lines."""
        head, blank, issued = decoded(raw).partition("\n\n")
        if not blank:
            raise refused(
                Flaw(
                    "proof-without-checkpoint",
                    "expected a checkpoint below an empty line, there is no such line",
                )
            )
        header, *lines = head.split("\n")
        extra = index = None
        if lines and lines[0].startswith(_EXTRA):
            extra = lines.pop(0).removeprefix(_EXTRA)
        if lines and lines[0].startswith(_INDEX):
            index = lines.pop(0).removeprefix(_INDEX)
        flaws = (
            *_header_flaws(header),
            *_extra_flaws(extra),
            *_index_flaws(index),
            *(_hash_flaws(lines) if index is not None else ()),
            *_issued_flaws(issued),
        )
        if flaws or index is None:
            raise NoteError(shortened(flaws))
        return cls(
            int(index),
            tuple(from_base64(line) or b"" for line in lines),
            issued,
            None if extra is None else from_base64(extra),
        )

    @property
    def note(self) -> SignedNote | None:
        """The checkpoint with the signatures below it, if anybody signed it."""
        return checkpoint_in(self.issued)[0]

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint that the hashes lead to."""
        return checkpoint_in(self.issued)[1]

    @property
    def text(self) -> str:
        """The proof as it is written."""
        lines = (
            HEADER,
            *(() if self.extra is None else (_EXTRA + to_base64(self.extra),)),
            f"{_INDEX}{self.index}",
            *map(to_base64, self.hashes),
        )
        return "".join(f"{line}\n" for line in lines) + "\n" + self.issued

    def proves(self, leaf: bytes) -> bool:
        """Tell whether a line with this *leaf* is where the proof says, if the checkpoint is true.

        Whoever has the line makes the leaf of it. That the checkpoint is true is for others to say:
        who signed it, or a copy of it from elsewhere.
        """
        checkpoint = self.checkpoint
        return verify_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root)


def checkpoint_in(issued: str) -> tuple[SignedNote | None, Checkpoint]:
    """Read a checkpoint as it was *issued*: as the text of a signed note, or alone.

    Raise `NoteError` if it is neither.
    """
    raw = issued.encode(errors="surrogatepass")
    if "\n\n" not in issued:
        return None, Checkpoint.parse(raw)
    note = SignedNote.parse(raw)
    return note, Checkpoint.parse(note.body)


def _header_flaws(header: str) -> tuple[Flaw, ...]:
    if header == HEADER:
        return ()
    return (
        Flaw(
            "proof-header",
            "expected {header!r} in the first line, got {value!r}; is this a proof?",
            {"header": HEADER, "value": header},
        ),
    )


def _extra_flaws(extra: str | None) -> tuple[Flaw, ...]:
    if extra is None or from_base64(extra):
        return ()
    return (
        Flaw(
            "proof-extra",
            "expected base64 in its one right form, got {value!r}",
            {"value": extra},
            key="extra",
        ),
    )


def _index_flaws(index: str | None) -> tuple[Flaw, ...]:
    if index is None:
        return (
            Flaw(
                "proof-without-index",
                "expected a line {line!r} above the hashes, there is none",
                {"line": "index N"},
                key="index",
            ),
        )
    if _NUMBER.fullmatch(index) and int(index) <= LARGEST:
        return ()
    return (
        Flaw(
            "proof-index",
            "expected a position without sign, blanks and leading zeros, got {value!r}",
            {"value": index},
            key="index",
        ),
    )


def _hash_flaws(encoded: Iterable[str]) -> tuple[Flaw, ...]:
    return tuple(
        Flaw(
            "proof-hash",
            "expected the base64 of {count} bytes, got {value!r}",
            {"count": HASH_LENGTH, "value": line},
            key=f"hashes[{number}]",
        )
        for number, line in enumerate(encoded)
        if len(from_base64(line) or b"") != HASH_LENGTH
    )


def _issued_flaws(issued: str) -> tuple[Flaw, ...]:
    try:
        checkpoint_in(issued)
    except NoteError as error:
        return error.flaws
    return ()


def _misfit(index: int, count: int, size: int) -> Flaw | None:
    """What makes the proof one of no event at all, whatever its hashes are."""
    if index >= size:
        return Flaw(
            "proof-beyond",
            "the checkpoint covers {size} events, so it has none at position {index}; "
            "proof and checkpoint do not belong together",
            {"size": size, "index": index},
            key="index",
        )
    if count != (expected := _length(index, size)):
        return Flaw(
            "proof-length",
            "expected {expected} hashes for position {index} of {size}, got {count}; "
            "a part of the proof is missing, or it belongs to another checkpoint",
            {"expected": expected, "index": index, "size": size, "count": count},
            key="hashes",
        )
    return None


def _length(index: int, size: int) -> int:
    """How many subtrees are passed on the way from a leaf to the root.

    Up to where the way meets that of the last leaf there is one on each level, and from there on
    only those on the left, one for each bit that is set.
    """
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()
