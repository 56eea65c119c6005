"""Checkpoints and policies that are given on the command line, from a file or typed in."""

import sys
from typing import Final

from planlog.cli.input import content_of
from planlog.cli.output import say
from planlog.cli.session import Session
from planlog.trust.policies import Policy
from planlog.trust.texts import MOST_BYTES
from planlog.verification.claims import Said
from planlog.verification.typed import typed

STDIN: Final = "-"


def checkpoint_from(session: Session, file: str) -> tuple[str, Said]:
    """Read the checkpoint in *file* (``-`` for standard input), and name its place for people."""
    place = file
    if file == STDIN:
        place = session.words("standard input")
        if is_typed_in():
            say(
                session.words(
                    "type in the three lines, or what was read out; end with Ctrl-D (Windows: "
                    "Ctrl-Z, Enter)"
                )
            )
    # One byte more than there may be: what is longer is refused, not cut off.
    return place, typed(content_of(session, file, "--checkpoint", MOST_BYTES + 1), place)


def policy_from(session: Session, file: str) -> Policy:
    """Read the policy in *file*."""
    return Policy.parse(content_of(session, file, "--policy", MOST_BYTES + 1), file)


def is_typed_in() -> bool:
    """Whether somebody sits at a keyboard and is waited for."""
    return sys.stdin is not None and sys.stdin.isatty()
