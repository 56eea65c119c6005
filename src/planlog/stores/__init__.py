"""Where a log is kept: the `EventStore` protocol, and one module per store."""

from collections.abc import Sequence
from typing import Protocol

from planlog.codec import MAX_LINE

__all__ = ["MAX_LINE", "EventStore"]


class EventStore(Protocol):
    """A log as a sequence of raw lines (bytes, without the line feed) that only grows.

    Erasing is the one exception, and keeps the number of lines.

    `planlog.testing.contract` tests what is promised here. A store may be shared between threads.
    """

    def size(self) -> int:
        """Return how many lines there are.

        Raises `DamagedLogError` where that cannot be told, `StoreReadError` where the platform
        refuses.
        """
        ...

    def read(self, start: int = 0, stop: int | None = None) -> Sequence[bytes]:
        """Return the lines from position *start* (from 0) up to before *stop* (absent: the end).

        Positions past the end hold nothing; negative ones raise `ValueError`. Raises
        `DamagedLogError` naming every missing, doubled, foreign or cut file met, and
        `StoreReadError` where the platform refuses.
        """
        ...

    def append(self, lines: Sequence[bytes], expected_size: int) -> str:
        """Append *lines* durably, all or none, and return the name of the place they went to.

        Nothing changes and an error is raised where the log does not have *expected_size* lines
        (`ConflictError`), where the platform refuses (`StoreWriteError`), and where another
        writer holds the lock for too long (`StoreBusyError`). Lines that are empty, longer than
        `MAX_LINE` or hold a line feed raise `ValueError`, as does a batch without lines.
        """
        ...

    def replace(
        self, position: int, line: bytes, lines: Sequence[bytes], expected_size: int
    ) -> str:
        """Put *line* in the place of the one at *position*, and append *lines*: for erasing only.

        *lines* may be none. Once this returns, what was replaced is nowhere in the store. Should
        the process die in between, either nothing has changed or *lines* are there: whoever reads
        them knows what is to be replaced, and asks again without *lines*. Raises as `append` does,
        `IndexError` where the log has no such *position*, and `UnfinishedErasureError` where
        *lines* are appended and the platform refuses the rest. Returns where *lines* went, or
        where *line* is.
        """
        ...

    def place(self, position: int) -> str:
        """Name the place of a line for people: a file and a line within it, from 1.

        Raises `IndexError` where no place can have such a *position*.
        """
        ...
