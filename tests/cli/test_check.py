"""``planlog check``."""

import json
from pathlib import Path

import pytest

from planlog import PlanLog
from planlog.checks import Finding
from tests.cli.running import Folder

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
