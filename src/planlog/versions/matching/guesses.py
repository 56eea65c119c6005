"""What is likely of rows and measures, and what it is worked out from."""

from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

from planlog.values import Value
from planlog.versions.matching.answers import Ground
from planlog.versions.matching.rows import Known, Row


@attrs.frozen(kw_only=True, repr=False)
class Guess(Value):
    """A suggestion about *rows*, by their indexes, and *measures*, by their ids."""

    kind: Literal["same", "merged", "split"]
    rows: tuple[int, ...]
    measures: tuple[str, ...]
    grounds: tuple[Ground, ...]
    contested: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Question(Value):
    """Which measure the rows are of which nobody has said anything.

    *open* are the indexes of these among all *rows*. *claims* are the known measures that rows
    are, as far as keys, numbers and people say; *spent* those that people say became others.
    """

    rows: Sequence[Row]
    known: Known
    open: Sequence[int]
    claims: Mapping[int, str]
    spent: frozenset[str]

    @property
    def unmatched(self) -> list[int]:
        """The open rows that are no known measure."""
        return [index for index in self.open if index not in self.claims]
