"""``planlog show``."""

import json
import re

import pytest

from tests.cli.running import Folder


class TestPlan:
    def test_today_unless_told(self, plan: Folder) -> None:
        """Without a point, the plan is shown as of today, in a table that says so."""
        shown = plan.do("show", "--lang", "en")
        assert "Nachbarschaften" in shown
        assert "known until today" in shown

    def test_at_a_conference(self, plan: Folder) -> None:
        """A conference stands for the end of its day."""
        plan.do("propose", "wohnen", "Später", "--number", "9", "--on", "2023-03-17")
        assert "Später" not in plan.do("show", "--at", "stk-3")
        assert "Später" in plan.do("show")

    def test_before_a_conference(self, plan: Folder) -> None:
        """The day before a conference lacks what the conference brought."""
        plan.do("propose", "wohnen", "Neu", "--number", "9", "--on", "stk-3")
        assert "Neu" not in plan.do("show", "--at", "before:stk-3")

    def test_as_known_then(self, plan: Folder) -> None:
        """What was recorded later does not show."""
        size = plan.log.size
        plan.do("propose", "wohnen", "Neu", "--number", "9", "--on", "2021")
        assert "Neu" not in plan.do("show", "--at", f"today@#{size}")

    def test_data_come_alone(self, plan: Folder) -> None:
        """JSON is all there is on standard output; the words about the point go elsewhere."""
        outcome = plan.run("show", "--format", "json", "--at", "stk-3", "--lang", "en")
        assert "planlog.plan/1" == json.loads(outcome.data)["schema"]
        assert ["state at the end of 2023-03-16, 8 events, known until today"] == outcome.lines

    def test_csv(self, plan: Folder) -> None:
        """The columns of the CSV are fixed."""
        data = plan.do("show", "--format", "csv")
        assert "field,measure,number,title,rank,level,phase,stage,since" == data.splitlines()[0]

    def test_all(self, plan: Folder) -> None:
        """What was dropped as not listed shows only when all is asked for."""
        plan.do("drop", "wohnen/1", "not_listed", "--on", "stk-3")
        assert "wohnen-1," not in plan.do("show", "--format", "csv")
        assert "wohnen-1," in plan.do("show", "--format", "csv", "--all")

    def test_uncertain(self, plan: Folder) -> None:
        """What inexact dates leave open is marked."""
        plan.do("start", "wohnen/1", "--on", "2022/2023-12-31")
        data = plan.do("show", "--format", "json", "--at", "stk-3")
        measures = {one["measure"]: one["uncertain"] for one in json.loads(data)["measures"]}
        assert "phase" in measures["wohnen-1"]
        assert [] == measures["wohnen-16"]

    @pytest.mark.parametrize("point", ["2023-13", "murks!", "stk-3@", "before:"])
    def test_no_point(self, plan: Folder, point: str) -> None:
        """What is no point is refused with what one looks like."""
        words = plan.refused("show", "--at", point, "--lang", "en")
        assert "Invalid value for '--at': expected a point AT[@KNOWN]" in words
        assert repr(point) in words

    def test_unknown_name(self, plan: Folder) -> None:
        """A point that names an unknown conference is refused with the known ones."""
        words = plan.refused("show", "--at", "stk-9", "--lang", "en")
        assert "no conference or version 'stk-9' in this log; known are: stk-2, stk-3" in words

    def test_more_events_than_there_are(self, plan: Folder) -> None:
        """Nobody can have known more than there is."""
        assert "#99 asks for more" in plan.refused("show", "--at", "today@#99", "--lang", "en")


class TestMatrix:
    def test_conferences_side_by_side(self, plan: Folder) -> None:
        """Each measure has a cell for each conference, in a table that says of when it is."""
        plan.do("start", "wohnen/1", "--on", "stk-3")
        shown = plan.do("show", "--matrix", "--lang", "en")
        assert "known until today" in shown
        assert re.search(r"^1 +Wohnraum +\(?prop\.\)? +start\.$", shown, re.MULTILINE)

    def test_at_a_point(self, plan: Folder) -> None:
        """Only the conferences until then."""
        data = json.loads(plan.do("show", "--matrix", "--at", "stk-2", "--format", "json"))
        assert "planlog.matrix/1" == data["schema"]
        assert ["stk-2"] == [one["occasion"] for one in data["occasions"]]

    def test_of_a_field(self, plan: Folder) -> None:
        """A field is named by its id, title or number."""
        for name in ("gesundheit", "Gesundheit", "2"):
            lines = plan.do("show", "--matrix", "--field", name, "--format", "csv").splitlines()
            assert ["gesundheit-16"] == [line.split(",")[1] for line in lines[1:]]

    def test_of_a_measure(self, plan: Folder) -> None:
        """With a measure, there is its row alone, also if it is no longer listed."""
        plan.do("drop", "wohnen/1", "not_listed", "--on", "stk-3")
        lines = plan.do("show", "1", "--matrix", "--format", "csv").splitlines()
        assert ["wohnen-1"] == [line.split(",")[1] for line in lines[1:]]
        assert "wohnen-1," not in plan.do("show", "--matrix", "--format", "csv")
        assert "wohnen-1," in plan.do("show", "--matrix", "--all", "--format", "csv")

    def test_unknown_field(self, plan: Folder) -> None:
        """An unknown field is refused with the nearest there is."""
        words = plan.refused("show", "--matrix", "--field", "wohne", "--lang", "en")
        assert "no field fits 'wohne'; did you mean 'wohnen'?" in words

    def test_unknown_measure(self, plan: Folder) -> None:
        """An unknown measure is refused as it is for its sheet."""
        assert "no measure fits 'x'" in plan.refused("show", "x", "--matrix", "--lang", "en")

    def test_a_field_without_a_matrix(self, plan: Folder) -> None:
        """The plan itself is shown whole: a field is refused, not silently ignored."""
        words = plan.refused("show", "--field", "wohnen", "--lang", "en")
        assert "'--field': a field is chosen for a matrix only; add --matrix" in words

    def test_a_field_and_a_measure(self, plan: Folder) -> None:
        """A row and a field are two questions; one of them would be silently ignored."""
        asked = ("show", "wohnen/1", "--matrix", "--field", "gesundheit", "--lang", "en")
        assert "name a measure or a field, not both" in plan.refused(*asked)


class TestMeasure:
    @pytest.mark.parametrize("reference", ["wohnen-16", "wohnen/16"])
    def test_sheet(self, plan: Folder, reference: str) -> None:
        """A measure is shown by its id, or by field and number."""
        shown = plan.do("show", reference)
        assert "Nachbarschaften" in shown
        assert "Wohnraum" not in shown

    def test_number_alone(self, plan: Folder) -> None:
        """A number will do where one measure only has it."""
        assert "Wohnraum" in plan.do("show", "1")

    def test_json(self, plan: Folder) -> None:
        """A sheet is there as JSON too."""
        data = json.loads(plan.do("show", "1", "--format", "json"))
        assert "planlog.measure/1" == data["schema"]

    def test_ambiguous(self, plan: Folder) -> None:
        """A number that two measures have is refused, with both."""
        words = plan.refused("show", "16", "--lang", "en")
        assert "'16' fits more than one measure" in words
        assert "wohnen-16 (Wohnen Nr. 16: Nachbarschaften)" in words
        assert "gesundheit-16 (Gesundheit Nr. 16: Begleitung)" in words

    def test_unknown(self, plan: Folder) -> None:
        """An unknown measure is refused with the nearest there is."""
        words = plan.refused("show", "wohnen-166", "--lang", "en")
        assert "no measure fits 'wohnen-166'; did you mean 'wohnen-16'?" in words

    def test_unlike_any(self, plan: Folder) -> None:
        """Where nothing is near, the refusal says where to look."""
        words = plan.refused("show", "x", "--lang", "en")
        assert "no measure fits 'x'; planlog show --all lists them all" in words

    def test_not_yet_there(self, plan: Folder) -> None:
        """A measure that the plan does not have at the point is refused, with the point."""
        words = plan.refused("show", "wohnen/16", "--at", "2020-12-31", "--lang", "en")
        assert "the plan has no measure 'wohnen-16' at that point: state at the end of" in words
