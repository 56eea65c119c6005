"""Which inexact events decide what is uncertain."""

from planlog.events import (
    Amended,
    Decided,
    Implemented,
    Paused,
    Prioritized,
    Proposed,
    Resumed,
    Started,
)
from tests.checks.examples import DECIDED, LISTED, SOCIAL
from tests.checks.uncertain import SPRING, SUMMER, amended, started, uncertain
from tests.histories import Entry, id_at


class TestDeciders:
    """Tests for which events are named."""

    def test_two_that_can_change_places(self) -> None:
        """Both are named, though both have passed."""
        entries: list[Entry] = [(amended(cost="1"), SPRING), (amended(cost="2"), "2023-04")]
        assert [0, 1] == list(uncertain(*entries))

    def test_one_beside_an_exact_one(self) -> None:
        """Only the inexact one is named."""
        entries: list[Entry] = [(amended(cost="1"), SPRING), (amended(cost="2"), "2023-04-01")]
        assert [0] == list(uncertain(*entries))

    def test_one_that_cannot_be_the_last(self) -> None:
        """What is settled by something later leaves nothing open, and what cannot move neither."""
        early: Entry = (amended(cost="1"), "2023-01/2023-04")
        between: Entry = (amended(cost="2"), "2023-05")
        late: Entry = (amended(cost="3"), "2023-06/2023-12")
        assert [2] == list(uncertain(early, between, late))
        assert [1, 2] == list(uncertain(early, (between[0], "2023-05/2023-06"), late))

    def test_positions_on_one_day(self) -> None:
        """On one day the one recorded later is last, so that a month may reach it or not."""
        exact: Entry = (amended(cost="1"), "2023-05-31")
        vague: Entry = (amended(cost="2"), "2023-05")
        assert [] == list(uncertain(vague, exact))
        assert [1] == list(uncertain(exact, vague))

    def test_sole_proposal(self) -> None:
        """A proposal is folded first on any day: it decides only where it may not count yet."""
        proposed = Proposed(measure="wohnen-1", title="Wohnraum")
        passed: list[Entry] = [(proposed, SPRING), (Started(measure="wohnen-1"), SPRING)]
        assert {} == uncertain(*passed)
        exact: Entry = (Amended(measure="wohnen-1", cost="1"), "2023-01-01")
        assert {
            0: "phase ('proposed' or none), since (2023 or none), title ('Wohnraum' or none) "
            "of measure 'wohnen-1'"
        } == uncertain((proposed, "2023"), exact)
        titled: Entry = (Amended(measure="wohnen-1", title="Wohnen"), "2022")
        later: Entry = (Amended(measure="wohnen-1", title="Wohnung"), "2023")
        assert {
            0: "phase ('proposed' or none), since (2023 or none) of measure 'wohnen-1'",
            2: "title ('Wohnen' or 'Wohnung') of measure 'wohnen-1'",
        } == uncertain((proposed, "2023"), titled, later)

    def test_proposals_that_compete(self) -> None:
        """Which proposal was the earliest decides what an exact one sets."""
        entries: list[Entry] = [
            (Proposed(measure="wohnen-1", title="A"), "2023-05-10"),
            (Amended(measure="wohnen-1", title="B"), "2023-04-10"),
            (Proposed(measure="wohnen-1"), SPRING),
        ]
        since = "since (2023-03/2023-05 or 2023-05-10)"
        assert {2: f"{since}, title ('A' or 'B') of measure 'wohnen-1'"} == uncertain(*entries)

    def test_proposals_that_can_change_places(self) -> None:
        """Each of them decides, beside what may come behind both."""
        entries: list[Entry] = [
            (Proposed(measure="wohnen-1", title="A"), "2022"),
            (Proposed(measure="wohnen-1", title="B"), "2022"),
            (Amended(measure="wohnen-1", title="C"), "2022-06/2023-08"),
        ]
        assert [0, 1, 2] == list(uncertain(*entries))

    def test_first_of_two_proposals(self) -> None:
        """One that is the earliest on whatever day it was decides nothing."""
        entries: list[Entry] = [
            (Proposed(measure="wohnen-1", title="A"), "2022"),
            (Proposed(measure="wohnen-1"), "2023-01-10"),
            (Amended(measure="wohnen-1", title="B"), "2022-02/2023-08"),
        ]
        assert {2: "title ('A' or 'B') of measure 'wohnen-1'"} == uncertain(*entries)

    def test_proposal_that_may_not_count_yet(self) -> None:
        """It decides what nothing else is sure to set."""
        entries: list[Entry] = [
            (Amended(measure="wohnen-1", cost="1"), "2022-05-25"),
            (Proposed(measure="wohnen-1", title="A"), "2023"),
            (Amended(measure="wohnen-1", title="B"), "2023"),
        ]
        named = uncertain(*entries)
        assert "title ('A' or 'B' or none) of measure 'wohnen-1'" == named[2]
        assert named[1].endswith(named[2])

    def test_second_proposal(self) -> None:
        """A proposal that is never the earliest decides like any other event."""
        again = Proposed(measure="wohnen-16", title="Nachbarn")
        named = "title ('Nachbarn' or 'Nachbarschaften') of measure 'wohnen-16'"
        assert {0: named} == uncertain((again, "2023"))

    def test_clearing_all_attributes(self) -> None:
        """Clearing decides each attribute, and what it may have cleared is named with it."""
        entries: list[Entry] = [
            (amended(attributes={"thema": "A"}), "2023-04-10"),
            (amended(attributes=None), SPRING),
        ]
        assert {1: "attributes.thema ('A' or none) of measure 'wohnen-16'"} == uncertain(*entries)

    def test_since(self) -> None:
        """The beginning of a run hangs on what came between, not only on what came last."""
        entries: list[Entry] = [
            (started(), "2023-01/2023-03"),
            (Paused(measure="wohnen-16"), "2023-02-10"),
            (started(), "2023-05-04"),
        ]
        assert {0: "since (2023-01/2023-03 or 2023-05-04) of measure 'wohnen-16'"} == uncertain(
            *entries
        )

    def test_since_within_a_day(self) -> None:
        """What is left and resumed on one day never ended: the same day may make the difference."""
        entries: list[Entry] = [
            (started(), "2023-04-01/2023-04-10"),
            (Proposed(measure="wohnen-16"), "2023-04-10"),
        ]
        assert {0: "since (2022-05-25 or 2023-04-10) of measure 'wohnen-16'"} == uncertain(*entries)

    def test_since_across_another(self) -> None:
        """Two that can change places do so across what lies between them."""
        entries: list[Entry] = [
            (started(), "2023-01/2023-05"),
            (Paused(measure="wohnen-16"), "2023-02-10"),
            (Resumed(measure="wohnen-16"), "2023-03/2023-04"),
        ]
        assert [0, 2] == list(uncertain(*entries))

    def test_since_long_ago(self) -> None:
        """What was over before the run can have begun decides nothing about it."""
        entries: list[Entry] = [
            (started(), "2022-06/2022-08"),
            (Paused(measure="wohnen-16"), "2022-07"),
            (Implemented(measure="wohnen-16"), "2023-01-10"),
            (started(), "2023-06-10/2023-07-10"),
        ]
        assert [3] == list(uncertain(*entries))

    def test_rank(self) -> None:
        """A rank hangs on the field of the measure and on the lists of the fields it can have."""
        entries: list[Entry] = [
            SOCIAL,
            (Prioritized(field="wohnen", ranking=("wohnen-16",)), "2023-01-10"),
            (amended(field="soziales"), SPRING),
            (amended(field="wohnen"), "2023-04-10"),
            (Prioritized(field="soziales", ranking=("wohnen-1", "wohnen-16")), "2022"),
            (Prioritized(field="wohnen", ranking=("wohnen-1", "wohnen-16")), SUMMER),
            (Prioritized(field="gesundheit", ranking=("wohnen-16",)), SUMMER),
            (Proposed(measure="wohnen-1", title="Wohnraum", field="wohnen"), "2022-05-25"),
        ]
        named = uncertain(*entries)
        rank = "rank (1 or 2) of measure 'wohnen-16'"
        assert f"field ('soziales' or 'wohnen'), {rank}" == named[2]
        assert "rank (1 or none) of measure 'wohnen-1'" in named[5]
        assert named[5].endswith(rank)
        assert "present of field 'gesundheit'" == named[6]
        assert [2, 5, 6] == list(named)

    def test_no_field(self) -> None:
        """A measure that may stand outside the fields has no rank there."""
        entries: list[Entry] = [LISTED, (amended(field=None), SUMMER)]
        assert {1: "field ('wohnen' or none), rank (1 or none) of measure 'wohnen-16'"} == (
            uncertain(*entries)
        )

    def test_decision_about_a_vague_list(self) -> None:
        """A list that may have come only after the decision decides whether it counts."""
        entries: list[Entry] = [
            (LISTED[0], SPRING),
            (DECIDED[0], "2023-04-10"),
            (Prioritized(field="wohnen", ranking=()), SUMMER),
        ]
        named = uncertain(*entries)
        assert f"decisions.{id_at(5)} (adopted or none) of measure 'wohnen-16'" == named[0]
        assert "ranking (['wohnen-16'] or []) of field 'wohnen'" == named[2].partition(";")[0]
        assert "decisions" not in named[2]

    def test_decision_about_two_vague_lists(self) -> None:
        """So do lists before the decision that can change places."""
        entries: list[Entry] = [
            (LISTED[0], "2022/2023-01"),
            (Prioritized(field="wohnen", ranking=()), "2022/2023-01"),
            (LISTED[0], "2023-02"),
            (Prioritized(field="wohnen", ranking=()), "2023-02/2023-03"),
            (Prioritized(field="wohnen", ranking=()), "2023-05-10"),
            (DECIDED[0], "2023-04-10"),
        ]
        named = f"decisions.{id_at(9)} (adopted or none) of measure 'wohnen-16'"
        assert {2: named, 3: named} == uncertain(*entries)

    def test_vague_decision(self) -> None:
        """A vague decision decides itself, for the field too while it may be to come."""
        name = f"decisions.{id_at(5)} (adopted or none)"
        entries: list[Entry] = [(LISTED[0], "2023-04-10"), (DECIDED[0], SPRING)]
        assert {1: f"{name} of measure 'wohnen-16'"} == uncertain(*entries)
        entries = [(LISTED[0], "2023-01-10"), (DECIDED[0], "2023")]
        both = f"{name} of field 'wohnen'; {name} of measure 'wohnen-16'"
        assert {1: both} == uncertain(*entries)

    def test_vague_decision_about_vague_lists(self) -> None:
        """What may stand when it was made decides with it, though it was over in the end."""
        entries: list[Entry] = [
            (LISTED[0], "2023-02"),
            (Prioritized(field="wohnen", ranking=()), "2023-02"),
            (Prioritized(field="wohnen", ranking=()), "2023-04-10"),
            (DECIDED[0], SPRING),
        ]
        named = f"decisions.{id_at(7)} (adopted or none) of measure 'wohnen-16'"
        assert {0: named, 1: named, 3: named} == uncertain(*entries)

    def test_decision_that_names_its_measures(self) -> None:
        """It hangs on no list."""
        decided = Decided(
            conference="stk-3", outcome="adopted", measures=("wohnen-16",), fields=("wohnen",)
        )
        entries: list[Entry] = [(LISTED[0], SPRING), (decided, "2023-04/2023-05")]
        assert {} == uncertain(*entries)
        assert [1] == list(uncertain(entries[0], (decided, "2023-04/2023-08")))
