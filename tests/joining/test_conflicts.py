"""Two checkpoints that a merge by git left in one file."""

from pathlib import Path

import pytest

import planlog
from planlog import JoinError
from planlog.stores.checkpointfiles import checkpoints_folder
from planlog.trust.checkpoints import Checkpoint
from tests.joining.folders import Plan, begun, both, laid_together, same_office, verdict


def in_conflict(ours: bytes, theirs: bytes) -> bytes:
    """What git leaves of two files of one name that differ in their last line only."""
    *common, last = ours.splitlines(keepends=True)
    other = theirs.splitlines(keepends=True)[-1]
    lines = (*common, b"<<<<<<< HEAD\n", last, b"=======\n", other, b">>>>>>> anna\n")
    return b"".join(lines)


def with_conflict(folder: Path) -> tuple[Plan, Checkpoint, Checkpoint]:
    """Two branches in one folder, and a conflict between checkpoints of the same size."""
    ours, theirs = both(folder)
    ours.note("unser 1", at=5)
    theirs.note("ihr 1", at=6)
    theirs.note("ihr 2", at=7)
    mine, other = ours.checkpoint(), theirs.checkpoint(5)
    merged = laid_together(ours, theirs)
    path = merged.path / "checkpoints" / "0000000005.checkpoint"
    path.write_bytes(in_conflict(mine.text.encode(), other.text.encode()))
    return merged, mine, other


class TestConflicts:
    def test_both_sides_are_kept(self, tmp_path: Path) -> None:
        """The side that fits ours stays under its name, the other one goes where it fits."""
        merged, mine, other = with_conflict(tmp_path)
        report = planlog.join(merged.path)
        assert ["log", "joined"] == [one.kept for one in report.checkpoints]
        assert mine.text.encode() == merged.files["checkpoints/0000000005.checkpoint"]
        assert merged.fits(mine)
        assert merged.still_shows(other)
        assert ("own-only", ()) == verdict(merged)
        assert planlog.join(merged.path).is_idle

    def test_they_vouch(self, tmp_path: Path) -> None:
        """What lies in a conflict vouches for its branch as any other checkpoint does."""
        merged, mine, other = with_conflict(tmp_path)
        theirs = next(name for name in merged.names if b"ihr 1" in merged.files[f"events/{name}"])
        planlog.join(merged.path, ours=theirs)
        assert other.text.encode() == merged.files["checkpoints/0000000005.checkpoint"]
        assert merged.still_shows(mine)

    def test_when_all_is_joined(self, tmp_path: Path) -> None:
        """A conflict that comes later is taken apart as well."""
        ours, theirs, merged = same_office(tmp_path)
        planlog.join(merged.path)
        sides = ours.log.checkpoint(), theirs.log.checkpoint(6)
        content = in_conflict(*(one.text.encode() for one in sides))
        path = checkpoints_folder(merged.events) / "0000000006.checkpoint"
        path.write_bytes(content)
        planlog.join(merged.path)
        assert sides[0].text.encode() == path.read_bytes()
        assert merged.still_shows(sides[1])

    def test_neither_is_ours(self, tmp_path: Path) -> None:
        """Where neither side fits ours, nothing stays under the name."""
        ours, theirs = both(tmp_path)
        third = ours.clone("third", "Amt")
        for hour, plan in enumerate((ours, theirs, third), 5):
            plan.note(plan.path.name, at=hour)
        sides = theirs.log.checkpoint(), third.log.checkpoint()
        merged = laid_together(laid_together(ours, theirs), third, "all")
        (merged.path / "checkpoints").mkdir()
        content = in_conflict(*(one.text.encode() for one in sides))
        (merged.path / "checkpoints" / "0000000005.checkpoint").write_bytes(content)
        planlog.join(merged.path, ours=ours.names[-1])
        assert "checkpoints/0000000005.checkpoint" not in merged.files
        assert [True, True] == [merged.still_shows(one) for one in sides]

    def test_both_are_ours(self, tmp_path: Path) -> None:
        """Two signatures of one checkpoint are both kept, one under a name of its own."""
        ours = begun(tmp_path)
        text = ours.log.checkpoint().text
        sides = [f"{text}\n— {name} AAAAAAAAAAAAAAAA\n".encode() for name in ("anna", "bernd")]
        (ours.path / "checkpoints").mkdir()
        path = ours.path / "checkpoints" / "0000000004.checkpoint"
        path.write_bytes(in_conflict(*sides))
        planlog.join(ours.path)
        assert sides == [path.read_bytes(), path.with_name("0000000004-2.checkpoint").read_bytes()]

    def test_side_that_fits_nothing(self, tmp_path: Path) -> None:
        """Nothing is taken apart while one of the sides fits nothing."""
        ours = begun(tmp_path)
        text = ours.log.checkpoint().text
        wrong = Checkpoint(ours.log.origin, 4, bytes(32)).text
        (ours.path / "checkpoints").mkdir()
        path = ours.path / "checkpoints" / "0000000004.checkpoint"
        path.write_bytes(in_conflict(text.encode(), wrong.encode()))
        before = ours.files
        with pytest.raises(JoinError, match=r"^checkpoints/0000000004.checkpoint: .* fits none"):
            planlog.join(ours.path)
        assert before == ours.files

    def test_side_that_is_no_checkpoint(self, tmp_path: Path) -> None:
        """What is none of two checkpoints has to be decided by hand."""
        ours = begun(tmp_path)
        (ours.path / "checkpoints").mkdir()
        path = ours.path / "checkpoints" / "0000000004.checkpoint"
        path.write_bytes(in_conflict(ours.log.checkpoint().text.encode(), b"nothing\n"))
        with pytest.raises(JoinError, match=r"git checkout --ours checkpoints/0000000004\.che"):
            planlog.join(ours.path)

    def test_of_the_other_folder(self, tmp_path: Path) -> None:
        """A conflict in the other folder is read, and left as it is."""
        ours, theirs = both(tmp_path)
        ours.note("unser 1", at=5)
        theirs.note("ihr 1", at=6)
        sides = ours.log.checkpoint(), theirs.log.checkpoint()
        (theirs.path / "checkpoints").mkdir()
        content = in_conflict(*(one.text.encode() for one in sides))
        (theirs.path / "checkpoints" / "0000000005.checkpoint").write_bytes(content)
        before = theirs.files
        planlog.join(ours.path, theirs.path)
        assert before == theirs.files
        assert ours.fits(sides[0])
        assert ours.still_shows(sides[1])

    def test_links_and_what_is_too_long(self, tmp_path: Path) -> None:
        """What is no file, or too long, is not read for a conflict."""
        ours = begun(tmp_path)
        (ours.path / "checkpoints").mkdir()
        secret = tmp_path / "secret"
        secret.write_bytes(in_conflict(b"x\n", b"y\n"))
        (ours.path / "checkpoints" / "0000000003.checkpoint").symlink_to(secret)
        long = in_conflict(b"x\n" * 600_000, b"y\n")
        (ours.path / "checkpoints" / "0000000004.checkpoint").write_bytes(long)
        assert planlog.join(ours.path).is_idle
