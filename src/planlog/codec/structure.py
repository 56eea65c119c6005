"""From a parsed line to an event, as fast as it can be checked; `detail` tells what is wrong."""

from functools import cache, lru_cache
from typing import Any, Final

from planlog.codec.envelope import broken_rules
from planlog.codec.flaws import refused
from planlog.codec.json import Pairs, doubled_keys
from planlog.codec.values import (
    Hook,
    event_id,
    hook_for,
    inexact_date,
    salt,
    statement,
    text,
    timestamp,
)
from planlog.errors import InvalidEventError
from planlog.events import FORMAT, TYPES, Erased, RecordedEvent, Retracted
from planlog.keys import keys_of

_REQUIRED: Final = 8
"""How many keys every line has."""

# The same comes again and again. What is not hashable is no text either, and so flawed.
_inexact_date = lru_cache(maxsize=8192)(inexact_date)
_timestamp = lru_cache(maxsize=1024)(timestamp)
_recorder = lru_cache(maxsize=1024)(statement)
_source = lru_cache(maxsize=1024)(text)


def recorded_event(pairs: Pairs, position: int) -> RecordedEvent | None:
    """Return the event that a parsed line of today's format holds, or nothing if it has a flaw."""
    try:
        document = dict(pairs)
        v = document["v"]
        cls = TYPES[document["type"]]
        source = document.get("source")
        reason = document.get("reason")
        corrects = document.get("corrects")
        known = _REQUIRED + (source is not None) + (reason is not None) + (corrects is not None)
        if type(v) is not int or v != FORMAT or not len(document) == len(pairs) == known:
            return None
        if (corrects is not None or cls in (Retracted, Erased)) and any(broken_rules(document)):
            return None
        return RecordedEvent(
            position=position,
            id=event_id(document["id"]),
            on=_inexact_date(document["on"]),
            recorded=_timestamp(document["recorded"]),
            by=_recorder(document["by"]),
            event=_build(cls, document["data"]),
            source=None if source is None else _source(source),
            reason=None if reason is None else text(reason),
            corrects=None if corrects is None else event_id(corrects),
            salt=salt(document["salt"]),
        )
    except (InvalidEventError, KeyError, TypeError):
        return None


def _build(cls: type, value: Any) -> Any:
    """Return the object of an event class, or of one inside; a lack or an excess is an error."""
    if type(value) is not tuple:
        raise refused("expected-object", value)
    hooks = _hooks(cls)
    values = {}
    for name, item in value:
        known, hook = hooks[name]
        values[known] = hook(item)
    if len(values) < len(value):
        raise InvalidEventError(tuple(doubled_keys(value)))
    return cls(**values)


@cache
def _hooks(cls: type) -> dict[str, tuple[str, Hook]]:
    # The name beside the hook is what Python finds fastest among a function's parameters.
    return {key.name: (key.name, hook_for(cls, key, _build)) for key in keys_of(cls)}
