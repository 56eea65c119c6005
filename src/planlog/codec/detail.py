"""From a parsed line to an event with cattrs, telling everything that is wrong with the line.

It takes what `structure` takes, more slowly; nobody loads it before something is wrong.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from typing import Any, Final, TypeVar, cast

import attrs
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from planlog.codec.envelope import HOOKS, broken_rules
from planlog.codec.flaws import flaw, merged, nearest, refused, step, under
from planlog.codec.json import Pairs, doubled_keys
from planlog.codec.values import Hook, hook_for
from planlog.dates import InexactDate
from planlog.errors import Flaw, InvalidEventError
from planlog.events import FORMAT, TYPES, Event, RecordedEvent
from planlog.keys import Key, keys_of


@attrs.frozen(kw_only=True)
class Line:
    """The keys of a line in a log, in the order of the file."""

    v: int
    id: str
    type: str
    on: InexactDate
    recorded: datetime
    by: str
    source: str | None = None
    reason: str | None = None
    corrects: str | None = None
    data: Event
    salt: str


@attrs.frozen(kw_only=True)
class NewLine:
    """The keys of an event that is handed in from outside, in the same order."""

    v: int = FORMAT
    id: str | None = None
    type: str
    on: InexactDate | None = None
    recorded: datetime | None = None
    by: str | None = None
    source: str | None = None
    reason: str | None = None
    corrects: str | None = None
    data: Event
    salt: str | None = None


F = TypeVar("F", Line, NewLine)

_CONVERTER: Final = Converter()


def recorded_event(pairs: Pairs, position: int) -> RecordedEvent:
    """Return the event that a parsed line of today's format holds.

    Raises `InvalidEventError` with every flaw.
    """
    line = structured(Line, pairs)
    return RecordedEvent(
        position=position,
        id=line.id,
        on=line.on,
        recorded=line.recorded,
        by=line.by,
        event=line.data,
        source=line.source,
        reason=line.reason,
        corrects=line.corrects,
        salt=line.salt,
    )


def structured(form: type[F], pairs: Pairs) -> F:
    """Return a parsed line of today's format as a *form*.

    Raises `InvalidEventError` with every flaw.
    """
    rules = tuple(broken_rules(dict(pairs)))
    try:
        line: F = _object(form, _tagged(pairs))
    except InvalidEventError as error:
        raise InvalidEventError(merged(error.flaws, rules)) from None
    if rules:
        raise InvalidEventError(rules)
    return line


def _tagged(pairs: Pairs) -> Pairs:
    """Put the class that the type asks for beside the data, where the hook for the data sees it."""
    kind = dict(pairs).get("type")
    cls = TYPES.get(kind) if type(kind) is str else None
    return tuple((name, (cls, value) if name == "data" else value) for name, value in pairs)


def _data(tagged: tuple[type | None, Any]) -> object:
    cls, value = tagged
    if cls is not None:
        return _object(cls, value)
    if type(value) is not tuple:
        raise refused("expected-object", value)
    return value


def _object(cls: type, value: Any) -> Any:
    if type(value) is not tuple:
        raise refused("expected-object", value)
    doubled = tuple(doubled_keys(value))
    try:
        result = _structurer(cls)(dict(value), cls)
    except ClassValidationError as error:
        flaws = merged(doubled, _flaws(error, cls, value))
        raise InvalidEventError(flaws) from None
    if doubled:
        raise InvalidEventError(doubled)
    return result


@cache
def _structurer(cls: type) -> Callable[[Any, Any], object]:
    overrides: dict[str, Any] = {
        key.name: override(struct_hook=_hook(cls, key)) for key in keys_of(cls)
    }
    return make_dict_structure_fn(
        cls,
        _CONVERTER,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=True,
        _cattrs_use_linecache=False,
        **overrides,
    )


def _hook(cls: type, key: Key) -> Callable[[Any, Any], Any]:
    exact = _exact_hook(cls, key)

    def hook(value: Any, _: Any) -> Any:
        if value is None and not key.required and not key.nullable:
            raise refused("needless-null", value)
        return exact(value)

    return hook


def _exact_hook(cls: type, key: Key) -> Hook:
    if cls not in (Line, NewLine):
        return hook_for(cls, key, _object)
    return _data if key.name == "data" else HOOKS[key.name]


def _flaws(error: ClassValidationError, cls: type, value: Pairs) -> Iterator[Flaw]:
    """Tell what cattrs found wrong with *value*: keys that are missing, flawed or unknown."""
    at_keys, others = error.group_exceptions()
    for cause, note in at_keys:
        if isinstance(cause, KeyError):
            yield flaw("missing-key", step(note.name))
        else:
            yield from under(step(note.name), cast(InvalidEventError, cause).flaws)
    for cause in others:
        unknown = cast(ForbiddenExtraKeysError, cause).extra_fields
        yield from (_unknown_key(cls, name) for name in dict(value) if name in unknown)


def _unknown_key(cls: type, name: str) -> Flaw:
    known = [key.name for key in keys_of(cls)]
    if near := nearest(name, known):
        return flaw("misspelt-key", step(name), nearest=near)
    return flaw("unknown-key", step(name), known=", ".join(known))
