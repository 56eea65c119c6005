"""The reference page of the commands, made from what their helps say."""

from collections.abc import Iterator
from typing import Final

import click

from planlog.cli.app import PROGRAM, app
from planlog.cli.command import COMMON_OPTIONS
from planlog.cli.commands import COMMANDS, HEADINGS
from planlog.cli.session import Session

WIDTH: Final = 96

_HEAD: Final = """\
# Commands

Made from the program's own help by `planlog.cli.reference`; a test fails when this page is older
than that. To make it again:

    .venv/bin/python -c "from planlog.cli.reference import text; print(text(), end='')" \\
        > docs/reference/commands.md

The options under `planlog` are taken by every command, before its name and after it. With
`--lang de`, or for a plan in German, all of this is in German.

Exit codes: 0 fine · 1 a finding · 2 wrong usage or a refused write · 3 the log cannot be read ·
70 a bug of planlog's own · 130 interrupted.
"""


def text() -> str:
    """Return the whole page, in English and in Markdown."""
    return "\n".join([_HEAD, *_sections()])


def _sections() -> Iterator[str]:
    session = Session()
    session.named_language = "en"
    root = click.Context(app, info_name=PROGRAM, obj=session, terminal_width=WIDTH)
    yield _section("## planlog", app.get_help(root))
    for heading in HEADINGS:
        yield f"## {heading}\n"
        for name, entry in COMMANDS.items():
            if entry.heading == heading:
                context = click.Context(entry.load(), info_name=name, parent=root)
                help = _without(COMMON_OPTIONS, context.command.get_help(context))
                yield _section(f"### {PROGRAM} {name}", help)


def _without(section: str, help: str) -> str:
    """The help without a section that the page has once and for all."""
    before, _, rest = help.partition(f"{section}:\n")
    return before + rest.partition("\n\n")[2]


def _section(heading: str, help: str) -> str:
    lines = (line.rstrip() for line in help.splitlines())
    return "\n".join([heading, "", "```text", *lines, "```", ""])
