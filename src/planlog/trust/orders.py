"""In which order lines that stand here were another log, so that its checkpoints can be checked."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Final

import attrs

from planlog.errors import MOST_TOLD, Flaw, NoteError
from planlog.trust.merkle import HASH_LENGTH
from planlog.trust.texts import from_base64, to_base64
from planlog.values import Value

_FIRST: Final = "planlog join 1"
_NUMBER: Final = "0|[1-9][0-9]{0,15}"
_HERE: Final = re.compile(f"here ({_NUMBER}) ([A-Za-z0-9+/=]{{1,99}})")
_LINES: Final = re.compile(f"lines ({_NUMBER}) ({_NUMBER})")
_LEAF: Final = re.compile("leaf ([A-Za-z0-9+/=]{1,99})")

Piece = range | bytes
"""Lines that stand here, by their positions, or the leaf of one line that does not."""

Where = int | bytes
"""The position of a line that stands here, or the leaf of one that does not."""


@attrs.frozen(repr=False)
class Order(Value):
    """In which order present lines were another log, in *pieces*.

    A line of theirs that was left out, because the same event stood here already, is there by its
    leaf only. *size* and *root* are those of the log whose positions these are, as it was when the
    two were joined.
    """

    pieces: tuple[Piece, ...]
    size: int
    root: bytes

    @classmethod
    def of(cls, places: Iterable[Where], size: int, root: bytes) -> "Order":
        """Put an order together from the place of each line.

        >>> Order.of([0, 1, 5, bytes(32), 6], 7, bytes(32)).pieces[:2]
        (range(0, 2), range(5, 6))
        """
        pieces: list[Piece] = []
        for place in places:
            last = pieces[-1] if pieces else None
            if isinstance(place, bytes):
                pieces.append(place)
            elif isinstance(last, range) and last.stop == place:
                pieces[-1] = range(last.start, place + 1)
            else:
                pieces.append(range(place, place + 1))
        return cls(tuple(pieces), size, root)

    @classmethod
    def parse(cls, raw: bytes) -> "Order":
        """Read an order; raise `NoteError`, with everything that is wrong in it, if it is none.

        Lines may end as Windows has them: nobody has to believe an order, and git may have made
        them so.
        """
        text = raw.decode("ascii", errors="backslashreplace").replace("\r\n", "\n")
        first, *lines = text.split("\n")
        here = _HERE.fullmatch(lines[0]) if lines else None
        root = None if here is None else _hash(here[2])
        flaws: list[Flaw] = []
        if first != _FIRST:
            flaws.append(_flaw(1, first, _FIRST))
        if here is None or root is None:
            flaws.append(_flaw(2, "".join(lines[:1]), "here SIZE ROOT"))
        if len(lines) < 2 or lines.pop():
            flaws.append(Flaw("order-cut", "the end is cut off; join the two logs again"))
        found: list[Piece] = []
        for number, line in enumerate(lines[1:], 3):
            piece = _piece(number, line)
            if not isinstance(piece, Flaw):
                found.append(piece)
            elif len(flaws) < MOST_TOLD:  # or a file of nothing else would fill the memory
                flaws.append(piece)
        ranges = [one for one in found if isinstance(one, range)]
        size = int(here[1]) if here else sys.maxsize
        beyond = next((one for one in ranges if one.stop > size), None)
        if beyond is not None:
            flaws.append(
                Flaw(
                    "order-beyond",
                    "position {position} is named, of a log of {size} events; join the two logs "
                    "again",
                    {"position": beyond.stop - 1, "size": size},
                )
            )
        doubled = _doubled(ranges)
        flaws += islice(doubled, MOST_TOLD)
        if flaws or here is None or root is None:
            raise NoteError(tuple(flaws))
        return cls(tuple(found), size, root)

    @property
    def text(self) -> str:
        """The order as it is written."""
        told = (
            f"lines {piece.start} {piece.stop}"
            if isinstance(piece, range)
            else f"leaf {to_base64(piece)}"
            for piece in self.pieces
        )
        lines = (_FIRST, f"here {self.size} {to_base64(self.root)}", *told)
        return "".join(f"{line}\n" for line in lines)

    @property
    def count(self) -> int:
        """How many lines the other log had."""
        return sum(len(one) if isinstance(one, range) else 1 for one in self.pieces)

    @property
    def name(self) -> str:
        """A name that no other order has: how many lines, and the beginning of a hash."""
        return f"{self.count:010d}-{sha256(self.text.encode()).hexdigest()[:8]}"

    @property
    def places(self) -> Iterator[Where]:
        """The place of each line, in their order."""
        for piece in self.pieces:
            if isinstance(piece, range):
                yield from piece
            else:
                yield piece

    def ranges(self, size: int) -> Iterator[range]:
        """The positions of those of the first *size* lines that stand here."""
        for piece in self.pieces:
            if isinstance(piece, range):
                yield piece[:size]
            size = max(0, size - (len(piece) if isinstance(piece, range) else 1))

    def leaves(self, present: Sequence[bytes]) -> list[bytes]:
        """Return their leaves, given those that are *present*; `IndexError` if there are too few.

        There are no more of them than are present, and one for each line that the order names.
        """
        found: list[bytes] = []
        for piece in self.pieces:
            if isinstance(piece, bytes):
                found.append(piece)
            elif piece.stop <= len(present):
                found += present[piece.start : piece.stop]
            else:
                raise IndexError(f"expected {piece.stop} lines, there are {len(present)}")
        return found


def _piece(number: int, line: str) -> Piece | Flaw:
    if (parts := _LINES.fullmatch(line)) and int(parts[1]) < int(parts[2]):
        return range(int(parts[1]), int(parts[2]))
    if (parts := _LEAF.fullmatch(line)) and (leaf := _hash(parts[1])):
        return leaf
    return _flaw(number, line, "lines FROM TO, leaf HASH")


def _doubled(ranges: Iterable[range]) -> Iterator[Flaw]:
    """No line stands twice in a log: so what an order asks for has a limit."""
    end = 0
    for one in sorted(ranges, key=lambda each: (each.start, each.stop)):
        if one.start < end:
            yield Flaw(
                "order-doubled",
                "position {position} is named twice; join the two logs again",
                {"position": one.start},
            )
        end = max(end, one.stop)


def _hash(text: str) -> bytes | None:
    raw = from_base64(text)
    return raw if raw is not None and len(raw) == HASH_LENGTH else None


def _flaw(number: int, line: str, form: str) -> Flaw:
    return Flaw(
        "order-line",
        "line {number}: expected {form}, got {value!r}; join the two logs again",
        {"number": number, "form": form, "value": line[:100]},
    )
