"""A first map for a table that nobody has described yet."""

import tomllib
from datetime import date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import TableError
from planlog.tables.maps.guess import propose_map
from planlog.tables.maps.mapfile import parse_map
from planlog.tables.maps.vocabulary import folded, name_for, phase_for
from planlog.tables.rows.statement import statement
from planlog.tables.sheets import Cell, Fault, Formula, Merged, Number, Sheet
from planlog.wording import words_for

PLAN = Sheet(
    "Plan 2023",
    (
        ("Maßnahmenplan Ahlhorn", None, None),
        (),
        ("Handlungsfeld / Thema", "lfd. Nr.", "Massnahme", "Maßnahmen-\nNr.", "Rang", "Stand"),
        ("Wohnen", Number(1), "Treff", "1", Number(1), "angeschoben"),
        ("Wohnen", Number(2), "Hof", "16", Number(2), "Umgesetzt (2022)"),
        ("Soziales", Number(3), "Chor", "16", "1.", "in Prüfung"),
        ("Soziales", Number(4), "Fest", "17", None, None),
        ("Summe", None, None, None, Number(4)),
    ),
)


def proposed(sheet: Sheet, language: str = "en") -> str:
    """The map that is proposed for a sheet."""
    return propose_map((sheet,), "plan.xlsx", words_for(language))


def columns(*headings: str, rows: tuple[tuple[Cell, ...], ...] = ()) -> dict[str, str]:
    """Which column is thought to stand under which heading, beside a title."""
    text = proposed(Sheet("", (("Titel", *headings), *(("x", *row) for row in rows))))
    found: dict[str, str] = tomllib.loads(text)["columns"]
    assert "Titel" == found.pop("title")
    return found


def lines(text: str, containing: str) -> list[str]:
    """The lines of a map that hold a text."""
    return [line for line in text.splitlines() if containing in line]


class TestProposeMap:
    """Tests for `propose_map`."""

    @pytest.mark.parametrize("language", ["de", "en"])
    def test_reads_its_table(self, language: str) -> None:
        """Where nothing is uncertain, the map is one that reads the table it was made for."""
        text = proposed(PLAN, language)
        assert "?" not in text
        found = statement((PLAN,), parse_map(text.encode(), "map.toml"), "plan.xlsx")
        assert ("title", "field", "number", "phase", "stage", "rank") == found.attributes
        assert [
            ("Wohnen", "1", "Treff", 1, "started"),
            ("Wohnen", "16", "Hof", 2, "implemented"),
            ("Soziales", "16", "Chor", 1, "proposed"),
            ("Soziales", "17", "Fest", None, "proposed"),
        ] == [
            tuple(one.cells[name] for name in ("field", "number", "title", "rank", "phase"))
            for one in found.measures
        ]

    def test_whole(self) -> None:
        """What the map says: the rows, the columns, what else there is, and the status words."""
        assert {
            "coverage": "complete",
            "table": {"sheet": "Plan 2023", "header": 3, "skip": [8]},
            "columns": {
                "field": "Handlungsfeld / Thema",
                "title": "Massnahme",
                "number": "Maßnahmen-Nr.",
                "rank": "Rang",
                "stage": "Stand",
            },
            "attributes": {},
            "stages": {
                "angeschoben": "started",
                "in Prüfung": "proposed",
                "Umgesetzt (2022)": "implemented",
            },
        } == tomllib.loads(proposed(PLAN))
        assert ['# lfd-nr = "lfd. Nr."'] == lines(proposed(PLAN), "lfd")

    def test_repeated_headings_merged_from_above(self) -> None:
        """Headings in merged cells that a page break repeats are no status words and no dates."""
        block: tuple[tuple[Cell, ...], ...] = (
            ("Titel", "Wer", "Wer", "Status", "Frist"),
            ("Titel", "Federführung", "Beteiligte", "Status", "Frist"),
        )
        rows = (*block, ("A", "GWA", "LKO", "umgesetzt", date(2023, 3, 16)), *block)
        merged = tuple(Merged(1, column, 2, column) for column in (1, 4, 5))
        found = tomllib.loads(proposed(Sheet("", rows, merged)))
        assert {"header": 2} == found["table"]
        assert {"umgesetzt": "implemented"} == found["stages"]
        assert "Frist" == found["columns"]["due"]

    def test_words_broken_over_two_rows(self) -> None:
        """Headings that go on in the row below are read as one, and named so."""
        rows: tuple[tuple[Cell, ...], ...] = (
            ("lfd.", "Maßnahmen-", "Prio-", "Stand der", "Förder-"),
            ("Nr.", "bezeichnung", "rität", "Umsetzung", "Mittel"),
            ("A: Wohnen",),
            ("1", "Chor", "hoch", "umgesetzt", "x"),
        )
        found = tomllib.loads(proposed(Sheet("", rows)))
        assert {"header": [1, 2], "sections": "field"} == found["table"]
        assert {
            "number": "lfd. Nr.",
            "title": "Maßnahmenbezeichnung",
            "level": "Priorität",
            "stage": "Stand der Umsetzung",
            "funding": "Förder-Mittel",
        } == found["columns"]

    def test_notes(self) -> None:
        """A text alone below the last measure is a note, where it could not tell one apart.

        Further up it could be the name of an action field.
        """
        note = ("* vorbehaltlich",) * 4
        rows: tuple[tuple[Cell, ...], ...] = (
            ("Feld", "Nr.", "Maßnahme", "Status", "Bericht"),
            ("Wohnen", "1", "Chor", "umgesetzt", "umgesetzt"),
            ("Soziales",),
            (None, None, "Fest"),
            (None, None, "Garten", "Garten"),
            ("* im Haushalt",),
            note,
        )
        merged = (Merged(2, 4, 2, 5), Merged(4, 3, 5, 3), Merged(7, 1, 7, 4))
        found = tomllib.loads(proposed(Sheet("", rows, merged)))
        assert {"header": 1, "skip": [6, 7]} == found["table"]
        assert {"umgesetzt": "implemented"} == found["stages"]

    def test_language(self) -> None:
        """Remarks are in the language of whoever asks, and explain planlog's words."""
        german = proposed(PLAN, "de")
        assert 'field = "Handlungsfeld / Thema"  # Handlungsfeld' in german.splitlines()
        assert "# Hier ist nichts unsicher" in german
        assert "# Nothing here is uncertain" in proposed(PLAN, "en")
        assert proposed(PLAN, "en") == propose_map((PLAN,), "plan.xlsx")

    def test_status_words(self) -> None:
        """Words that are nearly known are offered, unknown ones asked about; none counts yet."""
        rows: tuple[tuple[Cell, ...], ...] = (("A", "umgesetz"), ("B", "Kein neuer\nSachstand"))
        text = proposed(Sheet("", (("Titel", "Status"), *rows)))
        assert ['# "umgesetz" = "implemented"  # please check?'] == lines(text, "umgesetz")
        assert ['# "Kein neuer Sachstand" = ""  # which phase?'] == lines(text, "Sachstand")
        assert {} == tomllib.loads(text)["stages"]
        assert "# 2 lines are uncertain" in text
        (line,) = lines(proposed(Sheet("", (("Titel", "Status"), rows[0]))), "uncertain")
        assert line.startswith("# 1 line is uncertain")

    def test_misspelt_heading(self) -> None:
        """A heading that is nearly known is taken, and somebody asked to look at it."""
        text = proposed(Sheet("", (("Titel", "Beschreibunk", "Handlungsfelt"), ("A", "b", "c"))))
        assert ['description = "Beschreibunk"  # please check?'] == [
            line.replace("description: ", "") for line in lines(text, "Beschreibunk")
        ]
        assert "field" in tomllib.loads(text)["columns"]

    def test_hostile(self) -> None:
        """Whatever stands in the cells, the map can be read and says what they say."""
        nasty = 'a"b\\ \x7f\x01 c # "= \u202e'
        sheet = Sheet('"\x07', (("Titel", "Status", nasty, "\n"), ("A", nasty, "x", "y")))
        text = proposed(sheet)
        document = tomllib.loads(text.replace("# a-b-c", "a-b-c"))
        assert (nasty.strip(), '"\x07') == (
            document["attributes"]["a-b-c"].strip(),
            document["table"]["sheet"],
        )

    def test_keys_of_attributes(self) -> None:
        """Each column that is left has a key of its own."""
        sheet = Sheet("", (("Titel", "Wo?", "wo", "WO!", "日本", "A & B"), ("A",)))
        text = proposed(sheet)
        for key in ("wo", "wo-2", "wo-3", "column", "a-b"):
            assert 1 == len(lines(text, f"# {key} = "))

    def test_several_sheets(self) -> None:
        """Of several sheets that one is taken whose headings are known best, with a question."""
        other = Sheet("Legende", (("Status", "Bedeutung"), ("a", "b")))
        text = propose_map((other, PLAN), "plan.xlsx", words_for("en"))
        assert ['sheet = "Plan 2023"  # one of several sheets: is it this one?'] == lines(
            text, "sheet ="
        )
        hidden = attrs.evolve(PLAN, visible=False)
        assert "sheet =" not in propose_map((hidden, Sheet("", (("Titel",),))), "a")

    def test_two_rows_of_headings(self) -> None:
        """Headings in two rows are joined where that makes more of them known."""
        sheet = Sheet(
            "", (("Titel", "Lfd.", "Kosten"), ("Titel", "Nr.", "in EUR"), ("A", "1", "7"))
        )
        found = tomllib.loads(proposed(sheet))
        assert [1, 2] == found["table"]["header"]
        assert {"title": "Titel", "number": "Lfd. Nr.", "cost": "Kosten in EUR"} == found["columns"]

    def test_sections(self) -> None:
        """Fields in rows of their own are recognised, to be confirmed."""
        rows: tuple[tuple[Cell, ...], ...] = (
            ("Wohnen", "Wohnen", "Wohnen"),
            ("1", "Treff", "1"),
            ("2", "Hof", "2"),
            ("Soziales",),
            ("1", "Chor", "1"),
        )
        sheet = Sheet("", (("Nr.", "Titel", "Prio"), *rows), (Merged(2, 1, 2, 3),))
        text = proposed(sheet)
        (line,) = lines(text, "sections")
        assert line.endswith("please check?")
        found = statement((sheet,), parse_map(text.encode(), "m"), "a")
        assert [("Wohnen", 1), ("Wohnen", 2), ("Soziales", 1)] == [
            (one.cells["field"], one.cells["rank"]) for one in found.measures
        ]

    @pytest.mark.parametrize(
        ("text", "forms"),
        [
            ("16.3.2023", ["DD.MM.YYYY"]),
            ("16/03/2023", ["DD/MM/YYYY"]),
            ("03/16/2023", ["MM/DD/YYYY"]),
            ("2023/03/16", ["YYYY/MM/DD"]),
            ("2023-03-16", []),
            (date(2023, 3, 16), []),
        ],
    )
    def test_dates(self, text: Cell, forms: list[str]) -> None:
        """The form of dates is proposed where only one fits."""
        sheet = Sheet("", (("Titel", "Frist"), ("A", text), ("B", None)))
        found = tomllib.loads(proposed(sheet))
        assert forms == [found["table"][key] for key in ("dates",) if key in found["table"]]
        assert "due" in found["columns"]

    def test_ambiguous_dates(self) -> None:
        """Between day and month nothing is guessed: both forms stand there as a question."""
        text = proposed(Sheet("", (("Titel", "Frist"), ("A", "03/04/2023"))))
        assert [
            '# dates = "DD/MM/YYYY"  # how dates are written: please check?',
            '# dates = "MM/DD/YYYY"  # how dates are written: please check?',
        ] == lines(text, "dates =")

    def test_formulas(self) -> None:
        """Where columns hold formulas, taking their results is offered."""
        sheet = Sheet("", (("Titel", "Kosten"), ("A", Formula("=1+1", Number(2)))))
        assert ['# formulas = "values"  # take the results of formulas: please check?'] == lines(
            proposed(sheet), "formulas"
        )

    def test_no_status_column(self) -> None:
        """A table that says nothing of where measures stand gets no words for it."""
        assert "[stages]" not in proposed(Sheet("", (("Titel",), ("A",))))


class TestAnySheet:
    """What holds for whatever a sheet may hold."""

    CELLS = st.one_of(
        st.none(),
        st.sampled_from(["Titel", "Nr.", "Stand", "Frist", "Prio", "Bereich", "ID", "1", "Summe"]),
        st.text(max_size=4),
        st.dates(),
        st.builds(Number, st.integers() | st.floats()),
        st.builds(Formula, st.just("=A1")),
    )

    @given(
        st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=6).map(tuple), st.text(max_size=3)
    )
    def test_is_a_map_or_a_refusal(self, rows: tuple[tuple[Cell, ...], ...], name: str) -> None:
        """What is proposed is a map that can be read, whatever stands in the cells."""
        try:
            text = propose_map((Sheet(name, rows),), name)
        except TableError:
            return
        map = parse_map(text.encode(), "map.toml")
        assert {"title", "measure", "number"} & {*map.columns}


class TestColumns:
    """Tests for what headings are taken for, and what the cells say to it."""

    @pytest.mark.parametrize(
        ("heading", "name"),
        [
            ("lfd. Nr.", "number"),
            ("Maßnahmen-Nr.", "number"),
            ("Massnahme", "title"),
            ("MASSNAHMEN", "title"),
            ("Handlungsfeld / Thema", "field"),
            ("Thema / Handlungsfeld", "field"),
            ("Umsetzungsstand (Stand: 12/2023)", "stage"),
            ("Status 2023", "stage"),
            ("Zuständigkeit", "responsible"),
            ("Verantwortlich bzw. Träger", "responsible"),
            ("Beteiligte Akteure", "partners"),
            ("Kosten [EUR]", "cost"),
            ("Due date", "due"),
            ("item_id", "measure"),
            ("Zielgruppe", None),
            ("2023", None),
        ],
    )
    def test_headings(self, heading: str, name: str | None) -> None:
        """Headings are known by their words, whatever stands around them."""
        assert name == name_for(heading)

    def test_folded(self) -> None:
        """Umlauts are spelt out, so that both ways of writing are one."""
        assert folded("Maßnahmenträger") == folded("MASSNAHMENTRAEGER")

    @pytest.mark.parametrize(
        ("word", "phase"),
        [
            ("Angeschoben", "started"),
            ("teilweise umgesetzt", "started"),
            ("Daueraufgabe", "ongoing"),
            ("ruht", "paused"),
            ("abgelehnt", "dropped:rejected"),
            ("nicht umsetzbar", "dropped:not_feasible"),
            ("gestrichen", "dropped:other"),
            ("ersetzt durch", "replaced"),
            ("1", None),
        ],
    )
    def test_status_words(self, word: str, phase: str | None) -> None:
        """Status words mean what they mean in the plans we know."""
        assert phase == phase_for(word)

    def test_surest(self) -> None:
        """Of two columns that could be the number, the one that is called so is it."""
        assert {"number": "Nr."} == columns("lfd. Nr.", "Nr.", rows=(("1", "7"),))

    def test_doubled(self) -> None:
        """A heading that stands over two columns says nothing."""
        assert {} == columns("Kosten", "Kosten")

    def test_keys(self) -> None:
        """A key is a key only if every measure has one of its own; else it is a number."""
        assert {"measure": "ID"} == columns("ID", rows=(("a",), ("b",)))
        assert {"number": "ID"} == columns("ID", rows=(("a",), ("a",)))
        assert {"number": "ID"} == columns("ID", rows=(("a",), (None,), ("b",)))
        assert {"number": "Nr."} == columns("ID", "Nr.", rows=(("a", "1"), ("a", "2")))

    def test_key_alone(self) -> None:
        """A doubled key is kept as a question where nothing else tells measures apart."""
        text = proposed(Sheet("", (("ID", "Bericht"), ("a", "2013"), ("a", "2015"))))
        assert ['measure = "ID"  # id: please check?'] == lines(text, "measure =")

    @pytest.mark.parametrize(
        ("rows", "name"),
        [
            ((("W", Number(1)), ("W", "2."), ("S", "1"), ("S", None), ("S",)), "rank"),
            ((("W", "1"), ("W", "1")), "level"),
            ((("W", "hoch"), ("W", "mittel")), "level"),
            ((("W", "0"), ("W", "1")), "level"),
            ((("W", None),), "level"),
        ],
    )
    def test_priorities(self, rows: tuple[tuple[Cell, ...], ...], name: str) -> None:
        """A priority is a rank where it is a number that occurs once in a field, else a level."""
        for heading in ("Priorität", "Rang"):
            found = columns("Handlungsfeld", heading, rows=rows)
            assert {"field": "Handlungsfeld", name: heading} == found

    def test_priorities_that_may_be_ranks(self) -> None:
        """Numbers under a priority may be classes, of which a short list has each once."""
        for heading, count in (("Priorität", 1), ("Rang", 0)):
            rows = (("Feld", "Titel", heading), ("W", "A", "1"), ("W", "B", "2"))
            (line,) = lines(proposed(Sheet("", rows)), "rank = ")
            assert count == line.count("?")

    def test_ranks_and_levels(self) -> None:
        """Of a rank that is none and a level, the level stays."""
        found = columns("Bereich", "Rang", "Prio", rows=(("W", "hoch", "I"), ("W", "hoch", "II")))
        assert {"field": "Bereich", "level": "Prio"} == found
        found = columns("Bereich", "Rang", "Prio", rows=(("W", "1", "1"), ("W", "2", "2")))
        assert {"field": "Bereich", "rank": "Rang", "level": "Prio"} == found

    def test_priorities_of_short_rows(self) -> None:
        """A row that ends before the column of the fields has none."""
        rows = ((Number(1),), (Number(2), "W"))
        assert {"rank": "Prio", "field": "Bereich"} == columns("Prio", "Bereich", rows=rows)

    def test_priorities_without_fields(self) -> None:
        """Without fields there is no list in which a number could be a place."""
        assert {"level": "Prio"} == columns("Prio", rows=(("1",), ("2",)))

    def test_reports(self) -> None:
        """Sentences about where a measure stands are notes, unless there are notes already."""
        long = "Die Abstimmung mit dem Träger läuft, ein Termin steht noch aus."
        assert {"note": "Sachstand"} == columns("Sachstand", rows=((long,),))
        assert {"note": "Notiz"} == columns("Sachstand", "Notiz", rows=((long, "x"),))

    @pytest.mark.parametrize(
        "cell",
        [
            "im Sommer 2023",
            Number(2023),
            Fault("#REF!"),
            True,
            datetime.fromisoformat("2023-01-01T09:00:00"),
        ],
    )
    def test_no_dates(self, cell: Cell) -> None:
        """What cannot be read as dates is no column of dates."""
        assert {} == columns("Zeithorizont", rows=(("2023",), (cell,)))


class TestRefusals:
    """Tests for tables that no map can be proposed for."""

    def refusal(self, *sheets: Sheet) -> Any:
        """The one flaw that is told."""
        with pytest.raises(TableError) as caught:
            propose_map(sheets, "plan.xlsx")
        (flaw,) = caught.value.flaws
        assert str(flaw)
        return flaw

    def test_no_known_heading(self) -> None:
        """The row that looks most like headings is named, with what stands in it."""
        sheet = Sheet("Plan", (("x",), ("Foo", "Bar"), (Number(1), Number(1))))
        flaw = self.refusal(sheet)
        assert ("plan.xlsx: Plan!A2", "no-known-heading") == (flaw.place, flaw.code)
        assert "'Foo', 'Bar'" in str(flaw)

    def test_nothing_that_names_measures(self) -> None:
        """Known headings are not enough if none of them tells measures apart."""
        flaw = self.refusal(Sheet("Plan", (("Status", "Kosten"), ("umgesetzt", "7"))))
        assert ("plan.xlsx: Plan!A1", "no-known-heading") == (flaw.place, flaw.code)

    def test_nothing(self) -> None:
        """A file without anything in it has no headings."""
        assert "empty-file" == self.refusal(Sheet("Plan", ())).code
        assert "empty-file" == self.refusal(attrs.evolve(PLAN, visible=False)).code
        assert "no-known-heading" == self.refusal(Sheet("Plan", ((None, " "),))).code
