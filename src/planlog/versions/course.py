"""What was one subject on a day? With and without what the documents of that day said of it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from planlog.draft import Draft, Values
from planlog.effects import Effect, Subject, effects
from planlog.events import (
    ConferenceHeld,
    Decided,
    Erased,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Merged,
    Noted,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Proposed,
    Retracted,
    Split,
    VersionRecorded,
)
from planlog.fold import apply
from planlog.slots import Slot
from planlog.timeline import in_fold_order

Own = Callable[[Slot], bool]
"""Whether a slot came from a document of its day."""


class Tellings:
    """The slots of a log by the measures and fields of which they set something."""

    def __init__(self, slots: Iterable[Slot]) -> None:
        """Take in *slots*, which come by position."""
        self._of: dict[Subject, list[Slot]] = {}
        for slot in slots:
            self.take(slot)

    def take(self, slot: Slot) -> None:
        """Take in one more slot."""
        for subject in subjects(slot.content.event):
            self._of.setdefault(subject, []).append(slot)

    def of(self, subject: Subject) -> Sequence[Slot]:
        """Return what is told of a subject, by position."""
        return self._of.get(subject, ())


def subjects(event: Event) -> Iterable[Subject]:
    """Tell of which measures and fields *event* sets what a document can state.

    Without asking for what it sets: most events are about one measure, and most about another.
    """
    match event:
        case Merged():
            return [("measure", id) for id in {*event.measures, event.into}]
        case Split():
            return [("measure", id) for id in {event.measure, *event.into}]
        case Prioritized() | FieldAdded() | FieldAmended():
            return (("field", event.field),)
        case (
            PlanOpened()
            | PlanAmended()
            | GoalAdded()
            | ConferenceHeld()
            | Decided()
            | VersionRecorded()
            | Noted()
            | Retracted()
            | Erased()
        ):
            return ()
        case _:
            return (("measure", event.measure),)


class Course:
    """One subject through the days: each is visited once, the earliest first.

    What comes last is simply folded; where something counts that belongs further back, all of it
    is folded anew.
    """

    def __init__(self, subject: Subject, slots: Iterable[Slot]) -> None:
        """Follow *subject* through what *slots* tell of it."""
        self.subject = subject
        self._waiting = sorted(slots, key=lambda slot: slot.content.on.last)
        self._counting: list[Slot] = []
        self._draft = Draft()

    def visit(self, day: date, own: Own) -> tuple[Values, Values]:
        """Go on to *day*: what the subject was without what its documents said, and what it was."""
        self._count(self._until(lambda last: last < day))
        fresh = self._until(lambda last: last <= day)
        others = [slot for slot in fresh if not own(slot)]
        if len(others) == len(fresh):
            self._count(fresh)
            return self._values(), self._values()
        before = self._values()
        if others:
            counting = sorted([*self._counting, *others], key=lambda slot: slot.position)
            before = self._folded(counting).subjects.get(self.subject, {})
        self._count(fresh)
        return before, self._values()

    def take(self, slot: Slot) -> Values:
        """Let one more *slot* count on the day that was visited last; return what came of it."""
        self._count([slot])
        return self._values()

    def settled(self, day: date) -> bool:
        """Whether all that is still to count comes after what counts by *day*."""
        proposed = [any(map(_proposes, slots)) for slots in (self._counting, self._waiting)]
        return proposed != [False, True] and all(slot.day > day for slot in self._waiting)

    def _until(self, counts: Callable[[date], bool]) -> list[Slot]:
        number = 0
        while number < len(self._waiting) and counts(self._waiting[number].content.on.last):
            number += 1
        found, self._waiting = self._waiting[:number], self._waiting[number:]
        return sorted(found, key=_place)

    def _count(self, fresh: Sequence[Slot]) -> None:
        if not fresh:
            return
        goes_on = not self._counting or _place(self._counting[-1]) < _place(fresh[0])
        self._counting += fresh
        if goes_on and not self._comes_first(len(fresh)):
            for slot in fresh:
                apply(self._draft, slot, self._about(slot))
        else:
            self._counting.sort(key=_place)
            self._draft = self._folded(sorted(self._counting, key=lambda slot: slot.position))

    def _comes_first(self, number: int) -> bool:
        """Whether the first proposal is among the last *number*, and not all that is told."""
        first = next((at for at, slot in enumerate(self._counting) if _proposes(slot)), 0)
        return len(self._counting) - number <= first > 0

    def _folded(self, slots: Iterable[Slot]) -> Draft:
        draft = Draft()
        for slot in in_fold_order(slots):
            apply(draft, slot, self._about(slot))
        return draft

    def _about(self, slot: Slot) -> list[Effect]:
        return [effect for effect in effects(slot) if effect[0] == self.subject]

    def _values(self) -> Values:
        return dict(self._draft.subjects.get(self.subject, {}))


def _proposes(slot: Slot) -> bool:
    return isinstance(slot.content.event, Proposed)


def _place(slot: Slot) -> tuple[date, int]:
    return slot.day, slot.position
