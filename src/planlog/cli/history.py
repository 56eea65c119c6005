"""The command ``history``: the life of a measure."""

import attrs

from planlog.cli.command import Argument, Command
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
        "history",
        _run,
        [
            Argument("measure", metavar="MEASURE", type=MEASURE, help=HELP["measure"]),
            at_option(),
            *output_options(),
        ],
        about="Each event with its source, and what it changed; what was corrected or taken back "
        "stays readable.",
        examples=("planlog history wohnen/16", "planlog history wohnen-16 --at stk-2"),
    )


def _run(
    session: Session, measure: str, at: Point | None, format: Format | None, output: str | None
) -> None:
    from planlog.render.history import render_history

    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    lookup = Lookup.of(session, log, point)
    meant = lookup.measure(measure)
    # All that is known, for the names of what comes later; but it is the answer for the point.
    plan = attrs.evolve(lookup.plan, at=moment.day)
    form = format_of(session, format)
    text = render_history(
        log.history(meant.id, point),
        meant,
        plan,
        form,
        words=session.words,
        moment=moment,
        style=style(session, output),
    )
    answer(session, text, form, output, moment=moment, plan=plan)
