"""What the reading commands share: their options, and one pinned point for a whole answer."""

from typing import TYPE_CHECKING, Any, Final

import click

from planlog.cli.command import Option, Run
from planlog.cli.gaps import Gaps, say_gaps
from planlog.cli.kinds import POINT
from planlog.cli.output import DATA, deliver, say
from planlog.cli.session import Session
from planlog.config import FORMATS, Format
from planlog.dates import AtDay, AtStart, KnownSize, Point

if TYPE_CHECKING:
    from planlog.plan import Plan
    from planlog.timeline import Moment

AT_HELP: Final = (
    "The point in time: a day, a month, a year, today, start, a conference or version, or "
    "before:CONFERENCE; with @KNOWN behind it, as it was known then. Today, unless given."
)


def at_option(help: str = AT_HELP) -> click.Parameter:
    """The option for a point."""
    return Option("--at", metavar="POINT", type=POINT, help=help)


def output_options() -> list[click.Parameter]:
    """The options for how an answer looks and where it goes."""
    return [
        Option(
            "--format",
            type=click.Choice(FORMATS),
            help="How the answer is written: table unless given here, in PLANLOG_FORMAT or in "
            "planlog.toml.",
        ),
        output_option(),
    ]


def output_option() -> click.Parameter:
    """The option for where an answer goes."""
    return Option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(),
        help="Write the answer to a file, whole or not at all, instead of to the terminal.",
    )


def receipt_option() -> click.Parameter:
    """The option for an answer that can be checked later."""
    return Option(
        "--receipt",
        is_flag=True,
        help="End the answer with a receipt, which planlog verify --receipt checks: a table or "
        "Markdown has it below, of other files it is beside them in FILE.receipt, else it goes to "
        "standard error.",
    )


def receipted(name: str, run: Run) -> Run:
    """Let the command *name*, which *run* does, end its answer with a receipt where that is asked.

    A command that has the option of `receipt_option` is to be made of what this returns.
    """

    def answered(session: Session, *, receipt: bool, **given: Any) -> int | None:
        if not receipt:
            return run(session, **given)
        from planlog.cli.receipts import answer_with_receipt

        return answer_with_receipt(session, name, given)

    return answered


def format_of(session: Session, asked: Format | None) -> Format:
    """The format of the answer: as *asked* for, else as set."""
    return asked or session.defaults.format or "table"


def pinned(moment: "Moment") -> Point:
    """The same point in words that nobody can change by recording meanwhile."""
    at = AtStart() if moment.day is None else AtDay(moment.day, moment.day.isoformat())
    return Point(at, KnownSize(moment.size))


def answer(
    session: Session,
    text: str,
    format: Format,
    output: str | None,
    *,
    moment: "Moment",
    plan: "Plan",
    erased: "Gaps" = (),
) -> None:
    """Write an answer; where it is data, the words about its point go to standard error.

    So do those about the texts that were *erased* and are missing in it.
    """
    deliver(session, text, format, output)
    if format in DATA:
        say(session.words.moment(moment, plan.known))
        say_gaps(session, erased)
