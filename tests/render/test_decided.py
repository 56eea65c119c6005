"""What was decided, in words."""

import attrs

from planlog.events import Decided, Prioritized, Proposed
from planlog.render.decided import Told, about_lists, decided, decisions_in
from tests.render.compared import START, Said, at, compared, log, naming_of

LIST = Said(Prioritized(field="wohnen", ranking=["w-1", "w-2"]), "2020-06-01")
LISTS = Decided(conference="k-1", outcome="adopted", fields=["freizeit", "wohnen"])
ONE = Decided(conference="k-1", outcome="deferred", measures=["w-4"], text="Später.")
NEW = Said(Proposed(measure="w-4", title="Hof", field="wohnen", number="4"), "2021-02-01")

EVENTS = log(*START, LIST, NEW, Said(LISTS, "2021-05-04"), Said(ONE, "2021-05-04"))
FOUND = compared(EVENTS, at("2020-12-31", EVENTS), at("2021-12-31", EVENTS))
BACK = compared(EVENTS, at("2021-12-31", EVENTS), at("2020-12-31", EVENTS))
ABOUT_LISTS, ABOUT_ONE = EVENTS[-2].id, EVENTS[-1].id


class TestDecided:
    def test_each_once(self) -> None:
        """A decision is told once, about everything that it covers in the order of the plan."""
        assert [
            Told(
                ABOUT_LISTS, "2021-05-04, 1. Konferenz: adopted (lists of “Wohnen”, “Freizeit”)", ()
            ),
            Told(ABOUT_ONE, "2021-05-04, 1. Konferenz: deferred (Wohnen 4); Später.", ()),
        ] == list(decided(FOUND.diff.changes, naming_of(FOUND), FOUND.events))

    def test_in_their_order(self) -> None:
        """Decisions come as they were made, whatever they are about."""
        first = attrs.evolve(ONE, measures=["w-3"])
        events = log(*START, LIST, Said(LISTS, "2021-05-04"), Said(first, "2021-01"))
        found = compared(events, at("2020-12-31", events), at("2021-12-31", events))
        told = [one.text for one in decided(found.diff.changes, naming_of(found), found.events)]
        assert ["2021-01, ", "2021-05-0"] == [one[:9] for one in told]

    def test_events_beside_its_own(self) -> None:
        """What says so beside the event that made it is named, such as its retraction."""
        (first, _) = decided(BACK.diff.changes, naming_of(BACK), BACK.events)
        assert () == first.events
        assert first.text.startswith("no longer: 2021-05-04")


class TestDecisionsIn:
    def test_of_a_change(self) -> None:
        """A change of a decision speaks of it before and after; a new measure of all of its own."""
        pairs = [pair for one in FOUND.diff.changes for pair in decisions_in(one)]
        assert {(None, ABOUT_LISTS), (None, ABOUT_ONE)} == {
            (before, after.event) for before, after in pairs
        }
        back = [pair for one in BACK.diff.changes for pair in decisions_in(one)]
        assert {(ABOUT_LISTS, None), (ABOUT_ONE, None)} == {
            (before.event, after) for before, after in back
        }


class TestAboutLists:
    def test_of_fields_only(self) -> None:
        """A decision about measures by themselves is none about a list."""
        assert {ABOUT_LISTS} == about_lists(FOUND.plans)
