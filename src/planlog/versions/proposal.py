"""From what a document states of a plan to the events that make the record say so."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from planlog.dates import is_name
from planlog.documents import Documents
from planlog.errors import Flaw, TableError
from planlog.events import (
    NewEvent,
    Proposed,
    RecordedEvent,
    VersionRecorded,
)
from planlog.fold import replay
from planlog.plan import Plan
from planlog.slots import Slot, live_slots
from planlog.timeline import counting, in_fold_order
from planlog.values import Value
from planlog.versions.batch import Batch, Document
from planlog.versions.course import Tellings, subjects
from planlog.versions.making import Making, Progress, nobody_told
from planlog.versions.matching.answers import Answers, Suggestion
from planlog.versions.matching.match import match
from planlog.versions.naming import Names
from planlog.versions.statement import Statement

ASKING: Final = Answers()


@attrs.frozen(kw_only=True, repr=False)
class Proposal(Value):
    """The events that a document asks for.

    *events* are one batch, in the order in which it is to be recorded, for a log of *size* events;
    they lack nothing but who records them. Those of other days than *day* set again what later
    versions stated. *measures* are the ids of the rows, in their order. *already*: the version was
    recorded from this very document. *suggestions* are what has to be confirmed first: there are
    no events then. *accepted* are those that were.
    """

    version: str
    day: date
    size: int
    events: tuple[NewEvent, ...] = ()
    measures: tuple[str, ...] = ()
    already: bool = False
    suggestions: tuple[Suggestion, ...] = ()
    accepted: tuple[Suggestion, ...] = ()


def propose(
    events: Sequence[RecordedEvent],
    statement: Statement,
    *,
    day: date,
    version: str,
    document: str | None = None,
    title: str | None = None,
    source: str | None = None,
    opening: str | None = None,
    language: str | None = None,
    answers: Answers = ASKING,
    slots: Sequence[Slot] | None = None,
    progress: Progress = nobody_told,
) -> Proposal:
    """Propose the events that make the plan at the end of *day* what a document states.

    *version* is the id of what the document is, *document* the SHA-256 of its file, *title* what
    it is called, *source* where later readers find it. *opening* is the title of a plan that the
    log does not have yet, *language* that of its texts. *slots* are what *events* hold, if that is
    known. *progress* is told how far it is. Raises `TableError` with everything that cannot be.
    """
    slots = live_slots(events) if slots is None else slots
    documents = Documents(slots)
    there = [one for found in documents.versions.values() for one in found]
    there = [(slot, stated) for slot, stated in there if stated.version == version]
    if _is_there(day, document, there):
        return Proposal(version=version, day=day, size=len(events), already=True)
    _refuse_unfit(version, day, there)
    plans = _plans(slots, day)
    names = Names(*plans, (slot.content.event for slot in slots))
    fields, flaws = _resolved(statement, names)
    matching = match(statement, fields, *plans, answers)
    flaws += matching.flaws
    if flaws:
        raise TableError(tuple(flaws))
    if matching.suggestions:
        return Proposal(
            version=version, day=day, size=len(events), suggestions=matching.suggestions
        )
    making = Making(
        statement,
        Document(version, day, document, source),
        plans,
        names,
        matching,
        fields,
        documents,
        Tellings(slots),
        _said_on(slots, documents, day) if there else (),
        Batch(len(events), (event.id for event in events)),
        progress,
    )
    making.open(slots, opening, language)
    making.state()
    making.keep_later_versions()
    making.close(title)
    return Proposal(
        version=version,
        day=day,
        size=len(events),
        events=making.batch.events,
        measures=matching.ids,
        accepted=matching.accepted,
    )


def _plans(slots: Sequence[Slot], day: date) -> tuple[Plan, Plan]:
    """The plan at the end of *day*, and with what is known of other days.

    Of a measure that the plan of the day lacks, that is what was told of it when it came in: to
    fold all that became of it later takes long, and says less of the day.
    """
    now = replay(counting(slots, day))
    if all(slot.content.on.last <= day for slot in slots):
        return now, now
    return now, replay(in_fold_order(_coming_in(slots, now)))


def _coming_in(slots: Sequence[Slot], now: Plan) -> Iterator[Slot]:
    """What is told of all but measures, and of those that *now* lacks on the day they come in."""
    here = {one.id for one in now.measures if one.phase is not None}
    told = [(slot, _measures(slot)) for slot in slots]
    first: dict[str, tuple[bool, date]] = {}
    for slot, ids in told:
        came = not isinstance(slot.content.event, Proposed), slot.day
        for id in ids:
            first[id] = min(first.get(id, came), came)
    for slot, ids in told:
        if not ids or any(id not in here and first[id][1] == slot.day for id in ids):
            yield slot


def _measures(slot: Slot) -> list[str]:
    return [id for kind, id in subjects(slot.content.event) if kind == "measure"]


def _said_on(slots: Iterable[Slot], documents: Documents, day: date) -> tuple[Slot, ...]:
    """What documents of a *day* say."""
    return tuple(
        slot
        for slot in slots
        if slot.content.on.last == day and documents.version_of(slot) is not None
    )


def _is_there(
    day: date, document: str | None, there: Iterable[tuple[Slot, VersionRecorded]]
) -> bool:
    """Whether a version was recorded from this very *document*, and from no other since."""
    last = max(there, key=lambda one: one[0].position, default=None)
    return last is not None and _is(last[0], day) and document == last[1].document is not None


def _is(slot: Slot, day: date) -> bool:
    return slot.content.on.exact and slot.content.on.last == day


def _refuse_unfit(version: str, day: date, there: Iterable[tuple[Slot, VersionRecorded]]) -> None:
    """Refuse an id that cannot be, or that belongs to something else."""
    if not is_name(version):
        flaw = Flaw(
            "version-id",
            "{value!r} cannot be the id of a version: lower-case letters, digits and hyphens, and "
            "no date; choose another",
            {"value": version},
        )
        raise TableError((flaw,))
    for slot, _ in there:
        if not _is(slot, day):
            flaw = Flaw(
                "version-day",
                "version {value!r} is recorded as of {on}; give this one another id, or that day",
                {"value": version, "on": slot.content.on.text},
            )
            raise TableError((flaw,))


def _resolved(statement: Statement, names: Names) -> tuple[list[str | None], list[Flaw]]:
    """The field of each row, by its id."""
    flaws: list[Flaw] = []
    fields: list[str | None] = []
    for row in statement.measures:
        text = row.cells.get("field")
        found = None if text is None else names.field(text)
        if isinstance(found, Flaw):
            flaws.append(attrs.evolve(found, key="field", place=row.place))
            found = None
        fields.append(found)
    return fields, flaws
