"""Small tables for tests: what they state, and the log that came of importing them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from planlog.events import Event, RecordedEvent
from planlog.log import PlanLog
from planlog.mappings import FrozenMapping
from planlog.plan import Coverage
from planlog.stores.memory import MemoryStore
from planlog.versions.matching.answers import Answers
from planlog.versions.proposal import ASKING, Proposal, propose
from planlog.versions.statement import PLAIN, StatedMeasure, Statement

BY = "Quartiersmanagement"


def table(
    *rows: tuple[str | None, Mapping[str, Any]],
    coverage: Coverage = "complete",
    attributes: Sequence[str] | None = None,
) -> Statement:
    """A table: the key of each row, if it has one, and what it states.

    It states all *attributes* that any row has, unless they are named; complete ones in every row.
    """
    names = attributes
    if names is None:
        found = {name for _, cells in rows for name in cells} - {"cause"}
        names = [name for name in PLAIN if name in found] + sorted(found - set(PLAIN))
    empty = dict.fromkeys(names) if coverage == "complete" else {}
    return Statement(
        coverage=coverage,
        attributes=tuple(names),
        measures=tuple(
            StatedMeasure(
                place=f"plan.csv: A{line}", key=key, cells=FrozenMapping({**empty, **cells})
            )
            for line, (key, cells) in enumerate(rows, 2)
        ),
    )


def proposed(
    log: PlanLog | None,
    statement: Statement,
    day: str,
    *,
    version: str | None = None,
    answers: Answers = ASKING,
    opening: str | None = "Plan",
) -> Proposal:
    """What it takes to make the plan of *day* what is stated."""
    events: Sequence[RecordedEvent] = () if log is None else log.events()
    return propose(
        events,
        statement,
        day=date.fromisoformat(day),
        version=version or f"version-{day}",
        document=sha256(repr(statement).encode()).hexdigest(),
        opening=opening,
        answers=answers,
    )


def take(
    log: PlanLog,
    statement: Statement,
    day: str,
    *,
    version: str | None = None,
    answers: Answers = ASKING,
) -> Proposal:
    """Import a table."""
    proposal = proposed(log, statement, day, version=version, answers=answers)
    assert not proposal.suggestions
    if proposal.events:
        log.record_all(proposal.events, by=BY, expected_size=proposal.size)
    return proposal


def imported(*tables: tuple[str, Statement]) -> PlanLog:
    """A log into which tables were imported, each as of its day."""
    log = PlanLog(MemoryStore())
    for day, statement in tables:
        take(log, statement, day)
    return log


def told(proposal: Proposal) -> list[tuple[str, Event]]:
    """The events of a proposal with their days, but for the version itself."""
    return [(str(new.on), new.event) for new in proposal.events[:-1]] if proposal.events else []


def codes(flaws: Iterable[Any]) -> list[tuple[str, str, str]]:
    """Where each flaw is, under which key, and its code."""
    return [(flaw.place, flaw.key, flaw.code) for flaw in flaws]
