"""Rank and level of each measure, conference by conference or change by change."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from planlog.audit import Priority
from planlog.plan import Plan
from planlog.render import provenance
from planlog.render.answer import Answer
from planlog.render.attributes import turned
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.happenings import ABSENT
from planlog.render.objects import Object, point_object
from planlog.render.page import Block, Heading, Sentence
from planlog.render.provenance import Provenance, origin_cells, origin_object
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.telling import Telling
from planlog.timeline import Moment
from planlog.wording import DOUBT, Words

COLUMNS: Final = (
    *("field", "measure", "number", "title", "occasion", "at", "phase"),
    *("rank", "rank_before", "cause"),
    *(f"rank_{name}" for name in provenance.COLUMNS),
    *("level", "level_before"),
    *(f"level_{name}" for name in provenance.COLUMNS),
)
"""The columns of the CSV: a row for each measure and moment."""

_OCCASION: Final = 20
_DATE: Final = 11
_RANK: Final = 16
_LEVEL: Final = 14


def render_priorities(
    rows: Sequence[Priority],
    plan: Plan,
    format: Format,
    *,
    words: Words,
    moment: Moment,
    erased: Sequence[Gap] = (),
    every_change: bool = False,
    style: Style = PLAIN,
) -> str:
    """Write *rows*, which come measure by measure: one an occasion, or one for *every_change*.

    *plan* has the titles of what they name; *erased* are the texts that are missing.
    """
    telling = Telling(plan, words, moment, {})
    return Answer(
        whole=lambda: {
            "schema": "planlog.priorities/1",
            **point_object(plan),
            "each": "change" if every_change else "occasion",
            "priorities": [_object(row) for row in rows],
            "erased": gap_objects(erased),
        },
        items=lambda: map(_object, rows),
        columns=COLUMNS,
        rows=lambda: map(_csv_row, rows),
        page=lambda: (
            *_page(telling, rows, every_change=every_change),
            *gaps_told(erased, words),
        ),
    ).written(format, style)


def _object(row: Priority) -> Object:
    return {
        "field": row.measure.field,
        "measure": row.measure.id,
        "number": row.measure.number,
        "title": row.measure.title,
        "occasion": None if row.occasion is None else row.occasion.id,
        "at": row.day.isoformat(),
        "phase": row.measure.phase,
        "rank": row.rank,
        "rank_before": row.rank_before,
        "cause": row.cause,
        "rank_origin": None if row.rank_origin is None else origin_object(row.rank_origin),
        "level": row.level,
        "level_before": row.level_before,
        "level_origin": None if row.level_origin is None else origin_object(row.level_origin),
        "uncertain": list(row.uncertain),
    }


def _csv_row(row: Priority) -> tuple[Any, ...]:
    return (
        row.measure.field,
        row.measure.id,
        row.measure.number,
        row.measure.title,
        None if row.occasion is None else row.occasion.id,
        row.day.isoformat(),
        row.measure.phase,
        row.rank,
        row.rank_before,
        row.cause,
        *origin_cells(row.rank_origin),
        row.level,
        row.level_before,
        *origin_cells(row.level_origin),
    )


def _page(telling: Telling, rows: Sequence[Priority], *, every_change: bool) -> Iterator[Block]:
    words = telling.words
    yield Heading(words("Every change of a priority" if every_change else "Priorities"))
    if telling.plan.title:
        yield Sentence(telling.plan.title)
    yield telling.point()
    if not rows:
        yield Sentence(words("No such measure has had a rank or a level by then."))
    for _, found in groupby(rows, key=lambda row: row.measure.id):
        yield from _course(telling, list(found), every_change=every_change)
    if any(row.uncertain for row in rows):
        yield telling.legend()


def _course(telling: Telling, rows: Sequence[Priority], *, every_change: bool) -> Iterator[Block]:
    """Tell of one measure, under the names it has in the end."""
    words, measure = telling.words, rows[-1].measure
    field = telling.field_title(measure.field)
    name = ", ".join(one for one in (field, telling.number(measure)) if one)
    yield Heading(f"{name}: {measure.title}" if measure.title else name, 2)
    rated = any(row.level_origin for row in rows)
    lines = _changes if every_change else _occasions
    yield Table(
        columns=(
            Column(words("Date"), most=_DATE)
            if every_change
            else Column(words("Occasion"), most=_OCCASION),
            Column(words("Rank"), most=_RANK),
            *((Column(words("Priority"), most=_LEVEL),) if rated else ()),
            Column(words("Comes from")),
        ),
        rows=tuple(
            (when, rank, *((level,) if rated else ()), ground)
            for when, rank, level, ground in lines(telling, rows)
        ),
    )


_Line = tuple[Cell, Cell, Cell, Cell]
"""When, the rank, the level, and what one of them comes from."""


def _occasions(telling: Telling, rows: Sequence[Priority]) -> Iterator[_Line]:
    """A line for the rank at each occasion, and below it one for the level if there is any."""
    found = Provenance(telling)
    for row in rows:
        when = _when(telling, row)
        rank, level = _rank(telling, row, rows[-1]), _level(telling, row)
        ranked, rated = row.rank_origin, row.level_origin
        if ranked is None or rated is None:
            only = ranked or rated
            yield when, rank, level, () if only is None else found.told(only)
            continue
        told, below = found.told(ranked), found.told(rated)
        if len(told) == len(below) == 1:
            # Neither says anything new: the events are named in the order of the columns.
            yield when, rank, level, (*told, *below)
        else:
            yield when, rank, (), told
            yield (), (), level, below


def _changes(telling: Telling, rows: Sequence[Priority]) -> Iterator[_Line]:
    """A line for each change, with what it comes from."""
    found = Provenance(telling)
    for row in rows:
        origin = row.rank_origin if row.cause else row.level_origin
        assert origin is not None
        yield (
            cell(telling.words.date(origin.event.on)),
            _rank(telling, row, rows[-1]),
            _level(telling, row),
            found.told(origin, dated=False),
        )


def _when(telling: Telling, row: Priority) -> Cell:
    day = telling.words.date(row.day)
    return cell(day) if row.occasion is None else (Part(row.occasion.id), Part(day, "quiet"))


def _rank(telling: Telling, row: Priority, last: Priority) -> Cell:
    """The rank and why it is another; and the field, where it is not the one in the heading."""
    words = telling.words
    now, before = (str(one or ABSENT) for one in (row.rank, row.rank_before))
    told = now if row.cause is None else turned(before, now, row.cause, words)
    field = row.measure.field
    elsewhere = None
    if row.rank is not None and field != last.measure.field:
        elsewhere = words("in {field}", field=telling.field_title(field))
    return cell(f"{told} {DOUBT}" if "rank" in row.uncertain else told, elsewhere)


def _level(telling: Telling, row: Priority) -> Cell:
    now, before = (one or ABSENT for one in (row.level, row.level_before))
    told = now if row.level == row.level_before else turned(before, now, None, telling.words)
    return cell(f"{told} {DOUBT}" if "level" in row.uncertain else told)
