"""The program: its list of commands, and what becomes of errors."""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, Final, NoReturn

import click

from planlog.cli.command import (
    OPTIONS,
    Option,
    common_options,
    paragraphs_of,
    write_examples,
    write_paragraphs,
)
from planlog.cli.commands import COMMANDS, HEADINGS
from planlog.cli.output import deliver, escape_what_cannot_be_shown, say
from planlog.cli.session import Session, session_of
from planlog.config import spoken
from planlog.errors import DamagedLogError, LogNotFoundError, PlanlogError, StoreReadError

PROGRAM: Final = "planlog"
COMPLETE: Final = "_PLANLOG_COMPLETE"
"""The variable by which a shell asks how a word may go on."""

REFUSED: Final = 2
UNREADABLE: Final = 3
BUG: Final = 70
INTERRUPTED: Final = 130

ABOUT: Final = (
    "Keep the history of a plan: record what happened as events, and show the plan as it stood on "
    "any day.\n\n"
    "A measure is named by its id, by field and number (wohnen/16), or by its number where only "
    "one has it. A point in time is a day, a month, a year, today, start, a conference or version, "
    "or before:CONFERENCE; with @ and a second one behind it, it is what was known then."
)

STEPS: Final = (
    'planlog init "Sozialer Plan" --on 2020-09-18 --by GWA',
    "export PLANLOG_BY=GWA",
    "planlog add-field wohnen Wohnen --on 2020-09-18",
    "planlog propose wohnen Mieterberatung --number 4 --on 2021-07-07",
    'planlog start wohnen/4 --stage Angeschoben --on today --source "Protokoll, S. 3"',
    "planlog show",
    "planlog log",
    'planlog correct 9f3c --set stage=Begonnen --reason "misread"',
    "planlog history wohnen/4",
)


class App(click.Group):
    """All commands; one is loaded when it is called for."""

    def __init__(self) -> None:
        super().__init__(
            PROGRAM,
            params=[*common_options(), _version_option()],
            help=ABOUT,
            add_help_option=False,
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = COMMANDS[cmd_name].load()
        return self.commands[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that *args* begin with."""
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches  # only a wrong word needs it

            words = session_of(ctx).words
            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(
                words("no command {name!r}; did you mean {near!r}?", name=args[0], near=near[0])
                if near
                else words("no command {name!r}", name=args[0])
            )
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help: the commands under their headings, without loading any."""
        words = session_of(ctx).words
        self.format_usage(ctx, formatter)
        write_paragraphs(formatter, map(words, paragraphs_of(ABOUT)))
        width = max(map(len, COMMANDS))
        for heading in HEADINGS:
            with formatter.section(words(heading)):
                formatter.write_dl(
                    [
                        (name.ljust(width), words(entry.help))
                        for name, entry in COMMANDS.items()
                        if entry.heading == heading
                    ]
                )
        options = [param.get_help_record(ctx) for param in self.params]
        with formatter.section(words(OPTIONS)):
            formatter.write_dl([record for record in options if record is not None])
        write_examples(formatter, ctx, STEPS)

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> NoReturn:
        """Do what *args* ask for, and exit."""
        session = Session()
        escape_what_cannot_be_shown()
        args = sys.argv[1:] if args is None else list(args)
        instruction = os.environ.get(COMPLETE)
        if instruction:
            sys.exit(_complete(self, session, instruction))
        _overhear(session, args)
        sys.exit(self._run(session, args))

    def _run(self, session: Session, args: list[str]) -> int:
        try:
            with self.make_context(PROGRAM, list(args), obj=session) as ctx:
                return self.invoke(ctx) or 0
        except click.exceptions.Exit as leave:
            return leave.exit_code
        except click.ClickException as error:
            if not session.speaks:
                # Click puts its refusals into words at once, when nobody had asked yet in which
                # language. Nothing has been done by then: commands settle it first.
                session.settle_language()
                return self._run(session, args)
            _trace(session)
            _show(session, error)
            return REFUSED
        except PlanlogError as error:
            _trace(session)
            for line in session.words.error(error).splitlines():
                say(session.words("Error: {message}", message=line))
            unreadable = isinstance(error, DamagedLogError | LogNotFoundError | StoreReadError)
            return UNREADABLE if unreadable else REFUSED
        except (KeyboardInterrupt, click.Abort):
            _trace(session)
            say(session.words("interrupted"))
            return INTERRUPTED
        except Exception as error:
            return _bug(session, error)


def _overhear(session: Session, args: list[str]) -> None:
    """Learn the language and the log before anything is said, wherever among *args* they stand."""
    for index, arg in enumerate(args):
        if arg == "--":
            return
        name, equals, value = arg.partition("=")
        said = value if equals else "".join(args[index + 1 : index + 2])
        if name == "--lang":
            session.named_language = spoken(said)
        elif name == "--log":
            session.named_log = said


def _show(session: Session, error: click.ClickException) -> None:
    """Show a refusal of click's, with the usage in front where it knows it."""
    context = getattr(error, "ctx", None)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        say(error.format_message())
        return
    if context is not None:
        say(context.get_usage())
        hint = session.words("Try {command!r} for help.", command=f"{context.command_path} --help")
        say(hint + "\n")
    say(session.words("Error: {message}", message=error.format_message()))


def _bug(session: Session, error: Exception) -> int:
    _trace(session)
    said = f"{type(error).__name__}: {error}"
    say(
        session.words("Error: {message}", message=said)
        if session.debug
        else session.words(
            "planlog has met a bug of its own ({error}); the same command with --debug shows where",
            error=said,
        )
    )
    return BUG


def _trace(session: Session) -> None:
    if session.debug:
        say(traceback.format_exc().rstrip("\n"))


def _complete(app: App, session: Session, instruction: str) -> int:
    """Answer a shell that asks how a word may go on: with nothing rather than with an error."""
    from click.shell_completion import shell_complete

    try:
        return shell_complete(app, {"obj": session}, PROGRAM, COMPLETE, instruction)
    except Exception:
        return 1


def _version_option() -> click.Parameter:
    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            from importlib.metadata import version

            deliver(session_of(ctx), f"{PROGRAM} {version(PROGRAM)}\n", "table", None)
            ctx.exit()

    return Option(
        "--version",
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help="Show planlog's version and exit.",
    )


app: Final = App()
