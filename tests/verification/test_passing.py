"""One pass over a log takes no more memory, however long the log is."""

import tracemalloc
from pathlib import Path

import pytest

from planlog import Checkpoint, verify
from planlog.stores.checkpointfiles import write_checkpoint
from planlog.stores.names import event_file_name
from planlog.trust.merkle import leaf_hash, root_of
from planlog.verification import passing
from planlog.verification.files import listed

LINE = b'{"v":1,"id":"%016x","type":"noted","on":"2023-03-16","by":"GWA","text":"%s"}'


def log_of(path: Path, count: int, files: int = 1) -> list[bytes]:
    """Write so many lines, and a checkpoint over them; return the lines."""
    lines = [LINE % (number << 44, b"x" * 100) for number in range(count)]
    (path / "events").mkdir(parents=True)
    for start in range(0, count, count // files):
        part = lines[start : start + count // files]
        name = event_file_name(start, part[0])
        (path / "events" / name).write_bytes(b"\n".join((*part, b"")))
    root = root_of(map(leaf_hash, lines))
    write_checkpoint(path / "checkpoints", Checkpoint("x", count, root).text, count)
    return lines


class TestPass:
    def test_memory(self, tmp_path: Path) -> None:
        """A log of 20,000 lines takes what one of 5,000 takes, and little altogether."""
        peaks = []
        for count in (5_000, 20_000):
            log_of(tmp_path / str(count), count)
            verify(tmp_path / str(count))
            tracemalloc.start()
            verdict = verify(tmp_path / str(count))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            assert ("own-only", count) == (verdict.kind, verdict.size)
        assert peaks[1] < 1.1 * peaks[0] < 1_000_000

    @pytest.mark.parametrize("chunk", [97, 300, 4096])
    def test_chunks(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
        """Wherever a chunk ends, and wherever checkpoints lie, every root is right."""
        monkeypatch.setattr("planlog.verification.files.CHUNK", chunk)
        lines = log_of(tmp_path, 30, 3)
        passed = passing.passed_over(tmp_path / "events", listed(tmp_path / "events"), range(32))
        leaves = list(map(leaf_hash, lines))
        assert [] == passed.signs
        assert list(range(31)) == sorted(passed.frontiers)
        for size, frontier in passed.frontiers.items():
            assert root_of(leaves[:size]) == frontier.root

    def test_tail_is_limited(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Behind the last checkpoint no more leaves are kept than fit into memory."""
        monkeypatch.setattr(passing, "MOST_IN_TAIL", 10)
        monkeypatch.setattr("planlog.verification.files.CHUNK", 2_000)
        log_of(tmp_path, 100)
        events = tmp_path / "events"
        passed = passing.passed_over(events, listed(events), [50])
        assert 50 == passed.tail_start
        assert 10 <= len(passed.tail) < 30

    def test_long_logs_are_compared_with_themselves_only(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In a long log, what repeats a line from before the last checkpoint is not looked for."""
        lines = log_of(tmp_path, 100)
        (tmp_path / "events" / "0000000100-noted-0000.jsonl").write_bytes(lines[0] + b"\n")
        assert ["copied-file"] == [one.code for one in verify(tmp_path).damages]
        monkeypatch.setattr("planlog.verification.repeats.MOST_LINES", 100)
        assert () == verify(tmp_path).damages
