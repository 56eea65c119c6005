"""A whole history as an SQLite database, laid out so that it explains itself in Datasette."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any, Final

import attrs
import pytest
from hypothesis import given

from planlog import PlanLog, codec
from planlog.cli.exported import Asked, history_asked
from planlog.cli.session import Session
from planlog.dates import Point
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    FieldAdded,
    GoalAdded,
    Merged,
    PlanOpened,
    Prioritized,
    Proposed,
    RecordedEvent,
    Started,
    VersionRecorded,
)
from planlog.plan import Votes
from planlog.stores.memory import MemoryStore
from planlog.tables.exports.database import LAYOUT, database
from planlog.testing.logs import interacting_logs
from tests.histories import Entry, id_at, log

DAY: Final = "2022-12-31"

HISTORY: Final[tuple[Entry, ...]] = (
    (PlanOpened(title="Plan", place="Ahlhorn", language="de"), "2021-01-01"),
    (FieldAdded(field="wohnen", title="Wohnen", number="1"), "2021-01-01"),
    (GoalAdded(goal="g", field="wohnen", title="Miteinander"), "2021-01-01"),
    (ConferenceHeld(conference="stk-1", title="Erste", kind="council"), "2021-11"),
    (ConferenceHeld(conference="stk-2", title="Zweite", kind="council", place="X"), "2022-05-24"),
    (
        Proposed(
            measure="w-1",
            title="Wohnraum",
            field="wohnen",
            number="007",
            goal="g",
            responsible=["GWA", "LKO"],
            due="2024",
            attributes={"Thema": "Haus"},
        ),
        "2021-01-02",
    ),
    (Proposed(measure="w-2", title="Garten", field="wohnen"), "2022-01-02"),
    (Prioritized(field="wohnen", ranking=("w-2", "w-1")), "2022-02-01"),
    (Started(measure="w-1", stage="Angeschoben", note="=1+1"), "2022-02-01"),
    (
        Decided(
            conference="stk-2",
            outcome="adopted",
            measures=["w-1"],
            fields=["wohnen"],
            text="So sei es",
            votes=Votes(yes=3, no=2, abstain=1),
        ),
        "2022-05-24",
    ),
    (
        VersionRecorded(
            version="deck",
            title="Deck",
            coverage="excerpt",
            attributes=["title", "rank"],
            measures={"w-1": ["rank"], "nirgends": ["title"]},
        ),
        "2022-05-24",
    ),
    (Merged(measures=["w-2"], into="w-1"), "2022-06-01"),
    (Amended(measure="w-1", title="Wohnraum!"), "2022-07-01", 8),
)


def content(events: Sequence[RecordedEvent], day: str = DAY) -> bytes:
    """The database of a log with these events."""
    store = MemoryStore()
    if events:
        store.append([codec.encode(event) for event in events], 0)
    session = Session()
    vars(session)["log"] = PlanLog(store)
    asked = Asked(
        what="plan",
        form="sqlite",
        file="x",
        at=Point.parse(day),
        points=None,
        everything=False,
        by_field=False,
        public=None,
        words=None,
    )
    return database(attrs.evolve(history_asked(session, asked)[1], program="1.2.3"))


@pytest.fixture
def history() -> Iterator[sqlite3.Connection]:
    """The database of the history."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content(log(*HISTORY)))
        yield connection


def rows(connection: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    """What a query answers."""
    return connection.execute(query).fetchall()


class TestTables:
    def test_what_it_is(self, history: sqlite3.Connection) -> None:
        """It says what it tells of, how much was known, and which planlog says so."""
        assert {
            "title": "Plan",
            "at": DAY,
            "size": "13",
            "recorded": "2023-04-01T12:00:00Z",
            "planlog": "1.2.3",
        } == dict(rows(history, "SELECT * FROM metadata"))
        assert [(1, "Plan", "Ahlhorn", None, "de")] == rows(history, "SELECT * FROM plan")
        assert [(LAYOUT,)] == rows(history, "PRAGMA user_version")

    def test_what_the_plan_consists_of(self, history: sqlite3.Connection) -> None:
        """Fields, goals, conferences and versions have a table each, days as ISO texts."""
        assert [("wohnen", 1, "1", "Wohnen")] == rows(history, "SELECT * FROM fields")
        assert [("g", "wohnen", "Miteinander")] == rows(history, "SELECT * FROM goals")
        assert [
            ("stk-1", "2021-11", "2021-11-30", "Erste", "council", None),
            ("stk-2", "2022-05-24", "2022-05-24", "Zweite", "council", "X"),
        ] == rows(history, "SELECT * FROM conferences")
        assert [("deck", "2022-05-24", "2022-05-24", "Deck", "excerpt", None)] == (
            rows(history, "SELECT * FROM versions")
        )
        assert [("rank",), ("title",)] == (
            rows(history, "SELECT attribute FROM version_attributes ORDER BY attribute")
        )
        assert [("nirgends", "title"), ("w-1", "rank")] == (
            rows(history, "SELECT measure, attribute FROM version_measures ORDER BY measure")
        )

    def test_measures(self, history: sqlite3.Connection) -> None:
        """Measures are as they stand at the point, lists as JSON, labels as texts."""
        assert [
            ("w-1", "wohnen", "007", "Wohnraum!", 2, "proposed", 1, "g", '["GWA","LKO"]', "[]"),
            ("w-2", "wohnen", None, "Garten", 1, "replaced", 0, None, "[]", "[]"),
        ] == rows(
            history,
            "SELECT measure, field, number, title, rank, phase, listed, goal, responsible, "
            "partners FROM measures ORDER BY measure",
        )
        assert [("w-1", "Thema", "Haus")] == rows(history, "SELECT * FROM measure_attributes")
        assert [("w-2", "w-1")] == rows(history, "SELECT * FROM lineage")
        assert [("2024",)] == rows(history, "SELECT due FROM measures WHERE due IS NOT NULL")

    def test_measures_at_each_occasion(self, history: sqlite3.Connection) -> None:
        """Each measure stands there once for each occasion at which the plan had it."""
        assert [
            ("stk-1", "w-1", None, "proposed"),
            ("stk-2", "w-1", 2, "proposed"),
            ("stk-2", "w-2", 1, "proposed"),
        ] == rows(history, "SELECT occasion, measure, rank, phase FROM measures_at ORDER BY 1, 2")
        assert [("stk-1", 1, "conference"), ("stk-2", 2, "conference")] == (
            rows(history, "SELECT occasion, place, kind FROM occasions ORDER BY place")
        )

    def test_events(self, history: sqlite3.Connection) -> None:
        """Every event is there as it was recorded, its data as JSON."""
        told = rows(history, "SELECT event, type, corrects, data FROM events ORDER BY position")
        assert (len(HISTORY), id_at(8)) == (len(told), told[12][2])
        assert ("started", {"measure": "w-1", "stage": "Angeschoben", "note": "=1+1"}) == (
            told[8][1],
            json.loads(told[8][3]),
        )

    def test_changes(self, history: sqlite3.Connection) -> None:
        """What changed stands between two occasions, with the events that caused it."""
        told = rows(
            history,
            "SELECT occasion_before, occasion_after, attribute, before, after, cause, event "
            "FROM changes JOIN change_events USING (change) WHERE measure = 'w-1' ORDER BY 1, 2",
        )
        assert (None, "stk-1", None, None) == told[0][:4]
        assert "Wohnraum" == json.loads(told[0][4])["title"]
        assert ("stk-1", "stk-2", "rank", None, "2", "listed", id_at(7)) in told
        assert ("stk-2", None, "title", "Wohnraum", "Wohnraum!", None, id_at(12)) in told

    def test_decisions(self, history: sqlite3.Connection) -> None:
        """A decision is there once, with all that it is about."""
        assert [(id_at(9), "stk-2", "2022-05-24", "adopted", "So sei es", 3, 2, 1)] == rows(
            history,
            'SELECT decision, conference, "on", outcome, text, yes, no, abstain FROM decisions',
        )
        assert [(id_at(9), "w-1"), (id_at(9), "w-2")] == (
            rows(history, "SELECT * FROM decision_measures ORDER BY measure")
        )
        assert [(id_at(9), "wohnen")] == rows(history, "SELECT * FROM decision_fields")

    def test_views(self, history: sqlite3.Connection) -> None:
        """The usual questions have an answer that is ready."""
        assert [("w-2", "stk-1", None), ("w-2", "stk-2", "proposed")] == rows(
            history, "SELECT measure, occasion, phase FROM matrix WHERE measure = 'w-2'"
        )
        assert [("stk-1", "Wohnen", "proposed", 1), ("stk-2", "Wohnen", "proposed", 2)] == rows(
            history, "SELECT occasion, field, phase, measures FROM phases_at_occasions"
        )
        assert [("Garten", "replaced", "Protokoll")] == rows(
            history,
            "SELECT title, after, source FROM changes_and_sources WHERE attribute = 'phase'",
        )
        assert [("w-2", "So sei es"), ("w-1", "So sei es")] == (
            rows(history, "SELECT measure, text FROM decisions_about_measures")
        )

    def test_an_empty_log(self) -> None:
        """A log without events, and a point before everything, are a database as well."""
        for events, at in (((), "start"), (log(*HISTORY), "start")):
            with closing(sqlite3.connect(":memory:")) as connection:
                connection.deserialize(content(events, at))
                assert [("start",)] == (
                    rows(connection, "SELECT value FROM metadata WHERE key = 'at'")
                )
                assert [(0,)] == rows(connection, "SELECT count(*) FROM measures")


class TestLaws:
    def test_same_bytes(self) -> None:
        """The same history gives the same bytes."""
        assert content(log(*HISTORY)) == content(log(*HISTORY))

    @given(interacting_logs())
    def test_what_is_referred_to_is_there(self, events: tuple[RecordedEvent, ...]) -> None:
        """Every key of every random log leads to a row, and the database is sound."""
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(content(events))
            assert [] == rows(connection, "PRAGMA foreign_key_check")
            assert [("ok",)] == rows(connection, "PRAGMA integrity_check")
            assert [(len(events),)] == rows(connection, "SELECT count(*) FROM events")
