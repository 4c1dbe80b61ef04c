"""Every row has one ending: literal lists, each with its truth."""

import pytest

from reconcile.reading import Ending
from reconcile.reading.problems import ProblemCode
from tests.reading.builders import (
    NAMES,
    POLRES_HEADING,
    RUTAN_HEADING,
    Row,
    endings,
    nik,
    problems,
    read,
    roll_head,
    roll_person,
    rutan_person,
)

HEAD: list[Row] = [("DATA WBP RUTAN BLORA",), (), RUTAN_HEADING]
BODY = len(HEAD) + 1  # the first row below the heading, as the office counts


def below(*rows: Row) -> dict[int, Ending]:
    """Put rows between two people of a register; return the endings of those rows, from 1 on."""
    found = endings(read(*HEAD, rutan_person(1), *rows, rutan_person(2)))
    return {row - BODY: why for row, why in found.items() if row > BODY}


def after(*rows: Row) -> dict[int, Ending]:
    """Put rows below the last person; return their endings, from 1 on."""
    found = endings(read(*HEAD, rutan_person(1), rutan_person(2), *rows))
    return {row - BODY - 1: why for row, why in found.items() if row > BODY + 1}


def at(place: int, *cells: object) -> Row:
    return (*(None,) * place, *cells)


@pytest.mark.parametrize(
    "row, ending",
    [
        ((), Ending.BLANK),
        (("  ", "\u00a0"), Ending.BLANK),
        ((7,), Ending.BLANK),  # numbered and not filled in
        (RUTAN_HEADING, Ending.HEADER),
        (tuple(cell.title() for cell in RUTAN_HEADING), Ending.HEADER),
        (tuple(range(1, 14)), Ending.NUMBERING),
        (tuple(f"({number})" for number in range(1, 14)), Ending.NUMBERING),
        (("JUMLAH", 1), Ending.TOTAL),
        (at(2, "JUMLAH HALAMAN INI", None, 1), Ending.TOTAL),
        (("SUB TOTAL", None, "1"), Ending.TOTAL),
        (("BLOK A",), Ending.TITLE),
        (at(2, "BLOK WANITA"), Ending.TITLE),
        (("DATA WBP RUTAN BLORA",), Ending.TITLE),
        (("TPS : 002",), Ending.IDENTITY),
        (at(3, nik(9)), Ending.NO_NAME),
        ((9, "A.III-9/2024", None, nik(9)), Ending.NO_NAME),
        (at(8, "DS KUNDEN KEC BLORA"), Ending.NO_NAME),  # the rest of an address, or of a person
    ],
)
def test_rows_between_people(row: Row, ending: Ending) -> None:
    assert below(row) == {1: ending}


@pytest.mark.parametrize(
    "changes",
    [
        {"c0": None},
        {"c3": None},
        {"c3": None, "c5": None},
        {"c0": None, "c3": None, "c5": None, "c1": None},
        {"c1": None, "c3": None, "c4": None, "c5": None, "c8": None, "c9": None, "c10": None, "c11": None},
        {"c0": "1."},
        {"c2": "KEPALA SUKA"},  # a word of signatures, but a person
        {"c2": "JUMLAH SUKA"},
    ],
)
def test_a_person_who_lacks_something_is_still_one(changes: dict[str, object]) -> None:
    assert below(rutan_person(3, **changes)) == {}


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([()], [Ending.BLANK]),
        ([("JUMLAH", 2), (), at(9, "KEPALA RUTAN KELAS IIB BLORA")], [Ending.TOTAL, Ending.BLANK, Ending.SIGNATURE]),
        ([(), at(2, "MENGETAHUI"), at(2, NAMES[0])], [Ending.BLANK, Ending.SIGNATURE, Ending.SIGNATURE]),
        # two signatures side by side: one in the column of names, one in that of addresses
        ([(), at(2, "MENGETAHUI", None, None, None, None, None, "Blora, 1 November 2024")],
         [Ending.BLANK, Ending.SIGNATURE]),
        ([(), at(2, NAMES[0], None, None, None, None, None, NAMES[1])], [Ending.BLANK, Ending.SIGNATURE]),
        ([(), at(2, "NIP. 19700101 199503 1 001")], [Ending.BLANK, Ending.SIGNATURE]),
        ([(), at(2, None, "NIP. 197001011995031001")], [Ending.BLANK, Ending.SIGNATURE]),
        ([(), ("Keterangan: A tahanan, B narapidana",)], [Ending.BLANK, Ending.SIGNATURE]),
        ([(), (1, None, "MENINGGAL"), (2, None, "GANDA")], [Ending.BLANK, Ending.SIGNATURE, Ending.SIGNATURE]),
        ([(3,), (4,), (), at(9, "....................")],
         [Ending.BLANK, Ending.BLANK, Ending.BLANK, Ending.SIGNATURE]),
    ],
)  # fmt: skip
def test_rows_below_the_list(rows: list[Row], expected: list[Ending]) -> None:
    assert after(*rows) == dict(enumerate(expected, start=1))


@pytest.mark.parametrize(
    "person",
    [
        rutan_person(3),
        rutan_person(3, c3=None, c5=None, c1=None),
        rutan_person(3, c0=None),
        [3, None, NAMES[3], *[None] * 10],  # nothing but the next number and a name
    ],
)
def test_people_below_a_gap_are_not_lost(person: Row) -> None:
    assert after((), person) == {1: Ending.BLANK}


def test_a_list_without_numbers() -> None:
    heading = ("NAMA", "TTL / UMUR", "ALAMAT", "SATUAN", "TGL MASUK", "S.D. TANGGAL")
    people = [(name, "Blora, 14-03-1980", "KUNDEN BLORA", "RESKRIM", None, None) for name in NAMES]
    result = read(("TAHANAN POLRES BLORA",), heading, *people, (), ("MENGETAHUI",), (NAMES[0],))
    assert result.records == len(NAMES)
    assert endings(result) == {
        1: Ending.TITLE, 2: Ending.HEADER, 9: Ending.BLANK, 10: Ending.SIGNATURE, 11: Ending.SIGNATURE,
    }  # fmt: skip


def test_the_head_of_a_printed_roll() -> None:
    result = read(*roll_head(), roll_person(1), ("JUMLAH", None, None, "L: 1  P: 0  L+P: 1"))
    kinds = ["title", "title", "blank", *["identity"] * 5, "blank", "header", "header", "numbering", None, "total"]
    assert [endings(result).get(row) for row in range(1, 15)] == kinds
    assert result.table["row"].to_pylist() == [13]
    assert problems(result) == []


def test_the_heading_again_on_a_later_page() -> None:
    page = roll_head()[-3:]
    result = read(*roll_head(), roll_person(1), *page, roll_person(2))
    assert [endings(result)[row] for row in (14, 15, 16)] == [Ending.HEADER, Ending.HEADER, Ending.NUMBERING]
    assert result.records == 2


def test_a_second_tps_in_the_same_sheet() -> None:
    result = read(
        *roll_head(tps="001"), roll_person(1), ("JUMLAH", None, "1"), ("TPS", None, ": 002"), roll_person(2),
        ("JUMLAH", None, "1"), ("DESA/KELURAHAN", None, ": TAMBAKSARI"), ("TPS", None, ": 001"), roll_person(3),
    )  # fmt: skip
    assert result.table["tps"].to_pylist() == ["001", "002", "001"]
    assert result.table["village"].to_pylist() == ["KUNDEN", "KUNDEN", "TAMBAKSARI"]
    assert len(set(result.table["tps_region"].to_pylist())) == 2
    assert problems(result) == []


@pytest.mark.parametrize(
    "totals, differs",
    [
        ([("JUMLAH", 2)], False),
        ([("JUMLAH", 3)], True),
        ([("JUMLAH", None, "L: 1  P: 1  L+P: 2")], False),
        ([("JUMLAH", None, "L: 1  P: 1")], False),
        ([("JUMLAH", None, "L: 2  P: 1")], True),
        ([("JUMLAH LAKI-LAKI", 1), ("JUMLAH PEREMPUAN", 1)], False),
        ([("JUMLAH LAKI-LAKI", 2), ("JUMLAH PEREMPUAN", 1), ("JUMLAH", 3)], True),
        ([("JUMLAH",)], False),
    ],
)
def test_the_total_of_a_sheet(totals: list[Row], differs: bool) -> None:
    result = read(*HEAD, rutan_person(1), rutan_person(2), *totals)
    assert bool(problems(result, ProblemCode.TOTAL_DIFFERS)) == differs


def test_the_total_of_each_page() -> None:
    rows = [*HEAD, rutan_person(1), rutan_person(2), ("JUMLAH", 2), rutan_person(3), ("JUMLAH", 1), ("TOTAL", 3)]
    assert problems(read(*rows), ProblemCode.TOTAL_DIFFERS) == []
    rows[-2] = ("JUMLAH", 7)
    rows[-1] = ("TOTAL", 9)
    assert problems(read(*rows), ProblemCode.TOTAL_DIFFERS) == [(ProblemCode.TOTAL_DIFFERS, len(rows))]


def test_a_rejected_row_says_why() -> None:
    result = read(*HEAD, rutan_person(1), rutan_person(2, c2=None), rutan_person(3))
    assert problems(result, ProblemCode.NAME_MISSING) == [(ProblemCode.NAME_MISSING, BODY + 1)]
    assert (result.records, result.rejected) == (2, 1)


def test_problems_carry_the_cell_as_written_and_never_show_it_in_a_log() -> None:
    result = read(*HEAD, rutan_person(1, c3="3.31609E+15", c5="31-02-1980", c2="W4GIYO"))
    assert {found.value for found in result.problems} == {"3.31609E+15", "31-02-1980", "W4GIYO"}
    assert not any(found.value in repr(found) for found in result.problems)
    assert problems(result) == [
        (ProblemCode.DATE_IMPOSSIBLE, BODY), (ProblemCode.NAME_ODD, BODY), (ProblemCode.NIK_LOST, BODY),
    ]  # fmt: skip
    assert {found.column for found in result.problems} == {"TGL LAHIR", "NAMA", "NIK"}


def test_headings_nobody_knows_are_said_and_not_stored() -> None:
    result = read(("DATA WBP RUTAN",), (*RUTAN_HEADING, "NOMOR SEPATU"), [*rutan_person(1), "42"])
    assert problems(result) == [(ProblemCode.COLUMNS_UNKNOWN, 2)]
    assert result.problems[0].column == "NOMOR SEPATU"
    assert "42" not in str(result.table.to_pylist())
    assert "KUHP" not in str(result.table.to_pylist())  # nor the offence, whose heading is known


def test_a_police_list_with_little_in_it() -> None:
    people = [(number, name, None, None, None, None, None, None, None) for number, name in enumerate(NAMES, start=1)]
    result = read(("DAFTAR TAHANAN POLRES BLORA",), ("SAT TAHTI",), POLRES_HEADING, *people)
    assert result.records == len(NAMES)
