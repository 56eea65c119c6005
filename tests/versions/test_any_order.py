"""Versions may be imported in any order, and twice: DESIGN section 10.

The documents are random, with few measures, few values and few days, so that they collide.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlog.errors import TableError
from planlog.log import PlanLog
from planlog.mappings import FrozenMapping
from planlog.plan import Measure, Plan
from planlog.versions.statement import StatedMeasure, Statement
from tests.versions.documents import (
    FIRST_DAY,
    IDS,
    Document,
    imported,
    sequences,
    statements,
    take,
)


def plans(log: PlanLog, documents: Sequence[Document]) -> list[Plan]:
    """The plan at the day of each document."""
    return [log.plan(document.day) for document in documents]


class TestOrder:
    @pytest.mark.parametrize("keyed", [True, False], ids=["keys", "numbers"])
    # Each example is imported in up to two dozen orders.
    @settings(max_examples=settings().max_examples // 2)
    @given(data=st.data())
    def test_any_order_gives_the_same_plan(self, keyed: bool, data: st.DataObject) -> None:
        """In whatever order versions are imported, the plan of every version's day is the same."""
        documents = data.draw(sequences(keyed=keyed))
        try:
            expected = plans(imported(documents), documents)
        except TableError:  # two of one day that contradict each other, in whatever order
            for order in permutations(documents):
                with pytest.raises(TableError):
                    imported(order)
            return
        for order in permutations(documents):
            assert expected == plans(imported(order), documents)


BEFORE = Document(
    "before",
    FIRST_DAY - timedelta(days=1),
    Statement(
        coverage="complete",
        attributes=("title", "field"),
        measures=tuple(
            StatedMeasure(
                place="", key=id, cells=FrozenMapping({"title": "Garten", "field": "Wohnen"})
            )
            for id in IDS
        ),
    ),
)
"""It has all measures: one that a wrong file alone brought in cannot be taken out again."""


def measures(log: PlanLog, documents: Sequence[Document]) -> list[dict[str, Measure]]:
    """The measures at the day of each document."""
    return [{one.id: one for one in plan.measures} for plan in plans(log, documents)]


class TestWrongFile:
    @given(
        documents=sequences(2),
        wrong=statements("complete") | statements("excerpt"),
        early=st.booleans(),
    )
    def test_leaves_nothing_behind(
        self, documents: list[Document], wrong: Statement, early: bool
    ) -> None:
        """What a version's first file said goes when the version is imported from another."""
        first, last = documents
        before = [BEFORE, first] if early else [first, BEFORE]
        try:
            expected = measures(imported([*before, last]), documents)
            log = imported([*before[:1], attrs.evolve(last, statement=wrong, digest="wrong")])
            for document in (*before[1:], last):
                take(log, document)
        except TableError:
            return
        assert expected == measures(log, documents)
