"""Logs for tests of verifying, and what is done to them."""

import os
import shutil
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import attrs

from planlog import (
    Checkpoint,
    Event,
    FieldAdded,
    NewEvent,
    Noted,
    PlanLog,
    PlanOpened,
    Proposed,
    SignedNote,
    Started,
    Verdict,
    verify,
)
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.verification.claims import Said

SAID: Final[dict[str, Any]] = {
    "by": "Quartiersmanagement",
    "source": "Protokoll, S. 3",
    "on": "2023-03-16",
}

SIZES = (3, 7, 8, 10)
"""At which positions the files of `recorded` end."""


@attrs.define(slots=False)
class Kept:
    """A log in the folder *path* that a test may do anything to."""

    path: Path

    @property
    def events(self) -> Path:
        """The folder of its event files."""
        return self.path / "events"

    @cached_property
    def names(self) -> list[str]:
        """How the event files were called at first."""
        return sorted(name for name in os.listdir(self.events) if name.endswith(".jsonl"))

    @property
    def log(self) -> PlanLog:
        """The log, as the library reads it."""
        return PlanLog.open(self.path)

    def place(self, file: int, line: int | None = None) -> str:
        """Name a place as verifying does, counting files from 0."""
        place = f"events/{self.names[file]}"
        return place if line is None else f"{place}:{line}"

    def mark(self, size: int | None = None, origin: str | None = None) -> Checkpoint:
        """Write a checkpoint of the first *size* lines beside the log, and return it."""
        checkpoint = self.log.checkpoint(size, origin)
        self.keep(checkpoint)
        return checkpoint

    def keep(self, checkpoint: Checkpoint | SignedNote) -> None:
        """Write a checkpoint beside the log, whatever it says."""
        if isinstance(checkpoint, SignedNote):
            text, size = checkpoint.whole, Checkpoint.parse(checkpoint.body).size
        else:
            text, size = checkpoint.text, checkpoint.size
        write_checkpoint(checkpoints_folder(self.events), text, size)

    def read(self, file: int) -> bytes:
        """Return what is in a file."""
        return (self.events / self.names[file]).read_bytes()

    def write(self, file: int, content: bytes) -> None:
        """Overwrite a file."""
        (self.events / self.names[file]).write_bytes(content)

    def edit(self, file: int, change: Callable[[bytes], bytes]) -> None:
        """Change the bytes of a file."""
        self.write(file, change(self.read(file)))

    def edit_lines(self, file: int, change: Callable[[list[bytes]], Sequence[bytes]]) -> None:
        """Change the lines of a file."""
        self.edit(file, lambda content: joined(change(content.split(b"\n")[:-1])))

    def verdict(self, *outside: Said) -> Verdict:
        """Judge the log."""
        return verify(self.path, outside=outside)

    def found(self, *outside: Said) -> list[tuple[str, str]]:
        """Return the code and the place of everything that is wrong with the log."""
        return [(one.code, one.flaw.place) for one in self.verdict(*outside).damages]


def joined(lines: Sequence[bytes]) -> bytes:
    """Return the content of a file with these *lines*."""
    return b"".join(line + b"\n" for line in lines)


def record(path: Path) -> Kept:
    """Record ten events in four files, without a checkpoint."""
    log = PlanLog.create(path)
    batches: list[list[Event]] = [
        [
            PlanOpened(title="Sozialer Maßnahmenplan", language="de"),
            FieldAdded(field="wohnen", title="Wohnen"),
            FieldAdded(field="gruen", title="Grün im Quartier"),
        ],
        [
            Proposed(measure=f"m-{i}", title=f"Maßnahme {i}", attributes={"b": "x", "a": "y"})
            for i in range(4)
        ],
        [Started(measure="m-1", stage="Angeschoben")],
        [Noted(text=f"Café {i}") for i in range(2)],
    ]
    for batch in batches:
        log.record_all([NewEvent(event=event, **SAID) for event in batch])
    return Kept(path)


def copied(kept: Kept, path: Path) -> Kept:
    """Copy a log, so that something can be done to it."""
    shutil.copytree(kept.path, path, dirs_exist_ok=True)
    return Kept(path)
