"""What was it then? Replay the contents that count, one after the other, into a plan."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import attrs

from planlog.dates import InexactDate
from planlog.effects import MENTION, PLAN, Subject, decision, effects
from planlog.events import Decided
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
from planlog.slots import Slot

FOLD_VERSION = 1
"""Raised when the same events would give another plan; caches and receipts name it."""

Values = dict[str, Any]
"""The attributes of one subject, named as `planlog.effects.Effect` names them."""

Left = dict[Phase, InexactDate]
"""The phases that were left on the present day, and since when each had run."""


class Draft:
    """A plan in the making: the one thing in the core that changes."""

    def __init__(self, plan: Plan | None = None) -> None:
        """Begin with *plan*, or with nothing."""
        self.subjects: dict[Subject, Values] = {} if plan is None else _thawed(plan)
        self._runs: dict[str, tuple[date, Left]] = {}

    def freeze(self) -> Plan:
        """Return the plan as it is now."""
        return _frozen(self.subjects)


def apply(draft: Draft, slot: Slot) -> None:
    """Let the content of *slot* happen to *draft*."""
    subjects = draft.subjects
    present: Subject | None = None
    values: Values = {}
    for subject, attribute, value in effects(slot):
        if subject is not present:
            present = subject
            values = subjects.setdefault(subject, {})
        if attribute == "phase":
            _turn(draft, subject[1], values, value, slot)
        elif attribute == "attributes" and subject[0] == "measure":
            _clear_attributes(values)
        elif attribute != MENTION:
            values[attribute] = value
    if isinstance(slot.content.event, Decided):
        _decide_lists(draft, slot, slot.content.event)


def replay(slots: Iterable[Slot], plan: Plan | None = None) -> Plan:
    """Return what *slots*, in this order, make of *plan* (absent: of nothing).

    A plan does not tell which phases were left on its last day, and leaving and resuming within
    one day begins no new run: what goes on from a *plan* must begin on a later day.
    """
    draft = Draft(plan)
    for slot in slots:
        apply(draft, slot)
    return draft.freeze()


def run_after(
    phase: Phase | None, since: InexactDate | None, left: Left, turn: Phase, on: InexactDate
) -> tuple[InexactDate | None, Left]:
    """Tell since when the run of a phase lasts after a *turn*, and what has been left today.

    Repeating the phase, or leaving and resuming it within one day, begins no new run.
    """
    if phase == turn:
        return since, left
    if phase is not None and since is not None:
        left = {**left, phase: since}
    return left.get(turn, on), left


def _turn(draft: Draft, measure: str, values: Values, turn: Any, slot: Slot) -> None:
    day, left = draft._runs.get(measure, (None, {}))
    values["since"], left = run_after(
        values.get("phase"),
        values.get("since"),
        left if day == slot.day else {},
        turn,
        slot.content.on,
    )
    values["phase"] = turn
    draft._runs[measure] = (slot.day, left)


def _clear_attributes(values: Values) -> None:
    for name in [name for name in values if name.startswith("attributes.")]:
        del values[name]


def _decide_lists(draft: Draft, slot: Slot, event: Decided) -> None:
    """A decision about a priority list counts for each measure that is on it by then."""
    if not event.fields:
        return
    name, value = f"decisions.{slot.id}", decision(slot, event)
    for field in event.fields:
        for measure in draft.subjects["field", field].get("ranking", ()):
            draft.subjects["measure", measure][name] = value


# Between the plan and its draft


def _frozen(subjects: dict[Subject, Values]) -> Plan:
    by_kind: dict[str, dict[str, Values]] = {}
    for (kind, id), values in subjects.items():
        by_kind.setdefault(kind, {})[id] = values
    fields = in_field_order(
        ActionField(id=id, **_plain(values)) for id, values in by_kind.get("field", {}).items()
    )
    ranks = {field.id: {id: rank for rank, id in enumerate(field.ranking, 1)} for field in fields}
    return Plan(
        **subjects.get(PLAN, {}),
        fields=fields,
        goals=_sorted_goals(by_kind.get("goal", {}), fields),
        conferences=tuple(
            sorted(
                (
                    Conference(id=id, **values)
                    for id, values in by_kind.get("conference", {}).items()
                ),
                key=lambda conference: (*_date_key(conference.on), conference.id),
            )
        ),
        versions=tuple(
            sorted(
                (Version(id=id, **values) for id, values in by_kind.get("version", {}).items()),
                key=lambda version: (*_date_key(version.on), version.id),
            )
        ),
        measures=in_plan_order(
            (
                Measure(
                    id=id, rank=ranks.get(values.get("field", ""), {}).get(id), **_plain(values)
                )
                for id, values in by_kind.get("measure", {}).items()
            ),
            fields,
        ),
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


def _date_key(on: InexactDate | None) -> tuple[bool, date, date]:
    return (True, date.max, date.max) if on is None else (False, on.first, on.last)


def _sorted_goals(goals: dict[str, Values], fields: Iterable[ActionField]) -> tuple[Goal, ...]:
    place = {field.id: index for index, field in enumerate(fields)}
    return tuple(
        sorted(
            (Goal(id=id, **values) for id, values in goals.items()),
            key=lambda goal: (place.get(goal.field or "", len(place)), number_key(goal.id)),
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
        for thing in things:
            subjects[kind, thing.id] = _scattered(kind, thing)
    return subjects


def _scattered(kind: str, thing: Any) -> Values:
    values = attrs.asdict(thing, recurse=False)
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
