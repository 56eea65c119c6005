"""What every command has: options that go anywhere, and a help that speaks the user's language."""

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import click

from planlog.cli.commands import COMMANDS
from planlog.cli.output import deliver
from planlog.cli.session import session_of
from planlog.config import LANGUAGES

OPTIONS: Final = "Options"
COMMON_OPTIONS: Final = "Options of every command"
ARGUMENTS: Final = "Arguments"
EXAMPLES: Final = "Examples"

Run = Callable[..., int | None]
"""Does a command's work: takes the session and its parameters, returns the exit code or nothing."""

_NAMED: Final = f"{__name__}.named"


class Option(click.Option):
    """An option whose help is translated when it is shown, under the heading of its *section*.

    A *twin* is there for an argument of the same name, for those who would rather name it.
    """

    def __init__(
        self, *declarations: str, section: str = OPTIONS, twin: bool = False, **settings: Any
    ) -> None:
        super().__init__(declarations, required=settings.pop("required", twin), **settings)
        self.section = section
        self.twin = twin

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return how it is written and what it means."""
        words = session_of(ctx).words
        translated = copy.copy(self)
        translated.required = self.required and not self.twin
        translated.help = (
            words("{name}, given by name instead of by place.", name=self.name.upper())
            if self.twin
            else self.help and words(self.help)
        )
        return click.Option.get_help_record(translated, ctx)


class Argument(click.Argument):
    """An argument with a help of its own, translated when it is shown."""

    def __init__(self, name: str, *, help: str, **settings: Any) -> None:
        super().__init__([name], **settings)
        self.meaning = help

    def make_metavar(self, ctx: click.Context) -> str:
        """Return how it is written: in brackets if it can be left out, with dots if repeated."""
        name = self.metavar or self.name.upper()
        dots = "..." if self.nargs == -1 else ""
        return f"{name}{dots}" if self.required else f"[{name}{dots}]"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return how it is written and what it means."""
        meaning = session_of(ctx).words(self.meaning)
        if isinstance(self.type, click.Choice):
            meaning += f"  [{'|'.join(self.type.choices)}]"
        return self.make_metavar(ctx), meaning


class Command(click.Command):
    """A command that *run* does.

    Its help has the line of the table of commands, the paragraphs of *about*, what the parameters
    mean, and *examples*. A *brief* one does not read the whole log to find out which language to
    speak: the first event has to do.
    A parameter that is there as an argument and as an option of the same name is taken once: by
    its name where that is given, else by its place.
    """

    name: str

    def __init__(
        self,
        name: str,
        run: Run,
        params: Sequence[click.Parameter] = (),
        *,
        about: str = "",
        examples: Sequence[str],
        brief: bool = False,
    ) -> None:
        summary = COMMANDS[name].help
        params = [*params, *common_options()]
        super().__init__(name, params=params, help=summary, add_help_option=False)
        self.run = run
        self.paragraphs = (summary, *paragraphs_of(about))
        self.examples = tuple(examples)
        self.brief = brief

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take in the arguments; remember which were given by name."""
        ctx.meta[_NAMED] = {arg.partition("=")[0] for arg in args}
        return super().parse_args(ctx, args)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the parameters, each once, while a command line is taken in; else all of them."""
        if ctx.resilient_parsing or _NAMED not in ctx.meta:
            return self.params
        given: set[str] = ctx.meta[_NAMED]
        twins = {one.name: one for one in self.params if isinstance(one, Option) and one.twin}
        named = {name for name, twin in twins.items() if not given.isdisjoint(twin.opts)}
        return [
            one
            for one in self.params
            if one.name not in twins or isinstance(one, Option) is (one.name in named)
        ]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        ctx.meta.pop(_NAMED, None)
        words = session_of(ctx).words  # click's own words, too, are in this language from now on
        self.format_usage(ctx, formatter)
        write_paragraphs(formatter, map(words, self.paragraphs))
        write_parameters(formatter, ctx, self.params)
        write_examples(formatter, ctx, self.examples)

    def invoke(self, ctx: click.Context) -> int | None:
        """Do the work."""
        session = session_of(ctx)
        session.is_brief = self.brief
        session.settle_language()
        return self.run(session, **ctx.params)


def paragraphs_of(text: str) -> list[str]:
    """Take *text* apart where a line is left blank."""
    return text.split("\n\n") if text else []


def write_paragraphs(formatter: click.HelpFormatter, paragraphs: Iterator[str]) -> None:
    """Write *paragraphs* below one another."""
    for paragraph in paragraphs:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(paragraph)


def write_parameters(
    formatter: click.HelpFormatter, ctx: click.Context, params: Sequence[click.Parameter]
) -> None:
    """Write what *params* mean, under the headings of their sections."""
    words = session_of(ctx).words
    told = [(getattr(one, "section", ARGUMENTS), one.get_help_record(ctx)) for one in params]
    for heading in dict.fromkeys(section for section, _ in told):
        with formatter.section(words(heading)):
            formatter.write_dl(
                [record for section, record in told if record and section == heading]
            )


def write_examples(
    formatter: click.HelpFormatter, ctx: click.Context, examples: Sequence[str]
) -> None:
    """Write *examples*, each on a line of its own however long it is."""
    with formatter.section(session_of(ctx).words(EXAMPLES)):
        indent = " " * formatter.current_indent
        formatter.write("".join(f"{indent}{line}\n" for line in examples))


def common_options() -> list[click.Parameter]:
    """The options that are taken before the command's name and after it."""
    return [
        Option(
            "--log",
            section=COMMON_OPTIONS,
            metavar="PATH",
            type=click.Path(),
            expose_value=False,
            is_eager=True,
            callback=_keep("named_log"),
            help="The plan's folder, or the folder of its event files [PLANLOG_LOG; else the "
            "nearest folder upward that has one].",
        ),
        Option(
            "--lang",
            section=COMMON_OPTIONS,
            type=click.Choice(LANGUAGES),
            expose_value=False,
            is_eager=True,
            callback=_keep("named_language"),
            help="The language of the words; data stay as they are [PLANLOG_LANG, planlog.toml; "
            "else the plan's language, else the locale].",
        ),
        Option(
            "--color/--no-color",
            section=COMMON_OPTIONS,
            default=None,
            expose_value=False,
            is_eager=True,
            callback=_keep("named_color"),
            help="Use colour, or none [NO_COLOR, FORCE_COLOR, planlog.toml; else as the terminal "
            "can].",
        ),
        Option(
            "--debug",
            section=COMMON_OPTIONS,
            is_flag=True,
            default=None,
            expose_value=False,
            is_eager=True,
            callback=_keep("debug"),
            help="Show where in the program an error came from.",
        ),
        Option(
            "--help",
            section=COMMON_OPTIONS,
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_show_help,
            help="Show this help and exit.",
        ),
    ]


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(session_of(ctx), name, value)

    return keep


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        deliver(session_of(ctx), ctx.get_help() + "\n", "table", None)
        ctx.exit()
