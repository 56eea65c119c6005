"""Verify a log: re-read and re-hash every line, and check every checkpoint at its size."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from planlog.errors import StoreReadError
from planlog.stores.checkpointfiles import checkpoints_folder, read_checkpoints
from planlog.stores.folder import FolderStore, Location
from planlog.stores.joinedfiles import read_joined
from planlog.stores.refusals import refused_as
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import SignedNote
from planlog.trust.policies import Policy
from planlog.trust.spoken import Spoken
from planlog.verification.claims import Claims, Said
from planlog.verification.files import listed
from planlog.verification.judging import Trial
from planlog.verification.typed import typed
from planlog.verification.verdict import Verdict

_MOST_LISTINGS: Final = 5


def verify(
    location: Location, *, outside: Iterable[Said | str | bytes] = (), policy: Policy | None = None
) -> Verdict:
    """Judge the log at *location*, however broken it is, without a lock and without writing.

    *outside* are checkpoints that somebody else kept, as such or as they were typed: three lines, a
    signed note, or what was read out; *policy* says whose signatures are enough. Raises
    `LogNotFoundError` where there is no folder, `StoreReadError` where the platform refuses,
    `NoteError` where what is from outside is no checkpoint, and `TypeError` where it is no list.
    """
    if isinstance(outside, Checkpoint | SignedNote | Spoken | str | bytes):
        raise TypeError(f"expected a list of checkpoints, got {type(outside).__name__!r} alone")
    named = [(f"outside[{index}]", said) for index, said in enumerate(outside)]
    return verify_named(location, [(place, _read(place, said)) for place, said in named], policy)


def _read(place: str, said: Said | str | bytes) -> Said:
    if isinstance(said, str):
        said = said.encode(errors="surrogateescape")
    if isinstance(said, bytes):
        return typed(said, place)
    if not isinstance(said, Checkpoint | SignedNote | Spoken):
        raise TypeError(f"{place}: expected a checkpoint, got {type(said).__name__!r}")
    return said


def verify_named(
    location: Location, outside: Sequence[tuple[str, Said]], policy: Policy | None
) -> Verdict:
    """Do what `verify` does with checkpoints that have names."""
    folder = FolderStore.open(location).folder
    # First: what is appended meanwhile makes the log longer than its checkpoints, never shorter.
    claims = Claims(policy)
    kept = checkpoints_folder(folder)
    claims.keep(read_checkpoints(kept))
    claims.join(read_joined(kept))
    claims.take(outside)
    with refused_as(StoreReadError, folder):
        return _settled(folder, claims)


def _settled(folder: Path, claims: Claims) -> Verdict:
    """Judge until the folder is no other after than before, or nothing is wrong.

    While another process appends, a listing may lack a file that was there before one it has, and
    what was listed may have been renamed.
    """
    listing = listed(folder)
    left = _MOST_LISTINGS
    while True:
        left -= 1
        try:
            verdict = Trial(folder, listing, claims).verdict()
        except FileNotFoundError:
            if not left:
                raise
            listing = listed(folder)
            continue
        again = listed(folder)
        if verdict.kind != "damaged" or again == listing or not left:
            return verdict
        listing = again
