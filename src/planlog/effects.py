"""What each event sets: for every type, the subjects it is about and the values it gives them.

The fold, the possible values of inexact days and the histories all read this one list.
"""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from planlog.events import (
    UNSET,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.plan import Cause, Decision, Phase
from planlog.slots import Slot

Subject = tuple[str, str]
"""A kind (plan, field, goal, conference, version, measure) and an id (the plan's is empty)."""

Effect = tuple[Subject, str, object]
"""A subject, one of its attributes, and the value that it is set to.

An attribute that holds many values has one name a value: ``attributes.topic``,
``predecessors.wohnen-3``, ``decisions.9f3c0a6be1d24857``. The attribute `MENTION` sets nothing:
the subject is there, and that is all.
"""

PLAN: Final[Subject] = ("plan", "")
MENTION: Final = ""

DESCRIBING: Final = (
    "title",
    "field",
    "number",
    "goal",
    "description",
    "responsible",
    "partners",
    "due",
    "cost",
    "funding",
)
"""The attributes of a measure that proposing and amending set one by one."""

_LISTS: Final = frozenset({"responsible", "partners"})


def effects(slot: Slot) -> list[Effect]:
    """Tell what the content of *slot* sets, each attribute once, in no particular order.

    What a decision about a priority list means for the measures on it depends on the list of that
    moment and is left to the fold.
    """
    event = slot.content.event
    match event:
        case Started() | Resumed():
            return _turned(event.measure, "started", event.stage, event.note)
        case Progressed():
            return _progressed(event)
        case Proposed():
            return [*_proposed(event), *_mentions(event.field, event.goal)]
        case Amended():
            return [*_amended(event), *_mentions(event.field, event.goal)]
        case Implemented():
            return _turned(event.measure, "implemented", event.stage, event.note)
        case MadePermanent():
            return _turned(event.measure, "ongoing", event.stage, event.note)
        case Paused():
            return _turned(event.measure, "paused", event.stage, event.note)
        case Dropped():
            return _turned(event.measure, "dropped", event.stage, event.note, event.cause)
        case Prioritized():
            return [
                (("field", event.field), "ranking", event.ranking),
                *((("measure", id), MENTION, None) for id in event.ranking),
            ]
        case Rated():
            return [(("measure", event.measure), "level", event.level)]
        case Merged():
            return _replaced(event.measures, (event.into,))
        case Split():
            return _replaced((event.measure,), event.into)
        case Decided():
            return _decided(slot, event)
        case PlanOpened() | PlanAmended():
            return list(_given(PLAN, event, "title", "place", "programme", "language"))
        case FieldAdded() | FieldAmended():
            return list(_given(("field", event.field), event, "title", "number"))
        case GoalAdded():
            goal = _given(("goal", event.goal), event, "field", "title")
            return [*goal, *_mentions(event.field, None)]
        case ConferenceHeld():
            conference = ("conference", event.conference)
            return [
                (conference, "on", slot.content.on),
                *_given(conference, event, "title", "kind", "place"),
            ]
        case VersionRecorded():
            return _version(slot, event)
        case Noted():
            return _noted(event)
        case Retracted() | Erased():
            return []
        case _:
            assert_never(event)


def _given(subject: Subject, event: object, *names: str) -> Iterator[Effect]:
    """What *event* says of *subject*, leaving out what it leaves out."""
    for name in names:
        value = getattr(event, name)
        if value is not None:
            yield subject, name, value


def _mentions(field: object, goal: object) -> Iterator[Effect]:
    if isinstance(field, str):
        yield ("field", field), MENTION, None
    if isinstance(goal, str):
        yield ("goal", goal), MENTION, None


def _proposed(event: Proposed) -> list[Effect]:
    subject = ("measure", event.measure)
    return [
        *_turned(event.measure, "proposed", event.stage, event.note),
        *_given(subject, event, *DESCRIBING),
        *((subject, f"attributes.{key}", text) for key, text in (event.attributes or {}).items()),
    ]


def _amended(event: Amended) -> list[Effect]:
    subject = ("measure", event.measure)
    found: list[Effect] = [(subject, MENTION, None)]
    for name in DESCRIBING:
        value = getattr(event, name)
        if value is not UNSET:
            found.append((subject, name, () if value is None and name in _LISTS else value))
    if event.attributes is None:
        found.append((subject, "attributes", None))
    elif event.attributes is not UNSET:
        found += [(subject, f"attributes.{key}", text) for key, text in event.attributes.items()]
    return found


def _turned(
    measure: str, phase: Phase, stage: str | None, note: str | None, cause: Cause | None = None
) -> list[Effect]:
    subject = ("measure", measure)
    return [
        (subject, "phase", phase),
        (subject, "stage", stage),
        (subject, "note", note),
        (subject, "cause", cause),
    ]


def _progressed(event: Progressed) -> list[Effect]:
    subject = ("measure", event.measure)
    found: list[Effect] = [(subject, MENTION, None)]
    if event.stage is not UNSET:
        found.append((subject, "stage", event.stage))
    if event.note is not UNSET:
        found.append((subject, "note", event.note))
    return found


def _replaced(old: Iterable[str], new: Iterable[str]) -> list[Effect]:
    """The lineage of measures that went into others; one that is on both sides stays."""
    found: list[Effect] = [(("measure", id), MENTION, None) for id in new]
    for before in old:
        found += [(("measure", before), MENTION, None)]
        if before not in new:
            found += _turned(before, "replaced", None, None)
        for after in new:
            if after != before:
                found.append((("measure", before), f"successors.{after}", True))
                found.append((("measure", after), f"predecessors.{before}", True))
    return found


def decision(slot: Slot, event: Decided) -> Decision:
    """The decision as measures and fields carry it."""
    return Decision(
        event=slot.id,
        conference=event.conference,
        on=slot.content.on,
        outcome=event.outcome,
        text=event.text,
        votes=event.votes,
        reference=event.reference,
    )


def _decided(slot: Slot, event: Decided) -> list[Effect]:
    name, value = f"decisions.{slot.id}", decision(slot, event)
    return [
        (("conference", event.conference), MENTION, None),
        *((("measure", id), name, value) for id in event.measures or ()),
        *((("field", id), name, value) for id in event.fields or ()),
    ]


def _version(slot: Slot, event: VersionRecorded) -> list[Effect]:
    """A version restated is restated as a whole: it is one document."""
    version = ("version", event.version)
    names = ("title", "coverage", "attributes", "measures", "document")
    return [
        (version, "on", slot.content.on),
        *((version, name, getattr(event, name)) for name in names),
    ]


def _noted(event: Noted) -> list[Effect]:
    """A note lets what it is about appear, but for a version: that is a document or it is not."""
    if event.about is None:
        return []
    named = ((kind, getattr(event.about, kind)) for kind in ("measure", "field", "conference"))
    return [((kind, id), MENTION, None) for kind, id in named if id is not None]
