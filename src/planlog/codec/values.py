"""What each value of an event may be: one exact hook for each, which never coerces."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, Final, get_args, get_origin

from planlog.codec.flaws import flaw, merged, refused, shown, step, under
from planlog.codec.json import Pairs, doubled_keys
from planlog.dates import InexactDate, is_name, parse_timestamp
from planlog.errors import DateError, Flaw, InvalidEventError
from planlog.events import About, Digest, Kind, Merged, Split, Texts
from planlog.keys import Key, keys_of
from planlog.mappings import FrozenMapping

Hook = Callable[[Any], Any]
"""Takes a parsed value and returns what it stands for, or raises `InvalidEventError`."""

Build = Callable[[type, Any], Any]
"""Makes an object of a class from a parsed value."""

MAX_COUNT: Final = 2**53 - 1
"""The highest whole number that every reader of JSON keeps exact."""

_HEX_DIGITS: Final = "0123456789abcdef"
# The last of 22 characters holds two bits of the 16 bytes; its other four bits are zero.
_SALT: Final = re.compile(r"[A-Za-z0-9_-]{21}[AQgw]", re.ASCII)

_LEAST: Final[Mapping[tuple[type, str], int]] = {(Merged, "measures"): 1, (Split, "into"): 2}


def hook_for(cls: type, key: Key, build: Build) -> Hook:
    """Return the hook for a *key* of the class *cls*; *build* makes the objects inside."""
    hook = _hook_for_shape(cls, key, build)
    return _nullable(hook) if key.nullable else hook


def _hook_for_shape(cls: type, key: Key, build: Build) -> Hook:
    if key.identifies is not None:
        hook = _ID_HOOKS[key.identifies.kind]
        return _ids(hook, _LEAST.get((cls, key.name), 0)) if key.many else hook
    if key.choices:
        return _choice(key.choices)
    if get_origin(key.shape) is FrozenMapping:
        return _mapping(*get_args(key.shape))
    if key.shape in _HOOKS:
        return _HOOKS[key.shape]
    inner = key.shape
    assert isinstance(inner, type)
    hook = partial(build, inner)
    return _exactly_one(hook) if inner is About else hook


# Single values


def text(value: Any) -> str:
    """Take any text but one with NUL or half a surrogate pair in it."""
    if type(value) is not str:
        raise refused("expected-text", value)
    if "\0" in value:
        raise refused("nul", value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise refused("lone-surrogate", value) from None
    return value


def statement(value: Any) -> str:
    """Take a text that says something."""
    said = text(value)
    if not said or said.isspace():
        raise refused("blank", value)
    return said


def count(value: Any) -> int:
    """Take a whole number that is not negative."""
    if type(value) is int and 0 <= value <= MAX_COUNT:
        return value
    raise refused("expected-count", value, limit=MAX_COUNT)


def inexact_date(value: Any) -> InexactDate:
    """Take a date, exact or not."""
    if type(value) is str:
        try:
            return InexactDate.parse(value)
        except DateError:
            pass
    raise refused(DateError.code, value)


def timestamp(value: Any) -> datetime:
    """Take a UTC timestamp to the second."""
    if type(value) is str:
        try:
            return parse_timestamp(value)
        except DateError:
            pass
    raise refused("expected-timestamp", value)


def salt(value: Any) -> str:
    """Take 16 bytes as base64url."""
    if type(value) is str and _SALT.fullmatch(value):
        return value
    raise refused("expected-salt", value)


def digest(value: Any) -> str:
    """Take a SHA-256 in hex."""
    if type(value) is str and len(value) == 64 and not value.strip(_HEX_DIGITS):
        return value
    raise refused("expected-digest", value)


def event_id(value: Any) -> str:
    """Take the id of an event."""
    if type(value) is str and len(value) == 16 and not value.strip(_HEX_DIGITS):
        return value
    raise refused("expected-event-id", value)


def subject_id(value: Any) -> str:
    """Take the id of a measure, field or goal."""
    if type(value) is str and _is_subject_id(value):
        return value
    raise refused("expected-id", value)


@lru_cache(maxsize=8192)
def _is_subject_id(text: str) -> bool:
    # A space is the only white space that is printable.
    return 0 < len(text) <= 200 and text.isprintable() and text.strip(" ") == text


def name(value: Any) -> str:
    """Take the id of a conference or version."""
    if type(value) is str and is_name(value):
        return value
    raise refused("expected-name", value)


def _entry_key(value: Any) -> str:
    if value == "":
        raise refused("blank", value)
    return text(value)


_ID_HOOKS: Final[Mapping[Kind, Hook]] = {
    "measure": subject_id,
    "field": subject_id,
    "goal": subject_id,
    "conference": name,
    "version": name,
    "event": event_id,
}


def _choice(choices: tuple[str, ...]) -> Hook:
    def take(value: Any) -> str:
        if type(value) is str and value in choices:
            return value
        raise refused("expected-choice", value, choices=", ".join(choices))

    return take


def _nullable(hook: Hook) -> Hook:
    return lambda value: None if value is None else hook(value)


def _exactly_one(hook: Hook) -> Hook:
    """Take an object with one key, whichever."""

    def take(value: Any) -> Any:
        flaws = _flaws_of(hook, value)
        if type(value) is tuple and len(value) != 1:
            choices = ", ".join(key.name for key in keys_of(About))
            flaws = (*flaws, flaw("not-one", choices=choices, count=len(value)))
        if flaws:
            raise InvalidEventError(flaws)
        return hook(value)

    return take


# Values that hold others


def texts(value: Any) -> Texts:
    """Take a list of texts."""
    if type(value) is not list:
        raise refused("expected-list", value)
    try:
        return tuple([text(item) for item in value])
    except InvalidEventError:
        raise InvalidEventError(tuple(_flaws_in_list(text, value))) from None


def _ids(hook: Hook, least: int) -> Hook:
    """Take a list of at least so many ids, none of them twice."""

    def take(value: Any) -> Texts:
        if type(value) is not list:
            raise refused("expected-list", value)
        try:
            ids = tuple([hook(item) for item in value])
        except InvalidEventError:
            ids = ()
        if len(set(ids)) < len(value) or len(value) < least:
            flaws = (*_flaws_in_list(hook, value), *_repetitions(value), *_too_few(value, least))
            raise InvalidEventError(flaws)
        return ids

    return take


def _repetitions(ids: list[Any]) -> Iterator[Flaw]:
    seen = set()
    for index, id in enumerate(ids):
        if type(id) is str:
            if id in seen:
                yield flaw("listed-twice", f"[{index}]", value=shown(id))
            seen.add(id)


def _too_few(ids: list[Any], least: int) -> Iterator[Flaw]:
    if len(ids) < least:
        yield flaw("too-few", least=least, count=len(ids))


def _mapping(shape: object) -> Hook:
    """Take an object whose keys are free: attributes of a measure, statements about measures.

    The event's class freezes it.
    """
    key_hook, hook = _ENTRY_HOOKS[shape]

    def take(value: Any) -> dict[str, Any]:
        if type(value) is not tuple:
            raise refused("expected-object", value)
        try:
            result = {key_hook(key): hook(item) for key, item in value}
        except InvalidEventError:
            result = {}
        if len(result) < len(value):
            flaws = merged(doubled_keys(value), _flaws_in_mapping(key_hook, hook, value))
            raise InvalidEventError(flaws)
        return result

    return take


def _flaws_in_mapping(key_hook: Hook, hook: Hook, value: Pairs) -> Iterator[Flaw]:
    for key, item in value:
        way = step(str(key))
        yield from under(way, _flaws_of(key_hook, key))
        yield from under(way, _flaws_of(hook, item))


def _flaws_in_list(hook: Hook, value: list[Any]) -> Iterator[Flaw]:
    for index, item in enumerate(value):
        yield from under(f"[{index}]", _flaws_of(hook, item))


def _flaws_of(hook: Hook, value: Any) -> tuple[Flaw, ...]:
    try:
        hook(value)
    except InvalidEventError as error:
        return error.flaws
    return ()


_HOOKS: Final[Mapping[object, Hook]] = {
    str: text,
    int: count,
    InexactDate: inexact_date,
    datetime: timestamp,
    Digest: digest,
    Texts: texts,
}

_ENTRY_HOOKS: Final[Mapping[object, tuple[Hook, Hook]]] = {
    str: (_entry_key, text),
    str | None: (_entry_key, _nullable(text)),
    Texts: (subject_id, texts),
}
