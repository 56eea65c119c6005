"""The command ``schema``: what a line may hold, as a JSON Schema made from the events."""

import json
from datetime import datetime
from typing import Any, Final

from planlog.cli.command import Command
from planlog.cli.output import deliver
from planlog.cli.reading import output_option
from planlog.cli.session import Session
from planlog.codec import MAX_LINE
from planlog.dates import InexactDate
from planlog.events import EVENT_CLASSES, FORMAT, About, Digest, Event, Kind, Texts
from planlog.keys import Key, keys_of
from planlog.mappings import FrozenMapping
from planlog.plan import Votes

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_EVENT_ID: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
_ID: Final[Schema] = {"type": "string", "minLength": 1, "maxLength": 200}
_NAME: Final[Schema] = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
_DAY: Final = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
_DATE: Final[Schema] = {"type": "string", "pattern": f"^{_DAY}(/{_DAY})?$"}
_TIMESTAMP: Final[Schema] = {"type": "string", "pattern": "^[0-9-]{10}T[0-9:]{8}Z$"}

_IDS: Final[dict[Kind, Schema]] = {
    "measure": _ID,
    "field": _ID,
    "goal": _ID,
    "conference": _NAME,
    "version": _NAME,
    "event": _EVENT_ID,
}
_SHAPES: Final[tuple[tuple[object, Schema], ...]] = (
    (str, _TEXT),
    (int, {"type": "integer", "minimum": 0}),
    (Texts, _TEXTS),
    (InexactDate, _DATE),
    (datetime, _TIMESTAMP),
    (Digest, {"type": "string", "pattern": "^[0-9a-f]{64}$"}),
    (FrozenMapping[str], {"type": "object", "additionalProperties": _TEXT}),
    (
        FrozenMapping[str | None],
        {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
    ),
    (FrozenMapping[Texts], {"type": "object", "additionalProperties": _TEXTS}),
)
_AROUND: Final[Schema] = {
    "v": {"const": FORMAT},
    "id": _EVENT_ID,
    "type": _TEXT,
    "on": _DATE,
    "recorded": _TIMESTAMP,
    "by": {"type": "string", "minLength": 1},
    "source": _TEXT,
    "reason": _TEXT,
    "corrects": _EVENT_ID,
    "data": {"type": "object"},
    "salt": {"type": "string", "pattern": "^[A-Za-z0-9_-]{21}[AQgw]$"},
}
_OPTIONAL: Final = ("source", "reason", "corrects")


def command() -> Command:
    """Make the command."""
    return Command(
        "schema",
        _run,
        [output_option()],
        about="It describes a line of the log. What planlog record takes may lack v, id, on, by, "
        "recorded and salt; the last two it must lack, unless the log has the event already.",
        examples=("planlog schema -o event.schema.json",),
    )


def _run(session: Session, output: str | None) -> None:
    text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
    deliver(session, text, "json", output)


def schema() -> Schema:
    """Return the JSON Schema of a line."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An event of a planlog log",
        "$comment": f"On one line of at most {MAX_LINE} bytes, keys in this order.",
        "type": "object",
        "properties": _AROUND,
        "required": [name for name in _AROUND if name not in _OPTIONAL],
        "additionalProperties": False,
        "oneOf": [_of_type(cls) for cls in EVENT_CLASSES],
    }


def _of_type(cls: type[Event]) -> Schema:
    return {
        "description": (cls.__doc__ or "").partition("\n")[0],
        "properties": {"type": {"const": cls.TYPE}, "data": _object(cls)},
    }


def _object(cls: type) -> Schema:
    keys = keys_of(cls)
    found: Schema = {
        "type": "object",
        "properties": {key.name: _value(key) for key in keys},
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }
    return {**found, "minProperties": 1, "maxProperties": 1} if cls is About else found


def _value(key: Key) -> Schema:
    found = _plain(key)
    return {"anyOf": [found, {"type": "null"}]} if key.nullable else found


def _plain(key: Key) -> Schema:
    if key.choices:
        return {"enum": list(key.choices)}
    if key.identifies is not None:
        one = _IDS[key.identifies.kind]
        return {"type": "array", "items": one, "uniqueItems": True} if key.many else one
    if isinstance(key.shape, type) and key.shape in (Votes, About):
        return _object(key.shape)
    return next(found for shape, found in _SHAPES if shape == key.shape)
