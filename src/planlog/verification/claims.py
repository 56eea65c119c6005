"""What checkpoints say of a log, wherever they come from, and whether it is so."""

from collections.abc import Iterable, Sequence
from typing import Literal

import attrs

from planlog.errors import BadSignatureError, Flaw
from planlog.stores.checkpointfiles import KeptCheckpoint
from planlog.stores.joinedfiles import JoinedLog
from planlog.trust.checkpoints import Checkpoint
from planlog.trust.notes import SignedNote
from planlog.trust.orders import Order
from planlog.trust.policies import Policy, Vouching
from planlog.trust.spoken import Spoken
from planlog.values import Value
from planlog.verification.damage import Damage

Said = Checkpoint | SignedNote | Spoken
"""A checkpoint, with or without signatures, or as it is read out."""

Source = Literal["kept", "outside", "joined"]
"""In the folder, from outside, or of a clone whose events were joined."""

Status = Literal["fits", "differs", "too-long"]
"""Whether a log has the root that is stated, or is too short to tell."""


@attrs.frozen(repr=False)
class Claim(Value):
    """What one checkpoint says, and where it stands.

    *signers* are the names of those keys of the policy that signed it, *needed* tells how many of
    them the policy demands and *missing* how many of these are missing; without a policy nobody is
    asked, and both are None. *order* tells where the lines stand that it is about, where these are
    not the first ones.
    """

    place: str
    source: Source
    said: Checkpoint | Spoken
    signers: tuple[str, ...] = ()
    needed: int | None = None
    missing: int | None = None
    order: Order | None = None

    @property
    def ranges(self) -> tuple[range, ...]:
        """The positions of the lines it is about."""
        if self.order is None:
            return (range(self.size),)
        return tuple(self.order.ranges(self.size))

    @property
    def size(self) -> int:
        """How many events it counts."""
        return self.said.size

    @property
    def absent(self) -> int:
        """How many of its lines do not stand here: nothing but a hash is said of them."""
        return self.size - sum(map(len, self.ranges))

    @property
    def origin(self) -> str | None:
        """Which log it names, if it does."""
        return self.said.origin if isinstance(self.said, Checkpoint) else None

    @property
    def vouches(self) -> bool:
        """Whether somebody else than the keeper of the folder stands behind all of its lines.

        Of a line that does not stand here, the keeper could name any hash.
        """
        return (self.source == "outside" or self.missing == 0) and not self.absent

    def fits(self, root: bytes) -> bool:
        """Tell whether a log of that size with this *root* is the one it is about."""
        if isinstance(self.said, Checkpoint):
            return self.said.root == root
        return self.said.fits(self.size, root)


@attrs.frozen(repr=False)
class Judged(Value):
    """A *claim*, and what became of it."""

    claim: Claim
    status: Status


class Claims:
    """All claims about a log, and what is wrong with the checkpoints that they come from."""

    def __init__(self, policy: Policy | None) -> None:
        self._policy = policy
        self.found: list[Claim] = []
        self.damages: list[Damage] = []
        self.has_policy = policy is not None
        self.is_joined = False
        self.orders: dict[Order, None] = {}

    def keep(self, kept: Iterable[KeptCheckpoint]) -> None:
        """Take in the checkpoints of the folder."""
        for one in kept:
            self.damages += map(Damage, one.flaws)
            if one.checkpoint is not None:
                self._add(one.place, "kept", one.checkpoint, one.note)

    def take(self, said: Sequence[tuple[str, Said]]) -> None:
        """Take in checkpoints from outside, each with the name of its place."""
        for place, one in said:
            if isinstance(one, SignedNote):
                self._add(place, "outside", Checkpoint.parse(one.body), one)
            else:
                self._add(place, "outside", one, None)

    def join(self, joined: Iterable[JoinedLog]) -> None:
        """Take in the checkpoints of clones whose events were joined."""
        for one in joined:
            self.is_joined = True
            self.damages += map(Damage, one.flaws)
            if one.order is not None:
                self.orders[one.order] = None
            if one.checkpoint is not None and one.order is not None:
                self._add(one.place, "joined", one.checkpoint, one.note, one.order)

    def _add(
        self,
        place: str,
        source: Source,
        said: Checkpoint | Spoken,
        note: SignedNote | None,
        order: Order | None = None,
    ) -> None:
        claim = Claim(place, source, said, order=order)
        if self._policy is not None:
            claim = self._asked(claim, note, self._policy)
        self.found.append(claim)

    def _asked(self, claim: Claim, note: SignedNote | None, policy: Policy) -> Claim:
        """Tell who of the *policy* signed the *note* of a claim, and how many are missing."""
        vouching = Vouching((), policy.needed)
        if note is not None:
            try:
                vouching = policy.judged(note)
            except BadSignatureError as error:
                flaw = Flaw(error.code, error.template, error.details, place=claim.place)
                self.damages.append(Damage(flaw))
        signers = tuple(key.name for key in vouching.signers)
        return attrs.evolve(claim, signers=signers, needed=policy.needed, missing=vouching.missing)
