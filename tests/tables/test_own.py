"""The map with which planlog reads what it exported itself."""

from typing import Any

import attrs
import pytest

from planlog.dates import InexactDate
from planlog.errors import TableError
from planlog.mappings import FrozenMapping
from planlog.plan import ActionField, Goal, Measure, Plan
from planlog.tables.exports.grid import Grid
from planlog.tables.exports.grids import field_grids, plan_grid
from planlog.tables.maps.own import own_map
from planlog.tables.rows.statement import statement
from planlog.tables.sheets import Cell, Number, Sheet
from planlog.versions.statement import Statement
from planlog.wording import Words, words_for

LANGUAGES = [None, words_for("de"), words_for("en")]

TREFF = Measure(
    id="wohnen-16",
    field="wohnen",
    number="1.10",
    title=" Treff ",
    rank=2,
    phase="started",
    since=InexactDate.parse("2022"),
    stage="Angeschoben",
    note="erstens\nzweitens\n",
    goal="miteinander",
    responsible=("GWA", 'Verein; "N"'),
    due=InexactDate.parse("2024/2025"),
    attributes=FrozenMapping({"Thema": "a", "thema": "b", "x\ny": "c"}),
)
HOF = Measure(id="wohnen-1", field="wohnen", title="Hof", phase="dropped", cause="not_feasible")
PLAN = Plan(
    fields=(ActionField(id="wohnen", title="Wohnen"), ActionField(id="soziales", title="Soziales")),
    goals=(Goal(id="miteinander", field="wohnen", title="Miteinander"),),
    measures=(TREFF, HOF, Measure(id="s-1", field="soziales", title="Chor", phase="proposed")),
)


def a_sheet(grid: Grid) -> Sheet:
    """The sheet of an exported table."""

    def cell(content: str | int | None) -> Cell:
        return Number(content) if isinstance(content, int) else content

    rows = [[cell(one) for one in row] for row in (grid.headings, *grid.rows)]
    return Sheet(grid.name, tuple(tuple(row) for row in rows))


def read(*sheets: Sheet) -> Statement:
    """What exported sheets state."""
    map = own_map(sheets)
    assert map is not None
    return statement(sheets, map, "plan.xlsx")


class TestOwnMap:
    """Tests for `own_map`."""

    @pytest.mark.parametrize("words", LANGUAGES)
    def test_reads_an_export(self, words: Words | None) -> None:
        """Whatever the language, an exported plan states what the plan was, blanks included."""
        found = read(a_sheet(plan_grid(PLAN, PLAN.measures, words)))
        assert "complete" == found.coverage
        assert "since" not in found.attributes
        treff, hof, _ = found.measures
        assert ("wohnen-16", "wohnen-1") == (treff.key, hof.key)
        told: dict[str, Any] = {
            "field": "Wohnen",
            "number": "1.10",
            "title": " Treff ",
            "rank": 2,
            "level": None,
            "phase": "started",
            "stage": "Angeschoben",
            "note": "erstens\nzweitens\n",
            "goal": "Miteinander",
            "description": None,
            "responsible": ("GWA", 'Verein; "N"'),
            "partners": None,
            "due": InexactDate.parse("2024/2025"),
            "cost": None,
            "funding": None,
            "attributes.Thema": "a",
            "attributes.thema": "b",
            "attributes.x\ny": "c",
        }
        assert told == treff.cells
        assert ("dropped", "not_feasible") == (hof.cells["phase"], hof.cells["cause"])

    @pytest.mark.parametrize("words", [words_for("de"), words_for("en")])
    def test_reads_all_fields(self, words: Words) -> None:
        """A plan with a sheet for each field is read from all of them, other sheets aside."""
        sheets = [a_sheet(grid) for grid in field_grids(PLAN, PLAN.measures, words)]
        hidden = attrs.evolve(sheets[0], name="Alt", visible=False)
        found = read(hidden, Sheet("Notizen", (("Kopf",),)), *sheets, Sheet("Leer", ()))
        assert [one.id for one in PLAN.measures] == [one.key for one in found.measures]

    def test_what_people_do_to_it(self) -> None:
        """Columns may be moved, added and left out; a new row needs no key."""
        sheet = Sheet(
            "",
            (("Mine", "title", "phase", "measure"), ("x", "Hof", "paused"), (None, "B", None, "b")),
        )
        found = read(sheet)
        assert ("title", "phase") == found.attributes
        assert [(None, "paused"), ("b", "proposed")] == [
            (one.key, one.cells["phase"]) for one in found.measures
        ]

    def test_one_column_twice(self) -> None:
        """Of two columns of one meaning the first is read."""
        sheet = Sheet("", (("measure", "title", "phase", "Titel"), ("a", "A", None, "B")))
        assert "A" == read(sheet).measures[0].cells["title"]

    def test_dropped_for_no_reason(self) -> None:
        """Whoever drops a measure in the table says why."""
        sheet = Sheet("", (("measure", "title", "phase"), ("a", "A", "entfallen")))
        with pytest.raises(TableError, match="no phase for 'entfallen'; did you mean 'entfallen: "):
            read(sheet)

    @pytest.mark.parametrize(
        "rows",
        [
            (),
            (("ID", "Titel", "Stand"), ("a", "A", "x")),
            (("field", "measure", "title"), ("w", "a", "A")),
        ],
    )
    def test_other_tables(self, rows: tuple[tuple[Cell, ...], ...]) -> None:
        """A table of somebody else needs a map of its own."""
        assert own_map([Sheet("Plan", rows)]) is None
