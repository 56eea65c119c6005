"""What other versions of the same day state: the same, or one of the two is wrong."""

from collections.abc import Iterable, Iterator, Sequence

from planlog.draft import Values
from planlog.errors import Flaw
from planlog.plan import GIVEN_UP, Version
from planlog.versions.statement import StatedMeasure
from planlog.versions.wanted import OF_LISTS, Said, said_by, same


class SameDay:
    """The other *versions* of the day of the one that is imported."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._versions = versions
        self._names = ", ".join(one.id for one in versions)

    def said(self, id: str, present: Values) -> Said | None:
        """Tell what they say of a measure that is now as they made it."""
        return said_by(self._versions, id, present)

    def flaws(self, id: str, row: StatedMeasure | None, said: Said, other: Said) -> Iterator[Flaw]:
        """Tell where what is *said* of a measure, in *row* or by its absence, is another thing."""
        if said.listed is not other.listed:
            listing = said if said.listed else other
            if listing.cells.get("phase") in GIVEN_UP:
                return  # by both it is nothing that the plan still has
            yield Flaw(
                "listed-otherwise",
                "by version {others} of the same day the plan has {id!r}, and by this one it has "
                "not; give this one the day it stands for"
                if other.listed
                else "by version {others} of the same day the plan does not have {id!r}; give "
                "this one the day it stands for",
                {"id": id, "others": self._names},
                place="" if row is None else row.place,
            )
        elif row is not None:
            for name in sorted(said.cells.keys() & other.cells.keys()):
                if not same(said.cells[name], other.cells[name]):
                    yield Flaw(
                        "stated-otherwise",
                        "version {others} of the same day states {other}, and this one {value}; "
                        "give this one the day it stands for",
                        {
                            "others": self._names,
                            "other": _shown(other.cells[name]),
                            "value": _shown(said.cells[name]),
                        },
                        key=name,
                        place=row.place,
                    )

    def stating(self, ranking: Iterable[str]) -> list[str]:
        """Tell which of the versions state the list of a field, which is *ranking* by now."""
        ranked = set(ranking)
        return [one.id for one in self._versions if _states(one, ranked)]

    def list_flaws(self, field: str, ranking: Iterable[str], place: str) -> Iterator[Flaw]:
        """Tell of a list, which is *ranking* by now, which of the versions state it."""
        stating = self.stating(ranking)
        if stating:
            yield Flaw(
                "list-stated-otherwise",
                "version {others} of the same day states another list of field {field!r}; give "
                "this one the day it stands for",
                {"others": ", ".join(stating), "field": field},
                key=OF_LISTS,
                place=place,
            )


def _states(version: Version, ranked: set[str]) -> bool:
    if version.coverage == "complete":
        return OF_LISTS in version.attributes
    stated = version.measures.items() if version.measures is not None else ()
    return any(OF_LISTS in names and id in ranked for id, names in stated)


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return repr(list(value) if isinstance(value, tuple) else str(value))
