"""What of a plan and its history the public may see: nothing that is declared internal."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog import PlanLog, codec
from planlog.cli.exported import Asked, What, grids_asked, history_asked
from planlog.cli.session import Session
from planlog.dates import Point
from planlog.events import (
    About,
    Amended,
    Decided,
    Event,
    FieldAdded,
    GoalAdded,
    Merged,
    Noted,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.keys import keys_of
from planlog.mappings import FrozenMapping
from planlog.plan import Measure, Plan
from planlog.stores.memory import MemoryStore
from planlog.tables.exports.database import database
from planlog.tables.exports.public import Public
from planlog.testing.logs import interacting_logs, logs
from planlog.wording import words_for
from tests.histories import id_at, log, state

SECRET: Final = "GEHEIM"
DAY: Final = "2023-12-31"

DECLARABLE: Final = (
    *("level", "stage", "note", "goal", "description", "responsible", "partners", "due"),
    *("cost", "funding", "attributes", "attributes.topic", "by", "source", "reason"),
    *("text", "reference", "votes"),
)


# Logs with secrets in them


def hidden_measures(events: Sequence[RecordedEvent], field: str) -> set[str]:
    """The measures that any event puts into a field."""
    return {
        one.event.measure
        for one in events
        if isinstance(one.event, Proposed | Amended) and one.event.field == field
    }


def with_secrets(
    events: Sequence[RecordedEvent], declared: Sequence[str]
) -> tuple[RecordedEvent, ...]:
    """The same events, with a secret wherever something stands that is declared internal."""
    fields = {one.removeprefix("field:") for one in declared if one.startswith("field:")}
    measures = {id for field in fields for id in hidden_measures(events, field)}
    goals = {
        one.event.goal
        for one in events
        if isinstance(one.event, GoalAdded) and one.event.field in fields
    }
    return tuple(_with_secrets(one, declared, fields, measures, goals) for one in events)


def _with_secrets(
    recorded: RecordedEvent,
    declared: Sequence[str],
    fields: set[str],
    measures: set[str],
    goals: set[str],
) -> RecordedEvent:
    event = recorded.event
    names = {"measure": measures, "field": fields, "goal": goals}
    subject = next((kind for kind in names if isinstance(getattr(event, kind, None), str)), None)
    whole = subject is not None and getattr(event, subject) in names[subject]
    if isinstance(event, Noted) and event.about is not None:
        whole = event.about.measure in measures or event.about.field in fields
    if isinstance(event, Decided):
        named = [*(event.measures or ()), *(event.fields or ())]
        whole = bool(named) and all(one in measures | fields for one in named)
    told: dict[str, Any] = {}
    for key in keys_of(type(event)):
        value = getattr(event, key.name)
        secret = whole or key.name in declared
        if key.identifies or key.choices or isinstance(event, VersionRecorded):
            continue
        if isinstance(value, str) and secret:
            told[key.name] = SECRET
        elif isinstance(value, tuple) and secret:
            told[key.name] = (SECRET,)
        elif isinstance(value, FrozenMapping):
            told[key.name] = {
                one: SECRET
                if (secret or f"attributes.{one}" in declared) and text is not None
                else text
                for one, text in value.items()
            }
    around: dict[str, Any] = {
        name: SECRET
        for name in ("by", "source", "reason")
        if name in declared or (whole and name != "by")
    }
    return attrs.evolve(recorded, event=attrs.evolve(event, **told), **around)


def recorded_log(events: Sequence[RecordedEvent]) -> PlanLog:
    """A log in memory with these events."""
    store = MemoryStore()
    if events:
        store.append([codec.encode(event) for event in events], 0)
    return PlanLog(store)


def exports(made: PlanLog, public: Public | None) -> Iterator[str]:
    """Everything that can be exported of a log, as text."""
    session = Session()
    vars(session).update(log=made, words=words_for("de"))
    point = Point.parse(DAY)
    plain = Asked(
        what="plan",
        form="csv",
        file="x",
        at=point,
        points=(Point.parse("start"), point),
        everything=True,
        by_field=False,
        public=public,
        words=None,
    )
    whats: tuple[What, ...] = ("plan", "matrix", "diff", "events")
    for what in whats:
        for words in (None, session.words):
            asked = attrs.evolve(plain, what=what, words=words, by_field=what == "plan")
            _, grids = grids_asked(session, asked)
            yield from (repr((one.name, one.headings, one.rows)) for one in grids)
    _, history = history_asked(session, plain)
    yield dumped(database(history))


def dumped(content: bytes) -> str:
    """Everything in a database as text."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        assert [] == connection.execute("PRAGMA foreign_key_check").fetchall()
        return "\n".join(connection.iterdump())
    finally:
        connection.close()


# Single rules


def public_of(declared: Sequence[str], *entries: Any) -> tuple[Public, tuple[RecordedEvent, ...]]:
    """What is public of a short history."""
    events = log(*entries)
    return Public(declared, events), events


def plan_of(public: Public, events: Sequence[RecordedEvent]) -> Plan:
    """What is public of the plan in the end."""
    return public.plan(state(events, DAY))


HISTORY: Final[tuple[tuple[Event, str], ...]] = (
    (FieldAdded(field="a", title="A"), "2021-01-01"),
    (FieldAdded(field="b", title="B"), "2021-01-01"),
    (GoalAdded(goal="g", field="a", title="G"), "2021-01-01"),
    (
        Proposed(
            measure="a-1",
            title="Eins",
            field="a",
            goal="g",
            note="n",
            cost="1",
            responsible=["GWA"],
            attributes={"topic": "t", "light": "l"},
        ),
        "2021-01-02",
    ),
    (Proposed(measure="b-1", title="Zwei", field="b", goal="g", note="n"), "2021-01-02"),
    (Prioritized(field="b", ranking=("a-1", "b-1")), "2021-01-03"),
    (Rated(measure="b-1", level="hoch"), "2021-01-03"),
)


class TestAttributes:
    def test_of_the_plan(self) -> None:
        """What is declared is empty, everything else as it was."""
        declared = ("note", "cost", "responsible", "attributes.topic")
        public, events = public_of(declared, *HISTORY)
        measure = next(one for one in plan_of(public, events).measures if one.id == "a-1")
        assert (None, None, (), {"light": "l"}) == (
            *(measure.note, measure.cost, measure.responsible),
            dict(measure.attributes),
        )
        assert ("Eins", "g") == (measure.title, measure.goal)

    def test_are_counted(self) -> None:
        """What is left out is counted, and what there was nothing of counts as none."""
        public, events = public_of(("note", "cost", "due", "attributes"), *HISTORY)
        plan_of(public, events)
        assert {"note": 2, "cost": 1, "due": 0, "attributes": 1} == public.left_out
        assert {"note", "cost", "due", "attributes"} == public.columns

    def test_of_events(self) -> None:
        """An event lacks the key, rather than having it without a value; so does its envelope."""
        declared = ("note", "attributes.topic", "level", "source", "reason", "by")
        public, events = public_of(declared, *HISTORY)
        records = public.events(events)
        assert len(HISTORY) == len(records)
        assert {
            *("measure", "title", "field", "goal", "cost", "responsible", "attributes"),
        } == set(records[3]["data"])
        assert {"light": "l"} == records[3]["data"]["attributes"]
        assert {"measure": "b-1"} == records[6]["data"]
        assert {(None, None, None)} == {
            (one["by"], one["source"], one["reason"]) for one in records
        }

    def test_all_free_attributes(self) -> None:
        """Of events whose every free attribute is internal the key is gone."""
        public, events = public_of(
            ("attributes",),
            *HISTORY,
            (Amended(measure="b-1", attributes=None), "2021-02-01"),
            (Amended(measure="b-1", attributes={}), "2021-02-01"),
            (Amended(measure="b-1", attributes={"topic": None}), "2021-02-01"),
        )
        records = public.events(events)
        assert "attributes" not in records[3]["data"]
        assert ["-", {}, "-"] == [one["data"].get("attributes", "-") for one in records[7:]]

    def test_goals_stay(self) -> None:
        """That measures have goals may be internal; the goals of a field are not."""
        public, events = public_of(("goal",), *HISTORY)
        assert {"goal": "g", "field": "a", "title": "G"} == public.events(events)[2]["data"]
        assert {None} == {one.goal for one in plan_of(public, events).measures}

    def test_what_versions_state(self) -> None:
        """The names of what is internal are not among what documents state."""
        stated = VersionRecorded(
            version="deck",
            coverage="excerpt",
            attributes=["title", "note", "attributes.topic"],
            measures={"a-1": ["title"], "b-1": ["note", "rank"]},
        )
        declared = ("note", "attributes", "field:a")
        public, events = public_of(declared, *HISTORY, (stated, "2021-02-01"))
        (version,) = plan_of(public, events).versions
        assert (("title",), {"b-1": ("rank",)}) == (
            version.attributes,
            dict(version.measures or {}),
        )
        data = public.events(events)[-1]["data"]
        assert (["title"], {"b-1": ["rank"]}) == (data["attributes"], data["measures"])

    def test_what_is_said_with_decisions(self) -> None:
        """Texts of decisions may be internal; that something was decided is not."""
        decided = Decided(conference="stk", outcome="noted", measures=["b-1"], text="t")
        public, events = public_of(("text",), *HISTORY, (decided, "2021-02-01"))
        measure = next(one for one in plan_of(public, events).measures if one.id == "b-1")
        assert [("noted", None)] == [(one.outcome, one.text) for one in measure.decisions]


class TestFields:
    def test_nothing_of_it_is_left(self) -> None:
        """A field, its goals and its measures are gone, on the lists of others too."""
        public, events = public_of(("field:a",), *HISTORY)
        plan = plan_of(public, events)
        assert (["b"], [], ["b-1"]) == (
            [one.id for one in plan.fields],
            list(plan.goals),
            [one.id for one in plan.measures],
        )
        assert (("b-1",), None) == (plan.fields[0].ranking, plan.measures[0].goal)
        assert {"field:a": 1} == public.left_out
        assert frozenset() == public.columns

    def test_no_event_is_left_that_is_about_nothing_else(self) -> None:
        """Events about it alone are gone; others name what is public of what they named."""
        public, events = public_of(
            ("field:a",),
            *HISTORY,
            (Started(measure="a-1"), "2021-02-01"),
            (Decided(conference="stk", outcome="noted", measures=["a-1"]), "2021-02-01"),
            (Decided(conference="stk", outcome="noted", fields=["a", "b"]), "2021-02-01"),
            (Noted(about=About(measure="a-1"), text="x"), "2021-02-01"),
            (Noted(about=About(field="a"), text="x"), "2021-02-01"),
            (Noted(about=About(measure="b-1"), text="x"), "2021-02-01"),
            (Noted(text="x"), "2021-02-01"),
            (Prioritized(field="b", ranking=("a-1",)), "2021-02-01"),
            (Prioritized(field="b", ranking=()), "2021-02-01"),
            (Prioritized(field="a", ranking=("b-1",)), "2021-02-01"),
            (Merged(measures=["b-1"], into="a-1"), "2021-02-01"),
            (Retracted(event=id_at(7)), "2021-02-01"),
            (Retracted(event=id_at(9)), "2021-02-01"),
            (Rated(measure="b-1", level="x"), "2021-02-01", 7),
            (Rated(measure="a-1", level="x"), "2021-02-01", 6),
        )
        records = public.events(events)
        assert [1, 4, 5, 6, 9, 12, 13, 15, 19] == [one["position"] for one in records]
        told = {one["position"]: one["data"] for one in records}
        assert {"measure": "b-1", "title": "Zwei", "field": "b", "note": "n"} == told[4]
        assert (["b-1"], ["b"]) == (told[5]["ranking"], told[9]["fields"])

    def test_what_once_stood_in_it(self) -> None:
        """A measure that once stood in it stays internal wherever it went."""
        moved = Amended(measure="a-1", field="b")
        public, events = public_of(("field:a",), *HISTORY, (moved, "2022-01-01"))
        assert ["b-1"] == [one.id for one in plan_of(public, events).measures]

    def test_what_nobody_put_anywhere(self) -> None:
        """A measure without a field goes with the list it is on and with what it came from."""
        public, events = public_of(
            ("field:a",),
            *HISTORY,
            (Prioritized(field="a", ranking=("x", "b-1")), "2021-02-01"),
            (Split(measure="a-1", into=["y", "b-1"]), "2021-02-01"),
            (Merged(measures=["b-1", "y"], into="z"), "2021-02-01"),
            (Merged(measures=["b-1"], into="w"), "2021-02-01"),
        )
        assert {"b-1", "w"} == {one.id for one in plan_of(public, events).measures}

    def test_lineage(self) -> None:
        """A public measure does not tell what internal one it came from or went into."""
        public, events = public_of(
            ("field:a",), *HISTORY, (Merged(measures=["a-1"], into="b-1"), "2022-01-01")
        )
        (measure,) = plan_of(public, events).measures
        assert ("b-1", ()) == (measure.id, measure.predecessors)

    def test_decisions_about_its_list(self) -> None:
        """A decision about its list is not told of others' measures that stood on it."""
        public, events = public_of(
            ("field:a",),
            *HISTORY,
            (Prioritized(field="a", ranking=("b-1",)), "2021-02-01"),
            (Decided(conference="stk", outcome="noted", fields=["a"], text="x"), "2021-02-02"),
        )
        full = next(one for one in state(events, DAY).measures if one.id == "b-1")
        assert (1, ()) == (len(full.decisions), public.measure(full).decisions)


class TestDiff:
    def test_changes(self) -> None:
        """A change is told if anything of it is public, and with that."""
        made = recorded_log(
            log(
                *HISTORY,
                (Amended(measure="b-1", title="Neu", cost="2", goal=None), "2022-01-01"),
                (Prioritized(field="b", ranking=("b-1", "a-1")), "2022-01-01"),
                (Merged(measures=["a-1"], into="b-1"), "2022-01-01"),
                (
                    VersionRecorded(version="deck", coverage="complete", attributes=["cost"]),
                    "2021-02-01",
                ),
                (
                    VersionRecorded(
                        version="deck",
                        coverage="complete",
                        attributes=["cost", "rank"],
                        measures={"a-1": ["cost"]},
                    ),
                    "2022-01-01",
                ),
            )
        )
        public = Public(("cost", "field:a"), made.events())
        changes = public.diff(made.diff("2021-12-31", "2022-12-31")).changes
        told = {(one.subject, one.id, one.attribute, one.before, one.after) for one in changes}
        assert {
            ("measure", "b-1", "title", "Zwei", "Neu"),
            ("measure", "b-1", "rank", 2, 1),
            ("version", "deck", "attributes", None, ("rank",)),
            ("version", "deck", "measures", None, FrozenMapping()),
        } <= told
        assert {"title", "rank", "attributes", "measures", "on"} == {one[2] for one in told}

    def test_decisions(self) -> None:
        """A decision is told without its text, where that is internal, and not twice."""
        decided = Decided(conference="stk", outcome="noted", measures=["b-1"], text="x")
        made = recorded_log(log(*HISTORY, (decided, "2022-01-01")))
        changes = Public(("text",), made.events()).diff(made.diff("2021-12-31", DAY)).changes
        told = [one.after for one in changes if one.subject == "measure"]
        assert [("stk", None)] == [(one.conference, one.text) for one in told]

    def test_what_appears(self) -> None:
        """What appears as a whole is told with what is public of it."""
        stated = VersionRecorded(version="deck", coverage="complete", attributes=["note", "rank"])
        made = recorded_log(log(*HISTORY, (stated, "2022-01-01")))
        public = Public(("note", "field:a"), made.events())
        changes = public.diff(made.diff("start", DAY)).changes
        assert [("field", "b"), ("version", "deck"), ("measure", "b-1")] == [
            (one.subject, one.id) for one in changes
        ]
        version, measure = changes[1].after, changes[2].after
        assert isinstance(measure, Measure)
        assert (("rank",), None, None) == (version.attributes, measure.note, measure.goal)

    def test_causes(self) -> None:
        """No change names an event that is not public."""
        made = recorded_log(log(*HISTORY, (Merged(measures=["b-1"], into="a-1"), "2022-01-01")))
        public = Public(("field:a",), made.events())
        changes = public.diff(made.diff("2021-12-31", DAY)).changes
        assert ("replaced", ()) == next(
            (one.after, one.events) for one in changes if one.attribute == "phase"
        )

    def test_sources(self) -> None:
        """Sources and reasons may be internal."""
        events = {one.id: one for one in log(*HISTORY)}
        shown = Public(("source",), tuple(events.values())).around(events)
        assert {(None, None)} == {(one.source, one.reason) for one in shown.values()}


class TestLeaks:
    @given(
        interacting_logs() | logs(),
        st.lists(st.sampled_from((*DECLARABLE, "field:a", "field:b")), min_size=1, max_size=4),
    )
    def test_no_secret_in_any_export(
        self, events: tuple[RecordedEvent, ...], declared: list[str]
    ) -> None:
        """What is declared internal stands in no table and no database, in whatever language."""
        made = recorded_log(with_secrets(events, declared))
        public = Public(declared, made.events())
        assert [] == [text for text in exports(made, public) if SECRET in text]

    @given(interacting_logs())
    def test_nothing_else_is_missing(self, events: tuple[RecordedEvent, ...]) -> None:
        """With nothing declared, what is public is everything."""
        made = recorded_log(events)
        assert list(exports(made, None)) == list(exports(made, Public((), made.events())))

    def test_secrets_are_found(self) -> None:
        """The secrets that are looked for are there to be found."""
        declared = (*DECLARABLE, "field:a")
        decided = Decided(conference="s", outcome="noted", text="x", measures=["b-1"])
        made = recorded_log(with_secrets(log(*HISTORY, (decided, "2021-09-01")), declared))
        found = [SECRET in text for text in exports(made, None)]
        assert all(found[1:])


@pytest.mark.parametrize("name", DECLARABLE)
def test_everything_declarable_can_be_declared(name: str, tmp_path: Path) -> None:
    """What is tried here is what `planlog.toml` takes."""
    from planlog.config import load

    (tmp_path / "planlog.toml").write_text(f'internal = ["{name}"]')
    assert (name,) == load(tmp_path, {}).internal
