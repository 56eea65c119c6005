"""What differs in the end, and which events made it so."""

from planlog.dates import InexactDate
from planlog.diff import PlanChange
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    FieldAdded,
    GoalAdded,
    Implemented,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Proposed,
    Rated,
    Retracted,
    Started,
    VersionRecorded,
)
from planlog.plan import Measure
from tests.diff.points import changes
from tests.histories import Entry, id_at, log

FIELD: Entry = (FieldAdded(field="wohnen", title="Wohnen"), "2020-01-01")
ONE: Entry = (Proposed(measure="wohnen-1", title="Garten", field="wohnen"), "2021-01-01")
TWO: Entry = (Proposed(measure="wohnen-2", title="Turnier", field="wohnen"), "2021-01-02")
THREE: Entry = (Proposed(measure="wohnen-3", title="Wegweiser", field="wohnen"), "2021-01-03")
ONE_DATE, MOVED_DATE = map(InexactDate.parse, ("2021-01-01", "2023-01-01"))
STARTED: Entry = (Started(measure="wohnen-1"), "2023-03-16")


def listed(*numbers: int) -> Prioritized:
    """The list of the field was set."""
    return Prioritized(field="wohnen", ranking=[f"wohnen-{number}" for number in numbers])


def told(found: list[PlanChange]) -> list[tuple[str, str | None, object, object]]:
    """What changed of what, in the order of the diff."""
    return [(one.id, one.attribute, one.before, one.after) for one in found]


def by_attribute(found: list[PlanChange]) -> dict[str, PlanChange]:
    """The changes of one measure by what they are about."""
    return {one.attribute: one for one in found if one.attribute}


def positions(change: PlanChange) -> list[int]:
    """Where in the log the causes stand."""
    return [int(id, 16) for id in change.events]


class TestDecided:
    """What was decided between two days."""

    def test_changed(self) -> None:
        """Each attribute that differs is one change, in the order of the class."""
        events = log(ONE, (Started(measure="wohnen-1", stage="Angeschoben"), "2023-03-16"))
        found = changes(events, "2023-03-15", "2023-03-16")
        assert ["phase", "since", "stage"] == [one.attribute for one in found]
        assert {"decided"} == {one.axis for one in found}
        assert {(id_at(1),)} == {one.events for one in found}

    def test_first_day_counts(self) -> None:
        """What happened on the first day is no difference, what happens on the last day is."""
        events = log(ONE, STARTED)
        assert [] == changes(events, "2023-03-16", "2023-03-17")
        assert [] == changes(events, "2023-03-14", "2023-03-15")

    def test_back_again(self) -> None:
        """What ends as it began is not listed."""
        events = log(
            ONE,
            (Rated(measure="wohnen-1", level="hoch"), "2023-01-01"),
            (Rated(measure="wohnen-1", level="mittel"), "2023-02-01"),
            (Rated(measure="wohnen-1", level="hoch"), "2023-03-01"),
        )
        assert [] == changes(events, "2023-01-01", "2023-12-31")

    def test_last_change_is_the_cause(self) -> None:
        """Of several events the one that led to the present value is named, not who repeated it."""
        events = log(
            ONE,
            (Rated(measure="wohnen-1", level="mittel"), "2023-01-01"),
            (Rated(measure="wohnen-1", level="hoch"), "2023-02-01"),
            (Rated(measure="wohnen-1", level="hoch"), "2023-03-01"),
        )
        (change,) = changes(events, "2022-12-31", "2023-12-31")
        assert (None, "hoch", [2]) == (change.before, change.after, positions(change))

    def test_added(self) -> None:
        """What appears is one change with the whole of it, and everything that made it so."""
        events = log(FIELD, ONE, STARTED, (listed(1), "2023-03-16"))
        measure = next(
            one for one in changes(events, "2020-12-31", "2023-03-16") if one.subject == "measure"
        )
        assert ("added", None, None) == (measure.kind, measure.attribute, measure.before)
        assert isinstance(measure.after, Measure)
        assert ("Garten", 1, "started") == (
            measure.after.title,
            measure.after.rank,
            measure.after.phase,
        )
        assert [1, 2, 3] == positions(measure)

    def test_removed(self) -> None:
        """Backwards, what appeared goes, by the same events."""
        events = log(FIELD, ONE, STARTED)
        (change,) = changes(events, "2023-03-16", "2020-12-31")
        assert ("removed", "Garten", None) == (change.kind, change.before.title, change.after)
        assert [1, 2] == positions(change)

    def test_subjects(self) -> None:
        """The plan, fields, goals, conferences, versions and measures, in this order."""
        events = log(
            (PlanOpened(title="Plan"), "2022-01-01"),
            ONE,
            (
                VersionRecorded(version="deck", coverage="excerpt", attributes=["title"]),
                "2022-01-01",
            ),
            (ConferenceHeld(conference="stk-1", title="1.", kind="council"), "2022-01-01"),
            (GoalAdded(goal="ziel", field="wohnen", title="Ruhe"), "2022-01-01"),
            FIELD,
        )
        assert ["plan", "field", "goal", "conference", "version", "measure"] == [
            one.subject for one in changes(events, "start", "2022-12-31")
        ]

    def test_order_of_the_plan(self) -> None:
        """Measures stand by the plan's order, what is gone among the others."""
        events = log(
            FIELD,
            ONE,
            TWO,
            THREE,
            *[
                (Rated(measure=f"wohnen-{number}", level="hoch"), "2023-01-01")
                for number in (1, 2, 3)
            ],
            (listed(3, 1), "2023-01-01"),
        )
        found = changes(events, "2022-12-31", "2023-12-31")
        assert ["wohnen-3", "wohnen-1", "wohnen-2"] == list(
            dict.fromkeys(one.id for one in found if one.subject == "measure")
        )

    def test_plan_amended(self) -> None:
        """The plan itself is never new: its title was nothing before."""
        events = log(
            (PlanOpened(title="Plan"), "2022-01-01"), (PlanAmended(title="Neuer"), "2023-01-01")
        )
        assert [("", "title", None, "Neuer")] == told(changes(events, "start", "2023-12-31"))

    def test_attributes_one_by_one(self) -> None:
        """Of attributes with many values each is a change of its own."""
        events = log(
            (Proposed(measure="wohnen-1", attributes={"topic": "a", "light": "b"}), "2022-01-01"),
            (Amended(measure="wohnen-1", attributes={"topic": "c", "light": None}), "2023-01-01"),
        )
        assert [
            ("wohnen-1", "attributes.light", "b", None),
            ("wohnen-1", "attributes.topic", "a", "c"),
        ] == told(changes(events, "2022-12-31", "2023-12-31"))


class TestRanks:
    """Who moved on a list, and who was pushed."""

    def test_moved_and_shifted(self) -> None:
        """One jump pushes the others; the list itself is a change of the field."""
        events = log(
            FIELD, ONE, TWO, THREE, (listed(1, 2, 3), "2022-01-01"), (listed(3, 1, 2), "2023-01-01")
        )
        found = changes(events, "2022-12-31", "2023-12-31")
        assert [
            ("wohnen", "ranking", None),
            ("wohnen-3", "rank", "moved"),
            ("wohnen-1", "rank", "shifted"),
            ("wohnen-2", "rank", "shifted"),
        ] == [(one.id, one.attribute, one.cause) for one in found]
        assert {(id_at(5),)} == {one.events for one in found}

    def test_net_of_two_lists(self) -> None:
        """What counts is the order at both ends, not the way between."""
        events = log(
            FIELD,
            *(ONE, TWO, THREE),
            (listed(1, 2, 3), "2022-01-01"),
            (listed(3, 2, 1), "2023-01-01"),
            (listed(1, 3, 2), "2023-02-01"),
        )
        found = by_attribute(changes(events, "2022-12-31", "2023-12-31"))
        assert ("wohnen-2", "shifted", [6]) == (
            found["rank"].id,
            found["rank"].cause,
            positions(found["rank"]),
        )

    def test_moved_to_another_field(self) -> None:
        """In the list of another field a measure is newly listed; the field's change tells why."""
        events = log(
            FIELD,
            ONE,
            (listed(1), "2022-01-01"),
            (Prioritized(field="soziales", ranking=["wohnen-2", "wohnen-1"]), "2022-01-01"),
            (Amended(measure="wohnen-1", field="soziales"), "2023-01-01"),
        )
        found = by_attribute(changes(events, "2022-12-31", "2023-12-31"))
        assert ("listed", 1, 2) == (
            found["rank"].cause,
            found["rank"].before,
            found["rank"].after,
        )
        assert [4] == positions(found["rank"]) == positions(found["field"])


class TestLearned:
    """What became known between two sizes of the log."""

    def test_late_entry(self) -> None:
        """An event recorded later about an earlier day was learned, and is its own cause."""
        phase, since = changes(log(ONE, STARTED), "2023-06-01", "2023-06-01", (1, 2))
        assert ("learned", "learned") == (phase.axis, since.axis)
        assert [1] == positions(phase)

    def test_correction(self) -> None:
        """A correction is the cause of what it mended, and of nothing else."""
        events = log(
            ONE,
            (Started(measure="wohnen-1", stage="Angeschoben", note="alt"), "2023-03-16"),
            (Started(measure="wohnen-1", stage="Angeschoben", note="neu"), "2023-03-16", 1),
        )
        (change,) = changes(events, "2023-06-01", "2023-06-01", (2, 3))
        assert ("note", "alt", "neu", [2]) == (
            change.attribute,
            change.before,
            change.after,
            positions(change),
        )

    def test_retraction(self) -> None:
        """A retraction is the cause of what falls back."""
        events = log(ONE, STARTED, (Retracted(event=id_at(1)), "2023-04-01"))
        found = by_attribute(changes(events, "2023-06-01", "2023-06-01", (2, 3)))
        assert ("started", "proposed", [2]) == (
            found["phase"].before,
            found["phase"].after,
            positions(found["phase"]),
        )

    def test_replaced(self) -> None:
        """Where one event is taken back and another entered, the value comes from the new one."""
        events = log(
            ONE,
            (Rated(measure="wohnen-1", level="hoch"), "2022-01-01"),
            (Retracted(event=id_at(1)), "2023-01-01"),
            (Rated(measure="wohnen-1", level="mittel"), "2022-02-01"),
        )
        (change,) = changes(events, "2023-06-01", "2023-06-01", (2, 4))
        assert ("hoch", "mittel", [3]) == (change.before, change.after, positions(change))

    def test_retracted_retraction(self) -> None:
        """So is the retraction of a retraction of what comes back."""
        events = log(
            ONE,
            STARTED,
            (Retracted(event=id_at(1)), "2023-04-01"),
            (Retracted(event=id_at(2)), "2023-04-02"),
        )
        found = by_attribute(changes(events, "2023-06-01", "2023-06-01", (3, 4)))
        assert ("proposed", "started", [3]) == (
            found["phase"].before,
            found["phase"].after,
            positions(found["phase"]),
        )

    def test_through_a_correction(self) -> None:
        """What a corrected event decided names the event and the correction."""
        events = log(
            ONE,
            STARTED,
            (Started(measure="wohnen-1", stage="Angeschoben"), "2023-03-17", 1),
        )
        found = by_attribute(changes(events, "2023-03-16", "2023-03-17"))
        assert {"decided"} == {one.axis for one in found.values()}
        assert [1, 2] == positions(found["phase"])

    def test_learned_then_decided(self) -> None:
        """A cell that changed on both axes has two changes, what was learned first."""
        events = log(
            ONE,
            (Rated(measure="wohnen-1", level="niedrig"), "2022-01-01"),
            (Rated(measure="wohnen-1", level="hoch"), "2023-06-01"),
            (Rated(measure="wohnen-1", level="mittel"), "2022-01-01", 1),
        )
        found = changes(events, "2022-12-31", "2023-12-31", (2, 4))
        assert [
            ("learned", "niedrig", "mittel", [3]),
            ("decided", "mittel", "hoch", [2]),
        ] == [(one.axis, one.before, one.after, positions(one)) for one in found]

    def test_learned_and_undone(self) -> None:
        """A cell that was learned to be another and then became what it was is not listed."""
        events = log(
            ONE,
            (Rated(measure="wohnen-1", level="niedrig"), "2022-01-01"),
            (Rated(measure="wohnen-1", level="niedrig"), "2023-06-01"),
            (Rated(measure="wohnen-1", level="mittel"), "2022-01-01", 1),
        )
        assert [] == changes(events, "2022-12-31", "2023-12-31", (2, 4))

    def test_moved_in_time(self) -> None:
        """A proposal that turns out to be later: the measure was there, was not, and is."""
        moved = (Proposed(measure="wohnen-1", title="Gärten", field="wohnen"), "2023-01-01", 1)
        events = log(FIELD, ONE, moved)
        found = changes(events, "2022-12-31", "2023-12-31", (2, 3))
        assert [
            ("title", "learned", "Garten", None),
            ("since", "learned", ONE_DATE, None),
            ("title", "decided", None, "Gärten"),
            ("since", "decided", None, MOVED_DATE),
        ] == [(one.attribute, one.axis, one.before, one.after) for one in found]

    def test_learned_and_removed(self) -> None:
        """What was learned of a measure comes before its going."""
        events = log(ONE, (Rated(measure="wohnen-1", level="hoch"), "2021-01-01"))
        found = [
            one
            for one in changes(events, "2022-12-31", "start", (1, 2))
            if one.subject == "measure"
        ]
        assert [("level", "learned"), (None, "decided")] == [
            (one.attribute, one.axis) for one in found
        ]
        assert "hoch" == found[-1].before.level


class TestOrderAlone:
    """Where a value is another though the event that set it is the same."""

    def test_earlier_proposal(self) -> None:
        """A vague proposal that turns out to be the first lets a later one put the measure back."""
        events = log(
            (Started(measure="wohnen-1"), "2021-02-01"),
            (Proposed(measure="wohnen-1"), "2021-06-01"),
            (Proposed(measure="wohnen-1"), "2021"),
        )
        found = by_attribute(changes(events, "2021-12-30", "2021-12-31"))
        assert ("started", "proposed", [2]) == (
            found["phase"].before,
            found["phase"].after,
            positions(found["phase"]),
        )

    def test_earlier_proposal_without_a_title(self) -> None:
        """It may not even say what becomes another through it."""
        events = log(
            (Amended(measure="wohnen-1", title="Garten"), "2021-02-01"),
            (Proposed(measure="wohnen-1", title="Turnier"), "2021-06-01"),
            (Proposed(measure="wohnen-1"), "2021"),
        )
        found = by_attribute(changes(events, "2021-12-30", "2021-12-31"))
        assert ("Garten", "Turnier", [2]) == (
            found["title"].before,
            found["title"].after,
            positions(found["title"]),
        )

    def test_interruption_taken_back(self) -> None:
        """When a pause is taken back, the run has lasted since before it: that is the cause."""
        events = log(
            ONE,
            STARTED,
            (Paused(measure="wohnen-1"), "2023-04-01"),
            (Started(measure="wohnen-1"), "2023-05-01"),
            (Retracted(event=id_at(2)), "2023-06-01"),
        )
        (change,) = changes(events, "2023-06-01", "2023-06-01", (4, 5))
        assert ("since", [4]) == (change.attribute, positions(change))
        renamed: Entry = (Amended(measure="wohnen-1", title="Gärten"), "2023-04-01")
        more = (*events, *log(*[renamed] * 6)[5:])
        found = by_attribute(changes(more, "2023-06-01", "2023-06-01", (4, 6)))
        assert ([4], [5]) == (positions(found["since"]), positions(found["title"]))

    def test_list_behind_a_decision(self) -> None:
        """A decision reaches a measure whose list is known only later: the list is the cause."""
        events = log(
            FIELD,
            ONE,
            (Decided(conference="stk-3", outcome="adopted", fields=["wohnen"]), "2023-03-16"),
            (listed(1), "2023-01-01"),
        )
        found = by_attribute(
            [
                one
                for one in changes(events, "2023-06-01", "2023-06-01", (3, 4))
                if one.id == "wohnen-1"
            ]
        )
        assert [3] == positions(found[f"decisions.{id_at(2)}"]) == positions(found["rank"])

    def test_list_that_no_longer_has_the_measure(self) -> None:
        """A list that comes in between and is empty takes a decision from a measure it never names.

        The measure need not even belong to the field of that list.
        """
        events = log(
            (Proposed(measure="soziales-1", title="Garten", field="soziales"), "2021-01-01"),
            (Prioritized(field="wohnen", ranking=["soziales-1"]), "2022-01-01"),
            (Decided(conference="stk-3", outcome="adopted", fields=["wohnen"]), "2023-03-16"),
            (listed(), "2023-01-01"),
        )
        found = changes(events, "2023-06-01", "2023-06-01", (3, 4))
        (gone,) = [one for one in found if one.id == "soziales-1"]
        assert (f"decisions.{id_at(2)}", None, [3]) == (
            gone.attribute,
            gone.after,
            positions(gone),
        )

    def test_implemented_by_a_vague_report(self) -> None:
        """A vague event changes the plan on the last day of its interval."""
        events = log(ONE, (Implemented(measure="wohnen-1"), "2023"))
        assert [] == changes(events, "2023-01-01", "2023-12-30")
        found = by_attribute(changes(events, "2023-12-30", "2023-12-31"))
        assert [1] == positions(found["phase"])
