"""A whole history as an SQLite database, laid out so that it explains itself in Datasette."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from planlog.dates import format_timestamp
from planlog.diff import PlanChange
from planlog.plan import Decision, Measure, Occasion, Plan
from planlog.tables.exports.grids import EventRecord, json_cell

if TYPE_CHECKING:
    import sqlite3

LAYOUT: Final = 1
"""The version of the layout: ``PRAGMA user_version``."""

Row = tuple[Any, ...]


@attrs.frozen(kw_only=True)
class Step:
    """What changed between one occasion (absent: the start) and the next (absent: the end).

    Each of *changes* comes with its values before and after as they stand in a cell.
    """

    before: str | None
    after: str | None
    changes: Sequence[tuple[PlanChange, str | None, str | None]]


@attrs.frozen(kw_only=True)
class History:
    """All that a log tells.

    The *plan* at the point asked about, how it stood at each of the *occasions* until then, what
    changed from one to the next, and the *events*; *program* is the version of planlog.
    """

    plan: Plan
    occasions: Sequence[tuple[Occasion, Plan]]
    steps: Sequence[Step]
    events: Sequence[EventRecord]
    program: str


def database(history: History) -> bytes:
    """Return the bytes of a database that holds *history*."""
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_LAYOUT)
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
        with connection:
            _fill(connection, history)
        connection.execute("VACUUM")
        return connection.serialize()
    finally:
        connection.close()


def _fill(connection: "sqlite3.Connection", history: History) -> None:
    plan, occasions = history.plan, history.occasions
    measures = plan.measures
    tables: Mapping[str, Iterable[Row]] = {
        "metadata": _metadata(history),
        "plan": [(1, plan.title, plan.place, plan.programme, plan.language)],
        "fields": [(one.id, place, one.number, one.title) for place, one in _numbered(plan.fields)],
        "goals": [(one.id, one.field, one.title) for one in plan.goals],
        "conferences": [
            (one.id, _text(one.on), _day(one.on), one.title, one.kind, one.place)
            for one in plan.conferences
        ],
        "versions": [
            (one.id, one.on.text, _day(one.on), one.title, one.coverage, one.document)
            for one in plan.versions
        ],
        "version_attributes": [
            (one.id, name) for one in plan.versions for name in dict.fromkeys(one.attributes)
        ],
        "version_measures": [
            (one.id, measure, name)
            for one in plan.versions
            for measure, names in (one.measures or {}).items()
            for name in dict.fromkeys(names)
        ],
        "occasions": [
            (one.id, place, one.kind, one.on.text, one.day.isoformat(), one.title)
            for place, (one, _) in _numbered(occasions)
        ],
        "measures": [_measure(place, one) for place, one in _numbered(measures)],
        "measure_attributes": [
            (one.id, key, text) for one in measures for key, text in one.attributes.items()
        ],
        "lineage": [(one.id, after) for one in measures for after in one.successors],
        "measures_at": [
            (occasion.id, *_standing(one)) for occasion, then in occasions for one in then.measures
        ],
        "events": map(_event, history.events),
        "decisions": _decisions(plan),
        "decision_measures": [
            (decision.event, one.id) for one in measures for decision in one.decisions
        ],
        "decision_fields": [
            (decision.event, one.id) for one in plan.fields for decision in one.decisions
        ],
    }
    for name, rows in tables.items():
        _insert(connection, name, rows)
    _insert_changes(connection, history)


def _insert(connection: "sqlite3.Connection", table: str, rows: Iterable[Row]) -> None:
    rows = list(rows)
    if rows:
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _insert_changes(connection: "sqlite3.Connection", history: History) -> None:
    measures = {one.id for one in history.plan.measures}
    events = {record["id"] for record in history.events}
    number = 0
    for step in history.steps:
        for change, before, after in step.changes:
            number += 1
            measure = change.id if change.subject == "measure" and change.id in measures else None
            _insert(
                connection,
                "changes",
                [
                    (
                        number,
                        step.before,
                        step.after,
                        change.subject,
                        change.id,
                        measure,
                        change.kind,
                        change.attribute,
                        before,
                        after,
                        change.cause,
                    )
                ],
            )
            causes = [(number, id) for id in change.events if id in events]
            _insert(connection, "change_events", causes)


def _numbered(things: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    return enumerate(things, 1)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _day(on: Any) -> str | None:
    """The last day of an inexact date: by then it has happened."""
    return None if on is None else on.last.isoformat()


def _metadata(history: History) -> Iterator[Row]:
    plan = history.plan
    recorded = plan.known.recorded
    yield "title", plan.title
    yield "at", "start" if plan.at is None else plan.at.isoformat()
    yield "size", str(plan.known.size)
    yield "recorded", None if recorded is None else format_timestamp(recorded)
    yield "planlog", history.program


def _measure(place: int, measure: Measure) -> Row:
    return (
        *_standing(measure),
        place,
        int(measure.listed),
        measure.goal,
        measure.description,
        json_cell(measure.responsible),
        json_cell(measure.partners),
        _text(measure.due),
        measure.cost,
        measure.funding,
    )


def _standing(measure: Measure) -> Row:
    return (
        measure.id,
        measure.field,
        measure.number,
        measure.title,
        measure.rank,
        measure.level,
        measure.phase,
        measure.cause,
        _text(measure.since),
        measure.stage,
        measure.note,
    )


def _event(record: EventRecord) -> Row:
    return (
        record["id"],
        record["position"],
        record["type"],
        record["on"],
        record["recorded"],
        record["by"],
        record["source"],
        record["reason"],
        record["corrects"],
        json_cell(record["data"]),
    )


def _decisions(plan: Plan) -> list[Row]:
    found: dict[str, Decision] = {}
    for decisions in (one.decisions for things in (plan.fields, plan.measures) for one in things):
        found.update((decision.event, decision) for decision in decisions)
    return [
        (
            one.event,
            one.conference,
            one.on.text,
            _day(one.on),
            one.outcome,
            one.text,
            *((one.votes.yes, one.votes.no, one.votes.abstain) if one.votes else (None,) * 3),
            one.reference,
        )
        for one in sorted(found.values(), key=lambda one: (one.on.first, one.on.last, one.event))
    ]


_LAYOUT: Final = """
CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE plan (
    id INTEGER PRIMARY KEY CHECK (id = 1), title TEXT, place TEXT, programme TEXT, language TEXT
);
CREATE TABLE fields (field TEXT PRIMARY KEY, place INTEGER NOT NULL, number TEXT, title TEXT);
CREATE TABLE goals (goal TEXT PRIMARY KEY, field TEXT REFERENCES fields (field), title TEXT);
CREATE TABLE conferences (
    conference TEXT PRIMARY KEY, "on" TEXT, day TEXT, title TEXT, kind TEXT, place TEXT
);
CREATE TABLE versions (
    version TEXT PRIMARY KEY, "on" TEXT NOT NULL, day TEXT NOT NULL, title TEXT,
    coverage TEXT NOT NULL, document TEXT
);
CREATE TABLE version_attributes (
    version TEXT NOT NULL REFERENCES versions (version), attribute TEXT NOT NULL,
    PRIMARY KEY (version, attribute)
);
CREATE TABLE version_measures (
    version TEXT NOT NULL REFERENCES versions (version), measure TEXT NOT NULL,
    attribute TEXT NOT NULL, PRIMARY KEY (version, measure, attribute)
);
CREATE TABLE occasions (
    occasion TEXT PRIMARY KEY, place INTEGER NOT NULL, kind TEXT NOT NULL, "on" TEXT NOT NULL,
    day TEXT NOT NULL, title TEXT
);
CREATE TABLE measures (
    measure TEXT PRIMARY KEY, field TEXT REFERENCES fields (field), number TEXT, title TEXT,
    rank INTEGER, level TEXT, phase TEXT, cause TEXT, since TEXT, stage TEXT, note TEXT,
    place INTEGER NOT NULL, listed INTEGER NOT NULL, goal TEXT REFERENCES goals (goal),
    description TEXT, responsible TEXT NOT NULL, partners TEXT NOT NULL, due TEXT, cost TEXT,
    funding TEXT
);
CREATE TABLE measure_attributes (
    measure TEXT NOT NULL REFERENCES measures (measure), key TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (measure, key)
);
CREATE TABLE lineage (
    predecessor TEXT NOT NULL REFERENCES measures (measure),
    successor TEXT NOT NULL REFERENCES measures (measure),
    PRIMARY KEY (predecessor, successor)
);
CREATE TABLE measures_at (
    occasion TEXT NOT NULL REFERENCES occasions (occasion),
    measure TEXT NOT NULL REFERENCES measures (measure),
    field TEXT REFERENCES fields (field), number TEXT, title TEXT, rank INTEGER, level TEXT,
    phase TEXT, cause TEXT, since TEXT, stage TEXT, note TEXT,
    PRIMARY KEY (occasion, measure)
);
CREATE TABLE events (
    event TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE, type TEXT NOT NULL,
    "on" TEXT, recorded TEXT NOT NULL, "by" TEXT, source TEXT, reason TEXT,
    corrects TEXT REFERENCES events (event), data TEXT NOT NULL
);
CREATE TABLE decisions (
    decision TEXT PRIMARY KEY REFERENCES events (event),
    conference TEXT NOT NULL REFERENCES conferences (conference), "on" TEXT NOT NULL,
    day TEXT NOT NULL, outcome TEXT NOT NULL, text TEXT, yes INTEGER, no INTEGER, abstain INTEGER,
    reference TEXT
);
CREATE TABLE decision_measures (
    decision TEXT NOT NULL REFERENCES decisions (decision),
    measure TEXT NOT NULL REFERENCES measures (measure), PRIMARY KEY (decision, measure)
);
CREATE TABLE decision_fields (
    decision TEXT NOT NULL REFERENCES decisions (decision),
    field TEXT NOT NULL REFERENCES fields (field), PRIMARY KEY (decision, field)
);
CREATE TABLE changes (
    change INTEGER PRIMARY KEY, occasion_before TEXT REFERENCES occasions (occasion),
    occasion_after TEXT REFERENCES occasions (occasion), subject TEXT NOT NULL, id TEXT NOT NULL,
    measure TEXT REFERENCES measures (measure), kind TEXT NOT NULL, attribute TEXT,
    before TEXT, after TEXT, cause TEXT
);
CREATE TABLE change_events (
    change INTEGER NOT NULL REFERENCES changes (change),
    event TEXT NOT NULL REFERENCES events (event), PRIMARY KEY (change, event)
);

CREATE INDEX goals_by_field ON goals (field);
CREATE INDEX measures_by_field ON measures (field);
CREATE INDEX measures_by_goal ON measures (goal);
CREATE INDEX measures_at_by_measure ON measures_at (measure);
CREATE INDEX lineage_by_successor ON lineage (successor);
CREATE INDEX events_by_type ON events (type);
CREATE INDEX events_by_correction ON events (corrects);
CREATE INDEX decisions_by_conference ON decisions (conference);
CREATE INDEX decision_measures_by_measure ON decision_measures (measure);
CREATE INDEX decision_fields_by_field ON decision_fields (field);
CREATE INDEX changes_by_measure ON changes (measure);
CREATE INDEX changes_by_occasion ON changes (occasion_after);
CREATE INDEX change_events_by_event ON change_events (event);

CREATE VIEW matrix AS
SELECT m.measure, f.title AS field, m.number, m.title, o.occasion, o.day, a.phase, a.rank, a.level
FROM measures AS m
CROSS JOIN occasions AS o
LEFT JOIN measures_at AS a ON a.measure = m.measure AND a.occasion = o.occasion
LEFT JOIN fields AS f ON f.field = m.field
ORDER BY m.place, o.place;

CREATE VIEW phases_at_occasions AS
SELECT o.occasion, o.day, f.title AS field, a.phase, count(*) AS measures
FROM measures_at AS a
JOIN occasions AS o ON o.occasion = a.occasion
LEFT JOIN fields AS f ON f.field = a.field
GROUP BY o.occasion, a.field, a.phase
ORDER BY o.place, f.place, a.phase;

CREATE VIEW changes_and_sources AS
SELECT c.change, c.occasion_before, c.occasion_after, c.subject, c.id, m.title, c.kind,
    c.attribute, c.before, c.after, c.cause, e.event, e.type, e."on", e.source, e.reason
FROM changes AS c
LEFT JOIN measures AS m ON m.measure = c.measure
LEFT JOIN change_events AS ce ON ce.change = c.change
LEFT JOIN events AS e ON e.event = ce.event
ORDER BY c.change, e.position;

CREATE VIEW decisions_about_measures AS
SELECT d."on", d.conference, d.outcome, m.measure, m.title, m.phase, d.text, d.reference
FROM decision_measures AS dm
JOIN decisions AS d ON d.decision = dm.decision
JOIN measures AS m ON m.measure = dm.measure
ORDER BY d.day, m.place;
"""
