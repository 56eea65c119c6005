"""What a store refuses before it looks at its log, and how it tells what the platform refuses."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from planlog.errors import StoreReadError, StoreUncertainError, StoreWriteError
from planlog.stores import MAX_LINE
from planlog.stores.durable import NotTakenBackError


def checked_batch(lines: Sequence[bytes]) -> tuple[bytes, ...]:
    """*lines* as they are now; `ValueError` unless a log can take them."""
    batch = tuple(lines)
    if not batch:
        raise ValueError("expected at least one line, got an empty batch")
    for number, line in enumerate(batch, start=1):
        if not 0 < len(line) <= MAX_LINE:
            raise ValueError(f"line {number}: expected 1 to {MAX_LINE} bytes, got {len(line)}")
        if b"\n" in line:
            raise ValueError(f"line {number}: expected no line feed, got {line[:100]!r}")
    return batch


def checked_replacement(line: bytes, lines: Sequence[bytes]) -> tuple[bytes, tuple[bytes, ...]]:
    """*line* and *lines* as they are now; `ValueError` unless a log can take them."""
    (new,) = checked_batch([line])
    return new, checked_batch(lines) if lines else ()


def checked_range(start: int, stop: int | None) -> slice:
    """The range as a slice; `ValueError` where it would count from the end."""
    for position in (start, stop):
        if position is not None and position < 0:
            raise ValueError(f"expected a position from 0, got {position!r}")
    return slice(start, stop)


@contextmanager
def refused_as(error: type[StoreReadError | StoreWriteError], folder: Path) -> Iterator[None]:
    """Raise what the platform refuses as *error*, naming the file, else the *folder*."""
    try:
        yield
    except OSError as refusal:
        path = os.fsdecode(refusal.filename) if refusal.filename else str(folder)
        if isinstance(refusal, NotTakenBackError):
            raise StoreUncertainError(path, refusal.strerror or str(refusal)) from refusal
        raise error(path, refusal.strerror or str(refusal)) from refusal
