"""The example: the plan of the Ahlhorn neighbourhood."""

from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from planlog import AmbiguousReferenceError, MemoryStore, PlanLog, RecordedEvent
from tests import ahlhorn

EVENTS = Path(__file__).parent.parent / "events"

ORDER = {
    "wohnen": ("1", "16", "4"),
    "soziales": ("29", "31"),
    "freizeit-kultur": ("14", "15", "20", "3", "6"),
    "gesundheit-sicherheit": ("16", "20", "13", "1"),
}


@pytest.fixture(scope="module")
def log() -> PlanLog:
    """The log that the repository holds."""
    return PlanLog.open(EVENTS)


def told(event: RecordedEvent) -> RecordedEvent:
    """The event without what differs each time it is recorded."""
    return attrs.evolve(event, id="", recorded=datetime.min.replace(tzinfo=UTC), salt="")


class TestRecording:
    """Tests for the script that recorded the example."""

    def test_again(self, log: PlanLog) -> None:
        """Recording the example again gives the same events but for id, recorded and salt."""
        again = PlanLog(MemoryStore())
        ahlhorn.record(again)
        assert list(map(told, log.events())) == list(map(told, again.events()))

    def test_batches(self, log: PlanLog) -> None:
        """Each step of the story is one file, named after the position of its first event."""
        starts = [int(path.name[:10]) for path in sorted(EVENTS.glob("*.jsonl"))]
        assert [0, 5, 10, 21] == starts[:4]


class TestPlan:
    """Tests for the plan that the example tells."""

    def test_third_conference(self, log: PlanLog) -> None:
        """At the third conference the measures stand in the order of the deck."""
        plan = log.plan("stk-3")
        found = {
            field.id: tuple(one.number for one in plan.measures if one.field == field.id)
            for field in plan.fields
        }
        assert ORDER == found
        ranks = [one.rank for one in plan.measures]
        assert [1, 2, 3, 1, 2, 1, 2, 3, 4, 5, 1, 2, 3, 4] == ranks

    def test_phases(self, log: PlanLog) -> None:
        """Two measures are implemented, the other twelve started, with the deck's own words."""
        plan = log.plan("stk-3")
        implemented = {one.id for one in plan.measures if one.phase == "implemented"}
        assert {"freizeit-kultur-3", "freizeit-kultur-6"} == implemented
        assert {"started", "implemented"} == {one.phase for one in plan.measures}
        assert "Angeschoben" == plan.measure("freizeit-kultur/3").stage
        assert "Umgesetzt" == plan.measure("freizeit-kultur/6").stage
        assert all(one.note for one in plan.measures)

    def test_decided(self, log: PlanLog) -> None:
        """The conference adopted the lists of all four fields."""
        plan = log.plan("stk-3")
        assert {"adopted"} == {one.outcome for field in plan.fields for one in field.decisions}
        assert all(len(one.decisions) == 1 for one in plan.measures)

    def test_before(self, log: PlanLog) -> None:
        """The day before shows the eleven measures listed beforehand, and nothing decided."""
        plan = log.plan("before:stk-3")
        assert 11 == len(plan.measures)
        assert all(one.rank and not one.decisions for one in plan.measures)

    @pytest.mark.parametrize("point", ["stk-2", "stk-1", "akteurworkshop-2020", "start"])
    def test_earlier(self, log: PlanLog, point: str) -> None:
        """No measure is claimed for any earlier meeting."""
        assert () == log.plan(point).measures

    def test_certain(self, log: PlanLog) -> None:
        """At the third conference nothing hangs on where in its interval a date lies."""
        assert {} == log.possible("stk-3").uncertain()

    def test_ambiguous_number(self, log: PlanLog) -> None:
        """Number 16 is the number of two measures, and both are named."""
        with pytest.raises(AmbiguousReferenceError, match=r"wohnen-16 .* gesundheit-sicherheit-16"):
            log.history("16")

    def test_sources(self, log: PlanLog) -> None:
        """Every event says where it stands, and nothing contradicts itself."""
        findings = log.check("stk-3")
        assert {"implemented-without-start"} == {finding.code for finding in findings}
