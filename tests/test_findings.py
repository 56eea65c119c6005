"""How a finding shows what it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.findings import Affected, Listing, shortened, told_apart

FROM_FIRST_TO_LAST = [f"wohnen-{number}" for number in range(12)]
LAST_TWO_TURNED = [*FROM_FIRST_TO_LAST[:-2], "wohnen-11", "wohnen-10"]


class TestListing:
    @pytest.mark.parametrize(
        ("texts", "shown"),
        [
            ([], ""),
            (["a"], "'a'"),
            (["b", "a", "b"], "'b', 'a'"),
            (["a\n", "'"], "'a\\n', \"'\""),
            ([*"abcdef"], "'a', 'b', 'c', 'd', 'e', 'f'"),
            ([*"abcdefg"], "'a', 'b', 'c', 'd', 'e', 'f', …"),
            (["x" * 61], f"'{'x' * 59}…'"),
        ],
    )
    def test_of_texts(self, texts: list[str], shown: str) -> None:
        """Each text is shown once, in quotation marks; too many and too long ones are cut."""
        assert shown == str(Listing.of(texts))

    def test_is_data(self) -> None:
        """It is the texts themselves, one by one."""
        assert ("b", "a") == Listing.of(["b", "a"])


class TestToldApart:
    @pytest.mark.parametrize(
        ("texts", "shown"),
        [
            ((), ()),
            (("a", "b", "a"), ("a", "b", "a")),
            (("x" * 61, "b"), ("x" * 59 + "…", "b")),
            (("x" * 61, "x" * 61), ("x" * 59 + "…", "x" * 59 + "…")),
            (
                (str(FROM_FIRST_TO_LAST), str(LAST_TWO_TURNED)),
                ("…'wohnen-10', 'wohnen-11']", "…'wohnen-11', 'wohnen-10']"),
            ),
            (("x" * 70 + "a", "x" * 70 + "b"), ("…" + "x" * 20 + "a", "…" + "x" * 20 + "b")),
            (("x" * 70 + "a" * 99, "x" * 70), ("…" + "x" * 20 + "a" * 38 + "…", "…" + "x" * 20)),
            (
                ("x" * 70 + "a", "x" * 70 + "b", "c"),
                ("…" + "x" * 20 + "a", "…" + "x" * 20 + "b", "c"),
            ),
        ],
    )
    def test_around_the_first_difference(
        self, texts: tuple[str, ...], shown: tuple[str, ...]
    ) -> None:
        """Long texts that begin alike are shown from the word on in which they part."""
        assert shown == told_apart(texts)

    def test_many_that_part_alike(self) -> None:
        """Where even that would read alike, the whole texts are shown."""
        texts = tuple(first * 60 + "x" * 30 + last for first in "ab" for last in "12")
        assert texts == told_apart(texts)

    @given(
        st.text(alphabet="a ", max_size=80),
        st.lists(st.text(alphabet="ab '", max_size=80), max_size=4),
    )
    def test_different_ones_read_differently(self, shared: str, ends: list[str]) -> None:
        """No two different texts are ever shown alike."""
        texts = [shared + end for end in ends]
        assert len(set(texts)) == len(set(told_apart(texts)))


class TestAffected:
    def test_values(self) -> None:
        """The values are whole; a sentence shows less of them."""
        affected = Affected(("field", "wohnen"), "title", ("'a'", f"'{'b' * 99}'"))
        assert 101 == len(affected.values[1])
        assert ("'a'", shortened(affected.values[1])) == affected.shown
