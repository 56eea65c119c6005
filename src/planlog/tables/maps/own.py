"""The map with which planlog reads what it exported itself."""

from collections.abc import Sequence

from planlog.errors import TableError
from planlog.mappings import FrozenMapping
from planlog.tables.columns import ATTRIBUTES, TELLING, name_of, phase_words
from planlog.tables.map import Map
from planlog.tables.maps.mapfile import COLUMNS
from planlog.tables.rows.phases import meaning
from planlog.tables.rows.plain import plain
from planlog.tables.sheets import Sheet


def own_map(sheets: Sequence[Sheet]) -> Map | None:
    """Return the map for a plan that planlog exported; nothing for any other table.

    A plan with a sheet for each field is read from all of them. What is not stated but follows
    from the record (``since``) is left aside, as are columns that somebody added.
    """
    visible = [sheet for sheet in sheets if sheet.visible]
    exported = [
        (number, names)
        for number, sheet in enumerate(visible, start=1)
        if (names := _names(sheet)).keys() >= set(TELLING)
    ]
    if not exported:
        return None
    found = exported[0][1]
    return Map(
        coverage="complete",
        columns=FrozenMapping({name: found[name] for name in COLUMNS if name in found}),
        attributes=FrozenMapping(
            {
                name.removeprefix(ATTRIBUTES): heading
                for name, heading in found.items()
                if name.startswith(ATTRIBUTES)
            }
        ),
        phases=_phases(),
        sheets=tuple(number for number, _ in exported),
        exact=True,
    )


def _names(sheet: Sheet) -> dict[str, str]:
    """The heading of each column that an export can have, by its name."""
    found: dict[str, str] = {}
    for cell in sheet.rows[0] if sheet.rows else ():
        heading = plain(cell)
        name = name_of(heading)
        if name is not None:
            found.setdefault(name, heading)
    return found


def _phases() -> FrozenMapping[str]:
    """The words of phases in every language; why a measure was dropped must stand beside it."""
    return FrozenMapping({word: text for word, text in phase_words().items() if _is_whole(text)})


def _is_whole(text: str) -> bool:
    try:
        meaning(text)
    except TableError:
        return False
    return True
