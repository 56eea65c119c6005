"""What was decided, in words: each decision once, with everything that it is about."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from planlog.diff import PlanChange
from planlog.events import RecordedEvent
from planlog.plan import ActionField, Decision, Measure, Plan
from planlog.render.naming import Naming


class Told(NamedTuple):
    """A *decision*'s id, what is told of it, and the events beside its own that say so."""

    decision: str
    text: str
    events: tuple[str, ...]


def decided(
    changes: Iterable[PlanChange], naming: Naming, events: Mapping[str, RecordedEvent]
) -> Iterator[Told]:
    """Tell each decision that *changes* speak of, whether it was made, changed or is gone.

    They come in the order in which they were made.
    """
    found: dict[tuple[Any, Any], list[PlanChange]] = {}
    for change in changes:
        for pair in decisions_in(change):
            found.setdefault(pair, []).append(change)
    for (before, after), about in sorted(found.items(), key=_day):
        id = (after or before).event
        own = (event for one in about for event in _saying(id, one, events))
        yield Told(
            id, _told(before, after, _about(about, naming), naming), tuple(dict.fromkeys(own))
        )


def _day(found: tuple[tuple[Any, Any], Any]) -> tuple[date, date]:
    (before, after), _ = found
    on = (after or before).on
    return on.first, on.last


def decisions_in(change: PlanChange) -> Iterator[tuple[Any, Any]]:
    """The decisions that a change speaks of, before and after; one of the two may be absent."""
    if (change.attribute or "").startswith("decisions."):
        yield change.before, change.after
    else:
        yield from ((one, None) for one in _of(change.before))
        yield from ((None, one) for one in _of(change.after))


def about_lists(plans: Iterable[Plan]) -> frozenset[str]:
    """The ids of the decisions about priority lists."""
    return frozenset(
        one.event for plan in plans for field in plan.fields for one in field.decisions
    )


def _of(thing: object) -> tuple[Decision, ...]:
    return thing.decisions if isinstance(thing, Measure | ActionField) else ()


def _saying(
    decision: str, change: PlanChange, events: Mapping[str, RecordedEvent]
) -> Iterator[str]:
    """The events that tell of a decision, but for the one that has its id: that is named anyway.

    Of what came or went as a whole, many events tell, and only corrections of the decision count.
    """
    for event in change.events:
        whole = change.kind != "changed"
        if event != decision and (not whole or events[event].corrects == decision):
            yield event


def _told(before: Any, after: Any, about: str, naming: Naming) -> str:
    if after is None:
        return naming.words("no longer: {what}", what=_worded(before, about, naming))
    told = _worded(after, about, naming)
    if before is None:
        return told
    was = naming.decision(before) if before.text == after.text else _worded(before, "", naming)
    return f"{was} → {told}"


def _worded(decision: Decision, about: str, naming: Naming) -> str:
    told = naming.decision(decision, about)
    return f"{told}; {decision.text}" if decision.text else told


def _about(changes: Iterable[PlanChange], naming: Naming) -> str:
    """What a decision is about; a measure on a list that it is about need not be named."""
    fields = [one.id for one in changes if one.subject == "field"]
    measures = [naming.measure(one.id) for one in changes if one.subject == "measure"]
    lists = ", ".join(naming.newer.quoted(naming.field_title(one)) for one in fields)
    about = [naming.words.plural("list of {lists}", "lists of {lists}", len(fields), lists=lists)]
    named = [
        naming.subject("measure", one.id)
        for one in measures
        if one.field not in fields or one.rank is None
    ]
    parts = [*about[: len(fields)], ", ".join(named)]
    return "; ".join(part for part in parts if part)
