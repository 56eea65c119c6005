"""The course of each measure: through which phases it went, and how often it came back to one."""

from collections.abc import Iterable, Set
from datetime import date

import attrs

from planlog.documents import Documents
from planlog.effects import effects
from planlog.outcomes import at_last
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


def courses(slots: Iterable[Slot], documents: Documents) -> dict[str, Course]:
    """Follow each measure through its phases; *slots* come in the order of the fold.

    Of what *documents* say of a measure on one day, only the phase in which they leave it is one.
    """
    phases: dict[str, list[tuple[Slot, Phase]]] = {}
    for slot in slots:
        for (kind, id), attribute, value in effects(slot):
            if kind == "measure" and attribute == "phase":
                phases.setdefault(id, []).append((slot, value))  # type: ignore[arg-type]  # the value of a phase is a phase
    return {id: _course(at_last(found, documents)) for id, found in phases.items()}


def _course(phases: Iterable[tuple[Slot, Phase]]) -> Course:
    """Follow one measure on its way, and keep in mind on which day it left a phase last."""
    turns: list[Turn] = []
    left: dict[Phase, date] = {}
    for slot, phase in phases:
        if turns:
            present = turns[-1].phase
            if present == phase:
                continue
            left[present] = slot.day
        back = phase in left and left[phase] != slot.day
        turns.append(Turn(slot, phase, back=back))
    return Course(tuple(turns))


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
