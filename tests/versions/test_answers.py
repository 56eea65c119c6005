"""What people say about which measure is a row, where the table alone does not tell."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import TableError
from planlog.mappings import FrozenMapping
from planlog.versions.matching.answers import (
    Answers,
    Suggestion,
    answers_template,
    parse_answers,
    row_name,
)
from planlog.versions.statement import StatedMeasure
from tests.versions.rows_and_measures import matched, measure, row

FEST = "Jährliches Sommerfest"


def parsed(text: str) -> Answers:
    """What a file of answers says."""
    return parse_answers(text.encode(), "answers.toml")


def flaws(text: str | bytes) -> list[str]:
    """What is wrong with a file of answers."""
    with pytest.raises(TableError) as caught:
        parse_answers(text if isinstance(text, bytes) else text.encode(), "answers.toml")
    return [str(flaw) for flaw in caught.value.flaws]


class TestRowName:
    """What people call a row."""

    @pytest.mark.parametrize(
        ("name", "stated"),
        [
            ("K1", row("16", FEST, key="K1")),
            ("Wohnen/16", row("16", FEST, field="Wohnen")),
            ("16", row("16", FEST, field=None)),
            ("16", row("16", FEST, field=...)),
            (FEST, row(None, FEST, field="Wohnen")),
            ("A7", row(None, None, place="A7")),
        ],
    )
    def test_names(self, name: str, stated: StatedMeasure) -> None:
        """A row is called by its key, else by field and number, else by its title or place."""
        assert name == row_name(stated)


class TestParseAnswers:
    """Reading a file of answers."""

    def test_everything(self) -> None:
        """All four kinds of answers are read."""
        assert Answers(
            same=FrozenMapping({"Wohnen/17": "wohnen-16"}),
            new=frozenset({"Wohnen/18"}),
            merged=FrozenMapping({"Wohnen/5+6": ("wohnen-5", "wohnen-6")}),
            split=FrozenMapping({"wohnen-7": ("Wohnen/7a", "Wohnen/7b")}),
        ) == parsed(
            'new = ["Wohnen/18"]\n'
            '[same]\n"Wohnen/17" = "wohnen-16"\n'
            '[merged]\n"Wohnen/5+6" = ["wohnen-5", "wohnen-6"]\n'
            '[split]\n"wohnen-7" = ["Wohnen/7a", "Wohnen/7b"]\n'
        )

    def test_nothing(self) -> None:
        """An empty file says nothing, and suggestions are listed."""
        assert Answers() == parsed("")
        assert "list" == parsed("").suggestions

    def test_place(self) -> None:
        """Where they were said is kept for messages, and does not make answers differ."""
        assert "answers.toml" == parsed("").place

    def test_byte_order_mark(self) -> None:
        """What an editor puts in front of UTF-8 does no harm."""
        assert Answers(new=frozenset({"Ü1"})) == parse_answers(
            b"\xef\xbb\xbf" + 'new = ["Ü1"]'.encode(), ""
        )

    def test_not_utf_8(self) -> None:
        """Another encoding is refused, with the byte that shows it."""
        assert [
            "answers.toml: expected UTF-8, got the byte 0xdc at offset 8; save the answers as UTF-8"
        ] == flaws('new = ["Ü1"]'.encode("cp1252"))

    @pytest.mark.parametrize("text", ['Wohnen/17 = "wohnen-16"', "[same", "new = " + "[" * 5000])
    def test_not_toml(self, text: str) -> None:
        """What is no TOML is refused, with what it should look like."""
        found = flaws(text)
        assert 1 == len(found)
        assert re.match(r'answers.toml: expected lines such as "Wohnen/17" = "wohnen-16"', found[0])

    def test_all_flaws_at_once(self) -> None:
        """Every flaw is told, each with its key."""
        one = "expected the id of a measure or the name of a row in quotes, got"
        several = 'expected a list such as ["wohnen-5", "wohnen-6"], got'
        assert [
            "answers.toml: smae: expected no such key; known here are same, new, merged, split",
            f"answers.toml: same.'wohnen': {one} {{'17': 'x'}}",
            f"answers.toml: new: {one} 7",
            "answers.toml: merged: expected the heading [merged] with lines below it, got 'x'",
            f"answers.toml: split.'a': {several} []",
            f"answers.toml: split.'b': {several} 'c'",
            f"answers.toml: split.'d': {one} ''",
        ] == flaws(
            'new = [7]\nmerged = "x"\n[smae]\n[same]\nwohnen.17 = "x"\n'
            '[split]\na = []\nb = "c"\nd = [""]\n'
        )


class TestAnswersTemplate:
    """A file of answers to begin with."""

    def test_whole(self) -> None:
        """It takes what is suggested, shows why, and offers what else there is."""
        rows = [
            row("1", FEST, field="Wohnen", place="plan.csv: A2"),
            row("5+6", "Beratung", field="Wohnen", place="plan.csv: A3"),
            row("8a", "Garten", field="Wohnen", place="plan.csv: A4"),
            row("8b", "Werkstatt", field="Wohnen", place="plan.csv: A5"),
        ]
        now = [
            measure("1", "Repair-Café"),
            measure("2", f"{FEST} im Park"),
            measure("5", "Mietberatung"),
            measure("6", "Rechtsberatung"),
            measure("8", "Gartenwerkstatt"),
        ]
        assert (
            "# Edit this,\n"
            "# and hand it back.\n"
            "new = [\n"
            '    # "Wohnen/1",\n'
            '    # "Wohnen/5+6",\n'
            '    # "Wohnen/8a",\n'
            '    # "Wohnen/8b",\n'
            "]\n"
            "\n"
            "[same]\n"
            '# 91%: "Jährliches Sommerfest im Park" (wohnen-2) -> "Jährliches Sommerfest" '
            "(plan.csv: A2)\n"
            '"Wohnen/1" = "wohnen-2"\n'
            '# "Wohnen/1" = "wohnen-1"\n'
            "\n"
            "[merged]\n"
            '# 70%: "Mietberatung" (wohnen-5) + "Rechtsberatung" (wohnen-6) -> "Beratung" '
            "(plan.csv: A3)\n"
            '"Wohnen/5+6" = ["wohnen-5", "wohnen-6"]\n'
            "\n"
            "[split]\n"
            '# 67%: "Gartenwerkstatt" (wohnen-8) -> "Garten" (plan.csv: A4) + "Werkstatt" '
            "(plan.csv: A5)\n"
            '"wohnen-8" = ["Wohnen/8a", "Wohnen/8b"]\n'
        ) == answers_template(matched(rows, now).suggestions, "Edit this,\nand hand it back.")

    def test_contested(self) -> None:
        """What is as likely as something else is left to choose."""
        rows = [row("7", FEST, field="Wohnen")]
        found = matched(rows, [measure("1", FEST), measure("2", FEST)])
        text = answers_template(found.suggestions)
        assert '# "Wohnen/7" = "wohnen-1"\n' in text
        assert '# "Wohnen/7" = "wohnen-2"\n' in text
        assert Answers() == parsed(text)

    def test_nothing_suggested(self) -> None:
        """Without suggestions there is nothing to say."""
        assert Answers() == parsed(answers_template([]))

    def test_settles_everything(self) -> None:
        """Handed back as it is, it settles everything as accepting does."""
        rows = [row("1", "Zentrum"), row("2", FEST), row("5+6", "Beratung")]
        now = [measure("1", FEST), measure("5", "Recht"), measure("6", "Miete")]
        answers = parsed(answers_template(matched(rows, now).suggestions))
        found, accepted = (
            matched(rows, now, answers),
            matched(rows, now, Answers(suggestions="accept")),
        )
        assert () == found.suggestions
        assert (accepted.ids, accepted.merged) == (found.ids, found.merged)

    def test_harmless(self) -> None:
        """What is not seen, or would turn what follows around, is spelt out."""
        stated = row("7", "Fest", field='\u202e\x1b[1m\n"\\')
        found = matched([stated], [measure("1", "Fest")])
        assert r'"\U0000202e\U0000001b[1m\U0000000a\"\\/7" = "wohnen-1"' in answers_template(
            found.suggestions
        )

    @given(st.text(min_size=1), st.text(min_size=1), st.text(), st.text())
    def test_any_text(self, name: str, id: str, title: str, place: str) -> None:
        """Whatever names, ids, titles and places hold, it reads back as it was suggested."""
        suggestion = Suggestion(
            kind="same",
            rows=(row("1", title, place=place),),
            names=(name,),
            measures=(id,),
            titles=(title,),
            otherwise=(place,),
        )
        text = answers_template([suggestion])
        assert {"new": [], "same": {name: id}} == tomllib.loads(text)
        assert Answers(same=FrozenMapping({name: id})) == parsed(text)
