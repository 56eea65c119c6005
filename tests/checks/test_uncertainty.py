"""Inexact dates that leave open what the plan is on a day."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planlog.checks import Finding, check
from planlog.checks.findings import Cells
from planlog.events import (
    EVENT_CLASSES,
    Amended,
    Decided,
    Event,
    Implemented,
    Merged,
    Paused,
    PlanAmended,
    Prioritized,
    Proposed,
    RecordedEvent,
    Resumed,
    Started,
    VersionRecorded,
)
from planlog.possible import Cell, possible
from planlog.slots import Slot, live_slots
from planlog.testing.logs import days, logs
from tests.checks.examples import (
    DECIDED,
    EXAMPLES,
    FIELD,
    HELD,
    LISTED,
    OPENED,
    PROPOSED,
    SOCIAL,
    found,
)
from tests.histories import Entry, id_at, log
from tests.possible_by_enumeration import empty_value, enumerated, number_of_placements

SPRING = "2023-03/2023-05"
SUMMER = "2023-06/2023-08"
DAY = "2023-06-30"
OPENING = (OPENED, FIELD, HELD, PROPOSED)


def uncertain(*entries: Entry, day: str = DAY) -> dict[int, str]:
    """What each event is said to leave open on a day, by its place behind the opening."""
    return {
        finding.position - len(OPENING): by_subject(finding.details["cells"])
        for finding in found("uncertain", [*OPENING, *entries], day)
        if finding.position is not None
    }


def by_subject(cells: Cells) -> str:
    """What a finding names, the cells of one subject together."""
    return "; ".join(
        ", ".join(
            f"{cell.attribute} ({' or '.join(cell.values)})" if cell.values else cell.attribute
            for cell in affected
        )
        + (f" of {kind} {id!r}" if id else f" of the {kind}")
        for (kind, id), affected in groupby(cells.affected, key=lambda cell: cell.subject)
    )


def started(**data: Any) -> Started:
    """The measure was started."""
    return Started(measure="wohnen-16", **data)


def amended(**data: Any) -> Amended:
    """The measure was amended."""
    return Amended(measure="wohnen-16", **data)


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


class TestDeciders:
    """Tests for which events are named."""

    def test_two_that_can_change_places(self) -> None:
        """Both are named, though both have passed."""
        entries: list[Entry] = [(amended(cost="1"), SPRING), (amended(cost="2"), "2023-04")]
        assert [0, 1] == list(uncertain(*entries))

    def test_one_beside_an_exact_one(self) -> None:
        """Only the inexact one is named."""
        entries: list[Entry] = [(amended(cost="1"), SPRING), (amended(cost="2"), "2023-04-01")]
        assert [0] == list(uncertain(*entries))

    def test_one_that_cannot_be_the_last(self) -> None:
        """What is settled by something later leaves nothing open, and what cannot move neither."""
        early: Entry = (amended(cost="1"), "2023-01/2023-04")
        between: Entry = (amended(cost="2"), "2023-05")
        late: Entry = (amended(cost="3"), "2023-06/2023-12")
        assert [2] == list(uncertain(early, between, late))
        assert [1, 2] == list(uncertain(early, (between[0], "2023-05/2023-06"), late))

    def test_positions_on_one_day(self) -> None:
        """On one day the one recorded later is last, so that a month may reach it or not."""
        exact: Entry = (amended(cost="1"), "2023-05-31")
        vague: Entry = (amended(cost="2"), "2023-05")
        assert [] == list(uncertain(vague, exact))
        assert [1] == list(uncertain(exact, vague))

    def test_sole_proposal(self) -> None:
        """A proposal is folded first on any day: it decides only where it may not count yet."""
        proposed = Proposed(measure="wohnen-1", title="Wohnraum")
        passed: list[Entry] = [(proposed, SPRING), (Started(measure="wohnen-1"), SPRING)]
        assert {} == uncertain(*passed)
        exact: Entry = (Amended(measure="wohnen-1", cost="1"), "2023-01-01")
        assert {
            0: "phase ('proposed' or none), since (2023 or none), title ('Wohnraum' or none) "
            "of measure 'wohnen-1'"
        } == uncertain((proposed, "2023"), exact)
        titled: Entry = (Amended(measure="wohnen-1", title="Wohnen"), "2022")
        later: Entry = (Amended(measure="wohnen-1", title="Wohnung"), "2023")
        assert {
            0: "phase ('proposed' or none), since (2023 or none) of measure 'wohnen-1'",
            2: "title ('Wohnen' or 'Wohnung') of measure 'wohnen-1'",
        } == uncertain((proposed, "2023"), titled, later)

    def test_proposals_that_compete(self) -> None:
        """Which proposal was the earliest decides what an exact one sets."""
        entries: list[Entry] = [
            (Proposed(measure="wohnen-1", title="A"), "2023-05-10"),
            (Amended(measure="wohnen-1", title="B"), "2023-04-10"),
            (Proposed(measure="wohnen-1"), SPRING),
        ]
        since = "since (2023-03/2023-05 or 2023-05-10)"
        assert {2: f"{since}, title ('A' or 'B') of measure 'wohnen-1'"} == uncertain(*entries)

    def test_proposals_that_can_change_places(self) -> None:
        """Each of them decides, beside what may come behind both."""
        entries: list[Entry] = [
            (Proposed(measure="wohnen-1", title="A"), "2022"),
            (Proposed(measure="wohnen-1", title="B"), "2022"),
            (Amended(measure="wohnen-1", title="C"), "2022-06/2023-08"),
        ]
        assert [0, 1, 2] == list(uncertain(*entries))

    def test_first_of_two_proposals(self) -> None:
        """One that is the earliest on whatever day it was decides nothing."""
        entries: list[Entry] = [
            (Proposed(measure="wohnen-1", title="A"), "2022"),
            (Proposed(measure="wohnen-1"), "2023-01-10"),
            (Amended(measure="wohnen-1", title="B"), "2022-02/2023-08"),
        ]
        assert {2: "title ('A' or 'B') of measure 'wohnen-1'"} == uncertain(*entries)

    def test_proposal_that_may_not_count_yet(self) -> None:
        """It decides what nothing else is sure to set."""
        entries: list[Entry] = [
            (Amended(measure="wohnen-1", cost="1"), "2022-05-25"),
            (Proposed(measure="wohnen-1", title="A"), "2023"),
            (Amended(measure="wohnen-1", title="B"), "2023"),
        ]
        named = uncertain(*entries)
        assert "title ('A' or 'B' or none) of measure 'wohnen-1'" == named[2]
        assert named[1].endswith(named[2])

    def test_second_proposal(self) -> None:
        """A proposal that is never the earliest decides like any other event."""
        again = Proposed(measure="wohnen-16", title="Nachbarn")
        named = "title ('Nachbarn' or 'Nachbarschaften') of measure 'wohnen-16'"
        assert {0: named} == uncertain((again, "2023"))

    def test_clearing_all_attributes(self) -> None:
        """Clearing decides each attribute, and what it may have cleared is named with it."""
        entries: list[Entry] = [
            (amended(attributes={"thema": "A"}), "2023-04-10"),
            (amended(attributes=None), SPRING),
        ]
        assert {1: "attributes.thema ('A' or none) of measure 'wohnen-16'"} == uncertain(*entries)

    def test_since(self) -> None:
        """The beginning of a run hangs on what came between, not only on what came last."""
        entries: list[Entry] = [
            (started(), "2023-01/2023-03"),
            (Paused(measure="wohnen-16"), "2023-02-10"),
            (started(), "2023-05-04"),
        ]
        assert {0: "since (2023-01/2023-03 or 2023-05-04) of measure 'wohnen-16'"} == uncertain(
            *entries
        )

    def test_since_within_a_day(self) -> None:
        """What is left and resumed on one day never ended: the same day may make the difference."""
        entries: list[Entry] = [
            (started(), "2023-04-01/2023-04-10"),
            (Proposed(measure="wohnen-16"), "2023-04-10"),
        ]
        assert {0: "since (2022-05-25 or 2023-04-10) of measure 'wohnen-16'"} == uncertain(*entries)

    def test_since_across_another(self) -> None:
        """Two that can change places do so across what lies between them."""
        entries: list[Entry] = [
            (started(), "2023-01/2023-05"),
            (Paused(measure="wohnen-16"), "2023-02-10"),
            (Resumed(measure="wohnen-16"), "2023-03/2023-04"),
        ]
        assert [0, 2] == list(uncertain(*entries))

    def test_since_long_ago(self) -> None:
        """What was over before the run can have begun decides nothing about it."""
        entries: list[Entry] = [
            (started(), "2022-06/2022-08"),
            (Paused(measure="wohnen-16"), "2022-07"),
            (Implemented(measure="wohnen-16"), "2023-01-10"),
            (started(), "2023-06-10/2023-07-10"),
        ]
        assert [3] == list(uncertain(*entries))

    def test_rank(self) -> None:
        """A rank hangs on the field of the measure and on the lists of the fields it can have."""
        entries: list[Entry] = [
            SOCIAL,
            (Prioritized(field="wohnen", ranking=("wohnen-16",)), "2023-01-10"),
            (amended(field="soziales"), SPRING),
            (amended(field="wohnen"), "2023-04-10"),
            (Prioritized(field="soziales", ranking=("wohnen-1", "wohnen-16")), "2022"),
            (Prioritized(field="wohnen", ranking=("wohnen-1", "wohnen-16")), SUMMER),
            (Prioritized(field="gesundheit", ranking=("wohnen-16",)), SUMMER),
            (Proposed(measure="wohnen-1", title="Wohnraum", field="wohnen"), "2022-05-25"),
        ]
        named = uncertain(*entries)
        rank = "rank (1 or 2) of measure 'wohnen-16'"
        assert f"field ('soziales' or 'wohnen'), {rank}" == named[2]
        assert "rank (1 or none) of measure 'wohnen-1'" in named[5]
        assert named[5].endswith(rank)
        assert "present of field 'gesundheit'" == named[6]
        assert [2, 5, 6] == list(named)

    def test_no_field(self) -> None:
        """A measure that may stand outside the fields has no rank there."""
        entries: list[Entry] = [LISTED, (amended(field=None), SUMMER)]
        assert {1: "field ('wohnen' or none), rank (1 or none) of measure 'wohnen-16'"} == (
            uncertain(*entries)
        )

    def test_decision_about_a_vague_list(self) -> None:
        """A list that may have come only after the decision decides whether it counts."""
        entries: list[Entry] = [
            (LISTED[0], SPRING),
            (DECIDED[0], "2023-04-10"),
            (Prioritized(field="wohnen", ranking=()), SUMMER),
        ]
        named = uncertain(*entries)
        assert f"decisions.{id_at(5)} (adopted or none) of measure 'wohnen-16'" == named[0]
        assert "ranking (['wohnen-16'] or []) of field 'wohnen'" == named[2].partition(";")[0]
        assert "decisions" not in named[2]

    def test_decision_about_two_vague_lists(self) -> None:
        """So do lists before the decision that can change places."""
        entries: list[Entry] = [
            (LISTED[0], "2022/2023-01"),
            (Prioritized(field="wohnen", ranking=()), "2022/2023-01"),
            (LISTED[0], "2023-02"),
            (Prioritized(field="wohnen", ranking=()), "2023-02/2023-03"),
            (Prioritized(field="wohnen", ranking=()), "2023-05-10"),
            (DECIDED[0], "2023-04-10"),
        ]
        named = f"decisions.{id_at(9)} (adopted or none) of measure 'wohnen-16'"
        assert {2: named, 3: named} == uncertain(*entries)

    def test_vague_decision(self) -> None:
        """A vague decision decides itself, for the field too while it may be to come."""
        name = f"decisions.{id_at(5)} (adopted or none)"
        entries: list[Entry] = [(LISTED[0], "2023-04-10"), (DECIDED[0], SPRING)]
        assert {1: f"{name} of measure 'wohnen-16'"} == uncertain(*entries)
        entries = [(LISTED[0], "2023-01-10"), (DECIDED[0], "2023")]
        both = f"{name} of field 'wohnen'; {name} of measure 'wohnen-16'"
        assert {1: both} == uncertain(*entries)

    def test_vague_decision_about_vague_lists(self) -> None:
        """What may stand when it was made decides with it, though it was over in the end."""
        entries: list[Entry] = [
            (LISTED[0], "2023-02"),
            (Prioritized(field="wohnen", ranking=()), "2023-02"),
            (Prioritized(field="wohnen", ranking=()), "2023-04-10"),
            (DECIDED[0], SPRING),
        ]
        named = f"decisions.{id_at(7)} (adopted or none) of measure 'wohnen-16'"
        assert {0: named, 1: named, 3: named} == uncertain(*entries)

    def test_decision_that_names_its_measures(self) -> None:
        """It hangs on no list."""
        decided = Decided(
            conference="stk-3", outcome="adopted", measures=("wohnen-16",), fields=("wohnen",)
        )
        entries: list[Entry] = [(LISTED[0], SPRING), (decided, "2023-04/2023-05")]
        assert {} == uncertain(*entries)
        assert [1] == list(uncertain(entries[0], (decided, "2023-04/2023-08")))


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
