"""Measure how long it takes to import one more table, and whether that grows with those there are.

The log that the table comes to is made once for each order; what is measured are fresh processes,
each of which imports the table into a copy of it. The floor is measured in the same run: to read
the same table and the lines of the same log with what Python brings along, and do no more.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from time import perf_counter

from shelf import write_shelf

AFTER = (2, 10, 30, 53)
"""The import that is measured: the second, the tenth …"""

VERSIONS = max(AFTER)

Table = tuple[Path, date]

READ = """
import csv, json, sys, time
from pathlib import Path
start = time.perf_counter()
with open(sys.argv[2], encoding="utf-8", newline="") as table:
    rows = list(csv.DictReader(table, delimiter=";"))
for path in sorted(Path(sys.argv[1]).glob("events/*.jsonl")):
    with open(path, "rb") as lines:
        for line in lines:
            json.loads(line)
print(time.perf_counter() - start)
"""

IMPORTING = """
import sys, time
from datetime import date
from hashlib import sha256
from pathlib import Path
from planlog import PlanLog
from planlog.tables.maps.mapfile import parse_map
from planlog.tables.files.reading import read
from planlog.tables.rows.statement import statement

def take(log, table, day):
    content = Path(table).read_bytes()
    map = Path(table).with_name("map.toml")
    found = statement(read(content, table), parse_map(map.read_bytes(), "map.toml"), table)
    proposal = log.version_proposal(
        found, day=day, version=Path(table).stem, document=sha256(content).hexdigest(),
        source=table, opening="Plan",
    )
    log.record_all(proposal.events, by="Quartiersmanagement", expected_size=proposal.size)
"""

TAKEN = """
start = time.perf_counter()
log = PlanLog.open(sys.argv[1])
take(log, sys.argv[2], date.fromisoformat(sys.argv[3]))
print(time.perf_counter() - start)
"""

MADE = """
import shutil
log = PlanLog.create(sys.argv[1])
for number, line in enumerate(sys.stdin, start=1):
    table, day = line.split()
    if str(number) in sys.argv[2:]:
        shutil.copytree(sys.argv[1], f"{sys.argv[1]}-{number}")
    take(log, table, date.fromisoformat(day))
"""


def measure_imports(folder: Path, measures: int, repeat: int) -> None:
    """Import a shelf of tables in order and in reverse, and print a line for each measurement."""
    tables = write_shelf(folder, VERSIONS, measures)
    for name, order in (("in order", tables), ("in reverse", tables[::-1])):
        log = folder / name.replace(" ", "-")
        _make(log, order)
        fastest = {}
        for number in AFTER:
            before, (table, day) = Path(f"{log}-{number}"), order[number - 1]
            size = sum(path.read_bytes().count(b"\n") for path in before.glob("events/*.jsonl"))
            seconds = fastest[number] = _fastest(before, table, day, repeat)
            print(
                f"{seconds['program'] / seconds['bare program']:6.2f}  planlog import, version "
                f"{number} of {VERSIONS} {name}, {measures} measures, {size:,} events before "
                f"({seconds['program']:.3f} s), over a bare program that reads both "
                f"({seconds['bare program']:.3f} s)"
            )
            print(
                f"{seconds['library'] / seconds['bare']:6.2f}  the same in the library "
                f"({seconds['library']:.3f} s), over csv.DictReader and json.loads "
                f"({seconds['bare']:.3f} s)"
            )
        for kind in ("program", "library"):
            late, early = fastest[53][kind], fastest[10][kind]
            print(f"{late / early:6.2f}  version 53 over version 10 {name}, {kind}")


def _make(log: Path, order: Iterable[Table]) -> None:
    """Import all tables, and keep a copy of the log before each import that is measured."""
    lines = "".join(f"{table} {day}\n" for table, day in order)
    command = [sys.executable, "-c", IMPORTING + MADE, str(log), *map(str, AFTER)]
    subprocess.run(command, check=True, input=lines, text=True)


def _fastest(before: Path, table: Path, day: date, repeat: int) -> dict[str, float]:
    """The seconds of the fastest of *repeat* processes of each kind."""
    program = str(Path(sys.executable).with_name("planlog"))
    copy = before.with_name("copy")
    options = ("--map", str(table.with_name("map.toml")), "--on", str(day), "--by", "x")
    bare = [sys.executable, "-c", READ, str(before), str(table)]
    library = [sys.executable, "-c", IMPORTING + TAKEN, str(copy), str(table), str(day)]
    measured: dict[str, Callable[[], float]] = {
        "bare program": lambda: _timed(bare)[0],
        "bare": lambda: float(_timed(bare)[1]),
        "program": lambda: _timed([program, "--log", str(copy), "import", str(table), *options])[0],
        "library": lambda: float(_timed(library)[1]),
    }
    found: dict[str, list[float]] = {}
    for _ in range(repeat):
        for name, run in measured.items():
            shutil.copytree(before, copy)
            found.setdefault(name, []).append(run())
            shutil.rmtree(copy)
    return {name: min(seconds) for name, seconds in found.items()}


def _timed(command: list[str]) -> tuple[float, str]:
    """The seconds that a whole process takes, and what it prints."""
    start = perf_counter()
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return perf_counter() - start, told
