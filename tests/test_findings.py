"""How a finding shows what it is about."""

import pytest

from planlog.findings import Listing


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
