"""Statistics between two points, put together."""

from datetime import date

import pytest
from hypothesis import given

from planlog import MemoryStore, PlanLog, UnknownNameError
from planlog.dates import AtDay, Point
from planlog.events import Implemented, Progressed, Proposed, RecordedEvent, Started
from planlog.possible import possible
from planlog.slots import live_slots
from planlog.stats import OpenSubject, stats
from planlog.testing.logs import days, logs
from planlog.timeline import Moment
from tests.histories import Entry
from tests.stats.examples import held, told

PROPOSED: Entry = (Proposed(measure="a-1", title="Garten"), "2021-01-01")


class TestStats:
    """Tests for what is about which point."""

    def test_each_point_has_its_own_knowledge(self) -> None:
        """The first plan is what was known then; all else is what is known at the second."""
        entries = (PROPOSED, (Started(measure="a-1"), "2021-02-01"))
        found = told(*entries, before="2021@#1", after="2021@#2")
        assert ("proposed", "started") == (
            found.before.measures[0].phase,
            found.after.measures[0].phase,
        )
        assert (1, 2) == (found.before.known.size, found.after.known.size)

    def test_nothing_that_is_not_known_at_the_second_point(self) -> None:
        """What was recorded later, even a conference, is not there."""
        entries = (PROPOSED, held("first", "2022-06-01"), held("second", "2023-06-01"))
        assert () == told(*entries, after="today@#2").silences
        assert 1 == len(told(*entries, after="today@#3").silences)
        assert 2 == len(told(*entries, after="today@#2").recording.events)

    def test_of_nothing(self) -> None:
        """An empty log has nothing to count."""
        found = told()
        assert ((), (), (), (), (), (), ()) == (
            found.counts,
            found.totals,
            found.implemented,
            found.dropped,
            found.flips,
            found.delays,
            found.uncertain,
        )

    def test_what_is_open(self) -> None:
        """What inexact days leave open is named by subject, in the order of their numbers."""
        found = told(
            (Proposed(measure="a-10", title="Garten"), "2021-01-01"),
            (Proposed(measure="a-9", title="Beet"), "2021-01-01"),
            (Started(measure="a-10"), "2021/2023"),
            (Implemented(measure="a-9"), "2021/2023"),
            after="2022",
        )
        assert (
            OpenSubject(kind="measure", id="a-9", attributes=("phase", "since")),
            OpenSubject(kind="measure", id="a-10", attributes=("phase", "since")),
        ) == found.uncertain

    def test_points_that_are_the_same(self) -> None:
        """Between a point and itself nothing happens; what is about the second alone stays."""
        found = told(PROPOSED, held("k", "2022-01-01"), before="2022", after="2022", silent=1)
        assert ((), (), ()) == (found.implemented, found.flips, found.recording.events)
        assert [one.before for one in found.totals] == [one.after for one in found.totals]
        assert 1 == len(found.silences)


class TestProperties:
    """What holds for every log."""

    @given(logs(most=10), days())
    def test_what_is_open_can_have_several_values(
        self, events: tuple[RecordedEvent, ...], day: date
    ) -> None:
        """Each cell that is named has more than one value, and no other has."""
        moment = Moment(Point(AtDay(day, str(day))), day, len(events))
        named = {
            (one.kind, one.id, attribute)
            for one in stats(events, moment, moment).uncertain
            for attribute in one.attributes
        }
        assert named == {
            (cell.kind, cell.id, cell.attribute.partition(".")[0])
            for cell, values in possible(live_slots(events), day).cells.items()
            if len(values) > 1
        }

    @given(
        logs(most=10, classes=(Proposed, Started, Progressed, Implemented)), days(), days(), days()
    )
    def test_what_lies_between_adds_up(
        self, events: tuple[RecordedEvent, ...], one: date, two: date, three: date
    ) -> None:
        """What is counted between two days and on to a third is what lies between the outer two."""
        moments = [
            Moment(Point(AtDay(day, str(day))), day, len(events))
            for day in sorted((one, two, three))
        ]
        whole, half, other = (
            stats(events, moments[first], moments[last]) for first, last in ((0, 2), (0, 1), (1, 2))
        )
        assert set(whole.recording.events) == {*half.recording.events, *other.recording.events}
        assert {one.event for one in whole.recording.late} == {
            one.event for part in (half, other) for one in part.recording.late
        }


class TestPlanLog:
    """Tests for statistics as users of the library ask for them."""

    def test_from_the_start_until_today(self) -> None:
        """Unless told otherwise, everything until today is counted."""
        plan = PlanLog(MemoryStore())
        plan.record(PROPOSED[0], on=PROPOSED[1], by="GWA")
        found = plan.stats()
        assert (None, plan.today(), 2) == (found.before.at, found.after.at, found.silent)
        assert [("a-1",)] == [one.after for one in found.totals]

    def test_between_points(self) -> None:
        """Points are named as everywhere, and so many conferences as one likes are silence."""
        plan = PlanLog(MemoryStore())
        for entry in (PROPOSED, held("k-1", "2022-01-01")):
            plan.record(entry[0], on=entry[1], by="GWA")
        assert 1 == len(plan.stats("before:k-1", "k-1", silent=1).silences)
        assert 0 == len(plan.stats("before:k-1", "before:k-1", silent=1).silences)

    def test_unknown_point(self) -> None:
        """A point that the log does not have is refused."""
        with pytest.raises(UnknownNameError, match="'k-9'"):
            PlanLog(MemoryStore()).stats("k-9")
