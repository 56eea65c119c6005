"""The proposal that a table leads to."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import attrs
import pytest

from planlog.events import (
    Amended,
    Dropped,
    Event,
    FieldAdded,
    GoalAdded,
    Implemented,
    MadePermanent,
    Merged,
    NewEvent,
    Paused,
    PlanOpened,
    Prioritized,
    Progressed,
    Proposed,
    Rated,
    Resumed,
    Split,
    Started,
    VersionRecorded,
)
from planlog.mappings import FrozenMapping
from planlog.render.proposal import MOST_LINES, Offer, render_proposal
from planlog.render.suggestions import suggestion_object, suggestion_told
from planlog.slots import live_slots
from planlog.timeline import plan_at, prefix
from planlog.versions.matching.answers import Ground, Suggestion
from planlog.versions.proposal import Proposal
from planlog.versions.statement import StatedMeasure, Statement
from planlog.wording import words_for
from tests.render.compared import START, Said, at, log

EN = words_for("en")

DAY = "2023-03-16"
LATER = "2024-03-16"

VERSION = VersionRecorded(version="plan", coverage="excerpt", attributes=["title", "phase"])

BEFORE = (
    *START,
    Said(PlanOpened(title="Plan"), "2020"),
    Said(Prioritized(field="wohnen", ranking=["w-1", "w-2", "w-3"]), "2021"),
    Said(Started(measure="w-1", stage="Angeschoben", note="Erstes Treffen"), "2021"),
    Said(Paused(measure="w-2"), "2022"),
    Said(Proposed(measure="w-6", title="Steg", field="wohnen", number="6"), "2020"),
    Said(Dropped(measure="w-6", cause="not_listed"), "2022"),
    Said(Proposed(measure="f-7", title="Treff", field="freizeit", number="7"), "2020"),
    Said(VersionRecorded(version="v-4", coverage="complete", attributes=["title"]), LATER),
)


def offered(*events: Event, later: Sequence[Event] = (), whole: bool = False, **more: Any) -> Offer:
    """A proposal of *events* of the day, and *later* ones a year after."""
    days = [*((event, DAY) for event in events), *((event, LATER) for event in later)]
    before = log(*BEFORE)
    after = log(*BEFORE, *(Said(event, on) for event, on in days))
    known = prefix(before, len(before))
    new = tuple(NewEvent(event=event, on=on, by="GWA") for event, on in days)
    rows = more.pop("rows", ())
    return Offer(
        proposal=Proposal(
            version="plan", day=date.fromisoformat(DAY), size=len(before), events=new, **more
        ),
        statement=Statement(coverage="excerpt", attributes=("title", "phase"), measures=rows),
        document="0" * 64,
        plans=(
            plan_at(live_slots(before), date.fromisoformat(DAY), known),
            plan_at(live_slots(after), date.fromisoformat(DAY), known),
        ),
        moment=at(DAY, before),
        everything=plan_at(live_slots(after), date.max, known),
        events=after[len(before) :],
        whole=whole,
    )


def groups(offer: Offer, language: str = "en") -> dict[str, list[str]]:
    """What is told under each heading."""
    text = render_proposal(offer, "markdown", words=words_for(language))
    found: dict[str, list[str]] = {}
    for part in text.split("\n## ")[1:]:
        heading, *lines = part.splitlines()
        found[heading] = [line.removeprefix("- ") for line in lines if line]
    return found


def told(*events: Event, **more: Any) -> dict[str, list[str]]:
    """What is told of *events* under each heading."""
    return groups(offered(*events, **more))


def new(count: int, field: str | None = "wohnen") -> list[Event]:
    """Proposals of new measures."""
    return [
        Proposed(measure=f"n-{n}", title=f"Neu {n}", field=field, number=f"{100 + n}")
        for n in range(count)
    ]


class TestGroups:
    def test_plan_fields_and_goals(self) -> None:
        """What is new besides measures is named with its title and its id."""
        assert {
            "The plan is opened": ["“Sozialer Plan”"],
            "New action fields (1)": ["Soziales (soziales)"],
            "New goals (1)": ["Treffpunkte (orte, Soziales)"],
        } == told(
            PlanOpened(title="Sozialer Plan"),
            FieldAdded(field="soziales", title="Soziales"),
            GoalAdded(goal="orte", field="soziales", title="Treffpunkte"),
        )

    def test_new_measures(self) -> None:
        """A new measure has one line, whatever else is said of it."""
        found = told(
            Proposed(measure="w-4", title="Hof", field="wohnen", number="4"),
            Proposed(measure="w-5", title="Dach", field="wohnen", number="5"),
            Started(measure="w-4", stage="Angeschoben"),
            Rated(measure="w-4", level="hoch"),
            Prioritized(field="wohnen", ranking=["w-4", "w-1", "w-2", "w-3"]),
        )
        assert ["Wohnen 4: Hof; started, rank 1, level hoch", "Wohnen 5: Dach"] == found[
            "New measures (2)"
        ]
        assert {"New measures (2)", "Priority lists (1)"} == found.keys()

    def test_long_titles(self) -> None:
        """The title of a new measure is told for long, since nothing else is told of it."""
        event = Proposed(measure="w-4", title="wort " * 50, field="wohnen", number="4")
        title = ("wort " * 24).strip()
        assert [f"Wohnen 4: {title}…"] == told(event)["New measures (1)"]

    def test_attributes(self) -> None:
        """A change of a measure stands where people look for it; a new field brings its number."""
        free = FrozenMapping({"topic": "Miete", "gone": None})
        assert {
            "Renamed (1)": ["Wohnen 1: Mieterrat → Rat"],
            "Renumbered (1)": ["Wohnen 12: Anbau: 2 → 12"],
            "Moved to another field (1)": [
                "Freizeit 1: Lift: Field: Wohnen → Freizeit; Number: 3 → 1"
            ],
            "Amended (2)": ["Wohnen 1: Rat: Cost: 5; “topic”: Miete", "Wohnen 1: Rat: Level: hoch"],
        } == told(
            Amended(measure="w-1", title="Rat", cost="5", attributes=free),
            Amended(measure="w-2", number="12"),
            Amended(measure="w-3", field="freizeit", number="1"),
            Rated(measure="w-1", level="hoch"),
        )

    @pytest.mark.parametrize(
        ("event", "heading", "phase"),
        [
            (Proposed(measure="w-1"), "Back to proposed (1)", "proposed"),
            (Implemented(measure="w-1"), "Implemented (1)", "implemented"),
            (MadePermanent(measure="w-1"), "Made permanent (1)", "ongoing"),
            (Paused(measure="w-1"), "Paused (1)", "paused"),
        ],
    )
    def test_phases(self, event: Event, heading: str, phase: str) -> None:
        """Each phase has its heading; what it was and all that is said with it stand below."""
        more = "Stage: Angeschoben → –; Note: Erstes Treffen → –"
        assert {heading: [f"Wohnen 1: Mieterrat: started → {phase}; {more}"]} == told(event)

    def test_phases_that_begin(self) -> None:
        """What starts is told apart from what goes on after a pause."""
        assert {
            "Started (1)": ["Wohnen 3: Lift: proposed → started"],
            "Resumed (1)": ["Wohnen 2: Anbau: paused → started; Stage: Weiter"],
        } == told(Started(measure="w-3"), Resumed(measure="w-2", stage="Weiter"))

    def test_what_is_dropped(self) -> None:
        """With the phase stand the cause, the stage and the note; what the table lacks is named."""
        assert {
            "Dropped (1)": [
                "Wohnen 3: Lift: proposed → dropped; Cause: rejected; Stage: Entfallen; Note: Rat"
            ],
            "Dropped: not in the table (1)": ["Wohnen 2: Anbau"],
        } == told(
            Dropped(measure="w-3", cause="rejected", stage="Entfallen", note="Rat"),
            Dropped(measure="w-2", cause="not_listed"),
        )

    def test_what_comes_back(self) -> None:
        """A measure that an earlier table lacked is told as back, in whatever phase."""
        assert {
            "Back in the plan (1)": ["Wohnen 6: Steg: dropped → started; Cause: not listed → –"]
        } == told(Started(measure="w-6"))

    def test_reports(self) -> None:
        """A report that leaves the phase is told with what it was and is."""
        assert {
            "Progressed (2)": [
                "Wohnen 1: Mieterrat: Stage: Angeschoben → Weiter",
                "Wohnen 3: Lift: Note: Plan",
            ]
        } == told(Progressed(measure="w-1", stage="Weiter"), Progressed(measure="w-3", note="Plan"))

    def test_lineage(self) -> None:
        """What went into what is told both ways."""
        assert {
            "Merged (1)": ["Wohnen 1: Mieterrat, Wohnen 2: Anbau → Wohnen 3: Lift"],
            "Split (1)": ["Wohnen 1: Mieterrat → Wohnen 2: Anbau, Wohnen 3: Lift"],
        } == told(
            Merged(measures=("w-1", "w-2"), into="w-3"), Split(measure="w-1", into=("w-2", "w-3"))
        )

    def test_lists(self) -> None:
        """A list is told as it was and is, and who moved on it, but not who was only pushed."""
        moved, gone = "Wohnen 3: 3 → 1 (moved up)", "Wohnen 2: 2 → – (no longer listed)"
        assert {"Priority lists (1)": [f"Wohnen: 1, 2, 3 → 3, 1; {moved}; {gone}"]} == told(
            Prioritized(field="wohnen", ranking=["w-3", "w-1"])
        )

    def test_lists_that_come_and_go(self) -> None:
        """Of a list that is new or gone, there is nothing to tell but that."""
        assert {"Priority lists (2)": ["Wohnen: 1, 2, 3 → –", "Freizeit: 7"]} == told(
            Prioritized(field="wohnen", ranking=[]), Prioritized(field="freizeit", ranking=["f-7"])
        )

    def test_later_versions(self) -> None:
        """What is set again is told by version, each measure and list once."""
        assert {"Set again for later versions (1)": ["v-4 (2024-03-16): Wohnen 1, Wohnen"]} == told(
            later=[
                Amended(measure="w-1", title="Rat"),
                Prioritized(field="wohnen", ranking=["w-1"]),
                Rated(measure="w-1", level="hoch"),
            ]
        )

    def test_many_in_later_versions(self) -> None:
        """Of many measures, the first are named."""
        found = told(*new(11), later=[Rated(measure=f"n-{n}", level="x") for n in range(11)])
        names = ", ".join(f"Wohnen {100 + n}" for n in range(8))
        assert [f"v-4 (2024-03-16): {names} and 3 more"] == found[
            "Set again for later versions (1)"
        ]

    def test_german(self) -> None:
        """The headings and words are those of the language, the data stay."""
        assert {
            "Neue Maßnahmen (1)": ["Wohnen 100: Neu 0"],
            "Zurückgestellt (1)": [
                "Wohnen 3: Lift: vorgeschlagen → zurückgestellt; Umsetzungsstand: Ruht"
            ],
            "Die Fassung selbst": ["plan: Auszug; nennt Titel, Phase"],
        } == groups(offered(*new(1), Paused(measure="w-3", stage="Ruht"), VERSION), "de")

    def test_free_attributes_of_the_version(self) -> None:
        """A free attribute that a version states is called what the plan calls it."""
        version = VersionRecorded(
            version="plan", coverage="excerpt", attributes=["cost", "attributes.topic"]
        )
        assert ["plan: excerpt; states cost, “topic”"] == told(version)["The version itself"]


class TestLongGroups:
    def test_of_new_measures(self) -> None:
        """Many new measures are counted by field, with their numbers."""
        events = [*new(MOST_LINES), *new_outside("x-1")]
        numbers = ", ".join(f"{100 + n}" for n in range(12))
        assert {
            f"New measures ({MOST_LINES + 1})": [
                f"Wohnen ({MOST_LINES}): {numbers},…",
                "without a field (1): x-1",
            ]
        } == told(*events)

    def test_of_anything_else(self) -> None:
        """Other groups are cut off, and it is told how much is left."""
        events = [Amended(measure="w-1", title=f"{n}") for n in range(MOST_LINES + 2)]
        found = told(*events)[f"Renamed ({MOST_LINES + 2})"]
        assert (MOST_LINES + 1, "and 2 more; --dry-run shows them all") == (len(found), found[-1])
        assert MOST_LINES == len(told(*events[:MOST_LINES])[f"Renamed ({MOST_LINES})"])

    def test_whole(self) -> None:
        """All of it is told where that is asked for."""
        events = new(MOST_LINES + 1)
        found = groups(offered(*events, whole=True))
        assert MOST_LINES + 1 == len(found[f"New measures ({MOST_LINES + 1})"])


def new_outside(id: str) -> list[Event]:
    """The proposal of a measure that stands outside the fields and has no number."""
    return [Proposed(measure=id, title="Draußen")]


class TestPage:
    def test_says_what_it_is_about(self) -> None:
        """The page begins with the version, the plan that it was compared with, and the rows."""
        offer = offered(VERSION, rows=(ROW,), measures=("w-1",))
        assert [
            "Version plan, 2023-03-16",
            "state at the end of 2023-03-16, 14 events, known until #14",
            "1 measure in the table",
            "nothing differs from the plan of the day",
        ] == render_proposal(offer, "words", words=EN).splitlines()[:4]

    def test_is_eighty_columns_wide(self) -> None:
        """No line is broken by the terminal."""
        offer = offered(*new(3), Amended(measure="w-1", title="lang " * 30, description="x " * 99))
        lines = render_proposal(offer, "words", words=EN).splitlines()
        assert max(map(len, lines)) <= 80

    def test_tells_what_was_taken_as_likely(self) -> None:
        """Suggestions that were accepted are told before all that follows from them."""
        found = told(VERSION, accepted=(SAME,))
        assert ["Taken as likely (1)", "The version itself"] == list(found)


class TestJson:
    def test_events(self) -> None:
        """The events are those that planlog record takes, each in one group."""
        offer = offered(*new(1), VERSION, rows=(ROW,), measures=("n-0",), accepted=(SAME,))
        answer = json.loads(render_proposal(offer, "json", words=words_for("de")))
        assert ["proposed", "version_recorded"] == [one["type"] for one in answer["events"]]
        assert [{"row": "Wohnen/7", "place": "plan.csv: A2", "measure": "n-0"}] == answer["rows"]
        ids = [event.id for event in offer.events]
        assert [
            {"group": "new", "events": ids[:1]},
            {"group": "version", "events": ids[1:]},
        ] == answer["groups"]
        assert [suggestion_object(SAME)] == answer["accepted"]


ROW = StatedMeasure(
    place="plan.csv: A2",
    cells=FrozenMapping({"field": "Wohnen", "number": "7", "title": "Mieterräte"}),
)
OTHER = StatedMeasure(place="plan.csv: A3", key="B", cells=FrozenMapping())
SAME = Suggestion(
    kind="same",
    rows=(ROW,),
    names=("Wohnen/7",),
    measures=("w-1",),
    titles=("Mieterrat",),
    likeness=0.876,
    grounds=("title",),
    otherwise=(None,),
)


class TestSuggestions:
    def test_same(self) -> None:
        """A row is told with its place and title, the measure with its title, and why."""
        assert (
            "plan.csv: A2: Wohnen/7 “Mieterräte” may be the measure w-1 “Mieterrat” "
            "(the titles are 88 % alike; else Wohnen/7 is a new measure)"
        ) == suggestion_told(SAME, EN)

    @pytest.mark.parametrize(
        ("ground", "words"),
        [
            ("key", "the same key, spelt otherwise"),
            ("number", "the same number"),
            ("parts", "the number is made of the other"),
        ],
    )
    def test_grounds(self, ground: Ground, words: str) -> None:
        """Each ground is put into words."""
        found = suggestion_told(attrs.evolve(SAME, grounds=(ground,)), EN)
        assert f"({words}; else Wohnen/7 is a new measure)" in found

    def test_contested(self) -> None:
        """Where something else is as likely, that is said, and what the row is otherwise."""
        found = suggestion_told(attrs.evolve(SAME, otherwise=("w-2",), contested=True), EN)
        assert found.endswith("; else Wohnen/7 is w-2; but something else is just as likely)")

    def test_merged_and_split(self) -> None:
        """Which became which is told; what has no title is named without."""
        merged = Suggestion(
            kind="merged",
            rows=(OTHER,),
            names=("B",),
            measures=("w-1", "w-2"),
            titles=("Mieterrat", None),
            grounds=("parts",),
            otherwise=(None,),
        )
        assert suggestion_told(merged, EN).startswith(
            "plan.csv: A3: B may be what became of w-1 “Mieterrat”, w-2 ("
        )
        split = Suggestion(
            kind="split",
            rows=(ROW, OTHER),
            names=("Wohnen/7", "B"),
            measures=("w-1",),
            titles=("Mieterrat",),
            grounds=("parts",),
            otherwise=(None, None),
        )
        assert suggestion_told(split, EN).startswith(
            "plan.csv: A2: w-1 “Mieterrat” may have become Wohnen/7 “Mieterräte”, B ("
        )

    def test_data(self) -> None:
        """Programs get the ids and codes, and the likeness in two digits."""
        assert {
            "kind": "same",
            "rows": [{"row": "Wohnen/7", "place": "plan.csv: A2", "title": "Mieterräte"}],
            "measures": ["w-1"],
            "titles": ["Mieterrat"],
            "likeness": 0.88,
            "grounds": ["title"],
            "otherwise": [None],
            "displaced": [],
            "contested": False,
        } == suggestion_object(SAME)
