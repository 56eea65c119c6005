"""Which rows may be several measures in one, or one of the parts of a measure."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

import attrs

from planlog.versions.matching.guesses import Guess, Question
from planlog.versions.matching.rows import Row

_TOGETHER: Final = re.compile(r"\s*(?:[+/&,]|\bund\b|\band\b)\s*")
_BEFORE: Final = re.compile(r"(.*?)[0-9]+[a-z]?", re.IGNORECASE)
_PART: Final = re.compile(r"(.*[0-9])(?:\s*\(?[a-z]\)?|\s*[./-]\s*(?:[0-9]+|[a-z]))", re.IGNORECASE)


def grown(question: Question) -> list[Guess]:
    """Tell which rows may have come of a merger or a split, by their keys and numbers."""
    found = [*_merged(question), *_split(question)]
    uses = Counter(id for guess in found for id in guess.measures)
    return [
        attrs.evolve(guess, contested=any(uses[id] > 1 for id in guess.measures)) for guess in found
    ]


def parts(label: str) -> list[str]:
    """Tell what a number or key joins; what stands before the first counts for all.

    >>> parts("B5+6"), parts("2.1 und 2.2"), parts("5")
    (['B5', 'B6'], ['2.1', '2.2'], [])
    """
    found = _TOGETHER.split(label.strip())
    before = _BEFORE.fullmatch(found[0])
    if before is None or len(found) == 1:
        return []
    return [
        before[1] + part if part[:1].isdigit() and not part.startswith(before[1]) else part
        for part in found
    ]


def whole(label: str) -> str | None:
    """Tell what a number or key may be a part of.

    >>> whole("7a"), whole("7.1"), whole("B7 (b)"), whole("7")
    ('7', '7', 'B7', None)
    """
    found = _PART.fullmatch(label.strip())
    return None if found is None else found[1]


def _merged(question: Question) -> Iterator[Guess]:
    taken = {*question.claims.values(), *question.spent}
    for index in question.unmatched:
        ids = _measures_of(question.rows[index], question)
        if len(ids) > 1 and taken.isdisjoint(ids):
            yield Guess(kind="merged", rows=(index,), measures=ids, grounds=("parts",))


def _measures_of(row: Row, question: Question) -> tuple[str, ...]:
    """The measures whose keys, or else whose numbers, a row joins."""
    keys = parts(row.key or "")
    if keys and all(key in question.known.listed for key in keys):
        return tuple(dict.fromkeys(keys))
    ids = [question.known.numbered(row, number) for number in parts(row.number or "")]
    return () if None in ids else tuple(dict.fromkeys(id for id in ids if id is not None))


def _split(question: Question) -> Iterator[Guess]:
    taken = {*question.claims.values(), *question.spent}
    found: dict[str, list[int]] = {}
    for index in question.unmatched:
        id = _measure_around(question.rows[index], question)
        if id is not None and id not in taken:
            found.setdefault(id, []).append(index)
    for id, rows in found.items():
        if len(rows) > 1:
            yield Guess(kind="split", rows=tuple(rows), measures=(id,), grounds=("parts",))


def _measure_around(row: Row, question: Question) -> str | None:
    """The measure of whose key, or else of whose number, that of a row is a part."""
    key = whole(row.key or "")
    if key in question.known.listed:
        return key
    number = whole(row.number or "")
    return None if number is None else question.known.numbered(row, number)
