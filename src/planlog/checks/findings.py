"""What every rule looks at, and what it finds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import attrs

from planlog.effects import Effect, Subject, effects
from planlog.events import RecordedEvent
from planlog.possible import PRESENT
from planlog.slots import Slot, live_slots

Severity = Literal["error", "warning"]


@attrs.frozen(kw_only=True)
class Finding:
    """Something that is wrong or odd about a history that can be read all the same.

    *event* is the id of the event it is about and *position* that event's place in the log;
    both are absent where it is about the whole. *template* is an English sentence that *details*
    fills.
    """

    code: str
    severity: Severity
    template: str
    details: Mapping[str, Any] = attrs.field(factory=dict)
    event: str | None = None
    position: int | None = None

    def __str__(self) -> str:
        """The finding in English."""
        return self.template.format(**self.details)


@attrs.frozen
class Affected:
    """One attribute of one subject that a finding names, with the values it can have, if told.

    *attribute* is named as in `planlog.effects.Effect`, or is `PRESENT`.
    """

    subject: Subject
    attribute: str
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The cell in English."""
        kind, id = self.subject
        subject = f"{kind} {id!r}" if id else f"the {kind}"
        if self.attribute == PRESENT:
            return f"{subject} (in the plan or not)"
        named = f"{self.attribute} of {subject}"
        return f"{named} ({' or '.join(self.values)})" if self.values else named


@attrs.frozen
class Cells:
    """Every cell that a finding names: a value, so that its words can be put in any language."""

    affected: tuple[Affected, ...]

    def __str__(self) -> str:
        """The cells in English."""
        return ", ".join(map(str, self.affected))


@attrs.frozen
class Evidence:
    """What the rules look at, gathered once: a prefix of the log, asked about at a *day*.

    *slots* are what it holds by now, in the order of the log, each with what it sets.
    """

    events: Sequence[RecordedEvent]
    day: date | None
    slots: Sequence[Slot]
    effects: Sequence[tuple[Slot, Sequence[Effect]]]

    @classmethod
    def gather(cls, events: Sequence[RecordedEvent], day: date | None) -> "Evidence":
        """Look at *events* once, for all rules."""
        slots = live_slots(events)
        return cls(events, day, slots, [(slot, effects(slot)) for slot in slots])


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
