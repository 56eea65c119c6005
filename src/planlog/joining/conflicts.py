"""What did both sides of a merge have? A checkpoint in which git left a conflict is two of them."""

import re
from pathlib import Path
from typing import Final

import attrs

from planlog.errors import Flaw, JoinError, NoteError, StoreReadError
from planlog.stores.checkpointfiles import KeptCheckpoint
from planlog.stores.eventfiles import content_of
from planlog.stores.refusals import refused_as
from planlog.trust.proofs import checkpoint_in
from planlog.trust.texts import MOST_BYTES, decoded

_MARK: Final = re.compile(rb"([<|=>])\1{6}( .*)?\r?\n?")
_SIDES: Final = {b"<": (True, False), b"|": (False, False), b"=": (False, True), b">": (True, True)}
"""Behind each mark of a conflict, whether a line is ours, and whether it is theirs."""


def halves(content: bytes) -> tuple[bytes, bytes] | None:
    r"""Take the two sides of a conflict apart; None where there is no conflict.

    >>> halves(b"9\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> anna\n")
    (b'9\na\n', b'9\nb\n')
    """
    ours, theirs = [], []
    is_ours, is_theirs = True, True
    found = False
    for line in content.splitlines(keepends=True):
        if mark := _MARK.fullmatch(line):
            found = True
            is_ours, is_theirs = _SIDES[mark[1]]
            continue
        ours += [line] if is_ours else []
        theirs += [line] if is_theirs else []
    return (b"".join(ours), b"".join(theirs)) if found else None


def split(folder: Path, kept: KeptCheckpoint) -> tuple[KeptCheckpoint, ...] | None:
    """Return the two checkpoints of a file of *folder* with a conflict; None if it has none.

    Raises `JoinError` where these are no checkpoints.
    """
    if kept.checkpoint is not None or any(flaw.code == "not-a-file" for flaw in kept.flaws):
        return None
    with refused_as(StoreReadError, folder):
        content = content_of(folder / kept.name, kept.place, MOST_BYTES)
    found = None if isinstance(content, Flaw) else halves(content)
    if found is None:
        return None
    try:
        return tuple(_checkpoint(kept, half) for half in found)
    except NoteError as error:
        raise JoinError(
            (
                Flaw(
                    "conflicting-checkpoint",
                    "git left a conflict in this file, and one of its two sides is no checkpoint; "
                    "take the other one, with: git checkout --ours {place}, or with --theirs",
                    {"place": kept.place},
                    place=kept.place,
                ),
            )
        ) from error


def _checkpoint(kept: KeptCheckpoint, half: bytes) -> KeptCheckpoint:
    note, checkpoint = checkpoint_in(decoded(half))
    return attrs.evolve(kept, note=note, checkpoint=checkpoint, flaws=())
