"""The way in: what the installed command runs."""

import gc
import sys

import pytest

from planlog.cli import main


class TestMain:
    def test_arguments(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A program that hands in arguments keeps its garbage collector as it is."""
        with pytest.raises(SystemExit) as ending:
            main(["--version"])
        assert 0 == ending.value.code
        assert "planlog" in capsys.readouterr().out
        assert gc.isenabled()

    def test_own_arguments(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Run as a program, it answers and does not look for garbage on the way."""
        monkeypatch.setattr(sys, "argv", ["planlog", "--version"])
        disabled: list[bool] = []
        monkeypatch.setattr(gc, "disable", lambda: disabled.append(True))
        with pytest.raises(SystemExit) as ending:
            main()
        assert 0 == ending.value.code
        assert [True] == disabled
