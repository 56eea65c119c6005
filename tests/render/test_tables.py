"""Tables of fixed width."""

import subprocess
import sys

import pytest

from planlog.render.style import Style
from planlog.render.tables import Column, Part, Table, cell, drawn


def table(*rows: tuple[str, ...], headings: tuple[str, ...] = ("a", "b")) -> Table:
    """A table of simple texts."""
    return Table(tuple(map(Column, headings)), tuple(tuple(map(cell, texts)) for texts in rows))


class TestDrawn:
    def test_a_column_is_as_wide_as_it_must_be(self) -> None:
        """What is short takes little room."""
        assert "a     b\n----  -\nlong  x\n" == drawn(table(("long", "x")))

    @pytest.mark.parametrize("label", ["1.10", "007", "1e5", "0x10", "nan", "True", "-1", "1_0"])
    def test_labels_are_no_numbers(self, label: str) -> None:
        """A label that looks like a number stays as it is written."""
        assert label in drawn(table((label, "x"))).splitlines()[2].split()

    def test_the_widest_column_gives_way(self) -> None:
        """Where there is too little room, long texts are broken and short ones stay."""
        lines = drawn(table(("16", "Wort " * 20)), Style(width=30)).splitlines()
        assert ["16  Wort Wort Wort Wort Wort", "    Wort Wort Wort Wort Wort"] == lines[2:4]

    def test_only_the_first_line_of_a_row_stands_at_the_margin(self) -> None:
        """What goes on in the first column is indented there, so that it passes for no row."""
        wide = Table((Column("a", most=16),), ((cell("Wort Wort Wort Wort", "mehr"),),))
        assert ["Wort Wort Wort", "  Wort", "  mehr"] == drawn(wide).splitlines()[2:]

    def test_wide_columns_share(self) -> None:
        """Two columns that want more than there is get the same."""
        lines = drawn(table(("x" * 99, "y" * 99)), Style(width=22)).splitlines()
        assert "xxxxxxxxxx  yyyyyyyyyy" == lines[2]

    def test_a_column_may_be_limited(self) -> None:
        """No column gets wider than it may, even if there is room."""
        limited = Table((Column("a", most=4),), ((cell("Wort Wort"),),))
        assert "a\n----\nWort\nWort\n" == drawn(limited)

    def test_never_gets_too_narrow_to_read(self) -> None:
        """In a very narrow terminal the table is wider than that."""
        assert "Wörter" in drawn(table(("Wörter", "Wörter")), Style(width=3))

    def test_numbers_stand_on_the_right(self) -> None:
        """A column may have its cells on the right, also where they have several lines."""
        numbers = Table(
            (Column("a", right=True), Column("b")),
            ((cell("7"), cell("x")), ((Part("12"), Part("n = 3")), cell("y"))),
        )
        assert "    a  b\n-----  -\n    7  x\n   12  y\nn = 3\n" == drawn(numbers)

    def test_parts_begin_on_lines_of_their_own(self) -> None:
        """A cell can have several parts; a mark hangs out in front of a part's lines."""
        parts = (Part("Titel"), Part("eine Erläuterung", mark="– "))
        shown = drawn(Table((Column(""),), ((parts,),)), Style(width=16))
        assert "Titel\n  – eine\n    Erläuterung\n" == shown

    def test_without_headings_there_is_no_rule(self) -> None:
        """Columns without headings begin with their first row."""
        assert "x  y\n" == drawn(table(("x", "y"), headings=("", "")))

    def test_without_rows_the_headings_stand_alone(self) -> None:
        """A table can be empty."""
        assert "a  b\n-  -\n" == drawn(table())

    def test_a_row_that_tabulate_would_take_for_a_rule_stays(self) -> None:
        """No text draws a line through the table."""
        assert r"\x01" in drawn(table(("\x01", "x")))

    def test_empty_cells_keep_their_place(self) -> None:
        """What stands behind an empty cell stays in its column."""
        assert "   x" == drawn(table(("", "x"))).splitlines()[2]

    def test_colours_take_no_room(self) -> None:
        """Columns stand where they would without colour."""
        row = ((Part("x", "good"),), cell("y"))
        shown = drawn(Table((Column("abc"), Column("d")), (row,)), Style(color=True))
        assert "\x1b[32mx\x1b[0m    y" == shown.splitlines()[2]


class TestStart:
    def test_tabulate_is_loaded_only_to_draw(self) -> None:
        """Answers for programs do not wait for what draws tables."""
        modules = ("plan", "measure", "history", "events", "findings")
        imports = "; ".join(f"import planlog.render.{name}" for name in modules)
        code = f"import sys; {imports}; sys.exit('tabulate' in sys.modules or 'csv' in sys.modules)"
        subprocess.run([sys.executable, "-c", code], check=True)
