"""What was recorded in 2022: the council, the third conference, the first corrections."""

from collections.abc import Iterator

from planlog import (
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Implemented,
    MadePermanent,
    Merged,
    NewEvent,
    Noted,
    Paused,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Started,
    VersionRecorded,
    Votes,
)
from tests.nordhang.telling import CITY, COMMUNITY_WORK, Batch, batch, id_of, told

COUNCIL = "Niederschrift des Rates vom 31.03.2022"
QK3 = "Protokoll der 3. Quartierskonferenz"
SHEETS = "Steckbriefe zur Ratsvorlage BV 2022/031"


def batches() -> Iterator[Batch]:
    """Tell them in the order of recording."""
    yield batch("2022-02-03T09:30:00Z", *_permanent_tasks())
    yield batch("2022-04-04T07:45:00Z", *_council(), by=CITY)
    yield batch("2022-05-09T12:10:00Z", *_first_corrections())
    yield batch("2022-06-01T08:00:00Z", *_spring())
    yield batch("2022-06-13T08:20:00Z", *_second_thoughts(), by=COMMUNITY_WORK)
    yield batch("2022-09-12T10:00:00Z", *_summer())
    yield batch("2022-11-18T09:00:00Z", *_third_conference())
    yield batch("2022-11-18T11:25:00Z", *_third_conference_decides())
    yield batch("2022-12-05T13:30:00Z", *_late())


def _permanent_tasks() -> Iterator[NewEvent]:
    yield told(
        MadePermanent(measure="wohnen-2", stage="Daueraufgabe"), "2022-01-01", "Haushaltsplan 2022"
    )
    yield told(
        MadePermanent(measure="bildung-3.1", stage="Daueraufgabe", note="Fünf Gruppen"),
        "2022-01-01",
        "Haushaltsplan 2022",
    )
    yield told(
        Retracted(event=id_of("schuldnerberatung-doppelt")),
        "2022-02-03",
        reason="Der Beginn war am ersten Tag schon einmal erfasst worden.",
    )


def _council() -> Iterator[NewEvent]:
    on = "2022-03-31"
    yield told(
        ConferenceHeld(conference="rat-2022", title="Rat der Stadt", kind="council"), on, COUNCIL
    )
    yield told(
        Amended(measure="wohnen-7", field="gesundheit", number="8"),
        on,
        f"{COUNCIL}, TOP 9",
        reason="Beleuchtung ist Aufgabe der Ordnungspartnerschaft.",
    )
    yield told(
        Prioritized(field="wohnen", ranking=["wohnen-4", "wohnen-12", "wohnen-2", "wohnen-5"]),
        on,
        f"{COUNCIL}, TOP 9",
    )
    yield told(
        Decided(
            conference="rat-2022",
            outcome="adopted",
            fields=["wohnen", "soziales", "bildung", "gesundheit"],
            text="Der Rat macht sich die Prioritätenlisten der Quartierskonferenz zu eigen.",
            votes=Votes(yes=29, no=0, abstain=6),
            reference="BV 2022/030",
        ),
        on,
        f"{COUNCIL}, TOP 9",
    )
    yield told(
        Decided(
            conference="rat-2022",
            outcome="adopted",
            measures=["wohnen-12"],
            text="Das Grundstück wird für den geförderten Wohnungsbau bereitgestellt.",
            votes=Votes(yes=24, no=9, abstain=2),
            reference="BV 2022/031",
        ),
        on,
        f"{COUNCIL}, TOP 10",
        name="grundstück",
    )
    yield told(
        Decided(
            conference="rat-2022",
            outcome="deferred",
            measures=["bildung-3.8"],
            text="Zurück in den Jugendhilfeausschuss",
            reference="BV 2022/033",
        ),
        on,
        f"{COUNCIL}, TOP 11",
    )
    yield told(
        VersionRecorded(
            version="steckbriefe-2022",
            title="Steckbriefe zur Ratsvorlage",
            coverage="excerpt",
            attributes=["title", "responsible", "due", "cost"],
            measures={
                "wohnen-12": ["title", "responsible", "due", "cost"],
                "bildung-3.8": ["title", "cost"],
                "wohnen-7": ["title"],
            },
        ),
        on,
        SHEETS,
    )
    yield told(Amended(measure="wohnen-12", due="2025", cost="11,2 Mio. €"), on, f"{SHEETS}, S. 1")
    yield told(
        Amended(
            measure="bildung-3.8",
            cost="180.000 €",
            attributes={"Lage": "Bahndamm", "Zielgruppe": "Jugendliche ab 10 Jahren"},
        ),
        on,
        f"{SHEETS}, S. 4",
    )


def _first_corrections() -> Iterator[NewEvent]:
    yield told(
        ConferenceHeld(
            conference="qk-1", title="1. Quartierskonferenz", kind="conference", place="Bürgersaal"
        ),
        "2020-09-17",
        "Protokoll der 1. Quartierskonferenz, S. 1",
        reason="Die Einladung nannte den 16.; getagt wurde laut Protokoll am 17.",
        corrects="qk-1",
    )
    yield told(
        Retracted(event=id_of("anmeldung")),
        "2022-05-09",
        reason="Rufnummern gehören nicht in die Akte.",
        name="anmeldung-zurück",
    )
    yield told(
        Proposed(
            measure="gesundheit-9",
            title="Defibrillator am Nachbarschaftstreff",
            field="gesundheit",
            number="9",
            funding="Verfügungsfonds",
        ),
        "2021-11",
        "Antrag an den Verfügungsfonds 14/2021",
    )
    yield told(
        Proposed(
            measure="gesundheit-11",
            title="Notfalldosen verteilen",
            field="gesundheit",
            number="11",
        ),
        "2022-02-14",
        "Antrag an den Verfügungsfonds 03/2022",
        name="notfalldosen",
    )


def _spring() -> Iterator[NewEvent]:
    yield told(
        Started(measure="wohnen-11", note="Beteiligung der Hausgemeinschaft"),
        "2022-05-16",
        "Vermerk der Wohnungsgesellschaft vom 17.05.2022",
    )
    yield told(
        Started(measure="wohnen-12", stage="In Vorbereitung", note="Bodengutachten beauftragt"),
        "2022-05-30",
        "Sachstand des Stadtplanungsamts, Mai 2022",
    )
    yield told(
        Amended(
            measure="wohnen-2",
            partners=["Mieterverein", "Schuldnerberatung"],
            funding="Städtebauförderung",
            description="Sprechstunde, Begleitung zu Terminen, Hilfe bei Anträgen",
        ),
        "2022-05",
        "Kooperationsvereinbarung 2022",
    )
    yield told(
        Retracted(event=id_of("notfalldosen")),
        "2022-06-01",
        reason="Der Antrag kam aus einem anderen Quartier.",
    )


def _second_thoughts() -> Iterator[NewEvent]:
    yield told(
        Retracted(event=id_of("anmeldung-zurück")),
        "2022-06-13",
        reason="Es sind die Rufnummer und die Adresse des Treffs, nicht die einer Person.",
    )
    yield told(
        Progressed(measure="soziales-3", stage="Läuft", note="Dritter Kurs begonnen"),
        "2022-06-07",
        "Tätigkeitsbericht der Gemeinwesenarbeit, Juni 2022",
    )


def _summer() -> Iterator[NewEvent]:
    yield told(
        Paused(measure="wohnen-4", stage="Zurückgestellt", note="Angebote weit über Ansatz"),
        "2022-07-01",
        "Schreiben der Wohnungsgesellschaft vom 28.06.2022",
        reason="Die Preise für Baustoffe sind stark gestiegen.",
    )
    yield told(
        Started(measure="bildung-3.4", note="Zum ersten Mal mit drei Trägern"),
        "2022-07-04",
        "Programmheft der Sommerferien 2022",
    )
    yield told(
        MadePermanent(measure="soziales-2", stage="Daueraufgabe"),
        "2022-09-01",
        "Förderbescheid der Volkshochschule",
    )
    yield told(
        Implemented(measure="bildung-3.8", stage="Eröffnet", note="Einweihung der ersten Rampen"),
        "2022-09-10",
        "Pressemitteilung der Stadt vom 10.09.2022",
        name="skateanlage",
    )
    yield told(Progressed(measure="gesundheit-1"), "2022-09-12", reason="Kein neuer Sachstand")


def _third_conference() -> Iterator[NewEvent]:
    on = "2022-11-16"
    yield told(
        ConferenceHeld(conference="qk-3", title="3. Quartierskonferenz", kind="conference"),
        on,
        f"{QK3}, S. 1",
    )
    for field, number, title in (
        ("wohnen", "14", "Wohnen im Alter: Hausgemeinschaft „Abendsonne“"),
        ("wohnen", "16", "Leerstandskataster"),
        ("soziales", "12", "Fahrdienst zum Friedhof"),
        ("gesundheit", "10", "Hitzeaktionsplan"),
        ("bildung", "3.10", "Übergang Schule–Beruf"),
    ):
        yield told(
            Proposed(measure=f"{field}-{number}", title=title, field=field, number=number),
            on,
            f"{QK3}, TOP 3",
        )
    yield told(
        Proposed(
            measure="soziales-8",
            title="Ehrenamtsbörse „Hand in Hand“",
            responsible=["Freiwilligenagentur"],
        ),
        on,
        f"{QK3}, TOP 3",
        reason="Die Freiwilligenagentur übernimmt die 2021 gestrichene Maßnahme.",
    )
    yield told(
        Merged(measures=["bildung-3.6", "bildung-3.9"], into="bildung-3.10"),
        on,
        f"{QK3}, TOP 3",
    )
    yield told(
        Paused(measure="gesundheit-6", note="Dienststelle nicht besetzt"), on, f"{QK3}, TOP 5"
    )
    yield told(
        Resumed(measure="gesundheit-6", note="Vertretung zugesagt"),
        on,
        f"{QK3}, TOP 5",
        reason="Noch in der Sitzung geklärt.",
    )
    for measure, level in (
        ("wohnen-14", "hoch"),
        ("wohnen-16", "niedrig"),
        ("soziales-8", "mittel"),
        ("gesundheit-10", "mittel"),
        ("bildung-3.8", "mittel"),
        ("wohnen-4", "mittel"),
    ):
        yield told(Rated(measure=measure, level=level), on, f"{QK3}, Anlage 1")


def _third_conference_decides() -> Iterator[NewEvent]:
    on = "2022-11-16"
    for field, ranking, name in (
        (
            "wohnen",
            ["wohnen-12", "wohnen-4", "wohnen-2", "wohnen-5", "wohnen-14", "wohnen-16"],
            None,
        ),
        (
            "soziales",
            [
                "soziales-8",
                "soziales-10",
                "soziales-1",
                "soziales-3",
                "soziales-2",
                "soziales-5",
            ],
            None,
        ),
        (
            "bildung",
            ["bildung-3.3", "bildung-3.2", "bildung-3.10", "bildung-3.1"],
            "liste-bildung-2022",
        ),
        ("gesundheit", ["wohnen-7", "gesundheit-1", "gesundheit-10", "gesundheit-2"], None),
    ):
        yield told(Prioritized(field=field, ranking=ranking), on, f"{QK3}, TOP 4", name=name)
    yield told(
        Decided(
            conference="qk-3",
            outcome="adopted",
            fields=["wohnen", "soziales", "bildung", "gesundheit"],
            text="Die Listen werden en bloc beschlossen.",
            votes=Votes(yes=38, no=1, abstain=3),
        ),
        on,
        f"{QK3}, TOP 4",
    )
    yield told(
        Decided(
            conference="qk-3",
            outcome="rejected",
            measures=["soziales-12"],
            text="Der Seniorenbus fährt die Strecke bereits.",
        ),
        on,
        f"{QK3}, TOP 6",
    )
    yield told(
        Decided(
            conference="qk-3",
            outcome="noted",
            measures=["gesundheit-1", "gesundheit-9"],
            text="Bericht der Gesundheitskonferenz zur Kenntnis genommen",
        ),
        on,
        f"{QK3}, TOP 7",
    )
    yield told(
        Noted(
            about=About(conference="qk-3"),
            text="Erstmals mit Übersetzung ins Arabische und Ukrainische.",
        ),
        on,
        f"{QK3}, S. 1",
    )


def _late() -> Iterator[NewEvent]:
    yield told(
        Implemented(measure="wohnen-10", stage="Umgesetzt", note="Hochbeete, Bänke, Spielhaus"),
        "2022-06",
        "Schlussabrechnung Amselweg vom 30.11.2022",
        reason="Erst mit der Schlussabrechnung gemeldet.",
    )
    yield told(
        Implemented(measure="gesundheit-9", stage="Umgesetzt"),
        "2022-08/2022-12-02",
        "Rechnung vom 02.12.2022",
    )
    yield told(
        Decided(
            conference="qk-2",
            outcome="noted",
            measures=["wohnen-16"],
            text="Aus dem Publikum wird ein Kataster der leeren Wohnungen angeregt.",
        ),
        "2021-10-06",
        "Protokoll der 2. Quartierskonferenz, TOP 8",
        reason="Die Anregung war nicht übernommen worden.",
    )
    yield told(
        MadePermanent(measure="bildung-3.4", stage="Daueraufgabe", note="Im Haushalt verankert"),
        "2022",
        "Haushaltsplan 2023, S. 88",
        name="ferienprogramm-dauerhaft",
    )
