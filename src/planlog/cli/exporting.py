"""The command ``export``: the plan and its history as files for a spreadsheet or a database."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from planlog.cli.command import Argument, Command, Option
from planlog.cli.exported import (
    Asked,
    Form,
    What,
    gaps_asked,
    grids_asked,
    history_asked,
    title_asked,
)
from planlog.cli.gaps import Gaps, say_gaps
from planlog.cli.kinds import POINT
from planlog.cli.output import STDOUT, deliver, say, write_file
from planlog.cli.reading import at_option, receipt_option, receipted
from planlog.cli.session import Session
from planlog.config import FIELD
from planlog.dates import Point

if TYPE_CHECKING:
    from planlog.cli.exported import Moments
    from planlog.tables.exports.grid import Grid
    from planlog.tables.exports.public import Public

FORMS: Final[tuple[Form, ...]] = ("csv", "xlsx", "markdown", "sqlite")

_ENDINGS: Final[dict[str, Form]] = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}
_TEXTS: Final[frozenset[Form]] = frozenset({"csv", "markdown"})


def command() -> Command:
    """Make the command."""
    return Command(
        "export",
        receipted("export", _run),
        [
            Argument(
                "file",
                metavar="FILE",
                type=click.Path(),
                help="The file; its ending says what it becomes: .csv, .xlsx, .md, or .sqlite "
                "(.db) for the whole history. - for standard output, with --to.",
            ),
            Option("-o", "--output", "file", metavar="FILE", type=click.Path(), twin=True),
            at_option(),
            Option(
                "--diff",
                "points",
                metavar="A B",
                nargs=2,
                type=POINT,
                help="What differs between two points, instead of the plan.",
            ),
            Option(
                "--matrix",
                is_flag=True,
                help="How each measure stood at every conference and version, instead of the plan.",
            ),
            Option("--events", is_flag=True, help="The events, instead of the plan."),
            Option(
                "--all",
                "everything",
                is_flag=True,
                help="With measures that were replaced, or dropped as not listed.",
            ),
            Option(
                "--by-field",
                is_flag=True,
                help="A sheet (in Markdown, a table) for each action field.",
            ),
            Option(
                "--public",
                is_flag=True,
                help="Without what planlog.toml declares internal.",
            ),
            Option(
                "--to",
                "form",
                type=click.Choice(FORMS),
                help="What the file becomes, whatever its ending.",
            ),
            Option(
                "--encoding",
                metavar="NAME",
                help="The encoding of a CSV, such as cp1252: UTF-8 with a mark for Excel, unless "
                "given.",
            ),
            Option(
                "--delimiter",
                metavar="CHARACTER",
                help="What stands between the cells of a CSV: a semicolon, unless given.",
            ),
            receipt_option(),
        ],
        about="The plan as one table with all that is known of each measure: planlog import reads "
        "it again. In .xlsx and .md headings and phases are in words; in .csv and .sqlite "
        "everything is as in the data. Texts stay texts, whatever they look like.",
        examples=(
            "planlog export plan.xlsx",
            "planlog export --at stk-3 --by-field plan.xlsx",
            "planlog export --diff stk-2 stk-3 changes.xlsx",
            "planlog export --matrix --public matrix.xlsx",
            "planlog export --events events.csv",
            "planlog export history.sqlite",
        ),
    )


def _run(
    session: Session,
    file: str,
    at: Point | None,
    points: tuple[Point, Point] | None,
    matrix: bool,
    events: bool,
    everything: bool,
    by_field: bool,
    public: bool,
    form: Form | None,
    encoding: str | None,
    delimiter: str | None,
) -> None:
    found = form_of(session, file, form)
    flags: dict[What, bool] = {"diff": points is not None, "matrix": matrix, "events": events}
    chosen: list[What] = [name for name, given in flags.items() if given]
    if len(chosen) > 1:
        session.refuse("choose one of --diff, --matrix and --events")
    asked = Asked(
        what=chosen[0] if chosen else "plan",
        form=found,
        file=file,
        at=at,
        points=points,
        everything=everything,
        by_field=by_field,
        public=_public(session) if public else None,
        words=None if found in ("csv", "sqlite") else session.words,
    )
    _refuse_what_does_not_fit(session, asked, encoding, delimiter)
    erased = gaps_asked(session, asked)
    if found == "sqlite":
        from planlog.tables.exports.database import database
        from planlog.tables.exports.told import told_by_database

        moment, history = history_asked(session, asked)
        moments: Moments = [(moment, history.plan)]
        content = database(history)
        write_file(session, Path(file), content, told=partial(told_by_database, history))
    else:
        moments, grids = grids_asked(session, asked)
        _write(session, asked, moments, grids, erased, encoding, delimiter)
        if asked.what == "plan" and found != "markdown":
            _tell_what_is_lost(session, grids, found)
    for one, plan in moments:
        say(session.words.moment(one, plan.known))
    if found != "markdown":
        say_gaps(session, erased)
    if asked.public is not None:
        _tell_what_is_left_out(session, asked.public)


# What fits


def form_of(session: Session, file: str, form: Form | None) -> Form:
    """The form of a *file*: as asked for, else as its ending says."""
    found = form or _ENDINGS.get(Path(file).suffix.lower())
    if found is None:
        session.refuse(
            "{path!r} does not say what it is to become; end it with {endings}, or say --to",
            about="FILE",
            path=file,
            endings=", ".join(_ENDINGS),
        )
    if file == STDOUT and found not in _TEXTS:
        session.refuse("only .csv and .md go to standard output; name a file", about="FILE")
    return found


def _refuse_what_does_not_fit(
    session: Session, asked: Asked, encoding: str | None, delimiter: str | None
) -> None:
    if asked.form == "sqlite" and asked.what != "plan":
        session.refuse(
            "a database always holds the whole history; leave out {option}",
            about="FILE",
            option=f"--{asked.what}",
        )
    if asked.form == "sqlite" and asked.everything:
        session.refuse("a database always holds every measure; leave out --all", about="--all")
    if asked.what == "diff" and asked.at is not None:
        session.refuse("a diff has two points of its own; leave out --at", about="--at")
    if asked.everything and asked.what in ("diff", "events"):
        session.refuse("it is for measures: of the plan, or of a matrix", about="--all")
    if asked.by_field and (asked.what != "plan" or asked.words is None):
        session.refuse("it is for the plan as .xlsx or .md", about="--by-field")
    if asked.form != "csv" and encoding is not None:
        session.refuse("it is for .csv only", about="--encoding")
    if asked.form != "csv" and delimiter is not None:
        session.refuse("it is for .csv only", about="--delimiter")
    if asked.file == STDOUT and encoding is not None:
        session.refuse("standard output is always in UTF-8; name a file", about="--encoding")
    if encoding is not None and not _is_encoding(encoding):
        session.refuse("no encoding is called {name!r}", about="--encoding", name=encoding)
    if delimiter is not None and (
        len(delimiter) != 1 or delimiter in '"\r\n' or delimiter.isalnum()
    ):
        session.refuse(
            "expected one character that is no quote, letter or digit, got {value!r}",
            about="--delimiter",
            value=delimiter,
        )


def _is_encoding(name: str) -> bool:
    try:
        return bool("a".encode(name))
    except (LookupError, UnicodeError, ValueError):
        return False


# What is public


def _public(session: Session) -> "Public":
    from planlog.tables.exports.public import Public

    log = session.log
    everything = log.everything()
    declared = [
        f"{FIELD}{everything.field(name.removeprefix(FIELD)).id}"
        if name.startswith(FIELD)
        else name
        for name in session.defaults.internal
    ]
    return Public(declared, log.events())


def _tell_what_is_left_out(session: Session, public: "Public") -> None:
    if not public.declared:
        say(
            session.words(
                "nothing is declared internal; name what is in planlog.toml, such as internal = "
                '["note"]'
            )
        )
        return
    listing = ", ".join(f"{name} ({count})" for name, count in public.left_out.items())
    say(session.words("left out as internal: {listing}", listing=listing))


def _tell_what_is_lost(session: Session, grids: Sequence["Grid"], form: Form) -> None:
    """A blank cell is no value to whoever reads the table again, and a workbook has one break."""
    lost = sum(
        isinstance(value, str) and (not value.strip() or (form == "xlsx" and "\r\n" in value))
        for grid in grids
        for row in grid.rows
        for value in row
    )
    if lost:
        say(
            session.words.plural(
                "{n} text will not be read again as it is: it is blank, or has line breaks that "
                "the file cannot keep",
                "{n} texts will not be read again as they are: they are blank, or have line "
                "breaks that the file cannot keep",
                lost,
            )
        )


# Files


def _write(
    session: Session,
    asked: Asked,
    moments: "Moments",
    grids: "Sequence[Grid]",
    erased: Gaps,
    encoding: str | None,
    delimiter: str | None,
) -> None:
    match asked.form:
        case "csv":
            _write_csv(session, asked, grids[0], encoding, delimiter)
        case "markdown":
            from planlog.cli.exported_page import page_asked

            text = page_asked(session, asked, moments, grids, erased)
            deliver(session, text, "markdown", asked.file)
        case _:
            _write_workbook(session, asked, moments, grids, erased)


def _write_csv(
    session: Session, asked: Asked, grid: "Grid", encoding: str | None, delimiter: str | None
) -> None:
    from planlog.tables.exports.delimited import DELIMITER, ENCODING, delimited, harmless

    mark = DELIMITER if delimiter is None else delimiter
    if asked.file == STDOUT:
        content = delimited(harmless(grid), "-", encoding="utf-8", delimiter=mark)
        deliver(session, content.decode(), "csv", None)
    else:
        content = delimited(
            grid, Path(asked.file).name, encoding=encoding or ENCODING, delimiter=mark
        )
        write_file(session, Path(asked.file), content)


def _write_workbook(
    session: Session,
    asked: Asked,
    moments: "Moments",
    grids: "Sequence[Grid]",
    erased: Gaps,
) -> None:
    from planlog.tables.exports.told import told_by_workbook
    from planlog.tables.exports.workbook import workbook

    events = session.log.events()
    title = title_asked(session, moments)
    state = "; ".join(session.words.moment(one, plan.known) for one, plan in moments)
    if erased:
        gone = session.words.plural(
            "{n} text erased, missing here", "{n} texts erased, missing here", len(erased)
        )
        state = "; ".join(filter(None, (gone, state)))
    content = workbook(
        grids,
        Path(asked.file).name,
        words=session.words,
        title=title,
        state=state,
        recorded=events[-1].recorded if events else None,
    )
    told = partial(told_by_workbook, grids, title, state)
    write_file(session, Path(asked.file), content, told=told)
