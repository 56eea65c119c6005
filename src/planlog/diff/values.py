"""A diff as a value: its changes, which can be applied to a plan and composed with another diff."""

from collections.abc import Callable
from datetime import date
from typing import Any

import attrs

from planlog.diff.composition import composed, each_cell
from planlog.diff.planchange import PlanChange, kept
from planlog.draft import Draft, Values, attributes_of
from planlog.effects import PLAN
from planlog.errors import DiffMismatchError
from planlog.plan import Plan, Prefix
from planlog.values import Value


@attrs.frozen(kw_only=True, repr=False)
class Basis(Value):
    """What one side of a diff was computed from: the end of a day, and the events known.

    *at* is absent at the point ``start``.
    """

    at: date | None
    known: Prefix


@attrs.frozen(kw_only=True, repr=False)
class PlanDiff(Value):
    """What leads from one plan to another: changes, each with the events that caused it.

    Subjects come in the order of the plan. Of one subject, what was learned comes before what was
    decided, and each change follows on those before it: applied one after the other they give the
    plan that the diff leads *to*.
    """

    from_: Basis
    to: Basis
    changes: tuple[PlanChange, ...] = ()

    def apply(self, plan: Plan) -> Plan:
        """Return what the changes make of *plan*, the one that the diff comes from.

        Raises `DiffMismatchError` where *plan* holds something else than a change says it did. A
        rank follows from the list of its field and is not looked at.
        """
        draft = Draft(plan)
        for change in self.changes:
            if change.attribute != "rank":
                _apply(draft, change)
        return attrs.evolve(draft.freeze(), at=self.to.at, known=self.to.known)

    def then(self, other: "PlanDiff") -> "PlanDiff":
        """Return this diff and, after it, *other*, as one.

        What ends as it began is left out; changes of one cell on one axis become one, with the
        events of both. Raises `DiffMismatchError` where *other* comes from something else than
        this one leads to.
        """
        return PlanDiff(
            from_=self.from_, to=other.to, changes=tuple(composed(self.changes, other.changes))
        )

    def net(self) -> "PlanDiff":
        """Return the same diff with what ends as it began left out, and one change for each cell.

        A cell that changed on both axes still has two.
        """
        return attrs.evolve(self, changes=tuple(composed(self.changes, ())))

    def about(self, *attributes: str) -> "PlanDiff":
        """Return the diff with the changes of some *attributes*; it can no longer be applied.

        One with many values may be named as a whole (``attributes``) or with its key. Of what came
        or went, those of these attributes that it has are told as changes from or to nothing, with
        the events of the whole.
        """
        cells = (cell for change in self.changes for cell in each_cell(change))
        names = frozenset(attributes)
        return attrs.evolve(
            self,
            changes=tuple(
                one
                for one in cells
                if one.attribute in names or (one.attribute or "").partition(".")[0] in names
            ),
        )

    def only(self, fits: Callable[[PlanChange], bool]) -> "PlanDiff":
        """Return the diff with those changes that *fits* takes; it can no longer be applied."""
        return attrs.evolve(self, changes=tuple(filter(fits, self.changes)))


def _apply(draft: Draft, change: PlanChange) -> None:
    subject = (change.subject, change.id)
    if subject == PLAN:
        draft.subjects.setdefault(PLAN, {})
    values = draft.subjects.get(subject)
    match change.kind:
        case "added":
            if values is not None:
                raise _mismatch(change, "nothing", "something")
            draft.subjects[subject] = attributes_of(subject, change.after)
        case "removed":
            there = None if values is None else _held(values)
            if there != _held(attributes_of(subject, change.before)):
                raise _mismatch(change, "what is removed", "something else")
            del draft.subjects[subject]
        case _:
            _set(values, change)


def _set(values: Values | None, change: PlanChange) -> None:
    attribute = change.attribute or ""
    there = None if values is None else kept(values.get(attribute))
    if values is None or there != change.before:
        raise _mismatch(change, change.before, there)
    if change.after is None:
        values.pop(attribute, None)
    else:
        values[attribute] = change.after


def _held(values: Values) -> Values:
    return {name: value for name, value in values.items() if kept(value) is not None}


def _mismatch(change: PlanChange, expected: Any, found: Any) -> DiffMismatchError:
    return DiffMismatchError(
        change.subject, change.id, change.attribute or "", str(expected), str(found)
    )
