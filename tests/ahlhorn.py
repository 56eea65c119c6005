"""Record the example: the social action plan of the Ahlhorn neighbourhood, from its deck.

``python tests/ahlhorn.py FOLDER`` wrote what lies in ``events/``. Titles, stage words and notes
are the deck's own. The deck dates little exactly; what it leaves open is recorded as an interval:
what preceded the third conference ends on the day before it, what the conference added and what
the deck reports ends with it.
"""

import sys
from collections.abc import Iterator

from planlog import (
    About,
    ConferenceHeld,
    Decided,
    Event,
    FieldAdded,
    Implemented,
    NewEvent,
    Noted,
    PlanLog,
    PlanOpened,
    Prioritized,
    Proposed,
    Started,
    VersionRecorded,
)
from planlog.plan import ConferenceKind

BY = "Quartiersmanagement"
CONFERENCE = "2023-03-16"
KNOWN_BEFORE = "2020-09-18/2023-03-15"
"""Somewhere between the first meeting that the plan rests on and the day before the conference."""
KNOWN_WITH = "2020-09-18/2023-03-16"
LISTED_BEFORE = "2022-05-25/2023-03-15"
"""Between the second conference and the third: the lists were made in preparation of it."""
REPORTED = "2022-05-25/2023-03-16"

FIELDS = {
    "wohnen": "Wohnen",
    "soziales": "Soziales",
    "freizeit-kultur": "Freizeit und Kultur",
    "gesundheit-sicherheit": "Gesundheit und Sicherheit",
}

MEETINGS: tuple[tuple[str, str, ConferenceKind, str], ...] = (
    ("akteurworkshop-2020", "Akteurworkshop", "workshop", "2020-09-18"),
    ("ideenwerkstatt-2021", "Ideenwerkstatt", "workshop", "2021-07-07"),
    ("stk-1", "1. Sozialträgerkonferenz", "conference", "2021-11-03"),
    ("stk-2", "2. Sozialträgerkonferenz", "conference", "2022-05-24"),
    ("stk-3", "3. Sozialträgerkonferenz", "conference", CONFERENCE),
)

LISTED = "listed"
ADDED = "added"
STARTED = "Angeschoben"
IMPLEMENTED = "Umgesetzt"

# field, number, slide, listed beforehand or added, stage, implemented?, title, note
MEASURES = (
    (
        ("wohnen", "1", 6, LISTED, STARTED, False),
        "Erhöhte Nachfrage nach Wohnraum befriedigen",
        (
            "Nachverdichtungskonzept als Instrument, um den Wohnraum zu regulieren und Ausbreitung "
            "von Baugebieten mit sozialem Wohnungsbau"
        ),
    ),
    (
        ("wohnen", "16", 6, LISTED, STARTED, False),
        (
            "Nachbarschaften stärken und fördern, Identität mit Wohnraum schaffen, Wohnformen und "
            "Siedlungsstrukturen schaffen"
        ),
        "Aufbau eines Nachbarschaftszentrums als Mittelpunkt der Netzwerkarbeit (GWA)",
    ),
    (
        ("wohnen", "4", 6, LISTED, STARTED, False),
        "Anlaufstelle mit niedrigschwelliger Mieterberatung",
        "Kontakt zum deutschen Mieterschutzbund aufgenommen. Der LKO ist im Gespräch dazu.",
    ),
    (
        ("soziales", "29", 7, LISTED, STARTED, False),
        "Förderung von kostengünstigen Sprachkursangeboten",
        (
            "Erarbeitung von niederschweligen Sprachangeboten zwischen LEB und dem "
            "Integrationsbeauftragten"
        ),
    ),
    (
        ("soziales", "31", 7, LISTED, STARTED, False),
        "Förderung des interkulturellen und interreligiösen Dialogs sowie Angebote für Schulungen",
        "Organisation von Infoveranstaltungen",
    ),
    (
        ("freizeit-kultur", "14", 8, LISTED, STARTED, False),
        "Schaffung eines Gemeinschaftsgartens",
        "Umsetzung durch GWA vorstellbar",
    ),
    (
        ("freizeit-kultur", "15", 8, LISTED, STARTED, False),
        "Interkulturelle Turniere",
        "Initiierung des Fußballturniers im Sommer 2023",
    ),
    (
        ("freizeit-kultur", "20", 8, LISTED, STARTED, False),
        "Musikalisierung des Quartiers durch Aufbau eines Netzwerkes",
        "Angebote Musikraum Jugendzentrum, Verfügungsfond",
    ),
    (
        ("freizeit-kultur", "3", 9, ADDED, STARTED, True),
        "Freizeit – und Beratungswegweiser (Übersicht über Angebote im Quartier)",
        (
            "Vorhaben wird künftig durch das Quartiersmanagement angeschoben und wurde bereits "
            "auch schon umgesetzt."
        ),
    ),
    (
        ("freizeit-kultur", "6", 9, ADDED, IMPLEMENTED, True),
        "Digitale Plattform / sozial Media Kanäle",
        (
            "Nutzung von Instagram / Facebook der Jugendpflege, Gemeinwesenarbeit und "
            "Quartiersmanagement."
        ),
    ),
    (
        ("gesundheit-sicherheit", "16", 10, LISTED, STARTED, False),
        (
            "Entwicklung von Angeboten für die frühkindliche Begleitung bzw. Vermittlung von "
            "vorhandenen Angeboten der Präventionsketten"
        ),
        "Frühförderung im Zeppelin",
    ),
    (
        ("gesundheit-sicherheit", "20", 10, LISTED, STARTED, False),
        "Fortführung des „Bewegungspicknicks“",
        "Realisierung des Angebots im Jahr 2023",
    ),
    (
        ("gesundheit-sicherheit", "13", 10, LISTED, STARTED, False),
        "Gesundheitsfördernde Angebote und die Weiterentwicklung niedrigschwelliger Angebote",
        "Initiierung des niederschwelligen Projektes",
    ),
    (
        ("gesundheit-sicherheit", "1", 11, ADDED, STARTED, False),
        "Sicherstellung einer flächendeckenden hausärztlichen Versorgung.",
        "Gespräche mit kassenärztlicher Vereinigung zur ärztlichen Versorgung in Ahlhorn.",
    ),
)


def record(log: PlanLog) -> None:
    """Record the whole example into an empty *log*, a batch for each step of the story."""
    for batch in (
        _plan(),
        _meetings(),
        _proposals(LISTED, KNOWN_BEFORE),
        _lists_beforehand(),
        _proposals(ADDED, KNOWN_WITH),
        _reports(),
        _lists_decided(),
        _deck(),
    ):
        log.record_all(batch, by=BY)


def _slide(*numbers: int) -> str:
    *others, last = map(str, numbers)
    slides = f"Folien {', '.join(others)} und {last}" if others else f"Folie {last}"
    return f"Sozialer Maßnahmenplan, {slides}"


def _new(event: Event, on: str, source: str, reason: str | None = None) -> NewEvent:
    return NewEvent(event=event, on=on, source=source, reason=reason)


def _plan() -> Iterator[NewEvent]:
    yield _new(
        PlanOpened(
            title="Sozialer Maßnahmenplan",
            place="Ahlhorn",
            programme="Sozialer Zusammenhalt",
            language="de",
        ),
        "2020-09-18",
        _slide(3, 4),
        "Lesart: Der Plan beginnt mit der ersten Veranstaltung, auf der er beruht.",
    )
    for number, (field, title) in enumerate(FIELDS.items(), 1):
        yield _new(
            FieldAdded(field=field, title=title, number=str(number)), KNOWN_BEFORE, _slide(2, 4)
        )


def _meetings() -> Iterator[NewEvent]:
    for conference, title, kind, on in MEETINGS:
        source = _slide(5 if conference == "stk-3" else 4)
        yield _new(ConferenceHeld(conference=conference, title=title, kind=kind), on, source)


def _proposals(manner: str, on: str) -> Iterator[NewEvent]:
    for (field, number, slide, listed, _, _), title, _ in MEASURES:
        if listed == manner:
            yield _new(
                Proposed(measure=f"{field}-{number}", title=title, field=field, number=number),
                on,
                _slide(slide),
            )


def _lists_beforehand() -> Iterator[NewEvent]:
    for field in FIELDS:
        slides = sorted({key[2] for key, _, _ in MEASURES if key[0] == field})
        yield _new(
            Prioritized(field=field, ranking=_ranking(field, LISTED)),
            LISTED_BEFORE,
            _slide(slides[0]),
            "Lesart: Die erste Folie des Handlungsfelds zeigt die im Vorfeld erstellte Liste.",
        )


def _ranking(field: str, *manners: str) -> tuple[str, ...]:
    return tuple(
        f"{key[0]}-{key[1]}" for key, _, _ in MEASURES if key[0] == field and key[3] in manners
    )


def _reports() -> Iterator[NewEvent]:
    for (field, number, slide, _, stage, implemented), _, note in MEASURES:
        verb = Implemented if implemented else Started
        yield _new(
            verb(measure=f"{field}-{number}", stage=stage, note=note),
            REPORTED,
            _slide(slide),
            "Lesart: Die Folie nennt die Maßnahme angeschoben und bereits umgesetzt; der Stand "
            "bleibt im Wortlaut der Folie."
            if implemented and stage == STARTED
            else None,
        )


def _lists_decided() -> Iterator[NewEvent]:
    for field in FIELDS:
        slides = sorted({key[2] for key, _, _ in MEASURES if key[0] == field})
        added = _ranking(field, ADDED)
        yield _new(
            Prioritized(field=field, ranking=_ranking(field, LISTED, ADDED)),
            CONFERENCE,
            _slide(5, *slides),
            "Lesart: Die zweite Folie des Handlungsfelds zeigt, was die Konferenz ergänzt hat."
            if added
            else None,
        )
    yield _new(
        Decided(
            conference="stk-3",
            outcome="adopted",
            fields=tuple(FIELDS),
            text="Prioritätenlisten vorgestellt, besprochen, um weitere Maßnahmen ergänzt und im "
            "Anschluss in der Sozialträgerkonferenz beschlossen",
        ),
        CONFERENCE,
        _slide(5),
    )
    yield _new(
        Noted(
            about=About(conference="stk-3"),
            text="Im Vorfeld wurden zu jedem Handlungsfeld 2-3 Maßnahmen priorisiert; zu den "
            "Handlungsfeldern bestanden Arbeitsgruppen.",
        ),
        CONFERENCE,
        _slide(4, 5),
    )
    yield _new(
        Noted(
            about=About(field="gesundheit-sicherheit"),
            text="Die Überschrift dieses Handlungsfelds trägt den Zusatz „ggf. Beschluss“.",
        ),
        CONFERENCE,
        _slide(10, 11),
    )


def _deck() -> Iterator[NewEvent]:
    yield _new(
        VersionRecorded(
            version="foliensatz-2023",
            title="Sozialer Maßnahmenplan, Foliensatz zur 3. Sozialträgerkonferenz",
            coverage="excerpt",
            attributes=("field", "number", "title", "rank", "stage", "note"),
            measures={
                f"{field}-{number}": ("field", "number", "title", "rank", "stage", "note")
                for (field, number, *_), _, _ in MEASURES
            },
        ),
        CONFERENCE,
        "Sozialer Maßnahmenplan, Foliensatz zur 3. Sozialträgerkonferenz",
        "Die Nummern reichen bis 31, gezeigt werden 14 Maßnahmen: ein Auszug.",
    )
    yield _new(
        Noted(
            text="Ausgangspunkte des Plans waren das Entwicklungskonzept und der integrierte "
            "städtebauliche Rahmenplan.",
        ),
        KNOWN_BEFORE,
        _slide(4),
    )


if __name__ == "__main__":
    record(PlanLog.create(sys.argv[1]))
