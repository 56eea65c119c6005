"""How a table is to be read: which column means what, and which status word which phase."""

from typing import Final

import attrs

from planlog.mappings import FrozenMapping
from planlog.plan import Coverage
from planlog.values import Value
from planlog.versions.statement import PLAIN

KEY: Final = "measure"
"""The column of a stable key, which is the id of a measure."""

ALL_SHEETS: Final = "*"
"""Every visible sheet; no spreadsheet program lets a sheet be called so."""


@attrs.frozen(kw_only=True, repr=False)
class Map(Value):
    """How a table is to be read.

    *columns* maps planlog's names (those of `planlog.versions.statement.PLAIN` and ``measure``, a
    stable key) to headings, *attributes* the keys of free attributes to headings, *stages* the
    status words of the column ``stage`` to a phase or ``dropped:CAUSE`` (absent: the column is
    free text and states no phase), *phases* the words of the column ``phase`` likewise (absent:
    planlog's own words).

    *sheets* are names or numbers from 1, or `ALL_SHEETS`; of none, the only one that has something
    in it is meant. *header* are the rows of the headings; *skip* are rows that are no measures, as
    ranges, both ends included; *sections* names what a row states for those below it that has one
    merged or single cell only (``field``); *where* keeps only rows that have these texts under
    these headings. *encoding* and *delimiter* are found out unless given; *decimal* is the mark in
    numbers that become texts; *empty* are texts that stand for an empty cell, as
    `planlog.tables.rows.words.compared` has them; *dates* the form of dates, such as
    ``DD.MM.YYYY``; *formulas* says whether the last results of formulas are taken. *exact* keeps
    the blanks at the ends of texts: in what planlog wrote itself they are meant.
    """

    coverage: Coverage
    columns: FrozenMapping[str]
    attributes: FrozenMapping[str] = FrozenMapping()
    stages: FrozenMapping[str] | None = None
    phases: FrozenMapping[str] | None = None
    sheets: tuple[str | int, ...] = ()
    header: tuple[int, ...] = (1,)
    skip: tuple[tuple[int, int], ...] = ()
    sections: str | None = None
    where: FrozenMapping[str] = FrozenMapping()
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str = "."
    empty: tuple[str, ...] = ()
    dates: str | None = None
    formulas: bool = False
    exact: bool = False

    @property
    def headings(self) -> dict[str, str]:
        """The heading of each column that is read, by ``measure`` or the name in a statement."""
        free = {f"attributes.{key}": heading for key, heading in self.attributes.items()}
        return {**self.columns, **free}

    @property
    def stated(self) -> tuple[str, ...]:
        """The names of what a table that is read so states of its measures."""
        names = {*self.columns, *([self.sections] if self.sections else [])}
        if self.stages is not None:
            names.add("phase")
        free = sorted(f"attributes.{key}" for key in self.attributes)
        return (*(name for name in PLAIN if name in names), *free)
