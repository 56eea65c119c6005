"""What each event changed, and by what each value was set."""

from datetime import date
from typing import Any

from hypothesis import given

from planlog.changes import CellChange, Trace
from planlog.draft import attributes_of
from planlog.effects import MENTION, PLAN, Subject
from planlog.events import (
    Amended,
    Decided,
    Implemented,
    PlanOpened,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Started,
)
from planlog.slots import live_slots
from planlog.testing.logs import interacting_logs
from planlog.timeline import counting, plan_at, prefix
from tests.histories import Entry, id_at, log

FAR = date(2023, 12, 31)
WOHNEN: Subject = ("field", "wohnen")
ONE: Subject = ("measure", "wohnen-1")
TWO: Subject = ("measure", "wohnen-2")


def proposed(number: int, on: str = "2022-05-25", field: str = "wohnen") -> Entry:
    """A measure was proposed."""
    return Proposed(measure=f"wohnen-{number}", title="Garten", field=field), on


def listed(*numbers: int, field: str = "wohnen") -> Prioritized:
    """The list of a field was set."""
    return Prioritized(field=field, ranking=[f"wohnen-{number}" for number in numbers])


def traced(*entries: Entry) -> tuple[Trace, list[list[CellChange]]]:
    """The fold of everything, with what each event changed, in the order of the fold."""
    trace = Trace()
    return trace, [trace.take(slot) for slot in counting(live_slots(log(*entries)), FAR)]


def last(*entries: Entry) -> dict[tuple[Subject, str], tuple[Any, Any]]:
    """What the last event changed."""
    return {
        (one.subject, one.attribute): (one.before, one.after) for one in traced(*entries)[1][-1]
    }


class TestTake:
    """Tests for `Trace.take`."""

    def test_appears(self) -> None:
        """A subject appears once, with each of its values; what is only mentioned appears too."""
        found = last(proposed(1))
        assert (None, True) == found[ONE, MENTION] == found[WOHNEN, MENTION]
        assert (None, "proposed") == found[ONE, "phase"]
        assert (None, "Garten") == found[ONE, "title"]
        assert (ONE, "rank") not in found
        assert MENTION not in [name for _, name in last(proposed(1), proposed(1, "2022-06-01"))]

    def test_the_plan_is_always_there(self) -> None:
        """The plan itself does not appear: its values change."""
        opened: Entry = (PlanOpened(title="Sozialer Plan"), "2020-09-18")
        assert {(PLAN, "title"): (None, "Sozialer Plan")} == last(opened)

    def test_repeated(self) -> None:
        """Saying again what is so changes nothing."""
        assert {} == last(proposed(1), (listed(1), "2023-01-01"), (listed(1), "2023-02-01"))

    def test_list(self) -> None:
        """A list changes the rank of each measure on it that belongs to the field, and why."""
        trace, changes = traced(
            *[proposed(number) for number in (1, 2, 3)],
            (listed(1, 2), "2023-01-01"),
            (listed(3, 1), "2023-02-01"),
        )
        assert [
            ("field", "wohnen", "ranking", None),
            ("measure", "wohnen-1", "rank", "shifted"),
            ("measure", "wohnen-2", "rank", "unlisted"),
            ("measure", "wohnen-3", "rank", "listed"),
        ] == [(*one.subject, one.attribute, one.cause) for one in changes[-1]]
        assert 2 == trace.value(ONE, "rank")
        assert trace.value(TWO, "rank") is None

    def test_list_of_another_field(self) -> None:
        """A measure has no rank on a list that is not its own field's."""
        found = last(proposed(1), (listed(1, field="soziales"), "2023-01-01"))
        assert {("soziales", "ranking")} == {
            (id, name) for (_, id), name in found if name != MENTION
        }

    def test_moved_to_another_field(self) -> None:
        """Who moves to another field loses the rank there and has the one that waits here."""
        entries = [
            proposed(1),
            (listed(1), "2023-01-01"),
            (listed(2, 1, field="soziales"), "2023-01-02"),
        ]
        _, changes = traced(*entries, (Amended(measure="wohnen-1", field="soziales"), "2023-02-01"))
        (rank,) = [one for one in changes[-1] if one.attribute == "rank"]
        assert (1, 2, "listed") == (rank.before, rank.after, rank.cause)
        _, changes = traced(*entries, (Amended(measure="wohnen-1", field=None), "2023-02-01"))
        (rank,) = [one for one in changes[-1] if one.attribute == "rank"]
        assert (1, None, "unlisted") == (rank.before, rank.after, rank.cause)

    def test_since(self) -> None:
        """With the phase changes since when it has lasted, but not when it is repeated."""
        started: Entry = (Started(measure="wohnen-1"), "2023-01-01")
        assert (ONE, "since") in last(proposed(1), started)
        repeated: Entry = (Started(measure="wohnen-1", note="weiter"), "2023-02-01")
        assert {(ONE, "note"): (None, "weiter")} == last(proposed(1), started, repeated)

    def test_attributes_cleared(self) -> None:
        """Clearing all attributes changes each that was there."""
        several = Proposed(measure="wohnen-1", attributes={"topic": "Garten", "light": "gelb"})
        cleared: Entry = (Amended(measure="wohnen-1", attributes=None), "2023-01-01")
        assert {
            (ONE, "attributes.topic"): ("Garten", None),
            (ONE, "attributes.light"): ("gelb", None),
        } == last((several, "2022-05-25"), cleared)

    def test_nothing_and_an_empty_list(self) -> None:
        """To clear a list that is not there changes nothing."""
        cleared: Entry = (Amended(measure="wohnen-1", responsible=None), "2023-01-01")
        assert {} == last(proposed(1), cleared)

    def test_decision_about_a_list(self) -> None:
        """A decision about a list reaches the field and each measure that is on it by then."""
        decided: Entry = (
            Decided(conference="stk-3", outcome="adopted", fields=["wohnen"]),
            "2023-03-16",
        )
        found = last(proposed(1), proposed(2), (listed(1), "2023-01-01"), decided)
        name = f"decisions.{id_at(3)}"
        assert {(WOHNEN, name), (ONE, name), (("conference", "stk-3"), MENTION)} == set(found)


class TestSetBy:
    """Tests for `Trace.set_by`."""

    def test_restated(self) -> None:
        """A value comes from the event that changed it, not from one that said it again."""
        trace, _ = traced(
            proposed(1),
            (Rated(measure="wohnen-1", level="hoch"), "2023-01-01"),
            (Rated(measure="wohnen-1", level="hoch"), "2023-02-01"),
        )
        slot = trace.set_by(ONE, "level")
        assert slot is not None
        assert 1 == slot.position

    def test_never_set(self) -> None:
        """What nothing set comes from nowhere."""
        assert traced(proposed(1))[0].set_by(ONE, "level") is None


class TestDecided:
    """Tests for `Trace.decided`."""

    def test_first_since(self) -> None:
        """A value stands with the first decision about its measure after it was set."""
        trace, _ = traced(
            proposed(1),
            (Decided(conference="a", outcome="noted", measures=["wohnen-1"]), "2022-06-01"),
            (Started(measure="wohnen-1"), "2023-01-01"),
            (Decided(conference="b", outcome="adopted", measures=["wohnen-1"]), "2023-02-01"),
            (Decided(conference="c", outcome="noted", measures=["wohnen-1"]), "2023-03-01"),
            (Implemented(measure="wohnen-1"), "2023-04-01"),
        )
        places = {
            name: slot and slot.position
            for name in ("title", "phase", f"decisions.{id_at(3)}")
            for slot in [trace.decided(ONE, name)]
        }
        assert {"title": 1, "phase": None, f"decisions.{id_at(3)}": 4} == places

    def test_nothing_decided(self) -> None:
        """Where nothing was decided there is no decision."""
        assert traced(proposed(1))[0].decided(ONE, "phase") is None


class TestTrace:
    """What holds for every log."""

    @given(interacting_logs())
    def test_is_the_fold(self, events: tuple[RecordedEvent, ...]) -> None:
        """A trace ends with the plan, and its changes lead there: each value from before to after.

        So a value is what the last change made it, and who set it is who changed it last.
        """
        slots = live_slots(events)
        trace, held = Trace(), dict[tuple[Subject, str], Any]()
        setters: dict[tuple[Subject, str], str] = {}
        for slot in counting(slots, FAR):
            for one in trace.take(slot):
                cell = one.subject, one.attribute
                assert held.get(cell) == one.before != one.after
                held[cell] = one.after
                setters[cell] = slot.id
        plan = plan_at(slots, FAR, prefix(events, len(events)))
        assert plan == trace.draft.freeze()
        for cell, setter in setters.items():
            last_setter = trace.set_by(*cell)
            assert last_setter is not None
            assert setter == last_setter.id
        for measure in plan.measures:
            subject = ("measure", measure.id)
            shown = attributes_of(subject, measure) | {"rank": measure.rank}
            expected = {name: value for name, value in shown.items() if value not in (None, ())}
            assert expected == trace.values(subject)
            assert measure == trace.thing(subject)
            assert expected == {
                name: value
                for (one, name), value in held.items()
                if one == subject and value is not None and name != MENTION
            }
