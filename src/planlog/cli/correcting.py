"""The command ``correct``: an event anew, with what was wrong in it mended."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NoReturn

from planlog import codec
from planlog.cli import keys
from planlog.cli.command import Argument, Command, Option
from planlog.cli.kinds import EVENT
from planlog.cli.lookup import Lookup
from planlog.cli.meanings import HELP
from planlog.cli.recording import Circumstances, record, recording_options
from planlog.cli.session import Session
from planlog.cli.verbs import VERBS
from planlog.codec.json import parse, unpaired
from planlog.dates import InexactDate
from planlog.errors import UnknownReferenceError
from planlog.events import About, Event, NewEvent, RecordedEvent
from planlog.keys import Key, keys_of
from planlog.plan import Votes
from planlog.slots import erased_slots, live_slots, original_of

_KINDS: Final = frozenset(key.name for key in keys_of(About))


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
        what = ("assignments", "unset", "cleared", "on")
        if not any(params[name] for name in what) and params["source"] is None:
            session.refuse("say what is corrected: with --set, --unset, --clear, --on or --source")
        mended = _mended(content.event, params, lookup)
        return [circumstances.of(mended, lookup, mended=content, corrects=recorded.id)]

    record(session, session.log, circumstances, build)


def _content(event: RecordedEvent, lookup: Lookup) -> RecordedEvent:
    """What stands now in the place that *event* opened or wrote into."""
    events = lookup.log.events(stop=lookup.plan.known.size)
    original = original_of(events).get(event.id)
    if original is None:
        lookup.session.refuse("event {id} cannot be corrected, only retracted", id=event.id)
    content = {slot.id: slot.content for slot in live_slots(events)}.get(original)
    gone = {slot.id: slot.content for slot in erased_slots(events)}.get(original)
    if gone is not None:
        _refuse_erased(event, gone, lookup.session)
    if content is None:
        lookup.session.refuse(
            "event {id} was taken back; retract the retraction before you correct it", id=event.id
        )
    return content


def _refuse_erased(event: RecordedEvent, gone: RecordedEvent, session: Session) -> NoReturn:
    """Say how to fill a place of which nobody knows what it held."""
    verb = next((name for name, verb in VERBS.items() if gone.type == verb.event.TYPE), "…")
    session.refuse(
        "the text of event {id} was erased: there is nothing left to correct; to fill its place, "
        "record what happened with --corrects, such as: planlog {verb} … --corrects {id} "
        "--reason …",
        id=event.id,
        verb=verb,
    )


def _mended(event: Event, params: Mapping[str, Any], lookup: Lookup) -> Event:
    line = json.loads(codec.encode_new(NewEvent(event=event)))
    data: dict[str, Any] = line["data"]
    _assign(data, type(event), params["assignments"], lookup)
    for name in params["unset"]:
        _unset(data, name, lookup)
    for name in params["cleared"]:
        inner, last = _inside(data, name)
        inner[last] = None
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
            inner, last = _inside(data, name)
            inner[last] = _value(name, known, text, lookup)


def _unset(data: dict[str, Any], name: str, lookup: Lookup) -> None:
    """Take away what *name* leads to, and an object that is left without anything in it."""
    there = list(_ways(data))
    if name not in there:
        lookup.session.refuse(
            "the event has no {name!r}; it has: {there}",
            about="--unset",
            name=name,
            there=", ".join(there),
        )
    stem, _, _ = name.partition(".")
    inner, last = _inside(data, name)
    del inner[last]
    if not inner and inner is not data:
        del data[stem]


def _ways(data: Mapping[str, Any]) -> Iterator[str]:
    """The names of all that stands in *data*: its keys, and what lies within them."""
    for name, value in data.items():
        yield name
        if isinstance(value, dict):
            yield from (f"{name}.{inner}" for inner in value)


def _value(name: str, known: Mapping[str, Key], text: str, lookup: Lookup) -> Any:
    """What *text* stands for; where it stands for nothing the codec tells what was expected."""
    key = known.get(name)
    if key is None:
        stem, _, last = name.partition(".")
        if stem == "about" and stem in known and last in _KINDS:
            return keys.named_one(last, text, lookup)
        counts = stem == "votes" and text.isascii() and text.isdigit()
        return int(text) if counts and len(text) < 16 else text
    if text.startswith(("[", "{")) and key.shape is not str:
        found = _json(name, text, lookup)
        listed = key.many and key.identifies is not None and isinstance(found, list)
        return [_resolved(key, item, lookup) for item in found] if listed else found
    if key.shape is Votes:
        vote = keys.votes(text, "--set", lookup)
        return {"yes": vote.yes, "no": vote.no, "abstain": vote.abstain}
    if key.shape is InexactDate:
        return lookup.day(text, "--set").text
    return _resolved(key, text, lookup)


def _resolved(key: Key, value: Any, lookup: Lookup) -> Any:
    """The id of what a text refers to; where *key* introduces it, it may be a new plain id."""
    if key.identifies is None or not isinstance(value, str):
        return value
    try:
        return keys.named_one(key.identifies.kind, value, lookup)
    except UnknownReferenceError:
        if key.identifies.introduces and "/" not in value:
            return value
        raise


def _json(name: str, text: str, lookup: Lookup) -> Any:
    """Read JSON as strictly as a line of the log: a key that stands twice is never mended."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        lookup.session.refuse("expected JSON, got {value!r}", about="--set", value=text)
    (pair,) = parse(f'{{"value":{text}}}'.encode(errors="surrogatepass"))
    unpaired(pair[1], f"data.{name}")
    return found


def _inside(data: dict[str, Any], name: str) -> tuple[dict[str, Any], str]:
    """The object that *name* leads into, made where it is not there, and the key within it.

    Nothing lies deeper than that: a second full stop is part of the key.
    """
    stem, dot, last = name.partition(".")
    if not dot:
        return data, name
    inner = data.get(stem)
    if not isinstance(inner, dict):
        inner = data[stem] = {}
    return inner, last
