"""Where the columns that a map names stand in a sheet."""

from typing import Any

import attrs
import pytest

from planlog.errors import TableError
from planlog.mappings import FrozenMapping
from planlog.tables.map import Map
from planlog.tables.rows.headings import headings
from planlog.tables.rows.statement import statement
from planlog.tables.rows.words import compared, tidy
from planlog.tables.sheets import Cell, Fault, Formula, Merged, Number, Sheet


def a_map(header: tuple[int, ...] = (1,), **columns: str) -> Map:
    """A map of an excerpt."""
    return Map(coverage="excerpt", columns=FrozenMapping(columns), header=header)


def read(map: Map, *rows: tuple[Cell, ...], merged: tuple[Merged, ...] = ()) -> list[Any]:
    """What the measures of a sheet state."""
    found = statement((Sheet("Plan", rows, merged),), map, "plan.xlsx")
    return [dict(one.cells) for one in found.measures]


def refusals(map: Map, *rows: tuple[Cell, ...], merged: tuple[Merged, ...] = ()) -> list[str]:
    """What is told of a sheet."""
    with pytest.raises(TableError) as caught:
        read(map, *rows, merged=merged)
    return str(caught.value).splitlines()


class TestTidy:
    """Tests for `tidy` and `compared`."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Maß-\nnahme", "Maßnahme"),
            ("Maß-\r\n  nahme", "Maßnahme"),
            ("Maß\u00adnahme", "Maßnahme"),
            ("Maßnahmen-\nNr.", "Maßnahmen-Nr."),
            ("2023-\n2024", "2023-2024"),
            ("Umsetzungs-stand", "Umsetzungs-stand"),
            ("Bezeichnung -\nkurz", "Bezeichnung - kurz"),
            ("Stand\n  2023 ", "Stand 2023"),
            ("U\u0308berblick", "Überblick"),
        ],
    )
    def test_tidy(self, text: str, expected: str) -> None:
        """A word that was broken to fit is put together; a hyphen that belongs to it stays."""
        assert expected == tidy(text)

    def test_compared(self) -> None:
        """Capitals and kinds of blanks do not count."""
        assert compared("MASSNAHME\u00a01") == compared("maßnahme  1")


class TestHeadings:
    """Tests for `headings`."""

    def test_one_row(self) -> None:
        """Whatever stands in the row is a heading, as a text."""
        row: tuple[Cell, ...] = ("Maß-\nnahme", None, Number(2023), Formula("=A1", "X"), Fault("#"))
        assert ("Maßnahme", "", "2023", "X", "#") == headings(Sheet("", (row,)), (1,))

    def test_two_rows(self) -> None:
        """Several rows are joined for each column, and what was spread by merging counts once."""
        sheet = Sheet("", (("Nr.", "Kosten", "Kosten"), ("Nr.", "2023", "2024", "Mehr")))
        assert ("Nr.", "Kosten 2023", "Kosten 2024", "Mehr") == headings(sheet, (1, 2))

    def test_beyond_the_end(self) -> None:
        """Rows that the sheet does not have hold no headings."""
        assert () == headings(Sheet("", ()), (1,))


class TestLocated:
    """Tests for `located`, by what is read."""

    def test_anywhere(self) -> None:
        """Columns stand in any order, under headings that only look like those of the map."""
        assert [{"title": "A", "number": "1"}] == read(
            a_map(title="MASSNAHME", number="nr."), ("Nr. ", None, "Maß-\nnahme"), ("1", "x", "A")
        )

    def test_one_column_for_two(self) -> None:
        """A column can be the key and the number at once, and rows can be kept by it as well."""
        columns = FrozenMapping({"measure": "Nr.", "number": "Nr."})
        map = Map(coverage="excerpt", columns=columns, where=FrozenMapping({"nr.": "7"}))
        (found,) = statement((Sheet("Plan", (("Nr.",), ("7",), ("8",))),), map, "a").measures
        assert ("7", "7") == (found.key, found.cells["number"])
        without = attrs.evolve(map, where=FrozenMapping())
        with pytest.raises(TableError, match=r"^a: Plan!A3: Nr\.: expected a text, got [^\n]+\Z"):
            statement((Sheet("Plan", (("Nr.",), ("7",), (Number(1.1),))),), without, "a")
        missing = "plan.xlsx: Plan!A1: Nr.: expected a column with this heading; did you mean 'Nr'?"
        assert [missing] == refusals(without, ("Nr",), ("7",))

    def test_two_rows(self) -> None:
        """A heading of two rows is named as one."""
        map = a_map((2, 3), title="Maßnahme", cost="Kosten 2024")
        assert [{"title": "A", "cost": "7"}] == read(
            map,
            ("Plan der Stadt",),
            ("Maßnahme", "Kosten", "Kosten"),
            ("Maßnahme", "2023", "2024"),
            ("A", "6", "7"),
        )

    def test_missing(self) -> None:
        """Every column that is not there is named, with the nearest that is, or with all."""
        first, second = refusals(
            a_map(title="Massnahmen", number="Zzz"), ("Maßnahme", "", "Nr."), ("A",)
        )
        expected = "expected a column with this heading"
        assert f"plan.xlsx: Plan!A1: Massnahmen: {expected}; did you mean 'Maßnahme'?" == first
        assert f"plan.xlsx: Plan!A1: Zzz: {expected}; there are 'Maßnahme', 'Nr.'" == second

    def test_missing_among_many(self) -> None:
        """A long row of headings is not told as a whole."""
        (told,) = refusals(a_map(title="Zzz"), tuple(f"Nr. {number}" for number in range(30)))
        assert told.endswith("'Nr. 19', …")

    def test_missing_where(self) -> None:
        """A column by which rows are kept has to be there, too."""
        map = Map(
            coverage="excerpt",
            columns=FrozenMapping({"title": "T"}),
            where=FrozenMapping({"Bericht": "2013"}),
        )
        assert [
            "plan.xlsx: Plan!A1: Bericht: expected a column with this heading; there are 'T'"
        ] == (refusals(map, ("T",), ("A",)))

    def test_elsewhere(self) -> None:
        """Where the headings stand in another row the remedy is the line that says so."""
        rows: tuple[tuple[Cell, ...], ...] = (("Plan 2023",), (), ("Nr.", "Maßnahme"), ("1", "A"))
        (told,) = refusals(a_map(number="Nr.", title="Maßnahme"), *rows)
        assert (
            "plan.xlsx: Plan!A1: expected the headings here, they seem to stand in row 3; say so "
            "in the map under [table]: header = 3"
        ) == told

    def test_elsewhere_in_two_rows(self) -> None:
        """Headings of two rows are found as well."""
        rows: tuple[tuple[Cell, ...], ...] = (("Plan",), ("Nr.", "Kosten"), ("Nr.", "2023"))
        (told,) = refusals(a_map(title="Nr.", cost="Kosten 2023"), *rows)
        assert told.endswith("header = [2, 3]")

    def test_doubled(self) -> None:
        """A heading that two columns have is refused at both, if the map names it."""
        assert [
            ("plan.xlsx: Plan!A1", "doubled-heading"),
            ("plan.xlsx: Plan!C1", "doubled-heading"),
        ] == self.doubled(("Stand", "Nr.", "stand"), ("A", "1", "B"))
        assert [{"title": "1"}] == read(a_map(title="Nr."), ("Stand", "Nr.", "Stand"), ("A", "1"))

    def doubled(self, *rows: tuple[Cell, ...], merged: Any = ()) -> list[tuple[str, str]]:
        """Where the heading of the title is doubled."""
        with pytest.raises(TableError) as caught:
            read(a_map(title="Stand"), *rows, merged=merged)
        return [(flaw.place, flaw.code) for flaw in caught.value.flaws]

    def test_merged(self) -> None:
        """A heading that is merged over columns is one, unless more than one of them is used."""
        over = (Merged(1, 1, 1, 2), Merged(2, 1, 2, 2))
        head: tuple[Cell, ...] = ("Stand", "Stand")
        rows: tuple[tuple[Cell, ...], ...] = (head, ("A", "A"), ("B", None), ("C",))
        assert ["A", "B", "C"] == [
            one["title"] for one in read(a_map(title="Stand"), *rows, merged=over)
        ]
        assert 2 == len(self.doubled(*rows, ("D", "E"), merged=over))

    def test_merged_beside(self) -> None:
        """A heading that stands outside of the merged ones is another one."""
        head: tuple[Cell, ...] = ("Stand", "Stand", "Stand")
        assert 3 == len(self.doubled(head, ("A",), merged=(Merged(1, 1, 1, 2),)))
        assert 3 == len(self.doubled(head, ("A",), merged=(Merged(1, 2, 1, 3),)))
