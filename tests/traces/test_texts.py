"""Which texts of an event could tell of somebody."""

import attrs
import pytest

from planlog import (
    About,
    Amended,
    ConferenceHeld,
    Decided,
    Dropped,
    Erased,
    Event,
    Noted,
    PlanOpened,
    Prioritized,
    Proposed,
    Started,
    VersionRecorded,
)
from planlog.plan import Votes
from planlog.texts import free_texts
from planlog.traces.texts import Telling, telling_texts, worth_finding
from tests.traces.events import recorded

PROPOSED = Proposed(
    measure="wohnen-1",
    title="Mieterberatung",
    field="wohnen",
    number="12345",
    description="Beratung durch Frau Muster",
    responsible=("Frau Muster", "Herr Beispiel"),
    partners=("Mieterbund",),
    due="2024",
    cost="5.000 Euro",
    funding="Stiftung Muster",
    attributes={"Kontakt": "muster@example.org"},
    stage="Angeschoben",
    note="Ruft zurück",
)


class TestTextsOf:
    def test_gives_all_that_people_wrote(self) -> None:
        """Every text of the data and around it comes with its key, and no id and no day does."""
        event = recorded(1, PROPOSED, by="Frau Kurz", source="Brief, S. 2", reason="Auf Wunsch")
        assert {
            ("data.title", "Mieterberatung"),
            ("data.number", "12345"),
            ("data.description", "Beratung durch Frau Muster"),
            ("data.responsible", "Frau Muster"),
            ("data.responsible", "Herr Beispiel"),
            ("data.partners", "Mieterbund"),
            ("data.cost", "5.000 Euro"),
            ("data.funding", "Stiftung Muster"),
            ("data.attributes.Kontakt", "muster@example.org"),
            ("data.stage", "Angeschoben"),
            ("data.note", "Ruft zurück"),
            ("by", "Frau Kurz"),
            ("source", "Brief, S. 2"),
            ("reason", "Auf Wunsch"),
        } == set(free_texts(event))

    @pytest.mark.parametrize(
        ("event", "texts"),
        [
            (PlanOpened(title="Plan", place="Ahlhorn"), ["Plan", "Ahlhorn"]),
            (ConferenceHeld(conference="stk-1", title="Erste", kind="conference"), ["Erste"]),
            (Prioritized(field="wohnen", ranking=("wohnen-1",)), []),
            (Dropped(measure="wohnen-1", cause="rejected", note="Nein"), ["Nein"]),
            (Noted(about=About(measure="wohnen-1"), text="Gesagt"), ["Gesagt"]),
            (Started(measure="wohnen-1"), []),
            (
                Amended(
                    measure="wohnen-1", title=None, attributes={"Kontakt": None, "Ort": "Saal"}
                ),
                ["Saal"],
            ),
            (
                Decided(
                    conference="stk-1",
                    outcome="adopted",
                    measures=("wohnen-1",),
                    text="Angenommen",
                    votes=Votes(yes=3, no=0, abstain=0),
                    reference="TOP 3",
                ),
                ["Angenommen", "TOP 3"],
            ),
            (
                VersionRecorded(
                    version="v-1",
                    title="Plan 2023",
                    coverage="excerpt",
                    attributes=("title",),
                    measures={"wohnen-1": ("title",)},
                    document="0" * 64,
                ),
                ["Plan 2023"],
            ),
        ],
    )
    def test_knows_what_is_bound(self, event: Event, texts: list[str]) -> None:
        """Ids, words of closed lists, numbers and hashes are nobody's text."""
        around = [("by", "Quartiersmanagement")]
        given = list(free_texts(recorded(1, event)))
        assert around == given[-1:]
        assert texts == [text for _, text in given[:-1]]

    def test_gives_nothing_of_a_line_that_was_erased(self) -> None:
        """What an erasure says of an erased line is the text of the erasure."""
        erased = Erased(
            event=f"{1:016x}", position=1, leaf="0" * 64, ground="Art. 17 DSGVO", type="noted"
        )
        assert ("data.ground", "Art. 17 DSGVO") in set(free_texts(recorded(2, erased)))
        assert [] == list(free_texts(recorded(1, erased, by="")))


class TestTellingTexts:
    def test_says_under_which_keys(self) -> None:
        """A text comes once, with every key that it stands under."""
        event = recorded(1, Noted(text="Frau Muster"), by="Frau Muster", source="Brief")
        assert (
            Telling("Frau Muster", ("data.text", "by")),
            Telling("Brief", ("source",)),
        ) == telling_texts(event, [])

    def test_says_which_other_events_say_it(self) -> None:
        """What others say as well is told with them, and the event is not one of the others."""
        event = recorded(1, Started(measure="wohnen-1", stage="Angeschoben", note="Frau Muster"))
        others = [
            event,
            recorded(2, Started(measure="wohnen-2", stage="Angeschoben", note="Angeschoben")),
            recorded(3, Noted(text="Angeschoben"), by="Stadt"),
        ]
        stage, note, by = telling_texts(event, others)
        assert ("Angeschoben", (f"{2:016x}", f"{3:016x}")) == (stage.text, stage.elsewhere)
        assert ("Frau Muster", ()) == (note.text, note.elsewhere)
        assert ("Quartiersmanagement", (f"{2:016x}",)) == (by.text, by.elsewhere)
        assert "said-elsewhere" == stage.left_out
        assert note.left_out is None

    @pytest.mark.parametrize(
        ("text", "omission"), [("abc", "short"), ("abc  ", "short"), ("abcd", None)]
    )
    def test_says_what_is_too_short(self, text: str, omission: str | None) -> None:
        """Three characters stand anywhere by chance, and blanks do not make them more."""
        found = telling_texts(recorded(1, Noted(text=text)), [])
        assert omission == found[0].left_out

    def test_leaves_nothing_out(self) -> None:
        """Whatever is not worth looking for is still told."""
        event = recorded(1, Noted(text="abc"))
        other = recorded(2, Noted(text="abc"))
        tellings = telling_texts(event, [other])
        assert ["abc", "Quartiersmanagement"] == [telling.text for telling in tellings]
        assert () == worth_finding(tellings)

    def test_of_one_that_was_erased_is_empty(self) -> None:
        """Once its text is gone there is nothing to look for."""
        erased = Erased(event=f"{1:016x}", position=1, leaf="0" * 64, ground="Wunsch", type="noted")
        assert () == telling_texts(recorded(1, erased, by=""), [])


class TestWorthFinding:
    def test_keeps_what_only_this_event_says(self) -> None:
        """The rest is what is looked for, in its order."""
        tellings = [
            Telling("Frau Muster", ("data.text",)),
            Telling("abc", ("data.stage",)),
            Telling("Angeschoben", ("data.stage",), ("2",)),
            Telling("Brief", ("source",)),
        ]
        assert ("Frau Muster", "Brief") == worth_finding(tellings)
        assert () == worth_finding([attrs.evolve(tellings[0], elsewhere=("2",))])
