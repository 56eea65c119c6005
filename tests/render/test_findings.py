"""What is wrong or odd about a history."""

import json
from datetime import UTC, date, datetime

import pytest

from planlog.checks import Finding
from planlog.dates import InexactDate
from planlog.mappings import FrozenMapping
from planlog.plan import Votes
from planlog.render.findings import render_findings
from planlog.render.style import Format
from planlog.wording import words_for

EN = words_for("en")


class TestPage:
    @pytest.mark.parametrize("format", ["table", "markdown"])
    def test_a_sound_history_says_so(self, format: Format) -> None:
        """Where there is nothing to find, the page says so in words."""
        assert "nothing to report\n" == render_findings([], format, words=EN)


class TestJson:
    def test_has_every_key(self) -> None:
        """What a finding is about is there as data, and its message in words."""
        finding = Finding(
            code="odd",
            severity="warning",
            template="{what} is odd",
            details={
                "what": "x",
                "on": InexactDate.parse("2023"),
                "day": date(2023, 3, 16),
                "recorded": datetime(2023, 3, 16, 8, tzinfo=UTC),
                "ids": ("a", "b"),
                "votes": Votes(yes=1, no=2, abstain=3),
                "stated": FrozenMapping({"a": 1}),
                "other": frozenset({"x"}),
                "nothing": None,
            },
        )
        assert {
            "schema": "planlog.findings/1",
            "findings": [
                {
                    "severity": "warning",
                    "code": "odd",
                    "event": None,
                    "position": None,
                    "message": "x is odd",
                    "details": {
                        "what": "x",
                        "on": "2023",
                        "day": "2023-03-16",
                        "recorded": "2023-03-16T08:00:00Z",
                        "ids": ["a", "b"],
                        "votes": {"yes": 1, "no": 2, "abstain": 3},
                        "stated": {"a": 1},
                        "other": "frozenset({'x'})",
                        "nothing": None,
                    },
                }
            ],
        } == json.loads(render_findings([finding], "json", words=EN))
