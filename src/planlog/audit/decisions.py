"""The register of decisions: what each was about, and what has become of that since."""

from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from planlog.audit.origins import decision_of
from planlog.effects import Subject
from planlog.events import Decided, RecordedEvent
from planlog.fold import replay
from planlog.plan import Decision, Measure, number_key
from planlog.possible import possible
from planlog.related import Related
from planlog.slots import Slot
from planlog.timeline import counting
from planlog.values import Value


@attrs.frozen(kw_only=True, repr=False)
class Aftermath(Value):
    """What became of a measure since something was decided about it.

    *then* is the measure at the end of the decision's day, *present* at the point asked about. It
    was *named*, or else stood on a list that was decided; one that was put on that list only by a
    later record may be absent then. *uncertain_then* and *uncertain_present* name the attributes
    that inexact dates leave open.
    """

    present: Measure
    then: Measure | None
    named: bool
    uncertain_then: tuple[str, ...] = ()
    uncertain_present: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class RegisteredDecision(Value):
    """A decision in the register, with what it was about and what became of it.

    *event* is what its slot holds now; the decision has the id of the event that opened it.
    *fields* are those whose priority lists were decided, *covered* the ids of all measures that
    were reached, by name or through a list. *measures* has those of them that were asked about.
    """

    decision: Decision
    event: RecordedEvent
    fields: tuple[str, ...]
    covered: tuple[str, ...]
    measures: tuple[Aftermath, ...]


def decisions(
    slots: Sequence[Slot],
    day: date | None,
    *,
    conference: str | None = None,
    measure: str | None = None,
    field: str | None = None,
) -> tuple[RegisteredDecision, ...]:
    """Tell every decision that counts at the end of *day*, in the order of their days.

    Only those of a *conference*, those that reached a *measure*, or those about the list of a
    *field* or a measure that is or was in it. A corrected decision is told as it is now; one that
    was retracted is not in the register, but in the history of what it was about.
    """
    if day is None:
        return ()
    related = Related(slots)
    counted = counting(slots, day)
    present = _State(counted)
    asked = [
        (slot, event)
        for slot in counted
        if isinstance(event := slot.content.event, Decided)
        and conference in (None, event.conference)
    ]
    reached = {slot.id: present.reached.get(slot.id, []) for slot, _ in asked}
    past: dict[date, _State] = {day: present}
    for slot, _ in asked:
        then = slot.content.on.last
        if then not in past:
            past[then] = _State(counting(slots, then))
        past[then].asked_about.update(one.id for one in reached[slot.id])
        present.asked_about.update(one.id for one in reached[slot.id])
    for then, state in past.items():
        about = [("measure", id) for id in state.asked_about]
        state.uncertain = possible(related.to(about), then, about).uncertain()
    found = []
    for slot, event in asked:
        entry = _entry(slot, event, past[slot.content.on.last], present)
        chosen = tuple(one for one in entry.measures if _is_asked_for(one, measure, field))
        if chosen or (measure is None and (field is None or field in entry.fields)):
            found.append(attrs.evolve(entry, measures=chosen))
    return tuple(sorted(found, key=_by_day))


class _State:
    """The plan at the end of a day, and what inexact dates leave open of what is *asked about*."""

    def __init__(self, counted: Sequence[Slot]) -> None:
        plan = replay(counted)
        self.fields = plan.fields
        self.measures = {one.id: one for one in plan.measures}
        self.reached: dict[str, list[Measure]] = {}
        for measure in plan.measures:
            for decided in measure.decisions:
                self.reached.setdefault(decided.event, []).append(measure)
        self.asked_about: set[str] = set()
        self.uncertain: Mapping[Subject, tuple[str, ...]] = {}


def _entry(slot: Slot, event: Decided, then: _State, present: _State) -> RegisteredDecision:
    reached = present.reached.get(slot.id, [])
    return RegisteredDecision(
        decision=decision_of(slot),
        event=slot.content,
        fields=tuple(one.id for one in present.fields if one.id in (event.fields or ())),
        covered=tuple(one.id for one in reached),
        measures=tuple(
            Aftermath(
                present=one,
                then=then.measures.get(one.id),
                named=one.id in (event.measures or ()),
                uncertain_then=then.uncertain.get(("measure", one.id), ()),
                uncertain_present=present.uncertain.get(("measure", one.id), ()),
            )
            for one in reached
        ),
    )


def _is_asked_for(one: Aftermath, measure: str | None, field: str | None) -> bool:
    fields = {one.present.field, None if one.then is None else one.then.field}
    return measure in (None, one.present.id) and (field is None or field in fields)


def _by_day(entry: RegisteredDecision) -> tuple[object, ...]:
    """Sort by when, and then as papers and minutes do: the order of recording says nothing."""
    one, source = entry.decision, entry.event.source
    return (
        *(one.on.first, one.on.last, one.conference),
        *(number_key(one.reference), number_key(source)),
        *(one.outcome, one.text or "", one.event),
    )
