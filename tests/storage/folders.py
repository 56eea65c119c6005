"""Folders of event files for tests: how they are filled, and what is in them."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from planlog.errors import StoreUncertainError, StoreWriteError
from planlog.stores.folder import FolderStore

FIRST = "0000000000-plan-opened-0000.jsonl"
SECOND = "0000000003-conference-held-0003.jsonl"
THIRD = "0000000005-started-0005.jsonl"


def event_line(number: int, type: str = "started") -> bytes:
    """Return a line that begins as planlog's do; the *number* is the beginning of its id."""
    return b'{"v":1,"id":"%04xaaaabbbbcccc","type":"%s"}' % (number, type.encode())


LINES = [
    event_line(0, "plan_opened"),
    event_line(1),
    event_line(2),
    event_line(3, "conference_held"),
    event_line(4),
    event_line(5),
]


def batch_at(position: int) -> list[bytes]:
    """Return the batch that a test's writer appends at *position*: whoever knows one knows both."""
    count = 1 + position % 4
    return [b"batch at %d: line %d of %d" % (position, line, count) for line in range(count)]


def filled_store(place: Path) -> FolderStore:
    """Return a store of three files: `LINES` in batches of three, two and one."""
    store = FolderStore.create(place)
    store.append(LINES[:3], 0)
    store.append(LINES[3:5], 3)
    store.append(LINES[5:], 5)
    return store


def is_refused(store: FolderStore, batch: list[bytes], size: int) -> bool:
    """Append, and return whether the platform did not let the store do it."""
    try:
        store.append(batch, size)
    except (StoreUncertainError, StoreWriteError):
        return True
    return False


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write a file as nobody but a test writes one: without a store."""
    path.write_bytes(b"".join(line + b"\n" for line in lines))


def contents(folder: Path) -> dict[str, bytes | str]:
    """Return what a folder holds, but for the lock: the bytes of files, what others are."""
    return {
        entry.name: Path(entry.path).read_bytes()
        if entry.is_file(follow_symlinks=False)
        else stat.filemode(entry.stat(follow_symlinks=False).st_mode)
        for entry in os.scandir(folder)
        if entry.name != ".lock"
    }


def traces(folder: Path) -> dict[str, tuple[int, ...]]:
    """Return what would show that somebody was in *folder*, but for the times of reading."""
    paths = [folder, folder.parent, *folder.iterdir()]
    states = {str(path): path.lstat() for path in paths}
    return {
        path: (s.st_ino, s.st_mode, s.st_nlink, s.st_size, s.st_mtime_ns, s.st_ctime_ns)
        for path, s in states.items()
    }
