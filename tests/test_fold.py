"""What was it then? Contents folded into a plan."""

from datetime import date

import pytest
from hypothesis import given

from planlog.dates import InexactDate
from planlog.draft import Draft
from planlog.events import (
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.fold import apply, replay, run_after
from planlog.mappings import FrozenMapping
from planlog.plan import (
    ActionField,
    Conference,
    Decision,
    Goal,
    Measure,
    Phase,
    Plan,
    Version,
    Votes,
)
from planlog.slots import live_slots
from planlog.testing.logs import logs
from planlog.timeline import counting
from tests.histories import Entry, id_at, log, measure_of, plan_of

DAY = "2021-09-01"
NEXT = "2021-09-02"
THIRD = "2021-09-03"
FOURTH = "2021-09-04"
PROPOSED: Entry = (Proposed(measure="a-1", title="Garten"), DAY)


def on(text: str) -> InexactDate:
    """A date."""
    return InexactDate.parse(text)


class TestPlan:
    """Tests for what is said of the plan as a whole."""

    def test_nothing(self) -> None:
        """Nothing recorded leaves an empty plan."""
        assert Plan() == plan_of()

    def test_opened(self) -> None:
        """A plan that was opened has its title, place, programme and language."""
        assert Plan(
            title="Maßnahmenplan", place="Ahlhorn", programme="Soziale Stadt", language="de"
        ) == plan_of(
            (
                PlanOpened(
                    title="Maßnahmenplan",
                    place="Ahlhorn",
                    programme="Soziale Stadt",
                    language="de",
                ),
                DAY,
            )
        )

    def test_amended(self) -> None:
        """What a change of the plan leaves out stays."""
        assert Plan(title="Fortschreibung", place="Ahlhorn") == plan_of(
            (PlanOpened(title="Maßnahmenplan", place="Ahlhorn"), DAY),
            (PlanAmended(title="Fortschreibung"), NEXT),
        )


class TestFields:
    """Tests for action fields and goals."""

    def test_added_and_amended(self) -> None:
        """A field is renamed and keeps the number that the change leaves out."""
        assert (ActionField(id="a", number="1", title="Wohnen und Leben"),) == plan_of(
            (FieldAdded(field="a", title="Wohnen", number="1"), DAY),
            (FieldAmended(field="a", title="Wohnen und Leben"), NEXT),
        ).fields

    def test_added_again(self) -> None:
        """A second introduction restates."""
        assert (ActionField(id="a", number="2", title="B"),) == plan_of(
            (FieldAdded(field="a", title="A", number="2"), DAY),
            (FieldAdded(field="a", title="B"), NEXT),
        ).fields

    def test_order(self) -> None:
        """Fields stand by number, whatever came first."""
        assert ["b", "a", "c"] == [
            field.id
            for field in plan_of(
                (FieldAdded(field="c", title="C"), DAY),
                (FieldAdded(field="a", title="A", number="10"), DAY),
                (FieldAdded(field="b", title="B", number="2"), DAY),
            ).fields
        ]

    @pytest.mark.parametrize(
        "event",
        [
            Proposed(measure="a-1", field="a"),
            Amended(measure="a-1", field="a"),
            Prioritized(field="a", ranking=[]),
            GoalAdded(goal="a-goal", field="a", title="Ruhe"),
            Decided(conference="stk-3", outcome="adopted", fields=["a"]),
            Noted(about=About(field="a"), text="Hinweis"),
        ],
    )
    def test_not_introduced_yet(self, event: Event) -> None:
        """An event about a field that is not introduced yet lets it appear, without a title."""
        (field,) = plan_of((event, DAY)).fields
        assert ("a", None, None) == (field.id, field.title, field.number)

    def test_goals(self) -> None:
        """Goals stand by field in the order of the fields, those without a known field last."""
        assert (
            Goal(id="x", field="b", title="X"),
            Goal(id="g2", field="a", title="G2"),
            Goal(id="g10", field="a", title="G10"),
            Goal(id="o"),
        ) == plan_of(
            (FieldAdded(field="a", title="A", number="2"), DAY),
            (FieldAdded(field="b", title="B", number="1"), DAY),
            (GoalAdded(goal="g10", field="a", title="G10"), DAY),
            (GoalAdded(goal="g2", field="a", title="G2"), DAY),
            (GoalAdded(goal="x", field="b", title="X"), DAY),
            (Proposed(measure="a-1", title="Garten", goal="o"), DAY),
        ).goals

    def test_goal_added_again(self) -> None:
        """A second introduction of a goal restates it, in another field if need be."""
        assert (Goal(id="g", field="b", title="Y"),) == plan_of(
            (GoalAdded(goal="g", field="a", title="X"), DAY),
            (GoalAdded(goal="g", field="b", title="Y"), NEXT),
        ).goals


class TestConferences:
    """Tests for conferences and versions."""

    def test_held(self) -> None:
        """A conference has the day, as written, on which it was held."""
        assert (
            Conference(id="stk-1", on=on("2021-09"), title="1.", kind="council", place="Halle"),
        ) == plan_of(
            (
                ConferenceHeld(conference="stk-1", title="1.", kind="council", place="Halle"),
                "2021-09",
            )
        ).conferences

    def test_held_again(self) -> None:
        """A second introduction restates; what it leaves out stays."""
        assert (
            Conference(id="stk-1", on=on(NEXT), title="2.", kind="workshop", place="Halle"),
        ) == plan_of(
            (ConferenceHeld(conference="stk-1", title="1.", kind="council", place="Halle"), DAY),
            (ConferenceHeld(conference="stk-1", title="2.", kind="workshop"), NEXT),
        ).conferences

    def test_order(self) -> None:
        """Conferences stand by day, then by id; those of which no day is known last."""
        assert ["c", "a", "b", "e", "d"] == [
            conference.id
            for conference in plan_of(
                (Noted(about=About(conference="d"), text="Hinweis"), DAY),
                (
                    ConferenceHeld(conference="e", title="E", kind="council"),
                    "2021-09-02/2021-09-03",
                ),
                (ConferenceHeld(conference="b", title="B", kind="council"), NEXT),
                (ConferenceHeld(conference="a", title="A", kind="council"), NEXT),
                (ConferenceHeld(conference="c", title="C", kind="council"), DAY),
            ).conferences
        ]

    def test_not_introduced_yet(self) -> None:
        """A decision of a conference lets it appear, with nothing known of it but its name."""
        assert (Conference(id="stk-1"),) == plan_of(
            (Decided(conference="stk-1", outcome="noted"), DAY)
        ).conferences

    def test_versions(self) -> None:
        """Versions stand by day, then by id."""
        deck = VersionRecorded(
            version="deck",
            title="Folien",
            coverage="excerpt",
            attributes=["title"],
            measures={"a-1": ["title", "rank"]},
            document="0" * 64,
        )
        assert (
            Version(id="a", on=on(DAY), coverage="complete", attributes=()),
            Version(id="b", on=on(NEXT), coverage="complete", attributes=()),
            Version(
                id="deck",
                on=on(NEXT),
                coverage="excerpt",
                title="Folien",
                attributes=("title",),
                measures=FrozenMapping({"a-1": ("title", "rank")}),
                document="0" * 64,
            ),
        ) == plan_of(
            (deck, NEXT),
            (VersionRecorded(version="b", coverage="complete", attributes=[]), NEXT),
            (VersionRecorded(version="a", coverage="complete", attributes=[]), DAY),
        ).versions

    def test_version_recorded_again(self) -> None:
        """A version that is recorded again is stated anew, as a whole."""
        assert (Version(id="deck", on=on(NEXT), coverage="complete"),) == plan_of(
            (
                VersionRecorded(
                    version="deck", title="Folien", coverage="excerpt", attributes=["title"]
                ),
                DAY,
            ),
            (VersionRecorded(version="deck", coverage="complete", attributes=[]), NEXT),
        ).versions


class TestProposed:
    """Tests for proposals."""

    def test_everything(self) -> None:
        """A proposal states everything about a measure but rank, level and decisions."""
        assert Measure(
            id="a-1",
            field="a",
            number="16",
            title="Garten",
            phase="proposed",
            since=on(DAY),
            stage="Idee",
            note="Protokoll",
            goal="a-goal",
            description="Beete",
            responsible=("GWA",),
            partners=("Gemeinde", "Verein"),
            due=on("2024"),
            cost="500 €",
            funding="Stiftung",
            attributes=FrozenMapping({"topic": "Grün"}),
        ) == measure_of(
            (
                Proposed(
                    measure="a-1",
                    title="Garten",
                    field="a",
                    number="16",
                    goal="a-goal",
                    description="Beete",
                    responsible=["GWA"],
                    partners=["Gemeinde", "Verein"],
                    due="2024",
                    cost="500 €",
                    funding="Stiftung",
                    attributes={"topic": "Grün"},
                    stage="Idee",
                    note="Protokoll",
                ),
                DAY,
            )
        )

    def test_again(self) -> None:
        """A later proposal puts the measure back and restates what it gives, nothing else.

        Attributes merge key by key; stage and note are what it says, or none.
        """
        assert Measure(
            id="a-1",
            title="Beete",
            number="3",
            phase="proposed",
            since=on(THIRD),
            responsible=(),
            partners=("Verein",),
            attributes=FrozenMapping({"topic": "Grün", "light": "rot"}),
        ) == measure_of(
            (
                Proposed(
                    measure="a-1",
                    title="Garten",
                    number="3",
                    responsible=["GWA"],
                    partners=["Verein"],
                    attributes={"topic": "Grün", "light": "gelb"},
                    stage="Idee",
                    note="Protokoll",
                ),
                DAY,
            ),
            (Implemented(measure="a-1", stage="Fertig", note="läuft"), NEXT),
            (
                Proposed(measure="a-1", title="Beete", responsible=[], attributes={"light": "rot"}),
                THIRD,
            ),
        )

    def test_after_the_work(self) -> None:
        """The earliest proposal is folded before everything else about its measure.

        So work that is on record for an earlier day is not put back by it.
        """
        assert Measure(
            id="a-1",
            title="Garten",
            number="7",
            level="hoch",
            phase="started",
            since=on(DAY),
            stage="Stufe 1",
        ) == measure_of(
            (Started(measure="a-1", stage="Stufe 1"), DAY),
            (Amended(measure="a-1", number="7"), DAY),
            (Rated(measure="a-1", level="hoch"), NEXT),
            (Proposed(measure="a-1", title="Garten", number="1", stage="Idee"), THIRD),
        )

    def test_earlier_on_the_day_of_the_work(self) -> None:
        """Within one day too: what the proposal says gives way to what stands before it."""
        assert "started" == measure_of((Started(measure="a-1"), DAY), PROPOSED).phase

    def test_second_proposal_after_the_work(self) -> None:
        """Only the earliest proposal goes to the front; a second one puts the measure back."""
        assert ("proposed", on(THIRD)) == (
            (
                measure := measure_of(
                    (Proposed(measure="a-1", title="x"), THIRD),
                    PROPOSED,
                    (Started(measure="a-1"), NEXT),
                )
            ).phase,
            measure.since,
        )

    def test_by_day_not_by_position(self) -> None:
        """The earliest proposal is the one of the first day, wherever it stands in the log."""
        assert "later" == measure_of((Proposed(measure="a-1", title="later"), NEXT), PROPOSED).title

    def test_by_position_within_a_day(self) -> None:
        """Of two proposals of one day, the one that stands first is the earliest."""
        assert (
            "second" == measure_of(PROPOSED, (Proposed(measure="a-1", title="second"), DAY)).title
        )


class TestAmended:
    """Tests for changes of a measure."""

    def test_renamed_renumbered_moved(self) -> None:
        """A change leaves phase, stage and note, and what it does not give."""
        assert Measure(
            id="a-1",
            title="Beete",
            field="b",
            number="4",
            cost="500 €",
            phase="proposed",
            since=on(DAY),
            stage="Idee",
            note="Protokoll",
        ) == measure_of(
            (
                Proposed(
                    measure="a-1",
                    title="Garten",
                    field="a",
                    number="1",
                    cost="500 €",
                    stage="Idee",
                    note="Protokoll",
                ),
                DAY,
            ),
            (Amended(measure="a-1", title="Beete", field="b", number="4"), NEXT),
        )

    def test_null(self) -> None:
        """Null clears."""
        assert Measure(id="a-1", phase="proposed", since=on(DAY)) == measure_of(
            (
                Proposed(
                    measure="a-1",
                    title="Garten",
                    field="a",
                    number="1",
                    goal="a-goal",
                    description="Beete",
                    responsible=["GWA"],
                    partners=["Verein"],
                    due="2024",
                    cost="500 €",
                    funding="Stiftung",
                    attributes={"topic": "Grün", "light": "gelb"},
                ),
                DAY,
            ),
            (
                Amended(
                    measure="a-1",
                    title=None,
                    field=None,
                    number=None,
                    goal=None,
                    description=None,
                    responsible=None,
                    partners=None,
                    due=None,
                    cost=None,
                    funding=None,
                    attributes=None,
                ),
                NEXT,
            ),
        )

    def test_attributes(self) -> None:
        """Attributes merge key by key; null for a key clears that key."""
        attributes = measure_of(
            (Proposed(measure="a-1", attributes={"topic": "Grün", "light": "gelb", "x": "y"}), DAY),
            (Amended(measure="a-1", attributes={"light": None, "new": "z", "x": "w"}), NEXT),
        ).attributes
        assert {"new": "z", "topic": "Grün", "x": "w"} == attributes
        assert ["new", "topic", "x"] == list(attributes)

    def test_attributes_after_null(self) -> None:
        """What is set after clearing is there again."""
        assert {"light": "rot"} == measure_of(
            (Proposed(measure="a-1", attributes={"topic": "Grün", "light": "gelb"}), DAY),
            (Amended(measure="a-1", attributes=None), NEXT),
            (Amended(measure="a-1", attributes={"light": "rot"}), THIRD),
        ).attributes

    def test_not_introduced_yet(self) -> None:
        """A change of a measure that is not proposed yet lets it appear, without a phase."""
        assert Measure(id="a-1", number="7") == measure_of(
            (Amended(measure="a-1", number="7"), DAY)
        )


class TestAppearing:
    """Tests for measures that appear before their introduction."""

    @pytest.mark.parametrize(
        "event",
        [
            Amended(measure="a-1"),
            Prioritized(field="a", ranking=["a-1"]),
            Rated(measure="a-1", level=None),
            Progressed(measure="a-1"),
            Decided(conference="stk-3", outcome="adopted", measures=["a-1"]),
            Noted(about=About(measure="a-1"), text="Hinweis"),
        ],
    )
    def test_without_a_phase(self, event: Event) -> None:
        """An event about a measure that sets no phase lets it appear with phase null."""
        measure = measure_of((event, DAY))
        assert ("a-1", None, None) == (measure.id, measure.phase, measure.since)

    def test_with_a_phase(self) -> None:
        """An event that sets a phase sets it, proposal or not."""
        assert Measure(id="a-1", phase="implemented", since=on(DAY)) == measure_of(
            (Implemented(measure="a-1"), DAY)
        )

    def test_lineage(self) -> None:
        """Both ends of a merge appear."""
        assert (
            Measure(id="a-1", predecessors=("a-2",)),
            Measure(id="a-2", phase="replaced", since=on(DAY), successors=("a-1",)),
        ) == plan_of((Merged(measures=["a-2"], into="a-1"), DAY)).measures

    def test_measures_of_a_version(self) -> None:
        """A document that states a measure does not put it into the plan."""
        version = VersionRecorded(
            version="deck", coverage="excerpt", attributes=["title"], measures={"a-1": ["title"]}
        )
        assert () == plan_of((version, DAY)).measures


class TestRank:
    """Tests for priority lists and levels."""

    FIELDS: tuple[Entry, ...] = (
        (Proposed(measure="a-1", title="A1", field="a", number="1"), DAY),
        (Proposed(measure="a-2", title="A2", field="a", number="2"), DAY),
        (Proposed(measure="b-1", title="B1", field="b", number="1"), DAY),
    )

    def ranks(self, *entries: Entry) -> dict[str, int | None]:
        """The rank of each measure, in the order of the plan."""
        return {measure.id: measure.rank for measure in plan_of(*self.FIELDS, *entries).measures}

    def test_place_in_the_list(self) -> None:
        """The rank is the place in the list, from 1; ranked ones stand first, by rank."""
        assert {"a-2": 1, "a-1": 2, "b-1": None} == self.ranks(
            (Prioritized(field="a", ranking=["a-2", "a-1"]), NEXT)
        )
        assert ("a-2", "a-1") == tuple(
            self.ranks((Prioritized(field="a", ranking=["a-2", "a-1"]), NEXT))
        )[:2]

    def test_new_list(self) -> None:
        """A list is the whole list: what is not on the new one has no rank."""
        assert {"a-2": 1, "a-1": None, "b-1": None} == self.ranks(
            (Prioritized(field="a", ranking=["a-1", "a-2"]), NEXT),
            (Prioritized(field="a", ranking=["a-2"]), THIRD),
        )

    def test_empty_list(self) -> None:
        """An empty list takes every rank."""
        assert {"a-1": None, "a-2": None, "b-1": None} == self.ranks(
            (Prioritized(field="a", ranking=["a-1"]), NEXT),
            (Prioritized(field="a", ranking=[]), THIRD),
        )

    def test_list_of_another_field(self) -> None:
        """A place in the list of a field that is not the measure's own is no rank."""
        assert {"b-1": 2, "a-1": None, "a-2": None} == {
            measure.id: measure.rank
            for measure in plan_of(
                *self.FIELDS, (Prioritized(field="b", ranking=["a-1", "b-1"]), NEXT)
            ).measures
        }

    def test_moved_to_another_field(self) -> None:
        """A measure that moves has the rank of the list of its present field."""
        lists: tuple[Entry, ...] = (
            (Prioritized(field="a", ranking=["a-1", "a-2"]), NEXT),
            (Prioritized(field="b", ranking=["b-1", "x", "a-1"]), NEXT),
        )
        moved: Entry = (Amended(measure="a-1", field="b"), THIRD)
        assert 1 == self.ranks(*lists)["a-1"]
        assert 3 == self.ranks(*lists, moved)["a-1"]
        assert 2 == self.ranks(*lists, moved)["a-2"]

    def test_outside_the_fields(self) -> None:
        """A measure outside the fields has no rank."""
        assert (
            self.ranks(
                (Prioritized(field="a", ranking=["a-1"]), NEXT),
                (Amended(measure="a-1", field=None), THIRD),
            )["a-1"]
            is None
        )

    def test_kept_by_the_field(self) -> None:
        """The list itself is kept by the field as it was stated, strangers included."""
        assert ("x", "a-1") == (
            plan_of((Prioritized(field="a", ranking=["x", "a-1"]), DAY)).field("a").ranking
        )

    def test_rated(self) -> None:
        """A level is set and cleared, whatever the rank."""
        rated: Entry = (Rated(measure="a-1", level="hoch"), NEXT)
        assert "hoch" == measure_of(PROPOSED, rated).level
        assert measure_of(PROPOSED, rated, (Rated(measure="a-1", level=None), THIRD)).level is None

    def test_under_way(self) -> None:
        """Priority and phase are two axes: neither changes the other."""
        measure = measure_of(
            (Proposed(measure="a-1", field="a"), DAY),
            (Rated(measure="a-1", level="hoch"), DAY),
            (Prioritized(field="a", ranking=["a-1"]), DAY),
            (Implemented(measure="a-1"), NEXT),
        )
        assert (1, "hoch", "implemented") == (measure.rank, measure.level, measure.phase)


class TestPhase:
    """Tests for the verbs that set a phase, with stage, note and cause."""

    VERBS = (
        (Started, "started"),
        (Implemented, "implemented"),
        (MadePermanent, "ongoing"),
        (Paused, "paused"),
        (Resumed, "started"),
    )

    @pytest.mark.parametrize(("verb", "phase"), VERBS)
    def test_verbs(self, verb: type[Started], phase: Phase) -> None:
        """Each verb sets its phase, with stage and note."""
        assert Measure(
            id="a-1", title="Garten", phase=phase, since=on(NEXT), stage="Stufe 2", note="läuft"
        ) == measure_of(PROPOSED, (verb(measure="a-1", stage="Stufe 2", note="läuft"), NEXT))

    @pytest.mark.parametrize("verb", [verb for verb, _ in VERBS])
    def test_stage_and_note_left_out(self, verb: type[Started]) -> None:
        """Each verb sets stage and note to what it says, or to none."""
        measure = measure_of(
            (Started(measure="a-1", stage="Stufe 1", note="läuft"), DAY),
            (verb(measure="a-1"), NEXT),
        )
        assert (None, None) == (measure.stage, measure.note)

    def test_dropped(self) -> None:
        """A measure that was given up has a cause, and its stage and note."""
        assert Measure(
            id="a-1",
            title="Garten",
            phase="dropped",
            since=on(NEXT),
            stage="Aus",
            note="zu teuer",
            cause="not_feasible",
        ) == measure_of(
            PROPOSED,
            (Dropped(measure="a-1", cause="not_feasible", stage="Aus", note="zu teuer"), NEXT),
        )

    def test_dropped_and_taken_up_again(self) -> None:
        """What is taken up again has no cause any more."""
        dropped: Entry = (Dropped(measure="a-1", cause="rejected"), NEXT)
        for event in (
            Proposed(measure="a-1"),
            Started(measure="a-1"),
            MadePermanent(measure="a-1"),
        ):
            assert measure_of(PROPOSED, dropped, (event, THIRD)).cause is None

    def test_dropped_for_another_cause(self) -> None:
        """The cause is the latest one."""
        assert (
            "other"
            == measure_of(
                (Dropped(measure="a-1", cause="rejected"), DAY),
                (Dropped(measure="a-1", cause="other"), NEXT),
            ).cause
        )

    def test_replaced_after_dropped(self) -> None:
        """A measure that was given up and then went into another has no cause, stage or note."""
        replaced = plan_of(
            (Dropped(measure="a-1", cause="rejected", stage="Aus", note="zu teuer"), DAY),
            (Merged(measures=["a-1"], into="a-2"), NEXT),
        ).measure("a-1")
        assert ("replaced", None, None, None) == (
            replaced.phase,
            replaced.cause,
            replaced.stage,
            replaced.note,
        )

    @pytest.mark.parametrize(
        ("progressed", "stage", "note"),
        [
            (Progressed(measure="a-1"), "Stufe 1", "läuft"),
            (Progressed(measure="a-1", stage="Stufe 2"), "Stufe 2", "läuft"),
            (Progressed(measure="a-1", note="stockt"), "Stufe 1", "stockt"),
            (Progressed(measure="a-1", stage=None), None, "läuft"),
            (Progressed(measure="a-1", note=None), "Stufe 1", None),
        ],
    )
    def test_progressed(self, progressed: Progressed, stage: str | None, note: str | None) -> None:
        """Progress leaves the phase and sets only what it gives; null clears."""
        measure = measure_of(
            (Started(measure="a-1", stage="Stufe 1", note="läuft"), DAY), (progressed, NEXT)
        )
        assert ("started", on(DAY), stage, note) == (
            measure.phase,
            measure.since,
            measure.stage,
            measure.note,
        )

    def test_progressed_after_dropped(self) -> None:
        """Progress leaves the cause."""
        assert (
            "rejected"
            == measure_of(
                (Dropped(measure="a-1", cause="rejected"), DAY),
                (Progressed(measure="a-1", note="vermisst"), NEXT),
            ).cause
        )


class TestSince:
    """Tests for the beginning of the present run of a phase."""

    def since(self, *entries: Entry) -> InexactDate | None:
        """Since when the measure has its phase, in the end."""
        return measure_of(*entries).since

    def test_as_written(self) -> None:
        """It is the date, as written, of the event that began it."""
        assert on("2020-09-18/2021-03") == self.since(
            (Started(measure="a-1"), "2020-09-18/2021-03")
        )

    def test_repeated(self) -> None:
        """Repeating a phase begins no new run."""
        assert on(DAY) == self.since((Started(measure="a-1"), DAY), (Started(measure="a-1"), NEXT))
        assert on(DAY) == self.since(PROPOSED, (Proposed(measure="a-1"), NEXT))

    def test_repeated_by_another_verb(self) -> None:
        """Nor does resuming what has never been paused."""
        assert on(DAY) == self.since((Started(measure="a-1"), DAY), (Resumed(measure="a-1"), NEXT))

    def test_left_and_resumed_on_different_days(self) -> None:
        """Leaving a phase and coming back on a later day begins a new run."""
        assert on(THIRD) == self.since(
            (Started(measure="a-1"), DAY),
            (Paused(measure="a-1"), NEXT),
            (Resumed(measure="a-1"), THIRD),
        )

    def test_left_and_resumed_within_one_day(self) -> None:
        """Leaving a phase and coming back on the same day begins none."""
        assert on(DAY) == self.since(
            (Started(measure="a-1"), DAY),
            (Paused(measure="a-1"), NEXT),
            (Resumed(measure="a-1"), NEXT),
        )

    def test_left_and_resumed_within_one_day_by_way_of_two(self) -> None:
        """However many phases lie between."""
        assert on(DAY) == self.since(
            (Started(measure="a-1"), DAY),
            (Paused(measure="a-1"), NEXT),
            (Implemented(measure="a-1"), NEXT),
            (Dropped(measure="a-1", cause="other"), NEXT),
            (Started(measure="a-1"), NEXT),
        )

    def test_left_and_resumed_and_left_within_one_day(self) -> None:
        """The phase that was left twice on one day has begun when it was first entered that day."""
        first = f"{NEXT}/{THIRD}"
        assert on(first) == self.since(
            (Started(measure="a-1"), DAY),
            (Paused(measure="a-1"), first),
            (Resumed(measure="a-1"), NEXT),
            (Paused(measure="a-1"), NEXT),
        )

    def test_left_one_day_resumed_the_next_left_and_resumed(self) -> None:
        """What was left on an earlier day is forgotten when a new day begins."""
        assert on(THIRD) == self.since(
            (Started(measure="a-1"), DAY),
            (Paused(measure="a-1"), NEXT),
            (Implemented(measure="a-1"), THIRD),
            (Started(measure="a-1"), THIRD),
        )

    def test_left_and_resumed_on_two_days_in_turn(self) -> None:
        """Each day is looked at on its own."""
        assert on(DAY) == self.since(
            (Started(measure="a-1"), DAY),
            (Paused(measure="a-1"), NEXT),
            (Started(measure="a-1"), NEXT),
            (Paused(measure="a-1"), THIRD),
            (Started(measure="a-1"), THIRD),
        )

    def test_of_another_measure(self) -> None:
        """What happens to another measure on the day does not matter."""
        plan = plan_of(
            (Started(measure="a-1"), DAY),
            (Started(measure="a-2"), NEXT),
            (Paused(measure="a-1"), NEXT),
            (Paused(measure="a-2"), NEXT),
            (Started(measure="a-1"), NEXT),
        )
        assert (on(DAY), on(NEXT)) == (plan.measure("a-1").since, plan.measure("a-2").since)

    def test_proposed_later_on_record(self) -> None:
        """The earliest proposal begins a run of its own, whatever its day."""
        assert on(THIRD) == self.since(
            (Rated(measure="a-1", level="hoch"), DAY), (Proposed(measure="a-1"), THIRD)
        )

    def test_not_changed_by_others(self) -> None:
        """What sets no phase begins no run."""
        assert on(DAY) == self.since(
            (Started(measure="a-1"), DAY),
            (Progressed(measure="a-1", stage="Stufe 2"), NEXT),
            (Amended(measure="a-1", title="Beete"), NEXT),
            (Rated(measure="a-1", level="hoch"), NEXT),
        )

    def test_into_itself(self) -> None:
        """A measure that stays in a merge keeps its run."""
        plan = plan_of(
            (Started(measure="a-1"), DAY), (Merged(measures=["a-1", "a-2"], into="a-1"), NEXT)
        )
        assert ("started", on(DAY)) == (plan.measure("a-1").phase, plan.measure("a-1").since)


class TestRunAfter:
    """Tests for `run_after`."""

    def test_first_turn(self) -> None:
        """The first phase begins with its event and leaves none."""
        assert (on(DAY), {}) == run_after(None, None, {}, "started", on(DAY))

    def test_repeated(self) -> None:
        """The same phase again leaves everything."""
        assert (on(DAY), {"paused": on(NEXT)}) == run_after(
            "started", on(DAY), {"paused": on(NEXT)}, "started", on(NEXT)
        )

    def test_other_phase(self) -> None:
        """Another phase begins with its event; what was left is remembered for the day."""
        left: dict[Phase, InexactDate] = {}
        assert (on(NEXT), {"started": on(DAY)}) == run_after(
            "started", on(DAY), left, "paused", on(NEXT)
        )
        assert {} == left

    def test_resumed(self) -> None:
        """A phase that was left this day goes on."""
        assert (on(DAY), {"started": on(DAY), "paused": on(NEXT)}) == run_after(
            "paused", on(NEXT), {"started": on(DAY)}, "started", on(NEXT)
        )


class TestLineage:
    """Tests for merging and splitting."""

    def test_merged(self) -> None:
        """The old ones are replaced; both ends tell of it."""
        plan = plan_of(
            (Proposed(measure="c", title="C"), DAY),
            (Started(measure="a", stage="Stufe 1"), DAY),
            (Merged(measures=["b", "a"], into="c"), NEXT),
        )
        assert [
            ("a", "replaced", (), ("c",)),
            ("b", "replaced", (), ("c",)),
            ("c", "proposed", ("a", "b"), ()),
        ] == [
            (measure.id, measure.phase, measure.predecessors, measure.successors)
            for measure in plan.measures
        ]
        assert (on(NEXT), None) == (plan.measure("a").since, plan.measure("a").stage)

    def test_split(self) -> None:
        """A measure that was divided is replaced, unless it is one of its parts."""
        plan = plan_of((Split(measure="a", into=["a", "b"]), DAY))
        assert [("a", None, (), ("b",)), ("b", None, ("a",), ())] == [
            (measure.id, measure.phase, measure.predecessors, measure.successors)
            for measure in plan.measures
        ]

    def test_chain(self) -> None:
        """Lineage tells the next step only, and stays when the measure is taken up again."""
        plan = plan_of(
            (Proposed(measure="b"), DAY),
            (Merged(measures=["a"], into="b"), DAY),
            (Merged(measures=["b"], into="c"), NEXT),
            (Proposed(measure="b"), THIRD),
        )
        middle = plan.measure("b")
        assert ("proposed", ("a",), ("c",)) == (
            middle.phase,
            middle.predecessors,
            middle.successors,
        )


class TestDecisions:
    """Tests for decisions of conferences."""

    def decision(self, position: int, outcome: str = "adopted", day: str = NEXT) -> Decision:
        """A decision of `stk-3` as a measure carries it."""
        assert outcome in ("adopted", "rejected")
        return Decision(
            event=id_at(position),
            conference="stk-3",
            on=on(day),
            outcome="adopted" if outcome == "adopted" else "rejected",
        )

    def test_about_measures_and_fields(self) -> None:
        """A decision is carried by each measure and field that it names."""
        plan = plan_of(
            (
                Decided(
                    conference="stk-3",
                    outcome="adopted",
                    measures=["a-1"],
                    fields=["a"],
                    text="einstimmig",
                    votes=Votes(yes=7, no=0, abstain=1),
                    reference="TOP 3",
                ),
                NEXT,
            )
        )
        expected = Decision(
            event=id_at(0),
            conference="stk-3",
            on=on(NEXT),
            outcome="adopted",
            text="einstimmig",
            votes=Votes(yes=7, no=0, abstain=1),
            reference="TOP 3",
        )
        assert ((expected,), (expected,)) == (
            plan.measure("a-1").decisions,
            plan.field("a").decisions,
        )

    def decided(self, *entries: Entry) -> dict[str, int]:
        """How many decisions each measure carries, those without any left out."""
        return {
            measure.id: len(measure.decisions)
            for measure in plan_of(*entries).measures
            if measure.decisions
        }

    LIST: Entry = (Prioritized(field="a", ranking=["a-1", "a-2"]), NEXT)
    ADOPTED: Entry = (Decided(conference="stk-3", outcome="adopted", fields=["a"]), NEXT)

    def test_about_a_list(self) -> None:
        """A decision about a field's list counts for each measure that is then on it."""
        assert {"a-1": 1, "a-2": 1} == self.decided(self.LIST, self.ADOPTED)

    def test_about_a_list_that_comes_later_the_same_day(self) -> None:
        """What is put on the list afterwards has not been decided."""
        assert {} == self.decided(self.ADOPTED, self.LIST)

    def test_about_a_list_that_changes(self) -> None:
        """Whoever was on the list then keeps the decision; who comes later has none."""
        assert {"a-1": 1, "a-2": 1} == self.decided(
            self.LIST, self.ADOPTED, (Prioritized(field="a", ranking=["a-3", "a-2"]), THIRD)
        )

    def test_about_the_latest_list(self) -> None:
        """An earlier list does not count any more."""
        assert {"a-3": 1} == self.decided(
            (Prioritized(field="a", ranking=["a-1"]), DAY),
            (Prioritized(field="a", ranking=["a-3"]), NEXT),
            self.ADOPTED,
        )

    def test_about_a_list_and_a_measure_on_it(self) -> None:
        """A measure that is named and on the list carries the decision once."""
        assert {"a-1": 1, "a-2": 1} == self.decided(
            self.LIST,
            (Decided(conference="stk-3", outcome="adopted", fields=["a"], measures=["a-1"]), NEXT),
        )

    def test_about_a_field_without_a_list(self) -> None:
        """Without a list, the field alone carries it."""
        plan = plan_of(self.ADOPTED)
        assert ((), (self.decision(0),)) == (plan.measures, plan.field("a").decisions)

    def test_about_two_lists(self) -> None:
        """A decision about two fields counts for the measures of both, whatever field is theirs."""
        assert {"a-1": 1, "a-2": 1, "b-1": 1} == self.decided(
            self.LIST,
            (Prioritized(field="b", ranking=["a-1", "b-1"]), NEXT),
            (Decided(conference="stk-3", outcome="adopted", fields=["a", "b"]), NEXT),
        )

    def test_several(self) -> None:
        """Decisions stand by day, then by what they say, never by position."""
        events: tuple[Event, ...] = (
            Decided(conference="stk-3", outcome="rejected", measures=["a-1"]),
            Decided(conference="stk-3", outcome="adopted", measures=["a-1"]),
        )
        measure = measure_of((events[0], NEXT), (events[1], THIRD), (events[1], NEXT))
        assert (
            self.decision(2),
            self.decision(0, "rejected"),
            self.decision(1, day=THIRD),
        ) == measure.decisions

    def test_order(self) -> None:
        """First day, last day, conference, outcome, text, and last the event tell the order."""
        month = "2021-09-02/2021-09-30"
        entries: list[Entry] = [
            (Decided(conference="b", outcome="noted", measures=["a-1"]), NEXT),
            (Decided(conference="a", outcome="noted", measures=["a-1"]), month),
            (Decided(conference="a", outcome="noted", measures=["a-1"], text="y"), NEXT),
            (Decided(conference="a", outcome="noted", measures=["a-1"], text="x"), NEXT),
            (Decided(conference="a", outcome="adopted", measures=["a-1"], text="z"), NEXT),
            (Decided(conference="a", outcome="noted", measures=["a-1"]), NEXT),
            (Decided(conference="a", outcome="noted", measures=["a-1"]), NEXT),
        ]
        assert [id_at(position) for position in (4, 5, 6, 3, 2, 0, 1)] == [
            one.event for one in measure_of(*entries).decisions
        ]


class TestNothing:
    """Tests for what changes no state."""

    def test_noted(self) -> None:
        """A note about the plan, or about a version that is not there, changes nothing."""
        assert Plan() == plan_of(
            (Noted(text="Hinweis"), DAY), (Noted(about=About(version="deck"), text="Hinweis"), DAY)
        )

    def test_retracted(self) -> None:
        """A retraction does its work before the fold."""
        assert Plan() == plan_of((Retracted(event=id_at(7)), DAY))


class TestReplay:
    """Tests for `replay`, `Draft` and `apply`."""

    HISTORY: tuple[Entry, ...] = (
        (PlanOpened(title="Maßnahmenplan", language="de"), DAY),
        (FieldAdded(field="a", title="Wohnen", number="1"), DAY),
        (GoalAdded(goal="g", field="a", title="Ruhe"), DAY),
        (ConferenceHeld(conference="stk-3", title="3.", kind="conference"), DAY),
        (VersionRecorded(version="deck", coverage="complete", attributes=["title"]), DAY),
        (
            Proposed(
                measure="a-1", title="Garten", field="a", attributes={"topic": "Grün", "x": "y"}
            ),
            DAY,
        ),
        (Prioritized(field="a", ranking=["a-2", "a-1"]), DAY),
        (Decided(conference="stk-3", outcome="adopted", fields=["a"], measures=["b-1"]), DAY),
        (Split(measure="b-1", into=["a-1", "a-2"]), DAY),
        (Dropped(measure="a-2", cause="other"), DAY),
        # From here on every event leans on something before.
        (PlanAmended(title="Fortschreibung"), NEXT),
        (FieldAmended(field="a", title="Wohnen und Leben"), NEXT),
        (Amended(measure="a-1", attributes={"x": None}), NEXT),
        (Decided(conference="stk-3", outcome="noted", fields=["a"]), NEXT),
        (Merged(measures=["a-2"], into="b-1"), NEXT),
        (Progressed(measure="a-1", note="läuft"), NEXT),
        (Proposed(measure="a-1"), NEXT),
        (Dropped(measure="a-2", cause="rejected"), THIRD),
    )

    def test_from_a_plan(self) -> None:
        """Replaying goes on from a plan as if it had never stopped."""
        slots = live_slots(log(*self.HISTORY))
        for size in range(len(slots)):
            assert replay(slots) == replay(slots[size:], replay(slots[:size])), size

    def test_from_an_empty_plan(self) -> None:
        """An empty plan is where everything begins."""
        slots = live_slots(log(*self.HISTORY))
        assert replay(slots) == replay(slots, Plan())

    def test_from_a_plan_within_a_day(self) -> None:
        """A plan does not tell what was left on its last day: go on from it on a later day only."""
        slots = live_slots(
            log(
                (Started(measure="a-1"), DAY),
                (Paused(measure="a-1"), NEXT),
                (Started(measure="a-1"), NEXT),
            )
        )
        assert on(DAY) == replay(slots).measure("a-1").since
        assert on(DAY) == replay(slots[1:], replay(slots[:1])).measure("a-1").since
        assert on(NEXT) == replay(slots[2:], replay(slots[:2])).measure("a-1").since

    def test_plan_left_alone(self) -> None:
        """Going on from a plan does not change it."""
        slots = live_slots(log(*self.HISTORY))
        before, again = replay(slots[:10]), replay(slots[:10])
        replay(slots[10:], before)
        assert again == before

    @given(logs())
    def test_thawed_and_frozen(self, events: tuple[RecordedEvent, ...]) -> None:
        """A plan that is taken up and left as it is stays equal."""
        plan = replay(counting(live_slots(events), date(2021, 9, 30)))
        assert plan == Draft(plan).freeze()

    def test_step_by_step(self) -> None:
        """A draft can be looked at after every step."""
        draft = Draft()
        slots = live_slots(log(*self.HISTORY))
        for size, slot in enumerate(slots, 1):
            apply(draft, slot)
            assert replay(slots[:size]) == draft.freeze(), size
