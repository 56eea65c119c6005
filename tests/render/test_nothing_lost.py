"""No change of a diff is lost in words, whatever the log and the points.

What stands for each change is in `in_words`: mostly its subject, and what changed, before and
after, in one line. These are told by something else: a rank that others pushed or pulled, by the
list; since when a phase lasts, and what was said with it, by the phase.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

import attrs
from hypothesis import given
from hypothesis import strategies as st

from planlog.diff import PlanChange
from planlog.events import FieldAdded, Prioritized, Proposed, RecordedEvent, Retracted, Started
from planlog.plan import Decision, Measure
from planlog.render.diff import Compared
from planlog.render.naming import Naming
from planlog.render.news import news
from planlog.render.page import Points, Sentence
from planlog.render.steps import steps_told
from planlog.testing.logs import FIRST_DAY, interacting_logs
from tests.diff.points import moment, moments
from tests.render.compared import Said, compared, log, naming_of, sections

Log = tuple[RecordedEvent, ...]

DAY: Final = timedelta(days=1)

THERE: Final = log(
    Said(FieldAdded(field="a", title="Wohnen"), "2021-08"),
    Said(FieldAdded(field="b", title="Freizeit"), "2021-08"),
    Said(Proposed(measure="a-1", title="Mieterrat", field="a", number="1"), "2021-08"),
    Said(Proposed(measure="a-2", title="Anbau", field="a", number="2"), "2021-08"),
    Said(Proposed(measure="b-1", title="Turnier", field="b", number="1"), "2021-08"),
    Said(Prioritized(field="a", ranking=["a-2", "a-1"]), "2021-08"),
    Said(Started(measure="a-1", stage="Angeschoben", note="Im Bau"), "2021-08"),
)
"""What is there before anything random happens, so that it can change."""


def stacked(*logs: Log) -> Log:
    """The events of several logs as those of one, one log behind the other."""
    found: list[RecordedEvent] = []
    for index, events in enumerate(logs):
        for one in events:
            event = one.event
            if isinstance(event, Retracted):
                event = Retracted(event=f"{index}{event.event[1:]}")
            found.append(
                attrs.evolve(
                    one,
                    position=len(found),
                    id=f"{index}{one.id[1:]}",
                    event=event,
                    corrects=one.corrects and f"{index}{one.corrects[1:]}",
                )
            )
    return tuple(found)


@st.composite
def comparisons(draw: st.DrawFn, *, gross: bool = False) -> Compared:
    """Two points of a log, mostly with much between them, compared."""
    parts = (draw(interacting_logs()) for _ in range(3))
    events = stacked(*([THERE] if draw(st.booleans()) else []), *parts)
    size = len(events)
    first = draw(st.sampled_from((None, FIRST_DAY - DAY, FIRST_DAY)))
    known = draw(st.sampled_from((size, size, len(THERE), len(THERE) + 3)))
    near, far = moment((first, min(known, size))), moment((FIRST_DAY + 9 * DAY, size))
    return draw(
        st.sampled_from(
            [
                compared(events, *points, gross=gross)
                for points in ((near, far), (near, far), (far, near))
            ]
        )
        | st.builds(
            compared, st.just(events), moments(events), moments(events), gross=st.just(gross)
        )
    )


LEARNED: Final = "Corrections of the record and late entries"
PRIORITY: Final = "Priority up or down"
SAID_WITH_A_PHASE: Final = ("since", "stage", "note", "cause")


def in_words(
    change: PlanChange, beside: dict[str | None, PlanChange], naming: Naming
) -> Iterator[str]:
    """What stands together in one line if *change* is told; *beside* changes of its subject."""
    subject = naming.subject(change.subject, change.id)
    stem = (change.attribute or "").partition(".")[0]
    phase = beside.get("phase")
    if stem == "decisions":
        yield from of_decision(change.before, change.after, naming)
    elif change.kind != "changed":
        yield subject
        yield from of_whole(change.after if change.axis == "decided" else None, naming)
    elif phase is None or stem not in ("phase", *SAID_WITH_A_PHASE, "successors"):
        yield subject
        yield naming.change(change)
    elif change is phase:
        yield subject
        yield naming.turned(change)
    elif stem == "successors":
        yield subject
        yield naming.value(change.attribute or "", True)
    else:
        yield subject
        yield naming.turned(phase)
        if change.after is not None:
            yield naming.value(stem, change.after)


def of_decision(before: Decision | None, after: Decision | None, naming: Naming) -> Iterator[str]:
    """What is told of a decision: the meeting on both sides, and the wording if it is there."""
    for one in (before, after):
        if one is not None:
            yield naming.decision(one).partition(": ")[0]
            yield one.text or ""


def is_in(line: str, wanted: Sequence[str], change: PlanChange, naming: Naming) -> bool:
    """Whether *line* has all that is wanted, and names what a decision is about.

    A measure that stands on a list that was decided is named by that list.
    """
    names = {naming.subject(change.subject, change.id)}
    if change.subject == "measure" and naming.measure(change.id).rank:
        names.add(naming.field_title(naming.field_of("measure", change.id)))
    named = not (change.attribute or "").startswith("decisions.") or any(
        one in line for one in names
    )
    return named and all(one in line for one in wanted)


def of_whole(thing: object, naming: Naming) -> Iterator[str]:
    """What is told of a new measure."""
    if isinstance(thing, Measure):
        yield naming.words.phase(thing.phase)
        yield f"rank {thing.rank}" if thing.rank else ""
        yield f"level {thing.level}" if thing.level else ""


def is_told_by_list(change: PlanChange, changes: Sequence[PlanChange], naming: Naming) -> bool:
    """Whether the list of its field, which others changed, tells of a rank."""
    field = naming.field_of("measure", change.id)
    return (
        change.axis == "decided"
        and change.cause == "shifted"
        and any(
            (one.subject, one.id, one.attribute, one.axis) == ("field", field, "ranking", "decided")
            for one in changes
        )
    )


def assert_told(found: Compared) -> None:
    """Find each change in a line of what is new, and those of the record under their heading."""
    changes, naming = found.diff.changes, naming_of(found)
    told = sections(list(news(changes, naming, found.events)))
    for change in changes:
        beside = {
            one.attribute: one
            for one in changes
            if (one.subject, one.id, one.axis) == (change.subject, change.id, change.axis)
        }
        learned = change.axis == "learned"
        lines = [
            line
            for heading, lines in told.items()
            for line in lines
            if (heading == LEARNED) is learned
        ]
        wanted = list(in_words(change, beside, naming))
        if is_told_by_list(change, changes, naming):
            lines = list(told[PRIORITY])
            wanted = [naming.field_title(naming.field_of("measure", change.id))]
        assert any(is_in(line, wanted, change, naming) for line in lines), (change, wanted, told)


class TestNews:
    @given(comparisons())
    def test_nothing_is_lost(self, found: Compared) -> None:
        """Each change is told in a line, and nothing is told where nothing changed."""
        assert_told(found)
        told = news(found.diff.changes, naming_of(found), found.events)
        assert bool(found.diff.changes) is bool(list(told))


class TestSteps:
    @given(comparisons(gross=True))
    def test_nothing_is_lost(self, found: Compared) -> None:
        """Each step of each subject is told below its event, and each decision."""
        naming = naming_of(found)
        blocks = list(steps_told(found.diff.changes, naming, found.events))
        runs = dict.fromkeys((one.axis, one.events) for one in found.diff.changes)
        assert 3 * len(runs) == len(blocks)
        for index, run in enumerate(runs):
            _, said, points = blocks[3 * index : 3 * index + 3]
            assert isinstance(said, Sentence)
            assert isinstance(points, Points)
            assert f"event {run[1][-1][:8]}" in said.text
            step = [one for one in found.diff.changes if (one.axis, one.events) == run]
            for change in step:
                beside = {
                    one.attribute: one
                    for one in step
                    if (one.subject, one.id) == (change.subject, change.id)
                }
                wanted = list(in_steps(change, beside, naming))
                assert any(is_in(line, wanted, change, naming) for line in points.texts), change


def in_steps(
    change: PlanChange, beside: dict[str | None, PlanChange], naming: Naming
) -> Iterator[str]:
    """What stands together in one line of a step if *change* is told."""
    if (change.attribute or "").startswith("decisions."):
        yield from of_decision(change.before, change.after, naming)
    elif change.attribute == "since" and "phase" in beside:
        yield naming.subject(change.subject, change.id)
        yield naming.change(beside["phase"])
    else:
        yield naming.subject(change.subject, change.id)
        yield naming.change(change)
