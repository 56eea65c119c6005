"""What later versions stated stays, whatever else a log holds."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.draft import Values, attributes_of
from planlog.errors import TableError
from planlog.events import (
    Amended,
    Dropped,
    Event,
    Implemented,
    NewEvent,
    Prioritized,
    Proposed,
    RecordedEvent,
    Started,
)
from planlog.plan import GIVEN_UP, Coverage, Plan
from planlog.slots import live_slots
from planlog.testing.logs import SALT, logs
from planlog.timeline import plan_at, prefix
from planlog.versions.course import Course, Own
from planlog.versions.proposal import Proposal
from planlog.versions.statement import Statement
from planlog.versions.wanted import said_by, same
from tests.versions import documents as random_documents
from tests.versions.documents import Document, sequences
from tests.versions.tables import BY, imported, proposed, table, take, told


def continued(events: Sequence[RecordedEvent], proposal: Proposal) -> tuple[RecordedEvent, ...]:
    """The log with what was proposed."""
    fresh = [recorded(new, len(events) + at) for at, new in enumerate(proposal.events)]
    return (*events, *fresh)


def recorded(new: NewEvent, position: int) -> RecordedEvent:
    """A new event as it stands in the log."""
    assert new.on is not None
    assert new.id is not None
    return RecordedEvent(
        position=position,
        id=new.id,
        on=new.on,
        recorded=datetime(2024, 1, 1, tzinfo=UTC),
        by="Quartiersmanagement",
        event=new.event,
        salt=SALT,
    )


def plan_of(events: Sequence[RecordedEvent], day: date) -> Plan:
    """The plan at the end of *day*."""
    return plan_at(live_slots(events), day, prefix(events, len(events)))


def values_of(plan: Plan, id: str) -> Values:
    """What a measure holds in *plan*; nothing where it is not there."""
    for measure in plan.measures:
        if measure.id == id:
            return attributes_of(("measure", id), measure)
    return {}


FIRST, SECOND, THIRD = "2021-03-16", "2022-03-16", "2023-03-16"


def ranked(*ranks: tuple[str, int | None], coverage: Coverage = "complete") -> Statement:
    """A table that ranks measures of one field."""
    rows = [(id, {"title": id, "field": "Wohnen", "rank": rank}) for id, rank in ranks]
    return table(*rows, coverage=coverage)


def restated(proposal: Proposal) -> list[tuple[str, Event]]:
    """What is set again on the days of later versions."""
    return [(on, event) for on, event in told(proposal) if on != proposal.day.isoformat()]


class TestMeasures:
    def test_set_again(self) -> None:
        """What a later version stated, and nobody had to record, is recorded for its day."""
        a, b = (table(("w-1", {"title": title})) for title in ("a", "b"))
        log = imported((FIRST, a), (THIRD, a))
        assert [(THIRD, Amended(measure="w-1", title="a"))] == restated(proposed(log, b, SECOND))

    def test_by_whose_word(self) -> None:
        """What is set again stands on the source of the later version."""
        a, b = (table(("w-1", {"title": title})) for title in ("a", "b"))
        log = imported((FIRST, a))
        new = proposed(log, a, THIRD).events
        log.record_all(new, by=BY, source="Fassung 2023")
        fresh = proposed(log, b, SECOND).events
        assert [None, "Fassung 2023", None] == [new.source for new in fresh]

    def test_by_whose_word_of_two(self) -> None:
        """Of two versions of a day, what one of them stated is set again by its word."""
        garden = {"title": "a", "field": "Wohnen", "phase": "started", "stage": "neu", "rank": 1}
        log = imported((FIRST, table(("w-1", garden))))
        for source, names in (
            ("Titel", ("title",)),
            ("Stand", ("field", "phase", "stage", "rank")),
        ):
            stated = table(("w-1", {name: garden[name] for name in names}), coverage="excerpt")
            new = proposed(log, stated, THIRD, version=source.lower()).events
            log.record_all(new, by=BY, source=source)
        other = ("w-1", {**garden, "title": "b", "phase": "proposed", "rank": None})
        fresh = proposed(log, table(other), SECOND).events
        assert [
            ("Titel", Amended(measure="w-1", title="a")),
            ("Stand", Started(measure="w-1", stage="neu")),
            ("Stand", Prioritized(field="wohnen", ranking=["w-1"])),
        ] == [(new.source, new.event) for new in fresh if str(new.on) == THIRD]

    def test_mentioned_by_one_of_two(self) -> None:
        """That a measure is in the plan is set again by the word of a version that mentions it."""
        both, one = (table(*((id, {"title": id}) for id in ids)) for ids in ("ab", "b"))
        log = imported((FIRST, both))
        for source in "ba":
            stated = table((source, {"title": source}), coverage="excerpt")
            new = proposed(log, stated, THIRD, version=source).events
            log.record_all(new, by=BY, source=source)
        fresh = proposed(log, one, SECOND).events
        assert [(Proposed(measure="a"), "a")] == [
            (new.event, new.source) for new in fresh if str(new.on) == THIRD
        ]

    def test_left_alone(self) -> None:
        """What a later version does not state follows the newcomer."""
        stated = {"title": "a"}
        log = imported((FIRST, table(("w-1", stated))), (THIRD, table(("w-1", stated))))
        newcomer = table(("w-1", {**stated, "level": "hoch"}))
        take(log, newcomer, SECOND)
        assert "hoch" == log.plan(THIRD).measure("w-1").level

    def test_missing_from_a_later_version(self) -> None:
        """What a later complete version lacks is not in the plan of its day."""
        log = imported((THIRD, table(("s-1", {"title": "Kurs"}))))
        newcomer = table(("w-1", {"title": "Garten"}))
        assert [(THIRD, Dropped(measure="w-1", cause="not_listed"))] == restated(
            proposed(log, newcomer, SECOND)
        )

    def test_recorded_by_hand_on_the_day(self) -> None:
        """What was recorded by hand on the day of a version stays as it is."""
        named = table(("w-1", {"title": "Garten"}), coverage="excerpt")
        log = imported((THIRD, named))
        log.record(Implemented(measure="w-1", note="fertig"), on=THIRD, by=BY)
        first = table(("w-1", {"title": "Garten", "phase": "started", "stage": None}))
        assert [] == restated(take(log, first, FIRST))
        measure = log.plan(THIRD).measure("w-1")
        assert ("implemented", "fertig") == (measure.phase, measure.note)

    def test_never_proposed(self) -> None:
        """A measure that nobody had proposed is what the version says it is."""
        log = imported((THIRD, table(("s-1", {"title": "Kurs"}))))
        log.record(Proposed(measure="w-1", title="Garten"), on="2030", by=BY)
        log.record(Started(measure="w-1"), on=FIRST, by=BY)
        stated = {"title": "Garten", "phase": "proposed", "stage": "Idee"}
        take(log, table(("w-1", stated)), SECOND)
        measure = log.plan(SECOND).measure("w-1")
        assert ("proposed", "Idee") == (measure.phase, measure.stage)

    def test_an_interval_that_ends_later(self) -> None:
        """An inexact event counts from its last day, and in the place of its first."""
        rows = {phase: ("w-1", {"title": "a", "phase": phase}) for phase in ("proposed", "paused")}
        done = table(("w-1", {"title": "a", "phase": "implemented"}))
        log = imported(("2019-03-16", table(rows["proposed"])), (SECOND, table(rows["proposed"])))
        log.record(Implemented(measure="w-1"), on="2020/2022-12-31", by=BY)
        take(log, done, THIRD)
        assert [
            (SECOND, Proposed(measure="w-1")),
            (THIRD, Implemented(measure="w-1")),
        ] == restated(take(log, table(rows["paused"]), FIRST))

    def test_an_empty_list(self) -> None:
        """That nobody is responsible is set again as nothing."""
        nobody = table(("w-1", {"title": "a", "responsible": None}))
        somebody = table(("w-1", {"title": "a", "responsible": ("GWA",)}))
        log = imported((FIRST, nobody), (THIRD, nobody))
        assert [(THIRD, Amended(measure="w-1", responsible=None))] == restated(
            proposed(log, somebody, SECOND)
        )


class TestLists:
    def test_set_again(self) -> None:
        """The list that a later version stated is recorded for its day."""
        log = imported((FIRST, ranked(("a", 1), ("b", 2))), (THIRD, ranked(("a", 1), ("b", 2))))
        assert [(THIRD, Prioritized(field="wohnen", ranking=["a", "b"]))] == restated(
            proposed(log, ranked(("b", 1), ("a", 2)), SECOND)
        )

    def test_undisturbed(self) -> None:
        """A list that the newcomer states as well is not set again."""
        same = ranked(("a", 1), ("b", 2))
        assert [] == restated(proposed(imported((SECOND, same), (THIRD, same)), same, FIRST))

    def test_no_list_in_a_later_version(self) -> None:
        """That a complete version states no list is kept as well."""
        log = imported((THIRD, ranked(("a", None))))
        assert (THIRD, Prioritized(field="wohnen", ranking=[])) in restated(
            proposed(log, ranked(("a", 1)), FIRST)
        )

    def test_an_excerpt(self) -> None:
        """An excerpt keeps the list of the field in which it ranked, and no other."""
        log = imported((FIRST, ranked(("a", 1), ("b", 2))))
        take(log, ranked(("a", 1), ("b", 2), coverage="excerpt"), THIRD)
        other = ranked(("b", 1), ("a", 2))
        assert [(THIRD, Prioritized(field="wohnen", ranking=["a", "b"]))] == restated(
            proposed(log, other, SECOND)
        )
        unranked = imported((FIRST, ranked(("a", 1), ("b", 2))))
        take(unranked, table(("a", {"title": "a"}), coverage="excerpt"), THIRD)
        assert [] == restated(proposed(unranked, other, SECOND))


class TestLaw:
    @given(documents=sequences(), hand=logs(most=5), at=st.integers(0, 3))
    def test_among_what_was_recorded_by_hand(
        self, documents: list[Document], hand: tuple[RecordedEvent, ...], at: int
    ) -> None:
        """An import leaves what versions of later days state as it was, in any log."""
        newcomer = documents[at % len(documents)]
        try:
            log = random_documents.imported([one for one in documents if one is not newcomer])
            events = [*log.events()]
            events += [attrs.evolve(one, position=log.size + one.position) for one in hand]
            after = continued(events, newcomer.proposed(events))
        except TableError:
            return
        everything = plan_of(events, date.max)
        ids = {measure.id for measure in (*everything.measures, *plan_of(after, date.max).measures)}
        for version in everything.versions:
            if version.on.last <= newcomer.day:
                continue
            old, new = (plan_of(log, version.on.last) for log in (events, after))
            for id in ids:
                was, now = values_of(old, id), values_of(new, id)
                said = said_by([version], id, was)
                if said is not None and said.listed:
                    assert all(same(was.get(name), now.get(name)) for name in said.cells)
                elif said is not None and was.get("phase") in (None, *GIVEN_UP):
                    assert now.get("phase") in (None, *GIVEN_UP)


class TestEffort:
    @pytest.mark.parametrize("later", [3, 30])
    def test_does_not_grow_with_the_versions(
        self, later: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However many versions come later, they are looked at until nothing differs any more."""
        stated = table(("w-1", {"title": "a"}))
        days = [f"2022-{1 + number // 28:02}-{1 + number % 28:02}" for number in range(later)]
        log = imported((FIRST, stated), *((day, stated) for day in days))
        visited: list[date] = []
        visit = Course.visit

        def counting(course: Course, day: date, own: Own) -> tuple[Values, Values]:
            visited.append(day)
            return visit(course, day, own)

        monkeypatch.setattr(Course, "visit", counting)
        newcomer = table(("w-1", {"title": "b"}))
        assert [(days[0], Amended(measure="w-1", title="a"))] == restated(
            proposed(log, newcomer, "2021-06-01")
        )
        assert ["2021-06-01", days[0], days[0]] == [day.isoformat() for day in visited]
