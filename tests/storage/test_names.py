"""How event files are called, and what is told by that."""

import pytest

from planlog.stores.names import EventFile, belongs, event_file, event_file_name
from tests.storage.folders import LINES, SECOND


class TestNames:
    def test_of_events(self) -> None:
        """A file is called by the position, type and id of its first event."""
        line = b'{"v":12,"id":"9f3c0a6be1d24857","type":"made_permanent","on":"2023"}'
        assert "0000000063-made-permanent-9f3c.jsonl" == event_file_name(63, line)

    @pytest.mark.parametrize(
        "line",
        [
            b"\xff",
            b'{"v":1, "id":"9f3c0a6be1d24857","type":"started"}',
            b'{"v":1,"id":"9F3C0A6BE1D24857","type":"started"}',
            b'{"v":1,"id":"9f3c0a6be1d24857","type":"../../etc"}',
            b'{"v":1,"id":"9f3c0a6be1d24857","type":"%s"}' % (b"x" * 65),
            b' {"v":1,"id":"9f3c0a6be1d24857","type":"started"}',
        ],
    )
    def test_of_other_lines(self, line: bytes) -> None:
        """Lines of another form get a name that is as harmless, and as stable."""
        name = event_file_name(5, line)
        assert name.startswith("0000000005-lines-")
        assert name == event_file_name(5, line)
        assert name != event_file_name(5, line + b".")
        assert event_file(name) is not None

    def test_read_again(self) -> None:
        """What a name says is what it was made from."""
        assert EventFile(SECOND, 3, "0003") == event_file(event_file_name(3, LINES[3]))

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "5-started-9f3c.jsonl",
            "00000000005-started-9f3c.jsonl",
            "0000000005-started-9F3C.jsonl",
            "0000000005-started.jsonl",
            "0000000005--9f3c.jsonl",
            "0000000005-started-9f3c.jsonl~",
            "0000000005-started-9f3c.jsonl\n",
            "0000000005-started-9f3c-copy.jsonl",
            "٠٠٠٠٠٠٠٠٠٥-started-9f3c.jsonl",
        ],
    )
    def test_of_nothing(self, name: str) -> None:
        """What was not named by this rule is not an event file."""
        assert event_file(name) is None

    def test_line_without_an_id(self) -> None:
        """A line that was erased, or that the codec has to judge, is not called foreign."""
        file = EventFile(SECOND, 3, "0003")
        assert belongs(file, LINES[3])
        assert not belongs(file, LINES[4])
        assert belongs(file, b'{"erased":"q7mJr0o0X0m7Jf3hQb6J1g","position":3}')
