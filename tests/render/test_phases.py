"""Phases in a short word each."""

import pytest

from planlog.plan import PHASES
from planlog.render.phases import explained, short
from planlog.wording import Words, words_for

DE, EN = words_for("de"), words_for("en")


class TestShort:
    @pytest.mark.parametrize("words", [DE, EN])
    def test_no_two_are_alike(self, words: Words) -> None:
        """Each phase has a word of its own, which a narrow column has room for."""
        found = [short(phase, words) for phase in (*PHASES, None)]
        assert len(set(found)) == len(found)
        assert 6 >= max(map(len, found))


class TestExplained:
    def test_says_what_the_words_stand_for(self) -> None:
        """Each that is met is told once, in the order of the phases."""
        found = explained(["started", "proposed", None, "started"], DE)
        assert "vorg. vorgeschlagen; beg. begonnen; – noch ohne Stand" == found.text

    def test_says_more_behind_it(self) -> None:
        """What else there is to know of the words stands last."""
        assert "impl. implemented; and more" == explained(["implemented"], EN, "and more").text
