"""``planlog record``."""

import json
from typing import Any

import pytest

from planlog.cli import handing_in
from planlog.errors import MOST_TOLD
from tests.cli.running import BY, SOURCE, Folder


def line(type: str = "started", on: str | None = "2023-03-16", **more: Any) -> bytes:
    """An event as it is handed in."""
    data = more.pop("data", {"measure": "wohnen-16"})
    around = {"type": type, "on": on, "by": BY, **more, "data": data}
    return json.dumps({key: value for key, value in around.items() if value is not None}).encode()


ID = "0123456789abcdef"


class TestRecord:
    def test_one_batch(self, plan: Folder) -> None:
        """All events of a file become one batch, which may name what it introduces itself."""
        file = plan.path / "events.jsonl"
        new = {"measure": "neu", "title": "Neu"}
        file.write_bytes(
            b"\n".join([line("proposed", data=new), b"", line(data={"measure": "neu"}), b"\r\n"])
        )
        outcome = plan.run("record", str(file), "--lang", "en")
        place = f"events/0000000008-proposed-{plan.log.events()[8].id[:4]}.jsonl"
        assert [f"recorded: 2 events, in {place}"] == outcome.lines
        assert "started" == plan.log.plan().measure("neu").phase

    def test_standard_input(self, plan: Folder) -> None:
        """A hyphen stands for standard input."""
        outcome = plan.run("record", "-", "--lang", "en", input=line())
        assert 0 == outcome.code
        assert outcome.words.startswith("recorded: 1 event, in events/0000000008-started-")

    def test_what_lines_do_not_say(self, plan: Folder) -> None:
        """Day, author and source are filled in where a line does not say so itself."""
        lines = b"\n".join([line(on=None, by=None), line(source="S. 1")])
        plan.do("record", "-", "--on", "stk-2", "--by", "GWA", input=lines)
        told = [(str(event.on), event.by, event.source) for event in plan.log.events()[8:]]
        assert [("2022-05-24", "GWA", SOURCE), ("2023-03-16", BY, "S. 1")] == told

    def test_same_again(self, plan: Folder) -> None:
        """An id that the log has with the same content is skipped, and that is said."""
        plan.do("record", "-", input=line(id=ID), env={"PLANLOG_SOURCE": ""})
        before = plan.files
        outcome = plan.run("record", "-", "--expect-size", "0", "--lang", "en", input=line(id=ID))
        assert ["skipped: 1 event that the log has already"] == outcome.lines
        assert before == plan.files
        outcome = plan.run(
            "record", "-", "--lang", "en", input=b"\n".join([line(id=ID), line(on="2024")])
        )
        assert 2 == len(outcome.lines)
        assert 10 == plan.log.size

    def test_twice_in_one_file(self, plan: Folder) -> None:
        """The same event twice in a file is recorded once."""
        plan.do("record", "-", input=b"\n".join([line(id=ID), line(id=ID)]))
        assert 9 == plan.log.size

    def test_dry_run(self, plan: Folder) -> None:
        """A dry run prints what would be recorded, and writes nothing."""
        before = plan.files
        data = plan.do("record", "-", "--dry-run", input=line(on="2023"))
        assert SOURCE == json.loads(data)["source"]
        assert before == plan.files

    def test_warning(self, plan: Folder) -> None:
        """An inexact event that an exact one overrides is told once."""
        plan.do("start", "wohnen-16", "--on", "2023-03-16")
        for arguments in (("--dry-run",), ()):
            outcome = plan.run(
                "record", "-", *arguments, "--lang", "en", input=line("implemented", on="2023")
            )
            assert 1 == outcome.words.count("Warning: ")


class TestLimits:
    def test_of_the_file(self, plan: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is too large is refused before it is looked into."""
        content = line() + b"\n"
        monkeypatch.setattr(handing_in, "MOST_BYTES", len(content))
        plan.do("record", "-", input=content)
        words = plan.refused("record", "-", "--lang", "en", input=content + b"\n")
        assert f"'-' has more than {len(content)} bytes; hand it in in several parts" in words

    def test_of_what_is_told(self, plan: Folder) -> None:
        """Of a file without an event in it, no more is told than anybody reads."""
        words = plan.refused("record", "-", "--lang", "en", input=b"x\n" * 1_000)
        told = words.splitlines()
        assert MOST_TOLD == len(told)
        assert f"Error: -:{MOST_TOLD}: this line and those behind it were not looked at" == told[-1]


class TestRefusals:
    def test_all_errors_at_once(self, plan: Folder) -> None:
        """Every flaw of every line is told with file, line and key, and nothing is recorded."""
        file = plan.path / "events.jsonl"
        file.write_bytes(b"\n".join([line(by=7), line(), b"{", line("begun", data={})]))
        told = plan.refused("record", "events.jsonl", "--lang", "en").splitlines()
        assert [
            "Error: events.jsonl:1: by: expected a text, got 7",
        ] == told[:1]
        assert told[1].startswith("Error: events.jsonl:3: expected a whole JSON object")
        assert told[2].startswith("Error: events.jsonl:4: type: expected")

    def test_all_that_makes_no_sense_at_once(self, plan: Folder) -> None:
        """So is everything that the log does not take, in the order of the lines."""
        plan.do("record", "-", input=line(id=ID))
        lines = [
            line(data={"measure": "wohnen-166"}),
            line(id=ID, reason="anders"),
            line(on=None, by=None),
            line(id="a" * 16),
            line(id="a" * 16, on="2024"),
            line(recorded="2023-01-01T00:00:00Z"),
            line(data={"measure": "wohnen-16"}),
            line("retracted", data={"event": "b" * 16}, reason="x"),
        ]
        told = plan.refused(
            "record", "-", "--lang", "en", input=b"\n".join(lines), env={"PLANLOG_BY": ""}
        ).splitlines()
        taken = "is the id of another event already; leave it out, or correct that event"
        assert [
            ("-:1: data.measure", "no measure 'wohnen-166' in this log; did you mean 'wohnen-16'?"),
            ("-:2: id", f"{ID!r} {taken}"),
            ("-:3: on", "missing the day it happened"),
            ("-:3: by", "missing who records it"),
            ("-:5: id", f"{'a' * 16!r} {taken}"),
            ("-:6: recorded", "not taken from outside; leave the key out, recording fills it in"),
            ("-:8: data.event", f"no event {'b' * 16!r} in this log; record it first"),
        ] == [tuple(one.removeprefix("Error: ").rsplit(": ", 1)) for one in told]

    def test_unreadable_and_senseless_lines_at_once(self, plan: Folder) -> None:
        """A line that does not decode hides nothing of the others, and misleads about none."""
        lines = [
            line(on=None, data={"measure": "wohnen-166"}),
            b'{"type":"proposed","data":{"measure":"neu","title":7}}',
            line(data={"measure": "neu"}),
            line("proposed", data={"measure": "neu", "stage": "Idee"}),
            line(data={"measure": "fehlt"}),
            b"\xff",
        ]
        told = plan.refused("record", "-", "--lang", "en", input=b"\n".join(lines)).splitlines()
        assert [
            "-:1: on: missing the day it happened",
            "-:1: data.measure: no measure 'wohnen-166' in this log; did you mean 'wohnen-16'?",
            "-:2: data.title: expected a text, got 7",
            "-:5: data.measure: no measure 'fehlt' in this log; record it first",
            "-:6: expected UTF-8, got the byte 0xff at offset 0",
        ] == [one.removeprefix("Error: ") for one in told]

    def test_what_refused_lines_introduce(self, plan: Folder) -> None:
        """What an incomplete line introduces, or one whose id is taken, is not unknown."""
        plan.do("record", "-", input=line(id=ID))
        lines = [
            line("proposed", on=None, by=None, data={"measure": "neu", "title": "Neu"}),
            line(data={"measure": "neu"}),
            line("proposed", id=ID, data={"measure": "alt", "title": "Alt"}),
            line(data={"measure": "alt"}),
            line("noted", salt="x", data={"text": "x"}),
        ]
        told = plan.refused(
            "record", "-", "--lang", "en", input=b"\n".join(lines), env={"PLANLOG_BY": ""}
        ).splitlines()
        places = [one.removeprefix("Error: ").split(": ")[:2] for one in told]
        assert [["-:1", "on"], ["-:1", "by"], ["-:3", "id"], ["-:5", "salt"]] == places

    @pytest.mark.parametrize("content", [b"", b"\n \n\r\n"])
    def test_no_event(self, plan: Folder, content: bytes) -> None:
        """A file without events is a mistake."""
        words = plan.refused("record", "-", "--lang", "en", input=content)
        assert "Invalid value for 'FILE': there is no event in '-'" in words

    def test_no_file(self, plan: Folder) -> None:
        """A file that cannot be read is refused."""
        words = plan.refused("record", "no.jsonl", "--lang", "en")
        assert "Invalid value for 'FILE': cannot read 'no.jsonl': No such file" in words

    def test_size(self, plan: Folder) -> None:
        """The size that was seen is the size that is written to."""
        words = plan.refused("record", "-", "--expect-size", "7", "--lang", "en", input=line())
        assert "expected a log of 7 events, it has 8" in words

    def test_no_log(self, empty: Folder) -> None:
        """Where there is no log, nothing is recorded."""
        assert "no log at" in empty.refused("record", "-", "--lang", "en", input=line(), code=3)
