"""Every exception raised on purpose.

All descend from `PlanlogError`. Each class carries a ``code`` and a ``template``: the English
sentence whose placeholders are the exception's own attributes. Translation replaces the template
and never the attributes, so nobody has to parse a message.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import attrs

MOST_TOLD: Final = 200
"""Nobody reads more flaws than this; a wrong map can make one of every cell of a table."""


@attrs.frozen
class Flaw:
    """One thing that is wrong at one place of a text.

    *place* names the file and line (``events/0000000000-….jsonl:2``) or is empty, *key* the key
    within the line (``data.measure``) or is empty. *template* is an English sentence with
    placeholders that *details* fills.
    """

    code: str
    template: str
    details: Mapping[str, object] = attrs.field(factory=dict)
    key: str = ""
    place: str = ""

    def __str__(self) -> str:
        """The flaw in English, with its place and key in front."""
        return self.located(self.template.format(**self.details))

    def located(self, sentence: str) -> str:
        """*sentence* with this flaw's place and key in front."""
        return ": ".join(part for part in (self.place, self.key, sentence) if part)

    def at(self, place: str) -> "Flaw":
        """The same flaw at another *place*."""
        return attrs.evolve(self, place=place)


class PlanlogError(Exception):
    """The base of every exception that planlog raises on purpose."""

    code: ClassVar[str]
    template: ClassVar[str]

    @property
    def details(self) -> dict[str, Any]:
        """The attributes that fill the template."""
        cls = type(self)
        return (
            {field.name: getattr(self, field.name) for field in attrs.fields(cls)}
            if attrs.has(cls)
            else {}
        )

    def __str__(self) -> str:
        """The message in English."""
        return self.template.format(**self.details)


@attrs.define(str=False, eq=False, repr=False)
class DateError(PlanlogError):
    """A text is neither a day, a month or a year, nor an interval of these."""

    code = "date"
    template = (
        "expected a date (2023-03-16, 2023-03, 2023 or an interval such as "
        "2020-09-18/2023-03-16), got {value!r}"
    )

    value: str


@attrs.define(str=False, eq=False, repr=False)
class PointError(PlanlogError):
    """A text does not name a point in time."""

    code = "point"
    template = (
        "expected a point AT[@KNOWN] (a day, month or year, today, start, a conference or version, "
        "before:CONFERENCE; KNOWN also a timestamp or #SIZE), got {value!r}"
    )

    value: str


@attrs.define(str=False, eq=False, repr=False)
class UnknownNameError(PlanlogError):
    """A point names a conference or version that the log does not have."""

    code = "unknown-name"
    template = "no conference or version {name!r} in this log; known are: {known}"

    name: str
    known: str


@attrs.define(str=False, eq=False, repr=False)
class SizeError(PlanlogError):
    """A point asks for more events than there are."""

    code = "size"
    template = "the log has {size} events, #{asked} asks for more"

    asked: int
    size: int


@attrs.define(str=False, eq=False, repr=False)
class UnknownReferenceError(PlanlogError):
    """A reference fits nothing of its kind."""

    code = "unknown-reference"
    template = "no {kind} fits {reference!r}{suggestion}"

    kind: str
    reference: str
    suggestion: str = ""


@attrs.define(str=False, eq=False, repr=False)
class AmbiguousReferenceError(PlanlogError):
    """A reference fits more than one measure, field or event."""

    code = "ambiguous-reference"
    template = "{reference!r} fits more than one {kind}: {listing}; name one of them by its id"

    kind: str
    reference: str
    candidates: tuple[tuple[str, str], ...]
    """The id and a describing text of everything that fits."""

    @property
    def listing(self) -> str:
        """All candidates in one text."""
        return ", ".join(f"{id} ({text})" if text else id for id, text in self.candidates)

    @property
    def details(self) -> dict[str, Any]:
        """The attributes that fill the template, with the listing."""
        return {**super().details, "listing": self.listing}


@attrs.define(str=False, eq=False, repr=False)
class DiffMismatchError(PlanlogError):
    """A diff does not fit what it is applied to or composed with."""

    code = "diff-mismatch"
    template = (
        "the diff does not fit: {attribute} of {subject} {id!r} is {found}, and the diff comes "
        "from {expected}; compare with the plan or diff that it leads on from"
    )

    subject: str
    id: str
    attribute: str
    expected: str
    found: str


@attrs.define(str=False, eq=False, repr=False)
class FlawsError(PlanlogError):
    """The base of the errors that tell every flaw of a text at once."""

    flaws: tuple[Flaw, ...]

    def __str__(self) -> str:
        """Every flaw in English, a line each."""
        return "\n".join(map(str, self.flaws))


def shortened(flaws: Sequence[Flaw]) -> tuple[Flaw, ...]:
    """Return no more of *flaws* than anybody reads, and how many more there are."""
    told = tuple(flaws[:MOST_TOLD])
    left = len(flaws) - len(told)
    return (*told, Flaw("more-flaws", "and {count} more", {"count": left})) if left else told


@attrs.define(str=False, eq=False, repr=False)
class InvalidEventError(FlawsError):
    """Events were refused: none of them was written."""

    code = "invalid-event"
    template = ""


@attrs.define(str=False, eq=False, repr=False)
class TableError(FlawsError):
    """A table or its map cannot be read, or the table cannot be taken as a version of the plan."""

    code = "table"
    template = ""


@attrs.define(str=False, eq=False, repr=False)
class NoteError(FlawsError):
    """A checkpoint, a signed note, a key, a policy or a receipt has not the form it must have."""

    code = "note"
    template = ""


@attrs.define(str=False, eq=False, repr=False)
class DamagedLogError(FlawsError):
    """The log cannot be read: a file is missing, doubled, foreign, cut or undecodable."""

    code = "damaged-log"
    template = ""


@attrs.define(str=False, eq=False, repr=False)
class JoinError(FlawsError):
    """Two logs cannot be joined: nothing was changed."""

    code = "join"
    template = ""


@attrs.define(str=False, eq=False, repr=False)
class UnfinishedJoinError(PlanlogError):
    """Joining was begun, and then the platform refused to go on: nothing is lost."""

    code = "unfinished-join"
    template = (
        "joining was begun and could not be finished, {path!r}: {cause}; nothing is lost: "
        "run the same planlog join again"
    )

    path: str
    cause: str


@attrs.define(str=False, eq=False, repr=False)
class ConflictError(PlanlogError):
    """Another writer was first: the log does not have the expected size."""

    code = "conflict"
    template = (
        "expected a log of {expected} events, it has {actual}: somebody else recorded in between; "
        "look at what is new and record again"
    )

    expected: int
    actual: int


@attrs.define(str=False, eq=False, repr=False)
class DuplicateIdError(PlanlogError):
    """An id stands in the log already, with other content."""

    code = "duplicate-id"
    template = (
        "the log has an event {id!r} with other content at position {position}; "
        "an event is never overwritten: leave the id out, or correct the event"
    )

    id: str
    position: int


@attrs.define(str=False, eq=False, repr=False)
class ErasedEventError(PlanlogError):
    """What is asked for cannot be done with an event whose text was erased."""

    code = "erased-event"
    template = "the text of event {id!r} at position {position} was erased, and is not taken again"

    id: str
    position: int


@attrs.define(str=False, eq=False, repr=False)
class NotErasableError(PlanlogError):
    """An event tells of an erasure: without it nobody could believe what was erased."""

    code = "not-erasable"
    template = (
        "event {id!r} at position {position} tells of an erasure, which has to stay: without it "
        "the log would look damaged"
    )

    id: str
    position: int


@attrs.define(str=False, eq=False, repr=False)
class AlreadyErasedError(PlanlogError):
    """The text of an event was erased before."""

    code = "already-erased"
    template = "the text of event {id!r} was erased already: see event {erasure}"

    id: str
    erasure: str


@attrs.define(str=False, eq=False, repr=False)
class UncoveredError(PlanlogError):
    """No checkpoint covers a line that is to be erased: nothing would show later what it was."""

    code = "uncovered"
    template = (
        "no checkpoint covers event {id!r} at position {position} yet, so nobody could show later "
        "that its line was there; make one first with: planlog checkpoint"
    )

    id: str
    position: int


@attrs.define(str=False, eq=False, repr=False)
class UnfinishedErasureError(PlanlogError):
    """An erasure was recorded, and then the platform refused to remove the text."""

    code = "unfinished-erasure"
    template = (
        "the erasure is recorded, but the text still stands in {path!r}: {cause}; "
        "erase the same event again to finish it"
    )

    path: str
    cause: str


@attrs.define(str=False, eq=False, repr=False)
class LogNotFoundError(PlanlogError):
    """There is no log at a place."""

    code = "log-not-found"
    template = "no log at {path!r}; name one with --log, or begin one with: planlog init"

    path: str


@attrs.define(str=False, eq=False, repr=False)
class CloneNotFoundError(LogNotFoundError):
    """There is no log at the place that was given for another clone's."""

    code = "clone-not-found"
    template = "no log at {path!r}; name the folder of another clone of the plan"


@attrs.define(str=False, eq=False, repr=False)
class LogExistsError(PlanlogError):
    """A log was to be created where there is one."""

    code = "log-exists"
    template = "there is a log at {path!r} already; nothing was changed"

    path: str


@attrs.define(str=False, eq=False, repr=False)
class StoreReadError(PlanlogError):
    """The platform refused to read the log."""

    code = "store-read"
    template = "cannot read {path!r}: {cause}"

    path: str
    cause: str


@attrs.define(str=False, eq=False, repr=False)
class StoreWriteError(PlanlogError):
    """The platform refused to write the log; nothing was changed."""

    code = "store-write"
    template = "cannot write {path!r}: {cause}; nothing was recorded"

    path: str
    cause: str


@attrs.define(str=False, eq=False, repr=False)
class StoreUncertainError(PlanlogError):
    """The platform failed so late that a batch may or may not outlive a loss of power."""

    code = "store-uncertain"
    template = (
        "{path!r} could neither be made safe nor taken away again: {cause}; see with planlog log "
        "whether it was recorded"
    )

    path: str
    cause: str


@attrs.define(str=False, eq=False, repr=False)
class StoreBusyError(PlanlogError):
    """Another writer held the lock for too long; nothing was changed."""

    code = "store-busy"
    template = (
        "another writer has held {path!r} for {seconds} seconds; nothing was recorded, try again"
    )

    path: str
    seconds: float


@attrs.define(str=False, eq=False, repr=False)
class BadSignatureError(PlanlogError):
    """A key that is known is said to have signed a text, and has not."""

    code = "bad-signature"
    template = (
        "the signature of {name!r} ({hash}) is not that of its key for this text; "
        "the text or the signature was changed, trust neither"
    )

    name: str
    hash: str


@attrs.define(str=False, eq=False, repr=False)
class UnknownSignersError(PlanlogError):
    """No key that is known has signed a text."""

    code = "unknown-signers"
    template = "none of the known keys has signed this, only: {listing}"

    names: tuple[str, ...]

    @property
    def listing(self) -> str:
        """All names in one text."""
        return ", ".join(self.names)

    @property
    def details(self) -> dict[str, Any]:
        """The attributes that fill the template, with the listing."""
        return {**super().details, "listing": self.listing}


@attrs.define(str=False, eq=False, repr=False)
class NoTrustExtraError(PlanlogError):
    """What is needed for signatures is not installed."""

    code = "no-trust-extra"
    template = (
        "to sign and to check signatures, planlog needs more than is installed; "
        "install it with: pip install 'planlog[trust]'"
    )


@attrs.define(str=False, eq=False, repr=False)
class ConfigurationError(PlanlogError):
    """``planlog.toml`` or an environment variable cannot be used."""

    code = "configuration"
    template = "{place}: {key}: expected {expected}, got {value!r}"

    place: str
    key: str
    expected: str
    value: object
