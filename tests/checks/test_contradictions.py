"""Two values that one attribute is given on the same day."""

from collections.abc import Iterable
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.checks import check
from planlog.checks.introductions import introduced
from planlog.dates import InexactDate
from planlog.draft import Draft
from planlog.effects import Subject, effects
from planlog.events import (
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
    Started,
    VersionRecorded,
)
from planlog.fold import apply
from planlog.slots import live_slots
from planlog.testing.logs import FIRST_DAY, INTERACTING, exact_dates, logs
from planlog.timeline import counting
from tests.checks.examples import EXAMPLES, FIELD, HELD, LISTED, OPENED, PROPOSED, found
from tests.histories import Entry, id_at

OPENING = (OPENED, FIELD, HELD, PROPOSED)
DAY = "2023-03-16"
STARTED = Started(measure="wohnen-16")
IMPLEMENTED = Implemented(measure="wohnen-16")


def contradicted(*events: Event | Entry) -> dict[tuple[int, int], str]:
    """What is found behind the opening: the place of each event and of the one it overrides.

    What comes without a date happened on one day.
    """
    entries: list[Entry] = [one if isinstance(one, tuple) else (one, DAY) for one in events]
    findings = found("two-values", [*OPENING, *entries])
    return {
        (place(one.event), place(one.details["other"])): ", ".join(
            cell.attribute for cell in one.details["cells"].affected
        )
        for one in findings
    }


def place(id: str | None) -> int:
    """Where behind the opening an event stands."""
    return int(id or "", 16) - len(OPENING)


def amended(**data: Any) -> Amended:
    """The measure was amended."""
    return Amended(measure="wohnen-16", **data)


def amended_again(**data: Any) -> Amended:
    """Another measure was amended."""
    return Amended(measure="wohnen-1", **data)


def reported(**data: Any) -> Progressed:
    """Something was reported about the measure."""
    return Progressed(measure="wohnen-16", **data)


class TestTwoValues:
    """Tests for the finding itself."""

    def test_sentence(self) -> None:
        """The one that counts is named with the one that it overrides, and both values."""
        (finding,) = found("two-values", EXAMPLES["two-values"])
        assert ("warning", 7, id_at(4), "started") == (
            finding.severity,
            finding.position,
            finding.details["other"],
            finding.details["other_type"],
        )
        assert (
            "implemented 2023-03-16 (0000000000000007) overrides started of the same day "
            "(0000000000000004) only because it was recorded later: phase of measure 'wohnen-16' "
            "('started' or 'implemented'); correct what is wrong, or one of the dates"
        ) == str(finding)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("2023-03-16", "2023-03-17"), ("2023-03-16", "2023-03"), ("2023-03", "2023-03")],
    )
    def test_other_days(self, one: str, other: str) -> None:
        """Only exact days can be the same."""
        assert {} == contradicted((STARTED, one), (IMPLEMENTED, other))

    def test_interval_of_one_day(self) -> None:
        """An interval of one day is that day."""
        day = (IMPLEMENTED, "2023-03-16/2023-03-16")
        assert {(1, 0): "phase"} == contradicted(STARTED, day)

    def test_recorded_far_apart(self) -> None:
        """The order of the days decides nothing about which of one day counts."""
        between = (Paused(measure="wohnen-16"), "2023-05-04")
        assert {(2, 0): "phase"} == contradicted(STARTED, between, IMPLEMENTED)

    def test_corrected(self) -> None:
        """A slot keeps its place, whatever corrects it; what it holds now is judged."""
        mended: Entry = (STARTED, DAY, 4)
        (finding,) = found(
            "two-values", [*OPENING, (IMPLEMENTED, DAY), (Paused(measure="wohnen-16"), DAY), mended]
        )
        assert (id_at(5), id_at(6)) == (finding.event, finding.details["other"])
        taken_back: Entry = (Retracted(event=id_at(4)), DAY)
        assert {} == contradicted(STARTED, IMPLEMENTED, taken_back)

    def test_several_of_a_pair(self) -> None:
        """A pair is reported once, with everything that it gives two values."""
        one, other = amended(title="A", cost="1", number="2"), amended(title="B", cost="2")
        assert {(1, 0): "title, cost"} == contradicted(one, other)

    def test_several_subjects(self) -> None:
        """What one event overrides of several others are several pairs."""
        merged = Merged(measures=("wohnen-16", "wohnen-1"), into="wohnen-4")
        pairs = contradicted(STARTED, Started(measure="wohnen-1"), merged)
        assert {(2, 0): "phase", (2, 1): "phase"} == pairs

    def test_one_after_the_other(self) -> None:
        """Each overrides the one before it."""
        one, two, three = (amended(cost=cost) for cost in ("1", "2", "3"))
        assert {(1, 0): "cost", (2, 1): "cost"} == contradicted(one, two, three)
        assert {(1, 0): "cost", (2, 1): "cost"} == contradicted(one, two, one)

    def test_long_values(self) -> None:
        """A sentence bears the beginning of a long value."""
        entries: list[Entry] = [(amended(cost="x" * 100), DAY), (amended(cost="2"), DAY)]
        (finding,) = found("two-values", [*OPENING, *entries])
        assert f"cost of measure 'wohnen-16' ('{'x' * 58}… or '2')" == str(finding.details["cells"])
        assert (f"'{'x' * 100}'", "'2'") == finding.details["cells"].affected[0].values

    def test_long_values_that_begin_alike(self) -> None:
        """Of long values a sentence shows where they part."""
        ids = [f"wohnen-{number}" for number in range(12)]
        turned = [*ids[:-2], *reversed(ids[-2:])]
        entries: list[Entry] = [
            (Prioritized(field="wohnen", ranking=ranking), DAY) for ranking in (ids, turned)
        ]
        (finding,) = found("two-values", [*OPENING, *entries])
        assert (
            "ranking of field 'wohnen' (…'wohnen-10', 'wohnen-11'] or …'wohnen-11', 'wohnen-10'])"
        ) == str(finding.details["cells"])


class TestSame:
    """Tests for what gives no second value."""

    @pytest.mark.parametrize(
        "event",
        [
            STARTED,
            Rated(measure="wohnen-16", level="hoch"),
            LISTED[0],
            Decided(conference="stk-3", outcome="adopted", measures=("wohnen-16",)),
            amended(title="Nachbarn", attributes={"thema": "A"}),
            FieldAmended(field="wohnen", title="Wohnen und Leben"),
        ],
    )
    def test_restated(self, event: Event) -> None:
        """Saying the same again contradicts nothing."""
        assert {} == contradicted(event, event)

    def test_others(self) -> None:
        """Another measure or another attribute is no contradiction."""
        assert {} == contradicted(STARTED, Implemented(measure="wohnen-1"))
        assert {} == contradicted(STARTED, amended(title="Nachbarn"), LISTED)

    def test_decisions(self) -> None:
        """A conference may decide more than once about a measure."""
        adopted = Decided(conference="stk-3", outcome="adopted", measures=("wohnen-16",))
        assert {} == contradicted(adopted, attrs.evolve(adopted, outcome="rejected"))


class TestOneDay:
    """Tests for what can follow on one day, and is reported all the same."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (STARTED, IMPLEMENTED),
            (IMPLEMENTED, MadePermanent(measure="wohnen-16")),
            (Paused(measure="wohnen-16"), Resumed(measure="wohnen-16")),
            (STARTED, Merged(measures=("wohnen-16",), into="wohnen-4")),
            (STARTED, Proposed(measure="wohnen-16")),
        ],
    )
    def test_phases(self, one: Event, other: Event) -> None:
        """Two phases of one day are mostly two documents that contradict each other."""
        assert {(1, 0): "phase"} == contradicted(one, other)
        assert {(1, 0): "phase"} == contradicted(other, one)

    def test_lists(self) -> None:
        """So are two lists of one field."""
        other = Prioritized(field="wohnen", ranking=("wohnen-4", "wohnen-16"))
        assert {(1, 0): "ranking"} == contradicted(LISTED, other)

    def test_levels(self) -> None:
        """And two levels of one measure."""
        levels = [Rated(measure="wohnen-16", level=level) for level in ("hoch", "niedrig")]
        assert {(1, 0): "level"} == contradicted(*levels)


class TestFirst:
    """Tests for what comes first by nature."""

    def test_earliest_proposal(self) -> None:
        """A measure may be proposed and started on one day, whatever was recorded first."""
        new = Proposed(measure="wohnen-1", title="Wohnraum", stage="Idee")
        started = Started(measure="wohnen-1", stage="Angeschoben")
        renamed = Amended(measure="wohnen-1", title="Wohnungen")
        assert {} == contradicted(new, started, renamed)
        assert {} == contradicted(started, renamed, new)

    def test_proposal_that_does_not_count_yet(self) -> None:
        """The earliest is the one that counts by then."""
        vague = (Proposed(measure="wohnen-1", title="Wohnraum"), "2020/2030")
        assert {} == contradicted(vague, Proposed(measure="wohnen-1"), Started(measure="wohnen-1"))

    def test_proposed_twice(self) -> None:
        """Two proposals of one day do not follow from each other, the earliest or not."""
        one, other = (Proposed(measure="wohnen-1", title=title, stage=title) for title in "AB")
        assert {(1, 0): "stage, title"} == contradicted(one, other)
        assert {(1, 0): "stage, title", (2, 1): "stage, title"} == contradicted(one, other, one)
        assert {} == contradicted(one, one)

    def test_proposed_twice_behind_what_happened(self) -> None:
        """The earliest is compared wherever it was recorded; what happened to it follows it."""
        started = Started(measure="wohnen-1", stage="Angeschoben")
        one, other = (Proposed(measure="wohnen-1", title=title, stage=title) for title in "AB")
        assert {(2, 0): "phase", (2, 1): "title"} == contradicted(started, one, other)
        renamed = amended_again(title="C")
        assert {(2, 0): "title", (2, 1): "stage"} == contradicted(renamed, one, other)

    def test_proposed_twice_with_attributes(self) -> None:
        """One attribute of many may follow a proposal, but not be proposed anew."""
        one, other = (
            Proposed(measure="wohnen-1", attributes={"thema": topic, "ort": "C"}) for topic in "AB"
        )
        assert {(1, 0): "attributes.thema"} == contradicted(one, other)
        cleared = amended_again(attributes=None)
        assert {} == contradicted(one, cleared)
        assert {(2, 0): "attributes.thema"} == contradicted(one, cleared, other)

    @pytest.mark.parametrize(
        ("introduction", "again", "named"),
        [
            (
                FieldAdded(field="soziales", title="Soziales"),
                FieldAdded(field="soziales", title="Zusammenleben"),
                "title",
            ),
            (
                GoalAdded(goal="z", field="wohnen", title="Ziel"),
                GoalAdded(goal="z", field="wohnen", title="Teilziel"),
                "title",
            ),
            (
                ConferenceHeld(conference="stk-4", title="Vierte", kind="conference"),
                ConferenceHeld(conference="stk-4", title="Vierte", kind="council"),
                "kind",
            ),
            (
                VersionRecorded(version="deck", coverage="excerpt", attributes=("title",)),
                VersionRecorded(version="deck", coverage="excerpt", attributes=("rank",)),
                "attributes",
            ),
        ],
    )
    def test_introduced_twice(self, introduction: Event, again: Event, named: str) -> None:
        """What brings a thing in and brings it in again otherwise are two documents."""
        assert {(1, 0): named} == contradicted(introduction, again)
        assert {(1, 0): named, (2, 1): named} == contradicted(introduction, again, introduction)
        assert {} == contradicted(introduction, introduction)

    def test_introduction(self) -> None:
        """What brought a thing in may be changed on the same day, but not twice."""
        added = FieldAdded(field="soziales", title="Soziales")
        renamed = FieldAmended(field="soziales", title="Zusammenleben")
        assert {} == contradicted(added, renamed)
        assert {(2, 1): "title"} == contradicted(added, renamed, added)

    def test_introduced_behind(self) -> None:
        """What brings a thing in and stands behind what was said of it overrides that."""
        pairs = contradicted(
            FieldAmended(field="soziales", title="Zusammenleben"),
            FieldAdded(field="soziales", title="Soziales"),
        )
        assert {(1, 0): "title"} == pairs

    def test_plan(self) -> None:
        """The plan may be opened and renamed on one day."""
        opened: Entry = (PlanOpened(title="Plan"), DAY)
        renamed: list[Entry] = [(PlanAmended(title=title), DAY) for title in "AB"]
        assert [] == found("two-values", [opened, renamed[0]])
        (finding,) = found("two-values", [opened, *renamed])
        assert "title of the plan ('A' or 'B')" == str(finding.details["cells"])


class TestWithPhase:
    """Tests for stage, note and cause."""

    def test_go_along(self) -> None:
        """Where the phases differ, so does what they bring along."""
        started = Started(measure="wohnen-16", stage="Angeschoben", note="A")
        done = Implemented(measure="wohnen-16", stage="Umgesetzt")
        assert {(1, 0): "phase"} == contradicted(started, done)
        dropped = Dropped(measure="wohnen-16", cause="rejected")
        assert {(1, 0): "phase"} == contradicted(started, dropped)

    def test_same_phase(self) -> None:
        """Where the phase is the same, each of them is a value of its own."""
        one = Started(measure="wohnen-16", stage="Angeschoben", note="A")
        other = Started(measure="wohnen-16", stage="Begonnen", note="A")
        assert {(1, 0): "stage"} == contradicted(one, other)
        causes = [Dropped(measure="wohnen-16", cause=cause) for cause in ("rejected", "other")]
        assert {(1, 0): "cause"} == contradicted(*causes)

    def test_report(self) -> None:
        """A report may add what the phase left out; that it says something else is found."""
        assert {} == contradicted(STARTED, reported(note="A"))
        started = Started(measure="wohnen-16", note="A")
        assert {(1, 0): "note"} == contradicted(started, reported(note="B"))
        assert {(1, 0): "note"} == contradicted(reported(note="B"), STARTED)

    def test_phase_left_on_the_same_day(self) -> None:
        """What was reported about a phase goes with it."""
        report = reported(note="A")
        assert {(2, 0): "phase"} == contradicted(STARTED, report, IMPLEMENTED)
        assert {(2, 0): "phase", (3, 2): "note"} == contradicted(
            STARTED, report, Implemented(measure="wohnen-16", note="B"), report
        )


class TestClearing:
    """Tests for values that are cleared."""

    def test_at_last(self) -> None:
        """What is cleared behind its being set is a contradiction, in the other order none."""
        is_set, cleared = amended(cost="1"), amended(cost=None)
        assert {(1, 0): "cost"} == contradicted(is_set, cleared)
        assert {} == contradicted(cleared, is_set)
        partners = amended(partners=["GWA"])
        assert {(1, 0): "partners"} == contradicted(partners, amended(partners=None))
        assert {} == contradicted(amended(partners=None), partners)

    def test_and_set_again(self) -> None:
        """To clear a value and then set it is one step."""
        one, other, cleared = amended(cost="1"), amended(cost="2"), amended(cost=None)
        assert {} == contradicted(one, cleared, one)
        assert {(2, 0): "cost"} == contradicted(one, cleared, other)
        assert {(2, 0): "cost"} == contradicted(one, cleared, cleared)

    def test_all_attributes(self) -> None:
        """To clear all attributes clears each that stands."""
        topic = amended(attributes={"thema": "A", "ort": "B"})
        cleared = amended(attributes=None)
        assert {(1, 0): "attributes.thema, attributes.ort"} == contradicted(topic, cleared)
        assert {} == contradicted(cleared, topic)
        assert {} == contradicted(topic, cleared, topic)
        assert {(1, 0): "attributes.thema, attributes.ort"} == contradicted(topic, cleared, cleared)

    def test_one_attribute(self) -> None:
        """One attribute of many is told from the others."""
        topic = amended(attributes={"thema": "A", "ort": "B"})
        other = amended(attributes={"thema": "C", "ort": "B"})
        cleared = amended(attributes={"thema": None})
        assert {(1, 0): "attributes.thema"} == contradicted(topic, other)
        assert {(1, 0): "attributes.thema"} == contradicted(topic, cleared)
        all_cleared = amended(attributes=None)
        assert {(2, 0): "attributes.thema"} == contradicted(topic, all_cleared, other)


@st.composite
def two_of_one_day(draw: st.DrawFn) -> tuple[RecordedEvent, ...]:
    """Two events of one day, behind what happened before it."""
    classes = draw(st.sampled_from([INTERACTING[name] for name in sorted(INTERACTING)]))
    before = draw(logs(most=4, dates=exact_dates(1), corrections=False, classes=classes))
    day = InexactDate.of(FIRST_DAY.replace(day=2))
    two = draw(
        logs(most=2, dates=st.just(day), corrections=False, classes=classes).filter(
            lambda events: len(events) == 2
        )
    )
    return tuple(
        attrs.evolve(event, position=position, id=id_at(position))
        for position, event in enumerate((*before, *two))
    )


Values = dict[tuple[Subject, str], Any]


def outcome(events: Iterable[RecordedEvent]) -> Values:
    """Every value that folding leads to, but for those that follow from others."""
    draft = Draft()
    slots = live_slots(
        [attrs.evolve(event, position=position) for position, event in enumerate(events)]
    )
    for slot in counting(slots, FIRST_DAY.replace(day=2)):
        apply(draft, slot)
    return {
        (subject, attribute): value
        for subject, values in draft.subjects.items()
        for attribute, value in values.items()
        if attribute != "since" and not attribute.startswith("decisions.")
    }


class TestProperty:
    """What holds for every log."""

    @given(two_of_one_day())
    def test_found_where_the_order_of_recording_matters(
        self, events: tuple[RecordedEvent, ...]
    ) -> None:
        """Two events of one day are reported exactly where the other order gives another plan."""
        *before, one, other = events
        recorded, swapped = outcome(events), outcome([*before, other, one])
        differing = {
            cell
            for cell in recorded.keys() | swapped.keys()
            if recorded.get(cell) != swapped.get(cell)
        }
        turned = {subject for subject, attribute in differing if attribute == "phase"}
        differing = {
            (subject, attribute)
            for subject, attribute in differing
            if subject not in turned or attribute not in ("stage", "note", "cause")
        }
        told = {
            (cell.subject, cell.attribute)
            for finding in check(events, None)
            if finding.code == "two-values" and finding.event == other.id
            if finding.details["other"] == one.id
            for cell in finding.details["cells"].affected
        }
        assert told <= differing
        # Where both bring the thing in, what only one of them sets is no second value.
        again = introduced(other.event)
        both = cells_of(one) & cells_of(other)
        set_again = {cell for cell in both if cell[0] == again}
        for cell in differing - told:
            # The first of the two brought the thing in, or said only that there is nothing.
            follows = introduces(events, one, cell[0]) and cell not in set_again
            assert follows or swapped.get(cell) in (None, ())


def cells_of(event: RecordedEvent) -> set[tuple[Subject, str]]:
    """What an event sets."""
    (slot,) = live_slots([attrs.evolve(event, position=0)])
    return {(subject, attribute) for subject, attribute, _ in effects(slot)}


def introduces(events: Iterable[RecordedEvent], event: RecordedEvent, subject: Subject) -> bool:
    """Whether an event is the first that brings a thing in."""
    bringing = (one for one in events if introduced(one.event) == subject)
    return next(bringing, None) == event
