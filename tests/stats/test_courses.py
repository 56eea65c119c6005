"""Through which phases measures went, and how often they came back to one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.documents import Documents
from planlog.events import (
    Event,
    Implemented,
    Paused,
    Progressed,
    Proposed,
    RecordedEvent,
    Resumed,
    Started,
)
from planlog.fold import replay
from planlog.plan import Measure
from planlog.slots import live_slots
from planlog.stats.courses import Flips, courses, flips
from planlog.testing.logs import days, logs
from planlog.timeline import counting
from tests.histories import Entry, id_at
from tests.stated import mixed, restated, stated
from tests.stats.examples import between, told

ID = "a-1"
PROPOSED: Entry = (Proposed(measure=ID, title="Garten"), "2021-01-01")


def turns(*turned: tuple[type[Event], str]) -> list[Entry]:
    """The measure's phase was set, on one day after the other."""
    return [(cls(measure=ID), on) for cls, on in turned]  # type: ignore[call-arg]  # all of these take a measure alone


def returns(*entries: Entry, before: str = "start", after: str = "today") -> list[str]:
    """The events by which the measure came back."""
    return [id for one in told(*entries, before=before, after=after).flips for id in one.returns]


class TestFlips:
    """Tests for measures that came back to a phase."""

    def test_tell_the_whole_course(self) -> None:
        """What it came back to is told with all phases and the event that set each."""
        entries = turns((Started, "2021-02-01"), (Paused, "2021-03-01"), (Resumed, "2021-04-01"))
        assert (
            Flips(
                measure=ID,
                phases=("proposed", "started", "paused", "started"),
                events=tuple(map(id_at, range(4))),
                returns=(id_at(3),),
            ),
        ) == told(PROPOSED, *entries).flips

    def test_only_for_measures_that_came_back(self) -> None:
        """To go on from phase to phase is none."""
        entries = turns((Started, "2021-02-01"), (Implemented, "2021-03-01"))
        assert () == told(PROPOSED, *entries).flips

    def test_each_time(self) -> None:
        """To and fro is counted for every phase that was left before."""
        entries = turns(
            (Started, "2021-02-01"),
            (Paused, "2021-03-01"),
            (Started, "2021-04-01"),
            (Paused, "2021-05-01"),
        )
        assert [id_at(3), id_at(4)] == returns(PROPOSED, *entries)

    def test_repeating_a_phase_is_none(self) -> None:
        """Who is told again what holds has not come back to anything."""
        entries = turns(
            (Started, "2021-02-01"),
            (Started, "2021-03-01"),
            (Progressed, "2021-04-01"),
            (Started, "2021-05-01"),
        )
        assert [] == returns(PROPOSED, *entries)

    def test_leaving_and_resuming_within_one_day_is_none(self) -> None:
        """A run that is taken up again on the day on which it was left goes on."""
        entries = turns((Started, "2021-02-01"), (Paused, "2021-03-01"), (Resumed, "2021-03-01"))
        assert [] == returns(PROPOSED, *entries)

    def test_what_was_left_within_a_day_may_be_come_back_to_later(self) -> None:
        """Proposed and started on one day, and proposed again later: that is coming back."""
        entries = turns((Started, "2021-01-01"), (Proposed, "2021-06-01"))
        assert [id_at(2)] == returns(PROPOSED, *entries)

    def test_several_turns_of_one_day_begin_one_run(self) -> None:
        """Of the to and fro of one day, only the first step back to an earlier phase counts."""
        entries = turns(
            (Started, "2021-02-01"),
            (Paused, "2021-03-01"),
            (Started, "2021-04-01"),
            (Paused, "2021-04-01"),
            (Started, "2021-04-01"),
        )
        assert [id_at(3)] == returns(PROPOSED, *entries)

    def test_between_the_points_only(self) -> None:
        """It counts when it came back; it may have left the phase before the first point."""
        entries = turns(
            (Started, "2021-02-01"),
            (Paused, "2021-03-01"),
            (Started, "2021-04-01"),
            (Paused, "2022-03-01"),
            (Started, "2023-04-01"),
        )
        assert [id_at(4)] == returns(PROPOSED, *entries, before="2021", after="2022")
        assert [id_at(3)] == returns(PROPOSED, *entries, after="2021-04-01")
        assert [] == returns(PROPOSED, *entries, before="2021-04-01", after="2021-12-31")
        assert [] == returns(PROPOSED, *entries, before="2023", after="2021")
        assert [] == returns(PROPOSED, *entries, before="2021", after="start")

    def test_within_the_day_of_a_document(self) -> None:
        """Of what a document says of one day, only the phase in which it leaves a measure is one.

        Here an older table, which had the measure as implemented too, was imported later.
        """
        garden, done = Proposed(measure=ID, title="Garten"), Implemented(measure=ID)
        events = mixed(
            stated("2022-01-01", garden, done),
            stated("2021-01-01", garden, done),
            stated("2023-01-01", Started(measure=ID)),
            stated("2024-01-01", Started(measure=ID)),
            restated("2024-01-01", done),
        )
        (flip,) = between(events).flips
        assert ("implemented", "started", "implemented") == flip.phases
        assert tuple(events[place].id for place in (4, 6, 10)) == flip.events
        assert (events[10].id,) == flip.returns

    def test_in_plan_order(self) -> None:
        """Measures stand in the order of the plan."""
        found = told(
            (Proposed(measure="b-1", title="Café", number="2"), "2021-01-01"),
            (Proposed(measure=ID, title="Garten", number="1"), "2021-01-01"),
            *((Started(measure=id), "2021-02-01") for id in ("b-1", ID)),
            *((Proposed(measure=id), "2021-03-01") for id in ("b-1", ID)),
        )
        assert [ID, "b-1"] == [one.measure for one in found.flips]


PHASES = (Proposed, Started, Paused, Resumed, Implemented)


class TestProperties:
    """What holds for every log: flips are found again on another road."""

    @given(logs(most=12, classes=PHASES), days(), st.none() | days())
    def test_flips_are_new_runs_of_old_phases(
        self, events: tuple[RecordedEvent, ...], day: date, after: date | None
    ) -> None:
        """Replaying event by event, it came back where an old phase has a run that begins anew."""
        slots = counting(live_slots(events), day)
        expected: dict[str, list[str]] = {}
        states: dict[str, list[Measure]] = {}
        left: dict[tuple[str, str], tuple[date, InexactDate | None]] = {}
        for index, slot in enumerate(slots):
            for now in replay(slots[: index + 1]).measures:
                past = states.setdefault(now.id, [])
                was = past[-1] if past else now
                if was.phase != now.phase:
                    assert now.phase is not None
                    if was.phase is not None:
                        left[now.id, was.phase] = slot.day, was.since
                    if (now.id, now.phase) in left:
                        on, since = left[now.id, now.phase]
                        if on == slot.day:
                            assert since == now.since
                        else:
                            assert slot.content.on == now.since
                            if after is None or after < slot.content.on.last:
                                expected.setdefault(now.id, []).append(slot.id)
                past.append(now)
        found = flips(courses(slots, Documents(slots)).items(), after, day)
        assert {id: tuple(ids) for id, ids in expected.items()} == {
            one.measure: one.returns for one in found
        }
        for one in found:
            seen = [state.phase for state in states[one.measure]]
            runs = [phase for i, phase in enumerate(seen) if i == 0 or seen[i - 1] != phase]
            assert tuple(runs) == one.phases
            assert len(one.events) == len(one.phases)
