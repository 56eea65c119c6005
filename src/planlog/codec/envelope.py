"""The keys around the ``data`` of an event: what each may be, and the rules among them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from planlog.codec.flaws import flaw, nearest, refused
from planlog.codec.json import Document
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
