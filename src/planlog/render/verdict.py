"""How a log was judged: the verdict first, then what it rests on, then what is wrong."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, assert_never

from planlog.render.page import Block, Facts, Heading, Points, Sentence, as_text, at_most
from planlog.render.style import PLAIN, Style, Tone
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.text import json_text
from planlog.trust.texts import to_base64
from planlog.verification.claims import Claim, Judged, Status
from planlog.verification.damage import Damage
from planlog.verification.erasures import ErasedText
from planlog.verification.verdict import Kind, Verdict
from planlog.wording import Words

_TONES: Final[dict[Kind, Tone]] = {
    "verified": "good",
    "own-only": "doubtful",
    "damaged": "bad",
    "cannot-tell": "doubtful",
}


_TYPING: Final = ("mistyped-root", "mistyped-size")
"""What is no more than a slip of whoever typed a checkpoint."""

_MOST_ALIKE: Final = 3
"""How many times the same may have happened and each is told in full."""

_MOST_LISTED: Final = 10
"""How many erased texts are told one by one, and checkpoints that nobody trusts."""


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
            "erased": [_erased_object(one) for one in verdict.erased],
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
        "signatures_missing": claim.missing,
        "in_joined_order": claim.order is not None,
        "absent": claim.absent,
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


def _erased_object(text: ErasedText) -> dict[str, Any]:
    on = None if text.on is None else str(text.on)
    return {"event": text.event, "on": on, "by": text.by, "ground": text.ground}


def _page(verdict: Verdict, words: Words) -> Iterator[Block]:
    yield Sentence(_said(verdict, words), _TONES[verdict.kind])
    yield Heading(words("What was compared"), 2)
    yield Facts(tuple(_facts(verdict, words)))
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
    if unmet := [_unmet(one.claim, words) for one in verdict.checkpoints if one.claim.missing]:
        yield Points(at_most(_MOST_LISTED, unmet, words))
    if verdict.damages:
        yield Heading(words("What is wrong"), 2)
        yield Points(tuple(_told(*group, words=words) for group in _grouped(verdict.damages)))
    if verdict.erased:
        yield Heading(words("What was erased"), 2)
        told = [_told_erased(one, words) for one in verdict.erased]
        yield Points(at_most(_MOST_LISTED, told, words))


def _facts(verdict: Verdict, words: Words) -> Iterator[tuple[str, Cell]]:
    yield words("Events"), cell(str(verdict.size))
    yield words("in no checkpoint"), cell(str(verdict.uncovered))
    yield words("vouched for by others"), cell(str(verdict.vouched))
    if verdict.erased:
        yield words("Texts erased"), cell(str(len(verdict.erased)))
    yield words("Root now"), cell(to_base64(verdict.root))


def _said(verdict: Verdict, words: Words) -> str:
    match verdict.kind:
        case "verified" if verdict.in_another_order:
            return words(
                "Verified in another order: {vouched} of {size} events are exactly those for which "
                "a checkpoint from outside or a trusted key vouches; planlog join may have moved "
                "them, and put others between",
                vouched=verdict.vouched,
                size=verdict.size,
            )
        case "verified":
            return words(
                "Verified: {vouched} of {size} events are exactly those for which a checkpoint "
                "from outside or a trusted key vouches",
                vouched=verdict.vouched,
                size=verdict.size,
            )
        case "own-only":
            return words(
                "Agrees with its own checkpoints only: whoever keeps the folder could have "
                "rewritten both"
            )
        case "damaged" if all(one.code in _TYPING for one in verdict.damages):
            return words(
                "Does not fit as it was typed: compare the checkpoint with where it comes from; "
                "nothing shows that the log is damaged"
            )
        case "damaged":
            return words("Damaged: the log or one of the checkpoints is not what it was")
        case "cannot-tell" if any(one.claim.missing for one in verdict.checkpoints):
            return words("Cannot tell: no checkpoint has the signatures that the policy demands")
        case "cannot-tell" if any(one.claim.absent for one in verdict.checkpoints):
            return words(
                "Cannot tell: some lines that a checkpoint is about are not here, only their hashes"
            )
        case "cannot-tell":
            return words(
                "Cannot tell: there is no checkpoint with which the events could be compared"
            )
        case _:
            assert_never(verdict.kind)


def _row(judged: Judged, words: Words) -> tuple[Cell, ...]:
    claim = judged.claim
    more = [words("signed by {name}", name=name) for name in claim.signers]
    if claim.order is not None and claim.source != "joined":
        more.insert(0, words("joined clone"))
    if claim.absent:
        more.append(
            words.plural(
                "{n} of its lines is not here, only its hash",
                "{n} of its lines are not here, only their hashes",
                claim.absent,
            )
        )
    return (
        cell(claim.place),
        cell(str(claim.size)),
        (Part(_whose(claim, words)), *(Part(one, mark="– ") for one in more)),
        (_result(judged.status, words),),
    )


def _whose(claim: Claim, words: Words) -> str:
    match claim.source:
        case "kept" if claim.vouches:
            return words("trusted key")
        case "kept":
            return words("its own")
        case "outside":
            return words("from outside")
        case "joined":
            return words("joined clone")
        case _:
            assert_never(claim.source)


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


def _unmet(claim: Claim, words: Words) -> str:
    """Say how far a checkpoint is from what the policy demands."""
    needed = claim.needed or 0
    there = words(
        "{place}: the policy is not met: {count} of {needed} signatures",
        place=claim.place,
        count=needed - (claim.missing or 0),
        needed=needed,
    )
    return f"{there} ({', '.join(claim.signers)})" if claim.signers else there


def _told_erased(text: ErasedText, words: Words) -> str:
    return words(
        "event {event}: {erased}",
        event=text.event,
        erased=words(
            "text erased on {day} by {by}; ground: {ground}",
            day=words("day unknown") if text.on is None else words.date(text.on),
            by=text.by,
            ground=text.ground,
        ),
    )


def _grouped(damages: Sequence[Damage]) -> list[list[Damage]]:
    """Put together what happened again and again; each kind stands where it is found first."""
    kinds: dict[tuple[str, bool], list[Damage]] = {}
    for damage in damages:
        kinds.setdefault((damage.code, damage.certain), []).append(damage)
    groups: list[list[Damage]] = []
    for kind in kinds.values():
        groups += [kind] if len(kind) > _MOST_ALIKE else [[damage] for damage in kind]
    return groups


def _told(damage: Damage, *others: Damage, words: Words) -> str:
    what = words.flaw(damage.flaw)
    if damage.event is not None:
        what = words("{what} (event {event})", what=what, event=damage.event)
    if others:
        places = ", ".join(one.flaw.place for one in others[: _MOST_ALIKE - 1])
        what = words(
            "{what}; the same in {count} more places, such as {places}",
            what=what,
            count=len(others),
            places=places,
        )
    return (
        words("certainly: {what}", what=what)
        if damage.certain
        else words("probably: {what}", what=what)
    )
