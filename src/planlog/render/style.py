"""How an answer is to look: its form, its width, and a little colour."""

from typing import Final, Literal

import attrs

from planlog.config import Format

__all__ = ["PLAIN", "Format", "Style", "Tone", "painted"]

Tone = Literal["heading", "quiet", "good", "bad", "doubtful"]
"""What a piece of text is like. Colour shows it, and is never alone in saying it."""

_SEQUENCES: Final[dict[Tone, str]] = {
    "heading": "1",
    "quiet": "2",
    "good": "32",
    "bad": "31",
    "doubtful": "33",
}


@attrs.frozen
class Style:
    """The place where a text is shown: how many characters *width* has, and whether it has colour.

    The width counts for tables only.
    """

    width: int = 80
    color: bool = False


PLAIN: Final = Style()


def painted(text: str, tone: Tone | None, style: Style) -> str:
    """Colour *text*, which must be one line without any control characters."""
    if not (style.color and tone and text):
        return text
    return f"\x1b[{_SEQUENCES[tone]}m{text}\x1b[0m"
