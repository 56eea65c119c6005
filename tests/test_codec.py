"""Events to lines and back; older lines, whole logs, and events from outside."""

import sys
from datetime import UTC, datetime
from subprocess import run
from typing import Any

import attrs
import pytest

from planlog import stores
from planlog.codec import (
    FLAWS,
    MAX_LINE,
    HandedIn,
    decode,
    decode_lines,
    decode_new,
    encode,
    encode_new,
    same_content,
)
from planlog.dates import InexactDate
from planlog.errors import DamagedLogError, InvalidEventError
from planlog.events import (
    Amended,
    NewEvent,
    Noted,
    RecordedEvent,
    Started,
)
from tests.codec.json_texts import TEXTS, of

STARTED = RecordedEvent(
    position=0,
    id="9f3c0a6be1d24857",
    on=InexactDate.parse("2023-03-16"),
    recorded=datetime(2026, 11, 22, 8, 15, tzinfo=UTC),
    by="Quartiersmanagement",
    source="Sozialer Maßnahmenplan, Folie 6",
    event=Started(
        measure="wohnen-16",
        stage="Angeschoben",
        note="Aufbau eines Nachbarschaftszentrums als Mittelpunkt der Netzwerkarbeit (GWA)",
    ),
    salt="q7mJr0o0X0m7Jf3hQb6J1g",
)
LINE = (
    '{"v":1,"id":"9f3c0a6be1d24857","type":"started","on":"2023-03-16",'
    '"recorded":"2026-11-22T08:15:00Z","by":"Quartiersmanagement",'
    '"source":"Sozialer Maßnahmenplan, Folie 6","data":{"measure":"wohnen-16",'
    '"stage":"Angeschoben","note":"Aufbau eines Nachbarschaftszentrums als Mittelpunkt der '
    'Netzwerkarbeit (GWA)"},"salt":"q7mJr0o0X0m7Jf3hQb6J1g"}'
).encode()


def with_data(event: Any) -> RecordedEvent:
    """An event of another type, or with a flawed one."""
    return attrs.evolve(STARTED, event=event)


def with_id(number: int) -> bytes:
    """A line with another id."""
    return LINE.replace(b"9f3c0a6be1d24857", f"{number:016x}".encode())


def place(position: int) -> str:
    """Where a line stands."""
    return f"events/0000000000-started-9f3c.jsonl:{position + 1}"


class TestEncode:
    def test_an_event(self) -> None:
        """A line is written in the form that the format fixes, byte for byte."""
        assert LINE == encode(STARTED)

    def test_with_all_keys(self) -> None:
        """A reason and what is corrected stand between source and data."""
        event = attrs.evolve(STARTED, reason="Tippfehler", corrects="9f3c0a6be1d24858")
        after = b'Folie 6","reason":"Tippfehler","corrects":"9f3c0a6be1d24858","data"'
        assert LINE.replace(b'Folie 6","data"', after) == encode(event)

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ('"', r"\""),
            ("\\", r"\\"),
            ("/", "/"),
            ("\n\r\t\b\f", r"\n\r\t\b\f"),
            ("\x01\x1b\x1f", r"\u0001\u001b\u001f"),
            ("\x7f\x80\x9f", "\x7f\x80\x9f"),
            ("\u2028\u2029\ufeff\u202e", "\u2028\u2029\ufeff\u202e"),
            ("ß„😀\uffff", "ß„😀\uffff"),
            ("<&>'", "<&>'"),
        ],
    )
    def test_escapes(self, text: str, written: str) -> None:
        """Only what JSON demands is escaped, in its shortest form."""
        line = encode(with_data(Noted(text=text)))
        assert f'"data":{{"text":"{written}"}}'.encode() in line

    def test_data_left_out_and_null(self) -> None:
        """What is absent is left out, what is cleared is null, and the order is the class's."""
        line = encode(with_data(Amended(title=None, measure="a")))
        assert b'"data":{"measure":"a","title":null}' in line

    def test_the_longest_line(self) -> None:
        """A line may be 65,535 bytes long, bytes and not characters."""
        room = MAX_LINE - len(encode(with_data(Noted(text=""))))
        line = encode(with_data(Noted(text="ß" * (room // 2) + "s" * (room % 2))))
        assert MAX_LINE == len(line)
        assert line == encode(decode(line, 0))

    def test_the_longest_line_of_a_store(self) -> None:
        """What fits into a line fits into a store, and the other way round."""
        assert stores.MAX_LINE == MAX_LINE

    def test_a_line_that_is_too_long(self) -> None:
        """An event that does not fit into a line is refused."""
        room = MAX_LINE - len(encode(with_data(Noted(text=""))))
        with pytest.raises(InvalidEventError, match="expected at most 65535 bytes, got 65536"):
            encode(with_data(Noted(text="s" * (room + 1))))


class TestDecode:
    def test_a_line(self) -> None:
        """A line is read as the event it holds, at the position it is told."""
        assert attrs.evolve(STARTED, position=7) == decode(LINE, 7)

    def test_all_flaws_at_once(self) -> None:
        """Every flaw of a line is told, wherever it is, each with its key."""
        flawed = of("started", '{"mesure":7}', on='"bald"', by='""', colour='"red"', salt="")
        with pytest.raises(InvalidEventError, match="expected a date") as caught:
            decode(flawed.encode(), 0)
        assert [
            "on",
            "by",
            "data.measure",
            "data.mesure",
            "salt",
            "colour",
        ] == [flaw.key for flaw in caught.value.flaws]

    def test_cattrs_is_not_loaded_for_sound_lines(self) -> None:
        """Reading and writing sound events loads nothing that only flaws need."""
        program = (
            "import sys\n"
            "from planlog.codec import decode_lines, encode, validate\n"
            "(event,) = decode_lines([sys.stdin.buffer.read()], 0, str)\n"
            "validate(event)\n"
            "sys.stdout.buffer.write(encode(event))\n"
            "sys.exit('cattrs' in sys.modules or 'difflib' in sys.modules)"
        )
        finished = run([sys.executable, "-c", program], input=LINE, capture_output=True, check=True)
        assert LINE == finished.stdout


def described(document: dict[str, Any]) -> dict[str, Any]:
    """Lift a pretended format 0, in which the stage was called status."""
    data = dict(document["data"])
    if "status" in data:
        data["stage"] = data.pop("status")
    return {**document, "data": data}


OLD = LINE.replace(b'"v":1', b'"v":0').replace(b'"stage"', b'"status"')


class TestLifting:
    def test_an_old_line(self) -> None:
        """A line of an older format is read as today's event and keeps its version."""
        assert attrs.evolve(STARTED, v=0) == decode(OLD, 0, lifts={0: described})

    def test_two_steps(self) -> None:
        """A line is lifted from one version to the next until it is in today's form."""

        def renamed(document: dict[str, Any]) -> dict[str, Any]:
            return {**document, "data": {"status": "x", **document["data"]}}

        older = OLD.replace(b'"v":0', b'"v":-1').replace(b'"status":"Angeschoben",', b"")
        event = decode(older, 0, lifts={-1: renamed, 0: described})
        assert ("x", -1) == (event.event.stage, event.v)  # type: ignore[union-attr]  # it is a Started

    def test_an_old_line_among_others(self) -> None:
        """A log may hold lines of several formats."""
        events = decode_lines([OLD, with_id(1)], 0, place, lifts={0: described})
        assert [0, 1] == [event.v for event in events]

    def test_an_old_line_written_again(self) -> None:
        """What was lifted is in today's form, so that is the version it is written with."""
        assert LINE == encode(decode(OLD, 0, lifts={0: described}))

    def test_an_old_line_with_flaws(self) -> None:
        """The flaws of an old line are told in today's words."""
        flawed = OLD.replace(b"2023-03-16", b"bald")
        with pytest.raises(InvalidEventError, match=r"^on: expected a date"):
            decode(flawed, 0, lifts={0: described})

    def test_an_old_line_with_a_doubled_key(self) -> None:
        """Lifting does not hide that a key stands twice."""
        flawed = OLD.replace(b'"status"', b'"status":"Stage 1","status"')
        with pytest.raises(InvalidEventError, match=r"^data\.status: expected this key once"):
            decode(flawed, 0, lifts={0: described})

    def test_an_old_line_from_outside(self) -> None:
        """An event of an older format may be handed in as well."""
        old = OLD.replace(b'"recorded":"2026-11-22T08:15:00Z",', b"")
        assert STARTED.event == decode_new(old, "", lifts={0: described}).event.event

    def test_a_version_nobody_knows(self) -> None:
        """A line of a format that never was is refused."""
        with pytest.raises(InvalidEventError, match=r"^v: expected 1, the version of the format"):
            decode(OLD.replace(b'"v":0', b'"v":-7'), 0, lifts={0: described})

    def test_a_newer_line(self) -> None:
        """A line of a newer format is refused for that alone, whatever else is new about it."""
        newer = LINE.replace(b'"v":1', b'"v":2').replace(b"started", b"imagined")
        with pytest.raises(InvalidEventError, match=r"update planlog$") as caught:
            decode(newer, 0)
        assert ["newer-format"] == [flaw.code for flaw in caught.value.flaws]


class TestDecodeLines:
    def test_a_log(self) -> None:
        """Lines are read as events, from the position of the first on."""
        events = decode_lines(map(with_id, range(3)), 5, place)
        assert [(5, "0" * 16), (6, "0" * 15 + "1"), (7, "0" * 15 + "2")] == [
            (event.position, event.id) for event in events
        ]

    def test_no_lines(self) -> None:
        """An empty log holds no events."""
        assert [] == decode_lines([], 0, place)

    def test_flaws_of_several_lines(self) -> None:
        """Every flaw of every line is told, each with its place."""
        lines = [
            with_id(1),
            with_id(2).replace(b"2023-03-16", b"bald").replace(b'"measure"', b'"mesure"'),
            with_id(3),
            with_id(4)[:-1],
        ]
        with pytest.raises(DamagedLogError, match="expected a date") as caught:
            decode_lines(lines, 10, place)
        assert [
            (place(11), "on"),
            (place(11), "data.measure"),
            (place(11), "data.mesure"),
            (place(13), ""),
        ] == [(flaw.place, flaw.key) for flaw in caught.value.flaws]

    def test_an_id_that_stands_twice(self) -> None:
        """An id that stands twice is told with both places, in the order of the log."""
        lines = [with_id(1), with_id(2), with_id(1), b"no JSON", with_id(1)]
        with pytest.raises(DamagedLogError, match="stands twice") as caught:
            decode_lines(lines, 0, place)
        assert [
            (place(2), "doubled-id", place(0)),
            (place(3), "not-json", None),
            (place(4), "doubled-id", place(0)),
        ] == [(flaw.place, flaw.code, flaw.details.get("first")) for flaw in caught.value.flaws]

    def test_an_id_that_was_seen_before(self) -> None:
        """An id that stands in an earlier part of the log is told with both places."""
        seen = {event.id: event for event in decode_lines(map(with_id, range(3)), 0, place)}
        with pytest.raises(DamagedLogError, match="stands twice") as caught:
            decode_lines([with_id(7), with_id(2)], 3, place, seen=seen)
        assert [
            f"{place(4)}: id: the id '0000000000000002' stands twice: the first time at {place(2)}"
        ] == [str(flaw) for flaw in caught.value.flaws]

    def test_ids_not_seen_before(self) -> None:
        """New ids pass beside those of an earlier part of the log."""
        seen = {event.id: event for event in decode_lines(map(with_id, range(3)), 0, place)}
        assert 1 == len(decode_lines([with_id(7)], 3, place, seen=seen))


class TestDecodeNew:
    def test_the_least(self) -> None:
        """An event from outside needs a type and data, the rest is filled in later."""
        text = b'{"data":{"measure":"wohnen-16"},"type":"started"}'
        assert HandedIn(NewEvent(event=Started(measure="wohnen-16"))) == decode_new(text, "in:1")

    def test_everything(self) -> None:
        """An event from outside may say everything that it can know."""
        text = of(
            "started",
            '{"measure":"a"}',
            reason='"Tippfehler"',
            corrects='"9f3c0a6be1d24858"',
            recorded="",
            salt="",
        )
        assert HandedIn(
            NewEvent(
                event=Started(measure="a"),
                on="2023-03-16",
                by="Quartiersmanagement",
                source="Folie 6",
                reason="Tippfehler",
                corrects="9f3c0a6be1d24858",
                id="9f3c0a6be1d24857",
            )
        ) == decode_new(text.encode(), "in:1")

    def test_a_line_of_a_log(self) -> None:
        """A line of a log is read, with the flaws to raise unless it is in the log already."""
        handed_in = decode_new(LINE, "in:1")
        assert STARTED.event == handed_in.event.event
        assert ["in:1: recorded", "in:1: salt"] == [
            str(flaw).partition(": not taken from outside")[0] for flaw in handed_in.unaccepted
        ]

    def test_a_flawed_timestamp(self) -> None:
        """What would not be accepted anyway must still be what it is called."""
        text = LINE.replace(b"2026-11-22T08:15:00Z", b"now")
        with pytest.raises(InvalidEventError, match=r"^in:1: recorded: expected a UTC timestamp"):
            decode_new(text, "in:1")

    def test_flaws(self) -> None:
        """All flaws of a text are told with its place."""
        with pytest.raises(InvalidEventError, match="missing") as caught:
            decode_new(b'{"on":"bald","v":2.0}', "in:1")
        assert [("in:1", "v"), ("in:1", "type"), ("in:1", "on"), ("in:1", "data")] == [
            (flaw.place, flaw.key) for flaw in caught.value.flaws
        ]

    def test_no_json(self) -> None:
        """A text that is no JSON is refused with its place."""
        with pytest.raises(InvalidEventError, match=r"^in:1: expected JSON from column 1 on"):
            decode_new(b"started", "in:1")


class TestEncodeNew:
    def test_the_least(self) -> None:
        """What an event does not say is left out."""
        assert b'{"v":1,"type":"started","data":{"measure":"a"}}' == encode_new(
            NewEvent(event=Started(measure="a"))
        )

    def test_the_order_of_keys(self) -> None:
        """The keys stand in the order of a line."""
        new = NewEvent(event=STARTED.event, on=STARTED.on, by=STARTED.by, source=STARTED.source)
        assert LINE.replace(b'"id":"9f3c0a6be1d24857",', b"").replace(
            b'"recorded":"2026-11-22T08:15:00Z",', b""
        ).replace(b',"salt":"q7mJr0o0X0m7Jf3hQb6J1g"', b"") == encode_new(new)


class TestSameContent:
    def test_of_an_event_recorded_again(self) -> None:
        """Version, time of recording, salt and position make no difference."""
        again = attrs.evolve(
            STARTED, v=0, position=9, salt="A" * 22, recorded=datetime(2030, 1, 1, tzinfo=UTC)
        )
        assert same_content(STARTED, again)

    @pytest.mark.parametrize(
        "change",
        [
            {"id": "9f3c0a6be1d24858"},
            {"on": InexactDate.parse("2023-03-16/2023-03-16")},
            {"by": "Rat"},
            {"source": None},
            {"reason": "a"},
            {"corrects": "9f3c0a6be1d24858"},
            {"event": Started(measure="wohnen-16")},
        ],
    )
    def test_of_another_event(self, change: dict[str, Any]) -> None:
        """Everything else does."""
        assert not same_content(STARTED, attrs.evolve(STARTED, **change))


class TestFlaws:
    def test_every_sentence_is_used(self) -> None:
        """Every code is the code of some flaw, so that nobody translates what is never said."""
        of_texts = {flaw.split()[-1] for _, _, wrong in TEXTS for flaw in wrong.split("; ") if flaw}
        elsewhere = {
            "blank",
            "doubled-id",
            "expected-digest",
            "expected-name",
            "listed-twice",
            "lone-tombstone",
            "not-an-event",
            "self-erasure",
            "too-few",
            "unaccepted-key",
            "uncorrecting-type",
            "unfaithful",
        }
        assert set(FLAWS) == of_texts | elsewhere

    @pytest.mark.parametrize("template", FLAWS.values())
    def test_manner(self, template: str) -> None:
        """A sentence starts in lower case, or with a name, and has no full stop."""
        assert template[0].islower()
        assert not template.endswith(".")
