"""Rules about the record itself: what corrections and retractions aim at, who says so."""

from collections.abc import Iterator, Sequence

from planlog.checks.evidence import Evidence, error, warning
from planlog.events import Erased, RecordedEvent
from planlog.findings import Finding


def dangling_corrections(evidence: Evidence) -> Iterator[Finding]:
    """Find corrections of what does not stand before them in the log."""
    for event, target, hit in _aims(evidence.events):
        if hit is None and event.retracts is None:
            yield error(
                "dangling-correction",
                event,
                "the correction {event} has no effect: no event before it has the id {target!r}; "
                "retract it, and correct what was meant",
                target=target,
            )


def dangling_retractions(evidence: Evidence) -> Iterator[Finding]:
    """Find retractions of what does not stand before them in the log."""
    for event, target, hit in _aims(evidence.events):
        if hit is None and event.retracts is not None:
            yield error(
                "dangling-retraction",
                event,
                "the retraction {event} names no event before it: none has the id {target!r}; "
                "retract it, and retract what was meant",
                target=target,
            )


def fixed_events_corrected(evidence: Evidence) -> Iterator[Finding]:
    """Find corrections of retractions and erasures, which hold nothing to be corrected."""
    for event, target, hit in _aims(evidence.events):
        if event.retracts is not None or hit is None:
            continue
        if hit.retracts is not None or (isinstance(hit.event, Erased) and not hit.is_erased):
            yield error(
                "not-correctable",
                event,
                "the correction {event} has no effect: {target!r} is a retraction or an erasure; "
                "retract the correction",
                target=target,
            )


def erasures_retracted(evidence: Evidence) -> Iterator[Finding]:
    """Find retractions of erasures, which nothing takes back."""
    for event, target, hit in _aims(evidence.events):
        if event.retracts is None or hit is None:
            continue
        if isinstance(hit.event, Erased) and not hit.is_erased:
            yield error(
                "not-retractable",
                event,
                "the retraction {event} has no effect: {target!r} records an erasure, which cannot "
                "be taken back; retract the retraction",
                target=target,
            )


def sources_missing(evidence: Evidence) -> Iterator[Finding]:
    """Find what nobody can look up; a retraction only needs its reason."""
    for slot in evidence.slots:
        if not (slot.content.source or "").strip():
            yield warning(
                "no-source",
                slot.content,
                "{type} {on} ({event}) has no source; correct it, naming the document and the "
                "place in it",
            )


_Aim = tuple[RecordedEvent, str, RecordedEvent | None]
"""A correction or retraction, the id it aims at, and the event before it that it hits."""


def _aims(events: Sequence[RecordedEvent]) -> Iterator[_Aim]:
    """Tell what each correction and retraction aims at, but for those taken back themselves."""
    undone = undone_by_retractions(events)
    before: dict[str, RecordedEvent] = {}
    for event in events:
        target = _target(event)
        if target is not None and event.id not in undone:
            yield event, target, before.get(target)
        before[event.id] = event


def _target(event: RecordedEvent) -> str | None:
    return event.corrects if event.retracts is None else event.retracts


def undone_by_retractions(events: Sequence[RecordedEvent]) -> set[str]:
    """The ids of the events that a live retraction behind them undoes.

    Unlike what decides about slots, a retraction that aims at itself or at what comes later
    undoes nothing here: it must not hide that it dangles.
    """
    position = {event.id: event.position for event in events}
    undone: set[str] = set()
    for event in reversed(events):
        target = event.retracts
        if target is None or event.id in undone:
            continue
        if position.get(target, event.position) < event.position:
            undone.add(target)
    return undone
