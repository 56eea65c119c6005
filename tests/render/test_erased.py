"""What is told of texts that are missing because they were erased."""

import json
from collections.abc import Sequence
from datetime import date

import attrs
import pytest

from planlog.audit import history
from planlog.dates import Point
from planlog.events import (
    ConferenceHeld,
    Decided,
    Erased,
    Noted,
    PlanOpened,
    Prioritized,
    Proposed,
    RecordedEvent,
    Started,
)
from planlog.matrix import matrix, with_missing
from planlog.missing import missing
from planlog.plan import Measure, Plan
from planlog.render.erased import (
    Gap,
    gap_lines,
    gap_object,
    gap_told,
    gaps_told,
    told_by,
)
from planlog.render.events import render_events
from planlog.render.grounds import ground
from planlog.render.happenings import line_told
from planlog.render.history import render_history
from planlog.render.matrix import render_matrix
from planlog.render.measure import render_measure
from planlog.render.page import as_markdown, as_text
from planlog.render.plan import render_plan
from planlog.render.style import PLAIN, Format
from planlog.slots import live_slots
from planlog.timeline import Moment, plan_at, prefix
from planlog.wording import words_for
from tests.erasures import GROUND, without
from tests.histories import Entry, id_at, log

DE, EN = words_for("de"), words_for("en")
DAY = date(2023, 12, 31)
MOMENT = Moment(Point.parse("2023-12-31"), DAY, 9)
STARTED: Entry = (Started(measure="a-1", note="x"), "2023-03-16")
PROPOSED: Entry = (Proposed(measure="a-1", title="Bänke", field="a"), "2022-05-01")
LISTED: Entry = (Prioritized(field="a", ranking=["a-1"]), "2022-06-01")


def gap(entry: Entry = STARTED, *, bare: bool = False) -> Gap:
    """A text that was erased, and the erasure that tells of it."""
    left, erasure = without(log(entry), 0, bare=bare)
    return Gap(left=left, erasure=erasure)


def gaps(events: Sequence[RecordedEvent]) -> list[Gap]:
    """All that was erased of a log."""
    told = {one.event.event: one for one in events if isinstance(one.event, Erased)}
    return [Gap(left=one, erasure=told[one.id]) for one in events if one.is_erased]


def plan_of(events: Sequence[RecordedEvent]) -> Plan:
    """The plan that is left."""
    return plan_at(live_slots(events), DAY, prefix(events, len(events)))


class TestGap:
    """Tests for one missing text."""

    def test_told(self) -> None:
        """Its type, its day, what it was about, who erased it, when, and on what ground."""
        assert (
            "started, 2023-03-16, about measure a-1: text erased on 2026-11-26 by "
            "Quartiersmanagement; ground: DSGVO Art. 17 (event 00000000)"
        ) == gap_told(gap(), EN)
        assert (
            "begonnen, 2023-03-16, zu: Maßnahme a-1: Text gelöscht am 2026-11-26 von "
            "Quartiersmanagement; Anlass: DSGVO Art. 17 (Ereignis 00000000)"
        ) == gap_told(gap(), DE)

    def test_bare(self) -> None:
        """Where nothing but the type was kept, it says so, and shows no made-up day."""
        told = gap_told(gap(bare=True), EN)
        assert told.startswith("started, day unknown, about what, nobody knows any more: ")

    @pytest.mark.parametrize(
        ("entry", "about"),
        [
            ((PlanOpened(title="x"), "2022"), "about the plan itself"),
            ((Noted(text="x"), "2022"), "about nothing in particular"),
            (LISTED, "about measure a-1, field a"),
            (
                (Decided(conference="k", outcome="adopted", fields=["a"]), "2022"),
                "about field a, conference k",
            ),
        ],
    )
    def test_about(self, entry: Entry, about: str) -> None:
        """It is told by the ids that were kept, or by its type."""
        assert f", {about}: " in gap_told(gap(entry), EN)

    def test_long(self) -> None:
        """A long list and a long ground are cut off."""
        many: Entry = (Prioritized(field="a", ranking=[f"a-{n}" for n in range(99)]), "2022")
        long = gap(many)
        said = attrs.evolve(long.said, ground="G" * 999)
        told = gap_told(attrs.evolve(long, left=attrs.evolve(long.left, event=said)), EN)
        assert len(told) < 500
        assert 2 == told.count("…")

    def test_erasure_unknown(self) -> None:
        """In a log as it was before nobody has erased it; what is public may name nobody."""
        later = attrs.evolve(gap(), erasure=None)
        assert "text erased since; ground: DSGVO Art. 17" in gap_told(later, EN)
        assert "erased since" == told_by(later, EN)
        found = gap()
        assert found.erasure is not None
        public = attrs.evolve(found, erasure=attrs.evolve(found.erasure, by=""))
        assert "text erased on 2026-11-26; ground: DSGVO Art. 17" in gap_told(public, EN)
        assert (None, None) == (gap_object(later)["erasure"], gap_object(public)["by"])

    def test_object(self) -> None:
        """In JSON it has every key, whatever was kept."""
        assert {
            "event": id_at(0),
            "position": 0,
            "type": "started",
            "on": "2023-03-16",
            "measures": ["a-1"],
            "fields": [],
            "goals": [],
            "conferences": [],
            "versions": [],
            "ground": GROUND,
            "erased": "2026-11-26",
            "by": "Quartiersmanagement",
            "erasure": id_at(1),
        } == gap_object(gap())
        bare = gap_object(gap(bare=True))
        assert list(gap_object(gap())) == list(bare)
        assert (None, []) == (bare["on"], bare["measures"])

    def test_names(self) -> None:
        """It tells whether it named something."""
        assert gap(LISTED).names("measure", ["a-1", "b-1"])
        assert not gap(LISTED).names("measure", ["b-1"])
        assert not gap(LISTED).names("event", ["a-1"])


class TestBlock:
    """Tests for what closes a page."""

    def test_nothing(self) -> None:
        """Where nothing is missing, nothing is said."""
        assert [] == list(gaps_told([], EN))
        assert [] == list(gap_lines([], EN))

    @pytest.mark.parametrize(
        ("count", "shown", "more"),
        [
            (10, 10, ""),
            (11, 10, "and 1 more; planlog log shows it"),
            (25, 10, "and 15 more; planlog log shows them"),
        ],
    )
    def test_many(self, count: int, shown: int, more: str) -> None:
        """At most ten are told one by one, and it is said how many there are besides."""
        text = as_text(gaps_told([gap()] * count, EN), PLAIN)
        assert text.startswith("Erased texts, missing here\n- started, ")
        assert shown == text.count("- started")
        assert more in text
        assert (count > shown) == (" more; " in text)
        lines = list(gap_lines([gap()] * count, EN))
        assert "Erased texts, missing here:" == lines[0]
        assert shown == sum(line.startswith("- started, ") for line in lines)
        assert [more] == [*lines[shown + 1 :], ""][:1]

    def test_cannot_forge(self) -> None:
        """A ground can neither begin a line of its own nor be markup."""
        found = gap()
        said = attrs.evolve(found.said, ground="a\n- forged <b>\x1b[31m")
        evil = attrs.evolve(found, left=attrs.evolve(found.left, event=said))
        for text in (*gap_lines([evil], EN), as_text(gaps_told([evil], EN), PLAIN)):
            assert "\n- forged" not in text
            assert "\x1b" not in text
        assert "<b>" not in as_markdown(gaps_told([evil], EN))


class TestPages:
    """Tests for the marks and the block on pages."""

    EVENTS = without(log(PROPOSED, LISTED, STARTED), 1, 2)

    def plan(self, format: Format) -> str:
        """The plan."""
        plan = plan_of(self.EVENTS)
        return render_plan(
            plan,
            format,
            words=EN,
            moment=MOMENT,
            uncertain={},
            erased=gaps(self.EVENTS),
            missing=missing(self.EVENTS, plan),
        )

    def test_plan(self) -> None:
        """A cell that an erased text may have told otherwise is marked, and the mark explained."""
        text = self.plan("table")
        assert "– […]  –    Bänke    proposed […]" in text
        assert "[…] a text was erased that told of it" in text
        assert "(?)" not in text
        assert text.index("[…] a text") < text.index("Erased texts, ")
        assert "- prioritized, 2022-06-01, about measure a-1, field a: " in text

    def test_plan_data(self) -> None:
        """In JSON the texts are listed, and each measure names what they may have told."""
        found = json.loads(self.plan("json"))
        assert ["prioritized", "started"] == [one["type"] for one in found["erased"]]
        (measure,) = found["measures"]
        assert ["cause", "note", "phase", "rank", "since", "stage"] == measure["missing"]

    def test_sheet(self) -> None:
        """The sheet marks each value, also where there is none."""
        plan = plan_of(self.EVENTS)
        text = render_measure(
            plan,
            plan.measures[0],
            "table",
            words=EN,
            moment=MOMENT,
            uncertain={("measure", "a-1"): ("phase",)},
            erased=gaps(self.EVENTS),
            missing=missing(self.EVENTS, plan),
        )
        lines = [" ".join(line.split()) for line in text.splitlines()]
        assert "Phase proposed (?) […]" in lines
        assert "Rank – […]" in lines
        assert "Stage – […]" in lines
        assert "Title" not in text
        assert "Everything that told" not in text
        assert 1 == text.count("[…] a text was erased")
        assert 1 == text.count("Erased texts, ")

    def test_sheet_of_nothing(self) -> None:
        """A measure that only an erased text told of has a sheet that says so."""
        events = without(log(PROPOSED), 0)
        text = render_measure(
            plan_of(events),
            Measure(id="a-1"),
            "table",
            words=EN,
            moment=MOMENT,
            uncertain={},
            erased=gaps(events),
            missing=missing(events, plan_of(events)),
        )
        assert text.startswith("a-1 […]\n")
        assert "Everything that told of this measure was erased." in text

    def test_matrix(self) -> None:
        """The matrix marks the cells from the day of the text on."""
        held: list[Entry] = [
            (ConferenceHeld(conference=f"k-{n}", title="K", kind="conference"), f"202{n}-01-01")
            for n in (1, 2, 3, 4)
        ]
        events = without(log(*held, PROPOSED, STARTED), 4, 5)
        found = matrix(live_slots(events), date(2024, 6, 1), prefix(events, 8))
        assert () == found.rows  # nothing is left of it
        events = without(log(*held, PROPOSED, STARTED), 5)
        found = matrix(live_slots(events), date(2024, 6, 1), prefix(events, 7))
        assert found == with_missing(found, log(*held, PROPOSED))
        marked = with_missing(found, events)
        cells = [one.missing for one in marked.rows[0].cells]
        assert [(), (), (), ("phase",)] == cells
        text = render_matrix(
            marked,
            "table",
            words=EN,
            moment=MOMENT,
            uncertain={},
            erased=gaps(events),
            missing=missing(events, found.plan),
        )
        assert 1 == text.count("(prop.) […]")
        assert 1 == text.count("[…] a text was erased")
        assert "Erased texts" in text

    def test_matrix_of_what_was_not_there(self) -> None:
        """Where an erased text may have brought a measure in, its cell is marked, not empty."""
        held: Entry = (ConferenceHeld(conference="k-3", title="K", kind="conference"), "2023-01-01")
        late: Entry = (Proposed(measure="a-1", title="Bänke", field="a"), "2023-06-01")
        events = without(log(held, PROPOSED, late), 1)
        found = with_missing(matrix(live_slots(events), DAY, prefix(events, 4)), events)
        text = render_matrix(found, "table", words=EN, moment=MOMENT, uncertain={})
        assert "Bänke    […]" in text
        assert "empty:" not in text


class TestHistory:
    """Tests for the life of a measure."""

    def told(self, events: Sequence[RecordedEvent], format: Format = "table") -> str:
        """The life of the measure, where nothing erased is about another one."""
        return render_history(
            history(events, DAY, "a-1"),
            Measure(id="a-1", title="Bänke"),
            plan_of(events),
            format,
            words=EN,
            moment=MOMENT,
            erased=gaps(events),
        )

    def test_entry(self) -> None:
        """An erased text is an entry: when, what, who erased it, on what ground."""
        text = self.told(without(log(PROPOSED, STARTED), 1))
        assert (
            "2023-03-16: started (text erased)\n"
            "Content   text erased on 2026-11-26 by Quartiersmanagement; ground: DSGVO Art.\n"
            "          17\n"
            "Recorded  2023-04-01 (event 00000000)\n"
        ) in text
        assert "It is not known" not in text

    def test_unknown(self) -> None:
        """What nobody knows the subject of stands below, and is said to be unknown."""
        text = self.told(without(log(PROPOSED, STARTED), 1, bare=True))
        assert "(text erased)" not in text
        assert "It is not known whether these were about this measure\n- started, " in text

    def test_trail(self) -> None:
        """An erased correction stands among the others, and so does its day if it was kept."""
        mended: Entry = (Started(measure="a-1", note="y"), "2023-03-15", 1)
        again: Entry = (Started(measure="a-1", note="z"), "2023-03-14", 1)
        events = without(log(PROPOSED, STARTED, mended, again), 2)
        text = " ".join(self.told(events).split())
        assert "– 2023-04-01: started (event 00000000): text erased on 2026-11-26 by" in text
        bare = without(log(PROPOSED, STARTED, mended), 2, bare=True)
        text = " ".join(self.told(bare).split())
        assert "day unknown: started (text erased)" in text
        assert "– day unknown: started (event 00000000): text erased" in text
        assert "Recorded day unknown (event 00000000)" in text
        assert "It is not known" not in text

    def test_data(self) -> None:
        """As data there is no day that was never written."""
        events = without(log(PROPOSED, STARTED, (Started(measure="a-1"), "2023", 1)), 2, bare=True)
        assert "9999-12-31" not in self.told(events, "csv") + self.told(events, "json")
        assert ",started,erased,,,,,,,," in self.told(events, "csv")

    def test_without_gaps(self) -> None:
        """Who does not say who erased it is told the ground all the same."""
        events = without(log(PROPOSED, STARTED), 1)
        text = render_history(
            history(events, DAY, "a-1"),
            Measure(id="a-1"),
            plan_of(events),
            "table",
            words=EN,
            moment=MOMENT,
        )
        assert "text erased since; ground: DSGVO Art. 17" in text


class TestLog:
    """Tests for the log."""

    def told(self, events: Sequence[RecordedEvent], format: Format = "table") -> str:
        """The log, as one long line."""
        text = render_events(events, format, words=EN, erased=gaps(events))
        return " ".join(text.split())

    def test_row(self) -> None:
        """An erased line says what type it was, what about, and on what ground it was erased."""
        text = self.told(without(log(PROPOSED, STARTED), 1))
        assert (
            "1 00000000 2023-03-16 started, about measure a-1 – text erased: DSGVO Art. 17 "
            "– recorded on 2023-04-01 – erased on 2026-11-26 by Quartiersmanagement, says event "
            "00000000"
        ) in text
        assert (
            "2 00000000 2026-11-26 erased (00000000): started, 2023-03-16, about measure a-1; "
            "DSGVO Art. 17"
        ) in text

    def test_bare_row(self) -> None:
        """Of a bare one, no day and no time is made up."""
        text = self.told(without(log(PROPOSED, STARTED), 1, bare=True))
        assert "1 00000000 day unknown started, about what, nobody knows any more – text" in text
        assert "9999-12-31" not in text + self.told(without(log(STARTED), 0, bare=True), "csv")

    def test_correction(self) -> None:
        """What an erased correction corrected is told."""
        events = without(log(PROPOSED, STARTED, (Started(measure="a-1"), "2023", 1)), 2)
        assert "– text erased: DSGVO Art. 17 – corrects 00000000" in self.told(events)

    def test_without_gaps(self) -> None:
        """The row tells that it was erased, whoever did it."""
        events = without(log(STARTED), 0)
        text = render_events(events[:1], "table", words=EN)
        assert "text erased" in text
        assert "says event" not in text

    def test_line(self) -> None:
        """As JSON lines it is the line that is left."""
        (line, _) = render_events(without(log(STARTED), 0), "jsonl", words=EN).splitlines()
        assert {"erased": "0" * 64, "position": 0} == json.loads(line)


class TestGrounds:
    """Tests for what a change rests on."""

    def test_ground(self) -> None:
        """An erased text has no source; the ground of the erasure stands there."""
        assert "text erased; ground: DSGVO Art. 17" == ground(gap().left, EN)
        assert line_told(gap().left, EN).startswith("started, about measure a-1 – text erased")
