"""Who set a value, found by replaying every beginning of the fold: slow, and plainly right."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs

from planlog.events import Decided
from planlog.fold import replay
from planlog.plan import Measure
from planlog.slots import Slot
from planlog.timeline import counting


@attrs.frozen
class Course:
    """What became of one measure, event by event: *states* has one more than there are *slots*."""

    slots: tuple[Slot, ...]
    states: tuple[Measure | None, ...]

    @classmethod
    def of(cls, slots: Sequence[Slot], day: date, measure: str) -> "Course":
        """Follow a measure up to the end of *day*."""
        counted = tuple(counting(slots, day))
        plans = [replay(counted[:size]) for size in range(len(counted) + 1)]
        found = ({one.id: one for one in plan.measures}.get(measure) for plan in plans)
        return cls(counted, tuple(found))

    def changed(self, name: str) -> list[int]:
        """The places of the slots that changed a value."""
        values = [held(state, name) for state in self.states]
        return [place for place in range(len(self.slots)) if values[place] != values[place + 1]]

    def decided(self, start: int, end: int) -> str | None:
        """The id of the first decision about the measure after one place and before another."""
        for place in range(start + 1, end):
            slot = self.slots[place]
            before, after = (
                held(state, f"decisions.{slot.id}") for state in self.states[place : place + 2]
            )
            if isinstance(slot.content.event, Decided) and before is None and after is not None:
                return slot.id
        return None

    def origin(self, name: str) -> tuple[str, str | None] | None:
        """The ids of the slot that gave a value and of the decision it stands with."""
        changed = self.changed(name)
        if not changed:
            return None
        decided = self.decided(changed[-1], len(self.slots))
        return self.slots[changed[-1]].id, None if name.startswith("decisions.") else decided


def held(measure: Measure | None, name: str) -> Any:
    """What a measure has under a name; a rank is one on the list of a field."""
    if measure is None:
        return None
    stem, dot, key = name.partition(".")
    if stem == "rank":
        return None if measure.rank is None else (measure.field, measure.rank)
    value = getattr(measure, stem)
    if not dot:
        return None if value == () else value
    match stem:
        case "attributes":
            return value.get(key)
        case "decisions":
            return next((one for one in value if one.event == key), None)
        case _:
            return True if key in value else None


def names(measure: Measure) -> list[str]:
    """The names of everything that a measure has, those with many values one by one."""
    found: list[str] = []
    for field in attrs.fields(Measure):
        match field.name, getattr(measure, field.name):
            case "id", _:
                pass
            case "attributes" | "predecessors" | "successors" as stem, keys:
                found += [f"{stem}.{key}" for key in keys]
            case "decisions", decisions:
                found += [f"decisions.{one.event}" for one in decisions]
            case name, value if value is not None and value != ():
                found.append(name)
    return found
