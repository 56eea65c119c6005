"""Rank and level of each measure, for people and for programs."""

import csv
import io
import json
from datetime import date

import pytest

from planlog.audit import priorities, priority_changes
from planlog.dates import Point
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Event,
    FieldAdded,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
)
from planlog.render.priorities import COLUMNS, render_priorities
from planlog.render.style import Format
from planlog.slots import live_slots
from planlog.timeline import Moment, plan_at, prefix
from planlog.wording import words_for
from tests.render.examples import recorded, standard

DAY = date(2023, 12, 31)


def log(*said: tuple[Event, str]) -> tuple[RecordedEvent, ...]:
    """A log of these events."""
    return tuple(recorded(position, event, on) for position, (event, on) in enumerate(said))


def held(conference: str, on: str) -> tuple[Event, str]:
    """A conference met."""
    return ConferenceHeld(conference=conference, title=conference, kind="conference"), on


HISTORY: tuple[tuple[Event, str], ...] = (
    (FieldAdded(field="a", title="Wohnen"), "2020"),
    (Proposed(measure="a-1", title="Garten", field="a", number="1"), "2020"),
    (Proposed(measure="a-2", field="a"), "2020"),
    held("stk-1", "2021-01-01"),
    held("stk-2", "2022-01-01"),
    held("stk-3", "2023-01-01"),
    (Prioritized(field="a", ranking=("a-1", "a-2")), "2021-01-01"),
    (Prioritized(field="a", ranking=("a-2", "a-1")), "2022-01-01"),
)


def shown(
    events: tuple[RecordedEvent, ...],
    format: Format = "table",
    *,
    measure: str | None = None,
    every_change: bool = False,
    day: date = DAY,
) -> str:
    """Priorities as they are written."""
    slots = live_slots(events)
    tell = priority_changes if every_change else priorities
    return render_priorities(
        tell(slots, day, measure=measure),
        plan_at(slots, day, prefix(events, len(events))),
        format,
        words=words_for("en"),
        moment=Moment(Point.parse(day.isoformat()), day, len(events)),
        every_change=every_change,
    )


def lines(text: str) -> list[list[str]]:
    """The lines of a table, their columns apart."""
    return [line.split("  ") for line in text.splitlines()]


class TestPage:
    def test_measures_have_headings(self) -> None:
        """A measure is named by field, number and title; without number by its id."""
        text = shown(log(*HISTORY))
        assert "\nWohnen, no. 1: Garten\n" in text
        assert "\nWohnen, a-2\n" in text

    def test_moved_and_shifted(self) -> None:
        """A rank that moved is told apart from one that others shifted."""
        text = shown(log(*HISTORY))
        moved, shifted = text.index("2 → 1 (moved)"), text.index("1 → 2 (shifted")
        assert text.index("Wohnen, a-2") < moved < text.index("Wohnen, no. 1") < shifted

    def test_each_occasion_with_its_ground(self) -> None:
        """What was told above is named by its event, and what a later row adds is added."""
        events = log(
            *HISTORY, (Decided(conference="stk-3", outcome="adopted", fields=("a",)), "2023-01-01")
        )
        told = shown(events, measure="a-1").partition("Occasion")[2]
        assert 1 == told.count("2021-01-01: prioritized (event 06060606)")
        assert 1 == told.count("2022-01-01: prioritized (event 07070707)")
        assert 2 == told.count("event 07070707, as above")
        before, after = told.split("stk-3")[0], told.split("2023-01-01", 1)[1]
        assert "decision" not in before
        assert 1 == after.count("– decision: 2023-01-01, stk-3: adopted")

    def test_levels(self) -> None:
        """A level has its own ground, in a line below that of the rank."""
        events = log(
            *HISTORY,
            (Rated(measure="a-1", level="hoch"), "2022-06-01"),
            (Rated(measure="a-1", level="mittel"), "2023-06-01"),
            (Rated(measure="a-2", level=None), "2023-06-02"),
        )
        told = shown(events, measure="a-1")
        assert "Priority" in told
        assert "2022-06-01: rated (event 08080808)" in " ".join(told.split())
        assert "hoch → mittel" in told
        assert "Priority" not in shown(events, measure="a-2")

    def test_nothing_new_is_told_together(self) -> None:
        """Where rank and level are as above, they share a row, with the events of both."""
        events = log(*HISTORY[:7], (Rated(measure="a-1", level="hoch"), "2021-01-01"))
        told = shown(events, measure="a-1")
        below = told[told.index("stk-2") :].splitlines()
        assert ["stk-2", "1", "hoch", "event", "06060606,", "as", "above"] == below[0].split()
        assert ["2022-01-01", "event", "07070707,", "as", "above"] == below[1].split()

    def test_level_alone(self) -> None:
        """A measure without any rank says so, and tells its level."""
        text = shown(log((Rated(measure="a-1", level="hoch"), "2021-01-01")))
        assert "2023-12-31  –     hoch      2021-01-01: rated (event 00000000)\n" in text

    def test_neither(self) -> None:
        """A measure that is asked for is told even if it never had any priority."""
        text = shown(log(*HISTORY[:4]), measure="a-1")
        assert ["2023-12-31  –"] == text.splitlines()[-1:]

    def test_taken_off(self) -> None:
        """A rank that was taken away leaves a dash, and what took it."""
        events = log(*HISTORY, (Prioritized(field="a", ranking=("a-2",)), "2022-06-01"))
        text = shown(events, measure="a-1")
        assert "2 → – (no" in text
        assert "2022-06-01: prioritized (event 08080808)" in " ".join(text.split())

    def test_another_field(self) -> None:
        """A rank on the list of another field than in the end says which."""
        events = log(*HISTORY, (Amended(measure="a-1", field="b"), "2023-06-01"))
        text = shown(events, measure="a-1")
        assert "\nb, no. 1: Garten\n" in text
        assert 3 == text.count("in Wohnen")

    def test_every_change(self) -> None:
        """Each change has a line with the date of its event, as written."""
        events = log(
            *HISTORY, (Rated(measure="a-1", level="hoch"), "2022"), (HISTORY[6][0], "2023")
        )
        text = shown(events, measure="a-1", every_change=True)
        assert text.startswith("Every change of a priority\n")
        dates = [line[0] for line in lines(text) if line[0][:2] == "20"]
        assert ["2021-01-01", "2022-01-01", "2022", "2023"] == dates
        assert "2021-01-01  1 (newly listed)" in text
        assert "2023        2 → 1 (moved)" in text

    def test_open(self) -> None:
        """What inexact dates leave open is marked, and the mark explained."""
        events = log(
            *HISTORY,
            (Prioritized(field="a", ranking=("a-1", "a-2")), "2022-06/2024"),
            (Rated(measure="a-1", level="hoch"), "2022-06/2024"),
        )
        text = shown(events, measure="a-1")
        assert "2 (?)" in text
        assert "– (?)" in shown(
            log(
                *HISTORY,
                (Rated(measure="a-1", level="x"), "2022-06"),
                (Rated(measure="a-1", level=None), "2022-07"),
                (Rated(measure="a-1", level="y"), "2022-06/2024"),
            ),
            measure="a-1",
        )
        assert "(?) open: depends on when" in text
        assert "(?)" not in shown(log(*HISTORY))

    @pytest.mark.parametrize("every_change", [True, False])
    def test_nothing(self, every_change: bool) -> None:
        """Where no measure had a rank or level, that is said."""
        text = shown(log(*HISTORY[:3]), every_change=every_change)
        assert "No such measure has had a rank or a level by then." in text


class TestData:
    def test_json_has_every_key(self) -> None:
        """The form is in the manner of the plan's, and one for occasions and changes."""
        occasions, changes = (
            json.loads(standard("json", "en")[name]) for name in ("priorities", "changes")
        )
        for found in (occasions, changes):
            assert ["schema", "at", "known", "each", "priorities", "erased"] == list(found)
            assert "planlog.priorities/1" == found["schema"]
        assert ("occasion", "change") == (occasions["each"], changes["each"])
        keys = {tuple(row) for found in (occasions, changes) for row in found["priorities"]}
        assert 1 == len(keys)
        assert {"stk-3"} == {row["occasion"] for row in occasions["priorities"]}
        assert {None} == {row["occasion"] for row in changes["priorities"]}

    def test_csv(self) -> None:
        """A row for each row, with what rank and level come from."""
        events = log(*HISTORY, (Rated(measure="a-1", level="hoch"), "2022-01-01"))
        rows = list(csv.DictReader(io.StringIO(shown(events, "csv", measure="a-1"))))
        assert list(COLUMNS) == list(rows[0])
        assert [
            ("stk-1", "1", "", "listed", "06" * 8, ""),
            ("stk-2", "2", "1", "shifted", "07" * 8, "hoch"),
            ("stk-3", "2", "2", "", "07" * 8, "hoch"),
            ("", "2", "2", "", "07" * 8, "hoch"),
        ] == [tuple(row[name] for name in (*_RANK, "level")) for row in rows]
        assert ["", "08" * 8] == [row["level_event"] for row in rows[:2]]


_RANK = ("occasion", "rank", "rank_before", "cause", "rank_event")
