"""A list of 26 years in 53 tables: the plan is at each date what the table of that date says.

The list of Python Enhancement Proposals is read as a plan: an item is a measure, its category an
action field, its status the plan's own word for where it stands. The tables lie beside the
repository and not in it.
"""

import csv
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from planlog import MemoryStore, PlanLog
from tests.shelves.shelf import Table, take, take_all

TABLES = Path(__file__).parents[3] / "shared" / "data" / "pep" / "snapshots"

pytestmark = pytest.mark.skipif(
    not TABLES.is_dir(), reason="the real list is not beside the repository"
)

MAP = """
coverage = "complete"

[columns]
measure = "item_id"
number = "number"
field = "category"
title = "title"
stage = "status"

[stages]
"Draft" = "proposed"
"Accepted" = "started"
"Provisional" = "started"
"Final" = "implemented"
"Finished" = "implemented"
"Complete" = "implemented"
"Active" = "ongoing"
"Deferred" = "paused"
"Incomplete" = "paused"
"Rejected" = "dropped:rejected"
"Withdrawn" = "dropped:other"
"Withdrawal" = "dropped:other"
"Superseded" = "dropped:other"
"Replaced" = "dropped:other"
"April Fool!" = "dropped:other"
"""

SHELF = [
    Table(path, MAP, date.fromisoformat(path.stem), f"list-{path.stem}")
    for path in sorted(TABLES.glob("*-*-*.csv"))
]
FIFTHS = SHELF[::5]

Item = tuple[str | None, ...]
"""An item's title, category, number and status; nothing where the cell is empty."""


def said(table: Table) -> dict[str, Item]:
    """What a table says of each item."""
    with table.file.open(encoding="utf-8", newline="") as rows:
        return {
            row["item_id"]: tuple(
                row[name] or None for name in ("title", "category", "number", "status")
            )
            for row in csv.DictReader(rows)
        }


def planned(log: PlanLog, table: Table) -> dict[str, Item]:
    """What the plan says of each item on the day of a table."""
    plan = log.plan(table.day)
    titles = {field.id: field.title for field in plan.fields}
    return {
        one.id: (one.title, titles.get(one.field or ""), one.number, one.stage)
        for one in plan.measures
        if one.listed
    }


def courses(log: PlanLog, tables: Sequence[Table]) -> list[dict[str, tuple[Any, ...]]]:
    """The phase of each item on each day, since when, and why it was dropped."""
    return [
        {one.id: (one.phase, one.since, one.cause) for one in log.plan(table.day).measures}
        for table in tables
    ]


def refute(log: PlanLog, tables: Sequence[Table]) -> None:
    """Fail if the plan is anything else than what *tables* say, or one of them adds anything."""
    for table in tables:
        assert said(table) == planned(log, table), table.version
    size = log.size
    assert all(take(log, table).already for table in tables)
    assert size == log.size


def in_three_orders(tables: Sequence[Table]) -> list[list[Table]]:
    """In order, in reverse, and in an order that has none."""
    shuffled = [*tables]
    Random(4).shuffle(shuffled)
    return [[*tables], [*reversed(tables)], shuffled]


class TestShelf:
    """Tests for all tables of the list."""

    def test_there_are_as_many_as_promised(self) -> None:
        """The list is known as it stood on 53 days."""
        assert 53 == len(SHELF)

    def test_in_order(self) -> None:
        """Imported one after the other, all tables are what the plan says, and no more is added."""
        refute(take_all(PlanLog(MemoryStore()), SHELF), SHELF)

    def test_in_any_order(self) -> None:
        """Each fifth table in three orders: the same plan, phases and since on each day."""
        logs = [take_all(PlanLog(MemoryStore()), order) for order in in_three_orders(FIFTHS)]
        for log in logs:
            refute(log, FIFTHS)
        first, second, third = (courses(log, FIFTHS) for log in logs)
        assert first == second == third

    @pytest.mark.soak
    def test_all_in_any_order(self) -> None:
        """All tables in three orders: the same plan, phases and since on each day."""
        logs = [take_all(PlanLog(MemoryStore()), order) for order in in_three_orders(SHELF)]
        for log in logs:
            refute(log, SHELF)
        first, second, third = (courses(log, SHELF) for log in logs)
        assert first == second == third


class TestProgram:
    """Tests for the tables through the installed program."""

    def test_import(self, tmp_path: Path) -> None:
        """The program imports the newest table first, and the plan is each table on its day."""
        (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
        tables = [SHELF[52], SHELF[26], SHELF[39]]
        for table in tables:
            options = ("--on", table.day.isoformat(), "--by", "x", "--version", table.version)
            run(tmp_path, "import", str(table.file), "--map", "map.toml", "--title", "P", *options)
        for table in tables:
            assert said(table) == planned(PlanLog.open(tmp_path), table)
            assert table.version in run(
                tmp_path, "show", "--at", table.version, "--format", "json", "--lang", "en"
            )


def run(folder: Path, *arguments: str) -> str:
    """What the program prints."""
    command = [str(Path(sys.executable).with_name("planlog")), *arguments]
    return subprocess.run(
        command, check=True, cwd=folder, capture_output=True, encoding="utf-8"
    ).stdout
