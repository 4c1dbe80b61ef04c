"""Every layout of the offices, written as a workbook and read back through the reading process, all in one go."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reconcile.reading import Ending, ProblemCode, ReadResult, read_lists
from reconcile.records import ListKind, NikQuality
from tests.reading.builders import (
    FLAT_HEADING,
    MOVED_HEADING,
    POLRES_HEADING,
    ROLL_HEADING,
    ROLL_SECOND_LINE,
    RUTAN_HEADING,
    TTL_HEADING,
    Row,
    assert_adds_up,
    endings,
    nik,
    problems,
    read,
    roll_head,
    roll_person,
    rutan_person,
    write_book,
)

pytestmark = pytest.mark.slow

TO_HEADING = (
    "No", "NIK", "Nama", "TPS Asal", "Desa/Kel Asal", "Kec Asal", "TPS Tujuan", "Desa/Kel Tujuan", "Kec Tujuan",
)  # fmt: skip
PREFIXES = range(11, 97)


def _flat_person(number: int) -> Row:
    return (
        number, "BLORA", "KUNDEN", "1", nik(number, born="010110"), nik(number), "SUTRIMO ANDAYANI", "P", "BLORA",
        "1980-03-54", "B", "DK SUMBERJO", "001", "002",
    )  # fmt: skip


def _moved_person(number: int) -> Row:
    return (
        number, nik(number, born="010110"), nik(number), "KADARISMAN", "L", "BLORA", "14-03-1980", "DK SUMBERJO", "003",
        "KADENGAN", "RANDUBLATUNG", "KABUPATEN BLORA", "5",
    )  # fmt: skip


def _ttl_person(number: int) -> Row:
    return (
        number, "Wagiyo als Kebo bin Karto (Alm)", f"BIIa {number}/2024", "Blora, 14 Maret 1980", "L", "Islam",
        "Dk Sumberjo Rt 1/2 Kunden Blora", nik(number), "Pencurian", "29/09/2024", "14/09/2027", "C8",
    )  # fmt: skip


def _polres_person(number: int, ttl: Any, entry: Any = date(2024, 10, 20)) -> Row:
    return (number, "Teguh Prastya", ttl, "Dk Sumberjo Rt 1/2 Kunden Blora", None, "Reskrim", entry, "1-12-2024", None)


BOOKS: dict[str, dict[str, list[Row]]] = {
    "printed.xlsx": {
        f"TPS {tps}": [
            *roll_head(tps=tps),
            *(roll_person(number + 2 * place) for number in (1, 2)),
            ("JUMLAH", None, None, "L: 2  P: 0  L+P: 2"),
            (),
            ("Keterangan: B = baru", *(None,) * 8, "Ditetapkan di BLORA"),
            (*(None,) * 9, "KETUA KPU KABUPATEN BLORA"),
        ]
        for place, tps in enumerate(("001", "002", "901"))
    },
    "flat.xlsx": {"DATA": [FLAT_HEADING, *map(_flat_person, (1, 2, 3))]},
    "moved.xlsx": {
        "DPTb": [("DAFTAR PEMILIH TAMBAHAN",), ("TPS 901 KELURAHAN KUNDEN KECAMATAN BLORA",), (), MOVED_HEADING,
                 *map(_moved_person, (1, 2))],
    },
    "moved_to.xlsx": {
        "DPTb": [TO_HEADING, (1, nik(1), "KADARISMAN", "3", "KADENGAN", "RANDUBLATUNG", "901", "KUNDEN", "BLORA")],
    },
    "rutan.xlsx": {
        "DATA WBP": [("DAFTAR WARGA BINAAN",), ("RUMAH TAHANAN NEGARA KELAS IIB BLORA",),
                     ("KEADAAN TANGGAL 1 NOVEMBER 2024",), (), RUTAN_HEADING,
                     rutan_person(1, c5=date(1980, 3, 14), c10=date(2024, 2, 1)), rutan_person(2, c3=int(nik(2))),
                     rutan_person(3, c5=29294), (), ("JUMLAH", 3), (), (*(None,) * 8, "KEPALA RUTAN")],
    },
    "rutan_ttl.xlsx": {"DATA WBP": [("Data Tahanan & Narapidana",), (), TTL_HEADING, *map(_ttl_person, (1, 2))]},
    "polres.xlsx": {
        "TAHANAN": [("DAFTAR TAHANAN POLRES BLORA",), ("SAT TAHTI",), POLRES_HEADING,
                    _polres_person(1, "Blora, 14-03-1980"), _polres_person(2, "35 tahun"),
                    _polres_person(3, date(1980, 3, 14)), _polres_person(4, "1980")],
    },
    "prefixes.xlsx": {
        "DATA": [RUTAN_HEADING, *(rutan_person(place, c3=f"{place}16091403809{place:03}") for place in PREFIXES)],
    },
    "offset.xlsx": {"DATA": [(), (), (None, None, *RUTAN_HEADING), (None, None, *rutan_person(1)), (),
                             (None, None, *rutan_person(2))]},
    "two_sheets.xlsx": {
        "BLOK A": [("DATA WBP RUTAN BLORA",), RUTAN_HEADING, rutan_person(1)],
        "BLOK B": [("NO", "NAMA", "TTL", "ALAMAT"), (1, "KADARISMAN", "Blora, 1-2-1970", "KUNDEN BLORA")],
        "REKAP": [("NO", "NAMA PETUGAS", "JABATAN"), (1, "SUTRIMO", "KPPS")],
        "BLOK C": [("DATA WBP RUTAN BLORA",), RUTAN_HEADING, rutan_person(1)],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ReadResult]:
    folder: Path = tmp_path_factory.mktemp("layouts")
    paths = [write_book(folder / name, sheets) for name, sheets in BOOKS.items()]
    found = read_lists(paths)
    assert all(isinstance(result, ReadResult) for result in found), found
    return {result.file: result for result in found if isinstance(result, ReadResult)}


def rows_of(result: ReadResult, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(result.table[column].to_pylist() for column in columns), strict=True))


def test_every_row_of_every_file_is_accounted_for(results: dict[str, ReadResult]) -> None:
    for result in results.values():
        assert_adds_up(result)


@pytest.mark.parametrize(
    "file, kind",
    [
        ("printed.xlsx", ListKind.ROLL), ("flat.xlsx", ListKind.ROLL), ("moved.xlsx", ListKind.MOVED),
        ("moved_to.xlsx", ListKind.MOVED), ("rutan.xlsx", ListKind.RUTAN), ("rutan_ttl.xlsx", ListKind.RUTAN),
        ("polres.xlsx", ListKind.POLRES),
    ],
)  # fmt: skip
def test_the_kind_comes_from_the_content(results: dict[str, ReadResult], file: str, kind: ListKind) -> None:
    assert results[file].kind is kind
    assert set(results[file].table["kind"].to_pylist()) == {kind.value}


def test_the_printed_roll(results: dict[str, ReadResult]) -> None:
    result = results["printed.xlsx"]
    assert rows_of(result, "sheet", "row", "tps", "tps_region", "region_code", "rt", "rw")[1::2] == [
        ("TPS 001", 14, "001", "3316091015", "3316091015", "1", "2"),
        ("TPS 002", 14, "002", "3316091015", "3316091015", "1", "2"),
        ("TPS 901", 14, "901", "3316091015", None, "1", "2"),  # where a person votes is not where the home is
    ]
    assert [(seen.name, seen.header_row, seen.records) for seen in result.sheets] == [
        ("TPS 001", 10, 2), ("TPS 002", 10, 2), ("TPS 901", 10, 2),
    ]  # fmt: skip
    assert (result.stage, result.problems) == ("DPT", ())
    assert rows_of(result, "sex", "marital", "ektp", "nkk")[0] == ("male", "married", "recorded", "3316090101109001")


def test_the_flat_roll(results: dict[str, ReadResult]) -> None:
    result = results["flat.xlsx"]
    assert rows_of(result, "row", "tps", "tps_region", "village", "district", "marital") == [
        (row, "001", "3316091015", "KUNDEN", "BLORA", "single") for row in (2, 3, 4)
    ]
    assert problems(result, ProblemCode.DATE_IMPOSSIBLE) == [(ProblemCode.DATE_IMPOSSIBLE, row) for row in (2, 3, 4)]


def test_the_moved_voters_come_from_home_and_go_here(results: dict[str, ReadResult]) -> None:
    columns = ("tps", "tps_region", "region_code", "to_tps", "to_region")
    expected = ("003", "3316022012", "3316022012", "901", "3316091015")
    assert rows_of(results["moved.xlsx"], *columns) == [expected, expected]
    assert rows_of(results["moved_to.xlsx"], *columns) == [expected]
    assert rows_of(results["moved.xlsx"], "village", "district", "regency")[0] == (
        "KADENGAN", "RANDUBLATUNG", "KABUPATEN BLORA",
    )  # fmt: skip


def test_the_rutan_with_place_and_date_apart(results: dict[str, ReadResult]) -> None:
    result = results["rutan.xlsx"]
    assert result.as_of == date(2024, 11, 1)
    born = (date(1980, 3, 14), "BLORA")
    assert rows_of(result, "row", "birth_date", "birth_place") == [(6, *born), (7, *born), (8, *born)]
    assert rows_of(result, "nik", "nik_digits", "nik_quality")[1] == (None, nik(2)[:15], NikQuality.ROUNDED)
    assert rows_of(result, "region_code", "rt", "rw", "register_class", "entry_date", "release_date", "block")[0] == (
        "3316091015", "1", "2", "A.III", date(2024, 2, 1), date(2027, 2, 1), "A1",
    )  # fmt: skip
    assert problems(result) == [(ProblemCode.NIK_ROUNDED, 7)]
    assert endings(result)[10] is Ending.TOTAL
    assert not {"offence", "religion"} & set(result.table.column_names)
    assert "KUHP" not in str(result.table.to_pylist())


def test_the_rutan_with_place_and_date_in_one_text(results: dict[str, ReadResult]) -> None:
    row = results["rutan_ttl.xlsx"].table.to_pylist()[0]
    assert (row["name"], row["alias"], row["father"]) == ("WAGIYO", "KEBO", "KARTO")
    assert (row["birth_place"], row["birth_date"]) == ("BLORA", date(1980, 3, 14))
    assert row["birth_raw"] == "Blora, 14 Maret 1980"
    assert (row["region_code"], row["register_class"]) == ("3316091015", "B.IIa")
    assert row["release_date"] == date(2027, 9, 14)


def test_the_cells_of_the_polres(results: dict[str, ReadResult]) -> None:
    result = results["polres.xlsx"]
    assert rows_of(result, "row", "birth_date", "birth_year", "age", "birth_quality") == [
        (4, date(1980, 3, 14), 1980, None, "exact"),
        (5, None, None, 35, "age"),
        (6, date(1980, 3, 14), 1980, None, "exact"),
        (7, None, 1980, None, "year"),
    ]
    assert rows_of(result, "unit", "entry_date", "nik_quality", "region_code")[0] == (
        "RESKRIM", date(2024, 10, 20), "missing", "3316091015",
    )  # fmt: skip


def test_a_nik_survives_as_text_for_every_prefix(results: dict[str, ReadResult], tmp_path: Path) -> None:
    written = [f"{place}16091403809{place:03}" for place in PREFIXES]
    assert results["prefixes.xlsx"].table["nik"].to_pylist() == written
    path = tmp_path / "prefixes.csv"
    lines = [";".join(str(cell) for cell in rutan_person(place, c3=written[place - 11])) for place in PREFIXES]
    path.write_text("\n".join([";".join(RUTAN_HEADING), *lines]))
    (again,) = read_lists([path])
    assert isinstance(again, ReadResult)
    assert again.table["nik"].to_pylist() == written


def test_leading_rows_and_columns_keep_the_office_s_numbers(results: dict[str, ReadResult]) -> None:
    result = results["offset.xlsx"]
    assert result.table["row"].to_pylist() == [4, 6]
    assert endings(result) == {1: Ending.BLANK, 2: Ending.BLANK, 3: Ending.HEADER, 5: Ending.BLANK}


def test_sheets_of_one_list(results: dict[str, ReadResult]) -> None:
    """A sheet that does not say its kind continues the list; one about other people's jobs does not."""
    result = results["two_sheets.xlsx"]
    assert [(seen.name, seen.records) for seen in result.sheets] == [
        ("BLOK A", 1), ("BLOK B", 1), ("REKAP", 0), ("BLOK C", 1),
    ]  # fmt: skip
    assert {end.why for end in result.ends if end.sheet == "REKAP"} == {Ending.OTHER_SHEET}
    assert [(found.sheet, found.row) for found in result.problems if found.code is ProblemCode.NIK_TWICE] == [
        ("BLOK A", 3), ("BLOK C", 3),
    ]  # fmt: skip


def test_columns_of_the_home_in_a_register() -> None:
    heading = ("NO", "NO REG", "NAMA", "NIK", "DESA", "KECAMATAN", "KABUPATEN", "RT", "RW", "ALAMAT")
    result = read(
        heading,
        (1, "A.I-1/2024", "WAGIYO", nik(1), "KUNDEN", "BLORA", "BLORA", "001", "002", "DK SUMBERJO"),
        (2, "A.I-2/2024", "SUTRIMO", nik(2), None, None, None, None, None, "RT 3 RW 4 KADENGAN RANDUBLATUNG"),
    )
    assert rows_of(result, "region_code", "rt", "rw", "address") == [
        ("3316091015", "1", "2", "DK SUMBERJO"),
        ("3316022012", "3", "4", "RT 3 RW 4 KADENGAN RANDUBLATUNG"),
    ]


def test_the_block_above_completes_the_columns() -> None:
    heading = ("NO", "NIK", "NAMA", "DESA", "TPS", "EKTP")
    result = read(
        ("KABUPATEN", "BLORA"), ("KECAMATAN", "BLORA"), heading,
        (1, nik(1), "WAGIYO", "KUNDEN", "1", "S"), (2, nik(2), "SUTRIMO", "TAMBAKSARI", "2", "S"),
        (3, nik(3), "TEGUH", "ANTAH BERANTAH", "2", "S"), (4, nik(4), "BAGAS", "ANTAH BERANTAH", "2", "S"),
    )  # fmt: skip
    regions = result.table["tps_region"].to_pylist()
    assert regions[0] == "3316091015"
    assert regions[1] not in (None, regions[0])
    assert problems(result) == [(ProblemCode.PLACE_UNKNOWN, 6)]  # said once for the place nobody knows


def test_a_roll_that_does_not_say_where_it_is() -> None:
    result = read(ROLL_HEADING, ROLL_SECOND_LINE, roll_person(1), roll_person(2))
    assert problems(result) == [(ProblemCode.PLACE_UNKNOWN, 0)]
