"""A German climate plan and its three reports, read as the page of the documentation says.

The tables lie beside the repository and not in it.
"""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from planlog import FieldAdded, Measure, MemoryStore, PlanLog, PlanOpened
from tests.shelves.shelf import Table, take, take_all
from tests.test_examples_in_docs import examples, try_examples

TABLES = Path(__file__).parents[3] / "shared" / "data" / "muenster"
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "import-a-shelf-of-tables.md"

pytestmark = pytest.mark.skipif(
    not TABLES.is_dir(), reason="the real plan is not beside the repository"
)

TRANSCRIPT = re.compile(r"^```shell-session\n(.*?)^```$", re.DOTALL | re.MULTILINE)
MAPS = dict(
    re.findall(r"^```toml\n# (\S+)\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
)

FIELDS = {"Ü": "Übergreifend", "B": "Bauen und Wohnen", "G": "G", "E": "E", "V": "Verkehr"}
HALVES = {"B5+6": ("B5", "B6"), "V6+7": ("V6", "V7")}
DRAFT = date(2010, 11, 30)
PLAN = date(2010, 12, 31)
DAYS = {"2013": date(2013, 12, 31), "2015-2016": date(2016, 12, 31), "2017-2018": date(2018, 6, 30)}
"""The day of each report, as on the page."""

PHASES = {"gruen": "ongoing", "gelb": "started", "rot": "paused"}
UNRATED = ("2017-2018", "Ü4")
"""The one report on a measure that has no light."""

Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of a table."""
    with (TABLES / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """The draft as the page reads it back from the numbers."""
    file = tmp_path_factory.mktemp("draft") / "draft.csv"
    kept = [
        (id, row["title"], row["category"])
        for row in rows("measures.csv")
        if row["category"] and "neu" not in row["item_id"]
        for id in HALVES.get(row["item_id"], (row["item_id"],))
    ]
    with file.open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([("item_id", "title", "category"), *kept])
    return Table(file, MAPS["draft.toml"], DRAFT, "draft")


def plan() -> Table:
    """The plan itself."""
    return Table(TABLES / "measures.csv", MAPS["plan.toml"], PLAN, "plan")


def texts() -> Table:
    """The texts of the plan."""
    return Table(TABLES / "status.csv", MAPS["texts.toml"], PLAN, "plan-texts")


def report(name: str) -> Table:
    """A report: its map is that of the first but for one word."""
    map = MAPS["report.toml"].replace('"2013"', f'"{name}"')
    return Table(TABLES / "status.csv", map, DAYS[name], f"report-{name}")


def begun() -> PlanLog:
    """A plan with its fields."""
    log = PlanLog(MemoryStore())
    fields = [FieldAdded(field=id, title=title) for id, title in FIELDS.items()]
    log.record_all([PlanOpened(title="P"), *fields], on=DRAFT, by="x", source="y")
    return log


@pytest.fixture(scope="module")
def log(draft: Table) -> PlanLog:
    """All tables, imported in order."""
    return take_all(begun(), [draft, plan(), texts(), *map(report, DAYS)])


def listed(log: PlanLog, day: date) -> dict[str, Measure]:
    """The measures that the plan has on a day, without those that became others."""
    return {one.id: one for one in log.plan(day).measures if one.phase != "replaced"}


@pytest.mark.docs
class TestPage:
    """Tests for the page that tells how the plan is imported."""

    def test_transcript(self, tmp_path: Path) -> None:
        """What the page shows is what comes out, the matrix with it."""
        (tmp_path / "muenster").symlink_to(TABLES)
        for name, text in MAPS.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        shown = examples(PAGE, TRANSCRIPT)
        assert any("--matrix" in command for command, _ in shown)
        try_examples(shown, tmp_path)


class TestPlan:
    """Tests for what was recognized, and for the plan that results."""

    def test_measures(self, log: PlanLog) -> None:
        """The plan has the 54 measures of the table, as they stand there, and no average."""
        expected = {
            row["item_id"]: (
                row["title"],
                row["category"],
                row["item_id"],
                row["priority"],
                row["potential"].strip("-") or None,
            )
            for row in rows("measures.csv")
            if row["category"]
        }
        assert 54 == len(expected)
        assert expected == {
            id: (one.title, one.field, one.number, one.level, one.attributes.get("potential"))
            for id, one in listed(log, PLAN).items()
        }

    def test_texts(self, log: PlanLog) -> None:
        """The texts of the plan are in another table of the same day, and both count."""
        expected = {
            row["item_id"]: row["text_start"].strip()
            for row in rows("status.csv")
            if row["report"] == "2010-plan"
        }
        assert expected == {id: one.description for id, one in listed(log, PLAN).items()}

    def test_merged(self, draft: Table) -> None:
        """Numbers made of two say what was merged, and each half leads to the whole."""
        log = begun()
        take(log, draft)
        proposal = take(log, plan())
        assert [("merged", old) for old in HALVES.values()] == [
            (one.kind, one.measures) for one in proposal.accepted
        ]
        measures = {one.id: one for one in log.plan(PLAN).measures}
        for whole, halves in HALVES.items():
            assert halves == measures[whole].predecessors
            assert [("replaced", (whole,))] * 2 == [
                (measures[half].phase, measures[half].successors) for half in halves
            ]

    def test_new(self, log: PlanLog) -> None:
        """Beside what was merged, the four measures are new that the plan calls so."""
        added = listed(log, PLAN).keys() - listed(log, DRAFT).keys()
        assert {"Üneu1", "Üneu2", "Üneu3", "Vneu", *HALVES} == added

    @pytest.mark.parametrize("name", DAYS)
    def test_reports(self, log: PlanLog, name: str) -> None:
        """After each report measures stand as it says; without a light, as they stood before."""
        stood = listed(log, DAYS[name])
        for row in rows("status.csv"):
            if row["report"] == name:
                one = stood[row["item_id"]]
                light = "gruen" if (name, one.id) == UNRATED else row["light"]
                assert (light, PHASES[light], row["text_start"].strip()) == (
                    one.stage,
                    one.phase,
                    one.note,
                ), one.id

    def test_nothing_new_is_a_report(self, log: PlanLog) -> None:
        """Where a report says twice that there is nothing new, somebody has looked twice."""
        matrix = log.matrix()
        column = {one.id: index for index, one in enumerate(matrix.occasions)}
        (row,) = (row for row in matrix.rows if row.measure.id == "Ü2")
        notes = [row["text_start"] for row in rows("status.csv") if row["item_id"] == "Ü2"][2:]
        assert ["Kein neuer Sachstand"] * 2 == notes
        assert not any(row.cells[column[f"report-{name}"]].silent for name in DAYS)
        assert row.cells[column["plan"]].silent

    def test_any_order(self, log: PlanLog, draft: Table) -> None:
        """The last report first and the texts of the plan at the end: the same plan each day."""
        tables = [draft, plan(), *map(report, reversed(DAYS)), texts()]
        other = take_all(begun(), tables)
        for table in tables:
            assert listed(log, table.day) == listed(other, table.day), table.version
        size = other.size
        assert all(take(other, table).already for table in tables)
        assert size == other.size
