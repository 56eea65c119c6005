"""Lines in which one or two things are wrong, or merely odd."""

import json
from typing import Any

from hypothesis import strategies as st

from planlog.codec import encode
from planlog.codec.json import Pairs, parse
from tests.codec.strategies import recorded_events

SCRAPS: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    2**53,
    1.0,
    float("inf"),
    float("nan"),
    "",
    " ",
    "x",
    "7",
    "a\0",
    "\ud800",
    "2023-03-16",
    "9f3c0a6be1d24857",
    "stk-3",
    "started",
    "noted",
    [],
    ["a", "a"],
    ["a", 7],
    (),
    (("a", "b"),),
    (("measure", "a"), ("measure", "a")),
    (("yes", 1), ("no", 1), ("abstain", True)),
]
KEYS = ["v", "on", "type", "data", "reason", "corrects", "measure", "note", "extra", "", "\0"]


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """A line of a log that was changed in a few places, and perhaps spread out."""
    pairs = parse(encode(draw(recorded_events())))
    for _ in range(draw(st.integers(0, 2))):
        pairs = changed(draw, pairs)
    return draw(st.sampled_from(["", " "])).join(tokens(pairs)).encode()


def changed(draw: st.DrawFn, pairs: Pairs) -> Pairs:
    """An object with one change, in itself or in an object inside."""
    scrap = draw(st.sampled_from(SCRAPS))
    if not pairs:
        return (("extra", scrap),)
    place = draw(st.integers(0, len(pairs) - 1))
    name, value = pairs[place]
    before, after = pairs[:place], pairs[place + 1 :]
    if isinstance(value, tuple) and draw(st.booleans()):
        return (*before, (name, changed(draw, value)), *after)
    match draw(st.sampled_from(["value", "added", "left out", "doubled", "moved"])):
        case "value":
            return (*before, (name, scrap), *after)
        case "added":
            return (*pairs, (draw(st.sampled_from(KEYS)), scrap))
        case "left out":
            return before + after
        case "doubled":
            return (*pairs, (name, draw(st.sampled_from([value, scrap]))))
        case _:
            return (*before, *after, (name, value))


def tokens(value: Any) -> list[str]:
    """The tokens of a JSON value whose objects are given as their pairs."""
    if isinstance(value, tuple):
        inner = [[json.dumps(name), ":", *tokens(item)] for name, item in value]
    elif isinstance(value, list):
        inner = [tokens(item) for item in value]
    else:
        return [json.dumps(value)]
    opening, closing = ("{", "}") if isinstance(value, tuple) else ("[", "]")
    separated = [token for item in inner for token in (",", *item)][1:]
    return [opening, *separated, closing]
