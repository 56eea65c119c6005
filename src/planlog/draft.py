"""A plan in the making: the attributes of each subject, to be changed and put together again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs

from planlog.dates import InexactDate
from planlog.effects import PLAN, Subject
from planlog.mappings import FrozenMapping
from planlog.plan import (
    ActionField,
    Conference,
    Decision,
    Goal,
    Measure,
    Phase,
    Plan,
    Version,
    in_field_order,
    in_plan_order,
    number_key,
)

Values = dict[str, Any]
"""The attributes of one subject, named as `planlog.effects.Effect` names them."""

Thing = Measure | ActionField | Goal | Conference | Version
"""What a plan consists of."""

Left = dict[Phase, InexactDate]
"""The phases that were left on the present day, and since when each had run."""


class Draft:
    """A plan in the making: the one thing in the core that changes.

    *runs* has, for each measure whose phase changed, the day and the phases left on it.
    """

    def __init__(self, plan: Plan | None = None) -> None:
        """Begin with *plan*, or with nothing."""
        self.subjects: dict[Subject, Values] = {} if plan is None else _thawed(plan)
        self.runs: dict[str, tuple[date, Left]] = {}

    def freeze(self) -> Plan:
        """Return the plan as it is now."""
        return _frozen(self.subjects)


def thing(subject: Subject, values: Values, rank: int | None = None) -> Thing:
    """Put a measure, field, goal, conference or version together from its attributes.

    The *rank* of a measure hangs on the list of its field and so is not one of them.
    """
    kind, id = subject
    match kind:
        case "measure":
            return Measure(id=id, rank=rank, **_plain(values))
        case "field":
            return ActionField(id=id, **_plain(values))
        case "goal":
            return Goal(id=id, **values)
        case "conference":
            return Conference(id=id, **values)
        case _:
            return Version(id=id, **values)


def attributes_of(subject: Subject, thing: Thing) -> Values:
    """Take a measure, field, goal, conference or version apart again."""
    kind, _ = subject
    values: Values = attrs.asdict(thing, recurse=False)
    del values["id"]
    if kind == "measure":
        del values["rank"]
        for key, text in values.pop("attributes").items():
            values[f"attributes.{key}"] = text
        for stem in ("predecessors", "successors"):
            for id in values.pop(stem):
                values[f"{stem}.{id}"] = True
    if kind in ("measure", "field"):
        for one in values.pop("decisions"):
            values[f"decisions.{one.event}"] = one
    return values


def _frozen(subjects: dict[Subject, Values]) -> Plan:
    things: dict[str, list[Any]] = {}
    for subject, values in subjects.items():
        if subject[0] not in ("plan", "measure"):
            things.setdefault(subject[0], []).append(thing(subject, values))
    fields = in_field_order(things.get("field", ()))
    ranks = {field.id: {id: rank for rank, id in enumerate(field.ranking, 1)} for field in fields}
    measures = [
        thing(subject, values, ranks.get(values.get("field", ""), {}).get(subject[1]))
        for subject, values in subjects.items()
        if subject[0] == "measure"
    ]
    return Plan(
        **subjects.get(PLAN, {}),
        fields=fields,
        goals=_sorted_goals(things.get("goal", ()), fields),
        conferences=tuple(sorted(things.get("conference", ()), key=_by_date)),
        versions=tuple(sorted(things.get("version", ()), key=_by_date)),
        measures=in_plan_order(measures, fields),  # type: ignore[arg-type]  # what measures are made of
    )


def _plain(values: Values) -> Values:
    """The attributes as a measure or field has them: those with many values put together."""
    many: dict[str, dict[str, Any]] = {}
    plain: Values = {}
    for name, value in values.items():
        stem, dot, key = name.partition(".")
        if not dot:
            plain[name] = value
        elif value is not None:
            many.setdefault(stem, {})[key] = value
    for stem, found in many.items():
        plain[stem] = _MANY[stem](found)
    return plain


def _decisions(found: dict[str, Decision]) -> tuple[Decision, ...]:
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (
                one.on.first,
                one.on.last,
                one.conference,
                one.outcome,
                one.text or "",
                one.event,
            ),
        )
    )


def _ids(found: dict[str, bool]) -> tuple[str, ...]:
    return tuple(sorted(found))


_MANY: dict[str, Any] = {
    "attributes": lambda found: FrozenMapping(dict(sorted(found.items()))),
    "decisions": _decisions,
    "predecessors": _ids,
    "successors": _ids,
}


def _by_date(one: Conference | Version) -> tuple[bool, date, date, str]:
    on = one.on
    return (True, date.max, date.max, one.id) if on is None else (False, on.first, on.last, one.id)


def _sorted_goals(goals: Iterable[Goal], fields: Iterable[ActionField]) -> tuple[Goal, ...]:
    place = {field.id: index for index, field in enumerate(fields)}
    return tuple(
        sorted(
            goals, key=lambda goal: (place.get(goal.field or "", len(place)), number_key(goal.id))
        )
    )


def _thawed(plan: Plan) -> dict[Subject, Values]:
    subjects: dict[Subject, Values] = {}
    opening = {
        name: value
        for name in ("title", "place", "programme", "language")
        if (value := getattr(plan, name)) is not None
    }
    if opening:
        subjects[PLAN] = opening
    for kind, things in (
        ("field", plan.fields),
        ("goal", plan.goals),
        ("conference", plan.conferences),
        ("version", plan.versions),
        ("measure", plan.measures),
    ):
        for one in things:
            subjects[kind, one.id] = attributes_of((kind, one.id), one)
    return subjects
