"""What the log holds once corrections and retractions are taken into account."""

from datetime import date

from hypothesis import given

from planlog.events import Erased, Event, RecordedEvent, Retracted, Started
from planlog.slots import live_slots, original_of
from planlog.testing.logs import logs
from tests.histories import Entry, id_at, log

DAY = "2021-09-01"


def started(stage: str) -> Started:
    """A measure was started; *stage* tells one event from another."""
    return Started(measure="a-1", stage=stage)


def retracted(position: int) -> Retracted:
    """The event at *position* was taken back."""
    return Retracted(event=id_at(position))


def held(events: tuple[RecordedEvent, ...]) -> dict[int, int]:
    """For each slot that is not empty, by position, the position of the event that fills it."""
    return {slot.position: slot.content.position for slot in live_slots(events)}


class TestLiveSlots:
    """Tests for `live_slots`."""

    def test_nothing(self) -> None:
        """An empty log has no slot."""
        assert [] == live_slots(())

    def test_originals(self) -> None:
        """Each original event opens a slot of its own, in the order of the log."""
        events = log((started("x"), "2021-09-02"), (started("y"), DAY))
        assert [(0, id_at(0)), (1, id_at(1))] == [
            (slot.position, slot.id) for slot in live_slots(events)
        ]
        assert list(events) == [slot.content for slot in live_slots(events)]

    def test_day(self) -> None:
        """A slot is placed at the first day of what it holds."""
        (slot,) = live_slots(log((started("x"), "2021-09/2021-11")))
        assert date(2021, 9, 1) == slot.day

    def test_correction(self) -> None:
        """A correction puts its content, its day too, into the slot of what it corrects.

        Place and id of the slot stay those of the original.
        """
        events = log((started("x"), DAY), (started("y"), DAY), (started("z"), "2021-10", 0))
        slot = live_slots(events)[0]
        assert {0: 2, 1: 1} == held(events)
        assert (0, id_at(0), date(2021, 10, 1)) == (slot.position, slot.id, slot.day)

    def test_two_corrections(self) -> None:
        """The newest of several corrections holds."""
        assert {0: 2} == held(
            log((started("x"), DAY), (started("y"), DAY, 0), (started("z"), DAY, 0))
        )

    def test_correction_of_a_correction(self) -> None:
        """Correcting a correction writes into the slot of the original."""
        assert {0: 2} == held(
            log((started("x"), DAY), (started("y"), DAY, 0), (started("z"), DAY, 1))
        )

    def test_correction_of_a_correction_of_a_correction(self) -> None:
        """However long the chain, the slot is that of the original."""
        assert {0: 3} == held(
            log(
                (started("x"), DAY),
                (started("y"), DAY, 0),
                (started("z"), DAY, 1),
                (started("w"), DAY, 2),
            )
        )

    def test_retracted_original(self) -> None:
        """A retracted original empties its slot."""
        assert {1: 1} == held(log((started("x"), DAY), (started("y"), DAY), (retracted(0), DAY)))

    def test_corrections_of_a_retracted_original(self) -> None:
        """A correction does not fill an emptied slot, whether recorded before or after."""
        assert {} == held(
            log(
                (started("x"), DAY),
                (started("y"), DAY, 0),
                (retracted(0), DAY),
                (started("z"), DAY, 0),
            )
        )

    def test_retracted_correction(self) -> None:
        """A retracted correction gives back the content before it."""
        assert {0: 0} == held(log((started("x"), DAY), (started("y"), DAY, 0), (retracted(1), DAY)))

    def test_retracted_correction_among_others(self) -> None:
        """Retracting the newest correction gives back the one before, another one nothing."""
        corrected = ((started("x"), DAY), (started("y"), DAY, 0), (started("z"), DAY, 0))
        assert {0: 1} == held(log(*corrected, (retracted(2), DAY)))
        assert {0: 2} == held(log(*corrected, (retracted(1), DAY)))

    def test_correction_of_a_retracted_correction(self) -> None:
        """A correction of a correction that was taken back still writes into the slot."""
        assert {0: 3} == held(
            log(
                (started("x"), DAY),
                (started("y"), DAY, 0),
                (retracted(1), DAY),
                (started("z"), DAY, 1),
            )
        )

    def test_retracted_correction_under_a_correction(self) -> None:
        """Retracting a correction leaves the corrections of that correction standing."""
        assert {0: 2} == held(
            log(
                (started("x"), DAY),
                (started("y"), DAY, 0),
                (started("z"), DAY, 1),
                (retracted(1), DAY),
            )
        )

    def test_retracted_retraction(self) -> None:
        """A retracted retraction is undone: the original is there again, with its corrections."""
        assert {0: 1} == held(
            log(
                (started("x"), DAY),
                (started("y"), DAY, 0),
                (retracted(0), DAY),
                (retracted(2), DAY),
            )
        )

    def test_retraction_of_a_retraction_of_a_retraction(self) -> None:
        """An odd chain of retractions empties the slot, an even one fills it."""
        chain: list[Entry] = [(started("x"), DAY)]
        chain += [(retracted(position), DAY) for position in range(4)]
        assert [{0: 0}, {}, {0: 0}, {}, {0: 0}] == [
            held(log(*chain[:length])) for length in range(1, 6)
        ]

    def test_retracted_twice(self) -> None:
        """Undoing one of two retractions changes nothing: another stands."""
        twice = ((started("x"), DAY), (retracted(0), DAY), (retracted(0), DAY))
        assert {} == held(log(*twice))
        assert {} == held(log(*twice, (retracted(1), DAY)))
        assert {} == held(log(*twice, (retracted(2), DAY)))
        assert {0: 0} == held(log(*twice, (retracted(1), DAY), (retracted(2), DAY)))

    def test_retracted_again(self) -> None:
        """What was restored can be taken back once more."""
        assert {} == held(
            log((started("x"), DAY), (retracted(0), DAY), (retracted(1), DAY), (retracted(0), DAY))
        )

    def test_day_of_a_retraction(self) -> None:
        """A retraction undoes for every day, whatever day it bears itself."""
        assert {} == held(log((started("x"), DAY), (retracted(0), "2099")))

    def test_dangling(self) -> None:
        """A correction or retraction of something that is not there does nothing."""
        events = log((started("x"), DAY), (started("y"), DAY, 7), (retracted(7), DAY))
        assert {0: 0} == held(events)

    def test_target_that_comes_later(self) -> None:
        """A correction or retraction of something later does nothing: targets stand earlier."""
        corrected = log((started("y"), DAY, 1), (started("x"), DAY))
        assert {1: 1} == held(corrected)
        assert {1: 1} == held(log((retracted(1), DAY), (started("x"), DAY)))

    def test_correction_of_a_correction_that_came_too_early(self) -> None:
        """What corrects a correction that does nothing does nothing either."""
        assert {1: 1} == held(
            log((started("y"), DAY, 1), (started("x"), DAY), (started("z"), DAY, 0))
        )

    def test_retracted_too_early_and_again(self) -> None:
        """A retraction that comes in time counts, whatever another one tried before."""
        events = log((retracted(1), DAY), (started("x"), DAY), (retracted(1), DAY))
        assert {} == held(events)

    def test_correction_of_a_dangling_correction(self) -> None:
        """Nor does a correction of such a correction."""
        assert {0: 0} == held(
            log((started("x"), DAY), (started("y"), DAY, 7), (started("z"), DAY, 1))
        )

    def test_correction_of_a_retraction(self) -> None:
        """A retraction has no slot that a correction could write into."""
        assert {} == held(log((started("x"), DAY), (retracted(0), DAY), (started("y"), DAY, 1)))

    def test_erased(self) -> None:
        """The record of an erasure opens no slot."""
        erased: Event = Erased(
            event=id_at(0), position=0, leaf="0" * 64, ground="DSGVO", type="noted"
        )
        assert {0: 0} == held(log((started("x"), DAY), (erased, DAY)))

    @given(logs())
    def test_places(self, events: tuple[RecordedEvent, ...]) -> None:
        """Slots stand by position, one for each original that is there, and hold live events."""
        slots = live_slots(events)
        positions = [slot.position for slot in slots]
        assert sorted(set(positions)) == positions
        for slot in slots:
            assert (slot.id, None) == (events[slot.position].id, events[slot.position].corrects)
            assert slot.position <= slot.content.position
            assert slot.day == slot.content.on.first

    @given(logs())
    def test_one_at_a_time(self, events: tuple[RecordedEvent, ...]) -> None:
        """What holds is what judging each event by those after it gives."""

        def undone(event: RecordedEvent) -> bool:
            return any(
                isinstance(later.event, Retracted)
                and later.event.event == event.id
                and not undone(later)
                for later in events[event.position + 1 :]
            )

        def opened_by(event: RecordedEvent) -> RecordedEvent:
            return (
                event
                if event.corrects is None
                else opened_by(next(one for one in events if one.id == event.corrects))
            )

        expected: dict[int, int] = {}
        for event in events:
            if not isinstance(event.event, Retracted):
                original = opened_by(event)
                if not undone(original) and not undone(event):
                    expected[original.position] = event.position
        assert expected == held(events)


class TestOriginalOf:
    """Tests for `original_of`."""

    def test_chain(self) -> None:
        """Each event that writes into a slot is mapped to the one that opened it."""
        events = log(
            (started("x"), DAY),
            (started("y"), DAY, 0),
            (retracted(1), DAY),
            (started("z"), DAY, 1),
            (started("w"), DAY),
        )
        assert {
            id_at(0): id_at(0),
            id_at(1): id_at(0),
            id_at(3): id_at(0),
            id_at(4): id_at(4),
        } == original_of(events)

    def test_dangling(self) -> None:
        """What corrects nothing that is there writes nowhere."""
        assert {} == original_of(log((started("y"), DAY, 7), (started("z"), DAY, 0)))
