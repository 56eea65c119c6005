"""Phases in a short word each, for tables with many of them, and what the words stand for."""

from collections.abc import Iterable
from typing import assert_never

from planlog.plan import PHASES, Phase
from planlog.render.happenings import ABSENT
from planlog.render.page import Footnote
from planlog.wording import Words


def short(phase: Phase | None, words: Words) -> str:
    """Say in a short word where a measure stands."""
    match phase:
        case "proposed":
            return words("prop.")
        case "started":
            return words("start.")
        case "implemented":
            return words("impl.")
        case "ongoing":
            return words("ong.")
        case "paused":
            return words("paus.")
        case "dropped":
            return words("drop.")
        case "replaced":
            return words("repl.")
        case None:
            return ABSENT
        case _:
            assert_never(phase)


def explained(phases: Iterable[Phase | None], words: Words, more: str = "") -> Footnote:
    """Say what the short words of *phases* stand for, and *more* behind it."""
    met = set(phases)
    told = [f"{short(one, words)} {words.phase(one)}" for one in (*PHASES, None) if one in met]
    return Footnote("; ".join([*told, more] if more else told))
