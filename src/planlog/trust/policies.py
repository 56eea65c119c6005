"""Who has to vouch for a checkpoint: policies such as two of these three keys, as C2SP has them.

The format is that of C2SP tlog-policy: ``log``, ``witness``, ``group`` and ``quorum``, a line each.
The keys are Ed25519 keys of signed notes, as planlog makes them: those of witnesses that state a
time with their signature are not known. A policy is in UTF-8, and no key stands in it twice, be it
a log's or a witness's.
"""

from collections.abc import Generator, Iterable, Iterator
from typing import Final

import attrs

from planlog.errors import Flaw, NoteError, UnknownSignersError, shortened
from planlog.mappings import FrozenMapping
from planlog.trust.notes import SignedNote, VerifierKey, verified
from planlog.trust.texts import decoded, refused
from planlog.values import Value

NOBODY: Final = "none"
"""The quorum that is there without anybody; nothing else may be called so."""

_FORMS: Final = {
    "log": "log KEY [URL]",
    "witness": "witness NAME KEY [URL]",
    "group": "group NAME NUMBER|any|all NAME...",
    "quorum": "quorum NAME",
}


@attrs.frozen(repr=False)
class Group(Value):
    """So many as *needed* of its *members*, which are witnesses or other groups by their names."""

    name: str
    needed: int
    members: tuple[str, ...]


@attrs.frozen(repr=False)
class Vouching(Value):
    """Who vouches for a checkpoint: the keys of the *signers*, and how many more are *missing*."""

    signers: tuple[VerifierKey, ...]
    missing: int

    @property
    def is_enough(self) -> bool:
        """Whether nobody is missing."""
        return not self.missing


@attrs.frozen(repr=False)
class Policy(Value):
    """Whose signatures are enough: that of one of the *logs*, if any, and the *quorum*.

    *witnesses* and *groups* are called by the names that the policy gives them; a quorum of None
    needs nobody.
    """

    logs: tuple[VerifierKey, ...]
    witnesses: FrozenMapping[VerifierKey]
    groups: tuple[Group, ...]
    quorum: str | None

    @classmethod
    def parse(cls, raw: bytes | str, place: str = "policy") -> "Policy":
        """Read a policy; *place* names it in flaws.

        Raise `NoteError`, with everything that is wrong in its lines, if it is none.
        """
        draft = _Draft(place)
        try:
            text = decoded(_spaced(raw))
        except NoteError as error:
            raise NoteError(tuple(flaw.at(place) for flaw in error.flaws)) from None
        for number, line in enumerate(text.split("\n"), start=1):
            draft.read(number, line)
        return draft.finished()

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """Every key of the policy."""
        return (*self.logs, *self.witnesses.values())

    @property
    def needed(self) -> int:
        """How many signatures there have to be at least."""
        return bool(self.logs) + self._missing(())

    def judged(self, note: SignedNote) -> Vouching:
        """Tell who of the policy signed *note*, and how many more have to.

        Signatures of others count nothing, and that of a log counts only where the note names it
        as the origin. Raise `BadSignatureError` if the signature of a key of the policy is wrong,
        `NoTrustExtraError` where that cannot be found out.
        """
        try:
            signed = verified(note, self.keys)
        except UnknownSignersError:
            signed = ()
        origin = note.text.partition("\n")[0]
        signers = tuple(key for key in signed if key.name == origin or key not in self.logs)
        lacks_log = bool(self.logs) and not any(key in self.logs for key in signers)
        return Vouching(signers, lacks_log + self._missing(signers))

    def _missing(self, signers: Iterable[VerifierKey]) -> int:
        """How many witnesses have to sign besides *signers*, if it is those that take the fewest.

        Groups name what stands before them, and nothing is named twice: so nobody counts twice.
        """
        if self.quorum is None:
            return 0
        missing = {name: int(key not in signers) for name, key in self.witnesses.items()}
        for group in self.groups:
            missing[group.name] = sum(
                sorted(map(missing.__getitem__, group.members))[: group.needed]
            )
        return missing[self.quorum]


class _Draft:
    """A policy while it is read, and what is wrong with it."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._flaws: list[Flaw] = []
        self._logs: list[VerifierKey] = []
        self._witnesses: dict[str, VerifierKey] = {}
        self._groups: dict[str, Group] = {}
        self._names: set[str] = set()
        self._members: set[str] = set()
        self._keys: dict[bytes, int] = {}
        self._quorum: str | None = None
        self._quorum_line = 0

    def read(self, number: int, line: str) -> None:
        """Take in a line, which may be empty or a comment."""
        words = [word for word in line.split(" ") if word]
        if words and not words[0].startswith("#"):
            where = f"{self._place}:{number}"
            self._flaws += (flaw.at(where) for flaw in self._line(number, words))

    def finished(self) -> Policy:
        """Return the policy; raise `NoteError` if something is wrong with it."""
        if not self._quorum_line:
            self._flaws.append(
                Flaw(
                    "no-quorum",
                    "expected a line that says whose signatures are enough: quorum NAME",
                    place=self._place,
                )
            )
        if self._flaws:
            raise NoteError(shortened(self._flaws))
        if self._quorum is None and not self._logs:
            raise refused(
                Flaw(
                    "empty-policy",
                    "expected a policy that needs a signature, this one needs none",
                    place=self._place,
                )
            )
        return Policy(
            tuple(self._logs),
            FrozenMapping(self._witnesses),
            tuple(self._groups.values()),
            self._quorum,
        )

    def _line(self, number: int, words: list[str]) -> Iterator[Flaw]:
        match words:
            case ["log", key] | ["log", key, _]:
                return self._log(number, key)
            case ["witness", name, key] | ["witness", name, key, _]:
                return self._witness(number, name, key)
            case ["group", name, needed, _, *_]:
                return self._group(name, needed, words[3:])
            case ["quorum", name]:
                return self._called(number, name)
        return iter((_form_flaw(words[0]),))

    def _log(self, number: int, text: str) -> Iterator[Flaw]:
        key = yield from self._key(number, text)
        if key:
            self._logs.append(key)

    def _witness(self, number: int, name: str, text: str) -> Iterator[Flaw]:
        yield from self._new_name(name)
        key = yield from self._key(number, text)
        if key:
            self._witnesses[name] = key

    def _key(self, number: int, text: str) -> Generator[Flaw, None, VerifierKey | None]:
        try:
            key = VerifierKey.parse(text)
        except NoteError as error:
            yield from error.flaws
            return None
        first = self._keys.setdefault(key.public, number)
        if first != number:
            yield Flaw(
                "same-key",
                "this is the key of line {first}, perhaps under another name; "
                "nobody may count twice",
                {"first": first},
            )
        return key

    def _group(self, name: str, needed: str, members: list[str]) -> Iterator[Flaw]:
        count = _count(needed, len(members))
        if count is None:
            yield Flaw(
                "threshold",
                "expected any, all or a number from 1 to {most}, as so many are listed, "
                "got {value!r}",
                {"most": len(members), "value": needed},
            )
        for member in members:
            yield from self._known(member)
            if member in self._members:
                yield Flaw(
                    "same-member",
                    "{name!r} is in a group already; nobody may count twice",
                    {"name": member},
                )
            self._members.add(member)
        yield from self._new_name(name)
        self._groups[name] = Group(name, count or 1, tuple(members))

    def _called(self, number: int, name: str) -> Iterator[Flaw]:
        if self._quorum_line:
            yield Flaw(
                "second-quorum",
                "expected one quorum, line {first} has it already",
                {"first": self._quorum_line},
            )
            return
        self._quorum_line = number
        if name != NOBODY:
            yield from self._known(name)
            self._quorum = name

    def _new_name(self, name: str) -> Iterator[Flaw]:
        if name == NOBODY:
            yield Flaw("reserved-name", "nothing may be called {name!r}", {"name": name})
        elif name in self._names:
            yield Flaw("same-name", "{name!r} is the name of something else", {"name": name})
        self._names.add(name)

    def _known(self, name: str) -> Iterator[Flaw]:
        if name not in self._names:
            yield Flaw(
                "unknown-member", "no witness and no group above is called {name!r}", {"name": name}
            )


def _count(needed: str, most: int) -> int | None:
    """How many of *most* are needed, or None where that cannot be meant."""
    if needed in ("any", "all"):
        return 1 if needed == "any" else most
    count = int(needed) if needed.isascii() and needed.isdigit() and len(needed) < 10 else 0
    return count if 1 <= count <= most else None


def _form_flaw(word: str) -> Flaw:
    if form := _FORMS.get(word):
        return Flaw("policy-form", "expected {form}", {"form": form})
    return Flaw(
        "policy-word",
        "expected a line that begins with {words}, got {value!r}",
        {"words": ", ".join(_FORMS), "value": word},
    )


def _spaced(raw: bytes | str) -> bytes | str:
    """*raw* with blanks for tabs: between the words of a line one is as good as the other."""
    return raw.replace("\t", " ") if isinstance(raw, str) else raw.replace(b"\t", b" ")
