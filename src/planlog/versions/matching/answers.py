"""What people say about which measure is a row, where the table alone does not tell."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal, TypeVar, assert_never

import attrs

from planlog.errors import Flaw, TableError
from planlog.mappings import FrozenMapping
from planlog.toml import parsed
from planlog.values import Value
from planlog.versions.statement import StatedMeasure

Handling = Literal["list", "accept", "ignore"]
"""What is done with suggestions that no answer settles."""

Ground = Literal["key", "number", "title", "parts"]
"""What speaks for a suggestion: the same key spelt otherwise, field and number, titles that are
alike, or a number made of others."""

T = TypeVar("T")

_SECTIONS: Final = ("same", "new", "merged", "split")


@attrs.frozen(kw_only=True, repr=False)
class Answers(Value):
    """What people say about the rows of a table; it wins over all that the table seems to say.

    *same* maps the names of rows (see `row_name`) to the ids of the measures they are, *new* are
    the rows that are none yet, *merged* maps a row to the ids of the measures that became it,
    *split* the id of a measure to the rows that it became. *suggestions* says what is done with
    what is likely and said by nobody: it is listed to be confirmed, accepted or ignored. *place* is
    where it is said, for messages.
    """

    same: FrozenMapping[str] = FrozenMapping()
    new: frozenset[str] = frozenset()
    merged: FrozenMapping[tuple[str, ...]] = FrozenMapping()
    split: FrozenMapping[tuple[str, ...]] = FrozenMapping()
    suggestions: Handling = "list"
    place: str = attrs.field(default="", eq=False)


@attrs.frozen(kw_only=True, repr=False)
class Suggestion(Value):
    """Something that is likely of *rows* and *measures* (ids), and that somebody has to confirm.

    *kind*: the row is the measure, the measures were merged into the row, or the measure was split
    into the rows. *names* are what to call the rows in answers, *titles* those of the measures,
    *likeness* is how alike titles are at best. *otherwise* are the measures that the rows are
    without it, none for a new one; *displaced* are rows that would be one of *measures* without
    it. Where it is *contested*, another suggestion is just as likely, and only people can tell.
    """

    kind: Literal["same", "merged", "split"]
    rows: tuple[StatedMeasure, ...]
    names: tuple[str, ...]
    measures: tuple[str, ...]
    titles: tuple[str | None, ...] = ()
    likeness: float = 0.0
    grounds: tuple[Ground, ...] = ()
    otherwise: tuple[str | None, ...] = ()
    displaced: tuple[StatedMeasure, ...] = ()
    contested: bool = False


def row_name(row: StatedMeasure) -> str:
    """Return what people call a row: its key, else field and number as in the table, else a title.

    >>> row_name(StatedMeasure(place="", cells=FrozenMapping({"field": "Wohnen", "number": "16"})))
    'Wohnen/16'
    """
    if row.key is not None:
        return row.key
    number, field = row.cells.get("number"), row.cells.get("field")
    if number is not None:
        return number if field is None else f"{field}/{number}"
    return row.cells.get("title") or row.place


def parse_answers(text: bytes, place: str) -> Answers:
    """Read answers from the *text* of their file; *place* is what the file is called.

    Raises `TableError` with every flaw.
    """
    reading = _Reading(place)
    answers = reading.answers(text)
    if reading.flaws:
        raise TableError(tuple(reading.flaws))
    return answers


def answers_template(suggestions: Sequence[Suggestion], heading: str = "") -> str:
    """Write a file of answers that takes *suggestions*, with all there is to choose beside them.

    Those that are contested stand there as comments, since only one of them can be. *heading* is
    what to tell people at the top.
    """
    lines = [f"# {line}".rstrip() for line in heading.splitlines()]
    lines += ["new = [", *_all_new(suggestions), "]"]
    for kind in ("same", "merged", "split"):
        told = [one for one in suggestions if one.kind == kind]
        if told:
            lines += ["", f"[{kind}]"]
        for one in told:
            lines += [f"# {_told(one)}", *_lines(one)]
    return "\n".join(lines) + "\n"


def _all_new(suggestions: Iterable[Suggestion]) -> Iterator[str]:
    names = dict.fromkeys(name for one in suggestions for name in one.names)
    return (f"    # {_quoted(name)}," for name in names)


def _told(suggestion: Suggestion) -> str:
    """What a suggestion rests on: how alike the titles are, and where they stand."""
    titles = zip(suggestion.titles, suggestion.measures, strict=True)
    measures = " + ".join(f"{_quoted(title or '')} ({_plain(id)})" for title, id in titles)
    rows = " + ".join(
        f"{_quoted(row.cells.get('title') or '')} ({_plain(row.place)})" for row in suggestion.rows
    )
    return f"{suggestion.likeness:.0%}: {measures} -> {rows}"


def _lines(suggestion: Suggestion) -> Iterator[str]:
    """The answer that takes a suggestion, and as a comment what the row is otherwise."""
    mark = "# " if suggestion.contested else ""
    names = [_quoted(name) for name in suggestion.names]
    ids = [_quoted(id) for id in suggestion.measures]
    match suggestion.kind:
        case "same":
            yield f"{mark}{names[0]} = {ids[0]}"
            if suggestion.otherwise[0] is not None:
                yield f"# {names[0]} = {_quoted(suggestion.otherwise[0])}"
        case "merged":
            yield f"{mark}{names[0]} = [{', '.join(ids)}]"
        case "split":
            yield f"{mark}{ids[0]} = [{', '.join(names)}]"
        case _:
            assert_never(suggestion.kind)


def _quoted(text: str) -> str:
    """A text as TOML writes it, on one line, with nothing in it that is not seen."""
    return f'"{_plain(text)}"'


def _plain(text: str) -> str:
    """A text that may stand in a comment, or between quotes."""
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    return f"\\U{ord(letter):08x}"


class _Reading:
    """Reads answers, and gathers what is wrong with them on the way."""

    def __init__(self, place: str) -> None:
        self.flaws: list[Flaw] = []
        self._place = place

    def answers(self, text: bytes) -> Answers:
        found = self._document(text)
        for name in found:
            if name not in _SECTIONS:
                self._refuse(
                    name,
                    Flaw(
                        "unknown-key",
                        "expected no such key; known here are {known}",
                        {"known": ", ".join(_SECTIONS)},
                    ),
                )
        return Answers(
            same=FrozenMapping(self._section(found, "same", self._text)),
            new=frozenset(self._texts(found.get("new", []), "new", least=0)),
            merged=FrozenMapping(self._section(found, "merged", self._texts)),
            split=FrozenMapping(self._section(found, "split", self._texts)),
            place=self._place,
        )

    def _refuse(self, key: str, flaw: Flaw) -> None:
        self.flaws.append(attrs.evolve(flaw, key=key, place=self._place))

    def _document(self, text: bytes) -> dict[str, Any]:
        try:
            return parsed(text)
        except UnicodeDecodeError as error:
            self._refuse(
                "",
                Flaw(
                    "not-utf-8",
                    "expected UTF-8, got the byte {byte} at offset {offset}; save the answers as "
                    "UTF-8",
                    {"byte": f"{error.object[error.start]:#04x}", "offset": error.start},
                ),
            )
        except ValueError as error:
            self._refuse(
                "",
                Flaw(
                    "not-toml",
                    'expected lines such as "Wohnen/17" = "wohnen-16", both what is left and what '
                    "is right of the = in quotes; the reader says: {cause}",
                    {"cause": str(error)},
                ),
            )
        return {}

    def _section(
        self, found: Mapping[str, Any], name: str, take: Callable[[Any, str], T]
    ) -> dict[str, T]:
        section = found.get(name, {})
        if type(section) is dict:
            return {key: take(value, f"{name}.{key!r}") for key, value in section.items()}
        self._refuse(
            name,
            Flaw(
                "expected-section",
                "expected the heading [{section}] with lines below it, got {value!r}",
                {"section": name, "value": section},
            ),
        )
        return {}

    def _text(self, value: object, key: str) -> str:
        if type(value) is str and value:
            return value
        self._refuse(
            key,
            Flaw(
                "expected-name-of-one",
                "expected the id of a measure or the name of a row in quotes, got {value!r}",
                {"value": value},
            ),
        )
        return ""

    def _texts(self, value: object, key: str, least: int = 1) -> tuple[str, ...]:
        if type(value) is list and len(value) >= least:
            return tuple(self._text(one, key) for one in value)
        self._refuse(
            key,
            Flaw(
                "expected-names",
                'expected a list such as ["wohnen-5", "wohnen-6"], got {value!r}',
                {"value": value},
            ),
        )
        return ()
