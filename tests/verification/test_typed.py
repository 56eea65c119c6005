"""A checkpoint as people type it from paper."""

import pytest

from planlog import Checkpoint, NoteError, SignedNote, Signer, Spoken
from planlog.trust.spoken import spoken
from planlog.verification.typed import typed

CHECKPOINT = Checkpoint("planlog/9f3c0a6be1d24857", 63, bytes(range(32)))
SIGNER = Signer("gwa.example", bytes(range(32)))
NOTE = SignedNote(CHECKPOINT.text, (SIGNER.sign(CHECKPOINT.text),))


def lines(text: str, form: str) -> bytes:
    """Write each line of *text* in some form."""
    return "".join(form.format(line) for line in text.split("\n")).encode()


class TestTyped:
    @pytest.mark.parametrize(
        "raw",
        [
            CHECKPOINT.text.encode(),
            CHECKPOINT.text.encode().rstrip(b"\n"),
            CHECKPOINT.text.encode().replace(b"\n", b"\r\n"),
            b"\xef\xbb\xbf" + CHECKPOINT.text.encode(),
            b"\n\n" + CHECKPOINT.text.encode() + b"\n\n",
            lines(CHECKPOINT.text, "  {} \t\n"),
        ],
    )
    def test_checkpoint(self, raw: bytes) -> None:
        """Blanks, line ends and marks that nobody sees are left out."""
        assert CHECKPOINT == typed(raw)

    @pytest.mark.parametrize(
        "raw",
        [
            NOTE.whole.encode(),
            NOTE.whole.encode().replace(b"\n", b"\r\n"),
            NOTE.whole.encode().rstrip(b"\n"),
            lines(NOTE.whole, "\t{}\n"),
            NOTE.whole.replace("—", "-").encode(),
            NOTE.whole.replace("—", "--").encode(),
            NOTE.whole.replace("—", "–").encode(),
        ],
    )
    def test_note(self, raw: bytes) -> None:
        """So they are in a signed note, whose signature then fits; a dash may be any dash."""
        assert NOTE == typed(raw)

    @pytest.mark.parametrize("form", ["{}", "  {}\r\n", "\n\n{}"])
    def test_spoken(self, form: str) -> None:
        """What was read out is taken as well."""
        assert Spoken.of(CHECKPOINT) == typed(form.format(spoken(CHECKPOINT)).encode())

    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            (b"", "expected three lines"),
            (b"planlog/x\n63\n", "expected three lines"),
            (b"planlog/x\n063\nAAAA\n", "expected a number of events"),
            (CHECKPOINT.text.replace("AAEC", "AAE?").encode(), "expected the base64"),
            (b"63-9 4821-7", "expected the size and"),
            (b"\xff\xfe", "expected UTF-8"),
            (b"x" * 1_000_001, "expected at most 1000000 bytes"),
            (b"a\rb\nc\n", "LF alone"),
        ],
    )
    def test_refusals(self, raw: bytes, told: str) -> None:
        """Anything else is refused, and the flaw is told."""
        with pytest.raises(NoteError, match=told):
            typed(raw)
