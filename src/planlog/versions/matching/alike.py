"""Which rows may be measures that have another number, title or key."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Final

import attrs

from planlog.values import Value
from planlog.versions.matching.answers import Ground
from planlog.versions.matching.guesses import Guess, Question
from planlog.versions.matching.likeness import ALIKE, pairs_alike
from planlog.versions.matching.rows import Row, title_likeness

_NUMBER: Final = 0.2
"""What the same number in the same field is worth beside the likeness of titles."""

_SURE: Final = 0.85
"""With the same number, titles that are so alike leave no doubt: no other can be worth more."""

_SPELLING: Final = 2.0
"""What the same key in another spelling is worth: more than any title."""


@attrs.frozen(kw_only=True, repr=False)
class _Pair(Value):
    """A row and a measure that it may be; *worth* says how likely, *certain* needs no word."""

    row: int
    measure: str
    worth: tuple[float, ...]
    grounds: tuple[Ground, ...]
    certain: bool = False


def alike(question: Question, spent: Collection[str]) -> list[Guess]:
    """Tell which of the open rows may be which measures, but for those *spent*."""
    return list(_chosen(_Looking(question, spent).pairs()))


class _Looking:
    """Looks for measures that rows may be."""

    def __init__(self, question: Question, spent: Collection[str]) -> None:
        self._question = question
        self._rows, self._known = question.rows, question.known
        others = {question.claims[index] for index in question.claims.keys() - {*question.open}}
        self._spent = {*spent, *question.spent, *others}
        keys = {row.key for row in self._rows if row.key is not None}
        foreign = bool(self._known.listed) and keys.isdisjoint(self._known.all)
        self._asked = [index for index in question.open if foreign or self._rows[index].key is None]

    def pairs(self) -> list[_Pair]:
        """Tell every row with every measure that it may be."""
        numbered = list(self._numbered())
        sure = [pair for pair in numbered if pair.worth[0] >= _SURE + _NUMBER]
        return [*self._spelt(), *numbered, *self._titled(sure)]

    def _numbered(self) -> Iterator[_Pair]:
        """Rows that have field and number of a measure: certain, unless they have a key."""
        for index in self._asked:
            row, claimed = self._rows[index], self._question.claims.get(index)
            found = [claimed] if claimed is not None else self._unclaimed(row)
            if len(found) == 1:
                worth = title_likeness(row, self._known.all[found[0]])
                yield _Pair(
                    row=index,
                    measure=found[0],
                    worth=(worth + _NUMBER, True, True, True),
                    grounds=("number", "title") if worth >= ALIKE else ("number",),
                    certain=claimed is not None,
                )

    def _unclaimed(self, row: Row) -> list[str]:
        return [] if row.key is None else self._known.fitting(row, self._spent)

    def _titled(self, sure: Iterable[_Pair]) -> Iterator[_Pair]:
        """Rows and measures whose titles are alike, but for those of which all is clear."""
        clear = {pair.row for pair in sure}
        taken = {*self._spent, *(pair.measure for pair in sure)}
        rows = [index for index in self._asked if index not in clear]
        measures = [
            one
            for one in self._known.all.values()
            if one.id not in taken and one.phase != "replaced"
        ]
        titles = [self._rows[index].title for index in rows]
        for index, there, worth in pairs_alike(titles, [one.title for one in measures]):
            row, measure = self._rows[rows[index]], measures[there]
            near = row.anywhere or row.field == measure.field
            listed = measure.id in self._known.listed
            yield _Pair(
                row=rows[index],
                measure=measure.id,
                worth=(worth, False, near, listed),
                grounds=("title",),
            )

    def _spelt(self) -> Iterator[_Pair]:
        """Rows whose keys are those of measures but for capitals and blanks."""
        claimed = {*self._spent, *self._question.claims.values()}
        known: dict[str, list[str]] = {}
        for id in self._known.all:
            if id not in claimed:
                known.setdefault(_folded(id), []).append(id)
        for index in self._question.unmatched:
            key = self._rows[index].key
            if key is not None:
                for id in known.get(_folded(key), ()):
                    yield _Pair(
                        row=index, measure=id, worth=(_SPELLING, True, True, True), grounds=("key",)
                    )


def _folded(key: str) -> str:
    return "".join(key.casefold().split())


def _chosen(pairs: Iterable[_Pair]) -> Iterator[Guess]:
    """Take the likeliest pair, then the likeliest of the others, and so on.

    Where several are equally likely, each of them is told and none is taken.
    """
    rows: set[int] = set()
    measures: set[str] = set()
    ordered = sorted(pairs, key=lambda pair: pair.worth, reverse=True)
    for _, level in groupby(ordered, key=lambda pair: pair.worth):
        left = [pair for pair in level if pair.row not in rows and pair.measure not in measures]
        uses = Counter(key for pair in left for key in (pair.row, pair.measure))
        for pair in left:
            if not pair.certain:
                yield Guess(
                    kind="same",
                    rows=(pair.row,),
                    measures=(pair.measure,),
                    grounds=pair.grounds,
                    contested=uses[pair.row] > 1 or uses[pair.measure] > 1,
                )
        rows |= {pair.row for pair in left}
        measures |= {pair.measure for pair in left}
