"""Measures against conferences: phase and rank of each at every occasion, at a glance."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from planlog.matrix import Matrix, MatrixCell, MatrixRow
from planlog.missing import NOTHING, Missing
from planlog.plan import CARRIED_OUT, Occasion
from planlog.possible import PRESENT
from planlog.render.answer import Answer
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.happenings import ABSENT
from planlog.render.objects import Object, Uncertain, point_object
from planlog.render.page import Block, Footnote, Heading, Sentence
from planlog.render.phases import explained, short
from planlog.render.plan import head
from planlog.render.style import PLAIN, Format, Style, Tone
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.telling import Telling
from planlog.render.text import shortened, visible, width_of, wrapped
from planlog.timeline import Moment
from planlog.wording import DOUBT, ERASED, Words

COLUMNS: Final = ("field", "measure", "number", "title")
"""The first columns of the CSV; behind them are three for each occasion."""

FELL_BACK: Final = "!"
ELSEWHERE: Final = "*"
"""What marks a rank on the list of another field than the one the measure is in now."""

_GAP: Final = 2
_NARROW: Final = 12
_ROOM: Final = 11
"""How wide the column of an occasion is: for a day, and for a cell with a mark."""

_PIECE: Final = rf"[^-]{{0,{_ROOM - 1}}}-|[^-]{{1,{_ROOM}}}"
"""What an id is broken into: behind hyphens, and within a word only where it is too long."""

_TITLE: Final = 20
"""The least width of titles that occasions leave them."""


def render_matrix(
    matrix: Matrix,
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
    """Write the *matrix*, field by field; *uncertain* says what is open at its point.

    *erased* are the texts that are missing, and *missing* tells of what these may have told
    otherwise at that point.

    Measures that were replaced or are no longer listed are left out unless *everything* is asked
    for. Where a terminal is too narrow, some occasions stand in a table of their own below.
    """
    rows = tuple(row for row in matrix.rows if everything or row.measure.listed)
    shown = attrs.evolve(matrix, rows=rows)
    telling = Telling(matrix.plan, words, moment, uncertain, missing)
    width = style.width if format == "table" else None
    return Answer(
        whole=lambda: {**_object(shown), "erased": gap_objects(erased)},
        items=lambda: (_row_object(row, shown.occasions) for row in rows),
        columns=_columns(shown.occasions),
        rows=lambda: map(_csv_row, rows),
        page=lambda: (
            *_page(telling, shown, width, len(matrix.rows) - len(rows)),
            *gaps_told(erased, words),
        ),
    ).written(format, style)


def _object(matrix: Matrix) -> Object:
    return {
        "schema": "planlog.matrix/1",
        **point_object(matrix.plan),
        "occasions": [
            {
                "occasion": one.id,
                "kind": one.kind,
                "on": one.on.text,
                "day": one.day.isoformat(),
                "title": one.title,
            }
            for one in matrix.occasions
        ],
        "measures": [_row_object(row, matrix.occasions) for row in matrix.rows],
    }


def _row_object(row: MatrixRow, occasions: Sequence[Occasion]) -> Object:
    measure = row.measure
    return {
        "measure": measure.id,
        "field": measure.field,
        "number": measure.number,
        "title": measure.title,
        "cells": [
            {
                "occasion": occasion.id,
                "present": one.present,
                "field": one.field,
                "phase": one.phase,
                "rank": one.rank,
                "level": one.level,
                "reports": list(one.reports),
                "fell_back": one.fell_back,
                "uncertain": list(one.uncertain),
                "missing": list(one.missing),
            }
            for occasion, one in zip(occasions, row.cells, strict=True)
        ],
    }


def _columns(occasions: Iterable[Occasion]) -> tuple[str, ...]:
    return (
        *COLUMNS,
        *(f"{one.id} {name}" for one in occasions for name in ("phase", "rank", "level")),
    )


def _csv_row(row: MatrixRow) -> tuple[str | int | None, ...]:
    measure = row.measure
    values = (value for one in row.cells for value in (one.phase, one.rank, one.level))
    return (measure.field, measure.id, measure.number, measure.title, *values)


def _page(telling: Telling, matrix: Matrix, width: int | None, hidden: int) -> Iterator[Block]:
    """What people read, at most *width* wide if that is given; *hidden* measures are left out."""
    words = telling.words
    yield from head(telling)
    if not matrix.occasions:
        yield Sentence(words("No conference and no version by then."))
    elif not matrix.rows:
        yield Heading(words("No measures at this point"), 2)
    else:
        yield from _sections(telling, matrix, _layout(words, matrix, width))
        yield from _legend(telling, matrix)
    if hidden:
        yield Footnote(
            words.plural(
                "left out: {n} measure that was replaced or is no longer listed",
                "left out: {n} measures that were replaced or are no longer listed",
                hidden,
            )
        )


@attrs.frozen
class _Layout:
    """How many *occasions* a table has, and how wide a *title* may be; absent: as it needs."""

    occasions: int
    title: int | None


def _layout(words: Words, matrix: Matrix, width: int | None) -> _Layout:
    """Let as many occasions stand beside titles as there is room, as many in each table."""
    count = len(matrix.occasions)
    if width is None:
        return _Layout(count, None)
    numbers = [width_of(row.measure.number or ABSENT) for row in matrix.rows]
    left = width - min(_NARROW, max(*numbers, width_of(words("No.")))) - _GAP
    fitting = max(1, (left - _TITLE) // (_ROOM + _GAP))
    tables = -(-count // fitting)
    each = -(-count // tables)
    return _Layout(each, max(_TITLE, left - each * (_ROOM + _GAP)))


def _sections(telling: Telling, matrix: Matrix, layout: _Layout) -> Iterator[Block]:
    for field in telling.plan.fields:
        rows = [row for row in matrix.rows if row.measure.field == field.id]
        if rows:
            yield Heading(telling.field(field), 2)
            yield from _tables(telling, matrix.occasions, rows, layout)
    outside = [row for row in matrix.rows if row.measure.field is None]
    if outside:
        yield Heading(telling.words("Outside the action fields"), 2)
        yield from _tables(telling, matrix.occasions, outside, layout)


def _tables(
    telling: Telling, occasions: Sequence[Occasion], rows: Sequence[MatrixRow], layout: _Layout
) -> Iterator[Table]:
    """One table, or as many as the width needs: the same measures, the next occasions."""
    words = telling.words
    for start in range(0, len(occasions), layout.occasions):
        part = slice(start, start + layout.occasions)
        yield Table(
            columns=(
                Column(words("No."), most=_NARROW),
                Column(words("Measure")),
                *(Column(_heading(one, layout), most=_ROOM) for one in occasions[part]),
            ),
            rows=tuple(
                (
                    *_measure(telling, row, layout),
                    *(_cell(words, row, one) for one in row.cells[part]),
                )
                for row in rows
            ),
        )


def _heading(occasion: Occasion, layout: _Layout) -> str:
    """The id and the day of an occasion, with a space wherever the id must be broken."""
    if layout.title is None:
        return f"{occasion.id} {occasion.day}"
    lines = [""]
    for piece in re.findall(_PIECE, occasion.id):
        if len(lines[-1] + piece) > _ROOM:
            lines.append("")
        lines[-1] += piece
    return " ".join([*lines, occasion.day.isoformat()])


def _measure(telling: Telling, row: MatrixRow, layout: _Layout) -> tuple[Cell, Cell]:
    measure = row.measure
    title = measure.title or measure.id
    if layout.title is not None:
        title = _in_two_lines(title, layout.title)
    return (
        cell(telling.marked(measure.number or ABSENT, measure, "number")),
        cell(telling.marked(title, measure, "title", PRESENT)),
    )


def _in_two_lines(title: str, width: int) -> str:
    """As much of a title as two lines have room for: enough to know it by."""
    lengths = range(2 * width, 0, -1)
    shorter = (shortened(title, length) for length in lengths)
    return next(one for one in shorter if len(wrapped(visible(one), width)) <= 2)


def _cell(words: Words, row: MatrixRow, one: MatrixCell) -> Cell:
    told = one.present or _open(one) or _missing(one)
    return (Part(_told(words, row, one), _tone(one)),) if told else ()


def _told(words: Words, row: MatrixRow, one: MatrixCell) -> str:
    """The short word of a phase, the rank, and the marks."""
    if not one.present:
        return " ".join(_marks(one))
    rank = f" {one.rank}" if one.rank else ""
    said = f"{short(one.phase, words)}{rank}{ELSEWHERE if _elsewhere(row, one) else ''}"
    marks = [FELL_BACK] if one.fell_back else []
    return " ".join([f"({said})" if one.silent else said, *marks, *_marks(one)])


def _marks(one: MatrixCell) -> Iterator[str]:
    if _open(one):
        yield DOUBT
    if _missing(one):
        yield ERASED


def _tone(one: MatrixCell) -> Tone | None:
    if one.fell_back:
        return "bad"
    if one.silent:
        return "quiet"
    return "good" if one.phase in CARRIED_OUT else None


def _open(one: MatrixCell) -> bool:
    return not {PRESENT, "phase", "rank"}.isdisjoint(one.uncertain)


def _missing(one: MatrixCell) -> bool:
    return not {"phase", "rank"}.isdisjoint(one.missing)


def _elsewhere(row: MatrixRow, one: MatrixCell) -> bool:
    return one.rank is not None and one.field != row.measure.field


def _legend(telling: Telling, matrix: Matrix) -> Iterator[Block]:
    """What the words and marks mean, as far as there are any."""
    words = telling.words
    pairs = [(row, one) for row in matrix.rows for one in row.cells]
    cells = [one for _, one in pairs]
    ranked = any(one.rank for one in cells)
    yield explained(
        (one.phase for one in cells if one.present),
        words,
        words("the number is the rank on the priority list") if ranked else "",
    )
    if any(one.silent for one in cells):
        yield Footnote(words("(…) no report on it since the conference or version before"))
    if any(one.fell_back for one in cells):
        told = words(
            "{mark} fell back: was carried out at the conference or version before", mark=FELL_BACK
        )
        yield Footnote(told)
    if any(_elsewhere(row, one) for row, one in pairs):
        told = words("{mark} rank on the list of another field, its field then", mark=ELSEWHERE)
        yield Footnote(told)
    if any(not (one.present or _open(one) or _missing(one)) for one in cells):
        yield Footnote(words("empty: the plan did not have the measure then"))
    named = {("measure", row.measure.id) for row in matrix.rows}
    named |= {("field", row.measure.field) for row in matrix.rows if row.measure.field is not None}
    said = ("number", "title", PRESENT)
    if any(map(_open, cells)) or any(telling.is_open(*one, *said) for one in named):
        yield telling.legend()
    if any(map(_missing, cells)) or any(telling.is_missing(*one, *said) for one in named):
        yield telling.legend_of_erased()
