import pytest

from reconcile.reading.columns import field_of, fields_of
from reconcile.reading.identity import place_in_line, read_identity, tps_alone
from reconcile.reading.layout import as_of, find_layout, kind_of, stage_of
from reconcile.records import ListKind
from tests.reading.builders import (
    FLAT_HEADING,
    MOVED_HEADING,
    POLRES_HEADING,
    ROLL_HEADING,
    ROLL_SECOND_LINE,
    RUTAN_HEADING,
    TEXT_HEADING,
    TTL_HEADING,
    Row,
    sheet,
)


@pytest.mark.parametrize(
    "heading, field",
    [
        ("NO", "number"), ("No.", "number"), ("No Urut", "number"), ("NIK", "nik"), ("N I K", "nik"),
        ("No. KTP", "nik"), ("Nomor Induk Kependudukan (NIK)", "nik"), ("NKK", "nkk"), ("No. KK", "nkk"),
        ("NAMA", "name"), ("Nama Lengkap / Alias / Bin", "name"), ("NAMA WBP", "name"),
        ("NAMA\n(sesuai KTP)", "name"), ("JK", "sex"), ("L/P", "sex"), ("JENIS KELAMIN\n(L/P)", "sex"),
        ("Jenis Kelamin (L/P)", "sex"), ("STATUS PERKAWINAN\nB/S/P", "marital"), ("STS", "marital"),
        ("TTL", "birth_place_date"), ("Tempat, Tanggal Lahir", "birth_place_date"),
        ("TEMPAT\nTANGGAL LAHIR", "birth_place_date"), ("TTL / UMUR", "birth_place_date"),
        ("TGL_LHR", "birth_date"), ("TMPT_LHR", "birth_place"), ("USIA (TH)", "age"),
        ("STATUS PEREKAMAN KTP-EL\n(S/B)", "ektp"), ("KTPel", "ektp"), ("DIS", "disability"),
        ("KET.\n(0-8)", "remark"), ("RT/RW", "rt_rw"), ("TPS_ID", "tps"), ("KEL_ID", "village_code"),
        ("Kelurahan Asal", "from_village"), ("TPS Tujuan", "to_tps"), ("NO. REGISTRASI", "registration_number"),
        ("No Reg.", "registration_number"), ("TGL EKSPIRASI", "release_date"), ("S.D. TANGGAL", "release_date"),
        ("Tanggal Ditahan", "entry_date"), ("Kamar", "block"), ("SATUAN", "unit"),
        ("PASAL / PERKARA", "ignored"), ("Agama", "ignored"), ("Jenis Kejahatan", "ignored"), ("NAMA\nIBU", ""),
        ("NO\nPERKARA", ""), ("ANGGARAN", ""), ("", ""), ("x" * 200, ""),
    ],
)  # fmt: skip
def test_headings_as_offices_spell_them(heading: str, field: str) -> None:
    assert field_of(heading) == field
    assert field_of(heading.lower()) == field


def test_a_second_line_under_a_merged_heading() -> None:
    fields = fields_of([cell or "" for cell in ROLL_HEADING], [cell or "" for cell in ROLL_SECOND_LINE])
    assert fields == [
        "number", "nkk", "nik", "name", "birth_place", "birth_date", "marital", "sex", "address", "rt", "rw",
        "disability", "ektp", "remark",
    ]  # fmt: skip


def test_a_merged_origin_names_its_columns() -> None:
    assert fields_of(["NIK", "NAMA", "ASAL", "", "TUJUAN"], ["", "", "TPS", "DESA/KELURAHAN", "TPS"]) == [
        "nik", "name", "from_tps", "from_village", "to_tps",
    ]  # fmt: skip


def test_a_second_line_that_says_something_only_under_its_first() -> None:
    rows = [("NO", "NO REG", "NAMA", "LAHIR", "", "NIK"), ("", "", "", "TEMPAT", "TANGGAL", "")]
    found = find_layout(sheet(rows))
    assert found is not None
    assert (found.body, found.fields[3:5]) == (2, ("birth_place", "birth_date"))


def test_a_heading_that_stands_twice_counts_once() -> None:
    assert fields_of(["NAMA", "NIK", "NIK"]) == ["name", "nik", ""]


def test_headings_in_any_order_and_far_to_the_right() -> None:
    found = find_layout(sheet([(), (None, None, "X"), (None, None, "TGL LAHIR", "NIK", None, "NAMA")]))
    assert found is not None
    assert (found.header, found.column("name"), found.column("nik"), found.column("rt")) == (2, 5, 3, None)


def test_both_lines_of_a_heading_under_one_merged_word() -> None:
    found = find_layout(
        sheet([("NO", "IDENTITAS", None, None, "KET"), (None, "NIK", "NAMA", "TTL", None), (1, "x", "Y", "z", None)])
    )
    assert found is not None
    assert (found.body, found.fields) == (2, ("number", "nik", "name", "birth_place_date", "remark"))


def test_an_identity_row_above_the_heading_is_no_part_of_it() -> None:
    found = find_layout(sheet([("TPS", "001"), ("NO", "NAMA", "NIK", "TGL LAHIR")]))
    assert found is not None
    assert (found.header, found.body) == (1, 2)


_TITLE = ("DAFTAR",)
_KINDS: list[tuple[list[Row], ListKind | None]] = [
    ([ROLL_HEADING, ROLL_SECOND_LINE], ListKind.ROLL),
    ([FLAT_HEADING], ListKind.ROLL),
    ([TEXT_HEADING.split("#")], ListKind.ROLL),
    ([("DAFTAR PEMILIH TETAP",), ("NO", "NAMA", "JENIS KELAMIN", "USIA", "ALAMAT")], ListKind.ROLL),
    ([MOVED_HEADING], ListKind.MOVED),
    ([("DAFTAR PEMILIH TAMBAHAN (DPTb)",), ("NO", "NIK", "NAMA", "ALAMAT")], ListKind.MOVED),
    ([RUTAN_HEADING], ListKind.RUTAN),
    ([TTL_HEADING], ListKind.RUTAN),
    ([("DATA WBP RUTAN BLORA",), ("NO", "NKK", "NIK", "NAMA", "STATUS PERKAWINAN", "TGL LAHIR")], ListKind.RUTAN),
    ([("TAHANAN TITIPAN POLRES DI RUTAN BLORA",), RUTAN_HEADING], ListKind.RUTAN),
    ([("DAFTAR PEMILIH TETAP TPS 901 RUTAN BLORA",), ROLL_HEADING, ROLL_SECOND_LINE], ListKind.ROLL),
    ([POLRES_HEADING], ListKind.POLRES),
    ([("DAFTAR TAHANAN POLRES BLORA",), ("NO", "NAMA", "TTL", "ALAMAT")], ListKind.POLRES),
    ([_TITLE, ("NO", "NAMA", "JABATAN", "ALAMAT")], None),
]


@pytest.mark.parametrize("rows, kind", _KINDS)
def test_the_kind_is_told_by_columns_and_titles(rows: list[Row], kind: ListKind | None) -> None:
    found = find_layout(sheet(rows))
    assert found is not None
    assert kind_of(found, "Sheet1") is kind


@pytest.mark.parametrize(
    "title, stage",
    [
        ("DAFTAR PEMILIH TETAP", "DPT"), ("DAFTAR PEMILIH SEMENTARA", "DPS"), ("DPT PILKADA 2024", "DPT"),
        ("DAFTAR PEMILIH SEMENTARA HASIL PERBAIKAN", "DPSHP"), ("DATA WBP", ""),
    ],
)  # fmt: skip
def test_the_stage_of_a_roll(title: str, stage: str) -> None:
    found = find_layout(sheet([(title,), FLAT_HEADING]))
    assert found is not None
    assert stage_of(found) == stage


@pytest.mark.parametrize(
    "title, day",
    [
        ("KEADAAN TANGGAL 1 NOVEMBER 2024", "2024-11-01"), ("Per 01-11-2024", "2024-11-01"),
        ("KEADAAN: 1 Nopember 2024", "2024-11-01"), ("DATA WBP TAHUN 2024", "None"),
    ],
)  # fmt: skip
def test_the_day_a_register_stands_at(title: str, day: str) -> None:
    found = find_layout(sheet([(title,), RUTAN_HEADING]))
    assert found is not None
    assert str(as_of(found)) == day


@pytest.mark.parametrize(
    "cells, place",
    [
        (["PROVINSI", ": JAWA TENGAH"], {"province": "JAWA TENGAH"}),
        (["PROVINSI", "", ":", "JAWA TENGAH"], {"province": "JAWA TENGAH"}),
        (["PROVINSI : JAWA TENGAH", "", "KECAMATAN : BLORA"], {"province": "JAWA TENGAH", "district": "BLORA"}),
        (["DESA/KELURAHAN", ": KUNDEN", "TPS", ": 001"], {"village": "KUNDEN", "tps": "001"}),
        (["KABUPATEN/KOTA", "BLORA"], {"regency": "BLORA"}),
        (["KOTA", "SEMARANG"], {"regency": "KOTA SEMARANG"}),
        (["KABUPATEN", "KAB. SEMARANG"], {"regency": "KAB. SEMARANG"}),
        (["JL", "DESA"], {}),
        (["", ""], {}),
    ],
)
def test_rows_of_the_identity_block(cells: list[str], place: dict[str, str]) -> None:
    assert read_identity(cells) == place


@pytest.mark.parametrize(
    "line, place",
    [
        ("TPS 901 KELURAHAN KUNDEN KECAMATAN BLORA", {"tps": "901", "village": "KUNDEN", "district": "BLORA"}),
        ("DESA KUNDEN, KEC. BLORA, KAB. BLORA", {"village": "KUNDEN", "district": "BLORA", "regency": "KAB. BLORA"}),
        ("TPS: 003", {"tps": "003"}),
        ("DAFTAR PEMILIH TETAP", {}),
    ],
)
def test_a_title_line_may_name_the_place(line: str, place: dict[str, str]) -> None:
    assert place_in_line(line) == place


def test_only_a_line_of_its_own_opens_the_next_tps() -> None:
    assert tps_alone("TPS 002") == {"tps": "002"}
    assert tps_alone("PINDAHAN DARI TPS 002") == {}
