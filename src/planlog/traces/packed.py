"""What stands in a file of any kind, also in what is packed or filed in it, within limits.

Spreadsheets and other office documents are zip files of XML; a database keeps long texts in pieces.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

import attrs

from planlog.stores.eventfiles import shown
from planlog.traces.forms import MOST_READ, Sought, is_text
from planlog.values import Value

if TYPE_CHECKING:
    import sqlite3
    from zipfile import ZipFile, ZipInfo

MOST_BYTES: Final = 256 * 2**20
"""The largest file that is looked into."""

MOST_UNPACKED: Final = 64 * 2**20
"""What one part of a packed file may unpack to."""

MOST_UNPACKED_TOGETHER: Final = 256 * 2**20
"""What all that is packed in a file may unpack to."""

MOST_PARTS: Final = 10_000
"""How many parts a packed file may have."""

_MOST_NESTED: Final = 3
_MOST_STEPS: Final = 2_000
"""How often a database may do ten thousand things more before it is left."""

_BATCH: Final = 2**20
"""How many bytes of values are searched at once."""

Reason = Literal[
    "large", "bytes-only", "unreadable", "encrypted", "compressed", "form", "repository", "many"
]
"""Why something was not looked into, or not wholly.

``bytes-only``: it was searched, but not for texts with escapes, or in pieces; ``form``: a PDF, a
picture, sound or film may show a text that does not stand there as such.
"""

_COMPRESSED: Final = (b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x28\xb5\x2f\xfd")
_SHOWING: Final = re.compile(
    rb"%PDF|\x89PNG|\xff\xd8\xff|GIF8|RIFF....(?:WEBP|WAVE|AVI )|II\*\0|MM\0\*|....ftyp|ID3|OggS",
    re.DOTALL,
)
_GZIP: Final = b"\x1f\x8b\x08"
_ZIP: Final = b"PK\x03\x04"
_ZIP_ENTRY: Final = b"PK\x01\x02"
_SQLITE: Final = b"SQLite format 3\0"


@attrs.frozen(repr=False)
class Unseen(Value):
    """A *place* that was not looked into, or not wholly, and the *reason*."""

    place: str
    reason: Reason


class Look:
    """One look for what is *sought* into a file, and what was not seen of it."""

    def __init__(self, sought: Sought) -> None:
        """Begin with nothing unpacked."""
        self._sought = sought
        self._left = MOST_UNPACKED_TOGETHER
        self.unseen: list[Unseen] = []

    def into(self, content: bytes, place: str, depth: int = 0) -> "Counter[str]":
        """Count what stands in *content*, which is at *place*, and in all that it packs."""
        counts = self._sought.counts(content)
        if len(content) > MOST_READ and is_text(content):
            self._miss(place, "bytes-only")
        if content.startswith((_ZIP, _GZIP)) and depth == _MOST_NESTED:
            self._miss(place, "compressed")
        elif content.startswith(_ZIP):
            counts |= self._into_zip(content, place, depth + 1)
        elif content.startswith(_GZIP):
            counts |= self._into_gzip(content, place, depth + 1)
        elif content.startswith(_SQLITE):
            counts |= self._into_database(content, place)
        elif content.startswith(_COMPRESSED):
            self._miss(place, "compressed")
        elif _SHOWING.match(content):
            self._miss(place, "form")
        return counts

    def _miss(self, place: str, reason: Reason) -> None:
        self.unseen.append(Unseen(place, reason))

    def _into_zip(self, content: bytes, place: str, depth: int) -> "Counter[str]":
        import zipfile

        counts: Counter[str] = Counter()
        # The library would list any number of parts before anybody could count them.
        if content.count(_ZIP_ENTRY) > MOST_PARTS:
            self._miss(place, "large")
            return counts
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
            self._miss(place, "unreadable")
            return counts
        for member in archive.infolist():
            inner = f"{place}: {shown(member.filename)}"
            counts.update(self._into_member(archive, member, inner, depth))
        return counts

    def _into_member(
        self, archive: "ZipFile", member: "ZipInfo", place: str, depth: int
    ) -> "Counter[str]":
        import zipfile
        import zlib

        if member.flag_bits & 1:
            self._miss(place, "encrypted")
        elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            self._miss(place, "compressed")
        else:
            try:
                with archive.open(member) as file:
                    part = file.read(self._room + 1)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
                self._miss(place, "unreadable")
            else:
                return self._into_part(part, place, depth)
        return Counter()

    def _into_gzip(self, content: bytes, place: str, depth: int) -> "Counter[str]":
        import gzip
        import zlib

        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
                part = file.read(self._room + 1)
        except (zlib.error, EOFError, OSError):
            self._miss(place, "unreadable")
            return Counter()
        return self._into_part(part, place, depth)

    @property
    def _room(self) -> int:
        return min(MOST_UNPACKED, self._left)

    def _into_part(self, part: bytes, place: str, depth: int) -> "Counter[str]":
        if len(part) > self._room:
            self._miss(place, "large")
            return Counter()
        self._left -= len(part)
        return self.into(part, place, depth)

    def _into_database(self, content: bytes, place: str) -> "Counter[str]":
        """Count in the values of a database, which may stand in pieces; its bytes hold the rest.

        Texts that were deleted stand in its bytes until it is packed anew.
        """
        import sqlite3

        counts: Counter[str] = Counter()
        try:
            for values in _values_in_batches(content):
                counts.update(self._sought.counts(values))
        except (sqlite3.Error, AttributeError, OverflowError, ValueError):
            self._miss(place, "bytes-only")
        return counts


def _values_in_batches(content: bytes) -> Iterator[bytes]:
    """Every text and all bytes that are values of a database, a million bytes at a time.

    Only tables are read, in memory, and nothing that the database brings along is run.
    """
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        # A database that was left in WAL mode cannot be opened in memory.
        connection.deserialize(content[:18] + b"\1\1" + content[20:])
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        connection.text_factory = bytes
        steps = iter(range(_MOST_STEPS))
        connection.set_progress_handler(lambda: next(steps, None) is None, 10_000)
        held, size = [], 0
        for value in _values(connection):
            held.append(value)
            size += len(value)
            if size > _BATCH:
                yield b"\n".join(held)
                held, size = [], 0
        yield b"\n".join(held)
    finally:
        connection.close()


def _values(connection: "sqlite3.Connection") -> Iterator[bytes]:
    # What has no page of its own is no table but a program that answers like one.
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
    for (name,) in connection.execute(tables).fetchall():
        quoted = name.decode().replace('"', '""')
        for row in connection.execute(f'SELECT * FROM "{quoted}"'):
            yield from (value for value in row if isinstance(value, bytes))
