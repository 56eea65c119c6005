"""Measure how long it takes to verify a long log, and how much memory, in one file and in many.

The floor is measured in the same run: to read the same lines from the disk and hash each of them.
"""

import subprocess
import sys
from pathlib import Path

FILES = {"one file": 1, "{files:,} files": 1_000}
"""In how many files the lines lie."""

WRITE = """
import sys
from pathlib import Path
from planlog.stores.checkpointfiles import write_checkpoint
from planlog.stores.names import event_file_name
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.merkle import Frontier, leaf_hash

LINE = (
    '{"v":1,"id":"%016x","type":"started","on":"2023-03-16","recorded":"2026-11-22T08:15:00Z",'
    '"by":"Quartiersmanagement","source":"Sozialer Maßnahmenplan, Folie 6","data":{"measure":'
    '"wohnen-%d","stage":"Angeschoben","note":"Aufbau eines Nachbarschaftszentrums als '
    'Mittelpunkt der Netzwerkarbeit (GWA)"},"salt":"q7mJr0o0X0m7Jf3hQb6J1g"}'
)
plan, count, files = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
(plan / "events").mkdir(parents=True)
frontier = Frontier()
for file in range(files):
    start, stop = count * file // files, count * (file + 1) // files
    first = (LINE % (start * 2**44 % 2**64, start)).encode()
    with open(plan / "events" / event_file_name(start, first), "wb") as lines:
        for number in range(start, stop):
            line = (LINE % (number * 2**44 % 2**64, number)).encode()
            lines.write(line + b"\\n")
            frontier.add_leaf(leaf_hash(line))
checkpoint = Checkpoint("planlog/0000000000000000", count, frontier.root)
write_checkpoint(plan / "checkpoints", checkpoint.text, count)
"""

FLOOR = """
import sys, time
from hashlib import sha256
from pathlib import Path
start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).glob("events/*.jsonl")):
    with open(path, "rb") as lines:
        for line in lines:
            sha256(b"\\0" + line[:-1]).digest()
print(time.perf_counter() - start)
"""

VERIFY = """
import sys, time
from pathlib import Path
from planlog import verify
start = time.perf_counter()
verdict = verify(sys.argv[1])
print(time.perf_counter() - start)
assert ("own-only", 0, int(sys.argv[2])) == (verdict.kind, verdict.uncovered, verdict.size)
told = Path("/proc/self/status")
lines = told.read_text().splitlines() if told.exists() else []
print(*(line.split()[1] for line in lines if line.startswith("VmHWM:")))
"""


def measure_verification(folder: Path, lines: int, repeat: int) -> None:
    """Verify a log with a checkpoint over all of it, and print a line for each way it lies."""
    for told, files in FILES.items():
        plan = folder / str(files)
        _told(WRITE, str(plan), str(lines), str(files))
        runs = [
            (_told(FLOOR, str(plan)), _told(VERIFY, str(plan), str(lines))) for _ in range(repeat)
        ]
        floor = min(run[0][0] for run in runs)
        seconds = min(run[1][0] for run in runs)
        peaks = [f", {run[1][1] / 1024:.0f} MB of memory" for run in runs if run[1][1:]]
        print(
            f"{seconds / floor:6.2f}  verify, {lines:,} lines in {told.format(files=files)} "
            f"({seconds:.2f} s{max(peaks, default='')}), over hashing each line ({floor:.2f} s)"
        )


def _told(code: str, *arguments: str) -> list[float]:
    """The figures that a fresh process tells of itself."""
    command = [sys.executable, "-c", code, *arguments]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(figure) for figure in told.split()]
