"""The rule about inexact dates that leave open what the plan is on the day asked about."""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from planlog.checks.evidence import Evidence, warning
from planlog.effects import MENTION, Subject
from planlog.events import Decided, Proposed
from planlog.findings import NONE, Affected, Cells, Finding, value_text
from planlog.plan import number_key
from planlog.possible import PRESENT, Cell, Possibilities, possible
from planlog.slots import Slot

_MOST_VALUES: Final = 6
"""How many possible values a sentence can bear."""


def uncertain_cells(evidence: Evidence) -> Iterator[Finding]:
    """Find the inexact events that decide what can have more than one value."""
    possibilities = possible(evidence.slots, evidence.day)
    if evidence.day is None or not possibilities.uncertain():
        return
    deciders = _Deciders(evidence, evidence.day, possibilities)
    decided: dict[str, list[Affected]] = {}
    slots: dict[str, Slot] = {}
    for cell, affected in _open_cells(possibilities):
        if _is_missing(evidence, cell):
            continue
        for slot in deciders.of(cell):
            slots[slot.id] = slot
            decided.setdefault(slot.id, []).append(affected)
    for id, cells in decided.items():
        yield warning(
            "uncertain",
            slots[id].content,
            "{type} {on} ({event}) leaves open what holds at the end of {day}: {cells}; a more "
            "precise date would settle it",
            day=evidence.day.isoformat(),
            cells=Cells(tuple(cells)),
        )


def _is_missing(evidence: Evidence, cell: Cell) -> bool:
    """Whether an erased text may have settled it: then no better date would help."""
    gone = evidence.missing.get((cell.kind, cell.id), ())
    return bool(gone) and (cell.attribute == PRESENT or cell.attribute.partition(".")[0] in gone)


def _open_cells(possibilities: Possibilities) -> Iterator[tuple[Cell, Affected]]:
    """What can have more than one value, in an order of its own.

    Of what may be absent altogether, only that is told, and what else is open if it is there.
    """
    for cell, values in sorted(
        possibilities.cells.items(), key=lambda item: (item[0].kind, item[0].id, item[0].attribute)
    ):
        subject = (cell.kind, cell.id)
        absent = False in (possibilities.values(*subject, PRESENT) or ())
        if cell.attribute == PRESENT:
            if absent:
                yield cell, Affected(subject, PRESENT)
        elif len(values - {None, ()} if absent else values) > 1:
            yield cell, Affected(subject, cell.attribute, _shown(values))


class _Deciders:
    """Which inexact events decide a cell at the end of a day."""

    def __init__(self, evidence: Evidence, day: date, possibilities: Possibilities) -> None:
        self._day = day
        self._possibilities = possibilities
        self._mentions: dict[Subject, dict[str, Slot]] = {}
        self._writes: dict[tuple[Subject, str], list[Slot]] = {}
        self._proposals: dict[str, list[Slot]] = {}
        self._decisions: dict[str, tuple[Slot, Decided]] = {}
        self._lists: dict[str, Sequence[Slot]] = {}
        touched = possibilities.uncertain()
        for slot, effects in evidence.effects:
            if slot.content.on.first > day:
                continue
            match slot.content.event:
                case Proposed(measure=measure):
                    self._proposals.setdefault(measure, []).append(slot)
                case Decided() as event:
                    self._decisions[slot.id] = slot, event
            for subject, attribute, _ in effects:
                if subject in touched:
                    self._mentions.setdefault(subject, {})[slot.id] = slot
                if attribute != MENTION and (subject in touched or attribute == "ranking"):
                    self._writes.setdefault((subject, attribute), []).append(slot)

    def of(self, cell: Cell) -> Iterable[Slot]:
        """The inexact events that decide *cell*, each once.

        Where none of those that set it does, it hangs on which proposal was the earliest.
        """
        subject = (cell.kind, cell.id)
        if cell.attribute == PRESENT:
            return self._mentions[subject].values()
        found = {slot.id: slot for slot in self._directly(subject, cell.attribute)}
        return found.values() or [
            slot for slot in self._proposals.get(cell.id, ()) if not slot.content.on.exact
        ]

    def _directly(self, subject: Subject, attribute: str) -> Iterable[Slot]:
        stem, _, key = attribute.partition(".")
        match stem:
            case "since":
                return self._turns(subject)
            case "rank":
                return self._rankings(subject)
            case "decisions" if subject[0] == "measure":
                return self._decision(subject[1], *self._decisions[key])
            case "attributes" if key:
                return self._setting_last(subject, attribute, stem)
            case _:
                return self._setting_last(subject, attribute)

    def _setting_last(self, subject: Subject, *attributes: str) -> Iterable[Slot]:
        """Those that may or may not be the last to set one of *attributes*."""
        writes = [slot for name in attributes for slot in self._writes.get((subject, name), ())]
        return self._movable(self._contenders(self._without_first(subject, writes)))

    def _turns(self, subject: Subject) -> Iterable[Slot]:
        """Those that may change places since the earliest day on which the phase can have begun."""
        values = self._possibilities.values(*subject, "since") or ()
        begin = min((on.first for on in values if on is not None), default=date.min)
        turns = self._without_first(subject, self._writes.get((subject, "phase"), ()))
        recent = [slot for slot in turns if slot.content.on.last >= begin]
        # On one day the order does not matter alone: what is left and resumed on it never ended.
        return self._movable(recent, within_a_day=True)

    def _rankings(self, subject: Subject) -> Iterator[Slot]:
        """Those that decide the field of a measure or the list of a field that it can have."""
        yield from self._setting_last(subject, "field")
        fields = self._possibilities.values(*subject, "field") or ()
        for field in sorted(field for field in fields if field is not None):
            if field not in self._lists:
                self._lists[field] = tuple(self._setting_last(("field", field), "ranking"))
            yield from self._lists[field]

    def _decision(self, measure: str, decision: Slot, event: Decided) -> Iterator[Slot]:
        """Those that decide whether a decision counts for a measure: named, or listed by then."""
        yield from self._movable([decision])
        on = decision.content.on
        for field in () if measure in (event.measures or ()) else event.fields or ():
            lists = self._writes.get((("field", field), "ranking"), ())
            by_then = [slot for slot in lists if slot.content.on.first <= on.last]
            rivals = self._contenders(by_then, (on.first, decision.position))
            yield from self._movable([decision, *rivals])

    def _contenders(self, slots: Sequence[Slot], moment: "_Key | None" = None) -> list[Slot]:
        """Those of *slots* that can be the last of all by *moment* (absent: the day) or later."""
        moment = moment or (self._day, math.inf)
        bound = max((_earliest(slot) for slot in slots if _last(slot) <= moment), default=None)
        return [slot for slot in slots if bound is None or self._latest(slot) >= bound]

    def _movable(self, slots: Iterable[Slot], within_a_day: bool = False) -> Iterator[Slot]:
        """The inexact ones that may be later than the day, or change places with another one.

        *within_a_day*: or come to be on the same day.
        """
        ordered = sorted(slots, key=_earliest)
        latest_before: _Key = (date.min, -1)
        for slot, next_one in zip_longest(ordered, ordered[1:]):
            earliest, latest = _earliest(slot), self._latest(slot)
            if within_a_day:
                latest = latest[0], math.inf
            swaps = latest_before > earliest or (next_one and _earliest(next_one) < latest)
            if not slot.content.on.exact and (swaps or slot.content.on.last > self._day):
                yield slot
            latest_before = max(latest_before, latest)

    def _without_first(self, subject: Subject, slots: Sequence[Slot]) -> Sequence[Slot]:
        """*slots* but for a proposal that is folded first on whatever day it was.

        That one decides something only where it may not count yet and nothing else does for sure.
        """
        proposals = sorted(self._proposals.get(subject[1], ()), key=_earliest)
        if subject[0] != "measure" or not proposals:
            return slots
        first = proposals[0]
        if len(proposals) > 1 and self._latest(first) > _earliest(proposals[1]):
            return slots
        others = [slot for slot in slots if slot is not first]
        alone = not any(slot.content.on.last <= self._day for slot in others)
        return slots if alone and first.content.on.last > self._day else others

    def _latest(self, slot: Slot) -> "_Key":
        return min(slot.content.on.last, self._day), slot.position


_Key = tuple[date, float]
"""A place in the order of the fold: a day and a position."""


def _earliest(slot: Slot) -> _Key:
    return slot.content.on.first, slot.position


def _last(slot: Slot) -> _Key:
    return slot.content.on.last, slot.position


def _shown(values: Iterable[Any]) -> tuple[str, ...]:
    """The values as a sentence shows them, in an order of its own, the first of too many."""
    shown = sorted(map(value_text, values), key=lambda text: (text == NONE, number_key(text)))
    return (*shown[:_MOST_VALUES], "…") if len(shown) > _MOST_VALUES else tuple(shown)
