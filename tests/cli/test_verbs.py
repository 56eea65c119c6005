"""The verbs that record one event: each takes what its event's keys ask for."""

import hashlib
import json
from typing import Any

import pytest

from planlog import About, Event, Votes
from planlog.cli.commands import COMMANDS, RECORD
from planlog.cli.verbs import VERBS
from planlog.events import EVENT_CLASSES, UNSET, Erased, PlanOpened
from tests.cli.running import BY, SOURCE, Folder

ON = ("--on", "stk-3")


def recorded(plan: Folder, *arguments: str) -> Event:
    """The event that a command records."""
    plan.do(*arguments)
    last = plan.log.events()[-1]
    assert (BY, SOURCE) == (last.by, last.source)
    return last.event


class TestTable:
    def test_each_event_has_its_verb(self) -> None:
        """Whatever can have happened can be recorded by a command, but for erasures."""
        recorded = {verb.event for verb in VERBS.values()} | {PlanOpened, Erased}
        assert set(EVENT_CLASSES) == recorded

    def test_each_verb_is_listed(self) -> None:
        """Each verb has its line in the list of commands, among those that record."""
        assert set(VERBS) <= {name for name, entry in COMMANDS.items() if entry.heading == RECORD}

    @pytest.mark.parametrize("name", VERBS)
    def test_each_option_once(self, name: str) -> None:
        """No two options of a command are written alike."""
        flags = [flag for param in COMMANDS[name].load().params for flag in param.opts]
        assert sorted(set(flags)) == sorted(flags)


class TestSubjects:
    def test_amend_plan(self, plan: Folder) -> None:
        """The plan is renamed."""
        recorded(plan, "amend-plan", "Neuer Titel", "--programme", "Zusammenhalt", *ON)
        now = plan.log.plan()
        assert ("Neuer Titel", "Zusammenhalt") == (now.title, now.programme)

    def test_amend_field(self, plan: Folder) -> None:
        """A field is renamed and renumbered, named by its old title."""
        recorded(plan, "amend-field", "Wohnen", "Wohnen und Bauen", "--number", "9", *ON)
        field = plan.log.plan().field("wohnen")
        assert ("Wohnen und Bauen", "9") == (field.title, field.number)

    def test_add_goal(self, plan: Folder) -> None:
        """A goal belongs to a field."""
        recorded(plan, "add-goal", "wohnen-a", "1", "Bezahlbar", *ON)
        assert "wohnen" == plan.log.plan().goals[0].field

    @pytest.mark.parametrize("kind", [("council",), ("--kind", "council"), ("--kind=council",)])
    def test_hold_conference(self, plan: Folder, kind: tuple[str, ...]) -> None:
        """What is one of a closed list may be given by its place or by its name."""
        event: Any = recorded(plan, "hold-conference", "rat-1", "Rat", *kind, "--on", "2023-05-02")
        assert ("rat-1", "council") == (event.conference, event.kind)

    def test_hold_conference_that_reads_as_a_date(self, plan: Folder) -> None:
        """An id that a point could be mistaken for is refused."""
        words = plan.refused("hold-conference", "2023", "X", "council", *ON, "--lang", "en")
        assert "data.conference: expected a name" in words

    def test_unknown_kind(self, plan: Folder) -> None:
        """What is not on a closed list is refused with the list."""
        words = plan.refused("hold-conference", "x", "X", "party", *ON, "--lang", "en")
        assert "'workshop', 'conference', 'working_group', 'council'" in words

    def test_missing_kind(self, plan: Folder) -> None:
        """What is missing is named."""
        words = plan.refused("hold-conference", "x", "X", *ON, "--lang", "en")
        assert "Missing argument 'KIND'" in words


class TestMeasures:
    @pytest.mark.parametrize(
        ("verb", "phase"),
        [
            ("start", "started"),
            ("resume", "started"),
            ("implement", "implemented"),
            ("make-permanent", "ongoing"),
            ("pause", "paused"),
        ],
    )
    def test_phases(self, plan: Folder, verb: str, phase: str) -> None:
        """Each verb sets its phase, with the plan's own word and a note."""
        recorded(plan, verb, "wohnen/16", "--stage", "Stufe 2.7", "--note", "läuft", *ON)
        measure = plan.log.plan().measure("wohnen-16")
        assert (phase, "Stufe 2.7", "läuft") == (measure.phase, measure.stage, measure.note)

    def test_progress(self, plan: Folder) -> None:
        """A report sets what it says, clears what it is told to, and may say nothing at all."""
        recorded(plan, "start", "1", "--stage", "Idee", "--note", "neu", "--on", "stk-2")
        event: Any = recorded(plan, "progress", "1", "--stage", "Plan", "--clear", "note", *ON)
        assert ("Plan", None) == (event.stage, event.note)
        event = recorded(plan, "progress", "1", *ON)
        assert (UNSET, UNSET) == (event.stage, event.note)

    def test_amend(self, plan: Folder) -> None:
        """Only what is given changes; what is cleared is there no more."""
        recorded(
            plan,
            *("amend", "wohnen/16", "--field", "Gesundheit", "--clear", "number", *ON),
            *("--attribute", "topic=Netz", "--clear", "attributes.old", "--responsible", "GWA"),
        )
        event: Any = plan.log.events()[-1].event
        assert ("gesundheit", None, UNSET) == (event.field, event.number, event.title)
        assert {"topic": "Netz", "old": None} == event.attributes
        assert ("GWA",) == event.responsible

    def test_amend_attribute_with_a_full_stop(self, plan: Folder) -> None:
        """Behind the first full stop everything is the attribute's own name."""
        recorded(plan, "amend", "1", "--clear", "attributes.a.b", *ON)
        event: Any = plan.log.events()[-1].event
        assert {"a.b": None} == event.attributes

    @pytest.mark.parametrize(
        "keys", [("attributes", "attributes.a"), ("attributes.a", "attributes")]
    )
    def test_amend_all_attributes_and_one(self, plan: Folder, keys: tuple[str, str]) -> None:
        """Where all attributes are cleared, so is each of them."""
        recorded(plan, "amend", "1", "--clear", keys[0], "--clear", keys[1], *ON)
        event: Any = plan.log.events()[-1].event
        assert event.attributes is None

    def test_amend_nothing(self, plan: Folder) -> None:
        """A change that changes nothing is refused."""
        words = plan.refused("amend", "wohnen/16", *ON, "--lang", "en")
        assert "say what is new about the measure" in words

    @pytest.mark.parametrize("key", ["stage", "x", "number.x"])
    def test_clear_what_cannot_be_cleared(self, plan: Folder, key: str) -> None:
        """Only what the event can clear is cleared."""
        words = plan.refused("amend", "1", "--clear", key, *ON, "--lang", "en")
        assert "expected one of title, field, number, goal" in words

    def test_rate(self, plan: Folder) -> None:
        """A measure is put into a class, and out of any."""
        recorded(plan, "rate", "1", "hoch", "--on", "stk-2")
        assert "hoch" == plan.log.plan().measure("1").level
        recorded(plan, "rate", "1", "--clear", *ON)
        assert plan.log.plan().measure("1").level is None

    def test_rate_neither_nor(self, plan: Folder) -> None:
        """A rating is a class or none, not both."""
        for arguments in ((), ("hoch", "--clear")):
            words = plan.refused("rate", "1", *arguments, *ON, "--lang", "en")
            assert "name the class of priority, or say --clear" in words

    @pytest.mark.parametrize("cause", [("not_feasible",), ("--cause", "not_feasible")])
    def test_drop(self, plan: Folder, cause: tuple[str, ...]) -> None:
        """A measure is given up for a reason."""
        recorded(plan, "drop", "1", *cause, *ON)
        measure = plan.log.plan().measure("wohnen-1")
        assert ("dropped", "not_feasible") == (measure.phase, measure.cause)

    @pytest.mark.parametrize(
        "arguments",
        [
            ("wohnen/16", "1", "gesundheit/16"),
            ("1", "gesundheit/16", "--into", "wohnen/16"),
            ("--into=wohnen/16", "1", "gesundheit/16"),
        ],
    )
    def test_merge(self, plan: Folder, arguments: tuple[str, ...]) -> None:
        """The one that remains stands first, or is given by name."""
        event: Any = recorded(plan, "merge", *arguments, *ON)
        assert ("wohnen-16", ("wohnen-1", "gesundheit-16")) == (event.into, event.measures)

    def test_merge_alone(self, plan: Folder) -> None:
        """A measure is not merged with nothing."""
        assert "Missing argument 'MEASURE...'" in plan.refused("merge", "1", *ON, "--lang", "en")

    def test_split(self, plan: Folder) -> None:
        """A measure is divided into two or more."""
        event: Any = recorded(plan, "split", "wohnen/16", "1", "gesundheit/16", *ON)
        assert ("wohnen-1", "gesundheit-16") == event.into
        words = plan.refused("split", "wohnen/16", "1", *ON, "--lang", "en")
        assert "data.into: expected at least 2 in the list, got 1" in words


class TestSayings:
    def test_decide(self, plan: Folder) -> None:
        """A decision names measures, lists, votes and where it is on paper."""
        event: Any = recorded(
            plan,
            *("decide", "stk-3", "adopted", "--measure", "1", "--measure", "gesundheit/16"),
            *("--field", "Wohnen", "--text", "Ja.", "--votes", "12/0/1", "--reference", "V/7", *ON),
        )
        assert ("wohnen-1", "gesundheit-16") == event.measures
        assert ("wohnen",) == event.fields
        assert Votes(yes=12, no=0, abstain=1) == event.votes
        assert ("Ja.", "V/7") == (event.text, event.reference)

    @pytest.mark.parametrize("votes", ["12", "12/0", "a/b/c", "-1/0/0", "1/2/3/4"])
    def test_malformed_votes(self, plan: Folder, votes: str) -> None:
        """Votes are three numbers."""
        words = plan.refused("decide", "stk-3", "adopted", f"--votes={votes}", *ON, "--lang", "en")
        assert f"expected three numbers YES/NO/ABSTAIN, such as 12/3/1; got {votes!r}" in words

    def test_unknown_conference(self, plan: Folder) -> None:
        """A conference that the log does not have is refused with the nearest."""
        words = plan.refused("decide", "stk-33", "adopted", "--on", "2023-03-16", "--lang", "en")
        assert "data.conference: no conference 'stk-33' in this log; did you mean 'stk-3'?" in words

    @pytest.mark.parametrize(
        "about", ["measure=wohnen/16", "field=Wohnen", "conference=stk-3", "version=deck"]
    )
    def test_note(self, plan: Folder, about: str) -> None:
        """A note is about one thing."""
        recorded(plan, "record-version", "deck", "complete", "title", *ON)
        kind, _, reference = about.partition("=")
        event: Any = recorded(plan, "note", "ggf. Beschluss", f"--{kind}", reference, *ON)
        ids = {"measure": "wohnen-16", "field": "wohnen", "conference": "stk-3", "version": "deck"}
        assert About(**{kind: ids[kind]}) == event.about

    def test_note_about_nothing(self, plan: Folder) -> None:
        """A note may be about the plan as a whole."""
        event: Any = recorded(plan, "note", "offenes Konzept", *ON)
        assert (None, "offenes Konzept") == (event.about, event.text)

    def test_note_about_two_things(self, plan: Folder) -> None:
        """A note is not about two things."""
        words = plan.refused("note", "x", "--measure", "1", "--field", "1", *ON, "--lang", "en")
        assert "data.about: expected exactly one of" in words

    @pytest.mark.parametrize(
        "arguments",
        [
            ("deck", "excerpt", "title", "rank"),
            ("deck", "--coverage", "excerpt", "--attribute", "title", "--attribute", "rank"),
            ("deck", "--coverage", "excerpt", "title", "rank"),
        ],
    )
    def test_record_version(self, plan: Folder, arguments: tuple[str, ...]) -> None:
        """A document is recorded with what it states, and of which measures."""
        file = plan.path / "deck.txt"
        file.write_bytes(b"deck")
        event: Any = recorded(
            plan,
            *("record-version", *arguments, "--measure", "1", "--measure", "wohnen/16=title,stage"),
            *("--title", "Folien", "--document", str(file), *ON),
        )
        assert ("excerpt", ("title", "rank")) == (event.coverage, event.attributes)
        assert {"wohnen-1": ("title", "rank"), "wohnen-16": ("title", "stage")} == event.measures
        assert hashlib.sha256(b"deck").hexdigest() == event.document

    def test_digest_of_a_document(self, plan: Folder) -> None:
        """The hash of a document that is not at hand may be given itself."""
        event: Any = recorded(
            plan, "record-version", "deck", "complete", "title", "--document", "0" * 64, *ON
        )
        assert "0" * 64 == event.document

    def test_missing_document(self, plan: Folder) -> None:
        """A document that cannot be read is refused."""
        words = plan.refused(
            *("record-version", "d", "complete", "title", "--document", "no.pdf"),
            *(*ON, "--lang", "en"),
        )
        assert "Invalid value for '--document': cannot read 'no.pdf': No such file" in words


class TestDryRun:
    def test_of_each_verb(self, plan: Folder) -> None:
        """What a dry run prints is what record takes."""
        data = plan.do("start", "wohnen/16", "--stage", "Angeschoben", *ON, "--dry-run")
        assert {
            "v": 1,
            "type": "started",
            "on": "2023-03-16",
            "by": BY,
            "source": SOURCE,
            "data": {"measure": "wohnen-16", "stage": "Angeschoben"},
        } == json.loads(data)
        assert 8 == plan.log.size
        plan.do("record", "-", input=data.encode())
        assert "started" == plan.log.plan().measure("wohnen-16").phase
