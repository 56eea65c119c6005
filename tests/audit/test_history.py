"""Who changed what of a measure, when, by which event."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planlog.audit import Change, HistoryEntry, Standing, history
from planlog.effects import effects
from planlog.events import (
    About,
    Amended,
    Decided,
    Dropped,
    FieldAdded,
    Implemented,
    Merged,
    Noted,
    Paused,
    Prioritized,
    Proposed,
    RecordedEvent,
    Retracted,
    Started,
)
from planlog.mappings import FrozenMapping
from planlog.plan import Measure
from planlog.slots import live_slots
from planlog.testing.logs import IDS, days, logs
from planlog.timeline import counting, plan_at, prefix
from tests.erasures import without
from tests.histories import Entry, id_at, log, recorded
from tests.stated import Stated, mixed, mixtures, restated, stated

END = date(2023, 12, 31)
ID = "wohnen-16"
PROPOSED: Entry = (
    Proposed(measure=ID, title="Nachbarschaften", field="wohnen", number="16"),
    "2022-05-25",
)
STARTED: Entry = (Started(measure=ID, stage="Angeschoben"), "2023-03-16")


def told(*entries: Entry, day: date | None = END, measure: str = ID) -> tuple[HistoryEntry, ...]:
    """The life of a measure."""
    return history(log(*entries), day, measure)


def listed(*measures: str, field: str = "wohnen") -> Prioritized:
    """The list of a field was set."""
    return Prioritized(field=field, ranking=measures)


def places(entries: Sequence[HistoryEntry]) -> list[int]:
    """The place in the log of what each entry tells about."""
    return [entry.event.position for entry in entries]


def changes(entries: Sequence[HistoryEntry], attribute: str) -> list[tuple[int, Any, Any]]:
    """What became of one attribute, with the place of each event in the log."""
    return [
        (entry.event.position, change.before, change.after)
        for entry in entries
        for change in entry.changes
        if change.attribute == attribute
    ]


class TestLife:
    """Tests for the life of a measure."""

    def test_in_order(self) -> None:
        """Everything that happened comes in the order of the plan's time, with its changes."""
        proposed, started, implemented = told(
            STARTED,
            (Implemented(measure=ID, note="Fertig"), "2023-05"),
            (FieldAdded(field="wohnen", title="Wohnen"), "2020"),
            (Proposed(measure="wohnen-1", title="Wohnraum"), "2022-05-25"),
            PROPOSED,
        )
        assert {
            Change("phase", None, "proposed"),
            Change("since", None, proposed.event.on),
            Change("title", None, "Nachbarschaften"),
            Change("field", None, "wohnen"),
            Change("number", None, "16"),
        } == set(proposed.changes)
        assert {
            Change("phase", "proposed", "started"),
            Change("since", proposed.event.on, started.event.on),
            Change("stage", None, "Angeschoben"),
        } == set(started.changes)
        assert {
            Change("phase", "started", "implemented"),
            Change("since", started.event.on, implemented.event.on),
            Change("stage", "Angeschoben", None),
            Change("note", None, "Fertig"),
        } == set(implemented.changes)

    def test_entry(self) -> None:
        """An entry has the event and its id; where nothing was mended, it is the whole trail."""
        events = log(PROPOSED)
        (entry,) = history(events, END, ID)
        assert (id_at(0), "counts") == (entry.id, entry.standing)
        assert (events[0], events) == (entry.event, entry.trail)

    def test_event_without_change(self) -> None:
        """What names the measure is told even where it changes nothing."""
        entries = told(
            PROPOSED,
            (Noted(about=About(measure=ID), text="Kein neuer Sachstand"), "2022-06"),
            (Noted(about=About(measure="wohnen-1"), text="Kein neuer Sachstand"), "2022-06"),
            (listed("wohnen-1", ID), "2022-06-01"),
            (listed("wohnen-4", ID), "2022-06-02"),
        )
        assert [(0, True), (1, False), (3, True), (4, False)] == [
            (entry.event.position, bool(entry.changes)) for entry in entries
        ]

    def test_nothing_known(self) -> None:
        """A measure that the log does not have has no life."""
        assert () == told(PROPOSED, measure="wohnen-99")
        assert () == told()

    def test_dropped(self) -> None:
        """The cause is told beside the phase, and what stays empty is not."""
        entries = told(PROPOSED, (Dropped(measure=ID, cause="rejected"), "2023"))
        assert [(1, None, "rejected")] == changes(entries, "cause")
        assert ["phase", "since", "cause"] == [change.attribute for change in entries[1].changes]

    def test_attributes(self) -> None:
        """Attributes are told one by one, also when all are cleared at once."""
        entries = told(
            PROPOSED,
            (Amended(measure=ID, attributes={"thema": "A", "ort": "B"}), "2022-06-01"),
            (Amended(measure=ID, attributes={"thema": None}), "2022-06-02"),
            (Amended(measure=ID, attributes=None), "2022-06-03"),
        )
        assert [(1, None, "A"), (2, "A", None)] == changes(entries, "attributes.thema")
        assert [(1, None, "B"), (3, "B", None)] == changes(entries, "attributes.ort")

    def test_lineage(self) -> None:
        """A merge is told at both ends."""
        entries: list[Entry] = [
            PROPOSED,
            (Proposed(measure="wohnen-1", title="Wohnraum"), "2022-05-25"),
            (Merged(measures=(ID,), into="wohnen-1"), "2023"),
        ]
        assert [(0, None, "proposed"), (2, "proposed", "replaced")] == (
            changes(told(*entries), "phase")
        )
        assert [(2, None, True)] == changes(told(*entries), "successors.wohnen-1")
        other = told(*entries, measure="wohnen-1")
        assert [(2, None, True)] == changes(other, f"predecessors.{ID}")


class TestLists:
    """Tests for what reaches a measure through the list of its field."""

    def test_moves(self) -> None:
        """Every list that moves the measure is told, also one that no longer names it."""
        entries = told(
            PROPOSED,
            (listed(ID), "2022-06-01"),
            (listed("wohnen-1", ID), "2022-06-02"),
            (listed("wohnen-1"), "2022-06-03"),
            (listed("wohnen-4"), "2022-06-04"),
            (listed(ID), "2022-06-05"),
        )
        assert [(1, None, 1), (2, 1, 2), (3, 2, None), (5, None, 1)] == changes(entries, "rank")
        assert [0, 1, 2, 3, 5] == places(entries)

    def test_moved_or_shifted(self) -> None:
        """A rank says whether the measure moved, was shifted by others, or came or went."""
        entries: list[Entry] = [
            PROPOSED,
            (listed("wohnen-1", ID, "wohnen-4"), "2022-06-01"),
            (listed(ID, "wohnen-1", "wohnen-4"), "2022-06-02"),
            (listed("wohnen-4", ID, "wohnen-1"), "2022-06-03"),
            (listed("wohnen-4"), "2022-06-04"),
            (Amended(measure=ID, title="Nachbarn"), "2022-06-05"),
        ]
        causes = [
            (entry.event.position, change.attribute, change.cause)
            for entry in told(*entries)
            for change in entry.changes
            if change.attribute in ("rank", "title")
        ]
        assert [
            (0, "title", None),
            (1, "rank", "listed"),
            (2, "rank", "moved"),
            (3, "rank", "shifted"),
            (4, "rank", "unlisted"),
            (5, "title", None),
        ] == causes

    def test_another_field(self) -> None:
        """The list of another field gives no rank, until the measure moves there."""
        entries = told(
            PROPOSED,
            (listed("soziales-1", field="soziales"), "2022-06-01"),
            (listed("soziales-1", ID, field="soziales"), "2022-06-02"),
            (listed(ID), "2022-06-03"),
            (Amended(measure=ID, field="soziales"), "2022-06-04"),
            (Amended(measure=ID, field=None), "2022-06-05"),
        )
        assert [(3, None, 1), (4, 1, 2), (5, 2, None)] == changes(entries, "rank")
        assert [0, 2, 3, 4, 5] == places(entries)

    def test_decision_about_a_list(self) -> None:
        """A decision about the list counts for what is on it by then, and only then."""
        decided = Decided(conference="stk-3", outcome="adopted", fields=("wohnen",))
        entries = told(
            PROPOSED,
            (decided, "2022-06-01"),
            (listed(ID), "2022-06-02"),
            (decided, "2022-06-03"),
            (listed(), "2022-06-04"),
            (decided, "2022-06-05"),
        )
        assert [0, 2, 3, 4] == places(entries)
        (change,) = entries[2].changes
        assert f"decisions.{id_at(3)}" == change.attribute
        assert (None, "adopted") == (change.before, change.after.outcome)

    def test_decision_about_measure_and_list(self) -> None:
        """A decision that names a measure and its list is one decision."""
        decided = Decided(
            conference="stk-3", outcome="adopted", measures=(ID,), fields=("wohnen", "soziales")
        )
        entries = told(PROPOSED, (listed(ID), "2022-06-02"), (decided, "2022-06-03"))
        assert [f"decisions.{id_at(2)}"] == [change.attribute for change in entries[2].changes]


class TestRecord:
    """Tests for what became of the events."""

    def standing(self, *entries: Entry, day: date | None = END) -> list[tuple[int, Standing]]:
        """How each entry stands."""
        return [(entry.event.position, entry.standing) for entry in told(*entries, day=day)]

    def test_corrected(self) -> None:
        """A corrected event is told once, as it is now, with everything that led there."""
        events = log(
            PROPOSED,
            STARTED,
            (Started(measure=ID, stage="Begonnen"), "2023-03-15", 1),
            (Started(measure=ID, stage="In Arbeit"), "2023-03-14", 2),
        )
        _, entry = history(events, END, ID)
        assert (id_at(1), events[3], events[1:]) == (entry.id, entry.event, entry.trail)
        assert Change("stage", None, "In Arbeit") in entry.changes

    def test_retracted(self) -> None:
        """A retracted event stands where it would have counted, changes nothing, tells by what."""
        renamed = (Amended(measure=ID, title="Nachbarn"), "2023-04-01")
        events = log(PROPOSED, renamed, STARTED, (Retracted(event=id_at(2)), "2023-05-01"))
        _, entry, _ = history(events, END, ID)
        assert ("retracted", ()) == (entry.standing, entry.changes)
        assert events[2:] == entry.trail

    def test_corrected_and_retracted(self) -> None:
        """What was corrected before it was taken back is told as it was said first."""
        events = log(
            PROPOSED,
            STARTED,
            (Paused(measure=ID), "2023-03-16", 1),
            (Retracted(event=id_at(1)), "2023-05-01"),
        )
        _, entry = history(events, END, ID)
        assert (events[1], events[1:], "retracted") == (entry.event, entry.trail, entry.standing)

    def test_correction_retracted(self) -> None:
        """A retracted correction gives back what was there, and stays in the trail."""
        events = log(
            PROPOSED,
            STARTED,
            (Paused(measure=ID), "2023-03-16", 1),
            (Retracted(event=id_at(2)), "2023-05-01"),
        )
        _, entry = history(events, END, ID)
        assert (events[1], events[1:], "counts") == (entry.event, entry.trail, entry.standing)

    def test_retraction_retracted(self) -> None:
        """What was taken back and given back counts, with both in the trail."""
        events = log(
            PROPOSED,
            STARTED,
            (Retracted(event=id_at(1)), "2023-05-01"),
            (Retracted(event=id_at(2)), "2023-05-02"),
        )
        _, entry = history(events, END, ID)
        assert ("counts", events[1:]) == (entry.standing, entry.trail)
        assert Change("phase", "proposed", "started") in entry.changes

    def test_only_a_retracted_event(self) -> None:
        """A measure that only a retracted event named has that in its life."""
        retraction = (Retracted(event=id_at(0)), "2023-05-01")
        assert [(0, "retracted")] == self.standing(PROPOSED, retraction)

    def test_corrected_to_another_measure(self) -> None:
        """An event that was about the measure by mistake is told, and changes nothing here."""
        mended = (Started(measure="wohnen-1", stage="Angeschoben"), "2023-03-16", 1)
        _, entry = told(PROPOSED, STARTED, mended)
        assert (2, "counts", ()) == (entry.event.position, entry.standing, entry.changes)

    def test_dangling(self) -> None:
        """Corrections and retractions of what is not there are not part of any life."""
        entries: list[Entry] = [
            PROPOSED,
            (Started(measure=ID), "2023", 99),
            (Retracted(event=id_at(99)), "2023"),
            (Retracted(event=id_at(2)), "2023"),
        ]
        assert [(0, "counts")] == self.standing(*entries)

    def test_not_yet(self) -> None:
        """What counts only later is told where it will count; at the start that is everything."""
        later = (Paused(measure=ID), "2023")
        entries = (PROPOSED, STARTED, later)
        assert [(0, "counts"), (2, "later"), (1, "counts")] == self.standing(
            *entries, day=date(2023, 6, 30)
        )
        assert [(0, "later"), (2, "later"), (1, "later")] == self.standing(*entries, day=None)

    @pytest.mark.parametrize("taken_back", [True, False])
    def test_proposal_that_does_not_count(self, taken_back: bool) -> None:
        """A proposal that does not count leaves the first place to the one that does."""
        early: Entry = (Proposed(measure=ID, title="Nachbarn"), "2020/2030")
        between: Entry = (Started(measure=ID), "2021-11-15")
        retraction: list[Entry] = [(Retracted(event=id_at(0)), "2023")] * taken_back
        entries = told(early, between, PROPOSED, (PROPOSED[0], "2023-01-01"), *retraction)
        assert [0, 2, 1, 3] == places(entries)
        assert [(2, None, "proposed"), (1, "proposed", "started"), (3, "started", "proposed")] == (
            changes(entries, "phase")
        )

    def test_late_proposal_that_does_not_count(self) -> None:
        """One that would not have been the earliest stands at its day."""
        late: Entry = (Proposed(measure=ID), "2023-05-01")
        taken_back: Entry = (Retracted(event=id_at(2)), "2023-06-01")
        assert [0, 1, 2] == places(told(PROPOSED, STARTED, late, taken_back))

    def test_sole_proposal_that_does_not_count(self) -> None:
        """Without one that counts, the earliest would have come before everything else."""
        late: Entry = (Proposed(measure=ID), "2023-05-01")
        later: Entry = (Proposed(measure=ID), "2023-06-01")
        both: list[Entry] = [(Retracted(event=id_at(place)), "2023") for place in (1, 2)]
        assert [1, 0, 2] == places(told(STARTED, late, later, *both))


RENAMED = Amended(measure=ID, title="Nachbarn")
IMPLEMENTED = Implemented(measure=ID, stage="Umgesetzt")
AGAIN = PROPOSED[0]


def folds(*parts: Entry | Stated, day: date = END) -> list[tuple[int, list[int]]]:
    """The places in the log of what is told, and of what is folded into it."""
    events = mixed(*parts)
    place = {event.id: event.position for event in events}
    return [
        (entry.event.position, [place[id] for id in entry.restatements])
        for entry in history(events, day, ID)
    ]


class TestDocuments:
    """Tests for what documents say, and say again."""

    def test_restated_day(self) -> None:
        """A version that was imported first and says nothing new is folded into what came before.

        The measure is proposed anew on its day, and then is where it was.
        """
        first, second = "2021-09-01", "2022-09-01"
        assert [(4, []), (5, [0, 1, 3])] == folds(
            stated(second, AGAIN, IMPLEMENTED),
            restated(second, RENAMED),
            stated(
                first,
                Proposed(measure=ID, title="Nachbarn", field="wohnen", number="16"),
                IMPLEMENTED,
            ),
        )

    def test_changed_day(self) -> None:
        """What the day only says again is folded into what it changed."""
        first, second = "2021-09-01", "2022-09-01"
        events = (stated(second, AGAIN, IMPLEMENTED), stated(first, AGAIN, STARTED[0]))
        assert [(3, []), (4, []), (1, [0])] == folds(*events)
        entries = history(mixed(*events), END, ID)
        assert [(4, None, "started"), (1, "started", "implemented")] == changes(entries, "phase")

    def test_what_is_said_before_and_after(self) -> None:
        """What is folded goes to its own day where that has something to tell, else before it."""
        days = ("2020-09-01", "2021-09-01", "2022-09-01")
        assert [(0, []), (1, [3]), (7, [6, 8])] == folds(
            stated(days[0], AGAIN, STARTED[0]),
            stated(days[1], STARTED[0]),
            (Noted(about=About(field="wohnen"), text="Nichts"), days[1]),
            stated(days[2], STARTED[0], RENAMED, STARTED[0]),
        )

    def test_by_hand(self) -> None:
        """What was recorded by hand is told even if it changes nothing."""
        assert [(0, []), (1, []), (3, [])] == folds(
            stated("2021-09-01", AGAIN, STARTED[0]), (STARTED[0], "2021-09-02")
        )

    def test_introduction(self) -> None:
        """What brought the measure in is told even if nothing of it is left on its day."""
        bare = Proposed(measure=ID)
        assert [(0, []), (1, [])] == folds(stated("2021-09-01", bare, STARTED[0]))
        taken_back: list[Entry] = [
            (AGAIN, "2020-09-01"),
            (Retracted(event=id_at(0)), "2020-09-02"),
        ]
        assert [(0, []), (2, []), (3, [])] == folds(
            *taken_back, stated("2021-09-01", bare, STARTED[0])
        )

    def test_nothing_before_it(self) -> None:
        """What comes first is told, as there is nothing into which to fold it."""
        assert [(0, [])] == folds(stated("2021-09-01", listed("wohnen-1", ID)))

    def test_what_was_mended(self) -> None:
        """What was corrected or taken back stays readable, whatever it says now."""
        events = mixed(stated("2021-09-01", AGAIN, STARTED[0]), stated("2022-09-01", STARTED[0]))
        corrected = attrs.evolve(
            recorded(5, Paused(measure=ID), "2022-09-01", 3), corrects=events[3].id
        )
        undone = recorded(6, Retracted(event=corrected.id), "2022-09-01")
        assert [0, 1] == places(history(events, END, ID))
        assert [0, 1, 5] == places(history((*events, corrected), END, ID))
        assert [0, 1, 3] == places(history((*events, corrected, undone), END, ID))

    def test_not_yet(self) -> None:
        """What counts only later is folded as it will be once it counts, and has no changes yet."""
        first, second = "2021-09-01", "2022-09-01"
        parts = (stated(second, AGAIN, IMPLEMENTED), stated(first, AGAIN, STARTED[0]))
        early = date(2021, 12, 31)
        assert [(3, []), (4, []), (1, [0])] == folds(*parts, day=early)
        assert ["counts", "counts", "later"] == [
            entry.standing for entry in history(mixed(*parts), early, ID)
        ]
        assert () == history(mixed(*parts), early, ID)[-1].changes

    def test_every_event(self) -> None:
        """Every event is told by itself where that is asked for."""
        events = mixed(
            stated("2022-09-01", AGAIN, IMPLEMENTED), stated("2021-09-01", AGAIN, STARTED[0])
        )
        entries = history(events, END, ID, every_event=True)
        assert [3, 4, 0, 1] == places(entries)
        assert (0, "started", "proposed") in changes(entries, "phase")


def put_together(values: dict[str, Any], measure: str) -> Measure:
    """The measure that has *values*, named one by one."""
    plain: dict[str, Any] = {}
    many: dict[str, dict[str, Any]] = {
        stem: {} for stem in ("attributes", "decisions", "predecessors", "successors")
    }
    for name, value in values.items():
        stem, dot, key = name.partition(".")
        if value is not None:
            (many[stem] if dot else plain)[key or stem] = value
    return Measure(
        id=measure,
        **plain,
        attributes=FrozenMapping(many["attributes"]),
        decisions=tuple(sorted(many["decisions"].values(), key=attrgetter("event"))),
        predecessors=tuple(sorted(many["predecessors"])),
        successors=tuple(sorted(many["successors"])),
    )


COLLIDING = (Proposed, Amended, Prioritized, Decided, Started)


class TestProperties:
    """What holds for every log."""

    @settings(max_examples=120)
    @given(
        logs() | logs(classes=COLLIDING),
        st.none() | days(),
        st.sampled_from(IDS["measure"]),
    )
    def test_changes_lead_to_the_plan(
        self, events: tuple[RecordedEvent, ...], day: date | None, measure: str
    ) -> None:
        """The changes of what counts, in order, lead from nothing to the measure as it is."""
        self.changes_lead_to_the_plan(events, day, measure)

    @settings(max_examples=60)
    @given(mixtures(), st.none() | days(), st.sampled_from(IDS["measure"]))
    def test_imported(
        self, events: tuple[RecordedEvent, ...], day: date | None, measure: str
    ) -> None:
        """So do they where documents were imported; and each event is told or folded, once."""
        self.changes_lead_to_the_plan(events, day, measure)
        entries = history(events, day, measure)
        found = [id for entry in entries for id in (entry.id, *entry.restatements)]
        every = history(events, day, measure, every_event=True)
        assert sorted(entry.id for entry in every) == sorted(found)
        assert all(() == entry.restatements for entry in every)

    def changes_lead_to_the_plan(
        self, events: tuple[RecordedEvent, ...], day: date | None, measure: str
    ) -> None:
        """Replay the changes."""
        values: dict[str, Any] = {}
        for entry in history(events, day, measure):
            if entry.standing != "counts":
                assert () == entry.changes
            for change in entry.changes:
                assert values.get(change.attribute) == change.before != change.after
                values[change.attribute] = change.after
        plan = plan_at(live_slots(events), day, prefix(events, len(events)))
        found = [one for one in plan.measures if one.id == measure]
        expected = found[0] if found else Measure(id=measure)
        decisions = tuple(sorted(expected.decisions, key=attrgetter("event")))
        assert attrs.evolve(expected, decisions=decisions) == put_together(values, measure)

    @given(logs(), st.none() | days(), st.sampled_from(IDS["measure"]))
    def test_everything_is_told_once(
        self, events: tuple[RecordedEvent, ...], day: date | None, measure: str
    ) -> None:
        """Each slot has one entry; what names the measure has one; trails are in log order."""
        entries = history(events, day, measure)
        ids = [entry.id for entry in entries]
        assert sorted(set(ids)) == sorted(ids)
        named = [
            slot.id
            for slot in ([] if day is None else counting(live_slots(events), day))
            if ("measure", measure) in {subject for subject, _, _ in effects(slot)}
        ]
        assert [id for id in ids if id in named] == named
        for entry in entries:
            positions = [event.position for event in entry.trail]
            assert sorted(set(positions)) == positions
            assert entry.event in entry.trail
            assert entry.id in {event.id for event in entry.trail}


class TestErased:
    """Tests for texts that were erased."""

    def test_entry(self) -> None:
        """An erased text has its place in the life, and changes nothing any more."""
        entries = history(without(log(PROPOSED, STARTED), 1), END, ID)
        assert [("counts", False), ("erased", True)] == [
            (one.standing, one.event.is_erased) for one in entries
        ]
        assert () == entries[1].changes

    def test_later(self) -> None:
        """It is erased, also where it would not count yet."""
        entries = history(without(log(PROPOSED, STARTED), 1), date(2022, 12, 31), ID)
        assert ["counts", "erased"] == [one.standing for one in entries]

    def test_of_another(self) -> None:
        """What was about another measure, or about nobody knows what, is not among it."""
        other: Entry = (Started(measure="wohnen-1"), "2023-03-16")
        for bare in (False, True):
            events = without(log(PROPOSED, other), 1, bare=bare)
            assert ["counts"] == [one.standing for one in history(events, END, ID)]

    def test_replaced(self) -> None:
        """What took its place counts, with the erased text in its trail."""
        mended: Entry = (Started(measure=ID, stage="Begonnen"), "2023-03-16", 1)
        (_, entry) = history(without(log(PROPOSED, STARTED, mended), 1), END, ID)
        assert "counts" == entry.standing
        assert [True, False] == [one.is_erased for one in entry.trail]

    def test_erased_correction(self) -> None:
        """Where the correction was erased, nobody knows what stands in its place."""
        mended: Entry = (Started(measure=ID, stage="Begonnen"), "2023-03-16", 1)
        for bare in (False, True):
            events = without(log(PROPOSED, STARTED, mended), 2, bare=bare)
            (_, entry) = sorted(history(events, END, ID), key=lambda one: one.id)
            assert ("erased", 2) == (entry.standing, entry.event.position)

    def test_taken_back(self) -> None:
        """What was taken back stays so when it is erased, and when the retraction is."""
        taken_back: Entry = (Retracted(event=id_at(1)), "2023-04-01")
        for position in (1, 2):
            (_, entry) = history(without(log(PROPOSED, STARTED, taken_back), position), END, ID)
            assert "retracted" == entry.standing

    def test_only_told_by_it(self) -> None:
        """A measure that only an erased text told of has a life of this one text."""
        (entry,) = history(without(log(PROPOSED), 0), END, ID)
        assert ("erased", "proposed") == (entry.standing, entry.event.type)
