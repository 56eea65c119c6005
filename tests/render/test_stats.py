"""What two points say about the course of a plan, as people and programs read it."""

import csv
import io
import json
import re

import pytest

from planlog.dates import Point
from planlog.events import (
    Decided,
    Dropped,
    Event,
    FieldAdded,
    Implemented,
    MadePermanent,
    Merged,
    PlanAmended,
    Progressed,
    Proposed,
    RecordedEvent,
    Started,
)
from planlog.render.stats import COLUMNS, render_stats
from planlog.render.style import Format
from planlog.stats import stats
from planlog.timeline import resolve
from planlog.wording import words_for
from tests.histories import Entry, id_at, log
from tests.render.examples import standard
from tests.stats.examples import TODAY, Recorded, held, kept

FIELD: Entry = (FieldAdded(field="a", title="Wohnen", number="1"), "2020-01-01")
PROPOSED: Entry = (Proposed(measure="a-1", title="Garten", field="a"), "2021-01-01")


def adopted(on: str) -> Entry:
    """The measure was adopted."""
    return Decided(conference="k", outcome="adopted", measures=["a-1"]), on


def of(
    events: tuple[RecordedEvent, ...],
    format: Format = "table",
    *,
    before: str = "start",
    after: str = "today",
    silent: int = 2,
    language: str = "en",
) -> str:
    """The statistics of a log as they are written."""
    moments = (
        resolve(Point.parse(before), events, TODAY),
        resolve(Point.parse(after), events, TODAY),
    )
    return render_stats(
        stats(events, *moments, silent), format, words=words_for(language), moments=moments
    )


def shown(*entries: Entry, before: str = "start", silent: int = 2, language: str = "en") -> str:
    """The page about *entries*."""
    return of(log(*entries), before=before, silent=silent, language=language)


def section(text: str, heading: str) -> list[str]:
    """The lines of a section, without those that are empty."""
    titles = "Measures by|Newly|Open|Came back|Days from|Recorded late"
    _, begun, rest = text.partition(f"\n{heading}")
    assert begun, text
    body = re.split(rf"\n\n(?={titles})", rest.partition("\n")[2])[0]
    return [line for line in body.splitlines() if line]


class TestPage:
    def test_says_how_both_points_were_understood(self) -> None:
        """The page opens with the plan and what was compared with what."""
        lines = of(log(PROPOSED), before="2020@#0").splitlines()
        assert [
            "Plan without a title",
            "from: state at the end of 2020-12-31, 0 events, known until #0",
            "to: state at the end of 2025-12-31, 1 event, known until today",
        ] == lines[:3]

    def test_says_so_where_there_is_nothing(self) -> None:
        """An empty section says that it is."""
        text = shown()
        assert ["No measures."] == section(text, "Measures by")
        assert 7 == text.count("\nnone\n")

    def test_speaks_german(self) -> None:
        """Headings and words are German."""
        text = shown(FIELD, PROPOSED, language="de")
        assert "Maßnahmen nach Handlungsfeld und Stand" in text
        assert "vorg. vorgeschlagen" in text
        assert "Offen und seit mindestens 2 Konferenzen ohne Meldung\nkeine\n" in text


class TestCounts:
    ENTRIES: tuple[Entry, ...] = (
        FIELD,
        PROPOSED,
        *((Proposed(measure=f"a-{one}", field="a"), "2021-01-01") for one in range(2, 13)),
        (Proposed(measure="b", title="Café"), "2021-01-01"),
        (Started(measure="a-2"), "2022-01-01"),
        (Merged(measures=["a-3"], into="a-4"), "2022-01-01"),
        (Dropped(measure="a-5", cause="not_listed"), "2022-01-01"),
    )

    def test_compare_where_something_differs(self) -> None:
        """A number that changed has both values, one that did not stands once; all on the right."""
        assert [
            "Field                        prop.  start.    Total",
            "-------------------------  -------  ------  -------",
            "1. Wohnen                   12 → 9   0 → 1  12 → 10",
            "Outside the action fields        1       –        1",
            "Total                      13 → 10   0 → 1  13 → 11",
            "prop. proposed; start. started",
            "not counted, as show leaves them out: not listed 0 → 1; replaced 0 → 1",
        ] == section(shown(*self.ENTRIES, before="2021"), "Measures by")

    def test_from_nothing_there_is_nothing_to_compare(self) -> None:
        """Where there was no measure before, the numbers stand alone."""
        lines = section(shown(*self.ENTRIES), "Measures by")
        assert "Total                         10       1     11" == lines[4]
        assert "not counted, as show leaves them out: not listed 1; replaced 1" == lines[6]

    def test_of_a_field_that_only_one_of_the_plans_has(self) -> None:
        """A field that is gone has its name from the plan that has it."""
        events = (*log(FIELD, PROPOSED),)
        text = of(events, before="2021", after="2020")
        assert "1. Wohnen  1 → 0  1 → 0" in text


class TestTurned:
    def test_names_measure_phase_and_events(self) -> None:
        """What was carried out or given up is told with the events that did it."""
        text = shown(
            PROPOSED,
            (Implemented(measure="a-1"), "2022-01-01"),
            (MadePermanent(measure="a-1"), "2022-02-01"),
            (Proposed(measure="a-2"), "2021-01-01"),
            (Dropped(measure="a-2", cause="other"), "2022-01-01"),
        )
        assert ["- a-1: Garten (ongoing; 00000000, 00000000)"] == section(
            text, "Newly implemented or ongoing"
        )
        assert ["- a-2 (dropped; 00000000)"] == section(text, "Newly dropped or replaced")


class TestSilences:
    @pytest.mark.parametrize(
        ("silent", "heading"),
        [(1, "Open, and no report for 1 conference or more"), (2, "Open, and no report for 2 con")],
    )
    def test_names_the_last_report(self, silent: int, heading: str) -> None:
        """The measure, where it stands, what was said last, and the conferences since."""
        text = shown(PROPOSED, held("k-1", "2021-06-01"), held("k-2", "2022-06-01"), silent=silent)
        lines = section(text, heading)
        assert "a-1: Garten  proposed  2021-01-01       2  k-1, k-2" == lines[2]
        assert ["00000000"] == lines[3].split()


class TestFlips:
    def test_tells_the_course(self) -> None:
        """How often, through which phases, and by which events it came back."""
        text = shown(
            PROPOSED, (Started(measure="a-1"), "2022-01-01"), (Proposed(measure="a-1"), "2023")
        )
        lines = section(text, "Came back")
        assert "a-1: Garten      1  proposed → started → proposed" == lines[2]
        assert ["–", "00000000"] == lines[3].split()


class TestDelays:
    @pytest.mark.parametrize(
        ("decided", "started", "days", "footnote"),
        [
            ("2021-03-01", "2021-03-31", "30", None),
            ("2021-03-01", "2021-04", "31–60", "from–to: not all of the dates are exact"),
            ("2021-03-01", "2021-02-01", "before", "before: the later of the two steps came"),
            ("2021-03-02", "2021-03", "0–29 or before", "or before: inexact days leave open"),
        ],
    )
    def test_tells_days(self, decided: str, started: str, days: str, footnote: str | None) -> None:
        """A number, a range, or that the start came first; and what that means."""
        text = shown(PROPOSED, adopted(decided), (Started(measure="a-1"), started))
        lines = section(text, "Days from")
        assert lines[3].startswith("a-1: Garten")
        assert lines[3].endswith(days)
        told = [line for line in lines if line.startswith(("from–to", "before:", "or before:"))]
        assert [] == told if footnote is None else any(one.startswith(footnote) for one in told)

    def test_ends_with_the_medians(self) -> None:
        """Below all measures stand the medians and of how many they are; a half is a half."""
        text = shown(
            PROPOSED,
            (Proposed(measure="a-2"), "2021-01-01"),
            adopted("2021-03-01"),
            (Decided(conference="k", outcome="adopted", measures=["a-2"]), "2021-03-01"),
            (Started(measure="a-1"), "2021-03-02"),
            (Started(measure="a-2"), "2021-03-03"),
            (Implemented(measure="a-2"), "2021-03-13"),
        )
        lines = section(text, "Days from")
        assert ["Median", "1½", "10"] == lines[5].split()
        assert ["n", "=", "2", "n", "=", "1"] == lines[6].split()

    def test_has_no_median_of_nothing(self) -> None:
        """Where no span is sure there is none."""
        text = shown(PROPOSED, adopted("2021-03-02"), (Started(measure="a-1"), "2021-03"))
        assert ["Median", "–", "–"] == section(text, "Days from")[4].split()


MEETING: Recorded = (held("k-1", "2022-06-01")[0], "2022-06-01", "2022-06-01")
OPENED: Recorded = (PROPOSED[0], "2022-01-01", "2022-02-01")


class TestRecording:
    def test_tells_what_was_late(self) -> None:
        """How many events, how many of them late, and each with what it missed."""
        event: Event = Progressed(measure="a-1")
        events = kept(
            OPENED,
            MEETING,
            (event, "2022-03-01", "2022-06-11"),
            (event, "2022-06-02", "2022-06-11"),
        )
        lines = section(of(events), "Recorded late")
        assert [
            "Events in between  4 events",
            "Backfilled         1 recorded on the day the log was opened, 0 of them late",
            "Recorded later     3, 1 of them late (33 %)",
        ] == lines[:3]
        row = "00000000  progressed (a-1)  2022-03-01  2022-06-11  k-1"
        assert [[*row.split(), "10"]] == [line.split() for line in lines if "progressed" in line]

    def test_names_no_backfilled_events(self) -> None:
        """What was written down when the log was opened is only counted."""
        events = kept((PROPOSED[0], "2022-01-01", "2022-07-01"), (*MEETING[:2], "2022-07-01"))
        assert [
            "Events in between  2 events",
            "Backfilled         2 recorded on the day the log was opened, 1 of them late",
        ] == section(of(events), "Recorded late")

    def test_says_nothing_of_an_opening_before(self) -> None:
        """Where all of it was recorded later, there is nothing backfilled."""
        events = kept(OPENED, (Progressed(measure="a-1"), "2022-03-01", "2022-03-01"))
        assert [
            "Events in between  1 event",
            "Recorded later     1, 0 of them late (0 %)",
        ] == section(of(events, before="2022-02"), "Recorded late")

    def test_names_an_event_that_is_about_the_plan(self) -> None:
        """What is about no subject is told by its type."""
        events = kept(OPENED, MEETING, (PlanAmended(title="Plan"), "2022-03-01", "2022-06-11"))
        assert "00000000  plan amended  2022-03-01" in of(events)


class TestUncertain:
    def test_names_subjects_and_attributes(self) -> None:
        """What is open is told by subject; a measure by its title, and whether it is there."""
        text = of(
            log(
                PROPOSED,
                (Started(measure="a-1"), "2021/2023"),
                (FieldAdded(field="b", title="Café"), "2021/2023"),
            ),
            after="2022",
        )
        assert "- field b: in the plan or not, title" in section(text, "Open, as")
        assert "- a-1: Garten: phase, since" in section(text, "Open, as")


class TestJson:
    def test_has_exactly_the_keys_that_were_promised(self) -> None:
        """The form is fixed: every key is there, in its order."""
        found = json.loads(standard("json", "de")["stats"])
        assert [
            *("schema", "from", "to", "silent", "counts", "totals", "implemented", "dropped"),
            *("silences", "flips", "delays", "typical", "recording", "late", "uncertain"),
            "erased",
        ] == list(found)
        assert "planlog.stats/1" == found["schema"]
        assert ["at", "known"] == list(found["from"]) == list(found["to"])

    @pytest.mark.parametrize(
        ("name", "keys"),
        [
            ("counts", "field phase listed before after"),
            ("totals", "phase listed before after"),
            ("implemented", "measure title phase events"),
            ("dropped", "measure title phase events"),
            ("silences", "measure title phase event on conferences"),
            ("flips", "measure title phases events returns"),
            ("delays", "measure title decided started implemented to_start to_implementation"),
            ("typical", "key least most measures"),
            ("recording", "key count events"),
            ("late", "event type on recorded conference days backfilled"),
            ("uncertain", "subject id attributes"),
        ],
    )
    def test_entries_have_their_keys(self, name: str, keys: str) -> None:
        """Every entry of a section has the same keys."""
        entries = json.loads(of(FULL, "json", silent=0))[name]
        assert entries
        assert {tuple(keys.split())} == set(map(tuple, entries))

    def test_lines_are_the_entries(self) -> None:
        """JSON lines have the entries of all sections, each with the name of its section."""
        lines = [json.loads(line) for line in standard("jsonl", "de")["stats"].splitlines()]
        whole = json.loads(standard("json", "de")["stats"])
        names = list(whole)[4:]
        assert [{"section": name, **entry} for name in names for entry in whole[name]] == lines


FULL = log(
    FIELD,
    PROPOSED,
    held("k", "2021-06-01"),
    adopted("2021-06-01"),
    (Started(measure="a-1"), "2021-07-01"),
    (Implemented(measure="a-1"), "2021-08-01"),
    (Started(measure="a-1"), "2021-09-01"),
    (Proposed(measure="a-2", title="Beet"), "2021-07-01"),
    (MadePermanent(measure="a-2"), "2021-08-01"),
    (Proposed(measure="a-3", title="Bank"), "2021-07-01"),
    (Dropped(measure="a-3", cause="not_listed"), "2021-08-01"),
    (Proposed(measure="a-4", title="Teich"), "2021-01-01"),
    (Progressed(measure="a-4", note="eins"), "2025-12"),
    (Progressed(measure="a-4", note="zwei"), "2025-12-15"),
)
"""A log with something in every section."""


class TestCsv:
    def rows(self) -> list[dict[str, str]]:
        """The rows of a log with something in every section."""
        return list(csv.DictReader(io.StringIO(of(FULL, "csv", silent=0))))

    def test_has_exactly_the_columns_that_were_promised(self) -> None:
        """The form is fixed."""
        text = of(FULL, "csv")
        assert ",".join(COLUMNS) == text.splitlines()[0]
        assert "section,subject,id,title,key,before,after,value,ids_before,ids" == ",".join(COLUMNS)

    def test_every_number_has_the_ids_that_it_counts(self) -> None:
        """A count is the number of the ids beside it."""
        counted = [row for row in self.rows() if row["section"] in ("counts", "totals")]
        assert counted
        for row in counted:
            assert int(row["before"]) == len(json.loads(row["ids_before"]))
            assert int(row["after"]) == len(json.loads(row["ids"]))
        for row in self.rows():
            if (row["section"], row["key"]) in (("silences", "conferences"), ("flips", "returns")):
                assert int(row["value"]) == len(json.loads(row["ids"]))
            if row["section"] == "recording":
                assert int(row["value"]) == len(json.loads(row["ids"]))

    def test_has_a_row_for_each_number(self) -> None:
        """Sections and keys, with what they are about."""
        found = [
            tuple(row[name] for name in ("section", "subject", "id", "title", "key", "value"))
            for row in self.rows()
            if row["section"] not in ("counts", "recording")
        ]
        late = {row[2] for row in found if row[0] == "late"}
        assert {id_at(0), id_at(1), id_at(11)} == late
        assert [
            ("totals", "plan", "", "", "proposed", ""),
            ("totals", "plan", "", "", "started", ""),
            ("totals", "plan", "", "", "ongoing", ""),
            ("totals", "plan", "", "", "not_listed", ""),
            ("implemented", "measure", "a-2", "Beet", "ongoing", ""),
            ("dropped", "measure", "a-3", "Bank", "dropped", ""),
            ("silences", "measure", "a-1", "Garten", "conferences", "0"),
            ("silences", "measure", "a-1", "Garten", "last_report", "2021-09-01"),
            ("silences", "measure", "a-4", "Teich", "conferences", "0"),
            ("silences", "measure", "a-4", "Teich", "last_report", "2025-12"),
            ("flips", "measure", "a-1", "Garten", "returns", "1"),
            (
                *("flips", "measure", "a-1", "Garten", "phases"),
                '["proposed","started","implemented","started"]',
            ),
            ("delays", "measure", "a-1", "Garten", "to_start.least", "30"),
            ("delays", "measure", "a-1", "Garten", "to_start.most", "30"),
            ("delays", "measure", "a-1", "Garten", "to_implementation.least", "31"),
            ("delays", "measure", "a-1", "Garten", "to_implementation.most", "31"),
            ("typical", "plan", "", "", "to_start.least", "30"),
            ("typical", "plan", "", "", "to_start.most", "30"),
            ("typical", "plan", "", "", "to_implementation.least", "31"),
            ("typical", "plan", "", "", "to_implementation.most", "31"),
        ] == [row for row in found if row[0] not in ("late", "uncertain")]
        assert [("uncertain", "measure", "a-4", "Teich", "note", "")] == found[-1:]

    def test_says_where_the_order_is_open(self) -> None:
        """A span that may be the other way round has a row that says so."""
        events = log(PROPOSED, adopted("2021-03-02"), (Started(measure="a-1"), "2021-03"))
        keys = [row["key"] for row in csv.DictReader(io.StringIO(of(events, "csv")))]
        assert ["to_start.least", "to_start.most", "to_start.or_before"] == [
            key for key in keys if key.startswith("to_")
        ]
