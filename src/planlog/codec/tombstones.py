"""The mark that stays of a line whose text was erased: the hash it had, and where it stood."""

import re
from typing import Final

import attrs

from planlog.dates import SOME_DAY
from planlog.events import Erased, RecordedEvent
from planlog.values import Value

_MARK: Final = re.compile(rb'\{"erased":"([0-9a-f]{64})","position":(0|[1-9][0-9]{0,15})\}')
_BEGINNING: Final = b'{"erased"'


@attrs.frozen(repr=False)
class Tombstone(Value):
    """What stands in place of an erased line: its *leaf* in hex, which the line itself gave.

    *position* is where the line stood when it was erased; to join logs may have moved it since.
    """

    leaf: str
    position: int


def tombstone_line(leaf: str, position: int) -> bytes:
    """Return the line that takes the place of one with this *leaf*.

    >>> tombstone_line("00" * 32, 7)[-17:]
    b'00","position":7}'
    """
    return b'{"erased":"%s","position":%d}' % (leaf.encode(), position)


def read_tombstone(line: bytes) -> Tombstone | None:
    """Read a *line* that marks an erasure, byte for byte as it is written; else return None."""
    if line.startswith(_BEGINNING) and (parts := _MARK.fullmatch(line)):
        return Tombstone(parts[1].decode(), int(parts[2]))
    return None


def erased_record(
    position: int, erasure: RecordedEvent, before: RecordedEvent | None
) -> RecordedEvent:
    """Return what a reader finds at the *position* of an erased line: what the *erasure* kept.

    Where it kept no time, the line counts as recorded together with the event *before* it.
    """
    said = erasure.event
    assert isinstance(said, Erased)
    return RecordedEvent(
        position=position,
        id=said.event,
        on=said.on or SOME_DAY,
        recorded=said.recorded or (before or erasure).recorded,
        by="",
        event=said,
        corrects=said.corrects,
        salt="",
    )
