"""Which number of events a checkpoint means that states one at which it does not fit."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from planlog.trust.leaves import leaf_of
from planlog.trust.merkle import Frontier
from planlog.verification.claims import Claim
from planlog.verification.passing import Passed

MOST_LINES: Final = 50_000
"""How long a log may be for every number to be tried, and not only slips of the pen."""


def meant_sizes(passed: Passed, claims: Sequence[Claim]) -> dict[Claim, int]:
    """Find at which size of the log each of *claims* would fit, if there is one."""
    found: dict[Claim, int] = {}
    if not claims:
        return found
    leaves, frontier = map(leaf_of, passed.lines()), Frontier()
    for size in _tried(passed.size, claims):
        frontier.add_leaves(islice(leaves, size - frontier.size))
        root = frontier.root
        found |= {claim: size for claim in claims if claim.fits(root)}
    return found


def _tried(count: int, claims: Sequence[Claim]) -> Sequence[int]:
    if count <= MOST_LINES:
        return range(1, count + 1)
    slips = {slip for claim in claims for slip in _slips(str(claim.size))}
    return sorted(slip for slip in slips if 0 < slip <= count)


def _slips(digits: str) -> Iterator[int]:
    """One digit wrong, missing or too many, or two of them swapped."""
    for at in range(len(digits) + 1):
        before, here, after = digits[:at], digits[at : at + 1], digits[at + 1 :]
        for digit in ("", *"0123456789"):
            yield int(f"{before}{digit}{here}{after}")
            yield int(f"{before}{digit}{after}" or 0)
        yield int(f"{before}{after[:1]}{here}{after[1:]}")
