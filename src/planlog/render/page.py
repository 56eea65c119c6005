"""A page for people: headings, sentences, lists and tables, as plain text or as Markdown.

What a page is made of is raw text. It is made harmless here, once, whatever it came from.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, assert_never

from planlog.render.style import Style, Tone, painted
from planlog.render.tables import Cell, Column, Part, Table, drawn
from planlog.render.text import (
    markdown_block,
    markdown_heading,
    markdown_inline,
    visible,
    wrapped,
)
from planlog.wording import Words

_BULLET: Final = "- "
_INDENT: Final = "  "
"""Where a text goes on in a new line, so that no text can pass for the beginning of another."""


class Heading(NamedTuple):
    """The heading of a page (level 1), or of a part of it."""

    text: str
    level: int = 1


class Sentence(NamedTuple):
    """A line or two of prose."""

    text: str
    tone: Tone | None = None


class Footnote(NamedTuple):
    """What is to be known of all that stands above it."""

    text: str


class Points(NamedTuple):
    """A list."""

    texts: tuple[str, ...]


class Facts(NamedTuple):
    """What is known of a thing: a label and what it stands for, one below the other."""

    pairs: tuple[tuple[str, Cell], ...]


Block = Heading | Sentence | Footnote | Points | Facts | Table


def as_text(blocks: Iterable[Block], style: Style) -> str:
    """Write a page for a terminal."""
    text, before = "", None
    for block in blocks:
        if before is not None and not _belong_together(before, block):
            text += "\n"
        text, before = text + _text(block, style), block
    return text


def at_most(most: int, texts: Sequence[str], words: Words) -> tuple[str, ...]:
    """The first of *texts*, and how many more there are."""
    left = len(texts) - most
    return (*texts[:most], *([words("and {count} more", count=left)] if left > 0 else []))


def _belong_together(before: Block, block: Block) -> bool:
    """Whether two blocks stand without an empty line between them."""
    if isinstance(block, Footnote):
        return isinstance(before, Footnote)
    if isinstance(block, Facts):
        return isinstance(before, Heading)
    prose = isinstance(block, Sentence | Points)
    return prose and isinstance(before, Heading | Sentence | Points)


def _text(block: Block, style: Style) -> str:
    match block:
        case Heading(text):
            return _lines(text, "heading", style)
        case Sentence(text, tone):
            return _lines(text, tone, style)
        case Footnote(text):
            return _lines(text, "quiet", style)
        case Points(texts):
            return "".join(_lines(text, None, style, first=_BULLET) for text in texts)
        case Facts(pairs):
            rows = tuple(((Part(label),), value) for label, value in pairs)
            return drawn(Table((Column("", most=24), Column("")), rows), style)
        case Table():
            return drawn(block, style)
        case _:
            assert_never(block)


def _lines(text: str, tone: Tone | None, style: Style, *, first: str = "") -> str:
    lines = wrapped(visible(text), style.width, first=first, others=_INDENT)
    return "".join(painted(line, tone, style) + "\n" for line in lines)


def as_markdown(blocks: Iterable[Block]) -> str:
    """Write a page in Markdown."""
    return "\n".join(map(_markdown, blocks))


def _markdown(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {markdown_heading(text)}\n"
        case Sentence(text) | Footnote(text):
            return f"{markdown_block(text)}\n"
        case Points(texts):
            return "".join(f"- {markdown_block(text)}\n" for text in texts)
        case Facts(pairs):
            return "".join(_markdown_fact(label, value) for label, value in pairs)
        case Table(columns, rows):
            headings = [markdown_inline(column.heading) for column in columns]
            lines = [headings, ["---:" if column.right else "---" for column in columns]]
            lines += [[_markdown_cell(one) for one in row] for row in rows]
            return "".join("| " + " | ".join(line) + " |\n" for line in lines)
        case _:
            assert_never(block)


def _markdown_fact(label: str, value: Cell) -> str:
    """A fact as a point of a list, several parts as a list inside it."""
    said = f"- **{markdown_inline(label)}:**"
    if len(value) == 1:
        return f"{said} {markdown_inline(value[0].text)}\n"
    return f"{said}\n" + "".join(f"  - {markdown_block(part.text)}\n" for part in value)


def _markdown_cell(one: Cell) -> str:
    return "<br>".join(part.mark + markdown_inline(part.text) for part in one)
