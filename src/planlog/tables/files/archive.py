"""The parts of a spreadsheet file that is packed as zip: unpacked and parsed within the limits.

XML is parsed as a stream, and only the elements that are asked for are ever built. No document
type is accepted, declared entities or not: no spreadsheet program writes one, and default values
for attributes, which one may declare, multiply as well as entities do.
"""

import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from planlog.errors import Flaw, TableError
from planlog.tables.files.limits import (
    LONGEST_NAMESPACE,
    LONGEST_ROW,
    MOST_ATTRIBUTES,
    MOST_CLAIMED,
    MOST_PARTS,
    Room,
)
from planlog.tables.places import refused

if TYPE_CHECKING:
    from defusedxml.ElementTree import DefusedXMLParser

# Expat goes through a token that is not complete anew with each chunk: small ones would make a
# giant token take hours.
_CHUNK: Final = 2**20

_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
)
"""What the library raises where a zip file is not as it should be."""

_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """A zip file in memory, some parts of which hold tables."""

    def __init__(self, content: bytes, room: Room) -> None:
        """Open it, and look whether what it claims to hold can be held at all."""
        self.room = room
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _UNREADABLE as error:
            raise self.damaged("zip", error) from None
        members = self._zip.infolist()
        claimed = sum(member.file_size for member in members)
        if len(members) > MOST_PARTS or claimed > MOST_CLAIMED:
            raise refused(
                Flaw(
                    "table-bomb",
                    "the file packs {count} parts that unpack to {size} bytes, more than {parts} "
                    "or {limit}; copy the rows of the plan into a new file",
                    {
                        "count": len(members),
                        "size": claimed,
                        "parts": MOST_PARTS,
                        "limit": MOST_CLAIMED,
                    },
                    place=room.file,
                )
            )

    def has(self, part: str) -> bool:
        """Whether there is a *part* of this name."""
        return part in self._zip.NameToInfo

    def beginning(self, part: str) -> bytes:
        """The first chunk of a *part*."""
        return next(self._chunks(part), b"")

    def elements(
        self,
        part: str,
        whole: Collection[str],
        opening: Collection[str] = (),
        ignored: Collection[str] = (),
    ) -> Iterator[Element]:
        """Parse a *part* and give its elements as they come, by their names without namespace.

        Those in *whole* come with all that is in them, those in *opening* with their attributes
        only, before what is in them; nothing comes of what is in those *ignored*.
        """
        parser_class = self._parser()
        selection = _Selection(self.room, part, whole, opening, ignored)
        parser = parser_class(target=selection, forbid_dtd=True)
        try:
            for chunk in _with_short_tags(self._chunks(part)):
                parser.feed(chunk)
                yield from selection.taken()
            parser.close()
        except TableError:
            raise
        except (ParseError, LookupError, ValueError) as error:
            raise self._flawed(part, error) from None
        yield from selection.taken()

    def damaged(self, part: str, cause: Exception | str) -> TableError:
        """Return the error that says that a *part* cannot be read."""
        return refused(
            Flaw(
                "damaged-table",
                "cannot read {part!r} in the file: {cause}; open it in a spreadsheet program and "
                "save it anew",
                {"part": part, "cause": str(cause) or type(cause).__name__},
                place=self.room.file,
            )
        )

    def _parser(self) -> "type[DefusedXMLParser]":
        try:
            from defusedxml.ElementTree import DefusedXMLParser
        except ImportError:
            raise missing_extra(self.room.file) from None
        return DefusedXMLParser

    def _flawed(self, part: str, error: Exception) -> TableError:
        from defusedxml import DefusedXmlException

        if not isinstance(error, DefusedXmlException):
            return self.damaged(part, error)
        return refused(
            Flaw(
                "table-declarations",
                "{part!r} declares a document type, as no spreadsheet program does; open the file "
                "in one and save it anew",
                {"part": part},
                place=self.room.file,
            )
        )

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Unpack a *part*, and count: what the directory says of it may be a lie."""
        try:
            member = self._zip.getinfo(part)
            if member.compress_type not in _METHODS:
                raise zipfile.BadZipFile(f"compression {member.compress_type}")
            with self._zip.open(member) as file:
                taken = 0
                while chunk := file.read(_CHUNK):
                    taken += len(chunk)
                    self.room.unpack(part, len(chunk), taken, member.compress_size)
                    yield chunk
        except TableError:
            raise
        except _UNREADABLE as error:
            raise self.damaged(part, error) from None


def _with_short_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Pass on *chunks* of XML, but none of a giant tag or text, in which no other can begin."""
    length = 0
    for chunk in chunks:
        last = chunk.rfind(b"<")
        length = length + len(chunk) if last < 0 else len(chunk) - last
        if length > LONGEST_ROW:
            raise ValueError(f"a tag or text of more than {LONGEST_ROW} bytes")
        yield chunk


def missing_extra(file: str) -> TableError:
    """Return the error that says what to install."""
    return refused(
        Flaw(
            "no-tables-extra",
            "to read XLSX and ODS, planlog needs more than is installed; "
            "install it with: pip install 'planlog[tables]'",
            place=file,
        )
    )


def local(name: str) -> str:
    """The *name* of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


class _Selection:
    """Builds the elements that are asked for, and watches over all."""

    def __init__(
        self,
        room: Room,
        part: str,
        whole: Collection[str],
        opening: Collection[str],
        ignored: Collection[str],
    ) -> None:
        self._room = room
        self._part = part
        self._whole, self._opening, self._ignored = whole, opening, ignored
        self._depth = self._since = self._length = 0
        self._builder: TreeBuilder | None = None
        self._found: list[Element] = []

    def taken(self) -> list[Element]:
        """Hand over what was found since."""
        found, self._found = self._found, []
        return found

    def start_ns(self, prefix: str, uri: str) -> None:
        """Meet a namespace."""
        if len(uri) > LONGEST_NAMESPACE:
            raise ValueError(f"a namespace of {len(uri)} characters")

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Meet the beginning of an element."""
        self._depth += 1
        self._room.element(self._part, self._depth)
        if len(attributes) > MOST_ATTRIBUTES:
            raise ValueError(f"an element of {len(attributes)} attributes")
        if self._builder:
            self._builder.start(tag, dict(attributes))
        elif not self._since:
            name = local(tag)
            if name in self._ignored:
                self._since = self._depth
            elif name in self._opening:
                self._found.append(Element(tag, dict(attributes)))
            elif name in self._whole:
                self._since, self._length = self._depth, 0
                self._builder = TreeBuilder()
                self._builder.start(tag, dict(attributes))

    def end(self, tag: str) -> None:
        """Meet the end of an element."""
        ends = self._depth == self._since
        self._depth -= 1
        if self._builder:
            self._builder.end(tag)
            if ends:
                self._found.append(self._builder.close())
                self._builder = None
        if ends:
            self._since = 0

    def data(self, text: str) -> None:
        """Meet text."""
        if self._builder:
            self._length += len(text)
            if self._length > LONGEST_ROW:
                raise ValueError(f"a row of more than {LONGEST_ROW} characters")
            self._builder.data(text)

    def close(self) -> None:
        """Meet the end of the part; the parser asks for this method."""
