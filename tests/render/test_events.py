"""The log itself."""

import json

import pytest

from planlog.codec import encode
from planlog.plan import Prefix
from planlog.render.events import render_events
from planlog.render.style import Format
from planlog.wording import words_for
from tests.render.examples import LOG, standard

EN = words_for("en")


class TestJson:
    def test_has_the_whole_of_each_event(self) -> None:
        """Every event has its place and every key around it, absent ones as null."""
        found = json.loads(standard("json", "en")["events"])
        assert ["schema", "known", "events", "erased"] == list(found)
        assert [event.position for event in LOG] == [one["position"] for one in found["events"]]
        for event, one in zip(LOG, found["events"], strict=True):
            line = json.loads(encode(event))
            assert line == {key: one[key] for key in line}
            assert {"position", "source", "reason", "corrects"} >= set(one) - set(line)

    def test_says_how_much_of_the_log_it_is(self) -> None:
        """Unless told otherwise, what is known ends with the last event shown."""
        found = json.loads(render_events(LOG[:2], "json", words=EN))
        assert {"size": 2, "recorded": "2023-04-01T08:15:00Z"} == found["known"]
        found = json.loads(render_events(LOG[:2], "json", words=EN, known=Prefix(size=9)))
        assert {"size": 9, "recorded": None} == found["known"]

    def test_lines_are_those_of_the_log(self) -> None:
        """JSON lines are the lines as they are stored."""
        assert [encode(event).decode() for event in LOG] == render_events(
            LOG, "jsonl", words=EN
        ).splitlines()


class TestPage:
    @pytest.mark.parametrize("format", ["table", "markdown"])
    def test_an_empty_log_says_so(self, format: Format) -> None:
        """Where there is no event, the page says so in words."""
        assert "no events\n" == render_events([], format, words=EN)

    def test_an_empty_log_is_an_object_too(self) -> None:
        """In JSON there is a list without events."""
        assert {
            "schema": "planlog.events/1",
            "known": {"size": 0, "recorded": None},
            "events": [],
            "erased": [],
        } == json.loads(render_events([], "json", words=EN))
