"""What does each clone of a log hold? Its batches line by line, each line with its leaf."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

import attrs

from planlog import codec
from planlog.errors import InvalidEventError
from planlog.events import Erased, RecordedEvent
from planlog.stores.eventfiles import StoredBatch
from planlog.trust.leaves import leaf_of
from planlog.values import Value


@attrs.frozen(repr=False, eq=False)
class Line(Value):
    """A line of a log: its bytes, its *leaf*, and the *event* that it holds, if it holds one.

    Of a line that is known by its leaf only there is nothing else.
    """

    raw: bytes
    leaf: bytes
    event: RecordedEvent | None

    @classmethod
    def of(cls, raw: bytes) -> "Line":
        """Look at a *raw* line; what is wrong with it is told by whoever reads the whole log."""
        try:
            event = codec.decode(raw, 0)
        except InvalidEventError:
            event = None
        return cls(raw, leaf_of(raw), event)

    @classmethod
    def unseen(cls, leaf: bytes) -> "Line":
        """Return a line of which there is nothing but its *leaf*."""
        return cls(b"", leaf, None)

    @property
    def holds_text(self) -> bool:
        """Whether there is more of it than the mark of an erasure, or a leaf."""
        return bool(self.raw) and codec.read_tombstone(self.raw) is None


@attrs.frozen(repr=False, eq=False)
class Batch(Value):
    """A file of a clone: the *position* that it had there, and its *lines*."""

    name: str
    position: int
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, stored: StoredBatch) -> "Batch":
        """Look at every line of a file."""
        return cls(stored.name, stored.position, tuple(map(Line.of, stored.lines)))


@attrs.frozen(repr=False, eq=False, slots=False)
class Clone(Value):
    """A log as one of the clones has it: what is known of its *beginning*, and its *batches*.

    The beginning is empty where a file begins at position 0.
    """

    batches: tuple[Batch, ...]
    beginning: tuple[Line, ...] = ()

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All its lines, in its order."""
        return (*self.beginning, *(line for batch in self.batches for line in batch.lines))

    @cached_property
    def leaves(self) -> tuple[bytes, ...]:
        """The leaf of each line."""
        return tuple(line.leaf for line in self.lines)

    def source(self, index: int) -> tuple[str, int]:
        """Name the file and the line within it, from 1, of the line at an *index* of `lines`."""
        sources = (
            (batch.name, number)
            for batch in self.batches
            for number, _ in enumerate(batch.lines, 1)
        )
        return next(islice(sources, index - len(self.beginning), None))


def erasures(lines: Iterable[Line]) -> Iterator[Erased]:
    """Tell what *lines* say of erasures."""
    for line in lines:
        if line.event is not None and isinstance(line.event.event, Erased):
            yield line.event.event


def clone_of(stored: Sequence[StoredBatch]) -> Clone:
    """Look at every line of a log that is kept in files."""
    return Clone(tuple(map(Batch.of, stored)))
