"""Proofs that one event is in a log."""

import base64
import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import MOST_TOLD, NoteError
from planlog.trust.checkpoints import LARGEST, Checkpoint
from planlog.trust.merkle import leaf_hash, root_of
from planlog.trust.notes import Signature, SignedNote
from planlog.trust.proofs import HEADER, TlogProof
from planlog.trust.texts import MOST_BYTES

ORIGIN = "planlog/9f3c0a6be1d24857"
SIGNATURE = Signature("office.example", b"1234", bytes(8))
LINES = tuple(b'{"v":1,"data":{"n":%d}}' % number for number in range(40))
LEAVES = tuple(map(leaf_hash, LINES))


def issued(size: int, *, signed: bool = False) -> str:
    """A checkpoint of the first lines."""
    text = Checkpoint(ORIGIN, size, root_of(LEAVES[:size])).text
    return SignedNote(text, (SIGNATURE,)).whole if signed else text


def proof(index: int = 4, size: int = 7, *, signed: bool = False) -> TlogProof:
    """The proof of one of the lines."""
    return TlogProof.of(LEAVES, index, issued(size, signed=signed))


def shows(text: str, line: bytes) -> bool:
    """Whether a proof shows a line, by a reader of its own that knows nothing of planlog.

    It follows the recursion of RFC 9162 down from the root, and takes hashes from the end.
    """
    head, _, rest = text.partition("\n\n")
    header, place, *encoded = head.split("\n")
    assert "c2sp.org/tlog-proof@v1" == header
    hashes = [base64.b64decode(one) for one in encoded]
    size, root = rest.split("\n")[1:3]

    def computed(index: int, size: int) -> bytes:
        if size == 1:
            return hashlib.sha256(b"\x00" + line).digest()
        half = 1
        while half * 2 < size:
            half *= 2
        other = hashes.pop()
        if index < half:
            left, right = computed(index, half), other
        else:
            left, right = other, computed(index - half, size - half)
        return hashlib.sha256(b"\x01" + left + right).digest()

    found = computed(int(place.removeprefix("index ")), int(size))
    return not hashes and found == base64.b64decode(root)


class TestText:
    def test_is_that_of_the_specification(self) -> None:
        """Header, index, hashes, an empty line, and the checkpoint as it was issued."""
        hashes = [base64.b64encode(one).decode() for one in proof().hashes]
        assert 3 == len(hashes)
        expected = ["c2sp.org/tlog-proof@v1", "index 4", *hashes, "", issued(7, signed=True)]
        assert "\n".join(expected) == proof(signed=True).text

    def test_of_an_unsigned_checkpoint_ends_with_its_text(self) -> None:
        """Where nobody signed, three lines follow the empty one, and nothing follows them."""
        assert proof().text.endswith(f"\n\n{issued(7)}")

    def test_of_the_only_event_has_no_hashes(self) -> None:
        """In a log of one event the leaf is the root."""
        assert f"{HEADER}\nindex 0\n\n{issued(1)}" == proof(0, 1).text

    def test_has_the_extra_of_others_above_the_index(self) -> None:
        """What others put there is kept as it is."""
        one = TlogProof(0, (), issued(1), b"\0vrf")
        assert f"{HEADER}\nextra AHZyZg==\nindex 0\n\n{issued(1)}" == one.text

    @given(
        st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n - 1), st.just(n))),
        st.booleans(),
        st.none() | st.binary(min_size=1, max_size=9),
    )
    def test_is_read_as_it_was_written(
        self, place: tuple[int, int], signed: bool, extra: bytes | None
    ) -> None:
        """Every proof comes back from its text, byte for byte."""
        made = proof(*place, signed=signed)
        one = TlogProof(made.index, made.hashes, made.issued, extra)
        again = TlogProof.parse(one.text.encode())
        assert one == again
        assert one.text == again.text


class TestProves:
    @pytest.mark.parametrize("size", range(1, 41))
    def test_every_event_at_every_size(self, size: int) -> None:
        """Every event is proven, to planlog and to a reader that knows nothing of it."""
        for index in range(size):
            one = proof(index, size, signed=bool(size % 2))
            assert one.proves(LEAVES[index])
            assert shows(one.text, LINES[index])

    def test_no_other_event(self) -> None:
        """The proof of one event is that of no other."""
        assert [4] == [n for n, leaf in enumerate(LEAVES) if proof().proves(leaf)]

    def test_nothing_against_another_log(self) -> None:
        """A proof that was made against the checkpoint of another log shows nothing."""
        other = Checkpoint(ORIGIN, 7, root_of(LEAVES[1:8])).text
        assert not TlogProof.of(LEAVES, 4, other).proves(LEAVES[4])

    def test_no_more_than_there_are(self) -> None:
        """A checkpoint that covers more events than there are proves none of them."""
        with pytest.raises(ValueError, match="expected 0 <= index < size <= 6"):
            TlogProof.of(LEAVES[:6], 4, issued(7))

    @pytest.mark.parametrize(
        ("index", "size", "signed"), [(4, 7, False), (0, 1, False), (2, 3, True)]
    )
    def test_nothing_after_any_bit_was_flipped(self, index: int, size: int, signed: bool) -> None:
        """No single bit of a proof can change: it is refused, or shows no more what it showed.

        Only what stands around the root in the checkpoint, and leads nowhere, may still be read:
        that it is another is for a copy of the checkpoint to tell, or for the keys.
        """
        made = proof(index, size, signed=signed)
        whole = made.text.encode()
        for position in range(len(whole) * 8):
            flipped = bytearray(whole)
            flipped[position // 8] ^= 1 << position % 8
            try:
                one = TlogProof.parse(bytes(flipped))
            except NoteError:
                continue
            if one.proves(LEAVES[index]):
                assert one.issued != made.issued
                assert one.checkpoint.root == made.checkpoint.root

    def test_no_line_of_which_any_bit_was_flipped(self) -> None:
        """No single bit of a line can change."""
        line = LINES[4]
        for position in range(len(line) * 8):
            changed = bytearray(line)
            changed[position // 8] ^= 1 << position % 8
            assert not proof().proves(leaf_hash(bytes(changed)))


def changed(change: Callable[[list[str]], object]) -> bytes:
    """The lines of a proof after a *change* to them."""
    lines = proof().text.split("\n")
    change(lines)
    return "\n".join(lines).encode()


class TestParse:
    def test_takes_no_other_kind_of_file(self) -> None:
        """The header names the format and its version."""
        with pytest.raises(NoteError, match=r"expected 'c2sp.org/tlog-proof@v1' .*got '.*@v2'"):
            TlogProof.parse(changed(lambda lines: lines.__setitem__(0, HEADER[:-1] + "2")))

    @pytest.mark.parametrize(
        "index", ["", " 4", "4 ", "04", "+4", "-4", "4.0", "0x4", "٤", str(LARGEST + 1), "9" * 5000]
    )
    def test_takes_no_other_number(self, index: str) -> None:
        """A position has one right form."""
        with pytest.raises(NoteError, match=r"^index: expected a position without sign"):
            TlogProof.parse(changed(lambda lines: lines.__setitem__(1, f"index {index}")))

    def test_misses_the_index(self) -> None:
        """Without an index, whatever stands in its place is no hash either."""
        with pytest.raises(NoteError, match=r"^index: expected a line 'index N'[^\n]*$"):
            TlogProof.parse(changed(lambda lines: lines.__setitem__(1, "4")))

    def test_misses_everything_below_the_header(self) -> None:
        """A header alone is no proof."""
        with pytest.raises(NoteError, match=r"^index: expected a line 'index N'"):
            TlogProof.parse(f"{HEADER}\n\n{issued(7)}".encode())

    @pytest.mark.parametrize("extra", ["", "=", "AAA", "AB==", "AAAA AAAA", "_-8="])
    def test_takes_no_other_extra(self, extra: str) -> None:
        """What others put there is base64 in its one right form, and something."""
        with pytest.raises(NoteError, match=r"^extra: expected base64"):
            TlogProof.parse(changed(lambda lines: lines.insert(1, f"extra {extra}")))

    def test_takes_no_extra_below_the_index(self) -> None:
        """The lines stand in their order."""
        with pytest.raises(NoteError, match=r"^hashes\[0\]: expected the base64 of 32 bytes"):
            TlogProof.parse(changed(lambda lines: lines.insert(2, "extra AAAA")))

    @pytest.mark.parametrize("line", ["", "AAAA", "A" * 43, "A" * 42 + "B=", "A" * 43 + "= "])
    def test_takes_no_other_hash(self, line: str) -> None:
        """A hash is the base64 of 32 bytes; an empty line would end them."""
        with pytest.raises(NoteError):
            TlogProof.parse(changed(lambda lines: lines.__setitem__(3, line)))

    def test_tells_everything_that_is_wrong(self) -> None:
        """All flaws of a proof are told at once, those of its checkpoint as well."""
        raw = f"{HEADER}!\nextra =\nindex x\nAAAA\n\n{ORIGIN}\n07\nAAAA\n"
        with pytest.raises(NoteError) as refusal:
            TlogProof.parse(raw.encode())
        assert [
            "proof-header",
            "proof-extra",
            "proof-index",
            "proof-hash",
            "checkpoint-size",
            "checkpoint-root",
        ] == [flaw.code for flaw in refusal.value.flaws]

    def test_tells_no_more_than_anybody_reads(self) -> None:
        """A file of thousands of wrong lines is told of in short."""
        raw = f"{HEADER}\nindex 0\n" + "x\n" * 20_000 + f"\n{issued(1)}"
        with pytest.raises(NoteError) as refusal:
            TlogProof.parse(raw.encode())
        assert MOST_TOLD + 1 == len(refusal.value.flaws)

    def test_misses_the_checkpoint(self) -> None:
        """A proof that is cut off above its checkpoint says so."""
        with pytest.raises(NoteError, match="expected a checkpoint below an empty line"):
            TlogProof.parse(proof().text.partition("\n\n")[0].encode() + b"\n")

    def test_takes_signatures_only_over_a_checkpoint(self) -> None:
        """A note with another text is none, and neither is one whose signatures are none."""
        head = f"{HEADER}\nindex 0\n\n"
        with pytest.raises(NoteError, match="expected three lines"):
            TlogProof.parse(f"{head}something\n\n{SIGNATURE.line}".encode())
        with pytest.raises(NoteError, match=r"^signatures\[0\]: expected a signature"):
            TlogProof.parse(f"{head}{issued(1)}\nsigned: me\n".encode())

    def test_takes_no_event_beyond_the_checkpoint(self) -> None:
        """A position that the checkpoint does not cover is told as such."""
        with pytest.raises(NoteError, match=r"^index: the checkpoint covers 7 events, .* 7;"):
            TlogProof.parse(changed(lambda lines: lines.__setitem__(1, "index 7")))

    @pytest.mark.parametrize("size", range(1, 41))
    def test_knows_how_many_hashes_there_must_be(self, size: int) -> None:
        """One hash more or less than the way up has steps is told as such."""
        for index in range(size):
            one = proof(index, size)
            with pytest.raises(NoteError, match=r"^hashes: expected \d+ hashes for position"):
                TlogProof(index, (*one.hashes, bytes(32)), one.issued)
            if one.hashes:
                with pytest.raises(NoteError, match=r"^hashes: expected \d+ hashes for position"):
                    TlogProof(index, one.hashes[1:], one.issued)

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda raw: raw.replace(b"\n", b"\r\n"), "its line ends were changed"),
            (lambda raw: b"\xef\xbb\xbf" + raw, "no byte order mark"),
            (lambda raw: raw[:-1], "is the end cut off?"),
            (lambda raw: raw.decode().encode("utf-16"), "expected UTF-8"),
            (lambda raw: raw + b"A" * MOST_BYTES, "expected at most 1000000 bytes"),
        ],
    )
    def test_says_what_became_of_a_file(self, change: Callable[[bytes], bytes], said: str) -> None:
        """What mail and editors do to files is named."""
        with pytest.raises(NoteError, match=said):
            TlogProof.parse(change(proof().text.encode()))


class TestValue:
    @pytest.mark.parametrize(
        ("index", "hashes", "extra", "said"),
        [
            (-1, (), None, "index: expected a position"),
            (LARGEST + 1, (), None, "index: expected a position"),
            (0, (b"short",), None, r"hashes\[0\]: expected the base64 of 32 bytes"),
            (0, (), b"", "extra: expected base64"),
            (0, (), bytes(MOST_BYTES), "expected at most 1000000 bytes"),
        ],
    )
    def test_is_one_that_can_be_read_again(
        self, index: int, hashes: tuple[bytes, ...], extra: bytes | None, said: str
    ) -> None:
        """What could not be read from its text is refused when it is made."""
        with pytest.raises(NoteError, match=said):
            TlogProof(index, hashes, issued(1), extra)

    @pytest.mark.parametrize("text", ["", "x", "\udcff", issued(1)[:-1], issued(1) + "\n"])
    def test_has_a_checkpoint(self, text: str) -> None:
        """What was issued is a checkpoint, whole."""
        with pytest.raises(NoteError):
            TlogProof(0, (), text)

    def test_tells_who_signed(self) -> None:
        """The note is there where there is one."""
        assert proof().note is None
        assert SignedNote.parse(issued(7, signed=True).encode()) == proof(signed=True).note
        assert proof().checkpoint == proof(signed=True).checkpoint
