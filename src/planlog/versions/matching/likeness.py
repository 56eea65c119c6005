"""How alike two titles are, and which of many."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

import attrs

from planlog.values import Value

ALIKE: Final = 0.75
"""How alike two titles are that may well be of one measure.

>>> likeness("Aufbau eines Nachbarschaftszentrums", "Nachbarschaftszentrum aufbauen") >= ALIKE
True
>>> likeness("Stadtteilfest", "Stadteilfest") >= ALIKE
True
>>> likeness("Sprachkurse", "Sprachkurse: Deutsch für den Alltag") >= ALIKE
True
>>> likeness("Spielplatz Nord", "Spielplatz Süd") >= ALIKE
False
>>> likeness("Stadtteilfest 2021", "Stadtteilfest 2022") >= ALIKE
False
"""

MOST_ALIKE: Final = 8
"""A title that more measures carry says nothing about which of them is meant."""

_SUBSTANTIAL: Final = 14
"""How many letters of stems one title must share with a longer one that holds all of it."""

_HELD: Final = 0.85
"""How alike a title is to a longer one that holds it."""

_NEARLY: Final = 0.99
"""How alike titles are at most that do not have the same words in the same order."""

_COUNTED_APART: Final = 0.7
"""What is left of a likeness where the numbers in two titles differ: too little to be `ALIKE`."""

_WORTH_A_LOOK: Final = 0.65
"""How much of their pieces titles share at least that are `ALIKE` by themselves."""

_WORTH_MORE: Final = 0.8
"""How much of its pieces a title shares at least with a longer one that holds it."""

_MOST_COMPARED: Final = 100
"""With how many titles one is compared in full, those first that share most with it."""

_SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

_NOTHING_SAYING: Final = frozenset(
    {
        *("am", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine"),
        *("einem", "einen", "einer", "eines", "fuer", "im", "in", "ins", "mit", "und", "vom"),
        *("von", "zu", "zum", "zur"),
        *("an", "and", "for", "of", "on", "the", "to"),
    }
)

_ENDINGS: Final = ("ungen", "ung", "ens", "ern", "en", "em", "er", "es", "e", "n", "s")

_SHORTEST_STEM: Final = 3


@attrs.frozen(repr=False)
class _Profile(Value):
    """What of a title is compared: its words, their stems, and pieces of three letters."""

    plain: str
    main: str
    stems: frozenset[str]
    letters: int
    numbers: frozenset[str]
    pieces: frozenset[str]


def likeness(one: str, other: str) -> float:
    """Tell how alike two titles are, from 0 to 1 in hundredths.

    Capitals and punctuation do not count, nor does whether an umlaut is spelt out; small words,
    endings and the order of words hardly do.

    >>> likeness("Müllsammel-Aktion", "MUELLSAMMEL AKTION")
    1.0
    >>> likeness("Fahrradwerkstatt", "Seniorencafé")
    0.0
    """
    return _compared(_profile(one), _profile(other))


def pairs_alike(
    ones: Sequence[str | None], others: Sequence[str | None]
) -> Iterator[tuple[int, int, float]]:
    """Tell which of two lists of titles are `ALIKE`: the index of each, and how much they are.

    For each title only the `MOST_ALIKE` that are most alike are told; one that is carried by more
    than so many of a list is left out.
    """
    left, right = _by_profile(ones), _by_profile(others)
    candidates = _Candidates(right)
    for profile, indexes in left.items():
        found = [(_compared(profile, other), other) for other in candidates.of(profile)]
        found = [one for one in found if one[0] >= ALIKE]
        found.sort(key=lambda one: -one[0])
        for worth, other in found[:MOST_ALIKE]:
            for index in indexes:
                yield from ((index, there, worth) for there in right[other])


def _by_profile(titles: Iterable[str | None]) -> Mapping[_Profile, list[int]]:
    found: dict[_Profile, list[int]] = {}
    for index, title in enumerate(titles):
        profile = _profile(title or "")
        if profile.plain:
            found.setdefault(profile, []).append(index)
    return {profile: all for profile, all in found.items() if len(all) <= MOST_ALIKE}


class _Candidates:
    """Titles among which to look for those that are worth comparing with another.

    To count the pieces that titles share is many times faster than to compare all with all.
    """

    def __init__(self, profiles: Iterable[_Profile]) -> None:
        self._all = list(profiles)
        self._sizes = [len(profile.pieces) for profile in self._all]
        self._with: dict[str, list[int]] = {}
        self._called: dict[str, list[int]] = {}
        for index, profile in enumerate(self._all):
            for piece in profile.pieces:
                self._with.setdefault(piece, []).append(index)
            for text in {profile.plain, profile.main}:
                self._called.setdefault(text, []).append(index)

    def of(self, profile: _Profile) -> list[_Profile]:
        """Return those that share enough with *profile*, or are called as it is but for more."""
        size, sizes = len(profile.pieces), self._sizes
        pieces = (self._with.get(piece, ()) for piece in profile.pieces)
        found = [
            (-2 * shared / (size + sizes[index]), index)
            for index, shared in Counter(chain.from_iterable(pieces)).items()
            if shared >= _WORTH_A_LOOK * (size + sizes[index]) / 2
            or shared >= _WORTH_MORE * min(size, sizes[index])
        ]
        best = {index for _, index in sorted(found)[:_MOST_COMPARED]}
        best.update(self._called.get(profile.plain, ()), self._called.get(profile.main, ()))
        others = (self._all[index] for index in sorted(best))
        return [other for other in others if not _counted_apart(profile, other)]


@lru_cache(maxsize=8192)
def _profile(title: str) -> _Profile:
    plain = _plain(title)
    words = [word for word in plain.split() if word not in _NOTHING_SAYING]
    stems = frozenset(map(_stem, words))
    return _Profile(
        plain=plain,
        main=_plain(re.split(r"[:;(–—]| - ", title, maxsplit=1)[0]),
        stems=stems,
        letters=sum(map(len, stems)),
        numbers=frozenset(word for word in words if re.fullmatch(r"[0-9]+|[ivx]+", word)),
        pieces=frozenset(
            f" {word} "[start : start + 3] for word in words for start in range(len(word))
        ),
    )


def _plain(title: str) -> str:
    """The words of a title without all that people write now so, now so."""
    folded = unicodedata.normalize("NFC", title).casefold().translate(_SPELT_OUT)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", folded)
        if not unicodedata.combining(letter)
    )
    return " ".join(re.findall(r"[^\W_]+", plain))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _compared(one: _Profile, other: _Profile) -> float:
    if not one.plain or not other.plain:
        return 0.0
    if one.plain == other.plain:
        return 1.0
    found = max(_shared(one.pieces, other.pieces), _shared_letters(one, other))
    if one.plain == other.main or other.plain == one.main:
        found = max(found, _HELD)
    if _counted_apart(one, other):
        found *= _COUNTED_APART
    return round(min(found, _NEARLY), 2)


def _counted_apart(one: _Profile, other: _Profile) -> bool:
    return bool(one.numbers and other.numbers) and one.numbers != other.numbers


def _shared(ones: frozenset[str], others: frozenset[str]) -> float:
    return 2 * len(ones & others) / ((len(ones) + len(others)) or 1)


def _shared_letters(one: _Profile, other: _Profile) -> float:
    """How much the stems share; a long word says more than a short one."""
    shared = sum(map(len, one.stems & other.stems))
    held = _HELD if shared == min(one.letters, other.letters) >= _SUBSTANTIAL else 0.0
    return max(2 * shared / ((one.letters + other.letters) or 1), held)
