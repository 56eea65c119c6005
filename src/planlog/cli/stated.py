"""From the files that ``import`` names to what a document states."""

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import attrs

from planlog.cli.input import content_of
from planlog.cli.output import STDOUT
from planlog.cli.progress import Progress
from planlog.cli.session import Session
from planlog.errors import TableError, shortened
from planlog.toml import MOST_BYTES
from planlog.versions.matching.answers import Answers
from planlog.versions.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planlog.tables.map import Map
    from planlog.tables.sheets import Sheet

TABLE: Final = "TABLE"


@attrs.frozen(kw_only=True)
class Document:
    """A *file* that states a version of the plan: the *digest* of what is in it, and what it says.

    The digest is the SHA-256 in hex. *headings* are those of the columns, by what they state.
    """

    file: str
    digest: str
    statement: Statement
    headings: Mapping[str, str]

    def told(self, error: TableError) -> TableError:
        """Tell under which headings there is what cannot be taken, and not without end."""
        flaws = [attrs.evolve(flaw, key=self._heading(flaw.key)) for flaw in error.flaws]
        return TableError(shortened(flaws))

    def _heading(self, key: str) -> str:
        # A status word states the phase as well.
        name = "stage" if key == "phase" and key not in self.headings else key
        return self.headings.get(name, key)


def document(
    session: Session, file: str, map_file: str | None, sheet: str | None, line: Progress
) -> Document:
    """Read a table in the manner that a map says, or that planlog's own exports have.

    *sheet* is the one that is meant, whatever the map says. Raises `TableError` with every flaw of
    the map, else with every flaw of the table.
    """
    from planlog.tables.maps.mapfile import parse_map
    from planlog.tables.maps.own import own_map
    from planlog.tables.rows.statement import statement

    content = _content(session, file)
    if map_file is None:
        sheets = _sheets(session, content, file, None, line)
        found = own_map(sheets)
        if found is None:
            session.refuse(
                "{path!r} is none of planlog's own exports; say how to read it with --map "
                "(planlog import TABLE --propose-map writes a first one)",
                about=TABLE,
                path=file,
            )
    else:
        found = parse_map(content_of(session, map_file, "--map", MOST_BYTES + 1), map_file)
        sheets = _sheets(session, content, file, found, line)
    if sheet is not None:
        found = attrs.evolve(found, sheets=(sheet,))
    digest = sha256(content).hexdigest()
    return Document(
        file=file,
        digest=digest,
        statement=statement(sheets, found, file),
        headings=found.headings,
    )


def proposed_map(session: Session, file: str, line: Progress) -> str:
    """Write a first map for a table; raises `TableError` where nothing in it is known."""
    from planlog.tables.maps.guess import propose_map

    sheets = _sheets(session, _content(session, file), file, None, line)
    return propose_map(sheets, file, session.words)


def answers(session: Session, file: str | None, *, accept: bool, reject: bool) -> Answers:
    """Read what people answered about the rows, and what is to become of all other suggestions.

    Raises `TableError` with every flaw of the answers.
    """
    from planlog.versions.matching.answers import parse_answers

    said = Answers()
    if file is not None:
        said = parse_answers(content_of(session, file, "--answers", MOST_BYTES + 1), file)
    if accept or reject:
        said = attrs.evolve(said, suggestions="accept" if accept else "ignore")
    return said


def _content(session: Session, file: str) -> bytes:
    from planlog.tables.files import limits

    return content_of(session, file, TABLE, limits.MOST_BYTES + 1)


def _sheets(
    session: Session, content: bytes, file: str, found: "Map | None", line: Progress
) -> "Sequence[Sheet]":
    from planlog.tables.files.reading import read

    named = session.words("standard input") if file == STDOUT else file
    line.tell(session.words("reading {file} …", file=named))
    return read(
        content,
        file,
        encoding=None if found is None else found.encoding,
        delimiter=None if found is None else found.delimiter,
    )
