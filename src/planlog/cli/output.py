"""Where answers and words go: data to standard output or a file, words to standard error."""

import errno
import io
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import attrs
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

_CHECKPOINTS: Final = "checkpoints"
_GIT: Final = ".git"
_SETTINGS: Final = frozenset({"planlog.toml", ".gitattributes", ".gitignore"})
"""Files beside the log that decide how it is read or kept."""

_CLOSED_PIPE: Final = {errno.EPIPE, errno.EINVAL}
"""How platforms say that nobody reads on; Windows has the second."""


@attrs.define
class Catch:
    """Takes an answer in before anybody gets it, as it is for a terminal of a *width*.

    *content* is what would have been written, *format* is absent where that is a file of data, and
    *told* is what it says, whatever the libraries that wrote it.
    """

    width: int = NARROW
    content: bytes = b""
    format: Format | None = None
    told: bytes = b""


def say(text: str) -> None:
    """Write words to standard error."""
    from planlog.wording import visible

    with suppress(OSError):  # what nobody can hear is no reason to fail
        click.echo("\n".join(map(visible, text.split("\n"))), err=True)


def deliver(session: Session, text: str, format: Format, output: str | None) -> None:
    """Write an answer to the file *output*, or to standard output."""
    if session.catch is not None:
        content = text.encode()
        session.catch.content, session.catch.told, session.catch.format = content, content, format
        return
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

    if session.catch is not None:
        return Style(width=session.catch.width)
    return Style(
        width=_width(),
        color=(output is None or output == STDOUT) and _colorful(session),
    )


def write_file(
    session: Session, path: Path, content: bytes, *, told: Callable[[], bytes] | None = None
) -> None:
    """Write *content* to *path*, whole or not at all.

    *told* returns what it says, where the bytes depend on the libraries that write them.
    """
    if session.catch is not None:
        session.catch.content = content
        session.catch.told = content if told is None else told()
        return
    refuse_what_is_no_report(session, path)
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


def refuse_what_is_no_report(session: Session, path: Path) -> None:
    """Refuse a *path* where no file of an answer can be written."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        session.refuse(
            "{path!r} is not a file that could be replaced", about="--output", path=str(path)
        )
    refuse_parts_of_plan(session, path, "--output")


def refuse_parts_of_plan(session: Session, path: Path, about: str) -> None:
    """Refuse a *path* that belongs to the plan or to git; *about* names it on the command line."""
    events = _events_of(session)
    folder = path.absolute().parent.resolve()
    if events is not None and folder.is_relative_to(events):
        session.refuse(
            "{path!r} is among the event files; write it elsewhere", about=about, path=str(path)
        )
    plan = None if events is None else events.parent
    is_kept = plan is not None and folder.is_relative_to(plan / _CHECKPOINTS)
    is_set = folder == plan and path.name.casefold() in _SETTINGS
    if is_kept or is_set or _GIT in folder.parts:
        session.refuse(
            "{path!r} belongs to the plan or to git; write it elsewhere",
            about=about,
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
