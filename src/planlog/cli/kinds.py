"""What arguments and options may be, and how a shell completes them."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from planlog.cli.session import session_of
from planlog.dates import Point
from planlog.errors import PlanlogError
from planlog.log import PlanLog
from planlog.plan import Conference, Plan, Version

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_PLAIN: Final = re.compile(r"\w[\w./:@+,%-]*")
"""What every shell takes for a word, and no command for an option."""

Offer = tuple[str, str]
"""A word that could be meant, and what it stands for."""


class Named(click.ParamType[str]):
    """A text that names something of the log; *offers* tells what there is."""

    def __init__(self, name: str, offers: Callable[[PlanLog], Iterable[Offer]]) -> None:
        self.name = name
        self._offers = offers

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the text as it is: what it names is looked up when the command runs."""
        return str(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem[str]]":
        """Offer what there is; nothing where the log cannot be read.

        Shells read offers line by line and show them as they are: what could break a line or steer
        a terminal is spelt out as a meaning. As a word it is not offered at all, and neither is
        what means something to a shell: bash puts it into the line that is run, without quotes.
        """
        from click.shell_completion import CompletionItem  # only a shell that asks needs it

        from planlog.wording import visible

        try:
            offers = list(self._offers(session_of(ctx).log))
        except (PlanlogError, OSError):
            return []
        return [
            CompletionItem(word, help=visible(meaning))
            for word, meaning in offers
            if word.startswith(incomplete) and _PLAIN.fullmatch(word)
        ]


class PointKind(Named):
    """A point in two times."""

    def __init__(self) -> None:
        super().__init__("point", _points)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Take a text that reads as a point."""
        try:
            return Point.parse(str(value))
        except PlanlogError as error:
            message = str(error) if ctx is None else session_of(ctx).words.error(error)
            self.fail(message, param, ctx)


def _measures(log: PlanLog) -> Iterator[Offer]:
    measures = log.everything().measures
    yield from ((one.id, one.title or "") for one in measures)
    yield from (
        (f"{one.field}/{one.number}", one.title or "")
        for one in measures
        if one.field is not None and one.number is not None
    )


def _fields(log: PlanLog) -> Iterator[Offer]:
    return ((field.id, field.title or "") for field in log.everything().fields)


def _goals(log: PlanLog) -> Iterator[Offer]:
    return ((goal.id, goal.title or "") for goal in log.everything().goals)


def _conferences(log: PlanLog) -> Iterator[Offer]:
    return ((one.id, one.title or "") for one in log.everything().conferences)


def _versions(log: PlanLog) -> Iterator[Offer]:
    return ((version.id, version.title or "") for version in log.everything().versions)


def _events(log: PlanLog) -> Iterator[Offer]:
    return ((event.id, f"{event.type} {event.on}") for event in log.events())


def _days(log: PlanLog) -> Iterator[Offer]:
    yield "today", ""
    yield from _dated(log.everything())


def _points(log: PlanLog) -> Iterator[Offer]:
    yield from _days(log)
    yield "start", ""
    for name, meaning in _dated(log.everything()):
        yield f"before:{name}", meaning


def _dated(plan: Plan) -> Iterator[Offer]:
    named: tuple[Conference | Version, ...] = (*plan.conferences, *plan.versions)
    for one in named:
        if one.on is not None:
            yield one.id, f"{one.on} {one.title or ''}".rstrip()


MEASURE: Final = Named("measure", _measures)
FIELD: Final = Named("field", _fields)
GOAL: Final = Named("goal", _goals)
CONFERENCE: Final = Named("conference", _conferences)
VERSION: Final = Named("version", _versions)
EVENT: Final = Named("event", _events)
DAY: Final = Named("day", _days)
POINT: Final = PointKind()
