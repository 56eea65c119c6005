"""Why can two logs not be joined? What speaks against it, each with its remedy."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from planlog import codec
from planlog.errors import DamagedLogError, Flaw, InvalidEventError, JoinError
from planlog.events import Erased, RecordedEvent
from planlog.joining.clones import Batch, Clone
from planlog.joining.report import JoinedCheckpoint
from planlog.stores.eventfiles import place_of

_MOST_FLAWS: Final = 10
"""How many flaws of one line each are told before they are told by file, and how many files."""


def refuse_erasures(newcomers: Iterable[RecordedEvent], gone: Iterable[RecordedEvent]) -> None:
    """Refuse that events are *gone* from our lines, of which only the *newcomers* tell."""
    grounds = {
        event.event.event: event.event.ground
        for event in newcomers
        if isinstance(event.event, Erased) and not event.is_erased
    }
    _refuse(
        Flaw(
            "their-erasure",
            "the other clone erased the text of event {id!r} ({on}) on this ground: {ground}; to "
            "join erases it here too, which nothing undoes: agree with --erase",
            {"id": event.id, "on": event.on.text, "ground": grounds[event.id]},
        )
        for event in gone
        if event.id in grounds
    )


def refuse_strays(folder: Path, strays: Iterable[Batch]) -> None:
    """Refuse files that continue nothing."""
    _refuse(
        Flaw(
            "stray-file",
            "this file continues none of the logs that lie here: none of their files ends at "
            "position {position}, or they hold its events already; move it out of the folder; if "
            "it is another clone's, join the folder of that clone: planlog join FOLDER",
            {"position": batch.position},
            place=place_of(folder, batch.name),
        )
        for batch in strays
    )


def refuse_unfit(checkpoints: Iterable[JoinedCheckpoint]) -> None:
    """Refuse to move lines that may be those of a checkpoint that nobody can check by then."""
    _refuse(
        Flaw(
            "unfit-checkpoint",
            "this checkpoint of {size} events fits none of the logs that lie side by side in the "
            "folder of events; move it out of the plan's folder, join, and then find out with "
            "planlog verify --checkpoint what it is about",
            {"size": one.size},
            place=f"checkpoints/{one.source}",
        )
        for one in checkpoints
        if one.kept == "unfit"
    )


def refuse_branch(name: str, clones: Sequence[Clone]) -> None:
    """Refuse a *name* that is of none, or of all, of the branches."""
    if len(clones) < 2:
        _refuse(
            (
                Flaw(
                    "no-branches",
                    "there are no branches of which one could be {value!r}: nothing lies side by "
                    "side in the folder of events; leave out --ours",
                    {"value": name},
                ),
            )
        )
    common = set.intersection(*(set(clone.batches) for clone in clones))
    first = (next((b.name for b in clone.batches if b not in common), None) for clone in clones)
    _refuse(
        (
            Flaw(
                "unknown-branch",
                "expected a file, or the beginning of an event's id, that only one of the branches "
                "has, got {value!r}; the branches begin with: {names}",
                {"value": name, "names": ", ".join(filter(None, first))},
            ),
        )
    )


def refuse_unreadable(folder: Path, batches: Iterable[Batch]) -> None:
    """Refuse lines that are no events, before anybody asks where their files belong."""
    flaws: list[Flaw] = []
    for batch in batches:
        for number, line in enumerate(batch.lines, 1):
            if line.event is None and line.holds_text:
                try:
                    codec.decode(line.raw, 0)
                except InvalidEventError as error:
                    place = place_of(folder, batch.name, number)
                    flaws += (flaw.at(place) for flaw in error.flaws)
    if flaws:
        raise DamagedLogError(by_file(flaws))


def by_file(flaws: Sequence[Flaw]) -> tuple[Flaw, ...]:
    """Return *flaws* as they are if they are few, else one for each file, and of few files."""
    if len(flaws) <= _MOST_FLAWS:
        return tuple(flaws)
    files: dict[str, list[Flaw]] = {}
    for flaw in flaws:
        files.setdefault((flaw.place or "").partition(".jsonl")[0], []).append(flaw)
    told: list[Flaw] = []
    for found in list(files.values())[:_MOST_FLAWS]:
        told.append(found[0])
        if len(found) > 1:
            told.append(
                Flaw(
                    "more-in-file",
                    "and {count} more in this file; planlog verify tells what probably happened",
                    {"count": len(found) - 1},
                    place=(found[0].place or "").rpartition(":")[0],
                )
            )
    if len(files) > _MOST_FLAWS:
        left = len(files) - _MOST_FLAWS
        told.append(Flaw("more-files", "and {count} more files", {"count": left}))
    return tuple(told)


def _refuse(flaws: Iterable[Flaw]) -> None:
    if found := tuple(flaws):
        raise JoinError(found)
