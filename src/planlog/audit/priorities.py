"""Which rank and level each measure had when, by which event, on whose word, decided where."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import attrs

from planlog.audit.origins import Origin, Origins, origin
from planlog.changes import CellChange
from planlog.documents import Documents
from planlog.events import Amended, Decided, Event, Prioritized, Proposed, Rated
from planlog.fold import replay
from planlog.outcomes import Outcome, Outcomes
from planlog.plan import Measure, Occasion, Plan
from planlog.possible import possible
from planlog.ranking import RankCause, causes, rank_cause
from planlog.slots import Slot
from planlog.timeline import counting
from planlog.values import Value

_PRIORITIZING = (Proposed, Amended, Prioritized, Rated)
"""Everything that a rank or a level, or a doubt about them, can come from."""


@attrs.frozen(kw_only=True, repr=False)
class Priority(Value):
    """The rank and level of a measure at one moment, and how they came about.

    *measure* is the measure as it was at the end of *day*, that of an *occasion* where there is
    one; or, where every change is told, right after an event that counts from *day* on.
    *rank_before* and *level_before* are those of the moment before; *cause* says why the rank is
    another. A place on the list of another field is another rank whatever its number is.

    *rank_origin* and *level_origin* tell what both rest on; absent where the measure never had
    any, and where it has none any more, the event that took it away. *uncertain* names which of
    ``rank`` and ``level`` inexact dates leave open.
    """

    measure: Measure
    day: date
    occasion: Occasion | None = None
    rank_before: int | None = None
    cause: RankCause | None = None
    level_before: str | None = None
    rank_origin: Origin | None = None
    level_origin: Origin | None = None
    uncertain: tuple[str, ...] = ()

    @property
    def rank(self) -> int | None:
        """The place in the priority list of the measure's field."""
        return self.measure.rank

    @property
    def level(self) -> str | None:
        """The class of priority, in the plan's own words."""
        return self.measure.level


def priorities(
    slots: Sequence[Slot],
    day: date | None,
    *,
    measure: str | None = None,
    field: str | None = None,
) -> tuple[Priority, ...]:
    """Tell rank and level at every occasion up to *day*, and at its end if that is later.

    Of one *measure*; or of all that ever had a rank or level and, if *field* is given, were in it
    at one of these moments. Measure by measure in the order of the plan, from when each is there.
    """
    if day is None:
        return ()
    plan = replay(counting(slots, day))
    documents = Documents(slots)
    rows: dict[str, list[Priority]] = {one.id: [] for one in plan.measures}
    before: _State | None = None
    for occasion, stop in _stops(plan, day):
        state = _State(slots, documents, occasion, stop)
        for one in state.plan.measures if measure is None else state.only(measure):
            rows[one.id].append(state.row(one, before))
        before = state
    return _chosen(rows, measure, field)


def _stops(plan: Plan, day: date) -> Iterator[tuple[Occasion | None, date]]:
    occasions = plan.occasions
    yield from ((one, one.day) for one in occasions)
    if not occasions or occasions[-1].day < day:
        yield None, day


def _chosen(
    rows: Mapping[str, Sequence[Priority]], measure: str | None, field: str | None
) -> tuple[Priority, ...]:
    def is_asked_for(found: Sequence[Priority]) -> bool:
        return measure is not None or (
            any(one.rank_origin or one.level_origin for one in found)
            and (field is None or any(one.measure.field == field for one in found))
        )

    return tuple(row for found in rows.values() if is_asked_for(found) for row in found)


class _State:
    """The plan at the end of a day, computed from all that counts then."""

    def __init__(
        self, slots: Sequence[Slot], documents: Documents, occasion: Occasion | None, day: date
    ) -> None:
        counted = counting(slots, day)
        self.plan = replay(counted)
        self._occasion, self._day = occasion, day
        self._measures = {one.id: one for one in self.plan.measures}
        self._lists = {one.id: one.ranking for one in self.plan.fields}
        # Folding only what matters here takes a fraction of the time, and there are many days.
        prioritizing = _only(counted, *_PRIORITIZING, Decided)
        self._origins = Origins(Outcomes(prioritizing, documents, _prioritizes))
        self._uncertain = possible(_only(slots, *_PRIORITIZING), day).uncertain()
        self._causes: dict[str, dict[str, RankCause]] = {}

    def only(self, measure: str) -> list[Measure]:
        """The one measure, if it is there."""
        return [one for one in self.plan.measures if one.id == measure]

    def row(self, measure: Measure, before: "_State | None") -> Priority:
        """What there is to say of a measure, compared with the state *before*."""
        was = None if before is None else before._measures.get(measure.id)
        uncertain = self._uncertain.get(("measure", measure.id), ())
        return Priority(
            measure=measure,
            day=self._day,
            occasion=self._occasion,
            rank_before=None if was is None else was.rank,
            cause=self._cause(was, measure, before),
            level_before=None if was is None else was.level,
            rank_origin=self._origins.of(measure.id, "rank"),
            level_origin=self._origins.of(measure.id, "level"),
            uncertain=tuple(name for name in ("rank", "level") if name in uncertain),
        )

    def _cause(
        self, was: Measure | None, is_now: Measure, before: "_State | None"
    ) -> RankCause | None:
        fields = None if was is None else was.field, is_now.field
        ranks = None if was is None else was.rank, is_now.rank
        field = is_now.field
        if before is not None and field is not None and field not in self._causes:
            self._causes[field] = causes(before._lists.get(field, ()), self._lists[field])
        return _cause(is_now.id, fields, ranks, self._causes)


def _prioritizes(change: CellChange) -> bool:
    """Whether a change can be one of a measure's rank or level, or of what they rest on."""
    kind, _ = change.subject
    return kind == "measure" and (
        change.attribute in ("rank", "level", "field") or change.attribute.startswith("decisions.")
    )


def _only(slots: Sequence[Slot], *classes: type[Event]) -> list[Slot]:
    return [slot for slot in slots if isinstance(slot.content.event, classes)]


def _cause(
    measure: str,
    fields: tuple[str | None, str | None],
    ranks: tuple[int | None, int | None],
    causes_in: Mapping[str, Mapping[str, RankCause]],
) -> RankCause | None:
    """Why a rank is another, if it is: by its number or by the list that it is a place on."""
    if ranks[0] == ranks[1] and (ranks[1] is None or fields[0] == fields[1]):
        return None
    return rank_cause(measure, fields, ranks, causes_in)


def priority_changes(
    slots: Sequence[Slot],
    day: date | None,
    *,
    measure: str | None = None,
    field: str | None = None,
) -> tuple[Priority, ...]:
    """Tell every single change of a rank or level up to *day*, each with the event that made it.

    Of one *measure*; or of all and, if *field* is given, of those that were in it after one of
    their changes. Measure by measure in the order of the plan; the changes of each in the order of
    the plan's time, in which events are folded: an inexact one where its interval begins. What
    documents say on one day changes only what is another after all of it.
    """
    if day is None:
        return ()
    trace = Outcomes((), Documents(slots), _prioritizes)
    present: dict[tuple[str, int], Measure] = {}
    for place, slot in enumerate(counting(slots, day)):
        changed = dict.fromkeys(one.subject for one in trace.take(slot) if _prioritizes(one))
        for subject in changed:
            present[subject[1], place] = trace.thing(subject)  # type: ignore[assignment]  # what a measure's subject is
    courses: dict[str, _Course] = {}
    for outcome in trace.told():
        _, id = outcome.subject
        courses.setdefault(id, _Course()).take(outcome, present[id, outcome.last])
    rows = {
        one.id: courses[one.id].rows() if one.id in courses else []
        for one in trace.draft.freeze().measures
    }
    if measure is not None:
        return tuple(rows.get(measure, ()))
    return _chosen(rows, None, field)


@attrs.frozen
class _Turn:
    """One change of a rank or level, the *place*-th event that was folded."""

    place: int
    slot: Slot
    measure: Measure
    change: CellChange


class _Course:
    """The changes of one measure's rank and level, and the decisions about it."""

    def __init__(self) -> None:
        self._turns: list[_Turn] = []
        self._decided: list[tuple[int, Slot]] = []

    def take(self, outcome: Outcome, measure: Measure) -> None:
        """Take in what was changed of the *measure* at once."""
        changed = {change.attribute for step in outcome.steps for change in step.changes}
        for step in outcome.steps:
            cells = {change.attribute: change for change in step.changes}
            found = [cells[name] for name in ("rank", "level") if name in cells]
            if "rank" not in changed and "field" in cells and measure.rank is not None:
                rank = measure.rank
                found.append(CellChange(outcome.subject, "rank", rank, rank, "listed"))
            self._turns += [_Turn(step.place, step.slot, measure, change) for change in found]
            if f"decisions.{step.slot.id}" in cells:
                self._decided.append((step.place, step.slot))

    def rows(self) -> list[Priority]:
        """Tell of each change, with what the other of the two values rests on meanwhile."""
        found: list[Priority] = []
        present: dict[str, Origin] = {}
        for index, turn in enumerate(self._turns):
            name, before = turn.change.attribute, turn.change.before
            present[name] = self._origin(index, turn)
            found.append(
                Priority(
                    measure=turn.measure,
                    day=turn.slot.content.on.last,
                    rank_before=before if name == "rank" else turn.measure.rank,
                    cause=turn.change.cause,
                    level_before=before if name == "level" else turn.measure.level,
                    rank_origin=present.get("rank"),
                    level_origin=present.get("level"),
                )
            )
        return found

    def _origin(self, index: int, turn: _Turn) -> Origin:
        """What a value rests on: its event, and the first decision until it changed again."""
        name = turn.change.attribute
        following = self._turns[index + 1 :]
        end = next((one.place for one in following if one.change.attribute == name), None)
        decided = next(
            (
                slot
                for place, slot in self._decided
                if turn.place < place and (end is None or place < end)
            ),
            None,
        )
        return origin(name, turn.change.after, turn.slot, decided)
