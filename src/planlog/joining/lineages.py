"""Which files were one clone's? The branches that git's merge left side by side in one folder.

A file continues one that ends where it begins. Where several do, what was vouched for decides: the
root of a checkpoint shows which files were one log. Where nothing vouches for the order, the files
that fit together best are taken for one log; everybody who looks at the same files finds the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from itertools import islice, zip_longest
from typing import Final

import attrs

from planlog.events import Erased, RecordedEvent
from planlog.joining.clones import Batch, Clone, Line
from planlog.references import references
from planlog.trust.merkle import Frontier
from planlog.trust.orders import Order

_MOST_STEPS: Final = 8_000
"""How many steps are taken to put files together before a root counts as that of none of them."""

_UNTOLD: Final = datetime.max.replace(tzinfo=UTC)


@attrs.frozen
class Vouched:
    """What somebody vouched for: a log of that *size* had that *root*.

    *joined* says that it was planlog that put it down, when it joined logs before.
    """

    size: int
    root: bytes
    joined: bool = False


@attrs.define(eq=False, repr=False)
class _File:
    """A file on its way to its branch, or the log of an earlier clone, which has no file here."""

    batch: Batch
    lines: tuple[Line, ...]
    is_file: bool = True
    parent: "_File | None" = None
    in_trunk: bool = False
    settled: bool = False
    lost: bool = False
    children: "list[_File]" = attrs.field(factory=list)
    vouched: int = 0
    joined: int = 0

    @property
    def position(self) -> int:
        return self.batch.position

    @property
    def end(self) -> int:
        return self.batch.position + len(self.lines)

    @property
    def events(self) -> Iterator[RecordedEvent]:
        return (line.event for line in self.lines if line.event is not None)

    @property
    def ids(self) -> set[str]:
        return {event.id for event in self.events}

    @property
    def age(self) -> tuple[datetime, str, str]:
        """What puts branches into an order if nothing else does: who recorded first."""
        first = next(self.events, None)
        return (_UNTOLD, "", self.batch.name) if first is None else (first.recorded, first.id, "")

    @property
    def path(self) -> "list[_File]":
        """The files of its log up to this one."""
        found = [self]
        while (before := found[-1].parent) is not None:
            found.append(before)
        return found[::-1]

    @property
    def apart(self) -> "Iterator[_File]":
        """This file and those before it, as far as they are not in every log."""
        file: _File | None = self
        while file is not None and not file.in_trunk:
            yield file
            file = file.parent


def lineages(
    batches: Sequence[Batch],
    vouched: Sequence[Vouched] = (),
    orders: Sequence[Order] = (),
    first: Batch | None = None,
) -> tuple[Clone, ...]:
    """Tell the log of each clone from the files that lie in one folder; ours comes first.

    Ours is the one with *first*, if that is given; else the one of which most is *vouched* for;
    else the one whose first line that others lack was recorded first. *orders* are those of earlier
    joins: a file may continue a log whose lines have moved since.
    """
    family = _Family(batches)
    for one in sorted(vouched, key=lambda each: each.size):
        family.settle(one)
    for order in orders:
        family.remember(order)
    if family.remembered:
        for one in sorted(vouched, key=lambda each: each.size):
            family.settle(one)
    family.settle_others()
    return tuple(family.clones(first))


class _Family:
    """The files of a folder, and which of them continues which."""

    def __init__(self, batches: Sequence[Batch]) -> None:
        self.files = [_File(batch, batch.lines) for batch in batches]
        self.files.sort(key=lambda file: (file.position, file.age, file.batch.name))
        self.remembered: list[_File] = []
        self.ends: dict[int, list[_File]] = {}
        for file in self.files:
            self.ends.setdefault(file.end, []).append(file)
        self.trunk = self._trunk()
        self.frontier = Frontier()
        self._misfits: dict[tuple[int, int], tuple[int, bool, bool]] = {}
        for file in self.trunk:
            self.frontier.add_leaves(line.leaf for line in file.lines)
        self.trunk_ids = {event.id for file in self.trunk for event in file.events}
        self.given = _given(event for file in self.trunk for event in file.events)

    def _trunk(self) -> list[_File]:
        """The files that every branch begins with: nothing lies beside them."""
        trunk: list[_File] = []
        ids: set[str] = set()
        for file, following in zip_longest(self.files, self.files[1:]):
            end = trunk[-1].end if trunk else 0
            beside = following is not None and following.position < file.end
            if beside or file.position != end or not ids.isdisjoint(file.ids):
                break
            file.parent, file.settled, file.in_trunk = trunk[-1] if trunk else None, True, True
            trunk.append(file)
            ids |= file.ids
        return trunk

    def settle(self, one: Vouched) -> None:
        """Let the files whose root is vouched for be one log."""
        path = self._proven(one)
        for before, file in zip([None, *path], path, strict=False):
            if not file.settled:
                file.parent, file.settled = before, True
            if one.joined:
                file.joined = max(file.joined, one.size)
            else:
                file.vouched = max(file.vouched, one.size)

    def remember(self, order: Order) -> None:
        """Let files continue a log that was joined before, though its own files are gone."""
        lines = [line for file in self._proven(order) for line in file.lines]
        if lines:
            known = tuple(
                Line.unseen(place) if isinstance(place, bytes) else lines[place]
                for place in order.places
            )
            file = _File(Batch("", 0, ()), known, is_file=False, settled=True)
            self.remembered.append(file)
            self.ends.setdefault(file.end, []).append(file)

    def settle_others(self) -> None:
        """Find what each of the other files continues, from the beginning of the log on."""
        self._misfits.clear()  # more is known now of what stands before each file
        by_position: dict[int, list[_File]] = {}
        for file in self.files:
            by_position.setdefault(file.position, []).append(file)
        for position, files in sorted(by_position.items()):
            if position:
                self._settle_at(position, files)
            for file in files:
                if file.parent is not None:
                    file.parent.children.append(file)

    def _settle_at(self, position: int, files: Sequence[_File]) -> None:
        """Let each of *files* continue one that ends at *position*, each another if possible."""
        before = self.ends.get(position, [])
        taken = {id(file.parent) for file in files if file.settled}
        left = [file for file in files if not file.settled]
        pairs = sorted(
            (
                (self._misfit(parent, file), place, number, parent, file)
                for place, parent in enumerate(before)
                for number, file in enumerate(left)
                if self._may_continue(parent, file)
            ),
            key=lambda pair: pair[:3],
        )
        for is_fork in (False, True):
            for *_, parent, file in pairs:
                if not file.settled and (is_fork or id(parent) not in taken):
                    file.parent, file.settled = parent, True
                    taken.add(id(parent))
        for file in left:
            file.lost = not file.settled

    def _misfit(self, parent: _File, file: _File) -> tuple[int, bool, bool]:
        """How badly a *file* would continue *parent*, as far as is known by now."""
        pair = id(parent), id(file)
        if pair not in self._misfits:
            self._misfits[pair] = self._found_misfit(parent, file)
        return self._misfits[pair]

    def _found_misfit(self, parent: _File, file: _File) -> tuple[int, bool, bool]:
        """What a *file* names and *parent* lacks; whether it is older; whether others wrote it."""
        lacking = _needed(file.events) - self.given
        for before in parent.apart:
            lacking -= _given(before.events)
        last = max(parent.events, key=lambda event: event.recorded, default=None)
        first = next(file.events, None)
        if last is None or first is None:
            return len(lacking), False, False
        return len(lacking), first.recorded < last.recorded, first.by != last.by

    def _may_continue(self, parent: _File, file: _File) -> bool:
        """Whether no event of *file* stands on the way to *parent* already."""
        ids = file.ids
        beside = all(ids.isdisjoint(before.ids) for before in parent.apart)
        return beside and ids.isdisjoint(self.trunk_ids)

    def _proven(self, one: Vouched | Order) -> list[_File]:
        """The files of the log that has that root at that size; none if there is no such log."""
        for holder in [*self.remembered, *self.files]:
            if holder.position < one.size <= holder.end:
                for path in self._paths(holder):
                    if self._root(path, one.size) == one.root:
                        return path
        return []

    def _paths(self, holder: _File) -> Iterator[list[_File]]:
        """Every way from the beginning of the log to *holder*, as far as there are not too many."""
        ways: list[tuple[_File, ...]] = [(holder,)]
        for _ in range(_MOST_STEPS):
            if not ways:
                return
            way = ways.pop()
            first = way[0]
            if first.in_trunk:
                yield [*first.path[:-1], *way]
            elif not first.position:
                yield list(way)
            elif first.settled and first.parent is not None:
                ways.append((first.parent, *way))
            else:
                # The likeliest way is the last one, and so the next.
                ways += [(parent, *way) for parent in self._likelier_last(first)]

    def _likelier_last(self, file: _File) -> list[_File]:
        """The files that *file* may continue, the one that it fits best as the last."""
        before = self.ends.get(file.position, [])
        if len(before) < 2:
            return before
        return sorted(before, key=lambda parent: self._misfit(parent, file), reverse=True)

    def _root(self, path: Sequence[_File], size: int) -> bytes:
        """The root of the first *size* lines of *path*."""
        frontier = Frontier()
        if path[0].in_trunk and size > self.frontier.size:
            frontier = deepcopy(self.frontier)
            path = path[len(self.trunk) :]
        leaves = (line.leaf for file in path for line in file.lines)
        frontier.add_leaves(islice(leaves, size - frontier.size))
        return frontier.root

    def clones(self, first: Batch | None) -> Iterator[Clone]:
        """Walk along every branch, ours first."""
        chosen = next((set(map(id, file.path)) for file in self.files if file.batch is first), ())

        def rank(file: _File) -> tuple[bool, int, int, tuple[datetime, str, str]]:
            return (id(file) not in chosen, -file.vouched, -file.joined, file.age)

        waiting = [[file for file in self.files if not file.position]]
        waiting += [file.children for file in self.remembered]
        waiting += [[file] for file in self.files if file.lost]
        while waiting:
            branch: list[_File] = []
            others: list[list[_File]] = []
            siblings = waiting.pop(0)
            while siblings:
                nearest, *rest = sorted(siblings, key=rank)
                branch.append(nearest)
                others.append(rest)
                siblings = nearest.children
            waiting[:0] = [rest for rest in others if rest]
            if branch:
                yield _clone([*branch[0].path[:-1], *branch])


def _clone(path: Sequence[_File]) -> Clone:
    batches = tuple(file.batch for file in path if file.is_file)
    beginning = () if path[0].is_file else path[0].lines
    return Clone(batches, beginning, whole=not path[0].lost)


def _given(events: Iterable[RecordedEvent]) -> set[tuple[str, str]]:
    """What *events* bring in, that others can name."""
    found: set[tuple[str, str]] = set()
    for event in events:
        found.add(("event", event.id))
        found |= {(one.kind, one.id) for one in references(event.event) if one.introduces}
    return found


def _needed(events: Iterable[RecordedEvent]) -> set[tuple[str, str]]:
    """What *events* name that must have been brought in before them."""
    told = list(events)
    found = {("event", event.corrects) for event in told if event.corrects is not None}
    named = (event for event in told if not isinstance(event.event, Erased))
    found |= {(one.kind, one.id) for event in named for one in references(event.event)}
    return found - _given(told)
