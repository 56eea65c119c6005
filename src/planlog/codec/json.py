"""Bytes to JSON values: exactly what RFC 8259 allows, nothing mended, nothing lost.

An object is read as the tuple of its pairs, so that a key that stands twice is still there to be
told, at no cost for the others.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from planlog.codec.flaws import Spelt, flaw, refusal, refused, step, under
from planlog.errors import Flaw, InvalidEventError

MAX_LINE: Final = 65_535
"""The longest line, in bytes without the line feed."""

MAX_DEPTH: Final = 16
"""How deep objects and lists may lie inside one another; events need four."""

Pairs = tuple[tuple[str, Any], ...]
"""A JSON object as it was written."""

Document = dict[str, Any]
"""A JSON object of which no key stands twice, nor in those inside."""

_WHITE_SPACE: Final = " \t\n\r"
_EXCERPT: Final = 30
_BRACKET_OR_STRING: Final = r'(?s)[\[{]|[\]}]|"(?:[^"\\]++|\\.)*+"?'


def parse_quickly(line: bytes) -> Pairs | None:
    """Read a JSON object, or return nothing where `parse` has to look whether there is one."""
    if len(line) > MAX_LINE:
        return None
    try:
        text = line.decode()
        found, end = _QUICK_DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if type(found) is tuple and (end == len(text) or not text[end:].strip(_WHITE_SPACE)):
        return found
    return None


def parse(line: bytes) -> Pairs:
    """Read a JSON object.

    Numbers that no event can hold become values of a type of their own, for whatever expects
    another type to refuse. Raises `InvalidEventError` where there is no object to read.
    """
    text = _text(line)
    _check_depth(text)
    found = _parsed(text)
    if type(found) is not tuple:
        raise refused("not-an-object", found)
    return found


def _text(line: bytes) -> str:
    if len(line) > MAX_LINE:
        raise refusal("too-long", limit=MAX_LINE, length=len(line))
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        offset = error.start
        raise refusal("not-utf-8", byte=f"0x{line[offset]:02x}", offset=offset) from None
    if text.startswith("\ufeff"):
        raise refusal("byte-order-mark")
    return text


def _check_depth(text: str) -> None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for found in re.finditer(_BRACKET_OR_STRING, text):
        if found[0] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise refusal("too-deep", limit=MAX_DEPTH)
        elif found[0] in "]}":
            depth -= 1


def _parsed(text: str) -> object:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _told(error) from None


def _told(error: json.JSONDecodeError) -> InvalidEventError:
    text = error.doc
    if error.pos >= len(text.rstrip(_WHITE_SPACE)) or error.msg.startswith("Unterminated string"):
        return refusal("cut-off", excerpt=text[-_EXCERPT:])
    excerpt = text[error.pos : error.pos + _EXCERPT]
    return refusal("not-json", column=error.pos + 1, excerpt=excerpt)


class UnreadNumber(Spelt):
    """A number that no event can hold, as it was written: 1.0, 1e999, NaN, or far too long."""


def _whole_number(text: str) -> object:
    # Python refuses to read thousands of digits, with an error that tells no place.
    return int(text) if len(text) < _EXCERPT else UnreadNumber(text)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=tuple,
    parse_int=_whole_number,
    parse_float=UnreadNumber,
    parse_constant=UnreadNumber,
)

_QUICK_DECODER: Final = json.JSONDecoder(object_pairs_hook=tuple)


def paired(value: Any) -> Any:
    """Write objects, but for those in lists, as their pairs."""
    if type(value) is dict:
        return tuple((name, paired(inner)) for name, inner in value.items())
    return value


def unpaired(value: Any, way: str = "") -> Any:
    """Undo `paired`; raise `InvalidEventError` where a key stands twice."""
    if type(value) is not tuple:
        return value
    if flaws := tuple(under(way, doubled_keys(value))):
        raise InvalidEventError(flaws)
    return {name: unpaired(inner, way + step(name)) for name, inner in value}


def doubled_keys(pairs: Pairs) -> Iterator[Flaw]:
    """Tell the keys that stand more than once in an object."""
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            yield flaw("doubled-key", step(str(name)), count=count)
