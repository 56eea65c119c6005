"""Which contents count at a point, in which order, and what a point in two times means."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import assert_never

import attrs

from planlog.dates import (
    SOME_DAY,
    At,
    AtDay,
    AtName,
    AtStart,
    AtToday,
    InexactDate,
    Known,
    KnownSize,
    KnownTime,
    Point,
    day_before,
    end_of_day,
)
from planlog.errors import SizeError, UnknownNameError
from planlog.events import ConferenceHeld, Erased, Event, Proposed, RecordedEvent, VersionRecorded
from planlog.fold import replay
from planlog.plan import Plan, Prefix
from planlog.slots import Slot, erased_slots, live_slots
from planlog.values import Value


@attrs.frozen(repr=False)
class Moment(Value):
    """A point as it was understood: the end of a *day*, as known from the first *size* events.

    *day* is absent at ``start``. *foreseen* says that the name of the conference or version was
    not known by then and was looked up in the whole log.
    """

    point: Point
    day: date | None
    size: int
    foreseen: bool = False


def counting(slots: Iterable[Slot], day: date) -> list[Slot]:
    """Tell what counts at the end of *day*, in the order in which it is folded.

    A content counts when its whole interval has passed. Order is by first day, then by the
    position of the slot, but a measure's earliest proposal comes before everything else about it.
    *slots* come by position, as `live_slots` gives them.
    """
    return in_fold_order(slot for slot in slots if slot.content.on.last <= day)


def in_fold_order(slots: Iterable[Slot]) -> list[Slot]:
    """Put *slots*, which come by position, into the order in which they are folded."""
    ordered = sorted(slots, key=attrgetter("day"))
    introduced: set[str] = set()
    introductions: list[Slot] = []
    others: list[Slot] = []
    for slot in ordered:
        event = slot.content.event
        if isinstance(event, Proposed) and event.measure not in introduced:
            introduced.add(event.measure)
            introductions.append(slot)
        else:
            others.append(slot)
    # The introductions may all go to the front: each sets nothing but its own measure.
    return introductions + others


def plan_at(slots: Sequence[Slot], day: date | None, known: Prefix) -> Plan:
    """Return the plan at the end of *day* (absent: nothing yet) from the slots of a prefix."""
    plan = Plan() if day is None else replay(counting(slots, day))
    return attrs.evolve(plan, at=day, known=known)


def prefix(events: Sequence[RecordedEvent], size: int) -> Prefix:
    """Describe the first *size* of *events*."""
    return Prefix(size=size, recorded=events[size - 1].recorded if size else None)


def size_known(events: Sequence[RecordedEvent], moment: datetime) -> int:
    """Tell how many events were known at *moment*: the longest prefix recorded by then."""
    for event in events:
        if event.recorded > moment:
            return event.position
    return len(events)


def resolve(point: Point, events: Sequence[RecordedEvent], today: date) -> Moment:
    """Tell what *point* means in a log.

    Raises `UnknownNameError` where the log has no such conference or version, and `SizeError`
    where it has fewer events than asked for.
    """
    size = _size(point.known, events, today)
    try:
        return Moment(point, _day(point.at, events[:size], today), size)
    except UnknownNameError:
        return Moment(point, _day(point.at, events, today), size, foreseen=True)


def names(events: Sequence[RecordedEvent]) -> dict[str, InexactDate]:
    """Map the id of each conference and version to when it was, in the order of these days."""
    named = [
        (slot, name)
        for slot in (*live_slots(events), *erased_slots(events))
        if slot.content.on != SOME_DAY
        for name in _names(slot.content.event)
    ]
    named.sort(key=lambda pair: (pair[0].day, pair[0].position))
    found = {name: slot.content.on for slot, name in named}
    return dict(sorted(found.items(), key=lambda item: (item[1].first, item[1].last, item[0])))


def _names(event: Event) -> tuple[str, ...]:
    """The names that *event* gives to a day; an erased one gave them while it could be read."""
    match event:
        case ConferenceHeld(conference=name) | VersionRecorded(version=name):
            return (name,)
        case Erased(type=ConferenceHeld.TYPE, conferences=names) if names is not None:
            return names
        case Erased(type=VersionRecorded.TYPE, versions=names) if names is not None:
            return names
        case _:
            return ()


def _size(known: Known | None, events: Sequence[RecordedEvent], today: date) -> int:
    match known:
        case None:
            return len(events)
        case KnownSize(size):
            if size > len(events):
                raise SizeError(size, len(events))
            return size
        case KnownTime(moment):
            return size_known(events, moment)
        case _:
            day = _day(known, events, today)
            return 0 if day is None else size_known(events, end_of_day(day))


def _day(at: At, events: Sequence[RecordedEvent], today: date) -> date | None:
    match at:
        case AtDay(day):
            return day
        case AtToday():
            return today
        case AtStart():
            return None
        case AtName(name, before):
            known = names(events)
            if name not in known:
                raise UnknownNameError(name, ", ".join(known) or "-")
            return day_before(known[name].first) if before else known[name].last
        case _:
            assert_never(at)
