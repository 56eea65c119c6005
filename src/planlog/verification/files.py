"""The event files of a folder as they lie there, whatever is wrong with them, line by line."""

import os
import re
import stat
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from planlog.errors import Flaw, StoreReadError
from planlog.stores import MAX_LINE, flaws
from planlog.stores.eventfiles import MAX_FILE, NAME_EXPECTED, READING, place_of
from planlog.stores.names import event_file, poses_as_event_file
from planlog.stores.refusals import refused_as
from planlog.verification import damage

CHUNK: Final = 2**16
"""How many bytes are read at once: a longer line is longer than an event may be."""


_BEGINNING: Final = re.compile(r"[0-9]{10}-[a-z][a-z-]*-[0-9a-f]{4}(?=[^0-9a-z])")


class Listing(NamedTuple):
    """What lies in a folder: event files by their *names*, in order; what else poses as one.

    *strangers* are files whose name no event file has, or that are called like one that is missing
    but for the ending. *flaws* tell what is wrong with the names.
    """

    names: list[str]
    strangers: list[str]
    flaws: list[Flaw]


def listed(folder: Path) -> Listing:
    """List what in *folder* is, or poses as, an event file; links are not followed."""
    names, strangers, found = [], [], []
    posing: list[os.DirEntry[str]] = []
    others: list[os.DirEntry[str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            (posing if poses_as_event_file(entry.name) else others).append(entry)
    for entry in sorted(posing, key=attrgetter("name")):
        place = place_of(folder, entry.name)
        if not entry.is_file(follow_symlinks=False):
            mode = entry.stat(follow_symlinks=False).st_mode
            found.append(flaws.not_a_file(place, mode))
        elif event_file(entry.name):
            names.append(entry.name)
        else:
            strangers.append(entry.name)
            found.append(flaws.foreign_file(place, entry.name, NAME_EXPECTED))
    for entry in sorted(others, key=attrgetter("name")):
        expected = _name_within(entry.name)
        if expected and expected not in names and entry.is_file(follow_symlinks=False):
            strangers.append(entry.name)
            found.append(damage.misnamed_file(place_of(folder, entry.name), expected))
    return Listing(names, strangers, found)


def _name_within(name: str) -> str | None:
    """Find the name of an event file in one that only ends otherwise."""
    parts = _BEGINNING.match(name)
    return f"{parts[0]}.jsonl" if parts else None


class Reader:
    """Reads a file in blocks of whole lines; what is left without a line feed is the *rest*.

    A file that is too big, and what follows a line that is too long, is not read: *flaw* tells.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._path = folder / name
        self._place = place_of(folder, name)
        self.size = 0
        self.rest = b""
        self.flaw: Flaw | None = None

    def blocks(self) -> Iterator[tuple[bytes, list[bytes]]]:
        """Yield each chunk of the file together with the lines that end in it."""
        descriptor = os.open(self._path, READING)
        try:
            status = os.fstat(descriptor)
            self.size = status.st_size
            if not stat.S_ISREG(status.st_mode):
                self.flaw = flaws.not_a_file(self._place, status.st_mode)
            elif self.size > MAX_FILE:
                self.flaw = flaws.huge_file(self._place, self.size, MAX_FILE)
            else:
                yield from self._blocks(descriptor)
        finally:
            os.close(descriptor)

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of the file that are not empty."""
        for _, lines in self.blocks():
            yield from filter(None, lines)
        if self.rest:
            yield self.rest

    def _blocks(self, descriptor: int) -> Iterator[tuple[bytes, list[bytes]]]:
        while chunk := os.read(descriptor, CHUNK):
            lines = (self.rest + chunk).split(b"\n")
            self.rest = lines.pop()
            # Only a line that began in an earlier chunk can be too long.
            longest = len(lines[0]) if lines else len(self.rest)
            if longest > MAX_LINE:
                self.flaw = flaws.long_line(self._place, longest, MAX_LINE)
                self.rest = b""
                return
            yield chunk, lines


def first_line(folder: Path) -> bytes | None:
    """Return the first line of a log, however long that is, or None where there is none.

    Raises `StoreReadError` where the platform refuses.
    """
    with refused_as(StoreReadError, folder):
        for name in listed(folder).names[:1]:
            for _, lines in Reader(folder, name).blocks():
                return lines[0] if lines else None
    return None
