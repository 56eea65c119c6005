"""A proposal in the making, told by examples; the laws are tested beside it."""

from collections.abc import Mapping
from datetime import date

import pytest

from planlog.dates import InexactDate
from planlog.errors import TableError
from planlog.events import (
    Amended,
    Dropped,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.log import PlanLog
from planlog.mappings import FrozenMapping
from planlog.plan import GIVEN_UP
from planlog.stores.memory import MemoryStore
from planlog.versions.matching.answers import Answers
from planlog.versions.proposal import propose
from planlog.versions.statement import Statement
from tests.versions.tables import BY, codes, imported, proposed, table, take, told

FIRST, SECOND, THIRD = "2021-03-16", "2022-03-16", "2023-03-16"
GARDEN = {"title": "Garten", "field": "Wohnen", "number": "1"}
COURSE = {"title": "Kurs", "field": "Soziales", "number": "1"}


def led(before: Mapping[str, object], after: Mapping[str, object]) -> list[Event]:
    """The events that lead a measure from what one table states of it to what the next does."""
    log = imported((FIRST, table(("w-1", {**GARDEN, **before}))))
    return [event for _, event in told(proposed(log, table(("w-1", {**GARDEN, **after})), SECOND))]


class TestMeasures:
    def test_the_first_table(self) -> None:
        """An empty log is opened, fields are added, and every measure is proposed."""
        first = table(
            ("w-1", {**GARDEN, "stage": "Angeschoben", "phase": "started"}),
            ("s-1", {**COURSE, "stage": "Idee", "phase": "proposed"}),
        )
        assert [
            (FIRST, PlanOpened(title="Plan")),
            (FIRST, FieldAdded(field="wohnen", title="Wohnen")),
            (FIRST, FieldAdded(field="soziales", title="Soziales")),
            (FIRST, Proposed(measure="w-1", title="Garten", field="wohnen", number="1")),
            (
                FIRST,
                Proposed(measure="s-1", title="Kurs", field="soziales", number="1", stage="Idee"),
            ),
            (FIRST, Started(measure="w-1", stage="Angeschoben")),
        ] == told(proposed(None, first, FIRST))

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ({"title": "Beet"}, {}, [Amended(measure="w-1", title="Garten")]),
            ({}, {"number": "1.10"}, [Amended(measure="w-1", number="1.10")]),
            ({}, {"field": None}, [Amended(measure="w-1", field=None)]),
            ({"level": "hoch"}, {"level": None}, [Rated(measure="w-1", level=None)]),
            (
                {"responsible": ("GWA",)},
                {"responsible": None},
                [Amended(measure="w-1", responsible=None)],
            ),
            (
                {"due": None},
                {"due": InexactDate.parse("2024")},
                [Amended(measure="w-1", due="2024")],
            ),
            (
                {"attributes.topic": "Klima"},
                {"attributes.topic": None, "attributes.light": "rot"},
                [Amended(measure="w-1", attributes={"topic": None, "light": "rot"})],
            ),
            ({"note": None}, {"note": "läuft"}, [Progressed(measure="w-1", note="läuft")]),
        ],
    )
    def test_described_anew(
        self, before: dict[str, object], after: dict[str, object], expected: list[Event]
    ) -> None:
        """Only what is another thing now is told; an empty cell of a complete table clears."""
        assert expected == led(before, after)

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ("proposed", "started", Started(measure="w-1", stage="neu")),
            ("paused", "started", Resumed(measure="w-1", stage="neu")),
            ("started", "implemented", Implemented(measure="w-1", stage="neu")),
            ("implemented", "started", Started(measure="w-1", stage="neu")),
            ("started", "ongoing", MadePermanent(measure="w-1", stage="neu")),
            ("started", "paused", Paused(measure="w-1", stage="neu")),
            ("started", "proposed", Proposed(measure="w-1", stage="neu")),
            ("started", "started", Progressed(measure="w-1", stage="neu")),
        ],
    )
    def test_turned(self, before: str, after: str, expected: Event) -> None:
        """A status word leads to the verb of its phase; another word for the phase is a report."""
        assert [expected] == led(
            {"phase": before, "stage": "alt"}, {"phase": after, "stage": "neu"}
        )

    def test_given_up_by_its_status(self) -> None:
        """A measure can be listed as given up, and for another cause later."""
        rejected = {"phase": "dropped", "cause": "rejected", "stage": "abgelehnt"}
        other = {**rejected, "cause": "other"}
        assert [Dropped(measure="w-1", cause="rejected", stage="abgelehnt")] == led(
            {"phase": "started", "stage": None}, rejected
        )
        assert [Dropped(measure="w-1", cause="other", stage="abgelehnt")] == led(rejected, other)

    def test_given_up_without_a_cause(self) -> None:
        """Where no cause is stated it is another one, and is not told again."""
        dropped = {"phase": "dropped", "stage": "entfallen"}
        assert [Dropped(measure="w-1", cause="other", stage="entfallen")] == led(
            {"phase": "started", "stage": None}, dropped
        )
        assert [] == led(dropped, dropped)

    def test_missing_from_a_complete_table(self) -> None:
        """A measure that a complete table lacks is dropped as not listed, and once."""
        log = imported((FIRST, table(("w-1", GARDEN), ("s-1", COURSE))))
        only = table(("s-1", COURSE))
        assert [(SECOND, Dropped(measure="w-1", cause="not_listed"))] == told(
            take(log, only, SECOND)
        )
        assert [] == told(proposed(log, table(("s-1", {**COURSE, "level": None})), THIRD))

    def test_missing_from_an_excerpt(self) -> None:
        """A measure that an excerpt lacks was not mentioned."""
        log = imported((FIRST, table(("w-1", GARDEN), ("s-1", COURSE))))
        assert [] == told(proposed(log, table(("s-1", COURSE), coverage="excerpt"), SECOND))

    @pytest.mark.parametrize("coverage", ["complete", "excerpt"])
    def test_back_in_the_plan(self, coverage: str) -> None:
        """A measure that was left out and is listed again is proposed again."""
        log = imported((FIRST, table(("w-1", GARDEN))), (SECOND, table(("s-1", COURSE))))
        back = table(("w-1", GARDEN), ("s-1", COURSE), coverage=coverage)  # type: ignore[arg-type]  # one of two words
        assert [(THIRD, Proposed(measure="w-1"))] == told(proposed(log, back, THIRD))

    def test_rejected_and_listed(self) -> None:
        """A table that does not say how measures stand takes none back that was rejected."""
        gone = {**GARDEN, "phase": "dropped", "cause": "rejected", "stage": None}
        log = imported((FIRST, table(("w-1", gone))))
        assert [] == told(proposed(log, table(("w-1", GARDEN)), SECOND))

    def test_the_note_of_a_phase_goes_with_it(self) -> None:
        """A note that a table does not state stays with its phase, and no longer."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "phase": "started", "note": "läuft"}))))
        same, other = (
            table(("w-1", {"phase": phase, "stage": "neu"})) for phase in ("started", "implemented")
        )
        assert [(SECOND, Progressed(measure="w-1", stage="neu"))] == told(
            proposed(log, same, SECOND)
        )
        assert [(SECOND, Implemented(measure="w-1", stage="neu"))] == told(
            proposed(log, other, SECOND)
        )

    def test_spoken_of_before_it_was_proposed(self) -> None:
        """A measure that was only rated by then is proposed with all there is of it."""
        log = imported((THIRD, table(("w-1", GARDEN))))
        log.record(Rated(measure="w-1", level="hoch"), on=FIRST, by=BY)
        first = table(("w-1", {**GARDEN, "level": None}))
        events = [event for on, event in told(proposed(log, first, SECOND)) if on == SECOND]
        assert [
            Proposed(measure="w-1", title="Garten", field="wohnen", number="1"),
            Rated(measure="w-1", level=None),
        ] == events[2:]

    def test_spoken_of_and_missing(self) -> None:
        """What was only spoken of is not in the plan, and cannot be dropped from it."""
        log = imported((THIRD, table(("w-1", GARDEN), ("s-1", COURSE))))
        log.record(Rated(measure="w-1", level="hoch"), on=FIRST, by=BY)
        first = table(("s-1", COURSE))
        assert not any(
            isinstance(event, Dropped) and on == SECOND
            for on, event in told(proposed(log, first, SECOND))
        )


class TestProgress:
    def test_told(self) -> None:
        """It is told how many measures were compared, and then how much is set again later."""
        log = imported((SECOND, table(("w-1", GARDEN), ("s-1", COURSE))))
        found: list[tuple[int, int]] = []
        propose(
            log.events(),
            table(("w-1", GARDEN), ("s-1", COURSE)),
            day=date.fromisoformat(FIRST),
            version="first",
            progress=lambda done, total: found.append((done, total)),
        )
        fields_and_measures = [(0, 4), (1, 4), (2, 4), (3, 4)]
        assert [(0, 2), (1, 2), *fields_and_measures] == found


class TestUncertain:
    def test_nothing_is_proposed(self) -> None:
        """Where it is uncertain which measure a row is, there is nothing to record yet."""
        log = imported((FIRST, table((None, {**GARDEN, "title": "Aufbau des Gartens"}))))
        moved = table((None, {**GARDEN, "title": "Aufbau des Gartens", "number": "9"}))
        proposal = proposed(log, moved, SECOND)
        assert () == proposal.events
        assert ["same"] == [suggestion.kind for suggestion in proposal.suggestions]
        accepted = proposed(log, moved, SECOND, answers=Answers(suggestions="accept"))
        assert [(SECOND, Amended(measure="wohnen-1", number="9"))] == told(accepted)
        assert proposal.suggestions == accepted.accepted


class TestOpening:
    def test_without_a_title(self) -> None:
        """An empty log cannot be opened without a title."""
        with pytest.raises(TableError, match="no plan yet; say what it is called with --title"):
            proposed(None, table(("w-1", GARDEN)), FIRST, opening=None)

    def test_language(self) -> None:
        """A plan is opened in the language in which it is written."""
        proposal = propose(
            (),
            table(("w-1", GARDEN)),
            day=date(2021, 3, 16),
            version="deck",
            opening="Plan",
            language="de",
        )
        assert PlanOpened(title="Plan", language="de") == proposal.events[0].event

    def test_never_opened(self) -> None:
        """A plan that got its title in another way needs none."""
        log = PlanLog(MemoryStore())
        log.record(PlanAmended(title="Plan"), on=FIRST, by=BY)
        events = [event for _, event in told(proposed(log, table(("w-1", GARDEN)), FIRST))]
        assert not any(isinstance(event, PlanOpened) for event in events)
        assert events == [
            event for _, event in told(proposed(log, table(("w-1", GARDEN)), FIRST, opening=None))
        ]

    def test_before_it_was_opened(self) -> None:
        """For a version of an earlier day the plan is opened on that day as well."""
        log = imported((SECOND, table(("w-1", GARDEN))))
        proposal = proposed(log, table(("w-1", GARDEN)), FIRST, opening="Anders")
        assert PlanOpened(title="Plan") == proposal.events[0].event


class TestNames:
    def test_goals(self) -> None:
        """A goal is found by its title within the field, and added where there is none."""
        first = table(
            ("w-1", {**GARDEN, "goal": "Nachbarschaft"}),
            ("s-1", {**COURSE, "goal": "Nachbarschaft"}),
        )
        log = imported((FIRST, first))
        assert [
            GoalAdded(goal="nachbarschaft", field="wohnen", title="Nachbarschaft"),
            GoalAdded(goal="nachbarschaft-2", field="soziales", title="Nachbarschaft"),
        ] == [one.event for one in log.events() if isinstance(one.event, GoalAdded)]
        assert [] == told(proposed(log, first, SECOND, version="again"))

    @pytest.mark.parametrize("name", ["Ruhe", "ruhe"])
    def test_a_goal_of_another_field(self, name: str) -> None:
        """A measure keeps its goal when it moves, unless its new field has one of that name."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "goal": "Ruhe"}), ("s-1", COURSE))))
        moved = ("w-1", {**GARDEN, "field": "Soziales", "number": "2", "goal": name})
        assert [(SECOND, Amended(measure="w-1", field="soziales", number="2"))] == told(
            proposed(log, table(moved, ("s-1", COURSE)), SECOND)
        )
        log.record(GoalAdded(goal="r", field="soziales", title=name), on=FIRST, by=BY)
        assert [(SECOND, Amended(measure="w-1", field="soziales", number="2", goal="r"))] == told(
            proposed(log, table(moved, ("s-1", COURSE)), SECOND)
        )

    def test_a_goal_like_one_of_another_field(self) -> None:
        """A measure that had no goal by now gets one of its own field."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "goal": "Ruhe"}), ("s-1", COURSE))))
        goal = table(("w-1", {**GARDEN, "goal": "Ruhe"}), ("s-1", {**COURSE, "goal": "Ruhe"}))
        assert [
            (SECOND, GoalAdded(goal="ruhe-2", field="soziales", title="Ruhe")),
            (SECOND, Amended(measure="s-1", goal="ruhe-2")),
        ] == told(proposed(log, goal, SECOND))

    def test_two_measures_of_one_goal(self) -> None:
        """A goal that two rows name is one."""
        both = table(
            ("w-1", {**GARDEN, "goal": "Ruhe"}), ("w-2", {**GARDEN, "number": "2", "goal": "Ruhe"})
        )
        assert ["ruhe"] == [goal.id for goal in imported((FIRST, both)).plan(FIRST).goals]

    def test_the_goal_of_a_measure_that_moved(self) -> None:
        """A goal goes with its measure into another field, if it is still called so."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "goal": "Ruhe"}))))
        moved = table(("w-1", {**GARDEN, "field": None, "goal": "Ruhe"}))
        same = proposed(log, moved, SECOND)
        renamed = table(("w-1", {**GARDEN, "field": "Soziales", "goal": "Nähe"}))
        other = proposed(log, renamed, SECOND)
        assert [(SECOND, Amended(measure="w-1", field=None))] == told(same)
        assert GoalAdded(goal="naehe", field="soziales", title="Nähe") == other.events[1].event

    def test_one_title_of_two_goals(self) -> None:
        """A title that two goals of a field have names neither."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "goal": "Ruhe"}))))
        log.record(GoalAdded(goal="x", field="wohnen", title="Ruhe"), on=FIRST, by=BY)
        with pytest.raises(TableError, match="more than one goal is called 'Ruhe': "):
            proposed(log, table(("w-1", {**GARDEN, "goal": "Ruhe"})), SECOND)

    def test_a_goal_outside_the_fields(self) -> None:
        """A new goal needs a field."""
        lonely = table(("w-1", {"title": "Garten", "goal": "Ruhe"}))
        with pytest.raises(TableError, match=r"plan.csv: A2: goal: the plan has no goal 'Ruhe'"):
            proposed(None, lonely, FIRST)

    def test_colliding_slugs(self) -> None:
        """Two titles are two fields, even where they would have one id."""
        fields = table(
            ("a", {"title": "A", "field": "Straße"}), ("b", {"title": "B", "field": "Strasse"})
        )
        plan = imported((FIRST, fields)).plan(FIRST)
        assert {"strasse": "Straße", "strasse-2": "Strasse"} == {
            field.id: field.title for field in plan.fields
        }

    def test_whatever_its_id(self) -> None:
        """The field with the table's title is meant, whatever its id; else the one with that id."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        log.record(FieldAdded(field="x", title="Umfeld"), on=FIRST, by=BY)
        for name in ("Umfeld", "x"):
            moved = table(("w-1", {**GARDEN, "field": name}))
            assert [(SECOND, Amended(measure="w-1", field="x"))] == told(
                proposed(log, moved, SECOND)
            )

    def test_one_title_of_two_fields(self) -> None:
        """A title that two fields have names neither."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        log.record(FieldAdded(field="x", title="Wohnen"), on=FIRST, by=BY)
        with pytest.raises(TableError, match="more than one field is called 'Wohnen': "):
            proposed(log, table(("w-1", GARDEN)), SECOND)

    @pytest.mark.parametrize("name", ["Wohnen", "wohnen"])
    def test_a_field_of_a_later_day(self, name: str) -> None:
        """A field that the plan has only later is that field, and is added on the earlier day."""
        log = imported((SECOND, table(("w-1", GARDEN))))
        proposal = proposed(log, table(("w-1", {**GARDEN, "field": name})), FIRST)
        assert FieldAdded(field="wohnen", title="Wohnen") == proposal.events[1].event

    def test_a_field_that_was_renamed_since(self) -> None:
        """A field that the plan has only later is known by every title it ever had."""
        log = imported((SECOND, table(("w-1", GARDEN))))
        log.record(FieldAmended(field="wohnen", title="Wohnen und Umfeld"), on=THIRD, by=BY)
        proposal = proposed(log, table(("w-1", GARDEN)), FIRST)
        assert FieldAdded(field="wohnen", title="Wohnen") == proposal.events[1].event

    def test_a_former_title_of_another(self) -> None:
        """A field that has the title in the end comes before one that only had it once."""
        log = imported((THIRD, table(("w-1", GARDEN))))
        log.record(FieldAdded(field="a", title="Wohnen"), on=SECOND, by=BY)
        log.record(FieldAmended(field="a", title="Bauen"), on=SECOND, by=BY)
        proposal = proposed(log, table(("w-1", GARDEN)), FIRST)
        assert FieldAdded(field="wohnen", title="Wohnen") == proposal.events[1].event

    def test_a_goal_that_was_renamed_since(self) -> None:
        """A goal that the plan has only later is known by every title it ever had."""
        first = table(("w-1", {**GARDEN, "goal": "Ruhe"}))
        log = imported((SECOND, first))
        log.record(GoalAdded(goal="ruhe", field="wohnen", title="Stille"), on=THIRD, by=BY)
        added = [new.event for new in proposed(log, first, FIRST).events][2]
        assert GoalAdded(goal="ruhe", field="wohnen", title="Ruhe") == added

    def test_the_later_title_of_another(self) -> None:
        """A field that is called otherwise on the day is another one."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        log.record(FieldAmended(field="wohnen", title="Umfeld"), on=THIRD, by=BY)
        proposal = proposed(log, table(("w-1", {**GARDEN, "field": "Umfeld"})), SECOND)
        assert FieldAdded(field="umfeld", title="Umfeld") == proposal.events[0].event

    def test_an_id_before_a_later_title(self) -> None:
        """A field with the id comes before one that has the title on another day."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        log.record(FieldAdded(field="x", title="Umfeld"), on=FIRST, by=BY)
        log.record(FieldAdded(field="a", title="x"), on=THIRD, by=BY)
        moved = table(("w-1", {**GARDEN, "field": "x"}))
        assert (SECOND, Amended(measure="w-1", field="x")) in told(proposed(log, moved, SECOND))

    def test_a_field_that_never_had_a_title(self) -> None:
        """A field that is only spoken of is found by its id, and has no title for all that."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        added = log.record(FieldAdded(field="x", title="Umfeld"), on=FIRST, by=BY)
        log.record(Prioritized(field="x", ranking=["w-1"]), on=FIRST, by=BY)
        log.record(Retracted(event=added.id), on=FIRST, by=BY, reason="Irrtum")
        moved = table(("w-1", {**GARDEN, "field": "x"}))
        assert [(SECOND, Amended(measure="w-1", field="x"))] == told(proposed(log, moved, SECOND))

    def test_a_field_without_a_title(self) -> None:
        """A field that is only spoken of by then gets the title that it has later."""
        log = imported((THIRD, table(("w-1", GARDEN))))
        log.record(Prioritized(field="wohnen", ranking=["w-1"]), on=FIRST, by=BY)
        proposal = proposed(log, table(("w-1", {**GARDEN, "field": "wohnen"})), SECOND)
        assert FieldAdded(field="wohnen", title="Wohnen") == proposal.events[1].event

    def test_nothing_but_marks(self) -> None:
        """A title of which no id can be made gives the field one all the same."""
        plan = imported((FIRST, table(("a", {"title": "A", "field": "–"})))).plan(FIRST)
        assert ["field"] == [field.id for field in plan.fields]


class TestLists:
    def ranked(self, *ranks: tuple[str, int | None], coverage: str = "complete") -> Statement:
        """A table that ranks measures of one field."""
        rows = [(id, {"title": id, "field": "Wohnen", "rank": rank}) for id, rank in ranks]
        return table(*rows, coverage=coverage)  # type: ignore[arg-type]  # one of two words

    def test_lists(self) -> None:
        """Ranks state the whole list of their field."""
        log = imported((FIRST, self.ranked(("a", 2), ("b", 1), ("c", None))))
        assert ("b", "a") == log.plan(FIRST).field("wohnen").ranking
        swapped = self.ranked(("a", 1), ("b", 2), ("c", None))
        assert [(SECOND, Prioritized(field="wohnen", ranking=["a", "b"]))] == told(
            proposed(log, swapped, SECOND)
        )

    def test_no_rank_in_a_complete_table(self) -> None:
        """A complete table that could rank and does not states that there is no list."""
        log = imported((FIRST, self.ranked(("a", 1))))
        assert [(SECOND, Prioritized(field="wohnen", ranking=[]))] == told(
            proposed(log, self.ranked(("a", None)), SECOND)
        )

    def test_an_excerpt(self) -> None:
        """An excerpt states the lists in which it ranks, whole, and no others."""
        log = imported((FIRST, self.ranked(("a", 1), ("b", 2))))
        excerpt = self.ranked(("b", 1), coverage="excerpt")
        assert [(SECOND, Prioritized(field="wohnen", ranking=["b"]))] == told(
            proposed(log, excerpt, SECOND)
        )
        unranked = table(("a", {"title": "a"}), coverage="excerpt")
        assert [] == told(proposed(log, unranked, SECOND))

    def test_gaps_where_measures_were_given_up(self) -> None:
        """Ranks with gaps are the present list, if what is missing was given up."""
        log = imported((FIRST, self.ranked(("a", 1), ("b", 2), ("c", 3))))
        log.record(Dropped(measure="b", cause="not_listed"), on=FIRST, by=BY)
        assert [] == told(proposed(log, self.ranked(("a", 1), ("c", 3)), SECOND))
        assert [(SECOND, Prioritized(field="wohnen", ranking=["a", "c"]))] == told(
            proposed(log, self.ranked(("a", 1), ("c", 2)), SECOND)
        )

    def test_gaps_where_measures_moved(self) -> None:
        """Ranks with gaps are the present list, if what is missing stands in another field now."""
        log = imported((FIRST, self.ranked(("a", 1), ("b", 2), ("c", 3))))
        log.record(Amended(measure="b", field=None), on=FIRST, by=BY)
        rows = [
            (id, {"title": id, "field": "Wohnen", "rank": at}) for id, at in (("a", 1), ("c", 3))
        ]
        elsewhere = ("b", {"title": "b", "field": None, "rank": None})
        assert [] == told(proposed(log, table(*rows, elsewhere), SECOND))


class TestLineage:
    MERGED = Answers(merged=FrozenMapping({"ab": ("a", "b")}))
    SPLIT = Answers(split=FrozenMapping({"a": ("a1", "a2")}))

    def before(self) -> Statement:
        """Two measures."""
        return table(("a", {"title": "A"}), ("b", {"title": "B"}))

    def test_merged(self) -> None:
        """Measures that were merged are replaced, not dropped, and the one knows them."""
        log = imported((FIRST, self.before()))
        take(log, table(("ab", {"title": "A und B"})), SECOND, answers=self.MERGED)
        events = [one.event for one in log.events() if str(one.on) == SECOND][:-1]
        assert [
            Proposed(measure="ab", title="A und B"),
            Merged(measures=("a", "b"), into="ab"),
        ] == events
        assert ("a", "b") == log.plan(SECOND).measure("ab").predecessors

    def test_split(self) -> None:
        """A measure that was split is replaced by what it became."""
        log = imported((FIRST, self.before()))
        parts = table(("a1", {"title": "A1"}), ("a2", {"title": "A2"}), ("b", {"title": "B"}))
        take(log, parts, SECOND, answers=self.SPLIT)
        assert Split(measure="a", into=("a1", "a2")) in [one.event for one in log.events()]
        assert "replaced" == log.plan(SECOND).measure("a").phase

    @pytest.mark.parametrize(
        ("answers", "after"),
        [
            (MERGED, ("ab",)),
            (SPLIT, ("a1", "a2", "b")),
            (Answers(merged=FrozenMapping({"a": ("a", "b")})), ("a",)),
            (Answers(split=FrozenMapping({"a": ("a", "a2")})), ("a", "a2", "b")),
        ],
    )
    def test_told_once(self, answers: Answers, after: tuple[str, ...]) -> None:
        """What the log says became of measures is not said again."""
        log = imported((FIRST, self.before()))
        named = table(*((id, {"title": id}) for id in after))
        take(log, named, SECOND, answers=answers)
        for version, day in ((f"version-{SECOND}", SECOND), ("other", SECOND), ("third", THIRD)):
            better = table(*((id, {"title": id, "level": None}) for id in after))
            assert [] == told(proposed(log, better, day, version=version, answers=answers))

    def test_told_again(self) -> None:
        """What became of measures is said again where they were in the plan again."""
        log = imported((FIRST, self.before()))
        merged = table(("ab", {"title": "A und B"}))
        take(log, merged, SECOND, answers=self.MERGED)
        log.record(Proposed(measure="a"), on=SECOND, by=BY)
        assert [(THIRD, Merged(measures=("a", "b"), into="ab"))] == told(
            proposed(log, merged, THIRD, answers=self.MERGED)
        )

    def test_told_of_another(self) -> None:
        """That a measure went into another than the log says is said."""
        log = imported((FIRST, self.before()))
        log.record(Merged(measures=["a"], into="b"), on=FIRST, by=BY)
        answers = Answers(merged=FrozenMapping({"c": ("a",)}))
        both = table(("b", {"title": "B"}), ("c", {"title": "C"}))
        assert (SECOND, Merged(measures=("a",), into="c")) in told(
            proposed(log, both, SECOND, answers=answers)
        )

    @pytest.mark.parametrize("answers", [MERGED, SPLIT], ids=["merged", "split"])
    def test_replaced_again(self, answers: Answers) -> None:
        """A measure that a later version does not list stays replaced by what it went into."""
        log = imported((FIRST, self.before()))
        after = table(
            ("ab", {"title": "A und B"}), ("a1", {"title": "A1"}), ("a2", {"title": "A2"})
        )
        take(log, after, THIRD)
        assert "dropped" == log.plan(THIRD).measure("a").phase
        between = table(
            ("ab", {"title": "A und B"}),
            ("a1", {"title": "A1"}),
            ("a2", {"title": "A2"}),
            ("b", {"title": "B"}),
        )
        if answers is self.MERGED:
            between = after
        take(log, between, SECOND, answers=answers)
        assert "replaced" == log.plan(THIRD).measure("a").phase
        assert log.plan(SECOND).measure("a").successors == log.plan(THIRD).measure("a").successors

    def test_replaced_by_nothing(self) -> None:
        """A status word that says "replaced" needs to say by what."""
        log = imported((FIRST, self.before()))
        replaced = table(
            ("a", {"title": "A", "phase": "replaced", "stage": None}),
            ("b", {"title": "B", "phase": "proposed", "stage": None}),
        )
        with pytest.raises(TableError) as caught:
            proposed(log, replaced, SECOND)
        assert [("plan.csv: A2", "phase", "replaced-by-nothing")] == codes(caught.value.flaws)


class TestRefused:
    def test_a_measure_that_is_not_there(self) -> None:
        """A measure of which a table has no title must be in the plan."""
        with pytest.raises(TableError) as caught:
            proposed(None, table(("w-1", {"level": "hoch"})), FIRST)
        assert [("plan.csv: A2", "title", "measure-not-there")] == codes(caught.value.flaws)

    @pytest.mark.parametrize("version", ["Fassung", "2021", "today"])
    def test_no_id_of_a_version(self, version: str) -> None:
        """The id of a version is a name, and no date."""
        with pytest.raises(TableError, match=f"{version!r} cannot be the id of a version"):
            proposed(None, table(("w-1", GARDEN)), FIRST, version=version)

    def test_another_day(self) -> None:
        """A version has one day."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        with pytest.raises(TableError, match=f"is recorded as of {FIRST}"):
            proposed(log, table(("s-1", COURSE)), SECOND, version=f"version-{FIRST}")

    def test_two_of_one_day(self) -> None:
        """Two versions of one day that state different values are refused, with all of them."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "level": None}))))
        other = table(("w-1", {**GARDEN, "title": "Beet", "level": "hoch"}), ("s-1", COURSE))
        with pytest.raises(TableError) as caught:
            proposed(log, other, FIRST, version="other")
        assert [
            ("plan.csv: A2", "level", "stated-otherwise"),
            ("plan.csv: A2", "title", "stated-otherwise"),
            ("plan.csv: A3", "", "listed-otherwise"),
        ] == codes(caught.value.flaws)
        assert "states -, and this one 'hoch'" in str(caught.value)

    def test_missing_from_one_of_two(self) -> None:
        """What one of two complete versions of a day lacks, the other must not have."""
        log = imported((FIRST, table(("w-1", GARDEN), ("s-1", COURSE))))
        with pytest.raises(TableError, match="the plan has 's-1', and by this one it has not"):
            proposed(log, table(("w-1", GARDEN)), FIRST, version="other")

    def test_given_up_in_one_of_two(self) -> None:
        """What one lists as given up and the other does not list is given up by both."""
        gone = {**GARDEN, "phase": "dropped", "cause": "rejected", "stage": "abgelehnt"}
        course = {**COURSE, "phase": "proposed", "stage": None}
        two = table(("w-1", gone), ("s-1", course)), table(("s-1", COURSE))
        plans = []
        for one, other in (two, two[::-1]):
            log = imported((FIRST, one))
            take(log, other, FIRST, version="other")
            plans.append(log.plan(FIRST))
        assert [{"s-1"}, {"s-1"}] == [
            {one.id for one in plan.measures if one.phase not in GIVEN_UP} for plan in plans
        ]
        assert "abgelehnt" == plans[0].measure("w-1").stage

    @pytest.mark.parametrize("coverage", ["complete", "excerpt"])
    def test_two_lists_of_one_day(self, coverage: str) -> None:
        """Two versions of one day cannot state two lists."""
        ranked = TestLists().ranked
        log = imported((FIRST, ranked(("a", 1), ("b", 2), coverage=coverage)))
        with pytest.raises(TableError, match="another list of field 'wohnen'"):
            proposed(log, ranked(("a", 2), ("b", 1)), FIRST, version="other")

    def test_two_of_one_day_that_agree(self) -> None:
        """Two versions of one day may share what they state, and add to each other."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        both = table(("w-1", {**GARDEN, "level": "hoch"}))
        assert [(FIRST, Rated(measure="w-1", level="hoch"))] == told(
            take(log, both, FIRST, version="other")
        )
        listed = table(("w-1", {"title": "Garten", "field": "Wohnen", "rank": 1}))
        assert [(FIRST, Prioritized(field="wohnen", ranking=["w-1"]))] == told(
            proposed(log, listed, FIRST, version="third")
        )

    def test_a_better_file_of_the_same_version(self) -> None:
        """A version can be imported again from a file that was put right."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "title": "Gatren"}), ("s-1", COURSE))))
        take(log, table(("w-1", GARDEN)), FIRST, version=f"version-{FIRST}")
        plan = log.plan(FIRST)
        assert "Garten" == plan.measure("w-1").title
        assert "not_listed" == plan.measure("s-1").cause
        assert [f"version-{FIRST}"] == [version.id for version in plan.versions]

    def test_what_a_better_excerpt_does_not_mention(self) -> None:
        """A measure that an excerpt mentioned by mistake is what it was without it."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "level": "hoch"}), ("s-1", COURSE))))
        rated = {id: (id, {"level": "niedrig"}) for id in ("w-1", "s-1")}
        take(log, table(*rated.values(), coverage="excerpt"), SECOND, version="v")
        right = table(rated["s-1"], coverage="excerpt")
        assert [(SECOND, Rated(measure="w-1", level="hoch"))] == told(
            take(log, right, SECOND, version="v")
        )

    def test_what_a_better_excerpt_leaves_to_another(self) -> None:
        """What another version of the day says as well stays."""
        log = imported((FIRST, table(("w-1", {**GARDEN, "level": "hoch"}))))
        rated = table(("w-1", {"level": "niedrig"}), coverage="excerpt")
        take(log, rated, SECOND, version="v")
        take(log, rated, SECOND, version="other")
        nothing = table(coverage="excerpt", attributes=("level",))
        assert [] == told(take(log, nothing, SECOND, version="v"))
        take(log, rated, SECOND, version="v")
        take(log, nothing, SECOND, version="other")
        assert [(SECOND, Rated(measure="w-1", level="hoch"))] == told(
            take(log, nothing, SECOND, version="v")
        )

    def test_new_in_a_file_that_was_wrong(self) -> None:
        """What only a wrong excerpt brought in cannot be as it was without, and is left alone."""
        log = imported((FIRST, table(("w-1", GARDEN))))
        take(log, table(("s-1", COURSE), coverage="excerpt"), SECOND, version="v")
        nothing = table(coverage="excerpt", attributes=("title",))
        assert [] == told(take(log, nothing, SECOND, version="v"))

    def test_the_list_of_a_file_that_was_wrong(self) -> None:
        """A list that the better file does not state is what it was without the other."""
        ranked = TestLists().ranked
        log = imported((FIRST, ranked(("a", 1), ("b", 2))))
        take(log, ranked(("b", 1), ("a", 2)), SECOND, version="v")
        unranked = table(*((id, {"title": id, "field": "Wohnen"}) for id in ("a", "b")))
        assert [(SECOND, Prioritized(field="wohnen", ranking=["a", "b"]))] == told(
            proposed(log, unranked, SECOND, version="v")
        )
        take(log, ranked(("b", 1), ("a", 2)), SECOND, version="other")
        assert [] == told(proposed(log, unranked, SECOND, version="v"))

    def test_back_to_the_first_file(self) -> None:
        """A version can be imported from its first file again, if the other was the wrong one."""
        right, wrong = (table(("w-1", {**GARDEN, "title": title})) for title in ("Garten", "x"))
        log = imported((FIRST, right))
        version = f"version-{FIRST}"
        take(log, wrong, FIRST, version=version)
        assert [(FIRST, Amended(measure="w-1", title="Garten"))] == told(
            take(log, right, FIRST, version=version)
        )
        assert proposed(log, right, FIRST, version=version).already

    def test_another_conference_of_the_day(self) -> None:
        """A list that no version of the day states may be stated."""
        ranked = TestLists().ranked
        log = imported((FIRST, table(("a", {"title": "a", "field": "Wohnen"}))))
        assert [(FIRST, Prioritized(field="wohnen", ranking=["a"]))] == told(
            proposed(log, ranked(("a", 1)), FIRST, version="other")
        )


class TestVersion:
    def recorded(self, statement: Statement) -> VersionRecorded:
        """What is recorded of a version."""
        event = proposed(None, statement, FIRST).events[-1].event
        assert isinstance(event, VersionRecorded)
        return event

    def test_complete(self) -> None:
        """A complete version states the same of all, and mentions what the plan has."""
        version = self.recorded(table(("w-1", {**GARDEN, "phase": "started"})))
        assert ("title", "field", "number", "phase") == version.attributes
        assert version.measures is None

    def test_complete_and_given_up(self) -> None:
        """That it lists what was given up is told."""
        gone = {**GARDEN, "phase": "dropped", "cause": "other"}
        version = self.recorded(table(("w-1", gone), ("s-1", {**COURSE, "phase": "started"})))
        assert {"w-1": ("title", "field", "number", "phase")} == version.measures

    def test_excerpt(self) -> None:
        """An excerpt tells what it states of each."""
        version = self.recorded(
            table(("w-1", GARDEN), ("s-1", {"title": "Kurs"}), coverage="excerpt")
        )
        assert {"w-1": ("title", "field", "number"), "s-1": ("title",)} == version.measures
        assert {} == self.recorded(table(coverage="excerpt", attributes=["title"])).measures

    @pytest.mark.parametrize("coverage", ["complete", "excerpt"])
    def test_too_long(self, coverage: str) -> None:
        """A version that tells more of its measures than an event can hold is refused."""
        rows = [(f"measure-{at}", {"title": "Garten"}) for at in range(2_600)]
        fits = table(*rows[:2_400], coverage=coverage)  # type: ignore[arg-type]  # one of two words
        log = PlanLog(MemoryStore())
        take(log, fits, FIRST)
        assert 2_400 == len(log.plan(FIRST).measures)
        more = table(*rows, coverage=coverage)  # type: ignore[arg-type]  # one of two words
        with pytest.raises(TableError, match="2600 measures takes 63891 bytes"):
            proposed(None, more, FIRST)
