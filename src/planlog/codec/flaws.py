"""What can be wrong with a line: a code and an English sentence for each."""

import re
import reprlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import attrs

from planlog.errors import DateError, Flaw, InvalidEventError

FLAWS: Final[Mapping[str, str]] = {
    # The line as bytes
    "too-long": (
        "expected at most {limit} bytes, got {length}; shorten a text or divide it among events"
    ),
    "not-utf-8": "expected UTF-8, got the byte {byte} at offset {offset}",
    "byte-order-mark": "expected no byte order mark; save the text as UTF-8 without one",
    # The line as JSON
    "not-json": "expected JSON from column {column} on, got {excerpt!r}",
    "cut-off": "expected a whole JSON object, got one that breaks off after {excerpt!r}",
    "not-an-object": "expected a JSON object, got {value!r}",
    "too-deep": "expected at most {limit} objects and lists inside one another",
    "doubled-key": "expected this key once, got it {count} times",
    # The line as an event
    "newer-format": (
        "written in format {value}, this planlog reads none above {newest}; update planlog"
    ),
    "unknown-format": "expected {newest}, the version of the format, got {value!r}",
    "tombstone": (
        "expected an event, got the mark of an erased one; "
        "only planlog erase writes it, in one exact form"
    ),
    "lone-tombstone": (
        "the text of this event is gone, and no event tells of its erasure; "
        "put the line back from a copy or from version control"
    ),
    "unknown-type": "expected one of the types {known}; got {value!r}",
    "misspelt-type": "expected a type such as {nearest!r}, got {value!r}",
    "unknown-key": "expected no such key; known here are {known}",
    "misspelt-key": "expected no such key; the nearest known is {nearest!r}",
    "missing-key": "expected this key, it is missing",
    "needless-null": "expected a value, got null; leave the key out where there is none",
    # A value
    "expected-text": "expected a text, got {value!r}",
    "expected-list": "expected a list, got {value!r}",
    "expected-object": "expected an object, got {value!r}",
    "expected-count": "expected a whole number from 0 to {limit}, got {value!r}",
    "expected-choice": "expected one of {choices}; got {value!r}",
    "expected-id": (
        "expected an id of 1 to 200 printable characters, no space at either end, got {value!r}"
    ),
    "expected-name": (
        "expected a name of lower-case letters, digits and hyphens that is neither a date nor "
        "'today' nor 'start', got {value!r}"
    ),
    "expected-event-id": "expected the id of an event, 16 lower-case hex digits, got {value!r}",
    "expected-digest": "expected a SHA-256 as 64 lower-case hex digits, got {value!r}",
    "expected-salt": (
        "expected 16 bytes as 22 characters of base64url without padding, got {value!r}"
    ),
    "expected-timestamp": "expected a UTC timestamp such as 2026-11-22T08:15:00Z, got {value!r}",
    DateError.code: DateError.template,
    "nul": "expected a text without NUL characters, got {value!r}",
    "lone-surrogate": "expected whole characters, got half of a surrogate pair in {value!r}",
    "blank": "expected a text that says something, got {value!r}",
    # Values together
    "listed-twice": "expected each id once, got {value!r} again",
    "too-few": "expected at least {least} in the list, got {count}",
    "not-one": "expected exactly one of {choices}; got {count}",
    "missing-reason": "expected a reason, as every correction and retraction has one",
    "uncorrecting-type": (
        "a correction cannot put {type!r} in an event's place; "
        "to take an event back, retract it without this key"
    ),
    "self-erasure": "expected the id of another event: none can tell of its own erasure",
    # Events handed in from outside, or out of the log's own hands
    "unaccepted-key": "not taken from outside; leave the key out, recording fills it in",
    "doubled-id": "the id {id!r} stands twice: the first time at {first}",
    "not-an-event": "expected an event, got {value!r}",
    "unfaithful": "expected a value that reads back as it was written, got {value!r}",
}
"""The English sentence for each code; `details` of the flaw fill its placeholders."""

_SHORT: Final = 80


class Spelt:
    """A value as a message shows it, without the quotes of a text."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


class _Shortener(reprlib.Repr):
    """Writes any value in few characters, and as JSON does where Python has other words."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = _SHORT

    def repr_bool(self, value: bool, level: int) -> str:
        return str(value).lower()

    def repr_tuple(self, value: tuple[Any, ...], level: int) -> str:
        # In a line this is an object. Only a user of the library can bring another tuple along.
        if all(type(pair) is tuple and len(pair) == 2 and type(pair[0]) is str for pair in value):
            return self.repr_dict(dict(value), level)
        return super().repr_tuple(value, level)

    def repr_NoneType(self, value: None, level: int) -> str:  # noqa: N802 - reprlib looks it up
        return "null"


_SHORTENER: Final = _Shortener()


def shown(value: object) -> object:
    """*value* for the details of a flaw: a short text as it is, other things as they are spelt."""
    if type(value) is str and len(value) <= _SHORT:
        return value
    return Spelt(_SHORTENER.repr(value))


def flaw(code: str, key: str = "", **details: object) -> Flaw:
    """Return the flaw with this *code*; *key* is relative and begins with its separator."""
    return Flaw(code, FLAWS[code], details, key)


def refusal(code: str, key: str = "", **details: object) -> InvalidEventError:
    """Return the error that tells a single flaw."""
    return InvalidEventError((flaw(code, key, **details),))


def refused(code: str, value: object, **details: object) -> InvalidEventError:
    """Return the error for a *value* that is not what was expected."""
    return InvalidEventError((Flaw(code, FLAWS[code], {"value": shown(value), **details}),))


def step(name: str) -> str:
    """The way to the key *name* as part of a flaw's key.

    >>> step("measure"), step("a b")
    ('.measure', "['a b']")
    """
    return f".{name}" if re.fullmatch(rf"[\w-]{{1,{_SHORT}}}", name) else f"[{shown(name)!r}]"


def under(way: str, flaws: Iterable[Flaw]) -> Iterable[Flaw]:
    """Lead to *flaws* by a *way* that begins further out."""
    return (attrs.evolve(flaw, key=way + flaw.key) for flaw in flaws)


def merged(*groups: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """All flaws; where flaws of different groups are at one key, those of the first group.

    A doubled key, say, is told once and not once more for what its last value is.
    """
    result: list[Flaw] = []
    for group in groups:
        told = {flaw.key for flaw in result}
        result += [flaw for flaw in group if flaw.key not in told]
    return tuple(result)


def with_whole_keys(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """*flaws* with keys that are no longer relative."""
    return tuple(attrs.evolve(flaw, key=flaw.key.removeprefix(".")) for flaw in flaws)


def nearest(name: str, known: Collection[str]) -> str | None:
    """The known name that *name* was probably meant to be."""
    import difflib  # only a flawed line needs it, and it takes its time to load

    return next(iter(difflib.get_close_matches(name.lower(), known, 1)), None)
