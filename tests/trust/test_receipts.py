"""Which question was asked of which record, and the hash of its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import NoteError
from planlog.trust.checkpoints import LARGEST, Checkpoint
from planlog.trust.receipts import MOST_BYTES, Question, Receipt, found

RECORD = Checkpoint("planlog/9f3c0a6be1d24857", 63, bytes(32))
DIGEST = "0123456789abcdef" * 4
QUESTION = Question("show", (("at", "2023-03-16@#63"), ("format", "table"), ("width", "80")))

TEXT = f"""\
planlog-receipt/1
planlog 0.1.0, fold 1
log planlog/9f3c0a6be1d24857
size 63
root AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
question show
  at 2023-03-16@#63
  format table
  width 80
answer {DIGEST}
"""

WORDS = st.from_regex(r"\A[a-z]+(-[a-z]+)?\Z")
VALUES = (
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=9)
    .map(lambda text: f"{text} {text}")
    .filter(str.isprintable)
)


def receipt(
    question: Question = QUESTION, *, answer: str = DIGEST, file: str | None = None
) -> Receipt:
    """A receipt of a small record."""
    return Receipt(
        program="0.1.0", fold=1, record=RECORD, question=question, answer=answer, file=file
    )


class TestText:
    def test_has_a_line_for_each_thing(self) -> None:
        """The record, the question and the hash of the answer stand one below the other."""
        assert TEXT == receipt().text

    def test_has_the_hash_of_the_file_last(self) -> None:
        """Where a file's bytes are another thing than what it says, both hashes are there."""
        digest = "f" * 64
        assert TEXT + f"file {digest}\n" == receipt(file=digest).text

    @given(
        WORDS,
        st.lists(st.tuples(WORDS, VALUES), max_size=5),
        st.integers(0, LARGEST),
        st.binary(min_size=32, max_size=32),
        st.none() | st.just(DIGEST),
    )
    def test_is_read_as_it_was_written(
        self,
        command: str,
        asked: list[tuple[str, str]],
        size: int,
        root: bytes,
        file: str | None,
    ) -> None:
        """Every receipt comes back from its text, whatever was asked."""
        one = Receipt(
            program="1.2.3rc1+x",
            fold=17,
            record=Checkpoint("planlog/9f3c0a6be1d24857", size, root),
            question=Question(command, tuple(asked)),
            answer=DIGEST,
            file=file,
        )
        assert one == Receipt.parse(one.text.encode())

    @pytest.mark.parametrize(
        "value", ["", " a", "a ", "a\nb", "a\x1b[31m", "a\u202eb", "a\u2028b", "a\xa0b"]
    )
    def test_holds_nothing_that_could_forge_a_line(self, value: str) -> None:
        """A value is one printable line: no other can be refused less loudly."""
        with pytest.raises(NoteError, match="field: a receipt cannot hold"):
            receipt(Question("show", (("field", value),)))

    @pytest.mark.parametrize("word", ["", "Show", "-o", "a b", "--log", "a/b"])
    def test_has_plain_words_for_commands_and_options(self, word: str) -> None:
        """What was asked, and how it is called, are words without hyphens in front."""
        with pytest.raises(NoteError, match="question: a receipt cannot hold"):
            receipt(Question(word))
        with pytest.raises(NoteError, match="question: a receipt cannot hold"):
            receipt(Question("show", ((word, "x"),)))

    def test_is_not_long(self) -> None:
        """A question that would fill pages gets no receipt."""
        with pytest.raises(NoteError, match=f"at most {MOST_BYTES} bytes, got 17"):
            receipt(Question("show", (("field", "x" * 17_000),)))

    def test_names_a_version(self) -> None:
        """The version of planlog is one word."""
        with pytest.raises(NoteError, match="planlog: expected the version"):
            Receipt(program="0 1", fold=1, record=RECORD, question=QUESTION, answer=DIGEST)


class TestValues:
    def test_are_what_was_said_for_an_option(self) -> None:
        """An option may be said several times, once or never."""
        question = Question("diff", (("attribute", "rank"), ("field", "w"), ("attribute", "phase")))
        assert ("rank", "phase") == question.values("attribute")
        assert () == question.values("format")


class TestParse:
    @pytest.mark.parametrize(
        ("old", "new", "match"),
        [
            ("receipt/1", "receipt/2", "expected 'planlog-receipt/1', got 'planlog-receipt/2'"),
            ("0.1.0, fold 1", "0.1.0", "planlog: expected the version of planlog"),
            ("fold 1", "fold 01", "planlog: expected the version of planlog"),
            ("size 63", "size 063", "size: expected a number of events"),
            ("root AAAA", "root AAA", "root: expected the base64 of 32 bytes"),
            ("log planlog/9f3c0a6be1d24857", "log ", "origin: expected one line that is not"),
            ("question show", "question", "question: a receipt cannot hold ''"),
            ("question show", "question ../show", "question: a receipt cannot hold"),
            ("  format table", "  format", "format: a receipt cannot hold ''"),
            ("  format table", "  format  table", "format: a receipt cannot hold ' table'"),
            ("  format table", "   format table", "question: a receipt cannot hold ''"),
            ("  format table", "format table", "and nothing else, got 'format table'"),
            ("answer 0123", "answer 123", "answer: expected a SHA-256 in 64 hex digits"),
            ("answer 0123", "answer A123", "answer: expected a SHA-256 in 64 hex digits"),
            ("answer", "file", "and nothing else, got 'file"),
            ("planlog 0.1.0", "planlog  0.1.0", "planlog: expected the version"),
            ("size 63\n", "", "planlog, log, size, root, question, answer, file and nothing else"),
            ("size 63\n", "size 63\nsize 63\n", "and nothing else, got 'size 63'"),
            (f"answer {DIGEST}\n", "", "and nothing else, got ''"),
            (f"answer {DIGEST}\n", f"answer {DIGEST}\nfile {DIGEST}\nx\n", "else, got 'x'"),
            (f"answer {DIGEST}\n", f"answer {DIGEST}\nfile x\n", "file: expected a SHA-256"),
            ("\n", "\r\n", "its line ends were changed"),
            (f"{DIGEST}\n", DIGEST, "is the end cut off"),
            ("table", "\x1b[31m", "no control characters"),
        ],
    )
    def test_names_what_is_wrong(self, old: str, new: str, match: str) -> None:
        """What is no receipt is refused with the line at fault."""
        assert old in TEXT
        with pytest.raises(NoteError, match=match.replace("(", r"\(")):
            Receipt.parse(TEXT.replace(old, new).encode())

    def test_names_everything_that_is_wrong(self) -> None:
        """Several wrong values are told at once."""
        wrong = (
            TEXT.replace("fold 1", "fold")
            .replace("size 63", "size x")
            .replace("answer 0", "answer ")
        )
        with pytest.raises(NoteError) as error:
            Receipt.parse(wrong.encode())
        assert ["planlog", "answer", "size"] == [flaw.key for flaw in error.value.flaws]

    def test_refuses_what_is_long_before_it_looks(self) -> None:
        """What is longer than any receipt is not even decoded."""
        with pytest.raises(NoteError, match=f"at most {MOST_BYTES} bytes, got {MOST_BYTES + 1}"):
            Receipt.parse(b"\xff" * (MOST_BYTES + 1))


class TestFound:
    def test_alone(self) -> None:
        """A receipt by itself has no answer above it."""
        assert (receipt(), None) == found(TEXT.encode())

    @pytest.mark.parametrize("markdown", [False, True])
    @pytest.mark.parametrize("answer", ["", "a\n", "# Plan\n\n| a |\n", "ä\n\n", "```text\n"])
    def test_below_an_answer(self, answer: str, markdown: bool) -> None:
        """An answer that ends with a receipt is given back to the byte, with the receipt."""
        raw = (answer + receipt().below(markdown=markdown)).encode()
        assert (receipt(), answer.encode()) == found(raw)

    def test_in_a_fence_alone(self) -> None:
        """Copied out of a page with the fence around it, it is still the receipt alone."""
        assert (receipt(), None) == found(f"```text\n{TEXT}```\n".encode())

    def test_the_last_one_counts(self) -> None:
        """What looks like a receipt within an answer is part of the answer."""
        forged = TEXT.replace("size 63", "size 64")
        assert (receipt(), forged.encode()) == found(
            (forged + receipt().below(markdown=False)).encode()
        )

    def test_nothing_stands_behind_it(self) -> None:
        """What was added below a receipt is refused, not passed by."""
        with pytest.raises(NoteError, match="nothing else, got 'more'"):
            found(f"{TEXT}more\n".encode())

    def test_none(self) -> None:
        """A file without a receipt is refused, with a hint at where it may be."""
        with pytest.raises(NoteError, match=r"beside it, which ends with \.receipt"):
            found(b"field,measure\n planlog-receipt/1\n")

    def test_of_a_later_version(self) -> None:
        """A form that is not known yet is named, wherever it stands."""
        with pytest.raises(NoteError, match="later planlog"):
            found(b"answer\n\nplanlog-receipt/2\nwhatever\n")
