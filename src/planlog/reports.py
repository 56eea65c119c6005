"""What counts as a report about a measure: somebody said how the measure itself stands."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, assert_never

from planlog.documents import Documents
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.fold import replay
from planlog.slots import Slot
from planlog.timeline import counting

REPORTING: Final = frozenset({"stage", "note", "phase"})
"""The attributes by which a version reports on a measure, rather than only listing it."""


def reports(slots: Sequence[Slot], day: date | None) -> dict[str, tuple[Slot, ...]]:
    """Return what was said about each measure by the end of *day*, in the order in which it counts.

    A report is whatever states something about the measure itself: that it was proposed, amended
    or rated, how it goes on (also that there is nothing new), that it was merged or split on
    either side, a note about it. So is a version that states stage, note or phase: an excerpt for
    the measures of which it states them, a complete one also for every measure that the plan
    lists at the end of the version's day. To be on a priority list, to be decided about, or to be
    named by something else is none.

    What an imported table says is reported by the version, and not again by the events that tell
    what was new in it: what these are hangs on which other versions had been imported by then.
    Only the first that anybody says of a measure is a report whoever says it.

    *slots* come by position, as `live_slots` gives them.
    """
    found: dict[str, list[Slot]] = {}
    documents = Documents(slots)
    passed = began_to_count(slots, None, day)
    for slot in sorted(passed, key=lambda one: (one.content.on.last, one.day, one.position)):
        for measure in dict.fromkeys(_reported(slot.content.event, slot, slots)):
            if measure not in found or documents.version_of(slot) is None:
                found.setdefault(measure, []).append(slot)
    return {measure: tuple(said) for measure, said in found.items()}


def _reported(event: Event, slot: Slot, slots: Sequence[Slot]) -> Iterable[str]:
    """The ids of the measures that *event* reports on."""
    match event:
        case Proposed() | Amended() | Rated():
            return (event.measure,)
        case Started() | Progressed() | Implemented() | MadePermanent() | Paused() | Resumed():
            return (event.measure,)
        case Dropped():
            return (event.measure,)
        case Merged():
            return (*event.measures, event.into)
        case Split():
            return (event.measure, *event.into)
        case Noted():
            about = event.about
            return () if about is None or about.measure is None else (about.measure,)
        case VersionRecorded():
            return _stated(event, slot.content.on.last, slots)
        case Prioritized() | Decided() | ConferenceHeld() | GoalAdded():
            return ()
        case PlanOpened() | PlanAmended() | FieldAdded() | FieldAmended() | Retracted() | Erased():
            return ()
        case _:
            assert_never(event)


def _stated(version: VersionRecorded, day: date, slots: Sequence[Slot]) -> Iterator[str]:
    for measure, attributes in (version.measures or {}).items():
        if not REPORTING.isdisjoint(attributes):
            yield measure
    if version.coverage == "complete" and not REPORTING.isdisjoint(version.attributes):
        # The plan of that day: what is folded by the time has every first proposal in front.
        plan = replay(counting(slots, day))
        yield from (measure.id for measure in plan.measures if measure.listed)


def began_to_count(slots: Iterable[Slot], after: date | None, until: date | None) -> list[Slot]:
    """Return those of *slots* that count at the end of the day *until* and not yet at *after*."""
    return [
        slot
        for slot in slots
        if until is not None
        and slot.content.on.last <= until
        and (after is None or after < slot.content.on.last)
    ]
