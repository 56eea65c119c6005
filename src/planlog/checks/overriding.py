"""The rule about inexact events that an exact one within their own interval overrides."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date, timedelta
from typing import Any

from planlog.checks.evidence import Evidence, in_log_order, warning
from planlog.checks.firsts import Firsts
from planlog.effects import MENTION, Subject, effects
from planlog.events import Progressed
from planlog.findings import Affected, Cells, Finding
from planlog.slots import Slot


def overridden(slots: Sequence[Slot], fresh: Set[str]) -> list[Finding]:
    """Find inexact contents written by *fresh* events that an exact one inside overrides.

    An inexact content is placed on the first day of its interval, so an exact one on a later day
    of that interval wins, though it may well have come before. *slots* come by position.
    """
    vague = [slot for slot in slots if slot.content.id in fresh and not slot.content.on.exact]
    if not vague:
        return []
    exact = _ExactWrites(
        slots,
        min(slot.content.on.first for slot in vague),
        max(slot.content.on.last for slot in vague),
    )
    return list(in_log_order(finding for slot in vague for finding in exact.findings(slot)))


def overridden_at_all(evidence: Evidence) -> list[Finding]:
    """Find them among all events."""
    return overridden(evidence.slots, {slot.content.id for slot in evidence.slots})


_Cell = tuple[Subject, str]
_Write = tuple[_Cell, Any]
_Setting = tuple[Slot, Any]


class _ExactWrites:
    """What is set on exact days between two days, and what brought each thing in."""

    def __init__(self, slots: Sequence[Slot], first: date, last: date) -> None:
        self._firsts = Firsts(slots)
        self._writes: dict[_Cell, list[_Setting]] = {}
        for slot in sorted(slots, key=lambda slot: (slot.day, slot.position)):
            if slot.content.on.exact and first <= slot.day <= last:
                for cell, value in _writes(slot):
                    for each in _entries(cell):
                        self._writes.setdefault(each, []).append((slot, value))

    def findings(self, slot: Slot) -> Iterator[Finding]:
        """The finding that an exact content overrides what *slot* sets, if one does."""
        by: list[Slot] = []
        cells: list[Affected] = []
        for (subject, attribute), value in [] if self._firsts.comes_first(slot) else _missed(slot):
            winner = self._winner(slot, (subject, attribute), value)
            if winner is not None:
                by.append(winner)
                cells.append(Affected(subject, attribute))
        if by:
            yield _finding(slot, max(by, key=_order), Cells(tuple(cells)))

    def _winner(self, slot: Slot, cell: _Cell, value: Any) -> Slot | None:
        """The exact content that sets *cell* last within the interval, if to another value."""
        last = slot.content.on.last
        kind, id = cell[0]
        earliest = self._firsts.earliest_proposal(id, last) if kind == "measure" else None
        found: list[_Setting] = []
        for rival in _rivals(cell):
            writes = self._writes.get(rival, [])
            behind = bisect_right(writes, last, key=lambda write: write[0].day)
            while behind and writes[behind - 1][0] is earliest:
                behind -= 1
            found += writes[behind - 1 : behind]
        winner, other = max(found, key=lambda write: _order(write[0]), default=(slot, value))
        return winner if _order(winner) > _order(slot) and other != value else None


def _finding(slot: Slot, by: Slot, cells: Cells) -> Finding:
    interval = _interval(slot, by)
    return warning(
        "overridden",
        slot.content,
        "{type} {on} ({event}) is overridden by {by_type} {by_on} ({by}), which lies within its "
        "interval: {cells}; an interval that would count is {interval}"
        if interval
        else "{type} {on} ({event}) is overridden by {by_type} {by_on} ({by}), which lies within "
        "its interval: {cells}; only a correction of {by} helps",
        cells=cells,
        by=by.content.id,
        by_type=by.content.type,
        by_on=by.content.on.text,
        interval=interval,
    )


def _interval(slot: Slot, by: Slot) -> str | None:
    """What is left of the interval of *slot* when it has to be folded behind *by*."""
    last = slot.content.on.last
    if by.position < slot.position:
        first = by.day
    elif by.day < last:
        first = by.day + timedelta(days=1)
    else:
        return None
    return last.isoformat() if first == last else f"{first}/{last}"


def _order(slot: Slot) -> tuple[date, int]:
    return slot.day, slot.position


def _writes(slot: Slot) -> Iterator[_Write]:
    """Every cell that *slot* sets, and the value."""
    for subject, attribute, value in effects(slot):
        if attribute != MENTION:
            yield (subject, attribute), value


def _missed(slot: Slot) -> Iterator[_Write]:
    """What *slot* sets and would be missed: a phase, but not the stage and note that go with it."""
    reports = isinstance(slot.content.event, Progressed)
    return (
        (cell, value)
        for cell, value in _writes(slot)
        if reports or cell[1] not in ("stage", "note", "cause")
    )


def _entries(cell: _Cell) -> Iterable[_Cell]:
    """Where a write of *cell* is looked for: one attribute of many counts among all of them too."""
    subject, attribute = cell
    return (cell, (subject, "attributes.*")) if _is_one_of_many(attribute) else (cell,)


def _rivals(cell: _Cell) -> Iterable[_Cell]:
    """What can undo a write of *cell*: for one attribute of many also that all were cleared."""
    subject, attribute = cell
    if attribute == "attributes":
        return (cell, (subject, "attributes.*"))
    return (cell, (subject, "attributes")) if _is_one_of_many(attribute) else (cell,)


def _is_one_of_many(attribute: str) -> bool:
    return attribute.startswith("attributes.")
