"""Writes one small file for each fault a list can have (reliability 3.1). Made-up people only."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from reconcile.workbooks import save_still
from tests.reading.builders import (
    POLRES_HEADING,
    Row,
    nik,
    roll_head,
    roll_person,
    sheet_xml,
    write_book,
    write_parts,
    write_zip,
)

TITLE: Row = ("DAFTAR TAHANAN POLRES BLORA",)


def person(number: int) -> Row:
    return (number, f"WAGIYO {'ABCDEFGHIJ'[number % 10] * 3}", "Blora, 14-03-1980", "KUNDEN BLORA", nik(number))


GOOD: list[Row] = [TITLE, POLRES_HEADING, *(person(number) for number in (1, 2, 3))]
_NUMBERED = list(enumerate(GOOD, start=1))
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def good(path: Path) -> None:
    write_parts(path, sheet_xml(_NUMBERED))


def no_cells(path: Path) -> None:
    write_book(path, {"Sheet1": []})


def price_list(path: Path) -> None:
    write_book(path, {"HARGA": [("BARANG", "HARGA"), ("KERTAS", 50_000)]})


def no_heading(path: Path) -> None:
    write_book(path, {"DATA": [person(number) for number in (1, 2, 3)]})


def heading_only(path: Path) -> None:
    write_book(path, {"DATA": [TITLE, POLRES_HEADING]})


def nobody_but_a_total(path: Path) -> None:
    write_book(path, {"DATA": [TITLE, POLRES_HEADING, ("JUMLAH", 0)]})


def two_kinds(path: Path) -> None:
    write_book(path, {"A": GOOD, "B": [*roll_head(), roll_person(1)]})


def truncated(path: Path) -> None:
    good(path)
    path.write_bytes(path.read_bytes()[:-300])


def bit_flip(path: Path) -> None:
    good(path)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet1.xml")
    content[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0x10
    path.write_bytes(content)


def letter(path: Path) -> None:
    """A text document: a zip too, but no workbook."""
    write_zip(path, {"word/document.xml": "<document/>"})


def encrypted(path: Path) -> None:
    """A compound file that holds what an encrypted workbook holds: EncryptionInfo and EncryptedPackage."""
    path.write_bytes(_compound_file(["EncryptionInfo", "EncryptedPackage"]))


def old_format_in_name_only(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def encrypted_entry(path: Path) -> None:
    good(path)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    path.write_bytes(content)


def bomb(path: Path) -> None:
    write_parts(path, sheet_xml(_NUMBERED) + " " * (40 << 20))


def many_parts(path: Path) -> None:
    write_parts(path, sheet_xml(_NUMBERED), {f"x/{number}": "" for number in range(1_001)})


def macros(path: Path) -> None:
    write_parts(path, sheet_xml(_NUMBERED), {"xl/vbaProject.bin": "x"})


def entities(path: Path) -> None:
    write_parts(path, '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + sheet_xml(_NUMBERED))


def packed_otherwise(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")


def endless_cell(path: Path) -> None:
    write_parts(path, sheet_xml([*_NUMBERED, (6, ("x" * 40_000,))]))


def far_to_the_right(path: Path) -> None:
    cells = '<row r="9"><c r="XFD9" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    write_parts(path, sheet_xml(_NUMBERED).replace("</sheetData>", cells))


def far_corner(path: Path) -> None:
    """Two cells, 17,000 million apart: the reader asks for memory for all between them."""
    cells = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    write_parts(path, sheet_xml([(1, ("x",))]).replace("</sheetData>", cells))


def shared_text_count(path: Path) -> None:
    write_parts(
        path, sheet_xml(_NUMBERED), {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" uniqueCount="4294967295"/>'}
    )


def last_row_of_the_format(path: Path) -> None:
    write_parts(path, sheet_xml([*_NUMBERED, (1_048_576, person(4))]))


def last_row_of_the_old_format(path: Path) -> None:
    write_parts(path, sheet_xml([*_NUMBERED, (65_536, person(4))]))


def rows_in_utf16(path: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml(_NUMBERED)
    write_parts(path, text.encode("utf-16"))


def part_missing(path: Path) -> None:
    write_zip(path, {"xl/workbook.xml": "<workbook/>"})


# file name -> writer; what each must end as is in test_bad_files
REFUSED: dict[str, Callable[[Path], object]] = {
    "no_cells.xlsx": no_cells,
    "price_list.xlsx": price_list,
    "no_heading.xlsx": no_heading,
    "heading_only.xlsx": heading_only,
    "nobody_but_a_total.xlsx": nobody_but_a_total,
    "two_kinds.xlsx": two_kinds,
    "truncated.xlsx": truncated,
    "bit_flip.xlsx": bit_flip,
    "letter.xlsx": letter,
    "encrypted.xlsx": encrypted,
    "old_format_in_name_only.xls": old_format_in_name_only,
    "encrypted_entry.xlsx": encrypted_entry,
    "bomb.xlsx": bomb,
    "many_parts.xlsx": many_parts,
    "macros.xlsm": macros,
    "entities.xlsx": entities,
    "packed_otherwise.xlsx": packed_otherwise,
    "endless_cell.xlsx": endless_cell,
    "far_to_the_right.xlsx": far_to_the_right,
    "far_corner.xlsx": far_corner,
    "shared_text_count.xlsx": shared_text_count,
    "last_row_of_the_format.xlsx": last_row_of_the_format,
    "last_row_of_the_old_format.xlsx": last_row_of_the_old_format,
    "rows_in_utf16.xlsx": rows_in_utf16,
    "part_missing.xlsx": part_missing,
    "zero_bytes.xlsx": lambda path: path.write_bytes(b""),
    "page.xls": lambda path: path.write_text("<html><table><tr><td>NAMA</td></tr></table></html>"),
    "scan.xlsx": lambda path: path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
    "picture.xlsx": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
}


def rows_out_of_order(path: Path) -> None:
    write_parts(path, sheet_xml([_NUMBERED[place] for place in (0, 1, 4, 2, 3)]))


def wrong_dimension(path: Path) -> None:
    write_parts(path, sheet_xml(_NUMBERED, before='<dimension ref="A1"/>'))


def rows_without_numbers(path: Path) -> None:
    import re

    write_parts(path, re.sub(r' r="[A-Z]*\d+"', "", sheet_xml(_NUMBERED)))


def strict(path: Path) -> None:
    """The ISO strict form: the same parts under other namespaces."""
    good(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    write_zip(path, {name: text.replace(_MAIN, _STRICT).replace(_LINKS, _STRICT_LINKS) for name, text in parts.items()})


def backslashes(path: Path) -> None:
    good(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    write_zip(path, {name.replace("/", "\\"): content for name, content in parts.items()})


def empty_rows_to_the_end(path: Path) -> None:
    """What is left of a format that was laid over whole columns: 100,000 rows with nothing in them."""
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(6, 100_006))
    write_parts(path, sheet_xml(_NUMBERED).replace("</sheetData>", f"{rows}</sheetData>"))


def only_errors_in_a_row(path: Path) -> None:
    cells = '<row r="6"><c r="B6" t="e"><v>#N/A</v></c></row></sheetData>'
    write_parts(path, sheet_xml(_NUMBERED).replace("</sheetData>", cells))


def empty_shared_texts(path: Path) -> None:
    cells = '<row r="6"><c r="B6" t="s"><v>1</v></c></row><row r="7"><c r="B7" t="s"><v>0</v></c></row></sheetData>'
    write_parts(
        path,
        sheet_xml(_NUMBERED).replace("</sheetData>", cells),
        {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>CATATAN</t></si><si><t></t></si></sst>'},
    )


def hidden_rows(path: Path) -> None:
    write_parts(path, sheet_xml(_NUMBERED).replace('<row r="4"', '<row r="4" hidden="1"'))


def hidden_sheet(path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "LAMA"
    book.active.sheet_state = "veryHidden"
    for row in GOOD[:3]:
        book.active.append(list(row))
    shown = book.create_sheet("TAHANAN")
    for row in GOOD:
        shown.append(list(row))
    book.active = 1
    save_still(book, path)


def a_scanned_form_too(path: Path) -> None:
    """A chart sheet and a sheet of prose beside the list."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "SURAT"
    book.active.append(["Yth. Ketua KPU Kabupaten Blora"])
    listed = book.create_sheet("TAHANAN")
    for row in GOOD:
        listed.append(list(row))
    book.create_chartsheet("GRAFIK")
    save_still(book, path)


def dates_from_1904(path: Path) -> None:
    from datetime import date

    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    people = [(*person(number)[:2], date(1980, 3, 14), *person(number)[3:]) for number in (1, 2, 3)]
    rows = [TITLE, POLRES_HEADING, *people]
    for row in rows:
        book.active.append(list(row))
    save_still(book, path)


READ: dict[str, Callable[[Path], object]] = {
    "good.xlsx": good,
    "rows_out_of_order.xlsx": rows_out_of_order,
    "wrong_dimension.xlsx": wrong_dimension,
    "rows_without_numbers.xlsx": rows_without_numbers,
    "strict.xlsx": strict,
    "backslashes.xlsx": backslashes,
    "empty_rows_to_the_end.xlsx": empty_rows_to_the_end,
    "only_errors_in_a_row.xlsx": only_errors_in_a_row,
    "empty_shared_texts.xlsx": empty_shared_texts,
    "hidden_rows.xlsx": hidden_rows,
    "hidden_sheet.xlsx": hidden_sheet,
    "a_scanned_form_too.xlsx": a_scanned_form_too,
    "dates_from_1904.xlsx": dates_from_1904,
    "good_under_another_name.xls": good,
    "good_under_another_name.csv": good,
}


def _compound_file(streams: list[str]) -> bytes:
    """Return the least compound file (OLE) with these empty streams: header, one table sector, one directory."""
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[free] * 108)
    sectors = struct.pack("<128I", table, end, *[free] * 126)
    entries = [_directory_entry("Root Entry", 5, free, free, 1)]
    for place, name in enumerate(streams, start=1):
        right = place + 1 if place < len(streams) else free
        entries.append(_directory_entry(name, 2, free, right, free))
    entries += [bytes(64) + struct.pack("<BBIII", 0, 0, free, free, free) + bytes(50)] * (4 - len(entries))
    return header + sectors + b"".join(entry[:128] for entry in entries)


def _directory_entry(name: str, kind: int, left: int, right: int, child: int) -> bytes:
    text = name.encode("utf-16-le")
    start = 0xFFFFFFFE
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, left, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, 0)
    )
