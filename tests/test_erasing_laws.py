"""What holds for every log that is vouched for or erased from: what may change, what never does."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from tempfile import TemporaryDirectory

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from planlog import MemoryStore, PlanLog, Prefix, RecordedEvent, codec
from planlog.events import Erased
from planlog.missing import missing
from planlog.plan import Measure, Plan
from planlog.slots import erased_slots, live_slots
from planlog.testing.logs import FIRST_DAY, interacting_logs
from planlog.timeline import names, plan_at
from planlog.verification.verifying import verify

DAYS = (*(FIRST_DAY + timedelta(days=offset) for offset in range(5)), date(2021, 9, 30))
UNKNOWN = Prefix(size=0)
Log = tuple[RecordedEvent, ...]


@st.composite
def erasures(draw: st.DrawFn) -> tuple[Log, PlanLog, frozenset[str], bool]:
    """A log as it was, the log of which some events were erased, their ids, and how bare."""
    before = tuple(draw(interacting_logs()))
    assume(before)
    store = MemoryStore()
    store.append([codec.encode(event) for event in before], 0)
    log = PlanLog(store)
    erase = partial(log.erase, ground="Art. 17", on="2026", by="Amt", uncovered=True)
    bare = draw(st.booleans())
    gone = draw(st.lists(st.sampled_from(before), min_size=1, max_size=3, unique=True))
    for event in gone:
        erase(event.id, bare=bare)
    return before, log, frozenset(event.id for event in gone), bare


def read_again(log: PlanLog) -> Log:
    """The events as somebody reads them who opens the log now."""
    return PlanLog(log.store).events()


class TestErasing:
    @given(erasures(), st.data())
    def test_only_what_it_said_is_missing(
        self, erasure: tuple[Log, PlanLog, frozenset[str], bool], data: st.DataObject
    ) -> None:
        """At every size, each place holds what it held, but for those that held what was erased.

        So an erased correction or retraction keeps undoing what it undid.
        """
        before, log, gone, _ = erasure
        after = read_again(log)
        size = data.draw(st.integers(0, len(before)))
        slots = live_slots(before[:size])
        assert [slot for slot in slots if slot.content.id not in gone] == live_slots(after[:size])
        missing = [(slot.id, slot.content.id) for slot in slots if slot.content.id in gone]
        assert missing == [(slot.id, slot.content.id) for slot in erased_slots(after[:size])]

    @given(erasures())
    def test_answers_are_those_without_it(
        self, erasure: tuple[Log, PlanLog, frozenset[str], bool]
    ) -> None:
        """The plan on any day is what everything else makes of it."""
        before, log, gone, _ = erasure
        rest = [slot for slot in live_slots(before) if slot.content.id not in gone]
        for day in DAYS:
            assert plan_at(rest, day, UNKNOWN) == plan_at(live_slots(read_again(log)), day, UNKNOWN)

    @given(erasures())
    def test_whatever_differs_is_told(
        self, erasure: tuple[Log, PlanLog, frozenset[str], bool]
    ) -> None:
        """Where an answer is another than before, the log names what is missing in it by then."""
        before, log, _, bare = erasure
        for day in DAYS:
            was = plan_at(live_slots(before), day, UNKNOWN)
            now = plan_at(live_slots(read_again(log)), day, UNKNOWN)
            told = [one.event for one in log.erased(day) if isinstance(one.event, Erased)]
            assert was == now or told
            if not bare:
                marked = missing(read_again(log), now)
                assert set() == {
                    (id, name)
                    for id, names in _differing(was, now).items()
                    for name in names - set(marked.get(("measure", id), ()))
                }

    @given(erasures())
    def test_proofs_hold(self, erasure: tuple[Log, PlanLog, frozenset[str], bool]) -> None:
        """Every root that the log ever had, it has still."""
        before, log, _, _ = erasure
        store = MemoryStore()
        store.append([codec.encode(event) for event in before], 0)
        whole = PlanLog(store)
        for size in range(len(before) + 1):
            assert (
                whole.checkpoint(size, "planlog/a").root == log.checkpoint(size, "planlog/a").root
            )
        assert whole.origin == log.origin

    @given(erasures())
    def test_points_mean_what_they_meant(
        self, erasure: tuple[Log, PlanLog, frozenset[str], bool]
    ) -> None:
        """The conferences and versions keep their days, and every moment its size."""
        before, log, _, bare = erasure
        after = read_again(log)[: len(before)]
        assert [event.recorded for event in before] == [event.recorded for event in after] or bare
        if not bare:
            kept = names(after)
            assert {name: kept[name] for name in names(before)} == names(before)

    @given(erasures())
    def test_the_text_is_nowhere(self, erasure: tuple[Log, PlanLog, frozenset[str], bool]) -> None:
        """No line holds what was erased: neither its salt nor anything else of it."""
        before, log, gone, _ = erasure
        lines = set(log.store.read())
        erased = [event for event in before if event.id in gone]
        assert all(codec.encode(event) not in lines for event in erased)
        for event in read_again(log):
            if event.is_erased:
                assert b'{"erased":' == codec.encode(event)[:10]


class TestCheckpointing:
    @given(interacting_logs(), st.data())
    def test_changes_no_answer(self, before: Sequence[RecordedEvent], data: st.DataObject) -> None:
        """To keep checkpoints changes no line, no answer and no root, at whatever sizes."""
        assume(before)
        with TemporaryDirectory() as folder:
            log = PlanLog.create(folder)
            log.store.append([codec.encode(event) for event in before], 0)
            lines, root = list(log.store.read()), log.checkpoint().root
            answers = [plan_at(live_slots(log.events()), day, UNKNOWN) for day in DAYS]
            for size in data.draw(st.sets(st.integers(1, len(before)), min_size=1)):
                log.keep_checkpoint(log.checkpoint(size))
            again = PlanLog.open(folder)
            assert lines == list(again.store.read())
            assert (root, tuple(before)) == (again.checkpoint().root, again.events())
            assert answers == [plan_at(live_slots(again.events()), day, UNKNOWN) for day in DAYS]
            assert "own-only" == verify(folder).kind


def _differing(was: Plan, now: Plan) -> dict[str, set[str]]:
    """The measures of which two plans tell otherwise, and the attributes that differ.

    A measure that is not there any more is told as missing in the block, not in a cell.
    """
    one = {measure.id: measure for measure in was.measures}
    other = {measure.id: measure for measure in now.measures}
    return {
        id: {
            name.name
            for name in attrs.fields(Measure)
            if getattr(one[id], name.name) != getattr(other[id], name.name)
        }
        for id in one.keys() & other.keys()
    }
