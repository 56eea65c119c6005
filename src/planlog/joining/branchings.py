"""Which file continues which? Every way that is possible, the likeliest first.

A file continues one that ends where it begins. Where several do, what is certain cuts ways: an
event follows what it names, and is not there twice; and no clone records a batch before the one in
front of it. Else it is likelier that the same office went on, and did so soon.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Final, NamedTuple

import attrs

from planlog.events import Erased, RecordedEvent
from planlog.joining.clones import Batch, Line
from planlog.references import references

_MOST_WAYS: Final = 64
"""How many ways are followed at once."""

_UNTOLD: Final = datetime.max.replace(tzinfo=UTC)

Thing = tuple[str, str]
"""What events bring in and name: of what kind, and its id."""


@attrs.define(eq=False, repr=False, slots=False)
class File:
    """A file on its way to its branch, or the log of an earlier clone, which has no file here.

    *shared* are the ids that another file has as well; a *copy* has nothing that none before it
    has, as joining leaves it when it is interrupted.
    """

    batch: Batch
    lines: tuple[Line, ...]
    is_file: bool = True
    parent: "File | None" = None
    in_trunk: bool = False
    settled: bool = False
    lost: bool = False
    is_copy: bool = False
    shared: frozenset[str] = frozenset()
    children: "list[File]" = attrs.field(factory=list)
    vouched: int = 0
    joined: int = 0

    @property
    def position(self) -> int:
        """Where it begins."""
        return self.batch.position

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.batch.position + len(self.lines)

    @cached_property
    def events(self) -> tuple[RecordedEvent, ...]:
        """What can be read of it."""
        return tuple(line.event for line in self.lines if line.event is not None)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its events."""
        return frozenset(event.id for event in self.events)

    @cached_property
    def given(self) -> set[Thing]:
        """What it brings in, that others can name."""
        found: set[Thing] = set()
        for event in self.events:
            found.add(("event", event.id))
            found |= {(one.kind, one.id) for one in references(event.event) if one.introduces}
        return found

    @cached_property
    def needed(self) -> set[Thing]:
        """What it names and must have been brought in before."""
        found = {("event", event.corrects) for event in self.events if event.corrects is not None}
        named = (event.event for event in self.events if not isinstance(event.event, Erased))
        found |= {(one.kind, one.id) for event in named for one in references(event)}
        return found - self.given

    @cached_property
    def last(self) -> datetime | None:
        """When the last of its events was recorded."""
        return max((event.recorded for event in self.events), default=None)

    @property
    def age(self) -> tuple[datetime, str, str]:
        """What puts branches into an order if nothing else does: who recorded first."""
        first = next(iter(self.events), None)
        return (_UNTOLD, "", self.batch.name) if first is None else (first.recorded, first.id, "")

    @property
    def path(self) -> "list[File]":
        """The files of its log up to this one."""
        return self.path_by({})

    def path_by(self, parents: "Mapping[int, File | None]") -> "list[File]":
        """The files of its log up to this one, if it were as *parents* say."""
        found: list[File] = [self]
        while (before := parents.get(id(found[-1]), found[-1].parent)) is not None:
            found.append(before)
        return found[::-1]

    def apart(self, parents: "Mapping[int, File | None]") -> "Iterator[File]":
        """This file and those before it, as far as they are not in every log."""
        file: File | None = self
        while file is not None and not file.in_trunk:
            yield file
            file = parents.get(id(file), file.parent)


class Misfit(NamedTuple):
    """How badly a file would continue another: what it names and lacks there, whether it is older.

    Less telling is whether others wrote it, and how many seconds later.
    """

    lacking: int
    is_older: bool
    is_of_others: bool
    seconds: int


class _Pick(NamedTuple):
    """What a file continues, and what was picked before."""

    file: File
    parent: File | None
    before: "_Pick | None"


class Way(NamedTuple):
    """One way for files to continue one another.

    *certain* counts what speaks against it: files that continue nothing, what they name and lack,
    that were recorded too early, and that are one too many for a file. Less telling is how many
    continue what *others* recorded, and least how many *seconds* lie between.
    """

    certain: tuple[int, int, int, int] = (0, 0, 0, 0)
    others: int = 0
    seconds: int = 0
    taken: frozenset[int] = frozenset()
    picks: _Pick | None = None

    @property
    def parents(self) -> dict[int, File | None]:
        """For each file that was to be placed, by its identity, the one that it continues."""
        found: dict[int, File | None] = {}
        pick = self.picks
        while pick is not None:
            found[id(pick.file)] = pick.parent
            pick = pick.before
        return found


def ways(files: Iterable[File], ends: Mapping[int, Sequence[File]], known: set[Thing]) -> list[Way]:
    """Find how *files*, by position, can continue those that end there; the likeliest way first.

    All that are told have as little against them, but for the time between. *ends* are the files by
    the position where they end, *known* is what every log brings in.
    """
    by_position: dict[int, list[File]] = {}
    for file in files:
        by_position.setdefault(file.position, []).append(file)
    found = [Way()]
    for _, beginning in sorted(by_position.items()):
        taken = frozenset(id(file.parent) for file in beginning if file.settled)
        found = [way._replace(taken=taken) for way in found]
        for file in (file for file in beginning if not file.settled):
            longer = (one for way in found for one in _longer(way, file, ends, known))
            found = sorted(longer, key=lambda way: way[:3])[:_MOST_WAYS]
    told = found[0]
    return [way for way in found if (way.certain, way.others) == (told.certain, told.others)]


def _longer(
    way: Way, file: File, ends: Mapping[int, Sequence[File]], known: set[Thing]
) -> Iterator[Way]:
    """What becomes of a *way* with each of the places that a *file* can have on it."""
    parents = way.parents if file.shared or file.needed - known else {}
    before = [
        parent for parent in ends.get(file.position, ()) if may_continue(parent, file, parents)
    ]
    lost, lacking, older, forks = way.certain
    if not before:
        pick = _Pick(file, None, way.picks)
        yield way._replace(certain=(lost + 1, lacking, older, forks), picks=pick)
    for parent in before:
        misfit = misfit_of(parent, file, known, parents)
        yield Way(
            (
                lost,
                lacking + misfit.lacking,
                older + misfit.is_older,
                forks + (id(parent) in way.taken),
            ),
            way.others + misfit.is_of_others,
            way.seconds + misfit.seconds,
            way.taken | {id(parent)},
            _Pick(file, parent, way.picks),
        )


def may_continue(parent: File, file: File, parents: Mapping[int, File | None]) -> bool:
    """Whether no event of *file* stands on the way to *parent* already."""
    if not file.shared:
        return True
    return all(file.shared.isdisjoint(before.ids) for before in parent.path_by(parents))


def misfit_of(
    parent: File, file: File, known: set[Thing], parents: Mapping[int, File | None]
) -> Misfit:
    """Tell how badly *file* would continue *parent*."""
    lacking = file.needed - known
    if lacking:
        for before in parent.apart(parents):
            lacking -= before.given
    if parent.last is None or not file.events or file.is_copy:
        return Misfit(len(lacking), False, False, 0)
    first = file.events[0]
    seconds = int((first.recorded - parent.last).total_seconds())
    is_of_others = first.by != parent.events[-1].by
    return Misfit(len(lacking), seconds < 0, is_of_others, max(seconds, 0))
