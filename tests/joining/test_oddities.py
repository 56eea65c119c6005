"""What is odd since two logs were joined."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from planlog.draft import attributes_of
from planlog.effects import PLAN, Subject
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Event,
    FieldAdded,
    Noted,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Started,
)
from planlog.findings import Finding
from planlog.joining.oddities import oddities
from planlog.plan import Plan, Prefix
from planlog.possible import PRESENT
from planlog.slots import live_slots
from planlog.testing.logs import interacting_logs
from planlog.timeline import plan_at
from tests.histories import recorded
from tests.test_laws import DAYS

Events = tuple[RecordedEvent, ...]
Cell = tuple[Subject, str]


def in_order(*logs: Sequence[RecordedEvent]) -> Events:
    """The events of *logs* one after the other, each once, at the positions that this gives."""
    events = {event.id: event for log in logs for event in log}
    return tuple(
        attrs.evolve(event, position=position) for position, event in enumerate(events.values())
    )


def found(ours: Sequence[RecordedEvent], theirs: Sequence[RecordedEvent]) -> tuple[Finding, ...]:
    """What is odd since *theirs* was joined to *ours*."""
    joined = in_order(ours, theirs)
    places = {event.id: event.position for event in joined}
    return oddities(joined, [[places[one.id] for one in clone] for clone in (ours, theirs)])


def cells_of(plan: Plan) -> Mapping[Cell, Any]:
    """Every cell of a plan, and for everything in it that it is there."""
    cells: dict[Cell, Any] = {
        (PLAN, name): getattr(plan, name) for name in ("title", "place", "programme", "language")
    }
    for kind, things in (
        ("field", plan.fields),
        ("goal", plan.goals),
        ("conference", plan.conferences),
        ("version", plan.versions),
        ("measure", plan.measures),
    ):
        for one in things:
            subject = (kind, one.id)
            cells[subject, PRESENT] = True
            cells |= {(subject, name): value for name, value in attributes_of(subject, one).items()}
    cells |= {(("measure", one.id), "rank"): one.rank for one in plan.measures}
    return {cell: value for cell, value in cells.items() if value not in (None, ())}


def differing(one: Events, other: Events) -> Iterator[Cell]:
    """Every cell that differs on some day between the plans of two logs."""
    slots = live_slots(one), live_slots(other)
    for day in (*DAYS, date.max):
        plans = [cells_of(plan_at(each, day, Prefix(size=0))) for each in slots]
        for cell in plans[0].keys() | plans[1].keys():
            if plans[0].get(cell) != plans[1].get(cell):
                yield cell


def is_told(cell: Cell, told: set[Cell], events: Events) -> bool:
    """Whether findings name a cell, or one that it follows from."""
    subject, attribute = cell
    if not told.isdisjoint({cell, (subject, PRESENT)}):
        return True
    if attribute == "since":
        return (subject, "phase") in told
    if attribute == "rank":
        return (subject, "field") in told or any(name == "ranking" for _, name in told)
    if attribute.startswith("attributes."):
        return (subject, "attributes") in told
    if attribute.startswith("decisions."):
        decided = next(one.event for one in events if one.id == attribute[10:])
        fields = decided.fields or () if isinstance(decided, Decided) else ()
        lists = {(("field", field), "ranking") for field in fields}
        return not told.isdisjoint(lists) or any(name == attribute for _, name in told)
    return False


@st.composite
def clones(draw: st.DrawFn) -> tuple[Events, Events]:
    """Two clones of one log: behind a common beginning, each has its own, and some is the same."""
    events = draw(interacting_logs(most=9))
    beginning = draw(st.integers(0, len(events) // 2))
    sides: dict[str, str] = {}
    for event in events:
        target = event.corrects or event.retracts
        there = sides.get(target or "", "both")
        free = st.sampled_from(("ours", "theirs", "ours", "theirs", "both"))
        side = "both" if event.position < beginning else draw(free)
        sides[event.id] = side if there == "both" else there
    return tuple(
        tuple(event for event in events if sides[event.id] in (name, "both"))
        for name in ("ours", "theirs")
    )  # type: ignore[return-value]  # there are two names


def number_of(*clones: Sequence[tuple[Event, str] | tuple[Event, str, int]]) -> list[Events]:
    """The events of each clone, numbered through; what both have is written into the first."""
    found: list[Events] = []
    position = 0
    for clone in clones:
        events = []
        for entry in clone:
            events.append(recorded(position, *entry))
            position += 1
        found.append(tuple(events))
    return found


COMMON = (
    (PlanOpened(title="Plan"), "2020-09-18"),
    (FieldAdded(field="wohnen", title="Wohnen"), "2020-09-18"),
    (Proposed(measure="wohnen-1", title="Wohnraum", field="wohnen"), "2021-07-07"),
    (Proposed(measure="wohnen-2", title="Treff", field="wohnen"), "2021-07-07"),
)
DAY = "2023-03-16"


def odd(
    ours: Sequence[tuple[Event, str] | tuple[Event, str, int]],
    theirs: Sequence[tuple[Event, str] | tuple[Event, str, int]],
) -> list[str]:
    """What is told in words where two clones went on from a small plan."""
    common, first, second = number_of(COMMON, ours, theirs)
    return [f"{one.code}: {one}" for one in found((*common, *first), (*common, *second))]


class TestExamples:
    def test_nothing(self) -> None:
        """Where both tell of different things nothing is odd."""
        assert [] == odd(
            [(Started(measure="wohnen-1"), DAY)], [(Rated(measure="wohnen-1", level="hoch"), DAY)]
        )

    def test_two_lists(self) -> None:
        """Two lists of a field on one day are told, with both values and the one that counts."""
        (told,) = odd(
            [(Prioritized(field="wohnen", ranking=("wohnen-1", "wohnen-2")), DAY)],
            [(Prioritized(field="wohnen", ranking=("wohnen-2", "wohnen-1")), DAY)],
        )
        assert (
            "set-on-one-day: prioritized (0000000000000004) and prioritized (0000000000000005), "
            "which came from different clones, set the same on one day: ranking of field 'wohnen' "
            "(['wohnen-1', 'wohnen-2'] or ['wohnen-2', 'wohnen-1']); 0000000000000005 counts "
            "because it stands behind: correct what is wrong, or one of the dates"
        ) == told

    def test_two_lists_on_two_days(self) -> None:
        """Of two days the later one counts, whoever recorded it."""
        assert [] == odd(
            [(Prioritized(field="wohnen", ranking=("wohnen-1", "wohnen-2")), DAY)],
            [(Prioritized(field="wohnen", ranking=("wohnen-2", "wohnen-1")), "2023-03-17")],
        )

    def test_the_same_list_twice(self) -> None:
        """What both say alike is not odd."""
        listed = (Prioritized(field="wohnen", ranking=("wohnen-1", "wohnen-2")), DAY)
        assert [] == odd([listed], [listed])

    def test_a_decision_about_a_list(self) -> None:
        """A decision looks at the list of its day, so it matters which of the two came first."""
        held = (ConferenceHeld(conference="stk-3", title="3.", kind="conference"), DAY)
        decided = Decided(conference="stk-3", outcome="adopted", fields=("wohnen",))
        listed = Prioritized(field="wohnen", ranking=("wohnen-1",))
        told = odd([held, (decided, DAY)], [(listed, DAY)])
        assert any("ranking of field 'wohnen';" in one for one in told)

    def test_clearing_attributes(self) -> None:
        """Clearing all attributes and setting one on the same day are odd."""
        (told,) = odd(
            [(Amended(measure="wohnen-1", attributes=None), DAY)],
            [(Amended(measure="wohnen-1", attributes={"topic": "Garten"}), DAY)],
        )
        assert "attributes.topic of measure 'wohnen-1' (none or 'Garten'); 0000000000000005" in told
        (told,) = odd(
            [(Amended(measure="wohnen-1", attributes={"topic": "Garten"}), DAY)],
            [(Amended(measure="wohnen-1", attributes=None), DAY)],
        )
        assert "attributes.topic of measure 'wohnen-1' ('Garten' or none); 0000000000000005" in told

    def test_a_phase_and_its_day(self) -> None:
        """Two starts of one day differ in since when, if only one of them knows the day."""
        (told,) = odd(
            [(Started(measure="wohnen-1"), DAY)], [(Started(measure="wohnen-1"), f"{DAY}/2023-04")]
        )
        assert f"since of measure 'wohnen-1' ('{DAY}' or '{DAY}/2023-04')" in told

    def test_both_corrected(self) -> None:
        """Where both correct the same event, the later correction counts, and is told."""
        proposed = Proposed(measure="wohnen-2", title="Treffpunkt", field="wohnen")
        again = attrs.evolve(proposed, title="Treffen")
        told = odd([(proposed, "2021-07-08", 3)], [(again, "2021-07-09", 3)])
        assert (
            "corrected-twice: 0000000000000005 and 0000000000000004, which came from different "
            "clones, correct the same event (0000000000000003); 0000000000000005 counts because it "
            "stands behind: retract it, or correct the event once more"
        ) == told[0]

    def test_both_corrected_what_is_no_proposal(self) -> None:
        """So it is with whatever they correct, and wherever the corrections put it."""
        started = Started(measure="wohnen-1", note="Anfang")
        entries = [(Progressed(measure="wohnen-1", note=text), DAY, 4) for text in "ab"]
        events = number_of([*COMMON, (started, DAY)], *([entry] for entry in entries))
        (told,) = found((*events[0], *events[1]), (*events[0], *events[2]))
        assert "corrected-twice" == told.code
        cells = {(one.subject[1], one.attribute) for one in told.details["cells"].affected}
        assert {("wohnen-1", PRESENT), ("wohnen-1", "note")} == cells

    def test_both_proposed_on_one_day(self) -> None:
        """Of two first proposals either may be folded first, so all that they say is told."""
        told = odd(
            [(Proposed(measure="wohnen-3", title="Garten", field="wohnen", cost="1"), DAY)],
            [(Proposed(measure="wohnen-3", title="Garten", field="wohnen"), DAY)],
        )
        assert ["introduced-twice", "set-on-one-day"] == [one.partition(":")[0] for one in told]
        assert "one day: cost of measure 'wohnen-3'; 0000000000000005 counts" in told[1]

    def test_both_proposed_again_on_one_day(self) -> None:
        """Where another proposal is earlier in any case, only what both say can differ."""
        told = odd(
            [(Proposed(measure="wohnen-1", title="Garten", cost="1"), DAY)],
            [(Proposed(measure="wohnen-1", title="Bänke", number="7"), DAY)],
        )
        assert 1 == len(told)
        assert "one day: title of measure 'wohnen-1' ('Garten' or 'Bänke'); " in told[0]

    def test_proposed_and_started_on_one_day(self) -> None:
        """A first proposal is folded first, whoever recorded it."""
        proposed = Proposed(measure="wohnen-3", title="Garten", field="wohnen")
        told = odd(
            [(proposed, DAY)], [(proposed, "2023-03-17"), (Started(measure="wohnen-3"), DAY)]
        )
        assert "set-on-one-day" not in [one.partition(":")[0] for one in told]

    def test_corrected_to_be_a_proposal_or_not(self) -> None:
        """Where it depends on a correction which proposal is the first, all they say is told."""
        again = Proposed(measure="wohnen-2", title="Neu", cost="1")
        first = (Proposed(measure="wohnen-2", title="Treff", field="wohnen"), "2021-07-08", 3)
        common, ours, theirs = number_of(
            (*COMMON, (again, "2022-01-01")), [first], [(Started(measure="wohnen-1"), DAY, 3)]
        )
        (told,) = found((*common, *ours), (*common, *theirs))
        assert "corrected-twice" == told.code
        cells = {(one.subject[1], one.attribute) for one in told.details["cells"].affected}
        assert {("wohnen-2", "cost"), ("wohnen-2", "title"), ("wohnen-1", "phase")} <= cells

    def test_both_brought_in(self) -> None:
        """Two things that got the same id are told, on whatever days, with both titles."""
        told = odd(
            [(Proposed(measure="wohnen-3", title="Garten", field="wohnen"), "2022-01-01")],
            [(Proposed(measure="wohnen-3", title="Bänke", field="wohnen"), "2022-02-02")],
        )
        assert (
            "introduced-twice: proposed 2022-01-01 (0000000000000004) and proposed 2022-02-02 "
            "(0000000000000005), which came from different clones, both bring in measure "
            "'wohnen-3' ('Garten', 'Bänke'); if two things are meant, retract one of them and "
            "record it under another id"
        ) == told[0]
        assert 1 == len(told)

    def test_what_the_checks_find_since(self) -> None:
        """What is odd only with the events of both is told as the checks tell it."""
        (told,) = odd(
            [(Prioritized(field="wohnen", ranking=("wohnen-1",)), DAY)],
            [(Dropped(measure="wohnen-1", cause="rejected"), DAY)],
        )
        assert told.startswith("ranked-but-dropped: the list 2023-03-16 (0000000000000004)")
        assert "at the end of 2023-03-16" in told

    def test_what_the_checks_found_before(self) -> None:
        """What was odd in one of them already is not told again."""
        assert [] == odd([(Noted(text="x"), DAY), (Started(measure="wohnen-9"), DAY)], [])

    def test_two_values_of_one_clone(self) -> None:
        """What one clone set twice on a day is not told because another joined it."""
        twice = [(Rated(measure="wohnen-1", level=level), DAY) for level in ("hoch", "mittel")]
        assert [] == odd(twice, [(Noted(text="x"), DAY)])


class TestOrderOfJoining:
    @given(clones())
    def test_is_told(self, pair: tuple[Events, Events]) -> None:
        """Joined in either order, the plans of every day differ in nothing but what is reported."""
        ours, theirs = pair
        findings = found(ours, theirs)
        told = {
            (one.subject, one.attribute)
            for finding in findings
            if "cells" in finding.details
            for one in finding.details["cells"].affected
        }
        joined = in_order(ours, theirs)
        untold = [
            cell
            for cell in differing(joined, in_order(theirs, ours))
            if not is_told(cell, told, joined)
        ]
        assert [] == untold

    @given(clones())
    def test_is_the_same_question_from_either_side(self, pair: tuple[Events, Events]) -> None:
        """Whoever joins is told of the same cells."""
        sides = [found(*pair), found(*reversed(pair))]
        ours, theirs = (
            {
                (finding.code, one.subject, one.attribute)
                for finding in findings
                if "cells" in finding.details
                for one in finding.details["cells"].affected
                if finding.code in {"set-on-one-day", "corrected-twice"}
            }
            for findings in sides
        )
        assert ours == theirs
