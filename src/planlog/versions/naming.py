"""Which field and goal does a table mean? Those of the plan, or new ones."""

from collections.abc import Collection, Iterable, Mapping

from planlog.errors import Flaw
from planlog.events import Event, FieldAdded, FieldAmended, GoalAdded
from planlog.ids import distinct, short_slug
from planlog.plan import ActionField, Goal, Plan


class Names:
    """The fields and goals that a table names, by what the plan has on its day and ever.

    One with the table's title is meant, whatever its id; else one with that id; else one that the
    plan has on another day only, by any title it ever had. What is left is new. *added* are those
    that the plan lacks on the day, in the order in which they were named.
    """

    def __init__(self, now: Plan, everything: Plan, told: Iterable[Event] = ()) -> None:
        """Look in the plan of *now* and in *everything*; *told* is all that made these."""
        self._titles = _titles(told)
        self._fields = _Titled("field", now.fields, everything.fields, self._titles["field"])
        self._now, self._everything = now.goals, everything.goals
        self._goals: dict[str | None, _Titled] = {}
        self._fields_of_goals: dict[str, str] = {}

    @property
    def added(self) -> list[FieldAdded | GoalAdded]:
        """The events that bring in what the plan lacks on the day."""
        goals = [
            GoalAdded(goal=id, field=self._fields_of_goals[id], title=title)
            for one in self._goals.values()
            for id, title in one.added.items()
        ]
        fields = [FieldAdded(field=id, title=title) for id, title in self._fields.added.items()]
        return [*fields, *goals]

    def field(self, text: str) -> str | Flaw:
        """Return the id of the field that *text* names, or why nobody can tell which."""
        return self._fields.id_of(text)

    def goal(self, text: str, field: str | None, present: str | None = None) -> str | Flaw:
        """Return the id of the goal of a *field* that *text* names.

        *present* is the goal that the measure has by now: it stays, whatever field it is of, if
        that is what it is called and the measure's own field has none that is.
        """
        if field not in self._goals:
            taken = {goal.id for goal in self._everything} | set(self._fields_of_goals)
            self._goals[field] = _Titled(
                "goal",
                [goal for goal in self._now if goal.field == field],
                [goal for goal in self._everything if goal.field == field],
                self._titles["goal"],
                taken,
            )
        if not self._goals[field].has(text):
            for goal in self._now:
                if goal.id == present and text in (goal.id, goal.title):
                    return goal.id
        found = self._goals[field].id_of(text)
        if isinstance(found, str) and found in self._goals[field].added:
            if field is None:
                return Flaw(
                    "goal-without-field",
                    "the plan has no goal {value!r}, and a new one needs the field of its measure",
                    {"value": text},
                )
            self._fields_of_goals[found] = field
        return found


def _titles(told: Iterable[Event]) -> dict[str, dict[str, set[str]]]:
    """The titles that fields and goals ever had, by kind and id."""
    found: dict[str, dict[str, set[str]]] = {"field": {}, "goal": {}}
    for event in told:
        match event:
            case FieldAdded(field=id, title=title) | FieldAmended(field=id, title=title):
                found["field"].setdefault(id, set()).add(title)
            case GoalAdded(goal=id, title=title):
                found["goal"].setdefault(id, set()).add(title)
    return found


class _Titled:
    """Things of one kind, to be found by title or id."""

    def __init__(
        self,
        kind: str,
        now: Iterable[ActionField | Goal],
        everything: Iterable[ActionField | Goal],
        titles: Mapping[str, Collection[str]],
        taken: Iterable[str] = (),
    ) -> None:
        self.added: dict[str, str] = {}
        self._kind = kind
        self._found: dict[str, str | Flaw] = {}
        self._now = {one.id: one.title for one in now}
        self._ever = {one.id: one.title for one in everything}
        self._titles = titles
        self._taken = {*taken, *self._ever}

    def id_of(self, text: str) -> str | Flaw:
        if text not in self._found:
            self._found[text] = self._look_for(text)
        return self._found[text]

    def has(self, text: str) -> bool:
        """Whether the plan has one that is called so on the day."""
        return text in self._now or text in self._now.values()

    def _look_for(self, text: str) -> str | Flaw:
        titled = [id for id, title in self._now.items() if title == text]
        if len(titled) > 1:
            return Flaw(
                "ambiguous-title",
                "more than one {kind} is called {value!r}: {ids}; name it by its id",
                {"kind": self._kind, "value": text, "ids": ", ".join(titled)},
            )
        if titled:
            return titled[0]
        if text in self._now:
            return self._added(text, self._ever.get(text))
        absent = [id for id in self._ever if not self._now.get(id)]
        later = [id for id in absent if self._ever[id] == text]
        later += [id for id in absent if text in self._titles.get(id, ())]
        if later:
            return self._added(later[0], text)
        if text in self._ever:
            return self._added(text, self._ever[text])
        id = distinct(short_slug(text) or self._kind, self._taken)
        self._taken.add(id)
        return self._added(id, text)

    def _added(self, id: str, title: str | None) -> str:
        """Bring it in, if it has a title and the plan does not have that on the day."""
        if title is not None and self._now.get(id) is None:
            self.added[id] = title
        return id
