"""Rules about how things come into the plan, and under which title."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Final

from planlog.checks.evidence import Evidence, warning
from planlog.dates import SOME_DAY
from planlog.effects import PLAN, Subject
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Erased,
    Event,
    FieldAdded,
    GoalAdded,
    Kind,
    PlanOpened,
    Prioritized,
    Proposed,
    VersionRecorded,
)
from planlog.findings import Finding
from planlog.references import named_by
from planlog.slots import Slot
from planlog.timeline import in_fold_order

_INTRODUCTIONS: Final[tuple[tuple[Kind, str], ...]] = (
    ("measure", Proposed.TYPE),
    ("field", FieldAdded.TYPE),
    ("goal", GoalAdded.TYPE),
    ("conference", ConferenceHeld.TYPE),
)
_INTRODUCED_BY: Final[Mapping[str, str]] = dict[str, str](_INTRODUCTIONS)
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
    first = min((*evidence.slots, *evidence.erased), key=attrgetter("position"), default=None)
    if openings and first is not None and openings[0].position > first.position:
        yield warning(
            "plan-opened-late",
            openings[0].content,
            "the plan was opened by {event} only after other events, the first of them {before}",
            before=first.content.id,
        )


def plan_opened_again(evidence: Evidence) -> Iterator[Finding]:
    """Find every opening of the plan but the first.

    The import of a table that is older than the plan opens it on the day of that table: that is
    meant.
    """
    openings = _openings(evidence)
    for again in openings[1:]:
        if evidence.documents.version_of(again) is not None:
            continue
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
    unknown = _unknown_kinds(evidence)
    for slot, subject in _spoken_of(evidence):
        if subject not in known and subject[0] not in unknown:
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
    """Find what lets a thing appear in the plan before its introduction counts.

    That a measure was decided before it was proposed is another finding.
    """
    introductions = _introductions(evidence)
    proposals = _proposals(evidence)
    undated = {one for one, slot in _erased_introductions(evidence) if slot.content.on == SOME_DAY}
    unknown = _unknown_kinds(evidence)
    for slot, subject in _spoken_of(evidence):
        first = introductions.get(subject)
        if first is None or slot.content.on.last >= first.content.on.last:
            continue
        if subject in undated or subject[0] in unknown:
            continue
        kind, id = subject
        decided = kind == "measure" and isinstance(slot.content.event, Decided)
        if decided and _precedes(slot, proposals[id]):
            continue
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


def decisions_before_proposal(evidence: Evidence) -> Iterator[Finding]:
    """Find decisions about measures that were not proposed by then, but were later.

    A decision is about the measures that it names, and about those on the list of a field that it
    names, as that list stood then.
    """
    proposals = {} if "measure" in _unknown_kinds(evidence) else _proposals(evidence)
    gone, bare = evidence.erased_of(Prioritized.TYPE)
    # A list that was erased, and nobody knows when it held, may have held at any time.
    undated = {id for slot, said in gone if slot.content.on == SOME_DAY for id in said.fields or ()}
    rankings: dict[str, Sequence[str]] = {}
    for slot in in_fold_order(_by_position(evidence.slots, (slot for slot, _ in gone))):
        match slot.content.event:
            case Prioritized(field=field, ranking=ranking) if field not in undated and not bare:
                rankings[field] = ranking
            case Erased(fields=fields):
                for field in fields or ():
                    rankings.pop(field, None)
            case Decided(measures=named, fields=fields):
                listed = (id for field in fields or () for id in rankings.get(field, ()))
                for measure in dict.fromkeys((*(named or ()), *listed)):
                    proposal = proposals.get(measure)
                    if proposal is not None and _precedes(slot, proposal):
                        yield _decided_too_early(slot, measure, proposal)


def _decided_too_early(decision: Slot, measure: str, proposal: Slot) -> Finding:
    return warning(
        "decided-before-proposal",
        decision.content,
        "the decision {on} ({event}) is about measure {measure!r}, which was proposed only later "
        "({proposal}, {proposed_on}); correct one of the dates",
        measure=measure,
        proposal=proposal.content.id,
        proposed_on=proposal.content.on.text,
    )


def titles_blank(evidence: Evidence) -> Iterator[Finding]:
    """Find titles that say nothing, and measures that nothing gives a title."""
    gone, bare = evidence.erased_of(Proposed.TYPE, Amended.TYPE)
    titled: set[Subject] = {("measure", id) for _, said in gone for id in said.measures or ()}
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
        if kind == "measure" and (kind, id) not in titled and not bare:
            yield warning(
                "blank-title",
                slot.content,
                "{type} {on} ({event}) proposes {id!r}, and nothing gives it a title; correct it",
                id=id,
            )


def _openings(evidence: Evidence) -> list[Slot]:
    """Everything that opened the plan, in the order of the log; that it was erased is no matter."""
    erased, _ = evidence.erased_of(PlanOpened.TYPE)
    live = (slot for slot in evidence.slots if isinstance(slot.content.event, PlanOpened))
    return _by_position(live, (slot for slot, _ in erased))


def _by_position(*slots: Iterable[Slot]) -> list[Slot]:
    return sorted(chain(*slots), key=attrgetter("position"))


def _introductions(evidence: Evidence) -> dict[Subject, Slot]:
    """For everything that is introduced, the introduction that counts first, erased or not."""
    found: dict[Subject, Slot] = {}
    live = ((introduced(slot.content.event), slot) for slot in evidence.slots)
    for subject, slot in (*live, *_erased_introductions(evidence)):
        if subject is not None:
            first = found.setdefault(subject, slot)
            if slot.content.on.last < first.content.on.last:
                found[subject] = slot
    return found


def _erased_introductions(evidence: Evidence) -> Iterator[tuple[Subject, Slot]]:
    """What erased texts brought in, as far as anybody knows."""
    for kind, type in _INTRODUCTIONS:
        for slot, said in evidence.erased_of(type)[0]:
            yield from (((kind, id), slot) for id in named_by(said)[kind])


def _unknown_kinds(evidence: Evidence) -> set[str]:
    """The kinds of things that an erased text may have brought in, and nobody knows which."""
    return {kind for kind, type in _INTRODUCTIONS if evidence.erased_of(type)[1]}


def _proposals(evidence: Evidence) -> dict[str, Slot]:
    """For every measure that was ever proposed, the proposal that may have been the earliest."""
    found: dict[str, Slot] = {}
    live = ((introduced(slot.content.event), slot) for slot in evidence.slots)
    for subject, slot in (*live, *_erased_introductions(evidence)):
        if subject is not None and subject[0] == "measure":
            first = found.setdefault(subject[1], slot)
            if slot.content.on.first < first.content.on.first:
                found[subject[1]] = slot
    return found


def _precedes(decision: Slot, proposal: Slot) -> bool:
    """Whether a decision was before a measure can have been proposed."""
    return decision.content.on.last < proposal.content.on.first


def _spoken_of(evidence: Evidence) -> Iterator[tuple[Slot, Subject]]:
    """Everything that each slot lets appear in the plan."""
    for slot, effects in evidence.effects:
        for subject in dict.fromkeys(subject for subject, _, _ in effects):
            if subject[0] in _INTRODUCED_BY:
                yield slot, subject
