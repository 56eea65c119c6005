"""What the recording commands share: their options, the act of recording, and the report of it."""

import warnings
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, NoReturn

import attrs
import click

from planlog import codec
from planlog.cli.command import Option
from planlog.cli.kinds import DAY, EVENT
from planlog.cli.lookup import Lookup
from planlog.cli.output import deliver, say
from planlog.cli.session import Session
from planlog.dates import AtStart, InexactDate, KnownSize, Point
from planlog.errors import ConflictError, PlanlogError
from planlog.events import Event, NewEvent, RecordedEvent
from planlog.log import OverriddenWarning, PlanLog
from planlog.references import references

RECORDING: Final = "Options of recording"

MOST_TRIES: Final = 100
"""How often a command begins anew because somebody else recorded in between."""

Build = Callable[[Lookup], Sequence[NewEvent]]
"""Makes the events to record from what the log has by now."""


@attrs.frozen
class Circumstances:
    """What the options say about an event besides what happened."""

    session: Session
    on: str | None = None
    by: str | None = None
    source: str | None = None
    reason: str | None = None
    corrects: str | None = None
    event_id: str | None = None
    expect_size: int | None = None
    dry_run: bool = False

    @classmethod
    def taken_from(cls, session: Session, params: Mapping[str, Any]) -> "Circumstances":
        """Take what is about the circumstances from all parameters of a command."""
        names = {field.name for field in attrs.fields(cls)} - {"session"}
        return cls(session, **{name: params[name] for name in names & params.keys()})

    def day(self, lookup: Lookup, fallback: InexactDate | None = None) -> InexactDate:
        """The day it happened: as said, else *fallback*, else as set."""
        said = self.on
        if said is None and fallback is None:
            said = self.session.defaults.on
        if said is not None:
            return lookup.day(said, "--on")
        if fallback is None:
            self.refuse_missing()
        return fallback

    def of(
        self,
        event: Event,
        lookup: Lookup,
        *,
        on: InexactDate | None = None,
        mended: RecordedEvent | None = None,
        corrects: str | None = None,
    ) -> NewEvent:
        """Put *event* into these circumstances.

        *on* is the day where no option says otherwise, whatever the defaults. So are the day and
        the source, even none, of what is *mended*. *corrects* is the event that it corrects in any
        case.
        """
        defaults = self.session.defaults
        day = self.day(lookup, on if mended is None else mended.on)
        source = defaults.source if mended is None else mended.source
        by = first_given(self.by, defaults.by)
        if by is None:
            self.refuse_missing()
        return NewEvent(
            event=event,
            on=day,
            by=by,
            source=first_given(self.source, source) or None,
            reason=self.reason,
            corrects=corrects if self.corrects is None else lookup.event(self.corrects),
            id=self.event_id,
        )

    def refuse_missing(self) -> NoReturn:
        """Name all that was neither given nor set."""
        words, defaults = self.session.words, self.session.defaults
        missing = []
        if first_given(self.on, defaults.on) is None:
            missing.append(words("say when it happened with --on, or set PLANLOG_ON"))
        if first_given(self.by, defaults.by) is None:
            missing.append(words("say who records it with --by, or set PLANLOG_BY"))
        raise click.UsageError("; ".join(missing))


def first_given(*texts: str | None) -> str | None:
    """The first text that is there; an empty one is there, too."""
    return next((text for text in texts if text is not None), None)


def recording_options(*, mending: bool = False, opening: bool = False) -> list[click.Parameter]:
    """The options of a command that records one event.

    *mending*: it mends another one, so a reason is demanded; *opening*: there is no log yet.
    """
    options = [
        *circumstance_options(),
        Option(
            "--reason",
            section=RECORDING,
            metavar="TEXT",
            required=mending,
            help="Why it was so, or why it is corrected.",
        ),
        Option(
            "--corrects",
            section=RECORDING,
            metavar="EVENT",
            type=EVENT,
            help="Put this in the place of an event that was recorded wrongly; needs --reason.",
        ),
        *size_options(),
        Option(
            "--event-id",
            section=RECORDING,
            metavar="ID",
            help="The id of the event, 16 hex digits: recording the same again under it does "
            "nothing.",
        ),
    ]
    unwanted = {"corrects"} if mending else {"corrects", "expect_size"} if opening else set()
    return [option for option in options if option.name not in unwanted]


def circumstance_options() -> list[click.Parameter]:
    """The options for what may stand in the environment or in planlog.toml as well."""
    return [
        Option(
            "--on",
            section=RECORDING,
            metavar="DAY",
            type=DAY,
            help="When it happened: 2023-03-16, 16.03.2023, 2023-03, 2023, an interval such as "
            "2020-09-18/2023-03-16, today, or a conference [PLANLOG_ON, planlog.toml].",
        ),
        Option(
            "--by",
            section=RECORDING,
            metavar="WHO",
            help="Who records it: a role or an organisation, not a person [PLANLOG_BY, "
            "planlog.toml].",
        ),
        Option(
            "--source",
            section=RECORDING,
            metavar="TEXT",
            help="The document, and the place in it, that says so; an empty text for none, which "
            "--dry-run cannot hand on to planlog record [PLANLOG_SOURCE, planlog.toml].",
        ),
    ]


def size_options() -> list[click.Parameter]:
    """The options for what is to be written, and onto what."""
    return [
        Option(
            "--expect-size",
            section=RECORDING,
            metavar="N",
            type=click.IntRange(min=0),
            help="Refuse unless the log has exactly so many events.",
        ),
        Option(
            "--dry-run",
            section=RECORDING,
            is_flag=True,
            help="Write nothing; print the lines that planlog record would take. Each dry run is "
            "judged alone, by what the log has. An empty source is not carried over: planlog "
            "record fills in the one that is set.",
        ),
    ]


def record(session: Session, log: PlanLog, circumstances: Circumstances, build: Build) -> None:
    """Record what *build* makes, and say so.

    Where somebody else records in between, it is made anew: it may rest on what the log has.
    """
    build = _repeatable(log, circumstances, build)
    tries = 0
    while True:
        size = log.size
        try:
            _record(session, log, circumstances, build(Lookup.of(session, log)), size)
        except ConflictError:
            tries += 1
            if circumstances.expect_size is not None or tries == MOST_TRIES:
                raise
        else:
            return


def _repeatable(log: PlanLog, circumstances: Circumstances, build: Build) -> Build:
    """Let *build* make the same again under an id that the log has: of what was known before it.

    Where nothing comes of that, something else is meant, and what is known by now refuses it.
    """

    def rebuild(lookup: Lookup) -> Sequence[NewEvent]:
        id = circumstances.event_id
        there = next((event for event in log.events() if event.id == id), None)
        if there is None:
            return build(lookup)
        before = Point(AtStart(), KnownSize(there.position))
        try:
            return build(Lookup.of(lookup.session, log, before))
        except (PlanlogError, click.UsageError):
            return build(lookup)

    return rebuild


def _record(
    session: Session,
    log: PlanLog,
    circumstances: Circumstances,
    events: Sequence[NewEvent],
    size: int,
) -> None:
    expected_size = size if circumstances.expect_size is None else circumstances.expect_size
    with warnings_in_words(session):
        act = log.preview if circumstances.dry_run else log.record_all
        recorded = act(events, expected_size=expected_size)
    if circumstances.dry_run:
        print_lines(session, events)
        return
    for event in recorded:
        report(session, log, event, fresh=event.position >= size)


def print_lines(session: Session, events: Sequence[NewEvent], output: str | None = None) -> None:
    """Print what ``planlog record`` would take to record *events*."""
    from planlog.render.text import json_lines

    lines = json_lines(codec.encode_new(event).decode() for event in events)
    deliver(session, lines, "jsonl", output)
    say(session.words("nothing was recorded: this was a dry run"))


def report(session: Session, log: PlanLog, event: RecordedEvent, *, fresh: bool) -> None:
    """Say what was written and where."""
    words = session.words
    what = [words.term(event.type), *subjects(event)[:1]]
    details = {
        "what": " ".join(what),
        "on": event.on,
        "id": event.id,
        "place": log.store.place(event.position),
    }
    say(
        words("recorded: {what} ({on}), event {id} in {place}", **details)
        if fresh
        else words("already there: {what} ({on}), event {id} in {place}", **details)
    )


def report_batch(
    session: Session, log: PlanLog, recorded: Sequence[RecordedEvent], known: Container[str | None]
) -> None:
    """Say how much of a batch was written and where, and how much was *known* by its ids."""
    words = session.words
    fresh = [event for event in recorded if event.id not in known]
    skipped = len(recorded) - len(fresh)
    if fresh:
        file = log.store.place(fresh[0].position).rpartition(":")[0]
        say(
            words.plural(
                "recorded: {n} event, in {file}",
                "recorded: {n} events, in {file}",
                len(fresh),
                file=file,
            )
        )
    if skipped:
        say(
            words.plural(
                "skipped: {n} event that the log has already",
                "skipped: {n} events that the log has already",
                skipped,
            )
        )


def subjects(event: RecordedEvent) -> list[str]:
    """The ids that an event names, in the order in which it names them."""
    return [reference.id for reference in references(event.event)]


@contextmanager
def warnings_in_words(session: Session) -> Iterator[None]:
    """Say what the log warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", OverriddenWarning)
        yield
    messages = [each.message for each in caught]
    for message in (one for one in messages if isinstance(one, OverriddenWarning)):
        finding = session.words.finding(message.finding)
        say(session.words("Warning: {message}", message=finding))
