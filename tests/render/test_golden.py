"""What every renderer writes, compared with what somebody looked at and kept.

``GOLDEN=write`` in the environment writes the files anew; read the difference like code.
"""

import pytest

from planlog.config import Format
from tests.render.examples import DATA, PAGES, assert_golden, standard

ANSWERS = [
    *("plan", "measure", "history", "events", "findings"),
    *("origins", "priorities", "changes", "decisions"),
    *("matrix", "stats"),
    *("diff", "steps"),
]


class TestPages:
    @pytest.mark.parametrize("answer", ANSWERS)
    @pytest.mark.parametrize("language", ["de", "en"])
    @pytest.mark.parametrize("format", PAGES)
    def test_each_is_as_it_was_kept(self, format: Format, language: str, answer: str) -> None:
        """Tables and Markdown read well in both languages, and stay so."""
        assert_golden(f"{answer}.{language}", format, standard(format, language)[answer])


class TestData:
    @pytest.mark.parametrize("answer", ANSWERS)
    @pytest.mark.parametrize("format", DATA)
    def test_each_is_as_it_was_kept(self, format: Format, answer: str) -> None:
        """CSV and JSON have one form for good."""
        assert_golden(answer, format, standard(format, "en")[answer])

    @pytest.mark.parametrize("answer", [one for one in ANSWERS if one != "findings"])
    @pytest.mark.parametrize("format", DATA)
    def test_data_does_not_depend_on_the_language(self, format: Format, answer: str) -> None:
        """The language changes words, never data."""
        assert standard(format, "en")[answer] == standard(format, "de")[answer]
