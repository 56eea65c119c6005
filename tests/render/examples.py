"""A plan with everything that a renderer has to show, and the golden files to compare with."""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Final, get_args

from planlog.audit import (
    HistoryEntry,
    decisions,
    history,
    origins,
    priorities,
    priority_changes,
)
from planlog.config import Format
from planlog.dates import AtDay, InexactDate, KnownSize, Point
from planlog.diff import difference, steps
from planlog.events import (
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Event,
    FieldAdded,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    RecordedEvent,
    Retracted,
    Started,
    VersionRecorded,
)
from planlog.findings import Affected, Cells, Finding
from planlog.matrix import matrix
from planlog.plan import Plan, Votes
from planlog.possible import PRESENT, possible
from planlog.render.decisions import render_decisions
from planlog.render.diff import Compared, DiffFormat, render_diff
from planlog.render.events import render_events
from planlog.render.findings import render_findings
from planlog.render.history import render_history
from planlog.render.matrix import render_matrix
from planlog.render.measure import render_measure
from planlog.render.origins import render_origins
from planlog.render.plan import render_plan
from planlog.render.priorities import render_priorities
from planlog.render.stats import render_stats
from planlog.render.style import PLAIN, Style
from planlog.slots import live_slots
from planlog.stats import stats
from planlog.timeline import Moment, plan_at, prefix
from planlog.wording import words_for

GOLDEN: Final = Path(__file__).parent.parent / "golden" / "render"

FORMATS: Final[tuple[Format, ...]] = get_args(Format)
PAGES: Final[tuple[Format, ...]] = ("table", "markdown")
DATA: Final[tuple[Format, ...]] = ("csv", "json", "jsonl")
_ENDINGS: Final = {"table": "txt", "markdown": "md"}

DAY: Final = date(2023, 3, 16)
BEFORE: Final = "2022-05-25/2023-03-15"
WITH: Final = "2022-05-25/2023-03-16"
DECK: Final = "Sozialer Maßnahmenplan, Folie 6"
MINUTES: Final = "Protokoll der 3. Sozialträgerkonferenz, S. 3"


def assert_golden(name: str, format: Format, text: str) -> None:
    """Compare *text* with a golden file; with ``GOLDEN=write`` in the environment, make it."""
    path = GOLDEN / f"{name}.{_ENDINGS.get(format, format)}"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


def recorded(
    position: int,
    event: Event,
    on: str,
    *,
    source: str | None = DECK,
    reason: str | None = None,
    corrects: str | None = None,
    by: str = "Quartiersmanagement",
) -> RecordedEvent:
    """An event as it stands in a log; three a day are recorded."""
    return RecordedEvent(
        position=position,
        id=f"{position:02x}" * 8,
        on=InexactDate.parse(on),
        recorded=datetime(2023, 4, 1 + position // 3, 8, 15, tzinfo=UTC),
        by=by,
        event=event,
        source=source,
        reason=reason,
        corrects=corrects,
        salt="q7mJr0o0X0m7Jf3hQb6J1g",
    )


def log() -> tuple[RecordedEvent, ...]:
    """The log of the example: Ahlhorn's plan, shortened, and with more happening in it."""
    stated = [recorded(position, *said) for position, said in enumerate(_stated())]
    start = len(stated)
    begun = next(one for one in stated if one.event == Started(measure="wohnen-16"))
    noted = next(one for one in stated if isinstance(one.event, Noted))
    mended = recorded(
        start,
        Started(measure="wohnen-16", stage="Angeschoben", note="Aufbau eines Zentrums (GWA)"),
        "2022-09",
        source=MINUTES,
        reason="Das Protokoll nennt den Monat.",
        corrects=begun.id,
    )
    return (
        *stated,
        mended,
        recorded(start + 1, Retracted(event=noted.id), "2023-04-02", reason="doppelt erfasst"),
        recorded(
            start + 2,
            Retracted(event=f"{start + 1:02x}" * 8),
            "2023-04-03",
            reason="doch nicht doppelt",
            by="Johanniter",
        ),
        recorded(
            start + 3,
            Retracted(event=stated[-1].id),
            "2023-04-03",
            reason="war eine andere Maßnahme",
        ),
    )


def _stated() -> Iterator[tuple[Event, str]]:
    yield (
        PlanOpened(
            title="Sozialer Maßnahmenplan",
            place="Ahlhorn",
            programme="Sozialer Zusammenhalt",
            language="de",
        ),
        "2020-09-18",
    )
    yield FieldAdded(field="wohnen", title="Wohnen", number="1"), "2020-09-18"
    yield FieldAdded(field="freizeit", title="Freizeit und Kultur", number="3"), "2020-09-18"
    yield FieldAdded(field="bildung", title="Bildung"), "2020-09-18"
    yield GoalAdded(goal="zuhause", field="wohnen", title="Wohnraum für alle"), "2020-09-18"
    yield from _meetings()
    yield from _proposals()
    yield from _course()
    yield from _decisions()


def _meetings() -> Iterator[tuple[Event, str]]:
    for id, title, on in (
        ("stk-2", "2. Sozialträgerkonferenz", "2022-05-24"),
        ("stk-3", "3. Sozialträgerkonferenz", "2023-03-16"),
    ):
        yield ConferenceHeld(conference=id, title=title, kind="conference", place="Ahlhorn"), on


def _proposals() -> Iterator[tuple[Event, str]]:
    for field, number, title in (
        ("wohnen", "1", "Erhöhte Nachfrage nach Wohnraum befriedigen"),
        (
            "wohnen",
            "16",
            (
                "Nachbarschaften stärken und fördern, Identität mit Wohnraum schaffen, Wohnformen "
                "und Siedlungsstrukturen schaffen"
            ),
        ),
        ("wohnen", "4", "Anlaufstelle mit niedrigschwelliger Mieterberatung"),
        ("wohnen", "7", "Mieterbeirat"),
        ("freizeit", "1.10", "Schaffung eines Gemeinschaftsgartens"),
        ("freizeit", "007", "Interkulturelle Turniere"),
        ("freizeit", "6", "Digitale Plattform / sozial Media Kanäle"),
    ):
        yield (
            Proposed(measure=f"{field}-{number}", title=title, field=field, number=number),
            BEFORE,
        )
    yield (
        Proposed(
            measure="mieterberatung",
            title="Mieterberatung im Zeppelin",
            field="wohnen",
            goal="zuhause",
            description="Sprechstunde an jedem zweiten Dienstag",
            responsible=["LKO", "Quartiersmanagement"],
            partners=["GWA"],
            due="2023-06/2023-08",
            cost="2.500 €",
            funding="Verfügungsfonds",
            attributes={"topic": "Beratung", "Rang": "keiner"},
        ),
        BEFORE,
    )
    yield Proposed(measure="zeitung", title="Quartierszeitung"), BEFORE


def _course() -> Iterator[tuple[Event, str]]:
    yield Prioritized(field="wohnen", ranking=["wohnen-1", "wohnen-16"]), BEFORE
    yield Rated(measure="freizeit-007", level="hoch"), BEFORE
    yield Started(measure="wohnen-1", stage="Angeschoben", note="Nachverdichtungskonzept"), WITH
    yield Started(measure="wohnen-16"), "2022-07"
    yield Merged(measures=["wohnen-4", "mieterberatung"], into="mieterberatung"), WITH
    yield Dropped(measure="wohnen-7", cause="not_listed"), WITH
    yield Paused(measure="freizeit-1.10", note="Umsetzung durch GWA vorstellbar"), WITH
    yield (
        Implemented(
            measure="freizeit-6",
            stage="Umgesetzt",
            note="Nutzung von Instagram / Facebook der Jugendpflege, Gemeinwesenarbeit und "
            "Quartiersmanagement.",
        ),
        WITH,
    )
    yield Started(measure="freizeit-007", stage="Angeschoben"), "2023"
    yield MadePermanent(measure="zeitung"), "2023-03-16"


def _decisions() -> Iterator[tuple[Event, str]]:
    yield Prioritized(field="wohnen", ranking=["wohnen-16", "wohnen-1"]), "2023-03-16"
    yield Prioritized(field="freizeit", ranking=["freizeit-6", "freizeit-1.10"]), "2023"
    yield (
        Decided(
            conference="stk-3",
            outcome="adopted",
            fields=["wohnen"],
            text="Die Prioritätenliste wird um weitere Maßnahmen ergänzt und so beschlossen.",
            votes=Votes(yes=12, no=0, abstain=1),
            reference="BV/2023/017",
        ),
        "2023-03-16",
    )
    yield (
        Decided(conference="stk-3", outcome="noted", measures=["wohnen-16", "mieterberatung"]),
        "2023-03-16",
    )
    yield (
        Amended(
            measure="wohnen-16", attributes={"topic": "Nachbarschaft"}, partners=["Johanniter"]
        ),
        "2023-03-16",
    )
    yield Amended(measure="wohnen-16", number="17", partners=None), "2023-06-01"
    yield Noted(about=About(measure="wohnen-16"), text="Kontakt zum Mieterschutzbund."), "2022-09"
    yield (
        VersionRecorded(
            version="deck",
            title="Foliensatz",
            coverage="excerpt",
            attributes=["title", "rank"],
            measures={"wohnen-16": ["title"]},
        ),
        "2023-03-16",
    )
    yield Progressed(measure="wohnen-16", note="kein neuer Sachstand"), "2023-03-16"


LOG: Final = log()
_SLOTS: Final = live_slots(LOG)

SIZE: Final = len(LOG) - 4
"""How many events were known before anything was corrected or taken back."""

PLAN: Final = plan_at(_SLOTS, DAY, prefix(LOG, len(LOG)))
"""The example at its conference: with every kind of standing, and some of it open."""

UNCERTAIN: Final = possible(_SLOTS, DAY).uncertain()
MOMENT: Final = Moment(Point(AtDay(DAY, DAY.isoformat())), DAY, len(LOG))

EMPTY: Final = Plan()
START: Final = Moment(Point.parse("start"), None, 0)


FINDINGS: Final = (
    Finding(
        code="plan-not-opened",
        severity="warning",
        template="the plan was never opened; record plan_opened with its title",
    ),
    Finding(
        code="dangling-retraction",
        severity="error",
        template="the retraction {event} names no event before it: none has the id {target!r}; "
        "retract it, and retract what was meant",
        details={"event": "0f" * 8, "type": "retracted", "on": "2023", "target": "ab" * 8},
        event="0f" * 8,
        position=15,
    ),
    Finding(
        code="uncertain",
        severity="warning",
        template="{type} {on} ({event}) leaves open what holds at the end of {day}: {cells}; a "
        "more precise date would settle it",
        details={
            "event": "1a" * 8,
            "type": "started",
            "on": "2023",
            "day": "2023-03-16",
            "cells": Cells(
                (
                    Affected(("measure", "wohnen-16"), "phase", ("'proposed'", "'started'")),
                    Affected(("measure", "wohnen-16"), "attributes.topic"),
                    Affected(("measure", "wohnen-4"), PRESENT),
                    Affected(("plan", ""), "title"),
                )
            ),
        },
        event="1a" * 8,
        position=26,
    ),
)


def life(id: str) -> tuple[HistoryEntry, ...]:
    """The history of a measure of the example."""
    return history(LOG, DAY, id)


def compared(
    events: Sequence[RecordedEvent], before: Moment, after: Moment, *, gross: bool = False
) -> Compared:
    """Compare two points of a log."""
    first, second = (
        plan_at(live_slots(events[: one.size]), one.day, prefix(events, one.size))
        for one in (before, after)
    )
    return Compared(
        diff=(steps if gross else difference)(events, before, after),
        plans=(first, second),
        moments=(before, after),
        events={event.id: event for event in events},
        gross=gross,
    )


@cache
def standard(format: Format, language: str) -> dict[str, str]:
    """What every renderer makes of the example."""
    return answers(format, language)


def answers(
    format: Format,
    language: str,
    *,
    events: Sequence[RecordedEvent] = LOG,
    findings: Sequence[Finding] = FINDINGS,
    style: Style = PLAIN,
) -> dict[str, str]:
    """What every renderer makes of a log, by its name."""
    words = words_for(language)
    slots = live_slots(events)
    plan = plan_at(slots, DAY, prefix(events, len(events)))
    uncertain = possible(slots, DAY).uncertain()
    moment = Moment(Point(AtDay(DAY, DAY.isoformat())), DAY, len(events))
    start = Moment(Point.parse("start"), None, len(events))
    measure = plan.measure("wohnen-16")
    entries = history(events, DAY, measure.id)
    eve, end = date(2023, 3, 15), date(2023, 12, 31)
    then = Moment(Point(AtDay(eve, eve.isoformat()), KnownSize(SIZE)), eve, SIZE)
    later = Moment(Point(AtDay(end, end.isoformat())), end, len(events))
    form: DiffFormat = "words" if format == "table" else format
    return {
        "plan": render_plan(
            plan, format, words=words, moment=moment, uncertain=uncertain, style=style
        ),
        "measure": render_measure(
            plan, measure, format, words=words, moment=moment, uncertain=uncertain, style=style
        ),
        "history": render_history(
            entries, measure, plan, format, words=words, moment=moment, style=style
        ),
        "origins": render_origins(
            origins(slots, DAY, measure.id),
            measure,
            plan,
            format,
            words=words,
            moment=moment,
            uncertain=uncertain,
            style=style,
        ),
        "priorities": render_priorities(
            priorities(slots, DAY), plan, format, words=words, moment=moment, style=style
        ),
        "changes": render_priorities(
            priority_changes(slots, DAY),
            plan,
            format,
            words=words,
            moment=moment,
            every_change=True,
            style=style,
        ),
        "decisions": render_decisions(
            decisions(slots, DAY), plan, format, words=words, moment=moment, style=style
        ),
        "matrix": render_matrix(
            matrix(slots, DAY, plan.known),
            format,
            words=words,
            moment=moment,
            uncertain=uncertain,
            style=style,
        ),
        "stats": render_stats(
            stats(events, start, moment, 1),
            format,
            words=words,
            moments=(start, moment),
            style=style,
        ),
        "diff": render_diff(compared(events, then, later), form, words=words, style=style),
        "steps": render_diff(
            compared(events, then, later, gross=True), format, words=words, style=style
        ),
        "events": render_events(events, format, words=words, style=style),
        "findings": render_findings(findings, format, words=words, style=style),
    }
