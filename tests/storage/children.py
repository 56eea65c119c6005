"""What other processes do in the tests of faults: ``python -m tests.storage.children VERB …``."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Container
from pathlib import Path
from typing import Any

import planlog
from planlog.errors import ConflictError, PlanlogError, StoreReadError
from planlog.stores.folder import FolderStore
from tests.storage.folders import batch_at

_ROOT = Path(__file__).parents[2]
_NOBODY = 65534
_CHANGING = {"chmod", "fsync", "link", "replace", "unlink", "write"}


def child(*arguments: object) -> "subprocess.Popen[bytes]":
    """Start a process that does what a function below does, and return it."""
    source = Path(planlog.__file__).parents[1]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.children", *map(str, arguments)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(source)},
        stdout=subprocess.PIPE,
    )


def report(*arguments: object) -> Any:
    """Return what a child reports when it is done."""
    with child(*arguments) as process:
        output, _ = process.communicate()
    assert 0 == process.returncode
    return json.loads(output)


def write_until_killed(folder: str) -> None:
    """Append batch after batch, and acknowledge each with its position and the next."""
    store = FolderStore.open(folder)
    size = store.size()
    while True:
        batch = batch_at(size)
        store.append(batch, size)
        os.write(1, b"%d %d\n" % (size, size + len(batch)))
        size += len(batch)


def write_beside_others(folder: str, name: str, batches: str) -> None:
    """Append batches, each again until nobody else was first; report how often others were."""
    store = FolderStore.open(folder)
    refused = 0
    for number in range(int(batches)):
        batch = [f"{name}: batch {number}, line {line}".encode() for line in range(1 + number % 3)]
        while True:
            try:
                store.append(batch, store.size())
                break
            except ConflictError:
                refused += 1
    _report(refused)


def die_at_every_operation(plans: str) -> None:
    """Let a process append to a new log and kill itself at its first operation; at the second …

    Each has a plan of its own, named by the number of that operation. Report how many there are.
    """

    def prepared(place: Path) -> Callable[[], object]:
        store = FolderStore.create(place)
        store.append(batch_at(0), 0)
        store.append(batch_at(1), 1)
        return lambda: store.append(batch_at(3), 3)

    _die_again_and_again(plans, prepared)


def die_while_replacing(plans: str) -> None:
    """Do the same while a line of a new log gives way to another."""

    def prepared(place: Path) -> Callable[[], object]:
        store = FolderStore.create(place)
        store.append(batch_at(2), 0)
        return lambda: store.replace(1, b"erased", [b"told"], 3)

    _die_again_and_again(plans, prepared)


def die_while_erasing(plan: str, plans: str) -> None:
    """Do the same while the last event of a copy of *plan* is erased.

    Only operations that change files are counted.
    """
    from planlog import PlanLog

    def prepared(place: Path) -> Callable[[], object]:
        shutil.copytree(plan, place)
        log = PlanLog.open(place)
        id = log.events()[-1].id
        return lambda: log.erase(id, ground="Art. 17", on="2026", by="Amt")

    _die_again_and_again(plans, prepared, _CHANGING)


def _die_again_and_again(
    plans: str,
    prepared: Callable[[Path], Callable[[], object]],
    counted: Container[str] | None = None,
) -> None:
    from tests.storage.platforms import watched

    number, killed = 0, True
    while killed:
        number += 1
        act = prepared(Path(plans) / str(number))
        left = number

        def watch(name: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            left -= counted is None or name in counted
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

        if not (process := os.fork()):
            with watched(watch):
                act()
            os._exit(0)
        _, status = os.waitpid(process, 0)
        killed = os.WIFSIGNALED(status)
    _report(number)


def append_beyond_the_limit(folder: str) -> None:
    """Append more than the platform lets a file hold, then less; report both answers."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
    store = FolderStore.open(folder)
    size = store.size()
    _report([_answer(store, [b"x" * 99] * 11, size), _answer(store, [b"x" * 9], size)])


def append_as_nobody(folder: str) -> None:
    """Read, then append as a user who owns nothing; report both answers."""
    with tempfile.TemporaryDirectory() as scratch:  # imports what nobody may not look for
        FolderStore.create(scratch).append([b"one"], 0)
    try:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        store = FolderStore.open(folder)
        size = len(store.read())
    except (PermissionError, StoreReadError) as error:
        _report([str(error), ""])
    else:
        _report([size, _answer(store, [b"late"], size)])


def _report(answer: object) -> None:
    sys.stdout.write(json.dumps(answer))


def _answer(store: FolderStore, batch: list[bytes], size: int) -> str:
    try:
        return store.append(batch, size)
    except PlanlogError as error:
        return f"{type(error).__name__}: {error}"


_VERBS = {
    function.__name__: function
    for function in (
        append_as_nobody,
        append_beyond_the_limit,
        die_at_every_operation,
        die_while_erasing,
        die_while_replacing,
        write_beside_others,
        write_until_killed,
    )
}

if __name__ == "__main__":
    _VERBS[sys.argv[1]](*sys.argv[2:])
