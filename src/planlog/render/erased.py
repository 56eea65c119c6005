"""What is missing in an answer because its text was erased: what is left, and who erased it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import attrs

from planlog.codec import line_of
from planlog.events import Erased, Kind, RecordedEvent
from planlog.missing import names_nothing
from planlog.references import named_by
from planlog.render.happenings import ID_DIGITS, LONGEST, about_erased
from planlog.render.objects import Object
from planlog.render.page import Block, Footnote, Heading, Points
from planlog.render.text import shortened, visible
from planlog.values import Value
from planlog.wording import ERASED, Words

_MOST: Final = 10
"""How many erased texts are told one by one."""


@attrs.frozen(kw_only=True, repr=False)
class Gap(Value):
    """A text that is missing: what is *left* of its event, and the *erasure* that tells why.

    There is no erasure where somebody looks at a log as it was before.
    """

    left: RecordedEvent
    erasure: RecordedEvent | None = None

    @property
    def said(self) -> Erased:
        """What was kept."""
        assert isinstance(self.left.event, Erased)
        return self.left.event

    @property
    def is_bare(self) -> bool:
        """Whether nobody can tell any more what the text was about."""
        return names_nothing(self.said)

    def names(self, kind: Kind, ids: Collection[str]) -> bool:
        """Whether the text named any of the *ids* of a *kind*."""
        return not set(ids).isdisjoint(named_by(self.said).get(kind, ()))


def gap_object(gap: Gap) -> Object:
    """What is missing as it stands in JSON; what nobody kept is null."""
    said, erasure, line = gap.said, gap.erasure, line_of(gap.left)
    return {
        "event": gap.left.id,
        "position": gap.left.position,
        "type": gap.left.type,
        "on": line["on"],
        "measures": _listed(said.measures),
        "fields": _listed(said.fields),
        "goals": _listed(said.goals),
        "conferences": _listed(said.conferences),
        "versions": _listed(said.versions),
        "ground": said.ground,
        "erased": None if erasure is None else erasure.on.text,
        "by": (erasure and erasure.by) or None,
        "erasure": None if erasure is None else erasure.id,
    }


def gap_objects(gaps: Sequence[Gap]) -> list[Object]:
    """Everything that is missing, for the key ``erased`` of an answer."""
    return list(map(gap_object, gaps))


def gaps_told(gaps: Sequence[Gap], words: Words) -> Iterator[Block]:
    """Close a page with what is missing on it, if anything is."""
    if gaps:
        yield Heading(gaps_heading(words), 2)
        yield Points(tuple(gap_told(gap, words) for gap in gaps[:_MOST]))
        if len(gaps) > _MOST:
            yield Footnote(_further(len(gaps) - _MOST, words))


def gap_lines(gaps: Sequence[Gap], words: Words) -> Iterator[str]:
    """Tell beside an answer what is missing in it, line by line."""
    if gaps:
        yield f"{gaps_heading(words)}:"
        yield from (visible(f"- {gap_told(gap, words)}") for gap in gaps[:_MOST])
        if len(gaps) > _MOST:
            yield _further(len(gaps) - _MOST, words)


def gaps_heading(words: Words) -> str:
    """Say what it means that something stands in the list."""
    return words("Erased texts, missing here")


def gap_told(gap: Gap, words: Words) -> str:
    """Tell one text that is missing: what it was about, who erased it, and on what ground."""
    day = words.date(gap.left.on)
    about = about_erased(gap.said, words)
    return words(
        "{type}, {day}, {about}: {erased} (event {id})",
        type=words.term(gap.left.type),
        day=day,
        about=about,
        erased=gone(gap, words),
        id=gap.left.id[:ID_DIGITS],
    )


def gone(gap: Gap, words: Words) -> str:
    """Tell who erased a text, when, and on what ground."""
    ground, erasure = shortened(gap.said.ground, LONGEST), gap.erasure
    if erasure is None:
        return words("text erased since; ground: {ground}", ground=ground)
    day = words.date(erasure.on)
    if not erasure.by:
        return words("text erased on {day}; ground: {ground}", day=day, ground=ground)
    return words(
        "text erased on {day} by {by}; ground: {ground}", day=day, by=erasure.by, ground=ground
    )


def told_by(gap: Gap, words: Words) -> str:
    """Tell which event says that a text was erased."""
    if gap.erasure is None:
        return words("erased since")
    day, id = words.date(gap.erasure.on), gap.erasure.id[:ID_DIGITS]
    return words("erased on {day} by {by}, says event {id}", day=day, by=gap.erasure.by, id=id)


def recorded_on(left: RecordedEvent, words: Words) -> str | None:
    """The day on which an erased line was recorded, if that was kept."""
    kept = left.event.recorded if isinstance(left.event, Erased) else None
    return None if kept is None else words.date(kept.date())


def erased_explained(words: Words) -> Footnote:
    """Say what the mark of a value means of which an erased text may have told otherwise."""
    return Footnote(
        words(
            "{mark} a text was erased that told of it: what stands here may be out of date",
            mark=ERASED,
        )
    )


def _further(count: int, words: Words) -> str:
    return words.plural(
        "and {n} more; planlog log shows it", "and {n} more; planlog log shows them", count
    )


def _listed(ids: Sequence[str] | None) -> list[str]:
    return list(ids or ())
