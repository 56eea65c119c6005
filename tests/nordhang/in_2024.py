"""What was recorded in 2024, a year without a conference: reports, some late, and corrections."""

from collections.abc import Iterator

from planlog import (
    Amended,
    Decided,
    Dropped,
    Implemented,
    NewEvent,
    Paused,
    Prioritized,
    Progressed,
    Resumed,
    Started,
    VersionRecorded,
    Votes,
)
from tests.nordhang.in_2022 import COUNCIL, QK3
from tests.nordhang.telling import CITY, COMMUNITY_WORK, Batch, batch, told

REPORT = "Sachstandsbericht 2023"
HALF_YEAR = "Halbjahresbericht 2024"


def batches() -> Iterator[Batch]:
    """Tell them in the order of recording."""
    yield batch("2024-01-22T09:00:00Z", *_late())
    yield batch("2024-03-11T13:45:00Z", *_nothing_new(), by=COMMUNITY_WORK)
    yield batch("2024-05-27T08:25:00Z", *_corrected_again(), by=CITY)
    yield batch("2024-07-08T10:10:00Z", *_half_year())
    yield batch("2024-10-07T07:55:00Z", *_setbacks())
    yield batch("2024-12-09T12:40:00Z", *_by_letter())


def _late() -> Iterator[NewEvent]:
    yield told(
        Dropped(measure="soziales-12", cause="rejected"),
        "2022-11-16",
        f"{QK3}, TOP 6",
        reason="Nach der Ablehnung nie ausgetragen.",
    )
    yield told(
        Progressed(measure="soziales-3", note="Vierter Kurs ausgefallen"),
        "2023-10",
        f"{REPORT}, S. 9",
    )
    yield told(
        Progressed(measure="soziales-007", stage="Ausgeschöpft", note="17 Projekte gefördert"),
        "2023",
        f"{REPORT}, S. 3",
    )
    yield told(
        Implemented(measure="gesundheit-5", stage="Abgeschlossen"),
        "2023",
        f"{REPORT}, S. 14",
    )
    yield told(Started(measure="soziales-9", stage="Angeschoben"), "2023-12-01", f"{REPORT}, S. 30")


def _nothing_new() -> Iterator[NewEvent]:
    for measure in ("soziales-3", "soziales-10", "gesundheit-2"):
        yield told(
            Progressed(measure=measure, note="Kein neuer Sachstand"), "2024-03-11", "Rundruf"
        )
    yield told(Progressed(measure="gesundheit-1"), "2024-03-11", reason="Kein neuer Sachstand")
    yield told(
        Dropped(measure="wohnen-16", cause="other", stage="Eingestellt"),
        "2024-02-29",
        "Stellenplan 2024",
        reason="Die Stelle wurde nicht verlängert.",
    )


def _corrected_again() -> Iterator[NewEvent]:
    yield told(
        Decided(
            conference="rat-2022",
            outcome="adopted",
            measures=["wohnen-12"],
            text="Das Grundstück wird für den geförderten Wohnungsbau bereitgestellt.",
            votes=Votes(yes=25, no=9, abstain=1),
            reference="BV 2022/031",
        ),
        "2022-03-31",
        f"{COUNCIL}, TOP 10",
        reason="Die nachgezählte Stimme war als Enthaltung gewertet worden.",
        corrects="grundstück-nachgezählt",
    )
    yield told(
        Implemented(measure="bildung-3.2", stage="Fertiggestellt", note="Vier neue Gruppen"),
        "2023-08-01",
        "Abnahmeprotokoll der Kita Regenbogen",
        reason="Der Bauzeitenplan war nicht eingehalten worden.",
        corrects="kita",
    )
    yield told(
        Amended(
            measure="wohnen-12",
            due="2026-06",
            cost="12,9 Mio. €",
            responsible=["Wohnungsgesellschaft"],
            attributes={"Lage": "Bergstraße 12 bis 20", "Zielgruppe": None},
        ),
        "2024-05-13",
        "Sachstand des Stadtplanungsamts, Mai 2024",
    )


def _half_year() -> Iterator[NewEvent]:
    yield told(
        Implemented(measure="wohnen-4", stage="Umgesetzt", note="Alle sechs Eingänge"),
        "2024-06-28",
        f"{HALF_YEAR}, S. 2",
    )
    yield told(
        Started(measure="gesundheit-10", stage="In Erarbeitung", note="Karte kühler Orte"),
        "2024-04",
        f"{HALF_YEAR}, S. 8",
    )
    yield told(
        Started(measure="klima-K4", stage="1. Pflanzung", note="Elf von dreißig Bäumen gepflanzt"),
        "2024-03-25",
        f"{HALF_YEAR}, S. 9",
    )
    yield told(
        Amended(measure="wohnen-2", funding=None, partners=None, description=None),
        "2024-07-01",
        f"{HALF_YEAR}, S. 3",
        reason="Seither aus dem städtischen Haushalt, ohne Kooperation.",
    )
    yield told(
        Amended(measure="bildung-3.8", cost="240.000 €", attributes=None, goal="chancen"),
        "2024-06",
        f"{HALF_YEAR}, S. 6",
    )
    yield told(
        VersionRecorded(
            version="faltblatt-2024",
            title="Faltblatt „Was läuft am Nordhang?“",
            coverage="excerpt",
            attributes=["title", "stage"],
            measures={
                "wohnen-4": ["title", "stage"],
                "soziales-11": ["title", "stage"],
                "klima-K4": ["title"],
            },
        ),
        "2024-06-14",
        "Faltblatt, Juni 2024",
    )


def _setbacks() -> Iterator[NewEvent]:
    yield told(
        Paused(measure="soziales-2", stage="Ruht", note="Raum gekündigt"),
        "2024-09-30",
        "Schreiben der Volkshochschule",
    )
    yield told(
        Started(measure="wohnen-4", stage="Nachbesserung", note="Rampe Nr. 14 zu steil"),
        "2024-10-02",
        "Mängelbericht des Behindertenbeirats",
        reason="Eine der sechs Rampen entspricht nicht der Norm.",
    )
    yield told(
        Amended(measure="stadtteilbuero", funding="Städtebauförderung (Auslauffinanzierung)"),
        "2024-10-01",
        "Förderbescheid 2024",
    )


def _by_letter() -> Iterator[NewEvent]:
    yield told(
        Prioritized(field="klima", ranking=["gesundheit-10", "soziales-9", "klima-K4", "klima-K5"]),
        "2024-09/2024-11",
        "Auswertung der schriftlichen Abstimmung",
        reason="Die Stimmzettel kamen über drei Monate zurück.",
    )
    yield told(
        Progressed(measure="bildung-3.10", stage=None, note="Beratung an zwei Schulen"),
        "2024-11",
        "Meldung der Jugendberufsagentur",
    )
    yield told(
        Resumed(measure="soziales-2", stage="Läuft wieder", note="Neuer Raum in der Bücherei"),
        "2024-12-02",
        "Schreiben der Volkshochschule",
    )
