"""``planlog import``."""

import itertools
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from planlog import FieldAdded, PlanLog, Started, VersionRecorded
from planlog.errors import MOST_TOLD, ConflictError
from planlog.stores.folder import FolderStore
from tests.cli.running import BY, SOURCE, Folder, Outcome
from tests.tables.files import xlsx

MAP = """
coverage = "complete"
[columns]
field = "Handlungsfeld"
number = "Nr."
title = "Maßnahme"
rank = "Rang"
stage = "Stand"
[stages]
"angeschoben" = "started"
"umgesetzt" = "implemented"
"""

HEADINGS = "Handlungsfeld;Nr.;Maßnahme;Rang;Stand"
FIRST = ("Wohnen;1;Wohnraum;1;", "Wohnen;16;Nachbarschaften;2;angeschoben", "Soziales;2;Treff;;")
SECOND = (
    "Wohnen;16;Nachbarschaften stärken;1;umgesetzt",
    "Wohnen;1;Wohnraum;2;",
    "Wohnen;3;Hof;;",
    "Soziales;2;Treff;;angeschoben",
)
THIRD = ("Wohnen;16;Nachbarschaften;;angeschoben", "Soziales;2;Treff;;umgesetzt")
SIZE = 9
"""How many events the first table becomes."""

RENUMBERED = ("Wohnen;1;Wohnraum;1;", "Wohnen;17;Nachbarschaften;2;angeschoben")


def table(folder: Folder, name: str, rows: tuple[str, ...], headings: str = HEADINGS) -> str:
    """Write a table, and return its name."""
    (folder.path / name).write_text("\n".join((headings, *rows, "")))
    return name


def take(folder: Folder, name: str, day: str, *more: str, **settings: Any) -> Outcome:
    """Import a table as of a day, in English, and return what came of it."""
    arguments = ("import", name, "--map", "map.toml", "--on", day, "--lang", "en", *more)
    return folder.run(*arguments, **settings)


def refuse(folder: Folder, name: str, day: str, *more: str, **settings: Any) -> str:
    """Import a table that must be refused, with nothing written; return the words."""
    arguments = ("import", name, "--map", "map.toml", "--on", day, "--lang", "en", *more)
    return folder.refused(*arguments, **settings)


@pytest.fixture
def shelf(empty: Folder) -> Folder:
    """A folder with a map and three tables, but no log."""
    (empty.path / "map.toml").write_text(MAP)
    table(empty, "2020.csv", FIRST)
    table(empty, "2022.csv", SECOND)
    table(empty, "2021.csv", THIRD)
    return empty


@pytest.fixture
def begun(shelf: Folder) -> Folder:
    """The same folder with a log that the first table is in."""
    outcome = take(shelf, "2020.csv", "2020-09-18", "--title", "Sozialer Plan")
    assert 0 == outcome.code, outcome.words
    return shelf


class TestFirst:
    def test_begins_a_log(self, shelf: Folder) -> None:
        """Where no log is, one is begun under a title, and the table is its first batch."""
        outcome = take(shelf, "2020.csv", "18.09.2020", "--title", "Sozialer Plan")
        files = [path.name for path in (shelf.path / "events").glob("*.jsonl")]
        assert [f"recorded: {SIZE} events, in events/{files[0]}"] == outcome.lines
        plan = shelf.log.plan("2020-09-18")
        assert "Sozialer Plan" == plan.title
        assert ("wohnen-1", "wohnen-16") == plan.field("wohnen").ranking
        assert "started" == plan.measure("wohnen-16").phase
        assert {BY} == {event.by for event in shelf.log.events()}

    def test_is_shown(self, shelf: Folder) -> None:
        """What is proposed is shown under headings that say how much there is."""
        outcome = take(shelf, "2020.csv", "2020-09-18", "--title", "Sozialer Plan")
        assert (
            """\
Version version-2020-09-18, 2020-09-18
state at the end of 2020-09-18, 0 events, known until today
3 measures in the table

The plan is opened
- “Sozialer Plan”

New action fields (2)
- Wohnen (wohnen)
- Soziales (soziales)

New measures (3)
- Wohnen 1: Wohnraum; rank 1
- Wohnen 16: Nachbarschaften; started, rank 2
- Soziales 2: Treff

Priority lists (1)
- Wohnen: 1, 16

The version itself
- version-2020-09-18: complete; states title, field, number, phase, stage, rank
"""
            == outcome.data
        )

    def test_in_a_language(self, shelf: Folder) -> None:
        """The plan is begun in the language that it is said to be written in."""
        take(shelf, "2020.csv", "2020-09-18", "--title", "Sozialer Plan", "--language", "de")
        assert "de" == shelf.log.plan().language

    def test_without_a_title(self, shelf: Folder) -> None:
        """A log is begun only where somebody says what the plan is called."""
        words = refuse(shelf, "2020.csv", "2020-09-18", code=3)
        assert words.startswith("Error: no log at '.'")

    def test_into_an_empty_log(self, shelf: Folder) -> None:
        """A folder that is there for a log but has no event in it is begun likewise."""
        (shelf.path / "events").mkdir()
        words = refuse(shelf, "2020.csv", "2020-09-18", "--log", ".")
        assert "say what it is called with --title" in words
        outcome = take(shelf, "2020.csv", "2020-09-18", "--title", "Plan", "--log", ".")
        assert 0 == outcome.code, outcome.words
        assert SIZE == shelf.log.size

    def test_leaves_nothing_after_a_refusal(self, shelf: Folder) -> None:
        """No folder is made for a log unless everything is right."""
        table(shelf, "2020.csv", (*FIRST, "Wohnen;4;Hof;2;"))
        refuse(shelf, "2020.csv", "2020-09-18", "--title", "Plan")
        refuse(shelf, "2022.csv", "2020-09-18", "--title", "Plan", "--expect-size", "5")
        take(shelf, "2022.csv", "2020-09-18", "--title", "Plan", "--dry-run")
        assert {"map.toml", "2020.csv", "2021.csv", "2022.csv"} == {
            path.name for path in shelf.path.iterdir()
        }

    def test_where_the_log_is_named(self, shelf: Folder) -> None:
        """It is begun where --log says."""
        outcome = take(shelf, "2020.csv", "2020-09-18", "--title", "Plan", "--log", "there")
        assert 0 == outcome.code, outcome.words
        assert SIZE == PlanLog.open(shelf.path / "there").size

    def test_in_a_plan(self, begun: Folder) -> None:
        """A title that the plan does not have is refused; the one that it has says nothing new."""
        words = refuse(begun, "2022.csv", "2022-09-18", "--title", "Anderer Plan")
        assert "the log has a plan already, 'Sozialer Plan'" in words
        assert 0 == take(begun, "2022.csv", "2022-09-18", "--title", "Sozialer Plan").code


class TestLater:
    def test_is_shown(self, begun: Folder) -> None:
        """Each thing that becomes another is told under its heading, with what it was and is."""
        assert (
            """\
Version version-2022-09-18, 2022-09-18
state at the end of 2022-09-18, 9 events, known until today
4 measures in the table

New measures (1)
- Wohnen 3: Hof

Renamed (1)
- Wohnen 16: Nachbarschaften → Nachbarschaften stärken

Started (1)
- Soziales 2: Treff: proposed → started; Stage: angeschoben

Implemented (1)
- Wohnen 16: Nachbarschaften stärken: started → implemented; Stage: angeschoben
  → umgesetzt

Priority lists (1)
- Wohnen: 1, 16 → 16, 1; Wohnen 16: 2 → 1 (moved up)

The version itself
- version-2022-09-18: complete; states title, field, number, phase, stage, rank
"""
            == take(begun, "2022.csv", "2022-09-18").data
        )

    def test_of_an_earlier_day(self, begun: Folder) -> None:
        """What a later version stated and this one would disturb is set again, and that is told."""
        take(begun, "2022.csv", "2022-09-18")
        data = take(begun, "2021.csv", "2021-09-18").data
        assert "Dropped: not in the table (1)\n- Wohnen 1: Wohnraum\n" in data
        assert "Set again for later versions (1)\n- version-2022-09-18 (2022-09-18): " in data
        assert ("wohnen-16", "wohnen-1") == begun.log.plan("2022-09-18").field("wohnen").ranking

    def test_that_differs_in_nothing(self, begun: Folder) -> None:
        """A table that says what the plan is already adds the version, and nothing else."""
        table(begun, "again.csv", FIRST)
        outcome = take(begun, "again.csv", "2021-09-18")
        assert "nothing differs from the plan of the day\n" in outcome.data
        assert [VersionRecorded] == [type(event.event) for event in begun.log.events(SIZE)]

    def test_from_another_file(self, begun: Folder) -> None:
        """It is told that a table takes the place of another; so it does, and back again."""
        version = "version-2020-09-18"
        table(begun, "right.csv", FIRST[1:])
        told = "in place of what another file of this version said\n"
        for name, phase in (("right.csv", "dropped"), ("2020.csv", "proposed")):
            assert told in take(begun, name, "2020-09-18", "--version", version).data
            assert phase == begun.log.plan("2020-09-18").measure("wohnen-1").phase
            again = take(begun, name, "2020-09-18", "--version", version, "--dry-run")
            assert f"already recorded: version {version}" == again.lines[-1]
            assert told.strip() not in again.lines
        assert told not in take(begun, "2021.csv", "2021-09-18").data

    def test_of_the_same_name(self, begun: Folder) -> None:
        """Another file of one name and day takes nobody's place unless somebody says so."""
        table(begun, "2020.csv", FIRST[1:])
        words = refuse(begun, "2020.csv", "2020-09-18")
        assert "say so with --version version-2020-09-18, else give it another name" in words
        take(begun, "2020.csv", "2020-09-18", "--version", "version-2020-09-18")
        assert "dropped" == begun.log.plan("2020-09-18").measure("wohnen-1").phase

    def test_twice(self, begun: Folder) -> None:
        """The same table of the same day adds nothing and says so, whatever it is called."""
        files = begun.files
        table(begun, "copy.csv", FIRST)
        for name in ("2020.csv", "copy.csv"):
            outcome = take(begun, name, "2020-09-18")
            words = ["already recorded: version version-2020-09-18"]
            assert (0, "", words) == (outcome.code, outcome.data, outcome.lines)
        (begun.path / "copy.csv").unlink()
        assert files == begun.files

    @pytest.mark.parametrize("order", list(itertools.permutations((0, 1, 2))))
    def test_in_any_order(self, shelf: Folder, order: tuple[int, ...]) -> None:
        """Tables in whatever order, and all of them twice, show the same plan on every day."""
        editions = [(f"{year}.csv", f"{year}-09-18") for year in (2020, 2021, 2022)]
        for index in (*order, *order):
            outcome = take(shelf, *editions[index], "--title", "Plan")
            assert 0 == outcome.code, outcome.words
        shown = [_rows(shelf, day) for _, day in editions]
        assert [
            [
                ["soziales", "2", "Treff", None, "proposed", None],
                ["wohnen", "1", "Wohnraum", 1, "proposed", None],
                ["wohnen", "16", "Nachbarschaften", 2, "started", "angeschoben"],
            ],
            [
                ["soziales", "2", "Treff", None, "implemented", "umgesetzt"],
                ["wohnen", "16", "Nachbarschaften", None, "started", "angeschoben"],
            ],
            [
                ["soziales", "2", "Treff", None, "started", "angeschoben"],
                ["wohnen", "16", "Nachbarschaften stärken", 1, "implemented", "umgesetzt"],
                ["wohnen", "1", "Wohnraum", 2, "proposed", None],
                ["wohnen", "3", "Hof", None, "proposed", None],
            ],
        ] == shown


def _rows(folder: Folder, day: str) -> list[list[Any]]:
    shown = json.loads(folder.do("show", "--at", day, "--format", "json"))
    names = ("field", "number", "title", "rank", "phase", "stage")
    return [[one[name] for name in names] for one in shown["measures"]]


class TestOptions:
    def test_day_of_a_conference(self, begun: Folder) -> None:
        """A conference that met on an exact day names the day; an inexact day is refused."""
        begun.do("hold-conference", "stk-2", "Konferenz", "conference", "--on", "2022-05-24")
        begun.do("hold-conference", "stk-3", "Konferenz", "conference", "--on", "2023-03")
        assert 0 == take(begun, "2022.csv", "stk-2").code
        assert "2022-05-24" == begun.log.events()[-1].on.text
        for day, text in (("stk-3", "2023-03"), ("2023", "2023")):
            words = refuse(begun, "2021.csv", day)
            assert f"a version is of an exact day, got '{text}'" in words

    def test_who_and_when(self, begun: Folder) -> None:
        """All that has to be said and is not is asked for at once."""
        words = begun.refused(
            "import", "2022.csv", "--map", "map.toml", "--lang", "en", env={"PLANLOG_BY": ""}
        )
        assert "--on" in words
        assert "--by" in words

    @pytest.mark.parametrize(
        ("options", "setting", "source"),
        [
            ((), SOURCE, SOURCE),
            ((), "", "2022.csv"),
            (("--source", "Fortschreibung 2022"), SOURCE, "Fortschreibung 2022"),
            (("--source", ""), SOURCE, None),
        ],
    )
    def test_source(
        self, begun: Folder, options: tuple[str, ...], setting: str, source: str | None
    ) -> None:
        """The source is what is said or set, else the name of the file."""
        take(begun, "2022.csv", "2022-09-18", *options, env={"PLANLOG_SOURCE": setting})
        assert {source} == {event.source for event in begun.log.events(SIZE)}

    def test_version(self, begun: Folder) -> None:
        """A version is called what is said, and so is its title."""
        take(begun, "2022.csv", "2022-09-18", "--version", "v-2", "--version-title", "Zweite")
        version = begun.log.plan().versions[-1]
        assert ("v-2", "Zweite", "complete") == (version.id, version.title, version.coverage)
        content = (begun.path / "2022.csv").read_bytes()
        assert sha256(content).hexdigest() == version.document

    def test_standard_input(self, begun: Folder) -> None:
        """A table may come from standard input; then there is no name to call the version by."""
        content = (begun.path / "2022.csv").read_bytes()
        words = refuse(begun, "-", "2022-09-18", input=content)
        assert "say what the version is called with --version" in words
        outcome = take(
            begun, "-", "2022-09-18", "--version", "v", input=content, env={"PLANLOG_SOURCE": ""}
        )
        assert 0 == outcome.code, outcome.words
        assert begun.log.events()[-1].source is None

    def test_sheet(self, begun: Folder) -> None:
        """The sheet that is named is the one that is read."""
        rows: list[list[str | None]] = [
            [*HEADINGS.split(";")],
            ["Wohnen", "5", "Spielplatz", None, None],
        ]
        (begun.path / "x.xlsx").write_bytes(xlsx({"Alt": rows[:1], "Neu": rows}))
        assert "there are none" in refuse(begun, "x.xlsx", "2022-09-18", "--sheet", "Alt")
        assert "New measures (1)" in take(begun, "x.xlsx", "2022-09-18", "--sheet", "Neu").data

    def test_expected_size(self, begun: Folder) -> None:
        """With an expected size, a log that grew is refused."""
        words = refuse(begun, "2022.csv", "2022-09-18", "--expect-size", "8")
        assert f"expected a log of 8 events, it has {SIZE}" in words
        assert 0 == take(begun, "2022.csv", "2022-09-18", "--expect-size", str(SIZE)).code

    def test_both_ways(self, begun: Folder) -> None:
        """What is likely cannot be taken and not be taken."""
        words = refuse(begun, "2022.csv", "2022-09-18", "--accept", "--reject")
        assert "choose one of --accept and --reject" in words

    def test_output(self, begun: Folder) -> None:
        """The proposal goes to a file where that is asked for."""
        outcome = take(begun, "2022.csv", "2022-09-18", "-o", "x.md", "--format", "markdown")
        assert (0, "") == (outcome.code, outcome.data)
        assert "\n## Renamed (1)\n" in (begun.path / "x.md").read_text()

    def test_german(self, begun: Folder) -> None:
        """The proposal is told in the language of the answer."""
        outcome = take(begun, "2022.csv", "2022-09-18", "--lang", "de")
        assert "Neue Maßnahmen (1)\n- Wohnen 3: Hof\n" in outcome.data
        assert "\nUmbenannt (1)\n" in outcome.data


class TestDryRun:
    def test_prints_lines_that_record_takes(self, begun: Folder, tmp_path: Path) -> None:
        """Recording the lines of a dry run gives the log that importing gives, ids and all."""
        files = begun.files
        outcome = take(begun, "2022.csv", "2022-09-18", "--dry-run")
        assert files == begun.files
        assert "Renamed (1)" in outcome.words
        assert outcome.lines[-1] == "nothing was recorded: this was a dry run"
        other = Folder(tmp_path / "other")
        other.path.mkdir()
        for path, content in files.items():
            (other.path / path).parent.mkdir(exist_ok=True)
            (other.path / path).write_bytes(content)
        other.do("--log", str(other.path), "record", "-", input=outcome.data.encode())
        take(begun, "2022.csv", "2022-09-18")
        assert _told(begun) == _told(other)

    def test_without_a_log(self, shelf: Folder) -> None:
        """Where no log is, the lines open the plan, and it is told what record needs first."""
        outcome = take(shelf, "2020.csv", "2020-09-18", "--title", "Plan", "--dry-run")
        assert outcome.lines[-1].startswith("planlog record needs a log: make the folder 'events'")
        (shelf.path / "events").mkdir()
        shelf.do("--log", "events", "record", "-", input=outcome.data.encode())
        assert "Plan" == shelf.log.plan("2020-09-18").title

    def test_shows_all_there_is(self, begun: Folder) -> None:
        """Long groups are cut off with a word about it; a dry run shows them whole."""
        rows = tuple(f"Wohnen;{100 + n};Maßnahme {n};;" for n in range(25))
        renamed = tuple(f"Wohnen;{100 + n};Maßnahme {n} neu;;" for n in range(25))
        table(begun, "many.csv", (*FIRST, *rows))
        table(begun, "other.csv", (*FIRST, *renamed))
        assert (
            "New measures (25)\n- Wohnen (25): 100, 101"
            in take(begun, "many.csv", "2021-01-01").data
        )
        whole = take(begun, "other.csv", "2021-02-01", "--dry-run").words
        assert "Maßnahme 24 → Maßnahme 24 neu" in whole
        data = take(begun, "other.csv", "2021-02-01").data
        assert "Maßnahme 24 → Maßnahme 24 neu" not in data
        assert "and 5 more; --dry-run shows them all" in data

    def test_output(self, begun: Folder) -> None:
        """The lines go to a file where that is asked for."""
        outcome = take(begun, "2022.csv", "2022-09-18", "--dry-run", "-o", "x.jsonl")
        assert "" == outcome.data
        assert all(map(json.loads, (begun.path / "x.jsonl").read_text().splitlines()))


def _told(folder: Folder) -> list[tuple[Any, ...]]:
    events = PlanLog.open(folder.path).events()
    return [(one.id, one.on, one.by, one.source, one.event) for one in events]


class TestJson:
    def test_has_everything(self, begun: Folder) -> None:
        """Programs get the events, which group each is in, and the measure of each row."""
        answer = json.loads(take(begun, "2022.csv", "2022-09-18", "--format", "json").data)
        assert [
            "schema",
            *("at", "known", "version", "document", "coverage", "attributes", "already"),
            *("rows", "groups", "events", "suggestions", "accepted"),
        ] == list(answer)
        assert "planlog.proposal/1" == answer["schema"]
        assert {"row": "Wohnen/3", "place": "2022.csv: A4", "measure": "wohnen-3"} == answer[
            "rows"
        ][2]
        assert ["new", "renamed", "started", "implemented", "lists", "version"] == [
            one["group"] for one in answer["groups"]
        ]
        recorded = begun.log.events(SIZE)
        assert [one.id for one in recorded] == [one["id"] for one in answer["events"]]
        assert {one.id for one in recorded} == {
            id for one in answer["groups"] for id in one["events"]
        }

    def test_in_a_dry_run(self, begun: Folder) -> None:
        """A dry run gives the same object and writes nothing."""
        data = take(begun, "2022.csv", "2022-09-18", "--format", "json", "--dry-run").data
        assert SIZE == begun.log.size
        assert data == take(begun, "2022.csv", "2022-09-18", "--format", "json").data

    def test_of_what_is_there(self, begun: Folder) -> None:
        """A version that is there already is an object, too, without events."""
        answer = json.loads(take(begun, "2020.csv", "2020-09-18", "--format", "json").data)
        assert (True, []) == (answer["already"], answer["events"])

    def test_of_what_is_to_be_confirmed(self, begun: Folder) -> None:
        """What has to be confirmed is an object, too; the exit code says that it is not done."""
        table(begun, "new.csv", RENUMBERED)
        outcome = take(begun, "new.csv", "2022-09-18", "--format", "json")
        assert 2 == outcome.code
        answer = json.loads(outcome.data)
        assert ["wohnen-16"] == answer["suggestions"][0]["measures"]
        assert [] == answer["events"]


class TestSuggestions:
    @pytest.fixture
    def unsure(self, begun: Folder) -> Folder:
        """A table in which a measure seems to be renumbered."""
        table(begun, "new.csv", RENUMBERED)
        return begun

    def test_are_listed(self, unsure: Folder) -> None:
        """What is likely is told with its grounds, and nothing is recorded."""
        files = unsure.files
        outcome = take(unsure, "new.csv", "2022-09-18")
        assert 2 == outcome.code
        assert outcome.lines[0].startswith(
            "new.csv: A3: Wohnen/17 “Nachbarschaften” may be the measure wohnen-16 "
            "“Nachbarschaften” (the titles are 100 % alike"
        )
        assert outcome.lines[-1].startswith("Error: 1 match has to be confirmed; nothing was")
        assert files == unsure.files

    def test_are_confirmed_by_a_file(self, unsure: Folder) -> None:
        """What was printed can be handed in as it is, and confirms everything."""
        answers = take(unsure, "new.csv", "2022-09-18").data
        (unsure.path / "answers.toml").write_text(answers)
        outcome = take(unsure, "new.csv", "2022-09-18", "--answers", "answers.toml")
        assert 0 == outcome.code, outcome.words
        assert "Renumbered (1)\n- Wohnen 17: Nachbarschaften: 16 → 17\n" in outcome.data
        assert "17" == unsure.log.plan().measure("wohnen-16").number

    def test_are_accepted(self, unsure: Folder) -> None:
        """All that is likely can be taken at once; it is told what was."""
        outcome = take(unsure, "new.csv", "2022-09-18", "--accept")
        assert "Taken as likely (1)\n- new.csv: A3: Wohnen/17" in outcome.data
        assert "17" == unsure.log.plan().measure("wohnen-16").number

    def test_are_rejected(self, unsure: Folder) -> None:
        """The table can be taken at its word."""
        outcome = take(unsure, "new.csv", "2022-09-18", "--reject")
        assert "New measures (1)\n- Wohnen 17: Nachbarschaften" in outcome.data
        assert "dropped" == unsure.log.plan().measure("wohnen-16").phase

    def test_answers_that_cannot_be(self, unsure: Folder) -> None:
        """Everything that is wrong with the answers is told with its place."""
        (unsure.path / "answers.toml").write_text('nwe = ["Wohnen/17"]\nsame = 1\n')
        words = refuse(unsure, "new.csv", "2022-09-18", "--answers", "answers.toml")
        assert 2 == words.count("Error: answers.toml: ")


class TestRefusals:
    def test_tell_every_flaw(self, begun: Folder) -> None:
        """All that is wrong with a table is told at once, each with its cell."""
        rows = ("Wohnen;1;Wohnraum;x;", "Wohnen;1;Hof;;foo")
        table(begun, "bad.csv", rows)
        words = refuse(begun, "bad.csv", "2022-09-18")
        assert "Error: bad.csv: D2: Rang: " in words
        assert "Error: bad.csv: E3: Stand: " in words

    def test_tell_the_heading(self, begun: Folder) -> None:
        """What contradicts another version of the day is told with the heading of its column."""
        rows = ("Wohnen;1;Wohnraum;1;", "Wohnen;16;Nachbarn;2;umgesetzt", "Soziales;2;Treff;;")
        table(begun, "other.csv", rows)
        words = refuse(begun, "other.csv", "2020-09-18", "--reject")
        assert ["Stand", "Stand", "Maßnahme"] == [
            line.split(": ")[3] for line in words.splitlines() if "other.csv: A3: " in line
        ]

    def test_are_not_told_without_end(self, begun: Folder) -> None:
        """Of very many contradictions the first are told, and how many more there are."""
        rows = tuple(f"Wohnen;{number};Hof {number};;" for number in range(100, 300))
        table(begun, "long.csv", rows)
        words = refuse(begun, "long.csv", "2020-09-18", "--reject")
        assert MOST_TOLD + 1 == words.count("Error: ")
        assert "Error: and 4 more" in words  # the three that it lacks, and the list

    def test_of_the_map(self, begun: Folder) -> None:
        """A map that says nothing planlog knows is refused with its place."""
        (begun.path / "map.toml").write_text("[columns]\ntitel = 'x'\n")
        assert "Error: map.toml: " in refuse(begun, "2022.csv", "2022-09-18")

    def test_of_files_that_are_not_there(self, begun: Folder) -> None:
        """A file that cannot be opened is named, with the option that asked for it."""
        assert "cannot read 'no.csv'" in refuse(begun, "no.csv", "2022-09-18")
        words = begun.refused("import", "2022.csv", "--on", "2022", "--map", "no.toml")
        assert "--on" in words
        words = begun.refused("import", "2022.csv", "--on", "2022-01-01", "--map", "no.toml")
        assert "'--map'" in words
        words = refuse(begun, "2022.csv", "2022-09-18", "--answers", ".")
        assert "'--answers'" in words

    def test_without_a_map(self, begun: Folder) -> None:
        """Only what planlog exported can be read without a map."""
        words = begun.refused("import", "2022.csv", "--on", "2022-09-18", "--lang", "en")
        assert "say how to read it with --map" in words


class TestExport:
    def test_comes_back(self, begun: Folder) -> None:
        """A plan that planlog exported is read without a map, and nothing differs."""
        begun.do("export", "plan.csv", "--at", "2020-09-18")
        outcome = begun.run("import", "plan.csv", "--on", "2021-09-18", "--lang", "en")
        assert 0 == outcome.code, outcome.words
        assert "nothing differs" in outcome.data
        assert SIZE + 1 == begun.log.size


class TestProposedMap:
    def test_finds_the_sheet_itself(self, shelf: Folder) -> None:
        """Which sheet it is, the first map says: nobody else does."""
        words = shelf.refused("import", "2022.csv", "--propose-map", "--sheet", "Plan")
        assert "leave --sheet out" in words or "--sheet weglassen" in words

    def test_does_not_replace_the_table(self, shelf: Folder) -> None:
        """The table is not written over by what it becomes."""
        before = (shelf.path / "2022.csv").read_text()
        words = shelf.refused(
            "import", "2022.csv", "--propose-map", "-o", "./2022.csv", "--lang", "en"
        )
        assert "'./2022.csv' is the table itself" in words
        assert before == (shelf.path / "2022.csv").read_text()

    def test_reads_the_table(self, shelf: Folder) -> None:
        """The first map is written without a log, and reads the table that it was made from."""
        data = shelf.do("import", "2022.csv", "--propose-map", "--lang", "en")
        (shelf.path / "map.toml").write_text(data)
        outcome = take(shelf, "2022.csv", "2022-09-18", "--title", "Plan")
        assert 0 == outcome.code, outcome.words
        assert "implemented" == shelf.log.plan().measure("wohnen-16").phase

    def test_goes_to_a_file(self, shelf: Folder) -> None:
        """It goes where -o says, as UTF-8."""
        (shelf.path / "map.toml").unlink()
        shelf.do("import", "2022.csv", "--propose-map", "-o", "map.toml")
        assert 'title = "Maßnahme"' in (shelf.path / "map.toml").read_text("utf-8")

    def test_of_nothing_known(self, shelf: Folder) -> None:
        """Where no heading is known, that is said."""
        table(shelf, "x.csv", ("1;2",), headings="foo;bar")
        assert "x.csv" in shelf.refused("import", "x.csv", "--propose-map")


class TestInBetween:
    def test_is_made_anew(self, begun: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where somebody else records meanwhile, the proposal is made of what the log has then."""
        append = FolderStore.append

        def raced(store: FolderStore, lines: Any, expected_size: int) -> str:
            monkeypatch.setattr(FolderStore, "append", append)
            other = PlanLog.open(begun.path)
            other.record(Started(measure="wohnen-1"), on="2022-01-01", by=BY)
            return append(store, lines, expected_size)

        monkeypatch.setattr(FolderStore, "append", raced)
        outcome = take(begun, "2022.csv", "2022-09-18")
        assert 0 == outcome.code, outcome.words
        assert "Back to proposed (1)\n- Wohnen 1: Wohnraum: started → proposed\n" in outcome.data
        assert "proposed" == begun.log.plan().measure("wohnen-1").phase

    def test_is_begun_by_somebody_else(
        self, shelf: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where somebody else begins the log meanwhile, the table goes into that one."""
        create = PlanLog.create

        def raced(location: Path) -> PlanLog:
            monkeypatch.setattr(PlanLog, "create", create)
            shelf.do("init", "Plan", "--on", "2020-01-01")
            return create(location)

        monkeypatch.setattr(PlanLog, "create", raced)
        outcome = take(shelf, "2020.csv", "2020-09-18", "--title", "Plan")
        assert 0 == outcome.code, outcome.words
        assert [1, FieldAdded] == [
            shelf.log.events()[1].position,
            type(shelf.log.events()[1].event),
        ]

    def test_again_and_again(self, begun: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Somebody who is always in between stops it in the end."""
        tries = itertools.count(1)

        def refused(*_: Any, **__: Any) -> None:
            next(tries)
            raise ConflictError(10, 11)

        monkeypatch.setattr(PlanLog, "record_all", refused)
        monkeypatch.setattr("planlog.cli.versions.MOST_TRIES", 3)
        assert "somebody else recorded in between" in take(begun, "2022.csv", "2022-09-18").words
        assert 4 == next(tries)


class TestProgram:
    def test_from_a_shelf_to_a_history(self, shelf: Folder) -> None:
        """The installed program turns tables into a log, and shows it."""
        environment = {"PLANLOG_BY": BY, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        program = [sys.executable, "-m", "planlog"]
        for arguments in (
            ("import", "2022.csv", "--map", "map.toml", "--on", "2022-09-18", "--title", "Plan"),
            ("import", "2020.csv", "--map", "map.toml", "--on", "2020-09-18"),
        ):
            done = subprocess.run(
                [*program, *arguments],
                cwd=shelf.path,
                env=environment,
                capture_output=True,
                check=True,
                encoding="utf-8",
            )
            assert done.stderr.startswith("recorded: ")
            assert "\r" not in done.stdout + done.stderr
        assert "started" == shelf.log.plan("2020-09-18").measure("wohnen-16").phase
