"""How far long work is: one line on the terminal that is written over and goes in the end."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from planlog.cli.output import NARROW
from planlog.render.text import visible, width_of

_SECONDS: Final = 0.1
"""How long a line stands at least: faster than anybody reads, it would only slow the work."""


class Progress:
    """The line that tells how far it is; where it is not *shown*, nobody is told."""

    def __init__(self, *, shown: bool) -> None:
        self.shown = shown
        self._width = 0
        self._told = -_SECONDS

    def tell(self, text: str) -> None:
        """Show *text* in place of the line before, unless that stands there only just now."""
        if not self.shown or time.monotonic() - self._told < _SECONDS:
            return
        self._told = time.monotonic()
        self._write(_fitting(text))

    def clear(self) -> None:
        """Take the line away: what is said next begins at the margin."""
        if self._width:
            self._write("")
        self._told = -_SECONDS

    def _write(self, text: str) -> None:
        # Blanks and a return to the margin, no sequence that a terminal would have to know.
        width = width_of(text)
        with suppress(OSError):
            sys.stderr.write("\r" + text + " " * (self._width - width))
            sys.stderr.write("" if text else "\r")
            sys.stderr.flush()
        self._width = width


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Let long work tell how far it is: on a terminal only, and not where it is to be *quiet*."""
    line = Progress(shown=not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb")
    try:
        yield line
    finally:
        line.clear()


def _fitting(text: str) -> str:
    """*text* on one line that the terminal does not break: a broken one cannot be written over."""
    line, most = visible(text), _columns() - 1
    while width_of(line) > most:
        line = line[:-1]
    return line


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or NARROW
    except (OSError, ValueError):
        return NARROW
