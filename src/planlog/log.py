"""`PlanLog`: a store, the codec and the pure core joined; what users open."""

import gc
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import attrs

from planlog import audit, checks, codec, timeline
from planlog.admission import admit, drafted, placed
from planlog.dates import InexactDate, Point
from planlog.errors import (
    AmbiguousReferenceError,
    ConflictError,
    DuplicateIdError,
    UnknownReferenceError,
)
from planlog.events import Event, NewEvent, RecordedEvent
from planlog.plan import Plan
from planlog.possible import Possibilities, possible
from planlog.references import Registry
from planlog.slots import Slot, live_slots
from planlog.stores import EventStore
from planlog.timeline import Moment

Clock = Callable[[], datetime]
"""Tells the present moment, aware of its time zone."""

AnyPoint = Point | str | date | None
"""A point in two times: as a value, as a text ``AT[@KNOWN]``, a day, or today."""

_MOST_TRIES = 100
"""How often a write without an expected size begins anew because somebody else was first."""


class OverriddenWarning(UserWarning):
    """An inexact event was recorded that an exact one within its own interval overrides."""

    def __init__(self, finding: checks.Finding) -> None:
        """Keep the *finding*."""
        super().__init__(str(finding))
        self.finding = finding


def system_clock() -> datetime:
    """Tell the present moment."""
    return datetime.now(UTC)


class PlanLog:
    """The history of one plan: records events, and rebuilds the plan at any point.

    May be shared between threads. It notices by itself what others append to the same store.
    """

    def __init__(self, store: EventStore, *, clock: Clock = system_clock) -> None:
        """Read and write through *store*; *clock* tells when something is recorded."""
        self.store = store
        self._clock = clock
        self._lock = threading.RLock()
        self._events: list[RecordedEvent] = []
        self._by_id: dict[str, RecordedEvent] = {}
        self._registry: Registry | None = None
        self._last: list[bytes] = []
        self._slots: tuple[RecordedEvent, list[Slot]] | None = None

    @classmethod
    def open(cls, location: str | Path, *, clock: Clock = system_clock) -> "PlanLog":
        """Open the log in a plan's folder, or in its ``events`` folder.

        Raises `LogNotFoundError` where there is none.
        """
        from planlog.stores.folder import FolderStore

        return cls(FolderStore.open(Path(location)), clock=clock)

    @classmethod
    def create(cls, location: str | Path, *, clock: Clock = system_clock) -> "PlanLog":
        """Begin an empty log in a plan's folder, or in its ``events`` folder.

        Raises `LogExistsError` where there is one.
        """
        from planlog.stores.folder import FolderStore

        return cls(FolderStore.create(Path(location)), clock=clock)

    # Reading

    @property
    def size(self) -> int:
        """How many events there are."""
        return len(self._read())

    def events(self, start: int = 0, stop: int | None = None) -> tuple[RecordedEvent, ...]:
        """Return the recorded events from position *start* up to before *stop*."""
        return tuple(self._read()[start:stop])

    def event(self, beginning: str) -> RecordedEvent:
        """Return the event whose id begins with *beginning*.

        Raises `UnknownReferenceError` where no id does, `AmbiguousReferenceError` where several do.
        """
        found = [event for event in self._read() if beginning and event.id.startswith(beginning)]
        if not found:
            raise UnknownReferenceError("event", beginning)
        if len(found) > 1:
            listing = tuple((event.id, f"{event.type} {event.on}") for event in found)
            raise AmbiguousReferenceError("event", beginning, listing)
        return found[0]

    def moment(self, point: AnyPoint = None) -> Moment:
        """Tell what *point* means in this log.

        Raises `PointError`, `UnknownNameError`, `SizeError`.
        """
        return self._moment(point, self._read())

    def plan(self, point: AnyPoint = None) -> Plan:
        """Return the plan at *point* (absent: today, with all that is known).

        Raises `PointError`, `UnknownNameError`, `SizeError`.
        """
        events = self._read()
        moment = self._moment(point, events)
        return self._plan(events, moment.size, moment.day)

    def possible(self, point: AnyPoint = None) -> Possibilities:
        """Tell what the inexact dates leave open at *point*."""
        events = self._read()
        moment = self._moment(point, events)
        return possible(self._slots_of(events, moment.size), moment.day)

    def everything(self, point: AnyPoint = None) -> Plan:
        """Return the plan with all that is known at *point*, whatever day it happened or will.

        This is where references are looked up that are not bound to a day.
        """
        events = self._read()
        moment = self._moment(point, events)
        return self._plan(events, moment.size, date.max)

    def history(self, measure: str, point: AnyPoint = None) -> tuple[audit.HistoryEntry, ...]:
        """Tell the life of a measure: who changed what, when, on what ground.

        *measure* is an id, ``field/number`` or a number. Raises `UnknownReferenceError` and
        `AmbiguousReferenceError`.
        """
        events = self._read()
        moment = self._moment(point, events)
        present = self._plan(events, moment.size, moment.day)
        meant = self._plan(events, moment.size, date.max).measure_of(measure, present)
        return audit.history(events[: moment.size], moment.day, meant.id)

    def check(self, point: AnyPoint = None) -> tuple[checks.Finding, ...]:
        """Tell everything that is odd about the history as known at *point*."""
        events = self._read()
        moment = self._moment(point, events)
        return checks.check(events[: moment.size], moment.day)

    def today(self) -> date:
        """Tell the present day, where the user is."""
        return self._clock().astimezone().date()

    def _moment(self, point: AnyPoint, events: Sequence[RecordedEvent]) -> Moment:
        return timeline.resolve(Point.of(point), events, self.today())

    def _plan(self, events: Sequence[RecordedEvent], size: int, day: date | None) -> Plan:
        known = timeline.prefix(events, size)
        return timeline.plan_at(self._slots_of(events, size), day, known)

    def _slots_of(self, events: Sequence[RecordedEvent], size: int) -> list[Slot]:
        """The slots of a prefix; those asked for last are kept, for as long as it is the same."""
        if not size:
            return []
        with self._lock:
            if self._slots is None or self._slots[0] is not events[size - 1]:
                with _no_garbage_collected():
                    self._slots = (events[size - 1], live_slots(events[:size]))
            return self._slots[1]

    def _read(self) -> list[RecordedEvent]:
        """Everything that is in the store by now.

        The list is replaced and never changed, so that each answer comes from one prefix.
        """
        with self._lock:
            size = self.store.size()
            if size < len(self._events):
                self._forget()
            # With the line before what is new, to see that this is still the same log.
            start = max(len(self._events) - 1, 0)
            lines = self.store.read(start, size)
            if self._events and lines[:1] != self._last:
                self._forget()
                start, lines = 0, self.store.read(0, size)
            fresh = lines[len(self._events) - start :]
            if fresh:
                self._take(fresh)
            return self._events

    def _forget(self) -> None:
        """Begin anew: the store holds another log now, or an older copy of this one."""
        self._events = []
        self._by_id = {}
        self._registry = None
        self._last = []
        self._slots = None

    def _take(self, lines: Sequence[bytes]) -> None:
        start = len(self._events)
        with _no_garbage_collected():
            events = codec.decode_lines(
                lines, start=start, place=self.store.place, seen=self._by_id
            )
        self._last = list(lines[-1:])
        self._events = [*self._events, *events]
        self._by_id.update((event.id, event) for event in events)
        if self._registry is not None:
            for event in events:
                self._registry.add(event.id, event.event)

    # Recording

    def record(
        self,
        event: Event,
        *,
        on: InexactDate | date | str,
        by: str,
        source: str | None = None,
        reason: str | None = None,
        corrects: str | None = None,
        id: str | None = None,
        expected_size: int | None = None,
    ) -> RecordedEvent:
        """Append one event and return it as recorded.

        With *id*, handing in the same event again returns the one that is there. Raises
        `InvalidEventError` (with every flaw), `DuplicateIdError`, `ConflictError` where the log
        does not have *expected_size* events, and the store's errors; nothing is written then.
        Warns with `OverriddenWarning` where an exact event within the inexact *on* overrides it.
        """
        new = NewEvent(
            event=event, on=on, by=by, source=source, reason=reason, corrects=corrects, id=id
        )
        return self._write(drafted([new], None, None, None), expected_size, ())[0]

    def record_all(
        self,
        events: Iterable[NewEvent | Event],
        *,
        on: InexactDate | date | str | None = None,
        by: str | None = None,
        source: str | None = None,
        expected_size: int | None = None,
        places: Sequence[str] = (),
    ) -> tuple[RecordedEvent, ...]:
        """Append a batch, all or none, and return the events as recorded.

        *on*, *by* and *source* are for those events that do not say so themselves; *places* name,
        in flaws, where each was found. Raises and warns as `record` does.
        """
        return self._write(drafted(events, on, by, source), expected_size, places)

    def preview(
        self,
        events: Iterable[NewEvent | Event],
        *,
        on: InexactDate | date | str | None = None,
        by: str | None = None,
        source: str | None = None,
        expected_size: int | None = None,
        places: Sequence[str] = (),
    ) -> tuple[RecordedEvent, ...]:
        """Return what `record_all` would, and raise what it would, but write nothing."""
        with self._lock:
            answer, fresh = self._prepare(drafted(events, on, by, source), expected_size)
            self._judged(fresh, placed(answer, places))
            self._registry = None
            self._warn(fresh, stacklevel=3)
        return answer

    def _write(
        self, new: Sequence[RecordedEvent], expected_size: int | None, places: Sequence[str]
    ) -> tuple[RecordedEvent, ...]:
        """Append, again and again where nothing is expected and somebody else was first."""
        tries = 1
        while True:
            try:
                return self._append(new, expected_size, places)
            except ConflictError:
                if expected_size is not None or tries == _MOST_TRIES:
                    raise
                tries += 1

    def _append(
        self, new: Sequence[RecordedEvent], expected_size: int | None, places: Sequence[str]
    ) -> tuple[RecordedEvent, ...]:
        with self._lock:
            answer, fresh = self._prepare(new, expected_size)
            if fresh:
                registry = self._judged(fresh, placed(answer, places))
                # Before anything is written: who turns warnings into errors wants it refused.
                self._warn(fresh, stacklevel=5)
                self.store.append([codec.encode(event) for event in fresh], fresh[0].position)
                self._registry = registry
                self._read()
            return answer

    def _prepare(
        self, new: Sequence[RecordedEvent], expected_size: int | None
    ) -> tuple[tuple[RecordedEvent, ...], list[RecordedEvent]]:
        """The batch as it would stand in the log, and those of it that are not there yet."""
        known = self._read()
        recorded = self._now(known)
        answer: list[RecordedEvent] = []
        fresh: dict[str, RecordedEvent] = {}
        for draft in new:
            there = self._by_id.get(draft.id) or fresh.get(draft.id)
            if there is None:
                position = len(known) + len(fresh)
                there = attrs.evolve(draft, position=position, recorded=recorded)
                fresh[draft.id] = there
            elif not codec.same_content(there, draft):
                raise DuplicateIdError(draft.id, there.position)
            answer.append(there)
        if fresh and expected_size is not None and expected_size != len(known):
            raise ConflictError(expected_size, len(known))
        return tuple(answer), list(fresh.values())

    def _judged(self, fresh: Sequence[RecordedEvent], places: Mapping[str, str]) -> Registry:
        """What the log will have with *fresh*; until these are written it serves nothing else."""
        registry = self._registry or Registry(self._events)
        self._registry = None
        admit(fresh, registry, places)
        return registry

    def _now(self, known: Sequence[RecordedEvent]) -> datetime:
        """The clock, to the second, but never before what was recorded last."""
        now = self._clock().astimezone(UTC).replace(microsecond=0)
        return max(now, known[-1].recorded) if known else now

    def _warn(self, fresh: Sequence[RecordedEvent], stacklevel: int) -> None:
        """Warn whoever called so many levels above of what an exact event overrides."""
        if any(not event.on.exact for event in fresh):
            events = [*self._events[: fresh[0].position], *fresh]
            for finding in checks.overridden(live_slots(events), {event.id for event in fresh}):
                warnings.warn(OverriddenWarning(finding), stacklevel=stacklevel)


@contextmanager
def _no_garbage_collected() -> Iterator[None]:
    """Do not look for garbage: so many new objects, all kept, would be searched again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
