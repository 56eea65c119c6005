"""Which log had how many lines, and their root."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import NoteError
from planlog.trust.checkpoints import LARGEST, Checkpoint
from planlog.trust.notes import SignedNote, Signer, verified
from planlog.trust.texts import MOST_BYTES

ORIGIN = "planlog/9f3c0a6be1d24857"
ROOT = hashlib.sha256(b"").digest()
ROOT_TEXT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
TEXT = f"{ORIGIN}\n63\n{ROOT_TEXT}\n"

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9).map(
    lambda line: "x" + line
)


class TestText:
    def test_has_three_lines(self) -> None:
        """Origin, size and root stand on a line each, and the last one ends as well."""
        assert TEXT == Checkpoint(ORIGIN, 63, ROOT).text

    def test_has_the_lines_of_others_below(self) -> None:
        """Extensions follow the root in their order."""
        assert TEXT + "b\na\n" == Checkpoint(ORIGIN, 63, ROOT, ("b", "a")).text

    @given(LINES, st.integers(0, LARGEST), st.binary(min_size=32, max_size=32), st.lists(LINES))
    def test_is_read_as_it_was_written(
        self, origin: str, size: int, root: bytes, extensions: list[str]
    ) -> None:
        """Every checkpoint comes back from its text."""
        checkpoint = Checkpoint(origin, size, root, tuple(extensions))
        assert checkpoint == Checkpoint.parse(checkpoint.text.encode())
        assert checkpoint == Checkpoint.parse(checkpoint.text)

    @pytest.mark.parametrize("size", [0, 1, 10, LARGEST])
    def test_has_any_size(self, size: int) -> None:
        """An empty log has a checkpoint, and so has the largest."""
        assert size == Checkpoint.parse(f"{ORIGIN}\n{size}\n{ROOT_TEXT}\n".encode()).size

    def test_may_have_any_origin(self) -> None:
        """The origin of another log is taken as it is, blanks and umlauts and all."""
        assert (
            "Straße + Tür\u2028"
            == Checkpoint.parse(f"Straße + Tür\u2028\n1\n{ROOT_TEXT}\n".encode()).origin
        )


class TestParse:
    @pytest.mark.parametrize(
        "size",
        [
            *("", " ", "063", "00", "-0", "-1", "+63", "63 ", " 63", "6_3", "6.0", "1e3", "0x3f"),
            *("6٣", "٦٣", "６３", "²", str(LARGEST + 1), "9" * 20, "9" * 5000),
        ],
    )
    def test_refuses_other_numbers(self, size: str) -> None:
        """A size has one right form: decimal digits without zeros in front."""
        with pytest.raises(NoteError, match=r"^size: expected a number of events"):
            Checkpoint.parse(f"{ORIGIN}\n{size}\n{ROOT_TEXT}\n".encode())

    @pytest.mark.parametrize(
        "root",
        [
            "",
            ROOT_TEXT[:-1],
            ROOT_TEXT + "=",
            ROOT_TEXT + " ",
            " " + ROOT_TEXT,
            ROOT_TEXT.replace("U=", "V="),
            ROOT_TEXT.replace("+", "-"),
            ROOT_TEXT[4:],
            "AAAA" + ROOT_TEXT,
            ROOT.hex(),
        ],
    )
    def test_refuses_other_roots(self, root: str) -> None:
        """A root is the base64 of 32 bytes, with no bit too many."""
        with pytest.raises(NoteError, match=r"^root: expected the base64 of 32 bytes"):
            Checkpoint.parse(f"{ORIGIN}\n63\n{root}\n".encode())

    @pytest.mark.parametrize(
        ("raw", "said"),
        [
            (b"", "expected a line feed at the end"),
            (b"\n", "three lines .*, got 1"),
            (f"{ORIGIN}\n63\n".encode(), "three lines .*, got 2"),
            (TEXT.encode()[:-1], "is the end cut off"),
            (b"\n" + TEXT.encode(), "origin: expected one line that is not empty, got ''"),
            (TEXT.encode() + b"\n", r"extensions\[0\]: expected one line"),
            (TEXT.encode() + b"a\n\n", r"extensions\[1\]: expected one line"),
            (TEXT.replace("\n", "\r\n").encode(), "line ends were changed"),
            (b"\xef\xbb\xbf" + TEXT.encode(), "byte order mark"),
            (TEXT.encode("utf-16-le"), "control characters"),
            (TEXT.replace("planlog", "pläne").encode("latin-1"), "expected UTF-8"),
            (TEXT.encode() + b"a" * MOST_BYTES + b"\n", "at most 1000000 bytes"),
        ],
    )
    def test_refuses_what_is_none(self, raw: bytes, said: str) -> None:
        """What is not exactly a checkpoint is refused, and why."""
        with pytest.raises(NoteError, match=said):
            Checkpoint.parse(raw)

    def test_tells_everything_at_once(self) -> None:
        """Who typed three lines from paper learns of all that is wrong with them."""
        with pytest.raises(NoteError) as caught:
            Checkpoint.parse(b"\n063\nx\n\n")
        assert ["origin", "extensions[0]", "size", "root"] == [f.key for f in caught.value.flaws]

    def test_takes_no_signatures_for_lines(self) -> None:
        """A whole note is no checkpoint; its body is one."""
        signer = Signer(ORIGIN, bytes(range(32)))
        raw = SignedNote(TEXT, (signer.sign(TEXT),)).whole.encode()
        with pytest.raises(NoteError, match=r"extensions\[0\]"):
            Checkpoint.parse(raw)
        note = SignedNote.parse(raw)
        assert (signer.key,) == verified(note, [signer.key])
        assert Checkpoint(ORIGIN, 63, ROOT) == Checkpoint.parse(note.body)

    def test_sees_every_bit(self) -> None:
        """A checkpoint of which a bit is changed is refused, or is another one."""
        raw = TEXT.encode()
        for place in range(len(raw)):
            for bit in range(8):
                other = bytes((*raw[:place], raw[place] ^ 1 << bit, *raw[place + 1 :]))
                try:
                    found = Checkpoint.parse(other)
                except NoteError:
                    continue
                assert Checkpoint(ORIGIN, 63, ROOT) != found
                assert other == found.text.encode()


class TestCheckpoint:
    @pytest.mark.parametrize(
        ("origin", "size", "root", "extensions", "key"),
        [
            ("", 1, ROOT, (), "origin"),
            ("a\nb", 1, ROOT, (), "origin"),
            (ORIGIN, -1, ROOT, (), "size"),
            (ORIGIN, LARGEST + 1, ROOT, (), "size"),
            (ORIGIN, 1, b"", (), "root"),
            (ORIGIN, 1, ROOT[1:], (), "root"),
            (ORIGIN, 1, ROOT + b"\0", (), "root"),
            (ORIGIN, 1, ROOT, ("a", ""), r"extensions\[1\]"),
            (ORIGIN, 1, ROOT, ("a\nb",), r"extensions\[0\]"),
            ("a\tb", 1, ROOT, (), "expected no control characters"),
            ("a\ud800", 1, ROOT, (), "expected UTF-8"),
        ],
    )
    def test_is_none_that_could_not_be_read_again(
        self, origin: str, size: int, root: bytes, extensions: tuple[str, ...], key: str
    ) -> None:
        """A checkpoint is refused when it is made, not by those who get it."""
        with pytest.raises(NoteError, match=rf"^{key}"):
            Checkpoint(origin, size, root, extensions)
