"""Which phase a word of a table means."""

from collections.abc import Mapping
from typing import Final, get_args

from planlog.codec.flaws import nearest, shown
from planlog.errors import Flaw
from planlog.plan import PHASES, Cause, Phase
from planlog.tables.places import refused
from planlog.tables.rows.words import compared

Meaning = tuple[Phase, Cause | None]
"""A phase, and beside ``dropped`` why."""

CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)


_MEANINGS: Final[Mapping[str, Meaning]] = {
    **{phase: (phase, None) for phase in PHASES if phase != "dropped"},
    **{f"dropped:{cause}": ("dropped", cause) for cause in CAUSES},
}


def meaning(text: str) -> Meaning:
    """Read a phase or ``dropped:CAUSE``; raise `TableError` where *text* is neither."""
    if text in _MEANINGS:
        return _MEANINGS[text]
    if text == "dropped":
        raise refused(
            Flaw(
                "no-cause",
                "expected why beside 'dropped', such as 'dropped:other'; causes are {causes}",
                {"causes": ", ".join(CAUSES)},
            )
        )
    near = nearest(text, _MEANINGS)
    raise refused(
        Flaw(
            "unknown-phase",
            "expected a phase, got {value!r}; did you mean {near!r}?"
            if near
            else "expected a phase, got {value!r}; phases are {known}",
            {"value": shown(text), "near": near, "known": ", ".join(_MEANINGS)},
        )
    )


class StatusWords:
    """The status words of a table; spaces, line breaks and capitals in them do not count."""

    def __init__(self, words: Mapping[str, str], section: str) -> None:
        """Take the *words* of the *section* of a map that is called so."""
        self._meanings = {compared(word): meaning(text) for word, text in words.items()}
        self._written = {compared(word): word for word in words}
        self._section = section

    def meaning(self, word: str) -> Meaning:
        """The phase that *word* means; raise `TableError` where the map does not say."""
        known = compared(word)
        if known in self._meanings:
            return self._meanings[known]
        near = nearest(known, self._written)
        raise refused(
            Flaw(
                "unknown-status",
                "the map has no phase for {value!r}; did you mean {near!r}? if not, add it "
                "under [{section}]"
                if near
                else "the map has no phase for {value!r}; add it under [{section}]",
                {
                    "value": shown(word),
                    "near": self._written.get(near or ""),
                    "section": self._section,
                },
            )
        )
