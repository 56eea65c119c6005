"""How alike two titles are, and which of many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.versions.matching.likeness import ALIKE, MOST_ALIKE, likeness, pairs_alike

WORDS = (
    "Aufbau",
    "Spielplatz",
    "Spielplätze",
    "im",
    "Nord",
    "Süd",
    "2021",
    "2022",
    "Ümit",
    "–",
    ":",
)
TITLES = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)


class TestLikeness:
    """How alike two titles are."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Öffentlichkeitsarbeit", "OEFFENTLICHKEITSARBEIT"),
            ("Café für Ältere", "Cafe fuer Aeltere"),
            ("Straße „Am Hang“", "Strasse Am Hang"),
            ("A\u0308ltere Menschen", "Ältere Menschen"),
            ("Müllsammel-Aktion", "Müllsammel Aktion!"),
        ],
    )
    def test_the_same(self, one: str, other: str) -> None:
        """Capitals, punctuation and how umlauts are written do not count."""
        assert 1.0 == likeness(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Aufbau eines Nachbarschaftszentrums", "Nachbarschaftszentrum aufbauen"),
            ("Beleuchtung im Park", "Park-Beleuchtung"),
            ("Feste im Hof", "Das Fest im Hofe"),
        ],
    )
    def test_nearly_the_same(self, one: str, other: str) -> None:
        """Small words, endings and the order of words hardly count."""
        assert 0.99 == likeness(one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Verbesserung der Beleuchtung im Park", "Beleuchtung im Park verbessern"),
            ("Stadtteilfest", "Stadteilfest"),
            ("Mietberatung", "Mieterberatung"),
            ("Sprachkurse", "Sprachkurse – Deutsch für Eltern"),
            ("Sprachkurse (ab 2022)", "Sprachkurse"),
            ("Klimaschutzfond zur Finanzierung weiterer Maßnahmen", "Klimaschutzfonds"),
            ("Bau eines Spielplatzes 2021", "Bau eines Spielplatzes"),
        ],
    )
    def test_alike(self, one: str, other: str) -> None:
        """Titles with a slip, a subtitle or a few words more are alike, and not the same."""
        assert ALIKE <= likeness(one, other) < 1

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Spielplatz Nord", "Spielplatz Süd"),
            ("Jugendtreff", "Jugendzentrum"),
            ("Stadtteilfest 2021", "Stadtteilfest 2022"),
            ("Bauabschnitt II", "Bauabschnitt III"),
            ("Sprachkurse: für Frauen", "Sprachkurse: für Männer"),
            ("Park", "Parkplätze, Wege und Beleuchtung im Park"),
            ("Hausaufgabenhilfe", "Fahrradwerkstatt"),
            ("Fest", ""),
        ],
    )
    def test_unlike(self, one: str, other: str) -> None:
        """Titles that tell measures of a kind apart are not alike, nor are others."""
        assert likeness(one, other) < ALIKE

    @pytest.mark.parametrize(
        ("one", "other"), [("", ""), ("–", "!"), ("im", "zum"), ("Fest", "Ruhe"), ("", "– Fest")]
    )
    def test_nothing_in_common(self, one: str, other: str) -> None:
        """Where there is nothing to compare, nothing is alike."""
        assert 0.0 == likeness(one, other)

    @given(TITLES, TITLES)
    def test_measures_both_ways(self, one: str, other: str) -> None:
        """It is between 0 and 1, the same both ways, and full for a title beside itself."""
        assert 0 <= likeness(one, other) == likeness(other, one) <= 1
        assert likeness(one, one) in (0, 1)


class TestPairsAlike:
    """Which of many titles are alike."""

    def test_pairs(self) -> None:
        """Those that are alike are told with their places, the best first; empty ones never."""
        ones = ["Sommerfest", None, "", "Beratung für Mieter"]
        others = [None, "Mieterberatung", "Sommerfeste im Park", "", "Sommerfest"]
        assert [(0, 4), (0, 2), (3, 1)] == [pair[:2] for pair in pairs_alike(ones, others)]

    def test_long_subtitle(self) -> None:
        """A title is found with a subtitle that is much longer than itself."""
        others = ["Tor", "Chor – gemeinsam singen für alle ab fünfzig Jahren"]
        assert [(0, 1, 0.85)] == list(pairs_alike(["Chor"], others))

    def test_held_by_a_long_title(self) -> None:
        """A long word is found in a title that has many more."""
        others = ["Klimaschutzfond zur Finanzierung weiterer Maßnahmen der Stadt Musterhausen"]
        assert [(0, 0, 0.85)] == list(pairs_alike(["Klimaschutzfonds"], others))

    def test_best_first(self) -> None:
        """Of several, the most alike comes first."""
        others = ["Stadteilfest", "Stadtteilfest"]
        assert [1, 0] == [there for _, there, _ in pairs_alike(["Stadtteilfest"], others)]

    def test_all_of_one_title(self) -> None:
        """All that carry a title are told, in other spellings too."""
        found = pairs_alike(["Fest", "FEST"], ["Fest!", "Fest"])
        assert {(0, 0), (0, 1), (1, 0), (1, 1)} == {(here, there) for here, there, _ in found}

    @pytest.mark.parametrize(
        ("ones", "others"),
        [
            (["Fest"] * (MOST_ALIKE + 1), ["Fest"]),
            (["Fest"], ["Fest"] * (MOST_ALIKE + 1)),
        ],
    )
    def test_what_too_many_carry(self, ones: list[str], others: list[str]) -> None:
        """A title that too many carry says nothing."""
        assert [] == list(pairs_alike(ones, others))

    def test_no_more_than_say_something(self) -> None:
        """Of very many that are alike, only the best are told."""
        others = [f"Stadtteilfest {word}" for word in "abcdefghjklmno"]
        assert MOST_ALIKE == len(list(pairs_alike(["Stadtteilfest"], others)))

    @given(st.lists(TITLES, max_size=6), st.lists(TITLES, max_size=6))
    def test_misses_none(self, ones: list[str], others: list[str]) -> None:
        """What is told is what comparing all with all finds."""
        assert {
            (here, there, likeness(one, other))
            for here, one in enumerate(ones)
            for there, other in enumerate(others)
            if likeness(one, other) >= ALIKE
        } == set(pairs_alike(ones, others))
