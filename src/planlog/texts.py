"""What an event says in free text, key by key."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from planlog.events import Digest, RecordedEvent, VersionRecorded
from planlog.keys import keys_of
from planlog.mappings import FrozenMapping

_AROUND: Final = ("by", "source", "reason")
"""What is free text beside the data of an event."""

_BOUND: Final = (Digest, FrozenMapping[tuple[str, ...]])
"""Shapes of values that hold texts of a form of their own."""

_HEADINGS: Final = (VersionRecorded, "attributes")
"""The names of what a document states are nobody's text."""


def free_texts(event: RecordedEvent) -> Iterator[tuple[str, str]]:
    """Give every free text of *event* with its key; of an erased one, nothing is left."""
    if event.is_erased:
        return
    cls: type = type(event.event)
    for key in _free_keys(cls):
        match getattr(event.event, key):
            case str() as text:
                yield f"data.{key}", text
            case tuple() as texts:
                yield from ((f"data.{key}", text) for text in texts)
            case FrozenMapping() as pairs:
                yield from ((f"data.{key}.{name}", text) for name, text in pairs.items() if text)
    yield from ((key, text) for key in _AROUND if (text := getattr(event, key)))


@cache
def _free_keys(cls: Any) -> tuple[str, ...]:
    return tuple(
        key.name
        for key in keys_of(cls)
        if key.identifies is None
        and not key.choices
        and key.shape not in _BOUND
        and (cls, key.name) != _HEADINGS
    )
