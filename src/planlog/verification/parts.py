"""The lines of a log that is small enough to be searched, file by file."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from planlog.errors import Flaw
from planlog.stores.eventfiles import content_of, place_of
from planlog.stores.names import EventFile, belongs, event_file
from planlog.trust.leaves import leaf_of

_ID: Final = re.compile(rb'"id": ?"([0-9a-f]{16})"')
_RECORDED: Final = re.compile(rb'"recorded": ?"([0-9TZ:-]{20})"')
_HEAD: Final = 400
"""How far into a line its id and its time are looked for."""


@attrs.frozen
class Part:
    """A file and its *lines*; *numbers* tell where each of them stands in the file, from 1.

    *content* is the whole of it as it was found.
    """

    name: str
    place: str
    file: EventFile | None
    content: bytes
    lines: tuple[bytes, ...]
    numbers: tuple[int, ...]
    leaves: tuple[bytes, ...]

    @classmethod
    def of(cls, name: str, place: str, content: bytes) -> "Part":
        """Take *content* apart; empty lines are none, and the last line may lack its end."""
        found = [(n, line) for n, line in enumerate(content.split(b"\n"), start=1) if line]
        lines = tuple(line for _, line in found)
        numbers = tuple(number for number, _ in found)
        leaves = tuple(map(leaf_of, lines))
        return cls(name, place, event_file(name), content, lines, numbers, leaves)

    def with_lines(self, lines: Sequence[bytes], numbers: Sequence[int] | None = None) -> "Part":
        """The same file with other *lines*."""
        numbers = self.numbers if numbers is None else numbers
        leaves = tuple(map(leaf_of, lines))
        return attrs.evolve(self, lines=tuple(lines), numbers=tuple(numbers), leaves=leaves)

    def called(self, name: str) -> "Part":
        """The same lines in a file of that *name*."""
        return attrs.evolve(self, name=name, file=event_file(name))

    def line_place(self, index: int) -> str:
        """Name the place of one of the lines."""
        return f"{self.place}:{self.numbers[index]}"

    @property
    def begins_as_named(self) -> bool:
        """Whether the first line has the id that the name of the file promises."""
        return self.file is not None and bool(self.lines) and belongs(self.file, self.lines[0])


View = tuple[Part, ...]
"""The files of a log in the order of its lines."""


def leaves_of(parts: Sequence[Part]) -> list[bytes]:
    """The leaves of all lines, in their order."""
    return [leaf for part in parts for leaf in part.leaves]


def part_in(folder: Path, name: str, limit: int) -> Part:
    """Read a file of at most *limit* bytes; what is none, or has become longer, has no lines."""
    place = place_of(folder, name)
    content = content_of(folder / name, place, limit)
    return Part.of(name, place, b"" if isinstance(content, Flaw) else content)


def event_id(line: bytes) -> str | None:
    """Find the id of an event in its *line*, even if that is damaged."""
    found = _ID.search(line[:_HEAD])
    return found[1].decode() if found else None


def recorded(line: bytes) -> str:
    """Find when an event was recorded in its *line*; nothing comes before everything."""
    found = _RECORDED.search(line)
    return found[1].decode() if found else ""
