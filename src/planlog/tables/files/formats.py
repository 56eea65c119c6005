"""How the numbers of a sheet are stored, and how a format shows them."""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

import attrs

from planlog.values import Value

LONGEST_FORMAT: Final = 255
"""The characters of a format that are looked at, as many as Excel allows."""

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_EXACT: Final = 2**53
_DIGITS_SHOWN: Final = ".15g"

_TOKEN: Final = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*(.)|\[([^\]]*)\]|(.)', re.DOTALL)
_PATTERN: Final = re.compile(r"([#,]*[0,]*)(?:\.(0*)(#*))?")
_FIGURES: Final = re.compile(r"\d(?:[.,'’ \u00a0\u202f]?\d)*")
_BLANKS: Final = re.compile(r"['’ \u00a0\u202f]")


def number(text: str) -> int | float:
    """Read a number as files store it; raise `ValueError` if it is none.

    Files do not tell 7 from 7.0, so what is whole is an integer.

    >>> number("7"), number("7.0"), number("1.10")
    (7, 7, 1.1)
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    value = float(text)
    if value in (float("inf"), -float("inf")):
        raise ValueError(text)
    if abs(value) < _EXACT:
        return int(value) if value.is_integer() else value
    return int(Decimal(text)) if value < 1e30 and Decimal(text) % 1 == 0 else value


def plain(value: int | float) -> str:
    """The shortest text of a number."""
    return str(value)


def shown(value: int | float, code: str) -> str | None:
    """How a format's *code* shows *value*, if that is not its plain text.

    Decimals are shown behind a point and thousands not apart, whatever the language of the file.
    A code that is beyond this function is told beside the value.

    >>> shown(7, "000"), shown(1.1, "0.00"), shown(0.5, "0%"), shown(7, "General")
    ('007', '1.10', '50%', None)
    """
    text = _general(value) if code in ("General", "@", "") else _formatted(value, code)
    return None if text == plain(value) else text


def unmarked(text: str, value: int | float) -> str | None:
    """What a file says that it shows of *value*, with the marks of `shown`, if not plain.

    >>> unmarked("1.234,50 €", 1234.5), unmarked("1,10", 1.1), unmarked("1,1", 1.1)
    ('1234.50 €', '1.10', None)
    """
    found = _FIGURES.search(text)
    result = text
    if found:
        figures = _BLANKS.sub("", found.group())
        scaled = abs(value) * (100 if "%" in text else 1)
        for group, mark in ((",", "."), (".", ",")):
            digits = figures.replace(group, "").replace(mark, ".")
            if _fits(digits, scaled):
                result = text[: found.start()] + digits + text[found.end() :]
                break
    return None if result == plain(value) else result


def _fits(digits: str, value: float) -> bool:
    """Whether *digits* are *value*, rounded to as many places as they have."""
    if digits.count(".") > 1:
        return False
    places = len(digits.partition(".")[2])
    # A hundredth more than half a unit: what is stored has a last digit of its own.
    return abs(Decimal(digits) - Decimal(repr(value))) <= Decimal("0.51").scaleb(-places)


def _general(value: int | float) -> str:
    return plain(value) if isinstance(value, int) else plain(float(format(value, _DIGITS_SHOWN)))


def _formatted(value: int | float, code: str) -> str:
    section = _section_for(value, _sections(code[:LONGEST_FORMAT]))
    try:
        text = section.shown(value)
    except InvalidOperation:
        text = None
    return f"{plain(value)} [{code}]" if text is None else text


@attrs.frozen(repr=False)
class _Section(Value):
    """One of the up to four parts of a format: literals around one *pattern* of digits."""

    before: str
    pattern: str
    after: str
    percents: int
    signed: bool
    tellable: bool

    def shown(self, value: int | float) -> str | None:
        """How *value* is shown, or nothing if that is more than this class knows."""
        found = _PATTERN.fullmatch(self.pattern)
        if not self.tellable or not found:
            return None
        whole, least, more = (part or "" for part in found.groups())
        if whole.endswith(","):  # this shows thousands or millions
            return None
        if not self.pattern:
            return self.before
        scaled = abs(Decimal(repr(value))).scaleb(2 * self.percents)
        places = len(least) + len(more)
        digits = format(scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")
        front, _, back = digits.partition(".")
        back = back[: len(least)] + back[len(least) :].rstrip("0")
        front = front.lstrip("0").rjust(whole.count("0"), "0")
        sign = "-" if self.signed and value < 0 else ""
        mark = "." if "." in self.pattern else ""
        return f"{sign}{self.before}{front}{mark}{back}{self.after}"


def _section_for(value: int | float, sections: tuple[_Section, ...]) -> _Section:
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    """Take a format's *code* apart; the second section, if any, shows its own sign."""
    tokens = list(_tokens(code))
    sections: list[_Section] = []
    while True:
        end = tokens.index((";", False)) if (";", False) in tokens else len(tokens)
        sections.append(_section(tokens[:end], signed=len(sections) != 1))
        if end == len(tokens):
            return tuple(sections)
        tokens = tokens[end + 1 :]


def _tokens(code: str) -> Iterator[tuple[str, bool]]:
    """The characters of a format, and whether each is shown as it is."""
    for quoted, escaped, _, _, bracket, bare in _TOKEN.findall(code):
        if bare:
            yield bare, bare in " -+()€$:"
        elif bracket.startswith("$"):
            yield from ((character, True) for character in bracket[1:].partition("-")[0])
        elif bracket[:1] in ("<", ">", "="):
            yield "?", False
        else:
            yield from ((character, True) for character in quoted + escaped)


def _section(tokens: list[tuple[str, bool]], *, signed: bool) -> _Section:
    digits = [index for index, token in enumerate(tokens) if token[0] in "#0,." and not token[1]]
    first, last = (digits[0], digits[-1]) if digits else (len(tokens), len(tokens) - 1)
    inner = tokens[first : last + 1]
    outer = tokens[:first] + tokens[last + 1 :]
    bare = {character for character, literal in outer if not literal} - {"%"}
    return _Section(
        "".join(character for character, _ in tokens[:first]),
        "".join(character for character, _ in inner),
        "".join(character for character, _ in tokens[last + 1 :]),
        sum(token == ("%", False) for token in outer),
        signed,
        not bare and not any(literal for _, literal in inner),
    )
