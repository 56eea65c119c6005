"""Questions that mean the same for ever: pinned when they are asked."""

from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

import click

from planlog.cli.command import Option
from planlog.cli.commands import COMMANDS
from planlog.cli.kinds import FIELD, MEASURE
from planlog.cli.lookup import Lookup
from planlog.cli.output import STDOUT, style
from planlog.cli.reading import pinned
from planlog.cli.session import Session
from planlog.dates import AtDay, AtStart, AtToday, KnownSize, Point
from planlog.events import RecordedEvent
from planlog.log import PlanLog
from planlog.trust.receipts import Question

ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "show": ("measure", "at", "matrix", "field", "all", "format"),
    "diff": ("before", "after", "gross", "field", "attribute", "name-only", "stat", "format"),
    "history": ("measure", "at", "by-attribute", "all", "format"),
    "priorities": ("measure", "field", "every-change", "at", "format"),
    "decisions": ("conference", "measure", "field", "at", "format"),
    "stats": ("before", "after", "silent", "format"),
    "export": (
        *("file", "at", "diff", "matrix", "events", "all", "by-field", "public", "to"),
        *("encoding", "delimiter"),
    ),
}
"""The commands that give receipts, and what their answers depend on; nothing else is asked again.

Nothing here names a file: *file* can only be standard output, where an export looks otherwise.
"""

AROUND: Final = ("lang", "width")
"""What every answer may depend on, whichever the command."""

YES: Final = "yes"
"""What a receipt says of a flag."""

_PAGES: Final = frozenset({"table", "words"})
"""The formats that depend on how wide the terminal is."""

_MOST_WIDTH: Final = 9999


class LogThen(PlanLog):
    """A log as it was when it had *size* events; of what was erased since, it knows that it was."""

    def __init__(self, log: PlanLog, size: int) -> None:
        super().__init__(log.store, clock=log._clock)
        self._whole = log
        self._then = size

    def _read(self) -> list[RecordedEvent]:
        return self._whole._read()[: self._then]


def pinned_question(
    session: Session, name: str, given: Mapping[str, Any], log: LogThen
) -> Question:
    """Return the question of the command *name* in words whose meaning nobody can change.

    Days and sizes stand for points, ids for measures and fields, and defaults are spelt out.
    *given* are the parameters of the command.
    """
    params = params_of(COMMANDS[name].load())
    meant = {key: given[params[key].name] for key in ASKED[name]}
    if name == "export":
        from planlog.cli.exporting import form_of

        meant["to"] = form_of(session, meant["file"], meant["to"])
        meant["file"] = STDOUT if meant["file"] == STDOUT else None
        meant["public"] = meant["public"] and digest_of_internal(session)
    elif meant["format"] is None:
        kind = params["format"].type
        assert isinstance(kind, click.Choice)
        meant["format"] = session.defaults.format or kind.choices[0]
    points = _with_pinned_points(name, meant, log)
    if any(params[key].type in (MEASURE, FIELD) for key, value in meant.items() if value):
        newest = max(reversed(points), key=_size)
        lookup = Lookup.of(session, log, newest)
        for key, value in meant.items():
            if value and params[key].type is MEASURE:
                meant[key] = lookup.measure(value).id
            elif value and params[key].type is FIELD:
                meant[key] = lookup.field(value)
    asked = [(key, text) for key in ASKED[name] for text in _texts(meant[key])]
    asked.append(("lang", session.words.language))
    if meant.get("format") in _PAGES:
        asked.append(("width", str(min(style(session, None).width, _MOST_WIDTH))))
    return Question(name, tuple(asked))


def params_of(command: click.Command) -> dict[str, click.Parameter]:
    """The parameters of a command by their names in a receipt; of twins, the argument."""
    return {
        _key(param): param
        for param in command.params
        if not (isinstance(param, Option) and param.twin)
    }


def _key(param: click.Parameter) -> str:
    """What a parameter is called in a receipt: as people write it, without hyphens in front."""
    return param.opts[-1].lstrip("-")


def _with_pinned_points(name: str, meant: dict[str, Any], log: LogThen) -> list[Point]:
    """Pin the points in *meant*, also those that were left out; return them."""
    for key in needed(name, {key for key, value in meant.items() if value}):
        meant[key] = meant[key] or Point(AtStart() if key == "before" else AtToday())
    points = []
    for key, value in meant.items():
        if isinstance(value, Point):
            meant[key] = pinned(log.moment(value))
            points.append(meant[key])
        elif key == "diff" and value:
            meant[key] = tuple(pinned(log.moment(one)) for one in value)
    return points


def needed(name: str, said: Set[str]) -> tuple[str, ...]:
    """The points without which a question would mean another day tomorrow."""
    if name in ("diff", "stats"):
        return ("before", "after")
    return () if name == "export" and said & {"events", "diff"} else ("at",)


def _texts(value: object) -> Iterator[str]:
    """What stands for *value* in a receipt: nothing where it was left out, several for a list."""
    match value:
        case None | False:
            return
        case True:
            yield YES
        case Point():
            yield point_text(value)
        case tuple():
            for one in value:
                yield from _texts(one)
        case _:
            yield str(value)


def point_text(point: Point) -> str:
    """Write a pinned *point*: its day, or ``start``, and how many events were known."""
    at = point.at.day.isoformat() if isinstance(point.at, AtDay) else "start"
    return f"{at}@#{_size(point)}"


def _size(point: Point) -> int:
    assert isinstance(point.known, KnownSize)
    return point.known.size


def digest_of_internal(session: Session) -> str:
    """Return the SHA-256 of what is declared internal: a receipt must not name it."""
    import hashlib
    import json

    declared = json.dumps(sorted(set(session.defaults.internal)), ensure_ascii=False)
    return hashlib.sha256(declared.encode()).hexdigest()
