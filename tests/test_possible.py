"""What inexact days leave possible."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import planlog.possible
from planlog.dates import InexactDate
from planlog.draft import Draft
from planlog.events import (
    About,
    Amended,
    Decided,
    Noted,
    Paused,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Started,
)
from planlog.fold import apply
from planlog.plan import Decision
from planlog.possible import PRESENT, Cell, Possibilities, possible
from planlog.slots import Slot, live_slots
from planlog.testing.logs import (
    INTERACTING,
    days,
    exact_dates,
    inexact_dates,
    interacting_logs,
    logs,
)
from planlog.timeline import counting
from tests.histories import Entry, id_at, log
from tests.possible_by_enumeration import (
    cells_of,
    empty_value,
    enumerated,
    number_of_placements,
)

MOST_PLACEMENTS = 500


def expected_cells(slots: list[Slot], day: date) -> dict[Cell, set[Any]]:
    """Every value of every cell in the plan of any placement."""
    plans = enumerated(slots, day)
    names = {cell for plan in plans for cell in plan}
    return {cell: {plan.get(cell, empty_value(cell)) for plan in plans} for cell in names}


def default_cells(slots: list[Slot], day: date) -> dict[Cell, Any]:
    """Every cell of the plan that is the default answer."""
    draft = Draft()
    for slot in counting(slots, day):
        apply(draft, slot)
    return cells_of(draft.freeze(), draft)


def at(day: str, *entries: Entry) -> Possibilities:
    """What *entries* leave possible at the end of a day."""
    return possible(live_slots(log(*entries)), date.fromisoformat(day))


def values(found: Possibilities, measure: str, attribute: str) -> set[Any]:
    """What an attribute of a measure can be, dates and decisions by what they say."""
    told = found.values("measure", measure, attribute)
    assert told is not None
    return {_word(value) for value in told}


def _word(value: Any) -> Any:
    match value:
        case InexactDate():
            return str(value)
        case Decision():
            return value.outcome
        case _:
            return value


@st.composite
def narrower(draw: st.DrawFn, slot: Slot) -> Slot:
    """The same slot with an interval within its own.

    It is written as before: what a date says is shown in the plan, and would be a value of its own.
    """
    on = slot.content.on
    length = (on.last - on.first).days
    begin = draw(st.integers(0, length))
    end = draw(st.integers(begin, length))
    first, last = on.first + timedelta(days=begin), on.first + timedelta(days=end)
    content = attrs.evolve(slot.content, on=InexactDate(on.text, first, last))
    return attrs.evolve(slot, content=content, day=first)


class TestPossible:
    """Tests for `possible`."""

    @pytest.mark.parametrize("group", INTERACTING)
    @given(data=st.data(), day=days())
    def test_enumeration(self, group: str, data: st.DataObject, day: date) -> None:
        """The sets are exactly those that enumerating all placements gives.

        A cell that is not told has one value.
        """
        slots = live_slots(data.draw(logs(most=6, classes=INTERACTING[group])))
        assume(number_of_placements(slots, day) <= MOST_PLACEMENTS)
        found = possible(slots, day).cells
        expected = expected_cells(slots, day)
        assert {cell: values for cell, values in expected.items() if len(values) > 1} == {
            cell: values for cell, values in found.items() if len(values) > 1
        }
        for cell, values in found.items():
            assert expected.get(cell, {empty_value(cell)}) == values, cell

    @given(interacting_logs(), days())
    def test_default(self, events: tuple[RecordedEvent, ...], day: date) -> None:
        """The default answer is one of what is possible."""
        slots = live_slots(events)
        default = default_cells(slots, day)
        for cell, values in possible(slots, day).cells.items():
            assert default.get(cell, empty_value(cell)) in values, cell

    @given(interacting_logs(), days(), st.data())
    def test_more_precise(
        self, events: tuple[RecordedEvent, ...], day: date, data: st.DataObject
    ) -> None:
        """A more precise date never adds a possibility."""
        slots = live_slots(events)
        before = possible(slots, day).cells
        narrowed = [data.draw(narrower(slot)) for slot in slots]
        after = possible(narrowed, day).cells
        assert set(after) <= set(before)
        default = default_cells(narrowed, day)
        for cell, values in before.items():
            one = frozenset({default.get(cell, empty_value(cell))})
            assert after.get(cell, one) <= values, cell

    @given(logs(dates=exact_dates()), days())
    def test_exact_dates(self, events: tuple[RecordedEvent, ...], day: date) -> None:
        """Exact dates leave one possibility: there is nothing to tell."""
        assert {} == possible(live_slots(events), day).cells

    @given(logs(classes=(Started, Paused, Resumed, Proposed), corrections=False), days())
    def test_estimate(self, events: tuple[RecordedEvent, ...], day: date) -> None:
        """Where too many runs would have to be followed, nothing that is possible is left out."""
        slots = live_slots(events)
        exact = possible(slots, day).cells
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(planlog.possible, "MOST_RUNS", 0)
            estimated = possible(slots, day).cells
        assert set(exact) == set(estimated)
        for cell, values in exact.items():
            assert values <= estimated[cell]
            assert cell.attribute == "since" or values == estimated[cell]

    def test_many_runs(self) -> None:
        """However many inexact turns a measure takes, an answer comes."""
        turns: list[Entry] = [
            (event, "2021-09")
            for _ in range(12)
            for event in (Started(measure="a-1"), Paused(measure="a-1"))
        ]
        found = at("2021-09-30", *turns, (Started(measure="a-1"), "2021-10"))
        assert {"2021-09", "2021-10"} >= values(found, "a-1", "since") >= {"2021-09"}

    def test_start(self) -> None:
        """At the start nothing is open."""
        assert {} == possible(live_slots(log((Started(measure="a-1"), "2021"))), None).cells

    def test_untouched(self) -> None:
        """What no inexact date touches is not told; what one touches is told, if it is certain."""
        found = at(
            "2021-12-31",
            (Rated(measure="a-1", level="hoch"), "2021-09"),
            (Started(measure="b-1"), "2021-09-01"),
        )
        assert {"hoch"} == values(found, "a-1", "level")
        assert found.values("measure", "b-1", "phase") is None

    def test_before_the_interval(self) -> None:
        """An interval that begins later leaves nothing open."""
        assert {} == at("2021-08-31", (Started(measure="a-1"), "2021-09")).cells

    def test_within_the_interval(self) -> None:
        """Within the interval it can have happened or not."""
        found = at("2021-09-01", (Started(measure="a-1", stage="Stufe 1"), "2021-09"))
        assert {True, False} == values(found, "a-1", PRESENT)
        assert {None, "started"} == values(found, "a-1", "phase")
        assert {None, "Stufe 1"} == values(found, "a-1", "stage")
        assert {None, "2021-09"} == values(found, "a-1", "since")

    def test_after_the_interval(self) -> None:
        """When the interval has passed it has happened, and what it began is certain."""
        found = at("2021-09-30", (Started(measure="a-1"), "2021-09"))
        assert {"started"} == values(found, "a-1", "phase")
        assert {} == found.uncertain()

    def test_overlapping(self) -> None:
        """Of two that overlap either can be the last; of two that do not, only the later."""
        rated = (Rated(measure="a-1", level="hoch"), "2021-09")
        for on, levels in (
            ("2021-08-31/2021-09-01", {"hoch", "mittel"}),
            ("2021-08-31", {"hoch"}),
            ("2021-09-29", {"hoch", "mittel"}),
            ("2021-09-30", {"mittel"}),
        ):
            found = at("2021-12-31", rated, (Rated(measure="a-1", level="mittel"), on))
            assert levels == values(found, "a-1", "level"), on

    def test_same_day(self) -> None:
        """On the one day that two share, the order is that of the log."""
        first: Entry = (Rated(measure="a-1", level="hoch"), "2021-09-01")
        second: Entry = (Rated(measure="a-1", level="mittel"), "2021-09-01/2021-09-02")
        assert {"mittel"} == values(at("2021-12-31", first, second), "a-1", "level")
        assert {"hoch", "mittel"} == values(at("2021-12-31", second, first), "a-1", "level")

    def test_proposals_that_overlap(self) -> None:
        """Of two proposals either may be the earliest; what that one says gives way.

        So a measure whose work has begun is put back if the later one comes after the beginning.
        """
        found = at(
            "2021-12-31",
            (Proposed(measure="a-1", title="x"), "2021-09-05/2021-09-15"),
            (Proposed(measure="a-1", title="y"), "2021-09-10"),
            (Started(measure="a-1"), "2021-09-12"),
        )
        assert {"x", "y"} == values(found, "a-1", "title")
        assert {"started", "proposed"} == values(found, "a-1", "phase")
        assert {"2021-09-05/2021-09-15", "2021-09-12"} == values(found, "a-1", "since")

    def test_proposals_that_do_not_overlap(self) -> None:
        """A proposal that cannot be the earliest is never taken for it."""
        found = at(
            "2021-12-31",
            (Proposed(measure="a-1", title="x", cost="500 €"), "2021-09-01"),
            (Proposed(measure="a-1", title="y"), "2021-09-02/2021-09-05"),
        )
        assert {"y"} == values(found, "a-1", "title")
        assert {"500 €"} == values(found, "a-1", "cost")

    def test_proposal_that_stands_first_on_the_shared_day(self) -> None:
        """On the one day that two proposals share, the one that stands first is the earliest."""
        exact: Entry = (Proposed(measure="a-1", title="x"), "2021-09-01")
        inexact: Entry = (Proposed(measure="a-1", title="y"), "2021-08/2021-09-01")
        assert {"x", "y"} == values(at("2021-12-31", exact, inexact), "a-1", "title")
        assert {"x"} == values(at("2021-12-31", inexact, exact), "a-1", "title")

    def test_proposal_that_may_be_later(self) -> None:
        """A proposal that may be later may have said nothing yet."""
        found = at(
            "2021-09-15",
            (Started(measure="a-1"), "2021-09-01"),
            (Proposed(measure="a-1", title="x", responsible=["GWA"]), "2021-09"),
        )
        assert {None, "x"} == values(found, "a-1", "title")
        assert {(), ("GWA",)} == values(found, "a-1", "responsible")
        assert {"started"} == values(found, "a-1", "phase")

    def test_attributes_cleared(self) -> None:
        """Clearing all attributes at once clears each of those that stand before."""
        proposed: Entry = (Proposed(measure="a-1", attributes={"topic": "Grün"}), "2021-09-01")
        cleared: Entry = (Amended(measure="a-1", attributes=None), "2021-09")
        for entries, topics in (
            ((proposed, cleared), {None}),
            (
                (
                    proposed,
                    (Amended(measure="a-1", attributes={"topic": "x"}), "2021-09-05"),
                    cleared,
                ),
                {None, "x"},
            ),
        ):
            assert topics == values(at("2021-12-31", *entries), "a-1", "attributes.topic")

    def test_runs(self) -> None:
        """The beginning of a run depends on what may have come between."""
        found = at(
            "2021-12-31",
            (Started(measure="a-1"), "2021-09-01"),
            (Paused(measure="a-1"), "2021-09-02/2021-09-04"),
            (Resumed(measure="a-1"), "2021-09-03"),
        )
        assert {"started", "paused"} == values(found, "a-1", "phase")
        # Paused on the 2nd: resumed on the 3rd. On the 3rd: never left. On the 4th: still paused.
        assert {
            "2021-09-03",
            "2021-09-01",
            "2021-09-02/2021-09-04",
        } == values(found, "a-1", "since")

    def test_runs_on_the_same_days(self) -> None:
        """Turns that share their days can come in either order, whatever stands first."""
        entries: tuple[Entry, ...] = (
            (Started(measure="a-1"), "2021-09-01/2021-09-03"),
            (Paused(measure="a-1"), "2021-09-01/2021-09-04"),
        )
        for order in (entries, entries[::-1]):
            found = at("2021-12-31", *order)
            assert {"started", "paused"} == values(found, "a-1", "phase")
            assert {entry[1] for entry in entries} == values(found, "a-1", "since")

    def test_list(self) -> None:
        """An inexact list leaves ranks open, and which measures a decision is about."""
        found = at(
            "2021-12-31",
            (Proposed(measure="a-1", field="a"), "2021-01-01"),
            (Proposed(measure="a-2", field="a"), "2021-01-01"),
            (Prioritized(field="a", ranking=["a-1", "a-2"]), "2021-09-01"),
            (Prioritized(field="a", ranking=["a-2"]), "2021-09"),
            (Decided(conference="stk-1", outcome="adopted", fields=["a"]), "2021-09-10"),
        )
        # The inexact list may be of the 1st, then it stands behind the exact one, or later.
        assert {1} == values(found, "a-2", "rank")
        assert {None} == values(found, "a-1", "rank")
        assert {None, "adopted"} == values(found, "a-1", f"decisions.{id_at(4)}")
        assert ("decisions",) == found.uncertain()["measure", "a-1"]

    def test_decision_that_may_be_later(self) -> None:
        """An inexact decision may not have been made yet."""
        found = at(
            "2021-09-10",
            (Prioritized(field="a", ranking=["a-1"]), "2021-09-01"),
            (Decided(conference="stk-1", outcome="adopted", fields=["a"]), "2021-09-02/2021-10"),
        )
        assert {None, "adopted"} == values(found, "a-1", f"decisions.{id_at(1)}")

    def test_decision_between_two_lists(self) -> None:
        """An inexact decision may be about a list that came and went within its interval.

        On the day of a list it is about that list if it stands behind it.
        """
        decided: Entry = (Decided(conference="stk-1", outcome="adopted", fields=["a"]), "2021-09")
        listed: Entry = (Prioritized(field="a", ranking=["a-1"]), "2021-09-10")
        next_day: Entry = (Prioritized(field="a", ranking=[]), "2021-09-11")
        later: Entry = (Prioritized(field="a", ranking=[]), "2021-09-12")
        for order, adopted in (
            *((order, True) for order in permutations((listed, later, decided))),
            ((listed, next_day, decided), True),  # on the 10th
            ((listed, decided, next_day), True),  # on either
            ((decided, listed, next_day), True),  # on the 11th
            ((next_day, decided, listed), False),
        ):
            name = f"decisions.{id_at(order.index(decided))}"
            expected = {None, "adopted"} if adopted else {None}
            assert expected == values(at("2021-12-31", *order), "a-1", name), order

    def test_decision_before_a_list_of_its_day(self) -> None:
        """A decision is never about a list that stands behind it on its day."""
        decided: Entry = (
            Decided(conference="stk-1", outcome="adopted", fields=["a"]),
            "2021-09-10",
        )
        listed: Entry = (Prioritized(field="a", ranking=["a-1"]), "2021-09-10/2021-09-12")
        assert ("measure", "a-1") not in at("2021-12-31", decided, listed).uncertain()
        assert ("decisions",) == at("2021-12-31", listed, decided).uncertain()["measure", "a-1"]

    def test_decision_about_a_list_and_a_measure_on_it(self) -> None:
        """A measure that a decision names is not at the mercy of an inexact list."""
        found = at(
            "2021-12-31",
            (Prioritized(field="a", ranking=["a-1", "a-2"]), "2021-09"),
            (
                Decided(conference="stk-1", outcome="adopted", fields=["a"], measures=["a-1"]),
                "2021-09-10",
            ),
        )
        name = f"decisions.{id_at(1)}"
        assert {"adopted"} == values(found, "a-1", name)
        assert {None, "adopted"} == values(found, "a-2", name)

    def test_decision_that_is_certain(self) -> None:
        """An exact decision about exact lists is certain, whatever else is open."""
        found = at(
            "2021-12-31",
            (Prioritized(field="a", ranking=["a-1"]), "2021-09-01"),
            (Decided(conference="stk-1", outcome="adopted", fields=["a"]), "2021-09-10"),
            (Rated(measure="a-1", level="hoch"), "2021-09"),
            (Rated(measure="a-1", level="mittel"), "2021-09-15"),
        )
        assert {("measure", "a-1"): ("level",)} == found.uncertain()

    def test_decision_at_an_open_day(self) -> None:
        """An inexact decision may be about either list."""
        found = at(
            "2021-12-31",
            (Prioritized(field="a", ranking=["a-1"]), "2021-09-01"),
            (Prioritized(field="a", ranking=["a-2"]), "2021-09-20"),
            (Decided(conference="stk-1", outcome="adopted", fields=["a"]), "2021-09"),
        )
        name = f"decisions.{id_at(2)}"
        for measure in ("a-1", "a-2"):
            assert {None, "adopted"} == values(found, measure, name)


class TestPossibilities:
    """Tests for `Possibilities`."""

    def test_uncertain(self) -> None:
        """Each subject is named with the attributes that can have more than one value, sorted.

        Attributes with many values are named once.
        """
        cells: Mapping[Cell, frozenset[Any]] = {
            Cell("measure", "a-1", "phase"): frozenset({"started", None}),
            Cell("measure", "a-1", "attributes.y"): frozenset({"1", None}),
            Cell("measure", "a-1", "attributes.x"): frozenset({"1", None}),
            Cell("measure", "a-1", "title"): frozenset({"Garten"}),
            Cell("field", "a", "title"): frozenset({"Wohnen"}),
            Cell("field", "b", "ranking"): frozenset({(), ("a-1",)}),
        }
        assert {
            ("measure", "a-1"): ("attributes", "phase"),
            ("field", "b"): ("ranking",),
        } == Possibilities(cells).uncertain()

    def test_values(self) -> None:
        """A cell's values are told, or nothing where no inexact date touches it."""
        phases = frozenset({"started", None})
        found = Possibilities({Cell("measure", "a-1", "phase"): phases})
        assert phases == found.values("measure", "a-1", "phase")
        assert found.values("measure", "a-1", "title") is None


class TestEnumeration:
    """Tests for the slow road itself."""

    def test_placements(self) -> None:
        """Every day of an interval is a placement, and one for all that is later."""
        slots = live_slots(
            log(
                (Noted(about=About(measure="a-1"), text="x"), "2021-09-01/2021-09-05"),
                (Noted(text="x"), "2021-09-02"),
            )
        )
        for day, number in (("2021-09-01", 2), ("2021-09-04", 5), ("2021-09-05", 5)):
            assert number == number_of_placements(slots, date.fromisoformat(day))
            assert number == len(enumerated(slots, date.fromisoformat(day)))

    @given(inexact_dates(), days())
    def test_one_content(self, on: InexactDate, day: date) -> None:
        """A content alone is there, not there, or possibly there."""
        slots = live_slots(log((Started(measure="a-1"), on.text)))
        expected = {on.first <= day, on.last <= day}
        cell = Cell("measure", "a-1", PRESENT)
        assert expected == {cell in plan for plan in enumerated(slots, day)}
