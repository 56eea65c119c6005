"""What the keys of events mean, in the words of the help."""

from collections.abc import Mapping
from typing import Final

HELP: Final[Mapping[str, str]] = {
    "about": "What the note is about.",
    "attributes": "Anything else worth keeping about it, as KEY=VALUE; may be repeated.",
    "cause": "Why it was given up.",
    "conference": "The id of the conference.",
    "cost": "What it costs, in any words.",
    "coverage": "Whether the document states the whole plan or an excerpt of it.",
    "description": "What it is, at more length.",
    "document": "The document: its file, whose SHA-256 is kept, or that SHA-256 itself.",
    "due": "When it should be done: a date, exact or not.",
    "event": "The event: any beginning of its id that no other has.",
    "field": "The action field: its id, its exact title or its number.",
    "fields": "An action field whose priority list was decided; may be repeated.",
    "funding": "Where the money comes from.",
    "goal": "The id of the goal.",
    "into": "The measure that remains.",
    "kind": "What kind of meeting it was.",
    "language": "The language the plan is written in, such as de.",
    "level": "The class of priority, in the plan's own words.",
    "measure": "The measure: its id, field and number (wohnen/16), or a number that only it has.",
    "measures": "A measure, named like any other; may be repeated.",
    "note": "What there is to say about it.",
    "number": "The number it carries; any text will do.",
    "outcome": "What the conference did with it.",
    "partners": "Who takes part; may be repeated.",
    "place": "Where it is.",
    "programme": "The programme that the plan belongs to.",
    "ranking": "The whole list, best first; a number means the measure of this field.",
    "reference": "Where the decision is on paper.",
    "responsible": "Who is responsible: roles or organisations, not persons; may be repeated.",
    "stage": "Where the measure stands, in the plan's own words.",
    "text": "The words themselves.",
    "title": "The title.",
    "version": "The id of the version: lower-case letters, digits and hyphens.",
    "votes": "How many were for it, against it, and abstained.",
}
"""What each key means; a verb may say so in other words."""
