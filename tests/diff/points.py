"""Diffs of short histories, and random points to compare."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
from hypothesis import strategies as st

from planlog.dates import AtDay, AtStart, KnownSize, Point
from planlog.diff import PlanChange, PlanDiff, difference
from planlog.diff.composition import composed
from planlog.events import RecordedEvent
from planlog.plan import Plan
from planlog.slots import live_slots
from planlog.testing.logs import FIRST_DAY, days
from planlog.timeline import Moment, plan_at, prefix

Where = tuple[date | None, int]
"""A day, or nothing for the start, and how many events are known."""


def moment(where: Where) -> Moment:
    """The point as the log understands it."""
    day, size = where
    at = AtStart() if day is None else AtDay(day, day.isoformat())
    return Moment(Point(at, KnownSize(size)), day, size)


def moments(events: Sequence[RecordedEvent]) -> st.SearchStrategy[Moment]:
    """Some point in both times, the start and the far end among them."""
    at = st.one_of(st.none(), days(), st.just(date(FIRST_DAY.year, 12, 31)))
    return st.tuples(at, st.integers(0, len(events))).map(moment)


def plan(events: Sequence[RecordedEvent], at: Moment) -> Plan:
    """The plan at a point, by a road that knows nothing of diffs."""
    known = events[: at.size]
    return plan_at(live_slots(known), at.day, prefix(events, at.size))


def changes(
    events: Sequence[RecordedEvent], before: str, after: str, known: tuple[int, int] | None = None
) -> list[PlanChange]:
    """What differs between two days, as known from all events or from so many."""
    sizes = known or (len(events), len(events))
    pair = [
        moment((None if day == "start" else date.fromisoformat(day), size))
        for day, size in zip((before, after), sizes, strict=True)
    ]
    return list(difference(events, *pair).changes)


def values(diff: PlanDiff) -> dict[tuple[str, str, str | None], tuple[Any, Any]]:
    """What each cell was and is, whatever it was in between, and on whichever axis it changed."""
    decided = [attrs.evolve(change, axis="decided") for change in diff.changes]
    return {
        (one.subject, one.id, one.attribute): (one.before, one.after)
        for one in composed(decided, ())
    }


def told(change: PlanChange) -> tuple[object, ...]:
    """What a change says, but not why it is so."""
    return (
        change.subject,
        change.id,
        change.kind,
        change.attribute,
        change.before,
        change.after,
        change.axis,
    )
