"""``planlog check``."""

import json
import os
import re
from pathlib import Path

import pytest

from planlog import PlanLog
from planlog.checks import Finding
from planlog.events import Amended
from planlog.stores.memory import MemoryStore
from tests.cli.running import Folder, Outcome

WARNING = Finding(code="odd", severity="warning", template="odd")
ERROR = Finding(code="wrong", severity="error", template="wrong")


class TestFindings:
    @pytest.mark.parametrize(
        ("findings", "lenient", "strict"),
        [((), 0, 0), ((WARNING,), 0, 1), ((ERROR,), 1, 1), ((WARNING, ERROR), 1, 1)],
    )
    def test_exit_code(
        self,
        plan: Folder,
        monkeypatch: pytest.MonkeyPatch,
        findings: tuple[Finding, ...],
        lenient: int,
        strict: int,
    ) -> None:
        """Errors fail; warnings fail only when it is strict."""
        monkeypatch.setattr(PlanLog, "check", lambda *_: findings)
        assert lenient == plan.run("check").code
        assert strict == plan.run("check", "--strict").code

    def test_all_of_them(self, plan: Folder) -> None:
        """What is odd is told, as data too."""
        plan.do("implement", "wohnen/1", "--on", "2020-01-01", env={"PLANLOG_SOURCE": ""})
        outcome = plan.run("check", "--format", "json", "--strict")
        assert 1 == outcome.code
        assert json.loads(outcome.data)["findings"]

    def test_point(self, plan: Folder) -> None:
        """A history is checked as it was known."""
        plan.do("implement", "wohnen/1", "--on", "2020-01-01", env={"PLANLOG_SOURCE": ""})
        outcome = plan.run("check", "--strict", "--at", "today@#8", "--lang", "en")
        assert 0 == outcome.code
        assert "8 events, known until #8" in outcome.words


FORGED = "1\r\n::error file=x::%0A::stop-commands::\u2028::warning::\x1b[31m"


class TestGithub:
    @pytest.fixture(autouse=True)
    def _elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Be in no workflow, wherever these tests are run."""
        monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)

    @staticmethod
    def check(plan: Folder, *arguments: str) -> Outcome:
        """Check a plan in which one measure was implemented without having been started."""
        if "implement" not in "".join(plan.files):
            plan.do("implement", "wohnen/1", "--on", "2023-03-16")
        return plan.run("check", "--format", "github", "--lang", "en", *arguments)

    @staticmethod
    def files(outcome: Outcome) -> list[str]:
        """The files that are named."""
        return re.findall(r"^::warning file=([^,:]*),line=1,", outcome.data, re.MULTILINE)

    def test_line_of_the_event(self, plan: Folder) -> None:
        """A finding is a command that names the file and the line of its event."""
        outcome = self.check(plan)
        name = max(path.name for path in (plan.path / "events").glob("*.jsonl"))
        id = plan.log.events()[-1].id
        assert (
            f"::warning file=events/{name},line=1,title=planlog implemented-without-start::"
            f"implemented 2023-03-16 ({id}): measure 'wohnen-1' was not started by then; record "
            "when it was\n"
        ) == outcome.data
        assert "state at the end of" in outcome.words

    def test_lines_of_a_batch(self, plan: Folder) -> None:
        """In a file of several events the line is told."""
        lines = [
            {"type": "implemented", "on": "2023-03-16", "data": {"measure": measure}}
            for measure in ("wohnen-1", "wohnen-16")
        ]
        batch = "\n".join(map(json.dumps, lines)).encode()
        plan.do("record", "-", input=batch)
        plan.do("implement", "gesundheit-16", "--on", "2023-03-16")
        found = re.findall(r"file=events/(\d{10})-\S*,line=(\d),", self.check(plan).data)
        assert [("0000000008", "1"), ("0000000008", "2"), ("0000000010", "1")] == found
        store = plan.log.store
        assert [store.place(position).rpartition(":")[2] for position in (8, 9, 10)] == [
            line for _, line in found
        ]

    @pytest.mark.parametrize(
        ("arguments", "code"), [((), 0), (("--strict",), 1), (("--strict", "--at", "today@#8"), 0)]
    )
    def test_fails_a_workflow_that_is_strict(
        self, plan: Folder, arguments: tuple[str, ...], code: int
    ) -> None:
        """A warning fails with --strict only, and what is sound never does."""
        assert code == self.check(plan, *arguments).code

    def test_nothing_found(self, plan: Folder) -> None:
        """Where nothing is found, nothing is said but where that was looked for."""
        outcome = plan.run("check", "--strict", "--format", "github")
        assert (0, "") == (outcome.code, outcome.data)

    def test_whole(self, empty: Folder) -> None:
        """What is about the whole names no file."""
        empty.do("init", "Plan", "--on", "2020-09-18")
        empty.do("retract", empty.log.events()[0].id, "--reason", "Probe")
        data = empty.run("check", "--format", "github", "--lang", "en").data
        assert data.startswith("::warning title=planlog plan-not-opened::the plan was never opened")

    def test_from_elsewhere(
        self, plan: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The file is named from the current folder, and in full if it is not below that."""
        (name,) = self.files(self.check(plan))
        monkeypatch.chdir(tmp_path)
        assert [f"plan/{name}"] == self.files(self.check(plan, "--log", "plan"))
        assert [f"plan/{name}"] == self.files(self.check(plan, "--log", "plan/events"))
        (tmp_path / "other").mkdir()
        monkeypatch.chdir(tmp_path / "other")
        full = (plan.path / name).resolve().as_posix()
        assert [full] == self.files(self.check(plan, "--log", "../plan"))

    def test_in_a_workflow(
        self, plan: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Where GitHub says what it checked out, the file is named from there."""
        (name,) = self.files(self.check(plan))
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
        assert [f"plan/{name}"] == self.files(self.check(plan))
        monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "other"))
        assert [name] == self.files(self.check(plan))

    def test_in_no_folder(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A log that has no files names none."""
        self.check(plan)
        store = MemoryStore()
        store.append(plan.log.store.read(), 0)
        monkeypatch.setattr(PlanLog, "open", lambda *_: PlanLog(store))
        assert self.check(plan).data.startswith("::warning title=planlog implemented-without-start")

    def test_folder_is_listed_once(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """The folder is not listed anew for each finding: that takes long where it is large."""
        expected = self.check(plan).data
        monkeypatch.setattr("planlog.stores.folder.find_place", None)
        assert expected == self.check(plan).data

    def test_forged(self, plan: Folder) -> None:
        """No text begins a command of its own, and none ends its part of one."""
        for value in ("1", FORGED):
            amended = Amended(measure="wohnen-1", attributes={FORGED: value})
            plan.log.record(amended, on="2022-01-01", by=FORGED, source=FORGED)
        plan.do("start", "wohnen/1", "--on", "2022-01-01")
        lines = self.check(plan).data.split("\n")
        assert ("::warning file=", "") == (lines[0][:15], lines[1])
        assert 2 == len(lines)
        assert "title=planlog two-values::amended" in lines[0]
        assert "⏎ ::error file=x::%250A::stop-commands" in lines[0]
        assert not set("\r\x1b\u2028") & set(lines[0])

    def test_forged_folder(self, empty: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Neither does the name of a folder."""
        if os.name == "nt":
            pytest.skip("no such name of a folder is possible here")
        name = "a,line=9::b\n::error::%"
        empty.do("init", "Plan", "--log", name, "--on", "2020-09-18", env={"PLANLOG_SOURCE": ""})
        data = empty.run("check", "--format", "github", "--log", name).data
        assert 1 == data.count("\n")
        assert data.startswith("::warning file=a%2Cline=9%3A%3Ab%0A%3A%3Aerror%3A%3A%25/events/")

    def test_file(self, plan: Folder) -> None:
        """It can be written to a file like any answer."""
        outcome = self.check(plan, "-o", "found.txt")
        assert "" == outcome.data
        assert (plan.path / "found.txt").read_text("utf-8").startswith("::warning file=events/")

    def test_is_for_one_run(self, plan: Folder) -> None:
        """It is no default, neither in the environment nor in planlog.toml."""
        words = plan.refused("check", "--lang", "en", env={"PLANLOG_FORMAT": "github"})
        assert "PLANLOG_FORMAT: expected one of table," in words
        (plan.path / "planlog.toml").write_text('format = "github"\n')
        words = plan.refused("check", "--lang", "en")
        assert "planlog.toml: format: expected one of table," in words

    @pytest.mark.parametrize("command", ["show", "log", "history wohnen-1"])
    def test_is_for_check_only(self, plan: Folder, command: str) -> None:
        """No other command has it."""
        words = plan.refused(*command.split(), "--format", "github", "--lang", "en")
        assert "'github' is not one of" in words

    def test_wins_over_defaults(self, plan: Folder) -> None:
        """What is asked for in one run comes before what is set."""
        (plan.path / "planlog.toml").write_text('format = "json"\n')
        assert self.check(plan).data.startswith("::warning ")


def cut(folder: Folder) -> None:
    """Cut the last file off in the middle of its line."""
    last = max((folder.path / "events").glob("*.jsonl"))
    last.write_bytes(last.read_bytes()[:-20])


def without_a_file(folder: Folder) -> None:
    """Take a file away from among the others."""
    next((folder.path / "events").glob("0000000003-*.jsonl")).unlink()


def foreign(folder: Folder) -> None:
    """Put something among the events that is none."""
    Path(folder.path, "events", "notes.jsonl").write_text("{}\n")


class TestDamage:
    @pytest.mark.parametrize("damage", [cut, without_a_file, foreign])
    @pytest.mark.parametrize("command", ["show", "log", "history wohnen-1", "check"])
    def test_every_reading_command_names_it(
        self, plan: Folder, damage: object, command: str
    ) -> None:
        """A log that cannot be read is exit code 3, and the file is named."""
        assert callable(damage)
        damage(plan)
        assert "events/" in plan.refused(*command.split(), code=3)

    def test_nothing_is_recorded_into_it(self, plan: Folder) -> None:
        """A damaged log takes no events."""
        without_a_file(plan)
        plan.refused("start", "wohnen-1", "--on", "today", code=3)

    def test_every_flaw_on_a_line_of_its_own(self, plan: Folder) -> None:
        """All that is wrong is told at once."""
        for path in sorted((plan.path / "events").glob("*.jsonl"))[-2:]:
            path.write_bytes(path.read_bytes().replace(b'"by":"', b'"by":7,"x":"'))
        words = plan.refused("show", "--lang", "en", code=3).splitlines()
        assert 4 == len(words)
        assert all(line.startswith("Error: events/") for line in words)
