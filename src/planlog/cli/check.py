"""The command ``check``: what is wrong or odd about the history."""

import os
from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from planlog.cli.command import Command, Option
from planlog.cli.gaps import gaps_at, say_gaps
from planlog.cli.output import deliver, say, style
from planlog.cli.reading import at_option, format_of, output_option, pinned
from planlog.cli.session import Session
from planlog.config import FORMATS, Format
from planlog.dates import Point

if TYPE_CHECKING:
    from planlog.checks import Finding
    from planlog.render.findings import Place
    from planlog.stores import EventStore

_GITHUB: Final = "github"
"""A format for one run in a workflow: no other command has it, and it is nobody's default."""


def command() -> Command:
    """Make the command."""
    return Command(
        "check",
        _run,
        [
            at_option(),
            Option("--strict", is_flag=True, help="Let warnings fail too (exit code 1)."),
            Option(
                "--format",
                type=click.Choice([*FORMATS, _GITHUB]),
                help="How the answer is written: table unless given here, in PLANLOG_FORMAT or in "
                "planlog.toml; github can only be given here.",
            ),
            output_option(),
        ],
        about="An error, and with --strict a warning, makes the exit code 1. A log that cannot be "
        "read makes it 3.\n\n"
        "With --format github, a workflow of GitHub shows each finding at the line of its event.",
        examples=(
            "planlog check",
            "planlog check --strict --format json",
            "planlog check --strict --format github",
        ),
    )


def _run(
    session: Session,
    at: Point | None,
    strict: bool,
    format: Format | Literal["github"] | None,
    output: str | None,
) -> int:
    from planlog.render.findings import render_annotations, render_findings

    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    findings = log.check(point)
    if format == _GITHUB:
        places = _places(log.store, findings)
        # Written as what programs read line by line: it must be UTF-8 for the workflow.
        form: Format = "jsonl"
        text = render_annotations(findings, places, words=session.words)
    else:
        form = format_of(session, format)
        text = render_findings(findings, form, words=session.words, style=style(session, output))
    deliver(session, text, form, output)
    say(session.words.moment(moment, log.plan(point).known))
    say_gaps(session, gaps_at(log, point))
    return int(any(strict or finding.severity == "error" for finding in findings))


def _places(store: "EventStore", findings: "Iterable[Finding]") -> "dict[int, Place]":
    """The file and line of each event that *findings* are about.

    The folder is looked at once: to ask the store for each of them would list it again and again.
    """
    from planlog.stores.folder import FolderStore
    from planlog.stores.names import event_file

    if not isinstance(store, FolderStore):
        return {}
    named = filter(None, map(event_file, os.listdir(store.folder)))
    files = sorted(named, key=attrgetter("position"))
    beginnings = [file.position for file in files]
    folder = store.folder.resolve()
    places: dict[int, Place] = {}
    for position in {one.position for one in findings if one.position is not None}:
        file = files[bisect_right(beginnings, position) - 1]
        places[position] = (_found_by_github(folder / file.name), position - file.position + 1)
    return places


def _found_by_github(path: Path) -> str:
    """Name a file from the top of what GitHub checked out, else from here, if it is below these."""
    for top in (os.environ.get("GITHUB_WORKSPACE"), os.curdir):
        if top and path.is_relative_to(resolved := Path(top).resolve()):
            return path.relative_to(resolved).as_posix()
    return path.as_posix()
