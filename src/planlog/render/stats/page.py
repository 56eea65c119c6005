"""Statistics as people read them: a section for each question, with the ids to follow it up."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from planlog.plan import Phase
from planlog.possible import PRESENT
from planlog.render.happenings import ABSENT, ID_DIGITS, subject
from planlog.render.page import Block, Facts, Footnote, Heading, Points, Sentence
from planlog.render.phases import explained, short
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.telling import Telling
from planlog.render.text import shortened
from planlog.stats import (
    DaySpan,
    Delays,
    FirstTime,
    Flips,
    LateEvent,
    PhaseCount,
    RecordKeeping,
    Silence,
    Stats,
    TurnedMeasure,
    TypicalSpan,
)
from planlog.timeline import Moment
from planlog.wording import Words

_STATE: Final = 16
_DATE: Final = 11
_MEETINGS: Final = 22
_TITLE: Final = 72


def page(stats: Stats, words: Words, moments: tuple[Moment, Moment]) -> Iterator[Block]:
    """The whole page."""
    before, after = moments
    telling = Telling(stats.after, words, after, {})
    title = stats.after.title or stats.before.title
    yield Heading(title or words("Plan without a title"))
    told = words.moment(before, stats.before.known)
    yield Sentence(words("from: {moment}", moment=told), "quiet")
    told = words.moment(after, stats.after.known)
    yield Sentence(words("to: {moment}", moment=told), "quiet")
    yield from _counts(telling, stats)
    yield from _turned(telling, words("Newly implemented or ongoing"), stats.implemented)
    yield from _turned(telling, words("Newly dropped or replaced"), stats.dropped)
    yield from _silences(telling, stats)
    yield from _flips(telling, stats.flips)
    yield from _delays(telling, stats)
    yield from _recording(telling, stats)
    yield from _uncertain(telling, stats)


def _section(telling: Telling, heading: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """A section; where there is nothing in it, it says so."""
    yield Heading(heading, 2)
    yield from blocks or [Sentence(telling.words("none"))]


def _measure(telling: Telling, id: str) -> Cell:
    """A measure by its id and as much of its title as it is known by."""
    return cell(shortened(telling.measure_title(id), _TITLE))


def _ids(events: Iterable[str]) -> str:
    return ", ".join(id[:ID_DIGITS] for id in events)


# How many measures stand where


def _counts(telling: Telling, stats: Stats) -> Iterator[Block]:
    words = telling.words
    listed = [one for one in stats.totals if one.listed]
    yield Heading(words("Measures by action field and phase"), 2)
    if not listed:
        yield Sentence(words("No measures."))
        return
    phases = [one.phase for one in listed]
    changed = bool(stats.before.measures)
    rows: list[tuple[str, list[PhaseCount]]] = [
        (name, [one for one in stats.counts if one.listed and one.field == id])
        for id, name in _fields(telling, stats).items()
    ]
    yield Table(
        columns=(
            Column(telling.label("field")),
            *(Column(short(phase, words), right=True) for phase in phases),
            Column(words("Total"), right=True),
        ),
        rows=tuple(
            _row(name, counts, phases, changed=changed)
            for name, counts in (*rows, (words("Total"), listed))
        ),
    )
    yield explained(phases, words)
    hidden = [
        f"{words.term('not_listed' if one.phase == 'dropped' else 'replaced')} "
        f"{_number_of([one], changed=changed)}"
        for one in stats.totals
        if not one.listed
    ]
    if hidden:
        told = words("not counted, as show leaves them out: {told}", told="; ".join(hidden))
        yield Footnote(told)


def _fields(telling: Telling, stats: Stats) -> dict[str | None, str]:
    """The fields that have measures on either side, and what they are called."""
    fields = {one.id: one for plan in (stats.before, stats.after) for one in plan.fields}
    return {
        one.field: telling.words("Outside the action fields")
        if one.field is None
        else telling.field(fields[one.field])
        for one in stats.counts
        if one.listed
    }


def _row(
    name: str, counts: Sequence[PhaseCount], phases: Sequence[Phase | None], *, changed: bool
) -> tuple[Cell, ...]:
    by_phase = ([one for one in counts if one.phase == phase] for phase in phases)
    numbers = (_number_of(some, changed=changed) for some in (*by_phase, counts))
    return (cell(name), *map(cell, numbers))


def _number_of(counts: Sequence[PhaseCount], *, changed: bool) -> str:
    """How many there were and are; once where that is the same, or there was nothing before."""
    before = sum(len(one.before) for one in counts)
    after = sum(len(one.after) for one in counts)
    return f"{before} → {after}" if changed and before != after else str(after or ABSENT)


# What became of measures


def _turned(telling: Telling, heading: str, found: Sequence[TurnedMeasure]) -> Iterator[Block]:
    words = telling.words
    texts = tuple(
        words(
            "{measure} ({phase}; {events})",
            measure=telling.measure_title(one.measure),
            phase=words.phase(one.phase),
            events=_ids(one.events),
        )
        for one in found
    )
    yield from _section(telling, heading, [Points(texts)] if texts else [])


def _silences(telling: Telling, stats: Stats) -> Iterator[Block]:
    words = telling.words
    heading = words.plural(
        "Open, and no report for {n} conference or more",
        "Open, and no report for {n} conferences or more",
        stats.silent,
    )
    table = Table(
        columns=(
            Column(words("Measure")),
            Column(words("State"), most=_STATE),
            Column(words("Last report"), most=_DATE),
            Column(words("Count"), right=True),
            Column(words("Conferences since"), most=_MEETINGS),
        ),
        rows=tuple(_silence(telling, one) for one in stats.silences),
    )
    yield from _section(telling, heading, [table] if table.rows else [])


def _silence(telling: Telling, one: Silence) -> tuple[Cell, ...]:
    return (
        _measure(telling, one.measure),
        cell(telling.words.phase(one.phase)),
        (Part(telling.words.date(one.on)), Part(one.event[:ID_DIGITS], "quiet")),
        cell(str(len(one.conferences))),
        cell(", ".join(one.conferences)),
    )


def _flips(telling: Telling, found: Sequence[Flips]) -> Iterator[Block]:
    words = telling.words
    table = Table(
        columns=(
            Column(words("Measure")),
            Column(words("Count"), right=True),
            Column(words("Course, and the events by which it came back")),
        ),
        rows=tuple(
            (
                _measure(telling, one.measure),
                cell(str(len(one.returns))),
                (
                    Part(" → ".join(map(words.phase, one.phases))),
                    Part(_ids(one.returns), "quiet", mark="– "),
                ),
            )
            for one in found
        ),
    )
    heading = words("Came back to a phase they had left")
    yield from _section(telling, heading, [table] if table.rows else [])


# How long it takes


def _delays(telling: Telling, stats: Stats) -> Iterator[Block]:
    words = telling.words
    rows = [
        (_measure(telling, one.measure), *found)
        for one in stats.delays
        if any(found := _days(words, one))
    ]
    medians = (_median(one) for one in (stats.typical_start, stats.typical_implementation))
    table = Table(
        columns=(
            Column(words("Measure")),
            Column(words("To the start"), most=_STATE, right=True),
            Column(words("From there to implementation"), most=_STATE, right=True),
        ),
        rows=(*rows, (cell(words("Median")), *medians)),
    )
    heading = words("Days from the decision to the start, and on to implementation")
    yield from _section(telling, heading, [table] if rows else [])
    spans = [span for one in stats.delays for span in (one.to_start, one.to_implementation)]
    if any(span and span.least < span.most for span in spans):
        yield Footnote(words("from–to: not all of the dates are exact"))
    if any(cell(words("before")) in row for row in rows):
        yield Footnote(words("before: the later of the two steps came first"))
    if any(span and span.or_before for span in spans):
        yield Footnote(
            words("or before: inexact days leave open which step came first; not in the median")
        )


def _days(words: Words, one: Delays) -> tuple[Cell, Cell]:
    return (
        _span(words, one.to_start, (one.decided, one.started)),
        _span(words, one.to_implementation, (one.started, one.implemented)),
    )


def _span(
    words: Words, span: DaySpan | None, ends: tuple[FirstTime | None, FirstTime | None]
) -> Cell:
    if span is None:
        return cell(words("before")) if all(ends) else ()
    days = _range(span.least, span.most)
    return cell(words("{days} or before", days=days) if span.or_before else days)


def _median(one: TypicalSpan | None) -> Cell:
    if one is None:
        return cell(ABSENT)
    return (Part(_range(one.least, one.most)), Part(f"n = {len(one.measures)}", "quiet"))


def _range(least: float, most: float) -> str:
    return _number(least) if least == most else f"{_number(least)}–{_number(most)}"


def _number(days: float) -> str:
    """A number of days; medians can have a half, which is written the same in every language."""
    return f"{days:.0f}" if days == int(days) else f"{int(days)}½"


# How the record was kept


def _recording(telling: Telling, stats: Stats) -> Iterator[Block]:
    words, found = telling.words, stats.recording
    late = [one for one in found.late if not one.backfilled]
    yield Heading(words("Recorded late: after a conference that followed"), 2)
    if not found.events:
        yield Sentence(words("none"))
        return
    yield Facts(tuple(_kept(words, found)))
    if late:
        yield Table(
            columns=(
                Column(words("Event"), most=_DATE),
                Column(words("What")),
                Column(words("Happened"), most=_DATE),
                Column(words("Recorded"), most=_DATE),
                Column(words("Conference missed"), most=_MEETINGS),
                Column(words("Days after"), right=True),
            ),
            rows=tuple(_late(telling, one) for one in late),
        )


def _kept(words: Words, found: RecordKeeping) -> Iterator[tuple[str, Cell]]:
    """How many events there are, when they were recorded, and how many of them late."""
    parts = {name: len(ids) for name, ids in found.parts().items()}
    yield (
        words("Events in between"),
        cell(words.plural("{n} event", "{n} events", parts["events"])),
    )
    if parts["opening"]:
        told = words(
            "{n} recorded on the day the log was opened, {late} of them late",
            n=parts["opening"],
            late=parts["backfilled"],
        )
        yield words("Backfilled"), cell(told)
    if parts["since"]:
        share = f"{100 * parts['late'] / parts['since']:.0f} %"
        told = words(
            "{n}, {late} of them late ({share})",
            n=parts["since"],
            late=parts["late"],
            share=share,
        )
        yield words("Recorded later"), cell(told)


def _late(telling: Telling, one: LateEvent) -> tuple[Cell, ...]:
    words, event = telling.words, one.content.event
    about = subject(event)
    type = words.term(event.TYPE)
    return (
        cell(one.event[:ID_DIGITS]),
        cell(f"{type} ({about})" if about else type),
        cell(words.date(one.content.on)),
        cell(words.date(one.recorded)),
        cell(one.conference),
        cell(str(one.days)),
    )


def _uncertain(telling: Telling, stats: Stats) -> Iterator[Block]:
    words = telling.words
    texts = tuple(
        words(
            "{subject}: {attributes}",
            subject=telling.measure_title(one.id)
            if one.kind == "measure"
            else f"{words.term(one.kind)} {one.id}".rstrip(),
            attributes=", ".join(
                words("in the plan or not") if name == PRESENT else words.term(name)
                for name in one.attributes
            ),
        )
        for one in stats.uncertain
    )
    heading = words("Open, as some days are known only roughly")
    yield from _section(telling, heading, [Points(texts)] if texts else [])
