"""How event files are called: the position, type and id that their first event begins with."""

import re
from typing import Final, NamedTuple

_NAME: Final = re.compile(r"([0-9]{10})-[a-z][a-z-]*-([0-9a-f]{4})\.jsonl")
_BEGINNING: Final = re.compile(
    rb'\{"v":[0-9]{1,9},"id":"([0-9a-f]{4})[0-9a-f]{12}","type":"([a-z][a-z_]{0,63})"'
)


class EventFile(NamedTuple):
    """What the name of an event file says: the *position* and first *digits* of its first event."""

    name: str
    position: int
    digits: str


def event_file(name: str) -> EventFile | None:
    """Read *name*, or return None where no event file is called so.

    >>> event_file("0000000005-conference-held-77ab.jsonl").position
    5
    """
    if parts := _NAME.fullmatch(name):
        return EventFile(name, int(parts[1]), parts[2])
    return None


def event_file_name(position: int, first_line: bytes) -> str:
    """Name the file whose *first_line* stands at *position*.

    >>> event_file_name(5, b'{"v":1,"id":"77ab6be1d2485700","type":"conference_held"}')
    '0000000005-conference-held-77ab.jsonl'
    """
    if parts := _BEGINNING.match(first_line):
        digits, slug = parts[1].decode(), parts[2].decode().replace("_", "-")
    else:
        digits, slug = _hash_digits(first_line), "lines"
    return f"{position:010d}-{slug}-{digits}.jsonl"


def belongs(file: EventFile, first_line: bytes) -> bool:
    """Whether *first_line* has the id that the name promises.

    A line of another form (erased, or not written by planlog) shows none and is not judged here.
    """
    parts = _BEGINNING.match(first_line)
    return parts is None or parts[1].decode() == file.digits


def poses_as_event_file(name: str) -> bool:
    """Whether a reader who joins ``events/*.jsonl`` would take *name* for a part of the log."""
    return name.endswith(".jsonl") and not name.startswith(".")


def _hash_digits(line: bytes) -> str:
    import hashlib  # planlog's own lines never need it, and starting fast is a feature

    return hashlib.sha256(line).hexdigest()[:4]
