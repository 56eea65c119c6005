"""Which files were one clone's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations

import attrs
import pytest

from planlog import codec
from planlog.events import Event, FieldAdded, Noted, PlanOpened, Proposed, Rated
from planlog.joining.clones import Batch, Clone, Line
from planlog.joining.lineages import Lineages, Vouched, lineages
from planlog.stores.names import event_file_name
from planlog.trust.merkle import root_of
from planlog.trust.orders import Order
from tests.histories import recorded

MORNING = datetime(2023, 4, 1, 8, tzinfo=UTC)


class Hall:
    """Where files are written, each with new ids."""

    def __init__(self) -> None:
        self.count = 0

    def batch(self, position: int, *texts: str | Event, at: float = 0, by: str = "GWA") -> Batch:
        """A file at a *position*, recorded *at* an hour after the morning *by* somebody."""
        moment = MORNING + timedelta(hours=at)
        lines = []
        for text in texts:
            self.count += 1
            event = Noted(text=text) if isinstance(text, str) else text
            line = recorded(self.count, event, "2023-03-16", moment=moment)
            new = attrs.evolve(line, id=f"{self.count:04x}{'0' * 12}", by=by)
            lines.append(Line.of(codec.encode(new)))
        return Batch(event_file_name(position, lines[0].raw), position, tuple(lines))


@pytest.fixture
def hall() -> Hall:
    """Nothing was written yet."""
    return Hall()


def told(found: Lineages | Sequence[Clone]) -> list[list[str]]:
    """What the notes of each clone say."""
    clones = found.clones if isinstance(found, Lineages) else found
    events = [[line.event.event for line in one.lines if line.event] for one in clones]
    return [[one.text for one in all if isinstance(one, Noted)] for all in events]


def vouched(*batches: Batch, joined: bool = False) -> Vouched:
    """What somebody vouches for who has these *batches* one after the other."""
    leaves = [line.leaf for batch in batches for line in batch.lines]
    return Vouched(len(leaves), root_of(leaves), joined)


class TestWithoutProof:
    def test_one_log(self, hall: Hall) -> None:
        """Files that follow one another are one clone's."""
        files = [hall.batch(0, "a"), hall.batch(1, "b", "c"), hall.batch(3, "d")]
        assert [["a", "b", "c", "d"]] == told(lineages(files))

    def test_no_file(self) -> None:
        """Where there is no file there is no clone."""
        assert () == lineages([]).clones

    def test_of_different_lengths(self, hall: Hall) -> None:
        """A file continues the only one that ends where it begins."""
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", "o2", at=1),
            hall.batch(1, "t1", "t2", "t3", "t4", at=2),
            hall.batch(3, "o3", at=3),
            hall.batch(5, "t5", at=3),
        ]
        expected = [["a", "o1", "o2", "o3"], ["a", "t1", "t2", "t3", "t4", "t5"]]
        assert expected == told(lineages(files))

    def test_recorded_first(self, hall: Hall) -> None:
        """The branch whose first line was recorded first comes first, whatever its files' names."""
        later = hall.batch(1, "later", at=2)
        files = [hall.batch(0, "a"), later, hall.batch(1, "earlier", at=1)]
        assert [["a", "earlier"], ["a", "later"]] == told(lineages(files))

    def test_in_any_order(self, hall: Hall) -> None:
        """It does not matter in which order the files are found."""
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", at=1),
            hall.batch(1, "t1", at=1, by="Büro"),
            hall.batch(2, "o2", at=2),
            hall.batch(2, "t2", at=2, by="Büro"),
        ]
        expected = [["a", "o1", "o2"], ["a", "t1", "t2"]]
        assert all(expected == told(lineages(some)) for some in permutations(files))

    def test_by_the_same(self, hall: Hall) -> None:
        """Of two files that could continue either, each continues what the same office recorded."""
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", at=1),
            hall.batch(1, "t1", at=1, by="Büro"),
            hall.batch(2, "t2", at=2, by="Büro"),
            hall.batch(2, "o2", at=2),
        ]
        assert [["a", "o1", "o2"], ["a", "t1", "t2"]] == told(lineages(files))

    def test_in_time(self, hall: Hall) -> None:
        """Nothing continues what was recorded later."""
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", at=1),
            hall.batch(1, "t1", at=6, by="Büro"),
            hall.batch(2, "o2", at=2, by="Büro"),
        ]
        assert [["a", "o1", "o2"], ["a", "t1"]] == told(lineages(files))

    def test_what_it_names(self, hall: Hall) -> None:
        """A file continues the one that brings in what it names, above all else."""
        proposed = Proposed(measure="wohnen-1", title="Wohnraum", field="wohnen")
        files = [
            hall.batch(0, PlanOpened(title="Plan"), FieldAdded(field="wohnen", title="Wohnen")),
            hall.batch(2, "o1", at=1, by="Büro"),
            hall.batch(2, proposed, at=6),
            hall.batch(3, Rated(measure="wohnen-1", level="hoch"), "t2", at=2, by="Büro"),
        ]
        assert [["o1"], ["t2"]] == told(lineages(files))

    def test_a_branch_of_a_branch(self, hall: Hall) -> None:
        """Whoever went on from a branch has its lines, and comes behind it."""
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", at=1),
            hall.batch(1, "t1", "t2", at=2),
            hall.batch(3, "t3", at=3),
            hall.batch(3, "u3", at=4),
        ]
        expected = [["a", "o1"], ["a", "t1", "t2", "t3"], ["a", "t1", "t2", "u3"]]
        assert expected == told(lineages(files))

    def test_that_continues_nothing(self, hall: Hall) -> None:
        """A file that begins where none ends is a stray, and what continues it is of no clone."""
        stray = hall.batch(2, "t2", at=2)
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", "o2", "o3", at=1),
            stray,
            hall.batch(3, "t3", at=2),
        ]
        found = lineages(files)
        assert [["a", "o1", "o2", "o3"]] == told(found)
        assert (stray,) == found.strays

    def test_a_file_without_an_event(self, hall: Hall) -> None:
        """A file whose events cannot be read is of some clone all the same."""
        erased = Batch("0000000001-noted-ffff.jsonl", 1, (Line(b"?", bytes(32), None),))
        after = hall.batch(2, "t2", at=3)
        files = [hall.batch(0, "a"), hall.batch(1, "o1", at=1), erased, after]
        clones = lineages([*files, hall.batch(2, "o2", at=2)]).clones
        assert 2 == len(clones)
        assert ["a", "o1"] == told(clones)[0][:2]


class TestUnsure:
    def test_longer_branch(self, hall: Hall) -> None:
        """A file behind the end of both goes to the one recorded last, and might to the other."""
        last = hall.batch(3, "t3", at=9)
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", at=1),
            hall.batch(2, "o2", at=2),
            hall.batch(1, "t1", at=7),
            hall.batch(2, "t2", at=8),
            last,
        ]
        found = lineages(files)
        assert [["a", "o1", "o2"], ["a", "t1", "t2", "t3"]] == told(found)
        assert (last,) == found.unsure
        assert [["a", "o1", "o2", "t3"], ["a", "t1", "t2"]] == sorted(told(found.possible))

    def test_branch_that_is_certain(self, hall: Hall) -> None:
        """What is a log whatever the others are is told once."""
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", at=1),
            hall.batch(1, "t1", at=2),
            hall.batch(2, "t2", at=3),
            hall.batch(1, "u1", "u2", "u3", at=4),
        ]
        found = lineages(files)
        assert [["a", "o1"], ["a", "t1", "t2"], ["a", "u1", "u2", "u3"]] == told(found)
        assert [["a", "o1", "t2"], ["a", "t1"]] == sorted(told(found.possible))

    def test_in_time_along_the_branch(self, hall: Hall) -> None:
        """What would let a branch go back in time anywhere is not possible."""
        files = [
            hall.batch(0, "a"),
            hall.batch(1, "o1", at=1),
            hall.batch(2, "o2", at=9),
            hall.batch(1, "t1", at=2),
            hall.batch(2, "t2", at=3),
            hall.batch(3, "t3", at=4),
        ]
        found = lineages(files)
        assert [["a", "o1", "o2"], ["a", "t1", "t2", "t3"]] == told(found)
        assert [files[4], files[2]] == list(found.unsure)
        assert [["a", "o1", "t2", "t3"], ["a", "t1", "o2"]] == sorted(told(found.possible))

    def test_interleaved(self, hall: Hall) -> None:
        """Every log that may have been is told, each once, as far as there are not too many."""
        files = [hall.batch(0, "a")]
        for position in range(1, 4):
            files += [hall.batch(position, f"{name}{position}", at=position) for name in "ot"]
        found = told(lineages(files))
        possible = told(lineages(files).possible)
        assert (2, False) == (len(found), lineages(files).more)
        assert 6 == len({tuple(one) for one in possible} - {tuple(one) for one in found})
        for position in range(4, 20):
            files += [hall.batch(position, f"{name}{position}", at=position) for name in "ot"]
        assert (16, True) == (len(lineages(files).possible), lineages(files).more)

    def test_by_different_offices(self, hall: Hall) -> None:
        """Nothing is unsure where each office went on with what it had recorded itself."""
        files = [hall.batch(0, "a")]
        for position in range(1, 4):
            files.append(hall.batch(position, f"o{position}", at=position))
            files.append(hall.batch(position, f"t{position}", at=position, by="Büro"))
        found = lineages(files)
        assert [["a", "o1", "o2", "o3"], ["a", "t1", "t2", "t3"]] == told(found)
        assert ((), ()) == (found.unsure, found.possible)

    def test_what_was_named(self, hall: Hall) -> None:
        """Nothing is unsure where a file names what only one of the branches has."""
        proposed = Proposed(measure="wohnen-1", title="Wohnraum", field="wohnen")
        files = [
            hall.batch(0, PlanOpened(title="Plan"), FieldAdded(field="wohnen", title="Wohnen")),
            hall.batch(2, proposed, at=1),
            hall.batch(2, "t1", at=2),
            hall.batch(3, Rated(measure="wohnen-1", level="hoch"), "o2", at=3),
        ]
        found = lineages(files)
        assert [["o2"], ["t1"]] == told(found)
        assert ((), ()) == (found.unsure, found.possible)

    def test_proof(self, hall: Hall) -> None:
        """Nothing is unsure where a checkpoint decides."""
        a, o1, t1 = hall.batch(0, "a"), hall.batch(1, "o1", at=1), hall.batch(1, "t1", at=2)
        last = hall.batch(2, "o2", at=3)
        found = lineages([a, o1, t1, last], [vouched(a, o1, last)])
        assert [["a", "o1", "o2"], ["a", "t1"]] == told(found)
        assert ((), ()) == (found.unsure, found.possible)

    def test_copies_of_an_interrupted_join(self, hall: Hall) -> None:
        """What was written before a join was interrupted changes nothing of what is possible."""
        files = [hall.batch(0, "a")]
        files += [hall.batch(1, "o1", at=1), hall.batch(2, "o2", at=5)]
        theirs = [hall.batch(1, "t1", at=3), hall.batch(2, "t2", at=3)]
        before = lineages([*files, *theirs])
        copy = Batch("0000000003-noted-0000.jsonl", 3, theirs[0].lines)
        found = lineages([*files, *theirs, copy])
        assert [["a", "o1", "o2"], ["a", "t1", "t2"]] == told(before)
        assert [["a", "o1", "o2", "t1"], ["a", "t1", "t2"]] == told(found)
        assert sorted(told(before.possible)) == sorted(told(found.possible))


class TestProof:
    def test_that_beats_likeness(self, hall: Hall) -> None:
        """What was vouched for is one log, however unlikely it looks."""
        a, o1, t1 = hall.batch(0, "a"), hall.batch(1, "o1", at=1), hall.batch(1, "t1", at=9, by="B")
        o2, t2 = hall.batch(2, "o2", at=10), hall.batch(2, "t2", at=10, by="B")
        files = [a, o1, t1, o2, t2]
        assert [["a", "o1", "o2"], ["a", "t1", "t2"]] == told(lineages(files))
        for proof in (vouched(a, o1, t2), vouched(a, t1, o2)):
            found = told(lineages(files, [proof]))
            assert [["a", "o1", "t2"], ["a", "t1", "o2"]] == sorted(found)

    def test_that_covers_more(self, hall: Hall) -> None:
        """Ours is the branch of which more is vouched for, by others rather than by planlog."""
        a, o1, t1 = hall.batch(0, "a"), hall.batch(1, "o1", at=1), hall.batch(1, "t1", "t2", at=2)
        files = [a, o1, t1]
        more = vouched(a, t1)
        part = Vouched(2, root_of([line.leaf for one in (a, t1) for line in one.lines][:2]))
        assert ["a", "t1", "t2"] == told(lineages(files, [more]))[0]
        assert ["a", "t1", "t2"] == told(lineages(files, [part]))[0]
        assert ["a", "t1", "t2"] == told(lineages(files, [vouched(a, o1), more]))[0]
        assert ["a", "t1", "t2"] == told(lineages(files, [attrs.evolve(more, joined=True)]))[0]
        assert ["a", "o1"] == told(
            lineages(files, [vouched(a, o1), attrs.evolve(more, joined=True)])
        )[0]
        assert ["a", "o1"] == told(lineages(files, [more], first=o1))[0]

    def test_of_what_is_not_there(self, hall: Hall) -> None:
        """What fits nothing changes nothing."""
        a, o1, t1 = hall.batch(0, "a"), hall.batch(1, "o1", at=1), hall.batch(1, "t1", "t2", at=2)
        wrong = [Vouched(size, bytes(32)) for size in (0, 1, 2, 3, 4)]
        orders = [Order.of([0], size, bytes(32)) for size in (1, 9)]
        assert lineages([a, o1, t1], wrong, orders).clones[0].batches == (a, o1)

    def test_of_no_end(self, hall: Hall) -> None:
        """A root that fits none of very many ways is given up in time."""
        files = [hall.batch(0, "a")]
        for position in range(1, 40):
            files += [hall.batch(position, "o"), hall.batch(position, "t", by="Büro")]
        clones = lineages(files, [Vouched(39, bytes(32))]).clones
        assert [40, 40] == [len(one.lines) for one in clones]

    def test_of_many_files(self, hall: Hall) -> None:
        """The likeliest way is tried first, so that it is found among very many."""
        first = hall.batch(0, "a")
        ours = [hall.batch(position, "o", at=9) for position in range(1, 40)]
        theirs = [hall.batch(position, "t", by="Büro") for position in range(1, 40)]
        proof = vouched(first, *theirs)
        clones = lineages([first, *ours, *theirs], [proof]).clones
        assert [(first, *theirs), (first, *ours)] == [one.batches for one in clones]
