"""What can be asked about a log; what answers a question is loaded with the first one."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planlog import timeline
from planlog.errors import UnknownReferenceError
from planlog.events import Kind, RecordedEvent
from planlog.log.kept import AnyPoint, KeptLog
from planlog.missing import erased_ids
from planlog.plan import Plan
from planlog.possible import Possibilities, possible
from planlog.timeline import Moment

if TYPE_CHECKING:
    from planlog import audit, diff
    from planlog.findings import Finding
    from planlog.matrix import Matrix
    from planlog.stats import Stats
    from planlog.versions.matching.answers import Answers
    from planlog.versions.proposal import Proposal
    from planlog.versions.statement import Statement


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

    def history(
        self, measure: str, point: AnyPoint = None, *, every_event: bool = False
    ) -> "tuple[audit.HistoryEntry, ...]":
        """Tell the life of a measure: who changed what, when, on what ground.

        *measure* is an id, ``field/number`` or a number. What a document that was imported only
        says again is folded into the entry beside it, unless *every_event* is asked for. Raises
        `UnknownReferenceError` and `AmbiguousReferenceError`.
        """
        from planlog import audit

        events = self._read()
        moment = self._moment(point, events)
        meant = self._meant(events, moment, measure)
        return audit.history(events[: moment.size], moment.day, meant, every_event=every_event)

    def origins(self, measure: str, point: AnyPoint = None) -> "tuple[audit.Origin, ...]":
        """Tell where each value comes from that a measure has at *point*.

        Takes a *measure*, and raises, as `history` does.
        """
        from planlog import audit

        events = self._read()
        moment = self._moment(point, events)
        meant = self._meant(events, moment, measure)
        return audit.origins(self._slots_of(events, moment.size), moment.day, meant)

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
        return (audit.priority_changes if every_change else audit.priorities)(
            self._slots_of(events, moment.size),
            moment.day,
            measure=None if measure is None else self._meant(events, moment, measure),
            field=None if field is None else self._meant_field(events, moment, field),
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
        return audit.decisions(
            self._slots_of(events, moment.size),
            moment.day,
            conference=None if conference is None else self._met(events, moment, conference),
            measure=None if measure is None else self._meant(events, moment, measure),
            field=None if field is None else self._meant_field(events, moment, field),
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
        from planlog.matrix import matrix, with_missing

        events = self._read()
        moment = self._moment(point, events)
        meant = None if field is None else self._meant_field(events, moment, field)
        known = timeline.prefix(events, moment.size)
        found = matrix(self._slots_of(events, moment.size), moment.day, known, meant)
        return with_missing(found, events[: moment.size])

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

    def version_proposal(
        self,
        statement: "Statement",
        *,
        day: date,
        version: str,
        document: str | None = None,
        title: str | None = None,
        source: str | None = None,
        opening: str | None = None,
        language: str | None = None,
        answers: "Answers | None" = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Proposal":
        """Propose the events that make the plan at the end of *day* what a document states.

        *version* is the id of what the document is, *document* the SHA-256 of its file, *title*
        what it is called, *source* where later readers find it; *opening* is the title of a plan
        that the log does not have yet, *language* that of its texts. *answers* say which measure a
        row is where the table alone does not tell. *progress* is told how many measures have been
        compared, and of how many.
        Nothing is recorded: that is for ``record_all``, with the events and the size of the
        proposal. Raises `TableError` with everything that cannot be.
        """
        from planlog.versions.making import nobody_told
        from planlog.versions.proposal import ASKING, propose

        events = self._read()
        return propose(
            events,
            statement,
            day=day,
            version=version,
            document=document,
            title=title,
            source=source,
            opening=opening,
            language=language,
            answers=ASKING if answers is None else answers,
            slots=self._slots_of(events, len(events)),
            progress=nobody_told if progress is None else progress,
        )

    def _meant(self, events: Sequence[RecordedEvent], moment: Moment, measure: str) -> str:
        """The id of a measure."""
        everything, present = self._namers(events, moment)
        return _named(
            lambda: everything.measure_of(measure, present).id, events[: moment.size], "measure"
        )

    def _meant_field(self, events: Sequence[RecordedEvent], moment: Moment, field: str) -> str:
        """The id of an action field."""
        everything, present = self._namers(events, moment)
        return _named(
            lambda: everything.field_of(field, present).id, events[: moment.size], "field"
        )

    def _met(self, events: Sequence[RecordedEvent], moment: Moment, conference: str) -> str:
        """The id of a conference."""
        everything, _ = self._namers(events, moment)
        return _named(
            lambda: everything.conference(conference).id, events[: moment.size], "conference"
        )


def _named(find: Callable[[], str], events: Sequence[RecordedEvent], kind: Kind) -> str:
    """What *find* finds, or else the id of what only an erased text told of."""
    try:
        return find()
    except UnknownReferenceError as error:
        if error.reference in erased_ids(events, kind):
            return error.reference
        raise
