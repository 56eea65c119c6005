"""The events that lead a measure from what it is to what it must be, on one day."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, assert_never

from planlog.draft import Values
from planlog.effects import DESCRIBING
from planlog.events import (
    Amended,
    Dropped,
    Event,
    Implemented,
    MadePermanent,
    Merged,
    Paused,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Split,
    Started,
)
from planlog.plan import Phase
from planlog.slots import Slot
from planlog.versions.course import Course
from planlog.versions.wanted import REPORTED, differing

_ATTRIBUTES: Final = "attributes."


def led(
    id: str, course: Course, now: Values, after: Values, add: Callable[[Event], Slot]
) -> Values:
    """Lead measure *id* on its *course* to what it must be *after*, and return what it is then.

    *add* takes each event and returns its slot. What the first proposal of a measure says is
    folded before all else about it: where that is not enough, it is proposed once more.
    """
    for _ in range(2):
        for event in steps(id, now, after):
            now = course.take(add(event))
    return now


def steps(id: str, now: Values, after: Values) -> Iterator[Event]:
    """Tell the events that make measure *id*, which is *now*, what it must be *after*.

    A measure that nobody has proposed by now is proposed with all there is of it. No event repeats
    what is so already.
    """
    if after.get("phase") is None:  # only spoken of, by now and then
        return
    if now.get("phase") is None:
        given = _introducing(after)
        yield Proposed(measure=id, **_given(after, given))
        now = {**now, **dict.fromkeys(REPORTED), "phase": "proposed"}
        now |= {name: after[name] for name in given}
    described = differing(now, after, _described(now, after))
    if described:
        yield Amended(measure=id, **_given(after, described))
    if differing(now, after, ("level",)):
        yield Rated(measure=id, level=after.get("level"))
    reported = differing(now, after, REPORTED)
    if "phase" in reported or "cause" in reported:
        yield _turned(id, now.get("phase"), after)
    elif reported:
        yield Progressed(measure=id, **{name: after.get(name) for name in reported})


def _described(now: Values, after: Values) -> list[str]:
    attributes = {name for name in (*now, *after) if name.startswith(_ATTRIBUTES)}
    return [*DESCRIBING, *sorted(attributes)]


def _given(values: Values, names: list[str]) -> dict[str, Any]:
    """The keys of an event that says what *values* have under *names*."""
    given = {name: values.get(name) or None for name in names if not name.startswith(_ATTRIBUTES)}
    attributes = {
        name.removeprefix(_ATTRIBUTES): values.get(name)
        for name in names
        if name.startswith(_ATTRIBUTES)
    }
    return {**given, "attributes": attributes} if attributes else given


def _introducing(after: Values) -> list[str]:
    """What a proposal can say of what a measure must be."""
    names = _described({}, after)
    if after["phase"] == "proposed":
        names += ["stage", "note"]
    return [name for name in names if after.get(name)]


def _turned(id: str, before: Phase | None, after: Values) -> Event:
    phase: Phase = after["phase"]
    report: Mapping[str, Any] = {"stage": after.get("stage"), "note": after.get("note")}
    match phase:
        case "proposed":
            return Proposed(measure=id, **report)
        case "started":
            return (Resumed if before == "paused" else Started)(measure=id, **report)
        case "implemented":
            return Implemented(measure=id, **report)
        case "ongoing":
            return MadePermanent(measure=id, **report)
        case "paused":
            return Paused(measure=id, **report)
        case "dropped":
            return Dropped(measure=id, cause=after["cause"], **report)
        case "replaced":
            return _replaced(id, after)
        case _:
            assert_never(phase)


def _replaced(id: str, after: Values) -> Event:
    """What it went into is told once more."""
    stem = "successors."
    into = sorted(name.removeprefix(stem) for name in after if name.startswith(stem))
    return Split(measure=id, into=into) if into[1:] else Merged(measures=(id,), into=into[0])
