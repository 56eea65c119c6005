"""Erasing: the text of one line goes, its hash stays, and an event tells of it."""

from collections.abc import Callable
from datetime import date
from functools import partial

import attrs

from planlog import codec
from planlog.admission import drafted
from planlog.codec.flaws import refusal
from planlog.dates import InexactDate, may_have_passed
from planlog.errors import (
    AlreadyErasedError,
    ConflictError,
    InvalidEventError,
    NotErasableError,
    UncoveredError,
    UnknownReferenceError,
)
from planlog.events import Erased, NewEvent, RecordedEvent
from planlog.log.kept import MOST_TRIES, AnyPoint
from planlog.log.proven import ProvenLog
from planlog.references import with_names
from planlog.slots import erased_slots


class ErasingLog(ProvenLog):
    """A log from which a text can be taken without anybody having to believe that it was there."""

    def erase(
        self,
        event: str,
        *,
        ground: str,
        on: InexactDate | date | str,
        by: str,
        source: str | None = None,
        reason: str | None = None,
        bare: bool = False,
        uncovered: bool = False,
        expected_size: int | None = None,
    ) -> RecordedEvent:
        """Erase the text of an *event*, named by the beginning of its id, and return the erasure.

        *ground* is the law or the wish that demands it. The erasure keeps the event's type, its
        day, when it was recorded, and the ids that it named; with *bare* no more than the type,
        and what it corrected or took back. The leaf stays in its place, so that root, proofs and
        checkpoints stay valid; what an erased correction or retraction undid stays undone.

        Where the erasure is recorded already and the text still stands there, it is finished.
        Raises `UncoveredError` where no checkpoint covers the line yet, unless *uncovered*;
        `NotErasableError`, `AlreadyErasedError`, `UnknownReferenceError`,
        `AmbiguousReferenceError`, `UnfinishedErasureError`, and what ``record`` raises.
        """
        erasure_of = partial(
            self._erasure,
            day=InexactDate.of(on),
            by=by,
            ground=ground,
            source=source,
            reason=reason,
            bare=bare,
        )
        tries = 1
        while True:
            with self._lock:
                try:
                    return self._erase(event, erasure_of, uncovered, expected_size)
                except ConflictError:
                    if expected_size is not None or tries == MOST_TRIES:
                        raise
                    tries += 1

    def erased(self, point: AnyPoint = None) -> tuple[RecordedEvent, ...]:
        """Return what stands in place of the events that are missing in the answers at *point*.

        These are the erased ones that nothing else has taken the place of and that would count by
        then, as far as their day is known.
        """
        events = self._read()
        moment = self._moment(point, events)
        day = moment.day
        return tuple(
            slot.content
            for slot in erased_slots(events[: moment.size])
            if day is not None and may_have_passed(slot.content.on, day)
        )

    def erasure_of(self, erased: RecordedEvent) -> RecordedEvent:
        """Return the event that tells of what was *erased*: who did it, when and on what ground.

        Raises `UnknownReferenceError` where this log has none.
        """
        for event in self._read():
            if event.event == erased.event and event.id != erased.id:
                return event
        raise UnknownReferenceError("event", erased.id)

    def finish_erasures(self) -> tuple[RecordedEvent, ...]:
        """Remove every text that still stands there though its erasure is recorded; tell whose.

        So it is where a process died in between, and where an old file was put back. Whoever
        records anything does this as well.
        """
        with self._lock:
            self._read()
            left = [self._events[position] for position in self._unfinished]
            finished = tuple(erased for erased in left if self._finish(erased))
            self._unfinished = []
            return finished

    def _finished(self, erased: RecordedEvent) -> RecordedEvent:
        """Return the event that tells of what was *erased*, whose text is to go now."""
        erasure = self.erasure_of(erased)
        if not self._finish(erased):
            raise AlreadyErasedError(erased.id, erasure.id)
        return erasure

    def _finish(self, erased: RecordedEvent) -> bool:
        """Put the mark where the line still stands; not where it is another one than it was."""
        from planlog.trust.leaves import leaf_of

        assert isinstance(erased.event, Erased)
        leaf = erased.event.leaf
        (line,) = self.store.read(erased.position, erased.position + 1)
        if codec.read_tombstone(line) is not None or leaf_of(line).hex() != leaf:
            return False
        mark = codec.tombstone_line(leaf, erased.position)
        self.store.replace(erased.position, mark, (), self.store.size())
        return True

    def _erase(
        self,
        event: str,
        erasure_of: Callable[[RecordedEvent], RecordedEvent],
        uncovered: bool,
        expected_size: int | None,
    ) -> RecordedEvent:
        found = self.event(event)
        if found.is_erased:
            return self._finished(found)
        if not uncovered and not self.covered(found.position):
            raise UncoveredError(found.id, found.position)
        erasure = erasure_of(found)
        if expected_size is not None and expected_size != erasure.position:
            raise ConflictError(expected_size, erasure.position)
        said = erasure.event
        assert isinstance(said, Erased)
        mark = codec.tombstone_line(said.leaf, found.position)
        self.store.replace(found.position, mark, [codec.encode(erasure)], erasure.position)
        return self.event(erasure.id)

    def _erasure(
        self,
        found: RecordedEvent,
        *,
        day: InexactDate,
        by: str,
        ground: str,
        source: str | None,
        reason: str | None,
        bare: bool,
    ) -> RecordedEvent:
        """The event that tells of erasing what was *found*."""
        from planlog.trust.leaves import leaf_of

        if isinstance(found.event, Erased):
            raise NotErasableError(found.id, found.position)
        if not ground.strip():
            raise refusal("blank", "data.ground", value=ground)
        events = self._read()
        (line,) = self.store.read(found.position, found.position + 1)
        said = Erased(
            event=found.id,
            position=found.position,
            leaf=leaf_of(line).hex(),
            ground=ground,
            type=found.type,
            corrects=found.corrects,
            target=found.retracts,
        )
        new = NewEvent(event=said, on=day, by=by, source=source, reason=reason)
        (draft,) = drafted([new], None, None, None)
        erasure = attrs.evolve(draft, position=len(events), recorded=self._now(events))
        codec.validate(erasure)
        return erasure if bare else _telling(erasure, said, found)


def _telling(erasure: RecordedEvent, said: Erased, found: RecordedEvent) -> RecordedEvent:
    """*erasure* with what can be kept of the line that was *found*, as far as there is room."""
    timed = attrs.evolve(said, on=found.on, recorded=found.recorded)
    whole = attrs.evolve(erasure, event=with_names(timed, found.event))
    try:
        codec.encode(whole)
    except InvalidEventError:  # it named so much that there is no room for all of it
        return attrs.evolve(erasure, event=timed)
    return whole
