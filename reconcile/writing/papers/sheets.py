"""Sheets as KPU's forms are laid out -> one workbook, row after row.

Above the rows: the marks, the title, the place, a heading of two lines and a line of column numbers. Below: sums,
legend, signatures, and which version it is. Texts are text, whatever they begin with; only counts are numbers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from reconcile.workbooks import save_still, text_cell
from reconcile.writing.papers.fields import TICK
from reconcile.writing.papers.matter import Matter
from reconcile.writing.papers.words import COPIES, NOT_OFFICIAL, WORKING_PAPER

Value = str | int
# Papers by how many letters stand beside each other: lists with an origin and a target need A3.
_PAPERS = ((95, "portrait", 9), (200, "landscape", 9), (10_000, "landscape", 8))
_LINE = 15  # points
_HEADING_HEIGHT = 46  # points: three lines
_LONGEST_TAB = 31
_NOT_IN_A_TAB = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT = "Calibri"
_BOLD, _TITLE, _GREY = Font(_FONT, 11, bold=True), Font(_FONT, 14, bold=True), Font(_FONT, 11, color="5B6470")
_HEAD = PatternFill("solid", fgColor="E7EAEE")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_CENTRE = Alignment(horizontal="center", vertical="top")


@dataclass(frozen=True)
class Column:
    """A column of a sheet. `group`: the heading over it and its neighbours; `ticked`: to be ticked by hand."""

    heading: str
    width: int = 12
    group: str = ""
    ticked: bool = False


@dataclass(frozen=True)
class Signature:
    """Room for one signature: whose office, and as what."""

    office: str
    role: str


@dataclass(frozen=True)
class Sheet:
    """One sheet. `rows`: cells by column; `sums`: lines below, each a label and the values under the columns."""

    tab: str
    model: str
    titles: tuple[str, ...]
    identity: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: tuple[tuple[str, Value], ...] = ()
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


def write_sheets(target: BinaryIO, sheets: Sequence[Sheet], matter: Matter) -> int:
    """Write a workbook; return how many rows of people or counts are in it. Raises ValueError without a sheet."""
    if not sheets:
        raise ValueError("a workbook has a sheet")
    book = Workbook(write_only=True)
    taken: set[str] = set()
    for sheet in sheets:
        _Writer(book.create_sheet(_tab(sheet.tab, taken)), sheet, matter).write()
    save_still(book, target)
    return sum(len(sheet.rows) for sheet in sheets)


def _tab(name: str, taken: set[str]) -> str:
    """Return a sheet's name as workbooks allow it, unlike those before it."""
    name = name.translate(_NOT_IN_A_TAB).strip("' ")[:_LONGEST_TAB] or "LEMBAR"
    found, n = name, 1
    while found.casefold() in taken:
        n += 1
        found = f"{name[: _LONGEST_TAB - len(str(n)) - 1]} {n}"
    taken.add(found.casefold())
    return found


class _Writer:
    def __init__(self, page: Any, sheet: Sheet, matter: Matter) -> None:
        self.page, self.sheet, self.matter = page, sheet, matter
        self.width = len(sheet.columns)
        self.row = 0

    def write(self) -> None:
        top = [*self._above()]
        heading = len(top) + 1
        self._set_up(heading)
        self._merge(heading)
        self.page.freeze_panes = f"A{heading + 3}"
        self.page.print_title_rows = f"{heading}:{heading + 2}"
        self._offer_ticks(heading + 3)
        for cells in (*top, *self._heading()):
            self.page.append(cells)
        for at, row in enumerate(self.sheet.rows, start=heading + 3):
            self._make_room(at, row)
            self.page.append([self._boxed(value) for value in row])
        for cells in self._below():
            self.page.append(cells)

    def _set_up(self, heading: int) -> None:
        for place, column in enumerate(self.sheet.columns, start=1):
            self.page.column_dimensions[get_column_letter(place)].width = column.width
        self.page.row_dimensions[heading + 1].height = _HEADING_HEIGHT
        letters = sum(column.width for column in self.sheet.columns)
        orientation, paper = next((way, size) for most, way, size in _PAPERS if letters <= most)
        self.page.page_setup.orientation, self.page.page_setup.paperSize = orientation, paper
        self.page.page_setup.fitToHeight = 0
        self.page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        # & begins a code in a printed foot.
        self.page.oddFooter.left.text = self.matter.edition.replace("&", "&&")
        self.page.oddFooter.right.text = "Halaman &P dari &N"
        self.page.oddHeader.left.text = f"{WORKING_PAPER} - {NOT_OFFICIAL}"

    def _above(self) -> Iterator[list[Any]]:
        sheet = self.sheet
        yield self._text(f"{WORKING_PAPER} - {NOT_OFFICIAL}", _BOLD, at_end=sheet.model)
        if copy := COPIES[self.matter.audience]:
            yield self._text(copy, _BOLD)
        for title in sheet.titles:
            yield self._text(title, _TITLE)
        yield []
        for label, value in sheet.identity:
            yield [text_cell(self.page, label), None, text_cell(self.page, f": {value}")]
        yield []

    def _text(self, text: str, font: Font = _GREY, at_end: str = "") -> list[Any]:
        cells = [text_cell(self.page, text)]
        cells[0].font = font
        if at_end:
            cells += [None] * (self.width - 2)
            cells.append(text_cell(self.page, at_end))
            cells[-1].font, cells[-1].alignment = _BOLD, Alignment(horizontal="right")
        return cells

    def _heading(self) -> Iterator[list[Any]]:
        columns = self.sheet.columns
        before = ("", *(column.group for column in columns))
        yield [
            self._head(("" if column.group == last else column.group) if column.group else column.heading)
            for column, last in zip(columns, before, strict=False)
        ]
        yield [self._head(column.heading if column.group else "") for column in columns]
        yield [self._head(place) for place in range(1, self.width + 1)]

    def _head(self, value: Value) -> Any:
        cell = text_cell(self.page, value) if isinstance(value, str) else WriteOnlyCell(self.page, value)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _BOX, _MIDDLE
        return cell

    def _merge(self, row: int) -> None:
        place = 1
        for group, some in groupby(self.sheet.columns, lambda column: column.group):
            end = place + len([*some]) - 1
            spans = [(place, row, end, row)] if group else [(at, row, at, row + 1) for at in range(place, end + 1)]
            for left, top, right, bottom in spans:
                if (left, top) != (right, bottom):
                    span = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
                    self.page.merged_cells.add(span)
            place = end + 1

    def _make_room(self, at: int, row: Sequence[Value]) -> None:
        """Give a row the height its longest text needs: not every program works that out when it opens a file."""
        texts = zip(row, self.sheet.columns, strict=True)
        lines = max(-(-len(text) // (column.width - 2)) for text, column in texts if isinstance(text, str))
        if lines > 1:
            self.page.row_dimensions[at].height = _LINE * lines

    def _offer_ticks(self, first: int) -> None:
        letters = [get_column_letter(at) for at, column in enumerate(self.sheet.columns, start=1) if column.ticked]
        if not letters or not self.sheet.rows:
            return
        rule = DataValidation(type="list", formula1=f'"{TICK}"', allow_blank=True)
        for letter in letters:
            rule.add(f"{letter}{first}:{letter}{first + len(self.sheet.rows) - 1}")
        self.page.data_validations.append(rule)

    def _boxed(self, value: Value) -> Any:
        if isinstance(value, int):
            cell = WriteOnlyCell(self.page, value)
            cell.border, cell.alignment = _BOX, _CENTRE
            return cell
        cell = text_cell(self.page, value) if value else WriteOnlyCell(self.page)
        cell.border, cell.alignment, cell.number_format = _BOX, _WRAPPED, "@"
        return cell

    def _below(self) -> Iterator[list[Any]]:
        yield []
        for label, value in self.sheet.totals:
            number = text_cell(self.page, value) if isinstance(value, str) else WriteOnlyCell(self.page, value)
            yield [text_cell(self.page, label), None, None, number]
        if self.sheet.totals:
            yield []
        for note in self.sheet.notes:
            yield self._text(note)
        yield from self._signatures()
        yield []
        yield self._text(self.matter.edition)
        if self.matter.mark:
            yield self._text(f"SHA-256 data: {self.matter.mark}")

    def _signatures(self) -> Iterator[list[Any]]:
        """Yield the signature blocks, two beside each other."""
        blocks = self.sheet.signatures
        for pair in (blocks[at : at + 2] for at in range(0, len(blocks), 2)):
            yield []
            yield self._beside(one.office for one in pair)
            yield self._beside(one.role for one in pair)
            yield from ([], [], [])
            yield self._beside("(.............................................)" for _ in pair)

    def _beside(self, texts: Iterable[str]) -> list[Any]:
        cells: list[Any] = []
        for text in texts:
            cells += [None] * (1 if not cells else max(1, self.width // 2 - len(cells)))
            cells.append(text_cell(self.page, text))
        return cells
