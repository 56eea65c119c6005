"""The generators of random logs: they make what they promise, and what the laws feed on."""

from collections.abc import Callable

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from planlog.effects import effects
from planlog.events import EVENT_CLASSES, Event, RecordedEvent, Retracted
from planlog.keys import keys_of
from planlog.slots import live_slots
from planlog.testing.logs import (
    FIRST_DAY,
    INTERACTING,
    contents,
    exact_dates,
    inexact_dates,
    interacting_logs,
    logs,
)

Log = tuple[RecordedEvent, ...]


def found(strategy: st.SearchStrategy[Log], wanted: Callable[[Log], bool]) -> Log:
    """A log as *wanted*, if the strategy makes one within some hundred tries."""
    tries = settings(phases=(Phase.generate,), max_examples=1_000, database=None)
    return find(strategy, wanted, settings=tries)


class TestLogs:
    """Tests for `logs`."""

    @given(logs())
    def test_form(self, events: Log) -> None:
        """Positions count from 0, ids are unique, and recording time never goes back."""
        assert list(range(len(events))) == [event.position for event in events]
        assert len(events) == len({event.id for event in events})
        assert sorted(events, key=lambda event: (event.recorded, event.position)) == list(events)

    @given(logs())
    def test_targets(self, events: Log) -> None:
        """What is corrected or retracted stands earlier; no retraction is corrected."""
        for event in events:
            before = {one.id: one for one in events[: event.position]}
            if isinstance(event.event, Retracted):
                assert event.event.event in before
            if event.corrects is not None:
                assert not isinstance(before[event.corrects].event, Retracted)

    @given(logs(classes=INTERACTING["lists and decisions"], corrections=False, most=3))
    def test_restricted(self, events: Log) -> None:
        """Length, classes and corrections can be held down."""
        assert len(events) <= 3
        assert all(isinstance(event.event, INTERACTING["lists and decisions"]) for event in events)
        assert all(event.corrects is None for event in events)

    @pytest.mark.parametrize(
        "wanted",
        [
            lambda events: len({one.corrects for one in events if one.corrects}) > 1,
            lambda events: any(
                isinstance(one.event, Retracted)
                and isinstance(events[int(one.event.event, 16)].event, Retracted)
                for one in events
            ),
            lambda events: any(
                one.corrects is not None and events[int(one.corrects, 16)].corrects is not None
                for one in events
            ),
            lambda events: any(slot.content.corrects is not None for slot in live_slots(events)),
        ],
        ids=["two corrections", "retracted retraction", "corrected correction", "held correction"],
    )
    def test_mended(self, wanted: Callable[[Log], bool]) -> None:
        """Corrections and retractions meet."""
        assert found(logs(), wanted)


class TestInteractingLogs:
    """Tests for `interacting_logs`."""

    def test_collisions(self) -> None:
        """Days and subjects collide, exact and inexact ones."""

        def collide(events: Log) -> bool:
            slots = live_slots(events)
            places = [(slot.day, subject) for slot in slots for subject, _, _ in effects(slot)[:1]]
            inexact = any(not slot.content.on.exact for slot in slots)
            return inexact and len(places) - len(set(places)) > 1

        assert found(interacting_logs(), collide)


class TestContents:
    """Tests for `contents`."""

    @given(st.sampled_from(EVENT_CLASSES), st.data())
    def test_class(self, cls: type[Event], data: st.DataObject) -> None:
        """A content is of the class asked for, and gives every key that it must."""
        content = data.draw(contents(cls))
        assert isinstance(content, cls)
        for key in keys_of(cls):
            if key.required and not key.nullable:
                assert getattr(content, key.name) is not None


class TestDates:
    """Tests for the generators of dates."""

    @given(inexact_dates(3), exact_dates(3))
    def test_few_days(self, inexact: object, exact: object) -> None:
        """Dates come from few days."""
        month = FIRST_DAY.isoformat()[:7]
        assert str(inexact).startswith(month)
        assert str(exact) in {f"{month}-01", f"{month}-02", f"{month}-03"}
