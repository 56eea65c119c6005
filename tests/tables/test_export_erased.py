"""What the public may see of texts that were erased."""

from collections.abc import Sequence

import pytest

from planlog.events import (
    Amended,
    Erased,
    FieldAdded,
    GoalAdded,
    Merged,
    Noted,
    Prioritized,
    Proposed,
    Split,
    Started,
)
from planlog.tables.exports.belonging import goals_of, measures_of
from planlog.tables.exports.public import Public
from tests.erasures import without
from tests.histories import Entry, log

FIELDS: Sequence[Entry] = (
    (FieldAdded(field="a", title="A"), "2022"),
    (FieldAdded(field="b", title="B"), "2022"),
)
IN_A: Entry = (Proposed(measure="m-1", title="M", field="a"), "2022")
IN_B: Entry = (Proposed(measure="m-2", title="M", field="b"), "2022")


class TestMeasures:
    """Tests for the measures that belong to a field by an erased text."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (IN_A, {"m-1"}),
            ((Amended(measure="m-2", field="a"), "2022"), {"m-2"}),
            ((Prioritized(field="a", ranking=["m-3"]), "2022"), {"m-3"}),
            ((Prioritized(field="b", ranking=["m-3"]), "2022"), set()),
            ((Prioritized(field="a", ranking=[]), "2022"), set()),
            ((Started(measure="m-3"), "2022"), set()),
        ],
    )
    def test_each(self, text: Entry, expected: set[str]) -> None:
        """What it may have put into the field belongs to it, as if it could be read."""
        events = without(log(IN_B, text), 1)
        assert {id: {"a": None} for id in expected} == measures_of({"a"}, events)

    @pytest.mark.parametrize(
        "text", [Merged(measures=["m-1"], into="m-3"), Split(measure="m-1", into=["m-3", "m-1"])]
    )
    def test_lineage(self, text: Merged | Split) -> None:
        """What may have come from a measure of the field belongs to it."""
        events = without(log(IN_A, (text, "2022")), 1)
        assert {"m-1", "m-3"} == measures_of({"a"}, events).keys()
        assert {} == measures_of({"a"}, without(log(IN_B, (text, "2022")), 1))

    def test_bare(self) -> None:
        """Of what an erasure kept no ids of, nothing belongs anywhere."""
        for text in (
            IN_A[0],
            Prioritized(field="a", ranking=["m-3"]),
            Merged(measures=["m-1"], into="m-2"),
        ):
            assert {} == measures_of({"a"}, without(log((text, "2022")), 0, bare=True))


class TestGoals:
    """Tests for the goals that belong to a field."""

    def test_erased(self) -> None:
        """A goal of the field is one, though its text was erased."""
        entries: Sequence[Entry] = (
            (GoalAdded(goal="g-1", field="a", title="G"), "2022"),
            (GoalAdded(goal="g-2", field="b", title="G"), "2022"),
            (GoalAdded(goal="g-3", field="a", title="G"), "2022"),
        )
        assert {"g-1": "a", "g-3": "a"} == goals_of({"a"}, without(log(*entries), 0, 1))
        assert {"g-3": "a"} == goals_of({"a"}, without(log(*entries), 0, bare=True))


class TestPublic:
    """Tests for what is left of erased texts."""

    def test_hidden(self) -> None:
        """What was about nothing public is left out, with the erasure that tells of it."""
        events = without(log(*FIELDS, IN_A, IN_B), 2, 3)
        public = Public(["field:a"], events)
        told = [record["position"] for record in public.events(events)]
        assert [1, 3, 5] == told
        assert public.hides(events[2])
        assert not public.hides(events[3])

    def test_names(self) -> None:
        """Of what is told, the ids are left out that are not public."""
        merged: Entry = (Merged(measures=["m-1", "m-2"], into="m-4"), "2023")
        events = without(log(*FIELDS, IN_A, IN_B, (IN_B[0], "2023"), merged), 5)
        public = Public(["field:a"], events)
        left = public.left(events[5]).event
        assert isinstance(left, Erased)
        assert ("m-2",) == left.measures
        records = {record["position"]: record for record in public.events(events)}
        assert {"erased": "0" * 64} == records[5]["data"]
        assert ["m-2"] == records[6]["data"]["measures"]

    def test_around(self) -> None:
        """Who erased it is left out where that is declared internal."""
        events = without(log((Noted(text="x"), "2022")), 0)
        erasure = events[1]
        assert "" == Public(["by"], events).around_one(erasure).by
        assert erasure == Public([], events).around_one(erasure)
