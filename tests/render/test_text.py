"""Texts of events made harmless for the place where they are shown."""

import csv
import io
import json
import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.formulas import unguarded
from planlog.render.text import (
    csv_text,
    json_lines,
    json_text,
    markdown_block,
    markdown_heading,
    markdown_inline,
    shortened,
    toml_text,
    visible,
    width_of,
    wrapped,
)

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
PLAIN = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp", "M")), max_size=60
)


class TestVisible:
    @pytest.mark.parametrize(
        ("expected", "text"),
        [
            (r"\x1b[2J", "\x1b[2J"),
            (r"\x00\x07\x7f\x9b", "\x00\x07\x7f\x9b"),
            (
                r"\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
                "\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
            ),
            (r"\u2028\u2029", "\u2028\u2029"),
            (r"\u200b\ufeff\xad", "\u200b\ufeff\xad"),
            (r"\U000e0041", "\U000e0041"),
            (r"\ud800", "\ud800"),
            (r"a\x09b", "a\tb"),
            ("a ⏎ b ⏎ c ⏎ d", "a\nb\r\nc\rd"),
        ],
    )
    def test_what_is_hidden_is_spelt_out(self, expected: str, text: str) -> None:
        """Each character that steers, turns or shows nothing is seen for what it is."""
        assert expected == visible(text)

    def test_what_is_seen_stays(self) -> None:
        """Umlauts, dashes, no-break spaces, signs of all scripts and emoji stay as they are."""
        text = "Straße – „z.\u00a0B.“ 住宅 سكن 🏡"
        assert text == visible(text)

    @given(TEXTS)
    def test_nothing_hidden_is_left(self, text: str) -> None:
        """Whatever goes in, what comes out is one line that steers nothing."""
        found = {unicodedata.category(character) for character in visible(text)}
        assert found.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


class TestWrapped:
    def test_breaks_between_words(self) -> None:
        """A line has as many words as fit."""
        assert ["Erhöhte", "Nachfrage", "nach", "Wohnraum"] == wrapped(
            "Erhöhte Nachfrage nach Wohnraum", 10
        )

    def test_breaks_an_interval_behind_its_slash(self) -> None:
        """The ends of an interval stay whole."""
        assert ["seit 2022-05-25/", "2023-03-16"] == wrapped("seit 2022-05-25/2023-03-16", 16)

    def test_breaks_what_is_too_long_alone(self) -> None:
        """A word longer than a line is cut."""
        assert ["xxx", "xxx", "x y"] == wrapped("xxxxxxx y", 3)

    def test_begins_lines_as_told(self) -> None:
        """The first line and the others have their beginnings, which count."""
        assert ["- ab", "  cd"] == wrapped("ab cd", 5, first="- ", others="  ")

    def test_no_line_begins_with_a_space_of_its_own(self) -> None:
        """Spaces at the beginning and where a line is broken are left out."""
        assert ["ab", "cd"] == wrapped("  ab   cd ", 3)

    def test_an_empty_text_is_an_empty_line(self) -> None:
        """Nothing to say takes a line all the same."""
        assert [""] == wrapped("", 10)

    def test_counts_places_and_not_characters(self) -> None:
        """Wide characters take two places, combining ones none."""
        assert ["住宅", "地域"] == wrapped("住宅地域", 5)
        assert ["u\u0308ber"] == wrapped("u\u0308ber", 4)

    def test_a_character_wider_than_the_line_stands_alone(self) -> None:
        """Even where nothing fits, every character is shown."""
        assert ["住", "宅"] == wrapped("住 宅", 1)

    @given(TEXTS.map(visible), st.integers(2, 30))
    def test_keeps_every_character(self, text: str, width: int) -> None:
        """No line is too wide, and nothing is lost but spaces."""
        lines = wrapped(text, width)
        assert all(width_of(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


class TestShortened:
    def test_says_that_something_is_missing(self) -> None:
        """What is cut off ends in an ellipsis."""
        assert "Haus u…" == shortened("Haus und Hof", 7)
        assert "Haus…" == shortened("Haus und Hof", 6)

    def test_leaves_what_fits(self) -> None:
        """A text that is short enough stays."""
        assert "Haus" == shortened("Haus", 4)


class TestMarkdown:
    @pytest.mark.parametrize(
        ("expected", "text"),
        [
            (r"a \| b", "a | b"),
            (r"\`x\` \*y\* \_z\_ \~w\~", "`x` *y* _z_ ~w~"),
            (r"\[x\](y) !\[z\](w)", "[x](y) ![z](w)"),
            ("&lt;b&gt; &amp;lt; A &amp; B", "<b> &lt; A & B"),
            (r"a\\", "a\\"),
            ("a ⏎ b", "a\nb"),
            ("x", "    x  "),
            (r"\$x\$", "$x$"),
        ],
    )
    def test_shows_markup_as_it_is_written(self, expected: str, text: str) -> None:
        """What would be markup is shown."""
        assert expected == markdown_inline(text)

    @pytest.mark.parametrize(
        ("expected", "text"),
        [
            (r"1\. Wohnen", "1. Wohnen"),
            (r"12\) Wohnen", "12) Wohnen"),
            (r"\- a", "- a"),
            (r"\+ a", "+ a"),
            (r"\# a", "# a"),
            (r"\===", "==="),
            ("&gt; a", "> a"),
            ("2023-03-16: a", "2023-03-16: a"),
        ],
    )
    def test_begins_nothing_at_the_beginning_of_a_line(self, expected: str, text: str) -> None:
        """No text begins a list, a heading or a quotation."""
        assert expected == markdown_block(text)

    def test_a_heading_keeps_its_marks(self) -> None:
        """Marks at the end of a heading belong to its text, and its number begins no list."""
        assert r"1. Wohnen \#\#" == markdown_heading("1. Wohnen ##")


class TestCsv:
    @pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "\n"])
    def test_no_cell_is_a_formula(self, mark: str) -> None:
        """A cell that begins like a formula has an apostrophe in front."""
        rows = list(csv.reader(io.StringIO(csv_text(["a"], [[f"{mark}1+1"]]))))
        assert rows[1][0].startswith("'")

    def test_quotes_where_it_must(self) -> None:
        """Commas, quotation marks, line breaks and spaces at the ends are kept by quotation."""
        text = csv_text(["a", "b"], [["x,y", 'z"w'], ["1\n2", " 3"], [None, 4]])
        assert 'a,b\n"x,y","z""w"\n"1\n2"," 3"\n,4\n' == text

    def test_numbers_that_are_labels_stay(self) -> None:
        """Nothing is taken for a number."""
        assert "a\n1.10\n007\n" == csv_text(["a"], [["1.10"], ["007"]])

    def test_steers_no_terminal(self) -> None:
        """What is hidden is spelt out; line breaks and tabs belong to the data."""
        text = csv_text(["a"], [["b\x1b\u202e\tc\rd\r\ne"]])
        assert 'a\n"b\\x1b\\u202e\tc\nd\ne"\n' == text

    @given(st.lists(st.lists(PLAIN, min_size=2, max_size=2), max_size=4))
    def test_reads_back(self, rows: list[list[str]]) -> None:
        """What any reader of CSV gets is what was written, but for the guard of formulas."""
        text = csv_text(["a", "b"], rows)
        read = list(csv.reader(io.StringIO(text, newline="")))[1:]
        marks = ("=", "+", "-", "@")
        assert not any(cell.startswith(marks) for row in read for cell in row)
        assert rows == [[unguarded(cell) for cell in row] for row in read]


class TestToml:
    @given(TEXTS)
    def test_reads_back_and_steers_no_terminal(self, text: str) -> None:
        """A text between double quotes stays what it is; what people see is harmless."""
        quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
        written = toml_text(f"a = {quoted}\n")
        assert {"a": text} == tomllib.loads(written)
        found = {unicodedata.category(character) for character in written.replace("\n", "")}
        assert found.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})


class TestJson:
    @given(TEXTS)
    def test_reads_back_and_steers_no_terminal(self, text: str) -> None:
        """What programs get is what was written; what people see is harmless."""
        for written in (json_text([text]), json_lines([[text]])):
            assert [text] == json.loads(written)
            found = {unicodedata.category(character) for character in written.replace("\n", "")}
            assert found.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})

    def test_is_not_ascii_only(self) -> None:
        """Umlauts and other scripts stay readable."""
        assert '[\n  "Maßnahme 住"\n]\n' == json_text(["Maßnahme 住"])

    def test_takes_lines_that_are_written_already(self) -> None:
        """A stored line stays as it is, but for what a terminal must not see."""
        assert '{"a":"ä"}\n{"a":"\\u009b"}\n' == json_lines(['{"a":"ä"}', '{"a":"\x9b"}'])
