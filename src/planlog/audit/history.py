"""Who changed what of a measure, when, by which event, and what became of that event."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from typing import Any, Literal

import attrs

from planlog.changes import CellChange
from planlog.documents import Documents
from planlog.effects import MENTION
from planlog.events import Proposed, RecordedEvent
from planlog.outcomes import Outcomes
from planlog.ranking import RankCause
from planlog.references import references
from planlog.slots import Slot, erased_slots, live_slots, trails
from planlog.timeline import counting
from planlog.values import Value

Standing = Literal["counts", "later", "retracted", "erased"]
"""Whether a slot counts by the day asked about or only later, was taken back, or was erased."""


@attrs.frozen(repr=False)
class Change(Value):
    """One attribute of the measure, before and after.

    Attributes with many values are named one by one (``attributes.topic``). Nothing and an empty
    list are both told as `None`. *cause* says of a rank whether the measure moved by itself, was
    shifted by others, or came or went.
    """

    attribute: str
    before: Any
    after: Any
    cause: RankCause | None = None


@attrs.frozen(kw_only=True, repr=False)
class HistoryEntry(Value):
    """One thing that happened to a measure.

    *event* is what the slot holds now (for a slot that was taken back: what it held first; for one
    that was erased: what the erasure kept of it, see `RecordedEvent.is_erased`), *id*
    the id of the event that opened it. *trail* has every event that wrote into the slot or
    retracted one of these, in the order of the log; it has one event where nothing was mended.
    *changes* are empty for what does not count, or changed nothing. *restatements* are the ids of
    the events that are folded into this entry: documents said again by them what held already.
    """

    id: str
    event: RecordedEvent
    standing: Standing
    changes: tuple[Change, ...]
    trail: tuple[RecordedEvent, ...]
    restatements: tuple[str, ...] = ()


def history(
    events: Sequence[RecordedEvent], day: date | None, measure: str, *, every_event: bool = False
) -> tuple[HistoryEntry, ...]:
    """Tell the life of *measure* up to the end of *day*, as known from *events*.

    In the order of the plan's time; what counts only after *day* and what was retracted stands
    where it would have counted. What documents say of the measure on one day is one step: only its
    outcome is told, and what added nothing to it is folded into an entry beside it, so that the
    life reads alike in whichever order the documents were imported. *every_event* tells each event
    by itself.
    """
    slots = live_slots(events)
    documents = Documents(() if every_event else slots)
    changes = _changes(slots, day, measure, documents)
    trails_of = trails(events)
    gone = erased_slots(events)
    held = {slot.id for slot in (*slots, *gone)}
    emptied = [
        Slot(event.position, event.id, event, event.on.first)
        for event in events
        if event.corrects is None and event.id in trails_of and event.id not in held
    ]
    concerned = [
        slot
        for slot in (*slots, *gone, *emptied)
        if slot.id in changes or _concerns(trails_of[slot.id], measure)
    ]
    ordered = _in_order(concerned, changes.keys(), measure)
    stated = {slot.id for slot in ordered if documents.version_of(slot) is not None}
    entries = [
        HistoryEntry(
            id=slot.id,
            event=slot.content,
            standing=_standing(slot, held, day),
            changes=changes.get(slot.id, ()),
            trail=trails_of[slot.id],
        )
        for slot in ordered
    ]
    if any(one.standing == "later" and one.id in stated for one in entries):
        changes = {**_changes(slots, date.max, measure, documents), **changes}
    restating = {
        one.id
        for one in entries
        if one.id in stated and not changes.get(one.id) and len(one.trail) == 1
    }
    return _folded(entries, restating - _introduction(ordered, changes.keys(), measure), stated)


def _introduction(ordered: Iterable[Slot], folded: Set[str], measure: str) -> set[str]:
    """The proposal that brought the measure in, if one did."""
    proposals = (slot.id for slot in ordered if slot.id in folded and _proposes(slot, measure))
    return set(list(proposals)[:1])


def _folded(
    entries: Iterable[HistoryEntry], restating: Set[str], stated: Set[str]
) -> tuple[HistoryEntry, ...]:
    """Fold what is only *restating* into what is told of the same documents, or else before it."""
    told: list[HistoryEntry] = []
    waiting: list[HistoryEntry] = []
    for entry in entries:
        if entry.id in restating and told:
            waiting.append(entry)
            continue
        at_once = [one for one in waiting if entry.id in stated and one.event.on == entry.event.on]
        _fold(told, [one for one in waiting if one not in at_once])
        told.append(entry)
        _fold(told, at_once)
        waiting = []
    _fold(told, waiting)
    return tuple(told)


def _fold(told: list[HistoryEntry], restatements: Iterable[HistoryEntry]) -> None:
    """Fold *restatements* into the last entry that is *told*."""
    ids = tuple(one.id for one in restatements)
    if ids:
        told[-1] = attrs.evolve(told[-1], restatements=(*told[-1].restatements, *ids))


def _in_order(slots: Iterable[Slot], folded: Set[str], measure: str) -> list[Slot]:
    """Put *slots* into the order in which they were *folded*, or would have been.

    The earliest proposal came first. So would one that is earlier still, did it count; but not
    one in between, which must not take the place of that which counts.
    """
    ordered = sorted(slots, key=lambda slot: (slot.day, slot.position))
    proposals = [slot for slot in ordered if _proposes(slot, measure)]
    until = next((index for index, slot in enumerate(proposals) if slot.id in folded), 0)
    first = {slot.id for slot in proposals[: until + 1]}
    return sorted(ordered, key=lambda slot: slot.id not in first)


def _proposes(slot: Slot, measure: str) -> bool:
    event = slot.content.event
    return isinstance(event, Proposed) and event.measure == measure


def _standing(slot: Slot, held: set[str], day: date | None) -> Standing:
    if slot.id not in held:
        return "retracted"
    if slot.content.is_erased:
        return "erased"
    return "counts" if day is not None and slot.content.on.last <= day else "later"


def _concerns(trail: Sequence[RecordedEvent], measure: str) -> bool:
    """Whether anything that was ever written into a slot names the measure."""
    return any(
        reference.kind == "measure" and reference.id == measure
        for event in trail
        for reference in references(event.event)
    )


def _changes(
    slots: Sequence[Slot], day: date | None, measure: str, documents: Documents
) -> Mapping[str, tuple[Change, ...]]:
    """Fold what counts, and tell what each slot that reaches the measure changed about it."""

    def concerns(change: CellChange) -> bool:
        return change.subject == ("measure", measure) and change.attribute != MENTION

    outcomes = Outcomes([] if day is None else counting(slots, day), documents, concerns)
    return {
        step.slot.id: tuple(
            Change(one.attribute, one.before, one.after, one.cause) for one in step.changes
        )
        for outcome in outcomes.told()
        for step in outcome.steps
    }
