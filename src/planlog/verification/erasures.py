"""Whether what was erased is gone, and an event tells of everything that is gone."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import attrs

from planlog.codec import decode, read_tombstone
from planlog.dates import InexactDate
from planlog.errors import InvalidEventError
from planlog.events import Erased
from planlog.trust.leaves import leaf_of
from planlog.values import Value
from planlog.verification import damage
from planlog.verification.damage import Damage
from planlog.verification.parts import event_id
from planlog.verification.passing import Passed


class Erasure(NamedTuple):
    """An event about an erasure: its id, where it stands, what it says, when and by whom."""

    id: str
    position: int
    said: Erased
    on: InexactDate | None
    by: str


@attrs.frozen(repr=False)
class ErasedText(Value):
    """What is known of a text that was erased: of which *event*, on what day, by whom and why."""

    event: str
    on: InexactDate | None
    by: str
    ground: str


def erasures_in(passed: Passed) -> tuple[Erasure, ...]:
    """Read the events that tell of erasures; one that cannot be read is none."""
    found = []
    for position, line in passed.erasures:
        try:
            event = decode(line, position)
        except InvalidEventError:
            continue
        if isinstance(event.event, Erased):
            found.append(Erasure(event.id, position, event.event, event.on, event.by))
    return tuple(found)


def erased_texts(passed: Passed, erasures: tuple[Erasure, ...]) -> Iterator[ErasedText]:
    """Tell of every text that is gone and of whose erasure an event tells, in order."""
    by_leaf = _by_leaf(erasures)
    for _, mark in passed.marks:
        if one := by_leaf.get(mark.leaf):
            yield ErasedText(one.said.event, one.on, one.by, one.said.ground)


def erasure_damages(
    passed: Passed, erasures: tuple[Erasure, ...], *, is_joined: bool
) -> Iterator[Damage]:
    """Tell what does not belong together among erasures and the marks of what was erased.

    In a log that *is_joined*, a line may stand elsewhere than where it stood when it was erased.
    """
    by_leaf = _by_leaf(erasures)
    for position, mark in passed.marks:
        place = passed.place(position)
        erasure = by_leaf.get(mark.leaf)
        if erasure is None:
            yield Damage(damage.lone_tombstone(place), position=position)
        elif not is_joined and mark.position not in (position, erasure.said.position):
            flaw = damage.displaced_tombstone(place, mark.position, position)
            yield Damage(flaw, event=erasure.said.event, position=position)
    marked = {mark.leaf for _, mark in passed.marks}
    unmarked = {leaf: by_leaf[leaf] for leaf in by_leaf if leaf not in marked}
    if unmarked:
        yield from _unmarked(passed, unmarked)


def _by_leaf(erasures: Sequence[Erasure]) -> dict[str, Erasure]:
    """The erasure of each line; where several tell of one, the first."""
    return {erasure.said.leaf: erasure for erasure in reversed(erasures)}


def _unmarked(passed: Passed, erasures: dict[str, Erasure]) -> Iterator[Damage]:
    """Look for the lines that have no mark though they were erased."""
    for position, leaf in _positions(passed, {bytes.fromhex(leaf) for leaf in erasures}):
        said = erasures.pop(leaf.hex()).said
        flaw = damage.unfinished_erasure(passed.place(position), said.event)
        yield Damage(flaw, event=said.event, position=position)
    for erasure in erasures.values():
        flaw = damage.erasure_of_nothing(passed.place(erasure.position), erasure.said.event)
        yield Damage(flaw, event=erasure.id, position=erasure.position)


def _positions(passed: Passed, leaves: set[bytes]) -> Iterator[tuple[int, bytes]]:
    """Find the lines that have one of the *leaves*, in a second pass."""
    for position, leaf in enumerate(map(leaf_of, passed.lines())):
        if leaf in leaves:
            leaves.remove(leaf)
            yield position, leaf
        if not leaves:
            return


def named_first(passed: Passed, erasures: Sequence[Erasure]) -> str | None:
    """Find the id of the first event, also where its text was erased."""
    if passed.first is None:
        return None
    if mark := read_tombstone(passed.first):
        return next((one.said.event for one in erasures if one.said.leaf == mark.leaf), None)
    return event_id(passed.first)
