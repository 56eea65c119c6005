"""Files of a plan's folder in which a text still stands."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

import attrs

from planlog.errors import Flaw, StoreReadError
from planlog.stores.eventfiles import content_of, place_of, shown
from planlog.stores.names import poses_as_event_file
from planlog.traces.forms import Sought
from planlog.traces.packed import MOST_BYTES, Look, Unseen
from planlog.values import Value

MOST_FILES: Final = 100_000
"""How many files are looked into."""

Kind = Literal["event", "temporary", "backup", "copy", "name"]
"""Where a text stands: in a line of the log, in a file that a writer or an editor left behind, in
any other file (an export, a report, a copy), or in the name of a file or folder."""

_TEMPORARY: Final = re.compile(r"\.planlog-.*\.tmp|.*\.tmp|\.~lock\..*|~\$.*", re.DOTALL)
_BACKUP: Final = re.compile(r".*~|#.*#|\.#.*|.*\.sw[a-z]|.*\.(?:bak|orig|old)", re.DOTALL)
_GIT: Final = ".git"


@attrs.frozen(repr=False)
class Trace(Value):
    """A *place* in which something still stands, relative to the plan's folder.

    *texts* are those that were found there, *whole* says that the raw line was, and *count* how
    often they were found, all together and at least.
    """

    place: str
    kind: Kind
    texts: tuple[str, ...]
    whole: bool
    count: int


@attrs.frozen(repr=False)
class FileTraces(Value):
    """What was found, and what was not, or not wholly, looked into among *looked* files."""

    traces: tuple[Trace, ...]
    unseen: tuple[Unseen, ...]
    looked: int


def find(folder: Path, line: bytes, texts: Iterable[str], events: Path | None = None) -> FileTraces:
    """Look for a raw *line* and for *texts* in every file below the plan's *folder*.

    *events* is the folder of the log, ``events`` unless given. Nothing is written, no link is
    followed, and nothing in the folder of git is looked into. Not found is a text that is broken
    within a word in a paragraph, stands in a picture or a PDF, or is encoded as a whole (base64).
    Raises `StoreReadError` if the folder cannot be read.
    """
    search = _Search(folder, Sought(line, texts), folder / "events" if events is None else events)
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise StoreReadError(str(folder), error.strerror or str(error)) from error
    for path, entry in search.entries():
        search.look(path, entry)
    return FileTraces(tuple(search.traces), tuple(search.unseen), search.looked)


class _Search:
    """One search through a folder."""

    def __init__(self, folder: Path, sought: Sought, events: Path) -> None:
        self._folder, self._sought, self._events = folder, sought, events
        self.traces: list[Trace] = []
        self.unseen: list[Unseen] = []
        self.looked = 0
        self._full = False

    def entries(self) -> Iterator[tuple[Path, "os.DirEntry[str]"]]:
        """Everything in the folder and in those below it, by name, but what belongs to git."""
        folders = [self._folder]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(folder) as listing:
                    entries = sorted(listing, key=lambda entry: entry.name)
            except FileNotFoundError:
                continue
            except OSError:
                self.unseen.append(Unseen(self._place(folder), "unreadable"))
                continue
            below = []
            for entry in entries:
                path = folder / entry.name
                if entry.name == _GIT:
                    if folder != self._folder:
                        self.unseen.append(Unseen(self._place(path), "repository"))
                    continue
                if entry.is_dir(follow_symlinks=False):
                    below.append(path)
                yield path, entry
            folders += reversed(below)

    def look(self, path: Path, entry: "os.DirEntry[str]") -> None:
        """Look at the name of an *entry*, and into it if it is a file."""
        place = self._place(path)
        if named := self._sought.named(entry.name):
            self.traces.append(Trace(place, "name", named, False, len(named)))
        if not entry.is_file(follow_symlinks=False):
            return
        if self.looked == MOST_FILES:
            if not self._full:
                self.unseen.append(Unseen(place, "many"))
            self._full = True
            return
        self.looked += 1
        try:
            content = content_of(path, place, MOST_BYTES)
        except FileNotFoundError:  # gone since it was listed
            return
        except OSError:
            self.unseen.append(Unseen(place, "unreadable"))
            return
        if isinstance(content, Flaw):
            is_large = content.code == "huge-file"
            self.unseen.append(Unseen(place, "large" if is_large else "unreadable"))
        else:
            self._look_into(path, place, content)

    def _look_into(self, path: Path, place: str, content: bytes) -> None:
        look = Look(self._sought)
        counts = look.into(content, place)
        self.unseen += look.unseen
        if not counts:
            return
        if path.parent == self._events and poses_as_event_file(path.name):
            for number, line in enumerate(content.split(b"\n"), start=1):
                counts = self._sought.counts(line)
                self._found(place_of(path.parent, path.name, number), "event", counts)
        else:
            self._found(place, _kind(path.name), counts)

    def _found(self, place: str, kind: Kind, counts: "Counter[str]") -> None:
        if counts:
            texts = tuple(text for text in self._sought.texts if counts[text])
            whole = counts[self._sought.line]
            self.traces.append(Trace(place, kind, texts, whole > 0, counts.total()))

    def _place(self, path: Path) -> str:
        return shown(path.relative_to(self._folder).as_posix())


def _kind(name: str) -> Kind:
    if _TEMPORARY.fullmatch(name):
        return "temporary"
    return "backup" if _BACKUP.fullmatch(name) else "copy"
