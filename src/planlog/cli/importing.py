"""The command ``import``: from a version of the plan in a spreadsheet to the events it asks for."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from planlog.cli.command import Argument, Command, Option
from planlog.cli.kinds import DAY
from planlog.cli.output import STDOUT
from planlog.cli.progress import progress
from planlog.cli.reading import output_option
from planlog.cli.recording import (
    RECORDING,
    Circumstances,
    circumstance_options,
    size_options,
)
from planlog.cli.session import Session
from planlog.cli.stated import answers, document, proposed_map
from planlog.cli.versions import Importing, deliver_toml, log_found

if TYPE_CHECKING:
    from planlog.render.proposal import ProposalFormat

FORMATS: Final = ("words", "markdown", "json")


def command() -> Command:
    """Make the command."""
    return Command(
        "import",
        _run,
        [
            Argument(
                "table",
                metavar="TABLE",
                type=click.Path(allow_dash=True),
                help="The table: XLSX, ODS or CSV; - for standard input.",
            ),
            Option(
                "--map",
                "map_file",
                metavar="MAP",
                type=click.Path(),
                help="How to read it, as docs/reference/map.md tells; planlog's own exports need "
                "none.",
            ),
            Option(
                "--sheet",
                metavar="NAME",
                help="The sheet that is meant, whatever the map says.",
            ),
            Option(
                "--propose-map",
                is_flag=True,
                help="Read nothing but headings and status words, and write a first map.",
            ),
            Option(
                "--version",
                metavar="ID",
                help="The id of this version of the plan: made from the file's name, unless given.",
            ),
            Option("--version-title", metavar="TEXT", help="What this version is called."),
            Option(
                "--title",
                metavar="TEXT",
                help="What the plan is called, where no log has been begun yet: it is begun then.",
            ),
            Option(
                "--language",
                metavar="LANGUAGE",
                help="The language in which the plan is written, such as de, where it is begun.",
            ),
            Option(
                "--answers",
                "answers_file",
                metavar="FILE",
                type=click.Path(),
                help="Which measures the rows are, as far as that has to be confirmed.",
            ),
            Option("--accept", is_flag=True, help="Take what is likely as confirmed."),
            Option("--reject", is_flag=True, help="Take nothing for likely: rows are as they say."),
            Option(
                "--format",
                type=click.Choice(FORMATS),
                default="words",
                help="How the proposal is written: in words, unless given here.",
            ),
            output_option(),
            *_recording_options(),
        ],
        about="The table is compared with the plan of the day; what differs becomes events, which "
        "are shown and recorded as one batch. If anything is wrong with the table, nothing is "
        "recorded, and all that is wrong is told with sheet, row and column. Versions may come in "
        "any order, and the same one again adds nothing.\n\n"
        "Where a row may be a measure that was renumbered, renamed, moved, merged or split, that "
        "is not guessed: nothing is recorded, and what has to be confirmed goes to standard "
        "output as a file (> answers.toml) to edit and to hand in with --answers.",
        examples=(
            "planlog import plan-2023.xlsx --propose-map -o map.toml",
            "planlog import plan-2023.xlsx --map map.toml --on 16.03.2023 --dry-run",
            "planlog import plan-2023.xlsx --map map.toml --on 16.03.2023 --answers answers.toml",
        ),
    )


def _recording_options() -> list[click.Parameter]:
    """The options of recording, with what is special about the day and the source of a version."""
    by = [option for option in circumstance_options() if option.name == "by"]
    return [
        Option(
            "--on",
            section=RECORDING,
            metavar="DAY",
            type=DAY,
            help="The day as of which the table states the plan: 2023-03-16, 16.03.2023, today, or "
            "a conference; an exact one [PLANLOG_ON, planlog.toml].",
        ),
        *by,
        Option(
            "--source",
            section=RECORDING,
            metavar="TEXT",
            help="The document that the table is; the file's name, unless given [PLANLOG_SOURCE, "
            "planlog.toml].",
        ),
        *size_options(),
    ]


def _run(
    session: Session,
    table: str,
    map_file: str | None,
    sheet: str | None,
    propose_map: bool,
    accept: bool,
    reject: bool,
    answers_file: str | None,
    format: "ProposalFormat",
    output: str | None,
    **params: Any,
) -> int:
    if accept and reject:
        session.refuse("choose one of --accept and --reject")
    if propose_map and sheet is not None:
        session.refuse(
            "a first map says which sheet it found; leave --sheet out, and mend the map",
            about="--sheet",
        )
    if output is not None and output != STDOUT and Path(output).resolve() == Path(table).resolve():
        session.refuse(
            "{path!r} is the table itself; write elsewhere", about="--output", path=output
        )
    with progress(quiet=format == "json") as line:
        if propose_map:
            text = proposed_map(session, table, line)
            line.clear()
            deliver_toml(session, text, output)
            return 0
        importing = Importing(
            session=session,
            line=line,
            circumstances=Circumstances.taken_from(session, params),
            version=params["version"],
            version_title=params["version_title"],
            title=params["title"],
            language=params["language"],
            format=format,
            output=output,
        )
        found = log_found(session, params["title"])
        importing.check(found, table)
        read = document(session, table, map_file, sheet, line)
        said = answers(session, answers_file, accept=accept, reject=reject)
        return importing.repeat(read, said)
