"""In which order present lines were another log."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import NoteError
from planlog.trust.orders import Order, Where

ROOT = bytes(range(32))
LEAF = b"\xab" * 32
TEXT = (
    "planlog join 1\n"
    f"here 9 {b64encode(ROOT).decode()}\n"
    "lines 0 3\n"
    f"leaf {b64encode(LEAF).decode()}\n"
    "lines 7 9\n"
)


@st.composite
def places(draw: st.DrawFn) -> list[Where]:
    """Positions, each once, and leaves between them."""
    positions = draw(st.lists(st.integers(0, 30), unique=True))
    leaves = draw(st.lists(st.binary(min_size=32, max_size=32), max_size=3))
    return draw(st.permutations([*positions, *leaves]))


class TestText:
    def test_example(self) -> None:
        """It is a few lines that a person can read."""
        order = Order.of([0, 1, 2, LEAF, 7, 8], 9, ROOT)
        assert TEXT == order.text
        assert (6, "0000000006-") == (order.count, order.name[:11])

    @given(places())
    def test_there_and_back(self, where: list[Where]) -> None:
        """Reading undoes writing, and the places are those it was made of."""
        order = Order.of(where, 31, ROOT)
        assert order == Order.parse(order.text.encode())
        assert where == list(order.places)

    def test_with_line_ends_of_windows(self) -> None:
        """Line ends that git has changed do no harm."""
        assert Order.parse(TEXT.encode()) == Order.parse(TEXT.replace("\n", "\r\n").encode())

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            (
                "planlog join 1",
                "planlog join 2",
                "line 1: expected planlog join 1, got 'planlog jo",
            ),
            ("here 9", "here 09", "line 2: expected here SIZE ROOT, got 'here 09"),
            ("here 9 A", "here 9 AA", "line 2: expected here SIZE ROOT"),
            (
                "lines 0 3",
                "lines 3 3",
                "line 3: expected lines FROM TO, leaf HASH, got 'lines 3 3'",
            ),
            ("lines 0 3", "lines 0  3", "line 3: expected lines FROM TO"),
            ("lines 0 3", "lines 0 99999999999999999", "line 3: expected lines FROM TO"),
            ("lines 0 3", "", "line 3: expected lines FROM TO, leaf HASH, got ''"),
            ("leaf q", "leaf qq", "line 4: expected lines FROM TO"),
            ("leaf", "Blatt ä", r"line 4: expected lines FROM TO, leaf HASH, got 'Blatt \\\\xc3"),
            ("lines 7 9\n", "lines 2 9\n", "position 2 is named twice"),
            ("lines 7 9\n", "lines 7 10\n", "position 9 is named, of a log of 9 events"),
            ("lines 7 9\n", "lines 7 9", "the end is cut off"),
            (TEXT, "", "the end is cut off"),
            (TEXT, "planlog join 1\n", "the end is cut off"),
        ],
    )
    def test_refused(self, old: str, new: str, told: str) -> None:
        """Anything else is refused, with the line that is wrong."""
        with pytest.raises(NoteError, match=told):
            Order.parse(TEXT.replace(old, new).encode())

    def test_everything_at_once(self) -> None:
        """All that is wrong is told at once."""
        with pytest.raises(NoteError) as caught:
            Order.parse(b"x\ny\nz\n")
        assert 3 == len(caught.value.flaws)

    def test_no_end_of_flaws(self) -> None:
        """Of what is wrong no more is told than anybody reads."""
        text = TEXT.replace("lines 7 9\n", "x\n" * 5000 + "lines 0 2\n" * 5000)
        with pytest.raises(NoteError) as caught:
            Order.parse(text.encode())
        assert 200 < len(caught.value.flaws) <= 400


class TestLeaves:
    def test_in_their_order(self) -> None:
        """The leaves of present lines stand between those of lines that are not here."""
        present = [bytes([number]) * 32 for number in range(9)]
        order = Order.of([8, 0, LEAF, 1], 9, ROOT)
        assert [present[8], present[0], LEAF, present[1]] == order.leaves(present)

    def test_of_lines_that_are_missing(self) -> None:
        """Where a line is missing there is no answer."""
        with pytest.raises(IndexError, match="expected 9 lines, there are 8"):
            Order.of([8], 9, ROOT).leaves([ROOT] * 8)
