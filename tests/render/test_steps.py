"""Every step between two plans, in words."""

from planlog.events import (
    Amended,
    ConferenceHeld,
    Decided,
    Paused,
    Prioritized,
    Proposed,
    Retracted,
    Started,
)
from planlog.render.page import Block, Heading, Points, Sentence
from planlog.render.steps import steps_told
from tests.render.compared import START, Said, at, compared, log, naming_of

SIZE = len(START)


def steps_of(
    *said: Said,
    before: str = "2020-12-31",
    after: str = "2021-12-31",
    known: int | None = None,
    language: str = "en",
) -> list[Block]:
    """Every step after what `START` says, as known from all events or first from so many."""
    events = log(*START, *said)
    points = at(before, events, known), at(after, events)
    found = compared(events, *points, gross=True)
    return list(steps_told(found.diff.changes, naming_of(found, language), found.events))


def id_of(position: int) -> str:
    """The id of an event after those of `START`, as it is shown."""
    return f"{SIZE + position:02x}" * 4


class TestStepsTold:
    def test_event_by_event(self) -> None:
        """Each event has a heading with its day and type, its ground, and what it changed."""
        assert [
            Heading("2021-02-01: started", 2),
            Sentence(f"Bericht; reason: Nachfrage (event {id_of(0)})", "quiet"),
            Points(("Wohnen 1: Mieterrat: Phase: proposed → started; Stage: Angeschoben",)),
            Heading("2021-05-04: conference held", 2),
            Sentence("Protokoll (event 05050505)", "quiet"),
            Points(("1. Konferenz: new",)),
            Heading("2021-09-01: paused", 2),
            Sentence(f"without a source (event {id_of(1)})", "quiet"),
            Points(("Wohnen 1: Mieterrat: Phase: started → paused; Stage: Angeschoben → –",)),
        ] == steps_of(
            Said(Started(measure="w-1", stage="Angeschoben"), "2021-02-01", "Bericht", "Nachfrage"),
            Said(Paused(measure="w-1"), "2021-09-01", None),
        )

    def test_in_german(self) -> None:
        """The same in German."""
        found = steps_of(Said(Started(measure="w-1"), "2021-02-01", None), language="de")
        assert [
            Heading("2021-02-01: begonnen", 2),
            Sentence(f"ohne Quelle (Ereignis {id_of(0)})", "quiet"),
            Points(("Wohnen 1: Mieterrat: Phase: vorgeschlagen → begonnen",)),
        ] == found[:3]

    def test_lists(self) -> None:
        """A list is told with everybody whose place it changed."""
        found = steps_of(
            Said(Prioritized(field="wohnen", ranking=["w-1", "w-2"]), "2020-06-01"),
            Said(Prioritized(field="wohnen", ranking=["w-2", "w-1", "w-3"]), "2021-02-01"),
        )
        assert (
            Points(
                (
                    "Wohnen: Ranking: 1, 2 → 2, 1, 3",
                    "Wohnen 1: Mieterrat: Rank: 1 → 2 (shifted by others)",
                    "Wohnen 2: Anbau: Rank: 2 → 1 (moved up)",
                    "Wohnen 3: Lift: Rank: 3 (newly listed)",
                )
            )
            == found[2]
        )

    def test_decision(self) -> None:
        """A decision is told once, whatever it is about."""
        found = steps_of(
            Said(Prioritized(field="wohnen", ranking=["w-1", "w-2"]), "2020-06-01"),
            Said(
                Decided(conference="k-1", outcome="adopted", fields=["wohnen"], measures=["w-3"]),
                "2021-05-04",
            ),
        )
        assert (
            Points(("2021-05-04, 1. Konferenz: adopted (list of “Wohnen”; Wohnen 3)",)) == found[-1]
        )

    def test_corrected(self) -> None:
        """What a correction brought is told with the correction, and what it corrects."""
        found = steps_of(
            Said(Started(measure="w-1"), "2021-02-01"),
            Said(Started(measure="w-1"), "2021-03-01", "Bericht", "Tippfehler", SIZE),
        )
        assert [
            Heading("2021-03-01: started", 2),
            Sentence(
                f"Bericht; reason: Tippfehler (event {id_of(1)} corrects {id_of(0)})", "quiet"
            ),
            Points(("Wohnen 1: Mieterrat: Phase: proposed → started",)),
        ] == found[:3]

    def test_learned(self) -> None:
        """What was learned comes first, and says so; what was taken back is named."""
        started = Said(Started(measure="w-1"), "2020-06-01")
        id = log(*START, started)[-1].id
        found = steps_of(
            started,
            Said(Retracted(event=id), "2021-06-01", None, "war eine andere"),
            Said(Amended(measure="w-1", cost="9 €"), "2021-07-01"),
            after="2020-12-31",
            known=SIZE + 1,
        )
        assert [
            Heading("2021-06-01: retracted (learned since)", 2),
            Sentence(
                "without a source; reason: war eine andere "
                f"(event {id_of(1)} takes back {id_of(0)})",
                "quiet",
            ),
            Points(("Wohnen 1: Mieterrat: Phase: started → proposed (2020)",)),
        ] == found

    def test_backwards(self) -> None:
        """Backwards the same steps are gone the other way; a phase then has an earlier day."""
        found = steps_of(
            Said(Started(measure="w-1"), "2021-06-01"), before="2021-12-31", after="2020-12-31"
        )
        assert ["2021-06-01: started", "2021-05-04: conference held"] == [
            one.text for one in found if isinstance(one, Heading)
        ]
        assert Points(("Wohnen 1: Mieterrat: Phase: started → proposed (2020)",)) == found[2]
        assert Points(("1. Konferenz: no longer there",)) == found[-1]

    def test_what_came_and_went(self) -> None:
        """What is there on neither side keeps the name that it had."""
        late = Proposed(measure="w-4", title="Hof", field="wohnen", number="4")
        said = Said(late, "2020-06-01")
        events = log(*START, said)
        found = steps_of(
            said,
            Said(Retracted(event=events[-1].id), "2022", None, "doppelt"),
            after="2020-12-31",
            known=SIZE,
        )
        assert [
            Points(("Wohnen 4: Hof: new",)),
            Points(("Wohnen 4: Hof: no longer there",)),
        ] == [one for one in found if isinstance(one, Points)]

    def test_list_of_what_came_and_went(self) -> None:
        """In a list it has its id, since neither plan has its number."""
        held = ConferenceHeld(conference="k-0", title="Auftakt", kind="workshop")
        late = Said(Prioritized(field="wohnen", ranking=["w-9", "w-1"]), "2020-06-01")
        found = steps_of(
            Said(held, "2020-06-01"),
            late,
            Said(Prioritized(field="wohnen", ranking=["w-1"]), "2020-06-01", None, "x", SIZE + 1),
            after="2020-12-31",
            known=SIZE,
        )
        lists = [text for one in found if isinstance(one, Points) for text in one.texts]
        assert "Wohnen: Ranking: w-9, 1" in lists
        assert "Wohnen: Ranking: w-9, 1 → 1" in lists
