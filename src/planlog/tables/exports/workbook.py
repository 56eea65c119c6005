"""Exported tables as a workbook in the form of XLSX, in which texts stay texts."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from planlog.errors import Flaw, TableError
from planlog.plan import PHASES, Phase
from planlog.tables.exports.grid import Content, Grid
from planlog.tables.sheets import cell_name
from planlog.wording import Words, visible

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST: Final = 32_767
"""How many characters (in UTF-16) a cell of a spreadsheet holds."""

_LONGEST_NAME: Final = 31
_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")
_RESERVED: Final = "history"
"""The one name that Excel keeps for itself."""

_UNHOLDABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_COLORS: Final[Mapping[Phase, tuple[str, str]]] = {
    "proposed": ("F2F2F2", "404040"),
    "started": ("FFF2CC", "7F6000"),
    "implemented": ("E2EFDA", "375623"),
    "ongoing": ("DDEBF7", "1F4E78"),
    "paused": ("FCE4D6", "833C0B"),
    "dropped": ("F8CBAD", "7B1E0E"),
    "replaced": ("E4DFEC", "403151"),
}
"""The ground and the ink of each phase's cell; the word stands in it, colour is never alone."""

_TEXT: Final = "@"
"""The format of what is a text, whatever it looks like."""

_NARROWEST: Final = 7
_WIDEST: Final = 40
_MARGIN: Final = 3
"""Room for the filter's button and a little air."""

_LINE: Final = 15
_HIGHEST: Final = 405
"""The height of a line, and the greatest of a row, in points."""

_LONGEST_HEADERS: Final = (80, 160)
"""How much stands above a page, left and right: together no more than the format has room for."""

_A3: Final = "8"
_FONT: Final = "Calibri"


def workbook(
    grids: Sequence[Grid],
    file: str,
    *,
    words: Words,
    title: str,
    state: str = "",
    recorded: datetime | None,
) -> bytes:
    """Write *grids* as the sheets of a workbook with a *title*.

    Printed, each page has the title above it and the *state* that is shown. The same grids give the
    same bytes: the file says that it was made when the last event was *recorded*.

    Raises `TableError` with every cell that is too long, and where the extra that writes workbooks
    is not installed; *file* is what it is to be called.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise TableError(
            (
                Flaw(
                    "no-tables-extra",
                    "to write XLSX, planlog needs more than is installed; install it with: pip "
                    "install 'planlog[tables]', or export to .csv",
                    place=file,
                ),
            )
        ) from error

    named = list(zip(sheet_names(one.name for one in grids), grids, strict=True))
    flaws = [flaw for name, grid in named for flaw in _too_long(name, grid, file)]
    if flaws:
        raise TableError(tuple(flaws))
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, grid in named:
        sheet = made.create_sheet(name)
        _fill(sheet, grid, words)
        _head_pages(sheet, title, state)
    made.properties.title = escaped(title)
    made.properties.creator = None
    return _saved(made, recorded)


def sheet_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names that sheets can have, each another, as close to *names* as they may be."""
    found: dict[str, str] = {}
    for name in names:
        wanted = _FORBIDDEN_IN_NAMES.sub(" ", name).strip(" '")[:_LONGEST_NAME].strip(" '") or "-"
        if wanted.casefold() == _RESERVED:
            wanted = f"{wanted} 1"
        free, count = wanted, 1
        while free.casefold() in found:
            count += 1
            mark = f" ({count})"
            free = f"{wanted[: _LONGEST_NAME - len(mark)]}{mark}"
        found[free.casefold()] = free
    return tuple(found.values())


def escaped(text: str) -> str:
    r"""Write *text* the way the format has characters that XML cannot hold.

    >>> escaped("a\vb_x0041_")
    'a_x000B_b_x005F_x0041_'
    """
    return _UNHOLDABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _too_long(name: str, grid: Grid, file: str) -> Iterator[Flaw]:
    for number, row in enumerate((grid.headings, *grid.rows), 1):
        for column, value in enumerate(row, 1):
            length = len(value.encode("utf-16-le")) // 2 if isinstance(value, str) else 0
            if length > LONGEST:
                yield Flaw(
                    "long-cell",
                    "a cell of a spreadsheet holds {most} characters, this has {length}; export "
                    "to .csv or .sqlite",
                    {"most": LONGEST, "length": length},
                    grid.headings[column - 1][:_WIDEST],
                    f"{file}: {name}!{cell_name(number, column)}",
                )


def _fill(sheet: "Worksheet", grid: Grid, words: Words) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    numbers = _numbers(grid)
    line = Side(style="thin", color="BFBFBF")
    head = {
        "font": Font(name=_FONT, bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", start_color="1F4E78"),
        "alignment": Alignment(vertical="center", wrap_text=True),
        "border": Border(bottom=line, right=line),
    }
    body = {
        "font": Font(name=_FONT),
        "alignment": Alignment(vertical="top", wrap_text=True),
        "border": Border(bottom=line, right=line),
    }
    for number, row in enumerate((grid.headings, *grid.rows), 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column)
            for name, part in (head if number == 1 else body).items():
                setattr(cell, name, part)
            if column - 1 not in numbers:
                cell.number_format = _TEXT
                cell.quotePrefix = number > 1 and bool(value)
            if value != "":
                cell.value = escaped(value) if isinstance(value, str) else value
            if isinstance(cell.value, str):
                cell.data_type = "s"  # whatever it looks like
    _lay_out(sheet, grid, numbers)
    _colour(sheet, grid, words)


def _numbers(grid: Grid) -> frozenset[int]:
    """The columns that hold numbers and nothing else."""
    return frozenset(
        index
        for index in range(len(grid.headings))
        if not any(isinstance(row[index], str) for row in grid.rows)
        and any(row[index] is not None for row in grid.rows)
    )


def _lay_out(sheet: "Worksheet", grid: Grid, numbers: Collection[int]) -> None:
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{cell_name(len(grid.rows) + 1, len(grid.headings))}"
    widths = [_width(grid, index) for index in range(len(grid.headings))]
    for index, width in enumerate(widths):
        dimension = sheet.column_dimensions[cell_name(1, index + 1).rstrip("1")]
        dimension.width = width + _MARGIN
        if index not in numbers:  # for the rows that people add
            dimension.number_format = _TEXT
    for number, row in enumerate((grid.headings, *grid.rows), 1):
        sheet.row_dimensions[number].height = _height(row, widths)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A3
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(
        left=0.4, right=0.4, top=0.7, bottom=0.7, header=0.3, footer=0.3
    )
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _head_pages(sheet: "Worksheet", title: str, state: str) -> None:
    """Say on each printed page what it is: a loose sheet of paper has no file name."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

    left, right = map(_in_margin, (title, state), _LONGEST_HEADERS)
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(
        left=_HeaderFooterPart(left), right=_HeaderFooterPart(right) if right else None
    )
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P / &N")
    )


def _in_margin(text: str, longest: int) -> str:
    """*text* for the margin of a page, where an & begins a command and there is little room."""
    line = visible(text).replace("&", "&&")
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip('&')}…"


def _width(grid: Grid, column: int) -> int:
    """Wide enough for the longest word of the heading and for most lines of the cells."""
    lines = grid.headings[column].split()
    lines += [line for row in grid.rows for line in str(row[column] or "").splitlines()]
    return max(_NARROWEST, min(max(map(len, lines), default=0), _WIDEST))


def _height(row: Sequence[Content], widths: Sequence[int]) -> int:
    """High enough for every line: not every program finds that out by itself."""
    lines = [
        sum(max(1, -(-len(line) // width)) for line in str(value or "").splitlines())
        for value, width in zip(row, widths, strict=True)
    ]
    return min(_HIGHEST, _LINE * max(1, *lines))


def _colour(sheet: "Worksheet", grid: Grid, words: Words) -> None:
    """Colour the words of phases, as long as they stand there: also what people write later."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle

    for column in grid.phases:
        first, last = cell_name(2, column + 1), cell_name(max(2, len(grid.rows) + 1), column + 1)
        for phase in PHASES:
            ground, ink = _COLORS[phase]
            word = words.phase(phase)
            style = DifferentialStyle(font=Font(color=ink), fill=PatternFill(bgColor=ground))
            formula = f'LEFT({first},{len(word)})="{word}"'
            rule = Rule(type="beginsWith", operator="beginsWith", text=word, dxf=style)
            rule.formula = [formula]
            sheet.conditional_formatting.add(f"{first}:{last}", rule)


def _saved(made: "Workbook", recorded: datetime | None) -> bytes:
    """The bytes of the file, in which no clock of ours is to be seen."""
    from openpyxl.xml.functions import tostring

    stored = BytesIO()
    made.save(stored)
    moment = (recorded or datetime(1980, 1, 1)).replace(tzinfo=None)  # noqa: DTZ001  # the format's zero
    made.properties.created = made.properties.modified = moment
    result = BytesIO()
    with ZipFile(stored) as old, ZipFile(result, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = tostring(made.properties.to_tree())
            new.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return result.getvalue()
