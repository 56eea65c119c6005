"""What the folder store does for durability, in which order, and what it takes back."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from planlog.errors import StoreUncertainError, StoreWriteError
from planlog.stores.durable import write_once
from planlog.stores.folder import FolderStore
from tests.storage.folders import LINES, THIRD, contents, event_line, filled_store, is_refused
from tests.storage.platforms import FailingAt, Watch, failing, watched

BATCH = [event_line(6), event_line(7), b"x" * 50]


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """Return a log of three files."""
    return filled_store(tmp_path / "plan")


class TestAcknowledgement:
    def test_order_of_operations(self, store: FolderStore) -> None:
        """Bytes, then their fsync, then the name, then the fsync of the folder, then the answer."""
        trace: list[str] = []
        with watched(_recording(trace)):
            name = store.append(BATCH, 6)
        trace.append(f"acknowledge {name}")
        assert [
            "open temporary",
            "write file",
            "fsync file",
            "close file",
            "link temporary events/0000000006-started-0006.jsonl",
            "unlink temporary",
            "open folder",
            "fsync folder",
            "close folder",
            "acknowledge events/0000000006-started-0006.jsonl",
        ] == trace[trace.index("open temporary") :]

    def test_whole_before_it_is_named(self, store: FolderStore) -> None:
        """No reader can meet a file that is not complete, be the writes ever so short."""

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            if name == "link":
                content = b"".join(line + b"\n" for line in BATCH)
                assert content == arguments[0].read_bytes()
                assert LINES == store.read()

        with watched(watch, longest_step=7):
            store.append(BATCH, 6)
        assert LINES + BATCH == store.read()

    def test_plan_that_was_just_created(self, tmp_path: Path) -> None:
        """The folders above the first file outlive a loss of power too."""
        plan = tmp_path / "district" / "plan"
        opened: list[Path] = []

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            if name == "open" and arguments[0].is_dir():
                opened.append(arguments[0])
            elif name == "fsync" and stat.S_ISDIR(os.fstat(arguments[0]).st_mode):
                assert os.path.samestat(opened[-1].stat(), os.fstat(arguments[0]))
                synced.add(opened[-1])

        synced: set[Path] = set()
        with watched(watch):
            FolderStore.create(plan).append([b"one"], 0)
        assert {tmp_path, plan.parent, plan, plan / "events"} == synced


class TestFailingOperations:
    @pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS])
    @pytest.mark.parametrize("lacks", [(), ("link",)], ids=["link", "rename"])
    def test_one(self, store: FolderStore, code: int, lacks: tuple[str, ...]) -> None:
        """Whichever operation fails, the batch is refused and the folder is as before."""
        before = contents(store.folder)
        for number in range(1, 100):
            watch = FailingAt(number, OSError(code, os.strerror(code)))
            with watched(watch, lacks, longest_step=16):
                refused = is_refused(store, BATCH, 6)
            assert refused == watch.reached
            if not refused:
                break
            assert before == contents(store.folder)
            assert LINES == store.read()
        assert number > 20
        assert LINES + BATCH == store.read()

    def test_interrupted(self, store: FolderStore) -> None:
        """Whoever presses Ctrl-C in the midst of it has recorded nothing, and can try again."""
        before = contents(store.folder)
        number, reached = 0, True
        while reached:
            number += 1
            watch = FailingAt(number, KeyboardInterrupt())
            try:
                with watched(watch):
                    store.append(BATCH, 6)
            except KeyboardInterrupt:
                assert before == contents(store.folder)
            reached = watch.reached
        assert number > 10
        assert LINES + BATCH == store.read()

    def test_one_and_all_that_follow(self, tmp_path: Path) -> None:
        """When the platform fails for good, the log stays whole and the next writer goes on."""
        kept = []
        for number in range(1, 100):
            store = filled_store(tmp_path / str(number))
            with watched(FailingAt(number, for_good=True)):
                if not is_refused(store, BATCH, 6):
                    break
            lines = list(store.read())
            assert lines in (LINES, LINES + BATCH)
            kept.append(lines != LINES)
            store.append([b"next"], len(lines))
            assert [*lines, b"next"] == store.read()
            assert [] == list(store.folder.glob(".planlog-*"))
        assert sorted(kept) == kept
        assert kept.count(False) > 10

    def test_taking_back(self, store: FolderStore) -> None:
        """What can neither be made safe nor taken back is told, with its name."""

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            is_folder = name == "fsync" and stat.S_ISDIR(os.fstat(arguments[0]).st_mode)
            if is_folder or (name == "unlink" and arguments[0].suffix == ".jsonl"):
                raise OSError(errno.EIO, "Input/output error")

        told = r"0000000006-started-0006\.jsonl' could neither be made safe nor taken away again"
        with watched(watch), pytest.raises(StoreUncertainError, match=told):
            store.append(BATCH, 6)
        assert LINES + BATCH == store.read()

    def test_fsync_of_the_folder(self, store: FolderStore) -> None:
        """A name that may not outlive a loss of power is taken back, and that is made to last."""
        trace: list[str] = []
        record = _recording(trace)

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            record(name, arguments)
            if trace[-1:] == ["fsync folder"] == trace[trace.index("fsync folder") :]:
                raise OSError(errno.EIO, "Input/output error")

        with watched(watch), pytest.raises(StoreWriteError, match="Input/output error"):
            store.append(BATCH, 6)
        assert [
            "fsync folder",
            "close folder",
            "unlink events/0000000006-started-0006.jsonl",
            "open folder",
            "fsync folder",
            "close folder",
            "unlink temporary",
        ] == trace[trace.index("fsync folder") :]

    def test_fsync_of_the_file(self, store: FolderStore) -> None:
        """After a failed fsync nothing of that file is used again, not even its name."""
        names: list[str] = []

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            if name == "open" and arguments[0].suffix == ".tmp":
                names.append(arguments[0].name)
            if name == "fsync":
                raise OSError(errno.EIO, "Input/output error")

        for _ in range(3):
            with watched(watch), pytest.raises(StoreWriteError):
                store.append(BATCH, 6)
        assert 3 == len(set(names))

    def test_write_that_writes_nothing(self, tmp_path: Path) -> None:
        """A platform that takes no byte and gives no reason is not asked for ever."""
        store = FolderStore.create(tmp_path)
        with (
            watched(longest_step=0),
            pytest.raises(StoreWriteError, match="the platform wrote nothing"),
        ):
            store.append(BATCH, 0)
        assert {} == contents(store.folder)


class TestLackingOperations:
    @pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL])
    def test_file_system_without_links(self, store: FolderStore, code: int) -> None:
        """Where there are no hard links, the file is renamed."""
        with watched(failing("link", code)):
            store.append(BATCH, 6)
        assert LINES + BATCH == store.read()
        assert [] == list(store.folder.glob(".planlog-*"))

    def test_platform_without_links(self, store: FolderStore) -> None:
        """Where Python has no function for them, too."""
        with watched(lacks={"link"}):
            store.append(BATCH, 6)
        assert LINES + BATCH == store.read()

    @pytest.mark.parametrize("lacks", [(), ("link",)])
    def test_name_that_is_taken(self, store: FolderStore, lacks: tuple[str, ...]) -> None:
        """A file is never overwritten, whether links are there or not."""
        before = contents(store.folder)
        with watched(lacks=lacks), pytest.raises(FileExistsError):
            write_once(store.folder, THIRD, b"another\n")
        assert before == contents(store.folder)

    def test_platform_that_opens_no_folders(self, store: FolderStore) -> None:
        """Where a folder cannot be opened, as on Windows, its fsync is left out."""
        trace: list[str] = []
        with watched(_recording(trace), lacks={"O_DIRECTORY"}):
            store.append(BATCH, 6)
        assert "fsync file" in trace
        assert "fsync folder" not in trace

    def test_file_system_that_syncs_no_folders(self, store: FolderStore) -> None:
        """Where fsync of a folder means nothing, its refusal means nothing; a file's does."""
        with watched(_refusing_fsync(of_folders=True)):
            store.append(BATCH, 6)
        assert LINES + BATCH == store.read()
        with watched(_refusing_fsync(of_folders=False)), pytest.raises(StoreWriteError):
            store.append(BATCH, 9)


def _recording(trace: list[str]) -> Watch:
    """Return a watch that notes what is done to which kind of file."""

    def named(argument: Any) -> str:
        if isinstance(argument, int):
            return "folder" if stat.S_ISDIR(os.fstat(argument).st_mode) else "file"
        if argument.is_dir():
            return "folder"
        return "temporary" if argument.suffix == ".tmp" else f"events/{argument.name}"

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if name in {"open", "write", "fsync", "close", "unlink"}:
            trace.append(f"{name} {named(arguments[0])}")
        elif name == "link":
            trace.append(f"link {named(arguments[0])} {named(arguments[1])}")

    return watch


def _refusing_fsync(of_folders: bool) -> Watch:
    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "fsync" and of_folders == stat.S_ISDIR(os.fstat(arguments[0]).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")

    return watch
