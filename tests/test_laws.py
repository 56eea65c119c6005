"""The laws of DESIGN section 4, which hold for every log; those of `possible` are in its own tests.

The logs are random, with few ids and few days, so that events collide.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from planlog.dates import InexactDate, Point
from planlog.draft import Draft
from planlog.effects import MENTION, effects
from planlog.events import (
    EVENT_CLASSES,
    Erased,
    Event,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Retracted,
    Started,
)
from planlog.fold import apply, replay
from planlog.plan import Plan, Prefix
from planlog.possible import Cell, possible
from planlog.slots import Slot, live_slots, original_of
from planlog.testing.logs import (
    FIRST_DAY,
    contents,
    days,
    inexact_dates,
    interacting_logs,
)
from planlog.timeline import counting, in_fold_order, plan_at, prefix, resolve
from tests.histories import Entry, id_at, log

DAYS = (*(FIRST_DAY + timedelta(days=offset) for offset in range(5)), date(2021, 9, 30))
"""The days asked about: those that events happen on, and one by which everything has happened."""

TODAY = date(2026, 11, 22)
UNKNOWN = Prefix(size=0)
LOGS = interacting_logs()
Log = tuple[RecordedEvent, ...]


def answers(events: Sequence[RecordedEvent]) -> list[object]:
    """The plan on every day, and what was possible in the middle of them."""
    slots = live_slots(events)
    return [*(plan_at(slots, day, UNKNOWN) for day in DAYS), told(slots, DAYS[2])]


def told(slots: Sequence[Slot], day: date) -> Mapping[Cell, frozenset[Any]]:
    """What inexact dates leave possible."""
    return possible(slots, day).cells


def appended(
    events: Log, event: Event, on: InexactDate | None = None, corrects: str | None = None
) -> Log:
    """The log with one more event."""
    last = RecordedEvent(
        position=len(events),
        id=f"{len(events):016x}",
        on=InexactDate.of(DAYS[0]) if on is None else on,
        recorded=datetime(2021, 10, 1, tzinfo=UTC),
        by="Quartiersmanagement",
        event=event,
        reason="Protokoll",
        corrects=corrects,
        salt="q7mJr0o0X0m7Jf3hQb6J1g",
    )
    return (*events, last)


def without(events: Log, ids: Iterable[str]) -> Log:
    """The log as if some events had never been there; the others keep their places."""
    gone = set(ids)
    return tuple(event for event in events if event.id not in gone)


def one_of(data: st.DataObject, some: Sequence[RecordedEvent]) -> RecordedEvent:
    """One of *some* events; a log without any is not looked at."""
    assume(some)
    return some[data.draw(st.integers(0, len(some) - 1))]


def stated(data: st.DataObject) -> tuple[Event, InexactDate]:
    """Some content, and when it happened."""
    cls = data.draw(
        st.sampled_from([cls for cls in EVENT_CLASSES if cls not in (Retracted, Erased)])
    )
    return data.draw(contents(cls)), data.draw(inexact_dates())


def undone(event: RecordedEvent, events: Log) -> bool:
    """Whether a retraction that stands takes *event* back."""
    return bool(standing(event, events))


def standing(event: RecordedEvent, events: Log) -> list[RecordedEvent]:
    """The retractions of *event* that stand."""
    return [
        later
        for later in events[event.position + 1 :]
        if isinstance(later.event, Retracted)
        and later.event.event == event.id
        and not undone(later, events)
    ]


class TestKnown:
    """What was known by then does not change with what is learned later."""

    @given(LOGS, st.data())
    def test_known_now(self, events: Log, data: st.DataObject) -> None:
        """What is known now is what is known without saying so, and what the last event knew."""
        day = data.draw(days())
        now = asked(f"{day}", events)
        assert now == asked(f"{day}@#{len(events)}", events)
        assert now == asked(f"{day}@today", events)
        for event in events[-1:]:
            assert now == asked(f"{day}@{event.recorded:%Y-%m-%dT%H:%M:%SZ}", events)

    @given(LOGS, st.data())
    def test_appended(self, events: Log, data: st.DataObject) -> None:
        """Appending never changes an answer for an earlier size, nor one for an earlier moment."""
        day = data.draw(days())
        for size in range(len(events) + 1):
            point = f"{day}@#{size}"
            assert asked(point, events[:size]) == asked(point, events)
        for size in range(1, len(events)):
            if events[size - 1].recorded < events[size].recorded:
                moment = events[size].recorded - timedelta(seconds=1)
                point = f"{day}@{moment:%Y-%m-%dT%H:%M:%SZ}"
                assert asked(point, events[:size]) == asked(point, events)


def asked(point: str, events: Log) -> tuple[Plan, Prefix, date | None]:
    """The answer at a point, with what it was computed from."""
    moment = resolve(Point.parse(point), events, TODAY)
    known = events[: moment.size]
    plan = plan_at(live_slots(known), moment.day, prefix(known, moment.size))
    return plan, plan.known, plan.at


class TestCorrections:
    """A correction takes the place of what it corrects."""

    @given(LOGS, st.data())
    def test_repeating(self, events: Log, data: st.DataObject) -> None:
        """A correction that repeats what its slot holds changes nothing."""
        slots = live_slots(events)
        held = one_of(data, [slot.content for slot in slots])
        original = original_of(events)[held.id]
        target = one_of(
            data, [one for one in events if original_of(events).get(one.id) == original]
        )
        assert answers(events) == answers(appended(events, held.event, held.on, target.id))

    @given(LOGS, st.data())
    def test_of_a_correction(self, events: Log, data: st.DataObject) -> None:
        """Correcting a correction is correcting its original."""
        event, on = stated(data)
        target = one_of(data, [one for one in events if not isinstance(one.event, Retracted)])
        events = appended(events, event, on, target.id)
        target = one_of(data, [one for one in events if one.corrects is not None])
        event, on = stated(data)
        assert answers(appended(events, event, on, original_of(events)[target.id])) == answers(
            appended(events, event, on, target.id)
        )

    @given(LOGS, st.data())
    def test_in_place(self, events: Log, data: st.DataObject) -> None:
        """Where nothing else mends the slot, a correction is the line edited in place."""
        touched = {one.corrects for one in events} | {
            one.event.event for one in events if isinstance(one.event, Retracted)
        }
        target = one_of(
            data,
            [
                one
                for one in events
                if one.corrects is None
                and one.id not in touched
                and not isinstance(one.event, Retracted)
            ],
        )
        event, on = stated(data)
        edited = tuple(
            attrs.evolve(one, event=event, on=on) if one is target else one for one in events
        )
        assert answers(edited) == answers(appended(events, event, on, target.id))


class TestRetractions:
    """A retraction undoes one event, whatever day it bears."""

    @given(LOGS, st.data())
    def test_of_an_original(self, events: Log, data: st.DataObject) -> None:
        """An original that is retracted has never been there, nor have its corrections."""
        opened = original_of(events)
        target = one_of(data, [one for one in events if opened.get(one.id) == one.id])
        never = without(events, [id for id, original in opened.items() if original == target.id])
        retracted = appended(events, Retracted(event=target.id), data.draw(inexact_dates()))
        assert answers(never) == answers(retracted)

    @given(LOGS, st.data())
    def test_of_the_newest_correction(self, events: Log, data: st.DataObject) -> None:
        """Retracting the newest live correction of a live slot restores the content before."""
        event, on = stated(data)
        target = one_of(data, [one for one in events if not isinstance(one.event, Retracted)])
        events = appended(events, event, on, target.id)
        newest = one_of(
            data, [slot.content for slot in live_slots(events) if slot.content.corrects]
        )
        opened = original_of(events)
        before = [
            one
            for one in events[: newest.position]
            if opened.get(one.id) == opened[newest.id] and not undone(one, events)
        ][-1]
        restored = appended(events, before.event, before.on, newest.id)
        assert answers(restored) == answers(appended(events, Retracted(event=newest.id)))

    @given(LOGS, st.data())
    def test_of_a_retraction(self, events: Log, data: st.DataObject) -> None:
        """Retracting a retraction undoes it, unless another stands."""
        target = one_of(data, [one for one in events if isinstance(one.event, Retracted)])
        assert isinstance(target.event, Retracted)
        aim = next(one for one in events if one.id == target.event.event)
        another = [one for one in standing(aim, events) if one is not target]
        effective = not undone(target, events) and not another
        expected = without(events, [target.id]) if effective else events
        assert answers(expected) == answers(appended(events, Retracted(event=target.id)))


class TestRecordingOrder:
    """When something was recorded decides nothing but a tie."""

    @given(LOGS, st.data())
    def test_shuffled(self, events: Log, data: st.DataObject) -> None:
        """Where no two events share a first day and a subject, recording order does not matter.

        Corrections and retractions keep their order behind what they aim at.
        """
        groups = apart(grouped(events), live_slots(events))
        order = data.draw(
            st.permutations([number for number, group in enumerate(groups) for _ in group])
        )
        queues = [iter(group) for group in groups]
        shuffled = renumbered(next(queues[number]) for number in order)
        kept = renumbered(sorted((one for group in groups for one in group), key=position))
        assert plans(kept) == plans(shuffled)

    @given(LOGS, st.randoms(use_true_random=False))
    def test_output(self, events: Log, chance: random.Random) -> None:
        """The order of output never comes from the order in which things came to be."""
        draft = Draft()
        for slot in counting(live_slots(events), DAYS[-1]):
            apply(draft, slot)
        plan = draft.freeze()
        draft.subjects = {
            subject: dict(chance.sample(list(values.items()), len(values)))
            for subject, values in chance.sample(list(draft.subjects.items()), len(draft.subjects))
        }
        assert plan == draft.freeze()


def plans(events: Log) -> list[Plan]:
    """The plan on every day."""
    return [plan_at(live_slots(events), day, UNKNOWN) for day in DAYS]


def position(event: RecordedEvent) -> int:
    """The place of an event in its log."""
    return event.position


def renumbered(events: Iterable[RecordedEvent]) -> Log:
    """A log of *events* in this order; each keeps its id."""
    return tuple(attrs.evolve(event, position=index) for index, event in enumerate(events))


def grouped(events: Log) -> list[list[RecordedEvent]]:
    """Each original with everything that corrects or retracts it, or retracts one of these."""
    groups: dict[str, list[RecordedEvent]] = {}
    for event in events:
        aim = event.event.event if isinstance(event.event, Retracted) else event.corrects
        group = groups.get(aim or "", [])
        group.append(event)
        groups[event.id] = group
    return list({id(group): group for group in groups.values()}.values())


def apart(groups: list[list[RecordedEvent]], slots: list[Slot]) -> list[list[RecordedEvent]]:
    """As many of *groups* as share no first day and subject."""
    held = {slot.id: slot for slot in slots}
    taken: set[tuple[object, date]] = set()
    kept = []
    for group in groups:
        slot = held.get(group[0].id)
        places: set[tuple[object, date]] = set()
        if slot is not None:
            found = effects(slot)
            places = {(subject, slot.day) for subject, name, _ in found if name != MENTION}
        if not places & taken:
            taken |= places
            kept.append(group)
    return kept


class TestLater:
    """What has not passed is not claimed."""

    @given(LOGS, days(), st.data())
    def test_later(self, events: Log, day: date, data: st.DataObject) -> None:
        """Slots whose last day is after the day asked about do not matter then."""
        slots = live_slots(events)
        passed = [slot for slot in slots if slot.content.on.last <= day]
        plan = plan_at(slots, day, UNKNOWN)
        assert plan == plan_at(passed, day, UNKNOWN)
        assert plan == replay(in_fold_order(passed))
        event, _ = stated(data)
        changed = [
            slot
            if slot in passed
            else attrs.evolve(slot, content=attrs.evolve(slot.content, event=event))
            for slot in slots
        ]
        assert plan == plan_at(changed, day, UNKNOWN)


class TestReplay:
    """A plan that was computed once saves computing it again."""

    @given(LOGS, st.data())
    def test_two_parts(self, events: Log, data: st.DataObject) -> None:
        """Replaying in two parts equals replaying at once, if the cut lies between two days."""
        slots = counting(live_slots(events), DAYS[-1])
        cut = data.draw(st.integers(0, len(slots)))
        assume(cut in (0, len(slots)) or slots[cut - 1].day != slots[cut].day)
        assert replay(slots) == replay(slots[cut:], replay(slots[:cut]))

    @given(LOGS, st.data())
    def test_snapshot(self, events: Log, data: st.DataObject) -> None:
        """A snapshot serves where every slot it lacks or holds differently begins after its day.

        And if none of these is the earliest proposal of a measure that the snapshot shows.
        """
        then, now = sorted([data.draw(days()), data.draw(st.sampled_from(DAYS))])
        size = data.draw(st.integers(0, len(events)))
        snapshot = counting(live_slots(events[:size]), then)
        slots = counting(live_slots(events), now)
        assume(serves(snapshot, slots, then))
        assert replay(slots) == resumed(snapshot, slots)

    LATER = DAYS[2]

    def test_snapshot_that_lacks_something_earlier(self) -> None:
        """A snapshot does not serve where it lacks what begins on or before its day.

        Here an interval that had not passed by then: it goes before what is in the snapshot.
        """
        snapshot, slots = self.at_two_days(
            (Rated(measure="a-1", level="hoch"), "2021-09-01/2021-09-03"),
            (Rated(measure="a-1", level="mittel"), "2021-09-02"),
        )
        assert not serves(snapshot, slots, DAYS[1])
        assert "mittel" == replay(slots).measure("a-1").level
        assert "hoch" == resumed(snapshot, slots).measure("a-1").level

    def test_snapshot_that_holds_something_differently(self) -> None:
        """A snapshot does not serve where it holds what was corrected since."""
        events = log(
            (Rated(measure="a-1", level="hoch"), "2021-09-01"),
            (Rated(measure="a-2", level="hoch"), "2021-09-03", 0),
        )
        snapshot = counting(live_slots(events[:1]), DAYS[1])
        slots = counting(live_slots(events), self.LATER)
        assert not serves(snapshot, slots, DAYS[1])
        assert ["a-2"] == [measure.id for measure in replay(slots).measures]
        assert ["a-1", "a-2"] == [measure.id for measure in resumed(snapshot, slots).measures]

    def test_snapshot_that_holds_something_taken_back(self) -> None:
        """Nor where it holds what was retracted since."""
        events = log(
            (Prioritized(field="a", ranking=["a-1"]), "2021-09-01"),
            (Retracted(event=id_at(0)), "2021-09-03"),
        )
        snapshot = counting(live_slots(events[:1]), DAYS[1])
        slots = counting(live_slots(events), self.LATER)
        assert not serves(snapshot, slots, DAYS[1])
        assert Plan() == replay(slots)
        assert Plan() != resumed(snapshot, slots)

    def test_snapshot_that_shows_what_is_proposed_later(self) -> None:
        """A snapshot does not serve where a measure that it shows is proposed after its day.

        The proposal is folded before everything else about its measure.
        """
        snapshot, slots = self.at_two_days(
            (Started(measure="a-1"), "2021-09-01"), (Proposed(measure="a-1"), "2021-09-03")
        )
        assert not serves(snapshot, slots, DAYS[1])
        assert "started" == replay(slots).measure("a-1").phase
        assert "proposed" == resumed(snapshot, slots).measure("a-1").phase

    def at_two_days(self, *entries: Entry) -> tuple[list[Slot], list[Slot]]:
        """What counts on the second day and on the third, known from everything."""
        slots = live_slots(log(*entries))
        return counting(slots, DAYS[1]), counting(slots, self.LATER)


Held = tuple[str, Event, InexactDate]


def held(slot: Slot) -> Held:
    """What a slot holds, whoever wrote it there."""
    return slot.id, slot.content.event, slot.content.on


def serves(snapshot: Sequence[Slot], slots: Sequence[Slot], day: date) -> bool:
    """Whether a snapshot of *day* may be gone on from, as DESIGN section 4 has it."""
    there = {held(slot) for slot in snapshot}
    lacking = [slot for slot in slots if held(slot) not in there]
    shown = {measure.id for measure in replay(snapshot).measures}
    earliest: dict[str, Slot] = {}
    for slot in slots:
        if isinstance(slot.content.event, Proposed):
            earliest.setdefault(slot.content.event.measure, slot)
    return (
        there <= {held(slot) for slot in slots}
        and all(slot.content.on.first > day for slot in lacking)
        and not any(earliest[id] in lacking for id in shown & set(earliest))
    )


def resumed(snapshot: Sequence[Slot], slots: Sequence[Slot]) -> Plan:
    """The plan that going on from a snapshot leads to."""
    there = {held(slot) for slot in snapshot}
    return replay([slot for slot in slots if held(slot) not in there], replay(snapshot))
