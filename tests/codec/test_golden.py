"""What was ever written stays readable: stored lines of every type, never edited afterwards."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from planlog.codec import decode, decode_lines, encode
from planlog.dates import InexactDate
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
    RecordedEvent,
    Resumed,
    Retracted,
    Split,
    Started,
    VersionRecorded,
)
from planlog.plan import Votes

STORED = Path(__file__).parents[1] / "golden" / "events" / "v1.jsonl"
LINES = STORED.read_bytes().split(b"\n")[:-1]

MEANT: list[Event] = [
    PlanOpened(
        title="Sozialer Maßnahmenplan Ahlhorn",
        place="Ahlhorn",
        programme="Sozialer Zusammenhalt",
        language="de",
    ),
    PlanOpened(title=""),
    PlanAmended(title="Sozialer Maßnahmenplan", language="de"),
    FieldAdded(field="wohnen", title="Wohnen", number="1"),
    FieldAdded(field="Freizeit & Kultur", title="Freizeit und Kultur"),
    FieldAmended(field="wohnen", title="Wohnen und Nachbarschaft", number="1.10"),
    GoalAdded(goal="w-1", field="wohnen", title="Begegnung ermöglichen"),
    ConferenceHeld(conference="stk-3", title="3. Stadtteilkonferenz", kind="conference"),
    ConferenceHeld(
        conference="akteurworkshop-2020", title="Akteurworkshop", kind="workshop", place="Rathaus"
    ),
    ConferenceHeld(conference="ag-1", title="AG Wohnen", kind="working_group"),
    ConferenceHeld(conference="rat-2023", title="Gemeinderat", kind="council"),
    Proposed(measure="wohnen-16"),
    Proposed(
        measure="wohnen-16",
        title="Nachbarschaftszentrum",
        field="wohnen",
        number="16",
        goal="w-1",
        description="Aufbau eines Nachbarschaftszentrums\nals Mittelpunkt der „Netzwerkarbeit“",
        responsible=["Gemeinde Großenkneten", "Träger"],
        partners=[],
        due="2024-06/2025",
        cost="250.000 €",
        funding="Städtebauförderung",
        attributes={"topic": "Begegnung", "Ü/ß": "", '"quoted" \\': "\t"},
        stage="Angeschoben",
        note="GWA",
    ),
    Amended(measure="wohnen-16", title="Quartierszentrum", field="soziales"),
    Amended(
        measure="wohnen-16",
        title=None,
        field=None,
        number=None,
        goal=None,
        description=None,
        responsible=None,
        partners=None,
        due=None,
        cost=None,
        funding=None,
        attributes=None,
    ),
    Amended(
        measure="wohnen-16", due="2024", partners=["VHS"], attributes={"topic": None, "a": "b"}
    ),
    Prioritized(field="wohnen", ranking=["wohnen-1", "wohnen-16", "wohnen-4"]),
    Prioritized(field="wohnen", ranking=[]),
    Rated(measure="wohnen-16", level="hoch"),
    Rated(measure="wohnen-16", level=None),
    Started(
        measure="wohnen-16",
        stage="Angeschoben",
        note="Aufbau eines Nachbarschaftszentrums als Mittelpunkt der Netzwerkarbeit (GWA)",
    ),
    Started(measure="wohnen-16"),
    Progressed(measure="wohnen-16", stage="Stage 2.7", note=None),
    Progressed(measure="wohnen-16"),
    Implemented(measure="wohnen-16", note="Eröffnet am 1. Mai 😀"),
    MadePermanent(measure="wohnen-16", stage="Verstetigt"),
    Paused(measure="wohnen-16", note="\u2028\x7f"),
    Resumed(measure="wohnen-16"),
    Dropped(measure="wohnen-4", cause="not_feasible", note="Kein Grundstück"),
    Dropped(measure="wohnen-4", cause="done_otherwise"),
    Dropped(measure="wohnen-4", cause="rejected"),
    Dropped(measure="wohnen-4", cause="not_listed"),
    Dropped(measure="wohnen-4", cause="other", stage="Ruht"),
    Merged(measures=["wohnen-1", "wohnen-4"], into="wohnen-1"),
    Split(measure="wohnen-1", into=["wohnen-1", "wohnen-1b"]),
    Decided(conference="stk-3", outcome="adopted", fields=["wohnen", "soziales"]),
    Decided(
        conference="rat-2023",
        outcome="rejected",
        measures=["wohnen-4"],
        text="Der Rat lehnt die Maßnahme ab.",
        votes=Votes(yes=3, no=2**53 - 1, abstain=0),
        reference="TOP 7",
    ),
    Decided(conference="stk-3", outcome="deferred", measures=[], fields=[]),
    Decided(conference="stk-3", outcome="noted"),
    VersionRecorded(
        version="fassung-2023",
        title="Fortschreibung 2023",
        coverage="complete",
        attributes=["title", "rank", "stage"],
        document="0123456789abcdef" * 4,
    ),
    VersionRecorded(
        version="folien",
        coverage="excerpt",
        attributes=[],
        measures={"wohnen-16": ["title", "note"], "a b": []},
    ),
    Noted(text="Vorab priorisiert von der Steuerungsgruppe"),
    Noted(about=About(measure="wohnen-16"), text="ggf. Beschluss"),
    Noted(about=About(field="wohnen"), text=""),
    Noted(about=About(conference="stk-3"), text="a"),
    Noted(about=About(version="folien"), text="a"),
    Retracted(event="9f3c0a6be1d24857"),
    Erased(
        event="9f3c0a6be1d24857",
        position=20,
        leaf="f" * 64,
        ground="DSGVO Art. 17",
        type="noted",
    ),
    Erased(
        event="9f3c0a6be1d24857",
        position=0,
        leaf="0" * 64,
        ground="",
        type="retracted",
        corrects="00000000000000aa",
        target="00000000000000ab",
    ),
    Erased(
        event="9f3c0a6be1d24857",
        position=7,
        leaf="0" * 32 + "f" * 32,
        ground="DSGVO Art. 17",
        type="version_recorded",
        on="2020-09/2021",
        recorded=datetime(2022, 1, 31, 23, 59, 59, tzinfo=UTC),
        measures=["wohnen-16", "a b"],
        fields=["wohnen"],
        goals=["miteinander"],
        conferences=["stk-3"],
        versions=["folien"],
    ),
]


class TestStoredLines:
    def test_every_type_is_stored(self) -> None:
        """Each type of event has a stored example, so that none becomes unreadable unnoticed."""
        assert set(EVENT_CLASSES) == {type(decode(line, 0).event) for line in LINES}

    @pytest.mark.parametrize(("line", "meant"), list(zip(LINES, MEANT, strict=True)))
    def test_a_stored_line_says_what_it_was_written_for(self, line: bytes, meant: Event) -> None:
        """A stored line is read as the event it was written for."""
        assert meant == decode(line, 0).event

    @pytest.mark.parametrize("line", LINES)
    def test_a_stored_line_written_again(self, line: bytes) -> None:
        """An event is written today as it was then, byte for byte."""
        assert line == encode(decode(line, 0))

    def test_all_lines_at_once(self) -> None:
        """The stored lines together are a log, position by position."""
        events = decode_lines(LINES, 7, str)
        assert [7 + index for index in range(len(LINES))] == [event.position for event in events]

    def test_keys_around_the_data(self) -> None:
        """Every key of a line is read as what it stands for."""
        assert RecordedEvent(
            position=3,
            v=1,
            id="00000000000000b5",
            on=InexactDate.parse("2020-09-18/2023-03-16"),
            recorded=datetime(2026, 11, 22, 8, 15, 0, tzinfo=UTC),
            by="Quartiersmanagement",
            source="Sozialer Maßnahmenplan, Folie 6",
            reason="Die Folie nennt keinen Tag.",
            corrects="00000000000000b4",
            event=Started(measure="wohnen-16"),
            salt="q7mJr0o0X0m7Jf3hQb6J1g",
        ) == decode(LINES[21], 3)
