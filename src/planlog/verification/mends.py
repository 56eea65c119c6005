"""Undo in thought what programs do to whole files, each step on top of the one before."""

import json
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, Literal, NamedTuple

from planlog.codec.writing import KEYS
from planlog.errors import Flaw
from planlog.events import TYPES
from planlog.keys import keys_of
from planlog.verification import damage
from planlog.verification.parts import Part, View
from planlog.verification.passing import BOM, GZIP, UTF_16

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_MOST_UNPACKED: Final = 2**25
"""How many bytes are unpacked of all files together: a small file can hold very much."""

_MOST_TRIED: Final = 20
"""Of how many files each is tried alone."""
_WHOLE_FILE: Final = 16 + zlib.MAX_WBITS
"""What tells zlib that there is the head of a gzip file."""


class Mended(NamedTuple):
    """A log as it was before something was done to its files, and what that was."""

    view: View
    flaws: dict[int, list[Flaw]]
    """What was done to each part, by its place in the view."""


Mend = Callable[[Part], tuple[Part, list[Flaw]]]


def mended_views(view: View) -> Iterator[Mended]:
    """Undo more and more, beginning with what changes the fewest bytes."""
    mended = _unpacked(view)
    yield mended
    for mend in (_plain_lines, _in_utf_8, _as_planlog_writes):
        mended = _further(mended, mend)
        yield mended
    forms: tuple[Literal["NFC", "NFD"], ...] = ("NFC", "NFD")
    for form in forms:
        normalised = _further(mended, _normaliser(form))
        yield normalised
        yield from _one_at_a_time(mended, normalised)


def _further(mended: Mended, mend: Mend) -> Mended:
    """Undo one thing more in every file."""
    parts, flaws = [], dict(mended.flaws)
    for index, part in enumerate(mended.view):
        other, found = mend(part)
        parts.append(other)
        if found:
            flaws[index] = [*flaws.get(index, []), *found]
    return Mended(tuple(parts), flaws)


def _one_at_a_time(before: Mended, after: Mended) -> Iterator[Mended]:
    """Take the last step for a single file: the others may be as they always were."""
    pairs = enumerate(zip(before.view, after.view, strict=True))
    changed = [i for i, (one, other) in pairs if one is not other]
    if not 2 <= len(changed) <= _MOST_TRIED:
        return
    for i in changed:
        view = (*before.view[:i], after.view[i], *before.view[i + 1 :])
        yield Mended(view, {**before.flaws, i: after.flaws[i]})


def _unpacked(view: View) -> Mended:
    """Undo compression and UTF-16, as far as what comes of it is not too much."""
    parts, flaws, left = [], {}, _MOST_UNPACKED
    for index, part in enumerate(view):
        other, found = _as_text(part, left)
        parts.append(other)
        if found:
            flaws[index] = found
            left = max(0, left - len(other.content))
    return Mended(tuple(parts), flaws)


def _as_text(part: Part, limit: int) -> tuple[Part, list[Flaw]]:
    content, found = part.content, []
    if content.startswith(GZIP):
        try:
            # One byte at least: no limit at all is what zlib would take 0 for.
            content = zlib.decompressobj(_WHOLE_FILE).decompress(content, limit + 1)
        except zlib.error:
            return part, []
        found.append(damage.compressed(part.place))
    if content.startswith(UTF_16):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError:
            return part, found
        found.append(damage.encoding(part.place, "UTF-16"))
    return (Part.of(part.name, part.place, content), found) if found else (part, [])


def _plain_lines(part: Part) -> tuple[Part, list[Flaw]]:
    """Undo a byte order mark, and line ends of another platform."""
    found = []
    lines = list(part.lines)
    if lines and lines[0].startswith(BOM):
        lines[0] = lines[0].removeprefix(BOM)
        found.append(damage.byte_order_mark(part.place))
    if count := sum(line.endswith(b"\r") for line in lines):
        found.append(damage.line_ends(part.place, count))
        lines = [line.removesuffix(b"\r") for line in lines]
    filled = [(n, line) for n, line in zip(part.numbers, lines, strict=True) if line]
    numbers = [number for number, _ in filled]
    return (part.with_lines([line for _, line in filled], numbers), found) if found else (part, [])


def _in_utf_8(part: Part) -> tuple[Part, list[Flaw]]:
    """Undo another encoding of one byte a letter, and UTF-8 that was taken for that."""
    wrong = [i for i, line in enumerate(part.lines) if not line.isascii()]
    for read, write in (("cp1252", "utf-8"), ("utf-8", "cp1252"), ("utf-8", "latin-1")):
        try:
            changed = {i: part.lines[i].decode(read).encode(write) for i in wrong}
            for line in changed.values():
                line.decode()
        except UnicodeError:
            continue
        if changed and (read != "cp1252" or not _is_utf_8(part.lines)):
            lines = [changed.get(i, line) for i, line in enumerate(part.lines)]
            name = "Windows-1252" if read == "cp1252" else "UTF-8 / Windows-1252"
            return part.with_lines(lines), [damage.encoding(part.place, name)]
    return part, []


def _is_utf_8(lines: Sequence[bytes]) -> bool:
    try:
        b"".join(lines).decode()
    except UnicodeDecodeError:
        return False
    return True


def _as_planlog_writes(part: Part) -> tuple[Part, list[Flaw]]:
    """Undo what another program makes of JSON; one that spreads an event over lines as well."""
    lines, numbers = list(part.lines), list(part.numbers)
    if any(line.strip() in (b"{", b"[") for line in lines):
        lines, numbers = _gathered(lines, numbers)
    written = [canonical(line) or line for line in lines]
    count = sum(old != new for old, new in zip(lines, written, strict=True))
    if not count and len(lines) == len(part.lines):
        return part, []
    return part.with_lines(written, numbers), [damage.reserialised(part.place, count)]


def _gathered(lines: list[bytes], numbers: list[int]) -> tuple[list[bytes], list[int]]:
    """Find the objects in a text that has them on several lines each, or in a list."""
    try:
        text = b"\n".join(lines).decode()
    except UnicodeDecodeError:
        return lines, numbers
    decoder, found, end = json.JSONDecoder(), [], 0
    while (begin := text.find("{", end)) >= 0:
        try:
            _, end = decoder.raw_decode(text, begin)
        except (ValueError, RecursionError):
            return lines, numbers
        found.append(text[begin:end].encode())
    return found, list(range(1, len(found) + 1))


def canonical(line: bytes) -> bytes | None:
    """Write the JSON object of a *line* as planlog writes one, or return None if there is none."""
    try:
        document = json.loads(line)
        if not isinstance(document, dict):
            return None
        data, cls = document.get("data"), TYPES.get(str(document.get("type")))
        if isinstance(data, dict) and cls is not None:
            document["data"] = _sorted(data, [key.name for key in keys_of(cls)])
        return _ENCODER.encode(_sorted(document, KEYS)).encode()
    except (ValueError, RecursionError):
        return None


def _sorted(document: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    known = [key for key in keys if key in document]
    return {key: document[key] for key in dict.fromkeys(chain(known, document))}


def _normaliser(form: Literal["NFC", "NFD"]) -> Mend:
    def normalise(part: Part) -> tuple[Part, list[Flaw]]:
        """Undo that letters were composed or decomposed."""
        lines = [_in_form(line, form) for line in part.lines]
        count = sum(old != new for old, new in zip(part.lines, lines, strict=True))
        if not count:
            return part, []
        return part.with_lines(lines), [damage.normalised(part.place, count, form)]

    return normalise


def _in_form(line: bytes, form: Literal["NFC", "NFD"]) -> bytes:
    try:
        return unicodedata.normalize(form, line.decode()).encode()
    except UnicodeDecodeError:
        return line
