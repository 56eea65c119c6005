"""``planlog decisions``."""

import csv
import io
import json
from typing import Any

import pytest

from tests.cli.running import SOURCE, Folder


@pytest.fixture
def decided(plan: Folder) -> Folder:
    """The small plan with a decision about a list and one about a measure."""
    plan.do("prioritize", "wohnen", "1", "16", "--on", "stk-2")
    plan.do(
        *("decide", "stk-2", "adopted", "--field", "wohnen", "--on", "stk-2"),
        *("--text", "So beschlossen.", "--votes", "12/0/1"),
    )
    plan.do("decide", "stk-3", "deferred", "--measure", "gesundheit/16", "--on", "stk-3")
    plan.do("implement", "wohnen/1", "--on", "2023-04-01")
    return plan


def entries(data: str) -> list[dict[str, Any]]:
    """The decisions on the lines of *data*."""
    return [json.loads(line) for line in data.splitlines()]


class TestDecisions:
    def test_register(self, decided: Folder) -> None:
        """Every decision is told in the order of their days, with what it was about."""
        found = entries(decided.do("decisions", "--format", "jsonl"))
        assert [
            ("stk-2", "adopted", ["wohnen"], ["wohnen-1", "wohnen-16"]),
            ("stk-3", "deferred", [], ["gesundheit-16"]),
        ] == [(one["conference"], one["outcome"], one["fields"], one["covered"]) for one in found]
        assert ["proposed", "implemented"] == [
            found[0]["measures"][0][day]["phase"] for day in ("then", "now")
        ]

    def test_page(self, decided: Folder) -> None:
        """People see outcome, votes and wording, and what became of each measure."""
        told = decided.do("decisions", "--conference", "stk-2", "--lang", "en")
        assert "2022-05-24, 2. Konferenz: adopted; 12 yes, 0 no, 1 abstention" in told
        assert "So beschlossen." in told
        assert SOURCE in told
        assert "implemented" in told
        assert "unchanged" in told

    def test_german(self, decided: Folder) -> None:
        """In German, all words are German."""
        told = decided.do("decisions", "--lang", "de")
        assert told.startswith("Verzeichnis der Beschlüsse\nSozialer Plan\nStand am Ende")
        assert "Gegenstand  Prioritätenliste Wohnen\n            2 Maßnahmen\n" in told
        assert "vertagt" in told
        assert "unverändert" in told

    def test_chosen(self, decided: Folder) -> None:
        """A conference, a measure or a field chooses among them."""
        for arguments, outcomes in (
            (("--conference", "stk-3"), ["deferred"]),
            (("--measure", "wohnen/16"), ["adopted"]),
            (("--field", "Gesundheit"), ["deferred"]),
            (("--field", "wohnen", "--conference", "stk-3"), []),
        ):
            found = entries(decided.do("decisions", *arguments, "--format", "jsonl"))
            assert outcomes == [one["outcome"] for one in found]

    def test_point(self, decided: Folder) -> None:
        """What was decided later is not there, and what became of a measure is told as of then."""
        data = json.loads(decided.do("decisions", "--at", "stk-2", "--format", "json"))
        assert ("planlog.decisions/1", "2022-05-24") == (data["schema"], data["at"])
        (entry,) = data["decisions"]
        assert ["proposed", "proposed"] == [one["now"]["phase"] for one in entry["measures"]]
        none = decided.do("decisions", "--at", "start", "--lang", "en")
        assert "No such decision by then." in none

    def test_formats(self, decided: Folder) -> None:
        """CSV has a row for each measure of a decision; Markdown has a table a decision."""
        found = list(csv.DictReader(io.StringIO(decided.do("decisions", "--format", "csv"))))
        assert ["wohnen-1", "wohnen-16", "gesundheit-16"] == [row["measure"] for row in found]
        page = decided.do("decisions", "--format", "markdown", "--lang", "en")
        assert 2 == page.count("\n| --- |")

    def test_corrected_and_retracted(self, decided: Folder) -> None:
        """A corrected decision is told as it is now, a retracted one not at all."""
        first, second = (decided.log.events()[place].id for place in (9, 10))
        decided.do("correct", first, "--set", "outcome=rejected", "--reason", "verlesen")
        decided.do("retract", second, "--reason", "nie gefasst")
        (entry,) = entries(decided.do("decisions", "--format", "jsonl"))
        assert ("rejected", first) == (entry["outcome"], entry["original"])
        assert entry["event"] == decided.log.events()[12].id

    def test_unknown(self, plan: Folder) -> None:
        """What does not exist is refused, with what there is."""
        words = plan.refused("decisions", "--conference", "stk-9", "--lang", "en")
        assert "no conference fits 'stk-9'; known are: stk-2, stk-3" in words
        words = plan.refused("decisions", "--measure", "nix", "--lang", "en")
        assert "no measure fits 'nix'" in words
        words = plan.refused("decisions", "--field", "nix", "--lang", "en")
        assert "no field fits 'nix'" in words

    def test_no_conference_at_all(self, empty: Folder) -> None:
        """Where there is no conference, none is offered."""
        empty.do("init", "Plan", "--on", "2020")
        words = empty.refused("decisions", "--conference", "stk-1", "--lang", "en")
        assert "no conference fits 'stk-1'; known are: –" in words
