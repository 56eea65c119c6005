"""Which slots can matter for a subject."""

from datetime import date

from hypothesis import given

from planlog.changes import Trace
from planlog.events import Prioritized, Proposed, Rated, RecordedEvent
from planlog.possible import possible
from planlog.related import Related
from planlog.slots import live_slots
from planlog.testing.logs import FIRST_DAY, interacting_logs
from planlog.timeline import in_fold_order
from tests.histories import log

ONE = ("measure", "a-1")
LOGS = interacting_logs(most=12)
DAY = date(FIRST_DAY.year, FIRST_DAY.month, 3)


class TestRelated:
    """Tests for `Related`."""

    @given(LOGS)
    def test_folding_what_is_related(self, events: tuple[RecordedEvent, ...]) -> None:
        """A subject is the same, folded from everything or from what can matter for it."""
        slots = live_slots(events)
        whole, related = Trace(in_fold_order(slots)), Related(slots)
        for subject in whole.draft.subjects:
            partial = Trace(in_fold_order(related.to([subject])))
            assert whole.values(subject) == partial.values(subject)

    @given(LOGS)
    def test_what_is_possible(self, events: tuple[RecordedEvent, ...]) -> None:
        """What inexact dates leave open of a measure is the same, too."""
        slots = live_slots(events)
        whole = possible(slots, DAY).uncertain()
        found = possible(Related(slots).to([ONE]), DAY, [ONE]).uncertain()
        assert whole.get(ONE) == found.get(ONE)

    def test_coming_and_going(self) -> None:
        """What has gone can no longer matter; other measures never did."""
        slots = live_slots(
            log(
                (Proposed(measure="a-1", title="Garten", field="a"), "2021-09-01"),
                (Rated(measure="b-1", level="hoch"), "2021-09-01"),
                (Prioritized(field="a", ranking=[]), "2021-09-02"),
            )
        )
        related = Related(slots)
        assert [slots[0], slots[2]] == related.to([ONE])
        assert [slots[0]] == related.to([ONE], lists=False)
        related.leave(slots[2])
        assert [slots[0]] == related.to([ONE])
        assert [] == list(related.writing(("field", "a")))
