"""Every step between two points: what each event changed when it came to count or was learned."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from planlog.changes import CellChange, Trace
from planlog.diff.between import between
from planlog.diff.net import basis, told_by
from planlog.diff.planchange import Axis, ChangeKind, PlanChange, attribute_key, changed
from planlog.diff.values import PlanDiff
from planlog.effects import MENTION, Subject
from planlog.events import Erased, Proposed, RecordedEvent, Retracted
from planlog.ranking import RankCause, causes
from planlog.slots import Slot, live_slots
from planlog.timeline import Moment, counting, in_fold_order


def steps(events: Sequence[RecordedEvent], from_: Moment, to: Moment) -> PlanDiff:
    """Tell every change between two points in two times, event by event.

    First what was learned, in the order of the log; then what was decided, in the order in which
    it came to count: an inexact event does so at the end of its interval. Where the second point
    is the earlier one, the same steps are gone backwards.
    """
    learned = _steps(_learned(events, from_, to), "learned", from_.size > to.size)
    decided = _steps(
        _decided(live_slots(events[: to.size]), from_.day, to.day),
        "decided",
        _key(from_.day) > _key(to.day),
    )
    return PlanDiff(from_=basis(events, from_), to=basis(events, to), changes=(*learned, *decided))


@attrs.frozen
class _Step:
    """What one event changed: forth, and if it had to be worked out from two folds, back."""

    forth: list[PlanChange]
    back: list[PlanChange] | None = None


def _steps(found: Iterable[_Step], axis: Axis, backwards: bool) -> list[PlanChange]:
    if not backwards:
        told = [change for step in found for change in step.forth]
    else:
        told = [
            change
            for step in reversed(list(found))
            for change in (_undone(step.forth) if step.back is None else step.back)
        ]
    return [attrs.evolve(change, axis=axis) for change in told]


class _Fold:
    """A fold that one slot after another is put into, wherever it belongs in the order."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        self._slots = {slot.id: slot for slot in slots}
        self._begin()

    def _begin(self) -> None:
        self._trace = Trace(in_fold_order(self._slots.values()))
        self._last = max(map(_place, self._slots.values()), default=_FIRST)
        self._proposed = {id for slot in self._slots.values() for id in _proposes(slot)}

    def put(self, slot: Slot, ids: tuple[str, ...]) -> _Step:
        """Let *slot* count from now on, or hold what it holds now."""
        new = slot.id not in self._slots
        self._slots[slot.id] = slot
        if new and _place(slot) > self._last and not self._comes_first(slot):
            self._last = _place(slot)
            self._proposed.update(_proposes(slot))
            return _Step(_told(self._trace.take(slot), self._trace, self._trace, ids))
        return self._anew(ids)

    def take_away(self, slot: str, ids: tuple[str, ...]) -> _Step:
        """Let a slot count no longer."""
        del self._slots[slot]
        return self._anew(ids)

    def holds(self, slot: str) -> Slot | None:
        """What counts of a slot by now."""
        return self._slots.get(slot)

    def _comes_first(self, slot: Slot) -> bool:
        """Whether it is a measure's first proposal, and something about the measure counts."""
        return any(
            id not in self._proposed and ("measure", id) in self._trace.draft.subjects
            for id in _proposes(slot)
        )

    def _anew(self, ids: tuple[str, ...]) -> _Step:
        before = self._trace
        self._slots = dict(sorted(self._slots.items(), key=lambda item: item[1].position))
        self._begin()
        after = self._trace
        subjects: list[Subject] = list({**before.draft.subjects, **after.draft.subjects})
        forth = between(before, after, subjects)
        back = between(after, before, subjects)
        return _Step(_told(forth, before, after, ids), _told(back, after, before, ids))


def _decided(slots: Sequence[Slot], first: date | None, last: date | None) -> Iterator[_Step]:
    """What each slot changed that came to count between two days."""
    earlier, later = sorted((first, last), key=_key)
    if later is None or earlier == later:
        return
    counted = [] if earlier is None else counting(slots, earlier)
    fold = _Fold(sorted(counted, key=lambda slot: slot.position))
    there = {slot.id for slot in counted}
    coming = [slot for slot in counting(slots, later) if slot.id not in there]
    for slot in sorted(coming, key=lambda slot: slot.content.on.last):
        yield fold.put(slot, tuple(id for _, id in sorted(told_by(slot))))


def _learned(events: Sequence[RecordedEvent], from_: Moment, to: Moment) -> Iterator[_Step]:
    """What each event changed, at the day of the first point, that was recorded between."""
    first, last = sorted((from_.size, to.size))
    day = from_.day
    if day is None or first == last:
        return
    live = {slot.id: slot for slot in live_slots(events[:first])}
    fold = _Fold(slot for slot in live.values() if slot.content.on.last <= day)
    for event in events[first:last]:
        for id, slot in _touched(events, event, live):
            there = fold.holds(id)
            counts = slot is not None and slot.content.on.last <= day
            if slot is not None and counts:
                yield fold.put(slot, (event.id,))
            elif there is not None:
                yield fold.take_away(id, (event.id,))


def _touched(
    events: Sequence[RecordedEvent], event: RecordedEvent, live: dict[str, Slot]
) -> list[tuple[str, Slot | None]]:
    """The slot that *event* writes into or empties, with what it holds then; *live* is updated."""
    known = events[: event.position + 1]
    if event.corrects is None and not isinstance(event.event, Retracted | Erased):
        found = [Slot(event.position, event.id, event, event.on.first)]
    else:
        found = live_slots(known)
    now = {slot.id: slot for slot in found}
    names = [event.id] if len(found) == 1 and event.id in now else list({**live, **now})
    touched = [
        (id, now.get(id))
        for id in names
        if id not in live or id not in now or live[id].content is not now[id].content
    ]
    for id, slot in touched:
        if slot is None:
            del live[id]
        else:
            live[id] = slot
    return touched


def _told(
    found: Iterable[CellChange], before: Trace, after: Trace, ids: tuple[str, ...]
) -> list[PlanChange]:
    """What changed in one step, of what came or went the whole."""
    changes = list(found)
    came = {one.subject: one for one in changes if one.attribute == MENTION}
    told = [
        PlanChange(
            subject=subject[0],
            id=subject[1],
            kind="added" if change.after else "removed",
            attribute=None,
            before=None if change.after else before.thing(subject),
            after=after.thing(subject) if change.after else None,
            axis="decided",
            events=ids,
        )
        for subject, change in came.items()
    ]
    rest = sorted(
        (one for one in changes if one.subject not in came),
        key=lambda one: (one.subject, attribute_key(one.subject, one.attribute)),
    )
    return told + [changed(one, "decided", ids) for one in rest]


def _undone(step: Sequence[PlanChange]) -> list[PlanChange]:
    """A step gone backwards; it sets one list at the most."""
    lists = [(one.after or (), one.before or ()) for one in step if one.attribute == "ranking"]
    known: dict[str, RankCause] = {}
    for new, old in lists:
        known |= causes(new, old)
    return [_undo(one, known) for one in reversed(step)]


def _undo(change: PlanChange, known: dict[str, RankCause]) -> PlanChange:
    cause = change.cause
    if cause is not None and change.before is None:
        cause = "unlisted"
    elif cause in ("unlisted", "listed"):
        cause = "listed"
    elif cause is not None:
        cause = known[change.id]
    return attrs.evolve(
        change, kind=_UNDONE[change.kind], before=change.after, after=change.before, cause=cause
    )


_UNDONE: Final[dict[ChangeKind, ChangeKind]] = {
    "added": "removed",
    "removed": "added",
    "changed": "changed",
}

_FIRST: Final = (date.min, -1)


def _place(slot: Slot) -> tuple[date, int]:
    return slot.day, slot.position


def _proposes(slot: Slot) -> tuple[str, ...]:
    return (slot.content.event.measure,) if isinstance(slot.content.event, Proposed) else ()


def _key(day: date | None) -> tuple[bool, date]:
    """The point before everything comes before the first day there is."""
    return day is not None, day or date.min
