"""Each value that a measure has, and where it comes from."""

from collections.abc import Iterator, Sequence
from typing import Final

from planlog.audit import Origin
from planlog.missing import NOTHING, Missing
from planlog.plan import Measure, Plan
from planlog.render import provenance
from planlog.render.answer import Answer
from planlog.render.attributes import data_of, label_of, named, value_of
from planlog.render.erased import Gap, gap_objects, gaps_told
from planlog.render.objects import Object, Uncertain, plain, point_object
from planlog.render.page import Block, Sentence
from planlog.render.provenance import Provenance, origin_cells, origin_object
from planlog.render.style import PLAIN, Format, Style
from planlog.render.tables import Cell, Column, Table, cell
from planlog.render.telling import Telling
from planlog.timeline import Moment
from planlog.wording import Words

COLUMNS: Final = ("attribute", "value", *provenance.COLUMNS)
"""The columns of the CSV: a row for each value."""

_NARROW: Final = 15
_VALUE: Final = 28
_IMPLIED: Final = frozenset({"since"})
"""What people read off the date of the event; only JSON and CSV tell it."""


def render_origins(
    origins: Sequence[Origin],
    measure: Measure,
    plan: Plan,
    format: Format,
    *,
    words: Words,
    moment: Moment,
    uncertain: Uncertain,
    erased: Sequence[Gap] = (),
    missing: Missing = NOTHING,
    style: Style = PLAIN,
) -> str:
    """Write where what *measure* has at a *moment* comes from; *plan* has the titles of it all.

    *uncertain* says what inexact days leave open, *erased* which texts are missing, and *missing*
    of what these may have told otherwise.
    """
    telling = Telling(plan, words, moment, uncertain, missing)
    return Answer(
        whole=lambda: {
            "schema": "planlog.origins/1",
            **point_object(plan),
            "measure": measure.id,
            "origins": [_object(telling, measure, one) for one in origins],
            "erased": gap_objects(erased),
        },
        items=lambda: (_object(telling, measure, one) for one in origins),
        columns=COLUMNS,
        rows=lambda: ((one.attribute, data_of(one.value), *origin_cells(one)) for one in origins),
        page=lambda: (*_page(telling, measure, origins), *gaps_told(erased, words)),
    ).written(format, style)


def _object(telling: Telling, measure: Measure, origin: Origin) -> Object:
    return {
        "attribute": origin.attribute,
        "value": plain(origin.value),
        "uncertain": _is_open(telling, measure, origin),
        **origin_object(origin),
    }


def _is_open(telling: Telling, measure: Measure, origin: Origin) -> bool:
    return telling.is_open("measure", measure.id, origin.attribute.partition(".")[0])


def _page(telling: Telling, measure: Measure, origins: Sequence[Origin]) -> Iterator[Block]:
    words = telling.words
    yield from named(telling, measure)
    yield telling.point()
    if not origins:
        yield Sentence(words("the plan does not have this measure at that point"))
        return
    found = Provenance(telling)
    told = [one for one in origins if one.attribute not in _IMPLIED]
    yield Table(
        columns=(
            Column(words("Attribute"), most=_NARROW),
            Column(words("Value"), most=_VALUE),
            Column(words("Comes from")),
        ),
        rows=tuple(_row(telling, measure, one, found) for one in told),
    )
    if any(_is_open(telling, measure, one) for one in told):
        yield telling.legend()
    if telling.missing.get(("measure", measure.id)):
        yield telling.legend_of_erased()


def _row(telling: Telling, measure: Measure, origin: Origin, found: Provenance) -> tuple[Cell, ...]:
    name = origin.attribute
    value = value_of(telling, name, origin.value)
    return (
        cell(label_of(telling, name)),
        cell(telling.marked(value, measure, name.partition(".")[0])),
        found.told(origin),
    )
