"""The plan at one moment, as it is put before a council or a conference."""

from collections.abc import Iterator, Sequence
from typing import Final

from planlog.missing import NOTHING, Missing
from planlog.plan import ActionField, Decision, Measure, Plan
from planlog.possible import PRESENT
from planlog.render.answer import Answer
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.happenings import ABSENT
from planlog.render.objects import Uncertain, measure_object, plan_object
from planlog.render.page import (
    Block,
    Footnote,
    Heading,
    Points,
    Sentence,
)
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.telling import Telling
from planlog.timeline import Moment
from planlog.wording import Words

COLUMNS: Final = ("field", "measure", "number", "title", "rank", "level", "phase", "stage", "since")
"""The columns of the CSV."""

_SHOWN: Final = (
    PRESENT,
    "rank",
    "number",
    "title",
    "note",
    "level",
    "phase",
    "cause",
    "stage",
    "since",
)
_SHOWN_OF_FIELDS: Final = (PRESENT, "number", "title", "decisions")

_NARROW: Final = 12
_STANDING: Final = 17


def render_plan(
    plan: Plan,
    format: Format,
    *,
    words: Words,
    moment: Moment,
    uncertain: Uncertain,
    erased: Sequence[Gap] = (),
    missing: Missing = NOTHING,
    everything: bool = False,
    style: Style = PLAIN,
) -> str:
    """Write the plan: field by field, the measures of each in the order of the plan.

    *uncertain* says what inexact days leave open, *erased* which texts are missing, and *missing*
    of what these may have told otherwise. Measures that were replaced or are no longer
    listed are left out unless *everything* is asked for.
    """
    measures = tuple(measure for measure in plan.measures if everything or measure.listed)
    telling = Telling(plan, words, moment, uncertain, missing)
    return Answer(
        whole=lambda: plan_object(plan, measures, uncertain, missing, gap_objects(erased)),
        items=lambda: (measure_object(measure, uncertain, missing) for measure in measures),
        columns=COLUMNS,
        rows=lambda: map(csv_row, measures),
        page=lambda: _page(telling, measures, erased),
    ).written(format, style)


def csv_row(measure: Measure) -> tuple[str | int | None, ...]:
    """Return what stands in the columns of the CSV."""
    return (
        measure.field,
        measure.id,
        measure.number,
        measure.title,
        measure.rank,
        measure.level,
        measure.phase,
        measure.stage,
        None if measure.since is None else measure.since.text,
    )


def head(telling: Telling) -> Iterator[Block]:
    """Say which plan it is, and of which moment."""
    plan, words = telling.plan, telling.words
    yield Heading(plan.title or words("Plan without a title"))
    place = ", ".join(part for part in (plan.place, plan.programme) if part)
    if place:
        yield Sentence(place)
    yield telling.point()


def _page(telling: Telling, measures: Sequence[Measure], erased: Sequence[Gap]) -> Iterator[Block]:
    yield from head(telling)
    yield from _sections(telling, measures) if measures else _emptiness(telling)
    yield from _wordings(telling, measures)
    yield from _footnotes(telling, measures)
    yield from gaps_told(erased, telling.words)


def _emptiness(telling: Telling) -> Iterator[Block]:
    words = telling.words
    yield Heading(words("No measures at this point"), 2)
    if telling.plan.fields:
        yield Points(tuple(map(telling.field, telling.plan.fields)))


def _sections(telling: Telling, measures: Sequence[Measure]) -> Iterator[Block]:
    for field in telling.plan.fields:
        yield from _section(telling, field, [one for one in measures if one.field == field.id])
    outside = [one for one in measures if one.field is None]
    if outside:
        yield Heading(telling.words("Outside the action fields"), 2)
        yield _table(telling, outside)
        yield from _decisions(telling, outside)


def _section(telling: Telling, field: ActionField, measures: Sequence[Measure]) -> Iterator[Block]:
    words = telling.words
    yield Heading(telling.field(field), 2)
    goals = [goal.title or goal.id for goal in telling.plan.goals if goal.field == field.id]
    if goals:
        text = "; ".join(goals)
        yield Sentence(words.plural("Goal: {goals}", "Goals: {goals}", len(goals), goals=text))
    yield _table(telling, measures) if measures else Sentence(words("No measures."))
    yield from _decisions(telling, measures, field)


def _table(telling: Telling, measures: Sequence[Measure]) -> Table:
    words = telling.words
    rated = any(one.level or telling.is_open("measure", one.id, "level") for one in measures)
    return Table(
        columns=(
            Column(words("Rank"), most=_NARROW),
            Column(words("No."), most=_NARROW),
            Column(words("Measure")),
            *((Column(words("Priority"), most=_NARROW),) if rated else ()),
            Column(words("State"), most=_STANDING),
        ),
        rows=tuple(_row(telling, measure, rated=rated) for measure in measures),
    )


def _row(telling: Telling, measure: Measure, *, rated: bool) -> tuple[Cell, ...]:
    level = cell(telling.marked(measure.level or ABSENT, measure, "level"))
    return (
        cell(telling.marked(str(measure.rank or ABSENT), measure, "rank")),
        cell(telling.marked(measure.number or ABSENT, measure, "number")),
        _title(telling, measure),
        *((level,) if rated else ()),
        telling.standing(measure),
    )


def _title(telling: Telling, measure: Measure) -> Cell:
    title = Part(telling.marked(measure.title or measure.id, measure, "title", PRESENT))
    note = telling.marked(measure.note or "", measure, "note").lstrip()
    return (title, Part(note, "quiet", mark="– ")) if note else (title,)


def _decisions(
    telling: Telling, measures: Sequence[Measure], field: ActionField | None = None
) -> Iterator[Block]:
    """What was decided about the list of a *field* and about single *measures*, each once."""
    words = telling.words
    about: dict[str, tuple[Decision, list[str]]] = {}
    for decision in field.decisions if field else ():
        about[decision.event] = decision, [words("priority list")]
    listed = set(about)
    for measure in measures:
        for decision in measure.decisions:
            if decision.event not in listed:
                _, names = about.setdefault(decision.event, (decision, []))
                names.append(telling.number(measure))
    if about:
        marks = telling.marks("field", field.id, "decisions") if field is not None else ()
        yield Sentence(" ".join((words("Decisions:"), *marks)))
        yield Points(
            tuple(telling.decision(one, ", ".join(names)) for one, names in about.values())
        )


def _wordings(telling: Telling, measures: Sequence[Measure]) -> Iterator[Block]:
    """The texts of the decisions, once each, since one decision may be about many fields."""
    found = [one for field in telling.plan.fields for one in field.decisions]
    found += [one for measure in measures for one in measure.decisions]
    texts = {one.event: telling.wording(one) for one in found if one.text}
    if texts:
        yield Heading(telling.words("Wording of the decisions"), 2)
        yield Points(tuple(texts.values()))


def _footnotes(telling: Telling, measures: Sequence[Measure]) -> Iterator[Block]:
    hidden = len(telling.plan.measures) - len(measures)
    if hidden:
        yield Footnote(
            telling.words.plural(
                "left out: {n} measure that was replaced or is no longer listed",
                "left out: {n} measures that were replaced or are no longer listed",
                hidden,
            )
        )
    shown: list[tuple[str, ...]] = [("measure", one.id, *_SHOWN) for one in measures]
    shown += [("field", one.id, *_SHOWN_OF_FIELDS) for one in telling.plan.fields]
    if any(telling.is_open(*one) for one in shown):
        yield telling.legend()
    if any(telling.is_missing(*one) for one in shown):
        yield telling.legend_of_erased()
