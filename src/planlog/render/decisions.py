"""The register of decisions, and what became of what they were about."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs

from planlog.audit import Aftermath, RegisteredDecision
from planlog.plan import Measure, Plan
from planlog.render.answer import Answer
from planlog.render.attributes import data_of
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.happenings import ABSENT, ID_DIGITS
from planlog.render.objects import Object, plain, point_object
from planlog.render.page import Block, Facts, Heading, Sentence
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.telling import Telling
from planlog.timeline import Moment
from planlog.wording import Words

COLUMNS: Final = (
    *("on", "conference", "outcome", "yes", "no", "abstain", "text", "reference", "fields"),
    *("by", "source", "reason", "event", "original", "recorded"),
    *("measure", "named", "field", "number", "title"),
    *("phase_then", "since_then", "stage_then", "rank_then", "level_then"),
    *("phase_now", "since_now", "stage_now", "rank_now", "level_now", "cause", "successors"),
)
"""The columns of the CSV: a row for each measure of a decision, one where it reached none."""

_STANDING: Final = 20
_TOLD: Final = frozenset({"phase", "cause", "stage", "since", "rank", "level"})
_STATE: Final = ("field", "number", "title", "rank", "level", "phase", "since", "stage", "cause")


def render_decisions(
    entries: Sequence[RegisteredDecision],
    plan: Plan,
    format: Format,
    *,
    words: Words,
    moment: Moment,
    erased: Sequence[Gap] = (),
    style: Style = PLAIN,
) -> str:
    """Write the register *entries* in their order; *plan* has the titles of what they name.

    *erased* are the texts that are missing.
    """
    telling = Telling(plan, words, moment, {})
    return Answer(
        whole=lambda: {
            "schema": "planlog.decisions/1",
            **point_object(plan),
            "decisions": [_object(entry) for entry in entries],
            "erased": gap_objects(erased),
        },
        items=lambda: map(_object, entries),
        columns=COLUMNS,
        rows=lambda: (row for entry in entries for row in _csv_rows(entry)),
        page=lambda: (*_page(telling, entries), *gaps_told(erased, words)),
    ).written(format, style)


def _object(entry: RegisteredDecision) -> Object:
    decision, event = entry.decision, entry.event
    return {
        "conference": decision.conference,
        "on": decision.on.text,
        "outcome": decision.outcome,
        "text": decision.text,
        "votes": plain(decision.votes),
        "reference": decision.reference,
        "by": event.by,
        "source": event.source,
        "reason": event.reason,
        "event": event.id,
        "original": decision.event,
        "recorded": plain(event.recorded),
        "fields": list(entry.fields),
        "covered": list(entry.covered),
        "measures": [_aftermath(one) for one in entry.measures],
    }


def _aftermath(one: Aftermath) -> Object:
    then = None if one.then is None else _state(one.then, one.uncertain_then)
    return {
        "measure": one.present.id,
        "named": one.named,
        "then": then,
        "now": _state(one.present, one.uncertain_present),
    }


def _state(measure: Measure, uncertain: Sequence[str]) -> Object:
    return {
        **{name: plain(getattr(measure, name)) for name in _STATE},
        "successors": list(measure.successors),
        "uncertain": list(uncertain),
    }


def _csv_rows(entry: RegisteredDecision) -> Iterator[tuple[Any, ...]]:
    decision, event, vote = entry.decision, entry.event, entry.decision.votes
    said = (
        decision.on.text,
        decision.conference,
        decision.outcome,
        *((None,) * 3 if vote is None else (vote.yes, vote.no, vote.abstain)),
        decision.text,
        decision.reference,
        data_of(entry.fields) if entry.fields else None,
        event.by,
        event.source,
        event.reason,
        event.id,
        decision.event,
        plain(event.recorded),
    )
    for one in entry.measures:
        now = one.present
        became = (now.cause, data_of(now.successors) if now.successors else None)
        who = (now.id, data_of(one.named), now.field, now.number, now.title)
        yield (*said, *who, *_standing_cells(one.then), *_standing_cells(now), *became)
    if not entry.measures:
        yield (*said, *(None,) * (len(COLUMNS) - len(said)))


def _standing_cells(measure: Measure | None) -> tuple[Any, ...]:
    if measure is None:
        return (None,) * 5
    since = plain(measure.since)
    return measure.phase, since, measure.stage, measure.rank, measure.level


def _page(telling: Telling, entries: Sequence[RegisteredDecision]) -> Iterator[Block]:
    words = telling.words
    yield Heading(words("Register of decisions"))
    if telling.plan.title:
        yield Sentence(telling.plan.title)
    yield telling.point()
    if not entries:
        yield Sentence(words("No such decision by then."))
    for entry in entries:
        yield Heading(telling.decision(entry.decision), 2)
        yield Facts(tuple(_facts(telling, entry)))
        if entry.measures:
            yield _table(telling, entry)
    if any(map(_is_open, (one for entry in entries for one in entry.measures))):
        yield telling.legend()


def _is_open(one: Aftermath) -> bool:
    return not _TOLD.isdisjoint((*one.uncertain_then, *one.uncertain_present))


def _facts(telling: Telling, entry: RegisteredDecision) -> Iterator[tuple[str, Cell]]:
    words, event = telling.words, entry.event
    if entry.decision.text:
        yield words("Wording"), cell(entry.decision.text)
    yield words("About"), tuple(_about(telling, entry))
    yield telling.label("source"), cell(event.source or ABSENT)
    if event.reason:
        yield telling.label("reason"), cell(event.reason)
    recorded = words(
        "{day} by {by} (event {id})",
        day=words.date(event.recorded.date()),
        by=event.by,
        id=event.id[:ID_DIGITS],
    )
    mends = event.id != entry.decision.event
    mended = words("corrects {id}", id=entry.decision.event[:ID_DIGITS]) if mends else None
    yield telling.label("recorded"), cell(recorded, mended)


def _about(telling: Telling, entry: RegisteredDecision) -> Iterator[Part]:
    """What was decided about: lists, and how many measures, of which some may be left out."""
    words = telling.words
    for field in entry.fields:
        yield Part(words("priority list of {field}", field=telling.field_title(field)))
    count, shown = len(entry.covered), len(entry.measures)
    told = words.plural("{n} measure", "{n} measures", count)
    yield Part(
        told
        if shown == count
        else words("{measures}, {shown} of them shown", measures=told, shown=shown)
    )


def _table(telling: Telling, entry: RegisteredDecision) -> Table:
    words = telling.words
    return Table(
        columns=(
            Column(words("Measure")),
            Column(words("On that day"), most=_STANDING),
            Column(words("What became of it"), most=_STANDING),
        ),
        rows=tuple(_row(telling, entry, one) for one in entry.measures),
    )


def _row(telling: Telling, entry: RegisteredDecision, one: Aftermath) -> tuple[Cell, ...]:
    """Where a measure stood and stands; what reads the same on both days is told once."""
    words, measure = telling.words, one.present
    name = ", ".join(
        part for part in (telling.field_title(measure.field), telling.number(measure)) if part
    )
    named = words("named itself") if one.named and entry.fields else None
    then, now = (
        _standing(telling, one, *day)
        for day in ((one.then, one.uncertain_then), (measure, one.uncertain_present))
    )
    unchanged = (Part(words("unchanged"), "quiet"),)
    return cell(name, measure.title, named), then, unchanged if now == then else now


def _standing(
    telling: Telling, one: Aftermath, measure: Measure | None, uncertain: Sequence[str]
) -> Cell:
    """Where a measure stood on one of the two days, and which place it had if it has any."""
    if measure is None:
        return cell(telling.words("not in the plan"))
    of_day = attrs.evolve(telling, uncertain={("measure", measure.id): tuple(uncertain)})
    return (
        *of_day.standing(measure),
        *(
            Part(of_day.marked(f"{telling.words.term(name)}: {place or ABSENT}", measure, name))
            for name, place in (("rank", measure.rank), ("level", measure.level))
            if _is_placed(one, name)
        ),
        *(Part(telling.measure_title(id), mark="→ ") for id in measure.successors),
    )


def _is_placed(one: Aftermath, name: str) -> bool:
    """Whether there is something to say of rank or level on either day."""
    held = (getattr(measure, name) for measure in (one.then, one.present) if measure is not None)
    return any(held) or name in one.uncertain_then or name in one.uncertain_present
