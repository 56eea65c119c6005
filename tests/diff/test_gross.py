"""Every step between two points, event by event."""

from datetime import date

from planlog.diff import PlanChange, steps
from planlog.events import (
    Amended,
    Erased,
    FieldAdded,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Retracted,
    Started,
)
from tests.diff.points import moment
from tests.histories import Entry, id_at, log

ONE: Entry = (Proposed(measure="wohnen-1", title="Garten", field="wohnen"), "2021-01-01")
TWO: Entry = (Proposed(measure="wohnen-2", title="Turnier", field="wohnen"), "2021-01-02")
THREE: Entry = (Proposed(measure="wohnen-3", title="Weg", field="wohnen"), "2021-01-03")
HIGH, MIDDLE = Rated(measure="wohnen-1", level="hoch"), Rated(measure="wohnen-1", level="mittel")

Told = tuple[str, str | None, object, object, list[int]]


def told(
    events: tuple[RecordedEvent, ...],
    before: str | None,
    after: str | None,
    known: tuple[int, int] | None = None,
) -> list[PlanChange]:
    """The steps between two days (or the start), as known from all events or from so many."""
    sizes = known or (len(events), len(events))
    pair = [
        moment((None if day is None else date.fromisoformat(day), size))
        for day, size in zip((before, after), sizes, strict=True)
    ]
    return list(steps(events, *pair).changes)


def shown(found: list[PlanChange]) -> list[Told]:
    """What changed, and where in the log the cause stands."""
    return [
        (one.id, one.attribute, one.before, one.after, [int(id, 16) for id in one.events])
        for one in found
    ]


def listed(*numbers: int, field: str = "wohnen") -> Prioritized:
    """The list of a field was set."""
    return Prioritized(field=field, ranking=[f"wohnen-{number}" for number in numbers])


class TestDecided:
    """Steps in the plan's own time."""

    LEVELS = log(ONE, (HIGH, "2023-01-01"), (MIDDLE, "2023-02-01"), (HIGH, "2023-03-01"))

    def test_there_and_back(self) -> None:
        """From A to B to A is two steps."""
        assert [
            ("wohnen-1", "level", "hoch", "mittel", [2]),
            ("wohnen-1", "level", "mittel", "hoch", [3]),
        ] == shown(told(self.LEVELS, "2023-01-01", "2023-12-31"))

    def test_backwards(self) -> None:
        """Backwards the same steps are undone, the last one first."""
        assert [
            ("wohnen-1", "level", "hoch", "mittel", [3]),
            ("wohnen-1", "level", "mittel", "hoch", [2]),
        ] == shown(told(self.LEVELS, "2023-12-31", "2023-01-01"))

    def test_as_days_pass(self) -> None:
        """A vague event is a step at the end of its interval, whatever it is folded before."""
        events = log(ONE, (HIGH, "2023-01/2023-06"), (MIDDLE, "2023-02-01"), (HIGH, "2023"))
        assert [("wohnen-1", "level", None, "mittel", [2])] == shown(
            told(events, "2022-12-31", "2023-12-31")
        )
        swapped = log(ONE, (MIDDLE, "2023-02/2023-06"), (HIGH, "2023-02-01/2023-03"))
        assert [
            ("wohnen-1", "level", None, "hoch", [2]),
        ] == shown(told(swapped, "2022-12-31", "2023-12-31"))

    def test_vague_backwards(self) -> None:
        """What a vague event brings at the end of its interval goes again, gone backwards."""
        events = log(ONE, (HIGH, "2022"))
        there = ("wohnen-1", "level", None, "hoch", [1])
        back = ("wohnen-1", "level", "hoch", None, [1])
        assert [there] == shown(told(events, "2022-12-30", "2022-12-31"))
        assert [back] == shown(told(events, "2022-12-31", "2022-12-30"))

    def test_vague_into_the_past(self) -> None:
        """What goes before something that counts already is worked out anew, there and back."""
        events = log(
            ONE, (listed(1), "2022-06-01"), (listed(2, 1), "2022"), (MIDDLE, "2022-06/2022-12")
        )
        there = told(events, "2022-12-30", "2022-12-31")
        assert [("wohnen-2", None), ("wohnen-1", "level")] == [
            (one.id, one.attribute) for one in there
        ]
        back = told(events, "2022-12-31", "2022-12-30")
        assert ["changed", "removed"] == [one.kind for one in back]

    def test_first_proposal_of_what_is_there(self) -> None:
        """A proposal goes before what is known of its measure already."""
        events = log((Started(measure="wohnen-1"), "2022-01-01"), (ONE[0], "2022-06-01"))
        found = told(events, "2022-01-01", "2022-12-31")
        assert {"field", "title"} == {one.attribute for one in found if one.id == "wohnen-1"}
        assert "started" not in [one.before for one in found]

    def test_appears(self) -> None:
        """What appears does so with what its first event says; the rest are steps of their own."""
        events = log(ONE, (HIGH, "2021-01-02"))
        added, rated = (one for one in told(events, None, "2023-12-31") if one.id == "wohnen-1")
        assert ("added", None) == (added.kind, added.after.level)
        assert ("level", "hoch") == (rated.attribute, rated.after)

    def test_goes(self) -> None:
        """Backwards it goes as it came."""
        events = log(ONE, (HIGH, "2021-01-02"))
        *_, removed = (one for one in told(events, "2023-12-31", None) if one.id == "wohnen-1")
        assert ("removed", None, None) == (removed.kind, removed.after, removed.before.level)


class TestRanks:
    """Who moved, step by step, there and back."""

    def test_there_and_back(self) -> None:
        """Each step has its own movers; backwards it is the one that moves back."""
        events = log(
            (FieldAdded(field="wohnen", title="Wohnen"), "2020-01-01"),
            *(ONE, TWO, THREE),
            (listed(1, 2, 3), "2022-01-01"),
            (listed(3, 1), "2023-01-01"),
        )
        there = told(events, "2022-12-31", "2023-12-31")
        assert {"wohnen-1": "shifted", "wohnen-2": "unlisted", "wohnen-3": "moved"} == {
            one.id: one.cause for one in there if one.cause
        }
        back = told(events, "2023-12-31", "2022-12-31")
        assert {"wohnen-1": "moved", "wohnen-2": "listed", "wohnen-3": "shifted"} == {
            one.id: one.cause for one in back if one.cause
        }
        assert "unlisted" in {one.cause for one in told(events, "2022-12-31", "2020-12-31")}

    def test_to_another_list(self) -> None:
        """Whoever moves to another field with a list is listed there, and back here."""
        events = log(
            ONE,
            (listed(1), "2022-01-01"),
            (listed(2, 1, field="soziales"), "2022-01-02"),
            (Amended(measure="wohnen-1", field="soziales"), "2023-01-01"),
        )
        for days in (("2022-12-31", "2023-12-31"), ("2023-12-31", "2022-12-31")):
            (rank,) = [one for one in told(events, *days) if one.attribute == "rank"]
            assert "listed" == rank.cause


class TestLearned:
    """Steps in the record's time."""

    def test_in_the_order_of_the_log(self) -> None:
        """Each recorded event is a step: entry, correction, retraction, and that taken back."""
        events = log(
            ONE,
            (HIGH, "2022-01-01"),
            (MIDDLE, "2022-01-01", 1),
            (Retracted(event=id_at(1)), "2023-01-01"),
            (Retracted(event=id_at(3)), "2023-01-02"),
        )
        day = "2023-12-31"
        found = told(events, day, day, (1, 5))
        assert {"learned"} == {one.axis for one in found}
        there = [
            ("wohnen-1", "level", None, "hoch", [1]),
            ("wohnen-1", "level", "hoch", "mittel", [2]),
            ("wohnen-1", "level", "mittel", None, [3]),
            ("wohnen-1", "level", None, "mittel", [4]),
        ]
        assert there == shown(found)
        assert [(id, name, after, before, why) for id, name, before, after, why in there[::-1]] == (
            shown(told(events, day, day, (5, 1)))
        )

    def test_what_is_later(self) -> None:
        """What happens only later is nothing to be learned about the day, whoever corrects it."""
        events = log(ONE, (HIGH, "2024-01-01"), (MIDDLE, "2024-01-01", 1), (HIGH, "2022-01-01", 1))
        found = told(events, "2023-12-31", "2023-12-31", (1, 4))
        assert [("wohnen-1", "level", None, "hoch", [3])] == shown(found)

    def test_moved_out_of_the_day(self) -> None:
        """What is corrected to a later day is gone on this one."""
        events = log(ONE, (HIGH, "2022-01-01"), (HIGH, "2024-01-01", 1))
        found = told(events, "2023-12-31", "2023-12-31", (2, 3))
        assert [("wohnen-1", "level", "hoch", None, [2])] == shown(found)

    def test_erasures(self) -> None:
        """The record of an erasure says nothing of the plan."""
        erased = Erased(
            event=id_at(0), position=0, leaf="0" * 64, ground="Art. 17", type="proposed"
        )
        events = log(ONE, (erased, "2022-01-01"))
        assert [] == told(events, "2023-12-31", "2023-12-31", (1, 2))

    def test_dangling(self) -> None:
        """What aims at nothing changes nothing."""
        events = log(ONE, (HIGH, "2022-01-01", 7), (Retracted(event=id_at(9)), "2022-01-01"))
        assert [] == told(events, "2023-12-31", "2023-12-31", (1, 3))

    def test_run_of_a_phase(self) -> None:
        """After a step in the middle, what follows on the same day still knows what was left on it.

        Work that is paused and resumed on one day has never stopped; and it has, once the pause
        turns out to have been of the day before.
        """
        started, paused, resumed = (cls(measure="wohnen-1") for cls in (Started, Paused, Resumed))
        day = "2023-03-16"
        events = log(
            ONE,
            (started, "2022-01-01"),
            (HIGH, day),
            (paused, "2023-03-01/2023-03-16"),
            (paused, day),
            (resumed, day),
        )
        there = told(events, "2023-12-31", "2023-12-31", (3, 6))
        assert ["paused", "started"] == [one.after for one in there if one.attribute == "phase"]
        assert "2023-03-01/2023-03-16" in [str(one.before) for one in there]
        assert day == str(there[-1].after)

    def test_the_plan_opened_late(self) -> None:
        """The plan itself is there without having appeared: a late opening goes before the rest."""
        events = log(
            (FieldAdded(field="wohnen", title="Wohnen"), "2021-09-02"),
            (PlanOpened(title="Garten"), "2021-09-01"),
            (PlanAmended(title="Turnier"), "2021-09-03"),
        )
        found = told(events, "2021-12-31", "2021-12-31", (1, 3))
        assert [("", "title", None, "Garten", [1]), ("", "title", "Garten", "Turnier", [2])] == (
            shown(found)
        )
