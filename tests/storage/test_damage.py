"""What is wrong with a folder of event files is named, all of it, and nothing is followed."""

import errno
import os
import shutil
import signal
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from planlog.errors import DamagedLogError, Flaw, StoreReadError
from planlog.stores import MAX_LINE, eventfiles
from planlog.stores.folder import FolderStore
from tests.storage.folders import (
    FIRST,
    LINES,
    SECOND,
    THIRD,
    contents,
    event_line,
    filled_store,
    write_lines,
)
from tests.storage.platforms import Watch, failing, watched


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """Return a log of six lines in the files `FIRST`, `SECOND` and `THIRD`."""
    return filled_store(tmp_path)


@pytest.fixture
def folder(store: FolderStore) -> Path:
    """Return the folder of that log."""
    return store.folder


@pytest.fixture
def impatient() -> Iterator[None]:
    """Interrupt a test that waits for what never comes."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("blocked")

    previous = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, previous)


class TestFiles:
    def test_missing_between(self, store: FolderStore, folder: Path) -> None:
        """A gap is named with its positions and the files on both its sides."""
        (folder / SECOND).unlink()
        (flaw,) = _flaws(store.read)
        assert ("missing-file", f"events/{THIRD}") == (flaw.code, flaw.place)
        assert {"first": 3, "last": 4, "before": FIRST, "after": THIRD} == flaw.details
        assert (
            f"events/{THIRD}: positions 3 to 4 are missing between '{FIRST}' and '{THIRD}'; "
            "put back the file that begins at position 3, from a copy or from version control"
            == str(flaw)
        )

    def test_missing_at_the_beginning(self, store: FolderStore, folder: Path) -> None:
        """A log that does not begin at position 0 is named by every question."""
        (folder / FIRST).unlink()
        for ask in (store.read, store.size, lambda: store.append([b"x"], 6)):
            (flaw,) = _flaws(ask)
            assert ("missing-first-file", f"events/{SECOND}") == (flaw.code, flaw.place)
            assert f"positions 0 to 2 are missing before '{SECOND}'" in str(flaw)

    def test_missing_at_the_end(self, store: FolderStore, folder: Path) -> None:
        """A log that lost its last file looks like one that never had it: others can tell."""
        (folder / THIRD).unlink()
        assert LINES[:5] == store.read()

    def test_copied_under_another_name(self, store: FolderStore, folder: Path) -> None:
        """Of two files that begin at one position, both are named."""
        other = "0000000003-noted-0003.jsonl"
        shutil.copy(folder / SECOND, folder / other)
        for ask in (store.read, store.size):
            (flaw,) = _flaws(ask)
            assert ("doubled-file", f"events/{other}") == (flaw.code, flaw.place)
            assert f"'{other}' begins at position 3, which '{SECOND}' holds already" in str(flaw)

    @pytest.mark.parametrize("lines", [1, 2, 5])
    def test_from_a_clone_that_appended_too(
        self, store: FolderStore, folder: Path, lines: int
    ) -> None:
        """A newcomer at a taken position is one flaw, however long it is."""
        other = "0000000003-started-00aa.jsonl"
        write_lines(folder / other, map(event_line, range(0xAA, 0xAA + lines)))
        found = _flaws(store.read)
        assert "doubled-file" == found[0].code
        assert {"name": other, "position": 3, "other": SECOND} == found[0].details
        assert [THIRD] * (lines > 2) == [flaw.details["name"] for flaw in found[1:]]

    def test_longer_than_its_room(self, store: FolderStore, folder: Path) -> None:
        """A file that reaches into the next one is named with it."""
        write_lines(folder / FIRST, LINES[:4])
        (flaw,) = _flaws(store.read)
        assert ("doubled-file", f"events/{SECOND}") == (flaw.code, flaw.place)
        assert {"name": SECOND, "position": 3, "other": FIRST} == flaw.details

    def test_inside_another(self, store: FolderStore, folder: Path) -> None:
        """A file that begins and ends inside another does not hide the way to the next."""
        other = "0000000001-started-0001.jsonl"
        write_lines(folder / other, LINES[1:2])
        (flaw,) = _flaws(store.read)
        assert {"name": other, "position": 1, "other": FIRST} == flaw.details

    @pytest.mark.parametrize("name", ["notes.jsonl", "5.jsonl", f"{THIRD[:-6]} (2).jsonl"])
    def test_with_a_name_of_its_own(self, store: FolderStore, folder: Path, name: str) -> None:
        """A file that only looks like an event file is foreign, and every question says so."""
        (folder / name).write_bytes(b"anything")
        for ask in (store.read, store.size, lambda: store.append([b"x"], 6)):
            (flaw,) = _flaws(ask)
            assert ("foreign-file", f"events/{name}") == (flaw.code, flaw.place)
            assert name == flaw.details["name"]
            assert "expected a name such as '0000000000-plan-opened-9f3c.jsonl'" in str(flaw)

    def test_with_the_name_of_another(self, store: FolderStore, folder: Path) -> None:
        """A file whose first id is not the one in its name is foreign; its own name is told."""
        write_lines(folder / SECOND, [event_line(0xBEEF, "noted"), LINES[4]])
        (flaw,) = _flaws(store.read)
        assert ("foreign-file", f"events/{SECOND}") == (flaw.code, flaw.place)
        assert {"expected": "0000000003-noted-beef.jsonl", "name": SECOND} == flaw.details

    @pytest.mark.parametrize(
        "line",
        [b'{"erased":"q7mJr0o0X0m7Jf3hQb6J1g","position":3}', b'{"v": 1}', LINES[3] + b"\r"],
        ids=["erased", "re-serialised", "line end of Windows"],
    )
    def test_with_a_first_line_of_another_form(
        self, store: FolderStore, folder: Path, line: bytes
    ) -> None:
        """What a line says is for others to judge: the store hands it out as it is."""
        write_lines(folder / SECOND, [line, LINES[4]])
        assert [line, LINES[4]] == store.read(3, 5)

    @pytest.mark.parametrize("size", [0, 1, 60])
    def test_cut(self, store: FolderStore, folder: Path, size: int) -> None:
        """A file that ends within a line, or is empty, was cut; what follows is not blamed."""
        os.truncate(folder / SECOND, size)
        (flaw,) = _flaws(store.read)
        assert ("cut-file", f"events/{SECOND}") == (flaw.code, flaw.place)
        assert f"the file ends after {size} bytes without a line feed" in str(flaw)

    def test_cut_at_the_end_of_a_line(self, store: FolderStore, folder: Path) -> None:
        """A file that lost whole lines leaves a gap."""
        write_lines(folder / SECOND, LINES[3:4])
        (flaw,) = _flaws(store.read)
        assert {"first": 4, "last": 4, "before": SECOND, "after": THIRD} == flaw.details

    def test_last_cut(self, store: FolderStore, folder: Path) -> None:
        """Nothing is appended behind half a line."""
        os.truncate(folder / THIRD, 10)
        for ask in (store.read, store.size, lambda: store.append([b"x"], 6)):
            (flaw,) = _flaws(ask)
            assert ("cut-file", f"events/{THIRD}") == (flaw.code, flaw.place)

    def test_too_big(
        self, store: FolderStore, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A file without end is not read to its end."""
        monkeypatch.setattr(eventfiles, "MAX_FILE", 1000)
        os.truncate(folder / SECOND, 1000)
        assert ["cut-file"] == [flaw.code for flaw in _flaws(store.read)]
        os.truncate(folder / SECOND, 1001)
        (flaw,) = _flaws(store.read)
        assert ("huge-file", f"events/{SECOND}") == (flaw.code, flaw.place)
        assert "expected a file of at most 1000 bytes, got 1001" in str(flaw)

    def test_sparse_and_gigantic(self, store: FolderStore, folder: Path) -> None:
        """A terabyte of nothing is refused at a glance."""
        os.truncate(folder / THIRD, 2**40)
        assert ["huge-file"] == [flaw.code for flaw in _flaws(store.size)]

    def test_other_files(self, store: FolderStore, folder: Path) -> None:
        """What nobody takes for events is ignored, hidden files and folders too."""
        (folder / f".{THIRD}").write_bytes(b"hidden")
        (folder / f"{THIRD}~").write_bytes(b"left by an editor")
        (folder / "README").symlink_to("nowhere")
        (folder / "drafts").mkdir()
        assert LINES == store.read()


class TestLines:
    def test_blank_and_long(self, store: FolderStore, folder: Path) -> None:
        """Each line that no event can be is named with its number."""
        write_lines(folder / FIRST, [LINES[0], b"", b"x" * (MAX_LINE + 1), b"x" * MAX_LINE, b""])
        found = _flaws(store.read)
        assert [
            ("blank-line", f"events/{FIRST}:2"),
            ("long-line", f"events/{FIRST}:3"),
            ("blank-line", f"events/{FIRST}:5"),
        ] == [(flaw.code, flaw.place) for flaw in found]
        assert f"expected a line of at most {MAX_LINE} bytes, got {MAX_LINE + 1}" in str(found[1])

    def test_nothing_but_blank_lines(self, store: FolderStore, folder: Path) -> None:
        """A file of nothing fills neither the memory nor the screen."""
        (folder / SECOND).write_bytes(b"\n" * 100_000)
        found = _flaws(store.read)
        assert 100 == len(found)
        assert f"events/{SECOND}:100" == found[-1].place


class TestAllAtOnce:
    def test_every_flaw_of_the_folder(self, store: FolderStore, folder: Path) -> None:
        """Whoever mends a folder sees all there is to mend."""
        store.append([event_line(6), event_line(7)], 6)
        store.append([event_line(8)], 8)
        (folder / FIRST).unlink()
        os.truncate(folder / SECOND, 10)
        (folder / "a.jsonl").symlink_to(FIRST)
        (folder / "b.jsonl").touch()
        (folder / "0000000006-started-0006.jsonl").unlink()
        found = _flaws(store.read)
        assert [
            ("not-a-file", "events/a.jsonl"),
            ("foreign-file", "events/b.jsonl"),
            ("cut-file", f"events/{SECOND}"),
            ("missing-first-file", f"events/{SECOND}"),
            ("missing-file", "events/0000000008-started-0008.jsonl"),
        ] == [(flaw.code, flaw.place) for flaw in found]

    def test_only_what_was_met(self, store: FolderStore, folder: Path) -> None:
        """What a reader does not need is not in its way."""
        os.truncate(folder / THIRD, 10)
        assert LINES[:5] == store.read(0, 5)
        assert LINES[4:5] == store.read(4, 5)
        assert ["cut-file"] == [flaw.code for flaw in _flaws(lambda: store.read(4, 6))]

    def test_places_in_a_damaged_folder(self, store: FolderStore, folder: Path) -> None:
        """A place is told in spite of flaws elsewhere."""
        (folder / "b.jsonl").touch()
        os.truncate(folder / THIRD, 10)
        assert f"events/{SECOND}:2" == store.place(4)

    @pytest.mark.parametrize(
        "name", [b"\x1b[31mred\n.jsonl", b"\xff.jsonl", "\u202e.jsonl".encode()]
    )
    def test_name_that_plays_tricks(self, store: FolderStore, folder: Path, name: bytes) -> None:
        """A file name reaches a terminal as text only."""
        (folder / os.fsdecode(name)).touch()
        (flaw,) = _flaws(store.read)
        assert str(flaw).isprintable()
        assert str(flaw).isascii()


def _bind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


def _make_device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


POSING: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a link to an event file": ("symlink", lambda path: path.symlink_to(FIRST)),
    "a link to nowhere": ("symlink", lambda path: path.symlink_to("nowhere")),
    "a link to itself": ("symlink", lambda path: path.symlink_to(path)),
    "a link to zeros without end": ("symlink", lambda path: path.symlink_to("/dev/zero")),
    "a folder": ("folder", lambda path: path.mkdir()),
    "a fifo": ("fifo", os.mkfifo),
    "a socket": ("socket", _bind),
    "a device": ("device", _make_device),
}


@pytest.mark.usefixtures("impatient")
class TestPosing:
    @pytest.mark.parametrize("what", POSING)
    @pytest.mark.parametrize("name", [THIRD, "0000000006-started-0006.jsonl", "a.jsonl"])
    def test_as_an_event_file(
        self,
        store: FolderStore,
        folder: Path,
        monkeypatch: pytest.MonkeyPatch,
        what: str,
        name: str,
    ) -> None:
        """What is not a regular file is named, neither followed nor waited for nor changed."""
        kind, make = POSING[what]
        monkeypatch.chdir(folder)  # the name of a socket must be short
        Path(name).unlink(missing_ok=True)
        make(Path(name))
        before = contents(folder)
        for ask in (store.read, store.size, lambda: store.append([b"x"], 6)):
            (flaw,) = _flaws(ask)
            assert ("not-a-file", f"events/{name}") == (flaw.code, flaw.place)
            assert f"expected a regular file, got '{kind}'" in str(flaw)
        assert before == contents(folder)

    @pytest.mark.parametrize("what", ["a folder", "a fifo"])
    def test_after_the_look(self, store: FolderStore, folder: Path, what: str) -> None:
        """What takes the place of a file that was just looked at is not waited for either."""
        kind, make = POSING[what]
        with watched(_swapping(folder / SECOND, make)):
            posing, gap = _flaws(store.read)
        assert ("not-a-file", f"events/{SECOND}") == (posing.code, posing.place)
        assert {"kind": kind} == posing.details
        assert "missing-file" == gap.code

    def test_link_after_the_look(self, store: FolderStore, folder: Path) -> None:
        """A link that takes the place of a file that was just looked at is not followed."""
        (folder / "elsewhere").write_bytes(b"secret\n")
        swapping = _swapping(folder / SECOND, lambda path: path.symlink_to("elsewhere"))
        with watched(swapping), pytest.raises(StoreReadError, match=SECOND):
            store.read()


class TestListing:
    def test_file_that_appears_meanwhile(
        self, store: FolderStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A gap that the next listing does not have was never there."""
        left = _hide(monkeypatch, [SECOND])
        assert LINES == store.read()
        assert [] == left

    def test_gap_that_stays(self, store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
        """A gap that two listings have is believed."""
        left = _hide(monkeypatch, [SECOND] * 9)
        assert ["missing-file"] == [flaw.code for flaw in _flaws(store.read)]
        assert 7 == len(left)

    def test_folder_that_never_rests(
        self, store: FolderStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A reader does not look for ever."""
        left = _hide(monkeypatch, [SECOND, FIRST] * 5)
        assert ["missing-file"] == [flaw.code for flaw in _flaws(store.read)]
        assert 5 == len(left)

    def test_file_renamed_meanwhile(self, store: FolderStore) -> None:
        """A file that is gone when it is to be opened is looked for again, for a while."""
        with watched(failing("open", errno.ENOENT, times=4)):
            assert LINES == store.read()
        with (
            watched(failing("open", errno.ENOENT, times=5)),
            pytest.raises(StoreReadError, match="No such file"),
        ):
            store.read()


def _flaws(ask: Callable[[], object]) -> tuple[Flaw, ...]:
    with pytest.raises(DamagedLogError) as damaged:
        ask()
    return damaged.value.flaws


def _swapping(target: Path, make: Callable[[Path], object]) -> Watch:
    """Return a watch that puts something else where *target* was, just before it is opened."""

    def watch(name: str, arguments: tuple[object, ...]) -> None:
        if name == "open" and arguments[0] == target and target.is_file():
            target.unlink()
            make(target)

    return watch


def _hide(monkeypatch: pytest.MonkeyPatch, names: list[str]) -> list[str]:
    """Let each listing lack the next of *names*, and return those that are left."""
    original = os.scandir

    @contextmanager
    def listing(folder: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
        hidden = names.pop(0) if names else None
        with original(folder) as entries:
            yield (entry for entry in entries if entry.name != hidden)

    monkeypatch.setattr(os, "scandir", listing)
    return names
