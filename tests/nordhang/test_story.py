"""The story that the repository holds: it can be told again, and it has everything in it."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar, get_args

import pytest

from planlog import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Noted,
    OverriddenWarning,
    PlanLog,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Retracted,
    VersionRecorded,
)
from planlog.audit import Change
from planlog.events import EVENT_CLASSES, UNSET, Erased
from planlog.plan import Cause, ConferenceKind, Coverage, Outcome
from tests.nordhang.story import batches
from tests.nordhang.telling import id_of, record

FOLDER = Path(__file__).parent
E = TypeVar("E")

END = "2025-12-31"
OPENED = date(2022, 1, 17)


@pytest.fixture(scope="module")
def log() -> PlanLog:
    """The log that the repository holds."""
    return PlanLog.open(FOLDER)


def of(log: PlanLog, kind: type[E]) -> list[E]:
    """What the log has of one type, corrections included."""
    return [event.event for event in log.events() if isinstance(event.event, kind)]


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Every event file of a plan's folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("events/*.jsonl"))}


def phases(log: PlanLog, measure: str) -> list[str | None]:
    """The phases that a measure went through by the end."""
    return [change.after for change in changes(log, measure, "phase")]


def changes(log: PlanLog, measure: str, attribute: str) -> list[Change]:
    """Every change of one attribute of a measure by the end."""
    return [
        change
        for entry in log.history(measure, END)
        for change in entry.changes
        if change.attribute == attribute
    ]


def ranking(log: PlanLog, field: str, point: str) -> tuple[str, ...]:
    """The priority list of a field at a point, by the numbers of then."""
    return log.plan(point).field(field).ranking


class TestRecording:
    """Tests for the script that recorded the story."""

    def test_again(self, tmp_path: Path) -> None:
        """Recording the story again gives the same files, byte for byte."""
        with pytest.warns(OverriddenWarning) as warned:
            record(batches(), tmp_path)
        assert 2 == len(warned)
        assert bytes_in(FOLDER)
        assert bytes_in(FOLDER) == bytes_in(tmp_path)

    def test_batches(self) -> None:
        """Each batch is a file of its own."""
        assert len(list(batches())) == len(bytes_in(FOLDER))

    def test_opening(self, log: PlanLog) -> None:
        """What happened before the log was opened was recorded in several batches on one day."""
        earlier = [event for event in log.events() if event.on.last < OPENED]
        day_one = {event.recorded for event in earlier if event.recorded.date() == OPENED}
        assert 11 == len(day_one)
        assert min(event.recorded for event in log.events()) == min(day_one)

    def test_nothing_is_recorded_before_it_happened(self, log: PlanLog) -> None:
        """Nobody recorded what was still to come."""
        assert [] == [event for event in log.events() if event.recorded.date() < event.on.first]


class TestSize:
    """Tests for how much there is."""

    def test_events(self, log: PlanLog) -> None:
        """There are about 300 events, of every type that people record."""
        assert 250 <= log.size <= 350
        assert set(EVENT_CLASSES) - {Erased} == {type(event.event) for event in log.events()}

    def test_conferences(self, log: PlanLog) -> None:
        """Eight conferences of all kinds met, most of them with a place, one for two days."""
        plan = log.plan(END)
        assert 8 == len(plan.conferences)
        assert set(get_args(ConferenceKind)) == {one.kind for one in plan.conferences}
        assert {True, False} == {one.on.exact for one in plan.conferences if one.on}
        assert {True, False} == {one.place is None for one in plan.conferences}

    def test_measures(self, log: PlanLog) -> None:
        """There are more than forty measures; some stand outside all fields."""
        plan = log.plan(END)
        assert 40 <= sum(one.listed for one in plan.measures)
        assert 50 <= len(plan.measures)
        outside = {one.id for one in plan.measures if one.field is None}
        assert {"stadtteilbuero", "evaluation", "soziales-007"} == outside

    def test_fields(self, log: PlanLog) -> None:
        """Five fields have goals; the youngest has no number."""
        plan = log.plan(END)
        assert {field.id for field in plan.fields} == {goal.field for goal in plan.goals}
        assert ["1", "2", "3", "4", None] == [field.number for field in plan.fields]

    def test_names(self, log: PlanLog) -> None:
        """The plan, two fields, a goal and its programme were renamed."""
        before, after = log.plan("auftakt-2019"), log.plan(END)
        assert "Handlungsprogramm Nordhang" == before.title
        assert "Sozialer Maßnahmenplan Nordhang" == after.title
        assert before.programme != after.programme
        assert 2 == sum(before.field(one.id).title != one.title for one in after.fields[:4])
        assert 1 == len({one.title for one in after.goals[:5]} - {g.title for g in before.goals})


class TestDescriptions:
    """Tests for what measures are called and described by."""

    def test_numbers(self, log: PlanLog) -> None:
        """Numbers are labels: 3.10 is not 3.1, 007 keeps its noughts, and some occur twice."""
        at_first = Counter(one.number for one in log.plan("qk-3").measures)
        assert {"3.1", "3.10", "007"} <= at_first.keys()
        assert 3 == at_first["1"]

    def test_renumbered(self, log: PlanLog) -> None:
        """Numbers change, with the field and without."""
        assert ["10", "5"] == [one.after for one in changes(log, "soziales-10", "number")]
        assert ["7", "8", "7"] == [one.after for one in changes(log, "wohnen-7", "number")]

    def test_moved(self, log: PlanLog) -> None:
        """Measures move to another field and out of all; one was on both lists by then."""
        assert ["soziales", None] == [one.after for one in changes(log, "soziales-007", "field")]
        assert ["soziales", "klima"] == [one.after for one in changes(log, "soziales-9", "field")]
        assert "wohnen-7" in ranking(log, "wohnen", "qk-2")
        assert "wohnen-7" in ranking(log, "gesundheit", "qk-2")
        ranks = [(one.before, one.after) for one in changes(log, "wohnen-7", "rank")]
        assert [(None, 3), (3, 2), (2, 1)] == ranks

    def test_titles(self, log: PlanLog) -> None:
        """Titles change; one is longer than any line, some have umlauts and quotation marks."""
        titles = [one.title or "" for one in log.plan(END).measures]
        assert 100 < max(map(len, titles))
        assert any("„" in title for title in titles)
        assert any("ü" in title for title in titles)
        assert 2 == len(changes(log, "wohnen-4", "title"))

    @pytest.mark.parametrize(
        "key", ["responsible", "partners", "due", "cost", "funding", "description", "goal"]
    )
    def test_described(self, log: PlanLog, key: str) -> None:
        """Everything that describes a measure is stated somewhere."""
        stated = [one for one in of(log, Proposed) if getattr(one, key) is not None]
        amended = [one for one in of(log, Amended) if getattr(one, key) is not UNSET]
        assert stated + amended

    def test_changed_and_cleared(self, log: PlanLog) -> None:
        """Costs and dates change; funding, partners and attributes are cleared again."""
        assert ["9,8 Mio. €", "11,2 Mio. €", "12,9 Mio. €"] == [
            one.after for one in changes(log, "wohnen-12", "cost")
        ]
        assert 3 == len(changes(log, "wohnen-12", "due"))
        assert None is changes(log, "wohnen-2", "funding")[-1].after
        assert () == log.plan(END).measure("wohnen-2").partners
        assert None is changes(log, "wohnen-12", "attributes.Zielgruppe")[-1].after
        assert {} == log.plan(END).measure("bildung-3.8").attributes


class TestCourse:
    """Tests for how measures go on."""

    def test_dropped(self, log: PlanLog) -> None:
        """Measures were dropped for every cause there is."""
        assert set(get_args(Cause)) == {event.cause for event in of(log, Dropped)}

    @pytest.mark.parametrize("measure", ["wohnen-3", "soziales-8"])
    def test_revived(self, log: PlanLog, measure: str) -> None:
        """What was dropped is proposed again."""
        assert ["proposed", "dropped", "proposed"] == phases(log, measure)[:3]

    def test_paused(self, log: PlanLog) -> None:
        """Work rests and goes on, more than once, and becomes permanent in between."""
        assert [
            "proposed",
            "started",
            "paused",
            "started",
            "ongoing",
            "paused",
            "started",
        ] == phases(log, "soziales-2")

    @pytest.mark.parametrize(("measure", "explained"), [("wohnen-4", True), ("wohnen-6", False)])
    def test_fall_back(self, log: PlanLog, measure: str, explained: bool) -> None:
        """Work on what was implemented begins again, with a reason and without."""
        [back] = [
            entry.event
            for entry in log.history(measure, END)
            if Change("phase", "implemented", "started") in entry.changes
        ]
        assert explained == (back.reason is not None)

    def test_there_and_back(self, log: PlanLog) -> None:
        """A phase was left and resumed between two conferences, and another within one day."""
        assert log.plan("qk-1").measure("soziales-6").phase == "paused"
        between = [
            entry.event
            for entry in log.history("soziales-6", END)
            if date(2021, 3, 1) < entry.event.on.first < date(2021, 10, 6)
        ]
        assert ["paused", "resumed"] == [event.type for event in between]
        since = log.plan("qk-3").measure("gesundheit-6").since
        assert "2019-11-04" == str(since)

    def test_lineage(self, log: PlanLog) -> None:
        """Measures merged, one into another that was there before; some split, one stayed."""
        plan = log.plan(END)
        assert ("bildung-3.6", "bildung-3.9") == plan.measure("bildung-3.10").predecessors
        assert ("wohnen-8",) == plan.measure("wohnen-5").predecessors
        assert ("soziales-5",) == plan.measure("soziales-11").predecessors
        assert ("wohnen-10", "wohnen-11") == plan.measure("wohnen-9").successors
        assert ("wohnen-15",) == plan.measure("wohnen-14").successors
        replaced = {one.id for one in plan.measures if one.phase == "replaced"}
        assert {"bildung-3.6", "bildung-3.9", "wohnen-8", "soziales-5", "wohnen-9"} == replaced

    def test_nothing_new(self, log: PlanLog) -> None:
        """Somebody looked and nothing had changed: said in words, and in none at all."""
        notes = Counter(event.note for event in of(log, Progressed))
        assert 6 == notes["Kein neuer Sachstand"]
        assert 3 == sum(event.note is event.stage is UNSET for event in of(log, Progressed))


class TestPriorities:
    """Tests for lists and levels."""

    def test_shifts(self, log: PlanLog) -> None:
        """What is put on top, or taken off, shifts all others."""
        before, after = ranking(log, "soziales", "qk-2"), ranking(log, "soziales", "qk-3")
        assert ("soziales-8", *before) == after

    def test_jump(self, log: PlanLog) -> None:
        """One measure rises from the fifth place to the first, and two are taken off."""
        before, after = ranking(log, "wohnen", "qk-4"), ranking(log, "wohnen", "qk-5")
        assert (5, 1) == (before.index("wohnen-14") + 1, after.index("wohnen-14") + 1)
        assert {"wohnen-4", "wohnen-16"} == set(before) - set(after)

    def test_swap(self, log: PlanLog) -> None:
        """The first two change places."""
        before, after = ranking(log, "wohnen", "rat-2022"), ranking(log, "wohnen", "qk-3")
        assert before[1::-1] == after[:2]
        assert before[2:] == after[2:4]

    def test_restated(self, log: PlanLog) -> None:
        """A list is set again as it was."""
        lists = [event.ranking for event in of(log, Prioritized) if event.field == "wohnen"]
        assert any(before == after for before, after in pairwise(lists))

    def test_two_on_one_day(self, log: PlanLog) -> None:
        """The list of the morning is replaced in the afternoon."""
        days = Counter(
            (event.event.field, event.on.text)
            for event in log.events()
            if isinstance(event.event, Prioritized) and event.corrects is None
        )
        assert [("soziales", "2021-10-06")] == [day for day, count in days.items() if count > 1]

    def test_levels(self, log: PlanLog) -> None:
        """Three levels are in use; some change, one is taken away."""
        assert {"hoch", "mittel", "niedrig", None} == {event.level for event in of(log, Rated)}
        assert ["mittel", "hoch", "mittel"] == [
            one.after for one in changes(log, "soziales-3", "level")
        ]


class TestDecisions:
    """Tests for decisions, versions and notes."""

    def test_outcomes(self, log: PlanLog) -> None:
        """Every outcome occurs; votes, wording and reference are given for some."""
        decisions = of(log, Decided)
        assert set(get_args(Outcome)) == {one.outcome for one in decisions}
        for outcome in ("adopted", "rejected", "deferred"):
            votes = {one.votes is None for one in decisions if one.outcome == outcome}
            assert {True, False} == votes
        for key in ("measures", "fields", "text", "reference"):
            assert {True, False} == {getattr(one, key) is None for one in decisions}

    def test_rejected(self, log: PlanLog) -> None:
        """What was rejected is dropped: at once, or years later on the record only."""
        assert "dropped" == log.plan("qk-2").measure("wohnen-13").phase
        assert "proposed" == log.plan("qk-3@qk-4").measure("soziales-12").phase
        assert "dropped" == log.plan("qk-3").measure("soziales-12").phase

    def test_versions(self, log: PlanLog) -> None:
        """Documents state the plan whole and in excerpt."""
        versions = of(log, VersionRecorded)
        assert set(get_args(Coverage)) == {one.coverage for one in versions}
        assert {True, False} == {one.document is None for one in versions}

    def test_notes(self, log: PlanLog) -> None:
        """Notes are about everything that notes can be about, and about nothing."""
        abouts = [event.about for event in of(log, Noted)]
        assert None in abouts
        for key in ("measure", "field", "conference", "version"):
            assert any(getattr(about, key) for about in abouts if about)


class TestTwoTimes:
    """Tests for what was recorded late, wrong or inexactly."""

    def corrections(self, log: PlanLog) -> list[tuple[RecordedEvent, RecordedEvent]]:
        """What was corrected, and by what."""
        by_id = {event.id: event for event in log.events()}
        return [(by_id[event.corrects], event) for event in log.events() if event.corrects]

    def test_corrections(self, log: PlanLog) -> None:
        """Dates, contents and a type were corrected, and a correction once more."""
        pairs = self.corrections(log)
        assert any(old.on != new.on and old.event == new.event for old, new in pairs)
        assert any(old.on == new.on and old.event != new.event for old, new in pairs)
        assert any(old.type != new.type for old, new in pairs)
        assert any(old.corrects for old, _ in pairs)
        assert all(new.reason for _, new in pairs)

    def test_a_year_later(self, log: PlanLog) -> None:
        """Some mistakes stood for a year."""
        spans = [new.recorded - old.recorded for old, new in self.corrections(log)]
        assert 2 <= sum(span > timedelta(days=365) for span in spans)

    def test_date_of_a_conference(self, log: PlanLog) -> None:
        """What the first conference decided lay behind it until its date was corrected."""
        assert () == ranking(log, "wohnen", "qk-1@2022-03-01")
        assert 5 == len(ranking(log, "wohnen", "qk-1"))

    def test_retractions(self, log: PlanLog) -> None:
        """A duplicate, a proposal, a correction and a retraction were taken back."""
        types = {event.id: event for event in log.events()}
        targets = [types[event.event] for event in of(log, Retracted)]
        assert {"started", "proposed", "amended", "noted", "retracted"} == {
            target.type for target in targets
        }
        assert any(target.corrects for target in targets)
        assert ("Jugendamt",) != log.plan(END).measure("gesundheit-3").responsible
        assert id_of("anmeldung") in {
            entry.id for entry in log.history("soziales-1", END) if entry.standing == "counts"
        }

    def test_late(self, log: PlanLog) -> None:
        """Several events reached the log only after the next conference."""
        held = sorted(
            event.on.last
            for event in log.events()
            if isinstance(event.event, ConferenceHeld) and event.recorded.date() > OPENED
        )
        late = [
            event
            for event in log.events()
            if event.corrects is None
            and event.recorded.date() > OPENED
            and any(event.on.last < day < event.recorded.date() for day in held)
        ]
        assert 6 <= len(late)

    def test_inexact(self, log: PlanLog) -> None:
        """Days are known to the month, to the year, or between two of any kind."""
        shapes = {
            tuple(len(part) for part in event.on.text.split("/"))
            for event in log.events()
            if not event.on.exact
        }
        assert {(7,), (4,), (7, 7), (10, 10), (7, 10)} <= shapes

    @pytest.mark.parametrize(
        ("point", "measures"),
        [
            ("qk-2", {"gesundheit-5"}),
            ("rat-2022", set()),
            ("qk-3", {"bildung-3.4", "gesundheit-7", "gesundheit-9"}),
            ("qk-4", {"gesundheit-5", "soziales-007"}),
            ("qk-5", {"gesundheit-5", "gesundheit-7"}),
            (END, {"bildung-3.3", "gesundheit-5"}),
        ],
    )
    def test_uncertain(self, log: PlanLog, point: str, measures: set[str]) -> None:
        """Inexact days leave open what some conferences could have known."""
        assert measures == {id for (_, id), _ in log.possible(point).uncertain().items()}

    def test_sources_and_reasons(self, log: PlanLog) -> None:
        """Nearly all say on whose word; many say why."""
        events = log.events()
        assert 5 <= sum(event.source is None for event in events) <= 20
        assert 50 <= sum(event.reason is not None for event in events)
        assert 3 == len({event.by for event in events})


class TestCheck:
    """Tests for what is odd about the story."""

    def test_warnings_only(self, log: PlanLog) -> None:
        """Nothing is wrong with the record, though much about it is odd."""
        findings = log.check(END)
        assert {"warning"} == {finding.severity for finding in findings}
        assert {
            "before-introduction",
            "decision-before-list",
            "foreign-measure",
            "implemented-without-start",
            "no-source",
            "overridden",
            "uncertain",
        } <= {finding.code for finding in findings}
