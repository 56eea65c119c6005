"""What each event sets."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.effects import DESCRIBING, MENTION, PLAN, Effect, effects
from planlog.events import (
    EVENT_CLASSES,
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
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
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.mappings import FrozenMapping
from planlog.plan import Decision, Votes
from planlog.references import references
from planlog.slots import Slot, live_slots
from planlog.testing.logs import contents
from tests.histories import id_at, recorded

ON = "2023-03-16"
MEASURE = ("measure", "a-1")
OTHER = ("measure", "a-2")
FIELD = ("field", "a")
GOAL = ("goal", "a-goal")
CONFERENCE = ("conference", "stk-3")


def slot(event: Event) -> Slot:
    """The slot that *event* opened."""
    content = recorded(0, event, ON)
    return Slot(position=0, id=content.id, content=content, day=content.on.first)


def set_by(event: Event) -> Counter[Effect]:
    """Everything that *event* sets."""
    return Counter(effects(slot(event)))


def turn(
    phase: str, stage: str | None = None, note: str | None = None, measure: str = "a-1"
) -> Counter[Effect]:
    """What every event sets that sets a phase."""
    subject = ("measure", measure)
    return Counter(
        [
            (subject, "phase", phase),
            (subject, "stage", stage),
            (subject, "note", note),
            (subject, "cause", None),
        ]
    )


def mention(*subjects: tuple[str, str]) -> Counter[Effect]:
    """That *subjects* are there."""
    return Counter((subject, MENTION, None) for subject in subjects)


class TestEffects:
    """Tests for `effects`."""

    @pytest.mark.parametrize("cls", [PlanOpened, PlanAmended])
    def test_plan(self, cls: type[PlanOpened | PlanAmended]) -> None:
        """The plan as a whole: what is given is set, what is left out stays."""
        event = cls(
            title="Maßnahmenplan", place="Ahlhorn", programme="Soziale Stadt", language="de"
        )
        assert [
            (PLAN, "title", "Maßnahmenplan"),
            (PLAN, "place", "Ahlhorn"),
            (PLAN, "programme", "Soziale Stadt"),
            (PLAN, "language", "de"),
        ] == effects(slot(event))
        assert [(PLAN, "title", "x")] == effects(slot(cls(title="x")))

    @pytest.mark.parametrize("cls", [FieldAdded, FieldAmended])
    def test_field(self, cls: type[FieldAdded | FieldAmended]) -> None:
        """A field: title, and number where it is given."""
        assert [(FIELD, "title", "Wohnen"), (FIELD, "number", "1")] == effects(
            slot(cls(field="a", title="Wohnen", number="1"))
        )
        assert [(FIELD, "title", "Wohnen")] == effects(slot(cls(field="a", title="Wohnen")))

    def test_goal(self) -> None:
        """A goal lets its field appear."""
        assert Counter([(GOAL, "field", "a"), (GOAL, "title", "Ruhe")]) + mention(FIELD) == set_by(
            GoalAdded(goal="a-goal", field="a", title="Ruhe")
        )

    def test_conference(self) -> None:
        """A conference is dated by its event."""
        event = ConferenceHeld(conference="stk-3", title="3.", kind="conference", place="Halle")
        assert Counter(
            [
                (CONFERENCE, "on", slot(event).content.on),
                (CONFERENCE, "title", "3."),
                (CONFERENCE, "kind", "conference"),
                (CONFERENCE, "place", "Halle"),
            ]
        ) == set_by(event)

    def test_proposed(self) -> None:
        """A proposal sets its phase and what it gives, an empty list too."""
        event = Proposed(
            measure="a-1",
            title="Garten",
            field="a",
            goal="a-goal",
            responsible=[],
            attributes={"topic": "Grün"},
            stage="Idee",
            note="Protokoll",
        )
        assert (
            turn("proposed", "Idee", "Protokoll")
            + Counter(
                [
                    (MEASURE, "title", "Garten"),
                    (MEASURE, "field", "a"),
                    (MEASURE, "goal", "a-goal"),
                    (MEASURE, "responsible", ()),
                    (MEASURE, "attributes.topic", "Grün"),
                ]
            )
            + mention(FIELD, GOAL)
        ) == set_by(event)

    def test_proposed_with_nothing(self) -> None:
        """A proposal that gives nothing else puts the measure back to it."""
        assert turn("proposed") == set_by(Proposed(measure="a-1"))

    def test_amended(self) -> None:
        """A change sets what it gives and leaves the phase."""
        assert (
            Counter(
                [
                    (MEASURE, "field", "a"),
                    (MEASURE, "number", "7"),
                    (MEASURE, "attributes.topic", "Grün"),
                    (MEASURE, "attributes.light", None),
                ]
            )
            + mention(MEASURE, FIELD)
        ) == set_by(
            Amended(
                measure="a-1", field="a", number="7", attributes={"topic": "Grün", "light": None}
            )
        )

    def test_amended_null(self) -> None:
        """Null clears: lists become empty, attributes go all at once."""
        cleared: dict[str, Any] = dict.fromkeys((*DESCRIBING, "attributes"))
        expected = dict.fromkeys(cleared) | {"responsible": (), "partners": ()}
        assert (
            Counter((MEASURE, name, value) for name, value in expected.items()) + mention(MEASURE)
        ) == set_by(Amended(measure="a-1", **cleared))

    def test_amended_with_nothing(self) -> None:
        """A change that changes nothing still tells that the measure is there."""
        assert mention(MEASURE) == set_by(Amended(measure="a-1"))

    def test_prioritized(self) -> None:
        """A priority list belongs to the field and lets the measures on it appear."""
        assert (Counter([(FIELD, "ranking", ("a-2", "a-1"))]) + mention(MEASURE, OTHER)) == set_by(
            Prioritized(field="a", ranking=["a-2", "a-1"])
        )

    @pytest.mark.parametrize("level", ["hoch", None])
    def test_rated(self, level: str | None) -> None:
        """A rating sets the level or clears it."""
        assert [(MEASURE, "level", level)] == effects(slot(Rated(measure="a-1", level=level)))

    @pytest.mark.parametrize(
        ("cls", "phase"),
        [
            (Started, "started"),
            (Resumed, "started"),
            (Implemented, "implemented"),
            (MadePermanent, "ongoing"),
            (Paused, "paused"),
        ],
    )
    def test_turns(self, cls: type[Started], phase: str) -> None:
        """Each verb sets its phase, and stage and note to what it says or to none."""
        assert turn(phase, "Stufe 2", "läuft") == set_by(
            cls(measure="a-1", stage="Stufe 2", note="läuft")
        )
        assert turn(phase) == set_by(cls(measure="a-1"))

    def test_dropped(self) -> None:
        """A measure that is given up keeps why."""
        found = effects(slot(Dropped(measure="a-1", cause="rejected", stage="Aus")))
        assert (MEASURE, "phase", "dropped") in found
        assert (MEASURE, "stage", "Aus") in found
        assert [(MEASURE, "cause", "rejected")] == [one for one in found if one[1] == "cause"]

    def test_progressed(self) -> None:
        """Progress sets only what it gives; null clears."""
        assert mention(MEASURE) == set_by(Progressed(measure="a-1"))
        assert mention(MEASURE) + Counter([(MEASURE, "stage", None)]) == set_by(
            Progressed(measure="a-1", stage=None)
        )
        assert mention(MEASURE) + Counter(
            [(MEASURE, "stage", "Stufe 3"), (MEASURE, "note", "läuft")]
        ) == set_by(Progressed(measure="a-1", stage="Stufe 3", note="läuft"))

    def test_merged(self) -> None:
        """Those that go into another are replaced, without a stage; both ends tell of it."""
        assert (
            turn("replaced", measure="a-2")
            + mention(MEASURE, OTHER)
            + Counter(
                [(OTHER, "successors.a-1", True), (MEASURE, "predecessors.a-2", True)],
            )
        ) == set_by(Merged(measures=["a-2"], into="a-1"))

    def test_merged_into_one_of_them(self) -> None:
        """The one that the others go into stays as it was."""
        found = set_by(Merged(measures=["a-1", "a-2"], into="a-1"))
        assert [(OTHER, "phase", "replaced")] == [one for one in found if one[1] == "phase"]
        assert {(OTHER, "successors.a-1"), (MEASURE, "predecessors.a-2")} == {
            (subject, name) for subject, name, _ in found if "cessors" in name
        }

    def test_split(self) -> None:
        """A measure that is divided is replaced by all its parts."""
        found = set_by(Split(measure="a-1", into=["a-2", "a-3"]))
        assert [(MEASURE, "phase", "replaced")] == [one for one in found if one[1] == "phase"]
        assert {
            (MEASURE, "successors.a-2"),
            (MEASURE, "successors.a-3"),
            (OTHER, "predecessors.a-1"),
            (("measure", "a-3"), "predecessors.a-1"),
        } == {(subject, name) for subject, name, _ in found if "cessors" in name}

    def test_split_keeping_one(self) -> None:
        """A measure that is one of its own parts stays."""
        found = set_by(Split(measure="a-1", into=["a-1", "a-2"]))
        assert [] == [one for one in found if one[1] == "phase"]
        assert {(MEASURE, "successors.a-2"), (OTHER, "predecessors.a-1")} == {
            (subject, name) for subject, name, _ in found if "cessors" in name
        }

    def test_decided(self) -> None:
        """A decision is carried by what it is about, under the id of its slot."""
        votes = Votes(yes=7, no=1, abstain=2)
        event = Decided(
            conference="stk-3",
            outcome="adopted",
            measures=["a-1"],
            fields=["a"],
            text="einstimmig",
            votes=votes,
            reference="TOP 3",
        )
        decision = Decision(
            event=id_at(0),
            conference="stk-3",
            on=slot(event).content.on,
            outcome="adopted",
            text="einstimmig",
            votes=votes,
            reference="TOP 3",
        )
        name = f"decisions.{id_at(0)}"
        assert (
            mention(CONFERENCE) + Counter([(MEASURE, name, decision), (FIELD, name, decision)])
        ) == set_by(event)

    def test_decided_nothing_named(self) -> None:
        """A decision about nothing that is named lets its conference appear."""
        assert mention(CONFERENCE) == set_by(Decided(conference="stk-3", outcome="noted"))

    def test_decision_corrected(self) -> None:
        """A decision that was corrected keeps the id of the event that recorded it first."""
        events = (
            recorded(0, Decided(conference="stk-3", outcome="noted", measures=["a-1"]), ON),
            recorded(1, Decided(conference="stk-3", outcome="adopted", measures=["a-1"]), ON, 0),
        )
        (corrected,) = live_slots(events)
        decisions = [value for _, name, value in effects(corrected) if name != MENTION]
        assert [(id_at(0), "adopted")] == [
            (value.event, value.outcome) for value in decisions if isinstance(value, Decision)
        ]

    def test_version(self) -> None:
        """A version is stated as a whole: what it leaves out is cleared."""
        event = VersionRecorded(
            version="deck", coverage="excerpt", attributes=["title"], measures={"a-1": ["title"]}
        )
        version = ("version", "deck")
        assert Counter(
            [
                (version, "on", slot(event).content.on),
                (version, "title", None),
                (version, "coverage", "excerpt"),
                (version, "attributes", ("title",)),
                (version, "measures", FrozenMapping({"a-1": ("title",)})),
                (version, "document", None),
            ]
        ) == set_by(event)

    @pytest.mark.parametrize(
        ("about", "subjects"),
        [
            (None, ()),
            (About(measure="a-1"), (MEASURE,)),
            (About(field="a"), (FIELD,)),
            (About(conference="stk-3"), (CONFERENCE,)),
            (About(version="deck"), ()),
        ],
    )
    def test_noted(self, about: About | None, subjects: tuple[tuple[str, str], ...]) -> None:
        """A note lets what it is about appear, but for a version, and sets nothing."""
        assert mention(*subjects) == set_by(Noted(about=about, text="Hinweis"))

    def test_about_the_record(self) -> None:
        """What is said about the record sets nothing in the plan."""
        assert [] == effects(slot(Retracted(event=id_at(0))))
        erased = Erased(event=id_at(0), position=0, leaf="0" * 64, ground="DSGVO", type="noted")
        assert [] == effects(slot(erased))

    @given(st.sampled_from(EVENT_CLASSES).flatmap(contents))
    def test_any_event(self, event: Event) -> None:
        """An event sets nothing of what it does not name, nothing to two values at once.

        Every value can be in a set.
        """
        found = set_by(event)
        named = {PLAN} | {(reference.kind, reference.id) for reference in references(event)}
        assert {subject for subject, _, _ in found} <= named
        assert all(value is None for _, name, value in found if name == MENTION)
        assert len({(subject, name) for subject, name, _ in found}) == len(found)
