"""What each event of a proposal is about, in words: a line under the heading it belongs to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from planlog.diff import PlanChange
from planlog.events import (
    UNSET,
    Amended,
    Dropped,
    Event,
    FieldAdded,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Paused,
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
from planlog.keys import keys_of
from planlog.mappings import FrozenMapping
from planlog.plan import Measure, Plan
from planlog.ranking import RankCause, causes
from planlog.references import references
from planlog.render.naming import Naming
from planlog.render.text import shortened
from planlog.wording import Words

Group = Literal[
    "opened",
    "fields",
    "goals",
    "new",
    "back",
    "moved",
    "renumbered",
    "renamed",
    "amended",
    "started",
    "resumed",
    "implemented",
    "permanent",
    "paused",
    "proposed",
    "progressed",
    "dropped",
    "not_listed",
    "merged",
    "split",
    "lists",
    "later",
    "version",
]
"""What a proposed event is about; programs read these words."""

_OF_PHASE: Final[Mapping[type[Event], Group]] = {
    Proposed: "proposed",
    Started: "started",
    Resumed: "resumed",
    Implemented: "implemented",
    MadePermanent: "permanent",
    Paused: "paused",
    Dropped: "dropped",
}
"""Under which heading a measure stands that is brought into another phase."""

_OF_ATTRIBUTE: Final[Mapping[str, Group]] = {
    "title": "renamed",
    "number": "renumbered",
    "field": "moved",
}
"""Under which heading a change of an attribute stands; any other is amended."""

_REPORTED: Final = ("phase", "cause", "stage", "note")

_LONGEST_TITLE: Final = 120
"""How much of the title of a new measure is told, which has hardly anything else to tell."""

_MOST_NAMED: Final = 8
"""How many measures are named in a line that only says of which it tells."""


class Line(NamedTuple):
    """A line of a *group*, with the *events* it tells of, and the measure that is *new*."""

    group: Group
    text: str
    events: tuple[str, ...]
    new: Measure | None = None


def headings(words: Words) -> dict[Group, str]:
    """The groups in their order, and what stands above each."""
    return {
        "opened": words("The plan is opened"),
        "fields": words("New action fields"),
        "goals": words("New goals"),
        "new": words("New measures"),
        "back": words("Back in the plan"),
        "moved": words("Moved to another field"),
        "renumbered": words("Renumbered"),
        "renamed": words("Renamed"),
        "amended": words("Amended"),
        "started": words("Started"),
        "resumed": words("Resumed"),
        "implemented": words("Implemented"),
        "permanent": words("Made permanent"),
        "paused": words("Paused"),
        "proposed": words("Back to proposed"),
        "progressed": words("Progressed"),
        "dropped": words("Dropped"),
        "not_listed": words("Dropped: not in the table"),
        "merged": words("Merged"),
        "split": words("Split"),
        "lists": words("Priority lists"),
        "later": words("Set again for later versions"),
        "version": words("The version itself"),
    }


def lines(
    events: Iterable[RecordedEvent], day: date, naming: Naming, everything: Naming
) -> Iterator[Line]:
    """Tell *events* that make the plan of a *day* another, and those that keep later days as is.

    *naming* knows the plan of the day without them and with them, *everything* that of all days.
    """
    later: dict[date, list[RecordedEvent]] = {}
    told = _Told(naming)
    for event in events:
        if event.on.last == day:
            for group, text, new in told.event(event.event):
                yield Line(group, text, (event.id,), new)
        else:
            later.setdefault(event.on.last, []).append(event)
    for after, found in later.items():
        ids = tuple(event.id for event in found)
        yield Line("later", _set_again(after, found, everything), ids)


_Line = tuple[Group, str, Measure | None]


class _Told:
    """The events of one day, told with what was before them."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        self._before = {one.id: one for one in naming.older.plan.measures}
        self._new: set[str] = set()

    def event(self, event: Event) -> Iterator[_Line]:
        match event:
            case PlanOpened(title=title):
                yield "opened", self._naming.newer.quoted(title), None
            case FieldAdded(field=id, title=title):
                yield "fields", f"{title} ({id})", None
            case GoalAdded(goal=id, field=field, title=title):
                yield "goals", f"{title} ({id}, {self._naming.field_title(field)})", None
            case Proposed(measure=id, title=str()):
                self._new.add(id)
                yield self._appeared(id)
            case Amended(measure=id):
                yield from self._amended(id, event)
            case Merged(measures=old, into=into):
                yield "merged", f"{self._all(old)} → {self._titled(into)}", None
            case Split(measure=old, into=into):
                yield "split", f"{self._titled(old)} → {self._all(into)}", None
            case Prioritized(field=field, ranking=ranking):
                yield "lists", self._listed(field, ranking), None
            case VersionRecorded():
                yield "version", self._version(event), None
            case Rated(measure=id, level=level):
                yield from self._unless_new(id, "amended", {"level": level})
            case _:
                yield from self._reported(event)

    def _titled(self, id: str) -> str:
        return self._naming.titled("measure", id)

    def _all(self, ids: Iterable[str]) -> str:
        return ", ".join(map(self._titled, ids))

    def _was(self, id: str) -> Measure:
        return self._before.get(id, Measure(id=id))

    def _appeared(self, id: str) -> _Line:
        """A new measure, with what is not so of any."""
        measure, words = self._naming.measure(id), self._naming.words
        told = [
            *([] if measure.phase == "proposed" else [words.phase(measure.phase)]),
            *([words("rank {rank}", rank=measure.rank)] if measure.rank else []),
            *([words("level {level}", level=measure.level)] if measure.level else []),
        ]
        name = self._naming.subject("measure", id)
        named = f"{name}: {shortened(measure.title or '', _LONGEST_TITLE)}"
        return "new", "; ".join([named, ", ".join(told)] if told else [named]), measure

    def _amended(self, id: str, event: Amended) -> Iterator[_Line]:
        groups: dict[Group, dict[str, Any]] = {}
        given = {key.name: getattr(event, key.name) for key in keys_of(Amended)[1:]}
        for name, value in given.items():
            if isinstance(value, FrozenMapping):
                free = {f"attributes.{key}": text for key, text in value.items()}
                groups.setdefault("amended", {}).update(free)
            elif value is not UNSET:
                moved = name == "number" and given["field"] is not UNSET
                group = "moved" if moved else _OF_ATTRIBUTE.get(name, "amended")
                groups.setdefault(group, {})[name] = value
        for group, values in groups.items():
            yield from self._unless_new(id, group, values)

    def _reported(self, event: Event) -> Iterator[_Line]:
        """A measure that is brought into another phase, or of which something else is said."""
        id = next(references(event)).id
        was = self._was(id)
        if isinstance(event, Progressed):
            given = {name: getattr(event, name) for name in ("stage", "note")}
            said = {name: value for name, value in given.items() if value is not UNSET}
            yield from self._unless_new(id, "progressed", said)
            return
        now = self._naming.measure(id)
        if (was.phase, was.cause) == ("dropped", "not_listed"):
            group: Group = "back"
        elif isinstance(event, Dropped) and event.cause == "not_listed":
            yield "not_listed", self._titled(id), None
            return
        else:
            group = _OF_PHASE[type(event)]
        yield from self._unless_new(id, group, {name: getattr(now, name) for name in _REPORTED})

    def _unless_new(self, id: str, group: Group, values: Mapping[str, Any]) -> Iterator[_Line]:
        """What becomes of attributes of a measure, unless the line of a new one tells it."""
        if id not in self._new:
            was = self._was(id)
            changes = [_change(id, name, _value(was, name), now) for name, now in values.items()]
            told = [one for one in changes if one.before != one.after]
            named = self._naming.subject if group == "renamed" else self._naming.titled
            texts = [self._turned(one, group) for one in told]
            yield group, f"{named('measure', id)}: {'; '.join(texts)}", None

    def _turned(self, change: PlanChange, group: Group) -> str:
        """A change; what the heading says already needs no label."""
        if change.attribute == "phase" or group in ("renamed", "renumbered"):
            return self._naming.turned(change)
        return self._naming.change(change)

    def _listed(self, field: str, ranking: tuple[str, ...]) -> str:
        """A priority list, and who moved on it by themselves; who was only pushed is seen from it.

        Where the whole list is new, it says everything.
        """
        naming = self._naming
        before = _ranking(naming.older.plan, field)
        change = PlanChange(
            subject="field",
            id=field,
            kind="changed",
            attribute="ranking",
            before=before or None,
            after=ranking or None,
            axis="decided",
        )
        told = [f"{naming.subject('field', field)}: {naming.turned(change)}"]
        found = causes(before, ranking) if before and ranking else {}
        ranks = tuple({id: rank for rank, id in enumerate(one, 1)} for one in (before, ranking))
        for id, cause in found.items():
            if cause != "shifted":
                rank = _change(id, "rank", ranks[0].get(id), ranks[1].get(id), cause)
                told.append(f"{naming.subject('measure', id)}: {naming.turned(rank)}")
        return "; ".join(told)

    def _version(self, event: VersionRecorded) -> str:
        words = self._naming.words
        told = [
            event.title or "",
            words.term(event.coverage),
            words("states {attributes}", attributes=", ".join(map(self._stated, event.attributes)))
            if event.attributes
            else "",
        ]
        return f"{event.version}: {'; '.join(one for one in told if one)}"

    def _stated(self, attribute: str) -> str:
        free = attribute.startswith("attributes.")
        return self._naming.label(attribute) if free else self._naming.words.term(attribute)


def _change(
    id: str, name: str, before: Any, after: Any, cause: RankCause | None = None
) -> PlanChange:
    return PlanChange(
        subject="measure",
        id=id,
        kind="changed",
        attribute=name,
        before=before or None,
        after=after or None,
        axis="decided",
        cause=cause,
    )


def _value(measure: Measure, name: str) -> Any:
    stem, _, key = name.partition(".")
    value = getattr(measure, stem)
    return value.get(key) if key else value


def _ranking(plan: Plan, field: str) -> tuple[str, ...]:
    return next((one.ranking for one in plan.fields if one.id == field), ())


def _set_again(day: date, events: Iterable[RecordedEvent], naming: Naming) -> str:
    """Of which measures and lists the versions of a later day are kept true."""
    versions = [one.id for one in naming.newer.plan.versions if one.on.last == day]
    subjects = dict.fromkeys(
        (one.kind, one.id) for event in events for one in list(references(event.event))[:1]
    )
    named = [naming.subject(kind, id) for kind, id in subjects]
    more = len(named) - _MOST_NAMED
    shown = ", ".join(named[:_MOST_NAMED])
    if more > 0:
        shown = naming.words.plural(
            "{shown} and {n} more", "{shown} and {n} more", more, shown=shown
        )
    return f"{', '.join(versions)} ({naming.words.date(day)}): {shown}"
