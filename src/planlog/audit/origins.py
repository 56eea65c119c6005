"""Where each value of a measure comes from: the event that set it, the decision it stands with."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import attrs

from planlog.changes import CellChange, Trace
from planlog.documents import Documents
from planlog.effects import decision
from planlog.events import Decided, RecordedEvent
from planlog.outcomes import Outcomes
from planlog.plan import Decision, Measure
from planlog.slots import Slot
from planlog.timeline import counting
from planlog.values import Value


@attrs.frozen(kw_only=True, repr=False)
class Origin(Value):
    """One value of a measure, and what it rests on.

    Attributes with many values are named one by one (``attributes.topic``). *event* is the one
    that gave the value; to say the same again gives nothing, nor does what a document says of a
    day on which it leaves the value as it was. *id* is the id of the event that
    opened its slot, another one where the value comes from a correction. *decision* is the first
    one about the measure since it has the value; what was decided is no ground of its own.
    """

    attribute: str
    value: Any
    id: str
    event: RecordedEvent
    decision: Decision | None = None

    @property
    def corrected(self) -> bool:
        """Whether the value comes from a correction."""
        return self.event.id != self.id


def origins(slots: Sequence[Slot], day: date | None, measure: str) -> tuple[Origin, ...]:
    """Tell where every value that *measure* has at the end of *day* comes from.

    In the order in which `planlog.plan.Measure` names its attributes. A measure that the plan does
    not have by then has no values.
    """
    subject = ("measure", measure)

    def concerns(change: CellChange) -> bool:
        return change.subject == subject

    counted = [] if day is None else counting(slots, day)
    trace = Outcomes(counted, Documents(slots), concerns)
    if subject not in trace.draft.subjects:
        return ()
    found = Origins(trace)
    present: Measure = trace.thing(subject)  # type: ignore[assignment]  # what a measure's subject is
    told = (found.of(measure, name) for name in _names(present))
    return tuple(one for one in told if one is not None and one.value is not None)


def _names(measure: Measure) -> Iterator[str]:
    """The names of all attributes, those with many values one by one and sorted as they are."""
    for field in attrs.fields(Measure):
        match field.name:
            case "attributes" | "predecessors" | "successors" as stem:
                yield from (f"{stem}.{key}" for key in getattr(measure, stem))
            case "decisions":
                yield from (f"decisions.{one.event}" for one in measure.decisions)
            case name:
                yield name


class Origins:
    """Where the values come from that a fold has led to."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._places = {slot.id: place for place, slot in enumerate(trace.slots)}

    def of(self, measure: str, attribute: str) -> Origin | None:
        """Tell where a value comes from, if any event ever gave one; it may be none by now."""
        subject = ("measure", measure)
        setting = self._setting(measure) if attribute == "rank" else attribute
        slot = self._trace.set_by(subject, setting)
        if slot is None:
            return None
        value = self._trace.value(subject, attribute)
        decided = self._trace.decided(subject, setting)
        return origin(attribute, value, slot, None if isinstance(value, Decision) else decided)

    def _setting(self, measure: str) -> str:
        """The cell through which a rank came: the field's, if it came with a new list alone.

        Who moves to another list, and there has the number of before, has a new rank all the same.
        """
        subject = ("measure", measure)
        ranked, moved = (self._trace.set_by(subject, name) for name in ("rank", "field"))
        if ranked is None or moved is None or self._trace.value(subject, "rank") is None:
            return "rank"
        return "field" if self._places[moved.id] > self._places[ranked.id] else "rank"


def origin(attribute: str, value: Any, slot: Slot, decided: Slot | None) -> Origin:
    """Put an origin together from the *slot* that gave a value and that of the decision."""
    return Origin(
        attribute=attribute,
        value=value,
        id=slot.id,
        event=slot.content,
        decision=None if decided is None else decision_of(decided),
    )


def decision_of(slot: Slot) -> Decision:
    """The decision that a slot holds."""
    event = slot.content.event
    assert isinstance(event, Decided)
    return decision(slot, event)
