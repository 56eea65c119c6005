"""``planlog stats``."""

import csv
import io
import json

import pytest

from tests.cli.running import Folder


class TestStats:
    def test_from_the_start_until_today(self, plan: Folder) -> None:
        """Without points, everything until today is counted, and the page says so."""
        shown = plan.do("stats", "--lang", "en")
        assert "from: state at the start, before anything happened, 8 events" in shown
        assert "Outside" not in shown
        assert ["1.", "Wohnen", "2", "2"] in [line.split() for line in shown.splitlines()]

    def test_from_a_point_until_today(self, plan: Folder) -> None:
        """One point is where to count from."""
        plan.do("start", "wohnen/1", "--on", "2022-12-01")
        shown = plan.do("stats", "stk-2", "--lang", "en")
        assert "from: state at the end of 2022-05-24, 9 events, known until today" in shown
        assert "1. Wohnen 2 → 1 0 → 1 2" in [" ".join(line.split()) for line in shown.splitlines()]

    def test_between_two_points(self, plan: Folder) -> None:
        """Two points may be any in two times."""
        size = plan.log.size
        plan.do("implement", "wohnen/1", "--on", "2022-12-01")
        data = json.loads(plan.do("stats", f"stk-3@#{size}", "stk-3", "--format", "json"))
        assert ["wohnen-1"] == [one["measure"] for one in data["implemented"]]
        assert (size, size + 1) == (data["from"]["known"]["size"], data["to"]["known"]["size"])

    def test_the_second_may_be_the_earlier_one(self, plan: Folder) -> None:
        """Then the counts are swapped, and nothing lies between."""
        plan.do("implement", "wohnen/1", "--on", "2022-12-01")
        data = json.loads(plan.do("stats", "stk-3", "stk-2", "--format", "json"))
        assert [("proposed", 2, 3), ("implemented", 1, 0)] == [
            (one["phase"], one["before"]["count"], one["after"]["count"]) for one in data["totals"]
        ]
        assert [] == data["implemented"] == data["late"]

    def test_data_come_alone(self, plan: Folder) -> None:
        """Data stand alone on standard output; how the points were understood goes elsewhere."""
        outcome = plan.run("stats", "stk-2", "stk-3", "--format", "csv", "--lang", "en")
        assert "section" == next(csv.reader(io.StringIO(outcome.data)))[0]
        assert [
            "state at the end of 2022-05-24, 8 events, known until today",
            "state at the end of 2023-03-16, 8 events, known until today",
        ] == outcome.lines

    def test_silence(self, plan: Folder) -> None:
        """Two conferences without a report are enough, unless another number is given."""
        plan.do("progress", "wohnen/1", "--on", "2022-12-01")
        found = {}
        for silent in ("1", "2", "3"):
            data = json.loads(plan.do("stats", "--silent", silent, "--format", "json"))
            found[silent] = [one["measure"] for one in data["silences"]]
        assert {
            "1": ["wohnen-16", "gesundheit-16", "wohnen-1"],
            "2": ["wohnen-16", "gesundheit-16"],
            "3": [],
        } == found
        assert 2 == json.loads(plan.do("stats", "--format", "json"))["silent"]

    def test_file(self, plan: Folder) -> None:
        """The answer goes into a file."""
        assert "" == plan.do("stats", "-o", "stats.md", "--format", "markdown")
        assert (plan.path / "stats.md").read_text("utf-8").startswith("# Sozialer Plan\n")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("stk-9",), "no conference or version 'stk-9' in this log"),
            (("stk-2", "stk-9"), "no conference or version 'stk-9' in this log"),
            (("2023-13",), "Invalid value for '[A]': expected a point AT[@KNOWN]"),
            (("stk-2", "murks!"), "Invalid value for '[B]': expected a point AT[@KNOWN]"),
            (("today@#99",), "#99 asks for more"),
            (("--silent", "-1"), "Invalid value for '--silent': -1 is not in the range"),
            (("--silent", "viele"), "Invalid value for '--silent': 'viele' is not a valid"),
            (("start", "today", "stk-2"), "unexpected extra argument"),
        ],
    )
    def test_refused(self, plan: Folder, arguments: tuple[str, ...], said: str) -> None:
        """What is no point, or no number of conferences, is refused."""
        assert said in plan.refused("stats", *arguments, "--lang", "en")
