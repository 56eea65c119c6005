"""The event files of a folder: which there are, what they hold, and what is wrong with them."""

import os
import stat
from collections.abc import Callable, Iterator
from itertools import islice, zip_longest
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from planlog.errors import DamagedLogError, Flaw
from planlog.stores import MAX_LINE, flaws
from planlog.stores.names import (
    EventFile,
    belongs,
    event_file,
    event_file_name,
    poses_as_event_file,
)

MAX_FILE: Final = 2**30
"""The longest event file, in bytes; a batch is read and written at once."""

_MAX_FLAWS: Final = 100
_MAX_LISTINGS: Final = 5
READING: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
"""How a file is opened that may have become a link or a pipe since it was listed."""

_FAR: Final = 10**10
"""The first position that no file name has the digits for."""

NAME_EXPECTED: Final = "0000000000-plan-opened-9f3c.jsonl"
"""What an event file may be called, for those who are told that theirs is not."""

T = TypeVar("T")


class _Part(NamedTuple):
    """A file, its lines, and the position after them.

    Where it was not opened or cannot be trusted it has no lines, and is taken to reach the next
    file: what is wrong is not between the two, or a flaw of its own tells more.
    """

    file: EventFile
    lines: list[bytes]
    end: int


class StoredBatch(NamedTuple):
    """A file of events: its *name*, the *position* of its first line, and its *lines*."""

    name: str
    position: int
    lines: tuple[bytes, ...]


def count_lines(folder: Path) -> int:
    """Return how many lines the files of *folder* hold, looking into the last of them only."""
    return _settled(lambda: _count(folder))


def read_lines(folder: Path, start: int, stop: int | None) -> list[bytes]:
    """Return the lines from *start* up to before *stop*, opening only the files that hold them."""
    return _settled(lambda: _read(folder, start, stop))


def read_batches(folder: Path, *, overlapping: bool = False) -> list[StoredBatch]:
    """Return every file of *folder*, by position; if *overlapping*, those too that begin in others.

    Raises `DamagedLogError` naming whatever is wrong with them.
    """
    return _settled(lambda: _batches(folder, overlapping))


def find_place(folder: Path, position: int) -> str:
    """Name the file and line of *position*, whatever else may be wrong."""
    files, _ = _listed(folder)
    file = max((file for file in files if file.position <= position), default=None)
    if file is None:
        raise IndexError(f"no line at position {position}")
    return place_of(folder, file.name, position - file.position + 1)


def with_line(folder: Path, position: int, line: bytes) -> tuple[str, bytes]:
    """The name of the file that holds *position*, and its content with *line* there instead.

    Raises `IndexError` where there is no such line.
    """
    parts, found = _parts(folder, max(position, 0), position + 1)
    if found:
        raise DamagedLogError(tuple(found))
    for file, lines, end in parts:
        if lines and file.position <= position < end:
            lines[position - file.position] = line
            return file.name, b"\n".join((*lines, b""))
    raise IndexError(f"no line at position {position}")


def place_of(folder: Path, name: str, line: int | None = None) -> str:
    """Name a place in *folder* for people; no file name can play tricks on their terminal."""
    place = f"{folder.name}/{shown(name)}"
    return place if line is None else f"{place}:{line}"


def shown(name: str) -> str:
    """Return *name*, spelt out where it could play tricks on a terminal."""
    return name if name.isprintable() else ascii(name)[1:-1]


def _settled(judge: Callable[[], tuple[T, list[Flaw]]]) -> T:
    """Judge until there are no flaws, or the same ones twice.

    A listing is no snapshot: while another process appends, it may show a file and lack the one
    before it. The next listing is sure to have what was there when the first one ended.
    """
    doubted: list[Flaw] = []
    left = _MAX_LISTINGS
    while True:
        left -= 1
        try:
            answer, found = judge()
        except FileNotFoundError:  # renamed since it was listed
            if not left:
                raise
            continue
        if not found:
            return answer
        if found == doubted or not left:
            raise DamagedLogError(tuple(found))
        doubted = found


def _count(folder: Path) -> tuple[int, list[Flaw]]:
    parts, found = _parts(folder, _FAR - 1, None)
    return parts[-1].end if parts else 0, found


def _read(folder: Path, start: int, stop: int | None) -> tuple[list[bytes], list[Flaw]]:
    parts, found = _parts(folder, start, stop)
    origin = next((part.file.position for part in parts if part.lines), 0)
    lines = [line for part in parts for line in part.lines]
    return lines[start - origin : None if stop is None else stop - origin], found


def _batches(folder: Path, overlapping: bool) -> tuple[list[StoredBatch], list[Flaw]]:
    parts, found = _parts(folder, -1, None)  # so that of two at position 0 both are opened
    batches = [StoredBatch(file.name, file.position, tuple(lines)) for file, lines, _ in parts]
    return batches, [flaw for flaw in found if not overlapping or flaw.code != flaws.DOUBLED]


def _parts(folder: Path, start: int, stop: int | None) -> tuple[list[_Part], list[Flaw]]:
    """All files of *folder*, opened where by their names they may hold a line of the range."""
    files, found = _listed(folder)
    parts = []
    for file, following in zip_longest(files, files[1:]):
        next_position = following.position if following else _FAR
        lines: list[bytes] = []
        if next_position > start and (stop is None or file.position < stop):
            lines, wrong = _lines_in(folder, file)
            found += wrong
        end = file.position + len(lines) if lines else max(file.position + 1, next_position)
        parts.append(_Part(file, lines, end))
    found += _joint_flaws(folder, parts)
    return parts, found


def _listed(folder: Path) -> tuple[list[EventFile], list[Flaw]]:
    files, found = [], []
    with os.scandir(folder) as entries:
        posing = [entry for entry in entries if poses_as_event_file(entry.name)]
    for entry in sorted(posing, key=attrgetter("name")):
        if not entry.is_file(follow_symlinks=False):
            mode = entry.stat(follow_symlinks=False).st_mode
            found.append(flaws.not_a_file(place_of(folder, entry.name), mode))
        elif file := event_file(entry.name):
            files.append(file)
        else:
            place = place_of(folder, entry.name)
            found.append(flaws.foreign_file(place, entry.name, NAME_EXPECTED))
    return files, found


def _lines_in(folder: Path, file: EventFile) -> tuple[list[bytes], list[Flaw]]:
    place = place_of(folder, file.name)
    content = content_of(folder / file.name, place, MAX_FILE)
    if isinstance(content, Flaw):
        return [], [content]
    if not content.endswith(b"\n"):
        return [], [flaws.cut_file(place, len(content))]
    lines = content.split(b"\n")
    lines.pop()
    found = list(islice(_line_flaws(folder, file, lines), _MAX_FLAWS))
    return [] if found else lines, found


def content_of(path: Path, place: str, limit: int) -> bytes | Flaw:
    """Read a file of at most *limit* bytes, judged once it is open: it may not be what was listed.

    A link is not followed: opening one is what the platform refuses.
    """
    descriptor = os.open(path, READING)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return flaws.not_a_file(place, status.st_mode)
        if status.st_size > limit:
            return flaws.huge_file(place, status.st_size, limit)
        return _read_up_to(status.st_size, descriptor)
    finally:
        os.close(descriptor)


def _read_up_to(size: int, descriptor: int) -> bytes:
    chunks = []
    while size and (chunk := os.read(descriptor, size)):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def _line_flaws(folder: Path, file: EventFile, lines: list[bytes]) -> Iterator[Flaw]:
    if not belongs(file, lines[0]):
        expected = event_file_name(file.position, lines[0])
        yield flaws.foreign_file(place_of(folder, file.name), file.name, expected)
    for number, line in enumerate(lines, start=1):
        if not line:
            yield flaws.blank_line(place_of(folder, file.name, number))
        elif len(line) > MAX_LINE:
            yield flaws.long_line(place_of(folder, file.name, number), len(line), MAX_LINE)


def _joint_flaws(folder: Path, parts: list[_Part]) -> Iterator[Flaw]:
    """The flaws where a file does not begin at the position where the one before it ends."""
    end, before = 0, None
    for file, _, part_end in parts:
        if file.position != end:
            yield _joint_flaw(place_of(folder, file.name), before, end, file)
        if part_end > end:
            end, before = part_end, file


def _joint_flaw(place: str, before: EventFile | None, end: int, file: EventFile) -> Flaw:
    if before is None:
        return flaws.missing_first_file(place, file)
    if file.position > end:
        return flaws.missing_file(place, before, end, file)
    return flaws.doubled_file(place, file, before)
