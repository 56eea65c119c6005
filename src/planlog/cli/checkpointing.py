"""The command ``checkpoint``: what the log is now, in three lines for the minutes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from planlog import codec
from planlog.cli.command import Command, Option
from planlog.cli.input import content_of
from planlog.cli.kinds import CONFERENCE
from planlog.cli.output import deliver, say
from planlog.cli.session import Session
from planlog.errors import NoteError, UnknownNameError
from planlog.events import FORMAT
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint

if TYPE_CHECKING:
    from planlog.log import PlanLog
    from planlog.plan import Conference
    from planlog.stores.checkpointfiles import KeptCheckpoint
    from planlog.trust.checkpoints import Checkpoint
    from planlog.trust.notes import SignedNote, Signer


def command() -> Command:
    """Make the command."""
    return Command(
        "checkpoint",
        _run,
        [
            Option(
                "--at",
                metavar="CONFERENCE",
                type=CONFERENCE,
                help="The conference in whose minutes it is to be printed. A checkpoint is of all "
                "events that are recorded by now, whatever the conference.",
            ),
            Option(
                "--origin",
                metavar="NAME",
                help="What the first checkpoint calls the log, and all later ones will: planlog/ "
                "and the id of the first event, unless given.",
            ),
            Option(
                "--sign",
                metavar="FILE",
                multiple=True,
                type=click.Path(),
                help="Sign it with the secret key in a file; can be given several times.",
            ),
            Option(
                "--cosign",
                metavar="FILE",
                type=click.Path(),
                help="Make no new checkpoint: sign the one in a file, with --sign, if the log is "
                "still what it says.",
            ),
            Option(
                "--spoken",
                is_flag=True,
                help="Print only the line that is to be read out.",
            ),
            Option(
                "--new-key",
                metavar="NAME",
                help="Make no checkpoint but a key to sign with, called NAME; the secret half goes "
                "to the file of --output, the other is printed.",
            ),
            Option(
                "-o",
                "--output",
                metavar="FILE",
                type=click.Path(),
                help="The new file for the secret half of a new key, outside the plan's folder.",
            ),
        ],
        about="The checkpoint is kept in the folder checkpoints, and no file there is ever written "
        "over. What is printed is for the minutes: whoever has a copy can show later, with planlog "
        "verify --checkpoint, that the log has only grown since.\n\n"
        "No checkpoint is made of a log that one of its earlier ones does not fit.",
        examples=(
            "planlog checkpoint --at stk-3",
            "planlog checkpoint --at stk-3 --sign ~/council.key",
            "planlog checkpoint --cosign checkpoints/0000000063.checkpoint --sign ~/gwa.key",
            "planlog checkpoint --new-key council.example -o ~/council.key",
        ),
    )


def _run(
    session: Session,
    at: str | None,
    origin: str | None,
    sign: tuple[str, ...],
    cosign: str | None,
    spoken: bool,
    new_key: str | None,
    output: str | None,
) -> None:
    if new_key is not None:
        if at or origin or sign or cosign or spoken:
            session.refuse("a new key is made alone; leave out the rest", about="--new-key")
        from planlog.cli.signing import make_key

        make_key(session, new_key, output)
        return
    _refuse_what_does_not_fit(session, origin, sign, cosign, output)
    signers = _signers(session, sign)
    log = session.log
    leaves = log.leaves()
    if not leaves:
        session.refuse("the log is empty: there is nothing that a checkpoint could be of")
    conference = None if at is None else _conference(log, at)
    kept = log.checkpoints()
    _refuse_unless_kept_ones_hold(session, kept, leaves)
    _refuse_other_spellings(session, log)
    _refuse_damage(session)
    if cosign is None:
        note, checkpoint = None, _new(_origin(session, log, kept, origin), leaves)
    else:
        note, checkpoint = _given(session, cosign, leaves)
    note = _signed(checkpoint, note, signers)
    text = note.whole if note else checkpoint.text
    place = write_checkpoint(_folder(log), text, checkpoint.size)
    _print(session, log, checkpoint, note, kept, conference, spoken)
    if place in {one.place for one in kept}:
        say(session.words("was there already: {place}", place=place))
    else:
        say(session.words("written to {place}", place=place))


# What fits


def _refuse_what_does_not_fit(
    session: Session,
    origin: str | None,
    sign: tuple[str, ...],
    cosign: str | None,
    output: str | None,
) -> None:
    if output is not None:
        session.refuse(
            "it is for the secret half of a new key; add --new-key NAME, or leave it out",
            about="--output",
        )
    if cosign is not None and not sign:
        session.refuse("name the key to sign with: --sign FILE", about="--cosign")
    if cosign is not None and origin is not None:
        session.refuse("the checkpoint has an origin already; leave it out", about="--origin")


def _signers(session: Session, files: Iterable[str]) -> list["Signer"]:
    if not files:
        return []
    from planlog.cli.signing import signer_in

    return [signer_in(session, file) for file in files]


def _conference(log: "PlanLog", id: str) -> "Conference":
    conferences = log.everything().conferences
    found = next((one for one in conferences if one.id == id), None)
    if found is None:
        raise UnknownNameError(id, ", ".join(one.id for one in conferences))
    return found


def _origin(
    session: Session, log: "PlanLog", kept: Sequence["KeptCheckpoint"], asked: str | None
) -> str:
    """What the log is called: as ever, else as *asked*."""
    stated = {one.checkpoint.origin: one.place for one in kept if one.checkpoint}
    if len(stated) > 1:
        session.refuse(
            "the checkpoints of this log call it by different names ({names}); move those out of "
            "the folder that are of another log, or that nobody knows",
            names="; ".join(f"{place}: {origin}" for origin, place in stated.items()),
        )
    before = next(iter(stated), None)
    if before is not None and asked not in (None, before):
        session.refuse(
            "the checkpoints of this log call it {origin!r}, and another name would make it look "
            "like another log; leave it out",
            about="--origin",
            origin=before,
        )
    return before or asked or log.origin


# What holds


def _refuse_unless_kept_ones_hold(
    session: Session, kept: Iterable["KeptCheckpoint"], leaves: Sequence[bytes]
) -> None:
    """Refuse where an earlier checkpoint does not fit: nobody gets one over a damaged log."""
    from planlog.trust.merkle import Frontier

    grown = Frontier()
    for one in kept:
        if one.flaws or one.checkpoint is None:
            session.refuse(
                "{flaw}; no checkpoint is made before that is settled: see planlog verify",
                flaw=session.words.flaw(one.flaws[0]),
            )
        _refuse_unless_covered(session, one.place, one.checkpoint, len(leaves))
        grown.add_leaves(leaves[grown.size : one.checkpoint.size])
        if grown.root != one.checkpoint.root:
            _refuse_misfit(session, one.place, one.checkpoint)


def _refuse_other_spellings(session: Session, log: "PlanLog") -> None:
    """Refuse lines that planlog reads and never writes: to mend them would undo the proof."""
    for event, line in zip(log.events(), log.store.read(), strict=False):
        if event.v == FORMAT and not event.is_erased and codec.encode(event) != line:
            session.refuse(
                "{place} is not as planlog writes it: line ends or the spelling of the JSON were "
                "changed; no checkpoint is made before that is mended, see planlog verify",
                place=log.store.place(event.position),
            )


def _refuse_damage(session: Session) -> None:
    """Refuse what can be seen without a checkpoint: nobody is to vouch for it."""
    from planlog.verification.verifying import verify

    assert session.location is not None  # it has been read from
    for found in verify(session.location).damages:
        session.refuse(
            "{flaw}; no checkpoint is made before that is settled: see planlog verify",
            flaw=session.words.flaw(found.flaw),
        )


def _given(
    session: Session, file: str, leaves: Sequence[bytes]
) -> tuple["SignedNote | None", "Checkpoint"]:
    """The checkpoint in *file*, which must fit the log."""
    from planlog.trust.merkle import root_of
    from planlog.trust.proofs import checkpoint_in
    from planlog.trust.texts import MOST_BYTES, decoded

    content = content_of(session, file, "--cosign", MOST_BYTES + 1)
    try:
        note, checkpoint = checkpoint_in(decoded(content))
    except NoteError as error:
        raise NoteError(tuple(flaw.at(file) for flaw in error.flaws)) from None
    _refuse_unless_covered(session, file, checkpoint, len(leaves))
    if root_of(leaves[: checkpoint.size]) != checkpoint.root:
        _refuse_misfit(session, file, checkpoint)
    return note, checkpoint


def _refuse_unless_covered(
    session: Session, place: str, checkpoint: "Checkpoint", present: int
) -> None:
    if checkpoint.size > present:
        session.refuse(
            "{place} is of {size} events, and the log has {present}: its end is missing, or it is "
            "another log; see planlog verify",
            place=place,
            size=checkpoint.size,
            present=present,
        )


def _refuse_misfit(session: Session, place: str, checkpoint: "Checkpoint") -> NoReturn:
    session.refuse(
        "{place} does not fit the first {size} events: one of them was changed since, or it is of "
        "another log; see planlog verify",
        place=place,
        size=checkpoint.size,
    )


# What is written


def _new(origin: str, leaves: Sequence[bytes]) -> "Checkpoint":
    from planlog.trust.checkpoints import Checkpoint
    from planlog.trust.merkle import root_of

    return Checkpoint(origin, len(leaves), root_of(leaves))


def _signed(
    checkpoint: "Checkpoint", note: "SignedNote | None", signers: Iterable["Signer"]
) -> "SignedNote | None":
    from planlog.trust.notes import SignedNote, cosigned

    for signer in signers:
        note = (
            cosigned(note, signer)
            if note
            else SignedNote(checkpoint.text, (signer.sign(checkpoint.text),))
        )
    return note


def _folder(log: "PlanLog") -> Path:
    from planlog.stores.folder import FolderStore

    assert isinstance(log.store, FolderStore)  # the only one that the command line opens
    return checkpoints_folder(log.store.folder)


def _print(
    session: Session,
    log: "PlanLog",
    checkpoint: "Checkpoint",
    note: "SignedNote | None",
    kept: Iterable["KeptCheckpoint"],
    conference: "Conference | None",
    spoken: bool,
) -> None:
    if spoken:
        from planlog.trust import spoken as speech

        deliver(session, f"{speech.spoken(checkpoint)}\n", "table", None)
        return
    from planlog.render.checkpoint import render_sheet

    sizes = [one.checkpoint.size for one in kept if one.checkpoint]
    text = render_sheet(
        checkpoint,
        words=session.words,
        day=log.today(),
        recorded=log.events(checkpoint.size - 1, checkpoint.size)[0].recorded,
        conference=conference,
        before=max((size for size in sizes if size < checkpoint.size), default=None),
        signatures=note.signatures if note else (),
    )
    deliver(session, text, "table", None)
