"""The command ``join``: one log of two clones of a plan that both went on."""

from typing import Final, Literal

import click

from planlog.cli.command import Argument, Command, Option
from planlog.cli.output import deliver, style
from planlog.cli.reading import output_option
from planlog.cli.session import Session
from planlog.errors import LogNotFoundError

_FORMATS: Final = ("table", "json")


def command() -> Command:
    """Make the command."""
    return Command(
        "join",
        _run,
        [
            Argument(
                "other",
                metavar="FOLDER",
                required=False,
                type=click.Path(),
                help="The other clone's folder, which is only read. Without it, what git merge "
                "left side by side in the plan's own folder is joined.",
            ),
            Option(
                "--ours",
                metavar="FILE|EVENT",
                help="Which branch keeps its place after git merge: a file, or the beginning of an "
                "event's id, that only this branch has. Unless given, it is the one of which "
                "checkpoints cover more, else the one that was recorded first.",
            ),
            Option(
                "--erase",
                is_flag=True,
                help="Agree that texts which the other clone erased are erased here too.",
            ),
            Option("--dry-run", is_flag=True, help="Tell what would be done, and change nothing."),
            Option(
                "--format",
                type=click.Choice(_FORMATS),
                help="How the answer is written: table unless given here, in PLANLOG_FORMAT or in "
                "planlog.toml.",
            ),
            output_option(),
        ],
        about="The plan's own events stay as they are, and its checkpoints stay valid. What the "
        "other clone recorded gets files of its own behind them, batch by batch; no line changes. "
        "The other clone's checkpoints are kept with the order in which these lines were its "
        "log.\n\n"
        "The answer names what depends on which log comes first: what both set on one day, "
        "corrected or brought in. The exit code is 1 if a checkpoint of the other clone does not "
        "fit its own log.\n\n"
        "What was interrupted goes on when the same command is given again.",
        examples=(
            "planlog join ../other-clone --dry-run",
            "planlog join ../other-clone",
            "git merge colleague/main && planlog join",
        ),
    )


def _run(
    session: Session,
    other: str | None,
    ours: str | None,
    erase: bool,
    dry_run: bool,
    format: Literal["table", "json"] | None,
    output: str | None,
) -> int:
    from planlog.joining import join
    from planlog.render.joining import join_json, render_join

    if other is not None and ours is not None:
        session.refuse(
            "takes no {name} when FOLDER is given: the plan's own log keeps its place",
            about="--ours",
            name="--ours",
        )
    if session.location is None:
        raise LogNotFoundError(".")
    report = join(session.location, other, ours=ours, erase=erase, dry_run=dry_run)
    if (format or session.defaults.format) == "json":
        deliver(session, join_json(report, words=session.words), "json", output)
    else:
        text = render_join(report, words=session.words, style=style(session, output))
        deliver(session, text, "table", output)
    return int(any(one.kept == "unfit" for one in report.checkpoints))
