"""A history with which nothing is wrong, and histories with each of the findings."""

from collections.abc import Sequence
from datetime import date

from planlog.checks import Finding, check
from planlog.events import (
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    FieldAdded,
    FieldAmended,
    Implemented,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Retracted,
    Started,
)
from tests.histories import Entry, id_at, log

OPENED: Entry = (PlanOpened(title="Sozialer Maßnahmenplan"), "2020-09-18")
FIELD: Entry = (FieldAdded(field="wohnen", title="Wohnen"), "2020-09-18")
HELD: Entry = (
    ConferenceHeld(conference="stk-3", title="Dritte Konferenz", kind="conference"),
    "2023-03-16",
)
PROPOSED: Entry = (
    Proposed(measure="wohnen-16", title="Nachbarschaften", field="wohnen"),
    "2022-05-25",
)
STARTED: Entry = (Started(measure="wohnen-16"), "2023-03-16")
LISTED: Entry = (Prioritized(field="wohnen", ranking=("wohnen-16",)), "2023-03-16")
DECIDED: Entry = (
    Decided(conference="stk-3", outcome="adopted", fields=("wohnen",)),
    "2023-03-16",
)
SOUND = (OPENED, FIELD, HELD, PROPOSED, STARTED, LISTED, DECIDED)

ERASED = Erased(event=id_at(4), position=4, leaf="0" * 64, ground="Art. 17 GDPR", type="started")

SOCIAL: Entry = (FieldAdded(field="soziales", title="Soziales"), "2020-09-18")


def reported(note: str) -> Entry:
    """Something said about the measure."""
    return Progressed(measure="wohnen-16", note=note), "2023-05-04"


EXAMPLES: dict[str, Sequence[Entry]] = {
    "dangling-correction": [*SOUND, (Started(measure="wohnen-16"), "2023-03", 99)],
    "dangling-retraction": [*SOUND, (Retracted(event=id_at(99)), "2023-04-01")],
    "not-correctable": [
        *SOUND,
        (Retracted(event=id_at(4)), "2023-04-01"),
        (Started(measure="wohnen-16"), "2023-03-15", 7),
    ],
    "not-retractable": [
        *SOUND,
        (ERASED, "2023-04-01"),
        (Retracted(event=id_at(7)), "2023-04-01"),
    ],
    "plan-not-opened": [FIELD],
    "plan-opened-late": [FIELD, OPENED],
    "plan-opened-again": [OPENED, OPENED],
    "no-introduction": [OPENED, HELD, FIELD, LISTED],
    "before-introduction": [
        *SOUND,
        (Proposed(measure="wohnen-4", title="Wohnberatung"), "2023-04-20"),
        (Rated(measure="wohnen-4", level="hoch"), "2023-03-16"),
    ],
    "decided-before-proposal": [
        *SOUND,
        (Proposed(measure="wohnen-4", title="Wohnberatung"), "2023-04-20"),
        (
            Decided(conference="stk-3", outcome="adopted", measures=("wohnen-4",)),
            "2023-03-16",
        ),
    ],
    "blank-title": [*SOUND, (FieldAmended(field="wohnen", title=" "), "2023-03-16")],
    "foreign-measure": [
        *SOUND,
        (FieldAdded(field="soziales", title="Soziales"), "2023-03-16"),
        (Prioritized(field="soziales", ranking=("wohnen-16",)), "2023-03-16"),
    ],
    "ranked-but-dropped": [
        *SOUND,
        (Dropped(measure="wohnen-16", cause="not_feasible"), "2023-05-04"),
    ],
    "decision-before-list": [*SOUND, LISTED],
    "implemented-without-start": [
        OPENED,
        FIELD,
        PROPOSED,
        (Implemented(measure="wohnen-16"), "2023-03-16"),
    ],
    "unexplained-fall-back": [
        *SOUND,
        (Implemented(measure="wohnen-16"), "2023-05-04"),
        (Started(measure="wohnen-16"), "2023-06-01"),
    ],
    "overridden": [*SOUND, (Implemented(measure="wohnen-16"), "2023")],
    "two-values": [*SOUND, (Implemented(measure="wohnen-16"), "2023-03-16")],
    "uncertain": [
        OPENED,
        FIELD,
        PROPOSED,
        (Started(measure="wohnen-16", stage="Angeschoben"), "2023"),
    ],
    "name-in-text": [*SOUND, reported("Auskunft gibt Frau Dr. Meier")],
    "email-in-text": [*SOUND, reported("Anmeldung an j.meier@ahlhorn.example")],
    "phone-in-text": [*SOUND, reported("Anmeldung unter 04435/600-123")],
}
"""For each code, but that of a missing source, what is recorded to have it found."""


def found(code: str, entries: Sequence[Entry], day: str = "2023-06-30") -> list[Finding]:
    """The findings of one rule."""
    return [one for one in check(log(*entries), date.fromisoformat(day)) if one.code == code]


def places(code: str, *entries: Entry) -> list[int | None]:
    """Where in a log one rule finds something."""
    return [finding.position for finding in found(code, entries)]
