"""The rules a history should obey, one small function per rule, each returning findings."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from planlog.checks import (
    contradictions,
    course,
    introductions,
    overriding,
    privacy,
    record,
    uncertainty,
)
from planlog.checks.evidence import Evidence, in_log_order
from planlog.checks.overriding import overridden
from planlog.events import RecordedEvent
from planlog.findings import Finding

__all__ = ["Finding", "check", "overridden"]

Rule = Callable[[Evidence], Iterable[Finding]]

RULES: Final[tuple[Rule, ...]] = (
    record.dangling_corrections,
    record.dangling_retractions,
    record.fixed_events_corrected,
    record.erasures_retracted,
    record.sources_missing,
    introductions.plan_not_opened,
    introductions.plan_opened_late,
    introductions.plan_opened_again,
    introductions.introductions_missing,
    introductions.introductions_late,
    introductions.decisions_before_proposal,
    introductions.titles_blank,
    course.lists_with_foreign_measures,
    course.lists_with_dropped_measures,
    course.decisions_before_their_list,
    course.implemented_without_start,
    course.unexplained_fall_backs,
    overriding.overridden_at_all,
    contradictions.two_values,
    uncertainty.uncertain_cells,
    privacy.names_in_texts,
    privacy.emails_in_texts,
    privacy.phones_in_texts,
)


def check(events: Sequence[RecordedEvent], day: date | None) -> tuple[Finding, ...]:
    """Apply every rule to a prefix of the log, asked about at the end of *day*.

    All findings come, in the order of the log.
    """
    evidence = Evidence.gather(events, day)
    return in_log_order(finding for rule in RULES for finding in rule(evidence))
