"""What of a plan may be missing or stale, because texts were erased."""

from datetime import date

import attrs
import pytest

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
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.missing import Missing, erased_ids, missing, names_nothing
from planlog.slots import live_slots
from planlog.timeline import plan_at, prefix
from tests.erasures import erased, without
from tests.histories import Entry, id_at, log, recorded

END = date(2023, 12, 31)
ONE = ("measure", "a-1")
PROPOSED: Entry = (Proposed(measure="a-1", title="Bänke", field="a", number="1"), "2022-05-01")
STARTED: Entry = (Started(measure="a-1", stage="Begonnen"), "2022-06-01")
WITH_PHASE = ("phase", "since", "stage", "note", "cause")
DESCRIPTION = (
    *("title", "field", "number", "goal", "description", "responsible", "partners"),
    *("due", "cost", "funding", "attributes"),
)


def gone(
    *entries: Entry, at: int | tuple[int, ...], day: date | None = END, bare: bool = False
) -> Missing:
    """What is missing where the texts *at* certain positions were erased."""
    positions = (at,) if isinstance(at, int) else at
    events = without(log(*entries), *positions, bare=bare)
    plan = plan_at(live_slots(events), day, prefix(events, len(events)))
    return missing(events, plan)


class TestMissing:
    """Tests for what may be missing."""

    def test_nothing_erased(self) -> None:
        """Where nothing was erased, nothing is missing."""
        events = log(PROPOSED, STARTED)
        plan = plan_at(live_slots(events), END, prefix(events, 2))
        assert {} == missing(events, plan)

    @pytest.mark.parametrize(
        ("event", "subjects"),
        [
            (Started(measure="a-1"), {ONE: WITH_PHASE}),
            (Implemented(measure="a-1"), {ONE: WITH_PHASE}),
            (MadePermanent(measure="a-1"), {ONE: WITH_PHASE}),
            (Paused(measure="a-1"), {ONE: WITH_PHASE}),
            (Resumed(measure="a-1"), {ONE: WITH_PHASE}),
            (Dropped(measure="a-1", cause="other"), {ONE: WITH_PHASE}),
            (Proposed(measure="a-1", note="x"), {ONE: (*WITH_PHASE, *DESCRIPTION, "rank")}),
            (Amended(measure="a-1", cost="1"), {ONE: (*DESCRIPTION, "rank")}),
            (Rated(measure="a-1", level="hoch"), {ONE: ("level",)}),
            (Progressed(measure="a-1", note="x"), {ONE: ("stage", "note")}),
            (
                Merged(measures=["a-1"], into="a-2"),
                {
                    ONE: (*WITH_PHASE, "predecessors", "successors"),
                    ("measure", "a-2"): (*WITH_PHASE, "predecessors", "successors"),
                },
            ),
            (
                Split(measure="a-1", into=["a-1", "a-2"]),
                {
                    ONE: (*WITH_PHASE, "predecessors", "successors"),
                    ("measure", "a-2"): (*WITH_PHASE, "predecessors", "successors"),
                },
            ),
            (
                Decided(conference="stk-1", outcome="adopted", measures=["a-1"], fields=["a"]),
                {ONE: ("decisions",), ("field", "a"): ("decisions",)},
            ),
            (
                Prioritized(field="a", ranking=["a-1"]),
                {("field", "a"): ("ranking",), ONE: ("rank",)},
            ),
            (FieldAdded(field="b", title="B"), {("field", "b"): ("title", "number")}),
            (FieldAmended(field="b", title="B"), {("field", "b"): ("title", "number")}),
            (GoalAdded(goal="g", field="a", title="G"), {("goal", "g"): ("field", "title")}),
            (
                ConferenceHeld(conference="stk-1", title="K", kind="conference"),
                {("conference", "stk-1"): ("on", "title", "kind", "place")},
            ),
            (
                VersionRecorded(version="v", coverage="complete", attributes=[]),
                {
                    ("version", "v"): (
                        *("on", "title", "coverage", "attributes", "measures", "document"),
                    )
                },
            ),
            (PlanOpened(title="P"), {("plan", ""): ("title", "place", "programme", "language")}),
            (PlanAmended(title="P"), {("plan", ""): ("title", "place", "programme", "language")}),
            (Noted(about=About(measure="a-1"), text="x"), {}),
        ],
    )
    def test_each_type(self, event: Event, subjects: Missing) -> None:
        """Every attribute is missing that the type of event may have set, of what it named."""
        assert subjects == gone(PROPOSED, (event, "2023-03-16"), at=1)

    def test_set_anew(self) -> None:
        """What a later event sets is no longer missing; where it lies on the same day, too."""
        implemented: Entry = (Implemented(measure="a-1"), "2022-06-01")
        assert {} == gone(PROPOSED, STARTED, implemented, at=1)

    def test_set_before(self) -> None:
        """What an earlier event set, if only on the same day, is missing all the same."""
        assert {ONE: WITH_PHASE} == gone(
            PROPOSED, (Implemented(measure="a-1"), "2022-06-01"), STARTED, at=2
        )

    def test_since_of_an_unbroken_run(self) -> None:
        """A measure that is started again may have been under way since the erased start."""
        again: Entry = (Started(measure="a-1"), "2023-01-01")
        assert {ONE: ("since",)} == gone(PROPOSED, STARTED, again, at=1)
        paused: Entry = (Paused(measure="a-1"), "2022-12-01")
        assert {} == gone(PROPOSED, STARTED, paused, again, at=1)

    def test_first_proposal_sets_nothing_anew(self) -> None:
        """A measure's first proposal is folded before all else, though its day is later."""
        late: Entry = (PROPOSED[0], "2022-07-01")
        assert {ONE: WITH_PHASE} == gone(late, STARTED, at=1)

    def test_another_proposal(self) -> None:
        """What the next proposal restates is not missing where the first was erased."""
        again: Entry = (Proposed(measure="a-1", title="Stühle"), "2022-07-01")
        found = gone(PROPOSED, again, at=0)[ONE]
        assert "title" not in found
        assert "phase" not in found
        assert {"since", "field", "number"} <= set(found)

    def test_attributes_are_never_sure(self) -> None:
        """That one further attribute was set does not tell the others."""
        amended: Entry = (Amended(measure="a-1", attributes={"topic": "x"}), "2022-07-01")
        other: Entry = (Amended(measure="a-1", attributes={"area": "y"}), "2022-08-01")
        assert "attributes" in gone(PROPOSED, amended, other, at=1)[ONE]

    def test_rank_of_all_on_the_list(self) -> None:
        """With the list of a field, the rank of each of its measures is missing."""
        second: Entry = (Proposed(measure="a-2", title="B", field="a"), "2022-05-01")
        third: Entry = (Proposed(measure="b-1", title="C", field="b"), "2022-05-01")
        listed: Entry = (Prioritized(field="a", ranking=["a-1"]), "2022-06-01")
        assert {
            ("field", "a"): ("ranking",),
            ONE: ("rank",),
            ("measure", "a-2"): ("rank",),
        } == gone(PROPOSED, second, third, listed, at=3)

    def test_day(self) -> None:
        """It is missing from its day on, not before, and not at the start."""
        assert {} == gone(PROPOSED, STARTED, at=1, day=date(2022, 5, 31))
        assert {ONE: WITH_PHASE} == gone(PROPOSED, STARTED, at=1, day=date(2022, 6, 1))
        assert {} == gone(PROPOSED, STARTED, at=1, day=None)

    def test_inexact_day(self) -> None:
        """What happened within its interval may have come before it: it is missing."""
        vague: Entry = (Started(measure="a-1"), "2022")
        within: Entry = (Paused(measure="a-1"), "2022-06-01")
        assert {ONE: WITH_PHASE} == gone(PROPOSED, vague, within, at=1)

    def test_bare(self) -> None:
        """Of what an erasure kept no subject of, nobody knows what it told."""
        assert {} == gone(PROPOSED, STARTED, at=1, bare=True)

    def test_bare_but_about_the_plan(self) -> None:
        """An opening is about the plan, and on whatever day it was, it may be missing."""
        opened: Entry = (PlanOpened(title="P"), "2022")
        amended: Entry = (PlanAmended(title="Q"), "2023-01-01")
        found = gone(opened, amended, PROPOSED, at=0, bare=True)
        assert {("plan", ""): ("title", "place", "programme", "language")} == found

    def test_corrected(self) -> None:
        """Where a correction took the place of the text, nothing is missing."""
        assert {} == gone(PROPOSED, STARTED, (Paused(measure="a-1"), "2022-07-01", 1), at=1)

    def test_erased_retraction(self) -> None:
        """A retraction that was erased still takes back, and nothing is missing."""
        taken_back: Entry = (Retracted(event=id_at(1)), "2023")
        assert {} == gone(PROPOSED, STARTED, taken_back, at=2)


class TestErasedIds:
    """Tests for what only an erased text may have told of."""

    def test_kinds(self) -> None:
        """The ids that stand in erased texts are told by what they are the ids of."""
        events = without(log(PROPOSED, STARTED), 0)
        assert {"a-1"} == erased_ids(events, "measure")
        assert {"a"} == erased_ids(events, "field")
        assert frozenset() == erased_ids(events, "conference")
        assert frozenset() == erased_ids(events, "event")

    def test_replaced(self) -> None:
        """What took the place of a text tells of itself."""
        events = without(log(PROPOSED, (Proposed(measure="b-1", title="B"), "2023", 0)), 0)
        assert frozenset() == erased_ids(events, "measure")


class TestNamesNothing:
    """Tests for what nobody can tell the subject of."""

    @pytest.mark.parametrize(
        ("entry", "bare", "expected"),
        [
            (STARTED, False, False),
            (STARTED, True, True),
            ((Noted(text="x"), "2022"), False, False),
            ((Noted(text="x"), "2022"), True, True),
            ((PlanOpened(title="x"), "2022"), True, False),
        ],
    )
    def test_each(self, entry: Entry, bare: bool, expected: bool) -> None:
        """It is told by the ids that were kept, or known by the type."""
        assert expected is names_nothing(erased(recorded(0, *entry), bare=bare))

    def test_too_many(self) -> None:
        """A list with so many ids that none could be kept is about something unknown."""
        listed = erased(recorded(0, Prioritized(field="a", ranking=["a-1"]), "2022"))
        assert names_nothing(attrs.evolve(listed, measures=None, fields=None))
