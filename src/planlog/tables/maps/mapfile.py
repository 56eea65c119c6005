"""The file that says how a table is to be read: MAP.toml."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, get_args

import attrs

from planlog.codec.flaws import flaw, nearest, shown, step
from planlog.codec.values import text as sound_text
from planlog.errors import Flaw, FlawsError, TableError
from planlog.mappings import FrozenMapping
from planlog.plan import Coverage
from planlog.tables.map import KEY, Map
from planlog.tables.maps.settings import SETTINGS
from planlog.tables.places import refused
from planlog.tables.rows.phases import meaning
from planlog.tables.rows.words import compared
from planlog.toml import parsed
from planlog.versions.statement import PLAIN

COLUMNS: Final = (KEY, *PLAIN)
"""What a column can be."""

_SECTIONS: Final = ("coverage", "table", "columns", "attributes", "stages", "phases")
_COVERAGES: Final[tuple[Coverage, ...]] = get_args(Coverage)

_MAY_BE_ONE: Final = {f"columns.{KEY}", "columns.number"}
"""What one column can be at once: many plans never number a measure anew."""


def parse_map(text: bytes, place: str) -> Map:
    """Read a map from the *text* of its file; *place* is what the file is called.

    Raises `TableError` with every flaw.
    """
    try:
        document = _document(text)
        return _Reading(document).map()
    except TableError as error:
        raise TableError(tuple(flaw.at(place) for flaw in error.flaws)) from None


def _document(text: bytes) -> dict[str, Any]:
    try:
        return parsed(text)
    except UnicodeDecodeError as error:
        raise refused(
            Flaw(
                "not-utf-8",
                "expected UTF-8, got the byte {byte} at offset {offset}; save the map as UTF-8",
                {"byte": f"{error.object[error.start]:#04x}", "offset": error.start},
            )
        ) from None
    except ValueError as error:
        raise refused(
            Flaw(
                "not-toml",
                'expected lines such as title = "Maßnahme", both what is left and what is right '
                "of the = in quotes where it is not a plain word; the reader says: {cause}",
                {"cause": str(error)},
            )
        ) from None


class _Reading:
    """Reads a map and gathers its flaws on the way."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._flaws: list[Flaw] = []

    def map(self) -> Map:
        self._known_only(self._document, _SECTIONS, "")
        columns = self._headings("columns", COLUMNS)
        attributes = self._headings("attributes")
        values = {
            "coverage": self._coverage(),
            "columns": columns,
            "attributes": attributes,
            "stages": self._meanings("stages"),
            "phases": self._meanings("phases"),
            **self._table(),
        }
        self._check(values)
        if self._flaws:
            raise TableError(tuple(self._flaws))
        return Map(**values)

    def _refuse(self, key: str, flaws: Iterable[Flaw]) -> None:
        self._flaws += [attrs.evolve(one, key=key) for one in flaws]

    def _taken(self, key: str, take: Callable[[Any], Any], value: object) -> Any:
        try:
            return take(value)
        except FlawsError as error:
            self._refuse(key, error.flaws)
            return None

    def _known_only(self, found: Mapping[str, Any], known: tuple[str, ...], before: str) -> None:
        for name in found:
            if name not in known:
                near = nearest(name, known)
                told = (
                    flaw("misspelt-key", nearest=near)
                    if near
                    else flaw("unknown-key", known=", ".join(known))
                )
                self._refuse(_key(before, name), [told])

    def _coverage(self) -> Any:
        if "coverage" not in self._document:
            self._refuse(
                "coverage",
                [
                    Flaw(
                        "missing-key",
                        "expected 'complete', if a measure that the table lacks is not in the plan "
                        "any more, or 'excerpt', if it was merely not mentioned",
                    )
                ],
            )
            return None
        return self._taken("coverage", _coverage, self._document["coverage"])

    def _section(self, name: str) -> dict[str, Any] | None:
        found = self._document.get(name)
        if found is None or type(found) is dict:
            return found
        self._refuse(
            name,
            [
                Flaw(
                    "expected-section",
                    "expected the heading [{section}] with lines below it, got {value!r}",
                    {"section": name, "value": shown(found)},
                )
            ],
        )
        return None

    def _headings(self, name: str, known: tuple[str, ...] | None = None) -> FrozenMapping[str]:
        found = self._section(name) or {}
        if known is not None:
            self._known_only(found, known, name)
        return self._texts(found, name)

    def _texts(self, found: Mapping[str, Any], before: str) -> FrozenMapping[str]:
        texts = {}
        for name, value in found.items():
            key = _key(before, name)
            self._taken(key, _said, name)
            texts[name] = self._taken(key, _said, value) or ""
        return FrozenMapping(texts)

    def _meanings(self, name: str) -> FrozenMapping[str] | None:
        found = self._section(name)
        if found is None:
            return None
        words = self._texts(found, name)
        first: dict[str, str] = {}
        for word, text in words.items():
            key = _key(name, word)
            if text:
                self._taken(key, meaning, text)
            same = first.setdefault(compared(word), word)
            if words[same] != text:
                self._refuse(
                    key,
                    [
                        Flaw(
                            "doubled-status",
                            "expected each status once; but for spaces and capitals it is {same!r}",
                            {"same": shown(same)},
                        )
                    ],
                )
        return words

    def _table(self) -> dict[str, Any]:
        found = self._section("table") or {}
        self._known_only(found, tuple(SETTINGS), "table")
        return {
            SETTINGS[name][0]: self._taken(_key("table", name), SETTINGS[name][1], value)
            for name, value in found.items()
            if name in SETTINGS
        }

    def _check(self, values: Mapping[str, Any]) -> None:
        columns, attributes = values["columns"], values["attributes"]
        named = [(_key("columns", name), heading) for name, heading in columns.items()]
        named += [(_key("attributes", name), heading) for name, heading in attributes.items()]
        self._check_headings(named)
        has_field = "field" in columns or values.get("sections") is not None
        if not ({KEY, "title"} & {*columns} or (has_field and "number" in columns)):
            self._refuse("columns", [_unidentified()])
        if "rank" in columns and not has_field:
            self._refuse("columns.rank", [_rank_without_field()])
        if "field" in columns and values.get("sections") is not None:
            self._refuse("table.sections", [_field_twice()])
        self._check_words(values, columns)

    def _check_headings(self, named: list[tuple[str, str]]) -> None:
        first: dict[str, str] = {}
        for key, heading in named:
            known = compared(heading)
            if known in first and {first[known], key} != _MAY_BE_ONE:
                self._refuse(
                    key,
                    [
                        Flaw(
                            "one-heading",
                            "expected another heading than {other} has, got {value!r} again",
                            {"other": first[known], "value": shown(heading)},
                        )
                    ],
                )
            elif known:
                first[known] = key

    def _check_words(self, values: Mapping[str, Any], columns: Mapping[str, str]) -> None:
        for section, column in (("stages", "stage"), ("phases", "phase")):
            if values[section] is not None and column not in columns:
                self._refuse(section, [_needless(section, column)])
        if values["stages"] is not None and "phase" in columns:
            self._refuse("stages", [_two_phases()])


def _key(before: str, name: str) -> str:
    return (before + step(name)).removeprefix(".")


def _unidentified() -> Flaw:
    return Flaw(
        "no-identity",
        "expected a column by which a measure is known: measure (a key of its own), title, or "
        "field and number",
    )


def _rank_without_field() -> Flaw:
    return Flaw(
        "rank-without-field",
        "expected a column field as well, since a rank is a place in the list of a field",
    )


def _field_twice() -> Flaw:
    return Flaw(
        "field-twice",
        "expected the field to stand either in a column or in rows of its own, not in both",
    )


def _needless(section: str, column: str) -> Flaw:
    return Flaw(
        "no-column",
        "expected the column {column} under [columns]: the words under [{section}] are its words",
        {"section": section, "column": column},
    )


def _two_phases() -> Flaw:
    return Flaw(
        "two-phases",
        "expected no [stages] beside the column phase, which says the phase already; leave one out",
    )


# What a key may be


def _said(value: object) -> str:
    """A text that says something."""
    text = sound_text(value)
    if not compared(text):
        raise refused(flaw("blank", value=shown(text)))
    return text


def _coverage(value: object) -> Coverage:
    for known in _COVERAGES:
        if value == known:
            return known
    raise refused(flaw("expected-choice", value=shown(value), choices=", ".join(_COVERAGES)))
