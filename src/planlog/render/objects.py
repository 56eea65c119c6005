"""Plans, measures and events as the objects that stand in JSON, each key always there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, assert_never

import attrs

from planlog.codec import line_of
from planlog.dates import InexactDate, format_timestamp
from planlog.draft import Thing
from planlog.findings import Affected, Cells, Finding
from planlog.mappings import FrozenMapping
from planlog.missing import Missing
from planlog.plan import (
    ActionField,
    Conference,
    Decision,
    Goal,
    Measure,
    Plan,
    Prefix,
    Version,
    Votes,
)

if TYPE_CHECKING:
    from planlog.audit import HistoryEntry

Object = dict[str, Any]

Uncertain = Mapping[tuple[str, str], tuple[str, ...]]
"""For each subject (a kind and an id), the attributes that inexact days leave open."""


def point_object(plan: Plan) -> Object:
    """Say where in the two times *plan* stands: the first keys behind the schema."""
    return {
        "at": "start" if plan.at is None else plan.at.isoformat(),
        "known": known_object(plan.known),
    }


def known_object(known: Prefix) -> Object:
    """The events that an answer was computed from."""
    recorded = None if known.recorded is None else format_timestamp(known.recorded)
    return {"size": known.size, "recorded": recorded}


def plan_object(
    plan: Plan,
    measures: Sequence[Measure],
    uncertain: Uncertain,
    missing: Missing,
    erased: Sequence[Object],
) -> Object:
    """A whole plan, of its measures those that are given, and the texts of it that were erased."""
    return {
        "schema": "planlog.plan/1",
        **point_object(plan),
        "plan": {
            "title": plan.title,
            "place": plan.place,
            "programme": plan.programme,
            "language": plan.language,
        },
        "fields": [_field(one) for one in plan.fields],
        "goals": [_goal(one) for one in plan.goals],
        "conferences": [_conference(one) for one in plan.conferences],
        "versions": [_version(one) for one in plan.versions],
        "measures": [measure_object(one, uncertain, missing) for one in measures],
        "erased": list(erased),
    }


def _field(field: ActionField) -> Object:
    return {
        "field": field.id,
        "number": field.number,
        "title": field.title,
        "ranking": list(field.ranking),
        "decisions": [_decision(one) for one in field.decisions],
    }


def _goal(goal: Goal) -> Object:
    return {"goal": goal.id, "field": goal.field, "title": goal.title}


def _conference(conference: Conference) -> Object:
    return {
        "conference": conference.id,
        "on": plain(conference.on),
        "title": conference.title,
        "kind": conference.kind,
    }


def _version(version: Version) -> Object:
    return {
        "version": version.id,
        "on": version.on.text,
        "title": version.title,
        "coverage": version.coverage,
        "attributes": list(version.attributes),
        "measures": plain(version.measures),
        "document": version.document,
    }


def _decision(decision: Decision) -> Object:
    return {
        "event": decision.event,
        "conference": decision.conference,
        "on": decision.on.text,
        "outcome": decision.outcome,
        "text": decision.text,
        "votes": None if decision.votes is None else attrs.asdict(decision.votes),
        "reference": decision.reference,
    }


def measure_object(measure: Measure, uncertain: Uncertain, missing: Missing) -> Object:
    """A measure with everything that is known of it."""
    return {
        "measure": measure.id,
        "field": measure.field,
        "number": measure.number,
        "title": measure.title,
        "rank": measure.rank,
        "level": measure.level,
        "phase": measure.phase,
        "since": plain(measure.since),
        "stage": measure.stage,
        "note": measure.note,
        "goal": measure.goal,
        "description": measure.description,
        "responsible": list(measure.responsible),
        "partners": list(measure.partners),
        "due": plain(measure.due),
        "cost": measure.cost,
        "funding": measure.funding,
        "attributes": dict(measure.attributes),
        "decisions": [_decision(one) for one in measure.decisions],
        "predecessors": list(measure.predecessors),
        "successors": list(measure.successors),
        "uncertain": sorted(uncertain.get(("measure", measure.id), ())),
        "missing": sorted(missing.get(("measure", measure.id), ())),
    }


def thing_object(thing: Thing) -> Object:
    """The whole of what appears in a plan or goes from it."""
    match thing:
        case Measure():
            whole = measure_object(thing, {}, {})
            del whole["uncertain"]  # a plan tells it of itself; a diff compares what is claimed
            del whole["missing"]
            return {**whole, "cause": thing.cause}
        case ActionField():
            return _field(thing)
        case Goal():
            return _goal(thing)
        case Conference():
            return {**_conference(thing), "place": thing.place}
        case Version():
            return _version(thing)
        case _:
            assert_never(thing)


def entry_object(entry: "HistoryEntry") -> Object:
    """Something that happened to a measure, and what became of the record of it."""
    return {
        "id": entry.id,
        "standing": entry.standing,
        "event": line_of(entry.event),
        "changes": [
            {
                "attribute": change.attribute,
                "before": plain(change.before),
                "after": plain(change.after),
                "cause": change.cause,
            }
            for change in entry.changes
        ],
        "trail": [line_of(event) for event in entry.trail],
        "restatements": list(entry.restatements),
    }


def finding_object(finding: Finding, message: str) -> Object:
    """A finding, with its *message* in words."""
    return {
        "severity": finding.severity,
        "code": finding.code,
        "event": finding.event,
        "position": finding.position,
        "message": message,
        "details": {name: plain(value) for name, value in finding.details.items()},
    }


def _affected(affected: Affected) -> Object:
    kind, id = affected.subject
    return {
        "subject": kind,
        "id": id,
        "attribute": affected.attribute,
        "values": list(affected.values),
    }


def plain(value: Any) -> Any:
    """What stands in JSON for a value of the plan."""
    match value:
        case InexactDate() | date() if not isinstance(value, datetime):
            return str(value)
        case datetime():
            return format_timestamp(value)
        case Decision():
            return _decision(value)
        case Measure() | ActionField() | Goal() | Conference() | Version():
            return thing_object(value)
        case Votes():
            return attrs.asdict(value)
        case Cells(affected):
            return [_affected(one) for one in affected]
        case tuple() | list():
            return [plain(item) for item in value]
        case FrozenMapping() | dict():
            return {key: plain(item) for key, item in value.items()}
        case str() | int() | None:
            return value
        case _:
            return str(value)
