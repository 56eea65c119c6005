"""How a log was judged: the verdict first, then what it rests on, then what is wrong."""

from collections.abc import Iterator
from typing import Any, Final, assert_never

from planlog.errors import MOST_TOLD
from planlog.render.page import Block, Facts, Heading, Points, Sentence, as_text
from planlog.render.style import PLAIN, Style, Tone
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.text import json_text
from planlog.trust.texts import to_base64
from planlog.verification.claims import Judged, Source, Status
from planlog.verification.damage import Damage
from planlog.verification.verdict import Kind, Verdict
from planlog.wording import Words

_TONES: Final[dict[Kind, Tone]] = {
    "verified": "good",
    "own-only": "doubtful",
    "damaged": "bad",
    "cannot-tell": "doubtful",
}


def render_verdict(verdict: Verdict, *, words: Words, style: Style = PLAIN) -> str:
    """Write *verdict* for people."""
    return as_text(_page(verdict, words), style)


def verdict_json(verdict: Verdict, *, words: Words) -> str:
    """Write *verdict* for programs."""
    return json_text(
        {
            "schema": "planlog.verdict/1",
            "verdict": verdict.kind,
            "origin": verdict.origin,
            "size": verdict.size,
            "root": to_base64(verdict.root),
            "vouched": verdict.vouched,
            "uncovered": verdict.uncovered,
            "checkpoints": [_checkpoint_object(one) for one in verdict.checkpoints],
            "damages": [_damage_object(one, words) for one in verdict.damages],
        }
    )


def _checkpoint_object(judged: Judged) -> dict[str, Any]:
    claim = judged.claim
    return {
        "place": claim.place,
        "source": claim.source,
        "origin": claim.origin,
        "size": claim.size,
        "signers": list(claim.signers),
        "status": judged.status,
    }


def _damage_object(damage: Damage, words: Words) -> dict[str, Any]:
    return {
        "code": damage.code,
        "certain": damage.certain,
        "place": damage.flaw.place,
        "event": damage.event,
        "position": damage.position,
        "message": words.flaw(damage.flaw),
    }


def _page(verdict: Verdict, words: Words) -> Iterator[Block]:
    yield Sentence(_said(verdict, words), _TONES[verdict.kind])
    yield Heading(words("What was compared"), 2)
    yield Facts(
        (
            (words("Events"), cell(str(verdict.size))),
            (words("in no checkpoint"), cell(str(verdict.uncovered))),
            (words("vouched for by others"), cell(str(verdict.vouched))),
            (words("Root now"), cell(to_base64(verdict.root))),
        )
    )
    if verdict.checkpoints:
        yield Table(
            columns=(
                Column(words("Checkpoint")),
                Column(words("Events"), right=True),
                Column(words("Whose")),
                Column(words("Result")),
            ),
            rows=tuple(_row(one, words) for one in verdict.checkpoints),
        )
    if verdict.damages:
        yield Heading(words("What is wrong"), 2)
        told = tuple(_told(one, words) for one in verdict.damages[:MOST_TOLD])
        left = len(verdict.damages) - len(told)
        yield Points((*told, words("and {count} more", count=left)) if left else told)


def _said(verdict: Verdict, words: Words) -> str:
    match verdict.kind:
        case "verified":
            return words(
                "verified: {vouched} of {size} events are exactly those for which a checkpoint "
                "from outside or a trusted key vouches",
                vouched=verdict.vouched,
                size=verdict.size,
            )
        case "own-only":
            return words(
                "agrees with its own checkpoints only: whoever keeps the folder could have "
                "rewritten both"
            )
        case "damaged":
            return words("damaged: the log or one of the checkpoints is not what it was")
        case "cannot-tell":
            return words(
                "cannot tell: there is no checkpoint with which the events could be compared"
            )
        case _:
            assert_never(verdict.kind)


def _row(judged: Judged, words: Words) -> tuple[Cell, ...]:
    claim = judged.claim
    signed = [Part(words("signed by {name}", name=name), mark="– ") for name in claim.signers]
    return (
        cell(claim.place),
        cell(str(claim.size)),
        (Part(_whose(claim.source, words)), *signed),
        (_result(judged.status, words),),
    )


def _whose(source: Source, words: Words) -> str:
    match source:
        case "kept":
            return words("its own")
        case "outside":
            return words("from outside")
        case "joined":
            return words("a checkpoint of a joined clone")
        case _:
            assert_never(source)


def _result(status: Status, words: Words) -> Part:
    match status:
        case "fits":
            return Part(words("fits"), "good")
        case "differs":
            return Part(words("does not fit"), "bad")
        case "too-long":
            return Part(words("counts more events than there are"), "bad")
        case _:
            assert_never(status)


def _told(damage: Damage, words: Words) -> str:
    what = words.flaw(damage.flaw)
    if damage.event is not None:
        what = words("{what} (event {event})", what=what, event=damage.event)
    return (
        words("certainly: {what}", what=what)
        if damage.certain
        else words("probably: {what}", what=what)
    )
