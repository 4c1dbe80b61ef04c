"""Empty workbooks for offices to fill in: headings that reading knows, NIK as text, lists to choose from.

One sheet to fill in and one that explains each column with an example. The example stands beside the headings,
one line a column: written as a row it would be read as a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reconcile.records import ListKind
from reconcile.workbooks import save_still

ROWS = 500  # made ready one by one; those below take the format of their column
_LAST_ROW = 1_048_576
GUIDE = "PETUNJUK"
_CLASSES = ("A.I", "A.II", "A.III", "A.IV", "A.V", "B.I", "B.IIa", "B.IIb", "B.III", "C", "D", "F")
_DATE = "tanggal-bulan-tahun, misalnya 14-03-1980"
_HEAD = PatternFill("solid", fgColor="DCE6F1")


@dataclass(frozen=True)
class _Column:
    """`choices`: what may be chosen; everything else is text."""

    heading: str
    example: str
    how: str
    width: int = 16
    choices: Sequence[str] = ()


_NUMBER = _Column("NO", "1", "nomor urut", 6)
_NIK = _Column("NIK", "3316091403809001", "16 angka, disalin dari KTP-el; kosongkan bila tidak ada", 20)
_NKK = _Column("NO KK", "3316090101109001", "16 angka, disalin dari kartu keluarga; boleh kosong", 20)
_NAME = _Column("NAMA", "WAGIYO LEGAWA", "nama lengkap seperti di KTP-el", 30)
_ALIAS = _Column("ALIAS", "", "nama panggilan atau nama lain; boleh kosong")
_BORN_IN = _Column("TEMPAT LAHIR", "BLORA", "kabupaten/kota tempat lahir")
_BORN = _Column("TANGGAL LAHIR", "14-03-1980", _DATE)
_SEX = _Column("JENIS KELAMIN", "L", "L atau P", 14, ("L", "P"))
_MARRIED = _Column("STATUS KAWIN", "S", "B belum, S sudah, P pernah kawin", 14, ("B", "S", "P"))
_HOME = (
    _Column("ALAMAT", "DK SUMBERJO", "jalan atau dukuh seperti di KTP-el", 30),
    _Column("RT", "001", "", 6),
    _Column("RW", "002", "", 6),
)
_REMARK = _Column("KETERANGAN", "", "boleh kosong", 20)


def _places(tail: str = "") -> tuple[_Column, ...]:
    names = (("DESA/KELURAHAN", "KUNDEN"), ("KECAMATAN", "BLORA"), ("KABUPATEN/KOTA", "BLORA"))
    return tuple(_Column(f"{name}{tail}", example, "") for name, example in names)


_ROLL = (
    _NUMBER,
    *reversed(_places()),
    _Column("TPS", "001", "tiga angka", 8),
    _NKK, _NIK, _NAME, _BORN_IN, _BORN, _MARRIED, _SEX, *_HOME,
    _Column("DISABILITAS", "0", "0 bila tidak ada", 12, tuple("0123456")),
    _Column("STATUS PEREKAMAN KTP-EL", "S", "S sudah, B belum", 16, ("S", "B")),
    _REMARK,
)  # fmt: skip
_MOVED = (
    _NUMBER, _NKK, _NIK, _NAME, _SEX, _BORN_IN, _BORN, *_HOME[:1],
    _Column("TPS ASAL", "003", "TPS tempat orang ini terdaftar dalam DPT", 8), *_places(" ASAL"),
    _Column("TPS TUJUAN", "901", "TPS tempat orang ini akan memilih", 8), *_places(" TUJUAN"),
    _Column("ALASAN", "5", "nomor alasan pindah memilih", 8),
)  # fmt: skip
_CUSTODY = (
    _Column("TANGGAL MASUK", "01-02-2024", _DATE),
    _Column("TANGGAL EKSPIRASI", "01-02-2027", f"akhir pidana atau akhir penahanan: {_DATE}"),
)
_RUTAN = (
    _NUMBER,
    _Column("NO REGISTRASI", "B.I 45/2024", "seperti di buku register", 20),
    _Column("GOLONGAN", "B.I", "golongan registrasi", 12, _CLASSES),
    _NAME, _ALIAS, _NIK, _BORN_IN, _BORN, _SEX, *_HOME, *_places(), *_CUSTODY,
    _Column("BLOK", "A1", "blok atau kamar", 10),
    _REMARK,
)  # fmt: skip
_POLRES = (
    _NUMBER, _NAME, _ALIAS, _NIK, _BORN_IN, _BORN, _SEX, *_HOME, *_places(),
    _Column("SATUAN", "RESKRIM", "satuan yang menahan", 14),
    *_CUSTODY, _REMARK,
)  # fmt: skip

_STANDS = "KEADAAN TANGGAL"
# The title lines above the heading, by which the kind of list is known again, and the columns.
_TEMPLATES: dict[ListKind, tuple[tuple[str, ...], tuple[_Column, ...]]] = {
    ListKind.ROLL: (("DAFTAR PEMILIH TETAP",), _ROLL),
    ListKind.MOVED: (("DAFTAR PEMILIH PINDAH MEMILIH",), _MOVED),
    ListKind.RUTAN: (("DAFTAR WARGA BINAAN PEMASYARAKATAN RUTAN", _STANDS), _RUTAN),
    ListKind.POLRES: (("DAFTAR TAHANAN POLRES", _STANDS), _POLRES),
}


def list_template(kind: ListKind, target: Path | BinaryIO) -> None:
    """Write the template of a kind of list to `target`."""
    titles, columns = _TEMPLATES[kind]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "DAFTAR"
    for row, title in enumerate(titles, start=1):
        sheet.cell(row, 1, title).font = Font(bold=True)
    if _STANDS in titles:
        sheet.cell(titles.index(_STANDS) + 1, 3).number_format = "@"
    heading = len(titles) + 2
    for place, column in enumerate(columns, start=1):
        _add_column(sheet, place, column, heading)
    sheet.freeze_panes = sheet.cell(heading + 1, 1)
    _explain(book.create_sheet(GUIDE), columns)
    save_still(book, target)


def _add_column(sheet: Any, place: int, column: _Column, heading: int) -> None:
    """Write a heading and make the cells below it text, with a list to choose from where there is one."""
    letter = get_column_letter(place)
    head = sheet.cell(heading, place, column.heading)
    head.font, head.fill = Font(bold=True), _HEAD
    head.alignment = Alignment(wrap_text=True, vertical="center")
    # A column's own format holds for the empty cells below those made here.
    sheet.column_dimensions[letter].width = column.width
    sheet.column_dimensions[letter].number_format = "@"
    for row in range(heading + 1, heading + 1 + ROWS):
        sheet.cell(row, place).number_format = "@"
    if column.choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
        rule.error, rule.errorTitle, rule.showErrorMessage = f"Pilih: {', '.join(column.choices)}", column.heading, True
        rule.add(f"{letter}{heading + 1}:{letter}{_LAST_ROW}")
        sheet.add_data_validation(rule)


def _explain(sheet: Any, columns: Sequence[_Column]) -> None:
    sheet.append(["KOLOM", "CONTOH", "CARA MENGISI"])
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEAD
    for column in columns:
        sheet.append([column.heading, column.example or None, column.how or None])
        sheet.cell(sheet.max_row, 2).number_format = "@"
    for letter, width in zip("ABC", (28, 24, 70), strict=True):
        sheet.column_dimensions[letter].width = width
