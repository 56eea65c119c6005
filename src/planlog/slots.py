"""What the log holds once corrections and retractions are taken into account."""

from collections.abc import Iterator, Sequence
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

    A slot whose original is retracted is empty and left out, and so is one whose content was
    erased: see `erased_slots`. A correction of something that is not there opens no slot.
    """
    return [slot for slot in _slots(events) if not isinstance(slot.content.event, Erased)]


def erased_slots(events: Sequence[RecordedEvent]) -> list[Slot]:
    """Tell which slots of a prefix hold what was erased, so that nobody knows what they say."""
    if not any(event.is_erased for event in events):
        return []
    return [slot for slot in _slots(events) if isinstance(slot.content.event, Erased)]


def _slots(events: Sequence[RecordedEvent]) -> Iterator[Slot]:
    retracted = _retracted(events)
    newest = _newest_corrections(events, retracted)
    for event in events:
        if event.corrects is None and retracted.get(event.id, -1) < event.position:
            if isinstance(event.event, _SLOTLESS) and not _opens(event):
                continue
            content = newest.get(event.id, event)
            yield Slot(event.position, event.id, content, content.on.first)


def _opens(event: RecordedEvent) -> bool:
    """Whether an event without a place in the plan had one before its text was erased."""
    return event.is_erased and event.type != Retracted.TYPE


def _newest_corrections(
    events: Sequence[RecordedEvent], retracted: dict[str, int]
) -> dict[str, RecordedEvent]:
    """For each slot that was corrected, by the id of its original, the newest live content."""
    corrections = [
        event
        for event in events
        if event.corrects is not None and retracted.get(event.id, -1) < event.position
    ]
    originals = original_of(events) if corrections else {}
    return {originals[event.id]: event for event in corrections if event.id in originals}


def _retracted(events: Sequence[RecordedEvent]) -> dict[str, int]:
    """The ids of the events that a live retraction undoes, and the position of the last of these.

    It undoes them only if they stand before it. So, going backwards, everything that could undo a
    retraction has been judged before the retraction itself. One that was erased still undoes.
    """
    retracted: dict[str, int] = {}
    for event in reversed(events):
        if isinstance(event.event, _SLOTLESS) and event.id not in retracted:
            target = event.retracts
            if target is not None:
                retracted.setdefault(target, event.position)
    return retracted


def original_of(events: Sequence[RecordedEvent]) -> dict[str, str]:
    """Map the id of each event that writes into a slot to the id of the slot's original event."""
    originals: dict[str, str] = {}
    for event in events:
        if isinstance(event.event, _SLOTLESS) and not _opens(event):
            continue
        if event.corrects is None:
            originals[event.id] = event.id
        elif event.corrects in originals:
            originals[event.id] = originals[event.corrects]
    return originals


def trails(events: Sequence[RecordedEvent]) -> dict[str, tuple[RecordedEvent, ...]]:
    """For each slot, the events that wrote into it and the retractions that aim at these.

    By the id of the slot, in the order of the log.
    """
    opened = original_of(events)
    found: dict[str, list[RecordedEvent]] = {}
    for event in events:
        if isinstance(event.event, _SLOTLESS) and event.retracts is not None:
            target = opened.get(event.retracts)
            if target is not None:
                opened[event.id] = target
        if event.id in opened:
            found.setdefault(opened[event.id], []).append(event)
    return {id: tuple(trail) for id, trail in found.items()}
