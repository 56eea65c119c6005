"""Inexact dates that leave open what the plan is on a day."""

from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planlog.checks import Finding, check
from planlog.events import (
    EVENT_CLASSES,
    Amended,
    Decided,
    Event,
    Merged,
    Paused,
    PlanAmended,
    Prioritized,
    Proposed,
    RecordedEvent,
    Started,
    VersionRecorded,
)
from planlog.possible import Cell, possible
from planlog.slots import Slot, live_slots
from planlog.testing.logs import days, logs
from tests.checks.examples import EXAMPLES, found
from tests.checks.uncertain import DAY, OPENING, amended, started, uncertain
from tests.histories import Entry, log
from tests.possible_by_enumeration import empty_value, enumerated, number_of_placements


class TestUncertain:
    """Tests for the finding itself."""

    def test_sentence(self) -> None:
        """The event is named with the day asked about, the cells and their possible values."""
        (finding,) = found("uncertain", EXAMPLES["uncertain"])
        assert ("warning", 3) == (finding.severity, finding.position)
        assert (
            "started 2023 (0000000000000003) leaves open what holds at the end of 2023-06-30: "
            "phase of measure 'wohnen-16' ('proposed' or 'started'), "
            "since of measure 'wohnen-16' (2022-05-25 or 2023), "
            "stage of measure 'wohnen-16' ('Angeschoben' or none); "
            "a more precise date would settle it"
        ) == str(finding)

    @pytest.mark.parametrize(
        ("on", "day"),
        [
            ("2023-06-30", DAY),
            ("2023", "2022-12-31"),
            ("2023", "2023-12-31"),
        ],
    )
    def test_nothing_open(self, on: str, day: str) -> None:
        """An exact date leaves nothing open, nor does an interval that has passed or is to come."""
        assert {} == uncertain((started(), on), day=day)

    def test_nothing_yet(self) -> None:
        """At the start nothing has happened, whatever the dates."""
        assert () == check(log(*OPENING, (started(), "2023")), None)

    def test_several_subjects(self) -> None:
        """One event has one finding, by subject."""
        merged = Merged(measures=("wohnen-16",), into="wohnen-1")
        new: Entry = (Proposed(measure="wohnen-1", title="Wohnraum"), "2022")
        (named,) = uncertain(new, (merged, "2023")).values()
        assert (
            "predecessors.wohnen-16 (True or none) of measure 'wohnen-1'; "
            "phase ('proposed' or 'replaced'), since (2022-05-25 or 2023), "
            "successors.wohnen-1 (True or none) of measure 'wohnen-16'"
        ) == named

    def test_plan(self) -> None:
        """The plan as a whole is named without an id."""
        renamed = PlanAmended(title="Plan")
        (finding,) = found("uncertain", [*OPENING, (renamed, "2023")])
        named = "title of the plan ('Plan' or 'Sozialer Maßnahmenplan')"
        assert named == str(finding.details["cells"])

    def test_absent_subject(self) -> None:
        """Of what may be absent, that is told, and what is open if it is there."""
        new = Proposed(measure="wohnen-1", title="Wohnraum", number="1")
        again = Proposed(measure="wohnen-1", title="Wohnraum", number="2")
        assert {0: "present of measure 'wohnen-1'"} == uncertain((new, "2023"))
        (finding,) = found("uncertain", [*OPENING, (new, "2023")])
        assert "measure 'wohnen-1' (in the plan or not)" == str(finding.details["cells"])
        named = "number ('1' or '2' or none), present of measure 'wohnen-1'"
        assert {0: named, 1: named} == uncertain((new, "2023"), (again, "2023"))


class TestValues:
    """Tests for how values are shown."""

    @pytest.mark.parametrize(
        ("event", "shown"),
        [
            (amended(title="A|\n"), "title ('A|\\n' or 'Nachbarschaften')"),
            (amended(responsible=("GWA", "LKO")), "responsible (['GWA', 'LKO'] or [])"),
            (amended(due="2024"), "due (2024 or none)"),
            (amended(cost="x" * 100), f"cost ('{'x' * 58}… or none)"),
        ],
    )
    def test_kinds(self, event: Event, shown: str) -> None:
        """Texts stand in quotation marks and on one line; what is too long is cut."""
        assert {0: f"{shown} of measure 'wohnen-16'"} == uncertain((event, "2023"))

    def test_versions(self) -> None:
        """What an excerpt states is shown like a mapping."""
        version = VersionRecorded(
            version="deck", coverage="excerpt", attributes=("title",), measures={"a": ("title",)}
        )
        other = VersionRecorded(version="deck", coverage="excerpt", attributes=("title",))
        named = uncertain((version, "2022"), (other, "2023"))
        assert {1: "measures ({'a': ('title',)} or none), on (2022 or 2023) of version 'deck'"} == (
            named
        )

    def test_too_many(self) -> None:
        """Of more than six values the first six are shown."""
        entries: list[Entry] = [(amended(number=str(n)), "2023") for n in range(9, 0, -1)]
        shown = "number ('1' or '2' or '3' or '4' or '5' or '6' or …) of measure 'wohnen-16'"
        assert dict.fromkeys(range(9), shown) == uncertain(*entries)
        shown = "number ('1' or '2' or '3' or '4' or '5' or none) of measure 'wohnen-16'"
        assert dict.fromkeys(range(5), shown) == uncertain(*entries[4:])


def deciders(slots: Sequence[Slot], day: date, cell: Cell) -> set[str]:
    """The events whose date alone can change a cell, found by trying all placements."""
    plans = [plan.get(cell, empty_value(cell)) for plan in enumerated(slots, day)]
    choices = [range(number_of_placements([slot], day)) for slot in slots]
    values = dict(zip(product(*choices), plans, strict=True))
    return {
        slot.content.id
        for place, slot in enumerate(slots)
        if any(
            value != values[*choice[:place], 0, *choice[place + 1 :]]
            for choice, value in values.items()
        )
    }


COLLIDING = (
    (Proposed, Started, Paused, Amended),
    (Prioritized, Decided, Amended),
    EVENT_CLASSES[:-2],
)


class TestProperty:
    """What holds for every log."""

    @settings(max_examples=150)
    @given(st.sampled_from(COLLIDING).flatmap(lambda some: logs(most=5, classes=some)), days())
    def test_every_open_cell_is_named(self, events: tuple[RecordedEvent, ...], day: date) -> None:
        """Each cell that can have several values is named with an event that decides it."""
        slots = live_slots(events)
        assume(number_of_placements(slots, day) <= 100)
        named: dict[tuple[tuple[str, str], str], set[str | None]] = {}
        for finding in _uncertain(events, day):
            for cell in finding.details["cells"].affected:
                named.setdefault((cell.subject, cell.attribute), set()).add(finding.event)
        for cell, values in possible(slots, day).cells.items():
            subject = (cell.kind, cell.id)
            if len(values) > 1 and (subject, "present") not in named:
                assert named[subject, cell.attribute] & deciders(slots, day, cell), cell
            elif len(values) == 1:
                assert (subject, cell.attribute) not in named


def _uncertain(events: tuple[RecordedEvent, ...], day: date) -> list[Finding]:
    return [finding for finding in check(events, day) if finding.code == "uncertain"]
