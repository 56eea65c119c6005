"""What the subjects and values of a comparison are called, whichever of two plans has them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final

import attrs

from planlog.dates import InexactDate
from planlog.diff import PlanChange
from planlog.draft import Thing
from planlog.mappings import FrozenMapping
from planlog.plan import ActionField, Decision, Goal, Measure, Plan
from planlog.render.attributes import data_of, label_of, turned, value_of
from planlog.render.happenings import ABSENT
from planlog.render.telling import Telling
from planlog.render.text import shortened
from planlog.timeline import Moment
from planlog.wording import Words

_LONGEST_NAME: Final = 50
"""How long a measure's name may be with its title, so that a line has room for what happened."""

_LEAST_TITLE: Final = 20
"""How much of the title is told all the same."""

_LONGEST_VALUE: Final = 120
"""How much of a text is enough to see what it is about; the data has all of it."""

_CONTEXT: Final = 20
"""How much is told of what two long texts have in common, before they part."""


@attrs.frozen
class Naming:
    """Names things by the *newer* plan, and what is not there by the *older* one."""

    newer: Telling
    older: Telling
    _things: Mapping[tuple[str, str], Thing]
    _shared: frozenset[tuple[str, str]]
    """Fields and numbers that are more than one measure's."""

    @classmethod
    def of(
        cls,
        plans: tuple[Plan, Plan],
        moments: tuple[Moment, Moment],
        words: Words,
        changes: Iterable[PlanChange] = (),
    ) -> "Naming":
        """Name things of two *plans*, the older one first, and what came and went by *changes*."""
        older, newer = (
            Telling(plan, words, moment, {}) for plan, moment in zip(plans, moments, strict=True)
        )
        things: dict[tuple[str, str], Thing] = {
            (change.subject, change.id): change.after or change.before
            for change in changes
            if change.kind != "changed"
        }
        for plan in plans:
            for kind in ("field", "goal", "conference", "version", "measure"):
                things |= {(kind, one.id): one for one in getattr(plan, f"{kind}s")}
        numbers = Counter(
            (one.field, one.number)
            for one in things.values()
            if isinstance(one, Measure) and one.field and one.number
        )
        return cls(newer, older, things, frozenset(one for one, n in numbers.items() if n > 1))

    @property
    def words(self) -> Words:
        """The words to tell it with."""
        return self.newer.words

    def subject(self, kind: str, id: str) -> str:
        """Name a thing in short: a measure by field and number, anything else by its title.

        Where two measures share a number, the id tells them apart.
        """
        thing = self._things.get((kind, id))
        if kind == "plan":
            return self.words("The plan itself")
        if not isinstance(thing, Measure):
            return getattr(thing, "title", None) or id
        if not thing.field or not thing.number:
            return id
        name = f"{self.field_title(thing.field)} {thing.number}"
        return f"{name} ({id})" if (thing.field, thing.number) in self._shared else name

    def titled(self, kind: str, id: str) -> str:
        """Name a thing with its title, shortened."""
        name = self.subject(kind, id)
        title = getattr(self._things.get((kind, id)), "title", None)
        if kind != "measure" or not title:
            return name
        room = _LONGEST_NAME - len(name) - len(": ")
        return f"{name}: {shortened(title, max(_LEAST_TITLE, room))}"

    def field_title(self, id: str | None) -> str:
        """The title of a field, or its id where none is known."""
        title = self.newer.field_title(id)
        return self.older.field_title(id) if title == (id or "") else title

    def goal_title(self, id: str) -> str:
        """The title of a goal, or its id where none is known."""
        title = self.newer.goal_title(id)
        return self.older.goal_title(id) if title == id else title

    def decision(self, decision: Decision, about: str = "") -> str:
        """Tell in short what a conference did *about* something, as `Telling.decision` does."""
        held = {one.id for one in self.newer.plan.conferences if one.title}
        telling = self.newer if decision.conference in held else self.older
        return telling.decision(decision, about)

    def field_of(self, kind: str, id: str) -> str | None:
        """The id of the field that a thing belongs to."""
        thing = self._things.get((kind, id))
        if isinstance(thing, ActionField):
            return thing.id
        return thing.field if isinstance(thing, Measure | Goal) else None

    def measure(self, id: str) -> Measure:
        """The measure as it is in the newer plan, else in the older one; else an empty one."""
        thing = self._things.get(("measure", id))
        return thing if isinstance(thing, Measure) else Measure(id=id)

    def label(self, attribute: str) -> str:
        """Name an attribute where a text begins with it."""
        if attribute == "attributes":  # of a version; those of a measure have a key each
            return self.words("What it states")
        return label_of(self.newer, attribute)

    def change(self, change: PlanChange) -> str:
        """Tell one change: the attribute, what it was and what it is; of a rank, why."""
        match change.kind:
            case "added":
                return self.words("new")
            case "removed":
                return self.words("no longer there")
            case _:
                return f"{self.label(change.attribute or '')}: {self.turned(change)}"

    def told(self, changes: Sequence[PlanChange], on: InexactDate | None = None) -> str:
        """Tell the changes of one subject; since when a phase lasts is told with the phase.

        It is not told at all where it is the day *on* which all of them happened.
        """
        by_attribute = {one.attribute: one for one in changes}
        phase, since = by_attribute.get("phase"), by_attribute.get("since")
        if phase is None or since is None:
            return "; ".join(map(self.change, changes))
        day = None if since.after == on else since.after
        return "; ".join(
            self.since(self.change(one), day) if one is phase else self.change(one)
            for one in changes
            if one is not since
        )

    def since(self, text: str, day: InexactDate | None) -> str:
        """*text* with the day on which it became true."""
        return text if day is None else f"{text} ({self.words.date(day)})"

    def turned(self, change: PlanChange) -> str:
        """What a value was and what it is; of a rank, why."""
        attribute = change.attribute or ""
        before = self._whole(attribute, change.before, self.older)
        after = self._whole(attribute, change.after, self.newer)
        if attribute != "ranking":
            before, after = _told_apart(before, after, change)
        match change.cause:
            case "moved":
                up = change.after < change.before
                why = self.words("moved up") if up else self.words("moved down")
                return f"{before} → {after} ({why})"
            case "listed" if change.before is not None:
                why = self.words("newly listed; before, {rank} on another list", rank=before)
                return f"{after} ({why})"
            case cause:
                return turned(before, after, cause, self.words)

    def value(self, attribute: str, value: Any) -> str:
        """Tell what an attribute holds, shortened."""
        return shortened(self._whole(attribute, value, self.newer), _LONGEST_VALUE)

    def _whole(self, attribute: str, value: Any, telling: Telling) -> str:
        """Tell what an attribute holds on the side of *telling*."""
        words = self.words
        stem, _, key = attribute.partition(".")
        match stem, value:
            case "ranking", tuple():
                return self._listed(value, telling)
            case (("predecessors" | "successors"), True):
                return self.titled("measure", key)
            case "field", str():
                return self.field_title(value)
            case "goal", str():
                return self.goal_title(value)
            case (("coverage" | "kind"), str()):
                return words.term(value)
            case "attributes", tuple():
                return ", ".join(map(words.term, value))
            case "measures", FrozenMapping():
                return ", ".join(
                    f"{self.subject('measure', id)} ({', '.join(map(words.term, stated))})"
                    for id, stated in value.items()
                )
            case _, Decision():
                told = self.decision(value)
                return f"{told}; {value.text}" if value.text else told
            case _:
                return value_of(self.newer, attribute, value)

    def _listed(self, ranking: Iterable[str], telling: Telling) -> str:
        """A priority list in short: by the numbers that its measures had on that side, or ids.

        Numbers that became others are followed by what they are now: "8" may be another measure.
        """
        now = {one.id: one.number for one in self.newer.plan.measures}
        then = now | {one.id: one.number for one in telling.plan.measures}
        return ", ".join(self._numbered(id, then.get(id), now.get(id)) for id in ranking)

    def _numbered(self, id: str, number: str | None, present: str | None) -> str:
        if not number:
            return id
        if present in (None, number):
            return number
        return self.words("{number} (now {present})", number=number, present=present)


def _told_apart(before: str, after: str, change: PlanChange) -> tuple[str, str]:
    """Two texts, shortened; where they begin alike for long, from shortly before they part."""
    if before == after:  # different ids under one title
        before, after = (data_of(one) or ABSENT for one in (change.before, change.after))
    if shortened(before, _LONGEST_VALUE) == shortened(after, _LONGEST_VALUE):
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
        parting = len(list(alike)) - _CONTEXT
        begin = max(before.rfind(" ", 0, parting) + 1, parting - _CONTEXT)
        before, after = (f"…{text[begin:]}" for text in (before, after))
    return shortened(before, _LONGEST_VALUE), shortened(after, _LONGEST_VALUE)
