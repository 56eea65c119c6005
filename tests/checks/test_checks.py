"""All rules together, and the page about them."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.checks import check
from planlog.events import FieldAmended, Implemented, Proposed, RecordedEvent, Retracted
from planlog.testing.logs import days, logs
from planlog.wording import words_for
from tests.checks.examples import EXAMPLES, SOUND, found, places
from tests.histories import id_at, log

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "checks.md"
ENGLISH = words_for("en")


class TestCheck:
    """Tests for `check` as a whole."""

    def test_sound_history(self) -> None:
        """Where nothing is odd, nothing is said."""
        assert () == check(log(*SOUND), date(2023, 3, 16))

    def test_nothing(self) -> None:
        """A log without events has nothing wrong with it, at any point."""
        assert () == check((), None)
        assert () == check((), date(2023, 3, 16))

    def test_all_in_the_order_of_the_log(self) -> None:
        """Every rule has its say, and what is about the whole comes first."""
        events = log(
            (Implemented(measure="wohnen-16"), "2023-03-16"),
            (Proposed(measure="wohnen-16", title=""), "2023-03-17"),
            (Retracted(event=id_at(9)), "2023-03-17"),
        )
        assert [
            ("plan-not-opened", "warning", None),
            ("before-introduction", "warning", 0),
            ("implemented-without-start", "warning", 0),
            ("blank-title", "warning", 1),
            ("dangling-retraction", "error", 2),
        ] == [(one.code, one.severity, one.position) for one in check(events, None)]

    def test_what_is_corrected_is_judged_by_its_correction(self) -> None:
        """A finding is about the content that a slot holds now, and goes when that is mended."""
        entries = [*SOUND, (FieldAmended(field="wohnen", title=""), "2023-03-16")]
        assert [7] == places("blank-title", *entries)
        blank = (FieldAmended(field="wohnen", title=" "), "2023-03-16", 7)
        assert [8] == places("blank-title", *entries, blank)
        mended = (FieldAmended(field="wohnen", title="Wohnen"), "2023-03-16", 7)
        assert [] == places("blank-title", *entries, mended)

    @given(logs(), st.none() | days())
    def test_random_logs(self, events: tuple[RecordedEvent, ...], day: date | None) -> None:
        """No log is too odd to be judged; each finding names its event and reads as a sentence."""
        findings = check(events, day)
        order = [-1 if one.position is None else one.position for one in findings]
        assert sorted(order) == order
        for finding in findings:
            if finding.position is None:
                assert finding.event is None
            else:
                assert finding.event == events[finding.position].id
            assert re.fullmatch(r"[a-z]+(-[a-z]+)+|[a-z]+", finding.code)
            sentence = str(finding)
            assert sentence[:1].islower()
            assert not sentence.endswith(".")
            assert "{" not in finding.template.format_map(dict.fromkeys(finding.details, "x"))


class TestPage:
    """Tests for the page on the checks."""

    pytestmark = pytest.mark.docs

    def test_each_code_has_a_section(self) -> None:
        """Whoever meets a code finds what it means and what to do about it."""
        headings = re.findall(r"^## `(.*)`$", PAGE.read_text("utf-8"), re.MULTILINE)
        assert sorted([*EXAMPLES, "no-source"]) == sorted(headings)

    @pytest.mark.parametrize("code", EXAMPLES)
    def test_examples_are_what_planlog_says(self, code: str) -> None:
        """The example of each section is a real sentence, but for the ids in it."""
        (finding,) = found(code, EXAMPLES[code])
        section = PAGE.read_text("utf-8").partition(f"## `{code}`\n")[2].partition("\n## ")[0]
        shown = " ".join(section.partition("```text\n")[2].partition("```")[0].split())
        assert _without_ids(ENGLISH.finding(finding)) == _without_ids(shown)


def _without_ids(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{16}\b", "…", text)
