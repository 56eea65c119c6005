"""How a plan goes on: lists, decisions about them, work on measures."""

import attrs
import pytest

from planlog.checks import check
from planlog.events import (
    Amended,
    Decided,
    Dropped,
    Event,
    Implemented,
    MadePermanent,
    Merged,
    Paused,
    Prioritized,
    Progressed,
    Proposed,
    Resumed,
    Retracted,
    Split,
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
from tests.histories import Entry, id_at, log


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


class TestRankedButDropped:
    """Tests for measures that are gone and still have a rank."""

    GONE: Entry = (Dropped(measure="wohnen-16", cause="not_listed"), "2023-05-04")

    def ranked(self, *entries: Entry, day: str = "2023-06-30") -> list[int | None]:
        """The places of the lists that still have such a measure."""
        return [finding.position for finding in found("ranked-but-dropped", entries, day)]

    def test_dropped(self) -> None:
        """The list is named with its field, the measure and the phase."""
        (finding,) = found("ranked-but-dropped", EXAMPLES["ranked-but-dropped"])
        assert ("warning", 5, "wohnen", "wohnen-16", "dropped", "2023-06-30") == (
            finding.severity,
            finding.position,
            *(finding.details[name] for name in ("field", "measure", "phase", "day")),
        )

    def test_replaced(self) -> None:
        """A measure that went into another one has no place on the list any more."""
        merged: Entry = (Merged(measures=("wohnen-16",), into="wohnen-4"), "2023-05-04")
        assert [5] == self.ranked(*SOUND, merged)
        stays: Entry = (Merged(measures=("wohnen-16", "wohnen-4"), into="wohnen-16"), "2023-05-04")
        assert [] == self.ranked(*SOUND, stays)

    def test_several(self) -> None:
        """Each measure is found, also where one list has them all."""
        both: Entry = (Prioritized(field="wohnen", ranking=("wohnen-4", "wohnen-16")), "2023-03-17")
        other: Entry = (Proposed(measure="wohnen-4", field="wohnen"), "2022-05-25")
        gone: Entry = (Dropped(measure="wohnen-4", cause="other"), "2023-05-04")
        findings = found("ranked-but-dropped", [*SOUND, other, both, self.GONE, gone])
        assert [(8, "wohnen-4"), (8, "wohnen-16")] == [
            (finding.position, finding.details["measure"]) for finding in findings
        ]

    def test_day(self) -> None:
        """What counts is the day asked about: the phase and the list that it has then."""
        assert [] == self.ranked(*SOUND, self.GONE, day="2023-05-03")
        assert [5] == self.ranked(*SOUND, self.GONE, day="2023-05-04")
        new: Entry = (Prioritized(field="wohnen", ranking=()), "2023-05-05")
        assert [5] == self.ranked(*SOUND, self.GONE, new, day="2023-05-04")
        assert [] == self.ranked(*SOUND, self.GONE, new)
        assert () == check(log(*SOUND, self.GONE), None)

    def test_not_gone(self) -> None:
        """A measure that is paused or carried out may keep its place, and so may a revived one."""
        for cls in (Paused, Implemented, MadePermanent):
            assert [] == self.ranked(*SOUND, (cls(measure="wohnen-16"), "2023-05-04"))
        revived: Entry = (Proposed(measure="wohnen-16"), "2023-05-05")
        assert [] == self.ranked(*SOUND, self.GONE, revived)
        taken_back: Entry = (Retracted(event=id_at(7)), "2023-05-05")
        assert [] == self.ranked(*SOUND, self.GONE, taken_back)

    def test_not_ranked(self) -> None:
        """A measure on no list, or on that of another field only, has no rank to lose."""
        assert [] == self.ranked(*SOUND[:5], self.GONE)
        other: Entry = (Prioritized(field="soziales", ranking=("wohnen-16",)), "2023-03-16")
        assert [] == self.ranked(*SOUND[:5], SOCIAL, other, self.GONE)
        outside: Entry = (Amended(measure="wohnen-16", field=None), "2023-05-04")
        assert [] == self.ranked(*SOUND, outside, self.GONE)
        moved: Entry = (Amended(measure="wohnen-16", field="soziales"), "2023-05-04")
        assert [8] == self.ranked(*SOUND, SOCIAL, other, moved, self.GONE)

    def test_corrected_list(self) -> None:
        """The finding is about what the list says now."""
        mended: Entry = (Prioritized(field="wohnen", ranking=("wohnen-16",)), "2023-03-17", 5)
        assert [8] == self.ranked(*SOUND, self.GONE, mended)
        mended = (Prioritized(field="wohnen", ranking=()), "2023-03-17", 5)
        assert [] == self.ranked(*SOUND, self.GONE, mended)


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

    def test_what_it_came_from_was_started(self) -> None:
        """Work on a measure that went into it, however often, was work on it."""
        merged: Entry = (Merged(measures=("a", "b"), into="c"), "2023-01-03")
        split: Entry = (Split(measure="c", into=("wohnen-16", "d")), "2023-01-02")
        assert [3] == self.implemented(split, merged)
        assert [] == self.implemented(split, merged, (Started(measure="b"), "2023-01-01"))
        assert [3] == self.implemented(split, merged, (Started(measure="b"), "2023-04-01"))

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


class TestUnexplainedFallBack:
    """Tests for what goes back from being carried out."""

    DONE: Entry = (Implemented(measure="wohnen-16"), "2023-05-04")

    def fallen(self, *entries: Entry) -> list[int | None]:
        """Where that is found."""
        return places("unexplained-fall-back", *SOUND, *entries)

    def test_names_what_it_fell_back_from(self) -> None:
        """The measure is named with the phase that it had."""
        (finding,) = found("unexplained-fall-back", EXAMPLES["unexplained-fall-back"])
        assert ("warning", 8, "wohnen-16", "implemented") == (
            finding.severity,
            finding.position,
            finding.details["measure"],
            finding.details["phase"],
        )

    @pytest.mark.parametrize("carried_out", [Implemented, MadePermanent])
    @pytest.mark.parametrize("cls", [Proposed, Started, Resumed, Paused])
    def test_back(
        self,
        carried_out: type[Implemented | MadePermanent],
        cls: type[Proposed | Started | Resumed | Paused],
    ) -> None:
        """Whatever is open again had been carried out."""
        done: Entry = (carried_out(measure="wohnen-16"), "2023-05-04")
        assert [8] == self.fallen(done, (cls(measure="wohnen-16"), "2023-06-01"))

    @pytest.mark.parametrize(
        "event",
        [
            Implemented(measure="wohnen-16"),
            MadePermanent(measure="wohnen-16"),
            Dropped(measure="wohnen-16", cause="other"),
            Merged(measures=("wohnen-16",), into="wohnen-4"),
            Progressed(measure="wohnen-16", stage="Angeschoben"),
            Started(measure="wohnen-4"),
        ],
    )
    @pytest.mark.parametrize("carried_out", [Implemented, MadePermanent])
    def test_not_back(self, carried_out: type[Implemented | MadePermanent], event: Event) -> None:
        """To become permanent, to be carried out again or to be given up is no way back."""
        done: Entry = (carried_out(measure="wohnen-16"), "2023-05-04")
        assert [] == self.fallen(done, (event, "2023-06-01"))

    @pytest.mark.parametrize(
        ("on", "there"), [("2023", False), ("2023-05", True), ("2023-05/2023-06-02", False)]
    )
    def test_surely_before(self, on: str, there: bool) -> None:
        """Where an inexact date leaves open what came first, nobody fell back for sure."""
        done: Entry = (Implemented(measure="wohnen-16"), on)
        assert [8] * there == self.fallen(done, (Started(measure="wohnen-16"), "2023-06-01"))

    def test_way_back_in_two_steps(self) -> None:
        """What was given up in between begins anew."""
        dropped: Entry = (Dropped(measure="wohnen-16", cause="other"), "2023-05-05")
        assert [] == self.fallen(self.DONE, dropped, (Started(measure="wohnen-16"), "2023-06-01"))

    @pytest.mark.parametrize(
        ("reason", "there"), [(None, True), ("", True), (" \t", True), ("Brand", False)]
    )
    def test_reason(self, reason: str | None, there: bool) -> None:
        """Whoever gives a reason has explained it."""
        events = log(*EXAMPLES["unexplained-fall-back"])
        explained = [*events[:8], attrs.evolve(events[8], reason=reason)]
        codes = [finding.code for finding in check(explained, None)]
        assert ["unexplained-fall-back"] * there == codes

    def test_order(self) -> None:
        """What counts is the order of the days, not that of recording."""
        assert [] == self.fallen(self.DONE, (Started(measure="wohnen-16"), "2023-05-03"))
        assert [7] == self.fallen((Started(measure="wohnen-16"), "2023-06-01"), self.DONE)
        assert [] == self.fallen(self.DONE, (Started(measure="wohnen-16"), "2023"))

    def test_earliest_proposal(self) -> None:
        """The earliest proposal is no way back, whatever its day."""
        new: Entry = (Proposed(measure="wohnen-4", title="Wohnberatung"), "2023-06-01")
        done: Entry = (Implemented(measure="wohnen-4"), "2023-05-04")
        assert [] == self.fallen(done, new)
