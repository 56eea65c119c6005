"""The example as the command line shows it."""

import re
from pathlib import Path

import pytest

from tests.cli.running import Folder

ROOT = Path(__file__).parent.parent.parent

ORDER = ["1", "16", "4", "29", "31", "14", "15", "20", "3", "6", "16", "20", "13", "1"]


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The log of the repository, which is only read here."""
    monkeypatch.setenv("PLANLOG_LOG", str(ROOT))
    monkeypatch.setenv("LANGUAGE", "")
    return Folder(ROOT / "events")


class TestExample:
    def test_decided(self, example: Folder) -> None:
        """The plan stands in the deck's order, with phase, stage word and note, in 80 columns."""
        shown = example.do("show", "--at", "stk-3", "--lang", "de")
        assert ORDER == re.findall(r"^[1-9]\s+([0-9]+)  ", shown, re.MULTILINE)
        assert (12, 2) == (
            len(re.findall("begonnen$", shown, re.MULTILINE)),
            shown.count("umgesetzt\n"),
        )
        assert 13 == shown.count("„Angeschoben“")
        assert "„Umgesetzt“" in shown
        assert 14 == len(re.findall(r"^\s+– ", shown, re.MULTILINE))
        assert 80 >= max(map(len, shown.splitlines()))

    def test_earlier(self, example: Folder) -> None:
        """Eleven measures stood on the list the day before, none at the second conference."""
        before = example.do("show", "--at", "before:stk-3", "--format", "csv").splitlines()
        assert 12 == len(before)
        at_second = example.do("show", "--at", "stk-2", "--format", "csv").splitlines()
        assert ["field,measure,number,title,rank,level,phase,stage,since"] == at_second

    def test_ambiguous(self, example: Folder) -> None:
        """A number that two measures carry is refused, and both are named."""
        words = example.refused("history", "16")
        assert "wohnen-16" in words
        assert "gesundheit-sicherheit-16" in words

    def test_history(self, example: Folder) -> None:
        """Each event in a measure's life tells its source."""
        told = example.do("history", "wohnen/16", "--lang", "de")
        assert told.count("Quelle") == told.count("Erfasst") == 6
