"""What inexact days leave possible: the values an attribute can have had at the end of a day.

An inexact date means *some* day of its interval. Placing every content that is alive on one of
its days gives one plan; over all such placements each attribute takes a set of values. Enumerating
the placements takes exponential time. An attribute whose value is simply the one set last needs
none of it: a content can be the last to set it exactly if every other one can be placed before it
or later than the day asked about, because each interval is chosen on its own.

Two things are not that simple. A measure's earliest proposal is folded before everything else, so
each proposal is tried in turn as the earliest. And the beginning of a phase's run (``since``)
depends on what came between, so its reachable values are followed day by day.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final

import attrs

from planlog.dates import InexactDate
from planlog.effects import MENTION, Effect, Subject, decision, effects
from planlog.events import Decided, Proposed
from planlog.fold import run_after
from planlog.plan import Decision, Phase
from planlog.slots import Slot
from planlog.values import Value

MOST_RUNS: Final = 20_000
"""How many histories of one measure's phase are followed before its ``since`` is estimated."""

PRESENT: Final = "present"
"""The attribute that says whether a subject is in the plan at all."""

_EMPTY: Final[dict[str, Any]] = {"responsible": (), "partners": (), "ranking": ()}


@attrs.frozen(repr=False)
class Cell(Value):
    """One attribute of one subject; *attribute* is named as in `planlog.effects.Effect`."""

    kind: str
    id: str
    attribute: str


@attrs.frozen(repr=False)
class Possibilities(Value):
    """What the inexact dates leave open at the end of a day.

    *cells* has the cells of every subject that an inexact date touches, each with every value it
    can have; a subject that is not in the plan has no values (`None`, an empty list). A cell that
    is not there has the one value that the plan shows.
    """

    cells: Mapping[Cell, frozenset[Any]]

    def values(self, kind: str, id: str, attribute: str) -> frozenset[Any] | None:
        """Return what an attribute can be, or nothing where no inexact date touches it."""
        return self.cells.get(Cell(kind, id, attribute))

    def uncertain(self) -> dict[Subject, tuple[str, ...]]:
        """Name, for each subject, the attributes that can have more than one value, sorted.

        An attribute with many values (``attributes``, ``decisions``, …) is named once.
        """
        found: dict[Subject, set[str]] = {}
        for cell, values in self.cells.items():
            if len(values) > 1:
                found.setdefault((cell.kind, cell.id), set()).add(cell.attribute.partition(".")[0])
        return {subject: tuple(sorted(attributes)) for subject, attributes in found.items()}


def possible(
    slots: Sequence[Slot], day: date | None, about: Collection[Subject] | None = None
) -> Possibilities:
    """Tell what each attribute can be at the end of *day*.

    *slots* come by position, as `live_slots` gives them; *about* are the subjects to look at, all
    unless given. The sets are exact, with one exception:
    where more than `MOST_RUNS` histories of one measure's phase would have to be followed, its
    ``since`` has every date that could have begun a run, which may be too many.
    """
    if day is None:
        return Possibilities({})
    relevant = [slot for slot in slots if slot.content.on.first <= day]
    touched = {
        subject for slot in relevant if not slot.content.on.exact for subject, _, _ in effects(slot)
    }
    return Possibilities(_Question(relevant, day, touched).cells(about) if touched else {})


Key = tuple[int, int]
"""A place in the order of the fold: a day (its ordinal) and a position."""


@attrs.frozen(repr=False)
class _Candidate(Value):
    """A content that may set a value, with the places its interval leaves it up to a cut.

    *earliest* and *latest* are the ends of these; *sure*: it cannot be later than the cut.
    """

    slot: Slot
    value: Any
    earliest: Key
    latest: Key
    sure: bool


_Write = tuple[Slot, Any]


def _candidates(writes: Iterable[_Write], cut: int) -> list[_Candidate]:
    """What *writes* may be up to the end of the day *cut*, without those that are always later."""
    found = []
    for slot, value in writes:
        first, last = slot.content.on.first.toordinal(), slot.content.on.last.toordinal()
        if first <= cut:
            earliest, latest = (first, slot.position), (min(last, cut), slot.position)
            found.append(_Candidate(slot, value, earliest, latest, last <= cut))
    return found


def _last(candidates: Sequence[_Candidate]) -> tuple[set[Any], bool]:
    """The values that can be the one set last, and whether it can be that none was set."""
    sure = sorted((one.earliest for one in candidates if one.sure), reverse=True)[:2]
    values = {
        one.value
        for one in candidates
        if all(other < one.latest for other in sure if not (one.sure and other == one.earliest))
    }
    return values, not sure


@attrs.frozen
class _ListDecision:
    """A decision about priority lists: for each day it can be on, the lists of each field then."""

    id: str
    decision: Decision
    lists: list[list[set[tuple[str, ...]]]]
    sure: bool

    def values(self, measure: str) -> set[Any]:
        """The decision, or none: it counts for a measure that is on one of the lists."""
        found: set[Any] = set() if self.sure else {None}
        for fields in self.lists:
            if any(measure in ranking for rankings in fields for ranking in rankings):
                found.add(self.decision)
            if all(any(measure not in ranking for ranking in rankings) for rankings in fields):
                found.add(None)
        return found


class _Question:
    """The question of one day, with what its parts share."""

    def __init__(self, slots: Sequence[Slot], day: date, touched: set[Subject]) -> None:
        self.cut = day.toordinal()
        self.writes: dict[Subject, dict[str, list[_Write]]] = {}
        self.mentions: dict[Subject, list[Slot]] = {}
        self.proposals: dict[str, list[Slot]] = {}
        self.rankings: dict[str | None, set[tuple[str, ...]]] = {None: {()}}
        self.list_decisions: dict[str, dict[str, _ListDecision]] = {}
        decisions: list[tuple[Slot, Decided]] = []
        for slot in slots:
            self._take(slot)
            if isinstance(slot.content.event, Decided):
                decisions.append((slot, slot.content.event))
        self.touched = touched | self._reached(touched)
        for slot, event in decisions:
            self._take_list_decision(slot, event)

    def cells(self, about: Collection[Subject] | None) -> dict[Cell, frozenset[Any]]:
        return {
            Cell(*subject, attribute): frozenset(values)
            for subject in (self.touched if about is None else self.touched.intersection(about))
            for attribute, values in self._attributes(subject)
        }

    def _take(self, slot: Slot) -> None:
        event = slot.content.event
        if isinstance(event, Proposed):
            self.proposals.setdefault(event.measure, []).append(slot)
        found: list[Effect] = effects(slot)
        for subject in {subject for subject, _, _ in found}:
            self.mentions.setdefault(subject, []).append(slot)
        for subject, attribute, value in found:
            if attribute != MENTION:
                writes = self.writes.setdefault(subject, {})
                writes.setdefault(attribute, []).append((slot, value))

    def _reached(self, touched: set[Subject]) -> set[Subject]:
        """The measures whose rank or decision hangs on a list or decision that is touched."""
        return {
            ("measure", id)
            for kind, field in touched
            if kind == "field"
            for id in self._ever_listed(field)
        }

    def _take_list_decision(self, slot: Slot, event: Decided) -> None:
        """Keep a decision about lists for each measure for which it may count or not."""
        fields = event.fields or ()
        lists = [
            [self._lists_by(field, (day, slot.position)) for field in fields]
            for day in self._days(slot, fields)
        ]
        sure = slot.content.on.last.toordinal() <= self.cut
        if sure and len(lists) == 1 and all(len(found) == 1 for found in lists[0]):
            return
        for field in fields:
            for id in self._ever_listed(field):
                if id not in (event.measures or ()):
                    decided = _ListDecision(slot.id, decision(slot, event), lists, sure)
                    self.list_decisions.setdefault(id, {})[slot.id] = decided

    def _ever_listed(self, field: str) -> set[str]:
        return {id for _, ranking in self._rankings_written(field) for id in ranking}

    def _rankings_written(self, field: str) -> list[_Write]:
        return self._writes(("field", field), "ranking")

    def _writes(self, subject: Subject, attribute: str) -> list[_Write]:
        return self.writes.get(subject, {}).get(attribute, [])

    def _attributes(self, subject: Subject) -> Iterator[tuple[str, set[Any]]]:
        kind, id = subject
        yield PRESENT, self._presence(subject)
        for attribute in self.writes.get(subject, {}):
            if kind != "measure" or attribute != "attributes":
                yield attribute, self._values(subject, attribute)
        if kind == "measure":
            yield "since", self._since(id)
            yield "rank", self._ranks(id)
            for decided in self.list_decisions.get(id, {}).values():
                yield f"decisions.{decided.id}", decided.values(id)

    def _presence(self, subject: Subject) -> set[Any]:
        lasts = (slot.content.on.last.toordinal() for slot in self.mentions[subject])
        return {True, False} if min(lasts) > self.cut else {True}

    # The value set last

    def _values(self, subject: Subject, attribute: str) -> set[Any]:
        values, unset = self._set_last(subject, attribute)
        return values | {_EMPTY.get(attribute)} if unset else values

    def _set_last(self, subject: Subject, attribute: str) -> tuple[set[Any], bool]:
        writes = self._writes(subject, attribute)
        if attribute.startswith("attributes."):
            writes = writes + self._writes(subject, "attributes")
        values: set[Any] = set()
        unset = False
        for first, candidates in self._scenarios(subject, writes):
            last, none = _last(candidates)
            values |= last
            if none:
                values.update(first)
                unset = unset or not first
        return values, unset

    def _scenarios(
        self, subject: Subject, writes: Sequence[_Write]
    ) -> Iterator[tuple[list[Any], list[_Candidate]]]:
        """Each proposal that can be the earliest (or none): what it sets, what the others may."""
        proposals = self.proposals.get(subject[1], []) if subject[0] == "measure" else []
        if all(slot.content.on.last.toordinal() > self.cut for slot in proposals):
            others = [write for write in writes if all(write[0] is not one for one in proposals)]
            yield [], _candidates(others, self.cut)
        for earliest in proposals:
            after = (earliest.content.on.first.toordinal(), earliest.position)
            rest = [slot for slot in proposals if slot is not earliest]
            bounded = {one.slot.id: _behind(one, after) for one in self._placed(rest)}
            if any(one is None and self._is_sure(id, rest) for id, one in bounded.items()):
                continue
            first = [value for slot, value in writes if slot is earliest]
            others = [write for write in writes if write[0] is not earliest]
            candidates = (
                one if one.slot.id not in bounded else _behind(one, after)
                for one in _candidates(others, self.cut)
            )
            yield first, [one for one in candidates if one is not None]

    def _placed(self, slots: Iterable[Slot]) -> list[_Candidate]:
        return _candidates(((slot, None) for slot in slots), self.cut)

    def _is_sure(self, id: str, slots: Iterable[Slot]) -> bool:
        return any(slot.id == id and slot.content.on.last.toordinal() <= self.cut for slot in slots)

    # The rank

    def _ranks(self, measure: str) -> set[Any]:
        """Every place it can have: its field and the list of each field are chosen on their own."""
        ranks: set[Any] = set()
        for field in self._values(("measure", measure), "field"):
            if field not in self.rankings:
                self.rankings[field] = self._values(("field", field), "ranking")
            for ranking in self.rankings[field]:
                ranks.add(ranking.index(measure) + 1 if measure in ranking else None)
        return ranks

    # Decisions about a priority list

    def _days(self, slot: Slot, fields: Iterable[str]) -> Iterator[int]:
        """The days of a decision between which nothing about the lists can change."""
        first = slot.content.on.first.toordinal()
        last = min(slot.content.on.last.toordinal(), self.cut)
        days = {first, last}
        if first < last:
            for field in fields:
                for one in _candidates(self._rankings_written(field), last):
                    for end in (one.earliest[0], one.latest[0]):
                        days |= {end, end + 1}
        return (day for day in days if first <= day <= last)

    def _lists_by(self, field: str, before: Key) -> set[tuple[str, ...]]:
        """The priority lists that a field can have by a place in the order."""
        day, position = before
        candidates = []
        for write in self._rankings_written(field):
            cut = day if write[0].position < position else day - 1
            candidates += _candidates([write], cut)
        rankings, unset = _last(candidates)
        return rankings | {()} if unset else rankings

    # The beginning of the present run of a phase

    def _since(self, measure: str) -> set[Any]:
        subject = ("measure", measure)
        turns = [(slot, (phase, slot.content.on)) for slot, phase in self._writes(subject, "phase")]
        values: set[Any] = set()
        for first, candidates in self._scenarios(subject, turns):
            reached = _runs(first[0] if first else (None, None), candidates)
            if reached is None:
                sure = any(slot.content.on.last.toordinal() <= self.cut for slot, _ in turns)
                return {on for _, (_, on) in turns} | (set() if sure else {None})
            values |= {since for _, since in reached}
        return values


def _behind(candidate: _Candidate, after: Key) -> _Candidate | None:
    """The same content placed behind *after*; nothing where that is beyond the cut."""
    (day, position), (bound, position_before) = candidate.earliest, after
    if (day, position) > after:
        return candidate
    day = bound if position > position_before else bound + 1
    if day > candidate.latest[0]:
        return None
    return attrs.evolve(candidate, earliest=(day, position))


_Run = tuple[Phase | None, InexactDate | None]
_State = tuple[
    Phase | None, InexactDate | None, frozenset[tuple[Phase, InexactDate]], frozenset[int]
]
"""A run, the phases left on the present day, and the positions of what has been placed."""


def _runs(begin: _Run, candidates: Sequence[_Candidate]) -> set[_Run] | None:
    """Every run that can last in the end; nothing where there are too many ways to follow."""
    states: set[_State] = {(*begin, frozenset(), frozenset())}
    ordered = sorted(candidates, key=lambda one: one.slot.position)
    days = sorted(
        {one.earliest[0] for one in candidates} | {one.latest[0] + 1 for one in candidates}
    )
    for day, following in pairwise(days):
        open_now = [one for one in ordered if one.earliest[0] <= day <= one.latest[0]]
        # On more days than there are contents, nothing more can be told apart.
        for _ in range(min(following - day, len(open_now))):
            for one in open_now:
                states |= _placements(states, one)
                if len(states) > MOST_RUNS:
                    return None
            states = {(phase, since, frozenset(), placed) for phase, since, _, placed in states}
        due = {one.slot.position for one in open_now if one.sure and one.latest[0] < following}
        states = {state for state in states if due <= state[3]}
    return {(phase, since) for phase, since, _, _ in states}


def _placements(states: Iterable[_State], one: _Candidate) -> set[_State]:
    """What becomes of each state in which *one* has not happened yet, if it happens now."""
    turn, on = one.value
    found: set[_State] = set()
    for phase, since, left, placed in states:
        if one.slot.position not in placed:
            begun, left_then = run_after(phase, since, dict(left), turn, on)
            found.add((turn, begun, frozenset(left_then.items()), placed | {one.slot.position}))
    return found
