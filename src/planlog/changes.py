"""What each event changed: the fold, told step by step, and by what each value was set."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from planlog.draft import Draft, Thing, thing
from planlog.effects import MENTION, PLAN, Effect, Subject, effects
from planlog.events import Decided
from planlog.fold import apply
from planlog.ranking import RankCause, causes, rank_cause
from planlog.slots import Slot
from planlog.values import Value

Cell = tuple[Subject, str]
"""One attribute of one subject, named as in `planlog.effects.Effect`; or ``rank`` of a measure."""


@attrs.frozen(repr=False)
class CellChange(Value):
    """What one event did to one cell: the value before and after.

    Nothing and an empty list are both told as `None`. The attribute `MENTION` says that the
    subject appeared. *cause* says of a rank why it is another.
    """

    subject: Subject
    attribute: str
    before: Any
    after: Any
    cause: RankCause | None = None


class Trace:
    """A fold that remembers what each slot changed and by which slot each value was set.

    *slots* are all that was taken, in the order in which they were folded.
    """

    def __init__(self, slots: Iterable[Slot] = ()) -> None:
        """Fold *slots*, which come in the order of the fold."""
        self.draft = Draft()
        self.slots: list[Slot] = []
        self._set_by: dict[Cell, int] = {}
        self._decisions: dict[Subject, list[int]] = {}
        self._ranks: dict[str | None, dict[str, int]] = {}
        for slot in slots:
            self.take(slot)

    def take(self, slot: Slot) -> list[CellChange]:
        """Let the content of *slot* happen, and tell everything that it changed."""
        written = effects(slot)
        touched = dict.fromkeys(self._touched(slot, written))
        new = {subject for subject, _ in touched if subject not in self.draft.subjects}
        before = {cell: self.value(*cell) for cell in touched}
        apply(self.draft, slot, written)
        lists = self._lists_set(written, before)
        found = [
            CellChange(subject, MENTION, None, True)
            for subject in dict.fromkeys(subject for subject, _ in touched)
            if subject in new and subject != PLAN
        ]
        for cell, was in before.items():
            now = self.value(*cell)
            if now != was:
                found.append(
                    CellChange(*cell, was, now, self._cause(cell, was, now, before, lists))
                )
        self._remember(slot, found)
        return found

    def mend(self, other: "Trace", about: Iterable[Subject], changes: Iterable[CellChange]) -> None:
        """Take over what *changes* *about* some subjects, for which *other* is a whole fold.

        By what values were set is not kept.
        """
        subjects, runs = self.draft.subjects, self.draft.runs
        for change in changes:
            subject, attribute = change.subject, change.attribute
            if attribute == MENTION and change.after is None:
                del subjects[subject]
            elif attribute == MENTION:
                subjects[subject] = {}
        for change in changes:
            subject, attribute = change.subject, change.attribute
            # The plan is there without ever having appeared.
            values = (
                subjects.setdefault(subject, {}) if subject == PLAN else subjects.get(subject, {})
            )
            if attribute not in (MENTION, "rank"):
                values.pop(attribute, None)
                if change.after is not None:
                    values[attribute] = change.after
            if attribute == "ranking":
                self._ranks[subject[1]] = _ranks(change.after or ())
        for kind, id in about:
            if kind == "measure":
                runs.pop(id, None)
                if id in other.draft.runs:
                    runs[id] = other.draft.runs[id]

    def value(self, subject: Subject, attribute: str) -> Any:
        """What a cell holds by now; nothing where it holds nothing or an empty list."""
        values = self.draft.subjects.get(subject, {})
        if attribute == "rank" and subject[0] == "measure":
            return self._ranks.get(values.get("field"), {}).get(subject[1])
        value = values.get(attribute)
        return None if value == () else value

    def values(self, subject: Subject) -> dict[str, Any]:
        """Everything that a subject's cells hold by now, but for those that hold nothing."""
        names = [*self.draft.subjects.get(subject, ()), "rank"]
        return {name: value for name in names if (value := self.value(subject, name)) is not None}

    def thing(self, subject: Subject) -> Thing:
        """The measure, field, goal, conference or version as it is by now."""
        return thing(subject, self.draft.subjects[subject], self.value(subject, "rank"))

    def set_by(self, subject: Subject, attribute: str) -> Slot | None:
        """The slot that gave a cell the value it has, if any did; restating it does not count."""
        index = self._set_by.get((subject, attribute))
        return None if index is None else self.slots[index]

    def decided(self, subject: Subject, attribute: str) -> Slot | None:
        """The first decision about a measure or field since a cell has the value it has."""
        index = self._set_by.get((subject, attribute), -1)
        found = self._decisions.get(subject, [])
        place = bisect_right(found, index)
        return self.slots[found[place]] if place < len(found) else None

    def _touched(self, slot: Slot, written: Iterable[Effect]) -> Iterator[Cell]:
        """The cells that *slot* may change; only these are compared, since there may be many."""
        subjects = self.draft.subjects
        for subject, attribute, value in written:
            yield subject, MENTION
            match subject[0], attribute:
                case "measure", "attributes":
                    names = list(subjects.get(subject, ()))
                    yield from ((subject, one) for one in names if one.startswith("attributes."))
                case "field", "ranking":
                    yield subject, attribute
                    listed: tuple[str, ...] = subjects.get(subject, {}).get("ranking", ())
                    for measure in dict.fromkeys((*listed, *(value or ()))):  # type: ignore[misc]  # the value of a ranking is a tuple of ids
                        yield ("measure", measure), "rank"
                case _ if attribute != MENTION:
                    yield subject, attribute
                    yield from (
                        (subject, one) for one in _FOLLOWING.get((subject[0], attribute), ())
                    )
        if isinstance(event := slot.content.event, Decided):
            for field in event.fields or ():
                for measure in subjects.get(("field", field), {}).get("ranking", ()):
                    yield ("measure", measure), f"decisions.{slot.id}"

    def _lists_set(
        self, written: Iterable[Effect], before: Mapping[Cell, Any]
    ) -> dict[str, dict[str, RankCause]]:
        """Take in the lists that were set, and tell what each means for the measures on it."""
        found: dict[str, dict[str, RankCause]] = {}
        for subject, attribute, _ in written:
            if attribute == "ranking":
                now = self.value(subject, attribute) or ()
                self._ranks[subject[1]] = _ranks(now)
                found[subject[1]] = causes(before[subject, attribute] or (), now)
        return found

    def _cause(
        self,
        cell: Cell,
        was: Any,
        now: Any,
        before: Mapping[Cell, Any],
        lists: Mapping[str, Mapping[str, RankCause]],
    ) -> RankCause | None:
        subject, attribute = cell
        if attribute != "rank":
            return None
        field = self.value(subject, "field")
        fields = before.get((subject, "field"), field), field
        return rank_cause(subject[1], fields, (was, now), lists)

    def _remember(self, slot: Slot, found: Iterable[CellChange]) -> None:
        index = len(self.slots)
        self.slots.append(slot)
        for change in found:
            self._set_by[change.subject, change.attribute] = index
            if change.attribute == f"decisions.{slot.id}":
                self._decisions.setdefault(change.subject, []).append(index)


def _ranks(ranking: Iterable[str]) -> dict[str, int]:
    return {id: rank for rank, id in enumerate(ranking, 1)}


_FOLLOWING: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("measure", "phase"): ("since",),
    ("measure", "field"): ("rank",),
}
"""What changes with an attribute, though no event sets it."""
