"""Nothing that was done to a log with a checkpoint goes unnoticed, however small it is."""

import itertools
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from planlog import Checkpoint, verify
from planlog.stores.checkpointfiles import write_checkpoint
from planlog.trust.merkle import leaf_hash, root_of
from planlog.verification import judging
from planlog.verification.explaining import Explanation
from tests.storage.folders import LINES, filled_store
from tests.verification.logs import SIZES, Kept, joined

ORIGIN = "planlog/0000aaaabbbbcccc"


@pytest.fixture(autouse=True)
def _without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only whether something is found counts here, not what it is."""
    monkeypatch.setattr(
        judging, "explained", lambda _, __, claims, ___: Explanation((), None, claims)
    )


@pytest.fixture(params=[(6,), (3, 5, 6)], ids=["one checkpoint", "several checkpoints"])
def small(tmp_path: Path, request: pytest.FixtureRequest) -> Kept:
    """A log of six short lines in three files, with checkpoints."""
    kept = Kept(filled_store(tmp_path / "plan").folder.parent)
    for size in request.param:
        root = root_of(map(leaf_hash, LINES[:size]))
        write_checkpoint(kept.path / "checkpoints", Checkpoint(ORIGIN, size, root).text, size)
    assert "own-only" == kept.verdict().kind
    return kept


def unnoticed(kept: Kept, contents: Iterator[tuple[str, Sequence[bytes]]]) -> list[str]:
    """Give the files other contents, again and again; name those with which nothing was found."""
    missed: list[str] = []
    before = [kept.read(file) for file in range(len(kept.names))]
    for told, content in contents:
        for file, one in enumerate(content):
            if one != before[file]:
                kept.write(file, one)
        before = list(content)
        if verify(kept.path).kind != "damaged":
            missed.append(told)
    return missed


def lines_of(kept: Kept) -> list[list[bytes]]:
    """The lines of each file."""
    return [kept.read(file).split(b"\n")[:-1] for file in range(len(kept.names))]


class TestBits:
    def test_every_one(self, small: Kept) -> None:
        """Every single bit that is wrong is noticed."""
        whole = [small.read(file) for file in range(3)]

        def flipped() -> Iterator[tuple[str, Sequence[bytes]]]:
            for file, content in enumerate(whole):
                for bit in range(8 * len(content)):
                    wrong = bytearray(content)
                    wrong[bit >> 3] ^= 1 << (bit & 7)
                    yield f"{file}:{bit}", [*whole[:file], bytes(wrong), *whole[file + 1 :]]

        assert [] == unnoticed(small, flipped())

    def test_of_real_events(self, kept: Kept) -> None:
        """So is a wrong bit in every byte of real events, one of them erased."""
        kept.log.erase(kept.log.events()[4].id, ground="Art. 17", on="2024-01-01", by="Amt")
        kept = Kept(kept.path)
        kept.mark()
        whole = [kept.read(file) for file in range(len(kept.names))]

        def flipped() -> Iterator[tuple[str, Sequence[bytes]]]:
            for file, content in enumerate(whole):
                for byte in range(file, len(content), 2):
                    wrong = bytearray(content)
                    wrong[byte] ^= 1 << (byte % 8)
                    yield f"{file}:{byte}", [*whole[:file], bytes(wrong), *whole[file + 1 :]]

        assert [] == unnoticed(kept, flipped())


class TestLines:
    def test_deleted(self, small: Kept) -> None:
        """Every line that was deleted is noticed."""
        whole = lines_of(small)

        def shortened() -> Iterator[tuple[str, Sequence[bytes]]]:
            for file, lines in enumerate(whole):
                for line in range(len(lines)):
                    changed = [*whole]
                    changed[file] = [*lines[:line], *lines[line + 1 :]]
                    yield f"{file}:{line}", list(map(joined, changed))

        assert [] == unnoticed(small, shortened())

    def test_swapped(self, small: Kept) -> None:
        """So are any two lines that changed places."""
        whole = lines_of(small)
        flat = list(itertools.chain(*whole))
        ends = list(itertools.accumulate(map(len, whole), initial=0))

        def swapped() -> Iterator[tuple[str, Sequence[bytes]]]:
            for one, other in itertools.combinations(range(len(flat)), 2):
                changed = [*flat]
                changed[one], changed[other] = flat[other], flat[one]
                files = [joined(changed[a:b]) for a, b in itertools.pairwise(ends)]
                yield f"{one}, {other}", files

        assert [] == unnoticed(small, swapped())

    def test_doubled(self, small: Kept) -> None:
        """So is any line that stands once more, at any place of a file."""
        whole = lines_of(small)

        def doubled() -> Iterator[tuple[str, Sequence[bytes]]]:
            for file, lines in enumerate(whole):
                for line in itertools.chain(*whole):
                    for at in range(len(lines) + 1):
                        changed = [*whole]
                        changed[file] = [*lines[:at], line, *lines[at:]]
                        yield f"{file}:{at} {line!r}", list(map(joined, changed))

        assert [] == unnoticed(small, doubled())

    def test_cut(self, small: Kept) -> None:
        """So is any file that breaks off anywhere."""
        whole = [small.read(file) for file in range(3)]

        def cut() -> Iterator[tuple[str, Sequence[bytes]]]:
            for file, content in enumerate(whole):
                for length in range(len(content)):
                    yield f"{file}:{length}", [*whole[:file], content[:length], *whole[file + 1 :]]

        assert [] == unnoticed(small, cut())


class TestFiles:
    def test_deleted(self, often: Kept, tmp_path: Path) -> None:
        """Every file that is missing is noticed."""
        for name in often.names:
            shutil.move(often.events / name, tmp_path / name)
            assert "damaged" == often.verdict().kind
            shutil.move(tmp_path / name, often.events / name)
        assert "own-only" == often.verdict().kind

    def test_swapped(self, often: Kept) -> None:
        """So are any two files that have each other's lines."""
        for one, other in itertools.combinations(range(len(SIZES)), 2):
            contents = often.read(one), often.read(other)
            often.write(one, contents[1])
            often.write(other, contents[0])
            assert "damaged" == often.verdict().kind
            often.write(one, contents[0])
            often.write(other, contents[1])
        assert "own-only" == often.verdict().kind

    @pytest.mark.parametrize("position", range(13))
    def test_doubled(self, often: Kept, position: int) -> None:
        """So is any copy of a file, wherever it claims to stand."""
        for name in often.names:
            copy = f"{position:010d}-copy{name[-11:]}"
            shutil.copy(often.events / name, often.events / copy)
            assert "damaged" == often.verdict().kind
            (often.events / copy).unlink()
        assert "own-only" == often.verdict().kind
