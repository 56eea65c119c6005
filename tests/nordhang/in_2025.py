"""What was recorded in 2025: building begins, the fifth conference, the plan looked at again."""

from collections.abc import Iterator

from planlog import (
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Implemented,
    MadePermanent,
    NewEvent,
    Noted,
    Paused,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Retracted,
    Split,
    Started,
    VersionRecorded,
    Votes,
)
from tests.nordhang.telling import COMMUNITY_WORK, Batch, batch, id_of, told

QK5 = "Protokoll der 5. Quartierskonferenz"
MONITORING = "Monitoringbericht 2025"


def batches() -> Iterator[Batch]:
    """Tell them in the order of recording."""
    yield batch("2025-03-24T09:20:00Z", *_spring())
    yield batch("2025-05-16T08:00:00Z", *_fifth_conference())
    yield batch("2025-05-16T09:10:00Z", *_fifth_conference_decides())
    yield batch("2025-07-14T11:30:00Z", *_restored(), by=COMMUNITY_WORK)
    yield batch("2025-10-06T10:45:00Z", *_autumn())
    yield batch("2025-12-11T14:00:00Z", *_monitoring())


def _spring() -> Iterator[NewEvent]:
    yield told(
        Implemented(measure="wohnen-4", stage="Umgesetzt", note="Rampe nachgebessert"),
        "2025-03-14",
        "Abnahme durch den Behindertenbeirat",
    )
    yield told(
        Progressed(measure="wohnen-12", stage="Im Bau", note="Spatenstich"),
        "2025-03-20",
        "Pressemitteilung der Stadt vom 20.03.2025",
    )
    yield told(
        MadePermanent(measure="soziales-11", stage="Verstetigt", note="900 Konten"),
        "2025-01-01",
        "Haushaltsplan 2025",
    )
    yield told(
        Amended(measure="gesundheit-3", responsible=["Gesundheitsamt"]),
        "2025-02",
        "Geschäftsverteilung 2025",
        name="frühe-hilfen",
    )
    yield told(
        Proposed(
            measure="evaluation",
            title="Evaluation des Programms",
            due="2026/2027",
            cost="45.000 €",
            attributes={"Auftrag": "extern", "Methode": "Befragung"},
        ),
        "2025-03-03",
        "Leitfaden zum Auslaufen der Förderung",
    )


def _fifth_conference() -> Iterator[NewEvent]:
    on = "2025-05-14"
    yield told(
        ConferenceHeld(
            conference="qk-5",
            title="5. Quartierskonferenz",
            kind="conference",
            place="Jugendtreff im alten Pumpwerk",
        ),
        on,
        f"{QK5}, S. 1",
    )
    yield told(
        Proposed(
            measure="wohnen-15",
            title="Pflege-Wohngemeinschaft im Neubau",
            field="wohnen",
            number="15",
            goal="bezahlbar",
        ),
        on,
        f"{QK5}, TOP 3",
    )
    yield told(
        Split(measure="wohnen-14", into=["wohnen-14", "wohnen-15"]),
        on,
        f"{QK5}, TOP 3",
        reason="Die Pflege-Wohngemeinschaft braucht einen eigenen Träger.",
    )
    yield told(
        Proposed(
            measure="soziales-13",
            title="Mittagstisch für Alleinstehende",
            field="soziales",
            number="13",
            goal="begegnung",
            responsible=["Kirchengemeinde"],
            partners=["Gemeinwesenarbeit", "Seniorenbeirat"],
        ),
        on,
        f"{QK5}, TOP 3",
    )
    yield told(
        Amended(measure="soziales-007", field=None, number=None),
        on,
        f"{QK5}, TOP 2",
        reason="Der Fonds steht allen Handlungsfeldern offen.",
    )
    yield told(
        Amended(measure="wohnen-7", number="7"), on, f"{QK5}, Anlage 1", reason="Nummer 7 ist frei."
    )
    yield told(Rated(measure="wohnen-12", level="mittel"), on, f"{QK5}, Anlage 2")
    yield told(Rated(measure="soziales-13", level="hoch"), on, f"{QK5}, Anlage 2")


def _fifth_conference_decides() -> Iterator[NewEvent]:
    on = "2025-05-14"
    for field, ranking in (
        ("wohnen", ["wohnen-14", "wohnen-12", "wohnen-2", "wohnen-5"]),
        (
            "soziales",
            ["soziales-11", "soziales-10", "soziales-1", "soziales-3", "soziales-2"],
        ),
        ("bildung", ["bildung-3.8", "bildung-3.3", "bildung-3.10", "bildung-3.11", "bildung-3.1"]),
        ("klima", ["gesundheit-10", "klima-K4", "soziales-9", "klima-K5", "wohnen-3"]),
    ):
        yield told(Prioritized(field=field, ranking=ranking), on, f"{QK5}, TOP 4")
    yield told(
        Decided(
            conference="qk-5",
            outcome="adopted",
            fields=["wohnen", "soziales", "bildung", "klima"],
            votes=Votes(yes=41, no=3, abstain=6),
            reference="QK 2025/01",
        ),
        on,
        f"{QK5}, TOP 4",
    )
    yield told(
        Decided(
            conference="qk-5",
            outcome="deferred",
            fields=["gesundheit"],
            text="Die Liste wird vertagt, bis die Gesundheitskonferenz getagt hat.",
            votes=Votes(yes=26, no=14, abstain=10),
            reference="QK 2025/02",
        ),
        on,
        f"{QK5}, TOP 4",
    )
    yield told(
        Decided(
            conference="qk-5",
            outcome="adopted",
            measures=["wohnen-14", "wohnen-15", "soziales-13"],
            text="Aufnahme in den Plan",
            votes=Votes(yes=44, no=0, abstain=6),
            reference="QK 2025/03",
        ),
        on,
        f"{QK5}, TOP 5",
    )
    yield told(
        Decided(
            conference="qk-5",
            outcome="rejected",
            measures=["klima-K5"],
            text="Kein Zuschuss für private Zisternen",
            votes=Votes(yes=19, no=24, abstain=7),
            reference="QK 2025/04",
        ),
        on,
        f"{QK5}, TOP 6",
    )
    yield told(
        Decided(
            conference="qk-5", outcome="noted", measures=["evaluation"], reference="QK 2025/05"
        ),
        on,
        f"{QK5}, TOP 7",
    )


def _restored() -> Iterator[NewEvent]:
    yield told(
        Amended(measure="gesundheit-3", responsible=["Jugendamt", "Gesundheitsamt"]),
        "2025-02",
        reason="Das Jugendamt bleibt beteiligt.",
        corrects="frühe-hilfen",
        name="frühe-hilfen-gemeinsam",
    )
    yield told(
        Retracted(event=id_of("frühe-hilfen-gemeinsam")),
        "2025-07-14",
        reason="Laut Geschäftsverteilung ist allein das Gesundheitsamt zuständig.",
    )
    yield told(
        Progressed(measure="soziales-3", stage="Läuft", note="Fünfter Kurs mit elf Frauen"),
        "2025-06-30",
        "Tätigkeitsbericht der Gemeinwesenarbeit, Juni 2025",
    )


def _autumn() -> Iterator[NewEvent]:
    yield told(
        Paused(measure="bildung-3.3", stage="Ruht", note="Träger hat gekündigt"),
        "2025-06/2025-09",
        "Sachstand des Jugendamts, Oktober 2025",
    )
    yield told(
        Progressed(measure="bildung-3.3", note="Gespräche mit drei neuen Trägern"),
        "2025-08-01",
        "Sachstand des Jugendamts, Oktober 2025",
    )
    yield told(
        Implemented(measure="gesundheit-7", stage="Umgesetzt", note="In Betrieb"),
        "2025-04/2025-09",
        "Schlussrechnung der Stadtwerke vom 29.09.2025",
    )
    yield told(
        Dropped(measure="klima-K5", cause="rejected"),
        "2025-05-14",
        f"{QK5}, TOP 6",
    )


def _monitoring() -> Iterator[NewEvent]:
    on = "2025-12-10"
    yield told(
        VersionRecorded(
            version="monitoring-2025",
            title="Monitoringbericht 2025",
            coverage="complete",
            attributes=["title", "stage", "level"],
            document="ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d",
        ),
        on,
        MONITORING,
    )
    for measure, page in (("soziales-10", 9), ("gesundheit-2", 15), ("klima-K4", 30)):
        yield told(
            Progressed(measure=measure, note="Kein neuer Sachstand"), on, f"{MONITORING}, S. {page}"
        )
    yield told(
        Started(measure="gesundheit-1", stage="Angeschoben", note="Zweigpraxis ausgeschrieben"),
        on,
        f"{MONITORING}, S. 14",
    )
    yield told(
        Noted(
            about=About(measure="wohnen-12"),
            text="Der Bezug der ersten Wohnungen ist für den Herbst 2026 angekündigt.",
        ),
        on,
        f"{MONITORING}, S. 5",
    )
