"""Diffs as values: applied, composed, filtered."""

from datetime import date

import pytest

from planlog import PlanLog
from planlog.diff import Axis, Basis, ChangeKind, PlanChange, PlanDiff, attribute_names, difference
from planlog.draft import Thing
from planlog.errors import DiffMismatchError
from planlog.events import Proposed, RecordedEvent, Started
from planlog.mappings import FrozenMapping
from planlog.plan import ActionField, Measure, Plan, Prefix
from planlog.ranking import RankCause
from tests.diff.points import moment
from tests.histories import log, state

NOWHERE = Basis(at=date(2023, 3, 16), known=Prefix(size=0))


def change(
    attribute: str,
    before: object,
    after: object,
    *,
    axis: Axis = "decided",
    cause: RankCause | None = None,
    events: tuple[str, ...] = (),
    subject: str = "measure",
    id: str = "a-1",
) -> PlanChange:
    """One changed attribute."""
    return PlanChange(
        subject=subject,
        id=id,
        kind="changed",
        attribute=attribute,
        before=before,
        after=after,
        axis=axis,
        cause=cause,
        events=events,
    )


def whole(
    kind: ChangeKind, thing: Thing, axis: Axis = "decided", events: tuple[str, ...] = ()
) -> PlanChange:
    """Something that came or went."""
    return PlanChange(
        subject="field" if isinstance(thing, ActionField) else "measure",
        id=thing.id,
        kind=kind,
        attribute=None,
        before=thing if kind == "removed" else None,
        after=thing if kind == "added" else None,
        axis=axis,
        events=events,
    )


def diff(*changes: PlanChange) -> PlanDiff:
    """A diff of these changes."""
    return PlanDiff(from_=NOWHERE, to=NOWHERE, changes=changes)


def joined(first: list[PlanChange], second: list[PlanChange]) -> list[PlanChange]:
    """What becomes of two runs of changes."""
    return list(diff(*first).then(diff(*second)).changes)


class TestApply:
    """Tests for `PlanDiff.apply`."""

    PLAN = Plan(measures=(Measure(id="a-1", title="Garten", rank=3),))

    def test_changes(self) -> None:
        """A change sets, clears, and lets the rank follow from the list."""
        changed = diff(
            change("title", "Garten", None),
            change("level", None, "hoch"),
            change("rank", 3, 7),
            change("title", None, "Plan", subject="plan", id=""),
        ).apply(self.PLAN)
        assert Plan(title="Plan", measures=(Measure(id="a-1", level="hoch"),)) == changed
        assert (NOWHERE.at, NOWHERE.known) == (changed.at, changed.known)

    def test_comes_and_goes(self) -> None:
        """What is added is there, what is removed is not."""
        new = Measure(id="a-2", attributes=FrozenMapping({"topic": "x"}), responsible=("GWA",))
        added = diff(whole("added", new)).apply(self.PLAN)
        assert ("a-1", "a-2") == tuple(one.id for one in added.measures)
        assert new == added.measure("a-2")
        assert self.PLAN.measures[0].title == added.measure("a-1").title
        assert Plan() == diff(whole("removed", self.PLAN.measures[0])).apply(self.PLAN)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            (change("title", "Turnier", "x"), "title of measure 'a-1' is Garten, .* from Turnier"),
            (change("title", None, "x", id="b-1"), "title of measure 'b-1'"),
            (whole("added", Measure(id="a-1")), "of measure 'a-1' is something"),
            (whole("removed", Measure(id="a-1", title="x")), "something else"),
            (whole("removed", Measure(id="b-1")), "of measure 'b-1'"),
        ],
    )
    def test_does_not_fit(self, wrong: PlanChange, message: str) -> None:
        """A diff that comes from another plan is refused, and says what is not as it was."""
        with pytest.raises(DiffMismatchError, match=message):
            diff(wrong).apply(self.PLAN)


class TestThen:
    """Tests for `PlanDiff.then`."""

    def test_ends(self) -> None:
        """The diff leads from where the first comes from to where the second goes."""
        last = Basis(at=None, known=Prefix(size=3))
        both = diff().then(PlanDiff(from_=NOWHERE, to=last))
        assert (NOWHERE, last) == (both.from_, both.to)

    def test_one_cell(self) -> None:
        """Two changes of a cell on one axis are one, with the events of both, each once."""
        assert [change("level", "a", "c", events=("1", "2", "3"))] == joined(
            [change("level", "a", "b", events=("1", "2"))],
            [change("level", "b", "c", events=("2", "3"))],
        )

    def test_two_axes(self) -> None:
        """What was learned and what was decided stay two changes."""
        first, second = change("level", "a", "b", axis="learned"), change("level", "b", "c")
        assert [first, second] == joined([first], [second])

    def test_back_again(self) -> None:
        """What ends as it began is left out, on whatever axes."""
        there, back = change("level", "a", "b", axis="learned"), change("level", "b", "a")
        assert [] == joined([there], [back])
        assert [] == list(diff(there, back).net().changes)

    def test_does_not_follow(self) -> None:
        """A diff that comes from something else is refused."""
        with pytest.raises(DiffMismatchError, match="level of measure 'a-1'"):
            joined([change("level", "a", "b")], [change("level", "x", "c")])
        with pytest.raises(DiffMismatchError, match="of measure 'a-1'"):
            joined([whole("added", Measure(id="a-1"))], [whole("added", Measure(id="a-1"))])
        with pytest.raises(DiffMismatchError, match="level of measure 'a-1'"):
            joined([whole("added", Measure(id="a-1"))], [change("level", "x", "c")])

    def test_added_and_changed(self) -> None:
        """What changed of it at once belongs to the whole of what was added."""
        assert [whole("added", Measure(id="a-1", level="b"), events=("1", "2"))] == joined(
            [whole("added", Measure(id="a-1", level="a"), events=("1",))],
            [change("level", "a", "b", events=("2",))],
        )
        assert [whole("added", Measure(id="a-1"))] == joined(
            [whole("added", Measure(id="a-1", level="a"))], [change("level", "a", None)]
        )

    def test_added_and_changed_on_the_other_axis(self) -> None:
        """What changed of it on the other axis stays a change, and what comes after that."""
        added = whole("added", Measure(id="a-1", level="a"), "learned")
        decided, learned = change("level", "a", "b"), change("level", "b", "c", axis="learned")
        assert [added, decided] == joined([added], [decided])
        assert [added, decided, learned] == joined([added, decided], [learned])

    def test_changed_and_removed(self) -> None:
        """What changed of it just before belongs to the whole of what was removed."""
        assert [whole("removed", Measure(id="a-1", level="a"), events=("1", "2"))] == joined(
            [change("level", "a", "b", events=("1",))],
            [whole("removed", Measure(id="a-1", level="b"), events=("2",))],
        )
        removed = whole("removed", Measure(id="a-1", level="b"))
        learned, decided = change("level", "a", "b", axis="learned"), change("level", "x", "a")
        assert [learned, removed] == joined([learned], [removed])
        assert [decided, learned, removed] == joined([decided, learned], [removed])

    def test_came_and_went(self) -> None:
        """What came and went was never there, whatever became of it between."""
        assert [] == joined(
            [whole("added", Measure(id="a-1")), change("level", None, "a", axis="learned")],
            [whole("removed", Measure(id="a-1", level="a"))],
        )

    def test_went_and_came(self) -> None:
        """What went and came again has what differs of it."""
        was, is_now = Measure(id="a-1", level="a", rank=1), Measure(id="a-1", level="b", title="x")
        found = joined([whole("removed", was)], [whole("added", is_now)])
        assert [
            change("title", None, "x"),
            change("rank", 1, None, cause="unlisted"),
            change("level", "a", "b"),
        ] == found
        there = joined([whole("removed", is_now)], [whole("added", was)])
        assert ("rank", None, 1, "listed") == (
            there[1].attribute,
            there[1].before,
            there[1].after,
            there[1].cause,
        )

    @pytest.mark.parametrize(
        ("first", "second", "cause"),
        [
            ((1, 2, "shifted"), (2, 3, "shifted"), "shifted"),
            ((1, 2, "shifted"), (2, 3, "moved"), "moved"),
            ((1, 2, "moved"), (2, None, "unlisted"), "unlisted"),
            ((None, 2, "listed"), (2, 3, "shifted"), "listed"),
            ((1, None, "unlisted"), (None, 2, "listed"), "listed"),
        ],
    )
    def test_ranks(
        self,
        first: tuple[int | None, int | None, RankCause],
        second: tuple[int | None, int | None, RankCause],
        cause: RankCause,
    ) -> None:
        """A rank moved if it moved on the way; whoever left and came back is newly listed."""
        (found,) = joined(
            [change("rank", first[0], first[1], cause=first[2])],
            [change("rank", second[0], second[1], cause=second[2])],
        )
        assert (first[0], second[1], cause) == (found.before, found.after, found.cause)


class TestOnly:
    """Tests for `PlanDiff.only`."""

    def test_fits(self) -> None:
        """What does not fit is left out."""
        level, title = change("level", None, "a"), change("title", None, "b")
        assert (title,) == diff(level, title).only(lambda one: one.attribute == "title").changes


class TestAbout:
    """Tests for `PlanDiff.about`."""

    def test_changes(self) -> None:
        """An attribute with many values is named as a whole, or with its key."""
        topic, light = change("attributes.topic", None, "a"), change("attributes.light", None, "b")
        level = change("level", None, "hoch")
        assert (topic, light) == diff(topic, light, level).about("attributes").changes
        assert (light, level) == diff(topic, light, level).about(
            "attributes.light", "level"
        ).changes

    def test_what_came_and_went(self) -> None:
        """What came or went is told as far as it has the attribute."""
        measure = Measure(id="a-1", title="Garten", rank=2)
        came = diff(whole("added", measure, events=("1",))).about("rank", "level").changes
        assert (change("rank", None, 2, cause="listed", events=("1",)),) == came
        went = diff(whole("removed", measure)).about("title").changes
        assert (change("title", "Garten", None),) == went


class TestAttributeNames:
    """Tests for `attribute_names`."""

    def test_all(self) -> None:
        """Every attribute of everything in a plan, once; an id is none."""
        names = attribute_names()
        assert {"title", "rank", "attributes", "decisions", "ranking", "kind", "coverage"} <= set(
            names
        )
        assert "id" not in names
        assert len(set(names)) == len(names)


class TestPlanLog:
    """Tests for `PlanLog.diff`."""

    EVENTS: tuple[RecordedEvent, ...] = log(
        (Proposed(measure="a-1", title="Garten"), "2022-01-01"),
        (Started(measure="a-1"), "2023-01-01"),
        (Started(measure="a-1", stage="Angeschoben"), "2023-01-01"),
    )

    def test_is_a_value_of_the_library(self, memory: PlanLog) -> None:
        """What a user of the library asks for is the difference, net or gross."""
        points = moment((date(2022, 12, 31), 2)), moment((date(2023, 12, 31), 3))
        found = memory.diff("2022-12-31@#2", "2023-12-31@#3")
        assert difference(self.EVENTS, *points).changes == found.changes
        assert state(self.EVENTS, "2023-12-31") == found.apply(memory.plan("2022-12-31@#2"))
        gross = memory.diff("2022-12-31", "2023-12-31", gross=True)
        assert ["phase", "since", "stage"] == [one.attribute for one in gross.changes]

    def test_today(self, memory: PlanLog) -> None:
        """Without a second point the first is compared with today."""
        assert memory.today() == memory.diff("start").to.at


@pytest.fixture
def memory() -> PlanLog:
    """A log of the events, in memory."""
    from planlog import MemoryStore, codec

    store = MemoryStore()
    store.append([codec.encode(event) for event in TestPlanLog.EVENTS], 0)
    return PlanLog(store)
