"""The mark of an erased line: how it is written, and what it is read as."""

from datetime import UTC, datetime

import attrs
import pytest

from planlog.codec import (
    Tombstone,
    decode,
    decode_lines,
    encode,
    erased_record,
    line_of,
    read_tombstone,
    tombstone_line,
)
from planlog.dates import SOME_DAY
from planlog.errors import DamagedLogError, InvalidEventError
from planlog.events import Erased, Noted, Started
from tests.histories import id_at, recorded

LEAF = "0123456789abcdef" * 4
LINE = b'{"erased":"' + LEAF.encode() + b'","position":7}'
SAID = Erased(event=id_at(1), position=1, leaf=LEAF, ground="Art. 17", type="started")
NOT_MARKS = {
    "a blank": LINE.replace(b":7", b": 7"),
    "another order": b'{"position":7,"erased":"' + LEAF.encode() + b'"}',
    "capital digits": LINE.replace(b"abcdef", b"ABCDEF"),
    "too few digits": LINE.replace(b"f", b""),
    "a leading zero": LINE.replace(b":7", b":07"),
    "a sign": LINE.replace(b":7", b":-7"),
    "one more key": LINE[:-1] + b',"by":"a"}',
    "a line feed": LINE + b"\n",
    "a carriage return": LINE + b"\r",
    "an event": encode(recorded(0, Noted(text="a"), "2023")),
    "nothing": b"",
}


class TestTombstone:
    def test_form(self) -> None:
        """It is written in one form, and read back."""
        assert LINE == tombstone_line(LEAF, 7)
        assert Tombstone(LEAF, 7) == read_tombstone(LINE)
        assert Tombstone(LEAF, 0) == read_tombstone(tombstone_line(LEAF, 0))

    @pytest.mark.parametrize("line", NOT_MARKS.values(), ids=NOT_MARKS)
    def test_no_other_form(self, line: bytes) -> None:
        """Nothing else is one."""
        assert read_tombstone(line) is None

    def test_no_event(self) -> None:
        """By itself it is no event."""
        with pytest.raises(InvalidEventError, match="got the mark of an erased one"):
            decode(LINE, 7)


class TestErasedRecord:
    def test_what_was_kept(self) -> None:
        """The day and the time that the erasure kept are those of the line."""
        kept = Erased(
            event=id_at(1),
            position=1,
            leaf=LEAF,
            ground="Art. 17",
            type="started",
            corrects=id_at(0),
            on="2021",
            recorded=datetime(2022, 1, 1, tzinfo=UTC),
        )
        found = erased_record(1, recorded(2, kept, "2023"), None)
        assert (id_at(1), "started", "2021", id_at(0), "") == (
            found.id,
            found.type,
            found.on.text,
            found.corrects,
            found.by,
        )
        assert datetime(2022, 1, 1, tzinfo=UTC) == found.recorded

    def test_nothing_kept(self) -> None:
        """Without them it was on some day, and is known with the event before, or the erasure."""
        before = recorded(0, Noted(text="a"), "2020", moment=datetime(2021, 1, 1, tzinfo=UTC))
        erasure = recorded(2, SAID, "2023")
        assert before.recorded == erased_record(1, erasure, before).recorded
        assert erasure.recorded == erased_record(1, erasure, None).recorded
        assert SOME_DAY == erased_record(1, erasure, None).on

    def test_written_again(self) -> None:
        """What is written of it is the mark as it stands there, also where a join moved it."""
        found = erased_record(5, recorded(9, attrs.evolve(SAID, position=7), "2023"), None)
        assert LINE == encode(found)

    def test_by_its_keys(self) -> None:
        """By the keys of a line there is what is left, and the leaf in place of the data."""
        found = erased_record(7, recorded(9, SAID, "2023"), None)
        assert {
            "position": 7,
            "v": None,
            "id": id_at(1),
            "type": "started",
            "on": None,
            "recorded": "2023-04-01T12:00:00Z",
            "by": None,
            "source": None,
            "reason": None,
            "corrects": None,
            "data": {"erased": LEAF},
            "salt": None,
        } == line_of(found)


class TestReading:
    def test_mark_and_event(self) -> None:
        """The event that tells of the erasure says what stood where the mark is."""
        lines = [
            encode(recorded(0, Noted(text="a"), "2020")),
            tombstone_line(LEAF, 1),
            encode(recorded(2, SAID, "2023")),
        ]
        first, second, third = decode_lines(lines, 0, str)
        assert [False, True, False] == [one.is_erased for one in (first, second, third)]
        assert (1, id_at(1), SAID) == (second.position, second.id, second.event)

    def test_moved_by_joining(self) -> None:
        """The leaf decides which mark is meant: where it stood once does not matter."""
        lines = [encode(recorded(0, SAID, "2023")), tombstone_line(LEAF, 5)]
        first, second = decode_lines(lines, 3, str)
        assert (4, True) == (second.position, second.is_erased)
        assert not first.is_erased

    def test_text_that_is_there(self) -> None:
        """A line whose erasure is told counts as erased even where its text is there."""
        lines = [
            encode(recorded(1, Started(measure="a"), "2020")),
            encode(recorded(2, SAID, "2023")),
        ]
        (first, _) = decode_lines(lines, 1, str)
        assert first.is_erased
        assert "started" == first.type

    def test_erasure_that_stands_before(self) -> None:
        """The event may be among those that were read before."""
        erasure = recorded(0, SAID, "2023")
        other = recorded(5, Noted(text="a"), "2020")
        told = {one.id: one for one in (erasure, other)}
        (only,) = decode_lines([tombstone_line(LEAF, 2)], 2, str, seen=told)
        assert only.is_erased

    def test_told_twice(self) -> None:
        """What was told first of an erasure stays, be the text there or not."""
        again = attrs.evolve(SAID, ground="anything else", type="noted")
        later = [encode(recorded(2, SAID, "2023")), encode(recorded(3, again, "2023"))]
        for line in (tombstone_line(LEAF, 1), encode(recorded(1, Started(measure="a"), "2020"))):
            first, _, _ = decode_lines([line, *later], 1, str)
            assert SAID == first.event

    def test_alone(self) -> None:
        """A mark without its event is damage, told beside all else that is wrong."""
        lines = [b"nothing", tombstone_line(LEAF, 1), tombstone_line(LEAF[::-1], 2)]
        with pytest.raises(DamagedLogError) as refused:
            decode_lines([*lines, encode(recorded(3, SAID, "2023"))], 0, str)
        assert [("0", "not-json"), ("2", "lone-tombstone")] == [
            (flaw.place, flaw.code) for flaw in refused.value.flaws
        ]

    def test_own_erasure(self) -> None:
        """No event tells of its own erasure."""
        line = encode(recorded(2, SAID, "2023")).replace(id_at(1).encode(), id_at(2).encode())
        with pytest.raises(InvalidEventError, match=r"data\.event: expected the id of another"):
            decode(line, 2)

    @pytest.mark.parametrize("word", ["erased", "invented", ""])
    def test_type_that_nothing_had(self, word: str) -> None:
        """What was erased had a type, and was no erasure itself."""
        line = encode(recorded(2, SAID, "2023")).replace(
            b'"type":"started"', b'"type":"%s"' % word.encode()
        )
        with pytest.raises(InvalidEventError, match=r"data\.type: expected one of the types"):
            decode(line, 2)
