"""Checkpoints: which log had how many lines, and their root, as C2SP tlog-checkpoint has it."""

import re
from typing import Final

import attrs

from planlog.errors import Flaw, NoteError
from planlog.trust.texts import checked, decoded, from_base64, refused, to_base64
from planlog.values import Value

ROOT_BYTES: Final = 32
"""The length of a root, which is a SHA-256."""

LARGEST: Final = 2**63 - 1
"""The largest log that every reader can count."""

_SIZE: Final = re.compile("0|[1-9][0-9]{0,18}")


@attrs.frozen(repr=False)
class Checkpoint(Value):
    """What a log was at one size: its *origin*, how many lines it had, and their Merkle *root*.

    *extensions* are lines of others, which planlog keeps and does not understand.

    >>> print(Checkpoint("planlog/9f3c0a6be1d24857", 63, bytes(32)).text, end="")
    planlog/9f3c0a6be1d24857
    63
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read again."""
        flaws = (
            *_line_flaws(self.origin, self.extensions),
            *_size_flaws(str(self.size)),
            *_root_flaws(to_base64(self.root)),
        )
        if flaws:
            raise NoteError(flaws)
        checked(self.text)

    @classmethod
    def parse(cls, raw: bytes | str) -> "Checkpoint":
        """Read the text of a checkpoint, without signatures; the body of a note is one.

        Raise `NoteError`, with everything that is wrong in its lines, if it is none.
        """
        lines = decoded(raw)[:-1].split("\n")
        if len(lines) < 3:
            raise refused(
                Flaw(
                    "checkpoint-lines",
                    "expected three lines (origin, size, root), got {count}",
                    {"count": len(lines)},
                )
            )
        origin, size, root, *extensions = lines
        flaws = (*_line_flaws(origin, extensions), *_size_flaws(size), *_root_flaws(root))
        if flaws:
            raise NoteError(flaws)
        return cls(origin, int(size), from_base64(root) or b"", tuple(extensions))

    @property
    def text(self) -> str:
        """The checkpoint as it is written, printed and signed."""
        lines = (self.origin, str(self.size), to_base64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def _line_flaws(origin: str, extensions: tuple[str, ...] | list[str]) -> tuple[Flaw, ...]:
    """Tell which lines are none; what else no text may hold is for `checked` to find."""
    keyed = {"origin": origin, **{f"extensions[{i}]": line for i, line in enumerate(extensions)}}
    return tuple(
        Flaw(
            "checkpoint-line",
            "expected one line that is not empty, got {value!r}",
            {"value": line},
            key=key,
        )
        for key, line in keyed.items()
        if not line or "\n" in line
    )


def _size_flaws(size: str) -> tuple[Flaw, ...]:
    if _SIZE.fullmatch(size) and int(size) <= LARGEST:
        return ()
    return (
        Flaw(
            "checkpoint-size",
            "expected a number of events without sign, blanks and leading zeros, got {value!r}",
            {"value": size},
            key="size",
        ),
    )


def _root_flaws(root: str) -> tuple[Flaw, ...]:
    if len(from_base64(root) or b"") == ROOT_BYTES:
        return ()
    return (
        Flaw(
            "checkpoint-root",
            "expected the base64 of {count} bytes, got {value!r}; compare it letter by letter with "
            "where it comes from",
            {"count": ROOT_BYTES, "value": root},
            key="root",
        ),
    )
