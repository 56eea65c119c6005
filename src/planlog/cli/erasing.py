"""The command ``erase``: a text goes for good, and everybody can see that something went."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from planlog import codec
from planlog.cli.command import Argument, Command, Option
from planlog.cli.kinds import EVENT
from planlog.cli.lookup import Lookup
from planlog.cli.meanings import HELP
from planlog.cli.output import deliver, say, style
from planlog.cli.recording import Circumstances, first_given, recording_options
from planlog.cli.session import Session
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
                "--find",
                "sought",
                metavar="TEXT",
                multiple=True,
                help="A name or another text to look for besides those of the event, in capitals "
                "or not; may be repeated.",
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
    sought: tuple[str, ...],
    bare: bool,
    uncovered: bool,
    **params: Any,
) -> None:
    log = session.log
    found = _as_it_stands(log, log.event(event))
    line, tellings = _line(log, found), _tellings(log, found)
    if where:
        _refuse_what_is_gone(session, found)
        say(session.words("about: {event}", event=_named(session, log, found)))
    else:
        if ground is None:
            session.refuse("say on what ground it is erased", about="--ground")
        source = _source(session, params)
        _refuse_persons(session, ground=ground, source=source, reason=params["reason"])
        derived = _is_derived(log, found)
        erasure = _erased(
            session, log, found.id, params, ground=ground, bare=bare, uncovered=uncovered
        )
        _report(session, log, found, erasure, derived)
    _print_traces(session, log, found, line, tellings, sought)


def _as_it_stands(log: "PlanLog", event: "RecordedEvent") -> "RecordedEvent":
    """The event with the text that still stands there, though its erasure is recorded."""
    line = _line(log, event)
    if not event.is_erased or codec.read_tombstone(line) is not None:
        return event
    return codec.decode(line, event.position)


def _refuse_persons(session: Session, **said: str | None) -> None:
    """Refuse to say anew whom the erasure is about: what tells of an erasure stays for ever."""
    from planlog.checks.privacy import emails_in, names_in, phones_in

    for name, text in said.items():
        for search in (names_in, emails_in, phones_in):
            for found in search(text or ""):
                session.refuse(
                    "{found!r} looks like a person, an address or a number, and what is said here "
                    "can never be erased; leave it out",
                    about=f"--{name}",
                    found=found,
                )


def _is_derived(log: "PlanLog", event: "RecordedEvent") -> bool:
    """Whether the id of an event was made from what it says, as a table was imported."""
    from planlog.documents import Documents
    from planlog.slots import live_slots

    slots = live_slots(log.events())
    return any(
        slot.content.id == event.id and Documents(slots).version_of(slot) is not None
        for slot in slots
    )


def _erased(
    session: Session,
    log: "PlanLog",
    id: str,
    params: Mapping[str, Any],
    **how: Any,
) -> "RecordedEvent":
    circumstances = Circumstances.taken_from(session, params)
    day = circumstances.day(Lookup.of(session, log))
    by = first_given(circumstances.by, session.defaults.by)
    if by is None:
        circumstances.refuse_missing()
    return log.erase(
        id,
        on=day,
        by=by,
        source=_source(session, params),
        reason=circumstances.reason,
        expected_size=circumstances.expect_size,
        **how,
    )


def _source(session: Session, params: Mapping[str, Any]) -> str | None:
    return first_given(params["source"], session.defaults.source) or None


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


def _named(session: Session, log: "PlanLog", event: "RecordedEvent") -> str:
    """Say which event it is, and where it stands."""
    return session.words(
        "{what} ({on}), event {id} in {place}",
        what=session.words.term(event.type),
        on=session.words.date(event.on),
        id=event.id,
        place=log.store.place(event.position),
    )


def _report(
    session: Session,
    log: "PlanLog",
    found: "RecordedEvent",
    erasure: "RecordedEvent",
    derived: bool,
) -> None:
    words = session.words
    say(words("erased: {event}", event=_named(session, log, found)))
    say(
        words(
            "recorded as event {id} in {place}; the root, proofs and checkpoints stay as they are",
            id=erasure.id,
            place=log.store.place(erasure.position),
        )
    )
    if derived:
        message = words(
            "the event came from a table, and its id was made from what it said: whoever guesses "
            "that text can check the guess by the id"
        )
        say(words("Warning: {message}", message=message))


def _print_traces(
    session: Session,
    log: "PlanLog",
    event: "RecordedEvent",
    line: bytes,
    tellings: "tuple[Telling, ...]",
    sought: tuple[str, ...],
) -> None:
    from planlog.render.traces import Traces, render_traces
    from planlog.traces.commits import commits_holding
    from planlog.traces.files import find
    from planlog.traces.texts import worth_finding

    assert session.location is not None  # it has been read from
    events = events_folder(session.location).absolute()
    forms = (text for one in sought for text in (one, one.lower(), one.upper(), one.title()))
    texts = tuple(dict.fromkeys((*worth_finding(tellings), *forms)))
    files = find(events.parent, line, texts, events)
    own = log.store.place(event.position)
    others = tuple(trace for trace in files.traces if trace.place != own)
    traces = Traces(
        files=attrs.evolve(files, traces=others),
        git=commits_holding(events.parent, line, texts),
        tellings=tellings,
        texts=texts,
    )
    text = render_traces(traces, words=session.words, style=style(session, None))
    deliver(session, text, "table", None)
