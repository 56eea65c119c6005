"""What happened, in few words: the type of an event, what it is about, and what it says."""

from collections.abc import Iterator
from typing import Final, assert_never

from planlog.effects import DESCRIBING
from planlog.events import (
    UNSET,
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.mappings import FrozenMapping
from planlog.missing import names_nothing
from planlog.plan import Votes
from planlog.references import named_by
from planlog.render.text import shortened
from planlog.wording import Words

ABSENT: Final = "–"
"""What stands where there is nothing."""

ID_DIGITS: Final = 8
"""How many digits of an event's id are shown: enough to name it by."""

LONGEST: Final = 160
"""How much is told of what an erased text was about, and on what ground it was erased."""


def happened(event: Event, words: Words) -> str:
    """Say in a line what *event* is about and what it says."""
    about, said = subject(event), content(event, words)
    type = words.term(event.TYPE)
    head = f"{type} ({about})" if about else type
    return f"{head}: {said}" if said else head


def line_told(event: RecordedEvent, words: Words) -> str:
    """Say in a line what a line of the log says, or that its text was erased."""
    said = event.event
    if not isinstance(said, Erased) or not event.is_erased:
        return happened(said, words)
    told = f"{words.term(said.type)}, {about_erased(said, words)}"
    return words("{told} – text erased: {ground}", told=told, ground=said.ground)


def about_erased(said: Erased, words: Words) -> str:
    """Tell what an erased text was about, as far as anybody knows."""
    if names_nothing(said):
        return words("about what, nobody knows any more")
    if said.type in (PlanOpened.TYPE, PlanAmended.TYPE):
        return words("about the plan itself")
    named = [f"{words.term(kind)} {id}" for kind, ids in named_by(said).items() for id in ids]
    if not named:
        return words("about nothing in particular")
    return words("about {subjects}", subjects=shortened(", ".join(named), LONGEST))


def subject(event: Event) -> str:
    """Name what *event* is about by its ids; nothing where it is about the plan."""
    match event:
        case PlanOpened() | PlanAmended():
            return ""
        case FieldAdded(field=id) | FieldAmended(field=id) | Prioritized(field=id):
            return id
        case GoalAdded(goal=id) | ConferenceHeld(conference=id) | VersionRecorded(version=id):
            return id
        case Proposed() | Amended() | Rated() | Progressed() | Dropped() | Split():
            return event.measure
        case Started() | Implemented() | MadePermanent() | Paused() | Resumed():
            return event.measure
        case Merged(measures=measures):
            return ", ".join(measures)
        case Decided(measures=measures, fields=fields):
            return ", ".join([event.conference, *(fields or ()), *(measures or ())])
        case Noted(about=about):
            return "" if about is None else _named(about)
        case Retracted(event=id) | Erased(event=id):
            return id[:ID_DIGITS]
        case _:
            assert_never(event)


def content(event: Event, words: Words) -> str:
    """Tell the main things that *event* says."""
    return "; ".join(text for text in _content(event, words) if text)


def _content(event: Event, words: Words) -> tuple[str | None, ...]:
    match event:
        case PlanOpened() | PlanAmended():
            return event.title, event.place, event.programme
        case FieldAdded() | FieldAmended():
            return event.title, _number(event.number, words)
        case GoalAdded():
            return event.title, event.field
        case ConferenceHeld():
            return event.title, words.term(event.kind), event.place
        case Proposed():
            return event.title, _number(event.number, words), event.stage, event.note
        case Amended():
            return tuple(_amendments(event, words))
        case Prioritized():
            return (", ".join(event.ranking) or words("empty list"),)
        case Rated():
            return (event.level or ABSENT,)
        case Started() | Implemented() | MadePermanent() | Paused() | Resumed():
            return event.stage, event.note
        case Progressed():
            return tuple(_reports(event, words))
        case Dropped():
            return words.term(event.cause), event.stage, event.note
        case Merged():
            return (words("into {measure}", measure=event.into),)
        case Split():
            return (words("into {measure}", measure=", ".join(event.into)),)
        case Decided():
            vote = None if event.votes is None else votes(event.votes, words)
            outcome = words.outcome(event.outcome)
            return outcome, event.text, vote, event.reference
        case VersionRecorded():
            return event.title, words.term(event.coverage)
        case Noted():
            return (event.text,)
        case Retracted():
            return ()
        case Erased():
            day = words("day unknown") if event.on is None else words.date(event.on)
            return f"{words.term(event.type)}, {day}, {about_erased(event, words)}", event.ground
        case _:
            assert_never(event)


def votes(vote: Votes, words: Words) -> str:
    """Tell how a vote went."""
    return words.plural(
        "{yes} yes, {no} no, {n} abstention",
        "{yes} yes, {no} no, {n} abstentions",
        vote.abstain,
        yes=vote.yes,
        no=vote.no,
    )


def _named(about: About) -> str:
    return about.measure or about.field or about.conference or about.version or ""


def _number(number: str | None, words: Words) -> str | None:
    return number and words("no. {number}", number=number)


def _amendments(event: Amended, words: Words) -> Iterator[str]:
    for name in DESCRIBING:
        value = getattr(event, name)
        if value is not UNSET:
            yield f"{words.term(name)}: {_value(value)}"
    match event.attributes:
        case FrozenMapping() as attributes:
            yield from (f"{name}: {_value(text)}" for name, text in attributes.items())
        case None:
            yield f"{words.term('attributes')}: {ABSENT}"
        case _:
            pass


def _reports(event: Progressed, words: Words) -> Iterator[str]:
    for name in ("stage", "note"):
        value = getattr(event, name)
        if value is not UNSET:
            yield f"{words.term(name)}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or ABSENT
    return ABSENT if value is None else str(value)
