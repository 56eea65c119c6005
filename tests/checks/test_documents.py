"""What documents say of one day has no order, and none of it contradicts the rest."""

from planlog.checks import check
from planlog.events import (
    Amended,
    Implemented,
    PlanOpened,
    Prioritized,
    Proposed,
    Started,
)
from tests.checks.examples import FIELD, OPENED, SOCIAL
from tests.histories import Entry
from tests.stated import Stated, mixed, restated, stated

FIRST, SECOND = "2021-09-01", "2022-09-01"
ID = "wohnen-16"
PROPOSED = Proposed(measure=ID, title="Nachbarschaften", field="wohnen")
STARTED = Started(measure=ID)
IMPLEMENTED = Implemented(measure=ID)
BEGUN = (OPENED, FIELD, SOCIAL)


def found(*parts: Entry | Stated) -> list[tuple[str, int | None]]:
    """The codes of what is found behind the beginning, each with its place behind it."""
    findings = check(mixed(*BEGUN, *parts), None)
    return [
        (one.code, None if one.position is None else one.position - len(BEGUN)) for one in findings
    ]


class TestStatedAgain:
    """Tests for a day that was stated again because an older table came in later."""

    def test_nothing_happened(self) -> None:
        """A measure that is proposed anew and implemented on one day neither fell nor rose."""
        older = stated(FIRST, PROPOSED, IMPLEMENTED)
        assert [] == found(stated(SECOND, PROPOSED, IMPLEMENTED), older)

    def test_by_hand(self) -> None:
        """The same, recorded by hand, is found."""
        assert {"two-values", "unexplained-fall-back", "implemented-without-start"} == {
            code
            for code, _ in found(
                *((event, day) for day in (FIRST, SECOND) for event in (PROPOSED, IMPLEMENTED))
            )
        }

    def test_contradicted_by_hand(self) -> None:
        """What somebody recorded on that day may still contradict the document."""
        assert [("two-values", 3)] == found(
            stated(SECOND, PROPOSED, STARTED), (IMPLEMENTED, SECOND)
        )
        contradicted = found(
            stated(FIRST, PROPOSED, STARTED),
            (Amended(measure=ID, title="Nachbarn"), FIRST),
            restated(FIRST, Amended(measure=ID, title="Treffpunkt")),
        )
        assert [("two-values", 4)] == contradicted

    def test_what_fell_back(self) -> None:
        """A measure that is not where the table before had it did fall back, and that is found."""
        older = stated(FIRST, PROPOSED, IMPLEMENTED)
        assert [("unexplained-fall-back", 1)] == found(stated(SECOND, PROPOSED, STARTED), older)


class TestLists:
    """Tests for the lists of a table."""

    LISTED = Prioritized(field="soziales", ranking=(ID,))
    MOVED = Amended(measure=ID, field="soziales")

    def test_after_all_of_the_day(self) -> None:
        """A measure may be moved to the field of its list behind that list."""
        older = stated(FIRST, PROPOSED)
        assert [] == found(older, stated(SECOND, self.LISTED, self.MOVED))
        assert [] == found(older, stated(SECOND, self.LISTED), restated(SECOND, self.MOVED))
        assert [("foreign-measure", 2)] == found(older, (self.LISTED, SECOND), (self.MOVED, SECOND))

    def test_foreign_all_the_same(self) -> None:
        """A measure that the table leaves in another field is found, once."""
        older = stated(FIRST, PROPOSED)
        assert [("foreign-measure", 4)] == found(
            older, stated(SECOND, self.LISTED), restated(SECOND, self.LISTED)
        )

    def test_moved_by_hand(self) -> None:
        """What is recorded by hand behind the table comes too late for its lists."""
        assert [("foreign-measure", 2)] == found(
            stated(FIRST, PROPOSED), stated(SECOND, self.LISTED), (self.MOVED, SECOND)
        )


class TestOpening:
    """Tests for plans that were opened by an import."""

    def test_by_an_older_table(self) -> None:
        """A table that is older than the plan opens it on its own day, and that is meant."""
        opened = PlanOpened(title="Sozialer Maßnahmenplan")
        assert [] == found(stated("2019-09-01", opened))
        assert [("plan-opened-again", 0)] == found((opened, "2019-09-01"))


class TestWithoutStart:
    """Tests for tables that say when something was done."""

    def test_a_table_says_nothing_of_the_start(self) -> None:
        """What a table has as implemented need not have been started; by hand it must."""
        assert [] == found(stated(FIRST, PROPOSED, IMPLEMENTED))
        assert [("implemented-without-start", 2)] == found(
            stated(FIRST, PROPOSED), (IMPLEMENTED, SECOND)
        )
