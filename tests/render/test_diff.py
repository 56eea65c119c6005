"""A comparison in all its forms."""

import csv
import io
import json
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.config import Format
from planlog.events import (
    Amended,
    Decided,
    FieldAdded,
    GoalAdded,
    PlanOpened,
    Prioritized,
    Proposed,
    RecordedEvent,
    Started,
)
from planlog.render.diff import (
    Compared,
    DiffFormat,
    render_diff,
    render_names,
    render_stat,
)
from planlog.render.style import Style
from planlog.testing.logs import interacting_logs
from planlog.wording import words_for
from tests.diff.points import moments
from tests.render.compared import START, Said, at, compared, log
from tests.render.examples import FORMATS

CAUSES = ("moved", "shifted", "listed", "unlisted")
ALL_FORMATS: tuple[DiffFormat, ...] = ("words", *FORMATS)

SAID = (
    Said(PlanOpened(title="Sozialer Plan"), "2020"),
    Said(Prioritized(field="wohnen", ranking=["w-1", "w-2", "w-3"]), "2020-06-01"),
    Said(Started(measure="w-1", stage="Angeschoben"), "2021-02-01", "Bericht", "Nachfrage"),
    Said(Proposed(measure="w-4", title="Hof", field="wohnen", number="4"), "2021-02-01", "Antrag"),
    Said(Prioritized(field="wohnen", ranking=["w-3", "w-1", "w-4"]), "2021-05-04", "TOP 3"),
    Said(Proposed(measure="f-1", title="Turnier", field="freizeit", number="1"), "2020", None),
    Said(Amended(measure="f-1", attributes={"topic": "Sport"}), "2020-06-01", "Nachtrag"),
)
EVENTS = log(*START, *SAID)
BEFORE, AFTER = at("2020-12-31", EVENTS), at("2021-12-31", EVENTS)
FOUND = compared(EVENTS, BEFORE, AFTER)
LATE = compared(EVENTS, at("2020-12-31", EVENTS, len(START) + 5), AFTER)
SAME = compared(EVENTS, AFTER, AFTER)


def shown(
    found: Compared = FOUND, format: DiffFormat = "words", language: str = "en", width: int = 80
) -> str:
    """A comparison as it is written."""
    return render_diff(found, format, words=words_for(language), style=Style(width=width))


def stat(found: Compared = FOUND, format: DiffFormat = "words", language: str = "en") -> str:
    """How much differs, as it is written."""
    return render_stat(found, format, words=words_for(language))


def rows(text: str) -> list[list[str]]:
    """The rows of a CSV."""
    return list(csv.reader(io.StringIO(text)))


class TestHead:
    def test_says_what_is_compared(self) -> None:
        """Both points are printed back under the title of the plan."""
        assert (
            "Sozialer Plan\n"
            "from: state at the end of 2020-12-31, 13 events, known until #13\n"
            "to: state at the end of 2021-12-31, 13 events, known until #13\n\nNew"
        ) == shown().partition("\n- ")[0]

    def test_in_german(self) -> None:
        """The same in German."""
        assert (
            "von: Stand am Ende des Tages 2020-12-31, 13 Ereignisse, bekannt bis #13\n"
            "bis: Stand am Ende des Tages 2021-12-31, 13 Ereignisse, bekannt bis #13\n"
        ) in shown(language="de")

    def test_title_of_the_older_plan(self) -> None:
        """At the start no plan has a title; then the other one's will do, or none."""
        start = at("start", EVENTS)
        assert shown(compared(EVENTS, AFTER, start)).startswith("Sozialer Plan\n")
        assert shown(compared(EVENTS, start, start)).startswith("Plan without a title\n")

    @pytest.mark.parametrize(
        ("before", "after", "earlier", "less"),
        [
            (BEFORE, AFTER, False, False),
            (AFTER, BEFORE, True, False),
            (BEFORE, at("start", EVENTS), True, False),
            (at("start", EVENTS), BEFORE, False, False),
            (AFTER, at("2021-12-31", EVENTS, 3), False, True),
            (AFTER, at("2020-12-31", EVENTS, 3), True, True),
        ],
    )
    def test_says_when_it_goes_backwards(
        self, before: Any, after: Any, earlier: bool, less: bool
    ) -> None:
        """Nobody takes what is undone for what happened."""
        text = shown(compared(EVENTS, before, after))
        assert earlier is ("backwards: the second point lies before the first\n" in text)
        assert less is ("backwards: less was known at the second point\n" in text)


class TestWords:
    def test_grouped(self) -> None:
        """What is new is told under headings, where it stands at last."""
        assert """
New
- Wohnen 4: Hof; proposed, rank 3 [1]
- Conference: 1. Konferenz (2021-05-04) [2]

Started
- Wohnen 1: Mieterrat: proposed → started (2021-02-01); “Angeschoben” [3]

Priority up or down
- Wohnen: Ranking: 1, 2, 3 → 3, 1, 4 [4]
- Wohnen 3: Lift: Rank: 3 → 1 (moved up) [4]
- Wohnen 2: Anbau: Rank: 2 → – (no longer listed) [4]

Sources, reasons and decisions
- [1] Antrag
- [2] Protokoll
- [3] Bericht; reason: Nachfrage
- [4] TOP 3
""" in shown().replace("\N{NO-BREAK SPACE}", " ")

    def test_marks_never_stand_alone(self) -> None:
        """However narrow the page, a mark stands behind the last word of its line."""
        for width in range(30, 90):
            lines = shown(width=width).splitlines()
            assert not any(line.strip() in ("[1]", "[2]", "[3]", "[4]") for line in lines)

    def test_markdown(self) -> None:
        """Markdown has the same under headings of its own."""
        text = shown(format="markdown")
        assert "\n## New\n\n- Wohnen 4: Hof; proposed, rank 3\N{NO-BREAK SPACE}\\[1\\]\n" in text
        assert "\n## Sources, reasons and decisions\n\n- \\[1\\] Antrag\n" in text

    def test_gross(self) -> None:
        """Step by step, each event has a heading."""
        found = compared(EVENTS, BEFORE, AFTER, gross=True)
        assert (
            "\n2021-02-01: started\nBericht; reason: Nachfrage (event 08080808)\n"
            "- Wohnen 1: Mieterrat: Phase: proposed → started; Stage: Angeschoben\n\n"
        ) in shown(found)
        assert "\n## 2021-02-01: started\n" in shown(found, "markdown")

    @pytest.mark.parametrize("format", ["words", "table", "markdown"])
    def test_nothing(self, format: DiffFormat) -> None:
        """Where nothing differs, the page says so."""
        assert shown(SAME, format).endswith("nothing differs\n")
        assert shown(SAME, format, "de").endswith("kein Unterschied\n")


class TestTable:
    def test_row_for_each_change(self) -> None:
        """A table has every change with its events, by the beginnings of their ids."""
        assert """
What          Change                           Event
------------  -------------------------------  --------
Wohnen        Ranking: 1, 2, 3 → 3, 1, 4       0a0a0a0a
1. Konferenz  new                              05050505
Wohnen 3      Rank: 3 → 1 (moved up)           0a0a0a0a
Wohnen 1      Rank: 1 → 2 (shifted by others)  0a0a0a0a
Wohnen 1      Phase: proposed → started        08080808
Wohnen 1      Since: 2020 → 2021-02-01         08080808
Wohnen 1      Stage: Angeschoben               08080808
Wohnen 4      new                              09090909
                                               0a0a0a0a
Wohnen 2      Rank: 2 → – (no longer listed)   0a0a0a0a
""" in shown(format="table")

    def test_learned(self) -> None:
        """What was learned says so."""
        assert """
Freizeit 1    new                              0b0b0b0b
              – learned since                  0c0c0c0c
""" in shown(LATE, "table")


class TestData:
    def test_json(self) -> None:
        """The form is fixed, with every key in its place."""
        found = json.loads(shown(LATE, "json"))
        assert ["schema", "from", "to", "changes", "erased"] == list(found)
        assert "planlog.diff/1" == found["schema"]
        assert {"at": "2020-12-31", "known": {"size": 11, "recorded": "2023-04-04T08:15:00Z"}} == (
            found["from"]
        )
        assert ["at", "known"] == list(found["to"])
        assert {
            (
                *("subject", "id", "kind", "attribute", "before", "after", "axis", "cause"),
                "events",
            )
        } == set(map(tuple, found["changes"]))
        assert {
            "subject": "measure",
            "id": "w-3",
            "kind": "changed",
            "attribute": "rank",
            "before": 3,
            "after": 1,
            "axis": "decided",
            "cause": "moved",
            "events": ["0a" * 8],
        } in found["changes"]

    def test_json_of_the_start(self) -> None:
        """The start has no day, and an empty prefix no moment."""
        found = json.loads(shown(compared(EVENTS, at("start", EVENTS, 0), AFTER), "json"))
        assert {"at": "start", "known": {"size": 0, "recorded": None}} == found["from"]

    def test_whole_things(self) -> None:
        """What appeared or went has the whole of it, as the plan's JSON has it."""
        changes = json.loads(shown(LATE, "json"))["changes"]
        (new,) = [one for one in changes if one["id"] == "f-1"]
        assert ("added", None, None, "learned") == (
            new["kind"],
            new["attribute"],
            new["before"],
            new["axis"],
        )
        assert {"topic": "Sport"} == new["after"]["attributes"]
        assert "uncertain" not in new["after"]

    def test_lines_are_the_changes(self) -> None:
        """JSON lines have the changes of the object, one a line; none if nothing differs."""
        lines = shown(format="jsonl").splitlines()
        assert json.loads(shown(format="json"))["changes"] == list(map(json.loads, lines))
        assert "" == shown(SAME, "jsonl")

    def test_csv(self) -> None:
        """CSV has a row for each change, with its events, sources and reasons."""
        found = rows(shown(format="csv"))
        assert [
            *("subject", "id", "kind", "attribute", "before", "after", "axis", "cause"),
            *("events", "source", "reason"),
        ] == found[0]
        assert [
            *("measure", "w-1", "changed", "phase", "proposed", "started", "decided", ""),
            *("08" * 8, "Bericht", "Nachfrage"),
        ] in found
        assert [
            *("field", "wohnen", "changed", "ranking", '["w-1","w-2","w-3"]'),
            *('["w-3","w-1","w-4"]', "decided", "", "0a" * 8, "TOP 3", ""),
        ] in found
        (new,) = [row for row in found if row[1] == "w-4"]
        assert ["09" * 8 + " " + "0a" * 8, "Antrag; TOP 3", ""] == new[8:]
        assert "Hof" == json.loads(new[5])["title"]
        assert [found[0]] == rows(shown(SAME, "csv"))

    @pytest.mark.parametrize("format", ["csv", "json", "jsonl"])
    def test_language(self, format: Format) -> None:
        """The language changes words, never data."""
        assert shown(LATE, format, "en") == shown(LATE, format, "de")
        assert stat(LATE, format, "en") == stat(LATE, format, "de")

    @given(interacting_logs(), st.data(), st.booleans())
    def test_every_change_is_there(
        self, events: tuple[RecordedEvent, ...], data: st.DataObject, gross: bool
    ) -> None:
        """Whatever the log and the points: as many rows, objects and lines as changes."""
        points = data.draw(moments(events)), data.draw(moments(events))
        found = compared(events, *points, gross=gross)
        count = len(found.diff.changes)
        assert count == len(rows(shown(found, "csv"))) - 1
        assert count == len(json.loads(shown(found, "json"))["changes"])
        assert count == len(shown(found, "jsonl").splitlines())
        counted = json.loads(stat(found, "json"))["fields"]
        assert count == sum(n for one in counted for key, n in one.items() if key != "field")


class TestNames:
    def test_each_subject_once(self) -> None:
        """The kind and id of each subject stand on a line, in the order of the plan."""
        assert (
            "field wohnen\nconference k-1\nmeasure w-3\nmeasure w-1\nmeasure w-4\nmeasure w-2\n"
        ) == render_names(FOUND, "words")
        assert render_names(FOUND, "table") == render_names(FOUND, "words")

    def test_plan(self) -> None:
        """The plan itself has no id."""
        found = compared(EVENTS, at("2019-12-31", EVENTS), AFTER)
        assert render_names(found, "words").startswith("plan\nfield ")
        assert ["plan", ""] == rows(render_names(found, "csv"))[1]

    def test_other_forms(self) -> None:
        """As a list in Markdown, and as data with the points."""
        assert render_names(FOUND, "markdown").startswith("- field wohnen\n- conference k-1\n")
        assert [["subject", "id"], ["field", "wohnen"]] == rows(render_names(FOUND, "csv"))[:2]
        found = json.loads(render_names(FOUND, "json"))
        assert ["schema", "from", "to", "subjects", "erased"] == list(found)
        assert "planlog.diff-names/1" == found["schema"]
        assert {"subject": "field", "id": "wohnen"} == found["subjects"][0]
        lines = render_names(FOUND, "jsonl").splitlines()
        assert found["subjects"] == list(map(json.loads, lines))

    def test_nothing(self) -> None:
        """Where nothing differs, there is no line."""
        assert "" == render_names(SAME, "words") == render_names(SAME, "jsonl")
        assert [] == json.loads(render_names(SAME, "json"))["subjects"]


class TestStat:
    EVENTS = log(
        *START,
        *SAID,
        Said(FieldAdded(field="klima", title="Klima", number="3"), "2021-02-01"),
        Said(GoalAdded(goal="ruhe", field="klima", title="Ruhe"), "2021-02-01"),
        Said(Decided(conference="k-1", outcome="noted", measures=["w-2"]), "2021-05-04"),
        Said(Proposed(measure="x", title="Zeitung"), "2021-02-01"),
    )

    def found(self, before: str = "2020-12-31", after: str = "2021-12-31") -> Compared:
        """What differs between two days."""
        return compared(self.EVENTS, at(before, self.EVENTS), at(after, self.EVENTS))

    def test_field_by_field(self) -> None:
        """Measures are counted by what became of them; all else is other, and comes last."""
        assert [
            [
                "field",
                "added",
                "removed",
                "phase",
                "moved",
                "shifted",
                "listed",
                "unlisted",
                "other",
            ],
            ["wohnen", "1", "0", "1", "1", "1", "0", "1", "4"],
            ["klima", "0", "0", "0", "0", "0", "0", "0", "2"],
            ["", "1", "0", "0", "0", "0", "0", "0", "1"],
        ] == rows(stat(self.found(), "csv"))

    def test_table(self) -> None:
        """The table has only columns in which something is counted, and fields by their titles."""
        assert """
Field                      New  Phase  Moved  Shifted  Unlisted  Other
-------------------------  ---  -----  -----  -------  --------  -----
Wohnen                       1      1      1        1         1      4
Klima                        –      –      –        –         –      2
Outside the action fields    1      –      –        –         –      1
""" in stat(self.found())
        assert "\n| Field | New | Phase |" in stat(self.found(), "markdown")

    def test_backwards(self) -> None:
        """Backwards what was new is gone, and what had left the list is on it."""
        lines = stat(self.found("2021-12-31", "2020-12-31"), language="de").splitlines()
        assert [
            "Handlungsfeld",
            "Weg",
            "Phase",
            "Umgereiht",
            "Gerückt",
            "Gelistet",
            "Sonstiges",
        ] == (lines[5].split())

    def test_json(self) -> None:
        """JSON has an object for each field, with every key."""
        found = json.loads(stat(self.found(), "json"))
        assert ["schema", "from", "to", "fields", "erased"] == list(found)
        assert "planlog.diff-stat/1" == found["schema"]
        assert {
            "field": "klima",
            "added": 0,
            "removed": 0,
            "phase": 0,
            "moved": 0,
            "shifted": 0,
            "listed": 0,
            "unlisted": 0,
            "other": 2,
        } == found["fields"][1]
        lines = stat(self.found(), "jsonl").splitlines()
        assert found["fields"] == list(map(json.loads, lines))

    def test_nothing(self) -> None:
        """Where nothing differs, there is nothing to count."""
        assert stat(SAME).endswith("#13\nnothing differs\n")
        assert [] == json.loads(stat(SAME, "json"))["fields"]


HOSTILE_IDS = ("=1+1", "| a |", "[x](y)", "-rf", "# h", "a  b", "<b>", "*", "+", "1.", "a\\", "`")


class TestHostileIds:
    EVENTS = log(
        *START,
        *(Said(Proposed(measure=id, title=id), "2021-02-01", id) for id in HOSTILE_IDS),
        Said(Prioritized(field="wohnen", ranking=HOSTILE_IDS), "2021-02-01"),
        *(Said(Amended(measure=id, number=id, field="wohnen"), "2021-03-01") for id in HOSTILE_IDS),
        Said(Decided(conference="k-1", outcome="noted", measures=HOSTILE_IDS), "2021-05-04"),
        *(Said(Started(measure=id), "2022-02-01", id, id) for id in HOSTILE_IDS),
    )

    def answers(self, format: DiffFormat) -> list[str]:
        """Every answer about measures whose ids pass for something else."""
        points = [at(day, self.EVENTS) for day in ("2020-12-31", "2021-12-31", "2022-12-31")]
        found = [
            compared(self.EVENTS, before, after, gross=gross)
            for before, after in (points[:2], points[1:], points[1::-1])
            for gross in (False, True)
        ]
        return [
            text
            for one in found
            for text in (shown(one, format), render_names(one, format), stat(one, format))
        ]

    def test_tell_ids_from_formulas(self) -> None:
        """No cell of a spreadsheet is a formula."""
        cells = [cell for text in self.answers("csv") for row in rows(text) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
        assert "'=1+1" in cells

    def test_tell_ids_from_markup(self) -> None:
        """No id is a link, a heading, a list, a code or a cell of Markdown."""
        for text in self.answers("markdown"):
            for line in text.splitlines():
                assert not line.startswith(("- #", "- -", "- +", "- =", "- 1.", "-rf", "# h"))
                assert "](" not in line.replace("\\](", "")
                assert "<b>" not in line
                assert " | a | " not in line

    def test_keep_ids_as_they_are(self) -> None:
        """Data has each id as it is, and names stand on lines of their own."""
        for text in self.answers("json"):
            found = json.loads(text)
            for one in found.get("changes", ()):
                assert one["subject"] != "measure" or one["id"] in {*HOSTILE_IDS, "w-1"}
        names = render_names(
            compared(self.EVENTS, *(at(day, self.EVENTS) for day in ("2021-12-31", "2022-12-31"))),
            "words",
        )
        assert sorted(f"measure {id}" for id in HOSTILE_IDS) == sorted(names.splitlines())

    @pytest.mark.parametrize("format", ALL_FORMATS)
    def test_every_form_is_written(self, format: DiffFormat) -> None:
        """Each form is there, of whole lines."""
        assert all(text.endswith("\n") for text in self.answers(format))


class TestComposed:
    def test_changes_beside_what_is_new(self) -> None:
        """In a diff put together, a new measure can have changes of its own; all are told."""
        new = next(one for one in FOUND.diff.changes if one.id == "w-4")
        (started,) = (
            one for one in FOUND.diff.changes if (one.id, one.attribute) == ("w-1", "phase")
        )
        changes = (new, attrs.evolve(started, id="w-4"))
        found = attrs.evolve(FOUND, diff=attrs.evolve(FOUND.diff, changes=changes))
        text = shown(found)
        assert "- Wohnen 4: Hof; proposed, rank 3" in text
        assert "- Wohnen 4: Hof: proposed → started" in text
