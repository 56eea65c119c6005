"""Which measures moved on a priority list, and which were only pushed or pulled."""

from collections.abc import Sequence
from itertools import combinations, permutations
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.ranking import causes, moved, rank_cause

MEASURES = "abcdefgh"


def lists(most: int) -> st.SearchStrategy[list[str]]:
    """A priority list of up to *most* measures, from so few that two of them overlap."""
    return st.lists(st.sampled_from(MEASURES), unique=True, max_size=most)


def explains(movers: Sequence[str], before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether all who are on both lists and do not move kept their order."""
    rest = [one for one in before if one in after and one not in movers]
    return rest == [one for one in after if one in rest]


def smallest(before: Sequence[str], after: Sequence[str]) -> list[frozenset[str]]:
    """Every smallest set of movers, found by trying all sets."""
    both = [one for one in after if one in before]
    for size in range(len(both) + 1):
        found = [
            frozenset(movers)
            for movers in combinations(both, size)
            if explains(movers, before, after)
        ]
        if found:
            return found
    raise AssertionError("moving all of them explains any order")


def merit(movers: frozenset[str], before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """How many of *movers* kept their rank, and how many did not rise: the fewer the better."""
    kept = sum(before.index(one) == after.index(one) for one in movers)
    not_risen = sum(after.index(one) >= before.index(one) for one in movers)
    return kept, not_risen


class TestMoved:
    """Tests for `moved`."""

    @pytest.mark.parametrize(
        ("before", "after", "movers"),
        [
            ("", "", ""),
            ("abc", "abc", ""),
            ("abc", "", ""),
            ("abc", "cab", "c"),
            ("abcd", "bcda", "a"),
            ("ab", "ba", "b"),
            ("abcd", "badc", "bd"),
            ("abc", "cba", "ac"),
            ("abc", "dabc", ""),
            ("abcd", "acd", ""),
            ("abcd", "edbca", "ad"),
            ("abcde", "eabcd", "e"),
        ],
    )
    def test_examples(self, before: str, after: str, movers: str) -> None:
        """Who jumps has moved; who makes room has not, nor who stays while others come and go."""
        assert frozenset(movers) == moved(before, after)

    def test_smallest_on_all_short_lists(self) -> None:
        """On every list of up to six, brute force finds none smaller, and none more deserving."""
        for size in range(7):
            before = MEASURES[:size]
            for after in permutations(before):
                self.assert_best(before, after)

    @given(lists(7), lists(7))
    def test_smallest(self, before: list[str], after: list[str]) -> None:
        """On lists of up to seven that measures join and leave, brute force agrees as well."""
        self.assert_best(before, after)

    def assert_best(self, before: Sequence[str], after: Sequence[str]) -> None:
        """The answer is one of the smallest sets, and of these one of the most deserving."""
        movers = moved(before, after)
        candidates = smallest(before, after)
        assert movers in candidates
        assert min(merit(one, before, after) for one in candidates) == merit(movers, before, after)

    def test_long_list(self) -> None:
        """A list of thousands takes no time to speak of."""
        before = [f"{number}" for number in range(5_000)]
        assert frozenset({"4999"}) == moved(before, [before[-1], *before[:-1]])
        assert 4_999 == len(moved(before, before[::-1]))


class TestCauses:
    """Tests for `causes`."""

    def test_each_measure_once(self) -> None:
        """Whoever is on either list has a cause, in the order of the new list."""
        assert [
            ("d", "moved"),
            ("e", "listed"),
            ("a", "shifted"),
            ("b", "shifted"),
            ("c", "unlisted"),
        ] == list(causes("abcd", "deab").items())


class TestRankCause:
    """Tests for `rank_cause`."""

    LISTS: ClassVar = {"a": causes(["x", "y"], ["y", "x"]), "b": causes([], ["x"])}

    @pytest.mark.parametrize(
        ("fields", "ranks", "cause"),
        [
            (("a", "a"), (1, 2), "shifted"),
            (("a", "a"), (2, 1), "moved"),
            (("a", "a"), (1, None), "unlisted"),
            (("a", None), (1, None), "unlisted"),
            (("a", "a"), (None, 2), "listed"),
            (("a", "b"), (2, 1), "listed"),
        ],
    )
    def test_examples(
        self,
        fields: tuple[str | None, str | None],
        ranks: tuple[int | None, int | None],
        cause: str,
    ) -> None:
        """A rank in another field's list is a new one; without a rank the measure is unlisted."""
        measure = "y" if cause == "moved" else "x"
        assert cause == rank_cause(measure, fields, ranks, self.LISTS)
