"""Measure planlog against floors that are measured in the same run, and print the ratios.

Every figure is the fastest of several fresh processes: these machines are small and noisy, and
what disturbs a run only ever makes it slower.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

from importing import measure_imports
from verifying import measure_verification

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "events"

FLOOR = """
import sys, time
from pathlib import Path
import {module}
start = time.perf_counter()
for path in sorted(Path(sys.argv[1]).glob("*.jsonl")):
    with open(path, "rb") as lines:
        for line in lines:
            {parse}(line)
print(time.perf_counter() - start)
"""

PARSERS = {"json": "json.loads", "orjson": "orjson.loads", "msgspec": "msgspec.json.decode"}

COLD = """
import sys, time
from planlog import PlanLog
start = time.perf_counter()
plan = PlanLog.open(sys.argv[1]).plan("today")
print(time.perf_counter() - start)
assert plan.known.size == int(sys.argv[2]) and plan.measures
"""


QUESTIONS = {
    "diff of two points": "log.diff({first!r}, {last!r})",
    "diff, every step": "log.diff({first!r}, {last!r}, gross=True)",
    "diff of all that was learned": "log.diff({last!r} + '@#0', {last!r})",
    "priorities of a field": "log.priorities(field='wohnen')",
    "register of decisions": "log.decisions()",
    "matrix of a field": "log.matrix(field='wohnen')",
    "stats": "log.stats()",
}
"""What is asked of an open log, at its first conference after the middle and at its last."""

ASKED = """
import sys, time
from planlog import PlanLog
log = PlanLog.open(sys.argv[1])
names = [one.id for one in log.plan("today").occasions]
first, last = names[len(names) // 2], names[-1]
start = time.perf_counter()
log.plan(last)
print(time.perf_counter() - start)
for question in {questions!r}:
    start = time.perf_counter()
    eval(question.format(first=first, last=last))
    print(time.perf_counter() - start)
"""


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000, help="how many events (100000)")
    parser.add_argument("--batches", type=int, default=100, help="in how many batches (100)")
    parser.add_argument("--asked", type=int, default=10_000, help="of how many to ask (10000)")
    parser.add_argument("--measures", type=int, default=700, help="in each table (700)")
    parser.add_argument("--lines", type=int, default=1_000_000, help="to verify (1000000)")
    parser.add_argument("--repeat", type=int, default=5, help="how many processes each (5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planlog-bench-") as folder:
        _measure_log(Path(folder), options.events, options.batches, options.repeat)
    with tempfile.TemporaryDirectory(prefix="planlog-bench-") as folder:
        _measure_questions(Path(folder), options.asked, options.repeat)
    with tempfile.TemporaryDirectory(prefix="planlog-bench-") as folder:
        measure_imports(Path(folder), options.measures, max(options.repeat // 2, 1))
    with tempfile.TemporaryDirectory(prefix="planlog-bench-") as folder:
        measure_verification(Path(folder), options.lines, max(options.repeat // 2, 1))
    _measure_start(options.repeat * 4)


def _measure_questions(folder: Path, events: int, repeat: int) -> None:
    """Ask an open log; the floor is the plan itself, folded once."""
    _generate(folder, events, 20)
    code = ASKED.format(questions=list(QUESTIONS.values()))
    runs = [_all_told(code, str(folder / "events")) for _ in range(repeat)]
    floor, *fastest = (min(run[index] for run in runs) for index in range(len(runs[0])))
    for name, seconds in zip(QUESTIONS, fastest, strict=True):
        print(
            f"{seconds / floor:6.1f}  {name}, {events:,} events ({seconds:.3f} s), "
            f"over the plan at one point ({floor:.3f} s)"
        )


def _measure_log(folder: Path, events: int, batches: int, repeat: int) -> None:
    _generate(folder, events, batches)
    arguments = [str(folder / "events"), str(events)]
    found: dict[str, list[float]] = {}
    for _ in range(repeat):
        for module, parse in PARSERS.items():
            if find_spec(module) is not None:
                found.setdefault(module, []).append(
                    _told(FLOOR.format(module=module, parse=parse), *arguments)
                )
        found.setdefault("planlog", []).append(_told(COLD, *arguments))
    fastest = {name: min(seconds) for name, seconds in found.items()}
    cold = fastest.pop("planlog")
    for module, floor in sorted(fastest.items(), key=lambda item: item[1]):
        print(
            f"{cold / floor:6.2f}  PlanLog.open(...).plan('today'), cold, {events:,} events "
            f"in {batches} batches ({cold:.3f} s), over a bare {module} loop ({floor:.3f} s)"
        )


def _measure_start(repeat: int) -> None:
    """Both as they are installed: with their bytecode, which an unfinished checkout may lack."""
    planlog = Path(sys.executable).with_name("planlog")
    show = [str(planlog), "--log", str(EXAMPLE), "show", "--at", "stk-3"]
    click = [sys.executable, "-c", "import click"]
    seconds: dict[str, list[float]] = {"show": [], "click": []}
    with tempfile.TemporaryDirectory(prefix="planlog-bench-") as bytecode:
        environment = os.environ | {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": bytecode,
        }
        _timed(show, environment)
        for _ in range(repeat):
            seconds["show"].append(_timed(show, environment))
            seconds["click"].append(_timed(click, environment))
    shown, floor = min(seconds["show"]), min(seconds["click"])
    print(
        f"{shown / floor:6.2f}  planlog show on the example ({shown:.3f} s), "
        f"over python -c 'import click' ({floor:.3f} s)"
    )


def _generate(folder: Path, events: int, batches: int) -> None:
    """Record the generated log in a process of its own, so that nothing of it stays warm."""
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
        "from generated import batches\nfrom planlog import PlanLog\n"
        "log = PlanLog.create(sys.argv[1])\n"
        "import time, warnings; warnings.simplefilter('ignore')\n"
        "start = time.perf_counter()\n"
        f"for batch in batches({events}, {batches}):\n    log.record_all(batch)\n"
        "print(time.perf_counter() - start)"
    )
    seconds = _told(code, str(folder))
    print(f"        recorded {events:,} events in {batches} batches in {seconds:.1f} s")


def _told(code: str, *arguments: str) -> float:
    """The seconds that a fresh process tells of itself."""
    (seconds,) = _all_told(code, *arguments)
    return seconds


def _all_told(code: str, *arguments: str) -> list[float]:
    """All the seconds that a fresh process tells of itself, a line each."""
    command = [sys.executable, "-c", code, *arguments]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(line) for line in told.split()]


def _timed(command: list[str], environment: dict[str, str]) -> float:
    """The seconds that a whole process takes."""
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return perf_counter() - start


if __name__ == "__main__":
    main()
