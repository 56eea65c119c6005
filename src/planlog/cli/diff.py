"""The command ``diff``: what differs between two points."""

from typing import TYPE_CHECKING, Final

import attrs
import click

from planlog.cli.command import Argument, Command, Option
from planlog.cli.gaps import about_field, gaps_at, gaps_between, say_gaps
from planlog.cli.kinds import FIELD, POINT
from planlog.cli.lookup import Lookup
from planlog.cli.output import DATA, deliver, say, style
from planlog.cli.reading import output_option, pinned, receipt_option, receipted
from planlog.cli.session import Session
from planlog.config import FORMATS
from planlog.dates import Point

if TYPE_CHECKING:
    from planlog.render.diff import Compared, DiffFormat

WORDS: Final = "words"


def command() -> Command:
    """Make the command."""
    return Command(
        "diff",
        receipted("diff", _run),
        [
            Argument(
                "before",
                metavar="A",
                type=POINT,
                help="The point to compare with: a day, a month, a year, today, start, a "
                "conference or version, or before:CONFERENCE; with @KNOWN behind it, as it was "
                "known then.",
            ),
            Argument(
                "after",
                metavar="B",
                type=POINT,
                required=False,
                help="The point that is compared: today, unless given.",
            ),
            Option(
                "--gross", is_flag=True, help="Tell every step, not only what differs in the end."
            ),
            Option(
                "--field",
                metavar="FIELD",
                type=FIELD,
                help="Only what belongs to an action field, before or after.",
            ),
            Option(
                "--attribute",
                "attributes",
                metavar="NAME",
                multiple=True,
                help="Only changes of an attribute, such as rank, phase or attributes.topic; may "
                "be repeated.",
            ),
            Option("--name-only", is_flag=True, help="Name only what differs, a line each."),
            Option("--stat", is_flag=True, help="Count only how much differs, field by field."),
            Option("--exit-code", is_flag=True, help="Exit with 1 if anything differs."),
            Option(
                "--format",
                type=click.Choice((WORDS, *FORMATS)),
                help="How the answer is written: in words, grouped the way people ask, unless "
                "given here, in PLANLOG_FORMAT or in planlog.toml.",
            ),
            output_option(),
            receipt_option(),
        ],
        about="What was learned about the first day since comes first, then what was decided "
        "between the days. Ranks that only others pushed or pulled are told apart from those "
        "that moved.",
        examples=(
            "planlog diff stk-2 stk-3",
            "planlog diff before:stk-3 stk-3 --field wohnen",
            "planlog diff stk-3@2023-04-01 stk-3",
            "planlog diff start --attribute rank --gross --format csv",
        ),
    )


def _run(
    session: Session,
    before: Point,
    after: Point | None,
    gross: bool,
    field: str | None,
    attributes: tuple[str, ...],
    name_only: bool,
    stat: bool,
    exit_code: bool,
    format: "DiffFormat | None",
    output: str | None,
) -> int:
    from planlog.render.diff import render_diff, render_names, render_stat

    if name_only and stat:
        session.refuse("choose one of --name-only and --stat")
    compared = _compared(session, before, after, gross)
    if field is not None:
        compared = _of_field(session, compared, field)
    if attributes:
        compared = _of_attributes(session, compared, attributes)
    form: DiffFormat = format or session.defaults.format or WORDS
    look = style(session, output)
    if name_only:
        text = render_names(compared, form, style=look)
    elif stat:
        text = render_stat(compared, form, words=session.words, style=look)
    else:
        text = render_diff(compared, form, words=session.words, style=look)
    deliver(session, text, "table" if form == WORDS else form, output)
    if form in DATA or name_only:
        for moment, plan in zip(compared.moments, compared.plans, strict=True):
            say(session.words.moment(moment, plan.known))
        say_gaps(session, compared.erased)
    return int(exit_code and bool(compared.diff.changes))


def _compared(session: Session, before: Point, after: Point | None, gross: bool) -> "Compared":
    """Compare, with both points pinned: nobody can change the answer by recording meanwhile."""
    from planlog.render.diff import Compared

    log = session.log
    moments = log.moment(before), log.moment(after)
    points = pinned(moments[0]), pinned(moments[1])
    diff = log.diff(*points, gross=gross)
    return Compared(
        diff=diff,
        plans=(log.plan(points[0]), log.plan(points[1])),
        moments=moments,
        events={event.id: event for event in log.events(stop=max(one.size for one in moments))},
        gross=gross,
        erased=(gaps_between if gross else gaps_at)(log, *points),
    )


def _of_field(session: Session, compared: "Compared", reference: str) -> "Compared":
    """What belongs to a field at any time: the field, its goals and its measures."""
    # Backwards, less may be known at the second point; then the first one has the names.
    newest = max(reversed(compared.moments), key=lambda one: one.size)
    field = Lookup.of(session, session.log, pinned(newest)).field(reference)
    own = {("field", field)}
    for plan in compared.plans:
        own |= {("measure", one.id) for one in plan.measures if one.field == field}
        own |= {("goal", one.id) for one in plan.goals if one.field == field}
    for one in compared.diff.changes:
        sides: list[object] = [one.before, one.after]
        if one.attribute is None:
            sides = [getattr(side, "field", None) for side in sides]
        if one.attribute in (None, "field") and field in sides:
            own.add((one.subject, one.id))
    return attrs.evolve(
        compared,
        diff=compared.diff.only(lambda one: (one.subject, one.id) in own),
        erased=about_field(compared.erased, field, compared.plans),
    )


def _of_attributes(session: Session, compared: "Compared", names: tuple[str, ...]) -> "Compared":
    """Only the changes of certain attributes, also of what came or went."""
    from planlog.diff import attribute_names

    known = attribute_names()
    for name in names:
        if name.partition(".")[0] not in known:
            session.refuse(
                "no attribute {name!r}; there are: {known}",
                about="--attribute",
                name=name,
                known=", ".join(known),
            )

    return attrs.evolve(compared, diff=compared.diff.about(*names))
