"""Where the text of an event still stands, in words."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from planlog.render.style import Style
from planlog.render.traces import Traces, render_traces
from planlog.traces.commits import GitTraces
from planlog.traces.files import FileTraces, Kind, Trace
from planlog.traces.history import CommitTrace, Holding
from planlog.traces.packed import Reason, Unseen
from planlog.traces.texts import Telling
from planlog.wording import words_for

EN, DE = words_for("en"), words_for("de")
MADE = datetime(2026, 11, 22, tzinfo=UTC)
FIRST = CommitTrace("0123456789abcdef" * 2, MADE, "Erste Fassung")
LAST = CommitTrace("fedcba9876543210" * 2, MADE, "Berichtigt\x1b[31m")
NO_FILES = FileTraces((), (), 12)
NO_GIT = GitTraces(state="no-repository")


def told(
    files: FileTraces = NO_FILES,
    git: GitTraces = NO_GIT,
    tellings: tuple[Telling, ...] = (),
    words: object = EN,
) -> list[str]:
    """The lines that tell of traces."""
    assert words in (EN, DE)
    traces = Traces(files=files, git=git, tellings=tellings)
    return render_traces(
        traces, words=EN if words is EN else DE, style=Style(width=200)
    ).splitlines()


class TestLookedFor:
    def test_is_told(self) -> None:
        """What was looked for is told, so that nobody takes for searched what was not."""
        traces = Traces(files=NO_FILES, git=NO_GIT, tellings=(), texts=("Frau Müller", "x" * 99))
        lines = render_traces(traces, words=EN, style=Style(width=80)).splitlines()
        assert ["Looked for, besides the line itself:", "- “Frau Müller”"] == lines[:2]
        assert lines[2].endswith("…”")


class TestFiles:
    def test_none(self) -> None:
        """Where nothing was found, it is told how much was looked into."""
        assert "The text stands in no other file of the folder (12 looked into)." == told()[0]

    @pytest.mark.parametrize("kind", get_args(Kind))
    def test_each_kind(self, kind: Kind) -> None:
        """A place is told with what it is, in both languages in words of its own."""
        trace = Trace("a/b.md", kind, ("Frau Müller",), whole=True, count=3)
        (english, german) = (
            told(FileTraces((trace,), (), 1), words=words)[1] for words in (EN, DE)
        )
        assert english.startswith("- a/b.md (")
        assert english.endswith("): the whole line, “Frau Müller”")
        assert german.endswith("): die ganze Zeile, „Frau Müller“")
        assert english.split("(")[1].split(")")[0] != german.split("(")[1].split(")")[0]

    @pytest.mark.parametrize("reason", get_args(Reason))
    def test_each_reason(self, reason: Reason) -> None:
        """What was not looked into is told with the reason, in both languages."""
        files = FileTraces((), (Unseen("a.pdf", reason),), 1)
        english, german = (
            next(line for line in told(files, words=words) if line.startswith("- a.pdf: "))
            for words in (EN, DE)
        )
        assert english != german

    def test_very_many(self) -> None:
        """Of other events, no more are told than anybody reads; of copies, every one."""
        events = [Trace(f"a/{n}", "event", ("a",), whole=False, count=1) for n in range(53)]
        copies = [Trace(f"{n}.md", "copy", ("a",), whole=False, count=1) for n in range(53)]
        lines = told(FileTraces((*events, *copies), (), 106))
        assert "- and 3 more" in lines
        assert 50 == sum("(another event)" in line for line in lines)
        assert 53 == sum(".md" in line for line in lines)
        assert lines[1].startswith("- 0.md")

    def test_no_name_steers_a_terminal(self) -> None:
        """A name shows what it hides."""
        trace = Trace("a\x1b[31m.md", "copy", (), whole=True, count=1)
        assert not any("\x1b" in line for line in told(FileTraces((trace,), (), 1)))


class TestTellings:
    def test_said_elsewhere(self) -> None:
        """A text that other events say is told with some of these."""
        ids = tuple(f"{number:016x}" for number in range(7))
        lines = told(
            tellings=(
                Telling("Angeschoben", ("data.stage",), ids),
                Telling("GWA", ("by",), ids[:1]),
                Telling("Frau Müller", ("data.note",)),
                Telling("ja", ("data.title",)),
            )
        )
        assert "Not looked for, since other events say it as well:" in lines
        shown = " ".join(lines)
        assert "“Angeschoben” (7 events: 00000000, 00000000, " in shown
        assert " …)" in shown
        assert "- “GWA” (1 event: 00000000)" in lines
        assert "Not looked for, since it is too short to mean anything:" in lines
        assert "- “ja”" in lines
        assert "Frau Müller" not in shown


class TestGit:
    def test_states(self) -> None:
        """Why git could not be asked is told."""
        assert "The folder is not kept with git." in told()
        assert any(
            "git is not installed here" in one for one in told(git=GitTraces(state="no-git"))
        )
        assert "The history of git could not be read: fatal" in told(
            git=GitTraces(state="unreadable", cause="fatal")
        )

    def test_nothing(self) -> None:
        """So is that nothing was found, and what was not looked into."""
        assert "No commit of git holds it." in told(git=GitTraces(state="searched"))
        assert "2 files of the past were too large or damaged, and were not looked into." in told(
            git=GitTraces(state="searched", unseen=2)
        )

    def test_everything(self) -> None:
        """Commits, branches, stashes, what nothing reaches, the index: each is told."""
        line = Holding(
            commits=2,
            first=FIRST,
            last=LAST,
            paths=("events/a.jsonl",),
            refs=("refs/heads/main", "refs/tags/v1"),
            stashes=1,
            logged=1,
            dangling=2,
            staged=("events/b.jsonl",),
            loose=4,
        )
        texts = Holding(commits=1, first=FIRST, last=FIRST, paths=("plan.csv",))
        lines = told(git=GitTraces(state="searched", line=line, texts=texts))
        shown = " ".join(line.strip() for line in lines)
        for part in (
            "- the line itself: 2 commits, from 0123456789ab (2026-11-22, “Erste Fassung”) to ",
            "fedcba987654 (2026-11-22, “Berichtigt",
            "- in it as: events/a.jsonl",
            "- reached from: refs/heads/main, refs/tags/v1",
            "- put aside with git stash: 1 time",
            "- the line itself: commits that no branch reaches any more: 3; git gc removes them",
            "- the line itself: in the index, until the folder is committed anew: events/b.jsonl",
            "- the line itself: contents that belong to no commit: 4; git gc removes them in time",
            "- a text of it, in other files: 1 commit, 0123456789ab (2026-11-22, “Erste Fassung”)",
            "planlog changes nothing of that",
        ):
            assert part in shown
        assert "\x1b" not in shown

    def test_only_the_index(self) -> None:
        """What was never committed is told without a commit."""
        lines = told(git=GitTraces(state="searched", line=Holding(staged=("events/b.jsonl",))))
        where = "in the index, until the folder is committed anew: events/b.jsonl"
        assert [f"- the line itself: {where}"] == [line for line in lines if line.startswith("- ")]
