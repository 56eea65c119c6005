"""What is wrong or odd about a history."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from planlog.dates import InexactDate
from planlog.findings import Finding, Listing
from planlog.mappings import FrozenMapping
from planlog.plan import Votes
from planlog.render.findings import render_annotations, render_findings
from planlog.render.style import Format
from planlog.wording import words_for
from tests.render.examples import FINDINGS

EN, DE = words_for("en"), words_for("de")


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
                "found": Listing.of(["Frau Meier"]),
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
                        "found": ["Frau Meier"],
                        "votes": {"yes": 1, "no": 2, "abstain": 3},
                        "stated": {"a": 1},
                        "other": "frozenset({'x'})",
                        "nothing": None,
                    },
                }
            ],
        } == json.loads(render_findings([finding], "json", words=EN))


def odd(what: str, **more: Any) -> Finding:
    """Something that is odd."""
    return Finding(
        code="odd", severity="warning", template="{what} is odd", details={"what": what}, **more
    )


class TestAnnotations:
    def test_each_on_a_line(self) -> None:
        """A finding is told with its severity, its code and, where it has one, its place."""
        findings = [*FINDINGS[:2], odd("x", event="a" * 16, position=7)]
        places = {15: ("events/0000000010-noted-ab12.jsonl", 6)}
        assert (
            "::warning title=planlog plan-not-opened::the plan was never opened; record "
            "plan_opened with its title\n"
            "::error file=events/0000000010-noted-ab12.jsonl,line=6,"
            "title=planlog dangling-retraction::the retraction 0f0f0f0f0f0f0f0f names no event "
            "before it: none has the id 'abababababababab'; retract it, and retract what was "
            "meant\n"
            "::warning title=planlog odd::x is odd\n"
        ) == render_annotations(findings, places, words=EN)

    def test_speak_german(self) -> None:
        """The words are those of the reader, the rest is GitHub's."""
        told = render_annotations(FINDINGS[:1], {}, words=DE)
        assert told.startswith("::warning title=planlog plan-not-opened::der Plan wurde nie")

    def test_say_nothing_of_a_sound_history(self) -> None:
        """Without findings there are no commands."""
        assert "" == render_annotations([], {}, words=EN)

    @pytest.mark.parametrize(
        ("what", "shown"),
        [
            ("100 %", "100 %25"),
            ("%0A::error::x", "%250A::error::x"),
            ("a, b: c", "a, b: c"),
            ("::error::x", "::error::x"),
            ("a\n::error::x", "a ⏎ ::error::x"),
            ("a\r\n::error::x", "a ⏎ ::error::x"),
            ("a\r::error::x", "a ⏎ ::error::x"),
            ("a\x0b\x0c\x85\u2028b", "a\\x0b\\x0c\\x85\\u2028b"),
        ],
    )
    def test_of_a_hostile_text(self, what: str, shown: str) -> None:
        """No text begins a second command or ends its own: there is one line, and what it says."""
        told = render_annotations([odd(what)], {}, words=EN)
        assert f"::warning title=planlog odd::{shown} is odd\n" == told
        assert 1 == len(told.splitlines())

    def test_of_a_hostile_file_name(self) -> None:
        """Nor does the name of a file add a property."""
        finding = odd("x", event="a" * 16, position=7)
        places = {7: ("a,line=9:b%\r\n::error::x", 1)}
        assert (
            "::warning file=a%2Cline=9%3Ab%25%0D%0A%3A%3Aerror%3A%3Ax,line=1,title=planlog odd::"
            "x is odd\n"
        ) == render_annotations([finding], places, words=EN)
