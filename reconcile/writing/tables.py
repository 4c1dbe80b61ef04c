"""Rows -> one plain workbook: every cell is text, so no number loses a digit and no cell starts a formula."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_WIDEST = 40  # characters


def write_table(
    path: Path, *, sheet: str, titles: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> int:
    """Write titles, a heading and the rows, streamed; return how many rows were written."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for place, heading in enumerate(headings, start=1):
        page.column_dimensions[get_column_letter(place)].width = min(_WIDEST, max(12, len(heading) + 2))
    page.freeze_panes = f"A{len(titles) + 2}"

    def text(value: str, *, bold: bool = False) -> WriteOnlyCell:
        cell = WriteOnlyCell(page)
        cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", value), "s"
        cell.number_format = "@"
        if bold:
            cell.font = Font(bold=True)
        return cell

    for title in titles:
        page.append([text(title)])
    page.append([text(heading, bold=True) for heading in headings])
    count = 0
    for row in rows:
        page.append([text(value) for value in row])
        count += 1
    book.save(path)
    return count
