"""What comes first by nature."""

from datetime import date

import pytest
from hypothesis import given

from planlog.checks.firsts import Firsts
from planlog.events import FieldAdded, FieldAmended, GoalAdded, Proposed, RecordedEvent, Started
from planlog.slots import live_slots
from planlog.testing.logs import days, logs
from planlog.timeline import counting
from tests.histories import Entry, log

PROPOSED = Proposed(measure="wohnen-16")


def first(*entries: Entry) -> list[int]:
    """The places of what comes first."""
    slots = live_slots(log(*entries))
    firsts = Firsts(slots)
    return [slot.position for slot in slots if firsts.comes_first(slot)]


class TestComesFirst:
    def test_proposals(self) -> None:
        """Of a measure it is the earliest proposal, whichever was recorded first."""
        assert [1] == first((PROPOSED, "2023-03-16"), (PROPOSED, "2022-05-25"))
        assert [0] == first((PROPOSED, "2022-05-25"), (PROPOSED, "2022-05-25"))

    def test_proposal_that_counts_only_later(self) -> None:
        """Until a vague proposal counts, a later one is the earliest."""
        assert [0, 1] == first((PROPOSED, "2022/2024"), (PROPOSED, "2023-03-16"))
        assert [0] == first((PROPOSED, "2022/2023-03-16"), (PROPOSED, "2023-03-16"))

    @pytest.mark.parametrize(
        "event",
        [FieldAdded(field="a", title="A"), GoalAdded(goal="a", field="a", title="A")],
    )
    def test_other_things(self, event: FieldAdded | GoalAdded) -> None:
        """Of anything else it is what was recorded first."""
        assert [0] == first((event, "2023-03-16"), (event, "2022-05-25"))

    def test_what_brings_nothing_in(self) -> None:
        """What happens to a thing does not come first."""
        renamed = FieldAmended(field="a", title="A")
        assert [] == first((renamed, "2022"), (Started(measure="wohnen-16"), "2022"))


class TestEarliestProposal:
    @given(logs(most=6, classes=(Proposed,)), days())
    def test_is_what_is_folded_first(self, events: tuple[RecordedEvent, ...], day: date) -> None:
        """It is the proposal that the fold takes first, on any day."""
        slots = live_slots(events)
        firsts = Firsts(slots)
        folded = [
            (event.measure, slot)
            for slot in counting(slots, day)
            if isinstance(event := slot.content.event, Proposed)
        ]
        for measure in ("a-1", "a-2", "b-1"):
            earliest = next((slot for id, slot in folded if id == measure), None)
            assert earliest is firsts.earliest_proposal(measure, day)
