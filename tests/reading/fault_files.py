"""Writes `fixtures/lists/`: one small file for each fault a list can have, named for the fault. Made-up people only.

    python -m tests.reading.fault_files      (needs xlwt, msoffcrypto-tool and LibreOffice; the tests need none)

What each file must be read as stands in `fixtures/lists/expected.toml`, written by hand.
"""

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from reconcile.workbooks import save_still
from tests.reading import faults
from tests.reading.builders import (
    FLAT_HEADING,
    MOVED_HEADING,
    NAMES,
    RUTAN_HEADING,
    TEXT_HEADING,
    TTL_HEADING,
    Row,
    nik,
    roll_head,
    roll_person,
    rutan_person,
    sheet_xml,
    write_book,
    write_parts,
)

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "lists"
TITLE: Row = ("DAFTAR WARGA BINAAN PEMASYARAKATAN RUTAN BLORA",)
FLAT_TITLE: Row = ("DAFTAR PEMILIH TETAP KABUPATEN BLORA",)
PAPUA = 9171010203809019
_NBSP, _UNSEEN, _E_ACUTE = "\N{NO-BREAK SPACE}", "\N{ZERO WIDTH SPACE}", "\N{LATIN CAPITAL LETTER E WITH ACUTE}"

Write = Callable[[Path], object]


def register(**changes: Any) -> list[Row]:
    """Return a register of three people; the second, in row 4, is changed."""
    return [TITLE, RUTAN_HEADING, rutan_person(1), rutan_person(2, **changes), rutan_person(3)]


def flat_person(number: int, **changes: Any) -> list[Any]:
    row: list[Any] = [
        number, "BLORA", "KUNDEN", "001", nik(number, born="010110"), nik(number), NAMES[number % len(NAMES)], "L",
        "BLORA", "14-03-1980", "S", "DK SUMBERJO", "001", "002",
    ]  # fmt: skip
    for place, value in changes.items():
        row[int(place[1:])] = value
    return row


def book(*rows: Row) -> Write:
    return lambda path: write_book(path, {"DATA": rows})


def changed(**changes: Any) -> Write:
    return book(*register(**changes))


def text(rows: Sequence[Sequence[Any]], delimiter: str, encoding: str) -> Write:
    lines = [delimiter.join("" if cell is None else str(cell) for cell in row) for row in rows]
    return lambda path: path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))


def many(rows: Sequence[Row]) -> Write:
    return book(TITLE, RUTAN_HEADING, *rows)


def dates_as_text() -> Write:
    written = (
        "14|03|1980", "14/03/1980", "14-3-1980", "1980-03-14", "14.03.1980", "14 Maret 1980", "14 MRT 1980",
        "14031980", "14-Mar-1980", "14 maret 1980",
    )  # fmt: skip
    return many([rutan_person(number, c5=said) for number, said in enumerate(written, start=1)])


def hidden(rows: Sequence[int] = (), column: str = "", filtered: bool = False) -> Write:
    def write(path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "DATA"
        for row in register():
            sheet.append(list(row))
        for number in rows:
            sheet.row_dimensions[number].hidden = True
        if column:
            sheet.column_dimensions[column].hidden = True
        if filtered:
            sheet.auto_filter.ref = "A2:M5"
            sheet.auto_filter.add_filter_column(12, ["A1"])
        save_still(book, path)

    return write


def nik_cell(cell: str) -> Write:
    """Return the writer of a register whose NIK in row 4 is this cell, written as no library would."""
    plain = f'<c r="D4" t="inlineStr"><is><t>{nik(2)}</t></is></c>'
    xml = sheet_xml(list(enumerate(register(), start=1)))
    assert plain in xml
    return lambda path: write_parts(path, xml.replace(plain, cell))


_FORMULA = '<f>CONCATENATE("331609140380","9002")</f>'


def formatted_blank_rows(path: Path) -> None:
    cells = "".join(f'<row r="{row}" s="1" customFormat="1"><c r="B{row}" s="1"/></row>' for row in range(6, 3_006))
    write_parts(path, sheet_xml(list(enumerate(register(), start=1))).replace("</sheetData>", f"{cells}</sheetData>"))


def merged_headings(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "DPT"
    for row in [*roll_head(), roll_person(1), roll_person(2)]:
        sheet.append(list(row))
    sheet.merge_cells("I10:K10")
    for letter in "ABCDEFGHLMN":
        sheet.merge_cells(f"{letter}10:{letter}11")
    save_still(book, path)


def password(path: Path) -> None:
    import msoffcrypto.format.ooxml

    with tempfile.TemporaryDirectory() as folder:
        plain = write_book(Path(folder, "a.xlsx"), {"DATA": register()})
        with plain.open("rb") as file, path.open("wb") as target:
            msoffcrypto.format.ooxml.OOXMLFile(file).encrypt("rahasia", target)


def old_excel(*, nik_as_number: bool = False) -> Write:
    """A true .xls of Excel 97 (BIFF8)."""

    def write(path: Path) -> None:
        import xlwt

        made = xlwt.Workbook()
        sheet = made.add_sheet("DATA")
        day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
        for row, cells in enumerate(register(c5=date(1980, 3, 14), **({"c3": int(nik(2))} if nik_as_number else {}))):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell, *([day] if isinstance(cell, date) else []))
        made.save(str(path))

    return write


def by_libreoffice(ending: str) -> Write:
    def write(path: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            made = write_book(Path(folder, path.with_suffix(".xlsx").name), {"DATA": register(c5=date(1980, 3, 14))})
            home = f"-env:UserInstallation=file://{folder}/office"
            command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(path.parent), str(made)]
            subprocess.run(command, check=True, capture_output=True, timeout=180)

    return write


def correction(**changes: Any) -> Write:
    """A correction workbook of two rows; `changes`: cells of the second one's three last columns, by place."""
    heading = (*RUTAN_HEADING, "rutanvote: yang salah", "rutanvote: cara memperbaiki", "rutanvote: berkas",
               "rutanvote: lembar", "rutanvote: baris")  # fmt: skip
    sha = "0123456789abcdef" * 4
    rows = [[*rutan_person(number), "NIK: NIK kosong.", "Salin.", sha, "DATA WBP", number + 10] for number in (1, 2)]
    for place, value in changes.items():
        rows[1][13 + int(place[1:])] = value
    return book(TITLE, heading, *rows)


def _moved(path: Path) -> None:
    place = "TPS 901 KELURAHAN KUNDEN KECAMATAN BLORA"
    people = [
        (number, nik(number, born="010110"), nik(number), "KADARISMAN", "L", "BLORA", "14-03-1980", "DK SUMBERJO",
         "003", "KADENGAN", "RANDUBLATUNG", "KABUPATEN BLORA", "5")
        for number in (1, 2)
    ]  # fmt: skip
    write_book(path, {"DPTb": [("DAFTAR PEMILIH TAMBAHAN (DPTb)",), (place,), MOVED_HEADING, *people]})


def _cell_with_a_line_break(path: Path) -> None:
    rows = [list(FLAT_HEADING), flat_person(1), flat_person(2, c11='"DK SUMBERJO\nBARAT"')]
    text(rows, ";", "utf-8")(path)


FILES: dict[str, Write] = {
    # a good one of each kind
    "good_register.xlsx": changed(),
    "good_register_birth_place_and_date_in_one.xlsx": book(
        ("Data Tahanan & Narapidana",), TTL_HEADING,
        (1, "Wagiyo als Kebo bin Karto (Alm)", "BIIa 1/2024", "Blora, 14 Maret 1980", "L", "Islam",
         "Dk Sumberjo Rt 1/2 Kunden Blora", nik(1), "Pencurian", "29/09/2024", "14/09/2027", "C8"),
    ),
    "good_police_register.xlsx": faults.good,
    "good_roll.xlsx": book(*roll_head(), roll_person(1), roll_person(2)),
    "good_moved_voters.xlsx": _moved,
    # the NIK
    "nik_as_number.xlsx": changed(c3=int(nik(2))),
    "nik_as_number_of_papua.xlsx": nik_cell(f'<c r="D4"><v>{PAPUA}</v></c>'),
    "nik_column_rounded.xlsx": many([rutan_person(n, c3=nik(n)[:15] + "0") for n in (1, 12, 23, 34, 45, 56)]),
    "nik_shortened_to_exponent.xlsx": changed(c3="3.31609E+15"),
    "nik_shortened_to_exponent.csv": text(
        [FLAT_HEADING, flat_person(1), flat_person(2, c5="3,31609E+15"), flat_person(3)], ";", "utf-8"
    ),
    "nik_with_point_zero.xlsx": changed(c3=f"{nik(2)}.0"),
    "nik_missing.xlsx": changed(c3=None),
    "nik_column_missing.xlsx": book(TITLE, *([*row[:3], *row[4:]] for row in register()[1:])),
    "nik_short.xlsx": changed(c3=nik(2)[:15]),
    "nik_long.xlsx": changed(c3=nik(2) + "1"),
    "nik_with_letters.xlsx": changed(c3="33l6O9140380900Z"),
    "nik_filler.xlsx": changed(c3="0" * 16),
    "nik_twice.xlsx": changed(c3=nik(1)),
    "nik_with_apostrophe_and_spaces.xlsx": changed(c3="'3316 0914 0380 9002"),
    "nik_of_another_date.xlsx": changed(c3=nik(2, born="150380")),
    "nik_of_another_sex.xlsx": changed(c3=nik(2, born="540380")),
    "card_number_as_number.xlsx": book(
        FLAT_TITLE, FLAT_HEADING, flat_person(1), flat_person(2, c4=int(nik(2, born="010110")))
    ),
    # dates
    "day_and_month_swapped.xlsx": changed(c3=nik(2, born="031280"), c5="12-03-1980"),
    "date_month_first.xlsx": changed(c3=nik(2, born="250380"), c5="03/25/1980"),
    "date_year_of_two_digits.xlsx": changed(c5="14-03-80"),
    "date_that_never_was.xlsx": changed(c5="31-02-1980"),
    "date_unreadable.xlsx": changed(c5="lahir sore"),
    "dates_as_text.xlsx": dates_as_text(),
    "dates_as_serial_numbers.xlsx": changed(c5=29294),
    "dates_as_serial_numbers_in_text.csv": text(
        [FLAT_HEADING, flat_person(1, c9="29294"), flat_person(2)], ";", "utf-8"
    ),
    "dates_counted_from_1904.xlsx": faults.dates_from_1904,
    # other cells
    "name_missing.xlsx": changed(c2=None),
    "name_with_digits.xlsx": changed(c2="W4GIYO"),
    "sex_unreadable.xlsx": changed(c6="X"),
    "spaces_that_do_not_break_and_marks_nobody_sees.xlsx": changed(
        c2=f"SUTRIMO{_NBSP}{_NBSP}ANDAYANI{_UNSEEN}", c3=f"{_UNSEEN}{nik(2)}{_NBSP}", c5=f"14-03-1980{_NBSP}"
    ),
    "village_unknown.xlsx": book(FLAT_TITLE, FLAT_HEADING, flat_person(1), flat_person(2, c1="XX", c2="NEGERI ANTAH")),
    "formulas_computed.xlsx": nik_cell(f'<c r="D4" t="str">{_FORMULA}<v>{nik(2)}</v></c>'),
    "formulas_never_computed.xlsx": nik_cell(f'<c r="D4">{_FORMULA}<v></v></c>'),
    "error_in_a_cell.xlsx": nik_cell('<c r="D4" t="e"><v>#REF!</v></c>'),
    # rows
    "hidden_rows.xlsx": hidden(rows=(4,)),
    "filtered_rows.xlsx": hidden(rows=(3, 5), filtered=True),
    "headings_repeated.xlsx": book(*register()[:4], RUTAN_HEADING, rutan_person(3)),
    "subtotals.xlsx": book(
        *register()[:3], ("SUB JUMLAH", 1), *register()[3:], ("SUB JUMLAH", 2), ("JUMLAH SELURUHNYA", 3)
    ),
    "total_differs.xlsx": book(*register(), ("JUMLAH", 4)),
    "totals_a_polling_place.xlsx": book(
        *roll_head(tps="001"), roll_person(1), roll_person(2), ("JUMLAH TPS 001", None, "L: 2", "P: 0", "L+P: 2"),
        ("TPS", None, ": 002"), roll_person(3), ("JUMLAH TPS 002", None, "L: 1", "P: 0", "L+P: 1"),
    ),
    "blank_rows_with_a_format.xlsx": formatted_blank_rows,
    "blank_rows_between.xlsx": book(*register()[:3], (), (), *register()[3:]),
    "signatures_below.xlsx": book(
        *register(), (), (None, None, "Blora, 1 November 2024"), (None, None, "KEPALA RUTAN"), (),
        (None, None, "SUPARTO, S.H."), (None, None, "NIP. 19700101 199503 1 001"),
    ),
    "rows_out_of_order.xlsx": faults.rows_out_of_order,
    "rows_with_a_field_too_few.csv": text(
        [FLAT_HEADING, flat_person(1), flat_person(2)[:-1], flat_person(3)], ";", "utf-8"
    ),
    # columns
    "headings_merged_over_two_lines.xlsx": merged_headings,
    "headings_in_two_lines_without_merging.xlsx": book(
        TITLE, ("NO", "NO REG", "NAMA", "LAHIR", None, "NIK"), (None, None, None, "TEMPAT", "TANGGAL", None),
        (1, "B.I 1/2024", "KADARISMAN", "BLORA", "14-03-1980", nik(1)),
    ),
    "columns_in_another_order.xlsx": book(TITLE, *(tuple(reversed(row)) for row in register()[1:])),
    "columns_far_to_the_right.xlsx": book(TITLE, (), *((None,) * 30 + tuple(row) for row in register()[1:])),
    "heading_unknown.xlsx": book(TITLE, *((*row, n or "WARNA MAP") for n, row in enumerate(register()[1:]))),
    "column_twice.xlsx": book(TITLE, *((*row, nik(50 + n) if n else "NIK") for n, row in enumerate(register()[1:]))),
    "hidden_column.xlsx": hidden(column="D"),
    # sheets
    "hidden_sheet.xlsx": faults.hidden_sheet,
    "sheet_without_a_list.xlsx": faults.a_scanned_form_too,
    "sheets_of_two_kinds.xlsx": faults.two_kinds,
    # forms of files
    "excel_97.xls": old_excel(),
    "excel_97_nik_as_number.xls": old_excel(nik_as_number=True),
    "excel_97_by_libreoffice.xls": by_libreoffice("xls"),
    "open_document.ods": by_libreoffice("ods"),
    "workbook_named_csv.csv": changed(),
    "web_page_named_xls.xls": lambda path: path.write_text("<html><table><tr><td>NAMA</td></tr></table></html>"),
    "windows_1252.csv": text([FLAT_HEADING, flat_person(1, c6=f"ANDR{_E_ACUTE}")], ";", "cp1252"),
    "byte_order_mark_and_semicolons.csv": text([FLAT_HEADING, flat_person(1), flat_person(2)], ";", "utf-8-sig"),
    "utf_16_and_tabs.txt": text([FLAT_HEADING, flat_person(1), flat_person(2)], "\t", "utf-16"),
    "sidalih_hashes.csv": lambda path: path.write_text(
        f"{TEXT_HEADING}\n331609#3316091015#001#33-1#{nik(1, born='010110')}#{nik(1)}#KADARISMAN#L#BLORA#14|03|1980#S"
        "#DK SUMBERJO#1#2#0#S#DP4#0\n", encoding="utf-8",
    ),
    "cell_with_a_line_break.csv": _cell_with_a_line_break,
    "strict_form.xlsx": faults.strict,
    # files that are no list, or not to be opened
    "zero_bytes.xlsx": faults.REFUSED["zero_bytes.xlsx"],
    "no_cells.xlsx": faults.no_cells,
    "heading_only.xlsx": faults.heading_only,
    "no_heading.xlsx": faults.no_heading,
    "price_list.xlsx": faults.price_list,
    "letter.xlsx": faults.letter,
    "scan.xlsx": faults.REFUSED["scan.xlsx"],
    "password.xlsx": password,
    "truncated.xlsx": faults.truncated,
    "flipped_bit.xlsx": faults.bit_flip,
    "zip_bomb.xlsx": faults.bomb,
    "entities.xlsx": faults.entities,
    "macros.xlsm": faults.macros,
    "cells_to_the_far_corner.xlsx": faults.far_corner,
    "last_row_of_the_format.xlsx": faults.last_row_of_the_format,
    "rows_the_reader_does_not_see.xlsx": faults.rows_in_utf16,
    # correction workbooks
    "correction.xlsx": correction(),
    "correction_of_the_same_row_twice.xlsx": correction(c4=11),
    "correction_of_no_row.xlsx": correction(c4=None),
    "correction_of_two_lists.xlsx": correction(c2="f" * 64),
}  # fmt: skip


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in FILES.items():
        write(FOLDER / name)


if __name__ == "__main__":
    main()
