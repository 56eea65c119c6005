"""What versions say of a measure, and what it must be for that; the laws are tested beside it."""

from typing import Any

from planlog.dates import InexactDate
from planlog.mappings import FrozenMapping
from planlog.plan import Version
from planlog.versions.wanted import Said, said_by, wanted

DAY = InexactDate.parse("2023-03-16")
HELD = {"title": "Garten", "phase": "started", "stage": "neu"}


def version(**stated: Any) -> Version:
    """A version that states something."""
    return Version(id="deck", on=DAY, **stated)


class TestSaidBy:
    def test_complete(self) -> None:
        """A complete version lists what the plan has, and says all that it states of it."""
        complete = version(coverage="complete", attributes=("title", "phase"))
        cells = {"title": "Garten", "phase": "started", "cause": None}
        assert Said(True, cells) == said_by([complete], "w-1", HELD)
        assert Said(False) == said_by([complete], "w-1", {**HELD, "phase": "dropped"})
        assert Said(False) == said_by([complete], "w-1", {})

    def test_complete_that_tells_what_it_lists(self) -> None:
        """One that says nothing of phases lists what it tells, whatever else the plan has."""
        mentioned = FrozenMapping({"w-1": ("title",)})
        silent = version(coverage="complete", attributes=("title",), measures=mentioned)
        for phase in ("started", "dropped"):
            held = {**HELD, "phase": phase}
            assert Said(True, {"title": "Garten"}) == said_by([silent], "w-1", held)
            assert Said(False) == said_by([silent], "s-1", held)

    def test_complete_that_tells_what_was_given_up(self) -> None:
        """One that says how measures stand tells only of what was given up that it lists it."""
        mentioned = FrozenMapping({"w-1": ("phase",)})
        telling = version(coverage="complete", attributes=("phase",), measures=mentioned)
        gone = {"phase": "dropped", "cause": "other"}
        assert Said(True, gone) == said_by([telling], "w-1", gone)
        assert Said(False) == said_by([telling], "s-1", gone)
        assert Said(True, {"phase": "started", "cause": None}) == said_by([telling], "s-1", HELD)

    def test_excerpt(self) -> None:
        """An excerpt says what it mentions, and of nothing else that it is not there."""
        mentioned = FrozenMapping({"w-1": ("stage", "rank", "anything")})
        excerpt = version(coverage="excerpt", attributes=("title", "stage"), measures=mentioned)
        assert Said(True, {"stage": "neu"}) == said_by([excerpt], "w-1", HELD)
        assert said_by([excerpt], "s-1", HELD) is None
        assert said_by([version(coverage="excerpt")], "w-1", HELD) is None

    def test_two(self) -> None:
        """Two versions of a day say together what each of them says."""
        title, stage, other = (
            version(coverage="excerpt", measures=FrozenMapping({id: (name,)}))
            for id, name in (("w-1", "title"), ("w-1", "stage"), ("s-1", "title"))
        )
        both = Said(True, {"title": "Garten", "stage": "neu"})
        for versions in ([title, other, stage], [stage, title, other], [other, title, stage]):
            assert both == said_by(versions, "w-1", HELD)


class TestWanted:
    def test_without_a_word_about_the_phase(self) -> None:
        """What is listed is in the plan, unless it was given up for a cause of its own."""
        gone = {"phase": "dropped", "cause": "not_listed"}
        found = [
            wanted(before, Said(True))
            for before in ({}, {"phase": "replaced"}, gone, {**gone, "cause": "other"}, HELD)
        ]
        phases = [(one["phase"], one["cause"]) for one in found]
        assert [("proposed", None)] * 3 == phases[:3]
        assert [("dropped", "other"), ("started", None)] == phases[3:]

    def test_what_was_said_of_a_phase(self) -> None:
        """Stage and note stay with their phase, and with its cause, and no longer."""
        before = {"phase": "dropped", "cause": "other", "stage": "alt", "note": "n"}
        same, other = (
            wanted(before, Said(True, {"phase": "dropped", "cause": cause}))
            for cause in ("other", "rejected")
        )
        assert ("alt", "n") == (same["stage"], same["note"])
        assert (None, None) == (other["stage"], other["note"])
