"""What is kept of logs that were joined: where their lines stand here, and their checkpoints.

In the folder of the checkpoints, ``joined`` has a folder for each of these logs. Its side file
tells the order in which present lines were that log, and beside it lie the checkpoints. Nobody has
to believe the side file: the root of a checkpoint fits these lines in that order, or it does not.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import attrs

from planlog.errors import Flaw, NoteError, StoreReadError, StoreWriteError
from planlog.stores import flaws
from planlog.stores.checkpointfiles import is_folder, read_checkpoints, write_checkpoint
from planlog.stores.durable import make_folder, sync_folder, write_once
from planlog.stores.eventfiles import content_of, place_of
from planlog.stores.refusals import refused_as
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.merkle import root_of
from planlog.trust.notes import SignedNote
from planlog.trust.orders import Order
from planlog.values import Value

SIDE_FILE: Final = "lines.join"
"""How the file with the order is called."""

MAX_SIDE_FILE: Final = 2**24
"""The longest side file, in bytes."""

_JOINED: Final = "joined"
_NAME: Final = re.compile(r"[0-9]{10,16}-[0-9a-f]{8}")


@attrs.frozen(repr=False)
class JoinedLog(Value):
    """A checkpoint of a log that was joined, and the *order* in which present lines are that log.

    *checkpoint* is None where none lies beside the order, *order* where that cannot be read;
    *flaws* tell what is wrong. *name* is that of the folder of both.
    """

    name: str
    place: str
    note: SignedNote | None
    checkpoint: Checkpoint | None
    order: Order | None
    flaws: tuple[Flaw, ...] = ()

    def leaves(self, present: Sequence[bytes]) -> list[bytes] | None:
        """Return the leaves that the checkpoint covers, given all that are *present* here.

        None where there are too few of them, or there is no checkpoint or no order.
        """
        if self.order is None or self.checkpoint is None:
            return None
        try:
            leaves = self.order.leaves(present)
        except IndexError:
            return None
        size = self.checkpoint.size
        return leaves[:size] if len(leaves) >= size else None

    def covers(self, position: int) -> bool:
        """Whether the checkpoint is about the line that stands at *position* here."""
        if self.order is None or self.checkpoint is None:
            return False
        return any(position in one for one in self.order.ranges(self.checkpoint.size))

    def fits(self, present: Sequence[bytes]) -> bool:
        """Whether the checkpoint's root is that of the leaves that are *present*, in this order."""
        leaves = self.leaves(present)
        return (
            leaves is not None
            and self.checkpoint is not None
            and root_of(leaves) == self.checkpoint.root
        )


def read_joined(folder: Path) -> tuple[JoinedLog, ...]:
    """Read what *folder*, that of the checkpoints, keeps of joined logs; () where it has nothing.

    There is one for each checkpoint, and one for an order without any. Raises `StoreReadError`
    where the platform refuses, or a folder is a link or a file.
    """
    joined = folder / _JOINED
    with refused_as(StoreReadError, joined):
        if not is_folder(folder) or not is_folder(joined):
            return ()
        names = sorted(filter(_NAME.fullmatch, os.listdir(joined)))
    return tuple(log for name in names for log in _logs_in(joined / name))


def write_joined(
    folder: Path, order: Order, checkpoints: Sequence[tuple[int, str]]
) -> tuple[str, ...]:
    """Keep an *order* and its *checkpoints* durably, and return the places of these.

    *folder* is that of the checkpoints; of each, the size and the text are given. What is there
    already is left alone. Raises `StoreWriteError` where the platform refuses, or a folder is a
    link or a file.
    """
    place = folder / _JOINED / order.name
    with refused_as(StoreWriteError, place):
        for one in (folder, folder / _JOINED, place):
            if not is_folder(one):
                make_folder(one)
        if not os.path.lexists(place / SIDE_FILE):
            write_once(place, SIDE_FILE, order.text.encode())
    return tuple(write_checkpoint(place, text, size) for size, text in checkpoints)


def remove_joined(folder: Path, name: str) -> None:
    """Remove what is kept under the *name* of an order: its checkpoints, then the order.

    *folder* is that of the checkpoints. Whatever else lies among them stays. Raises `OSError` or
    `StoreReadError` where the platform refuses.
    """
    place = folder / _JOINED / name
    checkpoints = [kept.name for kept in read_checkpoints(place)]
    for one in (*checkpoints, SIDE_FILE):
        with suppress(FileNotFoundError):
            os.unlink(place / one)
    sync_folder(place)
    with suppress(OSError):  # not empty
        os.rmdir(place)
    sync_folder(folder / _JOINED)


def _logs_in(folder: Path) -> Iterator[JoinedLog]:
    """What one folder keeps of one joined log."""
    checkpoints = read_checkpoints(folder)
    with refused_as(StoreReadError, folder):
        order = _order_in(folder)
    told, wrong = (order, ()) if isinstance(order, Order) else (None, order)
    for kept in checkpoints:
        place = _place(folder, kept.name)
        found = tuple(flaw.at(place) for flaw in kept.flaws)
        yield JoinedLog(folder.name, place, kept.note, kept.checkpoint, told, (*wrong, *found))
    if not checkpoints:
        yield JoinedLog(folder.name, _place(folder, SIDE_FILE), None, None, told, wrong)


def _place(folder: Path, name: str) -> str:
    """Name a file of one joined log for people, seen from the plan's folder."""
    above = folder.parent
    return f"{above.parent.name}/{above.name}/{place_of(folder, name)}"


def _order_in(folder: Path) -> Order | tuple[Flaw, ...]:
    place, path = _place(folder, SIDE_FILE), folder / SIDE_FILE
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return (Flaw("order-missing", "the file is missing; join the two logs again", place=place),)
    if not stat.S_ISREG(mode):
        return (flaws.not_a_file(place, mode),)
    content = content_of(path, place, MAX_SIDE_FILE)
    if isinstance(content, Flaw):
        return (content,)
    try:
        return Order.parse(content)
    except NoteError as error:
        return tuple(flaw.at(place) for flaw in error.flaws)
