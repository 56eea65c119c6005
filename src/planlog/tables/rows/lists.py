"""Several texts in one cell, such as the organisations that are responsible."""

import re
from collections.abc import Iterable
from typing import Final

_QUOTED: Final = re.compile(r'\s*"([^"]*(?:""[^"]*)*)"[^\S\r\n]*(?:[;\r\n]|$)')
_PLAIN: Final = re.compile(r"([^;\r\n]*)(?:[;\r\n]|$)")
_QUOTE: Final = re.compile(r'[;"\r\n]')


def joined(items: Iterable[str]) -> str:
    """Write *items* into one cell; `separated` undoes it.

    >>> joined(["GWA", "Verein; e. V."])
    'GWA; "Verein; e. V."'
    """
    return "; ".join(map(_quoted, items))


def _quoted(item: str) -> str:
    if item and item == item.strip() and not _QUOTE.search(item):
        return item
    return '"' + item.replace('"', '""') + '"'


def separated(text: str) -> tuple[str, ...]:
    r"""Take the items of a cell apart: at semicolons and line breaks, but not within quotes.

    Quotes count only around a whole item: people write names with quotes in them.

    >>> separated('GWA; Verein "Nachbarn"\nLKO')
    ('GWA', 'Verein "Nachbarn"', 'LKO')
    """
    items: list[str] = []
    position = 0
    while position < len(text):
        found = _QUOTED.match(text, position)
        if found:
            items.append(found[1].replace('""', '"'))
        else:
            found = _PLAIN.match(text, position)
            assert found is not None
            if found[1].strip():
                items.append(found[1].strip())
        position = found.end()
    return tuple(items)
