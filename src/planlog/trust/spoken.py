"""A checkpoint to be read out and typed in: its size and the beginning of its root, in digits.

The check digits are those of H. Michael Damm (Total anti-symmetrische Quasigruppen, Marburg 2004):
they catch every single wrong digit and every swap of two neighbours. Each group begins its own with
the number of its place, so that a group in the place of another one is caught too.
"""

import re
from typing import Final

import attrs

from planlog.errors import Flaw, NoteError
from planlog.trust.checkpoints import LARGEST, ROOT_BYTES, Checkpoint
from planlog.trust.texts import refused
from planlog.values import Value

GROUPS: Final = 7
"""How many groups are spoken of a root."""

GROUP_BITS: Final = 13
"""How many bits of the root a group of four digits tells."""

PREFIX_BITS: Final = GROUPS * GROUP_BITS
"""How many bits of the root are spoken."""

_LARGEST_GROUP: Final = 2**GROUP_BITS - 1
_MOST_CHARACTERS: Final = 1_000
_EXAMPLE: Final = "63-8 · 0000-2 1032-5 …"
_TABLE: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_SIZE: Final = re.compile("(0|[1-9][0-9]{0,18})-?([0-9])")
_GROUP: Final = re.compile("([0-9]{4})-?([0-9])")
_DASH: Final = re.compile(r"\s*[-‐‑‒–—−]\s*")
_BETWEEN: Final = re.compile(r"[\s·•.,;/|]+")


@attrs.frozen(repr=False)
class Spoken(Value):
    """What is spoken of a checkpoint: the *size*, and the first 91 bits of the root, the *prefix*.

    It tells less than the root does: nobody finds another log with the same prefix afterwards, but
    whoever keeps the log could prepare two that share it.
    """

    size: int
    prefix: int

    @classmethod
    def of(cls, checkpoint: Checkpoint) -> "Spoken":
        """Return what is spoken of *checkpoint*."""
        return cls(checkpoint.size, _prefix(checkpoint.root))

    @property
    def text(self) -> str:
        """How it is written: the size and the groups, each with its check digit."""
        shifts = range(PREFIX_BITS - GROUP_BITS, -1, -GROUP_BITS)
        groups = [f"{self.prefix >> shift & _LARGEST_GROUP:04d}" for shift in shifts]
        told = [f"{digits}-{_check(digits, i)}" for i, digits in enumerate(groups, start=1)]
        return f"{self.size}-{_check(str(self.size), 0)} · {' '.join(told)}"

    def fits(self, size: int, root: bytes) -> bool:
        """Tell whether a log of that *size* and *root* is the one that is spoken of."""
        return size == self.size and _prefix(root) == self.prefix


def spoken(checkpoint: Checkpoint) -> str:
    """Write *checkpoint* to be read out.

    >>> spoken(Checkpoint("planlog/9f3c0a6be1d24857", 63, bytes(range(32))))
    '63-8 · 0000-2 1032-5 0386-9 0080-9 3086-3 0514-9 2128-9'
    """
    return Spoken.of(checkpoint).text


def parse_spoken(text: str) -> Spoken:
    """Read what was read out, however it was put in lines and parted.

    Raise `NoteError`, with every group that is wrong, if it cannot be that.
    """
    # What is that long is no longer looked into.
    words = [word for word in _BETWEEN.split(_DASH.sub("-", text[:_MOST_CHARACTERS])) if word]
    if len(words) != 1 + GROUPS:
        raise refused(
            Flaw(
                "spoken-count",
                "expected the size and {count} groups, such as {example}, got {found} in all",
                {"count": GROUPS, "example": _EXAMPLE, "found": len(words)},
            )
        )
    size, flaws = _size(words[0])
    prefix = 0
    for number, word in enumerate(words[1:], start=1):
        group, wrong = _group(word, number)
        flaws += wrong
        prefix = prefix << GROUP_BITS | group
    if flaws:
        raise NoteError(tuple(flaws))
    return Spoken(size, prefix)


def looks_spoken(text: str) -> bool:
    """Tell whether *text* is meant to be what was read out, rather than a checkpoint or a note.

    >>> looks_spoken("63-8 · 0000-2 1032-5 ...")
    True
    """
    digits = sum(mark in "0123456789" for mark in text)
    return "=" not in text and digits > sum(map(str.isalpha, text))


def _size(word: str) -> tuple[int, list[Flaw]]:
    parts = _SIZE.fullmatch(word)
    if parts is None or int(parts[1]) > LARGEST:
        return 0, [
            Flaw(
                "spoken-size",
                "the size: expected a number of events and a check digit, such as 63-8, "
                "got {value!r}",
                {"value": word},
            )
        ]
    if _check(parts[1], 0) != int(parts[2]):
        return 0, [
            Flaw(
                "spoken-size-digit",
                "the size: the check digit does not fit in {value!r}; read it again",
                {"value": word},
            )
        ]
    return int(parts[1]), []


def _group(word: str, number: int) -> tuple[int, list[Flaw]]:
    parts = _GROUP.fullmatch(word)
    if parts is None or int(parts[1]) > _LARGEST_GROUP:
        return 0, [
            Flaw(
                "spoken-group",
                "group {number}: expected four digits, at most {most}, and a check digit, "
                "such as 4821-7, got {value!r}",
                {"number": number, "most": _LARGEST_GROUP, "value": word},
            )
        ]
    if _check(parts[1], number) != int(parts[2]):
        return 0, [
            Flaw(
                "spoken-group-digit",
                "group {number}: the check digit does not fit in {value!r}; read it again, and "
                "look whether it stands in its place",
                {"number": number, "value": word},
            )
        ]
    return int(parts[1]), []


def _check(digits: str, start: int) -> int:
    """The check digit of *digits*: the one that leads back to 0."""
    state = start
    for digit in digits:
        state = int(_TABLE[state][int(digit)])
    return state


def _prefix(root: bytes) -> int:
    return int.from_bytes(root) >> 8 * ROOT_BYTES - PREFIX_BITS
