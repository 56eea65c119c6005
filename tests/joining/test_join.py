"""Two clones of a plan are joined: ours stays, the newcomers go behind."""

import json
import re
import shutil
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import attrs
import pytest

import planlog
from planlog import DamagedLogError, JoinError, LogNotFoundError, PlanLog, StoreWriteError, codec
from planlog.codec import read_tombstone
from planlog.events import (
    Erased,
    NewEvent,
    Noted,
    Prioritized,
    Proposed,
    Started,
)
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import SignedNote
from tests.joining.folders import DAY, MORNING, Plan, begun, both, git, laid_together, verdict

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def three_each(ours: Plan, theirs: Plan) -> None:
    """Let both clones append three batches, at the same hours."""
    ours.note("unser 1", at=5)
    theirs.note("ihr 1", at=5.5)
    ours.record(Started(measure="wohnen-1", note="unser 2"), at=6)
    theirs.note("ihr 2", "ihr 3", at=6.5)
    ours.note("unser 3", at=7)
    theirs.record(Prioritized(field="wohnen", ranking=("wohnen-2", "wohnen-1")), at=7.5)


class TestOther:
    def test_both_went_on(self, tmp_path: Path) -> None:
        """Ours stays byte for byte, and every batch of theirs has a file of its own behind it."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        before, their_files = ours.files, theirs.files
        report = planlog.join(ours.path, theirs.path)
        assert before.items() <= ours.files.items()
        assert their_files == theirs.files
        assert [*before_lines(before), *theirs.lines[4:]] == ours.lines
        assert (7, 11) == (report.before, report.size)
        assert [7, 8, 10] == [batch.position for batch in report.batches]
        assert [1, 2, 1] == [len(batch.events) for batch in report.batches]
        assert theirs.names[2:] == [batch.source for batch in report.batches]
        assert ours.names[5:] == [batch.place.removeprefix("events/") for batch in report.batches]
        assert [one.id for one in ours.log.events()[7:]] == [
            id for batch in report.batches for id in batch.events
        ]

    def test_in_both_directions(self, tmp_path: Path) -> None:
        """Either way all events are there once, and what vouched for either log still does."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        checkpoints = [*map(ours.checkpoint, (5, 7)), *map(theirs.checkpoint, (5, 8))]
        there, here = theirs.clone("there"), ours.clone("here")
        planlog.join(ours.path, theirs.path)
        planlog.join(there.path, here.path)
        ids = [sorted(event.id for event in plan.log.events()) for plan in (ours, there)]
        assert ids[0] == ids[1]
        assert len(set(ids[0])) == len(ids[0]) == 11
        assert [True, True] == [ours.fits(one) for one in checkpoints[:2]]
        assert [True, True] == [ours.still_shows(one) for one in checkpoints[2:]]
        assert [True, True] == [there.fits(one) for one in checkpoints[2:]]
        assert [True, True] == [there.still_shows(one) for one in checkpoints[:2]]

    def test_again(self, tmp_path: Path) -> None:
        """What was joined is not joined again, and what came since is."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        planlog.join(ours.path, theirs.path)
        before = ours.files
        report = planlog.join(ours.path, theirs.path)
        assert report.is_idle
        assert before == ours.files
        assert [event.id for event in theirs.log.events()[4:]] == list(report.known)
        theirs.note("ihr 4")
        report = planlog.join(ours.path, theirs.path)
        assert (11, 12) == (report.before, report.size)
        assert "ihr 4" == ours.texts[-1]

    def test_there_and_back(self, tmp_path: Path) -> None:
        """When the others join as well, all have the same events, each in an own order."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        first = theirs.checkpoint()
        planlog.join(ours.path, theirs.path)
        second = ours.checkpoint()
        planlog.join(theirs.path, ours.path)
        assert sorted(ours.lines) == sorted(theirs.lines)
        assert theirs.fits(first)
        assert theirs.still_shows(second)
        assert ours.still_shows(first)
        assert ours.fits(second)

    def test_dry_run(self, tmp_path: Path) -> None:
        """What would be done is told, and nothing is: not even a lock is made."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        theirs.checkpoint()
        (ours.events / ".lock").unlink()
        before = ours.files
        told = planlog.join(ours.path, theirs.path, dry_run=True)
        assert before == ours.files
        assert not (ours.events / ".lock").exists()
        done = planlog.join(ours.path, theirs.path)
        assert (True, False) == (told.dry_run, done.dry_run)
        assert (told.batches, told.checkpoints) == (done.batches, done.checkpoints)

    def test_only_ours_went_on(self, tmp_path: Path) -> None:
        """There is nothing to join where they have nothing that we lack."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1")
        before = ours.files
        assert planlog.join(ours.path, theirs.path).is_idle
        assert before == ours.files

    def test_only_theirs_went_on(self, tmp_path: Path) -> None:
        """Their lines follow at once, their checkpoint is one of ours, and no order is kept."""
        ours, theirs = both(tmp_path)
        theirs.note("ihr 1")
        checkpoint = theirs.checkpoint()
        report = planlog.join(ours.path, theirs.path)
        assert theirs.lines == ours.lines
        assert [("log", "checkpoints")] == [(one.kept, one.place) for one in report.checkpoints]
        assert ours.fits(checkpoint)
        assert theirs.files == ours.files
        assert () == ours.joined

    def test_the_same_folder(self, tmp_path: Path) -> None:
        """A folder named as the other one of itself is joined to nothing."""
        ours, _ = both(tmp_path)
        (tmp_path / "link").symlink_to(ours.path)
        assert planlog.join(ours.path, ours.events).is_idle
        assert planlog.join(ours.path, tmp_path / "link").is_idle

    def test_of_ours(self, tmp_path: Path) -> None:
        """Which branch is ours can only be asked where branches lie in one folder."""
        ours, theirs = both(tmp_path)
        with pytest.raises(TypeError, match="there is no other then"):
            planlog.join(ours.path, theirs.path, ours="9f3c")

    def test_signed_checkpoint(self, tmp_path: Path) -> None:
        """A checkpoint is kept with its signatures, byte for byte."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        text = theirs.log.checkpoint().text
        note = SignedNote.parse(f"{text}\n— anna AAAAAAAAAAAAAAAA\n".encode())
        write_checkpoint(checkpoints_folder(theirs.events), note.whole, 8)
        planlog.join(ours.path, theirs.path)
        (joined,) = ours.joined
        assert note == joined.note
        assert note.whole.encode() in ours.files.values()


def before_lines(files: dict[str, bytes]) -> list[bytes]:
    """The lines of the event files among *files*."""
    names = sorted(name for name in files if name.endswith(".jsonl"))
    return [line for name in names for line in files[name].splitlines()]


class TestWhatIsThereAlready:
    def test_the_same_event_in_another_line(self, tmp_path: Path) -> None:
        """An event that both have under one id stays in our line; theirs is known by its leaf."""
        ours, theirs = both(tmp_path)
        same = NewEvent(event=Noted(text="beide"), id="00000000000000aa")
        for plan, name in ((ours, "unser"), (theirs, "ihr")):
            plan.note(f"{name} 1")
            plan.log.record_all([same, Noted(text=f"{name} 2")], on=DAY, by="GWA")
        checkpoint = theirs.checkpoint()
        report = planlog.join(ours.path, theirs.path)
        assert ["unser 1", "beide", "unser 2", "ihr 1", "ihr 2"] == ours.texts
        assert ("00000000000000aa",) == report.known
        assert ours.still_shows(checkpoint)
        (joined,) = ours.joined
        assert joined.order is not None
        assert [range(4), range(7, 8), range(8, 9)] == list(joined.order.ranges(9))

    def test_whole_batch(self, tmp_path: Path) -> None:
        """A batch of which nothing is new leaves no file."""
        ours, theirs = both(tmp_path)
        same = NewEvent(event=Noted(text="beide"), id="00000000000000aa")
        for plan in (ours, theirs):
            plan.note(plan.path.name)
            plan.log.record_all([same], on=DAY, by="GWA")
        report = planlog.join(ours.path, theirs.path)
        assert 1 == len(report.batches)
        assert ["ours", "beide", "theirs"] == ours.texts

    def test_another_event_under_the_same_id(self, tmp_path: Path) -> None:
        """Two events with one id are refused, each with the places where they stand."""
        ours, theirs = both(tmp_path)
        for plan in (ours, theirs):
            new = NewEvent(event=Noted(text=plan.path.name), id="00000000000000aa")
            plan.log.record_all([new], on=DAY, by="GWA")
        before = ours.files
        with pytest.raises(JoinError, match="event '00000000000000aa' is another one than in "):
            planlog.join(ours.path, theirs.path)
        with pytest.raises(JoinError, match=r"theirs/events/0000000004-noted-0000.jsonl:1: "):
            planlog.join(ours.path, theirs.path)
        assert before == ours.files

    def test_in_merged_files(self, tmp_path: Path) -> None:
        """A line that was left out takes its file along, though not the lines beside it."""
        ours, theirs = both(tmp_path)
        same = NewEvent(event=Noted(text="beide"), id="00000000000000aa")
        ours.note("unser 1", at=5)
        theirs.note("ihr 1", at=6)
        for plan in (ours, theirs):
            plan.log.record_all([Noted(text=plan.path.name), same], on=DAY, by=plan.by)
        theirs.log.record_all([same], on=DAY, by="Büro")
        merged = laid_together(ours, theirs)
        with pytest.raises(JoinError, match=r"^events/0000000005-noted-\w+.jsonl:2: event"):
            planlog.join(merged.path)


class TestRefusals:
    def test_another_plan(self, tmp_path: Path) -> None:
        """Only clones of one plan are joined, whatever else they hold."""
        ours = begun(tmp_path / "one")
        other = begun(tmp_path / "other")
        before = ours.files
        with pytest.raises(JoinError, match="only clones of one plan can be joined"):
            planlog.join(ours.path, other.path)
        assert before == ours.files

    def test_another_plan_among_the_files(self, tmp_path: Path) -> None:
        """Files of two plans in one folder are not joined either."""
        merged = laid_together(begun(tmp_path / "one"), begun(tmp_path / "other"))
        before = merged.files
        with pytest.raises(JoinError, match="only clones of one plan can be joined"):
            planlog.join(merged.path)
        assert before == merged.files

    def test_an_empty_log(self, tmp_path: Path) -> None:
        """A log without an event is a clone of none; of one there is nothing to join."""
        ours = begun(tmp_path)
        PlanLog.create(tmp_path / "empty")
        with pytest.raises(JoinError, match="to be joined to with '-'"):
            planlog.join(tmp_path / "empty", ours.path)
        assert planlog.join(ours.path, tmp_path / "empty").is_idle
        assert planlog.join(tmp_path / "empty").is_idle

    def test_damage_there(self, tmp_path: Path) -> None:
        """Damage of the other log is told with its folder, and nothing is joined."""
        ours, theirs = both(tmp_path)
        theirs.note("ihr 1")
        (theirs.events / theirs.names[1]).unlink()
        with pytest.raises(DamagedLogError, match=r"theirs/events/0000000004-noted-.*missing"):
            planlog.join(ours.path, theirs.path)

    def test_undecodable_line_there(self, tmp_path: Path) -> None:
        """A line that is no event is damage, too."""
        ours, theirs = both(tmp_path)
        theirs.log.store.append([b'{"v":1}'], 4)
        with pytest.raises(DamagedLogError, match=r"theirs/events/0000000004-lines-\w+.jsonl:1: "):
            planlog.join(ours.path, theirs.path)

    def test_undecodable_line_among_the_files(self, tmp_path: Path) -> None:
        """After a merge it is told in which file."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1")
        theirs.log.store.append([b'{"v":1}'], 4)
        merged = laid_together(ours, theirs)
        before = merged.files
        with pytest.raises(DamagedLogError, match=r"events/0000000004-lines-\w+.jsonl:1: "):
            planlog.join(merged.path)
        assert before == merged.files

    def test_very_many_undecodable_lines(self, tmp_path: Path) -> None:
        """They are told by file, and of few files: one that was written anew is wrong all over."""
        ours = begun(tmp_path)
        for name in ours.names:
            path = ours.events / name
            events = map(json.loads, path.read_bytes().splitlines())
            path.write_text("".join(json.dumps(one, indent=1) + "\n" for one in events))
        with pytest.raises(DamagedLogError) as refused:
            planlog.join(ours.path)
        told = [(flaw.code, flaw.place) for flaw in refused.value.flaws]
        assert 4 == len(told)
        assert [("more-in-file", f"events/{name}") for name in ours.names] == told[1::2]
        for number in range(4, 20):
            text = "x\n" if number == 4 else "x\ny\n"
            ours.events.joinpath(f"{number:010d}-noted-0000.jsonl").write_text(text)
        with pytest.raises(DamagedLogError, match="and 8 more files") as refused:
            planlog.join(ours.path)
        assert 20 == len(refused.value.flaws)

    def test_branches_here(self, tmp_path: Path) -> None:
        """Branches that lie side by side here are joined first; so their flaw says."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        merged = laid_together(ours, theirs)
        with pytest.raises(DamagedLogError, match="run planlog join"):
            planlog.join(merged.path, theirs.path)

    def test_no_lock(self, tmp_path: Path) -> None:
        """Where nothing can be written, nothing is."""
        ours, theirs = both(tmp_path)
        theirs.note("ihr 1")
        (ours.events / ".lock").unlink()
        (ours.events / ".lock").mkdir()
        with pytest.raises(StoreWriteError, match="lock'"):
            planlog.join(ours.path, theirs.path)

    def test_no_log(self, tmp_path: Path) -> None:
        """There is a log at both places, or nothing happens."""
        ours = begun(tmp_path)
        with pytest.raises(LogNotFoundError, match="nowhere"):
            planlog.join(ours.path, tmp_path / "nowhere")
        with pytest.raises(LogNotFoundError, match="nowhere"):
            planlog.join(tmp_path / "nowhere", ours.path)


class TestCheckpoints:
    def test_that_fits_nothing(self, tmp_path: Path) -> None:
        """A checkpoint that does not fit their log is told of, and not kept."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        wrong = Checkpoint("planlog/x", 8, bytes(32))
        write_checkpoint(checkpoints_folder(theirs.events), wrong.text, 8)
        (checkpoints_folder(theirs.events) / "0000000009.checkpoint").write_bytes(b"no\n")
        report = planlog.join(ours.path, theirs.path)
        assert [("0000000008.checkpoint", "unfit", None)] == [
            (one.source, one.kept, one.place) for one in report.checkpoints
        ]
        assert wrong.text.encode() not in ours.files.values()

    def test_that_we_have(self, tmp_path: Path) -> None:
        """A checkpoint of what both have in common is not kept twice."""
        ours = begun(tmp_path)
        ours.checkpoint()
        theirs = ours.clone("theirs")
        three_each(ours, theirs)
        assert () == planlog.join(ours.path, theirs.path).checkpoints

    def test_that_came_later(self, tmp_path: Path) -> None:
        """A checkpoint that they made after the joining is kept beside those before it."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        first = theirs.checkpoint(5)
        planlog.join(ours.path, theirs.path)
        second = theirs.checkpoint(8)
        report = planlog.join(ours.path, theirs.path)
        assert [8] == [one.size for one in report.checkpoints]
        assert ours.still_shows(first)
        assert ours.still_shows(second)
        assert 1 == len({one.name for one in ours.joined})

    def test_of_those_who_joined_before(self, tmp_path: Path) -> None:
        """What they keep of a third clone is kept here as well, in the order that it has here."""
        ours, theirs = both(tmp_path)
        third = ours.clone("third", "Amt")
        three_each(ours, theirs)
        third.note("drittes 1", at=9)
        third.note("drittes 2", at=9)
        checkpoint = third.checkpoint()
        planlog.join(theirs.path, third.path)
        fourth = theirs.checkpoint()
        report = planlog.join(ours.path, theirs.path)
        assert {"joined"} == {one.kept for one in report.checkpoints}
        assert ours.still_shows(checkpoint)
        assert ours.still_shows(fourth)

    def test_of_ours_that_others_joined(self, tmp_path: Path) -> None:
        """A checkpoint of ours that they keep in an order of theirs comes back as our own."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        checkpoint = ours.checkpoint()
        planlog.join(theirs.path, ours.path)
        shutil.rmtree(checkpoints_folder(ours.events))
        report = planlog.join(ours.path, theirs.path)
        assert [("log", 7)] == [(one.kept, one.size) for one in report.checkpoints]
        assert "checkpoints/0000000007.checkpoint" in ours.files
        assert ours.fits(checkpoint)

    def test_of_an_order_that_fits_nothing(self, tmp_path: Path) -> None:
        """An order of theirs whose positions are those of no log is left where it is."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        planlog.join(theirs.path, ours.path)
        (side,) = theirs.path.glob("checkpoints/joined/*/lines.join")
        side.write_text(re.sub("here 11 ..", "here 11 //", side.read_text()))
        planlog.join(ours.path, theirs.path)
        assert [(range(4), range(7, 11), range(4, 7))] == [
            one.order.pieces for one in ours.joined if one.order is not None
        ]

    def test_of_lines_that_are_not_here(self, tmp_path: Path) -> None:
        """Lines that they know by their leaf only are known so here as well."""
        ours, theirs = both(tmp_path)
        third = ours.clone("third", "Amt")
        same = NewEvent(event=Noted(text="beide"), id="00000000000000aa")
        for plan in (theirs, third):
            plan.note(plan.path.name, at=5)
            plan.log.record_all([same], on=DAY, by="GWA")
        ours.note("unser 1", at=5)
        checkpoint = third.checkpoint()
        planlog.join(theirs.path, third.path)
        planlog.join(ours.path, theirs.path)
        assert ours.still_shows(checkpoint)


class TestErasures:
    def test_of_theirs(self, tmp_path: Path) -> None:
        """What they erased is erased here as well, and the line that they have it in is ours."""
        ours, theirs = both(tmp_path)
        erased = theirs.log.events()[3]
        theirs.log.erase(erased.id, ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        ours.note("unser 1")
        checkpoint, theirs_then = ours.checkpoint(), theirs.checkpoint()
        told = planlog.join(ours.path, theirs.path, dry_run=True)
        assert b"Nachbarschaften" in ours.lines[3]
        before = ours.files
        with pytest.raises(JoinError, match=rf"event '{erased.id}' .*DSGVO; .* agree with --erase"):
            planlog.join(ours.path, theirs.path)
        assert before == ours.files
        report = planlog.join(ours.path, theirs.path, erase=True)
        assert (3,) == told.erased == report.erased
        assert theirs.lines[3] == ours.lines[3]
        assert not any(b"Nachbarschaften" in content for content in ours.files.values())
        assert ours.fits(checkpoint)
        assert ours.still_shows(theirs_then)
        assert ours.log.events()[3].is_erased
        assert planlog.join(ours.path, theirs.path).is_idle

    def test_of_ours(self, tmp_path: Path) -> None:
        """What we erased does not come back with their line."""
        ours, theirs = both(tmp_path)
        ours.log.erase(ours.log.events()[3].id, ground="DSGVO", on=DAY, by="GWA", uncovered=True)
        theirs.note("ihr 1")
        before = ours.lines
        planlog.join(ours.path, theirs.path)
        assert [*before, theirs.lines[4]] == ours.lines
        assert ["ihr 1"] == ours.texts

    def test_among_the_newcomers(self, tmp_path: Path) -> None:
        """A line that they erased behind the beginning keeps its bytes, and its file its name."""
        ours, theirs = both(tmp_path)
        erased = theirs.note("ihr Geheimnis")
        theirs.log.erase(erased.id, ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        ours.note("unser 1")
        planlog.join(ours.path, theirs.path)
        assert theirs.lines[4:] == ours.lines[5:]
        assert f"0000000005-noted-{erased.id[:4]}.jsonl" in ours.names
        assert [5] == [one.position for one in ours.log.events() if one.is_erased]

    def test_that_was_not_carried_out(self, tmp_path: Path) -> None:
        """Where the text still stands there, it is not written anew here."""
        ours, theirs = both(tmp_path)
        erased = theirs.note("ihr Geheimnis")
        line = theirs.lines[4]
        theirs.log.erase(erased.id, ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        (path,) = theirs.events.glob("0000000004-*.jsonl")
        path.write_bytes(line + b"\n")
        ours.note("unser 1")
        assert () == planlog.join(ours.path, theirs.path).erased
        mark = read_tombstone(ours.lines[5])
        assert mark is not None
        assert 5 == mark.position
        assert not any(b"Geheimnis" in content for content in ours.files.values())

    def test_in_a_line_of_their_own(self, tmp_path: Path) -> None:
        """A text that they erased and we have in another line has to be erased here first."""
        ours, theirs = both(tmp_path)
        same = NewEvent(event=Noted(text="Geheimnis"), id="00000000000000aa")
        for plan in (ours, theirs):
            plan.log.record_all([same], on=DAY, by="GWA")
        theirs.log.erase("00000000000000aa", ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        with pytest.raises(JoinError, match="erase it there as well: planlog erase 000000000000"):
            planlog.join(ours.path, theirs.path)
        ours.log.erase("00000000000000aa", ground="DSGVO", on=DAY, by="GWA", uncovered=True)
        checkpoint = theirs.checkpoint()
        before = ours.lines
        planlog.join(ours.path, theirs.path)
        assert before == ours.lines
        assert 1 == sum(
            isinstance(one.event, Erased) and one.is_erased for one in ours.log.events()
        )
        assert ours.still_shows(checkpoint)

    def test_of_ours_in_a_line_of_their_own(self, tmp_path: Path) -> None:
        """What we erased does not come back in another line either."""
        ours, theirs = both(tmp_path)
        same = NewEvent(event=Noted(text="Geheimnis"), id="00000000000000aa")
        for plan in (ours, theirs):
            plan.log.record_all([same], on=DAY, by="GWA")
        ours.log.erase("00000000000000aa", ground="DSGVO", on=DAY, by="GWA", uncovered=True)
        planlog.join(ours.path, theirs.path)
        assert not any(b"Geheimnis" in content for content in ours.files.values())

    def test_of_another_branch(self, tmp_path: Path) -> None:
        """What one of three branches erased does not come back with a line of the third."""
        ours, theirs = both(tmp_path)
        third = ours.clone("third", "Amt")
        same = NewEvent(event=Noted(text="Geheimnis"), id="00000000000000aa")
        for hour, plan in enumerate((ours, theirs, third), 5):
            plan.note(plan.path.name, at=hour)
        for plan in (theirs, third):
            plan.log.record_all([same], on=DAY, by=plan.by)
        theirs.log.erase("00000000000000aa", ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        checkpoint = theirs.checkpoint()
        merged = laid_together(laid_together(ours, theirs), third, "all")
        (third.events / third.names[-1]).rename(merged.events / "0000000005-third-0000.jsonl")
        planlog.join(merged.path, ours=ours.names[-1])
        assert ["ours", "theirs", "third"] == merged.texts
        assert merged.still_shows(checkpoint)
        assert not any(b"Geheimnis" in content for content in merged.files.values())

    def test_of_an_erasure(self, tmp_path: Path) -> None:
        """What tells of an erasure stays, also where somebody forged an erasure of it."""
        ours, theirs = both(tmp_path)
        erasure = theirs.log.erase(
            theirs.log.events()[3].id, ground="DSGVO", on=DAY, by="Büro", uncovered=True
        )
        planlog.join(ours.path, theirs.path, erase=True)
        said = erasure.event
        assert isinstance(said, Erased)
        leaf = theirs.log.leaves()[4].hex()
        forged = attrs.evolve(
            erasure,
            id="f" * 16,
            event=attrs.evolve(said, event=erasure.id, leaf=leaf, type="noted"),
        )
        theirs.log.store.append([codec.encode(forged)], 5)
        assert () == planlog.join(ours.path, theirs.path).erased
        assert theirs.lines[4] in ours.lines


class TestMerged:
    def test_three_batches_each(self, tmp_path: Path) -> None:
        """The files of two clones in one folder become one log, as if the later had been joined."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        merged = laid_together(ours, theirs)
        before, beside = ours.files, theirs.clone("beside").files
        report = planlog.join(merged.path)
        planlog.join(ours.path, theirs.path)
        assert ours.files == merged.files
        assert (7, 11) == (report.before, report.size)
        assert (3, ()) == (len(report.batches), report.removed)
        assert before.items() <= merged.files.items()
        assert not (beside.keys() - before.keys()) & merged.files.keys()
        assert planlog.join(merged.path).is_idle

    def test_checkpoints(self, tmp_path: Path) -> None:
        """Ours is the one of which checkpoints cover more; those of theirs move, and still show."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        checkpoints = [ours.checkpoint(5), theirs.checkpoint(8), theirs.checkpoint(6)]
        merged = laid_together(ours, theirs)
        report = planlog.join(merged.path)
        assert 8 == report.before
        assert [("0000000005.checkpoint", "joined")] == [
            (one.source, one.kept) for one in report.checkpoints
        ]
        assert merged.still_shows(checkpoints[0])
        assert [True, True] == [merged.fits(one) for one in checkpoints[1:]]
        assert "checkpoints/0000000005.checkpoint" not in merged.files

    @pytest.mark.parametrize("naming", ["file", "path", "event"])
    def test_of_ours(self, tmp_path: Path, naming: str) -> None:
        """Whoever says which branch keeps its place is heard, whatever was vouched for."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        ours.checkpoint()
        merged = laid_together(ours, theirs)
        name = theirs.names[-1]
        last = theirs.log.events()[-1].id
        told = {"file": name, "path": f"events/{name}", "event": last[:8]}[naming]
        assert 8 == planlog.join(merged.path, ours=told).before
        assert theirs.lines == merged.lines[:8]

    @pytest.mark.parametrize("name", ["nothing", "0000000000-plan-opened", ""])
    def test_of_no_branch(self, tmp_path: Path, name: str) -> None:
        """What names no branch, or all of them, is refused with the names of what there is."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        merged = laid_together(ours, theirs)
        name = merged.names[0] if name.startswith("0") else name
        with pytest.raises(JoinError, match=rf"got .*: {ours.names[2]}, {theirs.names[2]}"):
            planlog.join(merged.path, ours=name)

    def test_checkpoint_that_fits_nothing(self, tmp_path: Path) -> None:
        """Nothing moves while a checkpoint is there that may be one of what would move."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        merged = laid_together(ours, theirs)
        wrong = Checkpoint("planlog/x", 8, bytes(32))
        write_checkpoint(checkpoints_folder(merged.events), wrong.text, 8)
        before = merged.files
        with pytest.raises(
            JoinError, match=r"^checkpoints/0000000008.checkpoint: this .* fits none"
        ):
            planlog.join(merged.path)
        assert before == merged.files

    def test_checkpoint_that_cannot_be_read(self, tmp_path: Path) -> None:
        """What is no checkpoint tells nothing, and stays for verifying to tell."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        merged = laid_together(ours, theirs)
        (merged.path / "checkpoints").mkdir()
        (merged.path / "checkpoints" / "0000000008.checkpoint").write_bytes(b"no\n")
        assert () == planlog.join(merged.path).checkpoints
        assert b"no\n" == merged.files["checkpoints/0000000008.checkpoint"]

    def test_what_was_joined_before(self, tmp_path: Path) -> None:
        """Orders that were those of a branch that moves are those of where its lines went."""
        ours, theirs = both(tmp_path)
        third = ours.clone("third", "Amt")
        three_each(ours, theirs)
        ours.checkpoint()
        third.note("drittes 1", at=9)
        third.note("drittes 2", at=9)
        checkpoint = third.checkpoint()
        planlog.join(theirs.path, third.path)
        merged = laid_together(ours, theirs)
        planlog.join(merged.path, ours=ours.names[-1])
        assert merged.still_shows(checkpoint)
        assert all(one.fits(merged.log.leaves()) for one in merged.joined if one.checkpoint)
        assert ours.lines == merged.lines[:7]

    def test_both_joined_before(self, tmp_path: Path) -> None:
        """Two clones that joined each other are merged to one of the two orders."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        here, there = ours.clone("here"), theirs.clone("there")
        planlog.join(ours.path, there.path)
        planlog.join(theirs.path, here.path)
        merged = laid_together(ours, theirs)
        report = planlog.join(merged.path)
        assert (11, 11, ()) == (report.before, report.size, report.batches)
        assert not report.is_idle
        assert 6 == len(report.removed)
        assert not set(report.removed) & set(merged.names)
        assert merged.lines in (ours.lines, theirs.lines)
        assert planlog.join(merged.path).is_idle

    def test_after_their_lines_moved(self, tmp_path: Path) -> None:
        """Who went on while their lines were joined elsewhere goes on behind those lines."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        merged = laid_together(ours, theirs)
        planlog.join(merged.path)
        theirs.note("ihr 4", at=8)
        checkpoint = theirs.checkpoint()
        pulled = merged.clone("pulled")
        # Git takes their older files away, as they were renamed, and leaves the new one.
        shutil.copy(theirs.events / theirs.names[-1], pulled.events)
        shutil.copytree(
            theirs.path / "checkpoints", pulled.path / "checkpoints", dirs_exist_ok=True
        )
        planlog.join(pulled.path)
        assert [*merged.lines, theirs.lines[-1]] == pulled.lines
        assert pulled.still_shows(checkpoint)

    def test_after_their_lines_moved_and_no_order_is_left(self, tmp_path: Path) -> None:
        """A file that continues nothing that is there is refused, and nothing is written."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", "unser 2", "unser 3", at=5)
        theirs.note("ihr 1", at=6)
        merged = laid_together(ours, theirs)
        planlog.join(merged.path)
        shutil.rmtree(merged.path / "checkpoints")
        theirs.note("ihr 2", at=8)
        theirs.note("ihr 3", at=8)
        for name in theirs.names[-2:]:
            shutil.copy(theirs.events / name, merged.events)
        before = merged.files
        with pytest.raises(JoinError, match=f"^events/{theirs.names[-2]}: .* at position 5, .*out"):
            planlog.join(merged.path)
        assert before == merged.files
        for name in theirs.names[-2:]:
            (merged.events / name).unlink()
        planlog.join(merged.path, theirs.path)
        assert ["unser 1", "unser 2", "unser 3", "ihr 1", "ihr 2", "ihr 3"] == merged.texts

    def test_a_file_twice(self, tmp_path: Path) -> None:
        """A copy of a file at another position continues nothing either."""
        ours = begun(tmp_path)
        ours.note("unser 1")
        last = ours.names[-1]
        shutil.copy(ours.events / last, ours.events / f"0000000005{last[10:]}")
        with pytest.raises(JoinError, match="or they hold its events already; move it out"):
            planlog.join(ours.path)

    def test_of_another_plan(self, tmp_path: Path) -> None:
        """What a file names that nothing brings in is told, even if it was so where it was."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", at=5)
        ours.note("unser 2", at=5)
        theirs.record(Proposed(measure="hafen-7", title="Hafen", field="wohnen"), at=6)
        stray = theirs.record(Started(measure="hafen-7"), at=6)
        shutil.copy(theirs.events / theirs.names[-1], ours.events)
        odd = planlog.join(ours.path).odd
        assert [("no-introduction", stray.id)] == [(one.code, one.event) for one in odd]

    def test_erasure_that_a_merge_undid(self, tmp_path: Path) -> None:
        """A text that came back although its erasure is recorded goes again."""
        ours = begun(tmp_path)
        line = ours.lines[3]
        ours.log.erase(ours.log.events()[3].id, ground="DSGVO", on=DAY, by="GWA", uncovered=True)
        path = ours.events / ours.names[1]
        path.write_bytes(path.read_bytes().splitlines()[0] + b"\n" + line + b"\n")
        report = planlog.join(ours.path)
        assert (3,) == report.erased
        assert not report.is_idle
        assert not any(b"Nachbarschaften" in content for content in ours.files.values())

    def test_a_file_that_stays(self, tmp_path: Path) -> None:
        """A file of theirs that comes to stand where it stood is left alone."""
        ours, theirs = both(tmp_path)
        same = NewEvent(event=Noted(text="beide"), id="00000000000000aa")
        for plan in (ours, theirs):
            plan.log.record_all([same], on=DAY, by="GWA")
        theirs.note("ihr 1")
        merged = laid_together(ours, theirs)
        last = merged.events / theirs.names[-1]
        # Both batches have the same digits: git would have told of a conflict.
        (merged.events / "0000000004-theirs-0000.jsonl").write_bytes(theirs.lines[4] + b"\n")
        checkpoint = theirs.checkpoint()
        write_checkpoint(checkpoints_folder(merged.events), checkpoint.text, 6)
        (batch,) = planlog.join(merged.path, ours="0000000004-noted-0000.jsonl").batches
        assert (last.name, f"events/{last.name}") == (batch.source, batch.place)
        assert ["beide", "ihr 1"] == merged.texts
        assert merged.still_shows(checkpoint)

    def test_a_mark_without_its_erasure(self, tmp_path: Path) -> None:
        """A line of which nobody tells why its text is gone is damage, told in its file."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", at=5)
        theirs.log.store.append([codec.tombstone_line("00" * 32, 4)], 4)
        merged = laid_together(ours, theirs)
        with pytest.raises(DamagedLogError, match=f"^events/{theirs.names[-1]}:1: "):
            planlog.join(merged.path, ours=ours.names[-1])

    def test_a_name_that_is_taken(self, tmp_path: Path) -> None:
        """Where a new file would be called as an old one, it is called else."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", at=5)
        for hour, number in enumerate((1, 2), 6):
            new = NewEvent(event=Noted(text=f"ihr {number}"), id=f"bbbb00000000000{number}")
            moment = MORNING + timedelta(hours=hour)
            log = PlanLog(theirs.log.store, clock=partial(_same, moment))
            log.record_all([new], on=DAY, by="Büro")
        shutil.copytree(theirs.events, ours.events, dirs_exist_ok=True)
        planlog.join(ours.path)
        assert [
            "0000000005-joined-noted-bbbb.jsonl",
            "0000000006-noted-bbbb.jsonl",
        ] == ours.names[-2:]
        assert ["unser 1", "ihr 1", "ihr 2"] == ours.texts

    def test_lines_known_by_their_leaf_only(self, tmp_path: Path) -> None:
        """Who goes on behind a log of which a line was left out still has its checkpoints."""
        ours, theirs = both(tmp_path)
        same = NewEvent(event=Noted(text="beide"), id="00000000000000aa")
        for plan in (ours, theirs):
            plan.note(plan.path.name, at=5)
            plan.log.record_all([same], on=DAY, by="GWA")
        planlog.join(ours.path, theirs.path)
        theirs.note("ihr 2", at=9)
        checkpoint = theirs.checkpoint()
        shutil.copy(theirs.events / theirs.names[-1], ours.events)
        shutil.copy(
            theirs.path / "checkpoints" / "0000000007.checkpoint", ours.path / "checkpoints"
        )
        planlog.join(ours.path)
        assert ["ours", "beide", "theirs", "ihr 2"] == ours.texts
        assert ours.still_shows(checkpoint)


class TestVerified:
    def test_all_that_vouches(self, tmp_path: Path) -> None:
        """Verifying takes checkpoints of either log, also one of theirs that was only printed."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        ours.checkpoint()
        printed = theirs.log.checkpoint(6)
        erased = theirs.note("Geheimnis")
        theirs.log.erase(erased.id, ground="DSGVO", on=DAY, by="Büro", uncovered=True)
        planlog.join(ours.path, theirs.path)
        assert ("own-only", ()) == verdict(ours)
        assert ("verified", ()) == verdict(ours, printed)
        theirs.checkpoint()
        planlog.join(ours.path, theirs.path)
        assert ("own-only", ()) == verdict(ours)

    def test_a_newcomer_that_was_changed(self, tmp_path: Path) -> None:
        """A line behind ours that is not what it was contradicts the checkpoint of theirs."""
        ours, theirs = both(tmp_path)
        three_each(ours, theirs)
        theirs.checkpoint()
        planlog.join(ours.path, theirs.path)
        (path,) = ours.events.glob("0000000007-*.jsonl")
        path.write_bytes(path.read_bytes().replace(b"ihr 1", b"ihr 7"))
        kind, damages = verdict(ours)
        assert "damaged" == kind
        assert any("joined clone" in damage for damage in damages)


def _same(moment: datetime) -> datetime:
    return moment


class TestGit:
    @needs_git
    def test_two_clones(self, tmp_path: Path) -> None:
        """Three batches each, merged by git without a conflict and joined: all is there once."""
        ours, theirs = _cloned_by_git(tmp_path)
        three_each(ours, theirs)
        checkpoints = ours.checkpoint(7), theirs.checkpoint(8), theirs.checkpoint(5)
        _commit(ours, theirs)
        here, there = ours.clone("here"), theirs.clone("there")
        git(ours.path, "pull", "-q", "--no-rebase", "--no-edit", str(theirs.path), "main")
        git(theirs.path, "pull", "-q", "--no-rebase", "--no-edit", str(here.path), "main")
        with pytest.raises(DamagedLogError, match="run planlog join"):
            ours.log.events()
        reports = [planlog.join(plan.path) for plan in (ours, theirs)]
        assert ours.files == theirs.files
        assert 11 == len({event.id for event in ours.log.events()}) == ours.log.size
        assert [8, 8] == [report.before for report in reports]
        assert there.lines == ours.lines[:8]
        assert [False, True, True] == [ours.fits(one) for one in checkpoints]
        assert ("own-only", ()) == verdict(ours)
        assert ours.still_shows(checkpoints[0])
        _commit(ours, theirs)
        git(ours.path, "pull", "-q", "--no-rebase", "--no-edit", str(theirs.path), "main")
        assert theirs.files == ours.files

    @needs_git
    def test_who_goes_on_meanwhile(self, tmp_path: Path) -> None:
        """Who appended while somebody else joined merges once more, and all agree."""
        ours, theirs = _cloned_by_git(tmp_path)
        three_each(ours, theirs)
        _commit(ours, theirs)
        git(ours.path, "pull", "-q", "--no-rebase", "--no-edit", str(theirs.path), "main")
        planlog.join(ours.path)
        _commit(ours)
        theirs.note("ihr 4", at=9)
        checkpoint = theirs.checkpoint()
        _commit(theirs)
        git(theirs.path, "pull", "-q", "--no-rebase", "--no-edit", str(ours.path), "main")
        planlog.join(theirs.path)
        assert ours.lines == theirs.lines[:11]
        assert "ihr 4" == theirs.texts[-1]
        assert theirs.still_shows(checkpoint)
        _commit(theirs)
        git(ours.path, "pull", "-q", str(theirs.path), "main")
        assert theirs.files == ours.files

    @needs_git
    @pytest.mark.parametrize("style", ["merge", "diff3"])
    def test_checkpoints_of_one_size(self, tmp_path: Path, style: str) -> None:
        """Where both printed a checkpoint of one size, joining ends the conflict."""
        ours, theirs = _cloned_by_git(tmp_path)
        three_each(ours, theirs)
        checkpoints = ours.checkpoint(6), theirs.checkpoint(6)
        _commit(ours, theirs)
        git(ours.path, "config", "merge.conflictStyle", style)
        with pytest.raises(Exception, match="non-zero exit status"):
            git(ours.path, "pull", "-q", "--no-rebase", "--no-edit", str(theirs.path), "main")
        planlog.join(ours.path)
        _commit(ours)
        assert ours.fits(checkpoints[0])
        assert ours.still_shows(checkpoints[1])
        assert ("own-only", ()) == verdict(ours)

    @needs_git
    def test_erasures_in_one_file(self, tmp_path: Path) -> None:
        """Two erasures in neighbouring lines are a conflict; either side will do, then join."""
        ours, theirs = _cloned_by_git(tmp_path)
        for plan, position in ((ours, 2), (theirs, 3)):
            erased = plan.log.events()[position].id
            plan.log.erase(erased, ground="DSGVO", on=DAY, by=plan.by, uncovered=True)
        _commit(ours, theirs)
        with pytest.raises(Exception, match="non-zero exit status"):
            git(ours.path, "pull", "-q", "--no-rebase", "--no-edit", str(theirs.path), "main")
        git(ours.path, "checkout", "--ours", "events")
        report = planlog.join(ours.path)
        assert (3,) == report.erased
        assert [2, 3] == [one.position for one in ours.log.events() if one.is_erased]

    @needs_git
    def test_files_of_one_name(self, tmp_path: Path) -> None:
        """Where two new files have one name by chance, theirs gets another by hand, then join."""
        ours, theirs = _cloned_by_git(tmp_path)
        for plan, id in ((ours, "aaaa000000000000"), (theirs, "aaaa000000000001")):
            new = NewEvent(event=Noted(text=plan.path.name), id=id)
            plan.log.record_all([new], on=DAY, by=plan.by)
        _commit(ours, theirs)
        with pytest.raises(Exception, match="non-zero exit status"):
            git(ours.path, "pull", "-q", "--no-rebase", "--no-edit", str(theirs.path), "main")
        name = "events/0000000004-noted-aaaa.jsonl"
        with pytest.raises(DamagedLogError, match=name):
            ours.log.events()
        theirs_now = git(ours.path, "show", f":3:{name}")
        (ours.events / "0000000004-theirs-aaaa.jsonl").write_text(theirs_now)
        git(ours.path, "checkout", "--ours", name)
        planlog.join(ours.path)
        assert {"ours", "theirs"} == set(ours.texts)


def _cloned_by_git(folder: Path) -> tuple[Plan, Plan]:
    ours = begun(folder)
    git(ours.path, "init", "-q", "-b", "main")
    _commit(ours)
    git(folder, "clone", "-q", "ours", "theirs")
    return ours, Plan(folder / "theirs", "Büro")


def _commit(*plans: Plan) -> None:
    for plan in plans:
        git(plan.path, "add", "-A")
        git(plan.path, "commit", "-q", "--allow-empty", "-m", "Recorded")
