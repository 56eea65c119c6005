"""What every rule looks at, and how it says what it finds."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs

from planlog.documents import Documents
from planlog.effects import Effect, effects
from planlog.events import Erased, RecordedEvent
from planlog.findings import Finding, Severity
from planlog.missing import Missing, missing, names_nothing
from planlog.plan import Plan
from planlog.slots import Slot, erased_slots, live_slots
from planlog.timeline import plan_at, prefix

Erasures = list[tuple[Slot, Erased]]
"""Slots whose content was erased, each with what was kept of it."""


@attrs.frozen
class Evidence:
    """What the rules look at, gathered once: a prefix of the log, asked about at a *day*.

    *slots* are what it holds by now, in the order of the log, each with what it sets; *documents*
    tell which of them came from a table. *erased* are the slots of which nobody knows what they
    held, and *missing* is what they may have told otherwise of the plan on that day.
    """

    events: Sequence[RecordedEvent]
    day: date | None
    slots: Sequence[Slot]
    effects: Sequence[tuple[Slot, Sequence[Effect]]]
    documents: Documents
    erased: Sequence[Slot]
    missing: Missing

    @classmethod
    def gather(cls, events: Sequence[RecordedEvent], day: date | None) -> "Evidence":
        """Look at *events* once, for all rules."""
        slots, gone = live_slots(events), erased_slots(events)
        written = [(slot, effects(slot)) for slot in slots]
        plan = plan_at(slots, day, prefix(events, len(events))) if gone else Plan()
        return cls(events, day, slots, written, Documents(slots), gone, missing(events, plan))

    def erased_of(self, *types: str) -> "tuple[Erasures, bool]":
        """The erased slots of certain *types*, and whether nobody knows what one was about."""
        found = [
            (slot, said)
            for slot in self.erased
            if isinstance(said := slot.content.event, Erased) and said.type in types
        ]
        return found, any(names_nothing(said) for _, said in found)


def error(code: str, event: RecordedEvent, template: str, **details: Any) -> Finding:
    """Say that the history contradicts itself at *event* in a way that cannot be meant."""
    return _finding(code, "error", event, template, details)


def warning(code: str, event: RecordedEvent, template: str, **details: Any) -> Finding:
    """Say that something is odd about *event*."""
    return _finding(code, "warning", event, template, details)


def in_log_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort *findings* by the place of what they are about; the whole comes first."""
    return tuple(sorted(findings, key=lambda one: -1 if one.position is None else one.position))


def _finding(
    code: str, severity: Severity, event: RecordedEvent, template: str, details: dict[str, Any]
) -> Finding:
    """Each finding can name its event, whether its own sentence does so or not."""
    named = {"event": event.id, "type": event.type, "on": event.on.text}
    return Finding(
        code=code,
        severity=severity,
        template=template,
        details={**named, **details},
        event=event.id,
        position=event.position,
    )
