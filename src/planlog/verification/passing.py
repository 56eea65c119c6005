"""One pass over a log: the root at every size that is asked about, and what catches the eye.

Memory grows with the number of files and erasures, not with that of lines.
"""

import copy
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import attrs

from planlog.codec import read_tombstone
from planlog.codec.tombstones import Tombstone
from planlog.errors import Flaw
from planlog.stores import flaws
from planlog.stores.eventfiles import place_of
from planlog.stores.names import belongs, event_file, event_file_name
from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import Frontier
from planlog.verification import damage
from planlog.verification.files import Listing, Reader

MOST_IN_TAIL: Final = 50_000
"""How many leaves are kept at most."""

BOM: Final = b"\xef\xbb\xbf"
GZIP: Final = b"\x1f\x8b"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")

# Every line that is neither erased nor damaged is longer than the mark of an erased one.
_LONGEST_MARK: Final = 110
_TYPE: Final = slice(39, 45)
"""Where in a line the type stands, while the version of the format has one digit."""

_ERASED: Final = b"erased"


class Mark(NamedTuple):
    """What stands in place of an erased line, and where."""

    position: int
    tombstone: Tombstone


class Sign(NamedTuple):
    """What catches the eye in the file or at the line that is at a *position*.

    What is *refutable* is no damage if a root shows that the lines are right.
    """

    flaw: Flaw
    position: int
    refutable: bool


@attrs.define
class Passed:
    """What a pass over the files of a folder found.

    *frontiers* has the tree at each size that was asked about; *starts* the position at which each
    of the *names* begins; *unread* are the files whose end nobody knows. *erasures* are the lines
    of events that tell of one, with their positions. *tail* are the leaves behind all sizes that
    were asked about, from *tail_start* on, if they are not too many; *length* is that of all files.
    """

    folder: Path
    names: list[str]
    starts: "array[int]" = attrs.field(factory=lambda: array("q"))
    frontier: Frontier = attrs.field(factory=Frontier)
    frontiers: dict[int, Frontier] = attrs.field(factory=dict)
    first: bytes | None = None
    marks: list[Mark] = attrs.field(factory=list)
    erasures: list[tuple[int, bytes]] = attrs.field(factory=list)
    signs: list[Sign] = attrs.field(factory=list)
    unread: set[str] = attrs.field(factory=set)
    tail: list[bytes] = attrs.field(factory=list)
    tail_start: int = 0
    length: int = 0

    @property
    def size(self) -> int:
        """How many lines there are."""
        return self.frontier.size

    def place(self, position: int) -> str:
        """Name the file and line of a position."""
        index = bisect_right(self.starts, position) - 1
        return place_of(self.folder, self.names[index], position - self.starts[index] + 1)

    def lines(self) -> Iterator[bytes]:
        """Read all lines again."""
        for name in self.names:
            yield from Reader(self.folder, name).lines()

    def files(self, start: int, stop: int) -> list[str]:
        """Name the files that hold the lines from *start* up to before *stop*."""
        first = bisect_right(self.starts, start) - 1
        return self.names[first : bisect_right(self.starts, stop - 1)]

    def counted(self) -> Iterator[tuple[str, int | None]]:
        """Tell how many lines each file has, where that is known."""
        for name, (start, end) in zip(self.names, pairwise((*self.starts, self.size)), strict=True):
            yield name, None if name in self.unread else end - start


def passed_over(folder: Path, listing: Listing, sizes: Collection[int]) -> Passed:
    """Read and hash every line of *folder* once, and keep the trees at *sizes*."""
    passed = Passed(folder, listing.names)
    asked = sorted(sizes, reverse=True)
    for name in listing.names:
        passed.starts.append(passed.size)
        _File(passed, name, asked).read()
    _keep(passed, asked)
    return passed


def _keep(passed: Passed, asked: list[int]) -> None:
    while asked and asked[-1] == passed.size:
        passed.frontiers[asked.pop()] = copy.deepcopy(passed.frontier)


class _File:
    """One file while it is passed."""

    def __init__(self, passed: Passed, name: str, asked: list[int]) -> None:
        self._passed, self._name, self._asked = passed, name, asked
        self._place = place_of(passed.folder, name)
        self._start = passed.size
        self._blank = 0
        self._returns = 0
        self._last_return = 0
        self._is_text = True

    def read(self) -> None:
        """Take in every line."""
        reader = Reader(self._passed.folder, self._name)
        begun = False
        for chunk, lines in reader.blocks():
            if not begun:
                self._look_at(lines[0] if lines else chunk)
                begun = True
            if b"\r" in chunk:
                self._count_returns(lines)
            if lines:
                self._take(lines)
        self._passed.length += reader.size
        self._finish(reader)

    def _look_at(self, first: bytes) -> None:
        """Look at the *first* line: what was done to a whole file shows there."""
        if self._passed.first is None:
            self._passed.first = first
        self._is_text = not first.startswith((GZIP, *UTF_16))
        if first.startswith(GZIP):
            self._sign(damage.compressed(self._place))
        elif not self._is_text:
            self._sign(damage.encoding(self._place, "UTF-16"))
        elif first.startswith(BOM):
            self._sign(damage.byte_order_mark(self._place))
        file = event_file(self._name)
        if file and not belongs(file, first):
            expected = event_file_name(file.position, first)
            self._sign(flaws.foreign_file(self._place, self._name, expected), refutable=False)

    def _take(self, lines: Sequence[bytes]) -> None:
        shortest = min(map(len, lines))
        if not shortest:
            lines = list(self._filled(lines))
        passed = self._passed
        if _ERASED in [line[_TYPE] for line in lines]:
            passed.erasures += (
                (position, line)
                for position, line in enumerate(lines, passed.size)
                if line[_TYPE] == _ERASED
            )
        if shortest > _LONGEST_MARK:
            self._add([sha256(b"\0" + line).digest() for line in lines])
            return
        found = ((at, read_tombstone(line)) for at, line in enumerate(lines, passed.size))
        passed.marks += (Mark(position, mark) for position, mark in found if mark)
        self._add(list(map(leaf_of, lines)))

    def _filled(self, lines: Sequence[bytes]) -> Iterator[bytes]:
        """The *lines* that are not empty."""
        number = self._passed.size - self._start + self._blank
        for line in lines:
            number += 1
            if line:
                yield line
            else:
                self._blank += 1
                place = place_of(self._passed.folder, self._name, number)
                self._sign(flaws.blank_line(place), refutable=False)

    def _add(self, leaves: Sequence[bytes]) -> None:
        """Add *leaves* to the tree, which is kept at the sizes that are asked about."""
        passed, asked, start = self._passed, self._asked, 0
        while asked and passed.size + len(leaves) - start >= asked[-1]:
            stop = start + asked[-1] - passed.size
            passed.frontier.add_leaves(leaves[start:stop])
            _keep(passed, asked)
            start = stop
        left = leaves[start:] if start else leaves
        if not asked and len(passed.tail) < MOST_IN_TAIL:
            passed.tail_start = passed.tail_start if passed.tail else passed.size
            passed.tail += left
        passed.frontier.add_leaves(left)

    def _finish(self, reader: Reader) -> None:
        if reader.flaw:
            self._passed.unread.add(self._name)
            self._sign(reader.flaw, refutable=False)
        elif not reader.size:
            self._passed.unread.add(self._name)
            self._sign(damage.empty_file(self._place), refutable=False)
        elif reader.rest:
            self._count_returns([reader.rest])
            self._take([reader.rest])
            if self._is_text:
                number = self._passed.size - self._start + self._blank
                place = place_of(self._passed.folder, self._name, number)
                self._sign(damage.cut_within_line(place), self._passed.size - 1)
        if self._returns and self._is_text:
            self._sign(damage.line_ends(self._place, self._returns), self._last_return)

    def _count_returns(self, lines: Sequence[bytes]) -> None:
        found = [at for at, line in enumerate(lines, self._passed.size) if line.endswith(b"\r")]
        if found:
            self._returns += len(found)
            self._last_return = found[-1]

    def _sign(self, flaw: Flaw, position: int | None = None, *, refutable: bool = True) -> None:
        """Note what catches the eye in the file, or at a *position* in it."""
        at = self._start if position is None else position
        self._passed.signs.append(Sign(flaw, at, refutable))
