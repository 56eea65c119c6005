"""Words of tables as people see them: line breaks, hyphenation and capitals aside."""

import re
import unicodedata
from typing import Final

_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Where a word may be broken; nothing of it is seen."""

_HYPHENATED: Final = re.compile(r"(?<=\w)-[ \t]*[\r\n]\s*(?=(\w))")


def tidy(text: str) -> str:
    r"""*text* on one line, with words put together again that were broken to fit a column.

    >>> tidy(" Maß-\nnahmen-\nNr. ")
    'Maßnahmen-Nr.'
    """
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_HYPHENATED.sub(_mended, seen).split())


def _mended(found: re.Match[str]) -> str:
    """Before a capital the hyphen is part of the word, before a small letter it only broke it."""
    return "" if found[1].islower() else "-"


def compared(text: str) -> str:
    r"""*text* as it is compared with others.

    >>> compared("IN\u00a0Umsetzung ") == compared("in umsetzung")
    True
    """
    return tidy(text).casefold()
