"""Signed notes: a text and the signatures of those who vouch for it, as C2SP signed-note has it.

Only who signs or checks a signature needs the extra ``planlog[trust]``; to read and to write notes
takes nothing.
"""

import hashlib
from collections.abc import Iterable
from typing import Final

import attrs

from planlog.errors import (
    BadSignatureError,
    Flaw,
    NoteError,
    NoTrustExtraError,
    UnknownSignersError,
)
from planlog.trust.texts import checked, decoded, from_base64, refused, to_base64
from planlog.values import Value

MOST_SIGNATURES: Final = 100
"""The specification demands 16 at least."""

LONGEST_NAME: Final = 255
"""The most characters of the name of a key."""

ED25519: Final = b"\x01"
"""The byte that tells the kind of a key, in its id and where it is written."""

_KEY_ID_BYTES: Final = 4
_KEY_BYTES: Final = 32
_PRIVATE: Final = "PRIVATE+KEY+"

# The points of the curve that have an order of at most 8, by their second coordinate.
_PRIME: Final = 2**255 - 19
_EIGHTH: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_WEAK: Final = frozenset({0, 1, _PRIME - 1, _EIGHTH, _PRIME - _EIGHTH})


# Notes


@attrs.frozen(repr=False)
class Signature(Value):
    """What one key says to a text: the *name* and id of the key, and its *signature*."""

    name: str
    key_id: bytes
    signature: bytes

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read again."""
        _check_name(self.name)
        if len(self.key_id) != _KEY_ID_BYTES or not self.signature:
            raise refused(
                Flaw(
                    "signature-length",
                    "expected the 4 bytes of a key's id and a signature, got {count} bytes",
                    {"count": len(self.key_id) + len(self.signature)},
                )
            )

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Read a *line* without its end; raise `NoteError` if it is no signature."""
        match line.split(" "):
            case ["—", name, encoded] if (raw := from_base64(encoded)) is not None:
                return cls(name, raw[:_KEY_ID_BYTES], raw[_KEY_ID_BYTES:])
        raise refused(
            Flaw(
                "signature-line",
                "expected a signature (— NAME BASE64), got {value!r}",
                {"value": line},
            )
        )

    @property
    def line(self) -> str:
        """The signature as it stands in a note, with the end of its line."""
        return f"— {self.name} {to_base64(self.key_id + self.signature)}\n"


@attrs.frozen(repr=False)
class SignedNote(Value):
    """A *text* that ends with a line feed, and the signatures below it.

    Nobody has checked them: see `verified`.
    """

    text: str
    signatures: tuple[Signature, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read again."""
        checked(self.text)
        _check_count(len(self.signatures))
        checked(self.whole)

    @classmethod
    def parse(cls, raw: bytes | str) -> "SignedNote":
        """Read a note; raise `NoteError`, with every line that is no signature, if it is none."""
        whole = decoded(raw)
        # The text may hold empty lines: the last one in the note is what ends it.
        text, blank, below = whole.rpartition("\n\n")
        if not blank:
            raise refused(
                Flaw(
                    "no-signatures",
                    "expected signatures below an empty line, there is no such line",
                )
            )
        lines = below.split("\n")[:-1]
        _check_count(len(lines))
        return cls(text + "\n", _signatures(lines))

    @property
    def body(self) -> bytes:
        """What is signed: the text in UTF-8, its last line feed included."""
        return self.text.encode()

    @property
    def whole(self) -> str:
        """The note as it is written: text, empty line, signatures."""
        return "\n".join((self.text, "".join(signature.line for signature in self.signatures)))


def _signatures(lines: Iterable[str]) -> tuple[Signature, ...]:
    found: list[Signature] = []
    flaws: list[Flaw] = []
    for index, line in enumerate(lines):
        try:
            found.append(Signature.parse(line))
        except NoteError as error:
            flaws += (attrs.evolve(flaw, key=f"signatures[{index}]") for flaw in error.flaws)
    if flaws:
        raise NoteError(tuple(flaws))
    return tuple(found)


def _check_count(count: int) -> None:
    if not 1 <= count <= MOST_SIGNATURES:
        raise refused(
            Flaw(
                "signature-count",
                "expected 1 to {most} signatures, got {count}",
                {"most": MOST_SIGNATURES, "count": count},
                key="signatures",
            )
        )


# Keys


@attrs.frozen(repr=False)
class VerifierKey(Value):
    """What tells whose signature is genuine: the *name* of a key and its *public* half.

    >>> VerifierKey("example.org/minutes", bytes(range(32))).text
    'example.org/minutes+1165ca87+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f'
    """

    name: str
    public: bytes

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read again."""
        _check_name(self.name)
        _check_length(self.public)
        _check_strength(self.public)

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """Read a key written as ``NAME+HASH+BASE64``; raise `NoteError` if it is none."""
        if text.startswith(_PRIVATE):
            raise refused(
                Flaw("secret-key", "this is a secret key; give its public half to others, not this")
            )
        if (parts := _parted(text)) is None:
            raise refused(
                Flaw(
                    "verifier-key",
                    "expected a key (NAME+HASH+BASE64), got {value!r}",
                    {"value": text},
                )
            )
        name, stated, public = parts
        key = cls(name, public)
        _check_id(stated, key)
        return key

    @property
    def key_id(self) -> bytes:
        """The first bytes of a hash over name and key: it finds a key, and proves nothing."""
        hashed = b"\n".join((self.name.encode(), ED25519 + self.public))
        return hashlib.sha256(hashed).digest()[:_KEY_ID_BYTES]

    @property
    def text(self) -> str:
        """The key as it is written and given to others."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(ED25519 + self.public)}"

    def fits(self, body: bytes, signature: bytes) -> bool:
        """Tell whether *signature* is that of this key for *body*.

        Raise `NoTrustExtraError` where that cannot be found out.
        """
        try:
            from cryptography.exceptions import InvalidSignature
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        except ImportError:
            raise NoTrustExtraError from None
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, body)
        except InvalidSignature:
            return False
        return True


@attrs.frozen(repr=False)
class Signer(Value):
    """Who can sign: the *name* of a key and its secret half, the *seed* of 32 bytes.

    Neither its ``repr`` nor any error shows the seed.
    """

    name: str
    seed: bytes = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read again."""
        _check_name(self.name)
        _check_length(self.seed)

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """Make a new key called *name*."""
        import secrets  # for new keys only

        return cls(name, secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Read a secret key (``PRIVATE+KEY+NAME+HASH+BASE64``); raise `NoteError` if it is none.

        Raise `NoTrustExtraError` where its hash cannot be checked.
        """
        if not text.startswith(_PRIVATE) or (parts := _parted(text[len(_PRIVATE) :])) is None:
            raise refused(
                Flaw(
                    "signer-key",
                    "expected a secret key (PRIVATE+KEY+NAME+HASH+BASE64), got something else",
                )
            )
        name, stated, seed = parts
        signer = cls(name, seed)
        _check_id(stated, signer.key)
        return signer

    @property
    def text(self) -> str:
        """The secret key as it is written, for its owner alone."""
        return f"{_PRIVATE}{self.name}+{self.key.key_id.hex()}+{to_base64(ED25519 + self.seed)}"

    @property
    def key(self) -> VerifierKey:
        """What others need to check what is signed."""
        try:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        except ImportError:
            raise NoTrustExtraError from None
        secret = Ed25519PrivateKey.from_private_bytes(self.seed)
        return VerifierKey(self.name, secret.public_key().public_bytes_raw())

    def sign(self, text: str) -> Signature:
        """Sign *text*, which ends with a line feed."""
        try:
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        except ImportError:
            raise NoTrustExtraError from None
        body = checked(text).encode()
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(body)
        return Signature(self.name, self.key.key_id, signature)


def _parted(text: str) -> tuple[str, str, bytes] | None:
    """Take a written key apart: its name, the hash as stated, and the key of the one kind known."""
    name, _, rest = text.partition("+")
    stated, _, encoded = rest.partition("+")
    raw = from_base64(encoded)
    return (name, stated, raw[1:]) if raw is not None and raw[:1] == ED25519 else None


def _check_id(stated: str, key: VerifierKey) -> None:
    if stated != key.key_id.hex():
        raise refused(
            Flaw(
                "key-hash",
                "the key of {name!r} has the hash {right!r}, got {stated!r}; "
                "compare it with where it comes from",
                {"name": key.name, "right": key.key_id.hex(), "stated": stated},
            )
        )


def _check_length(key: bytes) -> None:
    if len(key) != _KEY_BYTES:
        raise refused(
            Flaw(
                "key-length",
                "expected a key of {expected} bytes, got {count}",
                {"expected": _KEY_BYTES, "count": len(key)},
            )
        )


def _check_strength(public: bytes) -> None:
    """Refuse keys with which anybody can sign: they are no product of a seed."""
    if int.from_bytes(public, "little") % 2**255 % _PRIME in _WEAK:
        raise NoteError((Flaw("weak-key", "anybody can sign with this key; ask for a proper one"),))


def _check_name(name: str) -> None:
    is_fine = (
        0 < len(name) <= LONGEST_NAME
        and "+" not in name
        and not any(mark.isspace() or mark < " " or "\ud800" <= mark <= "\udfff" for mark in name)
    )
    if not is_fine:
        raise refused(
            Flaw(
                "key-name",
                "expected the name of a key, 1 to {most} characters without blanks, plus signs "
                "and control characters, got {value!r}",
                {"most": LONGEST_NAME, "value": name[: LONGEST_NAME + 1]},
            )
        )


# Signing and checking


def cosigned(note: SignedNote, signer: Signer) -> SignedNote:
    """Return *note* with the signature of *signer* below the others; once, however often asked."""
    signature = signer.sign(note.text)
    if signature in note.signatures:
        return note
    return SignedNote(note.text, (*note.signatures, signature))


def verified(note: SignedNote, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Return those of *keys* that signed *note*, each once, in the order of their signatures.

    Signatures of other keys are ignored. Raise `BadSignatureError` if one of *keys* is named and
    its signature is wrong, `UnknownSignersError` if none of *keys* signed, `NoteError` if two of
    them cannot be told apart.
    """
    known = _by_identity(keys)
    found: dict[VerifierKey, None] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not key.fits(note.body, signature.signature):
            raise BadSignatureError(key.name, key.key_id.hex())
        found[key] = None
    if not found:
        raise UnknownSignersError(tuple(signature.name for signature in note.signatures))
    return tuple(found)


def _by_identity(keys: Iterable[VerifierKey]) -> dict[tuple[str, bytes], VerifierKey]:
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise refused(
                Flaw(
                    "ambiguous-key",
                    "two keys are called {name!r} and have the hash {hash!r}; "
                    "find out which of them is genuine",
                    {"name": key.name, "hash": key.key_id.hex()},
                )
            )
    return known
