"""The command ``history``: the life of a measure."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from planlog.cli.command import Argument, Command, Option
from planlog.cli.gaps import Gaps, about_measure, gaps_at, gaps_of
from planlog.cli.kinds import MEASURE
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

if TYPE_CHECKING:
    from planlog.audit import HistoryEntry
    from planlog.log import PlanLog


def command() -> Command:
    """Make the command."""
    return Command(
        "history",
        receipted("history", _run),
        [
            Argument("measure", metavar="MEASURE", type=MEASURE, help=HELP["measure"]),
            at_option(),
            Option(
                "--by-attribute",
                is_flag=True,
                help="Tell of each attribute, as it stands at the point, which event and source "
                "it comes from, and where it was decided.",
            ),
            Option(
                "--all",
                "every_event",
                is_flag=True,
                help="Tell every event by itself, also one by which an imported document only "
                "says again what held already.",
            ),
            *output_options(),
            receipt_option(),
        ],
        about="Each event with its source, and what it changed; what was corrected or taken back "
        "stays readable.",
        examples=(
            "planlog history wohnen/16",
            "planlog history wohnen-16 --at stk-2",
            "planlog history wohnen/16 --by-attribute",
        ),
    )


def _run(
    session: Session,
    measure: str,
    at: Point | None,
    by_attribute: bool,
    every_event: bool,
    format: Format | None,
    output: str | None,
) -> None:
    from planlog.render.history import render_history
    from planlog.render.origins import render_origins

    if by_attribute and every_event:
        session.refuse("it is for the life of a measure, not for --by-attribute", about="--all")
    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    lookup = Lookup.of(session, log, point)
    meant = lookup.measure(measure)
    # All that is known, for the names of what comes later; but it is the answer for the point.
    plan = attrs.evolve(lookup.plan, at=moment.day)
    form = format_of(session, format)
    look = style(session, output)
    if by_attribute:
        there = next((one for one in lookup.present.measures if one.id == meant.id), meant)
        erased = about_measure(gaps_at(log, point), there)
        text = render_origins(
            log.origins(meant.id, point),
            there,
            plan,
            form,
            words=session.words,
            moment=moment,
            uncertain=log.possible(point).uncertain(),
            erased=erased,
            missing=missing(log.events(stop=moment.size), lookup.present),
            style=look,
        )
    else:
        entries = log.history(meant.id, point, every_event=every_event)
        erased, replaced = _gaps_in(log, entries, gaps_at(log, point))
        text = render_history(
            entries,
            meant,
            plan,
            form,
            words=session.words,
            moment=moment,
            erased=erased,
            replaced=replaced,
            style=look,
        )
    answer(session, text, form, output, moment=moment, plan=plan, erased=erased)


def _gaps_in(log: "PlanLog", entries: "Iterable[HistoryEntry]", present: Gaps) -> tuple[Gaps, Gaps]:
    """What is missing in *entries* or may be, and what was erased but replaced.

    *present* is what is missing at the point, whatever it was about.
    """
    gone = {one.id for entry in entries for one in entry.trail if one.is_erased}
    held = {entry.event.id for entry in entries if entry.standing == "erased"}
    bare = {gap.left.id for gap in present if gap.is_bare}
    gaps = gaps_of(log, (one for one in log.events() if one.id in gone | bare))
    return (
        tuple(gap for gap in gaps if gap.left.id in held | bare),
        tuple(gap for gap in gaps if gap.left.id not in held | bare),
    )
