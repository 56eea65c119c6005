"""The contract suite: what every store promises, as tests to inherit."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Final, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from planlog.errors import ConflictError
from planlog.stores import MAX_LINE, EventStore

ODD_LINES: Final = {
    "an event": b'{"v":1,"id":"9f3c0a6be1d24857","type":"started"}',
    "umlauts": '{"title":"Maßnahme für Ältere"}'.encode(),
    "no UTF-8": b"\xff\xfe \xc3(",
    "NUL": b"\x00",
    "a carriage return": b"\r",
    "a line end of Windows": b"text\r",
    "a space": b" ",
    "what Unicode takes for a line end": "\x0b\x0c\x85\u2028\u2029".encode(),
    "the longest": b"x" * MAX_LINE,
}
"""Lines that no store may mend: every byte but the line feed is welcome."""

BAD_BATCHES: Final = {
    "no line": [],
    "an empty line": [b"sound", b""],
    "a line feed within a line": [b"sound", b"one\ntwo"],
    "a line feed at the end of a line": [b"one\n"],
    "a line that is too long": [b"sound", b"x" * (MAX_LINE + 1)],
}

T = TypeVar("T")

_LINES: Final = st.binary(min_size=1, max_size=4).map(lambda line: line.replace(b"\n", b"\r"))
_BATCHES: Final = st.lists(_LINES, min_size=1, max_size=3)
_POSITIONS: Final = st.integers(0, 12)


class StoreContract:
    """Inherit, say how your store is made and opened again, and every promise is tested.

        class TestMyStore(StoreContract):
            def make(self, place: Path) -> EventStore:
                return MyStore.create(place)

            def reopen(self, place: Path) -> EventStore:
                return MyStore(place)

    Both are called with a *place* that belongs to one test: a path in a folder that is there, at
    which nothing is until `make` puts it there.
    """

    def make(self, place: Path) -> EventStore:
        """Make an empty store at *place*."""
        raise NotImplementedError

    def reopen(self, place: Path) -> EventStore:
        """Open the store at *place* as somebody else would who knows only where it is."""
        raise NotImplementedError

    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        """Return a place of the test's own."""
        return tmp_path / "store"

    @pytest.fixture
    def store(self, place: Path) -> EventStore:
        """Return an empty store at that place."""
        return self.make(place)

    def test_empty_log(self, store: EventStore) -> None:
        """A new log has no lines, and says so without complaint."""
        assert 0 == store.size()
        assert [] == list(store.read())
        assert [] == list(store.read(0, 5))

    @pytest.mark.parametrize("line", ODD_LINES.values(), ids=ODD_LINES)
    def test_any_bytes(self, store: EventStore, line: bytes) -> None:
        """A line comes back as the bytes it was, whatever they mean."""
        store.append([line, b"between", line], 0)
        assert [line, b"between", line] == list(store.read())

    def test_one_batch_after_another(self, store: EventStore) -> None:
        """Lines keep the order in which they were appended, within a batch and across batches."""
        store.append([b"c", b"a"], 0)
        store.append([b"b"], 2)
        store.append([b"a", b"a"], 3)
        assert 5 == store.size()
        assert [b"c", b"a", b"b", b"a", b"a"] == list(store.read())

    def test_thousand_lines_at_once(self, store: EventStore) -> None:
        """A batch may be long."""
        lines = [f"line {number}".encode() for number in range(1000)]
        store.append(lines, 0)
        assert 1000 == store.size()
        assert lines == list(store.read())
        assert lines[998:] == list(store.read(998))

    @pytest.mark.parametrize("start", range(9))
    def test_any_range(self, store: EventStore, start: int) -> None:
        """A range holds what a list's would, across batches and past the end."""
        lines = _filled(store, [[b"0", b"1"], [b"2"], [b"3", b"4", b"5"]])
        assert lines[start:] == list(store.read(start))
        for stop in range(9):
            assert lines[start:stop] == list(store.read(start, stop))

    @pytest.mark.parametrize(("start", "stop"), [(-1, None), (0, -1), (-2, -1)])
    def test_range_counted_from_the_end(
        self, store: EventStore, start: int, stop: int | None
    ) -> None:
        """A negative position is a mistake and is refused as one."""
        store.append([b"one", b"two"], 0)
        with pytest.raises(ValueError, match="expected a position from 0"):
            store.read(start, stop)

    def test_reading_while_others_append(self, store: EventStore) -> None:
        """What was read does not change any more."""
        store.append([b"one"], 0)
        read = store.read()
        store.append([b"two"], 1)
        assert [b"one"] == list(read)

    def test_batch_changed_by_its_owner(self, store: EventStore) -> None:
        """What was appended is the log's own: changing the list does not reach it."""
        batch = [b"one", b"two"]
        store.append(batch, 0)
        batch[0] = b"changed"
        assert [b"one", b"two"] == list(store.read())

    @pytest.mark.parametrize("expected", [0, 1, 3, 99])
    def test_another_size_expected(self, store: EventStore, expected: int) -> None:
        """Whoever expects another size is refused, is told both, and has changed nothing."""
        store.append([b"one", b"two"], 0)
        with pytest.raises(ConflictError, match=f"expected a log of {expected} events") as refused:
            store.append([b"late"], expected)
        assert (expected, 2) == (refused.value.expected, refused.value.actual)
        assert [b"one", b"two"] == list(store.read())

    @pytest.mark.parametrize("batch", BAD_BATCHES.values(), ids=BAD_BATCHES)
    def test_batch_that_no_log_takes(self, store: EventStore, batch: Sequence[bytes]) -> None:
        """A batch with a bad line is refused as a whole, and the log stays usable."""
        store.append([b"before"], 0)
        with pytest.raises(ValueError, match="expected"):
            store.append(batch, 1)
        assert [b"before"] == list(store.read())
        store.append([b"after"], 1)
        assert [b"before", b"after"] == list(store.read())

    def test_places(self, store: EventStore) -> None:
        """Each line has a place of its own, within the one that its batch went to."""
        batches = [store.append([b"same", b"same"], 0), store.append([b"same"], 2)]
        first, second, third = map(store.place, range(3))
        assert 3 == len({first, second, third})
        assert first.startswith(batches[0])
        assert second.startswith(batches[0])
        assert third.startswith(batches[1])

    @pytest.mark.parametrize("position", [-1, 0])
    def test_place_of_no_line(self, store: EventStore, position: int) -> None:
        """An empty log has no places."""
        with pytest.raises(IndexError):
            store.place(position)

    @pytest.mark.parametrize("position", range(6))
    def test_one_line_replaced(self, store: EventStore, place: Path, position: int) -> None:
        """A line gives way to another, with others behind all, and no line moves."""
        lines = _filled(store, [[b"0", b"1"], [b"2"], [b"3", b"4", b"5"]])
        store.replace(position, b"erased", [b"6", b"7"], 6)
        lines[position] = b"erased"
        assert [*lines, b"6", b"7"] == list(store.read()) == list(self.reopen(place).read())
        assert 8 == store.size()

    def test_one_line_replaced_and_none_appended(self, store: EventStore) -> None:
        """A line can give way to another alone."""
        _filled(store, [[b"0", b"1"]])
        store.replace(1, b"a much longer line than the one before", [], 2)
        assert [b"0", b"a much longer line than the one before"] == list(store.read())
        store.append([b"2"], 2)
        assert b"2" == store.read(2)[0]

    def test_replaced_while_others_read(self, store: EventStore) -> None:
        """What was read does not change any more, even where a line gives way."""
        store.append([b"one"], 0)
        read = store.read()
        store.replace(0, b"erased", [b"two"], 1)
        assert [b"one"] == list(read)

    def test_places_of_what_is_replaced(self, store: EventStore) -> None:
        """The place of a replaced line stays the same, and what is appended has one of its own."""
        _filled(store, [[b"0", b"1"], [b"2"]])
        places = [*map(store.place, range(3))]
        written = store.replace(1, b"erased", [b"3"], 3)
        assert places == [*map(store.place, range(3))]
        assert store.place(3).startswith(written)
        assert places[0] == store.replace(0, b"erased", [], 4)

    @pytest.mark.parametrize("expected", [0, 1, 3])
    def test_replaced_at_another_size(self, store: EventStore, expected: int) -> None:
        """Whoever expects another size replaces nothing and appends nothing."""
        store.append([b"one", b"two"], 0)
        with pytest.raises(ConflictError):
            store.replace(0, b"erased", [b"three"], expected)
        assert [b"one", b"two"] == list(store.read())

    @pytest.mark.parametrize("position", [-1, 2, 10**9])
    def test_replaced_where_there_is_none(self, store: EventStore, position: int) -> None:
        """A line that is not there cannot give way."""
        store.append([b"one", b"two"], 0)
        with pytest.raises(IndexError):
            store.replace(position, b"erased", [b"three"], 2)
        assert [b"one", b"two"] == list(store.read())

    @pytest.mark.parametrize("line", [b"", b"one\ntwo", b"x" * (MAX_LINE + 1)])
    def test_replaced_by_what_no_log_takes(self, store: EventStore, line: bytes) -> None:
        """A bad line changes nothing, in the one place as in the other."""
        store.append([b"one", b"two"], 0)
        for bad in ((line, [b"three"]), (b"erased", [b"three", line])):
            with pytest.raises(ValueError, match="expected"):
                store.replace(0, *bad, expected_size=2)
        assert [b"one", b"two"] == list(store.read())

    def test_opened_again(self, store: EventStore, place: Path) -> None:
        """Whoever opens the log anew finds everything, at the same places."""
        lines = _filled(store, [list(ODD_LINES.values()), [b"last"]])
        again = self.reopen(place)
        assert len(lines) == again.size()
        assert lines == list(again.read())
        assert [*map(store.place, range(len(lines)))] == [*map(again.place, range(len(lines)))]

    def test_two_at_one_log(self, store: EventStore, place: Path) -> None:
        """Two stores at one place see what the other appended, at once."""
        other = self.reopen(place)
        store.append([b"one"], 0)
        other.append([b"two"], 1)
        store.append([b"three"], 2)
        assert 3 == other.size()
        assert [b"one", b"two", b"three"] == list(store.read()) == list(other.read())

    def test_two_at_one_log_who_do_not_look(self, store: EventStore, place: Path) -> None:
        """The second of two writers who saw the same log is refused."""
        other = self.reopen(place)
        store.append([b"first"], 0)
        with pytest.raises(ConflictError):
            other.append([b"second"], 0)
        assert [b"first"] == list(other.read())

    def test_many_with_one_expectation(self, store: EventStore, place: Path) -> None:
        """Of many who append at the same moment to the same size, one succeeds."""
        start = Barrier(4)

        def append_once(writer: int) -> bool:
            start.wait()
            return _appended(store if writer % 2 else self.reopen(place), b"%d" % writer, 0)

        winners = [writer for writer, won in enumerate(_at_once(append_once)) if won]
        assert 1 == len(winners)
        assert [b"%d" % winners[0]] == list(store.read())

    def test_many_who_try_again(self, store: EventStore, place: Path) -> None:
        """Of many who append at once and try again when refused, nobody loses anything."""
        start = Barrier(4)

        def append_all(writer: int) -> list[bytes]:
            own = store if writer % 2 else self.reopen(place)
            lines = [b"%d: line %d" % (writer, number) for number in range(6)]
            start.wait()
            for line in lines:
                while not _appended(own, line, own.size()):
                    pass
            return lines

        written = _at_once(append_all)
        read = list(store.read())
        assert 24 == store.size() == len(read)
        for lines in written:
            assert lines == [line for line in read if line in lines]

    def test_any_course_of_events(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Whatever is done in whatever order, the log is the list of what was appended."""

        def machine() -> _Course:
            return _Course(self, tmp_path_factory.mktemp("course") / "store")

        some = settings(
            deadline=None, max_examples=settings().max_examples // 3, stateful_step_count=15
        )
        run_state_machine_as_test(
            machine,  # type: ignore[arg-type]  # whatever returns a machine will do, says its page
            settings=some,
        )


class _Course(RuleBasedStateMachine):
    """A store and the list that it should equal."""

    def __init__(self, contract: StoreContract, place: Path) -> None:
        super().__init__()
        self.contract = contract
        self.place = place
        self.store = contract.make(place)
        self.lines: list[bytes] = []

    @rule(batch=_BATCHES)
    def append(self, batch: list[bytes]) -> None:
        """Append to the size that the log has."""
        self.store.append(batch, len(self.lines))
        self.lines += batch

    @rule(batch=_BATCHES, expected=_POSITIONS)
    def append_blindly(self, batch: list[bytes], expected: int) -> None:
        """Append to any size."""
        if expected == len(self.lines):
            self.append(batch)
        else:
            with pytest.raises(ConflictError):
                self.store.append(batch, expected)

    @rule(batch=st.sampled_from(list(BAD_BATCHES.values())))
    def append_badly(self, batch: list[bytes]) -> None:
        """Append what no log takes."""
        with pytest.raises(ValueError, match="expected"):
            self.store.append(batch, len(self.lines))

    @rule(line=_LINES, batch=st.just([]) | _BATCHES, position=_POSITIONS)
    def replace(self, line: bytes, batch: list[bytes], position: int) -> None:
        """Let a line give way."""
        if position < len(self.lines):
            self.store.replace(position, line, batch, len(self.lines))
            self.lines = [*self.lines[:position], line, *self.lines[position + 1 :], *batch]
        else:
            with pytest.raises(IndexError):
                self.store.replace(position, line, batch, len(self.lines))

    @rule()
    def reopen(self) -> None:
        """Go on with a store that knows only the place."""
        self.store = self.contract.reopen(self.place)

    @rule(start=_POSITIONS, stop=st.none() | _POSITIONS)
    def read(self, start: int, stop: int | None) -> None:
        """Read a part."""
        assert self.lines[start:stop] == list(self.store.read(start, stop))

    @invariant()
    def is_the_list(self) -> None:
        """Compare all of it."""
        assert len(self.lines) == self.store.size()
        assert self.lines == list(self.store.read())


def _filled(store: EventStore, batches: Sequence[list[bytes]]) -> list[bytes]:
    """Append *batches* to an empty store and return the lines that it then has."""
    lines: list[bytes] = []
    for batch in batches:
        store.append(batch, len(lines))
        lines += batch
    return lines


def _appended(store: EventStore, line: bytes, expected: int) -> bool:
    try:
        store.append([line], expected)
    except ConflictError:
        return False
    return True


def _at_once(work: Callable[[int], T]) -> list[T]:
    """Let four writers do their *work* at the same time."""
    with ThreadPoolExecutor(4) as threads:
        return list(threads.map(work, range(4)))
