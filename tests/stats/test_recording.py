"""What was recorded late."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planlog.events import (
    ConferenceHeld,
    Progressed,
    Proposed,
    RecordedEvent,
    Retracted,
    Started,
)
from planlog.slots import live_slots
from planlog.stats import LateEvent, RecordKeeping
from planlog.stats.recording import recording
from planlog.testing.logs import days, logs
from planlog.timeline import plan_at, prefix
from tests.histories import id_at, recorded
from tests.stats.examples import Recorded, between, kept

CONFERENCE = ConferenceHeld(conference="k-1", title="1. Konferenz", kind="conference")
SECOND = ConferenceHeld(conference="k-2", title="2. Konferenz", kind="conference")
MEETING = (CONFERENCE, "2022-06-01", "2022-06-01")
NEXT = (SECOND, "2023-06-01", "2022-06-01")
OPENED = (Proposed(measure="a-1", title="Garten"), "2022-01-01", "2022-01-01")
STARTED = Started(measure="a-1")


def kept_until(*entries: Recorded) -> RecordKeeping:
    """How the record of a log was kept that was opened in January."""
    return between(kept(OPENED, MEETING, NEXT, *entries)).recording


def late(*entries: Recorded) -> list[tuple[str, str, int]]:
    """What was late: which event, which conference it missed, by how many days."""
    return [(one.event, one.conference, one.days) for one in kept_until(*entries).late]


class TestLate:
    """Tests for what missed a conference."""

    def test_after_a_conference_that_followed(self) -> None:
        """What happened before a conference and was recorded after it missed it."""
        (found,) = kept_until((STARTED, "2022-05-01", "2022-06-11")).late
        assert (id_at(3), date(2022, 6, 11), "k-1", 10, False) == (
            found.event,
            found.recorded,
            found.conference,
            found.days,
            found.backfilled,
        )
        assert STARTED == found.content.event

    def test_not_by_the_day_of_the_conference(self) -> None:
        """What is recorded while the conference sits can still be put before it."""
        assert [] == late((STARTED, "2022-05-01", "2022-06-01"))

    def test_not_what_happened_at_the_conference(self) -> None:
        """What the conference brought is written down after it."""
        assert [] == late((STARTED, "2022-06-01", "2022-06-11"))

    def test_not_without_a_conference_in_between(self) -> None:
        """However long it took, no conference missed it."""
        assert [] == late((STARTED, "2022-06-02", "2023-05-31"))

    def test_the_first_conference_that_it_missed(self) -> None:
        """What missed several is told with the first."""
        assert [(id_at(3), "k-1", 396)] == late((STARTED, "2022-05-01", "2023-07-02"))

    def test_a_vague_day_is_taken_at_its_end(self) -> None:
        """What may have happened after the conference is not said to have missed it."""
        assert [] == late((STARTED, "2022-05/2022-06", "2022-07-01"))
        assert [(id_at(3), "k-1", 30)] == late((STARTED, "2022-05", "2022-07-01"))

    def test_a_conference_of_several_days(self) -> None:
        """Until its last day something may be put before it; its first must have come after."""
        long = (
            ConferenceHeld(conference="k-0", title="Klausur", kind="workshop"),
            "2022-03-01/2022-03-03",
            "2022-03-01",
        )
        assert [] == late(long, (STARTED, "2022-02-01", "2022-03-03"))
        assert [(id_at(4), "k-0", 1)] == late(long, (STARTED, "2022-02-01", "2022-03-04"))
        assert [] == late(long, (STARTED, "2022-03-01", "2022-03-04"))

    def test_a_correction_is_not_late(self) -> None:
        """It is the first record that counts, and what the slot says now."""
        events = (
            *kept(OPENED, MEETING, (STARTED, "2022-05-01", "2022-05-02")),
            recorded(3, STARTED, "2022-05-03", corrects=2),
        )
        assert () == between(events).recording.late

    def test_what_was_taken_back_is_not_late(self) -> None:
        """What the record no longer says is no part of it."""
        assert [] == late(
            (STARTED, "2022-05-01", "2022-06-11"),
            (Retracted(event=id_at(3)), "2022-06-12", "2022-06-12"),
        )

    def test_only_what_came_to_count_between_the_points(self) -> None:
        """It is the day it happened that lies between the points."""
        events = kept(OPENED, MEETING, (STARTED, "2022-05-01", "2022-06-11"))
        assert 1 == len(between(events, "2022-04-30", "2022-05-01").recording.late)
        assert 0 == len(between(events, "2022-05-01", "2023").recording.late)
        assert (id_at(2),) == between(events, "2022-04-30", "2022-05-01").recording.events

    def test_conferences_after_the_second_point_are_missed_too(self) -> None:
        """Whether something was late does not hang on how far is asked."""
        events = kept(OPENED, MEETING, (STARTED, "2022-05-01", "2022-06-11"))
        assert ["k-1"] == [
            one.conference for one in between(events, "start", "2022-05-02").recording.late
        ]


class TestBackfilled:
    """Tests for what was recorded when the log was opened."""

    def test_is_counted_apart(self) -> None:
        """Who opens a log writes down the past; that is late, but told as backfilled."""
        events = kept(
            (CONFERENCE, "2022-06-01", "2023-01-01"),
            (Proposed(measure="a-1", title="Garten"), "2022-01-01", "2023-01-01"),
            (STARTED, "2022-02-01", "2023-01-02"),
        )
        found = between(events).recording
        assert [(id_at(1), True), (id_at(2), False)] == [
            (one.event, one.backfilled) for one in found.late
        ]
        assert {
            "events": (id_at(1), id_at(2), id_at(0)),
            "opening": (id_at(1), id_at(0)),
            "backfilled": (id_at(1),),
            "since": (id_at(2),),
            "late": (id_at(2),),
        } == found.parts()

    def test_nothing_was_recorded(self) -> None:
        """An empty log has kept nothing."""
        assert RecordKeeping(events=(), opening=(), late=()) == between(()).recording


RECORDED = (ConferenceHeld, ConferenceHeld, Proposed, Progressed, Started)


class TestProperties:
    """What holds for every log: what was late is found again on another road."""

    @given(logs(most=12, classes=RECORDED) | logs(), st.none() | days(), st.none() | days())
    def test_late_events(
        self, events: tuple[RecordedEvent, ...], after: date | None, until: date | None
    ) -> None:
        """Event by event and conference by conference, in any order."""
        slots = live_slots(events)
        conferences = plan_at(slots, date.max, prefix(events, len(events))).conferences
        found = recording(events, slots, conferences, (after, until))
        contents = {slot.id: slot.content for slot in slots}
        counted: set[str] = set()
        missed: dict[str, set[tuple[date, date, str]]] = {}
        for event in events:
            content = contents.get(event.id)
            if content is None or until is None or content.on.last > until:
                continue
            if after is not None and content.on.last <= after:
                continue
            counted.add(event.id)
            for one in conferences:
                on = one.on
                if on and content.on.last < on.first and on.last < event.recorded.date():
                    missed.setdefault(event.id, set()).add((on.first, on.last, one.id))
        assert counted == set(found.events)
        assert len(counted) == len(found.events)
        assert set(missed) == {one.event for one in found.late}
        for late in found.late:
            self.assert_first(late, missed[late.event], events)
        first_day = events[0].recorded.date() if events else None
        opening = {event.id for event in events if event.recorded.date() == first_day}
        assert opening & counted == set(found.opening)
        assert opening & set(missed) == set(found.parts()["backfilled"])
        assert set(missed) - opening == set(found.parts()["late"])
        assert counted - opening == set(found.parts()["since"])

    @staticmethod
    def assert_first(
        one: LateEvent, missed: set[tuple[date, date, str]], events: tuple[RecordedEvent, ...]
    ) -> None:
        """The conference is the first of those missed, the days those since."""
        _, last, conference = min(missed)
        original = next(event for event in events if event.id == one.event)
        assert (conference, original.recorded.date()) == (one.conference, one.recorded)
        assert (one.recorded - last).days == one.days > 0
