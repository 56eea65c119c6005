"""Generators of random logs, for testing what must hold for every log.

They draw from few ids and few days, so that events collide.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from itertools import combinations_with_replacement
from typing import Any, Final

from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.events import (
    EVENT_CLASSES,
    TYPES,
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Digest,
    Dropped,
    Erased,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    Kind,
    Merged,
    Noted,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Retracted,
    Split,
    Started,
    Texts,
    VersionRecorded,
)
from planlog.keys import Key, keys_of
from planlog.mappings import FrozenMapping
from planlog.plan import Votes

FIRST_DAY: Final = date(2021, 9, 1)
SALT: Final = "q7mJr0o0X0m7Jf3hQb6J1g"

IDS: Final[dict[Kind, tuple[str, ...]]] = {
    "measure": ("a-1", "a-2", "b-1"),
    "field": ("a", "b"),
    "goal": ("a-goal",),
    "conference": ("first", "second"),
    "version": ("deck", "report"),
    "event": ("0123456789abcdef",),
}
"""What the ids of random events are drawn from."""

TEXTS: Final = st.sampled_from(("Garten", "Turnier", "Wegweiser"))
_COUNTS: Final = st.integers(0, 3)
_ATTRIBUTES: Final = st.sampled_from(("topic", "light"))
_STATING: Final = tuple(cls for cls in EVENT_CLASSES if cls not in (Retracted, Erased))
INTERACTING: Final[dict[str, tuple[type[Event], ...]]] = {
    "proposals and phases": (Proposed, Started, Implemented),
    "runs of phases": (Started, Paused, Resumed),
    "changes and proposals": (Amended, Proposed),
    "lists and decisions": (Prioritized, Decided),
    "lists and fields": (Prioritized, Amended, Proposed),
    "lineage": (Merged, Split, Proposed, Started),
    "progress": (Progressed, Dropped, Proposed),
    "what is not a measure": (
        PlanOpened,
        PlanAmended,
        FieldAdded,
        FieldAmended,
        GoalAdded,
        ConferenceHeld,
        VersionRecorded,
    ),
    "what lets appear": (Noted, Decided, Rated, GoalAdded, ConferenceHeld),
    "everything": _STATING,
}
"""Classes of events that meet in one cell of the plan, or hang on each other."""

_SUBJECTS: Final = (
    About(measure="a-1"),
    About(field="a"),
    About(conference="first"),
    About(version="deck"),
)


def days(count: int = 5) -> st.SearchStrategy[date]:
    """One of the first *count* days."""
    return st.sampled_from(_first_days(count))


@cache
def inexact_dates(count: int = 5) -> st.SearchStrategy[InexactDate]:
    """A day or an interval among the first *count* days, or their month."""
    first_days = _first_days(count)
    exact = [InexactDate.of(day) for day in first_days]
    intervals = [
        InexactDate.parse(f"{first}/{last}")
        for first, last in combinations_with_replacement(first_days, 2)
    ]
    month = InexactDate.parse(FIRST_DAY.isoformat()[:7])
    return st.sampled_from((*exact * 4, *intervals, *[month] * 4))


@cache
def exact_dates(count: int = 5) -> st.SearchStrategy[InexactDate]:
    """One of the first *count* days, as a date."""
    return st.sampled_from([InexactDate.of(day) for day in _first_days(count)])


def _first_days(count: int) -> tuple[date, ...]:
    return tuple(FIRST_DAY + timedelta(days=offset) for offset in range(count))


def contents(
    cls: type[Event],
    texts: st.SearchStrategy[str] = TEXTS,
    dates: st.SearchStrategy[InexactDate] | None = None,
) -> st.SearchStrategy[Any]:
    """What an event of class *cls* says."""
    return _contents(cls.TYPE, texts, inexact_dates() if dates is None else dates)


@lru_cache(maxsize=512)
def _contents(
    word: str, texts: st.SearchStrategy[str], dates: st.SearchStrategy[InexactDate]
) -> st.SearchStrategy[Any]:
    """Kept, because to build and check a strategy takes longer than to draw from it."""
    cls = TYPES[word]
    values = {key.name: _value(key, texts, dates) for key in keys_of(cls)}
    return st.fixed_dictionaries(
        {key.name: values[key.name] for key in keys_of(cls) if key.required},
        optional={key.name: values[key.name] for key in keys_of(cls) if not key.required},
    ).map(lambda drawn: cls(**drawn))


def _value(
    key: Key, texts: st.SearchStrategy[str], dates: st.SearchStrategy[InexactDate]
) -> st.SearchStrategy[Any]:
    value = _of_shape(key, texts, dates)
    return st.none() | value if key.nullable else value


def _of_shape(
    key: Key, texts: st.SearchStrategy[str], dates: st.SearchStrategy[InexactDate]
) -> st.SearchStrategy[Any]:
    lists = st.lists(texts, max_size=2).map(tuple)
    shapes: list[tuple[object, st.SearchStrategy[Any]]] = [
        (InexactDate, dates),
        (Votes, st.builds(Votes, yes=_COUNTS, no=_COUNTS, abstain=_COUNTS)),
        (About, st.sampled_from(_SUBJECTS)),
        (Digest, st.sampled_from(("0" * 64, "f" * 64))),
        (int, _COUNTS),
        (Texts, lists),
        (FrozenMapping[Texts], st.dictionaries(st.sampled_from(IDS["measure"]), lists)),
        (FrozenMapping[str], st.dictionaries(_ATTRIBUTES, texts, max_size=2)),
        (FrozenMapping[str | None], st.dictionaries(_ATTRIBUTES, st.none() | texts, max_size=2)),
    ]
    if key.choices:
        return st.sampled_from(key.choices)
    if key.identifies is not None:
        ids = IDS[key.identifies.kind]
        # The first one more often than the others, or too little would happen to any of them.
        one = st.sampled_from((ids[0], ids[0], *ids))
        least = 2 if key.name == "into" else 1 if key.name == "measures" else 0
        several = st.lists(one, unique=True, min_size=least, max_size=3).map(tuple)
        return several if key.many else one
    return next((values for shape, values in shapes if shape == key.shape), texts)


@st.composite
def logs(
    draw: st.DrawFn,
    *,
    most: int = 8,
    dates: st.SearchStrategy[InexactDate] | None = None,
    classes: Sequence[type[Event]] = _STATING,
    corrections: bool = True,
) -> tuple[RecordedEvent, ...]:
    """A log of up to *most* events of *classes*, with corrections and retractions among them.

    *corrections*: whether there are any. Each event is valid on its own; what it names need not
    have been introduced.
    """
    dates = inexact_dates() if dates is None else dates
    events: list[RecordedEvent] = []
    recorded = datetime(2021, 9, 1, 8, tzinfo=UTC)
    for position in range(draw(st.integers(0, most))):
        recorded += timedelta(hours=draw(st.sampled_from((0, 7, 24))))
        events.append(draw(_event(events, position, recorded, dates, classes, corrections)))
    return tuple(events)


def interacting_logs(
    *, most: int = 8, corrections: bool = True
) -> st.SearchStrategy[tuple[RecordedEvent, ...]]:
    """A log of classes that interact, so that more than their days collide."""
    return st.one_of(
        [logs(most=most, classes=cls, corrections=corrections) for cls in INTERACTING.values()]
    )


@st.composite
def _event(
    draw: st.DrawFn,
    before: Sequence[RecordedEvent],
    position: int,
    recorded: datetime,
    dates: st.SearchStrategy[InexactDate],
    classes: Sequence[type[Event]],
    corrections: bool,
) -> RecordedEvent:
    stating = [event for event in before if not isinstance(event.event, Retracted)]
    manners = ["state", "state", "state"]
    if corrections and before:
        manners.append("retract")
    if corrections and stating:
        manners.append("correct")
    manner = manners[draw(st.integers(0, len(manners) - 1))]
    event: Event
    if manner == "retract":
        event = Retracted(event=before[draw(st.integers(0, len(before) - 1))].id)
    else:
        event = draw(contents(draw(st.sampled_from(classes)), TEXTS, dates))
    corrected = stating[draw(st.integers(0, len(stating) - 1))] if manner == "correct" else None
    return RecordedEvent(
        position=position,
        id=f"{position:016x}",
        on=draw(dates),
        recorded=recorded,
        by="Quartiersmanagement",
        event=event,
        reason=None if manner == "state" else "Protokoll",
        corrects=None if corrected is None else corrected.id,
        salt=SALT,
    )
