"""What do others have that ours lacks? The joined log, line by line, and where each line went."""

from collections.abc import Container, Iterable, Sequence

import attrs

from planlog import codec
from planlog.errors import Flaw, JoinError
from planlog.events import Erased
from planlog.joining.clones import Batch, Clone, Line, erasures
from planlog.stores.names import event_file_name
from planlog.trust.orders import Where
from planlog.values import Value

Source = tuple[str, int]
"""The name of a file, and a line within it, from 1."""

_Place = tuple[Where, int | None]
"""Where a line stands by now, and where its event does, if anybody knows that."""


@attrs.frozen(repr=False, eq=False)
class NewBatch(Value):
    """A batch of theirs as it comes to stand here: its new *name* and *position*, its *lines*.

    *source* is the name of its file there, and *is_part* says that lines of it were left out.
    """

    source: str
    name: str
    position: int
    lines: tuple[Line, ...]
    is_part: bool

    @property
    def content(self) -> bytes:
        """The bytes of its file."""
        return b"".join(line.raw + b"\n" for line in self.lines)


@attrs.frozen(repr=False, eq=False)
class Taken(Value):
    """What became of a clone that was taken in: for each of its lines, *where* it stands now.

    *same* has the position of the same event for each line, also where the line itself was left
    out; None where nobody knows which event it held. *known* are the ids of the events behind what
    both have in common that stood here already.
    """

    clone: Clone
    where: tuple[Where, ...]
    same: tuple[int | None, ...]
    known: tuple[str, ...]


class Joint:
    """The joined log while clones are taken in, one after the other: ours stays as it is.

    A line is known again by its leaf, so that one that was erased on one side only is the same;
    an event is known again by its id. *clones* are all that will be taken in.
    """

    def __init__(self, ours: Clone, clones: Iterable[Clone]) -> None:
        """Begin with *ours*."""
        told = [said for clone in (ours, *clones) for said in erasures(clone.lines)]
        self._by_leaf = {bytes.fromhex(said.leaf): said for said in reversed(told)}
        self._erased_here = {said.event for said in erasures(ours.lines)}
        self.lines: list[Line] = []
        self.sources: list[Source] = []
        self.batches: list[NewBatch] = []
        self._places: dict[bytes, int] = {}
        self._ids: dict[str, int] = {}
        for batch in ours.batches:
            for number, line in enumerate(batch.lines, 1):
                self._add(line, (batch.name, number))

    @property
    def leaves(self) -> list[bytes]:
        """The leaf of each line."""
        return [line.leaf for line in self.lines]

    @property
    def erasing(self) -> list[tuple[int, bytes]]:
        """Where a text stands that was erased elsewhere, and the mark that is to stand there."""
        return [
            (position, codec.tombstone_line(line.leaf.hex(), position))
            for position, line in enumerate(self.lines)
            if self._is_to_go(line)
        ]

    def where(self, clone: Clone) -> list[Where]:
        """For each line of a *clone*, where it stands by now; its leaf if it does not."""
        return [self._places.get(leaf, leaf) for leaf in clone.leaves]

    def take(self, clone: Clone) -> Taken:
        """Take in what ours lacks of a *clone*, batch by batch.

        Raises `JoinError` where it is another plan, or the same id is another event there.
        """
        self._check_plan(clone)
        erased_there = {said.event for said in erasures(clone.lines)}
        common = _common(clone, self.lines)
        places: list[_Place] = []
        known: list[str] = []
        flaws: list[Flaw] = []
        left_out: set[str] = set()
        for batch in (Batch("", 0, clone.beginning), *clone.batches):
            position, fresh = len(self.lines), []
            for number, line in enumerate(batch.lines, 1):
                found = self._found(line, left_out)
                if found is None:
                    found = (len(self.lines), len(self.lines))
                    fresh.append(self._add(self._without_erased(line), (batch.name, number)))
                elif len(places) >= common and (id := self._id(line)):
                    known.append(id)
                    if isinstance(found[0], bytes):
                        left_out.add(line.leaf.hex())
                        flaw = self._other_content(line, id, found[1], id in erased_there)
                        flaws += () if flaw is None else (flaw.at(f"{batch.name}:{number}"),)
                places.append(found)
            if fresh:
                name = _name(batch, position, fresh[0])
                is_part = len(fresh) < len(batch.lines)
                self.batches.append(NewBatch(batch.name, name, position, tuple(fresh), is_part))
        if flaws:
            raise JoinError(tuple(flaws))
        self._erased_here |= erased_there
        where, same = zip(*places, strict=True) if places else ((), ())
        return Taken(clone, where, same, tuple(known))

    def _check_plan(self, clone: Clone) -> None:
        if not clone.lines:
            return
        here = self._id(self.lines[0]) if self.lines else None
        there = self._id(clone.lines[0])
        if clone.lines[0].leaf not in self._places and (here is None or here != there):
            raise JoinError(
                (
                    Flaw(
                        "another-plan",
                        "this log begins with event {there!r}, and the log that it is to be joined "
                        "to with {here!r}; only clones of one plan can be joined",
                        {"there": there or "-", "here": here or "-"},
                        place=f"{clone.source(0)[0]}:1",
                    ),
                )
            )

    def _add(self, line: Line, source: Source) -> Line:
        position = len(self.lines)
        self._places[line.leaf] = position
        if id := self._id(line):
            self._ids[id] = position
        self.lines.append(line)
        self.sources.append(source)
        return line

    def _without_erased(self, line: Line) -> Line:
        """The line as it is to stand here: what was erased is not written anew."""
        if self._is_to_go(line):
            mark = codec.tombstone_line(line.leaf.hex(), len(self.lines))
            return attrs.evolve(line, raw=mark)
        return line

    def _is_to_go(self, line: Line) -> bool:
        """Whether a text was erased; one that tells of an erasure stays, whoever erased it."""
        tells = line.event is not None and isinstance(line.event.event, Erased)
        return line.leaf in self._by_leaf and line.holds_text and not tells

    def _found(self, line: Line, left_out: Container[str]) -> _Place | None:
        """Where a line stands by now, and where its event does; None if it is new."""
        place = self._places.get(line.leaf)
        if place is not None:
            return place, place
        id = self._id(line)
        there = None if id is None else self._ids.get(id)
        if there is None and line.raw and not _tells_of(line, left_out):
            return None
        return line.leaf, there

    def _id(self, line: Line) -> str | None:
        """The id of the event of a line, also where its text was erased."""
        if line.event is not None:
            return line.event.id
        said = self._by_leaf.get(line.leaf)
        return None if said is None else said.event

    def _other_content(
        self, line: Line, id: str, there: int | None, erased_there: bool
    ) -> Flaw | None:
        """What is wrong with the line of an event that stands here in another line."""
        if there is None or id in self._erased_here:
            return None
        name, number = self.sources[there]
        said = {"id": id, "name": name, "number": number}
        if erased_there:
            return Flaw(
                "erased-elsewhere",
                "the text of event {id!r} was erased, and stands in a line of its own in "
                "{name}:{number}; erase it there as well: planlog erase {id}",
                said,
            )
        ours = self.lines[there].event
        if ours is None or line.event is None or not codec.same_content(ours, line.event):
            return Flaw(
                "joined-id",
                "event {id!r} is another one than in {name}:{number}; one of the two logs was "
                "changed, see with planlog verify which",
                said,
            )
        return None


def _common(clone: Clone, lines: Sequence[Line]) -> int:
    """How many lines the two logs begin with in common."""
    for index, (theirs, ours) in enumerate(zip(clone.lines, lines, strict=False)):
        if theirs.leaf != ours.leaf:
            return index
    return min(len(clone.lines), len(lines))


def _tells_of(line: Line, leaves: Container[str]) -> bool:
    """Whether a line tells of the erasure of a line that was left out."""
    return (
        line.event is not None
        and isinstance(line.event.event, Erased)
        and line.event.event.leaf in leaves
    )


def _name(batch: Batch, position: int, first: Line) -> str:
    """Name the file anew; where its first line was erased, after the name that it had."""
    if not first.holds_text and first.leaf == batch.lines[0].leaf:
        return f"{position:010d}{batch.name[10:]}"
    return event_file_name(position, first.raw)
