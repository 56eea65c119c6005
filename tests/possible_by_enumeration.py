"""The slow road to what inexact days leave possible: every placement, one after the other."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Any

import attrs

from planlog.draft import Draft
from planlog.effects import Subject
from planlog.fold import apply
from planlog.plan import Plan
from planlog.possible import PRESENT, Cell
from planlog.slots import Slot
from planlog.timeline import in_fold_order


def placements(slots: Sequence[Slot], day: date) -> Iterator[tuple[Slot, ...]]:
    """Every way to put the slots on days of their intervals, without what is later than *day*."""
    for choice in product(*(_choices(slot, day) for slot in slots)):
        yield tuple(slot for slot in choice if slot is not None)


def number_of_placements(slots: Sequence[Slot], day: date) -> int:
    """How many placements there are."""
    return prod(len(_choices(slot, day)) for slot in slots)


def _choices(slot: Slot, day: date) -> list[Slot | None]:
    on = slot.content.on
    within = range((min(on.last, day) - on.first).days + 1)
    placed = [attrs.evolve(slot, day=on.first + timedelta(days=offset)) for offset in within]
    return [*placed, None] if on.last > day else [*placed]


def cells_of(plan: Plan, draft: Draft) -> dict[Cell, Any]:
    """Every cell of a plan in the making, and the rank of each measure."""
    cells: dict[Cell, Any] = {}
    for (kind, id), values in draft.subjects.items():
        cells[Cell(kind, id, PRESENT)] = True
        cells |= {Cell(kind, id, attribute): value for attribute, value in values.items()}
    cells |= {Cell("measure", measure.id, "rank"): measure.rank for measure in plan.measures}
    return cells


def enumerated(slots: Sequence[Slot], day: date) -> list[dict[Cell, Any]]:
    """The cells of the plan of every placement."""
    found = []
    for placement in placements(slots, day):
        draft = Draft()
        for slot in in_fold_order(placement):
            apply(draft, slot)
        found.append(cells_of(draft.freeze(), draft))
    return found


def empty_value(cell: Cell) -> Any:
    """What a cell has whose subject has no such value."""
    if cell.attribute == PRESENT:
        return False
    return () if cell.attribute in ("responsible", "partners", "ranking") else None


def subject(cell: Cell) -> Subject:
    """The subject that a cell belongs to."""
    return (cell.kind, cell.id)
