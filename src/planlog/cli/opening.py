"""The command ``init``: the beginning of a plan's history."""

from typing import Any

import attrs

from planlog.cli.command import Command
from planlog.cli.keys import parameters
from planlog.cli.lookup import Lookup
from planlog.cli.making import plain
from planlog.cli.recording import Circumstances, print_lines, record, recording_options
from planlog.cli.session import Session
from planlog.errors import ConflictError, LogExistsError
from planlog.events import NewEvent, PlanOpened
from planlog.log import PlanLog
from planlog.stores.folder import events_folder, holds_event_files
from planlog.stores.memory import MemoryStore


def command() -> Command:
    """Make the command."""
    return Command(
        "init",
        _run,
        [*parameters(PlanOpened), *recording_options(opening=True)],
        about="The log is begun in the current folder, or where --log says; a folder that has one "
        "is left alone.",
        examples=('planlog init "Sozialer Maßnahmenplan" --language de --on 2020-09-18 --by GWA',),
    )


def _run(session: Session, **params: Any) -> None:
    location = session.begin_here()
    circumstances = Circumstances.taken_from(session, params)

    def build(lookup: Lookup) -> list[NewEvent]:
        return [plain(PlanOpened, params, circumstances, lookup)]

    folder = events_folder(location)
    if holds_event_files(folder):
        raise LogExistsError(str(folder))
    draft = PlanLog(MemoryStore())
    events = build(Lookup.of(session, draft))
    # Whatever is wrong is told before a folder is made.
    draft.preview(events)
    if circumstances.dry_run:
        print_lines(session, events)
        return
    try:
        first = attrs.evolve(circumstances, expect_size=0)
        record(session, PlanLog.create(location), first, build)
    except ConflictError as error:
        raise LogExistsError(str(folder)) from error
