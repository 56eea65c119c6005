"""Broken tables of every kind: each tells all that is wrong with it, cell by cell."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import attrs
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planlog.errors import TableError
from planlog.tables.files.reading import read
from planlog.tables.maps.mapfile import parse_map
from planlog.tables.rows.statement import statement
from tests.tables.files import (
    BILLION_LAUGHS,
    DEFAULTS,
    EXTERNAL,
    QUADRATIC,
    delimited,
    ods,
    ods_cell,
    ods_row,
    ods_tables,
    repacked,
    xlsx,
    xlsx_sheet,
    zipped,
)

MAP = """\
coverage = "complete"
[table]
dates = "DD.MM.YYYY"
[columns]
field = "Handlungsfeld"
number = "Nr."
title = "Maßnahme"
rank = "Rang"
stage = "Stand"
due = "Frist"
[stages]
"angeschoben" = "started"
"umgesetzt" = "implemented"
"""

KEYED = """\
coverage = "complete"
[columns]
measure = "ID"
title = "Maßnahme"
responsible = "Zuständig"
"""

HEAD = ("Handlungsfeld", "Nr.", "Maßnahme", "Rang", "Stand", "Frist")
FIRST = ("Wohnen", "1", "Treff", 1, "angeschoben", "16.03.2023")
SECOND = ("Wohnen", "16", "Hof", 2, "Umgesetzt", "2024")
GOOD = (HEAD, FIRST, SECOND)

SPACE = f'a="{" " * 1000}"'
"""An attribute that packs well."""

Rows = Sequence[Sequence[Any]]


@attrs.frozen
class Broken:
    """A broken table: its file, its map, and where what is wrong with it."""

    content: bytes | Callable[[], bytes]
    flaws: list[tuple[str, str]]
    map: str = MAP


def third(*cells: Any) -> Rows:
    """A table with a third row that is broken."""
    return (*GOOD, cells)


def keyed(*rows: Sequence[Any]) -> Rows:
    """A table with keys."""
    return (("ID", "Maßnahme", "Zuständig"), *rows)


def merged(*ranges: str) -> Callable[[Worksheet], object]:
    """Merges cells of an XLSX file."""

    def change(sheet: Worksheet) -> None:
        for one in ranges:
            sheet.merge_cells(one)

    return change


def formatted(cell: str, code: str) -> Callable[[Worksheet], object]:
    """Gives a cell of an XLSX file a format."""

    def change(sheet: Worksheet) -> None:
        sheet[cell].number_format = code

    return change


def table(line: str) -> str:
    """The map, with one more line about the table."""
    return MAP.replace("[table]\n", f"[table]\n{line}\n")


BROKEN: dict[str, Broken] = {
    # What is in the rows
    "a doubled key": Broken(
        delimited(keyed(("a", "A"), ("b", "B"), ("a", "C"))),
        [("A2", "doubled-measure"), ("A4", "doubled-measure")],
        KEYED,
    ),
    "a key three times": Broken(
        xlsx(keyed(("a", "A"), ("a", "B"), ("a", "C"))),
        [("A2", "doubled-measure"), ("A3", "doubled-measure"), ("A4", "doubled-measure")],
        KEYED,
    ),
    "keys that no id may be": Broken(
        delimited(keyed(("a\nb", "A"), ("x" * 201, "B"), ("\u200bc", "C"))),
        [("A2", "expected-id"), ("A3", "expected-id"), ("A4", "expected-id")],
        KEYED,
    ),
    "a key that is a date": Broken(
        xlsx(keyed((date(2023, 10, 1), "A"), ("b", "B"))), [("A2", "date-as-label")], KEYED
    ),
    "a truth value as title and as name": Broken(
        xlsx(keyed(("a", True, "x"), ("b", "B", False))),
        [("B2", "truth-as-text"), ("C3", "truth-as-text")],
        KEYED,
    ),
    "a doubled number in a field": Broken(
        delimited(third("Wohnen", "1", "Chor")),
        [("B2", "doubled-number"), ("B4", "doubled-number")],
    ),
    "a number that is doubled once as text and once as number": Broken(
        xlsx(third("Wohnen", 16, "Chor")), [("B3", "doubled-number"), ("B4", "doubled-number")]
    ),
    "a doubled rank": Broken(
        xlsx(third("Wohnen", "2", "Chor", "2.")),
        [("D3", "doubled-rank"), ("D4", "doubled-rank")],
    ),
    "a rank outside the fields": Broken(
        delimited(third("", "2", "Chor", "1")), [("D4", "ranked-without-field")]
    ),
    "ranks that are none": Broken(
        delimited((HEAD, ("W", "1", "A", "hoch"), ("W", "2", "B", "0"), ("W", "3", "C", "1,5"))),
        [("D2", "malformed-rank"), ("D3", "malformed-rank"), ("D4", "malformed-rank")],
    ),
    "a rank that is half a place": Broken(
        xlsx(third("Soziales", "1", "Chor", 1.5)), [("D4", "malformed-rank")]
    ),
    "unknown status words": Broken(
        delimited((HEAD, ("W", "1", "A", "", "angeschobn"), ("W", "2", "B", "", "?"), FIRST[:3])),
        [("E2", "unknown-status"), ("E3", "unknown-status")],
    ),
    "a status that is a number": Broken(
        xlsx(third("Wohnen", "2", "Chor", None, 3)), [("E4", "unknown-status")]
    ),
    "a row that names no measure": Broken(
        delimited(third("Wohnen", "", "", "", "umgesetzt")), [("B4", "unidentified")]
    ),
    "a sum below the measures": Broken(
        delimited(third("Summe", "", "", "3")), [("B4", "unidentified")]
    ),
    "1.10 as a number": Broken(
        lambda: xlsx(third("Wohnen", 1.1, "Chor"), formatted("B4", "0.00")),
        [("B4", "number-as-label")],
    ),
    "007 as a number": Broken(
        lambda: xlsx(third("Wohnen", 7, "Chor"), formatted("B4", "000")),
        [("B4", "number-as-label")],
    ),
    "1.10 as a date": Broken(
        xlsx(third("Wohnen", date(2023, 10, 1), "Chor")), [("B4", "date-as-label")]
    ),
    "numbers of all types": Broken(
        xlsx((HEAD, ("W", 1, "A"), ("W", 1.5, "B"), ("W", True, "C"), ("W", "1.10", "D"))),
        [("B3", "number-as-label"), ("B4", "truth-as-text")],
    ),
    "1.10 as a number in ODS": Broken(
        lambda: ods(
            third(
                "Wohnen",
                '<table:table-cell office:value-type="float" office:value="1.1">'
                "<text:p>1.10</text:p></table:table-cell>",
                "Chor",
            )
        ),
        [("B4", "number-as-label")],
    ),
    "dates without a declared form": Broken(
        delimited(third("Wohnen", "2", "Chor", "", "", "03/04/2023")),
        [("F2", "undeclared-date"), ("F4", "undeclared-date")],
        MAP.replace('dates = "DD.MM.YYYY"', ""),
    ),
    "days that are not in the calendar": Broken(
        delimited(third("Wohnen", "2", "Chor", "", "", "31.02.2023")), [("F4", "malformed-date")]
    ),
    "days with the month first": Broken(
        delimited(third("Wohnen", "2", "Chor", "", "", "03.16.2023")), [("F4", "malformed-date")]
    ),
    "dates that are words": Broken(
        delimited(third("Wohnen", "2", "Chor", "", "", "im Sommer")), [("F4", "malformed-date")]
    ),
    "dates as numbers": Broken(
        xlsx(third("Wohnen", "2", "Chor", None, None, 45001)), [("F4", "number-as-date")]
    ),
    "formulas": Broken(
        xlsx(third("Wohnen", "2", "=C2", "=1+2")), [("C4", "formula"), ("D4", "formula")]
    ),
    "formulas without results": Broken(
        xlsx(third("Wohnen", "2", "=C2")),
        [("C4", "formula-without-result")],
        table('formulas = "values"'),
    ),
    "a formula in ODS": Broken(
        lambda: ods(third("Wohnen", "2", ods_cell("Hof", 'table:formula="of:=[.C3]"'))),
        [("C4", "formula")],
    ),
    "error cells": Broken(
        xlsx(third("#REF!", "#N/A", "#DIV/0!")),
        [("A4", "error-cell"), ("B4", "error-cell"), ("C4", "error-cell")],
    ),
    "an error in ODS": Broken(
        lambda: ods(third("Wohnen", "2", ods_cell("#REF!", 'calcext:value-type="error"'))),
        [("C4", "error-cell")],
    ),
    "a row too long for any event": Broken(
        delimited(third("Wohnen", "2", "ä" * 30_001)), [("C4", "row-too-long")]
    ),
    "everything at once": Broken(
        xlsx(
            (
                HEAD,
                ("Wohnen", 1.5, "A", 1, "angeschobn", 45001),
                ("#REF!", "2", "B", 1),
                (None, "3", "C", 0, "=A1", "1.2.3"),
                ("Wohnen", None, None, 1),
            )
        ),
        [
            ("B2", "number-as-label"),
            ("D2", "doubled-rank"),
            ("E2", "unknown-status"),
            ("F2", "number-as-date"),
            ("A3", "error-cell"),
            ("D4", "malformed-rank"),
            ("E4", "formula"),
            ("F4", "malformed-date"),
            ("B5", "unidentified"),
            ("D5", "doubled-rank"),
        ],
    ),
    # What is in the headings
    "a missing column": Broken(
        delimited([[*row[:4], *row[5:]] for row in GOOD]), [("A1", "no-heading")]
    ),
    "several missing columns": Broken(
        xlsx([row[2:] for row in GOOD]), [("A1", "no-heading"), ("A1", "no-heading")]
    ),
    "a doubled heading": Broken(
        delimited([("Stand", *HEAD), *(("x", *row) for row in GOOD[1:])]),
        [("A1", "doubled-heading"), ("F1", "doubled-heading")],
    ),
    "headings in another row": Broken(
        xlsx([("Maßnahmenplan",), (), *GOOD]), [("A1", "headings-elsewhere")]
    ),
    "two rows of headings": Broken(
        xlsx([("Nr.", "Maßnahme", "Kosten"), (None, None, "in EUR"), ("1", "A", "x")]),
        [("A1", "headings-elsewhere")],
        'coverage = "complete"\n[columns]\ntitle = "Maßnahme"\ncost = "Kosten in EUR"\n',
    ),
    "a second block with other headings": Broken(
        delimited([*GOOD, ("Feld", "Nummer", "Was", "Platz", "Status", "Termin"), FIRST[:2]]),
        [
            ("B2", "doubled-number"),
            ("D4", "malformed-rank"),
            ("E4", "unknown-status"),
            ("F4", "malformed-date"),
            ("B5", "doubled-number"),
        ],
        MAP,
    ),
    "a merged heading over columns that are both used": Broken(
        xlsx(
            [("Maßnahme", None), ("A", "B"), ("C", None)],
            merged("A1:B1"),
        ),
        [("A1", "doubled-heading"), ("B1", "doubled-heading")],
        'coverage = "complete"\n[columns]\ntitle = "Maßnahme"\n',
    ),
    "keys merged over measures": Broken(
        xlsx(keyed(("a", "A"), (None, "B"), ("c", "C")), merged("A2:A3")),
        [("A2", "doubled-measure"), ("A3", "doubled-measure")],
        KEYED,
    ),
    "measures before the first field": Broken(
        delimited([("Nr.", "Maßnahme"), ("1", "A"), ("Wohnen", ""), ("2", "B")]),
        [("A2", "no-section")],
        'coverage = "complete"\n[table]\nsections = "field"\n[columns]\nnumber = "Nr."\n'
        'title = "Maßnahme"\n',
    ),
    # What is in the file
    "an empty file": Broken(b"", [("A1", "no-heading")] * 6),
    "an empty sheet": Broken(xlsx([]), [("A1", "no-heading")] * 6),
    "an empty sheet in ODS": Broken(ods([]), [("A1", "no-heading")] * 6),
    "headings and nothing else": Broken(delimited([HEAD]), [("", "no-rows")]),
    "several sheets": Broken(xlsx({"2022": GOOD, "2023": GOOD}), [("", "several-sheets")]),
    "another sheet than the declared": Broken(
        ods({"2022": GOOD, "2023": GOOD}), [("", "unknown-sheet")], table('sheet = "2024"')
    ),
    "too many rows": Broken(lambda: b"a;b\n" + b"1;2\n" * 100_000, [("A20001", "many-rows")]),
    "UTF-8 declared where it is cp1252": Broken(
        delimited(GOOD, encoding="cp1252"), [("", "wrong-encoding")], table('encoding = "utf-8"')
    ),
    "an encoding that the table is not in": Broken(
        delimited(GOOD), [("A1", "no-heading")], table('encoding = "cp1252"')
    ),
    "a byte that no encoding found out has": Broken(
        delimited(GOOD, encoding="cp1252") + b"\x81", [("", "wrong-encoding")]
    ),
    "another delimiter than the declared": Broken(
        delimited(GOOD), [("A1", "no-heading")] * 6, table('delimiter = ","')
    ),
    "a quotation mark that is never closed": Broken(
        b'a;b\n"c;d\n' + delimited(GOOD), [("", "torn-row")]
    ),
    "something binary": Broken(b"\0\1\2" * 100, [("", "binary-table")]),
    "an old Excel file": Broken(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, [("", "no-table")]),
    "a PDF": Broken(b"%PDF-1.7\n", [("", "no-table")]),
    "HTML that is called Excel": Broken(b"<html><table></table></html>", [("", "no-table")]),
    "a zip of something else": Broken(zipped({"a.txt": "x"}), [("", "no-table")]),
    "a workbook that is cut off": Broken(xlsx(GOOD)[:-200], [("", "damaged-table")]),
    "a workbook without its sheet": Broken(
        lambda: repacked(xlsx(GOOD), without=["xl/worksheets/sheet1.xml"]),
        [("", "missing-part")],
    ),
    "a zip bomb": Broken(
        lambda: ods_tables("<table:table>" + ods_row([], SPACE) * 5000 + "</table:table>"),
        [("", "table-bomb")],
    ),
    "an entity bomb": Broken(
        lambda: xlsx_sheet("<sheetData/>", before=BILLION_LAUGHS), [("", "table-declarations")]
    ),
    "a quadratic bomb": Broken(
        lambda: ods_tables("", before=QUADRATIC), [("", "table-declarations")]
    ),
    "an entity outside the file": Broken(
        lambda: ods_tables("", before=EXTERNAL), [("", "table-declarations")]
    ),
    "attributes out of nowhere": Broken(
        lambda: xlsx_sheet("<sheetData/>", before=DEFAULTS), [("", "table-declarations")]
    ),
}


class TestBroken:
    """Tests for `read` and `statement` together."""

    def test_is_fifty(self) -> None:
        """There are at least fifty ways in which a table is broken."""
        assert 50 <= len(BROKEN)

    @pytest.mark.parametrize("name", BROKEN)
    def test_tells_all_at_once(self, name: str) -> None:
        """Exactly what is wrong is told, each with its cell, in the order of the cells."""
        broken = BROKEN[name]
        map = parse_map(broken.map.encode(), "map.toml")
        content = broken.content if isinstance(broken.content, bytes) else broken.content()
        with pytest.raises(TableError) as caught:
            statement(
                read(content, "plan", encoding=map.encoding, delimiter=map.delimiter), map, "plan"
            )
        flaws = caught.value.flaws
        assert broken.flaws == [(cell(flaw.place), flaw.code) for flaw in flaws]
        assert all(flaw.place.startswith("plan") for flaw in flaws)
        assert all(str(flaw).startswith(flaw.place) for flaw in flaws)

    @pytest.mark.parametrize("made", [delimited, xlsx, ods])
    def test_nothing_is_wrong_without_it(self, made: Callable[[Rows], bytes]) -> None:
        """The table that all these were made from is sound, in every form."""
        map = parse_map(MAP.encode(), "map.toml")
        found = statement(read(made(GOOD), "plan"), map, "plan")
        assert ["Treff", "Hof"] == [one.cells["title"] for one in found.measures]
        assert [1, 2] == [one.cells["rank"] for one in found.measures]


def cell(place: str) -> str:
    """The cell that a place names, if any."""
    return place.removeprefix("plan").removeprefix(": ").rpartition("!")[2]
