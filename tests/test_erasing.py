"""Erasing a text: what goes, what stays, and what is refused."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest

from planlog import (
    AlreadyErasedError,
    ConferenceHeld,
    ConflictError,
    DamagedLogError,
    Decided,
    Erased,
    ErasedEventError,
    Event,
    FieldAdded,
    GoalAdded,
    InvalidEventError,
    MemoryStore,
    NewEvent,
    NotErasableError,
    PlanLog,
    PlanOpened,
    Prioritized,
    Proposed,
    RecordedEvent,
    Retracted,
    Started,
    UncoveredError,
    UnfinishedErasureError,
    UnknownReferenceError,
    VersionRecorded,
    codec,
)
from planlog.dates import SOME_DAY
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.stores.folder import FolderStore
from planlog.stores.joinedfiles import write_joined
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import leaf_hash, root_of
from planlog.trust.notes import SignedNote, Signer
from planlog.trust.orders import Order
from planlog.trust.proofs import TlogProof
from planlog.verification.verifying import verify
from tests.storage.children import report
from tests.storage.platforms import failing, watched

BY = "Quartiersmanagement"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SECRET = "Frau Müller, Haus 3"
GROUND = "DSGVO Art. 17"

STORY: list[tuple[Event, str]] = [
    (PlanOpened(title="Plan"), "2020-01-01"),
    (FieldAdded(field="wohnen", title="Wohnen"), "2020-01-01"),
    (GoalAdded(goal="ruhe", field="wohnen", title="Ruhe"), "2020-01-01"),
    (ConferenceHeld(conference="stk-1", title=SECRET, kind="conference"), "2021-05-04"),
    (Proposed(measure="wohnen-1", title=SECRET, field="wohnen", number="1"), "2021-05-04"),
    (Prioritized(field="wohnen", ranking=["wohnen-1"]), "2021-05-04"),
    (Started(measure="wohnen-1", note=SECRET), "2021"),
]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return the folder of a plan with a story and no checkpoint."""
    log = PlanLog.create(tmp_path / "plan", clock=lambda: NOON)
    log.record_all([NewEvent(event=event, on=on, by=BY) for event, on in STORY])
    return tmp_path / "plan"


@pytest.fixture
def log(place: Path) -> PlanLog:
    """Return the log with the story, all of it covered by a checkpoint."""
    log = PlanLog.open(place, clock=lambda: NOON)
    write_checkpoint(checkpoints_folder(place / "events"), log.checkpoint().text, log.size)
    return log


def erase(
    log: PlanLog, position: int, *, bare: bool = False, uncovered: bool = False
) -> RecordedEvent:
    """Erase the event at *position*."""
    id = log.events()[position].id
    return log.erase(id, ground=GROUND, on="2026-11-26", by=BY, bare=bare, uncovered=uncovered)


def said(erasure: RecordedEvent) -> Erased:
    """What an erasure says."""
    assert isinstance(erasure.event, Erased)
    return erasure.event


class TestErase:
    @pytest.mark.parametrize("position", range(len(STORY)))
    def test_any_event(self, log: PlanLog, place: Path, position: int) -> None:
        """The line gives way to its mark, the leaves and the root stay, and an event tells of it.

        Who opens the log anew reads the same.
        """
        before, leaves = log.events(), log.leaves()
        erasure = erase(log, position)
        after = log.events()
        assert leaves == log.leaves(7)
        assert (
            before[:position] + before[position + 1 :] == after[:position] + after[position + 1 : 7]
        )
        assert erasure == after[7]
        assert (erasure.by, erasure.on.text, erasure.recorded) == (BY, "2026-11-26", NOON)
        gone = after[position]
        assert gone.is_erased
        assert not erasure.is_erased
        assert (before[position].id, before[position].type) == (gone.id, gone.type)
        assert before[position].recorded == gone.recorded
        assert before[position].on == gone.on
        assert (
            b'{"erased":"%s","position":%d}'
            % (
                leaves[position].hex().encode(),
                position,
            )
            == log.store.read()[position]
        )
        assert after == PlanLog.open(place).events()

    def test_what_is_kept(self, log: PlanLog) -> None:
        """The erasure keeps what the line named, its type, its day and its time, and no text."""
        line = log.store.read()[4]
        erasure = erase(log, 4)
        assert Erased(
            event=log.events()[4].id,
            position=4,
            leaf=leaf_hash(line).hex(),
            ground=GROUND,
            type="proposed",
            on="2021-05-04",
            recorded=NOON,
            measures=["wohnen-1"],
            fields=["wohnen"],
        ) == said(erasure)

    def test_nothing_kept(self, log: PlanLog) -> None:
        """A bare erasure keeps the type alone: neither day nor measure can be told from it."""
        erasure = erase(log, 6, bare=True)
        assert Erased(
            event=log.events()[6].id,
            position=6,
            leaf=said(erasure).leaf,
            ground=GROUND,
            type="started",
        ) == said(erasure)
        assert SOME_DAY == log.events()[6].on
        assert NOON == log.events()[6].recorded

    def test_more_named_than_there_is_room_for(self, place: Path) -> None:
        """An event that names very much is erased all the same, with less told of it."""
        log = PlanLog.open(place, clock=lambda: NOON)
        ids = [f"{number:05}" + "x" * 190 for number in range(330)]
        log.record_all([Proposed(measure=id, title="a") for id in ids], on="2022", by=BY)
        log.record(Prioritized(field="wohnen", ranking=ids), on="2022", by=BY)
        erasure = erase(log, log.size - 1, uncovered=True)
        assert said(erasure).measures is None
        assert "2022" == str(said(erasure).on)

    def test_text_nowhere(self, log: PlanLog, place: Path) -> None:
        """Once all that says it is erased, no file of the folder holds the text."""
        for position in (3, 4, 6):
            erase(log, position)
        assert [] == [
            path
            for path in place.rglob("*")
            if path.is_file() and SECRET.encode() in path.read_bytes()
        ]

    def test_correction_and_retraction(self, place: Path) -> None:
        """Their targets are kept, so that an erased one undoes what it undid."""
        log = PlanLog.open(place, clock=lambda: NOON)
        started, proposed = log.events()[6], log.events()[4]
        corrected = log.record(
            Started(measure="wohnen-1", note="b"),
            on="2021",
            by=BY,
            reason=SECRET,
            corrects=started.id,
        )
        retracted = log.record(Retracted(event=proposed.id), on="2022", by=BY, reason=SECRET)
        before = log.plan("2022")
        assert started.id == said(erase(log, corrected.position, uncovered=True)).corrects
        assert proposed.id == said(erase(log, retracted.position, uncovered=True)).target
        (measure,) = log.plan("2022").measures
        assert (None, None) == (measure.phase, measure.note)
        assert attrs.evolve(before.measures[0], phase=None, since=None, note=None) == measure
        assert [corrected.id] == [one.id for one in log.erased("2022")]

    def test_corrected_before(self, place: Path) -> None:
        """Where a correction says the same without the person, no answer changes."""
        log = PlanLog.open(place, clock=lambda: NOON)
        started = log.events()[6]
        log.record(
            Started(measure="wohnen-1", note="Anwohnerin"),
            on="2021",
            by=BY,
            reason="ohne Namen",
            corrects=started.id,
        )
        before = log.plan()
        erase(log, 6, uncovered=True)
        assert before.measures == log.plan().measures
        assert () == log.erased()

    def test_corrected_afterwards(self, log: PlanLog) -> None:
        """The place of what was erased can be filled anew, and then nothing is missing."""
        before = log.plan().measures
        erase(log, 6)
        assert before != log.plan().measures
        log.record(
            Started(measure="wohnen-1", note=SECRET),
            on="2021",
            by=BY,
            reason="mit Einwilligung",
            corrects=log.events()[6].id,
        )
        assert before == log.plan().measures
        assert () == log.erased()

    def test_retracted_afterwards(self, log: PlanLog) -> None:
        """What was erased can be taken back as well: then nobody misses it."""
        erase(log, 6)
        log.record(Retracted(event=log.events()[6].id), on="2026", by=BY, reason="war falsch")
        assert () == log.erased("2027")

    def test_what_was_introduced_stays(self, log: PlanLog) -> None:
        """A measure, goal, field or conference may be named though its introduction was erased."""
        for position in (1, 2, 3, 4):
            erase(log, position)
        for event in (
            Started(measure="wohnen-1"),
            Prioritized(field="wohnen", ranking=["wohnen-1"]),
            Decided(conference="stk-1", outcome="noted"),
            Proposed(measure="wohnen-1", goal="ruhe"),
        ):
            log.record(event, on="2022", by=BY)
        assert "2021-05-04" == str(log.moment("stk-1").day)

    def test_a_name_that_was_not_kept(self, log: PlanLog) -> None:
        """After a bare erasure, nobody knows when the conference was; and so for its line alone."""
        erase(log, 3, bare=True)
        with pytest.raises(Exception, match="no conference or version 'stk-1'"):
            log.moment("stk-1")

    def test_a_version(self, place: Path) -> None:
        """The day of a version can be asked about though its event was erased."""
        log = PlanLog.open(place, clock=lambda: NOON)
        log.record(
            VersionRecorded(version="fassung-1", coverage="complete", attributes=["title"]),
            on="2022-02-02",
            by=BY,
        )
        erase(log, 7, uncovered=True)
        assert date(2022, 2, 2) == log.moment("fassung-1").day

    def test_known_sizes_stay(self, place: Path) -> None:
        """What was known at a moment is as many events as before, wherever something was erased."""
        moments = iter([NOON.replace(year=year) for year in range(2027, 2060)])
        log = PlanLog.open(place, clock=lambda: next(moments))
        for number in range(4):
            log.record(Started(measure="wohnen-1", note=str(number)), on="2022", by=BY)
        points = [f"2022@{year}-11-26" for year in range(2025, 2033)]
        before = [log.moment(point).size for point in points]
        for position in (0, 7, 8, 9, 10):
            erase(log, position, uncovered=True)
        assert before == [log.moment(point).size for point in points]


class TestErasureOf:
    def test_names_the_event(self, log: PlanLog) -> None:
        """Who erased something is told by the event that says so; without one nobody knows."""
        erasure = erase(log, 6)
        gone = log.events()[6]
        assert erasure == log.erasure_of(gone)
        with pytest.raises(UnknownReferenceError):
            PlanLog(MemoryStore()).erasure_of(gone)


class TestRefusals:
    def test_uncovered(self, place: Path) -> None:
        """Without a checkpoint over the line nobody could show later that it was there."""
        log = PlanLog.open(place, clock=lambda: NOON)
        with pytest.raises(UncoveredError, match=r"at position 6 yet.*planlog checkpoint"):
            erase(log, 6)
        folder = checkpoints_folder(place / "events")
        write_checkpoint(folder, log.checkpoint(6).text, 6)
        with pytest.raises(UncoveredError):
            erase(log, 6)
        erase(log, 5)

    def test_covered_by_what_does_not_fit(self, place: Path) -> None:
        """A checkpoint of something else covers nothing."""
        log = PlanLog.open(place, clock=lambda: NOON)
        other = attrs.evolve(log.checkpoint(), root=bytes(32))
        write_checkpoint(checkpoints_folder(place / "events"), other.text, 7)
        with pytest.raises(UncoveredError):
            erase(log, 6)

    def test_covered_by_one_that_was_joined(self, place: Path) -> None:
        """A checkpoint of a clone that was joined covers the lines that it was about."""
        log = PlanLog.open(place, clock=lambda: NOON)
        leaves = log.leaves()
        theirs = [leaves[position] for position in (0, 1, 5, 6)]
        order = Order.of([0, 1, 5, 6], 7, log.checkpoint().root)
        checkpoint = Checkpoint("planlog/a", 3, root_of(theirs[:3]))
        folder = checkpoints_folder(place / "events")
        write_joined(folder, order, [(3, checkpoint.text)])
        erase(log, 5)
        for position in (4, 6):
            with pytest.raises(UncoveredError):
                erase(log, position)

    def test_another_store(self) -> None:
        """A log that is in no folder has no checkpoints beside it."""
        log = PlanLog(MemoryStore(), clock=lambda: NOON)
        log.record(PlanOpened(title=SECRET), on="2020", by=BY)
        assert () == log.checkpoints()
        with pytest.raises(UncoveredError):
            erase(log, 0)
        erase(log, 0, uncovered=True)
        assert b'{"erased"' == log.store.read()[0][:9]

    def test_an_erasure(self, log: PlanLog) -> None:
        """What tells of an erasure stays."""
        erase(log, 6)
        with pytest.raises(NotErasableError, match="tells of an erasure"):
            erase(log, 7, uncovered=True)

    def test_twice(self, log: PlanLog) -> None:
        """What was erased cannot be erased again, and the event that tells of it is named."""
        erasure = erase(log, 6)
        with pytest.raises(AlreadyErasedError, match=erasure.id):
            erase(log, 6)
        assert 8 == log.size

    def test_nobody_knows_it(self, log: PlanLog) -> None:
        """There must be such an event."""
        with pytest.raises(UnknownReferenceError):
            log.erase("nope", ground=GROUND, on="2026", by=BY)

    @pytest.mark.parametrize(("ground", "by"), [(" ", BY), (GROUND, ""), ("\0", BY)])
    def test_unsaid(self, log: PlanLog, ground: str, by: str) -> None:
        """Ground and author must say something; nothing is erased otherwise."""
        with pytest.raises(InvalidEventError):
            log.erase(log.events()[6].id, ground=ground, on="2026", by=by)
        assert 7 == log.size

    def test_another_size(self, log: PlanLog) -> None:
        """Whoever expects another size has erased nothing."""
        with pytest.raises(ConflictError):
            log.erase(log.events()[6].id, ground=GROUND, on="2026", by=BY, expected_size=6)
        assert not log.events()[6].is_erased
        log.erase(log.events()[6].id, ground=GROUND, on="2026", by=BY, expected_size=7)

    def test_taken_again(self, log: PlanLog) -> None:
        """What was erased does not come back by handing the same event in again."""
        event, on = STORY[6]
        erase(log, 6)
        id = log.events()[6].id
        with pytest.raises(ErasedEventError, match="at position 6 was erased"):
            log.record(event, on=on, by=BY, id=id)


class TestOthers:
    def test_who_has_the_log_open(self, log: PlanLog, place: Path) -> None:
        """Whoever has read the text before notices that it was erased."""
        other = PlanLog.open(place)
        other.record(Started(measure="wohnen-1"), on="2022", by=BY)
        assert SECRET == other.plan("stk-1").measures[0].title
        erase(log, 4)
        assert other.events() == log.events()
        assert other.plan("stk-1").measures[0].title is None
        other.record(Proposed(measure="wohnen-1", title="neu"), on="2022", by=BY)

    def test_somebody_else_recorded(
        self, log: PlanLog, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever is late tries again, on top of what is new."""
        other = PlanLog.open(place)
        original = FolderStore.replace

        def late(self: FolderStore, *arguments: object) -> str:
            monkeypatch.setattr(FolderStore, "replace", original)
            other.record(Started(measure="wohnen-1"), on="2022", by=BY)
            return original(self, *arguments)  # type: ignore[arg-type]  # whatever was given

        monkeypatch.setattr(FolderStore, "replace", late)
        assert 8 == erase(log, 4).position

    def test_somebody_else_always_first(
        self, log: PlanLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """There is an end to it."""

        def late(*_: object) -> str:
            raise ConflictError(7, 8)

        monkeypatch.setattr(FolderStore, "replace", late)
        with pytest.raises(ConflictError):
            erase(log, 4)

    def test_erased_while_reading(self, place: Path) -> None:
        """Who reads while others erase sees the log before or after, and never a damaged one."""
        reading, log = PlanLog.open(place), PlanLog.open(place, clock=lambda: NOON)
        done = threading.Event()

        def erase_all() -> None:
            for position in range(7):
                erase(log, position, uncovered=True)
            done.set()

        eraser = threading.Thread(target=erase_all)
        eraser.start()
        while not done.is_set():
            for event in PlanLog.open(place).events():
                assert event.is_erased or not isinstance(event.event, Erased) or event.position > 6
            reading.plan()
        eraser.join()
        assert 7 == sum(event.is_erased for event in reading.events())

    def test_between_size_and_lines(self, log: PlanLog, place: Path) -> None:
        """A mark that came after the size was read is explained by what came with it."""
        late = PlanLog(_Late(FolderStore.open(place), lambda: erase(log, 4)))
        assert 8 == len(late.events())


class _Late:
    """A store in which something happens between the first look at the size and the lines."""

    def __init__(self, store: FolderStore, happens: Callable[[], object]) -> None:
        self._store = store
        self._happens = iter([happens])
        self.place = store.place
        self.append = store.append
        self.replace = store.replace

    def size(self) -> int:
        size = self._store.size()
        for happens in self._happens:
            happens()
        return size

    def read(self, start: int = 0, stop: int | None = None) -> Sequence[bytes]:
        return self._store.read(start, stop)


class TestUnfinished:
    @pytest.fixture
    def unfinished(self, log: PlanLog, place: Path) -> PlanLog:
        """Return a log in which an erasure is recorded, and the text still stands in its file."""
        with watched(failing("replace")), pytest.raises(UnfinishedErasureError):
            erase(log, 4)
        assert SECRET.encode() in b"".join(log.store.read())
        return PlanLog.open(place, clock=lambda: NOON)

    def test_reads_as_erased(self, unfinished: PlanLog) -> None:
        """Nobody is shown the text any more."""
        assert unfinished.events()[4].is_erased
        assert unfinished.plan("stk-1").measures[0].title is None

    def test_erased_again(self, unfinished: PlanLog) -> None:
        """To erase it again removes the text, and records nothing."""
        erasure = erase(unfinished, 4)
        assert (7, 8) == (erasure.position, unfinished.size)
        assert codec.read_tombstone(unfinished.store.read()[4])
        assert 8 == len(PlanLog(unfinished.store).events())

    def test_recording_finishes_it(self, unfinished: PlanLog) -> None:
        """So does whoever records something."""
        unfinished.record(Started(measure="wohnen-1"), on="2022", by=BY)
        assert codec.read_tombstone(unfinished.store.read()[4])

    def test_by_itself(self, unfinished: PlanLog) -> None:
        """So does whoever asks for just that, once."""
        assert [unfinished.events()[4]] == list(unfinished.finish_erasures())
        assert codec.read_tombstone(unfinished.store.read()[4])
        assert () == unfinished.finish_erasures()

    def test_another_line_than_was_erased(self, log: PlanLog, place: Path) -> None:
        """What is not the line that was erased is not removed: that would hide damage."""
        erase(log, 4)
        path = min((place / "events").glob("*.jsonl"))
        lines = path.read_bytes().split(b"\n")
        id = log.events()[4].id
        lines[4] = codec.encode(attrs.evolve(log.events()[5], id=id))
        path.write_bytes(b"\n".join(lines))
        again = PlanLog.open(place)
        assert again.events()[4].is_erased
        assert () == again.finish_erasures()
        with pytest.raises(AlreadyErasedError):
            erase(again, 4)
        assert lines[4] == again.store.read()[4]


class TestKilled:
    def test_at_every_operation(self, log: PlanLog, place: Path, tmp_path: Path) -> None:
        """Wherever the process dies, everybody reads the old state or the new one.

        In the new one the text may stand there until somebody records, and nobody is shown it.
        """
        old, states = log.plan(), []
        operations = report("die_while_erasing", place, tmp_path) - 1
        for number in range(1, operations + 1):
            there = PlanLog.open(tmp_path / str(number))
            verdict = verify(tmp_path / str(number))
            states.append((there.size, len(verdict.damages)))
            if there.size == 7:
                assert (old, "own-only") == (there.plan(), verdict.kind)
            else:
                assert there.events()[6].is_erased
                assert there.plan().measures[0].note is None
                assert ["erasure-not-carried-out"] * len(verdict.damages) == [
                    damage.code for damage in verdict.damages
                ]
                there.finish_erasures()
                assert "own-only" == verify(tmp_path / str(number)).kind
                assert codec.read_tombstone(there.store.read()[6])
        assert [(7, 0), (8, 1), (8, 0)] == list(dict.fromkeys(states))


class TestDamage:
    def test_a_mark_without_its_event(self, log: PlanLog, place: Path) -> None:
        """A line whose text is gone without anybody telling why is damage."""
        erasure = erase(log, 4)
        for path in (place / "events").glob("0000000007-*"):
            path.unlink()
        with pytest.raises(DamagedLogError, match=r"jsonl:5: .* no event tells of its erasure"):
            PlanLog.open(place).events()
        assert erasure.position == 7

    def test_a_mark_that_is_written_otherwise(self, log: PlanLog, place: Path) -> None:
        """A mark has one form."""
        erase(log, 4)
        (path, _) = sorted((place / "events").glob("*.jsonl"))
        path.write_bytes(path.read_bytes().replace(b'{"erased":"', b'{"erased": "'))
        with pytest.raises(DamagedLogError, match=r"jsonl:5: .* mark of an erased one"):
            PlanLog.open(place).events()

    def test_without_time(self, place: Path) -> None:
        """Where the erasure keeps no time, the line counts as known with the one before it.

        The first line counts as known with the one behind it.
        """
        log = PlanLog.open(place, clock=lambda: NOON)
        log.record(Started(measure="wohnen-1"), on="2022", by=BY)
        store = MemoryStore()
        lines = list(log.store.read())
        for number, position in enumerate((0, 1, 7)):
            leaf = leaf_of(lines[position]).hex()
            told = Erased(
                event=log.events()[position].id,
                position=position,
                leaf=leaf,
                ground=GROUND,
                type="started",
            )
            later = attrs.evolve(
                log.events()[6],
                id=f"{number:016}",
                event=told,
                recorded=NOON.replace(year=2030),
                position=len(lines),
            )
            lines[position] = codec.tombstone_line(leaf, position)
            lines.append(codec.encode(later))
        store.append(lines, 0)
        events = PlanLog(store).events()
        assert [NOON] * 3 == [events[position].recorded for position in (0, 1, 7)]


class TestKeepCheckpoint:
    def test_of_all(self, place: Path) -> None:
        """A checkpoint is kept beside the log, covers its lines, and is written once."""
        log = PlanLog.open(place)
        assert "checkpoints/0000000007.checkpoint" == log.keep_checkpoint()
        assert "checkpoints/0000000007.checkpoint" == log.keep_checkpoint(log.checkpoint())
        assert [log.checkpoint()] == [kept.checkpoint for kept in log.checkpoints()]
        assert log.covered(6)

    def test_signed(self, place: Path) -> None:
        """A note is kept with its signatures, also one of fewer lines."""
        log = PlanLog.open(place)
        text = log.checkpoint(5).text
        note = SignedNote(text, (Signer("council.example", bytes(range(32))).sign(text),))
        assert "checkpoints/0000000005.checkpoint" == log.keep_checkpoint(note)
        assert [note] == [kept.note for kept in log.checkpoints()]

    def test_of_something_else(self, place: Path) -> None:
        """What the log does not bear out is not kept, and only a folder can keep anything."""
        log = PlanLog.open(place)
        with pytest.raises(ValueError, match="another root for its first 7 events"):
            log.keep_checkpoint(Checkpoint("planlog/a", 7, bytes(32)))
        with pytest.raises(TypeError, match="only a log in a folder"):
            PlanLog(MemoryStore()).keep_checkpoint(Checkpoint("planlog/a", 0, bytes(32)))
        assert () == log.checkpoints()


class TestProof:
    def test_origin(self, log: PlanLog) -> None:
        """The log is called after its first event, also when that was erased."""
        origin = f"planlog/{log.events()[0].id}"
        assert origin == log.origin
        erase(log, 0)
        assert origin == log.origin == log.checkpoint().origin

    def test_of_an_empty_log(self) -> None:
        """Nothing has no name of its own."""
        log = PlanLog(MemoryStore())
        assert "" == log.origin
        assert [] == log.leaves()
        assert 0 == log.checkpoint(origin="planlog/test").size

    def test_too_many(self, log: PlanLog) -> None:
        """There is no checkpoint of more than there is."""
        with pytest.raises(Exception, match="#8 asks for more"):
            log.checkpoint(8)

    def test_every_earlier_checkpoint_holds(self, log: PlanLog) -> None:
        """Whatever is erased, the roots of all sizes stay what they were."""
        before = [log.checkpoint(size) for size in range(1, 8)]
        for position in range(7):
            erase(log, position)
            assert before == [log.checkpoint(size) for size in range(1, 8)]

    def test_every_earlier_proof_holds(self, log: PlanLog) -> None:
        """A proof made before, of any event, is the one made afterwards, and still proves."""
        leaves, issued = log.leaves(), log.checkpoint().text
        before = [TlogProof.of(leaves, position, issued) for position in range(7)]
        for position in range(7):
            erase(log, position)
        after = [TlogProof.of(log.leaves(7), position, issued) for position in range(7)]
        assert before == after
        assert all(proof.proves(leaf) for proof, leaf in zip(after, leaves, strict=True))
