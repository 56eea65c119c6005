"""What a measure must be on the day of a version, given what it was without it.

An import changes what the version states and nothing else. What a version does not state stays as
it was, but for the stage and the note of a phase that is left: they told about that phase.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from planlog.draft import Values
from planlog.plan import GIVEN_UP, Cause, Phase, Version
from planlog.values import Value
from planlog.versions.statement import PLAIN

REPORTED: Final = ("phase", "cause", "stage", "note")
"""What is said of a measure by saying how it stands, all at once."""

OF_LISTS: Final = "rank"
"""What is stated of a measure and set for its field."""


@attrs.frozen(repr=False)
class Said(Value):
    """What the documents of one day say of a measure: that the plan has it or not, and its *cells*.

    A cell that is `None` or an empty list says that there is no value.
    """

    listed: bool
    cells: Mapping[str, Any] = attrs.field(factory=dict)


def wanted(before: Values, said: Said) -> Values:
    """Tell what a measure must be: *before*, with what is *said* of it."""
    if not said.listed:
        if before.get("phase") in (None, *GIVEN_UP):
            return before
        gone = {"phase": "dropped", "cause": "not_listed", "stage": None, "note": None}
        return {**before, **gone}
    phase, cause = _phase(before, said.cells)
    turned = (phase, cause) != (before.get("phase"), before.get("cause"))
    kept = {name: None if turned else before.get(name) for name in ("stage", "note")}
    return {**before, **kept, **said.cells, "phase": phase, "cause": cause}


def _phase(before: Values, cells: Mapping[str, Any]) -> tuple[Phase, Cause | None]:
    """The phase as stated, else as it was; a measure that a document lists is in the plan."""
    if "phase" in cells:
        unsaid: Cause | None = "other" if cells["phase"] == "dropped" else None
        return cells["phase"], cells.get("cause") or unsaid
    phase, cause = before.get("phase"), before.get("cause")
    if phase in (None, "replaced") or (phase, cause) == ("dropped", "not_listed"):
        return "proposed", None
    return phase, cause


def said_by(versions: Iterable[Version], id: str, now: Values) -> Said | None:
    """Tell what *versions* of one day say of the measure *id*, which is *now* what they made it.

    Nothing where none of them mentions it.
    """
    found: Said | None = None
    for version in versions:
        said = _said_by(version, id, now)
        if said is not None and found is not None:
            said = Said(said.listed or found.listed, {**found.cells, **said.cells})
        found = said or found
    return found


def _said_by(version: Version, id: str, now: Values) -> Said | None:
    mentioned = version.measures
    if version.coverage == "complete":
        # All that the plan has, unless the version itself tells which measures it lists.
        tells = mentioned is not None and "phase" not in version.attributes
        if (mentioned is None or id not in mentioned) and (
            tells or now.get("phase") in (None, *GIVEN_UP)
        ):
            return Said(listed=False)
        names: Iterable[str] = version.attributes
    elif mentioned is None or id not in mentioned:
        return None
    else:
        names = mentioned[id]
    stated = [name for name in names if name != OF_LISTS and name.partition(".")[0] in _STATABLE]
    if "phase" in stated:
        stated.append("cause")
    return Said(listed=True, cells={name: now.get(name) for name in stated})


_STATABLE: Final = frozenset({*PLAIN, "attributes"})


def same(one: Any, other: Any) -> bool:
    """Whether two cells hold the same: nothing and an empty list are."""
    return (one or None) == (other or None) if not one or not other else bool(one == other)


def differing(one: Values, other: Values, names: Iterable[str]) -> list[str]:
    """Tell in which of the cells *names* two states of a measure differ."""
    return [name for name in names if not same(one.get(name), other.get(name))]
