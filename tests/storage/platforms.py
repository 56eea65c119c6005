"""The platform as a store sees it: each operation on files can be watched, fail, or be lacking."""

import errno
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from planlog.stores import durable, eventfiles, folder

OPERATIONS = {
    "chmod",
    "close",
    "fstat",
    "fsync",
    "link",
    "listdir",
    "mkdir",
    "open",
    "read",
    "rename",
    "replace",
    "scandir",
    "stat",
    "unlink",
    "write",
}

Watch = Callable[[str, tuple[Any, ...]], None]


class WatchedOs:
    """The module `os`, telling *watch* of each operation before it is done.

    What *watch* raises, the operation has raised; it *lacks* what some platforms do not have, and
    reads and writes no more than the *longest_step* at once.
    """

    def __init__(self, watch: Watch, lacks: Collection[str], longest_step: int | None) -> None:
        self._watch = watch
        self._lacks = lacks
        self._longest_step = longest_step

    def __getattr__(self, name: str) -> Any:
        if name in self._lacks:
            raise AttributeError(name)
        original = getattr(os, name)
        if name not in OPERATIONS:
            return original

        def operation(*arguments: Any) -> Any:
            if name == "write":
                arguments = (arguments[0], arguments[1][: self._longest_step])
            elif name == "read" and self._longest_step is not None:
                arguments = (arguments[0], min(arguments[1], self._longest_step))
            try:
                self._watch(name, arguments)
            except OSError:
                if name == "close":
                    original(*arguments)  # as the platform does: a failed close has closed
                raise
            return original(*arguments)

        return operation


@contextmanager
def watched(
    watch: Watch = lambda name, arguments: None,
    lacks: Collection[str] = (),
    longest_step: int | None = None,
) -> Iterator[None]:
    """Put a `WatchedOs` between the folder store and the platform."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (durable, eventfiles, folder):
            patch.setattr(module, "os", WatchedOs(watch, lacks, longest_step))
        yield


class FailingAt:
    """A watch that lets one operation fail, counted from 1, or *for_good* all behind it too."""

    def __init__(
        self, number: int, error: BaseException | None = None, for_good: bool = False
    ) -> None:
        self.number = number
        self.error = error or OSError(errno.EIO, os.strerror(errno.EIO))
        self.for_good = for_good
        self.seen = 0

    def __call__(self, name: str, arguments: tuple[Any, ...]) -> None:
        """Count the operation."""
        self.seen += 1
        if self.seen == self.number or (self.for_good and self.reached):
            raise self.error

    @property
    def reached(self) -> bool:
        """Whether there were so many operations."""
        return self.seen >= self.number


def failing(operation: str, code: int = errno.EIO, times: int = 1_000) -> Watch:
    """Return a watch that lets the first *times* of one kind of *operation* fail."""
    left = times

    def watch(name: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if name == operation and left:
            left -= 1
            raise OSError(code, os.strerror(code))

    return watch
