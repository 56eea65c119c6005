"""What events changed in the end, where documents state a whole day at once."""

from typing import Any

import pytest

from planlog.changes import CellChange, Trace
from planlog.documents import Documents
from planlog.effects import MENTION
from planlog.events import (
    Amended,
    Decided,
    Implemented,
    Paused,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Started,
)
from planlog.outcomes import Outcomes, at_last, said_at_once
from planlog.slots import Slot, live_slots
from planlog.timeline import in_fold_order
from tests.histories import Entry
from tests.stated import Stated, mixed, restated, stated

FIRST, SECOND = "2021-09-01", "2022-09-01"
ID = "a-1"
PROPOSED = Proposed(measure=ID, title="Garten", field="a")
STARTED = Started(measure=ID)
IMPLEMENTED = Implemented(measure=ID)


def folded(*parts: Entry | Stated) -> Outcomes:
    """The outcomes of a log, of everything about measures."""
    slots = live_slots(mixed(*parts))
    return Outcomes(in_fold_order(slots), Documents(slots), of_a_measure)


def of_a_measure(change: CellChange) -> bool:
    """Whether something of a measure changed."""
    return change.subject[0] == "measure" and change.attribute != MENTION


def told(outcomes: Outcomes, attribute: str, measure: str = ID) -> list[tuple[int, Any, Any]]:
    """What became of an attribute, each time with the position of the event that tells it."""
    return [
        (step.slot.position, change.before, change.after)
        for outcome in outcomes.told()
        for step in outcome.steps
        for change in step.changes
        if change.subject == ("measure", measure) and change.attribute == attribute
    ]


def causes(outcomes: Outcomes, measure: str = ID) -> list[str | None]:
    """Why the ranks of a measure changed."""
    return [
        change.cause
        for outcome in outcomes.told()
        for step in outcome.steps
        for change in step.changes
        if change.subject == ("measure", measure) and change.attribute == "rank"
    ]


class TestAtLast:
    """Tests for what is last of what was said at once."""

    def last(self, *parts: Entry | Stated) -> list[int]:
        """The positions of what is kept of the phases of a log."""
        slots = live_slots(mixed(*parts))
        phases = [slot for slot in slots if isinstance(slot.content.event, Started | Paused)]
        found = at_last([(slot, "phase") for slot in phases], Documents(slots))
        return [slot.position for slot, _ in found]

    def test_of_one_day(self) -> None:
        """Of what documents say on one day, what comes last counts."""
        assert [1] == self.last(stated(FIRST, STARTED, Paused(measure=ID)))
        assert [2] == self.last(stated(FIRST, STARTED), restated(FIRST, Paused(measure=ID)))

    def test_of_several_days(self) -> None:
        """What they say on another day is said anew."""
        assert [0, 2] == self.last(stated(FIRST, STARTED), stated(SECOND, STARTED))

    def test_by_hand(self) -> None:
        """What was recorded by hand stands for itself, and between what documents say."""
        assert [0, 1] == self.last((STARTED, FIRST), (STARTED, FIRST))
        assert [0, 2, 3] == self.last(
            stated(FIRST, STARTED), (STARTED, FIRST), restated(FIRST, Paused(measure=ID))
        )

    def test_only_what_both_say(self) -> None:
        """A day on which a version was recorded can have events that no document says."""
        slots = live_slots(mixed(stated(FIRST, STARTED), (STARTED, FIRST)))
        documents = Documents(slots)
        assert said_at_once(slots[0], slots[0], documents)
        assert not said_at_once(slots[0], slots[2], documents)
        assert not said_at_once(slots[2], slots[0], documents)


class TestNetChange:
    """Tests for the change of a whole day."""

    def test_told_by_what_set_the_final_value(self) -> None:
        """What a later event of the day overrides is no change, and what it leaves is one."""
        found = folded(stated(FIRST, PROPOSED, STARTED))
        assert [(1, None, "started")] == told(found, "phase")
        assert [(0, None, "Garten")] == told(found, "title")

    def test_since_goes_with_the_phase(self) -> None:
        """Since when a phase lasts is told with the phase, though the day began it before."""
        found = folded((PROPOSED, FIRST), (STARTED, FIRST), stated(SECOND, PROPOSED, IMPLEMENTED))
        assert [0, 1, 3] == [place for place, _, _ in told(found, "phase")]
        assert [0, 3] == [place for place, _, _ in told(found, "since")]

    def test_proposed_anew(self) -> None:
        """To be proposed anew and set again on the same day is no change."""
        found = folded(
            stated(SECOND, PROPOSED, IMPLEMENTED),
            stated(FIRST, PROPOSED, IMPLEMENTED),
        )
        assert [(4, None, "implemented")] == told(found, "phase")
        assert 1 == len(told(found, "since"))

    def test_every_event_has_a_step(self) -> None:
        """What changes nothing in the end is there all the same, without changes."""
        found = folded(stated(SECOND, PROPOSED, IMPLEMENTED), stated(FIRST, PROPOSED, IMPLEMENTED))
        _, second = found.told()
        assert [(0, ()), (1, ())] == [(one.slot.position, one.changes) for one in second.steps]

    def test_by_hand(self) -> None:
        """Without a document, every event tells what it changed."""
        found = folded((PROPOSED, FIRST), (STARTED, FIRST))
        assert [(0, None, "proposed"), (1, "proposed", "started")] == told(found, "phase")

    def test_by_hand_in_between(self) -> None:
        """What was recorded by hand stands between what documents said before it and after it."""
        found = folded(
            stated(FIRST, PROPOSED, STARTED),
            (Paused(measure=ID), FIRST),
            restated(FIRST, IMPLEMENTED, Rated(measure=ID, level="hoch")),
        )
        assert [
            (1, None, "started"),
            (3, "started", "paused"),
            (4, "paused", "implemented"),
        ] == told(found, "phase")

    def test_decided_in_between(self) -> None:
        """No document decides, so a decision does not part what documents say."""
        found = folded(
            stated(FIRST, PROPOSED, STARTED),
            (Decided(conference="stk", outcome="adopted", measures=(ID,)), FIRST),
            restated(FIRST, IMPLEMENTED),
        )
        assert [(4, None, "implemented")] == told(found, "phase")
        assert [3] == [
            step.slot.position
            for outcome in found.told()
            for step in outcome.steps
            if any(change.attribute.startswith("decisions.") for change in step.changes)
        ]

    def test_read_twice(self) -> None:
        """To ask twice gives the same, and what is folded later goes on."""
        found = folded(stated(FIRST, PROPOSED, STARTED))
        assert found.told() == found.told()


class TestSetBy:
    """Tests for the slot behind a value."""

    def test_left_as_it_was(self) -> None:
        """A value that a document leaves as it was keeps the event that set it."""
        found = folded(
            (PROPOSED, FIRST), (IMPLEMENTED, FIRST), stated(SECOND, PROPOSED, IMPLEMENTED)
        )
        setter = found.set_by(("measure", ID), "phase")
        assert setter is not None
        assert 1 == setter.position

    def test_never_set(self) -> None:
        """What was given and taken away on one day was never set."""
        found = folded(
            stated(FIRST, Rated(measure=ID, level="hoch"), Rated(measure=ID, level=None))
        )
        assert None is found.set_by(("measure", ID), "level")

    def test_set_in_the_end(self) -> None:
        """A value that is another in the end comes from what set it last."""
        found = folded((PROPOSED, FIRST), stated(SECOND, PROPOSED, STARTED, IMPLEMENTED))
        setter = found.set_by(("measure", ID), "phase")
        assert setter is not None
        assert 3 == setter.position

    def test_only_what_is_asked(self) -> None:
        """What does not concern the answer is traced as ever."""
        slots = in_fold_order(
            live_slots(mixed((PROPOSED, FIRST), stated(SECOND, PROPOSED, STARTED, PROPOSED)))
        )
        found = Outcomes(slots, Documents(slots), lambda change: False)
        plain = Trace(slots)
        assert [] == found.told()
        assert plain.set_by(("measure", ID), "phase") == found.set_by(("measure", ID), "phase")


def listed(*ids: str, field: str = "a") -> Prioritized:
    """The list of a field was set."""
    return Prioritized(field=field, ranking=ids)


class TestRanks:
    """Tests for why a rank is another after a whole day."""

    def opened(self) -> list[Entry]:
        """Three measures on a list."""
        return [
            *((Proposed(measure=f"a-{n}", title="Garten", field="a"), FIRST) for n in (1, 2, 3)),
            (listed("a-1", "a-2", "a-3"), FIRST),
        ]

    def test_by_the_lists_of_before_and_after(self) -> None:
        """The lists in between say nothing of who moved."""
        found = folded(
            *self.opened(),
            stated(SECOND, listed("a-3", "a-2", "a-1"), listed("a-2", "a-1", "a-3")),
        )
        assert [(3, None, 1), (5, 1, 2)] == told(found, "rank")
        assert ["listed", "shifted"] == causes(found)
        assert ["listed", "moved"] == causes(found, "a-2")
        assert [(3, None, 3)] == told(found, "rank", "a-3")

    def test_a_list_that_came_later(self) -> None:
        """The lists of a later day are not looked at."""
        found = folded(
            *self.opened(),
            stated(SECOND, listed("a-3", "a-2", "a-1"), listed("a-2", "a-1", "a-3")),
            stated("2023-09-01", listed("a-2", "a-1")),
        )
        assert ["listed", "shifted"] == causes(found)

    def test_by_hand_in_between(self) -> None:
        """What is said after something recorded by hand is judged by the list of the end."""
        found = folded(
            *self.opened(),
            stated(SECOND, listed("a-2", "a-1", "a-3")),
            (Rated(measure=ID, level="hoch"), SECOND),
            restated(SECOND, listed("a-3", "a-2", "a-1")),
        )
        assert [(3, None, 1), (4, 1, 2), (7, 2, 3)] == told(found, "rank")
        assert ["listed", "shifted", "moved"] == causes(found)

    @pytest.mark.parametrize(
        ("events", "cause"),
        [
            ((Amended(measure=ID, field="b"), listed("b-1", ID, field="b")), "listed"),
            ((listed("a-2", ID), Amended(measure=ID, field=None)), "unlisted"),
        ],
    )
    def test_another_field(self, events: tuple[Any, ...], cause: str) -> None:
        """A rank on the list of another field is a new one; outside the fields there is none."""
        found = folded(*self.opened(), stated(SECOND, *events))
        assert ["listed", cause] == causes(found)


def test_helpers_make_documents() -> None:
    """The events of these tests are ones that a document says."""
    events: tuple[RecordedEvent, ...] = mixed(stated(FIRST, PROPOSED), restated(FIRST, PROPOSED))
    slots: list[Slot] = live_slots(events)
    documents = Documents(slots)
    assert ["plan-2021-09-01", None, "plan-2021-09-01"] == [
        documents.version_of(slot) for slot in slots
    ]
