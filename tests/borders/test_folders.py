"""Whoever opens a plan's folder that somebody else made is safe, whichever command they give."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from planlog import PlanLog
from planlog.cli.commands import COMMANDS
from tests.borders.folders import SECRET, TRAPS, secrets
from tests.cli.running import Folder, Outcome
from tests.cli.test_hostile import assert_harmless

SECONDS: Final = 5
EVENT: Final = "the last event"
"""Stands for the id of the last event."""

DAY: Final = ("--on", "2024-01-01")

ASKED: Final[dict[str, tuple[str, ...]]] = {
    "show": (),
    "diff": ("start",),
    "log": (),
    "history": ("wohnen-1",),
    "priorities": (),
    "decisions": (),
    "stats": ("start",),
    "init": ("Plan", *DAY),
    "amend-plan": ("X", *DAY),
    "add-field": ("x", "X", *DAY),
    "amend-field": ("wohnen", "X", *DAY),
    "add-goal": ("z", "wohnen", "Z", *DAY),
    "hold-conference": ("k", "K", "council", *DAY),
    "propose": ("wohnen", "Neu", "--number", "9", *DAY),
    "amend": ("wohnen-1", "--title", "X", *DAY),
    "prioritize": ("wohnen", "1", *DAY),
    "rate": ("wohnen-1", "hoch", *DAY),
    "start": ("wohnen-1", *DAY),
    "progress": ("wohnen-1", *DAY),
    "implement": ("wohnen-1", *DAY),
    "make-permanent": ("wohnen-1", *DAY),
    "pause": ("wohnen-1", *DAY),
    "resume": ("wohnen-1", *DAY),
    "drop": ("wohnen-1", "other", *DAY),
    "merge": ("wohnen-1", "--into", "wohnen-1", *DAY),
    "split": ("wohnen-1", "wohnen-1", "wohnen-2", *DAY),
    "decide": ("stk", "noted", *DAY),
    "record-version": ("v", "complete", "title", "--document", "table.csv", *DAY),
    "note": ("x", *DAY),
    "correct": (EVENT, "--set", "text=x", "--reason", "x"),
    "retract": (EVENT, "--reason", "x", *DAY),
    "record": ("table.csv",),
    "check": (),
    "checkpoint": (),
    "verify": (),
    "prove": (EVENT,),
    "erase": (EVENT, "--ground", "x", *DAY),
    "join": (),
    "import": ("table.csv", "--propose-map"),
    "export": ("--to", "csv", "-"),
    "schema": (),
    "completion": ("bash",),
}
"""Every command as it could be given."""

MANY: Final = ("show", "check", "start", "checkpoint", "verify", "erase", "join")
"""The commands of which each touches something else."""

WHOLE: Final = ("events are a link", "settings are a link", "a line steers", "settings steer")
"""The traps that are laid for every command."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small plan, with a checkpoint and a table."""
    path = tmp_path_factory.mktemp("sound")
    folder = Folder(path)
    around = ("--log", str(path))
    said = ("--by", "GWA", "--source", "Protokoll", "--on", "2023-01-01")
    folder.do(*around, "init", "Plan", *said)
    folder.do(*around, "add-field", "wohnen", "Wohnen", *said)
    for number in ("1", "2"):
        folder.do(*around, "propose", "wohnen", "Treff", "--number", number, *said)
    folder.do(*around, "hold-conference", "stk", "Konferenz", "council", *said)
    folder.do(*around, "note", "Frau Nachbarin", *said)
    folder.do(*around, "checkpoint")
    (path / "table.csv").write_text("Titel\nTreff\n")
    return path


@pytest.fixture
def outside(tmp_path: Path) -> Folder:
    """A folder that nobody has named."""
    return Folder(secrets(tmp_path / "outside"))


@pytest.fixture
def plan(tmp_path: Path, sound: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The current folder, with the plan."""
    folder = tmp_path / "plan"
    shutil.copytree(sound, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LANGUAGE", "")
    return Folder(folder)


@contextmanager
def in_time() -> Iterator[None]:
    """Fail where it takes too long."""

    def fail(*_: object) -> None:
        raise AssertionError(f"it took more than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def give(plan: Folder, sound: Path, command: str) -> Outcome:
    """Give a *command* in the folder of a *plan* that is, or was, a *sound* one."""
    last = PlanLog.open(sound).events()[-1].id
    arguments = [last if one == EVENT else one for one in ASKED[command]]
    around = {"PLANLOG_BY": "GWA", "PLANLOG_SOURCE": "Protokoll"}
    return plan.run(command, *arguments, "--lang", "en", env=around)


def ask(plan: Folder, sound: Path, outside: Folder, command: str) -> None:
    """Give a *command*: it ends in time and in order, and knows nothing of what is *outside*."""
    there = outside.files
    with in_time():
        outcome = give(plan, sound, command)
    assert outcome.code in (0, 1, 2, 3, 4), outcome.words
    assert_harmless(outcome.data + outcome.words)
    assert SECRET not in outcome.data + outcome.words
    assert "Traceback" not in outcome.words
    assert there == outside.files


class TestFolders:
    def test_every_command_is_given(self) -> None:
        """No command is forgotten here."""
        assert [*COMMANDS] == [*ASKED]

    @pytest.mark.parametrize("command", COMMANDS)
    def test_without_a_trap(self, plan: Folder, sound: Path, command: str) -> None:
        """What is asked makes sense, so that a trap has something to catch."""
        outcome = give(plan, sound, command)
        assert (2 if command in ("init", "record") else 0) == outcome.code, outcome.words

    @pytest.mark.parametrize("trap", TRAPS)
    def test_with_a_trap(self, plan: Folder, sound: Path, outside: Folder, trap: str) -> None:
        """Nobody waits, is led outside, or gets what is not theirs."""
        TRAPS[trap](plan.path, outside.path)
        for command in COMMANDS if trap in WHOLE else MANY:
            ask(plan, sound, outside, command)
        assert not (outside.path / "run").exists()

    @pytest.mark.parametrize("trap", TRAPS)
    def test_that_asks(self, plan: Folder, sound: Path, outside: Folder, trap: str) -> None:
        """Who only asks leaves every folder as it was."""
        TRAPS[trap](plan.path, outside.path)
        before = _listing(plan.path)
        for command in ("show", "verify", "check", "export"):
            ask(plan, sound, outside, command)
        assert before == _listing(plan.path)


def _listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Everything below *folder*, with what changes when somebody writes to it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_mode, status.st_size, status.st_mtime_ns)
    return found
