"""What all recording commands share."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from planlog import Noted, PlanLog, Prioritized, RecordedEvent, Started
from planlog.errors import ConflictError
from planlog.stores.folder import FolderStore
from tests.cli.running import BY, Folder

START = ("start", "wohnen/16")


class TestDay:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("2023-03-16", "2023-03-16"),
            ("16.03.2023", "2023-03-16"),
            ("6.3.2023", "2023-03-06"),
            ("03.2023", "2023-03"),
            ("2023", "2023"),
            ("18.09.2020/16.03.2023", "2020-09-18/2023-03-16"),
            ("stk-3", "2023-03-16"),
        ],
    )
    def test_as_people_write_it(self, plan: Folder, written: str, expected: str) -> None:
        """A day may be written in the German manner, and a conference stands for its day."""
        plan.do(*START, "--on", written)
        assert expected == str(plan.log.events()[-1].on)

    def test_conference_without_an_exact_day(self, plan: Folder) -> None:
        """An inexact conference lends its date as it is written."""
        plan.do("hold-conference", "stk-4", "4.", "conference", "--on", "2023-11")
        plan.do(*START, "--on", "stk-4")
        assert "2023-11" == str(plan.log.events()[-1].on)

    def test_today(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Today is the day of the clock."""
        noon = datetime(2024, 2, 29, 12, tzinfo=UTC)
        monkeypatch.setattr(PlanLog, "today", lambda _: noon.date())
        plan.do(*START, "--on", "today")
        assert "2024-02-29" == str(plan.log.events()[-1].on)

    @pytest.mark.parametrize(
        "written", ["32.01.2023", "2023-13", "stk-9", "gestern", "2023/2022", "16.03.23", ""]
    )
    def test_no_day(self, plan: Folder, written: str) -> None:
        """What is no day is refused with what one looks like."""
        words = plan.refused(*START, f"--on={written}", "--lang", "en")
        assert "Invalid value for '--on': expected a date (2023-03-16, 16.03.2023" in words
        assert f"got {written!r}" in words

    def test_missing(self, plan: Folder) -> None:
        """No day is guessed."""
        words = plan.refused(*START, "--lang", "en", env={"PLANLOG_BY": ""})
        assert "say when it happened with --on, or set PLANLOG_ON" in words
        assert "say who records it with --by, or set PLANLOG_BY" in words

    def test_missing_author(self, plan: Folder) -> None:
        """Nobody records anonymously."""
        words = plan.refused(*START, "--on", "2023", "--lang", "en", env={"PLANLOG_BY": ""})
        assert "say who records it" in words
        assert "say when" not in words


class TestDefaults:
    def test_environment(self, plan: Folder) -> None:
        """Day, author and source may be set once for many commands."""
        plan.do(*START, env={"PLANLOG_ON": "stk-3", "PLANLOG_BY": "GWA", "PLANLOG_SOURCE": "S. 9"})
        event = plan.log.events()[-1]
        assert ("2023-03-16", "GWA", "S. 9") == (str(event.on), event.by, event.source)

    def test_file(self, plan: Folder) -> None:
        """They may stand in planlog.toml; the environment and the options come before it."""
        (plan.path / "planlog.toml").write_text('by = "LKO"\nsource = "Datei"\non = "2023"\n')
        plan.do(*START, env={"PLANLOG_BY": "", "PLANLOG_SOURCE": "Umwelt"})
        plan.do(*START, "--by", "GWA", "--source", "Zeile", "--on", "2024")
        recorded = [(str(event.on), event.by, event.source) for event in plan.log.events()[-2:]]
        assert [("2023", "LKO", "Umwelt"), ("2024", "GWA", "Zeile")] == recorded

    def test_flawed_file(self, plan: Folder) -> None:
        """A planlog.toml that cannot be used is named with its key, and nothing is written."""
        (plan.path / "planlog.toml").write_text("by = 7\n")
        words = plan.refused(*START, "--on", "2023", "--lang", "en")
        assert f"{plan.path}/planlog.toml: by: expected a text, got 7" in words

    def test_source_may_be_absent(self, plan: Folder) -> None:
        """An event without a source is taken; check says so."""
        plan.do(*START, "--on", "2023", env={"PLANLOG_SOURCE": ""})
        assert plan.log.events()[-1].source is None


class TestReport:
    def test_what_and_where(self, plan: Folder) -> None:
        """What was written is said, with its place and its id."""
        outcome = plan.run(*START, "--on", "2023", "--lang", "en")
        event = plan.log.events()[-1]
        place = f"events/0000000008-started-{event.id[:4]}.jsonl:1"
        expected = f"recorded: started wohnen-16 (2023), event {event.id} in {place}"
        assert ("", [expected]) == (outcome.data, outcome.lines)

    def test_no_subject(self, plan: Folder) -> None:
        """An event about nothing in particular is said by its type."""
        outcome = plan.run("note", "x", "--on", "2023", "--lang", "en")
        assert outcome.words.startswith("recorded: noted (2023), event ")

    def test_overridden(self, plan: Folder) -> None:
        """An inexact event that an exact one overrides is taken with a warning."""
        plan.do(*START, "--on", "2023-03-16")
        outcome = plan.run("implement", "wohnen/16", "--on", "2023", "--lang", "en")
        assert 0 == outcome.code
        assert outcome.words.startswith("Warning: ")
        assert "2023-03-16/2023-12-31" in outcome.words


class TestIdentity:
    ID = ("--event-id", "0123456789abcdef")

    def test_same_again_is_skipped(self, plan: Folder) -> None:
        """Recording the same under the same id twice does nothing the second time."""
        plan.do(*START, "--on", "2023", *self.ID)
        before = plan.files
        outcome = plan.run(*START, "--on", "2023", *self.ID, "--expect-size", "0", "--lang", "en")
        assert 0 == outcome.code
        assert outcome.words.startswith("already there: started wohnen-16 (2023), event 0123")
        assert before == plan.files

    def test_another_under_it_is_refused(self, plan: Folder) -> None:
        """An id never stands for two contents."""
        plan.do(*START, "--on", "2023", *self.ID)
        words = plan.refused(*START, "--on", "2024", *self.ID, "--lang", "en")
        assert "the log has an event '0123456789abcdef' with other content" in words

    def test_malformed(self, plan: Folder) -> None:
        """An id is what ids are."""
        words = plan.refused(*START, "--on", "2023", "--event-id", "x", "--lang", "en")
        assert "id: expected the id of an event, 16 lower-case hex digits, got 'x'" in words

    @pytest.mark.parametrize(
        "command",
        [
            ("propose", "wohnen", "Beratung", "--number", "4"),
            ("prioritize", "wohnen", "--append", "16"),
        ],
    )
    def test_what_rests_on_what_there_is(self, plan: Folder, command: Sequence[str]) -> None:
        """The same command means the same under its id, whatever it has brought about since."""
        plan.do(*command, "--on", "2023", *self.ID)
        plan.do("amend", "wohnen-16", "--number", "17", "--on", "2023")
        before = plan.files
        outcome = plan.run(*command, "--on", "2023", *self.ID, "--lang", "en")
        assert (0, True) == (outcome.code, outcome.words.startswith("already there: "))
        assert before == plan.files

    def test_what_was_not_there_before_it(self, plan: Folder) -> None:
        """What could not be said before the event is refused as another one under its id."""
        plan.do(*START, "--on", "2023", *self.ID)
        plan.do("propose", "wohnen", "Neu", "--on", "2023")
        for measure, expected in (
            ("neu", "the log has an event '0123456789abcdef' with other content"),
            ("nichts", "no measure fits 'nichts'"),
        ):
            words = plan.refused("start", measure, "--on", "2023", *self.ID, "--lang", "en")
            assert expected in words


class TestDryRun:
    def test_what_a_terminal_must_not_see(self, plan: Folder) -> None:
        """Characters that steer a terminal are spelt out, and record takes them all the same."""
        text = "a\x9b31m\u202eb"
        data = plan.do("note", text, "--on", "2023", "--dry-run")
        assert (False, False) == ("\x9b" in data, "\u202e" in data)
        plan.do("record", "-", input=data.encode())
        assert Noted(text=text) == plan.log.events()[-1].event


class TestSize:
    def test_expected(self, plan: Folder) -> None:
        """The size that was seen is the size that is written to."""
        plan.do(*START, "--on", "2023", "--expect-size", "8")
        words = plan.refused(*START, "--on", "2023", "--expect-size", "8", "--lang", "en")
        assert "expected a log of 8 events, it has 9" in words
        words = plan.refused(
            *START, "--on", "2023", "--expect-size", "8", "--dry-run", "--lang", "en"
        )
        assert "expected a log of 8 events, it has 9" in words

    def test_somebody_else_in_between(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """What rests on what the log has is made anew when somebody else was first."""
        meanwhile = iter([True, True])
        append = FolderStore.append

        def raced(store: FolderStore, lines: Sequence[bytes], expected_size: int) -> str:
            if next(meanwhile, False):
                monkeypatch.setattr(FolderStore, "append", append)
                other = plan.log
                measure = ("wohnen-1", "gesundheit-16")[other.size - 8]
                put_last(other, measure)
                monkeypatch.setattr(FolderStore, "append", raced)
            return append(store, lines, expected_size)

        monkeypatch.setattr(FolderStore, "append", raced)
        plan.do("prioritize", "wohnen", "--append", "16", "--on", "2023-03-17")
        assert ("wohnen-1", "gesundheit-16", "wohnen-16") == plan.log.plan().field("wohnen").ranking

    def test_always_somebody_else(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever is never first gives up in the end, with nothing written."""
        tries = []

        def refused(*arguments: Any, **more: Any) -> tuple[RecordedEvent, ...]:
            tries.append(arguments)
            raise ConflictError(8, 9)

        monkeypatch.setattr(PlanLog, "record_all", refused)
        assert "somebody else recorded" in plan.refused(*START, "--on", "2023", "--lang", "en")
        assert 100 == len(tries)


def put_last(log: PlanLog, measure: str) -> None:
    """Put a measure at the end of the list of the field Wohnen."""
    ranking = (*log.plan().field("wohnen").ranking, measure)
    log.record(Prioritized(field="wohnen", ranking=ranking), on="2023-03-16", by=BY)


class TestCorrects:
    def test_by_a_verb(self, plan: Folder) -> None:
        """An event may be put in the place of another one, which any beginning of its id names."""
        plan.do(*START, "--on", "2023")
        started = plan.log.events()[-1].id
        plan.do(
            *("implement", "wohnen/16", "--on", "2023"),
            *("--corrects", started[:9], "--reason", "verlesen"),
        )
        event = plan.log.events()[-1]
        assert (started, "verlesen") == (event.corrects, event.reason)
        assert "implemented" == plan.log.plan().measure("wohnen-16").phase

    def test_without_a_reason(self, plan: Folder) -> None:
        """A correction without a reason is refused."""
        started = plan.log.events()[-1].id
        words = plan.refused(*START, "--on", "2023", "--corrects", started, "--lang", "en")
        assert "reason: expected a reason" in words

    @pytest.mark.parametrize("beginning", ["zz", ""])
    def test_unknown(self, plan: Folder, beginning: str) -> None:
        """What begins no id names no event."""
        words = plan.refused(
            *START, "--on", "2023", f"--corrects={beginning}", "--reason", "x", "--lang", "en"
        )
        assert f"no event fits {beginning!r}" in words

    def test_ambiguous(self, plan: Folder) -> None:
        """A beginning that several ids have is refused with all of them."""
        for last in "12":
            plan.log.record(
                Started(measure="wohnen-1"), on="2023", by=BY, id=f"abcdef012345678{last}"
            )
        words = plan.refused(
            *START, "--on", "2023", "--corrects", "abcdef01", "--reason", "x", "--lang", "en"
        )
        assert "abcdef0123456781 (started 2023), abcdef0123456782 (started 2023)" in words
