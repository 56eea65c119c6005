"""Folders of plans that somebody else made, with ill intent: each does its worst in one place."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from planlog import PlanLog

Trap = Callable[[Path, Path], object]
"""Turns the folder of a sound plan into a trap, given what lies outside of it."""

SECRET: Final = "Geheimnis des Nachbarn"
"""What stands in every file outside; no answer may show it."""

STEERING: Final = "\x1b[31mrot\x1b[0m\x9b2J\u202egnp\u2028\x07"
"""What turns a terminal red, empties it, turns the reading direction and rings the bell."""

_NAME: Final = "\x1b[31m\u202egnp"


def secrets(folder: Path) -> Path:
    """Fill a *folder* with what is nobody's business."""
    for name in ("events", "checkpoints/joined", "empty", ".git"):
        (folder / name).mkdir(parents=True)
    note = {"v": 1, "id": "0" * 16, "type": "noted", "on": "2023", "data": {"text": SECRET}}
    around = {"recorded": "2023-01-01T00:00:00Z", "by": SECRET, "salt": "A" * 22}
    line = json.dumps(note | around, separators=(",", ":"), ensure_ascii=False)
    (folder / "events" / "0000000000-noted-0000.jsonl").write_text(f"{line}\n")
    (folder / "checkpoints" / "0000000001.checkpoint").write_text(f"{SECRET}\n1\n\n")
    (folder / "planlog.toml").write_text(f'by = "{SECRET}"\n')
    (folder / "table.csv").write_text(f"Titel\n{SECRET}\n")
    (folder / "key").write_text(f"{SECRET}\n")
    return folder


def _link(name: str, target: str) -> Trap:
    """Put a link in the place of what is called *name*."""

    def lay(plan: Path, outside: Path) -> None:
        path = _cleared(plan / name)
        path.symlink_to(outside / target if target else "/dev/zero")

    return lay


def _cleared(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    return path


def _fifo(name: str) -> Trap:
    return lambda plan, _: os.mkfifo(_cleared(plan / name))


def _content(name: str, content: bytes) -> Trap:
    return lambda plan, _: _cleared(plan / name).write_bytes(content)


def _sparse(name: str, size: int) -> Trap:
    """Make a file that claims to be huge and takes no room."""

    def lay(plan: Path, _: Path) -> None:
        _cleared(plan / name).touch()
        os.truncate(plan / name, size)

    return lay


def _many(name: str) -> Trap:
    """Fill a folder with hundreds of files."""

    def lay(plan: Path, _: Path) -> None:
        (plan / name).mkdir(parents=True, exist_ok=True)
        for number in range(300):
            (plan / name / f"{number:010d}.checkpoint").write_bytes(b"x\n" * 100)

    return lay


def _line(data: str) -> bytes:
    return (
        '{"v":1,"id":"00000000000000ff","type":"noted","on":"2023","recorded":"2030-01-01T00:00:00Z"'
        f',"by":"x","data":{{"text":{data}}},"salt":"AAAAAAAAAAAAAAAAAAAAAA"}}\n'
    ).encode()


def _programs(plan: Path, outside: Path) -> None:
    """Leave programs there that are called as others are."""
    for name in ("git", "planlog", "sh"):
        (plan / name).write_text(f"#!/bin/sh\n: > {outside / 'run'}\n")
        (plan / name).chmod(0o755)


def _fitting_checkpoint(plan: Path, _: Path) -> None:
    """Give the log a name that steers, in a checkpoint that is sound otherwise."""
    sound = PlanLog.open(plan).checkpoint(origin="\u202egnp\x9b2J\u2028999\x85AAAA")
    _cleared(plan / CHECKPOINT.replace("5", f"{sound.size}")).write_text(sound.text)


EVENT: Final = "events/0000000006-noted-0000.jsonl"
"""The file that would come next."""

CHECKPOINT: Final = "checkpoints/0000000005.checkpoint"
JOINED: Final = "checkpoints/joined/0000000005-00000000"
SIDE_FILE: Final = f"{JOINED}/lines.join"

TRAPS: Final[Mapping[str, Trap]] = {
    # Links
    "events are a link": _link("events", "events"),
    "an event file is a link": _link(EVENT, "events/0000000000-noted-0000.jsonl"),
    "an event file is a link without end": _link(EVENT, ""),
    "the lock is a link": _link("events/.lock", "key"),
    "a leftover is a link": _link("events/.planlog-0123456789abcdef.tmp", "key"),
    "settings are a link": _link("planlog.toml", "planlog.toml"),
    "checkpoints are a link": _link("checkpoints", "empty"),
    "a checkpoint is a link": _link(CHECKPOINT, "checkpoints/0000000001.checkpoint"),
    "joined logs are a link": _link("checkpoints/joined", "checkpoints/joined"),
    "a joined log is a link": _link(JOINED, "checkpoints"),
    "an order is a link": _link(SIDE_FILE, "key"),
    "git is a link": _link(".git", ".git"),
    "git's attributes are a link": _link(".gitattributes", "key"),
    "files are links": _link("table.csv", "table.csv"),
    # What waits for ever
    "an event file is a fifo": _fifo(EVENT),
    "the lock is a fifo": _fifo("events/.lock"),
    "settings are a fifo": _fifo("planlog.toml"),
    "checkpoints are a fifo": _fifo("checkpoints"),
    "a checkpoint is a fifo": _fifo(CHECKPOINT),
    "an order is a fifo": _fifo(SIDE_FILE),
    # What never ends
    "an event file is huge": _sparse(EVENT, 2**40),
    "settings are huge": _sparse("planlog.toml", 2**40),
    "a checkpoint is huge": _sparse(CHECKPOINT, 2**40),
    "an order is huge": _sparse(SIDE_FILE, 2**40),
    "many checkpoints": _many("checkpoints"),
    # Bombs
    "settings are nested": _content("planlog.toml", b"by = " + b"[" * 30_000),
    "settings have a long number": _content("planlog.toml", b"by = 1" + b"_1" * 5_000),
    "settings have a long key": _content("planlog.toml", b"by." * 20_000 + b"by = 1"),
    "a line is nested": _content(EVENT, _line("[" * 30_000 + "]" * 30_000)),
    "a line has a long number": _content(EVENT, _line("9" * 60_000)),
    "a line is long": _content(EVENT, _line(f'"{"x" * 70_000}"')),
    "an order is made of flaws": _content(SIDE_FILE, b"x\n" * 100_000),
    "a checkpoint is made of flaws": _content(CHECKPOINT, b"\n\n" + "— x\n".encode() * 90),
    # What steers a terminal
    "an event file steers": _content(f"events/0000000006-{_NAME}.jsonl", b"x\n"),
    "a line steers": _content(EVENT, _line(json.dumps(STEERING))),
    "no line steers": _content(EVENT, f"{STEERING}\n".encode()),
    "a checkpoint's name steers": _content(f"checkpoints/{_NAME}.checkpoint", b"x\n"),
    "a checkpoint steers": _content(
        CHECKPOINT, f"\u202egnp\u2028\x9b2J\n5\n{'A' * 43}=\n".encode()
    ),
    "a checkpoint that fits steers": _fitting_checkpoint,
    "a signature steers": _content(
        CHECKPOINT, f"x\n5\n{'A' * 43}=\n\n— \u202egnp\x9b2J AAAAAAAA\n".encode()
    ),
    "an order steers": _content(SIDE_FILE, f"planlog join 1\n{STEERING}\n".encode()),
    "settings steer": _content("planlog.toml", 'by = "\u202egnp"\nformat = "\u009b2J"\n'.encode()),
    "a file's name steers": _content(f"{_NAME}.csv", b"Frau Nachbarin\n"),
    # What would be run
    "programs": _programs,
}
"""Every trap by its name."""
