"""What happened, in few words."""

import pytest

from planlog.events import (
    EVENT_CLASSES,
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    Noted,
    Paused,
    PlanAmended,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.plan import Votes
from planlog.render.happenings import happened
from planlog.wording import words_for

TOLD: list[tuple[str, Event]] = [
    ("Plan angelegt: Plan; Ahlhorn", PlanOpened(title="Plan", place="Ahlhorn")),
    ("Plan geändert: Plan", PlanAmended(title="Plan")),
    (
        "Handlungsfeld aufgenommen (wohnen): Wohnen; Nr. 1",
        FieldAdded(field="wohnen", title="Wohnen", number="1"),
    ),
    ("Handlungsfeld geändert (wohnen): Wohnen", FieldAmended(field="wohnen", title="Wohnen")),
    (
        "Teilziel aufgenommen (z): Zuhause; wohnen",
        GoalAdded(goal="z", field="wohnen", title="Zuhause"),
    ),
    (
        "Konferenz abgehalten (stk-1): Erste; Arbeitsgruppe",
        ConferenceHeld(conference="stk-1", title="Erste", kind="working_group"),
    ),
    (
        "vorgeschlagen (a-1): Garten; Nr. 1; Idee; am Zeppelin",
        Proposed(measure="a-1", title="Garten", number="1", stage="Idee", note="am Zeppelin"),
    ),
    (
        "geändert (a-1): Titel: Park; Nr.: –; Beteiligte: GWA, LKO; topic: –",
        Amended(
            measure="a-1",
            title="Park",
            number=None,
            partners=["GWA", "LKO"],
            attributes={"topic": None},
        ),
    ),
    (
        "geändert (a-1): Federführung: –; weitere Angaben: –",
        Amended(measure="a-1", responsible=[], attributes=None),
    ),
    ("priorisiert (wohnen): a-1, a-2", Prioritized(field="wohnen", ranking=["a-1", "a-2"])),
    ("priorisiert (wohnen): leere Liste", Prioritized(field="wohnen", ranking=[])),
    ("eingestuft (a-1): hoch", Rated(measure="a-1", level="hoch")),
    ("eingestuft (a-1): –", Rated(measure="a-1", level=None)),
    ("begonnen (a-1)", Started(measure="a-1")),
    (
        "Sachstand gemeldet (a-1): Umsetzungsstand: –; Erläuterung: Räume",
        Progressed(measure="a-1", stage=None, note="Räume"),
    ),
    ("Sachstand gemeldet (a-1)", Progressed(measure="a-1")),
    ("umgesetzt (a-1): Umgesetzt", Implemented(measure="a-1", stage="Umgesetzt")),
    ("verstetigt (a-1)", MadePermanent(measure="a-1")),
    ("zurückgestellt (a-1)", Paused(measure="a-1")),
    ("wieder aufgenommen (a-1)", Resumed(measure="a-1")),
    ("entfallen (a-1): nicht umsetzbar", Dropped(measure="a-1", cause="not_feasible")),
    ("zusammengeführt (a-1, a-2): in a-3", Merged(measures=["a-1", "a-2"], into="a-3")),
    ("aufgeteilt (a-1): in a-2, a-3", Split(measure="a-1", into=["a-2", "a-3"])),
    (
        "Beschluss (stk-1, wohnen, a-1): zur Kenntnis genommen; Ja; 1 Ja, 2 Nein, 1 Enthaltung",
        Decided(
            conference="stk-1",
            outcome="noted",
            measures=["a-1"],
            fields=["wohnen"],
            text="Ja",
            votes=Votes(yes=1, no=2, abstain=1),
        ),
    ),
    (
        "Beschluss (stk-1): beschlossen; BV/1",
        Decided(conference="stk-1", outcome="adopted", reference="BV/1"),
    ),
    ("Beschluss (stk-1): vertagt", Decided(conference="stk-1", outcome="deferred")),
    (
        "Fassung aufgenommen (deck): Auszug",
        VersionRecorded(version="deck", coverage="excerpt", attributes=[]),
    ),
    ("vermerkt (a-1): ggf.", Noted(about=About(measure="a-1"), text="ggf.")),
    ("vermerkt (wohnen): ggf.", Noted(about=About(field="wohnen"), text="ggf.")),
    ("vermerkt (stk-1): ggf.", Noted(about=About(conference="stk-1"), text="ggf.")),
    ("vermerkt (deck): ggf.", Noted(about=About(version="deck"), text="ggf.")),
    ("vermerkt: ggf.", Noted(text="ggf.")),
    ("zurückgenommen (9f3c0a6b)", Retracted(event="9f3c0a6be1d24857")),
    (
        "gelöscht (9f3c0a6b): vermerkt, Tag unbekannt, wozu, weiß niemand mehr; Art. 17",
        Erased(event="9f3c0a6be1d24857", position=1, leaf="0" * 64, ground="Art. 17", type="noted"),
    ),
]


class TestHappened:
    @pytest.mark.parametrize(("expected", "event"), TOLD)
    def test_tells_what_an_event_is_about_and_says(self, expected: str, event: Event) -> None:
        """An event is told in a line: its type, what it is about, what it says."""
        assert expected == happened(event, words_for("de"))

    def test_every_type_is_told(self) -> None:
        """No type of event is without words."""
        assert set(EVENT_CLASSES) == {type(event) for _, event in TOLD}
