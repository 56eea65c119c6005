"""Files that are there whole and for good, or not at all."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

_TEMPORARY: Final = re.compile(r"\.planlog-[0-9a-f]{16}\.tmp")

TEMPORARY_PATTERN: Final = ".planlog-*.tmp"
"""What the temporary files are called, for those who list what to ignore."""

NEW_FILE: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
"""How a file is opened that nobody has made or linked yet."""

_NO_LINKS: Final = {
    errno.EACCES,
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EPERM,
}
_NO_FOLDER_SYNC: Final = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


class NotTakenBackError(OSError):
    """A file that could not be made to last could not be taken away again either."""


def write_once(folder: Path, name: str, content: bytes) -> None:
    """Write *content* durably to a new file of *folder*, which appears whole or not at all.

    Where another process may write the same *name*, hold a lock. Raises `OSError`, the folder
    being as before, where the platform refuses or the name is taken; `NotTakenBackError` where
    the file is there after all.
    """
    final = folder / name
    with written_beside(folder, content) as temporary, ExitStack() as undo:
        _publish(temporary, final)
        undo.callback(_sync_as_far_as_possible, folder)
        undo.callback(_take_back, final)
        _remove_published(temporary)
        sync_folder(folder)
        undo.pop_all()


@contextmanager
def written_beside(folder: Path, content: bytes) -> Iterator[Path]:
    """Write *content* durably to a temporary file of *folder*, which goes if anything fails."""
    # A name of its own for each attempt: after a failed fsync nobody knows what the platform has
    # kept of a file, and asking again may get the answer that all is well.
    temporary = folder / f".planlog-{os.urandom(8).hex()}.tmp"
    descriptor = os.open(temporary, NEW_FILE, 0o666)
    try:
        _fill(descriptor, content)
        yield temporary
    except BaseException:
        _remove_if_there(temporary)
        raise


def put_in_place(temporary: Path, final: Path) -> None:
    """Let a file that is *written_beside* take the place of the one called *final*, for good."""
    os.chmod(temporary, stat.S_IMODE(os.lstat(final).st_mode))
    os.replace(temporary, final)
    sync_folder(final.parent)


def make_folder(folder: Path) -> None:
    """Make *folder*, and those above it, durably; one that is there already will do."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        os.mkdir(folder)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in *folder* outlive a loss of power, where the platform can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of writers that died; the caller keeps living ones away.

    One that cannot be removed stays: it is in nobody's way.
    """
    with os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _remove_if_there(folder / entry.name)


def _fill(descriptor: int, content: bytes) -> None:
    try:
        _write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        written = os.write(descriptor, rest)
        if not written:
            raise OSError(errno.EIO, "the platform wrote nothing and gave no reason")
        rest = rest[written:]


def _publish(temporary: Path, final: Path) -> None:
    """Give *temporary* its *final* name without overwriting.

    A rename overwrites on most platforms, so it is only for file systems without hard links, where
    looking first is the best there is.
    """
    try:
        os.link(temporary, final)
    except (AttributeError, NotImplementedError):
        _rename(temporary, final)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _rename(temporary, final)


def _rename(temporary: Path, final: Path) -> None:
    if os.path.lexists(final):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(final))
    os.rename(temporary, final)


def _remove_published(temporary: Path) -> None:
    with suppress(FileNotFoundError):  # where it was renamed
        os.unlink(temporary)


def _take_back(final: Path) -> None:
    try:
        os.unlink(final)
    except OSError as error:
        raise NotTakenBackError(error.errno, error.strerror, str(final)) from error


def _remove_if_there(path: Path) -> None:
    with suppress(OSError):
        os.unlink(path)


def _sync_as_far_as_possible(folder: Path) -> None:
    with suppress(OSError):
        sync_folder(folder)
