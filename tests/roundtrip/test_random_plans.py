"""Random plans to files and back: what was exported states the plan that it was made from."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planlog.changes import Trace
from planlog.config import LANGUAGES
from planlog.errors import TableError
from planlog.events import (
    Amended,
    Event,
    NewEvent,
    PlanOpened,
    Proposed,
    Rated,
    RecordedEvent,
    VersionRecorded,
)
from planlog.plan import GIVEN_UP, ActionField, Goal, Measure, Plan, Prefix
from planlog.slots import live_slots
from planlog.tables.columns import names
from planlog.tables.exports.delimited import delimited
from planlog.tables.exports.grids import field_grids, plan_grid
from planlog.tables.exports.workbook import workbook
from planlog.tables.files.reading import read
from planlog.tables.maps.own import own_map
from planlog.tables.rows.statement import statement
from planlog.testing.logs import SALT
from planlog.timeline import in_fold_order, plan_at
from planlog.versions.matching.answers import Answers
from planlog.versions.proposal import propose
from planlog.wording import Words, words_for
from tests.roundtrip.odd_logs import END, odd_logs

DE: Final = words_for("de")
LATER: Final = END + timedelta(days=1)

Log = Sequence[RecordedEvent]

Told = dict[str, dict[str, Any]]
"""The cells of each measure by their columns."""


def as_text(plan: Plan) -> bytes:
    """The file that is exported as CSV."""
    return delimited(plan_grid(plan, listed(plan), None), "plan.csv")


def as_workbook(plan: Plan, words: Words) -> bytes:
    """The file that is exported as XLSX."""
    grid = plan_grid(plan, listed(plan), words, name="Plan")
    return workbook([grid], "plan.xlsx", words=words, title="Plan", recorded=None)


def as_sheets(plan: Plan) -> bytes:
    """The file that is exported as XLSX with a sheet for each field."""
    grids = field_grids(plan, listed(plan), DE)
    return workbook(grids, "plan.xlsx", words=DE, title="Plan", recorded=None)


Export = Callable[[Plan], bytes]

EXPORTS: Final[Mapping[str, Sequence[Export]]] = {
    "csv": (as_text,),
    "xlsx": (*(partial(as_workbook, words=words_for(one)) for one in LANGUAGES), as_sheets),
}
"""The ways to export a plan, by the form of the file."""


def listed(plan: Plan) -> tuple[Measure, ...]:
    """The measures that an export has."""
    return tuple(one for one in plan.measures if one.listed)


def plan_of(log: Log) -> Plan:
    """The plan that a log tells of in the end."""
    return plan_at(live_slots(log), LATER, Prefix(size=0))


def tellable(plan: Plan) -> bool:
    """Whether there is anything to export, and each measure has been proposed by now."""
    return bool(listed(plan)) and all(one.phase for one in listed(plan))


def unambiguous(plan: Plan) -> bool:
    """Whether no two fields have one title."""
    titles = [one.title for one in plan.fields if one.title]
    return len(titles) == len(set(titles))


def shows_ends_of_lists(plan: Plan) -> bool:
    """Whether the last measure on each list is one that an export shows there.

    Ranks without gaps are the whole list: that something stood behind them, no table can tell.
    """
    last = {one.id: len(one.ranking) for one in plan.fields}
    return all(
        any((one.field, one.rank) == (id, rank) for one in listed(plan))
        for id, rank in last.items()
        if rank
    )


def proposed(log: Log, content: bytes) -> list[NewEvent]:
    """The events that an exported file leads to, but for the one that opens the plan."""
    sheets = read(content, "plan")
    map = own_map(sheets)
    assert map is not None
    proposal = propose(
        log,
        statement(sheets, map, "plan"),
        day=LATER,
        version="plan",
        document=sha256(content).hexdigest(),
        opening="Plan",
        answers=Answers(suggestions="ignore"),
    )
    return [new for new in proposal.events if not isinstance(new.event, PlanOpened)]


def with_recorded(log: Log, new: Sequence[NewEvent]) -> list[RecordedEvent]:
    """The *log* once the *new* events are recorded."""
    found = list(log)
    for one in new:
        assert one.id is not None
        assert one.on is not None
        found.append(
            RecordedEvent(
                position=len(found),
                id=one.id,
                on=one.on,
                recorded=datetime(2022, 6, 2, tzinfo=UTC),
                by="Quartiersmanagement",
                event=one.event,
                salt=SALT,
            )
        )
    return found


def told(plan: Plan) -> Told:
    """What an export tells of each measure, but for ``since``, which only informs.

    Of a rank the order is told: ranks have gaps where a list has what the plan no longer shows.
    """
    grid = plan_grid(plan, listed(plan), None)
    found: Told = {}
    for measure, row in zip(listed(plan), grid.rows, strict=True):
        cells = dict(zip(grid.headings, row, strict=True))
        ranks = [one.rank for one in listed(plan) if one.field == measure.field]
        cells["rank"] = measure.rank and sorted(rank for rank in ranks if rank).index(measure.rank)
        del cells["since"]
        found[measure.id] = {name: value for name, value in cells.items() if value is not None}
    return found


def told_alike(cells: Told, plan: Plan, columns: Collection[str]) -> Told:
    """What *plan* tells in *columns* of the measures of *cells*, in the same way.

    What another plan called by its id may have a title here, and the other way round.
    """
    kinds: Mapping[str, Iterable[ActionField | Goal]] = {"field": plan.fields, "goal": plan.goals}
    titles = {(kind, one.id): one.title for kind, things in kinds.items() for one in things}
    whole = told(plan)
    found: Told = {}
    for measure in listed(plan):
        if measure.id in cells:
            row = {name: what for name, what in whole[measure.id].items() if name in columns}
            for kind in kinds:
                id, name = getattr(measure, kind), cells[measure.id].get(kind)
                if id is not None and name in (id, titles[kind, id]):
                    row[kind] = name
            found[measure.id] = row
    return found


def changes_nothing(log: Log, size: int) -> list[Event]:
    """The events behind the first *size* of a log that change nothing, but for versions."""
    trace = Trace()
    found = []
    for slot in in_fold_order(live_slots(log)):
        event = slot.content.event
        if not trace.take(slot) and slot.position >= size:
            found.append(event)
    return [event for event in found if not isinstance(event, VersionRecorded)]


class TestOfAnother:
    @pytest.mark.parametrize("form", EXPORTS)
    @given(data=st.data())
    def test_leads_to_the_plan(self, form: str, data: st.DataObject) -> None:
        """Importing an export makes it the plan that was exported; each event changes something."""
        log, plan = data.draw(odd_logs()), plan_of(data.draw(odd_logs()))
        export = data.draw(st.sampled_from(EXPORTS[form]))
        assume(tellable(plan))
        assume(all(one.title for one in listed(plan)))  # a new measure needs one
        assume(all(one.field or not one.goal for one in listed(plan)))  # and a new goal a field
        assume(unambiguous(plan_of(log)))
        longer = with_recorded(log, proposed(log, export(plan)))
        now, cells = plan_of(longer), told(plan)
        assert cells == told_alike(cells, now, names(listed(plan)))
        assert {one.phase for one in now.measures if one.id not in cells} <= {None, *GIVEN_UP}
        assert [] == changes_nothing(longer, len(log))


class TestItsOwn:
    def test_only_spoken_of(self) -> None:
        """A measure that was never proposed is by a plan that lists it, if it has a title."""
        rated = NewEvent(event=Rated(measure="a", level="hoch"), on="2021-09-01", id="0" * 16)
        log = with_recorded((), [rated])
        with pytest.raises(TableError, match="title: the plan has no such measure on 2021-11-01"):
            proposed(log, as_text(plan_of(log)))
        named = NewEvent(event=Amended(measure="a", title="Hof"), on="2021-09-01", id="1" * 16)
        log = with_recorded(log, [named])
        new = [one.event for one in proposed(log, as_text(plan_of(log)))]
        assert [Proposed, VersionRecorded] == [type(event) for event in new]

    @pytest.mark.parametrize("form", EXPORTS)
    @given(data=st.data())
    def test_changes_nothing(self, form: str, data: st.DataObject) -> None:
        """Importing an export of a plan over itself leads to no event but the version."""
        log = data.draw(odd_logs())
        export = data.draw(st.sampled_from(EXPORTS[form]))
        plan = plan_of(log)
        assume(tellable(plan))
        assume(shows_ends_of_lists(plan))
        new = proposed(log, export(plan))
        assert [VersionRecorded] == [type(one.event) for one in new]
