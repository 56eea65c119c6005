"""A batch in the making: events that documents say, each with the id that is derived from it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import count
from typing import Final

import attrs

from planlog.dates import InexactDate
from planlog.documents import derived_id
from planlog.events import Event, NewEvent, RecordedEvent, VersionRecorded
from planlog.plan import Version
from planlog.slots import Slot

_UNTOLD: Final = datetime(1, 1, 1, tzinfo=UTC)


@attrs.frozen
class Document:
    """By whose word something is recorded: a *version* of a *day*, its file, what it is called."""

    version: str
    day: date
    digest: str | None
    source: str | None = None

    @classmethod
    def of(cls, version: Version, source: str | None) -> "Document":
        """Take a version that the log has."""
        return cls(version.id, version.on.last, version.document, source)


class Batch:
    """The events that are to be recorded, in the order of their days."""

    def __init__(self, size: int, taken: Iterable[str]) -> None:
        """Go on from a log of *size* events whose ids are *taken*."""
        self._position = size
        self._taken = set(taken)
        self._events: list[tuple[date, NewEvent]] = []

    def add(self, event: Event, document: Document) -> Slot:
        """Let *event* be recorded on the day of *document*, and return the slot it will open."""
        on = InexactDate.of(document.day)
        series = (
            derived_id(document.version, document.digest, on, event, number) for number in count()
        )
        id = next(one for one in series if one not in self._taken)
        self._taken.add(id)
        self._events.append(
            (document.day, NewEvent(event=event, on=on, source=document.source, id=id))
        )
        slot = imagined(event, document.day, self._position, id)
        self._position += 1
        return slot

    @property
    def events(self) -> tuple[NewEvent, ...]:
        """All of them, those of the earliest day first, and the version itself at the end."""
        return tuple(event for _, event in sorted(self._events, key=_order))


def _order(told: tuple[date, NewEvent]) -> tuple[bool, date]:
    return isinstance(told[1].event, VersionRecorded), told[0]


def imagined(event: Event, day: date, position: int, id: str = "") -> Slot:
    """The slot that *event* would open, were it recorded as of *day* at *position*."""
    on = InexactDate.of(day)
    recorded = RecordedEvent(
        position=position, id=id, on=on, recorded=_UNTOLD, by="", event=event, salt=""
    )
    return Slot(position, id, recorded, day)
