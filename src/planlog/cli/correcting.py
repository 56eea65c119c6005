"""The command ``correct``: an event anew, with what was wrong in it mended."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from planlog import codec
from planlog.cli import keys
from planlog.cli.command import Argument, Command, Option
from planlog.cli.kinds import EVENT
from planlog.cli.lookup import Lookup
from planlog.cli.meanings import HELP
from planlog.cli.recording import Circumstances, record, recording_options
from planlog.cli.session import Session
from planlog.dates import InexactDate
from planlog.events import Event, NewEvent, RecordedEvent
from planlog.keys import Key, keys_of
from planlog.plan import Votes
from planlog.slots import live_slots, original_of


def command() -> Command:
    """Make the command."""
    return Command(
        "correct",
        _run,
        [
            Argument("event", type=EVENT, help=HELP["event"]),
            Option(
                "--set",
                "assignments",
                metavar="KEY=VALUE",
                multiple=True,
                help="What a key says instead; may be repeated, also to give a list item by item.",
            ),
            Option(
                "--unset",
                "unset",
                metavar="KEY",
                multiple=True,
                help="A key that says nothing any more; may be repeated.",
            ),
            Option(
                "--clear",
                "cleared",
                metavar="KEY",
                multiple=True,
                help="A key that says that there is none (null); may be repeated.",
            ),
            *recording_options(mending=True),
        ],
        about="What is not mentioned stays as the event, with its corrections, has it now: its day "
        "and its source too. The keys are those that planlog log shows; a list may be given as "
        "JSON, what lies deeper by its way, such as attributes.topic or votes.yes. To make it "
        "another type of event, use that type's command with --corrects.",
        examples=(
            'planlog correct 9f3c --set stage=Angeschoben --reason "misread"',
            'planlog correct 9f3c --on 2023-03-15 --reason "the minutes have the day before"',
        ),
    )


def _run(session: Session, event: str, **params: Any) -> None:
    circumstances = Circumstances.taken_from(session, params)

    def build(lookup: Lookup) -> list[NewEvent]:
        recorded = lookup.log.event(event)
        content = _content(recorded, lookup)
        if not any((params["assignments"], params["unset"], params["cleared"], params["on"])):
            session.refuse("say what is corrected: with --set, --unset, --clear or --on")
        return [
            circumstances.of(
                _mended(content.event, params, lookup),
                lookup,
                on=content.on,
                source=content.source,
                corrects=recorded.id,
            )
        ]

    record(session, session.log, circumstances, build)


def _content(event: RecordedEvent, lookup: Lookup) -> RecordedEvent:
    """What stands now in the place that *event* opened or wrote into."""
    events = lookup.log.events()
    original = original_of(events).get(event.id)
    if original is None:
        lookup.session.refuse("event {id} cannot be corrected, only retracted", id=event.id)
    content = {slot.id: slot.content for slot in live_slots(events)}.get(original)
    if content is None:
        lookup.session.refuse(
            "event {id} was taken back; retract the retraction before you correct it", id=event.id
        )
    return content


def _mended(event: Event, params: Mapping[str, Any], lookup: Lookup) -> Event:
    line = json.loads(codec.encode_new(NewEvent(event=event)))
    data: dict[str, Any] = line["data"]
    _assign(data, type(event), params["assignments"], lookup)
    for name in params["unset"]:
        _inside(data, name).pop(name.rpartition(".")[2], None)
    for name in params["cleared"]:
        _inside(data, name)[name.rpartition(".")[2]] = None
    return codec.decode_new(json.dumps(line).encode(), "").event.event


def _assign(
    data: dict[str, Any], cls: type[Event], assignments: Sequence[str], lookup: Lookup
) -> None:
    known = {key.name: key for key in keys_of(cls)}
    lists: dict[str, list[str]] = {}
    for assignment in assignments:
        name, separator, text = assignment.partition("=")
        if not separator:
            lookup.session.refuse(
                "expected KEY=VALUE, got {value!r}", about="--set", value=assignment
            )
        key = known.get(name)
        if key is not None and key.many and not text.startswith("["):
            lists.setdefault(name, []).append(text)
            data[name] = list(keys.value(key, lists[name], lookup))
        else:
            _inside(data, name)[name.rpartition(".")[2]] = _value(name, key, text, lookup)


def _value(name: str, key: Key | None, text: str, lookup: Lookup) -> Any:
    """What *text* stands for; where it stands for nothing the codec tells what was expected."""
    if key is None:
        counts = name.startswith("votes.") and text.isascii() and text.isdigit()
        return int(text) if counts and len(text) < 16 else text
    if text.startswith(("[", "{")) and key.shape is not str:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            lookup.session.refuse("expected JSON, got {value!r}", about="--set", value=text)
    if key.shape is Votes:
        vote = keys.votes(text, "--set", lookup)
        return {"yes": vote.yes, "no": vote.no, "abstain": vote.abstain}
    if key.shape is InexactDate:
        return lookup.day(text, "--set").text
    return keys.value(key, text, lookup) if key.identifies else text


def _inside(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The object that the last part of *name* is, or would be, a key of."""
    stem, dot, _ = name.rpartition(".")
    if not dot:
        return data
    inner = data.get(stem)
    if not isinstance(inner, dict):
        inner = data[stem] = {}
    return inner
