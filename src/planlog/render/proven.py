"""One event by itself, told in full to somebody who sees nothing else of the log."""

import json
from collections.abc import Iterator
from typing import Any

from planlog.codec import line_of
from planlog.dates import format_timestamp
from planlog.events import RecordedEvent
from planlog.render.page import Facts
from planlog.render.tables import Cell, Part, cell
from planlog.wording import Words


def told_in_full(event: RecordedEvent, words: Words) -> Facts:
    """Tell everything that the line of *event* says, whatever a plan would make of it."""
    return Facts(tuple(_facts(event, words)))


def _facts(event: RecordedEvent, words: Words) -> Iterator[tuple[str, Cell]]:
    yield words("Event"), cell(event.id)
    yield words("What happened"), cell(words.term(event.type))
    yield words("Date"), cell(words.date(event.on))
    recorded = words("{day} by {by}", day=format_timestamp(event.recorded), by=event.by)
    yield _label("recorded", words), cell(recorded)
    if event.source:
        yield _label("source", words), cell(event.source)
    if event.reason:
        yield _label("reason", words), cell(event.reason)
    if event.corrects:
        yield words("Corrections"), cell(words("corrects {id}", id=event.corrects))
    for name, value in line_of(event)["data"].items():
        yield _label(name, words), _value(value)


def _label(name: str, words: Words) -> str:
    said = words.term(name)
    return said[:1].upper() + said[1:]


def _value(value: Any) -> Cell:
    """A text as it stands, a list of texts item by item, and anything else as in the file."""
    match value:
        case str():
            return cell(value)
        case [str(), *_] if all(isinstance(one, str) for one in value):
            return tuple(Part(one, mark="– ") for one in value)
        case _:
            return cell(json.dumps(value, ensure_ascii=False))
