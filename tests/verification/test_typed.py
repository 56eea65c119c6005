"""A checkpoint as people type it from paper."""

from collections.abc import Callable

import pytest

from planlog import Checkpoint, NoteError, SignedNote, Signer, Spoken
from planlog.trust.spoken import spoken
from planlog.verification.typed import typed

CHECKPOINT = Checkpoint("planlog/9f3c0a6be1d24857", 63, bytes(range(32)))
OTHER = Checkpoint("planlog/9f3c0a6be1d24857", 64, bytes(range(32)))
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

    @pytest.mark.parametrize("form", ["{}", "  {}\r\n", "\n\n{}", "Zum Vorlesen:\n{}\n"])
    def test_spoken(self, form: str) -> None:
        """What was read out is taken as well."""
        assert Spoken.of(CHECKPOINT) == typed(form.format(spoken(CHECKPOINT)).encode())

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text.replace("\n", "\n\n"),
            lambda text: text.replace("=", ""),
            lambda text: text.replace("CAkK", "CA\nkK"),
            lambda text: text.replace("CAkK", "CA \n\n k K").replace("Gxw", "Gx\nw"),
            lambda text: text.replace("CAkK", "C A\tkK\u00a0"),
            lambda text: f"Prüfpunkt für das Protokoll\n\n{text}\nZum Vorlesen:\n63-8\n",
            lambda text: f"{text}\n{text}",
            lambda text: f"Seite\n7\n{text}\n8\n",
            lambda text: text.encode("utf-16").decode("latin-1"),
        ],
    )
    def test_mended(self, change: Callable[[str], str]) -> None:
        """What is plain in spite of how it was typed or pasted is taken."""
        changed = change(CHECKPOINT.text)
        raw = changed.encode("latin-1" if "\0" in changed else "utf-8")
        assert CHECKPOINT == typed(raw)

    def test_mended_note(self) -> None:
        """So are the signatures below."""
        whole = NOTE.whole.replace("\n", "\n\n")
        assert NOTE == typed(f"Gebildet heute\n{whole}".encode())

    def test_only_the_size_is_wrong(self) -> None:
        """What is right is not told."""
        with pytest.raises(NoteError, match=r"^the second line is the number of events, [^\n]*$"):
            typed(CHECKPOINT.text.replace("\n63\n", "\n6 3\n").encode())

    def test_place(self) -> None:
        """Every flaw has the place that is given."""
        with pytest.raises(
            NoteError, match=r"^a.txt: the second line is .*\na.txt: the third line "
        ):
            typed(b"x\ny\nz\n", "a.txt")

    @pytest.mark.parametrize(
        ("raw", "told"),
        [
            (b"", "nothing was given"),
            (b" \r\n\t\n", "nothing was given"),
            (b"planlog/x\n63\n", "expected three lines"),
            (b"planlog/x\n063\nAAAA\n", "the second line is the number of events, .* got '063'"),
            (b"planlog/x\n063\nAAAA\n", "this one has 4 and ends in 'A'"),
            (CHECKPOINT.text.replace("AAEC", "AAE?").encode(), "this one has '[?]' too"),
            (CHECKPOINT.text.replace("AAEC", "AAE").encode(), "this one has 43 and ends in '='"),
            (CHECKPOINT.text.replace("AAEC", "AAECC").encode(), "this one has 45 and"),
            (CHECKPOINT.text.replace("h8=", "h9=").encode(), "no third line ends in '9='"),
            (f"Kopf\n{CHECKPOINT.text}x\n\ny\nz\n".replace("h8=", "h=").encode(), "has 43 and"),
            (f"{CHECKPOINT.text}\n{OTHER.text}".encode(), "more than one checkpoint"),
            (NOTE.whole.replace("gwa.example ", "").encode(), "the line '— .*' is no signature"),
            (b"63-9 4821-7", "expected the size and"),
            (b"\xff\xfe", "nothing was given"),
            (b"\xff\xfe\x00", "expected UTF-8"),
            (b"x\xff", "expected UTF-8"),
            (b"x" * 1_000_001, "expected at most 1000000 bytes"),
            (b"a\rb\nc\n", "LF alone"),
        ],
    )
    def test_refusals(self, raw: bytes, told: str) -> None:
        """Anything else is refused, and the flaw is told."""
        with pytest.raises(NoteError, match=told):
            typed(raw)
