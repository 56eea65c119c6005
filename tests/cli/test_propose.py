"""``planlog propose``."""

import pytest

from planlog.ids import slug
from tests.cli.running import Folder


class TestNew:
    def test_id_from_field_and_number(self, plan: Folder) -> None:
        """A measure with a number is called by field and number for ever."""
        plan.do("propose", "Wohnen", "Beratung", "--number", "4", "--on", "2021-07-07")
        measure = plan.log.plan().measure("wohnen-4")
        assert ("wohnen", "4", "Beratung") == (measure.field, measure.number, measure.title)

    def test_id_from_title(self, plan: Folder) -> None:
        """Without a number it is called by its title."""
        plan.do("propose", "wohnen", "Bänke für Ältere", "--on", "2021-07-07")
        assert "Bänke für Ältere" == plan.log.plan().measure("baenke-fuer-aeltere").title

    def test_given_id(self, plan: Folder) -> None:
        """An id that is given is taken, even if the number is in use."""
        plan.do("propose", "wohnen", "Andere", "--number", "16", "--id", "m 7", "--on", "2021")
        assert "16" == plan.log.plan().measure("m 7").number

    def test_outside_the_fields(self, plan: Folder) -> None:
        """A measure may stand outside the fields."""
        plan.do("propose", "-", "Öffentlichkeitsarbeit", "--number", "3", "--on", "2021")
        assert plan.log.plan().measure("oeffentlichkeitsarbeit").field is None

    def test_all_that_describes_it(self, plan: Folder) -> None:
        """Everything the event can hold can be given."""
        plan.do("add-goal", "wohnen-a", "wohnen", "Bezahlbar", "--on", "2020")
        plan.do(
            *("propose", "wohnen", "Beratung", "--number", "4", "--on", "2021"),
            *("--goal", "wohnen-a", "--description", "Sprechstunde", "--due", "31.12.2024"),
            *("--responsible", "GWA", "--responsible", "LKO", "--partner", "Mieterbund"),
            *("--cost", "5.000 €", "--funding", "Fonds", "--stage", "Idee", "--note", "prüfen"),
            *("--attribute", "topic=Miete", "--attribute", "Ort=Zeppelin=Haus"),
        )
        measure = plan.log.plan().measure("wohnen-4")
        assert ("GWA", "LKO") == measure.responsible
        assert ("Mieterbund",) == measure.partners
        assert "2024-12-31" == str(measure.due)
        assert {"topic": "Miete", "Ort": "Zeppelin=Haus"} == measure.attributes
        assert ("Idee", "prüfen", "wohnen-a") == (measure.stage, measure.note, measure.goal)

    def test_needs_a_title(self, plan: Folder) -> None:
        """A new measure without a title is refused."""
        words = plan.refused("propose", "wohnen", "--number", "9", "--on", "2021", "--lang", "en")
        assert "a new measure needs a title" in words

    def test_needs_to_be_told_apart(self, plan: Folder) -> None:
        """Without title, number and id nobody knows which one is meant."""
        words = plan.refused("propose", "wohnen", "--on", "2021", "--lang", "en")
        assert "say which measure it is" in words

    def test_unknown_field(self, plan: Folder) -> None:
        """An unknown field is refused with the nearest there is."""
        words = plan.refused("propose", "wohnung", "X", "--on", "2021", "--lang", "en")
        assert "no field fits 'wohnung'; did you mean 'wohnen'?" in words

    def test_field_unlike_any(self, plan: Folder) -> None:
        """Where no field is near, the refusal says how to get one."""
        words = plan.refused("propose", "x", "X", "--on", "2021", "--lang", "en")
        assert "no field fits 'x'; planlog add-field adds one" in words

    @pytest.mark.parametrize("attribute", ["topic", "=Miete"])
    def test_malformed_attribute(self, plan: Folder, attribute: str) -> None:
        """An attribute is a key and a value."""
        words = plan.refused(
            "propose", "wohnen", "X", "--on", "2021", "--attribute", attribute, "--lang", "en"
        )
        assert f"Invalid value for '--attribute': expected KEY=VALUE, got {attribute!r}" in words

    @pytest.mark.parametrize("number", ["", " "])
    @pytest.mark.parametrize(
        "command", [("propose", "wohnen", "X"), ("amend", "wohnen-1"), ("add-field", "x", "X")]
    )
    def test_empty_number(self, plan: Folder, command: tuple[str, ...], number: str) -> None:
        """A number that says nothing is refused: it would tell nothing from anything."""
        words = plan.refused(*command, "--number", number, "--on", "2021", "--lang", "en")
        assert f"Invalid value for '--number': expected a number, got {number!r}" in words

    def test_number_of_which_no_id_can_be_made(self, plan: Folder) -> None:
        """A measure whose number has neither letters nor digits is called by its title."""
        plan.do("propose", "wohnen", "Beratung", "--number", "§", "--on", "2021")
        assert "beratung" == plan.log.plan().measure("wohnen/§").id


class TestAgain:
    def test_existing_is_refused(self, plan: Folder) -> None:
        """A measure that exists is not proposed by mistake."""
        words = plan.refused(
            "propose", "wohnen", "X", "--number", "16", "--on", "stk-3", "--lang", "en"
        )
        assert "the log has a measure 'wohnen-16' already (Nachbarschaften); say --again" in words

    def test_existing_under_another_id(self, plan: Folder) -> None:
        """Field and number mean the measure that has them now, whatever its id."""
        plan.do("amend", "wohnen-16", "--number", "17", "--on", "stk-3")
        assert "'wohnen-16'" in plan.refused(
            "propose", "wohnen", "X", "--number", "17", "--on", "2024"
        )

    def test_again(self, plan: Folder) -> None:
        """A measure can be proposed once more, without repeating its title."""
        plan.do("implement", "wohnen/16", "--on", "2022")
        plan.do("propose", "wohnen", "--number", "16", "--again", "--on", "stk-3")
        measure = plan.log.plan().measure("wohnen-16")
        assert ("proposed", "Nachbarschaften") == (measure.phase, measure.title)

    def test_again_by_id(self, plan: Folder) -> None:
        """It may be named by its id, and restated with a new title."""
        plan.do("propose", "wohnen", "Neu", "--id", "gesundheit-16", "--again", "--on", "stk-3")
        measure = plan.log.plan().measure("gesundheit-16")
        assert ("wohnen", "Neu") == (measure.field, measure.title)

    @pytest.mark.parametrize("reference", ["gesundheit/16", "wohnen/16", "1"])
    def test_again_by_reference(self, plan: Folder, reference: str) -> None:
        """It may be named as anywhere, and no second measure is made of that."""
        meant = plan.log.plan().measure(reference).id
        plan.do("propose", "wohnen", "Neu", "--id", reference, "--again", "--on", "stk-3")
        measures = plan.log.plan().measures
        assert (3, "Neu") == (len(measures), plan.log.plan().measure(meant).title)

    @pytest.mark.parametrize(
        ("what", "expected"),
        [
            (("--number", "17"), "no measure fits 'wohnen-17'; did you mean 'wohnen-"),
            (("16/1",), "no measure fits '16-1'"),
            (("1",), "say which measure it is"),
            ((), "say which measure it is"),
        ],
    )
    def test_again_what_nothing_is_called(
        self, plan: Folder, what: tuple[str, ...], expected: str
    ) -> None:
        """A title or number of which no measure has its id never makes another one."""
        words = plan.refused("propose", "wohnen", *what, "--again", "--on", "2023", "--lang", "en")
        assert expected in words

    def test_again_for_the_first_time(self, plan: Folder) -> None:
        """What does not exist cannot be proposed again."""
        words = plan.refused(
            "propose",
            "wohnen",
            "X",
            "--id",
            "wohnen-99",
            "--again",
            "--on",
            "stk-3",
            "--lang",
            "en",
        )
        assert "no measure fits 'wohnen-99'" in words


class TestSlug:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Größe & Übermut", "groesse-uebermut"),
            ("  B5+6 ", "b5-6"),
            ("1.10", "1.10"),
            ("Café_Ñandú", "cafe-nandu"),
            ("A\u0308lter", "aelter"),
            ("Пример", "пример"),
            ("...", ""),
        ],
    )
    def test_readable(self, text: str, expected: str) -> None:
        """Ids made from titles and numbers can be written on any keyboard that wrote these."""
        assert expected == slug(text)

    def test_long_titles_are_cut_between_words(self, plan: Folder) -> None:
        """An id is short enough to be written."""
        title = "Nachbarschaften stärken und fördern, Identität mit Wohnraum schaffen, Wohnformen"
        plan.do("propose", "wohnen", title, "--on", "2021")
        plan.do("propose", "wohnen", "W" * 100, "--on", "2021")
        ids = {measure.id for measure in plan.log.plan().measures}
        assert "nachbarschaften-staerken-und-foerdern-identitaet-mit" in ids
        assert "w" * 60 in ids
