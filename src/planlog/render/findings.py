"""What is wrong or odd about a history."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, assert_never

from planlog.findings import Finding
from planlog.render.happenings import ABSENT, ID_DIGITS
from planlog.render.objects import finding_object
from planlog.render.page import Block, Sentence, as_markdown, as_text
from planlog.render.style import PLAIN, Format, Style, Tone
from planlog.render.tables import Cell, Column, Part, Table, cell
from planlog.render.text import csv_text, json_lines, json_text
from planlog.wording import Words

COLUMNS: Final = ("severity", "code", "event", "position", "message")
"""The columns of the CSV."""

Place = tuple[str, int]
"""A file, and a line within it, from 1."""

_IN_MESSAGE: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})
"""What would end a part of a workflow command, as GitHub wants it escaped."""

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


def render_annotations(
    findings: Sequence[Finding], places: Mapping[int, Place], *, words: Words
) -> str:
    """Write *findings* as commands with which a workflow of GitHub shows them.

    *places* tell where the event at a position stands; a finding without one is about the whole.
    """
    return "".join(
        _annotation(one, None if one.position is None else places.get(one.position), words)
        for one in findings
    )


def _annotation(finding: Finding, place: Place | None, words: Words) -> str:
    properties = {"title": f"planlog {finding.code}"}
    if place is not None:
        properties = {"file": place[0], "line": str(place[1]), **properties}
    told = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    return f"::{finding.severity} {told}::{words.finding(finding).translate(_IN_MESSAGE)}\n"


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
