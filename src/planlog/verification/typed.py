"""A checkpoint as somebody typed it from paper: forgiving about blanks, not about what it says."""

import re
from typing import Final

from planlog.errors import NoteError
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import SignedNote
from planlog.trust.proofs import checkpoint_in
from planlog.trust.spoken import looks_spoken, parse_spoken
from planlog.trust.texts import MOST_BYTES, decoded
from planlog.verification.claims import Said

_MARK: Final = "\ufeff"
_DASH: Final = re.compile("^(?:--?|–) ")
"""What keyboards have instead of the dash in front of a signature."""


def typed(raw: bytes) -> Said:
    """Read three lines, a signed note, or what was read out.

    Line ends of another platform, a byte order mark, blanks around lines and empty lines around
    the whole are left out; everything else has to be exact. Raises `NoteError` with every flaw.
    """
    try:
        return _exact(raw)
    except NoteError:
        if len(raw) > MOST_BYTES:
            raise
        text = raw.decode(errors="surrogateescape").removeprefix(_MARK)
        if looks_spoken(text):
            return parse_spoken(text)
        return _exact(_mended(text).encode(errors="surrogateescape"))


def _exact(raw: bytes) -> Checkpoint | SignedNote:
    note, checkpoint = checkpoint_in(decoded(raw))
    return checkpoint if note is None else note


def _mended(text: str) -> str:
    """Leave out what nobody sees who copies lines from paper."""
    lines = [_DASH.sub("— ", line.strip()) for line in text.replace("\r\n", "\n").split("\n")]
    whole = "\n".join(lines).strip("\n")
    return f"{whole}\n"
