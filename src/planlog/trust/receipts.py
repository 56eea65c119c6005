"""Receipts: which question was asked of which record, and the hash of what it was answered."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final

import attrs

from planlog.errors import Flaw, NoteError
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.texts import decoded, refused, to_base64
from planlog.values import Value

VERSION: Final = "planlog-receipt/1"
"""The first line of a receipt."""

MOST_BYTES: Final = 16_384
"""No receipt is longer."""

_BEGINNING: Final = re.compile(rb"^planlog-receipt/", re.MULTILINE)
_FENCE: Final = b"```text\n"
_END_OF_FENCE: Final = b"```\n"

_HEAD: Final = ("planlog", "log", "size", "root", "question")
_TAIL: Final = ("answer", "file")
_INDENT: Final = "  "

_PROGRAM: Final = re.compile(r"([0-9A-Za-z.+!-]{1,60}), fold (0|[1-9][0-9]{0,8})")
_WORD: Final = re.compile(r"[a-z]+(-[a-z]+)*")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@attrs.frozen(repr=False)
class Question(Value):
    """A *command* and what it was told: each of *asked* is an option's name and its value."""

    command: str
    asked: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """Return what was said for the option *name*: nothing where it was left out."""
        return tuple(value for one, value in self.asked if one == name)


@attrs.frozen(kw_only=True, repr=False)
class Receipt(Value):
    """What a question was answered from a record, and by which version of planlog.

    The *record* is the checkpoint of the log as it was then. *answer* is the SHA-256 of the answer
    in hex. Where the answer is a file whose bytes depend on the libraries that write it, *answer*
    is about what the file says, and *file* is the SHA-256 of its bytes.
    """

    program: str
    fold: int
    record: Checkpoint
    question: Question
    answer: str
    file: str | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what could not be read again."""
        values = [self.answer] if self.file is None else [self.answer, self.file]
        flaws = (
            *_program_flaws(self._program),
            *_question_flaws(self.question),
            *_digest_flaws(zip(_TAIL, values, strict=False)),
            *_length_flaws(len(self.text.encode())),
        )
        if flaws:
            raise NoteError(flaws)

    @classmethod
    def parse(cls, raw: bytes) -> "Receipt":
        """Read a receipt; raise `NoteError`, with everything that is wrong in it, if it is none."""
        if flaws := _length_flaws(len(raw)):
            raise NoteError(flaws)
        version, *lines = decoded(raw)[:-1].split("\n")
        if version != VERSION:
            raise refused(
                Flaw(
                    "receipt-version",
                    "expected {expected!r}, got {value!r}; was it made by a later planlog?",
                    {"expected": VERSION, "value": version},
                )
            )
        behind = lines[len(_HEAD) :]
        asked = list(takewhile(lambda line: line.startswith(_INDENT), behind))
        told = _told([*lines[: len(_HEAD)], *behind[len(asked) :]])
        question = Question(told["question"], tuple(map(_option, asked)))
        return cls._checked(told, question)

    @classmethod
    def _checked(cls, told: dict[str, str], question: Question) -> "Receipt":
        flaws = [
            *_program_flaws(told["planlog"]),
            *_question_flaws(question),
            *_digest_flaws((key, told[key]) for key in _TAIL if key in told),
        ]
        record = "".join(f"{told[key]}\n" for key in ("log", "size", "root")).encode()
        try:
            checkpoint = Checkpoint.parse(record)
        except NoteError as error:
            raise NoteError((*flaws, *error.flaws)) from error
        program = _PROGRAM.fullmatch(told["planlog"])
        if program is None or flaws:
            raise NoteError(tuple(flaws))
        return cls(
            program=program[1],
            fold=int(program[2]),
            record=checkpoint,
            question=question,
            answer=told["answer"],
            file=told.get("file"),
        )

    @property
    def text(self) -> str:
        """The receipt as it is written."""
        record = self.record
        lines = [
            VERSION,
            f"planlog {self._program}",
            f"log {record.origin}",
            f"size {record.size}",
            f"root {to_base64(record.root)}",
            f"question {self.question.command}",
            *(f"{_INDENT}{name} {value}" for name, value in self.question.asked),
            f"answer {self.answer}",
        ]
        if self.file is not None:
            lines.append(f"file {self.file}")
        return "".join(f"{line}\n" for line in lines)

    @property
    def _program(self) -> str:
        return f"{self.program}, fold {self.fold}"

    def below(self, *, markdown: bool) -> str:
        """Return what stands below an answer that ends with this receipt."""
        if markdown:
            return f"\n{_FENCE.decode()}{self.text}{_END_OF_FENCE.decode()}"
        return f"\n{self.text}"


def found(raw: bytes) -> tuple[Receipt, bytes | None]:
    """Return the receipt that *raw* ends with, and the answer above it, where there is one.

    Raises `NoteError` where there is no receipt, or something is wrong in it.
    """
    beginnings = [match.start() for match in _BEGINNING.finditer(raw)]
    if not beginnings:
        raise refused(
            Flaw(
                "no-receipt",
                "expected a receipt, but no line begins with {expected!r}; that of a file of data "
                "is in another file beside it, which ends with .receipt",
                {"expected": VERSION.partition("/")[0]},
            )
        )
    above, rest = raw[: beginnings[-1]], raw[beginnings[-1] :]
    if above.endswith(_FENCE) and rest.endswith(_END_OF_FENCE):
        above, rest = above.removesuffix(_FENCE), rest.removesuffix(_END_OF_FENCE)
    return Receipt.parse(rest), above.removesuffix(b"\n") if above else None


def _told(lines: Sequence[str]) -> dict[str, str]:
    """What each line tells, but for those of the question; they stand in one order only."""
    pairs = [line.partition(" ") for line in lines]
    keys = [key for key, _, _ in pairs]
    wanted = [*_HEAD, *_TAIL]
    if keys not in (wanted, wanted[:-1]):
        wrong = next(
            (line for line, key, want in zip(lines, keys, wanted, strict=False) if key != want),
            lines[len(wanted)] if len(lines) > len(wanted) else "",
        )
        raise refused(
            Flaw(
                "receipt-lines",
                "expected the lines {expected} and nothing else, got {value!r}",
                {"expected": ", ".join(wanted), "value": wrong},
            )
        )
    return {key: value for key, _, value in pairs}


def _option(line: str) -> tuple[str, str]:
    name, _, value = line.removeprefix(_INDENT).partition(" ")
    return name, value


def _program_flaws(program: str) -> tuple[Flaw, ...]:
    if _PROGRAM.fullmatch(program):
        return ()
    return (
        Flaw(
            "receipt-program",
            "expected the version of planlog and of its fold, such as '0.1.0, fold 1', got "
            "{value!r}",
            {"value": program},
            key="planlog",
        ),
    )


def _question_flaws(question: Question) -> tuple[Flaw, ...]:
    names = (question.command, *(name for name, _ in question.asked))
    wrong = [("question", name) for name in names if not _WORD.fullmatch(name)]
    wrong += [
        (name, value)
        for name, value in question.asked
        if not value or not value.isprintable() or value != value.strip()
    ]
    return tuple(
        Flaw(
            "receipt-question",
            "a receipt cannot hold {value!r}: it must be printable, on one line, and without "
            "blanks at its ends",
            {"value": value},
            key=key,
        )
        for key, value in wrong
    )


def _digest_flaws(pairs: Iterable[tuple[str, str]]) -> tuple[Flaw, ...]:
    return tuple(
        Flaw(
            "receipt-digest",
            "expected a SHA-256 in 64 hex digits, got {value!r}",
            {"value": value},
            key=key,
        )
        for key, value in pairs
        if not _DIGEST.fullmatch(value)
    )


def _length_flaws(count: int) -> tuple[Flaw, ...]:
    if count <= MOST_BYTES:
        return ()
    return (
        Flaw(
            "long-receipt",
            "expected a receipt of at most {most} bytes, got {count}",
            {"most": MOST_BYTES, "count": count},
        ),
    )
