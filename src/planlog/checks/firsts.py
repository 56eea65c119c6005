"""What comes first by nature: the event that brings a thing into the plan."""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from planlog.checks.introductions import introduced
from planlog.effects import Subject
from planlog.events import Proposed
from planlog.slots import Slot


class Firsts:
    """What brought in each thing that *slots* tell of; they come by position.

    For a measure that is its earliest proposal, which is folded first; of anything else, what
    introduced it: that it was amended or stated more precisely later contradicts nothing.
    """

    def __init__(self, slots: Iterable[Slot]) -> None:
        self._introductions: dict[Subject, Slot] = {}
        proposals: list[tuple[Slot, str]] = []
        for slot in slots:
            event = slot.content.event
            subject = introduced(event)
            if subject is not None:
                self._introductions.setdefault(subject, slot)
            if isinstance(event, Proposed):
                proposals.append((slot, event.measure))
        self._proposals = _earliest(proposals)

    def comes_first(self, slot: Slot) -> bool:
        """Whether *slot* is by nature before everything else about what it brings in."""
        event = slot.content.event
        if isinstance(event, Proposed):
            return slot is self.earliest_proposal(event.measure, slot.content.on.last)
        subject = introduced(event)
        return subject is not None and slot is self._introductions[subject]

    def earliest_proposal(self, measure: str, last: date) -> Slot | None:
        """The proposal that is folded before all else about *measure* at the end of *last*."""
        proposals = self._proposals.get(measure, [])
        found = bisect_left(proposals, -last.toordinal(), key=_negative_last)
        return proposals[found] if found < len(proposals) else None


def _negative_last(slot: Slot) -> int:
    return -slot.content.on.last.toordinal()


def _earliest(proposals: Iterable[tuple[Slot, str]]) -> dict[str, list[Slot]]:
    """For each measure, in their order, the proposals that are the earliest on some day.

    One that does not count before an earlier one does is none of them, so each of them counts
    sooner than the one before it.
    """
    found: dict[str, list[Slot]] = {}
    for slot, measure in sorted(proposals, key=lambda pair: pair[0].day):
        before = found.setdefault(measure, [])
        if not before or slot.content.on.last < before[-1].content.on.last:
            before.append(slot)
    return found
