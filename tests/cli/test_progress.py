"""How far long work is."""

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from planlog.cli import progress as module
from planlog.cli.progress import Progress, progress


class Terminal(io.StringIO):
    """A standard error that says that it is a terminal, and remembers what is written."""

    def isatty(self) -> bool:
        """Be one."""
        return True

    def fileno(self) -> int:
        """Have no size that could be asked for."""
        raise OSError

    @property
    def screen(self) -> str:
        """The line that is to be seen."""
        shown = ""
        for text in self.getvalue().split("\r"):
            shown = text + shown[len(text) :]
        return shown.rstrip()


def watch(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> None:
    """Let *stream* be standard error, as far as progress is concerned."""
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=stream))


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in place of standard error, and a clock that is a second later each time."""
    found = Terminal()
    clock = iter(range(1000))
    watch(monkeypatch, found)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    monkeypatch.setenv("TERM", "xterm")
    return found


class TestProgress:
    def test_writes_over_one_line(self, terminal: Terminal) -> None:
        """A text takes the place of the one before, also of a longer one."""
        with progress() as line:
            line.tell("reading plan.xlsx")
            assert "reading plan.xlsx" == terminal.screen
            line.tell("done")
            assert "done" == terminal.screen
        assert "\n" not in terminal.getvalue()

    def test_goes_in_the_end(self, terminal: Terminal) -> None:
        """Nothing is left of it, and what comes next begins at the margin, whatever happened."""

        def work() -> None:
            with progress() as line:
                line.tell("reading plan.xlsx")
                raise ValueError("broken")

        with pytest.raises(ValueError, match="broken"):
            work()
        assert "" == terminal.screen
        assert terminal.getvalue().endswith("\r")

    def test_is_not_in_a_hurry(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """What would stand there for less than a moment is not written at all."""
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: 7.0))
        with progress() as line:
            for number in range(100):
                line.tell(f"{number}.")
            assert "0." == terminal.screen
            line.clear()
            line.tell("next")
            assert "next" == terminal.screen

    def test_writes_nothing_where_nothing_was_told(self, terminal: Terminal) -> None:
        """Work that tells nothing leaves no trace."""
        with progress():
            pass
        assert "" == terminal.getvalue()

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("\x1b[31mplan\n", "\\x1b[31mplan ⏎"),
            ("x" * 200, "x" * 79),
            ("表" * 200, "表" * 39),
        ],
    )
    def test_fits_the_terminal(self, terminal: Terminal, text: str, line: str) -> None:
        """Names of files steer nothing, and no line is longer than the terminal is wide."""
        with progress() as shown:
            shown.tell(text)
            assert line == terminal.screen

    def test_is_for_terminals(self, terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever reads standard error from a file or a pipe, or wants quiet, is told nothing."""
        with progress(quiet=True) as line:
            line.tell("reading")
        monkeypatch.setenv("TERM", "dumb")
        with progress() as line:
            line.tell("reading")
        assert "" == terminal.getvalue()
        monkeypatch.setenv("TERM", "xterm")
        pipe = io.StringIO()
        watch(monkeypatch, pipe)
        with progress() as line:
            line.tell("reading")
        assert "" == pipe.getvalue()

    def test_survives_a_terminal_that_goes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A terminal that is closed meanwhile is no reason to stop."""

        class Gone(Terminal):
            def write(self, _: str) -> int:
                raise OSError

        watch(monkeypatch, Gone())
        line = Progress(shown=True)
        line.tell("reading")
        line.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="needs the terminals of Unix")
class TestProgram:
    def test_on_a_terminal(self, tmp_path: Path) -> None:
        """The installed program tells that it reads a table, wherever somebody watches."""
        import pty  # not there on every platform

        (tmp_path / "plan.csv").write_text("Nr.;Maßnahme;Stand\n1;Hof;umgesetzt\n")
        watching, terminal = pty.openpty()
        subprocess.run(
            [sys.executable, "-m", "planlog", "import", "plan.csv", "--propose-map"],
            cwd=tmp_path,
            env={**os.environ, "TERM": "xterm", "PLANLOG_LANG": "en"},
            stdout=subprocess.PIPE,
            stderr=terminal,
            check=True,
        )
        os.close(terminal)
        told = os.read(watching, 10_000).decode()
        os.close(watching)
        assert told.startswith("\rreading plan.csv …")
        assert told.endswith("\r" + " " * len("reading plan.csv …") + "\r")
