"""What is wrong with a text of others is told, but not without end."""

import pytest

from planlog.errors import MOST_TOLD, NoteError
from planlog.trust.orders import Order
from planlog.trust.policies import Policy


class TestFlaws:
    @pytest.mark.parametrize(
        ("text", "most"),
        [
            (b"x\n" * 1_000, MOST_TOLD),
            (b"lines 0 1\n" * 1_000, 2 * MOST_TOLD),
        ],
    )
    def test_of_an_order(self, text: bytes, most: int) -> None:
        """An order that is nothing but flaws keeps no more of them than anybody reads."""
        with pytest.raises(NoteError) as refusal:
            Order.parse(b"planlog join 1\nhere 1 " + b"A" * 43 + b"=\n" + text)
        assert most >= len(refusal.value.flaws) >= MOST_TOLD

    def test_of_a_policy(self) -> None:
        """So does a policy, and it says how many more there are."""
        with pytest.raises(NoteError) as refusal:
            Policy.parse(b"x\n" * 1_000)
        *told, more = refusal.value.flaws
        assert MOST_TOLD == len(told)
        assert ("more-flaws", {"count": 801}) == (more.code, more.details)
