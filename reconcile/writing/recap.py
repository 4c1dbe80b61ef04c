"""The recapitulation of a comparison of stages as KPU's forms have it: A-Rekap PPS, and A-Rekap PPS Perubahan.

Columns as in domain 4.2 (h). Where of some voters the sex is not stated they have a column of their own, and L+P stays
what it says; the last column then counts all. Always Indonesian: these are forms.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from reconcile.diffing import Figure, RecapRow
from reconcile.workbooks import save_still, text_cell

Row = Sequence[str | int]
_BOLD = Font(bold=True)

FORM, CHANGES = "A-REKAP PPS", "PERUBAHAN"  # the two sheets
_UNSTATED, _ALL = "TIDAK TERISI", "JUMLAH"
_KINDS = {"district": "KECAMATAN", "village": "DESA/KELURAHAN", "tps": "NOMOR TPS"}
WORKING_PAPER = "Kertas kerja, bukan formulir KPU yang sah"


def write_recap(
    target: Path | BinaryIO,
    *,
    titles: Sequence[str],
    stages: tuple[str, str],
    kind: str,
    rows: Sequence[tuple[str, RecapRow]],
    total: RecapRow,
) -> None:
    """Write both forms of an area: a row for each of its parts (`kind`: district, village or tps) and a total row."""
    unstated = any(figure.unstated for figure in total.figures.values())
    book = Workbook(write_only=True)
    heads: list[Row] = [(title,) for title in titles]
    form = _form(kind, rows, total, unstated)
    _add_sheet(book, FORM, [*heads, (f"DAFTAR PEMILIH {stages[1]}",), ()], form[:1], form[1:])
    changes = _changes(kind, rows, total, unstated)
    title = f"PERUBAHAN PEMILIH DARI {stages[0]} KE {stages[1]}"
    sheet = _add_sheet(book, CHANGES, [*heads, (title,), ()], changes[:2], [*changes[2:], (), *_tie(stages, total)])
    top, width = len(heads) + 3, 3 + 2 * unstated  # the row of the merged heading, and the columns of a group
    for group in range(3):
        first, last = 2 + group * width, 1 + (group + 1) * width
        sheet.merged_cells.add(f"{get_column_letter(first)}{top}:{get_column_letter(last)}{top}")
    save_still(book, target)


def _add_sheet(book: Workbook, name: str, titles: Sequence[Row], heads: Sequence[Row], rows: Sequence[Row]) -> Any:
    """Add a sheet. Numbers are numbers, so that an office can go on counting; all else is text and stays text."""
    sheet = book.create_sheet(name)
    for place, width in enumerate(heads[-1], start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(9, len(str(width)) + 3)
    for line in (*titles, *heads, *rows):
        sheet.append([_cell(sheet, value, bold=line in heads) for value in line])
    return sheet


def _cell(sheet: Any, value: str | int, *, bold: bool) -> Any:
    if isinstance(value, int):
        return value
    cell = text_cell(sheet, value)
    if bold:
        cell.font = _BOLD
    return cell


def _form(kind: str, rows: Sequence[tuple[str, RecapRow]], total: RecapRow, unstated: bool) -> list[Row]:
    made: list[Row] = [("NO", _KINDS[kind], *_columns(unstated), "KETERANGAN")]
    for number, (name, row) in enumerate(rows, 1):
        made.append((number, name, *_cells(row.figures["second"], unstated), ""))
    return [*made, ("", "JUMLAH", *_cells(total.figures["second"], unstated), "")]


def _changes(kind: str, rows: Sequence[tuple[str, RecapRow]], total: RecapRow, unstated: bool) -> list[Row]:
    columns = _columns(unstated)
    gap = [""] * (len(columns) - 1)
    groups: list[str | int] = [cell for name in ("PEMILIH BARU", "TMS", "PERBAIKAN") for cell in (name, *gap)]
    made: list[Row] = [("", *groups, "", ""), (_KINDS[kind], *columns * 3, "TOTAL", "KETERANGAN")]
    return made + [_change(name, row, unstated) for name, row in (*rows, ("JUMLAH", total))]


def _change(name: str, row: RecapRow, unstated: bool) -> Row:
    figures = (row.entered, row.taken_out, row.figures["changed"])
    cells = [cell for figure in figures for cell in _cells(figure, unstated)]
    return (name, *cells, sum(figure.total for figure in figures), _note(row))


def _note(row: RecapRow) -> str:
    """Say what is inside the sums, and what no column of the form has."""
    words = {"moved_in": "pindah masuk", "moved_out": "pindah keluar", "gone": "hilang tanpa kode"}
    return ", ".join(f"{said} {row.figures[name].total}" for name, said in words.items() if row.figures[name].total)


def _tie(stages: tuple[str, str], total: RecapRow) -> list[Row]:
    """Say how the voters of one stage become those of the other."""
    first, second, gone = (total.figures[name].total for name in ("first", "second", "gone"))
    return [
        (f"PEMILIH {stages[0]}", first),
        ("DITAMBAH PEMILIH BARU", total.entered.total),
        ("DIKURANGI TMS", total.taken_out.total),
        ("DIKURANGI HILANG TANPA KODE", gone),
        (f"SAMA DENGAN PEMILIH {stages[1]}", second),
    ]


def _columns(unstated: bool) -> list[str | int]:
    return ["L", "P", "L+P", *([_UNSTATED, _ALL] if unstated else [])]


def _cells(figure: Figure, unstated: bool) -> list[str | int]:
    return [figure.male, figure.female, figure.both, *([figure.unstated, figure.total] if unstated else [])]
