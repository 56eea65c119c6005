"""What is odd since two logs were joined? What depends on which of the two stands first.

The plan of a joined log does not depend on that, but where events of different clones set the same
on one day, or correct the same event. These are found, and so is what both brought in on their own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any, Final

import attrs

from planlog.checks import check
from planlog.checks.evidence import in_log_order, warning
from planlog.checks.introductions import introduced
from planlog.dates import SOME_DAY
from planlog.effects import MENTION, Subject, effects
from planlog.events import Decided, Proposed, RecordedEvent
from planlog.findings import Affected, Cells, Finding, value_text
from planlog.possible import PRESENT
from planlog.slots import Slot, erased_slots, live_slots

Order = Sequence[int]
"""The positions of the joined log, in the order that they would have if another clone were ours."""

_Cell = tuple[Subject, str]

_STRAY: Final = {"dangling-correction", "dangling-retraction", "no-introduction"}
"""The findings about events that name what is not there."""

_LOOKED_AT: Final = object()
_NOTHING: Final = object()
"""What stands for a value where a cell is looked at, and where nothing is said of it."""


def oddities(events: Sequence[RecordedEvent], clones: Sequence[Order]) -> tuple[Finding, ...]:
    """Tell what is odd about the joined *events*, by their place in the log.

    *clones* have, for each clone and in its own order, the positions where its events stand now.
    Joined in any other order, the logs give a plan that differs in nothing but the cells that the
    findings name, and what follows from these: ``since`` from a phase, a rank from the list and the
    field of a measure, and the decisions about a list from the list.
    """
    orders = [_as_first(clone, len(events)) for clone in clones]
    comparison = _Comparison(events, orders)
    found = [
        *comparison.corrected_twice(),
        *comparison.introduced_twice(),
        *comparison.set_on_one_day(),
    ]
    told = {(one.event, one.details.get("other")) for one in found}
    found += (
        one
        for one in _new_findings(events, clones)
        if one.code != "two-values" or (one.event, one.details["other"]) not in told
    )
    return in_log_order(found)


def _as_first(clone: Order, size: int) -> list[int]:
    """The order of the joined log if this *clone* came first, and what it lacks behind it."""
    there = set(clone)
    return [*clone, *(position for position in range(size) if position not in there)]


def _new_findings(events: Sequence[RecordedEvent], clones: Sequence[Order]) -> Iterator[Finding]:
    """What the checks find now that they found in none of the clones, on the last day of all.

    What a newcomer names and nothing brings in is told in any case: it may be of another plan.
    """
    lasts = (event.on.last for event in events if event.on != SOME_DAY)
    day = max(lasts, default=date.max)
    before: set[tuple[str, str | None, str]] = set()
    for clone in clones:
        before |= {_key(one) for one in check(_reordered(events, clone), day)}
    ours = set(clones[0])
    newcomers = {event.id for place, event in enumerate(events) if place not in ours}
    for one in check(events, day):
        is_stray = one.code in _STRAY and one.event in newcomers
        if is_stray or _key(one) not in before:
            yield one


def _key(finding: Finding) -> tuple[str, str | None, str]:
    return finding.code, finding.event, str(finding)


def _reordered(events: Sequence[RecordedEvent], order: Order) -> list[RecordedEvent]:
    return [attrs.evolve(events[old], position=new) for new, old in enumerate(order)]


class _Comparison:
    """The joined log beside those that other orders of joining would give."""

    def __init__(self, events: Sequence[RecordedEvent], orders: Sequence[Order]) -> None:
        self._ranks = [_ranks(events, order) for order in orders]
        common = (
            place for place, ones in enumerate(zip(*orders, strict=True)) if set(ones) - {place}
        )
        self._common = next(common, len(events))
        self._slots = _slots(events)
        self._others = [
            {slot.id: slot for slot in _slots(_reordered(events, order))} for order in orders
        ]
        self._proposals: dict[str, list[Slot]] = {}
        for others in self._others:
            for slot in others.values():
                if isinstance(event := slot.content.event, Proposed):
                    self._proposals.setdefault(event.measure, []).append(slot)

    def corrected_twice(self) -> Iterator[Finding]:
        """Find the slots that hold another content if the logs are joined in another order."""
        for slot in self._slots:
            contents = self._contents(slot)
            other = next((one for one in contents if one.content.id != slot.content.id), None)
            if other is not None:
                yield warning(
                    "corrected-twice",
                    slot.content,
                    "{event} and {other}, which came from different clones, correct the same event "
                    "({slot}); {event} counts because it stands behind: retract it, or correct the "
                    "event once more",
                    other=other.content.id,
                    slot=slot.id,
                    cells=_cells(self._changed_by(contents)),
                )

    def introduced_twice(self) -> Iterator[Finding]:
        """Find what more than one clone brought into the plan on its own."""
        known = {introduced(slot.content.event) for slot in self._slots_before()}
        found: dict[Subject, list[Slot]] = {}
        for slot in self._slots_behind():
            subject = introduced(slot.content.event)
            if subject is not None and subject not in known:
                found.setdefault(subject, []).append(slot)
        for (kind, id), slots in found.items():
            for other, slot in islice(self._inverted(slots), 1):
                yield warning(
                    "introduced-twice",
                    slot.content,
                    "{other_type} {other_on} ({other}) and {type} {on} ({event}), which came from "
                    "different clones, both bring in {kind} {id!r} ({other_title!r}, {title!r}); "
                    "if two things are meant, retract one of them and record it under another id",
                    other=other.content.id,
                    other_type=other.content.type,
                    other_on=other.content.on.text,
                    kind=kind,
                    id=id,
                    title=_title(slot),
                    other_title=_title(other),
                )

    def set_on_one_day(self) -> Iterator[Finding]:
        """Find what events of different clones set on one day."""
        pairs: dict[tuple[str, str], tuple[Slot, Slot, list[Affected]]] = {}
        for earlier, later, affected in (*self._overriding(), *self._proposing()):
            _, _, cells = pairs.setdefault((earlier.id, later.id), (earlier, later, []))
            cells.append(affected)
        for earlier, later, cells in pairs.values():
            yield warning(
                "set-on-one-day",
                later.content,
                "{other_type} ({other}) and {type} ({event}), which came from different clones, "
                "set the same on one day: {cells}; {event} counts because it stands behind: "
                "correct what is wrong, or one of the dates",
                other=earlier.content.id,
                other_type=earlier.content.type,
                cells=Cells(tuple(dict.fromkeys(cells))),
            )

    def _overriding(self) -> Iterator[tuple[Slot, Slot, Affected]]:
        """Cell by cell, the two events of one day of which the later one would not always win."""
        for (_, subject, attribute), accesses in self._accesses().items():
            values = {slot.id: value for slot, value in accesses}
            slots = sorted((slot for slot, _ in accesses), key=attrgetter("position"))
            differing = [
                pair for pair in self._inverted(slots) if values[pair[0].id] != values[pair[1].id]
            ]
            if differing:
                earlier, later = differing[-1]
                told = values[earlier.id], values[later.id]
                yield earlier, later, _affected(subject, attribute, told)

    def _proposing(self) -> Iterator[tuple[Slot, Slot, Affected]]:
        """What two proposals of one day give a measure, of which either may be the earliest.

        The earliest one is folded before all else, so it counts what each of them says alone.
        """
        for measure, slots in self._by_measure().items():
            for earlier, later in self._inverted(slots):
                if earlier.day != later.day or self._follow(measure, earlier, later):
                    continue
                one, other = dict(_written(earlier)), dict(_written(later))
                for cell in dict.fromkeys((*one, *other)):
                    told = one.get(cell, _NOTHING), other.get(cell, _NOTHING)
                    if told[0] != told[1]:
                        yield earlier, later, _affected(*cell, told)

    def _follow(self, measure: str, *proposals: Slot) -> bool:
        """Whether another proposal is earlier than *proposals* whenever they count."""
        last = min(slot.content.on.last for slot in proposals)
        return any(
            slot.day < proposals[0].day and slot.content.on.last <= last
            for slot in self._proposals[measure]
            if len(self._contents(slot)) == 1
        )

    def _by_measure(self) -> Mapping[str, list[Slot]]:
        found: dict[str, list[Slot]] = {}
        for slot in self._slots_behind():
            if isinstance(event := slot.content.event, Proposed):
                found.setdefault(event.measure, []).append(slot)
        return found

    def _accesses(self) -> Mapping[tuple[date, Subject, str], list[tuple[Slot, Any]]]:
        """Which slots set, or look at, which cell on which day."""
        found: dict[tuple[date, Subject, str], list[tuple[Slot, Any]]] = {}
        clearing: list[tuple[Slot, Subject]] = []
        for slot in self._slots_behind():
            if self._always_first(slot):
                continue
            for (subject, attribute), value in _written(slot):
                found.setdefault((slot.day, subject, attribute), []).append((slot, value))
                if attribute == "attributes" and subject[0] == "measure":
                    clearing.append((slot, subject))
            if isinstance(event := slot.content.event, Decided):
                for field in event.fields or ():
                    cell = (slot.day, ("field", field), "ranking")
                    found.setdefault(cell, []).append((slot, _LOOKED_AT))
        for slot, cleared in clearing:
            for (day, subject, attribute), accesses in found.items():
                if (day, subject) == (slot.day, cleared) and attribute.startswith("attributes."):
                    accesses.append((slot, None))
        return found

    def _always_first(self, slot: Slot) -> bool:
        """Whether it proposes a measure before anything else does, and so is folded first."""
        event = slot.content.event
        return isinstance(event, Proposed) and all(
            one.id == slot.id or one.day > slot.day for one in self._proposals[event.measure]
        )

    def _changed_by(self, contents: Iterable[Slot]) -> Iterator[_Cell]:
        """Every cell that may hold another value where a slot has one or another of *contents*."""
        for slot in contents:
            for subject, _, _ in effects(slot):
                yield subject, PRESENT
            yield from (cell for cell, _ in _written(slot))
            if isinstance(event := slot.content.event, Proposed):
                # With it, another proposal may be the earliest, or no longer.
                for proposal in self._proposals[event.measure]:
                    yield from (cell for cell, _ in _written(proposal))

    def _contents(self, slot: Slot) -> list[Slot]:
        """The different contents that a slot has in all the orders."""
        found = {one.content.id: one for others in self._others for one in (others[slot.id],)}
        return list(found.values())

    def _slots_before(self) -> Iterator[Slot]:
        """What all clones begin with."""
        return (slot for slot in self._slots if slot.position < self._common)

    def _slots_behind(self) -> Iterator[Slot]:
        """What is behind that and has one content, whatever the order."""
        behind = (slot for slot in self._slots if slot.position >= self._common)
        return (slot for slot in behind if len(self._contents(slot)) == 1)

    def _inverted(self, slots: Sequence[Slot]) -> Iterator[tuple[Slot, Slot]]:
        """The pairs of *slots*, which come by position, that stand the other way in some order."""
        for later, earlier in ((b, a) for number, b in enumerate(slots) for a in slots[:number]):
            if any(ranks[earlier.id] > ranks[later.id] for ranks in self._ranks):
                yield earlier, later


def _ranks(events: Sequence[RecordedEvent], order: Order) -> dict[str, int]:
    return {events[position].id: rank for rank, position in enumerate(order)}


def _slots(events: Sequence[RecordedEvent]) -> list[Slot]:
    """What the log holds, with what was erased among it, by position."""
    return sorted((*live_slots(events), *erased_slots(events)), key=attrgetter("position"))


def _written(slot: Slot) -> Iterator[tuple[_Cell, Any]]:
    """What the content of *slot* sets, and since when a phase lasts with it."""
    for subject, attribute, value in effects(slot):
        if attribute != MENTION:
            yield (subject, attribute), value
        if attribute == "phase":
            yield (subject, "since"), slot.content.on.text


def _affected(subject: Subject, attribute: str, values: tuple[Any, Any]) -> Affected:
    is_told = _LOOKED_AT not in values and _NOTHING not in values
    return Affected(subject, attribute, tuple(map(value_text, values)) if is_told else ())


def _cells(cells: Iterable[_Cell]) -> Cells:
    return Cells(tuple(Affected(*cell) for cell in dict.fromkeys(cells)))


def _title(slot: Slot) -> str:
    return getattr(slot.content.event, "title", None) or ""
