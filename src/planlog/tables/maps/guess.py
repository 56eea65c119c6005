"""A first map for a table that nobody has described yet, with remarks for whoever completes it."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from planlog.plan import PHASES
from planlog.tables.maps.recognition import Recognised, Table, find_table, recognised
from planlog.tables.maps.vocabulary import folded, near_phase, phase_for
from planlog.tables.rows.days import forms_of
from planlog.tables.rows.phases import CAUSES
from planlog.tables.rows.words import compared, tidy
from planlog.tables.sheets import Formula, Sheet
from planlog.wording import Words, visible, words_for

_WIDTH: Final = 96
"""How wide remarks may be."""


def propose_map(sheets: Sequence[Sheet], file: str, words: Words | None = None) -> str:
    """Write a map for the table in *sheets*, as far as its headings and status words are known.

    Raises `TableError` where no heading is.
    """
    table = find_table(sheets, file)
    proposal = _Proposal(table, recognised(table), words or words_for(None), file)
    return proposal.text(several=sum(sheet.visible for sheet in sheets) > 1)


class _Proposal:
    """Writes the map of one table, and counts what it is unsure of."""

    def __init__(self, table: Table, columns: Recognised, words: Words, file: str) -> None:
        self._table = table
        self._columns = columns
        self.words = words
        self._file = file
        self._headings = table.header.headings
        self._questions = 0

    def text(self, *, several: bool) -> str:
        parts = [
            list(self._table_part(several)),
            list(self._columns_part()),
            list(self._attributes_part()),
            list(self._stages_part()),
        ]
        lines = [*self._beginning(), *(line for part in parts if part for line in ("", *part))]
        return "\n".join(lines) + "\n"

    def _check(self) -> str:
        """The mark of a line that somebody has to look at."""
        self._questions += 1
        return self.words("please check")

    def _beginning(self) -> Iterator[str]:
        words = self.words
        yield from _remarks(
            words("How planlog is to read {file}: a proposal.", file=visible(self._file)),
            words(
                "What follows a # is a remark, and a line that begins with one counts for nothing. "
                "Left of the = stands a word of planlog, right of it, in quotes, one of the table."
            ),
            words.plural(
                "{n} line is uncertain; look for the question mark. If there is a # in front of "
                "the line, take it away when the line is right.",
                "{n} lines are uncertain; look for the question marks. If there is a # in front "
                "of a line, take it away when the line is right.",
                self._questions,
            )
            if self._questions
            else words("Nothing here is uncertain; look at it all the same."),
        )
        yield ""
        yield from _remarks(
            words(
                '"complete": a measure that is not in the table is not in the plan any more. '
                '"excerpt": it was merely not mentioned.'
            )
        )
        yield 'coverage = "complete"'

    # [table]

    def _table_part(self, several: bool) -> Iterator[str]:
        words, header = self.words, self._table.header
        yield "[table]"
        if header.sheet.name:
            note = words("one of several sheets: is it this one?") if several else ""
            yield _line("sheet", _quoted(header.sheet.name), note)
        rows = ", ".join(map(str, header.rows))
        yield _line(
            "header",
            rows if len(header.rows) == 1 else f"[{rows}]",
            words("in which row the headings stand"),
        )
        if self._table.others:
            skipped = ", ".join(map(str, self._table.others))
            note = words("rows that are no measures, such as sums and notes")
            yield _line("skip", f"[{skipped}]", note)
        if self._has_sections:
            note = words("rows with one text only name the action field of those below")
            yield _line("sections", '"field"', f"{note}: {self._check()}?")
        yield from self._dates()
        if self._has_formulas():
            note = words("take the results of formulas")
            yield "# " + _line("formulas", '"values"', f"{note}: {self._check()}?")

    @property
    def _has_sections(self) -> bool:
        return bool(self._table.sections) and self._columns.column("field") is None

    def _dates(self) -> Iterator[str]:
        column = self._columns.column("due")
        texts = self._table.cells(column) if column is not None else []
        match forms_of([text for text in texts if isinstance(text, str)]):
            case [form]:
                yield _line("dates", _quoted(form), self.words("how dates are written"))
            case [*forms] if forms:
                for form in forms:
                    note = self.words("how dates are written")
                    yield "# " + _line("dates", _quoted(form), f"{note}: {self._check()}?")

    def _has_formulas(self) -> bool:
        return any(
            isinstance(cell, Formula)
            for column in self._columns.names
            for cell in self._table.cells(column)
        )

    # [columns] and [attributes]

    def _columns_part(self) -> Iterator[str]:
        yield "[columns]"
        for column, name in self._columns.names.items():
            said = self.words.term("id" if name == "measure" else name)
            note = "" if said == name else said
            if column in self._columns.unsure:
                note = f"{note or name}: {self._check()}?"
            yield _line(name, _quoted(self._headings[column - 1]), note)

    def _attributes_part(self) -> Iterator[str]:
        taken: set[str] = set()
        if self._columns.others:
            yield "[attributes]"
            yield from _remarks(
                self.words(
                    "Columns that planlog has no word for. Take the # away in front of those worth "
                    "keeping; what stands on the left may be called anything."
                )
            )
        for column in self._columns.others:
            heading = self._headings[column - 1]
            yield f"# {_line(_key(heading, taken), _quoted(heading), '')}"

    # [stages]

    def _stages_part(self) -> Iterator[str]:
        column = self._columns.column("stage")
        found = self._statuses(column) if column is not None else []
        if column is None:
            return
        yield "[stages]"
        yield from _remarks(
            self.words("The status words of the table, and the phase that each means. Phases are:"),
            ", ".join(self._phases()),
            self.words(
                "Why a measure was dropped stands behind a colon; reasons are: {causes}",
                causes=", ".join(CAUSES),
            ),
        )
        for status in found:
            yield self._stage(status)

    def _phases(self) -> Iterator[str]:
        for phase in PHASES:
            said = self.words.phase(phase)
            written = f"{phase}:…" if phase == "dropped" else phase
            yield written if said == phase else f"{written} ({said})"

    def _statuses(self, column: int) -> list[str]:
        first = {compared(text): tidy(text) for text in reversed(self._table.texts(column))}
        return sorted(first.values(), key=compared)

    def _stage(self, status: str) -> str:
        phase = phase_for(status)
        if phase is not None:
            return _line(_quoted(status), _quoted(phase), "")
        near = near_phase(status)
        if near is not None:
            return "# " + _line(_quoted(status), _quoted(near), f"{self._check()}?")
        self._questions += 1
        return "# " + _line(_quoted(status), '""', self.words("which phase?"))


def _line(name: str, value: str, note: str) -> str:
    return f"{name} = {value}" + (f"  # {visible(note)}" if note else "")


def _remarks(*texts: str) -> Iterator[str]:
    import textwrap  # nothing else in planlog needs it

    for text in texts:
        lines = textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from (f"# {line}" for line in lines)


def _quoted(text: str) -> str:
    """*text* as TOML has it, on one line whatever it holds."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(heading: str, taken: set[str]) -> str:
    """A key of a free attribute for a column with this *heading*."""
    stem = folded(heading).encode("ascii", "ignore").decode().strip().replace(" ", "-") or "column"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    taken.add(key)
    return key
