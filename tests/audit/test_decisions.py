"""The register of decisions, and what became of what they were about."""

from datetime import date
from operator import attrgetter

from hypothesis import given, settings
from hypothesis import strategies as st

from planlog.audit import RegisteredDecision, decisions
from planlog.events import (
    Amended,
    Decided,
    Dropped,
    Event,
    Implemented,
    Merged,
    Prioritized,
    Proposed,
    RecordedEvent,
    Retracted,
    Started,
)
from planlog.plan import Decision, Votes
from planlog.possible import possible
from planlog.slots import live_slots
from planlog.testing.logs import IDS, days, interacting_logs, logs
from planlog.timeline import plan_at, prefix
from tests.histories import Entry, id_at, log

END = date(2023, 12, 31)
A, B = "wohnen-1", "wohnen-16"


def proposed(measure: str, field: str | None = "wohnen") -> Entry:
    """A measure was proposed."""
    return Proposed(measure=measure, title=measure.title(), field=field), "2020-01-01"


def adopted(
    conference: str = "stk-3",
    *,
    measures: tuple[str, ...] | None = None,
    fields: tuple[str, ...] | None = None,
) -> Decided:
    """A conference adopted something."""
    return Decided(conference=conference, outcome="adopted", measures=measures, fields=fields)


LISTED: tuple[Entry, ...] = (
    proposed(A),
    proposed(B),
    proposed("soziales-1", "soziales"),
    (Prioritized(field="wohnen", ranking=(B, A)), "2023-03-16"),
)


def told(
    *entries: Entry,
    day: date | None = END,
    conference: str | None = None,
    measure: str | None = None,
    field: str | None = None,
) -> tuple[RegisteredDecision, ...]:
    """The register."""
    slots = live_slots(log(*entries))
    return decisions(slots, day, conference=conference, measure=measure, field=field)


def ids(entries: tuple[RegisteredDecision, ...]) -> list[str]:
    """The ids of the decisions."""
    return [entry.decision.event for entry in entries]


class TestRegister:
    def test_entry(self) -> None:
        """An entry has the decision as the plan has it, the event, and what it was about."""
        decided = Decided(
            conference="stk-3",
            outcome="adopted",
            fields=("wohnen",),
            measures=("soziales-1", A),
            text="Beschlossen",
            votes=Votes(yes=12, no=0, abstain=1),
            reference="BV 17",
        )
        (entry,) = told(*LISTED, (decided, "2023-03-16"))
        assert entry.decision == Decision(
            event=id_at(4),
            conference="stk-3",
            on=entry.event.on,
            outcome="adopted",
            text="Beschlossen",
            votes=Votes(yes=12, no=0, abstain=1),
            reference="BV 17",
        )
        assert (4, ("wohnen",)) == (entry.event.position, entry.fields)
        assert [("soziales-1", True), (B, False), (A, True)] == [
            (one.present.id, one.named) for one in entry.measures
        ]
        assert ("soziales-1", B, A) == entry.covered

    def test_order(self) -> None:
        """Decisions come by their days, in whichever order they were recorded."""
        entries = [
            (adopted("stk-3", measures=(A,)), "2023-03-16"),
            (adopted("stk-2", measures=(A,)), "2022-05-24"),
            (adopted("b", measures=(A,)), "2022"),
            (adopted("a", measures=(A,)), "2022"),
        ]
        assert ["a", "b", "stk-2", "stk-3"] == [one.decision.conference for one in told(*entries)]

    def test_about_nothing(self) -> None:
        """A decision that names no measure and no list is in the register all the same."""
        (entry,) = told((adopted(), "2023-03-16"))
        assert ((), (), ()) == (entry.fields, entry.covered, entry.measures)

    def test_not_yet(self) -> None:
        """What counts only later is not in it, nor is anything at the start."""
        entry: Entry = (adopted(measures=(A,)), "2023-03-16")
        assert () == told(entry, day=date(2023, 3, 15))
        assert () == told(entry, day=None)

    def test_corrected(self) -> None:
        """A corrected decision is told as it is now, under the id that it always had."""
        mended = Decided(conference="stk-2", outcome="rejected", measures=(B,))
        (entry,) = told(*LISTED, (adopted(measures=(A,)), "2023-03-16"), (mended, "2022-05-24", 4))
        assert (id_at(4), id_at(5)) == (entry.decision.event, entry.event.id)
        assert ("stk-2", "rejected", (B,)) == (
            entry.decision.conference,
            entry.decision.outcome,
            entry.covered,
        )

    def test_retracted(self) -> None:
        """A retracted decision is not in the register."""
        assert () == told(
            *LISTED, (adopted(measures=(A,)), "2023-03-16"), (Retracted(event=id_at(4)), "2023")
        )


class TestAftermath:
    def test_then_and_now(self) -> None:
        """A measure is told as it was at the end of that day and as it is at the point."""
        (entry,) = told(
            *LISTED,
            (adopted(fields=("wohnen",)), "2023-03-16"),
            (Started(measure=B, stage="Angeschoben"), "2023-03-16"),
            (Implemented(measure=B), "2023-06-01"),
            (Prioritized(field="wohnen", ranking=(A,)), "2023-06-01"),
        )
        found = {one.present.id: one for one in entry.measures}
        assert found[B].then is not None
        assert ("started", "Angeschoben", 1) == attrgetter("phase", "stage", "rank")(found[B].then)
        assert ("implemented", None, None) == attrgetter("phase", "stage", "rank")(found[B].present)
        before = found[A].then
        assert before is not None
        assert (2, 1) == (before.rank, found[A].present.rank)

    def test_replaced_and_dropped(self) -> None:
        """Where a measure went, or why it was dropped, is told by the measure as it is now."""
        (entry,) = told(
            *LISTED,
            (adopted(fields=("wohnen",)), "2023-03-16"),
            (Merged(measures=(A,), into=B), "2023-06-01"),
            (Dropped(measure=B, cause="rejected"), "2023-06-02"),
        )
        assert {A: ((B,), None), B: ((), "rejected")} == {
            one.present.id: (one.present.successors, one.present.cause) for one in entry.measures
        }

    def test_not_there_by_then(self) -> None:
        """A measure that a vaguer record put on the decided list had not been there that day."""
        (entry,) = told(
            (Prioritized(field="wohnen", ranking=(A,)), "2023-03-01/2023-04-01"),
            (Proposed(measure=A, title="Neu", field="wohnen"), "2023-04-01"),
            (adopted(fields=("wohnen",)), "2023-03-16"),
        )
        assert [(None, A)] == [(one.then, one.present.id) for one in entry.measures]

    def test_open(self) -> None:
        """What inexact dates leave open is named for both days."""
        (entry,) = told(
            *LISTED,
            (adopted(measures=(A,)), "2023-03-16"),
            (Started(measure=A), "2023-03-16/2023-04-01"),
            (Prioritized(field="wohnen", ranking=(A, B)), "2023-03-17/2024-01-01"),
        )
        (one,) = entry.measures
        assert ("phase", "since") == one.uncertain_then
        assert ("rank",) == one.uncertain_present


class TestChosen:
    ENTRIES: tuple[Entry, ...] = (
        *LISTED,
        (adopted(fields=("wohnen", "soziales"), measures=("soziales-1",)), "2023-03-16"),
        (adopted("stk-2", measures=(A,)), "2022-05-24"),
        (adopted("stk-2", fields=("soziales",)), "2022-05-25"),
        (adopted("stk-2"), "2022-05-26"),
        (Amended(measure=A, field="soziales"), "2023-06-01"),
    )

    def test_all(self) -> None:
        """Unless told otherwise, every decision is there."""
        assert [id_at(5), id_at(6), id_at(7), id_at(4)] == ids(told(*self.ENTRIES))

    def test_conference(self) -> None:
        """Of a conference, what it decided."""
        assert [id_at(4)] == ids(told(*self.ENTRIES, conference="stk-3"))
        assert () == told(*self.ENTRIES, conference="stk-1")

    def test_measure(self) -> None:
        """Of a measure, what reached it, and what became of it alone."""
        found = told(*self.ENTRIES, measure=A)
        assert [id_at(5), id_at(4)] == ids(found)
        assert [(A,), (A,)] == [tuple(one.present.id for one in each.measures) for each in found]
        assert {"soziales-1", A, B} == set(found[1].covered)

    def test_field(self) -> None:
        """Of a field, what is about its list, or about a measure that is or was in it."""
        found = told(*self.ENTRIES, field="soziales")
        assert [id_at(5), id_at(6), id_at(4)] == ids(found)
        assert [{A}, set(), {"soziales-1", A}] == [
            {one.present.id for one in each.measures} for each in found
        ]
        assert [{A}, {A, B}] == [
            {one.present.id for one in each.measures}
            for each in told(*self.ENTRIES, field="wohnen")
        ]

    def test_together(self) -> None:
        """All that is asked for must hold."""
        found = told(*self.ENTRIES, conference="stk-3", measure=B, field="wohnen")
        assert [id_at(4)] == ids(found)
        assert () == told(*self.ENTRIES, conference="stk-2", measure=B)


CLASSES: tuple[type[Event], ...] = (Decided, Decided, Prioritized, Proposed, Started, Amended)
LOGS = logs() | logs(classes=CLASSES) | interacting_logs()


class TestProperties:
    @settings(max_examples=150)
    @given(LOGS, days())
    def test_by_the_plans_themselves(self, events: tuple[RecordedEvent, ...], day: date) -> None:
        """Every decision that counts is there once, and tells what the plans of both days say."""
        slots = live_slots(events)
        plan = plan_at(slots, day, prefix((), 0))
        found = decisions(slots, day)
        counted = {
            slot.id: slot.content
            for slot in slots
            if isinstance(slot.content.event, Decided) and slot.content.on.last <= day
        }
        assert sorted(counted) == sorted(ids(found))
        days_told = [(entry.decision.on.first, entry.decision.on.last) for entry in found]
        assert sorted(days_told) == days_told
        for entry in found:
            assert counted[entry.decision.event] == entry.event
            then = plan_at(slots, entry.event.on.last, prefix((), 0))
            past = {one.id: one for one in then.measures}
            assert [
                (one, past.get(one.id), entry.decision)
                for one in plan.measures
                if any(each.event == entry.decision.event for each in one.decisions)
            ] == [(one.present, one.then, entry.decision) for one in entry.measures]
            lists = [one for one in plan.fields if entry.decision in one.decisions]
            assert tuple(one.id for one in lists) == entry.fields
            for one in entry.measures:
                assert entry.decision in one.present.decisions
                for at, uncertain in (
                    (entry.event.on.last, one.uncertain_then),
                    (day, one.uncertain_present),
                ):
                    opened = possible(slots, at).uncertain().get(("measure", one.present.id), ())
                    assert opened == uncertain

    @given(LOGS, days(), st.sampled_from(IDS["measure"]), st.sampled_from(IDS["field"]))
    def test_chosen_among_all(
        self, events: tuple[RecordedEvent, ...], day: date, measure: str, field: str
    ) -> None:
        """What is chosen is told as among all decisions, and nothing that fits is missing."""
        slots = live_slots(events)
        every = decisions(slots, day)
        about = [entry.decision for entry in every if measure in entry.covered]
        assert about == [one.decision for one in decisions(slots, day, measure=measure)]
        fitting = [
            entry.decision
            for entry in every
            if field in entry.fields
            or any(
                field in (one.present.field, one.then.field if one.then else None)
                for one in entry.measures
            )
        ]
        assert fitting == [one.decision for one in decisions(slots, day, field=field)]
