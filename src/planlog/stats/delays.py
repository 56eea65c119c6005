"""How long it takes from the decision to the start of a measure, and on to its implementation."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import attrs

from planlog.dates import InexactDate
from planlog.documents import Documents
from planlog.events import Implemented, Resumed, Started
from planlog.plan import Measure
from planlog.slots import Slot
from planlog.stats.courses import Course
from planlog.values import Value


@attrs.frozen(kw_only=True, repr=False)
class FirstTime(Value):
    """When something happened for the first time: on some day from *earliest* to *latest*.

    *events* are those of which one was the first.
    """

    earliest: date
    latest: date
    events: tuple[str, ...]


@attrs.frozen(repr=False)
class DaySpan(Value):
    """From *least* to *most* days: one number where all dates are exact.

    *or_before*: inexact days leave open whether the second thing came before the first.
    """

    least: int
    most: int
    or_before: bool = False


@attrs.frozen(kw_only=True, repr=False)
class Delays(Value):
    """When a measure was first adopted, started and implemented, and how long it took.

    A span is absent where one of its ends is, or where the second surely came before the first.
    """

    measure: str
    decided: FirstTime | None
    started: FirstTime | None
    implemented: FirstTime | None

    @property
    def to_start(self) -> DaySpan | None:
        """From the first decision that adopted it to its first start."""
        return _span(self.decided, self.started)

    @property
    def to_implementation(self) -> DaySpan | None:
        """From its first start to the first time it was implemented."""
        return _span(self.started, self.implemented)


@attrs.frozen(kw_only=True, repr=False)
class TypicalSpan(Value):
    """The median of the *least* and of the *most* days that *measures* took.

    They are those of which it is sure that one thing did not come before the other.
    """

    measures: tuple[str, ...]
    least: float
    most: float


def delays(
    measures: Iterable[Measure],
    slots: Sequence[Slot],
    courses: Mapping[str, Course],
    documents: Documents,
) -> tuple[Delays, ...]:
    """Tell of each measure that was adopted, started or implemented when it first was.

    *slots* come in the order of the fold. What counts as started is an event of that type, not a
    resumption; what counts as implemented is not a permanent task. A document that has a measure
    under way says that it was resumed if it was paused before, and else that it was started.
    """
    stated = _stated_starts(courses)
    started = _by_measure(
        slot
        for slot in slots
        if isinstance(slot.content.event, Started | Resumed) and _starts(slot, stated, documents)
    )
    implemented = _by_measure(slot for slot in slots if isinstance(slot.content.event, Implemented))
    found = (
        Delays(
            measure=one.id,
            decided=_first(
                [(each.event, each.on) for each in one.decisions if each.outcome == "adopted"]
            ),
            started=_first(started.get(one.id, [])),
            implemented=_first(implemented.get(one.id, [])),
        )
        for one in measures
    )
    return tuple(one for one in found if one.decided or one.started or one.implemented)


def typical(spans: Mapping[str, DaySpan | None]) -> TypicalSpan | None:
    """Return the medians of those *spans* that are sure, if any; they come by measure."""
    known = {
        measure: span for measure, span in spans.items() if span is not None and not span.or_before
    }
    if not known:
        return None
    return TypicalSpan(
        measures=tuple(known),
        least=_median(span.least for span in known.values()),
        most=_median(span.most for span in known.values()),
    )


def _median(numbers: Iterable[int]) -> float:
    """The middle of *numbers*; the module of the standard library takes long to load."""
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def _stated_starts(courses: Mapping[str, Course]) -> frozenset[str]:
    """The ids of the slots by which measures came under way that were not paused."""
    return frozenset(
        turn.slot.id
        for course in courses.values()
        for before, turn in zip((None, *course.turns), course.turns, strict=False)
        if turn.phase == "started" and (before is None or before.phase != "paused")
    )


def _starts(slot: Slot, stated: frozenset[str], documents: Documents) -> bool:
    """Whether work began: by its word; for a document, which has no words, by what was before."""
    if documents.version_of(slot) is None:
        return isinstance(slot.content.event, Started)
    return slot.id in stated


def _by_measure(slots: Iterable[Slot]) -> dict[str, list[tuple[str, InexactDate]]]:
    found: dict[str, list[tuple[str, InexactDate]]] = {}
    for slot in slots:
        event = slot.content.event
        assert isinstance(event, Started | Resumed | Implemented)  # as they were chosen
        found.setdefault(event.measure, []).append((slot.id, slot.content.on))
    return found


def _first(happened: Sequence[tuple[str, InexactDate]]) -> FirstTime | None:
    """The first of what *happened*: no later than the earliest of the last days."""
    if not happened:
        return None
    latest = min(on.last for _, on in happened)
    return FirstTime(
        earliest=min(on.first for _, on in happened),
        latest=latest,
        events=tuple(id for id, on in happened if on.first <= latest),
    )


def _span(begin: FirstTime | None, end: FirstTime | None) -> DaySpan | None:
    if begin is None or end is None or end.latest < begin.earliest:
        return None
    least = (end.earliest - begin.latest).days
    most = (end.latest - begin.earliest).days
    return DaySpan(least=max(least, 0), most=most, or_before=least < 0)
