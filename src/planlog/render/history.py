"""The life of one measure: what happened, who recorded it on what ground, and what was mended."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

import attrs

from planlog.audit import Change, HistoryEntry
from planlog.dates import SOME_DAY
from planlog.events import RecordedEvent, Retracted
from planlog.plan import Measure, Plan
from planlog.render.answer import Answer
from planlog.render.attributes import data_of, label_of, named, turned, value_of
from planlog.render.erased import Gap, gap_objects, gap_told, gone, recorded_on
from planlog.render.happenings import ABSENT, ID_DIGITS, content, happened
from planlog.render.objects import entry_object, plain, point_object
from planlog.render.page import Block, Facts, Heading, Points
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Part, cell
from planlog.render.telling import Telling
from planlog.timeline import Moment
from planlog.wording import Words

COLUMNS: Final = (
    "on",
    "type",
    "standing",
    "attribute",
    "before",
    "after",
    "cause",
    "by",
    "source",
    "reason",
    "event",
    "recorded",
    "restatements",
)
"""The columns of the CSV: a row for each change, one without attribute where there is none."""

_ORDER: Final = tuple(attribute.name for attribute in attrs.fields(Measure))
_IMPLIED: Final = frozenset({"since"})
"""Attributes that people read off the dates; only JSON and CSV tell how they change."""


def render_history(
    entries: Sequence[HistoryEntry],
    measure: Measure,
    plan: Plan,
    format: Format,
    *,
    words: Words,
    moment: Moment,
    erased: Sequence[Gap] = (),
    replaced: Sequence[Gap] = (),
    style: Style = PLAIN,
) -> str:
    """Write the life of *measure* up to a *moment*; *plan* has the titles of what it names.

    *erased* are the texts that are missing in *entries*, and those of which nobody knows whether
    they belong there; *replaced* were erased as well, but something took their place.
    """
    gaps = {gap.left.id: gap for gap in (*erased, *replaced)}
    told = _Told(Telling(plan, words, moment, {}), gaps)
    return Answer(
        whole=lambda: {
            "schema": "planlog.history/1",
            **point_object(plan),
            "measure": measure.id,
            "entries": [entry_object(entry) for entry in entries],
            "erased": gap_objects(erased),
        },
        items=lambda: map(entry_object, entries),
        columns=COLUMNS,
        rows=lambda: (row for entry in entries for row in _rows(entry)),
        page=lambda: _page(told, measure, entries),
    ).written(format, style)


def _rows(entry: HistoryEntry) -> Iterator[Sequence[str | None]]:
    event = entry.event
    for change in entry.changes or (Change("", None, None),):
        yield (
            None if event.on == SOME_DAY else event.on.text,
            event.type,
            entry.standing,
            change.attribute,
            data_of(change.before),
            data_of(change.after),
            change.cause,
            event.by or None,
            event.source,
            event.reason,
            event.id,
            plain(event.recorded),
            " ".join(entry.restatements) or None,
        )


@attrs.frozen
class _Told:
    """What every part of the page needs: how to tell, and by id which texts are missing."""

    telling: Telling
    gaps: Mapping[str, Gap]

    def gone(self, event: RecordedEvent) -> str:
        """Tell who erased the text of an *event*, when, and on what ground."""
        return gone(self.gaps.get(event.id) or Gap(left=event), self.telling.words)


def _page(told: _Told, measure: Measure, entries: Sequence[HistoryEntry]) -> Iterator[Block]:
    telling = told.telling
    yield from named(telling, measure)
    yield telling.point()
    for entry in entries:
        yield from _entry(told, entry)
    within = {event.id for entry in entries for event in entry.trail}
    unknown = [gap for id, gap in told.gaps.items() if id not in within]
    if unknown:
        yield Heading(telling.words("It is not known whether these were about this measure"), 2)
        yield Points(tuple(gap_told(gap, telling.words) for gap in unknown))


def _entry(told: _Told, entry: HistoryEntry) -> Iterator[Block]:
    telling = told.telling
    words, event = telling.words, entry.event
    heading = f"{words.date(event.on)}: {words.term(event.type)}"
    match entry.standing:
        case "later":
            heading = words("{heading} (does not count yet)", heading=heading)
        case "retracted":
            heading = words("{heading} (retracted)", heading=heading)
        case "erased":
            heading = words("{heading} (text erased)", heading=heading)
        case "counts":
            pass
        case _:
            assert_never(entry.standing)
    yield Heading(heading, 2)
    if event.is_erased:
        yield Facts((*_left(told, event), *_record(told, entry)))
    else:
        yield Facts((*_changes(telling, entry), *_ground(telling, event), *_record(told, entry)))


_Facts = Iterator[tuple[str, Cell]]


def _left(told: _Told, event: RecordedEvent) -> _Facts:
    """What is left of an erased text."""
    words = told.telling.words
    yield words("Content"), cell(told.gone(event))
    day = recorded_on(event, words) or words("day unknown")
    recorded = words("{day} (event {id})", day=day, id=event.id[:ID_DIGITS])
    yield told.telling.label("recorded"), cell(recorded)


def _changes(telling: Telling, entry: HistoryEntry) -> _Facts:
    """What the entry changed about the measure; if nothing, what it says."""
    changes = [one for one in entry.changes if one.attribute not in _IMPLIED]
    for change in sorted(changes, key=lambda one: _ORDER.index(one.attribute.partition(".")[0])):
        yield _change(telling, change)
    if not changes:
        words = telling.words
        said = content(entry.event.event, words) or words("changes nothing")
        yield words("Content"), cell(said)


def _change(telling: Telling, change: Change) -> tuple[str, Cell]:
    name = change.attribute
    before, after = (value_of(telling, name, one) for one in (change.before, change.after))
    return label_of(telling, name), cell(turned(before, after, change.cause, telling.words))


def _ground(telling: Telling, event: RecordedEvent) -> _Facts:
    """On what ground something stands in the log, and who put it there."""
    words = telling.words
    yield telling.label("source"), cell(event.source or ABSENT)
    if event.reason:
        yield telling.label("reason"), cell(event.reason)
    yield (
        telling.label("recorded"),
        cell(
            words(
                "{day} by {by} (event {id})",
                day=words.date(event.recorded.date()),
                by=event.by,
                id=event.id[:ID_DIGITS],
            )
        ),
    )


def _record(told: _Told, entry: HistoryEntry) -> _Facts:
    """What became of the record, if it did not stay as it was."""
    telling = told.telling
    if len(entry.trail) > 1:
        mended = tuple(Part(_mended(told, one), mark="– ") for one in entry.trail)
        yield telling.words("Corrections"), mended
    if entry.restatements:
        restated = telling.words.plural(
            "by {n} event of an imported document: {ids}",
            "by {n} events of imported documents: {ids}",
            len(entry.restatements),
            ids=", ".join(id[:ID_DIGITS] for id in entry.restatements),
        )
        yield telling.words("Restated"), cell(restated)


def _mended(told: _Told, event: RecordedEvent) -> str:
    """What one event did to the record."""
    words = told.telling.words
    if event.is_erased:
        return words(
            "{day}: {type} (event {id}): {erased}",
            day=recorded_on(event, words) or words("day unknown"),
            type=words.term(event.type),
            id=event.id[:ID_DIGITS],
            erased=told.gone(event),
        )
    details = {
        "day": words.date(event.recorded.date()),
        "by": event.by,
        "id": event.id[:ID_DIGITS],
        "reason": event.reason or ABSENT,
    }
    if isinstance(event.event, Retracted):
        return words(
            "{day}: {target} taken back by {by} (event {id}); reason: {reason}",
            target=event.event.event[:ID_DIGITS],
            **details,
        )
    details["said"] = f"{words.date(event.on)}, {happened(event.event, words)}"
    if event.corrects is None:
        return words("{day}: recorded by {by} (event {id}): {said}", **details)
    return words(
        "{day}: {target} corrected by {by} (event {id}) to: {said}; reason: {reason}",
        target=event.corrects[:ID_DIGITS],
        **details,
    )
