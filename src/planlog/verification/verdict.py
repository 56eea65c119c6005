"""What verifying came to: what is shown, by which checkpoints, and what is wrong."""

from typing import Final, Literal

import attrs

from planlog.values import Value
from planlog.verification.claims import Judged
from planlog.verification.damage import Damage
from planlog.verification.erasures import ErasedText

Kind = Literal["verified", "own-only", "damaged", "cannot-tell"]
"""How a log can be judged.

Verified it is against a checkpoint from outside or one with enough signatures; with its own ones
only it agrees; without any nobody can tell, nor where signatures are asked for that are not there.
"""

_CODES: Final[dict[Kind, int]] = {"verified": 0, "own-only": 0, "damaged": 1, "cannot-tell": 4}


@attrs.frozen(repr=False)
class Verdict(Value):
    """How a log is judged, and why.

    *origin* is what checkpoints call it unless something else is agreed, *size* how many events it
    has and *root* what it hashes to now. *vouched* counts the events that a checkpoint from outside
    or with enough signatures covers, *uncovered* those that no checkpoint at all covers. *erased*
    are the texts that were erased, and are missing for a reason.
    """

    kind: Kind
    origin: str | None
    size: int
    root: bytes
    vouched: int
    uncovered: int
    checkpoints: tuple[Judged, ...]
    damages: tuple[Damage, ...]
    erased: tuple[ErasedText, ...]

    @property
    def in_another_order(self) -> bool:
        """Whether some of what is vouched for was not the beginning of this log.

        Then nothing shows that it stands in its order, and that no other event was put between:
        joining moves lines, and whoever keeps the folder says how.
        """
        vouching = [
            one.claim for one in self.checkpoints if one.status == "fits" and one.claim.vouches
        ]
        plain = max((claim.size for claim in vouching if claim.order is None), default=0)
        return any(
            stretch.stop > plain
            for claim in vouching
            if claim.order is not None
            for stretch in claim.ranges
        )

    @property
    def code(self) -> int:
        """The exit code of `planlog verify`."""
        return _CODES[self.kind]
