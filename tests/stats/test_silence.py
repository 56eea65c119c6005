"""Measures that are still open and that nobody has reported on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.events import (
    ConferenceHeld,
    Decided,
    Dropped,
    Implemented,
    Noted,
    Paused,
    Prioritized,
    Progressed,
    Proposed,
    RecordedEvent,
    Started,
    VersionRecorded,
)
from planlog.reports import reports
from planlog.slots import live_slots
from planlog.stats.silence import Silence, silences
from planlog.testing.logs import days, logs
from planlog.timeline import plan_at, prefix
from tests.histories import Entry, id_at
from tests.stats.examples import held, told

ID = "a-1"
PROPOSED: Entry = (Proposed(measure=ID, title="Garten"), "2021-01-01")
FIRST, SECOND, THIRD = (held(f"k-{year}", f"{year}-06-01") for year in (2021, 2022, 2023))


def silent(*entries: Entry, least: int = 0, after: str = "today") -> dict[str, tuple[str, ...]]:
    """The conferences since the last report on each measure."""
    found = told(*entries, after=after, silent=least).silences
    return {one.measure: one.conferences for one in found}


class TestSilences:
    """Tests for how long nobody has reported on a measure."""

    def test_names_the_last_report_and_the_conferences_since(self) -> None:
        """Two conferences without a report are told with what was said last."""
        found = told(PROPOSED, FIRST, (Started(measure=ID), "2022-01-01"), SECOND, THIRD)
        assert (
            Silence(
                measure=ID,
                phase="started",
                event=id_at(2),
                on=InexactDate.parse("2022-01-01"),
                conferences=("k-2022", "k-2023"),
            ),
        ) == found.silences
        assert 2 == found.silent

    @pytest.mark.parametrize(("least", "count"), [(0, 1), (1, 1), (2, 0)])
    def test_from_so_many_conferences_on(self, least: int, count: int) -> None:
        """A measure is named from that number of conferences on."""
        assert count == len(silent(PROPOSED, FIRST, least=least))

    def test_a_report_on_the_day_of_a_conference_was_made_to_it(self) -> None:
        """The conference of that day does not count as one without a report."""
        assert {ID: ("k-2022",)} == silent(
            PROPOSED, (Progressed(measure=ID), "2021-06-01"), FIRST, SECOND
        )

    def test_a_report_during_a_conference_too(self) -> None:
        """A conference of two days counts only if it began after the report."""
        meeting = held("k-2021", "2021-06-01/2021-06-02")
        assert {ID: ()} == silent(PROPOSED, (Progressed(measure=ID), "2021-06-01"), meeting)

    def test_a_vague_report_counts_as_late_as_it_can_be(self) -> None:
        """Nobody is said to have been silent who may have reported."""
        assert {ID: ("k-2022",)} == silent(
            PROPOSED, (Progressed(measure=ID), "2021"), FIRST, SECOND
        )

    def test_only_conferences_until_the_point(self) -> None:
        """What comes after the point is no silence yet."""
        assert {ID: ("k-2021",)} == silent(PROPOSED, FIRST, SECOND, after="2021")

    def test_versions_are_no_conferences(self) -> None:
        """A document that says nothing about how measures stand is no occasion to report."""
        listing = VersionRecorded(version="plan", coverage="complete", attributes=["title"])
        assert {ID: ()} == silent(PROPOSED, (listing, "2022-01-01"))

    def test_a_list_or_a_decision_breaks_no_silence(self) -> None:
        """A measure may be ranked and adopted time and again, and nobody knows how it stands."""
        found = silent(
            PROPOSED,
            FIRST,
            SECOND,
            (Prioritized(field="a", ranking=[ID]), "2022-06-01"),
            (Decided(conference="k-2022", outcome="adopted", measures=[ID]), "2022-06-01"),
        )
        assert {ID: ("k-2021", "k-2022")} == found

    @pytest.mark.parametrize("done", [Implemented(measure=ID), Dropped(measure=ID, cause="other")])
    def test_what_is_over_may_be_silent(self, done: Implemented | Dropped) -> None:
        """Nobody need report on what was carried out or given up."""
        assert {} == silent(PROPOSED, (done, "2021-02-01"), FIRST, SECOND)

    def test_the_longest_silence_comes_first(self) -> None:
        """Else the order is that of the plan."""
        found = silent(
            (Proposed(measure="c", title="Café", number="3"), "2021-01-01"),
            (Proposed(measure="b", title="Bank", number="2"), "2021-07-01"),
            (Proposed(measure=ID, title="Garten", number="1"), "2021-07-01"),
            FIRST,
            SECOND,
        )
        assert ["c", ID, "b"] == list(found)


REPORTING = (ConferenceHeld, ConferenceHeld, Proposed, Started, Progressed, Paused, Noted)


class TestProperties:
    """What holds for every log: each silence is found again on another road."""

    @given(logs(most=12, classes=REPORTING) | logs(), st.none() | days(), st.integers(0, 2))
    def test_every_open_measure_is_asked_for(
        self, events: tuple[RecordedEvent, ...], day: date | None, least: int
    ) -> None:
        """Conference by conference: has anybody reported who cannot have done so before it?"""
        slots = live_slots(events)
        plan = plan_at(slots, day, prefix(events, len(events)))
        said = reports(slots, day)
        found = silences(plan, said, least)
        assert [len(one.conferences) for one in found] == sorted(
            (len(one.conferences) for one in found), reverse=True
        )
        expected = {}
        for measure in plan.measures:
            if measure.phase in ("proposed", "started", "paused"):
                without = {
                    one.id
                    for one in plan.conferences
                    if one.on is not None
                    and all(slot.content.on.last < one.on.first for slot in said[measure.id])
                }
                if len(without) >= least:
                    expected[measure.id] = without
        assert expected == {one.measure: set(one.conferences) for one in found}
        for one in found:
            last = max(slot.content.on.last for slot in said[one.measure])
            assert last == one.on.last
            assert one.event in {slot.id for slot in said[one.measure] if slot.content.on == one.on}
