"""The log itself: event after event, as they were recorded."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from planlog.codec import EVENT_COLUMNS, encode, line_of
from planlog.dates import format_timestamp
from planlog.events import RecordedEvent
from planlog.plan import Prefix
from planlog.render.answer import Answer
from planlog.render.happenings import ID_DIGITS, happened
from planlog.render.objects import known_object
from planlog.render.page import Block, Sentence
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.text import shortened
from planlog.wording import Words

_LONGEST: Final = 160
"""How many characters an event is told in."""

_DATE: Final = 11


def render_events(
    events: Sequence[RecordedEvent],
    format: Format,
    *,
    words: Words,
    known: Prefix | None = None,
    style: Style = PLAIN,
) -> str:
    """Write *events* in their order.

    *known* says how much of the log was known; unless given, it ends with the last of *events*.
    """
    return Answer(
        whole=lambda: {
            "schema": "planlog.events/1",
            "known": known_object(_known(events) if known is None else known),
            "events": [line_of(event) for event in events],
        },
        items=lambda: (encode(event).decode() for event in events),
        columns=EVENT_COLUMNS,
        rows=lambda: map(_csv_row, events),
        page=lambda: _page(events, words),
    ).written(format, style)


def _known(events: Sequence[RecordedEvent]) -> Prefix:
    if not events:
        return Prefix(size=0)
    return Prefix(size=events[-1].position + 1, recorded=events[-1].recorded)


def _csv_row(event: RecordedEvent) -> Sequence[str | int | None]:
    data = line_of(event)["data"]
    return (
        event.position,
        event.id,
        event.type,
        event.on.text,
        format_timestamp(event.recorded),
        event.by,
        event.source,
        event.reason,
        event.corrects,
        json.dumps(data, ensure_ascii=False, separators=(",", ":")),
    )


def _page(events: Sequence[RecordedEvent], words: Words) -> Iterator[Block]:
    if not events:
        yield Sentence(words("no events"))
        return
    yield Table(
        columns=(
            Column(words("Pos.")),
            Column(words("Event")),
            Column(words("Date"), most=_DATE),
            Column(words("What happened")),
        ),
        rows=tuple(_row(event, words) for event in events),
    )


def _row(event: RecordedEvent, words: Words) -> tuple[Cell, ...]:
    return (
        cell(str(event.position)),
        cell(event.id[:ID_DIGITS]),
        cell(words.date(event.on)),
        tuple(_told(event, words)),
    )


def _told(event: RecordedEvent, words: Words) -> Iterator[Part]:
    yield Part(shortened(happened(event.event, words), _LONGEST))
    if event.corrects is not None:
        yield Part(words("corrects {id}", id=event.corrects[:ID_DIGITS]), mark="– ")
    if event.reason:
        yield Part(words("reason: {reason}", reason=event.reason), mark="– ")
    recorded = words(
        "recorded on {day} by {by}", day=words.date(event.recorded.date()), by=event.by
    )
    yield Part(f"{event.source}; {recorded}" if event.source else recorded, "quiet", mark="– ")
