"""What is in the store by now, decoded once and kept, and what a point means in it."""

import gc
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

import attrs

from planlog import codec, timeline
from planlog.dates import Point
from planlog.errors import AmbiguousReferenceError, DamagedLogError, UnknownReferenceError
from planlog.events import Erased, RecordedEvent
from planlog.plan import Plan
from planlog.references import Registry
from planlog.slots import Slot, live_slots
from planlog.stores import EventStore
from planlog.timeline import Moment

Clock = Callable[[], datetime]
"""Tells the present moment, aware of its time zone."""

MOST_TRIES = 100
"""How often a write without an expected size begins anew because somebody else was first."""

_MOST_PLANS = 4
"""How many plans are kept: one question often needs the same again, to look up what is named."""

AnyPoint = Point | str | date | None
"""A point in two times: as a value, as a text ``AT[@KNOWN]``, a day, or today."""


def system_clock() -> datetime:
    """Tell the present moment."""
    return datetime.now(UTC)


class KeptLog:
    """The events of a log, read when they are asked for and kept for as long as they stand.

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
        self._unfinished: list[int] = []
        self._slots: tuple[RecordedEvent, list[Slot]] | None = None
        self._plans: dict[date | None, Plan] = {}

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

    def today(self) -> date:
        """Tell the present day, where the user is."""
        return self._clock().astimezone().date()

    def _now(self, known: Sequence[RecordedEvent]) -> datetime:
        """The clock, to the second, but never before what was recorded last."""
        now = self._clock().astimezone(UTC).replace(microsecond=0)
        return max(now, known[-1].recorded) if known else now

    def _namers(self, events: Sequence[RecordedEvent], moment: Moment) -> tuple[Plan, Plan]:
        """What gives references their meaning: all that was ever there, and what is present."""
        everything = self._plan(events, moment.size, date.max)
        return everything, self._plan(events, moment.size, moment.day)

    def _moment(self, point: AnyPoint, events: Sequence[RecordedEvent]) -> Moment:
        return timeline.resolve(Point.of(point), events, self.today())

    def _plan(self, events: Sequence[RecordedEvent], size: int, day: date | None) -> Plan:
        """The plan at the end of *day*; of the prefix asked for last a few are kept."""
        with self._lock:
            slots = self._slots_of(events, size)
            plans = self._plans if size else {}
        plan = plans.get(day)
        if plan is None:
            everything = plans.get(date.max)
            if everything is not None and day is not None and _all_count(slots, day):
                plan = attrs.evolve(everything, at=day)
            else:
                plan = timeline.plan_at(slots, day, timeline.prefix(events, size))
            if len(plans) == _MOST_PLANS:
                plans.clear()
            plans[day] = plan
        return plan

    def _slots_of(self, events: Sequence[RecordedEvent], size: int) -> list[Slot]:
        """The slots of a prefix; those asked for last are kept, for as long as it is the same."""
        if not size:
            return []
        with self._lock:
            if self._slots is None or self._slots[0] is not events[size - 1]:
                with _no_garbage_collected():
                    self._slots = (events[size - 1], live_slots(events[:size]))
                    self._plans = {}
            return self._slots[1]

    def _read(self) -> list[RecordedEvent]:
        """Everything that is in the store by now.

        The list is replaced and never changed, so that each answer comes from one prefix.
        """
        with self._lock:
            size = self.store.size()
            while True:
                try:
                    return self._read_up_to(size)
                except DamagedLogError:
                    # Somebody may have erased a line meanwhile: the event that tells of it is new.
                    grown = self.store.size()
                    if grown <= size:
                        raise
                    size = grown

    def _read_up_to(self, size: int) -> list[RecordedEvent]:
        if size < len(self._events):
            self._forget()
        # With the line before what is new, to see that this is still the same log.
        start = max(len(self._events) - 1, 0)
        lines = self.store.read(start, size)
        if self._events and list(lines[:1]) != self._last:
            self._forget()
            start, lines = 0, self.store.read(0, size)
        fresh = lines[len(self._events) - start :]
        if fresh and not self._take(fresh):
            self._forget()
            self._take(self.store.read(0, size))
        return self._events

    def _forget(self) -> None:
        """Begin anew: the store holds another log now, or an older copy of this one."""
        self._events = []
        self._by_id = {}
        self._registry = None
        self._last = []
        self._unfinished = []
        self._slots = None
        self._plans = {}

    def _take(self, lines: Sequence[bytes]) -> bool:
        """Take in new *lines*, unless they erase some of the others: these are to be read anew."""
        start = len(self._events)
        with _no_garbage_collected():
            events = codec.decode_lines(
                lines, start=start, place=self.store.place, seen=self._by_id
            )
        if any(isinstance(one.event, Erased) and one.event.event in self._by_id for one in events):
            return False
        self._last = list(lines[-1:])
        self._unfinished += (
            event.position
            for event, line in zip(events, lines, strict=True)
            if event.is_erased and codec.read_tombstone(line) is None
        )
        self._events = [*self._events, *events]
        self._by_id.update((event.id, event) for event in events)
        if self._registry is not None:
            for event in events:
                self._registry.add(event.id, event.event)
        return True


def _all_count(slots: Sequence[Slot], day: date) -> bool:
    return all(slot.content.on.last <= day for slot in slots)


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
