"""What the folder store keeps when processes die or meet, and disks are full or read-only."""

import errno
import os
import random
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Timer

import pytest

from planlog.errors import StoreWriteError
from planlog.stores.folder import FolderStore
from tests.storage.children import child, report
from tests.storage.folders import LINES, batch_at, contents, event_line, filled_store, is_refused
from tests.storage.platforms import failing, watched

BATCH = [event_line(6), event_line(7), b"x" * 50]
LEFTOVER = ".planlog-0123456789abcdef.tmp"


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """Return a log of three files."""
    return filled_store(tmp_path / "plan")


class TestKilled:
    def test_at_any_moment(self, tmp_path: Path) -> None:
        """No acknowledged line is lost, no batch is there by half, and the next writer goes on."""
        _kill_writers(tmp_path, appends=2_000, seconds=6)

    @pytest.mark.soak
    def test_at_any_moment_of_a_long_day(self, tmp_path: Path) -> None:
        """The same, for longer."""
        _kill_writers(tmp_path, appends=50_000, seconds=600)

    def test_at_every_operation(self, tmp_path: Path) -> None:
        """Wherever a writer dies, its batch is there or not; the next one clears up and goes on."""
        operations = report("die_at_every_operation", tmp_path) - 1
        before, batch = batch_at(0) + batch_at(1), batch_at(3)
        outcomes = []
        for number in range(1, operations + 1):
            store = FolderStore.open(tmp_path / str(number))
            lines = list(store.read())
            outcomes.append(lines == before + batch)
            assert lines in (before, before + batch)
            store.append([b"next"], len(lines))
            assert [*lines, b"next"] == store.read()
            assert [] == list(store.folder.glob(".planlog-*"))
        assert [False, True] == sorted(set(outcomes))
        assert sorted(outcomes) == outcomes

    def test_leaving_a_file_behind(self, store: FolderStore) -> None:
        """What a dead writer left is cleared away by the next, and was never a part of the log."""
        (store.folder / LEFTOVER).write_bytes(b"half a li")
        assert LINES == store.read()
        store.append(BATCH, 6)
        assert not (store.folder / LEFTOVER).exists()

    def test_leaving_nothing(self, store: FolderStore, tmp_path: Path) -> None:
        """What only resembles the file of a dead writer is not touched, nor what it points to."""
        (tmp_path / "precious").write_bytes(b"precious")
        (store.folder / LEFTOVER).symlink_to(tmp_path / "precious")
        (store.folder / LEFTOVER.replace("0", "1")).mkdir()
        (store.folder / ".planlog-mine.tmp").write_bytes(b"mine")
        before = contents(store.folder)
        store.append(BATCH, 6)
        assert before.items() < contents(store.folder).items()
        assert b"precious" == (tmp_path / "precious").read_bytes()

    def test_leaving_a_trap(
        self, store: FolderStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A link that lies where a writer is about to write is neither followed nor removed."""
        monkeypatch.setattr(os, "urandom", lambda count: bytes.fromhex("0123456789abcdef"))
        (tmp_path / "precious").write_bytes(b"precious")
        (store.folder / LEFTOVER).symlink_to(tmp_path / "precious")
        before = contents(store.folder)
        with pytest.raises(StoreWriteError, match="File exists"):
            store.append(BATCH, 6)
        assert before == contents(store.folder)
        assert b"precious" == (tmp_path / "precious").read_bytes()

    def test_leaving_what_cannot_be_removed(self, store: FolderStore) -> None:
        """A file in nobody's way stops nobody."""
        (store.folder / LEFTOVER).write_bytes(b"half a li")
        with watched(failing("unlink", errno.EACCES, times=1)):
            store.append(BATCH, 6)
        assert LINES + BATCH == store.read()
        assert (store.folder / LEFTOVER).exists()


class TestManyProcesses:
    def test_appending_at_once(self, tmp_path: Path) -> None:
        """All lines of all four are there once, whole batches in order, and readers see no gap."""
        store = FolderStore.create(tmp_path)
        names = ["anna", "berta", "clara", "dora"]
        writers = [child("write_beside_others", store.folder, name, 60) for name in names]
        seen: list[bytes] = []
        while any(writer.poll() is None for writer in writers):
            time.sleep(0.01)  # leave the processor to the writers
            read = list(store.read())
            assert seen == read[: len(seen)]
            seen = read
        refused = [int(writer.communicate()[0]) for writer in writers]
        assert [0, 0, 0, 0] == [writer.returncode for writer in writers]
        assert any(refused)
        lines = [line.decode() for line in store.read()]
        batches = [(name, number) for name in names for number in range(60)]
        expected = [f"{name}: batch {n}, line {i}" for name, n in batches for i in range(1 + n % 3)]
        assert sorted(expected) == sorted(lines)
        for name in names:
            own = [place for place, line in enumerate(lines) if line.startswith(name)]
            assert [line for line in expected if line.startswith(name)] == [lines[i] for i in own]
        for place, line in enumerate(lines):
            if not line.endswith("line 0"):
                assert line[:-1] == lines[place - 1][:-1]


class TestFullDisk:
    def test_file_size_limit(self, store: FolderStore) -> None:
        """A batch that is cut off by the platform is refused; a shorter one fits."""
        before = contents(store.folder)
        refused, taken = report("append_beyond_the_limit", store.folder)
        assert refused.startswith("StoreWriteError: cannot write ")
        assert "File too large; nothing was recorded" in refused
        after = contents(store.folder)
        assert b"x" * 9 + b"\n" == after.pop(taken.removeprefix("events/"))
        assert before == after

    @pytest.mark.parametrize("option", ["size=128k", "nr_inodes=24"])
    def test_no_space(self, tmp_path: Path, option: str) -> None:
        """On a full disk everything is readable; when there is room again, writing goes on."""
        with _mounted(tmp_path / "disk", option) as disk:
            store = FolderStore.create(disk / "plan")
            (disk / "ballast").write_bytes(b"x" * 20_000)
            lines: list[bytes] = []
            while not is_refused(store, batch := [b"%d" % len(lines) * 1000] * 3, len(lines)):
                lines += batch
            before = contents(store.folder)
            with pytest.raises(StoreWriteError, match="No space left on device"):
                store.append(batch, len(lines))
            assert before == contents(store.folder)
            assert lines == store.read()
            assert len(lines) > 10
            (disk / "ballast").unlink()
            store.append(batch, len(lines))
            assert lines + batch == store.read()

    def test_read_only_file_system(self, tmp_path: Path) -> None:
        """A log on a medium that cannot be written is read, and refuses a batch."""
        with _mounted(tmp_path / "disk", "size=1m") as disk:
            store = filled_store(disk / "plan")
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            assert LINES == store.read()
            with pytest.raises(StoreWriteError, match="Read-only file system"):
                store.append(BATCH, 6)
            assert LINES == store.read()


class TestReadOnlyFolder:
    @pytest.fixture
    def plan(self) -> Iterator[Path]:
        """Return a folder that everybody may look into: pytest's own are for their owner only."""
        plan = Path(tempfile.mkdtemp(prefix="planlog-"))
        plan.chmod(0o755)
        yield plan
        for folder in plan.glob("*/"):
            folder.chmod(0o755)
        shutil.rmtree(plan)

    @pytest.mark.parametrize("mode", [0o555, 0o755])
    @pytest.mark.parametrize("lock", ["absent", "free for all"])
    def test_of_somebody_else(self, plan: Path, mode: int, lock: str) -> None:
        """Whoever may not write a folder reads it, and is refused without a trace."""
        store = filled_store(plan)
        (store.folder / ".lock").unlink()
        if lock == "free for all":
            (store.folder / ".lock").touch()
            (store.folder / ".lock").chmod(0o666)
        if os.getuid() and mode & stat.S_IWUSR:
            pytest.skip("the folder of somebody else needs somebody else: root can be nobody")
        store.folder.chmod(mode)
        before = contents(store.folder)
        read, refused = report("append_as_nobody", store.folder)
        if read != len(LINES):
            pytest.skip(f"nobody can look into {plan} here: {read}")
        assert refused.startswith("StoreWriteError: cannot write ")
        assert "Permission denied; nothing was recorded" in refused
        assert before == contents(store.folder)


def _kill_writers(place: Path, appends: int, seconds: float) -> None:
    """Kill one writer after another until there were so many *appends*, or time is over."""
    deadline = time.monotonic() + seconds
    acknowledged = 0
    for turn in count():
        plan = place / str(turn // 3)  # a new log now and then: appending to a long one is slower
        store = FolderStore.open(plan) if turn % 3 else FolderStore.create(plan)
        answers = _answers_until_killed(store)
        lines = list(store.read())
        assert _whole_batches(lines)
        for answer in answers:
            position, end = map(int, answer.split())
            assert batch_at(position) == lines[position:end]
        store.append(batch_at(len(lines)), len(lines))
        assert [] == list(store.folder.glob(".planlog-*"))
        acknowledged += len(answers)
        if acknowledged > appends or (turn > 2 and time.monotonic() > deadline):
            break


def _answers_until_killed(store: FolderStore) -> list[bytes]:
    with child("write_until_killed", store.folder) as writer:
        assert writer.stdout
        answers = [writer.stdout.readline()]
        killer = Timer(random.uniform(0, 0.5), writer.kill)
        killer.start()
        answers += writer.stdout.readlines()
        killer.join()
    return answers


def _whole_batches(lines: list[bytes]) -> bool:
    position = 0
    while position < len(lines):
        batch = batch_at(position)
        if batch != lines[position : position + len(batch)]:
            return False
        position += len(batch)
    return True


@contextmanager
def _mounted(disk: Path, option: str) -> Iterator[Path]:
    """Mount a small file system in memory at *disk*; skip the test where that is not allowed."""
    disk.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", option, "tmpfs", str(disk)],
        check=False,
        capture_output=True,
        text=True,
    )
    if mount.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mount.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)
