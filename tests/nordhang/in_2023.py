"""What was recorded in 2023: a new field, new numbers, the plan written anew."""

from collections.abc import Iterator

from planlog import (
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    NewEvent,
    Noted,
    Paused,
    PlanAmended,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Started,
    VersionRecorded,
    Votes,
)
from tests.nordhang.in_2022 import COUNCIL, QK3
from tests.nordhang.telling import Batch, batch, told

REPORT = "Sachstandsbericht 2023"
QK4 = "Protokoll der 4. Quartierskonferenz"
PLAN_2023 = "Fortschreibung 2023"


def batches() -> Iterator[Batch]:
    """Tell them in the order of recording."""
    yield batch("2023-01-16T08:50:00Z", *_winter())
    yield batch("2023-03-20T14:05:00Z", *_spring())
    yield batch("2023-07-10T09:15:00Z", *_summer())
    yield batch("2023-09-18T07:40:00Z", *_corrections_after_a_year())
    yield batch("2023-11-24T08:10:00Z", *_new_field())
    yield batch("2023-11-24T09:35:00Z", *_fourth_conference())
    yield batch("2023-12-15T10:30:00Z", *_written_plan())


def _winter() -> Iterator[NewEvent]:
    yield told(
        Started(measure="gesundheit-7", stage="In Planung", note="Anschluss wird geprüft"),
        "2022-10/2022-12",
        "Sachstand der Stadtwerke, 4. Quartal 2022",
    )
    yield told(
        Amended(measure="gesundheit-2", responsible=["Sportverein"], partners=["Krankenkasse"]),
        "2023-01",
        "Kooperationsvereinbarung 2023",
    )
    yield told(
        Rated(measure="bildung-3.8", level=None),
        "2023-01-10",
        reason="Der Ausschuss verzichtet auf Stufen für Bauvorhaben.",
    )


def _spring() -> Iterator[NewEvent]:
    yield told(
        Paused(measure="gesundheit-5", note="Küche wegen Wasserschadens gesperrt"),
        "2023-02-01",
        "Meldung der Gemeinwesenarbeit",
    )
    yield told(
        Resumed(measure="wohnen-4", stage="In Umsetzung", note="Neue Ausschreibung in zwei Losen"),
        "2023-02-15",
        "Schreiben der Wohnungsgesellschaft vom 16.02.2023",
    )
    yield told(
        Started(measure="bildung-3.10", stage="Angeschoben"),
        "2023-03",
        "Vereinbarung mit der Jugendberufsagentur",
    )
    yield told(
        Progressed(measure="bildung-3.3", stage="In Umsetzung", note="Bauantrag gestellt"),
        "2023-03-06",
        "Sachstand des Hochbauamts, März 2023",
    )


def _summer() -> Iterator[NewEvent]:
    yield told(
        Started(measure="soziales-8", stage="Angeschoben"),
        "2023-04-17",
        "Pressemitteilung der Freiwilligenagentur",
    )
    yield told(
        Dropped(
            measure="wohnen-11",
            cause="done_otherwise",
            note="Der neue Eigentümer gestaltet den Hof selbst.",
        ),
        "2023-05-08",
        "Gesprächsvermerk vom 08.05.2023",
    )
    yield told(
        Started(measure="soziales-11", stage="Pilotbetrieb"),
        "2023-06-30",
        "Bericht der Redaktion, S. 1",
    )
    yield told(
        Merged(measures=["soziales-5"], into="soziales-11"),
        "2023-06-30",
        "Bericht der Redaktion, S. 2",
        reason="Die Zeitung erscheint nur noch auf der Plattform.",
    )
    yield told(
        Implemented(measure="bildung-3.2", stage="Fertiggestellt", note="Vier neue Gruppen"),
        "2023-07-01",
        "Bauzeitenplan, Stand Mai 2023",
        name="kita",
    )


def _corrections_after_a_year() -> Iterator[NewEvent]:
    yield told(
        Started(measure="bildung-3.8", stage="1. Bauabschnitt", note="Erste Rampen stehen"),
        "2022-09-10",
        "Sachstand des Grünflächenamts, August 2023",
        reason="Eröffnet wurde nur der erste Bauabschnitt.",
        corrects="skateanlage",
    )
    yield told(
        Prioritized(
            field="bildung",
            ranking=["bildung-3.3", "bildung-3.2", "bildung-3.10", "bildung-3.8", "bildung-3.1"],
        ),
        "2022-11-16",
        f"{QK3}, TOP 4",
        reason="Beim Erfassen wurde die Skateanlage übersehen.",
        corrects="liste-bildung-2022",
    )
    yield told(
        MadePermanent(measure="bildung-3.4", stage="Daueraufgabe", note="Im Haushalt verankert"),
        "2022-07-05/2022-12-31",
        "Haushaltsplan 2023, S. 88",
        reason="Dauerhaft erst nach dem Sommer 2022, nicht irgendwann im Jahr.",
        corrects="ferienprogramm-dauerhaft",
    )
    yield told(
        Decided(
            conference="rat-2022",
            outcome="adopted",
            measures=["wohnen-12"],
            text="Das Grundstück wird für den geförderten Wohnungsbau bereitgestellt.",
            votes=Votes(yes=25, no=9, abstain=2),
            reference="BV 2022/031",
        ),
        "2022-03-31",
        f"{COUNCIL}, TOP 10",
        reason="Eine Stimme wurde nachgezählt.",
        corrects="grundstück",
        name="grundstück-nachgezählt",
    )


def _new_field() -> Iterator[NewEvent]:
    on = "2023-11-22"
    yield told(
        ConferenceHeld(conference="qk-4", title="4. Quartierskonferenz", kind="conference"),
        on,
        f"{QK4}, S. 1",
    )
    yield told(
        FieldAdded(field="klima", title="Klima und Grün"),
        on,
        f"{QK4}, TOP 2",
        reason="Querschnittsthema, daher ohne Nummer.",
    )
    yield told(
        GoalAdded(goal="hitze", field="klima", title="Kühle Orte an heißen Tagen"),
        on,
        f"{QK4}, TOP 2",
    )
    for measure, number in (("soziales-9", "K1"), ("gesundheit-10", "K2"), ("gesundheit-7", "K6")):
        yield told(
            Amended(measure=measure, field="klima", number=number, goal="hitze"),
            on,
            f"{QK4}, TOP 2",
        )
    yield told(
        Proposed(
            measure="wohnen-3",
            title="Nahwärme aus dem Abwasserkanal",
            field="klima",
            number="K3",
            stage="In Prüfung",
        ),
        on,
        f"{QK4}, TOP 3",
        reason="Mit neuer Technik wird der Vorschlag von 2019 wieder aufgenommen.",
    )
    for number, title in (("K4", "Bäume für die Talstraße"), ("K5", "Regenwasser sammeln")):
        yield told(
            Proposed(
                measure=f"klima-{number}", title=title, field="klima", number=number, goal="hitze"
            ),
            on,
            f"{QK4}, TOP 3",
        )
    yield told(
        Proposed(
            measure="bildung-3.11",
            title="Elterncafé",
            field="bildung",
            number="3.11",
            goal="chancen",
            responsible=["Kita Regenbogen"],
        ),
        on,
        f"{QK4}, TOP 3",
    )
    yield told(Amended(measure="bildung-3.11", responsible=["Familienzentrum"]), on, f"{QK4}, S. 9")
    for measure, number in (("soziales-10", "5"), ("soziales-8", "7"), ("soziales-11", "8")):
        yield told(
            Amended(measure=measure, number=number),
            on,
            f"{QK4}, Anlage 1",
            reason="Frei gewordene Nummern werden neu vergeben.",
        )


def _fourth_conference() -> Iterator[NewEvent]:
    on = "2023-11-22"
    yield told(
        Decided(conference="qk-4", outcome="adopted", fields=["soziales"]), on, f"{QK4}, TOP 4"
    )
    for field, ranking in (
        (
            "wohnen",
            ["wohnen-12", "wohnen-4", "wohnen-2", "wohnen-5", "wohnen-14", "wohnen-16"],
        ),
        (
            "soziales",
            ["soziales-10", "soziales-1", "soziales-3", "soziales-2", "soziales-11", "soziales-8"],
        ),
        (
            "bildung",
            ["bildung-3.3", "bildung-3.8", "bildung-3.10", "bildung-3.11", "bildung-3.1"],
        ),
        ("gesundheit", ["wohnen-7", "gesundheit-1", "gesundheit-2"]),
        ("klima", ["soziales-9", "gesundheit-10", "klima-K4"]),
    ):
        yield told(Prioritized(field=field, ranking=ranking), on, f"{QK4}, TOP 4")
    yield told(
        Decided(
            conference="qk-4",
            outcome="adopted",
            fields=["wohnen", "bildung", "gesundheit", "klima"],
            text="Die Liste Wohnen wird unverändert bestätigt, die anderen werden neu gefasst.",
            votes=Votes(yes=27, no=5, abstain=8),
        ),
        on,
        f"{QK4}, TOP 4",
    )
    yield told(
        Decided(
            conference="qk-4",
            outcome="adopted",
            measures=["wohnen-3"],
            text="Die Stadtwerke werden um eine neue Prüfung gebeten.",
            votes=Votes(yes=33, no=2, abstain=5),
        ),
        on,
        f"{QK4}, TOP 5",
    )
    yield told(
        Decided(
            conference="qk-4",
            outcome="deferred",
            measures=["klima-K5"],
            text="Erst die Satzung über Zisternen abwarten.",
        ),
        on,
        f"{QK4}, TOP 5",
    )
    for measure, level in (
        ("klima-K4", "hoch"),
        ("gesundheit-10", "hoch"),
        ("soziales-3", "mittel"),
    ):
        yield told(Rated(measure=measure, level=level), on, f"{QK4}, Anlage 2")


def _written_plan() -> Iterator[NewEvent]:
    on = "2023-12-13"
    yield told(
        PlanAmended(title="Sozialer Maßnahmenplan Nordhang"),
        on,
        "Ratsbeschluss BV 2023/140",
        reason="Der Rat hat der Fortschreibung einen neuen Namen gegeben.",
    )
    yield told(
        FieldAmended(field="bildung", title="Bildung, Jugend und Arbeit"), on, f"{PLAN_2023}, S. 18"
    )
    yield told(
        GoalAdded(
            goal="chancen", field="bildung", title="Gleiche Chancen von der Kita bis in den Beruf"
        ),
        on,
        f"{PLAN_2023}, S. 18",
    )
    yield told(
        VersionRecorded(
            version="plan-2023",
            title="Sozialer Maßnahmenplan Nordhang, Fortschreibung 2023",
            coverage="complete",
            attributes=["field", "number", "title", "rank", "stage", "responsible"],
            document="4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce",
        ),
        on,
        PLAN_2023,
    )
    yield told(
        Dropped(measure="bildung-3.5", cause="not_listed"),
        on,
        PLAN_2023,
        reason="Die Leseförderung steht nicht mehr im Maßnahmenplan.",
    )
    yield told(
        Noted(
            about=About(field="klima"),
            text="Das Handlungsfeld hat noch keine eigenen Mittel.",
        ),
        on,
        f"{PLAN_2023}, S. 31",
    )
