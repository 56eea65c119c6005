"""What probably happened to a log that is not as a checkpoint says: tried, not guessed."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from planlog.codec import decode
from planlog.errors import InvalidEventError
from planlog.trust.merkle import Frontier, root_of
from planlog.verification import damage
from planlog.verification.claims import Claim
from planlog.verification.damage import Damage
from planlog.verification.files import Listing
from planlog.verification.mends import canonical, mended_views
from planlog.verification.parts import View, event_id, leaves_of, part_in
from planlog.verification.passing import Passed
from planlog.verification.searching import MOST_HASHES, Explained, Search

MOST_BYTES: Final = 2**24
"""How long a log may be for its lines to be searched: they are all in memory then."""

_MOST_TOLD: Final = 20
"""How many lines are named at most that look edited."""


@attrs.frozen
class Explanation:
    """What happened, as far as it could be found out.

    *view* is the log as it was, if its lines could be searched; *unexplained* are the claims that
    still do not fit.
    """

    damages: tuple[Damage, ...]
    view: View | None
    unexplained: tuple[Claim, ...]


def explained(passed: Passed, listing: Listing, claims: Sequence[Claim], right: int) -> Explanation:
    """Find out why *claims* do not fit a log whose first *right* lines are as they should be."""
    if passed.unread or passed.length > MOST_BYTES:
        return Explanation((), None, tuple(claims))
    view = tuple(part_in(passed.folder, name, MOST_BYTES) for name in listing.names)
    strangers = tuple(part_in(passed.folder, name, MOST_BYTES) for name in listing.strangers)
    damages: list[Damage] = []
    left = sorted(claims, key=lambda claim: claim.size)
    before = passed.frontiers.get(right, Frontier())
    while left:
        found = _first_explanation(view, strangers, left[0], right, before)
        if found is None:
            damages += _suspicious_lines(view, right, left[0].size)
            break
        view = found.view
        damages += found.damages
        right = left[0].size
        before = Frontier()
        before.add_leaves(leaves_of(view)[:right])
        left = [claim for claim in left if not _fits(view, claim)]
    return Explanation(tuple(damages), view, tuple(left))


def _first_explanation(
    view: View, strangers: View, claim: Claim, right: int, before: Frontier
) -> Explained | None:
    """Try what programs do to files first, then what else may have been done besides."""
    searched: list[View] = []
    hashes = MOST_HASHES
    mends = list(mended_views(view))
    for mended in mends:
        if _fits(mended.view, claim):
            flaws = [flaw for found in mended.flaws.values() for flaw in found]
            return Explained(mended.view, list(map(Damage, flaws)))
    for mended in mends:
        if mended.view in searched:
            continue
        searched.append(mended.view)
        search = Search(mended.view, claim, right, before, strangers, hashes)
        found = search.found()
        hashes = search.hashes
        if found:
            flaws = [flaw for flaws in mended.flaws.values() for flaw in flaws]
            return Explained(found.view, [*map(Damage, flaws), *found.damages])
    return None


def _fits(view: View, claim: Claim) -> bool:
    leaves = leaves_of(view)
    return len(leaves) >= claim.size and claim.fits(root_of(leaves[: claim.size]))


def _suspicious_lines(view: View, right: int, size: int) -> Iterator[Damage]:
    """Tell the lines behind the right ones that are not as planlog writes them."""
    position = told = 0
    for part in view:
        for index, line in enumerate(part.lines):
            if right <= position < size and told < _MOST_TOLD and _looks_edited(line, position):
                flaw = damage.edited_line(part.line_place(index))
                yield Damage(flaw, False, event_id(line), position)
                told += 1
            position += 1


def _looks_edited(line: bytes, position: int) -> bool:
    try:
        decode(line, position)
    except InvalidEventError as error:
        return all(flaw.code not in ("tombstone", "newer-format") for flaw in error.flaws)
    return canonical(line) != line
