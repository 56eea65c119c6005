"""Rules about how a plan goes on: its lists, the decisions about them, the work on its measures."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Final

from planlog.checks.evidence import Erasures, Evidence, warning
from planlog.dates import SOME_DAY
from planlog.effects import Subject
from planlog.events import (
    Amended,
    Decided,
    Dropped,
    Erased,
    Implemented,
    MadePermanent,
    Merged,
    Paused,
    Prioritized,
    Proposed,
    Resumed,
    Split,
    Started,
)
from planlog.findings import Finding
from planlog.fold import replay
from planlog.outcomes import at_last, said_at_once
from planlog.plan import CARRIED_OUT, GIVEN_UP, STILL_OPEN
from planlog.slots import Slot
from planlog.timeline import counting, in_fold_order

_BEGINNING: Final = (Started.TYPE, Resumed.TYPE, MadePermanent.TYPE)
"""What says that work on a measure had begun."""

_TURNING: Final = (
    *_BEGINNING,
    *(Proposed.TYPE, Implemented.TYPE, Paused.TYPE, Dropped.TYPE, Merged.TYPE, Split.TYPE),
)
"""What sets the phase of a measure."""


def lists_with_foreign_measures(evidence: Evidence) -> Iterator[Finding]:
    """Find measures on the list of a field to which they do not belong at that moment.

    What a document says of one day has no order: its lists are looked at after all of it.
    """
    own: dict[str, str | None] = {}
    lists: list[Slot] = []
    gone, bare = evidence.erased_of(Proposed.TYPE, Amended.TYPE)
    undated = {
        id for slot, said in gone if slot.content.on == SOME_DAY for id in said.measures or ()
    }
    if bare:  # any measure may have been moved
        return
    for slot in in_fold_order(_with(evidence.slots, gone)):
        event = slot.content.event
        if not isinstance(event, Proposed | Amended | Prioritized | Erased):
            continue
        if lists and not said_at_once(lists[-1], slot, evidence.documents):
            yield from _foreign(lists, own)
            lists = []
        match event:
            case Proposed(measure=measure) | Amended(measure=measure) if measure in undated:
                pass
            case Proposed(measure=measure, field=field):
                own[measure] = own.get(measure) if field is None else field
            case Amended(measure=measure, field=str() | None as field):
                own[measure] = field
            case Erased(measures=measures):
                for measure in measures or ():
                    own.pop(measure, None)
            case Prioritized():
                lists.append(slot)
    yield from _foreign(lists, own)


def _foreign(lists: Sequence[Slot], own: dict[str, str | None]) -> Iterator[Finding]:
    """Look at the last of the *lists* of each field."""
    last = {
        event.field: (slot, event)
        for slot in lists
        if isinstance(event := slot.content.event, Prioritized)
    }
    for slot, event in last.values():
        yield from _foreign_on(slot, event, own)


def _foreign_on(slot: Slot, event: Prioritized, own: dict[str, str | None]) -> Iterator[Finding]:
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


def lists_with_dropped_measures(evidence: Evidence) -> Iterator[Finding]:
    """Find measures that are gone on the day asked about and still on the list of their field."""
    if evidence.day is None:
        return
    slots = counting(evidence.slots, evidence.day)
    lists = {
        event.field: slot for slot in slots if isinstance(event := slot.content.event, Prioritized)
    }
    for measure in replay(slots).measures:
        gone = evidence.missing.get(("measure", measure.id), ())
        if "phase" in gone or "rank" in gone:  # nobody knows whether it is
            continue
        if measure.field in lists and measure.rank is not None and measure.phase in GIVEN_UP:
            yield warning(
                "ranked-but-dropped",
                lists[measure.field].content,
                "the list {on} ({event}) of field {field!r} still has measure {measure!r} at the "
                "end of {day}, which is {phase} by then; record the list without it",
                measure=measure.id,
                field=measure.field,
                phase=measure.phase,
                day=evidence.day.isoformat(),
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
    """Find measures implemented on a day by which work on them can not have begun.

    A table that says "done" never says when work began, and nobody can be asked to know: what came
    from a document is not looked at.
    """
    begun: dict[str, date] = {}
    went_into: dict[str, set[str]] = {}
    gone, bare = evidence.erased_of(*_BEGINNING, Merged.TYPE, Split.TYPE)
    if bare:  # any measure may have been started
        return
    for erased, said in gone:
        for id in said.measures or ():
            if said.type in _BEGINNING:
                begun[id] = min(begun.get(id, erased.day), erased.day)
            else:  # nobody knows which went into which
                went_into.setdefault(id, set()).update(said.measures or ())
    for slot in evidence.slots:
        match slot.content.event:
            case Started(measure=id) | Resumed(measure=id) | MadePermanent(measure=id):
                begun[id] = min(begun.get(id, slot.day), slot.day)
            case Merged(measures=old, into=new):
                for id in old:
                    went_into.setdefault(id, set()).add(new)
            case Split(measure=old_one, into=several):
                went_into.setdefault(old_one, set()).update(several)
    # Work on what a measure came from was work on it, however often it went into another.
    waiting = list(begun)
    while waiting:
        id = waiting.pop()
        for into in went_into.get(id, ()):
            if into not in begun or begun[id] < begun[into]:
                begun[into] = begun[id]
                waiting.append(into)
    for slot in evidence.slots:
        if isinstance(event := slot.content.event, Implemented) and not (
            (event.measure in begun and begun[event.measure] <= slot.content.on.last)
            or evidence.documents.version_of(slot) is not None
        ):
            yield warning(
                "implemented-without-start",
                slot.content,
                "implemented {on} ({event}): measure {measure!r} was not started by then; record "
                "when it was",
                measure=event.measure,
            )


def unexplained_fall_backs(evidence: Evidence) -> Iterator[Finding]:
    """Find what takes a measure back from being carried out, and gives no reason."""
    effects = {slot.position: effects for slot, effects in evidence.effects}
    phases: dict[Subject, list[tuple[Slot, object]]] = {}
    gone, bare = evidence.erased_of(*_TURNING)
    undated = {
        id for slot, said in gone if slot.content.on == SOME_DAY for id in said.measures or ()
    }
    if bare:  # any measure may have turned in between
        return
    for slot in in_fold_order(_with(evidence.slots, gone)):
        if isinstance(event := slot.content.event, Erased):
            for id in event.measures or ():
                phases.setdefault(("measure", id), []).append((slot, None))
            continue
        for subject, attribute, value in effects[slot.position]:
            if attribute == "phase":
                phases.setdefault(subject, []).append((slot, value))
    for subject, turns in phases.items():
        if subject[1] in undated:
            continue
        for (earlier, before), (slot, value) in pairwise(at_last(turns, evidence.documents)):
            # An inexact date may leave open whether it was carried out first: that is another
            # finding, with another remedy.
            surely = earlier.content.on.last <= slot.content.on.first
            fell = before in CARRIED_OUT and value in STILL_OPEN
            if surely and fell and not _is_explained(slot):
                yield warning(
                    "unexplained-fall-back",
                    slot.content,
                    "{type} {on} ({event}) takes measure {measure!r} back from {phase} and gives "
                    "no reason; correct it, saying why",
                    measure=subject[1],
                    phase=before,
                )


def _is_explained(slot: Slot) -> bool:
    return bool((slot.content.reason or "").strip())


def _with(slots: Sequence[Slot], gone: Erasures) -> list[Slot]:
    """*slots* with those that were erased, by position."""
    return sorted((*slots, *(slot for slot, _ in gone)), key=attrgetter("position"))
