"""A large, lifelike log: fields, measures, lists and reports, the same on every run."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from planlog import (
    Amended,
    ConferenceHeld,
    Decided,
    FieldAdded,
    Implemented,
    NewEvent,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Started,
)

FIRST_DAY = date(2010, 1, 1)
FIELDS = ("wohnen", "soziales", "kultur", "gesundheit", "verkehr", "bildung")
NOTE = "Träger und Kosten sind bis zur nächsten Sitzung zu klären; die Arbeitsgruppe berichtet."


def batches(events: int, batches: int) -> Iterator[list[NewEvent]]:
    """Make *events* events in *batches* batches of one size: a conference and what it brought."""
    draw = random.Random(2023)
    measures: dict[str, list[str]] = {field: [] for field in FIELDS}
    size = events // batches
    for number in range(batches):
        held = FIRST_DAY + timedelta(days=45 * number)
        batch = list(_opening()) if number == 0 else []
        conference = f"konferenz-{number + 1}"
        batch.append(
            NewEvent(
                event=ConferenceHeld(
                    conference=conference, title=f"{number + 1}. Konferenz", kind="conference"
                ),
                on=held,
            )
        )
        while len(batch) < size - 1:
            batch.append(_one(draw, measures, held, number))
        batch.append(
            NewEvent(
                event=Decided(conference=conference, outcome="adopted", fields=FIELDS), on=held
            )
        )
        yield [
            NewEvent(
                event=one.event,
                on=one.on,
                by="Quartiersmanagement",
                source=f"Protokoll {number + 1}, S. {index % 40 + 1}",
            )
            for index, one in enumerate(batch)
        ]


def _opening() -> Iterator[NewEvent]:
    opened = PlanOpened(title="Maßnahmenplan Nordstadt", language="de")
    yield NewEvent(event=opened, on=FIRST_DAY)
    for number, field in enumerate(FIELDS, 1):
        added = FieldAdded(field=field, title=field.title(), number=str(number))
        yield NewEvent(event=added, on=FIRST_DAY)


def _one(draw: random.Random, measures: dict[str, list[str]], held: date, number: int) -> NewEvent:
    field = draw.choice(FIELDS)
    there = measures[field]
    kind = draw.choices(
        ("propose", "start", "progress", "implement", "rate", "amend", "prioritize"),
        weights=(1, 6, 12, 3, 2, 2, 0.5),
    )[0]
    on = _day(draw, held)
    if kind == "propose" or not there:
        id = f"{field}-{len(there) + 1}"
        there.append(id)
        proposed = Proposed(
            measure=id,
            title=f"Vorschlag {len(there)} aus der Stadtteilkonferenz",
            field=field,
            number=str(len(there)),
            responsible=("Gemeinwesenarbeit",),
        )
        return NewEvent(event=proposed, on=on)
    measure = draw.choice(there)
    match kind:
        case "start":
            return NewEvent(event=Started(measure=measure, stage="Angeschoben", note=NOTE), on=on)
        case "progress":
            return NewEvent(event=Progressed(measure=measure, note=f"{NOTE} ({number})"), on=on)
        case "implement":
            return NewEvent(event=Implemented(measure=measure, stage="Umgesetzt"), on=on)
        case "rate":
            level = draw.choice(("hoch", "mittel", "niedrig"))
            return NewEvent(event=Rated(measure=measure, level=level), on=on)
        case "amend":
            return NewEvent(
                event=Amended(measure=measure, cost=f"{draw.randrange(90)}.000 €"), on=on
            )
        case _:
            ranking = draw.sample(there, min(len(there), 10))
            return NewEvent(event=Prioritized(field=field, ranking=ranking), on=held)


def _day(draw: random.Random, held: date) -> str:
    """A day before the conference; one in ten is known by its month only."""
    day = (held - timedelta(days=draw.randrange(40))).isoformat()
    return day[:7] if draw.random() < 0.1 else day
