"""The command ``record``: events from a file of JSON lines, one batch, all or none."""

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs
import click

from planlog import codec
from planlog.cli.command import Argument, Command
from planlog.cli.input import content_of
from planlog.cli.lookup import Lookup
from planlog.cli.recording import (
    Circumstances,
    circumstance_options,
    first_given,
    print_lines,
    report_batch,
    size_options,
    warnings_in_words,
)
from planlog.cli.session import Session
from planlog.errors import MOST_TOLD, Flaw, InvalidEventError, shortened
from planlog.events import NewEvent, RecordedEvent
from planlog.log import OverriddenWarning, PlanLog

MOST_BYTES: Final = 2**26
"""The largest file: with the shortest of events, a few hundred thousand."""

Known = Mapping[str | None, RecordedEvent]
"""The events of the log by their ids."""

_UNKNOWN: Final = frozenset({"unknown-reference", "untitled-measure"})
"""The flaws of what names something that the log does not have."""

_SOME_DAY: Final = "2000-01-01"
_SOMEBODY: Final = "-"

_CONTENT: Final = ("id", "on", "by", "source", "reason", "corrects", "event")


def command() -> Command:
    """Make the command."""
    return Command(
        "record",
        _run,
        [
            Argument(
                "file",
                metavar="FILE",
                type=click.Path(allow_dash=True),
                help="The file: an event on each line, as planlog log --format jsonl and --dry-run "
                "print them; - for standard input.",
            ),
            *circumstance_options(),
            *size_options(),
        ],
        about="Either all events are recorded or, if anything is wrong with one of them, none; all "
        "that is wrong is told with file, line and key. An event whose id the log has with the "
        "same content is skipped. Day, author and source are for those that do not say so "
        "themselves.",
        examples=(
            "planlog record events.jsonl --by Quartiersmanagement",
            "planlog start wohnen/16 --on stk-3 --dry-run | planlog record -",
        ),
    )


@attrs.frozen
class _Line:
    """A line as it was read: where, and what it hands in."""

    place: str
    event: NewEvent
    unaccepted: tuple[Flaw, ...]


@attrs.frozen
class _Unread:
    """A line that could not be read: where, why, and its text."""

    place: str
    flaws: tuple[Flaw, ...]
    text: str


def _run(session: Session, file: str, **params: Any) -> None:
    circumstances = Circumstances.taken_from(session, params)
    log = session.log
    known: Known = {event.id: event for event in log.events()}
    read = list(_decoded(_content(session, file), file))
    if not read:
        session.refuse("there is no event in {path!r}", about="FILE", path=file)
    lines = [line for line in read if isinstance(line, _Line)]
    lines = _filled(lines, known, circumstances, Lookup.of(session, log))
    unread = [line for line in read if isinstance(line, _Unread)]
    flaws = _unsound(lines, unread, known, log)
    flaws += (flaw for line in unread for flaw in line.flaws)
    if flaws:
        order = {line.place: index for index, line in enumerate(read)}
        raise InvalidEventError(shortened(sorted(flaws, key=lambda flaw: order[flaw.place])))
    events = [line.event for line in lines]
    with warnings_in_words(session):
        act = log.preview if circumstances.dry_run else log.record_all
        recorded = act(events, expected_size=circumstances.expect_size)
    if circumstances.dry_run:
        print_lines(session, events)
    else:
        report_batch(session, log, recorded, known)


def _content(session: Session, file: str) -> bytes:
    content = content_of(session, file, "FILE", MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        session.refuse(
            "{path!r} has more than {most} bytes; hand it in in several parts",
            about="FILE",
            path=file,
            most=MOST_BYTES,
        )
    return content


def _decoded(content: bytes, file: str) -> Iterator[_Line | _Unread]:
    """Decode every line that holds something, as long as most of them can be read."""
    unread = 0
    for number, line in enumerate(io.BytesIO(content), 1):
        text, place = line.removesuffix(b"\n"), f"{file}:{number}"
        if unread == MOST_TOLD - 1:
            flaw = Flaw("unseen", "this line and those behind it were not looked at", place=place)
            yield _Unread(place, (flaw,), "")
            return
        if text.strip():
            try:
                handed_in = codec.decode_new(text, place)
            except InvalidEventError as error:
                unread += 1
                yield _Unread(place, error.flaws, text.decode(errors="replace"))
            else:
                yield _Line(place, handed_in.event, handed_in.unaccepted)


def _filled(
    lines: Iterable[_Line], known: Known, circumstances: Circumstances, lookup: Lookup
) -> list[_Line]:
    """The lines with day, author and source where they do not say so themselves.

    What the log has already is handed in again for its own sake: a source set since is not its.
    """
    defaults = circumstances.session.defaults
    on = first_given(circumstances.on, defaults.on)
    day = None if on is None else lookup.day(on, "--on")
    by = first_given(circumstances.by, defaults.by)
    source = first_given(circumstances.source, defaults.source) or None
    return [
        attrs.evolve(
            line,
            event=attrs.evolve(
                line.event,
                on=line.event.on or day,
                by=first_given(line.event.by, by),
                source=first_given(line.event.source, None if line.event.id in known else source),
            ),
        )
        for line in lines
    ]


def _unsound(
    lines: Iterable[_Line], unread: Sequence[_Unread], known: Known, log: PlanLog
) -> list[Flaw]:
    """Everything that is wrong with the lines that could be read.

    The log judges them whatever else is wrong with them: each may introduce what others name. So
    may those that could not be read: what is named in them is not called unknown.
    """
    flaws: list[Flaw] = []
    judged: list[_Line] = []
    first: dict[str | None, NewEvent | RecordedEvent] = dict(known)
    for line in lines:
        there = None if line.event.id is None else first.setdefault(line.event.id, line.event)
        found = list(_flaws(line, there))
        flaws += found
        if there is None or there is line.event:
            judged.append(line)
        elif found:
            judged.append(attrs.evolve(line, event=attrs.evolve(line.event, id=None)))
    texts = [line.text for line in unread]
    for flaw in _senseless(judged, log):
        missed = str(flaw.details["id"]) if flaw.code in _UNKNOWN else None
        if missed is None or not any(missed in text for text in texts):
            flaws.append(flaw)
    return flaws


def _flaws(line: _Line, there: NewEvent | RecordedEvent | None) -> Iterator[Flaw]:
    """What is wrong with a line but for what the log judges; *there* has its id already."""
    event = line.event
    if event.on is None:
        yield Flaw("missing-key", "missing the day it happened", {}, "on", line.place)
    if event.by is None:
        yield Flaw("missing-key", "missing who records it", {}, "by", line.place)
    if there is None or there is event:
        yield from line.unaccepted
    elif isinstance(there, RecordedEvent) and there.is_erased:
        yield Flaw(
            "erased-event",
            "the text of event {id!r} at position {position} was erased, and is not taken again",
            {"id": event.id, "position": there.position},
            "id",
            line.place,
        )
    elif any(getattr(event, name) != getattr(there, name) for name in _CONTENT):
        yield Flaw(
            "taken-id",
            "{id!r} is the id of another event already; leave it out, or correct that event",
            {"id": event.id},
            "id",
            line.place,
        )


def _senseless(lines: Sequence[_Line], log: PlanLog) -> Sequence[Flaw]:
    """What the log does not take, whatever the day and whoever records it."""
    places = [line.place for line in lines]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OverriddenWarning)
            log.preview([line.event for line in lines], on=_SOME_DAY, by=_SOMEBODY, places=places)
    except InvalidEventError as error:
        return error.flaws
    return ()
