"""The register of decisions, for people and for programs."""

import csv
import io
import json
from datetime import date

from planlog.audit import decisions
from planlog.dates import Point
from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Event,
    FieldAdded,
    Implemented,
    Merged,
    Prioritized,
    Proposed,
    Rated,
    RecordedEvent,
    Started,
)
from planlog.plan import Votes
from planlog.render.decisions import COLUMNS, render_decisions
from planlog.render.style import Format
from planlog.slots import live_slots
from planlog.timeline import Moment, plan_at, prefix
from planlog.wording import words_for
from tests.render.examples import recorded, standard

DAY = date(2023, 12, 31)
Said = tuple[Event, str]

HISTORY: tuple[Said, ...] = (
    (FieldAdded(field="a", title="Wohnen"), "2020"),
    (Proposed(measure="a-1", title="Garten", field="a", number="1"), "2020"),
    (Proposed(measure="a-2", title="Turnier", field="a", number="2"), "2020"),
    (ConferenceHeld(conference="stk-1", title="1. Konferenz", kind="conference"), "2021-01-01"),
    (Prioritized(field="a", ranking=("a-1", "a-2")), "2021-01-01"),
)
DECIDED = Decided(
    conference="stk-1",
    outcome="adopted",
    fields=("a",),
    measures=("a-2",),
    text="So beschlossen.",
    votes=Votes(yes=12, no=0, abstain=1),
    reference="BV 17",
)


def log(*said: Said) -> tuple[RecordedEvent, ...]:
    """A log of these events."""
    return tuple(recorded(position, event, on) for position, (event, on) in enumerate(said))


def shown(
    events: tuple[RecordedEvent, ...], format: Format = "table", *, measure: str | None = None
) -> str:
    """The register as it is written."""
    slots = live_slots(events)
    return render_decisions(
        decisions(slots, DAY, measure=measure),
        plan_at(slots, DAY, prefix(events, len(events))),
        format,
        words=words_for("en"),
        moment=Moment(Point.parse(DAY.isoformat()), DAY, len(events)),
    )


class TestPage:
    def test_what_was_decided(self) -> None:
        """A decision is told with votes and reference, its wording, and what it was about."""
        text = shown(log(*HISTORY, (DECIDED, "2021-01-01")))
        assert (
            "\n2021-01-01, 1. Konferenz: adopted; 12 yes, 0 no, 1 abstention; BV 17\n"
            "Wording   So beschlossen.\n"
            "About     priority list of Wohnen\n"
            "          2 measures\n"
            "Source    Sozialer Maßnahmenplan, Folie 6\n"
            "Recorded  2023-04-02 by Quartiersmanagement (event 05050505)\n"
        ) in text

    def test_what_became_of_it(self) -> None:
        """Each measure has a row: where it stood on that day, and where it stands."""
        text = shown(
            log(
                *HISTORY,
                (DECIDED, "2021-01-01"),
                (Rated(measure="a-1", level="hoch"), "2021-01-01"),
                (Implemented(measure="a-1", stage="Fertig"), "2022"),
                (Dropped(measure="a-2", cause="rejected"), "2022"),
                (Prioritized(field="a", ranking=("a-2",)), "2022"),
            )
        )
        table = text[text.index("Measure") :]
        assert [
            "Wohnen, no. 2 proposed dropped",
            "Turnier since 2020 rejected",
            "named itself rank: 2 since 2022",
            "rank: 1",
            "Wohnen, no. 1 proposed implemented",
            "Garten since 2020 “Fertig”",
            "rank: 1 since 2022",
            "level: hoch rank: –",
            "level: hoch",
        ] == [" ".join(line.split()) for line in table.splitlines()[2:]]

    def test_unchanged(self) -> None:
        """What reads the same on both days is told once."""
        text = shown(log(*HISTORY, (DECIDED, "2021-01-01")))
        assert 2 == text.count("unchanged")

    def test_replaced(self) -> None:
        """A measure that went into another says into which."""
        text = shown(
            log(*HISTORY, (DECIDED, "2021-01-01"), (Merged(measures=("a-2",), into="a-1"), "2022"))
        )
        assert "→ a-1: Garten" in text

    def test_not_there_by_then(self) -> None:
        """A measure that the plan got only later was not in it on that day."""
        text = shown(
            log(
                (Prioritized(field="a", ranking=("a-1",)), "2021/2022"),
                (Decided(conference="stk-1", outcome="noted", fields=("a",)), "2021-06-01"),
            )
        )
        assert "not in the plan" in text

    def test_part_of_it(self) -> None:
        """Where a measure is asked for, the others are counted and not shown."""
        events = log(*HISTORY, (DECIDED, "2021-01-01"))
        text = shown(events, measure="a-1")
        assert "2 measures, 1 of them shown" in text
        assert "Turnier" not in text

    def test_named(self) -> None:
        """That a measure is named is told where others were reached through a list."""
        assert 1 == shown(log(*HISTORY, (DECIDED, "2021-01-01"))).count("named itself")
        alone = Decided(conference="stk-1", outcome="adopted", measures=("a-1",))
        assert "named itself" not in shown(log(*HISTORY, (alone, "2021-01-01")))

    def test_corrected(self) -> None:
        """A decision that was corrected says why, and which event it corrects."""
        first = recorded(0, Decided(conference="stk-1", outcome="adopted"), "2021")
        mended = recorded(
            1,
            Decided(conference="stk-1", outcome="rejected"),
            "2021",
            source=None,
            reason="verlesen",
            corrects=first.id,
        )
        text = shown((first, mended))
        assert "2021, stk-1: rejected\n" in text
        assert "About     0 measures\n" in text
        assert "Source    –\nReason    verlesen\n" in text
        assert "(event 01010101)\n          corrects 00000000\n" in text

    def test_open(self) -> None:
        """What inexact dates leave open is marked for each of the two days."""
        text = shown(
            log(
                *HISTORY,
                (DECIDED, "2021-01-01"),
                (Started(measure="a-1"), "2020-06/2022"),
                (Prioritized(field="a", ranking=("a-2",)), "2023/2024"),
            )
        )
        assert "proposed (?)" in text
        assert "rank: 1 (?)" in text
        assert "(?) open: depends on when" in text
        assert "(?)" not in shown(log(*HISTORY, (DECIDED, "2021-01-01")))

    def test_open_what_is_not_told(self) -> None:
        """What is open and not told needs no legend."""
        events = log(
            *HISTORY,
            (DECIDED, "2021-01-01"),
            (Amended(measure="a-1", description="Wiese"), "2019/2024"),
        )
        assert "(?) open" not in shown(events)

    def test_nothing(self) -> None:
        """An empty register says so."""
        assert "No such decision by then." in shown(log(*HISTORY))


class TestData:
    def test_json_has_every_key(self) -> None:
        """The form is in the manner of the plan's."""
        found = json.loads(standard("json", "en")["decisions"])
        assert ["schema", "at", "known", "decisions", "erased"] == list(found)
        assert "planlog.decisions/1" == found["schema"]
        assert 1 == len({tuple(entry) for entry in found["decisions"]})
        measures = [one for entry in found["decisions"] for one in entry["measures"]]
        assert {("measure", "named", "then", "now")} == set(map(tuple, measures))
        assert 1 == len({tuple(one[day]) for one in measures for day in ("then", "now")})

    def test_json_of_what_was_not_there(self) -> None:
        """A measure that was not in the plan that day has nothing for it."""
        events = log(
            (Prioritized(field="a", ranking=("a-1",)), "2021/2022"),
            (Decided(conference="stk-1", outcome="noted", fields=("a",)), "2021-06-01"),
        )
        (entry,) = json.loads(shown(events, "json"))["decisions"]
        assert [None] == [one["then"] for one in entry["measures"]]
        (row,) = csv.DictReader(io.StringIO(shown(events, "csv")))
        assert ("", "") == (row["phase_then"], row["rank_then"])

    def test_csv(self) -> None:
        """A row for each measure of a decision, and one for a decision without any."""
        events = log(
            *HISTORY,
            (DECIDED, "2021-01-01"),
            (Decided(conference="stk-1", outcome="deferred"), "2021-01-02"),
            (Merged(measures=("a-2",), into="a-1"), "2022"),
        )
        rows = list(csv.DictReader(io.StringIO(shown(events, "csv"))))
        assert list(COLUMNS) == list(rows[0])
        assert [
            ("adopted", "12", '["a"]', "a-1", "false", "1", "1", ""),
            ("adopted", "12", '["a"]', "a-2", "true", "2", "2", '["a-1"]'),
            ("deferred", "", "", "", "", "", "", ""),
        ] == [
            tuple(
                row[name]
                for name in (
                    *("outcome", "yes", "fields", "measure", "named"),
                    *("rank_then", "rank_now", "successors"),
                )
            )
            for row in rows
        ]
