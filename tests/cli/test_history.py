"""``planlog history``."""

import json

from tests.cli.running import SOURCE, Folder


class TestHistory:
    def test_life_with_sources(self, plan: Folder) -> None:
        """The life of a measure is told with what says so."""
        plan.do("start", "wohnen/16", "--stage", "Angeschoben", "--on", "stk-3")
        told = plan.do("history", "wohnen/16", "--lang", "en")
        assert "Angeschoben" in told
        assert SOURCE in told

    def test_ambiguous(self, plan: Folder) -> None:
        """A number that two measures have is refused, with both."""
        words = plan.refused("history", "16")
        assert "wohnen-16" in words
        assert "gesundheit-16" in words

    def test_point(self, plan: Folder) -> None:
        """A history is told up to a point, and as data it names that point."""
        plan.do("start", "wohnen/16", "--on", "stk-3")
        data = json.loads(plan.do("history", "wohnen/16", "--at", "stk-2", "--format", "json"))
        assert "2022-05-24" == data["at"]
        standings = [entry["standing"] for entry in data["entries"]]
        assert ["counts", "later"] == standings

    def test_unknown(self, plan: Folder) -> None:
        """An unknown measure is refused."""
        assert "no measure fits 'nix'" in plan.refused("history", "nix", "--lang", "en")

    def test_unknown_by_then(self, plan: Folder) -> None:
        """A measure that nobody had recorded by then is unknown then."""
        assert "no measure" in plan.refused(
            "history", "wohnen-16", "--at", "today@#2", "--lang", "en"
        )
