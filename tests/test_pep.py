"""A real list of 26 years, kept by others: planlog's answers about it are the source's own.

The list of Python Enhancement Proposals is told as a plan: an item is a measure, its category an
action field, its status the plan's own word for where it stands. The data lie beside the
repository and not in it; without them there is nothing to compare with.
"""

import csv
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from planlog import (
    Amended,
    Dropped,
    Event,
    FieldAdded,
    Implemented,
    MadePermanent,
    Measure,
    MemoryStore,
    NewEvent,
    Paused,
    PlanChange,
    PlanLog,
    PlanOpened,
    Progressed,
    Proposed,
    Started,
)

PEP = Path(__file__).parents[2] / "shared" / "data" / "pep"

pytestmark = pytest.mark.skipif(
    not PEP.is_dir(), reason="the real list is not beside the repository"
)

DATES = sorted(path.stem for path in PEP.glob("snapshots/*-*-*.csv"))
DIFFS = sorted(path.stem.split("_")[1:] for path in PEP.glob("expected_diffs/*.csv"))

Row = dict[str, str]
Item = tuple[str, str, str, str]
"""An item's id, title, category and status."""
Difference = tuple[str, str, str, str, str]
"""An item's id, what became of it (added, removed, changed), the attribute, old and new value."""

COLUMNS = {"title": "title", "field": "category", "stage": "status"}
"""What the list calls the attributes that are compared."""


def rows(*place: str) -> list[Row]:
    """The rows of a table of the source."""
    with PEP.joinpath(*place).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


class Told:
    """The changes of the list, told as events."""

    def __init__(self) -> None:
        self._fields: dict[str, str] = {}
        self._now: dict[str, Row | None] = {}

    def events(self) -> Iterator[NewEvent]:
        """Tell all of them, each on the day from which it was visible."""
        yield NewEvent(event=PlanOpened(title="Python Enhancement Proposals"), on="2000-07-13")
        for row in rows("changes.csv"):
            for event in self._events(row):
                yield NewEvent(event=event, on=row["recorded_at"][:10])

    def _events(self, row: Row) -> Iterator[Event]:
        id = row["item_id"]
        known, before = id in self._now, self._now.get(id)
        self._now[id] = None if row["change"] == "removed" else row
        if row["change"] == "removed":
            yield Dropped(measure=id, cause="not_listed")
            return
        if row["category"] and row["category"] not in self._fields:
            yield self._field(row["category"])
        field = self._fields.get(row["category"])
        if before is None:
            yield Proposed(measure=id, title=row["title"], field=field, stage=row["status"])
            if known and field is None:  # what a proposal leaves out stays as it was
                yield Amended(measure=id, field=None)
            return
        if row["title"] != before["title"]:
            yield Amended(measure=id, title=row["title"])
        if row["category"] != before["category"]:
            yield Amended(measure=id, field=field)
        if row["status"] != before["status"]:
            yield turned(id, row["status"])

    def _field(self, category: str) -> FieldAdded:
        """Add a field with an id that no other has: categories differ in case only, and less."""
        slug = re.sub(r"[^a-z]+", "-", category.lower()).strip("-")
        taken = sum(re.fullmatch(rf"{slug}(-\d+)?", id) is not None for id in self._fields.values())
        self._fields[category] = f"{slug}-{taken + 1}" if taken else slug
        return FieldAdded(field=self._fields[category], title=category)


def turned(id: str, status: str) -> Event:
    """Tell what a new status means; one that means no phase is a report."""
    match status:
        case "Accepted" | "Provisional":
            return Started(measure=id, stage=status)
        case "Final":
            return Implemented(measure=id, stage=status)
        case "Active":
            return MadePermanent(measure=id, stage=status)
        case "Deferred":
            return Paused(measure=id, stage=status)
        case "Rejected":
            return Dropped(measure=id, cause="rejected", stage=status)
        case "Superseded" | "Withdrawn":
            return Dropped(measure=id, cause="other", stage=status)
        case _:
            return Progressed(measure=id, stage=status)


def listed(change: PlanChange, side: str) -> bool:
    """Whether a change tells that an item is on the list *after* it, or *before*."""
    value = getattr(change, side)
    if change.attribute is None:
        return isinstance(value, Measure) and value.listed
    return change.attribute == "cause" and value != "not_listed"


def differences(changes: tuple[PlanChange, ...], titles: dict[str, str]) -> set[Difference]:
    """Tell changes of measures the way the source does, from nothing but themselves."""
    whole = [
        change
        for change in changes
        if change.subject == "measure"
        and (
            change.attribute is None
            or (change.attribute == "cause" and "not_listed" in (change.before, change.after))
        )
    ]
    added = {one.id for one in whole if listed(one, "after") and not listed(one, "before")}
    removed = {one.id for one in whole if listed(one, "before") and not listed(one, "after")}
    told = {one.id for one in whole}
    found = {(id, "added", "", "", "") for id in added}
    found |= {(id, "removed", "", "", "") for id in removed}
    for change in changes:
        column = COLUMNS.get(change.attribute or "")
        if change.subject != "measure" or column is None or change.id in told:
            continue
        before, after = change.before or "", change.after or ""
        if column == "category":
            before, after = titles.get(before, ""), titles.get(after, "")
        found.add((change.id, "changed", column, before, after))
    return found


def differing(before: str, after: str) -> set[Difference]:
    """What differs in two states of the source, told the same way."""
    old, new = (
        {row["item_id"]: row for row in rows("snapshots", f"{day}.csv")} for day in (before, after)
    )
    return {
        *((id, "added", "", "", "") for id in new.keys() - old.keys()),
        *((id, "removed", "", "", "") for id in old.keys() - new.keys()),
        *(
            (id, "changed", column, old[id][column], new[id][column])
            for id in old.keys() & new.keys()
            for column in COLUMNS.values()
            if old[id][column] != new[id][column]
        ),
    }


@pytest.fixture(scope="module")
def log() -> PlanLog:
    """The whole list, recorded through the library."""
    log = PlanLog(MemoryStore())
    log.record_all(Told().events(), by="the editors", source="changes.csv")
    return log


class TestPlan:
    def test_there_are_as_many_states_as_promised(self) -> None:
        """The list is known as it stood on 53 days."""
        assert 53 == len(DATES)

    @pytest.mark.parametrize("day", DATES)
    def test_state(self, log: PlanLog, day: str) -> None:
        """On each of these days the plan lists exactly what the list had."""
        plan = log.plan(day)
        titles = {field.id: field.title or "" for field in plan.fields}
        expected: list[Item] = [
            (row["item_id"], row["title"], row["category"], row["status"])
            for row in rows("snapshots", f"{day}.csv")
        ]
        assert sorted(expected) == sorted(
            (one.id, one.title or "", titles.get(one.field or "", ""), one.stage or "")
            for one in plan.measures
            if one.listed
        )


class TestDiff:
    def test_there_is_something_to_compare(self) -> None:
        """The source tells what changed in two stretches of time."""
        assert 2 == len(DIFFS)

    @pytest.mark.parametrize(("before", "after"), DIFFS)
    def test_changes(self, log: PlanLog, before: str, after: str) -> None:
        """Between two days exactly those attributes changed that the source says did."""
        titles = {field.id: field.title or "" for field in log.everything().fields}
        expected = {
            (row["item_id"], row["kind"], row["attribute"], row["old"], row["new"])
            for row in rows("expected_diffs", f"pep_{before}_{after}.csv")
            if row["attribute"] in ("", *COLUMNS.values())
        }
        assert expected == differences(log.diff(before, after).changes, titles)

    @pytest.mark.parametrize(("before", "after"), list(pairwise(DATES[::2])))
    def test_from_year_to_year(self, log: PlanLog, before: str, after: str) -> None:
        """From each year's state to the next, exactly that changed which differs in them."""
        titles = {field.id: field.title or "" for field in log.everything().fields}
        assert differing(before, after) == differences(log.diff(before, after).changes, titles)
