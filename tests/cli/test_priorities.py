"""``planlog priorities``."""

import csv
import io
import json
from typing import Any

import pytest

from tests.cli.running import SOURCE, Folder


@pytest.fixture
def ranked(plan: Folder) -> Folder:
    """The small plan with two lists of one field, a level, and what was decided about them."""
    plan.do("prioritize", "wohnen", "1", "16", "--on", "stk-2")
    plan.do("prioritize", "wohnen", "16", "1", "--on", "stk-3")
    plan.do("decide", "stk-3", "adopted", "--field", "wohnen", "--on", "stk-3")
    plan.do("rate", "gesundheit/16", "hoch", "--on", "stk-3")
    return plan


def rows(data: str) -> list[dict[str, Any]]:
    """The rows on the lines of *data*."""
    return [json.loads(line) for line in data.splitlines()]


def told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Of each row the measure, the occasion and the rank."""
    return [(row["measure"], row["occasion"], row["rank"]) for row in found]


class TestPriorities:
    def test_plan(self, ranked: Folder) -> None:
        """Unless told otherwise, every measure that ever had a rank or level is told."""
        found = rows(ranked.do("priorities", "--format", "jsonl"))
        assert [
            ("wohnen-16", "stk-2", 2),
            ("wohnen-16", "stk-3", 1),
            ("wohnen-16", None, 1),
            ("wohnen-1", "stk-2", 1),
            ("wohnen-1", "stk-3", 2),
            ("wohnen-1", None, 2),
            ("gesundheit-16", "stk-2", None),
            ("gesundheit-16", "stk-3", None),
            ("gesundheit-16", None, None),
        ] == told(found)
        assert ["listed", "moved", None, "listed", "shifted"] == [row["cause"] for row in found[:5]]

    def test_page(self, ranked: Folder) -> None:
        """People see the rank, why it is another, its event, source and decision."""
        told = " ".join(ranked.do("priorities", "wohnen/16", "--lang", "en").split())
        event = ranked.log.events()[9].id[:8]
        assert f"stk-3 2 → 1 (moved) 2023-03-16: prioritized (event {event})" in told
        assert SOURCE in told
        assert "decision: 2023-03-16, 3. Konferenz: adopted" in told

    def test_german(self, ranked: Folder) -> None:
        """In German, all words are German."""
        page = ("--lang", "de", "--format", "markdown")
        told = ranked.do("priorities", "--field", "Wohnen", *page)
        assert told.startswith("# Prioritäten\n\nSozialer Plan\n\nStand am Ende des Tages")
        assert "2 → 1 (umgereiht)" in told
        assert "1 → 2 (durch andere gerückt)" in told
        assert "– Beschluss: 2023-03-16, 3. Konferenz: beschlossen" in told

    def test_measure(self, ranked: Folder) -> None:
        """One measure is told even if it never had a rank."""
        ranked.do("propose", "wohnen", "Neu", "--number", "5", "--on", "stk-3")
        found = rows(ranked.do("priorities", "5", "--format", "jsonl"))
        assert [("wohnen-5", "stk-3", None), ("wohnen-5", None, None)] == told(found)

    def test_field(self, ranked: Folder) -> None:
        """A field is named by its id, title or number."""
        for name in ("gesundheit", "Gesundheit", "2"):
            found = rows(ranked.do("priorities", "--field", name, "--format", "jsonl"))
            assert {"gesundheit-16"} == {row["measure"] for row in found}

    def test_every_change(self, ranked: Folder) -> None:
        """Each change is told by itself."""
        found = rows(ranked.do("priorities", "1", "--every-change", "--format", "jsonl"))
        assert [(None, 1, "listed"), (1, 2, "shifted")] == [
            (row["rank_before"], row["rank"], row["cause"]) for row in found
        ]
        page = ranked.do("priorities", "1", "--every-change", "--lang", "en")
        assert page.startswith("Every change of a priority\n")

    def test_point(self, ranked: Folder) -> None:
        """Nothing is told of what came after the point, or was not known by then."""
        data = ranked.do("priorities", "1", "--at", "stk-2", "--format", "json")
        found = json.loads(data)
        assert "2022-05-24" == found["at"]
        assert [("wohnen-1", "stk-2", 1)] == told(found["priorities"])
        known = ranked.do("priorities", "1", "--at", "stk-3@#9", "--format", "jsonl")
        assert [1, 1] == [row["rank"] for row in rows(known)]
        assert "" == ranked.do("priorities", "--at", "start", "--format", "jsonl")

    def test_formats(self, ranked: Folder) -> None:
        """CSV has a row a moment; Markdown has a table a measure."""
        found = list(csv.DictReader(io.StringIO(ranked.do("priorities", "--format", "csv"))))
        assert 9 == len(found)
        assert {SOURCE, ""} == {row["rank_source"] for row in found}
        page = ranked.do("priorities", "--format", "markdown", "--lang", "en")
        assert 3 == page.count("\n| --- |")

    def test_both(self, plan: Folder) -> None:
        """A measure and a field together are refused."""
        words = plan.refused("priorities", "1", "--field", "wohnen", "--lang", "en")
        assert "'--field': name a measure or a field, not both" in words

    def test_unknown(self, plan: Folder) -> None:
        """What does not exist is refused with the nearest there is."""
        words = plan.refused("priorities", "wohnen-166", "--lang", "en")
        assert "no measure fits 'wohnen-166'; did you mean 'wohnen-16'?" in words
        words = plan.refused("priorities", "--field", "wohnem", "--lang", "en")
        assert "no field fits 'wohnem'; did you mean 'wohnen'?" in words
        assert "wohnen-16" in plan.refused("priorities", "16", "--lang", "en")
