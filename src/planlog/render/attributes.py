"""What a measure's attributes are called, what they hold, and how they became something else."""

from collections.abc import Iterator
from typing import Any, Final

from planlog.plan import Decision, Measure
from planlog.ranking import RankCause
from planlog.render.happenings import ABSENT
from planlog.render.objects import plain
from planlog.render.page import Block, Heading, Sentence
from planlog.render.telling import Telling
from planlog.render.text import json_lines
from planlog.wording import Words

_SINGLE: Final = {"decisions": "decision"}


def label_of(telling: Telling, attribute: str) -> str:
    """Name an attribute, or one of many values, where a line begins with it."""
    stem, _, key = attribute.partition(".")
    return telling.quoted(key) if stem == "attributes" else telling.label(_SINGLE.get(stem, stem))


def value_of(telling: Telling, attribute: str, value: Any) -> str:
    """Tell what an attribute holds, the way people know it."""
    words = telling.words
    stem, _, key = attribute.partition(".")
    match stem, value:
        case _, None | ():
            return ABSENT
        case "predecessors" | "successors", _:
            return telling.measure_title(key)
        case "phase", phase:
            return words.phase(phase)
        case "field", str():
            return telling.field_title(value)
        case "goal", str():
            return telling.goal_title(value)
        case "cause", str():
            return words.term(value)
        case _, Decision():
            told = telling.decision(value)
            return f"{told}; {value.text}" if value.text else told
        case _, tuple():
            return ", ".join(value)
        case _:
            return str(value)


def named(telling: Telling, measure: Measure) -> Iterator[Block]:
    """Say of which measure a page tells."""
    yield Heading(measure.title or measure.id)
    field = telling.field_title(measure.field)
    names = dict.fromkeys((field, telling.number(measure), measure.id))
    yield Sentence(", ".join(name for name in names if name))


def data_of(value: Any) -> str | None:
    """What stands in a cell of the CSV: a text as it is, anything else as JSON has it."""
    found = plain(value)
    return found if found is None or isinstance(found, str) else json_lines([found]).rstrip("\n")


def turned(before: str, after: str, cause: RankCause | None, words: Words) -> str:
    """Tell how something became another; what was not there before needs no before."""
    told = after if before == ABSENT else f"{before} → {after}"
    return told if cause is None else f"{told} ({words.rank_cause(cause)})"
