"""Short histories from which texts were erased, without a store in which they stand."""

from collections.abc import Sequence

import attrs

from planlog.codec.tombstones import erased_record
from planlog.events import Erased, RecordedEvent
from planlog.references import with_names
from tests.histories import recorded

GROUND = "DSGVO Art. 17"
ERASED_ON = "2026-11-26"


def without(
    events: Sequence[RecordedEvent], *positions: int, bare: bool = False
) -> tuple[RecordedEvent, ...]:
    """A log from which the texts at *positions* were erased, with the events that tell of it."""
    found = list(events)
    for position in positions:
        erasure = recorded(len(found), erased(found[position], bare=bare), ERASED_ON)
        before = found[position - 1] if position else None
        found[position] = erased_record(position, erasure, before)
        found.append(erasure)
    return tuple(found)


def erased(event: RecordedEvent, *, bare: bool = False) -> Erased:
    """What is kept of an *event* when it is erased; with *bare*, no more than its type."""
    said = Erased(
        event=event.id,
        position=event.position,
        leaf="0" * 64,
        ground=GROUND,
        type=event.type,
        corrects=event.corrects,
        target=event.retracts,
    )
    if bare:
        return said
    return with_names(attrs.evolve(said, on=event.on, recorded=event.recorded), event.event)
