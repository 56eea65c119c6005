"""Runs of the command line in this process, and what they leave on the disk."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from click.testing import CliRunner

from planlog import PlanLog
from planlog.cli.app import app

BY = "Quartiersmanagement"
SOURCE = "Protokoll, S. 3"


@attrs.frozen
class Outcome:
    """How a run ended: its exit code, its data and its words."""

    code: int
    data: str
    words: str

    @property
    def lines(self) -> list[str]:
        """The words, line by line."""
        return self.words.splitlines()


@attrs.frozen
class Folder:
    """A folder in which commands are run."""

    path: Path

    def run(self, *arguments: str, input: bytes = b"", env: Mapping[str, str] = {}) -> Outcome:
        """Run ``planlog`` with *arguments*, whatever becomes of it."""
        result = CliRunner().invoke(app, list(arguments), input=input, env=dict(env))
        assert isinstance(result.exception, SystemExit | None), result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    def do(self, *arguments: str, **more: Any) -> str:
        """Run a command that must go well, and return its data."""
        outcome = self.run(*arguments, **more)
        assert 0 == outcome.code, outcome.words
        return outcome.data

    def refused(self, *arguments: str, code: int = 2, **more: Any) -> str:
        """Run a command that must be refused and change nothing, and return its words."""
        before = self.files
        outcome = self.run(*arguments, **more)
        assert (code, "") == (outcome.code, outcome.data), outcome
        assert before == self.files
        assert "Traceback" not in outcome.words
        return outcome.words

    @property
    def files(self) -> dict[str, bytes]:
        """Every file and its bytes, but for the lock of writers."""
        return {
            str(path.relative_to(self.path)): path.read_bytes()
            for path in self.path.rglob("*")
            if path.is_file() and path.name != ".lock"
        }

    @property
    def log(self) -> PlanLog:
        """The log in the folder, read by the library."""
        return PlanLog.open(self.path)
