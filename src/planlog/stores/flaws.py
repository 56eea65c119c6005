"""What can be wrong with a folder of event files, each flaw with its remedy."""

import stat
from typing import Final

from planlog.errors import Flaw
from planlog.stores.names import EventFile

DOUBLED: Final = "doubled-file"
"""The code of the flaw that joining two logs mends."""

_KINDS: Final = {
    stat.S_IFLNK: "symlink",
    stat.S_IFDIR: "folder",
    stat.S_IFIFO: "fifo",
    stat.S_IFSOCK: "socket",
}


def missing_first_file(place: str, after: EventFile) -> Flaw:
    """The log does not begin at position 0."""
    return Flaw(
        "missing-first-file",
        "position 0 is missing before {after!r}; "
        "put back the file that begins at position 0, from a copy or from version control"
        if after.position == 1
        else "positions 0 to {last} are missing before {after!r}; "
        "put back the file that begins at position 0, from a copy or from version control",
        {"last": after.position - 1, "after": after.name},
        place=place,
    )


def missing_file(place: str, before: EventFile, end: int, after: EventFile) -> Flaw:
    """Between *before*, which ends before position *end*, and *after* there is a gap."""
    return Flaw(
        "missing-file",
        "position {first} is missing between {before!r} and {after!r}; "
        "put back the file that begins at position {first}, from a copy or from version control"
        if end == after.position - 1
        else "positions {first} to {last} are missing between {before!r} and {after!r}; "
        "put back the file that begins at position {first}, from a copy or from version control",
        {"first": end, "last": after.position - 1, "before": before.name, "after": after.name},
        place=place,
    )


def doubled_file(place: str, file: EventFile, other: EventFile) -> Flaw:
    """*file* begins inside an *other*."""
    return Flaw(
        DOUBLED,
        "{name!r} begins at position {position}, which {other!r} holds already; planlog verify "
        "tells what happened; if two clones of the plan were merged, run planlog join, else move "
        "out of the folder what does not belong there",
        {"name": file.name, "position": file.position, "other": other.name},
        place=place,
    )


def foreign_file(place: str, name: str, expected: str) -> Flaw:
    """A file has a *name* that is not its own, or that no event file has."""
    return Flaw(
        "foreign-file",
        "expected a name such as {expected!r}, got {name!r}; "
        "move the file out of the folder, or give it back its own name",
        {"expected": expected, "name": name},
        place=place,
    )


def not_a_file(place: str, mode: int) -> Flaw:
    """Something else has the name of an event file; *mode* is what lstat says of it."""
    return Flaw(
        "not-a-file",
        "expected a regular file, got {kind!r}; move it out of the folder",
        {"kind": _KINDS.get(stat.S_IFMT(mode), "device")},
        place=place,
    )


def huge_file(place: str, size: int, limit: int) -> Flaw:
    """A file is too big to be read at once."""
    return Flaw(
        "huge-file",
        "expected a file of at most {limit} bytes, got {size}; move it out of the folder",
        {"limit": limit, "size": size},
        place=place,
    )


def cut_file(place: str, size: int) -> Flaw:
    """A file ends within a line, or is empty."""
    return Flaw(
        "cut-file",
        "the file ends after {size} bytes without a line feed, so a part of it is missing; "
        "put it back from a copy or from version control",
        {"size": size},
        place=place,
    )


def blank_line(place: str) -> Flaw:
    """A line is empty."""
    return Flaw(
        "blank-line",
        "expected an event, got an empty line; "
        "put the file back from a copy or from version control",
        place=place,
    )


def long_line(place: str, length: int, limit: int) -> Flaw:
    """A line is longer than any event."""
    return Flaw(
        "long-line",
        "expected a line of at most {limit} bytes, got {length}; "
        "put the file back from a copy or from version control",
        {"limit": limit, "length": length},
        place=place,
    )
