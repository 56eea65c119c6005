"""The proposal that a table leads to: as a page to read before it is recorded, and as data."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

import attrs

from planlog.codec import encode_new
from planlog.events import RecordedEvent
from planlog.plan import Plan
from planlog.render.naming import Naming
from planlog.render.objects import Object, known_object
from planlog.render.page import Block, Heading, Points, Sentence, as_markdown, as_text
from planlog.render.proposed import Group, Line, headings, lines
from planlog.render.style import PLAIN, Style
from planlog.render.suggestions import suggestion_object, suggestion_told
from planlog.render.text import json_text, shortened
from planlog.timeline import Moment
from planlog.versions.matching.answers import row_name
from planlog.versions.proposal import Proposal
from planlog.versions.statement import Statement
from planlog.wording import Words

ProposalFormat = Literal["words", "markdown", "json"]
"""How a proposal is written: in words unless asked otherwise."""

MOST_LINES: Final = 20
"""How many lines of a group are shown, unless all of it is asked for."""

_LONGEST_NUMBERS: Final = 60
"""How much of the numbers of new measures is enough to see which ones are meant."""

_Groups = Mapping[Group, Sequence[Line]]


@attrs.frozen(kw_only=True)
class Offer:
    """A proposal with what is needed to tell of it.

    What the table stated and the hash of its file; the plan of the day without the proposed events
    and with them, and the *moment* of it; the plan of all days without; the events as they would
    be recorded. Of long groups only the beginning is told, unless the *whole* is asked for.
    """

    proposal: Proposal
    statement: Statement
    document: str
    plans: tuple[Plan, Plan]
    moment: Moment
    everything: Plan
    events: Sequence[RecordedEvent] = ()
    whole: bool = False


def render_proposal(
    offer: Offer, format: ProposalFormat, *, words: Words, style: Style = PLAIN
) -> str:
    """Write what is proposed, grouped by what becomes of the plan."""
    if format == "json":
        return json_text(_object(offer, words))
    page = _page(offer, words)
    return as_markdown(page) if format == "markdown" else as_text(page, style)


def _page(offer: Offer, words: Words) -> Iterator[Block]:
    proposal, rows = offer.proposal, len(offer.statement.measures)
    day = words.date(proposal.day)
    yield Heading(words("Version {version}, {day}", version=proposal.version, day=day))
    yield Sentence(words.moment(offer.moment, offer.plans[0].known), "quiet")
    yield Sentence(words.plural("{n} measure in the table", "{n} measures in the table", rows))
    if not proposal.already and proposal.version in [one.id for one in offer.plans[0].versions]:
        yield Sentence(words("in place of what another file of this version said"))
    groups = _groups(offer, words)
    if groups.keys() == {"version"}:
        yield Sentence(words("nothing differs from the plan of the day"))
    if proposal.accepted:
        yield _heading(words("Taken as likely"), len(proposal.accepted))
        yield Points(tuple(suggestion_told(one, words) for one in proposal.accepted))
    for group, heading in headings(words).items():
        if group in groups:
            found = groups[group]
            yield Heading(heading, 2) if group in _SINGLE else _heading(heading, len(found))
            yield Points(tuple(_texts(group, found, offer, words)))


_SINGLE: Final = frozenset({"opened", "version"})
"""The groups that have one line, which need not be counted."""


def _heading(text: str, count: int) -> Heading:
    return Heading(f"{text} ({count})", 2)


def _groups(offer: Offer, words: Words) -> _Groups:
    moments = (offer.moment, offer.moment)
    naming = Naming.of(offer.plans, moments, words)
    # What the table brings in is not there yet on other days, and named as on its own.
    everything = Naming.of((offer.plans[1], offer.everything), moments, words)
    found: dict[Group, list[Line]] = {}
    for line in lines(offer.events, offer.proposal.day, naming, everything):
        found.setdefault(line.group, []).append(line)
    return found


def _texts(group: Group, found: Sequence[Line], offer: Offer, words: Words) -> Iterator[str]:
    """The lines of a group; of a long one the beginning, but of new measures how many and where."""
    many = len(found) > MOST_LINES and not offer.whole
    texts = [line.text for line in found]
    if many and group == "new":
        texts = list(_by_field(found, offer.plans[1], words))
    shown = texts[:MOST_LINES] if many else texts
    yield from shown
    if len(shown) < len(texts):
        yield words.plural(
            "and {n} more; --dry-run shows it",
            "and {n} more; --dry-run shows them all",
            len(texts) - len(shown),
        )


def _by_field(found: Sequence[Line], plan: Plan, words: Words) -> Iterator[str]:
    """New measures in short: how many each field gets, and which numbers they have."""
    titles = {field.id: field.title for field in plan.fields}
    of_fields: dict[str | None, list[str]] = {}
    for one in (line.new for line in found if line.new is not None):
        of_fields.setdefault(one.field, []).append(one.number or one.id)
    for field, named in of_fields.items():
        title = words("without a field") if field is None else titles[field] or field
        yield f"{title} ({len(named)}): {shortened(', '.join(named), _LONGEST_NUMBERS)}"


def _object(offer: Offer, words: Words) -> Object:
    proposal, statement = offer.proposal, offer.statement
    groups = _groups(offer, words)
    rows = zip(statement.measures, proposal.measures, strict=True) if proposal.measures else ()
    return {
        "schema": "planlog.proposal/1",
        "at": proposal.day.isoformat(),
        "known": known_object(offer.plans[0].known),
        "version": proposal.version,
        "document": offer.document,
        "coverage": statement.coverage,
        "attributes": list(statement.attributes),
        "already": proposal.already,
        "rows": [{"row": row_name(row), "place": row.place, "measure": id} for row, id in rows],
        "groups": [
            {"group": group, "events": [event for line in groups[group] for event in line.events]}
            for group in headings(words)
            if group in groups
        ],
        "events": [json.loads(encode_new(event)) for event in proposal.events],
        "suggestions": [suggestion_object(one) for one in proposal.suggestions],
        "accepted": [suggestion_object(one) for one in proposal.accepted],
    }
