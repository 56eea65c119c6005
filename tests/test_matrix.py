"""How each measure stood at each conference."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog import MemoryStore, PlanLog, UnknownReferenceError
from planlog.events import (
    Amended,
    ConferenceHeld,
    Dropped,
    FieldAdded,
    Implemented,
    MadePermanent,
    Merged,
    Paused,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Started,
    VersionRecorded,
)
from planlog.matrix import Matrix, MatrixCell, matrix
from planlog.plan import Plan
from planlog.possible import PRESENT, possible
from planlog.reports import reports
from planlog.slots import live_slots
from planlog.testing.logs import days, logs
from planlog.timeline import plan_at, prefix
from tests.histories import Entry, id_at, log

END = date(2025, 12, 31)
FIELD: Entry = (FieldAdded(field="a", title="Wohnen"), "2020-01-01")
OTHER: Entry = (FieldAdded(field="b", title="Soziales"), "2020-01-01")
PROPOSED: Entry = (Proposed(measure="a-1", title="Garten", field="a"), "2021-01-01")


def held(name: str, on: str) -> Entry:
    """A conference was held."""
    return ConferenceHeld(conference=name, title=name, kind="conference"), on


FIRST = held("first", "2021-06-01")
SECOND = held("second", "2022-06-01")
THIRD = held("third", "2023-06-01")


def shown(*entries: Entry, day: date | None = END, field: str | None = None) -> Matrix:
    """The matrix of a log."""
    events = log(*entries)
    return matrix(live_slots(events), day, prefix(events, len(events)), field)


def cells(*entries: Entry, day: date | None = END) -> tuple[MatrixCell, ...]:
    """The cells of the one measure of a log."""
    (row,) = shown(*entries, day=day).rows
    return row.cells


class TestOccasions:
    """Tests for the columns."""

    def test_conferences_and_versions_by_their_day(self) -> None:
        """Conferences, and versions on days of their own, stand in the order of their days."""
        version = VersionRecorded(version="plan", coverage="complete", attributes=["title"])
        found = shown(THIRD, FIRST, (version, "2022-01-15"), SECOND)
        assert ["first", "plan", "second", "third"] == [one.id for one in found.occasions]

    def test_only_those_until_the_point(self) -> None:
        """What comes after the point is not told of, and at the start there is nothing."""
        found = shown(PROPOSED, FIRST, SECOND, day=date(2022, 5, 31))
        assert ["first"] == [one.id for one in found.occasions]
        assert [1] == [len(row.cells) for row in found.rows]
        assert Matrix(plan=Plan(), occasions=(), rows=()) == shown(PROPOSED, FIRST, day=None)


class TestRows:
    """Tests for the rows."""

    def test_in_the_order_of_the_plan_at_the_point(self) -> None:
        """By field, then by the rank that measures have at the point."""
        found = shown(
            FIELD,
            OTHER,
            (Proposed(measure="b-1", title="Café", field="b"), "2021-01-01"),
            (Proposed(measure="a-2", title="Beet", field="a"), "2021-01-01"),
            PROPOSED,
            FIRST,
            (Prioritized(field="a", ranking=["a-2", "a-1"]), "2021-06-01"),
            (Prioritized(field="a", ranking=["a-1", "a-2"]), "2021-07-01"),
        )
        assert ["a-1", "a-2", "b-1"] == [row.measure.id for row in found.rows]
        assert [2, 1, None] == [row.cells[0].rank for row in found.rows]

    def test_of_one_field_only(self) -> None:
        """A field has the measures that stand in it at the point."""
        moved = (Amended(measure="a-1", field="b"), "2022-01-01")
        entries = (FIELD, OTHER, PROPOSED, FIRST, moved)
        assert ["a-1"] == [row.measure.id for row in shown(*entries, field="b").rows]
        assert () == shown(*entries, field="a").rows

    def test_what_is_no_longer_listed_is_there_too(self) -> None:
        """Whoever shows the matrix decides what to leave out."""
        found = shown(
            PROPOSED,
            (Proposed(measure="a-2", title="Beet"), "2021-01-01"),
            (Merged(measures=["a-1"], into="a-2"), "2022-01-01"),
            SECOND,
        )
        assert [("a-1", "replaced"), ("a-2", "proposed")] == [
            (row.measure.id, row.cells[0].phase) for row in found.rows
        ]


class TestCells:
    """Tests for one measure at one occasion."""

    def test_by_the_end_of_its_day(self) -> None:
        """Phase, rank and level are those of the end of the day, whatever happened on it."""
        found = cells(
            FIELD,
            PROPOSED,
            FIRST,
            (Started(measure="a-1"), "2022-06-01"),
            (Prioritized(field="a", ranking=["a-1"]), "2022-06-01"),
            (Rated(measure="a-1", level="hoch"), "2022-06-01"),
            SECOND,
        )
        assert [("proposed", None, None), ("started", 1, "hoch")] == [
            (one.phase, one.rank, one.level) for one in found
        ]
        assert ["a", "a"] == [one.field for one in found]

    def test_absent_before_it_was_proposed(self) -> None:
        """Where the plan did not have the measure, there is nothing to tell."""
        absent, present = cells(FIRST, (Proposed(measure="a-1", title="Garten"), "2022"), THIRD)
        assert MatrixCell(present=False) == absent
        assert not absent.silent
        assert present.present

    def test_the_rank_is_that_of_the_field_it_stood_in_then(self) -> None:
        """A measure that moved had its rank on the list of the field it came from."""
        found = cells(
            FIELD,
            OTHER,
            PROPOSED,
            (Prioritized(field="a", ranking=["a-1"]), "2021-02-01"),
            FIRST,
            (Amended(measure="a-1", field="b"), "2022-01-01"),
            SECOND,
        )
        assert [("a", 1), ("b", None)] == [(one.field, one.rank) for one in found]


class TestReports:
    """Tests for who reported since the occasion before."""

    def test_since_the_occasion_before(self) -> None:
        """A report on the day of an occasion belongs to it; the day after, to the next."""
        found = cells(
            PROPOSED,
            FIRST,
            (Progressed(measure="a-1"), "2022-06-01"),
            SECOND,
            (Progressed(measure="a-1"), "2022-06-02"),
            (Progressed(measure="a-1"), "2023-05-01"),
            THIRD,
            held("fourth", "2024-06-01"),
        )
        assert [(id_at(0),), (id_at(2),), (id_at(4), id_at(5)), ()] == [
            one.reports for one in found
        ]
        assert [False, False, False, True] == [one.silent for one in found]

    def test_a_vague_one_where_it_begins_to_count(self) -> None:
        """A report of 2021 counts at the end of the year, and so for the occasion after that."""
        found = cells(PROPOSED, (Progressed(measure="a-1"), "2021"), FIRST, SECOND)
        assert [(id_at(0),), (id_at(1),)] == [one.reports for one in found]

    def test_two_occasions_of_one_day_see_the_same(self) -> None:
        """The occasion before is one of an earlier day."""
        found = cells(
            PROPOSED,
            FIRST,
            (Implemented(measure="a-1"), "2022-01-01"),
            SECOND,
            held("council", "2022-06-01"),
        )
        assert found[1] == found[2]
        assert (id_at(2),) == found[2].reports

    def test_none_of_a_measure_that_the_plan_does_not_have(self) -> None:
        """An excerpt may speak of a measure before anybody proposed it; that is no row of it."""
        excerpt = VersionRecorded(
            version="deck", coverage="excerpt", attributes=["note"], measures={"a-1": ["note"]}
        )
        early, late = cells((excerpt, "2020-12-01"), PROPOSED, FIRST)
        assert MatrixCell(present=False) == early
        assert (id_at(1),) == late.reports
        vague: Entry = (Proposed(measure="a-1", title="Garten"), "2020-11/2021-02")
        assert () == cells((excerpt, "2020-12-01"), vague, FIRST)[0].reports


class TestFallingBack:
    """Tests for measures that had been carried out and have yet to be."""

    @pytest.mark.parametrize("done", [Implemented(measure="a-1"), MadePermanent(measure="a-1")])
    @pytest.mark.parametrize(
        "undone",
        [Proposed(measure="a-1"), Started(measure="a-1"), Paused(measure="a-1")],
    )
    def test_from_carried_out_to_open(
        self, done: Implemented | MadePermanent, undone: Proposed | Started | Paused
    ) -> None:
        """It fell back where it was carried out the time before and is open now."""
        found = cells(PROPOSED, FIRST, (done, "2022-01-01"), SECOND, (undone, "2023-01-01"), THIRD)
        assert [False, False, True] == [one.fell_back for one in found]

    def test_once(self) -> None:
        """It does so at one occasion; at the next it is where it was."""
        found = cells(
            PROPOSED,
            (Implemented(measure="a-1"), "2021-02-01"),
            FIRST,
            (Started(measure="a-1"), "2022-01-01"),
            SECOND,
            THIRD,
        )
        assert [False, True, False] == [one.fell_back for one in found]

    def test_not_to_what_is_given_up_or_permanent(self) -> None:
        """To drop what was carried out, or to go on with it for good, is no fall back."""
        found = cells(
            PROPOSED,
            (Implemented(measure="a-1"), "2021-02-01"),
            FIRST,
            (MadePermanent(measure="a-1"), "2022-01-01"),
            SECOND,
            (Dropped(measure="a-1", cause="other"), "2023-01-01"),
            THIRD,
        )
        assert [False, False, False] == [one.fell_back for one in found]

    def test_not_between_occasions(self) -> None:
        """What was carried out and taken back between two occasions was never seen done."""
        found = cells(
            PROPOSED,
            FIRST,
            (Implemented(measure="a-1"), "2022-01-01"),
            (Started(measure="a-1"), "2022-02-01"),
            SECOND,
        )
        assert [False, False] == [one.fell_back for one in found]


class TestUncertainty:
    """Tests for what inexact days leave open."""

    def test_is_named(self) -> None:
        """A cell names which of its values are open."""
        found = cells(PROPOSED, (Started(measure="a-1"), "2021/2023-01-31"), FIRST, SECOND, THIRD)
        assert [("phase",), ("phase",), ()] == [one.uncertain for one in found]
        assert ["proposed", "proposed", "started"] == [one.phase for one in found]

    def test_of_what_may_not_have_been_there(self) -> None:
        """Where it is open whether the plan had the measure, that is said of the empty cell."""
        found, _ = cells(FIRST, (Proposed(measure="a-1", title="Garten"), "2021"), SECOND)
        assert MatrixCell(present=False, uncertain=("phase", PRESENT)) == found

    def test_only_of_what_is_shown(self) -> None:
        """A note that is open leaves the cell as it is."""
        found = cells(
            PROPOSED,
            (Progressed(measure="a-1", note="eins"), "2021-05-01"),
            (Progressed(measure="a-1", note="zwei"), "2021-04/2021-05"),
            FIRST,
        )
        assert [()] == [one.uncertain for one in found]


COLLIDING = (ConferenceHeld, ConferenceHeld, Proposed, Started, Implemented, Prioritized, Amended)


class TestProperties:
    """What holds for every log: each cell is found again on another road."""

    @given(logs(most=12, classes=COLLIDING) | logs(most=10), st.none() | days())
    def test_each_cell_is_the_plan_of_its_day(
        self, events: tuple[RecordedEvent, ...], day: date | None
    ) -> None:
        """What a cell says is what the plan says that is asked for by the occasion's day."""
        slots = live_slots(events)
        found = matrix(slots, day, prefix(events, len(events)))
        plan = plan_at(slots, day, prefix(events, len(events)))
        assert plan == found.plan
        assert plan.measures == tuple(row.measure for row in found.rows)
        assert plan.occasions == found.occasions
        for index, occasion in enumerate(found.occasions):
            then = plan_at(slots, occasion.day, prefix(events, len(events)))
            measures = {one.id: one for one in then.measures}
            for row in found.rows:
                cell, measure = row.cells[index], measures.get(row.measure.id)
                assert cell.present is (measure is not None)
                if measure is not None:
                    assert (measure.field, measure.phase, measure.rank, measure.level) == (
                        cell.field,
                        cell.phase,
                        cell.rank,
                        cell.level,
                    )
                assert self.open_by_value(events, occasion.day, row.measure.id) == set(
                    cell.uncertain
                )

    @staticmethod
    def open_by_value(events: Sequence[RecordedEvent], day: date, measure: str) -> set[str]:
        """What of a measure can have more than one value on a day."""
        possibilities = possible(live_slots(events), day)
        return {
            name
            for name in (PRESENT, "phase", "rank", "level")
            if len(possibilities.values("measure", measure, name) or ()) > 1
        }

    @given(logs(most=12, classes=COLLIDING) | logs(most=10), st.none() | days())
    def test_each_report_is_one_that_was_not_there_the_time_before(
        self, events: tuple[RecordedEvent, ...], day: date | None
    ) -> None:
        """What was reported by an occasion and not by the one before is what its cell tells."""
        slots = live_slots(events)
        found = matrix(slots, day, prefix(events, len(events)))
        by_day = {one.day: index for index, one in enumerate(found.occasions)}
        for before, present in pairwise([None, *by_day]):
            assert present is not None
            earlier, then = reports(slots, before), reports(slots, present)
            for row in found.rows:
                new = set(then.get(row.measure.id, ())) - set(earlier.get(row.measure.id, ()))
                cell = row.cells[by_day[present]]
                expected = {slot.id for slot in new} if cell.present else set()
                assert expected == set(cell.reports)
                assert len(expected) == len(cell.reports)

    @given(logs(most=12, classes=COLLIDING))
    def test_falling_back_is_seen_from_two_cells(self, events: tuple[RecordedEvent, ...]) -> None:
        """It is told exactly where a cell is carried out and that of the next day is open."""
        found = matrix(live_slots(events), date.max, prefix(events, len(events)))
        by_day = {one.day: index for index, one in enumerate(found.occasions)}
        for row in found.rows:
            column = [row.cells[index] for index in by_day.values()]
            expected = [
                before.phase in ("implemented", "ongoing")
                and after.phase in ("proposed", "started", "paused")
                for before, after in pairwise(column)
            ]
            assert [False, *expected][: len(column)] == [one.fell_back for one in column]


class TestPlanLog:
    """Tests for the matrix as users of the library ask for it."""

    @pytest.fixture
    def plan(self) -> PlanLog:
        """A plan with two fields and a measure in each."""
        plan = PlanLog(MemoryStore())
        moved: Entry = (Amended(measure="a-1", number="7"), "2022-01-01")
        other: Entry = (Proposed(measure="b-1", title="Café", field="b"), "2021-01-01")
        for entry in (FIELD, OTHER, FIRST, PROPOSED, other, moved):
            plan.record(entry[0], on=entry[1], by="GWA")
        return plan

    def test_at_a_point(self, plan: PlanLog) -> None:
        """The point is one in two times, as everywhere."""
        assert ["a-1", "b-1"] == [row.measure.id for row in plan.matrix().rows]
        assert ["a-1"] == [row.measure.id for row in plan.matrix("today@#4").rows]
        assert () == plan.matrix("start").rows

    @pytest.mark.parametrize("field", ["b", "Soziales"])
    def test_of_a_field(self, plan: PlanLog, field: str) -> None:
        """A field is named by its id or its title."""
        assert ["b-1"] == [row.measure.id for row in plan.matrix(field=field).rows]

    def test_of_a_field_that_is_not_there(self, plan: PlanLog) -> None:
        """A field that the log does not have is refused."""
        with pytest.raises(UnknownReferenceError, match="'c'"):
            plan.matrix(field="c")
