"""The pages of the documentation say what is so."""

import re
from pathlib import Path

import pytest

import planlog
from planlog import codec
from planlog.events import EVENT_CLASSES
from planlog.keys import keys_of
from planlog.render import (
    decisions,
    diff,
    findings,
    history,
    matrix,
    origins,
    plan,
    priorities,
)
from planlog.render.stats.rows import COLUMNS as COLUMNS_OF_STATS

DOCS = Path(__file__).parent.parent / "docs"
FORMAT = DOCS / "reference" / "format.md"
OUTPUT = DOCS / "reference" / "output.md"

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


COLUMNS = {
    "show": plan.COLUMNS,
    "show --matrix": (*matrix.COLUMNS, "…"),
    "diff": diff.COLUMNS,
    "diff --name-only": ("subject", "id"),
    "diff --stat": diff.STAT_COLUMNS,
    "log": codec.EVENT_COLUMNS,
    "history": history.COLUMNS,
    "history --by-attribute": origins.COLUMNS,
    "priorities": priorities.COLUMNS,
    "decisions": decisions.COLUMNS,
    "stats": COLUMNS_OF_STATS,
    "check": findings.COLUMNS,
}


def table_of_columns() -> str:
    """The columns of each command's CSV as the renderers have them."""
    rows = ["| command | columns |", "| --- | --- |"]
    rows += [
        f"| `{name}` | {', '.join(f'`{one}`' for one in all)} |" for name, all in COLUMNS.items()
    ]
    return "\n".join(rows)


class TestOutput:
    """Tests for the page on what comes out as data."""

    def test_columns(self) -> None:
        """The table of columns is the one that the renderers write."""
        page = OUTPUT.read_text(encoding="utf-8")
        found = re.search(r"<!-- generated: columns -->\n(.*?)\n<!-- end -->", page, re.DOTALL)
        assert found is not None
        assert table_of_columns() == found[1]

    def test_schemas(self) -> None:
        """Every name of a form of JSON that planlog writes is on the page, and no other."""
        source = Path(planlog.__file__).parent / "render"
        written = {
            name
            for path in source.rglob("*.py")
            for name in re.findall(r'"(planlog\.[a-z-]+/[0-9]+)"', path.read_text("utf-8"))
        }
        shown = re.findall(r"`(planlog\.[a-z-]+/[0-9]+)`", OUTPUT.read_text("utf-8"))
        assert written == set(shown)
