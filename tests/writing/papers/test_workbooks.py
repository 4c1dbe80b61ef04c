"""The workbooks as others open them: calamine and LibreOffice read what the approved rows say, cell by cell."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from reconcile.reading import ProblemCode, read_list
from reconcile.records import ListKind, Outcome
from reconcile.versions import in_groups
from reconcile.writing.papers import BY_CODE, PAPERS, Audience, MadePaper, papers_of
from reconcile.writing.papers.fields import TICK
from reconcile.writing.papers.people import by_other_regency, for_registry, moved, on_roll, voting
from tests.writing.papers import builders
from tests.writing.papers.builders import of_outcome, row

pytestmark = pytest.mark.slow  # whole files

BOOKS = [paper.code for paper in PAPERS if paper.file.endswith(".xlsx")]
FORM = [
    "No", "No. KK", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Status Perkawinan (B/S/P)", "Jenis Kelamin (L/P)",
    "Alamat", "", "", "Disabilitas", "Status Perekaman KTP-el (S/B)", "Keterangan",
]  # fmt: skip
Cells = list[list[str]]


def sheets(content: bytes | Path) -> dict[str, Cells]:
    """Return the cells of a workbook as text, by sheet; what is empty to the right is left out."""
    book = CalamineWorkbook.from_object(content if isinstance(content, Path) else BytesIO(content))
    return {name: [cells(line) for line in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def cells(line: list) -> list[str]:
    texts = [str(int(value)) if isinstance(value, float) else str(value) for value in line]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def table(lines: Cells) -> tuple[list[str], Cells]:
    """Return the heading (what stands over groups included) and the rows of people of a sheet."""
    at = next(n for n, line in enumerate(lines) if line[:3] == ["1", "2", "3"])
    end = next(n for n, line in enumerate(lines[at + 1 :], start=at + 1) if not line)
    return lines[at - 2], lines[at + 1 : end]


def test_the_list_of_the_tps_is_the_form_row_by_row(papers):
    matter = builders.matter()
    (lines,) = sheets(papers["voters"].content).values()
    heading, rows = table(lines)
    assert heading == FORM
    at = lines.index(heading)
    assert lines[at + 1] == [""] * 8 + ["Jalan/Dukuh", "RT", "RW"]
    assert lines[at + 2] == [str(n) for n in range(1, 15)]
    expected = [
        [
            str(n), one.nkk, one.nik, one.name, one.birth_place, f"{one.birth_date:%d-%m-%Y}", "S",
            {"male": "L", "female": "P"}[one.sex], one.address, one.rt, one.rw, "0", "S",
            {Outcome.LEFT: "keluar", Outcome.DUPLICATE: "ganda", Outcome.LEAVING: "akan bebas"}.get(one.outcome, ""),
        ]
        for n, one in enumerate(on_roll(matter), start=1)
    ]  # fmt: skip
    assert rows == [cells(line) for line in expected]


def test_title_place_sums_legend_and_signatures_stand_around_it(papers):
    (lines,) = sheets(papers["voters"].content).values()
    text = [" ".join(filter(None, line)) for line in lines]
    assert text[:3] == [
        "KERTAS KERJA - bukan dokumen resmi KPU MODEL A-KabKo DAFTAR PEMILIH",
        "DAFTAR PEMILIH TETAP",
        "TPS LOKASI KHUSUS: RUTAN KELAS IIB BLORA",
    ]
    places = [
        "PROVINSI : JAWA TENGAH", "KABUPATEN/KOTA : BLORA", "KECAMATAN : BLORA", "DESA/KELURAHAN : KUNDEN", "TPS : 901",
    ]  # fmt: skip
    assert text[5:10] == places
    assert [line for line in text if line.startswith("JUMLAH")] == ["JUMLAH L 8", "JUMLAH P 4", "JUMLAH L+P 12"]
    for said in ("Status perkawinan: B = Belum kawin, S = Sudah kawin", "KPU Kabupaten Blora Rutan Kelas IIB Blora"):
        assert any(said in line for line in text)


def test_the_foot_names_version_time_and_fingerprint(papers):
    matter = builders.matter()
    for code in BOOKS:
        for lines in sheets(papers[code].content).values():
            assert lines[-2:] == [[matter.edition], [f"SHA-256 data: {in_groups(matter.version.mark)}"]]


def test_the_moved_list_says_where_from_where_to_and_which_ballots(papers):
    matter = builders.matter()
    (lines,) = sheets(papers["moved"].content).values()
    heading, rows = table(lines)
    assert [len(rows), len(moved(matter))] == [6, 6]
    first = dict(zip(heading, rows[0], strict=False))
    assert [first[f"{name} Asal"] for name in ("TPS", "Desa/Kelurahan", "Kecamatan", "Kabupaten/Kota", "Provinsi")] == [
        "003", "CEPU", "CEPU", "BLORA", "JAWA TENGAH",
    ]  # fmt: skip
    assert [first[f"{name} Tujuan"] for name in ("TPS", "Desa/Kelurahan", "Kecamatan")] == ["901", "KUNDEN", "BLORA"]
    place = heading.index("Surat suara Gubernur dan Wakil Gubernur")
    assert [line[place : place + 2] for line in rows] == [[TICK, TICK]] * 5 + [["?", "?"]]


def test_every_moved_voter_is_there_as_approved(papers):
    matter = builders.matter()
    (lines,) = sheets(papers["moved"].content).values()
    heading, rows = table(lines)
    target = ["901", "KUNDEN", "BLORA", "BLORA", "JAWA TENGAH"]
    letters = {"male": "L", "female": "P"}
    expected = [
        [
            str(n), one.nkk, one.nik, one.name, letters[one.sex], one.birth_place, f"{one.birth_date:%d-%m-%Y}",
            one.address, one.rt, one.rw, "003", "CEPU", "CEPU", "BLORA", "JAWA TENGAH", *target, "5",
            *(["?"] * 2 if one.ballots is None else [TICK] * 2), "0",
            {Outcome.MOVED_HERE: "sudah pindah memilih", Outcome.NEEDS_TRANSFER: "surat belum terbit"}[one.outcome],
        ]
        for n, one in enumerate(moved(matter), start=1)
    ]  # fmt: skip
    assert rows == expected
    assert len(heading) == len(expected[0])


def test_disdukcapil_and_other_kpu_get_whom_they_are_asked_about_with_room_to_answer(papers):
    matter = builders.matter()
    (lines,) = sheets(papers["registry"].content).values()
    heading, rows = table(lines)
    people = for_registry(matter)
    assert [line[1:4] for line in rows] == [[one.name, one.alias, one.father] for one in people]
    assert {line[heading.index("Yang diminta")] for line in rows} == {"cari NIK, rekam KTP-el"}
    assert heading[-1] == "Jawaban Disdukcapil"
    (lines,) = sheets(papers["requests"].content).values()
    heading, rows = table(lines)
    ((code, asked),) = by_other_regency(matter)
    assert code == "3318"
    assert [line[1] for line in rows] == [one.name for one in asked]
    assert [line[heading.index("NIK")] for line in rows] == [one.nik for one in asked]
    assert {line[-1] for line in rows} == {"cari dalam daftar pemilih"}


def test_ballots_needed_are_the_sums_of_the_people(papers):
    book = sheets(papers["ballots"].content)
    assert list(book) == ["KEBUTUHAN", "USULAN PINJAMAN", "BELUM DITENTUKAN"]
    _, rows = table(book["KEBUTUHAN"])
    assert [line[1:] for line in rows] == [
        ["Gubernur dan Wakil Gubernur", "", "3", "3", "5", "11", "7", "4"],
        ["Bupati/Wali Kota dan wakilnya", "", "3", "3", "5", "11", "7", "4"],
    ]
    _, rows = table(book["USULAN PINJAMAN"])
    assert [line[1:] for line in rows] == [
        ["Gubernur dan Wakil Gubernur", "TPS 004 Kunden, Kecamatan Blora", "5", "2", "7"],
        ["Gubernur dan Wakil Gubernur", "TPS 005 Kunden, Kecamatan Blora", "1", "0", "1"],
    ]
    (unknown,) = table(book["BELUM DITENTUKAN"])[1]
    assert unknown[1] == next(one.name for one in moved(builders.matter()) if one.ballots is None)


def test_the_roll_call_is_the_same_people_block_by_block_and_its_sums_are_theirs(papers):
    matter = builders.matter()
    book = sheets(papers["roll_call"].content)
    recap, *blocks = book.values()
    people = [line for lines in blocks for line in table(lines)[1]]
    assert sorted(line[1] for line in people) == sorted(one.name for one in voting(matter))
    _, lines = table(recap)
    assert sum(int(line[2]) for line in lines) == len(people)
    for at in (3, 4):
        assert sum(int(line[at]) for line in lines) == sum(line[at + 3] == TICK for line in people)


def test_the_roll_call_can_be_ticked_without_a_network(papers):
    book = openpyxl.load_workbook(BytesIO(papers["roll_call"].content))
    for sheet in book.worksheets[1:]:
        (rule,) = sheet.data_validations.dataValidation
        assert rule.formula1 == f'"{TICK}"'
        assert len(rule.sqref.ranges) == 2


def test_each_other_regency_has_its_sheet():
    rows = (
        of_outcome(1, Outcome.OTHER_REGENCY),
        of_outcome(2, Outcome.OTHER_REGENCY, region_code="3317010001", regency="REMBANG"),
        of_outcome(3, Outcome.OTHER_REGENCY, region_code=""),
    )
    book = sheets(BY_CODE["requests"].make(builders.matter(rows)).content)
    assert list(book) == ["KABUPATEN BELUM DIKETAHUI", "33.17 KABUPATEN REMBANG", "33.18 KABUPATEN PATI"]
    assert [len(table(lines)[1]) for lines in book.values()] == [1, 1, 1]


def test_visits_count_the_ballots_they_carry(papers):
    schedule, people = sheets(papers["visits"].content).values()
    _, ((*_, many, first, second),) = table(schedule)
    assert (many, first, second) == ("6", "5", "5")
    assert len(table(people)[1]) == 6


def test_a_long_text_has_the_room_it_needs():
    made = BY_CODE["voters"].make(builders.matter((row(1), row(2, rw="9", address="JALAN " * 20))))
    sheet = openpyxl.load_workbook(BytesIO(made.content)).worksheets[0]
    (short, long) = (cell.row for cell in sheet["I"] if str(cell.value).startswith(("DK", "JALAN ")))
    assert sheet.row_dimensions[short].height is None
    assert sheet.row_dimensions[long].height >= 15 * 120 / sheet.column_dimensions["I"].width


@pytest.mark.parametrize("code", BOOKS)
def test_every_cell_is_text_or_a_count_and_none_a_formula(code, papers):
    book = openpyxl.load_workbook(BytesIO(papers[code].content))
    found = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in found} <= {"s", "n"}
    assert all(isinstance(cell.value, int) for cell in found if cell.data_type == "n")
    assert not any(len(str(cell.value)) > 9 for cell in found if cell.data_type == "n")
    with ZipFile(BytesIO(papers[code].content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}"])
def test_a_name_that_begins_like_a_formula_stays_a_name(start):
    rows = (row(1, name=f"{start}HYPERLINK(1)", block=f"{start}A1", address=f"{start}cmd"),)
    for paper in papers_of(builders.matter(rows, visits=())):
        if paper.code in BOOKS:
            book = openpyxl.load_workbook(BytesIO(paper.make(builders.matter(rows, visits=())).content))
            found = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
            assert {cell.data_type for cell in found} <= {"s", "n"}


# Who sees what


def everything(made: MadePaper) -> str:
    return "\n".join("\t".join(line) for lines in sheets(made.content).values() for line in lines)


@pytest.mark.parametrize("code", BOOKS)
def test_only_kpu_takes_whole_numbers_out(code):
    matter = builders.matter(audience=Audience.OFFICE)
    if Audience.OFFICE not in BY_CODE[code].audiences:
        with pytest.raises(ValueError, match="office"):
            BY_CODE[code].make(matter)
        return
    text = everything(BY_CODE[code].make(matter))
    assert not any(one.nik in text for one in matter.version.rows if one.nik)
    assert not any(one.nkk in text for one in matter.version.rows)
    assert "NIK dan NKK disamarkan" in text


def test_a_masked_number_keeps_its_length_and_its_region():
    made = BY_CODE["voters"].make(builders.matter(audience=Audience.OFFICE))
    (lines,) = sheets(made.content).values()
    assert {line[2] for line in table(lines)[1]} == {"331609" + "•" * 10}


def test_the_public_list_has_neither_numbers_nor_birth_dates_but_ages():
    matter = builders.matter(audience=Audience.PUBLIC)
    found = {paper.code: paper.make(matter) for paper in papers_of(matter)}
    assert set(found) == {"meeting", "voters", "ballots"}
    (lines,) = sheets(found["voters"].content).values()
    heading, rows = table(lines)
    assert heading == ["No", "Nama", "Jenis Kelamin (L/P)", "Usia", "Alamat", "", "", "Keterangan"]
    assert {line[3] for line in rows} <= {"43", "44"}
    for code in ("voters", "ballots"):
        text = everything(found[code])
        assert not any(secret in text for one in matter.version.rows for secret in (one.nik, one.nkk) if secret)
        assert not any(f"{one.birth_date:%d-%m-%Y}" in text for one in matter.version.rows if one.birth_date)


# Other programs


@pytest.mark.parametrize("code", BOOKS)
def test_libreoffice_reads_the_same_cells(code, papers, by_libreoffice):
    ours, theirs = sheets(papers[code].content), sheets(by_libreoffice[code])
    assert list(ours) == list(theirs)
    for name, lines in ours.items():
        # LibreOffice drops empty lines at the top and the bottom only.
        assert theirs[name] == lines


def test_libreoffice_keeps_every_number_as_text(by_libreoffice):
    matter = builders.matter()
    sheet = openpyxl.load_workbook(by_libreoffice["voters"]).worksheets[0]
    found = {cell.value: (cell.data_type, cell.number_format) for line in sheet.iter_rows() for cell in line}
    for one in on_roll(matter):
        assert found[one.nik] == found[one.nkk] == ("s", "@")


@pytest.mark.parametrize(("code", "kind"), [("voters", ListKind.ROLL), ("moved", ListKind.MOVED)])
def test_our_own_reader_takes_the_lists_back(code, kind, papers, tmp_path):
    matter = builders.matter()
    people = on_roll(matter) if code == "voters" else moved(matter)
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(papers[code].content)
    result = read_list(path, near="3316")
    assert (result.kind, result.records, result.rejected) == (kind, len(people), 0)
    assert result.table["nik"].to_pylist() == [one.nik for one in people]
    assert not [one for one in result.problems if one.code is ProblemCode.TOTAL_DIFFERS]


def test_same_version_same_bytes_and_another_version_others():
    for code in BOOKS:
        once, again = (BY_CODE[code].make(builders.matter()).content for _ in range(2))
        assert once == again
        other = builders.matter()
        changed = replace(other.version, mark="0" * 64)
        assert BY_CODE[code].make(replace(other, version=changed)).content != once
