"""The command ``completion``: the script that lets a shell complete what is begun."""

from typing import Final

import click

from planlog.cli.command import Argument, Command
from planlog.cli.output import deliver
from planlog.cli.session import Session

SHELLS: Final = ("bash", "zsh", "fish")


def command() -> Command:
    """Make the command."""
    return Command(
        "completion",
        _run,
        [Argument("shell", type=click.Choice(SHELLS), help="bash, zsh or fish.")],
        about="Measures, fields, conferences and events of the nearest log are completed too.",
        examples=(
            'eval "$(planlog completion bash)"    # in ~/.bashrc',
            'eval "$(planlog completion zsh)"     # in ~/.zshrc',
            "planlog completion fish | source     # in ~/.config/fish/config.fish",
        ),
    )


def _run(session: Session, shell: str) -> None:
    from click.shell_completion import ShellComplete, get_completion_class

    from planlog.cli.app import COMPLETE, PROGRAM, app

    cls = get_completion_class(shell)
    assert cls is not None
    # Not what the class for bash does before: it starts bash to learn its version.
    script = ShellComplete.source(cls(app, {}, PROGRAM, COMPLETE))
    deliver(session, script, "table", None)
