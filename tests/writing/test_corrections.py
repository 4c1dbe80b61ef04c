"""The correction workbook: the rows that need work and no other, as they were, and back again."""

import hashlib
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reconcile.reading import ListMapping, Problem, ProblemCode, ReadResult, Refusal, Refused, read_list, recognise
from reconcile.records import ListKind
from reconcile.writing.corrections import correction_workbook, rows_to_correct
from tests.reading.builders import (
    FLAT_HEADING,
    NAMES,
    RUTAN_HEADING,
    Row,
    assert_adds_up,
    nik,
    problems,
    roll_head,
    roll_person,
    rutan_person,
    write_book,
)

pytestmark = pytest.mark.slow

TITLE: Row = ("DAFTAR WARGA BINAAN RUTAN BLORA",)
ROUNDED = 3316091403809010


def say(problem: Problem) -> tuple[str, str]:
    return f"salah {problem.code}", f"betulkan {problem.code}"


def sha_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def correct(path: Path, mapping: ListMapping | None = None) -> tuple[ReadResult, Path, int]:
    """Return a file read, its correction workbook, and the number of rows in it."""
    target = path.with_name(f"perbaikan-{path.stem}.xlsx")
    said = mapping or ListMapping()
    result = read_list(path, mapping=said)
    return result, target, correction_workbook(path, result, sha256=sha_of(path), say=say, target=target, mapping=said)


def cells(path: Path, sheet: str | None = None) -> list[tuple[Any, ...]]:
    book = load_workbook(path)
    return list((book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    rows = [
        TITLE,
        ("KEADAAN TANGGAL 1 NOVEMBER 2024",),
        RUTAN_HEADING,
        rutan_person(1),
        rutan_person(2, c3=None, c2="=HYPERLINK(1)", c8="-kunden"),
        rutan_person(3),
        rutan_person(4, c3=ROUNDED, c5=date(1980, 3, 14), c12="@A1"),
        rutan_person(5, c2=None),
        ("JUMLAH", 4),
    ]
    path = write_book(tmp_path / "register.xlsx", {"DATA": rows, "LAIN": [("catatan",)]})
    book = load_workbook(path)
    book["DATA"]["C5"].data_type = "s"  # a name that begins like a formula, not a formula
    book.save(path)
    return path


def test_only_the_rows_that_need_work_with_the_office_s_own_cells(register: Path) -> None:
    result, target, count = correct(register)
    assert count == len(rows_to_correct(result)) == 3
    assert load_workbook(target).sheetnames == ["DATA"]
    found = cells(target)
    assert found[0][0] == TITLE[0]
    assert found[2][:3] == RUTAN_HEADING[:3]
    assert found[2][13:] == (
        "rutanvote: yang salah", "rutanvote: cara memperbaiki", "rutanvote: berkas", "rutanvote: lembar",
        "rutanvote: baris",
    )  # fmt: skip
    assert [row[15:] for row in found[3:]] == [(sha_of(register), "DATA", row) for row in (5, 7, 8)]
    assert found[4][5].date() == date(1980, 3, 14)
    assert found[4][13:15] == ("NIK: salah nik_rounded", "betulkan nik_rounded")


def test_no_cell_starts_a_formula(register: Path) -> None:
    _, target, _ = correct(register)
    sheet = load_workbook(target).worksheets[0]
    written = [cell for row in sheet.iter_rows(min_row=4) for cell in row if cell.value is not None]
    assert {cell.data_type for cell in written} <= {"s", "n", "d"}
    risky = [cell for cell in written if isinstance(cell.value, str) and cell.value[:1] in "=+-@"]
    assert sorted(cell.value for cell in risky) == ["-kunden", "=HYPERLINK(1)", "@A1"]
    assert {cell.number_format for cell in risky} == {"@"}


def test_a_nik_is_text_and_a_damaged_one_stays_damaged(register: Path) -> None:
    _, target, _ = correct(register)
    sheet = load_workbook(target).worksheets[0]
    column = [sheet.cell(row, 4) for row in (4, 5, 6)]
    assert [cell.value for cell in column] == [None, f"{ROUNDED}"[:15] + "?", nik(5)]
    assert {cell.number_format for cell in column} == {"@"}
    again = read_list(target)
    assert again.table["nik"].to_pylist() == [None, None]
    assert again.table["nik_digits"].to_pylist()[1] == f"{ROUNDED}"[:15]


def test_uploaded_as_it_is_it_asks_for_the_same_rows_again(register: Path) -> None:
    _, target, count = correct(register)
    again = read_list(target)
    assert_adds_up(again)
    assert len(rows_to_correct(again)) == count
    assert recognise(target).corrects == sha_of(register)


def test_corrected_it_says_which_rows_it_replaces(register: Path) -> None:
    _, target, _ = correct(register)
    book = load_workbook(target)
    sheet = book.worksheets[0]
    for row, number in ((4, 2), (5, 4), (6, 5)):
        sheet.cell(row, 3).value, sheet.cell(row, 4).value, sheet.cell(row, 9).value = NAMES[0], nik(number), "KUNDEN"
    book.save(target)
    again = read_list(target)
    assert_adds_up(again)
    assert rows_to_correct(again) == {}
    assert again.kind is ListKind.RUTAN
    assert again.corrects is not None
    assert (again.corrects.sha256, again.corrects.places) == (
        sha_of(register), (("DATA", 5), ("DATA", 7), ("DATA", 8)),
    )  # fmt: skip
    assert again.table["nik"].to_pylist() == [nik(2), nik(4), nik(5)]
    assert str(again.as_of) == "2024-11-01"


def edited(path: Path, changes: Sequence[tuple[int, int, Any]]) -> ReadResult:
    book = load_workbook(path)
    for row, column, value in changes:
        book.worksheets[0].cell(row, column).value = value
    book.save(path)
    return read_list(path)


def test_a_row_that_names_no_row_or_the_same_one_is_said(register: Path) -> None:
    _, target, _ = correct(register)
    named = edited(target, [(6, 3, "KADARISMAN"), (6, 18, 7), (4, 3, "KADARISMAN"), (4, 18, "lima")])
    codes = problems(named, ProblemCode.CORRECTS_NOTHING, ProblemCode.CORRECTED_TWICE)
    assert sorted(codes) == [("corrected_twice", 5), ("corrected_twice", 6), ("corrects_nothing", 4)]
    assert named.corrects is not None
    assert named.corrects.places == (("", 0), ("DATA", 7), ("DATA", 7))


def test_rows_of_two_files_are_refused(register: Path) -> None:
    _, target, _ = correct(register)
    with pytest.raises(Refused) as refused:
        edited(target, [(5, 16, "0" * 64)])
    assert refused.value.code is Refusal.MIXED_CORRECTIONS


def test_a_list_that_corrects_nothing_says_so(register: Path) -> None:
    assert read_list(register).corrects is None
    assert recognise(register).corrects == ""


def test_each_person_keeps_the_place_named_above(tmp_path: Path) -> None:
    """A sheet of several TPS names each above its people: the one in force goes with a row."""
    rows: list[Row] = [*roll_head(tps="001"), roll_person(1)]
    for tps in ("002", "003"):
        rows += [("TPS", None, f": {tps}"), roll_person(int(tps), c2=None), roll_person(int(tps) + 5)]
    path = write_book(tmp_path / "roll.xlsx", {"DPT": rows})
    result, target, count = correct(path)
    assert count == 2
    again = read_list(target)
    assert_adds_up(again)
    bad = [row for _, row in rows_to_correct(result)]
    where = dict(zip(result.table["row"].to_pylist(), result.table["tps"].to_pylist(), strict=True))
    assert again.table["tps"].to_pylist() == [where[row] for row in bad] == ["002", "003"]
    assert again.table["tps_region"].to_pylist() == ["3316091015"] * 2


def test_several_sheets_and_a_heading_of_two_lines(tmp_path: Path) -> None:
    sheets = {f"TPS {n}": [*roll_head(tps=f"00{n}"), roll_person(n), roll_person(n + 5, c2="123")] for n in (1, 2)}
    _, target, count = correct(write_book(tmp_path / "roll.xlsx", {**sheets, "TPS 3": [*roll_head(), roll_person(9)]}))
    assert (count, load_workbook(target).sheetnames) == (2, ["TPS 1", "TPS 2"])
    again = read_list(target)
    assert [code for code, _ in problems(again)] == ["nik_short", "nik_short"]
    assert again.corrects is not None
    assert again.corrects.places == (("TPS 1", 14), ("TPS 2", 14))
    assert {seen.header_lines for seen in again.sheets} == {2}


def test_a_text_file_and_a_row_with_a_cell_too_few(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    person = ["1", "BLORA", "KUNDEN", "1", nik(1), nik(1), "KADARISMAN", "L", "BLORA", "14-03-1980", "S", "X", "1", "2"]
    short = [*person[:5], "123", *person[6:]]
    path.write_text("\n".join(";".join(row) for row in (FLAT_HEADING, person, short, person[:-1])), encoding="utf-8")
    result, target, count = correct(path)
    assert (count, result.rejected) == (2, 1)
    found = cells(target)
    assert (found[1][5], found[1][16:]) == ("123", (sha_of(path), None, 3))
    assert found[2][0].startswith("1 | BLORA") and found[2][6] is None
    again = read_list(target)
    assert (again.records, again.rejected) == (1, 1)
    assert len(rows_to_correct(again)) == 2
    assert again.corrects is not None and again.corrects.places == (("", 3),)


def test_it_is_read_under_the_mapping_of_its_list(tmp_path: Path) -> None:
    heading = ("NO", "ORANGNYA", "NIK", "LAHIRNYA")
    rows: list[Row] = [TITLE, heading, (1, "KADARISMAN", nik(1), "14-03-1980"), (2, "MUKLIS", "12", "14-03-1980")]
    path = write_book(tmp_path / "a.xlsx", {"DATA": rows})
    said = ListMapping(ListKind.RUTAN, {"ORANGNYA": "name", "LAHIRNYA": "birth_date"}, {"DATA": 2})
    _, target, count = correct(path, said)
    again = read_list(target, mapping=said)
    assert (count, again.table["name"].to_pylist()) == (1, ["MUKLIS"])


def test_the_same_input_gives_the_same_bytes(register: Path) -> None:
    _, target, _ = correct(register)
    before = target.read_bytes()
    assert correct(register)[1].read_bytes() == before


def test_nothing_to_correct_makes_no_workbook(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"DATA": [TITLE, RUTAN_HEADING, rutan_person(1)]})
    with pytest.raises(ValueError, match="no row needs work"):
        correct(path)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_it_opens_in_libreoffice(register: Path, tmp_path: Path) -> None:
    _, target, _ = correct(register)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "csv"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(target)], check=True, capture_output=True, timeout=120)
    shown = target.with_suffix(".csv").read_text(encoding="utf-8")
    assert "=HYPERLINK(1)" in shown and "33160914038090" in shown and "#NAME" not in shown
