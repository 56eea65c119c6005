"""What was recorded on the day the log was opened: the work of 2019 to 2021.

Some of it is dated to the month or the year only, or between two meetings.
"""

from collections.abc import Iterator

from planlog import (
    About,
    Amended,
    Decided,
    Dropped,
    FieldAmended,
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
    Started,
    VersionRecorded,
    Votes,
)
from tests.nordhang.telling import COMMUNITY_WORK, Batch, batch, told

REPORT_2019 = "Jahresbericht 2019"
REPORT_2020 = "Jahresbericht 2020"
REPORT_2021 = "Jahresbericht 2021"
QK2 = "Protokoll der 2. Quartierskonferenz"
PLAN_2021 = "Maßnahmenplan 2021"


def batches() -> Iterator[Batch]:
    """Tell them in the order of recording."""
    yield batch("2022-01-17T13:02:00Z", *_first_year())
    yield batch("2022-01-17T13:40:00Z", *_second_year())
    yield batch("2022-01-17T14:15:00Z", *_third_year())
    yield batch("2022-01-17T14:48:00Z", *_reports(), by=COMMUNITY_WORK)
    yield batch("2022-01-17T15:20:00Z", *_second_conference())
    yield batch("2022-01-17T16:04:00Z", *_written_plan())


def _first_year() -> Iterator[NewEvent]:
    yield told(
        Started(measure="soziales-6", note="Erstes Fest zum Tag der Nachbarn"),
        "2019-05-24",
        f"{REPORT_2019}, S. 9",
    )
    yield told(
        Started(measure="stadtteilbuero", stage="Eröffnet"), "2019-06-03", f"{REPORT_2019}, S. 2"
    )
    yield told(
        Started(measure="soziales-1", stage="Angeschoben", note="Ladenlokal angemietet"),
        "2019-06",
        f"{REPORT_2019}, S. 6",
    )
    yield told(
        Started(measure="bildung-3.4", note="Sechs Wochen, 42 Kinder"),
        "2019-07/2019-08",
        f"{REPORT_2019}, S. 11",
    )
    yield told(
        Started(measure="bildung-3.1", stage="Angeschoben"), "2019-08-19", f"{REPORT_2019}, S. 11"
    )
    yield told(
        Started(measure="wohnen-1", stage="In Arbeit", note="Datenerhebung beauftragt"),
        "2019-09",
        f"{REPORT_2019}, S. 4",
    )
    yield told(
        Started(
            measure="wohnen-2",
            stage="Angeschoben",
            note="Sprechstunde jeden zweiten Dienstag, Kooperation mit dem Mieterverein",
        ),
        "2019-10-01",
        f"{REPORT_2019}, S. 5",
    )
    yield told(Started(measure="soziales-2"), "2019-10", f"{REPORT_2019}, S. 7")
    yield told(
        Started(measure="gesundheit-6", note="Jeden ersten Montag im Stadtteilbüro"),
        "2019-11-04",
        f"{REPORT_2019}, S. 14",
    )
    yield told(Started(measure="soziales-5", note="Drei Ausgaben im Jahr"), "2019", REPORT_2019)
    yield told(
        Implemented(measure="soziales-4", note="Seither jeden letzten Samstag im Monat"),
        "2019-11-23",
        f"{REPORT_2019}, S. 8",
    )
    yield told(Started(measure="soziales-007"), "2020-01", "Förderbescheid 2020")


def _second_year() -> Iterator[NewEvent]:
    yield told(
        Started(measure="soziales-3", stage="Anschubphase", note="Erster Kurs mit neun Frauen"),
        "2020-01-13",
        f"{REPORT_2020}, S. 7",
    )
    yield told(
        Paused(measure="soziales-2", note="Kontaktbeschränkungen"),
        "2020-03-16",
        f"{REPORT_2020}, S. 8",
    )
    yield told(
        Resumed(measure="soziales-2", note="Treffen im Freien"),
        "2020-06-22",
        f"{REPORT_2020}, S. 8",
    )
    yield told(
        Paused(measure="soziales-6", note="Fest fällt aus"), "2020-05", f"{REPORT_2020}, S. 9"
    )
    yield told(Started(measure="wohnen-6"), "2020-04-20", f"{REPORT_2020}, S. 4")
    yield told(
        Implemented(measure="wohnen-6", stage="Fertiggestellt"),
        "2020-08-20",
        f"{REPORT_2020}, S. 4",
    )
    yield told(
        Dropped(measure="wohnen-3", cause="not_feasible", stage="Nicht weiterverfolgt"),
        "2020-06",
        "Gutachten zur Wärmeversorgung, S. 31",
        reason="Das Gutachten sieht keinen wirtschaftlichen Betrieb.",
    )
    yield told(
        Started(measure="bildung-3.2", stage="In Planung", note="Raumprogramm abgestimmt"),
        "2020-05",
        f"{REPORT_2020}, S. 12",
    )
    yield told(Started(measure="gesundheit-2"), "2020-10", f"{REPORT_2020}, S. 14")
    yield told(
        Started(measure="gesundheit-4", note="Tempo 30 angeordnet, Querungshilfe geplant"),
        "2020-11",
        f"{REPORT_2020}, S. 15",
    )


def _third_year() -> Iterator[NewEvent]:
    yield told(
        Resumed(measure="soziales-6", note="Planung für den Sommer"),
        "2021-03-01",
        f"{REPORT_2021}, S. 9",
    )
    yield told(
        Started(measure="gesundheit-3", stage="Angeschoben", note="Familienhebamme eingestellt"),
        "2021-02-01",
        f"{REPORT_2021}, S. 14",
    )
    yield told(Started(measure="gesundheit-5", stage="Angeschoben"), "2021", REPORT_2021)
    yield told(
        Started(measure="soziales-10", note="Eine Sprechstunde im Monat"),
        "2021-03-01",
        f"{REPORT_2021}, S. 10",
    )
    yield told(
        Started(measure="wohnen-4", stage="Angeschoben", note="Sechs Eingänge ausgewählt"),
        "2021-03",
        f"{REPORT_2021}, S. 4",
    )
    yield told(
        Amended(measure="wohnen-4", title="Barrierearme Hauseingänge", goal="wohnumfeld"),
        "2021-03-22",
        "Vermerk der Wohnungsgesellschaft vom 22.03.2021",
        reason="Auch Haustüren und Klingeln werden umgebaut.",
    )
    yield told(Started(measure="wohnen-10"), "2021-04", f"{REPORT_2021}, S. 5")
    yield told(Started(measure="wohnen-6", stage="In Arbeit"), "2021-04-12", f"{REPORT_2021}, S. 6")
    yield told(
        Implemented(measure="wohnen-1", stage="Abgeschlossen", note="Vom Rat anerkannt"),
        "2021-05-04",
        "Ratsbeschluss BV 2021/052",
    )
    yield told(
        Paused(measure="soziales-6", note="Fest wird verschoben"),
        "2021-05-03",
        f"{REPORT_2021}, S. 9",
    )
    yield told(
        Resumed(measure="soziales-6", note="Kleines Fest in den Höfen"),
        "2021-07-12",
        f"{REPORT_2021}, S. 9",
    )
    yield told(
        Implemented(measure="gesundheit-4", stage="Umgesetzt", note="Querungshilfe gebaut"),
        "2021-06-30",
        f"{REPORT_2021}, S. 15",
    )
    yield told(
        MadePermanent(measure="soziales-1", stage="Verstetigt", note="Trägerschaft der Stadt"),
        "2021-07-01",
        f"{REPORT_2021}, S. 8",
    )
    yield told(
        Dropped(measure="bildung-3.7", cause="done_otherwise", note="Stelle des Landes"),
        "2021-08",
        f"{REPORT_2021}, S. 12",
        reason="Das Land finanziert die Stelle seit dem neuen Schuljahr.",
    )
    yield told(
        Started(measure="bildung-3.3", stage="Angeschoben", note="Nutzungskonzept liegt vor"),
        "2021-09",
        f"{REPORT_2021}, S. 11",
    )
    yield told(
        Implemented(measure="wohnen-6", stage="Fertiggestellt", note="Neue Seilbahn"),
        "2021-09-30",
        f"{REPORT_2021}, S. 6",
    )


def _reports() -> Iterator[NewEvent]:
    yield told(
        Progressed(measure="soziales-3", note="Zweiter Kurs, sieben Frauen zertifiziert"),
        "2021-04",
        f"{REPORT_2021}, S. 9",
    )
    yield told(Progressed(measure="gesundheit-1"), "2021-06", reason="Kein neuer Sachstand")
    yield told(
        Started(measure="soziales-10", note="Eine Sprechstunde im Monat"),
        "2021-03-01",
        "Tätigkeitsbericht der Gemeinwesenarbeit",
        name="schuldnerberatung-doppelt",
    )
    yield told(
        Noted(
            about=About(measure="soziales-1"),
            text="Anmeldung für Gruppen: 030 23125 104 oder treff@nordhang.example.",
        ),
        "2021-09",
        "Aushang am Nachbarschaftstreff",
        name="anmeldung",
    )


def _second_conference() -> Iterator[NewEvent]:
    on = "2021-10-06"
    yield told(
        FieldAmended(field="soziales", title="Zusammenleben und Teilhabe"), on, f"{QK2}, TOP 2"
    )
    yield told(
        Proposed(
            measure="soziales-11",
            title="Digitale Plattform „Mein Nordhang“",
            field="soziales",
            number="11",
            goal="begegnung",
        ),
        on,
        f"{QK2}, TOP 3",
    )
    yield told(
        Merged(measures=["wohnen-5", "wohnen-8"], into="wohnen-5"),
        on,
        f"{QK2}, TOP 3",
        reason="Beide Angebote richten sich an dieselben Haushalte.",
    )
    yield told(
        Amended(
            measure="wohnen-5",
            title="Wohnungstausch und Umzugshilfe",
            responsible=["Wohnungsgesellschaft"],
            partners=["Seniorenbeirat", "Mieterverein"],
        ),
        on,
        f"{QK2}, TOP 3",
    )
    for field, ranking in (
        ("wohnen", ["wohnen-4", "wohnen-12", "wohnen-7", "wohnen-2", "wohnen-5"]),
        ("soziales", ["soziales-1", "soziales-10", "soziales-3", "soziales-2", "soziales-5"]),
        ("bildung", ["bildung-3.3", "bildung-3.2", "bildung-3.1", "bildung-3.6"]),
        ("gesundheit", ["gesundheit-1", "wohnen-7", "gesundheit-2", "gesundheit-3"]),
    ):
        yield told(Prioritized(field=field, ranking=ranking), on, f"{QK2}, TOP 4")
    yield told(
        Prioritized(
            field="soziales",
            ranking=["soziales-10", "soziales-1", "soziales-3", "soziales-2", "soziales-5"],
        ),
        on,
        f"{QK2}, TOP 6",
        reason="Nach der Mittagspause auf Antrag der Schuldnerberatung geändert.",
    )
    yield told(
        Decided(conference="qk-2", outcome="adopted", fields=["wohnen", "bildung", "gesundheit"]),
        on,
        f"{QK2}, TOP 6",
    )
    yield told(
        Decided(
            conference="qk-2",
            outcome="adopted",
            fields=["soziales"],
            votes=Votes(yes=22, no=9, abstain=5),
        ),
        on,
        f"{QK2}, TOP 6",
    )
    yield told(
        Decided(
            conference="qk-2",
            outcome="rejected",
            measures=["wohnen-13"],
            text="Ein Austausch ohne Sanierung wird nicht gefördert.",
            votes=Votes(yes=3, no=28, abstain=6),
        ),
        on,
        f"{QK2}, TOP 7",
    )
    yield told(
        Dropped(measure="wohnen-13", cause="rejected", stage="Abgelehnt"), on, f"{QK2}, TOP 7"
    )
    for measure, level in (
        ("wohnen-12", "hoch"),
        ("soziales-10", "hoch"),
        ("soziales-3", "hoch"),
        ("gesundheit-2", "niedrig"),
    ):
        yield told(Rated(measure=measure, level=level), on, f"{QK2}, Anlage 2")


def _written_plan() -> Iterator[NewEvent]:
    yield told(
        Noted(
            about=About(measure="soziales-11"),
            text="Der Beirat regt an, Zeitung und Aushänge durch eine Plattform zu ergänzen.",
        ),
        "2021-05-20",
        "Protokoll des Quartiersbeirats, S. 2",
    )
    yield told(
        VersionRecorded(
            version="plan-2021",
            title="Maßnahmenplan 2021, Beschlussfassung",
            coverage="complete",
            attributes=["field", "number", "title", "rank", "stage"],
            document="b0c2a4f7d15e39680f1c2b7a9d4e6538c7a1f0e2d3b4958677665544332211aa",
        ),
        "2021-12-15",
        PLAN_2021,
    )
    yield told(
        Dropped(measure="soziales-8", cause="not_listed"),
        "2021-12-15",
        PLAN_2021,
        reason="Die Ehrenamtsbörse steht nicht mehr im Maßnahmenplan.",
    )
    yield told(
        Noted(
            about=About(version="plan-2021"),
            text="Der Plan nennt die Wohnungstauschbörse noch unter ihrem alten Namen.",
        ),
        "2021-12-15",
        f"{PLAN_2021}, S. 6",
    )
    yield told(
        Noted(
            text="Was vor 2022 geschah, wurde beim Anlegen dieses Protokolls aus den Akten "
            "nachgetragen."
        ),
        "2022-01-17",
    )
