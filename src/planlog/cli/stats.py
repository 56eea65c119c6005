"""The command ``stats``: counts, silence and lateness between two points."""

import click

from planlog.cli.command import Argument, Command, Option
from planlog.cli.gaps import gaps_at, say_gaps
from planlog.cli.kinds import POINT
from planlog.cli.output import DATA, deliver, say, style
from planlog.cli.reading import (
    format_of,
    output_options,
    pinned,
    receipt_option,
    receipted,
)
from planlog.cli.session import Session
from planlog.config import Format
from planlog.dates import AtStart, Point


def command() -> Command:
    """Make the command."""
    return Command(
        "stats",
        receipted("stats", _run),
        [
            Argument(
                "before",
                metavar="A",
                type=POINT,
                required=False,
                help="The first point, as --at of other commands takes it: start, unless given.",
            ),
            Argument(
                "after",
                metavar="B",
                type=POINT,
                required=False,
                help="The second point: today, unless given.",
            ),
            Option(
                "--silent",
                metavar="N",
                type=click.IntRange(min=0),
                default=2,
                help="Name open measures that nobody has reported on for N conferences: 2, unless "
                "given.",
            ),
            *output_options(),
            receipt_option(),
        ],
        about="How many measures stand where, and what was newly implemented or dropped; which "
        "have had no report; which came back to a phase they had left; how long it took from the "
        "decision to the start and on to implementation; what was recorded late; what is open "
        "because some days are known only roughly.\n\n"
        "What a measure came back to, and what was late, is counted between the two points; the "
        "rest is about the second. What was recorded on the day on which the log was opened is "
        "counted apart. As CSV and JSON, each number has the ids that it was counted from.",
        examples=(
            "planlog stats",
            "planlog stats stk-2 stk-3",
            "planlog stats stk-2 --silent 3 --format csv -o stats.csv",
        ),
    )


def _run(
    session: Session,
    before: Point | None,
    after: Point | None,
    silent: int,
    format: Format | None,
    output: str | None,
) -> None:
    from planlog.render.stats import render_stats

    log, words = session.log, session.words
    moments = log.moment(before or Point(AtStart())), log.moment(after)
    points = pinned(moments[0]), pinned(moments[1])
    found = log.stats(*points, silent=silent)
    erased = gaps_at(log, *points)
    form = format_of(session, format)
    text = render_stats(
        found, form, words=words, moments=moments, erased=erased, style=style(session, output)
    )
    deliver(session, text, form, output)
    if form in DATA:
        for moment, plan in zip(moments, (found.before, found.after), strict=True):
            say(words.moment(moment, plan.known))
        say_gaps(session, erased)
