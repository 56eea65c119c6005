"""Which contents count at a point, in which order, and what a point means."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from planlog.codec import erased_record
from planlog.dates import InexactDate, KnownSize, Point
from planlog.errors import SizeError, UnknownNameError
from planlog.events import (
    ConferenceHeld,
    Decided,
    Erased,
    Noted,
    Proposed,
    RecordedEvent,
    Retracted,
    Started,
    VersionRecorded,
)
from planlog.plan import Plan, Prefix
from planlog.slots import live_slots
from planlog.testing.logs import logs
from planlog.timeline import (
    Moment,
    counting,
    in_fold_order,
    names,
    plan_at,
    prefix,
    resolve,
    size_known,
)
from tests.histories import Entry, id_at, log, recorded

TODAY = date(2026, 11, 22)


def day(text: str) -> date:
    """A day."""
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def held(name: str) -> ConferenceHeld:
    """A conference was held."""
    return ConferenceHeld(conference=name, title=name, kind="conference")


def stated(name: str) -> VersionRecorded:
    """A document stated the plan."""
    return VersionRecorded(version=name, coverage="complete", attributes=[])


def positions(asked: str, *entries: Entry) -> list[int]:
    """The positions of what counts at the end of a day, in the order of the fold."""
    return [slot.position for slot in counting(live_slots(log(*entries)), day(asked))]


class TestCounting:
    """Tests for `counting`."""

    NOTE = Noted(text="Hinweis")

    @pytest.mark.parametrize(
        ("on", "last"),
        [
            ("2021-09-02", "2021-09-02"),
            ("2021-09-01/2021-09-02", "2021-09-02"),
            ("2021-09", "2021-09-30"),
            ("2021", "2021-12-31"),
            ("2020/2021-09", "2021-09-30"),
        ],
    )
    def test_last_day(self, on: str, last: str) -> None:
        """A content counts from the end of its last day on, and not a day earlier."""
        assert [0] == positions(last, (self.NOTE, on))
        assert [] == positions(str(day(last) - timedelta(days=1)), (self.NOTE, on))
        assert [0] == positions("9999-12-31", (self.NOTE, on))

    def test_by_first_day(self) -> None:
        """What counts is ordered by its first day, not by its last: the exact one wins later."""
        assert [1, 0] == positions("2021-12-31", (self.NOTE, "2021-09-01"), (self.NOTE, "2021"))
        assert [1, 0] == positions(
            "2021-12-31", (self.NOTE, "2021-09-02"), (self.NOTE, "2021-09-01/2021-09-03")
        )

    def test_by_position(self) -> None:
        """Within a day the order is that of the log."""
        assert [0, 1, 2] == positions(
            "2021-12-31",
            (self.NOTE, "2021-09/2021-11"),
            (self.NOTE, "2021-09-01"),
            (self.NOTE, "2021-09"),
        )

    def test_corrected(self) -> None:
        """A correction keeps the place of its slot within a day, and brings its own day."""
        entries: list[Entry] = [(self.NOTE, "2021-09-01"), (self.NOTE, "2021-09-01")]
        assert [0, 1] == positions("2021-12-31", *entries, (self.NOTE, "2021-09-01", 0))
        assert [1, 0] == positions("2021-12-31", *entries, (self.NOTE, "2021-09-02", 0))
        assert [1] == positions("2021-09-01", *entries, (self.NOTE, "2021-09-02", 0))

    def test_proposals(self) -> None:
        """The earliest proposal of each measure that counts comes first; further ones do not."""
        entries: list[Entry] = [
            (Started(measure="a-1"), "2021-09-01"),
            (Proposed(measure="a-2"), "2021-09-03"),
            (Proposed(measure="a-1"), "2021-09-04"),
            (Proposed(measure="a-1"), "2021-09-02"),
        ]
        assert [3, 1, 0, 2] == positions("2021-12-31", *entries)
        assert [0] == positions("2021-09-01", *entries)

    def test_proposal_that_does_not_count(self) -> None:
        """A proposal whose interval has not passed yet is not the earliest."""
        assert [1, 0] == positions(
            "2021-09-02",
            (Started(measure="a-1"), "2021-09-01"),
            (Proposed(measure="a-1"), "2021-09-02"),
            (Proposed(measure="a-1"), "2021-09"),
        )

    @given(logs())
    def test_in_fold_order(self, events: tuple[RecordedEvent, ...]) -> None:
        """The order is one of days and positions but for the proposals in front."""
        ordered = in_fold_order(live_slots(events))
        proposed = [one for one in ordered if isinstance(one.content.event, Proposed)]
        measures = [getattr(slot.content.event, "measure", "") for slot in proposed]
        front = len(set(measures))
        assert proposed[:front] == ordered[:front]
        assert len(set(measures)) == len(set(measures[:front]))
        for part in (ordered[:front], ordered[front:]):
            assert sorted(part, key=lambda one: (one.day, one.position)) == part
        assert sorted(live_slots(events), key=lambda one: one.id) == sorted(
            ordered, key=lambda one: one.id
        )


class TestPlanAt:
    """Tests for `plan_at`."""

    def test_start(self) -> None:
        """At the start there is nothing yet, whatever is known."""
        events = log((Proposed(measure="a-1"), "0001-01-01"))
        plan = plan_at(live_slots(events), None, prefix(events, 1))
        assert Plan() == plan
        assert (None, 1) == (plan.at, plan.known.size)

    def test_point(self) -> None:
        """A plan says what it was computed from."""
        events = log((Proposed(measure="a-1"), "2021-09-01"))
        plan = plan_at(live_slots(events), day("2021-09-01"), prefix(events, 1))
        assert (day("2021-09-01"), Prefix(size=1, recorded=events[0].recorded)) == (
            plan.at,
            plan.known,
        )
        assert ["a-1"] == [measure.id for measure in plan.measures]


class TestPrefix:
    """Tests for `prefix`."""

    def test_empty(self) -> None:
        """Of nothing, nothing was recorded."""
        assert Prefix(size=0, recorded=None) == prefix(log((Noted(text="x"), "2021")), 0)

    def test_recorded(self) -> None:
        """A prefix was recorded when its last event was."""
        events = moments("2021-09-01T08:00:00", "2021-09-02T08:00:00", "2021-09-03T08:00:00")
        assert Prefix(size=2, recorded=moment("2021-09-02T08:00:00")) == prefix(events, 2)


def moments(*texts: str) -> tuple[RecordedEvent, ...]:
    """A log whose events were recorded at these moments."""
    return tuple(
        recorded(position, held(f"c-{position}"), "2021", moment=moment(text))
        for position, text in enumerate(texts)
    )


class TestSizeKnown:
    """Tests for `size_known`."""

    EVENTS = moments("2021-09-01T08:00:00", "2021-09-01T08:00:00", "2021-09-02T08:00:00")

    @pytest.mark.parametrize(
        ("asked", "size"),
        [
            ("2021-09-01T07:59:59", 0),
            ("2021-09-01T08:00:00", 2),
            ("2021-09-02T07:59:59", 2),
            ("2021-09-02T08:00:00", 3),
            ("2099-01-01T00:00:00", 3),
        ],
    )
    def test_recorded_by_then(self, asked: str, size: int) -> None:
        """What was recorded at or before the moment was known."""
        assert size == size_known(self.EVENTS, moment(asked))

    def test_empty(self) -> None:
        """Of an empty log nothing was known."""
        assert 0 == size_known((), moment("2021-09-01T08:00:00"))

    def test_joined(self) -> None:
        """Where a clone's older events were joined on, the longest prefix counts.

        An event that stands behind a later one was not known before that.
        """
        events = moments("2021-09-01T08:00:00", "2021-09-05T08:00:00", "2021-09-02T08:00:00")
        assert 1 == size_known(events, moment("2021-09-03T00:00:00"))
        assert 3 == size_known(events, moment("2021-09-05T08:00:00"))


class TestResolve:
    """Tests for `resolve`."""

    # Recorded a day each: 4th (stk-2), 6th (deck), 8th (stk-3), 10th of April 2023.
    EVENTS = (
        recorded(0, held("stk-2"), "2022-05-24", moment=moment("2023-04-04T10:00:00")),
        recorded(1, stated("deck"), "2023-04-05/2023-04-07", moment=moment("2023-04-06T10:00:00")),
        recorded(2, held("stk-3"), "2023-03-16", moment=moment("2023-04-08T10:00:00")),
        recorded(3, held("stk-2"), "2022-05-25", corrects=0, moment=moment("2023-04-10T10:00:00")),
    )

    def understood(self, text: str) -> tuple[str | None, int]:
        """The day and the size that a point means."""
        found = resolve(Point.parse(text), self.EVENTS, TODAY)
        return None if found.day is None else str(found.day), found.size

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2023-03-16", "2023-03-16"),
            ("2023-02", "2023-02-28"),
            ("2023", "2023-12-31"),
            ("today", "2026-11-22"),
            ("start", None),
            ("stk-3", "2023-03-16"),
            ("deck", "2023-04-07"),
            ("before:stk-3", "2023-03-15"),
            ("before:deck", "2023-04-04"),
        ],
    )
    def test_at(self, text: str, day: str | None) -> None:
        """A name means the end of its last day, `before:` the day before its first."""
        assert (day, 4) == self.understood(text)

    @pytest.mark.parametrize(
        ("known", "size"),
        [
            ("#0", 0),
            ("#3", 3),
            ("#4", 4),
            ("2023-04-03", 0),
            ("2023-04-04", 1),
            ("2023-04-05", 1),
            ("2023-04", 4),
            ("2023-04-08T09:59:59Z", 2),
            ("2023-04-08T10:00:00Z", 3),
            ("today", 4),
            ("start", 0),
            ("deck", 2),
            ("before:deck", 1),
            ("stk-2", 0),
        ],
    )
    def test_known(self, known: str, size: int) -> None:
        """Known is a size, or what was recorded by the end of a day or by a moment."""
        assert ("2021-12-31", size) == self.understood(f"2021@{known}")

    def test_recorded_in_the_last_second(self) -> None:
        """What was recorded in the last second of a day was known on that day."""
        events = moments("2023-04-04T23:59:59", "2023-04-05T00:00:00")
        assert 1 == resolve(Point.parse("2023@2023-04-04"), events, TODAY).size

    def test_corrected_name(self) -> None:
        """A name means the day that was known by then."""
        assert ("2022-05-24", 3) == self.understood("stk-2@#3")
        assert ("2022-05-25", 4) == self.understood("stk-2@#4")

    def test_foreseen_name(self) -> None:
        """A name that was not known by then is looked up in the whole log, and that is said."""
        point = Point.parse("stk-3@#1")
        assert Moment(point, day("2023-03-16"), 1, foreseen=True) == resolve(
            point, self.EVENTS, TODAY
        )
        point = Point.parse("stk-3@#3")
        assert Moment(point, day("2023-03-16"), 3) == resolve(point, self.EVENTS, TODAY)

    def test_unknown_name(self) -> None:
        """A name that no event gives is refused, with those that are known, by day."""
        for text in ("stk-4", "before:stk-4", "2023@stk-4"):
            with pytest.raises(UnknownNameError, match=r"'stk-4'.* known are: stk-2, stk-3, deck"):
                resolve(Point.parse(text), self.EVENTS, TODAY)

    def test_unknown_name_in_an_empty_log(self) -> None:
        """Where none is known, that is said."""
        with pytest.raises(UnknownNameError, match=r"known are: -$"):
            resolve(Point.parse("stk-4"), (), TODAY)

    def test_more_than_there_is(self) -> None:
        """A point that asks for more events than there are is refused."""
        with pytest.raises(SizeError, match="the log has 4 events, #5 asks for more"):
            resolve(Point.parse("stk-3@#5"), self.EVENTS, TODAY)

    def test_before_the_first_day_there_is(self) -> None:
        """Before a conference of the first day of the calendar there is nothing yet."""
        events = log((held("first"), "0001-01-01"))
        assert resolve(Point.parse("before:first"), events, TODAY).day is None
        assert 0 == resolve(Point.parse("2023@before:first"), events, TODAY).size

    @given(logs())
    def test_appended(self, events: tuple[RecordedEvent, ...]) -> None:
        """A point with a size means the same, whatever is appended later; a name, once known."""
        for size in range(len(events)):
            known = names(events[:size])
            for at in (
                "2021-09-03",
                "today",
                "start",
                *known,
                *(f"before:{name}" for name in known),
            ):
                point = Point(Point.parse(at).at, KnownSize(size))
                assert resolve(point, events[:size], TODAY) == resolve(point, events, TODAY)


class TestNamesOfErased:
    """Tests for `names` where what gave them was erased."""

    def erased(self, **kept: Any) -> tuple[RecordedEvent, ...]:
        """A log of one conference that was erased, of which the erasure *kept* something."""
        said = Erased(event=id_at(0), position=0, leaf="0" * 64, ground="DSGVO", **kept)
        erasure = recorded(1, said, "2024")
        return erased_record(0, erasure, None), erasure

    def test_keep_their_day(self) -> None:
        """A conference keeps its day, and a version too."""
        found = names(self.erased(type="conference_held", on="2021-09-02", conferences=["c"]))
        assert {"c": InexactDate.parse("2021-09-02")} == found
        found = names(self.erased(type="version_recorded", on="2021-09-02", versions=["v"]))
        assert {"v": InexactDate.parse("2021-09-02")} == found

    def test_restated_on_the_same_day(self) -> None:
        """What was recorded later stays the day, though the earlier one was erased."""
        first, erasure = self.erased(
            type="conference_held", on="2021-09-03/2021-09-03", conferences=["c"]
        )
        held = ConferenceHeld(conference="c", title="C", kind="workshop")
        again = recorded(2, held, "2021-09-03")
        assert {"c": InexactDate.parse("2021-09-03")} == names((first, erasure, again))

    def test_without_a_day(self) -> None:
        """Where nobody knows the day any more, it names none; nor does what only named it."""
        assert {} == names(self.erased(type="conference_held", conferences=["c"]))
        assert {} == names(self.erased(type="decided", on="2021-09-02", conferences=["c"]))


class TestNames:
    """Tests for `names`."""

    def test_order(self) -> None:
        """Conferences and versions by their days, then by name."""
        found = names(
            log(
                (held("c"), "2021-09-02"),
                (held("b"), "2021-09-01/2021-09-02"),
                (stated("z"), "2021-09-01"),
                (stated("a"), "2021-09-01"),
                (Noted(text="x"), "2020"),
            )
        )
        assert [
            ("a", "2021-09-01"),
            ("z", "2021-09-01"),
            ("b", "2021-09-01/2021-09-02"),
            ("c", "2021-09-02"),
        ] == [(name, str(on)) for name, on in found.items()]

    def test_restated(self) -> None:
        """A conference that is held again is dated by what the plan shows: the later one."""
        assert {"c": InexactDate.parse("2021-09-02")} == names(
            log((held("c"), "2021-09-02"), (held("c"), "2021-09-01"))
        )

    def test_retracted(self) -> None:
        """What was taken back has no name, though a decision still mentions it."""
        assert {} == names(
            log(
                (held("c"), "2021-09-02"),
                (Decided(conference="c", outcome="noted"), "2021-09-02"),
                (Retracted(event=id_at(0)), "2021-09-02"),
            )
        )

    @given(logs())
    def test_as_the_plan_has_it(self, events: tuple[RecordedEvent, ...]) -> None:
        """In the end each conference and version has the day that the plan shows for it."""
        plan = plan_at(live_slots(events), date.max, prefix(events, len(events)))
        shown = {one.id: one.on for one in plan.conferences if one.on is not None}
        shown |= {one.id: one.on for one in plan.versions}
        assert shown == names(events)
