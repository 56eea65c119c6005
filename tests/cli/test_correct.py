"""``planlog correct``."""

import json
from typing import Any

import pytest

from planlog import Started
from tests.cli.running import BY, SOURCE, Folder

WHY = ("--reason", "verlesen")


@pytest.fixture
def started(plan: Folder) -> str:
    """The id of an event that says where a measure stands."""
    plan.do(*("start", "wohnen/16", "--stage", "Angeschobn", "--note", "GWA", "--on", "stk-3"))
    return plan.log.events()[-1].id


def corrected(plan: Folder, id: str, *arguments: str) -> Any:
    """What stands in the place of an event after a correction."""
    plan.do("correct", id, *arguments, *WHY)
    last = plan.log.events()[-1]
    assert (id, "verlesen") == (last.corrects, last.reason)
    return last


class TestCorrect:
    def test_keeps_the_rest(self, plan: Folder, started: str) -> None:
        """What is not mentioned stays as it was, whatever has been set since."""
        plan_toml = plan.path / "planlog.toml"
        plan_toml.write_text('on = "2029"\nsource = "andere"\n')
        last = corrected(plan, started[:8] + started[8:], "--set", "stage=Angeschoben")
        assert Started(measure="wohnen-16", stage="Angeschoben", note="GWA") == last.event
        assert ("2023-03-16", SOURCE, BY) == (str(last.on), last.source, last.by)

    def test_any_beginning_of_the_id(self, plan: Folder, started: str) -> None:
        """The event is named as briefly as it can be."""
        plan.do("correct", started[:10], "--unset", "note", *WHY)
        assert started == plan.log.events()[-1].corrects

    def test_correction_of_a_correction(self, plan: Folder, started: str) -> None:
        """What is corrected is what stands there now."""
        corrected(plan, started, "--set", "stage=Begonnen")
        last = corrected(plan, started, "--set", "note=LKO")
        assert Started(measure="wohnen-16", stage="Begonnen", note="LKO") == last.event
        last = corrected(plan, last.id, "--unset", "stage")
        assert Started(measure="wohnen-16", note="LKO") == last.event

    def test_day_source_and_author(self, plan: Folder, started: str) -> None:
        """Day and source can be corrected, and the author is who corrects."""
        last = corrected(
            plan,
            started,
            "--on",
            "stk-2",
            "--source",
            "S. 4",
            "--by",
            "GWA",
            "--event-id",
            "a" * 16,
        )
        assert ("2022-05-24", "S. 4", "GWA", "a" * 16) == (
            str(last.on),
            last.source,
            last.by,
            last.id,
        )
        assert last.event == plan.log.event(started).event
        assert corrected(plan, started, "--source", "", "--unset", "note").source is None

    def test_absent_source(self, plan: Folder) -> None:
        """An event without a source has none after its correction, whatever is set."""
        plan.do("note", "x", "--on", "2023", "--source", "")
        last = corrected(plan, plan.log.events()[-1].id, "--set", "text=y")
        assert ("y", None) == (last.event.text, last.source)

    def test_source_alone(self, plan: Folder, started: str) -> None:
        """A source is content enough for a correction; none is, too."""
        assert "S. 4" == corrected(plan, started, "--source", "S. 4").source
        assert corrected(plan, started, "--source", "").source is None

    def test_same_again(self, plan: Folder, started: str) -> None:
        """The same correction under the same id does nothing the second time."""
        correction = ("correct", started, "--unset", "note", *WHY, "--event-id", "a" * 16)
        plan.do(*correction)
        before = plan.files
        plan.do(*correction)
        assert before == plan.files

    @pytest.mark.parametrize(
        ("value", "expected"),
        [("wohnen/1", "wohnen-1"), ("1", "wohnen-1"), ("wohnen-1", "wohnen-1"), ("neu", "neu")],
    )
    def test_measure_of_a_proposal(self, plan: Folder, value: str, expected: str) -> None:
        """What was proposed may be a measure there is, named as anywhere, or a plain new id."""
        proposed = plan.log.events()[6].id
        assert expected == corrected(plan, proposed, "--set", f"measure={value}").event.measure

    def test_references(self, plan: Folder, started: str) -> None:
        """A measure may be named as anywhere."""
        assert "wohnen-1" == corrected(plan, started, "--set", "measure=1").event.measure

    def test_dry_run(self, plan: Folder, started: str) -> None:
        """A dry run prints the correction and writes nothing."""
        before = plan.files
        data = plan.do("correct", started, "--set", "stage=X", *WHY, "--dry-run")
        assert started == json.loads(data)["corrects"]
        assert before == plan.files


class TestValues:
    def test_references_in_json(self, plan: Folder) -> None:
        """Measures in a list of JSON are named as anywhere; what is no text is told."""
        plan.do("prioritize", "wohnen", "1", "16", "--on", "stk-3")
        id = plan.log.events()[-1].id
        last = corrected(plan, id, "--set", 'ranking=["wohnen/16", "1"]')
        assert ("wohnen-16", "wohnen-1") == last.event.ranking
        words = plan.refused("correct", id, "--set", "ranking=[7]", *WHY, "--lang", "en")
        assert "data.ranking[0]: expected an id of 1 to 200" in words

    def test_references_within(self, plan: Folder) -> None:
        """What a note is about is named as anywhere."""
        plan.do("note", "x", "--on", "stk-3")
        last = corrected(plan, plan.log.events()[-1].id, "--set", "about.measure=wohnen/16")
        assert "wohnen-16" == last.event.about.measure

    def test_attribute_with_a_full_stop(self, plan: Folder) -> None:
        """Behind the first full stop everything is the attribute's own name."""
        plan.do("amend", "1", "--attribute", "a.b=1", "--attribute", "c.d=2", "--on", "stk-3")
        id = plan.log.events()[-1].id
        last = corrected(
            plan,
            id,
            "--set",
            "attributes.a.b=3",
            "--set",
            "attributes.e.f=4",
            "--unset",
            "attributes.c.d",
        )
        assert {"a.b": "3", "e.f": "4"} == last.event.attributes
        last = corrected(plan, id, "--clear", "attributes.a.b")
        assert {"a.b": None, "e.f": "4"} == last.event.attributes

    def test_last_attribute(self, plan: Folder) -> None:
        """Where no attribute is left, nothing is said of attributes."""
        plan.do("amend", "1", "--attribute", "a=1", "--title", "X", "--on", "stk-3")
        id = plan.log.events()[-1].id
        plan.do("correct", id, "--unset", "attributes.a", *WHY)
        assert {"measure": "wohnen-1", "title": "X"} == json.loads(
            plan.do("log", "-n", "1", "--format", "jsonl")
        )["data"]

    def test_lists(self, plan: Folder) -> None:
        """A list is given item by item, or as JSON."""
        plan.do("prioritize", "wohnen", "1", "16", "--on", "stk-3")
        id = plan.log.events()[-1].id
        last = corrected(plan, id, "--set", "ranking=wohnen/16", "--set", "ranking=1")
        assert ("wohnen-16", "wohnen-1") == last.event.ranking
        last = corrected(plan, id, "--set", 'ranking=["wohnen-1"]')
        assert ("wohnen-1",) == last.event.ranking

    def test_objects(self, plan: Folder) -> None:
        """What lies deeper is given by its way, in a short form, or as JSON."""
        plan.do("decide", "stk-3", "adopted", "--votes", "1/2/3", "--on", "stk-3")
        id = plan.log.events()[-1].id
        for value, expected in (
            ("votes.yes=9", (9, 2, 3)),
            ("votes=4/5/6", (4, 5, 6)),
            ('votes={"yes":7,"no":8,"abstain":9}', (7, 8, 9)),
        ):
            votes = corrected(plan, id, "--set", value).event.votes
            assert expected == (votes.yes, votes.no, votes.abstain)
        assert corrected(plan, id, "--unset", "votes").event.votes is None

    def test_new_objects(self, plan: Folder) -> None:
        """A way leads into what is not there yet."""
        plan.do("note", "x", "--on", "stk-3")
        id = plan.log.events()[-1].id
        assert (
            "wohnen-1" == corrected(plan, id, "--set", "about.measure=wohnen-1").event.about.measure
        )

    def test_measures_attributes(self, plan: Folder) -> None:
        """Single attributes are set and unset; dates and nulls are given as they are."""
        plan.do(*("amend", "1", "--attribute", "topic=Netz", "--due", "2024", "--on", "stk-3"))
        id = plan.log.events()[-1].id
        last = corrected(
            plan,
            id,
            *("--set", "attributes.ort=Haus", "--unset", "attributes.topic"),
            *("--set", "due=31.12.2024", "--clear", "number", "--clear", "attributes.alt"),
        )
        assert {"ort": "Haus", "alt": None} == last.event.attributes
        assert ("2024-12-31", None) == (str(last.event.due), last.event.number)

    def test_text_that_looks_like_json(self, plan: Folder, started: str) -> None:
        """A text is a text, whatever it begins with."""
        assert "[GWA]" == corrected(plan, started, "--set", "note=[GWA]").event.note


class TestRefusals:
    def test_nothing_to_correct(self, plan: Folder, started: str) -> None:
        """A correction that corrects nothing is refused."""
        words = plan.refused("correct", started, *WHY, "--lang", "en")
        assert "say what is corrected" in words

    def test_without_a_reason(self, plan: Folder, started: str) -> None:
        """A correction has a reason."""
        words = plan.refused("correct", started, "--set", "stage=X", "--lang", "en")
        assert "Missing option '--reason'" in words

    @pytest.mark.parametrize(
        ("assignment", "expected"),
        [
            ("stage", "Invalid value for '--set': expected KEY=VALUE, got 'stage'"),
            ("stag=X", "data.stag: expected no such key; the nearest known is 'stage'"),
            ("stage.x=X", "data.stage: expected a text, got"),
            ("measure=x", "no measure fits 'x'"),
            ("about.measure=x", "data.about: expected no such key"),
        ],
    )
    def test_flawed(self, plan: Folder, started: str, assignment: str, expected: str) -> None:
        """What cannot be put there is refused with its key."""
        words = plan.refused("correct", started, "--set", assignment, *WHY, "--lang", "en")
        assert expected in words

    @pytest.mark.parametrize("json", ["[1", "[" * 100_000])
    def test_broken_json(self, plan: Folder, json: str) -> None:
        """What begins like JSON has to be JSON."""
        plan.do("prioritize", "wohnen", "1", "--on", "stk-3")
        id = plan.log.events()[-1].id
        words = plan.refused("correct", id, "--set", f"ranking={json}", *WHY, "--lang", "en")
        assert "Invalid value for '--set': expected JSON" in words

    @pytest.mark.parametrize(
        ("votes", "expected"),
        [
            ('{"yes":1,"yes":2,"no":0,"abstain":0}', "data.votes.yes: expected this key once"),
            ('{"yes":NaN,"no":0,"abstain":0}', "data.votes.yes: expected a whole number"),
            ('{"yes":1.0,"no":0,"abstain":0}', "data.votes.yes: expected a whole number"),
            ('{"yes":1} , {"yes":1}', "Invalid value for '--set': expected JSON"),
        ],
    )
    def test_loose_json(self, plan: Folder, votes: str, expected: str) -> None:
        """JSON is read as strictly as a line of the log, and nothing in it is mended."""
        plan.do("decide", "stk-3", "adopted", "--votes", "1/2/3", "--on", "stk-3")
        id = plan.log.events()[-1].id
        words = plan.refused("correct", id, "--set", f"votes={votes}", *WHY, "--lang", "en")
        assert expected in words

    def test_reference_that_is_no_new_id(self, plan: Folder) -> None:
        """A field and a number that no measure has are no new id; near ones are named."""
        proposed = plan.log.events()[6].id
        words = plan.refused(
            "correct", proposed, "--set", "measure=wohnen/17", *WHY, "--lang", "en"
        )
        assert "no measure fits 'wohnen/17'; did you mean" in words

    @pytest.mark.parametrize("name", ["reason", "attributes.x", "stag", "stage.x"])
    def test_unset_what_is_not_there(self, plan: Folder, started: str, name: str) -> None:
        """What the event does not say cannot be taken away; what it says is named."""
        words = plan.refused("correct", started, "--unset", name, *WHY, "--lang", "en")
        assert f"the event has no {name!r}; it has: measure, stage, note" in words

    def test_author_alone(self, plan: Folder, started: str) -> None:
        """Who corrects is nothing that is corrected."""
        words = plan.refused("correct", started, "--by", "X", *WHY, "--lang", "en")
        assert "with --set, --unset, --clear, --on or --source" in words

    def test_huge_number(self, plan: Folder) -> None:
        """A number that no event can hold is refused."""
        plan.do("decide", "stk-3", "adopted", "--votes", "1/2/3", "--on", "stk-3")
        id = plan.log.events()[-1].id
        words = plan.refused(
            "correct", id, "--set", f"votes.yes={'9' * 5000}", *WHY, "--lang", "en"
        )
        assert "data.votes.yes: expected a whole number" in words

    def test_retraction(self, plan: Folder, started: str) -> None:
        """A retraction is not corrected."""
        plan.do("retract", started, *WHY)
        retraction = plan.log.events()[-1].id
        words = plan.refused("correct", retraction, "--on", "2023", *WHY, "--lang", "en")
        assert f"event {retraction} cannot be corrected, only retracted" in words

    def test_retracted(self, plan: Folder, started: str) -> None:
        """What was taken back is not corrected before it is given back."""
        plan.do("retract", started, *WHY)
        words = plan.refused("correct", started, "--set", "stage=X", *WHY, "--lang", "en")
        assert f"event {started} was taken back" in words

    def test_unknown_event(self, plan: Folder) -> None:
        """An event that is not there is not corrected."""
        words = plan.refused("correct", "zz", "--set", "stage=X", *WHY, "--lang", "en")
        assert "no event fits 'zz'" in words
