"""What joining leaves when it is killed or refused at any of its steps."""

import errno
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import attrs
import pytest

import planlog
from planlog import (
    PlanLog,
    PlanlogError,
    StoreWriteError,
    UnfinishedErasureError,
    UnfinishedJoinError,
)
from planlog.joining import placing
from planlog.stores import checkpointfiles, durable, eventfiles, folder, joinedfiles
from tests.joining.folders import DAY, Plan, both, laid_together
from tests.storage.platforms import FailingAt, Watch, WatchedOs

CHANGING = {"link", "mkdir", "rename", "unlink", "write"}
"""The operations that change what is there: between two of these nothing does."""


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Tell *watch* of each operation that changes something, before it is done."""

    def told(name: str, arguments: tuple[Any, ...]) -> None:
        if name in CHANGING:
            watch(name, arguments)

    with pytest.MonkeyPatch.context() as patch:
        for module in (checkpointfiles, durable, eventfiles, folder, joinedfiles, placing):
            patch.setattr(module, "os", WatchedOs(told, (), None))
        yield


def at(number: int, act: Callable[[], None]) -> Watch:
    """A watch that acts at one operation, counted from 1."""
    seen = count(1)

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if next(seen) == number:
            act()

    return watch


def full_disk(number: int) -> FailingAt:
    """A watch that refuses one operation, as a full disk does."""
    return FailingAt(number, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


def die() -> None:
    """Leave everything as it is at this moment."""
    os.kill(os.getpid(), signal.SIGKILL)


def refusal_of(*folders: Path) -> PlanlogError | None:
    """Join, and return what was refused."""
    try:
        planlog.join(*folders, erase=True)
    except PlanlogError as error:
        return error
    return None


def lasting(plan: Plan) -> dict[str, bytes]:
    """The files of a plan, but for what a dead writer left and nobody reads."""
    return {name: content for name, content in plan.files.items() if not name.endswith(".tmp")}


def lines_in(plan: Plan) -> set[bytes]:
    """Every line in every event file, wherever it stands."""
    return {line for path in plan.events.glob("*.jsonl") for line in path.read_bytes().split(b"\n")}


@pytest.fixture
def merged(tmp_path: Path) -> Plan:
    """Two branches in one folder, of both of which checkpoints vouch, and one joined before."""
    ours, theirs = both(tmp_path)
    third = ours.clone("third", "Amt")
    ours.note("unser 1", at=5)
    ours.note("unser 2", at=5)
    ours.checkpoint()
    theirs.note("ihr 1", at=6)
    third.note("drittes 1", at=7)
    third.checkpoint()
    planlog.join(theirs.path, third.path)
    theirs.checkpoint(5)
    return laid_together(ours, theirs)


@pytest.fixture
def unvouched(tmp_path: Path) -> Plan:
    """Two branches whose files begin and end at the same positions, without any checkpoint."""
    ours, theirs = both(tmp_path)
    for number in range(3):
        ours.note(f"unser {number}", at=5 + number)
        theirs.note(f"ihr {number}", at=5.5 + number)
    return laid_together(ours, theirs)


@pytest.fixture
def conflicting(merged: Plan) -> Plan:
    """The same, with two checkpoints in one file as git leaves them in a conflict."""
    folder = merged.path / "checkpoints"
    mine = (folder / "0000000006.checkpoint").read_bytes()
    theirs = PlanLog.open(merged.path.parent / "theirs").checkpoint(6).text.encode()
    *common, last = mine.splitlines(keepends=True)
    lines = [b"<<<<<<< HEAD\n", last, b"=======\n", theirs.splitlines(keepends=True)[-1]]
    content = b"".join((*common, *lines, b">>>>>>> theirs\n"))
    (folder / "0000000006.checkpoint").write_bytes(content)
    return merged


@pytest.fixture
def unsure(tmp_path: Path) -> Plan:
    """Two branches of one office, so that a file may be of either."""
    ours, theirs = both(tmp_path)
    theirs = attrs.evolve(theirs, by=ours.by)
    ours.note("unser 1", at=5)
    ours.note("unser 2", at=8)
    for number in range(3):
        theirs.note(f"ihr {number}", at=6)
    return laid_together(ours, theirs)


class TestMerged:
    def test_killed_at_every_step(self, merged: Plan, tmp_path: Path) -> None:
        """Wherever it dies, no line is lost, and joining again leads to the same folder."""
        done = merged.clone("done")
        planlog.join(done.path)
        lines = lines_in(merged)
        for number in count(1):
            plan = merged.clone("killed")
            if not (process := os.fork()):
                with watched(at(number, die)):
                    planlog.join(plan.path)
                os._exit(0)
            _, status = os.waitpid(process, 0)
            assert lines <= lines_in(plan)
            planlog.join(plan.path)
            assert lasting(done) == lasting(plan)
            shutil.rmtree(plan.path)
            if not os.WIFSIGNALED(status):
                break
        assert number > 15

    @pytest.mark.parametrize("name", ["merged", "unvouched", "conflicting", "unsure"])
    def test_refused_at_every_step(self, name: str, request: pytest.FixtureRequest) -> None:
        """What the platform refuses is told, with what to do; then it goes on as if it had not."""
        merged: Plan = request.getfixturevalue(name)
        done = merged.clone("done")
        planlog.join(done.path)
        refusals: list[type[PlanlogError]] = []
        for number in count(1):
            plan = merged.clone("refused")
            before = lasting(plan)
            refusal = full_disk(number)
            with watched(refusal):
                refused = refusal_of(plan.path)
            if refused is not None:
                refusals.append(type(refused))
                assert isinstance(refused, UnfinishedJoinError) or before == lasting(plan)
            planlog.join(plan.path)
            assert lasting(done) == lasting(plan)
            shutil.rmtree(plan.path)
            if not refusal.reached:
                break
        assert [StoreWriteError, UnfinishedJoinError] == list(dict.fromkeys(refusals))


class TestOther:
    def test_refused_at_every_step(self, tmp_path: Path) -> None:
        """With another folder it is the same, also for what was erased there."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", at=5)
        theirs.note("ihr 1", at=6)
        theirs.note("ihr 2", at=6)
        theirs.checkpoint(5)
        erased = theirs.log.events()[3].id
        theirs.log.erase(erased, ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        done = ours.clone("done")
        planlog.join(done.path, theirs.path, erase=True)
        before = lasting(ours)
        refusals = set()
        for number in count(1):
            plan = ours.clone("refused")
            refusal = full_disk(number)
            with watched(refusal):
                refusals.add(type(refusal_of(plan.path, theirs.path)))
            assert before.items() <= lasting(plan).items() or done.lines[3] == plan.lines[3]
            planlog.join(plan.path, theirs.path, erase=True)
            assert lasting(done) == lasting(plan)
            shutil.rmtree(plan.path)
            if not refusal.reached:
                break
        refused = {StoreWriteError, UnfinishedJoinError, UnfinishedErasureError}
        assert {type(None)} == refusals - refused
        assert {StoreWriteError, UnfinishedJoinError} <= refusals

    def test_refused_at_the_folder_of_joined_logs(self, tmp_path: Path) -> None:
        """A file that lies where a folder is to be is told, and nothing is overwritten."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", at=5)
        theirs.note("ihr 1", at=6)
        (ours.path / "checkpoints").mkdir()
        (ours.path / "checkpoints" / "joined").write_text("mine")
        with pytest.raises(planlog.StoreReadError, match=r"joined': Not a directory"):
            planlog.join(ours.path, theirs.path)
        assert "mine" == (ours.path / "checkpoints" / "joined").read_text()

    def test_refused_where_nothing_else_is_to_be_done(self, tmp_path: Path) -> None:
        """Where only a checkpoint is to be kept and cannot be, nothing was done."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", at=5)
        theirs.note("ihr 1", at=6)
        planlog.join(ours.path, theirs.path)
        theirs.checkpoint(5)
        before = lasting(ours)
        with pytest.raises(StoreWriteError, match="nothing was recorded"), watched(full_disk(1)):
            planlog.join(ours.path, theirs.path)
        assert before == lasting(ours)
