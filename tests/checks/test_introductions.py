"""How things come into the plan, and under which title."""

import pytest

from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    PlanAmended,
    Prioritized,
    Proposed,
    Rated,
    Retracted,
    VersionRecorded,
)
from tests.checks.examples import (
    DECIDED,
    EXAMPLES,
    FIELD,
    HELD,
    LISTED,
    OPENED,
    SOUND,
    found,
    places,
)
from tests.histories import Entry, id_at


class TestPlanOpened:
    """Tests for the opening of the plan."""

    def test_never(self) -> None:
        """A log that opens no plan is found, without naming an event."""
        (finding,) = found("plan-not-opened", [FIELD])
        assert (None, None) == (finding.event, finding.position)

    def test_taken_back(self) -> None:
        """A plan whose opening was retracted is not open."""
        assert [None] == places("plan-not-opened", OPENED, (Retracted(event=id_at(0)), "2023"))

    def test_late(self) -> None:
        """A plan that is opened behind other events is found, with the first of these."""
        (finding,) = found("plan-opened-late", [FIELD, HELD, OPENED])
        assert (2, id_at(0)) == (finding.position, finding.details["before"])
        assert [] == places("plan-opened-again", FIELD, HELD, OPENED)

    def test_first_but_later_in_time(self) -> None:
        """What counts is the place in the log: a plan may tell of what was before it."""
        day_before = (FIELD[0], "2020-09-17")
        assert [] == places("plan-opened-late", OPENED, day_before)

    def test_opened_anew(self) -> None:
        """What was taken back does not stand before the plan that was opened then."""
        retraction: Entry = (Retracted(event=id_at(0)), "2023")
        assert [] == places("plan-opened-late", OPENED, retraction, OPENED, FIELD)

    def test_again(self) -> None:
        """Every opening but the first is found; an amendment is none."""
        assert [1, 3] == places("plan-opened-again", OPENED, OPENED, FIELD, OPENED)
        amended = (PlanAmended(title="Sozialer Maßnahmenplan"), "2021")
        assert [] == places("plan-opened-again", OPENED, amended)


class TestIntroduction:
    """Tests for what is spoken of without having been introduced by then."""

    @pytest.mark.parametrize(
        ("entry", "kind", "remedy"),
        [
            ((Rated(measure="x", level=None), "2023-03-16"), "measure", "proposed"),
            ((FieldAmended(field="x", title="X"), "2023-03-16"), "field", "field_added"),
            (
                (Amended(measure="wohnen-16", goal="x"), "2023-03-16"),
                "goal",
                "goal_added",
            ),
            (
                (Decided(conference="x", outcome="noted"), "2023-03-16"),
                "conference",
                "conference_held",
            ),
        ],
    )
    def test_missing(self, entry: Entry, kind: str, remedy: str) -> None:
        """What nothing introduces is found once, where it is first spoken of, with a remedy."""
        (finding,) = found("no-introduction", [*SOUND, entry, entry])
        assert (7, kind, "x") == (finding.position, finding.details["kind"], finding.details["id"])
        assert f"record {remedy} for it" in str(finding)

    @pytest.mark.parametrize(
        ("entry", "introduction"),
        [
            (Rated(measure="x", level=None), Proposed(measure="x", title="X")),
            (FieldAmended(field="x", title="X"), FieldAdded(field="x", title="X")),
            (
                Amended(measure="wohnen-16", goal="x"),
                GoalAdded(goal="x", field="wohnen", title="X"),
            ),
            (
                Decided(conference="x", outcome="noted"),
                ConferenceHeld(conference="x", title="X", kind="council"),
            ),
        ],
    )
    @pytest.mark.parametrize(
        ("on", "late"),
        [
            ("2023-03-17", True),
            ("2023", True),
            ("2023-03-16", False),
            ("2020/2023-03-16", False),
            ("2020", False),
        ],
    )
    def test_late(self, entry: Event, introduction: Event, on: str, late: bool) -> None:
        """What counts before its introduction does is found, whichever was recorded first."""
        entries: list[Entry] = [(introduction, on), (entry, "2023-03-16")]
        assert [8] * late == places("before-introduction", *SOUND, *entries)
        assert [7] * late == places("before-introduction", *SOUND, *reversed(entries))
        assert [] == places("no-introduction", *SOUND, *entries)

    def test_introduced_twice(self) -> None:
        """Of two introductions, the one that counts first is the one."""
        once = (Proposed(measure="wohnen-16", title="Nachbarschaften"), "2024")
        assert [] == places("before-introduction", *SOUND, once)
        assert [] == places("before-introduction", OPENED, FIELD, HELD, once, *SOUND[3:])

    def test_everything_that_is_spoken_of(self) -> None:
        """An event that speaks of several things is found once for each of them."""
        entry = (Prioritized(field="x", ranking=("y", "z")), "2023-03-16")
        findings = found("no-introduction", [*SOUND, entry])
        assert ["x", "y", "z"] == [finding.details["id"] for finding in findings]

    def test_retracted(self) -> None:
        """What only a retracted event spoke of needs no introduction."""
        entries: list[Entry] = [
            (Rated(measure="x", level=None), "2023"),
            (Retracted(event=id_at(7)), "2023"),
        ]
        assert [] == places("no-introduction", *SOUND, *entries)

    def test_version(self) -> None:
        """A document may mention a measure that the plan does not have."""
        version = VersionRecorded(
            version="deck", coverage="excerpt", attributes=("title",), measures={"x": ("title",)}
        )
        assert [] == places("no-introduction", *SOUND, (version, "2023-03-16"))


class TestDecidedBeforeProposal:
    """Tests for decisions about measures that were not proposed by then."""

    NAMED: Entry = (
        Decided(conference="stk-3", outcome="adopted", measures=("wohnen-4",)),
        "2023-03-16",
    )
    LISTED: Entry = (
        Prioritized(field="wohnen", ranking=("wohnen-4", "wohnen-16")),
        "2023-03-16",
    )

    def proposed(self, on: str) -> Entry:
        """The measure was proposed."""
        return Proposed(measure="wohnen-4", title="Wohnberatung"), on

    def decided(self, *entries: Entry) -> list[int | None]:
        """The places of such decisions."""
        return places("decided-before-proposal", OPENED, FIELD, HELD, SOUND[3], *entries)

    def test_named(self) -> None:
        """The decision is found, with the measure and its proposal, and by no other name."""
        entries = EXAMPLES["decided-before-proposal"]
        (finding,) = found("decided-before-proposal", entries)
        assert ("warning", 8, "wohnen-4", id_at(7), "2023-04-20") == (
            finding.severity,
            finding.position,
            *(finding.details[name] for name in ("measure", "proposal", "proposed_on")),
        )
        assert [] == places("before-introduction", *entries)

    @pytest.mark.parametrize(
        ("on", "there"),
        [
            ("2023-03-17", True),
            ("2023-03-17/2023-05", True),
            ("2024", True),
            ("2023-03-16", False),
            ("2023-03-16/2023-05", False),
            ("2023", False),
            ("2020", False),
        ],
    )
    def test_day_of_the_proposal(self, on: str, there: bool) -> None:
        """It is enough that the measure may have been proposed by then."""
        assert [5] * there == self.decided(self.proposed(on), self.NAMED)
        assert [4] * there == self.decided(self.NAMED, self.proposed(on))

    def test_day_of_the_decision(self) -> None:
        """An inexact decision may have been as late as its last day."""
        assert [] == self.decided((self.NAMED[0], "2023"), self.proposed("2023-12-31"))
        assert [4] == self.decided((self.NAMED[0], "2023"), self.proposed("2024-01-01"))

    def test_may_have_been_proposed_but_does_not_count(self) -> None:
        """A proposal that may have been before, yet counts only later, is the other finding."""
        entries: list[Entry] = [*SOUND, self.proposed("2023"), self.NAMED]
        assert [8] == places("before-introduction", *entries)
        assert [] == places("decided-before-proposal", *entries)

    def test_never_proposed(self) -> None:
        """What was never proposed at all is another finding."""
        assert [] == self.decided(self.NAMED)
        assert [7] == places("no-introduction", *SOUND, self.NAMED)

    def test_earliest_of_several(self) -> None:
        """A measure that is proposed again was there."""
        late = self.proposed("2023-04-20")
        assert [] == self.decided(late, self.proposed("2022"), self.NAMED)
        assert [] == self.decided(self.proposed("2022"), late, self.NAMED)

    def test_list(self) -> None:
        """A decision about a list is about the measures that were on it then."""
        late = self.proposed("2023-04-20")
        assert [6] == self.decided(late, self.LISTED, DECIDED)
        assert [] == self.decided(late, DECIDED, self.LISTED)
        assert [] == self.decided(late, self.LISTED, LISTED, DECIDED)
        assert [5] == self.decided(late, DECIDED, (self.LISTED[0], "2023-03-15"))
        assert [] == self.decided(late, DECIDED)

    def test_list_is_found_itself(self) -> None:
        """That the list speaks of it too early is a finding about the list."""
        entries: list[Entry] = [*SOUND, self.proposed("2023-04-20"), self.LISTED, DECIDED]
        assert [8] == places("before-introduction", *entries)
        assert [9] == places("decided-before-proposal", *entries)

    def test_named_and_listed(self) -> None:
        """A measure that is both is found once."""
        both: Entry = (
            Decided(
                conference="stk-3", outcome="noted", measures=("wohnen-4",), fields=("wohnen",)
            ),
            "2023-03-16",
        )
        assert [6] == self.decided(self.proposed("2023-04-20"), self.LISTED, both)

    def test_conference(self) -> None:
        """A decision by a conference that is introduced later is still found as such."""
        early: Entry = (Decided(conference="stk-3", outcome="noted"), "2023-03-15")
        assert [7] == places("before-introduction", *SOUND, early)


class TestTitle:
    """Tests for blank titles."""

    @pytest.mark.parametrize(
        ("event", "subject"),
        [
            (PlanAmended(title=" "), "the plan"),
            (FieldAmended(field="wohnen", title=""), "field 'wohnen'"),
            (GoalAdded(goal="teilziel", field="wohnen", title="\t"), "goal 'teilziel'"),
            (
                ConferenceHeld(conference="stk-3", title=" ", kind="conference"),
                "conference 'stk-3'",
            ),
            (Proposed(measure="wohnen-16", title=""), "measure 'wohnen-16'"),
            (Amended(measure="wohnen-16", title=" "), "measure 'wohnen-16'"),
            (Amended(measure="wohnen-16", title=None), "measure 'wohnen-16'"),
            (
                VersionRecorded(version="deck", title=" ", coverage="complete", attributes=()),
                "version 'deck'",
            ),
        ],
    )
    def test_blank(self, event: Event, subject: str) -> None:
        """A title that says nothing is found, whatever it is the title of."""
        (finding,) = found("blank-title", [*SOUND, (event, "2023-03-16")])
        assert 7 == finding.position
        assert f"gives {subject} a blank title" in str(finding)

    def test_taken_away(self) -> None:
        """A measure whose only title was corrected away is found at its proposal."""
        titled = (Proposed(measure="neu", title="Neu"), "2023-03-16")
        assert [] == places("blank-title", *SOUND, titled)
        (finding,) = found("blank-title", [*SOUND, (Proposed(measure="neu"), "2023-03-16")])
        assert "proposes 'neu', and nothing gives it a title" in str(finding)

    @pytest.mark.parametrize(
        "event",
        [
            Proposed(measure="wohnen-16"),
            Amended(measure="wohnen-16", number=None),
            VersionRecorded(version="deck", coverage="complete", attributes=()),
            FieldAmended(field="wohnen", title=" W "),
        ],
    )
    def test_not_said(self, event: Event) -> None:
        """A title that is left out stays as it was."""
        assert [] == places("blank-title", *SOUND, (event, "2023-03-16"))
