"""What every signed text has to be."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planlog.errors import NoteError
from planlog.trust.texts import MOST_BYTES, checked, decoded, from_base64, to_base64


class TestTexts:
    @given(st.binary(max_size=12))
    def test_are_refused_or_kept(self, raw: bytes) -> None:
        """What is read is written again byte by byte, or refused."""
        try:
            text = decoded(raw)
        except NoteError:
            return
        assert raw == text.encode()
        assert text == checked(text)

    @given(st.binary())
    def test_base64_is_that_of_everybody(self, raw: bytes) -> None:
        """What is encoded is read again, and by any other program."""
        assert raw == from_base64(to_base64(raw)) == base64.b64decode(to_base64(raw))

    @given(st.text("AQgw+/=-_ \n", max_size=9))
    def test_base64_has_one_form(self, text: str) -> None:
        """A text that is taken as base64 is the one that its bytes are written as."""
        raw = from_base64(text)
        assert raw is None or text == to_base64(raw)

    def test_fill_the_limit(self) -> None:
        """The limit is one of bytes, and itself allowed."""
        assert MOST_BYTES == len(checked("a" * (MOST_BYTES - 1) + "\n"))
        with pytest.raises(NoteError, match="at most"):
            checked("ä" * (MOST_BYTES // 2) + "\n")
