"""What belongs to certain action fields: every measure that ever stood in one, and the goals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from planlog.events import (
    Amended,
    Erased,
    Event,
    GoalAdded,
    Merged,
    Prioritized,
    Proposed,
    RecordedEvent,
    Split,
)


def measures_of(fields: set[str], events: Sequence[RecordedEvent]) -> dict[str, dict[str, None]]:
    """The measures that ever stood in one of *fields*, each with those.

    One that nobody ever put into a field goes with the list that it stands on, and with what it
    came from.
    """
    found: dict[str, dict[str, None]] = {}
    placed: set[str] = set()
    for one in events:
        for measure, field in _placed(one.event):
            placed.add(measure)
            if field in fields:
                found.setdefault(measure, {})[field] = None
    for one in events:
        match one.event:
            case Prioritized(field=field, ranking=ranking) if field in fields:
                unplaced, named = ranking, {field: None}
            case Erased(type=Prioritized.TYPE, measures=measures, fields=within):
                unplaced, named = measures or (), _hidden(within, fields)
            case Erased(type=Merged.TYPE | Split.TYPE, measures=measures):
                unplaced, named = measures or (), _first(found, measures or ())
            case Merged(measures=measures, into=into):
                unplaced, named = (into,), _first(found, measures)
            case Split(measure=measure, into=several):
                unplaced, named = several, _first(found, (measure,))
            case _:
                continue
        for id in unplaced:
            if named and id not in placed:
                found.setdefault(id, {}).update(named)
    return found


def _placed(event: Event) -> Iterator[tuple[str, str]]:
    """Which measure *event* put into which field; one that was erased may have, into any named."""
    match event:
        case (
            Proposed(measure=measure, field=str(field)) | Amended(measure=measure, field=str(field))
        ):
            yield measure, field
        case Erased(type=Proposed.TYPE | Amended.TYPE, measures=measures, fields=within):
            yield from product(measures or (), within or ())
        case _:
            pass


def _hidden(within: Iterable[str] | None, fields: set[str]) -> dict[str, None]:
    return {field: None for field in within or () if field in fields}


def _first(found: Mapping[str, dict[str, None]], measures: Iterable[str]) -> dict[str, None]:
    return next((found[id] for id in measures if id in found), {})


def goals_of(fields: set[str], events: Sequence[RecordedEvent]) -> dict[str, str]:
    """The goals of *fields*, each with its field; a goal whose text was erased is still one."""
    found: dict[str, str] = {}
    for one in events:
        match one.event:
            case GoalAdded(goal=goal, field=field) if field in fields:
                found[goal] = field
            case Erased(type=GoalAdded.TYPE, goals=goals, fields=within):
                for field in _hidden(within, fields):
                    found.update((goal, field) for goal in goals or ())
            case _:
                pass
    return found
