"""The sheet of one measure."""

import json
from datetime import date

import pytest

from planlog.dates import InexactDate, Point
from planlog.mappings import FrozenMapping
from planlog.plan import ActionField, Decision, Goal, Measure, Plan, Prefix
from planlog.render.measure import render_measure
from planlog.render.objects import Uncertain
from planlog.render.style import Format
from planlog.timeline import Moment
from planlog.wording import words_for

DAY = date(2023, 3, 16)
MOMENT = Moment(Point.parse("2023-03-16"), DAY, 3)

WHOLE = Measure(
    id="wohnen-4",
    field="wohnen",
    number="4",
    title="Mieterberatung",
    rank=2,
    level="hoch",
    phase="dropped",
    since=InexactDate.parse("2022"),
    cause="done_otherwise",
    stage="Entfallen",
    note="übernimmt der LKO",
    goal="zuhause",
    description="Sprechstunde",
    responsible=("LKO", "GWA"),
    partners=("Johanniter",),
    due=InexactDate.parse("2023-06/2023-08"),
    cost="2.500 €",
    funding="Verfügungsfonds",
    attributes=FrozenMapping({"topic": "Beratung"}),
    decisions=(
        Decision(
            event="0" * 16,
            conference="stk-3",
            on=InexactDate.of(DAY),
            outcome="rejected",
            text="Nicht mehr nötig.",
        ),
    ),
    predecessors=("wohnen-2",),
    successors=("wohnen-5", "wohnen-6"),
)
PLAN = Plan(
    at=DAY,
    known=Prefix(size=3),
    fields=(ActionField(id="wohnen", title="Wohnen"),),
    goals=(Goal(id="zuhause", title="Wohnraum für alle"),),
    measures=(WHOLE, Measure(id="wohnen-5", title="Beratung im Zeppelin")),
)


def shown(measure: Measure, format: Format = "table", uncertain: Uncertain | None = None) -> str:
    """The sheet as it is written."""
    return render_measure(
        PLAN, measure, format, words=words_for("de"), moment=MOMENT, uncertain=uncertain or {}
    )


class TestPage:
    def test_has_all_that_is_known(self) -> None:
        """The sheet tells every attribute the measure has."""
        assert (
            "Mieterberatung\n"
            "Stand am Ende des Tages 2023-03-16, 3 Ereignisse, bekannt bis heute\n"
            "\n"
            "Kennung             wohnen-4\n"
            "Handlungsfeld       Wohnen\n"
            "Teilziel            Wohnraum für alle\n"
            "Nr.                 4\n"
            "Rang                2\n"
            "Priorität           hoch\n"
            "Phase               entfallen\n"
            "Seit                2022\n"
            "Grund               anderweitig erledigt\n"
            "Umsetzungsstand     Entfallen\n"
            "Erläuterung         übernimmt der LKO\n"
            "Beschreibung        Sprechstunde\n"
            "Federführung        LKO, GWA\n"
            "Beteiligte          Johanniter\n"
            "Zeithorizont        2023-06/2023-08\n"
            "Kosten              2.500 €\n"
            "Finanzierung        Verfügungsfonds\n"
            "„topic“             Beratung\n"
            "Beschlüsse          2023-03-16, stk-3: abgelehnt\n"
            "                    – Nicht mehr nötig.\n"
            "Hervorgegangen aus  wohnen-2\n"
            "Aufgegangen in      wohnen-5: Beratung im Zeppelin\n"
            "                    wohnen-6\n"
        ) == shown(WHOLE)

    def test_leaves_out_what_is_not_known(self) -> None:
        """Of a measure of which only the id is known, the sheet has little."""
        text = shown(Measure(id="wohnen-9"))
        assert text.startswith("wohnen-9\n")
        assert text.endswith("\n\nKennung  wohnen-9\nPhase    noch ohne Stand\n")

    @pytest.mark.parametrize(
        ("attribute", "marked"),
        [
            ("title", "Mieterberatung (?)\n"),
            ("present", "Mieterberatung (?)\n"),
            ("phase", "entfallen (?)\n"),
            ("attributes", "„topic“             Beratung\nWeitere Angaben     (?)\n"),
            ("responsible", "LKO, GWA (?)\n"),
            ("decisions", "– Nicht mehr nötig.\n                    (?)\n"),
            ("successors", "wohnen-6\n                    (?)\n"),
        ],
    )
    def test_marks_what_is_open(self, attribute: str, marked: str) -> None:
        """What inexact days leave open has a mark, and the sheet says what it means."""
        text = shown(WHOLE, uncertain={("measure", "wohnen-4"): (attribute,)})
        assert marked in text
        assert "(?) offen: hängt davon ab" in text

    @pytest.mark.parametrize(
        ("attribute", "marked"),
        [
            ("stage", "Umsetzungsstand  – (?)\n"),
            ("due", "Zeithorizont  – (?)\n"),
            ("decisions", "Beschlüsse  (?)\n"),
            ("predecessors", "Hervorgegangen aus  (?)\n"),
        ],
    )
    def test_marks_what_may_be_there(self, attribute: str, marked: str) -> None:
        """What is not known, but possible, has a mark as well."""
        uncertain = {("measure", "wohnen-9"): (attribute,)}
        assert marked in shown(Measure(id="wohnen-9"), uncertain=uncertain)


class TestData:
    def test_json_is_an_object_of_its_own(self) -> None:
        """The measure stands in JSON as it stands in the plan."""
        found = json.loads(shown(WHOLE, "json"))
        assert ["schema", "at", "known", "measure", "erased"] == list(found)
        assert "planlog.measure/1" == found["schema"]
        assert found["measure"] == json.loads(shown(WHOLE, "jsonl"))
        assert "2023-06/2023-08" == found["measure"]["due"]

    def test_csv_has_the_columns_of_the_plan(self) -> None:
        """One measure is a plan's table with one row."""
        assert (
            "field,measure,number,title,rank,level,phase,stage,since\n"
            "wohnen,wohnen-4,4,Mieterberatung,2,hoch,dropped,Entfallen,2022\n"
        ) == shown(WHOLE, "csv")
