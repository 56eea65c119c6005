"""What differs between two plans: as words, as a table of all changes, and as data."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal

import attrs

from planlog.diff import Basis, PlanChange, PlanDiff
from planlog.events import RecordedEvent
from planlog.plan import Plan
from planlog.render.answer import Answer
from planlog.render.attributes import data_of
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.happenings import ABSENT, ID_DIGITS
from planlog.render.naming import Naming
from planlog.render.news import news
from planlog.render.objects import Object, known_object, plain
from planlog.render.page import Block, Heading, Points, Sentence
from planlog.render.steps import steps_told
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.text import visible
from planlog.timeline import Moment
from planlog.wording import Words

DiffFormat = Literal[Format, "words"]
"""How a diff is written: in words unless asked otherwise."""

COLUMNS: Final = (
    "subject",
    "id",
    "kind",
    "attribute",
    "before",
    "after",
    "axis",
    "cause",
    "events",
    "source",
    "reason",
)
"""The columns of the CSV, a row for each change."""

STAT_COLUMNS: Final = (
    "field",
    "added",
    "removed",
    "phase",
    "moved",
    "shifted",
    "listed",
    "unlisted",
    "other",
)
"""The columns of the CSV of counts: measures that came and went, and changes of measures by what
changed; what changed of anything but a measure is among the others."""

_SUBJECT: Final = 24
_EVENT: Final = 10


@attrs.frozen(kw_only=True)
class Compared:
    """A diff with what is needed to tell of it.

    The plans and moments on both sides, and every event that it names by its id. *gross* says that
    it has every step; *erased* are the texts that are missing.
    """

    diff: PlanDiff
    plans: tuple[Plan, Plan]
    moments: tuple[Moment, Moment]
    events: Mapping[str, RecordedEvent]
    gross: bool = False
    erased: tuple[Gap, ...] = ()


def render_diff(
    compared: Compared, format: DiffFormat, *, words: Words, style: Style = PLAIN
) -> str:
    """Write what differs; in words and in Markdown grouped the way people ask."""
    changes = compared.diff.changes
    naming = Naming.of(compared.plans, compared.moments, words, changes)
    told = steps_told if compared.gross else news
    in_words = format in ("words", "markdown")

    def page() -> Iterator[Block]:
        yield from head(compared, naming)
        if not changes:
            yield Sentence(words("nothing differs"))
        elif in_words:
            yield from told(changes, naming, compared.events)
        else:
            yield _table(changes, naming)
        yield from gaps_told(compared.erased, words)

    return Answer(
        whole=lambda: {
            "schema": "planlog.diff/1",
            **_sides(compared.diff),
            "changes": [change_object(change) for change in changes],
            "erased": gap_objects(compared.erased),
        },
        items=lambda: map(change_object, changes),
        columns=COLUMNS,
        rows=lambda: (csv_row(change, compared.events) for change in changes),
        page=page,
    ).written(_form(format), style)


def render_names(compared: Compared, format: DiffFormat, *, style: Style = PLAIN) -> str:
    """Write only what differs: the kind and id of each subject, once."""
    subjects = list(dict.fromkeys((one.subject, one.id) for one in compared.diff.changes))
    objects = [{"subject": kind, "id": id} for kind, id in subjects]
    lines = [visible(f"{kind} {id}".rstrip()) for kind, id in subjects]
    if format in ("words", "table"):  # to be read line by line: none is broken
        return "".join(f"{line}\n" for line in lines)
    return Answer(
        whole=lambda: {
            "schema": "planlog.diff-names/1",
            **_sides(compared.diff),
            "subjects": objects,
            "erased": gap_objects(compared.erased),
        },
        items=lambda: objects,
        columns=("subject", "id"),
        rows=lambda: subjects,
        page=lambda: [Points(tuple(lines))],
    ).written(_form(format), style)


def render_stat(
    compared: Compared, format: DiffFormat, *, words: Words, style: Style = PLAIN
) -> str:
    """Write how much differs, field by field."""
    naming = Naming.of(compared.plans, compared.moments, words, compared.diff.changes)
    counts = _counts(compared.diff.changes, naming)
    objects = [
        {"field": field, **dict(zip(STAT_COLUMNS[1:], numbers, strict=True))}
        for field, numbers in counts.items()
    ]

    def page() -> Iterator[Block]:
        yield from head(compared, naming)
        if counts:
            yield _stat_table(counts, naming)
        else:
            yield Sentence(words("nothing differs"))
        yield from gaps_told(compared.erased, words)

    return Answer(
        whole=lambda: {
            "schema": "planlog.diff-stat/1",
            **_sides(compared.diff),
            "fields": objects,
            "erased": gap_objects(compared.erased),
        },
        items=lambda: objects,
        columns=STAT_COLUMNS,
        rows=lambda: ((field, *numbers) for field, numbers in counts.items()),
        page=page,
    ).written(_form(format), style)


def _form(format: DiffFormat) -> Format:
    """The form on paper: words are laid out like a table."""
    return "table" if format == "words" else format


def head(compared: Compared, naming: Naming) -> Iterator[Block]:
    """Say what is compared with what."""
    words = naming.words
    title = compared.plans[1].title or compared.plans[0].title
    yield Heading(title or words("Plan without a title"))
    points = [
        words.moment(moment, plan.known)
        for moment, plan in zip(compared.moments, compared.plans, strict=True)
    ]
    yield Sentence(words("from: {moment}", moment=points[0]), "quiet")
    yield Sentence(words("to: {moment}", moment=points[1]), "quiet")
    if _day(compared.moments[1]) < _day(compared.moments[0]):
        yield Sentence(words("backwards: the second point lies before the first"), "quiet")
    if compared.moments[1].size < compared.moments[0].size:
        yield Sentence(words("backwards: less was known at the second point"), "quiet")


def _day(moment: Moment) -> date:
    """The day of a moment; the start comes before every other."""
    return moment.day or date.min


def change_object(change: PlanChange) -> Object:
    """A change as it stands in JSON."""
    return {
        "subject": change.subject,
        "id": change.id,
        "kind": change.kind,
        "attribute": change.attribute,
        "before": plain(change.before),
        "after": plain(change.after),
        "axis": change.axis,
        "cause": change.cause,
        "events": list(change.events),
    }


def _sides(diff: PlanDiff) -> Object:
    return {"from": _side(diff.from_), "to": _side(diff.to)}


def _side(basis: Basis) -> Object:
    at = "start" if basis.at is None else basis.at.isoformat()
    return {"at": at, "known": known_object(basis.known)}


def csv_row(change: PlanChange, events: Mapping[str, RecordedEvent]) -> Sequence[str | int | None]:
    """Return what stands in the columns of the CSV."""
    sources = dict.fromkeys(events[id].source for id in change.events)
    reasons = dict.fromkeys(events[id].reason for id in change.events)
    return (
        change.subject,
        change.id,
        change.kind,
        change.attribute,
        data_of(change.before),
        data_of(change.after),
        change.axis,
        change.cause,
        " ".join(change.events),
        "; ".join(one for one in sources if one),
        "; ".join(one for one in reasons if one),
    )


def _table(changes: Sequence[PlanChange], naming: Naming) -> Table:
    words = naming.words
    return Table(
        columns=(
            Column(words("What"), most=_SUBJECT),
            Column(words("Change")),
            Column(words("Event"), most=_EVENT),
        ),
        rows=tuple(_table_row(change, naming) for change in changes),
    )


def _table_row(change: PlanChange, naming: Naming) -> tuple[Cell, ...]:
    words = naming.words
    learned = (Part(words("learned since"), "quiet", mark="– "),)
    return (
        cell(naming.subject(change.subject, change.id)),
        (Part(naming.change(change)), *(learned if change.axis == "learned" else ())),
        cell(*(id[:ID_DIGITS] for id in change.events)),
    )


def _counts(changes: Sequence[PlanChange], naming: Naming) -> dict[str, tuple[int, ...]]:
    """How often what changed, by the field that it belongs to; at last what belongs to none."""
    counts: dict[str, list[int]] = {}
    for change in changes:
        field = naming.field_of(change.subject, change.id) or ""
        numbers = counts.setdefault(field, [0] * (len(STAT_COLUMNS) - 1))
        numbers[STAT_COLUMNS.index(_column(change)) - 1] += 1
    return {field: tuple(counts[field]) for field in sorted(counts, key=lambda one: not one)}


def _column(change: PlanChange) -> str:
    """Where a change is counted: measures are what people count, all that is not them is other."""
    if change.subject != "measure":
        return "other"
    if change.kind != "changed":
        return change.kind
    return change.cause or ("phase" if change.attribute == "phase" else "other")


def _stat_table(counts: Mapping[str, Sequence[int]], naming: Naming) -> Table:
    words = naming.words
    headings = (
        words("New"),
        words("Gone"),
        naming.label("phase"),
        words("Moved"),
        words("Shifted"),
        words("Listed"),
        words("Unlisted"),
        words("Other"),
    )
    used = [index for index, _ in enumerate(headings) if any(one[index] for one in counts.values())]
    return Table(
        columns=(
            Column(naming.label("field")),
            *(Column(headings[index], right=True) for index in used),
        ),
        rows=tuple(
            (
                cell(
                    naming.subject("field", field) if field else words("Outside the action fields")
                ),
                *(cell(str(numbers[index] or ABSENT)) for index in used),
            )
            for field, numbers in counts.items()
        ),
    )
