"""What an event names, and whether the log has it."""

from collections.abc import Iterable, Iterator
from functools import cache

import attrs

from planlog.errors import Flaw
from planlog.events import (
    TYPES,
    About,
    Erased,
    Event,
    Kind,
    NewEvent,
    Proposed,
    RecordedEvent,
    Retracted,
    VersionRecorded,
)
from planlog.keys import keys_of
from planlog.values import Value


@attrs.frozen(repr=False)
class Reference(Value):
    """One id that an event names: of what kind, under which key, and whether it brings it in."""

    kind: Kind
    id: str
    key: str
    introduces: bool


def references(event: Event) -> Iterator[Reference]:
    """Tell everything that *event* names by its id."""
    yield from _named(event, "data")
    if isinstance(event, VersionRecorded):
        for id in event.measures or ():
            yield Reference("measure", id, f"data.measures.{id}", introduces=False)


def _named(value: Event | About, place: str) -> Iterator[Reference]:
    for key in keys_of(type(value)):
        given = getattr(value, key.name)
        where = f"{place}.{key.name}"
        if isinstance(given, About):
            yield from _named(given, where)
        elif key.identifies is not None and isinstance(given, tuple):
            for index, id in enumerate(given):
                yield Reference(key.identifies.kind, id, f"{where}[{index}]", introduces=False)
        elif key.identifies is not None and isinstance(given, str):
            yield Reference(key.identifies.kind, given, where, introduces=key.identifies.introduces)


def named_by(event: Erased) -> dict[Kind, tuple[str, ...]]:
    """Tell the ids that an erased line named, by what they are the ids of."""
    return {
        "measure": event.measures or (),
        "field": event.fields or (),
        "goal": event.goals or (),
        "conference": event.conferences or (),
        "version": event.versions or (),
    }


def with_names(said: Erased, event: Event) -> Erased:
    """Return *said* with the ids that *event* names, for `named_by` to tell."""

    def named(kind: Kind) -> tuple[str, ...] | None:
        found = (one.id for one in references(event) if one.kind == kind)
        return tuple(dict.fromkeys(found)) or None

    return attrs.evolve(
        said,
        measures=named("measure"),
        fields=named("field"),
        goals=named("goal"),
        conferences=named("conference"),
        versions=named("version"),
    )


@cache
def _introducing(word: str) -> tuple[tuple[Kind, str], ...]:
    """The keys of a type of events under which it brings something in, and of what kind."""
    return tuple(
        (key.identifies.kind, key.name)
        for key in keys_of(TYPES[word])
        if key.identifies is not None and key.identifies.introduces
    )


class Registry:
    """What a log has by now: everything that some event brought in, and every event."""

    def __init__(self, events: Iterable[RecordedEvent] = ()) -> None:
        """Take in *events*."""
        self.ids: dict[Kind, set[str]] = {
            kind: set() for kind in ("measure", "field", "goal", "conference", "version", "event")
        }
        self._fixed: dict[str, Event] = {}
        self._untold: set[Kind] = set()
        events = tuple(events)
        for event in events:
            self.add(event.id, event.event)
        if self._untold:
            self._add_named(events)

    def copy(self) -> "Registry":
        """Return another that has the same, and can take in more by itself."""
        other = Registry()
        other.ids = {kind: set(ids) for kind, ids in self.ids.items()}
        other._fixed = dict(self._fixed)
        other._untold = set(self._untold)
        return other

    def add(self, id: str, event: Event) -> None:
        """Take in one event and what it introduces."""
        self.ids["event"].add(id)
        if isinstance(event, Erased) and event.event == id:
            self._add_erased(id, event)
            return
        if isinstance(event, Retracted | Erased):
            self._fixed[id] = event
        for kind, name in _introducing(event.TYPE):
            self.ids[kind].add(getattr(event, name))

    def _add_erased(self, id: str, event: Erased) -> None:
        """Take in a line that was erased: what it introduced is still there, and so is its place.

        Its place can be filled anew by a correction, or emptied by a retraction.
        """
        if event.type == Retracted.TYPE:
            self._fixed[id] = Retracted(event=event.target or id)
        for kind, _ in _introducing(event.type):
            named = named_by(event)[kind]
            self.ids[kind].update(named)
            if not named:
                self._untold.add(kind)

    def _add_named(self, events: Iterable[RecordedEvent]) -> None:
        """Take in what *events* name where nobody knows any more what an erased line brought in.

        They could only be recorded because it was there.
        """
        for event in events:
            for reference in references(event.event):
                if reference.kind in self._untold:
                    self.ids[reference.kind].add(reference.id)

    def flaws(self, event: NewEvent) -> list[Flaw]:
        """Tell why *event* can never make sense in this log: every reason, none if it can."""
        found = [
            self._unknown(reference)
            for reference in references(event.event)
            if not reference.introduces and reference.id not in self.ids[reference.kind]
        ]
        found += self._clashes(event.event)
        if isinstance(event.event, Proposed):
            found += self._untitled(event.event)
        if event.corrects is not None:
            found += self._uncorrectable(event.corrects)
        if isinstance(event.event, Retracted):
            found += self._unretractable(event.event.event)
        return found

    def _unknown(self, reference: Reference) -> Flaw:
        from difflib import get_close_matches  # for refusals only

        near = get_close_matches(reference.id, self.ids[reference.kind], n=1)
        return Flaw(
            "unknown-reference",
            "no {kind} {id!r} in this log; did you mean {near!r}?"
            if near
            else "no {kind} {id!r} in this log; record it first",
            {"kind": reference.kind, "id": reference.id, "near": "".join(near)},
            key=reference.key,
        )

    def _untitled(self, event: Proposed) -> Iterator[Flaw]:
        if event.title is None and event.measure not in self.ids["measure"]:
            yield Flaw(
                "untitled-measure",
                "{id!r} is new to this log and needs a title",
                {"id": event.measure},
                key="data.title",
            )

    def _clashes(self, event: Event) -> Iterator[Flaw]:
        """Conferences and versions share one namespace: points name both."""
        others: dict[Kind, Kind] = {"conference": "version", "version": "conference"}
        for reference in references(event):
            other = others.get(reference.kind)
            if reference.introduces and other and reference.id in self.ids[other]:
                yield Flaw(
                    "taken-name",
                    "{id!r} is the id of a {kind} already; choose another",
                    {"id": reference.id, "kind": other},
                    key=reference.key,
                )

    def _uncorrectable(self, target: str) -> Iterator[Flaw]:
        if target not in self.ids["event"]:
            yield self._unknown(Reference("event", target, "corrects", introduces=False))
        elif target in self._fixed:
            yield Flaw(
                "not-correctable",
                "{id!r} is a retraction or an erasure, which cannot be corrected; retract it",
                {"id": target},
                key="corrects",
            )

    def _unretractable(self, target: str) -> Iterator[Flaw]:
        if isinstance(self._fixed.get(target), Erased):
            yield Flaw(
                "not-retractable",
                "{id!r} records an erasure, which cannot be taken back",
                {"id": target},
                key="data.event",
            )
