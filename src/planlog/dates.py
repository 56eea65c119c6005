"""Exact and inexact days, and points in two times."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final

import attrs

from planlog.errors import DateError, PointError
from planlog.values import Value

NAME = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
"""What the id of a conference or version looks like."""

RESERVED_NAMES = frozenset({"today", "start"})

_DATE_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# Without 24:00:00, which some Pythons take for the day after.
_TIMESTAMP_SHAPE = re.compile(r"\d{4}-\d{2}-\d{2}T(?!24)\d{2}:\d{2}:\d{2}Z", re.ASCII)


@attrs.frozen(order=False, repr=False)
class InexactDate(Value):
    """Some day in an interval: a day, a month, a year, or from one of these to another.

    Two are equal when they are written alike; *first* and *last* (both inclusive) follow from the
    text. The forms are those of ISO 8601-1 for reduced precision and of its intervals.

    >>> InexactDate.parse("2023-02").last
    datetime.date(2023, 2, 28)
    """

    text: str
    first: date = attrs.field(eq=False, repr=False)
    last: date = attrs.field(eq=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> "InexactDate":
        """Read *text*; raise `DateError` where it is no date."""
        return _parse(text)

    @classmethod
    def of(cls, value: "date | str | InexactDate") -> "InexactDate":
        """Take a day, a text or an inexact date; raise `DateError` where a text is no date."""
        match value:
            case InexactDate():
                return value
            case datetime():
                raise DateError(value.isoformat())
            case date():
                return _parse(value.isoformat())
            case _:
                try:
                    return _parse(value)
                except (AttributeError, TypeError):
                    raise DateError(repr(value)) from None

    @property
    def exact(self) -> bool:
        """Whether it leaves one day only."""
        return self.first == self.last

    def __str__(self) -> str:
        """The date as written."""
        return self.text


@lru_cache(maxsize=8192)
def _parse(text: str) -> InexactDate:
    beginning, slash, end = text.partition("/")
    first, last = _span(beginning, text)
    if slash:
        last = _span(end, text)[1]
        if last < first:
            raise DateError(text)
    return InexactDate(text, first, last)


def _span(part: str, whole: str) -> tuple[date, date]:
    """The first and last day of a day, month or year."""
    found = _DATE_SHAPE.fullmatch(part)
    if found is None:
        raise DateError(whole)
    year, month, day = (int(group or 0) for group in found.groups())
    try:
        first = date(year, month if found[2] else 1, day if found[3] else 1)
    except ValueError:
        raise DateError(whole) from None
    if found[3]:
        return first, first
    return first, _end_of_month(year, first.month if found[2] else 12)


def _end_of_month(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


SOME_DAY: Final = InexactDate.parse("0001-01-01/9999-12-31")
"""Some day, and nobody knows which: that of an event of which an erasure kept no day."""


def may_have_passed(on: InexactDate, day: date) -> bool:
    """Tell whether *on* has passed at the end of *day*; it may have where nobody knows it."""
    return on == SOME_DAY or on.last <= day


def is_name(text: str) -> bool:
    """Whether *text* may be the id of a conference or version: it must not read as a date."""
    return (
        NAME.fullmatch(text) is not None
        and _DATE_SHAPE.fullmatch(text) is None
        and text not in RESERVED_NAMES
    )


def parse_timestamp(text: str) -> datetime:
    """Read a UTC timestamp to the second (``2026-11-22T08:15:00Z``, RFC 3339)."""
    if not _TIMESTAMP_SHAPE.fullmatch(text):
        raise DateError(text)
    try:
        return _timestamp(text)
    except ValueError:
        raise DateError(text) from None


@lru_cache(maxsize=8192)
def _timestamp(text: str) -> datetime:
    return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)


def format_timestamp(moment: datetime) -> str:
    """Write an aware *moment* in UTC to the second (``2026-11-22T08:15:00Z``, RFC 3339)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


@attrs.frozen(repr=False)
class AtDay(Value):
    """The end of a day; *text* keeps how it was asked for (a day, a month or a year)."""

    day: date
    text: str


@attrs.frozen(repr=False)
class AtToday(Value):
    """The end of the present day."""


@attrs.frozen(repr=False)
class AtStart(Value):
    """Before everything: nothing has happened yet."""


@attrs.frozen(repr=False)
class AtName(Value):
    """The end of the last day of a conference or version, or the day before its first."""

    name: str
    before: bool = False


At = AtDay | AtToday | AtStart | AtName


@attrs.frozen(repr=False)
class KnownSize(Value):
    """The first *size* events."""

    size: int


@attrs.frozen(repr=False)
class KnownTime(Value):
    """Everything recorded at or before an aware *moment*."""

    moment: datetime


Known = At | KnownSize | KnownTime


@attrs.frozen(repr=False)
class Point(Value):
    """A question's place in two times: the plan *at* a day, as *known* (absent: all there is)."""

    at: At
    known: Known | None = None

    @classmethod
    def parse(cls, text: str) -> "Point":
        """Read ``AT[@KNOWN]``; raise `PointError` where *text* is none.

        >>> Point.parse("stk-3@#20").known
        KnownSize(size=20)
        """
        at, separator, known = text.partition("@")
        return cls(
            at=_parse_at(at, text),
            known=_parse_known(known, text) if separator else None,
        )

    @classmethod
    def of(cls, value: "str | date | Point | None") -> "Point":
        """Take a point, its text, a day, or nothing (today)."""
        match value:
            case None:
                return cls(AtToday())
            case Point():
                return value
            case datetime():
                raise PointError(value.isoformat())
            case date():
                return cls(AtDay(value, value.isoformat()))
            case _:
                return cls.parse(value)


def _parse_at(text: str, whole: str) -> At:
    match text:
        case "today":
            return AtToday()
        case "start":
            return AtStart()
    if _DATE_SHAPE.fullmatch(text):
        try:
            return AtDay(InexactDate.parse(text).last, text)
        except DateError:
            raise PointError(whole) from None
    name = text.removeprefix("before:")
    if not is_name(name):
        raise PointError(whole)
    return AtName(name, before=name != text)


def _parse_known(text: str, whole: str) -> Known:
    if text.startswith("#"):
        digits = text[1:]
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            raise PointError(whole)
        return KnownSize(int(digits))
    if "T" in text:
        try:
            return KnownTime(parse_timestamp(text))
        except DateError:
            raise PointError(whole) from None
    return _parse_at(text, whole)


def end_of_day(day: date) -> datetime:
    """The last second of *day* in UTC."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)


def day_before(day: date) -> date | None:
    """The day before *day*, or nothing before the first day there is."""
    return None if day == date.min else day - timedelta(days=1)
