"""What differs between two folds, cell by cell, and which slots made the difference."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final

from planlog.changes import CellChange, Trace
from planlog.effects import MENTION, PLAN, Subject, effects
from planlog.events import Decided
from planlog.ranking import RankCause, causes, rank_cause
from planlog.slots import Slot


def between(before: Trace, after: Trace, subjects: Iterable[Subject]) -> list[CellChange]:
    """Tell what differs of *subjects*, each cell by itself.

    Of a subject that appeared or went, there is the change of `MENTION` and those of all its cells.
    """
    found: list[CellChange] = []
    lists = _Lists(before, after)
    for subject in subjects:
        was, is_now = (subject in trace.draft.subjects for trace in (before, after))
        if was != is_now and subject != PLAN:
            found.append(CellChange(subject, MENTION, was or None, is_now or None))
        old, new = before.values(subject), after.values(subject)
        found.extend(
            CellChange(
                subject,
                name,
                old.get(name),
                new.get(name),
                lists.cause(subject) if name == "rank" else None,
            )
            for name in dict.fromkeys((*old, *new))
            if old.get(name) != new.get(name)
        )
    return found


class _Lists:
    """The priority lists before and after, and what became of the measures on them."""

    def __init__(self, before: Trace, after: Trace) -> None:
        self._before, self._after = before, after
        self._causes: dict[str, dict[str, RankCause]] = {}

    def cause(self, measure: Subject) -> RankCause:
        """Why the rank of a measure is another."""
        traces = self._before, self._after
        fields = traces[0].value(measure, "field"), traces[1].value(measure, "field")
        ranks = traces[0].value(measure, "rank"), traces[1].value(measure, "rank")
        field = fields[1]
        if field is not None and field not in self._causes:
            old, new = (trace.value(("field", field), "ranking") or () for trace in traces)
            self._causes[field] = causes(old, new)
        return rank_cause(measure[1], fields, ranks, self._causes)


class Causes:
    """Which events caused the changes between two folds.

    A change comes from what counts in one of the folds and not in the other, or holds something
    else there: from the slot that gave the cell its new value, if it is one of those, else from
    the slot that had given it the old one. Where it is neither, only the order of others is
    another now, and every such slot that can matter for the cell is named. *ids* tells, for a
    slot, the ids of the events that made it count or hold what it holds, with their positions.
    """

    def __init__(
        self, before: Trace, after: Trace, ids: Callable[[Slot], Iterable[tuple[int, str]]]
    ) -> None:
        self._traces = after, before
        self._ids = ids
        old, new = ({slot.id: slot for slot in trace.slots} for trace in (before, after))
        self._slots = old, new
        self._changed = {
            id: new.get(id) or old[id]
            for id in {**old, **new}
            if id not in old or id not in new or old[id].content is not new[id].content
        }
        self._former = {id: old[id] for id in self._changed if id in old}

    def of(self, subject: Subject, attribute: str) -> tuple[str, ...]:
        """The ids of the events that caused the change of a cell, in the order of the log."""
        for trace in self._traces:
            slot = trace.set_by(subject, attribute)
            if slot is not None and slot.id in self._changed:
                return self._told([slot.id])
        return self._told(self._related(subject, attribute))

    def of_all(self, subject: Subject, trace: Trace) -> tuple[str, ...]:
        """The ids of the events that caused a subject to be there, as it is in *trace*, or not."""
        names = [MENTION, *trace.values(subject)]
        found = (trace.set_by(subject, name) for name in names)
        return self._told({slot.id for slot in found if slot is not None} & set(self._changed))

    def _told(self, slots: Iterable[str]) -> tuple[str, ...]:
        found = {one for id in slots for one in self._ids(self._changed[id])}
        return tuple(id for _, id in sorted(found))

    def _related(self, subject: Subject, attribute: str) -> Iterable[str]:
        """The changed slots that set what a cell hangs on; if none does, all about its subject.

        There is always one: whatever a cell hangs on speaks of its subject.
        """
        stem = attribute.partition(".")[0]
        cells = {(subject, name) for name in (attribute, stem, *_HANGS_ON.get(stem, ()))}
        if stem in ("rank", "decisions"):
            fields = {trace.value(subject, "field") for trace in self._traces}
            fields |= self._decided_lists(attribute.removeprefix("decisions."))
            cells |= {(("field", field), "ranking") for field in fields}
        found = dict.fromkeys(id for cell in cells for id in self._setting.get(cell, ()))
        return found or self._about[subject]

    def _decided_lists(self, decision: str) -> set[str]:
        """The fields about whose lists a decision is, on either side; it reaches who is on them."""
        found = (slots[decision] for slots in self._slots if decision in slots)
        events = (slot.content.event for slot in found)
        return {id for one in events if isinstance(one, Decided) for id in one.fields or ()}

    @cached_property
    def _setting(self) -> dict[tuple[Subject, str], list[str]]:
        """For each cell, the changed slots that set it on either side."""
        found: dict[tuple[Subject, str], list[str]] = {}
        for id in self._changed:
            for cell in dict.fromkeys(self._cells_of(id)):
                found.setdefault(cell, []).append(id)
        return found

    @cached_property
    def _about(self) -> dict[Subject, dict[str, None]]:
        """For each subject, the changed slots that speak of it on either side."""
        found: dict[Subject, dict[str, None]] = {}
        for (subject, _), ids in self._setting.items():
            found.setdefault(subject, {}).update(dict.fromkeys(ids))
        return found

    def _cells_of(self, id: str) -> Iterator[tuple[Subject, str]]:
        for slot in (self._changed[id], self._former.get(id, self._changed[id])):
            for subject, attribute, _ in effects(slot):
                yield subject, attribute


_HANGS_ON: Final[dict[str, tuple[str, ...]]] = {"since": ("phase",), "rank": ("field",)}
"""What the value of an attribute follows from, besides what sets it."""
