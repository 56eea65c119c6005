"""The plan at one moment."""

from itertools import permutations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.dates import InexactDate
from planlog.errors import AmbiguousReferenceError, UnknownReferenceError
from planlog.plan import (
    ActionField,
    Conference,
    Measure,
    Phase,
    Plan,
    Prefix,
    Version,
    in_field_order,
    in_plan_order,
    number_key,
)

WOHNEN = ActionField(id="wohnen", number="1", title="Wohnen")
GESUNDHEIT = ActionField(id="gesundheit", number="4", title="Gesundheit und Sicherheit")
PLAN = Plan(
    fields=(WOHNEN, GESUNDHEIT),
    conferences=(Conference(id="stk-3"),),
    measures=(
        Measure(id="wohnen-1", field="wohnen", number="1", title="Wohnraum"),
        Measure(id="wohnen-16", field="wohnen", number="16", title="Nachbarschaften"),
        Measure(id="gesundheit-16", field="gesundheit", number="16", title="Garten"),
    ),
)


def plan(*measures: Measure) -> Plan:
    """A plan of *measures*."""
    return Plan(measures=measures)


class TestMeasureReference:
    """Tests for `Plan.measure`."""

    @pytest.mark.parametrize("reference", ["wohnen-1", "wohnen/1", "1"])
    def test_id_or_field_and_number_or_number(self, reference: str) -> None:
        """A measure is named by its id, by field and number, or by its number alone."""
        assert "wohnen-1" == PLAN.measure(reference).id

    def test_number_of_two_measures(self) -> None:
        """A number that two measures carry is refused, with both of them."""
        with pytest.raises(AmbiguousReferenceError, match="more than one measure") as caught:
            PLAN.measure("16")
        assert (
            ("wohnen-16", "Wohnen Nr. 16: Nachbarschaften"),
            ("gesundheit-16", "Gesundheit und Sicherheit Nr. 16: Garten"),
        ) == caught.value.candidates
        assert "wohnen-16 (Wohnen Nr. 16: Nachbarschaften), gesundheit-16 (" in str(caught.value)

    def test_same_number_twice_in_a_field(self) -> None:
        """Field and number are refused too when two measures of the field carry the number."""
        twice = plan(
            Measure(id="a", field="wohnen", number="1"), Measure(id="b", field="wohnen", number="1")
        )
        with pytest.raises(AmbiguousReferenceError, match=r"a \(wohnen Nr\. 1\), b \("):
            twice.measure("wohnen/1")

    def test_id_that_is_the_number_of_another(self) -> None:
        """The exact id wins over any number."""
        both = plan(Measure(id="a", number="16"), Measure(id="16", number="3"))
        assert "16" == both.measure("16").id

    def test_id_that_reads_as_field_and_number_of_another(self) -> None:
        """The exact id wins over field and number."""
        both = plan(Measure(id="a", field="wohnen", number="1"), Measure(id="wohnen/1"))
        assert "wohnen/1" == both.measure("wohnen/1").id

    def test_number_that_reads_as_field_and_number_of_another(self) -> None:
        """What fits one measure by number and another by field and number is refused."""
        both = plan(Measure(id="a", field="b", number="1"), Measure(id="c", number="b/1"))
        with pytest.raises(AmbiguousReferenceError, match=r"a \(b Nr\. 1\), c \(Nr\. b/1\)"):
            both.measure("b/1")

    def test_candidate_without_anything_to_tell(self) -> None:
        """A candidate of which nothing but the number is known is listed by it."""
        both = plan(Measure(id="a", number="1"), Measure(id="b", number="1", title="Garten"))
        with pytest.raises(AmbiguousReferenceError, match=r"a \(Nr\. 1\), b \(Nr\. 1: Garten\)"):
            both.measure("1")

    @pytest.mark.parametrize(
        "reference", ["", "2", "01", "1 ", "wohnen", "wohnen/", "/1", "wohnen/2", "WOHNEN-1"]
    )
    def test_nothing_fits(self, reference: str) -> None:
        """A reference that fits nothing is refused: no case is folded, no part completed."""
        with pytest.raises(UnknownReferenceError, match=f"no measure fits '{reference}'"):
            PLAN.measure(reference)

    def test_number_outside_the_fields(self) -> None:
        """A measure outside the fields is named by its number, and by no field."""
        outside = plan(Measure(id="a", number="7"))
        assert "a" == outside.measure("7").id
        for reference in ("None/7", "/7"):
            with pytest.raises(UnknownReferenceError, match="no measure fits"):
                outside.measure(reference)

    def test_no_number(self) -> None:
        """A measure without a number is named by its id only."""
        unnumbered = plan(Measure(id="a", field="wohnen"))
        for reference in ("None", "wohnen/None", "wohnen/"):
            with pytest.raises(UnknownReferenceError, match="no measure fits"):
                unnumbered.measure(reference)


class TestFieldReference:
    """Tests for `Plan.field`."""

    @pytest.mark.parametrize("reference", ["wohnen", "Wohnen", "1"])
    def test_id_title_or_number(self, reference: str) -> None:
        """A field is named by its id, its exact title or its number."""
        assert WOHNEN == PLAN.field(reference)

    def test_id_that_is_the_title_of_another(self) -> None:
        """The id wins over a title, and a title over a number."""
        fields = Plan(
            fields=(
                ActionField(id="a", title="b", number="c"),
                ActionField(id="b", title="c", number="d"),
                ActionField(id="x", title="d", number="a"),
            )
        )
        assert ["a", "b", "b", "x"] == [fields.field(name).id for name in "abcd"]

    def test_title_of_two_fields(self) -> None:
        """A title that two fields carry is refused, with both."""
        fields = Plan(
            fields=(ActionField(id="a", title="Wohnen"), ActionField(id="b", title="Wohnen"))
        )
        with pytest.raises(AmbiguousReferenceError, match=r"a \(Wohnen\), b \(Wohnen\)"):
            fields.field("Wohnen")

    def test_number_of_two_untitled_fields(self) -> None:
        """What has no title is listed by its id alone."""
        fields = Plan(fields=(ActionField(id="a", number="1"), ActionField(id="b", number="1")))
        with pytest.raises(AmbiguousReferenceError, match="more than one field: a, b; name"):
            fields.field("1")

    def test_nothing_fits(self) -> None:
        """A field that is not there is refused."""
        with pytest.raises(UnknownReferenceError, match="no field fits 'wohn'"):
            PLAN.field("wohn")


class TestReferenceInAllThereEverWas:
    """Tests for `Plan.measure_of` and `Plan.field_of`."""

    # Today a is what was Nr. 1 once, and carries the number that b had before it went.
    WHOLE = Plan(
        fields=(ActionField(id="f", title="Alt"), ActionField(id="g", title="Neu")),
        measures=(Measure(id="a", number="1"), Measure(id="b", number="2"), Measure(id="2a")),
    )
    PRESENT = Plan(
        fields=(ActionField(id="f", title="Neu"),),
        measures=(Measure(id="a", number="2"), Measure(id="c", number="2a")),
    )

    @pytest.mark.parametrize(
        ("reference", "id"),
        [("a", "a"), ("b", "b"), ("2", "a"), ("1", "a"), ("2a", "2a")],
    )
    def test_measure(self, reference: str, id: str) -> None:
        """An exact id wins, then the number carried at present, then the number carried once."""
        assert id == self.WHOLE.measure_of(reference, self.PRESENT).id

    @pytest.mark.parametrize(
        ("reference", "id"), [("f", "f"), ("g", "g"), ("Neu", "f"), ("Alt", "f")]
    )
    def test_field(self, reference: str, id: str) -> None:
        """So it is with the title of a field."""
        assert id == self.WHOLE.field_of(reference, self.PRESENT).id

    def test_nothing_fits(self) -> None:
        """What fits neither now nor ever is refused."""
        with pytest.raises(UnknownReferenceError, match="no measure fits '3'"):
            self.WHOLE.measure_of("3", self.PRESENT)
        with pytest.raises(UnknownReferenceError, match="no field fits '3'"):
            self.WHOLE.field_of("3", self.PRESENT)

    def test_number_of_two_at_present(self) -> None:
        """A number that two measures carry at present is refused, though one had it first."""
        twice = plan(Measure(id="a", number="2"), Measure(id="b", number="2"))
        with pytest.raises(AmbiguousReferenceError, match="more than one measure"):
            self.WHOLE.measure_of("2", twice)


class TestConferenceReference:
    """Tests for `Plan.conference`."""

    def test_id(self) -> None:
        """A conference is named by its id."""
        assert "stk-3" == PLAN.conference("stk-3").id

    def test_nothing_fits(self) -> None:
        """A conference that is not there is refused."""
        with pytest.raises(UnknownReferenceError, match="no conference fits 'stk-4'"):
            PLAN.conference("stk-4")


class TestEquality:
    """Tests for the equality of plans."""

    def test_known_from_more(self) -> None:
        """Plans that say the same are equal, whatever they were computed from."""
        assert PLAN == attrs.evolve(PLAN, known=Prefix(size=7))

    def test_other_order(self) -> None:
        """The order in which measures stand is part of what a plan says."""
        assert PLAN != attrs.evolve(PLAN, measures=PLAN.measures[::-1])


class TestListed:
    """Tests for `Measure.listed`."""

    @pytest.mark.parametrize("phase", [None, "proposed", "started", "implemented", "ongoing"])
    def test_alive(self, phase: Phase | None) -> None:
        """What goes on, is done or merely known is listed."""
        assert Measure(id="a", phase=phase).listed

    def test_replaced(self) -> None:
        """What went into another measure is not."""
        assert not Measure(id="a", phase="replaced").listed

    def test_dropped(self) -> None:
        """What was dropped is listed, unless it was dropped because a document left it out."""
        assert Measure(id="a", phase="dropped", cause="rejected").listed
        assert not Measure(id="a", phase="dropped", cause="not_listed").listed


class TestNumberKey:
    """Tests for `number_key`."""

    def test_order(self) -> None:
        """Numbers are read as people read them: 2 before 10, 1.9 before 1.10, none last."""
        expected = ["", "1", "1.9", "1.10", "1a", "2", "010", "10", "10a", "A1", "A2", "A10", None]
        shuffled = expected[::-1]
        assert expected == sorted(shuffled, key=number_key)

    @given(st.lists(st.none() | st.text(alphabet="019.aA٣²ß", max_size=4), max_size=6))
    def test_any_text(self, numbers: list[str | None]) -> None:
        """Any text is a number, and any two different ones have an order."""
        other_way = numbers[::-1]
        assert sorted(numbers, key=number_key) == sorted(other_way, key=number_key)
        assert len(set(numbers)) == len({repr(number_key(number)) for number in numbers})

    @pytest.mark.parametrize("number", ["٣a", "1٣", "²", "９x"])
    def test_digits_of_other_scripts(self, number: str) -> None:
        """Digits of other scripts are text."""
        assert ["1", number] == sorted([number, "1"], key=number_key)

    def test_more_digits_than_python_converts(self) -> None:
        """However many digits a number has, it can be sorted."""
        long, longer = "1" * 5000, "1" * 5001
        assert ["2", long, longer] == sorted([longer, long, "2"], key=number_key)

    def test_leading_zeros(self) -> None:
        """Leading zeros count for nothing, except between numbers that are otherwise equal."""
        assert ["1", "002", "02", "2", "3"] == sorted(["002", "3", "02", "1", "2"], key=number_key)


class TestInPlanOrder:
    """Tests for `in_plan_order`."""

    def test_order(self) -> None:
        """By field in the order of the fields, then by rank, then by number, then by id.

        What stands in no field, or in one that the plan has not, comes last.
        """
        expected = (
            Measure(id="r", field="b", rank=1, number="9"),
            Measure(id="q", field="b", rank=2, number="1"),
            Measure(id="p", field="b", rank=10, number="1"),
            Measure(id="z", field="b", number="2"),
            Measure(id="k", field="b", number="10"),
            Measure(id="l", field="b", number="10"),
            Measure(id="a", field="b"),
            Measure(id="x", field="a", rank=1),
            Measure(id="m", number="1"),
            Measure(id="n", field="other", number="2"),
        )
        fields = (ActionField(id="b"), ActionField(id="a"))
        assert expected == in_plan_order(reversed(expected), fields)


class TestInFieldOrder:
    """Tests for `in_field_order`."""

    def test_order(self) -> None:
        """By number, those without one last, then by id."""
        expected = (
            ActionField(id="z", number="1"),
            ActionField(id="b", number="2"),
            ActionField(id="c", number="2"),
            ActionField(id="a", number="10"),
            ActionField(id="d"),
            ActionField(id="e"),
        )
        assert all(expected == in_field_order(fields) for fields in permutations(expected))


class TestOccasions:
    """Tests for `Plan.occasions`."""

    def occasions(self, *things: Conference | Version) -> list[tuple[str, str]]:
        """The occasions of a plan with these conferences and versions."""
        plan = Plan(
            conferences=tuple(one for one in things if isinstance(one, Conference)),
            versions=tuple(one for one in things if isinstance(one, Version)),
        )
        return [(one.id, one.day.isoformat()) for one in plan.occasions]

    def test_by_day(self) -> None:
        """Conferences and versions of days of their own, by the last day of each."""
        assert [("deck", "2022-12-31"), ("stk-1", "2023-01-01"), ("stk-2", "2023-03-17")] == (
            self.occasions(
                conference("stk-2", "2023-03-16/2023-03-17"),
                conference("stk-1", "2023-01-01"),
                version("deck", "2022"),
            )
        )

    def test_version_of_a_conference(self) -> None:
        """A version of a conference's last day is no occasion of its own; one of two is named."""
        assert [("stk-1", "2023-01-01"), ("a", "2023-02-01")] == self.occasions(
            conference("stk-1", "2023-01-01"),
            version("deck", "2023-01-01"),
            version("a", "2023-02-01"),
            version("b", "2023-02-01"),
        )

    def test_conferences_of_one_day(self) -> None:
        """Two conferences of one day are two occasions; one without a day is none."""
        assert [("a", "2023-01-01"), ("b", "2023-01-01")] == self.occasions(
            conference("b", "2023-01-01"), conference("a", "2023-01-01"), Conference(id="c")
        )

    def test_title(self) -> None:
        """An occasion has the title and the kind of what it is."""
        plan = Plan(versions=(attrs.evolve(version("deck", "2022"), title="Foliensatz"),))
        (one,) = plan.occasions
        assert ("version", "Foliensatz", "2022") == (one.kind, one.title, one.on.text)


def conference(id: str, on: str) -> Conference:
    """A conference that was held."""
    return Conference(id=id, on=InexactDate.parse(on))


def version(id: str, on: str) -> Version:
    """A version of a day."""
    return Version(id=id, on=InexactDate.parse(on), coverage="complete")
