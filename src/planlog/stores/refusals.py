"""What every store refuses before it looks at its log."""

from collections.abc import Sequence

from planlog.stores import MAX_LINE


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


def checked_range(start: int, stop: int | None) -> slice:
    """The range as a slice; `ValueError` where it would count from the end."""
    for position in (start, stop):
        if position is not None and position < 0:
            raise ValueError(f"expected a position from 0, got {position!r}")
    return slice(start, stop)
