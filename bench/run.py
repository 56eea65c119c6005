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


def main() -> None:
    """Run every measurement and print a line for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000, help="how many events (100000)")
    parser.add_argument("--batches", type=int, default=100, help="in how many batches (100)")
    parser.add_argument("--repeat", type=int, default=5, help="how many processes each (5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planlog-bench-") as folder:
        _measure_log(Path(folder), options.events, options.batches, options.repeat)
    _measure_start(options.repeat * 4)


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
    command = [sys.executable, "-c", code, *arguments]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _timed(command: list[str], environment: dict[str, str]) -> float:
    """The seconds that a whole process takes."""
    start = perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return perf_counter() - start


if __name__ == "__main__":
    main()
