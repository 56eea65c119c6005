"""Every type of event, and the `Event` union that lists them.

A class here is the one description of its type: its ``TYPE`` is the word in the files, its
attributes are the keys of ``data`` in order, and their annotations say what a value may be:

- no default: the key must be there; a default of ``None``: the key may be left out;
- ``| None`` without a default: the value may be null; ``| Unset``: it may be left out (nothing
  changes) or null (the value is cleared);
- `Identifies` in an annotation: the text is the id of a measure, field, goal, conference, version
  or event that stands in the log earlier, or that this event introduces.

Codec, generators, command line, schema and reference read the union and nothing else.
"""

import enum
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, ClassVar, Final, Literal, TypeVar, get_args

import attrs

from planlog.dates import InexactDate
from planlog.mappings import FrozenMapping
from planlog.plan import Cause, ConferenceKind, Coverage, Outcome, Votes
from planlog.values import Value

FORMAT: Final = 1
"""The version of the line format that is written."""

Kind = Literal["measure", "field", "goal", "conference", "version", "event"]
"""What an id can be the id of."""


@attrs.frozen(repr=False)
class Identifies(Value):
    """Marks a text as the id of something of a *kind*; *introduces*: the event brings it in."""

    kind: Kind
    introduces: bool = False


class Unset(enum.Enum):
    """The type of `UNSET`: a key that was left out where null would clear the value."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET

MeasureId = Annotated[str, Identifies("measure")]
FieldId = Annotated[str, Identifies("field")]
GoalId = Annotated[str, Identifies("goal")]
ConferenceId = Annotated[str, Identifies("conference")]
VersionId = Annotated[str, Identifies("version")]
EventId = Annotated[str, Identifies("event")]
NewMeasureId = Annotated[str, Identifies("measure", introduces=True)]
NewFieldId = Annotated[str, Identifies("field", introduces=True)]
NewGoalId = Annotated[str, Identifies("goal", introduces=True)]
NewConferenceId = Annotated[str, Identifies("conference", introduces=True)]
NewVersionId = Annotated[str, Identifies("version", introduces=True)]
Digest = Annotated[str, "sha256"]
"""A SHA-256 in 64 lower-case hex digits."""

Texts = tuple[str, ...]
MeasureIds = tuple[MeasureId, ...]
FieldIds = tuple[FieldId, ...]
GoalIds = tuple[GoalId, ...]
ConferenceIds = tuple[ConferenceId, ...]
VersionIds = tuple[VersionId, ...]

V = TypeVar("V")


def _texts(values: Iterable[str]) -> Texts:
    if isinstance(values, str):
        raise TypeError(f"expected a list of texts, got the text {values!r}")
    return tuple(values)


def _optional_texts(values: Iterable[str] | None) -> Texts | None:
    return None if values is None else _texts(values)


def _clearable_texts(values: Iterable[str] | None | Unset) -> Texts | None | Unset:
    return values if values is None or isinstance(values, Unset) else _texts(values)


def _optional_date(value: InexactDate | date | str | None) -> InexactDate | None:
    return None if value is None else InexactDate.of(value)


def _clearable_date(value: InexactDate | date | str | None | Unset) -> InexactDate | None | Unset:
    return value if value is None or isinstance(value, Unset) else InexactDate.of(value)


def _optional_pairs(value: Mapping[str, str] | None) -> FrozenMapping[str] | None:
    return None if value is None else FrozenMapping(value)


def _clearable_pairs(
    value: Mapping[str, str | None] | None | Unset,
) -> FrozenMapping[str | None] | None | Unset:
    return value if value is None or isinstance(value, Unset) else FrozenMapping(value)


def _statements(
    value: Mapping[str, Iterable[str]] | None,
) -> FrozenMapping[Texts] | None:
    if value is None:
        return None
    return FrozenMapping({measure: _texts(stated) for measure, stated in value.items()})


# The plan and what it consists of


@attrs.frozen(kw_only=True, repr=False)
class PlanOpened(Value):
    """The plan was opened: from here on its history is kept."""

    TYPE: ClassVar = "plan_opened"

    title: str
    place: str | None = None
    programme: str | None = None
    language: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class PlanAmended(Value):
    """The plan as a whole was renamed, or its place, programme or language restated."""

    TYPE: ClassVar = "plan_amended"

    title: str
    place: str | None = None
    programme: str | None = None
    language: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class FieldAdded(Value):
    """An action field became part of the plan."""

    TYPE: ClassVar = "field_added"

    field: NewFieldId
    title: str
    number: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class FieldAmended(Value):
    """An action field was renamed or renumbered."""

    TYPE: ClassVar = "field_amended"

    field: FieldId
    title: str
    number: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class GoalAdded(Value):
    """A goal was set for an action field."""

    TYPE: ClassVar = "goal_added"

    goal: NewGoalId
    field: FieldId
    title: str


@attrs.frozen(kw_only=True, repr=False)
class ConferenceHeld(Value):
    """A conference, workshop or council met."""

    TYPE: ClassVar = "conference_held"

    conference: NewConferenceId
    title: str
    kind: ConferenceKind
    place: str | None = None


# What is wanted, and in which order


@attrs.frozen(kw_only=True, repr=False)
class Proposed(Value):
    """A measure was proposed, or proposed again.

    The title may be left out for a measure that the log has already.
    """

    TYPE: ClassVar = "proposed"

    measure: NewMeasureId
    title: str | None = None
    field: FieldId | None = None
    number: str | None = None
    goal: GoalId | None = None
    description: str | None = None
    responsible: Texts | None = attrs.field(default=None, converter=_optional_texts)
    partners: Texts | None = attrs.field(default=None, converter=_optional_texts)
    due: InexactDate | None = attrs.field(default=None, converter=_optional_date)
    cost: str | None = None
    funding: str | None = None
    attributes: FrozenMapping[str] | None = attrs.field(default=None, converter=_optional_pairs)
    stage: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Amended(Value):
    """A measure was renamed, renumbered, moved to another field, or described anew."""

    TYPE: ClassVar = "amended"

    measure: MeasureId
    title: str | None | Unset = UNSET
    field: FieldId | None | Unset = UNSET
    number: str | None | Unset = UNSET
    goal: GoalId | None | Unset = UNSET
    description: str | None | Unset = UNSET
    responsible: Texts | None | Unset = attrs.field(default=UNSET, converter=_clearable_texts)
    partners: Texts | None | Unset = attrs.field(default=UNSET, converter=_clearable_texts)
    due: InexactDate | None | Unset = attrs.field(default=UNSET, converter=_clearable_date)
    cost: str | None | Unset = UNSET
    funding: str | None | Unset = UNSET
    attributes: FrozenMapping[str | None] | None | Unset = attrs.field(
        default=UNSET, converter=_clearable_pairs
    )


@attrs.frozen(kw_only=True, repr=False)
class Prioritized(Value):
    """The priority list of an action field was set: the whole of it, best first."""

    TYPE: ClassVar = "prioritized"

    field: FieldId
    ranking: MeasureIds = attrs.field(converter=_texts)


@attrs.frozen(kw_only=True, repr=False)
class Rated(Value):
    """A measure was put into a class of priority, or out of any."""

    TYPE: ClassVar = "rated"

    measure: MeasureId
    level: str | None


# How a measure goes on


@attrs.frozen(kw_only=True, repr=False)
class Started(Value):
    """Work on a measure began."""

    TYPE: ClassVar = "started"

    measure: MeasureId
    stage: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Progressed(Value):
    """Something was reported about a measure that left its phase as it was."""

    TYPE: ClassVar = "progressed"

    measure: MeasureId
    stage: str | None | Unset = UNSET
    note: str | None | Unset = UNSET


@attrs.frozen(kw_only=True, repr=False)
class Implemented(Value):
    """A measure was carried out."""

    TYPE: ClassVar = "implemented"

    measure: MeasureId
    stage: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class MadePermanent(Value):
    """A measure became a permanent task."""

    TYPE: ClassVar = "made_permanent"

    measure: MeasureId
    stage: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Paused(Value):
    """A measure was put aside for a time."""

    TYPE: ClassVar = "paused"

    measure: MeasureId
    stage: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Resumed(Value):
    """Work on a measure went on after a pause."""

    TYPE: ClassVar = "resumed"

    measure: MeasureId
    stage: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Dropped(Value):
    """A measure was given up."""

    TYPE: ClassVar = "dropped"

    measure: MeasureId
    cause: Cause
    stage: str | None = None
    note: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Merged(Value):
    """Measures were joined into one; those that are not the one were replaced by it."""

    TYPE: ClassVar = "merged"

    measures: MeasureIds = attrs.field(converter=_texts)
    into: MeasureId


@attrs.frozen(kw_only=True, repr=False)
class Split(Value):
    """A measure was divided into several; unless it is one of them, they replaced it."""

    TYPE: ClassVar = "split"

    measure: MeasureId
    into: MeasureIds = attrs.field(converter=_texts)


# What was decided and said


@attrs.frozen(kw_only=True, repr=False)
class Decided(Value):
    """A conference adopted, rejected, deferred or took note of measures or priority lists."""

    TYPE: ClassVar = "decided"

    conference: ConferenceId
    outcome: Outcome
    measures: MeasureIds | None = attrs.field(default=None, converter=_optional_texts)
    fields: FieldIds | None = attrs.field(default=None, converter=_optional_texts)
    text: str | None = None
    votes: Votes | None = None
    reference: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class VersionRecorded(Value):
    """A document stated the plan, whole or in excerpt."""

    TYPE: ClassVar = "version_recorded"

    version: NewVersionId
    title: str | None = None
    coverage: Coverage
    attributes: Texts = attrs.field(converter=_texts)
    measures: FrozenMapping[Texts] | None = attrs.field(default=None, converter=_statements)
    document: Digest | None = None


@attrs.frozen(kw_only=True, repr=False)
class About(Value):
    """What a note is about: exactly one of these."""

    measure: MeasureId | None = None
    field: FieldId | None = None
    conference: ConferenceId | None = None
    version: VersionId | None = None


@attrs.frozen(kw_only=True, repr=False)
class Noted(Value):
    """Something worth keeping was said that no other type can say."""

    TYPE: ClassVar = "noted"

    about: About | None = None
    text: str


# What became of the record itself


@attrs.frozen(kw_only=True, repr=False)
class Retracted(Value):
    """An event was taken back: it should not have been recorded."""

    TYPE: ClassVar = "retracted"

    event: EventId


@attrs.frozen(kw_only=True, repr=False)
class Erased(Value):
    """The text of an event was erased; *leaf* is the hash its line had. Written by erasing only.

    What it keeps of the line says what is missing: its type, its day, when it was recorded, and
    what it named. Where that would tell too much as well, it keeps nothing but the type and what
    the line corrected or took back.
    """

    TYPE: ClassVar = "erased"

    event: EventId
    position: int
    leaf: Digest
    ground: str
    type: str
    corrects: EventId | None = None
    target: EventId | None = None
    on: InexactDate | None = attrs.field(default=None, converter=_optional_date)
    recorded: datetime | None = None
    measures: MeasureIds | None = attrs.field(default=None, converter=_optional_texts)
    fields: FieldIds | None = attrs.field(default=None, converter=_optional_texts)
    goals: GoalIds | None = attrs.field(default=None, converter=_optional_texts)
    conferences: ConferenceIds | None = attrs.field(default=None, converter=_optional_texts)
    versions: VersionIds | None = attrs.field(default=None, converter=_optional_texts)


Event = (
    PlanOpened
    | PlanAmended
    | FieldAdded
    | FieldAmended
    | GoalAdded
    | ConferenceHeld
    | Proposed
    | Amended
    | Prioritized
    | Rated
    | Started
    | Progressed
    | Implemented
    | MadePermanent
    | Paused
    | Resumed
    | Dropped
    | Merged
    | Split
    | Decided
    | VersionRecorded
    | Noted
    | Retracted
    | Erased
)
"""Everything that can have happened."""

EVENT_CLASSES: tuple[type[Event], ...] = get_args(Event)
TYPES: dict[str, type[Event]] = {cls.TYPE: cls for cls in EVENT_CLASSES}
"""Each type's word in the files, and its class."""


@attrs.frozen(kw_only=True, repr=False)
class RecordedEvent(Value):
    """An event as it stands in the log.

    *position* counts from 0; *recorded* is aware and in UTC; *v* is the format version of the
    line that it was read from. Where the text of the line was erased, *event* is the very erasure
    that tells of it, *on* what that kept of the day, and nobody is named in *by*.
    """

    position: int
    id: str
    on: InexactDate
    recorded: datetime
    by: str
    event: Event
    source: str | None = None
    reason: str | None = None
    corrects: str | None = None
    salt: str
    v: int = FORMAT

    @property
    def type(self) -> str:
        """The event's type as it stands in the files; of an erased line, the one that it had."""
        return (
            self.event.type
            if isinstance(self.event, Erased) and self.is_erased
            else self.event.TYPE
        )

    @property
    def is_erased(self) -> bool:
        """Whether its text was erased, so that only what the erasure kept of it is left."""
        return isinstance(self.event, Erased) and self.event.event == self.id

    @property
    def retracts(self) -> str | None:
        """The id of the event that it takes back, also where its own text was erased."""
        match self.event:
            case Retracted(event=target):
                return target
            case Erased(target=target) if self.is_erased:
                return target
            case _:
                return None


@attrs.frozen(kw_only=True, repr=False)
class NewEvent(Value):
    """An event that is to be recorded; what is absent is filled in when it is.

    *id* is for events that must be recorded once only, however often they are handed in.
    """

    event: Event
    on: InexactDate | None = attrs.field(default=None, converter=_optional_date)
    by: str | None = None
    source: str | None = None
    reason: str | None = None
    corrects: str | None = None
    id: str | None = None
