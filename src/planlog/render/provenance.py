"""What a value rests on: the event that gave it, who recorded it, and where it was decided."""

from collections.abc import Iterator
from typing import Any, Final

from planlog.audit import Origin
from planlog.render.happenings import ID_DIGITS
from planlog.render.objects import Object, plain
from planlog.render.tables import Cell, Part
from planlog.render.telling import Telling

COLUMNS: Final = (
    "on",
    "type",
    "by",
    "source",
    "reason",
    "event",
    "original",
    "recorded",
    "decision",
    "decided_on",
    "conference",
    "outcome",
)
"""What the CSV says of an origin: the event and the original it corrects, and the decision."""


class Provenance:
    """Tells origins on a page: each in full where it is first met, then by its event's id."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._told: set[object] = set()

    def told(self, origin: Origin, *, dated: bool = True) -> Cell:
        """Tell an origin, with the date of its event unless that stands elsewhere."""
        words, event, decided = self._telling.words, origin.event, origin.decision
        again = [Part(words("event {id}, as above", id=event.id[:ID_DIGITS]))]
        parts = again if event.id in self._told else [*self._event(origin, dated)]
        if decided is not None and (event.id, decided.event) not in self._told:
            told = self._telling.decision(decided)
            parts.append(Part(words("decision: {decision}", decision=told), mark="– "))
            self._told.add((event.id, decided.event))
        self._told.add(event.id)
        return tuple(parts)

    def _event(self, origin: Origin, dated: bool) -> Iterator[Part]:
        words, event = self._telling.words, origin.event
        told = words("{type} (event {id})", type=words.term(event.type), id=event.id[:ID_DIGITS])
        yield Part(f"{words.date(event.on)}: {told}" if dated else told)
        if origin.corrected:
            yield Part(words("corrects {id}", id=origin.id[:ID_DIGITS]), mark="– ")
        if event.reason:
            yield Part(words("reason: {reason}", reason=event.reason), mark="– ")
        recorded = words(
            "recorded on {day} by {by}", day=words.date(event.recorded.date()), by=event.by
        )
        yield Part(f"{event.source}; {recorded}" if event.source else recorded, "quiet", mark="– ")


def origin_object(origin: Origin) -> Object:
    """An origin as it stands in JSON: *original* is the event that was corrected, or itself."""
    event = origin.event
    return {
        "on": event.on.text,
        "type": event.type,
        "by": event.by,
        "source": event.source,
        "reason": event.reason,
        "event": event.id,
        "original": origin.id,
        "recorded": plain(event.recorded),
        "decision": plain(origin.decision),
    }


def origin_cells(origin: Origin | None) -> tuple[Any, ...]:
    """What stands in the columns of the CSV."""
    if origin is None:
        return (None,) * len(COLUMNS)
    event, decided = origin.event, origin.decision
    return (
        event.on.text,
        event.type,
        event.by,
        event.source,
        event.reason,
        event.id,
        origin.id,
        plain(event.recorded),
        *(
            (None,) * 4
            if decided is None
            else (decided.event, decided.on.text, decided.conference, decided.outcome)
        ),
    )
