"""The log itself: event after event, as they were recorded."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from planlog.codec import EVENT_COLUMNS, encode, line_of
from planlog.events import RecordedEvent
from planlog.plan import Prefix
from planlog.render.answer import Answer
from planlog.render.erased import Gap, gap_objects, recorded_on, told_by
from planlog.render.happenings import ID_DIGITS, line_told
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
    erased: Sequence[Gap] = (),
    style: Style = PLAIN,
) -> str:
    """Write *events* in their order.

    *known* says how much of the log was known; unless given, it ends with the last of *events*.
    *erased* tell of those among them whose text is missing.
    """
    gaps = {gap.left.id: gap for gap in erased}
    return Answer(
        whole=lambda: {
            "schema": "planlog.events/1",
            "known": known_object(_known(events) if known is None else known),
            "events": [line_of(event) for event in events],
            "erased": gap_objects(erased),
        },
        items=lambda: (encode(event).decode() for event in events),
        columns=EVENT_COLUMNS,
        rows=lambda: map(_csv_row, events),
        page=lambda: _page(events, words, gaps),
    ).written(format, style)


def _known(events: Sequence[RecordedEvent]) -> Prefix:
    if not events:
        return Prefix(size=0)
    return Prefix(size=events[-1].position + 1, recorded=events[-1].recorded)


def _csv_row(event: RecordedEvent) -> Sequence[str | int | None]:
    line = line_of(event)
    data = json.dumps(line.pop("data"), ensure_ascii=False, separators=(",", ":"))
    return (*(line[name] for name in EVENT_COLUMNS if name != "data"), data)


def _page(
    events: Sequence[RecordedEvent], words: Words, gaps: Mapping[str, Gap]
) -> Iterator[Block]:
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
        rows=tuple(_row(event, words, gaps) for event in events),
    )


def _row(event: RecordedEvent, words: Words, gaps: Mapping[str, Gap]) -> tuple[Cell, ...]:
    return (
        cell(str(event.position)),
        cell(event.id[:ID_DIGITS]),
        cell(words.date(event.on)),
        tuple(_told(event, words, gaps.get(event.id))),
    )


def _told(event: RecordedEvent, words: Words, gap: Gap | None) -> Iterator[Part]:
    yield Part(shortened(line_told(event, words), _LONGEST))
    if event.corrects is not None:
        yield Part(words("corrects {id}", id=event.corrects[:ID_DIGITS]), mark="– ")
    if event.reason:
        yield Part(words("reason: {reason}", reason=event.reason), mark="– ")
    if event.is_erased:
        yield from _gone(event, words, gap)
        return
    recorded = words(
        "recorded on {day} by {by}", day=words.date(event.recorded.date()), by=event.by
    )
    yield Part(f"{event.source}; {recorded}" if event.source else recorded, "quiet", mark="– ")


def _gone(event: RecordedEvent, words: Words, gap: Gap | None) -> Iterator[Part]:
    """When a line was recorded, if that was kept, and who erased its text."""
    recorded = recorded_on(event, words)
    if recorded:
        yield Part(words("recorded on {day}", day=recorded), "quiet", mark="– ")
    if gap is not None:
        yield Part(told_by(gap, words), "quiet", mark="– ")
