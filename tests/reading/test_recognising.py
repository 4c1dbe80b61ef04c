"""What a file seems to be, with the words that say so; what an officer says instead is what is read."""

from pathlib import Path

import pytest

from reconcile.reading import ListMapping, Refusal, Refused, read_list, recognise
from reconcile.records import ListKind
from tests.reading.builders import (
    FLAT_HEADING,
    MOVED_HEADING,
    POLRES_HEADING,
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
from tests.reading.faults import GOOD

pytestmark = pytest.mark.slow

TITLE: Row = ("DAFTAR WARGA BINAAN RUTAN BLORA",)
ODD_HEADING = ("URUTAN", "NAMA SI TERTAHAN", "NIK", "LAHIR TGL BERAPA", "ASAL USUL", "NIK")


def odd_person(number: int) -> Row:
    return (number, "WAGIYO LEGAWA", nik(number), "14-03-1980", "KUNDEN", nik(number + 50))


@pytest.mark.parametrize(
    ("rows", "kind", "word"),
    [
        ([*roll_head(), roll_person(1)], ListKind.ROLL, "DAFTAR PEMILIH"),
        ([TITLE, RUTAN_HEADING, rutan_person(1)], ListKind.RUTAN, "NO. REGISTRASI"),
        ([("SAT TAHTI",), POLRES_HEADING, GOOD[2]], ListKind.POLRES, "TAHTI"),
        ([("DPTb",), MOVED_HEADING, (1, nik(1), nik(2), "KADARISMAN")], ListKind.MOVED, "TPS Asal"),
    ],
)
def test_the_kind_with_the_words_that_say_so(tmp_path: Path, rows: list[Row], kind: ListKind, word: str) -> None:
    found = recognise(write_book(tmp_path / "a.xlsx", {"DATA": rows}))
    assert (found.kind, found.missing) == (kind, ())
    assert word in found.evidence


def test_columns_with_three_different_samples_of_people(tmp_path: Path) -> None:
    rows = [TITLE, (), RUTAN_HEADING, *(rutan_person(number) for number in range(1, 9)), (), ("MENGETAHUI",)]
    (sheet,) = recognise(write_book(tmp_path / "a.xlsx", {"DATA": rows})).sheets
    columns = {column.heading: column for column in sheet.columns}
    assert (sheet.header_row, sheet.header_lines) == (3, 1)
    assert columns["NIK"].field == "nik"
    assert columns["NIK"].samples == (nik(1), nik(2), nik(3))
    assert columns["JK"].samples == ("L",)
    assert columns["AGAMA"].field == "ignored"
    assert sheet.top[2][:3] == ("NO", "NO. REGISTRASI", "NAMA")


def test_every_column_has_a_name_of_its_own(tmp_path: Path) -> None:
    rows = [TITLE, (*RUTAN_HEADING, "NIK", None), (*rutan_person(1), nik(7), "lain")]
    found = recognise(write_book(tmp_path / "a.xlsx", {"DATA": rows}))
    assert [column.heading for column in found.columns][-2:] == ["NIK (2)", "[O]"]
    assert [column.field for column in found.columns][-2:] == ["", ""]


def test_sheets_of_two_kinds_are_both_told_and_one_can_be_left_out(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"RUTAN": [TITLE, RUTAN_HEADING, rutan_person(1)], "DPT": [*roll_head()]})
    found = recognise(path)
    assert (found.kind, found.kinds) == (None, (ListKind.ROLL, ListKind.RUTAN))
    with pytest.raises(Refused) as refused:
        read_list(path)
    assert refused.value.code is Refusal.MIXED_KINDS
    result = read_list(path, mapping=ListMapping(header_rows={"DPT": 0}))
    assert (result.kind, result.records) == (ListKind.RUTAN, 1)
    assert_adds_up(result)


def test_a_heading_nobody_knows_is_shown_and_read_as_said(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"DATA": [TITLE, ODD_HEADING, odd_person(1), odd_person(2)]})
    with pytest.raises(Refused):
        read_list(path)
    found = recognise(path)
    assert (found.kind, found.lists, found.missing) == (None, (), ("name", "nik"))
    assert found.sheets[0].top[1][1] == "NAMA SI TERTAHAN"
    said = ListMapping(
        kind=ListKind.RUTAN,
        fields={"NAMA SI TERTAHAN": "name", "LAHIR TGL BERAPA": "birth_date", "ASAL USUL": ""},
        header_rows={"DATA": 2},
    )
    seen = {column.heading: column.field for column in recognise(path, mapping=said).columns}
    assert seen == {
        "URUTAN": "", "NAMA SI TERTAHAN": "name", "NIK": "nik", "LAHIR TGL BERAPA": "birth_date",
        "ASAL USUL": "ignored", "NIK (2)": "",
    }  # fmt: skip
    result = read_list(path, mapping=said)
    assert result.table["name"].to_pylist() == ["WAGIYO LEGAWA"] * 2
    assert result.table["nik"].to_pylist() == [nik(1), nik(2)]
    assert {str(day) for day in result.table["birth_date"].to_pylist()} == {"1980-03-14"}


def test_what_is_said_of_one_column_takes_the_field_from_another(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"DATA": [TITLE, (*RUTAN_HEADING, "NIK"), (*rutan_person(1), nik(51))]})
    assert read_list(path).table["nik"].to_pylist() == [nik(1)]
    assert [code for code, _ in problems(read_list(path))] == ["column_twice"]
    said = ListMapping(fields={"NIK (2)": "nik"})
    assert read_list(path, mapping=said).table["nik"].to_pylist() == [nik(51)]


def test_a_mapping_survives_as_json(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"DATA": [TITLE, RUTAN_HEADING, rutan_person(1)]})
    found = recognise(path)
    mapping = found.mapping()
    assert ListMapping.from_json(mapping.to_json()) == mapping
    assert ListMapping.from_json(ListMapping().to_json()) == ListMapping()
    assert read_list(path, mapping=mapping).table.equals(read_list(path).table)
    assert recognise(path, mapping=mapping) == found


def test_a_text_file_with_headings_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"SIAPA;KAPAN;ANGKA\nWAGIYO LEGAWA;14-03-1980;{nik(1)}\nKADARISMAN;14-03-1980;{nik(2)}\n")
    assert recognise(path).sheets[0].top[0] == ("SIAPA", "KAPAN", "ANGKA")
    said = ListMapping(ListKind.RUTAN, {"SIAPA": "name", "KAPAN": "birth_date", "ANGKA": "nik"})
    assert recognise(path, mapping=said).kind is ListKind.RUTAN
    assert read_list(path, mapping=said).table["nik"].to_pylist() == [nik(1), nik(2)]


def test_only_the_beginning_of_a_large_text_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    line = ";".join(str(cell) for cell in ("1", "BLORA", "KUNDEN", "1", nik(1), nik(1), "KADARISMAN", "L"))
    path.write_text(";".join(FLAT_HEADING[:8]) + "\n" + f"{line}\n" * 10_000)
    assert path.stat().st_size > 1 << 19
    found = recognise(path)
    assert (found.kind, found.missing) == (ListKind.ROLL, ())


def test_what_cannot_be_opened_is_refused_here_already(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 nothing else")
    with pytest.raises(Refused) as refused:
        recognise(tmp_path / "a.xlsx", name="Register.xlsx")
    assert (refused.value.code, refused.value.file) == (Refusal.BROKEN, "Register.xlsx")
