"""What the folder store keeps where a line gives way to another, whatever fails meanwhile."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from planlog.errors import DamagedLogError, StoreWriteError, UnfinishedErasureError
from planlog.stores.folder import FolderStore
from tests.storage.children import report
from tests.storage.folders import FIRST, LINES, SECOND, batch_at, contents, filled_store
from tests.storage.platforms import FailingAt, failing, watched

ERASED = [*LINES[:3], b"erased", *LINES[4:]]
TOLD = [b"told", b"by two"]


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """Return a log of three files."""
    return filled_store(tmp_path / "plan")


class TestFiles:
    def test_only_one_is_another(self, store: FolderStore) -> None:
        """The file keeps its name and its other lines, and every other file is as it was."""
        before = contents(store.folder)
        store.replace(3, b"erased", TOLD, 6)
        after = contents(store.folder)
        assert b"erased\n" + LINES[4] + b"\n" == after.pop(SECOND)
        del before[SECOND]
        (new,) = after.keys() - before.keys()
        assert new.startswith("0000000006-lines-")
        assert before.items() < after.items()

    def test_mode(self, store: FolderStore) -> None:
        """Whoever could read the file before can read it afterwards."""
        (store.folder / SECOND).chmod(0o640)
        store.replace(4, b"erased", [], 6)
        assert 0o640 == stat.S_IMODE((store.folder / SECOND).stat().st_mode)

    def test_nothing_is_left_of_the_old_line(self, store: FolderStore) -> None:
        """Neither in the file nor in what a dead writer left behind."""
        (store.folder / ".planlog-0123456789abcdef.tmp").write_bytes(LINES[3])
        store.replace(3, b"erased", TOLD, 6)
        assert [] == [name for name, held in contents(store.folder).items() if LINES[3] in held]

    def test_damaged_file(self, store: FolderStore) -> None:
        """Nothing is replaced in a file that holds something else than its name says."""
        (store.folder / FIRST).write_bytes(b"cut off")
        before = contents(store.folder)
        with pytest.raises(DamagedLogError):
            store.replace(1, b"erased", TOLD, 6)
        assert before == contents(store.folder)


class TestFailingOperations:
    @pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
    def test_one(self, tmp_path: Path, code: int) -> None:
        """Whichever operation fails, either nothing has changed or the rest can be done later."""
        outcomes = []
        for number in range(1, 100):
            store = filled_store(tmp_path / str(number))
            before = contents(store.folder)
            outcome = _replaced(store, OSError(code, os.strerror(code)), number)
            outcomes.append(outcome)
            if outcome == "done":
                break
            assert [] == list(store.folder.glob(".planlog-*"))
            if outcome == "nothing":
                assert before == contents(store.folder)
            else:
                assert list(store.read()) in (LINES + TOLD, ERASED + TOLD)
                store.replace(3, b"erased", [], 8)
                assert ERASED + TOLD == store.read()
        assert len(outcomes) > 20
        assert ["nothing", "unfinished", "done"] == list(dict.fromkeys(outcomes))

    def test_interrupted(self, tmp_path: Path) -> None:
        """Whoever presses Ctrl-C in the midst of it can do the rest later."""
        number, reached = 0, True
        while reached:
            number += 1
            store = filled_store(tmp_path / str(number))
            watch = FailingAt(number, KeyboardInterrupt())
            try:
                with watched(watch):
                    store.replace(3, b"erased", TOLD, 6)
            except KeyboardInterrupt:
                assert list(store.read()) in (LINES, LINES + TOLD, ERASED + TOLD)
            reached = watch.reached
            assert [] == list(store.folder.glob(".planlog-*"))
        assert number > 20

    def test_last_of_all(self, store: FolderStore) -> None:
        """Where the platform refuses in the end, it is told what is left to be done."""
        told = "the erasure is recorded, but the text still stands in .*Input/output error; erase"
        with watched(failing("replace")), pytest.raises(UnfinishedErasureError, match=told):
            store.replace(3, b"erased", TOLD, 6)
        assert LINES + TOLD == store.read()

    def test_order_of_operations(self, store: FolderStore) -> None:
        """The new file is safe before anything is appended, and takes its place after that."""
        trace: list[str] = []

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            if name in {"write", "link", "replace"}:
                trace.append(name)

        with watched(watch):
            store.replace(3, b"erased", TOLD, 6)
        assert ["write", "write", "link", "replace"] == trace


def _replaced(store: FolderStore, error: OSError, number: int) -> str:
    """Replace a line while the operation with this *number* fails, and tell what came of it."""
    try:
        with watched(FailingAt(number, error)):
            store.replace(3, b"erased", TOLD, 6)
    except StoreWriteError:
        return "nothing"
    except UnfinishedErasureError:
        return "unfinished"
    return "done"


class TestKilled:
    def test_at_every_operation(self, tmp_path: Path) -> None:
        """Wherever a writer dies, nothing has changed, or what it appended tells what is to do."""
        operations = report("die_while_replacing", tmp_path) - 1
        before = batch_at(2)
        erased = [before[0], b"erased", *before[2:], b"told"]
        outcomes = []
        for number in range(1, operations + 1):
            store = FolderStore.open(tmp_path / str(number))
            lines = list(store.read())
            outcomes.append([before, [*before, b"told"], erased].index(lines))
            store.replace(1, b"erased", [] if outcomes[-1] else [b"told"], len(lines))
            assert erased == store.read()
            assert [] == list(store.folder.glob(".planlog-*"))
        assert {0, 1, 2} == set(outcomes)
        assert sorted(outcomes) == outcomes
