"""Every step between two plans, in words: what each event changed, one after the other."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from planlog.diff import PlanChange
from planlog.events import RecordedEvent
from planlog.render.decided import decided
from planlog.render.grounds import ground
from planlog.render.happenings import ID_DIGITS
from planlog.render.naming import Naming
from planlog.render.page import Block, Heading, Points, Sentence
from planlog.wording import Words


def steps_told(
    changes: Sequence[PlanChange], naming: Naming, events: Mapping[str, RecordedEvent]
) -> Iterator[Block]:
    """Tell *changes* event by event, each with its source and reason."""
    words = naming.words
    for (axis, ids), step in groupby(changes, key=lambda one: (one.axis, one.events)):
        event = events[ids[-1]]
        heading = f"{words.date(event.on)}: {words.term(event.type)}"
        if axis == "learned":
            heading = words("{heading} (learned since)", heading=heading)
        yield Heading(heading, 2)
        yield Sentence(f"{ground(event, words)} ({_named(event, words)})", "quiet")
        yield Points(tuple(_points(list(step), event, naming, events)))


def _named(event: RecordedEvent, words: Words) -> str:
    """Name an event by its id, and the one that it undoes or stands in for."""
    id = event.id[:ID_DIGITS]
    if event.corrects is not None:
        return words("event {id} corrects {other}", id=id, other=event.corrects[:ID_DIGITS])
    if event.retracts is not None:
        return words("event {id} takes back {other}", id=id, other=event.retracts[:ID_DIGITS])
    return words("event {id}", id=id)


def _points(
    step: Sequence[PlanChange],
    event: RecordedEvent,
    naming: Naming,
    events: Mapping[str, RecordedEvent],
) -> Iterator[str]:
    """A point for each subject, and one for each decision, whatever it is about."""
    by_subject: dict[tuple[str, str], list[PlanChange]] = {}
    for one in step:
        if not (one.attribute or "").startswith("decisions."):
            by_subject.setdefault((one.subject, one.id), []).append(one)
    for (kind, id), changes in by_subject.items():
        yield f"{naming.titled(kind, id)}: {naming.told(changes, event.on)}"
    for told in decided(step, naming, events):
        yield told.text
