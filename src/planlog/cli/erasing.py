"""The command ``erase``: a text goes for good, and everybody can see that something went."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from planlog.cli.command import Argument, Command, Option
from planlog.cli.kinds import EVENT
from planlog.cli.lookup import Lookup
from planlog.cli.meanings import HELP
from planlog.cli.output import deliver, say, style
from planlog.cli.recording import Circumstances, first_given, recording_options
from planlog.cli.session import Session
from planlog.dates import InexactDate
from planlog.stores.folder import events_folder

if TYPE_CHECKING:
    from planlog.events import RecordedEvent
    from planlog.log import PlanLog
    from planlog.traces.texts import Telling

_UNWANTED: Final = frozenset({"corrects", "event_id", "dry_run"})


def command() -> Command:
    """Make the command."""
    return Command(
        "erase",
        _run,
        [
            Argument("event", type=EVENT, help=HELP["event"]),
            Option(
                "--ground",
                metavar="TEXT",
                help="The law or the wish that demands it, such as GDPR art. 17; it stays readable "
                "for ever, so it names nobody.",
            ),
            Option(
                "--where",
                is_flag=True,
                help="Erase nothing: list what else holds the text, so that it can be removed "
                "there too.",
            ),
            Option(
                "--bare",
                is_flag=True,
                help="Keep neither the day nor the ids that the event named, should these tell of "
                "somebody too.",
            ),
            Option(
                "--uncovered",
                is_flag=True,
                help="Erase it even though no checkpoint covers it yet.",
            ),
            *(option for option in recording_options() if option.name not in _UNWANTED),
        ],
        about="The line of the event gives way to a mark that holds its hash, and an event tells "
        "who erased it and on what ground: checkpoints and proofs stay valid, and every answer "
        "says what is missing in it. Nothing brings the text back.\n\n"
        "To keep what can be told without the person, correct the event before you erase it: "
        "then no answer changes.",
        examples=(
            'planlog erase 9f3c --ground "GDPR art. 17" --on today --by Quartiersmanagement',
            "planlog erase 9f3c --where",
        ),
    )


def _run(
    session: Session,
    event: str,
    ground: str | None,
    where: bool,
    bare: bool,
    uncovered: bool,
    **params: Any,
) -> None:
    log = session.log
    found = log.event(event)
    if where:
        _refuse_what_is_gone(session, found)
        _print_traces(session, log, found, _line(log, found), _tellings(log, found))
        return
    if ground is None:
        session.refuse("say on what ground it is erased", about="--ground")
    line, tellings = _line(log, found), _tellings(log, found)
    erasure = _erased(session, log, found.id, params, ground=ground, bare=bare, uncovered=uncovered)
    _report(session, log, found, erasure)
    if not found.is_erased:
        _print_traces(session, log, found, line, tellings)


def _erased(
    session: Session,
    log: "PlanLog",
    id: str,
    params: Mapping[str, Any],
    **how: Any,
) -> "RecordedEvent":
    circumstances = Circumstances.taken_from(session, params)
    defaults = session.defaults
    by = first_given(circumstances.by, defaults.by)
    said = first_given(circumstances.on, defaults.on)
    if by is None or said is None:
        circumstances.refuse_missing()
    day: InexactDate = Lookup.of(session, log).day(said, "--on")
    return log.erase(
        id,
        on=day,
        by=by,
        source=first_given(circumstances.source, defaults.source) or None,
        reason=circumstances.reason,
        expected_size=circumstances.expect_size,
        **how,
    )


def _line(log: "PlanLog", event: "RecordedEvent") -> bytes:
    (line,) = log.store.read(event.position, event.position + 1)
    return line


def _tellings(log: "PlanLog", event: "RecordedEvent") -> "tuple[Telling, ...]":
    from planlog.traces.texts import telling_texts

    return telling_texts(event, log.events())


def _refuse_what_is_gone(session: Session, event: "RecordedEvent") -> None:
    if event.is_erased:
        session.refuse(
            "the text of event {id} was erased: nobody knows any more what to look for",
            about="--where",
            id=event.id,
        )


def _report(
    session: Session, log: "PlanLog", found: "RecordedEvent", erasure: "RecordedEvent"
) -> None:
    words = session.words
    say(
        words(
            "erased: {what} ({on}), event {id} in {place}",
            what=words.term(found.type),
            on=words.date(found.on),
            id=found.id,
            place=log.store.place(found.position),
        )
    )
    say(
        words(
            "recorded as event {id} in {place}; the root, proofs and checkpoints stay as they are",
            id=erasure.id,
            place=log.store.place(erasure.position),
        )
    )


def _print_traces(
    session: Session,
    log: "PlanLog",
    event: "RecordedEvent",
    line: bytes,
    tellings: "tuple[Telling, ...]",
) -> None:
    from planlog.render.traces import Traces, render_traces
    from planlog.traces.commits import commits_holding
    from planlog.traces.files import find
    from planlog.traces.texts import worth_finding

    assert session.location is not None  # it has been read from
    events = events_folder(session.location).absolute()
    texts = worth_finding(tellings)
    files = find(events.parent, line, texts, events)
    own = log.store.place(event.position)
    others = tuple(trace for trace in files.traces if trace.place != own)
    traces = Traces(
        files=attrs.evolve(files, traces=others),
        git=commits_holding(events.parent, line, texts),
        tellings=tellings,
    )
    text = render_traces(traces, words=session.words, style=style(session, None))
    deliver(session, text, "table", None)
