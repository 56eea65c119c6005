"""Which files were one clone's? The branches that git's merge left side by side in one folder.

A file continues one that ends where it begins. Where several do, what was vouched for decides: the
root of a checkpoint shows which files were one log. Where nothing vouches for the order, the files
that fit together best are taken for one log; everybody who looks at the same files finds the same.
What else may have been one log is told as well.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import datetime
from itertools import islice, zip_longest
from typing import Final

import attrs

from planlog.joining.branchings import File, Misfit, Thing, Way, misfit_of, ways
from planlog.joining.clones import Batch, Clone, Line
from planlog.trust.merkle import Frontier
from planlog.trust.orders import Order
from planlog.values import Value

_MOST_STEPS: Final = 8_000
"""How many steps are taken to put files together before a root counts as that of none of them."""

_MOST_POSSIBLE: Final = 16
"""How many logs are told that may have been there as well."""


@attrs.frozen
class Vouched:
    """What somebody vouched for: a log of that *size* had that *root*.

    *joined* says that it was planlog that put it down, when it joined logs before.
    """

    size: int
    root: bytes
    joined: bool = False


@attrs.frozen(repr=False, eq=False)
class Lineages(Value):
    """The logs that lie in one folder: the *clones*, ours first, and what was *possible* as well.

    *unsure* are files of which nothing tells for certain what they continue, *strays* are files
    that continue nothing. There may be *more* that was possible.
    """

    clones: tuple[Clone, ...]
    possible: tuple[Clone, ...] = ()
    unsure: tuple[Batch, ...] = ()
    strays: tuple[Batch, ...] = ()
    more: bool = False


def lineages(
    batches: Sequence[Batch],
    vouched: Sequence[Vouched] = (),
    orders: Sequence[Order] = (),
    first: Batch | None = None,
) -> Lineages:
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
    possible = tuple(islice(family.possible(), _MOST_POSSIBLE + 1))
    return Lineages(
        tuple(family.clones(first)),
        possible[:_MOST_POSSIBLE],
        tuple(family.unsure()),
        tuple(file.batch for file in family.files if file.lost),
        more=len(possible) > _MOST_POSSIBLE,
    )


class _Family:
    """The files of a folder, and which of them continues which."""

    def __init__(self, batches: Sequence[Batch]) -> None:
        self.files = [File(batch, batch.lines) for batch in batches]
        self.files.sort(key=lambda file: (file.position, file.age, file.batch.name))
        self.remembered: list[File] = []
        self.ends: dict[int, list[File]] = {}
        for file in self.files:
            self.ends.setdefault(file.end, []).append(file)
        self.trunk = self._trunk()
        self.frontier = Frontier()
        self._misfits: dict[tuple[int, int], Misfit] = {}
        self._ways: list[Way] = []
        for file in self.trunk:
            self.frontier.add_leaves(line.leaf for line in file.lines)
        self.given: set[Thing] = set().union(*(file.given for file in self.trunk))
        self._mark_shared()

    def _mark_shared(self) -> None:
        """Mark what stands in more than one file."""
        counts = Counter(id for file in self.files for id in file.ids)
        seen: set[str] = set()
        for file in self.files:
            file.shared = frozenset(id for id in file.ids if counts[id] > 1)
            file.is_copy = bool(file.ids) and file.ids <= seen
            seen |= file.ids

    def _trunk(self) -> list[File]:
        """The files that every branch begins with: nothing lies beside them."""
        trunk: list[File] = []
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
            file = File(Batch("", 0, ()), known, is_file=False, settled=True)
            self.remembered.append(file)
            self.ends.setdefault(file.end, []).append(file)

    def settle_others(self) -> None:
        """Find what each of the other files continues."""
        left = [file for file in self.files if file.position]
        self._ways = ways(left, self.ends, self.given)
        parents = self._ways[0].parents
        for file in left:
            if not file.settled:
                file.parent = parents[id(file)]
                file.lost = file.parent is None
            if file.parent is not None:
                file.parent.children.append(file)

    def unsure(self) -> Iterator[Batch]:
        """The files that may as well continue another one."""
        told = [way.parents for way in self._ways]
        for file in self.files:
            if id(file) in told[0]:
                found = {id(one): one for parents in told if (one := parents[id(file)])}
                if len(found) > 1 and any(one.is_file for one in found.values()):
                    yield file.batch

    def possible(self) -> Iterator[Clone]:
        """The logs that others of the ways would give, the likeliest first."""
        seen = {tuple(map(id, path)) for path in self._paths_by({})}
        for way in self._ways[1:]:
            for path in self._paths_by(way.parents):
                key = tuple(map(id, path))
                if path and key not in seen:
                    seen.add(key)
                    yield _clone(path)

    def _paths_by(self, parents: dict[int, File | None]) -> Iterator[list[File]]:
        """The logs up to each end, without what an interrupted joining wrote behind it."""
        continued = {id(parents.get(id(file), file.parent)) for file in self.files}
        for file in self.files:
            if id(file) not in continued:
                path = file.path_by(parents)
                copies = (number for number, one in enumerate(path) if one.is_copy)
                yield path[: next(copies, None)]

    def _proven(self, one: Vouched | Order) -> list[File]:
        """The files of the log that has that root at that size; none if there is no such log."""
        for holder in [*self.remembered, *self.files]:
            if holder.position < one.size <= holder.end:
                for path in self._paths(holder):
                    if self._root(path, one.size) == one.root:
                        return path
        return []

    def _paths(self, holder: File) -> Iterator[list[File]]:
        """Every way from the beginning of the log to *holder*, as far as there are not too many."""
        walks: list[tuple[File, ...]] = [(holder,)]
        for _ in range(_MOST_STEPS):
            if not walks:
                return
            walk = walks.pop()
            first = walk[0]
            if first.in_trunk:
                yield [*first.path[:-1], *walk]
            elif not first.position:
                yield list(walk)
            elif first.settled and first.parent is not None:
                walks.append((first.parent, *walk))
            else:
                # The likeliest way is the last one, and so the next.
                walks += [(parent, *walk) for parent in self._likelier_last(first)]

    def _likelier_last(self, file: File) -> list[File]:
        """The files that *file* may continue, the one that it fits best as the last."""
        before = self.ends.get(file.position, [])
        if len(before) < 2:
            return before
        return sorted(before, key=lambda parent: self._misfit(parent, file), reverse=True)

    def _misfit(self, parent: File, file: File) -> Misfit:
        """How badly a *file* would continue *parent*, as far as is known by now."""
        pair = id(parent), id(file)
        if pair not in self._misfits:
            self._misfits[pair] = misfit_of(parent, file, self.given, {})
        return self._misfits[pair]

    def _root(self, path: Sequence[File], size: int) -> bytes:
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

        def rank(file: File) -> tuple[bool, int, int, tuple[datetime, str, str]]:
            return (id(file) not in chosen, -file.vouched, -file.joined, file.age)

        waiting = [[file for file in self.files if not file.position]]
        waiting += [file.children for file in self.remembered]
        while waiting:
            branch: list[File] = []
            others: list[list[File]] = []
            siblings = waiting.pop(0)
            while siblings:
                nearest, *rest = sorted(siblings, key=rank)
                branch.append(nearest)
                others.append(rest)
                siblings = nearest.children
            waiting[:0] = [rest for rest in others if rest]
            if branch:
                yield _clone([*branch[0].path[:-1], *branch])


def _clone(path: Sequence[File]) -> Clone:
    batches = tuple(file.batch for file in path if file.is_file)
    return Clone(batches, () if path[0].is_file else path[0].lines)
