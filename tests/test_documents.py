"""Which events came from a document."""

from datetime import date

import attrs
import pytest

from planlog.dates import InexactDate
from planlog.documents import Documents, derived_id
from planlog.events import (
    Amended,
    Decided,
    Event,
    Merged,
    Prioritized,
    Proposed,
    RecordedEvent,
    Split,
    Started,
    VersionRecorded,
)
from planlog.mappings import FrozenMapping
from planlog.plan import Votes
from planlog.slots import live_slots
from planlog.testing.logs import SALT
from tests.histories import RECORDED

DAY = InexactDate.parse("2023-03-16")
DIGEST = "0" * 64
STARTED = Started(measure="wohnen-16", stage="Angeschoben")


def log_of(*told: tuple[str, str, Event]) -> list[RecordedEvent]:
    """A log of events, each with its id and its day."""
    return [
        RecordedEvent(
            position=position,
            id=id,
            on=InexactDate.parse(on),
            recorded=RECORDED,
            by="Quartiersmanagement",
            event=event,
            salt=SALT,
        )
        for position, (id, on, event) in enumerate(told)
    ]


def recorded_version(document: str | None = DIGEST) -> tuple[str, str, Event]:
    """The version ``deck`` of the day."""
    event = VersionRecorded(
        version="deck", coverage="complete", attributes=("title",), document=document
    )
    return "f" * 16, str(DAY), event


def versions(events: list[RecordedEvent]) -> list[str | None]:
    """The version that each slot came from."""
    documents = Documents(live_slots(events))
    return [documents.version_of(slot) for slot in live_slots(events)]


class TestDerivedId:
    def test_derived(self) -> None:
        """The same words of the same document have the same id, on every machine and for ever."""
        assert "e49d9776fc590000" == derived_id("deck", DIGEST, DAY, STARTED)

    @pytest.mark.parametrize(
        "other",
        [
            ("report", DIGEST, DAY, STARTED),
            ("deck", None, DAY, STARTED),
            ("deck", DIGEST, InexactDate.parse("2023-03-17"), STARTED),
            ("deck", DIGEST, DAY, attrs.evolve(STARTED, stage=None)),
            ("deck", DIGEST, DAY, Amended(measure="wohnen-16")),
        ],
    )
    def test_other_words(self, other: tuple[str, str | None, InexactDate, Event]) -> None:
        """Another version, document, day or content gives another id."""
        assert derived_id("deck", DIGEST, DAY, STARTED) != derived_id(*other)

    def test_null_is_something_else_than_nothing(self) -> None:
        """To clear a value is not to leave it alone."""
        left, cleared = Amended(measure="a"), Amended(measure="a", title=None)
        assert derived_id("d", None, DAY, left) != derived_id("d", None, DAY, cleared)

    def test_the_order_of_pairs_does_not_count(self) -> None:
        """Attributes have no order."""
        one, other = (
            Proposed(measure="a", title="A", attributes=FrozenMapping(dict(pairs)))
            for pairs in ([("k", "1"), ("l", "2")], [("l", "2"), ("k", "1")])
        )
        assert derived_id("d", None, DAY, one) == derived_id("d", None, DAY, other)

    def test_every_shape(self) -> None:
        """Dates, lists and votes have a form as well."""
        due = [Proposed(measure="a", due=day) for day in ("2024", "2025")]
        lists = [Prioritized(field="f", ranking=ranking) for ranking in (("a",), ("a", "b"))]
        votes = [
            Decided(conference="c", outcome="adopted", votes=Votes(yes=n, no=0, abstain=0))
            for n in (1, 2)
        ]
        told: list[Event] = [*due, *lists, *votes]
        ids = {derived_id("d", None, DAY, event) for event in told}
        assert 6 == len(ids)

    def test_series(self) -> None:
        """The next of a series is another event of the same content."""
        ids = [derived_id("deck", DIGEST, DAY, STARTED, number) for number in (0, 1, 255)]
        assert ["0000", "0001", "00ff"] == [id[12:] for id in ids]
        assert 3 == len({id[:8] for id in ids})


class TestVersionOf:
    def test_from_a_document(self) -> None:
        """What has the id that follows from a version of its day came from that document."""
        told = derived_id("deck", DIGEST, DAY, STARTED, 7), str(DAY), STARTED
        assert ["deck", None] == versions(log_of(told, recorded_version()))

    def test_recorded_by_hand(self) -> None:
        """Anything else on the day of a version is somebody's word."""
        assert [None, None] == versions(log_of(("a" * 16, str(DAY), STARTED), recorded_version()))

    def test_of_another_document(self) -> None:
        """An id that follows from another file of that name is none of this document's."""
        told = derived_id("deck", "1" * 64, DAY, STARTED), str(DAY), STARTED
        assert [None, None] == versions(log_of(told, recorded_version()))

    def test_of_two_documents(self) -> None:
        """A version that was recorded from two files is there by the word of both."""
        told = derived_id("deck", "1" * 64, DAY, STARTED), str(DAY), STARTED
        again = ("e" * 16, *recorded_version("1" * 64)[1:])
        assert ["deck", None, None] == versions(log_of(told, recorded_version(), again))

    def test_no_version_of_the_day(self) -> None:
        """Without a version of its day nothing came from a document."""
        told = derived_id("deck", DIGEST, DAY, STARTED), "2023-03-17", STARTED
        assert [None, None] == versions(log_of(told, recorded_version()))

    def test_inexact(self) -> None:
        """A document states a day: what happened some time until then is somebody's word."""
        on = InexactDate.parse(f"2023/{DAY}")
        told = derived_id("deck", DIGEST, on, STARTED), str(on), STARTED
        assert [None, None] == versions(log_of(told, recorded_version()))

    @pytest.mark.parametrize(
        "event",
        [Merged(measures=("a", "b"), into="a"), Split(measure="a", into=("a", "b"))],
    )
    def test_lineage(self, event: Event) -> None:
        """What merged or was split is told beside a document."""
        told = derived_id("deck", DIGEST, DAY, event), str(DAY), event
        assert [None, None] == versions(log_of(told, recorded_version()))

    def test_corrected(self) -> None:
        """What was corrected is the word of whoever corrected it."""
        events = log_of(
            (derived_id("deck", DIGEST, DAY, STARTED), str(DAY), STARTED),
            recorded_version(),
            ("b" * 16, str(DAY), STARTED),
        )
        events[2] = attrs.evolve(events[2], corrects=events[0].id, reason="Protokoll")
        assert [None, None] == versions(events)

    def test_versions_by_day(self) -> None:
        """The versions of a log are found by their last day."""
        events = log_of(recorded_version())
        assert [date(2023, 3, 16)] == list(Documents(live_slots(events)).versions)
