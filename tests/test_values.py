"""What every value of the core has in common."""

from planlog.dates import InexactDate
from planlog.events import Amended, Started


class TestRepr:
    """Tests for how values show themselves."""

    def test_given(self) -> None:
        """A value tells what was given, and leaves out what is as by default."""
        assert "Started(measure='a', note='b')" == repr(Started(measure="a", note="b"))

    def test_cleared(self) -> None:
        """A value that is cleared is told; one that was left out is not."""
        assert "Amended(measure='a', number=None)" == repr(Amended(measure="a", number=None))

    def test_derived(self) -> None:
        """What follows from the rest is not told twice."""
        assert "InexactDate(text='2023-03')" == repr(InexactDate.parse("2023-03"))
