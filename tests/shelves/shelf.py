"""A shelf of tables: each is read from its file as a map says, and imported into a log."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import attrs

from planlog import PlanLog
from planlog.tables.files.reading import read
from planlog.tables.maps.mapfile import parse_map
from planlog.tables.rows.statement import statement
from planlog.versions.matching.answers import Answers
from planlog.versions.proposal import Proposal
from planlog.versions.statement import Statement

ACCEPTING = Answers(suggestions="accept")


@attrs.frozen
class Table:
    """A table on the shelf, read as the text of a *map* says, as of a *day*."""

    file: Path
    map: str
    day: date
    version: str

    @property
    def stated(self) -> tuple[str, Statement]:
        """The digest of the file, and what it states."""
        return _stated(self.file, self.map)


@cache
def _stated(file: Path, map: str) -> tuple[str, Statement]:
    content = file.read_bytes()
    sheets = read(content, file.name)
    found = statement(sheets, parse_map(map.encode(), "map.toml"), file.name)
    return sha256(content).hexdigest(), found


def take(log: PlanLog, table: Table, *, title: str = "Plan") -> Proposal:
    """Import a table as ``planlog import --accept`` does, and return what was proposed."""
    digest, found = table.stated
    proposal = log.version_proposal(
        found,
        day=table.day,
        version=table.version,
        document=digest,
        source=table.file.name,
        opening=title,
        answers=ACCEPTING,
    )
    log.record_all(proposal.events, by="the reader of tables", expected_size=proposal.size)
    return proposal


def take_all(log: PlanLog, tables: Sequence[Table]) -> PlanLog:
    """Import tables one after the other."""
    for table in tables:
        take(log, table)
    return log
