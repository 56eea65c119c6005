"""What is wrong or odd about a history."""

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from planlog.checks import Finding
from planlog.render.happenings import ABSENT, ID_DIGITS
from planlog.render.objects import finding_object
from planlog.render.page import Block, Sentence, as_markdown, as_text
from planlog.render.style import PLAIN, Format, Style, Tone
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.text import csv_text, json_lines, json_text
from planlog.wording import Words

COLUMNS: Final = ("severity", "code", "event", "position", "message")
"""The columns of the CSV."""

_TONES: Final[dict[str, Tone]] = {"error": "bad", "warning": "doubtful"}


def render_findings(
    findings: Sequence[Finding], format: Format, *, words: Words, style: Style = PLAIN
) -> str:
    """Write *findings* in their order; an answer says so where there are none."""
    match format:
        case "json":
            found = [finding_object(one, words.finding(one)) for one in findings]
            return json_text({"schema": "planlog.findings/1", "findings": found})
        case "jsonl":
            return json_lines(finding_object(one, words.finding(one)) for one in findings)
        case "csv":
            return csv_text(COLUMNS, (_csv_row(one, words) for one in findings))
        case "table":
            return as_text(_page(findings, words), style)
        case "markdown":
            return as_markdown(_page(findings, words))
        case _:
            assert_never(format)


def _csv_row(finding: Finding, words: Words) -> Sequence[str | int | None]:
    message = words.finding(finding)
    return finding.severity, finding.code, finding.event, finding.position, message


def _page(findings: Sequence[Finding], words: Words) -> Iterator[Block]:
    if not findings:
        yield Sentence(words("nothing to report"))
        return
    yield Table(
        columns=(
            Column(words("Severity")),
            Column(words("Pos.")),
            Column(words("Event")),
            Column(words("Finding")),
        ),
        rows=tuple(_row(one, words) for one in findings),
    )


def _row(finding: Finding, words: Words) -> tuple[Cell, ...]:
    return (
        (Part(words.term(finding.severity), _TONES[finding.severity]),),
        cell(ABSENT if finding.position is None else str(finding.position)),
        cell((finding.event or ABSENT)[:ID_DIGITS]),
        (Part(words.finding(finding)), Part(finding.code, "quiet", mark="– ")),
    )
