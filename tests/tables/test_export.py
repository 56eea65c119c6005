"""What is exported, as tables: a plan, what differs, a matrix, events; as data, or in words."""

import json
from itertools import combinations

import pytest

from planlog import Amended, Decided, FieldAdded, GoalAdded, PlanLog, Prioritized, Proposed, Started
from planlog.codec import EVENT_COLUMNS, line_of
from planlog.config import LANGUAGES
from planlog.dates import InexactDate
from planlog.events import ConferenceHeld, Dropped, Event, Merged, NewEvent, Rated, VersionRecorded
from planlog.mappings import FrozenMapping
from planlog.plan import PHASES, ActionField, Cause, Goal, Measure, Phase, Plan
from planlog.render.diff import COLUMNS, csv_row
from planlog.stores.memory import MemoryStore
from planlog.tables.columns import (
    CAUSES,
    EXPORTED,
    heading,
    name_of,
    names,
    phase_word,
    phase_words,
)
from planlog.tables.exports.grid import Content, Grid
from planlog.tables.exports.grids import (
    diff_grid,
    events_grid,
    field_grids,
    matrix_grid,
    plan_grid,
)
from planlog.wording import words_for

DE, EN = words_for("de"), words_for("en")

FULL = Measure(
    id="wohnen-16",
    field="wohnen",
    number="016",
    title="Nachbarschaften stärken",
    rank=2,
    level="hoch",
    phase="started",
    since=InexactDate.parse("2022-05-25/2023-03-16"),
    stage="Angeschoben",
    note="Aufbau\neines Zentrums",
    goal="miteinander",
    description="Ein Haus",
    responsible=("GWA", "Verein; e. V."),
    partners=("LKO",),
    due=InexactDate.parse("2024"),
    cost="12,9 Mio. €",
    funding="Verfügungsfonds",
    attributes=FrozenMapping({"Thema": "Haus"}),
)
BARE = Measure(id="x")
PLAN = Plan(
    fields=(ActionField(id="wohnen", title="Wohnen"),),
    goals=(Goal(id="miteinander", field="wohnen", title="Miteinander leben"),),
    measures=(FULL, BARE),
)


def log(*told: tuple[Event, str]) -> PlanLog:
    """A log in memory, in which all this was recorded."""
    made = PlanLog(MemoryStore())
    events = [NewEvent(event=event, on=on, by="GWA", source="Protokoll") for event, on in told]
    made.record_all(events)
    return made


HISTORY = (
    (FieldAdded(field="wohnen", title="Wohnen"), "2021-01-01"),
    (GoalAdded(goal="miteinander", field="wohnen", title="Miteinander"), "2021-01-01"),
    (ConferenceHeld(conference="stk-1", title="Erste", kind="conference"), "2021-11-03"),
    (ConferenceHeld(conference="stk-2", title="Zweite", kind="conference"), "2022-05-24"),
    (Proposed(measure="w-1", title="Wohnraum", field="wohnen", number="1"), "2021-01-02"),
    (Proposed(measure="w-2", title="Beratung", field="wohnen", number="2"), "2021-01-02"),
    (Proposed(measure="w-3", title="Garten", field="wohnen", number="3"), "2022-01-02"),
    (Prioritized(field="wohnen", ranking=("w-1", "w-2")), "2021-02-01"),
    (Prioritized(field="wohnen", ranking=("w-2", "w-1", "w-3")), "2022-02-01"),
    (Rated(measure="w-1", level="hoch"), "2021-02-01"),
    (Started(measure="w-1", stage="Angeschoben"), "2022-02-01"),
    (Dropped(measure="w-2", cause="rejected"), "2022-02-01"),
    (
        Amended(
            measure="w-1",
            goal="miteinander",
            responsible=["GWA", "LKO"],
            attributes={"Thema": "Haus"},
        ),
        "2022-02-01",
    ),
    (
        Decided(conference="stk-2", outcome="adopted", measures=["w-1"], text="So sei es"),
        "2022-05-24",
    ),
    (Decided(conference="stk-2", outcome="noted", measures=["w-3"]), "2022-05-24"),
)


def column(grid: Grid, heading: str) -> list[Content]:
    """What stands under a heading."""
    return [row[grid.headings.index(heading)] for row in grid.rows]


def compared(made: PlanLog, before: str, after: str, titles: bool = True) -> Grid:
    """What differs, in English."""
    events = {event.id: event for event in made.events()}
    plan = made.plan(after)
    named = {("measure", one.id): one.title or "" for one in plan.measures}
    named |= {("field", one.id): one.title or "" for one in plan.fields}
    named |= {("conference", one.id): one.title or "" for one in plan.conferences}
    changes = made.diff(before, after).changes
    return diff_grid(
        changes,
        COLUMNS,
        lambda change: csv_row(change, events),
        EN,
        titles=named if titles else {},
    )


class TestColumns:
    def test_every_attribute_has_one(self) -> None:
        """All that is known of a measure is exported, each key of its attributes by itself."""
        assert (*EXPORTED, "attributes.a", "attributes.b") == names(
            [
                Measure(id="1", attributes=FrozenMapping({"b": ""})),
                Measure(id="2", attributes=FrozenMapping({"b": "", "a": ""})),
            ]
        )

    @pytest.mark.parametrize("name", [*EXPORTED, "attributes.Thema", "attributes.attributes.x"])
    def test_headings_are_read_again(self, name: str) -> None:
        """A heading leads back to its column, in whatever language it is."""
        for words in (None, DE, EN):
            assert name == name_of(heading(name, words))

    def test_other_headings_are_nothing_of_ours(self) -> None:
        """A heading that no export has names no column, nor does an attribute without a key."""
        assert [None, None, None] == [name_of(one) for one in ("Ampel", "attributes.", "titel")]

    def test_headings_differ(self) -> None:
        """No two columns have the same heading in one language."""
        for words in (DE, EN):
            assert len(EXPORTED) == len({heading(name, words) for name in EXPORTED})

    def test_phases_are_read_again(self) -> None:
        """The word of a phase, with the cause of one dropped, leads back to it."""
        pairs: list[tuple[Phase, Cause | None]] = [("dropped", cause) for cause in CAUSES] + [
            (phase, None) for phase in PHASES
        ]
        for words in (None, DE, EN):
            for phase, cause in pairs:
                word = phase_word(phase, cause, words)
                assert word is not None
                meant = phase if cause is None else f"{phase}:{cause}"
                assert meant == phase_words()[word]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_words_of_phases_are_told_apart_by_their_beginning(self, language: str) -> None:
        """No word begins like another: a cell that begins with one is of that phase."""
        words = words_for(language)
        said = sorted(words.phase(phase) for phase in PHASES)
        assert not any(other.startswith(one) for one, other in combinations(said, 2))

    def test_no_phase(self) -> None:
        """A measure without a phase yet has none in words either."""
        assert phase_word(None, None, DE) is None


class TestPlan:
    def test_data(self) -> None:
        """Each measure has a row with all that is known of it, under planlog's own names."""
        grid = plan_grid(PLAN, PLAN.measures, None, name="Plan")
        assert ("Plan", (6,)) == (grid.name, grid.phases)
        assert {
            "measure": "wohnen-16",
            "field": "Wohnen",
            "number": "016",
            "title": "Nachbarschaften stärken",
            "rank": 2,
            "level": "hoch",
            "phase": "started",
            "stage": "Angeschoben",
            "since": "2022-05-25/2023-03-16",
            "note": "Aufbau\neines Zentrums",
            "goal": "Miteinander leben",
            "description": "Ein Haus",
            "responsible": 'GWA; "Verein; e. V."',
            "partners": "LKO",
            "due": "2024",
            "cost": "12,9 Mio. €",
            "funding": "Verfügungsfonds",
            "attributes.Thema": "Haus",
        } == dict(zip(grid.headings, grid.rows[0], strict=True))
        assert ("x", *[None] * 17) == grid.rows[1]

    def test_words(self) -> None:
        """Headings and phases are in the language of the reader, and nothing else is."""
        grid = plan_grid(PLAN, PLAN.measures, DE)
        assert ("Kennung", "Handlungsfeld", "Nr.", "Titel", "Rang") == grid.headings[:5]
        assert "Weitere Angaben: Thema" == grid.headings[-1]
        assert ["begonnen", None] == column(grid, "Phase")
        assert ["Angeschoben", None] == column(grid, "Umsetzungsstand")

    def test_without(self) -> None:
        """Columns can be left out, the free attributes one by one or all together."""
        some = plan_grid(PLAN, PLAN.measures, None, without={"note", "attributes.Thema"})
        assert {"note", "attributes.Thema"}.isdisjoint(some.headings)
        assert len(EXPORTED) - 1 == len(some.headings) == len(some.rows[0])
        assert EXPORTED == plan_grid(PLAN, PLAN.measures, None, without={"attributes"}).headings

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ((ActionField(id="a", title="Wohnen"),), "Wohnen"),
            ((ActionField(id="a"),), "a"),
            ((ActionField(id="a", title=""),), "a"),
            ((ActionField(id="a", title=" "),), "a"),
            ((ActionField(id="a", title="T"), ActionField(id="b", title="T")), "a"),
            ((ActionField(id="a", title="b"), ActionField(id="b", title="B")), "a"),
            ((ActionField(id="a", title="a"),), "a"),
            ((), "a"),
        ],
    )
    def test_a_field_by_what_only_it_is_called(
        self, fields: tuple[ActionField, ...], expected: str
    ) -> None:
        """A field goes by its title where that cannot be taken for another's title or id."""
        measure = Measure(id="1", field="a")
        grid = plan_grid(Plan(fields=fields, measures=(measure,)), [measure], None)
        assert [expected] == column(grid, "field")

    def test_a_table_for_each_field(self) -> None:
        """By field there are as many tables as fields with measures, all of the same columns."""
        grids = field_grids(PLAN, PLAN.measures, DE)
        assert ["Wohnen", "Außerhalb der Handlungsfelder"] == [one.name for one in grids]
        assert [["wohnen-16"], ["x"]] == [column(one, "Kennung") for one in grids]
        assert 1 == len({one.headings for one in grids})
        assert [(6,), (6,)] == [one.phases for one in grids]

    def test_a_table_for_a_field_that_is_only_named(self) -> None:
        """A field of which nothing is known but its id gives its id to its table."""
        grids = field_grids(Plan(), [Measure(id="1", field="a")], EN)
        assert ["a"] == [one.name for one in grids]

    def test_no_measures(self) -> None:
        """A plan without measures is a table with headings and no rows."""
        (grid,) = field_grids(Plan(), [], EN)
        assert ((), len(EXPORTED)) == (grid.rows, len(grid.headings))


class TestDiff:
    def test_data(self) -> None:
        """As data the columns and rows are those of the diff itself."""
        changes = log(*HISTORY).diff("stk-1", "stk-2").changes
        grid = diff_grid(changes, ("id",), lambda change: (change.id,), None, name="n", titles={})
        assert ("n", ("id",)) == (grid.name, grid.headings)
        assert tuple((change.id,) for change in changes) == grid.rows

    def test_words(self) -> None:
        """In words a row says what changed from what to what, as people call it."""
        grid = compared(log(*HISTORY), "stk-1", "stk-2")
        assert (
            *("What", "Id", "Title", "Change", "Attribute", "Before", "After", "Remark"),
            *("Cause", "Events", "Source", "Reason"),
        ) == grid.headings
        rows = [row[:9] for row in grid.rows if row[0] == "measure"]
        assert ("measure", "w-2", "Beratung") == rows[0][:3]
        told = {row[1:2] + row[3:] for row in rows}
        assert {
            ("w-1", "changed", "Rank", "1", "2", None, "shifted by others"),
            ("w-1", "changed", "Phase", "proposed", "started", None, None),
            ("w-1", "changed", "Goal", None, "miteinander", None, None),
            ("w-1", "changed", "Responsible", None, "GWA; LKO", None, None),
            ("w-1", "changed", "Attributes: Thema", None, "Haus", None, None),
            (
                *("w-1", "changed", "Decision", None),
                *("2022-05-24, Zweite: adopted; So sei es", None, None),
            ),
            ("w-2", "changed", "Rank", "2", "1", None, "moved"),
            ("w-2", "changed", "Cause", None, "rejected", None, None),
            ("w-3", "new", None, None, "Garten", None, None),
        } <= told

    def test_words_without_titles(self) -> None:
        """What has no title goes by its id."""
        made = log(*HISTORY, (Merged(measures=["w-1"], into="w-3"), "2022-06-01"))
        grid = compared(made, "stk-1", "2022-06-01", titles=False)
        assert {None} == set(column(grid, "Title"))
        assert {"w-3", "2022-05-24, stk-2: adopted; So sei es"} <= set(column(grid, "After"))

    def test_a_list_is_told_by_ids(self) -> None:
        """A priority list is told as the ids of its measures, best first."""
        grid = compared(log(*HISTORY), "stk-1", "stk-2")
        assert ("w-1, w-2", "w-2, w-1, w-3") in zip(
            column(grid, "Before"), column(grid, "After"), strict=True
        )

    def test_lineage(self) -> None:
        """What a measure came from is told with the title of that measure."""
        made = log(*HISTORY, (Merged(measures=["w-1"], into="w-3"), "2022-06-01"))
        grid = compared(made, "stk-2", "2022-06-01")
        told = dict(zip(column(grid, "Attribute"), column(grid, "After"), strict=True))
        assert ("Garten", "Wohnraum") == (told["Successors: w-3"], told["Predecessors: w-1"])

    def test_gone_and_unlisted(self) -> None:
        """Backwards things are gone, and measures no longer on a list."""
        grid = compared(log(*HISTORY), "stk-2", "stk-1")
        row = next(row for row in grid.rows if row[1] == "w-3" and row[3] == "no longer there")
        assert ("Garten", None) == row[5:7]
        made = log(*HISTORY, (Prioritized(field="wohnen", ranking=("w-3",)), "2022-06-01"))
        assert "no longer listed" in column(compared(made, "stk-2", "2022-06-01"), "Cause")

    def test_newly_listed_and_learned_since(self) -> None:
        """A measure new on a list is called so, and what was learned is told apart."""
        made = log(*HISTORY, (Prioritized(field="wohnen", ranking=("w-3", "w-1")), "2021-11-01"))
        grid = compared(made, f"2022-01-03@#{len(HISTORY)}", "2022-01-03")
        rows = [row for row in grid.rows if row[1] == "w-3" and row[4] == "Rank"]
        assert [("1", "learned since", "newly listed")] == [row[6:9] for row in rows]

    def test_documents(self) -> None:
        """Closed lists are in words, what holds more than a text stands as in the data."""
        stated = VersionRecorded(
            version="deck", coverage="excerpt", attributes=["rank"], measures={"w-1": ["rank"]}
        )
        full = VersionRecorded(version="deck", coverage="complete", attributes=["rank", "stage"])
        made = log(*HISTORY, (stated, "2022-06-01"), (full, "2022-06-02"))
        grid = compared(made, "2022-06-01", "2022-06-02")
        told = {row[4]: row[5:7] for row in grid.rows}
        assert ("excerpt", "complete") == told["Coverage"]
        assert ("rank", "rank, stage") == told["Attributes"]
        assert ('{"w-1":["rank"]}', None) == told["Measures"]


class TestMatrix:
    def test_data(self) -> None:
        """As data there are three columns for each occasion."""
        grid = matrix_grid(log(*HISTORY).matrix("stk-2"), None, name="n")
        assert (
            *("field", "measure", "number", "title"),
            *("stk-1 phase", "stk-1 rank", "stk-1 level"),
            *("stk-2 phase", "stk-2 rank", "stk-2 level"),
        ) == grid.headings
        assert {
            ("wohnen", "w-1", "1", "Wohnraum", "proposed", 1, "hoch", "started", 2, "hoch"),
            ("wohnen", "w-2", "2", "Beratung", "proposed", 2, None, "dropped", 1, None),
            ("wohnen", "w-3", "3", "Garten", None, None, None, "proposed", 3, None),
        } == set(grid.rows)
        assert ("n", ()) == (grid.name, grid.phases)

    def test_words(self) -> None:
        """In words there is one, empty where the plan did not have the measure."""
        grid = matrix_grid(log(*HISTORY).matrix("stk-2"), DE)
        assert ("Erste (2021-11-03)", "Zweite (2022-05-24)") == grid.headings[4:]
        assert {
            ("Wohnen", "w-1", "vorgeschlagen, Rang 1, hoch", "begonnen, Rang 2, hoch"),
            ("Wohnen", "w-2", "vorgeschlagen, Rang 2", "entfallen, Rang 1"),
            ("Wohnen", "w-3", None, "vorgeschlagen, Rang 3"),
        } == {(*row[:2], *row[4:]) for row in grid.rows}
        assert (4, 5) == grid.phases

    def test_open(self) -> None:
        """What an inexact day leaves open is marked, where a measure stands and where it may not.

        An empty cell says that the plan did not have the measure; that would be a claim.
        """
        made = log(
            (ConferenceHeld(conference="stk-1", title="Erste", kind="conference"), "2021-11-03"),
            (ConferenceHeld(conference="stk-2", title="Zweite", kind="conference"), "2022-05-24"),
            (Proposed(measure="m", title="M"), "2021/2022-01"),
            (Started(measure="m"), "2022"),
            (Proposed(measure="n", title="N"), "2023"),
            (Amended(measure="n", number="2"), "2021/2022-01"),
        )
        grid = matrix_grid(made.matrix("2023"), DE)
        assert {("m", "(?)", "vorgeschlagen (?)"), ("n", "(?)", "noch ohne Stand")} == {
            (row[1], *row[4:]) for row in grid.rows
        }

    def test_outside_the_fields(self) -> None:
        """A measure outside the fields and an occasion without a title are told all the same."""
        made = log(
            (VersionRecorded(version="deck", coverage="complete", attributes=[]), "2021-02-01"),
            (Proposed(measure="m", title="M"), "2021-01-01"),
        )
        grid = matrix_grid(made.matrix("2022"), EN)
        assert "deck (2021-02-01)" == grid.headings[4]
        assert (None, "m", None, "M", "proposed") in grid.rows


class TestEvents:
    def test_data(self) -> None:
        """An event has a row with the keys of its line, its data as JSON."""
        made = log(*HISTORY)
        grid = events_grid(map(line_of, made.events()), None, name="n")
        assert ("n", EVENT_COLUMNS, len(HISTORY)) == (grid.name, grid.headings, len(grid.rows))
        event = made.events()[4]
        position, id, type, on, recorded, *around, data = grid.rows[4]
        assert (4, event.id, "proposed", "2021-01-02") == (position, id, type, on)
        assert ["GWA", "Protokoll", None, None] == around
        assert str(recorded).endswith("Z")
        assert {"measure": "w-1", "title": "Wohnraum", "field": "wohnen", "number": "1"} == (
            json.loads(str(data))
        )

    def test_words(self) -> None:
        """In words the headings and types are in the reader's language."""
        grid = events_grid(map(line_of, log(*HISTORY).events()), DE, without={"reason"})
        assert (
            *("Pos.", "Ereignis", "Was geschehen ist", "Tag", "Erfasst"),
            *("Erfasst von", "Quelle", "Berichtigt", "Einzelheiten"),
        ) == grid.headings
        assert (0, "Handlungsfeld aufgenommen") == (grid.rows[0][0], grid.rows[0][2])
