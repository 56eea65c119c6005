"""The priority list of a field: what is given for it, and the whole list made from it."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from planlog.cli.command import Argument, Option
from planlog.cli.keys import CLEAR
from planlog.cli.kinds import MEASURE
from planlog.cli.lookup import Lookup
from planlog.cli.recording import Circumstances
from planlog.dates import AtDay, InexactDate, KnownSize, Point
from planlog.events import Event, NewEvent, Prioritized


def parameters() -> list[click.Parameter]:
    """What there is to give besides the field."""
    return [
        Argument(
            "ranking",
            metavar="MEASURE",
            type=MEASURE,
            nargs=-1,
            required=False,
            help="The whole list, best first; a number means the measure of this field.",
        ),
        Option(
            "--append",
            is_flag=True,
            help="Put them behind those on the list of that day; the whole list is written.",
        ),
        Option(f"--{CLEAR}", CLEAR, is_flag=True, help="Leave nothing on the list."),
    ]


def make(
    _: type[Event], params: Mapping[str, Any], circumstances: Circumstances, lookup: Lookup
) -> NewEvent:
    """Make the whole list."""
    given: Sequence[str] = params["ranking"]
    if bool(given) is params[CLEAR] or (params["append"] and not given):
        lookup.session.refuse("name the measures on the list, best first, or say --clear for none")
    field = lookup.field(params["field"])
    ranking = tuple(lookup.measure_in(field, reference).id for reference in given)
    on = circumstances.day(lookup)
    if params["append"]:
        ranking = (*_ranking(field, on, lookup), *ranking)
    return circumstances.of(Prioritized(field=field, ranking=ranking), lookup, on=on)


def _ranking(field: str, on: InexactDate, lookup: Lookup) -> tuple[str, ...]:
    """The list as it was at the end of the day when the new one counts, as far as is known."""
    known = KnownSize(lookup.plan.known.size)
    plan = lookup.log.plan(Point(AtDay(on.last, on.last.isoformat()), known))
    return next((one.ranking for one in plan.fields if one.id == field), ())
