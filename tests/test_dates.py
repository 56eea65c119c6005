"""Exact and inexact days, and points in two times."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.dates import (
    AtDay,
    AtName,
    AtStart,
    AtToday,
    InexactDate,
    KnownSize,
    KnownTime,
    Point,
    day_before,
    end_of_day,
    format_timestamp,
    is_name,
    parse_timestamp,
)
from planlog.errors import DateError, PointError
from planlog.testing.logs import inexact_dates

NO_DATES = (
    "",
    " ",
    "x",
    "23",
    "202",
    "20233",
    "2023-",
    "2023-1",
    "2023-3-16",
    "2023-03-",
    "2023-03-1",
    "2023-03-016",
    "2023-03-16-01",
    "20230316",
    "202303",
    "2023/03/16",
    "16.03.2023",
    "2023-W11-4",
    "2023-075",
    "-2023",
    "+2023",
    "+002023-03-16",
    "2023-13",
    "2023-00",
    "2023-00-01",
    "2023-01-00",
    "2023-02-29",
    "2023-02-30",
    "2023-04-31",
    "2023-12-32",
    "2100-02-29",
    "0000",
    "0000-01",
    "0000-01-01",
    "２０２３",
    "٢٠٢٣-٠٣-١٦",
    "2023-0३",
    "2023\u201103",
    "2023-03-16 ",
    " 2023-03-16",
    "2023-03-16\n",
    "\u200b2023",
    "2023-03-16T00:00:00",
    "2023-03-16T08:15:00Z",
    "2023-03-16Z",
    "today",
    "stk-3",
    "/",
    "2023/",
    "/2023",
    "2023//2024",
    "2023/2024/2025",
    "2023-01/02",
    "2023-03-16--2023-03-17",
    "2023-03-16/17",
    "2023-03-16/P1D",
    "2023/..",
    "../2023",
    "2023 / 2024",
    "2023-02-30/2023-03-01",
    "2023-02-01/2023-02-30",
)

REVERSED = (
    "2023-03-16/2023-03-15",
    "2023-03/2023-02",
    "2023/2022",
    "2023/2022-12",
    "2023-01-02/2023-01-01",
    "2024/2023-12-31",
)


class TestInexactDateParse:
    """Tests for `InexactDate.parse`."""

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2023-03-16", "2023-03-16", "2023-03-16"),
            ("2023-03", "2023-03-01", "2023-03-31"),
            ("2023-02", "2023-02-01", "2023-02-28"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-02-29", "2024-02-29", "2024-02-29"),
            ("2100-02", "2100-02-01", "2100-02-28"),
            ("2023", "2023-01-01", "2023-12-31"),
            ("0001", "0001-01-01", "0001-12-31"),
            ("9999-12", "9999-12-01", "9999-12-31"),
            ("2020-09-18/2023-03-16", "2020-09-18", "2023-03-16"),
            ("2020-09/2023", "2020-09-01", "2023-12-31"),
            ("2020/2023-03-16", "2020-01-01", "2023-03-16"),
            ("2023/2023-03", "2023-01-01", "2023-03-31"),
            ("2023-03/2023-03-01", "2023-03-01", "2023-03-01"),
            ("2023-03-16/2023-03-16", "2023-03-16", "2023-03-16"),
        ],
    )
    def test_day_month_year_or_interval(self, text: str, first: str, last: str) -> None:
        """A date means every day from the first day of its beginning to the last of its end."""
        on = InexactDate.parse(text)
        assert (date.fromisoformat(first), date.fromisoformat(last)) == (on.first, on.last)

    @pytest.mark.parametrize("text", NO_DATES)
    def test_malformed(self, text: str) -> None:
        """What is no date is refused, never guessed at, and the error shows it."""
        with pytest.raises(DateError, match="expected a date") as caught:
            InexactDate.parse(text)
        assert text == caught.value.value

    @pytest.mark.parametrize("text", REVERSED)
    def test_reversed(self, text: str) -> None:
        """An interval whose last day is before its first is refused."""
        with pytest.raises(DateError, match=f"got '{text}'"):
            InexactDate.parse(text)

    def test_written_differently(self) -> None:
        """Two dates are equal when they are written alike, not when they mean the same days."""
        assert InexactDate.parse("2023") == InexactDate.parse("2023")
        assert InexactDate.parse("2023") != InexactDate.parse("2023-01/2023-12")

    @given(inexact_dates())
    def test_printed(self, on: InexactDate) -> None:
        """Reading what was printed gives the same date; its first day is never after its last."""
        again = InexactDate.parse(str(on))
        assert (on, on.first, on.last) == (again, again.first, again.last)
        assert on.first <= on.last

    @given(st.text(alphabet="0123456789-/ T:Z٣x", max_size=22))
    def test_any_text(self, text: str) -> None:
        """Any text is either a date that prints as itself, or refused."""
        with suppress(DateError):
            assert text == str(InexactDate.parse(text))


class TestInexactDateOf:
    """Tests for `InexactDate.of`."""

    def test_date(self) -> None:
        """A day of the calendar is an exact date."""
        assert InexactDate.parse("2023-03-16") == InexactDate.of(date(2023, 3, 16))

    def test_text(self) -> None:
        """A text is read."""
        assert InexactDate.parse("2023-03") == InexactDate.of("2023-03")

    def test_inexact_date(self) -> None:
        """An inexact date is left as it is."""
        on = InexactDate.parse("2020/2021")
        assert on is InexactDate.of(on)

    def test_timestamp(self) -> None:
        """A moment is not a day: its time zone would decide which."""
        with pytest.raises(DateError, match="2023-03-16T08:15:00"):
            InexactDate.of(datetime(2023, 3, 16, 8, 15, tzinfo=UTC))

    @pytest.mark.parametrize("value", [5, None, ["2023"]])
    def test_no_text(self, value: Any) -> None:
        """What is neither a day nor a text is no date."""
        with pytest.raises(DateError):
            InexactDate.of(value)


class TestInexactDateExact:
    """Tests for `InexactDate.exact`."""

    @pytest.mark.parametrize("text", ["2023-03-16", "2023-03-16/2023-03-16"])
    def test_one_day(self, text: str) -> None:
        """A date that leaves one day is exact, however it is written."""
        assert InexactDate.parse(text).exact

    @pytest.mark.parametrize("text", ["2023-03", "2023", "2023-03-16/2023-03-17"])
    def test_several_days(self, text: str) -> None:
        """A date that leaves several days is not."""
        assert not InexactDate.parse(text).exact


class TestIsName:
    """Tests for `is_name`."""

    @pytest.mark.parametrize(
        "text", ["stk-3", "akteurworkshop-2020", "a", "7", "2020-workshop", "20233", "2023-", "a--"]
    )
    def test_name(self, text: str) -> None:
        """Small letters, digits and hyphens, not beginning with a hyphen, make a name."""
        assert is_name(text)

    @pytest.mark.parametrize(
        "text",
        ["", "-stk", "Stk-3", "stk_3", "stk 3", "stk-3\n", "größe", "stk.3", "stk/3", "stk@3", "٣"],
    )
    def test_other_characters(self, text: str) -> None:
        """Nothing else does."""
        assert not is_name(text)

    @pytest.mark.parametrize(
        "text", ["2023", "2023-03", "2023-03-16", "2023-13", "0000", "today", "start"]
    )
    def test_date_or_reserved(self, text: str) -> None:
        """A name may not read as a date, even as a wrong one, or as a word that means a point."""
        assert not is_name(text)


class TestParseTimestamp:
    """Tests for `parse_timestamp`."""

    def test_utc(self) -> None:
        """A timestamp is an aware moment in UTC."""
        expected = datetime(2026, 11, 22, 8, 15, tzinfo=UTC)
        assert expected == parse_timestamp("2026-11-22T08:15:00Z")
        assert timedelta(0) == parse_timestamp("2026-11-22T08:15:00Z").utcoffset()

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2026-11-22",
            "2026-11-22T08:15:00",
            "2026-11-22T08:15Z",
            "2026-11-22T08:15:00z",
            "2026-11-22t08:15:00Z",
            "2026-11-22 08:15:00Z",
            "2026-11-22T08:15:00.5Z",
            "2026-11-22T08:15:00+00:00",
            "2026-11-22T08:15:00+02:00",
            "2026-13-22T08:15:00Z",
            "2026-02-30T08:15:00Z",
            "2026-11-22T25:15:00Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22T08:60:00Z",
            "2016-12-31T23:59:60Z",
            "0000-01-01T00:00:00Z",
            "2026-11-22T08:15:00Z\n",
            "2026-11-22T0٨:15:00Z",
        ],
    )
    def test_malformed(self, text: str) -> None:
        """Any other form, zone, precision or impossible moment is refused."""
        with pytest.raises(DateError, match="expected a date"):
            parse_timestamp(text)


class TestFormatTimestamp:
    """Tests for `format_timestamp`."""

    @given(st.datetimes(timezones=st.just(UTC)))
    def test_read_again(self, moment: datetime) -> None:
        """Reading what was written gives the moment to the second."""
        assert moment.replace(microsecond=0) == parse_timestamp(format_timestamp(moment))

    def test_other_zone(self) -> None:
        """A moment elsewhere is written in UTC."""
        moment = datetime(2026, 11, 22, 9, 15, tzinfo=timezone(timedelta(hours=1)))
        assert "2026-11-22T08:15:00Z" == format_timestamp(moment)

    def test_early_year(self) -> None:
        """A year has four digits."""
        assert "0033-04-03T15:00:00Z" == format_timestamp(datetime(33, 4, 3, 15, tzinfo=UTC))


class TestPointParse:
    """Tests for `Point.parse`."""

    @pytest.mark.parametrize(
        ("text", "at"),
        [
            ("today", AtToday()),
            ("start", AtStart()),
            ("2023-03-16", AtDay(date(2023, 3, 16), "2023-03-16")),
            ("2023-02", AtDay(date(2023, 2, 28), "2023-02")),
            ("2023", AtDay(date(2023, 12, 31), "2023")),
            ("stk-3", AtName("stk-3")),
            ("before:stk-3", AtName("stk-3", before=True)),
            ("before", AtName("before")),
        ],
    )
    def test_at_alone(self, text: str, at: object) -> None:
        """A day, a month or year (its last day), a name or a word, as known from all there is."""
        point = Point.parse(text)
        assert (at, None) == (point.at, point.known)

    @pytest.mark.parametrize(
        ("text", "known"),
        [
            ("stk-3@#0", KnownSize(0)),
            ("stk-3@#58", KnownSize(58)),
            ("stk-3@2023-04-01", AtDay(date(2023, 4, 1), "2023-04-01")),
            ("stk-3@stk-2", AtName("stk-2")),
            ("stk-3@deck", AtName("deck")),
            (
                "stk-3@2026-11-22T08:15:00Z",
                KnownTime(datetime(2026, 11, 22, 8, 15, tzinfo=UTC)),
            ),
        ],
    )
    def test_at_and_known(self, text: str, known: object) -> None:
        """Behind the @: a day, a timestamp, a name, or the number of events."""
        point = Point.parse(text)
        assert (AtName("stk-3"), known) == (point.at, point.known)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "@",
            "@2023",
            "stk-3@",
            "stk-3@@",
            "stk-3@2023@2024",
            "Stk-3",
            "Today",
            "stk 3",
            " stk-3",
            "stk-3\n",
            "#58",
            "2026-11-22T08:15:00Z",
            "2023-13",
            "2023-02-30",
            "0000",
            "2020/2023",
            "16.03.2023",
            "before:",
            "before:today",
            "before:start",
            "before:2023-03-16",
            "before:before:stk-3",
            "BEFORE:stk-3",
            "stk-3@#",
            "stk-3@#-1",
            "stk-3@#+1",
            "stk-3@# 1",
            "stk-3@#1.0",
            "stk-3@#1_0",
            "stk-3@#0x1",
            "stk-3@#٣",
            "stk-3@#²",
            "stk-3@#" + "9" * 19,
            "stk-3@2023-02-30",
            "stk-3@2026-11-22T08:15Z",
            "stk-3@2026-11-22T25:15:00Z",
            "stk-3@2026-11-22T08:15:00+01:00",
            "stk-3@STK-2",
        ],
    )
    def test_malformed(self, text: str) -> None:
        """What is no point is refused as a whole, and the error shows the whole of it."""
        with pytest.raises(PointError, match="expected a point") as caught:
            Point.parse(text)
        assert text == caught.value.value


class TestPointOf:
    """Tests for `Point.of`."""

    def test_nothing(self) -> None:
        """Without a point, today is meant."""
        assert Point(AtToday()) == Point.of(None)

    def test_text(self) -> None:
        """A text is read."""
        assert Point(AtName("stk-3"), KnownSize(20)) == Point.of("stk-3@#20")

    def test_date(self) -> None:
        """A day of the calendar means its end."""
        assert Point.parse("2023-03-16") == Point.of(date(2023, 3, 16))

    def test_point(self) -> None:
        """A point is left as it is."""
        point = Point(AtStart())
        assert point is Point.of(point)

    def test_timestamp(self) -> None:
        """A moment is no day."""
        with pytest.raises(PointError, match="2023-03-16T08:15:00"):
            Point.of(datetime(2023, 3, 16, 8, 15, tzinfo=UTC))


class TestEndOfDay:
    """Tests for `end_of_day`."""

    def test_day(self) -> None:
        """The last second of the day in UTC."""
        assert parse_timestamp("2023-03-16T23:59:59Z") == end_of_day(date(2023, 3, 16))


class TestDayBefore:
    """Tests for `day_before`."""

    def test_first_of_a_month(self) -> None:
        """The day before the first of March is the last of February."""
        assert date(2024, 2, 29) == day_before(date(2024, 3, 1))

    def test_first_day_there_is(self) -> None:
        """Before the first day of the calendar there is none."""
        assert day_before(date.min) is None
