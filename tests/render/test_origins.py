"""Where each value of a measure comes from, for people and for programs."""

import csv
import io
import json
from datetime import date

from planlog.audit import origins
from planlog.dates import Point
from planlog.events import Amended, Event, Merged, Proposed, RecordedEvent, Started
from planlog.plan import Measure
from planlog.possible import possible
from planlog.render.origins import COLUMNS, render_origins
from planlog.render.style import Format
from planlog.slots import live_slots
from planlog.timeline import Moment, plan_at, prefix
from planlog.wording import words_for
from tests.render.examples import recorded, standard

DAY = date(2023, 3, 16)
PROPOSED: tuple[Event, str] = (Proposed(measure="a-1", title="Garten", number="1"), "2020")


def log(*said: tuple[Event, str]) -> tuple[RecordedEvent, ...]:
    """A log of these events."""
    return tuple(recorded(position, event, on) for position, (event, on) in enumerate(said))


def shown(events: tuple[RecordedEvent, ...], format: Format = "table", id: str = "a-1") -> str:
    """The origins of a measure's values as they are written."""
    slots = live_slots(events)
    plan = plan_at(slots, DAY, prefix(events, len(events)))
    return render_origins(
        origins(slots, DAY, id),
        next((one for one in plan.measures if one.id == id), Measure(id=id)),
        plan,
        format,
        words=words_for("en"),
        moment=Moment(Point.parse("2023-03-16"), DAY, len(events)),
        uncertain=possible(slots, DAY).uncertain(),
    )


class TestPage:
    def test_each_value(self) -> None:
        """A value stands beside what it comes from; since when a phase lasts is its event's day."""
        text = shown(log(PROPOSED, (Started(measure="a-1", stage="Begonnen"), "2021")))
        assert text.startswith("Garten\nno. 1, a-1\nstate at the end of 2023-03-16, 2 events")
        told = [line.split()[0] for line in text.splitlines()[6:] if line[:1] != " "]
        assert ["Number", "Title", "Phase", "Stage"] == told
        assert "Number     1         2020: proposed (event 00000000)\n" in text
        assert "Title      Garten    event 00000000, as above\n" in text

    def test_names(self) -> None:
        """What is named by ids is told as people know it, and free attributes are quoted."""
        text = shown(
            log(
                PROPOSED,
                (Proposed(measure="a-2", title="Beet", attributes={"Source": "x"}), "2020"),
                (Merged(measures=("a-1",), into="a-2"), "2021"),
            ),
            id="a-2",
        )
        assert "Predecessors  a-1: Garten" in text
        assert "“Source”" in text

    def test_correction(self) -> None:
        """What comes from a correction names the event that it corrects."""
        first = recorded(0, *PROPOSED)
        mended = recorded(1, PROPOSED[0], "2019", reason="Tippfehler", corrects=first.id)
        text = shown((first, mended))
        assert "2019: proposed (event 01010101)" in text
        assert "– corrects 00000000\n" in text
        assert "– reason: Tippfehler\n" in text

    def test_without_source(self) -> None:
        """Where nothing is said of the source, who recorded it is told alone."""
        text = shown((recorded(0, *PROPOSED, source=None),))
        assert "– recorded on 2023-04-01 by" in text

    def test_open(self) -> None:
        """What inexact dates leave open is marked."""
        text = shown(log(PROPOSED, (Amended(measure="a-1", title="Beet"), "2022/2024")))
        assert "Garten (?)" in text
        assert "(?) open: depends on when" in text
        assert "1 (?)" not in text

    def test_nothing(self) -> None:
        """A measure that the plan does not have by then has no values, which is said."""
        text = shown(log((PROPOSED[0], "2023-04-01")))
        assert text.endswith("the plan does not have this measure at that point\n")


class TestData:
    def test_json_has_every_key(self) -> None:
        """The form is in the manner of the plan's."""
        found = json.loads(standard("json", "en")["origins"])
        assert ["schema", "at", "known", "measure", "origins", "erased"] == list(found)
        assert ("planlog.origins/1", "wohnen-16") == (found["schema"], found["measure"])
        assert 1 == len({tuple(one) for one in found["origins"]})
        assert [True] == [
            one["uncertain"]
            for one in json.loads(
                shown(log(PROPOSED, (Amended(measure="a-1", title="B"), "2022/2024")), "json")
            )["origins"]
            if one["attribute"] == "title"
        ]

    def test_csv(self) -> None:
        """A row for each value; lists and decisions as JSON has them."""
        rows = list(csv.DictReader(io.StringIO(standard("csv", "en")["origins"])))
        assert list(COLUMNS) == list(rows[0])
        found = {row["attribute"]: row for row in rows}
        assert '["Johanniter"]' == found["partners"]["value"]
        assert ("13" * 8, "23" * 8) == (found["stage"]["original"], found["stage"]["event"])
        assert ("stk-3", "adopted") == (found["rank"]["conference"], found["rank"]["outcome"])
        assert "" == found["partners"]["decision"]
