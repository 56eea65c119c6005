"""Rules about how a plan goes on: its lists, the decisions about them, the work on its measures."""

from collections.abc import Iterator
from datetime import date

from planlog.checks.findings import Evidence, Finding, warning
from planlog.events import (
    Amended,
    Decided,
    Implemented,
    MadePermanent,
    Prioritized,
    Proposed,
    Resumed,
    Started,
)
from planlog.slots import Slot
from planlog.timeline import in_fold_order


def lists_with_foreign_measures(evidence: Evidence) -> Iterator[Finding]:
    """Find measures on the list of a field to which they do not belong at that moment."""
    own: dict[str, str | None] = {}
    for slot in in_fold_order(evidence.slots):
        match slot.content.event:
            case Proposed(measure=measure, field=field):
                own[measure] = own.get(measure) if field is None else field
            case Amended(measure=measure, field=str() | None as field):
                own[measure] = field
            case Prioritized() as event:
                yield from _foreign(slot, event, own)


def _foreign(slot: Slot, event: Prioritized, own: dict[str, str | None]) -> Iterator[Finding]:
    for measure in event.ranking:
        # Of a measure that nothing introduces, nobody knows where it belongs.
        if own.get(measure, event.field) != event.field:
            yield warning(
                "foreign-measure",
                slot.content,
                "the list {on} ({event}) of field {field!r} has measure {measure!r}, which belongs "
                "to field {own!r} at that moment; move the measure with amended, or correct the "
                "list"
                if own[measure]
                else "the list {on} ({event}) of field {field!r} has measure {measure!r}, which "
                "stands outside the fields at that moment; move the measure with amended, or "
                "correct the list",
                field=event.field,
                measure=measure,
                own=own[measure],
            )


def decisions_before_their_list(evidence: Evidence) -> Iterator[Finding]:
    """Find decisions about a list that was set later the same day: they miss that list."""
    lists = {
        (event.field, slot.content.on.first, slot.content.on.last): slot
        for slot in evidence.slots
        if isinstance(event := slot.content.event, Prioritized)
    }
    for slot in evidence.slots:
        if not isinstance(event := slot.content.event, Decided):
            continue
        for field in event.fields or ():
            set_last = lists.get((field, slot.content.on.first, slot.content.on.last), slot)
            if set_last.position > slot.position:
                yield warning(
                    "decision-before-list",
                    slot.content,
                    "the decision {on} ({event}) about the list of field {field!r} comes before "
                    "the list of the same date ({list}); if it is about that list, retract the "
                    "decision and record it again",
                    field=field,
                    list=set_last.content.id,
                )


def implemented_without_start(evidence: Evidence) -> Iterator[Finding]:
    """Find measures implemented on a day by which work on them can not have begun."""
    begun: dict[str, date] = {}
    for slot in evidence.slots:
        if isinstance(event := slot.content.event, Started | Resumed | MadePermanent):
            begun[event.measure] = min(begun.get(event.measure, slot.day), slot.day)
    for slot in evidence.slots:
        if isinstance(event := slot.content.event, Implemented) and not (
            event.measure in begun and begun[event.measure] <= slot.content.on.last
        ):
            yield warning(
                "implemented-without-start",
                slot.content,
                "implemented {on} ({event}): measure {measure!r} was not started by then; record "
                "when it was",
                measure=event.measure,
            )
