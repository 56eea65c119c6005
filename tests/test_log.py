"""A log as users open it: recording, and the plan at any point."""

import shutil
import threading
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planlog import (
    AmbiguousReferenceError,
    Amended,
    Answers,
    ConferenceHeld,
    ConflictError,
    DamagedLogError,
    DateError,
    Decided,
    DuplicateIdError,
    Erased,
    Event,
    FieldAdded,
    FrozenMapping,
    Implemented,
    InvalidEventError,
    LogExistsError,
    LogNotFoundError,
    MemoryStore,
    NewEvent,
    OverriddenWarning,
    PlanLog,
    PlanOpened,
    PointError,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Retracted,
    SizeError,
    Started,
    StatedMeasure,
    Statement,
    TableError,
    UnknownNameError,
    UnknownReferenceError,
    VersionRecorded,
    codec,
)
from planlog.log import system_clock

BY = "Quartiersmanagement"
NOON = datetime(2023, 4, 1, 12, tzinfo=UTC)
DAY = "2023-03-16"

Clock = Callable[[], datetime]


def ticking(*moments: datetime) -> Clock:
    """A clock that shows each of *moments* once, and the last one from then on."""
    left = list(moments)
    return lambda: left.pop(0) if left[1:] else left[0]


def log_of(*events: tuple[Event, str], clock: Clock | None = None) -> PlanLog:
    """A log in memory of *events*, each with its day."""
    log = PlanLog(MemoryStore(), clock=clock or ticking(NOON))
    for event, on in events:
        log.record(event, on=on, by=BY)
    return log


def told(log: PlanLog) -> list[tuple[Event, str]]:
    """The events of a log, each with its day."""
    return [(one.event, one.on.text) for one in log.events()]


@pytest.fixture
def log() -> PlanLog:
    """A field with two measures, prioritized at a conference."""
    return log_of(
        (FieldAdded(field="wohnen", title="Wohnen"), "2020-09-18"),
        (Proposed(measure="wohnen-1", title="Eins", field="wohnen", number="1"), "2021-07-07"),
        (Proposed(measure="wohnen-16", title="Zwei", field="wohnen", number="16"), "2021-07-07"),
        (ConferenceHeld(conference="stk-3", title="3.", kind="conference"), DAY),
        (Prioritized(field="wohnen", ranking=("wohnen-16", "wohnen-1")), DAY),
    )


class TestOpen:
    def test_folder(self, tmp_path: Path) -> None:
        """A log that was begun is opened again by its folder, or by that of its events."""
        PlanLog.create(tmp_path).record(PlanOpened(title="Plan"), on=DAY, by=BY)
        assert "Plan" == PlanLog.open(tmp_path).plan().title
        assert "Plan" == PlanLog.open(str(tmp_path / "events")).plan().title

    def test_nothing_there(self, tmp_path: Path) -> None:
        """Where there is no log, none is opened."""
        with pytest.raises(LogNotFoundError):
            PlanLog.open(tmp_path)

    def test_something_there(self, tmp_path: Path) -> None:
        """Where there is a log, none is begun."""
        PlanLog.create(tmp_path).record(PlanOpened(title="Plan"), on=DAY, by=BY)
        with pytest.raises(LogExistsError):
            PlanLog.create(tmp_path)

    def test_damaged(self) -> None:
        """Lines that are no events are told with every flaw when they are read."""
        store = MemoryStore()
        store.append([b"{}", b"[]"], 0)
        with pytest.raises(DamagedLogError, match=r"memory:1(.|\n)*memory:2"):
            PlanLog(store).plan()


class TestRecord:
    def test_returns_it_as_recorded(self) -> None:
        """What was recorded comes back with its place, time, id and salt."""
        log = PlanLog(MemoryStore(), clock=ticking(NOON.replace(microsecond=7)))
        event = log.record(PlanOpened(title="Plan"), on="2020", by=BY, source="S. 1", reason="neu")
        assert (0, NOON, BY, "S. 1", "neu", None) == (
            event.position,
            event.recorded,
            event.by,
            event.source,
            event.reason,
            event.corrects,
        )
        assert (16, 22) == (len(event.id), len(event.salt))
        assert (event,) == log.events()
        assert event == codec.decode(log.store.read()[0], 0)

    @pytest.mark.parametrize("on", ["2023-03-16", date(2023, 3, 16)])
    def test_days(self, on: str | date) -> None:
        """A day is a text or a date."""
        assert DAY == str(log_of().record(PlanOpened(title="Plan"), on=on, by=BY).on)

    def test_no_day(self) -> None:
        """What is no day is refused."""
        with pytest.raises(DateError):
            log_of().record(PlanOpened(title="Plan"), on="gestern", by=BY)

    def test_clock_never_goes_back(self) -> None:
        """Nothing is recorded before what stands in front of it."""
        log = PlanLog(MemoryStore(), clock=ticking(NOON, NOON - timedelta(days=1)))
        first = log.record(PlanOpened(title="Plan"), on=DAY, by=BY)
        assert first.recorded == log.record(PlanOpened(title="Plan"), on=DAY, by=BY).recorded

    def test_clock_in_another_zone(self) -> None:
        """Moments are stored in UTC, whatever clock tells them."""
        local = datetime.fromisoformat("2023-04-01T14:00:00+02:00")
        log = log_of((PlanOpened(title="Plan"), DAY), clock=ticking(local))
        assert NOON == log.events()[0].recorded

    def test_every_flaw_at_once(self, log: PlanLog) -> None:
        """All that can never make sense is refused, and nothing is written."""
        with pytest.raises(InvalidEventError) as caught:
            log.record(
                Started(measure="wohnen-9"), on=DAY, by=" ", corrects="0" * 16, reason="verlesen"
            )
        assert ["by"] == [flaw.key for flaw in caught.value.flaws]
        with pytest.raises(InvalidEventError) as caught:
            log.record(Started(measure="x"), on=DAY, by=BY, corrects="0" * 16, reason="x")
        assert ["data.measure", "corrects"] == [flaw.key for flaw in caught.value.flaws]
        assert 5 == log.size

    def test_reads_its_references_anew(self, log: PlanLog) -> None:
        """What a refused event would have introduced is not there afterwards."""
        with pytest.raises(InvalidEventError):
            log.record_all(
                [Proposed(measure="neu", title="Neu"), Started(measure="nix")], on=DAY, by=BY
            )
        with pytest.raises(InvalidEventError, match="no measure 'neu'"):
            log.record(Started(measure="neu"), on=DAY, by=BY)

    def test_erasures_are_not_recorded(self, log: PlanLog) -> None:
        """Only erasing records an erasure."""
        erased = Erased(
            event=log.events()[0].id, position=0, leaf="0" * 64, ground="Recht", type="field_added"
        )
        with pytest.raises(InvalidEventError, match="only planlog erase"):
            log.record(erased, on=DAY, by=BY)

    def test_no_event(self, log: PlanLog) -> None:
        """Something that is no event at all is refused as any other flaw."""
        with pytest.raises(InvalidEventError, match="event"):
            log.record("started", on=DAY, by=BY)  # type: ignore[arg-type]  # that is the point
        assert 5 == log.size

    def test_wrong_type(self, log: PlanLog) -> None:
        """What the annotations forbid is refused when it is written, not coerced."""
        with pytest.raises(InvalidEventError, match=r"data\.level: expected a text, got 7"):
            log.record(Rated(measure="wohnen-1", level=7), on=DAY, by=BY)  # type: ignore[arg-type]  # on purpose


class TestIdentity:
    ID = "0123456789abcdef"

    def test_same_again(self, log: PlanLog) -> None:
        """The same event under the same id is recorded once, before the size is looked at."""
        first = log.record(Started(measure="wohnen-1"), on=DAY, by=BY, id=self.ID)
        again = log.record(Started(measure="wohnen-1"), on=DAY, by=BY, id=self.ID, expected_size=0)
        assert first == again
        assert 6 == log.size

    def test_other_content(self, log: PlanLog) -> None:
        """Another event under the same id is refused."""
        log.record(Started(measure="wohnen-1"), on=DAY, by=BY, id=self.ID)
        with pytest.raises(DuplicateIdError, match="at position 5"):
            log.record(Started(measure="wohnen-1"), on="2023", by=BY, id=self.ID)

    def test_twice_in_a_batch(self, log: PlanLog) -> None:
        """The same event twice in a batch is recorded once; another one is refused."""
        new = NewEvent(event=Started(measure="wohnen-1"), id=self.ID)
        recorded = log.record_all([new, new], on=DAY, by=BY)
        assert recorded[0] == recorded[1] == log.events()[-1]
        other = NewEvent(event=Implemented(measure="wohnen-1"), id="f" * 16)
        with pytest.raises(DuplicateIdError):
            log.record_all([other, NewEvent(event=new.event, id="f" * 16)], on=DAY, by=BY)

    def test_known_to_another_instance(self, tmp_path: Path) -> None:
        """What somebody else recorded under the id is found."""
        one, other = PlanLog.create(tmp_path), PlanLog.open(tmp_path)
        first = one.record(PlanOpened(title="Plan"), on=DAY, by=BY, id=self.ID)
        assert first == other.record(PlanOpened(title="Plan"), on=DAY, by=BY, id=self.ID)


class TestBatch:
    def test_all_or_none(self, log: PlanLog) -> None:
        """One bad event keeps all of them out, and each flaw says which event it is about."""
        with pytest.raises(InvalidEventError) as caught:
            log.record_all(
                [Started(measure="wohnen-1"), Started(measure="x"), Started(measure="y")],
                on=DAY,
                by=BY,
            )
        assert ["event 2", "event 3"] == [flaw.place for flaw in caught.value.flaws]
        assert 5 == log.size

    def test_numbers_count_what_was_handed_in(self, log: PlanLog) -> None:
        """Events that are skipped are counted too when a flaw says which event it is about."""
        new = NewEvent(event=Started(measure="wohnen-1"), on=DAY, by=BY, id="a" * 16)
        log.record_all([new])
        with pytest.raises(InvalidEventError) as caught:
            log.record_all([new, Started(measure="x")], on=DAY, by=BY)
        assert ["event 2"] == [flaw.place for flaw in caught.value.flaws]

    def test_places(self, log: PlanLog) -> None:
        """Whoever knows where the events were found can have it said."""
        events = [Started(measure="x"), Started(measure="y")]
        for act in (log.record_all, log.preview):
            with pytest.raises(InvalidEventError) as caught:
                act(events, on=DAY, by=BY, places=["a:1", "a:7"])
            assert ["a:1", "a:7"] == [flaw.place for flaw in caught.value.flaws]

    def test_may_name_what_it_introduces(self) -> None:
        """An event may name what an event before it in the batch brings in."""
        recorded = log_of().record_all(
            [Proposed(measure="neu", title="Neu"), Started(measure="neu")], on=DAY, by=BY
        )
        assert [0, 1] == [event.position for event in recorded]
        assert 1 == len({event.recorded for event in recorded})

    def test_own_words_come_first(self) -> None:
        """What an event says itself is kept; the rest is filled in."""
        own = NewEvent(event=PlanOpened(title="Plan"), on="2020", by="GWA", source="S. 1")
        recorded = log_of().record_all(
            [own, PlanOpened(title="Plan")], on=DAY, by=BY, source="S. 9"
        )
        told = [(str(event.on), event.by, event.source) for event in recorded]
        assert [("2020", "GWA", "S. 1"), (DAY, BY, "S. 9")] == told

    def test_missing(self, log: PlanLog) -> None:
        """Without a day or an author nothing is written, and all that is missing is named."""
        with pytest.raises(InvalidEventError) as caught:
            log.record_all([Started(measure="wohnen-1"), Started(measure="wohnen-1")], by=None)
        assert [("event 1", "on"), ("event 1", "by"), ("event 2", "on"), ("event 2", "by")] == [
            (flaw.place, flaw.key) for flaw in caught.value.flaws
        ]

    def test_empty(self, log: PlanLog) -> None:
        """A batch of nothing is nothing."""
        assert () == log.record_all([]) == log.preview([])
        assert 5 == log.size


class TestSize:
    def test_expected(self, log: PlanLog) -> None:
        """Whoever expects another size is refused."""
        log.record(Started(measure="wohnen-1"), on=DAY, by=BY, expected_size=5)
        with pytest.raises(ConflictError, match="expected a log of 5 events, it has 6"):
            log.record(Started(measure="wohnen-1"), on=DAY, by=BY, expected_size=5)
        with pytest.raises(ConflictError):
            log.preview([Started(measure="wohnen-1")], on=DAY, by=BY, expected_size=0)

    def test_others_append_in_between(self, log: PlanLog) -> None:
        """Without an expectation, a write begins anew when somebody else was first."""
        other = PlanLog(log.store, clock=ticking(NOON))

        class Raced(MemoryStore):
            """A store into which somebody else writes just before, once."""

            def append(self, lines: Sequence[bytes], expected_size: int) -> str:
                if other.size == 5:
                    other.record(Started(measure="wohnen-1"), on=DAY, by=BY)
                return log.store.append(lines, expected_size)

            def size(self) -> int:
                return log.store.size()

            def read(self, start: int = 0, stop: int | None = None) -> Sequence[bytes]:
                return log.store.read(start, stop)

        mine = PlanLog(Raced(), clock=ticking(NOON))
        assert 6 == mine.record(Implemented(measure="wohnen-1"), on=DAY, by=BY).position
        assert ["started", "implemented"] == [event.type for event in mine.events(5)]

    def test_others_are_always_first(self) -> None:
        """Whoever is never first gives up."""

        class Busy(MemoryStore):
            """A store that refuses every write."""

            tries = 0

            def append(self, lines: Sequence[bytes], expected_size: int) -> str:
                self.tries += 1
                raise ConflictError(expected_size, expected_size + 1)

        store = Busy()
        with pytest.raises(ConflictError):
            PlanLog(store).record(PlanOpened(title="Plan"), on=DAY, by=BY)
        assert 100 == store.tries
        with pytest.raises(ConflictError):
            PlanLog(store).record(PlanOpened(title="Plan"), on=DAY, by=BY, expected_size=0)
        assert 101 == store.tries

    def test_shared_between_threads(self, tmp_path: Path) -> None:
        """Threads that share a log, and others that have their own, lose nothing."""
        shared = PlanLog.create(tmp_path)
        shared.record(PlanOpened(title="Plan"), on=DAY, by=BY)

        def write(log: PlanLog) -> None:
            for _ in range(5):
                log.record(PlanOpened(title="Plan"), on=DAY, by=BY)

        logs = [shared, shared, PlanLog.open(tmp_path), PlanLog.open(tmp_path)]
        threads = [threading.Thread(target=write, args=[log]) for log in logs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        events = PlanLog.open(tmp_path).events()
        assert list(range(21)) == [event.position for event in events]
        assert 21 == len({event.id for event in events})


class TestPreview:
    def test_writes_nothing(self, log: PlanLog) -> None:
        """A preview tells what would be recorded, and leaves the log as it was."""
        event = log.preview([Proposed(measure="neu", title="Neu")], on=DAY, by=BY)[0]
        assert (5, "proposed", NOON) == (event.position, event.type, event.recorded)
        assert 5 == log.size

    def test_introduces_nothing(self, log: PlanLog) -> None:
        """What was only previewed cannot be named."""
        log.preview([Proposed(measure="neu", title="Neu")], on=DAY, by=BY)
        with pytest.raises(InvalidEventError):
            log.record(Started(measure="neu"), on=DAY, by=BY)
        with pytest.raises(InvalidEventError):
            log.preview([Started(measure="neu")], on=DAY, by=BY)

    def test_is_recorded_next(self, log: PlanLog) -> None:
        """What was previewed, or refused in a preview, can be recorded, and be named then."""
        new = Proposed(measure="neu", title="Neu")
        conference = ConferenceHeld(conference="neu", title="Neu", kind="workshop")
        for refused in (Started(measure="alt"), Retracted(event="0" * 16)):
            with pytest.raises(InvalidEventError):
                log.preview([new, conference, refused], on=DAY, by=BY)
        log.preview([new], on=DAY, by=BY)
        version = VersionRecorded(version="neu", coverage="complete", attributes=["title"])
        log.record(version, on=DAY, by=BY)
        log.record_all([new, Started(measure="neu")], on=DAY, by=BY)
        assert "started" == log.plan(DAY).measure("neu").phase


class TestVersionProposal:
    STATEMENT = Statement(
        coverage="complete",
        attributes=("title", "number"),
        measures=tuple(
            StatedMeasure(
                place=f"plan.csv: A{number}",
                cells=FrozenMapping({"title": title, "number": str(number)}),
            )
            for number, title in enumerate(("Hof", "Dach"), 2)
        ),
    )

    def test_is_recorded_as_one_batch(self) -> None:
        """What a table asks for is a batch for the log as it is, that lacks only who records it."""
        log = PlanLog(MemoryStore())
        proposal = log.version_proposal(
            self.STATEMENT,
            day=date(2023, 3, 16),
            version="plan",
            document="0" * 64,
            title="Fassung",
            source="plan.csv",
            opening="Plan",
        )
        assert 0 == log.size == proposal.size
        log.record_all(proposal.events, by=BY, expected_size=proposal.size)
        plan = log.plan(DAY)
        assert ("Plan", ["Hof", "Dach"]) == (plan.title, [one.title for one in plan.measures])
        assert ("plan", "Fassung") == (plan.versions[0].id, plan.versions[0].title)
        assert {"plan.csv"} == {event.source for event in log.events()}

    def test_takes_answers(self) -> None:
        """Answers say which measure a row is."""
        log = log_of((PlanOpened(title="Plan"), DAY), (Proposed(measure="x", title="Alt"), DAY))
        proposal = log.version_proposal(
            self.STATEMENT,
            day=date(2023, 3, 16),
            version="plan",
            answers=Answers(same=FrozenMapping({"2": "x"})),
        )
        assert ("x", "3") == proposal.measures

    def test_tells_how_far_it_is(self) -> None:
        """Who wants to know is told how many measures have been compared, and of how many."""
        told: list[tuple[int, int]] = []
        PlanLog(MemoryStore()).version_proposal(
            self.STATEMENT,
            day=date(2023, 3, 16),
            version="plan",
            opening="Plan",
            progress=lambda done, total: told.append((done, total)),
        )
        assert [(0, 2), (1, 2)] == told[:2]

    def test_refuses(self) -> None:
        """What cannot be is refused with every flaw."""
        with pytest.raises(TableError, match="cannot be the id of a version"):
            log_of((PlanOpened(title="Plan"), DAY)).version_proposal(
                self.STATEMENT, day=date(2023, 3, 16), version="2023"
            )


class TestOverridden:
    @pytest.fixture
    def started(self, log: PlanLog) -> PlanLog:
        """A log in which a measure was started on a day."""
        log.record(Started(measure="wohnen-1"), on=DAY, by=BY)
        return log

    def test_warns_at_once(self, started: PlanLog) -> None:
        """An inexact event that an exact one within it overrides is taken with a warning here."""
        with pytest.warns(OverriddenWarning, match="2023-03-16/2023-12-31") as caught:
            started.record(Implemented(measure="wohnen-1"), on="2023", by=BY)
        assert __file__ == caught[0].filename
        assert 7 == started.size

    def test_warns_in_a_preview(self, started: PlanLog) -> None:
        """A preview warns as well, of every event of a batch."""
        batch = [Implemented(measure="wohnen-1"), Implemented(measure="wohnen-1")]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            started.preview(batch, on="2023", by=BY)
        assert [OverriddenWarning] * 2 == [each.category for each in caught]
        assert __file__ == caught[0].filename

    def test_keeps_the_finding(self, started: PlanLog) -> None:
        """The warning carries what check would tell."""
        with pytest.warns(OverriddenWarning) as caught:
            event = started.record(Implemented(measure="wohnen-1"), on="2023", by=BY)
        message = caught[0].message
        assert isinstance(message, OverriddenWarning)
        assert event.id == message.finding.event

    def test_silent_where_it_counts(self, started: PlanLog) -> None:
        """An inexact event that counts is no reason to warn, nor is an exact one."""
        started.record(Implemented(measure="wohnen-1"), on="2023-03-17/2023-12-31", by=BY)
        started.record(Implemented(measure="wohnen-1"), on="2023-01-01", by=BY)

    def test_error(self, started: PlanLog) -> None:
        """Whoever turns the warning into an error gets the event refused, not written."""
        size = started.size
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(OverriddenWarning):
                started.record(Implemented(measure="wohnen-1"), on="2023", by=BY)
        assert size == started.size


class TestReading:
    def test_plan(self, log: PlanLog) -> None:
        """The plan at a point is what was known of it."""
        plan = log.plan("stk-3")
        assert (date(2023, 3, 16), 5) == (plan.at, plan.known.size)
        assert "wohnen-16" == plan.measure("wohnen/16").id
        assert [2, None] == [log.plan(day).measure("1").rank for day in (DAY, date(2023, 3, 15))]

    def test_today_is_where_the_user_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a point, the plan is that of the present day."""
        log = log_of((PlanOpened(title="Plan"), "2023-04-01"))
        assert "Plan" == log.plan().title
        assert NOON.astimezone().date() == log.today() == log.plan().at

    def test_points_that_are_none(self, log: PlanLog) -> None:
        """What is no point, or names nothing, is refused."""
        with pytest.raises(PointError):
            log.plan("!")
        with pytest.raises(UnknownNameError):
            log.moment("stk-9")
        with pytest.raises(SizeError):
            log.possible("today@#9")

    def test_each_line_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A line that was decoded is kept, whatever is asked and recorded afterwards."""
        log, decode, decoded = log_of((PlanOpened(title="Plan"), DAY)), codec.decode_lines, []

        def counting(lines: Sequence[bytes], **settings: Any) -> list[RecordedEvent]:
            decoded.append(len(lines))
            return decode(lines, **settings)

        monkeypatch.setattr(codec, "decode_lines", counting)
        log.plan()
        log.record(Proposed(measure="wohnen-1", title="Treff"), on=DAY, by=BY)
        log.plan()
        assert [1] == decoded

    def test_what_was_known(self, log: PlanLog) -> None:
        """A prefix of the log is known for ever."""
        before = log.plan(f"{DAY}@#4")
        log.record(Retracted(event=log.events()[1].id), on=DAY, by=BY, reason="x")
        assert before == log.plan(f"{DAY}@#4")
        assert before != log.plan(DAY)

    def test_everything(self, log: PlanLog) -> None:
        """Everything includes what is to come, as known at the point."""
        log.record(Proposed(measure="später", title="Später"), on="2999", by=BY)
        assert "Später" == log.everything().measure("später").title
        with pytest.raises(UnknownReferenceError):
            log.everything("today@#5").measure("später")

    def test_possible(self, log: PlanLog) -> None:
        """What inexact dates leave open is told for a point."""
        log.record(Started(measure="wohnen-1"), on="2023", by=BY)
        assert frozenset({"started", "proposed"}) == log.possible("2023-06-30").values(
            "measure", "wohnen-1", "phase"
        )
        assert not log.possible("2022").uncertain()

    def test_history(self, log: PlanLog) -> None:
        """The life of a measure is told by any name it has."""
        entries = log.history("wohnen/16", "stk-3")
        assert ["proposed", "prioritized"] == [entry.event.type for entry in entries]
        with pytest.raises(UnknownReferenceError):
            log.history("wohnen/9")

    def test_origins(self, log: PlanLog) -> None:
        """Where the values of a measure come from is told, found by any of its names."""
        found = {one.attribute: one.event.position for one in log.origins("wohnen/16", "stk-3")}
        assert {"field": 2, "number": 2, "title": 2, "rank": 4, "phase": 2, "since": 2} == found
        assert "rank" not in {one.attribute for one in log.origins("16", "before:stk-3")}

    def test_priorities(self, log: PlanLog) -> None:
        """Rank and level are told for the plan, a field, or a measure by any of its names."""
        of_plan = log.priorities(point="stk-3")
        assert [("wohnen-16", 1), ("wohnen-1", 2)] == [
            (one.measure.id, one.rank) for one in of_plan
        ]
        assert of_plan == log.priorities(field="Wohnen", point="stk-3")
        assert of_plan[1:] == log.priorities("1", point="stk-3")
        (change,) = log.priorities("wohnen/1", every_change=True)
        assert ("listed", None) == (change.cause, change.occasion)
        with pytest.raises(UnknownReferenceError):
            log.priorities(field="soziales")
        with pytest.raises(TypeError, match="a measure or a field, not both"):
            log.priorities("1", field="wohnen")

    def test_decisions(self, log: PlanLog) -> None:
        """The register is told for the plan, a conference, a measure or a field."""
        log.record(
            Decided(conference="stk-3", outcome="adopted", fields=("wohnen",)), on=DAY, by=BY
        )
        (entry,) = log.decisions()
        assert ("wohnen-16", "wohnen-1") == entry.covered
        assert (entry,) == log.decisions(conference="stk-3", field="Wohnen")
        assert ["wohnen-1"] == [one.present.id for one in log.decisions(measure="1")[0].measures]
        assert () == log.decisions("before:stk-3")
        with pytest.raises(UnknownReferenceError):
            log.decisions(conference="stk-9")

    def test_check(self, log: PlanLog) -> None:
        """A history is checked as known at a point."""
        known = len(log.check("today@#4"))
        assert known < len(log.check())

    def test_events(self, log: PlanLog) -> None:
        """Events are read page by page."""
        assert log.events()[1:3] == log.events(1, 3)
        assert () == log.events(9)

    def test_event(self, log: PlanLog) -> None:
        """An event is named by any beginning of its id that no other has."""
        for last in "12":
            log.record(Started(measure="wohnen-1"), on=DAY, by=BY, id=f"abcdef012345678{last}")
        assert 5 == log.event("abcdef0123456781").position
        with pytest.raises(
            AmbiguousReferenceError, match=r"abcdef0123456781 \(started 2023-03-16\)"
        ):
            log.event("abcdef01")
        for beginning in ("", "zz"):
            with pytest.raises(UnknownReferenceError):
                log.event(beginning)

    def test_notices_what_others_append(self, tmp_path: Path) -> None:
        """A log that is open sees what somebody else records, one that was read before too."""
        one = PlanLog.create(tmp_path)
        other = PlanLog.open(tmp_path)
        assert 0 == other.size
        one.record(PlanOpened(title="Plan"), on=DAY, by=BY)
        assert "Plan" == other.plan(DAY).title
        one.record(Proposed(measure="neu", title="Neu"), on=DAY, by=BY)
        assert 2 == other.record(Started(measure="neu"), on=DAY, by=BY).position

    def test_another_log_in_its_place(self, tmp_path: Path) -> None:
        """When an older copy is put back, what was read before is forgotten."""
        log = PlanLog.create(tmp_path)
        for title in ("Plan", "Neuer Plan"):
            log.record(PlanOpened(title=title), on=DAY, by=BY)
        max((tmp_path / "events").glob("*.jsonl")).unlink()
        assert "Plan" == log.plan().title
        log.record(Proposed(measure="neu", title="Neu"), on=DAY, by=BY)
        assert ["plan_opened", "proposed"] == [event.type for event in log.events()]

    def test_another_log_of_the_same_size(self, tmp_path: Path) -> None:
        """A log that was replaced by one of the same size is noticed before anything is written."""
        for name in ("ours", "theirs"):
            other = PlanLog.create(tmp_path / name)
            other.record(PlanOpened(title=name), on=DAY, by=BY)
            other.record(Proposed(measure=f"{name}-1", title="Eins"), on=DAY, by=BY)
        log = PlanLog.open(tmp_path / "ours")
        assert "ours" == log.plan().title
        shutil.rmtree(tmp_path / "ours" / "events")
        shutil.copytree(tmp_path / "theirs" / "events", tmp_path / "ours" / "events")
        with pytest.raises(InvalidEventError, match="no measure 'ours-1'"):
            log.record(Started(measure="ours-1"), on=DAY, by=BY)
        assert "theirs" == log.plan().title

    def test_history_from_one_prefix(self, tmp_path: Path) -> None:
        """What others append while a question is answered does not get into the answer."""
        log = PlanLog.create(tmp_path)
        log.record(Proposed(measure="a", title="A", number="1"), on="2021-01-01", by=BY)

        def meanwhile() -> datetime:
            other = PlanLog.open(tmp_path, clock=lambda: NOON)
            size = other.size
            other.record(Amended(measure="a", number=f"1{size}"), on="2021-01-02", by=BY)
            return NOON

        asking = PlanLog.open(tmp_path, clock=meanwhile)
        assert ["proposed"] == [entry.event.type for entry in asking.history("1")]

    def test_history_by_number(self) -> None:
        """A number is looked up as it was carried at the point, not as it will be carried."""
        log = log_of(
            (Proposed(measure="a", title="A", number="16"), "2021-01-01"),
            (Proposed(measure="b", title="B", number="17"), "2021-01-01"),
            (Amended(measure="a", number="18"), "2022-01-01"),
            (Amended(measure="b", number="16"), "2022-01-01"),
        )
        assert ["A", "A"] == [
            one.event.event.title
            for one in (log.history("16", "2021-06-01")[0], log.history("18")[0])
            if isinstance(one.event.event, Proposed)
        ]
        assert "b" == log.everything().measure_of("16", log.plan()).id

    def test_plans_are_kept_while_they_stand(self, log: PlanLog) -> None:
        """A plan that is asked for again need not be computed again, until the log has grown."""
        plan = log.plan(DAY)
        assert plan is log.plan(DAY)
        days = [date(2023, 1, day) for day in range(1, 9)]
        first = [log.plan(day) for day in days]
        assert first == [log.plan(day) for day in days]
        assert days == [one.at for one in first]
        assert plan == log.plan(DAY)
        assert 5 == plan.known.size == log.plan(f"{DAY}@#5").known.size
        assert 2 == log.plan(f"{DAY}@#2").known.size
        log.record(Started(measure="wohnen-1"), on=DAY, by=BY)
        assert (6, "started") == (log.plan(DAY).known.size, log.plan(DAY).measure("1").phase)

    def test_plan_with_everything_before_it(self, log: PlanLog) -> None:
        """Whether all there is had been asked for before makes no difference to a plan."""
        points = ["2021-07-06", "2021-07-07", "2023-03-15", DAY, "today", "start"]
        alone = [log_of(*told(log)).plan(point) for point in points]
        for point, plan in zip(points, alone, strict=True):
            again = log_of(*told(log))
            again.everything()
            assert plan == again.plan(point)

    def test_pages_are_kept(self, log: PlanLog) -> None:
        """An answer that was given does not change under the hands of who got it."""
        events: Sequence[RecordedEvent] = log.events()
        log.record(Started(measure="wohnen-1"), on=DAY, by=BY)
        assert 5 == len(events)


def test_system_clock_is_aware() -> None:
    """The clock of the system tells its time zone."""
    assert timedelta(0) == system_clock().utcoffset()
