"""The course of each measure: through which phases it went, and how often it came back to one."""

from collections.abc import Iterable, Set
from datetime import date

import attrs

from planlog.effects import effects
from planlog.plan import Phase
from planlog.reports import began_to_count
from planlog.slots import Slot
from planlog.values import Value


@attrs.frozen(repr=False)
class Turn(Value):
    """A measure went into another *phase*.

    *back*: it had left that phase on an earlier day. Leaving and resuming within one day begins no
    new run of the phase, and so is no coming back.
    """

    slot: Slot
    phase: Phase
    back: bool = False


@attrs.frozen(repr=False)
class Course(Value):
    """All turns of one measure, in the order of the plan's time."""

    turns: tuple[Turn, ...]

    def run(self, phases: Set[Phase]) -> tuple[str, ...]:
        """Return the ids of the events of the last unbroken run of *phases*."""
        found: list[str] = []
        for turn in reversed(self.turns):
            if turn.phase not in phases:
                break
            found.insert(0, turn.slot.id)
        return tuple(found)


@attrs.frozen(kw_only=True, repr=False)
class Flips(Value):
    """A measure that came back to phases it had left.

    *phases* and *events* are its whole course and what set each; *returns* are the events by which
    it came back between the two points.
    """

    measure: str
    phases: tuple[Phase, ...]
    events: tuple[str, ...]
    returns: tuple[str, ...]


def courses(slots: Iterable[Slot]) -> dict[str, Course]:
    """Follow each measure through its phases; *slots* come in the order of the fold."""
    walks: dict[str, _Walk] = {}
    for slot in slots:
        for (kind, id), attribute, value in effects(slot):
            if kind == "measure" and attribute == "phase":
                walks.setdefault(id, _Walk()).turn(slot, value)  # type: ignore[arg-type]  # the value of a phase is a phase
    return {id: Course(tuple(walk.turns)) for id, walk in walks.items()}


class _Walk:
    """One measure on its way: what it has left, and on which day it left it last."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self._left: dict[Phase, date] = {}

    def turn(self, slot: Slot, phase: Phase) -> None:
        if self.turns:
            present = self.turns[-1].phase
            if present == phase:
                return
            self._left[present] = slot.day
        left = self._left.get(phase)
        self.turns.append(Turn(slot, phase, back=left is not None and left != slot.day))


def flips(
    found: Iterable[tuple[str, Course]], after: date | None, until: date | None
) -> tuple[Flips, ...]:
    """Tell which measures came back to a phase by what counts *until* a day and not *after* one.

    In the order in which the courses are given.
    """
    told = []
    for measure, course in found:
        back = [turn.slot for turn in course.turns if turn.back]
        returns = tuple(slot.id for slot in began_to_count(back, after, until))
        if returns:
            told.append(
                Flips(
                    measure=measure,
                    phases=tuple(turn.phase for turn in course.turns),
                    events=tuple(turn.slot.id for turn in course.turns),
                    returns=returns,
                )
            )
    return tuple(told)
