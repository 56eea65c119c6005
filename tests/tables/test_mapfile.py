"""The file that says how a table is to be read."""

import re
from pathlib import Path

import pytest

from planlog.errors import TableError
from planlog.mappings import FrozenMapping
from planlog.plan import PHASES
from planlog.tables.map import Map
from planlog.tables.maps.mapfile import COLUMNS, parse_map
from planlog.tables.maps.settings import SETTINGS
from planlog.tables.rows.phases import CAUSES

SMALLEST = 'coverage = "excerpt"\n[columns]\ntitle = "Maßnahme"\n'

WHOLE = """\
coverage = "complete"

[table]
sheet = "Plan 2023"
header = [3, 4]
skip = [7, "12-14"]
where = { Bericht = "2013" }
encoding = "cp1252"
delimiter = ";"
decimal = ","
empty = ["-", "K. A.", "k. a."]
dates = "DD.MM.YYYY"
formulas = "values"

[columns]
measure = "ID"
field = "Handlungsfeld"
number = "Nr."
title = "Maßnahme"
rank = "Rang"
stage = "Stand"

[attributes]
topic = "Thema"

[stages]
"angeschoben" = "started"
"nicht umsetzbar" = "dropped:not_feasible"
"""


def refusals(text: str | bytes) -> set[tuple[str, str]]:
    """The key and code of every flaw of a map."""
    with pytest.raises(TableError) as caught:
        parse_map(text.encode() if isinstance(text, str) else text, "map.toml")
    assert {"map.toml"} == {flaw.place for flaw in caught.value.flaws}
    assert all(str(flaw) for flaw in caught.value.flaws)
    return {(flaw.key, flaw.code) for flaw in caught.value.flaws}


def table(line: str) -> str:
    """A map with one line under ``[table]``."""
    return f"{SMALLEST}[table]\n{line}\n"


class TestParseMap:
    """Tests for `parse_map`."""

    def test_whole(self) -> None:
        """Everything that a map can say is taken as it stands."""
        assert Map(
            coverage="complete",
            columns=FrozenMapping(
                {
                    "measure": "ID",
                    "field": "Handlungsfeld",
                    "number": "Nr.",
                    "title": "Maßnahme",
                    "rank": "Rang",
                    "stage": "Stand",
                }
            ),
            attributes=FrozenMapping({"topic": "Thema"}),
            stages=FrozenMapping(
                {"angeschoben": "started", "nicht umsetzbar": "dropped:not_feasible"}
            ),
            sheets=("Plan 2023",),
            header=(3, 4),
            skip=((7, 7), (12, 14)),
            where=FrozenMapping({"Bericht": "2013"}),
            encoding="cp1252",
            delimiter=";",
            decimal=",",
            empty=("-", "k. a."),
            dates="DD.MM.YYYY",
            formulas=True,
        ) == parse_map(WHOLE.encode(), "map.toml")

    def test_smallest(self) -> None:
        """What is not said is as usual: the first row holds the headings, the rest is found out."""
        read = parse_map(SMALLEST.encode(), "map.toml")
        assert Map(coverage="excerpt", columns=FrozenMapping({"title": "Maßnahme"})) == read
        assert ((1,), (), False) == (read.header, read.sheets, read.formulas)

    def test_byte_order_mark(self) -> None:
        """An editor that puts a mark in front of the text does no harm."""
        assert parse_map(SMALLEST.encode(), "a") == parse_map(SMALLEST.encode("utf-8-sig"), "a")

    def test_phases(self) -> None:
        """A column of phases may have words of its own, also for what was replaced."""
        text = f'{SMALLEST}phase = "Phase"\n[phases]\nersetzt = "replaced"\n'
        assert FrozenMapping({"ersetzt": "replaced"}) == parse_map(text.encode(), "a").phases

    def test_no_status_words(self) -> None:
        """Without words a column of stages is free text; with no words in it none is known."""
        assert parse_map(f'{SMALLEST}stage = "Stand"\n'.encode(), "a").stages is None
        empty = parse_map(f'{SMALLEST}stage = "Stand"\n[stages]\n'.encode(), "a")
        assert FrozenMapping() == empty.stages

    @pytest.mark.parametrize(
        ("line", "sheets"),
        [
            ("sheet = 2", (2,)),
            ('sheet = ["Wohnen", 3]', ("Wohnen", 3)),
            ('sheet = "*"', ("*",)),
        ],
    )
    def test_sheets(self, line: str, sheets: tuple[str | int, ...]) -> None:
        """Sheets go by name or number; several of one form can be read together."""
        assert sheets == parse_map(table(line).encode(), "a").sheets

    @pytest.mark.parametrize("line", ["skip = 7", 'skip = ["7"]', "skip = [0]", 'skip = "9-7"'])
    def test_skip(self, line: str) -> None:
        """A single row needs no list; a row is a number, a range a text that goes upward."""
        if line == "skip = 7":
            assert ((7, 7),) == parse_map(table(line).encode(), "a").skip
        else:
            assert {("table.skip", "map-skip")} == refusals(table(line))

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("title = Maßnahme", {("", "not-toml")}),
            (b"# Ma\xdfnahme", {("", "not-utf-8")}),
            ("[columns]\ntitle = 'A'", {("coverage", "missing-key")}),
            ("coverage = 'partly'\n[columns]\ntitle = 'A'", {("coverage", "expected-choice")}),
            ("coverage = 1\n[columns]\ntitle = 'A'", {("coverage", "expected-choice")}),
            ("coverage = 'excerpt'", {("columns", "no-identity")}),
            (
                "coverage = 'excerpt'\ncolumns = 'A'",
                {("columns", "expected-section"), ("columns", "no-identity")},
            ),
            (f"{SMALLEST}[stages]\n", {("stages", "no-column")}),
            (f"{SMALLEST}[phases]\n", {("phases", "no-column")}),
            (f"stages = 7\n{SMALLEST}", {("stages", "expected-section")}),
            (f"{SMALLEST}titel = 'B'", {("columns.titel", "misspelt-key")}),
            (f"{SMALLEST}since = 'B'", {("columns.since", "unknown-key")}),
            (f"{SMALLEST}xyz = 'B'", {("columns.xyz", "unknown-key")}),
            (f"colums = 1\n{SMALLEST}", {("colums", "misspelt-key")}),
            (f"{SMALLEST}note = 7", {("columns.note", "expected-text")}),
            (f"{SMALLEST}note = ' '", {("columns.note", "blank")}),
            (
                f"{SMALLEST}note = ' '\ncost = ''",
                {("columns.note", "blank"), ("columns.cost", "blank")},
            ),
            (f"{SMALLEST}note = 'maß\u00adnahme'", {("columns.note", "one-heading")}),
            (f"{SMALLEST}[attributes]\nt = 'MASSNAHME '", {("attributes.t", "one-heading")}),
            (f"{SMALLEST}[attributes]\n'' = 'A'", {("attributes['']", "blank")}),
            (f"{SMALLEST}stage = 'S'\n[stages]\na = ' '", {("stages.a", "blank")}),
            (f"{SMALLEST}stage = 'S'\n[stages]\na = 1", {("stages.a", "expected-text")}),
            (f"{SMALLEST}rank = 'Rang'", {("columns.rank", "rank-without-field")}),
            (
                f"{SMALLEST}field = 'F'\n[table]\nsections = 'field'",
                {("table.sections", "field-twice")},
            ),
            (
                f"{SMALLEST}phase = 'P'\nstage = 'S'\n[stages]\na = 'started'",
                {("stages", "two-phases")},
            ),
        ],
    )
    def test_flaws(self, text: str | bytes, expected: set[tuple[str, str]]) -> None:
        """Whatever cannot be meant is refused, with the key at which it stands."""
        assert expected == refusals(text)

    def test_numbers_that_are_keys(self) -> None:
        """One column can be both key and number, but a title is not the number as well."""
        text = "coverage = 'excerpt'\n[columns]\n{} = 'Nr.'\nnumber = 'Nr.'\n"
        assert {"measure": "Nr.", "number": "Nr."} == dict(
            parse_map(text.format("measure").encode(), "a").columns
        )
        assert {("columns.number", "one-heading")} == refusals(text.format("title"))
        assert {("attributes.a", "one-heading")} == refusals(
            f"{text.format('measure')}[attributes]\na = 'Nr.'"
        )

    @pytest.mark.parametrize(
        ("word", "code"),
        [
            ("startd", "unknown-phase"),
            ("erledigt", "unknown-phase"),
            ("dropped", "no-cause"),
            ("dropped:tired", "unknown-phase"),
            ("started:other", "unknown-phase"),
        ],
    )
    def test_phases_that_are_none(self, word: str, code: str) -> None:
        """A status word means a phase of planlog's own, and what was dropped says why."""
        text = f"{SMALLEST}stage = 'S'\n[stages]\nangeschoben = '{word}'"
        assert {("stages.angeschoben", code)} == refusals(text)

    def test_one_status_twice(self) -> None:
        """Status words that are compared alike cannot mean different things, but the same."""
        text = f"{SMALLEST}stage = 'S'\n[stages]\n'In Arbeit' = 'started'\n'in  arbeit' = "
        assert {("stages['in  arbeit']", "doubled-status")} == refusals(f"{text}'paused'")
        assert parse_map(f"{text}'started'".encode(), "a").stages is not None

    @pytest.mark.parametrize(
        ("line", "key", "code"),
        [
            ("sheet = 0", "sheet", "map-sheet"),
            ("sheet = []", "sheet", "map-sheet"),
            ("sheet = true", "sheet", "map-sheet"),
            ("sheet = ''", "sheet", "map-sheet"),
            ("header = 'A'", "header", "map-header"),
            ("header = []", "header", "map-header"),
            ("header = [1, 0]", "header", "map-header"),
            ("sections = 'goal'", "sections", "map-sections"),
            ("where = 'A'", "where", "map-where"),
            ("where = { A = 1 }", "where", "map-where"),
            ("encoding = 'utf-99'", "encoding", "map-encoding"),
            ("encoding = 'base64'", "encoding", "map-encoding"),
            ("encoding = 8", "encoding", "map-encoding"),
            ("delimiter = ';;'", "delimiter", "map-delimiter"),
            ("delimiter = '\"'", "delimiter", "map-delimiter"),
            ("delimiter = 1", "delimiter", "map-delimiter"),
            ("decimal = ';'", "decimal", "expected-choice"),
            ("empty = []", "empty", "map-empty"),
            ("empty = ['-', ' ']", "empty", "map-empty"),
            ("empty = 0", "empty", "map-empty"),
            ("dates = 'TT.MM.JJJJ'", "dates", "map-dates"),
            ("dates = 'DD.MM.MM'", "dates", "map-dates"),
            ("dates = 1", "dates", "map-dates"),
            ("formulas = true", "formulas", "expected-choice"),
            ("headr = 1", "headr", "misspelt-key"),
        ],
    )
    def test_table(self, line: str, key: str, code: str) -> None:
        """Each setting of the table is refused where it cannot be followed."""
        assert {(f"table.{key}", code)} == refusals(table(line))

    def test_all_at_once(self) -> None:
        """Everything that is wrong with a map is told in one go."""
        assert {
            ("coverage", "missing-key"),
            ("columns.titel", "misspelt-key"),
            ("columns", "no-identity"),
            ("stages.a", "no-cause"),
            ("stages", "no-column"),
            ("table.header", "map-header"),
        } == refusals("[columns]\ntitel='A'\n[stages]\na='dropped'\n[table]\nheader=0")

    def test_misspelt(self) -> None:
        """A message names the value, and what was probably meant."""
        with pytest.raises(TableError, match=r"'startd'; did you mean 'started'\?"):
            parse_map(f"{SMALLEST}stage='S'\n[stages]\na='startd'".encode(), "map.toml")


@pytest.mark.docs
class TestPage:
    """Tests for the page about the map."""

    PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "map.md").read_text("utf-8")

    def test_examples(self) -> None:
        """Every map on the page can be read."""
        maps = re.findall(r"```toml\n(.*?)```", self.PAGE, re.DOTALL)
        assert 3 == len(maps)
        assert all(parse_map(text.encode(), "map.md").columns for text in maps)

    def test_keys(self) -> None:
        """Every key, every column, every phase and every reason stands on the page."""
        words = re.findall(r"`\"?([a-z_]+):?\"?`", self.PAGE)
        columns = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", self.PAGE, re.MULTILINE)
        listed = [name for row in columns for name in re.findall(r"\w+", row)]
        assert sorted([*COLUMNS, *SETTINGS]) == sorted(listed)
        assert {*PHASES, *CAUSES, "coverage"} <= {*words}


class TestMap:
    """Tests for `Map`."""

    def test_stated(self) -> None:
        """What a table states stands in planlog's order, with the phase that stages tell."""
        read = parse_map(WHOLE.encode(), "map.toml")
        assert ("title", "field", "number", "phase", "stage", "rank", "attributes.topic") == (
            read.stated
        )

    def test_sections(self) -> None:
        """A field that stands in rows of its own is stated, too."""
        read = parse_map(table("sections = 'field'").encode(), "map.toml")
        assert ("title", "field") == read.stated
