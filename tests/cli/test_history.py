"""``planlog history``."""

import json

import pytest

from planlog import NewEvent
from planlog.events import Started
from tests.cli.running import BY, SOURCE, Folder
from tests.stated import mixed, stated


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

    def test_moves_and_shifts(self, plan: Folder) -> None:
        """A rank that moved is told apart from one that others shifted, in both languages."""
        plan.do("prioritize", "wohnen", "1", "16", "--on", "stk-2")
        plan.do("prioritize", "wohnen", "16", "1", "--on", "stk-3")
        for arguments, told in (
            (("16", "--lang", "en"), "2 → 1 (moved)"),
            (("1", "--lang", "en"), "1 → 2 (shifted by others)"),
            (("16", "--lang", "de"), "2 → 1 (umgereiht)"),
            (("1", "--lang", "de"), "1 → 2 (durch andere gerückt)"),
        ):
            number, *language = arguments
            assert told in plan.do("history", f"wohnen/{number}", *language)


class TestRestatements:
    """Tests for what imported documents say again."""

    @pytest.fixture
    def imported(self, plan: Folder) -> Folder:
        """The plan, with two tables that have the measure under way."""
        started = Started(measure="wohnen-16", stage="Angeschoben")
        events = mixed(*(stated(day, started) for day in ("2022-01-31", "2022-12-31")))
        plan.log.record_all(
            [NewEvent(event=one.event, on=one.on, source=SOURCE, id=one.id) for one in events],
            by=BY,
        )
        return plan

    def test_folded(self, imported: Folder) -> None:
        """What is only said again stands in the entry that told it first."""
        told = imported.do("history", "wohnen/16", "--lang", "en")
        restatement = imported.log.events()[-2].id
        assert "2022-12-31" not in told
        assert f"by 1 event of an imported document: {restatement[:8]}" in " ".join(told.split())
        assert "Wiederholt" in imported.do("history", "wohnen/16", "--lang", "de")
        data = json.loads(imported.do("history", "wohnen/16", "--format", "json"))
        assert [[], [restatement]] == [entry["restatements"] for entry in data["entries"]]
        rows = imported.do("history", "wohnen/16", "--format", "csv").splitlines()
        assert rows[0].endswith(",recorded,restatements")
        assert rows[-1].endswith(f",{restatement}")

    def test_all(self, imported: Folder) -> None:
        """Every event is told where that is asked for, and the log of a measure has them all."""
        told = imported.do("history", "wohnen/16", "--all", "--lang", "en")
        assert "2022-12-31: started" in told
        assert "imported document" not in told
        lines = imported.do("log", "--measure", "wohnen/16", "--format", "jsonl").splitlines()
        assert ["proposed", "started", "started"] == [json.loads(line)["type"] for line in lines]

    def test_not_by_attribute(self, imported: Folder) -> None:
        """An attribute comes from one event, so there is nothing to unfold."""
        words = imported.refused("history", "wohnen/16", "--all", "--by-attribute", "--lang", "en")
        assert "'--all': it is for the life of a measure, not for --by-attribute" in words
        data = imported.do("history", "wohnen/16", "--by-attribute", "--format", "json")
        found = {one["attribute"]: one["on"] for one in json.loads(data)["origins"]}
        assert "2022-01-31" == found["phase"]


class TestByAttribute:
    def test_origins(self, plan: Folder) -> None:
        """Each value is told with the event, source and decision it comes from."""
        plan.do("amend", "wohnen/16", "--title", "Nachbarn", "--on", "stk-2", "--source", "Brief")
        plan.do("decide", "stk-3", "adopted", "--measure", "wohnen/16", "--on", "stk-3")
        told = plan.do("history", "wohnen/16", "--by-attribute", "--lang", "en")
        event = plan.log.events()[8].id[:8]
        assert f"2022-05-24: amended (event {event})" in " ".join(told.split())
        assert "Brief" in told
        assert "decision: 2023-03-16, 3. Konferenz: adopted" in " ".join(told.split())
        assert "Herkunft" in plan.do("history", "wohnen/16", "--by-attribute", "--lang", "de")

    def test_point(self, plan: Folder) -> None:
        """Values are told as they stand at the point, under the title of then."""
        plan.do("amend", "wohnen/16", "--title", "Nachbarn", "--on", "stk-3")
        told = plan.do("history", "wohnen/16", "--by-attribute", "--at", "stk-2")
        assert told.startswith("Nachbarschaften\n")
        data = plan.do(
            "history", "wohnen/16", "--by-attribute", "--at", "stk-2", "--format", "json"
        )
        found = json.loads(data)
        assert ("planlog.origins/1", "2022-05-24") == (found["schema"], found["at"])
        assert "Nachbarschaften" in [one["value"] for one in found["origins"]]

    def test_formats(self, plan: Folder) -> None:
        """Programs get a row or a line for each value."""
        lines = plan.do("history", "wohnen/1", "--by-attribute", "--format", "jsonl").splitlines()
        names = [json.loads(line)["attribute"] for line in lines]
        assert ["field", "number", "title", "phase", "since"] == names
        csv = plan.do("history", "wohnen/1", "--by-attribute", "--format", "csv")
        assert csv.startswith("attribute,value,on,type,by,source,reason,event,original,")
        page = plan.do("history", "wohnen/1", "--by-attribute", "--format", "markdown")
        assert "| --- | --- | --- |" in page

    def test_not_there_by_then(self, plan: Folder) -> None:
        """A measure that the plan does not have at the point has no values, which is said."""
        told = plan.do(
            "history", "wohnen/16", "--by-attribute", "--at", "2020-12-31", "--lang", "en"
        )
        assert "the plan does not have this measure at that point" in told

    def test_unknown(self, plan: Folder) -> None:
        """An unknown measure is refused."""
        words = plan.refused("history", "nix", "--by-attribute", "--lang", "en")
        assert "no measure fits 'nix'" in words
