"""What was recorded late: after a conference that followed the day it happened."""

from collections.abc import Sequence
from datetime import date

import attrs

from planlog.dates import InexactDate
from planlog.events import RecordedEvent
from planlog.plan import Conference
from planlog.reports import began_to_count
from planlog.slots import Slot
from planlog.values import Value


@attrs.frozen(kw_only=True, repr=False)
class LateEvent(Value):
    """An *event* that missed a *conference*: the first that followed the day it happened.

    *content* is what it says now, whatever corrected it. *recorded* is the day on which it was
    first recorded, in UTC, *days* after the last of that conference. *backfilled*: that was the
    day on which the log was opened.
    """

    event: str
    content: RecordedEvent
    recorded: date
    conference: str
    days: int
    backfilled: bool


@attrs.frozen(kw_only=True, repr=False)
class RecordKeeping(Value):
    """The ids of the *events* that came to count between two points, and what was late of them.

    *opening* are those recorded on the day on which the log was opened.
    """

    events: tuple[str, ...]
    opening: tuple[str, ...]
    late: tuple[LateEvent, ...]

    @property
    def since(self) -> tuple[str, ...]:
        """The events that were recorded later than on the day on which the log was opened."""
        opening = frozenset(self.opening)
        return tuple(id for id in self.events if id not in opening)

    def ids_of_late(self, *, backfilled: bool) -> tuple[str, ...]:
        """The late events that were *backfilled* when the log was opened, or the others."""
        return tuple(one.event for one in self.late if one.backfilled is backfilled)

    def parts(self) -> dict[str, tuple[str, ...]]:
        """The events that are counted, by what they are counted as."""
        return {
            "events": self.events,
            "opening": self.opening,
            "backfilled": self.ids_of_late(backfilled=True),
            "since": self.since,
            "late": self.ids_of_late(backfilled=False),
        }


def recording(
    events: Sequence[RecordedEvent],
    slots: Sequence[Slot],
    conferences: Sequence[Conference],
    days: tuple[date | None, date | None],
) -> RecordKeeping:
    """Tell what came to count after the first of *days* and until the second, and how late.

    What happened is what a slot holds by now; when it was recorded is when its original was.
    *conferences* are all that are known, whenever they were or will be.
    """
    opened = events[0].recorded.date() if events else None
    recorded = {event.id: event.recorded.date() for event in events}
    counted = sorted(began_to_count(slots, *days), key=lambda one: (one.day, one.position))
    late = []
    for slot in counted:
        missed = _missed(slot.content.on, recorded[slot.id], conferences)
        if missed:
            late.append(
                LateEvent(
                    event=slot.id,
                    content=slot.content,
                    recorded=recorded[slot.id],
                    conference=missed[2],
                    days=(recorded[slot.id] - missed[1]).days,
                    backfilled=recorded[slot.id] == opened,
                )
            )
    return RecordKeeping(
        events=tuple(slot.id for slot in counted),
        opening=tuple(slot.id for slot in counted if recorded[slot.id] == opened),
        late=tuple(late),
    )


def _missed(
    on: InexactDate, recorded: date, conferences: Sequence[Conference]
) -> tuple[date, date, str] | None:
    """The first conference between what happened and its record: its days and its id."""
    return min(
        (
            (one.on.first, one.on.last, one.id)
            for one in conferences
            if one.on is not None and on.last < one.on.first and one.on.last < recorded
        ),
        default=None,
    )
