"""What was recorded on the day the log was opened: the plan, its meetings, what was proposed.

All of it had happened since 2019 and was taken from minutes and files.
"""

from collections.abc import Iterator

from planlog import (
    Amended,
    ConferenceHeld,
    Decided,
    FieldAdded,
    GoalAdded,
    NewEvent,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Proposed,
    Rated,
    Split,
    Votes,
)
from tests.nordhang.telling import Batch, batch, told

AUFTAKT = "Dokumentation des Auftaktworkshops"
AG = "Ergebnisprotokoll der Arbeitsgruppen"
QK1 = "Protokoll der 1. Quartierskonferenz"

FIELDS = (
    ("wohnen", "1", "Wohnen und Wohnumfeld"),
    ("soziales", "2", "Soziales und Nachbarschaft"),
    ("bildung", "3", "Bildung und Jugend"),
    ("gesundheit", "4", "Gesundheit und Sicherheit"),
)

GOALS = (
    ("bezahlbar", "wohnen", "Bezahlbarer Wohnraum für alle Haushaltsgrößen"),
    ("wohnumfeld", "wohnen", "Ein Wohnumfeld, in dem man sich gern aufhält"),
    ("begegnung", "soziales", "Orte und Anlässe, einander zu begegnen"),
    ("chancen", "bildung", "Gleiche Chancen von der Kita bis zum Beruf"),
    ("gesund", "gesundheit", "Gesund aufwachsen und gesund alt werden"),
)

FIRST_PROPOSALS = (
    ("wohnen", "1", "Mietspiegel für den Nordhang erstellen"),
    ("wohnen", "2", "Mieterberatung im Stadtteilbüro"),
    ("wohnen", "3", "Nahwärme statt Einzelöfen"),
    ("wohnen", "4", "Treppen an Hauseingängen umbauen"),
    ("wohnen", "5", "Wohnungstauschbörse"),
    ("wohnen", "6", "Spielplatz Lerchenweg erneuern"),
    ("wohnen", "7", "Wege und Unterführung beleuchten"),
    ("wohnen", "8", "Umzugslotsen für ältere Menschen"),
    ("wohnen", "9", "Innenhöfe gemeinschaftlich gestalten"),
    ("soziales", "1", "Nachbarschaftstreff „Am Hang“"),
    ("soziales", "2", "Sprachcafé"),
    ("soziales", "3", "Stadtteilmütter"),
    ("soziales", "4", "Repair-Café"),
    ("soziales", "5", "Stadtteilzeitung „Hangblick“"),
    ("soziales", "6", "Nachbarschaftsfest"),
    ("soziales", "007", "Verfügungsfonds für kleine Projekte"),
    ("soziales", "8", "Ehrenamtsbörse"),
    ("bildung", "3.1", "Hausaufgabenhilfe"),
    ("bildung", "3.2", "Ausbau der Kita Regenbogen"),
    ("bildung", "3.3", "Jugendtreff im alten Pumpwerk"),
    ("bildung", "3.4", "Ferienprogramm"),
    ("bildung", "3.5", "Leseförderung in der Bücherei"),
    ("bildung", "3.6", "Berufsorientierung"),
    ("bildung", "3.7", "Schulsozialarbeit an der Grundschule"),
    ("gesundheit", "1", "Hausärztliche Versorgung sichern"),
    ("gesundheit", "2", "Bewegungsangebote für Ältere"),
    ("gesundheit", "3", "Frühe Hilfen"),
    ("gesundheit", "4", "Schulwegsicherung Talstraße"),
    ("gesundheit", "5", "Kochkurse: gesund & günstig"),
    ("gesundheit", "6", "Sprechstunde der Polizei"),
)

NEW_HOUSING = (
    "Geförderter Neubau an der Bergstraße: 40 Wohnungen für Haushalte mit Wohnberechtigungsschein, "
    "davon 12 barrierefrei, mit Gemeinschaftsraum im Erdgeschoss"
)


def batches() -> Iterator[Batch]:
    """Tell them in the order of recording."""
    yield batch("2022-01-17T08:05:00Z", *_plan())
    yield batch("2022-01-17T08:31:00Z", *_meetings())
    yield batch("2022-01-17T09:12:00Z", *_first_proposals())
    yield batch("2022-01-17T10:20:00Z", *_working_groups())
    yield batch("2022-01-17T11:05:00Z", *_first_conference())


def _plan() -> Iterator[NewEvent]:
    yield told(
        PlanOpened(
            title="Handlungsprogramm Nordhang",
            place="Nordhang",
            programme="Soziale Stadt",
            language="de",
        ),
        "2019-03-15",
        "Ratsbeschluss BV 2018/114",
    )
    for field, number, title in FIELDS:
        yield told(
            FieldAdded(field=field, title=title, number=number),
            "2019-03-15",
            "Ratsbeschluss BV 2018/114, Anlage 1",
        )
    for goal, field, title in GOALS:
        yield told(GoalAdded(goal=goal, field=field, title=title), "2019-03-16", f"{AUFTAKT}, S. 4")
    yield told(
        PlanAmended(title="Handlungsprogramm Nordhang", programme="Sozialer Zusammenhalt"),
        "2020-01-01",
        "Förderbescheid 2020",
        reason="Das Förderprogramm wurde neu geordnet und heißt seither anders.",
    )


def _meetings() -> Iterator[NewEvent]:
    yield told(
        ConferenceHeld(
            conference="auftakt-2019",
            title="Auftaktworkshop",
            kind="workshop",
            place="Grundschule am Hang",
        ),
        "2019-03-15/2019-03-16",
        f"{AUFTAKT}, S. 1",
        reason="Der Workshop dauerte zwei Tage.",
    )
    yield told(
        ConferenceHeld(
            conference="ag-2020", title="Treffen der Arbeitsgruppen", kind="working_group"
        ),
        "2020-02-12",
        f"{AG}, S. 1",
    )
    yield told(
        ConferenceHeld(
            conference="qk-1", title="1. Quartierskonferenz", kind="conference", place="Bürgersaal"
        ),
        "2020-09-16",
        "Einladung zur 1. Quartierskonferenz",
        name="qk-1",
    )
    yield told(
        ConferenceHeld(
            conference="qk-2", title="2. Quartierskonferenz", kind="conference", place="Bürgersaal"
        ),
        "2021-10-06",
        "Protokoll der 2. Quartierskonferenz, S. 1",
    )


def _first_proposals() -> Iterator[NewEvent]:
    for page, (field, number, title) in enumerate(FIRST_PROPOSALS, start=20):
        yield told(
            Proposed(measure=f"{field}-{number}", title=title, field=field, number=number),
            "2019-03-16",
            f"{AUFTAKT}, S. {page // 4}",
        )
    yield told(
        Proposed(
            measure="stadtteilbuero",
            title="Stadtteilbüro betreiben",
            description="Anlaufstelle für alle Handlungsfelder, geöffnet an drei Tagen der Woche",
            responsible=["Quartiersmanagement"],
            funding="Städtebauförderung",
        ),
        "2019-03-16",
        f"{AUFTAKT}, S. 13",
        reason="Das Büro trägt den ganzen Plan und gehört zu keinem Handlungsfeld.",
    )


def _working_groups() -> Iterator[NewEvent]:
    yield told(
        Proposed(measure="wohnen-12", title=NEW_HOUSING, field="wohnen", number="12"),
        "2020-02-12",
        f"{AG}, S. 2",
    )
    yield told(
        Proposed(measure="soziales-9", title="Garten der Kulturen", field="soziales", number="9"),
        "2020-02-12",
        f"{AG}, S. 3",
    )
    for number, title in (("3.8", "Skateanlage am Bahndamm"), ("3.9", "Ausbildungspaten")):
        yield told(
            Proposed(measure=f"bildung-{number}", title=title, field="bildung", number=number),
            "2020-02-12",
            f"{AG}, S. 4",
        )
    yield told(
        Prioritized(
            field="bildung", ranking=["bildung-3.1", "bildung-3.2", "bildung-3.3", "bildung-3.6"]
        ),
        "2020-02-12",
        f"{AG}, S. 4",
    )
    yield told(
        Decided(
            conference="ag-2020",
            outcome="noted",
            fields=["bildung"],
            text="Vorschlag der Arbeitsgruppe an die Quartierskonferenz",
        ),
        "2020-02-12",
        f"{AG}, S. 5",
    )
    for measure, level in (
        ("wohnen-4", "hoch"),
        ("wohnen-12", "mittel"),
        ("gesundheit-1", "hoch"),
        ("soziales-3", "mittel"),
        ("bildung-3.8", "niedrig"),
    ):
        yield told(Rated(measure=measure, level=level), "2020-02-12", f"{AG}, S. 6")


def _first_conference() -> Iterator[NewEvent]:
    on = "2020-09-17"
    for field, number, title in (
        ("wohnen", "10", "Innenhof Amselweg gestalten"),
        ("wohnen", "11", "Innenhof Finkenweg gestalten"),
        ("wohnen", "13", "Nachtspeicherheizungen ersetzen"),
        ("soziales", "10", "Schuldnerberatung vor Ort"),
        ("gesundheit", "7", "Trinkbrunnen auf dem Marktplatz"),
    ):
        yield told(
            Proposed(measure=f"{field}-{number}", title=title, field=field, number=number),
            on,
            f"{QK1}, TOP 2",
        )
    yield told(
        Split(measure="wohnen-9", into=["wohnen-10", "wohnen-11"]),
        on,
        f"{QK1}, TOP 2",
        reason="Die Höfe haben verschiedene Eigentümer.",
    )
    yield told(
        Proposed(
            measure="wohnen-12",
            goal="bezahlbar",
            description="Abriss der Garagen, Neubau in zwei Riegeln, Vergabe nach Konzept",
            responsible=["Wohnungsgesellschaft", "Stadtplanungsamt"],
            due="2024",
            cost="9,8 Mio. €",
            funding="Wohnraumförderung des Landes",
            attributes={"Zielgruppe": "Haushalte mit Wohnberechtigungsschein", "Lage": "Bergstr."},
        ),
        on,
        f"{QK1}, Anlage 3",
        reason="Der Steckbrief lag der Konferenz vor.",
    )
    yield told(
        Amended(measure="gesundheit-3", goal="gesund", responsible=["Jugendamt"]),
        on,
        f"{QK1}, Anlage 4",
    )
    for field, ranking in (
        ("wohnen", ["wohnen-1", "wohnen-4", "wohnen-7", "wohnen-2", "wohnen-12"]),
        ("soziales", ["soziales-1", "soziales-3", "soziales-2", "soziales-10", "soziales-5"]),
        (
            "bildung",
            ["bildung-3.2", "bildung-3.3", "bildung-3.1", "bildung-3.6", "bildung-3.7"],
        ),
        ("gesundheit", ["gesundheit-1", "gesundheit-4", "gesundheit-2", "gesundheit-3"]),
    ):
        yield told(Prioritized(field=field, ranking=ranking), on, f"{QK1}, TOP 4")
    yield told(
        Decided(
            conference="qk-1",
            outcome="adopted",
            fields=["wohnen", "soziales", "gesundheit"],
            text="Die Prioritätenlisten werden ohne Änderung beschlossen.",
        ),
        on,
        f"{QK1}, TOP 4",
    )
    yield told(
        Decided(
            conference="qk-1",
            outcome="adopted",
            fields=["bildung"],
            text="Die Kita rückt vor die Hausaufgabenhilfe.",
            votes=Votes(yes=31, no=4, abstain=2),
        ),
        on,
        f"{QK1}, TOP 4",
        reason="Die Arbeitsgruppe hatte eine andere Reihenfolge vorgeschlagen.",
    )
    yield told(
        Decided(
            conference="qk-1",
            outcome="deferred",
            measures=["wohnen-13"],
            text="Zuerst soll der Netzbetreiber gehört werden.",
        ),
        on,
        f"{QK1}, TOP 5",
    )
