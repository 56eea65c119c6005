"""Clones of a plan in folders, and what they hold."""

import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs

import planlog
from planlog import PlanLog
from planlog.events import Event, FieldAdded, Noted, PlanOpened, Proposed, RecordedEvent
from planlog.stores.checkpointfiles import checkpoints_folder, write_checkpoint
from planlog.stores.joinedfiles import JoinedLog, read_joined
from planlog.trust.checkpoints import Checkpoint

BEGINNING: Sequence[Event] = (
    PlanOpened(title="Plan"),
    FieldAdded(field="wohnen", title="Wohnen"),
    Proposed(measure="wohnen-1", title="Wohnraum", field="wohnen"),
    Proposed(measure="wohnen-2", title="Nachbarschaften", field="wohnen"),
)
DAY = "2023-03-16"
MORNING = datetime(2023, 4, 1, 8, tzinfo=UTC)


@attrs.frozen
class Plan:
    """A clone in the folder *path*, where *by* records, on the day of the conference."""

    path: Path
    by: str = "GWA"

    @property
    def events(self) -> Path:
        """The folder of its event files."""
        return self.path / "events"

    @property
    def log(self) -> PlanLog:
        """Its log, whose first event was recorded in the morning, and each behind it later."""
        return PlanLog.open(self.path)

    def record(self, *events: Event, at: float | None = None, on: str = DAY) -> RecordedEvent:
        """Record a batch *at* an hour after the morning, and return the last event of it."""
        log = self.log
        moment = MORNING + timedelta(hours=log.size if at is None else at)
        writer = PlanLog(log.store, clock=lambda: moment)
        return writer.record_all(events, on=on, by=self.by, source="Protokoll")[-1]

    def note(self, *texts: str, at: float | None = None) -> RecordedEvent:
        """Record a batch of notes."""
        return self.record(*(Noted(text=text) for text in texts), at=at)

    def checkpoint(self, size: int | None = None) -> Checkpoint:
        """Keep a checkpoint beside the log, and return it."""
        checkpoint = self.log.checkpoint(size)
        write_checkpoint(checkpoints_folder(self.events), checkpoint.text, checkpoint.size)
        return checkpoint

    def clone(self, name: str, by: str = "Büro") -> "Plan":
        """Copy the whole folder to one beside it."""
        path = self.path.parent / name
        shutil.copytree(self.path, path)
        return Plan(path, by)

    @property
    def lines(self) -> list[bytes]:
        """The lines of its log."""
        return list(self.log.store.read())

    @property
    def texts(self) -> list[str]:
        """What its notes say, in their order."""
        events = (one.event for one in self.log.events())
        return [one.text for one in events if isinstance(one, Noted)]

    @property
    def names(self) -> list[str]:
        """The names of its event files."""
        return sorted(path.name for path in self.events.glob("*.jsonl"))

    @property
    def files(self) -> dict[str, bytes]:
        """Every file and its bytes, but for git's and the lock."""
        return {
            str(path.relative_to(self.path)): path.read_bytes()
            for path in self.path.rglob("*")
            if path.is_file() and ".git" not in path.relative_to(self.path).parts
            if path.name != ".lock"
        }

    @property
    def joined(self) -> tuple[JoinedLog, ...]:
        """What it keeps of logs that were joined."""
        return read_joined(checkpoints_folder(self.events))

    def fits(self, checkpoint: Checkpoint) -> bool:
        """Whether the log still has the root of a *checkpoint*, as it is."""
        return checkpoint == self.log.checkpoint(checkpoint.size)

    def still_shows(self, checkpoint: Checkpoint) -> bool:
        """Whether the lines of a joined log still have the root of its *checkpoint*."""
        leaves = self.log.leaves()
        kept = [one for one in self.joined if one.checkpoint == checkpoint]
        return bool(kept) and all(one.fits(leaves) and not one.flaws for one in kept)


def begun(folder: Path) -> Plan:
    """Begin a plan of four events in two batches."""
    PlanLog.create(folder / "ours")
    plan = Plan(folder / "ours")
    plan.record(*BEGINNING[:2])
    plan.record(*BEGINNING[2:])
    return plan


def both(folder: Path) -> tuple[Plan, Plan]:
    """Two clones of a plan."""
    ours = begun(folder)
    return ours, ours.clone("theirs")


def laid_together(ours: Plan, theirs: Plan, name: str = "merged") -> Plan:
    """What a merge by git leaves of two clones: the files of both."""
    merged = ours.clone(name, ours.by)
    for path in (path for path in theirs.path.rglob("*") if path.is_file()):
        target = merged.path / path.relative_to(theirs.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy(path, target)
    return merged


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody with no settings, and return what it prints."""
    person = ("-c", "user.name=Anna", "-c", "user.email=anna@example.org")
    done = subprocess.run(
        ["git", *person, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "LANG": "C.UTF-8"},
    )
    return done.stdout


def same_office(folder: Path) -> tuple[Plan, Plan, Plan]:
    """Two batches of ours, then three of theirs by the same office, and the files of both."""
    ours, theirs = both(folder)
    theirs = attrs.evolve(theirs, by=ours.by)
    ours.note("unser 1", at=5)
    ours.note("unser 2", at=6)
    for hour in (7, 8, 9):
        theirs.note(f"ihr {hour}", at=hour)
    return ours, theirs, laid_together(ours, theirs)


def verdict(plan: Plan, *outside: Checkpoint) -> tuple[str, tuple[str, ...]]:
    """Verify a plan, and return what came of it and what is damaged."""
    found = planlog.verify(plan.path, outside=outside)
    return found.kind, tuple(str(one.flaw) for one in found.damages)
