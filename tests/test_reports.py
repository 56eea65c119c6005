"""What counts as a report about a measure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.events import (
    EVENT_CLASSES,
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Event,
    FieldAdded,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.reports import began_to_count, reports
from planlog.slots import live_slots
from planlog.testing.logs import days, logs
from planlog.timeline import counting
from tests.histories import Entry, id_at, log
from tests.stated import Stated, mixed, stated

DAY = "2022-05-24"
END = date(2023, 12, 31)
PROPOSED: Entry = (Proposed(measure="a-1", title="Garten"), "2022-01-01")


def said(*entries: Entry, day: date | None = END) -> dict[str, list[int]]:
    """The positions of the reports on each measure."""
    found = reports(live_slots(log(*entries)), day)
    return {measure: [slot.position for slot in slots] for measure, slots in found.items()}


class TestReports:
    """Tests for what is a report on which measure."""

    @pytest.mark.parametrize(
        "event",
        [
            Proposed(measure="a-1", title="Garten"),
            Amended(measure="a-1", number="2"),
            Rated(measure="a-1", level=None),
            Started(measure="a-1"),
            Progressed(measure="a-1"),
            Implemented(measure="a-1"),
            MadePermanent(measure="a-1"),
            Paused(measure="a-1"),
            Resumed(measure="a-1"),
            Dropped(measure="a-1", cause="other"),
            Noted(about=About(measure="a-1"), text="Der Zaun steht."),
        ],
    )
    def test_what_says_something_of_a_measure(self, event: Event) -> None:
        """Whatever states something about the measure itself, even that nothing is new."""
        assert {"a-1": [0]} == said((event, DAY))

    @pytest.mark.parametrize(
        "event",
        [
            Prioritized(field="a", ranking=["a-1"]),
            Decided(conference="first", outcome="adopted", measures=["a-1"]),
            GoalAdded(goal="a-1", field="a", title="a-1"),
            ConferenceHeld(conference="first", title="a-1", kind="conference"),
            FieldAdded(field="a", title="a-1"),
            PlanOpened(title="a-1"),
            Noted(about=About(field="a"), text="a-1"),
            Noted(text="a-1"),
            Retracted(event=id_at(9)),
        ],
    )
    def test_what_only_names_it(self, event: Event) -> None:
        """To be listed, decided about or spoken of elsewhere tells nothing about how it stands."""
        assert {} == said((event, DAY))

    def test_both_sides_of_a_merge_and_of_a_split(self) -> None:
        """What was replaced was reported on, and so was what it went into."""
        assert {"a-1": [0], "a-2": [0], "b-1": [0]} == said(
            (Merged(measures=["a-1", "a-2"], into="b-1"), DAY)
        )
        assert {"a-1": [0], "a-2": [0], "b-1": [0]} == said(
            (Split(measure="a-1", into=["a-2", "b-1"]), DAY)
        )

    def test_once_where_a_measure_stays(self) -> None:
        """A measure on both sides is reported on once."""
        assert [0] == said((Merged(measures=["a-1", "a-2"], into="a-1"), DAY))["a-1"]

    def test_only_what_counts(self) -> None:
        """A report that has not surely happened by then is none yet."""
        entries: tuple[Entry, ...] = (PROPOSED, (Started(measure="a-1"), "2022"))
        assert {"a-1": [0]} == said(*entries, day=date(2022, 12, 30))
        assert {"a-1": [0, 1]} == said(*entries, day=date(2022, 12, 31))
        assert {} == said(*entries, day=None)

    def test_the_last_to_count_comes_last(self) -> None:
        """A report of some day in a year counts from its end on, whenever it began."""
        assert {"a-1": [2, 1, 0]} == said(
            (Progressed(measure="a-1"), "2022"),
            (Started(measure="a-1"), "2022-06-01"),
            (Proposed(measure="a-1", title="Garten"), "2022-02-01"),
        )


class TestVersions:
    """Tests for documents that report."""

    @pytest.mark.parametrize("attribute", ["stage", "note", "phase"])
    def test_an_excerpt_reports_on_what_it_states(self, attribute: str) -> None:
        """An excerpt reports on the measures of which it states how they stand."""
        excerpt = VersionRecorded(
            version="deck",
            coverage="excerpt",
            attributes=["title", "stage"],
            measures={"a-1": ["title", attribute], "a-2": ["title", "rank"], "b-1": []},
        )
        assert {"a-1": [0]} == said((excerpt, DAY))

    def test_an_excerpt_says_nothing_of_what_it_does_not_mention(self) -> None:
        """What stands in the plan but not in the excerpt was not reported on."""
        excerpt = VersionRecorded(version="deck", coverage="excerpt", attributes=["stage"])
        assert {"a-1": [0]} == said(PROPOSED, (excerpt, DAY))

    def test_a_complete_one_reports_on_all_that_is_listed(self) -> None:
        """Of measures that are replaced, left out or proposed later it says nothing."""
        found = said(
            PROPOSED,
            (Proposed(measure="a-2", title="Beet"), "2022-01-01"),
            (Dropped(measure="a-2", cause="not_listed"), "2022-02-01"),
            (Proposed(measure="b-1", title="Teich"), "2022-01-01"),
            (Dropped(measure="b-1", cause="rejected"), "2022-02-01"),
            (Proposed(measure="b-2", title="Bank"), "2022-05-25"),
            (VersionRecorded(version="plan", coverage="complete", attributes=["stage"]), DAY),
        )
        assert {"a-1": [0, 6], "a-2": [1, 2], "b-1": [3, 4, 6], "b-2": [5]} == found

    def test_a_complete_one_may_only_list(self) -> None:
        """A list of titles and ranks tells nothing about how measures stand."""
        listing = VersionRecorded(version="plan", coverage="complete", attributes=["title", "rank"])
        assert {"a-1": [0]} == said(PROPOSED, (listing, DAY))

    def test_what_is_listed_is_that_of_its_last_day(self) -> None:
        """A version of some day in a month reports on what the plan has at the end of the month."""
        found = said(
            (Proposed(measure="a-1", title="Garten"), "2022-05-30"),
            (VersionRecorded(version="plan", coverage="complete", attributes=["note"]), "2022-05"),
        )
        assert {"a-1": [0, 1]} == found


class TestImported:
    """Tests for tables that were imported."""

    def said(self, *parts: Entry | Stated) -> list[int]:
        """The positions of the reports on the measure."""
        return [slot.position for slot in reports(live_slots(mixed(*parts)), END)["a-1"]]

    def test_the_version_reports(self) -> None:
        """What is new in a table is no report beside that of its version, in whichever order."""
        garden, started = Proposed(measure="a-1", title="Garten"), Started(measure="a-1")
        first, second = stated("2022-01-01", garden, started), stated("2022-05-24", garden, started)
        assert [0, 2, 5] == self.said(first, second)
        assert [3, 5, 2] == self.said(second, first)

    def test_a_table_may_only_list(self) -> None:
        """One that states no stage is a report only on what nobody has spoken of before."""
        renamed = Amended(measure="a-1", title="Beet")
        listing = stated("2022-05-24", renamed, stating=("title",))
        assert [0] == self.said(PROPOSED, listing)
        assert [0] == self.said(listing)

    def test_by_hand_on_its_day(self) -> None:
        """What somebody says beside the table is a report."""
        table = stated("2022-05-24", Started(measure="a-1"), stating=("title",))
        assert [0, 3] == self.said(PROPOSED, table, (Progressed(measure="a-1"), "2022-05-24"))


class TestBeganToCount:
    """Tests for what lies between two days."""

    def test_after_one_day_and_until_another(self) -> None:
        """The first day is left out, the second is in; it is the last day of a date that counts."""
        slots = live_slots(
            log(
                (Progressed(measure="a-1"), "2022-01-01"),
                (Progressed(measure="a-1"), "2022-01-02"),
                (Progressed(measure="a-1"), "2021-12-01/2022-01-03"),
                (Progressed(measure="a-1"), "2022-01-04"),
            )
        )
        found = began_to_count(slots, date(2022, 1, 1), date(2022, 1, 3))
        assert [1, 2] == [slot.position for slot in found]
        assert 3 == len(began_to_count(slots, None, date(2022, 1, 3)))
        assert [] == began_to_count(slots, None, None)
        assert [] == began_to_count(slots, date(2022, 1, 4), date(2022, 1, 1))


SAYING = {
    **dict.fromkeys(("proposed", "amended", "rated", "started", "progressed"), ("measure",)),
    **dict.fromkeys(("implemented", "made_permanent", "paused", "resumed"), ("measure",)),
    "dropped": ("measure",),
    "merged": ("measures", "into"),
    "split": ("measure", "into"),
}
"""For each type that reports by itself, the keys under which it names what it reports on."""


def named(event: Event) -> set[str]:
    """The measures that *event* reports on by the table, or by being a note about one."""
    if isinstance(event, Noted):
        return {event.about.measure} if event.about and event.about.measure else set()
    found: set[str] = set()
    for key in SAYING.get(event.TYPE, ()):
        value = getattr(event, key)
        found |= {value} if isinstance(value, str) else set(value)
    return found


class TestProperties:
    """What holds for every log."""

    @given(logs(most=10), st.none() | days())
    def test_reports_are_found_by_another_road(
        self, events: tuple[RecordedEvent, ...], day: date | None
    ) -> None:
        """Each report but those of documents is one by its type, and each such event is one."""
        slots = live_slots(events)
        found = {
            (measure, slot.id)
            for measure, said in reports(slots, day).items()
            for slot in said
            if not isinstance(slot.content.event, VersionRecorded)
        }
        expected = {
            (measure, slot.id)
            for slot in ([] if day is None else counting(slots, day))
            for measure in named(slot.content.event)
        }
        assert expected == found

    def test_every_type_has_been_thought_of(self) -> None:
        """A new type of event is either in the table or known to report on nothing by itself."""
        silent = {
            *("plan_opened", "plan_amended", "field_added", "field_amended", "goal_added"),
            *("conference_held", "prioritized", "decided", "retracted", "erased"),
            *("noted", "version_recorded"),
        }
        assert {cls.TYPE for cls in EVENT_CLASSES} == silent | set(SAYING)
