"""Promises about the tree itself, which no linter holds."""

import ast
import io
import os
import re
import subprocess
import tokenize
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import settings

import planlog
from planlog import errors, events

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "planlog"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CORE = next(
    contract["source_modules"]
    for contract in PROJECT["tool"]["importlinter"]["contracts"]
    if contract["id"] == "core"
)


def files(*patterns: str) -> list[Path]:
    """The files that are in the repository or about to be, those that fit *patterns*."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name for name in os.fsdecode(listed.stdout).split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


def place(path: Path, line: int) -> str:
    """*path* and *line* the way a failing test should print them."""
    return f"{path.relative_to(ROOT)}:{line}"


def requirement_name(requirement: str) -> str:
    """The normalised name of what a requirement or a pin is about."""
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


class TestFiles:
    def test_no_file_holds_an_address_of_a_registry_or_a_place_on_one_machine(self) -> None:
        """What is in the repository works wherever it is cloned and installed from anywhere."""
        folders = "farm|home|opt|root|work|Users"
        forbidden = re.compile(
            "|".join(
                [
                    r"https?://[^ )\"]*/(?:simple|packages|debian)/",
                    r"https?://[^ )\"]*" + "registry",
                    r"pypi" + r"\.org",
                    r"python" + "hosted",
                    r"(?:index|find)" + r"[-_](?:url|links)",
                    rf"(?<![\w.~*-])/(?:{folders})/",
                ]
            )
        )
        found = [
            f"{place(path, number)}: {match.group()}"
            for path in files()
            for number, line in enumerate(
                path.read_text("utf-8", errors="replace").splitlines(), start=1
            )
            for match in forbidden.finditer(line)
        ]
        assert [] == found

    def test_stored_lines_are_never_converted(self) -> None:
        """Git leaves the bytes of event files and checkpoints alone on every platform."""
        attributes = (ROOT / ".gitattributes").read_text("utf-8").splitlines()
        assert {"*.jsonl -text", "*.checkpoint -text"} <= set(attributes)

    def test_the_check_of_a_change_runs_what_a_person_runs(self) -> None:
        """Nothing is tested elsewhere that cannot be tested here by the same two targets."""
        run = ROOT / ".ci" / "run"
        commands = [line for line in run.read_text("utf-8").splitlines() if "make" in line]
        assert ["make check", "make test"] == commands
        assert os.access(run, os.X_OK)

    @pytest.mark.docs
    def test_links_between_pages_lead_somewhere(self) -> None:
        """Every link from a page to a file of the repository, and to a heading in it, is alive."""
        dead = [
            f"{place(page, number)}: {target}"
            for page in files("*.md")
            for number, target in links(page)
            if not leads_somewhere(page, target)
        ]
        assert [] == dead


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of *page* outside its blocks of code."""
    code = False
    for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
        if line.lstrip().startswith(("```", "~~~")):
            code = not code
        elif not code:
            yield number, line


def links(page: Path) -> Iterator[tuple[int, str]]:
    """Where each link of *page* leads, but for those that leave the repository."""
    for number, line in prose(page):
        uncoded = re.sub(r"`[^`]*`", "", line)
        for target in re.findall(r"\]\(<?([^)>\s]+)>?(?:\s+\"[^\"]*\")?\)", uncoded):
            if not re.match(r"[a-z][a-z0-9+.-]*:", target):
                yield number, target


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether the file that *target* names exists and has the heading that it names."""
    name, _, anchor = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    if not path.exists() or not path.is_relative_to(ROOT):
        return False
    return not anchor or path.suffix != ".md" or anchor in anchors(path)


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of *page*, in the manner of the usual forges."""
    headings = (re.fullmatch(r"#{1,6} +(.*?)[ #]*", line) for _, line in prose(page))
    return {
        re.sub(r"[^\w\- ]", "", heading.group(1).lower()).replace(" ", "-")
        for heading in headings
        if heading
    }


class TestModules:
    def test_each_says_its_duty(self) -> None:
        """Every module and package opens with a docstring whose first line ends a sentence."""
        silent = []
        for path in sorted(PACKAGE.rglob("*.py")):
            duty = ast.get_docstring(ast.parse(path.read_bytes())) or ""
            if not duty.partition("\n")[0].endswith("."):
                silent.append(place(path, 1))
        assert [] == silent

    def test_each_is_named_after_a_question(self) -> None:
        """No module is a drawer for what found no place elsewhere."""
        drawers = {"utils.py", "util.py", "common.py", "helpers.py", "misc.py"}
        assert [] == [path for path in files("*.py") if path.name in drawers]

    def test_the_core_neither_prints_nor_reads_the_clock(self) -> None:
        """Core functions take values and return values; the rest of this is an import rule."""
        touching = []
        for path in core_files():
            for node in ast.walk(ast.parse(path.read_bytes())):
                match node:
                    case ast.Call(func=ast.Name(id="open" | "print" | "input")):
                        touching.append(place(path, node.lineno))
                    case ast.Attribute(attr="now" | "today" | "utcnow"):
                        touching.append(place(path, node.lineno))
        assert [] == touching

    def test_the_core_is_everything_below_the_codec(self) -> None:
        """A module that joins the layers of the core is held to the rules of the core."""
        contracts = PROJECT["tool"]["importlinter"]["contracts"]
        layers = next(each["layers"] for each in contracts if each["id"] == "layers")
        below = layers[layers.index("codec") + 1 :]
        modules = {f"planlog.{name}" for layer in below for name in re.findall(r"\w+", layer)}
        optional = {f"planlog.{name}" for name in re.findall(r"\((\w+)\)", " ".join(below))}
        assert modules - optional <= set(CORE) <= modules


def core_files() -> Iterator[Path]:
    """The files of the core's modules and packages."""
    for module in CORE:
        path = PACKAGE / module.removeprefix("planlog.")
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


class TestPublicNames:
    def test_all_is_sorted(self) -> None:
        """The public names stand in the order that ruff keeps: constants, classes, functions."""

        def rank(name: str) -> tuple[int, str]:
            return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)

        assert sorted(planlog.__all__, key=rank) == planlog.__all__

    def test_all_is_complete(self) -> None:
        """What the package brings in is public, and what is public is there."""
        tree = ast.parse((PACKAGE / "__init__.py").read_bytes())
        brought = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        tools = {"TYPE_CHECKING", "import_module"}
        public = {name for name in brought if not name.startswith("_")} - tools
        assert public == set(planlog.__all__)
        assert [] == [name for name in planlog.__all__ if not hasattr(planlog, name)]

    def test_what_is_loaded_later_is_what_is_named(self) -> None:
        """A name that is loaded when it is asked for is the thing itself, and nothing else is."""
        for module, names in planlog._LOADED_WHEN_ASKED_FOR.items():
            for name in names:
                assert getattr(import_module(module), name) is getattr(planlog, name)
                assert name in dir(planlog)
        with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
            getattr(planlog, "Nothing")  # noqa: B009  # to the type checker it is not there

    def test_every_event_is_public(self) -> None:
        """Whoever records through the library finds each type of event at the top."""
        names = {event.__name__ for event in get_args(events.Event)}
        assert names
        assert set() == names - set(planlog.__all__)

    def test_every_error_is_public(self) -> None:
        """Callers catch by class, so each class can be imported from the top."""
        names = {
            name
            for name, value in vars(errors).items()
            if isinstance(value, type) and issubclass(value, errors.PlanlogError)
        }
        assert names
        assert set() == names - set(planlog.__all__)

    def test_types_are_for_users_too(self) -> None:
        """The marker is there that lets a user's type checker read planlog's annotations."""
        assert (PACKAGE / "py.typed").is_file()


class TestIgnores:
    def test_each_carries_its_code_and_its_reason(self) -> None:
        """Whoever meets an ignored complaint reads which one it is and why it is ignored."""
        ignore = re.compile(
            r"#\s*(?:type:\s*ignore|noqa|pyright:\s*ignore|ruff:\s*noqa)\b", re.IGNORECASE
        )
        explained = re.compile(
            r"#\s*(?:type:\s*ignore\[[a-z-]+(?:,\s*[a-z-]+)*\]|(?:ruff:\s*)?noqa:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)"
            r"\W+[^\W\d]\w+"
        )
        bare = [
            f"{place(path, token.start[0])}: {token.string}"
            for path in files("*.py")
            for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
            if token.type == tokenize.COMMENT
            and ignore.search(token.string)
            and not explained.search(token.string)
        ]
        assert [] == bare


class TestPins:
    PINS = (ROOT / "constraints.txt").read_text("utf-8").splitlines()

    def test_each_is_a_name_and_a_version(self) -> None:
        """The constraints say what to install, never from where."""
        assert [] == [pin for pin in self.PINS if not re.fullmatch(r"[\w.-]+==[\w.!+]+", pin)]

    def test_they_are_sorted(self) -> None:
        """A pin is found, and added, at one place."""
        assert sorted(self.PINS, key=requirement_name) == self.PINS

    def test_each_requirement_has_one(self) -> None:
        """What is installed to build, run and test planlog is the same everywhere."""
        project = PROJECT["project"]
        wanted = {
            requirement_name(requirement)
            for group in [
                PROJECT["build-system"]["requires"],
                project["dependencies"],
                *project["optional-dependencies"].values(),
            ]
            for requirement in group
        }
        pinned = {requirement_name(pin) for pin in self.PINS}
        assert set() == wanted - pinned - {"planlog"}

    def test_none_slows_the_start(self) -> None:
        """Wide characters stay unpinned and absent: tabulate would import them at every start."""
        assert "wcwidth" not in {requirement_name(pin) for pin in self.PINS}


class TestProfiles:
    @pytest.mark.parametrize("name", ["default", "ci", "soak"])
    def test_none_is_in_a_hurry(self, name: str) -> None:
        """Whatever the machine, no property fails for its time, and a failure can be repeated."""
        profile = settings.get_profile(name)
        assert profile.deadline is None
        assert profile.print_blob

    def test_only_ci_repeats_itself(self) -> None:
        """A change is judged by the same examples twice; a person gets new ones each time."""
        derandomized = {n: settings.get_profile(n).derandomize for n in ("default", "ci", "soak")}
        assert {"default": False, "ci": True, "soak": False} == derandomized
