"""What can be found wrong or odd about a history, as values that can be put into any words."""

from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile
from typing import Any, Final, Literal

import attrs

from planlog.dates import InexactDate
from planlog.effects import Subject
from planlog.plan import Decision
from planlog.possible import PRESENT

Severity = Literal["error", "warning"]

NONE: Final = "none"
"""How a sentence shows that there is no value."""

_MOST_CHARACTERS: Final = 60
"""How long a value may be in a sentence."""

_SHARED_CHARACTERS: Final = 20
"""How much of what long values share is shown at most before they part."""

_MOST_TEXTS: Final = 6
"""How many texts a sentence can bear."""

_MORE: Final = "…"


@attrs.frozen(kw_only=True)
class Finding:
    """Something that is wrong or odd about a history that can be read all the same.

    *event* is the id of the event it is about and *position* that event's place in the log;
    both are absent where it is about the whole. *template* is an English sentence that *details*
    fills.
    """

    code: str
    severity: Severity
    template: str
    details: Mapping[str, Any] = attrs.field(factory=dict)
    event: str | None = None
    position: int | None = None

    def __str__(self) -> str:
        """The finding in English."""
        return self.template.format(**self.details)


@attrs.frozen
class Affected:
    """One attribute of one subject that a finding names, with the values it can have, if told.

    *attribute* is named as in `planlog.effects.Effect`, or is `PRESENT`. The *values* are whole.
    """

    subject: Subject
    attribute: str
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The cell in English."""
        kind, id = self.subject
        subject = f"{kind} {id!r}" if id else f"the {kind}"
        if self.attribute == PRESENT:
            return f"{subject} (in the plan or not)"
        named = f"{self.attribute} of {subject}"
        return f"{named} ({' or '.join(self.shown)})" if self.values else named

    @property
    def shown(self) -> tuple[str, ...]:
        """The values as a sentence can bear them."""
        return told_apart(self.values)


@attrs.frozen
class Cells:
    """Every cell that a finding names: a value, so that its words can be put in any language."""

    affected: tuple[Affected, ...]

    def __str__(self) -> str:
        """The cells in English."""
        return ", ".join(map(str, self.affected))


class Listing(tuple[str, ...]):
    """Texts that a finding names: listed in a sentence, and a list in JSON."""

    __slots__ = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Listing":
        """Take *texts*, each once and none too long; of too many, the first."""
        found = tuple(map(shortened, dict.fromkeys(texts)))
        return cls((*found[:_MOST_TEXTS], _MORE) if len(found) > _MOST_TEXTS else found)

    def __str__(self) -> str:
        """The texts in English, which is any language."""
        return ", ".join(text if text == _MORE else repr(text) for text in self)


def value_text(value: Any) -> str:
    """Put the value of an attribute as a finding does."""
    match value:
        case None:
            return NONE
        case int() | InexactDate():
            return str(value)
        case Decision():
            return value.outcome
        case tuple():
            return repr(list(value))
        case Mapping():
            return repr(dict(value))
        case _:
            return repr(value)


def shortened(text: str) -> str:
    """Cut *text* off where a sentence could not bear it."""
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + _MORE


def told_apart(texts: Collection[str]) -> tuple[str, ...]:
    """Cut *texts* off like `shortened`, but show different ones differently: where they part.

    >>> told_apart([f"'{'very ' * 12}long'", f"'{'very ' * 12}short'"])
    ("…long'", "…short'")
    """
    alike: dict[str, list[str]] = {}
    for text in texts:
        alike.setdefault(shortened(text), []).append(text)
    shown = [_behind(text, _parting(alike[shortened(text)])) for text in texts]
    return tuple(shown if len(set(shown)) == len(set(texts)) else texts)


def _behind(text: str, begin: int) -> str:
    return shortened(_MORE + text[begin:] if begin else text)


def _parting(texts: Collection[str]) -> int:
    """From where *texts* are to be shown: from the word in which they part."""
    one, other = min(texts), max(texts)
    if one == other:
        return 0
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    parting = sum(1 for _ in shared)
    return max(one.rfind(" ", 0, parting) + 1, parting - _SHARED_CHARACTERS)
