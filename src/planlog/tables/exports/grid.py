"""A table that is to be written: one sheet of a workbook, or the whole of a text file."""

import attrs

from planlog.values import Value

Content = str | int | None
"""What a cell of an export holds; nothing where it is empty."""


@attrs.frozen(kw_only=True, repr=False)
class Grid(Value):
    """A table: its *name*, its *headings*, and its *rows*, each with a cell for each heading.

    *phases* are the columns, counted from 0, whose cells begin with the word of a phase.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
    phases: tuple[int, ...] = ()
