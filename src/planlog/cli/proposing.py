"""A proposal: which measure it is about, and the id a new one gets."""

from collections.abc import Mapping
from typing import Any, Final

import click

from planlog.cli.command import Argument, Option
from planlog.cli.keys import given, refuse_empty_number
from planlog.cli.kinds import FIELD
from planlog.cli.lookup import Lookup
from planlog.cli.recording import Circumstances
from planlog.events import Event, NewEvent, Proposed
from planlog.ids import short_slug, slug
from planlog.plan import Measure

NO_FIELD: Final = "-"


def parameters() -> list[click.Parameter]:
    """What there is to give besides what describes a measure."""
    return [
        Argument(
            "field",
            metavar="FIELD",
            type=FIELD,
            help="The action field: its id, its exact title or its number; - for none.",
        ),
        Argument(
            "title",
            metavar="TITLE",
            required=False,
            help="The title; may be left out with --again.",
        ),
        Option("--number", metavar="TEXT", help="The number it carries; any text will do."),
        Option("--id", "measure", metavar="ID", help="The id it is to have for ever."),
        Option("--again", is_flag=True, help="The measure exists: it was proposed once more."),
    ]


def make(
    _: type[Event], params: Mapping[str, Any], circumstances: Circumstances, lookup: Lookup
) -> NewEvent:
    """Make a proposal of a new measure, or of one that exists if that is meant."""
    refuse_empty_number(params, lookup)
    field = None if params["field"] == NO_FIELD else lookup.field(params["field"])
    id = _id(field, params, lookup)
    existing = next((one for one in lookup.plan.measures if one.id == id), None)
    _refuse_mistaken(id, existing, params, lookup)
    values = given(Proposed, {**params, "field": field, "measure": id}, lookup)
    return circumstances.of(Proposed(**values), lookup)


def _id(field: str | None, params: Mapping[str, Any], lookup: Lookup) -> str:
    """The id that is meant: as given, that of the field's measure of this number, or a new one.

    What is proposed again is meant as everywhere; an id that is new is taken as it is.
    """
    number: str | None = params["number"]
    given_id: str | None = params["measure"]
    if given_id is not None:
        return lookup.measure(given_id).id if params["again"] else given_id
    if number is not None and field is not None:
        numbered = [
            one for one in lookup.plan.measures if (one.field, one.number) == (field, number)
        ]
        if numbered:
            return lookup.measure(f"{field}/{number}").id
        if slug(number):
            return f"{field}-{slug(number)}"
    return short_slug(params["title"] or "")


def _refuse_mistaken(
    id: str, existing: Measure | None, params: Mapping[str, Any], lookup: Lookup
) -> None:
    session = lookup.session
    if existing is None and params["again"] and id:
        lookup.measure(id)
    if not id or (existing is None and params["again"]):
        session.refuse("say which measure it is: with a title, --number or --id")
    if existing is not None and not params["again"]:
        session.refuse(
            "the log has a measure {id!r} already ({title}); say --again if it was proposed once "
            "more, or give the new one another id with --id",
            id=id,
            title=existing.title or existing.id,
        )
    if existing is None and params["title"] is None:
        session.refuse("a new measure needs a title")
