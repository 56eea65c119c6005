"""Exported tables as delimited text."""

from typing import Final

import attrs

from planlog.errors import Flaw, TableError
from planlog.formulas import guarded
from planlog.tables.exports.grid import Content, Grid
from planlog.tables.sheets import cell_name
from planlog.wording import visible

ENCODING: Final = "utf-8-sig"
"""The encoding unless another is asked for: UTF-8 with the mark by which Excel knows it."""

DELIMITER: Final = ";"
"""What stands between cells unless something else is asked for: what a German Excel expects."""


def delimited(
    grid: Grid, file: str, *, encoding: str = ENCODING, delimiter: str = DELIMITER
) -> bytes:
    """Write *grid* as text: a line for each row, no cell of which is taken for a formula.

    Raises `TableError` with every cell that has a character which *encoding* lacks; *file* is what
    it is to be called.
    """
    flaws: list[Flaw] = []
    lines: list[str] = []
    for number, row in enumerate((grid.headings, *grid.rows), 1):
        for column, value in enumerate(row, 1):
            if isinstance(value, str) and (lacking := _lacking(value, encoding)):
                flaws.append(
                    Flaw(
                        "unencodable",
                        "{encoding} has no character {value!r}; write it with --encoding {remedy}",
                        {"encoding": encoding, "value": lacking, "remedy": ENCODING},
                        grid.headings[column - 1],
                        f"{file}: {cell_name(number, column)}",
                    )
                )
        lines.append(delimiter.join(_cell(value, delimiter) for value in row) + "\n")
    if flaws:
        raise TableError(tuple(flaws))
    return "".join(lines).encode(encoding)


def harmless(grid: Grid) -> Grid:
    """Return *grid* for a terminal: what would steer it is spelt out."""
    return attrs.evolve(
        grid,
        headings=tuple(map(_harmless, grid.headings)),
        rows=tuple(
            tuple(_harmless(value) if isinstance(value, str) else value for value in row)
            for row in grid.rows
        ),
    )


def _harmless(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(visible, lines))


def _lacking(text: str, encoding: str) -> str | None:
    """The first character of *text* that *encoding* lacks."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        return text[error.start]
    return None


def _cell(value: Content, delimiter: str) -> str:
    text = guarded(value) if isinstance(value, str) else "" if value is None else str(value)
    quoted = any(mark in text for mark in (delimiter, '"', "\n", "\r")) or text != text.strip()
    return '"' + text.replace('"', '""') + '"' if quoted else text
