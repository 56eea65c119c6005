"""The rows of a table and the measures of a log, by what they have in common."""

from collections.abc import Collection, Iterable
from typing import Final

import attrs

from planlog.ids import short_slug, slug
from planlog.plan import Measure, Plan
from planlog.values import Value
from planlog.versions.matching.likeness import likeness
from planlog.versions.statement import StatedMeasure

_UNNAMED: Final = "measure"
"""What a new measure is called that has neither a number nor a title with letters in it."""

_LONGEST_ID: Final = 190
"""How long an id is made at most, which leaves room for what makes it another than all others."""


@attrs.frozen(eq=False, repr=False)
class Row(Value):
    """A row of a table, and the id of the field that it names."""

    stated: StatedMeasure
    field: str | None

    @property
    def key(self) -> str | None:
        """The id that the table gives it."""
        return self.stated.key

    @property
    def number(self) -> str | None:
        """The number that it states."""
        return self.stated.cells.get("number")

    @property
    def title(self) -> str | None:
        """The title that it states."""
        return self.stated.cells.get("title")

    @property
    def anywhere(self) -> bool:
        """Whether it says nothing of a field."""
        return "field" not in self.stated.cells

    @property
    def new_id(self) -> str:
        """The id of a new measure that is in this row, if no other has it."""
        made = slug(self.number or "")
        if made and self.field is not None:
            made = f"{self.field}-{made}"
        return (made or short_slug(self.title or "") or _UNNAMED)[:_LONGEST_ID].rstrip("-.")


class Known:
    """The measures of a log: those that the plan has on the day, and those of other days only.

    *listed* are the former that the plan still lists, *present* all of them, *absent* the latter.
    """

    def __init__(self, now: Plan, everything: Plan) -> None:
        self.present = {one.id: one for one in now.measures if one.phase is not None}
        self.listed = {id: one for id, one in self.present.items() if one.listed}
        self.absent = {one.id: one for one in everything.measures if one.id not in self.present}
        self.all = {**self.absent, **self.present}
        given_up = [one for one in self.present.values() if not one.listed]
        self._listed = _Places(self.listed.values())
        self._others = [_Places(given_up), _Places(self.absent.values())]

    def fitting(self, row: Row, taken: Collection[str]) -> list[str]:
        """Tell which measures a row without a key is, but for those *taken*: at best one or none.

        Field and number say which, or without a number the title. Of those that the plan does not
        list any more or not yet, only what fits best is told.
        """
        found = [one for one in self._listed.of(row) if one.id not in taken]
        if found:
            titled = [one for one in found if one.title == row.title]
            return [one.id for one in (titled if len(titled) == 1 else found)]
        for places in self._others:
            found = [one for one in places.of(row) if one.id not in taken]
            if found:
                return [min(found, key=lambda one: (-title_likeness(row, one), one.id)).id]
        return []

    def numbered(self, row: Row, number: str) -> str | None:
        """Return the only measure that is listed in the field of *row* with a *number*."""
        found = self._listed.numbered(row, number)
        return found[0].id if len(found) == 1 else None


class _Places:
    """Measures by field and number, and by field and title."""

    def __init__(self, measures: Iterable[Measure]) -> None:
        self._found: dict[tuple[str, str, bool, str | None], list[Measure]] = {}
        for one in measures:
            for kind, value in (("number", one.number), ("title", one.title)):
                if value is not None:
                    self._found.setdefault((kind, value, False, one.field), []).append(one)
                    self._found.setdefault((kind, value, True, None), []).append(one)

    def of(self, row: Row) -> list[Measure]:
        if row.number is not None:
            return self.numbered(row, row.number)
        return self._of(row, "title", row.title)

    def numbered(self, row: Row, number: str) -> list[Measure]:
        return self._of(row, "number", number)

    def _of(self, row: Row, kind: str, value: str | None) -> list[Measure]:
        field = None if row.anywhere else row.field
        return [] if value is None else self._found.get((kind, value, row.anywhere, field), [])


def title_likeness(row: Row, measure: Measure) -> float:
    """Tell how alike the titles of a row and a measure are."""
    return likeness(row.title or "", measure.title or "")
