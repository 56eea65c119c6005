"""On what ground things changed."""

from planlog.dates import InexactDate
from planlog.events import Started
from planlog.plan import Conference, Decision, Plan
from planlog.render.grounds import Grounds, ground
from planlog.render.naming import Naming
from planlog.wording import words_for
from tests.diff.points import moment
from tests.render.examples import recorded

STARTED = Started(measure="w-1")
EVENTS = {
    one.id: one
    for one in (
        recorded(0, STARTED, "2021", source="Protokoll"),
        recorded(1, STARTED, "2021", source="Protokoll", reason="Nachfrage"),
        recorded(2, STARTED, "2021", source=None),
        recorded(3, STARTED, "2021", source="Protokoll"),
    )
}
FIRST, REASONED, WITHOUT, SAME = EVENTS
DECISION = Decision(
    event=REASONED, conference="k-1", on=InexactDate.parse("2021-05-04"), outcome="adopted"
)
PLAN = Plan(conferences=(Conference(id="k-1", title="1. Konferenz"),))
POINTS = moment((None, 0)), moment((None, 0))


def grounds() -> Grounds:
    """Grounds of which none was named yet."""
    naming = Naming.of((PLAN, PLAN), POINTS, words_for("en"))
    return Grounds(naming, EVENTS, {DECISION.event: DECISION})


class TestGrounds:
    def test_numbered_as_they_are_named(self) -> None:
        """Each ground has one number, in the order in which they are first named."""
        found = grounds()
        assert ["[1]", "[1,2]", "[2,3]", "[1]"] == [
            found.marks([WITHOUT]),
            found.marks([FIRST, WITHOUT]),
            found.marks([REASONED, SAME]),
            found.marks([WITHOUT]),
        ]
        assert (
            "[1] without a source",
            "[2] Protokoll",
            "[3] Protokoll; reason: Nachfrage",
        ) == found.listed()

    def test_decisions(self) -> None:
        """A decision is a ground with its own source and reason."""
        found = grounds()
        assert "[1,2]" == found.marks([FIRST], [DECISION.event])
        assert (
            "[2] 2021-05-04, 1. Konferenz: adopted (Protokoll; reason: Nachfrage)"
            == found.listed()[1]
        )

    def test_none(self) -> None:
        """What was not named is not listed."""
        assert () == grounds().listed()


class TestGround:
    def test_source_and_reason(self) -> None:
        """Where it stands and why, as far as it was said; here in German."""
        words = words_for("de")
        assert [
            "Protokoll",
            "Protokoll; Begründung: Nachfrage",
            "ohne Quelle",
            "Protokoll",
        ] == [ground(event, words) for event in EVENTS.values()]
