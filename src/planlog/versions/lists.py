"""The priority lists that a document states: the whole list of each field in which it ranks."""

from collections.abc import Collection, Mapping, Sequence

from planlog.versions.statement import Statement
from planlog.versions.wanted import OF_LISTS

Ranks = Mapping[str, int]
"""The rank that a document gives each measure of one field."""


def ranks_stated(
    statement: Statement, rows: Sequence[tuple[str, str | None]], fields: Collection[str]
) -> dict[str, Ranks]:
    """Tell what *statement* ranks, by field.

    *rows* are the measure and field of each row by their ids, *fields* those that the plan has: a
    complete document states that a list of these is empty if it ranks nothing in it.
    """
    if OF_LISTS not in statement.attributes:
        return {}
    complete = statement.coverage == "complete"
    found: dict[str, dict[str, int]] = {field: {} for field in (fields if complete else ())}
    for (id, field), row in zip(rows, statement.measures, strict=True):
        rank = row.cells.get(OF_LISTS)
        if rank is not None and field is not None:
            found.setdefault(field, {})[id] = rank
    return dict(found)


def ranking_of(ranks: Ranks) -> tuple[str, ...]:
    """Return the list that *ranks* make."""
    return tuple(sorted(ranks, key=ranks.__getitem__))


def is_meant(ranks: Ranks, ranking: Sequence[str], given_up: Collection[str]) -> bool:
    """Whether *ranking* is the list of which a document shows these *ranks*.

    A plan that is shown leaves out what it no longer has: there the ranks of the others have gaps.
    Ranks without gaps are the whole list, whoever was given up and is still on it.
    """
    if ranking_of(ranks) == tuple(ranking):
        return True
    places = {id: place for place, id in enumerate(ranking, 1) if id in ranks}
    has_gaps = len(ranks) < max(ranks.values(), default=0)
    return has_gaps and places == ranks and set(ranking) - places.keys() <= set(given_up)
