"""Texts and the signatures of those who vouch for them."""

import base64
import sys

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import (
    BadSignatureError,
    NoteError,
    NoTrustExtraError,
    PlanlogError,
    UnknownSignersError,
)
from planlog.trust.notes import (
    ED25519,
    LONGEST_NAME,
    MOST_SIGNATURES,
    Signature,
    SignedNote,
    Signer,
    VerifierKey,
    cosigned,
    verified,
)
from planlog.trust.texts import MOST_BYTES

# The example that the first programs for signed notes were tried with.
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLISHED_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PUBLISHED_LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM=\n"
)

TEXT = "planlog/9f3c0a6be1d24857\n63\nWohnen für alle\n"
OFFICE = Signer("office.example", bytes(range(32)))
COUNCIL = Signer("rat.example/räte", bytes(range(1, 33)))
STRANGER = Signer("stranger.example", bytes(range(2, 34)))
KEYS = (OFFICE.key, COUNCIL.key)


def noted(*signers: Signer, text: str = TEXT) -> SignedNote:
    """A note that *signers* signed."""
    return SignedNote(text, tuple(signer.sign(text) for signer in signers))


def some(count: int, length: int = 1) -> tuple[Signature, ...]:
    """Signatures of nobody."""
    return tuple(Signature(f"n{i}", bytes(4), bytes(length)) for i in range(count))


def flipped(raw: bytes) -> list[bytes]:
    """What *raw* becomes when any one bit of it changes."""
    return [
        bytes((*raw[:place], raw[place] ^ 1 << bit, *raw[place + 1 :]))
        for place in range(len(raw))
        for bit in range(8)
    ]


class TestPublished:
    def test_note_is_verified(self) -> None:
        """A note that others signed is read, and its signature fits the key they published."""
        note = SignedNote.parse(f"{PUBLISHED_TEXT}\n{PUBLISHED_LINE}".encode())
        key = VerifierKey.parse(PUBLISHED_KEY)
        assert (key,) == verified(note, [key])
        assert PUBLISHED_TEXT == note.text
        assert bytes.fromhex("c74f20a3") == key.key_id == note.signatures[0].key_id

    def test_note_is_made_again(self) -> None:
        """The published secret key signs the same text with the same bytes."""
        signer = Signer.parse(PUBLISHED_SECRET)
        assert f"{PUBLISHED_TEXT}\n{PUBLISHED_LINE}" == noted(signer, text=PUBLISHED_TEXT).whole

    def test_keys_are_written_again(self) -> None:
        """Both halves of a key are written as they were read."""
        assert PUBLISHED_KEY == VerifierKey.parse(PUBLISHED_KEY).text
        assert PUBLISHED_SECRET == Signer.parse(PUBLISHED_SECRET).text
        assert PUBLISHED_KEY == Signer.parse(PUBLISHED_SECRET).key.text


class TestSignedNote:
    @given(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")),
        st.lists(
            st.builds(
                Signature,
                st.sampled_from(["a", "ä/b", "—", "=", "\u200b"]),
                st.binary(min_size=4, max_size=4),
                st.binary(min_size=1),
            ),
            min_size=1,
            max_size=4,
        ),
    )
    def test_is_read_as_it_was_written(self, text: str, signatures: list[Signature]) -> None:
        """Any text comes back with its empty lines, and every signature."""
        note = SignedNote(text.lstrip("\ufeff") + "\n", tuple(signatures))
        assert note == SignedNote.parse(note.whole.encode())

    def test_is_divided_by_its_last_empty_line(self) -> None:
        """What looks like a signature above the last empty line is text."""
        text = f"a\n\n{OFFICE.sign(TEXT).line}\n\n"
        note = SignedNote.parse(noted(COUNCIL, text=text).whole.encode())
        assert text == note.text
        assert (COUNCIL.key,) == verified(note, KEYS)

    def test_signs_the_text_with_its_last_line_feed(self) -> None:
        """The bytes that are signed end before the empty line."""
        assert TEXT.encode() == noted(OFFICE).body

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"", "a line feed at the end, got ''"),
            (b"\n", "there is no such line"),
            (b"text\n", "there is no such line"),
            (b"text\n\n", "1 to 100 signatures, got 0"),
            (b"text\n\n\n", "1 to 100 signatures, got 0"),
            ("text\n\n— a AAAAAAE=\u2028— b AAAAAAE=\n".encode(), r"\[0\]: expected a signature"),
            (b"text\n\nxx\n", r"signatures\[0\]: expected a signature .*, got 'xx'"),
            ("text\n\n— a AAAAAAE=".encode(), "is the end cut off"),
            ("text\r\n\r\n— a AAAAAAE=\r\n".encode(), "line ends were changed"),
            ("\ufefftext\n\n— a AAAAAAE=\n".encode(), "without one"),
            ("te\x1b[31mxt\n\n— a AAAAAAE=\n".encode(), r"control characters, got '\\x1b'"),
            ("te\0xt\n\n— a AAAAAAE=\n".encode(), r"control characters, got '\\x00'"),
            ("te\txt\n\n— a AAAAAAE=\n".encode(), r"control characters, got '\\t'"),
            (b"text\xff\n\n", r"expected UTF-8, got '\\udcff'"),
            (b"text\xed\xa0\x80\n\n", r"expected UTF-8, got '\\udced'"),
            (b"a" * MOST_BYTES + b"\n", "at most 1000000 bytes, got 1000001"),
        ],
    )
    def test_refuses_what_is_none(self, raw: bytes, said: str) -> None:
        """What is not exactly a note is refused, and why."""
        with pytest.raises(NoteError, match=said):
            SignedNote.parse(raw)

    def test_tells_every_wrong_line(self) -> None:
        """All lines that are no signatures come at once, with their places."""
        with pytest.raises(NoteError) as caught:
            SignedNote.parse("text\n\nx\n— a AAAAAAE=\n— a AAAAAA==\n— a+b AAAAAAE=\n".encode())
        assert [
            ("signatures[0]", "signature-line"),
            ("signatures[2]", "signature-length"),
            ("signatures[3]", "key-name"),
        ] == [(flaw.key, flaw.code) for flaw in caught.value.flaws]

    def test_has_a_limit_of_signatures(self) -> None:
        """A hundred signatures can be read, one more cannot, whatever they are."""
        most = SignedNote(TEXT, some(MOST_SIGNATURES))
        assert most == SignedNote.parse(most.whole.encode())
        with pytest.raises(NoteError, match="got 101"):
            SignedNote(TEXT, some(MOST_SIGNATURES + 1))
        with pytest.raises(NoteError, match="1 to 100 signatures, got 101"):
            SignedNote.parse(most.whole.encode() + b"x\n")

    def test_is_none_that_could_not_be_read_again(self) -> None:
        """A note is refused when it is made, not by those who get it."""
        with pytest.raises(NoteError, match="line feed"):
            SignedNote("text", some(1))
        with pytest.raises(NoteError, match="UTF-8"):
            SignedNote("\ud800\n", some(1))
        with pytest.raises(NoteError, match="at most 1000000 bytes"):
            SignedNote(TEXT, some(1, MOST_BYTES))


class TestSignature:
    @pytest.mark.parametrize(
        "line",
        [
            "",
            "—",
            "— a",
            "- a AAAAAAE=",
            "– a AAAAAAE=",
            "—  AAAAAAE=",
            "— a  AAAAAAE=",
            "— a b AAAAAAE=",
            " — a AAAAAAE=",
            "— a AAAAAAE= ",
            "—\u00a0a AAAAAAE=",
            "— a AAAAAAE",
            "— a AAAAAAE==",
            "— a AAAAAAF=",
            "— a AAAA*AAE=",
            "— a AAAAAAé=",
            "— a AAAAA-E=",
            "— a ",
            "— a AAAAAA==",
            "— a+b AAAAAAE=",
            "— a\u2003b AAAAAAE=",
            "— a\u2028b AAAAAAE=",
        ],
    )
    def test_refuses_every_other_form(self, line: str) -> None:
        """Dash, blanks, name and base64 have one right form."""
        with pytest.raises(NoteError, match="expected"):
            Signature.parse(line)

    def test_is_read_as_it_was_written(self) -> None:
        """The first four bytes are the id of the key."""
        assert Signature("a", bytes(4), b"\1") == Signature.parse("— a AAAAAAE=")
        assert "— a AAAAAAE=\n" == Signature("a", bytes(4), b"\1").line

    @pytest.mark.parametrize("key_id", [b"", bytes(3), bytes(5)])
    def test_has_a_key_of_four_bytes(self, key_id: bytes) -> None:
        """A shorter or longer id would move the border of the signature."""
        with pytest.raises(NoteError, match=f"got {len(key_id) + 1} bytes"):
            Signature("a", key_id, b"\1")


class TestNames:
    @pytest.mark.parametrize(
        "name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\x01b", "a\ud800", "a" * 256]
    )
    def test_are_limited(self, name: str) -> None:
        """No name can break the line or the key that it stands in."""
        for make in (Signer, VerifierKey):
            with pytest.raises(NoteError, match="the name of a key"):
                make(name, bytes(range(32)))

    def test_may_be_long(self) -> None:
        """The longest name is signed with and read again."""
        signer = Signer("ä" * LONGEST_NAME, bytes(32))
        assert signer.key == VerifierKey.parse(signer.key.text)


class TestVerifierKey:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "expected a key"),
            ("PeterNeumann", "expected a key"),
            ("PeterNeumann+c74f20a3", "expected a key"),
            (PUBLISHED_KEY + "=", "expected a key"),
            (PUBLISHED_KEY + "\n", "expected a key"),
            (PUBLISHED_KEY.replace("+AR", "+AhR"), "expected a key"),
            (PUBLISHED_KEY.replace("+AR", "+BR"), "expected a key"),
            (" " + PUBLISHED_KEY, "the name of a key"),
            (PUBLISHED_KEY[:-4], "a key of 32 bytes, got 29"),
            (PUBLISHED_KEY + "AAAA", "a key of 32 bytes, got 35"),
            (PUBLISHED_KEY.replace("c7", "C7"), "hash 'c74f20a3', got 'C74f20a3'"),
            (PUBLISHED_KEY.replace("c7", "0xc7"), "got '0xc74f20a3'"),
            (PUBLISHED_KEY.replace("Peter", "peter"), "of 'peterNeumann' has the hash"),
            (PUBLISHED_KEY.replace("10TW", "10TX"), "has the hash"),
        ],
    )
    def test_refuses_what_is_none(self, text: str, said: str) -> None:
        """A key that was mistyped is refused by its form or its hash."""
        with pytest.raises(NoteError, match=said):
            VerifierKey.parse(text)

    @pytest.mark.parametrize(
        "public",
        [
            bytes(32),
            bytes(31) + b"\x80",
            b"\x01" + bytes(31),
            b"\xec" + b"\xff" * 30 + b"\x7f",
            b"\xed" + b"\xff" * 30 + b"\x7f",
            b"\xee" + b"\xff" * 31,
            bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"),
        ],
    )
    def test_refuses_keys_of_everybody(self, public: bytes) -> None:
        """A key for which signatures can be made without a secret vouches for nothing."""
        with pytest.raises(NoteError, match="anybody can sign"):
            VerifierKey("a", public)

    def test_kind_of_key_is_in_the_id(self) -> None:
        """The byte of the kind stands before the key, as others write it."""
        assert ED25519 + OFFICE.key.public == base64.b64decode(OFFICE.key.text.split("+", 2)[2])

    def test_tells_names_apart(self) -> None:
        """The same key under another name has another id."""
        assert OFFICE.key.key_id != Signer("other", OFFICE.seed).key.key_id

    def test_fits_no_signature_of_another_length(self) -> None:
        """A signature that is cut off or too long is wrong, and nothing worse."""
        right = OFFICE.sign(TEXT).signature
        assert OFFICE.key.fits(TEXT.encode(), right)
        for wrong in (b"", right[:-1], right + b"\0"):
            assert not OFFICE.key.fits(TEXT.encode(), wrong)


class TestSigner:
    def test_keeps_its_secret(self) -> None:
        """Neither what is shown nor a refusal tells anything of the secret half."""
        assert "Signer(name='office.example')" == repr(OFFICE)
        with pytest.raises(NoteError) as caught:
            Signer.parse(PUBLISHED_SECRET + "=")
        assert "AYEKFALVFGyN" not in str(caught.value)

    def test_is_no_public_key(self) -> None:
        """A secret key that is given in place of a public one is refused and not repeated."""
        with pytest.raises(NoteError, match="this is a secret key") as caught:
            VerifierKey.parse(PUBLISHED_SECRET)
        assert "AYEKFALVFGyN" not in str(caught.value)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "expected a secret key"),
            (PUBLISHED_KEY, "expected a secret key"),
            (PUBLISHED_SECRET.lower(), "expected a secret key"),
            (PUBLISHED_SECRET.replace("KEY+Peter", "KEY+peter"), "has the hash"),
            (PUBLISHED_SECRET[:-4], "a key of 32 bytes, got 29"),
        ],
    )
    def test_refuses_what_is_none(self, text: str, said: str) -> None:
        """Only a whole secret key with the right hash can sign."""
        with pytest.raises(NoteError, match=said):
            Signer.parse(text)

    def test_is_made_by_chance(self) -> None:
        """A new key is no other's, and can be kept as text."""
        one, other = Signer.generate("a"), Signer.generate("a")
        assert one.seed != other.seed
        assert one == Signer.parse(one.text)

    def test_signs_no_text_without_its_end(self) -> None:
        """What cannot be a note's text is not signed."""
        with pytest.raises(NoteError, match="is the end cut off"):
            OFFICE.sign("text")


class TestVerified:
    def test_names_who_signed(self) -> None:
        """Several may sign; those that are known are told in the order of their signatures."""
        assert (COUNCIL.key, OFFICE.key) == verified(noted(COUNCIL, OFFICE), KEYS)

    def test_ignores_others(self) -> None:
        """Signatures of unknown keys count for nothing and harm nothing."""
        assert (OFFICE.key,) == verified(noted(STRANGER, OFFICE), KEYS)

    def test_ignores_who_shares_name_or_id_only(self) -> None:
        """A key is found by its name and its id; one of both is another key."""
        alike = (
            attrs.evolve(STRANGER.sign(TEXT), name=OFFICE.name),
            attrs.evolve(STRANGER.sign(TEXT), key_id=OFFICE.key.key_id),
        )
        note = SignedNote(TEXT, (*alike, COUNCIL.sign(TEXT)))
        assert (COUNCIL.key,) == verified(note, KEYS)

    def test_counts_nobody_twice(self) -> None:
        """Who signs twice, or is asked for twice, is one who vouches."""
        assert (OFFICE.key,) == verified(noted(OFFICE, OFFICE), [OFFICE.key, OFFICE.key])

    def test_refuses_a_wrong_signature(self) -> None:
        """One wrong signature of a known key spoils the note, whoever else signed."""
        wrong = attrs.evolve(OFFICE.sign(TEXT), signature=OFFICE.sign("other\n").signature)
        for signatures in ((COUNCIL.sign(TEXT), wrong), (OFFICE.sign(TEXT), wrong)):
            with pytest.raises(BadSignatureError, match=r"'office\.example' \([0-9a-f]{8}\)"):
                verified(SignedNote(TEXT, signatures), KEYS)

    def test_refuses_who_is_unknown(self) -> None:
        """A note that no known key signed is not believed, and says who did sign."""
        with pytest.raises(UnknownSignersError, match=r"only: stranger\.example") as caught:
            verified(noted(STRANGER), KEYS)
        assert ("stranger.example",) == caught.value.names
        with pytest.raises(UnknownSignersError):
            verified(noted(OFFICE), ())

    def test_refuses_keys_that_look_alike(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two keys with one name and one id cannot both be asked for."""
        monkeypatch.setattr(VerifierKey, "key_id", b"same")
        with pytest.raises(NoteError, match=r"two keys are called 'a' .* '73616d65'"):
            verified(noted(OFFICE), [attrs.evolve(key, name="a") for key in KEYS])

    def test_sees_every_bit(self) -> None:
        """Whichever bit of a signed note is changed, it is refused."""
        for raw in flipped(noted(OFFICE).whole.encode()):
            with pytest.raises(PlanlogError):
                verified(SignedNote.parse(raw), KEYS)

    def test_sees_every_bit_of_several(self) -> None:
        """Where several signed, no change of a bit leaves all of their signatures."""
        for raw in flipped(noted(OFFICE, COUNCIL).whole.encode()):
            try:
                found = verified(SignedNote.parse(raw), KEYS)
            except PlanlogError:
                continue
            assert 1 == len(found)


class TestCosigned:
    def test_adds_a_signature(self) -> None:
        """Another party signs the same text; what was there stays above."""
        assert noted(OFFICE, COUNCIL) == cosigned(noted(OFFICE), COUNCIL)

    def test_adds_none_twice(self) -> None:
        """To sign again changes nothing."""
        assert noted(OFFICE, COUNCIL) == cosigned(noted(OFFICE, COUNCIL), OFFICE)


class TestWithoutTheExtra:
    @pytest.fixture(autouse=True)
    def _without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("exceptions", "hazmat.primitives.asymmetric.ed25519"):
            monkeypatch.setitem(sys.modules, f"cryptography.{name}", None)

    def test_says_what_to_install(self) -> None:
        """Whoever signs or checks without cryptography is told how to get it."""
        note = SignedNote.parse(f"{PUBLISHED_TEXT}\n{PUBLISHED_LINE}".encode())
        for work in (
            lambda: verified(note, [VerifierKey.parse(PUBLISHED_KEY)]),
            lambda: OFFICE.key,
            lambda: OFFICE.sign(TEXT),
        ):
            with pytest.raises(NoTrustExtraError, match=r"pip install 'planlog\[trust\]'"):
                work()

    def test_reads_all_the_same(self) -> None:
        """Notes and keys can be read, and signatures of strangers ignored, with nothing else."""
        note = SignedNote.parse(f"{PUBLISHED_TEXT}\n{PUBLISHED_LINE}".encode())
        with pytest.raises(UnknownSignersError):
            verified(note, [VerifierKey("other", bytes(range(32)))])
