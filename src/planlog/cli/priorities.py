"""The command ``priorities``: rank and level of measures, conference by conference."""

from planlog.cli.command import Argument, Command, Option
from planlog.cli.gaps import about_field, about_measure, gaps_at
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


def command() -> Command:
    """Make the command."""
    return Command(
        "priorities",
        receipted("priorities", _run),
        [
            Argument(
                "measure", metavar="MEASURE", type=MEASURE, required=False, help=HELP["measure"]
            ),
            Option(
                "--field",
                metavar="FIELD",
                type=FIELD,
                help="Only the measures of an action field: its id, its exact title or its number.",
            ),
            Option(
                "--every-change",
                is_flag=True,
                help="Tell every single change instead of how things stood at each conference.",
            ),
            at_option(),
            *output_options(),
            receipt_option(),
        ],
        about="Without a measure and a field: of all measures that ever had a rank or a level. "
        "Each with the event that set it, its source and reason, and where it was decided; a rank "
        "that others pushed or pulled is told apart from one that moved.",
        examples=(
            "planlog priorities wohnen/16",
            "planlog priorities --field wohnen --at stk-3",
            "planlog priorities --every-change --format csv",
        ),
    )


def _run(
    session: Session,
    measure: str | None,
    field: str | None,
    every_change: bool,
    at: Point | None,
    format: Format | None,
    output: str | None,
) -> None:
    from planlog.render.priorities import render_priorities

    if measure is not None and field is not None:
        session.refuse("name a measure or a field, not both", about="--field")
    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    lookup = Lookup.of(session, log, point)
    erased = gaps_at(log, point)
    if measure is not None:
        meant = lookup.measure(measure)
        measure, erased = meant.id, about_measure(erased, meant)
    if field is not None:
        field = lookup.field(field)
        erased = about_field(erased, field, (lookup.plan, lookup.present))
    rows = log.priorities(measure, field=field, every_change=every_change, point=point)
    form = format_of(session, format)
    text = render_priorities(
        rows,
        lookup.present,
        form,
        words=session.words,
        moment=moment,
        erased=erased,
        every_change=every_change,
        style=style(session, output),
    )
    answer(session, text, form, output, moment=moment, plan=lookup.present, erased=erased)
