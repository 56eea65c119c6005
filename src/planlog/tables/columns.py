"""The columns of an exported plan: what they and their phases are called, and the way back."""

from collections.abc import Collection, Iterable
from typing import Final, get_args

from planlog.config import LANGUAGES
from planlog.plan import PHASES, Cause, Measure, Phase
from planlog.wording import Words, words_for

EXPORTED: Final = (
    "measure",
    "field",
    "number",
    "title",
    "rank",
    "level",
    "phase",
    "stage",
    "since",
    "note",
    "goal",
    "description",
    "responsible",
    "partners",
    "due",
    "cost",
    "funding",
)
"""The columns of an exported plan by planlog's names; behind them stands ``attributes.KEY`` for
each key that a measure has. ``measure`` is the id, ``since`` cannot be stated and only informs."""

ATTRIBUTES: Final = "attributes."

TELLING: Final = ("measure", "title", "phase")
"""What every exported plan has, and hardly a table of anybody else under planlog's names."""

CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)

_IN_WORDS: Final = {"measure": "id"}
"""What is worded as something else than its name: the heading over titles is no id."""


def names(measures: Iterable[Measure]) -> tuple[str, ...]:
    """Return the columns that an export of *measures* has."""
    keys = {key for measure in measures for key in measure.attributes}
    return (*EXPORTED, *(f"{ATTRIBUTES}{key}" for key in sorted(keys)))


def heading(name: str, words: Words | None) -> str:
    """Return what stands over a column: in words, or planlog's own *name* without any.

    >>> heading("attributes.topic", words_for("en"))
    'Attributes: topic'
    """
    if words is None:
        return name
    if name.startswith(ATTRIBUTES):
        return f"{_capital(words.term('attributes'))}: {name.removeprefix(ATTRIBUTES)}"
    return _capital(words.term(_IN_WORDS.get(name, name)))


def phase_word(phase: Phase | None, cause: Cause | None, words: Words | None) -> str | None:
    """Return what stands in the column ``phase``; nothing for a measure without a phase yet.

    >>> phase_word("dropped", "not_feasible", None)
    'dropped:not_feasible'
    >>> phase_word("dropped", "not_feasible", words_for("en"))
    'dropped: not feasible'
    """
    if phase is None:
        return None
    if words is None:
        return phase if cause is None else f"{phase}:{cause}"
    return words.phase(phase) if cause is None else f"{words.phase(phase)}: {words.term(cause)}"


def name_of(heading_found: str) -> str | None:
    """Tell which column an exported heading stands over, in whatever language it is worded.

    >>> name_of("Weitere Angaben: Thema")
    'attributes.Thema'
    """
    for words in (None, *map(words_for, LANGUAGES)):
        prefix = heading(ATTRIBUTES, words)
        if heading_found.startswith(prefix) and heading_found != prefix:
            return f"{ATTRIBUTES}{heading_found.removeprefix(prefix)}"
        for name in EXPORTED:
            if heading_found == heading(name, words):
                return name
    return None


def are_names(headings: Collection[str]) -> bool:
    """Whether *headings* are those of a plan that was exported as data, under planlog's names."""
    return _tell(headings, None)


def are_worded(headings: Collection[str]) -> bool:
    """Whether *headings* are those of a plan that was exported in words, of any language."""
    return any(_tell(headings, words_for(language)) for language in LANGUAGES)


def _tell(headings: Collection[str], words: Words | None) -> bool:
    return all(heading(name, words) in headings for name in TELLING)


def phase_words() -> dict[str, str]:
    """Map everything that can stand in the column ``phase``, in any language, to planlog's words.

    These are a phase, or ``dropped:CAUSE``.
    """
    pairs: list[tuple[Phase, Cause | None]] = [(phase, None) for phase in PHASES]
    pairs += [("dropped", cause) for cause in CAUSES]
    found: dict[str, str] = {}
    for words in (None, *map(words_for, LANGUAGES)):
        for phase, cause in pairs:
            said, meant = phase_word(phase, cause, words), phase_word(phase, cause, None)
            assert said is not None
            assert meant is not None
            found[said] = meant
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
