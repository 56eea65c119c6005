"""Events and lines that tell of somebody."""

from datetime import UTC, datetime
from typing import Any

from planlog import Event, InexactDate, RecordedEvent
from planlog.codec import encode

NOTE = 'Frau Müßig-Çelik, „Haus 3“ & Söhne <3> sagt: "ja" | 50 % der Kosten'
"""A text with everything that some form of file writes in another way."""


def recorded(number: int, event: Event, **around: Any) -> RecordedEvent:
    """Return an *event* as it is recorded, with a *number* for its id."""
    given = {"by": "Quartiersmanagement", "on": InexactDate.of("2023-03-16"), **around}
    return RecordedEvent(
        position=number,
        id=f"{number:016x}",
        recorded=datetime(2026, 11, 22, 8, 15, tzinfo=UTC),
        event=event,
        salt="q7mJr0o0X0m7Jf3hQb6J1g",
        **given,
    )


def line_of(event: RecordedEvent) -> bytes:
    """Return the line of an event."""
    return encode(event)
