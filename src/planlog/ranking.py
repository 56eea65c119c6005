"""Which measures moved on a priority list, and which were only pushed or pulled by others."""

from collections.abc import Mapping, Sequence
from typing import Literal

RankCause = Literal["moved", "shifted", "listed", "unlisted"]
"""Why a rank is another: the measure moved, others pushed or pulled it, or it came or went."""


def moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Return the smallest set of measures whose moving explains the new order.

    *before* and *after* are whole lists, best first, each measure once. Only what is on both lists
    can have moved: what is left when the longest run of measures that kept their order is taken
    away. Among several smallest sets, measures whose rank is unchanged stay, and then those move
    that rose.

    >>> sorted(moved(["a", "b", "c", "d"], ["d", "a", "b", "c"]))
    ['d']
    """
    old, new = _places(before), _places(after)
    both = [measure for measure in after if measure in old]
    if both == [measure for measure in before if measure in new]:
        return frozenset()
    # Three aims in one number, each worth more than all of the next together.
    step = len(both) + 1
    weights = [step * step + step * (old[one] == new[one]) + (new[one] >= old[one]) for one in both]
    return frozenset(both) - _heaviest_run(both, [old[one] for one in both], weights)


def causes(before: Sequence[str], after: Sequence[str]) -> dict[str, RankCause]:
    """Tell of every measure on either list why its place is another, if it is."""
    movers = moved(before, after)
    there = frozenset(before)
    found: dict[str, RankCause] = {
        one: "listed" if one not in there else "moved" if one in movers else "shifted"
        for one in after
    }
    for one in before:
        found.setdefault(one, "unlisted")
    return found


def rank_cause(
    measure: str,
    fields: tuple[str | None, str | None],
    ranks: tuple[int | None, int | None],
    causes_in: Mapping[str, Mapping[str, RankCause]],
) -> RankCause:
    """Tell why the rank of *measure* is another, from its field and rank before and after.

    *causes_in* has, for each field, what `causes` says about its list. A rank in the list of
    another field is a new one: the measure was listed there.
    """
    if ranks[1] is None:
        return "unlisted"
    if ranks[0] is None or fields[0] != fields[1]:
        return "listed"
    return causes_in[fields[1] or ""][measure]


def _places(ranking: Sequence[str]) -> dict[str, int]:
    return {measure: place for place, measure in enumerate(ranking)}


def _heaviest_run(
    measures: Sequence[str], places: Sequence[int], weights: Sequence[int]
) -> frozenset[str]:
    """The measures, in this order, whose *places* rise and whose *weights* add up to the most.

    A tree of maxima over the places (Fenwick, 1994) finds it in n log n steps.
    """
    size = max(places) + 1
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)
    before: list[int] = []
    heaviest = (0, -1)
    for index, (place, weight) in enumerate(zip(places, weights, strict=True)):
        total, last = max(_up_to(best, place), key=lambda one: one[0], default=(0, -1))
        before.append(last)
        reached = (total + weight, index)
        heaviest = max(heaviest, reached, key=lambda one: one[0])
        node = place + 1
        while node <= size:
            best[node] = max(best[node], reached, key=lambda one: one[0])
            node += node & -node
    run = []
    index = heaviest[1]
    while index >= 0:
        run.append(measures[index])
        index = before[index]
    return frozenset(run)


def _up_to(best: Sequence[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    """The maxima that together cover all places before *place*."""
    found = []
    while place > 0:
        found.append(best[place])
        place -= place & -place
    return found
