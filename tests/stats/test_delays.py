"""How long it takes from the decision to the start, and on to implementation."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given

from planlog.dates import InexactDate
from planlog.documents import Documents
from planlog.events import (
    Decided,
    FieldAdded,
    Implemented,
    MadePermanent,
    Paused,
    Prioritized,
    Proposed,
    RecordedEvent,
    Resumed,
    Started,
)
from planlog.slots import live_slots
from planlog.stats import DaySpan, Delays, FirstTime, TypicalSpan
from planlog.stats.courses import courses
from planlog.stats.delays import delays, typical
from planlog.testing.logs import days, logs
from planlog.timeline import counting, plan_at, prefix
from tests.histories import Entry, id_at
from tests.stated import Stated, mixed, stated
from tests.stats.examples import between, told

ID = "a-1"
PROPOSED: Entry = (Proposed(measure=ID, title="Garten", field="a"), "2021-01-01")


def adopted(on: str) -> Entry:
    """The measure was adopted."""
    return Decided(conference="first", outcome="adopted", measures=[ID]), on


def started(on: str) -> Entry:
    """Work began."""
    return Started(measure=ID), on


def implemented(on: str) -> Entry:
    """It was carried out."""
    return Implemented(measure=ID), on


def only(*entries: Entry) -> Delays:
    """What is told of the one measure."""
    (found,) = told(PROPOSED, *entries).delays
    return found


class TestDelays:
    """Tests for the steps of one measure."""

    def test_from_step_to_step(self) -> None:
        """With exact dates each span is one number of days."""
        found = only(adopted("2021-03-01"), started("2021-03-31"), implemented("2022-03-31"))
        assert DaySpan(least=30, most=30) == found.to_start
        assert DaySpan(least=365, most=365) == found.to_implementation
        day = date(2021, 3, 1)
        assert FirstTime(earliest=day, latest=day, events=(id_at(1),)) == found.decided

    def test_the_first_of_each(self) -> None:
        """Whatever is decided, started or implemented again does not count."""
        found = only(
            adopted("2021-03-01"),
            started("2021-03-11"),
            implemented("2021-03-31"),
            adopted("2022-03-01"),
            started("2022-04-01"),
            implemented("2022-05-01"),
        )
        assert DaySpan(least=10, most=10) == found.to_start
        assert DaySpan(least=20, most=20) == found.to_implementation

    @pytest.mark.parametrize("outcome", ["rejected", "deferred", "noted"])
    def test_only_what_was_adopted(self, outcome: str) -> None:
        """To reject a measure, to defer it or to take note of it is not to adopt it."""
        decided = Decided(conference="first", outcome=outcome, measures=[ID])  # type: ignore[arg-type]  # the parameters are outcomes
        assert only((decided, "2021-03-01"), started("2021-04-01")).decided is None

    def test_a_list_that_was_adopted(self) -> None:
        """A decision about the priority list is one about each measure on it."""
        found = only(
            (FieldAdded(field="a", title="Wohnen"), "2020-01-01"),
            (Prioritized(field="a", ranking=[ID]), "2021-02-01"),
            (Decided(conference="first", outcome="adopted", fields=["a"]), "2021-03-01"),
            started("2021-03-02"),
        )
        assert DaySpan(least=1, most=1) == found.to_start

    def test_neither_a_resumption_nor_a_permanent_task(self) -> None:
        """Only a start is a start, and only what was implemented is."""
        found = only(
            adopted("2021-03-01"),
            (Paused(measure=ID), "2021-04-01"),
            (Resumed(measure=ID), "2021-05-01"),
            (MadePermanent(measure=ID), "2021-06-01"),
        )
        assert (None, None) == (found.started, found.implemented)
        assert (None, None) == (found.to_start, found.to_implementation)

    def test_what_came_before_took_no_time(self) -> None:
        """A measure that was started before it was adopted has both days and no span."""
        found = only(started("2021-02-01"), adopted("2021-03-01"))
        assert found.to_start is None
        assert found.started
        assert found.decided

    def test_on_one_day(self) -> None:
        """What begins on the day of the decision took no day."""
        assert (
            DaySpan(least=0, most=0) == only(adopted("2021-03-01"), started("2021-03-01")).to_start
        )

    def test_inexact_days_give_a_range(self) -> None:
        """The least and the most days that lie between some day of one and of the other."""
        found = only(adopted("2021-03"), started("2021-04"))
        assert DaySpan(least=1, most=60) == found.to_start

    def test_inexact_days_may_leave_the_order_open(self) -> None:
        """Where it may have started before, the range begins with 0 and says so."""
        found = only(adopted("2021-03-16"), started("2021-03"))
        assert DaySpan(least=0, most=15, or_before=True) == found.to_start

    def test_the_first_may_be_one_of_several(self) -> None:
        """A start in some month and one in the midst of it: either can have been the first."""
        found = only(started("2021-03"), started("2021-03-10"), started("2021-03-11/2021-05-01"))
        assert (
            FirstTime(
                earliest=date(2021, 3, 1), latest=date(2021, 3, 10), events=(id_at(1), id_at(2))
            )
            == found.started
        )

    def test_only_measures_that_have_got_that_far(self) -> None:
        """A measure that was only proposed is not told of."""
        assert () == told(PROPOSED).delays


class TestImported:
    """Tests for what tables say about when work began."""

    def began(self, *parts: Entry | Stated) -> date | None:
        """When work began on the one measure."""
        (found,) = between(mixed(PROPOSED, *parts)).delays or (None,)
        return None if found is None or found.started is None else found.started.earliest

    def test_under_way(self) -> None:
        """A table that has a measure under way says that it was started."""
        assert date(2021, 2, 1) == self.began(stated("2021-02-01", Started(measure=ID)))
        assert date(2021, 2, 1) == self.began(stated("2021-02-01", Resumed(measure=ID)))

    def test_after_a_pause(self) -> None:
        """It says that it was resumed where it was paused before, whatever the event is called."""
        paused = stated("2021-01-15", Paused(measure=ID))
        assert None is self.began(paused, stated("2021-02-01", Started(measure=ID)))
        assert None is self.began(stated("2021-02-01", Started(measure=ID)), paused)
        assert date(2021, 2, 1) == self.began(
            (Paused(measure=ID), "2021-01-15"), (Started(measure=ID), "2021-02-01")
        )

    def test_restated(self) -> None:
        """What is under way already is not started again."""
        assert None is self.began(
            (Paused(measure=ID), "2021-01-15"),
            (Resumed(measure=ID), "2021-01-20"),
            stated("2021-02-01", Started(measure=ID)),
        )


class TestTypical:
    """Tests for the medians."""

    def test_of_an_odd_number(self) -> None:
        """The middle of the least, and the middle of the most."""
        found = typical({"a": DaySpan(1, 9), "b": DaySpan(2, 5), "c": DaySpan(7, 7)})
        assert TypicalSpan(measures=("a", "b", "c"), least=2, most=7) == found

    def test_of_an_even_number(self) -> None:
        """Half way between the two in the middle."""
        found = typical({"a": DaySpan(1, 1), "b": DaySpan(2, 2)})
        assert TypicalSpan(measures=("a", "b"), least=1.5, most=1.5) == found

    def test_without_what_is_absent_or_open(self) -> None:
        """What may have gone the other way round is not counted."""
        found = typical({"a": None, "b": DaySpan(0, 3, or_before=True), "c": DaySpan(4, 5)})
        assert TypicalSpan(measures=("c",), least=4, most=5) == found

    def test_of_nothing(self) -> None:
        """Where there is nothing to count, there is no median."""
        assert typical({"a": None}) is None

    def test_of_both_steps(self) -> None:
        """Statistics have both medians."""
        found = told(
            PROPOSED, adopted("2021-03-01"), started("2021-03-31"), implemented("2021-04-01")
        )
        assert TypicalSpan(measures=(ID,), least=30, most=30) == found.typical_start
        assert TypicalSpan(measures=(ID,), least=1, most=1) == found.typical_implementation


def placed(dates: Iterable[InexactDate]) -> set[date]:
    """Every day that can have been the first of *dates*, whichever day of its own each is."""
    choices = [
        [on.first + timedelta(days=offset) for offset in range((on.last - on.first).days + 1)]
        for on in dates
    ]
    return {min(days) for days in product(*choices)} if choices else set()


def enumerated(begin: set[date], end: set[date]) -> DaySpan | None:
    """The span of all days that there can be between two steps."""
    between = [(last - first).days for first in begin for last in end]
    if not between or max(between) < 0:
        return None
    return DaySpan(max(min(between), 0), max(between), or_before=min(between) < 0)


STEPS = (Decided, Started, Implemented)


class TestProperties:
    """What holds for every log: each span is found again by trying every day."""

    @given(
        logs(most=7, classes=STEPS, dates=None).filter(
            lambda events: sum(not event.on.exact for event in events) <= 3
        ),
        days(),
    )
    def test_spans_are_those_of_all_placements(
        self, events: tuple[RecordedEvent, ...], day: date
    ) -> None:
        """Placing each inexact day on all of its days gives exactly the least and the most."""
        slots = counting(live_slots(events), day)
        plan = plan_at(live_slots(events), day, prefix(events, len(events)))
        documents = Documents(slots)
        found = {
            one.measure: one
            for one in delays(plan.measures, slots, courses(slots, documents), documents)
        }
        for measure in plan.measures:
            decided = placed(one.on for one in measure.decisions if one.outcome == "adopted")
            begun, done = (
                placed(
                    slot.content.on
                    for slot in slots
                    if isinstance(slot.content.event, cls)
                    and slot.content.event.measure == measure.id
                )
                for cls in (Started, Implemented)
            )
            if measure.id in found:
                told = found[measure.id]
                assert enumerated(decided, begun) == told.to_start
                assert enumerated(begun, done) == told.to_implementation
                for first, enumerated_days in (
                    (told.decided, decided),
                    (told.started, begun),
                    (told.implemented, done),
                ):
                    assert (first is None) == (not enumerated_days)
                    if first is not None:
                        assert first.earliest == min(enumerated_days)
                        assert first.latest == max(enumerated_days)
            else:
                assert (set(), set(), set()) == (decided, begun, done)
