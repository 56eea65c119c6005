"""The command ``decisions``: what was decided, and what became of it."""

from planlog.cli.command import Command, Option
from planlog.cli.gaps import about_conference, about_field, about_measure, gaps_at
from planlog.cli.kinds import CONFERENCE, FIELD, MEASURE
from planlog.cli.lookup import Lookup
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
        "decisions",
        receipted("decisions", _run),
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
            receipt_option(),
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
    erased = gaps_at(log, point)
    if conference is not None:
        conference = lookup.conference(conference)
        erased = about_conference(erased, conference)
    if measure is not None:
        meant = lookup.measure(measure)
        measure, erased = meant.id, about_measure(erased, meant)
    if field is not None:
        field = lookup.field(field)
        erased = about_field(erased, field, (lookup.plan, lookup.present))
    entries = log.decisions(point, conference=conference, measure=measure, field=field)
    form = format_of(session, format)
    text = render_decisions(
        entries,
        lookup.present,
        form,
        words=session.words,
        moment=moment,
        erased=erased,
        style=style(session, output),
    )
    answer(session, text, form, output, moment=moment, plan=lookup.present, erased=erased)
