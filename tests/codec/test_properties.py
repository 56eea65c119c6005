"""What holds of the codec for every event and every line."""

import json
from contextlib import suppress

import pytest
from hypothesis import event as labelled
from hypothesis import given
from hypothesis import strategies as st

from planlog.codec import decode, decode_new, detail, encode, encode_new, structure, validate
from planlog.codec.json import parse, parse_quickly
from planlog.errors import InvalidEventError
from planlog.events import NewEvent, RecordedEvent
from tests.codec.mutations import lines
from tests.codec.strategies import new_events, recorded_events


class TestEveryEvent:
    @given(recorded_events())
    def test_decoding_undoes_encoding(self, event: RecordedEvent) -> None:
        """An event that was written is read as it was."""
        assert event == decode(encode(event), event.position)

    @given(recorded_events())
    def test_is_valid(self, event: RecordedEvent) -> None:
        """What can be written passes the check before writing."""
        validate(event)

    @given(recorded_events())
    def test_is_written_in_one_line(self, event: RecordedEvent) -> None:
        """A line holds one JSON object, in UTF-8 and without line feed."""
        line = encode(event)
        assert b"\n" not in line
        assert isinstance(json.loads(line.decode()), dict)

    @given(new_events())
    def test_decoding_undoes_encoding_for_outside(self, event: NewEvent) -> None:
        """An event that is written for handing in is handed in as it was."""
        handed_in = decode_new(encode_new(event), "")
        assert (event, ()) == (handed_in.event, handed_in.unaccepted)


class TestEveryLine:
    @given(lines())
    def test_both_ways_of_structuring_agree(self, line: bytes) -> None:
        """The fast way takes what the way that tells every flaw takes, and nothing else."""
        pairs = parse_quickly(line)
        event = None if pairs is None else structure.recorded_event(pairs, 3)
        labelled("flawed" if event is None else "sound")
        if event is None:
            with pytest.raises(InvalidEventError, match=r"\w"):
                detail.recorded_event(parse(line), 3)
        else:
            assert event == detail.recorded_event(parse(line), 3)

    @given(lines())
    def test_a_line_that_is_taken_is_not_mended(self, line: bytes) -> None:
        """What a taken line says is what it says when it is written again."""
        with suppress(InvalidEventError):
            event = decode(line, 0)
            assert json.loads(line) == json.loads(encode(event))
            assert event == decode(encode(event), 0)

    @given(st.binary(max_size=40))
    def test_bytes_of_any_kind(self, line: bytes) -> None:
        """No bytes bring anything about but an event or its flaws."""
        with pytest.raises(InvalidEventError, match="expected"):
            decode(line, 0)
