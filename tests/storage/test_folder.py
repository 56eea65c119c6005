"""The folder store: the contract, where a log is found, and what its folder looks like."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import filelock
import pytest

import planlog
from planlog.errors import (
    LogExistsError,
    LogNotFoundError,
    StoreBusyError,
    StoreReadError,
    StoreWriteError,
)
from planlog.stores import EventStore, eventfiles, folder
from planlog.stores.folder import FolderStore, events_folder, holds_event_files
from tests.storage.contract import StoreContract
from tests.storage.folders import (
    FIRST,
    LINES,
    SECOND,
    THIRD,
    contents,
    event_line,
    filled_store,
    traces,
)
from tests.storage.platforms import FailingAt, Watch, failing, watched


class TestFolderStore(StoreContract):
    """A log in a folder."""

    def make(self, place: Path) -> EventStore:
        """Create a plan's folder."""
        return FolderStore.create(place)

    def reopen(self, place: Path) -> EventStore:
        """Open it."""
        return FolderStore.open(place)


class TestCreate:
    def test_nothing_there(self, tmp_path: Path) -> None:
        """The folder of the plan is made with those above it, an empty log in it."""
        plan = tmp_path / "district" / "plan"
        store = FolderStore.create(plan)
        assert plan / "events" == store.folder
        assert 0 == store.size()
        assert {".gitattributes", ".gitignore", "events"} == set(os.listdir(plan))
        assert [] == os.listdir(plan / "events")

    def test_events_folder_given(self, tmp_path: Path) -> None:
        """Whoever names the events folder itself gets no second one inside it."""
        store = FolderStore.create(tmp_path / "plan" / "events")
        assert tmp_path / "plan" / "events" == store.folder
        assert (tmp_path / "plan" / ".gitattributes").is_file()

    def test_git(self, tmp_path: Path) -> None:
        """Git mends no line ending, and overlooks the lock and what a dead writer left."""
        FolderStore.create(tmp_path).append([b"one"], 0)
        assert b"*.jsonl -text\n*.checkpoint -text\n" == (tmp_path / ".gitattributes").read_bytes()
        (tmp_path / "events" / ".planlog-0123456789abcdef.tmp").touch()
        git = ["git", "-C", str(tmp_path)]
        subprocess.run([*git, "init", "-q"], check=True)
        subprocess.run([*git, "add", "."], check=True)
        tracked = subprocess.run([*git, "ls-files"], check=True, capture_output=True, text=True)
        event_files = [f"events/{path.name}" for path in (tmp_path / "events").glob("*.jsonl")]
        assert [".gitattributes", ".gitignore", *event_files] == tracked.stdout.splitlines()

    def test_files_for_git_there(self, tmp_path: Path) -> None:
        """What somebody wrote for git stays, be it a file or a link to nowhere."""
        (tmp_path / ".gitignore").write_bytes(b"mine")
        (tmp_path / ".gitattributes").symlink_to("nowhere")
        FolderStore.create(tmp_path)
        assert b"mine" == (tmp_path / ".gitignore").read_bytes()
        assert not (tmp_path / "nowhere").exists()

    def test_file_for_git_that_appears(self, tmp_path: Path) -> None:
        """Whoever writes the same file a moment earlier keeps theirs."""

        def watch(name: str, arguments: tuple[object, ...]) -> None:
            if name == "link":
                Path(str(arguments[1])).write_bytes(b"theirs")

        with watched(watch):
            FolderStore.create(tmp_path)
        assert b"theirs" == (tmp_path / ".gitignore").read_bytes()

    @pytest.mark.parametrize("name", [FIRST, "foreign.jsonl"])
    def test_event_files_there(self, tmp_path: Path, name: str) -> None:
        """A folder with event files, or what would be read as one, is left alone."""
        folder = tmp_path / "events"
        folder.mkdir()
        (folder / name).write_bytes(b"one\n")
        with pytest.raises(LogExistsError, match="there is a log at"):
            FolderStore.create(tmp_path)
        assert ["events"] == os.listdir(tmp_path)

    @pytest.mark.parametrize("act", [FolderStore.create, FolderStore.open])
    def test_link_in_the_place_of_events(
        self, tmp_path: Path, act: Callable[[Path], FolderStore]
    ) -> None:
        """A plan's folder whose events are a link leads nobody into the folder of another."""
        FolderStore.create(tmp_path / "other")
        (tmp_path / "plan").mkdir()
        (tmp_path / "plan" / "events").symlink_to(tmp_path / "other" / "events")
        with pytest.raises(StoreReadError, match=r"events.: it is a link, and links are not f"):
            act(tmp_path / "plan")
        assert ["events"] == os.listdir(tmp_path / "plan")
        # A link that somebody names is a way to the log like any other.
        (tmp_path / "way").symlink_to(tmp_path / "other")
        assert 0 == FolderStore.open(tmp_path / "way").size()

    def test_empty_log_there(self, tmp_path: Path) -> None:
        """An empty log may be created again: nothing is in it."""
        FolderStore.create(tmp_path)
        assert 0 == FolderStore.create(tmp_path).size()

    @pytest.mark.parametrize("name", ["plan", "plan/events"])
    def test_file_in_the_way(self, tmp_path: Path, name: str) -> None:
        """A file where a folder has to be is refused and stays."""
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"a file")
        with pytest.raises(StoreWriteError, match=r"cannot write .*plan"):
            FolderStore.create(tmp_path / "plan")
        assert b"a file" == (tmp_path / name).read_bytes()

    def test_any_operation_fails(self, tmp_path: Path) -> None:
        """Whatever the platform refuses, creation fails and can be tried again."""
        number, reached = 0, True
        while reached:
            number += 1
            place = tmp_path / str(number)
            with watched(watch := FailingAt(number)):
                reached = not _creates(place)
            assert reached == watch.reached
            assert 0 == FolderStore.create(place).size()
        assert number > 15


class TestOpen:
    @pytest.mark.parametrize("given", ["plan", "plan/events", "plan/events/../events/"])
    def test_either_folder(self, tmp_path: Path, given: str) -> None:
        """A log is found by the plan's folder and by its own, as text or as a path."""
        filled_store(tmp_path / "plan")
        assert LINES == FolderStore.open(tmp_path / given).read()
        assert LINES == FolderStore.open(str(tmp_path / given)).read()

    def test_renamed_events_folder(self, tmp_path: Path) -> None:
        """A folder of another name is taken for the log if it holds event files."""
        filled_store(tmp_path).folder.rename(tmp_path / "ledger")
        store = FolderStore.open(tmp_path / "ledger")
        assert LINES == store.read()
        assert f"ledger/{FIRST}:1" == store.place(0)

    def test_within_the_events_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever stands in the empty events folder may call it a dot."""
        monkeypatch.chdir(FolderStore.create(tmp_path).folder)
        assert 0 == FolderStore.open(".").size()
        assert "events" == FolderStore.open(".").folder.name

    def test_whoever_moves_on(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A store keeps its place when the process changes its folder."""
        filled_store(tmp_path / "plan")
        monkeypatch.chdir(tmp_path)
        store = FolderStore.open("plan")
        monkeypatch.chdir("/")
        assert LINES == store.read()

    @pytest.mark.parametrize("given", ["nothing", "file", "nothing/events", "file/events", "."])
    def test_no_log(self, tmp_path: Path, given: str) -> None:
        """Where there is no folder of events, the error names what was given."""
        (tmp_path / "file").touch()
        with pytest.raises(LogNotFoundError, match="no log at") as refused:
            FolderStore.open(tmp_path / given)
        assert str(tmp_path / given) == refused.value.path

    def test_folder_that_may_not_be_looked_into(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the platform refuses is not taken for an absent log."""

        def refuse(path: Path) -> bool:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

        monkeypatch.setattr(Path, "is_dir", refuse)
        with pytest.raises(StoreReadError, match=r"cannot read .*/events': Permission denied"):
            FolderStore.open(tmp_path)


class TestEventsFolder:
    def test_plan_inside_a_log(self, tmp_path: Path) -> None:
        """The inner folder wins: a plan's folder may be called events."""
        inner = tmp_path / "events" / "events"
        inner.mkdir(parents=True)
        assert inner == events_folder(tmp_path / "events")

    def test_holding_event_files(self, tmp_path: Path) -> None:
        """Event files are told by their name; a folder without any, or none at all, holds none."""
        assert not holds_event_files(tmp_path / "nothing")
        assert not holds_event_files(tmp_path)
        (tmp_path / "foreign.jsonl").touch()
        assert not holds_event_files(tmp_path)
        (tmp_path / FIRST).touch()
        assert holds_event_files(tmp_path)
        assert not holds_event_files(tmp_path / FIRST)

    def test_folder_that_may_not_be_listed(self, tmp_path: Path) -> None:
        """What the platform refuses is told."""
        with (
            watched(failing("listdir", errno.EACCES)),
            pytest.raises(StoreReadError, match=f"cannot read '{tmp_path}': Permission denied"),
        ):
            holds_event_files(tmp_path)


class TestFiles:
    def test_one_for_each_batch(self, tmp_path: Path) -> None:
        """The files in the order of their names are the log, each line with its line feed."""
        folder = filled_store(tmp_path).folder
        assert [FIRST, SECOND, THIRD] == sorted(contents(folder))
        joined = b"".join(path.read_bytes() for path in sorted(folder.glob("*.jsonl")))
        assert b"".join(line + b"\n" for line in LINES) == joined

    def test_places(self, tmp_path: Path) -> None:
        """A place is the file that a line stands in and its number there, as editors count."""
        store = filled_store(tmp_path)
        assert f"events/{FIRST}:1" == store.place(0)
        assert f"events/{FIRST}:3" == store.place(2)
        assert f"events/{SECOND}:1" == store.place(3)
        assert f"events/{THIRD}:1" == store.place(5)

    def test_name_of_what_was_appended(self, tmp_path: Path) -> None:
        """Whoever appends is told the file."""
        name = filled_store(tmp_path).append([event_line(255, "noted")], 6)
        assert "events/0000000006-noted-00ff.jsonl" == name

    def test_longer_than_a_file_may_be(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No file is written that could not be read again."""
        store = filled_store(tmp_path)
        before = contents(store.folder)
        monkeypatch.setattr(folder, "MAX_FILE", 100)
        monkeypatch.setattr(eventfiles, "MAX_FILE", 100)
        with pytest.raises(StoreWriteError, match=r"a file holds 100 bytes at most, .* has 101"):
            store.append([b"x" * 49, b"y" * 50], 6)
        assert before == contents(store.folder)
        store.append([b"x" * 49, b"y" * 49], 6)
        assert 8 == store.size()


class TestReading:
    @pytest.mark.parametrize(
        ("start", "stop", "opened"),
        [
            (0, None, [FIRST, SECOND, THIRD]),
            (0, 3, [FIRST]),
            (0, 4, [FIRST, SECOND]),
            (2, 3, [FIRST]),
            (3, 5, [SECOND]),
            (4, None, [SECOND, THIRD]),
            (5, None, [THIRD]),
            (5, 5, []),
            (99, None, [THIRD]),
            (0, 0, []),
        ],
    )
    def test_opens_what_it_needs(
        self, tmp_path: Path, start: int, stop: int | None, opened: list[str]
    ) -> None:
        """A part of the log costs a part of the work."""
        store = filled_store(tmp_path)
        names: list[str] = []
        with watched(_noting_opened(names)):
            store.read(start, stop)
        assert opened == names

    def test_size_opens_the_last_file(self, tmp_path: Path) -> None:
        """How long the log is, names and one file tell."""
        store = filled_store(tmp_path)
        names: list[str] = []
        with watched(_noting_opened(names)):
            store.size()
        assert [THIRD] == names

    def test_while_somebody_writes(self, tmp_path: Path) -> None:
        """A reader takes no lock and waits for none."""
        store = filled_store(tmp_path)
        with filelock.FileLock(store.folder / ".lock"):
            assert LINES == store.read()
            assert 6 == store.size()

    def test_leaves_no_trace(self, tmp_path: Path) -> None:
        """Reading never changes the folder: no name, no byte, no time, not even a lock."""
        store = filled_store(tmp_path)
        (store.folder / ".lock").unlink()
        (store.folder / ".planlog-0123456789abcdef.tmp").write_bytes(b"half a li")
        before = contents(store.folder), traces(store.folder)
        store = FolderStore.open(tmp_path)
        store.size()
        store.read()
        store.read(2, 4)
        store.place(4)
        assert before == (contents(store.folder), traces(store.folder))

    def test_a_few_bytes_at_a_time(self, tmp_path: Path) -> None:
        """A platform that reads less than it was asked for is asked again."""
        store = filled_store(tmp_path)
        with watched(longest_step=7):
            assert LINES == store.read()

    def test_folder_that_has_gone(self, tmp_path: Path) -> None:
        """A log that is moved away under a reader cannot be read, and is not made anew."""
        store = filled_store(tmp_path)
        store.folder.rename(tmp_path / "away")
        for read in (store.size, store.read, lambda: store.place(0)):
            with pytest.raises(StoreReadError, match=r"cannot read '.*/events': No such file"):
                read()
        with pytest.raises(StoreWriteError, match=r"cannot write '.*/events': No such file"):
            store.append([b"late"], 6)
        assert not store.folder.exists()

    @pytest.mark.parametrize("operation", ["scandir", "open", "fstat"])
    def test_platform_refuses(self, tmp_path: Path, operation: str) -> None:
        """What the platform refuses is told with the folder or file, never taken for damage."""
        store = filled_store(tmp_path)
        with (
            watched(failing(operation)),
            pytest.raises(StoreReadError, match=r"cannot read '.*/events.*': Input/output error"),
        ):
            store.read()


class TestLock:
    def test_held_by_another(self, tmp_path: Path) -> None:
        """A writer waits for another only so long, and then has changed nothing."""
        store = FolderStore(filled_store(tmp_path).folder, lock_seconds=0.05)
        before = contents(store.folder)
        with (
            filelock.FileLock(store.folder / ".lock"),
            pytest.raises(StoreBusyError, match=r"has held '.*/events/\.lock' for 0\.05 seconds"),
        ):
            store.append([b"late"], 6)
        assert before == contents(store.folder)
        store.append([b"in time"], 6)

    def test_held_while_writing(self, tmp_path: Path) -> None:
        """From the look at the size to the last step, nobody else may write."""
        store = filled_store(tmp_path)
        lock = filelock.FileLock(store.folder / ".lock", timeout=0)
        seen: list[str] = []

        def watch(name: str, arguments: tuple[object, ...]) -> None:
            if name != "stat":
                seen.append(name)
                with pytest.raises(filelock.Timeout):
                    lock.acquire()

        with watched(watch):
            store.append([b"seven"], 6)
        assert {"scandir", "write", "link", "unlink", "fsync"} < set(seen)

    def test_that_will_not_open(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A batch that is safe is not called refused because the lock makes trouble."""
        store = filled_store(tmp_path)
        release = filelock.FileLock.release

        def refuse(lock: filelock.FileLock, force: bool = False) -> None:
            release(lock, force)
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(filelock.FileLock, "release", refuse)
        store.append([b"seven"], 6)
        assert 7 == store.size()

    def test_that_is_a_link(self, tmp_path: Path) -> None:
        """A lock file that points elsewhere is not followed."""
        store = FolderStore.create(tmp_path)
        (store.folder / ".lock").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreWriteError, match=r"\.lock"):
            store.append([b"one"], 0)
        assert not (tmp_path / "elsewhere").exists()

    def test_costs_nothing_when_starting(self) -> None:
        """A program that only reads does not load the lock."""
        code = "import sys, planlog.stores.folder; sys.exit('filelock' in sys.modules)"
        source = str(Path(planlog.__file__).parents[1])
        environment = {**os.environ, "PYTHONPATH": source}
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def _creates(place: Path) -> bool:
    try:
        FolderStore.create(place)
    except (StoreReadError, StoreWriteError):
        return False
    return True


def _noting_opened(names: list[str]) -> Watch:
    def watch(name: str, arguments: tuple[object, ...]) -> None:
        if name == "open":
            names.append(Path(str(arguments[0])).name)

    return watch
