"""Older lines up to today's form: old ones are readable for ever."""

from collections.abc import Callable, Mapping
from typing import Final

from planlog.codec.flaws import refusal
from planlog.codec.json import Document, Pairs, paired, unpaired
from planlog.events import FORMAT

Lift = Callable[[Document], Document]
"""Takes a parsed line of one version and returns it as one of the next would stand.

It leaves alone what it does not know, for the structuring to tell; ``v`` is not its business.
"""

Lifts = Mapping[int, Lift]

LIFTS: Final[Lifts] = {}
"""From each version that was ever written to the next one; none is older than today's yet."""


def lifted(pairs: Pairs, lifts: Lifts) -> tuple[Pairs, int]:
    """Return a line in today's form, and the version that it had.

    A version that nobody knows stays, for the structuring to tell. Raises `InvalidEventError` for
    what only a newer planlog can read.
    """
    document = dict(pairs)
    if "erased" in document and "type" not in document:
        raise refusal("tombstone")
    version = document.get("v")
    if type(version) is not int:
        return pairs, FORMAT
    if version > FORMAT:
        raise refusal("newer-format", ".v", value=version, newest=FORMAT)
    if version not in lifts:
        return pairs, FORMAT
    document = unpaired(pairs)
    for v in range(version, FORMAT):
        document = {**lifts[v](document), "v": v + 1}
    return paired(document), version
