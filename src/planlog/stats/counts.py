"""How many measures stand where: by field and phase, and what became carried out or given up."""

from collections.abc import Iterator, Mapping

import attrs

from planlog.plan import CARRIED_OUT, GIVEN_UP, PHASES, Measure, Phase, Plan
from planlog.stats.courses import Course
from planlog.values import Value


@attrs.frozen(kw_only=True, repr=False)
class PhaseCount(Value):
    """The ids of the measures that stand in one *phase*, *before* and *after*.

    *phase* is absent for measures that are only spoken of. Not *listed* are those that were
    replaced, or dropped as not listed: ``show`` leaves them out.
    """

    phase: Phase | None
    listed: bool
    before: tuple[str, ...]
    after: tuple[str, ...]


@attrs.frozen(kw_only=True, repr=False)
class FieldPhaseCount(PhaseCount):
    """The same for the measures of one *field*; absent: of those outside the fields."""

    field: str | None


@attrs.frozen(kw_only=True, repr=False)
class TurnedMeasure(Value):
    """A measure that is in a phase of one kind and was not before.

    *events* are those of its present unbroken run of phases of that kind.
    """

    measure: str
    phase: Phase
    events: tuple[str, ...]


def count(before: Plan, after: Plan) -> tuple[FieldPhaseCount, ...]:
    """Count the measures of two plans, field by field; what is nowhere is not told."""
    fields: dict[str | None, None] = dict.fromkeys(
        one.id for plan in (after, before) for one in plan.fields
    )
    return tuple(
        FieldPhaseCount(
            field=field, phase=one.phase, listed=one.listed, before=one.before, after=one.after
        )
        for field in {**fields, None: None}
        for one in _counts(
            tuple(one for one in before.measures if one.field == field),
            tuple(one for one in after.measures if one.field == field),
        )
    )


def total(before: Plan, after: Plan) -> tuple[PhaseCount, ...]:
    """Count the measures of two plans over all fields."""
    return tuple(_counts(before.measures, after.measures))


def _counts(before: tuple[Measure, ...], after: tuple[Measure, ...]) -> Iterator[PhaseCount]:
    for listed in (True, False):
        for phase in (*PHASES, None):
            found = [
                tuple(one.id for one in some if one.phase == phase and one.listed is listed)
                for some in (before, after)
            ]
            if any(found):
                yield PhaseCount(phase=phase, listed=listed, before=found[0], after=found[1])


def carried_out(
    before: Plan, after: Plan, courses: Mapping[str, Course]
) -> tuple[TurnedMeasure, ...]:
    """Find the measures that are implemented or ongoing and were not before."""
    return _turned(CARRIED_OUT, before, after, courses)


def given_up(before: Plan, after: Plan, courses: Mapping[str, Course]) -> tuple[TurnedMeasure, ...]:
    """Find the measures that are dropped or replaced and were not before."""
    return _turned(GIVEN_UP, before, after, courses)


def _turned(
    phases: frozenset[Phase], before: Plan, after: Plan, courses: Mapping[str, Course]
) -> tuple[TurnedMeasure, ...]:
    already = {one.id for one in before.measures if one.phase in phases}
    return tuple(
        TurnedMeasure(measure=one.id, phase=one.phase, events=courses[one.id].run(phases))
        for one in after.measures
        if one.phase is not None and one.phase in phases and one.id not in already
    )
