"""What things and values are called in a comparison."""

from typing import Any

import pytest

from planlog.dates import InexactDate
from planlog.diff import PlanChange
from planlog.mappings import FrozenMapping
from planlog.plan import ActionField, Conference, Decision, Goal, Measure, Plan
from planlog.ranking import RankCause
from planlog.render.naming import Naming
from planlog.wording import words_for
from tests.diff.points import moment

OLDER = Plan(
    fields=(ActionField(id="wohnen", title="Wohnen"), ActionField(id="alt", title="Altes Feld")),
    goals=(Goal(id="ruhe", title="Ruhe"), Goal(id="licht", title="Licht")),
    conferences=(Conference(id="k-1", title="Auftakt"),),
    measures=(
        Measure(id="w-1", field="wohnen", number="1", title="Mieterrat"),
        Measure(id="w-2", field="wohnen", number="2", title="Anbau"),
        Measure(id="a-1", field="alt", number="1"),
    ),
)
NEWER = Plan(
    title="Sozialer Plan",
    fields=(ActionField(id="wohnen", title="Wohnen und Umfeld"), ActionField(id="leer")),
    goals=(Goal(id="ruhe", title="Stille"),),
    conferences=(Conference(id="k-2", title="1. Konferenz"), Conference(id="k-3")),
    measures=(
        Measure(id="w-1", field="wohnen", number="7", title="Beirat der Mieterinnen und Mieter"),
        Measure(id="w-3", field="wohnen", title="Lift"),
        Measure(id="w-4", field="wohnen", number="4", title="Hof"),
        Measure(id="w-5", field="wohnen", number="4", title="Garten"),
        Measure(id="x", title="Zeitung"),
        Measure(id="l-1", field="leer", number="1", title="Neu"),
    ),
)
POINTS = moment((None, 0)), moment((None, 0))
NAMING = Naming.of((OLDER, NEWER), POINTS, words_for("en"))


def changed(attribute: str, before: Any, after: Any, cause: RankCause | None = None) -> PlanChange:
    """A change of a measure."""
    return PlanChange(
        subject="measure",
        id="w-1",
        kind="changed",
        attribute=attribute,
        before=before,
        after=after,
        axis="decided",
        cause=cause,
    )


class TestSubject:
    @pytest.mark.parametrize(
        ("kind", "id", "name"),
        [
            ("measure", "w-1", "Wohnen und Umfeld 7"),
            ("measure", "w-2", "Wohnen und Umfeld 2"),
            ("measure", "a-1", "Altes Feld 1"),
            ("measure", "w-3", "w-3"),
            ("measure", "w-4", "Wohnen und Umfeld 4 (w-4)"),
            ("measure", "x", "x"),
            ("measure", "l-1", "leer 1"),
            ("measure", "unknown", "unknown"),
            ("field", "wohnen", "Wohnen und Umfeld"),
            ("field", "leer", "leer"),
            ("goal", "licht", "Licht"),
            ("conference", "k-3", "k-3"),
            ("plan", "", "The plan itself"),
        ],
    )
    def test_name(self, kind: str, id: str, name: str) -> None:
        """Things are named as they are now, else as they were; two with one number by their id."""
        assert name == NAMING.subject(kind, id)


class TestTitled:
    def test_measure(self) -> None:
        """A measure is told with its title, shortened so that a line has room for more."""
        assert "Wohnen und Umfeld 7: Beirat der Mieterinnen und M…" == NAMING.titled(
            "measure", "w-1"
        )
        assert 50 == len(NAMING.titled("measure", "w-1"))
        assert "w-3: Lift" == NAMING.titled("measure", "w-3")

    def test_without_title(self) -> None:
        """Where there is none, the name has to do."""
        assert "Altes Feld 1" == NAMING.titled("measure", "a-1")

    def test_others(self) -> None:
        """Anything else has its title for a name."""
        assert "Wohnen und Umfeld" == NAMING.titled("field", "wohnen")

    def test_long_name(self) -> None:
        """However long the name is, some of the title is told."""
        field = ActionField(id="f", title="Gesundheit, Sicherheit und alles, was noch dazugehört")
        measure = Measure(id="f-1", field="f", number="1", title="Bewegung und Begegnung im Park")
        plan = Plan(fields=(field,), measures=(measure,))
        naming = Naming.of((plan, plan), POINTS, words_for("en"))
        assert naming.titled("measure", "f-1").endswith(" 1: Bewegung und Begegn…")


class TestFieldOf:
    def test_everything_that_has_one(self) -> None:
        """Measures and goals belong to a field, and a field to itself."""
        assert ["wohnen", "wohnen", None, None, None, None] == [
            NAMING.field_of("field", "wohnen"),
            NAMING.field_of("measure", "w-1"),
            NAMING.field_of("measure", "x"),
            NAMING.field_of("goal", "ruhe"),
            NAMING.field_of("conference", "k-1"),
            NAMING.field_of("plan", ""),
        ]


class TestMeasure:
    def test_present_one_first(self) -> None:
        """A measure is the one of the newer plan; an unknown one has nothing but its id."""
        assert NEWER.measures[0] == NAMING.measure("w-1")
        assert OLDER.measures[1] == NAMING.measure("w-2")
        assert Measure(id="unknown") == NAMING.measure("unknown")


class TestDecision:
    @pytest.mark.parametrize(
        ("conference", "name"), [("k-1", "Auftakt"), ("k-2", "1. Konferenz"), ("k-3", "k-3")]
    )
    def test_conference(self, conference: str, name: str) -> None:
        """A conference has the title that either side knows."""
        decision = Decision(
            event="0" * 16,
            conference=conference,
            on=InexactDate.parse("2021"),
            outcome="adopted",
            text="Ja.",
        )
        assert f"2021, {name}: adopted (etwas)" == NAMING.decision(decision, "etwas")
        change = changed("decisions.0000", None, decision)
        assert f"Decision: 2021, {name}: adopted; Ja." == NAMING.change(change)


class TestChange:
    @pytest.mark.parametrize(
        ("change", "text"),
        [
            (changed("cost", None, "9 €"), "Cost: 9 €"),
            (changed("cost", "9 €", None), "Cost: 9 € → –"),
            (changed("partners", ("GWA",), ("GWA", "LKO")), "Partners: GWA → GWA, LKO"),
            (changed("phase", "proposed", "started"), "Phase: proposed → started"),
            (changed("field", "alt", "wohnen"), "Field: Altes Feld → Wohnen und Umfeld"),
            (changed("field", "leer", None), "Field: leer → –"),
            (changed("goal", "licht", "ruhe"), "Goal: Licht → Stille"),
            (changed("attributes.Fields", None, "x"), "“Fields”: x"),
            (changed("successors.w-3", None, True), "Successors: w-3: Lift"),
            (changed("successors.w-3", True, None), "Successors: w-3: Lift → –"),
            (changed("kind", "workshop", "working_group"), "Kind: workshop → working group"),
            (
                changed("attributes", ("title",), ("title", "since")),
                "What it states: title → title, since",
            ),
            (
                changed("measures", None, FrozenMapping({"w-3": ("rank", "title")})),
                "Measures: w-3 (rank, title)",
            ),
            (changed("rank", None, 2, "listed"), "Rank: 2 (newly listed)"),
            (changed("rank", 2, None, "unlisted"), "Rank: 2 → – (no longer listed)"),
            (changed("rank", 2, 1, "moved"), "Rank: 2 → 1 (moved up)"),
            (changed("rank", 1, 2, "moved"), "Rank: 1 → 2 (moved down)"),
            (changed("rank", 1, 2, "shifted"), "Rank: 1 → 2 (shifted by others)"),
            (
                changed("rank", 3, 2, "listed"),
                "Rank: 2 (newly listed; before, 3 on another list)",
            ),
            (changed("ranking", ("w-1", "w-2"), ("w-3", "w-1")), "Ranking: 1 (now 7), 2 → w-3, 7"),
            (changed("ranking", None, ("w-1",)), "Ranking: 7"),
            (changed("ranking", ("w-1",), None), "Ranking: 1 (now 7) → –"),
        ],
    )
    def test_before_and_after(self, change: PlanChange, text: str) -> None:
        """A change is told the way people know its values."""
        assert text == NAMING.change(change)

    def test_long_texts(self) -> None:
        """A long text is cut off; the data has all of it."""
        told = NAMING.change(changed("note", "kurz", "Wort " * 40))
        assert f"Note: kurz → {('Wort ' * 24)[:119]}…" == told

    def test_long_texts_that_begin_alike(self) -> None:
        """Of two long texts that part late, so much is told that the difference shows."""
        begin = "Die Sprechstunde findet wie bisher im Stadtteilbüro statt, "
        before = f"{begin * 3}an jedem zweiten Dienstag von 15 bis 17 Uhr"
        after = f"{begin * 3}an jedem dritten Dienstag von 15 bis 17 Uhr"
        assert (
            "Note: …Stadtteilbüro statt, an jedem zweiten Dienstag von 15 bis 17 Uhr → "
            "…Stadtteilbüro statt, an jedem dritten Dienstag von 15 bis 17 Uhr"
        ) == NAMING.change(changed("note", before, after))

    def test_long_words_that_begin_alike(self) -> None:
        """So it is where there is no space to cut at."""
        told = NAMING.change(changed("note", "x" * 200 + "a", "x" * 200 + "b"))
        assert f"Note: …{'x' * 40}a → …{'x' * 40}b" == told

    def test_one_title_for_two(self) -> None:
        """Where both sides are called the same, the ids tell them apart."""
        plan = Plan(fields=(ActionField(id="a", title="Feld"), ActionField(id="b", title="Feld")))
        naming = Naming.of((plan, plan), POINTS, words_for("en"))
        assert "Field: a → b" == naming.change(changed("field", "a", "b"))

    def test_one_text_for_two_lists(self) -> None:
        """Nor does a comma in a name hide what changed."""
        told = NAMING.change(changed("partners", ("GWA, LKO",), ("GWA", "LKO")))
        assert 'Partners: ["GWA, LKO"] → ["GWA","LKO"]' == told


class TestTold:
    PHASE = changed("phase", "proposed", "started")
    SINCE = changed("since", InexactDate.parse("2020"), InexactDate.parse("2021-02"))

    def test_since_with_the_phase(self) -> None:
        """Since when a phase lasts is told with it."""
        cost = changed("cost", None, "9 €")
        assert "Phase: proposed → started (2021-02); Cost: 9 €" == NAMING.told(
            [self.PHASE, self.SINCE, cost]
        )

    def test_since_alone(self) -> None:
        """Where the phase is the same, it is told by itself."""
        assert "Since: 2020 → 2021-02" == NAMING.told([self.SINCE])

    def test_phase_alone(self) -> None:
        """So is a phase whose beginning was not asked for."""
        assert "Phase: proposed → started" == NAMING.told([self.PHASE])

    def test_day_that_stands_above(self) -> None:
        """The day of the event itself need not be told again."""
        assert "Phase: proposed → started" == NAMING.told(
            [self.PHASE, self.SINCE], InexactDate.parse("2021-02")
        )
