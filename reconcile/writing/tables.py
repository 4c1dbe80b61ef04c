"""Rows -> one plain workbook: every cell is text, so no number loses a digit and no cell starts a formula."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reconcile.workbooks import save_still, text_cell

_BOLD = Font(bold=True)


def write_table(
    target: Path | BinaryIO, *, titles: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[str]]
) -> int:
    """Write titles, a heading and the rows, streamed; return how many rows were written."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("DATA")
    for place, heading in enumerate(headings, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(12, len(heading) + 2)
    sheet.freeze_panes = f"A{len(titles) + 2}"
    for title in titles:
        sheet.append([text_cell(sheet, title)])
    heads = [text_cell(sheet, heading) for heading in headings]
    for head in heads:
        head.font = _BOLD
    sheet.append(heads)
    count = 0
    for row in rows:
        sheet.append([text_cell(sheet, value) for value in row])
        count += 1
    save_still(book, target)
    return count
