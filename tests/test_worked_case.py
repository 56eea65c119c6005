"""The worked case: what did we believe on one day about another?

The neighbourhood ranked three measures in July, in November, and some day in September. The
September list was found in old minutes only the year after; then the July list was corrected, and
the correction turned out to be wrong. The tables below were worked out by hand.
"""

from datetime import UTC, date, datetime

import pytest

from planlog.dates import Point
from planlog.events import Event, Prioritized, Proposed, RecordedEvent, Retracted
from planlog.possible import possible
from planlog.slots import live_slots
from planlog.timeline import plan_at, prefix, resolve
from tests.histories import id_at, recorded

TODAY = date(2026, 11, 22)
MEASURES = ("1", "4", "16")

NONE: tuple[str, ...] = ()
JULY = ("1", "16", "4")
MENDED = ("1", "4", "16")
SEPTEMBER = ("4", "16", "1")
NOVEMBER = ("16", "1", "4")


def prioritized(ranking: tuple[str, ...]) -> Prioritized:
    """The list of the field was set."""
    return Prioritized(field="wohnen", ranking=[f"wohnen-{number}" for number in ranking])


def history(corrected_to: str) -> tuple[RecordedEvent, ...]:
    """The log, in which the correction says that the July list was of *corrected_to*."""
    entries: tuple[tuple[str, str, Event, int | None], ...] = (
        # recorded, on, what, corrects
        ("2021-01-02", "2021-01-01", Proposed(measure="wohnen-1", title="A", field="wohnen"), None),
        ("2021-01-02", "2021-01-01", Proposed(measure="wohnen-4", title="B", field="wohnen"), None),
        (
            "2021-01-02",
            "2021-01-01",
            Proposed(measure="wohnen-16", title="C", field="wohnen"),
            None,
        ),
        ("2021-07-20", "2021-07-14", prioritized(JULY), None),
        ("2021-11-20", "2021-11-15", prioritized(NOVEMBER), None),
        ("2022-01-10", "2021-09", prioritized(SEPTEMBER), None),
        ("2022-02-01", corrected_to, prioritized(MENDED), 3),
        ("2022-03-01", "2022-03-01", Retracted(event=id_at(6)), None),
    )
    return tuple(
        recorded(position, event, on, corrects, datetime.fromisoformat(day).replace(tzinfo=UTC))
        for position, (day, on, event, corrects) in enumerate(entries)
    )


Row = tuple[str, str, tuple[str, ...], set[tuple[str, ...]]]

# On that day we believed, about that day, that the list was this; it could have been one of these.
TABLE: list[Row] = [
    # Nothing of July is known before the 20th.
    ("2021-07-19", "2021-07-14", NONE, {NONE}),
    ("2021-07-19", "2021-12-31", NONE, {NONE}),
    # Then it is, for the 14th and after.
    ("2021-07-20", "2021-07-13", NONE, {NONE}),
    ("2021-07-20", "2021-07-14", JULY, {JULY}),
    ("2021-07-20", "2021-07-20", JULY, {JULY}),
    ("2021-07-20", "2021-12-31", JULY, {JULY}),
    # November was not known before it was recorded.
    ("2021-11-19", "2021-11-14", JULY, {JULY}),
    ("2021-11-19", "2021-11-15", JULY, {JULY}),
    ("2021-11-20", "2021-11-14", JULY, {JULY}),
    ("2021-11-20", "2021-11-15", NOVEMBER, {NOVEMBER}),
    ("2022-01-09", "2021-07-14", JULY, {JULY}),
    ("2022-01-09", "2021-09-15", JULY, {JULY}),
    ("2022-01-09", "2021-09-30", JULY, {JULY}),
    ("2022-01-09", "2021-12-31", NOVEMBER, {NOVEMBER}),
    # The list found in the minutes counts when September has passed; within it, it is possible.
    ("2022-01-10", "2021-07-14", JULY, {JULY}),
    ("2022-01-10", "2021-08-31", JULY, {JULY}),
    ("2022-01-10", "2021-09-01", JULY, {JULY, SEPTEMBER}),
    ("2022-01-10", "2021-09-29", JULY, {JULY, SEPTEMBER}),
    ("2022-01-10", "2021-09-30", SEPTEMBER, {SEPTEMBER}),
    ("2022-01-10", "2021-11-14", SEPTEMBER, {SEPTEMBER}),
    # Found last, it does not override November.
    ("2022-01-10", "2021-11-15", NOVEMBER, {NOVEMBER}),
    ("2022-01-31", "2021-07-14", JULY, {JULY}),
    # The correction takes the place of July, and only that.
    ("2022-02-01", "2021-07-13", NONE, {NONE}),
    ("2022-02-01", "2021-07-14", MENDED, {MENDED}),
    ("2022-02-01", "2021-08-31", MENDED, {MENDED}),
    ("2022-02-01", "2021-09-01", MENDED, {MENDED, SEPTEMBER}),
    ("2022-02-01", "2021-09-29", MENDED, {MENDED, SEPTEMBER}),
    ("2022-02-01", "2021-09-30", SEPTEMBER, {SEPTEMBER}),
    ("2022-02-01", "2021-11-15", NOVEMBER, {NOVEMBER}),
    ("2022-02-28", "2021-07-14", MENDED, {MENDED}),
    # The retraction gives July back.
    ("2022-03-01", "2021-07-13", NONE, {NONE}),
    ("2022-03-01", "2021-07-14", JULY, {JULY}),
    ("2022-03-01", "2021-09-15", JULY, {JULY, SEPTEMBER}),
    ("2022-03-01", "2021-09-30", SEPTEMBER, {SEPTEMBER}),
    ("2022-03-01", "2021-11-14", SEPTEMBER, {SEPTEMBER}),
    ("2022-03-01", "2021-11-15", NOVEMBER, {NOVEMBER}),
    ("2022-03-01", "2022-03-01", NOVEMBER, {NOVEMBER}),
]

# The same, but the correction says as well that the list was not of July: of 14 September.
TABLE_OF_ANOTHER_DAY: list[Row] = [
    ("2022-01-31", "2021-07-14", JULY, {JULY}),
    # In summer there was no list then, and in September either can have been the first.
    ("2022-02-01", "2021-07-14", NONE, {NONE}),
    ("2022-02-01", "2021-08-31", NONE, {NONE}),
    ("2022-02-01", "2021-09-01", NONE, {NONE, SEPTEMBER}),
    ("2022-02-01", "2021-09-13", NONE, {NONE, SEPTEMBER}),
    ("2022-02-01", "2021-09-14", MENDED, {MENDED, SEPTEMBER}),
    ("2022-02-01", "2021-09-29", MENDED, {MENDED, SEPTEMBER}),
    # A date that says only "September" does not override an exact day of that month.
    ("2022-02-01", "2021-09-30", MENDED, {MENDED, SEPTEMBER}),
    ("2022-02-01", "2021-11-14", MENDED, {MENDED, SEPTEMBER}),
    ("2022-02-01", "2021-11-15", NOVEMBER, {NOVEMBER}),
    # The retraction takes the day back too.
    ("2022-03-01", "2021-07-14", JULY, {JULY}),
    ("2022-03-01", "2021-09-14", JULY, {JULY, SEPTEMBER}),
    ("2022-03-01", "2021-09-30", SEPTEMBER, {SEPTEMBER}),
    ("2022-03-01", "2021-11-15", NOVEMBER, {NOVEMBER}),
]

CASES = [
    *(("2021-07-14", *row) for row in TABLE),
    *(("2021-09-14", *row) for row in TABLE_OF_ANOTHER_DAY),
]


@pytest.mark.parametrize(
    ("corrected_to", "known", "day", "expected", "can_be"),
    CASES,
    ids=[f"{case[2]}@{case[1]}-corrected-to-{case[0]}" for case in CASES],
)
class TestWorkedCase:
    """What did we believe on day *known* about *day*?"""

    def test_list(
        self,
        corrected_to: str,
        known: str,
        day: str,
        expected: tuple[str, ...],
        can_be: set[tuple[str, ...]],
    ) -> None:
        """The list, and the rank of each measure on it, are those of the table."""
        events = history(corrected_to)
        moment = resolve(Point.parse(f"{day}@{known}"), events, TODAY)
        slots = live_slots(events[: moment.size])
        plan = plan_at(slots, moment.day, prefix(events, moment.size))
        assert expected == numbers(plan.field("wohnen").ranking)
        for number in MEASURES:
            assert rank(number, expected) == plan.measure(f"wohnen-{number}").rank

    def test_possible(
        self,
        corrected_to: str,
        known: str,
        day: str,
        expected: tuple[str, ...],
        can_be: set[tuple[str, ...]],
    ) -> None:
        """So are the lists that were possible, and the ranks."""
        events = history(corrected_to)
        moment = resolve(Point.parse(f"{day}@{known}"), events, TODAY)
        found = possible(live_slots(events[: moment.size]), moment.day)
        lists = found.values("field", "wohnen", "ranking")
        assert can_be == ({expected} if lists is None else set(map(numbers, lists)))
        for number in MEASURES:
            ranks = found.values("measure", f"wohnen-{number}", "rank")
            assert {rank(number, one) for one in can_be} == (
                {rank(number, expected)} if ranks is None else ranks
            )
        uncertain = found.uncertain().get(("field", "wohnen"), ())
        assert (("ranking",) if len(can_be) > 1 else ()) == uncertain


def numbers(ranking: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers of the measures on a list."""
    return tuple(id.removeprefix("wohnen-") for id in ranking)


def rank(number: str, ranking: tuple[str, ...]) -> int | None:
    """The place of a number on a list, from 1."""
    return ranking.index(number) + 1 if number in ranking else None
