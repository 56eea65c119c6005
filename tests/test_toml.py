"""TOML that somebody else wrote."""

import tomllib

import pytest

from planlog.toml import MOST_BYTES, MOST_DOTS, parsed


class TestParsed:
    def test_what_it_says(self) -> None:
        """A text is read, with or without a byte order mark."""
        assert (
            {"a": {"b": [1, "x"]}}
            == parsed(b'\xef\xbb\xbf[a]\nb = [1, "x"]\n')
            == parsed(b'a.b = [1, "x"]')
        )

    def test_other_encoding(self) -> None:
        """Another encoding is refused with the place of the byte."""
        with pytest.raises(UnicodeDecodeError, match="position 6"):
            parsed("a = 'Büro'".encode("latin-1"))

    def test_no_toml(self) -> None:
        """What is no TOML is refused with the reader's own words."""
        with pytest.raises(tomllib.TOMLDecodeError, match="at line 2"):
            parsed(b"a = 1\nb\n")

    @pytest.mark.parametrize(
        ("text", "cause"),
        [
            (b"#" * (MOST_BYTES + 1), "more than 4194304 bytes"),
            (b"a = " + b"[" * 10_000, "too deeply nested"),
            (b"a = " + b"{a=" * 10_000, "too deeply nested"),
            (b"a = " + b"1" * 5_000, "4300 digits"),
            (b"a = 1" + b"_1" * 5_000, "4300 digits"),
            (b"\n" + b"a." * 100_000 + b"a = 1", r"more than 100 dots \(at line 2\)"),
            (b"[" + b"'a\"'." * 100_000 + b"a]", r"more than 100 dots \(at line 1\)"),
            (b'"\\"" . ' * 101 + b"a = 1", r"more than 100 dots \(at line 1\)"),
        ],
    )
    def test_bombs(self, text: bytes, cause: str) -> None:
        """What would take the reader for ever, or break it, is refused before."""
        with pytest.raises(ValueError, match=cause):
            parsed(text)

    def test_as_much_as_may_be(self) -> None:
        """What is just within the limits is read; dots in quotes are only text."""
        assert {"a": 1} == parsed(b"a = 1\n" + b"#" * (MOST_BYTES - 6))
        found = parsed(b"a." * MOST_DOTS + b"a = 1")
        for _ in range(MOST_DOTS):
            found = found["a"]
        assert {"a": 1} == found
        dots = "." * 200
        assert {"a": f'"{dots}', "b": dots} == parsed(f'a = "\\"{dots}"\nb = \'{dots}\'\n'.encode())
