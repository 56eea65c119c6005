"""What becomes of the checkpoints of logs that were joined? Each is kept where it fits."""

from collections.abc import Iterable, Sequence

import attrs

from planlog.joining.newcomers import Taken
from planlog.joining.placing import Note
from planlog.joining.report import JoinedCheckpoint, Kept
from planlog.stores.checkpointfiles import KeptCheckpoint
from planlog.stores.joinedfiles import JoinedLog
from planlog.trust.merkle import root_of
from planlog.trust.orders import Order, Where
from planlog.values import Value


@attrs.frozen(repr=False, eq=False)
class Proofs(Value):
    """The checkpoints of a folder, and what it keeps of logs that were joined before.

    *conflicts* are the names of the files in which git left two of the checkpoints.
    """

    checkpoints: tuple[KeptCheckpoint, ...]
    joined: tuple[JoinedLog, ...]
    conflicts: frozenset[str] = frozenset()

    @property
    def orders(self) -> tuple[Order, ...]:
        """The orders of the logs that were joined before, each once."""
        return tuple(dict.fromkeys(one.order for one in self.joined if one.order is not None))


class Gathering:
    """The orders and checkpoints to keep, while they are found.

    *leaves* are those of the joined log; *present* is what its folder keeps by now.
    """

    def __init__(self, leaves: Sequence[bytes], present: Proofs) -> None:
        self.told: list[JoinedCheckpoint] = []
        self.checkpoints: list[Note] = []
        self.orders: dict[Order, list[Note]] = {}
        self.mended: dict[str, str] = {}
        self.gone_checkpoints: list[str] = []
        self.gone_orders: list[str] = []
        self._leaves = leaves
        self._places = {leaf: position for position, leaf in enumerate(leaves)}
        self._root = root_of(leaves)
        self._present = present
        self._standing = [order for order in present.orders if fits(order, leaves)]
        whole = (one for one in present.checkpoints if one.name not in present.conflicts)
        self._there = {note_of(kept) for kept in whole}
        self._there_joined = {(one.order, note_of(one)) for one in present.joined}

    def keep_log(self, where: Sequence[Where]) -> None:
        """Keep *where* the lines of a clone stand here, if that is not the order of ours."""
        self._keep(where, None, "")

    def keep_checkpoints(
        self, takens: Sequence[Taken], checkpoints: Iterable[KeptCheckpoint], *, moving: bool
    ) -> None:
        """Keep *checkpoints* where they fit; they lie in our own folder if they are *moving*."""
        for kept in checkpoints:
            note = note_of(kept)
            if note is None:
                continue
            is_half = moving and kept.name in self._present.conflicts
            if _fits(kept, self._leaves):
                if is_half and kept.name not in self.mended:
                    self.mended[kept.name] = note[1]
                    self._tell(kept.name, note, "log", "checkpoints")
                elif note not in self._there:
                    self.checkpoints.append(note)
                    self._tell(kept.name, note, "log", "checkpoints")
            elif (where := self._where(kept, takens)) is not None:
                self._keep(where, note, kept.name)
                self.gone_checkpoints += [kept.name] if moving else []
            else:
                self._tell(kept.name, note, "unfit", None)
        gone = dict.fromkeys(self.gone_checkpoints)
        self.gone_checkpoints = [name for name in gone if name not in self.mended]

    def _where(self, kept: KeptCheckpoint, takens: Sequence[Taken]) -> Sequence[Where] | None:
        """Where the lines of the log stand that a checkpoint fits; None if there is no such log."""
        for one in takens:
            if _fits(kept, one.clone.leaves):
                return one.where
        for order in (*self._standing, *self.orders):
            if _fits(kept, order.leaves(self._leaves)):
                return list(order.places)
        return None

    def keep_joined(
        self, takens: Sequence[Taken], joined: Iterable[JoinedLog], *, moving: bool
    ) -> None:
        """Keep what was *joined* to a clone before; it is in our own folder if it is *moving*."""
        for log in joined:
            order = log.order
            if order is None or (moving and order in self._standing):
                continue
            one = next((one for one in takens if fits(order, one.clone.leaves)), None)
            if one is None:
                continue
            places = [self._composed(place, one.where) for place in order.places]
            self._keep(places, note_of(log), f"{log.name}/{log.place.rpartition('/')[2]}")
            if moving and log.name not in self.gone_orders:
                self.gone_orders.append(log.name)

    def _composed(self, place: Where, where: Sequence[Where]) -> Where:
        leaf_or_place = where[place] if isinstance(place, int) else place
        if isinstance(leaf_or_place, bytes):
            return self._places.get(leaf_or_place, leaf_or_place)
        return leaf_or_place

    def _keep(self, places: Sequence[Where], note: Note | None, source: str) -> None:
        order = self._order(places)
        if order is None:
            if note is not None and note not in self._there:
                self.checkpoints.append(note)
                self._tell(source, note, "log", "checkpoints")
            return
        notes = self.orders.setdefault(order, [])
        if note is not None and (order, note) not in self._there_joined and note not in notes:
            notes.append(note)
            self._tell(source, note, "joined", f"checkpoints/joined/{order.name}")

    def _order(self, places: Sequence[Where]) -> Order | None:
        """An order that begins with *places*; None where that is the order of the log itself."""
        if list(places) == list(range(len(places))):
            return None
        for order in (*self._standing, *self.orders):
            if list(order.places)[: len(places)] == list(places):
                return order
        return Order.of(places, len(self._leaves), self._root)

    def _tell(self, source: str, note: Note, kept: Kept, place: str | None) -> None:
        self.told.append(JoinedCheckpoint(source, note[0], kept, place))


def note_of(kept: KeptCheckpoint | JoinedLog) -> Note | None:
    """The size and the text of a checkpoint, with its signatures; None if it cannot be read."""
    if kept.checkpoint is None:
        return None
    text = kept.checkpoint.text if kept.note is None else kept.note.whole
    return kept.checkpoint.size, text


def fits(order: Order, leaves: Sequence[bytes]) -> bool:
    """Whether the positions of an *order* are those of the log with these *leaves*."""
    return order.size <= len(leaves) and root_of(leaves[: order.size]) == order.root


def _fits(kept: KeptCheckpoint, leaves: Sequence[bytes]) -> bool:
    one = kept.checkpoint
    return one is not None and one.size <= len(leaves) and root_of(leaves[: one.size]) == one.root
