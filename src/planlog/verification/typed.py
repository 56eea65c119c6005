"""A checkpoint as somebody typed it from paper: forgiving about blanks, not about what it says."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from planlog.errors import Flaw, NoteError
from planlog.trust.checkpoints import LARGEST, ROOT_BYTES, Checkpoint
from planlog.trust.notes import Signature, SignedNote
from planlog.trust.proofs import checkpoint_in
from planlog.trust.spoken import looks_spoken, parse_spoken
from planlog.trust.texts import MOST_BYTES, checked, decoded, from_base64, refused
from planlog.verification.claims import Said

_MARK: Final = "\ufeff"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_DASH: Final = re.compile("^(?:--?|[–—]) ")
"""What keyboards have instead of the dash in front of a signature, and that itself."""

_SIZE: Final = re.compile("0|[1-9][0-9]{0,18}")
_DIGIT: Final = re.compile("[0-9]")
_NO_LETTER: Final = re.compile("[^A-Za-z0-9+/]")
_LETTERS: Final = 43
"""How many letters a root has, without the equals sign at its end."""

_MOST_LINES: Final = 3
"""On how many lines a root may stand."""


def typed(raw: bytes, place: str = "") -> Said:
    """Read three lines, a signed note, or what was read out; *place* names it in flaws.

    Line ends of another platform, marks that nobody sees, blanks, empty lines, a forgotten equals
    sign, a root on several lines and what else stands on a printed sheet are forgiven, as long as
    it is plain what is meant. Raises `NoteError` with every flaw.
    """
    try:
        return _read(raw)
    except NoteError as error:
        raise NoteError(tuple(flaw.at(place) for flaw in error.flaws)) from None


def _read(raw: bytes) -> Said:
    if len(raw) > MOST_BYTES:
        return _exact(decoded(raw))
    with suppress(NoteError):
        return _exact(decoded(raw))
    lines = [line.strip().replace("\t", " ") for line in _text(raw).split("\n")]
    filled = list(filter(None, lines))
    if not filled:
        raise refused(
            Flaw(
                "nothing-typed",
                "nothing was given: expected the three lines of a checkpoint, or what was read out",
            )
        )
    if looks_spoken("".join(filled)):
        return parse_spoken("\n".join(filter(_DIGIT.search, filled)))
    whole = checked("\n".join(_DASH.sub("— ", line) for line in lines).strip("\n") + "\n")
    with suppress(NoteError):
        return _exact(whole)
    return _found([line for line in whole.split("\n") if line])


def _text(raw: bytes) -> str:
    """The text of *raw*, which some programs write in UTF-16."""
    if raw.startswith(_UTF_16):
        with suppress(UnicodeError):
            return raw.decode("utf-16").replace("\r\n", "\n")
    return raw.decode(errors="surrogateescape").removeprefix(_MARK).replace("\r\n", "\n")


def _exact(text: str) -> Checkpoint | SignedNote:
    note, checkpoint = checkpoint_in(text)
    return checkpoint if note is None else note


def _found(lines: Sequence[str]) -> Checkpoint | SignedNote:
    """Find the one checkpoint that stands in *lines*, none of which is empty."""
    found = list(_checkpoints(lines))
    if len({checkpoint for checkpoint, _ in found}) > 1:
        raise refused(
            Flaw("typed-twice", "more than one checkpoint stands there; give one at a time")
        )
    if not found:
        raise NoteError(tuple(_flaws([line for line in lines if not _DASH.match(line)])))
    checkpoint, end = found[0]
    signatures = tuple(_signatures(lines[end:]))
    return SignedNote(checkpoint.text, signatures) if signatures else checkpoint


def _checkpoints(lines: Sequence[str]) -> Iterator[tuple[Checkpoint, int]]:
    """Yield each checkpoint together with the line where it ends."""
    for at, line in enumerate(lines[1:], start=1):
        for end in range(at + 2, at + 2 + _MOST_LINES):
            root = _root("".join(lines[at + 1 : end]))
            if root and end <= len(lines) and _is_size(line):
                yield Checkpoint(lines[at - 1], int(line), root), end


def _is_size(line: str) -> bool:
    return _SIZE.fullmatch(line) is not None and int(line) <= LARGEST


def _bare(text: str) -> str:
    return "".join(text.split())


def _root(text: str) -> bytes | None:
    root = from_base64(f"{_bare(text).rstrip('=')}=")
    return root if root is not None and len(root) == ROOT_BYTES else None


def _signatures(lines: Sequence[str]) -> Iterator[Signature]:
    for line in filter(_DASH.match, lines):
        try:
            yield Signature.parse(line)
        except NoteError:
            raise refused(
                Flaw(
                    "typed-signature",
                    "the line {value!r} is no signature; compare it with where it comes from, or "
                    "leave the signatures out",
                    {"value": line},
                )
            ) from None


# Why there is none


def _flaws(lines: Sequence[str]) -> Iterator[Flaw]:
    """Tell why no checkpoint stands in *lines*, as far as that can be seen."""
    if len(lines) < 3:
        yield Flaw(
            "checkpoint-lines",
            "expected three lines (origin, size, root), got {count}",
            {"count": len(lines)},
        )
        return
    at = next((i for i, line in enumerate(lines[1:-1], start=1) if _is_size(line)), 1)
    if not _is_size(lines[at]):
        yield Flaw(
            "typed-size",
            "the second line is the number of events, in digits alone and not beginning with 0, "
            "got {value!r}",
            {"value": lines[at]},
        )
    below = lines[at + 1 :]
    root = _bare("".join(below) if len(below) <= _MOST_LINES else below[0])
    if not _root(root):
        yield _root_flaw(root)


def _root_flaw(root: str) -> Flaw:
    letters = root.removesuffix("=")
    if wrong := _NO_LETTER.search(letters):
        return Flaw(
            "typed-letter",
            "the third line has only letters from A to Z and a to z, digits, '+' and '/', and '=' "
            "at its end; this one has {value!r} too",
            {"value": wrong[0]},
        )
    if len(letters) != _LETTERS:
        return Flaw(
            "typed-length",
            "the third line has 44 characters and ends in '='; this one has {count} and ends in "
            "{end!r}",
            {"count": len(root), "end": root[-1:]},
        )
    return Flaw(
        "typed-end",
        "no third line ends in {end!r}: compare its last characters with where it comes from",
        {"end": f"{letters[-1:]}="},
    )
