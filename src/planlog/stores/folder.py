"""A log in a folder: one file for each batch, written once and never touched again."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

import attrs

from planlog.errors import (
    ConflictError,
    LogExistsError,
    LogNotFoundError,
    StoreBusyError,
    StoreReadError,
    StoreWriteError,
    UnfinishedErasureError,
)
from planlog.stores.durable import (
    TEMPORARY_PATTERN,
    make_folder,
    put_in_place,
    remove_leftovers,
    write_once,
    written_beside,
)
from planlog.stores.eventfiles import (
    MAX_FILE,
    count_lines,
    find_place,
    place_of,
    read_lines,
    with_line,
)
from planlog.stores.names import event_file, event_file_name, poses_as_event_file
from planlog.stores.refusals import checked_batch, checked_range, checked_replacement, refused_as

Location = str | os.PathLike[str]

_LOCK: Final = ".lock"
_COMPANIONS: Final = {
    ".gitattributes": b"*.jsonl -text\n*.checkpoint -text\n",
    ".gitignore": f"events/{_LOCK}\n{TEMPORARY_PATTERN}\n".encode(),
}
"""What a plan's folder holds so that git neither mends line endings nor keeps what is passing."""


def _absolute(folder: Path) -> Path:
    return folder.absolute()


@attrs.frozen
class FolderStore:
    """The log in *folder*; a writer waits *lock_seconds* for another one to finish."""

    folder: Path = attrs.field(converter=_absolute)
    lock_seconds: float = 10.0

    @classmethod
    def create(cls, location: Location, lock_seconds: float = 10.0) -> Self:
        """Make the folder of an empty log, and beside it what tells git to leave it alone.

        Raises `LogExistsError` where there are event files, `StoreWriteError` where the platform
        refuses.
        """
        folder = events_folder(location).absolute()
        with refused_as(StoreWriteError, folder):
            make_folder(folder)
            if any(map(poses_as_event_file, os.listdir(folder))):
                raise LogExistsError(str(folder))
            for name, content in _COMPANIONS.items():
                with suppress(FileExistsError):
                    write_once(folder.parent, name, content)
        return cls(folder, lock_seconds)

    @classmethod
    def open(cls, location: Location, lock_seconds: float = 10.0) -> Self:
        """Open the log at *location*; `LogNotFoundError` where there is no folder for one."""
        folder = events_folder(location)
        with refused_as(StoreReadError, folder):
            if not folder.is_dir():
                raise LogNotFoundError(str(location))
        return cls(folder, lock_seconds)

    def size(self) -> int:
        """Return how many lines there are."""
        with refused_as(StoreReadError, self.folder):
            return count_lines(self.folder)

    def read(self, start: int = 0, stop: int | None = None) -> Sequence[bytes]:
        """Return the lines from position *start* up to before *stop*, without any lock."""
        checked_range(start, stop)
        with refused_as(StoreReadError, self.folder):
            return read_lines(self.folder, start, stop)

    def append(self, lines: Sequence[bytes], expected_size: int) -> str:
        """Append *lines* as one new file, and return when they will outlive a loss of power."""
        batch = checked_batch(lines)
        with refused_as(StoreWriteError, self.folder), self.locked():
            self._check_size(expected_size)
            remove_leftovers(self.folder)
            return self._write(batch, expected_size)

    def replace(
        self, position: int, line: bytes, lines: Sequence[bytes], expected_size: int
    ) -> str:
        """Append *lines*, and then let a file without the old line take the place of its file."""
        new, batch = checked_replacement(line, lines)
        with refused_as(StoreWriteError, self.folder), self.locked():
            self._check_size(expected_size)
            remove_leftovers(self.folder)
            name, content = with_line(self.folder, position, new)
            # Nothing is recorded where there is no room for this, either.
            with written_beside(self.folder, content) as temporary:
                written = self._write(batch, expected_size) if batch else None
                with _unfinished(self.folder / name):
                    put_in_place(temporary, self.folder / name)
        return written or self.place(position)

    def place(self, position: int) -> str:
        """Name the place of a line for people."""
        with refused_as(StoreReadError, self.folder):
            return find_place(self.folder, position)

    def _check_size(self, expected: int) -> None:
        size = count_lines(self.folder)
        if size != expected:
            raise ConflictError(expected, size)

    def _write(self, batch: Sequence[bytes], size: int) -> str:
        """Write the file of a batch behind *size* lines."""
        content = b"\n".join((*batch, b""))
        name = event_file_name(size, batch[0])
        if len(content) > MAX_FILE:
            cause = f"a file holds {MAX_FILE} bytes at most, the batch has {len(content)}"
            raise StoreWriteError(str(self.folder / name), cause)
        write_once(self.folder, name, content)
        return place_of(self.folder, name)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep every other writer away; `StoreBusyError` where one stays for too long."""
        import filelock  # readers never need it, and starting fast is a feature

        path = self.folder / _LOCK
        lock = filelock.FileLock(path, timeout=self.lock_seconds, poll_interval=0.01)
        with refused_as(StoreWriteError, self.folder):
            os.stat(self.folder)  # or filelock would make a folder that has gone
            try:
                lock.acquire()
            except filelock.Timeout as error:
                raise StoreBusyError(str(path), self.lock_seconds) from error
        try:
            yield
        finally:
            with suppress(OSError):  # what was appended by then must not look refused
                lock.release()


@contextmanager
def _unfinished(path: Path) -> Iterator[None]:
    """Raise what the platform refuses once the rest is done already."""
    try:
        yield
    except OSError as refusal:
        cause = refusal.strerror or str(refusal)
        raise UnfinishedErasureError(str(path), cause) from refusal


def events_folder(location: Location) -> Path:
    """Find the folder of event files, given it or the plan's folder around it.

    Where neither is there yet, it is the place where a plan at *location* keeps them. Raises
    `StoreReadError` where a link has that place: a folder may come from anybody.
    """
    path = Path(location)
    inner = path / "events"
    with refused_as(StoreReadError, path):
        if inner.is_symlink():
            raise StoreReadError(str(inner), "it is a link, and links are not followed")
        if inner.is_dir():
            return inner
    return path if path.absolute().name == "events" or holds_event_files(path) else inner


def holds_event_files(folder: Path) -> bool:
    """Whether something in *folder* is called as only event files are."""
    with refused_as(StoreReadError, folder), suppress(FileNotFoundError, NotADirectoryError):
        return any(event_file(name) for name in os.listdir(folder))
    return False
