"""Statistics in CSV: a row for each number, and behind it the ids that it was counted from."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from planlog.render.attributes import data_of
from planlog.stats import (
    Delays,
    Flips,
    LateEvent,
    PhaseCount,
    RecordKeeping,
    Silence,
    Stats,
    TypicalSpan,
)

COLUMNS: Final = (
    "section",
    "subject",
    "id",
    "title",
    "key",
    "before",
    "after",
    "value",
    "ids_before",
    "ids",
)
"""The columns of the CSV."""


class _Row(NamedTuple):
    """A number about a subject; lists of ids are written as JSON has them."""

    section: str
    subject: str
    id: str
    key: str
    before: str | int | None = None
    after: str | int | None = None
    value: str | int | None = None
    ids_before: Sequence[str] | None = None
    ids: Sequence[str] | None = None


def rows(stats: Stats) -> Iterator[Sequence[str | int | None]]:
    """A row for each number, in the order of `COLUMNS`."""
    titles = {("measure", one.id): one.title for one in stats.after.measures}
    for plan in (stats.before, stats.after):
        titles |= {("field", one.id): one.title for one in plan.fields}
    for row in _rows(stats):
        section, subject, id, *numbers, ids_before, ids = row
        title = titles.get((row.subject, row.id))
        yield section, subject, id, title, *numbers, data_of(ids_before), data_of(ids)


def _rows(stats: Stats) -> Iterator[_Row]:
    for field in stats.counts:
        yield _count("counts", "field", field.field or "", field)
    for one in stats.totals:
        yield _count("totals", "plan", "", one)
    for section, found in (("implemented", stats.implemented), ("dropped", stats.dropped)):
        for turned in found:
            yield _Row(section, "measure", turned.measure, turned.phase, ids=turned.events)
    for silence in stats.silences:
        yield from _silence(silence)
    for flips in stats.flips:
        yield from _flips(flips)
    for delays in stats.delays:
        yield from _delays(delays)
    yield from _typical("to_start", stats.typical_start)
    yield from _typical("to_implementation", stats.typical_implementation)
    yield from _recording(stats.recording)
    for late in stats.recording.late:
        yield _late(late)
    for subject in stats.uncertain:
        for attribute in subject.attributes:
            yield _Row("uncertain", subject.kind, subject.id, attribute)


def _count(section: str, subject: str, id: str, one: PhaseCount) -> _Row:
    left_out = one.phase == "dropped" and not one.listed
    return _Row(
        section,
        subject,
        id,
        "not_listed" if left_out else one.phase or "",
        before=len(one.before),
        after=len(one.after),
        ids_before=one.before,
        ids=one.after,
    )


def _silence(one: Silence) -> Iterator[_Row]:
    yield _Row(
        "silences",
        "measure",
        one.measure,
        "conferences",
        value=len(one.conferences),
        ids=one.conferences,
    )
    yield _Row(
        "silences", "measure", one.measure, "last_report", value=one.on.text, ids=(one.event,)
    )


def _flips(one: Flips) -> Iterator[_Row]:
    yield _Row("flips", "measure", one.measure, "returns", value=len(one.returns), ids=one.returns)
    yield _Row("flips", "measure", one.measure, "phases", value=data_of(one.phases), ids=one.events)


def _delays(one: Delays) -> Iterator[_Row]:
    for key, begin, end, span in (
        ("to_start", one.decided, one.started, one.to_start),
        ("to_implementation", one.started, one.implemented, one.to_implementation),
    ):
        if begin is not None and end is not None and span is not None:
            ids = (*begin.events, *end.events)
            for name, value in (("least", span.least), ("most", span.most)):
                yield _Row("delays", "measure", one.measure, f"{key}.{name}", value=value, ids=ids)
            if span.or_before:
                yield _Row("delays", "measure", one.measure, f"{key}.or_before", ids=ids)


def _typical(key: str, one: TypicalSpan | None) -> Iterator[_Row]:
    if one is not None:
        for name, value in (("least", one.least), ("most", one.most)):
            yield _Row("typical", "plan", "", f"{key}.{name}", value=f"{value:g}", ids=one.measures)


def _recording(found: RecordKeeping) -> Iterator[_Row]:
    for key, ids in found.parts().items():
        yield _Row("recording", "plan", "", key, value=len(ids), ids=ids)


def _late(one: LateEvent) -> _Row:
    return _Row(
        "late",
        "event",
        one.event,
        "backfilled" if one.backfilled else "late",
        before=one.content.on.text,
        after=one.recorded.isoformat(),
        value=one.days,
        ids=(one.conference,),
    )
