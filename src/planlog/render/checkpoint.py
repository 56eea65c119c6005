"""The sheet of a checkpoint, to be printed in the minutes of a conference."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from planlog.dates import format_timestamp
from planlog.plan import Conference
from planlog.render.text import visible, wrapped
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import Signature
from planlog.trust.spoken import spoken
from planlog.wording import Words

_WIDTH: Final = 80
"""It is for paper, whatever the terminal has."""


def render_sheet(
    checkpoint: Checkpoint,
    *,
    words: Words,
    day: date,
    recorded: datetime,
    conference: Conference | None = None,
    before: int | None = None,
    signatures: tuple[Signature, ...] = (),
) -> str:
    """Write the sheet of a *checkpoint* that was made on a *day*.

    The last event that it covers was *recorded* then; *before* is the size of the checkpoint
    before it. The lines of the checkpoint are never broken.
    """
    parts = (
        wrapped(_heading(words, conference), _WIDTH),
        [visible(line) for line in checkpoint.text.removesuffix("\n").split("\n")],
        [words("To read out:"), spoken(checkpoint)],
        wrapped(" ".join(_facts(checkpoint, words, day, recorded, before, signatures)), _WIDTH),
        wrapped(
            words(
                "Whoever has these lines can find out at any time whether one of these events was "
                "changed or removed, or another put among them. To check it, type them in, or "
                "what was read out, after this command:"
            ),
            _WIDTH,
        ),
        ["planlog verify --checkpoint -"],
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _heading(words: Words, conference: Conference | None) -> str:
    if conference is None:
        return words("Checkpoint for the minutes")
    details = conference.id if conference.on is None else f"{conference.id}, {conference.on}"
    named = f"{conference.title} ({details})" if conference.title else details
    return words("Checkpoint for the minutes: {conference}", conference=visible(named))


def _facts(
    checkpoint: Checkpoint,
    words: Words,
    day: date,
    recorded: datetime,
    before: int | None,
    signatures: tuple[Signature, ...],
) -> Iterator[str]:
    size = checkpoint.size
    yield words.plural(
        "Made on {day}, for {n} event, recorded at {recorded}.",
        "Made on {day}, for {n} events, the last of them recorded at {recorded}.",
        size,
        day=words.date(day),
        recorded=format_timestamp(recorded),
    )
    if before is None:
        yield words("It is the first checkpoint.")
    else:
        yield words.plural(
            "{n} event has come since the checkpoint of {size}.",
            "{n} events have come since the checkpoint of {size}.",
            size - before,
            size=before,
        )
    if signatures:
        listing = ", ".join(f"{visible(one.name)} ({one.key_id.hex()})" for one in signatures)
        yield words("Signed by: {listing}.", listing=listing)
