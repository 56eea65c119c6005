"""The laws of diffs, which hold for every log and any two points in two times."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planlog.diff import difference, steps
from planlog.events import RecordedEvent
from planlog.plan import Plan
from planlog.ranking import causes
from planlog.slots import Slot, live_slots
from planlog.testing.logs import interacting_logs
from planlog.timeline import Moment, counting
from tests.diff.points import moment, moments, plan, told, values

LOGS = interacting_logs()
Log = tuple[RecordedEvent, ...]


def exactly(plan: Plan) -> tuple[object, ...]:
    """A plan with what it was computed from, which equality leaves out."""
    return plan, plan.at, plan.known


class TestNet:
    """The laws of the net diff."""

    @given(LOGS, st.data())
    def test_nothing(self, events: Log, data: st.DataObject) -> None:
        """A plan does not differ from itself."""
        here = data.draw(moments(events))
        assert () == difference(events, here, here).changes
        assert () == steps(events, here, here).changes

    @given(LOGS, st.data())
    def test_applied(self, events: Log, data: st.DataObject) -> None:
        """Applied to the first plan, a diff gives the second."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        diff = difference(events, a, b)
        assert exactly(plan(events, b)) == exactly(diff.apply(plan(events, a)))

    @given(LOGS, st.data())
    def test_composed(self, events: Log, data: st.DataObject) -> None:
        """One diff and then another say what the diff of the ends says."""
        a, b, c = (data.draw(moments(events)) for _ in range(3))
        both = difference(events, a, b).then(difference(events, b, c))
        assert values(difference(events, a, c)) == values(both)
        assert exactly(plan(events, c)) == exactly(both.apply(plan(events, a)))

    @given(LOGS, st.data())
    def test_two_axes(self, events: Log, data: st.DataObject) -> None:
        """A diff in two times is what was learned about the first day, then what was decided."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        between = moment((a.day, b.size))
        learned, decided = difference(events, a, between), difference(events, between, b)
        assert {"learned"} >= {change.axis for change in learned.changes}
        assert {"decided"} >= {change.axis for change in decided.changes}
        both = difference(events, a, b)
        assert Counter(map(told, learned.then(decided).changes)) == Counter(map(told, both.changes))
        for change in both.changes:
            mine = learned if change.axis == "learned" else decided
            assert change in mine.changes or told(change) not in map(told, mine.changes)

    @given(LOGS, st.data())
    def test_nothing_unchanged(self, events: Log, data: st.DataObject) -> None:
        """No change says "A to A", no cell ends as it began, and none is told twice on an axis."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        diff = difference(events, a, b)
        assert all(change.before != change.after for change in diff.changes)
        assert all(before != after for before, after in values(diff).values())
        cells = Counter((one.subject, one.id, one.attribute, one.axis) for one in diff.changes)
        assert {1} >= set(cells.values())

    @given(LOGS, st.data())
    def test_backwards(self, events: Log, data: st.DataObject) -> None:
        """The other way round the same cells differ, the other way round."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        there, back = values(difference(events, a, b)), values(difference(events, b, a))
        assert {cell: (after, before) for cell, (before, after) in there.items()} == back

    @given(LOGS, st.data())
    def test_ranks(self, events: Log, data: st.DataObject) -> None:
        """Every change of a rank, and no other, has a cause; it is that of its field's lists."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        for change in difference(events, a, b).changes:
            assert (change.cause is not None) == (change.attribute == "rank")
            if change.cause in ("moved", "shifted") and a.size == b.size:
                before, after = plan(events, a), plan(events, b)
                field = after.measure(change.id).field
                assert field == before.measure(change.id).field
                lists = [
                    next((one.ranking for one in each.fields if one.id == field), ())
                    for each in (before, after)
                ]
                assert change.cause == causes(*lists)[change.id]


class TestEvents:
    """The laws about the events that caused a change."""

    @given(LOGS, st.data())
    def test_named(self, events: Log, data: st.DataObject) -> None:
        """Each change names events, in the order of the log, and each is one that can matter.

        What was learned was recorded between the sizes; what was decided counts on one day only.
        """
        a, b = data.draw(moments(events)), data.draw(moments(events))
        position = {event.id: event.position for event in events}
        counts = [{slot.id for slot in counted(events, b.size, day)} for day in (a.day, b.day)]
        slot_of = {
            id: slot.id
            for slot in live_slots(events[: b.size])
            for id in (slot.id, slot.content.id)
        }
        for diff in (difference(events, a, b), steps(events, a, b)):
            for change in diff.changes:
                assert change.events
                places = [position[id] for id in change.events]
                assert sorted(set(places)) == places
                if change.axis == "learned":
                    low, high = sorted((a.size, b.size))
                    assert all(low <= place < high for place in places)
                else:
                    assert {slot_of[id] for id in change.events} <= counts[0] ^ counts[1]


def counted(events: Log, size: int, day: date | None) -> list[Slot]:
    """What counts on a day."""
    return [] if day is None else counting(live_slots(events[:size]), day)


class TestGross:
    """The laws of the diff that tells every step."""

    @given(LOGS, st.data())
    def test_applied(self, events: Log, data: st.DataObject) -> None:
        """Gone step by step, the first plan becomes the second as well."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        assert exactly(plan(events, b)) == exactly(steps(events, a, b).apply(plan(events, a)))

    @given(LOGS, st.data())
    def test_net(self, events: Log, data: st.DataObject) -> None:
        """With what ends as it began left out, the steps are the net diff."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        gross = steps(events, a, b)
        assert values(difference(events, a, b)) == values(gross)
        assert values(gross.net()) == values(gross)

    @given(LOGS, st.data())
    def test_event_by_event(self, events: Log, data: st.DataObject) -> None:
        """A step is what one event did: its changes stand together and name it alone."""
        a, b = data.draw(moments(events)), data.draw(moments(events))
        runs: list[tuple[str, tuple[str, ...]]] = []
        for change in steps(events, a, b).changes:
            if not runs or runs[-1] != (change.axis, change.events):
                runs.append((change.axis, change.events))
        assert len(set(runs)) == len(runs)

    @given(LOGS, st.data())
    def test_backwards(self, events: Log, data: st.DataObject) -> None:
        """The other way round the same steps are gone, on each axis, the other way round."""
        size = data.draw(st.integers(0, len(events)))
        a, b = (with_size(data.draw(moments(events)), size) for _ in range(2))
        there = [told(one) for one in steps(events, a, b).changes]
        back = [told(one) for one in steps(events, b, a).changes]
        assert Counter(there) == Counter(map(turned_round, back))


def with_size(at: Moment, size: int) -> Moment:
    """The same day, as known from so many events."""
    return moment((at.day, size))


def turned_round(said: tuple[object, ...]) -> tuple[object, ...]:
    """What a change says, the other way round."""
    subject, id, kind, attribute, before, after, axis = said
    turned = {"added": "removed", "removed": "added"}.get(str(kind), kind)
    return subject, id, turned, attribute, after, before, axis
