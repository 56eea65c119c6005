"""Rules about how things come into the plan, and under which title."""

from collections.abc import Iterator

from planlog.checks.findings import Evidence, Finding, warning
from planlog.effects import PLAN, Subject
from planlog.events import (
    ConferenceHeld,
    Event,
    FieldAdded,
    GoalAdded,
    PlanOpened,
    Proposed,
    VersionRecorded,
)
from planlog.slots import Slot

_INTRODUCED_BY = {
    "measure": Proposed.TYPE,
    "field": FieldAdded.TYPE,
    "goal": GoalAdded.TYPE,
    "conference": ConferenceHeld.TYPE,
}
"""What appears in the plan as soon as it is spoken of, and the type that should come first."""


def introduced(event: Event) -> Subject | None:
    """Tell what *event* brings into the plan, or states again as a whole."""
    match event:
        case PlanOpened():
            return PLAN
        case Proposed(measure=id):
            return "measure", id
        case FieldAdded(field=id):
            return "field", id
        case GoalAdded(goal=id):
            return "goal", id
        case ConferenceHeld(conference=id):
            return "conference", id
        case VersionRecorded(version=id):
            return "version", id
        case _:
            return None


def plan_not_opened(evidence: Evidence) -> Iterator[Finding]:
    """Find a log that says of no plan whose history it keeps."""
    if evidence.events and not _openings(evidence):
        yield Finding(
            code="plan-not-opened",
            severity="warning",
            template="the plan was never opened; record plan_opened with its title",
        )


def plan_opened_late(evidence: Evidence) -> Iterator[Finding]:
    """Find a plan that was opened when there was something in its log already."""
    openings = _openings(evidence)
    if openings and openings[0].position > evidence.slots[0].position:
        yield warning(
            "plan-opened-late",
            openings[0].content,
            "the plan was opened by {event} only after other events, the first of them {before}",
            before=evidence.slots[0].content.id,
        )


def plan_opened_again(evidence: Evidence) -> Iterator[Finding]:
    """Find every opening of the plan but the first."""
    openings = _openings(evidence)
    for again in openings[1:]:
        yield warning(
            "plan-opened-again",
            again.content,
            "the plan was opened by {before} before {event} opened it again; correct the type to "
            "plan_amended, or retract one of them",
            before=openings[0].content.id,
        )


def introductions_missing(evidence: Evidence) -> Iterator[Finding]:
    """Find what is spoken of though nothing introduces it, at the first event that does so."""
    known: set[Subject] = set(_introductions(evidence))
    for slot, subject in _spoken_of(evidence):
        if subject not in known:
            known.add(subject)
            kind, id = subject
            yield warning(
                "no-introduction",
                slot.content,
                "{type} {on} ({event}) speaks of {kind} {id!r}, which nothing introduces; "
                "record {introduction} for it",
                kind=kind,
                id=id,
                introduction=_INTRODUCED_BY[kind],
            )


def introductions_late(evidence: Evidence) -> Iterator[Finding]:
    """Find what lets a thing appear in the plan before its introduction counts."""
    introductions = _introductions(evidence)
    for slot, subject in _spoken_of(evidence):
        first = introductions.get(subject)
        if first is not None and slot.content.on.last < first.content.on.last:
            kind, id = subject
            yield warning(
                "before-introduction",
                slot.content,
                "{type} {on} ({event}) speaks of {kind} {id!r} before its introduction counts "
                "({introduction}, {introduced_on}); correct one of the dates",
                kind=kind,
                id=id,
                introduction=first.content.id,
                introduced_on=first.content.on.text,
            )


def titles_blank(evidence: Evidence) -> Iterator[Finding]:
    """Find titles that say nothing, and measures that nothing gives a title."""
    titled: set[Subject] = set()
    for slot, effects in evidence.effects:
        for (kind, id), attribute, value in effects:
            # A version need not have a title; of a measure it is missing only if it was cleared.
            if attribute != "title" or (value is None and kind != "measure"):
                continue
            titled.add((kind, id))
            if value is None or not str(value).strip():
                yield warning(
                    "blank-title",
                    slot.content,
                    "{type} {on} ({event}) gives {kind} {id!r} a blank title; correct it"
                    if id
                    else "{type} {on} ({event}) gives the plan a blank title; correct it",
                    kind=kind,
                    id=id,
                )
    for (kind, id), slot in _introductions(evidence).items():
        if kind == "measure" and (kind, id) not in titled:
            yield warning(
                "blank-title",
                slot.content,
                "{type} {on} ({event}) proposes {id!r}, and nothing gives it a title; correct it",
                id=id,
            )


def _openings(evidence: Evidence) -> list[Slot]:
    return [slot for slot in evidence.slots if isinstance(slot.content.event, PlanOpened)]


def _introductions(evidence: Evidence) -> dict[Subject, Slot]:
    """For everything that is introduced, the introduction that counts first."""
    found: dict[Subject, Slot] = {}
    for slot in evidence.slots:
        subject = introduced(slot.content.event)
        if subject is not None:
            first = found.setdefault(subject, slot)
            if slot.content.on.last < first.content.on.last:
                found[subject] = slot
    return found


def _spoken_of(evidence: Evidence) -> Iterator[tuple[Slot, Subject]]:
    """Everything that each slot lets appear in the plan."""
    for slot, effects in evidence.effects:
        for subject in dict.fromkeys(subject for subject, _, _ in effects):
            if subject[0] in _INTRODUCED_BY:
                yield slot, subject
