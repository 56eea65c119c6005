"""Measures against conferences, as people and programs read them."""

import csv
import io
import json
from datetime import date

import attrs
import pytest

from planlog.dates import InexactDate, Point
from planlog.matrix import Matrix, MatrixCell, MatrixRow
from planlog.plan import ActionField, Measure, Occasion, Plan, Prefix
from planlog.possible import PRESENT
from planlog.render.matrix import render_matrix
from planlog.render.objects import Uncertain
from planlog.render.style import Format, Style
from planlog.timeline import Moment
from planlog.wording import words_for
from tests.render.examples import standard

DAY = date(2025, 3, 16)
MOMENT = Moment(Point.parse("2025-03-16"), DAY, 3)
FIELD = ActionField(id="freizeit", number="3", title="Freizeit und Kultur")
GARDEN = Measure(id="freizeit-14", field="freizeit", number="14", title="Gemeinschaftsgarten")
NAMES = ("stk-1", "stk-2", "stk-3", "stk-4", "stk-5", "stk-6")


def occasions(*names: str) -> tuple[Occasion, ...]:
    """Conferences, a year after the other."""
    return tuple(
        Occasion(id=name, kind="conference", on=InexactDate.parse(f"{2020 + index}-05-24"))
        for index, name in enumerate(names)
    )


def there(**known: object) -> MatrixCell:
    """A cell of a measure that the plan has, which somebody reported on."""
    values = {"field": "freizeit", "phase": "started", "reports": ("0" * 16,), **known}
    return MatrixCell(present=True, **values)  # type: ignore[arg-type]  # attributes of a cell


def matrix(*cells: MatrixCell, measure: Measure = GARDEN, names: tuple[str, ...] = NAMES) -> Matrix:
    """The matrix of one measure."""
    return Matrix(
        plan=Plan(at=DAY, known=Prefix(size=3), title="Plan", fields=(FIELD,), measures=(measure,)),
        occasions=occasions(*names[: len(cells)]),
        rows=(MatrixRow(measure=measure, cells=cells),),
    )


def shown(
    found: Matrix,
    format: Format = "table",
    *,
    everything: bool = False,
    uncertain: Uncertain | None = None,
    language: str = "en",
    width: int = 80,
) -> str:
    """The matrix as it is written."""
    return render_matrix(
        found,
        format,
        words=words_for(language),
        moment=MOMENT,
        uncertain=uncertain or {},
        everything=everything,
        style=Style(width=width),
    )


def cell(one: MatrixCell, *, language: str = "en") -> str:
    """What stands in a cell."""
    line = shown(matrix(one), "markdown", language=language).split("\n| 14 | ")[1].split("\n")[0]
    return line.split(" | ")[1].removesuffix(" |")


class TestCell:
    @pytest.mark.parametrize(
        ("one", "text"),
        [
            (there(), "start."),
            (there(rank=2), "start. 2"),
            (there(rank=2, reports=()), "(start. 2)"),
            (there(phase=None), "–"),
            (there(phase="proposed"), "prop."),
            (there(phase="implemented"), "impl."),
            (there(phase="ongoing"), "ong."),
            (there(phase="paused"), "paus."),
            (there(phase="dropped"), "drop."),
            (there(phase="replaced"), "repl."),
            (there(rank=1, fell_back=True), "start. 1 !"),
            (there(rank=1, field="wohnen"), "start. 1\\*"),
            (there(field="wohnen"), "start."),
            (there(rank=1, uncertain=("rank",)), "start. 1 (?)"),
            (there(uncertain=("phase",), reports=(), fell_back=True), "(start.) ! (?)"),
            (there(level="hoch", uncertain=("level",)), "start."),
            (MatrixCell(present=False), ""),
            (MatrixCell(present=False, uncertain=(PRESENT, "phase")), "(?)"),
        ],
    )
    def test_says_phase_and_rank_and_what_is_odd(self, one: MatrixCell, text: str) -> None:
        """A short word, a number, brackets where nobody reported, and marks."""
        assert text == cell(one)

    def test_speaks_german(self) -> None:
        """The short words are those of the language."""
        assert "(beg. 2)" == cell(there(rank=2, reports=()), language="de")


class TestLegend:
    @pytest.mark.parametrize(
        ("one", "line"),
        [
            (there(rank=1), "start. started; the number is the rank on the priority list"),
            (there(), "start. started\n"),
            (there(reports=()), "(…) no report on it since the conference or version before"),
            (there(fell_back=True), "! fell back: was carried out at the conference or version"),
            (there(rank=1, field="wohnen"), "* rank on the list of another field, its field then"),
            (MatrixCell(present=False), "empty: the plan did not have the measure then"),
            (there(uncertain=("phase",)), "(?) open: depends on when something happened"),
            (MatrixCell(present=False, uncertain=(PRESENT,)), "(?) open: depends on"),
        ],
    )
    def test_explains_what_there_is(self, one: MatrixCell, line: str) -> None:
        """Each word and mark that occurs is explained below, and nothing else is."""
        assert line in shown(matrix(one))
        assert line not in shown(matrix(there(phase="proposed")))

    @pytest.mark.parametrize(
        "uncertain",
        [{("measure", "freizeit-14"): ("title",)}, {("field", "freizeit"): ("number",)}],
    )
    def test_explains_the_mark_of_a_name(self, uncertain: Uncertain) -> None:
        """Where only the name of a measure or field is open, the mark is explained too."""
        text = shown(matrix(there()), uncertain=uncertain)
        assert 2 == text.count("(?)")


class TestWidth:
    def test_as_many_occasions_as_fit_stand_side_by_side(self) -> None:
        """The rest stand in tables below, of the same measures, evenly spread."""
        text = shown(matrix(*[there(rank=index + 1) for index in range(6)]))
        headings = [line.split()[2:] for line in text.splitlines() if line.startswith("No.")]
        assert [["stk-1", "stk-2", "stk-3"], ["stk-4", "stk-5", "stk-6"]] == headings
        rows = [line for line in text.splitlines() if "Gemeinschaftsgarten" in line]
        assert [["1", "2", "3"], ["4", "5", "6"]] == [
            row.replace("start.", "").split()[2:] for row in rows
        ]

    def test_all_of_them_where_the_terminal_is_wide(self) -> None:
        """A wide terminal has one table."""
        text = shown(matrix(*[there()] * 6), width=132)
        assert 1 == text.count("Gemeinschaftsgarten")

    def test_one_by_one_where_it_is_narrow(self) -> None:
        """However narrow, there is one occasion a table."""
        text = shown(matrix(*[there()] * 3), width=20)
        assert 3 == sum(line.startswith("No.") for line in text.splitlines())

    def test_a_long_name_is_broken_behind_its_hyphens(self) -> None:
        """The heading is the id, whole, and the day."""
        text = shown(matrix(there(), names=("ideenwerkstatt-fuer-alle-2021",)))
        start = text.index("No.")
        lines = [line.split()[-1] for line in text[start:].splitlines()[:4]]
        assert ["ideenwerkst", "att-fuer-", "alle-2021", "2020-05-24"] == lines

    def test_a_long_title_is_cut_off_after_two_lines(self) -> None:
        """Enough is shown to know a measure by; Markdown has it all."""
        title = "Nachbarschaften stärken, " * 8
        found = matrix(*[there()] * 4, measure=attrs.evolve(GARDEN, title=title))
        assert ["stärken, Nachbarschaft…"] == [
            line.strip() for line in shown(found).splitlines() if "…" in line
        ]
        assert title.strip() in shown(found, "markdown")
        assert "…" not in shown(found, "markdown")


class TestSections:
    def test_are_the_fields_that_have_measures(self) -> None:
        """Fields come in the order of the plan, what is outside of them last."""
        outside = Measure(id="zeitung", title="Zeitung")
        found = matrix(there())
        found = attrs.evolve(
            found,
            plan=attrs.evolve(found.plan, fields=(ActionField(id="leer", title="Leer"), FIELD)),
            rows=(MatrixRow(measure=outside, cells=(there(field=None),)), *found.rows),
        )
        headings = [line for line in shown(found, "markdown").splitlines() if line[:2] == "##"]
        assert ["## 3. Freizeit und Kultur", "## Outside the action fields"] == headings

    @pytest.mark.parametrize("format", ["table", "markdown"])
    def test_without_occasions_that_is_said(self, format: Format) -> None:
        """Before the first conference there is nothing to compare."""
        assert "No conference and no version by then" in shown(matrix(), format)

    def test_without_measures_that_is_said(self) -> None:
        """A conference may have met before anything was proposed."""
        found = attrs.evolve(matrix(there()), rows=())
        assert "No measures at this point" in shown(found)


class TestEverything:
    @pytest.mark.parametrize("format", ["table", "markdown", "csv", "json", "jsonl"])
    def test_what_is_no_longer_listed_is_left_out(self, format: Format) -> None:
        """Measures that were replaced are shown only where everything is asked for."""
        found = matrix(there(), measure=attrs.evolve(GARDEN, phase="replaced"))
        assert "Gemeinschaftsgarten" not in shown(found, format)
        assert "Gemeinschaftsgarten" in shown(found, format, everything=True)

    def test_a_page_says_how_many(self) -> None:
        """Nobody takes a part for the whole."""
        found = matrix(there(), measure=attrs.evolve(GARDEN, phase="replaced"))
        assert "left out: 1 measure that was replaced or is no longer listed" in shown(found)
        assert "left out" not in shown(found, everything=True)


class TestJson:
    def test_has_exactly_the_keys_that_were_promised(self) -> None:
        """The form is fixed: every key is there, in its order."""
        found = json.loads(standard("json", "de")["matrix"])
        assert ["schema", "at", "known", "occasions", "measures", "erased"] == list(found)
        assert "planlog.matrix/1" == found["schema"]
        assert {("occasion", "kind", "on", "day", "title")} == set(map(tuple, found["occasions"]))
        assert {("measure", "field", "number", "title", "cells")} == set(
            map(tuple, found["measures"])
        )
        assert {
            (
                *("occasion", "present", "field", "phase", "rank", "level"),
                *("reports", "fell_back", "uncertain", "missing"),
            )
        } == {tuple(cell) for one in found["measures"] for cell in one["cells"]}

    def test_tells_each_cell(self) -> None:
        """Absence, phase, rank, level, reports, falling back and what is open."""
        found = matrix(
            MatrixCell(present=False),
            there(rank=2, level="hoch", fell_back=True, uncertain=("phase",)),
        )
        absent, present = json.loads(shown(found, "json"))["measures"][0]["cells"]
        assert (False, None, []) == (absent["present"], absent["phase"], absent["reports"])
        assert {
            "occasion": "stk-2",
            "present": True,
            "field": "freizeit",
            "phase": "started",
            "rank": 2,
            "level": "hoch",
            "reports": ["0" * 16],
            "fell_back": True,
            "uncertain": ["phase"],
            "missing": [],
        } == present

    def test_lines_are_the_measures(self) -> None:
        """JSON lines have the measures of the object, one a line."""
        lines = standard("jsonl", "de")["matrix"].splitlines()
        whole = json.loads(standard("json", "de")["matrix"])
        assert whole["measures"] == [json.loads(line) for line in lines]


class TestCsv:
    def test_has_three_columns_an_occasion(self) -> None:
        """Behind the names stand phase, rank and level of each conference."""
        found = matrix(MatrixCell(present=False), there(rank=2, level="hoch"))
        assert [
            [
                *("field", "measure", "number", "title"),
                *("stk-1 phase", "stk-1 rank", "stk-1 level"),
                *("stk-2 phase", "stk-2 rank", "stk-2 level"),
            ],
            [
                *("freizeit", "freizeit-14", "14", "Gemeinschaftsgarten"),
                *("", "", ""),
                *("started", "2", "hoch"),
            ],
        ] == list(csv.reader(io.StringIO(shown(found, "csv"))))
