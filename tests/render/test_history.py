"""The life of one measure."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest

from planlog.audit import Change, HistoryEntry, history
from planlog.dates import InexactDate, Point
from planlog.events import (
    Amended,
    Dropped,
    Event,
    FieldAdded,
    GoalAdded,
    Merged,
    Prioritized,
    Proposed,
    RecordedEvent,
    Started,
)
from planlog.plan import Measure, Plan
from planlog.ranking import RankCause
from planlog.render.history import render_history
from planlog.render.style import Format
from planlog.slots import live_slots
from planlog.timeline import Moment, plan_at, prefix
from planlog.wording import words_for
from tests.render.examples import recorded, standard

DAY = date(2023, 3, 16)
MOMENT = Moment(Point.parse("2023-03-16"), DAY, 3)


def log(*said: tuple[Event, str], source: str | None = "Protokoll") -> tuple[RecordedEvent, ...]:
    """A log of these events."""
    return tuple(
        recorded(position, event, on, source=source) for position, (event, on) in enumerate(said)
    )


def shown(events: tuple[RecordedEvent, ...], id: str, format: Format = "table") -> str:
    """The history of a measure as it is written."""
    plan = plan_at(live_slots(events), DAY, prefix(events, len(events)))
    return render_history(
        history(events, DAY, id),
        plan.measure(id),
        plan,
        format,
        words=words_for("en"),
        moment=MOMENT,
    )


def changed(*changes: tuple[str, Any, Any] | tuple[str, Any, Any, RankCause]) -> str:
    """What is told of changes of one event."""
    event = recorded(0, Started(measure="a-1"), "2023")
    entry = HistoryEntry(
        id=event.id,
        event=event,
        standing="counts",
        changes=tuple(Change(*change) for change in changes),
        trail=(event,),
    )
    text = render_history(
        [entry], Measure(id="a-1"), Plan(), "table", words=words_for("en"), moment=MOMENT
    )
    return text.partition("started\n")[2]


class TestPage:
    def test_an_event_that_changed_nothing_says_so(self) -> None:
        """To start what is started already changes nothing."""
        text = shown(log((Started(measure="a-1"), "2020"), (Started(measure="a-1"), "2021")), "a-1")
        assert "2021: started\nContent   changes nothing\n" in text

    def test_an_event_without_source_says_so(self) -> None:
        """Where nothing is said of the ground, there is a dash."""
        assert "Source    –\n" in shown(log((Started(measure="a-1"), "2020"), source=None), "a-1")

    def test_a_measure_without_number_is_named_by_its_id(self) -> None:
        """The heading names the measure in every case, and once."""
        text = shown(log((Proposed(measure="a-1", title="Garten"), "2020")), "a-1")
        assert text.startswith("Garten\na-1\n")

    def test_ids_are_told_by_their_titles(self) -> None:
        """Fields, goals and other measures are named the way people know them."""
        events = log(
            (FieldAdded(field="a", title="Wohnen"), "2020"),
            (GoalAdded(goal="g", field="a", title="Zuhause"), "2020"),
            (Proposed(measure="a-2", title="Alter Garten"), "2020"),
            (Proposed(measure="a-1", title="Garten", field="a", goal="g", number="1"), "2020"),
            (Merged(measures=["a-2"], into="a-1"), "2021"),
            (Amended(measure="a-1", field="b"), "2022"),
            (Dropped(measure="a-1", cause="not_feasible"), "2022"),
        )
        text = shown(events, "a-1")
        assert text.startswith("Garten\nb, no. 1, a-1\n")
        assert "Field     Wohnen\n" in text
        assert "Goal      Zuhause\n" in text
        assert "Predecessors  a-2: Alter Garten\n" in text
        assert "Field     Wohnen → b\n" in text
        assert "Phase     proposed → dropped\nCause     not feasible\n" in text

    def test_values_are_told_with_what_they_were_before(self) -> None:
        """A change is told as before and after; what was not there before needs no before."""
        text = changed(
            ("rank", 2, 1),
            ("level", "hoch", None),
            ("partners", (), ("GWA", "LKO")),
            ("due", None, InexactDate.parse("2023/2024")),
            ("attributes.Source", None, "gefälscht"),
        )
        assert "Rank      2 → 1\n" in text
        assert "Level     hoch → –\n" in text
        assert "Partners  GWA, LKO\n" in text
        assert "Due       2023/2024\n" in text
        assert "“Source”  gefälscht\n" in text
        assert "Source    Sozialer Maßnahmenplan, Folie 6\n" in text

    @pytest.mark.parametrize(
        ("before", "after", "cause", "told"),
        [
            (2, 1, "moved", "2 → 1 (moved)"),
            (1, 2, "shifted", "1 → 2 (shifted by others)"),
            (None, 1, "listed", "1 (newly listed)"),
            (2, None, "unlisted", "2 → – (no longer listed)"),
        ],
    )
    def test_a_rank_says_why_it_is_another(
        self, before: int | None, after: int | None, cause: RankCause, told: str
    ) -> None:
        """Whether the measure moved, others shifted it, or it came or went stands behind it."""
        assert f"Rank      {told}\n" in changed(("rank", before, after, cause))

    def test_the_beginning_of_a_phase_is_not_told_twice(self) -> None:
        """Since when a phase lasts is the date of the event."""
        text = changed(("phase", None, "started"), ("since", None, InexactDate.parse("2023")))
        assert "Since" not in text


class TestData:
    def test_json_has_every_key(self) -> None:
        """The form is in the manner of the plan's."""
        found = json.loads(standard("json", "en")["history"])
        assert ["schema", "at", "known", "measure", "entries", "erased"] == list(found)
        assert "planlog.history/1" == found["schema"]
        assert {("id", "standing", "event", "changes", "trail", "restatements")} == set(
            map(tuple, found["entries"])
        )
        assert {
            (
                "position",
                "v",
                "id",
                "type",
                "on",
                "recorded",
                "by",
                "source",
                "reason",
                "corrects",
                "data",
                "salt",
            )
        } == {tuple(entry["event"]) for entry in found["entries"]}

    def test_csv_has_a_row_for_each_change(self) -> None:
        """What changed nothing has one row as well, without an attribute."""
        events = log((Started(measure="a-1"), "2020"), (Started(measure="a-1"), "2021"))
        rows = list(csv.reader(io.StringIO(shown(events, "a-1", "csv"))))
        assert [["phase", "", "started"], ["since", "", "2020"], ["", "", ""]] == [
            row[3:6] for row in rows[1:]
        ]

    def test_changes_of_ranks_have_a_cause(self) -> None:
        """JSON and CSV say why a rank is another, and nothing of other attributes."""
        events = log(
            (Proposed(measure="a-1", field="a"), "2020"),
            (Prioritized(field="a", ranking=["a-1", "a-2"]), "2021"),
            (Prioritized(field="a", ranking=["a-2", "a-1"]), "2022"),
        )
        rows = list(csv.DictReader(io.StringIO(shown(events, "a-1", "csv"))))
        assert ["", "", "", "listed", "shifted"] == [row["cause"] for row in rows]
        entries = json.loads(shown(events, "a-1", "json"))["entries"]
        assert [None, None, None, "listed", "shifted"] == [
            change["cause"] for entry in entries for change in entry["changes"]
        ]
