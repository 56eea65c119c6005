"""How numbers are stored and shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.tables.files.formats import number, plain, shown, unmarked


class TestNumber:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("7", 7),
            ("-7.0", -7),
            (".5", 0.5),
            ("1.1000000000000001", 1.1),
            ("1E+2", 100),
            ("12345678901234567890", 12345678901234567890),
            ("1e300", 1e300),
            ("9007199254740993.5", 9007199254740993.5),
        ],
    )
    def test_reads(self, text: str, value: float) -> None:
        """A number is read; a whole one is an integer, however it is stored."""
        assert value == number(text)
        assert type(value) is type(number(text))

    @pytest.mark.parametrize(
        "text", ["", "x", "nan", "inf", "1e999", "-1e999", "1_000", "1,5", "٣"]
    )
    def test_refuses(self, text: str) -> None:
        """What no spreadsheet program stores is no number."""
        with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
            number(text)

    @given(st.floats(-1e15, 1e15))
    def test_is_the_inverse_of_the_plain_text(self, value: float) -> None:
        """What is stored as plain text comes back."""
        assert value == number(plain(value))


class TestShown:
    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (7, "General", None),
            (7, "@", None),
            (7, "0", None),
            (7.4, "0", "7"),
            (0.30000000000000004, "General", "0.3"),
            (7, "000", "007"),
            (1.1, "0.00", "1.10"),
            (1.1, "0.0", None),
            (1.25, "0.0", "1.3"),
            (1.1, "0.0##", None),
            (-1.1, "0.00", "-1.10"),
            (0.5, "0%", "50%"),
            (1234.5, '#,##0.00\\ "€"', "1234.50 €"),
            (1234.5, "#,##0.00\\ [$€-407]", "1234.50 €"),
            (-5, "0;(0)", "(5)"),
            (5, "0_);(0)", None),
            (0, '0;-0;"–"', "–"),
            (0, "0;-0;", ""),
            (5, "[Red]0", None),
            (5, '"Nr. "0', "Nr. 5"),
            (5, "*x0", None),
            (0.5, "#.0", ".5"),
            (5, "0.", "5."),
            (5, "[>3]0;00", "5 [[>3]0;00]"),
            (12345, "000-00", "12345 [000-00]"),
            (0.5, "# ?/?", "0.5 [# ?/?]"),
            (1500, "0,", "1500 [0,]"),
            (1500, "0.00E+00", "1500 [0.00E+00]"),
            (5, "0.0.0", "5 [0.0.0]"),
            (1e300, "0.00", "1e+300 [0.00]"),
        ],
    )
    def test_shows(self, value: float, code: str, text: str | None) -> None:
        """What a format changes is told as it is seen, or with the format if that is beyond us."""
        assert text == shown(value, code)


class TestUnmarked:
    @pytest.mark.parametrize(
        ("text", "value", "result"),
        [
            ("7", 7, None),
            ("007", 7, "007"),
            ("1,10", 1.1, "1.10"),
            ("1.10", 1.1, "1.10"),
            ("1.100", 1100, None),
            ("1.100", 1.1, "1.100"),
            ("1.234.567,50 €", 1234567.5, "1234567.50 €"),
            ("1,234.50", 1234.5, "1234.50"),
            ("1 234,5", 1234.5, None),
            ("-3,50", -3.5, "-3.50"),
            ("50 %", 0.5, "50 %"),
            ("0,33", 1 / 3, "0.33"),
            ("Nr. 5", 5, "Nr. 5"),
            ("16.03.2023", 45001, "16.03.2023"),
            ("TRUE", 1, "TRUE"),
        ],
    )
    def test_reads_marks(self, text: str, value: float, result: str | None) -> None:
        """Which mark parts the decimals is known by the value."""
        assert result == unmarked(text, value)
