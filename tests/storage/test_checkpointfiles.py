"""The checkpoints of a plan's folder: none is overwritten, and every one that is wrong is named."""

import errno
import os
from pathlib import Path

import pytest

from planlog.errors import StoreReadError, StoreWriteError
from planlog.stores import checkpointfiles
from planlog.stores.checkpointfiles import (
    KeptCheckpoint,
    checkpoints_folder,
    read_checkpoints,
    write_checkpoint,
)
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import Signature, SignedNote
from planlog.trust.texts import MOST_BYTES

ORIGIN = "planlog/9f3c0a6be1d24857"


def checkpoint(size: int, root: int = 0) -> Checkpoint:
    """Return a checkpoint; its *root* is a byte, repeated."""
    return Checkpoint(ORIGIN, size, bytes([root]) * 32)


def signed(size: int) -> SignedNote:
    """Return a note of a checkpoint with a signature that nobody has checked."""
    return SignedNote(checkpoint(size).text, (Signature("council.example", bytes(4), b"x" * 64),))


def one(folder: Path) -> KeptCheckpoint:
    """Return the only checkpoint of *folder*."""
    (kept,) = read_checkpoints(folder)
    return kept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the checkpoints, which is not there yet."""
    return tmp_path / "plan" / "checkpoints"


class TestFolder:
    def test_is_beside_the_events(self, tmp_path: Path) -> None:
        """The checkpoints lie beside the folder of the events, whatever that is called."""
        assert tmp_path / "checkpoints" == checkpoints_folder(tmp_path / "events")
        assert tmp_path / "checkpoints" == checkpoints_folder(tmp_path / "ledger")

    def test_is_found_from_within(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever stands in the folder of the events and names it so finds it too."""
        (tmp_path / "events").mkdir()
        monkeypatch.chdir(tmp_path / "events")
        assert tmp_path / "checkpoints" == checkpoints_folder(Path("."))


class TestWrite:
    def test_names_the_file_after_the_size(self, folder: Path) -> None:
        """The folder is made, and the text stands in it byte by byte."""
        text = checkpoint(63).text
        assert "checkpoints/0000000063.checkpoint" == write_checkpoint(folder, text, 63)
        assert text.encode() == (folder / "0000000063.checkpoint").read_bytes()
        assert ["0000000063.checkpoint"] == os.listdir(folder)

    def test_never_overwrites(self, folder: Path) -> None:
        """Others of the same size get names of their own, and the first stays as it was."""
        places = [write_checkpoint(folder, checkpoint(63, root).text, 63) for root in (0, 1, 2)]
        assert [
            "checkpoints/0000000063.checkpoint",
            "checkpoints/0000000063-2.checkpoint",
            "checkpoints/0000000063-3.checkpoint",
        ] == places
        assert [bytes([root]) * 32 for root in (0, 1, 2)] == [
            kept.checkpoint and kept.checkpoint.root for kept in read_checkpoints(folder)
        ]

    def test_writes_the_same_once(self, folder: Path) -> None:
        """What is there already is named where it lies, and nothing is written."""
        texts = [checkpoint(63, root).text for root in (0, 1)]
        places = [write_checkpoint(folder, text, 63) for text in texts]
        before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
        assert places == [write_checkpoint(folder, text, 63) for text in texts]
        assert before == {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    def test_passes_by_what_is_no_checkpoint(self, folder: Path) -> None:
        """A link, a folder and a huge file keep the names they have; no link is followed."""
        folder.mkdir(parents=True)
        outside = folder.parent / "outside"
        (folder / "0000000063.checkpoint").symlink_to(outside)
        (folder / "0000000063-2.checkpoint").mkdir()
        with (folder / "0000000063-3.checkpoint").open("wb") as huge:
            huge.truncate(MOST_BYTES + 1)
        text = checkpoint(63).text
        assert "checkpoints/0000000063-4.checkpoint" == write_checkpoint(folder, text, 63)
        assert not outside.exists()

    def test_link_in_place_of_the_folder(self, folder: Path, tmp_path: Path) -> None:
        """Nothing is written through a link to a folder elsewhere."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        folder.parent.mkdir()
        folder.symlink_to(elsewhere)
        with pytest.raises(StoreWriteError, match=r"checkpoints'.*nothing was recorded"):
            write_checkpoint(folder, checkpoint(63).text, 63)
        assert [] == os.listdir(elsewhere)

    def test_refusal_of_the_platform(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What the platform refuses is told, and the folder is left as it was."""

        def full(folder: Path, name: str, content: bytes) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        folder.mkdir(parents=True)
        monkeypatch.setattr(checkpointfiles, "write_once", full)
        with pytest.raises(StoreWriteError, match=os.strerror(errno.ENOSPC)):
            write_checkpoint(folder, checkpoint(63).text, 63)
        assert [] == os.listdir(folder)


class TestRead:
    def test_no_folder(self, folder: Path) -> None:
        """A plan that never had a checkpoint has none, and gets no folder by being asked."""
        assert () == read_checkpoints(folder)
        assert not folder.exists()

    def test_by_size_then_number(self, folder: Path) -> None:
        """They come in the order in which the log grew, and the tenth behind the second."""
        for size, count in ((10, 1), (9, 11), (100, 1)):
            for root in range(count):
                write_checkpoint(folder, checkpoint(size, root).text, size)
        found = read_checkpoints(folder)
        assert [9] * 11 + [10, 100] == [kept.checkpoint and kept.checkpoint.size for kept in found]
        assert [
            "0000000009.checkpoint",
            *(f"0000000009-{number}.checkpoint" for number in range(2, 12)),
        ] == [kept.name for kept in found[:11]]

    def test_bare(self, folder: Path) -> None:
        """Three lines without signatures are a checkpoint and no note."""
        write_checkpoint(folder, checkpoint(63).text, 63)
        name, place = "0000000063.checkpoint", "checkpoints/0000000063.checkpoint"
        assert KeptCheckpoint(name, place, None, checkpoint(63), ()) == one(folder)

    def test_signed(self, folder: Path) -> None:
        """A signed one comes with the note around it."""
        write_checkpoint(folder, signed(63).whole, 63)
        assert (signed(63), checkpoint(63), ()) == (
            one(folder).note,
            one(folder).checkpoint,
            one(folder).flaws,
        )

    def test_size_of_eleven_digits(self, folder: Path) -> None:
        """A size that needs more digits has a name as well."""
        write_checkpoint(folder, checkpoint(12_345_678_901).text, 12_345_678_901)
        assert ("12345678901.checkpoint", ()) == (one(folder).name, one(folder).flaws)

    @pytest.mark.parametrize(
        "name",
        [
            "0000000064.checkpoint",
            "63.checkpoint",
            "00000000063.checkpoint",
            "0000000063-1.checkpoint",
            "0000000063-02.checkpoint",
            "0000000063 (1).checkpoint",
            "minutes.checkpoint",
        ],
    )
    def test_wrong_name(self, folder: Path, name: str) -> None:
        """A file that is not called after its size is read, and told to have a wrong name."""
        folder.mkdir(parents=True)
        (folder / name).write_text(checkpoint(63).text)
        kept = one(folder)
        assert checkpoint(63) == kept.checkpoint
        (flaw,) = kept.flaws
        assert (
            "foreign-file",
            f"checkpoints/{name}",
            {"expected": "0000000063.checkpoint", "name": name},
        ) == (flaw.code, flaw.place, flaw.details)

    def test_what_is_no_checkpoint_goes_by_the_size_of_its_name(self, folder: Path) -> None:
        """Unreadable ones stand where their names put them, and those without a size last."""
        folder.mkdir(parents=True)
        for name in ("0000000009.checkpoint", "0000000063.checkpoint"):
            (folder / name).write_text("no checkpoint\n")
        (folder / "0.checkpoint").write_text("no checkpoint\n")
        write_checkpoint(folder, checkpoint(10).text, 10)
        assert [
            "0000000009.checkpoint",
            "0000000010.checkpoint",
            "0000000063.checkpoint",
            "0.checkpoint",
        ] == [kept.name for kept in read_checkpoints(folder)]

    @pytest.mark.parametrize(
        ("content", "codes"),
        [
            (b"", ["cut-text"]),
            (b"planlog\n063\n-\n", ["checkpoint-size", "checkpoint-root"]),
            (checkpoint(63).text.replace("\n", "\r\n").encode(), ["line-ends"]),
            (checkpoint(63).text.encode() + b"\nno signature\n", ["signature-line"]),
            (b"a\n" + signed(63).whole.encode(), ["checkpoint-size", "checkpoint-root"]),
        ],
    )
    def test_wrong_content(self, folder: Path, content: bytes, codes: list[str]) -> None:
        """Whatever is wrong in a file is told with its place, and nothing is made of the file."""
        folder.mkdir(parents=True)
        (folder / "0000000063.checkpoint").write_bytes(content)
        kept = one(folder)
        assert (None, None) == (kept.note, kept.checkpoint)
        assert codes == [flaw.code for flaw in kept.flaws]
        assert {"checkpoints/0000000063.checkpoint"} == {flaw.place for flaw in kept.flaws}

    def test_huge_file(self, folder: Path) -> None:
        """A file that is too long for a checkpoint is not read."""
        folder.mkdir(parents=True)
        with (folder / "0000000063.checkpoint").open("wb") as huge:
            huge.truncate(MOST_BYTES + 1)
        assert ["huge-file"] == [flaw.code for flaw in one(folder).flaws]

    def test_link(self, folder: Path) -> None:
        """A link is told and not followed, be what it leads to ever so good a checkpoint."""
        folder.mkdir(parents=True)
        (folder.parent / "other").write_text(checkpoint(63).text)
        (folder / "0000000063.checkpoint").symlink_to(folder.parent / "other")
        kept = one(folder)
        assert (None, "not-a-file") == (kept.checkpoint, kept.flaws[0].code)
        assert {"kind": "symlink"} == kept.flaws[0].details

    @pytest.mark.parametrize("name", [".hidden.checkpoint", "README.md", "0000000063.txt"])
    def test_other_files(self, folder: Path, name: str) -> None:
        """What is not called a checkpoint is none."""
        folder.mkdir(parents=True)
        (folder / name).write_text("something else")
        assert () == read_checkpoints(folder)

    def test_gone_since_it_was_listed(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that goes while the folder is read was never there."""

        def gone(path: Path, place: str, limit: int) -> bytes:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))

        write_checkpoint(folder, checkpoint(63).text, 63)
        monkeypatch.setattr(checkpointfiles, "content_of", gone)
        assert () == read_checkpoints(folder)

    def test_link_in_place_of_the_folder(self, folder: Path) -> None:
        """A link to a folder is no folder, and a file is none either."""
        (folder.parent / "other").mkdir(parents=True)
        folder.symlink_to(folder.parent / "other")
        with pytest.raises(StoreReadError, match=r"cannot read .*checkpoints'"):
            read_checkpoints(folder)
        folder.unlink()
        folder.write_text("")
        with pytest.raises(StoreReadError, match=r"cannot read .*checkpoints'"):
            read_checkpoints(folder)
