"""The command ``verify``: whether the record is what it was when somebody vouched for it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import click

from planlog.cli.command import Command, Option
from planlog.cli.output import deliver, style
from planlog.cli.reading import output_option
from planlog.cli.session import Session
from planlog.errors import LogNotFoundError
from planlog.stores.checkpointfiles import checkpoints_folder
from planlog.stores.folder import events_folder

_FORMATS: Final = ("table", "json")
_STDIN: Final = "-"


def command() -> Command:
    """Make the command."""
    return Command(
        "verify",
        _run,
        [
            Option(
                "--checkpoint",
                "checkpoints",
                metavar="FILE",
                multiple=True,
                type=click.Path(),
                help="A checkpoint from outside, such as one typed from minutes: its three lines, "
                "a signed note, or the digits that were read out; - takes it from standard input. "
                "Can be given more than once.",
            ),
            Option(
                "--policy",
                metavar="FILE",
                type=click.Path(),
                help="Whose signatures are enough to trust a checkpoint, such as two of three.",
            ),
            Option(
                "--proof",
                metavar="FILE",
                type=click.Path(),
                help="Check the proof of a single event instead; no log is needed.",
            ),
            Option(
                "--line",
                metavar="FILE",
                type=click.Path(),
                help="The line of the event that --proof is about.",
            ),
            Option(
                "--receipt",
                metavar="FILE",
                type=click.Path(),
                help="Compute the answer again that a receipt is about, and tell whether it still "
                "stands.",
            ),
            Option(
                "--format",
                type=click.Choice(_FORMATS),
                help="How the verdict is written: table unless given here, in PLANLOG_FORMAT or in "
                "planlog.toml.",
            ),
            output_option(),
        ],
        about="Every line is read and hashed again, and every checkpoint compared at its size. "
        "Nothing is written or repaired, and no lock is taken.\n\n"
        "The exit code is 0 if the log is verified, or agrees with its own checkpoints, 1 if it is "
        "damaged, 4 if there is no checkpoint to tell by, or none that is signed as the policy "
        "demands.",
        examples=(
            "planlog verify",
            "planlog verify --checkpoint minutes.txt",
            "planlog verify --checkpoint -",
            "planlog verify --policy policy.txt --format json",
            "planlog verify --proof 9f3c0a6be1d24857.tlog-proof --line 9f3c0a6be1d24857.line",
            "planlog verify --receipt plan.csv.receipt",
        ),
        brief=True,
    )


def _run(
    session: Session,
    checkpoints: tuple[str, ...],
    policy: str | None,
    proof: str | None,
    line: str | None,
    receipt: str | None,
    format: Literal["table", "json"] | None,
    output: str | None,
) -> int:
    _refuse_what_contradicts(session, proof, line, receipt)
    if (*checkpoints, policy, proof, line).count(_STDIN) > 1:
        session.refuse("standard input can be read only once")
    of_log = {"--format": format, "-o": output}
    of_proof = {"--checkpoint": checkpoints, "--policy": policy}
    _refuse_unused(session, "--proof", proof, of_log)
    _refuse_unused(session, "--receipt", receipt, {**of_log, **of_proof})
    for file in checkpoints:
        _refuse_own(session, file)
    if proof is not None:
        from planlog.cli.proof_checking import verify_proof

        path = None if line is None else Path(line)
        return verify_proof(session, Path(proof), path, checkpoints, policy)
    if receipt is not None:
        from planlog.cli.receipts import verify_receipt

        return verify_receipt(session, receipt)
    return _verify_log(session, checkpoints, policy, format, output)


def _verify_log(
    session: Session,
    checkpoints: tuple[str, ...],
    policy: str | None,
    format: Literal["table", "json"] | None,
    output: str | None,
) -> int:
    from planlog.cli.outside import checkpoint_from, policy_from
    from planlog.render.verdict import render_verdict, verdict_json
    from planlog.verification.verifying import verify_named

    if session.location is None:
        raise LogNotFoundError(os.curdir)
    outside = [checkpoint_from(session, file) for file in checkpoints]
    trusted = None if policy is None else policy_from(session, policy)
    verdict = verify_named(session.location, outside, trusted)
    if (format or session.defaults.format) == "json":
        deliver(session, verdict_json(verdict, words=session.words), "json", output)
    else:
        text = render_verdict(verdict, words=session.words, style=style(session, output))
        deliver(session, text, "table", output)
    return verdict.code


def _refuse_what_contradicts(
    session: Session, proof: str | None, line: str | None, receipt: str | None
) -> None:
    if line is not None and proof is None:
        session.refuse(
            "a line is only looked at with its proof: name that with --proof", about="--line"
        )
    if proof is not None and receipt is not None:
        session.refuse("a proof and a receipt are checked one at a time", about="--receipt")


def _refuse_unused(
    session: Session, what: str, given: str | None, options: Mapping[str, object]
) -> None:
    """Refuse what would say nothing where a proof or a receipt is looked at."""
    unused = next((name for name, value in options.items() if value), None)
    if given is not None and unused is not None:
        session.refuse("{name} says nothing with {what}; leave it out", name=unused, what=what)


def _refuse_own(session: Session, file: str) -> None:
    """Refuse a checkpoint that is kept with the log: whoever keeps both vouches for nothing."""
    if session.location is None:
        return
    own = checkpoints_folder(events_folder(session.location)).resolve()
    if file != _STDIN and Path(file).resolve().is_relative_to(own):
        session.refuse(
            "{path!r} is kept with the log, so it is none from outside; it is looked at anyway, "
            "leave it out",
            about="--checkpoint",
            path=file,
        )
