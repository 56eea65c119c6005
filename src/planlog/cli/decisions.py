"""The command ``decisions``: what was decided, and what became of it."""

from planlog.cli.command import Command, Option
from planlog.cli.kinds import CONFERENCE, FIELD, MEASURE
from planlog.cli.lookup import Lookup
from planlog.cli.output import style
from planlog.cli.reading import answer, at_option, format_of, output_options, pinned
from planlog.cli.session import Session
from planlog.config import Format
from planlog.dates import Point
from planlog.errors import UnknownReferenceError


def command() -> Command:
    """Make the command."""
    return Command(
        "decisions",
        _run,
        [
            Option(
                "--conference",
                metavar="CONFERENCE",
                type=CONFERENCE,
                help="Only what a conference decided, named by its id.",
            ),
            Option(
                "--measure",
                metavar="MEASURE",
                type=MEASURE,
                help="Only what was decided about a measure, by its name or through its list.",
            ),
            Option(
                "--field",
                metavar="FIELD",
                type=FIELD,
                help="Only what was decided about an action field: its list and its measures.",
            ),
            at_option(),
            *output_options(),
        ],
        about="Each decision with its outcome and votes, what it was about, and where each of "
        "these measures stood on that day and stands now.",
        examples=(
            "planlog decisions",
            "planlog decisions --conference stk-3 --format markdown",
            "planlog decisions --measure wohnen/16",
        ),
    )


def _run(
    session: Session,
    conference: str | None,
    measure: str | None,
    field: str | None,
    at: Point | None,
    format: Format | None,
    output: str | None,
) -> None:
    from planlog.render.decisions import render_decisions

    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    lookup = Lookup.of(session, log, point)
    entries = log.decisions(
        point,
        conference=None if conference is None else _conference(lookup, conference),
        measure=None if measure is None else lookup.measure(measure).id,
        field=None if field is None else lookup.field(field),
    )
    form = format_of(session, format)
    text = render_decisions(
        entries,
        lookup.present,
        form,
        words=session.words,
        moment=moment,
        style=style(session, output),
    )
    answer(session, text, form, output, moment=moment, plan=lookup.present)


def _conference(lookup: Lookup, id: str) -> str:
    """The id of a conference that there is, whether it has met by then or not."""
    try:
        return lookup.plan.conference(id).id
    except UnknownReferenceError as error:
        known = ", ".join(one.id for one in lookup.plan.conferences)
        error.suggestion = lookup.session.words("; known are: {known}", known=known or "–")
        raise
