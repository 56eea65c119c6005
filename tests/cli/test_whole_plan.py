"""A whole plan is built from nothing: by commands, in either language, and by the library."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planlog import (
    ConferenceHeld,
    Decided,
    FieldAdded,
    MemoryStore,
    Plan,
    PlanLog,
    PlanOpened,
    Prioritized,
    Proposed,
    Started,
)
from planlog.cli.commands import COMMANDS
from tests.cli.running import BY, SOURCE, Folder

COMMANDS_OF_A_PLAN = (
    ("init", "Sozialer Plan", "--place", "Ahlhorn", "--on", "18.09.2020"),
    ("add-field", "wohnen", "Wohnen", "--number", "1", "--on", "2020-09-18"),
    ("propose", "Wohnen", "Nachfrage befriedigen", "--number", "1", "--on", "2021"),
    ("propose", "1", "Nachbarschaften stärken", "--number", "16", "--on", "2021-07-07"),
    ("hold-conference", "stk-3", "3. Konferenz", "--kind", "conference", "--on", "2023-03-16"),
    ("prioritize", "wohnen", "16", "1", "--on", "stk-3"),
    ("start", "wohnen/16", "--stage", "Angeschoben", "--on", "stk-3"),
    ("decide", "stk-3", "adopted", "--field", "wohnen", "--votes", "12/0/1", "--on", "stk-3"),
)


def by_library() -> Plan:
    """The same plan, recorded through the library."""
    from planlog import Votes

    log = PlanLog(MemoryStore())
    for event, on in (
        (PlanOpened(title="Sozialer Plan", place="Ahlhorn"), "2020-09-18"),
        (FieldAdded(field="wohnen", title="Wohnen", number="1"), "2020-09-18"),
        (
            Proposed(measure="wohnen-1", title="Nachfrage befriedigen", field="wohnen", number="1"),
            "2021",
        ),
        (
            Proposed(
                measure="wohnen-16", title="Nachbarschaften stärken", field="wohnen", number="16"
            ),
            "2021-07-07",
        ),
        (
            ConferenceHeld(conference="stk-3", title="3. Konferenz", kind="conference"),
            "2023-03-16",
        ),
        (Prioritized(field="wohnen", ranking=("wohnen-16", "wohnen-1")), "2023-03-16"),
        (Started(measure="wohnen-16", stage="Angeschoben"), "2023-03-16"),
        (
            Decided(
                conference="stk-3",
                outcome="adopted",
                fields=("wohnen",),
                votes=Votes(yes=12, no=0, abstain=1),
            ),
            "2023-03-16",
        ),
    ):
        log.record(event, on=on, by=BY, source=SOURCE)
    return log.plan("stk-3")


def without_ids(plan: Plan) -> str:
    """What a plan says, but for the random ids of its events."""
    return re.sub(r"[0-9a-f]{16}", "", repr(plan.measures + plan.fields + plan.conferences))


class TestWholePlan:
    @pytest.mark.parametrize("language", ["de", "en"])
    def test_commands_and_library_build_the_same(self, empty: Folder, language: str) -> None:
        """Whatever the language, the commands leave the state that the library leaves."""
        for command in COMMANDS_OF_A_PLAN:
            empty.do("--lang", language, *command)
        built = empty.log.plan("stk-3")
        assert without_ids(by_library()) == without_ids(built)
        assert ("Sozialer Plan", "Ahlhorn") == (built.title, built.place)

    def test_installed_command_builds_it(self, tmp_path: Path) -> None:
        """The program as it is installed does the same, from one process to the next."""
        environment = {
            **os.environ,
            "PLANLOG_BY": BY,
            "PLANLOG_SOURCE": SOURCE,
            "PLANLOG_LANG": "de",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }

        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-m", "planlog", *arguments],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )

        for command in COMMANDS_OF_A_PLAN:
            outcome = run(*command)
            assert (0, "") == (outcome.returncode, outcome.stdout), outcome.stderr
        assert without_ids(by_library()) == without_ids(PlanLog.open(tmp_path).plan("stk-3"))
        assert 2 == run("start", "wohnen/17", "--on", "today").returncode

    def test_every_command_is_tested(self) -> None:
        """Each command has a module of tests, by its name or as one of the verbs."""
        tests = "\n".join(
            path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py")
        )
        assert [] == [name for name in COMMANDS if f'"{name}"' not in tests]
