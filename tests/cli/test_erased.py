"""No command leaves out silently what was erased, and none tells what it said."""

import json
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, get_args

import attrs
import openpyxl
import pytest

from planlog import (
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    ErasedEventError,
    Event,
    FieldAdded,
    FieldAmended,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    NewEvent,
    Noted,
    Paused,
    PlanAmended,
    PlanLog,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Retracted,
    Split,
    Started,
    UnknownReferenceError,
    VersionRecorded,
    codec,
)
from planlog.config import Format
from planlog.events import EVENT_CLASSES, About
from planlog.plan import Votes
from tests.cli.running import BY, SOURCE, Folder, Outcome

SECRET: Final = "Geheimnis"
GROUND: Final = "DSGVO Art. 17"
HEADING: Final = "Erased texts, missing here"
FORMATS: Final[Sequence[Format]] = get_args(Format)
DATA: Final = ("csv", "json", "jsonl")

STORY: Final[Sequence[tuple[Event, str]]] = (
    (PlanOpened(title="Plan"), "2020-01-01"),
    (FieldAdded(field="a", title="A", number="1"), "2020-01-01"),
    (FieldAdded(field="b", title="B", number="2"), "2020-01-01"),
    (ConferenceHeld(conference="k-1", title="K 1", kind="conference"), "2021-01-01"),
    (ConferenceHeld(conference="k-2", title="K 2", kind="conference"), "2023-01-01"),
    (Proposed(measure="a-1", title="Bänke", field="a", number="1"), "2020-02-01"),
    (Proposed(measure="a-2", title="Bäume", field="a", number="2"), "2020-02-01"),
    (Proposed(measure="b-1", title="Beete", field="b", number="1"), "2020-02-01"),
)
"""What the plan is made of, whatever is erased."""

TEXTS: Final[Sequence[Event]] = (
    PlanOpened(title=SECRET),
    PlanAmended(title=SECRET),
    FieldAdded(field="a", title=SECRET),
    FieldAmended(field="a", title=SECRET),
    GoalAdded(goal="g", field="a", title=SECRET),
    ConferenceHeld(conference="k-3", title=SECRET, kind="conference"),
    Proposed(measure="a-1", title=SECRET),
    Amended(measure="a-1", description=SECRET),
    Prioritized(field="a", ranking=["a-1", "a-2"]),
    Rated(measure="a-1", level=SECRET),
    Started(measure="a-1", note=SECRET),
    Progressed(measure="a-1", note=SECRET),
    Implemented(measure="a-1", note=SECRET),
    MadePermanent(measure="a-1", note=SECRET),
    Paused(measure="a-1", note=SECRET),
    Resumed(measure="a-1", note=SECRET),
    Dropped(measure="a-1", cause="other", note=SECRET),
    Merged(measures=["b-1"], into="a-1"),
    Split(measure="a-1", into=["a-1", "a-2"]),
    Decided(
        conference="k-1",
        outcome="adopted",
        measures=["a-1"],
        text=SECRET,
        votes=Votes(yes=1, no=2, abstain=3),
    ),
    VersionRecorded(
        version="v-1", title=SECRET, coverage="excerpt", attributes=[], measures={"a-1": []}
    ),
    Noted(text=SECRET, about=About(measure="a-1")),
)
"""A text of each type that has a place in the plan."""

QUESTIONS: Final[Sequence[tuple[str, ...]]] = (
    ("show",),
    ("show", "a-1"),
    ("show", "--matrix"),
    ("show", "--matrix", "--field", "a"),
    ("show", "--matrix", "a-1"),
    ("diff", "start"),
    ("diff", "start", "--field", "a"),
    ("diff", "start", "--gross"),
    ("diff", "start", "--stat"),
    ("diff", "start", "--name-only"),
    ("diff", "2025@#8", "2025"),
    ("log",),
    ("log", "--measure", "a-1"),
    ("log", "--at", "2025"),
    ("history", "a-1"),
    ("history", "a-1", "--all"),
    ("history", "a-1", "--by-attribute"),
    ("priorities",),
    ("priorities", "a-1"),
    ("priorities", "--field", "a"),
    ("priorities", "--every-change"),
    ("decisions",),
    ("decisions", "--conference", "k-1"),
    ("decisions", "--measure", "a-1"),
    ("decisions", "--field", "a"),
    ("stats",),
    ("stats", "k-1", "k-2"),
)
"""Every question to which some text about the measure a-1 may belong."""


def clock() -> datetime:
    """The present moment."""
    return datetime(2026, 11, 26, 12, tzinfo=UTC)


def record(folder: Path, *entries: tuple[Event, str]) -> list[str]:
    """Record events in a plan, all at once, and return their ids."""
    log = PlanLog.open(folder, clock=clock)
    events = [NewEvent(event=event, on=on, by=BY, source=SOURCE) for event, on in entries]
    return [event.id for event in log.record_all(events)]


def erase(folder: Path, *ids: str, bare: bool = False) -> None:
    """Erase the texts of some events."""
    log = PlanLog.open(folder, clock=clock)
    for id in ids:
        log.erase(id, ground=GROUND, on="2026-11-26", by=BY, bare=bare, uncovered=True)


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan with the story."""
    path = tmp_path_factory.mktemp("told")
    PlanLog.create(path, clock=clock)
    record(path, *STORY)
    return path


@pytest.fixture
def story(empty: Folder, told: Path) -> Folder:
    """The plan with the story, from which nothing was erased."""
    shutil.copytree(told, empty.path, dirs_exist_ok=True)
    return empty


@pytest.fixture(scope="session")
def gone(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the plan with a text of each type, all of them erased, one of them bare."""
    path = tmp_path_factory.mktemp("gone") / "plan"
    shutil.copytree(told, path)
    ids = record(path, *((event, "2022-06-01") for event in TEXTS))
    erase(path, *ids[:-1])
    erase(path, ids[-1], bare=True)
    return path


@pytest.fixture
def erased(empty: Folder, gone: Path) -> Folder:
    """That plan, as the current folder."""
    shutil.copytree(gone, empty.path, dirs_exist_ok=True)
    return empty


def asked(folder: Folder, *question: str, lang: str = "en") -> Outcome:
    """Ask a question that is answered."""
    found = folder.run(*question, "--lang", lang)
    assert 0 == found.code, found.words
    assert SECRET not in found.data + found.words
    assert "9999-12-31" not in found.words
    return found


class TestEveryQuestion:
    """Tests for all commands that read."""

    def test_every_type(self) -> None:
        """There is a text of each type that has a place in the plan."""
        assert {type(event) for event in TEXTS} == {*EVENT_CLASSES} - {Retracted, Erased}

    @pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
    @pytest.mark.parametrize("format", FORMATS)
    def test_says_what_is_missing(
        self, erased: Folder, question: tuple[str, ...], format: Format
    ) -> None:
        """In every form it says what was erased, and what was erased it does not say."""
        found = asked(erased, *question, "--format", format)
        names = question[0] == "log" and format in DATA
        if format == "json":
            (key,) = {"erased"} & json.loads(found.data).keys()
            assert {GROUND} == {one["ground"] for one in json.loads(found.data)[key]}
        if names:  # the rows of the log themselves tell it
            assert "erased" in found.data
        elif format in DATA or "--name-only" in question:
            assert HEADING in found.words
            assert GROUND in found.words
        else:
            assert GROUND in " ".join(found.data.split())

    @pytest.mark.parametrize("event", TEXTS, ids=lambda event: event.TYPE)
    @pytest.mark.parametrize("bare", [False, True])
    def test_each_type_alone(self, story: Folder, event: Event, bare: bool) -> None:
        """Whichever text was erased, the plan, what differs, the life and the log tell of it."""
        (id,) = record(story.path, (event, "2022-06-01"))
        odd = {one.code for one in story.log.check()}
        erase(story.path, id, bare=bare)
        for question in (("show",), ("diff", "start", "--gross"), ("log",)):
            assert GROUND in asked(story, *question).data
            assert "9999-12-31" not in asked(story, *question, "--format", "csv").data
        life = asked(story, "history", "a-1").data
        assert ("a-1" in repr(event) and not bare) is ("(text erased)" in life)
        assert GROUND in asked(story, "check").words
        assert {one.code for one in story.log.check()} <= odd

    @pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
    def test_german(self, erased: Folder, question: tuple[str, ...]) -> None:
        """In German there is no English word of it."""
        found = asked(erased, *question, "--format", "markdown", lang="de")
        assert " erased" not in found.data + found.words
        assert "unknown" not in found.data

    def test_told_twice(self, story: Folder) -> None:
        """A later event that tells otherwise of an erasure takes no mark away, and says nothing."""
        (id,) = record(story.path, (Started(measure="a-1", note="x"), "2022-06-01"))
        erase(story.path, id)
        before = asked(story, "show", "a-1").data
        *_, erasure = story.log.events()
        assert isinstance(erasure.event, Erased)
        said = attrs.evolve(erasure.event, measures=("b-1",), ground="anything else")
        again = attrs.evolve(erasure, id="f" * 16, event=said, position=erasure.position + 1)
        story.log.store.append([codec.encode(again)], again.position)
        after = asked(story, "show", "a-1").data
        assert "[…]" in after
        assert before.splitlines()[3:] == after.splitlines()[3:]
        assert "anything else" not in after

    def test_nothing_erased(self, story: Folder) -> None:
        """Where nothing was erased, nothing is said of it, and the list in JSON is empty."""
        for question in QUESTIONS:
            found = asked(story, *question, "--format", "json")
            assert [] == json.loads(found.data)["erased"]
            assert "erased" not in found.words

    def test_names_only(self, erased: Folder) -> None:
        """What is to be read line by line holds nothing but names; the words stand beside it."""
        found = asked(erased, "diff", "start", "--name-only")
        assert "erased" not in found.data
        assert HEADING in found.words


class TestExport:
    """Tests for what is exported."""

    @pytest.mark.parametrize("public", [(), ("--public",)])
    @pytest.mark.parametrize(
        "what",
        [(), ("--matrix",), ("--diff", "start", "k-2"), ("--events",), ("--events", "--at", "k-2")],
    )
    def test_says_what_is_missing(
        self, erased: Folder, what: tuple[str, ...], public: tuple[str, ...]
    ) -> None:
        """Markdown ends with it, anything else has it on standard error, in public form too."""
        (erased.path / "planlog.toml").write_text('internal = ["field:b", "note"]\n')
        page = asked(erased, "export", *what, *public, "plan.md")
        assert HEADING in (erased.path / "plan.md").read_text("utf-8")
        assert HEADING not in page.words
        for name in ("plan.csv", "plan.xlsx"):
            assert HEADING in asked(erased, "export", *what, *public, name).words

    @pytest.mark.parametrize("public", [(), ("--public",)])
    def test_database(self, erased: Folder, public: tuple[str, ...]) -> None:
        """The database has what is left of each event, and the words are told."""
        (erased.path / "planlog.toml").write_text('internal = ["field:b"]\n')
        assert HEADING in asked(erased, "export", *public, "plan.sqlite").words
        with sqlite3.connect(erased.path / "plan.sqlite") as connection:
            rows = connection.execute(
                'SELECT type, "on", "by", data FROM events WHERE position IN (8, 29) ORDER BY 1'
            ).fetchall()
        connection.close()
        assert [("noted", None, None), ("plan_opened", "2022-06-01", None)] == [
            row[:3] for row in rows
        ]
        assert all(row[3].startswith('{"erased":"') for row in rows)

    def test_workbook(self, erased: Folder) -> None:
        """Each printed page of a workbook says that something is missing on it."""
        asked(erased, "export", "plan.xlsx")
        (sheet,) = openpyxl.load_workbook(erased.path / "plan.xlsx").worksheets
        header = str(sheet.oddHeader and sheet.oddHeader.right and sheet.oddHeader.right.text)
        assert header.startswith("22 texts erased, missing here; state at the end of ")

    def test_marks_of_a_matrix(self, erased: Folder) -> None:
        """The cells of a matrix in words are marked, and the mark is explained."""
        asked(erased, "export", "--matrix", "plan.md")
        text = (erased.path / "plan.md").read_text("utf-8")
        assert "\\[…\\] a text was erased that told of it" in text
        assert "proposed \\[…\\]" in text

    def test_nothing_public(self, story: Folder) -> None:
        """What is about nothing public is not told, and nobody is named who is not to be."""
        (story.path / "planlog.toml").write_text('internal = ["field:b", "by"]\n')
        ids = record(
            story.path,
            (Started(measure="b-1"), "2022-06-01"),
            (Merged(measures=["b-1"], into="a-1"), "2022-06-01"),
        )
        erase(story.path, *ids)
        asked(story, "export", "--public", "plan.md")
        told = (story.path / "plan.md").read_text("utf-8").partition(HEADING)[2]
        assert "started" not in told
        assert "merged, 2022-06-01, about measure a-1: text erased on 2026-11-26; ground" in told


class TestMeasure:
    """Tests for a measure that only an erased text told of."""

    @pytest.fixture
    def only(self, story: Folder) -> Folder:
        """The story, and a measure, a field and a conference that only erased texts told of."""
        ids = record(
            story.path,
            (FieldAdded(field="c", title=SECRET), "2022-05-01"),
            (ConferenceHeld(conference="k-9", title=SECRET, kind="workshop"), "2022-05-01"),
            (Proposed(measure="c-17", title=SECRET, field="c", number="17"), "2022-06-01"),
        )
        erase(story.path, *ids)
        return story

    def test_show(self, only: Folder) -> None:
        """Its sheet says that everything that told of it was erased."""
        found = asked(only, "show", "c-17").data
        assert "Everything that told of this measure was erased." in found
        assert "- proposed, 2022-06-01, about measure c-17, field c: text erased" in found
        assert (
            "c-17"
            == json.loads(asked(only, "show", "c-17", "--format", "json").data)["measure"][
                "measure"
            ]
        )
        assert "measure c-17" in asked(only, "show").data

    def test_before(self, only: Folder) -> None:
        """Before its day the plan did not have it."""
        words = only.refused("show", "c-17", "--at", "2022-01-01", "--lang", "en")
        assert "the plan has no measure 'c-17' at that point" in words

    def test_history(self, only: Folder) -> None:
        """Its history has the entry, and the library tells it."""
        assert "2022-06-01: proposed (text erased)" in asked(only, "history", "c-17").data
        assert "erased" in asked(only, "history", "c-17", "--by-attribute").data
        (entry,) = only.log.history("c-17")
        assert "erased" == entry.standing
        assert () == only.log.origins("c-17")

    def test_by_number(self, only: Folder) -> None:
        """By its number nobody finds it any more, and the refusal says why that may be."""
        words = only.refused("show", "c/17", "--lang", "en")
        assert "no measure fits 'c/17'" in words
        assert "the text that told of it may have been erased: see planlog log" in words
        with pytest.raises(UnknownReferenceError, match="c/17"):
            only.log.history("c/17")

    def test_field_and_conference(self, only: Folder) -> None:
        """Questions about a field or a conference that only an erased text told of are answered."""
        assert HEADING in asked(only, "priorities", "--field", "c").data
        assert HEADING in asked(only, "decisions", "--field", "c").data
        assert HEADING in asked(only, "decisions", "--conference", "k-9").data
        assert HEADING in asked(only, "show", "--matrix", "--field", "c").data
        assert HEADING in asked(only, "diff", "start", "--field", "c").data
        assert () == only.log.decisions(conference="k-9")

    def test_record(self, only: Folder) -> None:
        """What becomes of it can be recorded."""
        only.do("start", "c-17", "--on", "2022-07-01")
        assert "started" in asked(only, "show", "c-17").data

    def test_other_points(self, only: Folder) -> None:
        """What nobody knew then is unknown then."""
        assert "no measure" in only.refused("show", "c-17", "--at", "2023@#8", "--lang", "en")


class TestDiff:
    """Tests for what differs."""

    def test_either_point(self, story: Folder) -> None:
        """What is missing at either point is told, also where the second lies before the first."""
        erase(story.path, *record(story.path, (Started(measure="a-1"), "2022-06-01")))
        assert HEADING in asked(story, "diff", "k-1", "k-2").data
        assert HEADING in asked(story, "diff", "k-2", "k-1").data
        assert HEADING not in asked(story, "diff", "start", "k-1").data

    def test_gross(self, story: Folder) -> None:
        """Step by step, also what was erased and replaced in between is told."""
        (id,) = record(story.path, (Started(measure="a-1", note=SECRET), "2022-06-01"))
        record(story.path, (Paused(measure="a-2"), "2022-06-02"))
        erase(story.path, id)
        story.do("start", "a-1", "--corrects", id, "--reason", "neu", "--on", "2022-06-01")
        assert HEADING in asked(story, "diff", "2023@#8", "2023", "--gross").data
        assert HEADING not in asked(story, "diff", "2023@#8", "2023").data

    def test_erased_retraction(self, story: Folder) -> None:
        """What an erased retraction changed rests on its erasure."""
        (id,) = record(story.path, (Started(measure="a-1"), "2022-06-01"))
        retraction = NewEvent(event=Retracted(event=id), on="2022-07-01", by=BY, reason=SECRET)
        (taken_back,) = (one.id for one in story.log.record_all([retraction]))
        erase(story.path, taken_back)
        found = asked(story, "diff", "2023@#9", "2023", "--gross").data
        assert f"event {taken_back[:8]} takes back {id[:8]}" in found
        assert f"text erased; ground: {GROUND}" in found
        assert f"text erased; ground: {GROUND}" in asked(story, "diff", "2023@#9", "2023").data


class TestLog:
    """Tests for the log."""

    def test_measure(self, erased: Folder) -> None:
        """The events of a measure have the erasures among them, and what nobody knows about."""
        found = asked(erased, "log", "--measure", "a-1", "--format", "json").data
        types = [one["type"] for one in json.loads(found)["events"]]
        assert {"proposed", "started", "erased", "noted"} <= {*types}
        assert "field_amended" not in types

    def test_day(self, erased: Folder) -> None:
        """Up to a day there is what may have happened by then; at the start there is nothing."""
        found = asked(erased, "log", "--at", "k-1").data
        assert "day unknown" in found
        assert "2022-06-01" not in found
        assert "day unknown" not in asked(erased, "log", "--at", "start").data

    def test_lines(self, erased: Folder) -> None:
        """As JSON lines it prints the lines as they stand in the files."""
        lines = asked(erased, "log", "--format", "jsonl").data
        files = sorted((erased.path / "events").glob("*.jsonl"))
        assert lines.encode() == b"".join(path.read_bytes() for path in files)


class TestFilling:
    """Tests for recording where a text was erased."""

    @pytest.fixture
    def emptied(self, story: Folder) -> tuple[Folder, str]:
        """The story and the id of an erased start."""
        (id,) = record(story.path, (Started(measure="a-1", note=SECRET), "2022-06-01"))
        erase(story.path, id)
        return story, id

    def test_correct(self, emptied: tuple[Folder, str]) -> None:
        """What is erased cannot be mended; the refusal says how to fill its place."""
        story, id = emptied
        words = story.refused("correct", id[:8], "--set", "note=x", "--reason", "y", "--lang", "en")
        assert f"the text of event {id} was erased" in words
        assert f"planlog start … --corrects {id} --reason …" in words
        german = story.refused("correct", id, "--set", "note=x", "--reason", "y", "--lang", "de")
        assert f"der Text des Ereignisses {id} wurde gelöscht" in german

    def test_corrects(self, emptied: tuple[Folder, str]) -> None:
        """Its place can be filled, and then nothing is missing any more."""
        story, id = emptied
        assert HEADING in asked(story, "show").data
        story.do("start", "a-1", "--corrects", id, "--reason", "neu", "--on", "2022-06-01")
        assert HEADING not in asked(story, "show").data
        assert "[…]" not in asked(story, "show").data
        found = asked(story, "history", "a-1")
        assert "text erased on 2026-11-26" in " ".join(found.data.split())  # in the trail
        assert "(text erased)" not in found.data
        assert HEADING not in asked(story, "history", "a-1", "--format", "csv").words

    def test_corrected_again(self, emptied: tuple[Folder, str]) -> None:
        """What fills the place can be corrected by the id of what was erased."""
        story, id = emptied
        story.do("start", "a-1", "--corrects", id, "--reason", "neu", "--on", "2022-06-01")
        story.do("correct", id, "--set", "note=richtig", "--reason", "genauer")
        assert "richtig" in asked(story, "show", "a-1").data

    def test_retract(self, emptied: tuple[Folder, str]) -> None:
        """It can be taken back, and then nothing is missing."""
        story, id = emptied
        story.do("retract", id, "--reason", "war nie")
        assert HEADING not in asked(story, "show").data
        assert "(retracted)" in asked(story, "history", "a-1").data

    def test_record(self, emptied: tuple[Folder, str]) -> None:
        """An event whose text was erased is not taken again, and called what it is."""
        story, id = emptied
        line = {
            "v": 1,
            "id": id,
            "type": "started",
            "on": "2022-06-01",
            "by": BY,
            "source": SOURCE,
            "data": {"measure": "a-1", "note": "x"},
        }
        words = story.refused("record", "-", "--lang", "en", input=json.dumps(line).encode())
        assert f"-:1: id: the text of event '{id}' at position 8 was erased" in words
        assert "another event" not in words
        with pytest.raises(ErasedEventError, match=id):
            story.log.record(Started(measure="a-1"), on="2022-06-01", by=BY, id=id)

    def test_unknown_type(self, story: Folder) -> None:
        """Where no command records such a type, none is named."""
        (id,) = record(story.path, (PlanOpened(title=SECRET), "2022-06-01"))
        erase(story.path, id)
        words = story.refused("correct", id, "--set", "title=x", "--reason", "y", "--lang", "en")
        assert f"planlog … … --corrects {id}" in words

    def test_language(self, story: Folder) -> None:
        """What fills the place of an erased opening says in which language the plan is."""
        (id,) = record(story.path, (PlanOpened(title=SECRET, language="en"), "2020-01-02"))
        erase(story.path, id)
        filled = PlanOpened(title="Plan", language="de")
        story.log.record(filled, on="2020-01-02", by=BY, corrects=id, reason="neu")
        assert "Stand am Ende" in story.do("show")


class TestWhatBelongs:
    """Tests for what is missing in an answer about one thing only."""

    def test_conference(self, story: Folder) -> None:
        """A decision of another conference is not missing; one of nobody knows which may be."""
        decided = Decided(conference="k-1", outcome="adopted", measures=["a-1"])
        (id,) = record(story.path, (decided, "2021-01-01"))
        erase(story.path, id)
        assert HEADING in asked(story, "decisions", "--conference", "k-1").data
        assert HEADING not in asked(story, "decisions", "--conference", "k-2").data
        (other,) = record(story.path, (decided, "2021-01-01"))
        erase(story.path, other, bare=True)
        assert HEADING in asked(story, "decisions", "--conference", "k-2").data

    def test_measure(self, story: Folder) -> None:
        """What is about another measure of the field is not; the list of the field is."""
        proposed = Proposed(measure="a-3", title=SECRET, field="a")
        erase(story.path, *record(story.path, (proposed, "2022-06-01")))
        assert HEADING in asked(story, "show").data
        assert HEADING in asked(story, "priorities", "--field", "a").data
        assert HEADING not in asked(story, "priorities", "--field", "b").data
        assert HEADING not in asked(story, "show", "a-1").data
        listed = Prioritized(field="a", ranking=["a-2"])
        erase(story.path, *record(story.path, (listed, "2022-06-01")))
        assert HEADING in asked(story, "show", "a-1").data
        assert HEADING not in asked(story, "show", "b-1").data

    def test_outside_the_fields(self, story: Folder) -> None:
        """A measure outside the fields has no list that could be missing."""
        record(story.path, (Proposed(measure="x", title="X"), "2022-06-01"))
        listed = Prioritized(field="a", ranking=["a-2"])
        erase(story.path, *record(story.path, (listed, "2022-06-01")))
        assert HEADING not in asked(story, "show", "x").data

    def test_rank_in_a_matrix(self, story: Folder) -> None:
        """Where a list was erased, each cell that would have a rank is marked."""
        listed = Prioritized(field="a", ranking=["a-2"])
        erase(story.path, *record(story.path, (listed, "2022-06-01")))
        assert 2 == asked(story, "show", "--matrix").data.count("(prop.) […]")
        asked(story, "export", "--matrix", "plan.md")
        assert 2 == (story.path / "plan.md").read_text("utf-8").count("proposed \\[…\\]")

    def test_taken_back(self, story: Folder) -> None:
        """What was taken back is told in the history, and nothing of it is missing."""
        (id,) = record(story.path, (Started(measure="a-1", note=SECRET), "2022-06-01"))
        story.do("retract", id, "--reason", "war nie")
        erase(story.path, id)
        found = asked(story, "history", "a-1", "--format", "json")
        assert [] == json.loads(found.data)["erased"]
        assert "(retracted)" in asked(story, "history", "a-1").data
