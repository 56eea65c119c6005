"""What of a plan may be missing or stale, because texts that told of it were erased."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from planlog.dates import may_have_passed
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
from planlog.plan import Measure, Phase, Plan
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
    day = plan.at
    gone = [slot for slot in erased_slots(events) if day and may_have_passed(slot.content.on, day)]
    if not gone or day is None:
        return NOTHING
    counted = counting(live_slots(events), day)
    settled, lists = _Settled(counted), _Lists(counted, gone)
    found: dict[Subject, dict[str, None]] = {}
    for slot in gone:
        for subject, attribute in told_by(slot):
            if not settled.after(slot, subject, attribute):
                found.setdefault(subject, {})[attribute] = None
    for measure in plan.measures:
        names = found.setdefault(("measure", measure.id), {})
        names |= dict.fromkeys(lists.missing(measure, plan, found))
    return {subject: tuple(names) for subject, names in found.items() if names}


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


class _Settled:
    """What was set by the contents that count, and where these stand."""

    def __init__(self, slots: Sequence[Slot]) -> None:
        """Look at *slots*, which come in the order in which they are folded."""
        self._set: dict[tuple[Subject, str], list[_Place]] = {}
        self._turns: dict[Subject, list[tuple[_Place, object]]] = {}
        self._firsts: dict[Subject, _Place] = {}
        for slot in slots:
            place = slot.day, slot.position
            if isinstance(event := slot.content.event, Proposed):
                self._firsts.setdefault(("measure", event.measure), place)
            for subject, attribute, value in effects(slot):
                self._set.setdefault((subject, attribute), []).append(place)
                if attribute == "phase":
                    self._turns.setdefault(subject, []).append((place, value))

    def after(self, slot: Slot, subject: Subject, attribute: str) -> bool:
        """Whether *attribute* was set later than *slot* can have set it."""
        erased = slot.content
        first = self._firsts.get(subject)
        if erased.type == Proposed.TYPE and first is not None:
            if first > (erased.on.first, slot.position):
                return self._after_first(subject, attribute, first)
            first = None
        if attribute == "since":
            return self._began_after(slot, subject, first)
        bound = erased.on.last, slot.position
        places = self._set.get((subject, attribute), ())
        return any(place > bound and place != first for place in places)

    def _after_first(self, subject: Subject, attribute: str, first: _Place) -> bool:
        """Whether it was set later than by a measure's earliest proposal, which was the erased one.

        That is folded before everything else. Now another one is the *first*, and what was set
        between the two counts after it.
        """
        places = self._set.get((subject, attribute), ())
        others = [place for place in places if place != first]
        if first not in places:
            return attribute != "since" and bool(others)
        return not others or max(others) > first

    def _began_after(self, slot: Slot, subject: Subject, first: _Place | None) -> bool:
        """Whether the present run of the phase began later, whatever was erased turned to.

        A later turn to the phase that the erased text set, or that there was before it, may have
        begun nothing; nor has one that did not last until the end of its day.
        """
        bound = slot.content.on.last, slot.position
        earliest = slot.content.on.first, slot.position
        turns = self._turns.get(subject, ())
        later = {place[0]: one for place, one in turns if place > bound and place != first}
        before = [phase for place, phase in turns if place <= bound or place == first]
        inside = (phase for place, phase in turns if earliest < place <= bound and place != first)
        doubtful = {_PHASES[slot.content.type], *before[-1:], *inside}
        return len(set(later.values())) > 1 or any(one not in doubtful for one in later.values())


class _Lists:
    """Which measures were ever on the list of a field, and of which fields a list was erased."""

    def __init__(self, counted: Iterable[Slot], gone: Iterable[Slot]) -> None:
        """Look at what counts and what is *gone*."""
        self._listed: dict[str, set[str]] = {}
        self._erased: set[str] = set()
        for slot in counted:
            if isinstance(event := slot.content.event, Prioritized):
                self._listed.setdefault(event.field, set()).update(event.ranking)
        for slot in gone:
            erased = slot.content.event
            if isinstance(erased, Erased) and erased.type == Prioritized.TYPE:
                for field in erased.fields or ():
                    self._erased.add(field)
                    self._listed.setdefault(field, set()).update(erased.measures or ())

    def missing(
        self, measure: Measure, plan: Plan, found: Mapping[Subject, Collection[str]]
    ) -> Iterator[str]:
        """Tell what is missing of a *measure* as something is missing of its field, or which it is.

        To decide about a field is to decide about the measures that are on its list by then,
        wherever these belong.
        """
        if (
            "ranking" in found.get(("field", measure.field or ""), ())
            or "field" in found[("measure", measure.id)]
        ):
            yield "rank"
        for field in plan.fields:
            if field.id == measure.field or measure.id in self._listed.get(field.id, ()):
                decided = "decisions" in found.get(("field", field.id), ())
                if decided or (field.decisions and field.id in self._erased):
                    yield "decisions"
