"""Two runs of changes, one after the other, as one run that leaves out what ends as it began."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import attrs

from planlog.diff.planchange import PlanChange, attribute_key, kept
from planlog.draft import Values, attributes_of, thing
from planlog.effects import Subject
from planlog.errors import DiffMismatchError
from planlog.ranking import RankCause


def composed(first: Iterable[PlanChange], second: Iterable[PlanChange]) -> Iterator[PlanChange]:
    """Return the changes of both as one run.

    Raises `DiffMismatchError` where *second* begins with something else than *first* ends with.
    """
    by_subject: dict[Subject, list[PlanChange]] = {}
    for change in (*first, *second):
        by_subject.setdefault((change.subject, change.id), []).append(change)
    for subject, changes in by_subject.items():
        yield from _of_subject(subject, changes)


def _of_subject(subject: Subject, changes: Sequence[PlanChange]) -> Iterator[PlanChange]:
    """One subject's changes: how it came or went if it did so in the end, and what else changed."""
    turns = [index for index, one in enumerate(changes) if one.kind != "changed"]
    came = bool(turns) and changes[turns[0]].kind == "added"
    went = bool(turns) and changes[turns[-1]].kind == "removed"
    for one, following in pairwise(turns):
        if changes[one].kind == changes[following].kind:
            raise _mismatch(changes[following])
    if came and went:
        return
    if came:
        yield from _appeared(subject, changes[turns[-1] :])
    elif went:
        yield from _went(subject, changes[: turns[0] + 1])
    else:
        yield from _cells(subject, [cell for one in changes for cell in each_cell(one)])


def _appeared(subject: Subject, changes: Sequence[PlanChange]) -> Iterator[PlanChange]:
    """What was added, with all that changed of it at once on the same axis; then the rest."""
    added, rest = changes[0], list(changes[1:])
    values = _values(subject, added.after)
    events = list(added.events)
    later: list[PlanChange] = []
    for change in rest:
        if change.axis == added.axis and not any(_same_cell(change, one) for one in later):
            _replace(values, change)
            events += change.events
        else:
            later.append(change)
    yield attrs.evolve(added, after=_thing(subject, values), events=tuple(dict.fromkeys(events)))
    yield from _cells(subject, later)


def _went(subject: Subject, changes: Sequence[PlanChange]) -> Iterator[PlanChange]:
    """What changed before it was removed; what changed of it on the same axis at last goes too."""
    *rest, removed = changes
    values = _values(subject, removed.before)
    events = list(removed.events)
    earlier: list[PlanChange] = []
    for change in reversed(rest):
        if change.axis == removed.axis and not any(_same_cell(change, one) for one in earlier):
            _replace(values, _undone(change))
            events = [*change.events, *events]
        else:
            earlier.append(change)
    yield from _cells(subject, earlier[::-1])
    yield attrs.evolve(removed, before=_thing(subject, values), events=tuple(dict.fromkeys(events)))


def _cells(subject: Subject, changes: Iterable[PlanChange]) -> Iterator[PlanChange]:
    """The changes of each cell, neighbours on one axis put together."""
    runs: dict[str, list[PlanChange]] = {}
    for change in changes:
        run = runs.setdefault(change.attribute or "", [])
        if run and run[-1].after != change.before:
            raise _mismatch(change)
        if run and run[-1].axis == change.axis:
            run[-1] = _joined(run[-1], change)
        else:
            run.append(change)
    differing = {name: run for name, run in runs.items() if run[0].before != run[-1].after}
    for name in sorted(differing, key=lambda name: attribute_key(subject, name)):
        yield from differing[name]


def _joined(first: PlanChange, second: PlanChange) -> PlanChange:
    return attrs.evolve(
        first,
        after=second.after,
        cause=_cause(first, second),
        events=tuple(dict.fromkeys((*first.events, *second.events))),
    )


def _cause(first: PlanChange, second: PlanChange) -> RankCause | None:
    """Why a rank is another after two changes: it moved if it did so in either."""
    causes = {first.cause, second.cause}
    if causes == {None}:
        return None
    if second.after is None:
        return "unlisted"
    if first.before is None or causes & {"listed", "unlisted"}:
        return "listed"
    return "moved" if "moved" in causes else "shifted"


def each_cell(change: PlanChange) -> Iterator[PlanChange]:
    """Tell a change as changes of single cells: of what came or went, each that it had."""
    if change.kind == "changed":
        yield change
        return
    subject = (change.subject, change.id)
    was, is_now = _values(subject, change.before), _values(subject, change.after)
    for name in sorted({**was, **is_now}, key=lambda name: attribute_key(subject, name)):
        yield attrs.evolve(
            change,
            kind="changed",
            attribute=name,
            before=was.get(name),
            after=is_now.get(name),
            cause=None if name != "rank" else "listed" if is_now else "unlisted",
        )


def _values(subject: Subject, whole: Any) -> Values:
    """Every cell of a measure, field, goal, conference or version that holds something."""
    if whole is None:
        return {}
    values = attributes_of(subject, whole) | {"rank": getattr(whole, "rank", None)}
    return {name: value for name, value in values.items() if kept(value) is not None}


def _thing(subject: Subject, values: Values) -> Any:
    rest = {name: value for name, value in values.items() if name != "rank"}
    return thing(subject, rest, values.get("rank"))


def _replace(values: Values, change: PlanChange) -> None:
    name = change.attribute or ""
    if values.get(name) != change.before:
        raise _mismatch(change)
    values.pop(name, None)
    if change.after is not None:
        values[name] = change.after


def _undone(change: PlanChange) -> PlanChange:
    return attrs.evolve(change, before=change.after, after=change.before)


def _same_cell(change: PlanChange, other: PlanChange) -> bool:
    return change.attribute == other.attribute


def _mismatch(change: PlanChange) -> DiffMismatchError:
    return DiffMismatchError(
        change.subject, change.id, change.attribute or "", str(change.before), "something else"
    )
