"""The keys around the ``data`` of an event: what each may be, and the rules among them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from planlog.codec.flaws import flaw, nearest, refused, shown
from planlog.codec.json import Document, Pairs
from planlog.codec.values import (
    Hook,
    event_id,
    inexact_date,
    salt,
    statement,
    text,
    timestamp,
)
from planlog.errors import Flaw
from planlog.events import FORMAT, TYPES, Erased, Retracted

_ERASABLE: Final = tuple(word for word in TYPES if word != Erased.TYPE)


def broken_rules(document: Document) -> Iterator[Flaw]:
    """Tell what is wrong with the keys of a line taken together."""
    corrects = "corrects" in document
    kind = document.get("type")
    if corrects and kind in (Retracted.TYPE, Erased.TYPE):
        yield flaw("uncorrecting-type", ".corrects", type=kind)
    if corrects or kind == Retracted.TYPE:
        reason = document.get("reason", "")
        if type(reason) is str and not reason.strip():
            yield flaw("missing-reason", ".reason")
    if kind == Erased.TYPE and type(document.get("data")) is tuple:
        yield from _broken_in_erasure(document.get("id"), document["data"])


def _broken_in_erasure(id: Any, data: Pairs) -> Iterator[Flaw]:
    """Tell what no erasure can say, though each key by itself is sound."""
    for name, value in data:
        if name == "event" and value == id:
            yield flaw("self-erasure", ".data.event")
        if name == "type" and type(value) is str and value not in _ERASABLE:
            yield flaw("unknown-type", ".data.type", value=shown(value), known=", ".join(_ERASABLE))


def format_version(value: Any) -> int:
    """Take the version of today's format."""
    if type(value) is int and value == FORMAT:
        return value
    raise refused("unknown-format", value, newest=FORMAT)


def event_type(value: Any) -> str:
    """Take the word for a type of event."""
    if type(value) is str:
        if value in TYPES:
            return value
        if near := nearest(value, TYPES):
            raise refused("misspelt-type", value, nearest=near)
    raise refused("unknown-type", value, known=", ".join(TYPES))


HOOKS: Final[Mapping[str, Hook]] = {
    "v": format_version,
    "id": event_id,
    "type": event_type,
    "on": inexact_date,
    "recorded": timestamp,
    "by": statement,
    "source": text,
    "reason": text,
    "corrects": event_id,
    "salt": salt,
}
"""What each key may be; ``data`` depends on ``type``."""
