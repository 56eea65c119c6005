"""How do the newcomers get to their places safely? Step by step, and nothing is ever lost.

What is new is written first, what it takes the place of is removed last, the last file first. So at
whatever step a process dies, what is left is understood as what was there before, and joining once
more goes on from there.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from planlog.errors import StoreReadError, StoreUncertainError, StoreWriteError, UnfinishedJoinError
from planlog.stores.checkpointfiles import write_checkpoint
from planlog.stores.durable import (
    put_in_place,
    remove_leftovers,
    sync_folder,
    write_once,
    written_beside,
)
from planlog.stores.joinedfiles import remove_joined, write_joined
from planlog.trust.orders import Order
from planlog.values import Value

Note = tuple[int, str]
"""The size that a checkpoint is about, and the text of its file."""


@attrs.frozen(kw_only=True, repr=False)
class Steps(Value):
    """What is to be done in the folder of events, and in that of the checkpoints.

    *files* are written: a name and the content; so are *orders* with their checkpoints, and the
    *checkpoints* that fit the log as it is. Then each of the *mended* checkpoints gets its content,
    *gone_checkpoints* and *gone_orders* are removed, and at last the *gone_files*.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    orders: tuple[tuple[Order, tuple[Note, ...]], ...] = ()
    checkpoints: tuple[Note, ...] = ()
    mended: tuple[tuple[str, str], ...] = ()
    gone_checkpoints: tuple[str, ...] = ()
    gone_orders: tuple[str, ...] = ()
    gone_files: tuple[str, ...] = ()


def carry_out(steps: Steps, events: Path, checkpoints: Path) -> None:
    """Do all *steps*; the caller holds the lock.

    Raises `StoreWriteError` where the platform refuses the very first of them, and
    `UnfinishedJoinError` behind that.
    """
    remove_leftovers(events)
    begun = False
    if steps.gone_files:
        # What else may have been a log is only seen until the first of the files is written.
        for order, _ in steps.orders:
            with _told(checkpoints, begun=begun):
                write_joined(checkpoints, order, ())
            begun = True
    for name, content in steps.files:
        with _told(events / name, begun=begun):
            write_once(events, name, content)
        begun = True
    with _told(checkpoints, begun=begun):
        for order, notes in steps.orders:
            write_joined(checkpoints, order, notes)
        for size, text in steps.checkpoints:
            write_checkpoint(checkpoints, text, size)
    with _told(checkpoints, begun=True):
        for name, text in steps.mended:
            with written_beside(checkpoints, text.encode()) as temporary:
                put_in_place(temporary, checkpoints / name)
        _remove(checkpoints, steps.gone_checkpoints)
        for name in steps.gone_orders:
            remove_joined(checkpoints, name)
    with _told(events, begun=True):
        _remove(events, steps.gone_files)


def _remove(folder: Path, names: Sequence[str]) -> None:
    """Remove files, the last one first, each for good before the next."""
    for name in reversed(names):
        with suppress(FileNotFoundError):
            os.unlink(folder / name)
        sync_folder(folder)


@contextmanager
def _told(path: Path, begun: bool) -> Iterator[None]:
    """Tell what the platform refuses, and whether something was done before."""
    try:
        yield
    except OSError as refusal:
        cause = refusal.strerror or str(refusal)
        named = os.fsdecode(refusal.filename) if refusal.filename else str(path)
        raise (UnfinishedJoinError if begun else StoreWriteError)(named, cause) from refusal
    except (StoreReadError, StoreWriteError, StoreUncertainError) as refusal:
        if not begun:
            raise
        raise UnfinishedJoinError(refusal.path, refusal.cause) from refusal
