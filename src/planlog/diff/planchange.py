"""One change of a diff, and in which order the changes of a plan are told."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

import attrs

from planlog.changes import CellChange
from planlog.effects import PLAN, Subject
from planlog.plan import (
    ActionField,
    Conference,
    Goal,
    Measure,
    Plan,
    Version,
    in_field_order,
    in_plan_order,
)
from planlog.ranking import RankCause
from planlog.values import Value

ChangeKind = Literal["added", "removed", "changed"]

Axis = Literal["decided", "learned"]
"""Whether the plan changed between the two days, or the record of it."""


@attrs.frozen(kw_only=True, repr=False)
class PlanChange(Value):
    """One thing that differs.

    *subject* is a kind (plan, field, goal, conference, version, measure) and *id* says which one;
    the plan's is empty. Where the subject appeared or went, *attribute* is absent and the whole of
    it stands in *after* or *before*. Attributes with many values are named one by one
    (``attributes.topic``, ``decisions.9f3c0a6be1d24857``); nothing and an empty list are both told
    as `None`. *cause* says of a rank why it is another. *events* are the ids of the events that
    caused the change, in the order of the log; where one of them is a correction that brought the
    value, the original is named as well.
    """

    subject: str
    id: str
    kind: ChangeKind
    attribute: str | None
    before: Any
    after: Any
    axis: Axis
    cause: RankCause | None = None
    events: tuple[str, ...] = ()


def changed(cell: CellChange, axis: Axis, events: tuple[str, ...]) -> PlanChange:
    """Tell of one cell."""
    return PlanChange(
        subject=cell.subject[0],
        id=cell.subject[1],
        kind="changed",
        attribute=cell.attribute,
        before=cell.before,
        after=cell.after,
        axis=axis,
        cause=cell.cause,
        events=events,
    )


def kept(value: Any) -> Any:
    """What a cell holds: nothing and an empty list are the same."""
    return None if value == () else value


def subjects_in_order(*plans: Plan) -> list[Subject]:
    """Everything that is in any of *plans*, in the order of the plan; the later ones decide it."""
    fields = in_field_order(_merged(plan.fields for plan in plans).values())
    measures = in_plan_order(_merged(plan.measures for plan in plans).values(), fields)
    found: list[Subject] = [PLAN, *(("field", field.id) for field in fields)]
    newest_first = plans[::-1]
    for kind in ("goal", "conference", "version"):
        things = _merged(getattr(plan, f"{kind}s") for plan in newest_first)
        found += [(kind, id) for id in things]
    return [*found, *(("measure", measure.id) for measure in measures)]


def attribute_key(subject: Subject, attribute: str) -> tuple[int, str]:
    """Sort the attributes of a subject as its class names them."""
    stem = attribute.partition(".")[0]
    return _ORDER[subject[0]].index(stem), attribute


def attribute_names() -> tuple[str, ...]:
    """Every attribute that a change can be about; of those with many values, the one name."""
    names = dict.fromkeys(name for attributes in _ORDER.values() for name in attributes)
    return tuple(name for name in names if name != "id")


def _merged(of_each: Iterable[Iterable[Any]]) -> Mapping[str, Any]:
    return {one.id: one for things in of_each for one in things}


_ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "plan": ("title", "place", "programme", "language"),
    **{
        kind: tuple(attribute.name for attribute in attrs.fields(cls))
        for kind, cls in (
            ("field", ActionField),
            ("goal", Goal),
            ("conference", Conference),
            ("version", Version),
            ("measure", Measure),
        )
    },
}
