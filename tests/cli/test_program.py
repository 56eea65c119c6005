"""The program as a whole: helps, languages, common options, errors and exit codes."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from planlog import PlanLog
from planlog.cli import main
from planlog.cli.app import PROGRAM, STEPS, app
from planlog.cli.commands import COMMANDS, HEADINGS
from planlog.cli.reference import text
from planlog.cli.session import Session
from planlog.wording import words_for
from tests.cli.running import Folder

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"


class TestHelp:
    def test_lists_commands_under_four_headings(self, empty: Folder) -> None:
        """The commands stand under read, record, trust and exchange, each once."""
        lines = empty.do("--help", "--lang", "en").splitlines()
        headings = [lines.index(f"{heading}:") for heading in HEADINGS]
        assert sorted(headings) == headings
        before = lines[: lines.index("Examples:")]
        listed = [line.split()[0] for line in before if line[:3].strip() and line.startswith("  ")]
        assert list(COMMANDS) == [name for name in listed if name in COMMANDS]

    def test_loads_no_command(self) -> None:
        """Listing the commands imports none of them."""
        code = (
            "import sys\nfrom planlog.cli import main\n"
            "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
            "print([name for name in sys.modules if name in"
            " ('planlog.cli.verbs', 'planlog.cli.show', 'planlog.render', 'tabulate', 'cattrs')])"
        )
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        outcome = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            cwd="/",
            env=environment,
            encoding="utf-8",
        )
        assert "[]" == outcome.stdout.splitlines()[-1]

    @pytest.mark.parametrize("name", COMMANDS)
    def test_of_each_command(self, empty: Folder, name: str) -> None:
        """Each command explains itself: what it does, and every argument and option."""
        context = click.Context(COMMANDS[name].load(), obj=_english())
        help = empty.do(name, "--help", "--lang", "en")
        assert COMMANDS[name].help in " ".join(help.split())
        for param in context.command.params:
            record = param.get_help_record(context)
            assert record is not None
            assert record[1], param.name

    @pytest.mark.parametrize("name", [*COMMANDS, PROGRAM])
    def test_examples(self, name: str) -> None:
        """Every example is a command line that planlog understands."""
        root = click.Context(app, info_name=PROGRAM, obj=_english())
        examples = STEPS if name == PROGRAM else COMMANDS[name].load().examples
        for line in re.findall(r"planlog .*?(?=\)|\||   #|$)", "\n".join(examples), re.MULTILINE):
            command, *arguments = shlex.split(line)[1:]
            COMMANDS[command].load().make_context(command, arguments, parent=root)

    def test_first_steps(self, empty: Folder) -> None:
        """The steps in the program's help, one after the other, make a plan and correct it."""
        for step in STEPS:
            program, *arguments = shlex.split(step)
            if program == PROGRAM:
                started = empty.log.events()[-1].id if "correct" in arguments else ""
                empty.do(*(started if one == "9f3c" else one for one in arguments))
        measure = empty.log.plan().measure("wohnen/4")
        assert ("started", "Begonnen") == (measure.phase, measure.stage)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_of_each_command_in_german(self, empty: Folder, name: str) -> None:
        """So it does in German: no sentence of a help lacks its translation."""
        german = words_for("de")
        command = COMMANDS[name].load()
        told = [COMMANDS[name].help, *command.paragraphs]
        told += [getattr(param, "meaning", None) or param.help or "" for param in command.params]
        assert [] == sorted({one for one in told if one and one == german(one)})
        assert german(COMMANDS[name].help)[:40] in empty.do(name, "--help", "--lang", "de")

    def test_without_arguments(self, empty: Folder) -> None:
        """Nothing asked is wrong usage, answered with the help."""
        words = empty.refused(env={"PLANLOG_LANG": "en"})
        assert words.startswith("Usage: planlog [OPTIONS] COMMAND")
        assert "Read:" in words
        assert "Missing command" in empty.refused("--lang", "en")

    def test_is_the_reference(self) -> None:
        """The reference page says what the helps say."""
        assert text() == REFERENCE.read_text("utf-8")

    def test_version(self, empty: Folder) -> None:
        """The program knows its version."""
        assert empty.do("--version").startswith("planlog 0.")


def _english() -> Session:
    session = Session()
    session.named_language = "en"
    return session


class TestCommonOptions:
    def test_before_and_after_the_command(self, plan: Folder) -> None:
        """Options of every command go before its name as well as after it."""
        assert plan.do("--lang", "en", "show") == plan.do("show", "--lang", "en")

    def test_last_one_counts(self, plan: Folder) -> None:
        """What stands nearer to the command counts."""
        assert "Usage:" in plan.do("--lang", "de", "show", "--lang", "en", "--help")

    def test_unknown_option(self, plan: Folder) -> None:
        """An unknown option is refused with those it may have meant."""
        words = plan.refused("show", "--formt", "csv", "--lang", "en")
        assert "No such option '--formt'" in words
        assert "--format" in words
        assert "Usage: planlog show [OPTIONS] [MEASURE]" in words
        assert "Try 'planlog show --help' for help." in words

    def test_unknown_command(self, plan: Folder) -> None:
        """An unknown command is refused with the nearest."""
        assert "no command 'shwo'; did you mean 'show'?" in plan.refused(
            "shwo", env={"PLANLOG_LANG": "en"}
        )
        assert "no command 'xyzzy'" in plan.refused("xyzzy", env={"PLANLOG_LANG": "en"})

    def test_too_many_arguments(self, plan: Folder) -> None:
        """What nobody asked for is refused."""
        words = plan.refused("show", "1", "2", "--lang", "en")
        assert "Got unexpected extra argument (2)" in words


class TestLanguage:
    GERMAN = "Stand am Ende"
    ENGLISH = "state at the end"

    def said(self, folder: Folder, *arguments: str, **env: str) -> str:
        """The words of an answer."""
        return folder.run(*arguments, "show", "--format", "json", env=env).words

    def test_order(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Option, environment, planlog.toml, the plan, the locale: the first that says so."""
        monkeypatch.setenv("LANG", "de_DE.UTF-8")
        assert self.GERMAN in self.said(plan)
        plan.do("amend-plan", "Plan", "--language", "en-GB", "--on", "2020")
        assert self.ENGLISH in self.said(plan)
        (plan.path / "planlog.toml").write_text('lang = "de"\n')
        assert self.GERMAN in self.said(plan)
        assert self.ENGLISH in self.said(plan, PLANLOG_LANG="en")
        assert self.GERMAN in self.said(plan, "--lang", "de", PLANLOG_LANG="en")

    def test_corrected_language_of_the_plan(self, plan: Folder) -> None:
        """The plan's language is what its events come to after all corrections."""
        opened = plan.log.events()[0].id
        plan.do("correct", opened, "--set", "language=de", "--reason", "x")
        assert self.GERMAN in self.said(plan)
        plan.do("retract", plan.log.events()[-1].id, "--reason", "x")
        assert self.ENGLISH in self.said(plan)

    def test_plan_in_another_language(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A plan in a language that planlog does not speak leaves it to the locale."""
        monkeypatch.setenv("LANG", "de_DE.UTF-8")
        plan.do("amend-plan", "Plan", "--language", "fr", "--on", "2020")
        assert self.GERMAN in self.said(plan)

    def test_neither_locale_nor_plan(self, plan: Folder) -> None:
        """English is what is left."""
        assert self.ENGLISH in self.said(plan)

    def test_never_changes_data(self, plan: Folder) -> None:
        """The language changes words, never data."""
        one, other = (plan.do("show", "--format", "csv", "--lang", lang) for lang in ("de", "en"))
        assert one == other

    def test_of_clicks_own_words(self, plan: Folder) -> None:
        """What click says is in the plan's language too."""
        plan.do("amend-plan", "Plan", "--language", "de", "--on", "2020")
        words = plan.refused("show", "--formt", "csv")
        assert "Fehler: " in words
        assert "No such option" not in words

    def test_nonsense(self, plan: Folder) -> None:
        """A setting that cannot be used is refused by every command that asks for settings."""
        words = plan.refused("show", env={"PLANLOG_LANG": "fr"})
        assert "environment: PLANLOG_LANG: expected one of de, en, got 'fr'" in words


class TestFinding:
    def test_upward(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """The log is the nearest upward that has event files."""
        inner = plan.path / "a" / "b"
        (inner / "events").mkdir(parents=True)
        monkeypatch.chdir(inner)
        assert "Nachbarschaften" in plan.do("show")
        monkeypatch.chdir(plan.path / "events")
        assert "Nachbarschaften" in plan.do("show")

    def test_named(self, plan: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """It may be named, by the plan's folder or by that of the events."""
        monkeypatch.chdir(tmp_path)
        assert "Nachbarschaften" in plan.do("show", "--log", "plan")
        assert "Nachbarschaften" in plan.do("--log", str(plan.path / "events"), "show")
        assert "Nachbarschaften" in plan.do("show", env={"PLANLOG_LOG": "plan"})
        words = plan.run("show", "--log", "x", "--lang", "en", env={"PLANLOG_LOG": "plan"})
        assert (3, "Error: no log at 'x'") == (words.code, words.words.partition(";")[0])

    def test_not_named_by_a_text(self, plan: Folder) -> None:
        """What stands behind two hyphens names no log and no language."""
        plan.do("note", "--on", "2023", "--", "--log")
        assert 9 == plan.log.size

    def test_none(self, empty: Folder) -> None:
        """Where there is none, the refusal says how to begin one."""
        words = empty.refused("show", "--lang", "en", code=3)
        assert "no log at '.'; name one with --log, or begin one with: planlog init" in words

    def test_unreadable_neighbour(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A nearer folder that nobody may read is not passed by: it may be what is meant."""
        from planlog.errors import StoreReadError
        from planlog.stores import folder

        (plan.path / "a").mkdir()
        monkeypatch.chdir(plan.path / "a")
        holds = folder.holds_event_files

        def refused(path: Path) -> bool:
            if path.parent.name == "a":
                raise StoreReadError(str(path), "Permission denied")
            return holds(path)

        monkeypatch.setattr(folder, "holds_event_files", refused)
        for command in (("show",), ("note", "x", "--on", "2023")):
            words = plan.refused(*command, "--lang", "en", code=3)
            assert f"cannot read '{plan.path}/a/events': Permission denied" in words
        assert "cannot read" in plan.refused("show", code=3)
        plan.do("completion", "bash")
        plan.do("show", "--help")
        plan.do("schema", "-o", "schema.json")

    def test_folder_that_is_gone(self, empty: Folder) -> None:
        """In a folder that somebody removed there is no log."""
        empty.path.rmdir()
        assert 3 == empty.run("show").code


class TestErrors:
    def test_bug(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A bug of ours is one line and a code of its own; with --debug, it is shown where."""

        def broken(*_: object) -> None:
            raise ZeroDivisionError("division by zero")

        monkeypatch.setattr(PlanLog, "plan", broken)
        words = plan.refused("show", "--lang", "en", code=70)
        assert (
            "planlog has met a bug of its own (ZeroDivisionError: division by zero); the same "
            "command with --debug shows where\n"
        ) == words
        outcome = plan.run("--debug", "show", "--lang", "en")
        assert 70 == outcome.code
        assert "Traceback (most recent call last)" in outcome.words
        assert "Error: ZeroDivisionError: division by zero" == outcome.lines[-1]

    @pytest.mark.parametrize("error", [OSError("odd"), MemoryError(), RecursionError()])
    def test_other_bugs(
        self, plan: Folder, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        """What nobody thought of is no traceback either."""

        def broken(*_: object) -> None:
            raise error

        monkeypatch.setattr(PlanLog, "plan", broken)
        assert type(error).__name__ in plan.refused("show", code=70)

    def test_debug_shows_where_a_refusal_came_from(self, plan: Folder) -> None:
        """With --debug, a refusal comes with its traceback."""
        for arguments in (("show", "x"), ("show", "--at", "!"), ("show", "1", "--at", "start")):
            outcome = plan.run(*arguments, "--debug")
            assert 2 == outcome.code
            assert "Traceback" in outcome.words

    @pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
    def test_interrupted(
        self, plan: Folder, monkeypatch: pytest.MonkeyPatch, error: BaseException
    ) -> None:
        """Whoever interrupts planlog gets a code that says so."""

        def interrupted(*_: object) -> None:
            raise error

        monkeypatch.setattr(PlanLog, "plan", interrupted)
        assert "interrupted\n" == plan.refused("show", "--lang", "en", code=130)

    def test_texts_cannot_steer_the_terminal(self, plan: Folder) -> None:
        """What a refusal repeats is made visible."""
        words = plan.refused("show", "a\x1b[31mb\u202e", "--lang", "en")
        assert "\x1b" not in words
        assert "\u202e" not in words

    @pytest.mark.parametrize("language", ["de", "en"])
    def test_help_in_one_language(self, empty: Folder, language: str) -> None:
        """Help speaks the language asked for from its first word on."""
        begun = {"de": "Aufruf: ", "en": "Usage: "}[language]
        for arguments in (["--help"], ["diff", "--help"]):
            assert empty.do(*arguments, "--lang", language).startswith(begun)

    def test_nobody_reads_the_help(self, empty: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A help that nobody reads on is no error."""

        def closed(*_: object, **__: object) -> None:
            raise BrokenPipeError(32, "Broken pipe")

        monkeypatch.setattr(click, "echo", closed)
        assert 0 == empty.run("--help").code

    @pytest.mark.parametrize("arguments", [("--help",), ("show", "--help"), ("--version",)])
    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
    def test_no_room_for_the_help(self, empty: Folder, arguments: tuple[str, ...]) -> None:
        """Where a help cannot be written, that is told like for any other answer."""
        command = [sys.executable, "-m", "planlog", *arguments, "--lang", "en"]
        with open("/dev/full", "wb") as full:
            outcome = subprocess.run(
                command, stdout=full, stderr=subprocess.PIPE, check=False, encoding="utf-8"
            )
        assert 2 == outcome.returncode
        assert "Error: cannot write the answer: No space left on device" in outcome.stderr

    def test_nobody_hears(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A refusal that nobody can hear is a refusal all the same."""

        def closed(*_: object, **__: object) -> None:
            raise BrokenPipeError(32, "Broken pipe")

        monkeypatch.setattr(click, "echo", closed)
        assert 2 == plan.run("show", "x").code

    def test_module(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The package runs as a program."""
        monkeypatch.setattr(sys, "argv", [PROGRAM, "--version"])
        with pytest.raises(SystemExit, match="0"):
            runpy.run_module("planlog", run_name="__main__")
        assert capsys.readouterr().out.startswith("planlog ")

    def test_main(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The program takes its arguments from where programs get them."""
        monkeypatch.setattr(sys, "argv", [PROGRAM, "--version"])
        with pytest.raises(SystemExit, match="0"):
            main()
        assert capsys.readouterr().out.startswith("planlog ")

    def test_commands_are_loaded_once(self) -> None:
        """A command that was loaded stays."""
        context = click.Context(app)
        assert app.get_command(context, "show") is app.get_command(context, "show")
        assert app.get_command(context, "nix") is None
