"""Receipts of answers: ``--receipt``, and asking again with ``planlog verify --receipt``."""

import hashlib
import json
import re
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from planlog import PlanLog
from planlog.cli import receipts
from planlog.cli.commands import COMMANDS
from planlog.cli.questions import ASKED
from planlog.cli.receipts import CANNOT_TELL, FALLEN, STANDS
from planlog.tables.exports import told
from planlog.trust.receipts import Question, Receipt, found
from tests.cli.running import BY, Folder, Outcome

UNCHANGED: Final = "- the record of that time is unchanged"
STILL: Final = "- the answer stands: computed again, it is the same"
FORGED_ID: Final = "`x` **laut** --output=forged"

QUESTIONS: Final[tuple[tuple[str, ...], ...]] = (
    ("show",),
    ("show", "wohnen/16", "--at", "stk-3"),
    ("show", "--matrix", "--field", "Wohnen", "--all", "--at", "before:stk-3@#7"),
    ("diff", "stk-2", "stk-3"),
    ("diff", "start", "--gross", "--field", "2", "--attribute", "rank", "--attribute", "phase"),
    ("diff", "stk-2@#5", "--name-only"),
    ("diff", "stk-2", "stk-3", "--stat"),
    ("history", "wohnen/16"),
    ("history", "wohnen-1", "--by-attribute", "--at", "2022"),
    ("history", "wohnen-1", "--all"),
    ("priorities",),
    ("priorities", "--field", "wohnen", "--every-change"),
    ("priorities", "wohnen/16"),
    ("decisions",),
    ("decisions", "--conference", "stk-3", "--measure", "wohnen/1", "--field", "wohnen"),
    ("stats",),
    ("stats", "stk-2", "stk-3", "--silent", "1"),
)
EXPORTS: Final[tuple[tuple[str, ...], ...]] = (
    ("plan.csv", "--at", "stk-3", "--all"),
    ("plan.csv", "--encoding", "cp1252", "--delimiter", "|"),
    ("plan.xlsx", "--by-field"),
    ("plan.md", "--matrix"),
    ("changes.xlsx", "--diff", "stk-2", "stk-3"),
    ("events.csv", "--events"),
    ("events.txt", "--events", "--at", "stk-2", "--to", "csv"),
    ("plan.db",),
    ("plan.xlsx", "--public"),
)


def asked_again(folder: Folder, file: str, *, input: bytes = b"", lang: str = "en") -> Outcome:
    """Check the receipt in a file; nothing may be written."""
    before = folder.files
    outcome = folder.run("verify", "--receipt", file, "--lang", lang, input=input)
    assert before == folder.files
    return outcome


def receipt_in(folder: Folder, file: str) -> Receipt:
    """The receipt that a file of the folder holds."""
    return found((folder.path / file).read_bytes())[0]


def change(folder: Folder, file: str, **changes: Any) -> str:
    """Write another receipt than the one in *file*, and return the name of its file."""
    changed = attrs.evolve(receipt_in(folder, file), **changes)
    (folder.path / "changed.receipt").write_text(changed.text, "utf-8")
    (folder.path / "changed").write_bytes(
        (folder.path / file.removesuffix(".receipt")).read_bytes()
    )
    return "changed.receipt"


class TestGiven:
    def test_below_a_table(self, plan: Folder) -> None:
        """A table ends with what was asked of which record, and is as it would be without."""
        outcome = plan.run("show", "--at", "stk-3@#8", "--receipt", env={"COLUMNS": "60"})
        receipt, above = found(outcome.data.encode())
        assert above == plan.do("show", "--at", "stk-3@#8", env={"COLUMNS": "60"}).encode()
        assert hashlib.sha256(above).hexdigest() == receipt.answer
        assert plan.log.checkpoint() == receipt.record
        assert "" == outcome.words
        assert (
            Question(
                "show",
                (("at", "2023-03-16@#8"), ("format", "table"), ("lang", "en"), ("width", "60")),
            )
            == receipt.question
        )
        assert max(map(len, receipt.text.splitlines())) <= 80

    def test_below_markdown(self, plan: Folder) -> None:
        """In Markdown it stands in a block, and takes the place of nothing."""
        plan.do("diff", "stk-2", "stk-3", "--receipt", "--format", "markdown", "-o", "new.md")
        text = (plan.path / "new.md").read_text("utf-8")
        assert text.endswith("```\n")
        assert "\n\n```text\nplanlog-receipt/1\n" in text
        assert ["new.md"] == [path.name for path in plan.path.glob("new*")]
        assert 0 == asked_again(plan, "new.md").code

    @pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
    def test_beside_data(self, plan: Folder, format: str) -> None:
        """A file of data stays pure data; its receipt is in a file beside it."""
        point = f"stk-3@#{plan.log.size}"
        data = plan.do("show", "--at", point, "--format", format)
        outcome = plan.run(
            "show", "--at", "stk-3", "--format", format, "--receipt", "-o", "plan.data"
        )
        assert (0, "") == (outcome.code, outcome.data)
        assert data == (plan.path / "plan.data").read_text("utf-8")
        receipt = receipt_in(plan, "plan.data.receipt")
        assert (hashlib.sha256(data.encode()).hexdigest(), None) == (receipt.answer, receipt.file)

    @pytest.mark.parametrize("output", [(), ("-o", "-")])
    def test_beside_a_stream_of_data(self, plan: Folder, output: tuple[str, ...]) -> None:
        """Where the data goes on to a program, the receipt is among the words."""
        outcome = plan.run("show", "--format", "json", "--receipt", *output)
        assert "planlog.plan/1" == json.loads(outcome.data)["schema"]
        text = outcome.words[outcome.words.index("planlog-receipt/1") :]
        receipt, above = found(text.encode())
        assert (hashlib.sha256(outcome.data.encode()).hexdigest(), None) == (receipt.answer, above)

    def test_of_an_export_to_a_stream(self, plan: Folder) -> None:
        """An export to standard output has other marks in it than one to a file."""
        outcome = plan.run("export", "--to", "csv", "-", "--receipt")
        text = outcome.words[outcome.words.index("planlog-receipt/1") :]
        (plan.path / "text").write_text(text)
        assert ("-",) == receipt_in(plan, "text").question.values("file")
        assert 0 == asked_again(plan, "text").code

    @pytest.mark.parametrize("name", ["a.xlsx", "a.db"])
    def test_of_files_that_libraries_write(self, plan: Folder, name: str) -> None:
        """Of a workbook and a database it has two hashes: of the bytes, and of what they say."""
        plan.do("export", name, "--receipt")
        receipt = receipt_in(plan, f"{name}.receipt")
        content = (plan.path / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == receipt.file
        assert receipt.file != receipt.answer

    @pytest.mark.parametrize("name", ["events.md", "events.xlsx"])
    def test_title_of_a_day_to_come(
        self, plan: Folder, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """What the plan will be called some day does not topple the receipt of its events then."""
        plan.do("amend-plan", "Neu", "--on", "2999-01-01", "--by", BY, "--source", "")
        plan.do("export", "--events", name, "--receipt")
        monkeypatch.setattr(PlanLog, "today", lambda _: date(2999, 1, 2))
        file = name if name.endswith(".md") else f"{name}.receipt"
        assert 0 == asked_again(plan, file).code

    def test_pins_today(self, plan: Folder) -> None:
        """What is asked about today is about that day for ever."""
        plan.do("diff", "start", "today@today", "--receipt", "--format", "json", "-o", "d.json")
        size, today = plan.log.size, plan.log.today().isoformat()
        asked = receipt_in(plan, "d.json.receipt").question
        assert (f"start@#{size}", f"{today}@#{size}") == (
            *asked.values("before"),
            *asked.values("after"),
        )

    def test_pins_names(self, plan: Folder) -> None:
        """Measures and fields are named by their ids, however they were named."""
        plan.do("show", "wohnen/16", "--receipt", "-o", "a.txt")
        plan.do("priorities", "--field", "Wohnen", "--receipt", "-o", "b.txt")
        assert ("wohnen-16",) == receipt_in(plan, "a.txt").question.values("measure")
        assert ("wohnen",) == receipt_in(plan, "b.txt").question.values("field")

    def test_pins_defaults(self, plan: Folder) -> None:
        """Settings of the folder are in the question, so that it needs none."""
        settings = plan.path / "planlog.toml"
        settings.write_text('format = "markdown"\nlang = "de"\n')
        plan.do("show", "--receipt", "-o", "plan.md")
        settings.unlink()
        asked = receipt_in(plan, "plan.md").question
        assert ("markdown", "de") == (*asked.values("format"), *asked.values("lang"))
        assert 0 == asked_again(plan, "plan.md").code

    def test_in_no_colour(self, plan: Folder) -> None:
        """An answer with a receipt is in no colour, so that what is read is what was hashed."""
        assert "\x1b" not in plan.do("show", "--receipt", "--color")

    def test_keeps_the_exit_code(self, plan: Folder) -> None:
        """A receipt does not change how a command ends."""
        assert 1 == plan.run("diff", "start", "--exit-code", "--receipt").code
        assert 0 == plan.run("diff", "stk-3", "stk-3", "--exit-code", "--receipt").code

    def test_of_an_answer_without_a_line(self, plan: Folder) -> None:
        """Even nothing has a receipt."""
        text = plan.do("diff", "stk-3", "stk-3", "--name-only", "--receipt")
        assert b"" == found(text.encode())[1]

    def test_knows_the_width_of_the_widest(self, plan: Folder) -> None:
        """A terminal of any width can be written down."""
        plan.do("show", "--receipt", "-o", "a.txt", env={"COLUMNS": "123456"})
        assert ("9999",) == receipt_in(plan, "a.txt").question.values("width")

    def test_refused_with_the_question(self, plan: Folder) -> None:
        """What would be refused without a receipt is refused with one, in the same words."""
        for question in (("show", "nix"), ("show", "--field", "wohnen"), ("export", "plan.pdf")):
            assert plan.refused(*question) == plan.refused(*question, "--receipt")

    def test_refused_where_it_could_not_be_read_again(self, plan: Folder) -> None:
        """What would break the lines of a receipt gets none, and no answer either."""
        words = plan.refused(
            "diff", "start", "--attribute", "attributes.a\nb", "--receipt", "--lang", "en"
        )
        assert "'--receipt': no receipt for this question: attribute: a receipt cannot" in words

    def test_written_where_it_can_be(self, plan: Folder) -> None:
        """Where the file of the receipt cannot be, that of the answer is not written either."""
        (plan.path / "plan.csv.receipt").symlink_to("elsewhere")
        words = plan.refused("export", "plan.csv", "--receipt", "--lang", "en")
        assert "'plan.csv.receipt' is not a file that could be replaced" in words

    def test_of_a_public_export_names_nothing_internal(self, plan: Folder) -> None:
        """What is declared internal stands in no receipt, and in no answer that has one."""
        (plan.path / "planlog.toml").write_text('internal = ["note", "field:gesundheit"]\n')
        plan.do("export", "public.csv", "--public")
        plan.do("export", "plan.csv", "--public", "--receipt")
        content = (plan.path / "plan.csv").read_bytes()
        assert (plan.path / "public.csv").read_bytes() == content
        assert b"gesundheit" not in content
        text = (plan.path / "plan.csv.receipt").read_text("utf-8")
        assert ("note" in text, "gesundheit" in text) == (False, False)
        assert 0 == asked_again(plan, "plan.csv.receipt").code

    def test_of_nothing_that_loads_slowly(
        self, plan: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without the option, nothing of receipts is needed."""
        monkeypatch.setattr(receipts, "answer_with_receipt", None)
        assert "planlog-receipt" not in plan.do("show")


class TestQuestions:
    @pytest.mark.parametrize("command", ASKED)
    def test_know_every_option(self, command: str) -> None:
        """Each option is either asked again, or nothing that an answer depends on."""
        params = COMMANDS[command].load().params
        around = {"exit-code", "output", "receipt"}
        common = {"log", "lang", "color", "no-color", "debug", "help"}
        names = {option.lstrip("-") for param in params for option in param.opts}
        assert set(ASKED[command]) == names - around - common - {"o"}

    def test_are_those_of_every_command_that_takes_the_option(self) -> None:
        """Whoever takes the option can be asked again."""
        taking = {
            name
            for name, entry in COMMANDS.items()
            if any(param.name == "receipt" for param in entry.load().params)
        }
        assert set(ASKED) == taking - {"verify"}

    @pytest.mark.docs
    def test_are_those_on_the_page(self) -> None:
        """The page on the format lists each command with its options, and no other."""
        page = (Path(__file__).parents[2] / "docs" / "reference" / "format.md").read_text("utf-8")
        _, _, receipt = page.partition("## A receipt")
        rows = re.findall(r"^\| `([a-z]+)` \| (`.*`) \|$", receipt, re.MULTILINE)
        listed = {command: tuple(re.findall("`([a-z-]+)`", options)) for command, options in rows}
        assert ASKED == {command: listed[command] for command in ASKED}


class TestStands:
    @pytest.mark.parametrize("language", ["de", "en"])
    @pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
    def test_every_answer(self, plan: Folder, question: tuple[str, ...], language: str) -> None:
        """Asked again in another language and at another width, and when more is known."""
        plan.do(*question, "--receipt", "-o", "a.txt", "--lang", language, env={"COLUMNS": "70"})
        plan.do("start", "wohnen/16", "--on", "stk-3", "--stage", "Angeschoben")
        outcome = asked_again(plan, "a.txt")
        assert (STANDS, "") == (outcome.code, outcome.words)
        told = outcome.data.splitlines()
        assert "- the text above the receipt is the answer that it is for" in told
        assert {UNCHANGED, STILL} <= set(told)
        assert "- 1 event was recorded since; with what is known today" in outcome.data

    @pytest.mark.parametrize("export", EXPORTS, ids=" ".join)
    def test_every_export(self, plan: Folder, export: tuple[str, ...]) -> None:
        """An export can be made again from its receipt, and says so of the very file."""
        (plan.path / "planlog.toml").write_text('internal = ["stage"]\n')
        plan.do("export", *export, "--receipt")
        plan.do("amend-plan", "Anderer Plan", "--on", "stk-3")
        name = export[0]
        in_text = name.endswith(".md")
        outcome = asked_again(plan, name if in_text else f"{name}.receipt")
        assert STANDS == outcome.code, outcome.data
        held = "the text above the receipt is the answer" if in_text else f"'{name}' is the file"
        assert f"- {held} that" in outcome.data
        assert STILL in outcome.data.splitlines()

    @pytest.mark.parametrize(
        ("question", "verdict"),
        [
            (("show", "--at", "stk-3"), "differ"),
            (("show", "--at", "stk-2"), "be the same"),
            (("show", "--at", "stk-3@#7"), "be the same"),
            (("show", "--at", "stk-3", "--format", "json"), "differ"),
            (("show", "--at", "stk-2", "--format", "json"), "be the same"),
            (("diff", "start", "stk-2", "--format", "json"), "be the same"),
            (("diff", "start", "stk-3", "--format", "jsonl"), "differ"),
            (("history", "wohnen/1", "--format", "jsonl"), "be the same"),
            (("show", "--at", "stk-2", "--format", "markdown"), "be the same"),
            (("show", "--at", "stk-2", "--format", "csv"), "be the same"),
        ],
    )
    def test_tells_what_is_known_today(
        self, plan: Folder, question: tuple[str, ...], verdict: str
    ) -> None:
        """What was learned since is told, and only what it changes; that is no fault."""
        plan.do(*question, "--receipt", "-o", "a")
        for stage in ("A", "B"):
            plan.do("start", "wohnen/16", "--on", "2023-01-01", "--stage", stage)
        file = "a.receipt" if (plan.path / "a.receipt").exists() else "a"
        outcome = asked_again(plan, file)
        assert STANDS == outcome.code
        text = " ".join(outcome.data.split())
        assert (
            f"- 2 events were recorded since; with what is known today, the answer would {verdict}"
            in text
        )

    @pytest.mark.parametrize("mending", [("retract",), ("correct", "--on", "2023-01-01")])
    def test_tells_that_it_would_be_refused_today(
        self, plan: Folder, mending: tuple[str, ...]
    ) -> None:
        """A question that no longer makes sense would have another answer."""
        plan.do("show", "wohnen/1", "--at", "stk-2", "--receipt", "-o", "a.txt")
        proposal = next(one for one in plan.log.events() if "wohnen-1" in str(one.event))
        plan.do(mending[0], proposal.id, *mending[1:], "--reason", "doppelt")
        outcome = asked_again(plan, "a.txt")
        assert (STANDS, True) == (outcome.code, "would differ" in outcome.data)

    def test_tells_when_nothing_is_new(self, plan: Folder) -> None:
        """With nothing recorded since, there is no other answer."""
        plan.do("show", "--receipt", "-o", "a.txt")
        assert "- nothing was recorded since" in asked_again(plan, "a.txt").data.splitlines()

    def test_from_standard_input(self, plan: Folder) -> None:
        """A receipt may be typed in."""
        text = plan.do("show", "--receipt", "--format", "markdown")
        _, _, receipt = text.rpartition("```text\n")
        outcome = asked_again(plan, "-", input=receipt.removesuffix("```\n").encode())
        assert (STANDS, "text above" in outcome.data) == (0, False)
        assert STILL in outcome.data.splitlines()

    def test_with_defaults_left_out(self, plan: Folder) -> None:
        """Language and width are those of everybody where the receipt has none."""
        plan.do("show", "--at", "stk-3", "--lang", "en", "--receipt", "-o", "a.txt")
        receipt = receipt_in(plan, "a.txt")
        asked = tuple(one for one in receipt.question.asked if one[0] not in ("lang", "width"))
        bare = attrs.evolve(receipt, question=Question("show", asked))
        outcome = asked_again(plan, "-", input=bare.text.encode(), lang="de")
        assert STANDS == outcome.code

    def test_in_german(self, plan: Folder) -> None:
        """What came out is told in the language of whoever asks again."""
        plan.do("show", "--receipt", "-o", "a.txt", "--lang", "en")
        data = asked_again(plan, "a.txt", lang="de").data
        assert "- die Antwort gilt noch: neu berechnet ist es dieselbe" in data.splitlines()
        assert "Frage" in data

    def test_is_harmless(self, plan: Folder) -> None:
        """An id that means ill stays an id, and is found again."""
        plan.do("propose", "wohnen", "x", "--id", FORGED_ID, "--on", "2021-07-07")
        plan.do("show", "--receipt", "-o", "a.txt", "--", FORGED_ID)
        assert (FORGED_ID,) == receipt_in(plan, "a.txt").question.values("measure")
        assert STANDS == asked_again(plan, "a.txt").code

    def test_does_not_run_the_question_as_a_command_line(self, plan: Folder) -> None:
        """An id that looks like an option names a measure all the same."""
        plan.do("propose", "wohnen", "x", "--id=-o", "--on", "2021-07-07")
        plan.do("history", "--receipt", "-o", "a.txt", "--", "-o")
        assert STANDS == asked_again(plan, "a.txt").code


class TestFalls:
    @pytest.fixture
    def csv(self, plan: Folder) -> Folder:
        """A plan with an export of it and its receipt."""
        plan.do("export", "plan.csv", "--at", "stk-3", "--receipt")
        return plan

    def test_changed_text(self, plan: Folder) -> None:
        """Of a table that was touched up, the answer stands and the table does not."""
        text = plan.do("show", "--receipt").replace("Nachbarschaften", "Nachbarschaft")
        outcome = asked_again(plan, "-", input=text.encode())
        assert FALLEN == outcome.code
        assert "- the text above the receipt is not the answer" in outcome.data
        assert STILL in outcome.data.splitlines()

    def test_changed_file(self, csv: Folder) -> None:
        """Of a file of data that was touched up, too."""
        (csv.path / "plan.csv").write_bytes(b"x")
        outcome = asked_again(csv, "plan.csv.receipt")
        assert FALLEN == outcome.code
        assert "- 'plan.csv' is not the file that the receipt is for" in outcome.data

    def test_changed_workbook(self, plan: Folder) -> None:
        """A workbook is known by its bytes."""
        plan.do("export", "plan.xlsx", "--receipt")
        with (plan.path / "plan.xlsx").open("ab") as file:
            file.write(b"x")
        assert FALLEN == asked_again(plan, "plan.xlsx.receipt").code

    def test_absent_file(self, csv: Folder) -> None:
        """Without its file, a receipt still says whether the answer stands; a link is no file."""
        (csv.path / "plan.csv").rename(csv.path / "other.csv")
        outcome = asked_again(csv, "plan.csv.receipt")
        assert STANDS == outcome.code
        assert "- no 'plan.csv' lies beside the receipt" in outcome.data.splitlines()
        (csv.path / "plan.csv").symlink_to("other.csv")
        assert "plan.csv" not in asked_again(csv, "plan.csv.receipt").data

    def test_unreadable_file(self, csv: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that cannot be read is named."""

        def fail(*_: object) -> None:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(hashlib, "file_digest", fail)
        words = csv.refused("verify", "--receipt", "plan.csv.receipt", "--lang", "en")
        assert "cannot read 'plan.csv': Input/output error" in words

    def test_huge_file(self, csv: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is larger than any answer is none, and is not read to the end."""
        monkeypatch.setattr(receipts, "MOST_BYTES_BESIDE", 3)
        outcome = asked_again(csv, "plan.csv.receipt")
        assert FALLEN == outcome.code
        assert "'plan.csv' is not the file that the receipt is for" in outcome.data

    def test_swapped_file(self, csv: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A link that takes the place of the file when it was looked at is not followed."""
        (csv.path / "plan.csv").rename(csv.path / "other.csv")
        (csv.path / "plan.csv").symlink_to("other.csv")
        monkeypatch.setattr(Path, "is_symlink", lambda _: False)
        words = csv.refused("verify", "--receipt", "plan.csv.receipt", "--lang", "en")
        assert "cannot read 'plan.csv': Too many levels of symbolic links" in words

    def test_another_log(self, csv: Folder, tmp_path: Path) -> None:
        """A receipt of another log is told from damage."""
        receipt = csv.path / "plan.csv.receipt"
        other = Folder(tmp_path)
        other.do("--log", str(tmp_path), "init", "Anderer", "--on", "2020", "--by", BY)
        outcome = csv.run("--log", str(tmp_path), "verify", "--receipt", str(receipt))
        assert FALLEN == outcome.code
        assert "this is another log: the receipt is for" in outcome.data

    def test_cut_log(self, csv: Folder) -> None:
        """A log that has lost its end cannot be what the receipt was given for."""
        max((csv.path / "events").glob("*.jsonl")).unlink()
        outcome = asked_again(csv, "plan.csv.receipt")
        assert FALLEN == outcome.code
        assert "- the end of the record is missing: the receipt is for 8 events" in outcome.data

    def test_changed_log(self, csv: Folder) -> None:
        """A log in which anything was edited has another root, and no answer counts."""
        file = next((csv.path / "events").glob("*-proposed-*.jsonl"))
        file.write_text(file.read_text("utf-8").replace("Protokoll, S. 3", "Protokoll, S. 4"))
        outcome = asked_again(csv, "plan.csv.receipt")
        assert FALLEN == outcome.code
        assert "- the record of that time was changed: its root is" in outcome.data
        assert "the answer" not in outcome.data

    def test_erased_text(self, csv: Folder) -> None:
        """What was erased since is named as the reason."""
        event = next(one for one in csv.log.events() if "wohnen-16" in str(one.event))
        erasure = csv.log.erase(event.id, ground="DSGVO", on="2026-01-01", by=BY, uncovered=True)
        outcome = asked_again(csv, "plan.csv.receipt")
        assert FALLEN == outcome.code
        told = " ".join(outcome.data.split())
        assert f"{UNCHANGED} - the answer does not stand: computed again, it is another" in told
        assert f"- event {event.id} was erased since, by {erasure.id}" in told
        assert "recorded since" not in told

    def test_question_that_is_refused_by_now(self, plan: Folder) -> None:
        """Where the measure that was asked about is erased itself, that is said."""
        plan.do("show", "wohnen/16", "--receipt", "-o", "a.txt")
        event = next(one for one in plan.log.events() if "wohnen-16" in str(one.event))
        plan.log.erase(event.id, ground="DSGVO", on="2026-01-01", by=BY, uncovered=True, bare=True)
        outcome = asked_again(plan, "a.txt")
        assert FALLEN == outcome.code
        assert "- the answer does not stand: computed again, the question is refused:" in " ".join(
            outcome.data.split()
        )

    @pytest.mark.parametrize("changes", [{"program": "0.0.9"}, {"fold": 0}])
    def test_another_planlog(self, csv: Folder, changes: dict[str, Any]) -> None:
        """Where another version gave another answer, both are named."""
        file = change(csv, "plan.csv.receipt", answer="0" * 64, **changes)
        outcome = asked_again(csv, file)
        assert FALLEN == outcome.code
        there = f"{changes.get('program', '0.1.0')} (fold {changes.get('fold', 1)})"
        assert f"- planlog {there} gave the answer, this is planlog" in outcome.data

    def test_another_planlog_with_the_same_answer(self, csv: Folder) -> None:
        """A new version is no reason to doubt what it answers the same."""
        outcome = asked_again(csv, change(csv, "plan.csv.receipt", program="0.0.9"))
        assert (STANDS, True) == (outcome.code, STILL in outcome.data.splitlines())

    def test_changed_receipt(self, csv: Folder) -> None:
        """Where nothing else can be the reason, the receipt itself is doubted."""
        outcome = asked_again(csv, change(csv, "plan.csv.receipt", answer="0" * 64))
        assert FALLEN == outcome.code
        assert "the receipt was changed" in " ".join(outcome.data.split())

    def test_something_else_is_internal(self, plan: Folder) -> None:
        """With another list of what is internal, nobody can tell what the public was shown."""
        (plan.path / "planlog.toml").write_text('internal = ["note"]\n')
        plan.do("export", "plan.csv", "--public", "--receipt")
        (plan.path / "planlog.toml").write_text('internal = ["note", "stage"]\n')
        outcome = asked_again(plan, "plan.csv.receipt")
        assert CANNOT_TELL == outcome.code
        assert "- cannot tell whether the answer stands" in outcome.data
        (plan.path / "plan.csv").write_bytes(b"x")
        assert FALLEN == asked_again(plan, "plan.csv.receipt").code


class TestRefused:
    @pytest.fixture
    def receipt(self, plan: Folder) -> Receipt:
        """A receipt of a question about the plan."""
        plan.do("show", "--at", "stk-3", "--receipt", "-o", "a.txt")
        return receipt_in(plan, "a.txt")

    @pytest.mark.parametrize(
        ("command", "asked", "key"),
        [
            ("record", (), "question"),
            ("verify", (), "question"),
            ("show", (("output", "forged.txt"),), "output"),
            ("show", (("log", "/"),), "log"),
            ("show", (("receipt", "yes"),), "receipt"),
            ("diff", (("before", "start@#8"), ("exit-code", "yes")), "exit-code"),
            ("export", (("file", "forged.csv"), ("to", "csv")), "file"),
            ("export", (("at", "start@#8"), ("to", "html")), "question"),
            ("export", (("diff", "start@#8"), ("to", "csv")), "question"),
            ("show", (("at", "stk-3@#8"),), "at"),
            ("show", (("at", "today@#8"),), "at"),
            ("show", (("at", "2023@#8"),), "at"),
            ("show", (("at", "2023-03-16"),), "at"),
            ("show", (("at", "2023-03-16@#08"),), "at"),
            ("show", (("at", "2023-03-16@#9"),), "at"),
            ("show", (("at", "2023-03-16@2023-03-16"),), "at"),
            ("show", (("at", "nonsense!"),), "at"),
            ("show", (("matrix", "no"),), "matrix"),
            ("show", (("at", "start@#8"), ("format", "pdf")), "question"),
            ("show", (("lang", "fr"),), "lang"),
            ("show", (("width", "0"),), "width"),
            ("show", (("width", "99999"),), "width"),
            ("show", (("format", "csv"), ("at", "start@#8")), "at"),
            ("show", (("at", "start@#8"), ("at", "2023-03-16@#8")), "at"),
            ("show", (("at", "start@#8"), ("lang", "de"), ("lang", "en")), "lang"),
            ("history", (("at", "start@#8"),), "question"),
            ("stats", (("before", "start@#8"), ("after", "start@#8"), ("silent", "x")), "question"),
        ],
    )
    def test_other_questions(
        self,
        plan: Folder,
        receipt: Receipt,
        command: str,
        asked: tuple[tuple[str, str], ...],
        key: str,
    ) -> None:
        """A receipt asks nothing but what planlog gives receipts for, and names no file."""
        changed = attrs.evolve(receipt, question=Question(command, asked))
        (plan.path / "b.txt").write_text(changed.text)
        words = plan.refused("verify", "--receipt", "b.txt", "--lang", "en")
        assert f"b.txt: {key}: expected what this planlog gives receipts for, got" in words

    @pytest.mark.parametrize(
        ("command", "asked", "key"),
        [
            ("show", (), "at"),
            ("export", (("to", "csv"),), "at"),
            ("diff", (("before", "start@#8"),), "after"),
            ("stats", (("after", "start@#8"),), "before"),
        ],
    )
    def test_questions_about_no_day(
        self,
        plan: Folder,
        receipt: Receipt,
        command: str,
        asked: tuple[tuple[str, str], ...],
        key: str,
    ) -> None:
        """A question that would mean another day tomorrow is refused."""
        changed = attrs.evolve(receipt, question=Question(command, asked))
        (plan.path / "b.txt").write_text(changed.text)
        words = plan.refused("verify", "--receipt", "b.txt", "--lang", "en")
        assert f"b.txt: {key}: expected a day and a number of events" in words

    def test_no_receipt(self, plan: Folder) -> None:
        """A file without a receipt is named."""
        (plan.path / "a.csv").write_text("a,b\n")
        words = plan.refused("verify", "--receipt", "a.csv", "--lang", "en")
        assert "a.csv: expected a receipt, but no line begins with 'planlog-receipt'" in words

    def test_broken_receipt(self, plan: Folder, receipt: Receipt) -> None:
        """What is wrong in a receipt is named with its file and key."""
        (plan.path / "b.txt").write_text(receipt.text.replace("size 8", "size eight"))
        words = plan.refused("verify", "--receipt", "b.txt", "--lang", "en")
        assert "b.txt: size: expected a number of events" in words

    def test_no_file(self, plan: Folder) -> None:
        """A file that is not there is named."""
        words = plan.refused("verify", "--receipt", "no.txt", "--lang", "en")
        assert "cannot read 'no.txt'" in words

    def test_enormous_file(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """No more is read than an answer may have."""
        monkeypatch.setattr(receipts, "MOST_BYTES", 10)
        (plan.path / "a.txt").write_text("x" * 11)
        words = plan.refused("verify", "--receipt", "a.txt", "--lang", "en")
        assert "'a.txt' has more than 10 bytes; give the receipt alone" in words


class TestTold:
    def test_by_a_database(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """What a database says does not depend on the planlog that writes it, and is all of it."""
        seen: list[Any] = []

        def keep(history: Any) -> bytes:
            seen.append(history)
            return b""

        monkeypatch.setattr("planlog.tables.exports.told.told_by_database", keep)
        plan.do("export", "a.db", "--receipt")
        (history,) = seen
        monkeypatch.undo()
        lines = [json.loads(line) for line in told.told_by_database(history).splitlines()]
        assert told.told_by_database(history) == told.told_by_database(
            attrs.evolve(history, program="9.9")
        )
        tables = {name: rows for name, *rows in lines}
        assert sorted(tables) == list(tables)
        with sqlite3.connect(plan.path / "a.db") as connection:
            for name, rows in tables.items():
                (count,) = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
                assert count == len(rows)
        assert "Nachbarschaften" in str(tables["measures"])
