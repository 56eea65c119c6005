"""Texts of events made harmless for the place where they are shown.

What people wrote into an event can hold anything. Shown on a terminal it must not steer it, on a
page it must not become markup, in a spreadsheet it must not become a formula.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from planlog.formulas import guarded
from planlog.wording import visible

__all__ = [
    "csv_text",
    "json_lines",
    "json_text",
    "markdown_block",
    "markdown_heading",
    "markdown_inline",
    "shortened",
    "toml_text",
    "visible",
    "width_of",
    "wrapped",
]

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_PIECE: Final = r" +|[^ /]*/+(?=[^ ])|[^ /]+/*|/+"
_BEYOND_LATIN: Final = r"[\x7f-\x9f\xad]|[^\x00-\xff]"

_MARKUP: Final = {
    **{ord(mark): f"\\{mark}" for mark in "\\`*_[]|~$"},
    # Not every reader of Markdown knows backslashes before these, all know the entities.
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
_LIST_MARKS: Final = ("-", "+", "=", "#", ":")
_LIST_NUMBER_ENDS: Final = (".", ")")


# Tables


def width_of(text: str) -> int:
    """Tell how many places *text* takes on a terminal: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "FW" else 1


def wrapped(text: str, width: int, *, first: str = "", others: str = "") -> list[str]:
    """Break a visible *text* into lines of at most *width*, each begun with *first* or *others*.

    Breaks between words and behind slashes, and within a word only where it is too long alone.
    """
    lines: list[str] = []
    line, used, begun = first, width_of(first), False
    room = width_of(others)
    for piece in _pieces(text, max(1, width - room)):
        needed = width_of(piece)
        if begun and used + needed > width and piece[0] != " ":
            lines.append(line.rstrip(" "))
            line, used, begun = others, room, False
        if begun or piece[0] != " ":
            line, used, begun = line + piece, used + needed, True
    return [*lines, line.rstrip(" ")]


def _pieces(text: str, width: int) -> Iterator[str]:
    for found in re.finditer(_PIECE, text):
        piece = found.group()
        while width_of(piece) > width:
            cut = max(1, _fitting(piece, width))
            yield piece[:cut]
            piece = piece[cut:]
        if piece:
            yield piece


def _fitting(text: str, width: int) -> int:
    """How many characters of *text* fit into *width*."""
    return sum(taken <= width for taken in accumulate(map(_width, text)))


def shortened(text: str, length: int) -> str:
    """Cut *text* off where it is longer than *length*, and say so with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


# Markdown


def markdown_inline(text: str) -> str:
    """Show *text* within a line or a cell of Markdown: nothing in it is markup."""
    return visible(text).strip().translate(_MARKUP)


def markdown_block(text: str) -> str:
    """Show *text* at the beginning of a line of Markdown: it begins no list and no heading."""
    escaped = markdown_inline(text)
    rest = escaped.lstrip("0123456789")
    if escaped.startswith(_LIST_MARKS) or (rest != escaped and rest.startswith(_LIST_NUMBER_ENDS)):
        return f"{escaped.removesuffix(rest)}\\{rest}"
    return escaped


def markdown_heading(text: str) -> str:
    """Show *text* as a heading of Markdown, behind its marks."""
    return markdown_inline(text).replace("#", r"\#")


# CSV


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str | int | None]]) -> str:
    """Write rows as RFC 4180 has them, but for line feeds at the end of lines.

    No cell is taken for a formula: one that begins like one has an apostrophe in front.
    """
    lines = (",".join(map(_csv_cell, row)) for row in (headings, *rows))
    return "\n".join(lines) + "\n"


def _csv_cell(value: str | int | None) -> str:
    text = "" if value is None else str(value)
    lines = guarded(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shown = "\n".join("\t".join(map(visible, line.split("\t"))) for line in lines)
    quoted = any(mark in shown for mark in '",\n') or shown != shown.strip()
    return '"' + shown.replace('"', '""') + '"' if quoted else shown


# TOML


def toml_text(text: str) -> str:
    """Escape in TOML what would steer or deceive the eye; between double quotes it is the same."""
    return "".join(
        _as_unicode(one) if one != "\n" and unicodedata.category(one) in _HIDDEN else one
        for one in text
    )


def _as_unicode(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


# JSON


def json_text(value: object) -> str:
    """Write *value* as JSON to be read by people and programs."""
    return _spelt_out(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def json_lines(values: Iterable[Any]) -> str:
    """Write each of *values* as JSON on a line of its own; a text is taken as it is."""
    lines = (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for value in values
    )
    return "".join(_spelt_out(line) + "\n" for line in lines)


def _spelt_out(text: str) -> str:
    """Escape what JSON lets through but a terminal must not see; the value is the same."""
    return re.sub(_BEYOND_LATIN, _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    character = found.group()
    hidden = unicodedata.category(character) in _HIDDEN
    return json.dumps(character)[1:-1] if hidden else character
