"""What people write for measures, fields, events and days, and what they mean by it."""

import re
from collections.abc import Iterable

import attrs

from planlog.cli.session import Session
from planlog.dates import InexactDate, Point
from planlog.errors import DateError, UnknownReferenceError
from planlog.events import Kind
from planlog.log import PlanLog
from planlog.missing import erased_ids
from planlog.plan import Conference, Measure, Plan, Version

_DOTTED_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_DOTTED_MONTH = re.compile(r"(\d{1,2})\.(\d{4})", re.ASCII)


@attrs.frozen
class Lookup:
    """What can be named at a point.

    *plan* has all that is known, whatever day it happened or will; *present* is the plan of the
    day. Numbers and titles change, so they mean what they mean in the present plan, and only
    where they mean nothing there, what they mean in the end.
    """

    session: Session
    log: PlanLog
    plan: Plan
    present: Plan

    @classmethod
    def of(cls, session: Session, log: PlanLog, point: Point | None = None) -> "Lookup":
        """Look things up in *log* at *point* (absent: today, with all that is known)."""
        return cls(session, log, log.everything(point), log.plan(point))

    def measure(self, reference: str) -> Measure:
        """The measure that is meant: by its id, by field and number, or by its number alone."""
        try:
            return self.plan.measure_of(reference, self.present)
        except UnknownReferenceError as error:
            if self._was_erased("measure", reference):
                return Measure(id=reference)
            names = [measure.id for measure in self.plan.measures]
            names += [f"{one.field}/{one.number}" for one in self.plan.measures if one.number]
            near = self._suggestion(reference, names)
            words = self.session.words
            if self._erased("measure"):
                near += words("; the text that told of it may have been erased: see planlog log")
            error.suggestion = near or words("; planlog show --all lists them all")
            raise

    def measure_in(self, field: str, reference: str) -> Measure:
        """The measure that is meant in *field*, where a bare number means that field's."""
        measures = (*self.present.measures, *self.plan.measures)
        if any(reference == measure.id for measure in measures):
            return self.measure(reference)
        if any(reference == measure.number for measure in measures):
            return self.measure(f"{field}/{reference}")
        return self.measure(reference)

    def field(self, reference: str) -> str:
        """The id of the field that is meant: by its id, exact title or number."""
        try:
            return self.plan.field_of(reference, self.present).id
        except UnknownReferenceError as error:
            if self._was_erased("field", reference):
                return reference
            names = (name for one in self.plan.fields for name in (one.id, one.title) if name)
            error.suggestion = self._suggestion(reference, names) or self.session.words(
                "; planlog add-field adds one"
            )
            raise

    def _was_erased(self, kind: Kind, id: str) -> bool:
        """Whether nothing but an erased text told of something."""
        return id in self._erased(kind)

    def _erased(self, kind: Kind) -> frozenset[str]:
        return erased_ids(self.log.events(stop=self.plan.known.size), kind)

    def conference(self, id: str) -> str:
        """The id of a conference, which the plan has, or which only an erased text told of."""
        try:
            return self.plan.conference(id).id
        except UnknownReferenceError as error:
            if self._was_erased("conference", id):
                return id
            known = ", ".join(one.id for one in self.plan.conferences)
            error.suggestion = self.session.words("; known are: {known}", known=known or "–")
            raise

    def event(self, beginning: str) -> str:
        """The id of the event that is meant: by any beginning that only it has."""
        return self.log.event(beginning).id

    def day(self, text: str, option: str) -> InexactDate:
        """The day that is meant: a date, also as 16.03.2023, today, a conference or version."""
        if text == "today":
            return InexactDate.of(self.log.today())
        named: tuple[Conference | Version, ...] = (*self.plan.conferences, *self.plan.versions)
        for one in named:
            if one.id == text and one.on is not None:
                return one.on
        return date_of(self.session, text, option)

    def _suggestion(self, reference: str, names: Iterable[str]) -> str:
        from difflib import get_close_matches  # only a wrong word needs it

        near = get_close_matches(reference, list(names), n=1)
        return self.session.words("; did you mean {near!r}?", near=near[0]) if near else ""


def date_of(session: Session, text: str, option: str) -> InexactDate:
    """Read a date, also one in the German manner."""
    try:
        return InexactDate.parse("/".join(map(_with_hyphens, text.split("/"))))
    except DateError:
        session.refuse(
            "expected a date (2023-03-16, 16.03.2023, 2023-03, 2023 or an interval such as "
            "2020-09-18/2023-03-16), today, or a conference that the log has a day for; "
            "got {value!r}",
            about=option,
            value=text,
        )


def _with_hyphens(text: str) -> str:
    if found := _DOTTED_DAY.fullmatch(text):
        day, month, year = found.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    if found := _DOTTED_MONTH.fullmatch(text):
        month, year = found.groups()
        return f"{year}-{month:0>2}"
    return text
