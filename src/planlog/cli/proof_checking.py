"""What ``verify`` answers about a proof: whether a log has one event, without the log."""

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from planlog.cli.input import content_of
from planlog.cli.output import deliver, style
from planlog.cli.outside import checkpoint_from, policy_from
from planlog.cli.session import Session
from planlog.codec import MAX_LINE, decode
from planlog.codec.tombstones import read_tombstone
from planlog.errors import BadSignatureError, InvalidEventError, NoteError
from planlog.render.page import Block, Facts, Footnote, Heading, Sentence, as_text
from planlog.render.proven import told_in_full
from planlog.render.tables import Part, cell
from planlog.render.text import shortened
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.leaves import leaf_of
from planlog.trust.policies import Policy
from planlog.trust.proofs import TlogProof
from planlog.trust.spoken import spoken
from planlog.trust.texts import MOST_BYTES, to_base64
from planlog.verification.claims import Claim, Claims
from planlog.wording import Words

VERIFIED: Final = 0
NOT_PROVEN: Final = 1
CANNOT_TELL: Final = 4

_LONGEST: Final = 2_000
"""How many characters are shown of a line that cannot be told; the rest is in its file."""


@attrs.frozen
class _Answer:
    """What one who might vouch for the checkpoint says, as an exit *code* and in words."""

    code: int
    sentence: str


def verify_proof(
    session: Session,
    proof: Path,
    line: Path | None,
    checkpoints: Sequence[str],
    policy: str | None,
) -> int:
    """Tell whether *proof* shows the event in *line*, and return the exit code.

    The checkpoint in the proof is believed where one of the *checkpoints* from outside is the
    same, or where those signed it whom the *policy* asks for.
    """
    if line is None:
        session.refuse(
            "a proof is about the line of an event; name the file that came with it",
            about="--line",
        )
    words = session.words
    claims = Claims(None)
    claims.take([checkpoint_from(session, file) for file in checkpoints])
    asked = None if policy is None else policy_from(session, policy)
    raw = content_of(session, str(proof), "--proof", MOST_BYTES + 1)
    text = content_of(session, str(line), "--line", MAX_LINE + 10).removesuffix(b"\n")
    try:
        shown = TlogProof.parse(raw)
    except NoteError as error:
        told = [words.flaw(flaw.at(str(proof))) for flaw in error.flaws]
        return _deliver(session, _not_proven(words, told), NOT_PROVEN)
    if not _fits(shown, text):
        return _deliver(session, _not_proven(words, [_cause(words, shown, text)]), NOT_PROVEN)
    answers = _answers(words, shown, claims.found, asked)
    code = _code(answers)
    told = [answer.sentence for answer in answers if code != NOT_PROVEN or answer.code == code]
    if code == NOT_PROVEN:
        return _deliver(session, _not_proven(words, told), code)
    return _deliver(session, _fitting(words, shown, text, told, code), code)


def _deliver(session: Session, page: Iterator[Block], code: int) -> int:
    deliver(session, as_text(page, style(session, None)), "table", None)
    return code


# The line


def _fits(shown: TlogProof, text: bytes) -> bool:
    return len(text) <= MAX_LINE and b"\n" not in text and shown.proves(leaf_of(text))


def _cause(words: Words, shown: TlogProof, text: bytes) -> str:
    """Say what probably happened to a line that does not fit: what was put around it is tried."""
    unmarked = text.removeprefix(codecs.BOM_UTF8)
    bare = unmarked.strip(b" \t\r\n")
    # Of a file that is too long only the beginning was read.
    if len(text) > MAX_LINE or not _fits(shown, bare):
        return words(
            "the line does not lead to the root in the proof: one of the two was changed, or they "
            "do not belong together"
        )
    if bare == unmarked:
        return words(
            "a byte order mark was put in front of the line, without it the line fits; have it "
            "sent as it was, such as in a ZIP file"
        )
    return words(
        "the line ends were changed, with those it had the line fits; have it sent as it was, such "
        "as in a ZIP file"
    )


# What vouches for the checkpoint


def _answers(
    words: Words, shown: TlogProof, outside: Sequence[Claim], policy: Policy | None
) -> list[_Answer]:
    answers = [_compared(words, shown.checkpoint, claim) for claim in outside]
    if policy is not None:
        answers.append(_signed(words, shown, policy))
    return answers


def _code(answers: Sequence[_Answer]) -> int:
    """Who contradicts counts more than who agrees: two histories prove nothing to anybody."""
    codes = {answer.code for answer in answers}
    return next((code for code in (NOT_PROVEN, VERIFIED) if code in codes), CANNOT_TELL)


def _compared(words: Words, checkpoint: Checkpoint, claim: Claim) -> _Answer:
    """Compare the *checkpoint* of a proof with what somebody knows from elsewhere."""
    if claim.origin not in (None, checkpoint.origin):
        told = words(
            "the checkpoint in {file!r} is of another log: of {known!r}, and that of the proof "
            "of {origin!r}",
            file=claim.place,
            known=claim.origin,
            origin=checkpoint.origin,
        )
        return _Answer(NOT_PROVEN, told)
    if claim.size != checkpoint.size:
        told = words(
            "the checkpoint in {file!r} covers {known} events, that of the proof {size}: only one "
            "of the same number can be compared; ask for a proof with planlog prove --checkpoint "
            "{known}",
            file=claim.place,
            known=claim.size,
            size=checkpoint.size,
        )
        return _Answer(CANNOT_TELL, told)
    if not claim.fits(checkpoint.root):
        told = words(
            "the checkpoint in {file!r} has another root for the same {size} events: one of the "
            "two is forged, or the log was rewritten",
            file=claim.place,
            size=checkpoint.size,
        )
        return _Answer(NOT_PROVEN, told)
    return _Answer(VERIFIED, words("its checkpoint is the one in {file!r}", file=claim.place))


def _signed(words: Words, shown: TlogProof, policy: Policy) -> _Answer:
    note = shown.note
    if note is None:
        return _Answer(
            CANNOT_TELL, words("nobody signed its checkpoint, and the policy demands it")
        )
    try:
        vouching = policy.judged(note)
    except BadSignatureError as error:
        return _Answer(NOT_PROVEN, words.error(error))
    names = ", ".join(key.name for key in vouching.signers) or words("nobody")
    if vouching.is_enough:
        return _Answer(
            VERIFIED,
            words("its checkpoint is signed by {names}: enough for the policy", names=names),
        )
    told = words.plural(
        "its checkpoint is signed by {names}: the policy demands {n} more signature",
        "its checkpoint is signed by {names}: the policy demands {n} more signatures",
        vouching.missing,
        names=names,
    )
    return _Answer(CANNOT_TELL, told)


# What is told


def _not_proven(words: Words, told: Sequence[str]) -> Iterator[Block]:
    yield Heading(words("Not proven"))
    yield from map(Sentence, told)


def _fitting(
    words: Words, shown: TlogProof, text: bytes, told: Sequence[str], code: int
) -> Iterator[Block]:
    """Tell of an event that fits its proof, and whether the checkpoint of that is believed."""
    checkpoint = shown.checkpoint
    if code == VERIFIED:
        yield Heading(words("Verified: the event is in the log"))
    else:
        yield Heading(words("Cannot tell whether the event is in the log"))
        yield Sentence(words("it fits the checkpoint that came with it, which nobody vouches for"))
    yield from map(Sentence, told)
    yield from _event(words, shown, text)
    yield Facts(
        (
            (words("Log"), cell(checkpoint.origin)),
            (words("Position"), cell(str(shown.index))),
            (
                words("Checkpoint"),
                (
                    Part(words.plural("{n} event", "{n} events", checkpoint.size)),
                    Part(to_base64(checkpoint.root)),
                    Part(spoken(checkpoint)),
                ),
            ),
        )
    )
    yield Footnote(
        words(
            "this shows what was recorded; it does not show that it is true, or that nothing "
            "corrected it or took it back later"
        )
    )
    if code == CANNOT_TELL and not told:
        yield Footnote(
            words(
                "compare the checkpoint with one from elsewhere, such as from minutes, with "
                "--checkpoint, or name whose signatures are enough with --policy"
            )
        )


def _event(words: Words, shown: TlogProof, text: bytes) -> Iterator[Block]:
    if read_tombstone(text):
        yield Sentence(
            words("the line only has the hash of the event: its text was erased, or is kept back")
        )
        return
    try:
        yield told_in_full(decode(text, shown.index), words)
    except InvalidEventError as error:
        yield Sentence(
            words("this planlog cannot read the line, whose beginning stands below as it is")
        )
        yield from (Sentence(words.flaw(flaw)) for flaw in error.flaws)
        yield Sentence(shortened(text.decode(errors="backslashreplace"), _LONGEST))
