"""Where answers and words go: data to standard output or a file, words to standard error."""

import errno
import io
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import click

from planlog.cli.session import Session
from planlog.config import Format
from planlog.errors import StoreReadError

if TYPE_CHECKING:
    from planlog.render.style import Style

DATA: Final[frozenset[Format]] = frozenset({"csv", "json", "jsonl"})
"""The formats that other programs read: always UTF-8, and nothing but data in them."""

STDOUT: Final = "-"

NARROW: Final = 80
"""How wide an answer is where nobody says it."""

_CLOSED_PIPE: Final = {errno.EPIPE, errno.EINVAL}
"""How platforms say that nobody reads on; Windows has the second."""


def say(text: str) -> None:
    """Write words to standard error."""
    from planlog.wording import visible

    with suppress(OSError):  # what nobody can hear is no reason to fail
        click.echo("\n".join(map(visible, text.split("\n"))), err=True)


def deliver(session: Session, text: str, format: Format, output: str | None) -> None:
    """Write an answer to the file *output*, or to standard output."""
    if output is not None and output != STDOUT:
        write_file(session, Path(output), text.encode())
        return
    try:
        if format in DATA:
            sys.stdout.flush()
            click.echo(text.encode(), nl=False)
        else:
            click.echo(text, nl=False, color=True)
    except OSError as error:
        if error.errno not in _CLOSED_PIPE:
            session.refuse("cannot write the answer: {cause}", cause=error.strerror)
        pacify(sys.stdout)


def style(session: Session, output: str | None) -> "Style":
    """How wide and how colourful an answer may be."""
    from planlog.render.style import Style

    return Style(
        width=_width(),
        color=(output is None or output == STDOUT) and _colorful(session),
    )


def write_file(session: Session, path: Path, content: bytes) -> None:
    """Write *content* to *path*, whole or not at all."""
    _refuse_what_is_no_report(session, path)
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    try:
        try:
            with temporary.open("xb") as file:
                file.write(content)
            if path.exists():
                temporary.chmod(stat.S_IMODE(path.stat().st_mode))
            os.replace(temporary, path)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except OSError as error:
        session.refuse(
            "cannot write {path!r}: {cause}", about="--output", path=str(path), cause=error.strerror
        )


def escape_what_cannot_be_shown() -> None:
    """Let no character stop an answer because the terminal lacks it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def pacify(stream: TextIO) -> None:
    """Let what is still to be written to *stream* go nowhere, since nobody reads it."""
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def _refuse_what_is_no_report(session: Session, path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except OSError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        session.refuse(
            "{path!r} is not a file that could be replaced", about="--output", path=str(path)
        )
    events = _events_of(session)
    if events is not None and path.absolute().parent.resolve().is_relative_to(events):
        session.refuse(
            "{path!r} is among the event files; write it elsewhere",
            about="--output",
            path=str(path),
        )


def _events_of(session: Session) -> Path | None:
    from planlog.stores.folder import events_folder

    try:
        return None if session.location is None else events_folder(session.location).resolve()
    except StoreReadError:  # told by the command that needs the log
        return None


def _width() -> int:
    """How many columns the terminal has; the module that knows it all takes its time to load."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or NARROW
    except (OSError, ValueError):
        return NARROW


def _colorful(session: Session) -> bool:
    if session.named_color is not None:
        return session.named_color
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    if session.defaults.color is not None:
        return session.defaults.color
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
