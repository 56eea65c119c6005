"""Counts, silence, flips, delays and lateness: what two points of a plan say about its course.

Every number is told by what it was counted from: ids of measures and of events.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from planlog.documents import Documents
from planlog.events import RecordedEvent
from planlog.plan import Plan, number_key
from planlog.possible import possible
from planlog.reports import reports
from planlog.slots import live_slots
from planlog.stats.counts import (
    FieldPhaseCount,
    PhaseCount,
    TurnedMeasure,
    carried_out,
    count,
    given_up,
    total,
)
from planlog.stats.courses import Course, Flips, courses, flips
from planlog.stats.delays import DaySpan, Delays, FirstTime, TypicalSpan, delays, typical
from planlog.stats.recording import LateEvent, RecordKeeping, recording
from planlog.stats.silence import Silence, silences
from planlog.timeline import Moment, counting, plan_at, prefix
from planlog.values import Value

__all__ = [
    "DaySpan",
    "Delays",
    "FieldPhaseCount",
    "FirstTime",
    "Flips",
    "LateEvent",
    "OpenSubject",
    "PhaseCount",
    "RecordKeeping",
    "Silence",
    "Stats",
    "TurnedMeasure",
    "TypicalSpan",
    "stats",
]


@attrs.frozen(kw_only=True, repr=False)
class OpenSubject(Value):
    """The *attributes* of one subject that inexact days leave open at the second point."""

    kind: str
    id: str
    attributes: tuple[str, ...]


@attrs.frozen(kw_only=True, repr=False)
class Stats(Value):
    """What two points of a plan say about its course.

    *before* and *after* are the plans that were compared. *implemented* and *dropped* are the
    measures that have been carried out, or were dropped or replaced, and were not before;
    *silences* those that are still open and that nobody reported on for *silent* conferences.
    *flips* and *recording* are about what came to count between the two days, as known at the
    second point; *delays* and *uncertain* about all that counts there.
    """

    before: Plan
    after: Plan
    counts: tuple[FieldPhaseCount, ...]
    totals: tuple[PhaseCount, ...]
    implemented: tuple[TurnedMeasure, ...]
    dropped: tuple[TurnedMeasure, ...]
    silent: int
    silences: tuple[Silence, ...]
    flips: tuple[Flips, ...]
    delays: tuple[Delays, ...]
    recording: RecordKeeping
    uncertain: tuple[OpenSubject, ...]

    @property
    def typical_start(self) -> TypicalSpan | None:
        """How long it took from the first adoption to the first start."""
        return typical({one.measure: one.to_start for one in self.delays})

    @property
    def typical_implementation(self) -> TypicalSpan | None:
        """How long it took from the first start to the first time it was implemented."""
        return typical({one.measure: one.to_implementation for one in self.delays})


def stats(events: Sequence[RecordedEvent], before: Moment, after: Moment, silent: int = 2) -> Stats:
    """Tell what the moments *before* and *after* say about the course of a plan.

    *events* are all there are; each moment knows how many of them it knows. The second may be the
    earlier one: then the counts are those of the two plans, and nothing lies between them.
    """
    known = events[: after.size]
    slots = live_slots(known)
    counted = [] if after.day is None else counting(slots, after.day)
    then = plan_at(live_slots(events[: before.size]), before.day, prefix(events, before.size))
    now = plan_at(slots, after.day, prefix(events, after.size))
    documents = Documents(slots)
    course = courses(counted, documents)
    everything = plan_at(slots, date.max, prefix(known, len(known)))
    return Stats(
        before=then,
        after=now,
        counts=count(then, now),
        totals=total(then, now),
        implemented=carried_out(then, now, course),
        dropped=given_up(then, now, course),
        silent=silent,
        silences=silences(now, reports(slots, after.day), silent),
        flips=flips(_in_plan_order(now, course), before.day, after.day),
        delays=delays(now.measures, counted, course, documents),
        recording=recording(known, slots, everything.conferences, (before.day, after.day)),
        uncertain=tuple(
            OpenSubject(kind=kind, id=id, attributes=attributes)
            for (kind, id), attributes in sorted(
                possible(slots, after.day).uncertain().items(),
                key=lambda item: (item[0][0], number_key(item[0][1])),
            )
        ),
    )


def _in_plan_order(plan: Plan, course: Mapping[str, Course]) -> list[tuple[str, Course]]:
    return [(one.id, course[one.id]) for one in plan.measures if one.id in course]
