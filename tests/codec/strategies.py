"""Generators of events of every type, read off the classes, with texts of every kind."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, get_args, get_origin

from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.events import (
    EVENT_CLASSES,
    TYPES,
    UNSET,
    About,
    Digest,
    Erased,
    Event,
    Kind,
    Merged,
    NewEvent,
    RecordedEvent,
    Retracted,
    Split,
    Texts,
)
from planlog.keys import Key, keys_of
from planlog.mappings import FrozenMapping

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20
) | st.sampled_from(["Maßnahme", '":', '\\":"', " : ", "\n\t", "\u2028", "\x7f", "C:\\users", "😀"])
STATEMENTS = TEXTS.map("{}ß".format)
DATES = st.sampled_from(
    ["2023-03-16", "2023-03", "2023", "0001", "9999-12-31", "2020-09-18/2023-03-16", "2021/2022-05"]
).map(InexactDate.parse)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))
EVENT_IDS = st.text("0123456789abcdef", min_size=16, max_size=16)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
SUBJECT_IDS = st.sampled_from(
    ["wohnen-16", "wohnen-1", "a b/ß", "16", "„Größe“ \\", '"', "x" * 200]
)
NAMES = st.sampled_from(["stk-1", "stk-2", "fassung-2023", "0"])
SALTS = st.builds(
    str.__add__,
    st.text("ABCXYZabcxyz0189-_", min_size=21, max_size=21),
    st.sampled_from("AQgw"),
)
COUNTS = st.sampled_from([0, 1, 9, 2**53 - 1])

IDS: dict[Kind, st.SearchStrategy[str]] = {
    "measure": SUBJECT_IDS,
    "field": SUBJECT_IDS,
    "goal": SUBJECT_IDS,
    "conference": NAMES,
    "version": NAMES,
    "event": EVENT_IDS,
}
SINGLE: dict[object, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: COUNTS,
    InexactDate: DATES,
    datetime: MOMENTS,
    Digest: DIGESTS,
    Texts: st.lists(TEXTS, max_size=3).map(tuple),
}
LEAST: dict[tuple[type, str], int] = {(Merged, "measures"): 1, (Split, "into"): 2}


@cache
def events() -> st.SearchStrategy[Event]:
    """Any valid event."""
    return st.one_of(*(objects(cls) for cls in EVENT_CLASSES))


def objects(cls: type) -> st.SearchStrategy[Any]:
    """Any object of an event class, or of one of the classes inside."""
    keys = keys_of(cls)
    if cls is About:
        return st.one_of(*(st.builds(cls, **{key.name: values(cls, key)}) for key in keys))
    return st.builds(cls, **{key.name: optional(key, values(cls, key)) for key in keys})


def optional(key: Key, strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or what may be there in its place."""
    if key.nullable:
        strategy |= st.none()
    if key.required:
        return strategy
    return strategy | st.just(UNSET if key.nullable else None)


def values(cls: type, key: Key) -> st.SearchStrategy[Any]:
    """Any value of a key that is there and not null."""
    if cls is Erased and key.name == "type":
        return st.sampled_from([word for word in TYPES if word != Erased.TYPE])
    if key.identifies:
        ids = IDS[key.identifies.kind]
        if not key.many:
            return ids
        return st.lists(ids, min_size=LEAST.get((cls, key.name), 0), unique=True).map(tuple)
    if key.choices:
        return st.sampled_from(key.choices)
    if get_origin(key.shape) is FrozenMapping:
        return mappings(get_args(key.shape)[0])
    if key.shape in SINGLE:
        return SINGLE[key.shape]
    assert isinstance(key.shape, type)
    return objects(key.shape)


def mappings(shape: object) -> st.SearchStrategy[FrozenMapping[Any]]:
    """Attributes of a measure, or what a version states of measures."""
    if shape == Texts:
        return st.dictionaries(SUBJECT_IDS, SINGLE[Texts], max_size=3).map(FrozenMapping)
    inner = TEXTS if shape is str else TEXTS | st.none()
    return st.dictionaries(TEXTS.filter(bool), inner, max_size=3).map(FrozenMapping)


@st.composite
def new_events(draw: st.DrawFn) -> NewEvent:
    """Any valid event that is handed in from outside."""
    event = draw(events())
    final = isinstance(event, (Retracted, Erased))
    corrects = None if final else draw(st.none() | EVENT_IDS)
    reasoned = corrects is not None or isinstance(event, Retracted)
    return NewEvent(
        event=event,
        on=draw(st.none() | DATES),
        by=draw(st.none() | STATEMENTS),
        source=draw(st.none() | TEXTS),
        reason=draw(STATEMENTS if reasoned else st.none() | TEXTS),
        corrects=corrects,
        id=draw(st.none() | _ids_for(event)),
    )


def _ids_for(event: Event) -> st.SearchStrategy[str]:
    """Ids that *event* can have: none tells of its own erasure."""
    erased = event.event if isinstance(event, Erased) else None
    return EVENT_IDS.filter(lambda id: id != erased)


@st.composite
def recorded_events(draw: st.DrawFn) -> RecordedEvent:
    """Any valid event as it stands in a log."""
    new = draw(new_events())
    return RecordedEvent(
        position=draw(st.integers(0, 10**6)),
        id=new.id or draw(_ids_for(new.event)),
        on=new.on or draw(DATES),
        recorded=draw(MOMENTS),
        by=new.by or draw(STATEMENTS),
        event=new.event,
        source=new.source,
        reason=new.reason,
        corrects=new.corrects,
        salt=draw(SALTS),
    )
