"""The sheet of one measure: everything the plan has about it at one moment."""

from collections.abc import Iterable, Iterator, Sequence

from planlog.missing import NOTHING, Missing
from planlog.plan import Measure, Plan
from planlog.possible import PRESENT
from planlog.render.answer import Answer
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.happenings import ABSENT
from planlog.render.objects import Uncertain, measure_object, point_object
from planlog.render.page import Block, Facts, Heading, Sentence
from planlog.render.plan import COLUMNS, csv_row
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Part, cell
from planlog.render.telling import Telling
from planlog.timeline import Moment
from planlog.wording import Words


def render_measure(
    plan: Plan,
    measure: Measure,
    format: Format,
    *,
    words: Words,
    moment: Moment,
    uncertain: Uncertain,
    erased: Sequence[Gap] = (),
    missing: Missing = NOTHING,
    style: Style = PLAIN,
) -> str:
    """Write the sheet of *measure*, which is one of *plan* unless only an erased text had it.

    *uncertain* says what inexact days leave open, *erased* which texts are missing that it may
    have been about, and *missing* of what these may have told otherwise.
    """
    telling = Telling(plan, words, moment, uncertain, missing)
    found = measure_object(measure, uncertain, missing)
    return Answer(
        whole=lambda: {
            "schema": "planlog.measure/1",
            **point_object(plan),
            "measure": found,
            "erased": gap_objects(erased),
        },
        items=lambda: [found],
        columns=COLUMNS,
        rows=lambda: [csv_row(measure)],
        page=lambda: _page(telling, measure, erased),
    ).written(format, style)


def _page(telling: Telling, measure: Measure, erased: Sequence[Gap]) -> Iterator[Block]:
    yield Heading(telling.marked(measure.title or measure.id, measure, "title", PRESENT))
    yield telling.point()
    if measure not in telling.plan.measures:
        yield Sentence(telling.words("Everything that told of this measure was erased."))
    yield Facts(tuple(_facts(telling, measure)))
    if telling.uncertain.get(("measure", measure.id)):
        yield telling.legend()
    if telling.missing.get(("measure", measure.id)):
        yield telling.legend_of_erased()
    yield from gaps_told(erased, telling.words)


def _facts(telling: Telling, measure: Measure) -> Iterator[tuple[str, Cell]]:
    for name, texts in (*_state(telling, measure), *_description(telling, measure)):
        if any(texts) or telling.marks("measure", measure.id, name):
            text = ", ".join(texts) or ABSENT
            yield telling.label(name), cell(telling.marked(text, measure, name))
    for name, text in measure.attributes.items():
        yield telling.quoted(name), cell(text)
    for name, parts in (
        ("attributes", ()),
        ("decisions", tuple(_decisions(telling, measure))),
        ("predecessors", cell(*map(telling.measure_title, measure.predecessors))),
        ("successors", cell(*map(telling.measure_title, measure.successors))),
    ):
        marks = cell(" ".join(telling.marks("measure", measure.id, name)))
        if parts or marks:
            yield telling.label(name), (*parts, *marks)


_Values = Iterator[tuple[str, Iterable[str]]]
"""Attributes, each with the texts of its values."""


def _state(telling: Telling, measure: Measure) -> _Values:
    words = telling.words
    yield "id", (measure.id,)
    yield "field", (telling.field_title(measure.field),)
    yield "goal", (telling.goal_title(measure.goal),)
    yield "number", (measure.number or "",)
    yield "rank", (str(measure.rank or ""),)
    yield "level", (measure.level or "",)
    yield "phase", (words.phase(measure.phase),)
    yield "since", (words.date(measure.since) if measure.since else "",)
    yield "cause", (words.term(measure.cause or ""),)
    yield "stage", (measure.stage or "",)
    yield "note", (measure.note or "",)


def _description(telling: Telling, measure: Measure) -> _Values:
    yield "description", (measure.description or "",)
    yield "responsible", measure.responsible
    yield "partners", measure.partners
    yield "due", (telling.words.date(measure.due) if measure.due else "",)
    yield "cost", (measure.cost or "",)
    yield "funding", (measure.funding or "",)


def _decisions(telling: Telling, measure: Measure) -> Iterator[Part]:
    for decision in measure.decisions:
        yield Part(telling.decision(decision))
        if decision.text:
            yield Part(decision.text, mark="– ")
