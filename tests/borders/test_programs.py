"""Nothing that lies in a plan's folder is run, and nothing in it takes all of a machine."""

import ast
import os
import re
import resource
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import planlog
from tests.borders.folders import TRAPS, secrets
from tests.borders.test_folders import sound as sound  # noqa: PLC0414  # fixtures are found by name

SOURCE: Final = Path(planlog.__file__).parent

RUNNING: Final = {
    *("_pickle", "asyncio", "cffi", "code", "codeop", "concurrent", "ctypes", "dill", "imp"),
    *("importlib", "joblib", "marshal", "multiprocessing", "pdb", "pexpect", "pickle", "pty"),
    *("runpy", "shelve", "subprocess", "turtle", "webbrowser", "yaml", "zipimport"),
}
"""Modules by which a text or a file could become a program."""

SPEAKING: Final = {
    *("aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib"),
    *("socket", "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "xmlrpc"),
}
"""Modules by which a program could speak to others."""

ALLOWED: Final = {
    ("__init__.py", "importlib"),  # its own modules, by names that stand in the source
    ("cli/app.py", "importlib.metadata"),  # which version is installed
    ("cli/exported.py", "importlib.metadata"),
    ("cli/receipts.py", "importlib.metadata"),
    ("testing/contract.py", "concurrent.futures"),  # several writers, in tests of stores
    ("traces/commits.py", "subprocess"),  # only for its error
    ("traces/git.py", "subprocess"),  # git, with everything off that would run something
}

_CALLS: Final = {"eval", "exec", "compile", "__import__", "input", "breakpoint"}
_OF_THE_SYSTEM: Final = ("exec", "spawn", "popen", "system", "startfile", "posix_spawn", "fork")

PLANTED: Final = ("attrs", "attr", "click", "planlog", "tomllib", "sitecustomize", "usercustomize")
"""What Python would load first, if it looked for modules in the current folder."""

MEGABYTE: Final = 2**20
MOST_MEMORY: Final = 350 * MEGABYTE
"""What a command may take of the address space; most of it is Python and what it loads."""

ASKING: Final = """
import os, sys
from planlog.cli.app import app
for folder in sys.argv[2:]:
    os.chdir(folder)
    for command in sys.argv[1].split():
        try:
            app.main([command])
        except SystemExit as left:
            if left.code not in (0, 1, 2, 3, 4):
                print("ended with", left.code, "in", folder, command, flush=True)
print("all asked")
"""


def modules() -> Iterator[tuple[str, str]]:
    """The source of each module of planlog's, by its path."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), path.read_text("utf-8")


def imported() -> Iterator[tuple[str, str]]:
    """Each module of planlog's with what it imports."""
    for path, source in modules():
        for module in re.findall(r"^[ \t]*(?:from|import) ([\w.]+)", source, re.MULTILINE):
            yield path, module


def calls(source: str) -> Iterator[str]:
    """What a module calls, or says with a call, that could run something."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
                yield name
            case ast.Attribute(value=ast.Name(id="os" | "posix" | "nt"), attr=name):
                if name.startswith(_OF_THE_SYSTEM):
                    yield name
            case ast.keyword(arg="shell" | "enable_load_extension" as name):
                yield name


class TestSource:
    def test_imports_nothing_that_runs_what_it_is_given(self) -> None:
        """No module can make a program of a text, but the one that asks git."""
        found = {one for one in imported() if one[1].partition(".")[0] in RUNNING}
        assert ALLOWED == found

    def test_imports_nothing_that_speaks_to_others(self) -> None:
        """Planlog knows no network."""
        assert [] == [one for one in imported() if one[1].partition(".")[0] in SPEAKING]

    def test_calls_nothing_that_runs_what_it_is_given(self) -> None:
        """No text is ever evaluated, and no other program started by way of the platform."""
        # A module without any of these words need not be taken apart.
        words = "|".join((*_CALLS, *_OF_THE_SYSTEM, "shell", "enable_load_extension"))
        suspects = [one for one in modules() if re.search(rf"(?<![\w.])(?:os\.)?({words})", one[1])]
        assert [] == [(path, name) for path, source in suspects for name in calls(source)]
        assert ["eval", "system", "shell"] == [*calls("eval('x'); os.system('x'); f(shell=True)")]


class TestPrograms:
    @pytest.mark.parametrize(
        "program",
        [
            [str(Path(sysconfig.get_path("scripts")) / "planlog")],
            [sys.executable, "-P", "-m", "planlog"],
        ],
        ids=["planlog", "python -P -m planlog"],
    )
    def test_of_a_plan_are_not_run(self, sound: Path, tmp_path: Path, program: list[str]) -> None:
        """What lies in the current folder is no part of planlog, whatever it is called."""
        plan, mark = tmp_path / "plan", tmp_path / "run"
        shutil.copytree(sound, plan)
        for name in PLANTED:
            (plan / f"{name}.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
        for name in ("git", "git.exe", "planlog", "bash"):
            (plan / name).write_text(f"#!/bin/sh\n: > {mark}\n")
            (plan / name).chmod(0o755)
        event = planlog.PlanLog.open(plan).events()[-1].id
        path = os.pathsep.join(["", ".", str(plan), os.environ["PATH"]])
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        for arguments in (["show"], ["erase", event, "--where"]):
            done = subprocess.run(
                [*program, *arguments],
                cwd=plan,
                env={**kept, "PATH": path},
                capture_output=True,
                check=False,
            )
            assert 0 == done.returncode, done.stderr
        assert not mark.exists()


class TestMemory:
    def test_is_not_filled(self, sound: Path, tmp_path: Path) -> None:
        """Whatever a plan's folder holds, a command answers within some memory and some seconds."""
        folders = []
        for number, trap in enumerate(TRAPS):
            outside = secrets(tmp_path / f"{number}" / "outside")
            plan = tmp_path / f"{number}" / "plan"
            shutil.copytree(sound, plan)
            TRAPS[trap](plan, outside)
            folders.append(str(plan))

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            resource.setrlimit(resource.RLIMIT_CPU, (30, 30))

        done = subprocess.run(
            [sys.executable, "-c", ASKING, "show check verify join", *folders],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
            capture_output=True,
            check=False,
            preexec_fn=limit,
        )
        assert 0 == done.returncode, done.stderr[-2_000:]
        assert b"all asked" == done.stdout.splitlines()[-1]
        assert b"ended with" not in done.stdout, done.stdout
