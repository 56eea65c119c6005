"""How a plan goes on: lists, decisions about them, work on measures."""

import pytest

from planlog.events import (
    Amended,
    Decided,
    Implemented,
    MadePermanent,
    Prioritized,
    Proposed,
    Resumed,
    Started,
)
from tests.checks.examples import (
    DECIDED,
    EXAMPLES,
    FIELD,
    LISTED,
    OPENED,
    PROPOSED,
    SOCIAL,
    SOUND,
    found,
    places,
)
from tests.histories import Entry, id_at


class TestForeignMeasure:
    """Tests for measures on the list of another field."""

    def ranked(self, *entries: Entry) -> list[int | None]:
        """Where such measures are found."""
        return places("foreign-measure", OPENED, FIELD, SOCIAL, PROPOSED, *entries)

    def test_other_field(self) -> None:
        """A measure of another field is found, with both fields."""
        (finding,) = found("foreign-measure", EXAMPLES["foreign-measure"])
        assert ("wohnen-16", "soziales", "wohnen") == tuple(
            finding.details[name] for name in ("measure", "field", "own")
        )

    def test_no_field(self) -> None:
        """So is one that stands outside the fields."""
        outside = (Amended(measure="wohnen-16", field=None), "2023-03-15")
        entries = [OPENED, FIELD, PROPOSED, outside, LISTED]
        (finding,) = found("foreign-measure", entries)
        assert 4 == finding.position
        assert "stands outside the fields" in str(finding)

    def test_moved(self) -> None:
        """What counts is the field at that moment, by the plan's time."""
        list_of_other = Prioritized(field="soziales", ranking=("wohnen-16",))
        moved = Amended(measure="wohnen-16", field="soziales")
        assert [] == self.ranked((list_of_other, "2023-03-16"), (moved, "2023-03-15"))
        assert [4] == self.ranked((list_of_other, "2023-03-16"), (moved, "2023-03-16"))
        assert [4] == self.ranked(LISTED, (moved, "2023-03-15"))
        assert [4] == self.ranked(LISTED, (Amended(measure="wohnen-16", field=None), "2023-03-15"))
        renamed = (Amended(measure="wohnen-16", title="Nachbarn"), "2023-03-15")
        assert [] == self.ranked(LISTED, renamed)

    def test_proposed_again(self) -> None:
        """A second proposal may move a measure, or leave it where it is."""
        stays = (Proposed(measure="wohnen-16"), "2023-03-15")
        moves = (Proposed(measure="wohnen-16", field="soziales"), "2023-03-15")
        assert [] == self.ranked(stays, LISTED)
        assert [5] == self.ranked(moves, LISTED)

    def test_unknown_measure(self) -> None:
        """Of a measure that nothing introduces, nobody can tell."""
        assert [] == places("foreign-measure", OPENED, FIELD, LISTED)


class TestDecisionBeforeList:
    """Tests for decisions about a list that was set later the same day."""

    def test_later_the_same_day(self) -> None:
        """The last list of that day is named, if the decision misses it."""
        (finding,) = found("decision-before-list", [*SOUND, LISTED, LISTED])
        assert (6, id_at(8)) == (finding.position, finding.details["list"])

    @pytest.mark.parametrize(
        "entry",
        [
            (LISTED[0], "2023-03-17"),
            (LISTED[0], "2023-03"),
            (Prioritized(field="soziales", ranking=()), "2023-03-16"),
        ],
    )
    def test_another_list(self, entry: Entry) -> None:
        """A list of another date or another field is not what was decided about."""
        assert [] == places("decision-before-list", *SOUND, entry)

    @pytest.mark.parametrize(("on", "there"), [("2023-03", True), ("2023-03-01", False)])
    def test_inexact_date(self, on: str, there: bool) -> None:
        """With inexact dates too, only a list of the same date may be the one."""
        entries: list[Entry] = [*SOUND, (DECIDED[0], "2023-03"), (LISTED[0], on)]
        assert [7] * there == places("decision-before-list", *entries)

    def test_decision_about_measures(self) -> None:
        """A decision that names its measures does not hang on a list."""
        decided = Decided(conference="stk-3", outcome="adopted", measures=("wohnen-16",))
        entries: list[Entry] = [*SOUND[:5], (decided, "2023-03-16"), LISTED]
        assert [] == places("decision-before-list", *entries)


class TestImplementedWithoutStart:
    """Tests for what was implemented before it can have been started."""

    def implemented(self, *entries: Entry) -> list[int | None]:
        """Where that is found."""
        done: Entry = (Implemented(measure="wohnen-16"), "2023-03-16")
        return places("implemented-without-start", OPENED, FIELD, PROPOSED, done, *entries)

    def test_never_started(self) -> None:
        """A measure that nobody started is found, and so is one started only later."""
        assert [3] == self.implemented()
        assert [3] == self.implemented((Started(measure="wohnen-16"), "2023-03-17"))
        assert [3] == self.implemented((Started(measure="wohnen-4"), "2023-03-15"))

    @pytest.mark.parametrize("cls", [Started, Resumed, MadePermanent])
    @pytest.mark.parametrize("on", ["2023-03-15", "2023-03-16", "2023"])
    def test_may_have_been_started(
        self, cls: type[Started | Resumed | MadePermanent], on: str
    ) -> None:
        """It is enough that work may have begun by then."""
        assert [] == self.implemented((cls(measure="wohnen-16"), on))
        later: Entry = (cls(measure="wohnen-16"), "2024")
        assert [] == self.implemented((cls(measure="wohnen-16"), on), later)
