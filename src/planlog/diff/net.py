"""What differs in the end: what was learned about the first point, then what was decided since."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from planlog.changes import CellChange, Trace
from planlog.diff.between import Causes, between
from planlog.diff.planchange import Axis, PlanChange, attribute_key, changed, subjects_in_order
from planlog.diff.values import Basis, PlanDiff
from planlog.effects import MENTION, Subject
from planlog.events import RecordedEvent
from planlog.slots import Slot, live_slots, trails
from planlog.timeline import Moment, counting, prefix

IdsOf = Callable[[Slot], Iterable[tuple[int, str]]]
"""Tells, of a slot, which events count as causes, by their position and id."""

_Cells = dict[str, CellChange]
"""What changed of one subject on one axis, by attribute."""


def difference(events: Sequence[RecordedEvent], from_: Moment, to: Moment) -> PlanDiff:
    """Tell what differs between two points in two times.

    First what was learned, at the day of the first, between what was known at the first and at the
    second; then what was decided between the days, as known at the second. A cell that changed on
    both axes has two changes; one that ends as it began has none.
    """
    known_before, known_after = live_slots(events[: from_.size]), live_slots(events[: to.size])
    first = trace_at(known_before, from_)
    middle = trace_at(known_after, from_) if from_.size != to.size else first
    last = trace_at(known_after, to) if from_.day != to.day else middle
    subjects = subjects_in_order(*(one.draft.freeze() for one in (first, middle, last)))
    learned = _Side(
        "learned", first, middle, subjects, partial(recorded_between, events, from_, to)
    )
    decided = _Side("decided", middle, last, subjects, lambda: told_by)
    changes = (change for subject in subjects for change in _changes(subject, learned, decided))
    return PlanDiff(from_=basis(events, from_), to=basis(events, to), changes=tuple(changes))


def basis(events: Sequence[RecordedEvent], moment: Moment) -> Basis:
    """What one side of a diff is computed from."""
    return Basis(at=moment.day, known=prefix(events, moment.size))


def trace_at(slots: Sequence[Slot], moment: Moment) -> Trace:
    """The fold at the end of a moment's day."""
    return Trace(() if moment.day is None else counting(slots, moment.day))


def told_by(slot: Slot) -> set[tuple[int, str]]:
    """The event that opened a slot, and the one that brought what it holds."""
    return {(slot.position, slot.id), (slot.content.position, slot.content.id)}


def recorded_between(events: Sequence[RecordedEvent], from_: Moment, to: Moment) -> IdsOf:
    """Tell, of each slot, the events between the two sizes that wrote into it or took it back."""
    first, last = sorted((from_.size, to.size))
    found = trails(events[:last])

    def ids(slot: Slot) -> set[tuple[int, str]]:
        return {(one.position, one.id) for one in found[slot.id] if one.position >= first}

    return ids


class _Side:
    """What changed on one axis, and why."""

    def __init__(
        self,
        axis: Axis,
        before: Trace,
        after: Trace,
        subjects: Iterable[Subject],
        ids: Callable[[], IdsOf],
    ) -> None:
        self.before, self.after = before, after
        self._axis = axis
        self._cells: dict[Subject, _Cells] = {}
        if before is after:
            return
        self._causes = Causes(before, after, ids())
        for change in between(before, after, subjects):
            self._cells.setdefault(change.subject, {})[change.attribute] = change

    def cells(self, subject: Subject) -> _Cells:
        """What changed of a subject."""
        return self._cells.get(subject, {})

    def changed(self, change: CellChange) -> PlanChange:
        """Tell of one cell."""
        return changed(change, self._axis, self._causes.of(change.subject, change.attribute))

    def appeared(self, subject: Subject) -> PlanChange:
        """Tell that a subject is there now, with all of it."""
        return PlanChange(
            subject=subject[0],
            id=subject[1],
            kind="added",
            attribute=None,
            before=None,
            after=self.after.thing(subject),
            axis=self._axis,
            events=self._causes.of_all(subject, self.after),
        )

    def went(self, subject: Subject) -> PlanChange:
        """Tell that a subject is there no longer, with all that it was."""
        return PlanChange(
            subject=subject[0],
            id=subject[1],
            kind="removed",
            attribute=None,
            before=self.before.thing(subject),
            after=None,
            axis=self._axis,
            events=self._causes.of_all(subject, self.before),
        )


def _changes(subject: Subject, learned: _Side, decided: _Side) -> Iterator[PlanChange]:
    """What is told of one subject: what was learned, then what was decided."""
    presence = [side.cells(subject).get(MENTION) for side in (learned, decided)]
    match presence:
        case [None, None]:
            yield from _cells(subject, learned, decided)
        case [CellChange(before=None), CellChange()]:
            pass  # it came and went
        case [CellChange(), CellChange()]:
            yield from _cells(subject, learned, decided)
        case [CellChange(before=None), None]:
            yield learned.appeared(subject)
            yield from map(decided.changed, _in_order(decided.cells(subject)))
        case [CellChange(), None]:
            yield learned.went(subject)
        case [None, CellChange(before=None)]:
            yield decided.appeared(subject)
        case _:
            yield from map(learned.changed, _in_order(learned.cells(subject)))
            yield decided.went(subject)


def _cells(subject: Subject, learned: _Side, decided: _Side) -> Iterator[PlanChange]:
    """Both changes of each cell that does not end as it began."""
    sides = [(side, side.cells(subject)) for side in (learned, decided)]
    differing = {
        name
        for name in {**sides[0][1], **sides[1][1]}
        if name != MENTION and _differs([cells[name] for _, cells in sides if name in cells])
    }
    for side, cells in sides:
        yield from (side.changed(one) for one in _in_order(cells) if one.attribute in differing)


def _differs(changes: Sequence[CellChange]) -> bool:
    return bool(changes[0].before != changes[-1].after)


def _in_order(cells: _Cells) -> list[CellChange]:
    """The changes of a subject's cells as its class names them."""
    found = [change for name, change in cells.items() if name != MENTION]
    return sorted(found, key=lambda one: attribute_key(one.subject, one.attribute))
