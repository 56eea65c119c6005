"""What was it then? Replay the contents that count, one after the other, into a plan."""

from collections.abc import Iterable
from typing import Any

from planlog.dates import InexactDate
from planlog.draft import Draft, Left, Values
from planlog.effects import MENTION, Effect, Subject, decision, effects
from planlog.events import Decided
from planlog.plan import Phase, Plan
from planlog.slots import Slot

FOLD_VERSION = 1
"""Raised when the same events would give another plan; caches and receipts name it."""


def apply(draft: Draft, slot: Slot, written: Iterable[Effect] | None = None) -> None:
    """Let the content of *slot* happen to *draft*; *written* are its effects, if known by now."""
    subjects = draft.subjects
    present: Subject | None = None
    values: Values = {}
    for subject, attribute, value in effects(slot) if written is None else written:
        if subject is not present:
            present = subject
            values = subjects.setdefault(subject, {})
        if attribute == "phase":
            _turn(draft, subject[1], values, value, slot)
        elif attribute == "attributes" and subject[0] == "measure":
            _clear_attributes(values)
        elif attribute != MENTION:
            values[attribute] = value
    if isinstance(slot.content.event, Decided):
        _decide_lists(draft, slot, slot.content.event)


def replay(slots: Iterable[Slot], plan: Plan | None = None) -> Plan:
    """Return what *slots*, in this order, make of *plan* (absent: of nothing).

    A plan does not tell which phases were left on its last day, and leaving and resuming within
    one day begins no new run: what goes on from a *plan* must begin on a later day.
    """
    draft = Draft(plan)
    for slot in slots:
        apply(draft, slot)
    return draft.freeze()


def run_after(
    phase: Phase | None, since: InexactDate | None, left: Left, turn: Phase, on: InexactDate
) -> tuple[InexactDate | None, Left]:
    """Tell since when the run of a phase lasts after a *turn*, and what has been left today.

    Repeating the phase, or leaving and resuming it within one day, begins no new run.
    """
    if phase == turn:
        return since, left
    if phase is not None and since is not None:
        left = {**left, phase: since}
    return left.get(turn, on), left


def _turn(draft: Draft, measure: str, values: Values, turn: Any, slot: Slot) -> None:
    day, left = draft.runs.get(measure, (None, {}))
    values["since"], left = run_after(
        values.get("phase"),
        values.get("since"),
        left if day == slot.day else {},
        turn,
        slot.content.on,
    )
    values["phase"] = turn
    draft.runs[measure] = (slot.day, left)


def _clear_attributes(values: Values) -> None:
    for name in [name for name in values if name.startswith("attributes.")]:
        del values[name]


def _decide_lists(draft: Draft, slot: Slot, event: Decided) -> None:
    """A decision about a priority list counts for each measure that is on it by then."""
    if not event.fields:
        return
    name, value = f"decisions.{slot.id}", decision(slot, event)
    for field in event.fields:
        for measure in draft.subjects["field", field].get("ranking", ()):
            draft.subjects["measure", measure][name] = value
