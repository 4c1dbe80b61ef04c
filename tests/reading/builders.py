"""Sheets and files for the tests of reading, of made-up people: NIK with serials from 9001, Blora's villages."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from openpyxl import Workbook

from reconcile.reading import Ending, ReadResult
from reconcile.reading.packing import as_text
from reconcile.reading.problems import REJECTED, ProblemCode
from reconcile.reading.raw import RawSheet
from reconcile.reading.understanding import understand
from reconcile.workbooks import STAMP, save_still

Row = Sequence[Any]

ROLL_HEADING = (
    "NO", "NKK", "NIK", "NAMA", "TEMPAT LAHIR", "TANGGAL LAHIR", "STATUS PERKAWINAN\nB/S/P", "JENIS KELAMIN\nL/P",
    "ALAMAT", None, None, "DISABILITAS", "STATUS PEREKAMAN KTP-EL\nS/B", "KETERANGAN",
)  # fmt: skip
ROLL_SECOND_LINE = (*(None,) * 8, "JALAN/DUKUH", "RT", "RW", None, None, None)
FLAT_HEADING = (
    "NO", "KECAMATAN", "KELURAHAN", "TPS", "NKK", "NIK", "NAMA", "JK", "TMPT_LHR", "TGL_LHR", "STS", "ALAMAT",
    "RT", "RW",
)  # fmt: skip
TEXT_HEADING = "KEC_ID#KEL_ID#TPS_ID#DPID#NKK#NIK#NAMA#JK#TMPT_LHR#TGL_LHR#STS#ALAMAT#RT#RW#DIS#KTPel#SUMBER#KET"
MOVED_HEADING = (
    "No", "NKK", "NIK", "Nama", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir", "Alamat", "TPS Asal",
    "Kelurahan Asal", "Kecamatan Asal", "Kabupaten Asal", "Alasan",
)  # fmt: skip
RUTAN_HEADING = (
    "NO", "NO. REGISTRASI", "NAMA", "NIK", "TEMPAT LAHIR", "TGL LAHIR", "JK", "AGAMA", "ALAMAT", "PASAL / PERKARA",
    "TGL MASUK", "TGL EKSPIRASI", "BLOK",
)  # fmt: skip
TTL_HEADING = (
    "No.", "Nama Lengkap / Alias / Bin", "No Reg.", "Tempat, Tanggal Lahir", "L/P", "Agama", "Alamat Asal", "N I K",
    "Jenis Kejahatan", "Tanggal Ditahan", "Ekspirasi", "Kamar",
)  # fmt: skip
POLRES_HEADING = ("NO", "NAMA", "TTL / UMUR", "ALAMAT", "NIK", "SATUAN", "TGL MASUK", "S.D. TANGGAL", "KET")
NAMES = ("WAGIYO LEGAWA", "SUTRIMO ANDAYANI", "KADARISMAN", "MUKLIS HIDAYATULLAH", "TEGUH PRASTYA", "BAGAS WIBAWA")


def nik(serial: int, region: str = "331609", born: str = "140380") -> str:
    return f"{region}{born}{9000 + serial}"


def roll_person(number: int, **changes: Any) -> list[Any]:
    """Return one row of a printed roll, with cells changed by place ("c3" is the name)."""
    row: list[Any] = [
        number, nik(number, born="010110"), nik(number), NAMES[number % len(NAMES)], "BLORA", "14|03|1980", "S", "L",
        "DK SUMBERJO", "001", "002", 0, "S", None,
    ]  # fmt: skip
    return _changed(row, changes)


def rutan_person(number: int, **changes: Any) -> list[Any]:
    row: list[Any] = [
        number, f"A.III-{number}/2024", NAMES[number % len(NAMES)], nik(number), "BLORA", "14-03-1980", "L", "ISLAM",
        "DK SUMBERJO RT 1 RW 2 DS KUNDEN KEC BLORA KAB BLORA", "362 KUHP", "01-02-2024", "01-02-2027", "A1",
    ]  # fmt: skip
    return _changed(row, changes)


def _changed(row: list[Any], changes: Mapping[str, Any]) -> list[Any]:
    for place, value in changes.items():
        row[int(place[1:])] = value
    return row


def roll_head(village: str = "KUNDEN", tps: str = "001") -> list[Row]:
    return [
        ("DAFTAR PEMILIH TETAP", *(None,) * 12, "MODEL A-KabKo Daftar Pemilih"),
        ("PEMILIHAN GUBERNUR DAN WAKIL GUBERNUR, BUPATI DAN WAKIL BUPATI TAHUN 2024",),
        (),
        ("PROVINSI", None, ": JAWA TENGAH"),
        ("KABUPATEN/KOTA", None, ": BLORA"),
        ("KECAMATAN", None, ": BLORA"),
        ("DESA/KELURAHAN", None, f": {village}"),
        ("TPS", None, f": {tps}"),
        (),
        ROLL_HEADING,
        ROLL_SECOND_LINE,
        tuple(range(1, 15)),
    ]


def sheet(rows: Iterable[Row], name: str = "Lembar 1", hidden: bool = False) -> RawSheet:
    """Return a sheet as the reading process hands it over, without that process."""
    rows = [list(row) for row in rows]
    width = max((len(row) for row in rows), default=0)
    cells = [[as_text("" if cell is None else cell) for cell in row + [None] * (width - len(row))] for row in rows]
    columns = list(zip(*cells, strict=True))
    texts = tuple(pa.array([text for text, _ in column], pa.string()) for column in columns)
    kinds = tuple(np.array([kind for _, kind in column], np.int8) for column in columns)
    return RawSheet(name, hidden, texts, kinds)


def read(*rows: Row, near: str = "3316") -> ReadResult:
    """Read one sheet made of these rows."""
    result = understand([sheet(rows)], "daftar.xlsx", near)
    assert_adds_up(result)
    return result


def assert_adds_up(result: ReadResult) -> None:
    """Every row is a record, or rejected, or skipped: one of them, once."""
    assert result.rows == result.records + result.rejected + result.skipped
    where = list(zip(result.table["sheet"].to_pylist(), result.table["row"].to_pylist(), strict=True))
    where += [(end.sheet, end.row) for end in result.ends]
    assert sorted(where) == sorted((seen.name, row) for seen in result.sheets for row in range(1, seen.rows + 1))
    assert result.rejected == sum(end.why in REJECTED for end in result.ends)


def endings(result: ReadResult) -> dict[int, Ending]:
    return {end.row: end.why for end in result.ends}


def problems(result: ReadResult, *codes: ProblemCode) -> list[tuple[ProblemCode, int]]:
    """Return code and row of every problem, or of those with one of the codes."""
    return [(found.code, found.row) for found in result.problems if not codes or found.code in codes]


def write_book(path: Path, sheets: Mapping[str, Iterable[Row]]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        made = book.create_sheet(name)
        for row in rows:
            made.append(list(row))
    save_still(book, path)
    return path


_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="TAHANAN" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        '<Relationship Id="rId2" Target="sharedStrings.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    ),
    "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
}


def write_parts(path: Path, sheet_xml: str | bytes, changes: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a workbook by hand: what no program would write, but somebody may send."""
    return write_zip(path, {**_PARTS, "xl/worksheets/sheet1.xml": sheet_xml, **(changes or {})})


def write_zip(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, STAMP.timetuple()[:6])  # the same bytes on any day
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return path


def sheet_xml(rows: Iterable[tuple[int, Row]], before: str = "") -> str:
    """Return a worksheet part with texts in place; `before` goes ahead of the rows."""
    found = "".join(_row_xml(number, cells) for number, cells in rows)
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{before}<sheetData>{found}</sheetData></worksheet>"
    )


def _row_xml(number: int, cells: Row) -> str:
    found = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for place, cell in enumerate(cells)
        if cell is not None
    )
    return f'<row r="{number}">{found}</row>'
