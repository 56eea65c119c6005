"""Events that are handed in from outside, and whether the log has them already."""

import attrs

from planlog.codec.flaws import flaw, with_whole_keys
from planlog.codec.json import parse
from planlog.codec.lifting import LIFTS, Lifts, lifted
from planlog.errors import Flaw, InvalidEventError
from planlog.events import NewEvent, RecordedEvent
from planlog.values import Value

_CONTENT = ("id", "on", "by", "source", "reason", "corrects", "event")


@attrs.frozen(repr=False)
class HandedIn(Value):
    """An event from outside.

    *unaccepted* are the flaws to raise unless the log has the same event already: what only the
    log itself may fill in was given.
    """

    event: NewEvent
    unaccepted: tuple[Flaw, ...] = ()


def decode_new(text: bytes, place: str, *, lifts: Lifts = LIFTS) -> HandedIn:
    """Return the event that a JSON *text* from outside describes; *place* names it in flaws.

    Defaults fill in what is absent later on. Nothing is coerced. Raises `InvalidEventError` with
    every flaw of the text.
    """
    from planlog.codec import detail  # cattrs takes its time to load

    try:
        pairs, _ = lifted(parse(text), lifts)
        line = detail.structured(detail.NewLine, pairs)
    except InvalidEventError as error:
        flaws = with_whole_keys(error.flaws)
        raise InvalidEventError(tuple(flaw.at(place) for flaw in flaws)) from None
    return HandedIn(
        NewEvent(
            event=line.data,
            on=line.on,
            by=line.by,
            source=line.source,
            reason=line.reason,
            corrects=line.corrects,
            id=line.id,
        ),
        tuple(flaw.at(place) for flaw in _unaccepted(line.recorded, line.salt)),
    )


def _unaccepted(recorded: object, salt: object) -> tuple[Flaw, ...]:
    given = {"recorded": recorded, "salt": salt}
    return tuple(flaw("unaccepted-key", key) for key, value in given.items() if value is not None)


def same_content(one: RecordedEvent, other: RecordedEvent) -> bool:
    """Whether two events are the same but for what recording fills in: v, recorded and salt."""
    return all(getattr(one, name) == getattr(other, name) for name in _CONTENT)
