"""``planlog log``."""

import json
from typing import Any

from planlog.dates import format_timestamp
from tests.cli.running import Folder


def events(data: str) -> list[dict[str, Any]]:
    """The events on the lines of *data*."""
    return [json.loads(line) for line in data.splitlines()]


class TestLog:
    def test_newest_last(self, plan: Folder) -> None:
        """All events are listed in the order of recording."""
        listed = events(plan.do("log", "--format", "jsonl"))
        assert [event.id for event in plan.log.events()] == [event["id"] for event in listed]

    def test_table(self, plan: Folder) -> None:
        """People get a table."""
        assert "Nachbarschaften" in plan.do("log")

    def test_limit(self, plan: Folder) -> None:
        """A limit keeps the newest, and may be more than there are."""
        newest = [event.id for event in plan.log.events()[-2:]]
        assert newest == [
            one["id"] for one in events(plan.do("log", "-n", "2", "--format", "jsonl"))
        ]
        assert 8 == len(events(plan.do("log", "--limit", "99", "--format", "jsonl")))
        assert [] == events(plan.do("log", "--limit", "0", "--format", "jsonl"))

    def test_measure(self, plan: Folder) -> None:
        """The events about a measure are those of its life, corrections among them."""
        plan.do("prioritize", "wohnen", "16", "1", "--on", "stk-3")
        started = plan.log.events()[6].id
        plan.do("correct", started, "--set", "title=Nachbarn", "--reason", "gekürzt")
        listed = events(plan.do("log", "--measure", "wohnen/16", "--format", "jsonl"))
        assert ["proposed", "prioritized", "proposed"] == [event["type"] for event in listed]

    def test_how_much_was_known(self, plan: Folder) -> None:
        """What was known is all that was looked through, not only what is listed."""
        for arguments, size in (
            (("--measure", "wohnen-1"), 8),
            (("--limit", "0"), 8),
            (("--at", "start"), 8),
            (("--at", "2022-12-31@#7"), 7),
        ):
            told = json.loads(plan.do("log", *arguments, "--format", "json"))["known"]
            recorded = format_timestamp(plan.log.events()[size - 1].recorded)
            assert {"size": size, "recorded": recorded} == told

    def test_measure_in_the_future(self, plan: Folder) -> None:
        """What is recorded of days to come is listed too."""
        plan.do("start", "wohnen/16", "--on", "2999")
        listed = events(plan.do("log", "--measure", "wohnen/16", "--format", "jsonl"))
        assert ["proposed", "started"] == [event["type"] for event in listed]

    def test_at(self, plan: Folder) -> None:
        """A point leaves out what happened after it, and what was not known."""
        listed = events(plan.do("log", "--at", "2022-12-31@#7", "--format", "jsonl"))
        assert {"2020-09-18", "2022-05-24", "2021-07-07"} == {event["on"] for event in listed}
        assert 6 == len(listed)

    def test_at_the_start(self, plan: Folder) -> None:
        """At the start, nothing had happened."""
        outcome = plan.run("log", "--at", "start", "--format", "jsonl", "--lang", "en")
        assert "" == outcome.data
        assert "state at the start" in outcome.words

    def test_what_it_prints_is_what_record_takes(self, plan: Folder) -> None:
        """Handing the lines in again changes nothing."""
        data = plan.do("log", "--format", "jsonl")
        outcome = plan.run("record", "-", "--lang", "en", input=data.encode())
        assert (0, ["skipped: 8 events that the log has already"]) == (outcome.code, outcome.lines)
        assert 8 == plan.log.size
