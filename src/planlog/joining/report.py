"""What was joined: which events came, where they stand now, and what is odd since."""

from typing import Literal

import attrs

from planlog.findings import Finding
from planlog.values import Value

Kept = Literal["log", "joined", "unfit"]
"""Whether a checkpoint fits the joined log, or the other log in it, or nothing that is there."""


@attrs.frozen(repr=False)
class JoinedBatch(Value):
    """A batch that came: the file that it had, the one that it has now, and its events' ids.

    *position* is that of its first event.
    """

    source: str
    place: str
    position: int
    events: tuple[str, ...]


@attrs.frozen(repr=False)
class JoinedCheckpoint(Value):
    """A checkpoint of theirs: its file, the *size* it is about, and what it fits now.

    *place* is the folder in which it is kept, if it is kept.
    """

    source: str
    size: int
    kept: Kept
    place: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class JoinReport(Value):
    """What joining two logs did, or would do with *dry_run*.

    *before* is how many events ours had, *size* how many the joined log has. *known* are the ids
    of the events of theirs that stood here already, *removed* the files that held nothing else,
    *erased* the positions of the lines whose text was erased there and now is here, *odd* what
    depends on which log stands first, and whatever else is odd only since. *unsure* are the files
    that could belong to either of the branches in one folder; *all_orders_kept* says that every
    order is kept that the events of these may have had.
    """

    dry_run: bool
    before: int
    size: int
    batches: tuple[JoinedBatch, ...] = ()
    known: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    erased: tuple[int, ...] = ()
    checkpoints: tuple[JoinedCheckpoint, ...] = ()
    odd: tuple[Finding, ...] = ()
    unsure: tuple[str, ...] = ()
    all_orders_kept: bool = True

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to join."""
        return not (self.batches or self.removed or self.erased or self.checkpoints)
