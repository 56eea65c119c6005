"""What is new, in words: the net changes between two plans, grouped the way people ask."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from planlog.diff import PlanChange
from planlog.events import RecordedEvent
from planlog.plan import Decision, Measure
from planlog.references import references
from planlog.render.decided import about_lists, decided, decisions_in
from planlog.render.grounds import Grounds
from planlog.render.naming import Naming
from planlog.render.page import Block, Heading, Points
from planlog.wording import Words

NEW: Final = "new"
GONE: Final = "gone"
IMPLEMENTED: Final = "implemented"
STARTED: Final = "started"
AGAIN: Final = "again"
PRIORITY: Final = "priority"
MOVED: Final = "moved"
RENAMED: Final = "renamed"
STOPPED: Final = "stopped"
DECIDED: Final = "decided"
TEXT: Final = "text"
LEARNED: Final = "learned"


def headings(words: Words) -> dict[str, str]:
    """The groups in their order, and what stands above each."""
    return {
        NEW: words("New"),
        GONE: words("No longer in the plan"),
        IMPLEMENTED: words("Implemented or made permanent"),
        STARTED: words("Started"),
        AGAIN: words("Proposed again"),
        PRIORITY: words("Priority up or down"),
        MOVED: words("Moved, renumbered, merged or split"),
        RENAMED: words("Renamed"),
        STOPPED: words("Paused, dropped or replaced"),
        DECIDED: words("Decided"),
        TEXT: words("Text only"),
        LEARNED: words("Corrections of the record and late entries"),
    }


_PHASES: Final[Mapping[str | None, str]] = {
    "implemented": IMPLEMENTED,
    "ongoing": IMPLEMENTED,
    "started": STARTED,
    "proposed": AGAIN,
    "paused": STOPPED,
    "dropped": STOPPED,
    "replaced": STOPPED,
    None: GONE,
}
"""Under which heading a measure stands whose phase is another now."""

_WITH_PHASE: Final = frozenset({"phase", "since", "stage", "note", "cause", "successors"})
"""What a change of the phase brings along and is told with it."""

_GROUP_OF: Final[Mapping[str, str]] = {
    "level": PRIORITY,
    "field": MOVED,
    "number": MOVED,
    "predecessors": MOVED,
    "successors": MOVED,
    "title": RENAMED,
}
"""Under which heading a change of an attribute stands; of any other it is text."""

_BySubject = Mapping[tuple[str, str], Sequence[PlanChange]]
"""The changes of each subject, on one axis."""

_Events = Mapping[str, RecordedEvent]


class Line(NamedTuple):
    """A line of a *group*, with the events that are its ground and the decisions behind it."""

    group: str
    text: str
    events: tuple[str, ...]
    decisions: tuple[str, ...] = ()


def news(changes: Sequence[PlanChange], naming: Naming, events: _Events) -> Iterator[Block]:
    """Tell *changes*, which are net, under headings, with their grounds as footnotes."""
    lines = [*_lines(changes, naming, events)]
    words = naming.words
    grounds = Grounds(naming, events, _decisions(changes))
    for group, heading in headings(words).items():
        texts = tuple(
            _marked(line.text, grounds.marks(line.events, line.decisions))
            for line in lines
            if line.group == group
        )
        if texts:
            yield Heading(heading, 2)
            yield Points(texts)
    if listed := grounds.listed():
        yield Heading(words("Sources, reasons and decisions"), 2)
        yield Points(listed)


def _marked(text: str, marks: str) -> str:
    """*text* with its marks, which never stand alone on a line."""
    return f"{text}\N{NO-BREAK SPACE}{marks}"


def _decisions(changes: Sequence[PlanChange]) -> dict[str, Decision]:
    """Every decision that the changes speak of, by its id."""
    pairs = [pair for change in changes for pair in decisions_in(change)]
    return {one.event: one for pair in pairs for one in pair if one is not None}


def _lines(changes: Sequence[PlanChange], naming: Naming, events: _Events) -> Iterator[Line]:
    by_subject: dict[tuple[str, str], list[PlanChange]] = {}
    learned: dict[tuple[str, str], list[PlanChange]] = {}
    for change in changes:
        side = learned if change.axis == "learned" else by_subject
        side.setdefault((change.subject, change.id), []).append(change)
    for (kind, id), found in by_subject.items():
        if kind == "measure":
            yield from _of_measure(id, found, naming, events)
    for (kind, id), found in by_subject.items():
        if kind != "measure":
            yield from _of_other(kind, id, found, naming)
    yield from _came_and_went(by_subject, naming, events)
    yield from _lists(by_subject, naming)
    yield from _decided(DECIDED, by_subject, naming, events)
    yield from _learned(learned, naming, events)


def _decided(group: str, by_subject: _BySubject, naming: Naming, events: _Events) -> Iterator[Line]:
    """A line for each decision."""
    changes = (change for found in by_subject.values() for change in found)
    for told in decided(changes, naming, events):
        yield Line(group, told.text, told.events, (told.decision,))


def _learned(by_subject: _BySubject, naming: Naming, events: _Events) -> Iterator[Line]:
    """What became known later: a line for each subject, and one for each decision."""
    for (kind, id), changes in by_subject.items():
        told = [one for one in changes if not (one.attribute or "").startswith("decisions.")]
        if told:
            text = f"{naming.titled(kind, id)}: {naming.told(told)}"
            yield Line(LEARNED, text, _grounds(told, events))
    yield from _decided(LEARNED, by_subject, naming, events)


def _grounds(changes: Iterable[PlanChange], events: _Events) -> tuple[str, ...]:
    """The events that caused any of *changes*; of what came or went, those that brought it in."""
    found = (one.events if one.kind == "changed" else _introducing(one, events) for one in changes)
    return tuple(dict.fromkeys(event for each in found for event in each))


def _introducing(change: PlanChange, events: _Events) -> tuple[str, ...]:
    """Of the events that let something be what it is, the one that brought it in, if one did.

    Corrections of that one are told with it: they have reasons of their own.
    """
    found: list[str] = []
    for id in change.events:
        brings_in = any(
            reference.introduces and (reference.kind, reference.id) == (change.subject, change.id)
            for reference in references(events[id].event)
        )
        if (brings_in and not found) or events[id].corrects in found:
            found.append(id)
    return tuple(found) or change.events


def _of_measure(
    id: str, changes: Sequence[PlanChange], naming: Naming, events: _Events
) -> Iterator[Line]:
    """What is told of one measure, but for its place on a list."""
    for change in changes:
        if change.kind == "added":
            yield _appeared(change, naming, events)
        if change.kind == "removed":
            yield Line(GONE, naming.titled("measure", id), _introducing(change, events))
    by_attribute = {one.attribute: one for one in changes if one.attribute}
    phase = by_attribute.get("phase")
    if phase is not None:
        yield _turned(id, phase, by_attribute, naming, _made(changes, naming, lists=False))
    groups: dict[str, list[PlanChange]] = {}
    for attribute, change in by_attribute.items():
        stem = attribute.partition(".")[0]
        told = stem in ("decisions", "rank") or (phase is not None and stem in _WITH_PHASE)
        if not told:
            groups.setdefault(_group(change, naming), []).append(change)
    for group, found in groups.items():
        made = _made(changes, naming, lists=group == PRIORITY)
        yield _changed(group, "measure", id, found, naming, made)


def _made(changes: Iterable[PlanChange], naming: Naming, *, lists: bool) -> tuple[str, ...]:
    """The decisions that were made about a measure; those about its list tell only of its place."""
    about = about_lists((naming.newer.plan,))
    return tuple(
        one.after.event
        for one in changes
        if isinstance(one.after, Decision) and not one.before
        if lists or one.after.event not in about
    )


def _group(change: PlanChange, naming: Naming) -> str:
    """Under which heading a change stands; what is not a phase but hangs on it, under that one's.

    A first title is no renaming.
    """
    stem = (change.attribute or "").partition(".")[0]
    if change.subject == "measure" and stem in ("since", "cause"):
        return _PHASES[naming.measure(change.id).phase]
    if change.subject == "plan" and change.before is None:
        return NEW
    if change.subject == "plan" and change.after is None:
        return GONE
    if stem == "title" and (change.before is None or change.after is None):
        return TEXT
    return _GROUP_OF.get(stem, TEXT)


def _appeared(change: PlanChange, naming: Naming, events: _Events) -> Line:
    """A new measure: where it stands, on the ground of what proposed it and what was decided.

    Of the decisions about its list, the last tells of its place.
    """
    measure: Measure = change.after
    words = naming.words
    told = [
        words.phase(measure.phase),
        measure.rank and words("rank {rank}", rank=measure.rank),
        measure.level and words("level {level}", level=measure.level),
    ]
    text = f"{naming.titled('measure', measure.id)}; {', '.join(one for one in told if one)}"
    about = about_lists((naming.newer.plan,))
    own = [one.event for one in measure.decisions if one.event not in about]
    lists = [one.event for one in measure.decisions if one.event in about and measure.rank]
    return Line(NEW, text, _introducing(change, events), (*own, *lists[-1:]))


def _turned(
    id: str,
    phase: PlanChange,
    by_attribute: Mapping[str, PlanChange],
    naming: Naming,
    decisions: tuple[str, ...],
) -> Line:
    """A measure whose phase is another: what it was and is, when, and what was said with it."""
    words = naming.words
    since = by_attribute.get("since")
    told = [naming.since(naming.turned(phase), None if since is None else since.after)]
    grounds = [phase]
    for name in ("cause", "stage", "note"):
        change = by_attribute.get(name)
        if change is not None and change.after is not None:
            value = naming.value(name, change.after)
            told.append(naming.newer.quoted(value) if name == "stage" else value)
            grounds.append(change)
    lineage = [one for name, one in by_attribute.items() if name.startswith("successors.")]
    into = [naming.value(one.attribute or "", True) for one in lineage if one.after]
    if into:
        told.append(words("into {measure}", measure=", ".join(into)))
    told += [naming.change(one) for one in lineage if not one.after]
    text = f"{naming.titled('measure', id)}: {'; '.join(told)}"
    new = phase.before is None and phase.after == "proposed"
    group = NEW if new else _PHASES[phase.after]
    return Line(group, text, _grounds([*grounds, *lineage], {}), decisions)


def _of_other(kind: str, id: str, changes: Sequence[PlanChange], naming: Naming) -> Iterator[Line]:
    """What is told of a field, goal, conference, version or the plan."""
    groups: dict[str, list[PlanChange]] = {}
    for change in changes:
        stem = (change.attribute or "").partition(".")[0]
        if stem not in ("", "ranking", "decisions"):
            groups.setdefault(_group(change, naming), []).append(change)
    for group, found in groups.items():
        yield _changed(group, kind, id, found, naming, ())


def _came_and_went(by_subject: _BySubject, naming: Naming, events: _Events) -> Iterator[Line]:
    """The fields, goals, conferences and versions that are new or gone, a line for each kind."""
    found: dict[tuple[str, str], list[PlanChange]] = {}
    for (kind, _), changes in by_subject.items():
        for change in changes:
            if kind != "measure" and change.kind != "changed":
                group = NEW if change.kind == "added" else GONE
                found.setdefault((group, kind), []).append(change)
    for (group, kind), changes in found.items():
        label = _several(kind, len(changes), naming.words)
        named = "; ".join(_dated(one, naming) for one in changes)
        yield Line(group, f"{label}: {named}", _grounds(changes, events))


def _several(kind: str, n: int, words: Words) -> str:
    match kind:
        case "field":
            return words.plural("Action field", "Action fields", n)
        case "goal":
            return words.plural("Goal", "Goals", n)
        case "conference":
            return words.plural("Conference", "Conferences", n)
        case _:
            return words.plural("Version", "Versions", n)


def _dated(change: PlanChange, naming: Naming) -> str:
    """Name what came or went, with its day if it has one."""
    name = naming.subject(change.subject, change.id)
    return naming.since(name, getattr(change.after or change.before, "on", None))


def _changed(
    group: str,
    kind: str,
    id: str,
    changes: Sequence[PlanChange],
    naming: Naming,
    decisions: tuple[str, ...],
) -> Line:
    named = naming.subject if group == RENAMED else naming.titled
    return Line(
        group, f"{named(kind, id)}: {naming.told(changes)}", _grounds(changes, {}), decisions
    )


def _lists(by_subject: _BySubject, naming: Naming) -> Iterator[Line]:
    """What became of the priority lists: each that changed, and who moved on it by themselves."""
    ranks: dict[str, list[PlanChange]] = {}
    lists: dict[str, PlanChange] = {}
    for (kind, id), changes in by_subject.items():
        field = naming.field_of(kind, id) or ""
        for change in changes:
            if change.attribute == "ranking":
                lists[field] = change
            elif change.attribute == "rank":
                ranks.setdefault(field, []).append(change)
    for field in dict.fromkeys((*lists, *ranks)):
        found = [lists[field]] if field in lists else []
        # Who was only pushed or pulled is seen from the list.
        found += [
            one for one in ranks.get(field, ()) if one.cause != "shifted" or field not in lists
        ]
        for change in found:
            kind, id = change.subject, change.id
            made = _made(by_subject[kind, id], naming, lists=True)
            yield _changed(PRIORITY, kind, id, [change], naming, made)
