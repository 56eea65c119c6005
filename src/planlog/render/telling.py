"""How pages tell of a plan: names, standings, decisions, and what is open."""

from typing import Final

import attrs

from planlog.missing import Missing
from planlog.plan import ActionField, Decision, Measure, Phase, Plan
from planlog.render.erased import erased_explained
from planlog.render.happenings import votes
from planlog.render.objects import Uncertain
from planlog.render.page import Footnote, Sentence
from planlog.render.style import Tone
from planlog.render.tables import Cell, Part
from planlog.timeline import Moment
from planlog.wording import DOUBT, ERASED, Words

_TONES: Final[dict[Phase, Tone]] = {
    "implemented": "good",
    "ongoing": "good",
    "paused": "doubtful",
    "dropped": "quiet",
    "replaced": "quiet",
}


@attrs.frozen
class Telling:
    """What every page about a plan needs: the plan, where it stands, and the words to tell it."""

    plan: Plan
    words: Words
    moment: Moment
    uncertain: Uncertain
    missing: Missing = attrs.field(factory=dict)

    def point(self) -> Sentence:
        """Say of which moment the page tells."""
        return Sentence(self.words.moment(self.moment, self.plan.known), "quiet")

    def is_open(self, kind: str, id: str, *attributes: str) -> bool:
        """Whether inexact days leave any of *attributes* open."""
        return not set(attributes).isdisjoint(self.uncertain.get((kind, id), ()))

    def is_missing(self, kind: str, id: str, *attributes: str) -> bool:
        """Whether an erased text may have told any of *attributes* otherwise."""
        return not set(attributes).isdisjoint(self.missing.get((kind, id), ()))

    def marked(self, text: str, measure: Measure, *attributes: str) -> str:
        """*text*, with a mark if it tells what is open, and one if a text about it was erased."""
        return " ".join((text, *self.marks("measure", measure.id, *attributes)))

    def marks(self, kind: str, id: str, *attributes: str) -> tuple[str, ...]:
        """The marks of what is told by *attributes*."""
        doubt = (DOUBT,) if self.is_open(kind, id, *attributes) else ()
        return (*doubt, ERASED) if self.is_missing(kind, id, *attributes) else doubt

    def legend(self) -> Footnote:
        """Say what the mark of what is open means."""
        return doubt_explained(self.words)

    def legend_of_erased(self) -> Footnote:
        """Say what the mark means of what a text was erased about."""
        return erased_explained(self.words)

    def standing(self, measure: Measure) -> Cell:
        """Tell where a measure stands: the phase, why, the plan's own word, and since when.

        What is open and not told marks the phase.
        """
        words = self.words
        since = measure.since and words.date(measure.since)
        told = (
            ("cause", words.term(measure.cause or "")),
            ("stage", self.quoted(measure.stage) if measure.stage else ""),
            ("since", words("since {date}", date=since) if since else ""),
        )
        untold = [attribute for attribute, text in told if not text]
        phase = self.marked(words.phase(measure.phase), measure, "phase", *untold)
        return (
            Part(phase, None if measure.phase is None else _TONES.get(measure.phase)),
            *(Part(self.marked(text, measure, attribute)) for attribute, text in told if text),
        )

    def field(self, field: ActionField) -> str:
        """Name a field the way chapters are named."""
        title = field.title or field.id
        title = " ".join((title, *self.marks("field", field.id, "present", "title", "number")))
        return f"{_ordinal(field.number)} {title}" if field.number else title

    def label(self, attribute: str) -> str:
        """Name an attribute where a line begins with it."""
        name = self.words.term(attribute)
        return name[:1].upper() + name[1:]

    def quoted(self, text: str) -> str:
        """Show that a word is the plan's own and not one of ours."""
        return self.words("“{text}”", text=text)

    def field_title(self, id: str | None) -> str:
        """The title of the field with this *id*, or the id where none is known."""
        return next((one.title for one in self.plan.fields if one.id == id and one.title), id or "")

    def goal_title(self, id: str | None) -> str:
        """The title of the goal with this *id*, or the id where none is known."""
        return next((one.title for one in self.plan.goals if one.id == id and one.title), id or "")

    def number(self, measure: Measure) -> str:
        """Name a measure within its field: by its number, if it has one."""
        if not measure.number:
            return measure.id
        return self.words("no. {number}", number=measure.number)

    def measure_title(self, id: str) -> str:
        """The measure with this *id* by its id and title."""
        found = (one.title for one in self.plan.measures if one.id == id and one.title)
        title = next(found, None)
        return f"{id}: {title}" if title else id

    def decision(self, decision: Decision, about: str = "") -> str:
        """Tell in short what a conference did *about* something."""
        outcome = self.words.outcome(decision.outcome)
        told = [
            f"{outcome} ({about})" if about else outcome,
            decision.votes and votes(decision.votes, self.words),
            decision.reference,
        ]
        return f"{self._meeting(decision)}: {'; '.join(part for part in told if part)}"

    def wording(self, decision: Decision) -> str:
        """Tell a decision in its own words."""
        return f"{self._meeting(decision)}: {decision.text}"

    def _meeting(self, decision: Decision) -> str:
        titles = {one.id: one.title for one in self.plan.conferences}
        conference = titles.get(decision.conference) or decision.conference
        return f"{self.words.date(decision.on)}, {conference}"


def _ordinal(number: str) -> str:
    return f"{number}." if number[-1].isalnum() else number


def doubt_explained(words: Words) -> Footnote:
    """Say what the mark of a value means that inexact days leave open."""
    return Footnote(
        words(
            "{mark} open: depends on when something happened that is not dated exactly",
            mark=DOUBT,
        )
    )
