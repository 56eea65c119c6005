"""The command ``show``: the plan, a matrix of it, or one measure's sheet, at a point."""

from typing import TYPE_CHECKING

import attrs

from planlog.cli.command import Argument, Command, Option
from planlog.cli.gaps import Gaps, about_field, about_measure, gaps_at
from planlog.cli.kinds import FIELD, MEASURE
from planlog.cli.lookup import Lookup
from planlog.cli.meanings import HELP
from planlog.cli.output import style
from planlog.cli.reading import (
    answer,
    at_option,
    format_of,
    output_options,
    pinned,
    receipt_option,
    receipted,
)
from planlog.cli.session import Session
from planlog.config import Format
from planlog.dates import Point
from planlog.missing import missing
from planlog.plan import Measure

if TYPE_CHECKING:
    from planlog.matrix import Matrix
    from planlog.plan import Plan
    from planlog.timeline import Moment


def command() -> Command:
    """Make the command."""
    return Command(
        "show",
        receipted("show", _run),
        [
            Argument(
                "measure", metavar="MEASURE", type=MEASURE, required=False, help=HELP["measure"]
            ),
            at_option(),
            Option(
                "--matrix",
                is_flag=True,
                help="Show how each measure stood at every conference and version until then.",
            ),
            Option(
                "--field",
                metavar="FIELD",
                type=FIELD,
                help="Only the measures of one action field, in a matrix.",
            ),
            Option(
                "--all",
                "everything",
                is_flag=True,
                help="Show measures too that were replaced, or dropped as not listed.",
            ),
            *output_options(),
            receipt_option(),
        ],
        examples=(
            "planlog show",
            "planlog show wohnen/16",
            "planlog show --at stk-2",
            "planlog show --at stk-3@2023-04-01 --format csv -o plan.csv",
            "planlog show --matrix --field wohnen",
        ),
    )


def _run(
    session: Session,
    measure: str | None,
    at: Point | None,
    matrix: bool,
    field: str | None,
    everything: bool,
    format: Format | None,
    output: str | None,
) -> None:
    if field is not None and not matrix:
        session.refuse("a field is chosen for a matrix only; add --matrix", about="--field")
    if field is not None and measure is not None:
        session.refuse("name a measure or a field, not both", about="--field")
    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    plan = log.plan(point)
    uncertain = log.possible(point).uncertain()
    erased = gaps_at(log, point)
    gone = missing(log.events(stop=moment.size), plan)
    form = format_of(session, format)
    words, look = session.words, style(session, output)
    meant = None if measure is None else _measure(session, measure, moment, plan, erased)
    if meant is not None:
        erased = about_measure(erased, meant)
    elif field is not None:
        field = Lookup.of(session, log, point).field(field)
        erased = about_field(erased, field, [plan])
    if matrix:
        from planlog.render.matrix import render_matrix

        text = render_matrix(
            _matrix(session, point, field, meant),
            form,
            words=words,
            moment=moment,
            uncertain=uncertain,
            erased=erased,
            missing=gone,
            everything=everything or meant is not None,
            style=look,
        )
    elif meant is None:
        from planlog.render.plan import render_plan

        text = render_plan(
            plan,
            form,
            words=words,
            moment=moment,
            uncertain=uncertain,
            erased=erased,
            missing=gone,
            everything=everything,
            style=look,
        )
    else:
        from planlog.render.measure import render_measure

        text = render_measure(
            plan,
            meant,
            form,
            words=words,
            moment=moment,
            uncertain=uncertain,
            erased=erased,
            missing=gone,
            style=look,
        )
    answer(session, text, form, output, moment=moment, plan=plan, erased=erased)


def _measure(
    session: Session, measure: str, moment: "Moment", plan: "Plan", erased: Gaps
) -> "Measure":
    """The measure that is meant, which the plan must have at that moment, or an erased text."""
    meant = Lookup.of(session, session.log, pinned(moment)).measure(measure).id
    found = next((one for one in plan.measures if one.id == meant), None)
    if found is None and any(gap.names("measure", (meant,)) for gap in erased):
        return Measure(id=meant)
    if found is None:
        session.refuse(
            "the plan has no measure {id!r} at that point: {moment}",
            about="MEASURE",
            id=meant,
            moment=session.words.moment(moment, plan.known),
        )
    return found


def _matrix(
    session: Session, point: Point, field: str | None, measure: "Measure | None"
) -> "Matrix":
    """The matrix of the plan, of one field, or of one measure alone."""
    log = session.log
    matrix = log.matrix(point, field=field)
    if measure is None:
        return matrix
    rows = tuple(row for row in matrix.rows if row.measure.id == measure.id)
    return attrs.evolve(matrix, rows=rows)
