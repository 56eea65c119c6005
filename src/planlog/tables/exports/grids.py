"""What is exported, as tables: a plan, what differs, a matrix, events; as data, or in words."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final, assert_never

from planlog.codec import EVENT_COLUMNS
from planlog.diff import ChangeKind, PlanChange
from planlog.effects import Subject
from planlog.matrix import Matrix, MatrixCell
from planlog.plan import ActionField, Decision, Goal, Measure, Plan
from planlog.possible import PRESENT
from planlog.tables.columns import ATTRIBUTES, heading, names, phase_word
from planlog.tables.exports.grid import Content, Grid
from planlog.tables.rows.lists import joined
from planlog.wording import DOUBT, ERASED, Words

EventRecord = Mapping[str, Any]
"""An event by the keys of its line, with its position."""

_MATRIX_COLUMNS: Final = ("field", "measure", "number", "title")
_OF_A_CELL: Final = ("phase", "rank", "level")


# The plan


def plan_grid(
    plan: Plan,
    measures: Sequence[Measure],
    words: Words | None,
    *,
    name: str = "",
    without: Collection[str] = (),
) -> Grid:
    """Tell *measures* of *plan*, a row for each, in planlog's own words or in *words*.

    Fields and goals go by their title where it can be told apart from every other title and id.
    *without* are columns to leave out; ``attributes`` means all of these.
    """
    columns = [one for one in names(measures) if one not in without]
    if "attributes" in without:
        columns = [one for one in columns if not one.startswith(ATTRIBUTES)]
    called = {"field": _called(plan.fields), "goal": _called(plan.goals)}
    return Grid(
        name=name,
        headings=tuple(heading(one, words) for one in columns),
        rows=tuple(tuple(_cell(one, name, called, words) for name in columns) for one in measures),
        phases=(columns.index("phase"),),
    )


def field_grids(
    plan: Plan, measures: Sequence[Measure], words: Words, *, without: Collection[str] = ()
) -> tuple[Grid, ...]:
    """Tell the *measures* of each field in a table of its own, all with the same columns."""
    whole = plan_grid(plan, measures, words, without=without)
    titles = {field.id: field.title or field.id for field in plan.fields}
    found: dict[str | None, list[tuple[Content, ...]]] = {}
    for measure, row in zip(measures, whole.rows, strict=True):
        found.setdefault(measure.field, []).append(row)
    outside = words("Outside the action fields")
    return tuple(
        Grid(
            name=outside if field is None else titles.get(field, field),
            headings=whole.headings,
            rows=tuple(rows),
            phases=whole.phases,
        )
        for field, rows in (found or {None: []}).items()
    )


def _called(things: Iterable[ActionField | Goal]) -> Mapping[str, str]:
    """What each field or goal is called: its title, or its id where that could be another's."""
    things = tuple(things)
    titles = Counter(one.title for one in things)
    ids = {one.id for one in things}
    return {
        one.id: one.title
        if one.title
        and one.title.strip()
        and titles[one.title] == 1
        and one.title not in ids - {one.id}
        else one.id
        for one in things
    }


def _cell(
    measure: Measure, name: str, called: Mapping[str, Mapping[str, str]], words: Words | None
) -> Content:
    if name.startswith(ATTRIBUTES):
        return measure.attributes.get(name.removeprefix(ATTRIBUTES))
    match name:
        case "measure":
            return measure.id
        case "phase":
            return phase_word(measure.phase, measure.cause, words)
        case "field" | "goal":
            id: str | None = getattr(measure, name)
            return None if id is None else called[name].get(id, id)
        case "responsible" | "partners":
            items: tuple[str, ...] = getattr(measure, name)
            return joined(items) if items else None
        case "since" | "due":
            day = getattr(measure, name)
            return None if day is None else str(day)
        case _:
            value: Content = getattr(measure, name)
            return value


# What differs


def diff_grid(
    changes: Sequence[PlanChange],
    columns: Sequence[str],
    row: Callable[[PlanChange], Sequence[Content]],
    words: Words | None,
    *,
    name: str = "",
    titles: Mapping[Subject, str],
) -> Grid:
    """Tell *changes*, each with what *row* tells of it under *columns*.

    In words, each subject has its title beside its id.
    """
    if words is None:
        return Grid(
            name=name, headings=tuple(columns), rows=tuple(tuple(row(one)) for one in changes)
        )
    return Grid(
        name=name,
        headings=tuple(text for column in columns for text in _change_headings(column, words)),
        rows=tuple(
            tuple(
                cell
                for column, value in zip(columns, row(one), strict=True)
                for cell in _change_cells(column, value, one, titles, words)
            )
            for one in changes
        ),
    )


def _change_headings(column: str, words: Words) -> tuple[str, ...]:
    match column:
        case "subject":
            return (words("What"),)
        case "id":
            return heading(column, words), heading("title", words)
        case "kind":
            return (words("Change"),)
        case "attribute":
            return (words("Attribute"),)
        case "before":
            return (words("Before"),)
        case "after":
            return (words("After"),)
        case "axis":
            return (words("Remark"),)
        case "events":
            return (words("Events"),)
        case _:
            return (heading(column, words),)


def _change_cells(
    column: str,
    value: Content,
    change: PlanChange,
    titles: Mapping[Subject, str],
    words: Words,
) -> tuple[Content, ...]:
    match column:
        case "subject":
            return (words.term(change.subject),)
        case "id":
            return value, titles.get((change.subject, change.id))
        case "kind":
            return (_kind(change.kind, words),)
        case "axis":
            return (words("learned since") if change.axis == "learned" else None,)
        case "cause":
            return (None if change.cause is None else words.rank_cause(change.cause),)
        case "attribute":
            return (change.attribute and _attribute(change.attribute, words),)
        case "before" | "after":
            return (_value(getattr(change, column), value, change, titles, words),)
        case _:
            return (value,)


def _value(
    value: Any, told: Content, change: PlanChange, titles: Mapping[Subject, str], words: Words
) -> Content:
    """Tell what something was or is; of what came or went as a whole, its title."""
    match change.attribute, value:
        case _, None:
            return None
        case None, _:
            return value.title or change.id
        case (("phase" | "cause" | "coverage" | "kind"), str()):
            return words.term(value)
        case ("field" | "goal") as kind, str():
            return titles.get((kind, value), value)
        case (("responsible" | "partners"), tuple()):
            return joined(value)
        case _, Decision():
            return _decision(value, titles, words)
        case str() as name, True:  # a measure that it came from or went into
            id = name.partition(".")[2]
            return titles.get(("measure", id), id)
        case _, tuple():
            return ", ".join(map(str, value))
        case _:
            return told


def _kind(kind: ChangeKind, words: Words) -> str:
    match kind:
        case "added":
            return words("new")
        case "removed":
            return words("no longer there")
        case "changed":
            return words("changed")
        case _:
            assert_never(kind)


def _decision(decision: Decision, titles: Mapping[Subject, str], words: Words) -> str:
    held = titles.get(("conference", decision.conference), decision.conference)
    told = f"{words.date(decision.on)}, {held}: {words.outcome(decision.outcome)}"
    return f"{told}; {decision.text}" if decision.text else told


def _attribute(name: str, words: Words) -> str:
    """Name an attribute; one of many values with its key: a topic, a measure it went into."""
    stem, dot, key = name.partition(".")
    if stem == "decisions":  # the key is the event that stands in the row
        return heading("decision", words)
    return f"{heading(stem, words)}: {key}" if dot else heading(name, words)


# The matrix


def matrix_grid(matrix: Matrix, words: Words | None, *, name: str = "") -> Grid:
    """Tell how measures stood at each occasion: in words a column for each, as data three.

    In words, what inexact days leave open, and what erased texts may have told otherwise, is marked
    as it is everywhere.
    """
    occasions = matrix.occasions
    if words is None:
        of_each = [f"{one.id} {part}" for one in occasions for part in _OF_A_CELL]
    else:
        of_each = [f"{one.title or one.id} ({one.day.isoformat()})" for one in occasions]
    titles = _called(matrix.plan.fields)
    first = len(_MATRIX_COLUMNS)
    return Grid(
        name=name,
        headings=(*(heading(one, words) for one in _MATRIX_COLUMNS), *of_each),
        rows=tuple(
            (
                *_matrix_start(row.measure, titles, words),
                *(value for one in row.cells for value in _matrix_cells(one, words)),
            )
            for row in matrix.rows
        ),
        phases=() if words is None else tuple(range(first, first + len(occasions))),
    )


def _matrix_start(
    measure: Measure, titles: Mapping[str, str], words: Words | None
) -> tuple[Content, ...]:
    field = measure.field
    if words is not None and field is not None:
        field = titles.get(field, field)
    return field, measure.id, measure.number, measure.title


def _matrix_cells(one: MatrixCell, words: Words | None) -> tuple[Content, ...]:
    if words is None:
        return one.phase, one.rank, one.level
    rank = words("rank {rank}", rank=one.rank) if one.rank else None
    parts = (words.phase(one.phase), rank, one.level) if one.present else ()
    told = ", ".join(part for part in parts if part)
    marks = (DOUBT if _is_open(one) else "", ERASED if one.missing else "")
    return (" ".join(filter(None, (told, *marks))) or None,)


def _is_open(one: MatrixCell) -> bool:
    return not {PRESENT, *_OF_A_CELL}.isdisjoint(one.uncertain)


# Events


def events_grid(
    records: Iterable[EventRecord],
    words: Words | None,
    *,
    name: str = "",
    without: Collection[str] = (),
) -> Grid:
    """Tell events, a row for each; *without* are columns to leave out."""
    columns = [one for one in EVENT_COLUMNS if one not in without]
    return Grid(
        name=name,
        headings=tuple(_event_heading(one, words) for one in columns),
        rows=tuple(tuple(_event_cell(one, record, words) for one in columns) for record in records),
    )


def _event_heading(column: str, words: Words | None) -> str:
    if words is None:
        return column
    match column:
        case "position":
            return words("Pos.")
        case "id":
            return words("Event")
        case "type":
            return words("What happened")
        case "by":
            return words("By")
        case "corrects":
            return words("Corrects")
        case "data":
            return words("Details")
        case _:
            return heading(column, words)


def _event_cell(column: str, record: EventRecord, words: Words | None) -> Content:
    value = record[column]
    if column == "data":
        return json_cell(value)
    if column == "type" and words is not None:
        return words.term(value)
    content: Content = value
    return content


def json_cell(value: object) -> str:
    """Write *value* as JSON that fits into a cell."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
