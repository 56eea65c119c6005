"""Logs with events that came from documents, told like the tables they stand for."""

from collections.abc import Iterable

import attrs
from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.documents import derived_id
from planlog.errors import TableError
from planlog.events import (
    Amended,
    Decided,
    Event,
    Prioritized,
    Rated,
    RecordedEvent,
    Started,
    VersionRecorded,
)
from planlog.testing.logs import logs
from tests.histories import Entry, recorded
from tests.versions.documents import sequences

STATING = ("title", "phase", "stage", "rank")


@attrs.frozen
class Stated:
    """What a document of one day says, as the events that tell it."""

    on: str
    events: tuple[Event, ...]

    @property
    def version(self) -> str:
        """The id of the document's version."""
        return f"plan-{self.on}"


def stated(on: str, *events: Event, stating: tuple[str, ...] = STATING) -> Stated:
    """A document of one day was imported: *events*, and that it stated the whole plan."""
    version = VersionRecorded(version=f"plan-{on}", coverage="complete", attributes=stating)
    return Stated(on, (*events, version))


def restated(on: str, *events: Event) -> Stated:
    """What a document of one day had said was set again by *events*, as an older one came in."""
    return Stated(on, events)


def mixed(*parts: Entry | Stated) -> tuple[RecordedEvent, ...]:
    """A log of what was recorded by hand, and of what documents say."""
    found: list[RecordedEvent] = []
    for part in parts:
        if isinstance(part, Stated):
            for event in part.events:
                found.append(_of_document(found, part, event))
        else:
            found.append(recorded(len(found), *part))
    return tuple(found)


def _of_document(before: Iterable[RecordedEvent], said: Stated, event: Event) -> RecordedEvent:
    there = list(before)
    on = InexactDate.parse(said.on)
    ids = (derived_id(said.version, None, on, event, number) for number in range(9))
    taken = {one.id for one in there}
    return attrs.evolve(
        recorded(len(there), event, said.on), id=next(id for id in ids if id not in taken)
    )


@st.composite
def mixtures(draw: st.DrawFn) -> tuple[RecordedEvent, ...]:
    """A random log into which versions were imported, with events recorded by hand in between."""
    events: list[RecordedEvent] = []
    for document in draw(st.permutations(draw(sequences()))):
        for one in draw(logs(most=2, classes=_BY_HAND, corrections=False)) if events else ():
            events.append(recorded(len(events), one.event, one.on.text))
        try:
            proposal = document.proposed(events)
        except TableError:  # it contradicts what is there
            continue
        for new in proposal.events:
            made = recorded(len(events), new.event, str(new.on))
            events.append(attrs.evolve(made, id=new.id or made.id))
    return tuple(events)


_BY_HAND = (Started, Amended, Rated, Prioritized, Decided)
