"""Events to lines of a log."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Final

import attrs

from planlog.codec.flaws import flaw, refusal, shown, with_whole_keys
from planlog.codec.json import MAX_LINE, Document
from planlog.codec.structure import recorded_event
from planlog.codec.tombstones import tombstone_line
from planlog.dates import SOME_DAY, InexactDate, format_timestamp
from planlog.errors import Flaw, InvalidEventError
from planlog.events import EVENT_CLASSES, FORMAT, UNSET, About, Erased, NewEvent, RecordedEvent
from planlog.keys import keys_of
from planlog.mappings import FrozenMapping
from planlog.plan import Votes
from planlog.values import Value

MakeObject = Callable[[Iterable[tuple[str, Any]]], Any]
"""Makes a JSON object of its pairs: a dictionary for writing, a tuple for checking."""

KEYS: Final = (
    "v",
    "id",
    "type",
    "on",
    "recorded",
    "by",
    "source",
    "reason",
    "corrects",
    "data",
    "salt",
)
"""The keys of a line, in their order."""

EVENT_COLUMNS: Final = ("position", *(key for key in KEYS if key not in ("v", "salt")))
"""What stands in a table of events; what the type needs is in the last, as JSON."""

_REQUIRED: Final = object()
_OBJECTS: Final = {*EVENT_CLASSES, About, Votes}

_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
)


# All events of a batch have the same.
_timestamp = lru_cache(maxsize=16)(format_timestamp)


def encode(event: RecordedEvent) -> bytes:
    """Return the line, without the line feed, that holds a valid *event* in today's format.

    Of an erased one it is the mark that stays, which names where the line once stood. Raises
    `InvalidEventError` where it would be too long.
    """
    if isinstance(event.event, Erased) and event.is_erased:
        return tombstone_line(event.event.leaf, event.event.position)
    return _line(dict(_pairs(event, dict, event.recorded, event.salt)))


def line_of(event: RecordedEvent) -> dict[str, Any]:
    """Return *event* by the keys of its line, with its position; what is absent there is `None`.

    Of an erased one there is what is left, and in ``data`` the leaf that its line had.
    """
    line = _left(event) if event.is_erased else json.loads(encode(event))
    return {"position": event.position, **{key: line.get(key) for key in KEYS}}


def _left(event: RecordedEvent) -> dict[str, Any]:
    assert isinstance(event.event, Erased)
    known = dict(_pairs(event, dict, event.recorded))
    told = {name: known.get(name) for name in ("id", "recorded", "corrects")}
    day = None if event.on == SOME_DAY else event.on.text
    return {**told, "type": event.type, "on": day, "data": {"erased": event.event.leaf}}


def encode_new(event: NewEvent) -> bytes:
    """Return a line that hands a valid *event* in from outside: `decode_new` reads it back."""
    return _line(dict(_pairs(event, dict)))


def validate(event: RecordedEvent) -> None:
    """Check that *event* can be written, and that it reads back as it is.

    Nothing is coerced. Raises `InvalidEventError` with every flaw.
    """
    if type(event.event) not in EVENT_CLASSES:
        raise refusal("not-an-event", "data", value=shown(event.event))
    pairs = tuple(_pairs(event, tuple, event.recorded, event.salt))
    try:
        again = recorded_event(pairs, event.position)
        if again is None:
            from planlog.codec import detail  # cattrs takes its time to load

            again = detail.recorded_event(pairs, event.position)
        if again != event:
            raise InvalidEventError(tuple(_differences(event, again)))
        encode(event)
    except InvalidEventError as error:
        raise InvalidEventError(with_whole_keys(error.flaws)) from None


def _differences(event: RecordedEvent, again: RecordedEvent) -> Iterator[Flaw]:
    for attribute in attrs.fields(RecordedEvent):
        if attribute.name != "event":
            yield from _difference(f".{attribute.name}", attribute.name, event, again)
    for key in keys_of(type(event.event)):
        yield from _difference(f".data.{key.name}", key.name, event.event, again.event)


def _difference(way: str, name: str, one: object, other: object) -> Iterator[Flaw]:
    value = getattr(one, name)
    if value != getattr(other, name):
        yield flaw("unfaithful", way, value=shown(value))


def _line(document: Document) -> bytes:
    line = _ENCODER.encode(document).encode()
    if len(line) > MAX_LINE:
        raise refusal("too-long", limit=MAX_LINE, length=len(line))
    return line


def _pairs(
    event: RecordedEvent | NewEvent,
    make: MakeObject,
    recorded: datetime | None = None,
    salt: str | None = None,
) -> Iterator[tuple[str, Any]]:
    around = {
        "v": FORMAT,
        "id": event.id,
        "type": event.event.TYPE,
        "on": event.on,
        "recorded": recorded,
        "by": event.by,
        "source": event.source,
        "reason": event.reason,
        "corrects": event.corrects,
        "data": event.event,
        "salt": salt,
    }
    return ((name, _plain(value, make)) for name, value in around.items() if value is not None)


def _plain(value: Any, make: MakeObject) -> Any:
    """What stands in JSON for *value*; what cannot stay as it is, stays, for `validate` to tell."""
    if type(value) is str:
        return value
    match value:
        case InexactDate():
            return value.text
        case datetime():
            return _timestamp(value)
        case Value() if type(value) in _OBJECTS:
            return make(_attributes(value, make))
        case tuple():
            return list(value)
        case FrozenMapping():
            return make((key, _plain(item, make)) for key, item in value.items())
        case _:
            return value


def _attributes(value: Any, make: MakeObject) -> Iterator[tuple[str, Any]]:
    cls: type = type(value)
    for name, absent in _absences(cls):
        item = getattr(value, name)
        if item is not absent:
            yield name, _plain(item, make)


@cache
def _absences(cls: type) -> tuple[tuple[str, object], ...]:
    """Each key's name, and the value that stands for its absence."""
    return tuple(
        (key.name, _REQUIRED if key.required else UNSET if key.nullable else None)
        for key in keys_of(cls)
    )
