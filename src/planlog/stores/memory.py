"""A log in memory, for tests and drafts: nothing of it outlives the process."""

import threading
from collections.abc import Sequence

from planlog.errors import ConflictError
from planlog.stores.refusals import checked_batch, checked_range, checked_replacement


class MemoryStore:
    """A log that is a list."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._lock = threading.Lock()

    def size(self) -> int:
        """Return how many lines there are."""
        return len(self._lines)

    def read(self, start: int = 0, stop: int | None = None) -> Sequence[bytes]:
        """Return the lines from position *start* up to before *stop*."""
        return tuple(self._lines[checked_range(start, stop)])

    def append(self, lines: Sequence[bytes], expected_size: int) -> str:
        """Append *lines*, all or none; `ConflictError` unless there are *expected_size* so far."""
        batch = checked_batch(lines)
        with self._lock:
            if (size := len(self._lines)) != expected_size:
                raise ConflictError(expected_size, size)
            self._lines += batch
        return "memory"

    def replace(
        self, position: int, line: bytes, lines: Sequence[bytes], expected_size: int
    ) -> str:
        """Put *line* in the place of another, and append *lines*, both or neither."""
        new, batch = checked_replacement(line, lines)
        with self._lock:
            if (size := len(self._lines)) != expected_size:
                raise ConflictError(expected_size, size)
            self.place(position)
            # In one step, for those who read without a lock.
            self._lines = [*self._lines[:position], new, *self._lines[position + 1 :], *batch]
        return "memory" if batch else self.place(position)

    def place(self, position: int) -> str:
        """Name the place of a line for people."""
        if not 0 <= position < len(self._lines):
            raise IndexError(f"no line at position {position}")
        return f"memory:{position + 1}"
