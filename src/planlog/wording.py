"""Every word a reader sees, in every language.

English is what the messages are written in; other languages come from the catalogues in
``locale/``. Words change with the language, data never does: dates, ids and texts of events stay.
"""

import gettext
import os
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, assert_never

import attrs

from planlog.dates import (
    SOME_DAY,
    AtDay,
    AtName,
    AtStart,
    AtToday,
    InexactDate,
    Known,
    KnownSize,
    KnownTime,
    format_timestamp,
)
from planlog.errors import Flaw, FlawsError, PlanlogError
from planlog.findings import Affected, Cells, Finding
from planlog.plan import Outcome, Phase, Prefix
from planlog.possible import PRESENT
from planlog.ranking import RankCause
from planlog.timeline import Moment

LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "planlog"

DOUBT: Final = "(?)"
"""What marks a value that inexact days leave open, in every language."""

ERASED: Final = "[…]"
"""What marks a value that an erased text may have told otherwise, in every language."""

_WORDS_IN_DETAILS: Final = frozenset({"cause", "expected", "kind", "phase"})
"""Details whose values can be words of ours; what no catalogue knows among them is data."""

_TYPES_IN_DETAILS: Final = frozenset({"type", "by_type", "other_type"})
"""Details of findings that are types of events."""

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""The categories of Unicode that steer a terminal, turn the reading direction or show nothing."""

_CHOICES: Final = ("one of the keys ", "one of ", "a list of ")
"""How a phrase begins that goes on with what there is to choose from."""


@attrs.frozen
class Words:
    """The words of one *language*: called with an English message, it gives the translated one.

    >>> words_for("en")("no measure {id!r}", id="wohnen-16")
    "no measure 'wohnen-16'"
    """

    language: str
    _catalogue: gettext.NullTranslations = attrs.field(
        factory=gettext.NullTranslations, eq=False, repr=False
    )

    def __call__(self, message: str, /, **details: object) -> str:
        """Translate *message* and fill in *details*, which are data and stay as they are."""
        return self._catalogue.gettext(message).format(**details)

    def plural(self, one: str, many: str, n: int, /, **details: object) -> str:
        """Translate the message that fits the number *n*, and fill in ``n`` and *details*."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **details)

    def term(self, word: str) -> str:
        """Translate a word of a closed list or the name of an attribute, as the files have it."""
        return self._catalogue.gettext(word.replace("_", " ")) if word else ""

    def phase(self, phase: Phase | None) -> str:
        """Say where a measure stands."""
        return self("no phase yet") if phase is None else self.term(phase)

    def outcome(self, outcome: Outcome) -> str:
        """Say what a conference did; a note of its own is another thing than to take note."""
        return self("taken note of") if outcome == "noted" else self.term(outcome)

    def rank_cause(self, cause: RankCause) -> str:
        """Say why a rank is another."""
        match cause:
            case "moved":
                return self("moved")
            case "shifted":
                return self("shifted by others")
            case "listed":
                return self("newly listed")
            case "unlisted":
                return self("no longer listed")
            case _:
                assert_never(cause)

    def date(self, day: InexactDate | date) -> str:
        """Write a date, in every language as it stands in the files, unless an erasure took it."""
        return self("day unknown") if day == SOME_DAY else str(day)

    def moment(self, moment: Moment, known: Prefix) -> str:
        """Say how a point was understood: the day, and what was known of it."""
        if moment.day is None:
            state = self("state at the start, before anything happened")
        else:
            state = self("state at the end of {day}", day=self.date(moment.day))
        size = self.plural("{n} event", "{n} events", known.size)
        until = self("known until {known}", known=self._known(moment.point.known))
        told = f"{state}, {size}, {until}"
        if moment.foreseen and isinstance(moment.point.at, AtName):
            return self(
                "{told}; {name} was not known by then and was looked up in the whole log",
                told=told,
                name=moment.point.at.name,
            )
        return told

    def _known(self, known: Known | None) -> str:
        match known:
            case None | AtToday():
                return self("today")
            case KnownSize(size):
                return f"#{size}"
            case KnownTime(moment):
                return format_timestamp(moment)
            case AtDay(day):
                return self.date(day)
            case AtStart():
                return self("the start")
            case AtName(name, before):
                return f"before:{name}" if before else name
            case _:
                assert_never(known)

    def error(self, error: PlanlogError) -> str:
        """Say what went wrong; each flaw on a line of its own."""
        if isinstance(error, FlawsError):
            return "\n".join(map(self.flaw, error.flaws))
        return visible(self._filled(error.template, error.details))

    def flaw(self, flaw: Flaw) -> str:
        """Say what is wrong, with place and key in front."""
        told = attrs.evolve(flaw, place=self._place(flaw.place))
        return visible(told.located(self._filled(flaw.template, flaw.details)))

    def finding(self, finding: Finding) -> str:
        """Say what is odd."""
        details = {
            name: self.term(value) if name in _TYPES_IN_DETAILS else value
            for name, value in finding.details.items()
        }
        return visible(self._filled(finding.template, details))

    def _filled(self, template: str, details: Mapping[str, object]) -> str:
        return self(template, **{name: self._detail(name, details[name]) for name in details})

    def _detail(self, name: str, value: object) -> object:
        match value:
            case Cells(affected):
                return ", ".join(map(self._affected, affected))
            case str() if name in _WORDS_IN_DETAILS:
                return self._phrase(value)
            case _:
                return value

    def _phrase(self, text: str) -> str:
        """Translate a phrase of ours; of a choice only how it begins, since the rest is data."""
        for beginning in _CHOICES:
            if text.startswith(beginning):
                return f"{self.term(beginning.rstrip())} {text.removeprefix(beginning)}"
        return self._catalogue.gettext(text) if text else ""

    def _affected(self, affected: Affected) -> str:
        kind, id = affected.subject
        subject = self("{kind} {id!r}", kind=self.term(kind), id=id) if id else self("the plan")
        if affected.attribute == PRESENT:
            return self("{subject} (in the plan or not)", subject=subject)
        named = self(
            "{attribute} of {subject}",
            attribute=self._attribute(affected.attribute),
            subject=subject,
        )
        values = self(" or ").join(affected.shown)
        return f"{named} ({values})" if values else named

    def _attribute(self, name: str) -> str:
        """Name an attribute, or one of many values; those free in name are the plan's own words."""
        stem, _, key = name.partition(".")
        if stem == "attributes" and key:
            return self("“{text}”", text=key)
        return f"{self.term(stem)} {key}" if key else self.term(stem)

    def _place(self, place: str) -> str:
        """Where a flaw is: a place in a file is data, the place in a batch is words."""
        number = place.removeprefix("event ")
        is_numbered = number != place and number.isdecimal()
        return self("event {number}", number=number) if is_numbered else place


def words_for(language: str | None) -> Words:
    """Return the words of *language* (``de``, ``de_DE.UTF-8``, …), English for any other."""
    chosen = "de" if (language or "").lower().startswith("de") else "en"
    return Words(chosen, gettext.translation(DOMAIN, LOCALE, [chosen], fallback=True))


def activate(language: str | None) -> None:
    """Let what other packages say through gettext (click does) come out of our catalogue, too."""
    gettext.textdomain(DOMAIN)
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    os.environ["LANGUAGE"] = words_for(language).language


def visible(text: str) -> str:
    r"""Show *text* on one line, with everything spelt out that would steer or deceive the eye.

    A line break becomes a mark; what controls a terminal, turns the reading direction or has no
    shape becomes an escape.

    >>> visible("first\nsecond\u202e")
    'first ⏎ second\\u202e'
    """
    if text.isprintable():
        return text
    line = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", " ⏎ ")
    return "".join(map(_shown, line))


def _shown(character: str) -> str:
    if unicodedata.category(character) not in _HIDDEN:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
