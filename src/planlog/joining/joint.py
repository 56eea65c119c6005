"""Join two logs: read both, see what is new, put it behind ours, and tell what is odd since."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import attrs

from planlog import codec
from planlog.errors import (
    CloneNotFoundError,
    DamagedLogError,
    JoinError,
    LogNotFoundError,
    StoreReadError,
    StoreWriteError,
)
from planlog.events import RecordedEvent
from planlog.joining.clones import Batch, Clone, Line, clone_of
from planlog.joining.conflicts import split
from planlog.joining.lineages import Vouched, lineages
from planlog.joining.newcomers import Joint, NewBatch, Taken
from planlog.joining.objections import (
    by_file,
    refuse_branch,
    refuse_erasures,
    refuse_strays,
    refuse_unfit,
    refuse_unreadable,
)
from planlog.joining.oddities import oddities
from planlog.joining.placing import Steps, carry_out
from planlog.joining.proofs import Gathering, Proofs
from planlog.joining.report import JoinedBatch, JoinReport
from planlog.stores.checkpointfiles import KeptCheckpoint, checkpoints_folder, read_checkpoints
from planlog.stores.eventfiles import place_of, read_batches
from planlog.stores.folder import FolderStore, Location
from planlog.stores.joinedfiles import read_joined
from planlog.stores.refusals import refused_as
from planlog.values import Value


@attrs.frozen(repr=False, eq=False)
class _Work(Value):
    """The joined log, what is reported of it, and the steps that make it.

    *orders* have the positions of the *events* of each clone, in its own order.
    """

    joint: Joint
    events: Sequence[RecordedEvent]
    orders: tuple[Sequence[int], ...]
    report: JoinReport
    steps: Steps


def join(
    location: Location,
    other: Location | None = None,
    *,
    ours: str | None = None,
    erase: bool = False,
    dry_run: bool = False,
) -> JoinReport:
    """Join the log at *location* with that of an *other* clone of the same plan, and tell of it.

    Without *other*, the branches are joined that a merge by git left side by side in one folder.
    Which of them stays in its place is told there by *ours*: the name of a file, or the beginning
    of an event's id, that only this branch has. Ours stays as it is, byte for byte; the newcomers
    are written behind it, batch by batch, in new files.

    What they erased of our lines is erased here too, which nothing undoes: *erase* agrees to it, as
    --erase does that a refusal names.

    With *dry_run* nothing is written. Raises `JoinError` for another plan, an event that is another
    one there, a file that continues nothing, or erasures that nobody agreed to; `DamagedLogError`;
    `LogNotFoundError`, for *other* `CloneNotFoundError`; the store's errors; and
    `UnfinishedJoinError` where the platform refused to go on: joining again goes on from there.
    """
    if ours is not None and other is not None:
        raise TypeError("ours names one of the branches in one folder, there is no other then")
    store = FolderStore.open(location)
    there = None if other is None else _opened(other)
    with refused_as(StoreReadError, store.folder):
        if there is not None and there.samefile(store.folder):
            there = None
    lock: AbstractContextManager[None] = nullcontext() if dry_run else store.locked()
    with refused_as(StoreWriteError, store.folder), lock:
        work = _merged(store.folder, ours) if there is None else _joined(store.folder, there)
        if not dry_run:
            if there is not None and not erase:
                gone = [work.events[position] for position, _ in work.joint.erasing]
                refuse_erasures(work.events[work.report.before :], gone)
            carry_out(work.steps, store.folder, checkpoints_folder(store.folder))
    if not dry_run:
        for position, mark in work.joint.erasing:
            store.replace(position, mark, (), store.size())
    # Nobody has to wait for this: of a long log it takes its time.
    told = work.report
    is_new = told.batches or told.removed or told.erased
    odd = oddities(work.events, work.orders) if is_new and work.orders[1:] else ()
    return attrs.evolve(told, dry_run=dry_run, odd=odd)


def _opened(other: Location) -> Path:
    try:
        return FolderStore.open(other).folder
    except LogNotFoundError as error:
        raise CloneNotFoundError(error.path) from error


def _joined(here: Path, there: Path) -> _Work:
    """Join the log *here* with that of another folder."""
    ours, proofs = _clone(here), _proofs(here)
    with _placed_in(there.parent):
        theirs, their_proofs = _clone(there), _proofs(there)
    joint = Joint(ours, [theirs])
    with _placed_in(there):
        taken = joint.take(theirs)
    gathering = Gathering(joint.leaves, proofs)
    gathering.keep_log(taken.where)
    gathering.keep_checkpoints([taken], their_proofs.checkpoints, moving=False)
    gathering.keep_joined([taken], their_proofs.joined, moving=False)
    return _work(here, ours, joint, [taken], gathering, joint.batches)


def _merged(here: Path, name: str | None) -> _Work:
    """Join the branches whose files lie side by side."""
    with refused_as(StoreReadError, here):
        batches = [Batch.of(stored) for stored in read_batches(here, overlapping=True)]
    refuse_unreadable(here, batches)
    proofs = _proofs(here)
    first = None if name is None else _named(batches, name)
    found = lineages(batches, tuple(_vouched(proofs)), proofs.orders, first)
    refuse_strays(here, found.strays)
    clones = found.clones or (Clone(()),)
    ours, *others = clones
    if name is not None and (first is None or all(first in one.batches for one in clones)):
        refuse_branch(name, clones)
    joint = Joint(ours, others)
    with _placed_in(Path(here.name)):
        takens = [joint.take(clone) for clone in others]
    gathering = Gathering(joint.leaves, proofs)
    orders = [taken.where for taken in takens] + [joint.where(clone) for clone in found.possible]
    for where in sorted(orders, key=len, reverse=True):
        gathering.keep_log(where)
    gathering.keep_checkpoints(takens, proofs.checkpoints, moving=True)
    if others:
        gathering.keep_joined(takens, proofs.joined, moving=True)
        refuse_unfit(gathering.told)
    else:
        # Nothing moves, so verifying can tell of these.
        refuse_unfit(one for one in gathering.told if one.source in proofs.conflicts)
        gathering.told = [one for one in gathering.told if one.kept != "unfit"]
    names = {batch.name for batch in batches}
    moved = [_renamed(batch, names) for batch in joint.batches]
    staying = {batch.name for batch in ours.batches} | {batch.name for batch in moved}
    gone = (batch.name for clone in others for batch in clone.batches)
    files = tuple(name for name in dict.fromkeys(gone) if name not in staying)
    unsure = tuple(place_of(here, batch.name) for batch in found.unsure)
    work = _work(here, ours, joint, takens, gathering, moved, names, files)
    report = attrs.evolve(work.report, unsure=unsure, all_orders_kept=not found.more)
    return attrs.evolve(work, report=report)


def _work(
    here: Path,
    ours: Clone,
    joint: Joint,
    takens: Sequence[Taken],
    gathering: Gathering,
    batches: Sequence[NewBatch],
    standing: Container[str] = (),
    gone_files: tuple[str, ...] = (),
) -> _Work:
    """Put together what is to be done and what is to be told of it.

    Of the *batches* that come behind ours, those *standing* there have their file already.
    """
    events = _decoded(here, joint)
    sources = {batch.source for batch in batches}
    report = JoinReport(
        dry_run=False,
        before=len(ours.lines),
        size=len(joint.lines),
        batches=tuple(_told(here, batch, events) for batch in batches),
        known=tuple(dict.fromkeys(id for one in takens for id in one.known)),
        removed=tuple(name for name in gone_files if name not in sources),
        erased=tuple(position for position, _ in joint.erasing),
        checkpoints=tuple(gathering.told),
    )
    steps = Steps(
        files=tuple((one.name, one.content) for one in batches if one.name not in standing),
        orders=tuple((order, tuple(notes)) for order, notes in gathering.orders.items()),
        checkpoints=tuple(gathering.checkpoints),
        mended=tuple(gathering.mended.items()),
        gone_checkpoints=tuple(gathering.gone_checkpoints),
        gone_orders=tuple(gathering.gone_orders),
        gone_files=gone_files,
    )
    return _Work(joint, events, tuple(_orders(ours, takens)), report, steps)


def _told(here: Path, batch: NewBatch, events: Sequence[RecordedEvent]) -> JoinedBatch:
    ids = (event.id for event in events[batch.position : batch.position + len(batch.lines)])
    return JoinedBatch(batch.source, place_of(here, batch.name), batch.position, tuple(ids))


def _orders(ours: Clone, takens: Sequence[Taken]) -> Iterator[Sequence[int]]:
    """For each clone, the positions where its events stand now, in its own order."""
    yield range(len(ours.lines))
    for taken in takens:
        yield list(dict.fromkeys(one for one in taken.same if one is not None))


def _renamed(batch: NewBatch, names: Container[str]) -> NewBatch:
    """The batch under a name that no other file has; as it is, if it is that file already."""
    name = batch.name
    if name == batch.source and not batch.is_part:
        return batch
    while name in names:
        name = f"{name[:10]}-joined{name[10:]}"
    return attrs.evolve(batch, name=name)


def _vouched(proofs: Proofs) -> Iterator[Vouched]:
    for kept in proofs.checkpoints:
        if kept.checkpoint is not None:
            yield Vouched(kept.checkpoint.size, kept.checkpoint.root)
    for order in proofs.orders:
        yield Vouched(order.size, order.root, joined=True)


def _named(batches: Sequence[Batch], name: str) -> Batch | None:
    """The file that is called *name*, or the one with the event whose id begins so."""
    found = [
        batch
        for batch in batches
        if batch.name == Path(name).name
        or any(line.event is not None and line.event.id.startswith(name) for line in batch.lines)
    ]
    return found[0] if len(found) == 1 else None


def _clone(folder: Path) -> Clone:
    """Read a log whose files follow one another, and refuse it if it is damaged."""
    with refused_as(StoreReadError, folder):
        stored = read_batches(folder)
    clone = clone_of(stored)

    def place(position: int) -> str:
        return place_of(folder, *clone.source(position))

    _decode(clone.lines, place)
    return clone


def _proofs(folder: Path) -> Proofs:
    checkpoints = checkpoints_folder(folder)
    found: list[KeptCheckpoint] = []
    conflicts: set[str] = set()
    for kept in read_checkpoints(checkpoints):
        if halves := split(checkpoints, kept):
            conflicts.add(kept.name)
        found += halves or (kept,)
    return Proofs(tuple(found), read_joined(checkpoints), frozenset(conflicts))


def _decoded(here: Path, joint: Joint) -> Sequence[RecordedEvent]:
    def place(position: int) -> str:
        return place_of(here, *joint.sources[position])

    return _decode(joint.lines, place)


def _decode(lines: Iterable[Line], place: Callable[[int], str]) -> Sequence[RecordedEvent]:
    try:
        return codec.decode_lines([line.raw for line in lines], 0, place)
    except DamagedLogError as error:
        raise DamagedLogError(by_file(error.flaws)) from error


@contextmanager
def _placed_in(folder: Path) -> Iterator[None]:
    """Tell with every flaw in which *folder* it is: two logs have files of the same names."""
    try:
        yield
    except (DamagedLogError, JoinError) as error:
        raise type(error)(
            tuple(flaw.at(str(folder / flaw.place)) for flaw in error.flaws)
        ) from error
