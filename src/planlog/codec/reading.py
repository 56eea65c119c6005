"""Lines of a log to events."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

import attrs

from planlog.codec.flaws import flaw, with_whole_keys
from planlog.codec.json import parse, parse_quickly
from planlog.codec.lifting import LIFTS, Lifts, lifted
from planlog.codec.structure import recorded_event
from planlog.codec.tombstones import Tombstone, erased_record, read_tombstone
from planlog.errors import DamagedLogError, Flaw, InvalidEventError
from planlog.events import Erased, RecordedEvent

Place = Callable[[int], str]
"""Names the place of a position for people."""


def decode(line: bytes, position: int, *, lifts: Lifts = LIFTS) -> RecordedEvent:
    """Return the event that a *line* (without the line feed) holds.

    Nothing is coerced. Raises `InvalidEventError` with every flaw of the line.
    """
    pairs = parse_quickly(line)
    event = None if pairs is None else recorded_event(pairs, position)
    return _decoded(line, position, lifts) if event is None else event


def _decoded(line: bytes, position: int, lifts: Lifts) -> RecordedEvent:
    """Do what `decode` does for a line that has flaws, or an older form."""
    try:
        pairs, version = lifted(parse(line), lifts)
        event = recorded_event(pairs, position)
        if event is None:
            from planlog.codec import detail  # cattrs takes its time to load

            event = detail.recorded_event(pairs, position)
    except InvalidEventError as error:
        raise InvalidEventError(with_whole_keys(error.flaws)) from None
    return attrs.evolve(event, v=version)


def decode_lines(
    lines: Iterable[bytes],
    start: int,
    place: Place,
    *,
    seen: Mapping[str, RecordedEvent] | None = None,
    lifts: Lifts = LIFTS,
) -> list[RecordedEvent]:
    """Return the events that *lines* hold, the first of which stands at position *start*.

    *seen* are the events that stand in the log before, by their ids and in their order. What was
    erased comes as its erasure left it, whether the text still stands there or not. Raises
    `DamagedLogError` with every flaw of every line, and with every id that stands twice.
    """
    events: list[RecordedEvent] = []
    flaws: list[tuple[int, Flaw]] = []
    marks: list[tuple[int, Tombstone]] = []
    for position, line in enumerate(lines, start):
        try:
            events.append(decode(line, position, lifts=lifts))
        except InvalidEventError as error:
            if mark := read_tombstone(line):
                marks.append((position, mark))
            else:
                flaws += ((position, flaw) for flaw in error.flaws)
    if marks or any(isinstance(event.event, Erased) for event in events):
        events, lone = _with_erased(events, marks, seen or {})
        flaws += ((position, flaw("lone-tombstone")) for position in lone)
    flaws += _doubled_ids(events, seen or {}, place)
    if flaws:
        flaws.sort(key=lambda flaw: flaw[0])
        raise DamagedLogError(tuple(flaw.at(place(position)) for position, flaw in flaws))
    return events


def _with_erased(
    events: Sequence[RecordedEvent],
    marks: Sequence[tuple[int, Tombstone]],
    seen: Mapping[str, RecordedEvent],
) -> tuple[list[RecordedEvent], list[int]]:
    """Put what erasures left in place of what they erased; tell which *marks* have none."""
    by_leaf: dict[str, RecordedEvent] = {}
    by_id: dict[str, RecordedEvent] = {}
    for event in (*seen.values(), *events):
        if isinstance(event.event, Erased) and not event.is_erased:
            # What was told first stays: nobody can tell otherwise of an erasure later.
            by_leaf.setdefault(event.event.leaf, event)
            by_id.setdefault(event.event.event, event)
    erased = {event.position: by_id[event.id] for event in events if event.id in by_id}
    erased |= {position: by_leaf[mark.leaf] for position, mark in marks if mark.leaf in by_leaf}
    others = {event.position: event for event in events if event.position not in erased}
    before = next(chain(tuple(seen.values())[-1:], others.values()), None)
    found: list[RecordedEvent] = []
    for position in sorted(erased.keys() | others.keys()):
        if position in erased:
            before = erased_record(position, erased[position], before)
        else:
            before = others[position]
        found.append(before)
    return found, [position for position, mark in marks if mark.leaf not in by_leaf]


def _doubled_ids(
    events: Sequence[RecordedEvent], seen: Mapping[str, RecordedEvent], place: Place
) -> Iterator[tuple[int, Flaw]]:
    ids = {event.id for event in events}
    if len(ids) == len(events) and seen.keys().isdisjoint(ids):
        return
    positions = {id: seen[id].position for id in ids if id in seen}
    for event in events:
        first = positions.setdefault(event.id, event.position)
        if first != event.position:
            yield event.position, flaw("doubled-id", "id", id=event.id, first=place(first))
