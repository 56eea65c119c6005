"""Erasing a text, by hand: what goes, what is told, and what is refused."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planlog import PlanLog
from planlog.codec import read_tombstone
from planlog.errors import UnfinishedErasureError
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.verification.verifying import verify
from tests.cli.running import BY, Folder
from tests.storage.platforms import failing, watched

SECRET = "Frau Müller aus Haus 3"
GROUND = "DSGVO Art. 17"
HOW = ("--ground", GROUND, "--on", "2026-11-26")


@pytest.fixture
def told(plan: Folder) -> Folder:
    """A plan in which an event tells of somebody, covered by a checkpoint."""
    plan.do("start", "wohnen/16", "--on", "2023-03-16", "--note", SECRET)
    keep(plan)
    return plan


def keep(plan: Folder) -> None:
    """Keep a checkpoint of all there is."""
    log = plan.log
    write_checkpoint(checkpoints_folder(plan.path / "events"), log.checkpoint().text, log.size)


def telling(plan: Folder) -> str:
    """The id of the event that tells of somebody."""
    return plan.log.events()[8].id


def holding(folder: Path, text: str = SECRET) -> list[str]:
    """The files outside of git that hold a text as bytes."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts and text.encode() in path.read_bytes()
    )


class TestErase:
    def test_text_goes(self, told: Folder) -> None:
        """The text is nowhere any more, what went is told, and all that is proven still is."""
        id = telling(told)
        checkpoint = (told.path / "checkpoints" / "0000000009.checkpoint").read_bytes()
        outcome = told.run("erase", id[:6], *HOW, "--lang", "en")
        assert 0 == outcome.code
        first, second = outcome.lines
        assert first == f"erased: started (2023-03-16), event {id} in {told.log.store.place(8)}"
        assert second.startswith("recorded as event ")
        assert second.endswith("; the root, proofs and checkpoints stay as they are")
        assert "The text stands in no other file of the folder (" in outcome.data
        assert f"- “{SECRET}”" in outcome.data.splitlines()
        assert "The folder is not kept with git." in outcome.data
        assert [] == holding(told.path)
        assert "own-only" == verify(told.path).kind
        assert checkpoint == (told.path / "checkpoints" / "0000000009.checkpoint").read_bytes()

    def test_who_and_why(self, told: Folder) -> None:
        """The event that tells of the erasure has author, day, source and reason as any other."""
        told.do("erase", telling(told), *HOW, "--by", "Stadt", "--source", "", "--reason", "Wunsch")
        erasure = told.log.events()[9]
        assert ("Stadt", "2026-11-26", None, "Wunsch") == (
            erasure.by,
            erasure.on.text,
            erasure.source,
            erasure.reason,
        )

    def test_defaults(self, told: Folder) -> None:
        """Author and day may stand in the environment; the day may be a conference."""
        told.do("erase", telling(told), "--ground", GROUND, env={"PLANLOG_ON": "stk-3"})
        erasure = told.log.events()[9]
        assert (BY, "2023-03-16") == (erasure.by, erasure.on.text)

    def test_bare(self, told: Folder) -> None:
        """With --bare, the erasure names neither day nor measure."""
        told.do("erase", telling(told), *HOW, "--bare")
        (path,) = (told.path / "events").glob("0000000009-*")
        line = path.read_bytes()
        assert b"wohnen-16" not in line
        assert b"2023-03-16" not in line

    def test_corrected_before(self, told: Folder) -> None:
        """Where a correction says the same without the person, no answer changes."""
        id = telling(told)
        told.do("correct", id, "--set", "note=Anwohnerin", "--reason", "ohne Namen")
        before = told.do("show", "--format", "csv")
        told.do("erase", id, *HOW)
        assert before == told.do("show", "--format", "csv")
        assert [] == holding(told.path)

    def test_german(self, told: Folder) -> None:
        """It speaks German as well."""
        outcome = told.run("erase", telling(told), *HOW, "--lang", "de")
        assert outcome.words.startswith("gelöscht: begonnen (2023-03-16), Ereignis ")
        assert "Der Text steht in keiner anderen Datei des Ordners" in outcome.data


class TestWhere:
    def test_lists_everything(self, told: Folder) -> None:
        """Exports, reports, copies, other events and commits that hold the text are listed."""
        told.do("export", "plan.xlsx")
        told.do("show", "--format", "markdown", "-o", "report.md")
        shutil.copy(told.path / "report.md", told.path / "report.md~")
        told.do("note", f"Anruf von {SECRET} am Abend", "--on", "2023-03-17")
        _commit(told.path, "Erste Fassung")
        before = told.files
        text = told.do("erase", telling(told), "--where", "--lang", "en", env={"COLUMNS": "200"})
        assert before == told.files
        (other,) = (path.name for path in (told.path / "events").glob("0000000009-*"))
        for line in (
            f"- plan.xlsx (an export, a report or a copy): “{SECRET}”",
            f"- report.md (an export, a report or a copy): “{SECRET}”",
            f"- report.md~ (what an editor kept): “{SECRET}”",
            f"- events/{other}:1 (another event): “{SECRET}”",
            "Not looked for, since other events say it as well:",
            "Git still holds it:",
            "- reached from: refs/heads/main",
        ):
            assert line in text.splitlines()
        assert "- the line itself: 1 commit, " in text
        assert "“Erste Fassung”)" in text
        assert f"events/{told.log.store.place(8).split('/')[1].split(':')[0]} (" not in text

    def test_is_told_after_erasing(self, told: Folder) -> None:
        """What is found once the text is gone is told at once."""
        told.do("show", "--format", "markdown", "-o", "report.md")
        text = told.do("erase", telling(told), *HOW, "--lang", "en")
        assert "- report.md (an export, a report or a copy): " in text
        assert ["report.md"] == holding(told.path)

    def test_other_texts(self, told: Folder) -> None:
        """A name in any case can be looked for beside the texts of the event, and which is said."""
        (told.path / "a.txt").write_text("frau müller")
        (told.path / "b.txt").write_text("MÜLLER, Frau")
        outcome = told.run("erase", telling(told), "--where", "--find", "müller", "--lang", "en")
        assert f"about: started (2023-03-16), event {telling(told)} in " in outcome.words
        assert "- a.txt (an export, a report or a copy): “müller”" in outcome.data
        assert "- b.txt (an export, a report or a copy): “MÜLLER”" in outcome.data

    def test_of_an_unfinished_erasure(self, told: Folder) -> None:
        """While the text still stands there, it can be looked for."""
        with watched(failing("replace")), pytest.raises(UnfinishedErasureError):
            told.log.erase(telling(told), ground=GROUND, on="2026", by=BY)
        (told.path / "a.txt").write_text(SECRET)
        assert "- a.txt (" in told.do("erase", telling(told), "--where", "--lang", "en")

    def test_of_what_was_erased(self, told: Folder) -> None:
        """Once the text is gone, nobody knows what to look for."""
        told.do("erase", telling(told), *HOW)
        assert "nobody knows any more what to look for" in told.refused(
            "erase", telling(told), "--where", "--lang", "en"
        )


class TestRefusals:
    def test_no_ground(self, told: Folder) -> None:
        """A ground is demanded."""
        words = told.refused("erase", telling(told), "--on", "2026", "--lang", "en")
        assert "'--ground': say on what ground it is erased" in words

    def test_neither_day_nor_author(self, told: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """So are a day and an author, and both are named."""
        monkeypatch.delenv("PLANLOG_BY")
        words = told.refused("erase", telling(told), "--ground", GROUND, "--lang", "en")
        assert "--on" in words
        assert "--by" in words

    def test_no_author(self, told: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the day is there, only the author is asked for."""
        monkeypatch.delenv("PLANLOG_BY")
        words = told.refused("erase", telling(told), *HOW, "--lang", "en")
        assert "say who records it with --by" in words
        assert "say when it happened" not in words

    def test_uncovered(self, plan: Folder) -> None:
        """Without a checkpoint nothing is erased, unless that is wanted."""
        id = plan.log.events()[5].id
        words = plan.refused("erase", id, *HOW, "--lang", "en")
        assert "make one first with: planlog checkpoint" in words
        plan.do("erase", id, *HOW, "--uncovered")
        assert plan.log.events()[5].is_erased

    def test_twice(self, told: Folder) -> None:
        """What is erased already is not erased again."""
        told.do("erase", telling(told), *HOW)
        assert "was erased already: see event" in told.refused(
            "erase", telling(told), *HOW, "--lang", "en"
        )

    def test_an_erasure(self, told: Folder) -> None:
        """What tells of an erasure stays."""
        told.do("erase", telling(told), *HOW)
        assert "tells of an erasure, which has to stay" in told.refused(
            "erase", told.log.events()[9].id, *HOW, "--uncovered", "--lang", "en"
        )

    def test_another_size(self, told: Folder) -> None:
        """Whoever expects another size has erased nothing."""
        assert "expected a log of 8 events" in told.refused(
            "erase", telling(told), *HOW, "--expect-size", "8", "--lang", "en"
        )

    @pytest.mark.parametrize(
        "option", [("--ground", "Frau Müller wünscht es"), ("--reason", "a@example.org")]
    )
    def test_says_anew_whom_it_is_about(self, told: Folder, option: tuple[str, str]) -> None:
        """What tells of an erasure stays for ever, so it may name nobody."""
        words = told.refused("erase", telling(told), *HOW, *option, "--lang", "en")
        assert f"'{option[0]}': " in words
        assert "can never be erased; leave it out" in words

    def test_a_source_that_is_set(self, told: Folder) -> None:
        """Nor may a source that is set for everything."""
        source = {"PLANLOG_SOURCE": "Anruf von Frau Müller"}
        words = told.refused("erase", telling(told), *HOW, "--lang", "en", env=source)
        assert "'--source': 'Frau Müller' looks like a person" in words


class TestImported:
    def test_id_that_tells(self, plan: Folder) -> None:
        """Whoever erases what came from a table is told that its id still gives a guess away."""
        (plan.path / "plan.csv").write_text(f"Handlungsfeld;Nr.;Maßnahme\nWohnen;9;{SECRET}\n")
        (plan.path / "map.toml").write_text(
            'coverage = "excerpt"\n[columns]\nfield = "Handlungsfeld"\nnumber = "Nr."\n'
            'title = "Maßnahme"\n'
        )
        plan.do("import", "plan.csv", "--map", "map.toml", "--on", "2024-01-01")
        id = next(event.id for event in plan.log.events() if SECRET in repr(event.event))
        outcome = plan.run("erase", id, *HOW, "--uncovered", "--lang", "en")
        assert 0 == outcome.code
        assert (
            "Warning: the event came from a table, and its id was made from what" in outcome.words
        )
        for question in (("check",), ("history", "wohnen/1"), ("show",)):
            assert plan.run(*question).code in (0, 1)


class TestUnfinished:
    def test_finished_by_erasing_again(self, told: Folder) -> None:
        """Where the text could not be removed, that is told, and the same command removes it."""
        with watched(failing("replace")):
            outcome = told.run("erase", telling(told), *HOW, "--lang", "en")
        assert 2 == outcome.code
        assert "the erasure is recorded, but the text still stands in" in outcome.words
        assert SECRET not in told.do("show", "--format", "csv")
        assert 1 == told.run("verify").code
        assert (
            f"erased: started (2023-03-16), event {telling(told)} in"
            in told.run("erase", telling(told), *HOW, "--lang", "en").words
        )
        assert 0 == told.run("verify").code
        assert [] == holding(told.path)

    def test_finished_by_recording(self, told: Folder) -> None:
        """Whoever records something removes it as well."""
        with watched(failing("replace")), pytest.raises(UnfinishedErasureError):
            told.log.erase(telling(told), ground=GROUND, on="2026", by=BY)
        told.do("start", "wohnen/1", "--on", "2023")
        assert [] == holding(told.path)

    def test_put_back(self, told: Folder) -> None:
        """An old file that is put back is read as erased, and erased again."""
        place = told.path / told.log.store.place(8).rpartition(":")[0]
        before = place.read_bytes()
        told.do("erase", telling(told), *HOW)
        place.write_bytes(before)
        assert SECRET not in told.do("show", "--format", "csv")
        assert 1 == told.run("verify").code
        told.do("erase", telling(told), *HOW)
        assert 0 == told.run("verify").code


class TestKilled:
    def test_at_any_moment(self, told: Folder) -> None:
        """Whenever the installed command is killed, the old state is there or the new one."""
        took = _erasing(told.path, told.path.parent / "whole", None)
        outcomes = set()
        for turn in range(12):
            place = told.path.parent / str(turn)
            _erasing(told.path, place, took * random.uniform(0.3, 1.1))
            log = PlanLog.open(place)
            line = log.store.read(8, 9)[0]
            if log.size == 9:
                assert SECRET.encode() in line
                assert not log.events()[8].is_erased
            else:
                assert log.events()[8].is_erased
                assert 10 == log.size
                log.finish_erasures()
                assert [] == holding(place)
            assert "own-only" == verify(place).kind
            outcomes.add(log.size)
            assert read_tombstone(log.store.read(8, 9)[0]) or log.size == 9
        assert outcomes <= {9, 10}


def _erasing(plan: Path, place: Path, seconds: float | None) -> float:
    """Erase in a copy of a *plan*, killed after so many *seconds*; tell how long it took."""
    shutil.copytree(plan, place)
    id = PlanLog.open(place).events()[8].id
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "planlog", "--log", str(place), "erase", id, *HOW, "--by", BY],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    if seconds is not None:
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert process.returncode in (0, -signal.SIGKILL)
    return time.monotonic() - started


def _commit(folder: Path, subject: str) -> None:
    """Keep a folder with git; skip the test where there is none."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", subject),
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True)
