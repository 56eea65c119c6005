"""Random documents that state a plan, with so few measures and values that they collide."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

import attrs
from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.events import RecordedEvent
from planlog.log import PlanLog
from planlog.mappings import FrozenMapping
from planlog.plan import Coverage
from planlog.stores.memory import MemoryStore
from planlog.versions.matching.answers import Answers
from planlog.versions.proposal import Proposal, propose
from planlog.versions.statement import PLAIN, StatedMeasure, Statement

FIRST_DAY: Final = date(2021, 9, 1)
IDS: Final = ("a-1", "a-2", "b-1")

AT_THEIR_WORD: Final = Answers(suggestions="ignore")
"""Takes a table at its word: what only looks alike is another measure."""

_REPORTS: Final[tuple[dict[str, Any], ...]] = (
    {"phase": "proposed", "stage": None},
    {"phase": "proposed", "stage": "Idee"},
    {"phase": "started", "stage": "angeschoben"},
    {"phase": "started", "stage": "in Arbeit"},
    {"phase": "implemented", "stage": "umgesetzt"},
    {"phase": "ongoing", "stage": "laufend"},
    {"phase": "paused", "stage": "ruht"},
    {"phase": "dropped", "stage": "entfallen", "cause": "rejected"},
    {"phase": "dropped", "stage": "entfallen", "cause": "other"},
)
_VALUES: Final[dict[str, tuple[Any, ...]]] = {
    "title": ("Garten", "Turnier", "Wegweiser"),
    "field": ("Wohnen", "Soziales", None),
    "number": ("1", "1.10", "007", None),
    "description": ("Aufbau", None),
    "responsible": (("GWA",), ("GWA", "LKO"), None),
    "due": (InexactDate.parse("2024"), None),
    "level": ("hoch", "niedrig", None),
    "note": ("läuft", None),
    "attributes.topic": ("Klima", None),
}


@attrs.frozen
class Document:
    """A document: its id, its day, what it states, and the hash of its file, if another."""

    version: str
    day: date
    statement: Statement
    digest: str | None = None

    def proposed(self, events: Sequence[RecordedEvent]) -> Proposal:
        """What it takes to make the log of *events* say what this states."""
        return propose(
            events,
            self.statement,
            day=self.day,
            version=self.version,
            document=sha256((self.digest or self.version).encode()).hexdigest(),
            opening="Plan",
            answers=AT_THEIR_WORD,
        )


def imported(documents: Sequence[Document]) -> PlanLog:
    """A log into which *documents* were imported, one after the other."""
    log = PlanLog(MemoryStore())
    for document in documents:
        take(log, document)
    return log


def take(log: PlanLog, document: Document) -> None:
    """Import one more document."""
    proposal = document.proposed(log.events())
    if proposal.events:
        log.record_all(proposal.events, by="Quartiersmanagement", expected_size=proposal.size)


@st.composite
def statements(draw: st.DrawFn, coverage: Coverage, *, keyed: bool = True) -> Statement:
    """What a document may state.

    Without keys, number and field tell who is who: each is stated, and together but once.
    """
    names = {"title", *draw(st.sets(st.sampled_from([*_VALUES, "attributes.topic"])))}
    if not keyed:
        names |= {"field", "number"}
    how = draw(st.sampled_from(("nothing", "phase", "stage", "both", "both", "both")))
    names |= {"phase", "stage"} if how == "both" else {how} - {"nothing"}
    ranks = draw(st.booleans()) and "field" in names
    rows = []
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, min_size=coverage == "complete"))
    seen = set()
    for id in ids:
        cells = {name: draw(st.sampled_from(values)) for name, values in _VALUES.items()}
        cells |= draw(st.sampled_from(_REPORTS))
        if not keyed:
            cells["field"], cells["number"] = cells["field"] or "Wohnen", id[-1]
            if (cells["field"], cells["number"]) in seen:
                continue
            seen.add((cells["field"], cells["number"]))
        stated = names if coverage == "complete" else _mentioned(draw, names, cells, keyed)
        stated = stated | {"cause"} if "phase" in stated and "cause" in cells else stated
        rows.append((id, {name: cells[name] for name in cells if name in stated}))
    if ranks:
        _rank(draw, [cells for _, cells in rows])
    attributes = names | ({"rank"} if ranks else set())
    return Statement(
        coverage=coverage,
        attributes=tuple(name for name in (*PLAIN, "attributes.topic") if name in attributes),
        measures=tuple(
            StatedMeasure(
                place=f"plan.csv: A{line}",
                key=id if keyed else None,
                cells=FrozenMapping(
                    {**cells, "rank": cells.get("rank")}
                    if ranks and coverage == "complete"
                    else cells
                ),
            )
            for line, (id, cells) in enumerate(rows, 2)
        ),
    )


def _mentioned(draw: st.DrawFn, names: set[str], cells: dict[str, Any], keyed: bool) -> set[str]:
    """What an excerpt states of a measure: an empty cell states nothing."""
    kept = {"title"} if keyed else {"title", "field", "number"}
    chosen = kept | draw(st.sets(st.sampled_from(sorted(names))))
    if "phase" in names and "stage" in names and {"phase", "stage"} & chosen:
        chosen |= {"phase", "stage"}
    return {name for name in chosen if cells[name] is not None}


def _rank(draw: st.DrawFn, rows: list[dict[str, Any]]) -> None:
    """Put some of the rows of each field into an order."""
    ranked: dict[str, int] = {}
    for cells in draw(st.permutations(rows)):
        field = cells.get("field")
        if field is not None and draw(st.booleans()):
            ranked[field] = cells["rank"] = ranked.get(field, 0) + 1


@st.composite
def sequences(draw: st.DrawFn, most: int = 4, *, keyed: bool = True) -> list[Document]:
    """Up to *most* documents, complete ones and excerpts, in the order of their days."""
    number = draw(st.integers(2, most))
    offsets = draw(st.lists(st.integers(0, 5), min_size=number, max_size=number))
    return [
        Document(
            f"v-{index}",
            FIRST_DAY + timedelta(days=offset),
            draw(statements(draw(st.sampled_from(("complete", "excerpt"))), keyed=keyed)),
        )
        for index, offset in enumerate(sorted(offsets), 1)
    ]
