"""What each value of an event may be, to the last character."""

import pytest

from planlog.codec import decode
from planlog.errors import Flaw, InvalidEventError
from tests.codec.json_texts import data, line, measures, of, votes


def flaws_of(text: str) -> tuple[Flaw, ...]:
    """Everything that is wrong with a line."""
    try:
        decode(text.encode(), 0)
    except InvalidEventError as error:
        return error.flaws
    return ()


def told(text: str) -> str:
    """Everything that is wrong with a line, in short."""
    return "; ".join(f"{flaw.key} {flaw.code}" for flaw in flaws_of(text))


def ranking(*ids: str) -> str:
    """A line that ranks measures."""
    return of("prioritized", '{"field":"a","ranking":[' + ",".join(ids) + "]}")


def attribute(name: str) -> str:
    """A line with an attribute of that name."""
    return of("proposed", '{"measure":"a","attributes":{' + name + ':"x"}}')


LONGEST = '"' + "ß" * 200 + '"'
REASON = '"Tippfehler"'
TARGET = '"9f3c0a6be1d24858"'
ERASED = (
    '{"event":' + TARGET + ',"position":0,"leaf":"' + "a" * 64 + '","ground":"","type":"noted"}'
)
EXCERPT = '{"version":"f-1","coverage":"excerpt","attributes":[]'

TAKEN = [
    line(id='"0123456789abcdef"'),
    line(by='"\\u00a0x"'),
    line(source='""'),
    line(reason='" "'),
    line(corrects=TARGET, reason=REASON),
    line(on='"0001-01-01"'),
    line(on='"9999-12-31"'),
    line(on='"2024-02-29"'),
    line(on='"2023/2023"'),
    line(on='"2023-03-16/2023"'),
    line(recorded='"0001-01-01T00:00:00Z"'),
    line(recorded='"9999-12-31T23:59:59Z"'),
    line(salt='"' + "-" * 21 + 'A"'),
    line(salt='"' + "_" * 21 + 'w"'),
    ranking(),
    ranking('"a b/c"', '"Nr. 16"', '"„Größe“"', '"😀"', LONGEST),
    ranking('"today"', '"2023"', '"\\u0022"'),
    data(conference='"0"'),
    data(conference='"2023-03-16-konferenz"'),
    data(conference='"a-"'),
    data(fields='["wohnen"]'),
    attribute('" "'),
    attribute('"a.b[0]"'),
    of("version_recorded", EXCERPT + ',"measures":{"a b":["title"]}}'),
    of("version_recorded", EXCERPT + ',"document":"' + "0f" * 32 + '"}'),
    of("proposed", '{"measure":"a","title":"","due":"2023/2025-06","responsible":["a","a"]}'),
    of("merged", '{"measures":["a"],"into":"a"}'),
    of("split", '{"measure":"a","into":["b","c"]}'),
    of("noted", '{"text":""}'),
    of("noted", '{"about":{"version":"f-1"},"text":"a"}'),
    of("retracted", '{"event":' + TARGET + "}", reason=REASON),
    of("erased", ERASED),
]

REFUSED = [
    (line(id='"0123456789ABCDEF"'), "id expected-event-id"),
    (line(id='"0123456789abcde"'), "id expected-event-id"),
    (line(id='"0123456789abcdef0"'), "id expected-event-id"),
    (line(id='"0123456789abcdeg"'), "id expected-event-id"),
    (line(id='" 123456789abcdef"'), "id expected-event-id"),
    (line(id='"０123456789abcdef"'), "id expected-event-id"),
    (line(corrects='"x"', reason=REASON), "corrects expected-event-id"),
    (line(by='""'), "by blank"),
    (line(by='" \\t\\n\\u00a0"'), "by blank"),
    (line(on='""'), "on date"),
    (line(on='"2024-13-01"'), "on date"),
    (line(on='"2023-02-29"'), "on date"),
    (line(on='"2023-3-16"'), "on date"),
    (line(on='"0000"'), "on date"),
    (line(on='"20230316"'), "on date"),
    (line(on='"16.03.2023"'), "on date"),
    (line(on='"2023-03-16 "'), "on date"),
    (line(on='"2023-03-16T00:00:00Z"'), "on date"),
    (line(on='"2023/"'), "on date"),
    (line(on='"/2023"'), "on date"),
    (line(on='"2023/2022"'), "on date"),
    (line(on='"2023/2024/2025"'), "on date"),
    (line(on='"today"'), "on date"),
    (line(on='"٢٠٢٣"'), "on date"),
    (line(recorded='"2026-11-22"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T08:15:00"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T08:15Z"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T08:15:00.0Z"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T08:15:00z"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22 08:15:00Z"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T08:15:00+00:00"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T08:15:60Z"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T24:00:00Z"'), "recorded expected-timestamp"),
    (line(recorded='"2026-02-30T08:15:00Z"'), "recorded expected-timestamp"),
    (line(recorded='"2026-11-22T08:15:00Z\\n"'), "recorded expected-timestamp"),
    (line(salt='""'), "salt expected-salt"),
    (line(salt='"' + "A" * 21 + '"'), "salt expected-salt"),
    (line(salt='"' + "A" * 23 + '"'), "salt expected-salt"),
    (line(salt='"' + "A" * 22 + '=="'), "salt expected-salt"),
    (line(salt='"' + "A" * 21 + 'B"'), "salt expected-salt"),
    (line(salt='"' + "A" * 20 + '+A"'), "salt expected-salt"),
    (line(salt='"' + "A" * 20 + '/A"'), "salt expected-salt"),
    (line(salt='"' + "A" * 20 + 'ßA"'), "salt expected-salt"),
    (line(salt='"' + "A" * 22 + '\\n"'), "salt expected-salt"),
    (ranking('""'), "data.ranking[0] expected-id"),
    (ranking('" a"'), "data.ranking[0] expected-id"),
    (ranking('"a "'), "data.ranking[0] expected-id"),
    (ranking('" "'), "data.ranking[0] expected-id"),
    (ranking('"a\\tb"'), "data.ranking[0] expected-id"),
    (ranking('"a\\u00a0b"'), "data.ranking[0] expected-id"),
    (ranking('"a\\u200bb"'), "data.ranking[0] expected-id"),
    (ranking('"a\\u202eb"'), "data.ranking[0] expected-id"),
    (ranking('"a\\u007f"'), "data.ranking[0] expected-id"),
    (ranking('"a"', LONGEST[:-1] + 'ß"'), "data.ranking[1] expected-id"),
    (ranking('"a"', '"b"', '"a"'), "data.ranking[2] listed-twice"),
    (
        ranking('"a"', '"a"', "7", '"a"', "7"),
        (
            "data.ranking[2] expected-id; data.ranking[4] expected-id; "
            "data.ranking[1] listed-twice; data.ranking[3] listed-twice"
        ),
    ),
    (measures('["a","a"]'), "data.measures[1] listed-twice"),
    (data(fields='["a","b","b"]'), "data.fields[2] listed-twice"),
    (of("split", '{"measure":"a","into":["b","b"]}'), "data.into[1] listed-twice"),
    (of("split", '{"measure":"a","into":["b"]}'), "data.into too-few"),
    (of("split", '{"measure":"a","into":[]}'), "data.into too-few"),
    (of("merged", '{"measures":[],"into":"a"}'), "data.measures too-few"),
    (of("merged", '{"measures":["a"],"into":["a"]}'), "data.into expected-id"),
    (data(conference='"2023"'), "data.conference expected-name"),
    (data(conference='"2023-03-16"'), "data.conference expected-name"),
    (data(conference='"2023-99"'), "data.conference expected-name"),
    (data(conference='"today"'), "data.conference expected-name"),
    (data(conference='"start"'), "data.conference expected-name"),
    (data(conference='"STK-3"'), "data.conference expected-name"),
    (data(conference='"-a"'), "data.conference expected-name"),
    (data(conference='"stk 3"'), "data.conference expected-name"),
    (data(conference='"größe"'), "data.conference expected-name"),
    (data(conference='"stk-3\\n"'), "data.conference expected-name"),
    (data(conference="7"), "data.conference expected-name"),
    (data(outcome='"agreed"'), "data.outcome expected-choice"),
    (votes('9,"no":0.5'), "data.votes.no doubled-key"),
    (
        data(votes='{"yes":9,"no":-1}'),
        "data.votes.no expected-count; data.votes.abstain missing-key",
    ),
    (attribute('""'), "data.attributes[''] blank"),
    (attribute('"a\\u0000"'), "data.attributes['a\\x00'] nul"),
    (attribute('"\\udc00"'), "data.attributes['\\udc00'] lone-surrogate"),
    (
        of("version_recorded", EXCERPT + ',"measures":{" a":["title"]}}'),
        "data.measures[' a'] expected-id",
    ),
    (
        of("version_recorded", EXCERPT + ',"measures":{"a":"title","b":[7],"c d":[null]}}'),
        (
            "data.measures.a expected-list; data.measures.b[0] expected-text; "
            "data.measures['c d'][0] expected-text"
        ),
    ),
    (
        of("version_recorded", EXCERPT + ',"document":"' + "0F" * 32 + '"}'),
        "data.document expected-digest",
    ),
    (
        of("version_recorded", EXCERPT + ',"document":"' + "0" * 63 + '"}'),
        "data.document expected-digest",
    ),
    (of("version_recorded", EXCERPT + ',"document":7}'), "data.document expected-digest"),
    (of("proposed", '{"measure":"a","due":"bald"}'), "data.due date"),
    (of("proposed", '{"measure":"a","responsible":"Träger"}'), "data.responsible expected-list"),
    (
        of("proposed", '{"measure":"a","partners":["b",7,null]}'),
        "data.partners[1] expected-text; data.partners[2] expected-text",
    ),
    (of("proposed", '{"measure":"a","field":null}'), "data.field needless-null"),
    (of("started", '{"measure":"a","stage":null}'), "data.stage needless-null"),
    (of("noted", '{"about":{},"text":"a"}'), "data.about not-one"),
    (
        of("noted", '{"about":{"measure":"a","field":"b"},"text":"a"}'),
        "data.about not-one",
    ),
    (
        of("noted", '{"about":{"measure":7,"conference":"A"},"text":"a"}'),
        "data.about.measure expected-id; data.about.conference expected-name; data.about not-one",
    ),
    (of("retracted", '{"event":"x"}', reason=REASON), "data.event expected-event-id"),
    (of("retracted", '{"event":' + TARGET + "}"), "reason missing-reason"),
    (of("retracted", '{"event":' + TARGET + "}", reason='" \\n"'), "reason missing-reason"),
    (of("retracted", '{"event":' + TARGET + "}", reason="7"), "reason expected-text"),
    (line(corrects=TARGET), "reason missing-reason"),
    (line(corrects=TARGET, reason='""'), "reason missing-reason"),
    (line(corrects=TARGET, on='"bald"'), "on date; reason missing-reason"),
    (
        of("retracted", '{"event":' + TARGET + "}", corrects=TARGET, reason=REASON),
        "corrects uncorrecting-type",
    ),
    (of("erased", ERASED, corrects=TARGET, reason=REASON), "corrects uncorrecting-type"),
    (of("erased", ERASED, corrects="7"), "corrects expected-event-id; reason missing-reason"),
    (of("erased", ERASED.replace(":0", ":-1")), "data.position expected-count"),
    (of("erased", ERASED.replace(":0", ":true")), "data.position expected-count"),
    (of("erased", ERASED.replace("aa", "AA", 1)), "data.leaf expected-digest"),
]


class TestValues:
    @pytest.mark.parametrize("text", TAKEN)
    def test_that_are_taken(self, text: str) -> None:
        """A value at the edge of what is allowed is allowed."""
        assert "" == told(text)

    @pytest.mark.parametrize(("text", "wrong"), REFUSED)
    def test_that_are_refused(self, text: str, wrong: str) -> None:
        """A value beyond what is allowed is refused, and every such value of a line is named."""
        assert wrong == told(text)


class TestMessages:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (line(on='"2024-13-01"'), r"on: expected a date .*, got '2024-13-01'"),
            (line(by="7"), "by: expected a text, got 7"),
            (line(by="true"), "by: expected a text, got true"),
            (line(by="null"), "by: expected a text, got null"),
            (line(by="[1,[2,{}]]"), r"by: expected a text, got \[1, \[2, \{\}\]\]"),
            (line(by='{"a":{"b":1.50}}'), r"by: expected a text, got \{'a': \{'b': 1.50\}\}"),
            (votes("1e999"), r"data\.votes\.yes: expected a whole number .*, got 1e999"),
            (votes("NaN"), r"data\.votes\.yes: expected a whole number .*, got NaN"),
            (votes("-Infinity"), r"data\.votes\.yes: expected a whole number .*, got -Infinity"),
            (ranking('"a"', '"a"'), r"data\.ranking\[1\]: expected each id once, got 'a' again"),
            (line(type='"strated"'), "type: expected a type such as 'started', got 'strated'"),
            (line(type='"imagined"'), "type: expected one of the types plan_opened, .*'imagined'"),
            (
                of("started", '{"measure":"a","nota":"b"}'),
                r"data\.nota: expected no such key; the nearest known is 'note'",
            ),
            (
                of("started", '{"measure":"a","weight":"b"}'),
                r"data\.weight: expected no such key; known here are measure, stage, note",
            ),
            (
                line(v="2"),
                "v: written in format 2, this planlog reads none above 1; update planlog",
            ),
            ("x", "^expected JSON from column 1 on, got 'x'$"),
            (line(by='"' + "a" * 500 + '"', on='"' + "b" * 500 + '"'), r"got 'b{37}\.\.\.b{38}'"),
        ],
    )
    def test_show_what_stood_there(self, text: str, message: str) -> None:
        """A message names the key, shows the value as it was written, and has a remedy at hand."""
        with pytest.raises(InvalidEventError, match=message):
            decode(text.encode(), 0)

    def test_with_controls_in_the_value(self) -> None:
        """A value with control characters shows them and does not send them to the screen."""
        with pytest.raises(InvalidEventError, match=r"got '\\x1b\[31m\\u202e'"):
            decode(line(on='"\\u001b[31m\\u202e"').encode(), 0)
