"""What later versions stated, set again where a version that is imported now would disturb it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planlog.draft import Values
from planlog.effects import Subject, effects
from planlog.events import Event, Prioritized
from planlog.plan import Version
from planlog.slots import Slot
from planlog.versions.batch import Batch, Document, imagined
from planlog.versions.course import Course, Own, Tellings
from planlog.versions.steps import led
from planlog.versions.wanted import OF_LISTS, REPORTED, differing, said_by, wanted


class Later:
    """The versions after the day of the one that is imported, and what is to be kept of them.

    *versions* come by day; *tellings* are those of the log without the newcomer.
    """

    def __init__(
        self,
        versions: Mapping[date, Sequence[tuple[Version, Document]]],
        tellings: Tellings,
        own: Own,
    ) -> None:
        self._days = [(day, versions[day]) for day in sorted(versions)]
        self._tellings = tellings
        self._own = own

    def restate(self, subject: Subject, new: Iterable[Slot], batch: Batch) -> None:
        """Add to *batch* what keeps later versions true of *subject*, of which *new* speak."""
        known = self._tellings.of(subject)
        fresh = Tellings(new).of(subject)
        old, late = Course(subject, known), Course(subject, [*known, *fresh])
        for day, stated in self._days:
            was, now = old.visit(day, self._own), late.visit(day, self._own)
            if subject[0] == "field":
                end = self._list(subject[1], day, stated, was[1], now[1], batch, late)
            else:
                end = self._measure(subject[1], stated, was, now, batch, late)
            if old.settled(day) and not differing(was[1], end, _names(was[1], end)):
                return

    def _measure(
        self,
        id: str,
        stated: Sequence[tuple[Version, Document]],
        was: tuple[Values, Values],
        now: tuple[Values, Values],
        batch: Batch,
        late: Course,
    ) -> Values:
        """Set again what the versions of a day state of a measure; return what it is then."""
        end = now[1]
        said = said_by([version for version, _ in stated], id, was[1])
        if said is None:
            return end
        aim = wanted(now[0], said)
        disturbed = {
            name
            for before, after in zip(was, now, strict=True)
            for name in differing(before, after, _names(before, after))
        }
        if not disturbed.isdisjoint(REPORTED):
            disturbed.update(REPORTED)
        aim = {**end, **{name: aim.get(name) for name in disturbed}}
        return led(
            id,
            late,
            end,
            aim,
            lambda event: batch.add(event, _by_whose_word(stated, id, was[1], event)),
        )

    def _list(
        self,
        id: str,
        day: date,
        stated: Sequence[tuple[Version, Document]],
        was: Values,
        now: Values,
        batch: Batch,
        late: Course,
    ) -> Values:
        """Set again the priority list of a field, if a version of the day states it."""
        ranking = was.get("ranking", ())
        if ranking == now.get("ranking", ()):
            return now
        for version, document in stated:
            if self._states_list(version, id, day, ranking):
                return late.take(batch.add(Prioritized(field=id, ranking=ranking), document))
        return now

    def _states_list(self, version: Version, field: str, day: date, ranking: Sequence[str]) -> bool:
        if version.coverage == "complete":
            return OF_LISTS in version.attributes
        stated = version.measures.items() if version.measures is not None else ()
        ranked = [one for one, names in stated if OF_LISTS in names and one in ranking]
        return any(self._field_of(one, day) == field for one in ranked)

    def _field_of(self, measure: str, day: date) -> object:
        subject = ("measure", measure)
        return Course(subject, self._tellings.of(subject)).visit(day, self._own)[1].get("field")


def _by_whose_word(
    stated: Sequence[tuple[Version, Document]], id: str, was: Values, event: Event
) -> Document:
    """The first document that states what *event* sets of a measure, or else mentions it."""
    found = [
        (said, document)
        for version, document in stated
        if (said := said_by([version], id, was)) is not None
    ]
    first = found[0][1]
    names = {name for _, name, _ in effects(imagined(event, first.day, 0))}
    stating = (document for said, document in found if not names.isdisjoint(said.cells))
    return next(stating, first)


def _names(one: Values, other: Values) -> list[str]:
    """The cells that documents state, or that hang on these."""
    return [name for name in {**one, **other} if name != "since"]
