"""Questions that mean the same for ever: pinned when they are asked, and asked again later."""

import io
import re
from collections.abc import Iterator, Mapping, Set
from contextlib import nullcontext, redirect_stderr
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from planlog.cli.command import Command, Option
from planlog.cli.commands import COMMANDS
from planlog.cli.kinds import FIELD, MEASURE, POINT
from planlog.cli.lookup import Lookup
from planlog.cli.output import NARROW, STDOUT, Catch, style
from planlog.cli.reading import pinned
from planlog.cli.session import Session
from planlog.config import LANGUAGES, Defaults
from planlog.dates import AtDay, AtStart, AtToday, KnownSize, Point
from planlog.errors import Flaw, PointError
from planlog.events import RecordedEvent
from planlog.log import PlanLog
from planlog.trust.receipts import Question
from planlog.wording import Words, words_for

if TYPE_CHECKING:
    from planlog.plan import Prefix
    from planlog.timeline import Moment

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

_AROUND: Final = ("lang", "width")
"""What every answer may depend on, whichever the command."""

_YES: Final = "yes"
_PAGES: Final = frozenset({"table", "words"})
"""The formats that depend on how wide the terminal is."""

_WIDTH: Final = re.compile("[1-9][0-9]{0,3}")
_MOST_WIDTH: Final = 9999
_NOWHERE: Final = "answer"
"""The file that an export is told to write; it is caught before it is written."""


class LogThen(PlanLog):
    """A log as it was when it had *size* events; of what was erased since, it knows that it was."""

    def __init__(self, log: PlanLog, size: int) -> None:
        super().__init__(log.store, clock=log._clock)
        self._whole = log
        self._then = size

    def _read(self) -> list[RecordedEvent]:
        return self._whole._read()[: self._then]


class _Timeless(Words):
    """Words that do not say how much was known."""

    def moment(self, moment: "Moment", known: "Prefix") -> str:
        return str(moment.day)


@attrs.frozen
class Answer:
    """What was caught of an answer, and the exit code of the command that gave it."""

    caught: Catch
    code: int


# Pinning


def pinned_question(
    session: Session, name: str, given: Mapping[str, Any], log: LogThen
) -> Question:
    """Return the question of the command *name* in words whose meaning nobody can change.

    Days and sizes stand for points, ids for measures and fields, and defaults are spelt out.
    *given* are the parameters of the command.
    """
    params = _params(COMMANDS[name].load())
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


def _params(command: click.Command) -> dict[str, click.Parameter]:
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
    for key in _needed(name, {key for key, value in meant.items() if value}):
        meant[key] = meant[key] or Point(AtStart() if key == "before" else AtToday())
    points = []
    for key, value in meant.items():
        if isinstance(value, Point):
            meant[key] = pinned(log.moment(value))
            points.append(meant[key])
        elif key == "diff" and value:
            meant[key] = tuple(pinned(log.moment(one)) for one in value)
    return points


def _needed(name: str, said: Set[str]) -> tuple[str, ...]:
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
            yield _YES
        case Point():
            yield _point_text(value)
        case tuple():
            for one in value:
                yield from _texts(one)
        case _:
            yield str(value)


def _point_text(point: Point) -> str:
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


# Asking


def flaw_of(session: Session, question: Question, size: int) -> Flaw | None:
    """Return why no receipt for a log of *size* events can have this *question*; None if it can."""
    if question.command not in ASKED:
        return _unasked("question", question.command)
    order = (*ASKED[question.command], *_AROUND)
    params = _params(COMMANDS[question.command].load())
    said: list[str] = []
    for name, value in question.asked:
        param = params.get(name)
        if name not in order or not _is_said(name, value, param, size):
            return _unasked(name, value)
        if said and order.index(name) < order.index(said[-1]):
            return _unasked(name, value)
        if name in said and (param is None or not (param.multiple or param.nargs > 1)):
            return _unasked(name, value)
        said.append(name)
    for name in _needed(question.command, set(said)):
        if name not in said:
            return Flaw(
                "receipt-point",
                "expected a day and a number of events, such as '2023-03-16@#63', got nothing",
                key=name,
            )
    try:
        _parsed(question, session)
    except click.UsageError as error:
        return _unasked("question", error.format_message())
    return None


def _unasked(name: str, value: str) -> Flaw:
    return Flaw(
        "receipt-unasked",
        "expected what this planlog gives receipts for, got {value!r}",
        {"value": value},
        key=name,
    )


def _is_said(name: str, value: str, param: click.Parameter | None, size: int) -> bool:
    """Whether *value* is one that a receipt says for an option; click looks at the rest."""
    if name == "lang":
        return value in LANGUAGES
    if name == "width":
        return _WIDTH.fullmatch(value) is not None
    if name == "file":
        return value == STDOUT
    if param is not None and param.type is POINT:
        try:
            point = Point.parse(value)
        except PointError:
            return False
        known = point.known
        fits = isinstance(known, KnownSize) and known.size <= size
        return fits and isinstance(point.at, AtDay | AtStart) and _point_text(point) == value
    is_flag = isinstance(param, Option) and param.is_flag and name != "public"
    return not is_flag or value == _YES


def asked_later(question: Question, then: int, now: int) -> Question:
    """Return the same question with what is known *now*, where it was all that was known *then*."""
    params = _params(COMMANDS[question.command].load())
    return attrs.evolve(
        question,
        asked=tuple(
            (name, value.replace(f"@#{then}", f"@#{now}"))
            if name in params and params[name].type is POINT and value.endswith(f"@#{then}")
            else (name, value)
            for name, value in question.asked
        ),
    )


def answer(
    session: Session,
    question: Question,
    log: LogThen,
    *,
    quietly: bool = True,
    timeless: bool = False,
    exit_code: bool = False,
) -> Answer:
    """Ask *question* of a *log* and catch the answer, which nothing but these two decides.

    *quietly* keeps to itself what is said beside it. With *timeless*, how much was known is left
    out of what people read: for comparing answers. *exit_code* asks for the one that tells whether
    anything differs. Raises what the command raises.
    """
    inner = Session()
    words = words_for((question.values("lang") or ("en",))[0])
    if timeless:
        words = _Timeless(words.language, words._catalogue)
    defaults = Defaults(internal=session.defaults.internal if question.values("public") else ())
    vars(inner).update(location=None, log=log, words=words, defaults=defaults)
    inner.catch = Catch(int((question.values("width") or (str(NARROW),))[0]))
    command, params = _parsed(question, inner)
    if exit_code:
        params["exit_code"] = True
    with redirect_stderr(io.StringIO()) if quietly else nullcontext():
        code = command.run(inner, **params)
    return Answer(inner.catch, code or 0)


def _parsed(question: Question, session: Session) -> tuple[Command, dict[str, Any]]:
    """The command, and its parameters as it takes them: click checks each of them again."""
    command = COMMANDS[question.command].load()
    params = _params(command)
    options: list[str] = []
    places: list[str] = []
    for name, value in question.asked:
        param = params.get(name)
        if name in _AROUND or name == "file" or param is None:
            continue
        if not isinstance(param, Option):
            places.append(value)
        elif param.is_flag:
            options.append(f"--{name}")
        elif param.nargs > 1:
            options += [value] if f"--{name}" in options else [f"--{name}", value]
        else:
            options.append(f"--{name}={value}")
    if question.command == "export":
        places = [*question.values("file"), _NOWHERE][:1]
    context = command.make_context(question.command, [*options, "--", *places], obj=session)
    return command, context.params


def same(one: Catch, other: Catch) -> bool:
    """Whether two timeless answers say the same, however much was known for each."""
    return _said(one) == _said(other)


def _said(caught: Catch) -> object:
    import json

    match caught.format:
        case "json":
            return _without_size(json.loads(caught.told))
        case "jsonl":
            return [_without_size(json.loads(line)) for line in caught.told.splitlines()]
        case _:
            return caught.told


def _without_size(value: Any) -> Any:
    """*value* without what tells how much of the log it was computed from."""
    if isinstance(value, list):
        return [_without_size(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without_size(one)
        for key, one in value.items()
        if not (key == "known" and isinstance(one, dict) and set(one) == {"size", "recorded"})
    }
