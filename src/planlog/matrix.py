"""How did each measure stand at each conference? Measures against the occasions of the plan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from planlog.events import RecordedEvent
from planlog.fold import replay
from planlog.missing import Missing, missing
from planlog.plan import CARRIED_OUT, STILL_OPEN, Measure, Occasion, Phase, Plan, Prefix
from planlog.possible import PRESENT, possible
from planlog.reports import began_to_count, reports
from planlog.slots import Slot, erased_slots, live_slots
from planlog.timeline import counting, plan_at
from planlog.values import Value

SHOWN: Final = frozenset({PRESENT, "phase", "rank", "level"})
"""The attributes that a cell tells of, and may tell to be open."""


@attrs.frozen(kw_only=True, repr=False)
class MatrixCell(Value):
    """How a measure stood at an occasion, at the end of its day.

    *present*: whether the plan had it then. *field* is the one it stood in, on whose list it had
    its *rank*. *reports* are the ids of the events that reported on it since the occasion before:
    those that count at this one and did not at that. *fell_back*: at the occasion before it had
    been carried out, and now it has yet to be. *uncertain* names what inexact days leave open,
    *missing* what erased texts may have told otherwise.
    """

    present: bool
    field: str | None = None
    phase: Phase | None = None
    rank: int | None = None
    level: str | None = None
    reports: tuple[str, ...] = ()
    fell_back: bool = False
    uncertain: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the plan had the measure, and nobody reported on it since the occasion before."""
        return self.present and not self.reports


@attrs.frozen(kw_only=True, repr=False)
class MatrixRow(Value):
    """A *measure*, as it is at the point asked about, and a cell for each occasion."""

    measure: Measure
    cells: tuple[MatrixCell, ...]


@attrs.frozen(kw_only=True, repr=False)
class Matrix(Value):
    """Measures against occasions; *plan* is the one at the point asked about."""

    plan: Plan
    occasions: tuple[Occasion, ...]
    rows: tuple[MatrixRow, ...]


def matrix(
    slots: Sequence[Slot], day: date | None, known: Prefix, field: str | None = None
) -> Matrix:
    """Tell how the measures, of one *field* or of all, stood at each occasion up to *day*.

    Every occasion is computed from the same *slots*, which come by position. Occasions of one day
    see the same; the one before is the latest of an earlier day.
    """
    plan = plan_at(slots, day, known)
    said = reports(slots, day)
    columns: dict[date, _Column] = {}
    last: date | None = None
    for present in dict.fromkeys(one.day for one in plan.occasions):
        before = {} if last is None else columns[last]
        columns[present] = _column(slots, (last, present), before, said)
        last = present
    absent = MatrixCell(present=False)
    return Matrix(
        plan=plan,
        occasions=plan.occasions,
        rows=tuple(
            MatrixRow(
                measure=measure,
                cells=tuple(columns[one.day].get(measure.id, absent) for one in plan.occasions),
            )
            for measure in plan.measures
            if field is None or measure.field == field
        ),
    )


def with_missing(found: Matrix, events: Sequence[RecordedEvent]) -> Matrix:
    """Tell of each cell of a matrix of *events* what erased texts may have told otherwise."""
    if not erased_slots(events):
        return found
    slots, known = live_slots(events), found.plan.known
    gone = {one.day: missing(events, plan_at(slots, one.day, known)) for one in found.occasions}
    return attrs.evolve(
        found,
        rows=tuple(
            attrs.evolve(
                row,
                cells=tuple(
                    attrs.evolve(cell, missing=_shown(gone[one.day], row.measure.id))
                    for one, cell in zip(found.occasions, row.cells, strict=True)
                ),
            )
            for row in found.rows
        ),
    )


def _shown(gone: Missing, measure: str) -> tuple[str, ...]:
    return tuple(name for name in gone.get(("measure", measure), ()) if name in SHOWN)


_Column = Mapping[str, MatrixCell]
"""The cells of one day, by the id of the measure; one that is not there is absent for sure."""


def _column(
    slots: Sequence[Slot],
    days: tuple[date | None, date],
    before: _Column,
    said: Mapping[str, Sequence[Slot]],
) -> _Column:
    """The cells of the second of *days*, where *before* are those of the first, if there is one."""
    last, day = days
    open_cells = possible(slots, day).uncertain()
    measures = {one.id: one for one in replay(counting(slots, day)).measures}
    maybe = {id: Measure(id=id) for kind, id in open_cells if kind == "measure"}
    return {
        id: MatrixCell(
            present=id in measures,
            field=measure.field,
            phase=measure.phase,
            rank=measure.rank,
            level=measure.level,
            reports=tuple(
                slot.id for slot in began_to_count(said.get(id, ()), last, day) if id in measures
            ),
            fell_back=measure.phase in STILL_OPEN
            and id in before
            and before[id].phase in CARRIED_OUT,
            uncertain=tuple(one for one in open_cells.get(("measure", id), ()) if one in SHOWN),
        )
        for id, measure in {**maybe, **measures}.items()
    }
