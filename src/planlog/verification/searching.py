"""Which single thing was done to the files or lines of a log? Tried until a root fits."""

import copy
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, combinations, permutations
from typing import Final, NamedTuple

import attrs

from planlog.stores.names import event_file_name
from planlog.trust.merkle import Frontier, leaf_hash
from planlog.verification import damage
from planlog.verification.claims import Claim
from planlog.verification.damage import Damage
from planlog.verification.parts import Part, View, event_id, leaves_of, recorded
from planlog.verification.trees import Tree

MOST_HASHES: Final = 600_000
"""How many hashes a search may take, which is about a second."""

_MOST_PERMUTED: Final = 5
_LEAVES_A_HASH: Final = 20
"""How many leaves are put in a row while one hash is made."""


class Explained(NamedTuple):
    """A log as it was, and what was done to it."""

    view: View
    damages: list[Damage]


class _Spent(Exception):  # noqa: N818 - it is no error, and never seen outside
    """The search took as long as it may."""


@attrs.define
class Search:
    """A search for what was done to the log in *view*, so that *claim* does not fit.

    Its first *start* lines are right; *before* is the tree of these. *strangers* are files that
    may have lost their name.
    """

    view: View
    claim: Claim
    start: int
    before: Frontier
    strangers: View
    hashes: int
    starts: list[int] = attrs.field(init=False)
    leaves: list[bytes] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out where each file begins."""
        self.starts = [0, *accumulate(len(part.lines) for part in self.view)]
        self.leaves = leaves_of(self.view)

    def found(self) -> Explained | None:
        """Return the first explanation that fits, the plainest being tried first."""
        tries: tuple[Callable[[], Iterator[Explained]], ...] = (
            self._doubled_lines,
            self._without_a_stray_file,
            self._other_orders,
            self._without_a_file,
            self._moved_file,
            self._with_a_stranger,
            self._without_a_line,
            self._swapped_lines,
            self._permuted_files,
            self._moved_lines,
            self._flipped_bits,
        )
        try:
            return next((one for attempt in tries for one in attempt()), None)
        except _Spent:
            return None

    # What is tried

    def _doubled_lines(self) -> Iterator[Explained]:
        """Without every line that stands somewhere else as well, be it before or behind."""
        count = len(self.view)
        for step in (1, -1):
            # A file that is called as its first line demands is no copy.
            order = sorted(range(count)[::step], key=lambda i: not self._is_at_home(i))
            seen: dict[bytes, str] = {}
            kept: dict[int, list[int]] = {}
            for i in order:
                part = self.view[i]
                for j in range(len(part.leaves))[::step]:
                    place = part.line_place(j)
                    if seen.setdefault(part.leaves[j], place) == place:
                        kept.setdefault(i, []).append(j)
            parts = [_only(self.view[i], sorted(kept[i])) for i in sorted(kept)]
            if len(seen) < len(self.leaves) and self._fits(parts):
                yield Explained(tuple(parts), list(self._doubled(seen, kept)))

    def _doubled(self, seen: dict[bytes, str], kept: dict[int, list[int]]) -> Iterator[Damage]:
        for i, part in enumerate(self.view):
            if part.leaves and i not in kept:
                other = seen[part.leaves[0]].rpartition(":")[0]
                yield Damage(damage.copied_file(part.place, other))
                continue
            for j in sorted({*range(len(part.leaves))} - {*kept.get(i, [])}):
                flaw = damage.doubled_line(part.line_place(j), seen[part.leaves[j]])
                yield Damage(flaw, event=event_id(part.lines[j]), position=self.starts[i] + j)

    def _is_at_home(self, i: int) -> bool:
        part = self.view[i]
        if part.file is None or not part.lines:
            return False
        return part.name == event_file_name(part.file.position, part.lines[0])

    def _other_orders(self) -> Iterator[Explained]:
        """With the files in another order: by their digits, or by when they were recorded."""
        for order in (self._by_digits(), self._by_time()):
            parts = [self.view[i] for i in order]
            if order != list(range(len(order))) and self._fits(parts):
                yield self._renamed(order, [i for at, i in enumerate(order) if at != i])

    def _by_digits(self) -> list[int]:
        """Exchange those files whose first lines have each other's digits."""
        parts = self.view
        wrong = [i for i, part in enumerate(parts) if part.lines and not part.begins_as_named]
        order, free = list(range(len(parts))), list(wrong)
        for i in wrong:
            fitting = (
                j for j in free if attrs.evolve(parts[j], file=parts[i].file).begins_as_named
            )
            if (found := next(fitting, None)) is not None:
                order[i] = found
                free.remove(found)
        return order if not free else list(range(len(parts)))

    def _by_time(self) -> list[int]:
        times = [recorded(part.lines[0]) if part.lines else "" for part in self.view]
        return sorted(range(len(times)), key=times.__getitem__)

    def _moved_file(self) -> Iterator[Explained]:
        """With one file at another place."""
        count = len(self.view)
        for i in range(count):
            others = [k for k in range(count) if k != i]
            for to in range(count):
                order = [*others[:to], i, *others[to:]]
                if to != i and self._fits([self.view[k] for k in order]):
                    yield self._renamed(order, [i])

    def _renamed(self, order: Sequence[int], moved: Sequence[int]) -> Explained:
        """The files in their *order*, those that were *moved* with their right names."""
        parts, damages, position = [], [], 0
        for i in order:
            part = self.view[i]
            if i in moved and part.lines:
                name = event_file_name(position, part.lines[0])
                others = [self.view[k].name for k in moved if k != i]
                flaw = (
                    damage.files_reordered(part.place, name)
                    if part.begins_as_named
                    else damage.swapped_files(part.place, others[:3], name)
                )
                damages.append(Damage(flaw))
                part = part.called(name)
            parts.append(part)
            position += len(part.lines)
        return Explained(tuple(parts), damages)

    def _without_a_stray_file(self) -> Iterator[Explained]:
        """Without a file whose name is the only one that does not follow those before."""
        for found in self._without_a_file():
            at = 0
            for part in found.view:
                if part.file is None or part.file.position != at:
                    break
                at += len(part.lines)
            else:
                yield found

    def _without_a_file(self) -> Iterator[Explained]:
        for i, part in enumerate(self.view):
            parts = (*self.view[:i], *self.view[i + 1 :])
            if part.lines and self._fits(parts):
                yield Explained(parts, [Damage(damage.stranger(part.place))])

    def _with_a_stranger(self) -> Iterator[Explained]:
        """With a file that lost its name, at any place."""
        for stranger in filter(_has_lines, self.strangers):
            for i, position in enumerate(self.starts):
                parts = (*self.view[:i], stranger, *self.view[i:])
                if self._fits(parts):
                    expected = event_file_name(position, stranger.lines[0])
                    parts = (*self.view[:i], stranger.called(expected), *self.view[i:])
                    flaw = damage.renamed_file(stranger.place, position, expected)
                    yield Explained(parts, [Damage(flaw)])

    def _without_a_line(self) -> Iterator[Explained]:
        for i, j in self._suspects():
            part = self.view[i]
            shorter = _only(part, [k for k in range(len(part.lines)) if k != j])
            parts = (*self.view[:i], shorter, *self.view[i + 1 :])
            if self._fits(parts):
                flaw = damage.inserted_line(part.line_place(j))
                about = Damage(flaw, event=event_id(part.lines[j]), position=self.starts[i] + j)
                yield Explained(parts, [about])

    def _swapped_lines(self) -> Iterator[Explained]:
        """With two lines having changed places."""
        tree, cost = self._tree()
        for one, other in combinations(self._suspects(), 2):
            a, b = self._at(one), self._at(other)
            self._spend(2 * cost)
            changed = {a: self.leaves[b], b: self.leaves[a]}
            if self.claim.fits(tree.root_with(changed)):
                yield self._exchanged(one, other)

    def _exchanged(self, one: tuple[int, int], other: tuple[int, int]) -> Explained:
        parts, found = list(self.view), []
        for (i, j), (k, n) in ((one, other), (other, one)):
            lines = list(parts[i].lines)
            lines[j] = self.view[k].lines[n]
            parts[i] = parts[i].with_lines(lines)
            line, place = self.view[i].lines[j], self.view[k].line_place(n)
            flaw = damage.swapped_line(self.view[i].line_place(j), place)
            found.append(Damage(flaw, event=event_id(line), position=self.starts[i] + j))
        return Explained(tuple(parts), found)

    def _permuted_files(self) -> Iterator[Explained]:
        """With the lines of one file in another order."""
        for i in sorted({i for i, _ in self._suspects()}):
            count = len(self.view[i].lines)
            orders: Iterator[tuple[int, ...]] = iter([tuple(range(count))[::-1]])
            if count <= _MOST_PERMUTED:
                orders = permutations(range(count))
            yield from self._in_orders(i, orders)

    def _moved_lines(self) -> Iterator[Explained]:
        """With one line moved within its file."""
        for i in sorted({i for i, _ in self._suspects()}):
            yield from self._in_orders(i, _moves(len(self.view[i].lines)))

    def _in_orders(self, i: int, orders: Iterator[tuple[int, ...]]) -> Iterator[Explained]:
        part = self.view[i]
        for order in orders:
            other = _only(part, order)
            parts = (*self.view[:i], other, *self.view[i + 1 :])
            if other.lines != part.lines and self._fits(parts):
                yield Explained(parts, [Damage(damage.reordered_lines(part.place, other.numbers))])

    def _flipped_bits(self) -> Iterator[Explained]:
        """With one bit of one line being the other."""
        tree, cost = self._tree()
        for i, j in self._suspects():
            part, position = self.view[i], self.starts[i] + j
            line = bytearray(part.lines[j])
            for bit in range(8 * len(line)):
                self._spend(1 + cost)
                line[bit >> 3] ^= 1 << (bit & 7)
                if self.claim.fits(tree.root_with({position: leaf_hash(bytes(line))})):
                    lines = [*part.lines[:j], bytes(line), *part.lines[j + 1 :]]
                    parts = (*self.view[:i], part.with_lines(lines), *self.view[i + 1 :])
                    flaw = damage.flipped_bit(part.line_place(j), (bit >> 3) + 1)
                    about = Damage(flaw, event=event_id(bytes(line)), position=position)
                    yield Explained(parts, [about])
                line[bit >> 3] ^= 1 << (bit & 7)

    # How it is tried

    def _fits(self, parts: Sequence[Part]) -> bool:
        """Whether the claim fits a log with these *parts*."""
        leaves, size = leaves_of(parts), self.claim.size
        if len(leaves) < size:
            return False
        start = self.start if leaves[: self.start] == self.leaves[: self.start] else 0
        self._spend(size - start + len(leaves) // _LEAVES_A_HASH)
        frontier = copy.deepcopy(self.before) if start else Frontier()
        frontier.add_leaves(leaves[start:size])
        return self.claim.fits(frontier.root)

    def _tree(self) -> tuple[Tree, int]:
        """The tree up to the size of the claim, and what it costs to change a leaf of it."""
        size = self.claim.size
        if len(self.leaves) < size:
            return Tree(()), self.hashes
        self._spend(size)
        return Tree(self.leaves[:size]), size.bit_length()

    def _suspects(self) -> Iterator[tuple[int, int]]:
        """The lines that may be wrong: those behind the right ones, as far as the claim goes."""
        for i, part in enumerate(self.view):
            for j in range(len(part.lines)):
                if self.start <= self.starts[i] + j < self.claim.size:
                    yield i, j

    def _at(self, place: tuple[int, int]) -> int:
        return self.starts[place[0]] + place[1]

    def _spend(self, hashes: int) -> None:
        self.hashes -= hashes
        if self.hashes < 0:
            raise _Spent


def _has_lines(part: Part) -> bool:
    return bool(part.lines)


def _only(part: Part, kept: Sequence[int]) -> Part:
    """The lines of *part* at the places *kept*, in that order; none is hashed again."""
    return attrs.evolve(
        part,
        lines=tuple(part.lines[j] for j in kept),
        numbers=tuple(part.numbers[j] for j in kept),
        leaves=tuple(part.leaves[j] for j in kept),
    )


def _moves(count: int) -> Iterator[tuple[int, ...]]:
    for j in range(count):
        others = [k for k in range(count) if k != j]
        for to in range(count):
            if abs(to - j) > 1:
                yield (*others[:to], j, *others[to:])
