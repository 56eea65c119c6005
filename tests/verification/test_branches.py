"""A clone's checkpoint that was printed, and not kept, counts after its events were joined."""

import itertools
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from planlog import Checkpoint, NewEvent, Noted, PlanLog, join
from planlog.stores.joinedfiles import write_joined
from planlog.stores.names import event_file_name
from planlog.trust.merkle import leaf_hash, root_of
from planlog.trust.orders import Order
from planlog.verification import branches
from planlog.verification.files import listed
from planlog.verification.passing import passed_over
from tests.verification.logs import SAID, Kept, joined

LINE: Final = b'{"v":1,"id":"%016x","type":"noted","text":"%s"}'


def record(path: Path, *counts: int) -> None:
    """Record so many events together, one time after the other."""
    log = PlanLog.open(path)
    for count in counts:
        log.record_all([NewEvent(event=Noted(text="Neu"), **SAID) for _ in range(count)])


def say_joined(path: Path) -> None:
    """Let a folder say that it was joined, without telling the order that is looked for."""
    shutil.rmtree(path / "checkpoints", ignore_errors=True)
    write_joined(path / "checkpoints", Order.of([0], 1, bytes(32)), [])


def files(path: Path, counts: Sequence[int]) -> list[list[bytes]]:
    """Write files of so many lines each, one behind the other; return the lines of each."""
    numbers = itertools.count()
    written: list[list[bytes]] = []
    (path / "events").mkdir()
    for count in counts:
        lines = [LINE % (next(numbers) << 32, b"x" * 90) for _ in range(count)]
        name = event_file_name(sum(len(file) for file in written), lines[0])
        (path / "events" / name).write_bytes(joined(lines))
        written.append(lines)
    say_joined(path)
    return written


def of(files: Sequence[Sequence[bytes]], *chosen: int) -> Checkpoint:
    """The checkpoint of a clone that has only those files."""
    lines = [line for file in chosen for line in files[file]]
    return Checkpoint("planlog/0000000000000000", len(lines), root_of(map(leaf_hash, lines)))


class TestJoined:
    @pytest.mark.parametrize("later", [(), (1, 2)])
    def test_after_a_join(self, bare: Kept, tmp_path: Path, later: Sequence[int]) -> None:
        """Whatever was recorded since, it covers the lines of the clone, and no others."""
        other = tmp_path / "other"
        shutil.copytree(bare.path, other)
        record(other, 2, 1)
        theirs = [PlanLog.open(other).checkpoint(size) for size in (12, 13)]
        record(bare.path, 1, 1)
        join(bare.path, other)
        say_joined(bare.path)
        record(bare.path, *later)
        for checkpoint in theirs:
            verdict = bare.verdict(checkpoint)
            assert ("verified", ()) == (verdict.kind, verdict.damages)
            assert checkpoint.size == verdict.vouched
            assert verdict.size - checkpoint.size == verdict.uncovered
            assert verdict.checkpoints[0].claim.order is not None

    def test_beside_ours(self, bare: Kept, tmp_path: Path) -> None:
        """Ours counts as ever."""
        other = tmp_path / "other"
        shutil.copytree(bare.path, other)
        record(other, 2)
        record(bare.path, 1)
        ours, theirs = bare.log.checkpoint(), PlanLog.open(other).checkpoint()
        join(bare.path, other)
        verdict = bare.verdict(ours, theirs)
        assert ("verified", 13) == (verdict.kind, verdict.vouched)

    def test_without_a_join(self, tmp_path: Path) -> None:
        """A file that was slipped in, and later ones renamed, is no clone that was joined."""
        written = files(tmp_path, (2, 1, 1, 2))
        checkpoint = of(written, 0, 2, 3)
        assert "verified" == Kept(tmp_path).verdict(checkpoint).kind
        shutil.rmtree(tmp_path / "checkpoints")
        assert "damaged" == Kept(tmp_path).verdict(checkpoint).kind

    def test_with_a_wrong_line(self, bare: Kept, tmp_path: Path) -> None:
        """A line of theirs that was changed since is found all the same."""
        other = tmp_path / "other"
        shutil.copytree(bare.path, other)
        record(other, 2)
        theirs = PlanLog.open(other).checkpoint()
        record(bare.path, 1)
        join(bare.path, other)
        say_joined(bare.path)
        last = max(bare.events.glob("*.jsonl"))
        last.write_bytes(last.read_bytes().replace(b"Neu", b"Alt"))
        assert "damaged" == bare.verdict(theirs).kind


class TestOrders:
    @pytest.mark.parametrize(
        "chosen",
        [(0, 2), (0, 1, 3), (0, 1, 4, 5), (0, 2, 4), (0, 2, 5), (0, 1, 3, 5), (1, 3, 5), (2,)],
    )
    def test_any_later_files(self, tmp_path: Path, chosen: Sequence[int]) -> None:
        """A clone may have had any of the later files, as long as they are in their order."""
        written = files(tmp_path, (2, 1, 1, 2, 1, 1))
        verdict = Kept(tmp_path).verdict(of(written, *chosen))
        assert ("verified", sum(len(written[file]) for file in chosen)) == (
            verdict.kind,
            verdict.vouched,
        )

    @pytest.mark.parametrize("chosen", [(0, 2, 1), (0, 3, 2), (5, 0)])
    def test_in_another_order(self, tmp_path: Path, chosen: Sequence[int]) -> None:
        """In another order they are another log."""
        written = files(tmp_path, (2, 1, 1, 2, 1, 1))
        assert "damaged" == Kept(tmp_path).verdict(of(written, *chosen)).kind

    def test_parts_of_files(self, tmp_path: Path) -> None:
        """What was recorded together came together."""
        written = files(tmp_path, (2, 2, 2))
        lines = [*written[0], written[2][0]]
        checkpoint = Checkpoint("planlog/x", 3, root_of(map(leaf_hash, lines)))
        assert "damaged" == Kept(tmp_path).verdict(checkpoint).kind

    @pytest.mark.parametrize("run", [range(250, 298), range(299, 300), range(51, 52)])
    def test_in_long_logs(self, tmp_path: Path, run: range) -> None:
        """In a log of very many files, some that follow each other are found, and soon others."""
        written = files(tmp_path, [1] * 300)
        passed = passed_over(tmp_path / "events", listed(tmp_path / "events"), ())
        claim = Kept(tmp_path).verdict(of(written, *range(50), *run)).checkpoints[0]
        assert "fits" == claim.status
        order = claim.claim.order
        assert order is not None
        assert (range(50), run) == order.pieces
        assert passed.size == order.size

    @pytest.mark.parametrize(
        ("limit", "value"), [("MOST_TRIED", 3), ("MOST_STEPS", 20), ("MOST_LINES", 7)]
    )
    def test_are_limited(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
    ) -> None:
        """Only so much is tried; then the checkpoint counts as one that does not fit."""
        written = files(tmp_path, (2, 1, 1, 2, 1, 1))
        monkeypatch.setattr(branches, limit, value)
        assert "damaged" == Kept(tmp_path).verdict(of(written, 1, 3, 5)).kind

    def test_of_few_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Any files are chosen among the last ones only."""
        written = files(tmp_path, (2, 1, 1, 2, 1, 1))
        monkeypatch.setattr(branches, "MOST_FILES", 3)
        assert "verified" == Kept(tmp_path).verdict(of(written, 0, 1, 2, 4)).kind
        assert "damaged" == Kept(tmp_path).verdict(of(written, 1, 3, 5)).kind

    def test_kept_ones_are_not_tried(self, tmp_path: Path) -> None:
        """A checkpoint in the folder covers the first lines, unless joining kept an order."""
        written = files(tmp_path, (2, 1, 1, 2, 1, 1))
        Kept(tmp_path).keep(of(written, 0, 2))
        assert "damaged" == Kept(tmp_path).verdict().kind

    def test_of_files_that_do_not_follow(self, tmp_path: Path) -> None:
        """Where a file does not follow the one before it, no joining put it there."""
        written = files(tmp_path, (2, 1, 1))
        stray = tmp_path / "events" / "0000000002-aaa-1234.jsonl"
        stray.write_bytes(LINE % (0x1234 << 48, b"x") + b"\n")
        (damage,) = Kept(tmp_path).verdict(of(written, 0, 1, 2)).damages
        assert ("strange-file", f"events/{stray.name}") == (damage.code, damage.flaw.place)
