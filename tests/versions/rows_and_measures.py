"""Rows and measures that tests of versions are made of."""

from typing import Any

from planlog.mappings import FrozenMapping
from planlog.plan import Measure, Plan
from planlog.versions.matching.answers import Answers
from planlog.versions.matching.match import Matching, match
from planlog.versions.statement import StatedMeasure, Statement

NOTHING_SAID = Answers()


def row(number: str | None = None, title: str | None = None, **said: Any) -> StatedMeasure:
    """A row of a table: in the field ``wohnen`` unless told otherwise, or in none with ``...``."""
    field = said.get("field", "wohnen")
    cells = {} if field is ... else {"field": field}
    cells |= {"number": number, "title": title}
    return StatedMeasure(
        place=said.get("place", f"plan.csv: {number} {title}"),
        key=said.get("key"),
        cells=FrozenMapping(cells),
    )


def measure(number: str | None = None, title: str | None = None, **said: Any) -> Measure:
    """A measure of the log: ``wohnen-NUMBER``, proposed, unless told otherwise."""
    field = said.pop("field", "wohnen")
    id = said.pop("id", f"{field}-{number}")
    return Measure(id=id, field=field, number=number, title=title, **{"phase": "proposed", **said})


def matched(
    rows: list[StatedMeasure],
    now: list[Measure],
    answers: Answers = NOTHING_SAID,
    later: list[Measure] | None = None,
) -> Matching:
    """Match *rows* with a log that has the measures *now*, and *later* ones that are not there.

    The id of a field is its title in lower case.
    """
    statement = Statement(coverage="complete", attributes=("title",), measures=tuple(rows))
    return match(
        statement,
        [(one.cells.get("field") or "").lower() or None for one in rows],
        Plan(measures=tuple(now)),
        Plan(measures=(*now, *(later or ()))),
        answers,
    )
