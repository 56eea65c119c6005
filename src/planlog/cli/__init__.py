"""The command line: `main` is what ``planlog`` runs."""

import gc
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Do what the *arguments* (absent: the program's own) ask for, and exit with a code."""
    if arguments is None:
        # One question and it is over: looking for garbage would take a twentieth of the time.
        gc.disable()
    from planlog.cli.app import app

    app.main(arguments)
