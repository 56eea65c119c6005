"""One answer in all its forms: for people as a table or Markdown, for programs as CSV or JSON."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, assert_never

import attrs

from planlog.render.page import Block, as_markdown, as_text
from planlog.render.style import PLAIN, Format, Style
from planlog.render.text import csv_text, json_lines, json_text


@attrs.frozen(kw_only=True)
class Answer:
    """What an answer is made of; each part is worked out only when its form is asked for.

    *whole* is the object of the JSON, *items* are the lines of the JSON lines (objects, or lines
    as they are to be), *columns* and *rows* are those of the CSV, *page* is what people read.
    """

    whole: Callable[[], Any]
    items: Callable[[], Iterable[Any]]
    columns: Sequence[str]
    rows: Callable[[], Iterable[Sequence[str | int | None]]]
    page: Callable[[], Iterable[Block]]

    def written(self, format: Format, style: Style = PLAIN) -> str:
        """Write the answer in a *format*."""
        match format:
            case "json":
                return json_text(self.whole())
            case "jsonl":
                return json_lines(self.items())
            case "csv":
                return csv_text(self.columns, self.rows())
            case "table":
                return as_text(self.page(), style)
            case "markdown":
                return as_markdown(self.page())
            case _:
                assert_never(format)
