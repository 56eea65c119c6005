"""Secret keys for checkpoints: read from the files of their owners, and made."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from planlog.cli.input import content_of
from planlog.cli.output import STDOUT, deliver, say
from planlog.cli.session import Session
from planlog.errors import NoteError
from planlog.stores.durable import NEW_FILE
from planlog.stores.folder import events_folder, holds_event_files
from planlog.trust.notes import Signer

MOST_BYTES: Final = 10_000
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def signer_in(session: Session, file: str) -> Signer:
    """Read the secret key in *file*, which holds nothing else; warn where others may read it."""
    if file != STDOUT:
        _refuse_place_of_key(session, Path(file), "--sign")
    content = content_of(session, file, "--sign", MOST_BYTES)
    try:
        signer = Signer.parse(content.decode(errors="replace").strip())
    except NoteError as error:
        raise NoteError(tuple(flaw.at(file) for flaw in error.flaws)) from None
    if file != STDOUT and os.name == "posix" and os.stat(file).st_mode & _OTHERS:
        say(
            session.words(
                "Warning: {message}",
                message=session.words(
                    "others may read the secret key in {path!r}; take that from them with: "
                    "chmod 600",
                    path=file,
                ),
            )
        )
    return signer


def make_key(session: Session, name: str, output: str | None) -> None:
    """Make a key called *name*: the secret half goes to a new file, the other is the answer."""
    if output is None or output == STDOUT:
        session.refuse(
            "a secret key goes to a file for its owner alone; name one", about="--output"
        )
    path = Path(output)
    _refuse_place_of_key(session, path, "--output")
    if not name.isprintable():
        session.refuse(
            "the name of a key is shown to others: it must be printable, got {name!r}",
            about="--new-key",
            name=name,
        )
    signer = Signer.generate(name)
    public = signer.key.text
    _write(session, path, f"{signer.text}\n".encode())
    deliver(session, f"{public}\n", "table", None)
    say(
        session.words(
            "the secret key is in {path!r}: keep it, and give it to nobody; who is to check your "
            "signatures needs the line above",
            path=output,
        )
    )


def _refuse_place_of_key(session: Session, path: Path, about: str) -> None:
    """Refuse a *path* in the folder of a plan, which is handed on with all that is in it."""
    plan = _plan_folder(session)
    for folder in Path(os.path.realpath(path)).parents:
        if folder == plan or holds_event_files(folder / "events"):
            session.refuse(
                "{path!r} is in the folder of a plan, which others get: a secret key must lie "
                "elsewhere",
                about=about,
                path=str(path),
            )


def _plan_folder(session: Session) -> Path | None:
    if session.location is None:
        return None
    return Path(os.path.realpath(events_folder(session.location))).parent


def _write(session: Session, path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, NEW_FILE, 0o600)
    except FileExistsError:
        session.refuse(
            "{path!r} is there already and is not written over; name another file",
            about="--output",
            path=str(path),
        )
    except OSError as error:
        _refuse_as(session, path, error)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        _refuse_as(session, path, error)


def _refuse_as(session: Session, path: Path, error: OSError) -> NoReturn:
    session.refuse(
        "cannot write {path!r}: {cause}", about="--output", path=str(path), cause=error.strerror
    )
