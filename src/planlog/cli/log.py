"""The command ``log``: the events, as they were recorded."""

from datetime import date
from typing import Final

import click

from planlog.cli.command import Command, Option
from planlog.cli.gaps import gaps_of
from planlog.cli.kinds import MEASURE
from planlog.cli.lookup import Lookup
from planlog.cli.output import deliver, say, style
from planlog.cli.reading import at_option, format_of, output_options, pinned
from planlog.cli.session import Session
from planlog.config import Format
from planlog.dates import Point, may_have_passed
from planlog.events import Erased, RecordedEvent
from planlog.timeline import Moment

EVERY_DAY: Final = date.max
"""After it nothing happens."""


def command() -> Command:
    """Make the command."""
    return Command(
        "log",
        _run,
        [
            Option(
                "--measure",
                metavar="MEASURE",
                type=MEASURE,
                help="Only the events about a measure.",
            ),
            at_option(
                "Only what had happened by then: a day, a month, a year, today, a conference or "
                "version, or before:CONFERENCE; with @KNOWN behind it, as far as it was known."
            ),
            Option(
                "-n",
                "--limit",
                metavar="N",
                type=click.IntRange(min=0),
                help="Only the newest N.",
            ),
            *output_options(),
        ],
        about="In the order of recording, corrections and retractions among them. Events are named "
        "by any beginning of their id that no other has.",
        examples=(
            "planlog log -n 10",
            "planlog log --measure wohnen/16",
            "planlog log --at stk-3@2023-04-01 --format jsonl",
        ),
    )


def _run(
    session: Session,
    measure: str | None,
    at: Point | None,
    limit: int | None,
    format: Format | None,
    output: str | None,
) -> None:
    from planlog.render.events import render_events

    log = session.log
    moment = log.moment(at or EVERY_DAY)
    point = pinned(moment)
    plan = log.plan(point)
    events = log.events(stop=moment.size)
    if measure is not None:
        meant = Lookup.of(session, log, point).measure(measure).id
        life = log.history(meant, point, every_event=True)
        about = {event.id for entry in life for event in entry.trail}
        about |= {gap.left.id for gap in gaps_of(log, events) if gap.is_bare}
        events = tuple(event for event in events if about & {event.id, _erased(event)})
    if at is not None:
        events = tuple(event for event in events if passed(event, moment))
    if limit is not None:
        events = events[max(0, len(events) - limit) :]
    form = format_of(session, format)
    text = render_events(
        events,
        form,
        words=session.words,
        known=plan.known,
        erased=gaps_of(log, events),
        style=style(session, output),
    )
    deliver(session, text, form, output)
    if at is not None:
        say(session.words.moment(moment, plan.known))


def passed(event: RecordedEvent, moment: Moment) -> bool:
    """Tell whether an event had happened by the day of a moment, or may have.

    It may where nobody knows its day any more.
    """
    return moment.day is not None and may_have_passed(event.on, moment.day)


def _erased(event: RecordedEvent) -> str | None:
    """The id of the event whose erasure *event* tells of, if it does."""
    return event.event.event if isinstance(event.event, Erased) else None
