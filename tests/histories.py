"""Short histories, written so that a test can be read like the minutes they stand for."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from planlog.dates import InexactDate
from planlog.events import Event, RecordedEvent
from planlog.plan import Measure, Plan
from planlog.slots import live_slots
from planlog.timeline import plan_at, prefix

RECORDED = datetime(2023, 4, 1, 12, tzinfo=UTC)

Entry = tuple[Event, str] | tuple[Event, str, int]
"""What happened and when; the third, if any, is the position of the event that it corrects."""


def id_at(position: int) -> str:
    """The id of the event at a *position* of a history."""
    return f"{position:016x}"


def recorded(
    position: int,
    event: Event,
    on: str,
    corrects: int | None = None,
    moment: datetime = RECORDED,
) -> RecordedEvent:
    """An event as it stands in a log at *position*."""
    return RecordedEvent(
        position=position,
        id=id_at(position),
        on=InexactDate.parse(on),
        recorded=moment,
        by="Quartiersmanagement",
        event=event,
        source="Protokoll",
        reason=None if corrects is None else "Protokoll, S. 2",
        corrects=None if corrects is None else id_at(corrects),
        salt="q7mJr0o0X0m7Jf3hQb6J1g",
    )


def log(*entries: Entry) -> tuple[RecordedEvent, ...]:
    """A log of *entries*, all recorded at the same moment."""
    return tuple(recorded(position, *entry) for position, entry in enumerate(entries))


def state(events: Sequence[RecordedEvent], day: str) -> Plan:
    """The plan at the end of *day*, as known from all *events*."""
    return plan_at(live_slots(events), date.fromisoformat(day), prefix(events, len(events)))


def plan_of(*entries: Entry) -> Plan:
    """The plan that *entries* lead to in the end."""
    return plan_at(live_slots(log(*entries)), date.max, prefix((), 0))


def measure_of(*entries: Entry) -> Measure:
    """The one measure that *entries* tell about, in the end."""
    (measure,) = plan_of(*entries).measures
    return measure
