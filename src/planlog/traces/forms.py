"""Every form in which a text may stand in a file: its encodings, escapes and line breaks.

A text is looked for in two ways: its bytes in several encodings, which finds it in files of any
kind, and, in files that are text, what a person would read there. Counts are what was seen at
least; a text that stands in two forms is not counted twice.
"""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from planlog.traces.wrapped import count_wrapped

MOST_READ: Final = 16 * 2**20
"""The size up to which a file is read as a person would; bytes are searched in larger ones too."""

_MOST_WRAPPED: Final = 4 * 2**20
_BEGINNING: Final = 8192
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp850")
"""What texts are saved as: also by old Windows programs, and as SQLite and Word keep them."""

_NOTHING: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""What has no shape, and may stand anywhere within a word."""

_NEW_LINE: Final = "⏎"
"""How planlog shows a line break within a text."""

_ELLIPSIS: Final = "…"
_LEAST_LEFT: Final = 18
"""How much of a text is left at least where planlog shortens it: a little less than twenty."""

_MOST_CUT_OFF: Final = 50_000
"""How many ellipses are looked at: a text made of them would take for ever."""

_TAG: Final = re.compile(r"<(/?[A-Za-z][\w.:-]{0,40})?[^<>]{0,5000}>")
_APART: Final = re.compile(
    r"/?(?:br|p|div|li|t[dhr]|h[1-6]|pre|d[dt]|text:(?:p|h|s|tab|line-break)|w:(?:p|br|tab)|a:p)"
)
"""Tags that keep words apart; within one word any other may stand."""

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([ntr])|([^\w\s]))")


class Sought:
    """A raw *line* and *texts* that are looked for, in all their forms."""

    def __init__(self, line: bytes, texts: Iterable[str] = ()) -> None:
        """Make ready what is compared."""
        self.line = line.decode(errors="surrogateescape")
        self.texts = tuple(dict.fromkeys(texts))
        self._bytes = {text: _spellings(text) for text in self.texts} | {self.line: (line,)}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {text: folded(text) for text in self._bytes}

    def counts(self, content: bytes) -> "Counter[str]":
        """Count how often each of them stands in *content* at least."""
        counts = Counter({text: _most(content, forms) for text, forms in self._bytes.items()})
        if is_text(content) and len(content) <= MOST_READ:
            text = _text(content)
            for reading in _readings(text):
                counts |= Counter(
                    {one: _count(reading, form) for one, form in self._folded.items()}
                )
            if len(text) <= _MOST_WRAPPED:
                counts |= self._wrapped(text, [one for one in self.texts if not counts[one]])
        return +counts

    def named(self, name: str) -> tuple[str, ...]:
        """Tell which of the texts stand in the *name* of a file."""
        shown = folded(name)
        return tuple(text for text in self.texts if self._folded[text] in shown)

    def _wrapped(self, text: str, missing: list[str]) -> "Counter[str]":
        """Count those that are broken into lines within a column."""
        if not missing:
            return Counter()
        lines = re.sub(f" ?{_NEW_LINE} ?", " ", _composed(text)).splitlines()
        return Counter({one: count_wrapped(lines, self._folded[one]) for one in missing})


def folded(text: str) -> str:
    r"""Return *text* with composed letters, and each run of blanks and line breaks as one blank.

    >>> folded("Frau  Mu\u0308\u00adller,\n\u00a0Haus 3")
    'Frau Müller, Haus 3'
    """
    return " ".join(_composed(text).replace(_NEW_LINE, " ").split())


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text if text.isascii() else text.translate(_NOTHING))


def _spellings(text: str) -> tuple[bytes, ...]:
    """The bytes that *text* may be saved as."""
    spellings: dict[bytes, None] = {}
    for form in {text: None, **{unicodedata.normalize(way, text): None for way in ("NFC", "NFD")}}:
        for encoding in _ENCODINGS:
            try:
                spellings[form.encode(encoding)] = None
            except UnicodeEncodeError:  # it cannot stand there in this encoding
                continue
    return tuple(spellings)


def _most(content: bytes, forms: tuple[bytes, ...]) -> int:
    return max(map(content.count, forms), default=0)


def is_text(content: bytes) -> bool:
    """Whether *content* seems to be text in any encoding."""
    return content.startswith(_UTF_16_MARKS) or b"\0" not in content[:_BEGINNING]


def _text(content: bytes) -> str:
    if content.startswith(_UTF_16_MARKS):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _readings(text: str) -> Iterator[str]:
    """Every way to take *text*: as it is, as JSON, CSV or Markdown, and as markup."""
    yield folded(text)
    yield from _unescaped_reading(text)
    if "&" in text or "<" in text:
        # Attributes are taken away with their tags, so once with them and once without.
        for one in {_without_entities(text): None, _without_entities(_without_tags(text)): None}:
            yield folded(one)
            yield from _unescaped_reading(one)


def _unescaped_reading(text: str) -> Iterator[str]:
    if "\\" in text or '""' in text:
        yield folded(_without_escapes(text))


def _without_escapes(text: str) -> str:
    # In a CSV the quotation marks of JSON are doubled, so these come first.
    unescaped = _ESCAPE.sub(_meant, text.replace('""', '"'))
    # Two escapes may be one character, and one alone none: both come out right.
    return unescaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _count(reading: str, form: str) -> int:
    """Count *form* in a *reading*, also where it was cut off with an ellipsis."""
    return reading.count(form) or _count_cut_off(reading, form)


def _count_cut_off(reading: str, form: str) -> int:
    if _ELLIPSIS not in reading or len(form) <= _LEAST_LEFT:
        return 0
    ends = (end.start() for end in islice(re.finditer(f" ?{_ELLIPSIS}", reading), _MOST_CUT_OFF))
    head = form[:_LEAST_LEFT]
    # What was left begins at most as far in front of the ellipsis as the text is long.
    return sum(
        (start := reading.rfind(head, max(0, end - len(form)), end)) >= 0
        and form.startswith(reading[start:end])
        for end in ends
    )


def _meant(found: re.Match[str]) -> str:
    digits, blank, mark = found.group(1, 2, 3)
    if digits:
        return chr(int(digits, 16))
    return " " if blank else mark


def _without_tags(text: str) -> str:
    return _TAG.sub(lambda found: " " if _APART.fullmatch(found[1] or "") else "", text)


def _without_entities(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # a number of thousands of digits
        return text
