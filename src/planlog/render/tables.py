"""Tables of fixed width, drawn with tabulate.

Widths are those of `planlog.render.text.width_of`. Where characters take two columns (Chinese,
Japanese, Korean) or none (combining ones), tabulate aligns what stands to their right only if
wcwidth is installed.
"""

from typing import Final, NamedTuple

from planlog.render.style import PLAIN, Style, Tone, painted
from planlog.render.text import visible, width_of, wrapped

_GAP: Final = 2
_HANGING: Final = "  "
"""What a line of a row begins with, but for the first: no text can pass for a row of its own."""

_ROOM_TO_HANG: Final = 11
"""How wide the first column must be for that; in a narrower one no text can pass for a row."""

_LEAST: Final = 6
"""The narrowest that a column is made before the table gets wider than it should."""


class Part(NamedTuple):
    """A text in a cell that begins on a line of its own, behind a *mark* if it has one."""

    text: str
    tone: Tone | None = None
    mark: str = ""


Cell = tuple[Part, ...]


class Column(NamedTuple):
    """A column with its *heading*, never wider than *most*; numbers stand on the *right*."""

    heading: str
    most: int = 1000
    right: bool = False


class Table(NamedTuple):
    """Rows of cells under the headings of *columns*, if they have any."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def headed(self) -> bool:
        """Whether any column has a heading."""
        return any(column.heading for column in self.columns)


def cell(*texts: str | None) -> Cell:
    """Return a cell with a part for each text there is."""
    return tuple(Part(text) for text in texts if text)


def drawn(table: Table, style: Style = PLAIN) -> str:
    """Draw a table with as many lines as its cells need, no wider than the style wants it.

    Every cell is a text: "1.10" stays, and so does "007".
    """
    from tabulate import tabulate  # it takes its time to load, and CSV and JSON need none of it

    widths = _widths(table, style.width)
    rows = [
        [
            "\n".join(_lines(one, width, style, _hanging(index, width)))
            for index, (one, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in table.rows
    ]
    if table.headed:
        headings = [
            "\n".join(wrapped(column.heading, width))
            for column, width in zip(table.columns, widths, strict=True)
        ]
        rows = [headings, ["-" * width for width in widths], *rows]
    sides = ["right" if column.right else "left" for column in table.columns]
    text = tabulate(rows, tablefmt="plain", disable_numparse=True, colalign=sides)
    return "".join(line.rstrip() + "\n" for line in text.split("\n"))


def _lines(one: Cell, width: int, style: Style, hanging: str) -> list[str]:
    """The lines of a cell; all but the first begin with *hanging*."""
    lines: list[str] = []
    for part in one:
        margin = hanging if lines else ""
        first, others = margin + part.mark, hanging + " " * width_of(part.mark)
        told = wrapped(visible(part.text), width, first=first, others=others)
        lines += [painted(line, part.tone, style) for line in told]
    return lines


def _hanging(index: int, width: int) -> str:
    return _HANGING if index == 0 and width >= _ROOM_TO_HANG else ""


def _widths(table: Table, width: int) -> list[int]:
    """The width of each column: what it needs, but for the widest, which share what is left."""
    needed = [
        min(column.most, max(map(width_of, _unwrapped(table, index))))
        for index, column in enumerate(table.columns)
    ]
    left = width - _GAP * (len(needed) - 1)
    widths = [0] * len(needed)
    for place, index in enumerate(sorted(range(len(needed)), key=needed.__getitem__)):
        share = max(_LEAST, left // (len(needed) - place))
        widths[index] = min(needed[index], share)
        left -= widths[index]
    return widths


def _unwrapped(table: Table, index: int) -> list[str]:
    """Every text of a column, not broken into lines."""
    firsts = [part.mark + visible(part.text) for row in table.rows for part in row[index][:1]]
    others = [part.mark + visible(part.text) for row in table.rows for part in row[index][1:]]
    hanging = _hanging(index, max(map(width_of, (*firsts, *others)), default=0))
    return [table.columns[index].heading, *firsts, *(hanging + text for text in others)]
