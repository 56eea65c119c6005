"""Questions of receipts, asked again: checked as what strangers wrote, and answered by the log."""

import io
import re
from contextlib import nullcontext, redirect_stderr
from typing import TYPE_CHECKING, Any, Final

import attrs
import click

from planlog.cli.command import Command, Option
from planlog.cli.commands import COMMANDS
from planlog.cli.kinds import POINT
from planlog.cli.output import NARROW, STDOUT, Catch
from planlog.cli.questions import AROUND, ASKED, YES, LogThen, needed, params_of, point_text
from planlog.cli.session import Session
from planlog.config import LANGUAGES, Defaults
from planlog.dates import AtDay, AtStart, KnownSize, Point
from planlog.errors import Flaw, PointError
from planlog.trust.receipts import Question
from planlog.wording import Words, words_for

if TYPE_CHECKING:
    from planlog.plan import Prefix
    from planlog.timeline import Moment

_WIDTH: Final = re.compile("[1-9][0-9]{0,3}")
_NOWHERE: Final = "answer"
"""The file that an export is told to write; it is caught before it is written."""


class _Timeless(Words):
    """Words that do not say how much was known."""

    def moment(self, moment: "Moment", known: "Prefix") -> str:
        return str(moment.day)


@attrs.frozen
class Answer:
    """What was caught of an answer, and the exit code of the command that gave it."""

    caught: Catch
    code: int


def flaw_of(session: Session, question: Question, size: int) -> Flaw | None:
    """Return why no receipt for a log of *size* events can have this *question*; None if it can."""
    if question.command not in ASKED:
        return _unasked("question", question.command)
    order = (*ASKED[question.command], *AROUND)
    params = params_of(COMMANDS[question.command].load())
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
    for name in needed(question.command, set(said)):
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
        return fits and isinstance(point.at, AtDay | AtStart) and point_text(point) == value
    is_flag = isinstance(param, Option) and param.is_flag and name != "public"
    return not is_flag or value == YES


def asked_later(question: Question, then: int, now: int) -> Question:
    """Return the same question with what is known *now*, where it was all that was known *then*."""
    params = params_of(COMMANDS[question.command].load())
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
    params = params_of(command)
    options: list[str] = []
    places: list[str] = []
    for name, value in question.asked:
        param = params.get(name)
        if name in AROUND or name == "file" or param is None:
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
