"""Which texts are missing in an answer, as they were erased, and whether it may be about them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from planlog.cli.output import say
from planlog.cli.session import Session
from planlog.events import Amended, Decided, Erased, Proposed

if TYPE_CHECKING:
    from planlog.dates import Point
    from planlog.events import RecordedEvent
    from planlog.log import PlanLog
    from planlog.plan import Measure, Plan
    from planlog.render.erased import Gap

Gaps = tuple["Gap", ...]

_OF_OTHERS: Final = (Proposed.TYPE, Amended.TYPE)
"""What is about the measures that it names, and about no other of the same field."""


def gaps_at(log: "PlanLog", *points: "Point") -> Gaps:
    """Tell what is missing in an answer at *points*, in the order of the log."""
    left = {one.position: one for point in points for one in log.erased(point)}
    return gaps_of(log, [left[position] for position in sorted(left)])


def gaps_between(log: "PlanLog", *points: "Point") -> Gaps:
    """Tell what is missing in an answer that has every step from one of *points* to the other."""
    sizes = sorted(log.moment(point).size for point in points)
    left = {one.position: one for point in points for one in log.erased(point)}
    left |= {one.position: one for one in log.events(*sizes) if one.is_erased}
    return gaps_of(log, [left[position] for position in sorted(left)])


def gaps_of(log: "PlanLog", events: "Iterable[RecordedEvent]") -> Gaps:
    """Tell which of *events* were erased, and by which erasures."""
    gone = [event for event in events if event.is_erased]
    if not gone:
        return ()
    from planlog.render.erased import Gap  # most logs have no erasure

    told = {
        event.event.event: event
        for event in reversed(log.events())  # what was told first of an erasure stays
        if isinstance(event.event, Erased) and not event.is_erased
    }
    return tuple(Gap(left=event, erasure=told.get(event.id)) for event in gone)


def about_measure(gaps: Gaps, measure: "Measure") -> Gaps:
    """Keep what may have been about a *measure*, or about the list or the title of its field."""
    fields = () if measure.field is None else (measure.field,)
    return tuple(
        gap
        for gap in gaps
        if gap.is_bare
        or gap.names("measure", (measure.id,))
        or (gap.names("field", fields) and gap.left.type not in _OF_OTHERS)
    )


def about_conference(gaps: Gaps, conference: str) -> Gaps:
    """Keep what a *conference* may have decided, and what was decided about."""
    return tuple(
        gap
        for gap in gaps
        if gap.is_bare or gap.left.type != Decided.TYPE or gap.names("conference", (conference,))
    )


def about_field(gaps: Gaps, field: str, plans: "Iterable[Plan]") -> Gaps:
    """Keep what may have been about a *field*, or about what belongs to it in *plans*."""
    plans = tuple(plans)
    measures = {one.id for plan in plans for one in plan.measures if one.field == field}
    goals = {one.id for plan in plans for one in plan.goals if one.field == field}
    return tuple(
        gap
        for gap in gaps
        if gap.is_bare
        or gap.names("field", (field,))
        or gap.names("measure", measures)
        or gap.names("goal", goals)
    )


def say_gaps(session: Session, gaps: "Sequence[Gap]") -> None:
    """Say on standard error what is missing in an answer that has no place for words."""
    if gaps:
        from planlog.render.erased import gap_lines

        for line in gap_lines(gaps, session.words):
            say(line)
