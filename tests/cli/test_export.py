"""``planlog export``: the plan and its history as files for a spreadsheet or a database."""

import csv
import io
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from planlog import PlanLog
from planlog.cli.exporting import FORMS
from planlog.tables.files.reading import read
from planlog.tables.maps.own import own_map
from planlog.tables.rows.statement import statement
from tests.cli.running import BY, SOURCE, Folder

EVERYTHING: Final = ("--at", "2023-12-31")
POINT: Final = "Stand am Ende des Tages 2023-12-31"


@pytest.fixture(scope="module")
def telling(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan with more in it: lists, phases, texts that look like something else."""
    path = tmp_path_factory.mktemp("telling")
    shutil.copytree(recorded, path, dirs_exist_ok=True)
    for command in (
        ("amend-plan", "Sozialer Plan", "--language", "de", "--on", "2020-09-18"),
        ("prioritize", "wohnen", "16", "1", "--on", "stk-3"),
        ("start", "wohnen/16", "--on", "stk-3", "--note", "=1+1"),
        ("drop", "gesundheit/16", "rejected", "--on", "stk-3", "--reason", "kein Geld"),
        ("amend", "wohnen/1", "--cost", "007 Taler", "--funding=-5", "--on", "stk-3"),
        ("amend", "wohnen/1", "--attribute", "Thema=Haus", "--on", "stk-3"),
        ("propose", "wohnen", "Altes", "--number", "2", "--on", "2021-07-07"),
        ("merge", "wohnen/2", "--into", "wohnen/1", "--on", "stk-3"),
    ):
        Folder(path).do("--log", str(path), *command, "--by", BY, "--source", SOURCE)
    return path


@pytest.fixture
def told(empty: Folder, telling: Path) -> Folder:
    """A folder with that plan."""
    shutil.copytree(telling, empty.path, dirs_exist_ok=True)
    return empty


def rows(content: bytes, delimiter: str = ";") -> list[list[str]]:
    """The rows of a CSV."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), ""), delimiter=delimiter))


def written(folder: Folder, name: str) -> bytes:
    """What a file of the folder holds."""
    return (folder.path / name).read_bytes()


def book(folder: Folder, name: str) -> openpyxl.Workbook:
    """A workbook of the folder."""
    return openpyxl.load_workbook(folder.path / name)


def head(folder: Folder, name: str) -> tuple[str, str]:
    """What stands above each page of a workbook, left and right."""
    header: Any = book(folder, name).worksheets[0].oddHeader
    return header.left.text, header.right.text


def cells(folder: Folder, name: str) -> dict[str, dict[str, Any]]:
    """What an exported plan states, measure by measure, as an import would read it."""
    sheets = read(written(folder, name), name)
    map = own_map(sheets)
    assert map is not None
    return {str(one.key): dict(one.cells) for one in statement(sheets, map, name).measures}


class TestPlan:
    def test_csv(self, told: Folder) -> None:
        """A CSV has planlog's own names and words, and says on standard error which plan it is."""
        outcome = told.run("export", *EVERYTHING, "plan.csv")
        assert (0, "", True) == (outcome.code, outcome.data, POINT in outcome.words)
        headings, *lines = rows(written(told, "plan.csv"))
        assert (["measure", "field", "number", "title"], "attributes.Thema") == (
            headings[:4],
            headings[-1],
        )
        assert ["wohnen-16", "wohnen-1", "gesundheit-16"] == [line[0] for line in lines]
        phase, note = headings.index("phase"), headings.index("note")
        assert ["started", "proposed", "dropped:rejected"] == [line[phase] for line in lines]
        assert "'=1+1" == lines[0][note]

    def test_is_read_again(self, told: Folder) -> None:
        """Whatever the file, reading it states the plan as it stands."""
        for name, more in (
            ("plan.csv", ()),
            ("excel.csv", ("--encoding", "cp1252", "--delimiter", ",")),
            ("plan.xlsx", ()),
            ("english.xlsx", ("--lang", "en")),
            ("fields.xlsx", ("--by-field",)),
        ):
            told.do("export", *EVERYTHING, name, *more)
        found = cells(told, "plan.csv")
        assert {"=1+1", "007 Taler", "-5"} <= {
            *(found["wohnen-16"]["note"], found["wohnen-1"]["cost"]),
            found["wohnen-1"]["funding"],
        }
        assert ("started", 1) == (found["wohnen-16"]["phase"], found["wohnen-16"]["rank"])
        for name in ("excel.csv", "plan.xlsx", "english.xlsx", "fields.xlsx"):
            assert found == cells(told, name)

    def test_all(self, told: Folder) -> None:
        """Measures that were replaced are there if they are asked for."""
        told.do("export", *EVERYTHING, "--all", "plan.csv")
        assert "wohnen-2" in [line[0] for line in rows(written(told, "plan.csv"))]

    def test_sheets(self, told: Folder) -> None:
        """A workbook is in the words of the answer, with one sheet or one for each field."""
        told.do("export", *EVERYTHING, "plan.xlsx")
        sheet = book(told, "plan.xlsx")["Maßnahmen"]
        assert ("Kennung", "begonnen") == (sheet["A1"].value, sheet["G2"].value)
        told.do("export", *EVERYTHING, "--by-field", "plan.xlsx", "--lang", "en")
        made = book(told, "plan.xlsx")
        assert (["Wohnen", "Gesundheit"], "Sozialer Plan") == (
            made.sheetnames,
            made.properties.title,
        )
        assert "dropped: rejected" == made["Gesundheit"]["G2"].value

    def test_markdown(self, told: Folder) -> None:
        """In Markdown columns without anything in them are left out, and nothing is markup."""
        told.do("amend", "wohnen/16", "--title", "a|b\n*c*", "--on", "stk-3")
        text = told.do("export", *EVERYTHING, "--by-field", "--to", "markdown", "-")
        heading, point, _, first, _, line = [one for one in text.splitlines() if one][:6]
        assert ("# Sozialer Plan", True) == (heading, point.startswith(POINT))
        assert "Teilziel" not in first
        assert "a\\|b<br>\\*c\\*" in line
        assert ["Wohnen", "Gesundheit"] == re.findall(r"^## (.+)$", text, re.MULTILINE)

    def test_empty_plan(self, empty: Folder) -> None:
        """A plan of which nothing is known is exported all the same."""
        empty.do("init", "Plan", "--on", "2020-01-01", "--language", "en")
        empty.do("export", "--at", "start", "plan.md")
        assert "# Plan without a title" in written(empty, "plan.md").decode()
        empty.do("export", "--at", "start", "plan.xlsx")
        assert "Plan without a title" == book(empty, "plan.xlsx").properties.title

    def test_no_events(self, empty: Folder) -> None:
        """So is a log without any events."""
        PlanLog.create(empty.path)
        empty.do("--log", str(empty.path), "export", "plan.xlsx")
        assert 1 == book(empty, "plan.xlsx").worksheets[0].max_row

    def test_what_is_lost(self, told: Folder) -> None:
        """Texts that are not read again as they are are counted, if there are any."""
        assert "eingelesen" not in told.run("export", *EVERYTHING, "plan.csv").words
        told.do("amend", "wohnen/1", "--cost", " ", "--funding", "a\r\nb", "--on", "stk-3")
        assert "1 Text wird nicht so wieder" in told.run("export", *EVERYTHING, "p.csv").words
        assert "2 Texte werden nicht so" in told.run("export", *EVERYTHING, "p.xlsx").words
        assert "eingelesen" not in told.run("export", *EVERYTHING, "p.md").words


class TestOthers:
    def test_diff(self, told: Folder) -> None:
        """A diff has both points; as data it is what diff writes, in a workbook it is in words."""
        outcome = told.run("export", "--diff", "stk-2", "stk-3", "changes.csv")
        assert 2 == len(outcome.lines)
        shown = told.do("diff", "stk-2", "stk-3", "--format", "csv")
        assert rows(shown.encode(), ",") == rows(written(told, "changes.csv"))
        told.do("export", "--diff", "stk-2", "stk-3", "changes.xlsx")
        sheet = book(told, "changes.xlsx")["Änderungen"]
        told_rows = {row[:2] + row[4:7] for row in sheet.values}
        assert ("Maßnahme", "wohnen-16", "Phase", "vorgeschlagen", "begonnen") in told_rows
        assert "Nachbarschaften" in {row[2] for row in sheet.values}

    def test_matrix(self, told: Folder) -> None:
        """A matrix has a column for each conference; what was replaced only with --all."""
        told.do("export", "--matrix", *EVERYTHING, "matrix.xlsx")
        values = list(book(told, "matrix.xlsx")["Matrix"].values)
        assert ("2. Konferenz (2022-05-24)", "3. Konferenz (2023-03-16)") == values[0][4:]
        assert ("vorgeschlagen", "begonnen, Rang 1") == values[1][4:]
        told.do("export", "--matrix", "--all", *EVERYTHING, "matrix.csv")
        shown = told.do("show", "--matrix", "--all", *EVERYTHING, "--format", "csv")
        assert rows(shown.encode(), ",") == rows(written(told, "matrix.csv"))

    def test_open_matrix(self, told: Folder) -> None:
        """What an inexact day leaves open is marked, and where there is room the mark explained."""
        told.do("export", "--matrix", *EVERYTHING, "matrix.md")
        assert b"(?)" not in written(told, "matrix.md")
        told.do("propose", "wohnen", "Neu (?)", "--on", "2022-01/2023-12-01", "--by", "GWA")
        told.do("export", "--matrix", *EVERYTHING, "matrix.md")
        text = written(told, "matrix.md").decode()
        assert "| Neu (?) | (?) | (?) |" in text
        assert text.splitlines()[-1].startswith("(?) offen")
        told.do("export", *EVERYTHING, "plan.md")
        assert b"(?) offen" not in written(told, "plan.md")

    def test_printed(self, told: Folder) -> None:
        """A printed page of a workbook says which plan it shows, and as of when."""
        told.do("export", *EVERYTHING, "plan.xlsx")
        title, state = head(told, "plan.xlsx")
        assert (told.log.plan().title, True) == (title, state.startswith(POINT))
        told.do("export", "--diff", "stk-2", "stk-3", "diff.xlsx")
        _, state = head(told, "diff.xlsx")
        assert 2 == state.count("Stand am Ende des Tages")
        assert not state.endswith("…")

    def test_events(self, told: Folder) -> None:
        """Events are all there are, or those that had happened and were known at a point."""
        told.do("export", "--events", "events.csv")
        assert told.log.size + 1 == len(rows(written(told, "events.csv")))
        outcome = told.run("export", "--events", "--at", "2021@#9", "events.csv")
        shown = told.do("log", "--at", "2021@#9", "--format", "csv")
        assert rows(shown.encode(), ",") == rows(written(told, "events.csv"))
        assert "9 Ereignisse" in outcome.words

    def test_database(self, told: Folder) -> None:
        """A database holds it all, whatever its ending of the usual ones."""
        for name in ("h.sqlite", "h.sqlite3", "h.db", "h.SQLITE"):
            outcome = told.run("export", *EVERYTHING, name)
            assert (0, "", True) == (outcome.code, outcome.data, POINT in outcome.words)
        with closing(sqlite3.connect(told.path / "h.db")) as connection:
            assert [(4,)] == connection.execute("SELECT count(*) FROM measures").fetchall()
            assert [(told.log.size,)] == (
                connection.execute("SELECT count(*) FROM events").fetchall()
            )


class TestFile:
    def test_by_name_or_by_place(self, told: Folder) -> None:
        """The file may be named like any output."""
        told.do("export", "-o", "a.csv", *EVERYTHING)
        told.do("export", "a.txt", "--to", "csv", *EVERYTHING)
        assert written(told, "a.csv") == written(told, "a.txt")

    def test_standard_output(self, told: Folder) -> None:
        """Text goes to standard output, in UTF-8 and harmless."""
        told.do("amend", "wohnen/16", "--title", "a\x1bb", "--on", "stk-3")
        text = told.do("export", "-", "--to", "csv", "--delimiter", "\t", *EVERYTHING)
        assert text.startswith("measure\tfield\t")
        assert "a\\x1bb" in text
        told.do("export", "plan.csv", *EVERYTHING)
        assert b"a\x1bb" in written(told, "plan.csv")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("plan.txt",), "'plan.txt' sagt nicht, was daraus werden soll"),
            (("-",), "'-' sagt nicht"),
            (("-", "--to", "xlsx"), r"nur .csv und .md gehen in die Standardausgabe"),
            (("-", "--to", "csv", "--encoding", "cp1252"), "'--encoding'.*immer in UTF-8"),
            (("a.csv", "--matrix", "--events"), "nur eines von --diff, --matrix und --events"),
            (("a.db", "--matrix"), "enthält immer die ganze Geschichte; --matrix weglassen"),
            (("a.db", "--all"), "enthält immer jede Maßnahme"),
            (("a.csv", "--diff", "stk-2", "stk-3", "--at", "2021"), "zwei eigene Zeitpunkte"),
            (("a.csv", "--events", "--all"), "'--all': das gilt für Maßnahmen"),
            (("a.csv", "--by-field"), "'--by-field': das gilt für den Plan als .xlsx oder .md"),
            (("a.md", "--matrix", "--by-field"), "'--by-field'"),
            (("a.xlsx", "--encoding", "cp1252"), "'--encoding': das gilt nur für .csv"),
            (("a.xlsx", "--delimiter", ","), "'--delimiter': das gilt nur für .csv"),
            (("a.csv", "--encoding", "cp99"), "keine Kodierung heißt 'cp99'"),
            (("a.csv", "--encoding", "hex"), "keine Kodierung heißt 'hex'"),
            (("a.csv", "--encoding", "a\0b"), "keine Kodierung heißt"),
            (("a.csv", "--delimiter", ""), "erwartet ist ein Zeichen.*''"),
            (("a.csv", "--delimiter", "1"), "erwartet ist ein Zeichen.*'1'"),
            (("a.csv", "--delimiter", '"'), "erwartet ist ein Zeichen"),
            (("events/a.csv",), "liegt bei den Ereignisdateien"),
            (("events/a.db",), "liegt bei den Ereignisdateien"),
            (("weg/a.xlsx",), "'weg/a.xlsx' ist nicht schreibbar"),
            ((), "FILE"),
        ],
    )
    def test_refused(self, told: Folder, arguments: tuple[str, ...], message: str) -> None:
        """What cannot be done is refused, and nothing is written."""
        words = " ".join(told.refused("export", *arguments, "--lang", "de").split())
        assert re.search(message, words), words

    def test_what_cannot_be_written(self, told: Folder) -> None:
        """A text that the file cannot hold is named with its cell, and no file is left behind."""
        told.do("amend", "wohnen/1", "--title", "Ő", "--on", "stk-3")
        words = told.refused("export", *EVERYTHING, "p.csv", "--encoding", "cp1252")
        assert "p.csv: D3: title: cp1252 hat kein Zeichen 'Ő'" in words
        told.do("amend", "wohnen/1", "--title", "x" * 32768, "--on", "stk-3")
        words = told.refused("export", *EVERYTHING, "weit/p.xlsx")
        assert "p.xlsx: Maßnahmen!D3: Titel: eine Zelle fasst 32767 Zeichen" in words


class TestPublic:
    @pytest.fixture
    def declared(self, told: Folder) -> Folder:
        """A plan part of which is internal."""
        (told.path / "planlog.toml").write_text('internal = ["cost", "due", "field:Gesundheit"]')
        return told

    @pytest.mark.parametrize(
        "what", [(), ("--matrix",), ("--diff", "start", "2023-12-31"), ("--events",)]
    )
    @pytest.mark.parametrize("form", FORMS)
    def test_leaves_out(self, declared: Folder, what: tuple[str, ...], form: str) -> None:
        """Nothing that is internal is in any file, and how much was left out is said."""
        at = () if "--diff" in what else EVERYTHING
        if form == "sqlite":
            what, at = (), EVERYTHING
        outcome = declared.run("export", "--public", *what, *at, "--to", form, "out")
        assert 0 == outcome.code, outcome.words
        text = content(declared.path / "out")
        assert "Wohnraum" in text
        assert not any(word in text for word in ("Gesundheit", "gesundheit", "Begleitung", "Taler"))
        said = r"als intern weggelassen: cost \([12]\), due \(0\), field:gesundheit \(1\)\n"
        assert re.search(said, outcome.words), outcome.words

    def test_columns(self, declared: Folder) -> None:
        """What is internal has no column: an import of the table would not clear it."""
        declared.do("export", "--public", "plan.csv")
        headings = rows(written(declared, "plan.csv"))[0]
        assert {"cost", "due"}.isdisjoint(headings)
        assert "funding" in headings

    def test_nothing_declared(self, told: Folder) -> None:
        """Where nothing is declared internal it says so, and how that is done."""
        outcome = told.run("export", "--public", *EVERYTHING, "plan.csv")
        assert "nichts ist als intern genannt" in outcome.words
        public = written(told, "plan.csv")
        told.do("export", *EVERYTHING, "plan.csv")
        assert public == written(told, "plan.csv")

    def test_unknown_field(self, told: Folder) -> None:
        """A field that the log does not have could be one misspelt: nothing is written."""
        (told.path / "planlog.toml").write_text('internal = ["field:Gesundhait"]')
        assert "'Gesundhait'" in told.refused("export", "--public", "plan.csv")


def content(path: Path) -> str:
    """All the text of a file, whatever its form."""
    data = path.read_bytes()
    if data.startswith(b"SQLite"):
        with closing(sqlite3.connect(path)) as connection:
            return "\n".join(connection.iterdump())
    if data.startswith(b"PK"):
        return repr([list(sheet.values) for sheet in openpyxl.load_workbook(io.BytesIO(data))])
    return data.decode()
