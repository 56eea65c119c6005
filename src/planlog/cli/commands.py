"""Every command: what it is called, under which heading it stands, and one line about it.

Listing the commands loads none of them.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from planlog.cli.command import Command

READ: Final = "Read"
RECORD: Final = "Record"
TRUST: Final = "Trust"
EXCHANGE: Final = "Exchange"

HEADINGS: Final = (READ, RECORD, TRUST, EXCHANGE)


@attrs.frozen
class Entry:
    """A command's place in the list: its *heading*, its *help*, and what loads it."""

    heading: str
    help: str
    load: "Callable[[], Command]"


def _show() -> "Command":
    from planlog.cli.show import command

    return command()


def _diff() -> "Command":
    from planlog.cli.diff import command

    return command()


def _log() -> "Command":
    from planlog.cli.log import command

    return command()


def _history() -> "Command":
    from planlog.cli.history import command

    return command()


def _priorities() -> "Command":
    from planlog.cli.priorities import command

    return command()


def _decisions() -> "Command":
    from planlog.cli.decisions import command

    return command()


def _stats() -> "Command":
    from planlog.cli.stats import command

    return command()


def _check() -> "Command":
    from planlog.cli.check import command

    return command()


def _prove() -> "Command":
    from planlog.cli.proving import command

    return command()


def _checkpoint() -> "Command":
    from planlog.cli.checkpointing import command

    return command()


def _verify() -> "Command":
    from planlog.cli.verifying import command

    return command()


def _erase() -> "Command":
    from planlog.cli.erasing import command

    return command()


def _init() -> "Command":
    from planlog.cli.opening import command

    return command()


def _verb(name: str) -> "Command":
    from planlog.cli.verbs import command

    return command(name)


def _correct() -> "Command":
    from planlog.cli.correcting import command

    return command()


def _record() -> "Command":
    from planlog.cli.handing_in import command

    return command()


def _join() -> "Command":
    from planlog.cli.joining import command

    return command()


def _import() -> "Command":
    from planlog.cli.importing import command

    return command()


def _export() -> "Command":
    from planlog.cli.exporting import command

    return command()


def _schema() -> "Command":
    from planlog.cli.schema import command

    return command()


def _completion() -> "Command":
    from planlog.cli.completion import command

    return command()


COMMANDS: Final[Mapping[str, Entry]] = {
    "show": Entry(READ, "Show the plan, or one measure, as it stood at a point in time.", _show),
    "diff": Entry(READ, "Tell what differs between two points in time, and why.", _diff),
    "log": Entry(READ, "List the events that were recorded, the newest last.", _log),
    "history": Entry(READ, "Tell the life of a measure: who changed what, when and why.", _history),
    "priorities": Entry(
        READ, "Tell rank and level at each conference, set by whom on what source.", _priorities
    ),
    "decisions": Entry(
        READ, "List what was decided, and what became of each measure since.", _decisions
    ),
    "stats": Entry(
        READ, "Count measures, silence, delays and lateness between two points.", _stats
    ),
    "init": Entry(RECORD, "Begin the history of a new plan.", _init),
    "amend-plan": Entry(
        RECORD,
        "Record a new title, place, programme or language of the plan.",
        partial(_verb, "amend-plan"),
    ),
    "add-field": Entry(
        RECORD, "Record that an action field was added.", partial(_verb, "add-field")
    ),
    "amend-field": Entry(
        RECORD, "Record a new title or number of an action field.", partial(_verb, "amend-field")
    ),
    "add-goal": Entry(RECORD, "Record a goal of an action field.", partial(_verb, "add-goal")),
    "hold-conference": Entry(
        RECORD, "Record that a conference or workshop met.", partial(_verb, "hold-conference")
    ),
    "propose": Entry(RECORD, "Record that a measure was proposed.", partial(_verb, "propose")),
    "amend": Entry(
        RECORD,
        "Record that a measure was renamed, renumbered, moved or described anew.",
        partial(_verb, "amend"),
    ),
    "prioritize": Entry(
        RECORD, "Record the priority list of an action field.", partial(_verb, "prioritize")
    ),
    "rate": Entry(RECORD, "Record the class of priority of a measure.", partial(_verb, "rate")),
    "start": Entry(RECORD, "Record that work on a measure began.", partial(_verb, "start")),
    "progress": Entry(
        RECORD, "Record a report that leaves a measure in its phase.", partial(_verb, "progress")
    ),
    "implement": Entry(
        RECORD, "Record that a measure was carried out.", partial(_verb, "implement")
    ),
    "make-permanent": Entry(
        RECORD, "Record that a measure became a permanent task.", partial(_verb, "make-permanent")
    ),
    "pause": Entry(
        RECORD, "Record that a measure was put aside for a time.", partial(_verb, "pause")
    ),
    "resume": Entry(RECORD, "Record that work went on after a pause.", partial(_verb, "resume")),
    "drop": Entry(RECORD, "Record that a measure was given up, and why.", partial(_verb, "drop")),
    "merge": Entry(RECORD, "Record that measures were joined into one.", partial(_verb, "merge")),
    "split": Entry(
        RECORD, "Record that a measure was divided into several.", partial(_verb, "split")
    ),
    "decide": Entry(RECORD, "Record what a conference decided.", partial(_verb, "decide")),
    "record-version": Entry(
        RECORD, "Record that a document stated the plan.", partial(_verb, "record-version")
    ),
    "note": Entry(
        RECORD, "Record something worth keeping that no other command says.", partial(_verb, "note")
    ),
    "correct": Entry(RECORD, "Correct an event; what it said stays readable.", _correct),
    "retract": Entry(
        RECORD, "Take an event back that should not have been recorded.", partial(_verb, "retract")
    ),
    "record": Entry(RECORD, "Record events from a file of JSON lines, all or none.", _record),
    "check": Entry(TRUST, "Report what is wrong or odd about the history.", _check),
    "checkpoint": Entry(
        TRUST, "Print for the minutes what shows later that the log has only grown.", _checkpoint
    ),
    "verify": Entry(
        TRUST, "Tell whether the record is what it was when somebody vouched for it.", _verify
    ),
    "prove": Entry(TRUST, "Show one event to somebody who sees nothing else of the log.", _prove),
    "erase": Entry(TRUST, "Erase the text of an event for good, and say so.", _erase),
    "join": Entry(TRUST, "Join the log of another clone of the plan to this one.", _join),
    "import": Entry(EXCHANGE, "Turn a version of the plan in a spreadsheet into events.", _import),
    "export": Entry(
        EXCHANGE, "Write the plan, a comparison or the history to a file for others.", _export
    ),
    "schema": Entry(EXCHANGE, "Print the JSON Schema of an event.", _schema),
    "completion": Entry(
        EXCHANGE, "Print the script that completes commands in a shell.", _completion
    ),
}
"""All commands, in the order in which they are listed."""
