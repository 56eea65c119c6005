"""Files that could belong to either of two branches, and checkpoints that were only printed."""

import shutil
from pathlib import Path

import planlog
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.trust.checkpoints import Checkpoint
from tests.joining.folders import same_office, verdict


class TestUnsure:
    def test_file_that_fits_both(self, tmp_path: Path) -> None:
        """A file that could belong to either is named, and goes where it is likelier."""
        _, theirs, merged = same_office(tmp_path)
        report = planlog.join(merged.path)
        assert (f"events/{theirs.names[-1]}",) == report.unsure
        assert ["unser 1", "unser 2", "ihr 7", "ihr 8", "ihr 9"] == merged.texts
        assert () == planlog.join(merged.path).unsure

    def test_printed_checkpoints(self, tmp_path: Path) -> None:
        """A checkpoint that was only printed verifies, whatever the file belonged to."""
        ours, theirs, merged = same_office(tmp_path)
        theirs_printed = theirs.log.checkpoint()
        shutil.copy(theirs.events / theirs.names[-1], ours.events)
        ours_printed = ours.log.checkpoint()
        planlog.join(merged.path)
        assert ("verified", ()) == verdict(merged, theirs_printed)
        assert ("verified", ()) == verdict(merged, ours_printed)

    def test_checkpoint_that_comes_later(self, tmp_path: Path) -> None:
        """A checkpoint that is pulled when all was joined goes to the order that it is about."""
        ours, theirs, merged = same_office(tmp_path)
        checkpoint = theirs.checkpoint()
        shutil.copy(theirs.events / theirs.names[-1], ours.events)
        other = ours.log.checkpoint()
        planlog.join(merged.path)
        for one in (checkpoint, other):
            write_checkpoint(checkpoints_folder(merged.events), one.text, one.size)
        told = planlog.join(merged.path).checkpoints
        assert ["joined", "joined"] == [one.kept for one in told]
        assert [True, True] == [merged.still_shows(one) for one in (checkpoint, other)]
        assert ("own-only", ()) == verdict(merged)
        assert planlog.join(merged.path).is_idle

    def test_checkpoint_that_is_kept(self, tmp_path: Path) -> None:
        """With a checkpoint in the folder nothing is unsure."""
        ours, theirs, merged = same_office(tmp_path)
        shutil.copy(theirs.events / theirs.names[-1], ours.events)
        checkpoint = ours.log.checkpoint()
        write_checkpoint(checkpoints_folder(merged.events), checkpoint.text, checkpoint.size)
        assert () == planlog.join(merged.path).unsure
        assert ["unser 1", "unser 2", "ihr 9", "ihr 7", "ihr 8"] == merged.texts
        assert 1 == len(merged.joined)

    def test_checkpoint_that_fits_nothing(self, tmp_path: Path) -> None:
        """Where nothing moves, a checkpoint that fits nothing is left for verifying to tell."""
        _, _, merged = same_office(tmp_path)
        planlog.join(merged.path)
        wrong = Checkpoint("planlog/x", 7, bytes(32))
        write_checkpoint(checkpoints_folder(merged.events), wrong.text, 7)
        before = merged.files
        assert planlog.join(merged.path).is_idle
        assert before == merged.files
