"""What a folder keeps of logs that were joined."""

import os
from pathlib import Path

import attrs
import pytest

from planlog.errors import StoreReadError, StoreWriteError
from planlog.stores.joinedfiles import SIDE_FILE, read_joined, remove_joined, write_joined
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.merkle import leaf_hash, root_of
from planlog.trust.orders import Order

LEAVES = [leaf_hash(b"%d" % number) for number in range(6)]
ORDER = Order.of([0, 1, 4, 5], 6, root_of(LEAVES))
THEIRS = [LEAVES[place] for place in (0, 1, 4, 5)]


def checkpoint(size: int) -> Checkpoint:
    """Their checkpoint of that size."""
    return Checkpoint("planlog/x", size, root_of(THEIRS[:size]))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder of an order with two checkpoints."""
    write_joined(tmp_path, ORDER, [(size, checkpoint(size).text) for size in (4, 3)])
    return tmp_path / "joined" / ORDER.name


class TestCovers:
    def test_lines_in_its_order(self, kept: Path, tmp_path: Path) -> None:
        """It is about so many lines of its order as its checkpoint counts, and no others."""
        three, four = read_joined(tmp_path)
        assert [True, True, False, False, True, False] == [*map(three.covers, range(6))]
        assert [True, True, False, False, True, True] == [*map(four.covers, range(6))]

    def test_lines_that_do_not_stand_here(self, tmp_path: Path) -> None:
        """A line that is there by its leaf alone counts, and stands nowhere."""
        order = Order.of([0, bytes(32), 1], 6, bytes(32))
        write_joined(tmp_path, order, [(2, Checkpoint("planlog/x", 2, bytes(32)).text)])
        (only,) = read_joined(tmp_path)
        assert [True, False] == [*map(only.covers, range(2))]

    def test_nothing(self, tmp_path: Path) -> None:
        """Without a checkpoint or an order it is about nothing."""
        write_joined(tmp_path, ORDER, [])
        (only,) = read_joined(tmp_path)
        assert not only.covers(0)
        assert not attrs.evolve(only, order=None, checkpoint=checkpoint(3)).covers(0)


class TestReading:
    def test_what_was_written(self, kept: Path, tmp_path: Path) -> None:
        """There is one for each checkpoint, by size, and each fits the lines in their order."""
        found = read_joined(tmp_path)
        assert [checkpoint(3), checkpoint(4)] == [one.checkpoint for one in found]
        assert [True, True] == [one.fits(LEAVES) for one in found]
        assert [THEIRS[:3], THEIRS] == [one.leaves(LEAVES) for one in found]
        assert [ORDER] * 2 == [one.order for one in found]
        place = f"{tmp_path.name}/joined/{kept.name}"
        assert [f"{place}/0000000003.checkpoint", f"{place}/0000000004.checkpoint"] == [
            one.place for one in found
        ]
        assert {()} == {one.flaws for one in found}

    def test_an_order_alone(self, tmp_path: Path) -> None:
        """An order without a checkpoint is told as well, and fits nothing."""
        assert () == write_joined(tmp_path, ORDER, [])
        (found,) = read_joined(tmp_path)
        assert (ORDER, None, ()) == (found.order, found.checkpoint, found.flaws)
        assert f"{tmp_path.name}/joined/{ORDER.name}/{SIDE_FILE}" == found.place
        assert not found.fits(LEAVES)

    def test_nothing(self, tmp_path: Path) -> None:
        """Where nothing was joined there is nothing."""
        assert () == read_joined(tmp_path)
        assert () == read_joined(tmp_path / "nowhere")

    def test_other_names(self, kept: Path, tmp_path: Path) -> None:
        """What is called otherwise is not looked at."""
        (kept.parent / "notes").mkdir()
        (kept.parent / "README").write_text("x")
        assert 2 == len(read_joined(tmp_path))

    def test_lines_that_are_missing(self, kept: Path, tmp_path: Path) -> None:
        """A checkpoint of lines that are not there, or not all of them, fits nothing."""
        short, whole = read_joined(tmp_path)
        assert [False, False] == [one.fits(LEAVES[:5]) for one in (short, whole)]
        (kept / SIDE_FILE).write_text(Order.of([0, 1, 4], 6, ORDER.root).text)
        short, whole = read_joined(tmp_path)
        assert [True, False] == [one.fits(LEAVES) for one in (short, whole)]

    def test_other_lines(self, kept: Path, tmp_path: Path) -> None:
        """Nobody has to believe the order: it fits the checkpoint, or it does not."""
        (kept / SIDE_FILE).write_text(Order.of([1, 0, 4, 5], 6, ORDER.root).text)
        assert [False, False] == [one.fits(LEAVES) for one in read_joined(tmp_path)]

    def test_flaws(self, kept: Path, tmp_path: Path) -> None:
        """What cannot be read is told with its place, beside what can."""
        (kept / "0000000003.checkpoint").write_text("no")
        short, whole = read_joined(tmp_path)[::-1]
        assert short.checkpoint is None or whole.checkpoint is None
        (kept / SIDE_FILE).write_text("no")
        flaws = {str(flaw) for one in read_joined(tmp_path) for flaw in one.flaws}
        assert any(
            f"{kept.name}/{SIDE_FILE}: line 1: expected planlog join 1" in one for one in flaws
        )
        assert {None} == {one.order for one in read_joined(tmp_path)}
        assert [False, False] == [one.fits(LEAVES) for one in read_joined(tmp_path)]

    def test_without_an_order(self, kept: Path, tmp_path: Path) -> None:
        """A checkpoint whose order is missing is told, with what to do."""
        (kept / SIDE_FILE).unlink()
        flaws = {str(flaw) for one in read_joined(tmp_path) for flaw in one.flaws}
        place = f"{tmp_path.name}/joined/{kept.name}/{SIDE_FILE}"
        assert {f"{place}: the file is missing; join the two logs again"} == flaws

    def test_huge(self, kept: Path, tmp_path: Path) -> None:
        """A file that is too big is not read."""
        with (kept / SIDE_FILE).open("ab") as file:
            file.truncate(2**24 + 1)
        flaws = {str(flaw) for one in read_joined(tmp_path) for flaw in one.flaws}
        assert any(
            "expected a file of at most 16777216 bytes, got 16777217" in one for one in flaws
        )

    def test_links(self, kept: Path, tmp_path: Path) -> None:
        """No link is followed, wherever it stands."""
        (kept / SIDE_FILE).rename(tmp_path / "elsewhere")
        (kept / SIDE_FILE).symlink_to(tmp_path / "elsewhere")
        assert any("got 'symlink'" in str(one.flaws[0]) for one in read_joined(tmp_path))
        kept.rename(tmp_path / "folder")
        kept.symlink_to(tmp_path / "folder")
        with pytest.raises(StoreReadError, match="Not a directory"):
            read_joined(tmp_path)


class TestWriting:
    def test_again(self, kept: Path, tmp_path: Path) -> None:
        """What is there already is left alone, and what comes is put beside it."""
        before = {path: path.stat().st_ino for path in kept.iterdir()}
        places = write_joined(tmp_path, ORDER, [(4, checkpoint(4).text), (2, checkpoint(2).text)])
        assert [
            f"{ORDER.name}/0000000004.checkpoint",
            f"{ORDER.name}/0000000002.checkpoint",
        ] == list(places)
        assert before.items() <= {path: path.stat().st_ino for path in kept.iterdir()}.items()

    def test_where_a_link_lies(self, tmp_path: Path) -> None:
        """Nothing is written through a link."""
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "joined").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(StoreWriteError, match="Not a directory"):
            write_joined(tmp_path, ORDER, [])
        assert [] == os.listdir(tmp_path / "elsewhere")


class TestRemoving:
    def test_all(self, kept: Path, tmp_path: Path) -> None:
        """The order, its checkpoints and their folder are gone."""
        remove_joined(tmp_path, kept.name)
        assert [] == os.listdir(tmp_path / "joined")

    def test_beside_other_files(self, kept: Path, tmp_path: Path) -> None:
        """What somebody else has put there stays."""
        (kept / "README").write_text("x")
        remove_joined(tmp_path, kept.name)
        assert ["README"] == os.listdir(kept)
