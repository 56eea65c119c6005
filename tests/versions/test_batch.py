"""A batch in the making: ids that are derived, places in the log, the order of recording."""

from datetime import date

from planlog.dates import InexactDate
from planlog.documents import derived_id
from planlog.events import Rated, VersionRecorded
from planlog.versions.batch import Batch, Document

DAY = date(2023, 3, 16)
DECK = Document("deck", DAY, "ab" * 32, "Sozialer Plan")
RATED = Rated(measure="w-1", level="hoch")


class TestBatch:
    def test_ids(self) -> None:
        """An id tells the content; where it is taken, the next of the series is."""
        ids = [
            derived_id("deck", DECK.digest, InexactDate.of(DAY), RATED, number)
            for number in range(3)
        ]
        batch = Batch(5, [ids[0]])
        slots = [batch.add(RATED, DECK) for _ in range(2)]
        assert ids[1:] == [slot.id for slot in slots] == [new.id for new in batch.events]

    def test_places(self) -> None:
        """Each event has a place of its own behind the log."""
        batch = Batch(5, ())
        assert [5, 6] == [batch.add(RATED, DECK).position for _ in range(2)]

    def test_order(self) -> None:
        """What is of an earlier day comes first, and the version itself at the end."""
        batch = Batch(0, ())
        recorded = VersionRecorded(version="deck", coverage="complete", attributes=())
        earlier = Document("early", date(2021, 3, 16), None)
        other = Rated(measure="w-1", level=None)
        for event, document in (
            (recorded, earlier),
            (RATED, DECK),
            (other, DECK),
            (RATED, earlier),
        ):
            batch.add(event, document)
        assert [("2021-03-16", RATED), ("2023-03-16", RATED), ("2023-03-16", other)] == [
            (str(new.on), new.event) for new in batch.events[:-1]
        ]
        assert recorded == batch.events[-1].event
        assert [None, DECK.source] == [new.source for new in batch.events[:2]]
