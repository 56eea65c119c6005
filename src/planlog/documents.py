"""Which events came from a document? Their ids are derived from it and from what they say."""

import json
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any, Final

from planlog.dates import InexactDate
from planlog.events import UNSET, Erased, Event, Merged, Split, VersionRecorded
from planlog.keys import keys_of
from planlog.mappings import FrozenMapping
from planlog.slots import Slot

_OF_CONTENT: Final = 12
"""How many digits of an id tell the content and the number; the others are the number."""

_DIGITS: Final = 16


def derived_id(
    version: str, document: str | None, on: InexactDate, event: Event, series: int = 0
) -> str:
    """Derive the id of an event that a *document* says, as it states a *version* of the plan.

    *document* is the SHA-256 of the file in hex. *series* counts the events of one content: where
    the one before counts no longer or was overridden, the next is another event.
    """
    content = _content(version, document, on, event, series)
    return f"{content}{series:0{_DIGITS - _OF_CONTENT}x}"


class Documents:
    """What a log has from documents: every version, and the events that came from each.

    *versions* are the slots of the versions and what these say, by their last day; a version that
    was recorded more than once has one slot each time.
    """

    def __init__(self, slots: Iterable[Slot]) -> None:
        """Take in the *slots* of a log."""
        self.versions: dict[date, list[tuple[Slot, VersionRecorded]]] = {}
        for slot in slots:
            if isinstance(event := slot.content.event, VersionRecorded):
                self.versions.setdefault(slot.content.on.last, []).append((slot, event))

    def version_of(self, slot: Slot) -> str | None:
        """Tell the version by whose document *slot* is there, as it was recorded.

        What was corrected since is somebody's word, and no longer the document's. Merging and
        splitting is told beside a document, never by it, and what was erased says nothing more.
        """
        content = slot.content
        if (
            content.on.last not in self.versions
            or content.corrects is not None
            or not content.on.exact
            or isinstance(content.event, VersionRecorded | Merged | Split | Erased)
        ):
            return None
        for _, stated in self.versions[content.on.last]:
            series = int(slot.id[_OF_CONTENT:], 16)
            if slot.id == derived_id(
                stated.version, stated.document, content.on, content.event, series
            ):
                return stated.version
        return None


def _content(version: str, document: str | None, on: InexactDate, event: Event, series: int) -> str:
    # People tell events apart by the first digits: those of a series must differ there as well.
    again = [series] if series else []
    said = [version, document, on.text, event.TYPE, _plain(event), *again]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return sha256(text.encode()).hexdigest()[:_OF_CONTENT]


def _plain(value: Any) -> Any:
    """What JSON has for *value*; each form means one content."""
    match value:
        case InexactDate():
            return value.text
        case tuple():
            return list(value)
        case FrozenMapping():
            return {key: _plain(item) for key, item in value.items()}
        case None | str() | int():
            return value
        case _:
            named = ((key.name, getattr(value, key.name)) for key in keys_of(type(value)))
            return {name: _plain(item) for name, item in named if item is not UNSET}
