"""A flat roll of any size as one xlsx sheet, as Excel saves it: texts shared, dates as numbers with a format.

The people are the generator's (`write_text_roll`); the XML is written straight, because a million rows through a
workbook library take many minutes.
"""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from xml.sax.saxutils import escape

from reconcile.generating import places, write_text_roll

HEADING = (
    "NO", "KECAMATAN", "DESA/KELURAHAN", "TPS", "NKK", "NIK", "NAMA LENGKAP", "L/P", "TEMPAT LAHIR", "TANGGAL LAHIR",
    "STS KAWIN", "ALAMAT", "RT", "RW", "DISABILITAS", "KTP-EL", "KET",
)  # fmt: skip
TITLE = "DAFTAR PEMILIH TETAP KABUPATEN BLORA TAHUN 2024"
COLUMNS = "ABCDEFGHIJKLMNOPQ"
DATE = HEADING.index("TANGGAL LAHIR")
EPOCH = date(1899, 12, 30)
AT_ONCE = 20_000
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="rId{n}" Target="{target}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
        for n, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")),
            start=1,
        )
    )
    + "</Relationships>",
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="DPT" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}
SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def people(voters: int, short_niks: int) -> Iterator[list[str]]:
    """Yield the cells of each voter, the date as a number; the first `short_niks` have a NIK of eight digits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "roll.csv")
        write_text_roll(path, seed=1, voters=voters)
        with path.open(encoding="utf-8") as file:
            next(file)
            for number, line in enumerate(file, start=1):
                _, village, tps, _, nkk, nik, name, sex, born, day, marital, street, rt, rw, *_ = line.split("#")
                day, month, year = map(int, day.split("|"))
                yield [
                    str(number), places.short_name(village[:6]), places.short_name(village), tps, nkk,
                    nik if number > short_niks else nik[:8], name, sex, born,
                    str((date(year, month, day) - EPOCH).days), marital, street, rt, rw, "0", "S", "",
                ]  # fmt: skip


def write_flat_roll(path: Path, voters: int, *, short_niks: int = 0) -> Path:
    """Write a flat roll; 700,000 voters take about a minute."""
    shared: dict[str, int] = {}

    def cell(place: int, row: int, text: str) -> str:
        if not text:
            return ""
        at = f"{COLUMNS[place]}{row}"
        if place == 0 and text.isdecimal():
            return f'<c r="{at}"><v>{text}</v></c>'
        if place == DATE and text.lstrip("-").isdecimal():
            return f'<c r="{at}" s="1"><v>{text}</v></c>'
        return f'<c r="{at}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>'

    def line(row: int, texts: Sequence[str]) -> str:
        cells = "".join(cell(place, row, text) for place, text in enumerate(texts))
        return f'<row r="{row}">{cells}</row>'

    rows = enumerate(people(voters, short_niks), start=4)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, content in PARTS.items():
            package.writestr(name, content)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part, _texts(part) as sheet:
            sheet.write(f'<worksheet {SPREADSHEET}><dimension ref="A1:Q{voters + 3}"/><sheetData>')
            sheet.write(line(1, [TITLE]) + line(3, HEADING))
            while block := list(islice(rows, AT_ONCE)):
                sheet.write("".join(line(row, texts) for row, texts in block))
            sheet.write("</sheetData></worksheet>")
        with package.open("xl/sharedStrings.xml", "w", force_zip64=True) as part, _texts(part) as table:
            table.write(f'<sst {SPREADSHEET} uniqueCount="{len(shared)}">')
            table.writelines(f"<si><t>{escape(text)}</t></si>" for text in shared)
            table.write("</sst>")
    return path


def _texts(part: object) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BufferedWriter(part, 1 << 20), encoding="utf-8")  # type: ignore[arg-type]
