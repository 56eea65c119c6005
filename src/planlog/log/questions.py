"""What can be asked about a log; what answers a question is loaded with the first one."""

from datetime import date
from typing import TYPE_CHECKING

from planlog import timeline
from planlog.log.kept import AnyPoint, KeptLog
from planlog.plan import Plan
from planlog.possible import Possibilities, possible

if TYPE_CHECKING:
    from planlog import audit, diff
    from planlog.findings import Finding
    from planlog.matrix import Matrix
    from planlog.stats import Stats


class AskedLog(KeptLog):
    """The answers that a log gives: each is computed from one prefix."""

    def plan(self, point: AnyPoint = None) -> Plan:
        """Return the plan at *point* (absent: today, with all that is known).

        Raises `PointError`, `UnknownNameError`, `SizeError`.
        """
        events = self._read()
        moment = self._moment(point, events)
        return self._plan(events, moment.size, moment.day)

    def possible(self, point: AnyPoint = None) -> Possibilities:
        """Tell what the inexact dates leave open at *point*."""
        events = self._read()
        moment = self._moment(point, events)
        return possible(self._slots_of(events, moment.size), moment.day)

    def everything(self, point: AnyPoint = None) -> Plan:
        """Return the plan with all that is known at *point*, whatever day it happened or will.

        This is where references are looked up that are not bound to a day.
        """
        events = self._read()
        moment = self._moment(point, events)
        return self._plan(events, moment.size, date.max)

    def history(self, measure: str, point: AnyPoint = None) -> "tuple[audit.HistoryEntry, ...]":
        """Tell the life of a measure: who changed what, when, on what ground.

        *measure* is an id, ``field/number`` or a number. Raises `UnknownReferenceError` and
        `AmbiguousReferenceError`.
        """
        from planlog import audit

        events = self._read()
        moment = self._moment(point, events)
        everything, present = self._namers(events, moment)
        meant = everything.measure_of(measure, present)
        return audit.history(events[: moment.size], moment.day, meant.id)

    def origins(self, measure: str, point: AnyPoint = None) -> "tuple[audit.Origin, ...]":
        """Tell where each value comes from that a measure has at *point*.

        Takes a *measure*, and raises, as `history` does.
        """
        from planlog import audit

        events = self._read()
        moment = self._moment(point, events)
        everything, present = self._namers(events, moment)
        meant = everything.measure_of(measure, present)
        return audit.origins(self._slots_of(events, moment.size), moment.day, meant.id)

    def priorities(
        self,
        measure: str | None = None,
        *,
        field: str | None = None,
        every_change: bool = False,
        point: AnyPoint = None,
    ) -> "tuple[audit.Priority, ...]":
        """Tell rank and level at every conference up to *point*, or *every_change* of them.

        Of one *measure*, of a *field* (by its id, title or number), or of the plan: all that ever
        had a rank or level. Raises `UnknownReferenceError` and `AmbiguousReferenceError`.
        """
        from planlog import audit

        if measure is not None and field is not None:
            raise TypeError("priorities takes a measure or a field, not both")
        events = self._read()
        moment = self._moment(point, events)
        everything, present = self._namers(events, moment)
        return (audit.priority_changes if every_change else audit.priorities)(
            self._slots_of(events, moment.size),
            moment.day,
            measure=None if measure is None else everything.measure_of(measure, present).id,
            field=None if field is None else everything.field_of(field, present).id,
        )

    def decisions(
        self,
        point: AnyPoint = None,
        *,
        conference: str | None = None,
        measure: str | None = None,
        field: str | None = None,
    ) -> "tuple[audit.RegisteredDecision, ...]":
        """Tell what was decided up to *point*, and what became of each measure since.

        All of it, or what a *conference* (by its id) decided, and what is about a *measure* or a
        *field*. Raises `UnknownReferenceError` and `AmbiguousReferenceError`.
        """
        from planlog import audit

        events = self._read()
        moment = self._moment(point, events)
        everything, present = self._namers(events, moment)
        return audit.decisions(
            self._slots_of(events, moment.size),
            moment.day,
            conference=None if conference is None else everything.conference(conference).id,
            measure=None if measure is None else everything.measure_of(measure, present).id,
            field=None if field is None else everything.field_of(field, present).id,
        )

    def diff(
        self, before: AnyPoint, after: AnyPoint = None, *, gross: bool = False
    ) -> "diff.PlanDiff":
        """Tell what differs between two points in two times (the second absent: today).

        First what was learned about the first day, then what was decided between the days. A cell
        that ends as it began is left out, unless *gross* asks for every single step. Raises
        `PointError`, `UnknownNameError`, `SizeError`.
        """
        from planlog import diff

        events = self._read()
        first, second = self._moment(before, events), self._moment(after, events)
        return (diff.steps if gross else diff.difference)(events, first, second)

    def matrix(self, point: AnyPoint = None, *, field: str | None = None) -> "Matrix":
        """Tell how each measure stood at each conference and version up to *point*.

        *field* names one action field. Raises `PointError`, `UnknownNameError`, `SizeError`, and
        `UnknownReferenceError` or `AmbiguousReferenceError` for a field.
        """
        from planlog.matrix import matrix

        events = self._read()
        moment = self._moment(point, events)
        meant = None
        if field is not None:
            present = self._plan(events, moment.size, moment.day)
            meant = self._plan(events, moment.size, date.max).field_of(field, present).id
        known = timeline.prefix(events, moment.size)
        return matrix(self._slots_of(events, moment.size), moment.day, known, meant)

    def stats(
        self, before: AnyPoint = "start", after: AnyPoint = None, *, silent: int = 2
    ) -> "Stats":
        """Count measures, silence, flips, delays and lateness between two points in two times.

        A measure is silent that is open at the second point and has had no report for *silent*
        conferences. Raises `PointError`, `UnknownNameError`, `SizeError`.
        """
        from planlog.stats import stats

        events = self._read()
        first, second = self._moment(before, events), self._moment(after, events)
        return stats(events, first, second, silent)

    def check(self, point: AnyPoint = None) -> "tuple[Finding, ...]":
        """Tell everything that is odd about the history as known at *point*."""
        from planlog import checks

        events = self._read()
        moment = self._moment(point, events)
        return checks.check(events[: moment.size], moment.day)
