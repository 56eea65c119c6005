"""Where answers go: files, pipes, terminals."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from planlog.cli import output
from tests.cli.running import Folder


class TestFile:
    def test_written_whole(self, plan: Folder) -> None:
        """The answer goes to the file, and only words to the terminal."""
        data = plan.do("show", "--format", "csv")
        outcome = plan.run("show", "--format", "csv", "-o", "plan.csv", "--lang", "en")
        assert (0, "") == (outcome.code, outcome.data)
        assert data == (plan.path / "plan.csv").read_text("utf-8")
        assert ["plan.csv"] == [path.name for path in plan.path.glob("*plan.csv*")]

    def test_replaces_a_file(self, plan: Folder) -> None:
        """A file that is there is replaced, and keeps its permissions."""
        file = plan.path / "plan.md"
        file.write_text("old")
        file.chmod(0o600)
        plan.do("show", "--format", "markdown", "--output", str(file))
        assert "Nachbarschaften" in file.read_text("utf-8")
        assert 0o600 == file.stat().st_mode & 0o777

    def test_hyphen(self, plan: Folder) -> None:
        """A hyphen stands for standard output."""
        assert "Nachbarschaften" in plan.do("show", "-o", "-")

    def test_never_in_colour(self, plan: Folder) -> None:
        """A file holds no control sequences."""
        plan.do("show", "--color", "-o", "plan.txt")
        assert "\x1b" not in (plan.path / "plan.txt").read_text("utf-8")

    @pytest.mark.parametrize("target", ["folder", "link", "/dev/null"])
    def test_what_is_no_file(self, plan: Folder, target: str) -> None:
        """Folders, links and devices are not replaced."""
        (plan.path / "folder").mkdir()
        (plan.path / "link").symlink_to("elsewhere")
        words = plan.refused("show", "-o", target, "--lang", "en")
        assert f"Invalid value for '--output': {target!r} is not a file" in words
        assert (plan.path / "link").is_symlink()

    @pytest.mark.parametrize("target", ["events/x.csv", "./a/../events/x.csv", "way/x.csv"])
    def test_among_the_events(self, plan: Folder, target: str) -> None:
        """Nothing is written among the events, whatever way leads there."""
        (plan.path / "a").mkdir()
        (plan.path / "way").symlink_to("events")
        words = plan.refused("show", "-o", target, "--lang", "en")
        assert "is among the event files" in words

    def test_event_file(self, plan: Folder) -> None:
        """Least of all is an event file replaced."""
        file = next((plan.path / "events").glob("*.jsonl"))
        assert "is among the event files" in plan.refused("log", "-o", str(file), "--lang", "en")

    @pytest.mark.parametrize(
        "name",
        [
            *("planlog.toml", ".gitattributes", ".gitignore", "Planlog.toml"),
            *("checkpoints/0000000008.checkpoint", "checkpoints/joined/x/lines.join"),
            *(".git/config", ".git/hooks/pre-commit", "way/0000000008.checkpoint"),
        ],
    )
    def test_other_parts_of_the_plan(self, plan: Folder, name: str) -> None:
        """Nor are checkpoints, settings, or what git keeps, on whatever way."""
        (plan.path / "way").symlink_to("checkpoints")
        for folder in ("checkpoints/joined/x", ".git/hooks"):
            (plan.path / folder).mkdir(parents=True)
        for command in (("show",), ("export", "--to", "csv"), ("schema",)):
            words = plan.refused(*command, "-o", name, "--lang", "en")
            assert f"'{name}' belongs to the plan or to git; write it elsewhere" in words

    @pytest.mark.parametrize("name", ["docs/planlog.toml", "checkpoints.csv", "x.gitignore"])
    def test_alike(self, plan: Folder, name: str) -> None:
        """What is only called alike may be written."""
        (plan.path / "docs").mkdir()
        plan.do("show", "-o", name)
        assert (plan.path / name).is_file()

    def test_no_such_folder(self, plan: Folder) -> None:
        """A file that cannot be written is refused."""
        words = plan.refused("show", "-o", "no/plan.csv", "--lang", "en")
        assert "cannot write 'no/plan.csv': No such file or directory" in words

    def test_half_a_file(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """When the disk is full, the old file stays and no half one is left."""
        (plan.path / "plan.csv").write_text("old")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
        words = plan.refused("show", "-o", "plan.csv", "--lang", "en")
        assert "cannot write 'plan.csv': No space left on device" in words

    def test_without_a_log(self, empty: Folder) -> None:
        """What needs no log can be written where there is none."""
        empty.do("schema", "-o", "events.json")
        assert (empty.path / "events.json").is_file()


class TestColor:
    @pytest.mark.parametrize(
        ("arguments", "env", "expected"),
        [
            ((), {}, False),
            (("--color",), {"NO_COLOR": "1"}, True),
            (("--no-color",), {"FORCE_COLOR": "1"}, False),
            ((), {"FORCE_COLOR": "1"}, True),
            ((), {"FORCE_COLOR": "0"}, False),
            ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ],
    )
    def test_who_decides(
        self, plan: Folder, arguments: tuple[str, ...], env: dict[str, str], expected: bool
    ) -> None:
        """Options come first, then NO_COLOR, then FORCE_COLOR; without a terminal there is none."""
        shown = plan.do(*arguments, "show", env=env)
        assert expected is ("\x1b[" in shown)

    def test_set_for_the_plan(self, plan: Folder) -> None:
        """A plan's settings may ask for colour, but NO_COLOR is stronger."""
        (plan.path / "planlog.toml").write_text("color = true\n")
        assert "\x1b[" in plan.do("show")
        assert "\x1b[" not in plan.do("show", env={"NO_COLOR": "1"})

    @pytest.mark.parametrize(("terminal", "expected"), [("xterm", True), ("dumb", False)])
    def test_on_a_terminal(
        self, plan: Folder, monkeypatch: pytest.MonkeyPatch, terminal: str, expected: bool
    ) -> None:
        """A terminal gets colour unless it is a dumb one."""
        monkeypatch.setattr(
            "click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False
        )
        assert expected is ("\x1b[" in plan.do("show", env={"TERM": terminal}))

    def test_nothing_is_lost_without(self, plan: Folder) -> None:
        """Colour never says anything alone: without it the same words are there."""
        colorful = click.unstyle(plan.do("--color", "show"))
        assert plan.do("--no-color", "show") == colorful


class TestWidth:
    def test_of_the_terminal(self, plan: Folder) -> None:
        """A table is as wide as the terminal."""
        plan.do("amend", "1", "--title", "Wort " * 30, "--on", "2022")
        for columns, width in (("60", 60), ("120", 120), ("0", 80), ("x", 80)):
            lines = plan.do("show", env={"COLUMNS": columns}).splitlines()
            assert width - 20 < max(map(len, lines)) <= width

    def test_asked_of_the_platform(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the environment says nothing, the platform is asked."""
        monkeypatch.setattr("click.testing._NamedTextIOWrapper.fileno", lambda _: 1, raising=False)
        monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((50, 10)))
        plan.do("amend", "1", "--title", "Wort " * 30, "--on", "2022")
        assert 30 < max(map(len, plan.do("show").splitlines())) <= 50


class TestStandardOutput:
    @pytest.fixture
    def closed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Standard output leads to somebody who has stopped reading."""
        echo = click.echo

        def stopped(message: Any = None, *arguments: Any, **more: Any) -> None:
            if not more.get("err"):
                raise BrokenPipeError(32, "Broken pipe")
            echo(message, *arguments, **more)

        monkeypatch.setattr(click, "echo", stopped)

    @pytest.mark.usefixtures("closed")
    def test_nobody_reads_on(self, plan: Folder) -> None:
        """A reader who has enough is no error, and changes no exit code."""
        outcome = plan.run("show", "--format", "json", "--lang", "en")
        assert (0, 1) == (outcome.code, len(outcome.lines))
        assert 0 == plan.run("show").code

    def test_full_disk(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """An answer that could not be given whole is not called fine."""
        echo = click.echo

        def full(message: Any = None, *arguments: Any, **more: Any) -> None:
            if not more.get("err"):
                raise OSError(28, "No space left on device")
            echo(message, *arguments, **more)

        monkeypatch.setattr(click, "echo", full)
        outcome = plan.run("show", "--lang", "en")
        assert 2 == outcome.code
        assert "cannot write the answer: No space left on device" in outcome.words

    def test_pacified(self, tmp_path: Path) -> None:
        """What is still to be written goes nowhere."""
        with (tmp_path / "x").open("w") as stream:
            stream.write("kept back")
            output.pacify(stream)
        assert "" == (tmp_path / "x").read_text()

    def test_what_is_no_stream_of_the_platform(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A program that has put something else in place of the terminal keeps it."""
        monkeypatch.setattr(sys, "stdout", io.StringIO())
        output.escape_what_cannot_be_shown()
        assert isinstance(sys.stdout, io.StringIO)

    def test_in_a_pipe_and_an_old_encoding(self, plan: Folder) -> None:
        """Data are UTF-8 whatever the locale; words are spelt out where letters are missing."""
        plan.do("amend", "1", "--title", "Größe → Übermut", "--on", "2022")
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONIOENCODING": "latin-1",
            "PLANLOG_LANG": "de",
        }
        command = [sys.executable, "-m", "planlog", "show"]
        shown = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert "Größe ".encode("latin-1") + rb"\u2192" in shown.stdout
        data = subprocess.run(
            [*command, "--format", "csv"], capture_output=True, check=True, env=environment
        )
        assert "Größe → Übermut".encode() in data.stdout

    def test_closed_pipe(self, plan: Folder) -> None:
        """A closed pipe ends in silence."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PLANLOG_LANG": "en"}
        with subprocess.Popen(
            [sys.executable, "-m", "planlog", "log"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            assert b"" == process.stderr.read()
        assert 0 == process.returncode
