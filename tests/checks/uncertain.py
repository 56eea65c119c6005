"""What inexact dates leave open, told in short."""

from itertools import groupby
from typing import Any

from planlog.events import Amended, Started
from planlog.findings import Cells
from tests.checks.examples import FIELD, HELD, OPENED, PROPOSED, found
from tests.histories import Entry

DAY = "2023-06-30"
SPRING = "2023-03/2023-05"
SUMMER = "2023-06/2023-08"
OPENING = (OPENED, FIELD, HELD, PROPOSED)


def uncertain(*entries: Entry, day: str = DAY) -> dict[int, str]:
    """What each event is said to leave open on a day, by its place behind the opening."""
    return {
        finding.position - len(OPENING): by_subject(finding.details["cells"])
        for finding in found("uncertain", [*OPENING, *entries], day)
        if finding.position is not None
    }


def by_subject(cells: Cells) -> str:
    """What a finding names, the cells of one subject together."""
    return "; ".join(
        ", ".join(
            f"{cell.attribute} ({' or '.join(cell.shown)})" if cell.values else cell.attribute
            for cell in affected
        )
        + (f" of {kind} {id!r}" if id else f" of the {kind}")
        for (kind, id), affected in groupby(cells.affected, key=lambda cell: cell.subject)
    )


def started(**data: Any) -> Started:
    """The measure was started."""
    return Started(measure="wohnen-16", **data)


def amended(**data: Any) -> Amended:
    """The measure was amended."""
    return Amended(measure="wohnen-16", **data)
