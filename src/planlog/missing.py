"""What of a plan may be missing or stale, because texts that told of it were erased."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from planlog.dates import SOME_DAY
from planlog.effects import DESCRIBING, PLAN, Subject, effects
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    Kind,
    MadePermanent,
    Merged,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Split,
    Started,
    VersionRecorded,
)
from planlog.plan import Phase, Plan
from planlog.references import named_by
from planlog.slots import Slot, erased_slots, live_slots
from planlog.timeline import counting

Missing = Mapping[Subject, tuple[str, ...]]
"""For each subject, the attributes of which an erased text may have told something else."""

NOTHING: Final[Missing] = {}
"""Nothing is missing."""

_WITH_PHASE: Final = ("phase", "since", "stage", "note", "cause")
_OF_PLAN: Final = ("title", "place", "programme", "language")

_TOLD: Final[Mapping[str, Mapping[Kind, tuple[str, ...]]]] = {
    Proposed.TYPE: {"measure": (*_WITH_PHASE, *DESCRIBING, "attributes")},
    Amended.TYPE: {"measure": (*DESCRIBING, "attributes")},
    Prioritized.TYPE: {"field": ("ranking",)},
    Rated.TYPE: {"measure": ("level",)},
    Progressed.TYPE: {"measure": ("stage", "note")},
    Merged.TYPE: {"measure": (*_WITH_PHASE, "predecessors", "successors")},
    Split.TYPE: {"measure": (*_WITH_PHASE, "predecessors", "successors")},
    Decided.TYPE: {"measure": ("decisions",), "field": ("decisions",)},
    FieldAdded.TYPE: {"field": ("title", "number")},
    FieldAmended.TYPE: {"field": ("title", "number")},
    GoalAdded.TYPE: {"goal": ("field", "title")},
    ConferenceHeld.TYPE: {"conference": ("on", "title", "kind", "place")},
    VersionRecorded.TYPE: {
        "version": ("on", "title", "coverage", "attributes", "measures", "document")
    },
    **{
        cls.TYPE: {"measure": _WITH_PHASE}
        for cls in (Started, Implemented, MadePermanent, Paused, Resumed, Dropped)
    },
}
"""What each type of event tells, of what it names."""

_PHASES: Final[Mapping[str, Phase]] = {
    Proposed.TYPE: "proposed",
    Started.TYPE: "started",
    Resumed.TYPE: "started",
    Implemented.TYPE: "implemented",
    MadePermanent.TYPE: "ongoing",
    Paused.TYPE: "paused",
    Dropped.TYPE: "dropped",
    Merged.TYPE: "replaced",
    Split.TYPE: "replaced",
}

_Place = tuple[date, int]
"""Where something stands in the order of the fold."""


def missing(events: Sequence[RecordedEvent], plan: Plan) -> Missing:
    """Tell of what in *plan*, which *events* lead to, an erased text may have told otherwise.

    What a later event sets anew is not missing. Nor is what an erasure kept no subject of: nobody
    knows of what it told.
    """
    gone = [slot for slot in erased_slots(events) if plan.at and _counts(slot, plan.at)]
    if not gone or plan.at is None:
        return NOTHING
    settled = _Settled(counting(live_slots(events), plan.at))
    found: dict[Subject, dict[str, None]] = {}
    for slot in gone:
        for subject, attribute in told_by(slot):
            if not settled.after(slot, subject, attribute):
                found.setdefault(subject, {})[attribute] = None
    for measure in plan.measures:
        if "ranking" in found.get(("field", measure.field or ""), ()):
            found.setdefault(("measure", measure.id), {})["rank"] = None
    return {subject: tuple(names) for subject, names in found.items()}


def told_by(slot: Slot) -> Iterator[tuple[Subject, str]]:
    """Tell what the erased content of *slot* may have set, as far as its subjects are known."""
    erased = slot.content.event
    assert isinstance(erased, Erased)
    if erased.type in (PlanOpened.TYPE, PlanAmended.TYPE):
        yield from ((PLAN, name) for name in _OF_PLAN)
    named = named_by(erased)
    for kind, names in _TOLD.get(erased.type, {}).items():
        yield from (((kind, id), name) for id in named[kind] for name in names)


def erased_ids(events: Sequence[RecordedEvent], kind: Kind) -> frozenset[str]:
    """Tell the ids of a *kind* that erased lines named: there may be nothing else that knows them.

    A text whose place was filled anew told nothing that is not known.
    """
    return frozenset(
        id
        for slot in erased_slots(events)
        if isinstance(erased := slot.content.event, Erased)
        for id in named_by(erased).get(kind, ())
    )


def names_nothing(erased: Erased) -> bool:
    """Whether an erasure kept nothing that tells what the text was about."""
    if any(named_by(erased).values()) or erased.type in (PlanOpened.TYPE, PlanAmended.TYPE):
        return False
    return erased.on is None or bool(_TOLD.get(erased.type))


def _counts(slot: Slot, day: date) -> bool:
    on = slot.content.on
    return on == SOME_DAY or on.last <= day


class _Settled:
    """What was set last by the contents that count, and where these stand."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        """Look at *slots*, which come in the order in which they are folded."""
        self._last: dict[tuple[Subject, str], _Place] = {}
        self._turns: dict[Subject, list[tuple[_Place, object]]] = {}
        self._firsts: dict[Subject, _Place] = {}
        for slot in slots:
            place = slot.day, slot.position
            if isinstance(event := slot.content.event, Proposed):
                self._firsts.setdefault(("measure", event.measure), place)
            for subject, attribute, value in effects(slot):
                self._last[subject, attribute] = place
                if attribute == "phase":
                    self._turns.setdefault(subject, []).append((place, value))

    def after(self, slot: Slot, subject: Subject, attribute: str) -> bool:
        """Whether *attribute* was set later than *slot* can have set it."""
        erased = slot.content
        bound = erased.on.last, slot.position
        # The earliest proposal is folded before everything else, whatever its day.
        first = None if erased.type == Proposed.TYPE else self._firsts.get(subject)
        if attribute == "since":
            own = _PHASES[erased.type]
            turns = (place for place, phase in self._turns.get(subject, ()) if phase != own)
            return any(place > bound and place != first for place in turns)
        place = self._last.get((subject, attribute))
        return place is not None and place > bound and place != first
