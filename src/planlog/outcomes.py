"""What did each event change in the end? Of what documents say on one day, the outcome counts.

A table that is imported states a plan at once, and the events that tell it have no order in time.
So has what it says again where an older version was imported later: a measure is proposed anew and
implemented on the same day, and nothing has happened to it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import zip_longest
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from planlog.changes import Cell, CellChange, Trace
from planlog.documents import Documents
from planlog.effects import Subject
from planlog.ranking import RankCause, causes, rank_cause
from planlog.slots import Slot
from planlog.values import Value

V = TypeVar("V")


def said_at_once(one: Slot, other: Slot, documents: Documents) -> bool:
    """Tell whether both are there by what documents stated on one day."""
    return (
        one.day == other.day
        and one.day in documents.versions
        and documents.version_of(one) is not None
        and documents.version_of(other) is not None
    )


def at_last(settings: Sequence[tuple[Slot, V]], documents: Documents) -> list[tuple[Slot, V]]:
    """Keep of what documents set at once, one behind the other in *settings*, what is last."""
    return [
        setting
        for setting, behind in zip_longest(settings, settings[1:])
        if behind is None or not said_at_once(setting[0], behind[0], documents)
    ]


@attrs.frozen(repr=False)
class Step(Value):
    """What the *place*-th slot of a fold changed of a subject; nothing, if it only restated."""

    place: int
    slot: Slot
    changes: tuple[CellChange, ...]


@attrs.frozen(repr=False)
class Outcome(Value):
    """What was done to a subject at once: by one slot, or by what documents said on one day.

    Each change of the whole is told in the step of the slot that set the final value.
    """

    subject: Subject
    steps: tuple[Step, ...]

    @property
    def last(self) -> int:
        """The place of the last slot."""
        return self.steps[-1].place


class Outcomes(Trace):
    """A trace to which what documents say of a subject on one day is one step.

    A cell that they leave as it was keeps the slot by which it was set. What was recorded by hand
    and changed the subject stands between what was said before it and behind it; to decide about a
    measure does not, for no document says that.
    """

    def __init__(
        self,
        slots: Iterable[Slot],
        documents: Documents,
        concerns: Callable[[CellChange], bool],
    ) -> None:
        """Fold *slots*, in the order of the fold; only what *concerns* the answer is followed."""
        self._documents = documents
        self._concerns = concerns
        self._open: dict[Subject, _Said] = {}
        self._told: list[Outcome] = []
        self._lists: dict[str, list[_ListsSet]] = {}
        self._causes: dict[tuple[str, int, int], dict[str, RankCause]] = {}
        super().__init__(slots)

    def told(self) -> list[Outcome]:
        """Return what was done, by the place of its last slot."""
        for said in self._open.values():
            self._close(said)
        self._open = {}
        return sorted(self._told, key=lambda outcome: outcome.last)

    def _remember(self, slot: Slot, found: Iterable[CellChange]) -> None:
        place = len(self.slots)
        concerned: dict[Subject, list[CellChange]] = {}
        for change in found:
            if change.attribute == "ranking":
                self._set_list(change.subject[1], place, slot, change.before or ())
            if self._concerns(change):
                concerned.setdefault(change.subject, []).append(change)
        setters = {
            (one.subject, one.attribute): self._set_by.get((one.subject, one.attribute))
            for changes in concerned.values()
            for one in changes
        }
        super()._remember(slot, found)
        if concerned:
            stated = self._documents.version_of(slot) is not None
            for subject, changes in concerned.items():
                if stated:
                    self._state(subject, Step(place, slot, tuple(changes)), setters)
                else:
                    self._do(subject, Step(place, slot, tuple(changes)))

    def _do(self, subject: Subject, step: Step) -> None:
        """Take in what was recorded by hand."""
        if not all(change.attribute.startswith("decisions.") for change in step.changes):
            said = self._open.pop(subject, None)
            if said is not None:
                self._close(said)
        self._told.append(Outcome(subject, (step,)))

    def _state(self, subject: Subject, step: Step, setters: dict[Cell, int | None]) -> None:
        """Take in what a document says, together with what documents said before it that day."""
        said = self._open.get(subject)
        if said is not None and said.steps[0].slot.day != step.slot.day:
            self._close(said)
            said = None
        if said is None:
            said = self._open[subject] = _Said(subject)
        said.take(step, setters, self.value(subject, "field"))
        for change in step.changes:
            cell = subject, change.attribute
            if said.unchanged(change.attribute):
                self._set_again(cell, said.setters[change.attribute])

    def _set_again(self, cell: Cell, setter: int | None) -> None:
        if setter is None:
            del self._set_by[cell]
        else:
            self._set_by[cell] = setter

    def _set_list(self, field: str, place: int, slot: Slot, before: Sequence[str]) -> None:
        """Remember that a list was set; what documents set on one day is one list."""
        found = self._lists.setdefault(field, [])
        if found and said_at_once(found[-1].slot, slot, self._documents):
            found[-1] = attrs.evolve(found[-1], last=place)
        else:
            found.append(_ListsSet(place, place, slot, before))

    def _close(self, said: "_Said") -> None:
        self._told.append(Outcome(said.subject, self._net(said)))

    def _net(self, said: "_Said") -> tuple[Step, ...]:
        found: dict[int, list[CellChange]] = {step.place: [] for step in said.steps}
        for attribute, last in said.last.items():
            if not said.unchanged(attribute):
                before, after = said.first[attribute], last.after
                cause = self._cause_of(said, before, after) if attribute == "rank" else None
                change = CellChange(said.subject, attribute, before, after, cause)
                # Since when a phase lasts may be settled before the phase is.
                name = "phase" if attribute == "since" else attribute
                found[said.places[name]].append(change)
        return tuple(Step(step.place, step.slot, tuple(found[step.place])) for step in said.steps)

    def _cause_of(self, said: "_Said", before: int | None, after: int | None) -> RankCause:
        """Why a rank is another: by the lists before and after all that was said at once."""
        _, measure = said.subject
        field = said.field or ""
        found = self._lists.get(field, [])
        then = bisect_left(found, said.steps[0].place, key=attrgetter("last"))
        since = bisect_right(found, said.steps[-1].place, key=attrgetter("first"))
        key = field, then, found[since - 1].last if since else since
        if key not in self._causes:
            now: Sequence[str] = self.value(("field", field), "ranking") or ()
            lists = [*(one.before for one in found), now]
            self._causes[key] = causes(lists[then], lists[since])
        fields = said.first.get("field", said.field), said.field
        return rank_cause(measure, fields, (before, after), {field: self._causes[key]})


@attrs.frozen
class _ListsSet:
    """The lists of a field that were set at once, by the places of the *first* and the *last*."""

    first: int
    last: int
    slot: Slot
    before: Sequence[str]


class _Said:
    """What documents said of a subject on one day, with nothing else in between."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.steps: tuple[Step, ...] = ()
        self.first: dict[str, Any] = {}
        self.last: dict[str, CellChange] = {}
        self.places: dict[str, int] = {}
        self.setters: dict[str, int | None] = {}
        self.field: str | None = None

    def take(self, step: Step, setters: dict[Cell, int | None], field: str | None) -> None:
        """Take in one more slot, and the *field* in which it leaves a measure."""
        self.steps = (*self.steps, step)
        self.field = field
        for change in step.changes:
            self.first.setdefault(change.attribute, change.before)
            self.setters.setdefault(change.attribute, setters[self.subject, change.attribute])
            self.last[change.attribute] = change
            self.places[change.attribute] = step.place

    def unchanged(self, attribute: str) -> bool:
        """Whether an attribute is by now what it was before."""
        return bool(self.first[attribute] == self.last[attribute].after)
