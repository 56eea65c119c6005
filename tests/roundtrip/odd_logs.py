"""Random logs of plans whose texts look like something else in a spreadsheet."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from planlog.codec import decode, encode
from planlog.dates import InexactDate
from planlog.events import Event, FieldAdded, GoalAdded, Proposed, RecordedEvent
from planlog.testing.logs import FIRST_DAY, IDS, SALT, interacting_logs

END: Final = date(2021, 10, 31)
"""A day after everything that happens in a random log."""

ODD: Final = (
    *("Garten", "Turnier", "Wegweiser", " Garten ", "a;b", 'sagt "ja"', '"', "'", "''"),
    *("=1+1", "+49 4435", "-x", "@cmd", "'=x", "''-1", "'s Lädchen", "\t=1", "\r=1", "\n-1"),
    *("a\nb\n", "a\rb", "a\x85b", "_x0041_", "a\x0bb", "\ufeffa", "e\u0301", "\xa0a\xa0", "😀"),
    *("007", "1.10", "16.03.2023", "TRUE", "#REF!", "1e5", "50 %", "2023", "1,5"),
    *("measure", "title", "Titel", "proposed", "entfallen", "wohnen-1"),
)
"""Texts that a spreadsheet, or planlog itself, could take for something else."""

KEYS: Final = ("topic", "=topic", "a;b", "title", "Titel", "x\ny", "attributes.x")

_TEXTS: Final = ("Garten", "Turnier", "Wegweiser")
"""The texts of random logs, each of which becomes an odd one."""


@st.composite
def odd_logs(draw: st.DrawFn) -> tuple[RecordedEvent, ...]:
    """A random log, most of whose fields, goals and measures are introduced first."""
    introductions = draw(_introductions())
    happening = draw(interacting_logs())
    told = {text: draw(st.sampled_from(ODD)) for text in _TEXTS}
    told["topic"] = draw(st.sampled_from(KEYS))
    return tuple(
        _retold(attrs.evolve(event, position=position), told)
        for position, event in enumerate((*introductions, *happening))
    )


@st.composite
def _introductions(draw: st.DrawFn) -> list[RecordedEvent]:
    title = st.sampled_from(_TEXTS)
    field = st.sampled_from(IDS["field"])
    found: list[Event] = [
        Proposed(measure=id, title=draw(title), field=draw(st.none() | field))
        for id in IDS["measure"]
        if draw(st.integers(0, 3))
    ]
    found += [FieldAdded(field=id, title=draw(title)) for id in IDS["field"] if draw(st.booleans())]
    found += [
        GoalAdded(goal=id, field=draw(field), title=draw(title))
        for id in IDS["goal"]
        if draw(st.booleans())
    ]
    return [_recorded(0x1000 + number, event) for number, event in enumerate(found)]


def _recorded(number: int, event: Event) -> RecordedEvent:
    return RecordedEvent(
        position=0,
        id=f"{number:016x}",
        on=InexactDate.of(FIRST_DAY),
        recorded=datetime(2021, 9, 1, 8, tzinfo=UTC),
        by="Quartiersmanagement",
        event=event,
        salt=SALT,
    )


def _retold(event: RecordedEvent, told: Mapping[str, str]) -> RecordedEvent:
    """An event in which some texts are others."""

    def other(value: Any) -> Any:
        match value:
            case str():
                return told.get(value, value)
            case list():
                return [other(one) for one in value]
            case dict():
                return {other(key): other(one) for key, one in value.items()}
            case _:
                return value

    line = json.loads(encode(event))
    return decode(json.dumps(line | {"data": other(line["data"])}).encode(), event.position)
