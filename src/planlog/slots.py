"""What the log holds once corrections and retractions are taken into account."""

from collections.abc import Sequence
from datetime import date

import attrs

from planlog.events import Erased, RecordedEvent, Retracted
from planlog.values import Value


@attrs.frozen(repr=False)
class Slot(Value):
    """The place that an original event opened, with the newest live content written into it.

    *position* and *id* are those of the original event and never change, whatever corrects it.
    *day* is where the content is placed for ordering: the first day of its interval, unless
    somebody asks what another day would have meant.
    """

    position: int
    id: str
    content: RecordedEvent
    day: date


_SLOTLESS = (Retracted, Erased)
"""What says something of the record and nothing of the plan."""


def live_slots(events: Sequence[RecordedEvent]) -> list[Slot]:
    """Tell what a prefix of the log holds: one slot a live original event, by position.

    A slot whose original is retracted is empty and left out. A correction of something that is
    not there opens no slot.
    """
    retracted = _retracted(events)
    slots: dict[str, Slot] = {}
    corrected: dict[str, str] = {}
    for event in events:
        if isinstance(event.event, _SLOTLESS):
            continue
        if event.corrects is None:
            if event.id not in retracted:
                slots[event.id] = Slot(event.position, event.id, event, event.on.first)
            continue
        original = corrected.get(event.corrects, event.corrects)
        corrected[event.id] = original
        slot = slots.get(original)
        if slot is not None and event.id not in retracted:
            slots[original] = Slot(slot.position, slot.id, event, event.on.first)
    return list(slots.values())


def _retracted(events: Sequence[RecordedEvent]) -> set[str]:
    """The ids of the events that a live retraction undoes.

    Targets stand earlier in the log, so going backwards everything that could undo a retraction
    has been judged before the retraction itself.
    """
    retracted: set[str] = set()
    for event in reversed(events):
        if isinstance(event.event, Retracted) and event.id not in retracted:
            retracted.add(event.event.event)
    return retracted


def original_of(events: Sequence[RecordedEvent]) -> dict[str, str]:
    """Map the id of each event that writes into a slot to the id of the slot's original event."""
    originals: dict[str, str] = {}
    for event in events:
        if isinstance(event.event, _SLOTLESS):
            continue
        if event.corrects is None:
            originals[event.id] = event.id
        elif event.corrects in originals:
            originals[event.id] = originals[event.corrects]
    return originals
