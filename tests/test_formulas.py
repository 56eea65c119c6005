"""What a spreadsheet would take for a formula."""

from hypothesis import given
from hypothesis import strategies as st

from planlog.formulas import guarded, unguarded


class TestGuarding:
    @given(st.text(alphabet="'=+-@\t\r\na "))
    def test_is_undone(self, text: str) -> None:
        """Whatever is guarded comes back exactly."""
        assert text == unguarded(guarded(text))

    @given(st.text(alphabet="'=+-@\t\r\na "))
    def test_leaves_no_formula(self, text: str) -> None:
        """What is guarded begins with no mark of a formula."""
        assert not guarded(text).startswith(tuple("=+-@\t\r\n"))

    def test_leaves_the_rest_alone(self) -> None:
        """A text that looks like no formula is written as it is."""
        assert "'n Abend" == guarded("'n Abend")
        assert "'n Abend" == unguarded("'n Abend")
        assert "=1" == unguarded("=1")
