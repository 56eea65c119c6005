"""What exported files say, in bytes that no version of a library changes."""

import json
from collections.abc import Iterable, Iterator, Sequence

import attrs

from planlog.tables.exports.database import History, database
from planlog.tables.exports.grid import Grid


def told_by_workbook(grids: Sequence[Grid], title: str, state: str) -> bytes:
    """Return what a workbook of *grids* says: JSON lines, the title and the state, then each sheet.

    How a program compresses the file, and how it lays it out, is not in it.
    """
    sheets = ([one.name, one.headings, *one.rows] for one in grids)
    return _lines([[title, state], *sheets])


def told_by_database(history: History) -> bytes:
    """Return what the database of a *history* says: JSON lines, each table's name and its rows.

    Which version of planlog and of SQLite wrote it is not in it.
    """
    return _lines(_tables(database(attrs.evolve(history, program=""))))


def _tables(content: bytes) -> Iterator[list[object]]:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        named = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        for (name,) in connection.execute(named).fetchall():
            # The layout names the tables, and is ours; a name cannot be a parameter.
            rows = connection.execute(f'SELECT * FROM "{name}"')
            yield [name, *sorted(rows, key=repr)]
    finally:
        connection.close()


def _lines(values: Iterable[object]) -> bytes:
    lines = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in values)
    return "".join(f"{line}\n" for line in lines).encode()
