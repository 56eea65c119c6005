"""`PlanLog`: the log that users open, ask and record to."""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from planlog import codec
from planlog.admission import admit, drafted, placed
from planlog.dates import InexactDate
from planlog.errors import ConflictError, DuplicateIdError, ErasedEventError
from planlog.events import Event, NewEvent, RecordedEvent
from planlog.log.erasing import ErasingLog
from planlog.log.kept import MOST_TRIES, Clock, system_clock
from planlog.references import Registry
from planlog.slots import live_slots

if TYPE_CHECKING:
    from planlog.findings import Finding


class OverriddenWarning(UserWarning):
    """An inexact event was recorded that an exact one within its own interval overrides."""

    def __init__(self, finding: "Finding") -> None:
        """Keep the *finding*."""
        super().__init__(str(finding))
        self.finding = finding


class PlanLog(ErasingLog):
    """The history of one plan: records events, and rebuilds the plan at any point.

    May be shared between threads. It notices by itself what others append to the same store.
    """

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
            registry = self._registry or Registry(self._events)
            self._registry = registry.copy()  # the same is often recorded next
            admit(fresh, registry, placed(answer, places))
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
                if expected_size is not None or tries == MOST_TRIES:
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
                if self._unfinished:
                    self.finish_erasures()
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
            elif there.is_erased:
                raise ErasedEventError(there.id, there.position)
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

    def _warn(self, fresh: Sequence[RecordedEvent], stacklevel: int) -> None:
        """Warn whoever called so many levels above of what an exact event overrides."""
        if any(not event.on.exact for event in fresh):
            from planlog import checks  # most events are exact

            events = [*self._events[: fresh[0].position], *fresh]
            for finding in checks.overridden(live_slots(events), {event.id for event in fresh}):
                warnings.warn(OverriddenWarning(finding), stacklevel=stacklevel)
