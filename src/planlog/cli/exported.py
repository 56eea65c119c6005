"""What an export is made of: the tables, or the whole history, that were asked for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import attrs

from planlog.cli.gaps import Gaps, gaps_at, gaps_of
from planlog.cli.log import EVERY_DAY, passed
from planlog.cli.reading import pinned
from planlog.cli.session import Session
from planlog.dates import Point

if TYPE_CHECKING:
    from planlog.diff import PlanDiff
    from planlog.effects import Subject
    from planlog.events import RecordedEvent
    from planlog.log import PlanLog
    from planlog.plan import Measure, Plan
    from planlog.render.erased import Gap
    from planlog.tables.exports.database import History, Step
    from planlog.tables.exports.grid import Grid
    from planlog.tables.exports.public import Public
    from planlog.timeline import Moment
    from planlog.wording import Words

    Moments = Sequence[tuple[Moment, Plan]]
    """The moments that a table tells of, each with its plan."""

    Told = tuple[Moments, Sequence[Grid]]

Form = Literal["csv", "xlsx", "markdown", "sqlite"]
What = Literal["plan", "diff", "matrix", "events"]


@attrs.frozen(kw_only=True)
class Asked:
    """What was asked for; *words* are absent where data stand as they are."""

    what: What
    form: Form
    file: str
    at: Point | None
    points: tuple[Point, Point] | None
    everything: bool
    by_field: bool
    public: "Public | None"
    words: "Words | None"


def grids_asked(session: Session, asked: Asked) -> "Told":
    """The moments that are told of with their plans, and the tables."""
    match asked.what:
        case "diff":
            return _diff(session, asked)
        case "matrix":
            return _matrix(session, asked)
        case "events":
            return _events(session, asked)
        case _:
            return _plan(session, asked)


def _plan(session: Session, asked: Asked) -> "Told":
    from planlog.tables.exports.grids import field_grids, plan_grid

    moment = session.log.moment(asked.at)
    plan = _plan_at(session.log, pinned(moment), asked)
    measures = _listed(plan.measures, asked)
    without = frozenset() if asked.public is None else asked.public.columns
    if asked.by_field and asked.words is not None:
        return [(moment, plan)], field_grids(plan, measures, asked.words, without=without)
    name = session.words("Measures")
    return [(moment, plan)], [plan_grid(plan, measures, asked.words, name=name, without=without)]


def _plan_at(log: "PlanLog", point: Point, asked: Asked) -> "Plan":
    plan = log.plan(point)
    return plan if asked.public is None else asked.public.plan(plan)


def _listed(measures: "Sequence[Measure]", asked: Asked) -> "Sequence[Measure]":
    return tuple(one for one in measures if asked.everything or one.listed)


def _matrix(session: Session, asked: Asked) -> "Told":
    from planlog.tables.exports.grids import matrix_grid

    moment = session.log.moment(asked.at)
    matrix = session.log.matrix(pinned(moment))
    if asked.public is not None:
        matrix = asked.public.matrix(matrix)
    rows = tuple(row for row in matrix.rows if asked.everything or row.measure.listed)
    grid = matrix_grid(attrs.evolve(matrix, rows=rows), asked.words, name=session.words("Matrix"))
    return [(moment, matrix.plan)], [grid]


def _diff(session: Session, asked: Asked) -> "Told":
    from planlog.render.diff import COLUMNS, csv_row
    from planlog.tables.exports.grids import diff_grid

    assert asked.points is not None
    log = session.log
    moments = [log.moment(point) for point in asked.points]
    plans = [_plan_at(log, pinned(one), asked) for one in moments]
    diff = _public_diff(log, (pinned(moments[0]), pinned(moments[1])), asked)
    events = {event.id: event for event in log.events()}
    shown = events if asked.public is None else asked.public.around(events)
    grid = diff_grid(
        diff.changes,
        COLUMNS,
        lambda change: csv_row(change, shown),
        asked.words,
        name=session.words("Changes"),
        titles=_titles(plans),
    )
    return list(zip(moments, plans, strict=True)), [grid]


def _titles(plans: "Sequence[Plan]") -> "Mapping[Subject, str]":
    """The titles of all that is in *plans*; the later ones decide."""
    return {
        (kind, one.id): one.title
        for plan in plans
        for kind in ("field", "goal", "conference", "version", "measure")
        for one in getattr(plan, f"{kind}s")
        if one.title
    }


def _public_diff(log: "PlanLog", points: tuple[Point, Point], asked: Asked) -> "PlanDiff":
    diff = log.diff(*points)
    return diff if asked.public is None else asked.public.diff(diff)


def _events(session: Session, asked: Asked) -> "Told":
    from planlog.codec import line_of
    from planlog.tables.exports.grids import events_grid

    log = session.log
    moment = log.moment(asked.at or EVERY_DAY)
    events = _passed(log.events(stop=moment.size), moment, asked)
    public = asked.public
    records = map(line_of, events) if public is None else public.events(events)
    without = frozenset() if public is None else public.columns
    grid = events_grid(records, asked.words, name=session.words("Events"), without=without)
    told = [] if asked.at is None else [(moment, log.plan(pinned(moment)))]
    return told, [grid]


def _passed(
    events: "Sequence[RecordedEvent]", moment: "Moment", asked: Asked
) -> "Sequence[RecordedEvent]":
    """Those that had happened by the moment that was asked for, if any was."""
    if asked.at is None:
        return events
    return tuple(event for event in events if passed(event, moment))


def title_asked(session: Session, moments: "Moments") -> str:
    """What the plan is called then; where no point was asked for, after all that is recorded."""
    plan = moments[-1][1] if moments else session.log.everything()
    return plan.title or session.words("Plan without a title")


def gaps_asked(session: Session, asked: Asked) -> Gaps:
    """What is missing in the tables, as it was erased; what is internal is left out here, too."""
    log = session.log
    if asked.what == "diff":
        assert asked.points is not None
        gaps = gaps_at(log, *(pinned(log.moment(point)) for point in asked.points))
    elif asked.what == "events":
        moment = log.moment(asked.at or EVERY_DAY)
        gaps = gaps_of(log, _passed(log.events(stop=moment.size), moment, asked))
    else:
        gaps = gaps_at(log, pinned(log.moment(asked.at)))
    return gaps if asked.public is None else tuple(_public(gaps, asked.public))


def _public(gaps: Gaps, public: "Public") -> "Iterator[Gap]":
    for gap in gaps:
        if not public.hides(gap.left):
            told = None if gap.erasure is None else public.around_one(gap.erasure)
            yield attrs.evolve(gap, left=public.left(gap.left), erasure=told)


# The database


def history_asked(session: Session, asked: Asked) -> "tuple[Moment, History]":
    """All that is known at a point, from one prefix of the log."""
    from importlib.metadata import version

    from planlog.codec import line_of
    from planlog.tables.exports.database import History

    log = session.log
    moment = log.moment(asked.at)
    plan = _plan_at(log, pinned(moment), asked)
    events = log.events(stop=moment.size)
    public = asked.public
    points = [pinned(attrs.evolve(moment, day=occasion.day)) for occasion in plan.occasions]
    return moment, History(
        plan=plan,
        occasions=[
            (occasion, _plan_at(log, point, asked))
            for occasion, point in zip(plan.occasions, points, strict=True)
        ],
        steps=list(_steps(log, plan, [*points, pinned(moment)], moment, asked)),
        events=list(map(line_of, events)) if public is None else public.events(events),
        program=version("planlog"),
    )


def _steps(
    log: "PlanLog", plan: "Plan", points: Sequence[Point], moment: "Moment", asked: Asked
) -> "Iterator[Step]":
    """What changed from each occasion to the next, from the start to the end."""
    from planlog.render.attributes import data_of
    from planlog.tables.exports.database import Step

    names = [one.id for one in plan.occasions]
    start = pinned(attrs.evolve(moment, day=None))
    for before, after, name_before, name_after in zip(
        [start, *points], points, [None, *names], [*names, None], strict=False
    ):
        changes = _public_diff(log, (before, after), asked).changes
        yield Step(
            before=name_before,
            after=name_after,
            changes=[(one, data_of(one.before), data_of(one.after)) for one in changes],
        )
