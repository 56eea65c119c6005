"""Texts that are broken into lines within a column, as in tables of fixed width.

Where a cell has several lines, those of the other cells stand between them. What goes on stands
below what came before, in the same column or near it (a mark or a hanging line takes some), or,
where nothing followed on its line, at the beginning of the next.
"""

import re
from typing import Final

_MOST_TRIED: Final = 2_000
"""Nobody writes so many beginnings of one text by chance."""

_LEAST: Final = 6
"""No column is narrower: as many characters of a text stand on its first line, or a whole word."""

_ASIDE: Final = 4
_BORDERS: Final = " \t|│┃║"
_MARGIN: Final = _BORDERS + ">*#+–-"


def count_wrapped(lines: list[str], text: str) -> int:
    """Count how often *text*, in which all blanks are single, is broken up within *lines*."""
    head, found, tried = _head(text), 0, 0
    for number, line in enumerate(lines):
        column = line.find(head)
        while column >= 0 and tried < _MOST_TRIED:
            tried += 1
            found += _goes_on(lines, number, column, text)
            column = line.find(head, column + 1)
    return found


def _goes_on(lines: list[str], number: int, column: int, text: str) -> bool:
    """Whether *text* begins there and is continued below until its end."""
    rest = text
    while True:
        length = _alike(lines[number], column, rest)
        rest = rest[length:].lstrip()
        if not rest:
            return True
        behind = lines[number][column + length :]
        number += 1
        if number == len(lines):
            return False
        below = _near(lines[number], column, _head(rest))
        if below < 0 and not behind.strip(_BORDERS):
            below = _at_beginning(lines[number], _head(rest))
        if below < 0:
            return False
        column = below


def _near(line: str, column: int, head: str) -> int:
    return line.find(head, max(0, column - _ASIDE), column + _ASIDE + len(head))


def _at_beginning(line: str, head: str) -> int:
    start = len(line) - len(line.lstrip(_MARGIN))
    return start if line.startswith(head, start) else -1


def _head(text: str) -> str:
    """What has to stand together on one line: the first word, or as much of it as fits."""
    word = re.split("[ /]", text[:_LEAST], maxsplit=1)[0]
    return word or text[:1]


def _alike(line: str, column: int, text: str) -> int:
    """How many characters *text* and *line* from *column* on have in common."""
    least, most = 0, min(len(text), len(line) - column)
    while least < most:
        middle = (least + most + 1) // 2
        if line.startswith(text[:middle], column):
            least = middle
        else:
            most = middle - 1
    return least
