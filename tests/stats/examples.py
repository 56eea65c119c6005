"""Statistics of short histories, between two days of what is known in the end."""

from collections.abc import Sequence
from datetime import date, datetime

from planlog.dates import Point
from planlog.events import ConferenceHeld, Event, RecordedEvent
from planlog.stats import Stats, stats
from planlog.timeline import Moment, resolve
from tests.histories import Entry, log, recorded

TODAY = date(2025, 12, 31)


def held(name: str, on: str) -> Entry:
    """A conference was held."""
    return ConferenceHeld(conference=name, title=name, kind="conference"), on


def moment(events: Sequence[RecordedEvent], point: str) -> Moment:
    """What a point means in a log."""
    return resolve(Point.parse(point), events, TODAY)


def between(
    events: Sequence[RecordedEvent], before: str = "start", after: str = "today", silent: int = 2
) -> Stats:
    """The statistics of a log between two points."""
    return stats(events, moment(events, before), moment(events, after), silent)


def told(*entries: Entry, before: str = "start", after: str = "today", silent: int = 2) -> Stats:
    """The statistics of *entries* between two points."""
    return between(log(*entries), before, after, silent)


Recorded = tuple[Event, str, str]
"""What happened, when, and at noon of which day it was recorded."""


def kept(*entries: Recorded) -> tuple[RecordedEvent, ...]:
    """A log of entries that were recorded on days of their own."""
    return tuple(
        recorded(position, event, on, moment=datetime.fromisoformat(f"{day}T12:00:00Z"))
        for position, (event, on, day) in enumerate(entries)
    )
