"""Rank and level at every occasion and at every change."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from planlog.audit import Origin, Priority, priorities, priority_changes
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Event,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Started,
    VersionRecorded,
)
from planlog.plan import Measure, Plan
from planlog.possible import possible
from planlog.ranking import RankCause, moved
from planlog.slots import Slot, live_slots
from planlog.testing.logs import IDS, days, interacting_logs, logs
from planlog.timeline import plan_at, prefix
from tests.audit.by_replay import Course
from tests.histories import Entry, id_at, log
from tests.stated import mixed, mixtures, stated

END = date(2023, 12, 31)
A, B, C = "wohnen-1", "wohnen-16", "wohnen-4"


def proposed(measure: str, field: str | None = "wohnen") -> Entry:
    """A measure was proposed."""
    return Proposed(measure=measure, title=measure.title(), field=field), "2020-01-01"


def held(conference: str, on: str) -> Entry:
    """A conference met."""
    return ConferenceHeld(conference=conference, title=conference, kind="conference"), on


def listed(*measures: str, field: str = "wohnen") -> Prioritized:
    """The list of a field was set."""
    return Prioritized(field=field, ranking=measures)


HISTORY: tuple[Entry, ...] = (
    proposed(A),
    proposed(B),
    held("stk-1", "2021-11-03"),
    held("stk-2", "2022-05-24"),
    held("stk-3", "2023-03-16"),
    (listed(A, B), "2021-11-03"),
    (listed(A, B), "2022-05-24"),
    (Rated(measure=B, level="hoch"), "2022-05-24"),
    (listed(B, A), "2023-03-16"),
    (Decided(conference="stk-3", outcome="adopted", fields=("wohnen",)), "2023-03-16"),
)


def told(
    *entries: Entry,
    day: date | None = END,
    measure: str | None = None,
    field: str | None = None,
) -> tuple[Priority, ...]:
    """Rank and level at every occasion."""
    return priorities(live_slots(log(*entries)), day, measure=measure, field=field)


def changes(
    *entries: Entry,
    day: date | None = END,
    measure: str | None = None,
    field: str | None = None,
) -> tuple[Priority, ...]:
    """Every change of a rank or level."""
    return priority_changes(live_slots(log(*entries)), day, measure=measure, field=field)


Turn = tuple[int | None, int | None, RankCause | None]


def ranks(rows: Sequence[Priority], measure: str) -> list[Turn]:
    """The rank of a measure in each row: before, then, and why."""
    return [(row.rank_before, row.rank, row.cause) for row in rows if row.measure.id == measure]


def place(origin: Origin | None) -> int | None:
    """The place in the log of what a value comes from."""
    return None if origin is None else origin.event.position


class TestPriorities:
    def test_each_conference(self) -> None:
        """A row tells rank and level at the end of each conference, and one at the point itself."""
        rows = told(*HISTORY)
        assert [B] * 4 + [A] * 4 == [row.measure.id for row in rows]
        assert ["stk-1", "stk-2", "stk-3", None] == [
            row.occasion and row.occasion.id for row in rows[:4]
        ]
        assert ["2021-11-03", "2022-05-24", "2023-03-16", "2023-12-31"] == [
            row.day.isoformat() for row in rows[:4]
        ]
        assert [(None, 2, "listed"), (2, 2, None), (2, 1, "moved"), (1, 1, None)] == ranks(rows, B)
        assert [(None, 1, "listed"), (1, 1, None), (1, 2, "shifted"), (2, 2, None)] == (
            ranks(rows, A)
        )
        assert [(None, None), (None, "hoch"), ("hoch", "hoch"), ("hoch", "hoch")] == [
            (row.level_before, row.level) for row in rows[:4]
        ]

    def test_at_a_conference(self) -> None:
        """The point itself has no row of its own where it is the day of the last occasion."""
        rows = told(*HISTORY, day=date(2023, 3, 16), measure=A)
        assert ["stk-1", "stk-2", "stk-3"] == [row.occasion and row.occasion.id for row in rows]

    def test_without_conferences(self) -> None:
        """Where no conference has met, there is the point alone."""
        (row,) = told(proposed(A), (listed(A), "2020-02-01"))
        assert (None, END, 1) == (row.occasion, row.day, row.rank)

    def test_versions(self) -> None:
        """A version on a day of its own is an occasion too."""
        version = VersionRecorded(version="deck", coverage="complete", attributes=())
        rows = told(proposed(A), (version, "2022"), (listed(A), "2021"), day=date(2022, 12, 31))
        assert [("deck", 1)] == [(row.occasion and row.occasion.id, row.rank) for row in rows]

    def test_origins(self) -> None:
        """Each row tells the event that gave the rank, and where it was decided by then."""
        rows = told(*HISTORY, measure=B)
        assert [5, 5, 8, 8] == [place(row.rank_origin) for row in rows]
        assert [None, 7, 7, 7] == [place(row.level_origin) for row in rows]
        decided = [row.rank_origin and row.rank_origin.decision for row in rows]
        assert [None, None, id_at(9), id_at(9)] == [one and one.event for one in decided]
        assert [None, None, id_at(9), id_at(9)] == [
            row.level_origin and row.level_origin.decision and row.level_origin.decision.event
            for row in rows
        ]

    def test_decided_without_change(self) -> None:
        """A rank that an earlier event gave may be decided later."""
        rows = told(*HISTORY[:6], (HISTORY[9][0], "2022-05-24"), measure=A)
        assert [None, "stk-3", "stk-3", "stk-3"] == [
            row.rank_origin and row.rank_origin.decision and row.rank_origin.decision.conference
            for row in rows
        ]

    def test_taken_off(self) -> None:
        """What took a rank away is told as what having none comes from."""
        rows = told(*HISTORY, (listed(A), "2023-04-01"), measure=B)
        assert (1, None, "unlisted") == ranks(rows, B)[-1]
        assert rows[-1].rank_origin is not None
        assert (None, 10) == (rows[-1].rank_origin.value, place(rows[-1].rank_origin))

    def test_another_field(self) -> None:
        """A place on the list of another field is a new one, whatever its number."""
        entries = (
            proposed(A),
            held("stk-1", "2021-11-03"),
            held("stk-2", "2022-05-24"),
            (listed(A), "2021-01-01"),
            (listed(A, field="soziales"), "2022-01-01"),
            (Amended(measure=A, field="soziales"), "2022-02-01"),
        )
        rows = told(*entries, measure=A)
        assert [(None, 1, "listed"), (1, 1, "listed"), (1, 1, None)] == ranks(rows, A)
        assert ["wohnen", "soziales", "soziales"] == [row.measure.field for row in rows]
        assert [3, 5, 5] == [place(row.rank_origin) for row in rows]

    def test_from_its_beginning(self) -> None:
        """A measure has no row for what happened before the plan had it."""
        later = (Proposed(measure=B, title="Neu", field="wohnen"), "2022-01-01")
        rows = told(proposed(A), later, *HISTORY[2:5], (listed(A, B), "2022-02-01"))
        assert [date(2022, 5, 24), date(2023, 3, 16), END] == [
            row.day for row in rows if row.measure.id == B
        ]

    def test_mentioned_only(self) -> None:
        """A measure that is only listed by then stands there without a phase."""
        rows = told(held("stk-1", "2021-11-03"), (listed(A), "2021-11-03"), measure=A)
        assert [(None, None), (None, None)] == [(row.rank, row.measure.phase) for row in rows]

    def test_folded_anew(self) -> None:
        """What an inexact date lets count only later is not in an earlier row."""
        rows = told(
            *HISTORY[:5],
            (listed(A, B), "2021-11-03"),
            (listed(B, A), "2021-11-04/2022-12-31"),
            measure=A,
        )
        assert [1, 1, 2, 2] == [row.rank for row in rows]
        assert [(), ("rank",), (), ()] == [row.uncertain for row in rows]

    def test_measures_that_had_a_priority(self) -> None:
        """Unless asked for, only measures are told that ever had a rank or level."""
        entries = (
            *HISTORY,
            proposed(C),
            proposed("x", None),
            (Rated(measure="x", level="hoch"), "2020"),
            (Rated(measure="x", level=None), "2021"),
        )
        assert [B, A, "x"] == list(dict.fromkeys(row.measure.id for row in told(*entries)))
        assert 4 == len(told(*entries, measure=C))
        assert () == told(*entries, measure="wohnen-99")

    def test_field(self) -> None:
        """Of a field, the measures are told that were in it at one of the moments."""
        entries = (
            *HISTORY,
            proposed("soziales-2", "soziales"),
            (listed("soziales-2", field="soziales"), "2021"),
            (Amended(measure=B, field="soziales"), "2023-04-01"),
        )
        assert {A, B} == {row.measure.id for row in told(*entries, field="wohnen")}
        assert {B, "soziales-2"} == {row.measure.id for row in told(*entries, field="soziales")}
        assert () == told(*entries, field="kultur")

    def test_start(self) -> None:
        """At the start nothing has any priority."""
        assert () == told(*HISTORY, day=None)


class TestPriorityChanges:
    def test_each_change(self) -> None:
        """A row tells what each event made of a rank or a level."""
        rows = changes(*HISTORY)
        assert [(None, 2, "listed"), (2, 2, None), (2, 1, "moved")] == ranks(rows, B)
        assert [(None, 1, "listed"), (1, 2, "shifted")] == ranks(rows, A)
        assert [(None, None), (None, "hoch"), ("hoch", "hoch")] == [
            (row.level_before, row.level) for row in rows[:3]
        ]
        assert [5, 5, 8] == [place(row.rank_origin) for row in rows[:3]]
        assert [None, 7, 7] == [place(row.level_origin) for row in rows[:3]]
        assert {None} == {row.occasion for row in rows}

    def test_between_conferences(self) -> None:
        """What came and went between two conferences is told."""
        entries = (*HISTORY[:5], (listed(A), "2022-01-01"), (listed(), "2022-01-02"))
        rows = changes(*entries)
        assert [(None, 1, "listed"), (1, None, "unlisted")] == ranks(rows, A)
        assert [date(2022, 1, 1), date(2022, 1, 2)] == [row.day for row in rows]

    def test_decided_meanwhile(self) -> None:
        """A value stands with the first decision until it changed, even if that came later."""
        decided = HISTORY[9][0]
        rows = changes(
            *HISTORY[:5],
            (listed(A, B), "2021-01-01"),
            (listed(B, A), "2021-01-02"),
            (Rated(measure=A, level="hoch"), "2021-01-03"),
            (decided, "2021-01-04"),
            (decided, "2021-01-05"),
            (listed(A, B), "2021-01-06"),
            measure=A,
        )
        assert [None, id_at(8), id_at(8), None] == [
            row.rank_origin and row.rank_origin.decision and row.rank_origin.decision.event
            for row in rows
        ]
        assert [None, None, id_at(8), id_at(8)] == [
            row.level_origin and row.level_origin.decision and row.level_origin.decision.event
            for row in rows
        ]

    def test_inexact(self) -> None:
        """An inexact event stands where its interval begins, and counts from where it ends."""
        rows = changes(
            proposed(A),
            (Rated(measure=A, level="mittel"), "2021-06-01"),
            (Rated(measure=A, level="hoch"), "2021"),
        )
        assert [("hoch", date(2021, 12, 31)), ("mittel", date(2021, 6, 1))] == [
            (row.level, row.day) for row in rows
        ]

    def test_another_field(self) -> None:
        """To move to the same place of another list is a change."""
        rows = changes(
            proposed(A),
            (listed(A), "2021-01-01"),
            (listed(A, field="soziales"), "2022-01-01"),
            (Amended(measure=A, field="soziales"), "2022-02-01"),
        )
        assert [(None, 1, "listed"), (1, 1, "listed")] == ranks(rows, A)
        assert [1, 3] == [place(row.rank_origin) for row in rows]

    def test_chosen(self) -> None:
        """A measure, or those that were in a field after one of their changes."""
        entries = (
            *HISTORY,
            proposed("soziales-2", "soziales"),
            (listed("soziales-2", field="soziales"), "2021"),
            (Amended(measure=B, field="soziales"), "2023-04-01"),
        )
        assert {B} == {row.measure.id for row in changes(*entries, measure=B)}
        assert () == changes(*entries, measure="wohnen-99")
        assert {A, B} == {row.measure.id for row in changes(*entries, field="wohnen")}
        assert {B, "soziales-2"} == {row.measure.id for row in changes(*entries, field="soziales")}
        assert 7 == len(changes(*entries))

    def test_start(self) -> None:
        """At the start nothing has changed."""
        assert () == changes(*HISTORY, day=None)


CLASSES: tuple[type[Event], ...] = (
    *(Prioritized, Prioritized, Rated, Amended, Proposed),
    *(Decided, ConferenceHeld, VersionRecorded, Started),
)
LOGS = logs(classes=CLASSES, most=10) | logs(classes=CLASSES[:6]) | interacting_logs()


def why(was: tuple[Plan, Measure | None] | None, now: tuple[Plan, Measure]) -> RankCause | None:
    """Why a rank is another, from two plans: by what is on which list."""
    before = None if was is None else was[1]
    after = now[1]
    place_before = None if before is None or before.rank is None else (before.field, before.rank)
    place_after = None if after.rank is None else (after.field, after.rank)
    if place_before == place_after:
        return None
    if place_after is None:
        return "unlisted"
    if was is None or place_before is None or place_before[0] != place_after[0]:
        return "listed"
    lists = [
        next(one.ranking for one in plan.fields if one.id == after.field)
        for plan in (was[0], now[0])
    ]
    return "moved" if after.id in moved(*lists) else "shifted"


def ids(origin: Origin | None) -> tuple[str, str | None] | None:
    """The ids of the event that opened a slot, and of the decision."""
    if origin is None:
        return None
    return origin.id, None if origin.decision is None else origin.decision.event


class TestDocuments:
    """Tests for what documents say of a whole day."""

    def test_one_step(self) -> None:
        """Lists and levels that do not outlast the day are no changes."""
        events = mixed(
            proposed(A),
            proposed(B),
            proposed(C),
            (listed(A, B, C), "2021-11-03"),
            stated(
                "2022-05-24",
                listed(C, B, A),
                Rated(measure=B, level="hoch"),
                listed(B, A, C),
                Rated(measure=B, level=None),
            ),
        )
        rows = priority_changes(live_slots(events), END)
        assert [
            (B, None, 2, "listed", 3),
            (B, 2, 1, "moved", 6),
            (A, None, 1, "listed", 3),
            (A, 1, 2, "shifted", 6),
            (C, None, 3, "listed", 3),
        ] == [
            (row.measure.id, row.rank_before, row.rank, row.cause, row.rank_origin.event.position)
            for row in rows
            if row.rank_origin is not None
        ]
        assert {None} == {row.level_before for row in rows} | {row.level for row in rows}

    def test_moved_to_another_field(self) -> None:
        """The same place on the list of another field is told once, by what set the list."""
        events = mixed(
            proposed(A),
            (listed(A), "2021-11-03"),
            stated(
                "2022-05-24",
                Amended(measure=A, field="soziales"),
                listed(A, field="soziales"),
            ),
        )
        rows = priority_changes(live_slots(events), END)
        assert [("listed", None, 1), ("listed", 1, 1)] == [
            (row.cause, row.rank_before, row.rank) for row in rows
        ]
        assert "soziales" == rows[1].measure.field

    def test_moved_to_another_place(self) -> None:
        """Another place on the list of another field is one change, by what set the list."""
        events = mixed(
            proposed(A),
            (listed(A), "2021-11-03"),
            stated(
                "2022-05-24",
                Amended(measure=A, field="soziales"),
                listed("soziales-1", A, field="soziales"),
            ),
        )
        rows = priority_changes(live_slots(events), END, measure=A)
        assert [("listed", None, 1), ("listed", 1, 2)] == [
            (row.cause, row.rank_before, row.rank) for row in rows
        ]

    def test_restated(self) -> None:
        """At an occasion a rank rests on what first gave it, not on what said it again."""
        events = mixed(
            proposed(A),
            proposed(B),
            (listed(A, B), "2021-11-03"),
            stated("2022-05-24", listed(B, A), listed(A, B)),
        )
        (*_, row) = priorities(live_slots(events), END, measure=A)
        assert row.rank_origin is not None
        assert 2 == row.rank_origin.event.position


class TestProperties:
    def plans(self, slots: Sequence[Slot], day: date) -> list[Plan]:
        """The plan at each occasion, and at the end of *day* if that is later, each by itself."""
        present = plan_at(slots, day, prefix((), 0))
        stops = [one.day for one in present.occasions]
        stops += [day] if not stops or stops[-1] < day else []
        return [plan_at(slots, stop, prefix((), 0)) for stop in stops]

    @settings(max_examples=150)
    @given(LOGS, days())
    def test_each_number_by_the_plan_itself(
        self, events: tuple[RecordedEvent, ...], day: date
    ) -> None:
        """Every row says what the plan of its day says, and why it is another than before."""
        slots = live_slots(events)
        expected = []
        plans = self.plans(slots, day)
        for one in plans[-1].measures:
            was = None
            for plan in plans:
                is_now = next((each for each in plan.measures if each.id == one.id), None)
                if is_now is not None:
                    expected.append((plan.at, is_now, why(was, (plan, is_now))))
                was = plan, is_now
        found = [
            row for one in plans[-1].measures for row in priorities(slots, day, measure=one.id)
        ]
        assert expected == [(row.day, row.measure, row.cause) for row in found]
        for row, following in pairwise(found):
            if row.measure.id == following.measure.id:
                assert row.rank == following.rank_before
                assert row.level == following.level_before

    @settings(max_examples=150)
    @given(LOGS, days(), st.sampled_from(IDS["measure"]))
    def test_each_origin_by_replay(
        self, events: tuple[RecordedEvent, ...], day: date, measure: str
    ) -> None:
        """The event that is named as the setter is the last that changed it, by brute force.

        What is said to be open is what all inexact dates together leave open.
        """
        slots = live_slots(events)
        for row in priorities(slots, day, measure=measure):
            course = Course.of(slots, row.day, measure)
            assert course.origin("rank") == ids(row.rank_origin)
            assert course.origin("level") == ids(row.level_origin)
            uncertain = possible(slots, row.day).uncertain().get(("measure", measure), ())
            assert {"rank", "level"} & set(uncertain) == set(row.uncertain)

    @settings(max_examples=150)
    @given(LOGS, days(), st.sampled_from(IDS["measure"]))
    def test_every_change_by_replay(
        self, events: tuple[RecordedEvent, ...], day: date, measure: str
    ) -> None:
        """There is a row for every event that changed rank or level, and for no other."""
        slots = live_slots(events)
        course = Course.of(slots, day, measure)
        turns = sorted(
            (place, name) for name in ("rank", "level") for place in course.changed(name)
        )
        rows = priority_changes(slots, day, measure=measure)
        assert [course.states[place + 1] for place, _ in turns] == [row.measure for row in rows]
        present: dict[str, tuple[str, str | None]] = {}
        for (place, name), row in zip(turns, rows, strict=True):
            end = min((one for one in course.changed(name) if one > place), default=None)
            decided = course.decided(place, len(course.slots) if end is None else end)
            present[name] = course.slots[place].id, decided
            assert present.get("rank") == ids(row.rank_origin)
            assert present.get("level") == ids(row.level_origin)
            assert (name == "rank") == (row.cause is not None)
            state = course.states[place] or Measure(id=measure)
            assert (state.rank, state.level) == (row.rank_before, row.level_before)

    @given(LOGS | mixtures(), days(), st.sampled_from(IDS["field"]))
    def test_both_end_alike(self, events: tuple[RecordedEvent, ...], day: date, field: str) -> None:
        """The last change of each measure leads to its last row of the occasions.

        Of a field, both tell of those measures that are in it in any of their rows.
        """
        slots = live_slots(events)
        at_occasions = {row.measure.id: row for row in priorities(slots, day)}
        at_changes = {row.measure.id: row for row in priority_changes(slots, day)}
        assert list(at_occasions) == list(at_changes)
        for id, row in at_changes.items():
            last = at_occasions[id]
            assert (last.rank, last.level) == (row.rank, row.level)
            assert (last.rank_origin, last.level_origin) == (row.rank_origin, row.level_origin)
        for tell in (priorities, priority_changes):
            rows = tell(slots, day)
            there = {row.measure.id for row in rows if row.measure.field == field}
            expected = tuple(row for row in rows if row.measure.id in there)
            assert expected == tell(slots, day, field=field)
