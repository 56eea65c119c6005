"""Commits in which a text still stands, and what keeps them."""

import io
import os
import shutil
import stat
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from planlog.traces import commits, git
from planlog.traces.commits import GitTraces, commits_holding
from planlog.traces.git import find_git
from planlog.traces.history import Holding

TEXT = "Frau Müßig ruft an"
LINE = '{"v":1,"id":"0000000000000001","data":{"text":"Frau Müßig ruft an"}}'.encode()
OTHER = b'{"v":1,"id":"0000000000000002","data":{"text":"Niemand"}}'
FILE = "events/0000000000-noted-0001.jsonl"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@attrs.frozen
class Repository:
    """A repository with a plan in it."""

    path: Path

    def git(self, *arguments: str, input: bytes = b"", **more: str) -> str:
        """Run git and return what it says."""
        names = {
            f"GIT_{who}_{what}": "q"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, **names, **more}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            env=env,
            input=input,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode().strip()

    def write(self, content: bytes, name: str = FILE) -> None:
        """Write a file."""
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_bytes(content)

    def commit(self, subject: str, content: bytes | None = None, name: str = FILE) -> str:
        """Commit everything, a file with this *content* among it, and return the id."""
        if content is not None:
            self.write(content, name)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject)
        return self.git("rev-parse", "HEAD")

    def traces(self, *texts: str, line: bytes = LINE) -> GitTraces:
        """What git still holds of the usual line."""
        return commits_holding(self.path, line, texts)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """An empty repository."""
    made = Repository(tmp_path / "plan")
    made.path.mkdir()
    made.git("init", "-q", "-b", "main")
    return made


class TestCommits:
    def test_are_named(self, repository: Repository) -> None:
        """Of all commits that hold the line, the first and the last are told with their files."""
        repository.commit("Nothing yet", OTHER)
        first = repository.commit("Begin\n\nbody", LINE + b"\n" + OTHER + b"\n")
        repository.commit("Go on", b"x", "notes.md")
        last = repository.commit("Copy", LINE, "copies/of/it.txt")
        shutil.rmtree(repository.path / "copies")
        repository.commit("Erase", OTHER + b"\n")
        found = repository.traces()
        assert ("searched", "", 0) == (found.state, found.cause, found.unseen)
        assert 3 == found.line.commits
        assert found.line.first is not None
        assert found.line.last is not None
        assert (first, "Begin") == (found.line.first.id, found.line.first.subject)
        assert (last, "Copy") == (found.line.last.id, found.line.last.subject)
        assert abs(datetime.now(UTC) - found.line.first.made).total_seconds() < 600
        assert ("copies/of/it.txt", FILE) == found.line.paths
        assert ("refs/heads/main",) == found.line.refs
        assert found.line.anything
        assert Holding() == found.texts

    def test_are_none_where_nothing_holds_it(self, repository: Repository) -> None:
        """A history without the line holds nothing, and neither does one without commits."""
        assert GitTraces(state="searched") == repository.traces()
        repository.commit("Begin", OTHER)
        assert GitTraces(state="searched") == repository.traces("Nobody")
        assert not repository.traces().line.anything

    def test_are_found_from_a_folder_below(self, repository: Repository) -> None:
        """The plan may be one folder of many in a repository; what stands beside it counts."""
        name = f"plans/ahlhorn/{FILE}"
        repository.commit("Begin", LINE, name)
        repository.write(LINE, "copy.txt")
        repository.git("add", "-A")
        found = commits_holding(repository.path / "plans" / "ahlhorn", LINE).line
        assert (1, (name,), ("copy.txt", name)) == (found.commits, found.paths, found.staged)

    def test_are_found_in_packs(self, repository: Repository) -> None:
        """It does not matter how git has stored them."""
        repository.commit("Begin", LINE)
        repository.commit("Erase", OTHER)
        repository.git("gc", "-q")
        assert 1 == repository.traces().line.commits

    def test_are_found_in_a_work_tree_beside(self, repository: Repository, tmp_path: Path) -> None:
        """A second work tree has the same history."""
        repository.commit("Begin", LINE)
        repository.git("worktree", "add", "-q", str(tmp_path / "beside"))
        found = commits_holding(tmp_path / "beside", LINE)
        assert ("refs/heads/beside", "refs/heads/main") == found.line.refs

    def test_are_found_by_their_message(self, repository: Repository) -> None:
        """Who wrote the line into the message of a commit or of a tag has kept it there."""
        repository.commit("Nothing", OTHER)
        repository.commit(LINE.decode())
        repository.git("tag", "-a", "-m", LINE.decode(), "v1", "HEAD~1")
        found = repository.traces().line
        assert (1, ("refs/heads/main", "refs/tags/v1"), 0) == (
            found.commits,
            found.refs,
            found.loose,
        )

    def test_are_harmless_to_show(self, repository: Repository) -> None:
        """Neither a subject nor a name of a file steers a terminal, and a subject is short."""
        repository.commit("\x1b[2J" + "x" * 1000, LINE, "\x1b[2J.jsonl")
        found = repository.traces().line
        assert found.first is not None
        assert r"\x1b[2J" + "x" * 96 == found.first.subject
        assert (r"\x1b[2J.jsonl",) == found.paths == found.staged

    def test_may_have_odd_dates(self, repository: Repository) -> None:
        """A commit that no calendar has a day for, or that has none at all, is still found."""
        repository.write(LINE)
        repository.git("add", "-A")
        tree = repository.git("write-tree")
        for number, committer in enumerate((b"q <q> 999999999999 +0000", b"q <q> soon")):
            raw = b"tree %s\nauthor q <q> 1 +0000\ncommitter %s\n\nodd\n" % (
                tree.encode(),
                committer,
            )
            id = repository.git(
                "hash-object", "-t", "commit", "-w", "--stdin", "--literally", input=raw
            )
            repository.git("update-ref", f"refs/heads/odd{number}", id)
        found = repository.traces().line
        assert found.last is not None
        assert (2, datetime(1970, 1, 1, tzinfo=UTC)) == (found.commits, found.last.made)

    def test_are_many(self, repository: Repository) -> None:
        """Hundreds of commits take no more than a few processes, and few files are named."""
        stream = b"".join(
            b"commit refs/heads/main\ncommitter q <q> %d +0000\ndata 2\n%2d"
            % (number, number % 100)
            + b"\nM 100644 inline copies/%d\ndata %d\n%s\n" % (number, len(LINE), LINE)
            for number in range(1, 301)
        )
        repository.git("fast-import", "--quiet", input=stream)
        found = repository.traces().line
        assert found.first is not None
        assert found.last is not None
        assert (300, 1, 300) == (
            found.commits,
            found.first.made.timestamp(),
            found.last.made.timestamp(),
        )
        assert 20 == len(found.paths)

    def test_that_are_too_large_are_counted(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is not looked into is told: files that are too large, or too many."""
        repository.commit("Begin", LINE)
        repository.commit("Large", LINE + b" " * 100, "copy")
        monkeypatch.setattr(commits, "MOST_BYTES", len(LINE))
        found = repository.traces()
        assert (1, (FILE,)) == (found.unseen, found.line.paths)
        monkeypatch.setattr(commits, "MOST_BYTES_TOGETHER", len(LINE) - 1)
        assert GitTraces(state="searched", unseen=2) == repository.traces()


class TestKeepers:
    def test_are_refs(self, repository: Repository) -> None:
        """Branches, tags, those of others and notes are told by their full names."""
        repository.commit("Begin", OTHER)
        repository.git("branch", "before")
        repository.commit("Add", LINE)
        repository.git("tag", "-a", "-m", "annotated", "v1")
        repository.git("tag", "-a", "-m", "of a tag", "v2", "v1")
        repository.git("branch", "side")
        repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
        repository.git("update-ref", "refs/heads/tree", "HEAD~0")
        repository.git("tag", "tree", "HEAD^{tree}")
        repository.git("tag", "blob", f"HEAD:{FILE}")
        repository.commit("Erase", OTHER)
        assert (
            "refs/heads/main",
            "refs/heads/side",
            "refs/heads/tree",
            "refs/remotes/origin/main",
            "refs/tags/blob",
            "refs/tags/tree",
            "refs/tags/v1",
            "refs/tags/v2",
        ) == repository.traces().line.refs

    def test_may_be_a_head_without_a_branch(self, repository: Repository) -> None:
        """Where no branch is checked out, what is there keeps commits as well."""
        repository.commit("Begin", OTHER)
        repository.git("checkout", "-q", "--detach")
        repository.commit("Add", LINE)
        assert ("HEAD",) == repository.traces().line.refs

    def test_may_be_the_log_of_a_ref(self, repository: Repository) -> None:
        """A commit that was amended away is there until its entry in the log expires."""
        repository.commit("Begin", OTHER)
        repository.commit("Add", LINE)
        repository.write(OTHER)
        repository.git("add", "-A")
        repository.git("commit", "-q", "--amend", "--allow-empty", "-m", "Add nothing")
        found = repository.traces().line
        assert (1, (), 1, 0, ()) == (
            found.commits,
            found.refs,
            found.logged,
            found.dangling,
            found.staged,
        )

    def test_may_be_nothing_any_more(self, repository: Repository) -> None:
        """A commit that nothing refers to is there until git cleans up."""
        repository.commit("Begin", OTHER)
        repository.commit("Add", LINE)
        repository.git("reset", "-q", "--hard", "HEAD~1")
        repository.git("reflog", "expire", "--expire=now", "--all")
        found = repository.traces().line
        assert (1, 0, 1, 0) == (found.commits, found.logged, found.dangling, found.loose)
        repository.git("prune", "--expire=now")
        assert Holding() == repository.traces().line

    def test_may_be_stashes(self, repository: Repository) -> None:
        """What was put aside is told, however many times that was."""
        repository.commit("Begin", OTHER)
        for content in (LINE, LINE + b"\n", OTHER + b"\n"):
            repository.write(content)
            repository.git("stash", "push", "-q")
        found = repository.traces().line
        assert (2, ()) == (found.stashes, found.refs)
        assert (2, 2) == (found.commits, found.logged)

    def test_may_be_the_index(self, repository: Repository) -> None:
        """What is staged is told, whether it was ever committed or not."""
        repository.commit("Begin", OTHER)
        repository.write(LINE)
        repository.git("add", "-A")
        found = repository.traces().line
        assert (0, (FILE,), 0) == (found.commits, found.staged, found.loose)
        assert found.anything
        assert (None, None) == (found.first, found.last)
        repository.write(OTHER)
        repository.git("add", "-A")
        found = repository.traces().line
        assert ((), 1) == (found.staged, found.loose)
        assert found.anything


class TestTexts:
    def test_are_found_in_other_files(self, repository: Repository) -> None:
        """A text that stands in an export of the past is told apart from the line."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.xml", f"<t>{TEXT}</t>")
        repository.commit("Begin", LINE)
        repository.commit("Export", file.getvalue(), "plan.xlsx")
        repository.commit("Report", f"<p>{TEXT}</p>".encode(), "report.html")
        found = repository.traces(TEXT)
        assert ((FILE,), ("plan.xlsx", "report.html")) == (found.line.paths, found.texts.paths)
        assert (3, 2) == (found.line.commits, found.texts.commits)
        assert Holding() == repository.traces().texts


class TestStates:
    def test_no_repository(self, tmp_path: Path) -> None:
        """A folder that is not kept with git is told as that."""
        assert GitTraces(state="no-repository") == commits_holding(tmp_path, LINE)

    def test_no_git(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without git nobody can tell what its folder holds."""
        monkeypatch.setenv("PATH", str(repository.path / "bin"))
        assert GitTraces(state="no-git") == repository.traces()
        monkeypatch.delenv("PATH")
        assert "searched" == repository.traces().state

    def test_unreadable(self, repository: Repository) -> None:
        """Where git refuses, its words are passed on."""
        repository.commit("Begin", LINE)
        (repository.path / ".git" / "HEAD").write_text("nonsense")
        found = repository.traces()
        assert "unreadable" == found.state
        assert found.cause.startswith("fatal: not a git repository")
        assert Holding() == found.line

    def test_unreadable_objects(self, repository: Repository) -> None:
        """A damaged object is told, and keeps nobody from finding the rest."""
        repository.commit("Begin", LINE)
        repository.commit("Go on", b"x", "notes.md")
        id = repository.git("rev-parse", "HEAD:notes.md")
        object = repository.path / ".git" / "objects" / id[:2] / id[2:]
        object.chmod(0o644)
        object.write_bytes(b"nonsense")
        found = repository.traces()
        assert ("searched", 1, 2) == (found.state, found.unseen, found.line.commits)

    def test_unreadable_contents(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is gone between two questions makes the answer one of damage, never of nothing."""
        repository.commit("Begin", LINE)
        listed = list(git.Git("git", repository.path).objects())
        monkeypatch.setattr(
            git.Git, "objects", lambda self: [*listed, git.Stored("0" * 40, "blob", 1)]
        )
        found = repository.traces()
        assert GitTraces(state="unreadable", cause=f"{'0' * 40} missing") == found

    def test_a_platform_that_refuses(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where git cannot be started, the platform's reason is passed on."""
        monkeypatch.setattr(commits, "find_git", lambda folder: str(repository.path))
        assert GitTraces(state="unreadable", cause="Permission denied") == repository.traces()

    @pytest.mark.parametrize("waiting", ["--batch-check", "--buffer"])
    def test_that_waits_for_ever(
        self,
        repository: Repository,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        waiting: str,
    ) -> None:
        """Where git does not come to an end, such as at a pipe in its store, it is left."""
        program = tmp_path / "slow"
        listed = f"echo {'0' * 40} blob 3"
        program.write_text(f'#!/bin/sh\ncase "$*" in *{waiting}*) exec sleep 60;; esac\n{listed}\n')
        program.chmod(0o755)
        monkeypatch.setattr(commits, "find_git", lambda folder: str(program))
        monkeypatch.setattr(git, "PATIENCE", 0.2)
        cause = "git took too long, or ended before it had answered"
        assert GitTraces(state="unreadable", cause=cause) == repository.traces()

    def test_settings_that_nobody_writes(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A pipe in the place of git's settings keeps nobody for ever."""
        (repository.path / ".git" / "config").unlink()
        os.mkfifo(repository.path / ".git" / "config")
        monkeypatch.setattr(git, "PATIENCE", 0.2)
        assert "unreadable" == repository.traces().state


class TestFindGit:
    def test_takes_none_from_the_folder(self, tmp_path: Path) -> None:
        """A program that somebody put into the plan is not run."""
        program = tmp_path / "bin" / "git"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        assert str(program) == find_git(tmp_path / "plan", str(program.parent))
        assert find_git(tmp_path, str(program.parent)) is None

    def test_takes_none_from_wherever_we_are(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A search path that names the current folder does not make it one to trust."""
        (tmp_path / "git").write_text("#!/bin/sh\n")
        (tmp_path / "git").chmod(0o755)
        monkeypatch.chdir(tmp_path)
        assert find_git(tmp_path / "plan", os.pathsep.join(["", ".", "./"])) is None

    def test_takes_none_that_windows_finds_there(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nor does a platform that looks there by itself."""
        monkeypatch.setattr(shutil, "which", lambda *_, **__: r".\git.EXE")
        assert find_git(tmp_path, str(tmp_path)) is None


@attrs.frozen
class Trap:
    """A program that leaves a file behind when it is run."""

    program: Path
    mark: Path

    @classmethod
    def laid(cls, folder: Path) -> "Trap":
        """Lay a trap in *folder*."""
        folder.mkdir()
        trap = cls(folder / "trap", folder / "sprung")
        trap.program.write_text(f"#!/bin/sh\necho \"$0 $*\" >>'{trap.mark}'\nexit 1\n")
        trap.program.chmod(0o755)
        return trap

    def sprung(self) -> bool:
        """Whether it was run since it was last looked at."""
        was = self.mark.exists()
        self.mark.unlink(missing_ok=True)
        return was


@pytest.mark.skipif(os.name != "posix", reason="the traps are programs of a POSIX shell")
class TestHostileRepositories:
    @pytest.fixture
    def trap(self, repository: Repository, tmp_path: Path) -> Trap:
        """A repository that runs a program of its own wherever its configuration can say so."""
        trap = Trap.laid(tmp_path / "traps")
        repository.write(b"* diff=trap filter=trap merge=trap\n", ".gitattributes")
        repository.commit("Begin", LINE)
        repository.commit("Erase", OTHER)
        hooks = tmp_path / "hooks"
        hooks.mkdir()
        for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
            shutil.copy(trap.program, hooks / name)
        program = str(trap.program)
        settings = {
            "alias.cat-file": f"!{program}",
            "alias.ls-files": f"!{program}",
            "alias.rev-list": f"!{program}",
            "alias.show-ref": f"!{program}",
            "core.alternateRefsCommand": program,
            "core.askPass": program,
            "core.editor": program,
            "core.fsmonitor": program,
            "core.gitProxy": program,
            "core.hooksPath": str(hooks),
            "core.pager": program,
            "core.sshCommand": program,
            "core.untrackedCache": "true",
            "credential.helper": f"!{program}",
            "diff.external": program,
            "diff.trap.command": program,
            "diff.trap.textconv": program,
            "filter.trap.clean": program,
            "filter.trap.process": program,
            "filter.trap.smudge": program,
            "gpg.program": program,
            "interactive.diffFilter": program,
            "log.showSignature": "true",
            "merge.trap.driver": program,
            "pager.cat-file": program,
            "pager.rev-list": program,
            "protocol.allow": "always",
            "protocol.ext.allow": "always",
            "remote.trap.promisor": "true",
            "remote.trap.url": f"ext::{program}",
            "uploadpack.packObjectsHook": program,
        }
        for key, value in settings.items():
            repository.git("config", key, value)
        trap.mark.unlink(missing_ok=True)
        return trap

    def test_run_nothing(self, repository: Repository, trap: Trap) -> None:
        """Whatever a repository's configuration names is not run, though git itself would."""
        subprocess.run(["git", "status"], cwd=repository.path, capture_output=True, check=False)
        assert trap.sprung()
        found = repository.traces(TEXT)
        assert not trap.sprung()
        assert ("searched", 1) == (found.state, found.line.commits)

    def test_fetch_nothing(self, repository: Repository, trap: Trap) -> None:
        """What a repository lacks is not fetched from where it says, though git itself would."""
        repository.git("config", "core.repositoryFormatVersion", "1")
        repository.git("config", "extensions.partialClone", "trap")
        missing = repository.git("rev-parse", "HEAD~1")
        object = repository.path / ".git" / "objects" / missing[:2] / missing[2:]
        object.chmod(stat.S_IWUSR)
        object.unlink()
        trap.mark.unlink(missing_ok=True)
        subprocess.run(
            ["git", "cat-file", "-p", missing],
            cwd=repository.path,
            capture_output=True,
            check=False,
        )
        assert trap.sprung()
        found = repository.traces(TEXT)
        assert not trap.sprung()
        assert "unreadable" == found.state

    def test_are_not_led_elsewhere(
        self, repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What the environment tells git, as within one of its hooks, is not about this folder."""
        repository.commit("Begin", LINE)
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
        monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
        assert (FILE,) == repository.traces().line.staged
        assert not (tmp_path / "trace").exists()

    def test_hide_nothing(self, repository: Repository) -> None:
        """A replaced object is read as it is."""
        first = repository.commit("Begin", LINE)
        second = repository.commit("Erase", OTHER)
        repository.git("replace", first, second)
        assert 1 == repository.traces().line.commits

    def test_posing_as_one_in_a_folder(self, repository: Repository, tmp_path: Path) -> None:
        """A plan's folder that is made to look like git's own is not believed to be one."""
        outer = tmp_path / "outer"
        Repository(outer.parent).git("init", "-q", str(outer))
        shutil.copytree(repository.path / ".git", outer / "plan")
        found = commits_holding(outer / "plan", LINE)
        assert "unreadable" == found.state
        assert "bare repository" in found.cause

    def test_are_left_as_they_were(self, repository: Repository) -> None:
        """Nothing is written, not even what git calls a refresh."""
        repository.commit("Begin", LINE)
        (repository.path / FILE).touch()

        def files() -> dict[str, tuple[bytes, int]]:
            return {
                str(path): (path.read_bytes(), path.stat().st_mtime_ns)
                for path in repository.path.rglob("*")
                if path.is_file()
            }

        before = files()
        repository.traces(TEXT)
        assert before == files()
