"""What shows that a log is what it was: the origin, the leaves and the root of its lines."""

from typing import TYPE_CHECKING

from planlog.errors import SizeError
from planlog.log.questions import AskedLog

if TYPE_CHECKING:
    from pathlib import Path

    from planlog.stores.checkpointfiles import KeptCheckpoint
    from planlog.stores.joinedfiles import JoinedLog
    from planlog.trust.checkpoints import Checkpoint
    from planlog.trust.notes import SignedNote


class ProvenLog(AskedLog):
    """A log that tells by how little it can be recognized."""

    @property
    def origin(self) -> str:
        """What checkpoints call this log, unless something else is agreed: ``planlog/`` and an id.

        It is the id of the first event, and nothing where there is none yet.
        """
        events = self._read()
        return f"planlog/{events[0].id}" if events else ""

    def leaves(self, size: int | None = None) -> list[bytes]:
        """Return the leaf of each of the first *size* lines (absent: of all).

        Raises `SizeError` where the log has not so many.
        """
        from planlog.trust.leaves import leaf_of

        present = self.size
        if size is not None and not 0 <= size <= present:
            raise SizeError(size, present)
        return list(map(leaf_of, self.store.read(0, present if size is None else size)))

    def checkpoint(self, size: int | None = None, origin: str | None = None) -> "Checkpoint":
        """Return the checkpoint of the first *size* lines (absent: of all).

        Raises `SizeError` where the log has not so many, `NoteError` where *origin* cannot be one
        or the log is empty and none is given.
        """
        from planlog.trust.checkpoints import Checkpoint
        from planlog.trust.merkle import root_of

        leaves = self.leaves(size)
        return Checkpoint(self.origin if origin is None else origin, len(leaves), root_of(leaves))

    def checkpoints(self) -> "tuple[KeptCheckpoint, ...]":
        """Return the checkpoints that are kept beside the log, by size; nobody has checked them.

        A log that is not in a folder has none.
        """
        from planlog.stores.checkpointfiles import read_checkpoints

        folder = self._checkpoints_folder()
        return () if folder is None else read_checkpoints(folder)

    def keep_checkpoint(self, issued: "Checkpoint | SignedNote | None" = None) -> str:
        """Keep a checkpoint beside the log, and return its place; that of all lines, unless given.

        Nothing is ever written over; the same bytes again are left alone. Raises `ValueError` where
        the log has another root, `SizeError` where it is shorter, `TypeError` where it is in no
        folder, and `StoreWriteError`.
        """
        from planlog.stores.checkpointfiles import write_checkpoint
        from planlog.trust.checkpoints import Checkpoint

        if issued is None:
            issued = self.checkpoint()
        if isinstance(issued, Checkpoint):
            stated, text = issued, issued.text
        else:
            stated, text = Checkpoint.parse(issued.body), issued.whole
        folder = self._checkpoints_folder()
        if folder is None:
            raise TypeError("only a log in a folder keeps checkpoints beside it")
        if self.checkpoint(stated.size, stated.origin).root != stated.root:
            raise ValueError(f"the log has another root for its first {stated.size} events")
        return write_checkpoint(folder, text, stated.size)

    def covered(self, position: int) -> bool:
        """Whether a checkpoint beside the log covers the line at *position*, and fits the log.

        One of a log that was joined to this one will do.
        """
        from planlog.trust.merkle import root_of

        present = self.leaves()
        stated = {
            (kept.checkpoint.size, kept.checkpoint.root)
            for kept in self.checkpoints()
            if kept.checkpoint is not None and position < kept.checkpoint.size <= len(present)
        }
        own = any(root_of(present[:size]) == root for size, root in stated)
        return own or any(one.covers(position) and one.fits(present) for one in self._joined())

    def _joined(self) -> "tuple[JoinedLog, ...]":
        from planlog.stores.joinedfiles import read_joined

        folder = self._checkpoints_folder()
        return () if folder is None else read_joined(folder)

    def _checkpoints_folder(self) -> "Path | None":
        """The folder of the checkpoints; a log that is not in a folder has none."""
        from planlog.stores.checkpointfiles import checkpoints_folder
        from planlog.stores.folder import FolderStore

        if isinstance(self.store, FolderStore):
            return checkpoints_folder(self.store.folder)
        return None
