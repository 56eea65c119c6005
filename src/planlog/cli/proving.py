"""The command ``prove``: one event shown to somebody who sees nothing else of the log."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planlog.cli.command import Argument, Command, Option
from planlog.cli.input import content_of
from planlog.cli.kinds import EVENT
from planlog.cli.meanings import HELP
from planlog.cli.output import STDOUT, refuse_parts_of_plan, say
from planlog.cli.session import Session
from planlog.codec.tombstones import tombstone_line
from planlog.errors import NoteError
from planlog.events import RecordedEvent
from planlog.stores.durable import write_once
from planlog.trust.proofs import ENDING, TlogProof, checkpoint_in
from planlog.trust.texts import MOST_BYTES, decoded

if TYPE_CHECKING:
    from planlog.log import PlanLog
    from planlog.stores.checkpointfiles import KeptCheckpoint

_LINE_ENDING: Final = ".line"
_SIZE: Final = re.compile("[0-9]{1,19}")


def command() -> Command:
    """Make the command."""
    return Command(
        "prove",
        _run,
        [
            Argument("event", metavar="EVENT", type=EVENT, help=HELP["event"]),
            Option(
                "-o",
                "--output",
                metavar="FILE",
                type=click.Path(),
                help="Where the proof goes: into the current folder, named after the event, unless "
                "given.",
            ),
            Option(
                "--line",
                metavar="FILE",
                type=click.Path(),
                help="Where the line of the event goes: beside the proof, unless given.",
            ),
            Option(
                "--checkpoint",
                metavar="SIZE|FILE",
                help="The checkpoint to prove it by: one that is kept, by its number of events, or "
                "one in a file. The newest that is kept, unless given.",
            ),
        ],
        about="Writes two files, and never over another: the proof, and the line of the event as "
        "it stands in the log. Whoever has both can check with planlog verify --proof FILE --line "
        "FILE that the log has this event; they learn nothing of the others.\n\n"
        "The line holds all that was recorded of the event: look at it before you give it away. "
        "Of an event whose text was erased it holds only the hash that the text had.",
        examples=(
            "planlog prove 9f3c",
            "planlog prove 9f3c -o wohnen-16.tlog-proof",
            "planlog prove 9f3c --checkpoint 63",
            "planlog prove 9f3c --checkpoint minutes.checkpoint",
        ),
    )


def _run(
    session: Session, event: str, output: str | None, line: str | None, checkpoint: str | None
) -> None:
    log = session.log
    meant = log.event(event)
    proof_path = Path(output or f"{meant.id}{ENDING}")
    _refuse_path(session, proof_path, "--output")
    line_path = Path(line) if line else proof_path.with_suffix(_LINE_ENDING)
    _refuse_path(session, line_path, "--line")
    if proof_path.absolute() == line_path.absolute():
        session.refuse("proof and line are two files; name another one", about="--line")
    issued = _issued(session, log, meant, checkpoint)
    leaves = log.leaves()
    proof = _proof(session, leaves, meant, issued)
    raw = log.store.read(meant.position, meant.position + 1)[0]
    # An erased text may still stand in its file, after a kill or from an old copy.
    leaf = leaves[meant.position].hex()
    stated = tombstone_line(leaf, meant.position) if meant.is_erased else raw
    _write(session, {line_path: stated, proof_path: proof.text.encode()})
    _tell(session, meant, proof, proof_path, line_path)


# The proof


def _proof(
    session: Session, leaves: Sequence[bytes], event: RecordedEvent, issued: str
) -> TlogProof:
    size = checkpoint_in(issued)[1].size
    if event.position >= size:
        session.refuse(
            "the checkpoint covers the first {size} events, and event {id!r} is at position "
            "{position}; choose a later one",
            about="--checkpoint",
            size=size,
            id=event.id,
            position=event.position,
        )
    proof = TlogProof.of(leaves, event.position, issued) if size <= len(leaves) else None
    if proof is None or not proof.proves(leaves[event.position]):
        session.refuse(
            "the checkpoint of {size} events does not fit the log, so nothing can be proven by "
            "it; see planlog verify",
            size=size,
        )
    return proof


def _issued(session: Session, log: "PlanLog", event: RecordedEvent, checkpoint: str | None) -> str:
    """The checkpoint to prove *event* by, as it was issued."""
    if checkpoint is not None and not _SIZE.fullmatch(checkpoint):
        return _in_file(session, checkpoint)
    kept = log.checkpoints()
    for flaw in (flaw for one in kept for flaw in one.flaws):
        say(session.words("Warning: {message}", message=session.words.flaw(flaw)))
    found = _by_worth(kept)
    if checkpoint is not None:
        return _of_size(session, found, int(checkpoint))
    issued = next((text for size, text in found if size > event.position), None)
    if issued is None:
        session.refuse(
            "no checkpoint covers event {id!r} at position {position} yet; make one with: "
            "planlog checkpoint",
            id=event.id,
            position=event.position,
        )
    return issued


def _by_worth(kept: Iterable["KeptCheckpoint"]) -> list[tuple[int, str]]:
    """The size of each checkpoint, and how it was issued: the newest first, as signed by most."""
    found = [(one.checkpoint, one.note) for one in kept if one.checkpoint is not None]
    found.sort(key=lambda one: (one[0].size, len(one[1].signatures) if one[1] else 0))
    return [(stated.size, note.whole if note else stated.text) for stated, note in found[::-1]]


def _of_size(session: Session, found: list[tuple[int, str]], size: int) -> str:
    issued = next((text for one, text in found if one == size), None)
    if issued is None:
        sizes = ", ".join(str(one) for one in sorted({one for one, _ in found}))
        session.refuse(
            "no checkpoint of {size} events is kept; kept are: {sizes}",
            about="--checkpoint",
            size=size,
            sizes=sizes or session.words("none"),
        )
    return issued


def _in_file(session: Session, file: str) -> str:
    content = content_of(session, file, "--checkpoint", MOST_BYTES + 1)
    try:
        issued = decoded(content)
        checkpoint_in(issued)
    except NoteError as error:
        raise NoteError(tuple(flaw.at(file) for flaw in error.flaws)) from None
    return issued


# The files


def _refuse_path(session: Session, path: Path, about: str) -> None:
    if str(path) == STDOUT:
        session.refuse("it goes to a file; name one", about=about)
    refuse_parts_of_plan(session, path, about)
    if os.path.lexists(path):
        session.refuse(
            "{path!r} is there already and is not written over; name another file",
            about=about,
            path=str(path),
        )


def _write(session: Session, contents: Mapping[Path, bytes]) -> None:
    """Write all files, each whole, or none."""
    written: list[Path] = []
    for path, content in contents.items():
        try:
            write_once(path.absolute().parent, path.name, content)
        except OSError as error:
            for one in written:
                with suppress(OSError):
                    one.unlink()
            session.refuse("cannot write {path!r}: {cause}", path=str(path), cause=error.strerror)
        written.append(path)


def _tell(
    session: Session, event: RecordedEvent, proof: TlogProof, proof_path: Path, line_path: Path
) -> None:
    from shlex import quote

    words = session.words
    said = words(
        "proof of event {id} at position {position}, by the checkpoint of {size} events: {path}",
        id=event.id,
        position=event.position,
        size=proof.checkpoint.size,
        path=proof_path,
    )
    say(said)
    if event.is_erased:
        say(words("its text was erased; the hash that it had: {path}", path=line_path))
    else:
        say(words("all that was recorded of it: {path}", path=line_path))
    if proof.note is None:
        say(words("nobody signed the checkpoint: it proves something to those who have a copy"))
    command = f"planlog verify --proof {quote(str(proof_path))} --line {quote(str(line_path))}"
    say(words("who has both files can check it: {command}", command=command))
