"""The rule about two values that one attribute is given on the same day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise, zip_longest
from typing import Any, Final

from planlog.checks.evidence import Evidence, warning
from planlog.checks.firsts import Firsts
from planlog.checks.introductions import introduced
from planlog.documents import Documents
from planlog.effects import MENTION, Effect, Subject
from planlog.events import Proposed
from planlog.findings import Affected, Cells, Finding, value_text
from planlog.outcomes import at_last
from planlog.slots import Slot

_Written = tuple[Slot, Sequence[Effect]]
_Setting = tuple[Slot, Any]
_Cell = tuple[Subject, str]

_WITH_PHASE: Final = ("stage", "note", "cause")
"""What a phase brings along, and the next phase takes away."""

_NOTHING: Final = (None, ())


def two_values(evidence: Evidence) -> Iterator[Finding]:
    """Find what overrides another value of the same exact day, just because it stands behind it.

    A document that says a thing twice on its day, as it does where it was imported before an older
    one, means what it says last.
    """
    firsts = Firsts(evidence.slots)
    exact = (written for written in evidence.effects if written[0].content.on.exact)
    for _, of_day in groupby(sorted(exact, key=_day), key=_day):
        yield from _findings(_settings(of_day, firsts), firsts, evidence.documents)


def _day(written: _Written) -> date:
    return written[0].day


def _settings(of_day: Iterable[_Written], firsts: Firsts) -> dict[_Cell, list[_Setting]]:
    """What is set on one day, cell by cell, in the order of recording.

    A measure's earliest proposal is folded before all else about it. What came with a phase that
    was left on this day went with it.
    """
    settings: dict[_Cell, list[_Setting]] = {}
    standing: dict[Subject, set[str]] = {}
    for slot, effects in sorted(of_day, key=lambda written: not _leads(written[0], firsts)):
        for subject, attribute, value in effects:
            if attribute == "phase" and _turns(settings.get((subject, "phase"), ()), value):
                for name in _WITH_PHASE:
                    settings.pop((subject, name), None)
            if attribute.startswith("attributes."):
                standing.setdefault(subject, set()).add(attribute)
            if attribute == "attributes" and subject[0] == "measure":
                for name in standing.pop(subject, ()):
                    settings[subject, name].append((slot, None))
            elif attribute != MENTION:
                settings.setdefault((subject, attribute), []).append((slot, value))
    return settings


def _leads(slot: Slot, firsts: Firsts) -> bool:
    return isinstance(slot.content.event, Proposed) and firsts.comes_first(slot)


def _turns(before: Sequence[_Setting], phase: Any) -> bool:
    return bool(before) and before[-1][1] != phase


def _findings(
    settings: dict[_Cell, list[_Setting]], firsts: Firsts, documents: Documents
) -> Iterator[Finding]:
    pairs: dict[tuple[int, int], tuple[Slot, Slot, list[Affected]]] = {}
    for (subject, attribute), set_here in settings.items():
        for (earlier, one), (later, other) in pairwise(_said(at_last(set_here, documents))):
            if one != other and not _follows(later, earlier, firsts):
                _, _, cells = pairs.setdefault(
                    (later.position, earlier.position), (later, earlier, [])
                )
                cells.append(Affected(subject, attribute, (value_text(one), value_text(other))))
    for later, earlier, cells in pairs.values():
        yield warning(
            "two-values",
            later.content,
            "{type} {on} ({event}) overrides {other_type} of the same day ({other}) only because "
            "it was recorded later: {cells}; correct what is wrong, or one of the dates",
            other=earlier.content.id,
            other_type=earlier.content.type,
            cells=Cells(tuple(cells)),
        )


def _follows(later: Slot, earlier: Slot, firsts: Firsts) -> bool:
    """Whether *earlier* brought in what *later* goes on with, and does not bring in again."""
    subject = introduced(earlier.content.event)
    return firsts.comes_first(earlier) and introduced(later.content.event) != subject


def _said(settings: Sequence[_Setting]) -> list[_Setting]:
    """What remains where clearing a value and setting it anew is one step.

    Only what is cleared in the end says something.
    """
    return [
        setting
        for setting, behind in zip_longest(settings, settings[1:])
        if behind is None or setting[1] not in _NOTHING
    ]
