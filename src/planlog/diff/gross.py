"""Every step between two points: what each event changed when it came to count or was learned."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from planlog.changes import CellChange, Trace
from planlog.diff.net import basis, told_by
from planlog.diff.planchange import Axis, ChangeKind, PlanChange, attribute_key, changed
from planlog.diff.refold import Refold, Step
from planlog.diff.values import PlanDiff
from planlog.effects import MENTION
from planlog.events import Erased, RecordedEvent, Retracted
from planlog.ranking import RankCause, causes
from planlog.slots import Slot, live_slots
from planlog.timeline import Moment, counting


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


_Taken = tuple[Step, tuple[str, ...]]
"""A step, and the ids of the events that made it."""


def _steps(found: Iterable[_Taken], axis: Axis, backwards: bool) -> list[PlanChange]:
    told: list[list[PlanChange]] = []
    for step, ids in found:
        back = step.back if backwards else None
        if back is not None:
            told.append(_told(back, step.after, step.before, ids))
        else:
            forth = _told(step.forth, step.before, step.after, ids)
            told.append(_undone(forth) if backwards else forth)
    ordered = reversed(told) if backwards else told
    return [attrs.evolve(change, axis=axis) for changes in ordered for change in changes]


def _decided(slots: Sequence[Slot], first: date | None, last: date | None) -> Iterator[_Taken]:
    """What each slot changed that came to count between two days."""
    earlier, later = sorted((first, last), key=_key)
    if later is None or earlier == later:
        return
    counted = [] if earlier is None else counting(slots, earlier)
    fold = Refold(sorted(counted, key=lambda slot: slot.position))
    coming = [slot for slot in counting(slots, later) if not fold.holds(slot.id)]
    for slot in sorted(coming, key=lambda slot: slot.content.on.last):
        yield fold.put(slot), tuple(id for _, id in sorted(told_by(slot)))


def _learned(events: Sequence[RecordedEvent], from_: Moment, to: Moment) -> Iterator[_Taken]:
    """What each event changed, at the day of the first point, that was recorded between."""
    first, last = sorted((from_.size, to.size))
    day = from_.day
    if day is None or first == last:
        return
    fold = Refold(slot for slot in live_slots(events[:first]) if slot.content.on.last <= day)
    record = _Record()
    for event in events[:last]:
        id = record.add(event)
        if id is None or event.position < first:
            continue
        slot = record.held(id)
        if slot is not None and slot.content.on.last <= day:
            yield fold.put(slot), (event.id,)
        elif fold.holds(id):
            yield fold.take_away(id), (event.id,)


class _Record:
    """What each slot holds by now, event by event."""

    def __init__(self) -> None:
        self._slot_of: dict[str, str] = {}
        self._trails: dict[str, list[RecordedEvent]] = {}

    def add(self, event: RecordedEvent) -> str | None:
        """Take in one event, and name the slot that it writes into or mends, if it does."""
        target = event.retracts or event.corrects
        if target is not None:
            id = self._slot_of.get(target)
        elif isinstance(event.event, Retracted | Erased) and not event.is_erased:
            return None
        else:
            id = event.id
        if id is not None:
            self._slot_of[event.id] = id
            self._trails.setdefault(id, []).append(event)
        return id

    def held(self, id: str) -> Slot | None:
        """What a slot holds by now: only what wrote into it and mended it can matter."""
        return next(iter(live_slots(self._trails[id])), None)


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


def _key(day: date | None) -> tuple[bool, date]:
    """The point before everything comes before the first day there is."""
    return day is not None, day or date.min
