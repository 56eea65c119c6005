"""From what was given for a verb to the event that it records."""

from collections.abc import Callable, Mapping
from typing import Any

from planlog.cli.keys import given
from planlog.cli.lookup import Lookup
from planlog.cli.recording import Circumstances
from planlog.dates import InexactDate
from planlog.events import Event, NewEvent

Make = Callable[[type[Event], Mapping[str, Any], Circumstances, Lookup], NewEvent]


def plain(
    cls: type[Event], params: Mapping[str, Any], circumstances: Circumstances, lookup: Lookup
) -> NewEvent:
    """Make the event that *params* describe key by key."""
    return circumstances.of(cls(**given(cls, params, lookup)), lookup)


def amended(
    cls: type[Event], params: Mapping[str, Any], circumstances: Circumstances, lookup: Lookup
) -> NewEvent:
    """Make a change of a measure, unless nothing is changed."""
    values = given(cls, params, lookup)
    if len(values) == 1:
        lookup.session.refuse("say what is new about the measure, such as --title TEXT")
    return circumstances.of(cls(**values), lookup)


def rated(
    cls: type[Event], params: Mapping[str, Any], circumstances: Circumstances, lookup: Lookup
) -> NewEvent:
    """Make a rating, which needs a class of priority or none."""
    values = given(cls, params, lookup)
    if (params["level"] is None) is not params["clear"]:
        lookup.session.refuse("name the class of priority, or say --clear for none")
    return circumstances.of(cls(**values), lookup)


def retracted(
    cls: type[Event], params: Mapping[str, Any], circumstances: Circumstances, lookup: Lookup
) -> NewEvent:
    """Make a retraction, whose day means nothing: today's will do."""
    today = InexactDate.of(lookup.log.today())
    return circumstances.of(cls(**given(cls, params, lookup)), lookup, on=today)
