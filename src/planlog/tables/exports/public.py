"""What of a plan and its history the public may see: all but what is declared internal."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import attrs

from planlog.codec import line_of
from planlog.config import FIELD
from planlog.diff import PlanChange, PlanDiff
from planlog.draft import Thing
from planlog.events import (
    Amended,
    Erased,
    Event,
    GoalAdded,
    Noted,
    Proposed,
    RecordedEvent,
    Retracted,
    VersionRecorded,
)
from planlog.keys import Key, keys_of
from planlog.mappings import FrozenMapping
from planlog.matrix import Matrix, MatrixCell
from planlog.plan import ActionField, Decision, Goal, Measure, Plan, Version, in_plan_order
from planlog.slots import original_of
from planlog.tables.exports.belonging import goals_of, measures_of
from planlog.tables.exports.grids import EventRecord

AROUND: Final = frozenset({"by", "source", "reason"})
"""What stands around an event's own data."""

_ATTRIBUTES: Final = "attributes"
_SAID: Final = ("text", "votes", "reference")
"""What is said with a decision or a note."""


class Public:
    """Takes out of plans and events what is *declared* internal, and remembers what that was.

    The declared are attributes of measures, what is said around events, and ``field:ID``: a field
    with its goals, and every measure that ever stood in it, whatever became of it later. Nothing
    is looked up that is not among *events*, which are all that is known.
    """

    def __init__(self, declared: Sequence[str], events: Sequence[RecordedEvent]) -> None:
        self.declared = tuple(dict.fromkeys(declared))
        self._found: dict[str, set[object]] = {name: set() for name in self.declared}
        self._fields = {
            name.removeprefix(FIELD) for name in self.declared if name.startswith(FIELD)
        }
        self._names = {name for name in self.declared if not name.startswith(FIELD)}
        self._measures = measures_of(self._fields, events)
        self._goals = goals_of(self._fields, events)
        self._events = self._hidden_events(events)
        originals = original_of(events)
        self._slots = {originals[id] for id in self._events if id in originals}

    @property
    def left_out(self) -> Mapping[str, int]:
        """How often each thing declared was met and left out: of a field, how many measures."""
        return {name: len(places) for name, places in self._found.items()}

    @property
    def columns(self) -> frozenset[str]:
        """The names of the columns that have no place in what is public."""
        return frozenset(self._names)

    # The plan

    def plan(self, plan: Plan) -> Plan:
        """Return what is public of *plan*."""
        fields = [self.field(one) for one in plan.fields if one.id not in self._fields]
        measures = [self.measure(one) for one in plan.measures if not self._hides(one.id)]
        return attrs.evolve(
            plan,
            fields=tuple(fields),
            goals=tuple(one for one in plan.goals if not self._hides_goal(one)),
            versions=tuple(self.version(one) for one in plan.versions),
            measures=in_plan_order(measures, fields),
        )

    def field(self, field: ActionField) -> ActionField:
        """Return what is public of a *field* that is public itself."""
        return attrs.evolve(
            field,
            ranking=tuple(id for id in field.ranking if id not in self._measures),
            decisions=self._decisions(field.decisions),
        )

    def measure(self, measure: Measure) -> Measure:
        """Return what is public of a *measure* that is public itself."""
        told: dict[str, Any] = {}
        for name in ("level", "stage", "note", "description", "due", "cost", "funding"):
            told[name] = self._kept(name, getattr(measure, name), measure.id)
        for name in ("responsible", "partners"):
            told[name] = self._kept(name, getattr(measure, name), measure.id) or ()
        goal = None if measure.goal in self._goals else measure.goal
        return attrs.evolve(
            measure,
            **told,
            goal=self._kept("goal", goal, measure.id),
            attributes=self._attributes(measure),
            decisions=self._decisions(measure.decisions),
            predecessors=tuple(id for id in measure.predecessors if id not in self._measures),
            successors=tuple(id for id in measure.successors if id not in self._measures),
        )

    def version(self, version: Version) -> Version:
        """Return what is public of a *version*: without the names of what is not."""
        return attrs.evolve(
            version,
            attributes=self._stated(version.attributes),
            measures=None if version.measures is None else self._statements(version.measures),
        )

    def matrix(self, matrix: Matrix) -> Matrix:
        """Return what is public of a *matrix*."""
        return attrs.evolve(
            matrix,
            plan=self.plan(matrix.plan),
            rows=tuple(
                attrs.evolve(
                    row,
                    measure=self.measure(row.measure),
                    cells=tuple(self._cell(one, row.measure.id) for one in row.cells),
                )
                for row in matrix.rows
                if not self._hides(row.measure.id)
            ),
        )

    def _cell(self, cell: MatrixCell, measure: str) -> MatrixCell:
        return attrs.evolve(cell, level=self._kept("level", cell.level, measure))

    def _attributes(self, measure: Measure) -> FrozenMapping[str]:
        return FrozenMapping(
            {
                key: text
                for key, text in measure.attributes.items()
                if self._kept(f"{_ATTRIBUTES}.{key}", text, measure.id) is not None
            }
        )

    def _decisions(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        return tuple(self._decision(one) for one in decisions if one.event not in self._slots)

    def _decision(self, decision: Decision) -> Decision:
        said = {name: self._kept(name, getattr(decision, name), decision.event) for name in _SAID}
        return attrs.evolve(decision, **said)

    def _stated(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if self._declared(name) is None)

    def _statements(self, measures: Mapping[str, Sequence[str]]) -> FrozenMapping[tuple[str, ...]]:
        return FrozenMapping(
            {id: self._stated(names) for id, names in measures.items() if id not in self._measures}
        )

    # What differs

    def diff(self, diff: PlanDiff) -> PlanDiff:
        """Return what is public of what differs."""
        changes = (self._change(one) for one in diff.changes)
        return attrs.evolve(diff, changes=tuple(one for one in changes if one is not None))

    def _change(self, change: PlanChange) -> PlanChange | None:
        if self._hides_subject(change.subject, change.id):
            return None
        attribute = change.attribute
        if attribute is None:
            before, after = (self._thing(one) for one in (change.before, change.after))
        else:
            before, after = (
                self._value(change.subject, change.id, attribute, one)
                for one in (change.before, change.after)
            )
        if before == after:
            return None
        events = tuple(id for id in change.events if id not in self._events)
        return attrs.evolve(change, before=before, after=after, events=events)

    def _hides_subject(self, kind: str, id: str) -> bool:
        match kind:
            case "measure":
                return self._hides(id)
            case "field":
                return id in self._fields
            case "goal":
                return id in self._goals
            case _:
                return False

    def _thing(self, thing: Thing | None) -> Thing | None:
        match thing:
            case Measure():
                return self.measure(thing)
            case ActionField():
                return self.field(thing)
            case Version():
                return self.version(thing)
            case _:
                return thing

    def _value(self, kind: str, id: str, attribute: str, value: Any) -> Any:
        """What is public of the value that an attribute has; nothing where nothing is."""
        stem, _, key = attribute.partition(".")
        match kind, stem, value:
            case _, "decisions", Decision():
                return None if key in self._slots else self._decision(value)
            case "measure", ("predecessors" | "successors"), _:
                return None if key in self._measures else value
            case "measure", "goal", _ if value in self._goals:
                return None
            case "measure", _, _:
                return self._kept(attribute, value, id)
            case "field", "ranking", tuple():
                return tuple(one for one in value if one not in self._measures) or None
            case "version", "attributes", tuple():
                return self._stated(value) or None
            case "version", "measures", FrozenMapping():
                return self._statements(value)
            case _:
                return value

    # Events

    def events(self, events: Iterable[RecordedEvent]) -> list[EventRecord]:
        """Return what is public of *events*, without those that are about what is not."""
        told = []
        for one in events:
            if one.id in self._events:
                self._hides(getattr(one.event, "measure", ""))
            else:
                told.append(self._record(one))
        return told

    def around(self, events: Mapping[str, RecordedEvent]) -> Mapping[str, RecordedEvent]:
        """Return *events* with what is public of what stands around their data."""
        return {
            id: attrs.evolve(
                event,
                source=self._kept("source", event.source, id),
                reason=self._kept("reason", event.reason, id),
            )
            for id, event in events.items()
        }

    def hides(self, event: RecordedEvent) -> bool:
        """Whether an event is about nothing that is public."""
        return event.id in self._events

    def left(self, erased: RecordedEvent) -> RecordedEvent:
        """Return what is public of what is left of an *erased* event."""
        assert isinstance(erased.event, Erased)
        told: dict[str, Any] = {
            key.name: tuple(one for one in value if one not in self._hidden(key))
            for key in keys_of(Erased)
            if isinstance(value := getattr(erased.event, key.name), tuple)
        }
        return attrs.evolve(erased, event=attrs.evolve(erased.event, **told))

    def around_one(self, event: RecordedEvent) -> RecordedEvent:
        """Return an *event* with what is public of who recorded it."""
        return attrs.evolve(event, by=self._kept("by", event.by, event.id) or "")

    def _record(self, event: RecordedEvent) -> EventRecord:
        record = line_of(event)
        if event.is_erased:
            return record
        for name in AROUND:
            record[name] = self._kept(name, record[name], event.id)
        keys = {key.name: key for key in keys_of(type(event.event))}
        told = {
            name: self._datum(event, keys[name], value) for name, value in record["data"].items()
        }
        record["data"] = {name: value for name, value in told.items() if value is not _HIDDEN}
        return record

    def _datum(self, event: RecordedEvent, key: Key, value: Any) -> Any:
        """What is public of one key of an event's data."""
        match event.event, key.name:
            case VersionRecorded(), "attributes":
                return list(self._stated(value))
            case VersionRecorded(), "measures":
                return {id: list(names) for id, names in self._statements(value).items()}
            case ((Proposed() | Amended()), "attributes") if value is not None:
                return self._pairs(event, value)
            case GoalAdded(), _:
                return value
        if self._declared(key.name) is not None:
            self._kept(key.name, value, event.id)
            return _HIDDEN
        hidden = self._hidden(key)
        if isinstance(value, list):
            return [one for one in value if one not in hidden]
        return _HIDDEN if isinstance(value, str) and value in hidden else value

    def _pairs(self, event: RecordedEvent, pairs: Mapping[str, str | None]) -> Any:
        names = {key: f"{_ATTRIBUTES}.{key}" for key in pairs}
        for key, text in pairs.items():
            self._kept(names[key], text, event.id)
        kept = {key: pairs[key] for key in pairs if self._declared(names[key]) is None}
        return kept if kept or not pairs else _HIDDEN

    def _hidden(self, key: Key) -> Collection[str]:
        """The ids that a key must not name."""
        match key.identifies and key.identifies.kind:
            case "measure":
                return self._measures
            case "field":
                return self._fields
            case "goal":
                return self._goals
            case _:
                return ()

    def _hidden_events(self, events: Iterable[RecordedEvent]) -> set[str]:
        """The ids of the events that are about nothing that is public, and what is about them."""
        found: set[str] = set()
        for one in events:
            if one.corrects in found or self._is_hidden(one.event, found):
                found.add(one.id)
        return found

    def _is_hidden(self, event: Event, before: set[str]) -> bool:
        if isinstance(event, Retracted):
            return event.event in before
        if isinstance(event, Noted):
            about = event.about
            return about is not None and (
                about.measure in self._measures or about.field in self._fields
            )
        lists: list[bool] = []
        for key in keys_of(type(event)):
            value, hidden = getattr(event, key.name), self._hidden(key)
            if key.many and isinstance(value, tuple) and hidden:
                lists += (one in hidden for one in value)
            elif key.required and isinstance(value, str) and value in hidden:
                return True
        return bool(lists) and all(lists)

    # What is declared

    def _hides(self, measure: str) -> bool:
        """Whether a measure is not public; then it is counted with its field."""
        for field in self._measures.get(measure, ()):
            self._found[f"{FIELD}{field}"].add(measure)
        return measure in self._measures

    def _hides_goal(self, goal: Goal) -> bool:
        return goal.id in self._goals or goal.field in self._fields

    def _declared(self, name: str) -> str | None:
        """As what an attribute is declared internal, if it is: by itself, or with all others."""
        if name in self._names:
            return name
        stem = name.partition(".")[0]
        return stem if stem in self._names else None

    def _kept(self, name: str, value: Any, place: object) -> Any:
        """*value*, unless it is declared internal; then it is counted, if there is anything."""
        declared = self._declared(name)
        if declared is None:
            return value
        if value not in (None, ()):
            self._found[declared].add(place)
        return None


_HIDDEN: Final = object()
"""Stands for a value that is not told at all: null would say something else."""
