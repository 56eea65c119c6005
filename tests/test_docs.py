"""The pages of the documentation say what is so."""

import re
from pathlib import Path

import pytest

from planlog import codec
from planlog.events import EVENT_CLASSES
from planlog.keys import keys_of

DOCS = Path(__file__).parent.parent / "docs"
FORMAT = DOCS / "reference" / "format.md"

pytestmark = pytest.mark.docs


def table_of_types() -> str:
    """The table of types as the classes tell it."""
    rows = ["| type | what happened | `data` |", "| --- | --- | --- |"]
    for cls in EVENT_CLASSES:
        keys = ", ".join(
            f"`{key.name}`" + ("" if key.required else "?") + ("!" if key.nullable else "")
            for key in keys_of(cls)
        )
        said = (cls.__doc__ or "").partition("\n")[0]
        rows.append(f"| `{cls.TYPE}` | {said} | {keys} |")
    return "\n".join(rows)


class TestFormat:
    """Tests for the page on the format."""

    def test_types(self) -> None:
        """The table of types is the one that the classes tell."""
        page = FORMAT.read_text(encoding="utf-8")
        found = re.search(r"<!-- generated: types -->\n(.*?)\n<!-- end -->", page, re.DOTALL)
        assert found is not None
        assert table_of_types() == found[1]

    def test_example_line(self) -> None:
        """The example line is one that planlog reads, and writes the same."""
        page = FORMAT.read_text(encoding="utf-8")
        found = re.search(r"<!-- example: line -->\n```json\n(.*?)\n```", page, re.DOTALL)
        assert found is not None
        line = found[1].encode()
        assert line == codec.encode(codec.decode(line, 0))
