"""The command ``check``: what is wrong or odd about the history."""

from planlog.cli.command import Command, Option
from planlog.cli.output import deliver, say, style
from planlog.cli.reading import at_option, format_of, output_options, pinned
from planlog.cli.session import Session
from planlog.config import Format
from planlog.dates import Point


def command() -> Command:
    """Make the command."""
    return Command(
        "check",
        _run,
        [
            at_option(),
            Option("--strict", is_flag=True, help="Let warnings fail too (exit code 1)."),
            *output_options(),
        ],
        about="An error, and with --strict a warning, makes the exit code 1. A log that cannot be "
        "read makes it 3.",
        examples=("planlog check", "planlog check --strict --format json"),
    )


def _run(
    session: Session, at: Point | None, strict: bool, format: Format | None, output: str | None
) -> int:
    from planlog.render.findings import render_findings

    log = session.log
    moment = log.moment(at)
    point = pinned(moment)
    findings = log.check(point)
    form = format_of(session, format)
    text = render_findings(findings, form, words=session.words, style=style(session, output))
    deliver(session, text, form, output)
    say(session.words.moment(moment, log.plan(point).known))
    return int(any(strict or finding.severity == "error" for finding in findings))
