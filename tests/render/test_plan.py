"""The plan at one moment, as it is put before a council or a conference."""

import csv
import io
import json
import re
from datetime import date

import attrs
import pytest

from planlog.dates import InexactDate, Point
from planlog.plan import ActionField, Decision, Goal, Measure, Plan, Prefix
from planlog.render.objects import Uncertain
from planlog.render.plan import render_plan
from planlog.render.style import Format
from planlog.timeline import Moment
from planlog.wording import words_for
from tests.render.examples import PLAN, standard

DAY = date(2023, 3, 16)
MOMENT = Moment(Point.parse("2023-03-16"), DAY, 3)

GARDEN = Measure(
    id="freizeit-14",
    field="freizeit",
    number="14",
    title="Gemeinschaftsgarten",
    rank=1,
    phase="started",
    since=InexactDate.parse("2022"),
)
FIELD = ActionField(id="freizeit", number="3", title="Freizeit und Kultur")


def plan(*measures: Measure, fields: tuple[ActionField, ...] = (FIELD,)) -> Plan:
    """A plan of few measures."""
    return Plan(at=DAY, known=Prefix(size=3), title="Plan", fields=fields, measures=measures)


def shown(
    plan: Plan,
    format: Format = "table",
    *,
    everything: bool = False,
    uncertain: Uncertain | None = None,
    language: str = "en",
) -> str:
    """The plan as it is written."""
    return render_plan(
        plan,
        format,
        words=words_for(language),
        moment=MOMENT,
        uncertain=uncertain or {},
        everything=everything,
    )


class TestJson:
    def test_has_exactly_the_keys_that_were_promised(self) -> None:
        """The form is fixed: every key is there, in its order."""
        found = json.loads(standard("json", "de")["plan"])
        assert [
            "schema",
            "at",
            "known",
            "plan",
            "fields",
            "goals",
            "conferences",
            "versions",
            "measures",
            "erased",
        ] == list(found)
        assert "planlog.plan/1" == found["schema"]
        assert ["size", "recorded"] == list(found["known"])
        assert ["title", "place", "programme", "language"] == list(found["plan"])
        assert ["field", "number", "title", "ranking", "decisions"] == list(found["fields"][0])
        assert ["goal", "field", "title"] == list(found["goals"][0])
        assert ["conference", "on", "title", "kind"] == list(found["conferences"][0])
        assert [
            "version",
            "on",
            "title",
            "coverage",
            "attributes",
            "measures",
            "document",
        ] == list(found["versions"][0])
        decision = found["fields"][0]["decisions"][0]
        assert [
            "event",
            "conference",
            "on",
            "outcome",
            "text",
            "votes",
            "reference",
        ] == list(decision)
        assert ["yes", "no", "abstain"] == list(decision["votes"])

    def test_has_exactly_the_keys_of_measures_that_were_promised(self) -> None:
        """Whatever is known of a measure, all its keys are there, in their order."""
        found = json.loads(standard("json", "de")["plan"])["measures"]
        assert {
            (
                "measure",
                "field",
                "number",
                "title",
                "rank",
                "level",
                "phase",
                "since",
                "stage",
                "note",
                "goal",
                "description",
                "responsible",
                "partners",
                "due",
                "cost",
                "funding",
                "attributes",
                "decisions",
                "predecessors",
                "successors",
                "uncertain",
                "missing",
            )
        } == set(map(tuple, found))

    def test_an_empty_plan_has_every_key_too(self) -> None:
        """At the start there is a plan, with nothing in it."""
        assert {
            "schema": "planlog.plan/1",
            "at": "start",
            "known": {"size": 0, "recorded": None},
            "plan": {"title": None, "place": None, "programme": None, "language": None},
            "fields": [],
            "goals": [],
            "conferences": [],
            "versions": [],
            "measures": [],
            "erased": [],
        } == json.loads(shown(Plan(), "json"))

    def test_names_what_is_open(self) -> None:
        """Each measure names its attributes that inexact days leave open, sorted."""
        uncertain = {("measure", "freizeit-14"): ("stage", "phase")}
        found = json.loads(shown(plan(GARDEN), "json", uncertain=uncertain))
        assert ["phase", "stage"] == found["measures"][0]["uncertain"]

    def test_lines_are_the_measures(self) -> None:
        """JSON lines have the measures of the object, one a line."""
        lines = standard("jsonl", "de")["plan"].splitlines()
        whole = json.loads(standard("json", "de")["plan"])
        assert whole["measures"] == [json.loads(line) for line in lines]


class TestCsv:
    def test_has_exactly_the_columns_that_were_promised(self) -> None:
        """The form is fixed."""
        text = shown(plan(GARDEN), "csv")
        assert (
            "field,measure,number,title,rank,level,phase,stage,since\n"
            "freizeit,freizeit-14,14,Gemeinschaftsgarten,1,,started,,2022\n"
        ) == text

    def test_keeps_the_order_of_the_plan(self) -> None:
        """Measures stand by field, ranked ones first."""
        rows = list(csv.reader(io.StringIO(standard("csv", "de")["plan"])))[1:]
        assert [one.id for one in PLAN.measures if one.listed] == [row[1] for row in rows]


REPLACED = attrs.evolve(GARDEN, id="alt-1", title="Alter Garten", phase="replaced")
LEFT_OUT = attrs.evolve(GARDEN, id="alt-2", title="Beet", phase="dropped", cause="not_listed")
GIVEN_UP = attrs.evolve(GARDEN, id="alt-3", title="Teich", phase="dropped", cause="not_feasible")


class TestEverything:
    @pytest.mark.parametrize("format", ["table", "markdown", "csv", "json", "jsonl"])
    def test_what_is_no_longer_listed_is_left_out(self, format: Format) -> None:
        """Replaced measures, and those a document no longer lists, are not shown by themselves."""
        whole = plan(GARDEN, REPLACED, LEFT_OUT, GIVEN_UP)
        assert [False, False, True] == [
            title in shown(whole, format) for title in ("Alter Garten", "Beet", "Teich")
        ]
        assert [True, True, True] == [
            title in shown(whole, format, everything=True)
            for title in ("Alter Garten", "Beet", "Teich")
        ]

    def test_a_page_says_how_many_are_left_out(self) -> None:
        """Nobody takes a part for the whole."""
        assert "left out: 1 measure that was" in shown(plan(GARDEN, REPLACED))
        assert "left out: 2 measures that were" in shown(plan(GARDEN, REPLACED, LEFT_OUT))
        assert "left out" not in shown(plan(GARDEN, REPLACED), everything=True)

    def test_a_page_says_why_a_measure_was_dropped(self) -> None:
        """A dropped measure is shown with the cause."""
        assert "not feasible" in shown(plan(GIVEN_UP))


class TestPage:
    @pytest.mark.parametrize("format", ["table", "markdown"])
    def test_an_empty_plan_says_so(self, format: Format) -> None:
        """Where nothing is planned, the page says so in words."""
        text = shown(Plan(), format)
        assert "Plan without a title" in text
        assert "No measures at this point" in text

    def test_a_plan_without_measures_names_its_fields(self) -> None:
        """Fields without any measure are listed."""
        text = shown(plan())
        assert "No measures at this point\n- 3. Freizeit und Kultur\n" in text

    def test_a_field_without_measures_says_so(self) -> None:
        """A field is not left out because nothing is planned in it."""
        other = ActionField(id="bildung", number="(4)")
        assert "(4) bildung\nNo measures.\n" in shown(plan(GARDEN, fields=(FIELD, other)))

    def test_several_goals_of_a_field_stand_under_its_heading(self) -> None:
        """What a field wants to reach is said before its measures."""
        goals = (Goal(id="g1", field="freizeit", title="Treffen"), Goal(id="g2", field="freizeit"))
        text = shown(attrs.evolve(plan(GARDEN), goals=goals))
        assert "3. Freizeit und Kultur\nGoals: Treffen; g2\n\nRank" in text

    def test_a_stage_stands_beside_the_phase(self) -> None:
        """The plan's own word is quoted as it is written, even where ours is the same."""
        text = shown(
            plan(attrs.evolve(GARDEN, phase="implemented", stage="Umgesetzt")), language="de"
        )
        assert re.search("umgesetzt\n +„Umgesetzt“\n", text)

    def test_a_measure_that_is_only_spoken_of_has_no_phase(self) -> None:
        """A measure without a proposal is shown by its id."""
        text = shown(plan(Measure(id="freizeit-9", field="freizeit")))
        assert "–     –    freizeit-9  no phase yet\n" in text

    @pytest.mark.parametrize(
        ("attribute", "marked"),
        [
            ("rank", "1 (?)"),
            ("number", "14 (?)"),
            ("title", "Gemeinschaftsgarten (?)"),
            ("present", "Gemeinschaftsgarten (?)"),
            ("phase", "started (?)"),
            ("since", "since 2022 (?)"),
            ("stage", "started (?)"),
            ("cause", "started (?)"),
            ("note", "\n           – (?) "),
            ("level", " – (?) "),
        ],
    )
    def test_what_is_open_is_marked(self, attribute: str, marked: str) -> None:
        """A cell that inexact days leave open has a mark, and the page says what it means."""
        text = shown(plan(GARDEN), uncertain={("measure", "freizeit-14"): (attribute,)})
        assert marked in text
        assert text.count("(?)") == 2
        assert "(?) open: depends on" in text

    def test_what_is_open_of_a_field_is_marked(self) -> None:
        """The same goes for the heading of a field and for what was decided about it."""
        decision = Decision(
            event="0" * 16, conference="stk-3", on=InexactDate.of(DAY), outcome="adopted"
        )
        decided = attrs.evolve(FIELD, decisions=(decision,))
        text = shown(
            plan(GARDEN, fields=(decided,)),
            uncertain={("field", "freizeit"): ("title", "decisions")},
        )
        assert "3. Freizeit und Kultur (?)\n" in text
        assert "Decisions: (?)\n- 2023-03-16, stk-3: adopted (priority list)\n" in text

    def test_what_is_open_but_not_shown_needs_no_legend(self) -> None:
        """A mark is explained only where there is one."""
        text = shown(plan(GARDEN), uncertain={("measure", "freizeit-14"): ("cost",)})
        assert "(?)" not in text

    def test_the_wording_of_a_decision_stands_once(self) -> None:
        """What was decided about several fields is quoted once, below them all."""
        decision = Decision(
            event="0" * 16,
            conference="stk-3",
            on=InexactDate.of(DAY),
            outcome="adopted",
            text="So beschlossen.",
        )
        fields = tuple(
            ActionField(id=id, title=id.title(), decisions=(decision,)) for id in ("bad", "bau")
        )
        measures = [attrs.evolve(GARDEN, id=f"{one.id}-1", field=one.id) for one in fields]
        text = shown(plan(*measures, fields=fields))
        assert 2 == text.count("adopted (priority list)")
        assert "Wording of the decisions\n- 2023-03-16, stk-3: So beschlossen.\n" in text
        assert 1 == text.count("So beschlossen.")
