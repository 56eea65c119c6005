"""Where each value of a measure comes from."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from planlog.audit import Origin, origins
from planlog.events import (
    Amended,
    Decided,
    Dropped,
    Merged,
    Prioritized,
    Proposed,
    RecordedEvent,
    Retracted,
    Started,
)
from planlog.slots import live_slots
from planlog.testing.logs import IDS, days, interacting_logs, logs
from planlog.timeline import plan_at, prefix
from tests.audit.by_replay import Course, held, names
from tests.histories import Entry, id_at, log

END = date(2023, 12, 31)
ID = "wohnen-16"
PROPOSED: Entry = (
    Proposed(measure=ID, title="Nachbarschaften", field="wohnen", number="16"),
    "2022-05-25",
)


def found(*entries: Entry, day: date | None = END, measure: str = ID) -> dict[str, Origin]:
    """The origin of each value of a measure, by its name."""
    return {one.attribute: one for one in origins(live_slots(log(*entries)), day, measure)}


def places(*entries: Entry) -> dict[str, int]:
    """For each value the place in the log of the event that gave it."""
    return {name: one.event.position for name, one in found(*entries).items()}


def adopted(
    measures: tuple[str, ...] | None = None, fields: tuple[str, ...] | None = None
) -> Decided:
    """The third conference adopted something."""
    return Decided(conference="stk-3", outcome="adopted", measures=measures, fields=fields)


class TestOrigins:
    def test_order(self) -> None:
        """Values come as a measure's attributes are named, those of many values one by one."""
        told = found(
            (
                Proposed(
                    measure=ID,
                    title="Nachbarschaften",
                    field="wohnen",
                    attributes={"thema": "Miete", "ort": "Nord"},
                ),
                "2022",
            ),
            (Prioritized(field="wohnen", ranking=(ID,)), "2023-01-01"),
            (adopted(measures=(ID,)), "2023-03-16"),
            (Merged(measures=("wohnen-4", "wohnen-3", ID), into=ID), "2023-04-01"),
        )
        assert [
            *("field", "title", "rank", "phase", "since"),
            *("attributes.ort", "attributes.thema", f"decisions.{id_at(2)}"),
            *("predecessors.wohnen-3", "predecessors.wohnen-4"),
        ] == list(told)
        assert "Nord" == told["attributes.ort"].value
        assert ("wohnen", 1, True) == tuple(
            told[name].value for name in ("field", "rank", "predecessors.wohnen-3")
        )

    def test_the_last_change(self) -> None:
        """A value comes from the event that changed it last, whatever others were changed by."""
        told = places(
            PROPOSED,
            (Started(measure=ID, stage="Angeschoben"), "2023-01-01"),
            (Started(measure=ID, stage="In Arbeit"), "2023-02-01"),
            (Amended(measure=ID, title="Nachbarn"), "2023-03-01"),
        )
        assert {"field": 0, "number": 0, "phase": 1, "since": 1, "stage": 2, "title": 3} == told

    def test_restating(self) -> None:
        """To say the same again gives nothing."""
        told = places(PROPOSED, (PROPOSED[0], "2023"), (Prioritized(field="x", ranking=()), "2023"))
        assert {0} == set(told.values())

    def test_given_again(self) -> None:
        """A value that was another in between comes from where it was given again."""
        told = places(
            PROPOSED,
            (Amended(measure=ID, title="Nachbarn"), "2023-01-01"),
            (Amended(measure=ID, title="Nachbarschaften"), "2023-01-02"),
        )
        assert 2 == told["title"]

    def test_taken_away(self) -> None:
        """What a measure no longer has comes from nowhere."""
        told = found(
            PROPOSED,
            (Prioritized(field="wohnen", ranking=(ID,)), "2023-01-01"),
            (Prioritized(field="wohnen", ranking=()), "2023-01-02"),
            (Amended(measure=ID, number=None), "2023-01-03"),
        )
        assert {"field", "title", "phase", "since"} == set(told)

    def test_correction(self) -> None:
        """What a correction gave comes from it; the event that it corrected stays visible."""
        told = found(
            PROPOSED,
            (Dropped(measure=ID, cause="rejected"), "2023-01-01"),
            (Dropped(measure=ID, cause="other"), "2023-01-02", 1),
        )
        cause = told["cause"]
        assert ("other", id_at(1), id_at(2), True) == (
            cause.value,
            cause.id,
            cause.event.id,
            cause.corrected,
        )
        assert "2023-01-02" == cause.event.on.text
        assert not told["title"].corrected

    def test_retraction(self) -> None:
        """What a retracted event had given comes from where it came from before."""
        told = places(
            PROPOSED,
            (Amended(measure=ID, title="Nachbarn"), "2023-01-01"),
            (Retracted(event=id_at(1)), "2023-01-02"),
        )
        assert 0 == told["title"]

    def test_decision(self) -> None:
        """A value stands with the first decision about the measure since it has it."""
        told = found(
            PROPOSED,
            (adopted(measures=(ID,)), "2023-01-01"),
            (Amended(measure=ID, title="Nachbarn"), "2023-02-01"),
            (adopted(measures=("wohnen-1",)), "2023-02-02"),
            (adopted(measures=(ID,)), "2023-03-01"),
            (adopted(measures=(ID,)), "2023-04-01"),
            (Amended(measure=ID, number="17"), "2023-05-01"),
        )
        decided = {name: one.decision and one.decision.event for name, one in told.items()}
        assert {"field": id_at(1), "title": id_at(4), "number": None} == {
            name: decided[name] for name in ("field", "title", "number")
        }
        assert None is decided[f"decisions.{id_at(1)}"]

    def test_decision_about_a_list(self) -> None:
        """A decision about a list is one about each measure that is on it by then."""
        told = found(
            PROPOSED,
            (adopted(fields=("wohnen",)), "2023-01-01"),
            (Prioritized(field="wohnen", ranking=(ID,)), "2023-02-01"),
            (adopted(fields=("wohnen",)), "2023-03-01"),
        )
        assert {id_at(3)} == {
            one.decision.event for one in told.values() if one.decision is not None
        }
        assert None is not told["rank"].decision

    def test_same_number_on_another_list(self) -> None:
        """A place on another list is another rank, even with the number of before."""
        entries: list[Entry] = [
            PROPOSED,
            (Prioritized(field="wohnen", ranking=(ID,)), "2023-01-01"),
            (Prioritized(field="soziales", ranking=(ID,)), "2023-02-01"),
            (adopted(measures=(ID,)), "2023-02-15"),
            (Amended(measure=ID, field="soziales"), "2023-03-01"),
        ]
        rank = found(*entries)["rank"]
        assert (1, 4, None) == (rank.value, rank.event.position, rank.decision)
        entries.append((Prioritized(field="soziales", ranking=("soziales-1", ID)), "2023-04-01"))
        assert 5 == places(*entries)["rank"]

    def test_nothing(self) -> None:
        """Neither at the start nor of an unknown measure is there any value."""
        assert {} == found(PROPOSED, day=None)
        assert {} == found(PROPOSED, measure="wohnen-99")
        assert {} == found((Prioritized(field="x", ranking=(ID,)), "2023"))


class TestProperties:
    @settings(max_examples=150)
    @given(logs() | interacting_logs(), days(), st.sampled_from(IDS["measure"]))
    def test_by_replay(self, events: tuple[RecordedEvent, ...], day: date, measure: str) -> None:
        """Every value that a measure has is told once, with who gave it and where it was decided.

        The same comes out by replaying every beginning of the fold.
        """
        slots = live_slots(events)
        told = origins(slots, day, measure)
        plan = plan_at(slots, day, prefix(events, len(events)))
        present = next((one for one in plan.measures if one.id == measure), None)
        assert ([] if present is None else names(present)) == [one.attribute for one in told]
        course = Course.of(slots, day, measure)
        contents = {slot.id: slot.content for slot in course.slots}
        for one in told:
            value = held(present, one.attribute)
            assert one.value == (value[1] if one.attribute == "rank" else value)
            decided = None if one.decision is None else one.decision.event
            assert course.origin(one.attribute) == (one.id, decided)
            assert contents[one.id] == one.event
