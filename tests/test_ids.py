"""Ids made from words."""

import pytest

from planlog.ids import LONGEST_SLUG, distinct, short_slug, slug


class TestSlug:
    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("Wohnen", "wohnen"),
            ("Straßen & Plätze", "strassen-plaetze"),
            ("Café", "cafe"),
            ("1.10", "1.10"),
            ("a_b", "a-b"),
            ("–", ""),
        ],
    )
    def test_slug(self, text: str, made: str) -> None:
        """Umlauts are spelt out, other marks left out, and hyphens join what is left."""
        assert made == slug(text)

    def test_short(self) -> None:
        """What is too long is cut off between two words, or where there are none."""
        assert "wort-" * 11 + "wort" == short_slug("Wort " * 20)
        assert "x" * LONGEST_SLUG == short_slug("x" * 99)
        assert "kurz" == short_slug("Kurz")


class TestDistinct:
    def test_distinct(self) -> None:
        """An id that is taken gets the first number that is not."""
        assert "a" == distinct("a", ())
        assert "a-2" == distinct("a", {"a"})
        assert "a-3" == distinct("a", {"a", "a-2"})
