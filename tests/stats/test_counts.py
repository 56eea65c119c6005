"""How many measures stand where."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planlog.audit import history
from planlog.dates import AtDay, AtStart, Point
from planlog.events import (
    About,
    Amended,
    Dropped,
    FieldAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    Proposed,
    RecordedEvent,
    Started,
)
from planlog.plan import Plan
from planlog.slots import live_slots
from planlog.stats import FieldPhaseCount, PhaseCount, Stats, TurnedMeasure, stats
from planlog.testing.logs import days, logs
from planlog.timeline import Moment, plan_at, prefix
from tests.histories import Entry, id_at
from tests.stats.examples import told

FIELDS: tuple[Entry, ...] = (
    (FieldAdded(field="a", title="Wohnen", number="2"), "2020-01-01"),
    (FieldAdded(field="b", title="Soziales", number="1"), "2020-01-01"),
)


def proposed(id: str, field: str | None = "a", on: str = "2021-01-01") -> Entry:
    """A measure was proposed."""
    return Proposed(measure=id, title=id, field=field), on


class TestCounts:
    """Tests for counts by field and phase."""

    def test_by_field_in_the_order_of_the_plan_and_by_phase(self) -> None:
        """Each count names its measures before and after; those outside the fields come last."""
        found = told(
            *FIELDS,
            proposed("a-1"),
            proposed("a-2"),
            proposed("b-1", "b", "2022-01-01"),
            proposed("c", None),
            (Started(measure="a-1"), "2022-01-01"),
            before="2021",
        )
        assert (
            FieldPhaseCount(field="b", phase="proposed", listed=True, before=(), after=("b-1",)),
            FieldPhaseCount(
                field="a", phase="proposed", listed=True, before=("a-1", "a-2"), after=("a-2",)
            ),
            FieldPhaseCount(field="a", phase="started", listed=True, before=(), after=("a-1",)),
            FieldPhaseCount(field=None, phase="proposed", listed=True, before=("c",), after=("c",)),
        ) == found.counts

    def test_over_all_fields(self) -> None:
        """The totals count the same measures whatever their field."""
        found = told(*FIELDS, proposed("a-1"), proposed("b-1", "b"), proposed("c", None))
        assert (
            PhaseCount(phase="proposed", listed=True, before=(), after=("b-1", "a-1", "c")),
        ) == found.totals

    def test_apart_what_show_leaves_out(self) -> None:
        """Measures replaced or dropped as not listed are counted apart from the dropped ones."""
        found = told(
            *FIELDS,
            *(proposed(f"a-{number}") for number in range(1, 5)),
            (Merged(measures=["a-1"], into="a-4"), "2022-01-01"),
            (Dropped(measure="a-2", cause="not_listed"), "2022-01-01"),
            (Dropped(measure="a-3", cause="other"), "2022-01-01"),
        )
        assert [
            ("proposed", True, ("a-4",)),
            ("dropped", True, ("a-3",)),
            ("dropped", False, ("a-2",)),
            ("replaced", False, ("a-1",)),
        ] == [(one.phase, one.listed, one.after) for one in found.totals]

    def test_what_is_only_spoken_of(self) -> None:
        """A measure without a proposal is counted without a phase."""
        found = told((Noted(about=About(measure="a-1"), text="Idee"), "2021-01-01"))
        assert (
            FieldPhaseCount(field=None, phase=None, listed=True, before=(), after=("a-1",)),
        ) == found.counts

    def test_a_measure_that_moved_is_counted_in_the_field_of_each_day(self) -> None:
        """Before it is counted in the one field, after in the other."""
        found = told(
            *FIELDS,
            proposed("a-1"),
            (Amended(measure="a-1", field="b"), "2022-01-01"),
            before="2021",
        )
        assert [("b", (), ("a-1",)), ("a", ("a-1",), ())] == [
            (one.field, one.before, one.after) for one in found.counts
        ]

    def test_swapped_points_swap_the_counts(self) -> None:
        """The second point may be the earlier one."""
        entries = (*FIELDS, proposed("a-1"), (Started(measure="a-1"), "2022-01-01"))
        there = told(*entries, before="2021", after="2022")
        back = told(*entries, before="2022", after="2021")
        assert [(one.after, one.before) for one in there.totals] == [
            (one.before, one.after) for one in back.totals
        ]


class TestTurned:
    """Tests for what was newly carried out or given up."""

    def test_carried_out(self) -> None:
        """What is implemented or ongoing and was not before, with the events that made it so."""
        found = told(
            proposed("a-1"),
            (Implemented(measure="a-1"), "2022-01-01"),
            proposed("a-2"),
            (Implemented(measure="a-2"), "2021-06-01"),
            (MadePermanent(measure="a-2"), "2022-06-01"),
            proposed("a-3"),
            (Implemented(measure="a-3"), "2022-02-01"),
            (Started(measure="a-3"), "2022-03-01"),
            before="2021",
        )
        assert (
            TurnedMeasure(measure="a-1", phase="implemented", events=(id_at(1),)),
        ) == found.implemented

    def test_every_event_since_it_has_been_so(self) -> None:
        """What was implemented, taken back, implemented again and made permanent has two."""
        found = told(
            proposed("a-1"),
            (Implemented(measure="a-1"), "2022-01-01"),
            (Started(measure="a-1"), "2022-02-01"),
            (Implemented(measure="a-1"), "2022-03-01"),
            (Implemented(measure="a-1"), "2022-04-01"),
            (MadePermanent(measure="a-1"), "2022-05-01"),
        )
        assert (
            TurnedMeasure(measure="a-1", phase="ongoing", events=(id_at(3), id_at(5))),
        ) == found.implemented

    def test_given_up(self) -> None:
        """What is dropped, for whatever cause, or replaced, and was not before."""
        found = told(
            proposed("a-1"),
            proposed("a-2"),
            proposed("a-3"),
            (Dropped(measure="a-1", cause="not_listed"), "2022-01-01"),
            (Merged(measures=["a-2"], into="a-3"), "2022-01-01"),
            before="2021",
        )
        assert (
            TurnedMeasure(measure="a-1", phase="dropped", events=(id_at(3),)),
            TurnedMeasure(measure="a-2", phase="replaced", events=(id_at(4),)),
        ) == found.dropped

    def test_learned_is_new_too(self) -> None:
        """What was known later only is new at a point that knows it, though it is of one day."""
        found = told(
            proposed("a-1"),
            (Implemented(measure="a-1"), "2022-01-01"),
            before="2022@#1",
            after="2022",
        )
        assert ["a-1"] == [one.measure for one in found.implemented]


TURNING = (Proposed, Started, Implemented, MadePermanent, Paused, Dropped, Merged)


def moment(day: date | None, size: int) -> Moment:
    """The end of a day, as known from so many events."""
    at = AtStart() if day is None else AtDay(day, day.isoformat())
    return Moment(Point(at), day, size)


class TestProperties:
    """What holds for every log: each number is found again on another road."""

    @given(
        logs(most=12, classes=TURNING) | logs(most=10),
        st.none() | days(),
        st.none() | days(),
        st.integers(0, 12),
    )
    def test_counts_and_turns(
        self,
        events: tuple[RecordedEvent, ...],
        before: date | None,
        after: date | None,
        size: int,
    ) -> None:
        """Every measure is counted once on each side, where its plan has it; turns likewise."""
        size = min(size, len(events))
        found = stats(events, moment(before, size), moment(after, len(events)))
        sides = [
            plan_at(live_slots(events[:known]), day, prefix(events, known))
            for day, known in ((before, size), (after, len(events)))
        ]
        assert [found.before, found.after] == sides
        for index, plan in enumerate(sides):
            self.assert_counted(found, plan, index)
        self.assert_turned(found, sides, events, after)

    @staticmethod
    def assert_counted(found: Stats, plan: Plan, index: int) -> None:
        """Compare the counts of one side with its plan, measure by measure."""
        by_field = [
            (one.field, one.phase, one.listed, id)
            for one in found.counts
            for id in (one.before, one.after)[index]
        ]
        over_all = [
            (one.phase, one.listed, id)
            for one in found.totals
            for id in (one.before, one.after)[index]
        ]
        expected = {(one.field, one.phase, one.listed, one.id) for one in plan.measures}
        assert len(plan.measures) == len(by_field) == len(over_all)
        assert expected == set(by_field)
        assert {one[1:] for one in expected} == set(over_all)

    @staticmethod
    def assert_turned(
        found: Stats, sides: list[Plan], events: tuple[RecordedEvent, ...], day: date | None
    ) -> None:
        """Compare the turns with both plans, and their events with the life of the measure."""
        for turned, phases in (
            (found.implemented, {"implemented", "ongoing"}),
            (found.dropped, {"dropped", "replaced"}),
        ):
            there, here = (
                {one.id for one in plan.measures if one.phase in phases} for plan in sides
            )
            assert here - there == {one.measure for one in turned}
            for one in turned:
                changes = [
                    (entry.id, change.after)
                    for entry in history(events, day, one.measure)
                    for change in entry.changes
                    if change.attribute == "phase"
                ]
                last = [id for id, phase in changes if phase in phases][-len(one.events) :]
                assert tuple(last) == one.events
                assert changes[-len(one.events) :] == [
                    pair for pair in changes if pair[0] in one.events
                ]
                rest = changes[: -len(one.events)]
                assert not rest or rest[-1][1] not in phases
