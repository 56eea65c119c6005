"""Short histories compared at two points, and what is told of the difference, line by line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from planlog.events import ConferenceHeld, Event, FieldAdded, Proposed, RecordedEvent
from planlog.render.diff import Compared
from planlog.render.naming import Naming
from planlog.render.news import news
from planlog.render.page import Block, Heading, Points
from planlog.timeline import Moment
from planlog.wording import words_for
from tests.diff.points import moment
from tests.render.examples import compared, recorded

__all__ = [
    "SOURCES",
    "START",
    "Log",
    "Said",
    "at",
    "compared",
    "log",
    "naming_of",
    "news_of",
    "sections",
    "told",
]

Log = Sequence[RecordedEvent]


class Said(NamedTuple):
    """An event with where it stands and why; *corrects* is the position of another one."""

    event: Event
    on: str
    source: str | None = "Protokoll"
    reason: str | None = None
    corrects: int | None = None


def log(*said: Said) -> tuple[RecordedEvent, ...]:
    """A log of events, in this order."""
    found: list[RecordedEvent] = []
    for position, (event, on, source, reason, corrects) in enumerate(said):
        target = None if corrects is None else found[corrects].id
        found.append(recorded(position, event, on, source=source, reason=reason, corrects=target))
    return tuple(found)


START = (
    Said(FieldAdded(field="wohnen", title="Wohnen", number="1"), "2020"),
    Said(FieldAdded(field="freizeit", title="Freizeit", number="2"), "2020"),
    Said(Proposed(measure="w-1", title="Mieterrat", field="wohnen", number="1"), "2020"),
    Said(Proposed(measure="w-2", title="Anbau", field="wohnen", number="2"), "2020"),
    Said(Proposed(measure="w-3", title="Lift", field="wohnen", number="3"), "2020"),
    Said(ConferenceHeld(conference="k-1", title="1. Konferenz", kind="conference"), "2021-05-04"),
)
"""Two fields, three measures of one of them, and a conference."""


def at(day: str, events: Log, size: int | None = None) -> Moment:
    """The end of a *day* or the start, as known from all *events* or from the first *size*."""
    where = None if day == "start" else date.fromisoformat(day)
    return moment((where, len(events) if size is None else size))


def naming_of(found: Compared, language: str = "en") -> Naming:
    """How a comparison names things."""
    return Naming.of(found.plans, found.moments, words_for(language), found.diff.changes)


def sections(blocks: Sequence[Block]) -> dict[str, tuple[str, ...]]:
    """The lines under each heading."""
    found: dict[str, tuple[str, ...]] = {}
    heading = ""
    for block in blocks:
        match block:
            case Heading(text):
                heading = text
            case Points(texts):
                found[heading] = tuple(text.replace("\N{NO-BREAK SPACE}", " ") for text in texts)
            case _:
                pass
    return found


def told(
    events: Log,
    before: str = "2020-12-31",
    after: str = "2021-12-31",
    *,
    known: tuple[int, int] | None = None,
    language: str = "en",
    only: str | None = None,
) -> Mapping[str, tuple[str, ...]]:
    """What is new between two days, as known from all events or from so many, by its heading.

    With *only*, the changes of one attribute.
    """
    sizes = known or (len(events), len(events))
    points = [at(day, events, size) for day, size in zip((before, after), sizes, strict=True)]
    found = compared(events, points[0], points[1])
    changes = [one for one in found.diff.changes if only in (None, one.attribute)]
    return sections(list(news(changes, naming_of(found, language), found.events)))


def news_of(
    *said: Said, before: str = "2020-12-31", after: str = "2021-12-31"
) -> Mapping[str, tuple[str, ...]]:
    """What is new after *said* happened to the plan of `START`, without where it stands."""
    found = dict(told(log(*START, *said), before, after))
    found.pop(SOURCES)
    return found


SOURCES = "Sources, reasons and decisions"
