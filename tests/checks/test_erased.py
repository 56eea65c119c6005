"""No history is accused of what only an erasure caused, and nothing else goes unfound."""

from collections.abc import Sequence
from datetime import date

import pytest

from planlog.checks import Finding, check
from planlog.events import (
    Amended,
    Dropped,
    FieldAdded,
    Implemented,
    Merged,
    Paused,
    Prioritized,
    Proposed,
    Resumed,
    Retracted,
    Started,
)
from tests.checks.examples import (
    DECIDED,
    EXAMPLES,
    FIELD,
    HELD,
    LISTED,
    OPENED,
    PROPOSED,
    SOCIAL,
    SOUND,
    STARTED,
)
from tests.erasures import without
from tests.histories import Entry, id_at, log

ID = "wohnen-16"
DONE: Entry = (Implemented(measure=ID), "2023-05-04")


def found(
    entries: Sequence[Entry], *positions: int, bare: bool = False, day: str = "2023-06-30"
) -> list[Finding]:
    """What is found where the texts at *positions* were erased."""
    return list(check(without(log(*entries), *positions, bare=bare), date.fromisoformat(day)))


def codes(entries: Sequence[Entry], *positions: int, bare: bool = False) -> set[str]:
    """The codes of what is found."""
    return {one.code for one in found(entries, *positions, bare=bare)}


class TestSound:
    """Tests for histories with which nothing was wrong before."""

    @pytest.mark.parametrize("bare", [False, True])
    @pytest.mark.parametrize("position", range(len(SOUND)))
    def test_any_text(self, position: int, bare: bool) -> None:
        """Whatever is erased of a sound history, it is sound."""
        assert [] == found(SOUND, position, bare=bare)

    @pytest.mark.parametrize("bare", [False, True])
    def test_all_texts(self, bare: bool) -> None:
        """So it is if everything is."""
        assert [] == found(SOUND, *range(len(SOUND)), bare=bare)

    @pytest.mark.parametrize("bare", [False, True])
    def test_corrections_and_retractions(self, bare: bool) -> None:
        """So are corrections and retractions, and what they aim at."""
        mended: list[Entry] = [
            *SOUND,
            (Started(measure=ID), "2023-03-15", 4),
            (Retracted(event=id_at(7)), "2023-04-01"),
        ]
        for position in (4, 7, 8):
            assert [] == found(mended, position, bare=bare)

    @pytest.mark.parametrize("bare", [False, True])
    def test_private_texts(self, bare: bool) -> None:
        """What was erased because it named somebody is found no more."""
        named: list[Entry] = [*SOUND, (Started(measure=ID, note="Frau Müller"), "2023-05-01")]
        assert "name-in-text" in codes(named)
        assert "name-in-text" not in codes(named, 7, bare=bare)


class TestExamples:
    """Tests for what is wrong with a history whatever is erased elsewhere in it."""

    @pytest.mark.parametrize("code", sorted(EXAMPLES))
    def test_unrelated_text(self, code: str) -> None:
        """A text about something else takes no finding away and adds none."""
        entries = list(EXAMPLES[code])
        other: Entry = (FieldAdded(field="garten", title="Garten"), "2020-09-18")
        before = [(one.code, one.event) for one in check(log(*entries, other), END)]
        after = [(one.code, one.event) for one in found([*entries, other], len(entries))]
        assert before == after


END = date(2023, 6, 30)


class TestOpenings:
    """Tests for the opening of the plan."""

    def test_late(self) -> None:
        """A plan opened behind an erased event is opened late all the same, named by its id."""
        (finding,) = [one for one in found([FIELD, OPENED], 0) if one.code == "plan-opened-late"]
        assert id_at(0) == finding.details["before"]

    def test_again(self) -> None:
        """The second opening is not called a late one, as the first was erased."""
        again = codes([OPENED, FIELD, OPENED], 0)
        assert "plan-opened-again" in again
        assert "plan-opened-late" not in again


class TestIntroductions:
    """Tests for what was introduced by an erased text."""

    def test_restated(self) -> None:
        """What stands between an erased proposal and the next is not before its introduction."""
        again: Entry = (PROPOSED[0], "2023-05-01")
        entries = [OPENED, FIELD, PROPOSED, STARTED, again]
        assert "before-introduction" not in codes(entries, 2)
        assert "before-introduction" not in codes(entries, 2, bare=True)
        assert "before-introduction" in codes([OPENED, FIELD, STARTED, again])

    def test_before_what_was_erased(self) -> None:
        """What precedes an erased introduction whose day is known is found still."""
        entries = [OPENED, FIELD, PROPOSED, (Started(measure=ID), "2022-01-01")]
        assert "before-introduction" in codes(entries, 2)

    def test_day_unknown(self) -> None:
        """Where nobody knows the day of an introduction, nothing is called before it."""
        entries = [OPENED, FIELD, (PROPOSED[0], "0001-01-01/9999-12-31"), STARTED, PROPOSED]
        assert "before-introduction" not in codes([*entries[:3], (STARTED[0], "2021")], 2)

    def test_missing_still(self) -> None:
        """What nothing introduced is found, though another introduction was erased."""
        entries = [OPENED, FIELD, PROPOSED, (Started(measure="wohnen-9"), "2023-03-16")]
        assert "no-introduction" in codes(entries, 2)

    def test_titles(self) -> None:
        """A measure whose title was in an erased text is not called untitled."""
        again: Entry = (Proposed(measure=ID), "2023-01-01")
        for bare in (False, True):
            assert "blank-title" not in codes([OPENED, FIELD, PROPOSED, again], 2, bare=bare)
        assert "blank-title" in codes([OPENED, FIELD, again])


class TestDecisions:
    """Tests for what was decided before it was proposed."""

    EARLY: Sequence[Entry] = (
        *(OPENED, FIELD, HELD, (PROPOSED[0], "2023-05-25"), (LISTED[0], "2023-02-01")),
        DECIDED,
    )

    def test_through_a_list(self) -> None:
        """It is found through the list; where another list was erased in between, nobody knows."""
        assert "decided-before-proposal" in codes(self.EARLY)
        empty: Entry = (Prioritized(field="wohnen", ranking=()), "2023-03-01")
        entries = [*self.EARLY, empty]
        for bare in (False, True):
            assert "decided-before-proposal" not in codes(entries, 6, bare=bare)

    def test_list_of_unknown_day(self) -> None:
        """A list of which nobody knows when it held may have held then."""
        empty: Entry = (Prioritized(field="wohnen", ranking=()), "0001-01-01/9999-12-31")
        assert "decided-before-proposal" not in codes([*self.EARLY, empty], 6)

    def test_list_of_another_field(self) -> None:
        """The list of another field is no matter."""
        other: Entry = (Prioritized(field="soziales", ranking=()), "2023-03-01")
        assert "decided-before-proposal" in codes([*self.EARLY, SOCIAL, other], 7)

    def test_erased_proposal(self) -> None:
        """An erased proposal may have been the earlier one."""
        entries = [*self.EARLY, (PROPOSED[0], "2022-01-01")]
        for bare in (False, True):
            assert "decided-before-proposal" not in codes(entries, 6, bare=bare)


class TestLists:
    """Tests for what stands on a list."""

    MOVED: Entry = (Amended(measure=ID, field="soziales"), "2023-01-01")
    BACK: Entry = (Amended(measure=ID, field="wohnen"), "2023-02-01")

    def test_foreign(self) -> None:
        """A measure that an erased text may have moved is not called foreign."""
        entries = [OPENED, FIELD, SOCIAL, PROPOSED, self.MOVED, self.BACK, LISTED]
        assert "foreign-measure" not in codes(entries)
        for bare in (False, True):
            assert "foreign-measure" not in codes(entries, 5, bare=bare)
        assert "foreign-measure" in codes([*entries[:5], LISTED, FIELD], 6)

    def test_foreign_on_an_unknown_day(self) -> None:
        """Nor is one of which nobody knows when it was moved."""
        moved: Entry = (Amended(measure=ID, field="wohnen"), "0001-01-01/9999-12-31")
        entries = [OPENED, FIELD, SOCIAL, PROPOSED, self.MOVED, LISTED, moved]
        assert "foreign-measure" in codes(entries[:6])
        assert "foreign-measure" not in codes(entries, 6)

    @pytest.mark.parametrize(
        "text",
        [
            (Resumed(measure=ID), "2023-05-01"),
            (Prioritized(field="wohnen", ranking=()), "2023-05-01"),
        ],
    )
    def test_dropped(self, text: Entry) -> None:
        """A measure on a list is not called dropped if an erased text may have changed either."""
        dropped: Entry = (Dropped(measure=ID, cause="other"), "2023-04-01")
        entries = [OPENED, FIELD, PROPOSED, LISTED, dropped]
        assert "ranked-but-dropped" in codes(entries)
        assert "ranked-but-dropped" not in codes([*entries, text], 5)


class TestWork:
    """Tests for the work on measures."""

    def test_implemented(self) -> None:
        """Work may have begun by an erased text, also that on what the measure came from."""
        assert "implemented-without-start" in codes([*SOUND[:4], DONE])
        for bare in (False, True):
            assert "implemented-without-start" not in codes([*SOUND, DONE], 4, bare=bare)
        other: Entry = (Proposed(measure="wohnen-1", title="B", field="wohnen"), "2022-05-25")
        begun: Entry = (Started(measure="wohnen-1"), "2022-06-01")
        merged: Entry = (Merged(measures=("wohnen-1",), into=ID), "2022-07-01")
        entries = [*SOUND[:4], other, begun, merged, DONE]
        for bare in (False, True):
            assert "implemented-without-start" not in codes(entries, 6, bare=bare)

    def test_implemented_before(self) -> None:
        """That work began later by an erased text does not explain it."""
        late: Entry = (Started(measure=ID), "2023-06-01")
        assert "implemented-without-start" in codes([*SOUND[:4], DONE, late], 5)

    def test_fall_back(self) -> None:
        """It may not have fallen back at all: an erased text may have stood in between."""
        fell: Entry = (Started(measure=ID), "2023-06-01")
        paused: Entry = (Dropped(measure=ID, cause="other"), "2023-05-20")
        assert "unexplained-fall-back" in codes([*SOUND, DONE, fell])
        for bare in (False, True):
            assert "unexplained-fall-back" not in codes([*SOUND, DONE, fell, paused], 9, bare=bare)

    def test_fall_back_on_an_unknown_day(self) -> None:
        """So it may have where nobody knows when."""
        fell: Entry = (Started(measure=ID), "2023-06-01")
        paused: Entry = (Paused(measure=ID), "0001-01-01/9999-12-31")
        assert "unexplained-fall-back" not in codes([*SOUND, DONE, fell, paused], 9)

    def test_fall_back_of_another(self) -> None:
        """The text about another measure explains nothing."""
        fell: Entry = (Started(measure=ID), "2023-06-01")
        other: Entry = (Paused(measure="wohnen-1"), "2023-05-20")
        assert "unexplained-fall-back" in codes([*SOUND, DONE, fell, other], 9)


class TestUncertainty:
    """Tests for what inexact days leave open."""

    def test_settled_by_what_was_erased(self) -> None:
        """What an erased text may have settled would not be settled by a better date."""
        vague: Entry = (Paused(measure=ID), "2023-01-01/2024-01-01")
        exact: Entry = (Implemented(measure=ID), "2023-05-04")
        late: Entry = (Resumed(measure=ID), "2023-04/2023-08")
        entries = [*SOUND, vague, exact, late]
        assert "uncertain" in codes(entries)
        assert "uncertain" not in codes(entries, 8)

    def test_of_another(self) -> None:
        """What is open of another measure is found."""
        vague: Entry = (Proposed(measure="wohnen-1", title="B", field="wohnen"), "2023")
        assert "uncertain" in codes([*SOUND, vague], 4)
