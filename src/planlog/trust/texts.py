"""What every signed text has to be, and bytes in it: UTF-8 in whole lines, and strict base64."""

import base64
from typing import Final

from planlog.errors import Flaw, NoteError

MOST_BYTES: Final = 1_000_000
"""No text is longer, its signatures included."""


def decoded(raw: bytes | str) -> str:
    """Return the text of *raw*, as `checked` has it."""
    return checked(raw if isinstance(raw, str) else raw.decode(errors="surrogateescape"))


def checked(text: str) -> str:
    """Return *text* if it can be a note's or a whole note, else raise `NoteError`."""
    if flaw := _flaw(text):
        raise refused(flaw)
    return text


def _flaw(text: str) -> Flaw | None:
    try:
        count = len(text.encode())
    except UnicodeEncodeError as error:
        wrong = text[error.start : error.start + 1]
        return Flaw("not-utf8", "expected UTF-8, got {value!r}", {"value": wrong})
    if count > MOST_BYTES:
        return Flaw(
            "long-note",
            "expected at most {most} bytes, got {count}",
            {"most": MOST_BYTES, "count": count},
        )
    if text.startswith("\ufeff"):
        return Flaw(
            "byte-order-mark",
            "expected no byte order mark at the beginning; save it as UTF-8 without one",
        )
    if "\r" in text:
        return Flaw(
            "line-ends",
            "expected lines that end with LF alone, got CR as well; its line ends were changed",
        )
    wrong = next((mark for mark in text if mark < " " and mark != "\n"), "")
    if wrong:
        return Flaw("control", "expected no control characters, got {value!r}", {"value": wrong})
    if not text.endswith("\n"):
        return Flaw(
            "cut-text",
            "expected a line feed at the end, got {value!r}; is the end cut off?",
            {"value": text[-20:]},
        )
    return None


def to_base64(raw: bytes) -> str:
    """Write *raw* in base64."""
    return base64.b64encode(raw).decode()


def from_base64(text: str) -> bytes | None:
    """Read base64 in its one right form; return None for anything else."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return raw if to_base64(raw) == text else None


def refused(flaw: Flaw) -> NoteError:
    """Return the error that tells *flaw*."""
    return NoteError((flaw,))
