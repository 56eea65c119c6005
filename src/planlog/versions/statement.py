"""What a document states of a plan: the values that a version of a table pins to a day."""

from typing import Any, Final

import attrs

from planlog.effects import DESCRIBING
from planlog.mappings import FrozenMapping
from planlog.plan import Coverage
from planlog.values import Value

PLAIN: Final = (*DESCRIBING, "level", "phase", "stage", "note", "rank")
"""What a version can state of a measure, beside its attributes (``attributes.topic``)."""


@attrs.frozen(kw_only=True, repr=False)
class StatedMeasure(Value):
    """One measure as a document states it.

    *place* says where it stands (``plan.xlsx: Plan!A7``). *key* is the id that the document gives
    it, if any. *cells* are the values it states, by the names in `PLAIN` and ``attributes.KEY``:
    texts; tuples of texts for the two lists; an `InexactDate` for ``due``; an integer for
    ``rank``; a `Phase` for ``phase``, and ``cause`` beside it where that is ``dropped``. A value of
    `None` states that there is none; a name that is absent states nothing. ``field`` and ``goal``
    are as the document has them: an id or a title.
    """

    place: str
    key: str | None = None
    cells: FrozenMapping[Any] = FrozenMapping()


@attrs.frozen(kw_only=True, repr=False)
class Statement(Value):
    """What a document states of a plan.

    *coverage*: whether a measure that it lacks is not in the plan, or was not mentioned.
    *attributes* are the names of what it states in general, in the order of `PLAIN`, then the
    others by name; under complete coverage every measure states all of them.
    """

    coverage: Coverage
    attributes: tuple[str, ...]
    measures: tuple[StatedMeasure, ...] = ()
