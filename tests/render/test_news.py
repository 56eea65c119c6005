"""What is new between two plans, in words."""

import attrs
import pytest

from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.plan import Votes
from planlog.render.news import headings
from planlog.wording import words_for
from tests.render.compared import SOURCES, START, Said, log, news_of, told

NEW = "New"
GONE = "No longer in the plan"
IMPLEMENTED = "Implemented or made permanent"
STARTED = "Started"
AGAIN = "Proposed again"
PRIORITY = "Priority up or down"
MOVED = "Moved, renumbered, merged or split"
RENAMED = "Renamed"
STOPPED = "Paused, dropped or replaced"
DECIDED = "Decided"
TEXT = "Text only"
LEARNED = "Corrections of the record and late entries"

NEW_MEASURE = Said(
    Proposed(measure="w-4", title="Hof", field="wohnen", number="4"), "2021-02-01", "Antrag"
)
LIST = Said(Prioritized(field="wohnen", ranking=["w-1", "w-2", "w-3"]), "2020-06-01")
BEGUN = Said(Started(measure="w-1", stage="Angeschoben", note="Erstes Treffen"), "2020-06-01")


class TestGroups:
    def test_have_a_heading_each(self) -> None:
        """The headings stand in the order in which people ask."""
        assert [
            NEW,
            GONE,
            IMPLEMENTED,
            STARTED,
            AGAIN,
            PRIORITY,
            MOVED,
            RENAMED,
            STOPPED,
            DECIDED,
            TEXT,
            LEARNED,
        ] == list(headings(words_for("en")).values())


class TestNew:
    def test_measure(self) -> None:
        """A new measure is told with where it stands, its rank and its level."""
        found = news_of(
            NEW_MEASURE,
            Said(Started(measure="w-4", stage="Angeschoben"), "2021-03-01"),
            Said(Rated(measure="w-4", level="hoch"), "2021-03-01"),
            Said(Prioritized(field="freizeit", ranking=[]), "2021-03-01"),
            Said(Prioritized(field="wohnen", ranking=["w-4"]), "2021-03-01"),
        )
        assert "Wohnen 4: Hof; started, rank 1, level hoch [1]" == found[NEW][0]

    def test_in_german(self) -> None:
        """The same in German."""
        events = log(*START, NEW_MEASURE, Said(Rated(measure="w-4", level="hoch"), "2021-03-01"))
        found = told(events, language="de")
        assert "Wohnen 4: Hof; vorgeschlagen, Priorität hoch [1]" == found["Neu"][0]
        assert ("[1] Antrag", "[2] Protokoll") == found["Quellen, Begründungen und Beschlüsse"]

    def test_measure_that_had_only_been_spoken_of(self) -> None:
        """A measure whose first proposal comes to count is new, and not proposed again."""
        found = news_of(
            Said(Rated(measure="w-4", level="hoch"), "2020-06-01"),
            Said(Proposed(measure="w-4", title="Hof"), "2020/2021-02-01"),
        )
        assert "w-4: Hof: proposed (2020/2021-02-01) [1]" == found[NEW][0]
        assert ("w-4: Hof: Title: Hof [1]",) == found[TEXT]

    def test_other_things(self) -> None:
        """Fields, goals, conferences and versions are named, a line for each kind."""
        found = news_of(
            Said(FieldAdded(field="klima", title="Klima"), "2021-02-01", "Beschluss"),
            Said(FieldAdded(field="bildung", title="Bildung"), "2021-02-01"),
            Said(GoalAdded(goal="ruhe", field="klima", title="Ruhe"), "2021-02-01"),
            Said(
                VersionRecorded(version="f-1", coverage="complete", attributes=["title"]),
                "2021-02-01",
            ),
        )
        assert (
            "Action fields: Bildung; Klima [1,2]",
            "Goal: Ruhe [1]",
            "Conference: 1. Konferenz (2021-05-04) [1]",
            "Version: f-1 (2021-02-01) [1]",
        ) == found[NEW]

    def test_plan_itself(self) -> None:
        """What is said of the plan for the first time is new."""
        found = news_of(Said(PlanOpened(title="Sozialer Plan", place="Ahlhorn"), "2021-01-01"))
        assert "The plan itself: Title: Sozialer Plan; Place: Ahlhorn [1]" == found[NEW][0]


class TestGone:
    def test_backwards(self) -> None:
        """Backwards what is new is gone; what brought it in is told as ground."""
        found = news_of(
            NEW_MEASURE,
            Said(Started(measure="w-4"), "2021-03-01", "Bericht"),
            Said(PlanOpened(title="Sozialer Plan"), "2021-01-01"),
            before="2021-12-31",
            after="2020-12-31",
        )
        assert {
            GONE: (
                "Wohnen 4: Hof [1]",
                "The plan itself: Title: Sozialer Plan → – [2]",
                "Conference: 1. Konferenz (2021-05-04) [2]",
            )
        } == found

    def test_phase(self) -> None:
        """Backwards before its proposal, what is still spoken of has no phase any more."""
        found = news_of(
            Said(Rated(measure="w-4", level="hoch"), "2020-06-01"),
            Said(Proposed(measure="w-4", title="Hof"), "2020/2021-02-01"),
            before="2021-12-31",
            after="2020-12-31",
        )
        assert "w-4: proposed → – [1]" == found[GONE][0]


class TestPhases:
    @pytest.mark.parametrize(
        ("event", "heading", "line"),
        [
            (
                Implemented(measure="w-1", stage="Umgesetzt"),
                IMPLEMENTED,
                "Wohnen 1: Mieterrat: started → implemented (2021-07); “Umgesetzt” [1]",
            ),
            (
                MadePermanent(measure="w-1", note="Im Haushalt"),
                IMPLEMENTED,
                "Wohnen 1: Mieterrat: started → ongoing (2021-07); Im Haushalt [1]",
            ),
            (
                Started(measure="w-2", stage="Angeschoben", note="Erstes Treffen"),
                STARTED,
                "Wohnen 2: Anbau: proposed → started (2021-07); “Angeschoben”; Erstes Treffen [1]",
            ),
            (
                Proposed(measure="w-1"),
                AGAIN,
                "Wohnen 1: Mieterrat: started → proposed (2021-07) [1]",
            ),
            (
                Paused(measure="w-1", note="Personal fehlt"),
                STOPPED,
                "Wohnen 1: Mieterrat: started → paused (2021-07); Personal fehlt [1]",
            ),
            (
                Dropped(measure="w-1", cause="not_feasible"),
                STOPPED,
                "Wohnen 1: Mieterrat: started → dropped (2021-07); not feasible [1]",
            ),
            (
                Merged(measures=["w-1"], into="w-2"),
                STOPPED,
                "Wohnen 1: Mieterrat: started → replaced (2021-07); into Wohnen 2: Anbau [1]",
            ),
            (
                Split(measure="w-1", into=["w-2", "w-3"]),
                STOPPED,
                (
                    "Wohnen 1: Mieterrat: started → replaced (2021-07); into Wohnen 2: Anbau, "
                    "Wohnen 3: Lift [1]"
                ),
            ),
        ],
    )
    def test_each_has_its_heading(self, event: Started, heading: str, line: str) -> None:
        """What a measure became, when, and what was said with it stand in one line."""
        assert line in news_of(BEGUN, Said(event, "2021-07"))[heading]

    def test_what_was_said_later_has_its_own_ground(self) -> None:
        """A stage that a later report gave is told with the phase, on both grounds."""
        events = log(
            *START,
            Said(Started(measure="w-2"), "2021-02-01", "Bericht"),
            Said(Progressed(measure="w-2", stage="Im Bau"), "2021-03-01", "Meldung"),
        )
        found = told(events)
        assert ("Wohnen 2: Anbau: proposed → started (2021-02-01); “Im Bau” [2,3]",) == found[
            STARTED
        ]
        assert ("[1] Protokoll", "[2] Bericht", "[3] Meldung") == found[SOURCES]

    def test_interrupted(self) -> None:
        """What is started again after a pause stands with what was started."""
        found = news_of(
            BEGUN,
            Said(Paused(measure="w-1"), "2021-02-01"),
            Said(Resumed(measure="w-1", stage="Angeschoben", note="Erstes Treffen"), "2021-09-01"),
        )
        assert ("Wohnen 1: Mieterrat: Since: 2020-06-01 → 2021-09-01 [1]",) == found[STARTED]
        assert {NEW, STARTED} == set(found)

    def test_another_cause(self) -> None:
        """Why a measure was dropped stands with what was dropped, also where it changes alone."""
        found = news_of(
            Said(Dropped(measure="w-1", cause="other"), "2020-06-01"),
            Said(Dropped(measure="w-1", cause="rejected"), "2021-06-01"),
        )
        assert ("Wohnen 1: Mieterrat: Cause: other → rejected [1]",) == found[STOPPED]

    def test_lineage_that_is_gone(self) -> None:
        """Backwards a measure is no longer replaced, and into what it was is told."""
        found = news_of(
            Said(Merged(measures=["w-1"], into="w-2"), "2021-07"),
            before="2021-12-31",
            after="2020-12-31",
        )
        assert (
            "Wohnen 1: Mieterrat: replaced → proposed (2020); Successors: Wohnen 2: Anbau → – [1]",
        ) == found[AGAIN]


class TestPriority:
    def test_list(self) -> None:
        """A list is told before and after; who moved by themselves has a line as well."""
        found = news_of(
            LIST, Said(Prioritized(field="wohnen", ranking=["w-3", "w-1", "w-2"]), "2021-05-04")
        )
        assert (
            "Wohnen: Ranking: 1, 2, 3 → 3, 1, 2 [1]",
            "Wohnen 3: Lift: Rank: 3 → 1 (moved up) [1]",
        ) == found[PRIORITY]

    def test_down(self) -> None:
        """A greater number is a place further down."""
        found = news_of(
            LIST, Said(Prioritized(field="wohnen", ranking=["w-2", "w-3", "w-1"]), "2021-05-04")
        )
        assert "Wohnen 1: Mieterrat: Rank: 1 → 3 (moved down) [1]" == found[PRIORITY][1]

    def test_listed_and_unlisted(self) -> None:
        """What came to a list or went from it has a line."""
        found = news_of(
            Said(Prioritized(field="wohnen", ranking=["w-1"]), "2020-06-01"),
            Said(Prioritized(field="wohnen", ranking=["w-2"]), "2021-05-04"),
        )
        assert (
            "Wohnen: Ranking: 1 → 2 [1]",
            "Wohnen 2: Anbau: Rank: 1 (newly listed) [1]",
            "Wohnen 1: Mieterrat: Rank: 1 → – (no longer listed) [1]",
        ) == found[PRIORITY]

    def test_level(self) -> None:
        """A class is told like a place."""
        found = news_of(
            Said(Rated(measure="w-1", level="hoch"), "2020-06-01"),
            Said(Started(measure="w-1"), "2021-03-01"),
            Said(Rated(measure="w-1", level=None), "2021-03-01"),
        )
        assert ("Wohnen 1: Mieterrat: Level: hoch → – [1]",) == found[PRIORITY]

    def test_shifted_alone(self) -> None:
        """Where the list is not told, because something else was asked for, all its ranks are."""
        moved = Said(Prioritized(field="wohnen", ranking=["w-3", "w-1", "w-2"]), "2021-05-04")
        found = told(log(*START, LIST, moved), only="rank")
        assert (
            "Wohnen 3: Lift: Rank: 3 → 1 (moved up) [1]",
            "Wohnen 1: Mieterrat: Rank: 1 → 2 (shifted by others) [1]",
            "Wohnen 2: Anbau: Rank: 2 → 3 (shifted by others) [1]",
        ) == found[PRIORITY]

    def test_another_list(self) -> None:
        """The place on the list of another field is a new one; the old one is told as that."""
        found = news_of(
            Said(Prioritized(field="wohnen", ranking=["w-2", "w-1"]), "2020-06-01"),
            Said(Amended(measure="w-1", field="freizeit", number="9"), "2021-05-04"),
            Said(Prioritized(field="freizeit", ranking=["w-1"]), "2021-05-04"),
        )
        assert (
            "Freizeit: Ranking: 9 [1]",
            "Freizeit 9: Mieterrat: Rank: 1 (newly listed; before, 2 on another list) [1]",
        ) == found[PRIORITY]
        assert ("Freizeit 9: Mieterrat: Field: Wohnen → Freizeit; Number: 1 → 9 [1]",) == found[
            MOVED
        ]

    def test_outside_the_fields(self) -> None:
        """What is taken out of its field loses its place, though the list stays."""
        found = news_of(LIST, Said(Amended(measure="w-2", field=None), "2021-05-04"))
        assert ("w-2: Anbau: Rank: 2 → – (no longer listed) [1]",) == found[PRIORITY]

    def test_renumbered(self) -> None:
        """A list that was is told by the numbers of its day, and what they are now."""
        found = news_of(
            LIST,
            Said(Amended(measure="w-1", number="7"), "2021-05-04"),
            Said(Amended(measure="w-2", number="1"), "2021-05-04"),
            Said(Prioritized(field="wohnen", ranking=["w-2", "w-1"]), "2021-05-04"),
        )
        assert "Wohnen: Ranking: 1 (now 7), 2 (now 1), 3 → 1, 7 [1]" == found[PRIORITY][0]


class TestMoved:
    def test_renumbered(self) -> None:
        """A measure that has another number is the same one."""
        found = news_of(Said(Amended(measure="w-1", number="7"), "2021-05-04"))
        assert ("Wohnen 7: Mieterrat: Number: 1 → 7 [1]",) == found[MOVED]

    def test_merged(self) -> None:
        """What went into a measure is told of it, also where it keeps going."""
        found = news_of(Said(Merged(measures=["w-1", "w-3", "w-2"], into="w-2"), "2021-07"))
        assert (
            "Wohnen 2: Anbau: Predecessors: Wohnen 1: Mieterrat; Predecessors: Wohnen 3: Lift [1]",
        ) == found[MOVED]

    def test_split_off(self) -> None:
        """A measure that gives something off and stays has its successors."""
        found = news_of(Said(Split(measure="w-1", into=["w-1", "w-2"]), "2021-07"))
        assert (
            "Wohnen 1: Mieterrat: Successors: Wohnen 2: Anbau [1]",
            "Wohnen 2: Anbau: Predecessors: Wohnen 1: Mieterrat [1]",
        ) == found[MOVED]


class TestRenamed:
    def test_measure(self) -> None:
        """A new title is told with the old one, and the measure named by its number."""
        found = news_of(Said(Amended(measure="w-1", title="Beirat der Mieter"), "2021-05-04"))
        assert ("Wohnen 1: Title: Mieterrat → Beirat der Mieter [1]",) == found[RENAMED]

    def test_others(self) -> None:
        """Fields and the plan itself are renamed too."""
        found = news_of(
            Said(PlanOpened(title="Plan"), "2020"),
            Said(PlanAmended(title="Sozialer Plan"), "2021-05-04"),
            Said(FieldAmended(field="wohnen", title="Wohnen und Umfeld"), "2021-05-04"),
        )
        assert (
            "The plan itself: Title: Plan → Sozialer Plan [1]",
            "Wohnen und Umfeld: Title: Wohnen → Wohnen und Umfeld [1]",
        ) == found[RENAMED]

    def test_first_title(self) -> None:
        """What had none before is not renamed by its first title."""
        found = news_of(
            Said(Proposed(measure="k-1", title="Baum", field="klima"), "2020"),
            Said(FieldAdded(field="klima", title="Klima"), "2021-05-04"),
        )
        assert RENAMED not in found
        assert ("Klima: Title: Klima [1]",) == found[TEXT]


ADOPTED = Decided(
    conference="k-1",
    outcome="adopted",
    fields=["wohnen"],
    measures=["f-1"],
    text="Wie vorgelegt.",
    votes=Votes(yes=9, no=1, abstain=0),
)
LEISURE = Said(
    Proposed(measure="f-1", title="Turnier", field="freizeit", number="1"), "2020", "Idee"
)


class TestDecided:
    def test_about_a_list(self) -> None:
        """A decision is told once, with the lists and the measures beside them."""
        found = news_of(LIST, LEISURE, Said(ADOPTED, "2021-05-04", "TOP 4"))
        assert (
            (
                "2021-05-04, 1. Konferenz: adopted (list of “Wohnen”; Freizeit 1); 9 yes, 1 no, 0 "
                "abstentions; Wie vorgelegt. [2]"
            ),
        ) == found[DECIDED]

    def test_about_several(self) -> None:
        """Measures are named where no list was decided that they stand on."""
        decided = Decided(conference="k-1", outcome="noted", measures=["w-1", "w-2"])
        found = news_of(LIST, Said(decided, "2021-05-04", "TOP 4"))
        assert ("2021-05-04, 1. Konferenz: taken note of (Wohnen 1, Wohnen 2) [2]",) == found[
            DECIDED
        ]

    def test_measure_that_left_the_list(self) -> None:
        """A measure that stood on the list when it was decided is named where it no longer does."""
        found = news_of(
            LIST,
            Said(ADOPTED, "2021-05-04"),
            Said(Prioritized(field="wohnen", ranking=["w-1", "w-2"]), "2021-06-01"),
        )
        assert "(list of “Wohnen”; Wohnen 3, f-1)" in found[DECIDED][0]

    def test_marks_what_it_is_about(self) -> None:
        """A decision about a measure is the ground of all that changed of it."""
        decided = Decided(conference="k-1", outcome="adopted", measures=["w-1"], reference="BV 1")
        events = log(
            *START,
            Said(Started(measure="w-1"), "2021-05-04", "Bericht"),
            Said(Amended(measure="w-1", cost="9 €"), "2021-05-04", "Bericht"),
            Said(decided, "2021-05-04", "TOP 4"),
        )
        found = told(events)
        assert ("Wohnen 1: Mieterrat: proposed → started (2021-05-04) [2,3]",) == found[STARTED]
        assert ("Wohnen 1: Mieterrat: Cost: 9 € [2,3]",) == found[TEXT]
        assert (
            "[1] Protokoll",
            "[2] Bericht",
            "[3] 2021-05-04, 1. Konferenz: adopted; BV 1 (TOP 4)",
        ) == found[SOURCES]

    def test_about_a_list_marks_places_only(self) -> None:
        """That a conference decided a list is no ground for what else changed."""
        found = news_of(
            LIST,
            Said(Prioritized(field="wohnen", ranking=["w-3", "w-1", "w-2"]), "2021-05-04", "TOP 3"),
            Said(Started(measure="w-3"), "2021-02-01", "Bericht"),
            Said(Decided(conference="k-1", outcome="adopted", fields=["wohnen"]), "2021-05-04"),
        )
        assert ("Wohnen 3: Lift: proposed → started (2021-02-01) [2]",) == found[STARTED]
        assert (
            "Wohnen: Ranking: 1, 2, 3 → 3, 1, 2 [3,4]",
            "Wohnen 3: Lift: Rank: 3 → 1 (moved up) [3,4]",
        ) == found[PRIORITY]

    def test_gone(self) -> None:
        """Backwards a decision is no longer there; the conference keeps its title."""
        found = news_of(
            LIST,
            LEISURE,
            Said(ADOPTED, "2021-05-04", "TOP 4"),
            before="2021-12-31",
            after="2020-12-31",
        )
        assert (
            (
                "no longer: 2021-05-04, 1. Konferenz: adopted (list of “Wohnen”; Freizeit 1); "
                "9 yes, 1 no, 0 abstentions; Wie vorgelegt. [2]"
            ),
        ) == found[DECIDED]

    def test_of_what_is_new(self) -> None:
        """What was decided about a new measure is told, and marks it."""
        found = news_of(
            NEW_MEASURE,
            Said(
                Decided(conference="k-1", outcome="deferred", measures=["w-4"]),
                "2021-05-04",
                "TOP 4",
            ),
        )
        assert "Wohnen 4: Hof; proposed [1,2]" == found[NEW][0]
        assert ("2021-05-04, 1. Konferenz: deferred (Wohnen 4) [2]",) == found[DECIDED]

    def test_of_what_is_gone(self) -> None:
        """What had been decided about a measure goes with it."""
        found = news_of(
            NEW_MEASURE,
            Said(Decided(conference="k-1", outcome="deferred", measures=["w-4"]), "2021-05-04"),
            before="2021-12-31",
            after="2020-12-31",
        )
        assert ("no longer: 2021-05-04, 1. Konferenz: deferred (Wohnen 4) [3]",) == found[DECIDED]

    def test_of_the_list_of_what_is_new(self) -> None:
        """Of the decisions about its list, the last is told of the place of a new measure."""
        listed = Said(Prioritized(field="wohnen", ranking=["w-4", "w-1"]), "2021-03-01")
        noted = Decided(conference="k-1", outcome="noted", fields=["wohnen"])
        said = (
            NEW_MEASURE,
            listed,
            Said(noted, "2021-04-01", "TOP 1"),
            Said(attrs.evolve(noted, outcome="adopted"), "2021-05-04", "TOP 4"),
        )
        found = told(log(*START, *said))
        assert "Wohnen 4: Hof; proposed, rank 1 [1,2]" == found[NEW][0]
        assert "[2] 2021-05-04, 1. Konferenz: adopted (TOP 4)" == found[SOURCES][1]
        shorter = Said(Prioritized(field="wohnen", ranking=["w-1"]), "2021-06-01")
        assert "Wohnen 4: Hof; proposed [1]" == told(log(*START, *said, shorter))[NEW][0]

    def test_corrected_of_what_is_new(self) -> None:
        """Why a decision about something new was corrected is told with the decision."""
        position = len(START) + 1
        events = log(
            *START,
            NEW_MEASURE,
            Said(Decided(conference="k-1", outcome="deferred", measures=["w-4"]), "2021-05-04"),
            Said(
                Decided(conference="k-1", outcome="adopted", measures=["w-4"]),
                "2021-05-04",
                "Berichtigtes Protokoll",
                "Schreibfehler",
                position,
            ),
        )
        found = told(events)
        assert ("2021-05-04, 1. Konferenz: adopted (Wohnen 4) [2,4]",) == found[DECIDED]
        assert "[4] Berichtigtes Protokoll; reason: Schreibfehler" == found[SOURCES][3]


class TestText:
    def test_attributes(self) -> None:
        """What is neither a phase nor a place nor a name is text, told in one line."""
        found = news_of(
            Said(Amended(measure="w-1", attributes={"topic": "Beratung"}), "2020-06-01"),
            Said(
                Amended(
                    measure="w-1",
                    cost="9 €",
                    partners=["GWA", "LKO"],
                    attributes={"topic": "Nachbarn", "light": "grün"},
                ),
                "2021-05-04",
            ),
            Said(Progressed(measure="w-1", note="Kein neuer Sachstand"), "2021-06-01"),
        )
        assert (
            (
                "Wohnen 1: Mieterrat: Note: Kein neuer Sachstand; Partners: GWA, LKO; Cost: 9 €; "
                "“light”: grün; “topic”: Beratung → Nachbarn [1]"
            ),
        ) == found[TEXT]

    def test_others(self) -> None:
        """Of other things too: a conference on another day, a plan in another place."""
        found = news_of(
            Said(PlanOpened(title="Plan", place="Ahlhorn"), "2020"),
            Said(PlanAmended(title="Plan", place="Großenkneten"), "2021-02-01"),
            Said(ConferenceHeld(conference="k-0", title="Auftakt", kind="workshop"), "2020-02-01"),
            Said(
                ConferenceHeld(conference="k-0", title="Auftakt", kind="conference"), "2021-02-01"
            ),
        )
        assert (
            "The plan itself: Place: Ahlhorn → Großenkneten [1]",
            "Auftakt: On: 2020-02-01 → 2021-02-01; Kind: workshop → conference [1]",
        ) == found[TEXT]


class TestLearned:
    """What is told of one day, as known from six events and from more."""

    def learned(self, *said: Said, day: str = "2021-12-31") -> tuple[str, ...]:
        """The lines of what was learned, which are all there is."""
        events = log(*START, *said)
        found = dict(told(events, day, day, known=(len(START), len(events))))
        found.pop(SOURCES)
        assert {LEARNED} == set(found)
        return found[LEARNED]

    def test_late_entries(self) -> None:
        """What was recorded late is told of each subject in one line, on all its grounds."""
        assert (
            "Wohnen: Ranking: 1, 2 [1]",
            (
                "Wohnen 1: Mieterrat: Rank: 1 (newly listed); Phase: proposed → started "
                "(2020-06-01); Stage: Angeschoben; Note: Erstes Treffen [1,2]"
            ),
            "Wohnen 2: Anbau: Rank: 2 (newly listed) [1]",
            "Wohnen 4: Hof: new [3]",
        ) == self.learned(
            Said(Prioritized(field="wohnen", ranking=["w-1", "w-2"]), "2020-06-01", "Liste"),
            BEGUN,
            NEW_MEASURE,
        )

    def test_taken_back(self) -> None:
        """What was taken back is no longer there, for the reason that was given."""
        third = log(*START)[2]
        events = log(*START, Said(Retracted(event=third.id), "2021-06-01", None, "doppelt erfasst"))
        found = told(events, "2021-12-31", "2021-12-31", known=(len(START), len(events)))
        assert ("Wohnen 1: Mieterrat: no longer there [1]",) == found[LEARNED]
        assert ("[1] without a source; reason: doppelt erfasst",) == found[SOURCES]

    def test_corrected(self) -> None:
        """A correction is told as what it changed; on an introduction it has a reason too."""
        fixed = Proposed(measure="w-4", title="Innenhof", field="wohnen", number="4")
        events = log(
            *START, NEW_MEASURE, Said(fixed, "2021-02-01", "Antrag", "Tippfehler", len(START))
        )
        late = told(events, "2021-12-31", "2021-12-31", known=(len(START), len(events)))
        assert ("Wohnen 4: Innenhof: new [1,2]",) == late[LEARNED]
        assert ("[1] Antrag", "[2] Antrag; reason: Tippfehler") == late[SOURCES]
        since = told(events, "2021-12-31", "2021-12-31", known=(len(START) + 1, len(events)))
        assert ("Wohnen 4: Innenhof: Title: Hof → Innenhof [1]",) == since[LEARNED]

    def test_decisions(self) -> None:
        """A decision that was recorded late is told once, on its own ground."""
        assert ("2021-05-04, 1. Konferenz: adopted (Wohnen 1, Wohnen 2); Ja. [1]",) == self.learned(
            Said(
                Decided(conference="k-1", outcome="adopted", measures=["w-1", "w-2"], text="Ja."),
                "2021-05-04",
            )
        )

    def test_corrected_decision(self) -> None:
        """A decision with another outcome is told before and after, its wording as it changed."""
        first = Decided(conference="k-1", outcome="deferred", measures=["w-1"], text="Nein.")
        second = attrs.evolve(first, outcome="adopted")
        third = attrs.evolve(second, text="Ja.")
        said = [*START, Said(first, "2021-05-04"), Said(second, "2021-05-04", corrects=6)]
        events = log(*said, Said(third, "2021-05-04", "Anlage", "Abschrift", 6))
        one, two, three = (len(START) + more for more in (1, 2, 3))
        day = "2021-12-31"
        assert (
            (
                "2021-05-04, 1. Konferenz: deferred → 2021-05-04, 1. Konferenz: adopted "
                "(Wohnen 1); Nein. [1,2]"
            ),
        ) == told(events, day, day, known=(one, two))[LEARNED]
        found = told(events, day, day, known=(two, three))
        assert (
            (
                "2021-05-04, 1. Konferenz: adopted; Nein. → 2021-05-04, 1. Konferenz: adopted "
                "(Wohnen 1); Ja. [1,2]"
            ),
        ) == found[LEARNED]
        assert (
            "[1] Anlage; reason: Abschrift",
            "[2] 2021-05-04, 1. Konferenz: adopted (Protokoll)",
        ) == found[SOURCES]

    def test_decision_about_something_else(self) -> None:
        """A decision that turns out to be about another measure is gone here and made there."""
        first = Decided(conference="k-1", outcome="adopted", measures=["w-1"])
        events = log(
            *START,
            Said(first, "2021-05-04"),
            Said(attrs.evolve(first, measures=["w-2"]), "2021-05-04", "Anlage", None, len(START)),
        )
        found = told(events, "2021-12-31", "2021-12-31", known=(len(START) + 1, len(events)))
        assert (
            "no longer: 2021-05-04, 1. Konferenz: adopted (Wohnen 1) [1,2]",
            "2021-05-04, 1. Konferenz: adopted (Wohnen 2) [1,2]",
        ) == found[LEARNED]

    def test_decision_taken_back(self) -> None:
        """A decision that was taken back is told as gone, with the reason."""
        said = [
            *START,
            Said(Decided(conference="k-1", outcome="adopted", measures=["w-1"]), "2021"),
        ]
        retracted = Retracted(event=log(*said)[-1].id)
        events = log(*said, Said(retracted, "2022", None, "nicht abgestimmt"))
        found = told(events, "2021-12-31", "2021-12-31", known=(len(said), len(events)))
        assert ("no longer: 2021, 1. Konferenz: adopted (Wohnen 1) [1,2]",) == found[LEARNED]
        assert "[1] without a source; reason: nicht abgestimmt" == found[SOURCES][0]


class TestBothAxes:
    def test_cell(self) -> None:
        """What was learned of the first day and what was decided since stand apart."""
        events = log(
            *START,
            Said(Amended(measure="w-1", cost="1 €"), "2020-06-01"),
            Said(Amended(measure="w-1", cost="2 €"), "2020-07-01", "Nachtrag"),
            Said(Amended(measure="w-1", cost="3 €"), "2021-07-01", "Bericht"),
        )
        found = told(events, known=(len(START) + 1, len(events)))
        assert ("Wohnen 1: Mieterrat: Cost: 2 € → 3 € [2]",) == found[TEXT]
        assert ("Wohnen 1: Mieterrat: Cost: 1 € → 2 € [3]",) == found[LEARNED]

    def test_measure(self) -> None:
        """A measure that became known late and was started since is told on both."""
        proposed = Said(Proposed(measure="w-4", title="Hof", field="wohnen"), "2020", "Antrag")
        events = log(*START, proposed, Said(Started(measure="w-4"), "2021-07-01", "Bericht"))
        found = told(events, known=(len(START), len(events)))
        assert ("w-4: Hof: proposed → started (2021-07-01) [2]",) == found[STARTED]
        assert ("w-4: Hof: new [3]",) == found[LEARNED]

    def test_measure_that_is_gone(self) -> None:
        """Backwards a measure of which something was learned is told on both as well."""
        late = Said(Amended(measure="w-1", cost="1 €"), "2020-06-01", "Nachtrag")
        events = log(*START, late)
        found = told(events, "2020-12-31", "2019-12-31", known=(len(START), len(events)))
        assert "Wohnen 1: Mieterrat [1]" == found[GONE][0]
        assert ("Wohnen 1: Mieterrat: Cost: 1 € [2]",) == found[LEARNED]

    def test_decisions(self) -> None:
        """A late decision is told beside one that was made since."""
        held = ConferenceHeld(conference="k-0", title="Auftakt", kind="workshop")
        before = (*START, Said(held, "2020-06-01"))
        events = log(
            *before,
            Said(Decided(conference="k-0", outcome="noted", measures=["w-1"]), "2020-06-01"),
            Said(Decided(conference="k-1", outcome="adopted", measures=["w-1"]), "2021-05-04"),
        )
        found = told(events, known=(len(before), len(events)))
        assert ("2021-05-04, 1. Konferenz: adopted (Wohnen 1) [2]",) == found[DECIDED]
        assert ("2020-06-01, Auftakt: taken note of (Wohnen 1) [3]",) == found[LEARNED]
