"""Inexact events that an exact one within their own interval overrides."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from planlog.checks import Finding, overridden
from planlog.checks.introductions import introduced
from planlog.dates import InexactDate
from planlog.draft import Draft
from planlog.effects import MENTION, Subject, effects
from planlog.events import (
    EVENT_CLASSES,
    Amended,
    ConferenceHeld,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    Merged,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Retracted,
    Started,
    VersionRecorded,
)
from planlog.fold import apply
from planlog.slots import Slot, live_slots
from planlog.testing.logs import exact_dates, inexact_dates, logs
from planlog.timeline import counting
from tests.checks.examples import DECIDED, FIELD, HELD, LISTED, OPENED, PROPOSED, STARTED
from tests.histories import Entry, id_at, log

OPENING = (OPENED, FIELD, HELD, PROPOSED)
IMPLEMENTED = Implemented(measure="wohnen-16")
RATED = Rated(measure="wohnen-16", level="hoch")


def overrides(*entries: Entry, at: int) -> list[Finding]:
    """What is found when the event at one place has just been written."""
    return overridden(live_slots(log(*OPENING, *entries)), {id_at(at)})


def cells(finding: Finding) -> list[str]:
    """What a finding names, in short."""
    return [
        f"{cell.subject[1]}: {cell.attribute}".removeprefix(": ")
        for cell in finding.details["cells"].affected
    ]


class TestOverridden:
    """Tests for `overridden`."""

    def test_example_of_the_design(self) -> None:
        """Implemented "2023" after started 2023-03-16 names an interval that would count."""
        (finding,) = overrides(STARTED, (IMPLEMENTED, "2023"), at=5)
        assert "2023-03-16/2023-12-31" == finding.details["interval"]
        assert (
            "implemented 2023 (0000000000000005) is overridden by started 2023-03-16 "
            "(0000000000000004), which lies within its interval: phase of measure 'wohnen-16'; "
            "an interval that would count is 2023-03-16/2023-12-31"
        ) == str(finding)
        assert ("overridden", "warning", id_at(5), 5) == (
            finding.code,
            finding.severity,
            finding.event,
            finding.position,
        )

    def test_written_before(self) -> None:
        """Only what has just been written is looked at, and only if it is inexact."""
        assert [] == overrides(STARTED, (IMPLEMENTED, "2023"), at=4)
        assert [] == overrides(STARTED, (IMPLEMENTED, "2023-03-15"), at=5)
        assert [] == overridden([], {id_at(5)})

    @pytest.mark.parametrize(
        ("on", "interval"),
        [
            ("2022-12-31", None),
            ("2023-01-01", None),
            ("2023-01-02", "2023-01-02/2023-12-31"),
            ("2023-12-31", "2023-12-31"),
            ("2024-01-01", None),
            ("2023-03", None),
        ],
    )
    def test_event_before_it(self, on: str, interval: str | None) -> None:
        """What was recorded before is overridden by an exact day that is folded later."""
        found = overrides((STARTED[0], on), (IMPLEMENTED, "2023"), at=5)
        assert [interval] * (interval is not None) == [f.details["interval"] for f in found]

    @pytest.mark.parametrize(
        ("on", "interval"),
        [
            ("2022-12-31", "nothing"),
            ("2023-01-01", "2023-01-02/2023-12-31"),
            ("2023-12-30", "2023-12-31"),
            ("2023-12-31", None),
            ("2024-01-01", "nothing"),
        ],
    )
    def test_event_behind_it(self, on: str, interval: str | None) -> None:
        """A slot that stands first keeps its place when corrected: it must be a day later."""
        later: list[Entry] = [(STARTED[0], on), (IMPLEMENTED, "2023", 4)]
        found = overrides((IMPLEMENTED, "2023-01-01"), *later, at=6)
        assert [interval] * (interval != "nothing") == [f.details["interval"] for f in found]

    def test_nothing_left(self) -> None:
        """Where no day is left, a correction of the other event is the only remedy."""
        (finding,) = overrides((IMPLEMENTED, "2023"), (STARTED[0], "2023-12-31"), at=4)
        assert finding.details["interval"] is None
        assert str(finding).endswith("only a correction of 0000000000000005 helps")

    def test_last_of_many(self) -> None:
        """The exact event that is folded last decides."""
        paused = (Paused(measure="wohnen-16"), "2023-05-04")
        (finding,) = overrides(paused, STARTED, (IMPLEMENTED, "2023"), at=6)
        assert "2023-05-04/2023-12-31" == finding.details["interval"]
        assert (id_at(4), "paused", "2023-05-04") == tuple(
            finding.details[name] for name in ("by", "by_type", "by_on")
        )

    def test_same_in_the_end(self) -> None:
        """Nothing is lost where the exact event says the same in the end."""
        again = (IMPLEMENTED, "2023-05-04")
        assert [] == overrides(STARTED, (IMPLEMENTED, "2023"), again, at=5)

    def test_others(self) -> None:
        """Another measure, another attribute or a retracted event overrides nothing."""
        other = (Started(measure="wohnen-1"), "2023-03-16")
        renamed = (Amended(measure="wohnen-16", title="Nachbarn"), "2023-03-16")
        taken_back = (Retracted(event=id_at(4)), "2023-04-01")
        for entry in (other, renamed):
            assert [] == overrides(entry, (IMPLEMENTED, "2023"), at=5)
        assert [] == overrides(STARTED, taken_back, (IMPLEMENTED, "2023"), at=6)

    def test_stage_and_note(self) -> None:
        """A phase brings its stage and note along; that a later report has others is no loss."""
        report = Progressed(measure="wohnen-16", stage="Stage 2.7", note=None)
        assert [] == overrides((STARTED[0], "2023"), (report, "2023-05-04"), at=4)
        (finding,) = overrides(STARTED, (report, "2023"), at=5)
        assert ["wohnen-16: stage"] == cells(finding)


class TestProposals:
    """Tests for what comes first by nature."""

    def test_earliest_proposal(self) -> None:
        """The earliest proposal is folded first: it is not overridden, nor does it override."""
        new = Proposed(measure="wohnen-1", title="Wohnraum")
        started = Started(measure="wohnen-1")
        assert [] == overrides((new, "2023"), (started, "2023-03-16"), at=4)
        assert [] == overrides((new, "2023-03-16"), (started, "2023"), at=5)

    def test_second_proposal(self) -> None:
        """A later one is overridden and overrides like any other event."""
        again = Proposed(measure="wohnen-16", title="Nachbarn", number="16")
        renamed = Amended(measure="wohnen-16", title="Nachbarschaften")
        (finding,) = overrides(STARTED, (renamed, "2023-03-16"), (again, "2023"), at=6)
        assert ["wohnen-16: phase", "wohnen-16: title"] == cells(finding)
        (finding,) = overrides((again, "2023-03-16"), (IMPLEMENTED, "2023"), at=5)
        assert ["wohnen-16: phase"] == cells(finding)

    def test_earliest_by_the_end_of_the_interval(self) -> None:
        """A proposal that does not count by then leaves the first place to the next one."""
        vague = (Proposed(measure="wohnen-1", title="Wohnraum"), "2020/2030")
        exact = (Proposed(measure="wohnen-1"), "2023-03-16")
        assert [] == overrides(vague, exact, (Started(measure="wohnen-1"), "2023"), at=6)

    @pytest.mark.parametrize(
        ("introduction", "later"),
        [
            (
                FieldAdded(field="soziales", title="Soziales"),
                FieldAmended(field="soziales", title="Zusammenleben"),
            ),
            (
                GoalAdded(goal="z", field="wohnen", title="Ziel"),
                GoalAdded(goal="z", field="wohnen", title="Teilziel"),
            ),
            (
                ConferenceHeld(conference="stk-4", title="Vierte", kind="conference"),
                ConferenceHeld(conference="stk-4", title="Vierte", kind="council"),
            ),
            (
                VersionRecorded(version="deck", coverage="excerpt", attributes=("title",)),
                VersionRecorded(version="deck", coverage="excerpt", attributes=("rank",)),
            ),
        ],
    )
    def test_introduction(self, introduction: Event, later: Event) -> None:
        """What brought a thing in may be changed soon after; restating it vaguely is in vain."""
        assert [] == overrides((introduction, "2023"), (later, "2023-03-16"), at=4)
        known = (introduction, "2022-05-25")
        (finding,) = overrides(known, (later, "2023-03-16"), (introduction, "2023"), at=6)
        assert "2023-03-16/2023-12-31" == finding.details["interval"]

    def test_plan(self) -> None:
        """The same holds for the plan as a whole."""
        renamed = PlanAmended(title="Maßnahmenplan", place="Ahlhorn")
        opened = (PlanOpened(title="Plan"), "2020")
        early: list[Entry] = [opened, (renamed, "2020-09-18")]
        assert [] == overridden(live_slots(log(*early)), {id_at(0)})
        again = PlanAmended(title="Sozialer Maßnahmenplan", place="Ahlhorn")
        found = overridden(live_slots(log(*early, (again, "2020"))), {id_at(2)})
        assert [["title"]] == [cells(finding) for finding in found]
        assert "title of the plan" in str(found[0])


class TestCells:
    """Tests for what is named."""

    @pytest.mark.parametrize(
        ("exact", "vague", "named"),
        [
            (
                Amended(measure="wohnen-16", title="A", number="17", cost="B"),
                Amended(measure="wohnen-16", title="C", cost="B", funding="D"),
                ["wohnen-16: title"],
            ),
            (LISTED[0], Prioritized(field="wohnen", ranking=()), ["wohnen: ranking"]),
            (RATED, Rated(measure="wohnen-16", level=None), ["wohnen-16: level"]),
            (
                ConferenceHeld(conference="stk-3", title="Dritte Konferenz", kind="conference"),
                ConferenceHeld(conference="stk-3", title="Dritte Konferenz", kind="conference"),
                ["stk-3: on"],
            ),
            (
                Amended(measure="wohnen-16", attributes={"thema": "A", "ort": "B"}),
                Amended(measure="wohnen-16", attributes={"thema": "C", "ort": "B", "x": "D"}),
                ["wohnen-16: attributes.thema"],
            ),
            (
                Amended(measure="wohnen-16", attributes=None),
                Amended(measure="wohnen-16", attributes={"thema": "C"}),
                ["wohnen-16: attributes.thema"],
            ),
            (
                Amended(measure="wohnen-16", attributes={"thema": "C"}),
                Amended(measure="wohnen-16", attributes=None),
                ["wohnen-16: attributes"],
            ),
        ],
    )
    def test_values(self, exact: Event, vague: Event, named: list[str]) -> None:
        """What an exact event sets to another value is named, and nothing else."""
        (finding,) = overrides((exact, "2023-03-16"), (vague, "2023"), at=5)
        assert named == cells(finding)

    def test_clearing_and_setting_again(self) -> None:
        """What was cleared and set again to the same value is not lost."""
        topic = Amended(measure="wohnen-16", attributes={"thema": "A"})
        cleared = Amended(measure="wohnen-16", attributes=None)
        entries: list[Entry] = [(cleared, "2023-03-16"), (topic, "2023-03-17")]
        assert [] == overrides(*entries, (topic, "2023"), at=6)
        entries = [(topic, "2023-03-16"), (cleared, "2023-03-17")]
        (finding,) = overrides(*entries, (topic, "2023"), at=6)
        assert "2023-03-17" == finding.details["by_on"]

    def test_several_subjects(self) -> None:
        """An event about several measures is found once, behind all that override it."""
        merged = Merged(measures=("wohnen-16", "wohnen-1"), into="wohnen-4")
        later = (Started(measure="wohnen-1"), "2023-05-04")
        (finding,) = overrides(STARTED, later, (merged, "2023"), at=6)
        assert ["wohnen-16: phase", "wohnen-1: phase"] == cells(finding)
        assert "2023-05-04/2023-12-31" == finding.details["interval"]
        assert "phase of measure 'wohnen-16', phase of measure 'wohnen-1'" in str(finding)

    def test_decisions(self) -> None:
        """A decision is one of many and is overridden by none."""
        assert [] == overrides((DECIDED[0], "2023-03-16"), (DECIDED[0], "2023"), at=5)


COLLIDING = (Proposed, Amended, Started, Progressed)


@st.composite
def logs_with_one_vague_event(draw: st.DrawFn) -> tuple[tuple[RecordedEvent, ...], int]:
    """A log of exact events but for one, and the place of that."""
    classes = draw(st.sampled_from((EVENT_CLASSES[:-2], COLLIDING)))
    events = list(draw(logs(most=6, dates=exact_dates(), corrections=False, classes=classes)))
    assume(events)
    place = draw(st.integers(0, len(events) - 1))
    vague = draw(inexact_dates().filter(lambda on: not on.exact))
    events[place] = attrs.evolve(events[place], on=vague)
    return tuple(events), place


Named = set[tuple[Subject, str]]


def named_by(finding: Finding) -> Named:
    """What a finding names."""
    return {(cell.subject, cell.attribute) for cell in finding.details["cells"].affected}


def lost(slots: Sequence[Slot], place: int, last: date) -> Named:
    """What one slot sets and is not so at the end of *last*, found by folding."""
    draft = Draft()
    for slot in counting(slots, last):
        apply(draft, slot)
    return {
        (subject, attribute)
        for subject, attribute, value in effects(slots[place])
        if attribute != MENTION and value != _folded(draft.subjects[subject], subject, attribute)
    }


def _folded(values: dict[str, Any], subject: Subject, attribute: str) -> Any:
    if subject[0] == "measure" and attribute == "attributes":
        held = (value for name, value in values.items() if name.startswith("attributes."))
        return any(value is not None for value in held) or None
    return values.get(attribute)


def redated(slots: Sequence[Slot], place: int, on: InexactDate) -> list[Slot]:
    """The same slots, one of them with another date."""
    changed = list(slots)
    content = attrs.evolve(changed[place].content, on=on)
    changed[place] = attrs.evolve(changed[place], content=content, day=on.first)
    return changed


def comes_first(slots: Sequence[Slot], place: int) -> bool:
    """Whether a slot brings something in: the proposal folded first, else the first in the log."""
    slot = slots[place]
    subject = introduced(slot.content.event)
    if isinstance(slot.content.event, Proposed):
        slots = counting(slots, slot.content.on.last)
    others = [one for one in slots if introduced(one.content.event) == subject]
    return subject is not None and others[0] == slot


CLEARED_TWICE = log(
    (Amended(measure="a-1", attributes=None), "2021-09-01/2021-09-02"),
    (Amended(measure="a-1", attributes={"topic": None}), "2021-09-01"),
)
"""What is cleared one by one holds nothing, as what is cleared as a whole."""


class TestProperties:
    """What holds for every inexact event among exact ones."""

    @example((CLEARED_TWICE, 0))
    @given(logs_with_one_vague_event())
    def test_found_where_a_value_is_lost(
        self, written: tuple[tuple[RecordedEvent, ...], int]
    ) -> None:
        """An event is found exactly where folding shows that one of its values is lost."""
        events, place = written
        slots = live_slots(events)
        expected = lost(slots, place, events[place].on.last)
        if not isinstance(events[place].event, Progressed):
            expected = {cell for cell in expected if cell[1] not in ("stage", "note", "cause")}
        if comes_first(slots, place):
            expected = set()
        found = overridden(slots, {event.id for event in events})
        assert [expected] * bool(expected) == [named_by(finding) for finding in found]

    @given(logs_with_one_vague_event())
    def test_what_is_named_counts(self, written: tuple[tuple[RecordedEvent, ...], int]) -> None:
        """In the interval named every value wins; where none is, not even on its last day."""
        events, place = written
        slots = live_slots(events)
        last = events[place].on.last
        for finding in overridden(slots, {events[place].id}):
            interval = finding.details["interval"]
            mended = redated(slots, place, InexactDate.of(interval or last))
            left = named_by(finding) & lost(mended, place, last)
            assert bool(left) == (interval is None)
