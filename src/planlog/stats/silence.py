"""Which measures are still open, though nobody has reported on them for long."""

from collections.abc import Mapping, Sequence

import attrs

from planlog.dates import InexactDate
from planlog.plan import STILL_OPEN, Phase, Plan
from planlog.slots import Slot
from planlog.values import Value


@attrs.frozen(kw_only=True, repr=False)
class Silence(Value):
    """A measure that is still open, the last report on it, and the conferences held since.

    *event* and *on* are those of the report; *conferences* began after the last day it can have
    been on.
    """

    measure: str
    phase: Phase
    event: str
    on: InexactDate
    conferences: tuple[str, ...]


def silences(plan: Plan, said: Mapping[str, Sequence[Slot]], least: int) -> tuple[Silence, ...]:
    """Find the open measures of *plan* that no report *said* anything of for *least* conferences.

    The longest silence comes first, else the order is that of the plan.
    """
    found = []
    for measure in plan.measures:
        if measure.phase in STILL_OPEN:
            last = said[measure.id][-1]  # there is one: what gave it the phase
            on = last.content.on
            conferences = tuple(
                one.id for one in plan.conferences if one.on is not None and one.on.first > on.last
            )
            if len(conferences) >= least:
                found.append(
                    Silence(
                        measure=measure.id,
                        phase=measure.phase,
                        event=last.id,
                        on=on,
                        conferences=conferences,
                    )
                )
    return tuple(sorted(found, key=lambda one: -len(one.conferences)))
