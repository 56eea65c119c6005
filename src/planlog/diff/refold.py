"""A fold that slots are put into and taken out of, wherever they belong in its order."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import attrs

from planlog.changes import CellChange, Trace
from planlog.diff.between import between
from planlog.effects import Subject, effects
from planlog.events import Decided, Proposed
from planlog.related import Related
from planlog.slots import Slot
from planlog.timeline import in_fold_order


@attrs.frozen
class Step:
    """What one slot changed by counting, or by counting no longer, or by holding something else.

    *before* and *after* know what came or went as it was. Where they are two folds, they know of
    *subjects* what it would change to undo the step.
    """

    before: Trace
    after: Trace
    forth: list[CellChange]
    subjects: Sequence[Subject] = ()

    @property
    def back(self) -> list[CellChange] | None:
        """What it would change to undo the step; nothing where one fold simply went on."""
        if self.before is self.after:
            return None
        return between(self.after, self.before, self.subjects)


class Refold:
    """A fold that can be changed in the middle.

    What comes last is simply folded. For anything else only what can matter for the subjects that
    it reaches is folded anew, without it and with it.
    """

    def __init__(self, slots: Iterable[Slot]) -> None:
        """Begin with *slots*, which come by position."""
        self._slots: dict[str, Slot] = {}
        self._related = Related()
        self._last = _FIRST
        for slot in slots:
            self._enter(slot)
        self._trace = Trace(in_fold_order(self._slots.values()))

    def holds(self, id: str) -> bool:
        """Whether a slot counts by now."""
        return id in self._slots

    def put(self, slot: Slot) -> Step:
        """Let *slot* count from now on, or hold what it holds now."""
        if slot.id in self._slots or _place(slot) < self._last or self._comes_first(slot):
            return self._replace(self._slots.get(slot.id), slot)
        self._enter(slot)
        return Step(self._trace, self._trace, self._trace.take(slot))

    def take_away(self, id: str) -> Step:
        """Let a slot count no longer."""
        return self._replace(self._slots[id], None)

    def _enter(self, slot: Slot) -> None:
        self._slots[slot.id] = slot
        self._last = max(self._last, _place(slot))
        self._related.enter(slot)

    def _leave(self, slot: Slot) -> None:
        del self._slots[slot.id]
        self._related.leave(slot)

    def _comes_first(self, slot: Slot) -> bool:
        """Whether it is a measure's first proposal, and something about the measure counts."""
        event = slot.content.event
        if not isinstance(event, Proposed):
            return False
        subject = ("measure", event.measure)
        return subject in self._trace.draft.subjects and not any(
            isinstance(one.content.event, Proposed) and one.content.event.measure == event.measure
            for one in self._related.writing(subject)
        )

    def _replace(self, old: Slot | None, new: Slot | None) -> Step:
        slots = [slot for slot in (old, new) if slot is not None]
        lists = any(map(_reaches_lists, slots))
        subjects = self._reached(slots)
        before = Trace(in_fold_order(self._related.to(subjects, lists=lists)))
        if old is not None:
            self._leave(old)
        if new is not None:
            self._enter(new)
        after = Trace(in_fold_order(self._related.to(subjects, lists=lists)))
        forth = between(before, after, subjects)
        self._trace.mend(after, subjects, forth)
        return Step(before, after, forth, subjects)

    def _reached(self, slots: Iterable[Slot]) -> list[Subject]:
        """The subjects of *slots*; of what sets or decides a list, all that was ever on it."""
        found: dict[Subject, None] = {}
        for slot in slots:
            for subject, attribute, _ in effects(slot):
                found.setdefault(subject)
                if subject[0] == "field" and (attribute == "ranking" or _decides(slot)):
                    for writing in self._related.writing(subject):
                        found.update((one, None) for one, _, _ in effects(writing))
        return list(found)


def _decides(slot: Slot) -> bool:
    return isinstance(slot.content.event, Decided)


def _reaches_lists(slot: Slot) -> bool:
    """Whether it can matter for a rank or for a decision about a list."""
    return isinstance(slot.content.event, Decided | Proposed) or any(
        attribute == "ranking" or (subject[0] == "measure" and attribute == "field")
        for subject, attribute, _ in effects(slot)
    )


_FIRST: Final = (date.min, -1)


def _place(slot: Slot) -> tuple[date, int]:
    return slot.day, slot.position
