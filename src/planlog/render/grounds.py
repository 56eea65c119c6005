"""On what ground things changed: sources, reasons and decisions, numbered as footnotes."""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from planlog.events import Erased, RecordedEvent
from planlog.plan import Decision
from planlog.render.naming import Naming
from planlog.wording import Words

_BETWEEN: Final = ","


@attrs.frozen
class Grounds:
    """The grounds that were named by now, in the order in which they were.

    *events* has every event that may be named, by its id; *decisions* likewise.
    """

    naming: Naming
    events: Mapping[str, RecordedEvent]
    decisions: Mapping[str, Decision]
    _numbers: dict[str, int] = attrs.field(factory=dict)

    def marks(self, events: Iterable[str], decisions: Iterable[str] = ()) -> str:
        """Name grounds by their numbers, each once: ``[1,3]``."""
        grounds = [ground(self.events[id], self.naming.words) for id in events]
        grounds += [self._of_decision(self.decisions[id]) for id in decisions]
        numbers = {self._numbers.setdefault(one, len(self._numbers) + 1) for one in grounds}
        return f"[{_BETWEEN.join(map(str, sorted(numbers)))}]"

    def listed(self) -> tuple[str, ...]:
        """Every ground that was named, with its number."""
        return tuple(f"[{number}] {one}" for one, number in self._numbers.items())

    def _of_decision(self, decision: Decision) -> str:
        """A decision, and who says so; its wording stands elsewhere."""
        said = ground(self.events[decision.event], self.naming.words)
        return f"{self.naming.decision(decision)} ({said})"


def ground(event: RecordedEvent, words: Words) -> str:
    """Say where it stands that *event* happened, and why it did."""
    if isinstance(event.event, Erased) and event.is_erased:
        return words("text erased; ground: {ground}", ground=event.event.ground)
    source = event.source or words("without a source")
    if not event.reason:
        return source
    return words("{source}; reason: {reason}", source=source, reason=event.reason)
