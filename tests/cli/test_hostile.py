"""Nobody who writes into an event can forge what a command answers.

Every reading command is asked, in every form, about a log whose ids, texts and sources try to.
"""

import csv
import io
import json
import re
import shutil
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final, get_args

import openpyxl
import pytest

from planlog import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Event,
    FieldAdded,
    GoalAdded,
    Implemented,
    Merged,
    NewEvent,
    Noted,
    PlanLog,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Retracted,
    Started,
)
from planlog.cli.commands import COMMANDS, READ
from planlog.config import Format
from planlog.trust.notes import Signer
from tests.cli.running import Folder

ATTACK: Final = (
    "=HYPERLINK(1)\x1b[31mrot\x1b[0m\x9b2J\u202egnp.exe\u2028\r\n| 8 | 8 | umgesetzt |\n"
    "## Umgesetzt\n- [Klack](javascript:alert(1)) <script>x</script> `x` **laut**\x07\n"
    "::error::umgesetzt"
)
IDS: Final = (
    "=1+1",
    "+SUM(A1)",
    "-rf --all",
    "@cmd",
    "| 9 | gefälscht |",
    "[Klick](javascript:x)",
    "## Gefälscht",
    "<script>x</script>",
    "`x` **laut**",
    "::error::gefälscht",
)
"""Ids of measures may be anything that is printable."""

FIELD: Final = "=cmd|' /C calc'!A0"
HIDDEN: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
FORMATS: Final[Sequence[Format]] = get_args(Format)

QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "show": ("show", "--all"),
    "sheet": ("show", "--", IDS[0]),
    "matrix": ("show", "--matrix", "--all"),
    "diff": ("diff", "start", "2023-12-31"),
    "diff backwards": ("diff", "2023-12-31", "2023-03-16"),
    "diff learned": ("diff", "2023-12-31@#6", "2023-12-31"),
    "diff gross": ("diff", "start", "2023-12-31", "--gross"),
    "diff names": ("diff", "start", "2023-12-31", "--name-only"),
    "diff stat": ("diff", "start", "2023-12-31", "--stat"),
    "log": ("log",),
    "history": ("history", "--", IDS[0]),
    "origins": ("history", "--by-attribute", "--", IDS[0]),
    "priorities": ("priorities",),
    "every change": ("priorities", "--every-change"),
    "decisions": ("decisions",),
    "stats": ("stats", "start", "2023-12-31", "--silent", "1"),
    "check": ("check",),
}


def events() -> list[tuple[Event, str]]:
    """What happened, told by somebody who means ill."""
    return [
        (PlanOpened(title=ATTACK, place=ATTACK, programme=ATTACK), "2022-01-01"),
        (FieldAdded(field=FIELD, title=ATTACK, number=ATTACK), "2022-01-01"),
        (GoalAdded(goal="=1", field=FIELD, title=ATTACK), "2022-01-01"),
        (ConferenceHeld(conference="stk", title=ATTACK, kind="council"), "2022-06-01"),
        (ConferenceHeld(conference="stk-2", title=ATTACK, kind="council"), "2023-03-16"),
        *[
            (
                Proposed(
                    measure=id,
                    title=ATTACK,
                    field=FIELD,
                    number=id,
                    goal="=1",
                    description=ATTACK,
                    responsible=[ATTACK],
                    attributes={ATTACK: ATTACK},
                ),
                "2022-01-01",
            )
            for id in IDS
        ],
        (Prioritized(field=FIELD, ranking=IDS[:8]), "2022-06-01"),
        (Prioritized(field=FIELD, ranking=(IDS[3], *IDS[:3], *IDS[4:9])), "2023-03-16"),
        (
            Decided(conference="stk", outcome="adopted", fields=[FIELD], text=ATTACK),
            "2022-06-01",
        ),
        (
            Decided(
                conference="stk-2",
                outcome="noted",
                measures=IDS,
                text=ATTACK,
                reference=ATTACK,
            ),
            "2023-03-16",
        ),
        (Started(measure=IDS[0], stage=ATTACK, note=ATTACK), "2023-02"),
        (Implemented(measure=IDS[1], stage=ATTACK, note=ATTACK), "2023-02"),
        (Progressed(measure=IDS[2], stage=ATTACK, note=ATTACK), "2023-02"),
        (Amended(measure=IDS[0], title=f"{ATTACK}!", attributes={ATTACK: "="}), "2023-04-01"),
        (Rated(measure=IDS[4], level=ATTACK), "2023-02-01"),
        (Dropped(measure=IDS[5], cause="other", stage=ATTACK, note=ATTACK), "2023-02-01"),
        (Merged(measures=(IDS[6], IDS[7]), into=IDS[7]), "2023-02-01"),
        (Noted(text=ATTACK), "2023-02-01"),
    ]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the log, with a correction and a retraction that mean ill as well."""
    path = tmp_path_factory.mktemp("hostile")
    log = PlanLog.create(path)
    said = {"by": ATTACK, "source": ATTACK, "reason": ATTACK}
    told = log.record_all([NewEvent(event=event, on=on, **said) for event, on in events()])
    started = next(one for one in told if isinstance(one.event, Started))
    mended = Started(measure=IDS[0], stage=f"{ATTACK}?")
    log.record_all([NewEvent(event=mended, on="2023-02-01", corrects=started.id, **said)])
    log.record_all([NewEvent(event=Retracted(event=told[-1].id), on="2023-02-01", **said)])
    return path


@pytest.fixture
def hostile(recorded: Path, empty: Folder) -> Folder:
    """A folder with the log, whose defaults mean nothing."""
    shutil.copytree(recorded, empty.path, dirs_exist_ok=True)
    return empty


@pytest.fixture(scope="module")
def forgotten(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the log after events of several types were erased, on a ground that is ill."""
    path = tmp_path_factory.mktemp("forgotten")
    shutil.copytree(recorded, path, dirs_exist_ok=True)
    log = PlanLog.open(path)
    types = {"started", "decided", "prioritized", "noted", "amended"}
    for event in log.events():
        if event.type in types:
            types.remove(event.type)
            log.erase(
                event.id,
                ground=ATTACK,
                on="2024-01-01",
                by=ATTACK,
                source=ATTACK,
                reason=ATTACK,
                uncovered=True,
            )
    return path


@pytest.fixture
def erased(forgotten: Path, empty: Folder) -> Folder:
    """A folder with what is left of the log."""
    shutil.copytree(forgotten, empty.path, dirs_exist_ok=True)
    return empty


def ask(folder: Folder, name: str, format: str, language: str = "de") -> str:
    """The answer; what is said beside it must be as harmless."""
    command, *rest = QUESTIONS[name]
    outcome = folder.run(command, "--format", format, "--lang", language, *rest)
    assert 0 == outcome.code, outcome.words
    assert_harmless(outcome.words)
    return outcome.data


def assert_harmless(text: str) -> None:
    """Nothing steers a terminal, turns the reading direction or hides."""
    found = {one for one in text if unicodedata.category(one) in HIDDEN}
    assert found <= {"\n"}


def assert_no_line_of_their_making(text: str) -> None:
    """No line begins like a row, a heading, a link or a command for a workflow."""
    forged = re.compile(r"\| 8|## Umg|- \[Klack|::error::umg")
    assert [] == [line for line in text.splitlines() if forged.match(line)]


class TestAnswers:
    def test_every_reading_command_is_asked(self) -> None:
        """No command that reads the log is forgotten here."""
        reading = {name for name, entry in COMMANDS.items() if entry.heading == READ} | {"check"}
        assert reading == {arguments[0] for arguments in QUESTIONS.values()}

    @pytest.mark.parametrize("language", ["de", "en"])
    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize("name", QUESTIONS)
    def test_steer_nothing(self, hostile: Folder, name: str, format: str, language: str) -> None:
        """No answer steers a terminal, in whatever form."""
        assert_harmless(ask(hostile, name, format, language))

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_tables_have_no_line_of_their_making(self, hostile: Folder, name: str) -> None:
        """No line begins as if it were one of ours; what goes on is indented or in its column."""
        assert_no_line_of_their_making(ask(hostile, name, "table"))

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_pages_have_no_markup_of_their_making(self, hostile: Folder, name: str) -> None:
        """No heading, link, code or tag comes out of a text, no cell and no row of a table."""
        text = ask(hostile, name, "markdown")
        assert "<script" not in text
        assert not re.search(r"(?<!\\)\]\(", text)
        assert not re.search(r"(?<!\\)`", text)
        assert not re.search(r"^#+ (Gefälscht|Umgesetzt ⏎)", text, re.MULTILINE)
        assert "**laut" not in text
        columns = 0
        for line in text.splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line))
            if not line.startswith("|"):
                columns = 0
                assert 0 == cells
                continue
            assert cells == (columns or cells)
            columns = cells

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_spreadsheets_get_no_formula(self, hostile: Folder, name: str) -> None:
        """No cell begins like a formula, and every row has as many cells as there are columns."""
        rows = list(csv.reader(io.StringIO(ask(hostile, name, "csv"))))
        assert [] == [one for row in rows for one in row if one.startswith(FORMULA)]
        assert {len(rows[0])} == {len(row) for row in rows}
        assert len(rows) > 1

    @pytest.mark.parametrize("name", QUESTIONS)
    def test_programs_get_what_was_said(self, hostile: Folder, name: str) -> None:
        """JSON is whole, a line of JSON lines an object."""
        assert json.loads(ask(hostile, name, "json"))
        assert all(json.loads(line) for line in ask(hostile, name, "jsonl").splitlines())

    def test_workflows_get_no_command(self, hostile: Folder) -> None:
        """Each line of a workflow is a finding of ours."""
        lines = ask(hostile, "check", "github").splitlines()
        ours = re.compile(r"::(warning|error) file=[^:,]+,line=\d+,title=planlog [a-z-]+::")
        assert [] == [line for line in lines if not ours.match(line)]
        assert len(json.loads(ask(hostile, "check", "json"))["findings"]) == len(lines)


class TestWords:
    def test_of_recording(self, hostile: Folder) -> None:
        """What a recording command says it wrote is harmless, whatever it wrote."""
        outcome = hostile.run("start", "--on", "2023-05-01", "--note", ATTACK, "--", IDS[0])
        assert 0 == outcome.code, outcome.words
        assert_harmless(outcome.data + outcome.words)

    @pytest.mark.parametrize(
        "arguments",
        [
            ("show", "--at", ATTACK),
            ("show", ATTACK),
            ("diff", ATTACK),
            ("diff", "start", "--field", f"x{ATTACK}"),
            ("diff", "start", "--attribute", ATTACK),
            ("priorities", ATTACK),
            ("decisions", "--conference", ATTACK),
            ("history", "16\x1b[31m"),
            ("show", "-o", "\x1b[31m/plan.csv"),
            (ATTACK,),
            ("--log", "\x1b[31mnowhere", "show"),
        ],
    )
    def test_of_refusals(self, hostile: Folder, arguments: tuple[str, ...]) -> None:
        """What was asked for is shown with everything spelt out that would steer the terminal."""
        outcome = hostile.run(*arguments)
        assert outcome.code in (2, 3)
        assert "" == outcome.data
        assert_harmless(outcome.words)
        assert r"\x1b[31m" in outcome.words

    @pytest.mark.parametrize(
        "name", ["0000000099-\x1b[31mrot.jsonl", "\u202egnp.jsonl", "0000000099-a\n::error::.jsonl"]
    )
    def test_of_file_names(self, hostile: Folder, name: str) -> None:
        """A file that somebody put among the events is named without obeying its name."""
        (hostile.path / "events" / name).write_text("{}\n")
        outcome = hostile.run("show", "--lang", "en")
        assert (3, "") == (outcome.code, outcome.data)
        assert_harmless(outcome.words)
        assert not any(line.startswith("::") for line in outcome.lines)


class TestExports:
    @pytest.mark.parametrize("form", ["csv", "markdown"])
    @pytest.mark.parametrize(
        "what", [(), ("--matrix",), ("--diff", "start", "2023-12-31"), ("--events",), ("--all",)]
    )
    def test_on_a_terminal(self, hostile: Folder, form: str, what: tuple[str, ...]) -> None:
        """No export steers a terminal, makes a formula or markup, or loses a column."""
        outcome = hostile.run("export", *what, "--to", form, "-", "--lang", "de")
        assert 0 == outcome.code, outcome.words
        assert_harmless(outcome.data + outcome.words)
        if form == "csv":
            lines = list(csv.reader(io.StringIO(outcome.data), delimiter=";"))
            assert [] == [one for line in lines for one in line if one.startswith(FORMULA)]
            assert {len(lines[0])} == {len(line) for line in lines}
        else:
            assert "<script" not in outcome.data
            assert not re.search(r"(?<!\\)\]\(", outcome.data)

    def test_in_a_workbook(self, hostile: Folder) -> None:
        """Every cell of a workbook is a text or a number, whatever it looks like."""
        for what in (
            (),
            ("--by-field",),
            ("--matrix",),
            ("--events",),
            ("--diff", "start", "2024"),
        ):
            hostile.do("export", *what, "out.xlsx")
            kinds = {
                cell.data_type
                for sheet in openpyxl.load_workbook(hostile.path / "out.xlsx")
                for row in sheet.iter_rows()
                for cell in row
            }
            assert kinds <= {"s", "n"}


class TestTrust:
    """What is said about checkpoints, proofs, erasures, receipts and clones."""

    def ask(self, folder: Folder, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        """All that a command writes; none of it does any harm."""
        outcome = folder.run(arguments[0], "--lang", "de", *arguments[1:])
        assert outcome.code in codes, outcome.words
        assert_harmless(outcome.data + outcome.words)
        if not {"markdown", "csv"} & {*arguments}:
            assert_no_line_of_their_making(outcome.data)
        return outcome.data + outcome.words

    def event(self, folder: Folder, type: str) -> str:
        """The id of the first event of a *type*."""
        return next(one.id for one in folder.log.events() if one.type == type)

    def test_checkpoints(self, hostile: Folder) -> None:
        """A checkpoint says nothing of what an event holds, but the name of a conference."""
        assert r"\x1b[31mrot" in self.ask(hostile, "checkpoint", "--at", "stk")
        self.ask(hostile, "checkpoint", "--spoken")
        self.ask(hostile, "verify")
        self.ask(hostile, "verify", "--format", "json")

    def test_names_of_logs_and_keys(self, hostile: Folder) -> None:
        """Nor do the names that somebody gave a log or a key."""
        name = "\u202egnp\x9b2J"
        key = hostile.path.parent / "key"
        new = ("checkpoint", "--new-key", name, "-o", str(key))
        assert r"\u202egnp\x9b2J" in self.ask(hostile, *new, codes=(2,))
        key.write_text(Signer(name, bytes(32)).text)
        self.ask(hostile, "checkpoint", "--origin", f"{name}\u20288", "--sign", str(key))
        self.ask(hostile, "verify", "--format", "json")
        kept = next((hostile.path / "checkpoints").iterdir())
        outside = kept.rename(hostile.path / name)
        assert r"\u202egnp" in self.ask(hostile, "verify", "--checkpoint", str(outside))
        outside.rename(kept)
        kept.write_text(kept.read_text().replace("\u20288", "\u20289"))
        self.ask(hostile, "verify", codes=(0, 1))

    def test_damage(self, hostile: Folder) -> None:
        """What is wrong is named without showing it as it is."""
        hostile.do("checkpoint")
        for number, path in enumerate(sorted((hostile.path / "events").glob("*.jsonl"))):
            content = path.read_bytes()
            path.write_bytes(content.replace(b"umgesetzt", ATTACK.replace("\n", "").encode()))
            if number == 1:
                path.rename(path.with_name(f"{path.name[:10]}-\x1b[31m.jsonl"))
        for format in ("table", "json"):
            self.ask(hostile, "verify", "--format", format, codes=(1,))

    def test_proofs(self, hostile: Folder) -> None:
        """An event that is proven to others is shown to them without obeying it."""
        hostile.do("checkpoint")
        name = "\u202egnp\x1b[31m"
        self.ask(hostile, "prove", self.event(hostile, "noted"), "-o", name)
        files = ("--proof", name, "--line", f"{name}.line")
        assert "=HYPERLINK(1)" in self.ask(hostile, "verify", *files, codes=(4,))
        (hostile.path / f"{name}.line").write_text(f"{ATTACK}\n")
        self.ask(hostile, "verify", *files, codes=(1,))
        (hostile.path / name).write_text(f"{ATTACK}\n")
        self.ask(hostile, "verify", *files, codes=(1,))

    @pytest.mark.parametrize("format", FORMATS)
    @pytest.mark.parametrize(
        "question",
        [
            *(("show",), ("log",), ("priorities",), ("decisions",), ("diff", "start", "2024")),
            ("show", "--", IDS[0]),
            ("history", "--", IDS[0]),
        ],
    )
    def test_erasures(self, erased: Folder, question: tuple[str, ...], format: str) -> None:
        """The ground of an erasure is a text like any other."""
        said = self.ask(erased, question[0], "--format", format, *question[1:])
        if format == "markdown":
            assert "<script" not in said
            assert not re.search(r"(?<!\\)\]\(", said)
        elif format == "csv":
            data = erased.do(question[0], "--format", format, *question[1:])
            rows = csv.reader(io.StringIO(data))
            assert [] == [one for row in rows for one in row if one.startswith(FORMULA)]

    def test_erasing(self, hostile: Folder) -> None:
        """Where a text still stands is told without obeying the names of files or the text."""
        event = self.event(hostile, "noted")
        (hostile.path / "\u202egnp\x1b[31m.txt").write_text(ATTACK)
        self.ask(hostile, "erase", event, "--where")
        how = ("--ground", ATTACK, "--on", "2024-01-01", "--uncovered")
        self.ask(hostile, "erase", event, *how)
        self.ask(hostile, "show")

    @pytest.mark.parametrize("format", ["table", "markdown", "csv"])
    def test_receipts(self, hostile: Folder, format: str) -> None:
        """A receipt for an answer is as harmless, and so is what is said of a forged one."""
        name = "\u202egnp\x1b[31m"
        self.ask(hostile, "show", "--format", format, "--receipt")
        self.ask(hostile, "show", "--format", format, "--receipt", "-o", name)
        receipt = hostile.path / (f"{name}.receipt" if format == "csv" else name)
        self.ask(hostile, "verify", "--receipt", receipt.name)
        for old, new in (
            ("question show", "question sh\x1bow"),
            ("lang de", "lang \u202ede"),
            ("log planlog", "log \x9bplanlog"),
            ("planlog-receipt/1", "planlog-receipt/\u2028"),
        ):
            receipt.write_text(receipt.read_text().replace(old, new))
            self.ask(hostile, "verify", "--receipt", receipt.name, codes=(1, 2))

    @pytest.mark.parametrize("format", ["table", "json"])
    def test_clones(self, hostile: Folder, format: str) -> None:
        """What came with a clone is told without obeying it, whatever its files are called."""
        clone = hostile.path.parent / "clone\u202e\x1b[31m"
        shutil.copytree(hostile.path, clone)
        for log in (hostile.log, PlanLog.open(clone)):
            log.record(Prioritized(field=FIELD, ranking=IDS[:3]), on="2023-07-01", by=ATTACK)
            log.record(Amended(measure=IDS[0], title=f"{ATTACK}?"), on="2023-07-02", by=ATTACK)
        for more in (("--dry-run",), ()):
            self.ask(hostile, "join", str(clone), "--format", format, *more)
        self.ask(hostile, "join", str(clone), "--format", format)


class TestImports:
    MAP = """
coverage = "complete"
[columns]
measure = "ID"
field = "Feld"
title = "Titel"
stage = "Stand"
"""
    # What would break a line or steer a terminal is refused in cells; what deceives the eye is not.
    CELL = "=HYPERLINK(1)\u202egnp.exe\u2028## Umgesetzt\u200b <script>x</script>"

    def table(self, folder: Folder, *rows: tuple[str, ...], name: str = "t.csv") -> str:
        """Write a map, and a table of *rows*; return its name."""
        (folder.path / "map.toml").write_text(self.MAP)
        lines = io.StringIO()
        csv.writer(lines, delimiter=";").writerows([("ID", "Feld", "Titel", "Stand"), *rows])
        (folder.path / name).write_text(lines.getvalue())
        return name

    def ask(self, folder: Folder, name: str, *more: str, map: bool = True) -> str:
        """Import a table, and return all that is written; none of it does any harm."""
        mapped = ("--map", "map.toml") if map else ()
        outcome = folder.run("import", name, *mapped, "--on", "2024-01-01", "--lang", "de", *more)
        assert outcome.code in (0, 2), outcome.words
        assert_harmless(outcome.data + outcome.words)
        return outcome.data + outcome.words

    @pytest.mark.parametrize("format", ["words", "markdown", "json"])
    def test_of_proposals(self, hostile: Folder, format: str) -> None:
        """What is proposed is shown with everything spelt out, and so are the lines of it."""
        name = self.table(hostile, ("=1+1", self.CELL, self.CELL, self.CELL), ("x", "F", "T", ""))
        for more in (("--dry-run",), ()):
            said = self.ask(hostile, name, "--format", format, *more)
            assert "\\u202egnp.exe" in said
            assert "## Umgesetzt" not in [line.strip() for line in said.splitlines()]

    def test_of_what_is_to_be_confirmed(self, hostile: Folder) -> None:
        """The answers that are written are as harmless as the words about them."""
        log = PlanLog.open(hostile.path)
        title = "Treff \u202eim Quartier\u2028\x9b2J"
        log.record(Proposed(measure="old", title=title), on="2023-01-01", by=ATTACK)
        name = self.table(hostile, ("", "", f"{self.CELL} Treff im Quartier", ""))
        (hostile.path / "map.toml").write_text('coverage = "excerpt"\ncolumns.title = "Titel"\n')
        (hostile.path / name).write_text("Titel\nTreff \u202eim Quartier\u2028\n")
        said = self.ask(hostile, name)
        assert "new = [" in said
        assert re.search(r"\\u009b2J|\\U0000009b2J", said)

    def test_of_refusals(self, hostile: Folder) -> None:
        """Cells, headings, maps, answers and names of files are shown without being obeyed."""
        self.ask(hostile, self.table(hostile, (ATTACK, ATTACK, ATTACK, ATTACK)))
        self.ask(hostile, self.table(hostile, name="\x1b[31mrot.csv"), map=False)
        self.ask(hostile, "\x1b[31mnowhere.csv")
        name = self.table(hostile, ("x", "F", "T", ""))
        (hostile.path / "answers.toml").write_text('[same]\n"\u202egnp" = "\u2028"\n')
        self.ask(hostile, name, "--answers", "answers.toml")
        for text in (f'[columns]\ntitle = "{self.CELL}"\n', '"\u202egnp" = 1', "\x1b[31m"):
            (hostile.path / "map.toml").write_text(text)
            self.ask(hostile, name)
        self.ask(hostile, name, "--version", ATTACK)
        self.ask(hostile, name, "--title", ATTACK)
        self.ask(hostile, name, "--sheet", ATTACK)

    def test_of_first_maps(self, hostile: Folder) -> None:
        """A map that is proposed for a table escapes what stands in it."""
        name = self.table(hostile, ("x", "Feld", "Titel", "\u202egnp"), ("y", "F", "T", ""))
        for heading in ("ID", self.CELL):
            text = (hostile.path / name).read_text().replace("ID", heading, 1)
            (hostile.path / name).write_text(text)
            assert "\\u202egnp" in self.ask(hostile, name, "--propose-map", map=False)
