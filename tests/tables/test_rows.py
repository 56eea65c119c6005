"""The rows of a table to what a document states."""

from datetime import date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.errors import MOST_TOLD, TableError
from planlog.mappings import FrozenMapping
from planlog.tables.map import Map
from planlog.tables.rows.lists import joined, separated
from planlog.tables.rows.statement import MOST_BYTES, statement
from planlog.tables.sheets import Cell, Fault, Formula, Merged, Number, Sheet
from planlog.versions.statement import StatedMeasure

COLUMNS = {
    "measure": "ID",
    "field": "Handlungsfeld",
    "number": "Nr.",
    "title": "Maßnahme",
    "rank": "Rang",
    "stage": "Stand",
    "due": "Frist",
    "responsible": "Federführung",
    "note": "Bemerkung",
}

STAGES = {"angeschoben": "started", "in Prüfung": "proposed", "entfällt": "dropped:other"}


def a_map(*names: str, **more: Any) -> Map:
    """A map of some columns, for a complete table."""
    stages = FrozenMapping(STAGES) if "stage" in names else None
    settings = {"coverage": "complete", "stages": stages, **more}
    return Map(columns=FrozenMapping({name: COLUMNS[name] for name in names}), **settings)


def a_sheet(*rows: tuple[Cell, ...], **more: Any) -> Sheet:
    """A sheet called Plan."""
    return attrs.evolve(Sheet("Plan", tuple(rows)), **more)


def read(map: Map, *rows: tuple[Cell, ...], **more: Any) -> list[dict[str, Any]]:
    """What each measure of a sheet states, below the headings of *map*."""
    sheet = a_sheet((*map.headings.values(),), *rows, **more)
    return [dict(one.cells) for one in statement((sheet,), map, "plan.xlsx").measures]


def refusals(map: Map, *sheets: Sheet) -> list[tuple[str, str]]:
    """Where each flaw of a table is, behind the name of the file, and its code."""
    with pytest.raises(TableError) as caught:
        statement(sheets, map, "plan.xlsx")
    assert all(str(flaw) for flaw in caught.value.flaws)
    return [
        (flaw.place.removeprefix("plan.xlsx").removeprefix(": "), flaw.code)
        for flaw in caught.value.flaws
    ]


def refused(map: Map, *rows: tuple[Cell, ...], **more: Any) -> list[tuple[str, str]]:
    """The flaws of a sheet below the headings of *map*."""
    return refusals(map, a_sheet((*map.headings.values(),), *rows, **more))


def value(name: str, cell: Cell, **more: Any) -> Any:
    """What a cell of one column states."""
    names = {"title": ("title",), "rank": ("title", "field", "rank")}.get(name, ("title", name))
    map = a_map(*names, **more)
    cells = {"title": "A", "field": "Wohnen", name: cell}
    return read(map, tuple(cells[one] for one in names))[0].get(name)


def code(name: str, cell: Cell, **more: Any) -> str:
    """Why a cell of one column is refused."""
    with pytest.raises(TableError) as caught:
        value(name, cell, **more)
    (flaw,) = caught.value.flaws
    assert COLUMNS[name] == flaw.key
    assert str(flaw)
    return flaw.code


class TestStatement:
    """Tests for `statement`."""

    def test_complete(self) -> None:
        """A complete table states every column of every measure; nothing there is a value, too."""
        map = a_map("measure", "field", "number", "title", "rank", "stage")
        sheet = a_sheet(
            ("ID", "Handlungsfeld", "Nr.", "Maßnahme", "Rang", "Stand", "Notiz"),
            ("w-1", "Wohnen", "1", " Treff ", Number(1), "Angeschoben", Fault("#REF!")),
            ("w-2", "Wohnen", None, "Hof"),
        )
        found = statement((sheet,), map, "plan.xlsx")
        assert "complete" == found.coverage
        assert ("title", "field", "number", "phase", "stage", "rank") == found.attributes
        assert (
            StatedMeasure(
                place="plan.xlsx: Plan!A2",
                key="w-1",
                cells=FrozenMapping(
                    {
                        "title": "Treff",
                        "field": "Wohnen",
                        "number": "1",
                        "phase": "started",
                        "stage": "Angeschoben",
                        "rank": 1,
                    }
                ),
            ),
            StatedMeasure(
                place="plan.xlsx: Plan!A3",
                key="w-2",
                cells=FrozenMapping(
                    {
                        "title": "Hof",
                        "field": "Wohnen",
                        "number": None,
                        "phase": "proposed",
                        "stage": None,
                        "rank": None,
                    }
                ),
            ),
        ) == found.measures

    def test_excerpt(self) -> None:
        """In an excerpt an empty cell states nothing, and no phase follows from it."""
        map = a_map("title", "stage", "responsible", coverage="excerpt")
        assert [{"title": "A"}] == read(map, ("A", " ", None))

    def test_words_for_nothing(self) -> None:
        """What the map says to stand for an empty cell states as much as one, as a whole only."""
        words = {"empty": ("-", "fehlt"), "stages": FrozenMapping({"fehlt": "started"})}
        map = a_map("title", "stage", "note", **words)
        assert [{"title": "A", "stage": None, "phase": "proposed", "note": "-1"}] == read(
            map, ("A", "Fehlt ", "-1")
        )
        assert [{"title": "A"}] == read(attrs.evolve(map, coverage="excerpt"), ("A", "fehlt", "-"))
        assert [{"title": "A", "note": "0"}] == read(
            attrs.evolve(map, coverage="excerpt", empty=("0",)), ("A", None, Number(0))
        )

    def test_dropped(self) -> None:
        """A status word says why a measure was dropped where the map knows."""
        assert {"phase": "dropped", "cause": "other", "stage": "Entfällt ", "title": "A"} == {
            **read(a_map("title", "stage"), ("A", "Entfällt "))[0],
            "stage": "Entfällt ",
        }

    def test_free_stages(self) -> None:
        """Without status words in the map a stage is a text and says nothing of the phase."""
        assert [{"title": "A", "stage": "halb"}] == read(
            a_map("title", "stage", stages=None), ("A", "halb")
        )

    def test_phases(self) -> None:
        """A column of phases has planlog's words unless the map gives others; it alone decides."""
        columns = FrozenMapping({"title": "T", "phase": "P", "stage": "S"})
        map = Map(coverage="complete", columns=columns)
        assert [
            {"title": "A", "phase": "started", "stage": "x"},
            {"title": "B", "phase": "dropped", "cause": "rejected", "stage": None},
            {"title": "C", "phase": "proposed", "stage": None},
        ] == read(map, ("A", " Started", "x"), ("B", "dropped:rejected"), ("C",))
        german = attrs.evolve(map, phases=FrozenMapping({"läuft": "ongoing"}))
        assert [{"title": "A", "phase": "ongoing", "stage": None}] == read(german, ("A", "Läuft"))
        assert [("Plan!B2", "unknown-status")] == refused(german, ("A", "started"))
        assert [("Plan!B2", "no-cause"), ("Plan!B3", "unknown-phase")] == refused(
            map, ("A", "dropped"), ("B", "xyz")
        )

    def test_replaced(self) -> None:
        """What was replaced can be stated by the words of a table."""
        map = a_map("title", "stage", stages=FrozenMapping({"ersetzt": "replaced"}))
        assert "replaced" == read(map, ("A", "ersetzt"))[0]["phase"]

    def test_empty_rows(self) -> None:
        """Rows that say nothing under the mapped headings are no measures."""
        map = a_map("title", "number")
        sheet = a_sheet(("Maßnahme", "Nr.", "X"), ("A",), (), (None, " ", "prefilled"), ("B", "2"))
        found = statement((sheet,), map, "a")
        assert ["A", "B"] == [one.cells["title"] for one in found.measures]

    def test_repeated_headings(self) -> None:
        """Headings that a page break repeats are no measure; half of them are read as one."""
        map = a_map("title", "stage")
        assert ["A", "B"] == [
            one["title"] for one in read(map, ("A",), ("MASSNAHME", "Stand "), ("B",))
        ]
        assert [("Plan!B2", "unknown-status")] == refused(map, ("Maßnahme", "Status"))

    def test_repeated_headings_in_two_rows(self) -> None:
        """Headings in two rows are repeated as two rows."""
        map = Map(
            coverage="excerpt",
            columns=FrozenMapping({"title": "Name", "cost": "Kosten in Euro"}),
            header=(1, 2),
        )
        block: tuple[tuple[Cell, ...], ...] = (("Name", "Kosten"), (None, "in Euro"))
        sheet = a_sheet(*block, ("A", "7"), *block, ("B", "8"))
        found = statement((sheet,), map, "a")
        assert ["7", "8"] == [one.cells["cost"] for one in found.measures]

    def test_repeated_headings_merged_from_above(self) -> None:
        """Where headings reach up to the row of a group, that row is repeated as well.

        A text above them that reaches no heading, such as a title, is not one of them.
        """
        map = Map(
            coverage="excerpt",
            columns=FrozenMapping({"title": "Name", "cost": "Kosten"}),
            header=(3,),
        )
        block: tuple[tuple[Cell, ...], ...] = (("Name", "2023"), ("Name", "Kosten"))
        merged = (Merged(1, 1, 1, 2), Merged(2, 1, 3, 1), Merged(5, 1, 6, 1))
        sheet = a_sheet(("Plan", "Plan"), *block, ("A", "7"), *block, ("Plan", "Plan"))
        found = statement((attrs.evolve(sheet, merged=merged),), map, "a")
        assert ["A", "Plan"] == [one.cells["title"] for one in found.measures]

    def test_repeated_headings_below_another_first(self) -> None:
        """A row is known again also by the column that has another text in each row of them."""
        map = Map(
            coverage="excerpt",
            columns=FrozenMapping({"cost": "Kosten", "title": "Name"}),
            header=(2,),
        )
        block: tuple[tuple[Cell, ...], ...] = (("Name", "2023"), ("Name", "Kosten"))
        sheet = a_sheet(*block, ("A", "7"), *block, ("B", "8"), merged=(Merged(1, 1, 2, 1),))
        found = statement((sheet,), map, "a")
        assert ["A", "B"] == [one.cells["title"] for one in found.measures]

    def test_skipped(self) -> None:
        """Rows that the map leaves out are not looked at."""
        map = a_map("title", skip=((3, 4),))
        assert [{"title": "A"}, {"title": "B"}] == read(
            map, ("A",), (Fault("#REF!"),), ("Summe",), ("B",)
        )

    def test_where(self) -> None:
        """Of a table with several reports only the rows of one are taken."""
        map = a_map("title", where=FrozenMapping({"Bericht": "2013", "Gilt": "TRUE"}))
        sheet = a_sheet(
            ("Maßnahme", "Bericht", "Gilt"),
            ("A", Number(2013), True),
            ("B", "2015", True),
            ("C", "2013 ", False),
            ("D",),
        )
        assert ["A"] == [one.cells["title"] for one in statement((sheet,), map, "a").measures]

    def test_where_it_cannot_be_told(self) -> None:
        """A row is not left out because of an error in the column that decides."""
        map = a_map("title", where=FrozenMapping({"Bericht": "2013"}))
        sheet = a_sheet(("Maßnahme", "Bericht"), ("A", Fault("#REF!")), ("B", "2013"))
        assert [("Plan!B2", "error-cell")] == refusals(map, sheet)

    def test_where_empty(self) -> None:
        """A row can be kept for having nothing under a heading."""
        map = a_map("title", where=FrozenMapping({"Ende": ""}))
        sheet = a_sheet(("Maßnahme", "Ende"), ("A", "2013"), ("B", None), ("C",))
        assert ["B", "C"] == [one.cells["title"] for one in statement((sheet,), map, "a").measures]

    def test_sections(self) -> None:
        """A row with one text, or one merged over it, names the field of the rows below."""
        map = a_map("title", "number", sections="field")
        assert [
            {"title": "A", "number": "1", "field": "Wohnen"},
            {"title": "B", "number": "2", "field": "Wohnen"},
            {"title": "C", "number": "1", "field": "Soziales"},
        ] == read(
            map,
            ("Wohnen", "Wohnen"),
            ("A", "1"),
            (None, None),
            ("B", "2"),
            (None, "Soziales"),
            ("C", "1"),
            merged=(Merged(2, 1, 2, 2),),
        )

    def test_sections_that_cannot_be_read(self) -> None:
        """A field that is an error is told once, not once more for every row below it."""
        map = a_map("title", "number", sections="field")
        assert [("Plan!A2", "error-cell")] == refused(
            map, (Fault("#REF!"),), ("A", "1"), ("B", "1")
        )

    def test_before_any_section(self) -> None:
        """A measure above the first field has none, which is hardly meant."""
        map = a_map("title", "number", sections="field")
        assert [("Plan!A2", "no-section")] == refused(map, ("A", "1"), ("Wohnen",), ("B", "1"))

    def test_merged_downward(self) -> None:
        """A field that is merged over its rows counts for each, and for no row that is empty."""
        map = a_map("field", "title")
        rows: tuple[tuple[Cell, ...], ...] = (("Wohnen", "A"), ("Wohnen", "B"), ("Wohnen", None))
        assert [{"field": "Wohnen", "title": "A"}, {"field": "Wohnen", "title": "B"}] == read(
            map, *rows, merged=(Merged(2, 1, 4, 1),)
        )
        assert [("Plan!B4", "unidentified")] == refused(map, *rows)

    def test_merged_downward_is_no_section(self) -> None:
        """A cell that goes on from above begins no field of its own."""
        map = a_map("title", "number", sections="field")
        rows: tuple[tuple[Cell, ...], ...] = (("Wohnen",), ("A", "1"), ("A", None), ("B", "2"))
        assert ["Wohnen"] * 2 == [
            one["field"] for one in read(map, *rows, merged=(Merged(3, 1, 4, 1),))
        ]

    def test_none(self) -> None:
        """A complete table without a measure would drop all; an excerpt may well mention none."""
        assert [("", "no-rows")] == refused(a_map("title"))
        assert [] == read(a_map("title", coverage="excerpt"))

    def test_exact(self) -> None:
        """What planlog wrote itself keeps the blanks at the ends of its texts."""
        map = a_map("measure", "title", "note", exact=True)
        assert [{"title": " A ", "note": "x\n"}] == read(map, ("w-1 ", " A ", "x\n"))

    def test_too_long(self) -> None:
        """A row that no event can hold is refused at its longest text."""
        long = "x" * MOST_BYTES
        assert [("Plan!B2", "row-too-long")] == refused(a_map("title", "note"), ("A", long))
        assert [{"title": "A", "note": long[1:]}] == read(a_map("title", "note"), ("A", long[1:]))


class TestAnySheet:
    """What holds for whatever a sheet may hold."""

    CELLS = st.one_of(
        st.none(),
        st.sampled_from([*COLUMNS.values(), "1", "2.", "angeschoben", "2023", "a;b"]),
        st.text(max_size=3),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.builds(Number, st.integers() | st.floats(), st.none() | st.just("007")),
        st.builds(Formula, st.just("=A1"), st.none() | st.just(Fault("#N/A")) | st.just("x")),
        st.builds(Fault, st.just("#REF!")),
    )
    ROWS = st.lists(st.lists(CELLS, max_size=9).map(tuple), max_size=6).map(tuple)
    MAPS = (
        a_map(*COLUMNS),
        a_map("title", "number", "rank", "stage", sections="field", formulas=True),
        a_map("measure", "note", "due", coverage="excerpt", where=FrozenMapping({"Nr.": "1"})),
    )

    @given(ROWS, st.sampled_from(MAPS), st.booleans(), st.tuples(*[st.integers(1, 9)] * 4))
    def test_reads_or_refuses(
        self,
        rows: tuple[tuple[Cell, ...], ...],
        map: Map,
        headed: bool,
        merged: tuple[int, int, int, int],
    ) -> None:
        """A sheet is read or refused, whatever it holds; what is read has all that it should."""
        first, left, last, right = merged
        one = Merged(min(first, last), min(left, right), max(first, last), max(left, right))
        head = (*map.headings.values(), *map.where) if headed else ()
        sheet = a_sheet(head, *rows, merged=(one,))
        try:
            found = statement((sheet,), map, "plan.xlsx")
        except TableError:
            return
        for measure in found.measures:
            stated = {*measure.cells} - {"cause"}
            complete = map.coverage == "complete"
            assert stated == {*map.stated} if complete else stated <= {*map.stated}


class TestSheets:
    """Tests for the choice of sheets."""

    HEAD: tuple[Cell, ...] = ("Maßnahme",)

    def sheets(self, *names: str) -> tuple[Sheet, ...]:
        """Sheets with a measure each."""
        return tuple(Sheet(name, (self.HEAD, (f"in {name}",))) for name in names)

    def titles(self, sheets: tuple[Sheet, ...], *asked: str | int) -> list[str]:
        """The measures of the sheets that a map asks for."""
        found = statement(sheets, a_map("title", sheets=asked), "plan.xlsx")
        return [one.cells["title"] for one in found.measures]

    def test_only(self) -> None:
        """Of several sheets the only one is taken that is not hidden and holds something."""
        hidden, plan = self.sheets("Alt", "Plan")
        hidden = attrs.evolve(hidden, visible=False)
        assert ["in Plan"] == self.titles((hidden, plan, Sheet("Tabelle2", ())))

    def test_several(self) -> None:
        """Where more than one could be meant, none is guessed."""
        assert [("", "several-sheets")] == refusals(a_map("title"), *self.sheets("A", "B"))
        with pytest.raises(TableError, match=r"there are 'A', 'B'; .* sheet = .A."):
            self.titles(self.sheets("A", "B"))

    def test_none(self) -> None:
        """A file with nothing to be seen has no table."""
        hidden = attrs.evolve(self.sheets("A")[0], visible=False)
        assert [("", "no-sheet")] == refusals(a_map("title"), hidden)
        assert [("", "no-sheet")] == refusals(a_map("title"))
        assert [("Plan!A1", "no-heading")] == refusals(a_map("title"), Sheet("Plan", ()))

    def test_declared(self) -> None:
        """Sheets are named, also hidden ones, or counted among those to be seen."""
        a, b, c = self.sheets("Plan A", "B", "C")
        a = attrs.evolve(a, visible=False)
        assert ["in Plan A"] == self.titles((a, b, c), "plan  a")
        assert ["in C"] == self.titles((a, b, c), 2)
        assert ["in C", "in Plan A"] == self.titles((a, b, c), "C", "Plan A", 2)
        assert ["in B", "in C"] == self.titles((a, b, c), "*")
        assert ["in b"] == self.titles((b, *self.sheets("b", " ")), "b")
        assert ["in"] == self.titles((b, *self.sheets("b", " ")), " ")

    def test_unknown(self) -> None:
        """A sheet that is not there is refused with those that are."""
        sheets = self.sheets("Plan 2022", "Notizen")
        with pytest.raises(TableError, match=r"no sheet 'Plan 2023' .* mean 'Plan 2022'\?"):
            self.titles(sheets, "Plan 2023")
        with pytest.raises(TableError, match=r"no sheet 'X' .*; there are 'Plan 2022', 'Notizen'"):
            self.titles(sheets, "X")
        assert [("", "unknown-sheet-number"), ("", "unknown-sheet")] == refusals(
            a_map("title", sheets=(3, "X")), *sheets
        )

    def test_nameless(self) -> None:
        """The map of a workbook reads the one sheet that was saved as CSV, and no second one."""
        assert ["in"] == self.titles(self.sheets(""), "Plan")
        assert [("", "unknown-sheet")] * 2 == refusals(
            a_map("title", sheets=("A", "B")), *self.sheets("")
        )

    def test_doubles_over_sheets(self) -> None:
        """What is read together must not say the same twice, and every sheet's flaws are told."""
        sheets = (*self.sheets("A"), Sheet("B", (self.HEAD, ("in A",))), Sheet("C", (("X",),)))
        assert [
            ("A!A2", "doubled-title"),
            ("B!A2", "doubled-title"),
            ("C!A1", "no-heading"),
        ] == refusals(a_map("title", sheets=("*",)), *sheets)


class TestTexts:
    """Tests for columns of text."""

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            (" Text\n", "Text"),
            ("=1+1", "=1+1"),
            (Number(16), "16"),
            (Number(16.0), "16"),
            (Number(0.1), "0,1"),
            (Number(1e-7), "0,0000001"),
            (Number(1e21), "1000000000000000000000"),
            (Number(float("inf")), "inf"),
            (Number(0.5, "50 %"), "0,5"),
            (date(2023, 3, 16), "16.03.2023"),
            (datetime.fromisoformat("2023-03-16T14:30:00"), "16.03.2023 14:30"),
            (datetime.fromisoformat("2023-03-16T14:30:05"), "16.03.2023 14:30:05"),
            (None, None),
            ("\u00a0", None),
        ],
    )
    def test_plain(self, cell: Cell, text: str | None) -> None:
        """Numbers and dates become the text that a table in this language would have."""
        assert text == value("note", cell, decimal=",", dates="DD.MM.YYYY")

    def test_undeclared(self) -> None:
        """Without a word in the map numbers have a point and dates planlog's form."""
        assert ["1.5", "2023-03-16"] == [
            value("note", cell) for cell in (Number(1.5), date(2023, 3, 16))
        ]

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            (True, "truth-as-text"),
            (Fault("#REF!"), "error-cell"),
            (Formula("=A1", "x"), "formula"),
            ("a\0b", "nul"),
        ],
    )
    def test_refused(self, cell: Cell, expected: str) -> None:
        """What is no text is not made one."""
        assert expected == code("note", cell)

    def test_formulas(self) -> None:
        """Results of formulas are taken if the map says so and the file has them."""
        assert "x" == value("note", Formula("=A1", "x"), formulas=True)
        assert "formula-without-result" == code("note", Formula("=A1"), formulas=True)
        assert "error-cell" == code("note", Formula("=A1", Fault("#N/A")), formulas=True)

    def test_unmapped(self) -> None:
        """Cells of other columns are never looked at."""
        sheet = a_sheet(("Maßnahme", "X"), ("A", Fault("#REF!")))
        assert 1 == len(statement((sheet,), a_map("title"), "a").measures)


class TestLabels:
    """Tests for numbers and ids."""

    @pytest.mark.parametrize(
        ("cell", "text"),
        [("1.10", "1.10"), ("007", "007"), (Number(16), "16"), (Number(16.0, "16"), "16")],
    )
    def test_kept(self, cell: Cell, text: str) -> None:
        """A label is what people see, be it a text or a whole number."""
        assert text == value("number", cell)

    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            (Number(1.1, "1.10"), "number-as-label"),
            (Number(1.1), "number-as-label"),
            (Number(7, "007"), "number-as-label"),
            (Number(-7), "number-as-label"),
            (date(2023, 10, 1), "date-as-label"),
            (datetime.fromisoformat("2023-10-01T01:00:00"), "date-as-label"),
            (False, "truth-as-text"),
        ],
    )
    def test_refused(self, cell: Cell, expected: str) -> None:
        """A number that is not what it looks like, or a date that 1.10 became, is not a label."""
        assert expected == code("number", cell)

    def test_ids(self) -> None:
        """A key is an id: trimmed, printable, not too long."""
        map = a_map("measure", "title")
        sheet = a_sheet(("ID", "Maßnahme"), (" Ü1 ", "A"), (Number(7), "B"))
        assert ["Ü1", "7"] == [one.key for one in statement((sheet,), map, "a").measures]
        assert ["expected-id"] * 2 == [
            code for _, code in refused(map, ("a\nb", "A"), ("x" * 201, "B"))
        ]


class TestLists:
    """Tests for columns of several texts."""

    def test_separated(self) -> None:
        """Items stand between semicolons or on lines of their own, quoted where they hold one."""
        assert ("GWA", "a; b", 'Verein "N" e. V.', "LKO") == value(
            "responsible", 'GWA ;"a; b";Verein "N" e. V.\n\nLKO; '
        )

    def test_empty(self) -> None:
        """No item at all is none."""
        assert value("responsible", ";") is None

    @pytest.mark.parametrize(
        ("text", "items"),
        [
            ('"a" b; c', ('"a" b', "c")),
            ('"a; b', ('"a', "b")),
            ('"a""b"', ('a"b',)),
            ('""', ("",)),
            ('"a" ;b', ("a", "b")),
            ("a\r\nb", ("a", "b")),
        ],
    )
    def test_quotes(self, text: str, items: tuple[str, ...]) -> None:
        """Quotes count around a whole item only."""
        assert items == separated(text)

    @given(st.lists(st.text(st.sampled_from('ab;" \n\r\t\u00a0\u2028,')) | st.text()).map(tuple))
    def test_undo_each_other(self, items: tuple[str, ...]) -> None:
        """Whatever a list holds comes back from the cell it was written to."""
        assert items == separated(joined(items))


class TestDates:
    """Tests for the column of dates."""

    @pytest.mark.parametrize(
        ("cell", "text"),
        [
            ("2023-03-16", "2023-03-16"),
            (" 2023-03", "2023-03"),
            ("2020/2023-03", "2020/2023-03"),
            ("16.3.2023", "2023-03-16"),
            (date(2023, 3, 16), "2023-03-16"),
        ],
    )
    def test_read(self, cell: Cell, text: str) -> None:
        """A date is planlog's own form, the declared one, or a date of the spreadsheet."""
        assert InexactDate.parse(text) == value("due", cell, dates="DD.MM.YYYY")

    @pytest.mark.parametrize(
        ("form", "text"),
        [
            ("DD/MM/YYYY", "03/04/2023"),
            ("MM/DD/YYYY", "04/03/2023"),
            ("YYYYMMDD", "20230403"),
            ("DD. MM. YYYY", "3. 4. 2023"),
        ],
    )
    def test_forms(self, form: str, text: str) -> None:
        """The declared form decides which of two numbers is the month."""
        assert InexactDate.parse("2023-04-03") == value("due", text, dates=form)

    @pytest.mark.parametrize(
        ("cell", "form", "expected"),
        [
            ("03/04/2023", None, "undeclared-date"),
            ("16.03.2023", None, "undeclared-date"),
            ("im Sommer 2023", None, "date"),
            ("31.02.2023", "DD.MM.YYYY", "malformed-date"),
            ("2023-13-01", "DD.MM.YYYY", "malformed-date"),
            ("2023113", "YYYYMMDD", "malformed-date"),
            (Number(45001), None, "number-as-date"),
            (datetime.fromisoformat("2023-03-16T14:30:00"), None, "date"),
            (True, None, "truth-as-text"),
        ],
    )
    def test_refused(self, cell: Cell, form: str | None, expected: str) -> None:
        """Nothing is guessed between day and month, and no number is taken for a date."""
        assert expected == code("due", cell, dates=form)


class TestRanks:
    """Tests for the column of ranks."""

    @pytest.mark.parametrize("cell", [Number(2), Number(2.0), "2", "2.", " 02"])
    def test_read(self, cell: Cell) -> None:
        """A rank is a whole number, as such or as a text."""
        assert 2 == value("rank", cell)

    @pytest.mark.parametrize(
        "cell", [Number(0), Number(1.5), Number(-1), "0", "hoch", "1a", "2..", True, "²"]
    )
    def test_refused(self, cell: Cell) -> None:
        """Anything else is no place in a list."""
        assert "malformed-rank" == code("rank", cell)

    def test_without_field(self) -> None:
        """A rank is a place in the list of a field."""
        map = a_map("title", "field", "rank")
        assert [("Plan!C2", "ranked-without-field")] == refused(map, ("A", None, "1"))

    def test_doubled(self) -> None:
        """Two measures of a field cannot have one place; those of different fields can."""
        map = a_map("title", "field", "rank")
        assert [("Plan!C2", "doubled-rank"), ("Plan!C4", "doubled-rank")] == refused(
            map, ("A", "W", "1"), ("B", "S", "1"), ("C", "W", Number(1)), ("D", "W", "2")
        )


class TestDoubles:
    """Tests for measures that stand twice."""

    def test_keys(self) -> None:
        """A key that stands twice is told at each cell, with the other."""
        map = a_map("measure", "title")
        rows: tuple[tuple[Cell, ...], ...] = (("a", "A"), ("b", "B"), ("a", "C"), ("a", "D"))
        assert [(f"Plan!A{row}", "doubled-measure") for row in (2, 4, 5)] == refused(map, *rows)
        with pytest.raises(TableError, match=r"Plan!A4: ID: .* stands at plan.xlsx: Plan!A2 as"):
            read(map, *rows)

    def test_numbers(self) -> None:
        """Without a key a number tells measures of a field apart; in another it may come again."""
        map = a_map("field", "number", "title")
        assert [("Plan!B2", "doubled-number"), ("Plan!B4", "doubled-number")] == refused(
            map, ("W", "1", "A"), ("S", "1", "A"), ("W", Number(1), "B"), ("W", None, "B")
        )

    def test_titles(self) -> None:
        """Where nothing else tells measures apart, titles have to."""
        assert [("Plan!A2", "doubled-title"), ("Plan!A3", "doubled-title")] == refused(
            a_map("title", "number"), ("A", "1"), ("A", "1"), ("A", "2"), ("B", "1")
        )

    def test_keys_beside_numbers(self) -> None:
        """Measures with keys of their own may share a number."""
        map = a_map("measure", "field", "number")
        assert 2 == len(read(map, ("a", "W", "1"), ("b", "W", "1")))

    def test_broken(self) -> None:
        """A measure whose name cannot be read is not said to stand twice as well."""
        map = a_map("measure", "title")
        assert [("Plan!A2", "error-cell"), ("Plan!A3", "error-cell")] == refused(
            map, (Fault("#REF!"), "A"), (Fault("#REF!"), "A")
        )


class TestFlaws:
    """Tests for what is told."""

    def test_all_at_once(self) -> None:
        """Every flaw of every row is told, in the order of the cells."""
        map = a_map("measure", "field", "title", "rank", "stage", "due")
        assert [
            ("Plan!A2", "doubled-measure"),
            ("Plan!E2", "unknown-status"),
            ("Plan!F2", "undeclared-date"),
            ("Plan!A3", "doubled-measure"),
            ("Plan!B3", "error-cell"),
            ("Plan!D4", "malformed-rank"),
            ("Plan!A5", "unidentified"),
        ] == refused(
            map,
            ("a", "W", "A", "1", "angescho", "1.2.2023"),
            ("a", Fault("#REF!"), "B", "2"),
            ("c", "W", "C", "x", "Angeschoben"),
            (None, "W", None, "2"),
        )

    def test_where_and_what(self) -> None:
        """A message has the cell, the heading, the value and a remedy."""
        with pytest.raises(TableError) as caught:
            read(a_map("title", "stage"), ("A", "angeschobn"), ("B", "xyz"))
        assert (
            "plan.xlsx: Plan!B2: Stand: the map has no phase for 'angeschobn'; did you mean "
            "'angeschoben'? if not, add it under [stages]\n"
            "plan.xlsx: Plan!B3: Stand: the map has no phase for 'xyz'; add it under [stages]"
        ) == str(caught.value)

    def test_nameless_sheet(self) -> None:
        """In a file of one sheet without a name the cell is enough."""
        with pytest.raises(TableError, match=r"^plan.csv: B2: Nr\.: "):
            statement(
                (Sheet("", (("Maßnahme", "Nr."), ("A", True))),),
                a_map("title", "number"),
                "plan.csv",
            )

    def test_too_many(self) -> None:
        """A wrong map does not bury the terminal: the rest is counted."""
        rows = [(f"{row}", "?") for row in range(MOST_TOLD + 3)]
        found = refused(a_map("title", "stage"), *rows)
        assert ([("", "more-flaws")], MOST_TOLD + 1) == (found[MOST_TOLD:], len(found))
        with pytest.raises(TableError, match=r"\nand 3 more$"):
            read(a_map("title", "stage"), *rows)
