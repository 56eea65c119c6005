"""The checkpoints of a plan's folder: which there are, and one more that overwrites none."""

import errno
import math
import os
import re
import stat
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

import attrs

from planlog.errors import Flaw, NoteError, StoreReadError, StoreWriteError
from planlog.stores import flaws
from planlog.stores.durable import make_folder, write_once
from planlog.stores.eventfiles import content_of, place_of
from planlog.stores.refusals import refused_as
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import SignedNote
from planlog.trust.proofs import checkpoint_in
from planlog.trust.texts import MOST_BYTES, decoded
from planlog.values import Value

_ENDING: Final = ".checkpoint"
_NAME: Final = re.compile(r"([0-9]{10}|[1-9][0-9]{10,18})(?:-([2-9]|[1-9][0-9]{1,8}))?\.checkpoint")


@attrs.frozen(repr=False)
class KeptCheckpoint(Value):
    """A file of the checkpoints' folder: its *checkpoint*, and the *note* if it is signed.

    *flaws* tell what is wrong with the file; what cannot be read of it is None. Nobody has checked
    the signatures, or whether the log has that root.
    """

    name: str
    place: str
    note: SignedNote | None
    checkpoint: Checkpoint | None
    flaws: tuple[Flaw, ...]


def checkpoints_folder(events: Path) -> Path:
    """Name the folder of the checkpoints that belong to the folder of *events*."""
    return events.absolute().parent / "checkpoints"


def read_checkpoints(folder: Path) -> tuple[KeptCheckpoint, ...]:
    """Read every checkpoint of *folder*, the smallest size first; none where there is no folder.

    Raises `StoreReadError` where the platform refuses, or *folder* is a link or a file.
    """
    with refused_as(StoreReadError, folder):
        if not is_folder(folder):
            return ()
        with os.scandir(folder) as entries:
            posing = [entry for entry in entries if _poses_as_checkpoint(entry.name)]
        kept = []
        for entry in posing:
            with suppress(FileNotFoundError):  # gone since it was listed
                kept.append(_kept(folder, entry))
    return tuple(sorted(kept, key=_order))


def write_checkpoint(folder: Path, text: str, size: int) -> str:
    """Write the *text* of a checkpoint or note of that *size* durably, and return its place.

    A file that is there is never overwritten: another one of the same size gets a name of its own,
    and where the same text is there already, nothing is written. Raises `StoreWriteError` where
    the platform refuses, or *folder* is a link or a file.
    """
    content = text.encode()
    with refused_as(StoreWriteError, folder):
        if not is_folder(folder):
            make_folder(folder)
        names = (checkpoint_name(size, number) for number in count(1))
        name = next(name for name in names if _is_written(folder, name, content))
    return place_of(folder, name)


def checkpoint_name(size: int, number: int = 1) -> str:
    """Name the file of the checkpoint of that *size*, one of several by its *number*.

    >>> checkpoint_name(63)
    '0000000063.checkpoint'
    >>> checkpoint_name(63, 2)
    '0000000063-2.checkpoint'
    """
    return f"{size:010d}{_ENDING}" if number == 1 else f"{size:010d}-{number}{_ENDING}"


def _kept(folder: Path, entry: "os.DirEntry[str]") -> KeptCheckpoint:
    place = place_of(folder, entry.name)

    def flawed(*found: Flaw) -> KeptCheckpoint:
        return KeptCheckpoint(entry.name, place, None, None, found)

    if not entry.is_file(follow_symlinks=False):
        return flawed(flaws.not_a_file(place, entry.stat(follow_symlinks=False).st_mode))
    content = content_of(folder / entry.name, place, MOST_BYTES)
    if isinstance(content, Flaw):
        return flawed(content)
    try:
        note, checkpoint = checkpoint_in(decoded(content))
    except NoteError as error:
        return flawed(*(flaw.at(place) for flaw in error.flaws))
    return KeptCheckpoint(
        entry.name, place, note, checkpoint, _name_flaws(entry.name, place, checkpoint.size)
    )


def _name_flaws(name: str, place: str, size: int) -> tuple[Flaw, ...]:
    if _size_of(name) == size:
        return ()
    return (flaws.foreign_file(place, name, checkpoint_name(size)),)


def _size_of(name: str) -> int | None:
    parts = _NAME.fullmatch(name)
    return int(parts[1]) if parts else None


def _order(kept: KeptCheckpoint) -> tuple[float, int, str]:
    """By size, as it says itself, else as its name says; what has none comes last."""
    stated = kept.checkpoint.size if kept.checkpoint else _size_of(kept.name)
    parts = _NAME.fullmatch(kept.name)
    number = int(parts[2] or 1) if parts else 0
    return (math.inf if stated is None else stated, number, kept.name)


def _poses_as_checkpoint(name: str) -> bool:
    return name.endswith(_ENDING) and not name.startswith(".")


def _is_written(folder: Path, name: str, content: bytes) -> bool:
    """Write *content* to a file called *name*; False where that has other content."""
    try:
        write_once(folder, name, content)
    except FileExistsError:
        is_file = stat.S_ISREG(os.lstat(folder / name).st_mode)
        return is_file and content_of(folder / name, name, MOST_BYTES) == content
    return True


def is_folder(folder: Path) -> bool:
    """Whether there is a folder; `NotADirectoryError` for what is none, even a link to one."""
    try:
        mode = os.lstat(folder).st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    return True
