"""Workbooks whose bytes depend on their content alone (no clock, no file times), and in which text stays text."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.writer.excel import ExcelWriter

Cell = str | int | date | None
STAMP = datetime(2024, 1, 1)


def heading(text: str) -> tuple[str, ...]:
    """Return the cells of a heading written as "NO|NAMA|ALAMAT"."""
    return tuple(text.split("|"))


class StillZip(ZipFile):
    """A zip in which every part carries the same time."""

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        info = ZipInfo(name, STAMP.timetuple()[:6])
        info.create_system = 3
        super().writestr(info, data, compress_type, compresslevel)

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        compress_type: int | None = ZIP_DEFLATED,
        compresslevel: int | None = None,
    ) -> None:
        self.writestr(str(arcname or filename), Path(filename).read_bytes(), compress_type, compresslevel)


def save_still(book: Workbook, target: Path | BinaryIO) -> None:
    """Write a workbook without the time of writing."""
    book.properties.created = book.properties.modified = STAMP
    with StillZip(target, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def text_cell(sheet: Any, text: str) -> Any:
    """Return a cell that is text and stays text when somebody types in it, whatever it begins with.

    Never a formula, a number or an error; marks no workbook can hold are shown as such.
    """
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


class StillWorkbook:
    """Rows in, workbook out. `None` and "" leave a cell empty; dates become true date cells."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def add_sheet(self, title: str, rows: Iterable[Sequence[Cell]], merged: Iterable[str] = ()) -> None:
        sheet = self._book.create_sheet(title)
        for span in merged:
            sheet.merged_cells.add(span)
        for row in rows:
            sheet.append([self._cell(sheet, value) for value in row])

    def save(self, path: Path) -> Path:
        save_still(self._book, path)
        return path

    @staticmethod
    def _cell(sheet: Any, value: Cell) -> Any:
        if isinstance(value, date):
            cell = WriteOnlyCell(sheet, value)
            cell.number_format = "dd/mm/yyyy"
            return cell
        return value if value != "" else None
