"""A proposal in the making: what is there, what is stated, and the batch that leads there."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

import attrs

from planlog.documents import Documents
from planlog.draft import Values
from planlog.errors import Flaw, TableError
from planlog.events import (
    Event,
    Merged,
    PlanOpened,
    Prioritized,
    Proposed,
    Split,
    VersionRecorded,
)
from planlog.plan import GIVEN_UP, Measure, Plan, Version
from planlog.slots import Slot
from planlog.timeline import in_fold_order
from planlog.versions.batch import Batch, Document, imagined
from planlog.versions.course import Course, Tellings, subjects
from planlog.versions.later import Later
from planlog.versions.lists import is_meant, ranking_of, ranks_stated
from planlog.versions.matching.match import Matching
from planlog.versions.naming import Names
from planlog.versions.sameday import SameDay
from planlog.versions.statement import StatedMeasure, Statement
from planlog.versions.steps import led
from planlog.versions.wanted import OF_LISTS, Said, wanted

_BEHIND_ALL: Final = sys.maxsize // 2
"""A position behind all of a log."""

_MOST_BYTES: Final = 60_000
"""What a version may tell of its measures one by one; an event has to hold it, and some more."""

Progress = Callable[[int, int], None]
"""Is told how many measures have been compared by now, and of how many."""


def nobody_told(done: int, total: int) -> None:
    """Take no notice of how far it is."""


class Making:
    """A proposal in the making: what is there, what is stated, and the batch that leads there."""

    def __init__(
        self,
        statement: Statement,
        document: Document,
        plans: tuple[Plan, Plan],
        names: Names,
        matching: Matching,
        fields: Sequence[str | None],
        documents: Documents,
        tellings: Tellings,
        said_today: Iterable[Slot],
        batch: Batch,
        progress: Progress,
    ) -> None:
        self.statement = statement
        self.document = document
        self.present, self.everything = plans
        self.names = names
        self.matching = matching
        self.documents = documents
        self.tellings = tellings
        self.batch = batch
        self.progress = progress
        self._rows = dict(zip(matching.ids, statement.measures, strict=True))
        self._fields = dict(zip(matching.ids, fields, strict=True))
        self._there = {one.id: one for one in self.present.measures}
        self._cells: dict[str, dict[str, Any]] = {}
        self._wanted: dict[str, Values] = {}
        self._same_day = SameDay(
            [
                one
                for one in self.present.versions
                if one.on.last == document.day and one.id != document.version
            ]
        )
        # Of these another file of the version may have spoken, which says it no longer.
        self._spoken_of = dict.fromkeys(
            subject for slot in said_today for subject in subjects(slot.content.event)
        )
        self._new: dict[tuple[str, str], list[Slot]] = {}
        self._flaws: list[Flaw] = []

    @property
    def day(self) -> date:
        """The day of the version."""
        return self.document.day

    def own(self, slot: Slot) -> bool:
        """Whether a slot came from a document of its day."""
        return self.documents.version_of(slot) is not None

    def open(self, slots: Sequence[Slot], opening: str | None, language: str | None) -> None:
        """Open the plan, if it is not open on the day."""
        if self.present.title is not None:
            return
        opened = [slot for slot in slots if isinstance(slot.content.event, PlanOpened)]
        if not opened:
            if opening is None:
                raise TableError(
                    (
                        Flaw(
                            "not-opened",
                            "the log has no plan yet; say what it is called with --title",
                        ),
                    )
                )
            self.batch.add(PlanOpened(title=opening, language=language), self.document)
        else:
            self.batch.add(in_fold_order(opened)[0].content.event, self.document)

    def state(self) -> None:
        """Lead every measure and list to what the document states, or refuse what cannot be."""
        self._resolve_cells()
        told: list[Event] = []
        merging = self._merging()
        concerned = dict.fromkeys(self._rows)
        if self.statement.coverage == "complete":
            concerned |= dict.fromkeys(measure.id for measure in self.present.measures)
        concerned |= dict.fromkeys(id for kind, id in self._spoken_of if kind == "measure")
        apart = Tellings(merging.values())
        for done, id in enumerate(concerned):
            self.progress(done, len(concerned))
            told += self._lead(id, apart)
        lists = list(self._lists())
        if self._flaws:
            raise TableError(tuple(self._flaws))
        for added in self.names.added:
            self._add(added)
        # What is merged or split must be there, and nothing else need come before anything.
        told.sort(key=lambda event: not (isinstance(event, Proposed) and event.title is not None))
        new = sum(isinstance(event, Proposed) and event.title is not None for event in told)
        for event in (*told[:new], *merging, *told[new:], *lists):
            self._add(event)

    def keep_later_versions(self) -> None:
        """Set again, on the day of each later version, what it stated and this would disturb."""
        later = Later(self._later_versions(), self.tellings, self.own)
        for done, (subject, slots) in enumerate(self._new.items()):
            self.progress(done, len(self._new))
            later.restate(subject, slots, self.batch)

    def close(self, title: str | None) -> None:
        """Record the version itself: what it stated, and what it left out."""
        measures = {
            id: tuple(name for name in self.statement.attributes if name in self._rows[id].cells)
            for id in self._mentioned()
        }
        _refuse_too_long(measures)
        excerpt = self.statement.coverage == "excerpt"
        self.batch.add(
            VersionRecorded(
                version=self.document.version,
                title=title,
                coverage=self.statement.coverage,
                attributes=self.statement.attributes,
                measures=measures if measures or excerpt else None,
                document=self.document.digest,
            ),
            self.document,
        )

    def _mentioned(self) -> list[str]:
        """The measures of which it must be told that the document mentions them.

        A complete one mentions all that the plan has on its day. That leaves those it says itself
        were given up; and all of them if it does not say how any of them stands.
        """
        complete = self.statement.coverage == "complete"
        if complete and "phase" in self.statement.attributes:
            return [id for id in self._rows if self._wanted[id].get("phase") in GIVEN_UP]
        return list(self._rows)

    def _add(self, event: Event) -> None:
        slot = self.batch.add(event, self.document)
        for subject in subjects(event):
            self._new.setdefault(subject, []).append(slot)

    def _resolve_cells(self) -> None:
        for id, row in self._rows.items():
            cells = dict(row.cells)
            cells.pop(OF_LISTS, None)
            if "field" in cells:
                cells["field"] = self._fields[id]
            if cells.get("goal") is not None:
                present = self._present(id)
                field = self._fields[id] or present.field
                goal = self.names.goal(cells["goal"], field, present.goal)
                if isinstance(goal, Flaw):
                    self._flaw(row, goal, "goal")
                else:
                    cells["goal"] = goal
            self._cells[id] = cells

    def _present(self, id: str) -> Measure:
        return self._there.get(id, Measure(id=id))

    def _merging(self) -> dict[Event, Slot]:
        """What became of measures that went into others, unless the log says so already."""
        found: list[tuple[Event, bool]] = [
            *(
                (Merged(measures=old, into=into), all(self._became(id, (into,)) for id in old))
                for old, into in self.matching.merged
            ),
            *(
                (Split(measure=old, into=into), self._became(old, into))
                for old, into in self.matching.split
            ),
        ]
        return {
            event: imagined(event, self.day, _BEHIND_ALL, f"lineage-{at}")
            for at, (event, is_told) in enumerate(found)
            if not is_told
        }

    def _became(self, id: str, into: Sequence[str]) -> bool:
        """Whether a measure went *into* others by now; one that is among these stays."""
        present = self._present(id)
        went = id in into or present.phase == "replaced"
        return went and {*into} - {id} <= {*present.successors}

    def _lead(self, id: str, apart: Tellings) -> list[Event]:
        """The events that make a measure what the document says it is."""
        subject = ("measure", id)
        course = Course(subject, [*self.tellings.of(subject), *apart.of(subject)])
        before, present = course.visit(self.day, self.own)
        row = self._rows.get(id)
        said = self._said(id, row)
        other = self._same_day.said(id, present)
        if said is not None and other is not None:
            self._flaws += self._same_day.flaws(id, row, said, other)
            said = Said(said.listed or other.listed, {**other.cells, **said.cells})
        said = said or other
        if before.get("phase") is None and (said is None or not said.listed):
            before = present  # of the version there was another file, which listed it
        aim = before if said is None else wanted(before, said)
        self._wanted[id] = aim
        if row is not None and not self._possible(row, present, aim):
            return []
        found: list[Event] = []

        def take(event: Event) -> Slot:
            found.append(event)
            return imagined(event, self.day, _BEHIND_ALL + len(found))

        led(id, course, present, aim, take)
        return found

    def _said(self, id: str, row: StatedMeasure | None) -> Said | None:
        """What the document says of a measure; of one that an excerpt lacks it says nothing."""
        if row is not None:
            return Said(True, self._cells[id])
        return Said(listed=False) if self.statement.coverage == "complete" else None

    def _possible(self, row: StatedMeasure, present: Values, aim: Values) -> bool:
        """Whether a row can be taken: a new measure has a title, one that went has a heir."""
        if present.get("phase") is None and not aim.get("title"):
            self._flaw(
                row,
                Flaw(
                    "measure-not-there",
                    "the plan has no such measure on {day}, and a new one needs a title; import "
                    "the version that has its title first",
                    {"day": self.day.isoformat()},
                ),
                "title",
            )
            return False
        if aim.get("phase") == "replaced" and not any(
            name.startswith("successors.") for name in aim
        ):
            self._flaw(
                row,
                Flaw(
                    "replaced-by-nothing",
                    "the measure was replaced, and nothing says by what; say it in the answers, "
                    "under [merged] or [split]",
                ),
                "phase",
            )
            return False
        return True

    def _lists(self) -> Iterator[Event]:
        """The priority lists that the document states and the plan does not have."""
        rankings = {field.id: field.ranking for field in self.present.fields}
        stated = ranks_stated(self.statement, list(self._fields.items()), rankings)
        for field, ranks in stated.items():
            present, ranking = rankings.get(field, ()), ranking_of(ranks)
            if not is_meant(ranks, present, self._unshown(field) - ranks.keys()):
                place = self._rows[ranking[0]].place if ranking else ""
                self._flaws += self._same_day.list_flaws(field, present, place)
                yield Prioritized(field=field, ranking=ranking)
        for field in (id for kind, id in self._spoken_of if kind == "field" and id not in stated):
            subject = ("field", field)
            course = Course(subject, self.tellings.of(subject))
            without, now = (one.get("ranking", ()) for one in course.visit(self.day, self.own))
            if without != now and not self._same_day.stating(now):
                yield Prioritized(field=field, ranking=without)

    def _unshown(self, field: str) -> set[str]:
        """What a document shows no rank of on the list of a *field*: given up, or elsewhere."""
        return {
            one.id
            for one in self.present.measures
            if one.phase in GIVEN_UP or (self._fields.get(one.id) or one.field) != field
        }

    def _later_versions(self) -> dict[date, list[tuple[Version, Document]]]:
        """The versions of later days, each with where it is to be found."""
        sources = {
            stated.version: slot.content.source
            for found in self.documents.versions.values()
            for slot, stated in found
        }
        found: dict[date, list[tuple[Version, Document]]] = {}
        for one in self.everything.versions:
            if one.on.last > self.day:
                found.setdefault(one.on.last, []).append(
                    (one, Document.of(one, sources.get(one.id)))
                )
        return found

    def _flaw(self, row: StatedMeasure, flaw: Flaw, key: str) -> None:
        self._flaws.append(attrs.evolve(flaw, key=key, place=row.place))


def _refuse_too_long(measures: Mapping[str, Sequence[str]]) -> None:
    size = len(json.dumps(measures, ensure_ascii=False, separators=(",", ":")).encode())
    if size > _MOST_BYTES:
        raise TableError(
            (
                Flaw(
                    "version-too-long",
                    "what the version states of each of {count} measures takes {size} bytes, and "
                    "there is room for {limit}; import the table in parts, each an excerpt and a "
                    "version of its own",
                    {"count": len(measures), "size": size, "limit": _MOST_BYTES},
                ),
            )
        )
