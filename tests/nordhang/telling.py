"""How the story is recorded: through planlog itself, and with the same bytes each time."""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import attrs

from planlog import Event, NewEvent, PlanLog, codec
from planlog.dates import parse_timestamp
from planlog.stores import EventStore
from planlog.stores.folder import FolderStore

OFFICE = "Quartiersmanagement"
CITY = "Stadtplanungsamt"
COMMUNITY_WORK = "Gemeinwesenarbeit"


@attrs.frozen
class Batch:
    """What was recorded *at* one moment (UTC), *by* one office."""

    at: str
    by: str
    events: tuple[NewEvent, ...]


def batch(at: str, *events: NewEvent, by: str = OFFICE) -> Batch:
    """Tell a batch."""
    return Batch(at, by, events)


def told(
    event: Event,
    on: str,
    source: str | None = None,
    *,
    reason: str | None = None,
    name: str | None = None,
    corrects: str | None = None,
) -> NewEvent:
    """Tell an event; a *name* is what later ones call it that take it back or are *corrects*."""
    return NewEvent(
        event=event,
        on=on,
        source=source,
        reason=reason,
        corrects=None if corrects is None else id_of(corrects),
        id=None if name is None else id_of(name),
    )


def id_of(name: str) -> str:
    """The id of the event that the story calls *name*."""
    return _digest(f"event {name}").hex()[:16]


def record(batches: Iterable[Batch], location: Path) -> None:
    """Record *batches* into a new log, leaving nothing to chance or the clock."""
    clock = _Clock()
    log = PlanLog(_DerivedSalts(FolderStore.create(location)), clock=clock)
    for one in batches:
        clock.moment = parse_timestamp(one.at)
        log.record_all(_numbered(one.events, log.size), by=one.by, expected_size=log.size)


class _Clock:
    """A clock that is set by hand."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment


def _numbered(events: Iterable[NewEvent], start: int) -> list[NewEvent]:
    """Give every event that has no name the id that follows from its position."""
    return [
        event if event.id else attrs.evolve(event, id=id_of(str(position)))
        for position, event in enumerate(events, start)
    ]


class _DerivedSalts:
    """A store in whose lines each salt follows from the position."""

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self.size = store.size
        self.read = store.read
        self.place = store.place
        self.replace = store.replace

    def append(self, lines: Sequence[bytes], expected_size: int) -> str:
        return self._store.append(
            [
                codec.encode(attrs.evolve(codec.decode(line, position), salt=_salt(position)))
                for position, line in enumerate(lines, expected_size)
            ],
            expected_size,
        )


def _salt(position: int) -> str:
    return urlsafe_b64encode(_digest(f"salt {position}")[:16]).rstrip(b"=").decode()


def _digest(text: str) -> bytes:
    return sha256(f"Nordhang, {text}".encode()).digest()
