"""A log into which versions were imported in any order reads like one built in order.

The documents are random, with few measures, few values and few days, so that they collide.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planlog.audit import history, origins, priority_changes
from planlog.checks import check
from planlog.dates import Point
from planlog.errors import TableError
from planlog.events import RecordedEvent
from planlog.reports import reports
from planlog.slots import live_slots
from planlog.stats import Stats, stats
from planlog.timeline import Moment
from tests.versions.documents import FIRST_DAY, IDS, Document, imported, sequences

END = FIRST_DAY + timedelta(days=9)
Events = Sequence[RecordedEvent]


def life(events: Events, measure: str, day: date = END) -> list[tuple[str, list[str]]]:
    """What changed of a measure, day by day."""
    found: dict[str, list[str]] = {}
    for entry in history(events, day, measure):
        told = [str((one.attribute, one.before, one.after, one.cause)) for one in entry.changes]
        found.setdefault(entry.event.on.text, []).extend(told)
    return [(on, sorted(told)) for on, told in found.items() if told]


def findings(events: Events) -> set[tuple[str, str, str]]:
    """What is odd about the record, and of what."""
    return {
        (one.code, str(one.details.get("measure")), str(one.details.get("cells")))
        for one in check(events, END)
    }


def turns(events: Events) -> list[str]:
    """How ranks and levels changed, and why."""
    return sorted(
        str((one.measure.id, one.day, one.rank_before, one.rank, one.level_before, one.level))
        + str(one.cause)
        for one in priority_changes(live_slots(events), END)
    )


def grounds(events: Events) -> list[tuple[str, str, str, str]]:
    """The day from which each value of a measure is."""
    return [
        (id, one.attribute, str(one.value), one.event.on.text)
        for id in IDS
        for one in origins(live_slots(events), END, id)
    ]


def said(events: Events) -> dict[str, list[tuple[str, str]]]:
    """What was reported on measures, and when."""
    return {
        id: [(slot.content.type, slot.content.on.text) for slot in found]
        for id, found in reports(live_slots(events), END).items()
    }


def counted(events: Events) -> list[Any]:
    """What the statistics say, but for which events say so."""
    ends = (FIRST_DAY, END)
    before, after = (Moment(Point.parse("today"), day, len(events)) for day in ends)
    told: Stats = stats(events, before, after)
    return [
        [(one.measure, one.phases, len(one.returns)) for one in told.flips],
        [(one.measure, one.to_start, one.to_implementation) for one in told.delays],
        [(one.measure, one.started and one.started.earliest) for one in told.delays],
        [(one.measure, one.phase) for one in (*told.implemented, *told.dropped)],
        [(one.measure, one.on, one.conferences) for one in told.silences],
    ]


class TestOrder:
    """Tests for logs that differ in the order of imports alone."""

    @settings(max_examples=60)
    @given(sequences(), st.data())
    def test_alike(self, documents: list[Document], data: st.DataObject) -> None:
        """Lives, findings, priorities, grounds, reports and statistics are the same."""
        order = data.draw(st.permutations(documents))
        try:
            one, other = imported(documents).events(), imported(order).events()
        except TableError:
            assume(False)
        for id in IDS:
            for day in (FIRST_DAY, END):
                assert life(one, id, day) == life(other, id, day)
        assert findings(one) == findings(other)
        assert turns(one) == turns(other)
        assert grounds(one) == grounds(other)
        assert said(one) == said(other)
        assert counted(one) == counted(other)
