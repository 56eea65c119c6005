"""The command ``show``: the plan, or one measure's sheet, at a point."""

from planlog.cli.command import Argument, Command, Option
from planlog.cli.kinds import MEASURE
from planlog.cli.lookup import Lookup
from planlog.cli.meanings import HELP
from planlog.cli.output import style
from planlog.cli.reading import answer, at_option, format_of, output_options, pinned
from planlog.cli.session import Session
from planlog.config import Format
from planlog.dates import Point


def command() -> Command:
    """Make the command."""
    return Command(
        "show",
        _run,
        [
            Argument(
                "measure", metavar="MEASURE", type=MEASURE, required=False, help=HELP["measure"]
            ),
            at_option(),
            Option(
                "--all",
                "everything",
                is_flag=True,
                help="Show measures too that were replaced, or dropped as not listed.",
            ),
            *output_options(),
        ],
        examples=(
            "planlog show",
            "planlog show wohnen/16",
            "planlog show --at stk-2",
            "planlog show --at stk-3@2023-04-01 --format csv -o plan.csv",
        ),
    )


def _run(
    session: Session,
    measure: str | None,
    at: Point | None,
    everything: bool,
    format: Format | None,
    output: str | None,
) -> None:
    from planlog.render.measure import render_measure
    from planlog.render.plan import render_plan

    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    plan = log.plan(point)
    uncertain = log.possible(point).uncertain()
    form = format_of(session, format)
    look = style(session, output)
    if measure is None:
        text = render_plan(
            plan,
            form,
            words=session.words,
            moment=moment,
            uncertain=uncertain,
            everything=everything,
            style=look,
        )
    else:
        meant = Lookup.of(session, log, point).measure(measure).id
        shown = next((one for one in plan.measures if one.id == meant), None)
        if shown is None:
            session.refuse(
                "the plan has no measure {id!r} at that point: {moment}",
                about="MEASURE",
                id=meant,
                moment=session.words.moment(moment, plan.known),
            )
        text = render_measure(
            plan,
            shown,
            form,
            words=session.words,
            moment=moment,
            uncertain=uncertain,
            style=look,
        )
    answer(session, text, form, output, moment=moment, plan=plan)
