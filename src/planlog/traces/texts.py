"""Which texts of an event could tell of somebody, and are worth looking for."""

from collections.abc import Iterable
from typing import Final, Literal

import attrs

from planlog.events import RecordedEvent
from planlog.texts import free_texts
from planlog.values import Value

LEAST: Final = 4
"""A shorter text stands in too many places by chance."""

Omission = Literal["short", "said-elsewhere"]
"""Why a text is not worth looking for."""


@attrs.frozen(repr=False)
class Telling(Value):
    """A *text* of an event, and the *keys* under which it stands there.

    *elsewhere* are the ids of the other events that say the same.
    """

    text: str
    keys: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def left_out(self) -> Omission | None:
        """Why it is not worth looking for, if it is not."""
        if len(self.text.strip()) < LEAST:
            return "short"
        return "said-elsewhere" if self.elsewhere else None


def telling_texts(event: RecordedEvent, others: Iterable[RecordedEvent]) -> tuple[Telling, ...]:
    """Tell every text of *event* that is not an id, and which of the *others* say it as well.

    A text that another event says stands wherever that one is shown: to find it shows nothing.
    None is left out here, so that nobody takes for searched what was not.
    """
    keys: dict[str, list[str]] = {}
    for key, text in free_texts(event):
        keys.setdefault(text, []).append(key)
    saying: dict[str, dict[str, None]] = {text: {} for text in keys}
    for other in others:
        if other.id != event.id:
            for _, text in free_texts(other):
                if text in saying:
                    saying[text][other.id] = None
    return tuple(Telling(text, tuple(keys[text]), tuple(saying[text])) for text in keys)


def worth_finding(tellings: Iterable[Telling]) -> tuple[str, ...]:
    """Return the texts that are worth looking for."""
    return tuple(telling.text for telling in tellings if telling.left_out is None)
