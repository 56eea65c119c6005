"""Receipts of answers: given with them, and checked later by asking the same question again."""

import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from planlog.cli.asking import Answer, answer, asked_later, flaw_of, same
from planlog.cli.input import content_of
from planlog.cli.output import (
    DATA,
    STDOUT,
    Catch,
    deliver,
    refuse_what_is_no_report,
    say,
    style,
    write_file,
)
from planlog.cli.questions import LogThen, digest_of_internal, pinned_question
from planlog.cli.session import Session
from planlog.errors import NoteError, PlanlogError
from planlog.events import Erased
from planlog.fold import FOLD_VERSION
from planlog.stores.eventfiles import READING
from planlog.trust.receipts import Receipt, found
from planlog.trust.texts import to_base64

if TYPE_CHECKING:
    from planlog.log import PlanLog

ENDING: Final = ".receipt"
"""How the file of a receipt ends that is beside its answer."""

MOST_BYTES: Final = 64_000_000
"""No answer is longer that has its receipt below it."""

MOST_BYTES_BESIDE: Final = 2**30
"""No answer is longer that lies beside its receipt."""

STANDS: Final = 0
FALLEN: Final = 1
CANNOT_TELL: Final = 4

_ABOUT: Final = "--receipt"


# Giving


def answer_with_receipt(session: Session, name: str, given: Mapping[str, Any]) -> int:
    """Do what the command *name* does with the parameters *given*, and give a receipt with it."""
    output: str | None = given["file"] if name == "export" else given["output"]
    log = LogThen(session.log, session.log.size)
    question = pinned_question(session, name, given, log)
    exit_code = given.get("exit_code", False)
    answered = answer(session, question, log, quietly=False, exit_code=exit_code)
    caught = answered.caught
    digest, file = _digest(caught.told), _digest(caught.content)
    try:
        receipt = Receipt(
            program=version("planlog"),
            fold=FOLD_VERSION,
            record=session.log.checkpoint(log.size),
            question=question,
            answer=digest,
            file=None if file == digest else file,
        )
    except NoteError as error:
        said = session.words.error(error)
        session.refuse("no receipt for this question: {cause}", about=_ABOUT, cause=said)
    _hand_over(session, caught, receipt, output)
    return answered.code


def _hand_over(session: Session, caught: Catch, receipt: Receipt, output: str | None) -> None:
    """Write the answer, and the receipt below it or, where it is data, beside it."""
    in_file = output is not None and output != STDOUT
    if caught.format is not None and caught.format not in DATA:
        text = caught.content.decode() + receipt.below(markdown=caught.format == "markdown")
        deliver(session, text, caught.format, output)
    elif not in_file:
        deliver(session, caught.content.decode(), "csv", None)
        say(receipt.text.rstrip("\n"))
    else:
        beside = Path(f"{output}{ENDING}")
        refuse_what_is_no_report(session, beside)
        write_file(session, Path(str(output)), caught.content)
        write_file(session, beside, receipt.text.encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# Checking


def verify_receipt(session: Session, file: str) -> int:
    """Ask the question of the receipt in *file* again, say what became of it, return the exit code.

    The file (``-`` for standard input) is a receipt, or an answer that ends with one.
    """
    raw = content_of(session, file, _ABOUT, MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        session.refuse(
            "{path!r} has more than {most} bytes; give the receipt alone",
            about=_ABOUT,
            path=file,
            most=MOST_BYTES,
        )
    try:
        receipt, above = found(raw)
        if flaw := flaw_of(session, receipt.question, receipt.record.size):
            raise NoteError((flaw,))
    except NoteError as error:
        raise NoteError(tuple(flaw.at(file) for flaw in error.flaws)) from error
    checks = _Checks(session, receipt)
    verdicts = [*checks.paper(file, above), *checks.record(session.log)]
    _tell(session, receipt, verdicts)
    codes = {verdict.code for verdict in verdicts}
    return FALLEN if FALLEN in codes else max(codes)


@attrs.frozen
class _Verdict:
    """What came out of one check, in words, and the exit code that goes with it."""

    said: str
    code: int = STANDS


@attrs.frozen
class _Checks:
    """What can be checked of a receipt, one after the other."""

    session: Session
    receipt: Receipt

    def paper(self, file: str, above: bytes | None) -> Iterator[_Verdict]:
        """Whether what somebody holds in their hands is the answer that the receipt is for."""
        words, receipt = self.session.words, self.receipt
        if above is not None:
            yield (
                _Verdict(words("the text above the receipt is the answer that it is for"))
                if _digest(above) == receipt.answer
                else _Verdict(
                    words(
                        "the text above the receipt is not the answer that it is for: it was "
                        "changed, or more stands there than the answer"
                    ),
                    FALLEN,
                )
            )
            return
        beside = Path(file.removesuffix(ENDING))
        if file == STDOUT or not file.endswith(ENDING) or beside.is_symlink():
            return
        if not beside.is_file():
            yield _Verdict(words("no {path!r} lies beside the receipt", path=str(beside)))
        elif self._digest_of_file(beside) != (receipt.file or receipt.answer):
            yield _Verdict(
                words(
                    "{path!r} is not the file that the receipt is for: it was changed, or written "
                    "at another time",
                    path=str(beside),
                ),
                FALLEN,
            )
        else:
            yield _Verdict(words("{path!r} is the file that the receipt is for", path=str(beside)))

    def _digest_of_file(self, path: Path) -> str | None:
        """The hash of a file, or None for what cannot be an answer; judged once it is open."""
        try:
            with open(os.open(path, READING), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES_BESIDE:
                    return None
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            self.session.refuse(
                "cannot read {path!r}: {cause}", about=_ABOUT, path=str(path), cause=error.strerror
            )

    def record(self, log: "PlanLog") -> Iterator[_Verdict]:
        """Whether the log still begins with the record of that time; then, what it answers."""
        words, record = self.session.words, self.receipt.record
        present = log.size
        if log.origin != record.origin:
            yield _Verdict(
                words(
                    "this is another log: the receipt is for {expected}, this is {found}",
                    expected=record.origin,
                    found=log.origin,
                ),
                FALLEN,
            )
        elif present < record.size:
            yield _Verdict(
                words(
                    "the end of the record is missing: the receipt is for {size} events, the log "
                    "has {present}",
                    size=record.size,
                    present=present,
                ),
                FALLEN,
            )
        elif (root := log.checkpoint(record.size).root) != record.root:
            yield _Verdict(
                words(
                    "the record of that time was changed: its root is {root}, and was "
                    "{expected}; planlog verify tells more",
                    root=to_base64(root),
                    expected=to_base64(record.root),
                ),
                FALLEN,
            )
        else:
            yield _Verdict(words("the record of that time is unchanged"))
            yield from self._answer(log)

    def _answer(self, log: "PlanLog") -> Iterator[_Verdict]:
        """Whether the same question has the same answer, and whether it has it today."""
        words, question = self.session.words, self.receipt.question
        if question.values("public") not in ((), (digest_of_internal(self.session),)):
            yield _Verdict(
                words(
                    "cannot tell whether the answer stands: planlog.toml declares something else "
                    "internal than it did then"
                ),
                CANNOT_TELL,
            )
            return
        then = LogThen(log, self.receipt.record.size)
        again = self._asked(then)
        if isinstance(again, Answer) and _digest(again.caught.told) == self.receipt.answer:
            yield _Verdict(words("the answer stands: computed again, it is the same"))
            yield from self._today(log, then)
            return
        cause = words("computed again, it is another")
        if isinstance(again, str):
            cause = words("computed again, the question is refused: {cause}", cause=again)
        yield _Verdict(words("the answer does not stand: {cause}", cause=cause), FALLEN)
        yield from map(_Verdict, self._reasons(log))

    def _asked(self, log: LogThen, *, timeless: bool = False) -> Answer | str:
        """The answer to the question as it is with all that *log* has, or why it is refused."""
        question = asked_later(self.receipt.question, self.receipt.record.size, log.size)
        try:
            return answer(self.session, question, log, timeless=timeless)
        except PlanlogError as error:
            return self.session.words.error(error)
        except click.ClickException as error:
            return error.format_message()

    def _today(self, log: "PlanLog", then: LogThen) -> Iterator[_Verdict]:
        """Whether what was recorded since makes it another answer; that is no fault of it."""
        words, now = self.session.words, LogThen(log, log.size)
        since = now.size - then.size
        if not since:
            yield _Verdict(words("nothing was recorded since"))
            return
        one, other = self._asked(then, timeless=True), self._asked(now, timeless=True)
        is_same = (
            isinstance(one, Answer) and isinstance(other, Answer) and same(one.caught, other.caught)
        )
        grown = words.plural(
            "{n} event was recorded since", "{n} events were recorded since", since
        )
        yield _Verdict(
            words("{grown}; with what is known today, the answer would be the same", grown=grown)
            if is_same
            else words("{grown}; with what is known today, the answer would differ", grown=grown)
        )

    def _reasons(self, log: "PlanLog") -> Iterator[str]:
        """Why the same record can give another answer, as far as can be told."""
        words, receipt = self.session.words, self.receipt
        size = receipt.record.size
        erasures = {
            event.event.event: event.id
            for event in log.events(size)
            if isinstance(event.event, Erased) and not event.is_erased
        }
        erased = [event.id for event in log.events(stop=size) if event.id in erasures]
        for id in erased:
            yield words("event {id} was erased since, by {erasure}", id=id, erasure=erasures[id])
        here, there = (version("planlog"), FOLD_VERSION), (receipt.program, receipt.fold)
        if here != there:
            yield words(
                "planlog {there} (fold {fold_there}) gave the answer, this is planlog {here} (fold "
                "{fold_here})",
                there=there[0],
                fold_there=there[1],
                here=here[0],
                fold_here=here[1],
            )
        if not erased and here == there:
            yield words(
                "nothing was erased since, and planlog is the same: the receipt was changed, or "
                "something else that planlog computes with"
            )


def _tell(session: Session, receipt: Receipt, verdicts: list[_Verdict]) -> None:
    from planlog.render.page import Block, Facts, Points, as_text
    from planlog.render.tables import Part

    words, question = session.words, receipt.question
    pairs = [
        (words("Log"), receipt.record.origin),
        (words("Events"), str(receipt.record.size)),
        (words("Question"), question.command),
        *question.asked,
    ]
    facts = Facts(tuple((label, (Part(value),)) for label, value in pairs))
    page: list[Block] = [facts, Points(tuple(one.said for one in verdicts))]
    deliver(session, as_text(page, style(session, None)), "table", None)
