"""Judge a log by one reading of it and by all that is said of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from planlog.stores.eventfiles import place_of
from planlog.stores.names import event_file
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.orders import Order
from planlog.trust.texts import to_base64
from planlog.verification import damage, misfits
from planlog.verification.branches import clone_order
from planlog.verification.claims import Claim, Claims, Judged, Status
from planlog.verification.damage import Damage
from planlog.verification.erasures import (
    erased_texts,
    erasure_damages,
    erasures_in,
    named_first,
)
from planlog.verification.explaining import Explanation, explained
from planlog.verification.files import Listing
from planlog.verification.orders import roots_in_order
from planlog.verification.passing import passed_over
from planlog.verification.repeats import copied_strangers, repeated_in, repeated_lines
from planlog.verification.sizes import meant_sizes
from planlog.verification.structure import joint_flaws
from planlog.verification.verdict import Kind, Verdict

_MOST_MISTYPED: Final = 4
"""In how many letters a root may differ and still was probably mistyped."""

_MOST_FILES: Final = 3
"""How many files a sentence names."""

_OWN_NAME: Final = re.compile("planlog/[0-9a-f]{16}")
"""How an origin looks that nobody has chosen."""


class Trial:
    """One reading of a log, and what is said of it."""

    def __init__(self, folder: Path, listing: Listing, claims: Claims) -> None:
        self._folder, self._listing, self._claims = folder, listing, claims
        sizes = {claim.size for claim in claims.found if claim.order is None}
        self._passed = passed_over(folder, listing, sizes)
        self._erasures = erasures_in(self._passed)
        first = named_first(self._passed, self._erasures)
        self._origin = None if first is None else f"planlog/{first}"
        self._roots: dict[Order, dict[int, bytes]] = {}
        self._judged = list(map(self._judge, claims.found))
        others = [one.claim for one in self._judged if one.status != "fits" and not one.claim.order]
        self._meant = meant_sizes(self._passed, others)
        self._judged = list(map(self._judge_as_clone, self._judged))
        fitting = [claim for claim in self._fitting() if claim.order is None]
        self._right = max((claim.size for claim in fitting), default=0)
        """So many lines from the first are as they were when somebody vouched for them."""

    def verdict(self) -> Verdict:
        """Judge the log."""
        damages = tuple(self._damages())
        fitting = self._fitting()
        vouched = _covered([claim for claim in fitting if claim.vouches])
        uncovered = self._passed.size - _covered(fitting)
        # Who says whose signatures are wanted is not content with those of nobody.
        is_enough = uncovered < self._passed.size and not self._claims.has_policy
        # Whoever brings a checkpoint wants to know of all its lines.
        is_in_part = any(claim.absent and claim.source == "outside" for claim in fitting)
        return Verdict(
            "cannot-tell" if is_in_part and not damages else _kind(damages, vouched, is_enough),
            self._origin,
            self._passed.size,
            self._passed.frontier.root,
            vouched,
            uncovered,
            tuple(self._judged),
            damages,
            tuple(erased_texts(self._passed, self._erasures)),
        )

    def _judge(self, claim: Claim) -> Judged:
        """Find out whether a claim fits, be it in the order of a clone that was joined."""
        if claim.order is not None:
            return Judged(claim, self._status_in(claim.order, claim))
        frontier = self._passed.frontiers.get(claim.size)
        status = _status(claim, None if frontier is None else frontier.root)
        if status != "fits":
            for order in self._claims.orders:
                if self._status_in(order, claim) == "fits":
                    return Judged(attrs.evolve(claim, order=order), "fits")
        return Judged(claim, status)

    def _status_in(self, order: Order, claim: Claim) -> Status:
        """Compare a claim with the lines in that *order*, which are read once for all claims."""
        if order not in self._roots:
            sizes = {one.size for one in self._claims.found}
            self._roots[order] = roots_in_order(self._passed, order, sizes)
        return _status(claim, self._roots[order].get(claim.size))

    def _judge_as_clone(self, judged: Judged) -> Judged:
        """Find out whether a claim from outside fits the log of a clone that was joined.

        Only a log that says so, and whose files follow one another, is the outcome of joining: in
        any other one, a file without which a root is right does not belong there.
        """
        claim = judged.claim
        if not self._claims.is_joined:
            return judged
        if judged.status == "fits" or claim.source != "outside" or claim in self._meant:
            return judged
        if self._listing.flaws or self._passed.unread or any(self._joints(self._counted, 0)):
            return judged
        order = clone_order(self._passed, claim)
        return Judged(attrs.evolve(claim, order=order), "fits") if order else judged

    def _fitting(self) -> list[Claim]:
        return [one.claim for one in self._judged if one.status == "fits"]

    def _damages(self) -> Iterator[Damage]:
        """Tell what is wrong, with the checkpoints first."""
        yield from self._claims.damages
        unfitting = []
        for claim in (one.claim for one in self._judged if one.status != "fits"):
            if found := self._about_checkpoint(claim):
                yield found
            else:
                unfitting.append(claim)
        if unfitting:
            yield from self._explained(unfitting)
        else:
            yield from self._signs(())
            repeated = list(repeated_lines(self._passed))
            yield from self._joints(_without_copies(self._counted, repeated), self._right)
            yield from repeated
        yield from erasure_damages(self._passed, self._erasures, is_joined=self._claims.is_joined)

    # What is wrong with a checkpoint

    def _about_checkpoint(self, claim: Claim) -> Damage | None:
        """Tell what is wrong with a checkpoint rather than with the log, if that can be seen."""
        if claim.order is not None:
            return Damage(misfits.unfitting_order(claim.place))
        if found := self._meant.get(claim):
            return Damage(misfits.mistyped_size(claim.place, claim.size, found))
        if not claim.size:
            return Damage(misfits.wrong_empty_root(claim.place))
        if mistyped := self._mistyped(claim):
            return mistyped
        if self._is_of_another(claim.origin):
            flaw = misfits.another_log(claim.place, claim.origin or "", self._origin or "")
            return Damage(flaw, certain=False)
        return self._contradicted(claim) if claim.size <= self._right else None

    def _contradicted(self, claim: Claim) -> Damage:
        """Tell of a checkpoint that is at odds with a larger one: the log is right in between."""
        fitting = [one for one in self._fitting() if one.order is None and one.size >= claim.size]
        if claim.source == "outside" and not any(one.vouches for one in fitting):
            return Damage(misfits.rewritten(claim.place, fitting[0].place), certain=False)
        flaw = misfits.wrong_checkpoint(claim.place, fitting[0].place)
        return Damage(flaw, certain=claim.source != "outside")

    def _mistyped(self, claim: Claim) -> Damage | None:
        frontier = self._passed.frontiers.get(claim.size)
        if claim.source != "outside" or not isinstance(claim.said, Checkpoint) or frontier is None:
            return None
        stated, found = to_base64(claim.said.root), to_base64(frontier.root)
        if sum(a != b for a, b in zip(stated, found, strict=True)) > _MOST_MISTYPED:
            return None
        return Damage(misfits.mistyped(claim.place, stated, found), certain=False)

    def _is_of_another(self, origin: str | None) -> bool:
        """Whether *origin* is that of another log, while this one seems to begin as it always did.

        A log may be called otherwise than by its first event: then its own checkpoints say so.
        """
        if origin is None or self._origin is None or not self._begins_as_named():
            return False
        own = [claim.origin for claim in self._claims.found if claim.source == "kept"]
        known = {self._origin, *(name for name in own if name and not _OWN_NAME.fullmatch(name))}
        return origin not in known

    def _begins_as_named(self) -> bool:
        """Whether one file is that of position 0, the first one, and has the first line it had."""
        files = list(filter(None, map(event_file, self._passed.names[:2])))
        signs = (sign.position for sign in self._passed.signs if sign.flaw.code == "foreign-file")
        return [file.position for file in files if not file.position] == [0] and 0 not in signs

    # What is wrong with the log

    def _signs(self, explained: Sequence[str]) -> Iterator[Damage]:
        """Tell what catches the eye in the files, but for those that are *explained*."""
        copies = copied_strangers(self._passed, self._listing.strangers)
        for flaw in self._listing.flaws:
            if flaw.place not in explained:
                yield Damage(copies.get(flaw.place, flaw))
        for sign in self._passed.signs:
            flaw = sign.flaw
            is_right = sign.position < self._right
            if flaw.code == "cut-line":
                place = flaw.place.rpartition(":")[0]
                if is_right or place not in explained:
                    yield Damage(damage.final_line_feed(place) if is_right else flaw)
            elif flaw.place not in explained and not (is_right and sign.refutable):
                yield Damage(flaw, certain=not sign.refutable)

    @property
    def _counted(self) -> Iterable[tuple[str, int | None]]:
        return self._passed.counted()

    def _joints(self, counted: Iterable[tuple[str, int | None]], right: int) -> Iterator[Damage]:
        sizes = {claim.size for claim in self._fitting() if claim.order is None}
        yield from map(Damage, joint_flaws(self._folder, counted, sizes | {right}))

    def _explained(self, claims: Sequence[Claim]) -> Iterator[Damage]:
        """Tell what happened so that *claims* do not fit, and what else catches the eye."""
        found = explained(self._passed, self._listing, claims, self._right)
        done = {_file_of(one.flaw.place) for one in found.damages if one.certain}
        others = [*self._signs(tuple(done)), *self._joints_of(found, claims)]
        told = {one.flaw.place for one in others}
        yield from (one for one in found.damages if one.certain or one.flaw.place not in told)
        yield from others
        if found.unexplained and not any(one.certain for one in others):
            yield from self._unexplained(found.unexplained[0])

    def _joints_of(self, found: Explanation, claims: Sequence[Claim]) -> Iterator[Damage]:
        """Judge the files as they were, as far as that is known."""
        if found.view is None:
            yield from self._joints(self._counted, self._right)
            return
        counted = [(part.name, len(part.lines) or None) for part in found.view]
        left = {claim.size for claim in found.unexplained}
        right = max((claim.size for claim in claims if claim.size not in left), default=self._right)
        yield from self._joints(counted, right)
        yield from repeated_in(found.view, right)

    def _unexplained(self, claim: Claim) -> Iterator[Damage]:
        """Tell as narrowly as possible where something changed."""
        passed = self._passed
        is_outside = claim.source == "outside"
        if claim.size > passed.size:
            flaw = damage.cut_end(claim.place, claim.size, passed.size, is_outside=is_outside)
            yield Damage(flaw, certain=False)
            return
        names = passed.files(self._right, claim.size)
        listing = ", ".join(names[:_MOST_FILES]) + (" …" if len(names) > _MOST_FILES else "")
        place = place_of(self._folder, names[0]) if len(names) == 1 else self._folder.name
        last = claim.size - 1
        flaw = (
            misfits.unlike_outside(place, self._right, last, listing, claim.place)
            if is_outside
            else damage.edited_between(place, self._right, last, listing)
        )
        yield Damage(flaw, certain=False)


def _status(claim: Claim, root: bytes | None) -> Status:
    if root is None:
        return "too-long"
    return "fits" if claim.fits(root) else "differs"


def _without_copies(
    counted: Iterable[tuple[str, int | None]], found: Sequence[Damage]
) -> Iterator[tuple[str, int | None]]:
    """Leave out the files that are copies: who takes them away has nothing else to mend."""
    copies = [one.flaw.place for one in found if one.code == "copied-file"]
    for name, count in counted:
        if not any(place.endswith(f"/{name}") for place in copies):
            yield name, count


def _file_of(place: str) -> str:
    return re.sub(r":\d+$", "", place)


def _covered(claims: Sequence[Claim]) -> int:
    """How many lines any of *claims* is about."""
    ranges = [one for claim in claims for one in claim.ranges]
    covered = end = 0
    for one in sorted(ranges, key=lambda one: one.start):
        covered += max(0, one.stop - max(one.start, end))
        end = max(end, one.stop)
    return covered


def _kind(damages: Sequence[Damage], vouched: int, is_enough: bool) -> Kind:
    if damages:
        return "damaged"
    if vouched:
        return "verified"
    return "own-only" if is_enough else "cannot-tell"
