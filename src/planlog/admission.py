"""Events on their way into the log: made complete, and refused where they can make no sense."""

import os
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from planlog import codec
from planlog.dates import InexactDate
from planlog.errors import Flaw, InvalidEventError
from planlog.events import EVENT_CLASSES, Erased, Event, NewEvent, RecordedEvent
from planlog.references import Registry

_UNTOLD = datetime(1, 1, 1, tzinfo=UTC)


def drafted(
    events: Iterable[NewEvent | Event],
    on: InexactDate | date | str | None,
    by: str | None,
    source: str | None,
) -> list[RecordedEvent]:
    """Every event with what it does not say itself; its place and time are still to be told."""
    default = None if on is None else InexactDate.of(on)
    drafts: list[RecordedEvent] = []
    flaws: list[Flaw] = []
    for index, event in enumerate(events, 1):
        new = event if isinstance(event, NewEvent) else NewEvent(event=event)
        day, recorder = new.on or default, by if new.by is None else new.by
        if day is None:
            flaws.append(
                Flaw("missing-key", "missing the day it happened", {}, "on", f"event {index}")
            )
        if recorder is None:
            flaws.append(Flaw("missing-key", "missing who records it", {}, "by", f"event {index}"))
        if day is not None and recorder is not None:
            drafts.append(
                RecordedEvent(
                    position=0,
                    id=os.urandom(8).hex() if new.id is None else new.id,
                    on=day,
                    recorded=_UNTOLD,
                    by=recorder,
                    event=new.event,
                    source=source if new.source is None else new.source,
                    reason=new.reason,
                    corrects=new.corrects,
                    salt=urlsafe_b64encode(os.urandom(16)).rstrip(b"=").decode(),
                )
            )
    if flaws:
        raise InvalidEventError(tuple(flaws))
    return drafts


def placed(batch: Sequence[RecordedEvent], places: Sequence[str]) -> dict[str, str]:
    """Where each event of a batch was first found, by its id."""
    ids = [event.id for event in batch]
    numbered = [f"event {number}" for number in range(1, len(ids) + 1)] if ids[1:] else [""]
    return dict(zip(reversed(ids), reversed(places or numbered[: len(ids)]), strict=True))


def admit(fresh: Sequence[RecordedEvent], registry: Registry, places: Mapping[str, str]) -> None:
    """Take *fresh* into the *registry*; raise every reason why these can never make sense.

    A batch may name what it introduces itself, so what was judged is taken in at once.
    """
    flaws: list[Flaw] = []
    for event in fresh:
        flaws += [flaw.at(places[event.id]) for flaw in _flaws(event, registry)]
        if isinstance(event.event, EVENT_CLASSES):
            registry.add(event.id, event.event)
    if flaws:
        raise InvalidEventError(tuple(flaws))


def _flaws(event: RecordedEvent, registry: Registry) -> list[Flaw]:
    if isinstance(event.event, Erased):
        return [Flaw("not-recordable", "only planlog erase records an erasure", key="type")]
    try:
        codec.validate(event)
    except InvalidEventError as error:
        return list(error.flaws)
    return registry.flaws(
        NewEvent(event=event.event, on=event.on, reason=event.reason, corrects=event.corrects)
    )
