"""What an event names, and whether the log has it."""

import attrs
import pytest
from hypothesis import given

from planlog.events import (
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Erased,
    Event,
    FieldAdded,
    GoalAdded,
    NewEvent,
    Noted,
    Prioritized,
    Proposed,
    RecordedEvent,
    Retracted,
    Started,
    VersionRecorded,
)
from planlog.references import Reference, Registry, references
from planlog.testing.logs import logs
from tests.histories import id_at, log

ON = "2023-03-16"
ERASED = Erased(event=id_at(0), position=0, leaf="0" * 64, ground="DSGVO", type="noted")


def registry(*events: Event) -> Registry:
    """What a log of *events* has."""
    return Registry(log(*((event, ON) for event in events)))


def reasons(log: Registry, event: Event | NewEvent) -> list[tuple[str, str]]:
    """Why *event* is refused: the code of each flaw and its key."""
    new = event if isinstance(event, NewEvent) else NewEvent(event=event)
    return [(flaw.code, flaw.key) for flaw in log.flaws(new)]


class TestReferences:
    """Tests for `references`."""

    def test_single_and_several(self) -> None:
        """Ids are told with their kind and their key, those of a list with their place in it."""
        assert [
            Reference("conference", "stk-3", "data.conference", introduces=False),
            Reference("measure", "a-1", "data.measures[0]", introduces=False),
            Reference("measure", "a-2", "data.measures[1]", introduces=False),
            Reference("field", "a", "data.fields[0]", introduces=False),
        ] == list(
            references(
                Decided(
                    conference="stk-3", outcome="adopted", measures=["a-1", "a-2"], fields=["a"]
                )
            )
        )

    def test_introduced(self) -> None:
        """What an event brings in is told from what it presupposes."""
        assert [
            Reference("goal", "a-goal", "data.goal", introduces=True),
            Reference("field", "a", "data.field", introduces=False),
        ] == list(references(GoalAdded(goal="a-goal", field="a", title="Ruhe")))

    def test_left_out_or_null(self) -> None:
        """What is left out, or cleared by null, names nothing."""
        assert ["data.measure"] == [
            reference.key for reference in references(Amended(measure="a-1", field=None))
        ]

    def test_inside_an_object(self) -> None:
        """What a note is about is named inside an object."""
        assert [Reference("field", "a", "data.about.field", introduces=False)] == list(
            references(Noted(about=About(field="a"), text="Hinweis"))
        )
        assert [] == list(references(Noted(text="Hinweis")))

    def test_measures_of_a_version(self) -> None:
        """An excerpt names the measures that it states."""
        version = VersionRecorded(
            version="deck", coverage="excerpt", attributes=["title"], measures={"a-1": ["title"]}
        )
        assert [
            Reference("version", "deck", "data.version", introduces=True),
            Reference("measure", "a-1", "data.measures.a-1", introduces=False),
        ] == list(references(version))

    def test_events(self) -> None:
        """What is said about the record names events."""
        assert [("event", id_at(3), "data.event")] == [
            (reference.kind, reference.id, reference.key)
            for reference in references(Retracted(event=id_at(3)))
        ]


class TestRegistry:
    """Tests for `Registry.flaws`."""

    @pytest.mark.parametrize(
        ("event", "key"),
        [
            (Started(measure="a-1"), "data.measure"),
            (Prioritized(field="a", ranking=[]), "data.field"),
            (Proposed(measure="a-1", title="Garten", field="a"), "data.field"),
            (Proposed(measure="a-1", title="Garten", goal="a-goal"), "data.goal"),
            (Decided(conference="stk-3", outcome="noted"), "data.conference"),
            (Noted(about=About(version="deck"), text="Hinweis"), "data.about.version"),
            (Retracted(event=id_at(0)), "data.event"),
            (NewEvent(event=FieldAdded(field="a", title="A"), corrects=id_at(0)), "corrects"),
        ],
    )
    def test_unknown(self, event: Event | NewEvent, key: str) -> None:
        """A reference to something that the log does not have is refused, with its key."""
        assert [("unknown-reference", key)] == reasons(registry(), event)

    def test_every_reason(self) -> None:
        """All that is wrong is told at once."""
        assert [
            ("unknown-reference", "data.field"),
            ("unknown-reference", "data.goal"),
            ("untitled-measure", "data.title"),
            ("unknown-reference", "corrects"),
        ] == reasons(
            registry(),
            NewEvent(event=Proposed(measure="a-1", field="a", goal="a-goal"), corrects=id_at(0)),
        )

    def test_introduced_before(self) -> None:
        """What an earlier event brought in can be named."""
        known = registry(
            FieldAdded(field="a", title="A"),
            GoalAdded(goal="a-goal", field="a", title="Ruhe"),
            ConferenceHeld(conference="stk-3", title="3.", kind="conference"),
            Proposed(measure="a-1", title="Garten"),
            VersionRecorded(version="deck", coverage="complete", attributes=[]),
        )
        for event in (
            Amended(measure="a-1", field="a", goal="a-goal"),
            Decided(conference="stk-3", outcome="noted", measures=["a-1"], fields=["a"]),
            Noted(about=About(version="deck"), text="Hinweis"),
            Retracted(event=id_at(4)),
            NewEvent(event=Started(measure="a-1"), corrects=id_at(0)),
        ):
            assert [] == reasons(known, event)

    def test_only_named_before(self) -> None:
        """What was only named, never brought in, is not there."""
        assert [("unknown-reference", "data.measure")] == reasons(
            registry(Started(measure="a-1")), Started(measure="a-1")
        )

    def test_introduced_by_what_was_retracted(self) -> None:
        """What was taken back has still been there: that is odd, and for `check` to say."""
        known = registry(Proposed(measure="a-1", title="Garten"), Retracted(event=id_at(0)))
        assert [] == reasons(known, Started(measure="a-1"))

    def test_added_later(self) -> None:
        """A registry takes in one event after the other."""
        growing = registry()
        growing.add(id_at(0), Proposed(measure="a-1", title="Garten"))
        assert [] == reasons(growing, Started(measure="a-1"))
        assert [] == reasons(growing, Retracted(event=id_at(0)))

    def test_near_miss(self) -> None:
        """An unknown id that is nearly a known one brings that up."""
        (flaw,) = registry(Proposed(measure="wohnen-16", title="Garten")).flaws(
            NewEvent(event=Started(measure="wohnen16"))
        )
        assert "data.measure: no measure 'wohnen16' in this log; did you mean 'wohnen-16'?" == str(
            flaw
        )

    def test_no_near_miss(self) -> None:
        """Otherwise the remedy is to record it."""
        (flaw,) = registry().flaws(NewEvent(event=Started(measure="a-1")))
        assert "data.measure: no measure 'a-1' in this log; record it first" == str(flaw)

    def test_title_of_a_new_measure(self) -> None:
        """A measure that is new needs a title; one that is known does not."""
        assert [("untitled-measure", "data.title")] == reasons(registry(), Proposed(measure="a-1"))
        known = registry(Proposed(measure="a-1", title="Garten"))
        assert [] == reasons(known, Proposed(measure="a-1"))

    def test_restated(self) -> None:
        """Bringing in again what is there restates it."""
        for event in (
            FieldAdded(field="a", title="A"),
            ConferenceHeld(conference="stk-3", title="3.", kind="conference"),
            VersionRecorded(version="deck", coverage="complete", attributes=[]),
        ):
            assert [] == reasons(registry(event), event)

    def test_one_namespace(self) -> None:
        """A conference and a version cannot have the same id: a point names either."""
        conference = ConferenceHeld(conference="deck", title="3.", kind="conference")
        version = VersionRecorded(version="deck", coverage="complete", attributes=[])
        assert [("taken-name", "data.version")] == reasons(registry(conference), version)
        assert [("taken-name", "data.conference")] == reasons(registry(version), conference)

    def test_correction_of_what_is_fixed(self) -> None:
        """A retraction or an erasure cannot be corrected."""
        known = registry(FieldAdded(field="a", title="A"), Retracted(event=id_at(0)), ERASED)
        for position in (1, 2):
            correction = NewEvent(event=FieldAdded(field="a", title="A"), corrects=id_at(position))
            assert [("not-correctable", "corrects")] == reasons(known, correction)

    def test_retraction_of_a_retraction(self) -> None:
        """A retraction can be retracted."""
        known = registry(FieldAdded(field="a", title="A"), Retracted(event=id_at(0)))
        assert [] == reasons(known, Retracted(event=id_at(1)))

    def test_retraction_of_an_erasure(self) -> None:
        """An erasure cannot be taken back."""
        known = registry(FieldAdded(field="a", title="A"), ERASED)
        assert [("not-retractable", "data.event")] == reasons(known, Retracted(event=id_at(1)))

    @given(logs())
    def test_whole_log(self, events: tuple[RecordedEvent, ...]) -> None:
        """Every id that some event brought in is known, and every event."""
        known = Registry(events).ids
        assert {event.id for event in events} == known["event"]
        for event in events:
            for reference in references(event.event):
                if reference.introduces:
                    assert reference.id in known[reference.kind]


class TestCopy:
    """Tests for `Registry.copy`."""

    def test_each_goes_on_by_itself(self) -> None:
        """A copy has what its original has; what one of them takes in the other does not learn."""
        original = registry(FieldAdded(field="a", title="A"), Retracted(event=id_at(0)))
        copy = original.copy()
        correction = NewEvent(event=FieldAdded(field="a", title="A"), corrects=id_at(1))
        assert [("not-correctable", "corrects")] == reasons(copy, correction)
        copy.add(id_at(2), FieldAdded(field="b", title="B"))
        copy.add(id_at(3), Retracted(event=id_at(2)))
        ranked = Prioritized(field="b", ranking=[])
        assert [[("unknown-reference", "data.field")], []] == [
            reasons(one, ranked) for one in (original, copy)
        ]
        again = attrs.evolve(correction, corrects=id_at(3))
        assert [[("unknown-reference", "corrects")], [("not-correctable", "corrects")]] == [
            reasons(one, again) for one in (original, copy)
        ]


class TestErased:
    """Tests for what a registry has of lines that were erased."""

    def test_what_it_introduced(self) -> None:
        """What an erased line brought in can be named on, and what it only named cannot."""
        erased = Erased(
            event=id_at(0),
            position=0,
            leaf="0" * 64,
            ground="DSGVO",
            type="proposed",
            measures=["a-1"],
            fields=["a"],
        )
        found = Registry()
        found.add(id_at(0), erased)
        assert [] == reasons(found, Started(measure="a-1"))
        assert [("unknown-reference", "data.field")] == reasons(
            found, Prioritized(field="a", ranking=["a-1"])
        )

    def test_its_place(self) -> None:
        """The place of an erased event can be filled anew, and emptied."""
        found = Registry()
        found.add(id_at(0), ERASED)
        found.add(id_at(1), ERASED)
        assert [] == reasons(found, NewEvent(event=Noted(text="a"), corrects=id_at(0)))
        assert [] == reasons(found, Retracted(event=id_at(0)))
        assert [("not-correctable", "corrects")] == reasons(
            found, NewEvent(event=Noted(text="a"), corrects=id_at(1))
        )
        assert [("not-retractable", "data.event")] == reasons(found, Retracted(event=id_at(1)))

    @pytest.mark.parametrize("target", [None, id_at(7)])
    def test_place_of_a_retraction(self, target: str | None) -> None:
        """An erased retraction has none, and can be taken back."""
        found = Registry()
        erased = attrs.evolve(ERASED, type="retracted", target=target)
        found.add(id_at(0), erased)
        assert [("not-correctable", "corrects")] == reasons(
            found, NewEvent(event=Noted(text="a"), corrects=id_at(0))
        )
        assert [] == reasons(found, Retracted(event=id_at(0)))

    def test_bare(self) -> None:
        """Where nobody knows what was brought in, what other events name was."""
        events = log((Started(measure="a-1"), ON), (Noted(text="a"), ON))
        bare = attrs.evolve(ERASED, type="proposed", event=id_at(9))
        gone = attrs.evolve(events[1], id=id_at(9), event=bare)
        found = Registry([events[0], gone])
        assert [] == reasons(found, Started(measure="a-1"))
        assert [] == reasons(found.copy(), Started(measure="a-1"))
        assert [("unknown-reference", "data.measure")] == reasons(found, Started(measure="a-2"))
