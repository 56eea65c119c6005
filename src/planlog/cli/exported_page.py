"""An export for readers: its tables as a page in Markdown."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planlog.cli.exported import Asked, title_asked
from planlog.cli.gaps import Gaps
from planlog.cli.session import Session
from planlog.render.erased import erased_explained, gaps_told
from planlog.render.page import Block, Heading, Sentence, as_markdown
from planlog.render.tables import Column, Part, Table
from planlog.render.telling import doubt_explained
from planlog.tables.exports.grid import Grid
from planlog.wording import DOUBT, ERASED

if TYPE_CHECKING:
    from planlog.cli.exported import Moments


def page_asked(
    session: Session,
    asked: Asked,
    moments: "Moments",
    grids: Sequence[Grid],
    erased: Gaps,
) -> str:
    """Write the tables that were asked for, and what is missing in them."""

    def page() -> Iterator[Block]:
        yield Heading(title_asked(session, moments))
        for moment, plan in moments:
            yield Sentence(session.words.moment(moment, plan.known))
        for grid in grids:
            if asked.by_field:
                yield Heading(grid.name, 2)
            yield _table(grid)
        if asked.what == "matrix" and _is_marked(grids, DOUBT):
            yield doubt_explained(session.words)
        if asked.what == "matrix" and _is_marked(grids, ERASED):
            yield erased_explained(session.words)
        yield from gaps_told(erased, session.words)

    return as_markdown(page())


def _is_marked(grids: Sequence[Grid], mark: str) -> bool:
    """Whether any cell ends with a *mark*, with another one behind it at most."""
    cells = (value for grid in grids for row in grid.rows for value in row)
    return any(isinstance(value, str) and mark in value.split(" ")[-2:] for value in cells)


def _table(grid: Grid) -> Table:
    """A table for readers: without the columns in which nothing stands."""
    told = [
        index
        for index in range(len(grid.headings))
        if any(row[index] not in (None, "") for row in grid.rows)
    ]
    return Table(
        columns=tuple(Column(grid.headings[index]) for index in told),
        rows=tuple(
            tuple(
                tuple(Part(line) for line in str("" if row[i] is None else row[i]).splitlines())
                for i in told
            )
            for row in grid.rows
        ),
    )
