"""The plan at one moment: fields, measures, priorities, phases, decisions."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Literal, TypeVar, get_args

import attrs

from planlog.dates import InexactDate
from planlog.errors import AmbiguousReferenceError, UnknownReferenceError
from planlog.mappings import FrozenMapping
from planlog.values import Value

Phase = Literal["proposed", "started", "implemented", "ongoing", "paused", "dropped", "replaced"]
"""Where a measure stands, in planlog's own closed list."""

Outcome = Literal["adopted", "rejected", "deferred", "noted"]
"""What a conference did with what was put to it."""

ConferenceKind = Literal["workshop", "conference", "working_group", "council"]
Coverage = Literal["complete", "excerpt"]
Cause = Literal["not_feasible", "done_otherwise", "rejected", "not_listed", "other"]
"""Why a measure was dropped."""

PHASES: tuple[Phase, ...] = get_args(Phase)

CARRIED_OUT: frozenset[Phase] = frozenset({"implemented", "ongoing"})
"""The phases of what has been carried out."""

STILL_OPEN: frozenset[Phase] = frozenset({"proposed", "started", "paused"})
"""The phases of what has yet to be."""

GIVEN_UP: frozenset[Phase] = frozenset({"dropped", "replaced"})
"""The phases of what is no longer pursued as it was."""


@attrs.frozen(kw_only=True, repr=False)
class Votes(Value):
    """How a vote went, in numbers of votes."""

    yes: int
    no: int
    abstain: int


@attrs.frozen(kw_only=True, repr=False)
class Decision(Value):
    """What a conference decided about a measure or a field.

    *event* is the id of the event that recorded it first: corrections of the decision keep it.
    """

    event: str
    conference: str
    on: InexactDate
    outcome: Outcome
    text: str | None = None
    votes: Votes | None = None
    reference: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class ActionField(Value):
    """A chapter of the plan, with its priority list: ids of measures, best first."""

    id: str
    number: str | None = None
    title: str | None = None
    ranking: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Goal(Value):
    """What a field wants to reach."""

    id: str
    field: str | None = None
    title: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Conference(Value):
    """A dated meeting; *on*, *title* and *kind* are absent where only its name is known by now."""

    id: str
    on: InexactDate | None = None
    title: str | None = None
    kind: ConferenceKind | None = None
    place: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Version(Value):
    """A document that stated the plan on a day.

    *attributes* are what it states; for an excerpt, *measures* maps the id of each measure it
    mentions to the attributes it states of it. *document* is the SHA-256 of the file in hex.
    """

    id: str
    on: InexactDate
    coverage: Coverage
    title: str | None = None
    attributes: tuple[str, ...] = ()
    measures: FrozenMapping[tuple[str, ...]] | None = None
    document: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Occasion(Value):
    """A named point between which people compare: a conference, or a version on a day of its own.

    Its *day* is the last of *on*: by the end of it the plan is what the occasion left behind.
    """

    id: str
    kind: Literal["conference", "version"]
    on: InexactDate
    title: str | None = None

    @property
    def day(self) -> date:
        """The day at whose end the plan is compared."""
        return self.on.last


@attrs.frozen(kw_only=True, repr=False)
class Measure(Value):
    """The unit that is proposed, prioritized, started and implemented.

    *rank* is the place, from 1, in the priority list of its present field. *phase* is absent for a
    measure whose proposal does not count yet. *since* is the date, as written, of the event that
    began the present run of the phase. *cause* is why a dropped measure was dropped.
    *predecessors* and *successors* are the measures it came from and went into.
    """

    id: str
    field: str | None = None
    number: str | None = None
    title: str | None = None
    rank: int | None = None
    level: str | None = None
    phase: Phase | None = None
    since: InexactDate | None = None
    stage: str | None = None
    note: str | None = None
    goal: str | None = None
    description: str | None = None
    responsible: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    due: InexactDate | None = None
    cost: str | None = None
    funding: str | None = None
    attributes: FrozenMapping[str] = FrozenMapping()
    decisions: tuple[Decision, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    cause: Cause | None = None

    @property
    def listed(self) -> bool:
        """Whether the plan still lists it: it was neither replaced nor left out."""
        return self.phase != "replaced" and not (
            self.phase == "dropped" and self.cause == "not_listed"
        )


@attrs.frozen(kw_only=True, repr=False)
class Prefix(Value):
    """The events an answer was computed from: the first *size*, the last *recorded* then (UTC)."""

    size: int
    recorded: datetime | None = None


@attrs.frozen(kw_only=True, repr=False)
class Plan(Value):
    """The plan at the end of a day, as known from a prefix of the log.

    *at* is absent at the point ``start``. Plans are equal when they say the same: what they were
    computed from (*at*, *known*) does not count.
    """

    at: date | None = attrs.field(default=None, eq=False)
    known: Prefix = attrs.field(default=Prefix(size=0), eq=False)
    title: str | None = None
    place: str | None = None
    programme: str | None = None
    language: str | None = None
    fields: tuple[ActionField, ...] = ()
    goals: tuple[Goal, ...] = ()
    conferences: tuple[Conference, ...] = ()
    versions: tuple[Version, ...] = ()
    measures: tuple[Measure, ...] = ()

    @property
    def occasions(self) -> tuple[Occasion, ...]:
        """The conferences that have been held, and the versions of other days, by their day."""
        found = {
            one.on.last: Occasion(id=one.id, kind="version", on=one.on, title=one.title)
            for one in reversed(self.versions)
        }
        held = [
            Occasion(id=one.id, kind="conference", on=one.on, title=one.title)
            for one in self.conferences
            if one.on is not None
        ]
        alone = [one for day, one in found.items() if all(day != other.day for other in held)]
        return tuple(sorted((*held, *alone), key=lambda one: (one.day, one.on.first, one.id)))

    def measure(self, reference: str) -> Measure:
        """Return the measure that *reference* names: an id, ``field/number`` or a number.

        The exact id wins. Raises `UnknownReferenceError` where nothing fits, and
        `AmbiguousReferenceError` where more than one measure does.
        """
        return _only("measure", reference, self._measures_named(reference), self._describe)

    def measure_of(self, reference: str, present: "Plan") -> Measure:
        """Return the measure that *reference* names, where this plan is all there ever was.

        An exact id names it whatever the day. A number is the one that it carries in *present*,
        and only where none does there, the one that it carries here. Raises as `measure` does.
        """
        if all(reference != measure.id for measure in self.measures):
            with suppress(UnknownReferenceError):
                reference = present.measure(reference).id
        return self.measure(reference)

    def field_of(self, reference: str, present: "Plan") -> ActionField:
        """Return the field that *reference* names, as `measure_of` does for a measure."""
        if all(reference != field.id for field in self.fields):
            with suppress(UnknownReferenceError):
                reference = present.field(reference).id
        return self.field(reference)

    def _measures_named(self, reference: str) -> list[Measure]:
        for measure in self.measures:
            if measure.id == reference:
                return [measure]
        return [
            measure
            for measure in self.measures
            if measure.number is not None and reference in _names(measure.number, measure.field)
        ]

    def _describe(self, measure: Measure) -> str:
        titles = {field.id: field.title for field in self.fields}
        place = titles.get(measure.field or "") or measure.field
        number = f"Nr. {measure.number}" if measure.number else None
        label = " ".join(part for part in (place, number) if part)
        return ": ".join(part for part in (label, measure.title) if part)

    def field(self, reference: str) -> ActionField:
        """Return the field that *reference* names: its id, else its exact title, else its number.

        Raises `UnknownReferenceError` and `AmbiguousReferenceError`.
        """
        found: list[ActionField] = []
        for name in ("id", "title", "number"):
            found = found or [field for field in self.fields if getattr(field, name) == reference]
        return _only("field", reference, found, lambda field: field.title or "")

    def conference(self, id: str) -> Conference:
        """Return the conference with this *id*; raise `UnknownReferenceError` without one."""
        return _only("conference", id, [c for c in self.conferences if c.id == id], lambda c: "")


def _names(number: str, field: str | None) -> tuple[str, ...]:
    return (number,) if field is None else (number, f"{field}/{number}")


T = TypeVar("T", Measure, ActionField, Conference)


def _only(kind: str, reference: str, found: Sequence[T], describe: Callable[[T], str]) -> T:
    if not found:
        raise UnknownReferenceError(kind, reference)
    if len(found) > 1:
        raise AmbiguousReferenceError(
            kind, reference, tuple((one.id, describe(one)) for one in found)
        )
    return found[0]


def number_key(number: str | None) -> tuple[bool, list[tuple[bool, int, str, str]]]:
    """Sort numbers as people read them: 2 before 10, 1.9 before 1.10, without a number last."""
    return number is None, [_part_key(part) for part in re.findall(r"[0-9]+|[^0-9]+", number or "")]


def _part_key(part: str) -> tuple[bool, int, str, str]:
    """Digits before text, and by their value; as texts, since Python converts only so many."""
    if part.isascii() and part.isdigit():
        significant = part.lstrip("0")
        return False, len(significant), significant, part
    return True, 0, part, part


def in_plan_order(
    measures: Iterable[Measure], fields: Sequence[ActionField]
) -> tuple[Measure, ...]:
    """Sort *measures* by field in the order of *fields*, ranked ones first, then by number."""
    place = {field.id: index for index, field in enumerate(fields)}
    return tuple(
        sorted(
            measures,
            key=lambda measure: (
                place.get(measure.field or "", len(place)),
                measure.rank is None,
                measure.rank or 0,
                number_key(measure.number),
                measure.id,
            ),
        )
    )


def in_field_order(fields: Iterable[ActionField]) -> tuple[ActionField, ...]:
    """Sort *fields* by number, those without one last."""
    return tuple(sorted(fields, key=lambda field: (number_key(field.number), field.id)))
