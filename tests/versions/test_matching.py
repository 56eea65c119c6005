"""Which measure each row of a table is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.mappings import FrozenMapping
from planlog.plan import Measure
from planlog.versions.matching.answers import Answers, Suggestion
from planlog.versions.matching.likeness import likeness
from planlog.versions.matching.match import Matching
from planlog.versions.statement import StatedMeasure
from tests.versions.rows_and_measures import matched, measure, row

ACCEPT = Answers(suggestions="accept")
IGNORE = Answers(suggestions="ignore")

BERATUNG = "Beratung für Mieterinnen und Mieter"
ZENTRUM = "Aufbau eines Nachbarschaftszentrums"
FEST = "Jährliches Sommerfest"


def told(suggestions: tuple[Suggestion, ...]) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What is suggested, without why."""
    return [(one.kind, one.names, one.measures) for one in suggestions]


def codes(matching: Matching) -> list[tuple[str, str, str]]:
    """What is wrong: the code, the key and the place of each flaw."""
    return [(flaw.code, flaw.key, flaw.place) for flaw in matching.flaws]


class TestKeys:
    """Rows that have a key of their own."""

    def test_key_is_the_id(self) -> None:
        """A key is the id of the measure, whatever else the row says."""
        found = matched([row("2", FEST, key="K1")], [measure("1", BERATUNG, id="K1")])
        assert Matching(ids=("K1",)) == found

    def test_unknown_key_is_a_new_measure(self) -> None:
        """A key that the log does not have is a new measure, however alike its title, as long as
        other keys of the table are known.
        """
        found = matched(
            [row("1", BERATUNG, key="K1"), row("3", FEST, key="K3")],
            [measure("1", BERATUNG, id="K1"), measure("2", FEST, id="K2")],
        )
        assert Matching(ids=("K1", "K3")) == found

    def test_key_known_on_another_day_only(self) -> None:
        """A key that the log has on another day is known."""
        found = matched(
            [row("1", FEST, key="K9")],
            [measure("2", FEST, id="K2")],
            later=[measure("1", FEST, id="K9", phase=None)],
        )
        assert Matching(ids=("K9",)) == found

    def test_key_in_another_spelling(self) -> None:
        """A key that is a known one but for capitals and blanks is suggested to be that."""
        rows = [row("1", BERATUNG, key="K 1"), row("2", FEST, key="K2")]
        now = [measure("1", ZENTRUM, id="k1"), measure("2", FEST, id="K2")]
        found = matched(rows, now)
        assert ("K 1", "K2") == found.ids
        assert [("same", ("K 1",), ("k1",))] == told(found.suggestions)
        assert ("key",) == found.suggestions[0].grounds
        assert ("k1", "K2") == matched(rows, now, ACCEPT).ids

    def test_two_spellings_of_one_key(self) -> None:
        """Where two rows are one key but for capitals, nobody can tell which is meant."""
        rows = [row("1", FEST, key="A1"), row("2", FEST, key="A 1"), row("3", FEST, key="B")]
        now = [measure("1", FEST, id="a1"), measure("3", FEST, id="B")]
        found = matched(rows, now, ACCEPT)
        assert ("A1", "A 1", "B") == found.ids
        assert [True, True] == [one.contested for one in found.suggestions]

    def test_spelling_of_a_measure_that_has_its_row(self) -> None:
        """A key is not taken for another spelling of one that stands in the table as well."""
        rows = [row("1", FEST, key="A1"), row("2", FEST, key="a1")]
        found = matched(rows, [measure("1", FEST, id="a1")])
        assert Matching(ids=("A1", "a1")) == found

    def test_keys_of_another_kind(self) -> None:
        """Where the log knows none of the keys, number and title say what rows may be."""
        rows = [row("1", BERATUNG, key="K1"), row("9", FEST, key="K2"), row("3", ZENTRUM, key="K3")]
        now = [measure("1", BERATUNG), measure("2", FEST)]
        found = matched(rows, now)
        assert ("K1", "K2", "K3") == found.ids
        assert [
            ("same", ("K1",), ("wohnen-1",)),
            ("same", ("K2",), ("wohnen-2",)),
        ] == told(found.suggestions)
        assert [("number", "title"), ("title",)] == [one.grounds for one in found.suggestions]
        assert [(None,), (None,)] == [one.otherwise for one in found.suggestions]
        assert ("wohnen-1", "wohnen-2", "K3") == matched(rows, now, ACCEPT).ids

    def test_keys_of_another_kind_with_the_number_alone(self) -> None:
        """The same number in the same field suffices for a suggestion."""
        found = matched([row("1", FEST, key="K1")], [measure("1", ZENTRUM)])
        assert [("same", ("K1",), ("wohnen-1",))] == told(found.suggestions)
        assert ("number",) == found.suggestions[0].grounds

    def test_keys_for_a_log_that_lists_nothing(self) -> None:
        """Where the plan lists nothing on the day, its keys are no other kind of key."""
        later = [measure("1", FEST, id="wohnen-1")]
        assert Matching(ids=("K1",)) == matched([row("1", FEST, key="K1")], [], later=later)

    def test_same_key_twice(self) -> None:
        """A key that stands twice is told at both places."""
        rows = [row("1", FEST, key="K", place="A2"), row("2", ZENTRUM, key="K", place="A3")]
        assert [("one-measure", "measure", "A2"), ("one-measure", "measure", "A3")] == codes(
            matched(rows, [])
        )


class TestNumbers:
    """Rows without a key, by field and number."""

    def test_field_and_number(self) -> None:
        """Field and number say which measure it is, of whatever id."""
        now = [measure("1", BERATUNG, id="x"), measure("1", FEST, field="freizeit")]
        rows = [row("1", FEST, field="freizeit"), row("1", BERATUNG)]
        assert Matching(ids=("freizeit-1", "x")) == matched(rows, now)

    def test_renamed(self) -> None:
        """The same number with another title is a rename, if nothing else has the old title."""
        found = matched([row("1", FEST)], [measure("1", BERATUNG)])
        assert Matching(ids=("wohnen-1",)) == found

    def test_listed_before_left_out(self) -> None:
        """A measure that the plan lists is meant before one that it left out."""
        now = [
            measure("1", FEST, id="a", phase="dropped", cause="not_listed"),
            measure("1", id="b"),
        ]
        assert ("b",) == matched([row("1", FEST)], now).ids

    def test_left_out_comes_back(self) -> None:
        """A measure that the plan had left out comes back by its number."""
        now = [measure("1", FEST, phase="dropped", cause="not_listed")]
        assert Matching(ids=("wohnen-1",)) == matched([row("1", FEST)], now)

    def test_several_left_out(self) -> None:
        """Of several measures of this number that were left out, the title says which."""
        gone = {"phase": "dropped", "cause": "not_listed"}
        now = [measure("1", FEST, id="a", **gone), measure("1", ZENTRUM, id="b", **gone)]
        assert ("b",) == matched([row("1", ZENTRUM)], now).ids

    def test_left_out_before_later(self) -> None:
        """A measure that the plan left out is meant before one that it has on a later day only."""
        gone = measure("1", FEST, id="a", phase="dropped", cause="not_listed")
        found = matched([row("1", FEST)], [gone], IGNORE, [measure("1", FEST, id="b")])
        assert Matching(ids=("a",)) == found

    def test_two_listed(self) -> None:
        """Two listed measures of one number cannot be told apart by it."""
        now = [measure("1", FEST, id="a"), measure("1", ZENTRUM, id="b")]
        found = matched([row("1", BERATUNG, place="B7")], now)
        assert [("ambiguous-row", "number", "B7")] == codes(found)
        assert "a, b" in str(found.flaws[0])

    def test_two_listed_with_titles(self) -> None:
        """Of two listed measures of one number, the exact title says which is meant; the other
        row of the number is the other one.
        """
        now = [measure("1", FEST, id="a"), measure("1", ZENTRUM, id="b")]
        rows = [row("1", BERATUNG), row("1", FEST)]
        assert Matching(ids=("b", "a")) == matched(rows, now)

    def test_two_listed_answered(self) -> None:
        """An answer says which of two measures of one number a row is."""
        now = [measure("1", FEST, id="a"), measure("1", ZENTRUM, id="b")]
        answers = Answers(same=FrozenMapping({"wohnen/1": "b"}))
        assert Matching(ids=("b",)) == matched([row("1", BERATUNG)], now, answers)

    def test_two_rows_of_one_measure(self) -> None:
        """Two rows that come out as the same measure are told at both places."""
        rows = [row("1", FEST, place="A2"), row("1", ZENTRUM, place="A3")]
        found = matched(rows, [measure("1", BERATUNG)])
        assert [("one-measure", "number", "A2"), ("one-measure", "number", "A3")] == codes(found)
        assert "A3" in str(found.flaws[0])
        assert "A2" in str(found.flaws[1])

    def test_without_a_column_of_fields(self) -> None:
        """Where the table names no fields, the number alone says which measure it is."""
        now = [measure("1", BERATUNG), measure("2", FEST, field="freizeit")]
        assert Matching(ids=("freizeit-2",)) == matched([row("2", "Fest", field=...)], now)

    def test_no_field_is_stated(self) -> None:
        """A row that states that there is no field is no measure of a field."""
        now = [measure("1", FEST), measure("1", FEST, id="1", field=None)]
        assert Matching(ids=("1",)) == matched([row("1", FEST, field=None)], now)

    def test_known_on_another_day_only(self) -> None:
        """A measure that the log has on a later day only is meant by its field and number."""
        later = [measure("1", BERATUNG, id="x"), measure("2", ZENTRUM)]
        assert Matching(ids=("x",)) == matched([row("1", FEST)], [], later=later)

    def test_not_proposed_by_now(self) -> None:
        """A measure whose proposal does not count yet is none that the plan has."""
        now = [measure("1", FEST, id="a", phase=None), measure("1", FEST, id="b")]
        assert ("b",) == matched([row("1", FEST)], now).ids

    def test_known_on_another_day_by_its_id(self) -> None:
        """A measure that the log has on another day only is meant by the id a new one would get."""
        later = [measure("7", BERATUNG, id="wohnen-1")]
        assert Matching(ids=("wohnen-1",)) == matched([row("1", FEST)], [], later=later)

    def test_number_before_the_id_of_a_new_one(self) -> None:
        """What is a row by its number is no other by the id that a new one would get."""
        later = [measure("5", BERATUNG, id="wohnen-1")]
        found = matched([row("1", FEST), row("5", ZENTRUM)], [], IGNORE, later)
        assert Matching(ids=("wohnen-1-2", "wohnen-1")) == found

    def test_key_takes_a_measure_from_a_number(self) -> None:
        """What a row with a key is, no row without one can be."""
        rows = [row("1", ZENTRUM), row("9", BERATUNG, key="wohnen-1")]
        found = matched(rows, [measure("1", BERATUNG)])
        assert ("wohnen-1-2", "wohnen-1") == found.ids


class TestTitles:
    """Rows without key and number."""

    def test_exact_title(self) -> None:
        """Without a number, the exact title in the field says which measure it is."""
        now = [measure("1", FEST, field="freizeit"), measure("1", FEST)]
        assert Matching(ids=("wohnen-1",)) == matched([row(None, FEST)], now)

    def test_title_without_a_field(self) -> None:
        """Without field and number, the exact title says which measure it is."""
        now = [measure("1", BERATUNG), measure("1", FEST, field="freizeit")]
        assert Matching(ids=("freizeit-1",)) == matched([row(None, FEST, field=...)], now)

    def test_two_of_a_title(self) -> None:
        """Two listed measures of one title cannot be told apart by it."""
        now = [measure("1", FEST), measure("2", FEST)]
        found = matched([row(None, FEST, place="C3")], now)
        assert [("ambiguous-row", "title", "C3")] == codes(found)

    def test_another_title_is_new(self) -> None:
        """A title that no measure has is a new measure, called after it."""
        found = matched([row(None, ZENTRUM)], [measure("1", FEST)])
        assert Matching(ids=("aufbau-eines-nachbarschaftszentrums",)) == found

    def test_measures_without_titles(self) -> None:
        """What has no title is not found by having none."""
        found = matched([row(None, None, place="A9")], [measure("1", None)])
        assert [("nameless-row", "", "A9")] == codes(found)

    def test_numbers_without_titles(self) -> None:
        """A table without titles is matched by its numbers alone, and suggests nothing."""
        rows = [row("1", None), row("7", None)]
        found = matched(rows, [measure("1", None), measure("2", None)])
        assert Matching(ids=("wohnen-1", "wohnen-7")) == found

    def test_two_rows_of_one_title(self) -> None:
        """Two rows of one title are one measure, and told so at both places."""
        rows = [row(None, FEST, place="A2"), row(None, FEST, place="A3")]
        found = matched(rows, [measure("1", FEST)])
        assert [("one-measure", "title", "A2"), ("one-measure", "title", "A3")] == codes(found)


class TestNewIds:
    """What new measures are called."""

    @pytest.mark.parametrize(
        ("id", "stated"),
        [
            ("wohnen-17", row("17", FEST)),
            ("wohnen-7-a", row("7 a)", FEST)),
            ("wohnen-ue3", row("Ü3", FEST)),
            ("17", row("17", FEST, field=None)),
            ("1.10", row("1.10", FEST, field=...)),
            ("jaehrliches-sommerfest", row("–", FEST)),
            ("jaehrliches-sommerfest", row(None, FEST)),
            ("measure", row("–", "–")),
        ],
    )
    def test_made_of_field_and_number(self, id: str, stated: StatedMeasure) -> None:
        """A new measure is called by field and number, else by its number, else by its title."""
        assert (id,) == matched([stated], []).ids

    def test_distinct(self) -> None:
        """A new id is none that the log or the table has."""
        rows = [row("1", FEST, field=...), row("1", BERATUNG, field=...), row("3", key="1-2")]
        assert ("1-3", "1-4", "1-2") == matched(
            rows, [measure("9", ZENTRUM, id="1", field=None)], IGNORE
        ).ids

    def test_fits_an_id(self) -> None:
        """A new id is not longer than an id may be, however long field and number are."""
        stated = row("9" * 300, FEST)
        one, other = matched([stated, row("9" * 299, FEST)], []).ids
        assert len(one) <= 200
        assert len(other) <= 200
        assert one != other


class TestSame:
    """Suggestions that a row is a measure."""

    def test_renumbered(self) -> None:
        """An equal title under another number, the old one being gone, is only a suggestion."""
        rows, now = [row("7", FEST)], [measure("1", FEST)]
        found = matched(rows, now)
        assert ("wohnen-7",) == found.ids
        suggested = Suggestion(
            kind="same",
            rows=(rows[0],),
            names=("wohnen/7",),
            measures=("wohnen-1",),
            titles=(FEST,),
            likeness=1.0,
            grounds=("title",),
            otherwise=(None,),
        )
        assert (suggested,) == found.suggestions
        assert Matching(ids=("wohnen-1",), accepted=(suggested,)) == matched(rows, now, ACCEPT)
        assert Matching(ids=("wohnen-7",)) == matched(rows, now, IGNORE)

    def test_moved(self) -> None:
        """A title that turns up in another field is suggested to be the measure that is gone."""
        found = matched([row("3", FEST, field="freizeit")], [measure("3", FEST)])
        assert [("same", ("freizeit/3",), ("wohnen-3",))] == told(found.suggestions)

    def test_renamed_and_renumbered(self) -> None:
        """A slightly different title is suggested as well, and how alike it is."""
        found = matched([row("7", "Nachbarschaftszentrum aufbauen!")], [measure("1", ZENTRUM)])
        assert [("same", ("wohnen/7",), ("wohnen-1",))] == told(found.suggestions)
        assert 0.75 <= found.suggestions[0].likeness <= 1

    def test_unlike(self) -> None:
        """A row that is like no measure is new, and nothing has to be confirmed."""
        assert Matching(ids=("wohnen-7",)) == matched([row("7", ZENTRUM)], [measure("1", FEST)])

    def test_has_its_own_row(self) -> None:
        """A measure that has its row is not suggested for another of the same title."""
        found = matched([row("1", FEST), row("7", FEST)], [measure("1", FEST)])
        assert Matching(ids=("wohnen-1", "wohnen-7")) == found

    def test_has_its_row_by_a_key(self) -> None:
        """A measure that has its row by a key is not suggested for a row without one."""
        rows = [row("1", ZENTRUM, key="K1"), row("7", FEST)]
        assert Matching(ids=("K1", "wohnen-7")) == matched(rows, [measure("1", FEST, id="K1")])

    def test_swapped(self) -> None:
        """Two measures that swapped their numbers are suggested to be what their titles say."""
        rows = [row("1", FEST), row("2", BERATUNG)]
        now = [measure("1", BERATUNG), measure("2", FEST)]
        found = matched(rows, now)
        assert ("wohnen-1", "wohnen-2") == found.ids
        assert {
            ("same", ("wohnen/1",), ("wohnen-2",)),
            ("same", ("wohnen/2",), ("wohnen-1",)),
        } == {*told(found.suggestions)}
        assert {("wohnen-1",), ("wohnen-2",)} == {one.otherwise for one in found.suggestions}
        assert ("wohnen-2", "wohnen-1") == matched(rows, now, ACCEPT).ids

    def test_inserted(self) -> None:
        """A new measure in front of others, all numbered anew, is suggested to be the new one."""
        rows = [row("1", "Repair-Café"), row("2", BERATUNG), row("3", FEST), row("4", ZENTRUM)]
        now = [measure("1", BERATUNG), measure("2", FEST), measure("3", ZENTRUM)]
        assert ("wohnen-1", "wohnen-2", "wohnen-3", "wohnen-4") == matched(rows, now).ids
        found = matched(rows, now, ACCEPT)
        assert ("wohnen-1-2", "wohnen-1", "wohnen-2", "wohnen-3") == found.ids
        assert () == found.suggestions

    def test_displaces_another_row(self) -> None:
        """A suggestion tells which row would be new by it."""
        rows = [row("1", "Repair-Café"), row("2", BERATUNG)]
        found = matched(rows, [measure("1", BERATUNG)])
        assert [(rows[0],)] == [one.displaced for one in found.suggestions]

    def test_title_taken_over(self) -> None:
        """A row whose number is that of another title is doubted where its own title is gone."""
        rows = [row("1", FEST)]
        now = [measure("1", BERATUNG), measure("2", FEST)]
        found = matched(rows, now)
        assert [("same", ("wohnen/1",), ("wohnen-2",))] == told(found.suggestions)
        assert [("wohnen-1",)] == [one.otherwise for one in found.suggestions]

    def test_number_counts(self) -> None:
        """With the same number, a title that was changed a little is no reason to doubt."""
        rows = [row("1", "Ein Fest im Sommer"), row("2", "Sommerfest im Park")]
        now = [measure("1", "Das Fest im Sommer"), measure("2", "Sommerfest am Park")]
        assert Matching(ids=("wohnen-1", "wohnen-2")) == matched(rows, now)

    def test_number_before_an_exact_title(self) -> None:
        """With the same number, a title that is alike counts for more than the exact one of a
        measure of another number.
        """
        now = [measure("1", "Sommerfeste im Park"), measure("2", "Sommerfest")]
        assert 0.8 <= likeness("Sommerfest", "Sommerfeste im Park") < 0.85
        assert Matching(ids=("wohnen-1",)) == matched([row("1", "Sommerfest")], now)

    def test_same_field_first(self) -> None:
        """Of two measures of one title, the one in the row's field is meant."""
        now = [measure("1", FEST, field="freizeit"), measure("1", FEST)]
        found = matched([row("7", FEST)], now)
        assert [("same", ("wohnen/7",), ("wohnen-1",))] == told(found.suggestions)

    def test_listed_first(self) -> None:
        """Of two measures of one title, the one that the plan lists is meant."""
        gone = measure("1", FEST, phase="dropped", cause="not_listed")
        found = matched([row("7", FEST)], [gone, measure("2", FEST)])
        assert [("same", ("wohnen/7",), ("wohnen-2",))] == told(found.suggestions)

    def test_left_out_and_renumbered(self) -> None:
        """A measure that was left out may come back under another number."""
        gone = measure("1", FEST, phase="dropped", cause="not_listed")
        found = matched([row("7", FEST)], [gone])
        assert [("same", ("wohnen/7",), ("wohnen-1",))] == told(found.suggestions)

    def test_replaced(self) -> None:
        """A measure that went into another does not come back by its title."""
        gone = measure("1", FEST, phase="replaced")
        assert Matching(ids=("wohnen-7",)) == matched([row("7", FEST)], [gone])

    def test_known_on_another_day_only(self) -> None:
        """A row may be a measure that the log has under another number on a later day only."""
        found = matched([row("1", FEST)], [], later=[measure("7", FEST)])
        assert [("same", ("wohnen/1",), ("wohnen-7",))] == told(found.suggestions)

    def test_best_first(self) -> None:
        """Each measure is suggested for the row that is most like it, each row for one measure."""
        rows = [row("7", "Jährliches Sommerfest im Park"), row("8", FEST)]
        now = [measure("1", FEST), measure("2", "Jährliches Sommerfest am Park")]
        found = matched(rows, now)
        assert {
            ("same", ("wohnen/8",), ("wohnen-1",)),
            ("same", ("wohnen/7",), ("wohnen-2",)),
        } == {*told(found.suggestions)}

    def test_ties_are_listed(self) -> None:
        """Where two measures are as likely, both are listed, and nobody accepts one by default."""
        rows, now = [row("7", FEST)], [measure("1", FEST), measure("2", FEST)]
        found = matched(rows, now, ACCEPT)
        assert ("wohnen-7",) == found.ids
        assert () == found.accepted
        assert {("wohnen-1",), ("wohnen-2",)} == {one.measures for one in found.suggestions}
        assert [True, True] == [one.contested for one in found.suggestions]

    def test_ties_of_rows(self) -> None:
        """Where two rows are as likely, both are listed; what else is clear is accepted."""
        rows = [row("7", FEST), row("8", FEST), row("9", ZENTRUM)]
        found = matched(rows, [measure("1", FEST), measure("2", ZENTRUM)], ACCEPT)
        assert ("wohnen-7", "wohnen-8", "wohnen-2") == found.ids
        assert [("wohnen/7",), ("wohnen/8",)] == [one.names for one in found.suggestions]
        assert [("wohnen/9",)] == [one.names for one in found.accepted]

    def test_ignored_ties(self) -> None:
        """To ignore suggestions takes the table at its word, ties or not."""
        rows, now = [row("7", FEST)], [measure("1", FEST), measure("2", FEST)]
        assert Matching(ids=("wohnen-7",)) == matched(rows, now, IGNORE)

    def test_rows_of_one_name(self) -> None:
        """A row whose name another has is called by its place in a suggestion."""
        rows = [row("7", FEST, field=..., place="A2"), row("7", ZENTRUM, field=..., place="A3")]
        found = matched(rows, [measure("1", FEST), measure("2", BERATUNG)])
        assert [("same", ("A2",), ("wohnen-1",))] == told(found.suggestions)


class TestMerged:
    """Suggestions that measures were merged."""

    @pytest.mark.parametrize(
        "number", ["5+6", "5/6", "5 & 6", "5 und 6", "5, 6", "5 + 6", "5 and 6"]
    )
    def test_numbers(self, number: str) -> None:
        """A number made of those of two measures that are gone is suggested to be their merger."""
        rows, now = [row(number, ZENTRUM)], [measure("5", FEST), measure("6", BERATUNG)]
        found = matched(rows, now)
        assert () == found.merged
        assert [("merged", (f"wohnen/{number}",), ("wohnen-5", "wohnen-6"))] == told(
            found.suggestions
        )
        assert ("parts",) == found.suggestions[0].grounds
        accepted = matched(rows, now, ACCEPT)
        assert ((("wohnen-5", "wohnen-6"), accepted.ids[0]),) == accepted.merged
        assert found.ids == accepted.ids

    def test_keys(self) -> None:
        """With keys as well: the part before the first number counts for all."""
        rows = [row(None, ZENTRUM, key="B5+6"), row(None, FEST, key="B1")]
        now = [measure(None, FEST, id=id) for id in ("B1", "B5", "B6")]
        found = matched(rows, now, ACCEPT)
        assert ("B5+6", "B1") == found.ids
        assert ((("B5", "B6"), "B5+6"),) == found.merged

    def test_numbers_beside_keys(self) -> None:
        """A new key with a number that joins others is suggested to be their merger."""
        rows = [row("5+6", ZENTRUM, key="K9"), row("1", FEST, key="K1")]
        now = [measure(number, FEST, id=f"K{number}") for number in ("1", "5", "6")]
        assert ((("K5", "K6"), "K9"),) == matched(rows, now, ACCEPT).merged

    def test_part_has_its_row(self) -> None:
        """Nothing is suggested where one of the parts has a row of its own."""
        rows = [row("5+6", ZENTRUM), row("5", FEST)]
        now = [measure("5", FEST), measure("6", BERATUNG)]
        assert Matching(ids=("wohnen-5-6", "wohnen-5")) == matched(rows, now)

    def test_whole_is_known(self) -> None:
        """Nothing is suggested where the whole is a measure already."""
        now = [measure("5", FEST), measure("6", BERATUNG), measure("5+6", ZENTRUM, id="x")]
        assert Matching(ids=("x",)) == matched([row("5+6", ZENTRUM)], now)

    def test_part_is_unknown(self) -> None:
        """Nothing is suggested where one of the parts is no measure of the plan."""
        assert Matching(ids=("wohnen-5-6",)) == matched([row("5+6", ZENTRUM)], [measure("5", FEST)])

    def test_part_is_an_unknown_key(self) -> None:
        """Nothing is suggested where one of the keys that are joined is unknown."""
        rows = [row(None, ZENTRUM, key="B5+6"), row(None, FEST, key="B1")]
        now = [measure(None, FEST, id=id) for id in ("B1", "B5")]
        assert Matching(ids=("B5+6", "B1")) == matched(rows, now)

    def test_part_is_no_longer_listed(self) -> None:
        """Nothing is suggested where one of the parts went into something else before."""
        now = [measure("5", FEST), measure("6", BERATUNG, phase="replaced")]
        assert Matching(ids=("wohnen-5-6",)) == matched([row("5+6", ZENTRUM)], now)

    def test_part_is_ambiguous(self) -> None:
        """Nothing is suggested where two measures have the number of a part."""
        now = [measure("5", FEST), measure("5", BERATUNG, id="x"), measure("6", "Repair-Café")]
        assert () == matched([row("5+6", ZENTRUM)], now).suggestions

    def test_same_part_twice(self) -> None:
        """A number beside itself joins nothing."""
        assert Matching(ids=("wohnen-5-5",)) == matched([row("5/5", ZENTRUM)], [measure("5", FEST)])

    def test_two_mergers_of_one_measure(self) -> None:
        """Where a measure may have gone into either of two rows, only people can tell."""
        rows = [row("5+6", ZENTRUM), row("6+7", "Repair-Café")]
        now = [measure(number, FEST) for number in "567"]
        found = matched(rows, now, ACCEPT)
        assert () == found.merged
        assert [True, True] == [one.contested for one in found.suggestions]

    def test_parts_are_not_suggested_for_others(self) -> None:
        """What was merged is not suggested to be another row of the same title."""
        rows = [row("5+6", ZENTRUM), row("9", FEST)]
        found = matched(rows, [measure("5", FEST), measure("6", BERATUNG)])
        assert ["merged"] == [one.kind for one in found.suggestions]


class TestSplit:
    """Suggestions that a measure was split."""

    @pytest.mark.parametrize("numbers", [("7a", "7b"), ("7.1", "7.2"), ("7 (a)", "7 (b)")])
    def test_numbers(self, numbers: tuple[str, str]) -> None:
        """Numbers that go on from that of a measure that is gone are suggested to be its parts."""
        rows, now = [row(number, ZENTRUM) for number in numbers], [measure("7", BERATUNG)]
        found = matched(rows, now)
        names = tuple(f"wohnen/{number}" for number in numbers)
        assert [("split", names, ("wohnen-7",))] == told(found.suggestions)
        assert () == found.split
        accepted = matched(rows, now, ACCEPT)
        assert (("wohnen-7", accepted.ids),) == accepted.split

    def test_keys(self) -> None:
        """With keys as well."""
        rows = [row(None, FEST, key=key) for key in ("B7a", "B7b", "B1")]
        now = [measure(None, FEST, id="B7"), measure(None, FEST, id="B1")]
        assert (("B7", ("B7a", "B7b")),) == matched(rows, now, ACCEPT).split

    def test_whole_has_its_row(self) -> None:
        """Nothing is suggested where the measure has a row of its own."""
        rows = [row("7", BERATUNG), row("7a", FEST), row("7b", ZENTRUM)]
        assert Matching(ids=("wohnen-7", "wohnen-7a", "wohnen-7b")) == matched(
            rows, [measure("7", BERATUNG)]
        )

    def test_one_part_alone(self) -> None:
        """A single part is no split."""
        assert () == matched([row("7a", FEST)], [measure("7", BERATUNG)]).suggestions

    def test_whole_went_elsewhere(self) -> None:
        """Nothing is suggested where people say that the measure became something else."""
        rows = [row("7a", FEST), row("7b", ZENTRUM), row("9", "Repair-Café"), row("6+7", BERATUNG)]
        now = [measure("6", BERATUNG), measure("7", BERATUNG)]
        answers = Answers(merged=FrozenMapping({"wohnen/9": ("wohnen-7", "wohnen-6")}))
        assert () == matched(rows, now, answers).suggestions

    def test_parts_are_known(self) -> None:
        """Nothing is suggested where the parts are measures already."""
        now = [measure("7", BERATUNG), measure("7a", FEST), measure("7b", ZENTRUM)]
        rows = [row("7a", FEST), row("7b", ZENTRUM)]
        assert Matching(ids=("wohnen-7a", "wohnen-7b")) == matched(rows, now)


class TestAnswers:
    """Answers win over everything."""

    def test_same(self) -> None:
        """A row is the measure that an answer says, and what had that number is new."""
        rows = [row("1", FEST), row("2", ZENTRUM)]
        answers = Answers(same=FrozenMapping({"wohnen/2": "wohnen-1"}))
        found = matched(rows, [measure("1", FEST)], answers)
        assert Matching(ids=("wohnen-1-2", "wohnen-1")) == found

    def test_same_for_a_key(self) -> None:
        """A row with a key is the measure that an answer says."""
        answers = Answers(same=FrozenMapping({"K1": "wohnen-1"}))
        assert ("wohnen-1",) == matched(
            [row("5", FEST, key="K1")], [measure("1", FEST)], answers
        ).ids

    def test_new(self) -> None:
        """A row that is said to be new is, whatever its number; nothing is left to confirm."""
        answers = Answers(new=frozenset({"wohnen/1"}))
        found = matched([row("1", FEST)], [measure("1", FEST), measure("2", FEST)], answers)
        assert Matching(ids=("wohnen-1-2",)) == found

    def test_new_with_a_key(self) -> None:
        """A row with a key that is said to be new keeps its key."""
        answers = Answers(new=frozenset({"K1"}))
        assert Matching(ids=("K1",)) == matched([row("1", FEST, key="K1")], [measure("1")], answers)

    def test_merged(self) -> None:
        """Measures became the row that an answer says; their titles say nothing any more."""
        rows = [row("9", ZENTRUM), row("8", FEST)]
        now = [measure("1", FEST), measure("2", BERATUNG)]
        answers = Answers(merged=FrozenMapping({"wohnen/9": ("wohnen-1", "wohnen-2")}))
        found = matched(rows, now, answers)
        assert (
            Matching(ids=("wohnen-9", "wohnen-8"), merged=((("wohnen-1", "wohnen-2"), "wohnen-9"),))
            == found
        )

    def test_merged_into_one_of_them(self) -> None:
        """One of the measures may be the row into which the others went."""
        now = [measure("1", FEST), measure("2", BERATUNG)]
        answers = Answers(merged=FrozenMapping({"wohnen/1": ("wohnen-1", "wohnen-2")}))
        found = matched([row("1", FEST)], now, answers)
        assert (
            Matching(ids=("wohnen-1",), merged=((("wohnen-1", "wohnen-2"), "wohnen-1"),)) == found
        )

    def test_merged_into_itself(self) -> None:
        """A measure that becomes its own row says nothing."""
        answers = Answers(merged=FrozenMapping({"wohnen/1": ("wohnen-1",)}))
        assert Matching(ids=("wohnen-1",)) == matched(
            [row("1", FEST)], [measure("1", FEST)], answers
        )

    def test_split(self) -> None:
        """A measure became the rows that an answer says, and may be one of them."""
        answers = Answers(split=FrozenMapping({"wohnen-1": ("wohnen/1", "wohnen/8")}))
        found = matched([row("1", FEST), row("8", FEST)], [measure("1", FEST)], answers)
        assert (
            Matching(ids=("wohnen-1", "wohnen-8"), split=(("wohnen-1", ("wohnen-1", "wohnen-8")),))
            == found
        )

    def test_named_twice(self) -> None:
        """To name a measure or a row twice in one answer says nothing more."""
        now = [measure("1", FEST), measure("2", BERATUNG)]
        answers = Answers(
            merged=FrozenMapping({"wohnen/8": ("wohnen-1", "wohnen-1")}),
            split=FrozenMapping({"wohnen-2": ("wohnen/8", "wohnen/8")}),
        )
        found = matched([row("8", ZENTRUM)], now, answers)
        assert ((("wohnen-1",), "wohnen-8"),) == found.merged
        assert (("wohnen-2", ("wohnen-8",)),) == found.split

    @pytest.mark.parametrize("name", ["Wohnen/17", "wohnen/17", "plan.xlsx: Plan!A7"])
    def test_names(self, name: str) -> None:
        """A row is called as the table calls it, by the id of its field, or by its place."""
        stated = row("17", FEST, field="Wohnen", place="plan.xlsx: Plan!A7")
        answers = Answers(same=FrozenMapping({name: "wohnen-1"}))
        assert ("wohnen-1",) == matched([stated], [measure("1", FEST)], answers).ids


class TestFlawedAnswers:
    """Answers that cannot be taken."""

    def flaws(self, answers: Answers, *, keys: bool = False) -> list[str]:
        """What is wrong with *answers* about two rows and two measures."""
        rows = [
            row("1", FEST, key="wohnen-1" if keys else None, place="A2"),
            row("17", ZENTRUM, key="K17" if keys else None, place="A3"),
        ]
        found = matched(rows, [measure("1", FEST), measure("2", BERATUNG)], answers)
        return [str(flaw) for flaw in found.flaws]

    def test_unknown_row(self) -> None:
        """A row that the table does not have is refused with the nearest that it has."""
        assert [
            (
                "answers.toml: same.'wohnen/117': the table has no row 'wohnen/117'; did you mean "
                "'wohnen/17'?"
            )
        ] == self.flaws(
            Answers(same=FrozenMapping({"wohnen/117": "wohnen-2"}), place="answers.toml")
        )

    def test_unknown_row_without_a_near_one(self) -> None:
        """Where nothing is near, it is told how rows are called."""
        found = self.flaws(Answers(new=frozenset({"?"})))
        assert [
            (
                "new: the table has no row '?'; a row is called by its key, by field and number as "
                "in 'Wohnen/16', or by its title"
            )
        ] == found

    def test_unknown_measure(self) -> None:
        """A measure that the log does not have is refused with the nearest that it has."""
        found = self.flaws(Answers(merged=FrozenMapping({"wohnen/17": ("wohnen-22", "?")})))
        assert [
            "merged.'wohnen/17': no measure 'wohnen-22' in this log; did you mean 'wohnen-2'?",
            "merged.'wohnen/17': no measure '?' in this log; name it by its id",
        ] == found

    def test_ambiguous_name(self) -> None:
        """A name that two rows have is refused with the places of both."""
        rows = [row("1", FEST, field=..., place="A2"), row("1", ZENTRUM, field=..., place="A3")]
        answers = Answers(same=FrozenMapping({"1": "x"}))
        found = matched(rows, [measure("9", BERATUNG, id="x")], answers)
        assert ["same.'1': more than one row is called '1': A2, A3; name each by its place"] == [
            str(flaw) for flaw in found.flaws
        ]

    @pytest.mark.parametrize(
        "answers",
        [
            Answers(same=FrozenMapping({"wohnen/17": "wohnen-2"}), new=frozenset({"wohnen/17"})),
            Answers(same=FrozenMapping({"wohnen/17": "wohnen-2", "A3": "wohnen-2"})),
            Answers(merged=FrozenMapping({"wohnen/17": ("wohnen-2",), "wohnen/1": ("wohnen-2",)})),
            Answers(
                merged=FrozenMapping({"wohnen/17": ("wohnen-2",)}),
                split=FrozenMapping({"wohnen-2": ("wohnen/17",)}),
            ),
        ],
    )
    def test_answered_twice(self, answers: Answers) -> None:
        """A row or a measure about which two things are said is refused."""
        found = self.flaws(answers)
        assert 1 == len(found)
        assert "expected one answer about" in found[0]

    def test_new_key_that_is_known(self) -> None:
        """A key that the log has cannot be new."""
        found = self.flaws(Answers(new=frozenset({"wohnen-1"})), keys=True)
        assert [
            (
                "new: 'wohnen-1' cannot be new: the log has a measure of this id; give the row "
                "another key"
            )
        ] == found

    def test_two_rows_the_same(self) -> None:
        """Two rows cannot be one measure, whoever says so."""
        found = self.flaws(
            Answers(same=FrozenMapping({"wohnen/17": "wohnen-2", "wohnen/1": "wohnen-2"}))
        )
        assert [
            (
                "A2: number: expected another measure in each row, 'wohnen-2' is the one at A3 as "
                "well; say in a file of answers which is which"
            ),
            (
                "A3: number: expected another measure in each row, 'wohnen-2' is the one at A2 as "
                "well; say in a file of answers which is which"
            ),
        ] == found

    @pytest.mark.parametrize(
        "answers",
        [
            Answers(merged=FrozenMapping({"wohnen/17": ("wohnen-1", "wohnen-2")})),
            Answers(split=FrozenMapping({"wohnen-1": ("wohnen/17",)})),
        ],
    )
    def test_went_into_another_and_has_a_row(self, answers: Answers) -> None:
        """A measure that became another cannot have a row of its own."""
        assert [
            (
                "A2: number: expected no row of 'wohnen-1', which became another measure by the "
                "answers; leave one out"
            )
        ] == self.flaws(answers)

    def test_all_at_once(self) -> None:
        """All that is wrong is told at once."""
        answers = Answers(
            same=FrozenMapping({"?": "??"}),
            new=frozenset({"!"}),
            split=FrozenMapping({"%": ("wohnen/17",)}),
        )
        assert 3 == len(self.flaws(answers))


NUMBERS = st.sampled_from([None, "1", "2", "3", "1+2", "3a", "3b"])
WORDS = st.sampled_from([None, FEST, BERATUNG, ZENTRUM, "Sommerfest", "Beratung", "Zentrum"])
FIELDS = st.sampled_from(["wohnen", "freizeit", None])
PHASES = st.sampled_from(["proposed", "started", "dropped", "replaced", None])


@st.composite
def tables(draw: st.DrawFn) -> list[StatedMeasure]:
    """A few rows, of which each has something that tells it from the others."""
    keys = st.sampled_from([None, None, "a", "b", "A"])
    cells = st.tuples(FIELDS, NUMBERS, WORDS, keys).filter(lambda one: any(one[1:]))
    found = draw(st.lists(cells, max_size=6, unique_by=lambda one: one[3] or one[:3]))
    return [
        row(number, title, field=field, key=key, place=f"A{index}")
        for index, (field, number, title, key) in enumerate(found)
    ]


@st.composite
def plans(draw: st.DrawFn) -> list[Measure]:
    """A few measures, of any phase."""
    cells = st.tuples(st.sampled_from("abcdef"), FIELDS, NUMBERS, WORDS, PHASES)
    return [
        measure(
            number,
            title,
            id=id,
            field=field,
            phase=phase,
            cause="not_listed" if phase == "dropped" else None,
        )
        for id, field, number, title, phase in draw(
            st.lists(cells, max_size=6, unique_by=lambda one: one[0])
        )
    ]


class TestOrder:
    """In which order suggestions are told."""

    def test_as_in_the_table(self) -> None:
        """Suggestions come as their rows stand in the table, however likely they are."""
        rows = [row("8", f"{FEST} im Park"), row("5+6", ZENTRUM), row("9", BERATUNG)]
        now = [measure("1", BERATUNG), measure("2", FEST), measure("5", "A"), measure("6", "B")]
        found = matched(rows, now)
        assert [one.names for one in found.suggestions] == [
            ("wohnen/8",),
            ("wohnen/5+6",),
            ("wohnen/9",),
        ]


class TestLaws:
    """What holds for every table and log."""

    @given(tables(), plans(), plans(), st.sampled_from([Answers(), ACCEPT, IGNORE]))
    def test_each_measure_once(
        self,
        rows: list[StatedMeasure],
        now: list[Measure],
        later: list[Measure],
        answers: Answers,
    ) -> None:
        """Each row is another measure, or it is told which rows are one."""
        later = [one for one in later if one.id not in {known.id for known in now}]
        found = matched(rows, now, answers, later)
        doubled = {flaw.place for flaw in found.flaws if flaw.code == "one-measure"}
        ids = [
            id for id, stated in zip(found.ids, rows, strict=True) if stated.place not in doubled
        ]
        assert len({*ids}) == len(ids)

    @given(tables(), plans(), st.randoms(use_true_random=False))
    def test_order_of_rows(
        self, rows: list[StatedMeasure], now: list[Measure], random: object
    ) -> None:
        """Which known measure a row is does not depend on where in the table it stands, nor does
        what is suggested.
        """
        shuffled = list(rows)
        random.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis has its own class
        one, other = matched(rows, now), matched(shuffled, now)
        known = {measure.id for measure in now}
        assert _known(rows, one, known) == _known(shuffled, other, known)
        assert {(told.kind, frozenset(told.names), told.measures) for told in one.suggestions} == {
            (told.kind, frozenset(told.names), told.measures) for told in other.suggestions
        }

    @given(tables(), plans())
    def test_each_measure_suggested_once(
        self, rows: list[StatedMeasure], now: list[Measure]
    ) -> None:
        """What is suggested without an alternative names each row and each measure once."""
        clear = [one for one in matched(rows, now).suggestions if not one.contested]
        names = [name for one in clear for name in one.names]
        measures = [id for one in clear for id in one.measures]
        assert len({*names}) == len(names)
        assert len({*measures}) == len(measures)

    @given(tables(), plans())
    def test_accepting_settles(self, rows: list[StatedMeasure], now: list[Measure]) -> None:
        """Accepting takes what is suggested without an alternative, and leaves the rest."""
        listed, accepted = matched(rows, now), matched(rows, now, ACCEPT)
        assert [one for one in listed.suggestions if not one.contested] == [*accepted.accepted]
        assert [one for one in listed.suggestions if one.contested] == [*accepted.suggestions]
        for one in accepted.accepted:
            if one.kind == "same":
                place = one.rows[0].place
                assert one.measures == (
                    dict(zip([r.place for r in rows], accepted.ids, strict=True))[place],
                )

    def test_large_tables(self) -> None:
        """Many rows against as many measures take seconds, however many titles are alike."""
        words = [f"{one}{two}" for one in ("Spiel", "Markt", "Wohn") for two in ("platz", "haus")]
        titles = [" ".join(words[n // 6**place % 6] for place in range(4)) for n in range(250)]
        rows = [row(f"n{n}", f"{title} neu") for n, title in enumerate(titles)]
        now = [measure(f"m{n}", title) for n, title in enumerate(titles)]
        start = time.process_time()
        found = matched(rows, now)
        assert time.process_time() - start < 5
        assert found.suggestions


def _known(rows: list[StatedMeasure], found: Matching, known: set[str]) -> dict[str, str | None]:
    return {
        stated.place: id if id in known else None
        for stated, id in zip(rows, found.ids, strict=True)
    }
